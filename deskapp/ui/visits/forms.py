"""Small forms over the screen: a few fields and the one button. Enter records, Esc leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from .. import theme
from ..fields import Captioned, Choice, LineField
from ..i18n import translate
from ..popups import Popup
from ..widgets import Button, Label, PrimaryButton


@dataclass(frozen=True)
class Field:
    """``kind``: text, number, choice (``options``: (words, value)), check."""

    name: str
    caption: str
    kind: str = "text"
    value: Any = ""
    options: Sequence[tuple[str, Any]] = ()
    hint: str = ""


#: What is wrong with the values of a form, "" for nothing.
Check = Callable[[dict[str, Any]], str]


class FormPopup(Popup):
    """``accepted`` carries {name: value}. ``check`` keeps it open, and says why, while something in it is wrong."""

    accepted = Signal(dict)

    def __init__(
        self,
        host: QWidget,
        name: str,
        title: str,
        fields: Sequence[Field],
        button: str,
        note: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(host)
        self._check = check
        self.setObjectName(name)
        self.setAccessibleName(title)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        column.setSpacing(2 * u)
        column.addWidget(Label(title, "strong"))
        if note:
            told = Label(note, "small", "text2")
            told.setWordWrap(True)
            told.setMaximumWidth(90 * u)
            column.addWidget(told)
        self.fields: dict[str, Any] = {}
        for field in fields:
            widget = self._make(field)
            widget.setObjectName(f"{name}.{field.name}")
            widget.setAccessibleName(field.caption)
            widget.setMinimumSize(70 * u, 7 * u)
            self.fields[field.name] = widget
            column.addWidget(widget if field.kind == "check" else Captioned(field.caption, widget))
        self.says = Label("", "small", "crit")
        self.says.setObjectName(f"{name}.says")
        self.says.setWordWrap(True)
        self.says.setMaximumWidth(90 * u)
        self.says.hide()
        column.addWidget(self.says)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(translate("Visits", "Cancel"), key="Esc")
        cancel.clicked.connect(self.dismiss)
        self.record = PrimaryButton(button, key="Return")
        self.record.setObjectName(f"{name}.record")
        self.record.clicked.connect(self._record)
        row.addWidget(cancel)
        row.addWidget(self.record)
        column.addSpacing(u)
        column.addLayout(row)

    def _make(self, field: Field) -> QWidget:
        if field.kind == "number":
            spin = QSpinBox()
            spin.setRange(-9999, 99_999)
            spin.setValue(int(field.value or 0))
            spin.lineEdit().setAccessibleName(field.caption)
            spin.selectAll()
            return spin
        if field.kind == "choice":
            box = Choice()
            for text, value in field.options:
                box.addItem(text, value)
            box.select(field.value)
            return box
        if field.kind == "check":
            check = QCheckBox(field.caption)
            check.setChecked(bool(field.value))
            return check
        line = LineField(field.caption, field.hint)
        line.setText(str(field.value or ""))
        return line

    def first_focus(self) -> QWidget:
        return next(iter(self.fields.values()), self)

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, QSpinBox):
                found[name] = field.value()
            elif isinstance(field, Choice):
                found[name] = field.currentData()
            elif isinstance(field, QCheckBox):
                found[name] = field.isChecked()
            else:
                found[name] = field.text().strip()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._record()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _record(self) -> None:
        values = self.values()
        wrong = self._check(values) if self._check is not None else ""
        if wrong:
            self.says.setText(wrong)
            self.says.show()
            self.adjustSize()
            return
        self.dismiss()
        self.accepted.emit(values)
