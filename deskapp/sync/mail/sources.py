"""Letters out of files: .eml, folders, mbox, Maildir and zip archives of them.

Everything is read lazily, one letter at a time. What cannot be read becomes a `Source` with an error in
words; the others go on.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

MAX_LETTER = 50 * 1024 * 1024
"""Bytes of one letter; larger ones are reported, not read."""
MAX_ARCHIVE_LETTERS = 200_000
MAX_ARCHIVE_BYTES = 20 * 1024**3
MAX_RATIO = 200
"""How many times larger than packed a file in an archive may become: text packs 10 times, a bomb 1,000
times."""
MAX_FOLDER_DEPTH = 40

_LETTER_SUFFIXES = (".eml", ".mbox", ".mbx", ".zip", ".msg", ".emlx")
#: An unpacked archive may hold links to anything on this machine, which would then be in everybody's tickets.
_LINK = "It is a link to another file, which is not followed"
_MBOX_START = re.compile(rb"From [^\r\n]{1,500}\d\d:\d\d(?::\d\d)?[^\r\n]*\r?\n\Z|From [^\r\n]*\d{4}[^\r\n]*\r?\n\Z")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Source:
    """One letter as found: exactly one of ``raw`` and ``error`` is there. ``name`` says where it came
    from."""

    name: str
    raw: bytes | None = field(default=None, repr=False)
    error: str = ""


def letters(path: Path | str, *, limit: int = MAX_LETTER) -> Iterator[Source]:
    """Every letter under a path, in a stable order. ``limit`` is the largest letter that is read, in
    bytes."""
    top = Path(path)
    try:
        if top.is_dir():
            yield from _folder(top, top.name or str(top), limit, 0)
        elif top.exists():
            yield from _file(top, str(path), limit)
        else:
            yield Source(str(path), error="There is no such file or folder")
    except OSError as error:
        yield Source(str(path), error=_reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "It may not be read (permission denied)"
    return f"It cannot be read: {error.strerror or error}"


def _folder(folder: Path, name: str, limit: int, depth: int) -> Iterator[Source]:
    if depth > MAX_FOLDER_DEPTH:
        yield Source(name, error="The folders are nested too deeply")
        return
    if _is_maildir(folder):
        for part in ("cur", "new"):
            yield from _plain_files(folder / part, f"{name}/{part}", limit)
        # Maildir++ keeps its subfolders as hidden folders beside cur and new.
        for child in _entries(folder):
            if child.name.startswith(".") and child.is_dir() and not child.is_symlink() and _is_maildir(child):
                yield from _folder(child, f"{name}/{child.name}", limit, depth + 1)
        return
    try:
        children = _entries(folder)
    except OSError as error:
        yield Source(name, error=_reason(error))
        return
    for child in children:
        if child.is_symlink() and child.is_dir():
            continue  # a link upwards would never end
        if child.is_dir():
            if not child.name.startswith("."):
                yield from _folder(child, f"{name}/{child.name}", limit, depth + 1)
        elif child.is_symlink():
            yield Source(f"{name}/{child.name}", error=_LINK)
        elif child.name.lower().endswith(_LETTER_SUFFIXES) or _looks_like_letter(child):
            yield from _file(child, f"{name}/{child.name}", limit)


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _plain_files(folder: Path, name: str, limit: int) -> Iterator[Source]:
    for child in _entries(folder):
        if child.is_symlink():
            yield Source(f"{name}/{child.name}", error=_LINK)
        elif child.is_file() and not child.name.startswith("."):
            yield _one(child, f"{name}/{child.name}", limit)


def _looks_like_letter(path: Path) -> bool:
    """Files without a telling name (exports, .box, .txt) count when they begin like a letter."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            head = file.read(2048)
    except OSError:
        return True  # let it be reported
    return _begins_like_letter(head)


_HEADER_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,4}(?:From [^\r\n]+\r?\n)?"
    rb"[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n|[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n)*"
)
_TELLING = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Message-ID|Return-Path|MIME-Version|Content-Type|Delivered-To):",
    re.IGNORECASE | re.MULTILINE,
)


def _begins_like_letter(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    found = _HEADER_START.match(head)
    return found is not None and _TELLING.search(found.group()) is not None


def _file(path: Path, name: str, limit: int) -> Iterator[Source]:
    try:
        mode = path.stat()
        if not stat.S_ISREG(mode.st_mode):
            yield Source(name, error="It is no file that could hold letters")
            return
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        yield Source(name, error=_reason(error))
        return
    suffix = path.suffix.lower()
    if head.startswith(b"PK\x03\x04") or suffix == ".zip":
        yield from _archive(path, name, limit)
    elif suffix == ".mbox" or suffix == ".mbx" or _is_mbox(path, head):
        yield from _mbox(path, name, limit)
    else:
        yield _one(path, name, limit)


def _is_mbox(path: Path, head: bytes) -> bool:
    if not head.startswith(b"From "):
        return False
    if path.suffix.lower() in (".eml", ".box"):
        # A single letter may carry the line that its mailbox put before it; only a second one makes a mailbox
        # of it.
        return _second_start(path)
    return True


def _second_start(path: Path) -> bool:
    empty = False
    with path.open("rb") as file:
        file.readline(4096)
        for line in _lines(file):
            if empty and line.startswith(b"From ") and _MBOX_START.match(line):
                return True
            empty = not line.strip()
    return False


def _one(path: Path, name: str, limit: int) -> Source:
    try:
        size = path.stat().st_size
        if size > limit:
            return Source(name, error=_too_large(size, limit))
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        return Source(name, error=_reason(error))
    return _checked(name, raw, limit)


def _too_large(size: int, limit: int) -> str:
    return f"The letter is too large: {size / 1024**2:.0f} MB, the limit is {limit / 1024**2:.0f} MB"


def _checked(name: str, raw: bytes, limit: int) -> Source:
    if len(raw) > limit:
        return Source(name, error=_too_large(len(raw), limit))
    if not raw.strip(b" \t\r\n\0"):
        return Source(name, error="The file is empty")
    if raw.startswith(_OLE):
        return Source(name, error="This is a letter in Outlook's own format (.msg): save it as .eml or forward it")
    if name.lower().endswith(".emlx"):
        raw = _emlx(raw)
    return Source(name, raw)


def _emlx(raw: bytes) -> bytes:
    """Apple Mail puts the length before the letter and a property list behind it."""
    first, newline, rest = raw.partition(b"\n")
    if newline and first.strip().isdigit():
        return rest[: int(first)]
    return raw


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines of at most 64 KiB, so that a file without line breaks cannot fill the memory."""
    while line := file.readline(65536):
        yield line


def _mbox(path: Path, name: str, limit: int) -> Iterator[Source]:
    try:
        with path.open("rb") as file:
            yield from _mbox_letters(file, name, limit)
    except OSError as error:
        yield Source(name, error=_reason(error))


def _mbox_letters(file: IO[bytes], name: str, limit: int) -> Iterator[Source]:
    """Letters of an mbox: a ``From `` line with a date after an empty line begins one; ``>From `` is
    unescaped."""
    collected = bytearray()
    size = number = 0
    begun = False
    empty = line_start = True

    def finished() -> Source:
        where = f"{name}#{number}"
        if size > limit:
            return Source(where, error=_too_large(size, limit))
        return _checked(where, bytes(collected), limit)

    for line in _lines(file):
        if line_start and empty and line.startswith(b"From ") and (not begun or _MBOX_START.match(line)):
            if begun:
                yield finished()
            number += 1
            begun = True
            collected = bytearray()
            size = 0
            empty = False
            line_start = line.endswith(b"\n")
            continue
        if not begun:
            if not line.strip():
                continue
            begun = True
            number = 1
        if line_start and line.startswith(b">") and line.lstrip(b">").startswith(b"From "):
            line = line[1:]
        size += len(line)
        if size <= limit:
            collected += line
        elif collected:
            collected = bytearray()
        empty = line_start and not line.strip()
        line_start = line.endswith(b"\n")
    if begun:
        yield finished()
    else:
        yield Source(name, error="The file is empty")


def _archive(path: Path, name: str, limit: int) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _archive_letters(archive, name, limit)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        zlib.error,
        EOFError,
        ValueError,
    ) as error:
        yield Source(name, error=f"The archive is broken: {error}")
    except OSError as error:
        yield Source(name, error=_reason(error))


def _archive_letters(archive: zipfile.ZipFile, name: str, limit: int) -> Iterator[Source]:
    # Nothing is ever written under the names in the archive: they only label what was read.
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ARCHIVE_LETTERS:
        yield Source(name, error=f"The archive holds too many files: {len(entries)}")
        entries = entries[:MAX_ARCHIVE_LETTERS]
    total = 0
    for entry in entries:
        label = f"{name}/{_harmless(entry.filename)}"
        if os.path.basename(entry.filename).startswith("._") or "__MACOSX" in entry.filename:
            continue
        if entry.flag_bits & 0x1:
            yield Source(label, error="It is locked with a password")
            continue
        is_mbox = entry.filename.lower().endswith((".mbox", ".mbx"))
        if entry.file_size > max(1, entry.compress_size) * MAX_RATIO and entry.file_size > 1024**2:
            yield Source(label, error="It unpacks to far more than it holds and is not opened")
            continue
        if entry.file_size > limit and not is_mbox:
            yield Source(label, error=_too_large(entry.file_size, limit))
            continue
        total += entry.file_size
        if total > MAX_ARCHIVE_BYTES:
            yield Source(name, error="The archive unpacks to too much; the rest is not read")
            return
        yield from _archive_entry(archive, entry, label, limit, is_mbox)


def _archive_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str, limit: int, is_mbox: bool
) -> Iterator[Source]:
    try:
        with archive.open(entry) as file:
            if is_mbox:
                yield from _mbox_letters(file, label, limit)
                return
            raw = file.read(limit + 1)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        zlib.error,
        EOFError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        yield Source(label, error=f"It cannot be unpacked: {error}")
        return
    suffix = os.path.splitext(entry.filename)[1].lower()
    if raw.startswith(b"PK\x03\x04") and suffix not in (".eml", ""):
        if suffix == ".zip":
            yield Source(label, error="An archive inside an archive is not opened")
        return
    if suffix in _LETTER_SUFFIXES or _begins_like_letter(raw[:2048]):
        if raw.startswith(b"From ") and _holds_several(raw):
            yield from _mbox_letters(io.BytesIO(raw), label, limit)
        else:
            yield _checked(label, raw, limit)


def _holds_several(raw: bytes) -> bool:
    position = raw.find(b"\nFrom ")
    while position >= 0:
        end = raw.find(b"\n", position + 1)
        line = raw[position + 1 : end + 1 if end >= 0 else len(raw)]
        if _MBOX_START.match(line) and raw[max(0, position - 2) : position].strip() == b"":
            return True
        position = raw.find(b"\nFrom ", position + 1)
    return False


def _harmless(name: str) -> str:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return re.sub(r"[\x00-\x1f\x7f]", "_", "/".join(parts))[:300]
