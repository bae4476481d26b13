"""What is done when nobody answers, where the desk or a contract wants it; by itself nothing is ever closed.

A resolved ticket whose requester is silent: a reminder, then, so many days after the solution, closing, said as what it
is; never before a reminder has left, nor where letters come back. A question without an answer: a follow-up, twice at
most. A promise that will pass at night: a holding letter, once, where the contract allows it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import automatic, contracts, families, reminders, stock, work
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Event, Ticket

_DAY = 24 * 3_600_000
#: A reminder has at least so many days to be answered before silence closes anything.
_AFTER_REMINDER = 2
#: Days on which nobody works answer nothing: of those that were given, so many had working hours.
_WORKING = 2
FOLLOW_UPS = 2
#: How long before a promise passes at night its holding letter leaves.
AHEAD = timedelta(minutes=30)


def days_of(desk: Desk, ticket_id: str) -> int | None:
    """After how many days of silence a resolved ticket is closed: the contract's, else the desk's; None: never."""
    chosen = contracts.of_ticket(desk, ticket_id)
    if chosen is not None and chosen.agreement.silence_days is not None:
        return chosen.agreement.silence_days or None
    return int(desk.schedule.rule["silence_days"]) or None


def watch(desk: Desk) -> Changes:
    """Remind, close, follow up and hold, where it is time. Outside working hours only a night's letter leaves."""
    with desk.act("", author="") as act:
        if desk.schedule.desk_calendar.is_working(act.at):
            _resolved(act)
            _waiting(act)
        else:
            _night(act)
    return act.changes


def _heard(desk: Desk, since: int, days: int) -> datetime:
    """When a silence of so many ``days`` counts: a Friday's evening and a weekend alone are none."""
    calendar = desk.schedule.desk_calendar
    asked = from_ms(since)
    return calendar.next_working(max(from_ms(since + days * _DAY), calendar.working_days(asked, min(days, _WORKING))))


def _reminded(execute: Callable[..., Any], ticket_id: str, finished: int) -> tuple[int | None, int | None]:
    """When a requester was last reminded of a solution, and from when on an answer to that could come: None while the
    letter has not left. One that could not be sent, or whose fate nobody knows, is a reminder that nobody answers."""
    row = execute(
        "SELECT m.received_at, coalesce(o.state, 'sent'), max(m.received_at, coalesce(o.changed_at, 0)) "
        "FROM message m LEFT JOIN outgoing o ON o.id = m.id WHERE m.ticket_id = ? AND m.direction = 'out' "
        "AND m.kind = 'reminder' AND m.received_at > ? ORDER BY m.received_at DESC LIMIT 1",
        (ticket_id, finished),
    ).fetchone()
    return (row[0], row[2] if row[1] == "sent" else None) if row else (None, None)


def _resolved(act: Act) -> None:
    desk = act.desk
    for ticket_id, finished, number in act.writing.execute(
        "SELECT t.id, t.finished_at, t.number FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id "
        "WHERE t.status = 'resolved' AND t.finished_at IS NOT NULL AND c.undeliverable IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.direction = 'in' AND m.automatic = 0 "
        "AND m.received_at > t.finished_at)"
    ).fetchall():
        days = days_of(desk, ticket_id)
        if days is None:
            continue
        remind_after = min(int(desk.schedule.rule["silence_remind_days"]), max(1, days - 2))
        reminded, left = _reminded(act.writing.execute, ticket_id, finished)
        if reminded is None:
            if act.at >= _heard(desk, finished, remind_after):
                solution = desk.replica.value("SELECT solution FROM ticket WHERE id = ?", (ticket_id,)) or ""
                automatic.send(act, ticket_id, "reminder", finished, solution=solution)
        elif left is not None and act.now - finished >= days * _DAY and act.at >= _heard(desk, left, _AFTER_REMINDER):
            act.update(Ticket, ticket_id, status="closed", consent_how="silence", consent_who="", consent_at=act.now)
            families.after_consent(act, ticket_id)
            stock.release_within(act, ticket_id)
            act.insert(
                Event,
                ticket_id=ticket_id,
                made_at=act.now,
                kind="closed_by_silence",
                data={"days": days, "number": number},
            )


def _waiting(act: Act) -> None:
    days = int(act.desk.schedule.rule["follow_up_days"])
    if not days:
        return
    for ticket_id, asked, question, answered in act.writing.execute(
        "SELECT t.id, (SELECT max(m.received_at) FROM message m WHERE m.ticket_id = t.id AND m.direction = 'out' "
        "AND m.kind IN ('question', 'reply')), t.wait_note, (SELECT max(m.received_at) FROM message m "
        "WHERE m.ticket_id = t.id AND m.direction = 'in' AND m.automatic = 0) "
        "FROM ticket t WHERE t.status = 'waiting' AND t.wait_for = 'customer'"
    ).fetchall():
        if asked is None or (answered or 0) > asked:
            continue
        sent, last = act.writing.execute(
            "SELECT count(*), max(received_at) FROM message WHERE ticket_id = ? AND kind = 'followup' "
            "AND received_at > ?",
            (ticket_id, asked),
        ).fetchone()
        if sent < FOLLOW_UPS and act.at >= _heard(act.desk, max(asked, last or 0), days):
            automatic.send(act, ticket_id, "followup", asked, sent, question=question or None)


def _night(act: Act) -> None:
    """Promises that pass before anybody is at work again, of contracts that want to hear of it."""
    desk = act.desk
    morning = desk.schedule.desk_calendar.next_working(act.at)
    rows = act.writing.execute(
        "SELECT t.id, t.promise_id, t.promised_at, q.forecast_at FROM ticket t JOIN queue_row q ON q.ticket_id = t.id "
        "WHERE t.status IN ('promised', 'in_progress', 'waiting') AND t.promised_at BETWEEN ? AND ?",
        (act.now, min(to_ms(morning), to_ms(act.at + AHEAD))),
    ).fetchall()
    for ticket_id, promise_id, promised, forecast in rows:
        chosen = contracts.of_ticket(desk, ticket_id)
        holds = forecast is not None and forecast <= promised
        if chosen is None or not chosen.agreement.night_letter or holds:
            continue
        due = desk.schedule.desk_calendar.add_work(morning, desk.schedule.answer_minutes)
        sent = automatic.send(act, ticket_id, "holding", promise_id, old_date=from_ms(promised), date=due)
        if sent:
            act.update(Ticket, ticket_id, needs="date")
            act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="held_at_night", data={"promised": promised})


def wait(desk: Desk, ticket_id: str, wait_for: str, why: str = "", until: datetime | None = None) -> Changes:
    """Wait for the customer, a part, a visit or a third party; ``until``: when its owner is reminded to look."""
    with desk.act("waiting") as act:
        work.wait(desk, ticket_id, wait_for, why)
        number, owner = act.writing.execute("SELECT number, owner_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        if until is not None:
            if until <= act.at:
                raise UserFacingError("This date has passed", "Choose a later time.")
            reminders.put(desk, ticket_id, reminders.Remind(until, why), person=owner or desk.me)
        act.say("waiting", number=number, wait_for=wait_for)
    return act.changes


def next_step(desk: Desk, ticket_id: str) -> tuple[str, datetime] | None:
    """What will be done by itself about a silent resolved ticket, and when at the earliest: reminder or close."""
    row = desk.replica.row(
        "SELECT t.status, t.finished_at, c.undeliverable FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id "
        "WHERE t.id = ?",
        (ticket_id,),
    )
    days = days_of(desk, ticket_id)
    if row is None or row[0] != "resolved" or row[1] is None or row[2] is not None or days is None:
        return None
    reminded, left = _reminded(desk.replica.execute, ticket_id, row[1])
    if reminded is None:
        after = min(int(desk.schedule.rule["silence_remind_days"]), max(1, days - 2))
        return "reminder", _heard(desk, row[1], after)
    if left is None:
        return None
    calendar = desk.schedule.desk_calendar
    return "close", max(calendar.next_working(from_ms(row[1] + days * _DAY)), _heard(desk, left, _AFTER_REMINDER))
