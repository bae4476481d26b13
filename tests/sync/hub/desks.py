"""Desks that share a hub: real replicas on the disk, a real folder, a clock that stands."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import intake, setup
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import Incoming
from deskapp.models.tables import models
from deskapp.sync.hub import commands
from deskapp.sync.hub.digest import digest
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.rounds import RoundResult, Rounds
from tests.sync.hub.faults import Faults, FaultyFiles, FaultyReplica

MORNING = datetime(2026, 11, 2, 6, 20, tzinfo=UTC)


def _no_pause(_seconds: float) -> None:
    """Tests do not wait for a share."""


PEOPLE = ("Анна Белова", "Борис Крылов")


def open_desk(folder: Path, clock: FixedClock | None = None, faults: Faults | None = None) -> Desk:
    profile = Profile(folder).make()
    replica = FaultyReplica(profile.database)
    replica.faults = faults or Faults()
    replica.open()
    # nothing here is about the power failing, and the disk is shared
    replica.db.execute_sql("PRAGMA synchronous = off")
    return Desk(profile, replica, Settings(profile.settings), clock or FixedClock(MORNING))


class Office:
    """Several desktops of one desk, each with its own faults to arm."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.share = folder / "share"
        self.clock = FixedClock(MORNING)
        self.desks: dict[str, Desk] = {}
        self.rounds: dict[str, Rounds] = {}
        self.faults: dict[str, Faults] = {}
        self.files: dict[str, FaultyFiles] = {}

    def first(self, name: str = "a") -> Desk:
        """A lone desk that shares itself."""
        desk = self.open(name)
        setup.begin(desk)
        for person in PEOPLE:
            setup.save_specialist(desk, {"name": person})
        self.share.mkdir(exist_ok=True)
        commands.init(desk, str(self.share)).close()
        self._attach(name)
        return desk

    def join(self, name: str, by: str = "a") -> Desk:
        profile = Profile(self.folder / name)
        # an invitation names no account: here all have the same
        commands.join(profile, commands.invite(self.desks[by]), where=self.desks[by].replica.state("hub"))
        desk = self.open(name)
        commands.begin(desk)
        self._attach(name)
        return desk

    def three(self) -> tuple[Desk, Desk, Desk]:
        made = self.first("a"), self.join("b"), self.join("c")
        self.settle()
        return made

    def open(self, name: str) -> Desk:
        faults = self.faults.setdefault(name, Faults())
        self.desks[name] = open_desk(self.folder / name, self.clock, faults)
        return self.desks[name]

    def restart(self, name: str) -> Desk:
        """The process ended; another one opens the same profile."""
        self.desks[name].replica.disconnect()
        self.faults[name].clear()
        desk = self.open(name)
        self._attach(name)
        return desk

    def _attach(self, name: str) -> None:
        self.files[name] = FaultyFiles(self.faults[name])
        hub = FolderHub(self.share, self.files[name], pause=_no_pause, thorough=1)
        self.rounds[name] = Rounds(self.desks[name], hub, pause=_no_pause)

    def copy(self, name: str, to: str) -> Desk:
        """Copy a whole profile, as people do."""
        self.desks[name].replica.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(self.folder / name, self.folder / to)
        desk = self.open(to)
        commands.opened(desk)
        self._attach(to)
        return desk

    def sync(self, name: str) -> RoundResult:
        return self.rounds[name].run()

    def settle(self, *names: str) -> None:
        """Rounds until nobody has anything to say."""
        for _turn in range(8):
            results = [self.sync(name) for name in names or self.rounds]
            if not any(result.read or result.sent for result in results):
                return
        raise AssertionError("the replicas do not come to rest")

    def same(self) -> None:
        """All replicas hold the same rows and nothing waits."""
        found = {name: digest(desk.replica) for name, desk in self.desks.items()}
        assert all(value is not None for value in found.values()), {n: v is not None for n, v in found.items()}
        one, *others = found.items()
        for name, tables in others:
            if tables != one[1]:
                self._tell_apart(one[0], name)
            assert tables == one[1], (one[0], name, [t for t in one[1] or {} if (tables or {})[t] != (one[1] or {})[t]])

    def _tell_apart(self, one: str, other: str) -> None:
        """Print the rows in which two replicas differ."""
        for table in models():
            rows = [set(self.desks[name].replica.rows(f'SELECT * FROM "{table}"')) for name in (one, other)]
            for name, mine in ((one, rows[0] - rows[1]), (other, rows[1] - rows[0])):
                for row in mine:
                    print(name, table, row)

    def close(self) -> None:
        for desk in self.desks.values():
            desk.replica.disconnect()


def incoming(key: str = "k1") -> Incoming:
    """A letter as the mail room hands it over."""
    return Incoming(
        key=key, message_id=f"{key}@firm.example", in_reply_to="", references=(), subject="Не печатает",
        sender=("Ольга", "olga@firm.example"), to=(), cc=(), sent_at=None, received_at=MORNING, text="Не печатает",
        reply_text="Не печатает", html="", kind="new", automatic=False, automatic_reason="", bounced_address="",
        permanent=False, language="ru", ticket_number=None, files=(),
    )  # fmt: skip


def ticket(desk: Desk, subject: str = "Не печатает принтер") -> str:
    return str(intake.by_hand(desk, subject, contact_name="Ольга", address="olga@firm.example").result)
