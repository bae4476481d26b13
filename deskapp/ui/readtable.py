"""Tables that are read and not edited: rows of words, one model for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from . import chosen, theme

_Index = QModelIndex | QPersistentModelIndex


class Said(Sequence[list[str]]):
    """Rows that are put into words when somebody looks at them: a year of tickets is not, all of it."""

    def __init__(self, count: int, say: Callable[[int], list[str]]) -> None:
        self._count, self._say = count, say
        self._kept: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return self._count

    def said(self) -> list[int]:
        """Which rows somebody has looked at."""
        return sorted(self._kept)

    def __getitem__(self, place: int) -> list[str]:  # type: ignore[override]
        if place not in self._kept:
            if not 0 <= place < self._count:
                raise IndexError(place)
            self._kept[place] = self._say(place)
        return self._kept[place]


class WordsModel(QAbstractTableModel):
    """A table of words; what stands behind a row is under UserRole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers: list[str] = []
        self._rows: Sequence[Sequence[str]] = []
        self._behind: list[Any] = []
        self._texts: set[int] = {0}

    def set_words(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        behind: Sequence[Any] = (),
        texts: Iterable[int] | None = (0,),
    ) -> None:
        """``texts``: columns of words, which begin at the left (None: all); figures end at the right."""
        self.beginResetModel()
        self._texts = set(range(len(headers)) if texts is None else texts)
        self._headers = list(headers)
        self._rows = rows if isinstance(rows, Said) else [list(row) for row in rows]
        self._behind = list(behind)
        self.endResetModel()

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column in self._texts else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def rows(self) -> Sequence[Sequence[str]]:
        return self._rows

    def headers(self) -> list[str]:
        return self._headers

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.UserRole:
            return self._behind[index.row()] if index.row() < len(self._behind) else None
        return None


class ReadTable(QTableView):
    """Rows to read; Enter or a double click opens one: ``opened`` carries its place among the rows that were set.

    ``heads``: title and width in units of the theme; the column of a negative one takes what the others leave.
    """

    opened = Signal(int)

    def __init__(self, name: str, title: str, heads: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        u = theme.current().u
        self._heads = [head for head, _width in heads]
        self.words = WordsModel(self)
        self.words.set_words(self._heads, (), texts=None)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self.words)
        self._found.setFilterKeyColumn(-1)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._found)
        self.setObjectName(name)
        self.setAccessibleName(title)
        chosen.whole_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.verticalHeader().setDefaultSectionSize(max(28, 7 * u))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, (_head, width) in enumerate(heads):
            self.setColumnWidth(place, max(abs(width) * u, header.sectionSizeHint(place)))
            if width < 0:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)

    def set_cells(self, rows: Sequence[Sequence[str]]) -> None:
        self.words.set_words(self._heads, rows, texts=None)

    def narrow(self, words: str) -> None:
        """Show the rows alone that have these words in any cell."""
        self._found.setFilterFixedString(words)

    def _open(self, index: _Index) -> None:
        self.opened.emit(self._found.mapToSource(index).row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
