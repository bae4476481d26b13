"""Make the system know this copy, and take that back: what there is to write says ``core/registration.py``.

Windows' registry is reached through QSettings, which names a key's own value "." and parts keys by strokes; the same
code writes a file of QSettings elsewhere.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QSettings, QStandardPaths

from ..core.errors import UserFacingError
from ..core.registration import ENTRY, WINDOWS_KEYS, WINDOWS_VALUES, Copy, linux_files, this_copy, windows_rows
from .i18n import translate

if TYPE_CHECKING:
    from ..desk.desk import Desk

log = logging.getLogger(__name__)

_REFRESH_SECONDS = 20


class Known(Enum):
    """Whether the system knows deskapp: not at all, this copy, or another one (or this one as it was elsewhere)."""

    NOT = "not"
    HERE = "here"
    ELSEWHERE = "elsewhere"


def known_of(desk: Desk) -> Known | None:
    """What the system knows of this desk; None: sample data is none that a link should lead to."""
    return None if desk.settings.text("demo_start") else known(desk.profile.root)


def switch(desk: Desk, on: bool) -> None:
    """Register this copy for this desk, or take it back."""
    if on:
        register(desk.profile.root)
    else:
        unregister()


def what() -> str:
    """What registering does, in words."""
    return translate(
        "Registering",
        "Puts deskapp into the menu; links that begin with deskapp: open here, and it is offered for e-mail addresses "
        "and letters' files. What you chose for those stays.",
    )


def known(profile: Path | None = None) -> Known:
    """What the system knows now."""
    copy = this_copy(profile)
    return known_by_windows(_registry(), copy) if sys.platform == "win32" else known_by_files(_data(), copy)


def register(profile: Path | None = None) -> list[str]:
    """Make the system know this copy; returns what was written, by its places. UserFacingError where it cannot be."""
    copy = this_copy(profile)
    try:
        if sys.platform == "win32":
            return [*put_into_windows(_registry(), copy), *put_shortcut(_menu(), copy)]
        return put_files(_data(), copy)
    except OSError as error:
        raise _refused(error.strerror or error) from error


def unregister() -> list[str]:
    """Take back what any copy wrote; returns the places. UserFacingError where it cannot be."""
    try:
        if sys.platform == "win32":
            return [*take_from_windows(_registry()), *take_shortcut(_menu())]
        return take_files(_data())
    except OSError as error:
        raise _refused(error.strerror or error) from error


def _refused(why: object) -> UserFacingError:
    return UserFacingError("The system did not take it", "%1. Links can still be opened by: deskapp open LINK.", why)


# -- Windows


def _registry() -> QSettings:
    return QSettings(r"HKEY_CURRENT_USER\Software", QSettings.Format.NativeFormat)


def _menu() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.ApplicationsLocation))


def _place(key: str, name: str) -> str:
    """Where QSettings keeps a value."""
    return "/".join([*key.split("\\"), name or "."])


def known_by_windows(store: QSettings, copy: Copy) -> Known:
    rows = [(_place(row.key, row.name), row.value) for row in windows_rows(copy)]
    if not any(store.contains(place) for place, _value in rows):
        return Known.NOT
    same = all(store.contains(place) and store.value(place) == value for place, value in rows)
    return Known.HERE if same else Known.ELSEWHERE


def put_into_windows(store: QSettings, copy: Copy) -> list[str]:
    take_from_windows(store)  # what an older copy wrote otherwise
    rows = windows_rows(copy)
    for row in rows:
        store.setValue(_place(row.key, row.name), row.value)
    _finish(store)
    return sorted({row.key for row in rows})


def take_from_windows(store: QSettings) -> list[str]:
    """Keys that are ours with all in them, and our values alone where others have theirs."""
    places = [key.replace("\\", "/") for key in WINDOWS_KEYS] + [_place(*value) for value in WINDOWS_VALUES]
    for place in places:
        store.remove(place)
    _finish(store)
    return [*WINDOWS_KEYS, *(rf"{key}\{name}" for key, name in WINDOWS_VALUES)]


def _finish(store: QSettings) -> None:
    store.sync()
    if store.status() != QSettings.Status.NoError:
        raise _refused(store.fileName())
    if sys.platform == "win32":
        import ctypes

        associations_changed, by_id = 0x08000000, 0
        ctypes.windll.shell32.SHChangeNotify(associations_changed, by_id, None, None)


def put_shortcut(menu: Path, copy: Copy) -> list[str]:
    """Into the start menu. Qt makes shortcuts of a file alone, so only the built application gets one."""
    take_shortcut(menu)
    link = menu / "deskapp.lnk"
    if not copy.program or not QFile.link(copy.program, str(link)):
        return []
    return [str(link)]


def take_shortcut(menu: Path) -> list[str]:
    link = menu / "deskapp.lnk"
    there = os.path.lexists(link)
    link.unlink(missing_ok=True)
    return [str(link)] if there else []


# -- freedesktop.org


def _data() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))


def known_by_files(data: Path, copy: Copy) -> Known:
    entry = data / ENTRY
    if not entry.is_file():
        return Known.NOT
    return Known.HERE if entry.read_bytes() == linux_files(copy)[ENTRY] else Known.ELSEWHERE


def put_files(data: Path, copy: Copy) -> list[str]:
    files = linux_files(copy)
    for place, content in files.items():
        (data / place).parent.mkdir(parents=True, exist_ok=True)
        (data / place).write_bytes(content)
    _refresh(data)
    return [str(data / place) for place in files]


def take_files(data: Path) -> list[str]:
    gone = [data / place for place in linux_files(this_copy()) if (data / place).is_file()]
    for file in gone:
        file.unlink()
    if gone:
        _refresh(data)
    return [str(file) for file in gone]


def _refresh(data: Path) -> None:
    """Desktops look links up in an index beside the entries, which this tool of theirs makes anew."""
    tool = shutil.which("update-desktop-database")
    if tool is None:
        log.info("there is no update-desktop-database: desktops may learn of links later")
        return
    try:
        subprocess.run([tool, "-q", str(data / ENTRY.parent)], timeout=_REFRESH_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        log.info("update-desktop-database: %s", type(error).__name__)
