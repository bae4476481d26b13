"""Tells whoever is on duty, and the leads, before an answer is late: once at each mark, a line and no window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from . import words
from .i18n import fill
from .notices import Notice, Notices
from .runner import TaskRunner

if TYPE_CHECKING:
    from ..desk.duty import Warned

#: A mark is told at most this late.
EVERY_MS = 60_000


class DutyWatch(QObject):
    def __init__(self, runner: TaskRunner, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._notices = runner, notices
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        from ..desk import duty

        self._runner.run("writer", duty.look, on_done=self._found, key="desktop.duty")

    def _found(self, found: tuple[Warned, ...]) -> None:
        self._notices.tell([self._notice(one) for one in found[:3]])

    def _notice(self, one: Warned) -> Notice:
        text = self.tr("%1 %2: the answer is due in %3")
        left = words.duration(max(0, one.left))
        told = fill(text, words.number(one.number), one.customer or one.subject, left)
        return Notice("due", told, one.ticket_id, one.number)
