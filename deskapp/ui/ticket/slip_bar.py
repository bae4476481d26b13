"""The line in a ticket whose promise will not hold: what is to come, and the three things to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ...desk.values import TicketView
from .. import icons, theme, words
from ..i18n import fill, translate
from ..widgets import Button, Label, Panel
from ..words import Times

#: The sentence beside the buttons is at least so wide, in units of the theme.
_SENTENCE = 50


class SlipBar(Panel):
    """Hidden while the promise holds. The keys belong to the ticket's own commands (I, W) and are only drawn here."""

    write_wanted = Signal()
    slot_wanted = Signal()
    why_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("crit-bg", "b", parent)
        self.setObjectName("ticket.slip")
        u = theme.current().u
        self.text = Label("", "small", "crit")
        self.text.setWordWrap(True)
        self.text.setObjectName("ticket.slip.text")
        self.write = Button("", key="I")
        self.write.setObjectName("ticket.slip.write")
        self.write.clicked.connect(self.write_wanted)
        self.slot = Button("")
        self.slot.setObjectName("ticket.slip.slot")
        self.slot.clicked.connect(self.slot_wanted)
        self.why = Button("", key="W")
        self.why.setObjectName("ticket.slip.why")
        self.why.clicked.connect(self.why_wanted)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(9 * u, u + 2, 4 * u, u + 2)
        self._row.setSpacing(2 * u)
        self._row.addWidget(self.text, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * u)
        for button in (self.write, self.slot, self.why):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._row.addLayout(self._buttons)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the sentence would become a column, the buttons go below it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._row.contentsMargins()
        left = self.width() - margins.left() - margins.right() - self._buttons.sizeHint().width()
        beside = left >= _SENTENCE * theme.current().u
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    def show_view(self, view: TicketView | None, times: Times) -> None:
        """Shown when the forecast lies behind the promise of an open ticket."""
        shown = (
            view is not None
            and view.promised_at is not None
            and view.forecast_at is not None
            and (view.slack or 0) < 0
            and view.status in ("promised", "in_progress", "waiting")
            and view.needs != "date"
        )
        if shown and view is not None and view.promised_at is not None and view.forecast_at is not None:
            text = translate("Ticket", "Forecast %1 is later than promised %2 by %3. Write to the customer?")
            late = words.working_duration(-(view.slack or 0))
            self.text.setText(fill(text, times.moment(view.forecast_at), times.moment(view.promised_at), late))
            for button, label in (
                (self.write, translate("Ticket", "Write")),
                (self.slot, translate("Ticket", "Find another slot")),
                (self.why, translate("Ticket", "Explain")),
            ):
                button.setText(label)
            self._fit()
        self.setVisible(bool(shown))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        u = theme.current().u
        icons.paint(QPainter(self), QRect(4 * u, 0, 4 * u, self.height()), "triangle-alert", "crit")
