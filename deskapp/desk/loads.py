"""How full the month is: shares of days, free hours, what could be promised today, ways out of overload, balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import consequences, directory, planboard
from deskapp.desk.crew import crew
from deskapp.desk.desk import Desk
from deskapp.desk.diffs import DiffView
from deskapp.desk.values import CalendarBlock, Choice, Person
from deskapp.planning.load import day_loads, free_minutes
from deskapp.planning.relief import Relief, ways_out
from deskapp.planning.slots import earliest
from deskapp.planning.values import Absence, Busy, DayLoad, Job, Span
from deskapp.planning.values import Person as Planned

#: Efforts for which "What could we promise today?" is answered, minutes.
EFFORTS = (120, 240, 480)
#: A date later than so many working days is far.
FAR_DAYS = 9
#: Horizons of planning that are looked through for such a date.
HORIZONS = 2


@dataclass(frozen=True)
class Away:
    """A long absence as one span of days within the month, both ends included."""

    first: date
    last: date
    absence: Absence


@dataclass(frozen=True)
class MonthRow:
    person: Person
    loads: tuple[DayLoad, ...]
    away: tuple[Away, ...]
    free: int  # minutes from now to the month's end


@dataclass(frozen=True)
class Answer:
    """The earliest promise for a skill: (date or None, is it far) for each of ``EFFORTS``; who gives the first."""

    skill: Choice
    person_id: str
    dates: tuple[tuple[datetime | None, bool], ...]


@dataclass(frozen=True)
class MonthView:
    """``kinds``: (kind, name, working minutes) of each date by the desk's calendar."""

    first: date
    days: tuple[date, ...]
    kinds: tuple[tuple[str, str, int], ...]
    rows: tuple[MonthRow, ...]
    team: tuple[tuple[int, int], ...]  # (booked, working) of those present, by day
    working_days: int
    minutes: int  # of a person by the desk's calendar
    answers: tuple[Answer, ...]
    margin: int
    overloaded: tuple[tuple[str, date, int], ...]  # (person, day, minutes over), from today on


@dataclass(frozen=True)
class DayItem:
    ticket_id: str
    number: int | None
    customer: str
    urgency: int
    minutes: int
    slack: int | None
    promised: bool
    kind: str


@dataclass(frozen=True)
class DayDetail:
    person: Person
    day: date
    load: DayLoad
    items: tuple[DayItem, ...]
    ways: tuple[Relief, ...]


@dataclass(frozen=True)
class BalanceRow:
    """Open work against free time until the horizon, minutes. ``kind``: skill or line."""

    kind: str
    name: str
    work: int
    unplanned: int
    free: int
    people: int


@dataclass(frozen=True)
class Balance:
    rows: tuple[BalanceRow, ...]
    until: datetime
    suggestions: tuple[Relief, ...]


def month(desk: Desk, of: date) -> MonthView:
    """The month that holds a date."""
    calendar = desk.schedule.desk_calendar
    zone = ZoneInfo(calendar.zone)
    first = of.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    days = tuple(first + timedelta(days=offset) for offset in range((after - first).days))
    now = desk.clock.now()
    today = now.astimezone(zone).date()
    people = crew(desk, desk.replica.db.execute_sql)
    known = directory.people(desk)
    low, high = from_ms(calendar.day_start(first)), from_ms(calendar.day_start(after))
    booked = _booked(desk, low, high)
    rows, team = [], [[0, 0] for _ in days]
    overloaded = []
    for planned in people:
        own = replace(planned, busy=booked.get(planned.id, ()))
        loads = day_loads(own, days[0], days[-1])
        for place, load in enumerate(loads):
            if load.working:
                team[place][0] += load.booked
                team[place][1] += load.working
            if load.booked > load.working and load.day >= today:
                overloaded.append((planned.id, load.day, load.booked - load.working))
        free = free_minutes(planned, max(now, low), high) if high > now else 0
        rows.append(MonthRow(known[planned.id], loads, _away(planned, days, zone), free))
    kinds = []
    for day in days:
        rule = calendar.days.get(day)
        minutes = sum(end - start for start, end in (rule.intervals if rule else calendar.week[day.weekday()]))
        kind = rule.kind if rule else "" if calendar.week[day.weekday()] else "weekend"
        kinds.append((kind, rule.name if rule else "", minutes))
    return MonthView(
        first=first,
        days=days,
        kinds=tuple(kinds),
        rows=tuple(rows),
        team=tuple((one, two) for one, two in team),
        working_days=sum(1 for _kind, _name, minutes in kinds if minutes),
        minutes=sum(minutes for _kind, _name, minutes in kinds),
        answers=answers(desk, people),
        margin=desk.schedule.rules.margin,
        overloaded=tuple(sorted(overloaded, key=lambda one: (one[1], one[0]))),
    )


def _booked(desk: Desk, low: datetime, high: datetime) -> dict[str, tuple[Busy, ...]]:
    found: dict[str, list[Busy]] = {}
    for booking, person, start, end, ticket_id in desk.replica.rows(
        "SELECT id, specialist_id, start_at, end_at, ticket_id FROM booking WHERE end_at > ? AND start_at < ? "
        "AND end_at > start_at ORDER BY start_at, id",
        (to_ms(low), to_ms(high)),
    ):
        found.setdefault(person, []).append(Busy(booking, Span(from_ms(start), from_ms(end)), ticket_id))
    return {person: tuple(busy) for person, busy in found.items()}


def _away(person: Planned, days: Sequence[date], zone: ZoneInfo) -> tuple[Away, ...]:
    """Absences of a day or more, cut to the month."""
    found = []
    for absence in person.calendar.absences:
        if absence.span.end - absence.span.start < timedelta(days=1):
            continue
        start = absence.span.start.astimezone(zone).date()
        end = (absence.span.end.astimezone(zone) - timedelta(seconds=1)).date()
        if end >= days[0] and start <= days[-1]:
            found.append(Away(max(start, days[0]), min(end, days[-1]), absence))
    return tuple(found)


def answers(desk: Desk, people: Sequence[Planned]) -> tuple[Answer, ...]:
    """What could be promised now, by skill, if it moved nobody."""
    rules, now = desk.schedule.rules, desk.clock.now()
    # a far date is an answer, too, where the days that are planned as a rule are full
    rules = replace(rules, horizon_days=rules.horizon_days * HORIZONS)
    far = desk.schedule.desk_calendar.working_days(now, FAR_DAYS)
    found = []
    for skill in directory.read(desk).skills:
        able = [person for person in people if skill.id in person.skills]
        if not able:
            continue
        line = 3 if all(person.works_from_line for person in able) else 0  # work that comes by escalation only
        dates: list[tuple[datetime | None, bool]] = []
        best = ""
        for minutes in EFFORTS:
            clean = earliest(Job("", minutes, skill=skill.id, line=line, urgency=4), people, now, rules)
            best = best or (clean[0] if clean is not None else "")
            dates.append((clean[1] if clean is not None else None, clean is None or clean[1] > far))
        found.append(Answer(skill, best, tuple(dates)))
    return tuple(found)


def day(desk: Desk, person_id: str, on: date) -> DayDetail:
    """What is planned on a person's day, and the ways out if that is too much."""
    calendar = desk.schedule.of(person_id)
    low, high = from_ms(calendar.day_start(on)), from_ms(calendar.day_start(on + timedelta(days=1)))
    people = crew(desk, desk.replica.db.execute_sql)
    own = next((one for one in people if one.id == person_id), None)
    if own is None:
        raise KeyError(person_id)
    booked = replace(own, busy=_booked(desk, low, high).get(person_id, ()))
    (load,) = day_loads(booked, on, on)
    spans = {b.id: min(b.end, high) - max(b.start, low) for b in _blocks(desk, low, high, person_id)}
    items = tuple(
        DayItem(
            ticket_id=block.ticket_id,
            number=block.number,
            customer=block.customer,
            urgency=block.urgency,
            minutes=_worked(calendar.work_between(max(block.start, low), min(block.end, high)), spans[block.id]),
            slack=block.slack,
            promised=block.promised_at is not None,
            kind=block.kind,
        )
        for block in _blocks(desk, low, high, person_id)
    )
    ways = ways_out(person_id, on, people, desk.clock.now(), desk.schedule.rules)
    return DayDetail(directory.people(desk)[person_id], on, load, items, ways)


def _blocks(desk: Desk, low: datetime, high: datetime, person_id: str) -> Sequence[CalendarBlock]:
    return planboard.blocks_of(desk, low, high, person_id)


def _worked(inside: timedelta, whole: timedelta) -> int:
    return int((inside or whole).total_seconds() // 60)


def relief_view(desk: Desk, way: Relief) -> DiffView:
    """A way out as the large preview shows it."""
    return consequences.explained(desk, way.diff)


def balance(desk: Desk) -> Balance:
    """Open work against free hours until the horizon, by skill and by line, and what would level the load."""
    rules, now = desk.schedule.rules, desk.clock.now()
    people = crew(desk, desk.replica.db.execute_sql)
    calendar = desk.schedule.desk_calendar
    until = calendar.working_days(now, rules.horizon_days)
    free = {person.id: free_minutes(person, now, until) for person in people}
    rows = desk.replica.rows(
        "SELECT t.line, CASE WHEN t.skill_id <> '' THEN t.skill_id ELSE coalesce(c.skill_id, '') END, "
        "coalesce(q.remaining, t.effort, c.usual_minutes, 0), "
        "EXISTS (SELECT 1 FROM booking b WHERE b.ticket_id = t.id AND b.state <> 'done') "
        "FROM queue_row q JOIN ticket t ON t.id = q.ticket_id LEFT JOIN cause c ON c.id = t.cause_id "
        "WHERE q.is_open = 1 AND q.status IN ('new', 'promised', 'in_progress')"
    )
    found = []
    for skill in directory.read(desk).skills:
        able = [person for person in people if skill.id in person.skills]
        work = sum(minutes for _line, one, minutes, _planned in rows if one == skill.id)
        unplanned = sum(minutes for _line, one, minutes, planned in rows if one == skill.id and not planned)
        if able or work:
            hours = sum(free[person.id] for person in able)
            found.append(BalanceRow("skill", skill.name, work, unplanned, hours, len(able)))
    for line in sorted({number for person in people for number in person.lines}):
        able = [person for person in people if line in person.lines]
        work = sum(minutes for one, _skill, minutes, _planned in rows if one == line)
        unplanned = sum(minutes for one, _skill, minutes, planned in rows if one == line and not planned)
        hours = sum(free[person.id] for person in able)
        found.append(BalanceRow("line", str(line), work, unplanned, hours, len(able)))
    return Balance(tuple(found), until, _levelling(desk, people, now, until))


def _levelling(desk: Desk, people: Sequence[Planned], now: datetime, until: datetime) -> tuple[Relief, ...]:
    """Ways out of the days that are too full until the horizon, the fullest first; at most three."""
    zone = ZoneInfo(desk.schedule.desk_calendar.zone)
    first, last = now.astimezone(zone).date(), until.astimezone(zone).date()
    full = [
        (load.booked - load.working, person.id, load.day)
        for person in people
        for load in day_loads(person, first, last)
        if load.booked > load.working
    ]
    found: list[Relief] = []
    for _over, person_id, on in sorted(full, reverse=True)[:3]:
        found += ways_out(person_id, on, people, now, desk.schedule.rules)[:1]
    return tuple(found)
