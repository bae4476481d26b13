"""A lock that other processes of this machine respect, and that the system lets go of when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def _take(handle: IO[bytes], block: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK if block else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if block else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _let_go(handle: IO[bytes]) -> None:
    """Windows unlocks what a closed file held too, but at a time of its own (LockFileEx)."""
    if sys.platform == "win32":
        import msvcrt

        with suppress(OSError):
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)


class FileLock:
    """Held while open. ``take()`` says whether it was free; ``release()`` or the end of the process lets it go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: IO[bytes] | None = None

    def take(self, block: bool = False) -> bool:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = open(self._path, "a+b")
        if not _take(handle, block):
            handle.close()
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        if self._handle is not None:
            _let_go(self._handle)
            self._handle.close()
            self._handle = None


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Wait for the lock at ``path`` and hold it for the block."""
    lock = FileLock(path)
    while not lock.take(block=True):  # msvcrt gives up after ten seconds
        pass
    try:
        yield
    finally:
        lock.release()
    # the file stays: removing it would let two holders exist
    assert os.path.exists(path)
