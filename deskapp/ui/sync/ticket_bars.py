"""What a ticket says of colleagues: that something is to be chosen in it, and who writes in it at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import icons, theme, words
from ..banner import DetailsDialog
from ..i18n import fill, translate
from ..marks import NOTHING, Mark
from ..widgets import Button, Label, LinkButton, Panel, PrimaryButton
from . import values

if TYPE_CHECKING:
    from ...desk.nextslot import Overtaken


class ChoiceBar(Panel):
    """Hidden while nothing is to be chosen. Of a lost slot it says who took it and offers the next one."""

    resolve_wanted = Signal()
    slot_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("crit-bg", "b", parent)
        self.setObjectName("ticket.choice")
        u = theme.current().u
        self.text = Label("", "small", "crit")
        self.text.setObjectName("ticket.choice.text")
        self.text.setWordWrap(True)
        self.slot = PrimaryButton("", key="Alt+Return")
        self.slot.setObjectName("ticket.choice.slot")
        self.slot.clicked.connect(self.slot_wanted)
        self.resolve = Button("")
        self.resolve.setObjectName("ticket.choice.resolve")
        self.resolve.clicked.connect(self.resolve_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(9 * u, u + 2, 4 * u, u + 2)
        row.setSpacing(2 * u)
        row.addWidget(self.text, 1)
        row.addWidget(self.slot)
        row.addWidget(self.resolve)
        self.hide()

    def show_choice(self, found: Overtaken | None, times: words.Times) -> None:
        """``found`` None: nothing is to be chosen here any more."""
        self.setVisible(found is not None)
        if found is None:
            return
        offered = found.offered
        slot = offered.slot if offered is not None else None
        if offered is not None and offered.lost is not None:
            sentence = translate("Sync", "%1 took the time of your promise, %2. Your letter has not left.")
            self.text.setText(fill(sentence, values.ticket(found.taken_by), times.moment(offered.lost)))
        else:
            self.text.setText(
                translate("Sync", "You and a colleague changed this ticket differently. A choice is needed.")
            )
        self.slot.setVisible(slot is not None)
        if slot is not None:
            self.slot.setText(fill(translate("Sync", "Promise %1"), times.moment_brief(slot.promise)))
        self.resolve.setText(translate("Sync", "Resolve"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        u = theme.current().u
        icons.paint(QPainter(self), QRect(4 * u, 0, 4 * u, self.height()), "git-fork", "crit")


class PresenceBar(Panel):
    """ "Belov is writing a reply", with the beginning of what they write; hidden while nobody does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("norm-bg", "t", parent)
        self.setObjectName("ticket.presence")
        u = theme.current().u
        self._mark = NOTHING
        self.text = Label("", "small", "norm")
        self.text.setObjectName("ticket.presence.text")
        self.draft = LinkButton("", "small")
        self.draft.setObjectName("ticket.presence.draft")
        self.draft.clicked.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(9 * u, u // 2, 4 * u, u // 2)
        row.setSpacing(3 * u)
        row.addWidget(self.text)
        row.addWidget(self.draft)
        row.addStretch(1)
        self.hide()

    def set_mark(self, mark: Mark) -> None:
        self._mark = mark
        self.text.setText(mark.sentence())
        self.draft.setText(translate("Presence", "Show draft"))
        self.draft.setVisible(bool(mark.draft))
        self.setVisible(bool(mark.writers))

    def _show(self) -> None:
        title = translate("Presence", "Draft of a colleague")
        DetailsDialog(title, self._mark.sentence(), self._mark.draft, self.window()).open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        u = theme.current().u
        icons.paint(QPainter(self), QRect(4 * u, 0, 4 * u, self.height()), "pencil", "norm")
