"""Promises, bookings, letters and merges that only this replica knows and that no longer hold: a colleague was faster.

Nothing of them has left, since a letter leaves only after what it speaks of is in the hub. The author gets the letter
back as a draft, with an entry in the ticket that says why. All of it is captured like any other change.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from deskapp.core.ids import natural_id
from deskapp.desk import drafts, letters, merging
from deskapp.desk.desk import Act
from deskapp.models.schema import Booking, Conflict, Event, Message, Outgoing, Promise, Ticket
from deskapp.models.tables import defaults
from deskapp.sync.hub import changes
from deskapp.sync.hub.changes import Net

#: Letters that answer a request: only one of them may reach the customer.
ANSWERS = ("promise", "slip", "refusal")
#: What a promise sets in its ticket, and what it is set back to when the ticket was made here.
_PROMISED = (
    "promised_at", "first_promised_at", "promise_id", "moved_count", "answered_at", "answered_by", "answer_took",
    "again_took", "status", "wait_for", "wait_note",
)  # fmt: skip
_SLOT = ("specialist_id", "start_at", "end_at")


def overruled(act: Act, ticket_id: str) -> None:
    """Another answer stands: unsent promises of ours go with their bookings, their letters return."""
    _drop_promises(act, ticket_id)
    _revert_bookings(act, ticket_id)
    _return_letters(act, ticket_id, "promised_by_other")


def withdrawn(act: Act, ticket_id: str) -> None:
    """A promise that was in the hub is taken back there: our letter that tells its date returns unless it has left."""
    _return_letters(act, ticket_id, "withdrawn", letters.DATED)


def lost_slots(act: Act) -> int:
    """Give back bookings of ours whose time was taken in the hub first; how many. Run at the head, before an append.

    With a promise that is not in the hub either, the ticket stands as before it and its letter returns. A booking that
    goes back to its old place may push out another of ours, hence the loop.
    """
    lost = 0
    while True:
        mine = _moved_here(act)
        for booking_id, net in mine.items():
            taken_by = _in_the_way(act, booking_id, mine.keys())
            if taken_by:
                _give_back(act, booking_id, net, taken_by)
                lost += 1
                break
        else:
            return lost


def crossed_merges(act: Act) -> int:
    """Take our merges apart that close a circle with those of the hub; how many. Run at the head, before an append.

    Two people made one of two tickets, each the other way round: both would be a part of the other and in no list.
    """
    crossed = 0
    for (ticket_id,) in act.writing.execute(
        "SELECT DISTINCT row FROM change WHERE sent = 0 AND tbl = 'ticket' AND op = 'U' "
        "AND coalesce(json_extract(cols, '$.merged_into[1]'), '') <> '' ORDER BY row"
    ).fetchall():
        seen: set[str] = set()
        into = _merged_into(act, ticket_id)
        while into and into != ticket_id and into not in seen:
            seen.add(into)
            into = _merged_into(act, into)
        if into == ticket_id:
            merging.unmerge(act.desk, ticket_id)
            act.extra |= {ticket_id, *seen}
            crossed += 1
    return crossed


def _merged_into(act: Act, ticket_id: str) -> str:
    row = act.writing.execute("SELECT merged_into FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return str(row[0]) if row else ""


def _moved_here(act: Act) -> dict[str, Net]:
    """Bookings that have a place here which the hub does not know."""
    found = {}
    for (row,) in act.writing.execute("SELECT DISTINCT row FROM change WHERE tbl = 'booking' AND sent = 0").fetchall():
        net = changes.pending(act.desk.replica, "booking", row)
        if net is not None and (net.op == "I" or (net.op == "U" and not set(_SLOT).isdisjoint(net.new))):
            found[row] = net
    return found


def _in_the_way(act: Act, booking_id: str, mine: Any) -> str:
    """A booking of the hub at the same time of the same person; empty if there is none or the overlap is wanted."""
    for (other,) in act.writing.execute(
        "SELECT o.id FROM booking b JOIN booking o ON o.specialist_id = b.specialist_id AND o.start_at < b.end_at "
        "AND o.end_at > b.start_at AND o.id <> b.id WHERE b.id = ? AND b.override = '' AND b.state <> 'done' "
        "AND o.state <> 'done' ORDER BY o.id",
        (booking_id,),
    ):
        if other not in mine:
            return str(other)
    return ""


def _give_back(act: Act, booking_id: str, net: Net, taken_by: str) -> None:
    ticket_id, specialist, start, end = act.writing.execute(
        "SELECT ticket_id, specialist_id, start_at, end_at FROM booking WHERE id = ?", (booking_id,)
    ).fetchone()
    other = act.writing.execute("SELECT ticket_id FROM booking WHERE id = ?", (taken_by,)).fetchone()[0]
    ticket = changes.pending(act.desk.replica, "ticket", ticket_id)
    promised = act.writing.execute(
        "SELECT date_at FROM promise WHERE ticket_id = ? ORDER BY ordinal DESC LIMIT 1", (ticket_id,)
    ).fetchone()
    lost_promise = bool(_drop_promises(act, ticket_id))
    if lost_promise:
        if ticket is not None:
            usual = defaults("ticket")
            before = {c: ticket.old.get(c, usual[c]) for c in _PROMISED if c in ticket.new or c in ticket.old}
            act.update(Ticket, ticket_id, **before)
        _revert_bookings(act, ticket_id)
        _return_letters(act, ticket_id, "slot_lost")
    else:
        _revert(act, booking_id, net)
    number = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (other,)).fetchone()
    slot = {"specialist": specialist, "start": start, "end": end, "taken_by": other}
    if number is not None and number[0] is not None:
        slot["number"] = number[0]
    act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="slot_lost", data=slot)
    act.insert_new(
        Conflict,
        id=natural_id("conflict", "slot", booking_id, start, taken_by),
        ticket_id=ticket_id,
        tbl="booking",
        row_id=booking_id,
        why="slot",
        mine={"specialist_id": specialist, "start_at": start, "end_at": end}
        | ({"promised_at": promised[0]} if lost_promise and promised else {}),
        theirs={"ticket_id": other},
        author_mine=net.author,
        at_mine=net.at,
        made_at=act.now,
        stands="theirs",
        state="joined",
    )


def _revert_bookings(act: Act, ticket_id: str) -> None:
    """Undo everything about a ticket's bookings that is not in the hub."""
    for (row,) in act.writing.execute(
        "SELECT DISTINCT row FROM change WHERE tbl = 'booking' AND sent = 0 AND (row IN "
        "(SELECT id FROM booking WHERE ticket_id = ?1) OR json_extract(cols, '$.ticket_id[0]') = ?1)",
        (ticket_id,),
    ).fetchall():
        net = changes.pending(act.desk.replica, "booking", row)
        if net is not None:
            _revert(act, row, net)


def _revert(act: Act, booking_id: str, net: Net) -> None:
    if net.op == "I":
        act.delete(Booking, booking_id)
    elif net.op == "D":
        act.insert(Booking, id=booking_id, **{**defaults("booking"), **net.old})
    else:
        act.update(Booking, booking_id, **net.old)


def _drop_promises(act: Act, ticket_id: str) -> int:
    rows = act.writing.execute(
        "SELECT id FROM promise WHERE ticket_id = ? AND id IN "
        "(SELECT row FROM change WHERE tbl = 'promise' AND op = 'I' AND sent = 0)",
        (ticket_id,),
    ).fetchall()
    for (promise_id,) in rows:
        act.delete(Promise, promise_id)
    return len(rows)


def _return_letters(act: Act, ticket_id: str, why: str, kinds: Sequence[str] = ANSWERS) -> None:
    """Give back the held and the ready letters of some kinds of a ticket that belong to no promise in force."""
    kept = {row[0] for row in act.writing.execute("SELECT letter_id FROM promise WHERE ticket_id = ?", (ticket_id,))}
    marks = ",".join("?" * len(kinds))
    held = act.writing.execute(
        "SELECT id, kind FROM held_letter WHERE ticket_id = ? AND released_at IS NULL AND taken_back = '' "
        f"AND kind IN ({marks})",
        (ticket_id, *kinds),
    ).fetchall()
    for letter_id, kind in held:
        if letter_id not in kept:
            letters.take_back(act, letter_id, by="returned")
            _tell(act, ticket_id, kind, why)
    ready = act.writing.execute(
        "SELECT m.id, m.kind, m.subject, m.text, m.recipients, m.cc FROM message m JOIN outgoing o ON o.id = m.id "
        f"WHERE m.ticket_id = ? AND o.state = 'ready' AND m.kind IN ({marks}) AND m.id IN "
        "(SELECT row FROM change WHERE tbl = 'message' AND op = 'I' AND sent = 0)",
        (ticket_id, *kinds),
    ).fetchall()
    for letter_id, kind, subject, text, to, cc in ready:
        if letter_id in kept:
            continue
        tab = letters.TABS.get(kind, "reply")
        letter = {"subject": subject, "body": text, "to": json.loads(to), "cc": json.loads(cc)}
        if tab not in drafts.load(act.desk, ticket_id):  # what somebody has typed since is theirs
            drafts.save(act.desk, ticket_id, tab, {"letter": letter})
        act.writing.execute("DELETE FROM attachment WHERE message_id = ?", (letter_id,))
        act.delete(Outgoing, letter_id)
        act.delete(Message, letter_id)
        act.writing.execute("UPDATE held_letter SET taken_back = 'returned' WHERE id = ?", (letter_id,))
        _tell(act, ticket_id, kind, why)


def _tell(act: Act, ticket_id: str, kind: str, why: str) -> None:
    act.extra.add(ticket_id)
    act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="letter_returned", data={"why": why, "letter": kind})
