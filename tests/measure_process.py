"""What a process holds: memory and handles, as the system counts them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

#: Marks a test that needs these figures.
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")


def megabytes(pid: int | str = "self") -> float:
    """Resident memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def handles(pid: int | str = "self") -> int:
    """Open files, sockets and pipes."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def threads(pid: int | str = "self") -> int:
    return len(os.listdir(f"/proc/{pid}/task"))
