"""The next four weeks as a working calendar makes them: hours, holidays by name, shortened days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from .. import theme, words
from ..i18n import fill, translate

if TYPE_CHECKING:
    from ...desk.desk import Desk

WEEKS = 4


def read(desk: Desk) -> tuple[date, tuple[tuple[str, str, int], ...]]:
    """(the Monday of this week, (kind, name, working minutes) a day) by the desk's calendar."""
    from ...desk import planboard

    today = desk.clock.now().astimezone(desk.zone).date()
    monday = today - timedelta(days=today.weekday())
    return monday, planboard.view(desk, monday, 7 * WEEKS).day_labels


def working_days(monday: date, days: tuple[tuple[str, str, int], ...], today: date) -> list[date]:
    """Those after ``today`` on which somebody works."""
    dated = [(monday + timedelta(days=at), minutes) for at, (_kind, _name, minutes) in enumerate(days)]
    return [day for day, minutes in dated if minutes and day > today]


class FourWeeks(QWidget):
    """Days as squares; each says its date, its hours and, if it has one, its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstrun.weeks")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._monday = date(2024, 1, 1)
        self._today: date | None = None
        self._days: tuple[tuple[str, str, int], ...] = ()
        self.setMouseTracking(True)
        theme.current().changed.connect(self.updateGeometry)

    def show_days(self, monday: date, days: tuple[tuple[str, str, int], ...], today: date) -> None:
        self._monday, self._days, self._today = monday, days, today
        free = sum(1 for _kind, _name, minutes in days if not minutes)
        hours = sum(minutes for _kind, _name, minutes in days)
        named = [name for _kind, name, _minutes in days if name]
        text = translate("FirstRun", "Four weeks: %1 of work, %n day(s) off.", None, free)
        self.setAccessibleName(" ".join([fill(text, words.duration(hours)), ", ".join(named)]).strip())
        self.updateGeometry()
        self.update()

    def days(self) -> tuple[tuple[str, str, int], ...]:
        return self._days

    def _row_height(self) -> int:
        look = theme.current()
        return 2 * QFontMetrics(look.font("small")).height() + 3 * look.u

    def sizeHint(self) -> QSize:
        u = theme.current().u
        head = QFontMetrics(theme.current().font("caption")).height() + u
        return QSize(120 * u, head + WEEKS * self._row_height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(90 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        width = (self.width() - 1) / 7
        painter.setFont(look.font("caption"))
        head = painter.fontMetrics().height() + u
        painter.setPen(look.color("text2"))
        for place in range(7):
            name = words.weekday_short(self._monday + timedelta(days=place))
            area = QRect(round(place * width) + u, 0, round(width) - u, head)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        for at, day in enumerate(self._days):
            row, place = divmod(at, 7)
            left, right = round(place * width), round((place + 1) * width)
            rect = QRect(left, head + row * self._row_height(), right - left, self._row_height())
            self._paint_day(painter, rect, self._monday + timedelta(days=at), day)

    def day_at(self, place: QPoint) -> tuple[str, str, int] | None:
        """The day under a point."""
        head = QFontMetrics(theme.current().font("caption")).height() + theme.current().u
        row, column = (place.y() - head) // self._row_height(), int(place.x() // ((self.width() - 1) / 7))
        at = row * 7 + column
        return self._days[at] if place.y() >= head and 0 <= column < 7 and 0 <= at < len(self._days) else None

    def event(self, event: QEvent) -> bool:
        """The name of a day that is longer than its field is told whole."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), found[1] if found is not None else "", self)
            return True
        return super().event(event)

    def _paint_day(self, painter: QPainter, rect: QRect, day: date, told: tuple[str, str, int]) -> None:
        look = theme.current()
        u = look.u
        kind, name, minutes = told
        token = "high-bg" if kind == "holiday" or (name and not minutes) else "off" if not minutes else "bg-base"
        if kind == "short":
            token = "norm-bg"
        painter.fillRect(rect, look.color(token))
        painter.setPen(look.color("accent" if day == self._today else "line"))
        painter.drawRect(rect.adjusted(0, 0, 0, 0))
        inner = rect.adjusted(u, u, -u, -u)
        half = inner.height() // 2
        painter.setFont(look.font("small"))
        metrics = painter.fontMetrics()
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(look.color("text"))
        first = words.date_short(day) if day.day == 1 or day == self._monday else str(day.day)
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        painter.drawText(upper, left, metrics.elidedText(first, elide, inner.width()))
        hours = words.duration(minutes) if minutes else ""
        if name and hours and metrics.horizontalAdvance(first + hours) + 2 * u <= inner.width():
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.setPen(look.color("text2"))
            painter.drawText(upper, right, hours)
        painter.setPen(look.color("text2" if minutes else "text3"))
        said = name or hours
        painter.drawText(
            QRect(inner.left(), inner.top() + half, inner.width(), half),
            left,
            metrics.elidedText(said, elide, inner.width()),
        )
