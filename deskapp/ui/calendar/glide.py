"""Blocks on their way to new places after a change of plan: once, 160 ms, or not at all without motion."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QRectF, QVariantAnimation
from PySide6.QtGui import QPainter

from .painting import Labels

if TYPE_CHECKING:
    from .board import BoardView
    from .geometry import Geometry

MILLISECONDS = 160
#: More blocks than this do not move, they are there: nobody could follow them.
MOST = 60


class Glide(QObject):
    """Of one board. ``on`` follows the setting; undoing a change moves the blocks back the same way."""

    def __init__(self, board: BoardView) -> None:
        super().__init__(board)
        self._view = board
        self.on = True
        self._from: dict[str, QRectF] = {}
        self._rows: dict[int, frozenset[str]] = {}
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(MILLISECONDS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._step)
        self._animation.finished.connect(self._end)

    def start(self, before: Geometry | None) -> None:
        """Let what stood elsewhere come to its place. Another span of days is no move."""
        after = self._view.geometry_of()
        seen = after is not None and self.on and self._view.isVisible()
        moved: dict[str, QRectF] = {}
        if seen and before is not None and _span(before) == _span(after):
            stood = _places(before)
            moved = {one: stood[one] for one, rect in _places(after).items() if stood.get(one, rect) != rect}
        if not moved and self.running() and seen and self._from.keys() <= after.board.by_block.keys():
            return  # the same plan was read once more
        self._end()
        if not moved or len(moved) > MOST:
            return
        assert after is not None
        self._from = moved
        for row in after.board.rows:
            ids = frozenset(block.id for block in row.blocks if block.id in moved)
            if ids:
                self._rows[row.index] = ids
        self._animation.start()

    def running(self) -> bool:
        return bool(self._from)

    def moves(self, block_id: str) -> bool:
        return block_id in self._from

    def hidden(self, row: int) -> frozenset[str]:
        """Blocks of a row that are on their way and not drawn at their place."""
        return self._rows.get(row, frozenset())

    def paint(self, painter: QPainter) -> None:
        """The blocks where they are by now, over the rows."""
        geometry, rows = self._view.geometry_of(), self._view.row_painter()
        if not self._from or geometry is None or rows is None:
            return
        share = float(self._animation.currentValue() or 0.0)
        for index, ids in self._rows.items():
            row = geometry.board.rows[index]
            for block in row.blocks:
                if block.id in ids:
                    start = self._from[block.id]
                    end = geometry.block_rect(row, block).translated(0, geometry.row_top(index))
                    rows.paint_one(painter, _between(start, end, share), block, Labels())

    def _step(self, _value: object) -> None:
        self._view.viewport().update()

    def _end(self) -> None:
        self._animation.stop()
        self._from, self._rows = {}, {}
        self._view.viewport().update()


def _span(geometry: Geometry) -> tuple[datetime, int]:
    return geometry.scale.start, len(geometry.scale.days)


def _places(geometry: Geometry) -> dict[str, QRectF]:
    """Where every block stands in the content."""
    return {
        block.id: geometry.block_rect(row, block).translated(0, geometry.row_top(row.index))
        for row in geometry.board.rows
        for block in row.blocks
    }


def _between(start: QRectF, end: QRectF, share: float) -> QRectF:
    def part(one: float, two: float) -> float:
        return one + (two - one) * share

    return QRectF(
        part(start.x(), end.x()),
        part(start.y(), end.y()),
        part(start.width(), end.width()),
        part(start.height(), end.height()),
    )
