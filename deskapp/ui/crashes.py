"""What happens with a bug: its report is kept, and shown once, whole, before anybody sends it anywhere."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ..core import crash
from .banner import DetailsDialog
from .messages import Messages
from .runner import TaskRunner

if TYPE_CHECKING:
    from .windows import Windows

log = logging.getLogger(__name__)


class CrashWatch(QObject):
    """Shows a dialog for each crash that is new here. ``hook`` also takes what would end in the terminal."""

    elsewhere = Signal(object)

    def __init__(self, runner: TaskRunner, messages: Messages, windows: Windows, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._messages, self._windows = runner, messages, windows
        self.dialog: DetailsDialog | None = None
        messages.crashed.connect(self._crashed)
        # from any thread, handled in this one
        self.elsewhere.connect(messages.error, Qt.ConnectionType.QueuedConnection)

    def hook(self) -> None:
        """From now on every exception that nobody caught comes here."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda told: self._uncaught(told.exc_type, told.exc_value, told.exc_traceback)

    def _uncaught(self, kind: type[BaseException], trouble: BaseException | None, _place: TracebackType | None) -> None:
        if trouble is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        self.elsewhere.emit(trouble)

    def _crashed(self, trouble: BaseException) -> None:
        from ..desk import checkup  # no start waits for it

        found = crash.report(trouble)
        log.error("crash %s: %s", found.key, crash.describe(trouble))
        self._runner.run(
            "reader", checkup.keep_report, found, on_done=lambda new: self._show(found) if new else None,
            on_error=lambda _trouble: None,
        )  # fmt: skip

    def _show(self, found: crash.Report) -> None:
        if self.dialog is not None:  # one at a time: a bug seldom comes alone
            return
        self._open(
            self.tr("Something in deskapp itself went wrong"),
            self.tr(
                "What was saved is safe, and you can go on. This is the whole report: it names places of the program, "
                "no letter and no password. Send it to the makers if you like; nothing is sent by itself."
            ),
            found.text,
        )

    def tell_last(self, told: str) -> None:
        """What the last run of the window left when it ended without a word; nothing if it ended well."""
        if told:
            # after the first picture, which does not wait for this
            QTimer.singleShot(0, lambda: self._told_last(told))

    def _told_last(self, told: str) -> None:
        self._open(
            self.tr("deskapp ended unexpectedly last time"),
            self.tr("What was saved is here. This is what the program was doing; no letter and no password is in it."),
            told,
        )

    def _open(self, title: str, text: str, details: str) -> None:
        self.dialog = DetailsDialog(title, text, details, self._windows.now().window)
        self.dialog.setObjectName("crash.report")
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None
