"""Senders of no customer, each with three guesses whose they may be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...desk.customers import Unknown
from .. import theme
from ..fields import Body
from ..i18n import fill, translate
from ..widgets import Button, ElidedLabel, Label, Line, LinkButton


class UnknownPane(QWidget):
    """``chosen`` carries a contact and a customer, ``other_wanted`` a contact whose customer is to be searched for,
    ``new_wanted`` one who is a customer of their own."""

    chosen = Signal(str, str)
    other_wanted = Signal(str, QWidget)
    new_wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("customers.unknown")
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 3 * u)
        column.setSpacing(2 * u)
        column.addWidget(Label(translate("Customers", "Unknown senders"), "title"))
        hint = Label(
            translate("Customers", "Choose whose they are: their tickets move to that customer. 1 to 3 take a guess."),
            "body",
            "text2",
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.area = Body()
        column.addWidget(self.area, 1)

    def set_senders(self, senders: Sequence[Unknown]) -> None:
        inside = self.area.column
        while inside.count():
            item = inside.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sender in senders:
            inside.addWidget(self._row(sender))
            inside.addWidget(Line())
        inside.addStretch(1)

    def _row(self, sender: Unknown) -> QWidget:
        u = theme.current().u
        row = _Sender(sender)
        row.taken.connect(lambda customer: self.chosen.emit(sender.contact_id, customer))
        box = QVBoxLayout(row)
        box.setContentsMargins(0, u, 0, u)
        box.setSpacing(u)
        who = f"{sender.name}  {sender.address}" if sender.name else sender.address
        box.addWidget(ElidedLabel(who or sender.phone, "strong"))
        count = translate("Customers", "%n ticket(s)", None, sender.tickets)
        box.addWidget(Label(", ".join(part for part in (sender.phone, count) if part), "small", "text2"))
        line = QHBoxLayout()
        line.setSpacing(2 * u)
        if sender.guesses:
            line.addWidget(Label(translate("Customers", "Add to customer:"), "body", "text2"))
        for place, (customer, name) in enumerate(sender.guesses):
            button = Button(fill("%1 %2", place + 1, name))
            button.setObjectName(f"customers.unknown.guess.{place}")
            button.setAccessibleName(fill(translate("Customers", "Add %1 to %2"), sender.address or sender.name, name))
            button.clicked.connect(partial(self._chosen, sender.contact_id, customer))
            line.addWidget(button)
        other = LinkButton(translate("Customers", "Another customer…"))
        other.setObjectName("customers.unknown.other")
        other.clicked.connect(lambda _on=False, other=other: self.other_wanted.emit(sender.contact_id, other))
        line.addWidget(other)
        fresh = LinkButton(translate("Customers", "A new customer"))
        fresh.setObjectName("customers.unknown.new")
        fresh.clicked.connect(lambda: self.new_wanted.emit(sender.contact_id, sender.name or sender.address))
        line.addWidget(fresh)
        line.addStretch(1)
        box.addLayout(line)
        return row

    def _chosen(self, contact: str, customer: str, _on: bool = False) -> None:
        self.chosen.emit(contact, customer)


class _Sender(QWidget):
    """A sender; the digits 1 to 3 take a guess while the focus is in it."""

    taken = Signal(str)

    def __init__(self, sender: Unknown) -> None:
        super().__init__()
        self._sender = sender

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self._sender.guesses):
            self.taken.emit(self._sender.guesses[place][0])
        else:
            super().keyPressEvent(event)
