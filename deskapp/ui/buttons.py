"""Buttons: outlined, filled, as a link, as an icon; one of several; the head of a section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from . import icons, theme
from .chips import key_cap_size, key_text, paint_key_cap
from .style import RADIUS, control_frame

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses:
    """Enter presses the button that has the focus, on every system alike, as Space does; with Ctrl it goes on to
    the form, whose "send" it is: a button of a dialog would take that for a press as well.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()


class WordButton(EnterPresses, QPushButton):
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

    def _text_font(self) -> QFont:
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
        """The key gives way before the words do."""
        hint = self.sizeHint()
        return QSize(self.width_for(self._shown_text(), ""), hint.height()) if self._shown_text() else hint

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
        if self._key and self.width() >= self.sizeHint().width() - 2:
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


class Button(WordButton):
    """The usual button: outlined."""


class PrimaryButton(WordButton):
    """The one filled button of a view."""

    kind = "primary"

    def _text_font(self) -> QFont:
        return theme.current().font("strong")

    def _tokens(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "bg-hover", "line", "line-ctl"
        return "accent-fill", "text" if self.isDown() else "accent-fill", "on-accent"


class DangerButton(WordButton):
    """Outlined in red: what is done in an emergency."""

    kind = "danger"

    def _tokens(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return super()._tokens()
        return ("crit-bg" if self.isDown() or self.underMouse() else "bg-base"), "crit-bar", "crit"


class LinkButton(EnterPresses, QPushButton):
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


class ToolButton(EnterPresses, QToolButton):
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

    accessible_role = "ComboBox"
    chosen = Signal(int)

    def __init__(self, options: Sequence[str] = (), parent: QWidget | None = None, wraps: bool = False) -> None:
        """``wraps``: where the words have no room side by side they go on below."""
        super().__init__(parent)
        self._wraps = wraps
        self._options = list(options)
        self._index = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        across = QSizePolicy.Policy.Maximum if wraps else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
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

    def _row_height(self) -> int:
        look = theme.current()
        return max(6 * look.u, QFontMetrics(look.font("body")).height() + 2 * look.u)

    def _rows(self) -> list[list[int]]:
        """Which options stand side by side."""
        rows: list[list[int]] = [[]]
        left, room = 0, self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 0
        for place, width in enumerate(self._widths()):
            if self._wraps and room and rows[-1] and left + width > room:
                rows.append([])
                left = 0
            rows[-1].append(place)
            left += width
        return rows

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), len(self._rows()) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(max(self._widths(), default=0), hint.height()) if self._wraps else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wraps and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def option_rects(self) -> list[QRect]:
        """Where the words stand."""
        rects, widths, rows = [], self._widths(), self._rows()
        height = self.height() // len(rows)
        for at, row in enumerate(rows):
            left = 0
            for place in row:
                rects.append(QRect(left, at * height, widths[place], height))
                left += widths[place]
        return rects

    def _at(self, point: QPoint) -> int:
        return next((i for i, rect in enumerate(self.option_rects()) if rect.contains(point)), -1)

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
        rects = self.option_rects()
        ends = {row[-1] for row in self._rows() if row}
        for i in ends:
            whole = QRect(0, rects[i].top(), rects[i].right() + 1, rects[i].height())
            control_frame(painter, whole, "bg-base", "line-ctl")
        for i, (rect, text) in enumerate(zip(rects, self._options, strict=True)):
            if rect.left():
                painter.setPen(QPen(look.color("line-ctl"), 1))
                painter.drawLine(rect.left(), rect.top() + 1, rect.left(), rect.bottom() - 1)
            if i == self._index or i == self._hover:
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("bg-sel" if i == self._index else "bg-hover"))
                left = 1
                right = 1 if i in ends else 0
                painter.drawRoundedRect(QRectF(rect).adjusted(left, 1, -right, -1), RADIUS - 2, RADIUS - 2)
                painter.restore()
            painter.setFont(look.font("strong" if i == self._index else "body"))
            painter.setPen(look.color("accent" if i == self._index else "text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class SectionHeader(EnterPresses, QAbstractButton):
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
