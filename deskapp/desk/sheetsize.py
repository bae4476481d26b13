"""How large a spreadsheet becomes once it is read, told before it is.

A spreadsheet of a kilobyte can name a cell at the far end of its sheet, repeat a row a million times or point at one
long text from everywhere: the library that reads it would take all memory, and the window with it. So the packed parts
are walked once as they stream by, without keeping or parsing them.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from deskapp.core.errors import UserFacingError

#: Cells of a sheet from the first to the last one, and signs of all its texts: far beyond what a desk takes in.
MOST_CELLS = 20_000_000
MOST_TEXT = 500_000_000
#: Bytes of one part, unpacked, and of an old .xls, which is not packed.
_MOST_PART = 700_000_000
_MOST_XLS = 60_000_000
_PIECE = 1 << 20
#: From one tag to the next: a cell of a spreadsheet holds 32,767 signs.
_LONGEST_TEXT = 1 << 22

_PLACE = re.compile(rb"""\br *= *["']([A-Z]{0,3})(\d{0,7})["']""")
_STRING = re.compile(rb"</(?:\w+:)?si>")
_INDEX = re.compile(rb"<(?:\w+:)?v>(\d{1,9})")
_ROW_OR_CELL = re.compile(rb"<(/?)(?:\w+:)?(table-row|table-cell|covered-table-cell)\b([^>]*)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated *= *["'](\d{1,9})["']""")


def check(path: Path) -> None:
    """UserFacingError for a spreadsheet that would become too large, or whose packing is broken."""
    if path.suffix.lower() == ".xls":
        if path.stat().st_size > _MOST_XLS:
            raise _too_large(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            fits = all(entry.file_size <= _MOST_PART for entry in archive.infolist())
            if not fits or not (_opendocument(archive) if path.suffix.lower() == ".ods" else _workbook(archive)):
                raise _too_large(path)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UserFacingError("The spreadsheet cannot be read", "%1: %2", path.name, error) from error


def _too_large(path: Path) -> UserFacingError:
    return UserFacingError(
        "The spreadsheet is too large", "%1 would take more memory than there is. Save the table as CSV.", path.name
    )


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that end before a tag, with runs of blanks made one."""
    left = b""
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            text = left + re.sub(rb"\s+", b" ", piece)
            cut = max(0, text.rfind(b"<"))
            left = text[cut:]
            if len(left) > _LONGEST_TEXT:
                raise ValueError("a text without end")
            yield text[:cut]
    yield left


def _workbook(archive: zipfile.ZipFile) -> bool:
    texts: list[int] = []  # how long each shared one is
    for entry in archive.infolist():
        if entry.filename.lower().endswith("sharedstrings.xml"):
            texts = _texts(archive, entry)
    for entry in archive.infolist():
        if "sheet" not in entry.filename.lower() or not entry.filename.lower().endswith(".xml"):
            continue
        width = height = 1
        signs = 0
        for text in _pieces(archive, entry):
            for found in _PLACE.finditer(text):
                column = 0
                for letter in found.group(1):
                    column = column * 26 + letter - 64
                width, height = max(width, column), max(height, int(found.group(2) or 0))
            for found in _INDEX.finditer(text):
                place = int(found.group(1))
                signs += texts[place] if place < len(texts) else 0
            if width * height > MOST_CELLS or signs > MOST_TEXT:
                return False
    return True


def _texts(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> list[int]:
    found: list[int] = []
    length = 0
    for text in _pieces(archive, entry):
        at = 0
        for end in _STRING.finditer(text):
            found.append(length + end.end() - at)
            length, at = 0, end.end()
        length += len(text) - at
    return found


def _opendocument(archive: zipfile.ZipFile) -> bool:
    cells = signs = 0
    for entry in archive.infolist():
        if entry.filename != "content.xml":
            continue
        rows = filled = widest = length = 0  # of the row at hand: repeated, cells with a value, the most alike, signs
        for text in _pieces(archive, entry):
            at = 0
            for found in _ROW_OR_CELL.finditer(text):
                closing, kind, attributes = found.groups()
                times = max((int(one) for one in _REPEATED.findall(attributes)), default=1)
                length, at = length + found.end() - at, found.end()
                if kind == b"table-row" and not closing:
                    rows, filled, widest, length = times, 0, 1, 0
                elif kind == b"table-row":
                    cells += filled * rows
                    signs += length * rows * widest if filled else 0
                elif not closing and b"value-type" in attributes:
                    filled, widest = filled + times, max(widest, times)
                if max(cells, filled * rows) > MOST_CELLS or signs > MOST_TEXT:
                    return False
            length += len(text) - at
    return True
