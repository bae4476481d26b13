"""What keeps the cost of a desk from growing with its age: snapshots, compaction, and letting go of what they hold.

Done by the holder of the snapshot lease (the local part by everybody), rarely.
"""

from __future__ import annotations

import json
import logging

from deskapp.core.clock import to_ms
from deskapp.desk.desk import Desk
from deskapp.sync.hub import snapshots
from deskapp.sync.hub.hub import Head, Hub, Snapshot
from deskapp.sync.hub.state import HubState

log = logging.getLogger(__name__)

#: Batches between two snapshots.
EVERY = 500
#: Batches and snapshots are kept this long behind a snapshot: for desktops that sleep, and for a look back.
KEEP_DAYS = 21
#: Sent changes are kept this long for undo and for other processes.
KEEP_CHANGES_DAYS = 30
_DAY = 24 * 3_600_000


def publish(desk: Desk, hub: Hub) -> Snapshot | None:
    """Offer a snapshot of this replica; None while it has changes that the hub does not know."""
    with snapshots.scratch(desk) as path:
        made = snapshots.make(desk, path)
        if made is not None:
            hub.publish_snapshot(path, made)
            log.info("snapshot of %s, %s bytes", made.head.seq, made.size)
        return made


def help_over(desk: Desk, hub: Hub, stuck: int) -> None:
    """Somebody cannot read a batch that is part of this replica: give them a snapshot behind it."""
    known = hub.snapshot()
    if known is None or known.head.seq < stuck:
        publish(desk, hub)


def keep_small(desk: Desk, hub: Hub, may_write: bool) -> None:
    """One look at what has grown; ``may_write``: this replica holds the snapshot lease."""
    state = HubState(desk.replica)
    cursor, now = state.cursor, to_ms(desk.clock.now())
    if cursor is None:
        return
    newest = hub.snapshot()
    if may_write and (newest is None or cursor.seq - newest.head.seq >= EVERY):
        newest = publish(desk, hub) or newest
    if newest is None or newest.head.epoch != cursor.epoch:
        return
    # by when this replica saw it, not by the clock of whoever made it
    seen = {int(seq): (head, at) for seq, head, at in state.read("hub_snapshots", [])}
    seen.setdefault(newest.head.seq, (list(newest.head), now))
    old = [Head(*head) for head, at in seen.values() if now - at > KEEP_DAYS * _DAY and head[0] == cursor.epoch]
    with desk.replica.writing("", desk.clock.now()) as writing:
        keep = max((head.seq for head in old), default=0)
        # not sooner: a share that is restored to last week loses the newer snapshots too
        writing.execute("UPDATE hub_batch SET body = NULL WHERE seq <= ? AND body IS NOT NULL", (keep,))
        writing.execute("DELETE FROM hub_batch WHERE seq <= ?", (cursor.seq - 2 * snapshots.REMEMBERED,))
        writing.execute("DELETE FROM change WHERE sent > 0 AND made_at < ?", (now - KEEP_CHANGES_DAYS * _DAY,))
        left = [(seq, head, at) for seq, (head, at) in seen.items() if seq >= keep]
        desk.replica.set_state("hub_snapshots", json.dumps(left))
    if may_write and old:
        hub.compact(max(old, key=lambda head: head.seq))
