"""The folder hub on a share that does its worst: locks that do nothing, old listings, lost answers, half-written
files.
"""

from __future__ import annotations

import errno
import json
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.core.errors import EnvironmentTrouble
from deskapp.core.ids import new_id, oldest_id
from deskapp.sync.hub.files import Files
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import (
    Behind,
    Compacted,
    Corrupt,
    Head,
    Hub,
    HubFull,
    HubRefused,
    HubUnreachable,
    Rewound,
)
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


class Meddled(Files):
    """A share where something happens in the middle: ``publishing`` just before a batch gets its name, ``published``
    just after."""

    def __init__(
        self,
        publishing: Callable[[], object] = lambda: None,
        published: Callable[[Path], object] = lambda _target: None,
    ) -> None:
        self._publishing, self._published = publishing, published

    def publish(self, source: Path, target: Path) -> None:
        if not target.name.isdigit():
            return super().publish(source, target)
        self._publishing()
        super().publish(source, target)
        self._published(target)


def test_a_place_that_was_let_go_while_a_batch_was_on_its_way_is_no_place(share: Path, tmp_path: Path) -> None:
    """The sleeper finds its number free because the batches of the others are gone: that is no acknowledgement."""
    start = FolderHub(share).head()

    def go_on() -> None:
        hub = FolderHub(share)
        place = start
        for _turn in range(3):
            place = hub.append(place, batch())
        source, snapshot = snapshot_at(place, tmp_path)
        hub.publish_snapshot(source, snapshot)
        hub.compact(place)

    with pytest.raises(Compacted):
        FolderHub(share, Meddled(publishing=go_on)).append(start, batch("of the sleeper"))
    assert FolderHub(share).head().seq == 3 and not list((share / "log-e1").iterdir())


def test_a_log_that_was_left_while_a_batch_was_on_its_way_takes_no_more(share: Path, tmp_path: Path) -> None:
    start = FolderHub(share).head()

    def begin_anew() -> None:
        source, snapshot = snapshot_at(Head.origin("e2"), tmp_path)
        FolderHub.found(share, source, snapshot, instead_of="e1")

    with pytest.raises(Rewound):
        FolderHub(share, Meddled(publishing=begin_anew)).append(start, batch())
    assert FolderHub(share).head() == Head.origin("e2")


def test_whoever_is_overwritten_is_told(share: Path) -> None:
    hub = FolderHub(share, Meddled(published=lambda target: target.write_bytes(b"of somebody else")))
    with pytest.raises(Behind):
        hub.append(hub.head(), batch())


def test_what_does_not_read_as_it_was_written_gets_no_number(share: Path) -> None:
    class Losing(Files):
        def write(self, path: Path, data: bytes) -> None:
            super().write(path, data[:-1])

    hub = FolderHub(share, Losing())
    with pytest.raises(HubUnreachable):
        hub.append(hub.head(), batch())
    assert not list((share / "log-e1").iterdir()) and not list((share / "tmp").iterdir())


def test_a_share_that_denies_a_file_for_a_moment_is_no_other_log(share: Path) -> None:
    class Denying(Files):
        left = 0

        def read(self, path: Path, *most: int) -> bytes:
            if path.name.isdigit() and self.left:
                self.left -= 1
                raise FileNotFoundError(errno.ENOENT, "not yet", str(path))
            return super().read(path, *most)

    files = Denying()
    hub = FolderHub(share, files, pause=lambda _seconds: None)
    head = hub.append(hub.head(), batch())
    files.left = 3
    assert hub.append(head, batch()).seq == 2


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, HubFull), (errno.EDQUOT, HubFull), (errno.EROFS, HubRefused), (errno.EACCES, HubRefused),
        (errno.ESTALE, HubUnreachable),
    ],
)  # fmt: skip
def test_what_a_share_refuses_is_told_as_what_it_is(share: Path, number: int, said: type[Exception]) -> None:
    class Refusing(Files):
        def write(self, path: Path, data: bytes) -> None:
            raise OSError(number, "refused")

    hub = FolderHub(share, Refusing())
    with pytest.raises((HubRefused, HubUnreachable)) as caught:
        hub.append(hub.head(), batch())
    assert type(caught.value) is said


def test_a_name_that_is_refused_is_no_matter_of_rights(share: Path) -> None:
    class Refusing(Files):
        def publish(self, source: Path, target: Path) -> None:
            raise PermissionError(errno.EPERM, "a lost race, or a moment")

    hub = FolderHub(share, Refusing())
    with pytest.raises(HubUnreachable):
        hub.append(hub.head(), batch())


def test_without_room_a_snapshot_is_not_begun(share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = FolderHub(share)
    snapshot = hub.snapshot()
    assert snapshot is not None
    little = shutil.disk_usage(tmp_path)._replace(free=snapshot.size + 1)
    monkeypatch.setattr("deskapp.sync.hub.folder.shutil.disk_usage", lambda _path: little)
    with pytest.raises(EnvironmentTrouble):
        hub.fetch_snapshot(snapshot, tmp_path / "fetched")
    assert not (tmp_path / "fetched").exists()


def test_a_hub_in_a_newer_form_is_left_alone(share: Path) -> None:
    path = share / "hub-0001.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    with pytest.raises(HubRefused, match="Update to sync"):
        FolderHub(share)


def test_only_temporary_files_of_long_ago_are_removed(share: Path, tmp_path: Path) -> None:
    hub = FolderHub(share)
    now, before = share / "tmp" / f"{new_id()}.tmp", share / "tmp" / f"{oldest_id(25)}.tmp"
    for path in (now, before):
        path.write_bytes(b"half")
    source, snapshot = snapshot_at(hub.append(hub.head(), batch()), tmp_path)
    hub.publish_snapshot(source, snapshot)
    hub.compact(snapshot.head)
    assert now.exists() and not before.exists(), "a colleague may be writing that one just now"
