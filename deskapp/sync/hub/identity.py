"""Who this replica is, and whether it is a copy that only believes to be.

The identity lies in the database and, with the place where it belongs and a counter that only grows, in a file beside
it. A copied profile lies elsewhere, a restored database is older than the file: either becomes a new replica, without
the block of numbers that the other one goes on using.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from pathlib import Path

from deskapp.core import moving
from deskapp.core.ids import new_id
from deskapp.desk import numbers
from deskapp.desk.desk import Desk
from deskapp.sync.hub.state import HubState


def _marker(desk: Desk) -> Path:
    return desk.profile.root / "replica.json"


def _machine() -> str:
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(path).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
    return platform.node()


def _place(desk: Desk) -> str:
    """Where this profile lies, the same at every start and different for every copy."""
    return hashlib.sha256(f"{_machine()}|{os.path.realpath(desk.replica.path)}".encode()).hexdigest()


def settle(desk: Desk) -> None:
    """Write down that this profile is this replica as it is now; after each round that changed something."""
    state = HubState(desk.replica)
    content = {"replica": state.identity, "place": _place(desk), "counted": state.read("hub_counted", 0)}
    marker = _marker(desk)
    fresh = marker.with_name(f"replica.{new_id()[-12:]}")
    fresh.write_text(json.dumps(content), encoding="utf-8")
    moving.replace(fresh, marker)


def count(desk: Desk) -> None:
    """One step further, in the transaction of what was done; a database restored from a copy is behind the file."""
    state = HubState(desk.replica)
    state.write("hub_counted", state.read("hub_counted", 0) + 1)


def is_copy(desk: Desk) -> bool:
    """Whether the database belongs to another profile or is older than the file beside it."""
    state = HubState(desk.replica)
    if not state.where:
        return False
    try:
        told = json.loads(_marker(desk).read_text(encoding="utf-8"))
        same = told["replica"] == state.identity and told["place"] == _place(desk)
        return not same or state.read("hub_counted", 0) < int(told["counted"])
    except (OSError, ValueError, KeyError, TypeError):
        return True


def become_new(desk: Desk) -> None:
    """Another replica from now on; what is not in the hub yet stays ours to send."""
    with desk.replica.writing("", desk.clock.now()):
        desk.replica.set_state("replica", new_id())
        HubState(desk.replica).set_attempts({})
        numbers.keep_blocks(desk.replica, [])
        count(desk)
    settle(desk)
