"""What a replica has changed since its last batch: the net change of each row, made from the captured ones.

A change row is unsent while ``sent`` is 0. Insert and update make an insert of the final values, insert and delete make
nothing, an update back to the old value makes nothing. A batch takes whole intentions (``tx``), oldest first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from deskapp.models.database import Replica
from deskapp.models.tables import defaults, models
from deskapp.sync.hub.hub import Change

#: Captured changes in a batch, rounded up to a whole intention.
BATCH = 2_000
#: No change has a higher number.
LAST = (1 << 63) - 1

Row = dict[str, Any]


@dataclass(frozen=True)
class Net:
    """What became of one row. ``old`` and ``new`` hold the columns that differ; I has no old, D no new values."""

    op: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    author: str
    at: int

    @property
    def cols(self) -> dict[str, list[Any]]:
        return {c: [self.old.get(c), self.new.get(c)] for c in (*self.old, *(c for c in self.new if c not in self.old))}


def fold(rows: Iterable[tuple[str, Mapping[str, Any], str, int]]) -> Net | None:
    """The net of a row's captured changes (op, cols, author, at) in their order; None if nothing is left of them."""
    old: Row = {}
    new: Row = {}
    first = author = ""
    at = 0
    there = False
    for op, cols, author, at in rows:  # noqa: B007  the last one is the author
        first = first or op
        there = op != "D"
        if not there:
            new.update(dict.fromkeys(new))
        for column, (before, after) in cols.items():
            old.setdefault(column, None if first == "I" else before)
            new[column] = after
    if first == "I":
        return Net("I", {}, {c: v for c, v in new.items() if v is not None}, author, at) if there else None
    if not there:
        return Net("D", {c: v for c, v in old.items() if v is not None}, {}, author, at) if first else None
    differ = [c for c in new if new[c] != old[c]]
    return Net("U", {c: old[c] for c in differ}, {c: new[c] for c in differ}, author, at) if differ else None


def pending(replica: Replica, table: str, row: str) -> Net | None:
    """The net of what is not in the hub yet of one row."""
    return fold(
        (op, json.loads(cols), author, at)
        for op, cols, author, at in replica.rows(
            "SELECT op, cols, author, made_at FROM change WHERE tbl = ? AND row = ? AND sent = 0 ORDER BY seq",
            (table, row),
        )
    )


def waiting(replica: Replica) -> int:
    """How many captured changes are not in the hub yet."""
    return int(replica.value("SELECT count(*) FROM change WHERE sent = 0"))


def unshared(replica: Replica) -> int:
    """How many intentions that is, as a person counts."""
    return int(replica.value("SELECT count(DISTINCT tx) FROM change WHERE sent = 0"))


@dataclass(frozen=True)
class Own:
    """Our changes up to the local change ``upto``; ``changes`` may be empty although there were some."""

    upto: int
    changes: tuple[Change, ...]


def collect(replica: Replica, limit: int = BATCH, upto: int = LAST) -> Own | None:
    """The next of our changes for the hub, none behind ``upto``; None if there are none."""
    groups: dict[tuple[str, str], list[tuple[str, Mapping[str, Any], str, int]]] = {}
    reached = count = 0
    last = ""
    for seq, tx, table, row, op, cols, author, at in replica.db.execute_sql(
        "SELECT seq, tx, tbl, row, op, cols, author, made_at FROM change WHERE sent = 0 AND seq <= ? ORDER BY seq "
        "LIMIT ?",
        (upto, limit * 50),
    ):
        if count >= limit and tx != last:
            break
        groups.setdefault((table, row), []).append((op, json.loads(cols), author, at))
        reached, last, count = seq, tx, count + 1
    if not count:
        return None
    found = []
    for (table, row), rows in groups.items():
        net = fold(rows)
        if net is not None:
            cols = net.cols
            if net.op == "I" and table in models():
                usual = defaults(table)
                cols = {c: pair for c, pair in cols.items() if c not in usual or usual[c] != pair[1]}
            found.append(Change(table, row, net.op, cols, net.author, net.at))
    return Own(reached, tuple(found))


def settle(replica: Replica, upto: int, seq: int) -> None:
    """Our changes up to ``upto`` are in the hub, in batch ``seq``; within the transaction that moves the cursor."""
    replica.db.execute_sql("UPDATE change SET sent = ? WHERE sent = 0 AND seq <= ?", (seq, upto))


def log(replica: Replica, tx: str, change: Change, sent: int) -> None:
    """Enter a change that no trigger wrote: one that came from the hub, or ours as it stands after a merge."""
    replica.db.execute_sql(
        "INSERT INTO change (tx, tbl, row, op, cols, author, made_at, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            tx,
            change.table,
            change.row,
            change.op,
            json.dumps(change.cols, ensure_ascii=False, separators=(",", ":")),
            change.author,
            change.at,
            sent,
        ),
    )
