"""Merging batches into the replica: what ``merge`` plans is written here, with capture switched off.

What came from the hub is entered into the change table as sent, so that the derived rows, other processes on the same
profile and undo see it on the same road as local changes. What of ours is still to be sent after a clash is entered
anew, on top of the hub's version, and takes the place of the captured rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from deskapp.core.ids import natural_id
from deskapp.desk import erase
from deskapp.desk.desk import Act
from deskapp.models import erasing
from deskapp.models.schema import Conflict, NumberAlias, Ticket
from deskapp.models.tables import defaults, models
from deskapp.sync.hub import changes, withdraw
from deskapp.sync.hub.changes import Net, Row
from deskapp.sync.hub.hub import Change, Entry
from deskapp.sync.hub.merge import Clash, Plan, after_of, base_of, join, rules_of
from deskapp.sync.hub.sound import sound
from deskapp.sync.hub.state import HubState

#: Columns of a ticket that a letter spoke of: when the hub's stand, ours must not leave.
_TOLD = frozenset({"promise_id", "promised_at", "answered_at"})


class Merge:
    """One merging transaction. ``conflicts`` counts what a person is to choose, ``joined`` what was settled by rule."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.replica = act.desk.replica
        self.state = HubState(self.replica)
        self.conflicts = 0
        self.joined = 0
        self._execute = act.writing.execute
        self._clashes: list[tuple[str, str, Clash, Net, Change]] = []
        self._numbers: set[int] = set()
        self._overruled: set[str] = set()  # tickets whose promise by the hub stands
        self._withdrawn: set[str] = set()  # tickets of which the hub took a promise back
        self._erased: set[str] = set()  # erasures that arrived

    def entries(self, entries: list[Entry]) -> None:
        """Merge batches in their order and move the cursor behind them."""
        with self.uncaptured():
            for entry in entries:
                if not self._known(entry.batch.id):
                    for change in entry.batch.changes:
                        self.change(change, entry.head.seq)
                self.remember(entry)
        self.state.set_attempts({})  # their place in the log is taken
        self.consequences()

    def remember(self, entry: Entry) -> None:
        """The batch is part of this replica from now on."""
        head, batch = entry
        self._execute(
            "INSERT INTO hub_batch (id, seq, chain, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "seq = excluded.seq, chain = excluded.chain, body = excluded.body",
            (batch.id, head.seq, head.chain, batch.body),
        )
        for lost in batch.holds:
            self._execute(
                "INSERT INTO hub_batch (id, seq, chain) VALUES (?, ?, '') ON CONFLICT DO NOTHING", (lost, head.seq)
            )
        self.state.set_cursor(head)

    def _known(self, batch_id: str) -> bool:
        return bool(self._execute("SELECT 1 FROM hub_batch WHERE id = ?", (batch_id,)).fetchone())

    @contextmanager
    def uncaptured(self) -> Iterator[None]:
        self._execute("UPDATE capture_context SET active = 0 WHERE id = 1")
        yield
        self._execute("UPDATE capture_context SET active = 1 WHERE id = 1")

    # --- rows --------------------------------------------------------------------------------------------------

    def change(self, said: Change, seq: int) -> None:
        """Merge one change of the hub."""
        change = sound(said)
        if change is None:
            return
        if change.table not in models():
            self._park(change, change.cols)
            return
        usual = defaults(change.table)
        strange = {c: pair for c, pair in change.cols.items() if c not in usual}
        if strange:
            self._park(change, strange)
            change = change._replace(cols={c: pair for c, pair in change.cols.items() if c in usual})
        ours = changes.pending(self.replica, change.table, change.row)
        local = self.read(change.table, change.row)
        rules = rules_of(change.table)
        base = base_of(rules, local, ours)
        self.row(change, local, ours, base, after_of(rules, base, change.op, change.cols), seq)

    def row(
        self, change: Change, local: Row | None, ours: Net | None, base: Row | None, after: Row | None, seq: int
    ) -> None:
        """Bring one row from ``base`` to ``after``, ours on top where the rules say so."""
        plan = join(rules_of(change.table), base, local, ours, after)
        self._write(change, local, plan, seq)
        if ours is not None:
            self._rebase(change, ours, plan, seq)
            for clash in plan.clashes:
                self._clashes.append((change.table, change.row, clash, ours, change))
        if change.table == "promise" and local is not None and plan.row is None:
            self._withdrawn.add(str(local["ticket_id"]))
        if change.table == "ticket" and after is not None and after["number"] is not None:
            self._numbers.add(after["number"])
        if change.table == "erasure" and local is None:
            self._erased.add(change.row)

    def read(self, table: str, row: str) -> Row | None:
        names = list(defaults(table))
        columns = ",".join(f'"{name}"' for name in names)
        found = self._execute(f'SELECT {columns} FROM "{table}" WHERE id = ?', (row,)).fetchone()
        return dict(zip(names, found, strict=True)) if found else None

    def _write(self, change: Change, local: Row | None, plan: Plan, seq: int) -> None:
        table, row, wanted = change.table, change.row, plan.row
        if wanted is None:
            if local is None:
                return
            self._execute(f'DELETE FROM "{table}" WHERE id = ?', (row,))
            op, cols = "D", {c: [v, None] for c, v in local.items() if v is not None}
        elif local is None:
            names = ",".join(f'"{c}"' for c in wanted)
            marks = ",?" * len(wanted)
            self._execute(f'INSERT INTO "{table}" (id,{names}) VALUES (?{marks})', [row, *wanted.values()])
            op, cols = "I", {c: [None, v] for c, v in wanted.items() if v is not None}
        else:
            cols = {c: [local[c], v] for c, v in wanted.items() if v != local[c]}
            if not cols:
                return
            sets = ",".join(f'"{c}" = ?' for c in cols)
            self._execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', [*(pair[1] for pair in cols.values()), row])
            op = "U"
        changes.log(self.replica, self.act.writing.tx, change._replace(op=op, cols=cols), max(1, seq))

    def _rebase(self, change: Change, ours: Net, plan: Plan, seq: int) -> None:
        """What of ours is still to be sent, as a change on top of the hub's version."""
        same = plan.op == ours.op and {c: tuple(pair) for c, pair in plan.cols.items()} == {
            c: tuple(pair) for c, pair in ours.cols.items()
        }
        if same:
            return
        self._execute(
            "UPDATE change SET sent = ? WHERE tbl = ? AND row = ? AND sent = 0", (max(1, seq), change.table, change.row)
        )
        if plan.op:
            cols = {c: list(pair) for c, pair in plan.cols.items()}
            mine = Change(change.table, change.row, plan.op, cols, ours.author, ours.at)
            changes.log(self.replica, self.act.writing.tx, mine, 0)

    def _park(self, change: Change, cols: Mapping[str, Any]) -> None:
        """Keep what a newer application sent until this one knows it."""
        if change.op == "D":
            self._execute("DELETE FROM parked WHERE tbl = ? AND row = ?", (change.table, change.row))
            return
        values = {c: pair[1] for c, pair in cols.items()}
        if change.table not in models():
            values["id"] = change.row
        for column, value in values.items():
            self._execute(
                "INSERT INTO parked (tbl, row, col, value) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (tbl, row, col) DO UPDATE SET value = excluded.value",
                (change.table, change.row, column, json.dumps(value, ensure_ascii=False)),
            )

    def unpark(self) -> None:
        """Values that this application, updated meanwhile, has a column for by now."""
        found: dict[tuple[str, str], Row] = {}
        for table, row, column, value in self._execute("SELECT tbl, row, col, value FROM parked").fetchall():
            if table in models() and (column == "id" or column in defaults(table)):
                found.setdefault((table, row), {})[column] = json.loads(value)
        with self.uncaptured():
            for (table, row), values in found.items():
                for column in values:
                    self._execute("DELETE FROM parked WHERE tbl = ? AND row = ? AND col = ?", (table, row, column))
                op = "I" if values.pop("id", None) and self.read(table, row) is None else "U"
                cols = {c: [None, v] for c, v in values.items()}
                self.change(Change(table, row, op, cols, "", self.act.now), 1)

    # --- what follows ------------------------------------------------------------------------------------------

    def consequences(self) -> None:
        """Both values of each clash are kept; letters whose ground is gone go back; numbers stay unique. Captured."""
        for table, row, clash, ours, change in self._clashes:
            self._keep_both(table, row, clash, ours, change)
            ticket = self._ticket_of(table, row)
            if table == "promise" or (table == "ticket" and clash.why == "told" and _TOLD & set(clash.mine)):
                self._overruled.add(ticket or str(clash.mine.get("ticket_id", "")))
            if table == "ticket" and clash.mine.get("number") is not None:
                number = clash.mine["number"]
                self.act.insert_new(NumberAlias, id=natural_id("alias", row, number), number=number, ticket_id=row)
        for ticket in sorted(self._overruled - {""}):
            withdraw.overruled(self.act, ticket)
        for ticket in sorted(self._withdrawn - self._overruled):
            withdraw.withdrawn(self.act, ticket)
        self._numbers_once()
        self.erase(self._erased)
        self._erased.clear()
        self._clashes.clear()
        self._overruled.clear()
        self._withdrawn.clear()
        self._numbers.clear()

    def erase(self, ids: Iterable[str], rebuilt: bool = False) -> None:
        """Erasures that are part of the log by now: what they name is blanked here, kept batches included, and the hub
        is to let go of its records. ``rebuilt``: of batches that were read anew only; the rows are as the hub has them.
        """
        found = erasing.targets(self._execute, ids)
        if not found:
            return
        places = erasing.places(self._execute, found)
        if rebuilt:
            erasing.batches(self._execute, found, places)
            return
        # one whose batch is not kept came with a snapshot: whatever is kept here is older
        erase.apply(self.act, found, {one.id: places.get(one.id, changes.LAST) for one in found})
        cursor = self.state.cursor
        if cursor is not None:
            self.state.write("hub_erase", {"seq": cursor.seq, "since": self.act.now})

    def _ticket_of(self, table: str, row: str) -> str:
        if table == "ticket":
            return row
        if "ticket_id" not in defaults(table) or table == "article":  # an article only names the one it was made from
            return ""
        found = self._execute(f'SELECT ticket_id FROM "{table}" WHERE id = ?', (row,)).fetchone()
        return str(found[0]) if found else ""

    def _keep_both(self, table: str, row: str, clash: Clash, ours: Net, change: Change) -> None:
        mine, theirs = dict(clash.mine), dict(clash.theirs)
        self.conflicts += clash.ask
        self.joined += not clash.ask
        self.act.insert_new(
            Conflict,
            id=natural_id("conflict", table, row, json.dumps([mine, theirs], sort_keys=True), ours.at, change.at),
            ticket_id=self._ticket_of(table, row) or ("" if table == "article" else str(mine.get("ticket_id", ""))),
            tbl=table,
            row_id=row,
            why=clash.why,
            mine=mine,
            theirs=theirs,
            author_mine=ours.author,
            author_theirs=change.author,
            at_mine=ours.at,
            at_theirs=change.at,
            made_at=self.act.now,
            stands=clash.stands,
            state="open" if clash.ask else "joined",
        )

    def _numbers_once(self) -> None:
        """A ticket of ours whose number the hub knows as another's waits for a new one."""
        for number in sorted(self._numbers):
            rows = self._execute("SELECT id FROM ticket WHERE number = ?", (number,)).fetchall()
            for (ticket,) in rows if len(rows) > 1 else ():
                ours = changes.pending(self.replica, "ticket", ticket)
                if ours is not None and ours.new.get("number") == number:
                    self.act.update(Ticket, ticket, number=None)
