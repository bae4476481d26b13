"""One person's day in one line: working hours, what is booked, and where the new work would go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...desk.values import DayStripBlock, Person
from ...planning.values import Interval, Span
from .. import theme, words
from ..i18n import fill
from ..widgets import paint_avatar


@dataclass(frozen=True)
class StripRow:
    """A person's bookings of the day, the hours worked, and the pieces that a slot would take (``ghost``)."""

    person: Person
    blocks: tuple[DayStripBlock, ...]
    hours: tuple[Interval, ...]
    ghost: tuple[Span, ...] = ()


class DayStrips(QWidget):
    """Rows of people over the hours of one day, the hours written below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer.promise.strips")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._rows: tuple[StripRow, ...] = ()
        self._day: date | None = None
        self._times: words.Times | None = None
        self._number: int | None = None
        theme.current().changed.connect(self._relook)

    def set_rows(self, rows: Sequence[StripRow], day: date, times: words.Times, number: int | None) -> None:
        """``number``: of the ticket that is being placed, written on the ghost."""
        self._rows, self._day, self._times, self._number = tuple(rows), day, times, number
        said = []
        free = self.tr("free")
        for row in rows:
            taken = ", ".join(
                f"{times.span(block.start, block.end)} {words.number(block.number)}" for block in row.blocks
            )
            said.append(f"{row.person.name}: {taken or free}")
        self.setAccessibleName(fill(self.tr("Plans of %1"), words.date_long(day)))
        self.setAccessibleDescription(". ".join(said))
        self.setToolTip("\n".join(said))
        self._relook()

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        look = theme.current()
        return max(6 * look.u, QFontMetrics(look.font("caption")).height() + 2 * look.u)

    def sizeHint(self) -> QSize:
        u = theme.current().u
        height = len(self._rows) * (self._row_height() + u)
        return QSize(60 * u, height + QFontMetrics(theme.current().font("caption")).height() + u)

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.current().u, self.sizeHint().height())

    def _range(self) -> tuple[int, int]:
        """First and last minute shown: everybody's hours, widened by what lies outside of them."""
        low = [start for row in self._rows for start, _ in row.hours]
        high = [end for row in self._rows for _, end in row.hours]
        for row in self._rows:
            for span in [*((b.start, b.end) for b in row.blocks), *((g.start, g.end) for g in row.ghost)]:
                inside = self._minutes(*span)
                if inside:
                    low.append(inside[0] // 60 * 60)
                    high.append(-(-inside[1] // 60) * 60)
        return (min(low, default=540), max(high, default=1080))

    def _minutes(self, start: datetime, end: datetime) -> tuple[int, int] | None:
        """Minutes after local midnight of the day, cut to it; None when it lies elsewhere."""
        assert self._times is not None and self._day is not None
        local_start, local_end = self._times.local(start), self._times.local(end)
        if local_end.date() < self._day or local_start.date() > self._day:
            return None
        first = 0 if local_start.date() < self._day else local_start.hour * 60 + local_start.minute
        last = 1440 if local_end.date() > self._day else local_end.hour * 60 + local_end.minute
        return (first, last) if last > first else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._times is None or not self._rows:
            return
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = self._range()
        left, width = 7 * u, self.width() - 7 * u - 1
        height = self._row_height()

        def x(minute: int) -> float:
            return left + width * (minute - low) / max(1, high - low)

        y = 0
        for row in self._rows:
            side = 5 * u
            paint_avatar(painter, QRect(0, y + (height - side) // 2, side, side), row.person.initials, row.person.id)
            band = QRectF(left, y, width, height)
            painter.fillRect(band, look.color("off"))
            for start, end in row.hours:
                painter.fillRect(QRectF(x(start), y, x(end) - x(start), height), look.color("bg-base"))
            for block in row.blocks:
                inside = self._minutes(block.start, block.end)
                if inside:
                    token = theme.URGENCY_TOKENS[min(max(block.urgency, 1), 4) - 1]
                    self._block(
                        painter,
                        QRectF(x(inside[0]), y, x(inside[1]) - x(inside[0]), height),
                        token,
                        block.number,
                    )
            for piece in row.ghost:
                inside = self._minutes(piece.start, piece.end)
                if inside:
                    area = QRectF(x(inside[0]), y, x(inside[1]) - x(inside[0]), height)
                    self._block(painter, area, "accent", self._number, ghost=True)
            y += height + u
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text3"))
        metrics = painter.fontMetrics()
        hours = (high - low) / 60
        step = max(1, round(hours / 3))
        for minute in range(low, high + 1, step * 60):
            text = f"{minute // 60 % 24:02}"
            spot = x(minute) - (0 if minute == low else metrics.horizontalAdvance(text) / 2)
            spot = min(spot, self.width() - metrics.horizontalAdvance(text))
            painter.drawText(QRectF(spot, y, metrics.horizontalAdvance(text) + 2, metrics.height()), text)

    def _block(self, painter: QPainter, area: QRectF, token: str, number: int | None, ghost: bool = False) -> None:
        look = theme.current()
        painter.setBrush(look.color(f"{token}-bg"))
        pen = QPen(look.color("accent" if ghost else f"{token}-bar"), 2 if ghost else 1)
        if ghost:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        text = str(number) if number is not None else ""
        painter.setFont(look.font("caption"))
        metrics = painter.fontMetrics()
        if text and metrics.horizontalAdvance(text) + 6 <= area.width():
            painter.setPen(look.color(token))
            painter.drawText(
                area.adjusted(4, 0, -1, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text
            )
