"""What frames the board: the hours above it, and the people at its left with their load."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from .. import words
from ..widgets import paint_avatar
from ..words import Times
from . import texts
from .geometry import ROW_LEAST, Geometry
from .painting import Centre, Labels, Look, Right, load_tone, paint_bar
from .rows import Board, Row
from .timescale import DayBand, wall

PEOPLE_LEAST, PEOPLE_MOST = 162, 216
HEADER_HEIGHT = 44
_NAME_LEFT = 44
_NAME_LEAST = 40  # of a holiday on which somebody works; pixels
_TICK_GAP = 14.0  # between two hours at least
_HOUR_STEPS = (1, 2, 3, 4, 6, 12)


class HourHeader(QWidget):
    """Days with their hours, and the time of now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._geometry: Geometry | None = None
        self._times: Times | None = None
        self._look = Look()
        self._shift = 0
        self.labels = Labels()

    def set_geometry_of(self, geometry: Geometry, times: Times, look: Look) -> None:
        self._geometry, self._times, self._look = geometry, times, look
        self.update()

    def set_times(self, times: Times) -> None:
        self._times = times
        self.update()

    def set_shift(self, shift: int) -> None:
        self._shift = shift
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        painter.fillRect(self.rect(), look.color("bg-window"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.color("hatch"))
        self.labels = Labels()
        if self._geometry is None or self._times is None:
            return
        painter.translate(-self._shift, 0)
        now_label = self._now_rect()
        visible = QRectF(self._shift, 0, self.width(), self.height())
        weekend: list[DayBand] = []
        for index, band in enumerate(self._geometry.scale.days):
            if band.x0 > 0 and not (weekend and weekend[-1].x1 == band.x0 and self._plain_weekend(band)):
                painter.fillRect(QRectF(band.x0, 0, 1, self.height() - 1), look.color("hatch"))
            if self._plain_weekend(band):
                weekend.append(band)
                continue
            if band.x1 >= visible.left() and band.x0 <= visible.right():
                self._day(painter, index, band)
        self._weekend(painter, weekend)
        self._hours(painter, now_label)
        if now_label is not None:
            self._now(painter, now_label)

    @staticmethod
    def _plain_weekend(band: DayBand) -> bool:
        return band.strip and not band.name and band.day.weekday() >= 5

    def _line_heights(self) -> tuple[QRectF, QRectF]:
        """Vertical extent of the day line and of the hour line."""
        half = (self.height() - 2) / 2
        return QRectF(0, 2, 1, half), QRectF(0, 1 + half, 1, half)

    def _day(self, painter: QPainter, index: int, band: DayBand) -> None:
        assert self._geometry is not None and self._times is not None
        look, times = self._look, self._times
        upper = self._line_heights()[0]
        today = times.today()
        kind, holiday, _minutes = self._geometry.board.view.day_labels[index]
        holiday = holiday if kind == "holiday" else ""
        token = "accent" if band.day == today else "crit" if (band.strip and band.name) or holiday else "text"
        title = texts.day_title(band.day)
        room = band.x1 - band.x0 - 8
        title_width = look.width(look.strong, title)
        # A day that is partly scrolled away keeps its name in sight.
        left = max(band.x0, min(float(self._shift), band.x1 - title_width - 12)) + 7
        if title_width > room:
            # A strip: smaller letters, and the bare day where even these have no room.
            area = QRectF(band.x0 + 2, upper.top(), band.x1 - band.x0 - 3, upper.height())
            short = title if look.width(look.caption_strong, title) <= area.width() else str(band.day.day)
            self.labels.draw(painter, area, short, look.caption_strong, look.color(token), Centre, "day")
            return
        self.labels.draw(
            painter,
            QRectF(left, upper.top(), title_width + 1, upper.height()),
            title,
            look.strong,
            look.color(token),
            owner="day",
        )
        minutes, until = self._day_facts(index)
        note = "" if band.strip else texts.day_note(band.day, today, minutes, until) or holiday  # somebody works then
        area = QRectF(left + title_width + 7, upper.top(), band.x1 - left - title_width - 10, upper.height())
        least = min(look.width(look.caption, note), _NAME_LEAST) if note == holiday else look.width(look.caption, note)
        if note and area.width() >= least:
            self.labels.draw(painter, area, note, look.caption, look.color("text3"), owner="day")

    def _day_facts(self, index: int) -> tuple[int, str]:
        """Working minutes of the desk's day and, if it is shortened, the time at which it ends."""
        assert self._geometry is not None and self._times is not None
        board = self._geometry.board
        kind, _name, minutes = board.view.day_labels[index]
        if kind != "short":
            return minutes, ""
        ends = []
        for row in board.rows:
            day = row.source.days[index]
            if day.kind == "short" and day.intervals:
                home = ZoneInfo(row.source.zone) if row.source.zone else board.zone
                ends.append(wall(day.day, day.intervals[-1][1], home))
        if not ends:
            return minutes, ""
        end = max(set(ends), key=ends.count)
        return minutes, self._times.time(datetime.fromtimestamp(end, UTC))

    def _weekend(self, painter: QPainter, bands: list[DayBand]) -> None:
        """Days of a weekend, one above the other in their common strip."""
        look = self._look
        groups: list[list[DayBand]] = []
        for band in bands:
            if groups and groups[-1][-1].x1 == band.x0:
                groups[-1].append(band)
            else:
                groups.append([band])
        for group in groups:
            x0, width = group[0].x0, group[-1].x1 - group[0].x0
            height = (self.height() - 4) / max(2, len(group))
            for row, band in enumerate(group):
                text = words.weekday_short(band.day).capitalize()
                area = QRectF(x0, 2 + row * height, width, height)
                if look.width(look.caption, text) <= width:
                    self.labels.draw(painter, area, text, look.caption, look.color("text3"), Centre, "day")

    def _hours(self, painter: QPainter, now_label: QRectF | None) -> None:
        """Hours from the start of each working stretch, as close as they can be read."""
        assert self._geometry is not None
        look = self._look
        lower = self._line_heights()[1]
        zone = self._geometry.board.zone
        width = look.width(look.caption, "00")
        scale = self._geometry.scale
        step = next((s for s in _HOUR_STEPS if s * scale.hour >= width + _TICK_GAP), _HOUR_STEPS[-1])
        last_x = -100.0
        for segment in scale.segments:
            if segment.kind != "work":
                continue
            at = -(-segment.start // 3600) * 3600
            while at < segment.end:
                x = scale.x_of(at)
                area = QRectF(x + 3, lower.top(), width + 1, lower.height())
                fits = area.right() <= self._band_end(segment.day) and area.left() >= last_x + _TICK_GAP / 2
                if fits and not (now_label is not None and now_label.adjusted(-3, 0, 3, 0).intersects(area)):
                    text = f"{datetime.fromtimestamp(at, zone):%H}"
                    self.labels.draw(painter, area, text, look.caption, look.color("text3"), owner="hour")
                    last_x = area.right()
                at += step * 3600

    def _band_end(self, day: int) -> float:
        assert self._geometry is not None
        return self._geometry.scale.days[day].x1 - 1

    def _now_rect(self) -> QRectF | None:
        assert self._geometry is not None and self._times is not None
        scale, look = self._geometry.scale, self._look
        if not scale.start <= self._times.now < scale.end:
            return None
        width = look.width(look.caption_strong, self._times.time(self._times.now)) + 10
        lower = self._line_heights()[1]
        height = min(lower.height(), look.height(look.caption_strong) + 2)
        x = round(scale.x(self._times.now))
        left = min(max(x - width / 2, 0), max(0.0, scale.width - width))
        return QRectF(left, lower.bottom() - height, width, height)

    def _now(self, painter: QPainter, rect: QRectF) -> None:
        assert self._times is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("crit"))
        painter.drawRoundedRect(rect, 3, 3)
        text = self._times.time(self._times.now)
        self.labels.draw(painter, rect, text, self._look.caption_strong, self._look.color("bg-base"), Centre, "now")


class PeopleColumn(QWidget):
    """Who the rows are, and how full their span is. The corner above says how many."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._geometry: Geometry | None = None
        self._look = Look()
        self._me = ""
        self._shift = 0
        self.labels = Labels()

    def set_geometry_of(self, geometry: Geometry, times: Times, look: Look, me: str) -> None:
        self._geometry, self._look, self._me = geometry, look, me
        board = geometry.board
        self.setAccessibleName(texts.people_count(len(board.rows)))
        self.setAccessibleDescription(
            ". ".join(
                ". ".join(
                    (
                        texts.load_sentence(r.person.name, r.source.booked, r.source.working, r.source.reserve),
                        *(texts.duty_sentence(shift, times) for shift in r.source.duty),
                    )
                )
                for r in board.rows
            )
        )
        self.update()

    def set_shift(self, shift: int) -> None:
        self._shift = shift
        self.update()

    def wanted_width(self, board: Board, look: Look) -> int:
        """Room for the names, within bounds."""
        names = max((look.width(look.strong, row.person.name) for row in board.rows), default=0.0)
        return round(min(PEOPLE_MOST, max(PEOPLE_LEAST, names + _NAME_LEFT + 14)))

    def least_row(self, look: Look) -> int:
        """The height that name, line, bar and load need."""
        text = look.height(look.strong) + look.height(look.caption) * 2
        return max(ROW_LEAST, int(text) + 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        self.labels = Labels()
        painter.fillRect(self.rect(), look.color("bg-window"))
        if self._geometry is None:
            return
        painter.save()
        painter.setClipRect(QRect(0, HEADER_HEIGHT, self.width(), self.height() - HEADER_HEIGHT))
        for row in self._geometry.board.rows:
            top = self._geometry.row_top(row.index) + HEADER_HEIGHT - self._shift
            if top + self._geometry.height > HEADER_HEIGHT and top < self.height():
                self._row(painter, row, top)
        painter.restore()
        self._corner(painter)
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), look.color("hatch"))

    def _corner(self, painter: QPainter) -> None:
        assert self._geometry is not None
        look = self._look
        painter.fillRect(QRect(0, HEADER_HEIGHT - 1, self.width(), 1), look.color("hatch"))
        board = self._geometry.board
        half = (HEADER_HEIGHT - 6) / 2
        for line, text in enumerate((texts.people_count(len(board.rows)), texts.load_of_span(len(board.days)))):
            area = QRectF(12, 3 + line * half, self.width() - 20, half)
            self.labels.draw(painter, area, text, look.caption, look.color("text3"), owner="corner")

    def _row(self, painter: QPainter, row: Row, top: int) -> None:
        assert self._geometry is not None
        look = self._look
        height = self._geometry.height
        mine = row.person.id == self._me
        if mine:
            painter.fillRect(QRect(0, top, self.width(), height), look.color("accent-bg"))
        painter.fillRect(QRect(0, top + height - 1, self.width(), 1), look.color("hatch"))
        side = 24
        left, right = _NAME_LEFT, self.width() - 12
        name_height, line_height = look.height(look.strong), look.height(look.caption)
        content = name_height + 2 * line_height + 8
        y = top + max(2.0, (height - content) / 2 - 1)
        paint_avatar(
            painter,
            QRect(12, round(y + (name_height + line_height - side) / 2), side, side),
            row.person.initials,
            row.person.id,
        )
        owner = f"person {row.index}"
        inside = QRectF(left, y, right - left, name_height)
        self.labels.draw(painter, inside, row.person.name, look.strong, look.color("text"), owner=owner)
        y += name_height
        line = texts.person_line(row.person, mine, row.source.on_duty)
        board = self._geometry.board
        away = texts.zone_note(row.source.zone, board.zone, board.view.start)
        line = f"{line} · {away}" if away else line
        tone = "accent" if row.source.on_duty else "text3"
        self.labels.draw(
            painter, QRectF(left, y, right - left, line_height), line, look.caption, look.color(tone), owner=owner
        )
        y += line_height + 3
        share = row.source.booked / row.source.working if row.source.working else 0.0
        tone = load_tone(share)
        paint_bar(painter, QRectF(12, y, right - 12, 4), share, tone, look)
        if row.source.reserve:  # up to here plans may go, the rest is kept free
            x = 12 + (right - 12) * (100 - row.source.reserve) / 100
            painter.fillRect(QRectF(x, y - 2, 2, 8), look.color("text2"))
        y += 5
        percent = words.percent(share) if row.source.working else ""
        strong = tone != "norm"
        font = look.caption_strong if strong else look.caption
        width = look.width(font, percent)
        color = look.color(tone if strong else "text2")
        self.labels.draw(
            painter, QRectF(right - width - 1, y, width + 1, line_height), percent, font, color, Right, owner
        )
        load = texts.load(row.source.booked, row.source.working)
        area = QRectF(12, y, right - 12 - width - 8, line_height)
        self.labels.draw(painter, area, load, look.caption, look.color("text2"), owner=owner)
