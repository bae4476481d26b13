"""The list of tickets: one selected, several marked, groups that fold, an order that holds still under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from .. import theme
from .delegate import QueueDelegate
from .model import GroupRow, QueueModel, Role

#: How long after the mouse has left a waiting order is applied by itself.
SETTLE_MS = 2000
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class QueueList(QListView):
    """`picked` when another ticket becomes the current one, `opened` by Enter or a double click."""

    picked = Signal(str)
    opened = Signal(str)
    marks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue.list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setProperty("ownKeys", False)
        self.rows = QueueModel(self)
        self.setModel(self.rows)
        self.look = QueueDelegate(self)
        self.setItemDelegate(self.look)
        self._current = ""
        self._following: list[str] = []
        self._scroll = 0
        self._tab = ""
        self._other_tab = False
        self._under_mouse = False
        self._editing = False
        self._held = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.settle)
        self.rows.modelAboutToBeReset.connect(self._remember)
        self.rows.modelReset.connect(self._restore)
        self.selectionModel().currentChanged.connect(self._moved)
        theme.current().changed.connect(self._relook)
        self._relook()

    def _relook(self) -> None:
        palette = QPalette(theme.current().palette())
        self.setPalette(palette)
        self.verticalScrollBar().setSingleStep(8 * theme.current().u)
        self.scheduleDelayedItemsLayout()

    def set_compact(self, compact: bool) -> None:
        self.look.compact = compact
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    # -- the current ticket, kept by its id whatever happens to rows

    def current_ticket(self) -> str:
        return self._current

    def select(self, ticket_id: str, scroll: bool = True) -> bool:
        """Make a ticket the current one; False if the list does not show it."""
        row = self.rows.row_of(ticket_id)
        if row < 0:
            return False
        index = self.rows.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll:
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def select_first(self) -> None:
        first = self.rows.first_ticket()
        if first:
            self.select(first)
            self.scrollToTop()
        elif self._current:
            self._current = ""
            self.picked.emit("")

    def step(self, by: int) -> bool:
        """To the next or previous ticket, as the list stands before the eye."""
        other = self.rows.neighbour(self._current, by) if self._current else self.rows.first_ticket()
        self.settle()
        if not other or self.rows.row_of(other) < 0:
            other = self.rows.neighbour(self._current, by)
        return bool(other) and self.select(other)

    def targets(self) -> list[str]:
        """What an act is for: the marked tickets, else the current one."""
        return self.rows.marked() or ([self._current] if self._current else [])

    def row_rect(self, ticket_id: str) -> QRect:
        """Where the row is, global; an empty rect when it is not shown."""
        row = self.rows.row_of(ticket_id)
        if row < 0:
            return QRect()
        rect = self.visualRect(self.rows.index(row))
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        item = self.rows.ticket_at(current.row()) if current.isValid() else None
        if item is not None and item.ticket_id != self._current:
            self._current = item.ticket_id
            self._held = False
            self._freeze()
            self.picked.emit(self._current)

    def _remember(self) -> None:
        """Before rows are laid anew: where the list stands, and what follows the current ticket."""
        self._following = []
        self._other_tab, self._tab = self.rows.tab() != self._tab, self.rows.tab()
        self._scroll = 0 if self._other_tab else self.verticalScrollBar().value()
        if self._current and not self._other_tab:
            ids = [item.ticket_id for row in range(self.rows.rowCount()) if (item := self.rows.ticket_at(row))]
            at = ids.index(self._current) if self._current in ids else -1
            if at >= 0:
                self._following = [*ids[at + 1 :], *reversed(ids[:at])]

    def _restore(self) -> None:
        self.doItemsLayout()
        if self._other_tab and self.rows.loaded():
            return  # whoever asked for the tab says where to stand in it
        kept = self._current if self.rows.row_of(self._current) >= 0 else ""
        folded = not kept and self.rows.item(self._current) is not None
        if not kept and not folded:
            kept = next((other for other in self._following if self.rows.row_of(other) >= 0), "")
        if folded:
            self._to_head_of(self._current)
        elif kept:
            self.select(kept, scroll=False)
        elif self._current and not self.rows.loaded():
            self._current = ""
            self.picked.emit("")
        self.verticalScrollBar().setValue(self._scroll)

    # -- order that holds still

    def set_editing(self, editing: bool) -> None:
        """While a popup stands beside a row, rows keep their places."""
        self._editing = editing
        self._freeze()

    def hold(self) -> None:
        """Keep the order until the person goes on: what they look at changes by being looked at."""
        self._held = True
        self._freeze()

    def settle(self) -> None:
        """Let a waiting order take effect now."""
        self._settle.stop()
        self._held = False
        self.rows.apply_order()
        self._freeze()

    def _freeze(self) -> None:
        by_hand = self._under_mouse or self._editing
        frozen = by_hand or self._held
        self.rows.set_frozen(frozen, yields=not by_hand)
        if frozen:
            self._settle.stop()
        elif self.rows.waits():
            self._settle.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._under_mouse = True
        self._freeze()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under_mouse = False
        self._freeze()

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._arrow(1 if key == Qt.Key.Key_Down else -1, shift)
            self.settle()
            return
        self.settle()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            self._enter()
        elif key == Qt.Key.Key_Space and not event.modifiers():
            self.toggle_mark()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
            self._off_head(1 if key in (Qt.Key.Key_Home, Qt.Key.Key_PageDown) else -1)
        else:
            # Letters are commands, not a search by first letter.
            event.ignore()

    def _arrow(self, by: int, mark: bool) -> None:
        row = self.currentIndex().row() + by
        while 0 <= row < self.rows.rowCount():
            index = self.rows.index(row)
            closed_head = index.data(Role.KIND) == "group" and not index.data(Role.OPEN)
            if index.data(Role.KIND) == "ticket" or closed_head:
                break
            row += by
        else:
            return
        if mark and self._current:
            self.rows.set_marked(self._current, True)
        index = self.rows.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        if mark and self.rows.ticket_at(row):
            self.rows.set_marked(self._current, True)
            self.marks_changed.emit()

    def _off_head(self, by: int) -> None:
        if self.currentIndex().data(Role.KIND) == "group":
            self._arrow(by, False)

    def _fold(self, open_: bool) -> None:
        head = self.rows.group_of(self.currentIndex().row()) if self.currentIndex().isValid() else -1
        if head >= 0:
            self._set_open(head, open_)

    def _set_open(self, head: int, open_: bool) -> None:
        row = self.rows.index(head).data(Role.ROW)
        if not isinstance(row, GroupRow):
            return
        self.rows.set_open(row.code, open_)
        at = next(r for r in range(self.rows.rowCount()) if self._code_at(r) == row.code)
        if open_:
            self.selectionModel().setCurrentIndex(
                self.rows.index(min(at + 1, self.rows.rowCount() - 1)),
                QItemSelectionModel.SelectionFlag.ClearAndSelect,
            )
        else:
            self.selectionModel().setCurrentIndex(self.rows.index(at), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _to_head_of(self, ticket_id: str) -> None:
        """A ticket under a closed head: the head stands for it."""
        item = self.rows.item(ticket_id)
        for row in range(self.rows.rowCount()):
            if item is not None and self._code_at(row) == item.group:
                self.selectionModel().setCurrentIndex(self.rows.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
                return

    def _code_at(self, row: int) -> str:
        found = self.rows.index(row).data(Role.ROW)
        return found.code if isinstance(found, GroupRow) else ""

    def _enter(self) -> None:
        index = self.currentIndex()
        if index.data(Role.KIND) == "group":
            self._set_open(index.row(), not index.data(Role.OPEN))
        elif self._current:
            self.opened.emit(self._current)

    def toggle_mark(self) -> None:
        if self._current:
            self.rows.set_marked(self._current, self._current not in self.rows.marked())
            self.marks_changed.emit()
            self._arrow(1, False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(Role.KIND) == "group":
            self._set_open(index.row(), not index.data(Role.OPEN))
            return
        if index.isValid() and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            item = self.rows.ticket_at(index.row())
            if item is not None:
                self.rows.set_marked(item.ticket_id, item.ticket_id not in self.rows.marked())
                self.marks_changed.emit()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(Role.KIND) == "ticket":
            self.opened.emit(self._current)
