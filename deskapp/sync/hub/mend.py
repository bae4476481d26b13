"""When the hub no longer knows our place: it let go of old batches, or it went back in time.

A hub that merely lost its last batches gets them again, as they were and in their order, from the first replica that
has them: the chain comes out the same, and nobody else notices. Where others have appended meanwhile, the replica is
brought to the hub's snapshot and log, and what the hub lacks becomes a change of this replica again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models import shape
from deskapp.models.copies import modern
from deskapp.models.database import SCHEMA
from deskapp.sync.hub import changes, identity
from deskapp.sync.hub.apply import Merge
from deskapp.sync.hub.hub import (
    AnotherDesk,
    Batch,
    Behind,
    Compacted,
    Corrupt,
    Entry,
    Head,
    Hub,
    Rewound,
    UpdateToSync,
    following,
)
from deskapp.sync.hub.snapshots import Rebuild, fetch, forward, ids_in, scratch
from deskapp.sync.hub.state import HubState
from deskapp.sync.hub.versions import newer

log = logging.getLogger(__name__)

#: Raises if what is about to be deleted (table -> (rows to go, rows)) should be seen by a person first.
LookFirst = Callable[[Mapping[str, tuple[int, int]]], None]


def mend(desk: Desk, hub: Hub, rewound: bool, look_first: LookFirst, told: list[Changes]) -> bool:
    """Find back to a place of the hub's log; whether the replica was rebuilt for it."""
    if rewound and append_again(desk, hub):
        return False
    rebuild(desk, hub, look_first, told)
    return True


def append_again(desk: Desk, hub: Hub) -> bool:
    """Give the hub the batches back that it lost at its end; False if that is not what happened."""
    cursor = HubState(desk.replica).cursor
    assert cursor is not None
    head = hub.head()
    if head.epoch != cursor.epoch or head.seq >= cursor.seq:
        return False
    known = desk.replica.value("SELECT chain FROM hub_batch WHERE seq = ? AND chain <> ''", (head.seq,))
    if head != Head.origin(head.epoch) and known != head.chain:
        return False
    lost = desk.replica.rows("SELECT body FROM hub_batch WHERE seq > ? AND chain <> '' ORDER BY seq", (head.seq,))
    if len(lost) != cursor.seq - head.seq or any(body is None for (body,) in lost):
        return False
    log.warning("the hub lost its last %s batches; appending them again", len(lost))
    for (body,) in lost:
        try:
            head = hub.append(head, Batch.read(bytes(body)))
        except (Behind, Rewound):  # another replica does the same, or went on: look again
            return True
    return True


def rebuild(desk: Desk, hub: Hub, look_first: LookFirst, told: list[Changes]) -> None:
    """Bring the replica to the hub's newest snapshot, what the hub does not know on top. Raises Corrupt without one,
    AnotherDesk if the hub has nothing to do with this desk."""
    state = HubState(desk.replica)
    with scratch(desk) as path:
        while True:
            snapshot = hub.snapshot()
            if snapshot is None:
                raise Corrupt(0)
            if newer(snapshot.min_app) or snapshot.schema > SCHEMA:
                raise UpdateToSync(snapshot.min_app)
            try:
                fetch(hub, snapshot, path)
                break
            except Corrupt:
                log.warning("the snapshot of %s is damaged", snapshot.head.seq)
        modern(path)
        shape.mend_rows(path, snapshot.made_at)
        ahead = _read_on(hub, snapshot.head)
        forward(path, ahead)
        if ahead:
            snapshot = snapshot._replace(head=ahead[-1].head)
        there, oldest = ids_in(path)
        _settle_attempts(desk, there)
        lost = [
            Batch.read(bytes(body))
            for batch_id, body in desk.replica.rows(
                "SELECT id, body FROM hub_batch WHERE body IS NOT NULL AND seq >= ? ORDER BY seq, rowid", (oldest,)
            )
            if batch_id not in there
        ]
        log.warning("rebuilding from the snapshot of %s, %s lost batches", snapshot.head.seq, len(lost))
        work = Rebuild(desk, path, snapshot, lost)
        with work.attached():
            cursor = state.cursor
            if cursor is not None and cursor.epoch != snapshot.head.epoch and not work.akin():
                raise AnotherDesk(hub.where)
            look_first(work.deletes)
            with desk.act("", author="") as act:
                work.run(act, Merge(act))
                identity.count(desk)
            told.append(act.changes)
    assert state.cursor == snapshot.head


def _read_on(hub: Hub, place: Head) -> list[Entry]:
    """All batches behind a place that can be read and that this application may merge."""
    found: list[Entry] = []
    while True:
        try:
            entries = following(place, hub.read(place))
        except (Corrupt, Compacted):
            return found
        for entry in entries:
            if newer(entry.batch.min_app):
                return found
            found.append(entry)
        if not entries:
            return found
        place = entries[-1].head


def _settle_attempts(desk: Desk, there: set[str]) -> None:
    """Batches of ours that did arrive, though we never heard."""
    state = HubState(desk.replica)
    for batch_id, upto in state.attempts.items():
        if batch_id in there:
            with desk.replica.writing("", desk.clock.now()):
                changes.settle(desk.replica, upto, 1)
                state.set_attempts({})
