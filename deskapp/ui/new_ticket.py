"""A ticket by hand: somebody called, or stood at the desk. What is typed is kept until the ticket is made."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ..desk import drafts, intake, people
from ..desk.people import FoundContact
from ..desk.values import Changes
from . import theme
from .acts import Acts
from .fields import Captioned, Choice, LineField, in_order
from .runner import TaskRunner
from .ticket_form import TicketForm

CHANNELS = ("phone", "visit", "mail", "hand")
_SEARCH_PAUSE = 120


class NewTicketDialog(TicketForm):
    """Window-modal. ``created`` carries the id of the new ticket. Esc keeps what is typed for the next time."""

    NAME, DRAFT = "new_ticket", "new"
    LINES = ("who", "customer", "address", "phone", "subject")

    created = Signal(str)

    def __init__(self, runner: TaskRunner, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(runner, acts, 5, _SEARCH_PAUSE, parent)
        self._found: tuple[FoundContact, ...] = ()
        self.setWindowTitle(self.tr("New ticket"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        column.setSpacing(4 * u)
        self._make_fields()
        column.addLayout(self._grid(), 1)
        foot = self._foot(self.create_ticket)
        foot.insertWidget(0, self.says, 1)
        column.addLayout(foot)
        self.button.setObjectName("new_ticket.create")
        self.resize(170 * u, self.sizeHint().height())
        in_order(
            *(self.who, self.customer, self.address, self.phone, self.subject, self.questions, self.text),
            *(self.urgency, self.cause, self.effort, self.channel, self.button, self.later),
        )
        self.who.setFocus()
        self._read()

    # -- building

    def _make_fields(self) -> None:
        self.who = LineField(self.tr("Who asks"), self.tr("Name, address or phone"))
        self.address = LineField(self.tr("E-mail"), self.tr("The answer goes there"))
        self.subject = LineField(self.tr("What is wrong, in a few words"))
        self.text.setAccessibleName(self.tr("In detail"))
        self.channel = Choice()
        self.channel.setObjectName("new_ticket.channel")
        for channel, text in zip(
            CHANNELS, (self.tr("Phone call"), self.tr("In person"), self.tr("Letter"), self.tr("Other")), strict=True
        ):
            self.channel.addItem(text, channel)
        self._wire(self.channel)

    def _grid(self) -> QGridLayout:
        u = theme.current().u
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(3 * u)
        for caption, field, row, place, span in (
            (self.tr("Who asks"), self.who, 0, 0, 2),
            (self.customer.accessibleName(), self.customer, 0, 2, 2),
            (self.tr("E-mail"), self.address, 1, 0, 2),
            (self.phone.accessibleName(), self.phone, 1, 2, 2),
            (self.tr("What is wrong, in a few words"), self.subject, 2, 0, 4),
            (self.tr("In detail"), self.text, 4, 0, 4),
            (self.tr("Urgency"), self.urgency, 5, 0, 1),
            (self.tr("Cause"), self.cause, 5, 1, 1),
            (self.effort.accessibleName(), self.effort, 5, 2, 1),
            (self.tr("How it came"), self.channel, 5, 3, 1),
        ):
            grid.addWidget(Captioned(caption, field), row, place, 1, span)
        for place in range(4):
            grid.setColumnStretch(place, 1)
        grid.addWidget(self.questions, 3, 0, 1, 4)
        grid.setRowStretch(4, 1)
        return grid

    # -- content

    def _more(self) -> dict[str, Any]:
        return {"channel": self.channel.currentData()}

    def _take(self, draft: dict[str, Any]) -> None:
        self.channel.select(str(draft.get("channel", CHANNELS[0])))

    def _ready(self) -> None:
        self._say("")

    # -- who

    def _search(self) -> None:
        typed = self.who.text().strip()
        if len(typed) < 2:
            self._completer.popup().hide()
            return
        self._runner.run("reader", people.find_contacts, typed, on_done=self._contacts, key="new_ticket.contacts")

    def _contacts(self, found: tuple[FoundContact, ...]) -> None:
        self._found = found
        self._offer_names([", ".join(filter(None, (c.name, c.customer, c.address, c.phone))) for c in found])

    def _picked(self, place: int) -> None:
        contact = self._found[place]
        self.who.setText(contact.name or contact.address)
        for field, text in (
            (self.customer, contact.customer),
            (self.address, contact.address),
            (self.phone, contact.phone),
        ):
            if text:
                field.setText(text)
        self.subject.setFocus()
        self._edited()

    # -- making it

    def create_ticket(self) -> None:
        if self._busy:
            return
        missing = "" if self.subject.text().strip() else self.tr("Say in a few words what is wrong.")
        if not self._complete(missing):
            return
        who, address = self.who.text().strip(), self.address.text().strip()
        if "@" in who and not address:
            who, address = "", who
        intention = partial(
            intake.by_hand,
            subject=self.subject.text(),
            text=self.text.text(),
            contact_name=who,
            address=address,
            phone=self.phone.text().strip(),
            customer=self.customer.text().strip(),
            channel=self.channel.currentData(),
            urgency=self.urgency.currentData(),
            cause_id=self.cause.currentData() or "",
            effort=self.effort.minutes(),
            answers=self.questions.answers(),
        )
        self._record_by(intention, self._made)

    def _made(self, changes: Changes) -> None:
        self._runner.run("writer", drafts.drop, "", self.DRAFT)
        self.created.emit(changes.result)
        self.accept()

    def _say(self, text: str, trouble: bool = False) -> None:
        super()._say(text or self.tr("Nothing is mailed when it is made."), trouble)
