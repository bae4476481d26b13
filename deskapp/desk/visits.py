"""Visits: planned by the contract's rules with the way there and back, told and confirmed, done on site.

A visit's time lies in its bookings: those of kind ``visit`` are the work at the customer's, those of kind ``travel``
the way. What was told to the customer is the window, which does not move by itself: where the bookings have left it,
the visit says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import contracts, letters, planboard, states, stock, timespent, waits, work
from deskapp.desk import terms as agreed
from deskapp.desk.booking import SPARE
from deskapp.desk.crew import crew
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes, LetterDraft
from deskapp.desk.visit_values import Form as Form
from deskapp.desk.visit_values import Option as Option
from deskapp.desk.visit_values import Site as Site
from deskapp.desk.visit_values import VisitItem as VisitItem
from deskapp.desk.visit_values import VisitView as VisitView
from deskapp.models.schema import Booking, Event, Note, Ticket, Visit
from deskapp.planning.slots import unfit
from deskapp.planning.ticks import to_ticks
from deskapp.planning.values import Job
from deskapp.planning.visits import VisitSlot, visit_slots
from deskapp.planning.worktime import NoWorkingTime, WorkCalendar

_TOLD = ("task", "access", "safety", "confirmed_how", "confirmed_who", "fixed", "accepted_by")
STATES = ("planned", "on_way", "on_site", "done", "cancelled")
_NEXT: Mapping[str, tuple[str, ...]] = {
    "on_way": ("planned",),
    "on_site": ("planned", "on_way"),
    "done": ("planned", "on_way", "on_site"),
    "cancelled": ("planned", "on_way"),
}


# --- reading -----------------------------------------------------------------------------------------------------

_ITEM = (
    "SELECT v.id, v.ticket_id, t.number, t.subject, coalesce(nullif(u.name, ''), nullif(c.name, ''), c.address, ''), "
    "coalesce(s.name, ''), coalesce(nullif(v.address, ''), s.address, ''), "
    "coalesce(nullif(s.zone, ''), nullif(c.zone, ''), u.zone, ''), "
    "coalesce((SELECT b.specialist_id FROM booking b WHERE b.visit_id = v.id AND b.kind = 'visit' LIMIT 1), "
    "v.specialist_id), v.travel_minutes, "
    "(SELECT min(b.start_at) FROM booking b WHERE b.visit_id = v.id AND b.kind = 'visit'), "
    "(SELECT max(b.end_at) FROM booking b WHERE b.visit_id = v.id AND b.kind = 'visit'), "
    "v.window_start, v.window_end, v.confirmed_at, v.state, t.urgency "
    "FROM visit v LEFT JOIN ticket t ON t.id = v.ticket_id LEFT JOIN site s ON s.id = v.site_id "
    "LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN customer u ON u.id = t.customer_id "
)


def visits(desk: Desk, past: bool = False, days: int = 60) -> tuple[VisitItem, ...]:
    """What is ahead, in order, with what is not closed yet; ``past``: those of the last ``days``, the newest first."""
    now = to_ms(desk.clock.now())
    if past:
        since = now - days * 24 * 3_600_000
        rows = desk.replica.rows(
            f"{_ITEM}WHERE v.state IN ('done', 'cancelled') AND coalesce(v.ended_at, v.window_start, v.made_at) > ? "
            "ORDER BY coalesce(v.ended_at, v.window_start, v.made_at) DESC, v.id LIMIT 300",
            (since,),
        )
    else:
        rows = desk.replica.rows(
            f"{_ITEM}WHERE v.state NOT IN ('done', 'cancelled') "
            "ORDER BY coalesce(v.window_start, v.made_at), v.id LIMIT 300"
        )
    found = [_item(desk, row) for row in rows]
    if not past:
        far = desk.clock.now() + timedelta(days=3650)
        found.sort(key=lambda one: (one.start or (one.window[0] if one.window else far), one.id))
    return tuple(found)


def of_ticket(desk: Desk, ticket_id: str) -> tuple[VisitItem, ...]:
    """The visits of a ticket, the newest first."""
    rows = desk.replica.rows(f"{_ITEM}WHERE v.ticket_id = ? ORDER BY v.made_at DESC, v.id DESC", (ticket_id,))
    return tuple(_item(desk, row) for row in rows)


def _item(desk: Desk, row: Any) -> VisitItem:
    start, end, low, high, confirmed, state, urgency = row[10:]
    window = (from_ms(low), from_ms(high)) if low is not None and high is not None else None
    parts = stock.for_ticket(desk, row[1]) if state not in ("done", "cancelled") else ()
    holds = window is None or start is None or low <= start <= high
    return VisitItem(
        id=row[0], ticket_id=row[1], number=row[2], subject=row[3] or "", customer=row[4] or "", site=row[5],
        address=row[6], zone=row[7] or "", specialist_id=row[8], travel=row[9],
        start=from_ms(start) if start is not None else None,
        end=from_ms(end) if end is not None else None,
        window=window,
        confirmed_at=from_ms(confirmed) if confirmed is not None else None,
        state=state,
        parts=sum(one.quantity for one in parts),
        missing=sum(one.quantity - one.here for one in parts),
        urgency=urgency or 3,
        holds=holds or state in ("done", "cancelled"),
    )  # fmt: skip


def view(desk: Desk, visit_id: str) -> VisitView:
    """Everything about a visit; Lapsed if it is gone."""
    found = desk.replica.row(f"{_ITEM}WHERE v.id = ?", (visit_id,))
    row = desk.replica.record(Visit, visit_id)
    if found is None or row is None:
        raise Lapsed("There is no such visit", "It may have been taken back.")
    person = desk.replica.row(
        "SELECT coalesce(c.name, ''), coalesce(c.phone, ''), coalesce(c.address, ''), coalesce(e.name, '') "
        "FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN equipment e ON e.id = t.equipment_id "
        "WHERE t.id = ?",
        (row["ticket_id"],),
    ) or ("", "", "", "")
    return VisitView(
        item=_item(desk, found),
        contact=person[0],
        phone=person[1],
        mail=person[2],
        equipment=person[3],
        **{name: row[name] for name in _TOLD},
        left_at=_at(row["left_at"]),
        arrived_at=_at(row["arrived_at"]),
        ended_at=_at(row["ended_at"]),
        parts=stock.for_ticket(desk, row["ticket_id"]),
        contract=_terms(desk, row["ticket_id"]).name,
        pieces=tuple(
            (from_ms(start), from_ms(end))
            for start, end in desk.replica.rows(
                "SELECT start_at, end_at FROM booking WHERE visit_id = ? AND kind = 'visit' ORDER BY start_at",
                (visit_id,),
            )
        ),
    )


def _at(ms: int | None) -> datetime | None:
    return from_ms(ms) if ms is not None else None


@dataclass(frozen=True)
class _Terms:
    """What a ticket's contract says of visits."""

    name: str = ""
    onsite: str = ""
    travel: int | None = None
    hours: WorkCalendar | None = None
    due: datetime | None = None


def _terms(desk: Desk, ticket_id: str) -> _Terms:
    chosen = contracts.of_ticket(desk, ticket_id)
    row = desk.replica.row("SELECT received_at, urgency FROM ticket WHERE id = ?", (ticket_id,))
    if chosen is None or row is None:
        return _Terms()
    agreed = chosen.agreement
    granted = agreed.granted(row[1])
    minutes = granted.reaction
    if minutes is None and row[1] == 1:
        minutes = desk.replica.value("SELECT start_minutes FROM contract WHERE id = ?", (agreed.id,))
    due = granted.hours.add_work(from_ms(row[0] or 0), minutes) if minutes is not None else None
    name = ", ".join(filter(None, [agreed.number, agreed.hours_name]))
    return _Terms(name, agreed.onsite, agreed.travel_minutes, agreed.hours, due)


def _ticket(desk: Desk, ticket_id: str) -> dict[str, Any]:
    ticket = desk.replica.record(Ticket, ticket_id)
    if ticket is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    return ticket


def form(desk: Desk, ticket_id: str) -> Form:
    """What a visit of this ticket begins with: site, task, effort, travel, and what the contract says."""
    ticket = _ticket(desk, ticket_id)
    terms = _terms(desk, ticket_id)
    sites = tuple(
        Site(*row)
        for row in desk.replica.rows(
            "SELECT id, name, address, travel_minutes, access, safety FROM site WHERE customer_id = ? AND active = 1 "
            "AND customer_id <> '' ORDER BY name, id",
            (ticket["customer_id"],),
        )
    )
    site = next((one for one in sites if one.id == ticket["site_id"]), sites[0] if sites else None)
    customer = desk.replica.row("SELECT name, address FROM customer WHERE id = ?", (ticket["customer_id"],)) or ("", "")
    effort = ticket["effort"] or desk.replica.value(
        "SELECT usual_minutes FROM cause WHERE id = ?", (ticket["cause_id"],)
    )
    worked = timespent.minutes(desk.replica.db.execute_sql, ticket_id)
    wait = waits.of(desk, desk.replica.db.execute_sql, [ticket_id], desk.clock.now()).get(ticket_id)
    return Form(
        ticket_id=ticket_id,
        number=ticket["number"],
        customer=customer[0],
        sites=sites,
        site_id=site.id if site else "",
        address=(site.address if site else "") or customer[1],
        task=ticket["subject"],
        access=site.access if site else "",
        safety=site.safety if site else "",
        travel=next(
            (one for one in (ticket["travel_minutes"], site.travel if site else None, terms.travel) if one is not None),
            60,
        ),
        minutes=max(30, (effort or 60) - worked),
        contract=terms.name,
        onsite=terms.onsite,
        due=terms.due,
        parts=stock.for_ticket(desk, ticket_id),
        parts_from=wait.until if wait is not None else None,
    )


def propose(
    desk: Desk, ticket_id: str, minutes: int, travel: int, specialist_id: str = "", limit: int = 6
) -> tuple[Option, ...]:
    """When somebody could go: those who know the work, within the contract's hours, when the parts are here.

    What begins as the contract wants comes first. A visit of this ticket that is planned already is not in its way.
    """
    ticket = _ticket(desk, ticket_id)
    if minutes <= 0 or travel < 0:
        raise UserFacingError("How long will it take?", "Give the time of the work and of the way there.")
    execute = desk.replica.db.execute_sql
    now = desk.clock.now()
    skill = ticket["skill_id"] or (
        desk.replica.value("SELECT skill_id FROM cause WHERE id = ?", (ticket["cause_id"],)) or ""
    )
    job = Job(ticket_id, minutes, skill=skill, line=0 if skill else ticket["line"], urgency=ticket["urgency"])
    people = [
        planboard.without(person, ticket_id) if any(b.ticket_id == ticket_id for b in person.busy) else person
        for person in crew(desk, execute, ticket["cause_id"], ticket["customer_id"])
        if not specialist_id or person.id == specialist_id
    ]
    able = []
    for person in people:
        try:
            refused = unfit(job, person, people, to_ticks(now))
        except NoWorkingTime:
            continue
        if refused is None or specialist_id or refused.code == "absent_until":
            able.append(person)
    terms = _terms(desk, ticket_id)
    wait = waits.of(desk, execute, [ticket_id], now).get(ticket_id)
    until, _by = agreed.held(agreed.of(ticket).not_before, wait.until if wait else None)
    slots = visit_slots(able, minutes, travel, now, desk.schedule.rules, terms.hours, until)
    # one a person and day is offered; the owner of the ticket before others who could come at the same time
    owner = ticket["owner_id"]
    ranked = sorted(slots, key=lambda slot: (slot.start, slot.person_id != owner, slot.person_id))
    options = [
        Option(slot, window_of(slot), slot.start <= terms.due if terms.due is not None else None) for slot in ranked
    ]
    options.sort(key=lambda option: option.meets is False)
    return tuple(options[:limit])


def window_of(slot: VisitSlot) -> tuple[datetime, datetime]:
    """What the customer is told: from the start of the work to its end, and half an hour at least to arrive in."""
    return slot.start, max(slot.end, slot.start + SPARE)


def letter(
    desk: Desk,
    ticket_id: str,
    window: tuple[datetime, datetime],
    specialist_id: str,
    address: str = "",
    task: str = "",
    access: str = "",
) -> LetterDraft:
    """The letter that tells when somebody comes, in the customer's language and zone."""
    _values, language, _row = letters.values_for(desk, ticket_id)
    return letters.draft(
        desk,
        ticket_id,
        "visit",
        window=window,
        specialist=letters.person_name(desk, specialist_id, language),
        address=address,
        text=task,
        access=access,
    )


# --- planning ----------------------------------------------------------------------------------------------------


def plan(
    desk: Desk,
    ticket_id: str,
    option: Option,
    travel: int,
    site_id: str = "",
    address: str = "",
    task: str = "",
    access: str = "",
    safety: str = "",
    letter: LetterDraft | None = None,
    told_who: str = "",
    visit_id: str = "",
) -> Changes:
    """Plan a visit, or another time for one (``visit_id``): its bookings, and what the customer is told.

    Told by ``letter``, or by phone to ``told_who``, who confirmed at once; neither: still to be told. Lapsed if the
    time was taken meanwhile. The visit's id is the result.
    """
    with desk.act("visit_planned") as act:
        ticket = work.fetch(act, ticket_id)
        states.after("plan", str(ticket["status"]))
        slot = option.slot
        _still_free(act, slot, ticket_id)
        values: dict[str, Any] = {
            "specialist_id": slot.person_id,
            "site_id": site_id,
            "address": address.strip(),
            "task": task.strip(),
            "access": access.strip(),
            "safety": safety.strip(),
            "travel_minutes": travel,
            "window_start": to_ms(option.window[0]),
            "window_end": to_ms(option.window[1]),
            "confirmed_at": act.now if told_who.strip() else None,
            "confirmed_how": "phone" if told_who.strip() else "",
            "confirmed_who": told_who.strip(),
        }
        if visit_id:
            row = _row(act, visit_id)
            if row["state"] not in ("planned", "on_way"):
                raise Lapsed("This visit has begun", "What was done stays. Plan another one.")
            act.update(Visit, visit_id, state="planned", left_at=None, **values)
            act.writing.execute("DELETE FROM booking WHERE visit_id = ? AND state <> 'done'", (visit_id,))
        else:
            visit_id = act.insert(Visit, ticket_id=ticket_id, made_at=act.now, made_by=act.writing.author, **values)
            # work that was planned at the desk is done there now
            act.writing.execute("DELETE FROM booking WHERE ticket_id = ? AND state = 'planned'", (ticket_id,))
        for kind, spans in (("travel", slot.way), ("visit", slot.work), ("travel", slot.back)):
            for span in spans:
                act.insert(
                    Booking,
                    ticket_id=ticket_id,
                    specialist_id=slot.person_id,
                    start_at=to_ms(span.start),
                    end_at=to_ms(span.end),
                    kind=kind,
                    visit_id=visit_id,
                )
        changed: dict[str, Any] = {"owner_id": slot.person_id, "travel_minutes": travel}
        if site_id:
            changed["site_id"] = site_id
        act.update(Ticket, ticket_id, **changed)
        _event(act, ticket_id, "visit_planned", start=to_ms(option.window[0]), end=to_ms(option.window[1]))
        if letter is not None:
            letters.hold(act, ticket_id, "visit", letter, about=visit_id)
        act.result = visit_id
        act.say("visit_planned", number=ticket["number"], date=slot.start)
    return act.changes


def _still_free(act: Act, slot: VisitSlot, ticket_id: str) -> None:
    """Raise Lapsed if somebody took the time, or the working hours under it, between the proposal and now."""
    hours = act.desk.schedule.of(slot.person_id)
    for span in (*slot.way, *slot.work, *slot.back):
        row = act.writing.execute(
            "SELECT t.number FROM booking b LEFT JOIN ticket t ON t.id = b.ticket_id WHERE b.specialist_id = ? "
            "AND b.start_at < ? AND b.end_at > ? AND b.ticket_id <> ? AND b.state <> 'done' LIMIT 1",
            (slot.person_id, to_ms(span.end), to_ms(span.start), ticket_id),
        ).fetchone()
        if row is not None:
            raise Lapsed("The time was taken", "#%1 is there now. Choose another time.", row[0])
        if hours.work_between(span.start, span.end) < span.end - span.start:
            raise Lapsed("The time was taken", "It is no working time any more. Choose another time.")
    if slot.start <= act.at:
        raise Lapsed("This date has passed", "Choose a later time.")


def confirm(desk: Desk, visit_id: str, how: str, who: str) -> Changes:
    """The customer agreed to the window, by mail or by phone."""
    if how not in ("mail", "phone"):
        raise ValueError(how)
    if not who.strip():
        raise UserFacingError("Who confirmed?", "Give the name of the person who said so.")
    with desk.act("visit_confirmed") as act:
        row = _row(act, visit_id)
        act.update(Visit, visit_id, confirmed_at=act.now, confirmed_how=how, confirmed_who=who.strip())
        act.extra.add(row["ticket_id"])
        act.say("visit_confirmed", number=_number(act, row))
    return act.changes


def save(desk: Desk, visit_id: str, values: Mapping[str, Any]) -> Changes:
    """Change what the sheet says: task, access, safety, address."""
    unknown = values.keys() - {"task", "access", "safety", "address"}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    with desk.act("visit") as act:
        row = _row(act, visit_id)
        act.update(Visit, visit_id, **{name: str(text).strip() for name, text in values.items()})
        act.say("visit", number=_number(act, row))
    return act.changes


# --- under way -----------------------------------------------------------------------------------------------------


def set_off(desk: Desk, visit_id: str) -> Changes:
    """On the way: the travel is in progress."""
    with desk.act("visit_on_way") as act:
        row = _step(act, visit_id, "on_way", left_at=act.now)
        _begin(act, visit_id, "travel")
        act.say("visit_on_way", number=_number(act, row))
    return act.changes


def arrive(desk: Desk, visit_id: str) -> Changes:
    """On site: the way is behind, the work begins."""
    with desk.act("visit_on_site") as act:
        row = _step(act, visit_id, "on_site", arrived_at=act.now)
        _end_travel(act, visit_id)
        ticket = work.fetch(act, row["ticket_id"])
        if "start" in states.allowed(str(ticket["status"])):
            work.begin(act, row["ticket_id"])
        _begin(act, visit_id, "visit")
        act.say("visit_on_site", number=_number(act, row))
    return act.changes


def _begin(act: Act, visit_id: str, kind: str) -> None:
    found = act.writing.execute(
        "SELECT id FROM booking WHERE visit_id = ? AND kind = ? AND state = 'planned' ORDER BY start_at LIMIT 1",
        (visit_id, kind),
    ).fetchone()
    if found:
        act.update(Booking, found[0], state="in_progress")


def _end_travel(act: Act, visit_id: str) -> None:
    """The way there is over, however long it took; the way back is still ahead."""
    first = act.writing.execute(
        "SELECT min(start_at) FROM booking WHERE visit_id = ? AND kind = 'visit'", (visit_id,)
    ).fetchone()[0]
    for booking, start, end in act.writing.execute(
        "SELECT id, start_at, end_at FROM booking WHERE visit_id = ? AND kind = 'travel' AND state <> 'done' "
        "AND (start_at < ? OR state = 'in_progress')",
        (visit_id, first or act.now),
    ).fetchall():
        act.update(Booking, booking, state="done", end_at=max(start, min(end, act.now)))


def done(
    desk: Desk,
    visit_id: str,
    fixed: str,
    accepted_by: str,
    minutes: int = 0,
    used: Mapping[tuple[str, str], int] | None = None,
    returned: Mapping[tuple[str, str], int] | None = None,
) -> Changes:
    """The work on site is over: what was fixed, who accepted it, which parts went in and which came back.

    ``used`` and ``returned``: (part, place) -> how many. The ticket stays open: finishing it tells the customer.
    """
    if not fixed.strip():
        raise UserFacingError("Say what was fixed", "It becomes part of the protocol. What you typed is kept.")
    if not accepted_by.strip():
        raise UserFacingError("Who accepted the work?", "Give the name of the customer's person.")
    with desk.act("visit_done") as act:
        before = _row(act, visit_id)
        row = _step(
            act, visit_id, "done", ended_at=act.now, arrived_at=before["arrived_at"] or act.now,
            fixed=fixed.strip(), accepted_by=accepted_by.strip(), accepted_at=act.now,
        )  # fmt: skip
        ticket_id = row["ticket_id"]
        for (part_id, place_id), quantity in sorted((used or {}).items()):
            stock.use_within(act, part_id, place_id, quantity, ticket_id, visit_id)
        for (part_id, place_id), quantity in sorted((returned or {}).items()):
            stock.return_within(act, part_id, place_id, quantity, ticket_id, visit_id)
        note_id = act.insert(
            Note,
            ticket_id=ticket_id,
            author_id=act.writing.author,
            made_at=act.now,
            kind="visit",
            text=fixed.strip(),
            minutes=minutes,
            channel="visit",
        )
        work.spend(act, ticket_id, minutes, "visit", note_id)
        for booking, start, end, kind in act.writing.execute(
            "SELECT id, start_at, end_at, kind FROM booking WHERE visit_id = ? AND state <> 'done'", (visit_id,)
        ).fetchall():
            if kind == "travel" and start >= act.now:
                continue  # the way back is still ahead
            act.update(Booking, booking, state="done", start_at=min(start, act.now), end_at=min(end, act.now))
        ticket = work.fetch(act, ticket_id)
        if ticket["status"] == "waiting" and ticket["wait_for"] in ("visit", "parts"):
            act.update(Ticket, ticket_id, status="in_progress", wait_for="", wait_note="")
        _event(act, ticket_id, "visit_done", who=accepted_by.strip())
        act.say("visit_done", number=_number(act, row), who=accepted_by.strip())
    return act.changes


def cancel(desk: Desk, visit_id: str, why: str = "") -> Changes:
    """Nobody goes: its time is free again."""
    with desk.act("visit_cancelled") as act:
        row = _step(act, visit_id, "cancelled", ended_at=act.now)
        act.writing.execute("DELETE FROM booking WHERE visit_id = ? AND state <> 'done'", (visit_id,))
        _event(act, row["ticket_id"], "visit_cancelled", why=why.strip())
        act.say("visit_cancelled", number=_number(act, row))
    return act.changes


def cancel_within(act: Act, ticket_id: str) -> None:
    """The work is done another way: nobody needs to go any more."""
    for (visit_id,) in act.writing.execute(
        "SELECT id FROM visit WHERE ticket_id = ? AND state IN ('planned', 'on_way')", (ticket_id,)
    ).fetchall():
        act.update(Visit, visit_id, state="cancelled", ended_at=act.now)
        act.writing.execute("DELETE FROM booking WHERE visit_id = ? AND state <> 'done'", (visit_id,))
        _event(act, ticket_id, "visit_cancelled", why="finished")


def _row(act: Act, visit_id: str) -> dict[str, Any]:
    row = act.desk.replica.record(Visit, visit_id)
    if row is None:
        raise Lapsed("There is no such visit", "It may have been taken back.")
    return row


def _step(act: Act, visit_id: str, state: str, **values: Any) -> dict[str, Any]:
    row = _row(act, visit_id)
    if row["state"] not in _NEXT[state]:
        raise Lapsed("This visit is further on", "Somebody has told its state meanwhile.")
    act.update(Visit, visit_id, state=state, **values)
    act.extra.add(row["ticket_id"])
    return row


def _number(act: Act, row: Mapping[str, Any]) -> Any:
    return act.desk.replica.value("SELECT number FROM ticket WHERE id = ?", (row["ticket_id"],))


def _event(act: Act, ticket_id: str, kind: str, **data: Any) -> None:
    act.insert(Event, ticket_id=ticket_id, made_at=act.now, author_id=act.writing.author, kind=kind, data=data)
