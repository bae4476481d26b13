"""A call, written down while it lasts: who, what, since when; then a ticket or a note, with the length of the call.

Everything stands in the replica of this machine, so that it works without any connection; what is typed is kept at
every pause, and with it the moment at which the call began.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from ...core.clock import from_ms, to_ms
from ...desk import calls
from ...desk.calls import Call, Caller, Offer, Status
from ...desk.values import Changes, Directory
from .. import theme, words
from ..acts import Acts
from ..fields import Captioned, Choice, LineField, in_order
from ..i18n import fill
from ..keys import bind
from ..runner import TaskRunner
from ..ticket_form import TicketForm
from ..timers import pause
from ..widgets import Button, DangerButton, Label
from . import sentences

_SEARCH_PAUSE = 90
_OFFER_PAUSE = 200
_TICK = 1_000
#: A draft of a call that began longer ago than this is a new call with the words of the old one.
_STALE_S = 2 * 3600


class CallDialog(TicketForm):
    """A window beside the others. ``created`` carries the ticket of the call, ``date_wanted`` the one to be promised,
    ``emergency_wanted`` the one that is an outage."""

    NAME = DRAFT = "call"
    LINES = ("who", "customer", "phone", "subject")

    created = Signal(str)
    date_wanted = Signal(str)
    emergency_wanted = Signal(str)

    def __init__(
        self, runner: TaskRunner, acts: Acts, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, acts, 2, _SEARCH_PAUSE, parent)
        self._now = now
        self._directory: Directory | None = None
        self._found: tuple[Caller, ...] = ()
        self._caller: Caller | None = None
        self._began = now()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Call"))
        u = theme.current().u
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        self._column.setSpacing(3 * u)
        self._make_fields()
        self._lay_out()
        self.resize(176 * u, self.sizeHint().height())
        self._offer_pause = pause(self, _OFFER_PAUSE, self._ask_offer)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        for key, act in (("Alt+D", self.name_date), ("Alt+N", self.note_only)):
            bind(self, key, act)
        self._tick()
        self.says.hide()
        self._choose_target()
        self.who.setFocus()
        self._read()

    # -- building

    def _make_fields(self) -> None:
        self.who = LineField(self.tr("Who is calling"), self.tr("Phone, name, customer, or the number of a ticket"))
        self.subject = LineField(self.tr("What happened"), self.tr("In a few words"))
        self.text.setAccessibleName(self.tr("What else was said"))
        self.fresh = QRadioButton(self.tr("New ticket"))
        self.known = QRadioButton(self.tr("To the ticket"))
        self.fresh.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.fresh)
        group.addButton(self.known)
        self.ticket = Choice()
        self.ticket.setAccessibleName(self.tr("Open tickets of this caller"))
        self.status = Label("", "strong")
        self.status.setWordWrap(True)
        self.status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.status.hide()
        self.slot = Label("", "body", "text2")
        self.slot.setWordWrap(True)
        self.length = Label("", "strong")
        self.date = Button(self.tr("Name the date"), "calendar", "Alt+D")
        self.date.clicked.connect(self.name_date)
        self.date.setAutoDefault(False)
        self.note = Button(self.tr("Note only"), "", "Alt+N")
        self.note.clicked.connect(self.note_only)
        for name in ("ticket", "fresh", "known", "status", "slot", "length", "date", "note"):
            getattr(self, name).setObjectName(f"call.{name}")
        self._wire(self.ticket)
        self.effort.minutes_changed.connect(lambda _minutes: self._offer_pause.start())
        for choice in (self.urgency, self.cause):
            choice.activated.connect(lambda _index: self._offer_pause.start())
        self.ticket.activated.connect(lambda _index: self.known.setChecked(True))
        self.known.toggled.connect(self._choose_target)
        self.known.toggled.connect(self._edited)

    def _lay_out(self) -> None:
        u = theme.current().u
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(3 * u)
        grid.addWidget(Captioned(self.tr("Who is calling"), self.who), 0, 0, 1, 2)
        grid.addWidget(Captioned(self.customer.accessibleName(), self.customer), 0, 2)
        grid.addWidget(Captioned(self.phone.accessibleName(), self.phone), 0, 3)
        grid.addWidget(self.status, 1, 0, 1, 4)
        grid.addWidget(Captioned(self.tr("What happened"), self.subject), 2, 0, 1, 4)
        grid.addWidget(self.questions, 3, 0, 1, 4)
        grid.addWidget(Captioned(self.tr("What else was said"), self.text), 4, 0, 1, 4)
        target = QHBoxLayout()
        target.setSpacing(3 * u)
        for widget in (self.fresh, self.known):
            target.addWidget(widget)
        target.addWidget(self.ticket, 1)
        grid.addLayout(target, 5, 0, 1, 4)
        grid.addWidget(Captioned(self.tr("Urgency"), self.urgency), 6, 0)
        grid.addWidget(Captioned(self.tr("Cause"), self.cause), 6, 1, 1, 2)
        grid.addWidget(Captioned(self.effort.accessibleName(), self.effort), 6, 3)
        for place in range(4):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(4, 1)
        self._column.addLayout(grid, 1)
        near = QHBoxLayout()
        near.setSpacing(3 * u)
        near.addWidget(self.slot, 1)
        near.addWidget(self.date)
        self._column.addLayout(near)
        self.outage = DangerButton(self.tr("Outage"), "zap")
        self.outage.setObjectName("call.outage")
        self.outage.clicked.connect(self.emergency)
        self.outage.setAutoDefault(False)
        self.outage.setAccessibleName(self.outage.text())
        foot = self._foot(self.record, self.note)
        self.button.setObjectName("call.record")
        foot.insertWidget(0, self.outage)
        foot.insertWidget(1, self.length)
        foot.insertStretch(2, 1)
        self._column.addWidget(self.says)
        self._column.addLayout(foot)
        in_order(
            *(self.who, self.customer, self.phone, self.subject, self.questions, self.text, self.fresh, self.known),
            *(self.ticket, self.urgency, self.cause, self.effort, self.date, self.outage, self.later, self.note),
            self.button,
        )

    # -- content

    def _directory_read(self, found: Directory) -> None:
        self._directory = found
        super()._directory_read(found)

    def _more(self) -> dict[str, Any]:
        return {"began": to_ms(self._began)}

    def _take(self, draft: dict[str, Any]) -> None:
        began = from_ms(int(draft.get("began", to_ms(self._began))))
        if 0 <= (self._now() - began).total_seconds() < _STALE_S:
            self._began = began

    def _ready(self) -> None:
        if self.who.text().strip():
            self._search()
        self._offer_pause.start()

    def call_from(self, number: str) -> None:
        """A softphone tells who is calling."""
        if number and number != self.who.text():
            self._caller = None
            self.who.setText(number)
            self._began = self._now()
            self._edited()
            self._search()

    def times(self) -> words.Times:
        return words.Times(ZoneInfo(self._directory.zone_name if self._directory else "UTC"), self._now())

    def seconds(self) -> int:
        return max(0, int((self._now() - self._began).total_seconds()))

    def _tick(self) -> None:
        minutes, seconds = divmod(self.seconds(), 60)
        self.length.setText(f"{minutes:02}:{seconds:02}")
        self.length.setAccessibleName(fill(self.tr("The call takes %1"), self.length.text()))

    # -- who

    def _search(self) -> None:
        typed = self.who.text().strip()
        number = calls.number_in(typed)
        if number is not None:
            self._runner.run("reader", calls.status, number, on_done=self._status_read, key="call.status")
        else:
            self._status_read(None)
        if len(typed) < 2:
            self._completer.popup().hide()
            return
        self._runner.run("reader", calls.callers, typed, on_done=self._callers, key="call.callers")

    def _status_read(self, found: Status | None) -> None:
        self.status.setText(sentences.status(found, self.times()) if found is not None else "")
        self.status.setVisible(found is not None)
        if found is not None:
            self._offer_tickets([(found.ticket_id, found.number, found.subject)], take=True)

    def _callers(self, found: tuple[Caller, ...]) -> None:
        self._found = found
        digits = "".join(sign for sign in self.who.text() if sign.isdigit())
        if len(found) == 1 and len(digits) >= 10:
            self._choose(found[0])  # a whole phone number that only one has
            return
        self._offer_names([sentences.caller(one) for one in found])

    def _picked(self, place: int) -> None:
        self._choose(self._found[place])

    def _choose(self, caller: Caller) -> None:
        self._caller = caller
        self._completer.popup().hide()
        self.who.setText(caller.name or caller.phone)
        self.customer.setText(caller.customer)
        self.phone.setText(caller.phone)
        self._offer_tickets([(one.ticket_id, one.number, one.subject) for one in caller.tickets], take=False)
        said = [self.tr("VIP")] if caller.vip else []
        said += [self.tr("support by phone is paid")] if caller.paid_phone else []
        self._say(", ".join(said))
        self.subject.setFocus()
        self._offer_pause.start()
        self._edited()

    def _offer_tickets(self, found: list[tuple[str, int | None, str]], take: bool) -> None:
        self.ticket.clear()
        for ticket_id, number, subject in found:
            self.ticket.addItem(f"{words.number(number)}  {subject}", ticket_id)
        if take and found:
            self.known.setChecked(True)
        elif not found:
            self.fresh.setChecked(True)
        self._choose_target()

    def _choose_target(self, *_args: object) -> None:
        """A new ticket asks for its fields; a note goes to one that has them."""
        self.known.setEnabled(self.ticket.count() > 0)
        self.ticket.setEnabled(self.ticket.count() > 0)
        fresh = not (self.known.isChecked() and self.ticket.count())
        for field in (self.urgency, self.cause, self.effort):
            field.setEnabled(fresh)
        self.questions.setEnabled(fresh)
        text = self.tr("Create") if fresh else self.tr("Record")
        self.button.setText(text)
        self.button.setAccessibleName(text)

    def _say(self, text: str, trouble: bool = False) -> None:
        super()._say(text, trouble)
        self.says.setVisible(bool(text))
        self._grow()

    # -- when

    def _ask_offer(self) -> None:
        self._runner.run(
            "reader",
            calls.offer,
            str(self.cause.currentData() or ""),
            int(self.urgency.currentData() or 3),
            self.effort.minutes(),
            self._caller.customer_id if self._caller else "",
            on_done=self._offered,
            key="call.offer",
        )

    def _offered(self, found: Offer) -> None:
        if self._directory is not None:
            self.slot.setText(sentences.offer(found, self._directory, self.times()))
            self.slot.set_token("high" if found.breaks else "text" if found.slot else "text2")

    # -- making it

    def call(self) -> Call:
        """What is to be recorded."""
        caller = self._caller
        same = caller is not None and self.who.text().strip() in (caller.name, caller.phone)
        who = self.who.text().strip()
        if calls.number_in(who) is not None and self.known.isChecked():
            who = ""
        spoken = who if not any(sign.isalpha() for sign in who) else ""
        return Call(
            contact_id=caller.contact_id if caller is not None and same else "",
            name="" if spoken or "@" in who else who,
            address=who if "@" in who else "",
            customer=self.customer.text().strip(),
            phone=self.phone.text().strip() or spoken,
            subject=self.subject.text().strip(),
            text=self.text.text().strip(),
            ticket_id=str(self.ticket.currentData() or "") if self.known.isChecked() else "",
            urgency=int(self.urgency.currentData()),
            cause_id=str(self.cause.currentData() or ""),
            effort=self.effort.minutes(),
            answers=self.questions.answers() if not self.known.isChecked() else (),
            seconds=self.seconds(),
        )

    def record(self) -> None:
        """The primary button: a ticket, or a note to one."""
        self._record(self.created.emit)

    def note_only(self) -> None:
        """No ticket: what was said goes to the one that is chosen, with the length of the call."""
        if not self.ticket.count():
            self._say(self.tr("A note goes to a ticket: choose the caller, or type its number."), trouble=True)
            self.who.setFocus()
            return
        self.known.setChecked(True)
        self._record(self.created.emit)

    def name_date(self) -> None:
        """Make the ticket and go on to its promise."""
        self._record(self.date_wanted.emit)

    def emergency(self) -> None:
        self.urgency.select(1)
        self._record(self.emergency_wanted.emit)

    def _record(self, then: Callable[[str], object]) -> None:
        if self._busy:
            return
        call = self.call()
        said = call.subject or (call.ticket_id and call.text)
        if self._complete("" if said else self.tr("Say in a few words what happened.")):
            self._record_by(partial(calls.record, call=call), partial(self._made, then))

    def _made(self, then: Callable[[str], object], changes: Changes) -> None:
        then(str(changes.result))
        self.accept()
