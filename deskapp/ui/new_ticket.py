"""A ticket by hand: somebody called, or stood at the desk. What is typed is kept until the ticket is made."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ..core.errors import UserFacingError
from ..desk import directory, drafts, intake, people
from ..desk.people import FoundContact
from ..desk.values import Changes, Directory
from . import icons, theme, words
from .acts import Acts
from .fields import Captioned, Choice, EffortEdit, LineField, TextField, in_order
from .i18n import fill
from .messages import error_words
from .questions import QuestionList
from .runner import TaskRunner
from .timers import pause
from .widgets import Button, Label, PrimaryButton, urgency_icon

CHANNELS = ("phone", "visit", "mail", "hand")
_DRAFT_PAUSE = 400
_SEARCH_PAUSE = 120


class NewTicketDialog(QDialog):
    """Window-modal. ``created`` carries the id of the new ticket. Esc keeps what is typed for the next time."""

    created = Signal(str)

    def __init__(self, runner: TaskRunner, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._acts = runner, acts
        self._found: tuple[FoundContact, ...] = ()
        self._busy = False
        self._loading = True
        self.setObjectName("new_ticket")
        self.setWindowTitle(self.tr("New ticket"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        column.setSpacing(4 * u)
        self._make_fields()
        column.addLayout(self._grid(), 1)
        column.addLayout(self._foot())
        self.resize(170 * u, self.sizeHint().height())

        self._search_pause = pause(self, _SEARCH_PAUSE, self._search)
        self._draft_pause = pause(self, _DRAFT_PAUSE, self.store)
        self._completer = QCompleter(self)
        self._names = QStringListModel(self)
        self._completer.setModel(self._names)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.who)
        self._completer.activated.connect(self._picked)
        self.who.textEdited.connect(lambda _text: self._search_pause.start())
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.create_ticket)
        in_order(
            *(self.who, self.customer, self.address, self.phone, self.subject, self.questions, self.text),
            *(self.urgency, self.cause, self.effort, self.channel, self.button, self.later),
        )
        self.who.setFocus()
        runner.run("reader", directory.read, on_done=self._directory_read)

    # -- building

    def _make_fields(self) -> None:
        self.who = LineField(self.tr("Who asks"), self.tr("Name, address or phone"))
        self.customer = LineField(self.tr("Customer"))
        self.address = LineField(self.tr("E-mail"), self.tr("The answer goes there"))
        self.phone = LineField(self.tr("Phone"))
        self.subject = LineField(self.tr("What is wrong, in a few words"))
        self.text = TextField(self.tr("In detail"), 5)
        self.questions = QuestionList(self._runner, "new_ticket.questions")
        self.questions.changed.connect(self._edited)
        self.questions.left.connect(self.store)
        self.urgency = Choice()
        self.cause = Choice()
        self.effort = EffortEdit(self.tr("Effort"))
        self.channel = Choice()
        for level in (1, 2, 3, 4):
            self.urgency.addItem(icons.icon(*urgency_icon(level)), words.urgency(level), level)
        self.urgency.select(3)
        self.cause.activated.connect(lambda _index: self.questions.set_cause(str(self.cause.currentData() or "")))
        for channel, text in zip(
            CHANNELS, (self.tr("Phone call"), self.tr("In person"), self.tr("Letter"), self.tr("Other")), strict=True
        ):
            self.channel.addItem(text, channel)
        self._captions = {
            "who": self.tr("Who asks"),
            "customer": self.tr("Customer"),
            "address": self.tr("E-mail"),
            "phone": self.tr("Phone"),
            "subject": self.tr("What is wrong, in a few words"),
            "text": self.tr("In detail"),
            "urgency": self.tr("Urgency"),
            "cause": self.tr("Cause"),
            "effort": self.tr("Effort"),
            "channel": self.tr("How it came"),
        }
        for name in self._captions:
            field = getattr(self, name)
            field.setObjectName(f"new_ticket.{name}")
            if isinstance(field, TextField):
                field.textChanged.connect(self._edited)
            elif isinstance(field, Choice):
                field.activated.connect(self._edited)
            else:
                field.textEdited.connect(self._edited)
            if not isinstance(field, Choice):
                field.left.connect(self.store)

    def _grid(self) -> QGridLayout:
        u = theme.current().u
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(3 * u)
        for name, row, place, span in (
            ("who", 0, 0, 2),
            ("customer", 0, 2, 2),
            ("address", 1, 0, 2),
            ("phone", 1, 2, 2),
            ("subject", 2, 0, 4),
            ("text", 4, 0, 4),
            ("urgency", 5, 0, 1),
            ("cause", 5, 1, 1),
            ("effort", 5, 2, 1),
            ("channel", 5, 3, 1),
        ):
            field = getattr(self, name)
            if name != "text":
                field.setMinimumHeight(7 * u)
            grid.addWidget(Captioned(self._captions[name], field), row, place, 1, span)
        for place in range(4):
            grid.setColumnStretch(place, 1)
        grid.addWidget(self.questions, 3, 0, 1, 4)
        grid.setRowStretch(4, 1)
        return grid

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * theme.current().u)
        self.says = Label("", "small", "text2")
        self.says.setObjectName("new_ticket.says")
        self.says.setWordWrap(True)
        row.addWidget(self.says, 1)
        self.later = Button(self.tr("Close"), key="Esc")
        self.later.setObjectName("new_ticket.close")
        self.later.clicked.connect(self.reject)
        self.button = PrimaryButton(self.tr("Create"), "plus", "Ctrl+Return")
        self.button.setObjectName("new_ticket.create")
        self.button.clicked.connect(self.create_ticket)
        for button in (self.later, self.button):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            row.addWidget(button)
        return row

    # -- content

    def _directory_read(self, found: Directory) -> None:
        self.cause.addItem(self.tr("not set"), "")
        for cause in found.causes:
            self.cause.addItem(cause.name, cause.id)
        self.questions.set_zones({zone.id: zone.name for zone in found.zones})
        self._runner.run("reader", drafts.load, "", on_done=self._draft_read)

    def _draft_read(self, kept: dict[str, dict[str, Any]]) -> None:
        draft = kept.get("new", {})
        for name in ("who", "customer", "address", "phone", "subject"):
            field = getattr(self, name)
            if not field.text():
                field.setText(str(draft.get(name, "")))
        if not self.text.text():
            self.text.set_text(str(draft.get("text", "")))
        self._loading = False
        if draft:
            self.urgency.select(int(draft.get("urgency", 3)))
            self.cause.select(str(draft.get("cause", "")))
            self.questions.set_answers(draft.get("answers", ()))
            self.questions.set_cause(str(draft.get("cause", "")))
            self.channel.select(str(draft.get("channel", CHANNELS[0])))
            self.effort.set_minutes(int(draft["effort"]) if draft.get("effort") else None)
        self._say("")

    def state(self) -> dict[str, Any]:
        """What is typed; empty when nothing is."""
        typed = {
            name: getattr(self, name).text() for name in ("who", "customer", "address", "phone", "subject", "text")
        }
        if not any(text.strip() for text in typed.values()):
            return {}
        return typed | {
            "urgency": self.urgency.currentData(),
            "cause": self.cause.currentData() or "",
            "effort": self.effort.minutes() or 0,
            "channel": self.channel.currentData(),
            "answers": [list(answer) for answer in self.questions.answers()],
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
            self._runner.run("writer", drafts.save, "", "new", state)
        else:
            self._runner.run("writer", drafts.drop, "", "new")

    # -- who

    def _search(self) -> None:
        typed = self.who.text().strip()
        if len(typed) < 2:
            self._completer.popup().hide()
            return
        self._runner.run("reader", people.find_contacts, typed, on_done=self._contacts, key="new_ticket.contacts")

    def _contacts(self, found: tuple[FoundContact, ...]) -> None:
        self._found = found
        self._names.setStringList([", ".join(filter(None, (c.name, c.customer, c.address, c.phone))) for c in found])
        if found and self.who.hasFocus():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _picked(self, line: str) -> None:
        place = self._names.stringList().index(line)
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
        if not self.subject.text().strip():
            self._say(self.tr("Say in a few words what is wrong."), trouble=True)
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
        self._acts.act(intention, on_done=self._made, on_error=self._refused)

    def _made(self, changes: Changes) -> None:
        self._runner.run("writer", drafts.drop, "", "new")
        self.created.emit(changes.result)
        self.accept()

    def _refused(self, trouble: BaseException) -> None:
        self._busy = False
        self.button.setEnabled(True)
        self.store()
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self._say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".", trouble=True)

    def _say(self, text: str, trouble: bool = False) -> None:
        self.says.setText(text or self.tr("Nothing is mailed when it is made."))
        self.says.set_token("crit" if trouble else "text2")

    def reject(self) -> None:
        self.store()
        super().reject()
