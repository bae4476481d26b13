"""What is let go of and when: nothing that is not shared, nothing that a restored share would ask for."""

from __future__ import annotations

import pytest

from deskapp.desk import work
from deskapp.desk.desk import Desk
from deskapp.sync.hub import commands, upkeep
from deskapp.sync.hub.folder import FolderHub
from tests.sync.hub.desks import Office, ticket


def bodies(desk: Desk) -> int:
    return int(desk.replica.value("SELECT count(*) FROM hub_batch WHERE body IS NOT NULL"))


def log_of(office: Office, hub: FolderHub) -> list[str]:
    return [path.name for path in (office.share / f"log-{hub.head().epoch}").iterdir() if path.name.isdigit()]


def test_what_nobody_else_has_is_kept_however_old_it_is(office: Office) -> None:
    """A desktop that worked for five weeks without the share loses none of it when it is back."""
    office.first("a")
    b = office.join("b")
    office.settle()
    note = work.note(b, ticket(b), "note", "written on the road").result
    office.clock.advance(days=upkeep.KEEP_CHANGES_DAYS + 5)
    shared = b.replica.value("SELECT count(*) FROM change WHERE sent > 0")
    upkeep.keep_small(b, office.rounds["b"].hub, may_write=False)
    assert shared > b.replica.value("SELECT count(*) FROM change WHERE sent > 0")
    office.settle()
    office.same()
    assert office.desks["a"].replica.value("SELECT text FROM note WHERE id = ?", (note,)) == "written on the road"


def test_where_an_intention_began_is_known_as_long_as_its_changes_are(office: Office) -> None:
    a = office.first("a")
    one = ticket(a)
    office.settle()
    office.clock.advance(days=upkeep.KEEP_CHANGES_DAYS + 1)
    kept = work.note(a, one, "note", "of today")
    office.settle()
    upkeep.keep_small(a, office.rounds["a"].hub, may_write=False)
    began = dict(a.replica.rows("SELECT tx, seq FROM act_start"))
    assert kept.tx in began and min(began.values()) >= a.replica.value("SELECT min(seq) FROM change")


def test_records_are_let_go_by_the_keeper_alone_and_after_their_time(office: Office) -> None:
    a, b = office.first("a"), office.join("b")
    one = ticket(a)
    office.settle()
    hub = FolderHub(office.share)
    first = upkeep.publish(a, hub)
    assert first is not None
    for desk in (a, b):
        upkeep.keep_small(desk, hub, may_write=True)  # seen by both today
    had, kept = len(log_of(office, hub)), bodies(b)
    office.clock.advance(days=upkeep.KEEP_DAYS)
    upkeep.keep_small(b, hub, may_write=True)
    assert (len(log_of(office, hub)), bodies(b)) == (had, kept), "three weeks are not over"
    work.note(a, one, "note", "after the first snapshot")
    office.settle()
    second = upkeep.publish(a, hub)
    assert second is not None and second.head.seq > first.head.seq
    office.clock.advance(days=1)
    upkeep.keep_small(b, hub, may_write=False)
    assert len(log_of(office, hub)) == had + second.head.seq - first.head.seq, "another one holds the lease"
    assert bodies(b) < kept
    upkeep.keep_small(a, hub, may_write=True)
    assert log_of(office, hub) and min(map(int, log_of(office, hub))) == first.head.seq + 1
    assert hub.snapshot() == second


def test_a_snapshot_follows_after_many_batches(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    a = office.first("a")
    hub = office.rounds["a"].hub
    before = hub.snapshot()
    ticket(a)
    office.settle()
    upkeep.keep_small(a, hub, may_write=True)
    assert hub.snapshot() == before
    monkeypatch.setattr(upkeep, "EVERY", 1)
    upkeep.keep_small(a, hub, may_write=False)
    assert hub.snapshot() == before
    upkeep.keep_small(a, hub, may_write=True)
    made = hub.snapshot()
    assert made is not None and made.head == office.rounds["a"].hub.head()


def test_snapshots_of_a_log_that_was_left_are_no_reason_to_let_go(office: Office) -> None:
    a = office.first("a")
    one = ticket(a)
    for n in range(4):
        work.note(a, one, "note", str(n))
        office.sync("a")
    hub = office.rounds["a"].hub
    upkeep.publish(a, hub)
    upkeep.keep_small(a, hub, may_write=True)
    commands.rebuild(a, hub_too=True)
    office._attach("a")
    hub = office.rounds["a"].hub
    office.clock.advance(days=upkeep.KEEP_DAYS + 1)
    upkeep.keep_small(a, hub, may_write=True)
    work.note(a, one, "note", "in the new log")
    office.settle()
    kept = bodies(a)
    upkeep.keep_small(a, hub, may_write=True)
    assert bodies(a) == kept and log_of(office, FolderHub(office.share))
