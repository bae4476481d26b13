"""A table to read and to choose from: rows of any kind, groups between them, chips in cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from .. import chosen, theme
from ..chips import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
CELL = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. ``chip``: a colour family, the text is painted as a chip; ``token``: the text's colour."""

    text: str
    token: str = "text"
    chip: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Column:
    """``width`` in units, 0 shares what is left; ``make`` gives the cell of a row."""

    title: str
    make: Callable[[Any], Cell]
    width: int = 0
    right: bool = False


@dataclass(frozen=True)
class Group:
    """A line over the rows behind it."""

    title: str


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[Column] = ()
        self.rows: list[Any] = []

    def set(self, columns: Sequence[Column], rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                title = self.columns[section].title
                # the words stand over those of the cells, which have room at their left
                return title if self.columns[section].right else f"\u00a0\u00a0\u00a0{title}"
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, Group):
            return row.title if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        cell = self.columns[index.column()].make(row)
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        return None


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        u, rect = look.u, option.rect
        row = index.data(ROW)
        painter.save()
        if isinstance(row, Group):
            painter.fillRect(rect, look.color("bg-alt"))
            painter.setFont(look.font("strong"))
            painter.setPen(look.color("text2"))
            area = rect.adjusted(3 * u, 0, -2 * u, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.title)
            painter.restore()
            return
        chosen.paint_ground(painter, option, begins=index.column() == 0)
        cell: Cell = index.data(CELL)
        column = index.model().columns[index.column()]  # type: ignore[attr-defined]
        area = rect.adjusted(3 * u, 0, -2 * u, 0)
        if cell.chip and cell.text:
            metrics = QFontMetrics(look.font("small"))
            size = chip_size(cell.text, None, metrics)
            width = min(size.width(), area.width())
            chip = QRect(area.left(), area.top() + (area.height() - size.height()) // 2, width, size.height())
            paint_chip(painter, chip, cell.text, cell.chip)
        else:
            painter.setFont(look.font("strong" if cell.strong else "body"))
            painter.setPen(look.color(cell.token))
            shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, area.width())
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class PickTable(QTableView):
    """``picked`` carries the row under the cursor, ``opened`` the one that Enter or a double click took."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, title: str, key: Callable[[Any], str]) -> None:
        super().__init__()
        chosen.prepare(self, name, title)
        self._key = key
        self._rows = _Model()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        chosen.whole_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.activated.connect(self._open)
        theme.current().changed.connect(self._measure)

    def rows(self) -> Sequence[Any]:
        return tuple(self._rows.rows)

    def current(self) -> Any:
        row = self.currentIndex().data(ROW)
        return None if isinstance(row, Group) else row

    def set_rows(self, columns: Sequence[Column], rows: Sequence[Any], wanted: str = "") -> None:
        """Show them; the chosen one, or ``wanted``, stays chosen, else the first."""
        now = self.current()
        keep = wanted or (self._key(now) if now is not None else "")
        with chosen.quiet(self):
            self._rows.set(columns, rows)
        self.clearSpans()
        for place, row in enumerate(rows):
            if isinstance(row, Group):
                self.setSpan(place, 0, 1, max(1, len(columns)))
        self._measure()
        place = chosen.place_of([None if isinstance(row, Group) else row for row in rows], self._key, keep)
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))
        else:
            self.picked.emit(None)

    def _measure(self) -> None:
        look = theme.current()
        height = max(30, QFontMetrics(look.font("body")).height() + 3 * look.u)
        self.verticalHeader().setDefaultSectionSize(height)
        self._share_out()

    def _share_out(self) -> None:
        u = theme.current().u
        columns = self._rows.columns
        if not columns:
            return
        room = self.viewport().width()
        fixed = sum(column.width * u for column in columns)
        free = [place for place, column in enumerate(columns) if not column.width]
        each = max(24 * u, (room - fixed) // max(1, len(free)))
        shrink = min(1.0, room / max(1, fixed + each * len(free)))
        for place, column in enumerate(columns):
            self.setColumnWidth(place, int((column.width * u if column.width else each) * shrink))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = now.data(ROW)
        if row is not None and not isinstance(row, Group):
            self.picked.emit(row)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is not None and not isinstance(row, Group):
            self.opened.emit(row)
