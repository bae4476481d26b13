"""What a page of reports is made of: tiles, and cards with a chart and its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...desk.figures import Tile
from .. import chosen, theme
from ..fields import Choice
from ..i18n import fill, translate
from ..popups import Popup
from ..readtable import WordsModel
from ..widgets import ElidedLabel, Label, ToolButton
from . import words as said
from .charts import Canvas, paint_spark


class TileBox(QFrame):
    """One figure: its name, the value, how it moved, what is behind it. W, Enter or a click tells its definition."""

    accessible_role = "Button"
    explain = Signal(str)

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"reports.tile.{code}")
        self.code = code
        self._tile: Tile | None = None
        self._hours = 2.0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.current().changed.connect(self.update)

    def set_tile(self, tile: Tile, rule_minutes: int) -> None:
        self._tile = tile
        self._hours = rule_minutes / 60
        value, unit = said.value(tile)
        change, _token = said.change(tile)
        parts = [f"{self.title()}: {value} {unit}".strip(), change, said.beside(tile)]
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(said.definition(self.code))
        self.update()

    def title(self) -> str:
        return fill(said.title(self.code), said.decimal(self._hours).rstrip("0").rstrip(",."))

    def sizeHint(self) -> QSize:
        return QSize(48 * theme.current().u, 22 * theme.current().u)

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * theme.current().u, 22 * theme.current().u)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("bg-base"))
        painter.drawRoundedRect(frame, 6, 6)
        inner = frame.adjusted(3.5 * look.u, 2.5 * look.u, -3.5 * look.u, -2.5 * look.u)
        small, display = look.font("small"), look.font("display")
        fine, large = QFontMetricsF(small), QFontMetricsF(display)
        painter.setFont(small)
        painter.setPen(look.color("text2"))
        name = fine.elidedText(self.title(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), fine.height()), 0, name)
        if self._tile is None:
            return
        value, unit = said.value(self._tile)
        y = inner.top() + fine.height() + look.u / 2
        painter.setFont(display)
        painter.setPen(look.color("text"))
        painter.drawText(QRectF(inner.left(), y, inner.width(), large.height()), 0, value)
        width = large.horizontalAdvance(value)
        painter.setFont(small)
        base = y + large.ascent()
        painter.setPen(look.color("text2"))
        painter.drawText(int(inner.left() + width + look.u), int(base), unit)
        taken = width + look.u + fine.horizontalAdvance(unit) + 4 * look.u
        room = min(inner.width() * 0.4, inner.width() - taken)
        if room > 8 * look.u:
            area = QRectF(inner.right() - room, y + 2, room - 3, large.height() - 6)
            paint_spark(painter, area, self._tile.spark)
        change, token = said.change(self._tile)
        y = inner.bottom() - fine.height()
        x = inner.left()
        if change:
            bold = look.font("small")
            bold.setBold(True)
            painter.setFont(bold)
            painter.setPen(look.color(token))
            wide = QFontMetricsF(bold).horizontalAdvance(change)
            painter.drawText(QRectF(x, y, wide + 2, fine.height()), 0, change)
            x += wide + 2 * look.u
            painter.setFont(small)
        painter.setPen(look.color("text2"))
        behind = fine.elidedText(said.beside(self._tile), Qt.TextElideMode.ElideRight, inner.right() - x)
        painter.drawText(QRectF(x, y, inner.right() - x, fine.height()), 0, behind)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.explain.emit(self.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.explain.emit(self.code)
        else:
            super().keyPressEvent(event)


class Filter(Choice):
    """A list whose first entry leaves everything in; as wide as its words want, within reason."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(52 * theme.current().u)

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """(value, words); what was chosen stays chosen."""
        chosen = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for value, text in entries:
            self.addItem(text, value)
        self.blockSignals(blocked)
        self.select(chosen)

    def value(self) -> str:
        return str(self.currentData() or "")


class Definition(Popup):
    """What a figure counts; closed like every popup."""

    def __init__(self, host: QWidget, title: str, text: str) -> None:
        super().__init__(host)
        self.setObjectName("reports.definition")
        u = theme.current().u
        self.setFixedWidth(96 * u)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 4 * u)
        column.setSpacing(2 * u)
        heading, body = Label(title, "heading"), Label(text)
        for label in (heading, body):
            label.setWordWrap(True)
            column.addWidget(label)


#: Rows that are measured for the width of a column; a table of thousands would be measured for seconds.
_MEASURED = 60


class _Airy(QStyledItemDelegate):
    """Sentences of several lines stand off the lines between the rows."""

    def sizeHint(self, option: Any, index: Any) -> QSize:
        return super().sizeHint(option, index) + QSize(0, 2 * theme.current().u)


class WordsTable(QTableView):
    """Rows that can be copied as cells, and opened where something stands behind them."""

    opened = Signal(object)

    def __init__(self, narrow: bool = True, parent: QWidget | None = None) -> None:
        """``narrow``: in a card, where the first column takes what the others leave."""
        super().__init__(parent)
        self._narrow = narrow
        self.words = WordsModel(self)
        self.setModel(self.words)
        self.setItemDelegate(_Airy(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        chosen.whole_rows(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.activated.connect(self._activated)
        self.clicked.connect(self._activated)

    def fill_with(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        behind: Sequence[Any] = (),
        texts: Sequence[int] = (0,),
    ) -> None:
        u = theme.current().u
        self.words.set_words(headers, rows, behind, texts)
        self.verticalHeader().setDefaultSectionSize(7 * u)
        self.horizontalHeader().setFont(theme.current().font("small"))
        if not headers:
            return
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(mode.ResizeToContents)  # of all: the table before had others
        self.horizontalHeader().setSectionResizeMode(0, mode.Stretch if self._narrow else mode.Interactive)
        if not self._narrow:
            least = 60 * u if 0 in texts else 0
            self.setColumnWidth(0, max(least, min(110 * u, self.sizeHintForColumn(0) + 4 * u)))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow card the last columns go before the names are cut; the whole is in the report."""
        columns = self.words.columnCount()
        if not self._narrow or not columns:
            return
        left = self.viewport().width() - min(36 * theme.current().u, self.sizeHintForColumn(0) + 2 * theme.current().u)
        for column in range(1, columns):
            self.setColumnHidden(column, False)
            left -= max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnHidden(column, left < 0)

    def _activated(self, index: QModelIndex) -> None:
        behind = index.data(Qt.ItemDataRole.UserRole)
        if behind is not None:
            self.opened.emit(behind)

    def as_cells(self) -> str:
        """Everything, as a spreadsheet takes it from the clipboard."""
        return _cells(self.words.headers(), self.words.rows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_cells())
        else:
            super().keyPressEvent(event)


def _cells(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(cell.replace("\t", " ") for cell in line) for line in (headers, *rows))


class ChartCard(QFrame):
    """A chart with its title, its legend, and a button that shows the same figures as a table."""

    opened = Signal(object)

    def __init__(self, name: str, canvas: Canvas | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"reports.{name}")
        u = theme.current().u
        self.canvas = canvas
        self.title = Label("", "heading")
        self.note = ElidedLabel("", "small", "text2")
        self.legend = Legend()
        self.twin = ToolButton("table", "")
        self.twin.setObjectName(f"reports.{name}.twin")
        self.twin.setCheckable(True)
        self.twin.toggled.connect(self._switch)
        self._head = head = QHBoxLayout()
        head.setSpacing(2 * u)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        head.addWidget(self.legend)
        self._below = False
        if canvas is not None:
            head.addWidget(self.twin)
        else:
            self.twin.hide()
        self.table = WordsTable()
        self.table.setObjectName(f"reports.{name}.table")
        self.stack = QStackedWidget()
        if canvas is not None:
            canvas.setObjectName(f"reports.{name}.chart")
            canvas.opened.connect(self.opened)
            self.stack.addWidget(canvas)
        self.stack.addWidget(self.table)
        self.table.opened.connect(self.opened)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(round(3.5 * u), 2 * u, round(3.5 * u), 3 * u)
        column.setSpacing(u)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        theme.current().changed.connect(self.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_legend()

    def _place_legend(self) -> None:
        """Colours without their words say nothing: where the legend has no room beside the title, it stands below."""
        beside = [part.sizeHint().width() for part in (self.title, self.legend, self.twin)]
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 3 * self._head.spacing()
        below = sum(beside) > room and self.legend.sizeHint().width() > 0
        if below == self._below:
            return
        self._below = below
        if below:
            self._column.insertWidget(1, self.legend)
        else:
            self._head.insertWidget(2, self.legend)

    def set_words(self, title: str, note: str, legend: Sequence[tuple[str, str]] = ()) -> None:
        self.title.setText(title)
        self.note.setText(note)
        self.legend.set_entries(legend)
        self._place_legend()
        self.table.setAccessibleName(title)
        self.twin.set_words(translate("Reports", "The same as a table"))
        if self.canvas is not None:
            self.canvas.setAccessibleName(f"{title}: {note}" if note else title)

    def show_figures(self) -> None:
        """The twin says what the canvas was given; behind its chart a table is neither filled nor measured."""
        if self.canvas is not None and self.stack.currentWidget() is self.table:
            self.table.fill_with(*self.canvas.table())

    def as_cells(self) -> str:
        """The figures, as a spreadsheet takes them from the clipboard."""
        return self.table.as_cells() if self.canvas is None else _cells(*self.canvas.table())

    def _switch(self, on: bool) -> None:
        self.stack.setCurrentWidget(self.table if on or self.canvas is None else self.canvas)
        self.show_figures()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("bg-base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class Legend(QWidget):
    """Squares with words; leaves out what has no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """(colour, words)."""
        self._entries = list(entries)
        self.setAccessibleName(", ".join(words for _token, words in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics, u = QFontMetricsF(theme.current().font("small")), theme.current().u
        return QSize(int(sum(metrics.horizontalAdvance(words) + 7 * u for _token, words in self._entries)), 5 * u)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 5 * theme.current().u)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        metrics = QFontMetricsF(look.font("small"))
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        x, size = 0.0, 2.5 * look.u
        for token, words in self._entries:
            wide = metrics.horizontalAdvance(words)
            if x + size + look.u + wide > self.width() + 1:
                break
            painter.fillRect(QRectF(x, (self.height() - size) / 2, size, size), look.color(token))
            painter.setPen(look.color("text2"))
            box = QRectF(x + size + 1.5 * look.u, 0, wide + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            x += size + wide + 4.5 * look.u
