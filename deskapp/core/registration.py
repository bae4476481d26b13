"""What makes a system know this copy: its place in the menu, ``deskapp:`` and ``mailto:`` links, letters' files.

Pure: values in, values out; ``ui/registering.py`` writes them. All of it is the user's own, needs no administrator, and
nothing is made anybody's default: ``mailto:`` and .eml are only offered among what can open them.

Windows: "Default Programs" and "File Types" of Microsoft's shell documentation. Elsewhere: freedesktop.org's Desktop
Entry and Icon Theme specifications.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from deskapp.core.paths import default_profile, resources

NAME = "deskapp"
_ABOUT = "A help desk that answers with a date and time"
_CAPABILITIES = rf"{NAME}\Capabilities"


class Row(NamedTuple):
    """One value of the registry, under HKEY_CURRENT_USER\\Software. ``name`` "" is the key's own value."""

    key: str
    name: str
    value: str


class Copy(NamedTuple):
    """How this copy of the application is started. ``program``: the file alone starts it, with nothing else said."""

    command: tuple[str, ...]
    icon: str = ""
    program: str = ""


def this_copy(profile: Path | None = None) -> Copy:
    """The copy that is running, for a profile; the default one needs no naming."""
    ours = [] if profile is None or profile.resolve() == default_profile().resolve() else ["--profile", str(profile)]
    picture = str(resources() / "desktop" / f"{NAME}.ico")
    python = Path(sys.executable)
    if getattr(sys, "frozen", False):
        program = python.with_name(python.name.replace(f"{NAME}-cli", NAME))  # not the one with a console
        return Copy((str(program), *ours), f"{program},0", "" if ours else str(program))
    quiet = python.with_name("pythonw.exe")
    start = [str(quiet if quiet.is_file() else python)]
    package = Path(__file__).resolve().parents[1]
    if (package / "resources").is_dir():
        start += ["-m", NAME]
    else:  # from its sources, which no other folder knows of
        root = str(package.parent)
        start += ["-c", f"import sys; sys.path.insert(0, {root!r}); from deskapp.cli import main; sys.exit(main())"]
    return Copy((*start, *ours), picture)


# -- Windows


def windows_rows(copy: Copy) -> list[Row]:
    """Every value that is written. What comes from outside stands behind "--" in quotes: it can be no option."""
    opens = subprocess.list2cmdline([*copy.command, "open", "--"]) + ' "%1"'
    rows = []
    for kind, title in ((NAME, f"URL:{NAME}"), (f"{NAME}.mailto", "URL:mailto"), (f"{NAME}.eml", "Letter")):
        key = rf"Classes\{kind}"
        rows.append(Row(key, "", title))
        if title.startswith("URL:"):
            rows.append(Row(key, "URL Protocol", ""))
        rows.append(Row(rf"{key}\DefaultIcon", "", copy.icon))
        rows.append(Row(rf"{key}\shell\open\command", "", opens))
    return [
        *rows,
        Row(r"Classes\.eml\OpenWithProgids", f"{NAME}.eml", ""),
        Row(_CAPABILITIES, "ApplicationName", NAME),
        Row(_CAPABILITIES, "ApplicationDescription", _ABOUT),
        Row(_CAPABILITIES, "ApplicationIcon", copy.icon),
        Row(rf"{_CAPABILITIES}\URLAssociations", NAME, NAME),
        Row(rf"{_CAPABILITIES}\URLAssociations", "mailto", f"{NAME}.mailto"),
        Row(rf"{_CAPABILITIES}\FileAssociations", ".eml", f"{NAME}.eml"),
        Row("RegisteredApplications", NAME, rf"Software\{_CAPABILITIES}"),
    ]


#: What is taken away again: whole keys, which are ours alone, and single values in keys of everybody.
WINDOWS_KEYS = (rf"Classes\{NAME}", rf"Classes\{NAME}.mailto", rf"Classes\{NAME}.eml", _CAPABILITIES)
WINDOWS_VALUES = ((r"Classes\.eml\OpenWithProgids", f"{NAME}.eml"), ("RegisteredApplications", NAME))


# -- freedesktop.org

ENTRY = Path("applications") / f"{NAME}.desktop"


def linux_files(copy: Copy) -> dict[Path, bytes]:
    """What is put under the folder of a user's own data ("~/.local/share"), by its place there."""
    ours = resources() / "desktop"
    icons = Path("icons") / "hicolor"
    return {
        ENTRY: desktop_entry((ours / f"{NAME}.desktop").read_text("utf-8"), copy.command).encode(),
        icons / "256x256" / "apps" / f"{NAME}.png": (ours / f"{NAME}.png").read_bytes(),
        icons / "scalable" / "apps" / f"{NAME}.svg": (ours / f"{NAME}.svg").read_bytes(),
    }


def desktop_entry(text: str, command: Sequence[str]) -> str:
    """The entry as it is in the package, with the command by which this copy is started."""
    start = " ".join(map(_quoted, command))
    text = re.sub(rf"^Exec={NAME}\b", lambda _found: f"Exec={start}", text, flags=re.M)
    return re.sub(rf"^TryExec={NAME}$", lambda _found: f"TryExec={_value(command[0])}", text, flags=re.M)


def _quoted(word: str) -> str:
    """One word of ``Exec``: quoted where it needs that, then written as the value of a key."""
    word = word.replace("%", "%%")
    if not word or re.search(r"""[\s"'\\><~|&;$*?#()`=]""", word):
        word = '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'
    return _value(word)


def _value(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t")
