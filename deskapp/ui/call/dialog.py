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

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ...core.clock import from_ms, to_ms
from ...core.errors import UserFacingError
from ...desk import calls, directory, drafts
from ...desk.calls import Call, Caller, Offer, Status
from ...desk.values import Changes, Directory
from .. import icons, theme, words
from ..acts import Acts
from ..fields import Captioned, Choice, EffortEdit, LineField, TextField, in_order
from ..i18n import fill
from ..messages import error_words
from ..questions import QuestionList
from ..runner import TaskRunner
from ..timers import pause
from ..widgets import Button, DangerButton, Label, PrimaryButton, urgency_icon
from . import sentences

_DRAFT_PAUSE = 400
_SEARCH_PAUSE = 90
_OFFER_PAUSE = 200
_TICK = 1_000
#: A draft of a call that began longer ago than this is a new call with the words of the old one.
_STALE_S = 2 * 3600


class CallDialog(QDialog):
    """A window beside the others. ``created`` carries the ticket of the call, ``date_wanted`` the one to be promised,
    ``emergency_wanted`` the one that is an outage, ``open_wanted`` one to be looked at."""

    created = Signal(str)
    date_wanted = Signal(str)
    emergency_wanted = Signal(str)

    def __init__(
        self, runner: TaskRunner, acts: Acts, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._acts, self._now = runner, acts, now
        self._directory: Directory | None = None
        self._found: tuple[Caller, ...] = ()
        self._caller: Caller | None = None
        self._began = now()
        self._busy = False
        self._loading = True
        self._then: Callable[[str], object] = self.created.emit
        self.setObjectName("call")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Call"))
        u = theme.current().u
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        self._column.setSpacing(3 * u)
        self._make_fields()
        self._lay_out()
        self.resize(176 * u, self.sizeHint().height())
        self._search_pause = pause(self, _SEARCH_PAUSE, self._search)
        self._offer_pause = pause(self, _OFFER_PAUSE, self._ask_offer)
        self._draft_pause = pause(self, _DRAFT_PAUSE, self.store)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._complete()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.record)
        QShortcut(QKeySequence("Alt+D"), self).activated.connect(self.name_date)
        self._tick()
        self._choose_target()
        self.who.setFocus()
        runner.run("reader", directory.read, on_done=self._directory_read)

    # -- building

    def _make_fields(self) -> None:
        self.who = LineField(self.tr("Who is calling"), self.tr("Phone, name, customer, or the number of a ticket"))
        self.phone = LineField(self.tr("Phone"))
        self.customer = LineField(self.tr("Customer"))
        self.subject = LineField(self.tr("What happened"), self.tr("In a few words"))
        self.text = TextField(self.tr("What else was said"), 2)
        self.fresh = QRadioButton(self.tr("New ticket"))
        self.known = QRadioButton(self.tr("To the ticket"))
        self.fresh.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.fresh)
        group.addButton(self.known)
        self.ticket = Choice()
        self.ticket.setAccessibleName(self.tr("Open tickets of this caller"))
        self.urgency = Choice()
        self.cause = Choice()
        self.effort = EffortEdit(self.tr("Effort"))
        for level in (1, 2, 3, 4):
            self.urgency.addItem(icons.icon(*urgency_icon(level)), words.urgency(level), level)
        self.urgency.select(3)
        self.questions = QuestionList(self._runner, "call.questions")
        self.status = Label("", "strong")
        self.status.setWordWrap(True)
        self.status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.status.hide()
        self.slot = Label("", "body", "text2")
        self.slot.setWordWrap(True)
        self.length = Label("", "strong")
        self.date = Button(self.tr("Name the date"), "calendar", "Alt+D")
        for name in ("who", "phone", "customer", "subject", "text", "ticket", "urgency", "cause", "effort", "fresh",
                     "known", "status", "slot", "length", "date"):  # fmt: skip
            getattr(self, name).setObjectName(f"call.{name}")
        for line in (self.who, self.phone, self.customer, self.subject, self.effort):
            line.textEdited.connect(self._edited)
            line.left.connect(self.store)
            line.setMinimumHeight(7 * theme.current().u)
        self.text.textChanged.connect(self._edited)
        self.text.left.connect(self.store)
        self.who.textEdited.connect(lambda _text: self._search_pause.start())
        for choice in (self.urgency, self.cause, self.ticket):
            choice.activated.connect(self._edited)
            choice.setMinimumHeight(7 * theme.current().u)
        self.cause.activated.connect(lambda _index: self.questions.set_cause(str(self.cause.currentData() or "")))
        self.effort.minutes_changed.connect(lambda _minutes: self._offer_pause.start())
        for choice in (self.urgency, self.cause):
            choice.activated.connect(lambda _index: self._offer_pause.start())
        self.ticket.activated.connect(lambda _index: self.known.setChecked(True))
        self.known.toggled.connect(self._choose_target)
        self.known.toggled.connect(self._edited)
        self.questions.changed.connect(self._edited)
        self.questions.left.connect(self.store)
        self.date.clicked.connect(self.name_date)
        self.date.setAutoDefault(False)

    def _lay_out(self) -> None:
        u = theme.current().u
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(3 * u)
        grid.addWidget(Captioned(self.tr("Who is calling"), self.who), 0, 0, 1, 2)
        grid.addWidget(Captioned(self.tr("Customer"), self.customer), 0, 2)
        grid.addWidget(Captioned(self.tr("Phone"), self.phone), 0, 3)
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
        grid.addWidget(Captioned(self.tr("Effort"), self.effort), 6, 3)
        for place in range(4):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(4, 1)
        self._column.addLayout(grid, 1)
        near = QHBoxLayout()
        near.setSpacing(3 * u)
        near.addWidget(self.slot, 1)
        near.addWidget(self.date)
        self._column.addLayout(near)
        self._column.addLayout(self._foot())
        in_order(
            *(self.who, self.customer, self.phone, self.subject, self.questions, self.text, self.fresh, self.known),
            *(self.ticket, self.urgency, self.cause, self.effort, self.date, self.outage, self.later, self.button),
        )

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * theme.current().u)
        self.outage = DangerButton(self.tr("Outage"), "zap")
        self.outage.setObjectName("call.outage")
        self.outage.clicked.connect(self.emergency)
        row.addWidget(self.outage)
        row.addWidget(self.length)
        self.says = Label("", "small", "text2")
        self.says.setObjectName("call.says")
        self.says.setWordWrap(True)
        row.addWidget(self.says, 1)
        self.later = Button(self.tr("Close"), key="Esc")
        self.later.clicked.connect(self.reject)
        self.button = PrimaryButton(self.tr("Create"), "plus", "Ctrl+Return")
        self.button.setObjectName("call.record")
        self.button.clicked.connect(self.record)
        for button in (self.outage, self.later, self.button):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        row.addWidget(self.later)
        row.addWidget(self.button)
        return row

    def _complete(self) -> None:
        self._names = QStringListModel(self)
        self._completer = QCompleter(self)
        self._completer.setModel(self._names)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.who)
        self._completer.activated.connect(self._picked)

    # -- content

    def _directory_read(self, found: Directory) -> None:
        self._directory = found
        chosen = self.cause.currentData()
        self.cause.clear()
        self.cause.addItem(self.tr("not set"), "")
        for cause in found.causes:
            self.cause.addItem(cause.name, cause.id)
        self.cause.select(chosen or "")
        self.questions.set_zones({zone.id: zone.name for zone in found.zones})
        self._runner.run("reader", drafts.load, "", on_done=self._draft_read)

    def _draft_read(self, kept: dict[str, dict[str, Any]]) -> None:
        draft = kept.get("call", {})
        for name in ("who", "customer", "phone", "subject"):
            field = getattr(self, name)
            if not field.text():
                field.setText(str(draft.get(name, "")))
        if not self.text.text():
            self.text.set_text(str(draft.get("text", "")))
        if draft:
            self.urgency.select(int(draft.get("urgency", 3)))
            self.cause.select(str(draft.get("cause", "")))
            self.effort.set_minutes(int(draft["effort"]) if draft.get("effort") else None)
            self.questions.set_answers(draft.get("answers", ()))
            self.questions.set_cause(str(draft.get("cause", "")))
            began = from_ms(int(draft.get("began", to_ms(self._began))))
            if 0 <= (self._now() - began).total_seconds() < _STALE_S:
                self._began = began
        self._loading = False
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

    def state(self) -> dict[str, Any]:
        """What is typed; empty when nothing is."""
        typed = {name: getattr(self, name).text() for name in ("who", "customer", "phone", "subject", "text")}
        if not any(text.strip() for text in typed.values()) and not self.questions.answers():
            return {}
        return typed | {
            "urgency": self.urgency.currentData(),
            "cause": self.cause.currentData() or "",
            "effort": self.effort.minutes() or 0,
            "answers": [list(answer) for answer in self.questions.answers()],
            "began": to_ms(self._began),
        }

    def _edited(self, *_args: object) -> None:
        if not self._loading:
            self._draft_pause.start()

    def store(self) -> None:
        """Keep what is typed now."""
        self._draft_pause.stop()
        if self._loading or self._busy:
            return
        state = self.state()
        if state:
            self._runner.run("writer", drafts.save, "", "call", state)
        else:
            self._runner.run("writer", drafts.drop, "", "call")

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
            self._take(found[0])  # a whole phone number that only one has
            return
        self._names.setStringList([sentences.caller(one) for one in found])
        if found and self.who.hasFocus():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _picked(self, line: str) -> None:
        self._take(self._found[self._names.stringList().index(line)])

    def _take(self, caller: Caller) -> None:
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
        if not call.subject and not (call.ticket_id and call.text):
            self._say(self.tr("Say in a few words what happened."), trouble=True)
            self.subject.setFocus()
            return
        if self.effort.wrong():
            text = self.tr("%1 is no effort. Write 2h30, 2:30, 150 or 2.5h.")
            self._say(fill(text, words.quoted(self.effort.text())), trouble=True)
            self.effort.setFocus()
            return
        self._draft_pause.stop()
        self._busy = True
        self.button.setEnabled(False)
        self._acts.act(partial(calls.record, call=call), on_done=partial(self._made, then), on_error=self._refused)

    def _made(self, then: Callable[[str], object], changes: Changes) -> None:
        then(str(changes.result))
        self.accept()

    def _refused(self, trouble: BaseException) -> None:
        self._busy = False
        self.button.setEnabled(True)
        self.store()
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self._say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".", trouble=True)

    def _say(self, text: str, trouble: bool = False) -> None:
        self.says.setText(text)
        self.says.set_token("crit" if trouble else "text2")

    def reject(self) -> None:
        self.store()
        super().reject()
