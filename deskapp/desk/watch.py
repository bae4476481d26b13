"""What moves without anybody acting: time, and other processes on the same profile."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.desk import derive, forecasting
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes


def tick(desk: Desk) -> Changes:
    """Make anew what the passing of time has moved: forecasts, slack, the groups of "mine today"."""
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
    return act.changes


@dataclass(frozen=True)
class Tail:
    """Where somebody has read the change log to. ``changes`` is None when nothing is new."""

    seq: int
    version: int
    changes: Changes | None = None
    txs: frozenset[str] = frozenset()


def look(desk: Desk, seen: Tail | None) -> Tail:
    """Changes that were written since ``seen``, by whomever; None at first only finds the place to read on from."""
    replica = desk.replica
    version = replica.data_version()
    if seen is None:
        return Tail(int(replica.value("SELECT coalesce(max(seq), 0) FROM change")), version)
    if version == seen.version:
        return seen if seen.changes is None else Tail(seen.seq, version)
    rows = replica.rows("SELECT seq, tx, tbl, row FROM change WHERE seq > ? ORDER BY seq LIMIT 20000", (seen.seq,))
    if not rows:
        return Tail(seen.seq, version)
    tables: dict[str, set[str]] = {}
    for _seq, _tx, table, row in rows:
        tables.setdefault(table, set()).add(row)
    tickets = set(tables.get("ticket", ()))
    for table in ("message", "note", "event", "booking", "promise", "time_entry"):
        ids = sorted(tables.get(table, ()))
        marks = ",".join("?" * len(ids))
        tickets.update(r[0] for r in replica.rows(f'SELECT ticket_id FROM "{table}" WHERE id IN ({marks})', ids))
    changes = Changes({table: frozenset(ids) for table, ids in tables.items()}, frozenset(tickets))
    return Tail(rows[-1][0], version, changes, frozenset(row[1] for row in rows))
