"""Files of letters and notes: uploaded before the batch that names them, fetched when somebody looks."""

from __future__ import annotations

import random
from collections.abc import Iterable

from deskapp.desk import files
from deskapp.desk.desk import Desk
from deskapp.sync.hub.hub import Change, Hub
from deskapp.sync.hub.state import HubState

#: Where it is written down that a new hub may lack files of this machine, and up to which it was given them.
_OWED = "hub_files_owed"
#: Columns that name a file.
_NAMED = (("attachment", "sha256"), ("message", "raw_sha256"))


def named(changes: Iterable[Change]) -> tuple[str, ...]:
    """The files that these changes bring in."""
    found = {
        str(change.cols[column][1])
        for change in changes
        for table, column in _NAMED
        if change.table == table and column in change.cols and change.cols[column][1]
    }
    return tuple(sorted(found))


def upload(desk: Desk, hub: Hub, names: Iterable[str]) -> int:
    """Give the hub the files that it lacks and this machine has; how many."""
    count = 0
    for sha256 in names:
        if files.has(desk, sha256) and not hub.has_blob(sha256):
            hub.put_blob(sha256, files.read(desk, sha256))
            count += 1
    return count


def fetch(desk: Desk, hub: Hub, sha256: str) -> bool:
    """Bring one file to this machine; whether it is here now."""
    if files.has(desk, sha256):
        return True
    data = hub.get_blob(sha256)
    if data is not None:
        files.put(desk, data)
    return data is not None


def missing(desk: Desk, everything: bool = False) -> list[str]:
    """Files that should be on this machine and are not: of open tickets, or all of them (the agent keeps all)."""
    where = "" if everything else "JOIN queue_row q ON q.ticket_id = a.ticket_id AND q.is_open = 1 "
    rows = desk.replica.rows(f"SELECT DISTINCT a.sha256 FROM attachment a {where}WHERE a.sha256 <> ''")
    if everything:
        rows += desk.replica.rows("SELECT DISTINCT raw_sha256 FROM message WHERE raw_sha256 <> ''")
    return [sha256 for (sha256,) in rows if not files.has(desk, sha256)]


def gather(desk: Desk, hub: Hub, limit: int = 50, everything: bool = False) -> int:
    """Ask for up to ``limit`` of the files that should be here; how many came."""
    names = missing(desk, everything)
    if len(names) > limit:  # not the first ones each time: what the hub has lost would keep all others away
        names = random.sample(names, limit)
    return sum(fetch(desk, hub, sha256) for sha256 in names)


def owe(desk: Desk) -> None:
    """The hub is another one than it was: what this machine has of its files is to be offered, from the first on."""
    HubState(desk.replica).write(_OWED, "")


def give_all(desk: Desk, hub: Hub) -> None:
    """Give a hub that was begun here every file that this machine has."""
    upload(desk, hub, _all(desk))
    HubState(desk.replica).write(_OWED, None)


def give_owed(desk: Desk, hub: Hub, limit: int = 50) -> None:
    """Offer the next ``limit`` of the files that a new hub may lack; a round that breaks off is gone on with."""
    state = HubState(desk.replica)
    given = state.read(_OWED)
    if given is None:
        return
    names = [name for name in _all(desk) if name > given][:limit]
    upload(desk, hub, names)
    state.write(_OWED, names[-1] if names else None)


def _all(desk: Desk) -> list[str]:
    names = {name for table, column in _NAMED for (name,) in desk.replica.rows(f"SELECT {column} FROM {table}") if name}
    return sorted(names)
