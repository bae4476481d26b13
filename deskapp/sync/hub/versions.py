"""Which application may merge what."""

from __future__ import annotations

from deskapp import __version__


def newer(min_app: str) -> bool:
    """Whether ``min_app``, like 1.4.2, is newer than this application."""
    return _parts(min_app) > _parts(__version__)


def _parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
