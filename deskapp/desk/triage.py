"""Sorting: urgency, cause, zone, line, owner, effort; what is no request; what can wait. One ticket or several at
once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import people
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import ReadMark, Ticket

Tickets = str | Sequence[str]


def _ids(tickets: Tickets) -> list[str]:
    return [tickets] if isinstance(tickets, str) else list(tickets)


def put(desk: Desk, said: str, tickets: Tickets, **values: Any) -> Changes:
    """Columns of one ticket or of several, as one step."""
    ids = _ids(tickets)
    with desk.act(said, count=len(ids), **values) as act:
        for ticket_id in ids:
            act.update(Ticket, ticket_id, **values)
        if len(ids) == 1:
            act.say(said, number=number_of(desk, ids[0]), **values)
    return act.changes


def number_of(desk: Desk, ticket_id: str) -> int | None:
    number = desk.replica.value("SELECT number FROM ticket WHERE id = ?", (ticket_id,))
    return None if number is None else int(number)


def set_urgency(desk: Desk, tickets: Tickets, urgency: int) -> Changes:
    """1 critical, 2 high, 3 normal, 4 low."""
    if urgency not in (1, 2, 3, 4):
        raise ValueError(f"urgency {urgency}")
    return put(desk, "urgency", tickets, urgency=urgency)


def set_cause(desk: Desk, tickets: Tickets, cause_id: str) -> Changes:
    """Set the cause, and the skill it asks for where none was chosen."""
    skill = desk.replica.value("SELECT skill_id FROM cause WHERE id = ?", (cause_id,)) or ""
    with desk.act("cause", cause_id=cause_id, count=len(_ids(tickets))) as act:
        for ticket_id in _ids(tickets):
            act.update(Ticket, ticket_id, cause_id=cause_id)
            if (
                skill
                and not act.writing.execute("SELECT skill_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()[0]
            ):
                act.update(Ticket, ticket_id, skill_id=skill)
        if len(_ids(tickets)) == 1:
            act.say("cause", number=number_of(desk, _ids(tickets)[0]), cause_id=cause_id)
    return act.changes


def set_zone(desk: Desk, tickets: Tickets, zone_id: str) -> Changes:
    return put(desk, "zone", tickets, zone_id=zone_id)


def set_line(desk: Desk, tickets: Tickets, line: int) -> Changes:
    if line not in (1, 2, 3):
        raise ValueError(f"line {line}")
    return put(desk, "line", tickets, line=line)


def set_owner(desk: Desk, tickets: Tickets, owner_id: str) -> Changes:
    return put(desk, "owner", tickets, owner_id=owner_id)


def set_effort(desk: Desk, tickets: Tickets, minutes: int | None) -> Changes:
    """The estimate, whole minutes above zero; None takes it away."""
    if minutes is not None and not 0 < minutes <= 60_000:
        raise UserFacingError("This is no effort", "An effort is between a minute and a thousand hours.")
    return put(desk, "effort", tickets, effort=minutes)


def set_skill(desk: Desk, tickets: Tickets, skill_id: str) -> Changes:
    return put(desk, "skill", tickets, skill_id=skill_id)


def set_product(desk: Desk, tickets: Tickets, product: str) -> Changes:
    return put(desk, "product", tickets, product=product)


def set_subject(desk: Desk, tickets: Tickets, subject: str) -> Changes:
    if not subject.strip():
        raise UserFacingError("A ticket needs a subject", "The old one was kept.")
    return put(desk, "subject", tickets, subject=subject.strip())


def set_asked(desk: Desk, tickets: Tickets, at: datetime | None, is_day: bool = False) -> Changes:
    """When the requester wants it; ``is_day``: a date without a time."""
    return put(desk, "asked", tickets, asked_at=to_ms(at) if at else None, asked_is_day=int(is_day))


def set_aside(desk: Desk, tickets: Tickets, kind: str) -> Changes:
    """Take letters that are no request out of the queues (``spam``, ``not_request``), or bring them back (empty)."""
    if kind not in ("spam", "not_request", ""):
        raise ValueError(kind)
    return put(desk, "set_aside" if kind else "brought_back", tickets, set_aside=kind)


def snooze(desk: Desk, tickets: Tickets, until: datetime | None, for_reply: bool = False) -> Changes:
    """Hide from "mine today" until a time, or a reply; neither brings the ticket back at once."""
    return put(
        desk, "snoozed", tickets, snoozed_until=to_ms(until) if until else None, snoozed_for_reply=int(for_reply)
    )


def set_requester(desk: Desk, ticket_id: str, name: str, address: str) -> Changes:
    """Somebody else asked: the sender of a forwarded letter, the colleague behind a call."""
    with desk.act("requester", number=number_of(desk, ticket_id)) as act:
        contact_id, customer_id = people.contact(act, name, address)
        act.update(Ticket, ticket_id, contact_id=contact_id, customer_id=customer_id)
    return act.changes


def set_customer(desk: Desk, ticket_id: str, customer: str) -> Changes:
    """File the ticket and its requester under a customer, made where there is none of that name."""
    with desk.act("customer", number=number_of(desk, ticket_id)) as act:
        customer_id = people.customer_by_name(act, customer)
        contact = act.writing.execute("SELECT contact_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()[0]
        act.update(Ticket, ticket_id, customer_id=customer_id)
        if contact:
            people.file_under(act, contact, customer_id)
    return act.changes


def mark_read(desk: Desk, tickets: Tickets, read: bool = True) -> Changes:
    """Letters up to now were seen here; local to this person's replica."""
    with desk.act("") as act:
        for ticket_id in _ids(tickets):
            act.put(ReadMark, ticket_id=ticket_id, read_at=act.now if read else 0)
            act.extra.add(ticket_id)
    return act.changes
