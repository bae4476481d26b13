"""What the Sync screen shows: choices that wait, letters that failed, what is not shared yet, what joined by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import conflicts, files, journal
from deskapp.desk.conflicts import Conflict
from deskapp.desk.desk import Desk

#: So many of each group are listed; their number is told whole.
LISTED = 60
#: Columns of a ticket that stand in the table beside those in question.
BESIDE = ("status", "urgency", "cause_id", "owner_id", "effort", "promised_at")
#: A letter in one of these states waits for a person.
_STUCK = "('failed', 'unknown')"


@dataclass(frozen=True)
class TicketName:
    """What a row of the lists calls a ticket."""

    id: str
    number: int | None
    subject: str
    customer: str


@dataclass(frozen=True)
class Choice:
    """A choice that waits. ``beside``: other columns of the ticket as they are now; ``entries``: letters and entries of
    its timeline, which are all kept. ``taken_by``: the ticket that stands in a lost slot; ``told_at``: when the shared
    promise's letter left; ``draft``: the tab in which the author's letter waits."""

    conflict: Conflict
    ticket: TicketName | None
    beside: Mapping[str, Any] = field(default_factory=dict)
    entries: int = 0
    taken_by: TicketName | None = None
    told_at: datetime | None = None
    draft: str = ""
    article: tuple[int | None, str] | None = None  # number and title of the one that two people wrote differently


@dataclass(frozen=True)
class FailedLetter:
    """A letter that did not leave or cannot be read. ``kind``: failed, unknown (it may have left), bounced,
    quarantined. ``source``: the message's raw file, or the text of one that never became a file."""

    kind: str
    id: str
    ticket: TicketName | None
    subject: str
    who: str
    error: str
    at: datetime
    sha256: str = ""
    contact_id: str = ""


@dataclass(frozen=True)
class Waiting:
    """One intention that is not shared yet. ``kind``: letter, promise, note, ticket, plan, time, fields, other."""

    kind: str
    at: datetime
    ticket: TicketName | None
    text: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Joined:
    """What came together without a question: a settled conflict, or what only a colleague changed (``columns``)."""

    at: datetime
    ticket: TicketName | None
    conflict: Conflict | None = None
    kind: str = ""
    author: str = ""
    columns: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Copy:
    """Facts of the copy on this machine. ``size`` in bytes; ``checked_at``: when it was held against the others;
    ``mail_by``: the replica that fetches and sends the mail of all, ``mail_here`` if it is this one."""

    name: str
    where: str
    size: int
    tickets: int
    checked_at: datetime | None
    numbers_left: int | None
    mail_by: str = ""
    mail_here: bool = False


@dataclass(frozen=True)
class SyncBoard:
    choices: tuple[Choice, ...]
    letters: tuple[FailedLetter, ...]
    waiting: tuple[Waiting, ...]
    waiting_count: int
    joined: tuple[Joined, ...]
    copy: Copy


def view(desk: Desk) -> SyncBoard:
    """Everything the screen shows; the hub is not asked."""
    unsent, count = _waiting(desk)
    return SyncBoard(
        choices=tuple(_choice(desk, one) for one in conflicts.waiting(desk)),
        letters=_letters(desk),
        waiting=unsent,
        waiting_count=count,
        joined=_joined(desk),
        copy=_copy(desk),
    )


def name_of(desk: Desk, ticket_id: str) -> TicketName | None:
    """What lists call a ticket; None if there is none."""
    row = desk.replica.row(
        "SELECT t.id, t.number, t.subject, coalesce(nullif(c.name, ''), k.name, '') FROM ticket t "
        "LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN contact k ON k.id = t.contact_id WHERE t.id = ?",
        (ticket_id,),
    )
    return TicketName(*row) if row else None


def _choice(desk: Desk, conflict: Conflict) -> Choice:
    ticket = name_of(desk, conflict.ticket_id) if conflict.ticket_id else None
    if conflict.table == "article":
        row = desk.replica.row("SELECT number, title FROM article WHERE id = ?", (conflict.row,))
        return Choice(conflict, None, article=(row[0], row[1]) if row else None)
    if ticket is None:
        return Choice(conflict, None)
    columns = [column for column in BESIDE if column not in conflict.mine]
    row = desk.replica.row(f"SELECT {','.join(columns)} FROM ticket WHERE id = ?", (ticket.id,))
    entries = desk.replica.value(
        "SELECT (SELECT count(*) FROM note WHERE ticket_id = ?1) + (SELECT count(*) FROM message WHERE ticket_id = ?1)",
        (ticket.id,),
    )
    told = None
    draft = ""
    if conflict.lost_promise:
        told = desk.replica.value(
            "SELECT o.changed_at FROM ticket t JOIN promise p ON p.id = t.promise_id JOIN outgoing o "
            "ON o.id = p.letter_id WHERE t.id = ? AND o.state = 'sent'",
            (ticket.id,),
        )
        draft = str(
            desk.replica.value(
                "SELECT tab FROM draft WHERE ticket_id = ? AND tab IN ('promise', 'slip', 'refuse') "
                "ORDER BY changed_at DESC LIMIT 1",
                (ticket.id,),
            )
            or ""
        )
    taken_by = name_of(desk, str(conflict.theirs.get("ticket_id", ""))) if conflict.why == "slot" else None
    return Choice(
        conflict=conflict,
        ticket=ticket,
        beside=dict(zip(columns, row, strict=True)) if row else {},
        entries=int(entries or 0),
        taken_by=taken_by,
        told_at=from_ms(told) if told else None,
        draft=draft,
    )


# --- letters ---------------------------------------------------------------------------------------------------------


def _letters(desk: Desk) -> tuple[FailedLetter, ...]:
    found = []
    for letter_id, state, error, at, subject, to, sha256, ticket_id in desk.replica.rows(
        "SELECT o.id, o.state, o.error, o.changed_at, m.subject, m.recipients, m.raw_sha256, m.ticket_id "
        f"FROM outgoing o JOIN message m ON m.id = o.id WHERE o.state IN {_STUCK} ORDER BY o.changed_at DESC LIMIT ?",
        (LISTED,),
    ):
        who = ", ".join(address for _name_, address in json.loads(to or "[]"))
        when = from_ms(at or 0)
        found.append(FailedLetter(state, letter_id, name_of(desk, ticket_id), subject, who, error, when, sha256))
    since = to_ms(desk.clock.now() - timedelta(days=30))
    for letter_id, at, subject, text, sha256, ticket_id, contact, address in desk.replica.rows(
        "SELECT m.id, m.received_at, m.subject, m.text, m.raw_sha256, m.ticket_id, c.id, c.address FROM message m "
        "JOIN contact c ON c.address = m.about AND c.undeliverable IS NOT NULL WHERE m.kind = 'bounce' "
        "AND m.direction = 'in' AND m.about <> '' AND m.received_at > ? "
        "GROUP BY c.id HAVING m.received_at = max(m.received_at) ORDER BY m.received_at DESC LIMIT ?",
        (since, LISTED),
    ):
        first = next((line.strip() for line in text.splitlines() if line.strip()), "")
        when = from_ms(at or 0)
        ticket = name_of(desk, ticket_id)
        found.append(FailedLetter("bounced", letter_id, ticket, subject, address, first[:300], when, sha256, contact))
    for one in journal.quarantined(desk)[:LISTED]:
        found.append(
            FailedLetter("quarantined", one.sha256, None, one.subject, one.sender, one.error, one.at, one.sha256)
        )
    return tuple(found)


def source(desk: Desk, letter: FailedLetter) -> str:
    """The letter as it came or as it would leave: its raw file where there is one, else its text."""
    if letter.sha256 and files.has(desk, letter.sha256):
        return files.read(desk, letter.sha256)[: journal.SHOWN].decode("utf-8", "replace")
    row = desk.replica.row("SELECT subject, recipients, text FROM message WHERE id = ?", (letter.id,))
    if row is None:
        return letter.error
    to = ", ".join(f"{name} <{address}>" if name else address for name, address in json.loads(row[1] or "[]"))
    return f"To: {to}\nSubject: {row[0]}\n\n{row[2]}"


# --- not shared yet --------------------------------------------------------------------------------------------------

#: Which table says what an intention was, the telling first.
_TELLING = ("message", "promise", "note", "ticket", "booking", "time_entry")


def _waiting(desk: Desk) -> tuple[tuple[Waiting, ...], int]:
    """The intentions that are not shared yet, oldest first, and how many there are."""
    if not desk.replica.state("hub"):
        return (), 0
    count = int(desk.replica.value("SELECT count(DISTINCT tx) FROM change WHERE sent = 0"))
    found = []
    for tx, at, first, last in desk.replica.rows(
        "SELECT tx, min(made_at), min(seq), max(seq) FROM change WHERE sent = 0 GROUP BY tx ORDER BY min(seq) LIMIT ?",
        (LISTED,),
    ):
        rows = desk.replica.rows(
            "SELECT tbl, row, op, cols FROM change WHERE seq BETWEEN ? AND ? AND tx = ? AND sent = 0 ORDER BY seq",
            (first, last, tx),
        )
        found.append(_told(desk, from_ms(at), [(t, r, op, json.loads(cols)) for t, r, op, cols in rows]))
    return tuple(found), count


def _told(desk: Desk, at: datetime, rows: list[tuple[str, str, str, dict[str, Any]]]) -> Waiting:
    def telling(row: tuple[str, str, str, dict[str, Any]]) -> int:
        return _TELLING.index(row[0]) if row[0] in _TELLING else len(_TELLING)

    table, row_id, op, cols = min(rows, key=telling)
    ticket = name_of(desk, _ticket_of(desk, table, row_id, cols))
    columns = tuple(cols)
    match table:
        case "message":
            return Waiting("letter", at, ticket, _new(cols, "subject"))
        case "promise":
            return Waiting("promise", at, ticket, "", ("promised_at",))
        case "note":
            kind = "note" if _new(cols, "kind") in ("", "note") else "protocol"
            return Waiting(kind, at, ticket, _new(cols, "text"))
        case "ticket" if op == "I":
            return Waiting("ticket", at, ticket, _new(cols, "subject"))
        case "ticket":
            return Waiting("fields", at, ticket, "", columns)
        case "booking":
            return Waiting("plan", at, ticket, "")
        case "time_entry":
            return Waiting("time", at, ticket, "")
    return Waiting("other", at, ticket, table)


def _new(cols: Mapping[str, Any], column: str) -> str:
    return str((cols.get(column) or ["", ""])[1] or "")


def _ticket_of(desk: Desk, table: str, row_id: str, cols: Mapping[str, Any]) -> str:
    if table == "ticket":
        return row_id
    pair = cols.get("ticket_id")
    if pair:
        return str(pair[1] or pair[0] or "")
    if table in ("message", "promise", "note", "booking", "time_entry", "event", "outgoing"):
        return str(desk.replica.value(f'SELECT ticket_id FROM "{table}" WHERE id = ?', (row_id,)) or "")
    return ""


# --- joined ----------------------------------------------------------------------------------------------------------


_TOLD_OF = ("ticket", "booking", "customer", "contact", "note")
#: Columns that follow from others: a dispute about them alone tells nobody anything.
_MUTE = frozenset({
    "answered_at", "answered_by", "answer_took", "solve_took", "again_took", "needs", "started_at", "clock_from",
    "number",
})  # fmt: skip


def _joined(desk: Desk) -> tuple[Joined, ...]:
    """Of the last day, the newest first: what was settled by rule, and what only others changed."""
    if not desk.replica.state("hub"):
        return ()
    found = [
        Joined(desk.clock.now(), name_of(desk, one.ticket_id) if one.ticket_id else None, conflict=one)
        for one in conflicts.joined(desk, LISTED)
        if one.ticket_id and one.table in _TOLD_OF and not _MUTE.issuperset(one.mine or one.theirs)
    ]
    found = [Joined(_when(one), one.ticket, conflict=one.conflict) for one in found]
    since = to_ms(desk.clock.now() - timedelta(days=1))
    both = desk.replica.rows("SELECT row_id, mine FROM conflict WHERE tbl = 'ticket' AND made_at > ?", (since,))
    disputed: dict[str, set[str]] = {}
    for row, mine in both:
        disputed.setdefault(row, set()).update(json.loads(mine))
    seen: set[tuple[str, str, str]] = set()
    for table, row_id, op, cols, author, at in desk.replica.rows(
        "SELECT tbl, row, op, cols, author, made_at FROM change WHERE sent > 0 AND author NOT IN ('', ?) "
        "AND made_at > ? AND tbl IN ('ticket', 'note', 'message', 'booking') ORDER BY seq DESC LIMIT 300",
        (desk.me, since),
    ):
        values = json.loads(cols)
        ticket = name_of(desk, _ticket_of(desk, table, row_id, values))
        key = (ticket.id if ticket else "", table, author)
        if ticket is None or key in seen:
            continue
        kind = {"note": "note", "message": "letter", "booking": "plan"}.get(table, "ticket" if op == "I" else "fields")
        text = _new(values, "text") if table == "note" else _new(values, "subject") if table == "message" else ""
        columns = tuple(c for c in values if c not in disputed.get(row_id, ())) if kind == "fields" else ()
        if kind == "fields" and not columns:
            continue  # not only this colleague changed it: it is a choice, or was one
        seen.add(key)
        found.append(Joined(from_ms(at), ticket, None, kind, author, columns, text))
    found.sort(key=lambda one: one.at, reverse=True)
    return tuple(found[:LISTED])


def _when(one: Joined) -> datetime:
    conflict = one.conflict
    times = [at for at in (conflict.at_mine, conflict.at_theirs) if at is not None] if conflict else []
    return max(times, default=one.at)


# --- this copy -------------------------------------------------------------------------------------------------------


def _copy(desk: Desk) -> Copy:
    pages, size = desk.replica.value("PRAGMA page_count"), desk.replica.value("PRAGMA page_size")
    checked = desk.replica.state("hub_checked")
    blocks = desk.replica.state("number_blocks")
    mail = str(desk.replica.value("SELECT replica FROM lease WHERE id = 'mail'") or "")
    return Copy(
        name=str(desk.schedule.rule.get("desk_name") or ""),
        where=desk.replica.state("hub"),
        size=int(pages) * int(size),
        tickets=int(desk.replica.value("SELECT count(*) FROM ticket")),
        checked_at=from_ms(int(checked)) if checked else None,
        numbers_left=sum(last - first + 1 for first, last in json.loads(blocks)) if blocks else None,
        mail_by=mail,
        mail_here=bool(mail) and mail == desk.replica.state("replica"),
    )
