"""Two tickets become one, and one becomes two: what was merged keeps its number, its letters and a way back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk import mentions, numbers, states, stock, threads, visits, wording, work
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models import search as index
from deskapp.models.schema import (
    Booking,
    Event,
    Follower,
    Message,
    MessageMove,
    NumberAlias,
    PartOrder,
    PartReservation,
    Reminder,
    Ticket,
    Visit,
)


@dataclass(frozen=True)
class Twin:
    """A ticket that may be about the same. ``why``: number, contact, customer, words."""

    ticket_id: str
    number: int | None
    subject: str
    status: str
    why: str


def merge(desk: Desk, ticket_id: str, into_id: str) -> Changes:
    """Make ``ticket_id`` a part of ``into_id``: its letters are read there, its number leads there, and what is planned
    or kept for it goes along."""
    with desk.act("merged") as act:
        source = work.fetch(act, ticket_id)
        into_id = threads.target(act, into_id)
        target = work.fetch(act, into_id)
        if into_id == ticket_id:
            raise UserFacingError("A ticket cannot be merged with itself", "Choose another ticket.")
        status = states.after("merge", str(source["status"]))
        if source["promised_at"] and not target["promised_at"] and target["status"] in states.OPEN:
            raise UserFacingError(
                "Its promise would be lost",
                "#%1 has a date that was told, #%2 has none. Merge them the other way round.",
                source["number"],
                target["number"],
            )
        act.insert(
            Event,
            ticket_id=ticket_id,
            made_at=act.now,
            author_id=act.writing.author,
            kind="merged",
            data={
                "number": target["number"],
                "was": source["status"],
                "owner": source["owner_id"],
                "moved": _bring(act, source, target),
                "freed": _planned(act, ticket_id),
            },
        )
        act.update(Ticket, ticket_id, status=status, merged_into=into_id)
        work.end_bookings(act, ticket_id)
        act.insert(
            Event,
            ticket_id=into_id,
            made_at=act.now,
            author_id=act.writing.author,
            kind="merged",
            data={"number": source["number"], "took": ticket_id},
        )
        if source["number"] is not None:
            act.put(
                NumberAlias,
                id=natural_id("alias", ticket_id, into_id),
                number=source["number"],
                ticket_id=into_id,
            )
        _followers(act, source, target)
        act.say("merged", number=source["number"], into=target["number"])
        act.result = into_id
        act.extra |= {ticket_id, into_id}
    return act.changes


_DONE = ("resolved", "closed", "refused")
#: What is still to come and goes with the work, wherever that is done: table -> its rows that are open.
_COMING = {
    Visit: "ticket_id = ? AND state IN ('planned', 'on_way', 'on_site')",
    PartReservation: "ticket_id = ? AND state = 'open'",
    PartOrder: "ticket_id = ? AND state = 'ordered'",
    Reminder: "ticket_id = ? AND done_at IS NULL",
}


def _bring(act: Act, source: Mapping[str, Any], target: Mapping[str, Any]) -> dict[str, list[str]]:
    """Visits, parts, reminders and the tickets of one fault go along; {table: rows}, for the way back.

    Into a ticket that is done nothing goes: its visits are called off and its parts are free.
    """
    moved: dict[str, list[str]] = {}
    if target["status"] in _DONE:
        visits.cancel_within(act, str(source["id"]))
        stock.release_within(act, str(source["id"]))
        return moved
    for model, open_ in _COMING.items():
        table = model._meta.table_name
        for (row,) in act.writing.execute(f"SELECT id FROM {table} WHERE {open_}", (source["id"],)).fetchall():
            act.update(model, row, ticket_id=target["id"])
            moved.setdefault(table, []).append(row)
    for visit in moved.get("visit", ()):
        for (row,) in act.writing.execute("SELECT id FROM booking WHERE visit_id = ?", (visit,)).fetchall():
            act.update(Booking, row, ticket_id=target["id"])
            moved.setdefault("booking", []).append(row)
    parent = target["id"] if target["parent_id"] in ("", source["id"]) else target["parent_id"]
    for (row,) in act.writing.execute(
        "SELECT id FROM ticket WHERE parent_id = ? AND parent_id <> ''", (source["id"],)
    ).fetchall():
        # a parent that goes into one of its children leaves the others to that one
        act.update(Ticket, row, parent_id="" if row == parent else parent)
        moved.setdefault("ticket", []).append(row)
    return moved


def _give_back(act: Act, ticket_id: str, moved: Mapping[str, Sequence[str]]) -> None:
    """What went along and is still to come is the ticket's own again."""
    for model, open_ in _COMING.items():
        for row in moved.get(model._meta.table_name, ()):
            now = act.writing.execute(f"SELECT ticket_id FROM {model._meta.table_name} WHERE id = ?", (row,)).fetchone()
            if (
                now
                and act.writing.execute(
                    f"SELECT 1 FROM {model._meta.table_name} WHERE id = ? AND {open_}", (row, now[0])
                ).fetchone()
            ):
                act.update(model, row, ticket_id=ticket_id)
                if model is Visit:
                    act.writing.execute("UPDATE booking SET ticket_id = ? WHERE visit_id = ?", (ticket_id, row))
    for row in moved.get("ticket", ()):
        act.update(Ticket, row, parent_id=ticket_id)


#: What a booking that the merge takes away is booked by again.
_BOOKED = ("specialist_id", "start_at", "end_at", "kind", "pinned", "override", "visit_id")


def _planned(act: Act, ticket_id: str) -> list[dict[str, Any]]:
    """What is planned for a ticket from now on and does not go along."""
    rows = act.writing.execute(
        f"SELECT {', '.join(_BOOKED)} FROM booking WHERE ticket_id = ? AND state <> 'done' AND end_at > ? "
        "ORDER BY start_at, id",
        (ticket_id, act.now),
    ).fetchall()
    return [dict(zip(_BOOKED, row, strict=True)) for row in rows]


def _book_again(act: Act, ticket_id: str, freed: Sequence[Mapping[str, Any]]) -> int:
    """The ticket's blocks stand again where their time has not passed and is free; how many could not."""
    lost = 0
    for booked in freed:
        again = {**booked, "start_at": max(booked["start_at"], act.now)}
        if _is_free(act, again):
            act.insert(Booking, ticket_id=ticket_id, **again)
        else:
            lost += 1
    return lost


def _is_free(act: Act, booked: Mapping[str, Any]) -> bool:
    person, start, end = booked["specialist_id"], booked["start_at"], booked["end_at"]
    if end <= start:
        return False
    works = act.writing.execute("SELECT 1 FROM specialist WHERE id = ? AND active = 1", (person,)).fetchone()
    taken = act.writing.execute(
        "SELECT 1 FROM booking WHERE specialist_id = ? AND start_at < ? AND end_at > ? AND state <> 'done' LIMIT 1",
        (person, end, start),
    ).fetchone()
    if taken or not works:
        return False
    if booked["override"]:  # it lay outside the hours on purpose
        return True
    return act.desk.schedule.of(person).work_between(from_ms(start), from_ms(end)) >= from_ms(end) - from_ms(start)


def _followers(act: Act, source: dict[str, Any], target: dict[str, Any]) -> None:
    """Whoever asked or follows wants to know of the one that is left."""
    for person, contact in act.writing.execute(
        "SELECT specialist_id, contact_id FROM follower WHERE ticket_id = ? AND active = 1", (source["id"],)
    ).fetchall():
        if person:
            mentions.watch(act, target["id"], person)
        elif contact != target["contact_id"]:
            _in_copy(act, target["id"], contact)
    if source["contact_id"] and source["contact_id"] != target["contact_id"]:
        _in_copy(act, target["id"], source["contact_id"])


def _in_copy(act: Act, ticket_id: str, contact_id: str) -> None:
    act.put(
        Follower,
        id=natural_id("follower", ticket_id, contact_id),
        ticket_id=ticket_id,
        contact_id=contact_id,
        active=1,
    )


def unmerge(desk: Desk, ticket_id: str) -> Changes:
    """Make a merged ticket one of its own again, in the state that it had, with its blocks where they are still free.

    Those whose time is gone are counted as ``lost`` in what is said and in the timeline: they are to be planned anew.
    """
    with desk.act("unmerged") as act:
        source = work.fetch(act, ticket_id)
        into = str(source["merged_into"])
        if not into:
            raise UserFacingError("This ticket was not merged", "Nothing was changed.")
        row = act.writing.execute(
            "SELECT data FROM event WHERE ticket_id = ? AND kind = 'merged' ORDER BY made_at DESC, id DESC",
            (ticket_id,),
        ).fetchall()
        merged: dict[str, Any] = next(
            (data for (stored,) in row if "was" in (data := json.loads(stored))), {"was": "new"}
        )
        act.update(Ticket, ticket_id, status=merged["was"], merged_into="")
        _give_back(act, ticket_id, merged.get("moved", {}))
        lost = _book_again(act, ticket_id, merged.get("freed", ()))
        for (alias,) in act.writing.execute(
            "SELECT id FROM number_alias WHERE ticket_id = ? AND number = ?", (into, source["number"])
        ).fetchall():
            act.delete(NumberAlias, alias)
        for one in (ticket_id, into):
            act.insert(
                Event,
                ticket_id=one,
                made_at=act.now,
                author_id=act.writing.author,
                kind="unmerged",
                data={"number": source["number"], **({"lost": lost} if lost and one == ticket_id else {})},
            )
        act.say("unmerged", number=source["number"], lost=lost)
        act.extra |= {ticket_id, into}
        act.result = ticket_id
    return act.changes


def split(desk: Desk, message_id: str) -> Changes:
    """A letter becomes a ticket of its own, as if it had come as one; ``Changes.result`` is the new ticket's id."""
    with desk.act("split_off") as act:
        letter = desk.replica.record(Message, message_id)
        if letter is None:
            raise Lapsed("The letter is gone", "It was taken back.")
        if letter["direction"] != "in":
            raise UserFacingError("Only a letter that came can be split off", "Nothing was changed.")
        old = work.fetch(act, home(act, message_id, letter["ticket_id"]))
        number = numbers.take(act)
        contact = act.writing.execute(
            "SELECT id, customer_id FROM contact WHERE id = ?", (letter["contact_id"],)
        ).fetchone() or (old["contact_id"], old["customer_id"])
        ticket_id = act.insert(
            Ticket,
            number=number,
            subject=wording.bare_subject(letter["subject"]) or letter["subject"],
            channel="mail",
            contact_id=contact[0],
            customer_id=contact[1],
            language=old["language"],
            urgency=old["urgency"],
            product=old["product"],
            received_at=letter["received_at"],
            split_from=old["id"],
        )
        act.insert(MessageMove, message_id=message_id, ticket_id=ticket_id)
        for one, event, other in (
            (ticket_id, "split_from", old["number"]),
            (old["id"], "split_off", number),
        ):
            act.insert(
                Event,
                ticket_id=one,
                made_at=act.now,
                author_id=act.writing.author,
                kind=event,
                data={"number": other},
            )
        act.extra |= {str(old["id"]), ticket_id}
        act.say("split_off", number=number)
        act.result = ticket_id
    return act.changes


def home(act: Act, message_id: str, ticket_id: str) -> str:
    """The ticket that a letter belongs to now."""
    row = act.writing.execute(
        "SELECT ticket_id FROM message_move WHERE message_id = ? ORDER BY id DESC LIMIT 1", (message_id,)
    ).fetchone()
    return str(row[0]) if row else ticket_id


def family(desk: Desk, ticket_id: str) -> tuple[str, ...]:
    """The ticket and all that were merged into it, however often: their entries are read as one."""
    found = [ticket_id]
    for member in found:
        found += [
            row[0]
            for row in desk.replica.rows(
                "SELECT id FROM ticket WHERE merged_into = ? AND merged_into <> '' ORDER BY id", (member,)
            )
            if row[0] not in found
        ]
    return tuple(found)


def moved(desk: Desk, ticket_id: str) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Letters that were moved out of a ticket, and those moved into it by the ticket that they came to."""
    if desk.replica.value("SELECT 1 FROM message_move LIMIT 1") is None:
        return frozenset(), {}
    away = frozenset(
        row[0]
        for row in desk.replica.rows(
            f"SELECT m.id FROM message m WHERE m.ticket_id = ?1 AND coalesce({_NEWEST}, ?1) <> ?1", (ticket_id,)
        )
    )
    brought: dict[str, set[str]] = {}
    for message, came_to in desk.replica.rows(
        "SELECT m.id, m.ticket_id FROM message_move v JOIN message m ON m.id = v.message_id "
        f"WHERE v.ticket_id = ?1 AND m.ticket_id <> ?1 AND {_NEWEST} = ?1",
        (ticket_id,),
    ):
        brought.setdefault(came_to, set()).add(message)
    return away, {came_to: frozenset(letters) for came_to, letters in brought.items()}


#: Where a letter ``m`` was moved to last.
_NEWEST = "(SELECT w.ticket_id FROM message_move w WHERE w.message_id = m.id ORDER BY w.id DESC LIMIT 1)"


def twin(desk: Desk, ticket_id: str) -> tuple[str, int | None] | None:
    """An open ticket of the same requester that speaks of the same: two words of the subject in common, or all."""
    row = desk.replica.row("SELECT contact_id, subject, looks_like FROM ticket WHERE id = ?", (ticket_id,))
    if row is None:
        return None
    contact, subject, looks = row
    if looks:
        found = desk.replica.row("SELECT id, number FROM ticket WHERE id = ? AND status <> 'merged'", (looks,))
        return (found[0], found[1]) if found else None
    words = {word for word in index.stems(wording.bare_subject(subject)) if len(word) > 3}
    if not contact or not words:
        return None
    for other, number, title in desk.replica.rows(
        "SELECT id, number, subject FROM ticket WHERE contact_id = ? AND id <> ? AND set_aside = '' "
        "AND status IN ('new', 'promised', 'in_progress', 'waiting') ORDER BY received_at DESC LIMIT 10",
        (contact, ticket_id),
    ):
        if len(words & index.stems(wording.bare_subject(title))) >= min(2, len(words)):
            return other, number
    return None


def twins(desk: Desk, ticket_id: str, limit: int = 6) -> tuple[Twin, ...]:
    """Open tickets that may be about the same: the one named in the letter, the requester's, their customer's."""
    row = desk.replica.row("SELECT looks_like, contact_id, customer_id FROM ticket WHERE id = ?", (ticket_id,))
    if row is None:
        return ()
    looks, contact, customer = row
    found: dict[str, Twin] = {}
    for why, where, value in (
        ("number", "id = ?", looks),
        ("contact", "contact_id = ?", contact),
        ("customer", "customer_id = ?", customer),
    ):
        if not value:
            continue
        for other, number, subject, status in desk.replica.rows(
            f"SELECT id, number, subject, status FROM ticket WHERE {where} AND id <> ? AND set_aside = '' "
            "AND status NOT IN ('closed', 'merged', 'refused') ORDER BY received_at DESC LIMIT ?",
            (value, ticket_id, limit),
        ):
            found.setdefault(other, Twin(other, number, subject, status, why))
    return tuple(found.values())[:limit]


def merge_number(desk: Desk, ticket_id: str, number: int) -> Changes:
    """The same, into the ticket that a number leads to."""
    row = desk.replica.row(
        "SELECT id FROM ticket WHERE number = ?1 UNION ALL SELECT ticket_id FROM number_alias WHERE number = ?1 "
        "LIMIT 1",
        (number,),
    )
    if row is None:
        raise UserFacingError("There is no ticket #%1", "Check the number; nothing was changed.", number)
    return merge(desk, ticket_id, str(row[0]))
