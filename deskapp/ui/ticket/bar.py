"""A line across a ticket: a sign, a sentence, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from .. import icons, theme
from ..widgets import Button, Label, Panel

#: The sentence beside the buttons is at least so wide, in units of the theme.
_SENTENCE = 50


class Bar(Panel):
    """Hidden until it has something to say. Keys belong to the ticket's commands and are only drawn on the buttons."""

    def __init__(self, name: str, token: str, buttons: tuple[Button, ...], parent: QWidget | None = None) -> None:
        super().__init__(f"{token}-bg", "b", parent)
        self.setObjectName(name)
        u = theme.current().u
        self.icon, self._tone = "triangle-alert", token
        self.text = Label("", "small", token)
        self.text.setWordWrap(True)
        self.text.setObjectName(f"{name}.text")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(9 * u, u + 2, 4 * u, u + 2)
        self._row.setSpacing(2 * u)
        self._row.addWidget(self.text, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * u)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._row.addLayout(self._buttons)
        self.hide()

    def say(self, text: str, icon: str, token: str) -> None:
        """The sentence, with its sign and colour; the buttons have their words already."""
        self.icon, self._tone = icon, token
        self.set_token(f"{token}-bg")
        self.text.set_token(token)
        self.text.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the sentence would become a column, the buttons go below it."""
        margins = self._row.contentsMargins()
        left = self.width() - margins.left() - margins.right() - self._buttons.sizeHint().width()
        beside = left >= _SENTENCE * theme.current().u
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        u = theme.current().u
        icons.paint(QPainter(self), QRect(4 * u, 0, 4 * u, self.height()), self.icon, self._tone)
