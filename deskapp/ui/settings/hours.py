"""Working hours as people write them: "9-13, 14:00–18:00". Pure: no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

_SPAN = re.compile(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|до|to)\s*(\d{1,2})(?:[:.](\d{2}))?\s*")
DAY = 1440


def parse(text: str) -> list[list[int]] | None:
    """Intervals in minutes after midnight, in order; [] for an empty text, None when it cannot be understood.

    An end before its start lies in the next day (a night shift); intervals that overlap are not understood.
    """
    found: list[list[int]] = []
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        span = _SPAN.fullmatch(part)
        if span is None:
            return None
        start, end = _minute(span[1], span[2]), _minute(span[3], span[4])
        if start is None or end is None or start == end or start == DAY:
            return None
        found.append([start, end if end > start else end + DAY])
    found.sort()
    if any(before[1] > after[0] for before, after in pairwise(found)):
        return None
    return found


def _minute(hour: str, minute: str | None) -> int | None:
    total = int(hour) * 60 + int(minute or 0)
    return total if int(minute or 0) < 60 and total <= DAY else None


def write(intervals: Iterable[Sequence[int]]) -> str:
    """The other way round: "09:00–13:00, 14:00–18:00"."""
    return ", ".join(f"{clock(start)}–{clock(end)}" for start, end in intervals)


def moment(text: str) -> int | None:
    """A time of the day, "10", "10:30" or "10.30", as minutes after midnight; None when it cannot be understood."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*", text)
    at = _minute(found[1], found[2]) if found else None
    return at if at is not None and at < DAY else None


def clock(minute: int) -> str:
    if minute == DAY:
        return "24:00"
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
