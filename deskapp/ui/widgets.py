"""The small widgets that every screen shares. They paint with the theme's roles and follow its switches."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from . import icons, theme, words
from .buttons import Button, DangerButton, LinkButton, PrimaryButton, SectionHeader, Segmented, ToolButton
from .chips import Chip, KeyCap, chip_size, key_cap_size, key_text, paint_chip, paint_key_cap

__all__ = [
    "Avatar",
    "Button",
    "Chip",
    "DangerButton",
    "ElidedLabel",
    "EmptyState",
    "EvenLayout",
    "FlowLayout",
    "KeyCap",
    "Label",
    "Line",
    "LinkButton",
    "Panel",
    "PrimaryButton",
    "SectionHeader",
    "Segmented",
    "ToolButton",
    "UrgencyGlyph",
    "chip_size",
    "initials",
    "key_cap_size",
    "key_text",
    "paint_avatar",
    "paint_chip",
    "paint_key_cap",
    "paint_nothing",
    "urgency_icon",
]


class Label(QLabel):
    """Text in a type role and a colour role."""

    def __init__(self, text: str = "", role: str = "body", token: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._role, self._token = role, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._dress()
        theme.current().changed.connect(self._dress)

    def set_token(self, token: str) -> None:
        if token != self._token:
            self._token = token
            self._dress()

    def set_role(self, role: str) -> None:
        if role != self._role:
            self._role = role
            self._dress()

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.font(self._role))
        palette = QPalette(look.palette())
        palette.setColor(QPalette.ColorRole.WindowText, look.color(self._token))
        self.setPalette(palette)


class ElidedLabel(Label):
    """One line that shortens itself; the whole text is in the tooltip and in the accessible name."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        token: str = "text",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, token, parent)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, self.fontMetrics().height() + 2)

    def shown_text(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.TextFlag.TextSingleLine, self.shown_text())


class Avatar(QWidget):
    """Initials in a circle; the colour tells people apart and means nothing."""

    def __init__(self, initials: str = "", person_id: str = "", size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials, self._person, self._size = initials, person_id, size
        self.setFixedSize(size, size)
        theme.current().changed.connect(self.update)

    def set_person(self, initials: str, person_id: str) -> None:
        self._initials, self._person = initials, person_id
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), self.rect(), self._initials, self._person)


def paint_avatar(painter: QPainter, rect: QRect, initials: str, person_id: str) -> None:
    look = theme.current()
    token = theme.person_token(person_id)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("line-ctl")) if look.high_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(look.color(f"{token}-bg"))
    painter.drawEllipse(QRectF(rect))
    font = look.font("strong")
    font.setPixelSize(max(8, round(rect.height() * 0.38)))
    painter.setFont(font)
    painter.setPen(look.color(token))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)
    painter.restore()


def initials(name: str) -> str:
    """ "Марина Соколова" -> "МС"; one word gives its first two letters."""
    parts = name.split()
    if len(parts) >= 2:
        return (parts[0][0] + parts[-1][0]).upper()
    return name.strip()[:2].upper()


def urgency_icon(level: int | str) -> tuple[str, str]:
    """Icon name and colour role of an urgency, for delegates."""
    name = words.urgency_name(level)
    token = dict(zip(words.URGENCIES, theme.URGENCY_TOKENS, strict=True))[name]
    return f"urgency-{name}", f"{token}-bar"


class UrgencyGlyph(QWidget):
    """Octagon, triangle, ring or dash; the word is in the tooltip and the accessible name."""

    def __init__(self, level: int | str = "normal", size: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        theme.current().changed.connect(self.update)
        self.set_level(level)

    def set_level(self, level: int | str) -> None:
        self._level = level
        self.setToolTip(words.urgency(level))
        self.setAccessibleName(words.urgency(level))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        icons.paint(QPainter(self), self.rect(), *urgency_icon(self._level))


class Line(QWidget):
    """A separator of one pixel."""

    def __init__(self, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().color("line"))


class Panel(QFrame):
    """A field filled with one colour role, with lines on the sides named in `lines` ("tblr")."""

    def __init__(self, token: str = "bg-window", lines: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token, self._lines = token, lines
        theme.current().changed.connect(self.update)

    def set_token(self, token: str) -> None:
        self._token = token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, theme.current().color(self._token))
        line = theme.current().color("line")
        for side, stripe in (
            ("t", QRect(rect.left(), rect.top(), rect.width(), 1)),
            ("b", QRect(rect.left(), rect.bottom(), rect.width(), 1)),
            ("l", QRect(rect.left(), rect.top(), 1, rect.height())),
            ("r", QRect(rect.right(), rect.top(), 1, rect.height())),
        ):
            if side in self._lines:
                painter.fillRect(stripe, line)


class _Mark(QWidget):
    """An icon in a quiet circle: what a place without anything in it is for."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = icon
        theme.current().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        side = 14 * theme.current().u
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.icon:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("bg-hover"))
        painter.drawEllipse(QRectF(self.rect()))
        side = self.width() * 3 // 7
        area = QRect(0, 0, side, side)
        area.moveCenter(self.rect().center())
        icons.paint(painter, area, self.icon, "text3")


class EmptyState(QWidget):
    """What a view says when there is nothing in it: what for it is (icon), why, and what can be done."""

    acted = Signal()

    def __init__(self, text: str, action: str = "", parent: QWidget | None = None, icon: str = "") -> None:
        super().__init__(parent)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 4 * u, 6 * u, 4 * u)
        column.setSpacing(2 * u)
        column.addStretch(2)
        self.mark = _Mark(icon)
        column.addWidget(self.mark, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.mark.setVisible(bool(icon))
        self.label = Label(text, token="text2")
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.label)
        self.hint = Label("", "small", "text3")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.hint)
        self.hint.hide()
        self.ways = QHBoxLayout()
        self.ways.setContentsMargins(0, u, 0, 0)
        self.ways.setSpacing(2 * u)
        self.ways.addStretch(1)
        self.button = Button(action)
        self.button.clicked.connect(self.acted)
        self.ways.addWidget(self.button)
        self.ways.addStretch(1)
        column.addLayout(self.ways)
        self.button.setVisible(bool(action))
        column.addStretch(3)

    def set(self, text: str, action: str = "", hint: str = "") -> None:
        self.label.setText(text)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.button.setText(action)
        self.button.setVisible(bool(action))


def paint_nothing(view: QAbstractItemView, text: str) -> None:
    """Words in the middle of a list that has no rows; called from its ``paintEvent``."""
    look = theme.current()
    painter = QPainter(view.viewport())
    painter.setFont(look.font("small"))
    painter.setPen(look.color("text2"))
    area = view.viewport().rect().adjusted(2 * look.u, 0, -2 * look.u, 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


class FlowLayout(QLayout):
    """Left to right, wrapping: chips."""

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Remove all widgets."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, move: bool) -> int:
        area = rect.marginsRemoved(self.contentsMargins())
        x, y, row = area.x(), area.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x + hint.width() > area.right() + 1 and row > 0:
                x, y, row = area.x(), y + row + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            row = max(row, hint.height())
        margins = self.contentsMargins()
        return y + row - rect.y() + margins.bottom()


class EvenLayout(FlowLayout):
    """As many columns of one width as have room: buttons under each other whose edges stand in line."""

    def _place(self, rect: QRect, move: bool) -> int:
        area = rect.marginsRemoved(self.contentsMargins())
        shown = [item for item in self._items if not item.isEmpty()]
        if not shown:
            return 0
        widest = max(item.sizeHint().width() for item in shown)
        height = max(item.sizeHint().height() for item in shown)
        columns = max(1, min(len(shown), (area.width() + self._gap) // (widest + self._gap)))
        width = (area.width() - (columns - 1) * self._gap) // columns
        for at, item in enumerate(shown):
            row, column = divmod(at, columns)
            if move:
                spot = QPoint(area.x() + column * (width + self._gap), area.y() + row * (height + self._gap))
                item.widget().setGeometry(QRect(spot, QSize(width, height)))  # wider than it asks for
        rows = -(-len(shown) // columns)
        margins = self.contentsMargins()
        return margins.top() + rows * height + (rows - 1) * self._gap + margins.bottom()
