"""The calendar as a table: the same blocks, row by row, for those who read with a screen reader or prefer lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ...desk.values import CalendarBlock, Shift
from .. import chosen, theme, words
from ..i18n import translate
from ..words import Times
from . import texts
from .rows import Board

BLOCK_ROLE = Qt.ItemDataRole.UserRole
PERSON, DAY, FROM, TO, TICKET, CUSTOMER, STATE, PROMISE, SLACK = range(9)
#: Rows by which columns are made wide; measuring all of a long plan would be felt.
_MEASURED = 100


def _titles() -> tuple[str, ...]:
    return (
        translate("Calendar", "Person"),
        translate("Calendar", "Day"),
        translate("Calendar", "From"),
        translate("Calendar", "To"),
        translate("Calendar", "Ticket"),
        translate("Calendar", "Customer"),
        translate("Calendar", "State"),
        translate("Calendar", "Promise"),
        translate("Calendar", "Slack"),
    )


class PlanTableModel(QAbstractTableModel):
    """One row a block or a shift of duty, by person and time, as the board has them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, CalendarBlock | Shift]] = []
        self._times: Times | None = None

    def set_board(self, board: Board, times: Times) -> None:
        self.beginResetModel()
        self._rows = [
            (row.person.name, entry)
            for row in board.rows
            for entry in sorted((*row.source.duty, *row.blocks), key=lambda entry: entry.start)
        ]
        self._times = times
        self.endResetModel()

    def row_of(self, block_id: str) -> int:
        """The block's row, -1 if there is none."""
        return next((i for i, (_, block) in enumerate(self._rows) if block.id == block_id), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else SLACK + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            titles = _titles()
            return titles[section] if 0 <= section < len(titles) else None
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows) or self._times is None:
            return None
        person, block = self._rows[index.row()]
        column = index.column()
        if role == BLOCK_ROLE:
            return block
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(person, block, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column != PERSON:
            return f"{_titles()[column]}: {self._text(person, block, column)}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            # The first cell tells the whole row, the others what they are.
            if isinstance(block, Shift):
                return ", ".join((person, texts.duty_sentence(block, self._times)))
            return texts.block_sentence(block, person, self._times)
        if isinstance(block, Shift):
            return None
        if role == Qt.ItemDataRole.ForegroundRole and column == SLACK:
            late = block.state != "done" and block.slack is not None and block.slack < 0
            return theme.current().color("crit") if late else None
        if role == Qt.ItemDataRole.FontRole and column == TICKET:
            return theme.current().font("strong")
        return None

    def _text(self, person: str, block: CalendarBlock | Shift, column: int) -> str:
        assert self._times is not None
        times = self._times
        if column == PERSON:
            return person
        if column == DAY:
            return words.date_short(times.local(block.start).date())
        if column == FROM:
            return times.time(block.start)
        if column == TO:
            first, last = times.local(block.start).date(), times.local(block.end).date()
            if first == last:
                return times.time(block.end)
            day = words.weekday_short(last) if (last - first).days < 7 else words.date_short(last)
            return words.NBSP.join((day, times.time(block.end)))
        if isinstance(block, Shift):
            return {CUSTOMER: block.note, STATE: translate("Calendar", "On duty")}.get(column, "")
        if column == TICKET:
            return words.number(block.number) if block.kind != "travel" else texts.kind_word(block)
        if column == CUSTOMER:
            return texts.about(block) if block.part == 1 else block.customer
        if column == STATE:
            return texts.state_word(block)
        if column == PROMISE:
            return times.moment(block.promised_at) if block.promised_at is not None else ""
        if block.slack is None or block.state == "done":
            return ""
        return words.slack(block.slack)


class _Roomy(QStyledItemDelegate):
    """Cells with air behind their text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(4 * theme.current().u, 0)


class PlanTable(QTableView):
    """The view of it; its rows take the same commands as the blocks of the board."""

    selected = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar.table")
        self.plan = PlanTableModel(self)
        self.setModel(self.plan)
        self.setItemDelegate(_Roomy(self))
        self.key_handler: Callable[[QKeyEvent], bool] | None = None
        chosen.whole_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(False)
        head.setResizeContentsPrecision(_MEASURED)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(self._opened)
        theme.current().changed.connect(self._relook)
        self._quiet = False
        self._unmeasured = False
        self.say()
        self._relook()

    def say(self) -> None:
        self.setAccessibleName(translate("Calendar", "Plan as a table"))
        self.plan.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, SLACK)

    def _relook(self) -> None:
        u = theme.current().u
        self.verticalHeader().setDefaultSectionSize(max(30, self.fontMetrics().height() + 3 * u))
        self.horizontalHeader().setMinimumHeight(max(28, self.fontMetrics().height() + 3 * u))
        self.viewport().update()

    def set_board(self, board: Board, times: Times, selected: str) -> None:
        """Show these blocks, with the given one current."""
        self._quiet = True
        self.plan.set_board(board, times)
        self.horizontalHeader().setSectionResizeMode(CUSTOMER, QHeaderView.ResizeMode.Stretch)
        self._unmeasured = True
        if self.isVisible():
            self._measure_columns()
        self.select(selected)
        self._quiet = False

    def _measure_columns(self) -> None:
        """By the first rows, and only while somebody looks: the board, whose twin this is, shows the same plan."""
        self._unmeasured = False
        for column in range(SLACK + 1):
            if column != CUSTOMER:
                self.resizeColumnToContents(column)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unmeasured:
            self._measure_columns()

    def select(self, block_id: str) -> None:
        row = self.plan.row_of(block_id)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.plan.index(row, max(0, self.currentIndex().column())))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        entry = current.data(BLOCK_ROLE) if current.isValid() else None
        if entry is not None and not self._quiet:
            self.selected.emit(entry.id if isinstance(entry, CalendarBlock) else "")  # a shift takes no commands

    def _opened(self, index: QModelIndex) -> None:
        block = index.data(BLOCK_ROLE)
        if isinstance(block, CalendarBlock):
            self.opened.emit(block.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The current row stays in sight when the preview bar takes its place below."""
        super().resizeEvent(event)
        if self.currentIndex().isValid() and event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.key_handler is not None and self.key_handler(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)
