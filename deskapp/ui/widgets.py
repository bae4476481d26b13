"""Small widgets that every screen shares. They paint with the theme's roles and follow its switches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from . import icons, theme, words
from .style import RADIUS, control_frame

KEY_GLYPHS = {"Return": "↵", "Enter": "↵", "Ins": "Ins", "Del": "Del", "PgUp": "PgUp", "PgDown": "PgDn"}


def key_text(key: str) -> str:
    """A key sequence as it is drawn: "Ctrl+Shift+E" -> "Ctrl Shift E", "Ctrl++" -> "Ctrl +"."""
    parts = key.replace("++", "+\0").split("+") if len(key) > 1 else [key]
    return " ".join(KEY_GLYPHS.get(part, part).replace("\0", "+") for part in parts)


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


class _Button(QPushButton):
    """Icon, words and key in one button; it takes the focus by Tab, so a click leaves the editor alone."""

    kind = "plain"

    def __init__(self, text: str = "", icon: str | None = None, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon, self._key = icon, key_text(key)
        self._bare = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._relook)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._relook()

    def set_bare(self, bare: bool) -> None:
        """Only the icon, where there is no room; the words move to the tooltip."""
        if bare != self._bare:
            self._bare = bare
            self.setToolTip(self.text() if bare else "")
            self._relook()

    def _shown_text(self) -> str:
        return "" if self._bare and self._icon else self.text()

    def set_icon_name(self, icon: str | None) -> None:
        self._icon = icon
        self._relook()

    def set_key(self, key: str) -> None:
        if key_text(key) != self._key:
            self._key = key_text(key)
            self._relook()

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()

    def _text_font(self):  # type: ignore[no-untyped-def]
        return theme.current().font("body")

    def width_for(self, text: str, key: str) -> int:
        """Its width with these words and this key."""
        u = theme.current().u
        parts = [QFontMetrics(self._text_font()).horizontalAdvance(text)] if text else []
        if self._icon:
            parts.append(4 * u)
        if key:
            parts.append(key_cap_size(key_text(key)).width())
        return sum(parts) + max(0, len(parts) - 1) * 2 * u + 6 * u

    def sizeHint(self) -> QSize:
        u = theme.current().u
        height = max(7 * u, QFontMetrics(self._text_font()).height() + 2 * u)
        return QSize(self.width_for(self._shown_text(), self._key), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _tokens(self) -> tuple[str, str, str]:
        """Fill, border, text."""
        if not self.isEnabled():
            return "bg-window", "line", "line-ctl"
        pressed = self.isDown() or self.isChecked()
        return ("bg-sel" if pressed else "bg-hover" if self.underMouse() else "bg-base"), "line-ctl", "text"

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        fill, border, text = self._tokens()
        control_frame(painter, self.rect(), fill, border)
        rect = self.rect().adjusted(3 * u, 0, -3 * u, 0)
        if self._icon:
            icons.paint(painter, QRect(rect.x(), rect.y(), 4 * u, rect.height()), self._icon, text)
            rect.setLeft(rect.left() + 6 * u)
        if self._key:
            size = key_cap_size(self._key)
            cap = QRect(
                rect.right() - size.width() + 1,
                (self.height() - size.height()) // 2,
                size.width(),
                size.height(),
            )
            paint_key_cap(painter, cap, self._key, "on-accent" if text == "on-accent" else "text2")
            rect.setRight(cap.left() - 2 * u)
        painter.setFont(self._text_font())
        painter.setPen(look.color(text))
        painter.drawText(
            rect.adjusted(0, 0, 2, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self._shown_text(),
        )


class Button(_Button):
    """The usual button: outlined."""


class PrimaryButton(_Button):
    """The one filled button of a view."""

    kind = "primary"

    def _text_font(self):  # type: ignore[no-untyped-def]
        return theme.current().font("strong")

    def _tokens(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "bg-hover", "line", "line-ctl"
        return "accent-fill", "text" if self.isDown() else "accent-fill", "on-accent"


class LinkButton(QPushButton):
    """An act written as a link; reached by Tab like a button."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._role = role
        self.setFlat(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.current().font(self._role))
        return QSize(metrics.horizontalAdvance(self.text()) + 2, max(metrics.height() + 2, 24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = theme.current().font(self._role)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(theme.current().color("accent" if self.isEnabled() else "line-ctl"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class ToolButton(QToolButton):
    """An icon that does something; the words and the key are in its tooltip and its accessible name."""

    def __init__(
        self, icon: str, words_: str, key: str = "", token: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        icons.bind(self, icon, token)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_words(words_, key)

    def set_words(self, words_: str, key: str = "") -> None:
        self.setAccessibleName(words_)
        self.setToolTip(f"{words_}  {key_text(key)}" if key else words_)

    def sizeHint(self) -> QSize:
        side = max(24, 7 * theme.current().u)
        return QSize(side, side)


class Segmented(QWidget):
    """Two to six words side by side, one of them chosen; arrows move the choice."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = list(options)
        self._index = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        theme.current().changed.connect(self._relook)

    def index(self) -> int:
        return self._index

    def options(self) -> list[str]:
        return list(self._options)

    def set_options(self, options: Sequence[str]) -> None:
        self._options = list(options)
        self._index = min(self._index, max(0, len(self._options) - 1))
        self._relook()

    def set_index(self, index: int) -> None:
        """Choose without telling."""
        if 0 <= index < len(self._options):
            self._index = index
            self._relook()

    def choose(self, index: int) -> None:
        """Choose as a person would; tells only when it changes."""
        if 0 <= index < len(self._options) and index != self._index:
            self.set_index(index)
            self.chosen.emit(index)

    def _name(self) -> None:
        chosen = self._options[self._index] if self._options else ""
        self.setAccessibleDescription(chosen)

    def _relook(self) -> None:
        self._name()
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        look = theme.current()
        plain, strong = QFontMetrics(look.font("body")), QFontMetrics(look.font("strong"))
        return [
            max(plain.horizontalAdvance(text), strong.horizontalAdvance(text)) + 5 * look.u for text in self._options
        ]

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(sum(self._widths()), max(6 * look.u, QFontMetrics(look.font("body")).height() + 2 * look.u))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _rects(self) -> list[QRect]:
        left, rects = 0, []
        for width in self._widths():
            rects.append(QRect(left, 0, width, self.height()))
            left += width
        return rects

    def _at(self, point: QPoint) -> int:
        return next((i for i, rect in enumerate(self._rects()) if rect.contains(point)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(self._at(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position().toPoint())
        if hover != self._hover:
            self._hover = hover
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._index + step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        rects = self._rects()
        whole = QRect(0, 0, rects[-1].right() + 1 if rects else 0, self.height())
        control_frame(painter, whole, "bg-base", "line-ctl")
        for i, (rect, text) in enumerate(zip(rects, self._options, strict=True)):
            if i:
                painter.setPen(QPen(look.color("line-ctl"), 1))
                painter.drawLine(rect.left(), 1, rect.left(), rect.height() - 2)
            if i == self._index or i == self._hover:
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("bg-sel" if i == self._index else "bg-hover"))
                left = 1
                right = 1 if i == len(rects) - 1 else 0
                painter.drawRoundedRect(QRectF(rect).adjusted(left, 1, -right, -1), RADIUS - 2, RADIUS - 2)
                painter.restore()
            painter.setFont(look.font("strong" if i == self._index else "body"))
            painter.setPen(look.color("accent" if i == self._index else "text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


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


class SectionHeader(QAbstractButton):
    """Head of a collapsible section: title, and at the right a link or a figure. Space, Left, Right fold."""

    toggled_open = Signal(bool)

    def __init__(self, title: str, right: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setAccessibleName(title)
        self._open = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        if right is not None:
            row.addWidget(right)
        self.clicked.connect(self._toggle)
        theme.current().changed.connect(self.update)

    def is_open(self) -> bool:
        return self._open

    def set_open(self, open_: bool) -> None:
        if open_ != self._open:
            self._open = open_
            self.toggled_open.emit(open_)
            self.update()

    def _toggle(self) -> None:
        self.set_open(not self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.set_open(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        look = theme.current()
        metrics = QFontMetrics(look.font("strong"))
        return QSize(metrics.horizontalAdvance(self.text()) + 8 * look.u, max(24, metrics.height() + 2 * look.u))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text2"))
        rect = self.rect()
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if not self._open or self.underMouse():
            left = painter.fontMetrics().horizontalAdvance(self.text()) + 2 * look.u
            name = "chevron-down" if self._open else "chevron-right"
            icons.paint(painter, QRect(left, rect.y(), 3 * look.u, rect.height()), name, "text2")


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


class EmptyState(QWidget):
    """What a view says when there is nothing in it, and the one thing that can be done."""

    acted = Signal()

    def __init__(self, text: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(2)
        self.label = Label(text, token="text2")
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.label)
        self.button = LinkButton(action)
        self.button.clicked.connect(self.acted)
        self.button.setVisible(bool(action))
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set(self, text: str, action: str = "") -> None:
        self.label.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))


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
