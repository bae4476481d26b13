"""The line over the figures when they could not be counted: what failed, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ...core.errors import UserFacingError
from ..i18n import fill, translate
from ..messages import Messages, error_words
from ..ticket.bar import Bar
from ..widgets import Button


class TroubleBar(Bar):
    """Hidden while all is well. ``again`` asks for another try.

    ``report`` names what is counted, ``before`` says whether figures of an earlier count are on the screen.
    """

    again = Signal()

    def __init__(
        self, messages: Messages, report: Callable[[], str], before: Callable[[], bool], parent: QWidget | None = None
    ) -> None:
        self.button = Button("", "refresh-cw")
        super().__init__("reports.trouble", "crit", (self.button,), parent)
        self.button.setObjectName("reports.again")
        self.button.clicked.connect(self.again)
        self._messages, self._report, self._before = messages, report, before
        self._trouble: BaseException | None = None

    def tell(self, trouble: BaseException) -> None:
        self._trouble = trouble
        if not isinstance(trouble, UserFacingError):
            self._messages.error(trouble)  # a bug: its report is offered as everywhere
        self._put_into_words(trouble)
        self.show()

    def _put_into_words(self, trouble: BaseException) -> None:
        parts = [fill(translate("Reports", "“%1” could not be counted."), self._report())]
        if isinstance(trouble, UserFacingError):
            title, message = error_words(trouble, self._messages.time_words)
            parts += [f"{title.rstrip('.')}.", message]
        else:
            parts.append(
                translate(
                    "Reports",
                    "Counting changes nothing, and what is stored is safe. Try again, or choose another period.",
                )
            )
        if self._before():
            parts.append(translate("Reports", "The figures below are those of before."))
        self.button.setText(translate("Reports", "Try again"))
        self.button.setAccessibleName(self.button.text())
        self.say(" ".join(filter(None, parts)), "triangle-alert", "crit")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not self.isHidden() and self._trouble is not None:
            self._put_into_words(self._trouble)
