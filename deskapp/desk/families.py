"""One fault, many tickets: the fault is a parent, the tickets that it caused are its children.

A family has two generations. Every requester has a ticket of their own and is told by a letter of their own; what is
done for the fault is done once. A child closes when its requester agrees; a parent that nobody asked for, made by the
desk to gather the others, closes with the last of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import closing, letters, promise
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.desk.states import OPEN
from deskapp.desk.values import Changes, LetterDraft
from deskapp.models.schema import Event, Ticket


@dataclass(frozen=True)
class Member:
    ticket_id: str
    number: int | None
    subject: str
    customer: str
    status: str


@dataclass(frozen=True)
class Family:
    """``parent`` of a child, ``children`` of a parent; both are empty for a ticket on its own."""

    parent: Member | None = None
    children: tuple[Member, ...] = ()


_MEMBER = (
    "SELECT t.id, t.number, t.subject, q.customer, t.status FROM ticket t "
    "LEFT JOIN queue_row q ON q.ticket_id = t.id WHERE "
)
_PARENT = f"{_MEMBER}t.id = (SELECT parent_id FROM ticket WHERE id = ?)"
#: Repeats the condition of its index, else every opened ticket would read all of them.
CHILDREN = f"{_MEMBER}t.parent_id = ? AND t.parent_id <> '' AND t.status <> 'merged' ORDER BY t.received_at, t.id"


def of(desk: Desk, ticket_id: str) -> Family:
    """The family of a ticket as seen from it."""
    parent = desk.replica.row(_PARENT, (ticket_id,))
    children = desk.replica.rows(CHILDREN, (ticket_id,))
    return Family(Member(*parent) if parent else None, tuple(Member(*row) for row in children))


def link(desk: Desk, children: str | Sequence[str], parent_id: str) -> Changes:
    """Put tickets under the one of the fault; what was under them comes along. A child as parent means its parent."""
    ids = [children] if isinstance(children, str) else list(children)
    with desk.act("linked", count=len(ids)) as act:
        own = _ticket(act, parent_id)
        parent_id = str(own["parent_id"]) or parent_id
        number = _ticket(act, parent_id)["number"]
        for child in ids:
            row = _ticket(act, child)
            if child == parent_id:
                raise UserFacingError("This is the same ticket", "Choose the ticket of the fault.")
            if row["status"] == "merged":
                raise Lapsed("#%1 was merged", "Link the ticket that it went into.", row["number"])
            if row["parent_id"] == parent_id:
                continue
            act.update(Ticket, child, parent_id=parent_id)
            act.writing.execute(
                "UPDATE ticket SET parent_id = ? WHERE parent_id = ? AND parent_id <> ''", (parent_id, child)
            )
            _event(act, child, "linked", parent=number, parent_id=parent_id)
            act.extra.add(parent_id)
        act.say("linked", number=_ticket(act, ids[0])["number"] if len(ids) == 1 else None, count=len(ids))
    return act.changes


def unlink(desk: Desk, children: str | Sequence[str]) -> Changes:
    """Tickets stand on their own again."""
    ids = [children] if isinstance(children, str) else list(children)
    with desk.act("unlinked", count=len(ids)) as act:
        for child in ids:
            row = _ticket(act, child)
            if row["parent_id"]:
                act.update(Ticket, child, parent_id="")
                act.extra.add(str(row["parent_id"]))
                _event(act, child, "unlinked")
        act.say("unlinked", number=_ticket(act, ids[0])["number"] if len(ids) == 1 else None, count=len(ids))
    return act.changes


# --- one act for all -----------------------------------------------------------------------------------------------


def told(desk: Desk, ticket_id: str, act_name: str) -> tuple[Member, ...]:
    """Whose requesters an act on the parent tells besides its own: open children for ``slip`` that were promised a
    date, for ``finish`` all that are not resolved."""
    found = []
    for child in of(desk, ticket_id).children:
        if child.status not in OPEN or child.status == "resolved":
            continue
        if act_name == "slip":
            promised = desk.replica.value("SELECT promised_at FROM ticket WHERE id = ?", (child.ticket_id,))
            if promised is None:
                continue
        found.append(child)
    return tuple(found)


def slip(
    desk: Desk,
    ticket_id: str,
    date: datetime,
    reason: str,
    letter: LetterDraft,
    files: Sequence[IncomingFile] = (),
) -> Changes:
    """Tell the new date to the requester of the parent by ``letter``, and to those of the children by letters of their
    own, in their languages, as one step."""

    def to_child(child: str, own: LetterDraft) -> None:
        promise.slip(desk, child, date, reason, own)

    children = told(desk, ticket_id, "slip")
    with desk.act("slipped") as act:
        promise.slip(desk, ticket_id, date, reason, letter, files)
        _each(desk, act, children, to_child, "slip", date=date, reason=reason)
        act.say("slipped", number=_ticket(act, ticket_id)["number"], date=date, children=len(children))
    return act.changes


def finish(
    desk: Desk,
    ticket_id: str,
    solution: str,
    prevention: str = "",
    minutes: int | None = None,
    told_how: str = "mail",
    told_who: str = "",
    letter: LetterDraft | None = None,
    **more: Any,
) -> Changes:
    """Resolve the fault: the parent as ``closing.finish`` does, every open child with a letter of its own. Each stays
    open until its own requester agrees."""

    def to_child(child: str, own: LetterDraft) -> None:
        if own.to:
            closing.finish(desk, child, solution, prevention, None, "mail", "", own)
        else:
            closing.finish(desk, child, solution, prevention, None, "phone", told_who.strip() or "—")

    children = told(desk, ticket_id, "finish")
    with desk.act("finished") as act:
        closing.finish(desk, ticket_id, solution, prevention, minutes, told_how, told_who, letter, **more)
        _each(desk, act, children, to_child, "done", solution=solution, prevention=prevention)
        act.say("finished", number=_ticket(act, ticket_id)["number"], children=len(children))
    return act.changes


def _each(
    desk: Desk,
    act: Act,
    children: Sequence[Member],
    to_child: Callable[[str, LetterDraft], None],
    kind: str,
    **data: Any,
) -> None:
    for child in children:
        extra = dict(data)
        if kind == "slip":
            old = desk.replica.value("SELECT promised_at FROM ticket WHERE id = ?", (child.ticket_id,))
            extra["old_date"] = from_ms(old) if old else None
            owner = desk.replica.value("SELECT owner_id FROM ticket WHERE id = ?", (child.ticket_id,)) or desk.me
            _values, language, _row = letters.values_for(desk, child.ticket_id)
            extra["specialist"] = letters.person_name(desk, owner, language)
            extra["days_off"] = letters.days_off(desk, owner, data["date"])
        to_child(child.ticket_id, letters.draft(desk, child.ticket_id, kind, **extra))
        act.extra.add(child.ticket_id)


def after_consent(act: Act, ticket_id: str) -> None:
    """A parent that has no requester is closed with the last of its children."""
    row = _ticket(act, ticket_id)
    parent_id = str(row["parent_id"])
    if not parent_id:
        return
    parent = act.desk.replica.record(Ticket, parent_id)
    if parent is None or parent["contact_id"] or parent["status"] != "resolved":
        return
    left = act.writing.execute(
        "SELECT 1 FROM ticket WHERE parent_id = ? AND status NOT IN ('closed', 'refused', 'merged') LIMIT 1",
        (parent_id,),
    ).fetchone()
    if left is None:
        act.update(
            Ticket,
            parent_id,
            status="closed",
            consent_how=row["consent_how"],
            consent_who=row["consent_who"],
            consent_at=act.now,
        )
        _event(act, parent_id, "closed_with_children")


def _ticket(act: Act, ticket_id: str) -> dict[str, Any]:
    row = act.desk.replica.record(Ticket, ticket_id)
    if row is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    return row


def _event(act: Act, ticket_id: str, kind: str, **data: Any) -> None:
    act.insert(Event, ticket_id=ticket_id, made_at=act.now, author_id=act.writing.author, kind=kind, data=data)
