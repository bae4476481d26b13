"""Tables from files: CSV as other programs write it, and spreadsheets. The one place that knows python-calamine."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from deskapp.core.errors import UserFacingError
from deskapp.desk import sheetsize

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
_DELIMITERS = ";,\t|"
#: So much of a CSV file tells its encoding and delimiter.
_SAMPLE = 65_536
csv.field_size_limit(16 * 1024 * 1024)


@dataclass(frozen=True)
class Table:
    """A file with a row of heads. ``rows`` may be walked again and again. ``about`` tells how it was read."""

    path: Path
    heads: tuple[str, ...]
    count: int
    about: str
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""

    def rows(self) -> Iterator[Sequence[Any]]:
        """Rows after the heads, empty ones left out; cells are text, or numbers and dates of a spreadsheet."""
        source = _cells(self.path, self.sheet) if self.sheet else _lines(self.path, self.encoding, self.delimiter)
        return islice((row for row in source if any(not _empty(cell) for cell in row)), 1, None)


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read(path: Path, sheet: str = "") -> Table:
    """Look at a file; UserFacingError where it is no table."""
    try:
        found = _spreadsheet(path, sheet) if path.suffix.lower() in SPREADSHEETS else _csv(path)
    except OSError as error:
        raise UserFacingError("The file cannot be read", "%1: %2", path.name, error.strerror or error) from error
    if not any(found.heads):
        raise UserFacingError("There is no table in this file", "The first row must name the columns: %1.", path.name)
    return found


# --- CSV ---------------------------------------------------------------------------------------------------------


def _csv(path: Path) -> Table:
    with open(path, "rb") as file:
        sample = file.read(_SAMPLE)
    encoding = _encoding(path, sample)
    delimiter = _delimiter(sample.decode(encoding, "replace"))
    heads: tuple[str, ...] = ()
    count = 0
    for row in _lines(path, encoding, delimiter):
        if any(cell.strip() for cell in row):
            if not heads:
                heads = tuple(cell.strip() for cell in row)
            else:
                count += 1
    shown = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[delimiter]
    return Table(path, heads, count, f"CSV, {encoding}, {shown}", encoding=encoding, delimiter=delimiter)


def _encoding(path: Path, sample: bytes) -> str:
    """By its mark, else UTF-8 where the whole file is, else the Cyrillic code page of Windows."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with open(path, encoding="utf-8-sig") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"


def _delimiter(text: str) -> str:
    """The one that parts the first rows into the same number of cells, and into the most."""
    best, most = ",", (0, 0)
    for delimiter in _DELIMITERS:
        rows = [row for row in islice(csv.reader(io.StringIO(text), delimiter=delimiter), 20) if row]
        widths = [len(row) for row in rows[:-1] or rows]
        if widths and widths[0] > 1:
            score = (sum(width == widths[0] for width in widths), widths[0])
            if score > most:
                best, most = delimiter, score
    return best


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with open(path, encoding=encoding, errors="replace", newline="") as file:
        yield from csv.reader((line.replace("\0", "") for line in file), delimiter=delimiter)


# --- spreadsheets ------------------------------------------------------------------------------------------------


def _spreadsheet(path: Path, sheet: str) -> Table:
    names, rows = _open(path, sheet)
    filled = [row for row in rows if any(not _empty(cell) for cell in row)]
    heads = tuple(str(cell or "").strip() for cell in filled[0]) if filled else ()
    chosen = sheet or names[0]
    return Table(path, heads, max(0, len(filled) - 1), f"{path.suffix[1:].upper()}, {chosen}", names, chosen)


def _open(path: Path, sheet: str) -> tuple[tuple[str, ...], list[list[Any]]]:
    import python_calamine  # only where a spreadsheet is read

    sheetsize.check(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        names = tuple(book.sheet_names)
        if not names:
            raise UserFacingError("There is no table in this file", "%1 has no sheets.", path.name)
        return names, book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=True)
    except python_calamine.CalamineError as error:
        raise UserFacingError("The spreadsheet cannot be read", "%1: %2", path.name, error) from error


def _cells(path: Path, sheet: str) -> Iterator[list[Any]]:
    yield from _open(path, sheet)[1]
