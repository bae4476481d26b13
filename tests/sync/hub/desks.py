"""Desks that share a hub: real replicas on the disk, a real folder, a clock that stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import intake, setup
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.sync.hub import commands
from deskapp.sync.hub.digest import digest
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import Hub
from deskapp.sync.hub.rounds import RoundResult, Rounds

MORNING = datetime(2026, 11, 2, 6, 20, tzinfo=UTC)
PEOPLE = ("Анна Белова", "Борис Крылов")


def open_desk(folder: Path, clock: FixedClock | None = None) -> Desk:
    profile = Profile(folder).make()
    replica = Replica(profile.database).open()
    # nothing here is about the power failing, and the disk is shared
    replica.db.execute_sql("PRAGMA synchronous = off")
    return Desk(profile, replica, Settings(profile.settings), clock or FixedClock(MORNING))


class Office:
    """Several desktops of one desk; ``hub`` makes the hub of each, so that a test can put faults between."""

    def __init__(self, folder: Path, hub: Callable[[Path], Hub] = FolderHub) -> None:
        self.folder = folder
        self.share = folder / "share"
        self.clock = FixedClock(MORNING)
        self.desks: dict[str, Desk] = {}
        self.rounds: dict[str, Rounds] = {}
        self._hub = hub

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
        commands.join(profile, commands.invite(self.desks[by]))
        desk = self.open(name)
        commands.begin(desk)
        self._attach(name)
        return desk

    def three(self) -> tuple[Desk, Desk, Desk]:
        made = self.first("a"), self.join("b"), self.join("c")
        self.settle()
        return made

    def open(self, name: str) -> Desk:
        self.desks[name] = open_desk(self.folder / name, self.clock)
        return self.desks[name]

    def _attach(self, name: str) -> None:
        self.rounds[name] = Rounds(self.desks[name], self._hub(self.share), pause=lambda _seconds: None)

    def copy(self, name: str, to: str) -> Desk:
        """Copy a whole profile, as people do."""
        self.desks[name].replica.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(self.folder / name, self.folder / to)
        desk = self.open(to)
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
            assert tables == one[1], (one[0], name, [t for t in one[1] or {} if (tables or {})[t] != (one[1] or {})[t]])

    def close(self) -> None:
        for desk in self.desks.values():
            desk.replica.disconnect()


def ticket(desk: Desk, subject: str = "Не печатает принтер") -> str:
    return str(intake.by_hand(desk, subject, contact_name="Ольга", address="olga@firm.example").result)
