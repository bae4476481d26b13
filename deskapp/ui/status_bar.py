"""The line at the bottom: is my work safe, what did I just do, how much of the day is left."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from . import access, icons, theme, words
from .buttons import EnterPresses
from .i18n import fill, translate
from .undo import Line as UndoText
from .widgets import ElidedLabel, KeyCap, Label, LinkButton, Panel
from .widgets import Line as Separator

#: A letter's last seconds, which are not read out one by one.
_SECONDS = re.compile(r"\d+(?=\s\w{1,3}\.?$)")


class SyncState(NamedTuple):
    """What the chip shows. `kind`: alone, fresh, working, stale, offline, conflict, error, clock, read_only.

    `at`: last synchronised; `count` and `total`: done of all (working), waiting (offline), choices
    (conflict); `minutes`: how fast the clock is, negative if slow.
    """

    kind: str = "alone"
    at: datetime | None = None
    count: int = 0
    total: int = 0
    minutes: int = 0


_LOOKS = {
    "alone": ("dot", "ok-bar", "ok"),
    "fresh": ("dot", "ok-bar", "ok"),
    "working": ("refresh-cw", "text2", "text2"),
    "stale": ("dot", "high-bar", "high"),
    "offline": ("cloud-off", "high", "high"),
    "conflict": ("git-fork", "crit", "crit"),
    "error": ("triangle-alert", "crit", "crit"),
    "clock": ("clock", "crit", "crit"),
    "read_only": ("lock", "text2", "text2"),
}


def sync_words(state: SyncState, now: datetime) -> str:
    ago = words.Times(zone=now.tzinfo, now=now).ago(state.at) if state.at else ""  # type: ignore[arg-type]
    if state.kind == "fresh":
        return fill(translate("SyncChip", "Synced %1 ago"), ago)
    if state.kind == "working":
        return fill(translate("SyncChip", "Syncing, %1 of %2"), state.count, state.total)
    if state.kind == "stale":
        return fill(translate("SyncChip", "Last synced %1 ago"), ago)
    if state.kind == "offline" and state.count:
        waiting = translate("SyncChip", "%n note(s) waiting", None, state.count)
        return fill(translate("SyncChip", "Offline, %1"), waiting)
    if state.kind == "offline":
        return translate("SyncChip", "Offline, all saved here")
    if state.kind == "conflict":
        return fill(translate("SyncChip", "Your choice needed: %1"), state.count)
    if state.kind == "error":
        return translate("SyncChip", "Sync failed")
    if state.kind == "clock":
        off = (
            translate("SyncChip", "Clock is %1 fast")
            if state.minutes >= 0
            else translate("SyncChip", "Clock is %1 slow")
        )
        return fill(off, words.duration(abs(state.minutes)))
    if state.kind == "read_only":
        return translate("SyncChip", "Read only")
    return translate("SyncChip", "All saved here")


class SyncChip(EnterPresses, QAbstractButton):
    """Glyph and words; its width is kept for the longest text of its kind, so that a counter moves nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sync.chip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._state = SyncState()
        self._widest = ""
        theme.current().changed.connect(self.updateGeometry)

    def set_state(self, state: SyncState, now: datetime) -> None:
        kind_changed = state.kind != self._state.kind
        self._state = state
        text = sync_words(state, now)
        if kind_changed or not self._widest:
            self._widest = text
        metrics = QFontMetrics(theme.current().font("small"))
        if metrics.horizontalAdvance(_wide(text)) > metrics.horizontalAdvance(_wide(self._widest)) or kind_changed:
            self._widest = text
            self.updateGeometry()
        self.setText(text)
        self.setAccessibleName(text)
        if kind_changed:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    def state(self) -> SyncState:
        return self._state

    def sizeHint(self) -> QSize:
        look = theme.current()
        width = QFontMetrics(_strong_small()).horizontalAdvance(_wide(self._widest))
        return QSize(width + 8 * look.u, 6 * look.u)

    def paintEvent(self, _event: Any) -> None:
        look = theme.current()
        u = look.u
        icon, icon_token, token = _LOOKS.get(self._state.kind, _LOOKS["alone"])
        painter = QPainter(self)
        side = 2 * u + 1 if icon == "dot" else 3 * u + 2
        icons.paint(painter, QRect(u, 0, side, self.height()), icon, icon_token)
        painter.setFont(_strong_small())
        painter.setPen(look.color(token))
        area = self.rect().adjusted(u + side + 6, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


def _wide(text: str) -> str:
    """The text with room for figures of two digits."""
    digits = sum(letter.isdigit() for letter in text)
    return "".join("0" if letter.isdigit() else letter for letter in text) + ("0" if digits == 1 else "")


def _strong_small():  # type: ignore[no-untyped-def]
    font = theme.current().font("small")
    font.setWeight(theme.current().font("strong").weight())
    return font


class UndoLine(QWidget):
    """The last act and the way back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undo.line")
        self.text = ElidedLabel(role="small")
        self.text.setObjectName("undo.text")
        self.link = LinkButton(role="small")
        self.link.setObjectName("undo.link")
        self.key = KeyCap("Ctrl+Z")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.current().u)
        row.addWidget(self.text, 1000)
        row.addWidget(self.link)
        row.addWidget(self.key)
        row.addStretch(1)
        self.show_line(UndoText())

    def show_line(self, line: UndoText) -> None:
        self.text.setText(line.text)
        self.text.setMaximumWidth(self.text.sizeHint().width())
        self.link.setText(line.link)
        self.link.updateGeometry()
        self.link.setVisible(bool(line.link))
        self.key.setVisible(line.act in ("undo", "redo"))
        self.key.set_key("Ctrl+Y" if line.act == "redo" else "Ctrl+Z")
        before = self.accessibleName()
        self.setAccessibleName(line.text)
        if _SECONDS.sub("", line.text) != _SECONDS.sub("", before) and self.window().isActiveWindow():
            access.say(self, line.text)  # nobody's focus is ever here


class StatusBar(Panel):
    """Sync chip, mail, undo line, working day, clock."""

    sync_pressed = Signal()
    link_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-window", "t", parent)
        self.setObjectName("status")
        self.sync = SyncChip()
        self.sync.clicked.connect(self.sync_pressed)
        self.mail = Label(role="small", token="text2")
        self.mail.setObjectName("status.mail")
        self.undo = UndoLine()
        self.undo.link.clicked.connect(self.link_pressed)
        self.day = Label(role="small", token="text2")
        self.day.setObjectName("status.day")
        self.clock = Label(role="small", token="text2")
        self.clock.setObjectName("status.clock")
        self._row = QHBoxLayout(self)
        self._lines = [Separator(vertical=True) for _ in range(3)]
        self._row.addWidget(self.sync)
        self._row.addWidget(self._lines[0])
        self._row.addWidget(self.mail)
        self._row.addWidget(self._lines[1])
        self._row.addWidget(self.undo, 1)
        self._row.addWidget(self.day)
        self._row.addWidget(self._lines[2])
        self._row.addWidget(self.clock)
        theme.current().changed.connect(self._measure)
        self._measure()
        self.set_mail("")
        self.set_day("")
        self.show_line(UndoText())

    def _measure(self) -> None:
        u = theme.current().u
        self.setFixedHeight(round(6.5 * u))
        self._row.setContentsMargins(2 * u, 1, 4 * u, 0)
        self._row.setSpacing(3 * u)
        for line in self._lines:
            line.setFixedHeight(3 * u)

    def set_mail(self, text: str) -> None:
        self.mail.setText(text)
        self.mail.setVisible(bool(text))
        self._lines[0].setVisible(bool(text))

    def set_day(self, text: str) -> None:
        self.day.setText(text)
        self.day.setVisible(bool(text))
        self._lines[2].setVisible(bool(text))

    def set_clock(self, text: str) -> None:
        self.clock.setText(text)

    def show_line(self, line: UndoText) -> None:
        self.undo.show_line(line)
        self._lines[1].setVisible(bool(line.text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.sync.updateGeometry()
        super().changeEvent(event)
