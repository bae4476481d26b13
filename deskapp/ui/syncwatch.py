"""The shared desk as the window sees it: rounds in a lane of their own, and the chip in the corner."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from ..desk import hubport
from ..desk.hubport import SyncRound
from .acts import Acts
from .i18n import fill, translate
from .main_window import MainWindow
from .messages import Banner, Level, Messages, error_words
from .runner import TaskRunner
from .status_bar import SyncState

LANE = "hub"
EVERY_MS = 2_000
#: After a change of ours: soon, but several gestures in a row make one round.
SOON_MS = 150
STALE = timedelta(minutes=2)


class SyncWatch(QObject):
    """``round()`` once; the next one follows by itself while ``start`` was called and the desk is shared."""

    def __init__(self, runner: TaskRunner, acts: Acts, messages: Messages, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._acts, self._messages, self._window = runner, acts, messages, window
        self._running = False
        self._offline_since: str = ""
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.round)

    def start(self) -> None:
        self._running = True
        self.round()

    def stop(self) -> None:
        self._running = False
        self._next.stop()

    def soon(self) -> None:
        """Something was changed here: tell the others."""
        if self._running and self._next.isActive() and self._next.remainingTime() > SOON_MS:
            self._next.start(SOON_MS)

    def round(self) -> None:
        """One round in the hub's lane; a round that waits is not doubled."""
        self._runner.run(LANE, hubport.round_, on_done=self._done, on_error=self._failed, key="hub.round")

    def _done(self, found: SyncRound) -> None:
        for changes in found.changes:
            self._acts.heard(changes)
        self._tell(found)
        if self._running and found.kind != "alone":
            self._next.start(EVERY_MS)

    def _failed(self, trouble: BaseException) -> None:
        """A bug in a round must not end the rounds."""
        self._messages.error(trouble)
        if self._running:
            self._next.start(EVERY_MS * 5)

    def _tell(self, found: SyncRound) -> None:
        now = self._window.times().now
        if found.kind in ("fresh", "conflict") and found.waiting and now - found.at > STALE:
            kind = "stale"
        else:
            kind = found.kind
        count = found.conflicts if kind == "conflict" else found.waiting
        self._window.set_sync(SyncState(kind, at=found.at, count=count))
        if kind == "offline":
            if not self._offline_since:
                self._offline_since = f"{self._window.times().now.astimezone(self._window.times().zone):%H:%M}"
            text = fill(self.tr("No connection since %1. You can keep working."), self._offline_since)
            self._messages.put_banner(Banner("hub", text, Level.OFFLINE, ((self.tr("Check now"), self.round),)))
            return
        self._offline_since = ""
        if kind == "error" and found.problem is not None:
            title, message = error_words(found.problem)
            self._messages.put_banner(
                Banner("hub", f"{title}. {message}".strip(), Level.ERROR, ((self.tr("Retry now"), self.round),))
            )
        elif kind == "conflict":
            text = translate("SyncWatch", "Your choice is needed in %n places.", None, found.conflicts)
            self._messages.put_banner(Banner("hub", text, Level.CONFLICT))
        else:
            self._messages.take_banner("hub")
