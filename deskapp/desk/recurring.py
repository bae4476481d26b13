"""Maintenance that comes back: each rule makes its tickets, and books their work, some days ahead.

Everything made has a natural id (the rule and the date), so that two replicas which make the same ticket make one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk import numbers, rights, visits
from deskapp.desk.crew import crew
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Booking, Event, Note, Promise, Recurring, Ticket, Visit
from deskapp.planning.slots import unfit
from deskapp.planning.ticks import to_ticks
from deskapp.planning.values import Job, Person
from deskapp.planning.visits import VisitSlot, visit_slots
from deskapp.planning.worktime import NoWorkingTime

EVERY = ("day", "week", "month", "year")
FIELDS = (
    "name", "customer_id", "site_id", "contact_id", "subject", "text", "cause_id", "skill_id", "owner_id", "urgency",
    "effort", "kind", "every", "step", "first_on", "until", "minute", "ahead_days", "active",
)  # fmt: skip
#: A rule that slept makes no tickets of a past longer ago than this.
_LATE_DAYS = 7


@dataclass(frozen=True)
class Rule:
    """A rule as its page shows it. ``following``: the next date that has no ticket yet, None if there is none."""

    id: str
    row: Mapping[str, Any]
    customer: str
    following: date | None
    made: int


def dates(every: str, step: int, first: date, until: date | None = None) -> Iterator[date]:
    """The dates of a rule, from ``first`` on. A month that is too short gives its last day, and the next one is right
    again."""
    if every not in EVERY or step < 1:
        raise ValueError(f"every {step} {every}")
    count = 0
    while True:
        if every in ("day", "week"):
            day = first + timedelta(days=count * step * (7 if every == "week" else 1))
        else:
            months = first.year * 12 + first.month - 1 + count * step * (12 if every == "year" else 1)
            year, month = divmod(months, 12)
            if year > 9998:
                return
            day = date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
        if until is not None and day > until:
            return
        yield day
        count += 1


def rules(desk: Desk) -> tuple[Rule, ...]:
    """All rules by name, those in use first."""
    today = _today(desk)
    found = []
    for row in desk.replica.records(Recurring, order=(Recurring.active.desc(), Recurring.name, Recurring.id)):
        made = {day for (day,) in desk.replica.rows("SELECT asked_at FROM ticket WHERE recurring_id = ?", (row["id"],))}
        ahead = (day for day in _of(row) if day >= today)
        following = next((day for day in ahead if _ms(desk, day) not in made), None) if row["active"] else None
        customer = desk.replica.value("SELECT name FROM customer WHERE id = ?", (row["customer_id"],)) or ""
        found.append(Rule(row["id"], row, customer, following, len(made)))
    return tuple(found)


def customers(desk: Desk) -> list[tuple[str, str]]:
    """(id, name) of those for whom there may be a rule."""
    rows = desk.replica.rows("SELECT id, name FROM customer WHERE active = 1 ORDER BY name, id")
    return [(row[0], row[1]) for row in rows]


def sites(desk: Desk) -> list[tuple[str, str, str]]:
    """(id, customer, name) of their places."""
    rows = desk.replica.rows("SELECT id, customer_id, name FROM site WHERE active = 1 ORDER BY name, id")
    return [(row[0], row[1], row[2]) for row in rows]


def save(desk: Desk, row: Mapping[str, Any]) -> Changes:
    """Change a rule, or make one (no ``id``); its id is the result. Tickets made already stay as they are."""
    rights.demand(desk, "contracts")
    values = {name: row[name] for name in FIELDS if name in row}
    if "first_on" in values:
        try:
            date.fromisoformat(str(values["first_on"]))
        except ValueError as error:
            raise UserFacingError("When does it begin?", "Give the first date of the maintenance.") from error
    if values.get("until"):
        try:
            date.fromisoformat(str(values["until"]))
        except ValueError as error:
            raise UserFacingError("When does it end?", "Give its last date, or none.") from error
    if int(values.get("step", 1)) < 1:
        raise UserFacingError("How often?", "The step is at least one.")
    with desk.act("settings") as act:
        if row.get("id"):
            act.update(Recurring, row["id"], **values)
            act.result = row["id"]
        else:
            values.setdefault("first_on", _today(desk).isoformat())
            act.result = act.insert(Recurring, **values)
    return act.changes


def drop(desk: Desk, rule_id: str) -> Changes:
    """Take a rule away; its tickets stay."""
    rights.demand(desk, "contracts")
    with desk.act("settings") as act:
        act.delete(Recurring, rule_id)
    return act.changes


def run(desk: Desk) -> Changes:
    """Make the tickets whose time has come, and book their work."""
    with desk.act("", author="") as act:
        made = 0
        for row in desk.replica.records(Recurring, Recurring.active == 1, order=Recurring.id):
            today = _today(desk)
            for day in _of(row):
                if day > today + timedelta(days=max(0, row["ahead_days"])):
                    break
                if day >= today - timedelta(days=_LATE_DAYS):
                    made += _make(act, row, day)
        act.result = made
    return act.changes


def due(desk: Desk) -> bool:
    """Whether ``run`` has something to do; a reading."""
    today = _today(desk)
    for row in desk.replica.records(Recurring, Recurring.active == 1):
        for day in _of(row):
            if day > today + timedelta(days=max(0, row["ahead_days"])):
                break
            if day >= today - timedelta(days=_LATE_DAYS) and not _known(desk, _id(row["id"], day)):
                return True
    return False


def _of(row: Mapping[str, Any]) -> Iterator[date]:
    if not row["first_on"]:
        return iter(())
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return dates(row["every"], max(1, row["step"]), date.fromisoformat(row["first_on"]), until)


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(desk.schedule.desk_calendar.tz).date()


def _ms(desk: Desk, day: date) -> int:
    return int(desk.schedule.desk_calendar.day_start(day))


def _id(rule_id: str, day: date) -> str:
    return natural_id("recurring", rule_id, day.isoformat())


def _known(desk: Desk, ticket_id: str) -> bool:
    # one that somebody has taken back is not made again
    return bool(
        desk.replica.value("SELECT 1 FROM ticket WHERE id = ?", (ticket_id,))
        or desk.replica.value("SELECT 1 FROM change WHERE tbl = 'ticket' AND row = ? LIMIT 1", (ticket_id,))
    )


def _make(act: Act, row: Mapping[str, Any], day: date) -> int:
    desk = act.desk
    ticket_id = _id(row["id"], day)
    if _known(desk, ticket_id):
        return 0
    effort = row["effort"] or desk.replica.value("SELECT usual_minutes FROM cause WHERE id = ?", (row["cause_id"],))
    skill = row["skill_id"] or (desk.replica.value("SELECT skill_id FROM cause WHERE id = ?", (row["cause_id"],)) or "")
    slot = _slot(desk, act, row, day, effort, skill)
    owner = slot.person_id if slot is not None else row["owner_id"]
    number = numbers.take(act)
    promised = _end_of(desk, day, slot)
    promise_id = natural_id("promise", ticket_id, 1)
    act.insert(
        Ticket,
        id=ticket_id,
        number=number,
        subject=row["subject"] or row["name"],
        # the date is agreed beforehand: nobody waits for an answer, and everybody for the day
        status="promised",
        channel="hand",
        contact_id=row["contact_id"],
        customer_id=row["customer_id"],
        site_id=row["site_id"],
        urgency=row["urgency"],
        cause_id=row["cause_id"],
        skill_id=skill,
        owner_id=owner,
        effort=effort,
        asked_at=_ms(desk, day),
        asked_is_day=1,
        received_at=act.now,
        answered_at=act.now,
        promised_at=to_ms(promised),
        first_promised_at=to_ms(promised),
        promise_id=promise_id,
        recurring_id=row["id"],
    )
    act.insert(
        Promise,
        id=promise_id,
        ticket_id=ticket_id,
        date_at=to_ms(promised),
        made_at=act.now,
        specialist_id=owner,
        effort=effort,
        reason="recurring",
    )
    act.insert(
        Event,
        id=natural_id("event", ticket_id, "recurring"),
        ticket_id=ticket_id,
        made_at=act.now,
        kind="recurring",
        data={"rule": row["name"], "number": number, "text": row["text"]},
    )
    if row["text"].strip():
        act.insert(
            Note,
            id=natural_id("note", ticket_id, "recurring"),
            ticket_id=ticket_id,
            made_at=act.now,
            kind="note",
            text=row["text"].strip(),
        )
    visit_id = _visit(act, row, ticket_id, slot) if row["kind"] == "visit" else ""
    if slot is not None:
        _book(act, ticket_id, slot, visit_id)
    return 1


def _end_of(desk: Desk, day: date, slot: VisitSlot | None) -> datetime:
    """The date promised: the end of the day's working time, later where the work only fits later."""
    calendar = desk.schedule.desk_calendar
    if slot is not None:
        day = max(day, slot.end.astimezone(calendar.tz).date())
    start = from_ms(_ms(desk, day))
    spans = calendar.spans(start, start + timedelta(days=1))
    if not spans:
        following = calendar.next_working(start)
        spans = calendar.spans(following, following + timedelta(days=1))
    end = spans[-1].end
    return max(end, slot.end) if slot is not None else end


def _slot(desk: Desk, act: Act, row: Mapping[str, Any], day: date, effort: int | None, skill: str) -> VisitSlot | None:
    """The earliest free place on that day or, where there is none, after it."""
    if not effort:
        return None
    zone = ZoneInfo(desk.schedule.desk_calendar.zone)
    minute = row["minute"] or 0
    begin = datetime.combine(day, time(minute // 60, minute % 60), zone)
    job = Job("", effort, skill=skill)
    people: list[Person] = []
    everybody = crew(desk, act.writing.execute)
    for person in everybody:
        if row["owner_id"] and person.id != row["owner_id"]:
            continue
        try:
            refused = None if row["owner_id"] else unfit(job, person, everybody, to_ticks(act.at))
        except NoWorkingTime:
            continue
        if refused is None:
            people.append(person)
    travel = 0
    if row["kind"] == "visit":
        travel = _way(desk.replica.value("SELECT travel_minutes FROM site WHERE id = ?", (row["site_id"],)))
    start = max(begin - timedelta(minutes=travel), act.at)
    slots = visit_slots(people, effort, travel, start, desk.schedule.rules, not_before=begin if minute else None)
    return slots[0] if slots else None


def _visit(act: Act, row: Mapping[str, Any], ticket_id: str, slot: VisitSlot | None) -> str:
    """The journey to the customer; where nobody is free, without a time: it stands among the visits to be planned."""
    site = act.writing.execute(
        "SELECT address, access, safety, travel_minutes FROM site WHERE id = ?", (row["site_id"],)
    ).fetchone() or ("", "", "", None)
    window = visits.window_of(slot) if slot is not None else None
    return act.insert(
        Visit,
        id=natural_id("visit", ticket_id),
        ticket_id=ticket_id,
        site_id=row["site_id"],
        specialist_id=slot.person_id if slot is not None else row["owner_id"],
        address=site[0],
        task=row["text"] or row["subject"] or row["name"],
        access=site[1],
        safety=site[2],
        travel_minutes=_way(site[3]),
        window_start=to_ms(window[0]) if window else None,
        window_end=to_ms(window[1]) if window else None,
        made_at=act.now,
    )


def _way(minutes: int | None) -> int:
    """The way to a site; an hour where nobody has said."""
    return 60 if minutes is None else minutes


def _book(act: Act, ticket_id: str, slot: VisitSlot, visit_id: str) -> None:
    pieces = [("travel", span) for span in slot.way]
    pieces += [("visit" if visit_id else "work", span) for span in slot.work]
    pieces += [("travel", span) for span in slot.back]
    for place, (kind, span) in enumerate(pieces):
        act.insert(
            Booking,
            id=natural_id("booking", ticket_id, place),
            ticket_id=ticket_id,
            specialist_id=slot.person_id,
            start_at=to_ms(span.start),
            end_at=to_ms(span.end),
            kind=kind,
            visit_id=visit_id,
        )
