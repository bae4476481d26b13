"""When somebody can go to a customer: the way there, the work, the way back, on one day and within the hours of both.

A visit moves nobody: it takes free time only. An outage, for which others must give way, is the emergency planner's.
A break lies between these three; within one of them only where nobody's day holds it otherwise, and then with as much
of the work on each side as the rules want.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .fit import Piece
from .ticks import MINUTE, round_up, to_span, to_ticks
from .values import Person, Rules, Span
from .worktime import NoWorkingTime, WorkCalendar


@dataclass(frozen=True, slots=True)
class VisitSlot:
    """Who can go when. Several spans of one kind are cut by a break; ``way`` and ``back`` are empty where the site is
    next door."""

    person_id: str
    way: tuple[Span, ...]
    work: tuple[Span, ...]
    back: tuple[Span, ...]

    @property
    def start(self) -> datetime:
        """When the work begins at the customer's."""
        return self.work[0].start

    @property
    def end(self) -> datetime:
        return self.work[-1].end


def visit_slots(
    people: Iterable[Person],
    minutes: int,
    travel: int,
    now: datetime,
    rules: Rules | None = None,
    hours: WorkCalendar | None = None,
    not_before: datetime | None = None,
) -> tuple[VisitSlot, ...]:
    """The first possibility of each person on each day within the horizon, the earliest work first.

    ``minutes`` of work at the customer's and ``travel`` one way; ``hours``: when the customer lets people in.
    """
    rules = rules or Rules()
    known: list[tuple[Person, list[Piece]]] = []
    for person in people:
        try:
            end = (rules.calendar or person.calendar).working_days(now, rules.horizon_days)
            free = person.calendar.free_pieces([one.span for one in person.busy], now, end)
        except NoWorkingTime:
            continue
        known.append((person, [(to_ticks(span.start), to_ticks(span.end)) for span in free]))
    found: list[VisitSlot] = []
    for cut in (False, True):
        for person, pieces in known if not found else ():
            found += _visits(pieces, person, minutes, travel, rules, hours, not_before, cut)
    return tuple(sorted(found, key=lambda slot: (slot.start, slot.person_id)))


def visits_in(
    free: list[Piece],
    person: Person,
    minutes: int,
    travel: int,
    rules: Rules,
    hours: WorkCalendar | None = None,
    not_before: datetime | None = None,
) -> list[VisitSlot]:
    """The first visit of each day that the free time of a person (ticks, in order) holds."""
    whole = _visits(free, person, minutes, travel, rules, hours, not_before, False)
    return whole or _visits(free, person, minutes, travel, rules, hours, not_before, True)


def _visits(
    free: list[Piece],
    person: Person,
    minutes: int,
    travel: int,
    rules: Rules,
    hours: WorkCalendar | None,
    not_before: datetime | None,
    cut: bool,
) -> list[VisitSlot]:
    calendar = person.calendar
    found: dict[object, VisitSlot] = {}
    for chain in _chains(calendar, free):
        day = to_span(*chain[0]).start.astimezone(calendar.tz).date()
        if day not in found:
            slot = _within(person.id, chain, minutes, travel, rules, hours, not_before, cut)
            if slot is not None:
                found[day] = slot
    return list(found.values())


def _chains(calendar: WorkCalendar, free: list[Piece]) -> Iterable[list[Piece]]:
    """Free pieces of one day that nothing but a break keeps apart."""
    chain: list[Piece] = []
    for piece in free:
        if chain:
            same_day = (
                to_span(*chain[-1]).end.astimezone(calendar.tz).date()
                == to_span(*piece).start.astimezone(calendar.tz).date()
            )
            if not same_day or calendar.work_ticks(chain[-1][1], piece[0]):
                yield chain
                chain = []
        chain.append(piece)
    if chain:
        yield chain


def _within(
    person_id: str,
    chain: list[Piece],
    minutes: int,
    travel: int,
    rules: Rules,
    hours: WorkCalendar | None,
    not_before: datetime | None,
    cut: bool,
) -> VisitSlot | None:
    least = to_ticks(not_before) if not_before is not None else chain[0][0]
    step, beside = rules.step * MINUTE, rules.min_beside_break * MINUTE
    start = round_up(chain[0][0], step)
    while start < chain[-1][1]:
        parts = _carved(chain, start, (travel, minutes, travel))
        if parts is None:
            return None
        way, work, back = parts
        if cut:
            sound = len(work) == 1 or min(work[0][1] - work[0][0], work[-1][1] - work[-1][0]) >= beside
        else:
            sound = all(len(part) < 2 for part in parts)
        if sound and work[0][0] >= least and all(_open(hours, piece) for piece in work):
            spans = [tuple(to_span(*piece) for piece in part) for part in (way, work, back)]
            return VisitSlot(person_id, spans[0], spans[1], spans[2])
        start += step
    return None


def _open(hours: WorkCalendar | None, piece: Piece) -> bool:
    if hours is None:
        return True
    span = to_span(*piece)
    return hours.work_between(span.start, span.end) >= span.end - span.start - timedelta(seconds=1)


def _carved(chain: list[Piece], start: int, wanted: tuple[int, int, int]) -> list[list[Piece]] | None:
    """The stretches of ``wanted`` minutes one after another from ``start`` on; None if they do not fit."""
    parts: list[list[Piece]] = []
    at = start
    for each in wanted:
        left, part = each * MINUTE, []
        for low, high in chain:
            if left <= 0:
                break
            begin = max(at, low)
            if begin < high:
                stop = min(high, begin + left)
                part.append((begin, stop))
                left -= stop - begin
                at = stop
        if left > 0:
            return None
        parts.append(part)
    return parts
