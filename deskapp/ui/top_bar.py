"""The bar over the screen: its title, the omnibox, the running timer, and the two ways to make a ticket."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from . import icons, theme, words
from .buttons import WordButton
from .style import control_frame
from .widgets import (
    Button,
    Label,
    Panel,
    PrimaryButton,
    key_cap_size,
    key_text,
    paint_avatar,
    paint_key_cap,
)

_CALL_KEY, _NEW_KEY = "F4", "Ctrl+N"


class Omnibox(QLineEdit):
    """Search and commands in one field; the palette opens under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("palette.input")
        self._key = ""
        self._measure()
        theme.current().changed.connect(self._measure)

    def set_key(self, key: str) -> None:
        self._key = key_text(key)
        self._measure()

    def _measure(self) -> None:
        u = theme.current().u
        self.setFixedHeight(8 * u - 2)
        right = key_cap_size(self._key).width() + 3 * u if self._key else 2 * u
        self.setTextMargins(7 * u, 0, right, 0)
        self.update()

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        u = theme.current().u
        painter = QPainter(self)
        icons.paint(painter, QRect(3 * u, 0, 4 * u, self.height()), "search", "text2")
        if self._key and not self.text():
            size = key_cap_size(self._key)
            top = (self.height() - size.height()) // 2
            paint_key_cap(
                painter,
                QRect(self.width() - size.width() - 2 * u, top, size.width(), size.height()),
                self._key,
            )


class TimerChip(WordButton):
    """The running timer: number, time, and whether it runs. Click stops or starts it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("timer")
        self.setAccessibleName(self.tr("Timer"))
        self._number: int | None = None
        self._base = 0.0
        self._since: float | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._tell)
        self.hide()

    def set_state(self, number: int | None, seconds: float, running: bool, shown: bool = True) -> None:
        """`seconds` have run so far on the ticket `number`; without a timer `shown` is False."""
        self._number, self._base = number, seconds
        self._since = time.monotonic() if running else None
        self.setVisible(shown)
        self._tick.start() if running and shown else self._tick.stop()
        self._tell()

    def seconds(self) -> int:
        return int(self._base + (time.monotonic() - self._since if self._since is not None else 0))

    def _tell(self) -> None:
        minutes, seconds = divmod(self.seconds(), 60)
        hours, minutes = divmod(minutes, 60)
        self.setText(f"{words.number(self._number)}  {hours}:{minutes:02}:{seconds:02}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        u = look.u
        # The digits change every second; the width is that of the widest ones.
        widest = "".join("0" if letter.isdigit() else letter for letter in self.text())
        width = QFontMetrics(look.font("strong")).horizontalAdvance(widest)
        return QSize(width + 15 * u, super().sizeHint().height())

    def paintEvent(self, _event: Any) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        running = self._since is not None
        token = "ok" if running else "low"
        control_frame(painter, self.rect(), f"{token}-bg", f"{token}-bar")
        icons.paint(painter, QRect(3 * u, 0, 2 * u, self.height()), "dot", f"{token}-bar")
        painter.setFont(look.font("strong"))
        painter.setPen(look.color(token))
        area = self.rect().adjusted(6 * u, 0, -7 * u, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        icon = QRect(self.width() - 6 * u, 0, 3 * u, self.height())
        icons.paint(painter, icon, "pause" if running else "play", token)


class _Me(QToolButton):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("me")
        self.setFixedSize(32, 32)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.initials, self.person_id = "", ""

    def paintEvent(self, _event: Any) -> None:
        paint_avatar(QPainter(self), self.rect().adjusted(2, 2, -2, -2), self.initials, self.person_id)


class TopBar(Panel):
    call_wanted = Signal()
    new_wanted = Signal()
    timer_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-window", "b", parent)
        self.title = Label(role="title")
        self.title.setObjectName("screen.title")
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.omnibox = Omnibox()
        self.timer = TimerChip()
        self.timer.clicked.connect(self.timer_pressed)
        self.call = Button(icon="phone", key=_CALL_KEY)
        self.call.setObjectName("call")
        self.call.clicked.connect(self.call_wanted)
        self.new = PrimaryButton(icon="plus", key=_NEW_KEY)
        self.new.setObjectName("new")
        self.new.clicked.connect(self.new_wanted)
        self.me = _Me()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.title)
        self._row.addStretch(3)
        self._row.addWidget(self.omnibox, 100)
        self._row.addStretch(10)
        for widget in (self.timer, self.call, self.new, self.me):
            self._row.addWidget(widget)
        theme.current().changed.connect(self._measure)
        self.say()
        self._measure()

    def _measure(self) -> None:
        u = theme.current().u
        self.setFixedHeight(12 * u)
        self._row.setContentsMargins(4 * u + 2, 0, 5 * u, 0)
        self._row.setSpacing(2 * u)
        self.omnibox.setMaximumWidth(100 * u)
        self._fit()

    def say(self) -> None:
        self.omnibox.setPlaceholderText(self.tr("Find a ticket, a customer or a command"))
        self.omnibox.setAccessibleName(self.tr("Find a ticket, a customer or a command"))
        self.call.setText(self.tr("Call"))
        self.new.setText(self.tr("New ticket"))

    def set_me(self, initials: str, person_id: str, name: str) -> None:
        self.me.initials, self.me.person_id = initials, person_id
        self.me.setToolTip(name)
        self.me.setAccessibleName(name)
        self.me.update()

    def _widths(self, step: int) -> list[int]:
        """What each part needs when `step` things were given up."""
        u = theme.current().u
        title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 2
        widths = [max(title, 48 * u if step < 2 else 0), (45 if step < 2 else 30) * u]
        for place, (button, key) in enumerate(((self.call, _CALL_KEY), (self.new, _NEW_KEY))):
            if not button.isHidden():
                text = button.text() if step < 3 + place else ""
                widths.append(button.width_for(text, key if step < 1 else ""))
        if not self.timer.isHidden():
            widths.append(self.timer.sizeHint().width())
        return [*widths, self.me.width()]

    def _fit(self) -> None:
        """Give up, one after the other, what matters least: keys, room, the words of Call, those of New ticket."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        step = 0
        while step < 4:
            widths = self._widths(step)
            if sum(widths) + (len(widths) - 1) * self._row.spacing() <= room:
                break
            step += 1
        title, omnibox = self._widths(step)[:2]
        self.title.setMinimumWidth(title)
        self.omnibox.setMinimumWidth(omnibox)
        self.call.set_key(_CALL_KEY if step < 1 else "")
        self.new.set_key(_NEW_KEY if step < 1 else "")
        self.call.set_bare(step >= 3)
        self.new.set_bare(step >= 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)
