"""What a hub is: an ordered log of batches that grows by compare-and-swap, snapshots of it, files, and heartbeats.

A place in the log is a ``Head``: the epoch names the log, ``seq`` counts its batches, ``chain`` is the running hash
of all of them. Two heads are equal only if the same batches lie before them in the same order, so a replica can always
tell whether it still talks to the log that it knows. A hub stores the bytes of a batch and never reads into them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.desk.doctor import Finding

# --- errors ------------------------------------------------------------------------------------------------------


class Behind(Exception):
    """The log has grown past the head that was given to ``append``; nothing was written."""


class Compacted(Exception):
    """The batches after this head are gone, a snapshot holds them; nothing was written."""


class Rewound(Exception):
    """The log does not hold this head: it went back in time, or is another one. Nothing was written."""


class Corrupt(EnvironmentTrouble):
    """A batch (or snapshot) whose content does not match its checksum; ``seq`` is its number."""

    def __init__(self, seq: int) -> None:
        super().__init__(
            "A record of the hub is damaged",
            "Record %1 cannot be read. Everything here is safe. A desktop that has it already will step over it; if "
            "none does, rebuild the hub from the desktop that is up to date.",
            seq,
            retry_after=30.0,
        )
        self.seq = seq


class HubUnreachable(EnvironmentTrouble):
    """The hub cannot be reached or does not answer in time; whether an ``append`` arrived is unknown."""


class HubFull(HubUnreachable):
    """The hub is there, but has no room for anything more."""


class HubRefused(UserFacingError):
    """The hub will not have us: not writable, a newer schema, a place that is not safe. Repeating does not help."""


class AnotherDesk(HubRefused):
    """The place holds a shared desk, and it is not this one."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "Another desk stands in this place",
            "%1 has nothing in common with this desk. Nothing was changed here or there. Look whether the right share "
            "or database is connected, or tell this desk its address anew.",
            where,
        )


class UpdateToSync(HubRefused):
    """The hub is used by a newer application."""

    def __init__(self, needed: str) -> None:
        super().__init__(
            "Update to sync",
            "A colleague works with version %1. Everything goes on working here and is kept; it is shared after this "
            "machine is updated too.",
            needed,
        )


# --- the log -----------------------------------------------------------------------------------------------------


class Head(NamedTuple):
    """A place in a log: after batch number ``seq``."""

    epoch: str
    seq: int
    chain: str

    @classmethod
    def origin(cls, epoch: str) -> Head:
        """The place before the first batch."""
        return cls(epoch, 0, hashlib.sha256(epoch.encode()).hexdigest())

    def after(self, body: bytes) -> Head:
        """The place behind a batch appended here."""
        return Head(self.epoch, self.seq + 1, hashlib.sha256(self.chain.encode() + b"\n" + body).hexdigest())


#: What the first line of a batch says, and what a sign of life may say: whoever writes into a share writes anything.
_HEADS = {
    "id": str, "replica": str, "schema": int, "min_app": str, "at": int, "count": int, "blobs": list, "holds": list,
}  # fmt: skip
_SIGNS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("at", "seq", "waiting", "stuck"), int),
    **dict.fromkeys(("who", "view", "write", "tab", "draft", "chain"), str),
    "digest": dict,
}


def read_object(text: str | bytes) -> dict[str, Any]:
    """A JSON object; ValueError for anything else."""
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError("nested without end") from None
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def sign_of_life(text: str | bytes) -> dict[str, Any]:
    """What a replica says of itself, without what is of another kind than it should be; ValueError if it is nothing."""
    told = read_object(text)
    kept = {name: value for name, value in told.items() if name not in _SIGNS or isinstance(value, _SIGNS[name])}
    digest = kept.get("digest")
    if digest is not None and not (isinstance(digest.get("head"), list) and isinstance(digest.get("tables"), dict)):
        del kept["digest"]
    return kept


class Change(NamedTuple):
    """A net change of one row. ``op``: I, U or D; ``cols``: {column: [old, new]}; ``at``: UTC ms by its author."""

    table: str
    row: str
    op: str
    cols: Mapping[str, Sequence[Any]]
    author: str
    at: int


@dataclass(frozen=True)
class Batch:
    """What one replica appends at once. ``blobs``: SHA-256 of the files it names; ``holds``: ids of lost batches whose
    changes it carries again; ``min_app``: the oldest application that may merge it."""

    id: str
    replica: str
    schema: int
    min_app: str
    at: int
    changes: tuple[Change, ...]
    blobs: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    stored: bytes = field(default=b"", repr=False, compare=False)

    @property
    def body(self) -> bytes:
        """JSON lines: the batch, then one line a change. Of a batch that was read, exactly the stored bytes."""
        if self.stored:
            return self.stored
        head = {
            "id": self.id, "replica": self.replica, "schema": self.schema, "min_app": self.min_app, "at": self.at,
            "count": len(self.changes), "blobs": list(self.blobs), "holds": list(self.holds),
        }  # fmt: skip
        lines = [head, *([c.table, c.row, c.op, c.cols, c.author, c.at] for c in self.changes)]
        return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()

    @classmethod
    def read(cls, body: bytes) -> Batch:
        """The batch of these bytes; ValueError if they are none. Keys that a newer application added are left alone."""
        lines = body.decode().split("\n")
        head = read_object(lines[0])
        for name, kind in _HEADS.items():
            if type(head[name]) is not kind:
                raise ValueError(f"{name} of a batch is of another kind")
        if not all(isinstance(one, str) for one in (*head["blobs"], *head["holds"])):
            raise ValueError("a file or a batch without a name")
        try:
            changes = tuple(Change(*json.loads(line)[:6]) for line in lines[1:] if line)
        except RecursionError:
            raise ValueError("nested without end") from None
        if len(changes) != head["count"]:
            raise ValueError(f"{head['count']} changes announced, {len(changes)} found")
        return cls(
            id=head["id"],
            replica=head["replica"],
            schema=head["schema"],
            min_app=head["min_app"],
            at=head["at"],
            changes=changes,
            blobs=tuple(head["blobs"]),
            holds=tuple(head["holds"]),
            stored=body,
        )


class Entry(NamedTuple):
    """A batch in the log; ``head`` is the place behind it."""

    head: Head
    batch: Batch


def following(place: Head, entries: Iterable[Entry]) -> list[Entry]:
    """Of what a hub delivered, the batches that follow ``place``, in their order.

    The chain decides: what comes twice, late or out of order is left out here and read again where it belongs.
    """
    found: list[Entry] = []
    for entry in sorted(entries, key=lambda one: one.head.seq):
        if entry.head.seq <= place.seq:
            continue
        if entry.head != place.after(entry.batch.body):
            break
        found.append(entry)
        place = entry.head
    return found


class Snapshot(NamedTuple):
    """A SQLite file with the whole desk as it was at ``head``. ``made_at``: UTC ms; ``size`` in bytes."""

    head: Head
    schema: int
    min_app: str
    made_at: int
    size: int
    sha256: str

    @classmethod
    def read(cls, text: bytes) -> Snapshot:
        """What its maker says of it; ValueError, KeyError or TypeError if that is nothing."""
        told = read_object(text)
        kinds = {"schema": int, "min_app": str, "made_at": int, "size": int, "sha256": str}
        if any(type(told[name]) is not kind for name, kind in kinds.items()):
            raise ValueError("a snapshot of another kind")
        epoch, seq, chain = told["head"]
        if type(seq) is not int or seq < 0 or not (isinstance(epoch, str) and isinstance(chain, str)):
            raise ValueError("no place of a log")
        return cls(Head(epoch, seq, chain), *(told[name] for name in kinds))


#: Called with the bytes done and all bytes.
Progress = Callable[[int, int], None]


class Hub(Protocol):
    """Every method may raise HubUnreachable (worth repeating) and HubRefused (not)."""

    @property
    def where(self) -> str:
        """The folder or URL, without a password."""
        ...

    def head(self) -> Head:
        """The end of the log."""
        ...

    def news(self, after: Head) -> bool:
        """Whether ``read(after)`` would give or raise anything: one query or stat, for rounds with nothing to do."""
        ...

    def read(self, after: Head, limit: int = 200) -> list[Entry]:
        """The batches behind ``after`` in order, at most ``limit``; empty at the end of the log.

        Raises Compacted if they are gone, Rewound if ``after`` is no place in this log, Corrupt for a bad checksum of
        the first one (good ones before a bad one are returned).
        """
        ...

    def append(self, after: Head, batch: Batch) -> Head:
        """Put ``batch`` behind ``after``, or nothing at all. The batch is durable when this returns.

        Raises Behind, Compacted, Rewound; after HubUnreachable the batch may have arrived all the same.
        """
        ...

    def snapshot(self) -> Snapshot | None:
        """The newest snapshot whose content can be trusted."""
        ...

    def fetch_snapshot(self, snapshot: Snapshot, target: Path, progress: Progress | None = None) -> None:
        """Write its content to ``target``, checked; Corrupt if it does not match."""
        ...

    def distrust(self, snapshot: Snapshot) -> None:
        """Offer it no more: its content is no desk."""
        ...

    def publish_snapshot(self, source: Path, snapshot: Snapshot) -> None:
        """Offer a SQLite file as the snapshot at ``snapshot.head``, which must be a place of this log."""
        ...

    def compact(self, behind: Head) -> None:
        """Let go of the batches up to ``behind``, which a snapshot must hold, and of snapshots older than that one.

        Nothing of them is left where this account may see to it: in logs of before, in temporary files of processes
        that died.
        """
        ...

    def has_blob(self, sha256: str) -> bool: ...

    def put_blob(self, sha256: str, data: bytes) -> None:
        """Keep a file; durable when this returns. The same file again costs nothing."""
        ...

    def drop_blob(self, sha256: str) -> None:
        """Let go of a file that an erasure in the log names; one that is not there is no trouble."""
        ...

    def get_blob(self, sha256: str) -> bytes | None:
        """A file's content, checked; None if it is not (or no longer whole) in the hub."""
        ...

    def beat(self, replica: str, status: Mapping[str, Any]) -> None:
        """Say that a replica is alive; ``status`` is small JSON and replaces its last one."""
        ...

    def beats(self) -> dict[str, dict[str, Any]]:
        """The last status of each replica."""
        ...

    def check(self) -> tuple[Finding, ...]:
        """Whether this place can hold a hub safely: rights, exclusive creation, delay."""
        ...

    def close(self) -> None: ...
