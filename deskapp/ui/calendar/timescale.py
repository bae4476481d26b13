"""Time to pixels and back for the calendar, piecewise linear. No Qt here: numbers in, numbers out.

What nobody works in takes a strip, a break takes a band, and the rest of the width is shared by the hours in which
somebody works, or in which something is planned: work outside working hours opens its place, so that none is hidden.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BREAK_WIDTH = 12.0
NAMED_WIDTH = 46.0  # a holiday, or another weekday without work: its name is written upward
WEEKEND_WIDTH = 26.0  # two days that follow each other share it
PAST_WIDTH = 120.0  # of its working hours; with lunch the day takes 132
PAST_SHARE = 0.5  # of the width of an hour of today and later, at most
MIN_HOUR = 8.0
_FALLBACK_HOUR = 60.0

#: Start and end in seconds of the epoch.
Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DayHours:
    """What is known of a day: working stretches of anybody (epoch seconds), and the name of a holiday."""

    day: date
    work: tuple[Stretch, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the scale. ``kind``: work, break, closed (no width), strip (a day without work)."""

    start: float
    end: float
    x0: float
    x1: float
    kind: str
    day: int


@dataclass(frozen=True, slots=True)
class DayBand:
    """Where a day lies. ``strip``: it has no work; ``name`` of the holiday; ``past`` is drawn narrow."""

    day: date
    x0: float
    x1: float
    strip: bool
    past: bool
    name: str


def local_midnight(day: date, zone: ZoneInfo) -> float:
    """The first instant of a date in epoch seconds; a midnight that the clocks skip gives the moment after the gap."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def wall(day: date, minutes: int, zone: ZoneInfo) -> float:
    """Epoch seconds of a wall-clock time, in minutes after midnight of ``day``; it may lie in the next day."""
    extra, minute = divmod(minutes, 24 * 60)
    when = day + timedelta(days=extra)
    return datetime(when.year, when.month, when.day, minute // 60, minute % 60, tzinfo=zone).timestamp()


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sorted, overlapping and touching ones joined, empty ones left out."""
    result: list[Stretch] = []
    for start, end in sorted(stretches):
        if end <= start:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


class TimeScale:
    """Monotone map between instants and x. ``width`` is the whole length in logical pixels, at least ``viewport``."""

    def __init__(self, segments: Sequence[Segment], days: Sequence[DayBand], zone: ZoneInfo, hour: float) -> None:
        self.segments = tuple(segments)
        self.days = tuple(days)
        self.zone = zone
        self.hour = hour
        self.width = self.segments[-1].x1 if self.segments else 0.0
        self._starts = [segment.start for segment in self.segments]
        self._edges = [segment.x0 for segment in self.segments]

    @property
    def start(self) -> datetime:
        return datetime.fromtimestamp(self._starts[0], UTC)

    @property
    def end(self) -> datetime:
        return datetime.fromtimestamp(self.segments[-1].end, UTC)

    def x(self, at: datetime) -> float:
        return self.x_of(at.timestamp())

    def x_of(self, seconds: float) -> float:
        """x of epoch seconds; what lies outside the span is at its edge."""
        index = bisect_right(self._starts, seconds) - 1
        if index < 0:
            return 0.0
        segment = self.segments[index]
        if seconds >= segment.end:
            return segment.x1
        share = (seconds - segment.start) / (segment.end - segment.start)
        return segment.x0 + (segment.x1 - segment.x0) * share

    def at(self, x: float) -> datetime:
        """The instant at x; where several have no width of their own, the last of them."""
        segment = self.segment_at(x)
        if segment.x1 <= segment.x0:
            return datetime.fromtimestamp(segment.start, UTC)
        share = min(1.0, max(0.0, (x - segment.x0) / (segment.x1 - segment.x0)))
        return datetime.fromtimestamp(segment.start + (segment.end - segment.start) * share, UTC)

    def segment_at(self, x: float) -> Segment:
        return self.segments[max(0, bisect_right(self._edges, x) - 1)]

    def day_at(self, x: float) -> int:
        """Index of the day under x."""
        for index, band in enumerate(self.days):
            if x < band.x1:
                return index
        return len(self.days) - 1


def snapped(at: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """The nearest wall-clock multiple of ``minutes`` counted from local midnight (not across it)."""
    local = at.astimezone(zone)
    midnight = datetime(local.year, local.month, local.day, tzinfo=zone)
    passed = local.hour * 60 + local.minute + local.second / 60
    steps = int(passed / minutes + 0.5)
    return datetime.fromtimestamp(wall(midnight.date(), steps * minutes, zone), UTC)


@dataclass(slots=True)
class _Piece:
    start: float
    end: float
    kind: str
    day: int


def _pieces(days: Sequence[DayHours], busy: Sequence[Stretch], zone: ZoneInfo) -> list[_Piece]:
    """The whole span cut at midnights and where open time begins and ends."""
    open_time = merged([stretch for day in days for stretch in day.work] + list(busy))
    pieces: list[_Piece] = []
    for index, day in enumerate(days):
        first, last = local_midnight(day.day, zone), local_midnight(day.day + timedelta(days=1), zone)
        inside = [(max(start, first), min(end, last)) for start, end in open_time if start < last and end > first]
        if not inside:
            pieces.append(_Piece(first, last, "strip", index))
            continue
        cursor = first
        for start, end in inside:
            if start > cursor:
                pieces.append(_Piece(cursor, start, "closed" if cursor == first else "break", index))
            pieces.append(_Piece(start, end, "work", index))
            cursor = end
        if cursor < last:
            pieces.append(_Piece(cursor, last, "closed", index))
    return pieces


def _strip_widths(days: Sequence[DayHours], pieces: Sequence[_Piece]) -> dict[int, float]:
    """Width of each day without work; plain weekend days that follow each other share one strip."""
    empty = [piece.day for piece in pieces if piece.kind == "strip"]
    widths: dict[int, float] = {}
    for index in empty:
        plain = days[index].day.weekday() >= 5 and not days[index].name
        widths[index] = WEEKEND_WIDTH if plain else NAMED_WIDTH
    for index in empty:
        if widths[index] == WEEKEND_WIDTH and widths.get(index + 1) == WEEKEND_WIDTH:
            widths[index] = widths[index + 1] = WEEKEND_WIDTH / 2
    return widths


def build(
    days: Sequence[DayHours],
    busy: Sequence[Stretch],
    zone: ZoneInfo,
    today: date,
    viewport: float,
    zoom: float = 1.0,
    min_hour: float = MIN_HOUR,
) -> TimeScale:
    """A scale for consecutive ``days`` that fills ``viewport``, or is wider when an hour would get too narrow.

    ``busy``: everything that must be seen, in epoch seconds. ``zoom`` multiplies the width of an hour. ValueError
    without days.
    """
    if not days:
        raise ValueError("a scale needs at least one day")
    pieces = _pieces(days, busy, zone)
    strips = _strip_widths(days, pieces)
    fixed = sum(strips.values()) + BREAK_WIDTH * sum(piece.kind == "break" for piece in pieces)
    hours_by_day = [0.0] * len(days)
    for piece in pieces:
        if piece.kind == "work":
            hours_by_day[piece.day] += (piece.end - piece.start) / 3600
    past = [day.day < today for day in days]
    # A span that lies wholly in the past has nothing to make room for.
    narrow = past if any(h and not p for h, p in zip(hours_by_day, past, strict=True)) else [False] * len(days)

    hour, shares = _hour_width(hours_by_day, narrow, viewport - fixed)
    if hour < min_hour:
        hour = min_hour
        shares = [PAST_SHARE if is_narrow else 1.0 for is_narrow in narrow]
    hour *= max(1.0, zoom)

    widths: list[float] = []
    for piece in pieces:
        if piece.kind == "work":
            widths.append((piece.end - piece.start) / 3600 * hour * shares[piece.day])
        else:
            widths.append({"break": BREAK_WIDTH, "closed": 0.0}.get(piece.kind, strips.get(piece.day, 0.0)))
    if not any(hours_by_day):  # nothing but days off: they share the room
        spread = max(1.0, viewport / max(1.0, sum(widths)))
        widths = [width * spread for width in widths]

    segments: list[Segment] = []
    cursor = 0.0
    for piece, width in zip(pieces, widths, strict=True):
        # Edges lie on whole pixels, so that lines are sharp; the rounding never adds up.
        edge = cursor + width
        segments.append(Segment(piece.start, piece.end, round(cursor), round(edge), piece.kind, piece.day))
        cursor = edge
    bands = []
    for index, day in enumerate(days):
        own = [segment for segment in segments if segment.day == index]
        bands.append(DayBand(day.day, own[0].x0, own[-1].x1, own[0].kind == "strip", past[index], day.name))
    return TimeScale(segments, bands, zone, hour)


def _hour_width(hours: Sequence[float], narrow: Sequence[bool], room: float) -> tuple[float, list[float]]:
    (
        """Width of an hour of today and later, and what share of it a past day's hour takes.

    A past day has a fixed width, or half the hour of the days ahead if that is less.
    """
        ""
    )
    ahead = sum(h for h, n in zip(hours, narrow, strict=True) if not n)
    behind = sum(h for h, n in zip(hours, narrow, strict=True) if n)
    if ahead == 0 and behind == 0:
        return _FALLBACK_HOUR, [1.0] * len(hours)
    past_days = sum(bool(h and n) for h, n in zip(hours, narrow, strict=True))
    hour = (room - PAST_WIDTH * past_days) / ahead if ahead else 0.0
    widest_past = max((h for h, n in zip(hours, narrow, strict=True) if n), default=0.0)
    if past_days and (hour <= 0 or PAST_WIDTH > PAST_SHARE * hour * widest_past):
        hour = room / (ahead + PAST_SHARE * behind)
        return hour, [PAST_SHARE if n else 1.0 for n in narrow]
    return hour, [PAST_WIDTH / (h * hour) if n and h else 1.0 for h, n in zip(hours, narrow, strict=True)]
