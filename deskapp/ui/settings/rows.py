"""Lists of rows: one to choose from beside a form, and a table whose cells are edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...desk import effort
from .. import theme, typed_days, words
from ..i18n import translate
from ..widgets import Button, paint_nothing

_Index = QModelIndex | QPersistentModelIndex


class TallRows(QStyledItemDelegate):
    """Rows of a list that are easy to hit."""

    def sizeHint(self, option: Any, index: _Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(30, 7 * theme.current().u, hint.height()))


class _Names(QListView):
    """Says so where there is nothing yet."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and not self.model().rowCount():
            paint_nothing(self, translate("Settings pages", "Nothing here yet."))


class RowList(QWidget):
    """Names of rows; ``chosen`` carries an id. The add button stands below."""

    chosen = Signal(str)
    added = Signal()

    def __init__(self, name: str, title: str, add: str, width: int = 52) -> None:
        super().__init__()
        u = theme.current().u
        self.ids: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        self._model = QStringListModel(self)
        self.view = _Names()
        self.view.setObjectName(f"{name}.list")
        self.view.setAccessibleName(title)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setModel(self._model)
        self.view.setItemDelegate(TallRows(self.view))
        self.view.setMinimumHeight(40 * u)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a long name is shortened
        self.view.selectionModel().currentChanged.connect(self._moved)
        column.addWidget(self.view, 1)
        self.add = Button(add, "plus")
        self.add.setObjectName(f"{name}.add")
        self.add.setAccessibleName(add)
        self.add.clicked.connect(self.added)
        column.addWidget(self.add)
        self.setFixedWidth(width * u)

    def set_rows(self, rows: Sequence[tuple[str, str]], keep: str = "") -> None:
        """(id, name) in order; the chosen one is kept by id, else the first."""
        wanted = keep or self.current()
        self.ids = [row_id for row_id, _ in rows]
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self._model.setStringList([name for _, name in rows])
        selection.blockSignals(False)
        place = self.ids.index(wanted) if wanted in self.ids else 0
        if self.ids:
            self.view.setCurrentIndex(self._model.index(place, 0))

    def current(self) -> str:
        place = self.view.currentIndex().row()
        return self.ids[place] if 0 <= place < len(self.ids) else ""

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if 0 <= now.row() < len(self.ids):
            self.chosen.emit(self.ids[now.row()])


@dataclass(frozen=True)
class Column:
    """A column of a table: the row's key, its head, and what stands in it: text, day, effort, check or choice."""

    key: str
    title: str
    kind: str = "text"
    width: int = 40  # units


class RowsModel(QAbstractTableModel):
    """Rows as the desk gives them. ``edited(row, key, value)`` is told, the desk answers with new rows."""

    def __init__(
        self, columns: Sequence[Column], edited: Callable[[dict[str, Any], str, Any], None], parent: Any
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._edited = edited
        self.rows: list[dict[str, Any]] = []
        self.options: dict[str, list[tuple[str, Any]]] = {}  # key of a choice -> (words, data)

    def set_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        if len(rows) == len(self.rows) and [r.get("id") for r in rows] == [r.get("id") for r in self.rows]:
            self.rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.columns[index.column()].kind == "check":
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if self.columns[index.column()].kind == "fixed":
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        value = self.rows[index.row()].get(column.key)
        if column.kind == "check":
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return column.title
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column.kind == "effort":
                return words.duration(int(value)) if value else ""
            if column.kind == "choice":
                if role == Qt.ItemDataRole.EditRole:
                    return value
                return next((text for text, data in self.options.get(column.key, ()) if data == value), "")
            if column.kind == "day":
                return typed_days.written(value or "")
            return "" if value is None else str(value)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()]
        row = self.rows[index.row()]
        if column.kind == "check":
            if role != Qt.ItemDataRole.CheckStateRole:
                return False
            value = int(Qt.CheckState(value) == Qt.CheckState.Checked)
        elif column.kind == "effort":
            text = str(value).strip()
            minutes = effort.parse(text)
            if text and minutes is None:
                return False
            value = minutes
        elif column.kind == "day":
            value = typed_days.iso(str(value))
        elif column.kind == "text":
            value = str(value).strip()
        if value == row.get(column.key):
            return False
        row[column.key] = value
        self.dataChanged.emit(index, index)
        self._edited(row, column.key, value)
        return True


class _ChoiceDelegate(QStyledItemDelegate):
    """A cell with a list to choose from."""

    def createEditor(self, parent: QWidget, _option: Any, index: _Index) -> QWidget:
        box = QComboBox(parent)
        model = index.model()
        assert isinstance(model, RowsModel)
        for text, data in model.options.get(model.columns[index.column()].key, ()):
            box.addItem(text, data)
        box.activated.connect(lambda _place: (self.commitData.emit(box), self.closeEditor.emit(box)))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: Any, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData())


def shared_widths(asked: Sequence[int], least: Sequence[int], needed: Sequence[int], room: int) -> list[int]:
    """Widths of columns in ``room`` pixels. Where every column can have what its words need, what is left over is
    shared in the proportion that they ask for; else each has its least, and the rest goes where words would be cut.
    They are never less than the least, in whatever room."""
    over = room - sum(needed)
    if over >= 0:
        return [need + over * ask // sum(asked) for ask, need in zip(asked, needed, strict=True)]
    over = max(0, room - sum(least))
    lacking = sum(needed) - sum(least) or 1
    return [few + over * (need - few) // lacking for few, need in zip(least, needed, strict=True)]


class RowsTable(QWidget):
    """The table with its buttons. F2, Enter or typing edits a cell; Delete asks for ``removed`` with the row.

    Columns share the width there is until somebody moves an edge of them.
    """

    added = Signal()
    removed = Signal(dict)
    scrolls_not = False  # sideways

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        edited: Callable[[dict[str, Any], str, Any], None],
        add: str = "",
        remove: str = "",
    ) -> None:
        super().__init__()
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        self.model = RowsModel(columns, edited, self)
        self.view = _View()
        self.view.setObjectName(name)
        self.view.setAccessibleName(title)
        self.view.setModel(self.model)
        self._fitting = self._by_hand = False
        self.view.resized.connect(self._fit)
        self.view.horizontalHeader().sectionResized.connect(self._section_moved)
        for place, each in enumerate(columns):
            if each.kind == "choice":
                self.view.setItemDelegateForColumn(place, _ChoiceDelegate(self))
        self.view.delete_pressed.connect(self._remove)
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        for text, icon, suffix, run in (
            (add, "plus", "add", self.added.emit),
            (remove, "trash-2", "remove", self._remove),
        ):
            if text:
                button = Button(text, icon)
                button.setObjectName(f"{name}.{suffix}")
                button.setAccessibleName(text)
                button.clicked.connect(lambda _on=False, run=run: run())
                row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def set_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        self.model.set_rows(rows)
        shown = min(max(len(rows), 2), 8)
        height = self.view.verticalHeader().defaultSectionSize() * shown + self.view.horizontalHeader().height()
        self.view.setMinimumHeight(height + 4)
        self.view.setMaximumHeight(height + 4 if len(rows) <= 8 else 16_777_215)
        self.updateGeometry()  # the page around it grows, or the buttons would lie over the rows
        self._fit()

    def _fit(self) -> None:
        if self._by_hand:
            return
        header, u = self.view.horizontalHeader(), theme.current().u
        asked = [column.width for column in self.model.columns]
        heads = [header.sectionSizeHint(place) for place in range(len(asked))]
        needed = [max(head, self.view.sizeHintForColumn(place)) for place, head in enumerate(heads)]
        least = [max(head, min(ask * u, need)) for head, ask, need in zip(heads, asked, needed, strict=True)]
        room = self.view.viewport().width()
        if self.scrolls_not and sum(least) > room:
            least = needed = [room * few // sum(least) for few in least]
        self._fitting = True
        widths = shared_widths(asked, least, needed, room)
        for place, width in enumerate(widths):
            self.view.setColumnWidth(place, width)
        self._fitting = False

    def _section_moved(self, place: int, _before: int, _now: int) -> None:
        if not self._fitting and place < len(self.model.columns) - 1:
            self._by_hand = True

    def edit(self, row_id: str, column: int = 0) -> None:
        """Open a cell of a row that was just made."""
        if self.select(row_id, column):
            self.view.edit(self.view.currentIndex())

    def select(self, row_id: str, column: int = 0) -> bool:
        """Go to a row; False where it is not here."""
        place = next((i for i, row in enumerate(self.model.rows) if row.get("id") == row_id), -1)
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place, column))
            self.view.setFocus()
        return place >= 0

    def current(self) -> dict[str, Any] | None:
        place = self.view.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def _remove(self) -> None:
        row = self.current()
        if row is not None:
            self.removed.emit(row)


class _View(QTableView):
    delete_pressed = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.model().rowCount():
            paint_nothing(self, translate("Settings pages", "Nothing here yet."))

    def __init__(self) -> None:
        super().__init__()
        u = theme.current().u
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(30, 7 * u))
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Delete and not editing:
            self.delete_pressed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
