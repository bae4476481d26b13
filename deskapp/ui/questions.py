"""The questions of a cause as a checklist: what was answered, and the zone of the fault that it speaks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from ..desk import questions
from ..desk.questions import Question
from . import theme
from .fields import Choice, LineField, in_order
from .i18n import fill, translate
from .runner import TaskRunner
from .widgets import Label


class QuestionList(QWidget):
    """A row a question: a box that ticks itself once there is an answer, the question, the answer.

    Answers are kept by question while the cause changes to and fro. ``name`` begins the object names; ``shown``: other
    questions stand there.
    """

    changed = Signal()
    left = Signal()
    shown = Signal()

    def __init__(self, runner: TaskRunner, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._name = runner, name
        self._cause = ""
        self._questions: tuple[Question, ...] = ()
        self._fields: dict[str, tuple[QCheckBox, QWidget]] = {}
        self._answers: dict[str, str] = {}
        self._zones: Mapping[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().u)
        self._grid_box = QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.current().u)
        self._grid.setVerticalSpacing(theme.current().u)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        column.addWidget(self._grid_box)
        self.says = Label("", "small", "text2")
        self.says.setObjectName(f"{name}.zone")
        column.addWidget(self.says)
        self.hide()

    def set_zones(self, zones: Mapping[str, str]) -> None:
        """Names of the zones of the fault."""
        self._zones = zones

    def set_cause(self, cause_id: str) -> None:
        if cause_id == self._cause:
            return
        self._cause = cause_id
        if cause_id:
            self._runner.run("reader", questions.of_cause, cause_id, on_done=self._show, key=f"{self._name}.read")
        else:
            self._show(())

    def answers(self) -> tuple[tuple[str, str], ...]:
        """What was answered to the questions that are shown."""
        return tuple((one.id, self._answers.get(one.id, "").strip()) for one in self._questions if self._said(one))

    def _said(self, question: Question) -> bool:
        return bool(self._answers.get(question.id, "").strip())

    def set_answers(self, answers: Sequence[Sequence[str]]) -> None:
        self._answers = {str(question): str(said) for question, said in answers}
        self._show(self._questions)

    def fields(self) -> list[QWidget]:
        """Where the answers are given, in order."""
        return [field for _box, field in self._fields.values()]

    def _show(self, found: tuple[Question, ...]) -> None:
        self._questions = found
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {}
        for place, question in enumerate(found):
            box = QCheckBox(question.text)
            box.setObjectName(f"{self._name}.asked.{place + 1}")
            field = self._field(question)
            field.setObjectName(f"{self._name}.answer.{place + 1}")
            field.setMinimumHeight(7 * theme.current().u)
            box.setChecked(self._said(question))
            box.clicked.connect(lambda _on, one=question: self._ticked(one))
            self._grid.addWidget(box, place, 0, 1, 2)
            self._grid.addWidget(field, place, 2)
            self._fields[question.id] = (box, field)
        in_order(*self.fields())
        self.setVisible(bool(found))
        self._tell()
        self.shown.emit()

    def _field(self, question: Question) -> QWidget:
        said = self._answers.get(question.id, "")
        if not question.answers:
            line = LineField(question.text)
            line.setText(said)
            line.textEdited.connect(lambda text, one=question: self._answered(one, text))
            line.left.connect(self.left)
            return line
        choice = Choice()
        choice.setAccessibleName(question.text)
        choice.addItem("", "")
        for text, _zone in question.answers:
            choice.addItem(text, text)
        choice.select(said)
        choice.activated.connect(lambda _index, one=question: self._answered(one, choice.currentData()))
        return choice

    def _ticked(self, question: Question) -> None:
        """The box says whether there is an answer: ticking goes to where it is given, unticking takes it away."""
        box, field = self._fields[question.id]
        if box.isChecked():
            field.setFocus()
            box.setChecked(self._said(question))
        else:
            if isinstance(field, Choice):
                field.select("")
            elif isinstance(field, LineField):
                field.clear()
            self._answered(question, "")

    def _answered(self, question: Question, said: Any) -> None:
        self._answers[question.id] = str(said or "")
        self._fields[question.id][0].setChecked(self._said(question))
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        zone = questions.zone_of(self._questions, self.answers())
        name = self._zones.get(zone, "")
        self.says.setText(fill(translate("Questions", "Zone of the fault by these answers: %1"), name) if name else "")
        self.says.setVisible(bool(name))
