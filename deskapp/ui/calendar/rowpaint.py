"""Drawing of a whole row, of what is being placed, and of what lies over all rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ...desk.values import CalendarBlock
from ..words import Times
from . import texts
from .geometry import Geometry, bounding, pushed_days
from .painting import (
    BAR,
    DUTY,
    Centre,
    Labels,
    Look,
    Right,
    family,
    paint_block,
    paint_ghost,
    paint_load,
    paint_outline,
    paint_tag,
)
from .preview import Outline, Picture, Shifted
from .rows import Row, subtracted, worked_minutes
from .timescale import BREAK_WIDTH, Stretch

_HOUR_LINES_FROM = 14.0  # width of an hour under which every second one gets a line
_BREAK_LONGEST = 2 * 3600  # a longer hole in a day's hours is time off, not a break


class RowPainter:
    """Draws for one geometry and one look; made anew when either changes."""

    def __init__(self, geometry: Geometry, look: Look, times: Times, compact: bool) -> None:
        self.geometry = geometry
        self.scale = geometry.scale
        self.look = look
        self.times = times
        self.compact = compact

    # -- a row

    def paint(self, painter: QPainter, index: int, left: float, right: float, picture: Picture, labels: Labels) -> None:
        """One row between two x; the painter's origin is the row's top at x = 0 of the content."""
        row = self.geometry.board.rows[index]
        self._ground(painter, row, left, right)
        self._hour_lines(painter, left, right)
        self._absences(painter, row, left, right, picture, labels)
        self._duty(painter, row, left, right)
        self._loads(painter, row, left, right, picture, labels)
        painter.fillRect(QRectF(left, self.geometry.height - 1, right - left, 1), self.look.color("hatch"))
        pushed = pushed_days(picture, row.person.id, self.geometry)
        shown = [block for block in row.blocks if block.id not in picture.hidden]
        self._joints(painter, row, shown, left, right, pushed)
        for block in shown:
            if self.scale.x(block.end) < left - 2 or self.scale.x(block.start) > right + 2:
                continue
            rect = self.geometry.block_rect(row, block, self._pushed(block, pushed))
            self.paint_one(painter, rect, block, labels)
        for shift in picture.shifted:
            if shift.person_id != row.person.id:
                continue
            slack = -shift.late if shift.late else self._slack_after(row, shift)
            block = replace(
                shift.block, person_id=shift.person_id, start=shift.span.start, end=shift.span.end, slack=slack
            )
            rect = self.geometry.span_rect(block.start, block.end, self._day(block.start) in pushed)
            self.paint_one(painter, rect, block, labels)

    def _pushed(self, block: CalendarBlock, days: frozenset[date]) -> bool:
        """Whether a block makes room for the strip of what was."""
        return bool(days) and self._day(block.start) in days

    def _day(self, at: datetime) -> date:
        return self.times.local(at).date()

    def paint_one(self, painter: QPainter, rect: QRectF, block: CalendarBlock, labels: Labels) -> None:
        """One block, wherever it is drawn."""
        painter.save()
        if block.kind == "travel":
            self.look.hatch(painter, rect)
            paint_tag(painter, rect, texts.kind_word(block), self.look, labels, block.id)
        else:
            paint_block(painter, rect, block, self.look, labels, self.compact)
        painter.restore()

    def _rect(self, stretch: Stretch, left: float, right: float) -> QRectF | None:
        x0, x1 = max(left, self.scale.x_of(stretch[0])), min(right, self.scale.x_of(stretch[1]))
        return QRectF(x0, 0, x1 - x0, self.geometry.height - 1) if x1 > x0 else None

    def _ground(self, painter: QPainter, row: Row, left: float, right: float) -> None:
        """Working time plain, breaks darker, the rest hatched."""
        look = self.look
        painter.fillRect(QRectF(left, 0, right - left, self.geometry.height), look.color("bg-base"))
        for segment in self.scale.segments:
            if segment.x1 <= left or segment.x0 >= right or segment.x1 <= segment.x0:
                continue
            area = QRectF(segment.x0, 0, segment.x1 - segment.x0, self.geometry.height - 1)
            if segment.kind == "strip":
                look.hatch(painter, area)
                continue
            if segment.kind == "break":
                painter.fillRect(area, look.color("bg-rail"))
                continue
            for hole in subtracted([(segment.start, segment.end)], row.hours):
                rect = self._rect(hole, left - 1, right + 1)
                if rect is None:
                    continue
                if self._is_break(row, hole):
                    painter.fillRect(rect, look.color("bg-rail"))
                else:
                    look.hatch(painter, rect)
        last = self.scale.width
        if right > last:
            painter.fillRect(QRectF(last, 0, right - last, self.geometry.height), look.color("bg-window"))

    @staticmethod
    def _is_break(row: Row, hole: Stretch) -> bool:
        """A short hole between two stretches of the row's own hours: this person's lunch."""
        if hole[1] - hole[0] > _BREAK_LONGEST:
            return False
        return any(end == hole[0] for _, end in row.hours) and any(start == hole[1] for start, _ in row.hours)

    def _hour_lines(self, painter: QPainter, left: float, right: float) -> None:
        fine, strong = self.look.color("bg-hover"), self.look.color("hatch")
        step = 3600 if self.scale.hour >= _HOUR_LINES_FROM else 7200
        height = self.geometry.height - 1
        for segment in self.scale.segments:
            if segment.kind != "work" or segment.x1 <= left or segment.x0 >= right:
                continue
            at = (segment.start // 3600 + 1) * 3600
            while at < segment.end:
                x = round(self.scale.x_of(at))
                if left - 1 <= x <= right and self._full_hour(at, step):
                    painter.fillRect(QRectF(x, 0, 1, height), fine)
                at += 3600
        for band in self.scale.days:
            if left - 1 <= band.x0 <= right:
                painter.fillRect(QRectF(band.x0, 0, 1, height), strong)

    def _full_hour(self, at: float, step: int) -> bool:
        return step == 3600 or datetime.fromtimestamp(at, self.geometry.board.zone).hour % 2 == 1

    def _duty(self, painter: QPainter, row: Row, left: float, right: float) -> None:
        """A band along the top of the row: this person answers for the desk."""
        for shift in row.source.duty:
            rect = self._rect((shift.start.timestamp(), shift.end.timestamp()), left, right)
            if rect is not None:
                painter.fillRect(QRectF(rect.left(), 0, rect.width(), DUTY), self.look.color("accent"))

    def _absences(
        self, painter: QPainter, row: Row, left: float, right: float, picture: Picture, labels: Labels
    ) -> None:
        for item in row.absences:
            start, end = item.span.start.timestamp(), item.span.end.timestamp()
            rect = self._rect((start, end), 0, self.scale.width)
            if rect is None or rect.right() < left or rect.left() > right:
                continue
            self.look.hatch(painter, rect)
            holes = [(b.start.timestamp(), b.end.timestamp()) for b in row.blocks]
            holes += [(g.start.timestamp(), g.end.timestamp()) for p, g in picture.ghosts if p == row.person.id]
            holes += [
                (s.start, s.end) for s in self.scale.segments if s.kind == "strip"
            ]  # the name of a holiday is written there
            free = [
                area
                for hole in subtracted([(start, end)], sorted(holes))
                if (area := self._rect(hole, 0, self.scale.width))
            ]
            if free:
                widest = max(free, key=lambda area: area.width())
                area = widest.adjusted(0, 5, 0, -20)
                paint_tag(painter, area, texts.absence(item, self.times), self.look, labels, f"absence {row.index}")

    def _slack_after(self, row: Row, shift: Shifted) -> int | None:
        """The slack of a block that a change pushes, in the hours of the row that it goes to."""
        if shift.block.slack is None:
            return None
        later = worked_minutes(row, shift.finish_before, shift.finish)
        return shift.block.slack - later + worked_minutes(row, shift.finish, shift.finish_before)

    def _booked_after(self, row: Row, picture: Picture) -> list[int]:
        """Booked minutes of each day as the change would leave them."""
        person = row.person.id
        gained = [(span.start, span.end) for owner, span in picture.ghosts if owner == person]
        gained += [(s.span.start, s.span.end) for s in picture.shifted if s.person_id == person]
        lost = [(o.start, o.end) for o in picture.outlines if o.person_id == person]
        booked = [day.booked for day in row.source.days]
        days = {day.day: index for index, day in enumerate(row.source.days)}
        for sign, spans in ((1, gained), (-1, lost)):
            for start, end in spans:
                index = days.get(self._day(start))
                if index is not None:
                    booked[index] += sign * worked_minutes(row, start, end)
        return booked

    def _loads(self, painter: QPainter, row: Row, left: float, right: float, picture: Picture, labels: Labels) -> None:
        booked = self._booked_after(row, picture)
        for index, day in enumerate(row.source.days):
            rect = self.geometry.load_rect(index)
            if rect.right() < left or rect.left() > right or rect.width() < 12:
                continue
            owner = f"load {row.index} {index}"
            paint_load(painter, rect, booked[index], day.working, self.look, labels, owner)

    def _joints(
        self,
        painter: QPainter,
        row: Row,
        shown: list[CalendarBlock],
        left: float,
        right: float,
        pushed: frozenset[date],
    ) -> None:
        """A line at mid height between neighbouring pieces of one ticket."""
        last: dict[str, CalendarBlock] = {}
        for block in shown:
            before = last.get(block.ticket_id) if block.parts > 1 and block.kind == "work" else None
            last[block.ticket_id] = block
            if before is None:
                continue
            x0 = self.geometry.block_rect(row, before, self._pushed(before, pushed)).right()
            rect = self.geometry.block_rect(row, block, self._pushed(block, pushed))
            if rect.left() > x0 and x0 <= right and rect.left() >= left:
                tone = "line-ctl" if block.state == "done" else f"{family(block)}-bar"
                y = round(rect.center().y())
                painter.fillRect(QRectF(x0, y - 1, rect.left() - x0, 2), self.look.color(tone))

    # -- over the rows

    def paint_names(self, painter: QPainter, visible: QRectF, labels: Labels) -> None:
        """Names of holidays, written upward over the first rows of their strips."""
        look = self.look
        for band in self.scale.days:
            if not band.strip or not band.name or band.x1 <= visible.left() or band.x0 >= visible.right():
                continue
            area = self.name_rect(band.x0, band.x1, band.name)
            if area is None or not area.intersects(visible):
                continue
            labels.draw(painter, area, band.name, look.small, look.color("text2"), Centre, "holiday", turned=True)

    def name_rect(self, x0: float, x1: float, name: str) -> QRectF | None:
        """Where a holiday's name goes; None when it has no room."""
        look = self.look
        across = look.height(look.small)
        if across > x1 - x0:
            return None
        length = min(look.width(look.small, name) + 2, float(self.geometry.content_height()) - 8)
        rows = max(1, int(-(-length // self.geometry.height)))
        top = max(4.0, (rows * self.geometry.height - length) / 2)
        return QRectF((x0 + x1 - across) / 2, top, across, length)

    def paint_now(self, painter: QPainter, now: datetime, height: float) -> None:
        """The line of the present, over everything."""
        if not self.scale.start <= now < self.scale.end:
            return
        x = round(self.scale.x(now))
        painter.fillRect(QRectF(x - 1, 0, 2, height), self.look.color("crit-bar"))

    # -- what is being placed

    def ghost_rects(self, picture: Picture) -> list[QRectF]:
        """Where the ghosts lie, in content coordinates."""
        return [rect for _, rect in self._ghosts(picture)]

    def _ghosts(self, picture: Picture) -> list[tuple[int, QRectF]]:
        result = []
        for position, (person, span) in enumerate(picture.ghosts):
            index = self.geometry.board.row_of.get(person)
            if index is not None:
                pushed = self._day(span.start) in pushed_days(picture, person, self.geometry)
                rect = self.geometry.span_rect(span.start, span.end, pushed)
                result.append((position, rect.translated(0, self.geometry.row_top(index))))
        return result

    def paint_picture(self, painter: QPainter, picture: Picture, number: str, customer: str, labels: Labels) -> None:
        """Ghosts, the strips of what was, and the two words that tell them apart."""
        found = self._ghosts(picture)
        others = {place: (texts.number_in(other), about) for place, other, about in picture.others}
        first = next((position for position, _ in found if position not in others), 0)
        for position, rect in found:
            what, about = others.get(position, (number, customer if position == first else ""))
            paint_ghost(painter, rect, what, about, self.look, labels)
        for (one, earlier), (two, later) in pairwise(found):
            if others.get(one) != others.get(two):
                continue  # not of one ticket
            if earlier.top() == later.top() and later.left() - earlier.right() < 4 * BREAK_WIDTH:
                y = round(earlier.center().y())
                painter.fillRect(
                    QRectF(earlier.right(), y - 1, later.left() - earlier.right(), 2), self.look.color("accent")
                )
        by_row: dict[int, list[Outline]] = {}
        for outline in picture.outlines:
            index = self.geometry.board.row_of.get(outline.person_id)
            if index is not None:
                by_row.setdefault(index, []).append(outline)
        for index, outlines in by_row.items():
            top = self.geometry.row_top(index)
            for outline in outlines:
                rect = self.geometry.outline_rect(outline.start, outline.end).translated(0, top)
                paint_outline(painter, rect, texts.number_in(outline.number), self.look, labels)
            self._tell_was(painter, index, outlines, picture, labels)

    def _tell_was(
        self, painter: QPainter, index: int, outlines: list[Outline], picture: Picture, labels: Labels
    ) -> None:
        """ "was" before the first strip and "will be" before the first new place, where nothing else stands."""
        person = self.geometry.board.rows[index].person.id
        top = self.geometry.row_top(index)
        first = min(self.geometry.outline_rect(o.start, o.end).left() for o in outlines)
        was = self.geometry.outline_rect(outlines[0].start, outlines[0].end)
        self._word(
            painter, index, first, was.top() + top, was.height(), texts.translate("Calendar", "was"), "text2", labels
        )
        spans = [s for p, s in picture.ghosts if p == person]
        spans += [shift.span for shift in picture.shifted if shift.person_id == person]
        if spans:
            start, end = bounding(spans)
            rect = self.geometry.span_rect(start, end, True)
            self._word(
                painter,
                index,
                rect.left(),
                rect.top() + top,
                rect.height(),
                texts.translate("Calendar", "will be"),
                "accent",
                labels,
            )

    def _word(
        self,
        painter: QPainter,
        index: int,
        x: float,
        y: float,
        height: float,
        text: str,
        token: str,
        labels: Labels,
    ) -> None:
        look = self.look
        font = look.caption_strong if token == "accent" else look.caption
        width = look.width(font, text)
        area = QRectF(x - width - BAR - 4, y, width + 1, height)
        if area.left() < 0:
            return
        row = self.geometry.board.rows[index]
        local = area.translated(0, -self.geometry.row_top(index))
        if any(self.geometry.block_rect(row, block).intersects(local) for block in row.blocks):
            return
        for band in self.scale.days:
            name = self.name_rect(band.x0, band.x1, band.name) if band.strip and band.name else None
            if name is not None and name.intersects(area):
                return
        # A ground of its own, so that the word is read over hatching as well.
        ground = QRectF(area.left() - 2, area.center().y() - look.height(font) / 2, width + 5, look.height(font))
        painter.fillRect(ground, look.color("bg-window"))
        labels.draw(painter, area, text, font, look.color(token), Right, f"word {index}")
