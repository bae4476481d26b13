"""Small panels beside a row or a field: a list to choose from, a line to type into, a few words to record.

They are children of the window, not windows: keys, focus and placing then work alike on every platform.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from . import icons, theme
from .i18n import translate
from .widgets import (
    Button,
    KeyCap,
    Label,
    PrimaryButton,
    Segmented,
    key_cap_size,
    paint_avatar,
    paint_key_cap,
)

#: What chooses the entries of a list, in order: digits, then letters by the position of their key.
CHOICE_KEYS = "1234567890QWERTYUIOPASDFGHJKLZXCVBNM"
_CYRILLIC = dict(zip("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True))


class Popup(QFrame):
    """A panel over the window, closed by Esc, by a press outside of it, or by leaving it; focus goes back."""

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host.window())
        self.hide()
        self._before: QWidget | None = None
        self._open = False
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)

    def first_focus(self) -> QWidget:
        """Where the focus goes when it opens."""
        return self

    def open_at(self, anchor: QRect) -> None:
        """Show beside `anchor` (global): under it, else above, always within the window."""
        self._before = QApplication.focusWidget()
        self._open = True
        self.adjustSize()
        self.move(self._place(anchor))
        self.raise_()
        self.show()
        self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)
        app.focusChanged.connect(self._focus_moved)

    def _place(self, anchor: QRect) -> QPoint:
        window = self.parentWidget()
        u = theme.current().u
        top_left = window.mapFromGlobal(anchor.topLeft())
        below = top_left.y() + anchor.height() + 1
        y = below if below + self.height() <= window.height() - u else top_left.y() - self.height() - 1
        x = min(top_left.x(), window.width() - self.width() - u)
        return QPoint(max(u, x), max(u, min(y, window.height() - self.height() - u)))

    def dismiss(self) -> None:
        """Close without a choice. Closing twice is harmless."""
        if not self._open:
            return
        self._open = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.removeEventFilter(self)
        app.focusChanged.disconnect(self._focus_moved)
        inside = QApplication.focusWidget()
        self.hide()
        if self._before is not None and (inside is None or inside is self or self.isAncestorOf(inside)):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and not self.isAncestorOf(now):
            self._before = None
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if watched is not self and not self.isAncestorOf(watched) and watched.window() is self.window():
                self.dismiss()
        elif event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.dismiss()
        return False

    def event(self, event: QEvent) -> bool:
        # The window's shortcuts rest while a panel is open: its keys are its own.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        inside = [w for w in self.findChildren(QWidget) if self._takes_tab(w)]
        if not inside:
            return False
        now = QApplication.focusWidget()
        at = inside.index(now) if now in inside else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(reason)
        return True

    @staticmethod
    def _takes_tab(widget: QWidget) -> bool:
        return widget.isVisible() and widget.isEnabled() and bool(
            widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        )  # fmt: skip

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("bg-base"))
        painter.setPen(QPen(look.color("line-ctl"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


@dataclass(frozen=True)
class Option:
    """An entry of a list. `note` stands at the right; `person` draws initials instead of an icon."""

    value: Any
    text: str
    icon: str = ""
    token: str = "text2"
    note: str = ""
    person: tuple[str, str] | None = None  # (initials, person id)


class OptionList(QWidget):
    """The lines of a choice, each with its key; arrows move, Enter takes, a key takes at once."""

    taken = Signal(int, bool)  # index, by Enter

    def __init__(self, options: Sequence[Option], current: int = -1, keys: bool = True) -> None:
        super().__init__()
        self._options = list(options)
        self._marked = current
        self._index = max(0, current)
        self._keys = CHOICE_KEYS if keys else ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setMouseTracking(True)
        self._tell()

    def index(self) -> int:
        return self._index

    def set_index(self, index: int) -> None:
        if self._options:
            self._index = index % len(self._options)
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(self._options[self._index].text if self._options else "")

    def _row_height(self) -> int:
        look = theme.current()
        return max(7 * look.u, QFontMetrics(look.font("body")).height() + 2 * look.u)

    def sizeHint(self) -> QSize:
        look = theme.current()
        metrics = QFontMetrics(look.font("strong"))
        widths = [
            metrics.horizontalAdvance(option.text)
            + (metrics.horizontalAdvance(option.note) + 4 * look.u if option.note else 0)
            for option in self._options
        ]
        icon = 6 * look.u if any(o.icon or o.person for o in self._options) else 0
        cap = 9 * look.u if self._keys else 0
        width = max(widths, default=0) + icon + cap + 10 * look.u
        return QSize(min(max(width, 50 * look.u), 110 * look.u), self._row_height() * len(self._options))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose by a digit or a letter; True when the key was one of the list's."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        sign = event.text().upper()
        sign = _CYRILLIC.get(sign, sign)
        at = self._keys.find(sign) if sign else -1
        if 0 <= at < len(self._options):
            self.taken.emit(at, False)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.set_index(self._index + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.set_index(0 if key == Qt.Key.Key_Home else len(self._options) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._options:
            self.taken.emit(self._index, True)
        elif not self.take_key(event):
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y()) // self._row_height()
        if 0 <= at < len(self._options):
            self.set_index(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y()) // self._row_height()
        if 0 <= at < len(self._options):
            self.taken.emit(at, False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        height = self._row_height()
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        has_icons = any(o.icon or o.person for o in self._options)
        for i, option in enumerate(self._options):
            row = QRect(0, i * height, self.width(), height)
            if i == self._index and (self.hasFocus() or self.underMouse()):
                painter.fillRect(row, look.color("bg-sel"))
                painter.fillRect(QRect(row.left(), row.top(), 3, row.height()), look.color("accent"))
            left = row.left() + 3 * u
            if option.person is not None:
                side = 5 * u
                area = QRect(left - u // 2, row.top() + (height - side) // 2, side, side)
                paint_avatar(painter, area, *option.person)
            elif option.icon:
                icons.paint(painter, QRect(left, row.top(), 4 * u, height), option.icon, option.token)
            left += 6 * u if has_icons else 0
            right = row.right() - 2 * u
            if i < len(self._keys):
                size = key_cap_size(self._keys[i])
                cap = QRect(right - size.width(), row.top() + (height - size.height()) // 2, *size.toTuple())
                paint_key_cap(painter, cap, self._keys[i])
                right = cap.left() - 2 * u
            if option.note:
                painter.setFont(look.font("small"))
                painter.setPen(look.color("text2"))
                width = painter.fontMetrics().horizontalAdvance(option.note)
                painter.drawText(QRect(right - width, row.top(), width + 2, height), middle, option.note)
                right -= width + 2 * u
            painter.setFont(look.font("strong" if i == self._marked else "body"))
            painter.setPen(look.color("text"))
            width = right - left
            shown = painter.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, row.top(), width + 2, height), middle, shown)


class ChoicePopup(Popup):
    """One of a few: a digit or letter takes at once, Enter takes and goes on to the next ticket.

    `chosen` carries the option's value and whether to go on.
    """

    chosen = Signal(object, bool)

    def __init__(
        self, host: QWidget, title: str, options: Sequence[Option], current: Any = None, key: str = ""
    ) -> None:
        super().__init__(host)
        u = theme.current().u
        self.setAccessibleName(title)
        self._options = list(options)
        at = next((i for i, option in enumerate(self._options) if option.value == current), -1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 2 * u, 1, 2 * u)
        column.setSpacing(u)
        column.addLayout(_head(title, key))
        self.list = OptionList(self._options, at)
        self.list.setAccessibleName(title)
        self.list.setObjectName("popup.list")
        self.list.taken.connect(self._taken)
        column.addWidget(self.list)

    def first_focus(self) -> QWidget:
        return self.list

    def _taken(self, index: int, go_on: bool) -> None:
        value = self._options[index].value
        self.dismiss()
        self.chosen.emit(value, go_on)


class _Line(QLineEdit):
    """A line whose arrows go to the suggestions below."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class TypedPopup(Popup):
    """A value typed in words, with what was understood shown before Enter, and a few usual values below.

    `parse(text)` gives the value or None, `show(value)` its words. `chosen` carries the value and
    whether to go on.
    """

    chosen = Signal(object, bool)

    def __init__(
        self,
        host: QWidget,
        title: str,
        parse: Callable[[str], Any],
        show: Callable[[Any], str],
        hint: str = "",
        suggestions: Sequence[Option] = (),
        text: str = "",
        key: str = "",
    ) -> None:
        super().__init__(host)
        u = theme.current().u
        self._parse, self._show = parse, show
        self._hint = hint
        self._suggestions = list(suggestions)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 2 * u, 1, 2 * u)
        column.setSpacing(u)
        column.addLayout(_head(title, key))
        inner = QVBoxLayout()
        inner.setContentsMargins(3 * u, 0, 3 * u, 0)
        self.line = _Line(text)
        self.line.setObjectName("popup.line")
        self.line.setAccessibleName(title)
        self.line.setMinimumHeight(7 * u)
        self.line.setMinimumWidth(60 * u)
        self.line.selectAll()
        self.understood = Label("", "small", "text2")
        self.understood.setObjectName("popup.understood")
        inner.addWidget(self.line)
        inner.addWidget(self.understood)
        column.addLayout(inner)
        self.list = OptionList(self._suggestions, keys=False)
        self.list.setObjectName("popup.list")
        self.list.setAccessibleName(translate("Popup", "Usual values"))
        column.addWidget(self.list)
        self.list.setVisible(bool(self._suggestions))  # not before: it would be a window of its own for a moment
        self.line.textChanged.connect(self._understand)
        self.line.returnPressed.connect(self._typed)
        self.line.down.connect(self._to_list)
        self.list.taken.connect(self._picked)
        self._understand()

    def first_focus(self) -> QWidget:
        return self.line

    def value(self) -> Any:
        return self._parse(self.line.text())

    def _understand(self) -> None:
        value = self.value()
        if value is not None:
            self.understood.set_token("ok")
            self.understood.setText(f"= {self._show(value)}")
        elif self.line.text().strip():
            self.understood.set_token("crit")
            self.understood.setText(translate("Popup", "Not understood"))
        else:
            self.understood.set_token("text2")
            self.understood.setText(self._hint)

    def _to_list(self) -> None:
        if self._suggestions:
            self.list.set_index(0)
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self) -> None:
        value = self.value()
        if value is not None:
            self.dismiss()
            self.chosen.emit(value, True)

    def _picked(self, index: int, go_on: bool) -> None:
        value = self._suggestions[index].value
        self.dismiss()
        self.chosen.emit(value, go_on)


class WordPopup(Popup):
    """How somebody said something, and who: consent, or that it is not fixed.

    `recorded` carries (how, who, text).
    """

    recorded = Signal(str, str, str)

    def __init__(
        self,
        host: QWidget,
        title: str,
        button: str,
        who: str = "",
        how: str = "mail",
        with_text: bool = False,
        key: str = "",
    ) -> None:
        super().__init__(host)
        u = theme.current().u
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 2 * u, 1, 3 * u)
        column.setSpacing(2 * u)
        column.addLayout(_head(title, key))
        inner = QVBoxLayout()
        inner.setContentsMargins(3 * u, 0, 3 * u, 0)
        inner.setSpacing(u)
        self._ways = ("mail", "phone", "visit")
        self.how = Segmented(
            [
                translate("Popup", "By mail"),
                translate("Popup", "By phone"),
                translate("Popup", "On site"),
            ]
        )
        self.how.setObjectName("popup.how")
        self.how.setAccessibleName(translate("Popup", "How it was said"))
        self.how.set_index(self._ways.index(how) if how in self._ways else 0)
        self.who = QLineEdit(who)
        self.who.setObjectName("popup.who")
        self.who.setAccessibleName(translate("Popup", "Who said it"))
        self.who.setMinimumHeight(7 * u)
        self.who.setMinimumWidth(70 * u)
        inner.addWidget(self.how)
        inner.addWidget(Label(translate("Popup", "Who said it"), "small", "text2"))
        inner.addWidget(self.who)
        self.text = QLineEdit()
        self.text.setObjectName("popup.text")
        self.text.setAccessibleName(translate("Popup", "What is still wrong"))
        self.text.setMinimumHeight(7 * u)
        if with_text:
            inner.addWidget(Label(translate("Popup", "What is still wrong"), "small", "text2"))
            inner.addWidget(self.text)
        else:
            self.text.hide()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(translate("Popup", "Cancel"), key="Esc")
        cancel.clicked.connect(self.dismiss)
        self.record = PrimaryButton(button, key="Return")
        self.record.setObjectName("popup.record")
        self.record.clicked.connect(self._record)
        buttons.addWidget(cancel)
        buttons.addWidget(self.record)
        inner.addSpacing(u)
        inner.addLayout(buttons)
        column.addLayout(inner)
        self.who.textChanged.connect(self._enable)
        self._enable()

    def first_focus(self) -> QWidget:
        return self.how

    def _enable(self) -> None:
        self.record.setEnabled(bool(self.who.text().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._record()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _record(self) -> None:
        if not self.record.isEnabled():
            self.who.setFocus()
            return
        how, who, text = self._ways[self.how.index()], self.who.text().strip(), self.text.text().strip()
        self.dismiss()
        self.recorded.emit(how, who, text)


def _head(title: str, key: str) -> QHBoxLayout:
    u = theme.current().u
    head = QHBoxLayout()
    head.setContentsMargins(3 * u, 0, 2 * u, 0)
    head.addWidget(Label(title, "strong", "text2"))
    head.addStretch(1)
    if key:
        head.addWidget(KeyCap(key))
    return head
