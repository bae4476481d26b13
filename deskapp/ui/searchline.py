"""The line over a list in which one types what to find."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from . import theme


class SearchLine(QLineEdit):
    """``moved``: arrows move in the list below; ``entered``: Enter goes on; Esc clears. ``hint`` stands in the empty
    line, the title where none is given."""

    moved = Signal(int)
    entered = Signal()

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setPlaceholderText(hint or title)
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(7 * theme.current().u)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
