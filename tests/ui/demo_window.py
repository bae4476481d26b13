"""The whole desktop over the demo desk, driven by keys: the window that a person gets, its lanes and its mail room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskapp import app
from deskapp.core.clock import FixedClock
from deskapp.desk import demo, setup, ticket
from deskapp.desk.desk import Desk
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.ui.desktop import Desktop, prepare
from deskapp.ui.stage import Stage
from tests.desk.demo_desk import copied, open_desk


class DemoStage(Stage):
    """``clock`` stands still until a test moves it; ``profile`` is the desk's folder."""

    clock: FixedClock
    profile: Path

    def find(self, name: str) -> QWidget:
        """A visible widget by its object name."""
        return next(widget for widget in self.window.findChildren(QWidget, name) if widget.isVisible())

    @property
    def inbox(self) -> Path:
        """Where letters arrive."""
        return self.profile / "mail" / "inbox" / "new"

    @property
    def outbox(self) -> list[Path]:
        """Letters that have left."""
        return sorted((self.profile / "mail" / "outbox" / "new").glob("*"))

    def line(self) -> str:
        """The sentence that the status bar offers to take back."""
        return self.desktop.undo.line().text

    def within(self, name: str) -> bool:
        """Whether the focus is inside the widget of that name."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and widget.objectName() != name:
            widget = widget.parentWidget()
        return widget is not None


def mailbox(desk: Desk) -> Path:
    """The folder of the desk's mailbox, which is made its own: a copied desk would read that of the other."""
    (row,) = setup.mailboxes(desk)
    folder = desk.profile.root / "mail"
    setup.save_mailbox(desk, {**row, "options": {"folder": str(folder)}})
    for name in ("new", "cur", "tmp"):
        (folder / "inbox" / name).mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def demo_window(
    qapp: QApplication,
    folder: Path,
    language: str = "en",
    size: tuple[int, int] = (1440, 900),
    ticking: bool = False,
    theme: str = "light",
    fresh: bool = True,
    later: int = 0,
) -> Iterator[DemoStage]:
    """The window, shown and at rest, over a copy of the demo desk in ``folder``; closed as a person closes it.

    ``fresh`` False opens what an earlier window left there, ``later`` seconds after the moment of the demo.
    """
    clock = FixedClock(demo.moment() + timedelta(seconds=later))
    desk = copied(folder, language, clock) if fresh else open_desk(folder, language, clock)
    desk.settings.set("theme", theme)
    desk.settings.set("demo_start", demo.moment().isoformat())
    desk.mail = MailRoom()
    mailbox(desk)
    try:
        with staged(qapp, desk, clock, size, ticking) as stage:
            yield stage
    finally:
        hang_up(desk)
        desk.replica.disconnect()


def hang_up(desk: Desk) -> None:
    """End the connections of the desk now: one left to the collector of garbage would be blamed on a later test."""
    for way in (desk.mail, desk.hub):
        if way is not None:
            way.close()


@contextmanager
def staged(
    qapp: QApplication, desk: Desk, clock: FixedClock, size: tuple[int, int], ticking: bool
) -> Iterator[DemoStage]:
    """A window over a desk with its lanes, settled; the desk stays open behind it."""
    prepare(qapp, desk)
    desktop = Desktop(desk, app.lanes(desk.replica), ticking=ticking)
    stage = DemoStage(desktop)
    stage.clock, stage.profile = clock, desk.profile.root
    stage.open()
    stage.window.resize(*size)
    stage.settle()
    try:
        yield stage
    finally:
        desktop.window.close()
        desktop.window.deleteLater()


@contextmanager
def plain_desktop(qtbot: QtBot, desk: Desk) -> Iterator[Desktop]:
    """A window over a desk that does everything at once, in the thread of the test."""
    desktop = Desktop(desk, synchronous=True, ticking=False)
    qtbot.addWidget(desktop.window)
    desktop.window.resize(1440, 900)
    desktop.window.show()
    desktop.start()
    yield desktop
    desktop.runner.close()
    desk.replica.disconnect()


def awake(stage: DemoStage) -> None:
    """The window is in front again: without a window manager a panel over it may have put it to sleep."""
    stage.window.activateWindow()
    stage.settle()


def show(stage: DemoStage, number: int) -> str:
    """Open a ticket; its id."""
    found = str(stage.ask(ticket.find, number))
    stage.desktop.show_ticket(found)
    awake(stage)
    return found
