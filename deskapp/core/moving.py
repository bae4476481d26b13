"""Files that get another name or go, where another program may have them open for a moment.

Windows refuses that with PermissionError while anybody has the file open without sharing its deletion, which is how
Python opens files: a guard against viruses, an indexer, a colleague who is reading it on the share. All of them let go
within moments, so it is tried again there. Elsewhere an open file is no obstacle, and nothing is waited for.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

#: Seconds between the tries, a second in all.
_PAUSES = (0.01, 0.04, 0.15, 0.3, 0.5) if sys.platform == "win32" else ()


def patiently(step: Callable[[], object]) -> None:
    """Do it, again after a pause when it is refused; PermissionError when it is refused for longer."""
    for pause in _PAUSES:
        try:
            step()
            return
        except PermissionError:
            time.sleep(pause)
    step()


def replace(source: Path, target: Path) -> None:
    """``os.replace``."""
    patiently(lambda: os.replace(source, target))


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    patiently(lambda: path.unlink(missing_ok=True))
