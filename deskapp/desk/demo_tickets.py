"""Writing the demo desk's tickets with the times at which things happened, which no intention would allow.

Everything here runs within one act of the desk, which derives the lists and the index once at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskapp.core.clock import FixedClock, from_ms, to_ms
from deskapp.core.ids import natural_id
from deskapp.core.paths import resources
from deskapp.desk import letters, templates
from deskapp.desk.desk import Desk
from deskapp.models.database import Writing
from deskapp.models.schema import (
    Booking,
    Escalation,
    Event,
    Follower,
    Message,
    Note,
    Outgoing,
    Promise,
    Rating,
    ReadMark,
    Ticket,
    TimeEntry,
    Timer,
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """What a row needs to become a ticket. ``named(kind, key)`` and ``person(key)`` give ids, ``local`` puts a time
    into the demo's zone."""

    desk: Desk
    take: Callable[[Desk, bytes, str, datetime, str, bool], object]
    now: datetime
    local: Callable[[datetime], datetime]
    person: Callable[[str], str]
    named: Callable[[str, str], str]
    mailbox_id: str
    mailbox: str
    customers: Mapping[str, Row]

    def at(self, moment: datetime) -> Desk:
        """The desk as it was at an earlier moment."""
        desk = self.desk
        return Desk(desk.profile, desk.replica, desk.settings, FixedClock(moment), desk.secrets)

    def ms(self, row: Row, key: str) -> int | None:
        return to_ms(self.local(row[key])) if key in row else None

    def someone(self, row: Row, key: str) -> str:
        return self.person(row[key]) if row.get(key) else ""


@dataclass(frozen=True)
class Writer:
    """The requester of one ticket."""

    contact_id: str
    customer_id: str
    name: str
    address: str
    language: str
    zone: str


def _requester(world: World, row: Row) -> Writer:
    if not row.get("customer"):
        return Writer("", "", row["sender_name"], row["sender_address"], "ru", "")
    customer = world.customers[row["customer"]]
    contact = customer["contacts"][row.get("contact", 0)]
    return Writer(
        natural_id("contact", contact["address"]),
        natural_id("customer", customer["domain"]),
        contact["name"],
        contact["address"],
        customer.get("language", "ru"),
        contact.get("zone") or customer.get("zone", ""),
    )


def write(world: World, row: Row) -> None:
    """One ticket with everything that happened to it until now."""
    who = _requester(world, row)
    received = world.local(row["received"])
    if "eml" in row:
        world.desk.replica.set_state("next_number", str(row["number"]))
        _take(world, row["eml"], received, quiet="answered" in row)
        ticket_id = _id(world, row["number"])
    else:
        ticket_id = natural_id("ticket", natural_id("message", f"demo-{row['number']}"))
    with world.desk.replica.writing("", received) as writing:
        values = _values(world, row, ticket_id)
        if "eml" in row:
            writing.update(Ticket, ticket_id, **values)
        else:
            _open(writing, world, row, ticket_id, who, values)
        _promise(writing, world, row, ticket_id, who)
        _bookings(writing, world, row, ticket_id)
        _work(writing, world, row, ticket_id)
        _answers(writing, world, row, ticket_id, who)
        if "answered" in row and not row.get("unread"):
            writing.insert(ReadMark, ticket_id=ticket_id, read_at=to_ms(world.now))
    for later in row.get("letters", ()):
        _take(world, later["file"], world.local(later["at"]), quiet=True)


def _id(world: World, number: int) -> str:
    return str(world.desk.replica.value("SELECT id FROM ticket WHERE number = ?", (number,)))


def _take(world: World, name: str, at: datetime, quiet: bool) -> None:
    raw = (resources() / "demo" / "letters" / name).read_bytes()
    desk = world.at(at)
    world.take(desk, raw, name, at, world.mailbox_id, quiet)
    # what was to be answered by itself was answered then
    with desk.replica.writing("", at) as writing:
        writing.execute("UPDATE outgoing SET state = 'sent', changed_at = ? WHERE state = 'ready'", (writing.now,))


def _values(world: World, row: Row, ticket_id: str) -> dict[str, Any]:
    """The ticket's own columns."""
    promised = world.ms(row, "promised")
    values: dict[str, Any] = {
        "status": row.get("status", "new"),
        "wait_for": row.get("wait_for", ""),
        "channel": row.get("channel", "mail"),
        "urgency": row["urgency"],
        "cause_id": world.named("cause", row.get("cause", "")),
        "zone_id": world.named("zone", row.get("zone", "")),
        "skill_id": world.named("skill", row.get("skill", "")),
        "line": row["line"],
        "owner_id": world.someone(row, "owner"),
        "product": row.get("product", ""),
        "effort": row.get("effort"),
        "answered_at": world.ms(row, "answered"),
        "answered_by": world.someone(row, "answered_by"),
        "promised_at": promised,
        "first_promised_at": promised,
        "promise_id": natural_id("promise", ticket_id, 1) if promised else "",
        "started_at": world.ms(row, "started"),
        "finished_at": world.ms(row, "finished"),
        "solution": row.get("solution", ""),
        "prevention": row.get("prevention", ""),
        "set_aside": row.get("aside", ""),
    }
    if "finished" in row:
        name = _requester(world, row).name
        values |= {"told_how": "mail", "told_who": name, "told_at": values["finished_at"]}
        if "agreed" in row:
            values |= {"consent_how": row["agreed_how"], "consent_who": name, "consent_at": world.ms(row, "agreed")}
    return values


def _open(writing: Writing, world: World, row: Row, ticket_id: str, who: Writer, values: Row) -> None:
    """A ticket whose first letter, or call, is told by the row itself."""
    number, received = row["number"], to_ms(world.local(row["received"]))
    writing.insert(
        Ticket,
        id=ticket_id,
        number=number,
        subject=row["subject"],
        contact_id=who.contact_id,
        customer_id=who.customer_id,
        language=who.language,
        received_at=received,
        **values,
    )
    writing.insert(
        Event,
        id=natural_id("event", ticket_id, "numbered"),
        ticket_id=ticket_id,
        made_at=received,
        kind="numbered",
        data={"number": number},
    )
    text = row.get("text") or f"{row['subject']}."
    if row.get("channel") == "phone":
        _note(writing, ticket_id, "talk", text, received, world.someone(row, "answered_by"))
        return
    writing.insert(
        Message,
        id=natural_id("message", f"demo-{number}"),
        ticket_id=ticket_id,
        kind="new",
        mailbox_id=world.mailbox_id,
        message_id=f"demo-{number}@{who.address.rpartition('@')[2]}",
        sender=who.address,
        sender_name=who.name,
        to=[["", world.mailbox]],
        contact_id=who.contact_id,
        subject=row["subject"],
        sent_at=received,
        received_at=received,
        text=text,
        reply_text=text,
    )


def _ours(
    writing: Writing, world: World, row: Row, ticket_id: str, who: Writer, kind: str, at: int, author: str, **more: Any
) -> str:
    """A letter of ours that left at ``at`` (UTC ms); returns its id."""
    desk, number = world.desk, row["number"]
    spoken: templates.LetterValues = {
        "name": who.name,
        "number": number,
        "subject": row["subject"],
        "urgency": row["urgency"],
        "zone": who.zone or desk.schedule.desk_calendar.zone,
        "signature": letters.signature(desk, who.language, author),
        **more,  # type: ignore[typeddict-item]
    }
    subject, body = templates.render(kind, who.language, spoken)
    body = row.get(f"{kind}_text", body)
    letter_id = natural_id("message", f"demo-{number}-{kind}")
    writing.insert(
        Message,
        id=letter_id,
        ticket_id=ticket_id,
        direction="out",
        kind=kind,
        mailbox_id=world.mailbox_id,
        message_id=f"demo-{number}-{kind}@{world.mailbox.rpartition('@')[2]}",
        sender=world.mailbox,
        sender_name=str(desk.schedule.rule["desk_name"]),
        to=[[who.name, who.address]],
        contact_id=who.contact_id,
        author_id=author,
        subject=subject,
        sent_at=at,
        received_at=at,
        text=body,
        reply_text=body,
    )
    writing.insert(Outgoing, id=letter_id, ticket_id=ticket_id, state="sent", changed_at=at)
    return letter_id


def _cause(world: World, row: Row, language: str) -> str:
    column = "name_en" if language == "en" else "name"
    key = world.named("cause", row.get("cause", ""))
    return str(world.desk.replica.value(f"SELECT {column} FROM cause WHERE id = ?", (key,)) or "")


def _promise(writing: Writing, world: World, row: Row, ticket_id: str, who: Writer) -> None:
    if "promised" not in row:
        return
    made, date = to_ms(world.local(row["answered"])), to_ms(world.local(row["promised"]))
    author = world.someone(row, "answered_by")
    worker = world.someone(row, "owner") or author
    work = sorted((b for b in row.get("bookings", ()) if b.get("kind") != "travel"), key=lambda b: b["start"])
    spans = [(to_ms(world.local(b["start"])), to_ms(world.local(b["end"]))) for b in work]
    trace = [[start, end, "work", {"minutes": (end - start) // 60_000}] for start, end in spans]
    letter_id = _ours(
        writing,
        world,
        row,
        ticket_id,
        who,
        "promise",
        made,
        author,
        date=from_ms(date),
        specialist=letters.person_name(world.desk, worker, who.language),
        cause=_cause(world, row, who.language),
    )
    writing.insert(
        Promise,
        id=natural_id("promise", ticket_id, 1),
        ticket_id=ticket_id,
        date_at=date,
        made_at=made,
        made_by=author,
        specialist_id=worker,
        finish_at=spans[-1][1] if spans else None,
        margin=30,
        effort=row.get("effort"),
        trace=[*trace, [date, date, "promise", {}]],
        letter_id=letter_id,
    )


def _bookings(writing: Writing, world: World, row: Row, ticket_id: str) -> None:
    for one in row.get("bookings", ()):
        start = to_ms(world.local(one["start"]))
        writing.insert(
            Booking,
            id=natural_id("booking", ticket_id, start),
            ticket_id=ticket_id,
            specialist_id=world.person(one["who"]),
            start_at=start,
            end_at=to_ms(world.local(one["end"])),
            kind=one.get("kind", "work"),
            state=one.get("state", "planned"),
            pinned=one.get("pinned", False),
        )


def _note(writing: Writing, ticket_id: str, kind: str, text: str, at: int, author: str) -> None:
    writing.insert(
        Note,
        id=natural_id("note", ticket_id, at, kind),
        ticket_id=ticket_id,
        author_id=author,
        made_at=at,
        kind=kind,
        text=text,
    )


def _work(writing: Writing, world: World, row: Row, ticket_id: str) -> None:
    for one in row.get("notes", ()):
        at = to_ms(world.local(one["at"]))
        _note(writing, ticket_id, one["kind"], one["text"], at, world.person(one["who"]))
    if row.get("spent"):
        end = world.ms(row, "finished") or to_ms(world.now)
        writing.insert(
            TimeEntry,
            id=natural_id("time", ticket_id),
            ticket_id=ticket_id,
            author_id=world.someone(row, "owner"),
            start_at=end - row["spent"] * 60_000,
            minutes=row["spent"],
            channel="work",
        )


def _answers(writing: Writing, world: World, row: Row, ticket_id: str, who: Writer) -> None:
    """Questions asked, the letter about the end, and the customer's consent."""
    owner = world.someone(row, "owner")
    if "question" in row:
        at = to_ms(world.local(row["asked"]))
        _ours(writing, world, row, ticket_id, who, "question", at, owner, question=row["question"])
    if "finished" in row:
        at = to_ms(world.local(row["finished"]))
        told = {"solution": row["solution"], "prevention": row.get("prevention", "")}
        _ours(writing, world, row, ticket_id, who, "done", at, owner, **told)
    if "agreed" in row:
        writing.insert(
            Event,
            id=natural_id("event", ticket_id, "agreed"),
            ticket_id=ticket_id,
            made_at=to_ms(world.local(row["agreed"])),
            author_id=owner,
            kind="agreed",
            data={"how": row["agreed_how"], "who": who.name},
        )
        _rate(writing, world, row, ticket_id)


def _rate(writing: Writing, world: World, row: Row, ticket_id: str) -> None:
    """Everybody is asked after consent, two of five answer, mostly content."""
    asked = world.ms(row, "agreed")
    number = int(row["number"])
    answered = number % 5 < 2 and asked is not None
    writing.insert(
        Rating,
        id=natural_id("rating", ticket_id, "csat", asked),
        ticket_id=ticket_id,
        kind="csat",
        asked_at=asked,
        value=(4 if number % 3 == 0 else 5) if answered else None,
        how=row["agreed_how"] if answered and row["agreed_how"] in ("mail", "phone") else "",
        answered_at=asked + 3_600_000 if answered and asked is not None else None,
    )


# --- things of single tickets ---


def escalate(world: World, row: Row) -> None:
    ticket_id = _id(world, row["ticket"])
    at = world.local(row["at"])
    with world.desk.replica.writing(world.person(row["from"]), at) as writing:
        writing.insert(
            Escalation,
            id=natural_id("escalation", ticket_id, writing.now),
            ticket_id=ticket_id,
            made_at=writing.now,
            from_id=world.person(row["from"]),
            to_id=world.person(row["to"]),
            from_line=row["from_line"],
            to_line=row["to_line"],
            tried=row["tried"],
            hypothesis=row["hypothesis"],
            wanted=row["wanted"],
            state="accepted",
            answered_at=world.ms(row, "accepted"),
            answered_by=world.person(row["to"]),
        )


def follow(world: World, row: Row) -> None:
    ticket_id, who = _id(world, row["ticket"]), world.person(row["who"])
    with world.desk.replica.writing(who, world.now) as writing:
        writing.insert(Follower, id=natural_id("follower", ticket_id, who), ticket_id=ticket_id, specialist_id=who)


def start_timer(world: World, row: Row) -> None:
    with world.desk.replica.writing(world.desk.me, world.now) as writing:
        writing.insert(Timer, id=1, ticket_id=_id(world, row["ticket"]), started_at=world.ms(row, "started"), seconds=0)


def hold(world: World, row: Row) -> None:
    """A letter that was written a few seconds ago and can still be taken back."""
    desk = world.at(world.local(row["at"]))
    ticket_id = _id(world, row["ticket"])
    solution = desk.replica.value("SELECT solution FROM ticket WHERE id = ?", (ticket_id,))
    with desk.act("letter") as act:
        letters.hold(act, ticket_id, row["kind"], letters.draft(desk, ticket_id, row["kind"], solution=solution))
