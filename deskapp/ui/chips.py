"""Chips and key caps, as widgets and as painting for delegates."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from . import icons, theme

KEY_GLYPHS = {"Return": "↵", "Enter": "↵", "Ins": "Ins", "Del": "Del", "PgUp": "PgUp", "PgDown": "PgDn"}


def key_text(key: str) -> str:
    """A key sequence as it is drawn: "Ctrl+Shift+E" -> "Ctrl Shift E", "Ctrl++" -> "Ctrl +"."""
    parts = key.replace("++", "+\0").split("+") if len(key) > 1 else [key]
    return " ".join(KEY_GLYPHS.get(part, part).replace("\0", "+") for part in parts)


class KeyCap(QWidget):
    """A key as it is pressed: "Ctrl K". `token` colours letters and border."""

    def __init__(self, key: str, token: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._token = key_text(key), token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def set_key(self, key: str) -> None:
        self._key = key_text(key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return key_cap_size(self._key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_key_cap(QPainter(self), self.rect(), self._key, self._token)


def key_cap_size(key: str) -> QSize:
    look = theme.current()
    metrics = QFontMetrics(look.font("caption"))
    return QSize(max(metrics.horizontalAdvance(key) + 3 * look.u, 5 * look.u), max(metrics.height() + 2, 4 * look.u))


def paint_key_cap(painter: QPainter, rect: QRect, key: str, token: str = "text2") -> None:
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = look.color("line" if token != "on-accent" else "on-accent")
    if token == "on-accent":
        edge.setAlphaF(0.45)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(look.color("bg-base") if token != "on-accent" else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(look.color(token))
    painter.setFont(look.font("caption"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


class Chip(QWidget):
    """One or two words on a tinted field: status, urgency, line. With `closable` a filter that can be taken
    off.
    """

    closed = Signal()

    def __init__(
        self,
        text: str = "",
        token: str = "low",
        icon: str | None = None,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._token, self._icon, self._closable = text, token, icon, closable
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if closable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.current().changed.connect(self._relook)

    def text(self) -> str:
        return self._text

    def set(self, text: str, token: str | None = None, icon: str | None = None) -> None:
        self._text, self._token, self._icon = text, token or self._token, icon
        self.setAccessibleName(text)
        self._relook()

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return chip_size(self._text, self._icon, QFontMetrics(look.font("small"))) + QSize(
            4 * look.u if self._closable else 0, 0
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.rect()
        u = theme.current().u
        if self._closable:
            paint_chip(painter, rect, "", self._token, None)
            cross = QRect(rect.right() - 4 * u, rect.y(), 3 * u, rect.height())
            icons.paint(painter, cross, "x", self._token)
            inner = rect.adjusted(0, 0, -4 * u, 0)
            paint_chip(painter, inner, self._text, self._token, self._icon, fill=False)
        else:
            paint_chip(painter, rect, self._text, self._token, self._icon)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._closable and self.rect().contains(event.position().toPoint()):
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._closable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def chip_size(text: str, icon: str | None, metrics: QFontMetrics) -> QSize:
    """Room for a chip painted by `paint_chip` with the font "small"."""
    u = theme.current().u
    width = 2 * 2 * u + metrics.horizontalAdvance(text) + ((4 * u) if icon else 0)
    return QSize(width, max(5 * u, metrics.height() + 2))


def paint_chip(
    painter: QPainter, rect: QRect, text: str, token: str, icon: str | None = None, fill: bool = True
) -> None:
    """A chip, for delegates too. `token` is a colour family ("crit", "norm"...); "dot" as icon is a disc."""
    look = theme.current()
    u = look.u
    if fill:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color(f"{token}-bg"))
        painter.setPen(QPen(look.color("line-ctl")) if look.high_contrast else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(rect), 4, 4)
        painter.restore()
    left = rect.x() + 2 * u
    if icon:
        side = 2 * u if icon == "dot" else 3 * u
        icon_token = f"{token}-bar" if f"{token}-bar" in theme.TOKENS and icon.startswith(("dot", "urgency")) else token
        icons.paint(painter, QRect(left - (u // 2), rect.y(), side, rect.height()), icon, icon_token)
        left += side + u - (u // 2)
    painter.save()
    painter.setFont(look.font("small"))
    painter.setPen(look.color("text2" if token == "low" else token))
    area = QRect(left, rect.y(), rect.right() - left - u, rect.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 2)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()
