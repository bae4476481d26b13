"""A call while it lasts: who calls, what is open, what can be promised; then a ticket or a note, with its length."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from deskapp.core.clock import from_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import contracts, intake, margins, mentions, people, questions, ticket, work
from deskapp.desk.crew import crew, usual
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Note, TimeEntry
from deskapp.planning.slots import minutes_for, propose
from deskapp.planning.values import Job, Slot

_OPEN_EACH = 8


@dataclass(frozen=True)
class OpenTicket:
    """A caller's open ticket, as it is offered first."""

    ticket_id: str
    number: int | None
    subject: str
    status: str
    wait_for: str
    promised_at: datetime | None


@dataclass(frozen=True)
class Caller:
    """``tickets``: theirs that are open, the newest first; then those of their customer."""

    contact_id: str
    name: str
    post: str
    phone: str
    address: str
    customer_id: str
    customer: str
    vip: bool
    paid_phone: bool  # whether their contract pays for support by phone
    tickets: tuple[OpenTicket, ...] = ()


@dataclass(frozen=True)
class Status:
    """What may be told of a ticket, to be read aloud; names in the reader's language."""

    ticket_id: str
    number: int
    subject: str
    customer: str
    status: str
    wait_for: str
    specialist: str
    promised_at: datetime | None
    forecast_at: datetime | None
    finished_at: datetime | None
    answer_due: datetime | None
    late: bool


@dataclass(frozen=True)
class Offer:
    """The earliest that could be said aloud. ``assumed``: the effort is the cause's usual one. ``problem`` instead."""

    slot: Slot | None
    minutes: int | None
    assumed: bool
    breaks: tuple[int | None, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Call:
    """What was said. ``ticket_id`` empty: a new ticket; ``seconds``: how long the call took."""

    contact_id: str = ""
    name: str = ""
    customer: str = ""
    phone: str = ""
    address: str = ""
    subject: str = ""
    text: str = ""
    ticket_id: str = ""
    urgency: int = 3
    cause_id: str = ""
    effort: int | None = None
    answers: tuple[tuple[str, str], ...] = ()
    seconds: int = 0


def number_in(typed: str) -> int | None:
    """The ticket's number in "№4117", "#4117" or "4117"; None where it is a name or a phone."""
    found = re.fullmatch(r"\s*[№#]?\s*(\d{1,7})\s*", typed)
    return int(found[1]) if found else None


def callers(desk: Desk, typed: str, limit: int = 8) -> tuple[Caller, ...]:
    """Who may be calling: by digits of the phone, else by a part of name, customer or address; the latest first.

    Text typed in the other keyboard layout is found too.
    """
    return tuple(_caller(desk, found) for found in people.find_contacts(desk, typed, limit))


def _caller(desk: Desk, found: people.FoundContact) -> Caller:
    contact, name, address, phone, customer, post, customer_id, vip = found
    agreed = contracts.agreements(desk).by_customer.get(customer_id, ()) if customer_id else ()
    paid = any(one.paid_phone and one.valid(desk.clock.now()) for one in agreed)
    return Caller(
        contact,
        name or address,
        post,
        phone,
        address,
        customer_id,
        customer,
        bool(vip),
        paid,
        _open(desk, contact, customer_id),
    )


def _open(desk: Desk, contact_id: str, customer_id: str) -> tuple[OpenTicket, ...]:
    found: dict[str, OpenTicket] = {}
    for column, value in (("contact_id", contact_id), ("customer_id", customer_id)):
        if not value:
            continue
        for row in desk.replica.rows(
            f"SELECT id, number, subject, status, wait_for, promised_at FROM ticket WHERE {column} = ? "
            "AND status IN ('new', 'promised', 'in_progress', 'waiting', 'resolved') AND set_aside = '' "
            "ORDER BY received_at DESC LIMIT ?",
            (value, _OPEN_EACH),
        ):
            found.setdefault(row[0], _open_ticket(*row))
    return tuple(found.values())[:_OPEN_EACH]


def _open_ticket(
    ticket_id: str, number: int | None, subject: str, state: str, wait_for: str, promised: int | None
) -> OpenTicket:
    return OpenTicket(ticket_id, number, subject, state, wait_for, from_ms(promised) if promised else None)


def status(desk: Desk, number: int) -> Status | None:
    """What to tell a caller who dictates a number; None for a number of nothing. Of a merged ticket that is where the
    one stands that it went into."""
    ticket_id = ticket.find(desk, number)
    if ticket_id is None:
        return None
    seen: set[str] = set()
    while into := desk.replica.value("SELECT merged_into FROM ticket WHERE id = ?", (ticket_id,)):
        if ticket_id in seen:  # merged into each other on two desktops, and no round has told yet
            break
        seen.add(ticket_id)
        ticket_id = str(into)
    row = desk.replica.row(
        "SELECT q.number, q.subject, q.customer, q.status, q.wait_for, q.owner_id, q.promised_at, q.forecast_at, "
        "t.finished_at, q.answer_due, q.slack FROM queue_row q JOIN ticket t ON t.id = q.ticket_id "
        "WHERE q.ticket_id = ?",
        (ticket_id,),
    )
    if row is None:
        return None
    from deskapp.desk import directory

    people = directory.people(desk)
    known, subject, customer, state, wait_for, owner, *times, slack = row
    promised, forecast, finished, due = (from_ms(ms) if ms else None for ms in times)
    return Status(
        ticket_id,
        known if known is not None else number,
        subject,
        customer,
        state,
        wait_for,
        people[owner].name if owner in people else "",
        promised,
        forecast,
        finished,
        due,
        slack is not None and slack < 0,
    )


def offer(
    desk: Desk, cause_id: str, urgency: int = 3, minutes: int | None = None, customer_id: str = "", ticket_id: str = ""
) -> Offer:
    """The earliest slot for what the caller tells, before there is a ticket; nothing is kept."""
    execute = desk.replica.db.execute_sql
    row = desk.replica.row("SELECT usual_minutes, skill_id FROM cause WHERE id = ?", (cause_id,))
    effort, assumed = minutes, minutes is None
    if effort is None:
        base = usual(execute, cause_id, desk.clock.now())
        effort = (row[0] if row else None) or (base[1] if base else None)
    if effort is None:
        return Offer(None, None, True, problem="no_estimate")
    people = crew(desk, execute, cause_id, customer_id)
    skill = row[1] if row else ""
    job = Job(
        ticket_id=ticket_id or "call",
        minutes=effort,
        skill=skill,
        line=0 if skill else 1,
        urgency=urgency,
        customer_id=customer_id,
        cause_id=cause_id,
    )
    rules = desk.schedule.rules
    able = [one for one in people if not skill or skill in one.skills] or people
    _base, learnt = margins.margins(
        desk, execute, cause_id, {one.id: minutes_for(job, one, people, rules.step) for one in able}
    )
    found = propose(job, people, desk.clock.now(), replace(rules, margins=learnt))
    if not found.slots:
        return Offer(None, effort, assumed, problem=found.problem.code if found.problem else "no_fit")
    slot = found.slots[0]
    return Offer(slot, effort, assumed, tuple(move.busy.number for move in slot.diff.broken))


def record(desk: Desk, call: Call) -> Changes:
    """Make the ticket of a call, or note the call on an open one; ``Changes.result`` is the ticket's id.

    The answers to the cause's questions are the first entry of the protocol, then what else was said; the call's
    length is spent on the ticket, by phone.
    """
    if not call.ticket_id and not call.subject.strip():
        raise UserFacingError("A ticket needs a subject", "What you typed is kept; say in a few words what is wrong.")
    if call.ticket_id and not (call.text.strip() or call.subject.strip() or call.answers):
        raise UserFacingError("The entry is empty", "Write what was said.")
    with desk.act("call") as act:
        if call.ticket_id:
            ticket_id, known = call.ticket_id, work.fetch(act, call.ticket_id)["number"]
            code = "call_noted"
        else:
            ticket_id, known = intake.create(
                act,
                call.subject,
                contact_name=call.name,
                address=call.address,
                phone=call.phone,
                customer=call.customer,
                contact_id=call.contact_id,
                channel="phone",
                urgency=call.urgency,
                cause_id=call.cause_id,
                effort=call.effort,
            )
            code = "created"
        questions.record(act, ticket_id, call.answers, "phone")
        _note(act, call, ticket_id)
        act.say(code, number=known)
        act.writing.execute("DELETE FROM draft WHERE id = ':call'")
        act.result = ticket_id
    return act.changes


def _note(act: Act, call: Call, ticket_id: str) -> None:
    """What was said, and how long it took: at least a minute once somebody has called."""
    minutes = max(1, round(call.seconds / 60)) if call.seconds else 0
    said = [call.subject, call.text] if call.ticket_id else [call.text]
    text = "\n".join(part.strip() for part in said if part.strip())
    if not text and not minutes:
        return
    note_id = ""
    if text:
        note_id = act.insert(
            Note,
            ticket_id=ticket_id,
            author_id=act.writing.author,
            made_at=act.now,
            kind="talk",
            text=text,
            minutes=minutes,
            channel="phone",
        )
        mentions.record(act, note_id, ticket_id, text)
    if minutes:
        act.insert(
            TimeEntry,
            ticket_id=ticket_id,
            author_id=act.writing.author,
            start_at=act.now - call.seconds * 1000,
            minutes=minutes,
            channel="phone",
            note_id=note_id,
        )
