"""Reading files that others put where we look: on a share, in a mail folder, in an unpacked archive.

A pipe or a device there would keep whoever reads it for ever, a link would bring a file of this machine along.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class NoPlainFile(OSError):
    """A pipe, a device, a folder, or a link where none is wanted."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(errno.EINVAL, "no ordinary file", str(path))


def open_plain(path: Path | str, *, links: bool = False) -> BinaryIO:
    """Open an ordinary file for reading, with ``links`` also through one. NoPlainFile for all else, without waiting."""
    if not links and os.path.islink(path):  # said apart, since Windows has no flag for it
        raise NoPlainFile(path)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    if not links:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        # Windows says of a folder only that it is closed to us
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR) or os.path.isdir(path):
            raise NoPlainFile(path) from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NoPlainFile(path)
    return os.fdopen(handle, "rb")


def is_plain(path: Path) -> bool:
    """Whether an ordinary file is there, not a link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
