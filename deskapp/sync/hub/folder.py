"""A hub in a folder on a network share (SMB, NFS, sshfs) whose locks may do nothing.

A batch is a new immutable file whose number is the next one, put if absent: written under a temporary name, brought to
the disk, read back, then given its number by hard link (on Windows by a rename, which refuses to replace there). After
any error the numbered file is read: our content means that it was published, other content that somebody was faster.
Listings may be old, so they are only a hint where to look; what counts is opening a file by its name.

    schema-0002.json             the schemas that were in use here, each with the oldest application that can read it
    hub-0001.json                the log in force is the one of the highest number: its epoch
    log-<epoch>/000000000001     batches: a line of JSON (place, chain, checksum), then the body
    floors-<epoch>/<number>      batches up to this number are gone for good
    snapshots-<epoch>/<number>-<hash>.sqlite and .json
    blobs/ab/<sha256>  beats/<replica>.json  tmp/
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from deskapp import __version__
from deskapp.core.errors import EnvironmentTrouble
from deskapp.core.ids import new_id, oldest_id
from deskapp.desk.doctor import Finding
from deskapp.models.database import SCHEMA
from deskapp.sync.hub import share
from deskapp.sync.hub.files import LARGEST_BLOB, Files
from deskapp.sync.hub.hub import (
    Batch,
    Behind,
    Compacted,
    Corrupt,
    Entry,
    Head,
    HubFull,
    HubRefused,
    HubUnreachable,
    Progress,
    Rewound,
    Snapshot,
    UpdateToSync,
    read_object,
    sign_of_life,
)
from deskapp.sync.hub.versions import MIN_APP, newer

log = logging.getLogger(__name__)

#: Bytes that are left free when a snapshot is fetched.
_AIR = 200_000_000

_FORMAT = 1
_DIGITS = 12
_DIGEST = re.compile("[0-9a-f]{64}")
#: How often ``news`` also looks whether the log was restored or replaced. An append always does.
_THOROUGH = 8
#: Seconds after which a quiet ``news`` makes sure that the share is still there: a file that is not there yet and a
#: folder that is gone look alike.
_SURE_S = 4.0
#: Times a file that does not match its checksum is read again: a share may show one that is still arriving.
_LOOKS = 3


class _Stored(NamedTuple):
    """A batch file that was read and matches its checksum."""

    before: Head
    head: Head
    body: bytes


@contextmanager
def _said_plainly(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _trouble(error, where) from error


def _trouble(error: OSError, where: Path) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return HubFull(
            "The share is full", "There is no space left in %1. Everything is kept here and shared later.", where,
            retry_after=60.0,
        )  # fmt: skip
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return HubRefused(
            "The share cannot be written to",
            "%1 is read-only for this account. Ask for the right to write and to delete there. Everything is kept "
            "here and shared later.",
            where,
        )
    return HubUnreachable(
        "The share cannot be reached", "%1: %2. Everything is kept here and shared later.", where,
        error.strerror or str(error), retry_after=10.0,
    )  # fmt: skip


class FolderHub:
    """A hub in a folder. Raises HubUnreachable if the folder is not there, HubRefused if it holds no hub."""

    def __init__(
        self,
        folder: Path,
        files: Files | None = None,
        pause: Callable[[float], None] = time.sleep,
        thorough: int = _THOROUGH,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = folder
        self._thorough = thorough
        self._asked = 0
        self._steady, self._sure = steady, steady()
        self._files = files or Files()
        self._pause = pause
        self._last: Head | None = None  # the furthest place that was seen
        self._bad: set[str] = set()  # snapshots whose content did not match
        share.refuse_synchronised(folder)
        self._number, self._epoch = self._current()
        self._mark()

    @property
    def where(self) -> str:
        return str(self._root)

    def close(self) -> None:
        """Nothing is held open."""

    # --- which log ---------------------------------------------------------------------------------------------

    @classmethod
    def found(
        cls, folder: Path, source: Path, snapshot: Snapshot, files: Files | None = None, instead_of: str = ""
    ) -> FolderHub:
        """Make a hub (or, ``instead_of`` an epoch, a new log of one) that begins with a snapshot.

        ``snapshot.head`` is the origin of the new epoch. The hub exists when its hub-file does, which is made last.
        """
        files = files or Files()
        share.refuse_synchronised(folder)
        with _said_plainly(folder):
            numbers = _hub_files(files, folder)
            if numbers and not instead_of:
                raise HubRefused(
                    "There is a shared desk already", "%1 holds one. Join it with an invitation instead.", folder
                )
            now = _epoch_in(files, folder, max(numbers, default=0))
            if now not in ("", instead_of, snapshot.head.epoch):
                raise HubRefused(
                    "The shared desk was made anew already", "A colleague did it in %1. Sync first, then look.", folder
                )
            made = cls.__new__(cls)
            made._root, made._files, made._pause, made._last, made._bad = folder, files, time.sleep, None, set()
            made._thorough, made._asked = _THOROUGH, 0
            made._steady, made._sure = time.monotonic, time.monotonic()
            made._number, made._epoch = max(numbers, default=0) + 1, snapshot.head.epoch
            for name in ("tmp", "beats", "blobs"):
                files.make_folder(folder / name)
            files.make_folder(made._log)
            made.publish_snapshot(source, snapshot)
            content = {"format": _FORMAT, "epoch": made._epoch, "made_at": snapshot.made_at, "before": instead_of}
            if not made._put(folder / f"hub-{made._number:04}.json", json.dumps(content).encode()):
                raise HubRefused("There is a shared desk already", "A colleague was faster in %1.", folder)
        return made

    def _current(self) -> tuple[int, str]:
        with _said_plainly(self._root):
            numbers = _hub_files(self._files, self._root)
            if not numbers:
                # an unmounted share is an empty folder: that is no reason to think the desk gone
                raise HubUnreachable(
                    "There is no shared desk in this folder",
                    "%1 is empty, or the share is not connected. Everything is kept here.",
                    self._root,
                    retry_after=10.0,
                )
            try:
                content = read_object(self._files.read(self._root / f"hub-{max(numbers):04}.json"))
                version, epoch = int(content["format"]), str(content["epoch"])
            except (ValueError, KeyError, TypeError) as error:
                raise OSError(errno.EIO, "a file of the hub cannot be read whole") from error
        if version > _FORMAT:
            raise HubRefused("Update to sync", "%1 was made by a newer version.", self._root)
        return max(numbers), epoch

    def _mark(self) -> None:
        """The hub says which schema is in it, in a file of its own for each. UpdateToSync if that is too new for us; an
        older one is brought up by leaving our mark, since a folder itself knows no columns."""
        with _said_plainly(self._root):
            names = [n for n in self._files.list(self._root) if n.startswith("schema-") and n.endswith(".json")]
            newest = max((int(n[7:11]) for n in names if n[7:11].isdigit()), default=0)
            if newest > SCHEMA:
                try:
                    needed = str(read_object(self._files.read(self._root / f"schema-{newest:04}.json"))["min_app"])
                except (ValueError, KeyError, TypeError):
                    return
                if newer(needed):
                    raise UpdateToSync(needed)
        if newest < SCHEMA:
            content = {"schema": SCHEMA, "min_app": MIN_APP, "app": __version__}
            try:
                self._put(self._root / f"schema-{SCHEMA:04}.json", json.dumps(content).encode())
            except OSError as error:  # whoever may only read goes on reading
                log.info("the hub was not marked: %s", error.strerror)

    def _same_log(self, epoch: str) -> None:
        """Raise Rewound unless ``epoch`` is the log in force."""
        if self._made_anew():
            self._number, self._epoch = self._current()
            self._last = None
        if epoch != self._epoch:
            raise Rewound

    def _made_anew(self) -> bool:
        return self._files.size(self._root / f"hub-{self._number + 1:04}.json") is not None

    @property
    def _log(self) -> Path:
        return self._root / f"log-{self._epoch}"

    @property
    def _floors(self) -> Path:
        return self._root / f"floors-{self._epoch}"

    @property
    def _snapshots(self) -> Path:
        return self._root / f"snapshots-{self._epoch}"

    # --- the log -------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        with _said_plainly(self._root):
            self._present()
            known = self._last
            if known is None or not self._holds(known):
                listed = [n for n in self._listed() if n > self._floor()]
                known = self._stored(max(listed)).head if listed else self._snapshot_head() or Head.origin(self._epoch)
            while (following := self._read_or_none(known.seq + 1)) is not None and following.before == known:
                known = following.head
            self._last = known
            return known

    def news(self, after: Head) -> bool:
        with _said_plainly(self._root):
            if self._files.size(self._batch(after.seq + 1)) is not None or after.epoch != self._epoch:
                return True
            self._asked += 1
            if self._asked % self._thorough:
                if self._steady() - self._sure < _SURE_S:
                    return False
                if self._files.size(self._root / f"hub-{self._number:04}.json") is not None:
                    self._sure = self._steady()
                    return False
            self._present()
            # replaced, compacted (the origin of a log is a place of it even when what followed is gone) or restored
            return after.epoch != self._epoch or after.seq < self._floor() or not self._holds(after)

    def read(self, after: Head, limit: int = 200) -> list[Entry]:
        found: list[Entry] = []
        with _said_plainly(self._root):
            self._present()
            self._same_log(after.epoch)
            self._must_hold(after)
            place = after
            while len(found) < limit:
                try:
                    stored = self._read_or_none(place.seq + 1)
                    if stored is None:
                        break
                    if stored.before != place:  # half of a restored share
                        raise Corrupt(place.seq + 1)
                    found.append(Entry(stored.head, Batch.read(stored.body)))
                except (Corrupt, ValueError, KeyError, TypeError) as error:
                    if found:
                        break
                    raise error if isinstance(error, Corrupt) else Corrupt(place.seq + 1) from error
                place = stored.head
            self._last = place
        return found

    def append(self, after: Head, batch: Batch) -> Head:
        with _said_plainly(self._root):
            self._present()
            self._same_log(after.epoch)
            self._must_hold(after)
            head = after.after(batch.body)
            line = {
                "format": _FORMAT, "epoch": after.epoch, "seq": head.seq, "before": after.chain, "chain": head.chain,
                "size": len(batch.body), "sha256": hashlib.sha256(batch.body).hexdigest(),
            }  # fmt: skip
            target = self._batch(head.seq)
            if not self._put(target, json.dumps(line).encode() + b"\n" + batch.body):
                raise Behind
            # whoever slept through weeks may have written where batches were already let go
            self._same_log(after.epoch)
            if self._floor() > after.seq:
                self._files.remove(target)
                raise Compacted
            self._must_hold(after)
            self._last = head
            return head

    def _put(self, target: Path, data: bytes) -> bool:
        """Publish ``data`` under ``target`` if nothing is there; False if something else is."""
        fresh = self._root / "tmp" / f"{new_id()}.tmp"
        written = False
        try:
            self._files.write(fresh, data)
            if self._files.read(fresh) != data:
                raise OSError(errno.EIO, "what was written does not read the same")
            written = True
            self._files.publish(fresh, target)
        except OSError as error:
            # a lost race arrives as EEXIST, EPERM or EIO, and so does a published file whose answer was lost
            there = self._try_read(target)
            if there is None:
                self._forget(fresh)
                if isinstance(error, FileExistsError):  # it is there, though this machine does not see it yet
                    return False
                if written and error.errno in (errno.EPERM, errno.EACCES):  # not a matter of rights then
                    raise OSError(errno.EIO, "the share refused a name") from error
                raise
            self._forget(fresh)
            return there == data
        self._forget(fresh)
        return self._files.read(target) == data

    def _try_read(self, path: Path) -> bytes | None:
        try:
            return self._files.read(path)
        except OSError:
            return None

    def _forget(self, path: Path) -> None:
        try:
            self._files.remove(path)
        except OSError:
            log.info("a temporary file stays: %s", path.name)

    def _present(self) -> None:
        """Raise unless the hub is there: the mount point of a share that is not connected is an empty folder. And see
        whether its log was made anew: whoever has nothing to send would stay in the old one, which is still there."""
        number, epoch = self._number, self._epoch
        try:
            if self._made_anew():
                number, epoch = self._current()
            stored = self._files.read(self._root / f"hub-{number:04}.json")
            epoch = str(read_object(stored)["epoch"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            number, epoch = self._current()
        if epoch != self._epoch:
            self._last = None
        self._number, self._epoch = number, epoch
        self._sure = self._steady()

    def _batch(self, number: int) -> Path:
        return self._log / f"{number:0{_DIGITS}}"

    def _listed(self) -> list[int]:
        return sorted(int(name) for name in self._files.list(self._log) if name.isdigit())

    def _floor(self) -> int:
        # never by a listing of the log: that one grows with everything that people do
        return max((int(name) for name in self._files.list(self._floors) if name.isdigit()), default=0)

    def _must_hold(self, place: Head) -> None:
        """Raise Compacted or Rewound unless ``place`` is a place of this log that can be read on from."""
        if place.seq < self._floor():
            raise Compacted
        for look in range(_LOOKS):  # a share may deny for a moment a file that it has
            self._pause(0.05 * look)
            if self._holds(place):
                return
        if any(number > place.seq for number in self._listed()) and not self._seen(place.seq + 1):
            raise Compacted
        raise Rewound

    def _seen(self, number: int) -> bool:
        return self._files.size(self._batch(number)) is not None

    def _holds(self, place: Head) -> bool:
        if place.seq == 0:
            return place == Head.origin(self._epoch)
        try:
            stored = self._read_or_none(place.seq)
        except Corrupt:  # whoever is past a damaged batch can go on, and help the others over it
            return True
        if stored is not None:
            return stored.head == place
        following = self._heading(place.seq + 1)
        if following is not None:
            return following[0] == place
        return place in (meta.head for meta, _name in self._metas())

    def _heading(self, number: int) -> tuple[Head, Head] | None:
        """The places before and behind a batch; None if there is no such batch or it is damaged."""
        try:
            stored = self._read_or_none(number)
        except Corrupt:
            return None
        return (stored.before, stored.head) if stored else None

    def _read_or_none(self, number: int) -> _Stored | None:
        try:
            return self._stored(number)
        except FileNotFoundError:
            return None

    def _stored(self, number: int) -> _Stored:
        """Read a batch; FileNotFoundError, or Corrupt if it still does not match its checksum after some looks."""
        for look in range(_LOOKS):
            if look:
                self._pause(0.05 * look)
            line, _newline, body = self._files.read(self._batch(number)).partition(b"\n")
            try:
                told = read_object(line)
                before = Head(told["epoch"], told["seq"] - 1, str(told["before"]))
                head = before.after(body)
                if head == Head(self._epoch, number, told["chain"]):
                    return _Stored(before, head, body)
            except (ValueError, KeyError, TypeError):
                continue
        raise Corrupt(number)

    # --- snapshots -----------------------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot | None:
        with _said_plainly(self._root):
            self._present()
            return next((meta for meta, name in self._metas() if name not in self._bad), None)

    def _metas(self) -> Iterator[tuple[Snapshot, str]]:
        """Snapshots and their names, newest first."""
        names = sorted((n for n in self._files.list(self._snapshots) if n.endswith(".json")), reverse=True)
        for name in names:
            stem = name.removesuffix(".json")
            try:
                meta = Snapshot.read(self._files.read(self._snapshots / name))
            except (OSError, ValueError, TypeError, KeyError):
                continue
            if meta.head.epoch == self._epoch and self._files.size(self._snapshots / f"{stem}.sqlite") == meta.size:
                yield meta, stem

    def _snapshot_head(self) -> Head | None:
        found = next(self._metas(), None)
        return found[0].head if found else None

    def fetch_snapshot(self, snapshot: Snapshot, target: Path, progress: Progress | None = None) -> None:
        with _said_plainly(self._root):
            stem = _stem(snapshot)
            tell = (lambda done: progress(done, snapshot.size)) if progress else None
            needed = snapshot.size + _AIR
            if shutil.disk_usage(target.parent).free < needed:
                raise EnvironmentTrouble(
                    "There is no room for the shared desk",
                    "%1 MB are needed on this machine. Everything here is safe; free some space.",
                    needed // 1_000_000,
                )
            copied = self._files.copy(self._snapshots / f"{stem}.sqlite", target, tell)
        if copied != snapshot.sha256:
            self.distrust(snapshot)
            raise Corrupt(snapshot.head.seq)

    def distrust(self, snapshot: Snapshot) -> None:
        self._bad.add(_stem(snapshot))

    def publish_snapshot(self, source: Path, snapshot: Snapshot) -> None:
        with _said_plainly(self._root):
            self._files.make_folder(self._snapshots)
            stem = _stem(snapshot)
            fresh = self._root / "tmp" / f"{new_id()}.tmp"
            target = self._snapshots / f"{stem}.sqlite"
            try:
                if self._files.copy(source, fresh) != snapshot.sha256:
                    raise OSError(errno.EIO, "the snapshot changed while it was copied")
                self._files.publish(fresh, target)
            except OSError:
                if self._files.size(target) != snapshot.size:
                    raise
            finally:
                self._forget(fresh)
            meta = json.dumps(snapshot._asdict()).encode()
            if not self._put(self._snapshots / f"{stem}.json", meta):
                log.info("a snapshot of %s is there already", snapshot.head.seq)

    def compact(self, behind: Head) -> None:
        with _said_plainly(self._root):
            self._present()
            self._same_log(behind.epoch)
            holding = [meta for meta, _name in self._metas() if meta.head.seq >= behind.seq]
            if not holding:
                raise HubRefused("Nothing was let go", "No snapshot holds the records up to %1.", behind.seq)
            keep = min(meta.head.seq for meta in holding)
            self._files.make_folder(self._floors)
            self._put(self._floors / f"{behind.seq:0{_DIGITS}}", b"")
            for number in self._listed():
                if number <= behind.seq:
                    self._files.remove(self._batch(number))
            # the .json of each first: without it the other is nothing, as after a process that ended in between
            for name in sorted(self._files.list(self._snapshots)):
                if name[:_DIGITS].isdigit() and int(name[:_DIGITS]) < keep:
                    self._files.remove(self._snapshots / name)

        self._tidy()

    def _tidy(self) -> None:
        """Logs of before, which nobody reads any more, and temporary files of processes that died days ago."""
        for name in self._files.list(self._root):
            kind, _dash, epoch = name.partition("-")
            if kind in ("log", "floors", "snapshots") and epoch and epoch != self._epoch:
                for one in self._files.list(self._root / name):
                    self._files.remove(self._root / name / one)
        yesterday = oldest_id(24)
        for name in self._files.list(self._root / "tmp"):
            if name < yesterday:
                self._files.remove(self._root / "tmp" / name)

    # --- files and signs of life -----------------------------------------------------------------------------------

    def drop_blob(self, sha256: str) -> None:
        with _said_plainly(self._root):
            self._present()
            self._files.remove(self._blob(sha256))

    def _blob(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):  # a record can name anything: what is no hash is no path either
            sha256 = hashlib.sha256(sha256.encode("utf-8", "replace")).hexdigest()
        return self._root / "blobs" / sha256[:2] / sha256

    def has_blob(self, sha256: str) -> bool:
        with _said_plainly(self._root):
            return self._files.size(self._blob(sha256)) is not None

    def put_blob(self, sha256: str, data: bytes) -> None:
        with _said_plainly(self._root):
            self._present()
            target = self._blob(sha256)
            size = self._files.size(target)
            if size == len(data):
                return
            self._files.make_folder(target.parent)
            if size is None and self._put(target, data):
                return
            if self._try_read(target) != data:  # cut off when the share was full: whole files replace it
                fresh = self._root / "tmp" / f"{new_id()}.tmp"
                self._files.write(fresh, data)
                self._files.replace(fresh, target)

    def get_blob(self, sha256: str) -> bytes | None:
        with _said_plainly(self._root):
            try:
                data = self._files.read(self._blob(sha256), LARGEST_BLOB)
            except FileNotFoundError:
                self._present()
                return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def beat(self, replica: str, status: Mapping[str, Any]) -> None:
        with _said_plainly(self._root):
            fresh = self._root / "tmp" / f"{new_id()}.tmp"
            self._files.write(fresh, json.dumps(status, ensure_ascii=False).encode())
            try:
                self._files.replace(fresh, self._root / "beats" / f"{replica}.json")
            except OSError:
                self._forget(fresh)
                raise

    def beats(self) -> dict[str, dict[str, Any]]:
        found = {}
        with _said_plainly(self._root):
            for name in self._files.list(self._root / "beats"):
                try:
                    found[name.removesuffix(".json")] = sign_of_life(self._files.read(self._root / "beats" / name))
                except (OSError, ValueError):
                    continue
        return found

    def check(self) -> tuple[Finding, ...]:
        return share.check(self._root, self._files)


def _stem(snapshot: Snapshot) -> str:
    # two replicas at one place write different files of the same desk
    return f"{snapshot.head.seq:0{_DIGITS}}-{snapshot.sha256[:16]}"


def _epoch_in(files: Files, folder: Path, number: int) -> str:
    """The epoch that a hub-file names; empty if there is none or it cannot be read."""
    try:
        return str(read_object(files.read(folder / f"hub-{number:04}.json"))["epoch"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _hub_files(files: Files, folder: Path) -> list[int]:
    names = files.list(folder)
    return [int(n[4:8]) for n in names if n.startswith("hub-") and n.endswith(".json") and n[4:8].isdigit()]
