"""What keeps the cost of a desk from growing with its age: snapshots, compaction, and letting go of what they hold.

Done by the holder of the snapshot lease (the local part by everybody), rarely.
"""

from __future__ import annotations

import json
import logging

from deskapp.core.clock import to_ms
from deskapp.desk import erase
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
#: After an erasure: a desktop whose last sign of life is older sleeps, and others are waited for no longer than this.
SLEEPS_MS = 120_000
PATIENCE_MS = 600_000


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


def forget(desk: Desk, hub: Hub, may_write: bool) -> bool:
    """Have the hub let go of everything from before an erasure; whether there is nothing of the kind to do any more.

    Done by the replica that erased and by the holder of the snapshot lease, whoever comes first; what is done twice is
    no harm. Desktops at work are given some time to read on: a place that is let go costs each of them a rebuild.
    """
    state = HubState(desk.replica)
    told, cursor = state.read("hub_erase"), state.cursor
    if not told or cursor is None:
        return True
    now, seq = to_ms(desk.clock.now()), int(told["seq"])
    mine = desk.replica.value(
        "SELECT 1 FROM change WHERE tbl = 'erasure' AND sent >= ? AND author = ? LIMIT 1", (seq, desk.me)
    )
    if not (may_write or mine):
        return False
    behind = [beat for beat in hub.beats().values() if int(beat.get("seq", 0)) < seq]
    if any(now - int(beat.get("at", 0)) < SLEEPS_MS for beat in behind) and now - told["since"] < PATIENCE_MS:
        return False
    if not erase.finish(desk):  # a snapshot is made from this file
        return False
    made = publish(desk, hub)
    if made is None:
        return False
    for sha256 in erase.files_gone(desk):
        hub.drop_blob(sha256)
    hub.compact(made.head)
    state.write("hub_erase", None)
    log.info("the hub holds nothing from before %s", made.head.seq)
    return True


def keep_small(desk: Desk, hub: Hub, may_write: bool) -> None:
    """One look at what has grown; ``may_write``: this replica holds the snapshot lease."""
    state = HubState(desk.replica)
    cursor, now = state.cursor, to_ms(desk.clock.now())
    if cursor is None:
        return
    forget(desk, hub, may_write)
    newest = hub.snapshot()
    if may_write and (newest is None or cursor.seq - newest.head.seq >= EVERY):
        newest = publish(desk, hub) or newest
    if newest is None or newest.head.epoch != cursor.epoch:
        return
    # by when this replica saw it, not by the clock of whoever made it
    # what was seen of a log that was left has numbers of its own
    seen = {int(seq): (head, at) for seq, head, at in state.read("hub_snapshots", []) if head[0] == cursor.epoch}
    seen.setdefault(newest.head.seq, (list(newest.head), now))
    old = [Head(*head) for head, at in seen.values() if now - at > KEEP_DAYS * _DAY]
    with desk.replica.writing("", desk.clock.now()) as writing:
        keep = max((head.seq for head in old), default=-1)
        # not sooner: a share that is restored to last week loses the newer snapshots too
        writing.execute("UPDATE hub_batch SET body = NULL WHERE seq <= ? AND body IS NOT NULL", (keep,))
        writing.execute("DELETE FROM hub_batch WHERE seq <= ?", (cursor.seq - 2 * snapshots.REMEMBERED,))
        writing.execute("DELETE FROM change WHERE sent > 0 AND made_at < ?", (now - KEEP_CHANGES_DAYS * _DAY,))
        writing.execute("DELETE FROM act_start WHERE seq < (SELECT min(seq) FROM change)")
        left = [(seq, head, at) for seq, (head, at) in seen.items() if seq >= keep]
        desk.replica.set_state("hub_snapshots", json.dumps(left))
    if may_write and old:
        hub.compact(max(old, key=lambda head: head.seq))
