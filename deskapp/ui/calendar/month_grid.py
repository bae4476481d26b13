"""The month's heat: people by days, the share of each day that is taken or the hours that are free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ...desk.loads import MonthRow, MonthView
from ...planning.values import DayLoad
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import paint_avatar
from ..words import Times
from . import texts
from .painting import Look

_Index = QModelIndex | QPersistentModelIndex
_AT = Qt.ItemDataRole.DisplayRole
_PERSON = 41  # width of the people column, of u
_OFF = 4  # of a day on which nobody works
_FREE = 18
_LOUD = 85  # per cent from which a figure is bold
_ROW_LEAST, _ROW_MOST = 8, 26  # height of a row, of u
_ROWS_SEEN = 10  # people and the team that are never scrolled away, where the window is small


def share(load: DayLoad) -> float | None:
    """Of the day's working time; None when nobody works and nothing is planned."""
    if not load.working:
        return None if not load.booked else 2.0
    return load.booked / load.working


class MonthModel(QAbstractTableModel):
    """Column 0 is the person, the last one what is free; the last row is the team."""

    def __init__(self) -> None:
        super().__init__()
        self.view: MonthView | None = None
        self.times: Times | None = None
        self.me = ""
        self.hours = False

    def set_view(self, view: MonthView, times: Times, me: str) -> None:
        self.beginResetModel()
        self.view, self.times, self.me = view, times, me
        self.endResetModel()

    def set_hours(self, hours: bool) -> None:
        """Free hours instead of the share of the day."""
        self.hours = hours
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.view is None else len(self.view.rows) + 1

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.view is None else len(self.view.days) + 2

    def row_of(self, row: int) -> MonthRow | None:
        """The person's row; None for the team."""
        assert self.view is not None
        return self.view.rows[row] if row < len(self.view.rows) else None

    def day_of(self, column: int) -> date | None:
        assert self.view is not None
        return self.view.days[column - 1] if 1 <= column <= len(self.view.days) else None

    def load_of(self, row: int, column: int) -> DayLoad | None:
        """What a cell stands for; of the team: of all who are present."""
        day = self.day_of(column)
        if self.view is None or day is None:
            return None
        one = self.row_of(row)
        if one is not None:
            return one.loads[column - 1]
        booked, working = self.view.team[column - 1]
        return DayLoad(day, working, booked)

    def away(self, row: int, column: int) -> str:
        """The words of the absence that covers a cell."""
        one, day = self.row_of(row), self.day_of(column)
        if one is None or day is None or self.times is None:
            return ""
        found = next((each for each in one.away if each.first <= day <= each.last), None)
        return texts.absence(found.absence, self.times) if found is not None else ""

    def is_off(self, column: int) -> bool:
        assert self.view is not None
        return 1 <= column <= len(self.view.days) and not self.view.kinds[column - 1][2]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        if self.view is None:
            return ""
        one = self.row_of(row)
        if column == 0:
            return one.person.name if one is not None else translate("Month", "Team")
        if column == self.columnCount() - 1:
            if one is None:
                return ""
            return f"{words.hours(one.free // 60 * 60)}{words.NBSP}{translate('Words', 'h')}"
        load = self.load_of(row, column)
        if load is None or self.is_off(column) or self.away(row, column):
            return ""
        part = share(load)
        if part is None:
            return ""
        if self.hours:
            return words.hours(max(0, load.working - load.reserve - load.booked))
        return str(round(part * 100))

    def data(self, index: _Index, role: int = _AT) -> Any:
        if role == _AT:
            return self.text(index.row(), index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.sentence(index.row(), index.column())
        return None

    def sentence(self, row: int, column: int) -> str:
        """A cell for those who listen: "Pavel Zhukov, Thursday, 12 November: 10 of 8 h. Over by 2 h"."""
        load, name = self.load_of(row, column), self.text(row, 0)
        if load is None:
            return self.text(row, column) if column else name
        day = f"{name}, {words.date_long(load.day)}"
        gone = self.away(row, column)
        if gone or not load.working:
            return f"{day}: {gone or load.label or translate('Month', 'not working')}"
        said = f"{day}: {texts.load(load.booked, load.working)}"
        if load.reserve:
            said = f"{said}, {texts.kept_free(load.reserve)}"
        return f"{said}. {texts.overload(load.booked - load.working)}" if load.booked > load.working else said


class _Head(QHeaderView):
    """Weekday and number; of days without work only the number, small."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(8)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 11 * theme.current().u)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        look, u = theme.current(), theme.current().u
        model = self.model()
        assert isinstance(model, MonthModel)
        painter.fillRect(rect, look.color("bg-window"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("line"))
        if model.view is None or model.times is None:
            return
        day = model.day_of(column)
        upper, lower = rect.adjusted(0, u, 0, -rect.height() // 2), rect.adjusted(0, rect.height() // 2 - 1, 0, -u)
        centre = Qt.AlignmentFlag.AlignCenter
        if day is None:
            first = column == 0
            lines = (
                (texts.people_count(len(model.view.rows)), translate("Month", "planned, share of day"))
                if first
                else (translate("Month", "free"), translate("Month", "from now"))
            )
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text2"))
            for area, text in zip((upper, lower), lines, strict=True):
                area = area.adjusted(3 * u if first else 1, 0, -1, 0)
                side = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignLeft if first else centre)
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
                painter.drawText(area, side, shown)
            return
        kind, _name, minutes = model.view.kinds[column - 1]
        if not minutes:
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("crit" if kind == "holiday" else "text3"))
            painter.drawText(lower, centre | Qt.TextFlag.TextDontClip, str(day.day))
            return
        today = day == model.times.today()
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("accent" if today else "text2"))
        painter.drawText(upper, centre, words.weekday_short(day)[:2])
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("accent" if today else "text"))
        painter.drawText(lower, centre, str(day.day))


class _Cells(QStyledItemDelegate):
    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._kept: Look | None = None
        theme.current().changed.connect(self._forget)

    def _forget(self) -> None:
        self._kept = None

    def _look(self) -> Look:
        """Fonts and hatch for all cells; made anew for each they cost more than the cells."""
        if self._kept is None:
            self._kept = Look()
        return self._kept

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, MonthModel) and model.view is not None and model.times is not None
        look = theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        row, column = index.row(), index.column()
        team = model.row_of(row) is None
        painter.fillRect(rect, look.color("bg-alt" if team else "bg-base"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("line"))
        if column == 0:
            self._person(painter, rect, model, row)
            return
        text = model.text(row, column)
        day = model.day_of(column)
        if day is None:
            painter.setFont(look.font("strong"))
            painter.setPen(look.color("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gone = "" if team else model.away(row, column)
        cell = QRectF(rect).adjusted(1.5, 4, -1.5, -5)
        if gone:
            self._gone(painter, cell, gone)
        elif model.is_off(column):
            self._look().hatch(painter, QRectF(rect).adjusted(0, 0, 0, -1))
        elif text:
            self._cell(painter, cell, model, row, column, text, day < model.times.today())
        if day == model.times.today():
            painter.setPen(QPen(look.color("accent"), 2))
            for x in (rect.left() + 1, rect.right()):
                painter.drawLine(x, rect.top(), x, rect.bottom())
            if team:
                painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if self._table.currentIndex() == index and not team:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRoundedRect(cell, 3, 3)

    def _cell(
        self, painter: QPainter, cell: QRectF, model: MonthModel, row: int, column: int, text: str, past: bool
    ) -> None:
        look = theme.current()
        load = model.load_of(row, column)
        part = share(load) if load is not None else None
        if load is None or part is None:
            return
        token = "bg-alt" if past else theme.heat_token(part)
        painter.setPen(QPen(look.color("line-ctl"), 1) if look.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.color(token))
        if model.row_of(row) is None:  # the team: as high as it is full
            painter.setBrush(look.color("l0"))
            painter.drawRoundedRect(cell, 3, 3)
            painter.setBrush(look.color(token if not past else "off"))
            height = cell.height() * min(1.0, part)
            painter.drawRoundedRect(QRectF(cell.left(), cell.bottom() - height, cell.width(), height), 3, 3)
        else:
            painter.drawRoundedRect(cell, 3, 3)
        if part > 1 and not past:
            side = 8.0
            painter.setBrush(look.color("crit-bar"))
            painter.setPen(Qt.PenStyle.NoPen)
            corner = cell.topRight()
            painter.drawPolygon(QPolygonF([corner - QPointF(side, 0), corner, corner + QPointF(0, side)]))
        font = look.font("small")
        if round(part * 100) > _LOUD and not past:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(look.color("text2" if past else "text"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)

    def _gone(self, painter: QPainter, cell: QRectF, text: str) -> None:
        look = self._look()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        look.hatch(painter, cell)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawRoundedRect(cell, 3, 3)
        width = min(cell.width() - 6, look.width(look.caption, text) + 12)
        if width < 30:
            return
        height = look.height(look.caption) + 4
        tag = QRectF(cell.center().x() - width / 2, cell.center().y() - height / 2, width, height)
        painter.setBrush(look.color("bg-window"))
        painter.drawRoundedRect(tag, 3, 3)
        painter.setFont(look.caption)
        painter.setPen(look.color("text2"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width) - 8)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, shown)

    def _person(self, painter: QPainter, rect: QRect, model: MonthModel, row: int) -> None:
        look, u = theme.current(), theme.current().u
        one = model.row_of(row)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        middle = rect.center().y()
        if one is None:
            top, first, second = rect.left() + 3 * u, translate("Month", "Team"), translate("Month", "people present")
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = min(6 * u, rect.height() - 6)
            avatar = QRect(rect.left() + 3 * u, middle - side // 2, side, side)
            paint_avatar(painter, avatar, one.person.initials, one.person.id)
            top, first = rect.left() + 11 * u, one.person.name
            second = texts.person_line(one.person, one.person.id == model.me)
        width = rect.right() - top - u
        line = QRect(top, middle - 9 * u // 2, width, 9 * u // 2)
        small = rect.height() < 9 * u + 2
        if small:
            line = QRect(top, rect.top(), width, rect.height())
        for area, text, role, token in (
            (line, first, "body", "text"),
            (line.translated(0, line.height()), second, "caption", "text2"),
        ):
            if small and role == "caption":
                continue
            painter.setFont(look.font(role))
            painter.setPen(look.color(token))
            painter.drawText(area, left, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width))


class MonthGrid(QTableView):
    """Arrows move over working days, Enter opens the day. `chosen`: (person id, day) of the current cell."""

    chosen = Signal(str, object)
    day_wanted = Signal(object)
    key_handler: Callable[[QKeyEvent], bool] | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("month.grid")
        self.cells = MonthModel()
        self.setModel(self.cells)
        self.setItemDelegate(_Cells(self))
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(16)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(self._open)
        theme.current().changed.connect(self.settle)

    def show_view(self, view: MonthView, times: Times, me: str) -> None:
        current = self.currentIndex()
        spot = (current.row(), current.column()) if current.isValid() else None
        self.clearSpans()
        self.cells.set_view(view, times, me)
        for row, one in enumerate(view.rows):
            for away in one.away:
                first = 1 + (away.first - view.first).days
                length = (away.last - away.first).days + 1
                if length > 1:
                    self.setSpan(row, first, 1, length)
        self.settle()
        if spot is None or spot[1] > len(view.days):
            spot = self._first(view, times)
        self.setCurrentIndex(self.cells.index(*spot))

    def _first(self, view: MonthView, times: Times) -> tuple[int, int]:
        """The fullest day to come, else today or the first working day."""
        if view.overloaded:
            person, day, _over = view.overloaded[0]
            row = next((i for i, one in enumerate(view.rows) if one.person.id == person), 0)
            return row, 1 + (day - view.first).days
        today = times.today()
        days = [i for i, (_k, _n, minutes) in enumerate(view.kinds) if minutes and view.days[i] >= today]
        return 0, 1 + (days[0] if days else 0)

    def settle(self) -> None:
        """Widths: people, narrow days off, the rest shared by working days."""
        view = self.cells.view
        if view is None:
            return
        u = theme.current().u
        head = self.horizontalHeader()
        working = [bool(minutes) for _kind, _name, minutes in view.kinds]
        width = self.viewport().width()
        people = _PERSON * u if width > 230 * u else 34 * u
        rest = width - people - _FREE * u - sum(_OFF * u for one in working if not one)
        each = max(6 * u, rest // max(1, sum(working)))
        head.resizeSection(0, people)
        for place, one in enumerate(working):
            head.resizeSection(place + 1, each if one else _OFF * u)
        spare = max(0, rest - each * sum(working))
        head.resizeSection(len(working) + 1, _FREE * u + spare)
        rows = max(1, self.cells.rowCount())
        above = head.sizeHint().height()
        self.setMinimumHeight(above + _ROW_LEAST * u * min(rows, _ROWS_SEEN))
        self.setMaximumHeight(above + _ROW_MOST * u * rows)  # what is over is for the answers below
        height = max(_ROW_LEAST * u, min(_ROW_MOST * u, self.viewport().height() // rows))
        for row in range(rows):
            self.verticalHeader().resizeSection(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        day = self.cells.day_of(index.column()) if index.isValid() else None
        row = self.cells.row_of(index.row()) if index.isValid() else None
        if day is not None and row is not None:
            self.chosen.emit(row.person.id, day)

    def _open(self, index: QModelIndex) -> None:
        day = self.cells.day_of(index.column())
        if day is not None:
            self.day_wanted.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.key_handler is not None and self.key_handler(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def _step(self, steps: int) -> None:
        """To the next working day; an absence is one step."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        here = self.cells.away(row, column)
        while True:
            column += steps
            if self.cells.day_of(column) is None:
                return
            gone = self.cells.away(row, column)
            if not self.cells.is_off(column) and (not gone or gone != here):
                break
        self.setCurrentIndex(self.cells.index(row, column))

    def describe(self, month: str) -> None:
        self.setAccessibleName(fill(translate("Month", "Load of %1, people by days"), month))
