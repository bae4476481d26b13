"""The hub as one running process uses it: one connection kept over the rounds, dropped when it breaks."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError, WrongPassword
from deskapp.desk import conflicts, files, hubport, mailkeys
from deskapp.desk.desk import Desk
from deskapp.desk.hubport import DRAFT_SHOWN, SLIPS, Invitation, PlaceCheck, Progress, Sharing, SyncRound
from deskapp.desk.values import Changes
from deskapp.models.schema import Mailbox
from deskapp.sync.hub import blobs, changes, commands, places, upkeep
from deskapp.sync.hub.hub import Hub, HubFull, HubUnreachable
from deskapp.sync.hub.rounds import Rounds
from deskapp.sync.hub.state import HubState

log = logging.getLogger(__name__)

#: The lease of the process that fetches and sends mail for the whole desk.
MAIL = hubport.MAIL
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
        self._present: dict[str, str] = {}
        self._counted: tuple[tuple[int | None, str], int] | None = None
        self._lost: datetime | None = None  # when the first of the rounds in a row ended in trouble
        self._refused: tuple[str, str | None, WrongPassword] | None = None  # place and password that it was about

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
            gone = commands.moved_to(desk)
            if gone:
                return replace(self._told(desk, "error", places.Moved(gone)), moved_to=gone)
            try:
                self._rounds = self._rounds or self._connected(desk)
                self._rounds.wants = (MAIL, SLIPS, SNAPSHOT) if _has_mail(desk) else (SLIPS, SNAPSHOT)
                self._rounds.present(self._present)
                result = self._rounds.run()
                if not result.busy:
                    self._upkeep(desk, self._rounds, bool(result.read))
            except HubUnreachable as error:
                self._drop()
                return replace(self._told(desk, "offline", error), full=isinstance(error, HubFull))
            except UserFacingError as error:
                log.warning("a round ended: %s", error.title)
                self._note_refusal(desk, error)
                self._drop()
                return self._told(desk, "error", error)
            self._lost = None
            told = self._told(desk, "fresh")
            return replace(
                told,
                kind="conflict" if told.conflicts else "fresh",
                changes=tuple(result.changes),
                others=self._rounds.others.here() if self._rounds is not None else (),
            )

    def _connected(self, desk: Desk) -> Rounds:
        """A password that was refused is not tried again until it is another one, or was given anew: a server that is
        asked every other second locks the account."""
        where, password = HubState(desk.replica).where, desk.secrets.get(commands.SECRET)
        if self._refused is not None and self._refused[:2] == (where, password):
            raise self._refused[2].with_traceback(None)
        self._refused = None
        try:
            return Rounds(desk, self._connect(desk))
        except WrongPassword as error:
            self._note_refusal(desk, error)
            raise

    def _note_refusal(self, desk: Desk, error: UserFacingError) -> None:
        if isinstance(error, WrongPassword):
            self._refused = (HubState(desk.replica).where, desk.secrets.get(commands.SECRET), error)

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
                self._rounds = self._rounds or self._connected(desk)
                return blobs.fetch(desk, self._rounds.hub, sha256)
            except UserFacingError:
                self._drop()
                return False

    def present(self, view: str, write: str, tab: str = "", draft: str = "") -> None:
        told = {"view": view, "write": write, "tab": tab, "draft": draft[:DRAFT_SHOWN]}
        self._present = {key: value for key, value in told.items() if value}

    def wait(self, seconds: float) -> bool:
        """Only PostgreSQL calls; a hub in a folder is looked at by the rounds alone."""
        rounds = self._rounds
        wait = getattr(rounds.hub, "wait", None) if rounds is not None else None
        try:
            return bool(wait(seconds)) if wait is not None else False
        except UserFacingError:
            return False  # the next round says what is wrong

    def resign(self, desk: Desk) -> None:
        """Give the leases of this process back; the next round claims what is free then."""
        with self._lock:
            if self._rounds is not None and HubState(desk.replica).where == self._where:
                self._rounds.resign()

    # --- sharing: what the assistant does -----------------------------------------------------------------------

    def sharing(self, desk: Desk) -> Sharing:
        return places.sharing(desk)

    def try_place(self, desk: Desk, where: str, password: str | None) -> tuple[PlaceCheck, ...]:
        return places.try_place(where, password)

    def share(self, desk: Desk, where: str, password: str | None, progress: Progress | None = None) -> str:
        with self._lock:
            self._drop()
            (commands.move if self.shared(desk) else commands.init)(desk, where, password).close()
            return commands.invite(desk)

    def invite(self, desk: Desk) -> str:
        return commands.invite(desk)

    def read_invitation(self, text: str) -> Invitation:
        told = commands.read_invitation(text)
        return Invitation(told["where"], told["name"], "://" in told["where"])

    def with_user(self, where: str, user: str) -> str:
        return commands.with_user(where, user)

    def join(
        self, desk: Desk, invitation: str, password: str | None, where: str, progress: Progress | None = None
    ) -> Changes:
        with self._lock:
            self._drop()
            found = commands.join_here(desk, invitation, password, where, progress)
            tables: dict[str, frozenset[str]] = {"specialist": frozenset({""}), "desk_setting": frozenset({""})}
            return Changes(tables=tables, result=found.read)

    def follow(self, desk: Desk, password: str | None, where: str = "") -> SyncRound:
        with self._lock:
            self._drop()
            result = commands.follow(desk, password, where)
        return replace(self._told(desk, "fresh"), changes=tuple(result.changes))

    def compare(self, desk: Desk) -> tuple[PlaceCheck, ...]:
        with self._lock:
            found = commands.check(desk)
        if all(one.ok for one in found):
            desk.replica.set_state("hub_checked", str(to_ms(desk.clock.now())))
        return places.told(found)

    def rebuild(self, desk: Desk) -> SyncRound:
        with self._lock:
            self._drop()
            result = commands.rebuild(desk)
        return replace(self._told(desk, "fresh"), changes=tuple(result.changes))

    def leave(self, desk: Desk) -> None:
        with self._lock:
            self._drop()
            commands.leave(desk)

    def give_password(self, desk: Desk, password: str) -> None:
        with self._lock:
            self._drop()
            self._refused = None
            desk.secrets.set(commands.SECRET, password)

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _told(self, desk: Desk, kind: str, problem: UserFacingError | None = None) -> SyncRound:
        asked = self._asked(desk)
        if problem is not None:
            self._lost = self._lost or desk.clock.now()
        waiting = changes.unshared(desk.replica)
        return SyncRound(kind, desk.clock.now(), waiting, asked, (), problem, self._lost)

    def _asked(self, desk: Desk) -> int:
        """How many choices wait; counted anew only after something was written."""
        version = (desk.replica.value("SELECT max(seq) FROM change"), desk.me)
        if self._counted is None or self._counted[0] != version:
            self._counted = (version, conflicts.count(desk))
        return self._counted[1]

    def _drop(self) -> None:
        if self._rounds is not None:
            self._rounds.hub.close()
            self._rounds = None


def _has_mail(desk: Desk) -> bool:
    """Whether this machine could fetch and send: it has a mailbox whose password it knows."""
    boxes = desk.replica.records(Mailbox)
    return any(box["active"] and (box["kind"] == "folder" or mailkeys.knows(desk, box)) for box in boxes)
