"""Instants as whole milliseconds since 1970 in UTC: what the room counts with inside.

Subtracting two aware datetimes of one zone compares their wall clocks, which is wrong across a clock
change, and it is slow; so every module turns datetimes into ticks at its door and gives datetimes in UTC
back.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from .values import Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
_STEP = timedelta(milliseconds=1)


def to_ticks(moment: datetime) -> int:
    """Milliseconds, rounded down. A datetime without a zone is a mistake of the caller: ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return (moment - EPOCH) // _STEP


@lru_cache(maxsize=8192)  # the edges of bookings and of days are asked for again and again
def from_ticks(ticks: int) -> datetime:
    return EPOCH + ticks * _STEP


def to_span(start: int, end: int) -> Span:
    return Span(from_ticks(start), from_ticks(end))


def round_up(value: int, step: int) -> int:
    return -(-value // step) * step
