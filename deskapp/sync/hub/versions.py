"""Which application may merge what."""

from __future__ import annotations

from deskapp import __version__

#: The oldest application that may merge what this one writes.
MIN_APP = "0.1.0"
#: The oldest one that can open a snapshot of this schema; raised with it.
OPENS = "0.2.0"
#: The oldest one that erases what it is told to; an older one would keep it, and waits until it is updated.
ERASES = "0.2.0"


def newer(min_app: str) -> bool:
    """Whether ``min_app``, like 1.4.2, is newer than this application."""
    return _parts(min_app) > _parts(__version__)


def _parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
