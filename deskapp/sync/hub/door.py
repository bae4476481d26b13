"""The hub as one running process uses it: one connection kept over the rounds, dropped when it breaks."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from deskapp.core.errors import UserFacingError
from deskapp.desk import conflicts, files
from deskapp.desk.desk import Desk
from deskapp.desk.hubport import MAIL, SLIPS, SyncRound
from deskapp.sync.hub import blobs, commands, upkeep
from deskapp.sync.hub.hub import Hub, HubUnreachable
from deskapp.sync.hub.rounds import Rounds
from deskapp.sync.hub.state import HubState

log = logging.getLogger(__name__)

#: The lease of the one that writes snapshots.
SNAPSHOT = "snapshot"
UPKEEP_SECONDS = 300.0


class HubDoor:
    """Fills ``Desk.hub``. Rounds of several lanes wait for one another."""

    def __init__(self, connect: Callable[[Desk], Hub] = commands.hub_of) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._where = ""
        self._rounds: Rounds | None = None
        self._kept: float | None = None

    def shared(self, desk: Desk) -> bool:
        return bool(HubState(desk.replica).where)

    def holds(self, lease: str) -> bool:
        rounds = self._rounds
        return rounds is not None and rounds.leases.token(lease) is not None

    def round(self, desk: Desk) -> SyncRound:
        """One round: fresh, conflict, offline or error; alone where there is no hub."""
        with self._lock:
            where = HubState(desk.replica).where
            if where != self._where:
                self._drop()
                self._where = where
            if not where:
                return SyncRound("alone", desk.clock.now())
            try:
                if self._rounds is None:
                    self._rounds = Rounds(desk, self._connect(desk))
                self._rounds.wants = (MAIL, SLIPS, SNAPSHOT) if _has_mail(desk) else (SLIPS, SNAPSHOT)
                result = self._rounds.run()
                if not result.busy:
                    self._upkeep(desk, self._rounds, bool(result.read))
            except HubUnreachable as error:
                self._drop()
                return self._told(desk, "offline", error)
            except UserFacingError as error:
                log.warning("a round ended: %s", error.title)
                self._drop()
                return self._told(desk, "error", error)
            told = self._told(desk, "fresh")
            return SyncRound(
                "conflict" if told.conflicts else "fresh", told.at, told.waiting, told.conflicts, tuple(result.changes)
            )

    def _upkeep(self, desk: Desk, rounds: Rounds, news: bool) -> None:
        """What a hub needs now and then: files of open tickets here, a snapshot, old batches let go."""
        if news or self._kept is None:
            blobs.gather(desk, rounds.hub)
        now = time.monotonic()
        if self._kept is None or now - self._kept >= UPKEEP_SECONDS:
            self._kept = now
            upkeep.keep_small(desk, rounds.hub, rounds.leases.token(SNAPSHOT) is not None)

    def fetch_file(self, desk: Desk, sha256: str) -> bool:
        """Bring a file of the desk to this machine; whether it is here now."""
        with self._lock:
            if files.has(desk, sha256):
                return True
            try:
                if self._rounds is None:
                    self._rounds = Rounds(desk, self._connect(desk))
                return blobs.fetch(desk, self._rounds.hub, sha256)
            except UserFacingError:
                self._drop()
                return False

    def resign(self, desk: Desk) -> None:
        """Give the leases of this process back; the next round claims what is free then."""
        with self._lock:
            if self._rounds is not None and HubState(desk.replica).where == self._where:
                self._rounds.resign()

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _told(self, desk: Desk, kind: str, problem: UserFacingError | None = None) -> SyncRound:
        asked = conflicts.count(desk)
        waiting = int(desk.replica.value("SELECT count(*) FROM change WHERE sent = 0"))
        return SyncRound(kind, desk.clock.now(), waiting, asked, (), problem)

    def _drop(self) -> None:
        if self._rounds is not None:
            self._rounds.hub.close()
            self._rounds = None


def _has_mail(desk: Desk) -> bool:
    """Whether this machine could fetch and send: it has a mailbox whose password it knows."""
    return any(
        kind == "folder" or desk.secrets.get(f"mailbox:{mailbox}") is not None
        for mailbox, kind in desk.replica.rows("SELECT id, kind FROM mailbox WHERE active = 1")
    )
