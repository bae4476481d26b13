"""Letters that broke a stage of intake: kept raw, shown to a person, read again when they may be readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deskapp.core.clock import from_ms
from deskapp.desk import files
from deskapp.desk.desk import Desk

#: So much of a raw letter is shown; the whole of it can be saved.
SHOWN = 20_000


@dataclass(frozen=True)
class Quarantined:
    """``sha256`` names the raw letter among the files."""

    sha256: str
    source: str
    sender: str
    subject: str
    error: str
    at: datetime
    size: int


def quarantined(desk: Desk) -> tuple[Quarantined, ...]:
    """Letters in quarantine, the newest first."""
    rows = desk.replica.rows(
        "SELECT raw_sha256, source, sender, subject, error, fetched_at, size FROM journal WHERE stage = 'quarantined' "
        "ORDER BY fetched_at DESC, key LIMIT 500"
    )
    return tuple(
        Quarantined(sha256, source, sender, subject, error, from_ms(at), size)
        for sha256, source, sender, subject, error, at, size in rows
    )


def told(desk: Desk) -> str:
    """All of them in words, each with the reason and the beginning of its raw text."""
    parts = []
    for one in quarantined(desk):
        raw = files.read(desk, one.sha256)[:SHOWN].decode("utf-8", "replace")
        head = f"{one.at:%Y-%m-%d %H:%M} UTC  {one.source}  {one.sender}  {one.subject}\n{one.error}"
        parts.append(f"{head}\n\n{raw}")
    return ("\n\n" + "=" * 60 + "\n\n").join(parts)
