"""Leases: who fetches mail, sends, watches for slips, makes snapshots.

A lease is a row that only an append changes, so two replicas cannot take it at once; its token is the seq of that
append and grows with each taking. It expires by observation: when the holder's sign of life has stayed the same for
longer than the term by this machine's own steady clock. No two clocks are compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from deskapp.desk.desk import Desk
from deskapp.sync.hub.hub import Change, Head

#: What only one replica does at a time.
NAMES = ("mail", "sending", "slips", "snapshot")
#: Seconds without a new sign of life after which another replica may take over.
TERM = 60


class Leases:
    """What one running process has seen of the others' signs of life. ``steady`` gives seconds that never jump."""

    def __init__(self, desk: Desk, steady: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._steady = steady
        self._seen: dict[str, tuple[Any, float, float]] = {}  # replica -> (sign of life, first and last seen)
        self._own_beat: float | None = None

    def observe(self, beats: Mapping[str, Mapping[str, Any]]) -> None:
        now = self._steady()
        holders = {row[0] for row in self._desk.replica.rows("SELECT replica FROM lease WHERE replica <> ''")}
        for replica in holders | beats.keys():
            sign = beats.get(replica, {}).get("sign")
            before = self._seen.get(replica)
            self._seen[replica] = (sign, before[1] if before and before[0] == sign else now, now)

    def alive(self) -> None:
        """Our own sign of life has reached the hub."""
        self._own_beat = self._steady()

    def silent_for(self, replica: str) -> float:
        """Seconds for which a replica's sign of life was looked at and has not changed."""
        seen = self._seen.get(replica)
        return seen[2] - seen[1] if seen else 0.0

    def token(self, name: str) -> int | None:
        """Our token of a lease; None if it is not ours, or if others may think that we are gone."""
        row = self._desk.replica.row("SELECT replica, token, term FROM lease WHERE id = ?", (name,))
        if row is None or row[0] != self._desk.replica.state("replica") or self._own_beat is None:
            return None
        return int(row[1]) if self._steady() - self._own_beat < row[2] / 2 else None

    def claims(self, wanted: Collection[str], after: Head) -> list[Change]:
        """Changes that take the free ones of the wanted leases, for a batch to be appended behind ``after``."""
        me = self._desk.replica.state("replica")
        known = {row[0]: row[1:] for row in self._desk.replica.rows("SELECT id, replica, token, term FROM lease")}
        found = []
        for name in sorted(wanted):
            holder, token, term = known.get(name, ("", None, TERM))
            if holder == me or (holder and self.silent_for(holder) <= term):
                continue
            cols = {"replica": [holder or None, me], "token": [token, after.seq + 1], "term": [term, TERM]}
            found.append(Change("lease", name, "U" if name in known else "I", cols, "", 0))
        return found

    def give_back(self) -> list[Change]:
        """Changes that give all of ours back."""
        me = self._desk.replica.state("replica")
        rows = self._desk.replica.rows("SELECT id FROM lease WHERE replica = ?", (me,))
        return [Change("lease", name, "U", {"replica": [me, ""]}, "", 0) for (name,) in rows]
