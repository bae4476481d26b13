"""The unplanned: cards to be dragged into the calendar, and what the borders of the blocks mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ...desk.values import TrayItem
from .. import icons, theme, words
from ..i18n import translate
from ..panes import scaled
from ..widgets import Button, Chip, ElidedLabel, EmptyState, Label, Panel, chip_size, paint_chip, urgency_icon
from ..words import Times
from . import texts
from .painting import DUTY, Labels, Look, frame

TRAY_WIDTH = 222
ITEM_ROLE = Qt.ItemDataRole.UserRole


class TrayModel(QAbstractListModel):
    """The cards in the order in which they are given: by deadline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[TrayItem] = []
        self._times: Times | None = None

    def set_items(self, items: Sequence[TrayItem], times: Times) -> None:
        self.beginResetModel()
        self._items, self._times = list(items), times
        self.endResetModel()

    def items(self) -> list[TrayItem]:
        return list(self._items)

    def row_of(self, ticket_id: str) -> int:
        """The card's row, -1 if there is none."""
        return next((i for i, item in enumerate(self._items) if item.ticket_id == ticket_id), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._items) or self._times is None:
            return None
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return words.number(item.number)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return texts.tray_sentence(item, self._times)
        return None


class TrayDelegate(QStyledItemDelegate):
    """A card: urgency, number and customer; subject; effort and deadline."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.times: Times | None = None
        self.held = ""  # the ticket that is being placed
        self.look = Look()
        self.labels: dict[str, Labels] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = self.look
        lines = look.height(look.strong) + look.height(look.small) + self._chip_height()
        return QSize(self._view.viewport().width(), int(lines) + 6 * look.u + 2)

    def _chip_height(self) -> int:
        return chip_size("0", None, self._metrics()).height()

    def _metrics(self):  # type: ignore[no-untyped-def]
        from .painting import measured

        return measured(self.look.small)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item = index.data(ITEM_ROLE)
        if not isinstance(item, TrayItem) or self.times is None:
            return
        look = self.look
        u = look.u
        labels = self.labels[item.ticket_id] = Labels()
        card = QRectF(option.rect).adjusted(3 * u, u, -3 * u, -u)
        held = item.ticket_id == self.held
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = current and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "bg-sel" if held or current else "bg-hover" if hover else "bg-base"
        edge = "accent" if held or focused else "line"
        line = Qt.PenStyle.DashLine if held else Qt.PenStyle.SolidLine
        frame(painter, card, look.color(fill), look.color(edge), line, 2.0 if focused and not held else 1.0)
        inner = card.adjusted(2 * u + 1, u + 1, -2 * u - 1, -u - 1)
        self._head(painter, inner, item, labels)
        y = inner.top() + look.height(look.strong)
        area = QRectF(inner.left(), y, inner.width(), look.height(look.small))
        labels.draw(painter, area, item.subject, look.small, look.color("text"), owner=item.ticket_id)
        self._foot(painter, inner, item, labels)
        painter.restore()

    def _head(self, painter: QPainter, inner: QRectF, item: TrayItem, labels: Labels) -> None:
        look = self.look
        height = look.height(look.strong)
        glyph, token = urgency_icon(item.urgency)
        icons.paint(painter, QRectF(inner.left(), inner.top() + (height - 12) / 2, 12, 12), glyph, token)
        grip = QRectF(inner.right() - 11, inner.top() + (height - 12) / 2, 12, 12)
        icons.paint(painter, grip, "grip-vertical", "text3")
        left = inner.left() + 18
        number = words.number(item.number)
        width = look.width(look.small, number)
        area = QRectF(left, inner.top(), width + 1, height)
        labels.draw(painter, area, number, look.small, look.color("text2"), owner=item.ticket_id)
        left += width + 6
        area = QRectF(left, inner.top(), grip.left() - 3 - left, height)
        labels.draw(painter, area, item.customer, look.strong, look.color("text"), owner=item.ticket_id)

    def _foot(self, painter: QPainter, inner: QRectF, item: TrayItem, labels: Labels) -> None:
        look = self.look
        assert self.times is not None
        effort, family = texts.tray_effort(item)
        size = chip_size(effort, None, self._metrics())
        chip = QRect(int(inner.left()), int(inner.bottom()) - size.height() + 1, size.width(), size.height())
        deadline, token = texts.tray_deadline(item, self.times)
        width = look.width(look.caption, deadline)
        room = int(inner.width() - width - 4)
        if chip.width() > room:
            chip.setWidth(room)
        paint_chip(painter, chip, effort, family)
        area = QRectF(inner.right() - width - 1, chip.top(), width + 2, chip.height())
        labels.draw(painter, area, deadline, look.caption, look.color(token), owner=item.ticket_id)


class TrayList(QListView):
    """Cards that can be dragged out. The drag is our own: the board shows at once what the drop would do."""

    grabbed = Signal(str, QPoint)  # ticket id, global place
    dragged = Signal(QPoint, object)
    dropped = Signal(QPoint, object)
    menu_asked = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar.tray")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.key_handler: Callable[[QKeyEvent], bool] | None = None
        self._pressed: tuple[QPoint, str] | None = None
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        item = index.data(ITEM_ROLE) if index.isValid() else None
        if event.button() == Qt.MouseButton.LeftButton and isinstance(item, TrayItem):
            self._pressed = (event.position().toPoint(), item.ticket_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        start, ticket_id = self._pressed
        where = self.viewport().mapToGlobal(event.position().toPoint())
        if not self._dragging:
            if (event.position().toPoint() - start).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.grabbed.emit(ticket_id, where)
        self.dragged.emit(where, event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging = self._dragging
        self.stop_drag()
        if dragging:
            self.dropped.emit(self.viewport().mapToGlobal(event.position().toPoint()), event.modifiers())
        else:
            super().mouseReleaseEvent(event)

    def stop_drag(self) -> None:
        self._pressed, self._dragging = None, False
        self.viewport().unsetCursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.key_handler is not None and self.key_handler(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def current_item(self) -> TrayItem | None:
        item = self.currentIndex().data(ITEM_ROLE) if self.currentIndex().isValid() else None
        return item if isinstance(item, TrayItem) else None


@dataclass(frozen=True)
class _Sample:
    fill: str  # none: a band
    edge: str
    line: Qt.PenStyle
    width: float
    text: str


class Legend(QWidget):
    """What the borders say about the time between forecast and promise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar.legend")
        self.labels = Labels()
        theme.current().changed.connect(self._relook)
        self._relook()

    def _relook(self) -> None:
        self.look = Look()
        self.updateGeometry()
        self.update()

    def title(self) -> str:
        return translate("Calendar", "Slack before the promise")

    def samples(self) -> tuple[_Sample, ...]:
        return (
            _Sample("norm-bg", "norm-bar", Qt.PenStyle.DotLine, 1.0, translate("Calendar", "over a day")),
            _Sample("norm-bg", "norm-bar", Qt.PenStyle.DashLine, 1.0, translate("Calendar", "2 to 8 hours")),
            _Sample("norm-bg", "norm-bar", Qt.PenStyle.SolidLine, 2.0, translate("Calendar", "under 2 hours")),
            _Sample("high-bg", "crit-bar", Qt.PenStyle.SolidLine, 2.0, translate("Calendar", "promise broken")),
            _Sample("", "accent", Qt.PenStyle.SolidLine, DUTY, translate("Calendar", "on duty")),
        )

    def _row(self) -> float:
        return self.look.height(self.look.caption) + self.look.u

    def sizeHint(self) -> QSize:
        return QSize(scaled(TRAY_WIDTH), int(self._row() * (len(self.samples()) + 1)) + 4 * self.look.u)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self.look
        self.labels = Labels()
        left, height = 3.0 * look.u, self._row()
        y = 1.5 * look.u
        area = QRectF(left, y, self.width() - left - 4, height)
        self.labels.draw(painter, area, self.title(), look.caption_strong, look.color("text2"), owner="legend")
        for sample in self.samples():
            y += height
            box = QRectF(left, y + (height - 13) / 2, 26, 13)
            if sample.fill:
                frame(painter, box, look.color(sample.fill), look.color(sample.edge), sample.line, sample.width)
            else:
                band = QRectF(box.left(), box.center().y() - sample.width / 2, box.width(), sample.width)
                painter.fillRect(band, look.color(sample.edge))
            area = QRectF(left + 34, y, self.width() - left - 38, height)
            self.labels.draw(painter, area, sample.text, look.caption, look.color("text"), owner="legend")


class Tray(Panel):
    """Head with count and total, cards, legend. ``plan_wanted``: all of it is to get its place at once."""

    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg-window", "l", parent)
        self._measure()
        theme.current().changed.connect(self._measure)
        u = theme.current().u
        self.model = TrayModel(self)
        self.list = TrayList()
        self.list.setModel(self.model)
        self.delegate = TrayDelegate(self.list)
        self.list.setItemDelegate(self.delegate)
        self.heading = ElidedLabel("", "strong")
        self.heading.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.count = Chip("", "low")
        self.count.setObjectName("calendar.tray.count")
        self.total = Label("", "caption", "text2")
        self.total.setObjectName("calendar.tray.total")
        head = QHBoxLayout()
        head.setContentsMargins(3 * u, 2 * u, 3 * u, u)
        head.setSpacing(2 * u)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.total)
        self.empty = EmptyState("")
        self.empty.hide()
        self.plan = Button("", "calendar-days")
        self.plan.setObjectName("calendar.tray.plan")
        self.plan.clicked.connect(self.plan_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * u, u, 3 * u, u)
        foot.addWidget(self.plan)
        self.legend = Legend()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        column.addWidget(self.legend)
        theme.current().changed.connect(self._relook)
        self._relook()
        self.say()

    def _measure(self) -> None:
        self.setFixedWidth(scaled(TRAY_WIDTH))

    def say(self) -> None:
        """The words, after a switch of the language too."""
        self.heading.setText(translate("Calendar", "Unplanned"))
        self.list.setAccessibleName(translate("Calendar", "Unplanned"))
        self.plan.setText(translate("Calendar", "Plan all"))
        self.plan.setAccessibleName(self.plan.text())
        self.plan.setToolTip(
            translate("Calendar", "A place for everything that has an estimate, seen first (Shift+Ins)")
        )
        self.empty.set(translate("Calendar", "Everything is planned."))
        self.legend.setAccessibleName(self.legend.title())
        self.legend.setAccessibleDescription(", ".join(sample.text for sample in self.legend.samples()))
        self.legend._relook()

    def _relook(self) -> None:
        self.delegate.look = Look()
        palette = self.list.palette()
        palette.setColor(palette.ColorRole.Base, theme.current().color("bg-window"))
        self.list.setPalette(palette)
        self.list.doItemsLayout()

    def set_items(self, items: Sequence[TrayItem], minutes: int, times: Times) -> None:
        """Show these cards; the current one stays current."""
        before = self.list.current_item()
        row = self.list.currentIndex().row()
        self.delegate.times = times
        self.delegate.labels.clear()
        self.model.set_items(items, times)
        self.count.set(str(len(items)))
        self.total.setText(words.duration(minutes))
        self.list.setVisible(bool(items))
        self.empty.setVisible(not items)
        self.plan.setVisible(any(item.effort or item.assumed for item in items))
        if before is not None and items:
            place = self.model.row_of(before.ticket_id)
            self.select(place if place >= 0 else min(row, len(items) - 1))

    def set_held(self, ticket_id: str) -> None:
        """The card that is being placed stands out."""
        if self.delegate.held != ticket_id:
            self.delegate.held = ticket_id
            self.list.viewport().update()

    def select(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))

    def contains(self, global_point: QPoint) -> bool:
        return self.isVisible() and self.rect().contains(self.mapFromGlobal(global_point))

    def labels(self) -> list:
        return [label for labels in self.delegate.labels.values() for label in labels.painted]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.property("target") is True:  # a block held over the tray will be put back
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def set_target(self, on: bool) -> None:
        if self.property("target") is not on:
            self.setProperty("target", on)
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)
