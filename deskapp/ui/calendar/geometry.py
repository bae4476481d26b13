"""Where things lie on the board: rows and blocks as rectangles of the content, and back from a point to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QRectF

from ...desk.values import CalendarBlock
from ...planning.values import Span
from .painting import OUTLINE
from .preview import Picture
from .rows import Board, Row
from .timescale import TimeScale

ROW_LEAST, ROW_MOST = 64, 160
TOP = 5  # above the blocks of a row
FOOT = 20  # below them: the load bar
EDGE = 5  # how near to a block's end the pointer takes hold of it


def row_height(viewport: int, rows: int, least: int = ROW_LEAST) -> int:
    """The viewport shared by the people, within bounds."""
    return max(least, min(ROW_MOST, viewport // max(1, rows)))


@dataclass(frozen=True, slots=True)
class Geometry:
    """One board at one size. y within a row; `row_top` gives the row's place in the content."""

    board: Board
    scale: TimeScale
    height: int

    def row_top(self, index: int) -> int:
        return index * self.height

    def row_at(self, y: float) -> int | None:
        index = int(y // self.height)
        return index if 0 <= index < len(self.board.rows) else None

    def content_height(self) -> int:
        return self.height * len(self.board.rows)

    def span_rect(self, start: datetime, end: datetime, pushed: bool = False) -> QRectF:
        """A stretch of time over the block area of a row. ``pushed``: below the strip of what was."""
        top = TOP + (OUTLINE + 2 if pushed else 0)
        x0, x1 = self.scale.x(start), self.scale.x(end)
        return QRectF(x0 + 1, top, max(2.0, x1 - x0 - 2), self.height - FOOT - top)

    def block_rect(self, row: Row, block: CalendarBlock, pushed: bool = False) -> QRectF:
        rect = self.span_rect(block.start, block.end, pushed)
        lane, lanes = row.lanes.get(block.id, (0, 1))
        if lanes > 1:
            part = rect.height() / lanes
            rect = QRectF(rect.left(), rect.top() + lane * part, rect.width(), part - 1)
        return rect

    def outline_rect(self, start: datetime, end: datetime) -> QRectF:
        x0, x1 = self.scale.x(start), self.scale.x(end)
        return QRectF(x0 + 1, 3, max(2.0, x1 - x0 - 2), OUTLINE)

    def load_rect(self, day: int) -> QRectF:
        band = self.scale.days[day]
        return QRectF(band.x0 + 4, self.height - FOOT + 2, band.x1 - band.x0 - 8, FOOT - 3)

    def block_at(self, x: float, y: float, picture: Picture | None = None) -> CalendarBlock | None:
        """The topmost block under a point of the content; one that the preview hides is not there."""
        index = self.row_at(y)
        if index is None:
            return None
        row = self.board.rows[index]
        inside = y - self.row_top(index)
        hidden = picture.hidden if picture is not None else frozenset()
        for block in reversed(row.blocks):
            rect = self.block_rect(row, block).adjusted(-1, 0, 1, 0)
            if block.id not in hidden and rect.left() <= x < rect.right() and rect.top() <= inside < rect.bottom():
                return block
        return None

    def edge_at(self, block: CalendarBlock, x: float) -> str:
        """ "start" or "end" when the pointer is at that end of a block, else ""."""
        x0, x1 = self.scale.x(block.start), self.scale.x(block.end)
        reach = min(EDGE, (x1 - x0) / 4)
        if x >= x1 - reach:
            return "end"
        return "start" if x <= x0 + reach else ""


def _spans_of(picture: Picture, person_id: str) -> list[tuple[datetime, datetime]]:
    spans = [(o.start, o.end) for o in picture.outlines if o.person_id == person_id]
    spans += [(s.span.start, s.span.end) for s in picture.shifted if s.person_id == person_id]
    return spans + [(span.start, span.end) for person, span in picture.ghosts if person == person_id]


def pushed_days(picture: Picture, person_id: str, geometry: Geometry) -> frozenset[date]:
    """Days on which the row of a person gives up the strip at its top to what was there before."""
    if not any(outline.person_id == person_id for outline in picture.outlines):
        return frozenset()
    zone = geometry.board.zone
    ends = [at for span in _spans_of(picture, person_id) for at in span]
    return frozenset(at.astimezone(zone).date() for at in ends)


def changed_range(picture: Picture, person_id: str, geometry: Geometry) -> tuple[float, float] | None:
    """x of the days on which a preview touches the row of a person, None when it does not."""
    spans = _spans_of(picture, person_id)
    if not spans:
        return None
    zone = geometry.board.zone
    days = {at.astimezone(zone).date() for span in spans for at in span}
    bands = [band for band in geometry.scale.days if min(days) <= band.day <= max(days)]
    return (bands[0].x0, bands[-1].x1) if bands else None


def bounding(spans: list[Span]) -> tuple[datetime, datetime]:
    """First start and last end."""
    return min(span.start for span in spans), max(span.end for span in spans)
