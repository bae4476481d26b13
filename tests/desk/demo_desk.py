"""The demo desk for tests that change it: filled once, copied for each of them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import demo, setup, ticket
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.sync.mail import stages

MOSCOW = ZoneInfo("Europe/Moscow")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


@cache
def _filled(language: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="deskapp-demo-"))
    atexit.register(shutil.rmtree, folder, True)
    desk = open_desk(folder, language)
    setup.begin(desk)
    demo.fill(desk, stages.take)
    desk.replica.disconnect()
    return folder


def open_desk(folder: Path, language: str, clock: FixedClock | None = None) -> Desk:
    profile = Profile(folder).make()
    settings = Settings(profile.settings)
    settings.set("language", language)
    return Desk(profile, Replica(profile.database).open(), settings, clock or FixedClock(demo.moment()))


def copied(folder: Path, language: str = "ru", clock: FixedClock | None = None) -> Desk:
    """A demo desk of the caller's own, its connections to be closed by ``desk.replica.disconnect()``."""
    shutil.copytree(_filled(language), folder, dirs_exist_ok=True)
    return open_desk(folder, language, clock)


def found(desk: Desk, number: int) -> str:
    ticket_id = ticket.find(desk, number)
    assert ticket_id, number
    return ticket_id
