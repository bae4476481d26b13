"""What the tests of one transport do with it, as the mail room would."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from deskapp.core.errors import EnvironmentTrouble
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


def gives_up(transport: Any, wake: Callable[[], object]) -> bool:
    """Whether a round that waits for a busy server ends as soon as it is told to."""
    ended: list[BaseException] = []

    def wait() -> None:
        try:
            transport.listing("", 10)
        except EnvironmentTrouble as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    wake()
    thread.join(4)
    return not thread.is_alive() and len(ended) == 1
