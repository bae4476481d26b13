"""The whole desktop over the demo desk, driven by keys: the window that a person gets, its lanes and its mail room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from deskapp import app
from deskapp.core.clock import FixedClock
from deskapp.desk import demo
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.ui.desktop import Desktop, prepare
from deskapp.ui.stage import Stage
from tests.desk.demo_desk import copied


class DemoStage(Stage):
    """``clock`` stands still until a test moves it; ``profile`` is the desk's folder."""

    clock: FixedClock
    profile: Path

    def find(self, name: str) -> QWidget:
        """A visible widget by its object name."""
        return next(widget for widget in self.window.findChildren(QWidget, name) if widget.isVisible())

    def line(self) -> str:
        """The sentence that the status bar offers to take back."""
        return self.desktop.undo.line().text

    def within(self, name: str) -> bool:
        """Whether the focus is inside the widget of that name."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and widget.objectName() != name:
            widget = widget.parentWidget()
        return widget is not None


@contextmanager
def demo_window(
    qapp: QApplication,
    folder: Path,
    language: str = "en",
    size: tuple[int, int] = (1440, 900),
    ticking: bool = False,
    theme: str = "light",
) -> Iterator[DemoStage]:
    """The window, shown and at rest, over a copy of the demo desk in ``folder``; closed as a person closes it."""
    clock = FixedClock(demo.moment())
    desk = copied(folder, language, clock)
    desk.settings.set("theme", theme)
    desk.settings.set("demo_start", demo.moment().isoformat())
    desk.mail = MailRoom()
    prepare(qapp, desk)
    desktop = Desktop(desk, app.lanes(desk.replica), ticking=ticking)
    stage = DemoStage(desktop)
    stage.clock, stage.profile = clock, folder
    stage.open()
    stage.window.resize(*size)
    stage.settle()
    try:
        yield stage
    finally:
        desktop.window.close()
        desktop.window.deleteLater()
        desk.replica.disconnect()
