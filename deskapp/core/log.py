"""One log a profile, rotated, without letters or secrets: log ids and kinds, never texts of people."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start(folder: Path, level: int = logging.INFO) -> None:
    """Log into ``folder``; five files of a megabyte. Called once by the composition roots."""
    handler = logging.handlers.RotatingFileHandler(
        folder / "deskapp.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
