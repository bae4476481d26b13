"""What the tests of one transport do with it, as the mail room would."""

from __future__ import annotations

from typing import Any

from deskapp.sync.mail.parse import parse


def read_all(transport: Any, state: str = "", limit: int = 100) -> tuple[list[bytes], str]:
    """A round as the mail room makes it."""
    listing = transport.listing(state, limit)
    found = []
    for remote_id in listing.remote_ids:
        fetched = transport.read(remote_id)
        if fetched is not None:
            found.append(fetched.raw)
            transport.file_away(remote_id)
    return found, listing.state


def subjects(raws: list[bytes]) -> list[str]:
    return [parse(raw).subject for raw in raws]
