"""Which blocks an act is about: the current one, or several that are marked by keys, by the pointer or by a band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt

from ...desk.values import CalendarBlock
from ..i18n import translate
from ..messages import Messages
from .rows import Board, nearest_block, next_block, tight_blocks

if TYPE_CHECKING:
    from .screen import CalendarScreen

_LEFT, _RIGHT, _UP, _DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Choosing(QObject):
    """Space marks, Shift+Up and Shift+Down mark on the way over rows, Ctrl+Shift+Left and Right within one (Shift+Left
    and Right make a block shorter and longer), Ctrl+click marks one, a band all that it touches, Esc none."""

    def __init__(self, screen: CalendarScreen, messages: Messages) -> None:
        super().__init__(screen)
        self._screen, self._messages = screen, messages
        screen.board.marked.connect(self._clicked)
        screen.board.banded.connect(self._banded)

    # -- the current block

    def next_tight(self) -> None:
        """From one block with little slack to the next, worst first."""
        board = self._screen.values()
        if board is None:
            return
        tight = tight_blocks(board)
        if not tight:
            self._messages.say(translate("Calendar", "No block here has under two hours of slack."))
            return
        now = self._screen.selected()
        place = next((i for i, block in enumerate(tight) if now is not None and block.id == now.id), -1)
        self._screen.select(tight[(place + 1) % len(tight)])

    def move(self, key: int) -> bool:
        """An arrow: the neighbour in time, or the nearest block of the next row that has any."""
        board = self._screen.values()
        if board is None or not board.rows:
            return False
        block = self._screen.selected()
        if block is None or board.block_row(block) is None:
            self.select_mine(board)
            return True
        target = self._neighbour(board, block, key)
        if target is not None:
            self._screen.select(target)
        return True

    @staticmethod
    def _neighbour(board: Board, block: CalendarBlock, key: int) -> CalendarBlock | None:
        row = board.block_row(block)
        if row is None:
            return None
        if key in (_LEFT, _RIGHT):
            return next_block(row, block, -1 if key == _LEFT else 1)
        step = -1 if key == _UP else 1
        index = row.index + step
        while 0 <= index < len(board.rows):
            target = nearest_block(board.rows[index], block.start)
            if target is not None:
                return target
            index += step
        return None

    def select_mine(self, board: Board) -> None:
        """My block of now, else anybody's first: the focus has a place to be seen at."""
        mine = board.rows[board.row_of.get(self._screen.me(), 0)]
        now = self._screen.times().now
        first = nearest_block(mine, now) or next((row.blocks[0] for row in board.rows if row.blocks), None)
        if first is not None and self._screen.selected() is None:
            self._screen.select(first)

    # -- several

    def toggle(self) -> bool:
        """Space: mark the current block, or no longer."""
        block = self._screen.selected()
        if block is None:
            return False
        self._flip(block.id)
        return True

    def _flip(self, block_id: str) -> None:
        view = self._screen.board
        view.set_marks(view.marks ^ {block_id})

    def extend(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Mark the current block and the one that an arrow leads to."""
        over_rows = modifiers == _SHIFT and key in (_UP, _DOWN)
        along = modifiers == _SHIFT | _CTRL and key in (_LEFT, _RIGHT)
        block = self._screen.selected()
        if not (over_rows or along) or block is None or self._screen.placing.active():
            return False
        self.move(key)
        target = self._screen.selected()
        view = self._screen.board
        view.set_marks(view.marks | {block.id} | ({target.id} if target is not None else set()))
        return True

    def clear(self) -> bool:
        """Esc: nothing is marked any more."""
        had = bool(self._screen.board.marks)
        self._screen.board.set_marks(())
        return had

    def _clicked(self, block_id: str) -> None:
        """Ctrl+click; the first one takes the current block along."""
        view = self._screen.board
        current = self._screen.selected()
        if not view.marks and current is not None and current.id != block_id:
            view.set_marks({current.id, block_id})
        else:
            self._flip(block_id)

    def _banded(self, band: QRectF) -> None:
        view = self._screen.board
        found = view.blocks_in(band)
        view.set_marks(block.id for block in found)
        if found:
            view.select(found[0].id, reveal=False)
