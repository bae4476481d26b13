"""The demo desk shared through a folder by two people on two machines, each with a window or without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import demo
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.sync.hub import commands
from deskapp.sync.hub.door import HubDoor
from deskapp.sync.mail.mailroom import MailRoom
from tests.desk.demo_desk import copied
from tests.ui.demo_window import DemoStage, hang_up, mailbox, staged


class SharedDemo:
    """``mine`` is Sokolova's desk, ``theirs`` that of a colleague; nothing goes round by itself."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self.folder, self.share = folder, folder / "share"
        self.share.mkdir(parents=True)
        self.clock = FixedClock(demo.moment())
        self.mine = copied(folder / "mine", language, self.clock)
        self.mine.settings.set("demo_start", demo.moment().isoformat())
        mailbox(self.mine)
        commands.init(self.mine, str(self.share)).close()
        profile = Profile(folder / "theirs")
        commands.join(profile, commands.invite(self.mine))
        settings = Settings(profile.settings)
        settings.set("language", language)
        self.theirs = Desk(profile, Replica(profile.database).open(), settings, self.clock)
        other = self.theirs.replica.value(
            "SELECT id FROM specialist WHERE id <> ? AND active = 1 ORDER BY (name LIKE 'Дмитрий%') DESC, name",
            (self.mine.me,),
        )
        settings.set("me", str(other))
        commands.begin(self.theirs)
        self.both()

    def both(self) -> None:
        """Rounds until both know everything."""
        for _turn in range(3):
            commands.sync_once(self.mine)
            commands.sync_once(self.theirs)

    def gone(self) -> None:
        """The share cannot be reached."""
        self.share.rename(self.share.with_name("away"))

    def back(self) -> None:
        self.share.with_name("away").rename(self.share)

    def close(self) -> None:
        self.mine.replica.disconnect()
        self.theirs.replica.disconnect()


@contextmanager
def window(
    qapp: QApplication,
    desk: Desk,
    clock: FixedClock,
    size: tuple[int, int] = (1440, 900),
    theme: str = "light",
    ticking: bool = False,
) -> Iterator[DemoStage]:
    """The window over one of the two; its rounds are asked for, or go by themselves when ``ticking``."""
    desk.settings.set("theme", theme)
    desk.hub = HubDoor()
    desk.mail = MailRoom()
    try:
        with staged(qapp, desk, clock, size, ticking) as stage:
            yield stage
    finally:
        hang_up(desk)
