"""The list of customers: name, contract, open tickets, promises kept, and what ends soon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ...desk.customers import CustomerItem
from .. import chosen, theme, words
from ..chips import chip_size, paint_chip
from ..i18n import fill, translate

_Index = QModelIndex | QPersistentModelIndex
#: The row of senders of no customer.
UNKNOWN = "unknown"


def expiry_words(days: int) -> tuple[str, str]:
    """A chip for a contract that ends soon or has ended, and its colour; empty for any other."""
    if days < 0:
        return translate("Customers", "Contract ended"), "crit"
    if days == 0:
        return translate("Customers", "Ends today"), "high"
    return fill(translate("Customers", "Ends in %1"), words.days(days)), "high"


def kept_words(item: CustomerItem) -> str:
    return "" if item.kept is None else fill(translate("Customers", "%1 kept"), words.percent(item.kept))


class CustomersModel(QAbstractListModel):
    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.items: tuple[CustomerItem, ...] = ()
        self.unknown = 0

    def set_rows(self, items: Sequence[CustomerItem], unknown: int) -> None:
        if [item.id for item in items] == [item.id for item in self.items] and bool(unknown) == bool(self.unknown):
            self.items, self.unknown = tuple(items), unknown
            if self.rowCount():
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
            return
        self.beginResetModel()
        self.items, self.unknown = tuple(items), unknown
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items) + bool(self.unknown)

    def item(self, row: int) -> CustomerItem | None:
        place = row - bool(self.unknown)
        return self.items[place] if 0 <= place < len(self.items) else None

    def id_of(self, row: int) -> str:
        item = self.item(row)
        return item.id if item else UNKNOWN if self.unknown and row == 0 else ""

    def row_of(self, customer_id: str) -> int:
        return next((row for row in range(self.rowCount()) if self.id_of(row) == customer_id), -1)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.item(index.row())
        if item is None:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return translate("Customers", "%n unknown sender(s)", None, self.unknown)
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ends = expiry_words(item.expires)[0] if item.expires is not None else ""
            opened = translate("Customers", "%n open ticket(s)", None, item.open)
            return ", ".join(part for part in (item.name, item.contract, opened, kept_words(item), ends) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (item.name, item.domain, item.contract) if part)
        return None


class CustomerDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        look = theme.current()
        lines = QFontMetrics(look.font("strong")).height() + QFontMetrics(look.font("small")).height()
        return QSize(60 * look.u, lines + 5 * look.u)

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:
        look = theme.current()
        u = look.u
        model = index.model()
        assert isinstance(model, CustomersModel)
        item = model.item(index.row())
        painter.save()
        rect: QRect = option.rect
        chosen.paint_ground(painter, option)
        area = rect.adjusted(3 * u, 2 * u, -3 * u, -2 * u)
        strong, small = QFontMetrics(look.font("strong")), QFontMetrics(look.font("small"))
        first = QRect(area.left(), area.top(), area.width(), strong.height())
        second = QRect(area.left(), first.bottom() + u, area.width(), small.height())
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if item is None:
            painter.setFont(look.font("strong"))
            painter.setPen(look.color("high"))
            painter.drawText(
                first, left, strong.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, first.width())
            )
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            painter.drawText(second, left, translate("Customers", "Whose are they?"))
            painter.restore()
            return
        painter.setFont(look.font("small"))
        opened = translate("Customers", "%n open", None, item.open) if item.open else ""
        painter.setPen(look.color("text"))
        painter.drawText(first, right, opened)
        room = first.width() - (small.horizontalAdvance(opened) + 2 * u if opened else 0)
        if item.vip:
            chip = chip_size(translate("Customers", "VIP"), None, small)
            room -= chip.width() + 2 * u
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text" if item.active else "text3"))
        name = strong.elidedText(item.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(first, left, name)
        if item.vip:
            spot = QRect(first.left() + strong.horizontalAdvance(name) + u, 0, chip.width(), chip.height())
            spot.moveTop(first.center().y() - chip.height() // 2)
            paint_chip(painter, spot, translate("Customers", "VIP"), "high")
        self._second(painter, second, item, small)
        painter.restore()

    def _second(self, painter: QPainter, area: QRect, item: CustomerItem, small: QFontMetrics) -> None:
        look = theme.current()
        u = look.u
        painter.setFont(look.font("small"))
        kept = kept_words(item)
        painter.setPen(look.color("text2" if (item.kept or 0) >= 0.9 else "high"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, kept)
        room = area.width() - (small.horizontalAdvance(kept) + 2 * u if kept else 0)
        painter.setPen(look.color("text2"))
        text, token = expiry_words(item.expires) if item.expires is not None else ("", "")
        if text:
            painter.setPen(look.color(token))
            shown = small.elidedText(f"{item.contract.split(',')[0]}: {text}", Qt.TextElideMode.ElideRight, room)
        else:
            shown = small.elidedText(
                item.contract or translate("Customers", "no contract"), Qt.TextElideMode.ElideRight, room
            )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class CustomersList(QListView):
    """`picked` when another one becomes the current, `entered` by Enter."""

    picked = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        chosen.prepare(self, "customers.list", translate("Customers", "Customers"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.rows = CustomersModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(CustomerDelegate(self))
        self.selectionModel().currentChanged.connect(self._moved)
        theme.current().changed.connect(self._relook)
        self._relook()

    def _relook(self) -> None:
        self.setPalette(QPalette(theme.current().palette()))
        self.scheduleDelayedItemsLayout()

    def current(self) -> str:
        return self.rows.id_of(self.currentIndex().row()) if self.currentIndex().isValid() else ""

    def set_rows(self, items: Sequence[CustomerItem], unknown: int) -> None:
        """Show rows; the current customer stays, else the first is taken."""
        before = self.current()
        self.rows.set_rows(items, unknown)
        row = self.rows.row_of(before) if before else -1
        if row < 0:
            row = 1 if self.rows.unknown and self.rows.items else 0
        if self.rows.rowCount() and self.currentIndex().row() != row:
            self.setCurrentIndex(self.rows.index(row))
        elif not self.rows.rowCount():
            self.picked.emit("")

    def select(self, customer_id: str) -> bool:
        row = self.rows.row_of(customer_id)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row))
        return row >= 0

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self.rows.id_of(now.row()) if now.isValid() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
