"""Erasing for ever: a password mailed by mistake, a lawful request. What goes is shown first; it cannot be undone.

The row of ``erasure`` is shared like any other; each replica blanks what it names when it arrives (``models.erasing``).
What lies outside of tables follows at once here and after the next round elsewhere: files, free places of the database,
copies of the desk. The hub lets go of its old records as soon as the desktops at work have taken the erasure in.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk import derive, directory, files, rights
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models import copies, erasing
from deskapp.models.erasing import ERASABLE, FILES, GONE, Target
from deskapp.models.schema import Erasure

log = logging.getLogger(__name__)

#: Where it is written down, in ``local_state``, what is still to be done on this machine.
_LEFT = "erase_left"
_QUOTABLE = (("message", "text"), ("note", "text"))


@dataclass(frozen=True)
class Piece:
    """A row that can be erased. ``kind``: message, note, attachment, escalation or ticket; ``title`` in a few words."""

    table: str
    row: str
    title: str
    at: datetime | None = None
    who: str = ""


@dataclass(frozen=True)
class Preview:
    """What goes, and what stays all the same. ``pieces`` go; ``quoting``: others of the ticket that repeat their words
    (to be chosen too, or not); ``files``: names of files that go,
    empty for a letter as it came; ``kept_files``: names of files that another letter
    holds as well, which stay there; ``backups``: copies of the desk on this machine that are cleaned too; ``shared``:
    others' machines erase it with their next round; ``on_server``: mailboxes where the letter itself still lies."""

    pieces: tuple[Piece, ...]
    quoting: tuple[Piece, ...]
    files: tuple[str, ...]
    kept_files: tuple[str, ...]
    backups: tuple[str, ...]
    drafts: int
    shared: bool
    on_server: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """That something was erased: by whom, when, why."""

    who: str
    at: datetime | None
    why: str


def whole_ticket(desk: Desk, ticket_id: str) -> tuple[tuple[str, str], ...]:
    """Everything of a ticket that can be erased: (table, row)."""
    found = [("ticket", ticket_id)]
    for table in ("message", "note", "attachment", "escalation"):
        rows = desk.replica.rows(f'SELECT id FROM "{table}" WHERE ticket_id = ? ORDER BY id', (ticket_id,))
        found += [(table, row) for (row,) in rows]
    return tuple(found)


def preview(desk: Desk, wanted: Sequence[tuple[str, str]]) -> Preview:
    """What erasing these (table, row) means. UserFacingError if none of them holds anything."""
    rows = _with_their_files(desk, wanted)
    found = _targets(desk, rows)
    if not found:
        raise UserFacingError("There is nothing to erase", "It is empty, or was erased already. Nothing was changed.")
    chosen = {(one.table, one.row) for one in found}
    tickets = sorted({one.ticket for one in found})
    lines = erasing.telling_lines(text for one in found for text in _texts(desk, one))
    going, kept = _files(desk, found)
    names: dict[str, str] = dict(desk.replica.rows("SELECT sha256, name FROM attachment WHERE sha256 <> ''"))
    raw = {one.row for one in found if "raw_sha256" in one.blank}
    return Preview(
        pieces=tuple(_piece(desk, one.table, one.row) for one in found),
        quoting=tuple(_piece(desk, *row) for row in _quoting(desk, tickets, lines) if row not in chosen),
        files=tuple(sorted(names.get(sha, "") for sha in going)),
        kept_files=tuple(sorted(names.get(sha, "") for sha in kept)),
        backups=tuple(path.name for path in _copies(desk)),
        drafts=sum(
            1
            for ticket in tickets
            for (body,) in desk.replica.rows("SELECT body FROM draft WHERE ticket_id = ?", (ticket,))
            if erasing.quotes(body, (json.dumps(line, ensure_ascii=False)[1:-1] for line in lines))
        ),
        shared=bool(desk.replica.state("hub")),
        on_server=_mailboxes(desk, raw),
    )


def erase(desk: Desk, wanted: Sequence[tuple[str, str]], why: str = "") -> Changes:
    """Erase these rows of letters, notes, files, hand-overs or tickets, with the files that hang on them.

    Not undoable. Done again it changes nothing. What is left to do on the disk is done by ``finish``, which is called
    here too; where another process holds it up, the next round or start goes on.
    """
    rights.demand(desk, "erase")
    found = _targets(desk, _with_their_files(desk, wanted))
    with desk.act("") as act:
        for one in found:
            act.insert_new(
                Erasure,
                id=one.id,
                tbl=one.table,
                row_id=one.row,
                columns=dict(one.blank),
                files=list(one.files),
                ticket_id=one.ticket,
                why=why,
                author_id=desk.me,
                made_at=act.now,
            )
        apply(act, found)
    finish(desk)
    return act.changes


def apply(act: Act, found: list[Target], bodies: dict[str, int] | None = None) -> None:
    """Within a transaction: blank the rows here, uncaptured, and make what derives from them anew."""
    if not found:
        return
    execute = act.writing.execute
    (active,) = execute("SELECT active FROM capture_context WHERE id = 1").fetchone()
    execute("UPDATE capture_context SET active = 0 WHERE id = 1")
    erasing.scrub(execute, found, bodies)
    execute("UPDATE capture_context SET active = ? WHERE id = 1", (active,))
    tables: dict[str, set[str]] = {}
    for one in found:
        tables.setdefault(one.table, set()).add(one.row)
        if one.table == "attachment":  # its name is found under its letter
            row = execute("SELECT message_id, note_id FROM attachment WHERE id = ?", (one.row,)).fetchone()
            for table, owner in zip(("message", "note"), row or (), strict=False):
                if owner:
                    tables.setdefault(table, set()).add(owner)
        act.extra.add(one.ticket)
    derive.refresh(act.desk, act.writing, set(), {table: frozenset(rows) for table, rows in tables.items()})
    left = _left(act.desk)
    left["files"] = sorted({*left["files"], *(sha for one in found for sha in one.files)})
    left["scour"] = True
    act.desk.replica.set_state(_LEFT, json.dumps(left))


def finish(desk: Desk) -> bool:
    """What an erasure leaves to do on this machine outside of tables: files, the free places of the database, copies of
    the desk; whether nothing is left. Outside of any transaction; cheap where there is nothing to do."""
    if not desk.replica.state(_LEFT):
        return True
    left = _left(desk)
    for sha256 in left["files"]:
        if not _in_use(desk, sha256):
            files.drop(desk, sha256)
    if not left["scour"]:
        return True
    every = erasing.targets(desk.replica.db.execute_sql)
    for path in _copies(desk):
        try:
            copies.scrub(path, every)
        except copies.Damaged as error:
            log.warning("a copy of the desk could not be cleaned: %s: %s", path.name, type(error).__name__)
    done = erasing.scour(desk.replica.db.execute_sql)
    if done:
        desk.replica.set_state(_LEFT, "")
        # what this fact said lies in the log of the file until that is emptied: names of files, no content
    return done


def marks(desk: Desk, ticket_id: str) -> dict[tuple[str, str], Mark]:
    """(table, row) -> what is told where something of a ticket was erased."""
    rows = desk.replica.rows(
        "SELECT tbl, row_id, author_id, made_at, why FROM erasure WHERE ticket_id = ?", (ticket_id,)
    )
    return {
        (table, row): Mark(_person(desk, who), from_ms(at) if at else None, why) for table, row, who, at, why in rows
    }


def _person(desk: Desk, person_id: str) -> str:
    """The name in the reader's language; "" of nobody."""
    person = directory.people(desk).get(person_id)
    return person.name if person else ""


def files_gone(desk: Desk) -> list[str]:
    """Hashes of files that erasures name and nothing holds any more."""
    named = {sha for (files,) in desk.replica.rows("SELECT files FROM erasure") for sha in json.loads(files)}
    return sorted(sha for sha in named if not _in_use(desk, sha))


def _left(desk: Desk) -> dict[str, Any]:
    stored = desk.replica.state(_LEFT)
    return dict(json.loads(stored)) if stored else {"files": [], "scour": False}


def _with_their_files(desk: Desk, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The wanted rows, and with a letter or note the files that came with it."""
    found = dict.fromkeys(wanted)
    for table, row in list(found):
        column = {"message": "message_id", "note": "note_id"}.get(table)
        if column:
            ticket = (
                "" if column == "message_id" else f' AND ticket_id = (SELECT ticket_id FROM "{table}" WHERE id = ?1)'
            )
            rows = desk.replica.rows(f"SELECT id FROM attachment WHERE {column} = ?1{ticket} ORDER BY id", (row,))
            found.update(dict.fromkeys(("attachment", one) for (one,) in rows))
    return list(found)


def _targets(desk: Desk, rows: Iterable[tuple[str, str]]) -> list[Target]:
    found = []
    for table, row in rows:
        known = ERASABLE[table]
        ticket = "id" if table == "ticket" else "ticket_id"
        listed = ",".join(f'"{column}"' for column in known)
        stored = desk.replica.row(f'SELECT {ticket}, {listed} FROM "{table}" WHERE id = ?', (row,))
        if stored is None:
            continue
        values = dict(zip(known, stored[1:], strict=True))
        blank = {column: known[column] for column, value in values.items() if value and value != known[column]}
        if not blank:
            continue
        file = values.get(FILES.get(table, ""), "")
        # of a ticket, another erasure may come later: the columns are part of what makes it another fact
        id_ = natural_id("erasure", table, row, *sorted(blank))
        found.append(Target(id_, table, row, str(stored[0]), blank, (str(file),) if file else ()))
    return found


def _texts(desk: Desk, one: Target) -> list[Any]:
    columns = [column for column, value in one.blank.items() if value == GONE]
    if not columns:
        return []
    listed = ",".join(f'"{column}"' for column in columns)
    return list(desk.replica.row(f'SELECT {listed} FROM "{one.table}" WHERE id = ?', (one.row,)) or ())


def _quoting(desk: Desk, tickets: Iterable[str], lines: set[str]) -> list[tuple[str, str]]:
    return [
        (table, row)
        for ticket in tickets
        for table, column in _QUOTABLE
        for row, text in desk.replica.rows(f'SELECT id, {column} FROM "{table}" WHERE ticket_id = ?', (ticket,))
        if erasing.quotes(text, lines)
    ]


def _piece(desk: Desk, table: str, row: str) -> Piece:
    query = {
        "message": "SELECT m.subject, m.received_at, coalesce(nullif(m.sender_name, ''), m.sender) FROM message m",
        "note": "SELECT substr(m.text, 1, 80), m.made_at, m.author_id FROM note m",
        "attachment": "SELECT m.name, NULL, '' FROM attachment m",
        "escalation": "SELECT substr(m.tried, 1, 80), m.made_at, m.from_id FROM escalation m",
        "ticket": "SELECT m.subject, m.received_at, '' FROM ticket m",
    }[table]
    title, at, who = desk.replica.row(f"{query} WHERE m.id = ?", (row,)) or ("", None, "")
    name = _person(desk, who) if table in ("note", "escalation") else str(who)
    return Piece(table, row, str(title), from_ms(at) if at else None, name)


def _files(desk: Desk, found: list[Target]) -> tuple[set[str], set[str]]:
    """(hashes of files that go, of those that another row holds too)."""
    chosen = {(one.table, one.row) for one in found}
    going: set[str] = set()
    kept: set[str] = set()
    for sha256 in {sha for one in found for sha in one.files}:
        holders = {
            (table, row)
            for table, column in FILES.items()
            for (row,) in desk.replica.rows(f'SELECT id FROM "{table}" WHERE {column} = ?', (sha256,))
        }
        (going if holders <= chosen else kept).add(sha256)
    return going, kept


def _in_use(desk: Desk, sha256: str) -> bool:
    return any(
        desk.replica.value(f'SELECT 1 FROM "{table}" WHERE {column} = ? LIMIT 1', (sha256,))
        for table, column in (*FILES.items(), ("journal", "raw_sha256"))
    )


def _copies(desk: Desk) -> list[Path]:
    return sorted(desk.profile.backups.rglob("*.sqlite"))


def _mailboxes(desk: Desk, letters: set[str]) -> tuple[str, ...]:
    marks_ = ",".join("?" * len(letters))
    rows = desk.replica.rows(
        f"SELECT DISTINCT b.address FROM message m JOIN mailbox b ON b.id = m.mailbox_id WHERE m.id IN ({marks_})",
        sorted(letters),
    )
    return tuple(address for (address,) in rows)


def candidates(desk: Desk, ticket_id: str) -> tuple[Piece, ...]:
    """Everything of a ticket that still holds something, in the order of the ticket: itself, letters, notes, hand-overs
    by their time, then files."""
    found = [_piece(desk, one.table, one.row) for one in _targets(desk, whole_ticket(desk, ticket_id))]
    places = {"ticket": 0, "attachment": 2}
    return tuple(sorted(found, key=lambda one: (places.get(one.table, 1), one.at.timestamp() if one.at else 0.0)))


def standing(desk: Desk) -> tuple[int, bool]:
    """(how many things were erased on this desk, whether the hub still holds records from before)."""
    count = int(desk.replica.value("SELECT count(*) FROM erasure"))
    return count, desk.replica.state("hub_erase", "null") not in ("null", "")
