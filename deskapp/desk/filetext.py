"""The text of attachments in common formats, read for the search: in the background, a little at a time, and bounded.

A file from outside may be a bomb: nothing is unpacked beyond ``_UNPACKED`` bytes, no XML is parsed (tags are cut out),
so that no entity can swell, and only so much text is kept as the index looks at anyway. PDF files are read by another
process (``pdftext``).
"""

from __future__ import annotations

import html
import io
import json
import re
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from deskapp.core.errors import UserFacingError
from deskapp.core.text import clean_text
from deskapp.desk import files, pdftext
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models import search as index

#: Bytes of a file that is looked into at all; of what is unpacked from it; characters that are kept.
LARGEST = 16 * 1024 * 1024
_UNPACKED = 8 * 1024 * 1024
TEXT = 60_000
#: Files read in one go, and the seconds after which the rest of them wait for the next one.
BATCH = 20
PATIENCE = 3.0
_CURSOR = "files_read_2"  # another name for more formats: what was passed over is looked at again
_WANTED = "files_wanted"  # named in letters, their content not here yet
_WANTED_MOST = 500

_TAG = re.compile(r"<[^<>]{0,4000}>")
_BLOCK = re.compile(r"</(?:w:p|text:p|text:h|p|div|tr|li|h\d|si|row)>|<br\s*/?>", re.IGNORECASE)
_UNREAD = re.compile(r"<(script|style)\b", re.IGNORECASE | re.ASCII)
_ITS_END = {name: re.compile(rf"</{name}\b[^<>]{{0,200}}>", re.IGNORECASE | re.ASCII) for name in ("script", "style")}


def plain(data: bytes) -> str:
    """Text of an unknown charset: UTF-16 by its mark, UTF-8, else Windows Cyrillic; empty for what is no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:2000]:
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # a text that was cut in the middle of a letter is UTF-8 all the same
        if error.start > len(data) - 4:
            return data[: error.start].decode("utf-8")
        return data.decode("cp1251", "replace")


def marked_up(data: bytes) -> str:
    return _untagged(_without_unread(plain(data)))


def _without_unread(text: str) -> str:
    """Without scripts and styles; one that never ends takes the rest with it, as in a browser. Each sign is looked at
    once, however many begin.
    """
    kept, at = [], 0
    while (found := _UNREAD.search(text, at)) is not None:
        kept.append(text[at : found.start()])
        end = _ITS_END[found[1].lower()].search(text, found.end())
        if end is None:
            return " ".join(kept)
        at = end.end()
    return " ".join([*kept, text[at:]])


def _untagged(text: str) -> str:
    return html.unescape(_TAG.sub("", _BLOCK.sub("\n", text)))


def _packed(*names: str) -> Callable[[bytes], str]:
    def read(data: bytes) -> str:
        found = []
        left = _UNPACKED
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.filename in names and left > 0 and not info.flag_bits & 1:
                    with archive.open(info) as entry:
                        part = entry.read(left)
                    left -= len(part)
                    found.append(_untagged(part.decode("utf-8", "replace")))
        return "\n".join(found)

    return read


_READERS: dict[str, Callable[[bytes], str]] = {
    **dict.fromkeys(
        ("txt", "log", "csv", "tsv", "md", "json", "ini", "conf", "cfg", "yml", "yaml", "sql", "err"), plain
    ),
    **dict.fromkeys(("html", "htm", "xml"), marked_up),
    "docx": _packed("word/document.xml"),
    "odt": _packed("content.xml"),
    "ods": _packed("content.xml"),
    "xlsx": _packed("xl/sharedStrings.xml"),
}


def readable(name: str) -> bool:
    return _extension(name) in (*_READERS, "pdf")


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def text_of(name: str, data: bytes, pdf: pdftext.Reader | None = None) -> str:
    """The beginning of a file's text; empty where its format is not known or it is broken. ``pdf``: reads those."""
    reader = _READERS.get(_extension(name))
    if len(data) > LARGEST:
        return ""
    if reader is None:
        found = pdf.text(data, TEXT) if pdf is not None and _extension(name) == "pdf" else ""
        return clean_text(" ".join(found.split())[:TEXT])
    try:
        return clean_text(" ".join(reader(data).split())[:TEXT])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return ""


@dataclass(frozen=True)
class Batch:
    """Texts to be indexed: (attachment, ticket, text). ``cursor`` is where to read on; ``more``: at once."""

    texts: tuple[tuple[str, str, str], ...]
    cursor: int
    wanted: tuple[str, ...]
    more: bool


def read_some(desk: Desk) -> Batch | None:
    """Read the next files that nobody has read yet; None when there is nothing to store. Writes nothing."""
    cursor = int(desk.replica.state(_CURSOR) or 0)
    waiting: list[str] = json.loads(desk.replica.state(_WANTED) or "[]")
    rows = desk.replica.rows(
        "SELECT rowid, id, ticket_id, name, sha256, size FROM attachment WHERE rowid > ? ORDER BY rowid LIMIT ?",
        (cursor, BATCH),
    )
    again = desk.replica.rows(
        f"SELECT 0, id, ticket_id, name, sha256, size FROM attachment WHERE id IN ({','.join('?' * len(waiting))})",
        waiting,
    )
    texts, wanted = [], []
    begun, stopped = time.monotonic(), False
    with pdftext.Reader() as pdf:
        for rowid, row, ticket_id, name, sha256, size in (*again, *rows):
            if stopped and not rowid:
                wanted.append(row)
                continue
            if stopped:
                break
            cursor = rowid or cursor
            if not readable(name) or size > LARGEST or not ticket_id:
                continue
            if not files.has(desk, sha256):
                wanted.append(row)
                continue
            try:
                text = text_of(name, files.read(desk, sha256), pdf)
            except UserFacingError:  # it went between the two looks
                continue
            if text:
                texts.append((row, ticket_id, text))
            stopped = time.monotonic() - begun > PATIENCE
    if not rows and not texts and wanted == waiting:
        return None
    return Batch(tuple(texts), cursor, tuple(wanted[-_WANTED_MOST:]), stopped or len(rows) == BATCH)


def store(desk: Desk, batch: Batch) -> Changes:
    """Take what was read into the index."""
    with desk.act("", author="") as act:
        for row, ticket_id, text in batch.texts:
            if act.writing.execute("SELECT 1 FROM attachment WHERE id = ?", (row,)).fetchone():
                index.put(act.writing, "file", row, ticket_id, act.now, text)
        desk.replica.set_state(_CURSOR, str(batch.cursor))
        desk.replica.set_state(_WANTED, json.dumps(batch.wanted))
    return act.changes
