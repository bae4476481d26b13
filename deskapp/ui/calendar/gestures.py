"""What the pointer and the arrow keys do with blocks and cards: they hold, aim, stretch and drop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal

from ...desk import planboard
from ...desk.values import CalendarBlock, TrayItem
from ...planning.values import Span
from ..acts import Acts
from ..i18n import translate
from .board import BoardView
from .dates import FINE_GRID
from .placing import Placing, Stage
from .preview import Held
from .rows import Row, movable, place, stretched, worked_minutes
from .timescale import snapped
from .tray import Tray

_SHORTEST = 15  # minutes


class Gestures(QObject):
    """Between the views, which know pixels, and `Placing`, which knows plans."""

    said = Signal(str)  # why something cannot be done
    estimate_wanted = Signal(object)  # a card without an effort was taken

    def __init__(
        self,
        board: BoardView,
        tray: Tray,
        placing: Placing,
        acts: Acts,
        grid: Callable[[], int],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(board)
        self._board, self._tray, self._placing, self._acts = board, tray, placing, acts
        self._grid, self._now = grid, now
        self._offset = 0.0
        self.by_keys = False
        board.grabbed.connect(self._grab_block)
        board.dragged.connect(self._drag_block)
        board.dropped.connect(self._drop_block)
        tray.list.grabbed.connect(self._grab_card)
        tray.list.dragged.connect(self._drag_card)
        tray.list.dropped.connect(self._drop_card)

    # -- pointer: blocks

    def _grab_block(self, block_id: str, how: str, point: QPointF) -> None:
        block = self._block(block_id)
        scale = self._board.scale()
        if block is None or scale is None:
            return
        self.by_keys = False
        if how == "split":
            self._board.stop_drag()
            self.split(block, scale.at(point.x()))
            return
        reason = self.refusal(block, how)
        if reason:
            self._board.stop_drag()
            self.said.emit(reason)
            return
        self._offset = point.x() - scale.x(block.start) if how in ("move", "copy") else 0.0
        self._placing.hold(self.held_block(block, how), how)

    def _drag_block(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self._placing.stage is not Stage.AIMING or self.by_keys:
            return
        shown = self._board.viewport().mapToGlobal(self._viewport_point(point))
        if self._placing.mode == "swap":
            under = self._board.block_under(point)
            able = under is not None and not self.refusal(under, "swap")
            self._placing.aim_swap(under if able else None)
            return
        over_tray = self._placing.mode == "move" and self._tray.contains(shown)
        self._tray.set_target(over_tray)
        if over_tray:
            self._placing.aim_off()
        else:
            self._aim_at(point, modifiers)

    def _drop_block(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        shown = self._board.viewport().mapToGlobal(self._viewport_point(point))
        self._tray.set_target(False)
        held = self._placing.held
        if held is not None and held.block is not None and self._placing.mode == "move" and self._tray.contains(shown):
            blocks = (held.block, *held.more)
            self._placing.cancel()
            self.unplan(blocks)
            return
        self._placing.drop()

    def _viewport_point(self, point: QPointF) -> QPoint:
        bars = self._board.horizontalScrollBar().value(), self._board.verticalScrollBar().value()
        return QPoint(int(point.x()) - bars[0], int(point.y()) - bars[1])

    # -- pointer: cards

    def _grab_card(self, ticket_id: str, _where: QPoint) -> None:
        item = next((i for i in self._tray.model.items() if i.ticket_id == ticket_id), None)
        if item is None:
            return
        self.by_keys = False
        if item.effort is None:
            self._tray.list.stop_drag()
            self.estimate_wanted.emit(item)
            return
        self._offset = 0.0
        self._placing.hold(self.held_item(item))

    def _drag_card(self, where: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if self._placing.stage is not Stage.AIMING or self.by_keys:
            return
        if self._board.isVisible() and self._board.shows(where):
            self._board.pull(self._board.viewport().mapFromGlobal(where))
            self._aim_at(self._board.content_point(where), modifiers)
        else:
            self._board.pull(None)
            self._placing.aim_off()

    def _drop_card(self, _where: QPoint, _modifiers: Qt.KeyboardModifier) -> None:
        self._board.pull(None)
        self._placing.drop()

    # -- aiming

    def _aim_at(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        geometry, board = self._board.geometry_of(), self._board.board()
        held = self._placing.held
        if geometry is None or board is None or held is None:
            return
        grid = FINE_GRID if modifiers & Qt.KeyboardModifier.AltModifier else self._grid()
        at = snapped(geometry.scale.at(point.x() - self._offset), grid, board.zone)
        if self._placing.mode in ("start", "end"):
            self._stretch_to(at)
            return
        index = geometry.row_at(point.y())
        if index is None:
            self._placing.aim_off()
            return
        self.aim(board.rows[index], at)

    def aim(self, row: Row, at: datetime) -> None:
        """Aim what is held at a time of a row: working time at or after it, never before now."""
        held = self._placing.held
        if held is None:
            return
        wanted = max(at, self._now())
        pieces = place(row, wanted.timestamp(), held.minutes, held.booking_id)
        self._placing.aim(row.person.id, pieces[0].start if pieces else wanted, pieces, wanted)

    def _stretch_to(self, at: datetime) -> None:
        held = self._placing.held
        if held is None or held.block is None:
            return
        block = held.block
        least = timedelta(minutes=_SHORTEST)
        if self._placing.mode == "end":
            floor = max(block.start, self._now()) if block.state == "in_progress" else block.start
            start, end = block.start, max(at, floor + least)
        else:
            start, end = min(at, block.end - least), block.end
        edge = end if self._placing.mode == "end" else start
        self._placing.aim(block.person_id, start, (Span(start, end),), edge)

    def held_block(self, block: CalendarBlock, how: str = "move") -> Held:
        """The block, and with a move those that are marked and can move along."""
        row = self._row(block.person_id)
        minutes = worked_minutes(row, block.start, block.end) if row is not None else 0
        elapsed = int((block.end - block.start).total_seconds() // 60)
        more: tuple[CalendarBlock, ...] = ()
        if how == "move" and block.id in self._board.marks:
            others = [one for one in self._board.chosen() if one.id != block.id]
            more = tuple(one for one in others if movable(one))
            left = sum(one.kind != "travel" and not movable(one) for one in others)
            if left:
                self.said.emit(translate("Calendar", "%n block(s) stay: pinned, in progress or done.", None, left))
        return Held(block.ticket_id, block.number, block.customer, minutes or elapsed, block, more, how == "copy")

    @staticmethod
    def held_item(item: TrayItem) -> Held:
        return Held(item.ticket_id, item.number, item.customer, item.effort or 60)

    @staticmethod
    def refusal(block: CalendarBlock, how: str) -> str:
        """Why a block cannot be taken in that way; "" when it can."""
        if block.state == "done":
            return translate("Calendar", "Done work stays where it was.")
        if how == "copy" and block.kind != "visit":
            return translate("Calendar", "Only a visit can be repeated.")
        if how == "copy":
            return ""
        if block.kind == "travel":
            return translate("Calendar", "Travel belongs to its visit.")
        if block.state == "in_progress" and how != "end":
            return translate("Calendar", "Work in progress can be stretched, not moved.")
        if block.pinned and how != "end" and not movable(block):
            return translate("Calendar", "The block is pinned. P lets it go.")
        return ""

    # -- keys

    def key(self, key: int) -> bool:
        """Arrows, Enter, Esc and Space while something is held or proposed; False: not ours."""
        stage = self._placing.stage
        if stage is Stage.IDLE:
            return False
        if key == Qt.Key.Key_Escape:
            self.stop()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._placing.apply()
        elif key == Qt.Key.Key_Space:
            self._placing.find()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.nudge(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.to_person(-1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def stop(self) -> None:
        """Esc: let everything be as it was."""
        self._board.stop_drag()
        self._tray.list.stop_drag()
        self._tray.set_target(False)
        self._placing.cancel()

    def take(self, item: TrayItem, person_id: str) -> None:
        """Take a card by keys: it is offered the first free working time of a person."""
        self.take_held(self.held_item(item), person_id)

    def take_held(self, held: Held, person_id: str) -> None:
        row = self._row(person_id)
        if row is None:
            return
        self.by_keys = True
        self._placing.hold(held)
        self.aim(row, self._ceiled(self._now()))

    def move_block(self, block: CalendarBlock, how: str) -> bool:
        """Take a block by keys; says whether it could be taken."""
        reason = self.refusal(block, how)
        if reason:
            self.said.emit(reason)
            return False
        self.by_keys = True
        self._placing.hold(self.held_block(block, how), how)
        return True

    def swap(self, one: CalendarBlock, two: CalendarBlock) -> None:
        """Let two blocks change places, by keys: what it does is shown first where it touches others."""
        for block in (one, two):
            reason = self.refusal(block, "swap")
            if reason:
                self.said.emit(reason)
                return
        self.by_keys = True
        self._placing.hold(self.held_block(one, "swap"), "swap")
        self._placing.aim_swap(two)
        self._placing.drop()

    def _ceiled(self, at: datetime) -> datetime:
        board = self._board.board()
        step = self._grid()
        if board is None:
            return at
        near = snapped(at, step, board.zone)
        return near if near >= at else near + timedelta(minutes=step)

    def nudge(self, steps: int) -> None:
        """Earlier or later by the grid, over breaks and nights."""
        placing, board = self._placing, self._board.board()
        held, geometry = placing.held, self._board.geometry_of()
        if held is None or board is None or geometry is None or placing.mode == "swap":
            return
        if placing.mode in ("start", "end"):
            self.stretch(steps * self._grid())
            return
        row = self._row(placing.person_id or (held.block.person_id if held.block else ""))
        # The planner may have found a later place than the one aimed at: steps go on from what is seen, outward.
        seen = [at for at in (placing.at, placing.pieces[0].start if placing.pieces else None) if at is not None]
        if not seen and held.block is not None:
            seen = [held.block.start]
        if row is None or not seen:
            return
        target = self._stepped(row, max(seen) if steps > 0 else min(seen), steps)
        if target is not None:
            self.aim(row, target)

    def _stepped(self, row: Row, at: datetime, steps: int) -> datetime | None:
        """The next place on the grid within the row's working time, in either direction."""
        board = self._board.board()
        assert board is not None
        step = timedelta(minutes=self._grid() * (1 if steps > 0 else -1))
        near = snapped(at, self._grid(), board.zone)
        target = near if (near > at) == (steps > 0) and near != at else near + step
        seconds = target.timestamp()
        if any(start <= seconds < end for start, end in row.work):
            return target
        if steps > 0:
            later = [start for start, end in row.work if end > seconds]
            return datetime.fromtimestamp(max(min(later), seconds), UTC) if later else None
        earlier = [end for start, end in row.work if start < seconds]
        if not earlier:
            return None
        last = datetime.fromtimestamp(max(earlier), UTC)
        return snapped(last + step, self._grid(), board.zone)

    def to_person(self, steps: int) -> None:
        """The same time of the neighbouring row."""
        placing, board = self._placing, self._board.board()
        held = placing.held
        if held is None or board is None or placing.mode not in ("place", "move", "copy"):
            return
        index = board.row_of.get(placing.person_id or (held.block.person_id if held.block else ""))
        at = placing.at or (held.block.start if held.block else None)
        if index is None or at is None or not 0 <= index + steps < len(board.rows):
            return
        self.aim(board.rows[index + steps], at)

    def stretch(self, minutes: int) -> None:
        """The end of the held block, by working time."""
        held = self._placing.held
        if held is None or held.block is None:
            return
        row = self._row(held.block.person_id)
        end = self._placing.pieces[-1].end if self._placing.pieces else held.block.end
        if row is not None:
            self._stretch_to(stretched(row, held.block.start, end, minutes))

    # -- acts on a block

    def split(self, block: CalendarBlock, at: datetime) -> None:
        """Cut a block in two at a time of the grid within it."""
        board = self._board.board()
        if board is None:
            return
        if block.state != "planned" or block.kind == "travel":
            self.said.emit(self.refusal(block, "move") or translate("Calendar", "The block cannot be split."))
            return
        for grid in (self._grid(), _SHORTEST, FINE_GRID):
            cut = snapped(at, grid, board.zone)
            if block.start < cut < block.end:
                self._acts.act(planboard.split, block.id, cut)
                return
        self.said.emit(translate("Calendar", "The block is too short to be split."))

    def unplan(self, blocks: Sequence[CalendarBlock]) -> None:
        """Back to the tray; several are one step."""
        able = [block for block in blocks if block.state == "planned" and block.kind != "travel"]
        if able:
            self._acts.act(planboard.unplan, tuple(block.id for block in able))
        elif blocks:
            self.said.emit(self.refusal(blocks[0], "move"))

    def _block(self, block_id: str) -> CalendarBlock | None:
        board = self._board.board()
        return board.by_block.get(block_id) if board is not None else None

    def _row(self, person_id: str) -> Row | None:
        board = self._board.board()
        index = board.row_of.get(person_id) if board is not None else None
        return board.rows[index] if board is not None and index is not None else None
