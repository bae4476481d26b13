"""The rows of a tab: heads of groups and tickets in one list, read page by page."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ...desk.values import QueueItem, QueuePage
from .. import words
from ..i18n import fill, translate
from ..marks import Marks
from . import rows
from .rows import RowWords, Setting

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Role(IntEnum):
    KIND = Qt.ItemDataRole.UserRole + 1  # "group" or "ticket"
    ROW = Qt.ItemDataRole.UserRole + 2  # GroupRow or QueueItem
    WORDS = Qt.ItemDataRole.UserRole + 3  # RowWords of a ticket
    MARKED = Qt.ItemDataRole.UserRole + 4
    OPEN = Qt.ItemDataRole.UserRole + 5  # of a group
    MARK = Qt.ItemDataRole.UserRole + 6  # Mark of a ticket: who is there, whether something is to be chosen


class GroupRow(NamedTuple):
    code: str
    count: int
    minutes: int


Row = GroupRow | QueueItem


class QueueModel(QAbstractListModel):
    """Rows stay where they are while `frozen`: a fresh page then changes what rows say, not where they stand.

    `more_wanted` asks for the rows after the last one (how many there are). `order_waits` tells that a fresh
    order waits to be applied.
    """

    more_wanted = Signal(int)
    order_waits = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[QueueItem] = []
        self._groups: tuple[tuple[str, int, int], ...] = ()
        self._rows: list[Row] = []
        self._tab = ""
        self._at: dict[str, int] = {}
        self._closed: set[str] = set()
        self._marked: set[str] = set()
        self._more = False
        self._asked = False
        self._frozen = self._yields = self._asked_anew = False
        self._waiting: QueuePage | None = None
        self._setting: Setting | None = None
        self._words: dict[str, tuple[QueueItem, RowWords]] = {}
        self._signs = Marks()

    # -- what it holds

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def items(self) -> list[QueueItem]:
        return list(self._items)

    def loaded(self) -> int:
        """Tickets read so far, those under closed heads included."""
        return len(self._items)

    def tab(self) -> str:
        """The tab whose rows it holds."""
        return self._tab

    def row_of(self, ticket_id: str) -> int:
        """The row of a ticket, -1 if it is not shown."""
        return self._at.get(ticket_id, -1)

    def ticket_at(self, row: int) -> QueueItem | None:
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, QueueItem) else None

    def item(self, ticket_id: str) -> QueueItem | None:
        return next((item for item in self._items if item.ticket_id == ticket_id), None)

    def first_ticket(self) -> str:
        return next((row.ticket_id for row in self._rows if isinstance(row, QueueItem)), "")

    def neighbour(self, ticket_id: str, step: int) -> str:
        """The next (1) or previous (-1) shown ticket; empty at the ends."""
        row = self.row_of(ticket_id) + step
        while 0 <= row < len(self._rows):
            found = self._rows[row]
            if isinstance(found, QueueItem):
                return found.ticket_id
            row += step
        return ""

    def group_of(self, row: int) -> int:
        """The row of the head that a row stands under, -1 without groups."""
        while row >= 0 and not isinstance(self._rows[row], GroupRow):
            row -= 1
        return row

    # -- filling

    def set_setting(self, setting: Setting) -> None:
        """Another language, minute or directory: every row is worded anew when it is next shown."""
        self._setting = setting
        self._words.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_page(self, page: QueuePage) -> None:
        """The rows from the first on. Unknown rows come, gone ones go; while frozen only what rows say changes.

        Frozen for the sake of the row that is read, the order yields to a ticket that is new here.
        """
        self._asked = False
        held = self._frozen and not self._asked_anew and not (self._yields and self._brings(page))
        if held and self._items and page.tab == self._tab:
            self._waiting = page
            self._reword(page.items)
            self.order_waits.emit(True)
            return
        self._take(page)

    def append_page(self, page: QueuePage) -> None:
        """The rows after the last one."""
        self._asked = False
        self._more = page.more
        known = {item.ticket_id for item in self._items}
        fresh = [item for item in page.items if item.ticket_id not in known]
        self._items.extend(fresh)
        if page.groups:
            self._groups = page.groups
            self._rebuild()
            return
        if fresh:
            start = len(self._rows)
            self.beginInsertRows(QModelIndex(), start, start + len(fresh) - 1)
            for offset, item in enumerate(fresh):
                self._at[item.ticket_id] = start + offset
            self._rows.extend(fresh)
            self.endInsertRows()

    def clear(self) -> None:
        self._take(QueuePage("", (), (), False))
        self._closed.clear()
        self._marked.clear()

    def set_frozen(self, frozen: bool, yields: bool = False) -> None:
        """``yields``: only until a ticket comes that has no row yet."""
        self._frozen, self._yields = frozen, yields

    def ask_anew(self) -> None:
        """Other rows are asked for by hand: the next page is taken as it comes, frozen or not."""
        self._asked_anew = True

    def _brings(self, page: QueuePage) -> bool:
        known = {item.ticket_id for item in self._items}
        return any(item.ticket_id not in known for item in page.items)

    def waits(self) -> bool:
        return self._waiting is not None

    def apply_order(self) -> None:
        """Put rows where the last page has them."""
        if self._waiting is not None:
            page, self._waiting = self._waiting, None
            self._take(page)
            self.order_waits.emit(False)

    def _take(self, page: QueuePage) -> None:
        self._waiting, self._asked_anew = None, False
        same_order = (
            page.tab == self._tab
            and [item.ticket_id for item in page.items] == [item.ticket_id for item in self._items]
            and [group[0] for group in page.groups] == [group[0] for group in self._groups]
            and [item.group for item in page.items] == [item.group for item in self._items]
        )
        if page.tab != self._tab:
            self._closed.clear()
            self._words.clear()
        self._tab, self._more = page.tab, page.more
        self._items, self._groups = list(page.items), page.groups
        self._marked &= {item.ticket_id for item in page.items}
        if same_order:
            self._refill()
        else:
            self._rebuild()

    def _reword(self, fresh: Iterable[QueueItem]) -> None:
        by_id = {item.ticket_id: item for item in fresh}
        self._items = [by_id.get(item.ticket_id, item)._replace(group=item.group) for item in self._items]
        self._refill()

    def _layout(self) -> list[Row]:
        if not self._groups:
            return list(self._items)
        result: list[Row] = []
        for code, count, minutes in self._groups:
            result.append(GroupRow(code, count, minutes))
            if code not in self._closed:
                result.extend(item for item in self._items if item.group == code)
        return result

    def _refill(self) -> None:
        """New values in the same places."""
        fresh = self._layout()
        if len(fresh) != len(self._rows):
            self._rebuild()
            return
        before, self._rows = self._rows, fresh
        changed = [row for row, pair in enumerate(zip(before, fresh, strict=True)) if pair[0] != pair[1]]
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = self._layout()
        self._at = {row.ticket_id: at for at, row in enumerate(self._rows) if isinstance(row, QueueItem)}
        self.endResetModel()

    # -- paging

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asked and self._waiting is None

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(len(self._items))

    # -- groups and marks

    def is_open(self, code: str) -> bool:
        return code not in self._closed

    def set_open(self, code: str, open_: bool) -> None:
        if open_ == (code not in self._closed):
            return
        if open_:
            self._closed.discard(code)
        else:
            self._closed.add(code)
        self._rebuild()

    def marked(self) -> list[str]:
        """Marked tickets in the order of the list."""
        return [item.ticket_id for item in self._items if item.ticket_id in self._marked]

    def set_marked(self, ticket_id: str, marked: bool) -> None:
        if marked:
            self._marked.add(ticket_id)
        else:
            self._marked.discard(ticket_id)
        row = self.row_of(ticket_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [Role.MARKED])

    def clear_marks(self) -> None:
        for ticket_id in list(self._marked):
            self.set_marked(ticket_id, False)

    def set_signs(self, signs: Marks) -> None:
        """Who is where, and which tickets wait for a choice: only rows that say otherwise are painted anew."""
        before, self._signs = self._signs, signs
        for ticket_id in {*before.by_ticket, *signs.by_ticket}:
            row = self.row_of(ticket_id)
            if row >= 0 and before.of_ticket(ticket_id) != signs.of_ticket(ticket_id):
                self.dataChanged.emit(self.index(row), self.index(row), [Role.MARK])

    # -- for the view

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], GroupRow):
            return Qt.ItemFlag.ItemIsEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        )  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, GroupRow):
            return self._group_data(row, role)
        if role == Role.KIND:
            return "ticket"
        if role == Role.ROW:
            return row
        if role == Role.MARKED:
            return row.ticket_id in self._marked
        if role == Role.WORDS:
            return self.words_of(row)
        if role == Role.MARK:
            return self._signs.of_ticket(row.ticket_id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            shown = self.words_of(row)
            return f"{shown.number} {shown.customer}\n{shown.subject}" if shown else row.subject
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            shown, setting = self.words_of(row), self._setting
            there = self._signs.of_ticket(row.ticket_id).sentence()
            said = rows.sentence(row, setting, shown.third) if shown and setting else row.subject
            return f"{said}, {there}" if there else said
        return None

    def _group_data(self, row: GroupRow, role: int) -> Any:
        if role == Role.KIND:
            return "group"
        if role == Role.ROW:
            return row
        if role == Role.OPEN:
            return row.code not in self._closed
        if role == Qt.ItemDataRole.DisplayRole:
            return rows.group_title(row.code)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            state = translate("Queue", "open") if row.code not in self._closed else translate("Queue", "closed")
            said = fill(translate("Queue", "Group %1, %2, %3"), rows.group_title(row.code), row.count, state)
            return said.replace(words.NBSP, " ")
        return None

    def words_of(self, item: QueueItem) -> RowWords | None:
        """The row's words, made once and kept until the row or the setting changes."""
        if self._setting is None:
            return None
        known = self._words.get(item.ticket_id)
        if known is not None and known[0] == item:
            return known[1]
        made = rows.make(item, self._setting)
        self._words[item.ticket_id] = (item, made)
        return made
