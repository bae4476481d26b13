"""What asks for whoever works here: told once, when it comes; files are read for the search meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from . import words
from .i18n import fill
from .messages import Messages
from .runner import TaskRunner

if TYPE_CHECKING:
    from ..desk.filetext import Batch
    from ..desk.queue import Calls
    from ..desk.values import Changes
    from .main_window import MainWindow

#: How often reminders are looked at, and files that came are read.
MINUTE_MS = 60_000
#: At most so many are told of one by one.
_TOLD = 3


class CallWatch(QObject):
    """``look`` after changes and every minute; what stood there at the start is told of by the list alone."""

    def __init__(self, runner: TaskRunner, messages: Messages, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._messages, self._window = runner, messages, window
        self._known: set[tuple[str, str, str]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE_MS)
        self._timer.timeout.connect(self.minute)

    def start(self) -> None:
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def forget(self) -> None:
        """Somebody else works here: nothing of theirs is news."""
        self._known = None
        self.look()

    def minute(self) -> None:
        self.look()
        self.read_files()

    def heard(self, changes: Changes) -> None:
        if changes.touches("mention", "escalation", "reminder"):
            self.look()
        if changes.touches("attachment"):
            self.read_files()

    def look(self) -> None:
        from ..desk import queue

        self._runner.run("reader", queue.calls, on_done=self._looked, key="callwatch.look")

    def _looked(self, found: tuple[Calls, ...]) -> None:
        now = {(one.ticket_id, one.group, one.hint) for one in found}
        known, self._known = self._known, now
        if known is None:
            return
        fresh = [one for one in found if (one.ticket_id, one.group, one.hint) not in known]
        for one in fresh[:_TOLD]:
            self._messages.say(self._words(one))
        if fresh:
            QApplication.alert(self._window)

    def _words(self, one: Calls) -> str:
        number = words.number(one.number)
        if one.group == "given":
            return fill(self.tr("%1 is handed to you: %2"), number, one.subject)
        if one.group == "mention":
            return fill(self.tr("You are named in %1: %2"), number, one.subject)
        return fill(self.tr("Reminder, %1: %2"), number, one.hint or one.subject)

    # -- files, read a few at a time beside the work

    def read_files(self) -> None:
        from ..desk import filetext

        self._runner.run("reports", filetext.read_some, on_done=self._read, key="callwatch.files")

    def _read(self, batch: Batch | None) -> None:
        from ..desk import filetext

        if batch is not None:
            self._runner.run("writer", filetext.store, batch, on_done=lambda _changes: self._stored(batch))

    def _stored(self, batch: Batch) -> None:
        if batch.more:
            self.read_files()
