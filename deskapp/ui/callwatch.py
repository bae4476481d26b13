"""What asks for whoever works here: told once, when it comes; files are read for the search meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from . import words
from .i18n import fill, translate
from .notices import Notice, Notices
from .runner import TaskRunner

if TYPE_CHECKING:
    from ..desk.asking import Asking, Unowned
    from ..desk.filetext import Batch
    from ..desk.queue import Calls
    from ..desk.values import Changes

#: How often reminders are looked at, and files that came are read.
MINUTE_MS = 60_000
#: At most so many are told of one by one.
_TOLD = 3


class CallWatch(QObject):
    """``look`` after changes and every minute; what stood there at the start is told of by the list alone."""

    def __init__(self, runner: TaskRunner, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._notices = runner, notices
        self._known: set[tuple[str, str, str]] | None = None
        self._unowned: set[str] | None = None
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
        if changes.touches("mention", "escalation", "reminder", "ticket"):
            self.look()
        if changes.touches("attachment"):
            self.read_files()

    def look(self) -> None:
        from ..desk import asking

        self._runner.run("reader", asking.read, on_done=self._looked, key="callwatch.look")

    def _looked(self, found: Asking) -> None:
        now = {(one.ticket_id, one.group, one.hint) for one in found.calls}
        known, self._known = self._known, now
        seen, self._unowned = self._unowned, {one.ticket_id for one in found.unowned}
        if known is not None:
            fresh = [one for one in found.calls if (one.ticket_id, one.group, one.hint) not in known]
            self._notices.tell([self._notice(one) for one in fresh[:_TOLD]])
        if seen is not None and found.hears:
            self._tell_new([one for one in found.unowned if one.ticket_id not in seen])

    def _tell_new(self, fresh: list[Unowned]) -> None:
        """Letters that nobody owns, whichever machine fetched them; more than a few at once are told as a number."""
        notices = [
            Notice(
                "new",
                fill(self.tr("New: %1, %2"), words.number(one.number), one.customer or one.subject),
                one.ticket_id,
                one.number,
            )
            for one in fresh
        ]
        many = translate("CallWatch", "%n new ticket(s)", None, len(fresh)) if len(fresh) > _TOLD else ""
        self._notices.tell(notices, many)

    def _notice(self, one: Calls) -> Notice:
        return Notice(one.group, self._words(one), one.ticket_id, one.number)

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
