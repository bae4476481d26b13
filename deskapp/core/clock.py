"""Time as the desk sees it. Everything that needs "now" is given a clock, so that a demo or a test can hold its own."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """Stands still until told to go on."""

    def __init__(self, at: datetime) -> None:
        self._now = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, **delta: float) -> None:
        self._now += timedelta(**delta)

    def set(self, at: datetime) -> None:
        self._now = at.astimezone(UTC)


class ShiftedClock:
    """Runs like the system's, from another starting point: the demo desk's morning."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._zero = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._zero)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)  # made once: making it costs more than all the rest of a conversion


def to_ms(at: datetime) -> int:
    """UTC milliseconds of an aware datetime; a naive one is a programming error (ValueError)."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no place here")
    return (at - _EPOCH) // _MILLISECOND


def from_seconds(seconds: float) -> datetime:
    """The instant, UTC. ``datetime.fromtimestamp`` fails on Windows before 1970 and after 3000, and Outlook writes 4501
    for "never"."""
    return _EPOCH + timedelta(seconds=seconds)


def from_ms(ms: int) -> datetime:
    return _EPOCH + ms * _MILLISECOND
