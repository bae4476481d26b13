"""How full the days are: what a month shows, and how much is free."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .lane import items_of
from .ticks import MINUTE, to_ticks
from .values import DayLoad, Person
from .worktime import cut


def day_loads(person: Person, first: date, last: date) -> tuple[DayLoad, ...]:
    """Minutes worked and booked on each date, both ends included. Bookings that lie over one another count
    twice, and work outside working hours counts too: that is what overload is made of."""
    calendar = person.calendar
    items = items_of(person)
    loads = []
    day = first
    while day <= last:
        low, high = calendar.day_start(day), calendar.day_start(day + timedelta(days=1))
        working = sum(end - start for start, end in calendar.stretches(low, high))
        booked = 0
        for item in items:
            if item.start >= high:
                break
            begin, end = max(low, item.start), min(high, item.end)
            if begin < end:
                whole = calendar.work_ticks(item.start, item.end)
                booked += calendar.work_ticks(begin, end) if whole else end - begin
        rule = calendar.days.get(day)
        loads.append(DayLoad(day, working // MINUTE, booked // MINUTE, rule.name if rule else ""))
        day += timedelta(days=1)
    return tuple(loads)


def free_minutes(person: Person, start: datetime, end: datetime) -> int:
    """Working time in ``start..end`` that nothing is booked in."""
    working = person.calendar.stretches(to_ticks(start), to_ticks(end))
    taken = [(item.start, item.end) for item in items_of(person)]
    return sum(stop - begin for begin, stop in cut(working, taken)) // MINUTE
