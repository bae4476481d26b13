"""Effort as people type it: "2ч30", "2:30", "150", "2.5h", "1 д 2 ч"."""

from __future__ import annotations

import re
from decimal import Decimal

#: A working day in efforts and slack (ui.md 8.1).
DAY = 480
LONGEST = 100 * DAY

_UNITS = {"d": DAY, "h": 60, "m": 1}
_NUMBER = r"\d+(?:[.,]\d+)?"
_UNIT = (
    r"(?P<d>рабочих дней|рабочих дня|рабочий день|дней|день|дня|дн|д|days|day|d)"
    r"|(?P<h>часов|часа|час|ч|hours|hour|hrs|hr|h)"
    r"|(?P<m>минуты|минута|минуту|минут|мин|м|minutes|minute|mins|min|m)"
)
_PART = re.compile(rf"\s*(?P<number>{_NUMBER})\s*(?:{_UNIT})\.?(?![^\W\d_])")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_BARE = re.compile(_NUMBER)


def parse(text: str) -> int | None:
    """Whole minutes of working time, or None when the text is no effort (empty, zero, over a hundred days).

    A bare whole number is minutes, a bare fraction hours; what follows hours without a unit is minutes.
    A day is eight hours. Fractions of a minute are rounded.
    """
    cleaned = text.strip().lower().replace("\u00a0", " ").replace("\u202f", " ")
    minutes = _minutes(cleaned)
    if minutes is None:
        return None
    whole = int(minutes.to_integral_value())
    return whole if 0 < whole <= LONGEST else None


def _minutes(text: str) -> Decimal | None:
    clock = _CLOCK.fullmatch(text)
    if clock:
        return Decimal(int(clock[1]) * 60 + int(clock[2]))
    if _BARE.fullmatch(text):
        number = Decimal(text.replace(",", "."))
        return number * 60 if "." in text or "," in text else number
    total = Decimal(0)
    at = 0
    smallest = DAY + 1
    while part := _PART.match(text, at):
        unit = next(_UNITS[name] for name in _UNITS if part[name])
        if unit >= smallest:
            return None
        smallest = unit
        total += Decimal(part["number"].replace(",", ".")) * unit
        at = part.end()
    rest = text[at:].strip()
    if at and rest:
        # "2ч30": minutes after hours need no unit
        if smallest != 60 or not re.fullmatch(r"[0-5]?\d", rest):
            return None
        total += int(rest)
    return total if at else None
