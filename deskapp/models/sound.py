"""What can stand in a column of a shared table.

Files and shares come from anybody. A value of another kind than its column's would stop every reading after it, so
whatever is not written by the desk itself is held against this first: changes from a hub, snapshots, copies that are
put back, exported desks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.text import clean_text
from deskapp.models.fields import Day, Flag, Json, Ms, Number
from deskapp.models.tables import models

#: UTC milliseconds of the years that a date can have, a day off either end for the zones.
FIRST_MS, LAST_MS = -62_135_510_400_000, 253_402_214_400_000
#: No figure of a desk is larger: minutes, counts, bytes, numbers of tickets from other systems.
_LARGEST = 1 << 47
#: Any right figure or instant of a usual desk lies between 0 and this; beyond it, a value is looked at closely.
USUAL = 1 << 42
_LONGEST_ID = 200
#: Whoever makes a row says when, and readings rely on it: without it, it is the moment of the change.
MOMENTS = {"made_at", "at"}
DEEPEST = 20


def fits(table: str, column: str, value: object) -> bool:
    """Whether a value can stand in a column."""
    return checks(table)[column](value)


def has_shape(table: str, column: str) -> bool:
    """Whether readings rely on more than the column's kind."""
    return (table, column) in _SHAPES


@cache
def checks(table: str) -> Mapping[str, Callable[[Any], bool]]:
    """Column -> whether a value can stand in it, of all columns but id."""
    found: dict[str, Callable[[Any], bool]] = {}
    for field in models()[table]._meta.sorted_fields:
        if field.name == "id":
            continue
        check: Callable[[Any], bool] = _is_text
        if isinstance(field, Json):
            check = _is_json
        elif isinstance(field, Day):
            check = _is_day
        elif isinstance(field, Flag):
            check = _is_flag
        elif isinstance(field, Ms):
            check = _is_instant
        elif isinstance(field, Number):
            check = _is_number_or_none if field.null else _is_number
        if field.column_name == "zone":
            check = _is_zone
        elif field.column_name in MOMENTS:
            check = _is_moment
        found[field.column_name] = _SHAPES.get((table, field.column_name), check)
    return found


def is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and clean_text(value) == value


def _is_text(value: object) -> bool:
    return isinstance(value, str) and clean_text(value) == value


def _is_day(value: object) -> bool:
    """ISO 8601, or empty."""
    if value == "":
        return True
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_flag(value: object) -> bool:
    return is_whole(value, 0, 1)


def _is_moment(value: object) -> bool:
    return is_whole(value, FIRST_MS, LAST_MS)


def _is_instant(value: object) -> bool:
    return value is None or is_whole(value, FIRST_MS, LAST_MS)


def _is_zone(value: object) -> bool:
    """One that is known here, or none."""
    try:
        return value == "" or (isinstance(value, str) and bool(ZoneInfo(value)))
    except (KeyError, ValueError, OSError):
        return False


def _is_number(value: object) -> bool:
    return is_whole(value, -_LARGEST, _LARGEST)


def _is_number_or_none(value: object) -> bool:
    return value is None or _is_number(value)


def _is_json(value: object) -> bool:
    """JSON text that is not built to exhaust whoever reads it."""
    return _parsed(value) is not None


def _parsed(value: object) -> tuple[Any] | None:
    """What JSON text says, alone in a tuple; None if it is none."""
    if not isinstance(value, str):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return (found,) if _depth(found) <= DEEPEST else None


def _depth(value: object) -> int:
    deepest, layer = 0, [value]
    while layer and deepest <= DEEPEST:
        deepest += 1
        layer = [
            each
            for one in layer
            if isinstance(one, list | dict)
            for each in (one if isinstance(one, list) else one.values())
        ]
    return deepest


def _list(value: object) -> list[Any] | None:
    found = _parsed(value)
    return found[0] if found is not None and isinstance(found[0], list) else None


def _is_week(value: object) -> bool:
    """Seven days of pieces, or none yet."""
    days = _list(value)
    return days is not None and len(days) in (0, 7) and all(map(_are_pieces, days))


def _is_hours(value: object) -> bool:
    return _are_pieces(_list(value))


def _are_pieces(day: object) -> bool:
    """[start, end] in minutes of a day."""
    return isinstance(day, list) and all(
        isinstance(piece, list) and len(piece) == 2 and all(is_whole(one, 0, 24 * 60) for one in piece) for piece in day
    )


def _are_lines(value: object) -> bool:
    lines = _list(value)
    return lines is not None and all(is_whole(one, 0, 9) for one in lines)


def _are_names(value: object) -> bool:
    names = _list(value)
    return names is not None and all(isinstance(one, str) for one in names)


def _are_blanks(value: object) -> bool:
    """Column -> what takes its place, of an erasure."""
    found = _parsed(value)
    return found is not None and (
        found[0] == []
        or (isinstance(found[0], dict) and all(isinstance(one, str | int | None) for one in found[0].values()))
    )


def _are_people(value: object) -> bool:
    """[name, address] each."""
    people = _list(value)
    return people is not None and all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one) for one in people
    )


#: Columns of a shape that readings rely on.
_SHAPES: Mapping[tuple[str, str], Callable[[Any], bool]] = {
    ("work_calendar", "week"): _is_week,
    ("calendar_day", "intervals"): _is_hours,
    ("specialist", "lines"): _are_lines,
    ("message", "recipients"): _are_people,
    ("message", "cc"): _are_people,
    ("escalation", "files"): _are_names,
    ("erasure", "columns"): _are_blanks,
    ("erasure", "files"): _are_names,
}
