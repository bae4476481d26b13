"""Erasing: what a row said is made blank for ever, wherever this replica keeps it.

A row of ``erasure`` names a row and, for each column, what stands there from now on. The blanking itself is never
captured: a captured change holds the old value. Instead every replica does it when the row reaches it, to the row, to
the log of changes (sent or not), to what is parked, to kept batches, to conflicts about it, to drafts that quote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: What people see where something was: a letter without any text would look like a fault of the application.
GONE = "[…]"
#: Table -> column -> what it becomes. Columns that are empty are left alone.
ERASABLE: Mapping[str, Mapping[str, Any]] = {
    "message": {
        "subject": GONE, "text": GONE, "reply_text": GONE, "html": "", "raw_sha256": "", "sender_name": "",
    },
    "note": {"text": GONE},
    "attachment": {"name": GONE, "sha256": "", "size": 0, "content_id": ""},
    "escalation": {
        "tried": GONE, "hypothesis": GONE, "wanted": GONE, "return_reason": GONE, "asked": GONE,
    },
    "ticket": {
        "subject": GONE, "solution": GONE, "prevention": GONE, "wait_note": GONE, "refusal": GONE, "told_who": GONE,
    },
}  # fmt: skip
#: Columns that name a file by its hash.
FILES = {"message": "raw_sha256", "attachment": "sha256"}
#: Shorter lines of an erased text say too little to recognise a quotation by.
_TELLING = 8

Execute = Callable[..., Any]


@dataclass(frozen=True)
class Target:
    """A row that is blanked. ``blank``: column -> what it becomes; ``id`` of the erasure."""

    id: str
    table: str
    row: str
    ticket: str
    blank: Mapping[str, Any]
    files: tuple[str, ...] = ()


def targets(execute: Execute, ids: Iterable[str] | None = None) -> list[Target]:
    """Erasures by their ids, or all of them; what a newer application named and this one lacks is left out."""
    query = "SELECT id, tbl, row_id, ticket_id, columns, files FROM erasure"
    if ids is not None:
        wanted = list(ids)
        rows = execute(f"{query} WHERE id IN ({','.join('?' * len(wanted))})", wanted).fetchall()
    else:
        rows = execute(query).fetchall()
    found = []
    for id_, table, row, ticket, columns, files in rows:
        known = ERASABLE.get(table, {})
        blank = {column: value for column, value in dict(json.loads(columns)).items() if column in known}
        if blank:
            found.append(Target(id_, table, row, ticket, blank, tuple(json.loads(files))))
    return found


def telling_lines(texts: Iterable[Any]) -> set[str]:
    """Lines by which a quotation of these texts is known."""
    return {
        line.strip(" >\t\r")
        for text in texts
        if isinstance(text, str) and text != GONE
        for line in text.splitlines()
        if len(line.strip(" >\t\r")) >= _TELLING
    }


def quotes(text: str, lines: Iterable[str]) -> bool:
    return any(line in text for line in lines)


def scrub(execute: Execute, found: list[Target], bodies: Mapping[str, int] | None = None) -> None:
    """Blank the rows and all that is kept of them. Capture is switched off by the caller.

    ``bodies``: erasure -> the last batch of the hub that may still hold what it blanks; without it, all of them.
    """
    for one in found:
        lines = _lines_of(execute, one)
        _row(execute, one)
        _log(execute, one.table, one.row, one.blank)
        _conflicts(execute, one)
        execute("DELETE FROM parked WHERE tbl = ? AND row = ?", (one.table, one.row))
        if one.table == "message":
            execute(
                "UPDATE journal SET subject = '', sender = '', raw_sha256 = '', error = '' WHERE message_id = ?",
                (one.row,),
            )
            execute("UPDATE held_letter SET body = '{}' WHERE id = ? AND released_at IS NOT NULL", (one.row,))
        _drafts(execute, one.ticket, lines)
        execute(
            "DELETE FROM search_text WHERE rowid IN (SELECT id FROM search_doc WHERE kind = ? AND row = ?)",
            (one.table, one.row),
        )
        execute("DELETE FROM search_doc WHERE kind = ? AND row = ?", (one.table, one.row))
    batches(execute, found, bodies)


def _lines_of(execute: Execute, one: Target) -> set[str]:
    columns = [column for column, value in one.blank.items() if value == GONE]
    if not columns:
        return set()
    listed = ",".join(f'"{column}"' for column in columns)
    row = execute(f'SELECT {listed} FROM "{one.table}" WHERE id = ?', (one.row,)).fetchone()
    return telling_lines(row or ())


def _row(execute: Execute, one: Target) -> None:
    sets = ",".join(f'"{column}" = ?' for column in one.blank)
    execute(f'UPDATE "{one.table}" SET {sets} WHERE id = ?', [*one.blank.values(), one.row])


def _log(execute: Execute, table: str, row: str, blank: Mapping[str, Any]) -> None:
    rows = execute("SELECT seq, op, cols FROM change WHERE tbl = ? AND row = ?", (table, row)).fetchall()
    for seq, op, cols in rows:
        told = json.loads(cols)
        if blank_pairs(op, told, blank):
            stored = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            execute("UPDATE change SET cols = ? WHERE seq = ?", (stored, seq))


def blank_pairs(op: str, cols: dict[str, list[Any]], blank: Mapping[str, Any]) -> bool:
    """Blank {column: [old, new]} of one captured change in place; whether there was anything to blank."""
    touched = [column for column in blank if column in cols]
    for column in touched:
        value = blank[column]
        cols[column] = [None if op == "I" else value, None if op == "D" else value]
    return bool(touched)


def _conflicts(execute: Execute, one: Target) -> None:
    """Both values of a clash about the row are blanked, in the row of ``conflict`` and in what is kept of that."""
    rows = execute(
        "SELECT id, mine, theirs FROM conflict WHERE tbl = ? AND row_id = ?", (one.table, one.row)
    ).fetchall()
    for id_, *versions in rows:
        blanked = {}
        for name, stored in zip(("mine", "theirs"), versions, strict=True):
            told = json.loads(stored)
            told.update({column: value for column, value in one.blank.items() if column in told})
            blanked[name] = json.dumps(told, ensure_ascii=False)
        execute("UPDATE conflict SET mine = ?, theirs = ? WHERE id = ?", (*blanked.values(), id_))
        _log(execute, "conflict", id_, blanked)


def _drafts(execute: Execute, ticket: str, lines: set[str]) -> None:
    """What somebody is typing and quotes from it."""
    if not lines or not ticket:
        return
    for id_, body in execute("SELECT id, body FROM draft WHERE ticket_id = ?", (ticket,)).fetchall():
        if quotes("\n".join(_strings(json.loads(body))), lines):
            execute("DELETE FROM draft WHERE id = ?", (id_,))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def batches(execute: Execute, found: list[Target], until: Mapping[str, int] | None = None) -> None:
    """Blank what kept batches of the hub hold of the rows. Such a batch is no longer what the hub's chain was made
    from: its place is forgotten, its changes are kept for the case that the hub loses them."""
    by_seq: dict[int, list[Target]] = {}
    for one in found:
        last = None if until is None else until.get(one.id, -1)
        for (seq,) in execute(
            "SELECT seq FROM hub_batch WHERE body IS NOT NULL AND instr(body, CAST(? AS BLOB)) > 0", (one.row,)
        ).fetchall():
            if last is None or seq <= last:
                by_seq.setdefault(seq, []).append(one)
    for seq, ones in by_seq.items():
        for id_, body in execute(
            "SELECT id, body FROM hub_batch WHERE seq = ? AND body IS NOT NULL", (seq,)
        ).fetchall():
            fresh = blank_body(bytes(body), ones)
            if fresh is not None:
                execute("UPDATE hub_batch SET body = ?, chain = '' WHERE id = ?", (fresh, id_))


def blank_body(body: bytes, found: Iterable[Target]) -> bytes | None:
    """The stored bytes of a batch without what is erased; None if it has nothing of it."""
    by_row = {(one.table, one.row): one.blank for one in found}
    lines = body.decode().split("\n")
    touched = False
    for place, line in enumerate(lines[1:], 1):
        if not line:
            continue
        change = json.loads(line)
        table, row, op, cols = change[:4]
        known = by_row.get((table, row))
        if known and blank_pairs(op, cols, known):
            lines[place] = json.dumps(change, ensure_ascii=False, separators=(",", ":"))
            touched = True
        elif table == "conflict":
            about = ((cols.get("tbl") or ["", ""])[1], (cols.get("row_id") or ["", ""])[1])
            for blank in filter(None, [by_row.get(about)]):
                for name in ("mine", "theirs"):
                    pair = cols.get(name)
                    if pair and pair[1]:
                        told = json.loads(pair[1])
                        told.update({column: value for column, value in blank.items() if column in told})
                        pair[1] = json.dumps(told, ensure_ascii=False)
                        touched = True
                lines[place] = json.dumps(change, ensure_ascii=False, separators=(",", ":"))
    return "\n".join(lines).encode() if touched else None


def places(execute: Execute, found: Iterable[Target]) -> dict[str, int]:
    """Erasure -> the batch of the hub that brought it, of those whose batch is kept here."""
    told = {}
    for one in found:
        row = execute(
            "SELECT max(seq) FROM hub_batch WHERE body IS NOT NULL AND instr(body, CAST(? AS BLOB)) > 0", (one.id,)
        ).fetchone()
        if row and row[0] is not None:
            told[one.id] = int(row[0])
    return told


def scour(execute: Execute) -> bool:
    """Leave nothing in the free places of the file and its log, outside of any transaction; False while another
    connection reads, so that it has to be done once more."""
    execute("INSERT INTO search_text (search_text) VALUES ('optimize')")
    execute("VACUUM")
    busy = execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy
