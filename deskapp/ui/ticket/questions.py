"""The questions of a ticket's cause, asked later than at the first word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import directory, questions
from ...desk.values import Changes, Directory
from .. import theme
from ..acts import Acts
from ..i18n import translate
from ..messages import error_words
from ..questions import QuestionList
from ..runner import TaskRunner
from ..widgets import Button, Label, PrimaryButton


class QuestionsDialog(QDialog):
    """Window-modal; the answers become an entry of the protocol, and name the zone where none is set."""

    def __init__(self, parent: QWidget, runner: TaskRunner, acts: Acts, ticket_id: str, cause_id: str) -> None:
        super().__init__(parent)
        self._acts, self._ticket_id, self._busy = acts, ticket_id, False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setObjectName("ticket.questions")
        self.setWindowTitle(translate("Ticket", "Questions of the cause"))
        u = theme.current().u
        self.resize(150 * u, 60 * u)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        column.setSpacing(3 * u)
        self.list = QuestionList(runner, "ticket.questions")
        column.addWidget(self.list)
        column.addStretch(1)
        row = QHBoxLayout()
        self.says = Label("", "small", "text2")
        self.says.setWordWrap(True)
        row.addWidget(self.says, 1)
        close = Button(translate("Ticket", "Close"), key="Esc")
        close.clicked.connect(self.reject)
        self.button = PrimaryButton(translate("Ticket", "Record"), None, "Ctrl+Return")
        self.button.setObjectName("ticket.questions.record")
        self.button.clicked.connect(self.record)
        for button in (close, self.button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.record)
        runner.run("reader", directory.read, on_done=self._directory_read)
        self.list.set_cause(cause_id)
        self.says.setText(translate("Ticket", "What is answered becomes an entry of the protocol."))

    def _directory_read(self, found: Directory) -> None:
        self.list.set_zones({zone.id: zone.name for zone in found.zones})

    def record(self) -> None:
        if self._busy:
            return
        if not self.list.answers():
            self._say(translate("Ticket", "Answer one question at least."))
            return
        self._busy = True
        self._acts.act(
            questions.answer, self._ticket_id, self.list.answers(), on_done=self._done, on_error=self._refused
        )

    def _done(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, trouble: BaseException) -> None:
        self._busy = False
        if not isinstance(trouble, UserFacingError):
            raise trouble
        self._say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".")

    def _say(self, text: str) -> None:
        self.says.setText(text)
        self.says.set_token("crit")
