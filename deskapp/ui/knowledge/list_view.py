"""The list of articles: number and title, then product and how often it helped; a chip where a check is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ...desk.knowledge import ArticleItem
from .. import chosen, theme
from ..chips import chip_size, paint_chip
from ..i18n import translate
from . import texts

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.items: list[ArticleItem] = []

    def set_items(self, items: Sequence[ArticleItem]) -> None:
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return texts.titled(item.number, item.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marks = [texts.chip(item)[0]] if texts.chip(item) else []
            return ", ".join([texts.titled(item.number, item.title), texts.second_line(item), *marks])
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.title
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        look = theme.current()
        height = QFontMetrics(look.font("strong")).height() + QFontMetrics(look.font("small")).height() + 4 * look.u
        return QSize(10, max(12 * look.u, height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        u, rect = look.u, option.rect
        item: ArticleItem = index.data(ITEM)
        painter.save()
        chosen.paint_ground(painter, option, framed=True)
        left, right = rect.left() + 4 * u, rect.right() - 3 * u
        first = QFontMetrics(look.font("strong")).height()
        top = rect.top() + round(1.5 * u)
        chip = texts.chip(item)
        if chip is not None:
            size = chip_size(chip[0], None, QFontMetrics(look.font("small")))
            area = QRect(right - size.width(), top + (first - size.height()) // 2, size.width(), size.height())
            paint_chip(painter, area, *chip)
            right = area.left() - 2 * u
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        number = texts.number(item.number)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text2"))
        width = painter.fontMetrics().horizontalAdvance(number)
        painter.drawText(QRect(left, top, width + 2, first), middle, number)
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text"))
        area = QRect(left + width + 2 * u, top, right - left - width - 2 * u, first)
        shown = painter.fontMetrics().elidedText(item.title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, middle, shown)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        area = QRect(left, top + first, rect.right() - 3 * u - left, rect.bottom() - top - first - u)
        shown = painter.fontMetrics().elidedText(texts.second_line(item), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, middle, shown)
        painter.restore()


class ArticleList(QListView):
    """``picked`` carries the id of the article under the cursor, ``opened`` that of one to be read (Enter)."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        chosen.prepare(self, "knowledge.list", translate("Knowledge", "Articles"))
        self._rows = _Model()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._moved)
        self.activated.connect(lambda index: self.opened.emit(index.data(ITEM).id))
        theme.current().changed.connect(self.doItemsLayout)

    def current(self) -> str:
        item = self.currentIndex().data(ITEM)
        return item.id if item is not None else ""

    def items(self) -> Sequence[ArticleItem]:
        return tuple(self._rows.items)

    def set_items(self, items: Sequence[ArticleItem], wanted: str = "") -> None:
        """Show them; the chosen one, or ``wanted``, stays chosen, else the first."""
        keep = wanted or self.current()
        with chosen.quiet(self):
            self._rows.set_items(items)
        place = chosen.place_of(items, lambda item: str(item.id), keep)
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        item = now.data(ITEM)
        if item is not None:
            self.picked.emit(item.id)
