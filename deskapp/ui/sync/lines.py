"""The list of the Sync screen: groups with their counts, and a line of two rows for each thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .. import icons, theme

Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ELIDE = Qt.TextElideMode.ElideRight
ROW = Qt.ItemDataRole.UserRole + 1


class Kind(IntEnum):
    GROUP = 0
    CHOICE = 1
    LETTER = 2
    WAITING = 3
    JOINED = 4


@dataclass(frozen=True)
class Line:
    """``payload`` is what the main part shows for it; ``key`` keeps the selection when the list is read anew."""

    kind: Kind
    key: str
    title: str
    note: str = ""
    detail: str = ""
    icon: str = ""
    token: str = "text2"
    note_token: str = "text2"
    payload: Any = None


class LinesModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
        if [one.key for one in lines] == [one.key for one in self.lines]:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.lines[index.row()].kind == Kind.GROUP:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(part for part in (line.title, line.detail, line.note) if part)
        return None


class LinesDelegate(QStyledItemDelegate):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)

    def _heights(self) -> tuple[int, int]:
        look = theme.current()
        return QFontMetrics(look.font("strong")).height(), QFontMetrics(look.font("small")).height()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        u = theme.current().u
        first, second = self._heights()
        line = index.data(ROW)
        if line.kind == Kind.GROUP:
            return QSize(10, max(6 * u, second + 2 * u))
        return QSize(10, max(12 * u, first + second + 4 * u))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(ROW)
        painter.save()
        if line.kind == Kind.GROUP:
            self._group(painter, option.rect, line)
        else:
            self._line(painter, option, line)
        painter.restore()

    def _group(self, painter: QPainter, rect: QRect, line: Line) -> None:
        look = theme.current()
        u = look.u
        painter.fillRect(rect, look.color("bg-alt"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        font = QFont(look.font("small"))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        painter.setPen(look.color("text2"))
        right = rect.right() - 3 * u
        note = metrics.horizontalAdvance(line.detail)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        whole = QFontMetrics(strong).horizontalAdvance(line.title) + metrics.horizontalAdvance(line.note) + 6 * u
        if line.detail and whole + note < rect.width() - 4 * u:
            painter.drawText(QRect(right - note, rect.top(), note + 2, rect.height()), _RIGHT, line.detail)
        painter.setFont(strong)
        left = rect.left() + 4 * u
        title = QFontMetrics(strong).elidedText(line.title, _ELIDE, rect.width() - 12 * u)
        painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), _MIDDLE, title)
        left += QFontMetrics(strong).horizontalAdvance(title) + 2 * u
        painter.setFont(font)
        painter.drawText(QRect(left, rect.top(), rect.width() - left, rect.height()), _MIDDLE, line.note)

    def _line(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        look = theme.current()
        u, rect = look.u, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.color("bg-sel"))
            active = bool(option.state & QStyle.StateFlag.State_Active)
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), look.color("accent" if active else "line-ctl")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("bg-hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("accent"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        first, second = self._heights()
        y = rect.top() + (rect.height() - first - second) // 2
        icons.paint(painter, QRect(rect.left() + 4 * u, y, 4 * u, first), line.icon, line.token)
        left, right = rect.left() + 10 * u, rect.right() - 3 * u
        painter.setFont(look.font("small"))
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(line.note), (right - left) // 2)
        painter.setPen(look.color(line.note_token))
        painter.drawText(
            QRect(right - width, y, width + 2, first), _RIGHT, metrics.elidedText(line.note, _ELIDE, width + 1)
        )
        painter.setFont(look.font("strong" if line.kind == Kind.CHOICE else "body"))
        painter.setPen(look.color("text"))
        room = right - width - 2 * u - left
        title = painter.fontMetrics().elidedText(line.title, _ELIDE, room)
        painter.drawText(QRect(left, y, room + 2, first), _MIDDLE, title)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        detail = painter.fontMetrics().elidedText(line.detail, _ELIDE, right - left)
        painter.drawText(QRect(left, y + first, right - left + 2, second), _MIDDLE, detail)


class Lines(QListView):
    """Arrows and J, K move; ``shown`` carries the line that is the current one, None for none."""

    shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sync.list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.model_ = LinesModel()
        self.setModel(self.model_)
        self.setItemDelegate(LinesDelegate(self))
        self.selectionModel().currentChanged.connect(self._moved)
        theme.current().changed.connect(self.scheduleDelayedItemsLayout)

    def set_lines(self, lines: list[Line]) -> None:
        """Show these; the current one is kept by its key, else the next in its place, else the first."""
        before, place = self.current(), self.currentIndex().row()
        self.model_.set_lines(lines)
        keys = [line.key for line in lines]
        wanted = before.key if before is not None else ""
        row = keys.index(wanted) if wanted in keys else self._near(before, max(0, place))
        if row < 0:
            self.shown.emit(None)
        elif self.currentIndex().row() != row:
            self.setCurrentIndex(self.model_.index(row))
        else:
            self.shown.emit(lines[row])

    def current(self) -> Line | None:
        row = self.currentIndex().row()
        return self.model_.lines[row] if 0 <= row < len(self.model_.lines) else None

    def choose(self, key: str) -> bool:
        """Make the line of this key the current one; whether there is one."""
        for row, line in enumerate(self.model_.lines):
            if line.key == key:
                self.setCurrentIndex(self.model_.index(row))
                return True
        return False

    def move(self, step: int) -> None:
        row = self.currentIndex().row() + step
        while 0 <= row < len(self.model_.lines):
            if self.model_.lines[row].kind != Kind.GROUP:
                self.setCurrentIndex(self.model_.index(row))
                return
            row += step

    def _near(self, before: Line | None, place: int) -> int:
        """Where to go on after a line that is gone: to the nearest of its kind, else to what stands there now."""
        same = [at for at, line in enumerate(self.model_.lines) if before is not None and line.kind == before.kind]
        return min(same, key=lambda at: abs(at - place)) if same else self._real(place)

    def _real(self, row: int) -> int:
        """The line at or after a row, else the last one before it; -1 if there is none."""
        lines = self.model_.lines
        after = [at for at in range(row, len(lines)) if lines[at].kind != Kind.GROUP]
        before = [at for at in range(min(row, len(lines)) - 1, -1, -1) if lines[at].kind != Kind.GROUP]
        return (after or before or [-1])[0]

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        line = self.model_.lines[now.row()] if 0 <= now.row() < len(self.model_.lines) else None
        if line is not None and line.kind != Kind.GROUP:
            self.scrollTo(now)
            self.shown.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the screen's: apply
        else:
            super().keyPressEvent(event)
