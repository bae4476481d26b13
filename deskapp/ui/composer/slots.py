"""The three slots of a promise as cards, and the further ones as a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...desk.values import Directory
from ...planning.values import Slot
from .. import chosen, icons, reasons, theme, words
from ..i18n import translate
from ..style import control_frame
from ..widgets import Button, Label, key_cap_size, paint_avatar, paint_key_cap

CARDS = 3
_REASON_LINES = 2


class SlotCard(QAbstractButton):
    """Who, until when (large), when the work happens, why, and what it does to others."""

    def __init__(self, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ordinal = ordinal
        self.setObjectName(f"composer.promise.slot.{ordinal}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.slot: Slot | None = None
        self.stale = False
        self._lines = _REASON_LINES
        self._name = self._initials = self._date = self._when = self._reasons = ""
        self._effect = reasons.Effect("check", "ok", "")
        theme.current().changed.connect(self._relook)

    def set_slot(self, slot: Slot, directory: Directory, times: words.Times) -> None:
        person = directory.people.get(slot.person_id)
        self.slot = slot
        self.stale = False
        self._name = person.name if person else slot.person_id
        self._initials = person.initials if person else ""
        self._date = times.moment(slot.promise)
        self._when = reasons.when(slot, times)
        self._reasons = reasons.reasons(slot, directory, times)
        self._effect = reasons.effect(slot)
        lines = (self._name, self._date, self._when, self._reasons, self._effect.text)
        self.setAccessibleName(". ".join(line.rstrip(".") for line in lines if line))
        self.setToolTip("\n".join(line for line in lines if line))
        self.update()

    def set_stale(self, stale: bool) -> None:
        """While the planner works the old card stays, marked."""
        self.stale = stale
        self.update()

    def set_lines(self, lines: int) -> None:
        """How many its reasons may take: none where there is little height; the tooltip has them all."""
        if lines != self._lines:
            self._lines = lines
            self._relook()

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        u = look.u
        small = QFontMetrics(look.font("small")).height()
        title = QFontMetrics(look.font("title")).height()
        height = 6 * u + 2 * u + title + small + u + self._lines * small + 2 * u + small + 5 * u
        return QSize(48 * u, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(36 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        chosen = self.isChecked()
        hover = self.underMouse() and self.isEnabled()
        fill_token = "accent-bg" if chosen else "bg-hover" if hover else "bg-base"
        control_frame(painter, self.rect(), fill_token, "accent" if chosen else "line-ctl", 2.0 if chosen else 1.0)
        area = self.rect().adjusted(3 * u, 2 * u + 2, -3 * u, -2 * u)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft

        key, cap = self._key(area.width() - 8 * u)
        row = QRect(area.left(), area.top(), area.width(), 6 * u)
        paint_avatar(painter, QRect(row.left(), row.top(), 6 * u, 6 * u), self._initials, self._id())
        if cap.width():
            spot = QRect(row.right() - cap.width() + 1, row.center().y() - cap.height() // 2, cap.width(), cap.height())
            paint_key_cap(painter, spot, key)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text"))
        name = QRect(
            row.left() + 8 * u,
            row.top(),
            row.width() - 8 * u - (cap.width() + u if cap.width() else 0),
            row.height(),
        )
        _line(painter, name, middle, self._name)

        top = row.bottom() + 2 * u
        top = self._text_line(painter, area, top, "title", "text", self._date)
        top = self._text_line(painter, area, top, "small", "text2", self._when) + u
        self._wrapped(painter, QRect(area.left(), top, area.width(), area.bottom() - top), self._reasons)

        small = QFontMetrics(look.font("small")).height()
        bottom = QRect(area.left(), area.bottom() - small + 1, area.width(), small)
        icons.paint(
            painter,
            QRect(bottom.left(), bottom.top(), 3 * u + 1, bottom.height()),
            self._effect.icon,
            self._effect.token,
        )
        bottom.setLeft(bottom.left() + 5 * u)
        painter.setFont(look.fitting_font(self._effect.text, bottom.width(), "small", "caption"))
        painter.setPen(look.color(self._effect.token))
        _line(painter, bottom, middle, self._effect.text)

    def _key(self, width: int) -> tuple[str, QSize]:
        """What stands in the corner, and its room: the key as long as the name is not cut for it."""
        u = theme.current().u
        name = QFontMetrics(theme.current().font("body")).horizontalAdvance(self._name) + 2 * u
        if self.stale:
            key = translate("SlotCard", "computing")
            return key, key_cap_size(key)
        for key in (f"Alt {self.ordinal}", str(self.ordinal)):
            size = key_cap_size(key)
            if name + size.width() <= width:
                return key, size
        return "", QSize(0, 0)

    def inner_width(self) -> int:
        return self.width() - 6 * theme.current().u

    def date_font(self) -> QFont:
        """The date is never cut: where there is little room it is written smaller."""
        roles = ("title", "heading", "strong", "small", "caption")
        return theme.current().fitting_font(self._date, self.inner_width(), *roles)

    def date(self) -> str:
        return self._date

    def _id(self) -> str:
        return self.slot.person_id if self.slot else ""

    def _text_line(self, painter: QPainter, area: QRect, top: int, role: str, token: str, text: str) -> int:
        look = theme.current()
        painter.setFont(self.date_font() if role == "title" else look.font(role))
        painter.setPen(look.color(token))
        height = QFontMetrics(look.font(role)).height()
        _line(painter, QRect(area.left(), top, area.width(), height), Qt.AlignmentFlag.AlignVCenter, text)
        return top + height

    def _wrapped(self, painter: QPainter, area: QRect, text: str) -> None:
        """As many lines as there is room for, the last one shortened."""
        look = theme.current()
        font = look.font("small")
        metrics = QFontMetrics(font)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        painter.setFont(font)
        painter.setPen(look.color("text"))
        layout.beginLayout()
        for number in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            start, length = line.textStart(), line.textLength()
            rest = text[start:] if number == self._lines - 1 else text[start : start + length]
            spot = QRect(area.left(), area.top() + number * metrics.height(), area.width(), metrics.height())
            _line(painter, spot, Qt.AlignmentFlag.AlignVCenter, rest.strip())
        layout.endLayout()


def _line(painter: QPainter, rect: QRect, flags: Qt.AlignmentFlag, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    if shown != text:  # half a figure would be another figure
        shown = re.sub(r"\s*\d+\u2026$", "\u2026", shown)
    painter.drawText(rect, flags | Qt.AlignmentFlag.AlignLeft, shown)


class NoSlots(QWidget):
    """In place of the cards: why there are none, and what can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer.promise.problem")
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        column.setSpacing(2 * u)
        self.text = Label("", "strong")
        self.text.setWordWrap(True)
        self.more = Label("", "small", "text2")
        self.more.setWordWrap(True)
        column.addWidget(self.text)
        column.addWidget(self.more)
        self._ways = QGridLayout()
        self._ways.setSpacing(2 * u)
        column.addLayout(self._ways)
        column.addStretch(1)
        theme.current().changed.connect(self.update)

    def set(self, text: str, more: str = "", ways: Sequence[tuple[str, str, Any]] = ()) -> None:
        """``ways``: (words, key, what to do). The key is only drawn; the page listens to it."""
        self.text.setText(text)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.setAccessibleName(text)
        while (item := self._ways.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        columns = 4 if all(len(label) <= 12 for label, _key, _act in ways) else 2
        for number, (label, key, act) in enumerate(ways, 1):
            button = Button(label, key=key)
            button.setObjectName(f"composer.promise.way.{number}")
            button.setAccessibleName(label)
            button.clicked.connect(act)
            self._ways.addWidget(button, (number - 1) // columns, (number - 1) % columns, Qt.AlignmentFlag.AlignLeft)
        self._ways.setColumnStretch(4, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        control_frame(QPainter(self), self.rect(), "bg-base", "line-ctl")


class SlotTable(QAbstractTableModel):
    """Further slots: person, promised, begins, pieces, effect."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Slot, tuple[str, ...]]] = []

    def set_slots(self, slots: Sequence[Slot], directory: Directory, times: words.Times) -> None:
        self.beginResetModel()
        self._rows = []
        for slot in slots:
            person = directory.people.get(slot.person_id)
            begins = times.moment(slot.pieces[0].start) if slot.pieces else ""
            self._rows.append(
                (
                    slot,
                    (
                        person.name if person else slot.person_id,
                        times.moment(slot.promise),
                        begins,
                        reasons.parts(len(slot.pieces)),
                        reasons.effect(slot).text,
                    ),
                )
            )
        self.endResetModel()

    def slot(self, row: int) -> Slot:
        return self._rows[row][0]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("SlotTable", "Specialist"),
            translate("SlotTable", "Promise"),
            translate("SlotTable", "Begins"),
            translate("SlotTable", "Pieces"),
            translate("SlotTable", "Effect"),
        )[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        slot, texts = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(texts) if index.column() == 0 else texts[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 4:
            return theme.current().color(reasons.effect(slot).token)
        return None


class MoreSlots(QWidget):
    """The table with its head; Enter takes a row, Esc goes back to the cards."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u)
        self._title = Label("", "small", "text2")
        column.addWidget(self._title)
        self.model = SlotTable(self)
        self.view = _Table()
        self.view.setObjectName("composer.promise.more")
        self.view.setAccessibleName(self.tr("More slots"))
        self.view.setModel(self.model)
        self.view.entered_row.connect(self._take)
        self.view.left.connect(self.closed)
        column.addWidget(self.view, 1)

    def set_slots(self, slots: Sequence[Slot], directory: Directory, times: words.Times) -> None:
        self.model.set_slots(slots, directory, times)
        n = len(slots)
        self._title.setText(translate("MoreSlots", "%n more slot(s). Enter takes one, Esc goes back.", None, n))
        self.view.resizeColumnsToContents()
        if slots:
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _take(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            self.taken.emit(self.model.slot(row))


class _Table(QTableView):
    entered_row = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        chosen.whole_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(max(30, 7 * theme.current().u))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self.entered_row.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.entered_row.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
