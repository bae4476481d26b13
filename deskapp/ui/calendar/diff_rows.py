"""Before and after: those whom a change of plan touches, each with a thin row of what was and one of what will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...desk.diffs import DayColumn, DiffView, Strip
from ...desk.values import Directory
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import paint_avatar
from ..words import Times
from . import texts
from .painting import Labels, Look
from .timescale import local_midnight

_MINUTE = 60.0
_GAP = 34.0  # of a lunch
_DAY_GAP = 1.0
_PEOPLE = 32  # of u
_FAMILY = {"new": "accent", "moved": "visit", "late": "crit", "working": "low", "same": "low", "gone": "low"}


@dataclass(frozen=True, slots=True)
class _Part:
    """Working time of a day on the axis: seconds of the epoch and pixels."""

    start: float
    end: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class _Band:
    column: DayColumn
    x0: float
    x1: float


class Axis:
    """The days of a picture side by side; only their working hours, and hours in which something lies, have width."""

    def __init__(self, view: DiffView, now: datetime, width: float) -> None:
        zone = ZoneInfo(view.zone)
        strips = [strip for row in view.rows for strip in (*row.before, *row.after)]
        spans = [(strip.start.timestamp(), strip.end.timestamp()) for strip in strips]
        days: list[tuple[DayColumn, list[tuple[float, float]]]] = []
        for column in view.days:
            start, end = local_midnight(column.day, zone), local_midnight(column.day + timedelta(days=1), zone)
            hours = [(start + a * _MINUTE, start + b * _MINUTE) for a, b in column.intervals]
            hours += [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
            if start <= now.timestamp() < end:  # of today only what is left, and the hour before
                low = now.timestamp() - 45 * _MINUTE
                hours = [(max(a, low), b) for a, b in hours if b > low]
            days.append((column, _united(hours)))
        seconds = sum(b - a for _column, hours in days for a, b in hours)
        gaps = sum(max(0, len(hours) - 1) for _column, hours in days)
        scale = max(0.0, width - gaps * _GAP - len(days) * _DAY_GAP) / max(1.0, seconds)
        self.parts: list[_Part] = []
        self.bands: list[_Band] = []
        self.pauses: list[tuple[float, float]] = []
        x = 0.0
        for column, hours in days:
            begin = x
            for place, (a, b) in enumerate(hours):
                if place:
                    self.pauses.append((x, x + _GAP))
                    x += _GAP
                self.parts.append(_Part(a, b, x, x + (b - a) * scale))
                x = self.parts[-1].x1
            self.bands.append(_Band(column, begin, x))
            x += _DAY_GAP

    def x(self, at: datetime, default: float | None = None) -> float | None:
        seconds = at.timestamp()
        for part in self.parts:
            if part.start <= seconds <= part.end:
                return part.x0 + (seconds - part.start) * (part.x1 - part.x0) / (part.end - part.start)
        return default

    def pieces(self, start: datetime, end: datetime) -> list[tuple[float, float]]:
        """Where a span lies, without the pauses in it."""
        low, high = start.timestamp(), end.timestamp()
        found = []
        for part in self.parts:
            a, b = max(low, part.start), min(high, part.end)
            if a < b:
                scale = (part.x1 - part.x0) / (part.end - part.start)
                found.append((part.x0 + (a - part.start) * scale, part.x0 + (b - part.start) * scale))
        return found


def _united(hours: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for a, b in sorted(hours):
        if b <= a:
            continue
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return found


class BeforeAfter(QWidget):
    """Painted; what it shows is also in the table of effects, which the keyboard and screen readers use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diff.rows")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._view: DiffView | None = None
        self._directory: Directory | None = None
        self._times: Times | None = None
        self.labels: Labels = Labels()
        theme.current().changed.connect(self.update)

    def show_view(self, view: DiffView | None, directory: Directory, times: Times) -> None:
        self._view, self._directory, self._times = view, directory, times
        self.setAccessibleName(translate("Replan", "Before and after of those whom it touches"))
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return 15 * theme.current().u

    def _head(self) -> int:
        return 10 * theme.current().u

    def sizeHint(self) -> QSize:
        rows = len(self._view.rows) if self._view is not None else 0
        return QSize(200, self._head() + rows * self._row_height() + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("bg-base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        self.labels = Labels()
        if self._view is None or self._times is None or self._directory is None or not self._view.days:
            return
        left = _PEOPLE * look.u
        axis = Axis(self._view, self._times.now, self.width() - left - 3 * look.u)
        self._paint_head(painter, axis, left)
        for index, row in enumerate(self._view.rows):
            top = self._head() + index * self._row_height()
            painter.fillRect(QRect(3 * look.u, top, self.width() - 6 * look.u, 1), look.color("line"))
            self._paint_person(painter, row.person_id, top, left)
            self._paint_row(painter, axis, left, top, row.before, row.after)
        now = axis.x(self._times.now)
        if now is not None:
            line = QRectF(left + now - 1, self._head() - 3, 2, self.height() - self._head() + 2)
            painter.fillRect(line, look.color("crit-bar"))

    def _paint_head(self, painter: QPainter, axis: Axis, left: float) -> None:
        look, u = theme.current(), theme.current().u
        assert self._times is not None
        words_of = Look()
        today = self._times.today()
        for band in axis.bands:
            x, room = left + band.x0, band.x1 - band.x0
            color = look.color("accent" if band.column.day == today else "text")
            name = _day_name(band.column.day)
            wide = words_of.width(words_of.strong, name)
            self.labels.draw(painter, QRectF(x, u, min(wide + 1, room), 5 * u), name, look.font("strong"), color)
            note = _day_note(band.column)
            rest = QRectF(x + wide + 2 * u, u, room - wide - 3 * u, 5 * u)
            if note and rest.width() > 6 * u:
                self.labels.draw(painter, rest, note, look.font("caption"), look.color("text2"))
            if band is not axis.bands[0]:
                painter.fillRect(QRectF(x - 1, 2 * u, 1, self.height() - 3 * u), look.color("line-ctl"))
        for x0, x1 in axis.pauses:
            area = QRectF(left + x0, self._head(), x1 - x0, self.height() - self._head() - 1)
            painter.fillRect(area, look.color("bg-rail"))
        caption = look.font("caption")
        last = -100.0
        for part in axis.parts:
            local = self._times.local(datetime.fromtimestamp(part.start, self._times.zone))
            hour = local.replace(minute=0, second=0) + timedelta(hours=1 if local.minute or local.second else 0)
            while hour.timestamp() < part.end:
                x = axis.x(hour)
                if x is not None and left + x - last >= 9 * u:
                    area = QRectF(left + x, 6 * u, 6 * u, 4 * u - 2)
                    if area.right() <= self.width():
                        self.labels.draw(painter, area, f"{hour:%H}", caption, look.color("text2"))
                        last = left + x
                hour += timedelta(hours=1)

    def _paint_person(self, painter: QPainter, person_id: str, top: int, left: int) -> None:
        look, u = theme.current(), theme.current().u
        assert self._directory is not None
        person = self._directory.people.get(person_id)
        if person is None:
            return
        middle = top + self._row_height() // 2
        paint_avatar(painter, QRect(3 * u, middle - 3 * u, 6 * u, 6 * u), person.initials, person.id)
        area = QRectF(10 * u, middle - 4.5 * u, left - 12 * u, 4.5 * u)
        self.labels.draw(painter, area, person.name, look.font("small"), look.color("text"))
        me = self._directory.me is not None and self._directory.me.id == person_id
        line = texts.person_line(person, me)
        self.labels.draw(painter, area.translated(0, 4.5 * u), line, look.font("caption"), look.color("text2"))

    def _paint_row(
        self,
        painter: QPainter,
        axis: Axis,
        left: float,
        top: int,
        before: tuple[Strip, ...],
        after: tuple[Strip, ...],
    ) -> None:
        u = theme.current().u
        high, low = QRectF(0, top + 1.5 * u, 0, 4.5 * u), QRectF(0, top + 7 * u, 0, 6.5 * u)
        was = {strip.booking_id: self._paint_strip(painter, axis, left, high, strip, True) for strip in before}
        for strip in after:
            spot = self._paint_strip(painter, axis, left, low, strip, False)
            origin = was.get(strip.booking_id)
            if spot is not None and origin is not None and strip.mark in ("moved", "late"):
                was.pop(strip.booking_id)
                self._paint_link(painter, origin, spot, strip.mark)

    def _paint_link(self, painter: QPainter, origin: QRectF, target: QRectF, mark: str) -> None:
        start = QPointF(origin.center().x(), origin.bottom())
        end = QPointF(target.left() + min(16.0, target.width() / 2), target.top())
        path = QPainterPath(start)
        middle = (start.y() + end.y()) / 2
        path.cubicTo(QPointF(start.x(), middle + 6), QPointF(end.x(), middle - 6), end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("crit-bar" if mark == "late" else "norm-bar"), 1.3))
        painter.drawPath(path)

    def _paint_strip(
        self, painter: QPainter, axis: Axis, left: float, lane: QRectF, strip: Strip, was: bool
    ) -> QRectF | None:
        look = theme.current()
        first: QRectF | None = None
        for x0, x1 in axis.pieces(strip.start, strip.end):
            rect = QRectF(left + x0 + 1, lane.top(), max(3.0, x1 - x0 - 2), lane.height())
            quiet = was or strip.mark in ("same", "gone")
            token = _FAMILY[strip.mark]
            painter.setBrush(look.color("bg-base" if was else f"{token}-bg" if not quiet else "bg-alt"))
            if was:
                painter.setPen(QPen(look.color("line-ctl" if strip.mark == "gone" else "line"), 1))
            elif quiet:
                painter.setPen(QPen(look.color("line"), 1))
            else:
                style = {"new": Qt.PenStyle.DashLine, "moved": Qt.PenStyle.DashLine}.get(
                    strip.mark, Qt.PenStyle.SolidLine
                )
                edge = "accent" if strip.mark == "new" else f"{token}-bar"
                painter.setPen(QPen(look.color(edge), 1 if strip.mark == "moved" else 2, style))
            painter.drawRoundedRect(rect, 3, 3)
            text = texts.number_in(strip.number) if strip.kind != "travel" else translate("Calendar", "Travel")
            if strip.customer and rect.width() > 90 and strip.kind != "travel":
                text = f"{text} {strip.customer}"
            color = look.color("text2" if quiet or token == "low" else token)
            font = look.font("caption" if quiet else "small")
            if rect.width() > 20:
                self.labels.draw(painter, rect.adjusted(5, 0, -3, 0), text, font, color, owner=strip.booking_id)
            first = first or rect
        return first


def _day_name(day: date) -> str:
    text = words.date_short(day)
    return text[:1].upper() + text[1:]


def _day_note(column: DayColumn) -> str:
    minutes = sum(end - start for start, end in column.intervals)
    if not minutes:
        return column.name or translate("Replan", "day off")
    if column.kind == "short":
        end = max(stop for _, stop in column.intervals)
        return fill(translate("Calendar", "until %1"), f"{end // 60:02}:{end % 60:02}")
    return f"{words.hours(minutes)} {translate('Words', 'h')}"


class Legend(QWidget):
    """What the frames of the picture mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.update)

    def _entries(self) -> list[tuple[str, str]]:
        return [
            ("gone", translate("Replan", "before", "legend")),
            ("new", translate("Replan", "new", "legend")),
            ("moved", translate("Replan", "moved", "legend")),
            ("late", translate("Replan", "late", "legend")),
        ]

    def sizeHint(self) -> QSize:
        u = theme.current().u
        look = Look()
        width = sum(8 * u + look.width(look.caption, text) + 3 * u for _mark, text in self._entries())
        return QSize(int(width), 5 * u)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, u = theme.current(), theme.current().u
        measure = Look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for mark, text in self._entries():
            token = _FAMILY[mark]
            box = QRectF(x + 1, self.height() / 2 - 5, 5 * u - 2, 10)
            painter.setBrush(look.color("bg-base" if mark == "gone" else f"{token}-bg"))
            edge = {"gone": "line-ctl", "new": "accent"}.get(mark, f"{token}-bar")
            style = Qt.PenStyle.DashLine if mark in ("new", "moved") else Qt.PenStyle.SolidLine
            painter.setPen(QPen(look.color(edge), 2 if mark in ("new", "late") else 1, style))
            painter.drawRoundedRect(box, 3, 3)
            width = measure.width(measure.caption, text)
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text2"))
            area = QRectF(x + 6 * u, 0, width + 2, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            x += 8 * u + width + 3 * u
