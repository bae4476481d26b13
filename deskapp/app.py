"""The composition root: a desk opened for the command line, and the window with everything behind it.

Qt and the mail room are imported inside functions: the command line pays for neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from deskapp.core import log
from deskapp.core.clock import Clock, ShiftedClock, SystemClock
from deskapp.core.paths import Profile
from deskapp.core.secrets import KeyringSecrets
from deskapp.core.settings import Settings
from deskapp.desk import setup
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica


def clock_of(settings: Settings) -> Clock:
    """The system's clock; a demo desk's runs from its own moment."""
    start = settings.text("demo_start")
    return ShiftedClock(datetime.fromisoformat(start)) if start else SystemClock()


@contextmanager
def open_desk(folder: Path, clock: Clock | None = None) -> Iterator[Desk]:
    """The desk of a profile, made usable if it is new; connected in this thread until the block ends."""
    profile = Profile(folder).make()
    log.start(profile.log)
    settings = Settings(profile.settings)
    replica = Replica(profile.database).open()
    try:
        desk = Desk(profile, replica, settings, clock or clock_of(settings), KeyringSecrets())
        setup.begin(desk)
        yield desk
    finally:
        replica.disconnect()
