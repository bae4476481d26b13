"""What goes into a batch and when it counts as shared; whose batch is merged, and who has to wait."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.locks import FileLock
from deskapp.desk import files, setup, triage, work
from deskapp.desk.intake_values import IncomingFile
from deskapp.models.schema import Message, Skill
from deskapp.sync.hub import blobs, changes, commands, identity, rounds
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import Batch, Change, Head, HubUnreachable, UpdateToSync
from deskapp.sync.hub.mend import rebuild
from deskapp.sync.hub.rounds import Implausible
from deskapp.sync.hub.state import HubState
from tests.sync.hub.desks import Office, ticket


class Watched:
    """A hub at which something happens while a batch is on its way."""

    def __init__(self, hub: Any, before: Callable[[Batch], object], after: Callable[[], object] = lambda: None) -> None:
        self._hub, self._before, self._after = hub, before, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hub, name)

    def append(self, after: Head, batch: Batch) -> Head:
        self._before(batch)
        head: Head = self._hub.append(after, batch)
        self._after()
        return head


def log_of(office: Office, name: str) -> list[Batch]:
    hub = office.rounds[name].hub
    return [entry.batch for entry in hub.read(Head.origin(hub.head().epoch))]


def test_what_is_written_while_a_batch_is_on_its_way_is_not_taken_for_sent(office: Office) -> None:
    a, b = office.first("a"), office.join("b")
    one = ticket(a)
    hub, said = office.rounds["a"].hub, ["the second", "the first"]

    def write() -> None:
        if said:
            work.note(a, one, "note", said.pop())

    office.rounds["a"].hub = Watched(hub, lambda _batch: None, write)  # type: ignore[assignment]
    office.sync("a")
    office.rounds["a"].hub = hub
    office.settle()
    office.same()
    assert {text for (text,) in b.replica.rows("SELECT text FROM note")} == {"the first", "the second"}


def test_a_batch_ends_with_a_whole_intention(office: Office) -> None:
    a = office.first("a")
    office.settle()
    first, second = ticket(a, "First"), ticket(a, "Second")
    ((begins,),) = a.replica.rows("SELECT min(seq) FROM change WHERE tbl = 'ticket' AND row = ?", (second,))
    ((of_first,),) = a.replica.rows("SELECT count(*) FROM change WHERE sent = 0 AND seq < ?", (begins,))
    assert of_first > 1
    own = changes.collect(a.replica, 1)
    assert own is not None and own.upto < begins
    rows = {change.row for change in own.changes}
    assert first in rows and second not in rows
    ((tx,),) = a.replica.rows("SELECT tx FROM change WHERE seq = ?", (own.upto,))
    assert not a.replica.value("SELECT count(*) FROM change WHERE tx = ? AND seq > ?", (tx, own.upto))


def test_lost_batches_count_as_carried_again_with_the_last_of_their_changes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = office.first("a")
    office.settle()
    ticket(a, "First")
    ticket(a, "Second")
    HubState(a.replica).write("hub_holds", {"ids": ["lost"], "upto": commands.changes_upto(a)})
    before = len(log_of(office, "a"))
    monkeypatch.setattr(rounds.changes, "collect", lambda replica, _collect=changes.collect: _collect(replica, 1))
    office.sync("a")
    holds = [batch.holds for batch in log_of(office, "a")[before:]]
    assert len(holds) > 1 and holds[-1] == ("lost",) and not any(holds[:-1])


def test_a_file_is_in_the_hub_before_the_batch_that_names_it(office: Office) -> None:
    a = office.first("a")
    hub = office.rounds["a"].hub
    named: list[tuple[str, bool]] = []

    def look(batch: Batch) -> None:
        named.extend((sha256, hub.has_blob(sha256)) for sha256 in batch.blobs)

    note, raw = files.put(a, b"a protocol"), files.put(a, b"a letter as it came")
    one = ticket(a)
    work.note(a, one, "note", "with a file", files=[IncomingFile("p.txt", "text/plain", 10, note)])
    with a.act("") as act:
        act.insert(Message, ticket_id=one, raw_sha256=raw)
    office.rounds["a"].hub = Watched(hub, look)  # type: ignore[assignment]
    office.sync("a")
    assert sorted(named) == sorted([(note, True), (raw, True)])


def test_files_that_nobody_has_any_more_keep_no_others_away(office: Office) -> None:
    a, b = office.first("a"), office.join("b")
    there = files.put(a, b"the only one that is left")
    one = ticket(a)
    names = [f"{n:064x}" for n in range(60)] + [there]
    for sha256 in names:
        work.note(a, one, "note", "", files=[IncomingFile("p.txt", "text/plain", 10, sha256)])
    office.settle()
    for _turn in range(60):
        if files.has(b, there):
            break
        blobs.gather(b, office.rounds["b"].hub, limit=20)
    assert files.has(b, there)
    c = office.join("c")
    assert blobs.gather(c, office.rounds["c"].hub, limit=len(names), everything=True) == 1


def test_files_follow_where_sharing_was_cut_short(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The share went away in the middle of gigabytes: the desk is shared already, the rest is not forgotten."""
    a = office.open("a")
    setup.begin(a)
    one = ticket(a)
    names = sorted(files.put(a, f"file {n}".encode()) for n in range(5))
    for sha256 in names:
        work.note(a, one, "note", "", files=[IncomingFile("p.txt", "text/plain", 6, sha256)])
    office.share.mkdir()

    def cut(*_given: object) -> None:
        raise HubUnreachable("The share cannot be reached")

    monkeypatch.setattr(commands.blobs, "give_all", cut)
    with pytest.raises(HubUnreachable):
        commands.init(a, str(office.share))
    office._attach("a")
    hub = office.rounds["a"].hub
    blobs.give_owed(a, hub, limit=2)
    assert [hub.has_blob(name) for name in names] == [True, True, False, False, False]
    for _turn in range(2):
        office.sync("a")
    assert all(hub.has_blob(name) for name in names)
    before = a.replica.data_version(), a.replica.value("SELECT value FROM local_state WHERE key = 'hub_files_owed'")
    office.sync("a")
    assert before == (a.replica.data_version(), "null")


def test_a_hub_that_was_made_anew_gets_the_files_of_all(office: Office) -> None:
    a, b = office.first("a"), office.join("b")
    sha256 = files.put(b, b"only b has it")
    work.note(b, ticket(b), "note", "", files=[IncomingFile("p.txt", "text/plain", 6, sha256)])
    office.settle()
    shutil.rmtree(office.share)
    office.share.mkdir()
    commands.rebuild(a, hub_too=True)
    assert not FolderHub(office.share).has_blob(sha256) and not files.has(a, sha256)
    assert office.sync("b").rebuilt
    assert FolderHub(office.share).has_blob(sha256)


def test_one_process_of_a_profile_is_at_a_round(office: Office) -> None:
    a = office.first("a")
    ticket(a)
    other = FileLock(a.profile.root / "round.lock")
    waiting = changes.waiting(a.replica)
    assert other.take()
    found = office.sync("a")
    other.release()
    assert found.busy and not found.sent and changes.waiting(a.replica) == waiting == found.waiting > 0
    assert office.sync("a").sent


def test_what_asks_for_a_newer_application_waits_wherever_it_stands(office: Office) -> None:
    a = office.first("a")
    one = ticket(a)
    office.settle()
    hub = FolderHub(office.share)
    for n, min_app in enumerate(("0.1.0", "99.0", "0.1.0")):
        said = Change("ticket", one, "U", {"subject": [None, f"of batch {n}"]}, "x", n)
        hub.append(hub.head(), Batch(f"batch {n}", "newer", 2, min_app, 1, (said,)))
    with pytest.raises(UpdateToSync, match=r"99\.0"):
        office.sync("a")
    assert a.replica.value("SELECT subject FROM ticket") == "of batch 0"
    rebuild(a, hub, lambda _deletes: None, [])  # from a snapshot and the log behind it
    assert a.replica.value("SELECT subject FROM ticket") == "of batch 0"


def test_a_permission_to_delete_much_is_for_one_round(office: Office) -> None:
    a = office.first("a")
    for _turn in range(2):
        with a.act() as act:
            for n in range(60):
                act.insert(Skill, name=str(n))
        office.settle()
        with a.act() as act:
            act.writing.execute("DELETE FROM skill WHERE position = 0")
        with pytest.raises(Implausible):
            office.sync("a")
        office.rounds["a"].allow = True
        office.sync("a")
        assert not a.replica.value("SELECT count(*) FROM skill")


def test_a_rebuild_that_would_delete_much_is_asked_about_too(office: Office) -> None:
    a, b = office.first("a"), office.join("b")
    with a.act() as act:
        for n in range(60):
            act.insert(Skill, name=str(n))
    office.settle()
    work.note(b, ticket(b), "note", "of today")
    with b.act() as act:  # rows that the hub does not know and that are nobody's change
        act.writing.execute("UPDATE capture_context SET active = 0")
        for n in range(60):
            act.insert(Skill, id=f"stray {n}", name="x")
        act.writing.execute("UPDATE capture_context SET active = 1")
    with pytest.raises(Implausible):
        commands.rebuild(b)
    assert b.replica.value("SELECT count(*) FROM skill") == 120
    commands.rebuild(b, allow=True)
    office.settle()
    office.same()


def test_much_that_is_new_here_is_not_taken_for_deleted(office: Office) -> None:
    a = office.first("a")
    office.settle()
    office.rounds["a"].hub.publish_snapshot = lambda *_given: None  # type: ignore[method-assign]
    with a.act() as act:
        for n in range(100):
            act.insert(Skill, name=str(n))
    told: list[Any] = []
    seen: dict[str, tuple[int, int]] = {}
    rebuild(a, office.rounds["a"].hub, lambda deletes: seen.update(deletes), told)
    assert seen["skill"] == (0, 100)
    assert a.replica.value("SELECT count(*) FROM skill") == 100 == changes.waiting(a.replica)


def test_replicas_at_different_places_are_not_called_different(office: Office) -> None:
    a, b = office.first("a"), office.join("b")
    office.settle()
    assert rounds.compare(b, office.rounds["b"].hub) == []
    office.rounds["b"]._beaten = None
    office.sync("b")  # its fingerprint is told
    triage.set_urgency(a, [ticket(a)], 1)
    office.sync("a")
    assert rounds.compare(a, office.rounds["a"].hub) == []


def test_a_profile_that_was_restored_finds_its_own_batches_among_others(office: Office) -> None:
    a, b = office.first("a"), office.join("b")
    office.settle()
    b.replica.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(office.folder / "b", office.folder / "image")
    work.note(a, ticket(a, "Of a colleague"), "note", "first")
    office.sync("a")
    office.sync("b")
    one = ticket(b, "After the image")
    office.settle()
    b.replica.disconnect()
    shutil.rmtree(office.folder / "b")
    shutil.copytree(office.folder / "image", office.folder / "b")
    b = office.restart("b")
    was = b.replica.state("replica")
    two = ticket(b, "Offline")
    office.settle()
    office.same()
    assert b.replica.state("replica") != was, "its numbers are another's by now"
    told = dict(a.replica.rows("SELECT id, number FROM ticket"))
    assert told[one] and told[two] and told[one] != told[two]


@pytest.mark.parametrize("what", ["an older database", "no marker", "a damaged marker", "another machine"])
def test_a_profile_that_is_not_what_it_was_becomes_a_new_replica(
    office: Office, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = office.first("a")
    marker = a.profile.root / "replica.json"
    backup = a.replica.backup("test")
    ticket(a)
    office.settle()
    assert not commands.opened(a)
    was = a.replica.state("replica")
    if what == "an older database":
        a.replica.disconnect()
        for end in ("-wal", "-shm"):
            Path(f"{a.replica.path}{end}").unlink(missing_ok=True)
        shutil.copy(backup, a.replica.path)
        a = office.restart("a")
    elif what == "no marker":
        marker.unlink()
    elif what == "a damaged marker":
        marker.write_text(json.dumps(["replica"]))
    else:
        monkeypatch.setattr(identity, "_machine", lambda: "another")
    assert commands.opened(a) and not commands.opened(a)
    assert a.replica.state("replica") != was and a.replica.state("number_blocks") == "[]"
