"""A round: read what others appended and merge it, then append our own behind it; when somebody was faster, again.

Each merge and each acknowledgement is one transaction together with the cursor, and batches have ids, so a process may
end anywhere: the next round finds out what had arrived.
"""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskapp import __version__
from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import new_id
from deskapp.core.locks import FileLock
from deskapp.desk import erase, numbers
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.database import SCHEMA
from deskapp.models.tables import models
from deskapp.sync.hub import blobs, changes, identity, withdraw
from deskapp.sync.hub.apply import Merge
from deskapp.sync.hub.digest import digest
from deskapp.sync.hub.hub import (
    Batch,
    Behind,
    Change,
    Compacted,
    Corrupt,
    Entry,
    Head,
    Hub,
    HubRefused,
    HubUnreachable,
    Rewound,
    UpdateToSync,
    following,
)
from deskapp.sync.hub.leases import Leases
from deskapp.sync.hub.mend import mend, rebuild
from deskapp.sync.hub.presence import Presence
from deskapp.sync.hub.state import HubState
from deskapp.sync.hub.upkeep import help_over
from deskapp.sync.hub.versions import ERASES, MIN_APP, newer

log = logging.getLogger(__name__)

#: Ticket numbers in a block, and how few may be left before another is taken.
BLOCK = 50
FEW = 10
#: Others may be faster this many times before a round gives up until the next one.
_TRIES = 12
#: Captured changes merged in one transaction, about.
_AT_ONCE = 2_000
#: What a round may delete of a table with at least _MANY rows before a person is asked.
_SHARE = 0.3
_MANY = 50
#: Seconds between signs of life in rounds that had nothing to do.
BEAT = 15.0
#: Tables whose rows only an acknowledged append changes, on the replica that appended too.
_CLAIMED = ("lease", "number_block")


class Implausible(UserFacingError):
    """A round that would delete so much that a person should look first."""

    def __init__(self, table: str, deleted: int, rows: int) -> None:
        super().__init__(
            "This round would delete a great deal",
            "%1 of %2 rows of “%3” would go. Nothing was changed. Look whether the shared desk is the right one; if it "
            "is meant, allow it once: deskapp sync --allow-deleting.",
            deleted,
            rows,
            table,
        )


@dataclass
class RoundResult:
    """How a round went. ``read`` and ``sent`` count batches; ``conflicts`` what a person is to choose, ``joined`` what
    was settled by rule; ``waiting`` captured changes that are not in the hub; ``busy``: another process is at it."""

    head: Head | None = None
    read: int = 0
    sent: int = 0
    conflicts: int = 0
    joined: int = 0
    lost_slots: int = 0
    waiting: int = 0
    rebuilt: bool = False
    renewed: bool = False  # this was a copied profile and is a replica of its own now
    busy: bool = False
    changes: list[Changes] = field(default_factory=list)


class Rounds:
    """The rounds of one process with one hub. Used by one thread at a time, which is connected to the replica.

    ``allow`` lets the next round delete whatever it will.
    """

    def __init__(
        self,
        desk: Desk,
        hub: Hub,
        wants: Collection[str] = (),
        steady: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.desk = desk
        self.hub = hub
        self.wants = wants
        self.leases = Leases(desk, steady)
        self.others = Presence(steady)
        self._presence: Mapping[str, Any] = {}
        self.allow = False
        self._state = HubState(desk.replica)
        self._steady = steady
        self._pause = pause
        self._beaten: float | None = None

    def run(self) -> RoundResult:
        """One round. Raises HubUnreachable, HubRefused, Corrupt, UpdateToSync, Implausible; whatever was merged until
        then stays merged, and nothing of ours is lost."""
        result = RoundResult()
        lock = FileLock(self.desk.profile.root / "round.lock")
        if not lock.take():
            result.busy, result.waiting = True, changes.waiting(self.desk.replica)
            return result
        try:
            self._run(result)
        finally:
            lock.release()
            result.waiting = changes.waiting(self.desk.replica)
            result.head = self._state.cursor
        self.allow = False
        return result

    def _run(self, result: RoundResult) -> None:
        if not self._state.where:
            raise HubRefused("This desk is alone", "It has no hub. Share it, or join one by an invitation.")
        if identity.is_copy(self.desk):
            log.warning("this profile is a copy: it becomes a replica of its own")
            identity.become_new(self.desk)
            result.renewed = True
        self._unpark(result)
        quiet, failures = True, 0
        while failures < _TRIES:
            cursor = self._cursor()
            try:
                if self.hub.news(cursor):
                    quiet = False
                    self._pull(result)
                if not self._push(result):
                    break
                quiet = False
            except Behind:
                quiet, failures = False, failures + 1
                self._pause(random.uniform(0.0, 0.02))
            except (Compacted, Rewound) as error:
                quiet, failures = False, failures + 1
                log.warning("the hub no longer knows our place: %s", type(error).__name__)
                result.rebuilt |= mend(self.desk, self.hub, isinstance(error, Rewound), self.look_first, result.changes)
                if self._cursor().epoch != cursor.epoch:
                    blobs.owe(self.desk)
            except Corrupt as error:
                self._beat({"stuck": error.seq})
                snapshot = self.hub.snapshot()
                if snapshot is None or snapshot.head.seq < error.seq:
                    raise
                rebuild(self.desk, self.hub, self.look_first, result.changes)
                result.rebuilt, quiet, failures = True, False, failures + 1
        else:
            raise HubUnreachable(
                "The hub is busy", "Colleagues were faster each time. Everything is kept here.", retry_after=1.0
            )
        if not quiet:
            identity.settle(self.desk)
            erase.finish(self.desk)
        blobs.give_owed(self.desk, self.hub)
        if not quiet or self._beaten is None or self._steady() - self._beaten >= BEAT:
            self._beat({})

    @property
    def epoch(self) -> str:
        """The log that this replica stands in."""
        return self._cursor().epoch

    def _cursor(self) -> Head:
        cursor = self._state.cursor
        assert cursor is not None, "a replica of a hub has a place in its log"
        return cursor

    # --- reading -------------------------------------------------------------------------------------------------

    def _pull(self, result: RoundResult) -> None:
        """Merge everything behind the cursor."""
        while True:
            place = self._cursor()
            entries = following(place, self.hub.read(place))
            if not entries:
                return
            result.read += len(entries)
            while entries:
                entries = self._merge(entries, result)

    def _merge(self, entries: list[Entry], result: RoundResult) -> list[Entry]:
        """Merge the first entries in one transaction; what is left of them."""
        first = entries[0]
        if newer(first.batch.min_app):
            raise UpdateToSync(first.batch.min_app)
        if first.batch.replica == self._state.identity and not self._known(first.batch.id):
            if first.batch.id in self._state.attempts:
                self._acknowledged(first, result)
                return entries[1:]
            # somebody who is us has appended this: the profile was copied or restored as a whole
            identity.become_new(self.desk)
            result.renewed = True
        count, size = 1, len(first.batch.changes)
        while (
            count < len(entries)
            and size < _AT_ONCE
            and entries[count].batch.replica != self._state.identity
            and not newer(entries[count].batch.min_app)
        ):
            size += len(entries[count].batch.changes)
            count += 1
        self._brake([change for entry in entries[:count] for change in entry.batch.changes])
        with self.desk.act("", author="") as act:
            merge = Merge(act)
            merge.entries(entries[:count])
            identity.count(self.desk)
        result.conflicts += merge.conflicts
        result.joined += merge.joined
        result.changes.append(act.changes)
        return entries[count:]

    def _known(self, batch_id: str) -> bool:
        return self.desk.replica.value("SELECT 1 FROM hub_batch WHERE id = ?", (batch_id,)) is not None

    def _brake(self, changed: Collection[Change], done: bool = False) -> None:
        """Look at what a batch deletes; ``done``: here it is deleted already."""
        deleted = Counter(change.table for change in changed if change.op == "D" and change.table in models())
        rows = {t: int(self.desk.replica.value(f'SELECT count(*) FROM "{t}"')) for t in deleted}
        self.look_first({table: (gone, rows[table] + done * gone) for table, gone in deleted.items()})

    def look_first(self, deletes: Mapping[str, tuple[int, int]]) -> None:
        """Raise Implausible if too much would go. ``deletes``: table -> (rows to be deleted, rows)."""
        for table, (gone, rows) in deletes.items():
            if not self.allow and rows >= _MANY and gone > rows * _SHARE:
                raise Implausible(table, gone, rows)

    def _unpark(self, result: RoundResult) -> None:
        """After an update of the application: take in what an older one had no columns for."""
        if self._state.read("hub_schema") == SCHEMA:
            return
        with self.desk.act("", author="") as act:
            merge = Merge(act)
            merge.unpark()
            merge.consequences()
            self._state.write("hub_schema", SCHEMA)
        result.changes.append(act.changes)

    # --- writing -------------------------------------------------------------------------------------------------

    def _push(self, result: RoundResult) -> bool:
        """Append the next batch of ours, if there is any; whether there was. Raises Behind."""
        self._tidy(result)
        cursor = self._cursor()
        claims = self.leases.claims(self.wants, cursor) + self._more_numbers()
        unnumbered = bool(claims) and self._unnumbered()
        own = None if unnumbered else changes.collect(self.desk.replica)
        if own is None and not claims:
            return False
        if own is not None and not own.changes and not claims and not self._state.attempts:
            # done and taken back again; while a batch's fate is unknown, only another one in its place settles it
            with self.desk.replica.writing("", self.desk.clock.now()):
                changes.settle(self.desk.replica, own.upto, max(1, cursor.seq))
            return True
        self._append(own, claims, result)
        return True

    def _append(self, own: changes.Own | None, claims: list[Change], result: RoundResult) -> None:
        """Append one batch at the cursor. Raises Behind."""
        cursor = self._cursor()
        upto = own.upto if own else 0
        sent = [*(own.changes if own else ()), *claims]
        held = self._state.read("hub_holds")
        batch = Batch(
            id=new_id(),
            replica=self._state.identity,
            schema=SCHEMA,
            min_app=ERASES if any(change.table == "erasure" for change in sent) else MIN_APP,
            at=to_ms(self.desk.clock.now()),
            changes=tuple(sent),
            blobs=blobs.named(sent),
            holds=tuple(held["ids"]) if held and upto >= held["upto"] else (),
        )
        self._brake(batch.changes, done=True)
        blobs.upload(self.desk, self.hub, batch.blobs)
        with self.desk.replica.writing("", self.desk.clock.now()):
            self._state.set_attempts({**self._state.attempts, batch.id: upto})
        head = self.hub.append(cursor, batch)
        self._acknowledged(Entry(head, batch), result)

    def _acknowledged(self, entry: Entry, result: RoundResult) -> None:
        """A batch of ours is in the log: its changes are sent, what it claims is ours."""
        upto = self._state.attempts[entry.batch.id]
        with self.desk.act("", author="") as act:
            merge = Merge(act)
            changes.settle(self.desk.replica, upto, entry.head.seq)
            with merge.uncaptured():
                for change in entry.batch.changes:
                    if change.table in _CLAIMED:
                        merge.change(change, entry.head.seq)
            left = numbers.blocks(self.desk.replica) or []
            left += [
                (change.cols["first"][1], change.cols["last"][1])
                for change in entry.batch.changes
                if change.table == "number_block"
            ]
            numbers.keep_blocks(self.desk.replica, left)
            merge.remember(entry)
            self._state.set_attempts({})
            if entry.batch.holds:
                self._state.write("hub_holds", None)
            # batches of ours whose answer was lost may have come into the log since
            merge.erase([change.row for change in entry.batch.changes if change.table == "erasure"])
            numbers.give_missing(act)
            identity.count(self.desk)
        result.sent += 1
        result.changes.append(act.changes)

    def _tidy(self, result: RoundResult) -> None:
        """At the head, before an append: no slot is taken twice, and who can have a number gets one."""
        replica = self.desk.replica
        booked = replica.value("SELECT 1 FROM change WHERE sent = 0 AND tbl = 'booking' LIMIT 1")
        unnumbered = self._unnumbered() and numbers.blocks(replica)
        merged = replica.value(
            "SELECT 1 FROM change WHERE sent = 0 AND tbl = 'ticket' AND op = 'U' AND cols LIKE '%merged_into%' LIMIT 1"
        )
        if not booked and not unnumbered and not merged:
            return
        with self.desk.act("", author="") as act:
            if merged:
                withdraw.crossed_merges(act)
            result.lost_slots += withdraw.lost_slots(act)
            numbers.give_missing(act)
        if act.changes.tables:
            result.changes.append(act.changes)

    def _unnumbered(self) -> bool:
        return self.desk.replica.value("SELECT 1 FROM ticket WHERE number IS NULL LIMIT 1") is not None

    def _more_numbers(self) -> list[Change]:
        """A claim of the next block when few numbers are left."""
        left = numbers.blocks(self.desk.replica) or []
        if sum(last - first + 1 for first, last in left) >= FEW:
            return []
        missing = self.desk.replica.value("SELECT count(*) FROM ticket WHERE number IS NULL")
        first = numbers.following(self.desk.replica)
        cols: dict[str, list[Any]] = {
            "replica": [None, self._state.identity],
            "first": [None, first],
            "last": [None, first + BLOCK + missing - 1],
        }
        return [Change("number_block", new_id(), "I", cols, "", to_ms(self.desk.clock.now()))]

    def resign(self) -> None:
        """Give our leases back, when this desktop leaves or stops for good. Others wait for their term otherwise."""
        claims = self.leases.give_back()
        if claims:
            try:
                self._append(None, claims, RoundResult())
            except Behind:
                log.info("the leases were not given back; they expire")

    def farewell(self) -> None:
        """This replica takes part no more: others do not count it."""
        self.resign()
        self._beat({"left": 1})

    def present(self, told: Mapping[str, Any]) -> None:
        """What the next sign of life says beside; a new one follows with the next round if it has changed."""
        if dict(told) != dict(self._presence):
            self._presence = dict(told)
            self._beaten = None

    # --- signs of life ---------------------------------------------------------------------------------------------

    def _beat(self, more: Mapping[str, Any]) -> None:
        """Say that we are alive and look at the others. Rounds go on without, so trouble here is only noted."""
        cursor = self._cursor()
        status = {
            "sign": new_id(),
            "at": to_ms(self.desk.clock.now()),
            "app": __version__,
            "who": self.desk.me,
            "seq": cursor.seq,
            "chain": cursor.chain,
            "waiting": changes.waiting(self.desk.replica),
            "digest": self._state.read("hub_digest"),
            **self._presence,
            **more,
        }
        try:
            self.hub.beat(self._state.identity, status)
            self.leases.alive()
            beats = self.hub.beats()
            self.leases.observe(beats)
            self.others.observe(beats, self._state.identity, to_ms(self.desk.clock.now()))
            self._beaten = self._steady()
            stuck = max((int(told.get("stuck", 0)) for told in beats.values()), default=0)
            if 0 < stuck <= cursor.seq and not more:
                help_over(self.desk, self.hub, stuck)
        except (HubUnreachable, HubRefused) as error:
            log.info("no sign of life: %s", error)


def compare(desk: Desk, hub: Hub) -> list[str] | None:
    """Make our fingerprint known and hold it against those of replicas at the same place: the tables that differ; None
    while changes wait here, which nobody else can have."""
    state = HubState(desk.replica)
    cursor, mine = state.cursor, digest(desk.replica)
    if cursor is None or mine is None:
        return None
    state.write("hub_digest", {"head": list(cursor), "tables": mine})
    differ: set[str] = set()
    for replica, status in hub.beats().items():
        told = status.get("digest")
        if replica != state.identity and told and told["head"] == list(cursor):
            differ.update(table for table in mine if told["tables"].get(table, mine[table]) != mine[table])
    return sorted(differ)


def round(desk: Desk, hub: Hub) -> RoundResult:
    """One round by itself."""
    return Rounds(desk, hub).run()
