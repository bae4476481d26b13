"""The mouse on the board: pressing, dragging, choosing, scrolling at the edges. What a gesture means, others decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from ...desk.values import CalendarBlock

if TYPE_CHECKING:
    from PySide6.QtCore import Signal

    from .geometry import Geometry
    from .preview import Picture

ZOOM_STEP = 1.25
SCROLL_STEP = 24
_SCROLL_ZONE = 28
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Pointing(QAbstractScrollArea):
    """What the pointer does; the view below gives the geometry and the pictures."""

    if TYPE_CHECKING:
        grabbed: Signal
        dragged: Signal
        dropped: Signal
        opened: Signal
        menu_asked: Signal
        banded: Signal
        marked: Signal
        _geometry: Geometry | None
        _picture: Picture
        _selected: str
        _zoom: float
        marks: frozenset[str]

        def select(self, block_id: str, reveal: bool = True) -> None: ...
        def set_marks(self, ids: Iterable[str]) -> None: ...
        def set_zoom(self, zoom: float, at_x: float | None = None) -> None: ...
        def rect_of(self, block_id: str): ...  # type: ignore[no-untyped-def]

    def _begin_pointing(self) -> None:
        self._pressed: tuple[QPointF, CalendarBlock | None, Qt.KeyboardModifier] | None = None
        self._dragging = False
        self._pointer: QPointF | None = None
        self.band: QRectF | None = None  # what is being drawn around blocks, in content coordinates
        self._scroll_timer = QTimer(self)
        self._scroll_timer.setInterval(30)
        self._scroll_timer.timeout.connect(self._scroll_on)
        self._edge_pull = (0, 0)
        self._pulled_at: QPoint | None = None

    def _scroll_x(self) -> int:
        return self.horizontalScrollBar().value()

    def _scroll_y(self) -> int:
        return self.verticalScrollBar().value()

    def _point(self, event: QMouseEvent) -> QPointF:
        return event.position() + QPointF(self._scroll_x(), self._scroll_y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._geometry is None:
            return
        point = self._point(event)
        block = self._geometry.block_at(point.x(), point.y(), self._picture)
        self._pressed = (point, block, event.modifiers())
        if not event.modifiers() & _CTRL or block is None:
            if block is None or block.id not in self.marks:
                self.set_marks(())
            self.select(block.id if block is not None else "", reveal=False)

    def pointer(self) -> QPointF | None:
        """Where the mouse is, in content coordinates; None when it is elsewhere."""
        return self._pointer

    def block_at(self, point: QPointF) -> CalendarBlock | None:
        return self._geometry.block_at(point.x(), point.y(), self._picture) if self._geometry is not None else None

    def block_under(self, point: QPointF) -> CalendarBlock | None:
        """The block that stands there now, whatever a preview shows."""
        return self._geometry.block_at(point.x(), point.y()) if self._geometry is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._pointer = self._point(event)
        if self._pressed is None:
            self._set_cursor(point)
            return
        start, block, held_keys = self._pressed
        if not self._dragging:
            far = (point - start).manhattanLength() >= QApplication.startDragDistance()
            if not far or self._geometry is None:
                return
            if block is None:
                self._draw_band(QRectF(start, point).normalized())
                return
            how = self._geometry.edge_at(block, start.x()) or "move"
            if held_keys & _CTRL:
                how = "swap" if held_keys & _SHIFT else "split"
                self.select(block.id, reveal=False)
            elif held_keys & _SHIFT:
                how = "copy"
            self._dragging = True
            self.grabbed.emit(block.id, how, start)
        self.dragged.emit(point, event.modifiers())
        self.pull(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, pressed, band = self._dragging, self._pressed, self.band
        self._pressed, self._dragging = None, False
        self.pull(None)
        if dragging:
            self.dropped.emit(self._point(event), event.modifiers())
        elif band is not None:
            self._draw_band(None)
            self.banded.emit(band)
        elif pressed is not None and pressed[1] is not None and pressed[2] & _CTRL:
            self.marked.emit(pressed[1].id)
        elif pressed is not None and pressed[1] is not None and not pressed[2]:
            self.set_marks(())  # a click alone chooses one

    def _draw_band(self, band: QRectF | None) -> None:
        self.band = band
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        block = self.block_under(self._point(event))
        self._pressed = None
        if block is not None:
            self.opened.emit(block.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not by_key and self._geometry is not None:
            inside = self.viewport().mapFromGlobal(event.globalPos())
            block = self._geometry.block_at(inside.x() + self._scroll_x(), inside.y() + self._scroll_y())
            self.select(block.id if block is not None else "", reveal=False)
        if self._selected:
            place = event.globalPos()
            if by_key:
                place = self.viewport().mapToGlobal(self.rect_of(self._selected).center())
            self.menu_asked.emit(self._selected, place)

    def stop_drag(self) -> None:
        """The drag ended otherwise (Esc): the button may still be down."""
        self._pressed, self._dragging = None, False
        self._draw_band(None)
        self.pull(None)

    def dragging(self) -> bool:
        return self._dragging

    def pull(self, point: QPoint | None) -> None:
        """Scroll while the pointer is held near an edge (``point`` in the viewport), None to stop."""
        x = y = 0
        if point is not None:
            area = self.viewport().rect()
            x = -1 if point.x() < _SCROLL_ZONE else 1 if point.x() > area.width() - _SCROLL_ZONE else 0
            y = -1 if point.y() < _SCROLL_ZONE else 1 if point.y() > area.height() - _SCROLL_ZONE else 0
        self._edge_pull, self._pulled_at = (x, y), point
        if (x or y) and self._can_scroll(x, y):
            self._scroll_timer.start()
        else:
            self._scroll_timer.stop()

    def _can_scroll(self, x: int, y: int) -> bool:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        return bool(
            (x < 0 and across.value() > 0)
            or (x > 0 and across.value() < across.maximum())
            or (y < 0 and down.value() > 0)
            or (y > 0 and down.value() < down.maximum())
        )

    def _scroll_on(self) -> None:
        x, y = self._edge_pull
        self.horizontalScrollBar().setValue(self._scroll_x() + x * SCROLL_STEP)
        self.verticalScrollBar().setValue(self._scroll_y() + y * SCROLL_STEP)
        if self._dragging and self._pulled_at is not None:  # the time under a still pointer has changed
            under = QPointF(self._pulled_at) + QPointF(self._scroll_x(), self._scroll_y())
            self.dragged.emit(under, Qt.KeyboardModifier.NoModifier)
        if not self._can_scroll(x, y):
            self._scroll_timer.stop()

    def _set_cursor(self, point: QPointF) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._geometry is not None:
            block = self._geometry.block_at(point.x(), point.y(), self._picture)
            if block is not None and block.state != "done" and self._geometry.edge_at(block, point.x()):
                shape = Qt.CursorShape.SizeHorCursor
        self.viewport().setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and steps:
            self.set_zoom(self._zoom * ZOOM_STEP**steps, event.position().x())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and steps:
            bar = self.horizontalScrollBar()
            bar.setValue(round(bar.value() - steps * 3 * bar.singleStep()))
            event.accept()
        else:
            super().wheelEvent(event)
