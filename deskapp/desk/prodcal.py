"""Production calendars: a country's days off, moved days and shortened days of a year, read from a file.

Two forms are read. The XML of xmlcalendar.ru: ``<calendar year=..><holidays><holiday id= title=/></holidays><days><day
d="MM.DD" t="1|2|3" h="holiday id" f="MM.DD"/>``, where t 1 is a day off, 2 a shortened day, 3 a working Saturday or
Sunday, and f the day from which it was moved. And CSV, either one date a line (date; kind; name; hours) or one year a
line with the days off of each month ("1,2,7*,8+": * shortened, + moved), as it is published with open data.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk.values import Changes
from deskapp.models.schema import CalendarDay

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

#: A shortened day ends so many minutes sooner (Labour Code of Russia, article 95).
SHORTER = 60
#: A file of a year's calendar is a few kilobytes.
LARGEST = 4_000_000
_NAMES = {
    "holiday": ("Выходной", "Day off"),
    "short": ("Сокращённый день", "Shortened day"),
    "working": ("Рабочий день", "Working day"),
}
_KINDS = {
    **dict.fromkeys(("holiday", "off", "выходной", "праздник", "нерабочий", "1"), "holiday"),
    **dict.fromkeys(("short", "shortened", "сокращенный", "сокращённый", "предпраздничный", "2"), "short"),
    **dict.fromkeys(("working", "work", "рабочий", "3"), "working"),
}


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A date that differs. ``kind``: holiday, short, working. ``intervals`` only where the file tells the hours."""

    day: date
    kind: str
    name: str
    name_en: str
    intervals: tuple[tuple[int, int], ...] = ()


def parse(data: bytes) -> tuple[DayOfYear, ...]:
    """The dates that differ, in order. UserFacingError for a file that is no production calendar."""
    try:
        if len(data) > LARGEST:
            raise ValueError("too large")
        text = _text(data)
        found = list(_xml(text) if text.lstrip().startswith("<") else _csv(text))
    except (ValueError, KeyError, ElementTree.ParseError, csv.Error) as trouble:
        raise _unknown() from trouble
    if not found:
        raise _unknown()
    return tuple(sorted({one.day: one for one in found}.values(), key=lambda one: one.day))


def _unknown() -> UserFacingError:
    return UserFacingError(
        "This is no production calendar",
        "XML as xmlcalendar.ru gives it, or CSV with a date or a year a line, can be read. Nothing was changed.",
    )


def fill(desk: Desk, calendar_id: str, data: bytes) -> Changes:
    """Fill a calendar's dates from a file. A date that is of the same kind already keeps its name and hours; one of
    another kind gives way, since a list of holidays knows no shortened days. Days off that the week has anyway are
    passed over. ``result``: how many dates were written."""
    days = parse(data)
    with desk.act("settings") as act:
        row = act.writing.execute("SELECT week FROM work_calendar WHERE id = ?", (calendar_id,)).fetchone()
        week: list[list[list[int]]] = json.loads(row[0])
        usual = next((hours for hours in week if hours), [])
        filled = 0
        for one in days:
            hours = week[one.day.weekday()]
            if one.kind == "holiday" and not hours:
                continue
            intervals = [list(pair) for pair in one.intervals]
            if not intervals and one.kind == "short":
                intervals = shortened(hours or usual)
            elif not intervals and one.kind == "working":
                intervals = [list(pair) for pair in usual]
            row_id = natural_id("day", calendar_id, one.day.isoformat())
            kept = act.writing.execute("SELECT kind, intervals FROM calendar_day WHERE id = ?", (row_id,)).fetchone()
            values = {"kind": one.kind, "name": one.name, "name_en": one.name_en, "intervals": intervals}
            if kept is None:
                act.insert(CalendarDay, id=row_id, calendar_id=calendar_id, day=one.day.isoformat(), **values)
            elif kept[0] == one.kind:
                continue  # it is there already, with the name and the hours that somebody gave it
            else:
                act.update(CalendarDay, row_id, **values)
            filled += 1
        act.result = filled
    return act.changes


def shortened(hours: Sequence[Sequence[int]], minutes: int = SHORTER) -> list[list[int]]:
    """The hours without their last minutes."""
    left = [list(pair) for pair in hours]
    while left and minutes > 0:
        start, end = left[-1]
        cut = min(minutes, end - start)
        minutes -= cut
        if end - cut > start:
            left[-1] = [start, end - cut]
        else:
            left.pop()
    return left


# --- reading -----------------------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("no text")


def _xml(text: str) -> Iterator[DayOfYear]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # nothing that a calendar needs, and a way to fill the memory
        raise ValueError("entities")
    root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    if root.tag != "calendar":
        raise ValueError("not a calendar")
    year = int(root.get("year", ""))
    titles = {one.get("id"): one.get("title", "") for one in root.iter("holiday")}
    for one in root.iter("day"):
        month, day = (int(part) for part in one.get("d", "").split("."))
        kind = {"1": "holiday", "2": "short", "3": "working"}[one.get("t", "")]
        yield _day(date(year, month, day), kind, titles.get(one.get("h"), ""))


def _csv(text: str) -> Iterator[DayOfYear]:
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") >= first.count(",") and ";" in first else ","
    for row in csv.reader(io.StringIO(text), delimiter=separator):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if re.fullmatch(r"\d{4}", cells[0]) and len(cells) >= 13:
            yield from _year(int(cells[0]), cells[1:13])
        elif (day := _date(cells[0])) is not None:
            yield _line(day, cells[1:])


def _year(year: int, months: Sequence[str]) -> Iterator[DayOfYear]:
    """Days off and shortened days by month. A weekend that is not among them is worked."""
    off: set[date] = set()
    for month, cell in enumerate(months, 1):
        for part in filter(None, (part.strip() for part in cell.split(","))):
            found = re.fullmatch(r"(\d{1,2})([*+]?)", part)
            if found is None:
                raise ValueError(part)
            day = date(year, month, int(found[1]))
            yield _day(day, "short" if found[2] == "*" else "holiday", "")
            off.add(day)
    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day.weekday() >= 5 and day not in off:
            yield _day(day, "working", "")


def _line(day: date, cells: Sequence[str]) -> DayOfYear:
    kind = _KINDS[cells[0].lower()] if cells and cells[0] else "holiday"
    made = _day(day, kind, cells[1] if len(cells) > 1 else "")
    if len(cells) > 2 and cells[2]:
        spans = re.findall(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?", cells[2])
        hours = tuple((int(a) * 60 + int(b or 0), int(c) * 60 + int(d or 0)) for a, b, c, d in spans)
        if not hours or any(not 0 <= start < end <= 1440 for start, end in hours):
            raise ValueError(cells[2])
        return DayOfYear(made.day, made.kind, made.name, made.name_en, hours)
    return made


def _date(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", text)
    if found:
        return date(int(found[1]), int(found[2]), int(found[3]))
    found = re.fullmatch(r"(\d\d?)[./](\d\d?)[./](\d{4})", text)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def _day(day: date, kind: str, title: str) -> DayOfYear:
    names: Mapping[str, tuple[str, str]] = _NAMES
    return DayOfYear(day, kind, title or names[kind][0], title or names[kind][1])
