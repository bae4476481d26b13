"""What is missing on this machine, in words: each finding says what it means and what to do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile, resources
from deskapp.core.secrets import KeyringSecrets

#: Below this a replica cannot grow safely, megabytes.
FREE_MEGABYTES = 500


@dataclass(frozen=True)
class Finding:
    """``ok`` False: something does not work; ``advice`` says what to do. ``code`` names the kind of finding for words
    in another language, with ``args``; ``mends``: this application can do what is advised."""

    what: str
    ok: bool
    advice: str = ""
    code: str = ""
    args: tuple[object, ...] = ()
    mends: bool = False


def findings(folder: Path) -> Iterator[Finding]:
    """Everything that is looked at, good or bad, in the order in which it matters."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"Python {version}", (3, 11) <= sys.version_info[:2] <= (3, 14), "Use Python 3.11 to 3.14.")
    for module, use in (
        ("PySide6.QtWidgets", "the window"),
        ("cysqlite", "the database"),
        ("jinja2", "letters"),
        ("nh3", "showing letters"),
        ("Stemmer", "search"),
        ("holidays", "holidays"),
        ("keyring", "passwords"),
    ):
        yield _module(module, use)
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        yield _x11()
    yield _zones()
    yield Finding(
        f"Pictures and translations in {resources()}",
        (resources() / "icons").is_dir(),
        "Install the application again.",
    )
    yield Finding(
        "System keyring",
        KeyringSecrets().usable(),
        "Without one, mail passwords are asked for at each start. Install and unlock a keyring "
        "(GNOME Keyring, KWallet, Credential Manager) to keep them.",
    )
    yield space(folder)
    yield from _database(folder)


def _module(name: str, use: str) -> Finding:
    try:
        importlib.import_module(name)
    except Exception as error:  # a library that is there but broken raises anything
        return Finding(f"{name} ({use})", False, f"{error}. Run the set-up again: python3 run.py")
    return Finding(f"{name} ({use})", True)


def _x11() -> Finding:
    """What Qt wants of the system for a window under X11: without it Qt ends the process, whatever we do."""
    import ctypes

    package = importlib.util.find_spec("PySide6")
    places = (package.submodule_search_locations if package else None) or []
    for plugin in (Path(place) / "Qt" / "plugins" / "platforms" / "libqxcb.so" for place in places):
        if plugin.exists():
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                return Finding(
                    "Libraries for a window under X11",
                    False,
                    f"{error}. On Debian and Ubuntu: sudo apt-get install libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
                    "libxkbcommon-x11-0 libxcb-xkb1 libxcb-shape0",
                )
    return Finding("Libraries for a window under X11", True)


def _zones() -> Finding:
    try:
        ZoneInfo("Europe/Moscow")
    except Exception as error:
        return Finding("Time zones", False, f"{error}. Install the package tzdata.")
    return Finding("Time zones", True)


def space(folder: Path) -> Finding:
    """Whether the folder of a desk can be written to and has room."""
    there = folder
    while not os.path.exists(there) and there != there.parent:  # of pathlib, a closed folder is an error
        there = there.parent
    writable = os.access(there, os.W_OK)
    try:
        free = shutil.disk_usage(there).free // 1_000_000
    except OSError:  # a drive that is not connected
        writable, free = False, 0
    return Finding(
        f"Folder of the desk {folder}, {free} MB free",
        writable and free >= FREE_MEGABYTES,
        "Free some space; what is stored is safe. Copies that are no longer needed are removed."
        if writable
        else "The folder is closed to you, or read-only: make it yours and writable.",
        code="space",
        args=(str(folder), free),
        mends=writable and free < FREE_MEGABYTES,
    )


def _database(folder: Path) -> Iterator[Finding]:
    path = Profile(folder).database
    if os.path.exists(folder) and not os.access(folder, os.R_OK | os.X_OK):
        yield Finding(f"Database {path}", False, "The folder lets you see nothing in it.", code="unopened")
        return
    if not os.path.exists(path):
        yield Finding("Database: none yet, it is made at the first start", True)
        return
    from deskapp.models.database import Replica  # findings are told by commands that need no database

    if not os.access(path, os.W_OK):
        yield Finding(f"Database {path}", False, "The file is read-only: make it yours and writable.", code="unopened")
        return
    replica = Replica(path)
    try:
        replica.open()
    except UserFacingError as error:
        yield Finding(f"Database {path}", False, f"{error.heading()}. {error.filled()}", code="unopened")
        return
    try:
        yield Finding(f"Database {path}", True)
        broken = replica.value("SELECT count(*) FROM journal WHERE stage = 'quarantined'")
        if broken:
            yield Finding(f"Letters in quarantine: {broken}", False, "They are kept raw; look at them in the window.")
        failed = replica.value("SELECT count(*) FROM outgoing WHERE state IN ('failed', 'unknown')")
        if failed:
            yield Finding(f"{failed} letters that did not leave", False, "Open their tickets and decide.")
    finally:
        replica.disconnect()


def report(folder: Path) -> int:
    """Print what was found about a profile; 0 if all is well, 1 if something is missing."""
    return tell(findings(folder))


def tell(found: Iterable[Finding]) -> int:
    """Print findings, each with its advice; 0 if all is well, 1 if something is missing."""
    missing = 0
    for finding in found:
        print(f"{'ok     ' if finding.ok else 'missing'}  {finding.what}")
        if not finding.ok:
            missing += 1
            print(f"         {finding.advice}")
    return 1 if missing else 0
