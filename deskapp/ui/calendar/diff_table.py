"""The effects of a change of plan as a table: who loses what, and which letter goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ...desk.diffs import DiffView, Effect
from ...desk.values import Directory
from .. import icons, theme, words
from ..i18n import fill, translate
from ..widgets import urgency_icon
from ..words import Times

COLUMNS = ("ticket", "customer", "change", "promised", "before", "after", "slack", "letter")
_NOWHERE = ("wont_fit", "unplanned", "no_estimate")
_AT = Qt.ItemDataRole.DisplayRole
_Index = QModelIndex | QPersistentModelIndex


def change_words(effect: Effect, directory: Directory) -> str:
    """What happens to the ticket: moved, to whom, laid down."""
    person = directory.people.get(effect.person_to)
    name = person.name if person is not None else ""
    if effect.change == "wont_fit":
        return translate("Replan", "No place found")
    if effect.change == "no_estimate":
        return translate("Calendar", "No estimate")
    if effect.change == "unplanned":
        return translate("Replan", "Back to the tray")
    if effect.change == "interrupted":
        return translate("Replan", "Work laid down")
    if effect.person_to != effect.person_from:
        return fill(translate("Replan", "To %1"), name)
    return translate("Replan", "Moved")


def slack_words(effect: Effect) -> str:
    if effect.change in _NOWHERE and effect.promised is not None:
        return translate("Replan", "at risk")
    if effect.slack_after is None:
        return translate("Replan", "no promise")
    if effect.slack_after < 0:
        return words.slack(effect.slack_after)
    if effect.slack_before is None or effect.slack_before == effect.slack_after:
        return words.working_duration(effect.slack_after)
    return f"{words.working_duration(effect.slack_before)} → {words.working_duration(effect.slack_after)}"


class EffectsModel(QAbstractTableModel):
    """`ticked`: tickets whose letter is to be prepared."""

    ticked_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._effects: tuple[Effect, ...] = ()
        self._directory: Directory | None = None
        self._times: Times | None = None
        self.ticked: set[str] = set()

    def show_view(self, view: DiffView | None, directory: Directory, times: Times, ticked: Mapping[str, bool]) -> None:
        self.beginResetModel()
        self._effects = view.effects if view is not None else ()
        self._directory, self._times = directory, times
        self.ticked = {e.ticket_id for e in self._effects if e.notice is not None and ticked.get(e.ticket_id, True)}
        self.endResetModel()

    def effect(self, row: int) -> Effect:
        return self._effects[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._effects)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _AT) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _AT:
            return (
                translate("Replan", "Ticket"),
                translate("Replan", "Customer"),
                translate("Replan", "Change"),
                translate("Replan", "Promised"),
                translate("Replan", "Finish before"),
                translate("Replan", "Finish after"),
                translate("Replan", "Slack"),
                translate("Replan", "Letter"),
            )[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if COLUMNS[index.column()] == "letter" and self._effects[index.row()].notice is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = _AT) -> Any:
        effect, column = self._effects[index.row()], COLUMNS[index.column()]
        if role in (_AT, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(effect, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == "letter" and effect.notice is not None:
            ticked = effect.ticket_id in self.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: _Index, value: Any, role: int = _AT) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle(index.row())
        return True

    def toggle(self, row: int) -> None:
        """Prepare its letter, or not."""
        effect = self._effects[row]
        if effect.notice is None:
            return
        self.ticked ^= {effect.ticket_id}
        spot = self.index(row, COLUMNS.index("letter"))
        self.dataChanged.emit(spot, spot)
        self.ticked_changed.emit()

    def _text(self, effect: Effect, column: str) -> str:
        assert self._times is not None and self._directory is not None
        times = self._times
        if column == "ticket":
            return words.number(effect.number)
        if column == "customer":
            if effect.kind == "visit":
                return fill(translate("Replan", "%1, visit"), effect.customer)
            return effect.customer
        if column == "change":
            return change_words(effect, self._directory)
        moment = {"promised": effect.promised, "before": effect.finish_before, "after": effect.finish_after}
        if column in moment:
            at = moment[column]
            return times.moment(at) if at is not None else words.EN_DASH
        if column == "slack":
            return slack_words(effect)
        if effect.notice is not None:
            return translate("Replan", "Slip notice, review")
        if effect.change in _NOWHERE:
            return words.EN_DASH  # nobody knows a date yet
        return translate("Replan", "not needed")


class _Delegate(QStyledItemDelegate):
    """A late ticket has a red ground; what changes is bold."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 7 * theme.current().u)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, u = theme.current(), theme.current().u
        model = index.model()
        assert isinstance(model, EffectsModel)
        effect, column = model.effect(index.row()), COLUMNS[index.column()]
        late = effect.change in ("late", *_NOWHERE) or (effect.slack_after or 0) < 0
        rect: QRect = option.rect  # type: ignore[attr-defined]
        table = self.parent()
        current = isinstance(table, QTableView) and table.currentIndex().row() == index.row() and table.hasFocus()
        painter.fillRect(rect, look.color("crit-bg" if late else "bg-sel" if current else "bg-base"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("line"))
        area = rect.adjusted(2 * u, 0, -u, 0)
        if column == "ticket":
            glyph, token = urgency_icon(effect.urgency)
            icons.paint(painter, QRect(area.x(), area.y(), 3 * u, area.height()), glyph, token)
            area.setLeft(area.left() + 5 * u)
        if column == "letter" and effect.notice is not None:
            ticked = effect.ticket_id in model.ticked
            box = QRect(area.x(), area.center().y() - 6, 13, 13)
            painter.fillRect(box, look.color("accent-fill" if ticked else "bg-base"))
            painter.setPen(look.color("accent-fill" if ticked else "line-ctl"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            if ticked:
                icons.paint(painter, box.adjusted(1, 1, -1, -1), "check", "on-accent")
            area.setLeft(area.left() + 5 * u)
        font = look.font("small")
        if column in ("ticket", "after") or (column == "slack" and effect.slack_after is not None):
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        quiet = column == "before" or (column == "letter" and effect.notice is None)
        red = late and column == "slack"
        painter.setPen(look.color("crit" if red else "text2" if quiet else "text"))
        text = str(model.data(index))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class _Head(QHeaderView):
    """Words over columns on the ground of the table, without frames."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 7 * theme.current().u)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        look = theme.current()
        painter.fillRect(rect, look.color("bg-alt"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text2"))
        area = rect.adjusted(2 * look.u, 0, -look.u, 0)
        text = str(self.model().headerData(index, Qt.Orientation.Horizontal) or "")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class EffectsTable(QTableView):
    """Arrows choose a row, Space ticks its letter. `chosen` carries the row's effect."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diff.effects")
        self.effects = EffectsModel()
        self.setModel(self.effects)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = _Head(self)
        self.setHorizontalHeader(head)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.effects.modelReset.connect(self._settle)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentRowChanged.connect(self._current)
        theme.current().changed.connect(self._settle)

    def _settle(self) -> None:
        look = theme.current()
        self.setAccessibleName(translate("Replan", "What changes for each ticket"))
        self.horizontalHeader().setFont(look.font("caption"))
        self.verticalHeader().setDefaultSectionSize(7 * look.u)
        rows = min(6, self.effects.rowCount())
        # a font may ask for more than the default
        height = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * height + 2)
        self._share()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Widths by what stands in them; the customer takes what is left or gives way."""
        metrics = self.fontMetrics()
        u = theme.current().u
        widths = []
        for column in range(len(COLUMNS)):
            rows = [str(self.effects.data(self.effects.index(row, column))) for row in range(self.effects.rowCount())]
            texts = [str(self.effects.headerData(column, Qt.Orientation.Horizontal)), *rows]
            widths.append(max(metrics.horizontalAdvance(text) for text in texts) + 5 * u)
        widths[0] += 4 * u
        widths[-1] += 5 * u
        spare = self.viewport().width() - sum(widths)
        if spare >= 0:
            for column in (1, 2, 6, 7):
                widths[column] += spare // 4
        else:
            widths[1] = max(14 * u, widths[1] + spare // 2)
            widths[2] = max(14 * u, widths[2] + spare - spare // 2)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _clicked(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()] == "letter":
            self.effects.toggle(index.row())

    def _current(self, index: QModelIndex) -> None:
        self.viewport().update()
        if index.isValid():
            self.chosen.emit(self.effects.effect(index.row()))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.effects.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
