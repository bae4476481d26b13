"""The rail at the left: the screens, each an icon with its word."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from . import icons, theme
from .style import control_frame
from .widgets import key_text


class RailButton(QAbstractButton):
    """One screen. Only the count in red asks for attention."""

    def __init__(self, screen_id: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_id = screen_id
        self._icon = icon
        self._count = 0
        self.setObjectName(f"nav.{screen_id}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def set_words(self, text: str, key: str) -> None:
        self.setText(text)
        self.setToolTip(f"{text}  {key_text(key)}" if key else text)
        self._name()

    def set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self._name()
            self.update()

    def set_icon(self, icon: str) -> None:
        if icon != self._icon:
            self._icon = icon
            self.update()

    def count(self) -> int:
        return self._count

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()}, {self._count}" if self._count else self.text())

    def sizeHint(self) -> QSize:
        u = theme.current().u
        return QSize(17 * u, 13 * u)

    def paintEvent(self, _event: Any) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        rect = self.rect().adjusted(0, 1, 0, -1)
        chosen = self.isChecked()
        if chosen:
            control_frame(painter, rect, "bg-base", "line")
        elif self.underMouse():
            control_frame(painter, rect, "bg-hover", "bg-hover")
        token = "accent" if chosen else "text2"
        icon_rect = QRect(0, 2 * u, self.width(), 5 * u)
        icons.paint(painter, icon_rect, self._icon, token)
        font = look.font("strong" if chosen else "body")
        font.setPointSizeF(look.font("caption").pointSizeF())
        for stretch in (88, 80, 72):  # a long word stands closer before it is cut
            if QFontMetrics(font).horizontalAdvance(self.text()) > self.width() - 2:
                font.setStretch(stretch)
        painter.setFont(font)
        painter.setPen(look.color(token))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        words = QRect(0, 7 * u + 1, self.width(), rect.height() - 8 * u + 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)
        if self._count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        look = theme.current()
        font = look.font("caption")
        font.setBold(True)
        text = str(self._count) if self._count < 100 else "99+"
        height = max(16, QFontMetrics(font).height() + 1)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + height // 2)
        badge = QRect(self.width() // 2 + look.u, look.u - 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("bg-rail"), 1))
        painter.setBrush(look.color("crit"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(look.color("bg-base"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class NavRail(QWidget):
    """Screens in their fixed order; those at the bottom apart. Up and Down walk, Enter or a click opens."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self._buttons: dict[str, tuple[int, bool, RailButton]] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        theme.current().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        u = theme.current().u
        self.setFixedWidth(18 * u)
        self._column.setContentsMargins(u, 2 * u, u, 2 * u)
        self.update()

    def add(self, screen_id: str, icon: str, place: int, bottom: bool) -> RailButton:
        button = RailButton(screen_id, icon)
        button.clicked.connect(self._clicked)
        self._buttons[screen_id] = (place, bottom, button)
        while self._column.count():
            self._column.takeAt(0)
        ordered = sorted(self._buttons.values(), key=lambda entry: entry[:2])
        for wanted in (False, True):
            for _place, at_bottom, each in ordered:
                if at_bottom == wanted:
                    self._column.addWidget(each)
            if not wanted:
                self._column.addStretch(1)
        return button

    def button(self, screen_id: str) -> RailButton:
        return self._buttons[screen_id][2]

    def buttons(self) -> list[RailButton]:
        items = (self._column.itemAt(place).widget() for place in range(self._column.count()))
        return [widget for widget in items if isinstance(widget, RailButton)]

    def choose(self, screen_id: str) -> None:
        """Mark the screen that is shown."""
        for known, (_place, _bottom, button) in self._buttons.items():
            button.setChecked(known == screen_id)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.opened.emit(button.screen_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = self.buttons()
        here = next((place for place, button in enumerate(buttons) if button.hasFocus()), -1)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
            buttons[here].click()
        elif step is None or here < 0:
            super().keyPressEvent(event)
        elif 0 <= here + step < len(buttons):
            buttons[here + step].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: Any) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("bg-rail"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), theme.current().color("line"))
