"""What the forms have in common that write down what somebody asks for: who it is, found while one types; how urgent
and why; and words that are kept until they are recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QDialog, QHBoxLayout, QPushButton, QWidget

from ..core.errors import UserFacingError
from ..desk import directory, drafts
from ..desk.desk import Desk
from ..desk.values import Changes, Directory
from . import icons, theme, words
from .acts import Acts
from .fields import Choice, EffortEdit, LineField, TextField
from .i18n import fill, translate
from .messages import error_words
from .questions import QuestionList
from .runner import TaskRunner
from .timers import pause
from .widgets import Button, Label, PrimaryButton, urgency_icon

_DRAFT_PAUSE = 400
_USUAL = 3  # urgency


class TicketForm(QDialog):
    """``NAME`` begins the object names, ``DRAFT`` is where the words are kept, ``LINES`` are the fields of one line.

    Esc keeps what is typed for the next time. A subclass lays out, and says what its own fields keep (``_more``,
    ``_take``).
    """

    NAME = DRAFT = ""
    LINES: tuple[str, ...] = ()

    who: LineField
    subject: LineField

    def __init__(self, runner: TaskRunner, acts: Acts, rows: int, search_ms: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._runner, self._acts = runner, acts
        self._busy = False
        self._loading = True
        self.setObjectName(self.NAME)
        self.customer = LineField(translate("TicketForm", "Customer"))
        self.phone = LineField(translate("TicketForm", "Phone"))
        self.text = TextField("", rows)
        self.urgency, self.cause = Choice(), Choice()
        self.effort = EffortEdit(translate("TicketForm", "Effort"))
        self.questions = QuestionList(runner, f"{self.NAME}.questions")
        for level in (1, 2, 3, 4):
            self.urgency.addItem(icons.icon(*urgency_icon(level)), words.urgency(level), level)
        self.urgency.select(_USUAL)
        self.says = Label("", "small", "text2")
        self.says.setObjectName(f"{self.NAME}.says")
        self.says.setWordWrap(True)
        self._search_pause = pause(self, search_ms, self._search)
        self._draft_pause = pause(self, _DRAFT_PAUSE, self.store)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self)
        self._completer.setModel(self._names)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(lambda line: self._picked(self._names.stringList().index(line)))

    # -- what a form says of itself

    def _search(self) -> None:
        """Find who is meant by what stands in ``who``."""
        raise NotImplementedError

    def _picked(self, place: int) -> None:
        """One of those offered was chosen."""
        raise NotImplementedError

    def _more(self) -> dict[str, Any]:
        """What is kept beside the common fields."""
        return {}

    def _take(self, draft: dict[str, Any]) -> None:
        """Put back what ``_more`` kept."""

    def _ready(self) -> None:
        """What was kept stands in the form."""

    # -- building

    def _wire(self, *more: QWidget) -> None:
        """Whatever is changed is kept; ``more``: fields of the form's own."""
        for name in (*self.LINES, "text", "urgency", "cause", "effort"):
            getattr(self, name).setObjectName(f"{self.NAME}.{name}")
        for field in (*(getattr(self, name) for name in self.LINES), self.effort, *more):
            if isinstance(field, LineField):
                field.textEdited.connect(self._edited)
                field.left.connect(self.store)
            elif isinstance(field, Choice):
                field.activated.connect(self._edited)
        for field in (*(getattr(self, name) for name in self.LINES), self.effort, self.urgency, self.cause, *more):
            field.setMinimumHeight(7 * theme.current().u)
        for choice in (self.urgency, self.cause):
            choice.activated.connect(self._edited)
        self.text.textChanged.connect(self._edited)
        for kept in (self.text, self.questions):
            kept.left.connect(self.store)
        self.questions.changed.connect(self._edited)
        self.questions.shown.connect(self._grow)
        self.cause.activated.connect(lambda _index: self.questions.set_cause(str(self.cause.currentData() or "")))
        self._completer.setWidget(self.who)
        self.who.textEdited.connect(lambda _text: self._search_pause.start())

    def _foot(self, record: Callable[[], object], *before: QPushButton) -> QHBoxLayout:
        """Closing, the buttons of the form's own, and the primary one, which records."""
        row = QHBoxLayout()
        row.setSpacing(3 * theme.current().u)
        self.later = Button(translate("TicketForm", "Close"), key="Esc")
        self.later.setObjectName(f"{self.NAME}.close")
        self.later.clicked.connect(self.reject)
        self.button = PrimaryButton(translate("TicketForm", "Create"), "plus", "Ctrl+Return")
        self.button.clicked.connect(record)
        for button in (self.later, *before, self.button):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            row.addWidget(button)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(record)
        return row

    def _grow(self) -> None:
        """Room for more questions; what a person made larger stays so."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    # -- content

    def _read(self) -> None:
        self._runner.run("reader", directory.read, on_done=self._directory_read)

    def _directory_read(self, found: Directory) -> None:
        self.cause.clear()
        self.cause.addItem(translate("TicketForm", "not set"), "")
        for cause in found.causes:
            self.cause.addItem(cause.name, cause.id)
        self.questions.set_zones({zone.id: zone.name for zone in found.zones})
        self._runner.run("reader", drafts.load, "", on_done=self._draft_read)

    def _draft_read(self, kept: dict[str, dict[str, Any]]) -> None:
        draft = kept.get(self.DRAFT, {})
        for name in self.LINES:
            field = getattr(self, name)
            if not field.text():
                field.setText(str(draft.get(name, "")))
        if not self.text.text():
            self.text.set_text(str(draft.get("text", "")))
        if draft:
            cause = str(draft.get("cause", ""))
            if self.urgency.currentData() == _USUAL:  # else it was chosen already: an outage is one, whatever is kept
                self.urgency.select(int(draft.get("urgency", _USUAL)))
            self.cause.select(cause)
            self.effort.set_minutes(int(draft["effort"]) if draft.get("effort") else None)
            self.questions.set_answers(draft.get("answers", ()))
            self.questions.set_cause(cause)
            self._take(draft)
        self._loading = False
        self._ready()

    def state(self) -> dict[str, Any]:
        """What is typed; empty when nothing is."""
        typed = {name: getattr(self, name).text() for name in (*self.LINES, "text")}
        if not any(text.strip() for text in typed.values()) and not self.questions.answers():
            return {}
        return typed | {
            "urgency": self.urgency.currentData(),
            "cause": self.cause.currentData() or "",
            "effort": self.effort.minutes() or 0,
            "answers": [list(answer) for answer in self.questions.answers()],
            **self._more(),
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
            self._runner.run("writer", drafts.save, "", self.DRAFT, state)
        else:
            self._runner.run("writer", drafts.drop, "", self.DRAFT)

    def _offer_names(self, lines: Sequence[str]) -> None:
        """Those who may be meant, under the field while one types there."""
        self._names.setStringList(lines)
        if lines and self.who.hasFocus():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    # -- recording

    def _complete(self, subject_missing: str) -> bool:
        """Whether it can be recorded; else it says what is wrong and goes there. ``subject_missing``: that sentence."""
        if subject_missing:
            self._say(subject_missing, trouble=True)
            self.subject.setFocus()
        elif self.effort.wrong():
            text = translate("TicketForm", "%1 is no effort. Write 2h30, 2:30, 150 or 2.5h.")
            self._say(fill(text, words.quoted(self.effort.text())), trouble=True)
            self.effort.setFocus()
        else:
            return True
        return False

    def _record_by(self, intention: Callable[[Desk], Changes], on_done: Callable[[Changes], object]) -> None:
        self._draft_pause.stop()
        self._busy = True
        self.button.setEnabled(False)
        self._acts.act(intention, on_done=on_done, on_error=self._refused)

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
