"""What every hub must do, whatever it is made of. Each kind is a parameter of the fixture ``make``."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from deskapp.core.ids import new_id
from deskapp.models.database import Replica
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import (
    Batch,
    Behind,
    Change,
    Compacted,
    Corrupt,
    Head,
    Hub,
    HubRefused,
    HubUnreachable,
    Rewound,
    Snapshot,
)

Make = Callable[[], Hub]


def batch(text: str = "x", replica: str = "r1") -> Batch:
    change = Change("note", new_id(), "I", {"text": [None, text]}, "anna", 1)
    return Batch(new_id(), replica, 1, "0.1.0", 1, (change,))


@cache
def empty_desk() -> bytes:
    """An empty desk as a file, without what captures its changes."""
    with tempfile.TemporaryDirectory() as folder:
        replica = Replica(Path(folder) / "made.sqlite").open()
        copy = Path(folder) / "copy.sqlite"
        replica.db.execute_sql("VACUUM INTO ?", (str(copy),))
        replica.disconnect()
        with closing(sqlite3.connect(copy)) as file:
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                file.execute(f'DROP TRIGGER "{name}"')
            file.execute("PRAGMA journal_mode = DELETE")
            file.commit()
            file.execute("VACUUM")
        return copy.read_bytes()


def snapshot_at(head: Head, folder: Path, said: bytes = b"desk") -> tuple[Path, Snapshot]:
    """A desk that holds ``said`` somewhere, offered as that of ``head``."""
    path = folder / f"{new_id()}.sqlite"
    path.write_bytes(empty_desk())
    with closing(sqlite3.connect(path)) as file:
        file.execute("INSERT INTO local_state (key, value) VALUES ('said', ?)", (said.decode("latin-1"),))
        file.commit()
    content = path.read_bytes()
    return path, Snapshot(head, 1, "0.1.0", 1, len(content), hashlib.sha256(content).hexdigest())


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Gives hubs of one place, as different desktops have them."""
    share = tmp_path / "share"
    share.mkdir()
    source, snapshot = snapshot_at(Head.origin("e1"), tmp_path)
    FolderHub.found(share, source, snapshot)
    return lambda: FolderHub(share, pause=lambda _seconds: None, thorough=1)


def test_what_one_appends_the_other_reads(make: Make) -> None:
    one, other = make(), make()
    start = one.head()
    assert start == Head.origin("e1") and not one.news(start)
    sent = batch("Привет, “мир”\nи \u2028ещё")
    head = one.append(start, sent)
    assert head == start.after(sent.body) and other.head() == head
    assert other.news(start) and not other.news(head)
    ((where, got),) = other.read(start)
    assert where == head and got == sent and got.body == sent.body
    assert other.read(head) == []


def test_only_one_can_be_next(make: Make) -> None:
    one, other = make(), make()
    start = one.head()
    first = batch()
    one.append(start, first)
    with pytest.raises(Behind):
        other.append(start, batch())
    assert [entry.batch for entry in other.read(start)] == [first]


def test_the_same_batch_again_is_already_there_or_behind(make: Make) -> None:
    hub = make()
    start = hub.head()
    sent = batch()
    head = hub.append(start, sent)
    try:
        assert make().append(start, sent) == head
    except Behind:
        pass
    assert hub.head() == head


def test_reading_is_bounded_and_goes_on(make: Make) -> None:
    hub = make()
    place = start = hub.head()
    sent = []
    for number in range(7):
        sent.append(batch(str(number)))
        place = hub.append(place, sent[-1])
    found = hub.read(start, 4)
    assert len(found) == 4
    found += hub.read(found[-1].head, 4)
    assert [entry.batch for entry in found] == sent and found[-1].head == place == hub.head()


def test_a_place_of_another_log_is_told_apart(make: Make) -> None:
    hub = make()
    head = hub.append(hub.head(), batch())
    for strange in (Head("e2", 1, head.chain), Head("e1", 1, "0" * 64), Head("e1", 9, head.chain), Head.origin("e2")):
        assert hub.news(strange) or strange.seq == 1  # one stat cannot see it; reading and appending do
        with pytest.raises(Rewound):
            make().read(strange)
        with pytest.raises(Rewound):
            make().append(strange, batch())


def test_behind_a_compacted_place_there_is_only_the_snapshot(make: Make, tmp_path: Path) -> None:
    hub = make()
    places = [hub.head()]
    for number in range(6):
        places.append(hub.append(places[-1], batch(str(number))))
    source, snapshot = snapshot_at(places[4], tmp_path)
    hub.publish_snapshot(source, snapshot)
    hub.compact(places[4])
    for sleeper in places[:4]:
        assert make().news(sleeper)
        with pytest.raises(Compacted):
            make().read(sleeper)
        with pytest.raises(Compacted):
            make().append(sleeper, batch())
    assert [entry.head for entry in make().read(places[4])] == places[5:]
    assert make().append(places[6], batch()).seq == 7


def test_nothing_is_let_go_that_no_snapshot_holds(make: Make, tmp_path: Path) -> None:
    hub = make()
    start = hub.head()
    first = hub.append(start, batch())
    with pytest.raises(HubRefused):
        hub.compact(first)
    assert [entry.head for entry in make().read(start)] == [first]
    second = hub.append(first, batch())
    third = hub.append(second, batch())
    offered = []
    for head in (second, third):
        source, snapshot = snapshot_at(head, tmp_path, head.chain.encode())
        hub.publish_snapshot(source, snapshot)
        offered.append(snapshot)
    hub.compact(first)
    assert [entry.head for entry in make().read(first)] == [second, third]
    other = make()
    assert other.snapshot() == offered[1]
    other.distrust(offered[1])  # damaged: the one before it is still there, with what follows it
    assert other.snapshot() == offered[0] and [entry.head for entry in other.read(second)] == [third]


def test_a_snapshot_that_changes_while_it_is_sent_is_not_offered(make: Make, tmp_path: Path) -> None:
    hub = make()
    known = hub.snapshot()
    source, snapshot = snapshot_at(hub.append(hub.head(), batch()), tmp_path)
    source.write_bytes(source.read_bytes()[:-1] + b"!")
    with pytest.raises(HubUnreachable):
        hub.publish_snapshot(source, snapshot)
    assert make().snapshot() == known


def test_everything_compacted_is_no_end(make: Make, tmp_path: Path) -> None:
    hub = make()
    head = hub.append(hub.head(), batch())
    source, snapshot = snapshot_at(head, tmp_path)
    hub.publish_snapshot(source, snapshot)
    hub.compact(head)
    again = make()
    assert again.head() == head and again.read(head) == []
    assert again.news(Head.origin("e1")) and not again.news(head)  # who has nothing to say hears of it too
    assert again.append(head, batch()).seq == 2
    with pytest.raises(Compacted):
        again.read(Head.origin("e1"))


def test_the_newest_snapshot_is_offered(make: Make, tmp_path: Path) -> None:
    hub = make()
    head = hub.append(hub.head(), batch())
    source, snapshot = snapshot_at(head, tmp_path, b"newer" * 1000)
    hub.publish_snapshot(source, snapshot)
    assert make().snapshot() == snapshot
    told: list[tuple[int, int]] = []
    target = tmp_path / "fetched"
    make().fetch_snapshot(snapshot, target, lambda done, of: told.append((done, of)))
    assert target.read_bytes() == source.read_bytes() and told[-1] == (snapshot.size, snapshot.size)


def test_two_replicas_may_offer_a_snapshot_of_one_place(make: Make, tmp_path: Path) -> None:
    hub = make()
    head = hub.append(hub.head(), batch())
    offered = []
    for content in (b"one", b"the other"):
        source, snapshot = snapshot_at(head, tmp_path, content)
        hub.publish_snapshot(source, snapshot)
        hub.publish_snapshot(source, snapshot)
        offered.append(snapshot)
    found = make().snapshot()
    assert found in offered
    make().fetch_snapshot(found, tmp_path / "fetched")


def test_a_damaged_snapshot_is_not_offered_twice(make: Make, tmp_path: Path) -> None:
    hub = make()
    first = hub.snapshot()
    head = hub.append(hub.head(), batch())
    source, snapshot = snapshot_at(head, tmp_path, b"good")
    hub.publish_snapshot(source, snapshot._replace())
    damage(hub, b"good", b"bad!")
    with pytest.raises(Corrupt):
        hub.fetch_snapshot(snapshot, tmp_path / "fetched")
    assert hub.snapshot() == first


def damage(hub: Hub, old: bytes, new: bytes) -> None:
    """Change bytes somewhere in the hub behind its back."""
    for path in Path(hub.where).rglob("*"):
        if path.is_file() and old in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(old, new))


def test_good_batches_before_a_damaged_one_are_read(make: Make) -> None:
    hub = make()
    start = hub.head()
    first = hub.append(start, batch("good"))
    hub.append(first, batch("will be damaged"))
    damage(hub, b"will be damaged", b"will be DAMAGED")
    assert [entry.head for entry in make().read(start)] == [first]
    with pytest.raises(Corrupt) as caught:
        make().read(first)
    assert caught.value.seq == 2


def test_files_are_kept_by_their_hash(make: Make) -> None:
    hub, data = make(), b"a file \x00 of bytes" * 99
    sha256 = hashlib.sha256(data).hexdigest()
    assert not hub.has_blob(sha256) and hub.get_blob(sha256) is None
    hub.put_blob(sha256, data)
    make().put_blob(sha256, data)
    assert make().has_blob(sha256) and make().get_blob(sha256) == data


def test_a_damaged_file_is_none_and_can_be_given_again(make: Make) -> None:
    hub, data = make(), b"a file of bytes" * 99
    sha256 = hashlib.sha256(data).hexdigest()
    hub.put_blob(sha256, data)
    damage(hub, data, data[:40])
    assert hub.get_blob(sha256) is None
    hub.put_blob(sha256, data)
    assert hub.get_blob(sha256) == data


def test_a_beat_replaces_the_last_one(make: Make) -> None:
    hub = make()
    hub.beat("r1", {"n": 1})
    hub.beat("r1", {"n": 2, "имя": "Анна"})
    make().beat("r2", {"n": 1})
    assert make().beats() == {"r1": {"n": 2, "имя": "Анна"}, "r2": {"n": 1}}


def test_a_good_place_passes_its_check(make: Make) -> None:
    assert all(finding.ok for finding in make().check())
