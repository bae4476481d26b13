"""A share and a process that fail where a test says: errors before and after an operation, a process that ends there,
answers that are lost, listings that are old."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from deskapp.models.database import Replica, Writing
from deskapp.sync.hub.files import Files

KINDS = ("error before", "error after", "kill before", "kill after", "half", "stale")


class Killed(BaseException):
    """The process ends here; nothing of it runs any more."""


class Faults:
    """One fault at a time, at the n-th operation from now."""

    def __init__(self) -> None:
        self.kind = ""
        self.left = 0
        self.dead = False
        self.errno = errno.EIO
        self.log: list[str] = []

    def arm(self, kind: str, after: int, number: int = errno.EIO) -> None:
        self.kind, self.left, self.errno = kind, after, number

    def clear(self) -> None:
        self.kind, self.left, self.dead = "", 0, False
        self.log.clear()

    def _due(self) -> bool:
        """Whether this operation is the one."""
        if self.dead:
            raise Killed
        if not self.kind:
            return False
        self.left -= 1
        return self.left < 0

    def at(self, name: str, act: Callable[[], object], half: Callable[[], object] | None = None) -> object:
        self.log.append(name)
        if not self._due():
            return act()
        kind, self.kind = self.kind, ""
        if kind == "error before":
            raise OSError(self.errno, f"before {name}")
        if kind == "kill before":
            self.die()
        if kind == "half" and half is not None:
            half()
            self.die()
        done = act()
        if kind == "error after":
            raise OSError(self.errno, f"after {name}")
        if kind in ("kill after", "half"):
            self.die()
        return done

    def die(self) -> None:
        self.dead = True
        raise Killed


class FaultyFiles(Files):
    """Operations of a share that fail as ``Faults`` says. ``stale``: listings show what was there some time ago."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self._lists: dict[Path, list[list[str]]] = {}

    def read(self, path: Path, *most: int) -> bytes:
        found = self.faults.at(f"read {path.name}", lambda: super(FaultyFiles, self).read(path, *most))
        assert isinstance(found, bytes)
        return found

    def size(self, path: Path) -> int | None:
        found = self.faults.at(f"size {path.name}", lambda: super(FaultyFiles, self).size(path))
        return found  # type: ignore[return-value]

    def list(self, path: Path) -> list[str]:
        stale = self.faults.kind == "stale"
        now = self.faults.at(f"list {path.name}", lambda: super(FaultyFiles, self).list(path))
        assert isinstance(now, list)
        seen = self._lists.setdefault(path, [])
        seen.append(now)
        return seen[max(0, len(seen) - 4)] if stale else now

    def make_folder(self, path: Path) -> None:
        self.faults.at(f"folder {path.name}", lambda: super(FaultyFiles, self).make_folder(path))

    def write(self, path: Path, data: bytes) -> None:
        self.faults.at(
            f"write {path.name}",
            lambda: super(FaultyFiles, self).write(path, data),
            lambda: super(FaultyFiles, self).write(path, data[: len(data) // 2]),
        )

    def copy(self, source: Path, target: Path, told: Callable[[int], None] | None = None) -> str:
        return str(self.faults.at(f"copy {target.name}", lambda: super(FaultyFiles, self).copy(source, target, told)))

    def publish(self, source: Path, target: Path) -> None:
        self.faults.at(f"publish {target.name}", lambda: super(FaultyFiles, self).publish(source, target))

    def replace(self, source: Path, target: Path) -> None:
        self.faults.at(f"replace {target.name}", lambda: super(FaultyFiles, self).replace(source, target))

    def remove(self, path: Path) -> None:
        self.faults.at(f"remove {path.name}", lambda: super(FaultyFiles, self).remove(path))


class FaultyReplica(Replica):
    """A replica whose process may end right before and right after each commit."""

    faults: Faults

    @contextmanager
    def writing(self, author: str, at: datetime, tx: str = "") -> Iterator[Writing]:
        outer = self.db.in_transaction()
        with super().writing(author, at, tx) as writing:
            yield writing
            if not outer:
                self._point("before commit", "kill before")
        if not outer:
            self._point("after commit", "kill after")

    def _point(self, name: str, kind: str) -> None:
        if self.faults.kind == kind:
            self.faults.at(name, lambda: None)
        elif self.faults.dead:
            raise Killed
