"""What a replica remembers of its hub, in ``local_state``: where it is, how far it has read, which batches are its own.

Everything here is written in the transaction of the rows that it speaks of.
"""

from __future__ import annotations

import json
from typing import Any

from deskapp.models.database import Replica
from deskapp.sync.hub.hub import Head


class HubState:
    """Small facts by key; each property reads the database."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    @property
    def identity(self) -> str:
        return self._replica.state("replica")

    @property
    def where(self) -> str:
        """The folder or URL of the hub, without a password; empty for a desk that is alone."""
        return self._replica.state("hub")

    @property
    def cursor(self) -> Head | None:
        """The place of the log that the shared tables stand at, own unsent changes aside."""
        stored = self._replica.state("hub_head")
        return Head(*json.loads(stored)) if stored else None

    def set_cursor(self, head: Head) -> None:
        self._replica.set_state("hub_head", json.dumps(head))

    @property
    def attempts(self) -> dict[str, int]:
        """Batches of ours whose fate is unknown: id -> the last local change in it. All meant for the same place."""
        return dict(json.loads(self._replica.state("hub_attempts", "{}")))

    def set_attempts(self, attempts: dict[str, int]) -> None:
        self.write("hub_attempts", attempts)

    def read(self, key: str, default: Any = None) -> Any:
        stored = self._replica.state(key)
        return json.loads(stored) if stored else default

    def write(self, key: str, value: Any) -> None:
        self._replica.set_state(key, json.dumps(value))
