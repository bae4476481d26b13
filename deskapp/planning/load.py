"""How full the days are: what a month shows, and how much is free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from .fit import SEPARATE
from .lane import items_of, kept_free
from .ticks import DAY, MINUTE, to_ticks
from .values import Absence, DayLoad, Person
from .worktime import WorkCalendar, cut

#: Absences in which a person works all the same, only on no ticket: within a day they count as load.
AT_WORK = frozenset({"training", "meeting", "travel"})


def at_work(calendar: WorkCalendar) -> tuple[WorkCalendar, tuple[Absence, ...]]:
    """The calendar without what is no time off (training, meetings, travel of less than a day), and that."""
    taken = tuple(
        absence
        for absence in calendar.absences
        if absence.kind in AT_WORK and to_ticks(absence.span.end) - to_ticks(absence.span.start) < DAY
    )
    if not taken:
        return calendar, ()
    return replace(calendar, absences=tuple(one for one in calendar.absences if one not in taken)), taken


def day_loads(person: Person, first: date, last: date) -> tuple[DayLoad, ...]:
    """Minutes worked and booked on each date, both ends included. Bookings that lie over one another count
    twice, and work outside working hours counts too: that is what overload is made of. A training or a meeting of
    some hours is load, a vacation is none."""
    calendar, taken = at_work(person.calendar)
    items = [(item.start, item.end) for item in items_of(person)]
    items = sorted([*items, *((to_ticks(one.span.start), to_ticks(one.span.end)) for one in taken)])
    loads = []
    day = first
    while day <= last:
        low, high = calendar.day_start(day), calendar.day_start(day + timedelta(days=1))
        working = sum(end - start for start, end in calendar.stretches(low, high))
        booked = 0
        for start, stop in items:
            if start >= high:
                break
            begin, end = max(low, start), min(high, stop)
            if begin < end:
                whole = calendar.work_ticks(start, stop)
                booked += calendar.work_ticks(begin, end) if whole else end - begin
        rule = calendar.days.get(day)
        reserve = working * person.reserve // 100 // MINUTE
        loads.append(DayLoad(day, working // MINUTE, booked // MINUTE, rule.name if rule else "", reserve))
        day += timedelta(days=1)
    return tuple(loads)


def free_minutes(person: Person, start: datetime, end: datetime) -> int:
    """Working time in ``start..end`` that nothing is booked in and that is not kept for the unforeseen."""
    low, high = to_ticks(start), to_ticks(end)
    working = person.calendar.stretches(low, high)
    taken = [(item.start, item.end) for item in items_of(person)]
    free = cut(working, taken)
    minutes = sum(stop - begin for begin, stop in free)
    if person.reserve and free:
        track = person.calendar.track(low, high)
        left = [(begin, stop, SEPARATE) for begin, stop in free]
        minutes -= sum(stop - begin for begin, stop in kept_free(track, left, person.calendar, person.reserve, low))
    return minutes // MINUTE
