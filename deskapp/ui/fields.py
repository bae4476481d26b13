"""Fields of forms: text of several lines, efforts, choices, captions, and a body that scrolls when it must."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ..desk import effort
from . import theme, words
from .widgets import Label


class Body(QScrollArea):
    """What stands above the foot: as high as it wants to be, scrolled where that is too much.

    ``wish``: pixels that it would like beside what its fields need.
    """

    def __init__(self, wish: int = 0) -> None:
        super().__init__()
        self.wish = wish
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * theme.current().u)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint() + QSize(0, self.wish)

    def minimumSizeHint(self) -> QSize:
        least = self.widget().minimumSizeHint()
        return QSize(least.width(), min(least.height(), 50 * theme.current().u))


class TextField(QPlainTextEdit):
    """A few lines of plain text in a frame of its own; Tab moves on."""

    left = Signal()

    def __init__(self, name: str, lines: int = 2, most: int = 0) -> None:
        """``lines``: shown at least; ``most``: at most, 0 for as many as there is room for."""
        super().__init__()
        self._most = most
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("control", True)
        self.viewport().setAutoFillBackground(False)
        self._lines = lines
        theme.current().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        u = theme.current().u
        self.setFont(theme.current().font("body"))
        self.document().setDocumentMargin(1.5 * u)
        spare = 4 * u + 2
        self.setMinimumHeight(self._lines * self.fontMetrics().lineSpacing() + spare)
        if self._most:
            self.setMaximumHeight(self._most * self.fontMetrics().lineSpacing() + spare)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        if text != self.toPlainText():
            self.setPlainText(text)

    def go_on_with(self, text: str) -> None:
        """What was typed before, with the cursor where it goes on."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class EffortEdit(QLineEdit):
    """Effort as people type it; shown in full words when left. `minutes_changed` carries minutes, None when empty."""

    minutes_changed = Signal(object)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(self.tr("2h30, 2:30, 150 or 2.5h"))
        self._minutes: int | None = None
        self.textEdited.connect(self._read)

    def minutes(self) -> int | None:
        return self._minutes

    def set_minutes(self, minutes: int | None) -> None:
        """Show without telling."""
        self._minutes = minutes
        self.setText(words.duration(minutes) if minutes else "")

    def wrong(self) -> bool:
        """Something is typed that is no effort."""
        return bool(self.text().strip()) and effort.parse(self.text()) is None

    def _read(self) -> None:
        minutes = effort.parse(self.text())
        if minutes != self._minutes:
            self._minutes = minutes
            self.minutes_changed.emit(minutes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._tidy()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tidy()
        self.left.emit()

    def _tidy(self) -> None:
        if self._minutes is not None:
            self.setText(words.duration(self._minutes))


class Choice(QComboBox):
    """A list to choose from; keys with Ctrl belong to the form around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + 6
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, field.width() - icon - 2
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling past a field must not change it

    def select(self, data: Any) -> None:
        """Show the entry of `data` without telling; the first one when there is none such."""
        blocked = self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(data)))
        self.blockSignals(blocked)


class LineField(QLineEdit):
    """One line that tells when it was left."""

    left = Signal()

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Captioned(QWidget):
    """A control under its name."""

    def __init__(self, caption: str, control: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().u)
        label = Label(caption, "caption", "text2")
        label.setBuddy(control)
        column.addWidget(label)
        column.addWidget(control)
        if not control.accessibleName():
            control.setAccessibleName(caption)


def in_order(*widgets: QWidget) -> None:
    """Tab goes through them as they are read."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)
