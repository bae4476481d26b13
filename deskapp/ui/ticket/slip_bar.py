"""The line in a ticket whose promise will not hold: what is to come, and the three things to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ...desk.values import TicketView
from .. import words
from ..i18n import fill, translate
from ..widgets import Button
from ..words import Times
from .bar import Bar


class SlipBar(Bar):
    """Hidden while the promise holds."""

    write_wanted = Signal()
    slot_wanted = Signal()
    why_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.write, self.slot, self.why = Button("", key="I"), Button(""), Button("", key="W")
        super().__init__("ticket.slip", "crit", (self.write, self.slot, self.why), parent)
        self.write.setObjectName("ticket.slip.write")
        self.write.clicked.connect(self.write_wanted)
        self.slot.setObjectName("ticket.slip.slot")
        self.slot.clicked.connect(self.slot_wanted)
        self.why.setObjectName("ticket.slip.why")
        self.why.clicked.connect(self.why_wanted)

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
            for button, label in (
                (self.write, translate("Ticket", "Write")),
                (self.slot, translate("Ticket", "Find another slot")),
                (self.why, translate("Ticket", "Explain")),
            ):
                button.setText(label)
            said = fill(text, times.moment(view.forecast_at), times.moment(view.promised_at), late)
            self.say(said, "triangle-alert", "crit")
        self.setVisible(bool(shown))
