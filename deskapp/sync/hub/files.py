"""The few operations on a share that the folder hub is made of, each of which a test can let fail.

Nothing is written in place and no lock is asked for. ``publish`` is the one that the log rests on: it gives a finished
file its name only if nothing has that name.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from deskapp.core import moving
from deskapp.core.plainfile import NoPlainFile, open_plain

_PIECE = 1 << 20
#: Bytes that are read at once, far more than any batch has; blobs are read up to what they may be.
_LARGEST = 1 << 28
LARGEST_BLOB = 1 << 31


class Files:
    """Plain operations; every one may raise OSError."""

    def read(self, path: Path, most: int = _LARGEST) -> bytes:
        """The content; of what is no file nothing, and no more than ``most``: neither has the checksum it should."""
        try:
            with open_plain(path, links=True) as given:
                return given.read(most)
        except NoPlainFile:
            return b""

    def size(self, path: Path) -> int | None:
        """The size of a file, None if there is none."""
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return None

    def list(self, path: Path) -> list[str]:
        """The names in a folder; empty if there is no such folder."""
        try:
            return os.listdir(path)
        except FileNotFoundError:
            return []

    def make_folder(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, data: bytes) -> None:
        """Write a file under a name that is ours alone; on the disk when this returns."""
        with open(path, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())

    def copy(self, source: Path, target: Path, told: Callable[[int], None] | None = None) -> str:
        """Copy a file under a name that is ours alone; the SHA-256 of what was copied."""
        digest = hashlib.sha256()
        done = 0
        with _given(source) as given, open(target, "wb") as out:
            while piece := given.read(_PIECE):
                out.write(piece)
                digest.update(piece)
                done += len(piece)
                if told is not None:
                    told(done)
            out.flush()
            os.fsync(out.fileno())
        return digest.hexdigest()

    def publish(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target`` unless something has it (FileExistsError, or whatever the share says)."""
        if sys.platform == "win32":
            # refuses to replace there, and only there; FileExistsError then
            moving.patiently(lambda: os.rename(source, target))
        else:
            os.link(source, target)
            self._keep_names(target.parent)

    def replace(self, source: Path, target: Path) -> None:
        moving.replace(source, target)

    def remove(self, path: Path) -> None:
        moving.remove(path)

    def _keep_names(self, folder: Path) -> None:
        """Bring the folder itself to the disk, where the system lets us."""
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            return
        try:
            os.fsync(handle)
        except OSError:
            pass
        finally:
            os.close(handle)


def _given(source: Path) -> BinaryIO:
    """What is no file holds nothing: a pipe on a share would be waited for without end."""
    try:
        return open_plain(source, links=True)
    except NoPlainFile:
        return io.BytesIO()
