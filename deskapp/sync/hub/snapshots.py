"""Snapshots: the whole desk at one place of the log as a SQLite file, and a replica made from one.

A snapshot holds the shared tables and what derives from them alike on every replica (queue rows, the text index), so
that a new replica need not work through a hundred thousand tickets; nothing that is one person's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playhouse.cysqlite_ext import CySqliteDatabase

from deskapp.core import moving
from deskapp.core.clock import to_ms
from deskapp.core.ids import new_id
from deskapp.desk import derive
from deskapp.desk.desk import Act, Desk
from deskapp.models import erasing, shape
from deskapp.models.copies import modern
from deskapp.models.database import SCHEMA, bring_up, open_file
from deskapp.models.schema import LOCAL, SHARED
from deskapp.models.tables import defaults, models
from deskapp.sync.hub import changes, soundfile
from deskapp.sync.hub.apply import Merge
from deskapp.sync.hub.hub import Batch, Change, Corrupt, Entry, Head, Hub, Progress, Snapshot
from deskapp.sync.hub.merge import base_of, rules_of
from deskapp.sync.hub.sound import sound
from deskapp.sync.hub.state import HubState
from deskapp.sync.hub.versions import OPENS

#: Ids of batches that a snapshot remembers, by which a batch that comes again is known.
REMEMBERED = 20_000


@contextmanager
def scratch(desk: Desk) -> Iterator[Path]:
    """A path for a temporary file in the profile, removed with all that SQLite puts beside it."""
    path = desk.profile.root / f"snapshot-{new_id()}.sqlite"
    try:
        yield path
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            moving.remove(Path(f"{path}{end}"))


def make(desk: Desk, target: Path, head: Head | None = None, holds: str = "") -> Snapshot | None:
    """Write a snapshot of this replica; None if it has changes that the hub does not know yet.

    ``head`` instead of the replica's own place: the origin of a new log, whatever is not sent included, as the batch
    ``holds``.
    """
    desk.replica.db.execute_sql("VACUUM INTO ?", (str(target),))
    with closing(open_file(target)) as copy:
        pending = copy.execute_scalar("SELECT count(*) FROM change WHERE sent = 0")
        stored = copy.execute_scalar("SELECT value FROM local_state WHERE key = 'hub_head'")
        if head is None and (pending or not stored):
            return None
        place = head or Head(*json.loads(stored))
        triggers = copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture%'")
        for (name,) in list(triggers):
            copy.execute(f'DROP TRIGGER "{name}"')
        for model in LOCAL:
            if model._meta.table_name not in soundfile.ALONG:
                copy.execute(f'DELETE FROM "{model._meta.table_name}"')
        if head is not None:
            copy.execute("UPDATE hub_batch SET seq = 0, chain = ''")  # known, but of no place in the new log
            copy.execute("INSERT INTO hub_batch (id, seq, chain) VALUES (?, 0, '')", (holds,))
        copy.execute("DELETE FROM hub_batch WHERE seq <= (SELECT max(seq) FROM hub_batch) - ?", (REMEMBERED,))
        copy.execute("UPDATE hub_batch SET body = NULL")
        copy.execute("INSERT INTO local_state (key, value) VALUES ('hub_head', ?)", (json.dumps(place),))
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("VACUUM")
    digest = hashlib.sha256()
    with open(target, "rb") as made:
        while piece := made.read(1 << 20):
            digest.update(piece)
    return Snapshot(place, SCHEMA, OPENS, to_ms(desk.clock.now()), target.stat().st_size, digest.hexdigest())


def fetch(hub: Hub, snapshot: Snapshot, path: Path, progress: Progress | None = None) -> None:
    """Write a snapshot to ``path``; Corrupt if it is damaged or no desk, and not offered again."""
    hub.fetch_snapshot(snapshot, path, progress)
    if not shape.is_desk(path):
        hub.distrust(snapshot)
        raise Corrupt(snapshot.head.seq)


def adopt(path: Path, where: str, made_at: int) -> None:
    """Turn a fetched snapshot into the database of a new replica of the hub at ``where``; an older application may have
    made it."""
    soundfile.empty_of_others(path)
    modern(path)
    shape.mend_rows(path, made_at)
    db = CySqliteDatabase(str(path), rank_functions=False)
    db.connect()
    try:
        bring_up(db)
        with db.atomic("IMMEDIATE"):
            for key, value in (("replica", new_id()), ("hub", where), ("number_blocks", "[]")):
                db.execute_sql(
                    "INSERT INTO local_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = "
                    "excluded.value",
                    (key, value),
                )
    finally:
        db.close()


def refresh_open(act: Act) -> None:
    """Make the derived rows that depend on the reader and the hour anew; the rest came with the snapshot."""
    act.extra.update(derive.open_tickets(act.writing))


# --- a replica that is out of step -----------------------------------------------------------------------------------


def forward(path: Path, entries: Iterable[Entry]) -> None:
    """Bring a fetched snapshot forward by batches of the log: the desk as the hub knows it now."""
    with closing(open_file(path)) as copy:
        copy.execute("BEGIN")
        for head, batch in entries:
            for change in filter(None, map(sound, batch.changes)):
                _forward(copy, change)
            copy.execute(
                "INSERT INTO hub_batch (id, seq, chain, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                "seq = excluded.seq, chain = excluded.chain, body = excluded.body",
                (batch.id, head.seq, head.chain, batch.body),
            )
            for lost in batch.holds:
                copy.execute(
                    "INSERT INTO hub_batch (id, seq, chain) VALUES (?, ?, '') ON CONFLICT DO NOTHING", (lost, head.seq)
                )
        copy.execute("COMMIT")


def _forward(copy: Any, change: Change) -> None:
    table, row = change.table, change.row
    there = {name for (name,) in copy.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    strange = {c: pair[1] for c, pair in change.cols.items() if c not in there}
    if change.op == "D":
        copy.execute("DELETE FROM parked WHERE tbl = ? AND row = ?", (table, row))
    else:
        for column, value in {**strange, **({} if there else {"id": row})}.items():
            copy.execute(
                "INSERT INTO parked (tbl, row, col, value) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (tbl, row, col) DO UPDATE SET value = excluded.value",
                (table, row, column, json.dumps(value, ensure_ascii=False)),
            )
    if not there or table not in models():
        return
    if change.op == "D":
        copy.execute(f'DELETE FROM "{table}" WHERE id = ?', (row,))
        return
    values = {c: pair[1] for c, pair in change.cols.items() if c in there}
    if change.op == "I":
        values = {**{c: v for c, v in defaults(table).items() if c in there}, **values}
        copy.execute(
            f'INSERT INTO "{table}" ({_listed(values)}, id) VALUES ({"?," * len(values)} ?) '
            f"ON CONFLICT (id) DO UPDATE SET {_assigned(values)}",
            (*values.values(), row, *values.values()),
        )
        if table == "erasure":
            erasing.scrub(copy.execute, erasing.targets(copy.execute, [row]), {})
    elif values:
        copy.execute(f'UPDATE "{table}" SET {_assigned(values)} WHERE id = ?', (*values.values(), row))


def _listed(columns: Iterable[str]) -> str:
    return ",".join(f'"{column}"' for column in columns)


def _assigned(columns: Iterable[str]) -> str:
    return ",".join(f'"{column}" = ?' for column in columns)


def ids_in(path: Path) -> tuple[set[str], int]:
    """(ids of the batches that a snapshot remembers, the lowest number among them)."""
    with closing(open_file(path)) as copy:
        rows = list(copy.execute("SELECT id, seq FROM hub_batch"))
    return {row[0] for row in rows}, min((row[1] for row in rows), default=0)


class Rebuild:
    """Bring the shared tables to a snapshot, and what the hub does not know on top of it as pending changes.

    ``lost``: batches that this replica merged and the hub no longer has; they become pending before our own.
    """

    def __init__(self, desk: Desk, path: Path, snapshot: Snapshot, lost: list[Batch]) -> None:
        self._desk = desk
        self._path = path
        self._snapshot = snapshot
        self._lost = lost
        self.deletes: dict[str, tuple[int, int]] = {}  # table -> (rows to be deleted, rows)

    @contextmanager
    def attached(self) -> Iterator[None]:
        """The snapshot beside the replica; outside of any transaction."""
        db = self._desk.replica.db
        db.execute_sql("ATTACH ? AS snap", (str(self._path),))
        try:
            self._look()
            yield
        finally:
            db.execute_sql("DETACH snap")

    def akin(self) -> bool:
        """Whether the snapshot is one of this desk, and not of another that now stands in its place: people are never
        deleted, and no two desks make the same one."""
        ours = "SELECT 1 FROM main.specialist"
        both = f"{ours} WHERE id IN (SELECT id FROM snap.specialist) LIMIT 1"
        replica = self._desk.replica
        return bool(replica.value(both)) or not replica.value(f"{ours} LIMIT 1")

    def _look(self) -> None:
        for model in SHARED:
            table = model._meta.table_name
            if self._columns(table):
                gone, rows = self._desk.replica.rows(
                    f'SELECT (SELECT count(*) FROM "{table}" WHERE id NOT IN (SELECT id FROM snap."{table}") '
                    f"AND id NOT IN (SELECT row FROM change WHERE tbl = '{table}' AND sent = 0)), "
                    f'(SELECT count(*) FROM "{table}")'
                )[0]
                self.deletes[table] = (gone, rows)

    def _columns(self, table: str) -> list[str]:
        """Columns that both sides have."""
        there = {row[1] for row in self._desk.replica.rows(f'PRAGMA snap.table_info("{table}")')}
        return [column for column in defaults(table) if column in there]

    def run(self, act: Act, merge: Merge) -> None:
        """In one transaction, the cursor included."""
        seq = max(1, self._snapshot.head.seq)
        self._lost_first(act)
        with merge.uncaptured():
            for model in SHARED:
                self._table(act, merge, model._meta.table_name, seq)
            # what is known here of batches that the snapshot only names: should this log be lost as well
            act.writing.execute(
                "UPDATE snap.hub_batch SET (body, chain) = (SELECT m.body, iif(m.chain = '', '', hub_batch.chain) "
                "FROM main.hub_batch m WHERE m.id = hub_batch.id) WHERE body IS NULL "
                "AND id IN (SELECT id FROM main.hub_batch WHERE body IS NOT NULL)"
            )
            act.writing.execute("DELETE FROM hub_batch")
            act.writing.execute(
                "INSERT INTO hub_batch (id, seq, chain, body) SELECT id, seq, chain, body FROM snap.hub_batch"
            )
            act.writing.execute("DELETE FROM parked")
            act.writing.execute("INSERT INTO parked SELECT * FROM snap.parked")
        state = HubState(self._desk.replica)
        state.set_cursor(self._snapshot.head)
        state.set_attempts({})
        state.write("hub_schema", None)  # what an older application has parked in the snapshot is taken in next
        merge.consequences()
        merge.erase([id_ for (id_,) in act.writing.execute("SELECT id FROM erasure")], rebuilt=True)
        if self._lost:
            upto = int(act.writing.execute("SELECT max(seq) FROM change").fetchone()[0])
            state.write("hub_holds", {"ids": [batch.id for batch in self._lost], "upto": upto})

    def _lost_first(self, act: Act) -> None:
        """What the hub lost becomes ours to send, before what we have not sent yet."""
        if not self._lost:
            return
        execute = act.writing.execute
        columns = "tx, tbl, row, op, cols, author, made_at, sent"
        ours = execute(f"SELECT {columns} FROM change WHERE sent = 0 ORDER BY seq").fetchall()
        execute("DELETE FROM change WHERE sent = 0")
        for batch in self._lost:
            for change in batch.changes:
                # a lease that the hub does not know was never ours
                if change.table in models() and change.table != "lease":
                    changes.log(self._desk.replica, batch.id, change, 0)
        act.writing.executemany(f"INSERT INTO change ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ours)

    def _table(self, act: Act, merge: Merge, table: str, seq: int) -> None:
        columns = self._columns(table)
        if not columns:
            return
        listed = ",".join(["id", *(f'"{c}"' for c in columns)])
        execute = act.writing.execute
        mine = {row for (row,) in execute("SELECT DISTINCT row FROM change WHERE tbl = ? AND sent = 0", (table,))}
        differ = {
            row[0]
            for row in execute(
                f'SELECT id FROM (SELECT {listed} FROM snap."{table}" EXCEPT SELECT {listed} FROM main."{table}")'
            ).fetchall()
        }
        gone = execute(f'SELECT id FROM main."{table}" WHERE id NOT IN (SELECT id FROM snap."{table}")').fetchall()
        usual, rules = defaults(table), rules_of(table)
        for row in sorted(differ | {row for (row,) in gone} | mine):
            found = execute(f'SELECT {listed} FROM snap."{table}" WHERE id = ?', (row,)).fetchone()
            after = {**usual, **dict(zip(columns, found[1:], strict=True))} if found else None
            ours = changes.pending(self._desk.replica, table, row)
            local = merge.read(table, row)
            change = Change(table, row, "U" if found else "D", {}, "", self._snapshot.made_at)
            merge.row(change, local, ours, base_of(rules, local, ours), after, seq)
