"""A line to type into and what it finds below: an article, a part, a ticket. Enter takes the marked one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from . import theme
from .popups import Option, OptionList, Popup
from .widgets import Label

_PAUSE_MS = 120


class _Line(QLineEdit):
    """A line whose arrows and Enter go to the list below."""

    moved = Signal(int)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class PickPopup(Popup):
    """``find(words, show)`` looks for options and hands them to ``show``; ``chosen`` carries the value of one."""

    chosen = Signal(object)

    def __init__(
        self,
        host: QWidget,
        title: str,
        hint: str,
        find: Callable[[str, Callable[[Sequence[Option]], None]], None],
        empty: str = "",
    ) -> None:
        super().__init__(host)
        u = theme.current().u
        self._find, self._empty = find, empty
        self._options: list[Option] = []
        self.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 2 * u, 1, 2 * u)
        self._column.setSpacing(u)
        head = QVBoxLayout()
        head.setContentsMargins(3 * u, 0, 3 * u, 0)
        head.setSpacing(u)
        head.addWidget(Label(title, "strong", "text2"))
        self.line = _Line()
        self.line.setObjectName("picker.line")
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(hint)
        self.line.setMinimumSize(100 * u, 7 * u)
        head.addWidget(self.line)
        self.says = Label("", "small", "text2")
        head.addWidget(self.says)
        self._column.addLayout(head)
        self.list = OptionList([], keys=False)
        self._column.addWidget(self.list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.line.textChanged.connect(lambda _text: self._pause.start())
        self.line.moved.connect(self._move)
        self.line.taken.connect(self._take)
        self._look()

    def first_focus(self) -> QWidget:
        return self.line

    def options(self) -> Sequence[Option]:
        return tuple(self._options)

    def _look(self) -> None:
        typed = self.line.text()

        def show(options: Sequence[Option]) -> None:
            if isValid(self) and typed == self.line.text():
                self._show(options)

        self._find(typed, show)

    def _show(self, options: Sequence[Option]) -> None:
        self._options = list(options)
        self._column.removeWidget(self.list)
        self.list.hide()
        self.list.deleteLater()
        self.list = OptionList(self._options, 0, keys=False)
        self.list.setObjectName("picker.list")
        self.list.setAccessibleName(self.accessibleName())
        self.list.taken.connect(lambda index, _enter: self._chosen(index))
        self._column.addWidget(self.list)
        self.list.setVisible(bool(self._options))
        self.says.setText("" if self._options else self._empty)
        self.says.setVisible(not self._options)
        self.resize(self.sizeHint().expandedTo(self.minimumSizeHint()))
        window = self.parentWidget()
        if self.geometry().bottom() > window.height():
            self.move(self.x(), max(0, window.height() - self.height() - 4))

    def _move(self, step: int) -> None:
        if self._options:
            self.list.set_index(self.list.index() + step)
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._look()
        elif self._options:
            self._chosen(self.list.index())

    def _chosen(self, index: int) -> None:
        value: Any = self._options[index].value
        self.dismiss()
        self.chosen.emit(value)
