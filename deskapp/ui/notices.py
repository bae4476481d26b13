"""What a person should hear of: one source for the line in the window and for the system's notification.

The line is always written. The system is told only where a person wants that kind, and not in quiet time: outside of
the desk's working hours, or until further notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal
from PySide6.QtWidgets import QApplication

from . import words
from .i18n import fill, translate
from .messages import Messages
from .runner import TaskRunner
from .windows import Windows

if TYPE_CHECKING:
    from ..core.settings import Settings
    from ..desk.values import Clockwork

#: What there is to tell, and how it is said without a name or a word of a letter.
KINDS = {
    "new": QT_TRANSLATE_NOOP("Notices", "A new letter waits: %1"),
    "due": QT_TRANSLATE_NOOP("Notices", "An answer is nearly due: %1"),
    "slip": QT_TRANSLATE_NOOP("Notices", "A promise will not hold: %1"),
    "given": QT_TRANSLATE_NOOP("Notices", "A ticket is handed to you: %1"),
    "mention": QT_TRANSLATE_NOOP("Notices", "You are named: %1"),
    "reminder": QT_TRANSLATE_NOOP("Notices", "Reminder: %1"),
    "conflict": QT_TRANSLATE_NOOP("Notices", "Your choice is needed"),
}


@dataclass(frozen=True)
class Notice:
    """One thing to hear of. ``kind`` is one of ``KINDS``; without a ticket a click leads to the screen of its kind."""

    kind: str
    text: str
    ticket_id: str = ""
    number: int | None = None

    def bare(self) -> str:
        """The same, telling nothing that was written by anybody."""
        return fill(translate("Notices", KINDS[self.kind]), words.number(self.number))


class Notices(QObject):
    """``aloud`` carries the words for the system and the notice that a click on them opens."""

    aloud = Signal(str, object)

    def __init__(
        self, runner: TaskRunner, messages: Messages, windows: Windows, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner, self._messages, self._windows, self._settings = runner, messages, windows, settings

    def tell(self, notices: Sequence[Notice], together: str = "") -> None:
        """Tell these now. ``together``: words for all of them where there are too many to name."""
        if not notices:
            return
        self._messages.say(together or _in_a_row([one.text for one in notices]))
        wanted = [one for one in notices if self._wanted(one.kind)]
        if not wanted:
            return
        if self._settings.flag("notify_hide"):
            text = together or "\n".join(one.bare() for one in wanted)
        else:
            text = together or "\n".join(one.text for one in wanted)
        self._aloud(text, wanted[0])

    def _wanted(self, kind: str) -> bool:
        return self._settings.flag("notify") and self._settings.flag(f"notify_{kind}")

    def _aloud(self, text: str, first: Notice) -> None:
        from ..desk import planboard

        def told(clockwork: Clockwork) -> None:
            if clockwork.kind == "open":
                self._loud(text, first)

        quiet = self._settings.text("quiet")
        if quiet == "never":
            self._loud(text, first)
        elif quiet == "hours":
            self._runner.run("reader", planboard.day_clock, on_done=told)

    def _loud(self, text: str, first: Notice) -> None:
        QApplication.alert(self._windows.now().window)
        self.aloud.emit(text, first)


def _in_a_row(texts: Sequence[str]) -> str:
    """Several sentences as one line: between them a semicolon alone, at the end what the last one ends with."""
    return "; ".join([*(text.rstrip(".") for text in texts[:-1]), texts[-1]])
