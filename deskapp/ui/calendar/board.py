"""The calendar itself: a painted surface with the hours above it and the people at its left.

Rows are kept as tiles of pixels and painted anew only when they change, so that a drag draws the ghost and little else.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from ...desk.values import CalendarBlock
from .. import access, theme
from ..words import Times
from . import texts
from .geometry import Geometry, changed_range, row_height
from .glide import Glide
from .heads import HEADER_HEIGHT, PEOPLE_LEAST, HourHeader, PeopleColumn
from .painting import Labels, Look, PaintedLabel
from .pointing import SCROLL_STEP, Pointing
from .preview import Picture
from .rowpaint import RowPainter
from .rows import Board
from .timescale import TimeScale, build

TILE = 512
_TILES_KEPT = 96
ZOOM_MOST = 16.0


class BoardView(Pointing):
    """Shows a `Board`. Gestures come out as signals, in content coordinates; the screen decides what they mean."""

    accessible_role = "Canvas"
    selected = Signal(str)  # block id, "" for none
    opened = Signal(str)  # block id
    grabbed = Signal(str, str, QPointF)  # block id; "move", "start", "end", "split", "swap" or "copy"; where
    dragged = Signal(QPointF, object)  # where, keyboard modifiers
    dropped = Signal(QPointF, object)
    menu_asked = Signal(str, QPoint)  # block id, global place
    marked = Signal(str)  # a block is to be chosen besides the current one, or no longer
    banded = Signal(QRectF)  # everything in it is to be chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar.view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self._people_width = PEOPLE_LEAST
        self.setViewportMargins(PEOPLE_LEAST, HEADER_HEIGHT, 0, 0)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.header = HourHeader(self)
        self.people = PeopleColumn(self)
        self.key_handler: Callable[[QKeyEvent], bool] | None = None
        self._board: Board | None = None
        self._times: Times | None = None
        self._geometry: Geometry | None = None
        self._painter: RowPainter | None = None
        self._look = Look()
        self._zoom = 1.0
        self._compact = False
        self._me = ""
        self._selected = self._told = ""
        self._picture = Picture()
        self._ghost_text = ("", "")
        self._tiles: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._tile_labels: dict[tuple[int, int], list[PaintedLabel]] = {}
        # Rows that a preview changes have tiles of their own, so that the plain ones are there again afterwards.
        self._changed_tiles: dict[tuple[int, int], QPixmap] = {}
        self._changed_labels: dict[tuple[int, int], list[PaintedLabel]] = {}
        self._glide_tiles: dict[tuple[int, int], QPixmap] = {}
        self._ranges: dict[int, tuple[float, float] | None] = {}
        self._overlay_labels: dict[str, list[PaintedLabel]] = {}
        self.marks: frozenset[str] = frozenset()  # blocks chosen besides the current one
        self._begin_pointing()
        self.glide = Glide(self)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.current().changed.connect(self._relook)

    # -- what is shown

    def board(self) -> Board | None:
        return self._board

    def geometry_of(self) -> Geometry | None:
        return self._geometry

    def scale(self) -> TimeScale | None:
        return self._geometry.scale if self._geometry is not None else None

    def row_painter(self) -> RowPainter | None:
        return self._painter

    def picture(self) -> Picture:
        return self._picture

    def selection(self) -> CalendarBlock | None:
        return self._board.by_block.get(self._selected) if self._board is not None else None

    def set_board(self, board: Board, times: Times, me: str, compact: bool) -> None:
        """Show other values; selection and scroll stay where they are."""
        before = self._geometry
        self._board, self._times, self._me, self._compact = board, times, me, compact
        if self._selected not in board.by_block:
            self._selected = ""
        self.marks = frozenset(one for one in self.marks if one in board.by_block)
        self._rebuild()
        self._announce()
        self.glide.start(before)

    def set_marks(self, ids: Iterable[str]) -> None:
        """Choose these besides the current block."""
        known = self._board.by_block if self._board is not None else {}
        self.marks = frozenset(one for one in ids if one in known)
        self.viewport().update()
        self._announce()

    def chosen(self) -> list[CalendarBlock]:
        """What an act is about, in order of time: the blocks that are marked, else the current one."""
        if self._board is None:
            return []
        ids = self.marks or ({self._selected} - {""})
        return sorted((self._board.by_block[one] for one in ids), key=lambda block: (block.start, block.id))

    def blocks_in(self, area: QRectF) -> list[CalendarBlock]:
        """Blocks that a rectangle of the content touches."""
        geometry = self._geometry
        if geometry is None:
            return []
        return [
            block
            for row in geometry.board.rows
            for block in row.blocks
            if geometry.block_rect(row, block).translated(0, geometry.row_top(row.index)).intersects(area)
        ]

    def set_times(self, times: Times) -> None:
        """The clock moved on."""
        self._times = times
        self.header.set_times(times)
        self.viewport().update()

    def set_picture(self, picture: Picture, number: str = "", customer: str = "") -> None:
        """Show what is being placed; an empty picture ends it. Only the rows that look different are drawn again."""
        if picture == self._picture and (number, customer) == self._ghost_text:
            return
        before, ghosts_before = self._picture, self._ghost_area()
        self._picture, self._ghost_text = picture, (number, customer)
        if self._geometry is None or self._board is None:
            return
        same_rows = (picture.outlines, picture.shifted, picture.hidden) == (
            before.outlines,
            before.shifted,
            before.hidden,
        ) and not (picture.outlines and {p for p, _ in picture.ghosts} != {p for p, _ in before.ghosts})
        if same_rows:  # the ghost alone moved, it is no part of the tiles
            for rect in ghosts_before + self._ghost_area():
                self.viewport().update(rect)
            return
        self._changed_tiles.clear()
        self._changed_labels.clear()
        self._ranges.clear()
        for person in before.people() | picture.people():
            index = self._board.row_of.get(person)
            if index is not None:
                top = self._geometry.row_top(index) - self._scroll_y()
                self.viewport().update(0, top, self.viewport().width(), self._geometry.height)

    def select(self, block_id: str, reveal: bool = True) -> None:
        """Make a block the current one."""
        if self._board is None or (block_id and block_id not in self._board.by_block):
            return
        changed = block_id != self._selected
        self._selected = block_id
        if reveal and block_id:
            self._reveal(self._board.by_block[block_id])
        self.viewport().update()
        if changed:
            self._announce()
            self.selected.emit(block_id)

    def set_zoom(self, zoom: float, at_x: float | None = None) -> None:
        """Change the width of an hour, keeping the instant at ``at_x`` (viewport) where it is."""
        zoom = min(ZOOM_MOST, max(1.0, zoom))
        if zoom == self._zoom or self._geometry is None:
            return
        anchor = self.viewport().width() / 2 if at_x is None else at_x
        at = self._geometry.scale.at(anchor + self.horizontalScrollBar().value())
        self._zoom = zoom
        self._rebuild()
        self.horizontalScrollBar().setValue(round(self._geometry.scale.x(at) - anchor))

    def zoom(self) -> float:
        return self._zoom

    def reset_zoom(self) -> None:
        self._zoom = 1.0

    def content_point(self, global_point: QPoint) -> QPointF:
        """A point of the screen in content coordinates."""
        inside = self.viewport().mapFromGlobal(global_point)
        return QPointF(inside.x() + self.horizontalScrollBar().value(), inside.y() + self.verticalScrollBar().value())

    def shows(self, global_point: QPoint) -> bool:
        return self.viewport().rect().contains(self.viewport().mapFromGlobal(global_point))

    def rect_of(self, block_id: str) -> QRect:
        """Where a block is in the viewport; empty when it is unknown."""
        if self._board is None or self._geometry is None or block_id not in self._board.by_block:
            return QRect()
        block = self._board.by_block[block_id]
        row = self._board.block_row(block)
        if row is None:
            return QRect()
        rect = self._geometry.block_rect(row, block).translated(0, self._geometry.row_top(row.index))
        return rect.translated(-self._scroll_x(), -self._scroll_y()).toAlignedRect()

    def labels(self) -> list[PaintedLabel]:
        """Every text of the board where it was last painted, in content coordinates."""
        found: dict[tuple[float, float, str, str], PaintedLabel] = {}
        kept = {key: labels for key, labels in self._tile_labels.items() if not self._is_changed(*key)}
        for (row, _tile), labels in [*kept.items(), *self._changed_labels.items()]:
            top = self._geometry.row_top(row) if self._geometry is not None else 0
            for label in labels:
                moved = PaintedLabel(
                    label.rect.translated(0, top), label.text, label.shown, label.inside.translated(0, top), label.owner
                )
                found[(moved.rect.x(), moved.rect.y(), moved.text, moved.owner)] = moved
        return [*found.values(), *(label for labels in self._overlay_labels.values() for label in labels)]

    # -- sizes and tiles

    def _rebuild(self) -> None:
        board = self._board
        if board is None or self._times is None:
            return
        wanted = self.people.wanted_width(board, self._look)
        if wanted != self._people_width:
            self._people_width = wanted
            self.setViewportMargins(wanted, HEADER_HEIGHT, 0, 0)
            self._place_heads()
        view = self.viewport().size()
        people = self.people.least_row(self._look)
        height = row_height(view.height(), len(board.rows), people)
        scale = build(board.days, board.busy(), board.zone, self._times.today(), max(1, view.width()), self._zoom)
        self._geometry = Geometry(board, scale, height)
        self._painter = RowPainter(self._geometry, self._look, self._times, self._compact)
        self.horizontalScrollBar().setRange(0, max(0, round(scale.width) - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setSingleStep(SCROLL_STEP)
        self.verticalScrollBar().setRange(0, max(0, self._geometry.content_height() - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(height // 2)
        self.header.set_geometry_of(self._geometry, self._times, self._look)
        self.people.set_geometry_of(self._geometry, self._times, self._look, self._me)
        self._forget_tiles()
        self._scrolled()
        self.viewport().update()

    def _forget_tiles(self) -> None:
        self._tiles.clear()
        self._tile_labels.clear()
        self._changed_tiles.clear()
        self._changed_labels.clear()
        self._glide_tiles.clear()
        self._ranges.clear()
        self._overlay_labels.clear()

    def _changed_range(self, row: int) -> tuple[float, float] | None:
        """From where to where the preview shows a row otherwise than it is; a ghost alone lies over it."""
        picture = self._picture
        if self._geometry is None or not (picture.outlines or picture.shifted or picture.hidden):
            return None
        if row not in self._ranges:
            self._ranges[row] = changed_range(picture, self._geometry.board.rows[row].person.id, self._geometry)
        return self._ranges[row]

    def _is_changed(self, row: int, column: int) -> bool:
        span = self._changed_range(row)
        return span is not None and span[0] < (column + 1) * TILE and span[1] > column * TILE

    def _tile(self, row: int, column: int) -> QPixmap:
        key = (row, column)
        changed = self._is_changed(row, column)
        if not changed and self.glide.hidden(row):  # what is on its way is drawn over the rows
            if key not in self._glide_tiles:
                self._glide_tiles[key] = self._draw_tile(row, column, Picture(hidden=self.glide.hidden(row)))[0]
            return self._glide_tiles[key]
        found = (self._changed_tiles if changed else self._tiles).get(key)
        if found is not None:
            if not changed:
                self._tiles.move_to_end(key)
            return found
        tile, labels = self._draw_tile(row, column, self._picture if changed else Picture())
        if changed:
            self._changed_tiles[key], self._changed_labels[key] = tile, labels
            return tile
        self._tiles[key], self._tile_labels[key] = tile, labels
        while len(self._tiles) > _TILES_KEPT:
            old, _pixmap = self._tiles.popitem(last=False)
            self._tile_labels.pop(old, None)
        return tile

    def _draw_tile(self, row: int, column: int, picture: Picture) -> tuple[QPixmap, list[PaintedLabel]]:
        assert self._geometry is not None and self._painter is not None
        dpr = self.viewport().devicePixelRatioF()
        tile = QPixmap(round(TILE * dpr), round(self._geometry.height * dpr))
        tile.setDevicePixelRatio(dpr)
        labels = Labels()
        painter = QPainter(tile)
        painter.translate(-column * TILE, 0)
        self._painter.paint(painter, row, column * TILE, (column + 1) * TILE, picture, labels)
        painter.end()
        return tile, labels.painted

    def _relook(self) -> None:
        self._look = Look()
        self._rebuild()

    def _scrolled(self) -> None:
        self.header.set_shift(self._scroll_x())
        self.people.set_shift(self._scroll_y())
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Everything is drawn from tiles: nothing to shift here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_heads()
        self._rebuild()

    def _place_heads(self) -> None:
        area = self.viewport().geometry()
        top = area.top() - HEADER_HEIGHT
        self.header.setGeometry(area.left(), top, area.width(), HEADER_HEIGHT)
        self.people.setGeometry(
            area.left() - self._people_width, top, self._people_width, area.height() + HEADER_HEIGHT
        )

    def _reveal(self, block: CalendarBlock) -> None:
        rect = self.rect_of(block.id)
        area = self.viewport().rect()
        if rect.left() < 0 or rect.right() > area.width():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + rect.left() - max(0, (area.width() - rect.width()) // 2))
        if rect.top() < 0 or rect.bottom() > area.height():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - max(0, (area.height() - rect.height()) // 2))

    def reveal_time(self, at: datetime) -> None:
        """Scroll so that an instant is in sight."""
        if self._geometry is None:
            return
        x = self._geometry.scale.x(at) - self._scroll_x()
        if not 0 <= x < self.viewport().width():
            self.horizontalScrollBar().setValue(round(x + self._scroll_x() - self.viewport().width() / 3))

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        geometry, rows = self._geometry, self._painter
        if geometry is None or rows is None or self._board is None:
            painter.fillRect(event.rect(), self._look.color("bg-window"))
            return
        area = event.rect()
        dx, dy = self._scroll_x(), self._scroll_y()
        first_column, last_column = (area.left() + dx) // TILE, (area.right() + dx) // TILE
        first_row = max(0, (area.top() + dy) // geometry.height)
        last_row = min(len(self._board.rows) - 1, (area.bottom() + dy) // geometry.height)
        for row in range(first_row, last_row + 1):
            top = geometry.row_top(row) - dy
            for column in range(first_column, last_column + 1):
                painter.drawPixmap(column * TILE - dx, top, self._tile(row, column))
        below = geometry.content_height() - dy
        if area.bottom() >= below:
            painter.fillRect(
                QRect(area.left(), below, area.width(), area.bottom() - below + 1), self._look.color("bg-window")
            )
        painter.translate(-dx, -dy)
        visible = QRectF(area.translated(dx, dy))
        for name, draw in (("names", rows.paint_names), ("ghost", self._paint_ghosts)):
            labels = Labels()
            draw(painter, visible, labels)
            if labels.painted or name == "ghost":
                self._overlay_labels[name] = labels.painted
        self.glide.paint(painter)
        self._paint_selection(painter)
        if self.hasFocus() and self.selection() is None and not self._picture.ghosts:
            painter.setPen(QPen(self._look.color("accent"), 2))
            painter.drawRect(QRectF(self.viewport().rect().translated(dx, dy)).adjusted(1, 1, -1, -1))
        if self._times is not None:
            rows.paint_now(painter, self._times.now, float(geometry.content_height()))

    def _paint_ghosts(self, painter: QPainter, _visible: QRectF, labels: Labels) -> None:
        assert self._painter is not None
        if self._picture.ghosts or self._picture.outlines:
            self._painter.paint_picture(painter, self._picture, *self._ghost_text, labels)

    def _ghost_area(self) -> list[QRect]:
        if self._painter is None:
            return []
        return [
            rect.translated(-self._scroll_x(), -self._scroll_y()).adjusted(-3, -3, 3, 3).toAlignedRect()
            for rect in self._painter.ghost_rects(self._picture)
        ]

    def _paint_selection(self, painter: QPainter) -> None:
        if self._geometry is None or self._board is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("accent" if self.hasFocus() else "line-ctl"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        current = self.selection()
        for block in {one.id: one for one in (*self.chosen(), *([current] if current is not None else []))}.values():
            row = self._board.block_row(block)
            if row is None or block.id in self._picture.hidden or self.glide.moves(block.id):
                continue
            rect = self._geometry.block_rect(row, block).translated(0, self._geometry.row_top(row.index))
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 5, 5)
            if block.id in self.marks:  # told by shape as well: a corner of its own
                corner = QRectF(rect.right() - 8, rect.bottom() - 8, 7, 7)
                painter.fillRect(corner, self._look.color("accent"))
        if self.band is not None:
            painter.setPen(QPen(self._look.color("accent"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(self.band)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        QTimer.singleShot(0, self, self._follow)  # Qt tells of the view itself after this

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _announce(self) -> None:
        """The current block in the view's own description, and as the part of it that has the focus."""
        self.setAccessibleName(texts.translate("Calendar", "Calendar"))
        before, block = self._told, self.selection()
        said = self.accessible_part(block.id)[0] if block is not None else ""
        more = len(self.marks - {self._selected}) if block is not None else 0
        if more:
            said = f"{said}. {texts.more_chosen(more)}"
        self._told = self._selected
        if said == self.accessibleDescription():
            return
        self.setAccessibleDescription(said)
        if self._selected != before:
            self._follow()
        elif self.hasFocus():  # the same block, which was moved or marked
            access.say(self, said)

    def _follow(self) -> None:
        if self.hasFocus() and self._selected:
            access.went_to(self, self._selected)

    def accessible_parts(self) -> list[str]:
        """The blocks, a person after the other and in order of time (``access_parts``)."""
        return [block.id for row in self._board.rows for block in row.blocks] if self._board is not None else []

    def accessible_has(self, block_id: str) -> bool:
        return self._board is not None and block_id in self._board.by_block

    def accessible_part(self, block_id: str) -> tuple[str, QRect, bool]:
        board, times = self._board, self._times
        if board is None or times is None or block_id not in board.by_block:
            return "", QRect(), False
        block = board.by_block[block_id]
        row = board.block_row(block)
        said = texts.block_sentence(block, row.person.short if row is not None else "", times)
        return said, self.rect_of(block_id), block_id == self._selected

    def accessible_at(self, global_point: QPoint) -> str:
        if self._geometry is None or not self.shows(global_point):
            return ""
        inside = self.content_point(global_point)
        block = self._geometry.block_at(inside.x(), inside.y(), self._picture)
        return block.id if block is not None else ""

    def go_to_part(self, block_id: str) -> None:
        self.select(block_id)

    # -- keys and words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.key_handler is not None and self.key_handler(event):
            event.accept()
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._pointer = None
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tooltip(event)
            return True
        return super().viewportEvent(event)

    def _tooltip(self, event: QHelpEvent) -> None:
        if self._geometry is None or self._board is None or self._times is None:
            return
        x, y = event.pos().x() + self._scroll_x(), event.pos().y() + self._scroll_y()
        index = self._geometry.row_at(y)
        if index is None:
            QToolTip.hideText()
            return
        row = self._board.rows[index]
        block = self._geometry.block_at(x, y, self._picture)
        if block is not None:
            text = texts.block_sentence(block, row.person.short, self._times)
        else:
            day = row.source.days[self._geometry.scale.day_at(x)]
            told = texts.load_sentence(row.person.name, day.booked, day.working, row.source.reserve)
            lines = [told if day.working else day.label]
            lines += [texts.duty_sentence(shift, self._times) for shift in row.duty_on(day.day, self._board.zone)]
            text = "\n".join(line for line in lines if line)
        QToolTip.showText(event.globalPos(), text, self.viewport())
