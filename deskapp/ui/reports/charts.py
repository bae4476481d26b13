"""Charts, painted here: stacked bars, columns, bars, dots, a spark line. No chart waits for a library.

A canvas holds marks: each has a place, words, and what stands behind it. The mouse or the arrow keys choose one, a
click or Enter opens it. Every canvas says its figures as a table too, for the twin, the clipboard and a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from .. import theme
from ..i18n import translate
from .words import decimal

Table = tuple[list[str], list[list[str]]]


@dataclass(frozen=True)
class Mark:
    """A part of a chart that can be chosen. ``behind`` is handed on when it is opened; None: nothing behind it."""

    rect: QRectF
    words: str
    behind: Any = None


def nice_top(value: float) -> tuple[float, float]:
    """(top, step) of an axis from zero that holds ``value`` in two to five steps."""
    if value <= 0:
        return 1.0, 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    for factor in (1, 2, 5, 10):
        step = power * factor / 2
        if value <= 4 * step:
            count = -(-value // step)
            return count * step, step
    return power * 10, power * 5


class Canvas(QWidget):
    """The painted part of a chart."""

    accessible_role = "Chart"
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[Mark] = []
        self._chosen = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.current().changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        u = theme.current().u
        return QSize(50 * u, 36 * u)

    def marks(self) -> list[Mark]:
        return self._marks

    def table(self) -> Table:
        """Headers and rows, as words."""
        raise NotImplementedError

    def paint(self, painter: QPainter, area: QRectF) -> list[Mark]:
        """Draw into ``area``; the marks that were drawn."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._marks = self.paint(painter, QRectF(self.rect()))
        if self.nothing():
            painter.setFont(theme.current().font("small"))
            painter.setPen(theme.current().color("text2"))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), middle, translate("Reports", "Nothing in this period. Choose a longer one."))
        if self.hasFocus() and 0 <= self._chosen < len(self._marks):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.drawRoundedRect(self._marks[self._chosen].rect.adjusted(-3, -3, 3, 3), 3, 3)
        painter.end()

    def nothing(self) -> bool:
        """Whether there is nothing to draw in this period; the chart then says so."""
        return not self._marks

    # -- choosing

    def _at(self, point: QPointF) -> int:
        for place, mark in enumerate(self._marks):
            if mark.rect.adjusted(-1, -1, 1, 1).contains(point):
                return place
        return -1

    def _choose(self, place: int) -> None:
        self._chosen = place
        if 0 <= place < len(self._marks):
            self.setAccessibleDescription(self._marks[place].words)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._marks) - 1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is not None and last >= 0:
            self._choose(max(0, min(last, self._chosen + step)))
            mark = self._marks[self._chosen]
            QToolTip.showText(self.mapToGlobal(mark.rect.center().toPoint()), mark.words, self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._chosen <= last:
            self._open(self._chosen)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        behind = place >= 0 and self._marks[place].behind is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if behind else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._choose(place)
            self._open(place)

    def _open(self, place: int) -> None:
        behind = self._marks[place].behind
        if behind is not None:
            self.opened.emit(behind)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            if place >= 0:
                QToolTip.showText(event.globalPos(), self._marks[place].words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # -- shared drawing

    @staticmethod
    def _metrics(role: str = "caption") -> QFontMetricsF:
        return QFontMetricsF(theme.current().font(role))

    def _value_axis(
        self, painter: QPainter, area: QRectF, top: float, step: float, words: Any, unit_width: float
    ) -> QRectF:
        """Grid and figures at the left; the rectangle that is left for marks."""
        look = theme.current()
        inner = area.adjusted(unit_width, 0, 0, 0)
        painter.setFont(look.font("caption"))
        value = 0.0
        while value <= top + step / 1000:
            y = inner.bottom() - inner.height() * value / top
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
            painter.setPen(look.color("text2"))
            box = QRectF(area.left(), y - 10, unit_width - 6, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words(value))
            value += step
        return inner


@dataclass(frozen=True)
class Stack:
    """A column of several parts, from below. ``parts``: (value, words, behind) in the order of the colours."""

    label: str
    parts: tuple[tuple[float, str, Any], ...]
    above: str = ""
    pale: bool = False


class StackedBars(Canvas):
    def __init__(self, tokens: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tuple(tokens)
        self._stacks: list[Stack] = []
        self._headers: list[str] = []

    def set_stacks(self, stacks: Sequence[Stack], headers: Sequence[str]) -> None:
        """``headers``: of the column of labels, of each part, of what stands above."""
        self._stacks, self._headers = list(stacks), list(headers)
        self.update()

    def table(self) -> Table:
        rows = [
            [stack.label, *(f"{value:g}" for value, _words, _behind in stack.parts), stack.above]
            for stack in self._stacks
        ]
        return self._headers, rows

    def paint(self, painter: QPainter, area: QRectF) -> list[Mark]:
        look = theme.current()
        metrics = self._metrics()
        if not self._stacks:
            return []
        highest = max(sum(part[0] for part in stack.parts) for stack in self._stacks)
        top, step = nice_top(highest)
        line = metrics.height()
        plot = area.adjusted(0, 1.6 * line, 0, -1.7 * line)
        unit = metrics.horizontalAdvance(f"{top:g}") + 12
        inner = self._value_axis(painter, plot, top, step, lambda value: f"{value:g}", unit)
        room = inner.width() / len(self._stacks)
        width = min(room * 0.5, 10 * look.u)
        marks: list[Mark] = []
        for place, stack in enumerate(self._stacks):
            x = inner.left() + room * (place + 0.5) - width / 2
            y = inner.bottom()
            for (value, words, behind), token in zip(stack.parts, self._tokens, strict=True):
                if not value:
                    continue
                height = inner.height() * value / top
                rect = QRectF(x, y - height, width, max(1.0, height - 1))
                color = look.color(token)
                if stack.pale:
                    color.setAlphaF(0.45)
                painter.fillRect(rect, color)
                marks.append(Mark(rect, f"{stack.label}: {words}", behind))
                y -= height
            painter.setPen(look.color("text"))
            bold = look.font("caption")
            bold.setBold(True)
            painter.setFont(bold)
            box = QRectF(x + width / 2 - room / 2, y - 1.4 * line, room, 1.3 * line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, stack.above)
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text2"))
            every = max(1, round(metrics.horizontalAdvance(stack.label + "  ") / room + 0.49))
            if place % every == 0:
                below = QRectF(x + width / 2 - room * every / 2, inner.bottom() + 0.4 * line, room * every, 1.2 * line)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, stack.label)
        return marks


@dataclass(frozen=True)
class Column:
    label: str  # at its left edge; empty for none
    value: int
    words: str
    behind: Any = None
    bad: bool = False


class Columns(Canvas):
    """Columns side by side over one axis, with lines that stand between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: list[Column] = []
        self._lines: list[tuple[float, str, str]] = []
        self._headers: list[str] = ["", ""]

    def set_columns(
        self, columns: Sequence[Column], lines: Sequence[tuple[float, str, str]], headers: Sequence[str]
    ) -> None:
        """``lines``: (place in columns, words, smaller words)."""
        self._columns, self._lines, self._headers = list(columns), list(lines), list(headers)
        self.update()

    def table(self) -> Table:
        return self._headers, [[column.words.partition(":")[0], str(column.value)] for column in self._columns]

    def nothing(self) -> bool:
        return not any(column.value for column in self._columns)

    def paint(self, painter: QPainter, area: QRectF) -> list[Mark]:
        look = theme.current()
        metrics = self._metrics()
        if self.nothing():
            return []
        line = metrics.height()
        top, step = nice_top(max(column.value for column in self._columns))
        plot = area.adjusted(0, 2.6 * line, 0, -1.7 * line)
        unit = metrics.horizontalAdvance(f"{top:g}") + 12
        inner = self._value_axis(painter, plot, top, step, lambda value: f"{value:g}", unit)
        room = inner.width() / len(self._columns)
        marks: list[Mark] = []
        every = max(1, round(max(metrics.horizontalAdvance(c.label + "  ") for c in self._columns) / room + 0.49))
        shown = 0
        for place, column in enumerate(self._columns):
            height = inner.height() * column.value / top
            rect = QRectF(inner.left() + room * place + 0.5, inner.bottom() - height, room - 1, height)
            painter.fillRect(rect, look.color("crit-bar" if column.bad else "norm-bar"))
            painter.setFont(look.font("caption"))
            if column.value:
                painter.setPen(look.color("text"))
                box = QRectF(rect.left(), rect.top() - 1.2 * line, rect.width(), 1.1 * line)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(column.value))
            if column.label:
                if shown % every == 0 or every <= 2:
                    painter.setPen(look.color("text2"))
                    box = QRectF(rect.left() - 3 * room, inner.bottom() + 0.4 * line, 6 * room, 1.2 * line)
                    flag = Qt.AlignmentFlag.AlignHCenter
                    if place == 0:
                        box, flag = (
                            QRectF(rect.left(), box.top(), box.width(), box.height()),
                            Qt.AlignmentFlag.AlignLeft,
                        )
                    painter.drawText(box, flag, column.label)
                shown += 1
            marks.append(Mark(rect if column.value else QRectF(rect.left(), inner.bottom() - 4, room, 4), column.words,
                              column.behind if column.value else None))  # fmt: skip
        taken = -1.0
        for at, words, small in sorted(self._lines):
            x = inner.left() + room * at
            painter.setPen(QPen(look.color("text"), 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top() + 2), QPointF(x, inner.bottom()))
            bold = look.font("caption")
            bold.setBold(True)
            painter.setFont(bold)
            painter.setPen(look.color("text"))
            wide = max(QFontMetricsF(bold).horizontalAdvance(words), metrics.horizontalAdvance(small))
            left = x + 6 if x + 6 + wide <= area.right() else x - 6 - wide
            y = area.top() if left > taken else area.top() + line
            painter.drawText(QRectF(left, y, wide + 2, line), Qt.AlignmentFlag.AlignLeft, words)
            if small:
                painter.setFont(look.font("caption"))
                painter.setPen(look.color("text2"))
                painter.drawText(QRectF(left, y + line, wide + 2, line), Qt.AlignmentFlag.AlignLeft, small)
            taken = left + wide
        return marks


class Bars(Canvas):
    """Horizontal bars with a name, a number and a share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, int, str, Any]] = []
        self._headers = ["", "", ""]

    def set_rows(self, rows: Sequence[tuple[str, int, str, Any]], headers: Sequence[str]) -> None:
        """(name, number, share in words, behind)."""
        self._rows, self._headers = list(rows), list(headers)
        self.update()

    def table(self) -> Table:
        return self._headers, [[name, str(count), share] for name, count, share, _behind in self._rows]

    def paint(self, painter: QPainter, area: QRectF) -> list[Mark]:
        look = theme.current()
        metrics = self._metrics("small")
        if not self._rows:
            return []
        height = min(area.height() / len(self._rows), 10.0 * look.u)
        fits = max(1, int(area.height() // max(height, metrics.height() + 2)))
        rows = self._rows[:fits]
        names = min(max(metrics.horizontalAdvance(row[0]) for row in rows), area.width() * 0.4)
        counts = max(metrics.horizontalAdvance(str(row[1])) for row in rows) + 3 * look.u
        shares = max(metrics.horizontalAdvance(row[2]) for row in rows) + 2 * look.u
        most = max(row[1] for row in rows)
        marks: list[Mark] = []
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, (name, count, share, behind) in enumerate(rows):
            y = area.top() + height * place
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(area.left(), y, names + 2, height), Qt.AlignmentFlag.AlignLeft | middle, shown)
            left = area.left() + names + 3 * look.u
            track = QRectF(left, y + height / 2 - 1.5 * look.u, area.right() - counts - shares - left, 3 * look.u)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg-hover"))
            painter.drawRoundedRect(track, 2, 2)
            if most and count:
                painter.setBrush(look.color("norm-bar"))
                painter.drawRoundedRect(
                    QRectF(track.left(), track.top(), track.width() * count / most, track.height()), 2, 2
                )
            strong = look.font("small")
            strong.setBold(True)
            painter.setFont(strong)
            painter.setPen(look.color("text"))
            right = Qt.AlignmentFlag.AlignRight | middle
            painter.drawText(QRectF(area.right() - counts - shares, y, counts, height), right, str(count))
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            painter.drawText(QRectF(area.right() - shares, y, shares, height), right, share)
            whole = QRectF(area.left(), y + 1, area.width(), height - 2)
            marks.append(Mark(whole, f"{name}: {count}, {share}", behind))
        return marks


class Dots(Canvas):
    """Points over two axes of hours, with the line on which estimate and fact are the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[tuple[float, float, str, Any, bool]] = []
        self._headers = ["", "", ""]
        self._unit = "%1"

    def set_points(
        self, points: Sequence[tuple[float, float, str, Any, bool]], headers: Sequence[str], unit: str
    ) -> None:
        """(hours across, hours up, words, behind, marked); ``unit``: "%1 h"."""
        self._points, self._headers, self._unit = list(points), list(headers), unit
        self.update()

    def table(self) -> Table:
        return self._headers, [[words, decimal(x, 2), decimal(y, 2)] for x, y, words, _behind, _marked in self._points]

    def paint(self, painter: QPainter, area: QRectF) -> list[Mark]:
        look = theme.current()
        metrics = self._metrics()
        if not self._points:
            return []
        line = metrics.height()

        def words(value: float) -> str:
            return self._unit.replace("%1", decimal(value).rstrip("0").rstrip(",."))

        top, step = nice_top(max(y for _x, y, *_rest in self._points))
        far, across = nice_top(max(x for x, *_rest in self._points))
        unit = max(metrics.horizontalAdvance(words(top)), metrics.horizontalAdvance(words(top / 2))) + 10
        plot = area.adjusted(0, line / 2, -line, -1.7 * line)
        inner = self._value_axis(painter, plot, top, step, words, unit)
        value = 0.0
        while value <= far + across / 1000:
            x = inner.left() + inner.width() * value / far
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))
            painter.setPen(look.color("text2"))
            box = QRectF(x - 40, inner.bottom() + 0.4 * line, 80, 1.2 * line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words(value))
            value += across
        end = min(top, far)
        painter.setPen(QPen(look.color("text2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(
            QPointF(inner.left(), inner.bottom()),
            QPointF(inner.left() + inner.width() * end / far, inner.bottom() - inner.height() * end / top),
        )
        marks: list[Mark] = []
        painter.setPen(Qt.PenStyle.NoPen)
        for x, y, about, behind, marked in self._points:
            at = QPointF(inner.left() + inner.width() * x / far, inner.bottom() - inner.height() * y / top)
            color = look.color("crit-bar" if marked else "norm-bar")
            color.setAlphaF(0.8)
            painter.setBrush(color)
            painter.drawEllipse(at, 3.2, 3.2)
            marks.append(Mark(QRectF(at.x() - 4, at.y() - 4, 8, 8), about, behind))
        return marks


def paint_spark(painter: QPainter, area: QRectF, values: Sequence[float | None], token: str = "norm-bar") -> None:
    """A line through what is known, with a dot at its end."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return
    low, high = min(value for _place, value in known), max(value for _place, value in known)
    spread = (high - low) or 1.0
    width = max(1, len(values) - 1)
    points = [
        QPointF(area.left() + area.width() * place / width, area.bottom() - area.height() * (value - low) / spread)
        for place, value in known
    ]
    color = theme.current().color(token)
    painter.setPen(QPen(color, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(points)
    painter.setBrush(color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(points[-1], 2.6, 2.6)
