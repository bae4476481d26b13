"""Bugs, written down for those who can mend them: where it happened, never what people wrote.

A report names the exception, the places in the code and the machine's versions. The words of an exception may quote a
letter, an address or a password; only those that the interpreter itself made of names in the code are taken along.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import os
import platform
import re
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from deskapp import __version__

#: Their messages are made by the interpreter and name things of the code.
_SAFE = (AttributeError, NameError, ImportError, TypeError, ZeroDivisionError, RecursionError, IndexError, MemoryError)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,80}\Z")
_PLAIN = re.compile(r"[\x20-\x7e]{0,300}\Z")
#: What the interpreter writes above the stacks of a crash; of Windows' exceptions those that COM and Qt settle among
#: themselves, as beside an open file dialog (HRESULTs such as 0x8001010d, not the system's own 0xc0000005).
_FATAL = re.compile(r"^(?:Fatal Python error|Windows fatal exception): .*", re.M)
_SETTLED = re.compile(r"Windows fatal exception: code 0x800[1-9a-f]", re.I)
#: Reports of this many distinct crashes are kept.
_KEPT = 50

_faults: IO[str] | None = None


@dataclass(frozen=True)
class Report:
    """``text`` is shown whole and may be sent to the makers; ``key`` is the same for the same crash."""

    key: str
    title: str
    text: str


def describe(trouble: BaseException | None) -> str:
    """An exception and its places in one line each, without its words."""
    return "\n".join(_lines(trouble)) if trouble is not None else ""


def report(trouble: BaseException, doing: str = "") -> Report:
    """``doing``: which part of the program was at work, a word of the code."""
    lines = _lines(trouble)
    key = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
    head = [
        f"deskapp {__version__}, crash {key}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()} ({platform.machine()})",
    ]
    if doing:
        head.append(f"while: {doing}")
    return Report(key, type(trouble).__name__, "\n".join([*head, "", *lines]) + "\n")


def first_time(folder: Path, found: Report) -> bool:
    """Keep a report in ``folder``; whether this crash is a new one, to be shown."""
    path = folder / f"crash-{found.key}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="utf-8") as out:
            out.write(found.text)
        kept = sorted(folder.glob("crash-*.txt"), key=lambda one: one.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)
    except FileExistsError:
        return False
    except OSError:
        return True  # a full disk is no reason to keep silent
    return True


def watch_faults(folder: Path, name: str = "deskapp") -> str:
    """Have the interpreter's own crashes (of a library, of the machine) written into ``folder``; what the last run of
    this kind of process left there, empty if it ended well. The stacks name places of the code only."""
    global _faults
    path = folder / f"{name}.fault"
    before = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size:
            before = path.read_text("utf-8", errors="replace")
            heads = _FATAL.findall(before)
            if heads and all(_SETTLED.match(head) for head in heads):
                before = ""
            path.replace(path.with_suffix(".fault.last"))
        end_faults()
        _faults = open(path, "w", encoding="utf-8")  # open as long as the process lives
        # on Windows it also looks at what is dealt with, and may fall itself over threads that go on meanwhile
        faulthandler.enable(_faults, all_threads=sys.platform != "win32")
    except OSError:
        return before
    return before


def end_faults() -> None:
    """The process ends well: nothing is written any more."""
    global _faults
    if _faults is not None:
        faulthandler.disable()
        with contextlib.suppress(OSError):
            _faults.truncate(0)  # what was written and dealt with
        _faults.close()
        _faults = None


def _lines(trouble: BaseException | None) -> list[str]:
    found: list[str] = []
    seen: set[int] = set()
    while trouble is not None and id(trouble) not in seen:
        seen.add(id(trouble))
        found += _own(trouble)
        cause = trouble.__cause__ or (None if trouble.__suppress_context__ else trouble.__context__)
        if cause is not None:
            found.append("caused by")
        trouble = cause
    return found


def _own(trouble: BaseException) -> list[str]:
    kind = type(trouble)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    said = _said(trouble)
    lines = [f"{name}: {said}" if said else name]
    for frame in traceback.extract_tb(trouble.__traceback__):
        lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")
    return lines


def _said(trouble: BaseException) -> str:
    """What may be told of an exception's words."""
    if isinstance(trouble, OSError):
        # the system's words for the number: a library may have put a server's into the error
        return f"{trouble.errno} {os.strerror(trouble.errno)}" if isinstance(trouble.errno, int) else ""
    if not isinstance(trouble, _SAFE) or type(trouble).__module__ != "builtins":
        return ""
    text = str(trouble)
    if not _PLAIN.match(text):
        return ""
    return _QUOTED.sub(lambda m: m.group() if _NAME.match(m.group(1) or m.group(2) or "") else "'…'", text)


def _short(path: str) -> str:
    """A place in the code without the folders of this machine's user."""
    parts = Path(path).parts
    for mark in ("deskapp", "site-packages"):
        if mark in parts[:-1]:
            at = len(parts) - 1 - parts[::-1].index(mark)
            return "/".join(parts[at if mark == "deskapp" else at + 1 :])
    inside = [root for root in {sys.prefix, sys.base_prefix} if path.startswith(root)]
    return "/".join(parts[-2:]) if inside or len(parts) > 2 else parts[-1]
