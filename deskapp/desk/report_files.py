"""Tables as files: CSV and XLSX, every row, nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from deskapp.core.errors import UserFacingError

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Where a spreadsheet of another country parts cells at semicolons, a formula could begin behind one.
_INSIDE = re.compile(r"([;\t]\s*)(?=[=+@＝＋－＠-])")
_FORMATS = {"minutes": "0", "share": "0.0%", "number": "0.00", "count": "0", "at": "yyyy-mm-dd hh:mm"}
_LONGEST_TITLE = 31


@dataclass(frozen=True)
class Sheet:
    """``kinds``: of each column, as in ``reports``; ``rows``: values or words."""

    title: str
    headers: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula; an apostrophe in front is what they show as text."""
    text = _INSIDE.sub(r"\1'", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _local(value: Any, zone: tzinfo) -> Any:
    return value.astimezone(zone).replace(tzinfo=None) if isinstance(value, datetime) else value


def as_csv(sheet: Sheet, zone: tzinfo) -> bytes:
    """UTF-8 with a mark that spreadsheets know it by, commas, a header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([defused(header) for header in sheet.headers])
    for row in sheet.rows:
        cells = [_local(value, zone) for value in row]
        writer.writerow(
            [
                "" if cell is None
                else defused(cell) if isinstance(cell, str)
                else f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime)
                else f"{cell:.4g}" if isinstance(cell, float)
                else cell
                for cell in cells
            ]
        )  # fmt: skip
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def as_xlsx(sheets: Sequence[Sheet], zone: tzinfo) -> bytes:
    """A workbook with one sheet a table; figures are figures, dates are dates, text is never a formula."""
    import xlsxwriter  # a quarter of a second that only an export pays

    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(held, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _FORMATS.items()}
        taken: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_title(sheet.title, taken))
            page.freeze_panes(1, 0)
            for column, header in enumerate(sheet.headers):
                page.write_string(0, column, header, bold)
                longest = max((len(str(row[column])) for row in sheet.rows[:200]), default=0)
                page.set_column(column, column, min(60, max(len(header), longest) + 2))
            for place, row in enumerate(sheet.rows, 1):
                for column, value in enumerate(row):
                    shape = formats.get(sheet.kinds[column])
                    value = _local(value, zone)
                    if value is None:
                        continue
                    if isinstance(value, datetime):
                        page.write_datetime(place, column, value, formats["at"])
                    elif isinstance(value, int | float):
                        page.write_number(place, column, value, shape)
                    else:
                        page.write_string(place, column, str(value))
    return held.getvalue()


def _title(wanted: str, taken: set[str]) -> str:
    """A name that a workbook allows, given once."""
    plain = "".join(letter for letter in wanted if letter not in r"[]:*?/\'")[:_LONGEST_TITLE] or "1"
    name, count = plain, 2
    while name.lower() in taken:
        name = f"{plain[: _LONGEST_TITLE - 4]} {count}"
        count += 1
    taken.add(name.lower())
    return name


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; UserFacingError where that cannot be."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserFacingError("The file cannot be written", "Nothing was saved. (%1)", str(error)) from error
