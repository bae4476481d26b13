"""What moves without anybody acting: time, and other processes on the same profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskapp.desk import derive, escalation, forecasting, recurring, silence, slipping
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes


def tick(desk: Desk) -> Changes:
    """Make anew what the passing of time has moved: forecasts, slack, the groups of "mine today".

    What is urgent and was taken by nobody goes up a line, where the desk's rule says so; maintenance makes its tickets;
    silence has its policy.
    """
    escalation.climb(desk)
    if recurring.due(desk):
        recurring.run(desk)
    silence.watch(desk)
    with desk.act("", author="") as act:
        execute = act.writing.execute
        people = {
            row[0] for row in execute("SELECT DISTINCT specialist_id FROM booking WHERE state <> 'done'").fetchall()
        }
        mine = {
            row[0]
            for row in execute(
                "SELECT ticket_id FROM queue_row WHERE owner_id = ? AND is_open = 1", (desk.me,)
            ).fetchall()
        }
        promised = {
            row[0]
            for row in execute(
                "SELECT ticket_id FROM queue_row WHERE is_open = 1 AND promised_at IS NOT NULL AND planned_start IS "
                "NULL"
            ).fetchall()
        }
        found = forecasting.outlooks(desk, execute, people, act.at, promised)
        act.extra |= forecasting.changed_since(derive.known_forecasts(act.writing, found), found) | mine
    told = slipping.tell(desk)
    return Changes({**act.changes.tables, **told.tables}, act.changes.tickets | told.tickets)


#: The state that names the copy of the desk that was put back last: whoever reads on begins anew.
PUT_BACK = "put_back"


@dataclass(frozen=True)
class Tail:
    """Where somebody has read the change log to, and what was new there: the changes of each transaction."""

    seq: int
    version: int
    changes: Mapping[str, Changes] = field(default_factory=dict)
    copy: str = ""  # which copy of the desk was put back last


def look(desk: Desk, seen: Tail | None) -> Tail:
    """What was written since ``seen`` over other connections; None at first only finds the place to read on from."""
    replica = desk.replica
    version = replica.data_version()
    if seen is None:
        return Tail(_last(desk), version, copy=replica.state(PUT_BACK))
    if version == seen.version:
        return Tail(seen.seq, version, copy=seen.copy)
    copy = replica.state(PUT_BACK)
    if copy != seen.copy:
        return _put_back(desk, version, copy)
    rows = replica.rows("SELECT seq, tx, tbl, row FROM change WHERE seq > ? ORDER BY seq LIMIT 20000", (seen.seq,))
    if not rows:
        return _put_back(desk, version, copy) if _last(desk) < seen.seq else Tail(seen.seq, version, copy=copy)
    by_tx: dict[str, dict[str, set[str]]] = {}
    tables: dict[str, set[str]] = {}
    for _seq, tx, table, row in rows:
        by_tx.setdefault(tx, {}).setdefault(table, set()).add(row)
        tables.setdefault(table, set()).add(row)
    owner = {("ticket", row): row for row in tables.get("ticket", ())}
    for table in ("message", "note", "event", "booking", "promise", "time_entry", "escalation", "mention", "reminder"):
        ids = sorted(tables.get(table, ()))
        marks = ",".join("?" * len(ids))
        found = replica.rows(f'SELECT id, ticket_id FROM "{table}" WHERE id IN ({marks})', ids)
        owner.update({(table, row): ticket_id for row, ticket_id in found})
    return Tail(rows[-1][0], version, {tx: _changes(written, owner) for tx, written in by_tx.items()}, copy)


def _last(desk: Desk) -> int:
    return int(desk.replica.value("SELECT coalesce(max(seq), 0) FROM change"))


def _put_back(desk: Desk, version: int, copy: str) -> Tail:
    """Another process has put a copy of the desk back: everything may be different."""
    desk.forget()
    tickets = frozenset(row for (row,) in desk.replica.rows("SELECT ticket_id FROM queue_row"))
    everything = Changes({"ticket": tickets, "specialist": frozenset({desk.me})}, tickets)
    return Tail(_last(desk), version, {"": everything}, copy)


def _changes(written: Mapping[str, set[str]], owner: Mapping[tuple[str, str], str]) -> Changes:
    tickets = {owner[table, row] for table, rows in written.items() for row in rows if (table, row) in owner}
    return Changes({table: frozenset(rows) for table, rows in written.items()}, frozenset(tickets))
