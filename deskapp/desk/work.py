"""Work on a ticket and its protocol: notes, time, beginning, waiting and going on."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import mentions, states
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.desk.values import Changes
from deskapp.models.schema import Attachment, Booking, Event, Note, Ticket, TimeEntry

KINDS = ("check", "change", "talk", "measure", "visit", "part", "note")
WAITS = ("customer", "parts", "visit", "third")
#: An author's correction within this time of the entry is shown in its place; a later one, or another's, beside it.
EDIT_MINUTES = 5


def fetch(act: Act, ticket_id: str) -> dict[str, object]:
    """The ticket's row; Lapsed if it is gone."""
    found = act.desk.replica.record(Ticket, ticket_id)
    if found is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    return found


def spend(act: Act, ticket_id: str, minutes: int, channel: str = "work", note_id: str = "") -> None:
    """Record working time on the ticket."""
    if minutes:
        act.insert(
            TimeEntry,
            ticket_id=ticket_id,
            author_id=act.writing.author,
            start_at=act.now - max(0, minutes) * 60_000,
            minutes=minutes,
            channel=channel,
            note_id=note_id,
        )


def end_bookings(act: Act, ticket_id: str) -> None:
    """The work is over: what lies behind stays as done, what was still planned is free again."""
    act.writing.execute(
        "UPDATE booking SET state = 'done', end_at = max(start_at, min(end_at, ?)) WHERE ticket_id = ? "
        "AND state <> 'done' AND start_at < ?",
        (act.now, ticket_id, act.now),
    )
    act.writing.execute("DELETE FROM booking WHERE ticket_id = ? AND state <> 'done'", (ticket_id,))


def attach(act: Act, ticket_id: str, note_id: str, files: Sequence[IncomingFile]) -> list[str]:
    """The files of an entry of the protocol, in their order; their ids."""
    return [
        act.insert(
            Attachment,
            ticket_id=ticket_id,
            note_id=note_id,
            name=file.name,
            type=file.type,
            size=file.size,
            sha256=file.sha256,
            position=position,
        )
        for position, file in enumerate(files)
    ]


def note(
    desk: Desk,
    ticket_id: str,
    kind: str,
    text: str,
    minutes: int = 0,
    files: Sequence[IncomingFile] = (),
    channel: str = "",
) -> Changes:
    """Write an entry of the protocol; its minutes are spent on the ticket."""
    if kind not in KINDS:
        raise ValueError(kind)
    if not text.strip() and not files:
        raise UserFacingError("The entry is empty", "Write what was done or seen.")
    with desk.act("note") as act:
        ticket = fetch(act, ticket_id)
        note_id = act.insert(
            Note,
            ticket_id=ticket_id,
            author_id=act.writing.author,
            made_at=act.now,
            kind=kind,
            text=text.strip(),
            minutes=minutes,
            channel=channel,
        )
        attach(act, ticket_id, note_id, files)
        mentions.record(act, note_id, ticket_id, text)
        spend(act, ticket_id, minutes, channel or ("phone" if kind == "talk" else "work"), note_id)
        tab = "note" if kind == "note" else "protocol"
        act.writing.execute("DELETE FROM draft WHERE id = ?", (f"{ticket_id}:{tab}",))
        act.say("note", number=ticket["number"])
        act.result = note_id
    return act.changes


def correct(desk: Desk, note_id: str, text: str) -> Changes:
    """Correct an entry: the protocol only grows, so the correction is an entry that refers to the old one.

    A correction of a correction refers to the newest of them while the first entry may still be replaced
    (``EDIT_MINUTES``), afterwards to the first entry itself.
    """
    if not text.strip():
        raise UserFacingError("The entry is empty", "Write what was done or seen.")
    with desk.act("note_corrected") as act:
        old = desk.replica.record(Note, note_id)
        if old is None:
            raise Lapsed("The entry is gone", "It was taken back.")
        first = old
        while first["corrects"] and (before := desk.replica.record(Note, str(first["corrects"]))) is not None:
            first = before
        in_time = act.now - first["made_at"] <= EDIT_MINUTES * 60_000
        act.result = act.insert(
            Note,
            ticket_id=old["ticket_id"],
            author_id=act.writing.author,
            made_at=act.now,
            kind=old["kind"],
            text=text.strip(),
            channel=old["channel"],
            corrects=note_id if in_time else first["id"],
        )
        act.writing.execute("DELETE FROM draft WHERE id = ?", (f"{old['ticket_id']}:correct",))
        act.say("note_corrected", number=fetch(act, str(old["ticket_id"]))["number"])
    return act.changes


def _move(act: Act, ticket_id: str, name: str, **values: object) -> dict[str, object]:
    ticket = fetch(act, ticket_id)
    act.update(Ticket, ticket_id, status=states.after(name, str(ticket["status"])), **values)
    return ticket


def start(desk: Desk, ticket_id: str) -> Changes:
    """Work begins, or goes on: the ticket and its present booking are in progress."""
    with desk.act("started") as act:
        ticket = begin(act, ticket_id)
        act.say("started", number=ticket["number"])
    return act.changes


def begin(act: Act, ticket_id: str) -> dict[str, object]:
    """The ticket, and its booking of now, are in progress; returns the ticket as it was."""
    ticket = fetch(act, ticket_id)
    _move(act, ticket_id, "start", wait_for="", wait_note="", started_at=ticket["started_at"] or act.now)
    if not ticket["owner_id"] and act.desk.me:
        act.update(Ticket, ticket_id, owner_id=act.desk.me)
    row = act.writing.execute(
        "SELECT id FROM booking WHERE ticket_id = ? AND state = 'planned' AND end_at > ? AND start_at <= ? "
        "ORDER BY start_at LIMIT 1",
        (ticket_id, act.now, act.now),
    ).fetchone()
    if row:
        act.update(Booking, row[0], state="in_progress")
    return ticket


def wait(desk: Desk, ticket_id: str, wait_for: str, why: str = "") -> Changes:
    """Wait for the customer, a part, a visit or a third party."""
    if wait_for not in WAITS:
        raise ValueError(wait_for)
    with desk.act("waiting") as act:
        ticket = begin_to_wait(act, ticket_id, wait_for, why.strip())
        act.say("waiting", number=ticket["number"], wait_for=wait_for)
    return act.changes


def begin_to_wait(act: Act, ticket_id: str, wait_for: str, why: str = "") -> dict[str, object]:
    """The ticket waits; its timeline says so once, however often the same is chosen. Returns it as it was."""
    ticket = _move(act, ticket_id, "wait", wait_for=wait_for, wait_note=why)
    if (ticket["status"], ticket["wait_for"], ticket["wait_note"]) != ("waiting", wait_for, why):
        act.insert(
            Event,
            ticket_id=ticket_id,
            made_at=act.now,
            author_id=act.writing.author,
            kind="waiting",
            data={"for": wait_for, "why": why},
        )
    return ticket


def resume(desk: Desk, ticket_id: str) -> Changes:
    """What was waited for has come."""
    with desk.act("resumed") as act:
        ticket = fetch(act, ticket_id)
        states.after("resume", str(ticket["status"]))
        status = "in_progress" if ticket["started_at"] else "promised"
        act.update(Ticket, ticket_id, status=status, wait_for="", wait_note="")
        act.say("resumed", number=ticket["number"])
    return act.changes
