"""Working time of a person or a desk: when it is, how much lies between two instants, where a given amount
ends.

An instant is working when the clock on the wall of the calendar's zone reads a working time of that date.
So an hour that the clock repeats in autumn counts twice if it is a working hour, an hour that it skips in
spring does not count, and everything is elapsed time. Dates are walked in the zone; nothing ever adds
86,400 seconds to find tomorrow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .ticks import DAY, EPOCH, MINUTE, SECOND, from_ticks, round_up, to_span, to_ticks
from .values import Absence, DayRule, Interval, Span

#: A walk that has not found its working time within this many dates is given up.
WALK_DAYS = 5 * 366
#: Two instants further apart than this are not compared: such a span is a broken date, not work.
SPAN_DAYS = 60 * 366
#: A gap between two working intervals of up to this many minutes is a break (lunch); a longer one parts two
#: shifts.
BREAK_MINUTES = 180

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_FIRST_DAY = date.min.toordinal() + 4
_LAST_DAY = date.max.toordinal() - 4
_CHUNK_DAYS = 128
_MILLISECOND = timedelta(milliseconds=1)

Week = tuple[
    tuple[Interval, ...],
    tuple[Interval, ...],
    tuple[Interval, ...],
    tuple[Interval, ...],
    tuple[Interval, ...],
    tuple[Interval, ...],
    tuple[Interval, ...],
]


class NoWorkingTime(ValueError):
    """The calendar has no working time at all, or none within `WALK_DAYS` of the place asked about."""


class BadCalendar(ValueError):
    """An interval that ends before it begins, a week without seven days, or a zone that nobody knows."""


@dataclass(frozen=True, slots=True)
class Track:
    """Working stretches in ticks, complete for ``low <= t < high``.

    ``done[i]`` is the working time before stretch i; ``joined[i]`` tells that only a break parts it from
    stretch i-1. ``planned`` are the calendar's stretches before absences are taken out.
    """

    first_day: int
    last_day: int
    low: int
    high: int
    starts: list[int]
    ends: list[int]
    done: list[int]
    joined: list[bool]
    planned: list[tuple[int, int]]

    def worked_until(self, ticks: int) -> int:
        """Working time from the beginning of the track to the instant."""
        at = bisect_right(self.starts, ticks) - 1
        if at < 0:
            return 0
        return self.done[at] + min(ticks, self.ends[at]) - self.starts[at]

    def ahead(self, start: int, work: int) -> int | None:
        """The earliest instant by which ``work`` (more than nothing) was done since ``start``; None beyond its end."""
        wanted = self.worked_until(start) + work
        at = bisect_left(self.done, wanted) - 1
        if at < 0:
            return None
        found = self.starts[at] + wanted - self.done[at]
        return found if found <= self.ends[at] and found < self.high else None


@dataclass(frozen=True, slots=True)
class DayRows:
    """One date, ready to be drawn. ``spans`` is what is left of the working time; ``label`` and ``kind``
    come from the day's rule (kind "" on an ordinary date, "weekend" on a weekday that is never worked)."""

    day: date
    spans: tuple[Span, ...]
    breaks: tuple[Span, ...]
    absences: tuple[Absence, ...]
    label: str = ""
    kind: str = ""

    @property
    def minutes(self) -> int:
        return sum(span.minutes for span in self.spans)


@dataclass(frozen=True)
class WorkCalendar:
    """Weekly hours (Monday first), dates that differ from them, and absences, in one zone.

    Minutes of an interval count from the date's midnight on the wall clock and may pass 1440 up to 2880 for
    a night shift, which belongs to the date on which it begins. Every method raises `NoWorkingTime` rather
    than walk for ever.
    """

    zone: str
    week: Week
    days: Mapping[date, DayRule] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    _kept: list[Track] = field(default_factory=list, init=False, repr=False, compare=False)
    _starts: dict[date, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _horizons: dict[tuple[date, int], int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def validate(self) -> None:
        """Refuse what cannot be worked with: `BadCalendar`, or `NoWorkingTime` if nothing is ever worked."""
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
            raise BadCalendar(f"unknown zone {self.zone!r}") from problem
        if len(self.week) != 7:
            raise BadCalendar("a week has seven days")
        sets = [*self.week, *(rule.intervals for rule in self.days.values())]
        for intervals in sets:
            for begin, end in intervals:
                if not (0 <= begin < end <= 2880 and begin < 1440):
                    raise BadCalendar(f"interval {begin}-{end}")
        if not any(sets):
            raise NoWorkingTime("no working time in any week")

    # -- questions -----------------------------------------------------------------------------------------

    def spans(self, start: datetime, end: datetime) -> tuple[Span, ...]:
        """Working stretches within ``start..end``, in order."""
        return tuple(to_span(a, b) for a, b in self.stretches(to_ticks(start), to_ticks(end)))

    def is_working(self, moment: datetime) -> bool:
        ticks = to_ticks(moment)
        track = self.track(ticks, ticks)
        at = bisect_right(track.starts, ticks) - 1
        return at >= 0 and ticks < track.ends[at]

    def work_between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from start to end; nothing when the end is not after the start."""
        return timedelta(milliseconds=max(0, self.work_ticks(to_ticks(start), to_ticks(end))))

    def signed_work(self, start: datetime, end: datetime) -> timedelta:
        """Like `work_between`, negative when the end lies before the start: slack, lateness, time left."""
        return timedelta(milliseconds=self.work_ticks(to_ticks(start), to_ticks(end)))

    def add_work(self, start: datetime, work: int | timedelta) -> datetime:
        """The earliest instant by which ``work`` (minutes, or exact) has been worked since ``start``."""
        return from_ticks(self.after(to_ticks(start), _ticks_of(work)))

    def subtract_work(self, end: datetime, work: int | timedelta) -> datetime:
        """The latest instant from which ``work`` still fits before ``end``: walks backwards."""
        return from_ticks(self.before(to_ticks(end), _ticks_of(work)))

    def next_working(self, moment: datetime) -> datetime:
        """The moment itself if it is working, else the beginning of the next working stretch."""
        return from_ticks(self.next_ticks(to_ticks(moment)))

    def free_pieces(self, busy: Iterable[Span], start: datetime, end: datetime) -> tuple[Span, ...]:
        """What ``busy`` leaves of the working time within ``start..end``; busy spans may overlap, in any
        order.
        """
        taken = sorted((to_ticks(span.start), to_ticks(span.end)) for span in busy)
        working = self.stretches(to_ticks(start), to_ticks(end))
        return tuple(to_span(a, b) for a, b in cut(working, taken))

    def day_rows(self, day: date) -> DayRows:
        """The date as the calendar screen shades it."""
        low, high = self.day_start(day), self.day_start(day + timedelta(days=1))
        track = self.track(low, high)
        at = bisect_right(track.ends, low)
        spans: list[Span] = []
        breaks: list[Span] = []
        while at < len(track.starts) and track.starts[at] < high:
            spans.append(to_span(max(low, track.starts[at]), min(high, track.ends[at])))
            if track.joined[at] and track.ends[at - 1] >= low:
                breaks.append(to_span(track.ends[at - 1], track.starts[at]))
            at += 1
        absences = tuple(
            absence
            for absence in self.absences
            if to_ticks(absence.span.start) < high and to_ticks(absence.span.end) > low
        )
        rule = self.days.get(day)
        if rule is not None:
            return DayRows(day, tuple(spans), tuple(breaks), absences, rule.name, rule.kind)
        kind = "" if self.week[day.weekday()] else "weekend"
        return DayRows(day, tuple(spans), tuple(breaks), absences, "", kind)

    def working_days(self, start: datetime, count: int) -> datetime:
        """The end of the count-th date with working hours, today included if some of them are still ahead.

        Absences do not matter here: a horizon is a stretch of the desk's time, and a vacation does not
        lengthen it.
        """
        day = start.astimezone(self.tz).date()
        hours = self._rules_of(day)
        if not hours or self.day_start(day) + max(end for _, end in hours) * MINUTE <= to_ticks(start):
            day += timedelta(days=1)
        kept = self._horizons.get((day, count))
        if kept is None:
            kept = self._horizons[day, count] = self._end_of_days(day, count)
        return from_ticks(kept)

    def _end_of_days(self, day: date, count: int) -> int:
        for _ in range(min(WALK_DAYS, date.max.toordinal() - day.toordinal() - 1)):
            if self._rules_of(day):
                count -= 1
                if count <= 0:
                    return self.day_start(day + timedelta(days=1))
            day += timedelta(days=1)
        raise NoWorkingTime("no such number of working days")

    # -- the same in ticks, for the rest of the room -------------------------------------------------------

    def stretches(self, low: int, high: int) -> list[tuple[int, int]]:
        if high <= low:
            return []
        track = self.track(low, high)
        first = bisect_right(track.ends, low)
        last = bisect_left(track.starts, high)
        return [(max(low, track.starts[i]), min(high, track.ends[i])) for i in range(first, last)]

    def work_ticks(self, start: int, end: int) -> int:
        track = self.track(min(start, end), max(start, end))
        return track.worked_until(end) - track.worked_until(start)

    def after(self, start: int, work: int) -> int:
        if work <= 0:
            if work < 0:
                raise ValueError("working time cannot be negative")
            return start
        kept = self._kept[0] if self._kept else None
        found = kept.ahead(start, work) if kept is not None and kept.low <= start < kept.high else None
        if found is None:
            found = self._reaching(start, work).ahead(start, work)
            assert found is not None
        return found

    def before(self, end: int, work: int) -> int:
        if work <= 0:
            if work < 0:
                raise ValueError("working time cannot be negative")
            return end
        track = self._reaching(end, -work)
        wanted = track.worked_until(end) - work
        at = bisect_right(track.done, wanted) - 1
        return track.starts[at] + wanted - track.done[at]

    def next_ticks(self, ticks: int) -> int:
        track = self._reaching(ticks, 1)
        at = bisect_right(track.ends, ticks)
        return max(ticks, track.starts[at])

    def day_start(self, day: date) -> int:
        """The first instant of the date in the zone, also where the clock skips midnight."""
        kept = self._starts.get(day)
        if kept is None:
            kept = self._starts[day] = self._find_day_start(day)
        return kept

    def _find_day_start(self, day: date) -> int:
        naive = datetime.combine(day, time.min)
        early = to_ticks(naive.replace(tzinfo=self.tz, fold=0).astimezone(UTC))
        late = to_ticks(naive.replace(tzinfo=self.tz, fold=1).astimezone(UTC))
        if early <= late:  # an ordinary midnight, or one that comes twice: the first counts
            return early
        return _transition(self.zone, late, early)

    def track(self, low: int, high: int) -> Track:
        """A track that is complete for ``low..high``; kept, and widened when somebody looks further."""
        kept = self._kept[0] if self._kept else None
        if kept is not None and kept.low <= low and high < kept.high:
            return kept
        if high - low > SPAN_DAYS * DAY:
            raise NoWorkingTime("the two ends are too far apart")
        first = low // DAY + _EPOCH_DAY - 4
        last = high // DAY + _EPOCH_DAY + 5
        if kept is not None and max(last, kept.last_day) - min(first, kept.first_day) <= SPAN_DAYS:
            # Widened by a share of what is there, so that a slow march costs few rebuilds.
            room = max(_CHUNK_DAYS, (kept.last_day - kept.first_day) // 2)
            first = kept.first_day if first >= kept.first_day else min(first, kept.first_day - room)
            last = kept.last_day if last <= kept.last_day else max(last, kept.last_day + room)
        else:
            first, last = first - _CHUNK_DAYS // 4, last + _CHUNK_DAYS
        track = self._build(max(_FIRST_DAY, first), min(_LAST_DAY, last))
        self._kept[:] = [track]
        return track

    # -- building ------------------------------------------------------------------------------------------

    def _reaching(self, origin: int, work: int) -> Track:
        """A track that holds ``work`` ticks of working time after (negative: before) the origin."""
        days = 32
        while True:
            far = origin + (days if work > 0 else -days) * DAY
            far = max((_FIRST_DAY - _EPOCH_DAY + 8) * DAY, min(far, (_LAST_DAY - _EPOCH_DAY - 8) * DAY))
            track = self.track(min(origin, far), max(origin, far))
            if abs(track.worked_until(far) - track.worked_until(origin)) >= abs(work):
                return track
            if days >= WALK_DAYS:
                minutes = abs(work) // MINUTE
                raise NoWorkingTime(f"{minutes} min of working time do not fit in {WALK_DAYS} days")
            days = min(WALK_DAYS, days * 4)

    def _rules_of(self, day: date) -> tuple[Interval, ...]:
        rule = self.days.get(day)
        return self.week[day.weekday()] if rule is None else rule.intervals

    def _build(self, first: int, last: int) -> Track:
        low, high = (first - _EPOCH_DAY + 2) * DAY, (last - _EPOCH_DAY - 2) * DAY
        wall: list[tuple[int, int]] = []
        for ordinal in range(first, last):
            base = (ordinal - _EPOCH_DAY) * DAY
            for begin, end in self._rules_of(date.fromordinal(ordinal)):
                wall.append((base + begin * MINUTE, base + end * MINUTE))
        planned = _to_utc(self.zone, _merged(wall), low - 2 * DAY, high + 2 * DAY)
        away = sorted((to_ticks(a.span.start), to_ticks(a.span.end)) for a in self.absences)
        net = cut(planned, away) if away else planned
        ends_of_plan = {end: i for i, (_, end) in enumerate(planned)}
        starts: list[int] = []
        ends: list[int] = []
        done: list[int] = []
        joined: list[bool] = []
        total = 0
        for start, end in net:
            join = False
            if ends and start - ends[-1] <= BREAK_MINUTES * MINUTE:
                before = ends_of_plan.get(ends[-1])
                join = before is not None and before + 1 < len(planned) and planned[before + 1][0] == start
            joined.append(join)
            starts.append(start)
            ends.append(end)
            done.append(total)
            total += end - start
        return Track(first, last, low, high, starts, ends, done, joined, planned)


def office_week(hours: tuple[Interval, ...], weekdays: Iterable[int] = range(5)) -> Week:
    """The same intervals on each of the weekdays (0 is Monday), nothing on the others."""
    chosen = set(weekdays)
    return tuple(hours if day in chosen else () for day in range(7))  # type: ignore[return-value]


def cut(working: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What sorted ``taken`` leaves of sorted ``working``; both in ticks. Taken stretches may overlap one
    another.
    """
    left: list[tuple[int, int]] = []
    at = 0
    reach: list[int] = []  # reach[i]: the latest end among taken[:i + 1]
    latest = -(1 << 62)
    for _, end in taken:
        latest = max(latest, end)
        reach.append(latest)
    for start, end in working:
        while at < len(taken) and reach[at] <= start:
            at += 1
        here = at
        while start < end and here < len(taken) and taken[here][0] < end:
            begin, stop = taken[here]
            if stop > start and stop > begin:
                if begin > start:
                    left.append((start, begin))
                start = max(start, stop)
            here += 1
        if start < end:
            left.append((start, end))
    return left


def round_up_wall(zone: str, ticks: int, minutes: int) -> int:
    """The instant rounded up to a multiple of ``minutes`` on the zone's wall clock, counted from midnight."""
    offset = _offset(zone, ticks // SECOND) * SECOND
    rounded = round_up(ticks + offset, minutes * MINUTE) - offset
    turned = _offset(zone, rounded // SECOND) * SECOND
    # Rounding stepped over a clock change: round again by the wall clock that holds there.
    return rounded if turned == offset else round_up(rounded + turned, minutes * MINUTE) - turned


def _ticks_of(work: int | timedelta) -> int:
    return work // _MILLISECOND if isinstance(work, timedelta) else work * MINUTE


def _merged(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _to_utc(zone: str, wall: list[tuple[int, int]], low: int, high: int) -> list[tuple[int, int]]:
    """Stretches of wall-clock readings as stretches of time, through gaps and folds."""
    spans: list[tuple[int, int]] = []
    ends = [end for _, end in wall]
    for begin, stop, offset in _offsets(zone, low, high):
        at = bisect_right(ends, begin + offset)
        while at < len(wall) and wall[at][0] - offset < stop:
            start, end = max(begin, wall[at][0] - offset), min(stop, wall[at][1] - offset)
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
            at += 1
    return spans


def _offsets(zone: str, low: int, high: int) -> list[tuple[int, int, int]]:
    """Stretches of constant offset from UTC that cover ``low..high``, all in ticks."""
    found: list[tuple[int, int, int]] = []
    begin, offset = low, _offset(zone, low // SECOND)
    for day in range(low, high, DAY):
        upto = min(day + DAY, high)
        following = _offset(zone, upto // SECOND)
        if following != offset:
            turn = _transition(zone, day, upto)
            found.append((begin, turn, offset * SECOND))
            begin, offset = turn, following
    found.append((begin, high, offset * SECOND))
    return found


def _transition(zone: str, low: int, high: int) -> int:
    """The instant in ``low..high`` at which the offset changes to that of ``high``."""
    left, right = low // SECOND, high // SECOND
    after = _offset(zone, right)
    while right - left > 1:
        middle = (left + right) // 2
        if _offset(zone, middle) == after:
            right = middle
        else:
            left = middle
    return right * SECOND


@lru_cache(maxsize=100_000)
def _offset(zone: str, seconds: int) -> int:
    delta = (EPOCH + timedelta(seconds=seconds)).astimezone(ZoneInfo(zone)).utcoffset()
    assert delta is not None
    return round(delta.total_seconds())
