"""The folder hub on a share that does its worst: locks that do nothing, old listings, lost answers, half-written
files.
"""

from __future__ import annotations

import errno
import random
import threading
from pathlib import Path

import pytest

from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import Behind, Corrupt, Head, Hub, HubRefused, HubUnreachable
from tests.sync.hub.faults import Faults, FaultyFiles
from tests.sync.hub.test_hubs import batch, snapshot_at

ERRORS = (errno.EIO, errno.EPERM, errno.EEXIST, errno.ESTALE, errno.ENOENT, errno.EACCES)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    source, snapshot = snapshot_at(Head.origin("e1"), tmp_path)
    FolderHub.found(folder, source, snapshot)
    return folder


class BadShare(FaultyFiles):
    """One operation in ten fails, before or after it was done; every second listing is old."""

    def __init__(self, seed: int) -> None:
        super().__init__(Faults())
        self._chance = random.Random(seed)

    def list(self, path: Path) -> list[str]:
        if self._chance.random() < 0.5:
            self.faults.arm("stale", 0)
        return super().list(path)

    def publish(self, source: Path, target: Path) -> None:
        self._perhaps()
        super().publish(source, target)

    def write(self, path: Path, data: bytes) -> None:
        self._perhaps()
        super().write(path, data)

    def read(self, path: Path) -> bytes:
        if self._chance.random() < 0.05:
            return super().read(path)[:-3]  # cut off, this time
        return super().read(path)

    def _perhaps(self) -> None:
        if self._chance.random() < 0.1:
            self.faults.arm(self._chance.choice(["error before", "error after"]), 0, self._chance.choice(ERRORS))


def append_many(hub: Hub, count: int, name: str, told: list[str]) -> None:
    """Append ``count`` batches as a replica would, and note which were acknowledged."""
    place = Head.origin("e1")
    sent = None
    while count:
        try:
            for entry in hub.read(place):
                place = entry.head
                if sent is not None and entry.batch.id == sent.id:
                    told.append(sent.id)  # it had arrived, we never heard
                    sent, count = None, count - 1
            if not count:
                return
            sent = sent or batch(name, name)
            place = hub.append(place, sent)
            told.append(sent.id)
            sent, count = None, count - 1
        except (Behind, HubUnreachable, HubRefused, Corrupt):
            continue


def test_four_writers_on_a_bad_share_keep_every_batch_once(share: Path) -> None:
    told: dict[str, list[str]] = {f"w{n}": [] for n in range(4)}
    threads = [
        threading.Thread(
            target=append_many, args=(FolderHub(share, BadShare(n), pause=lambda _s: None), 25, name, told[name])
        )
        for n, name in enumerate(told)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    hub = FolderHub(share)
    place, found = Head.origin("e1"), []
    while entries := hub.read(place, 30):
        found += [entry.batch.id for entry in entries]
        place = entries[-1].head
    acknowledged = [one for ids in told.values() for one in ids]
    assert len(acknowledged) == 100 == len(set(acknowledged))
    assert sorted(found) == sorted(acknowledged)


@pytest.mark.parametrize("number", ERRORS)
@pytest.mark.parametrize("kind", ["error before", "error after"])
def test_after_any_error_it_is_known_whether_it_was_published(share: Path, kind: str, number: int) -> None:
    """An error after publishing is an acknowledgement: what counts is what can be read back."""
    faults = Faults()
    hub = FolderHub(share, FaultyFiles(faults))
    place = Head.origin("e1")
    for step in range(40):
        sent = batch(str(step))
        faults.arm(kind, step, number)
        acknowledged = None
        try:
            acknowledged = hub.append(place, sent)
        except (HubUnreachable, HubRefused, Behind):
            pass
        met = not faults.kind
        faults.clear()
        entries = FolderHub(share).read(place)
        assert acknowledged is None or [entry.batch for entry in entries] == [sent]
        place = entries[-1].head if entries else place
        if not met:
            return
    raise AssertionError("an append has no end")


def test_a_half_written_file_never_gets_a_number(share: Path) -> None:
    faults = Faults()
    hub = FolderHub(share, FaultyFiles(faults))
    for step in range(30):
        faults.arm("half", step)
        try:
            hub.append(FolderHub(share).head(), batch())
        except BaseException:
            pass
        faults.clear()
        hub = FolderHub(share, FaultyFiles(faults))
    place = Head.origin("e1")
    while entries := FolderHub(share).read(place):
        place = entries[-1].head
    assert place == FolderHub(share).head()


def test_an_empty_mount_point_is_no_empty_desk(share: Path) -> None:
    hub = FolderHub(share, thorough=1)
    head = hub.append(hub.head(), batch())
    share.rename(share.with_name("away"))
    share.mkdir()
    for ask in (hub.head, lambda: hub.news(head), lambda: hub.read(head), lambda: hub.append(head, batch())):
        with pytest.raises(HubUnreachable):
            ask()
    with pytest.raises(HubUnreachable):
        FolderHub(share)
    assert list(share.iterdir()) == []


@pytest.mark.parametrize("left", ["an empty mount point", "nothing"])
def test_a_share_that_vanished_is_noticed_within_seconds_by_who_has_nothing_to_say(share: Path, left: str) -> None:
    passed = [100.0]
    hub = FolderHub(share, steady=lambda: passed[0])
    head = hub.head()
    passed[0] += 3.9
    assert not hub.news(head)
    share.rename(share.with_name("gone"))
    if left == "an empty mount point":
        share.mkdir()
    passed[0] += 4.1
    with pytest.raises(HubUnreachable):
        hub.news(head)
    if share.exists():
        share.rmdir()
    share.with_name("gone").rename(share)
    assert not hub.news(head)


def test_a_share_without_exclusive_names_does_not_pass(share: Path) -> None:
    class Replacing(FaultyFiles):
        def publish(self, source: Path, target: Path) -> None:
            source.replace(target)  # what rename does on most shares

    from deskapp.sync.hub import share as places

    found = {finding.what: finding.ok for finding in places.check(share, Replacing(Faults()))}
    assert found["Exclusive publishing"] is False


def test_temporary_files_of_a_dead_process_are_in_nobodys_way(share: Path) -> None:
    (share / "tmp" / "left.tmp").write_bytes(b"half")
    hub = FolderHub(share)
    assert hub.read(hub.append(hub.head(), batch()).__class__.origin("e1"))
