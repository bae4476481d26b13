"""What can be done with the block that is selected, by keys or from its menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QMenu

from ...desk import backlog, consequences, planboard, ticket, triage
from ...desk.values import CalendarBlock, Trace
from .. import words
from ..actions import ActionRegistry
from ..acts import Acts
from ..i18n import fill, translate
from ..messages import Messages
from ..runner import TaskRunner
from ..trace import TracePopup
from .questions import global_rect

if TYPE_CHECKING:
    from .screen import CalendarScreen

_EFFORT_STEP = 15  # minutes


class BlockActs(QObject):
    """Acts on the current block of a screen; each says so when there is none."""

    def __init__(
        self, screen: CalendarScreen, runner: TaskRunner, acts: Acts, actions: ActionRegistry, messages: Messages
    ) -> None:
        super().__init__(screen)
        self._screen, self._runner, self._acts, self._actions = screen, runner, acts, actions
        self._messages = messages
        screen.board.menu_asked.connect(self.menu)
        screen.tray.plan_wanted.connect(self.plan_waiting)

    def _with_block(self, act: Callable[[CalendarBlock], object]) -> None:
        block = self._screen.selected()
        if block is None:
            self._messages.say(translate("Calendar", "Choose a block first: arrows move from one to the next."))
        else:
            act(block)

    def _with_blocks(self, act: Callable[[Sequence[CalendarBlock]], object]) -> None:
        chosen = self._screen.board.chosen()
        if not chosen:
            self._with_block(lambda _block: None)
        else:
            act(chosen)

    # -- moving and stretching by keys

    def nudge(self, steps: int) -> None:
        """Ctrl+Left, Ctrl+Right: what is held moves on, else the current block is taken."""
        self._move(steps, self._screen.gestures.nudge)

    def to_person(self, steps: int) -> None:
        """Ctrl+Up, Ctrl+Down."""
        self._move(steps, self._screen.gestures.to_person)

    def _move(self, steps: int, move: Callable[[int], None]) -> None:
        if self._screen.placing.active():
            move(steps)
        else:
            self._with_block(partial(self._take, "move", partial(move, steps)))

    def _take(self, how: str, then: Callable[[], None], block: CalendarBlock) -> None:
        if self._screen.gestures.move_block(block, how):
            then()

    def stretch_by_grid(self, steps: int) -> None:
        """Shift+Left, Shift+Right: the end of the current block."""
        self.stretch(steps * self._screen.grid())

    def stretch(self, minutes: int) -> None:
        screen = self._screen
        if not screen.placing.active():
            self._with_block(partial(self._take, "end", partial(screen.gestures.stretch, minutes)))
        elif screen.placing.mode in ("start", "end"):
            screen.gestures.stretch(minutes)

    def change_effort(self, steps: int) -> None:
        """+ and -: a card's effort, or the length of the current block, by a quarter of an hour."""
        tray = self._screen.tray
        item = tray.list.current_item() if tray.list.hasFocus() else None
        if item is None:
            self.stretch(steps * _EFFORT_STEP)
        elif item.effort is None:
            self._screen.questions.ask_effort(item)
        else:
            minutes = max(_EFFORT_STEP, item.effort + steps * _EFFORT_STEP)
            self._acts.act(triage.set_effort, item.ticket_id, minutes)

    # -- acts

    def put_back(self) -> None:
        """Delete: the current block goes back to the tray; what is only proposed is given up."""
        if self._screen.placing.active():
            self._screen.gestures.stop()
        else:
            self._with_blocks(self._screen.gestures.unplan)

    def pin(self) -> None:
        self._with_blocks(self._pin)

    def _pin(self, blocks: Sequence[CalendarBlock]) -> None:
        """Several are pinned together, or let go where all of them are pinned."""
        able = [block for block in blocks if block.state != "done" and block.kind != "travel"]
        if not able:
            self._messages.say(self._screen.gestures.refusal(blocks[0], "move"))
        else:
            pinned = not all(block.pinned for block in able)
            self._acts.act(planboard.pin, tuple(block.id for block in able), pinned)

    def two_chosen(self) -> bool:
        return len(self._screen.board.chosen()) == 2

    def swap(self) -> None:
        """X: the two blocks that are chosen change places."""
        chosen = self._screen.board.chosen()
        if len(chosen) == 2 and not self._screen.placing.active():
            self._screen.gestures.swap(*chosen)
        else:
            self._messages.say(translate("Calendar", "Choose two blocks first: Space marks, or Ctrl and a click."))

    def repeat(self) -> None:
        """The current visit once more: arrows bring it to its place."""
        self._with_block(partial(self._take, "copy", lambda: self._screen.gestures.nudge(1)))

    def overrun(self) -> None:
        """O: the work takes longer than its block; what has to make room is shown first."""
        self._with_block(self._overrun)

    def _overrun(self, block: CalendarBlock) -> None:
        from .plan_dialog import open_diff

        title = fill(translate("Calendar", "%1 takes longer than planned"), words.number(block.number))
        screen = self._screen
        ask = consequences.overrun
        open_diff(screen, self._runner, self._acts, screen.times(), title, ask, block.ticket_id, say=self._messages.say)

    def plan_waiting(self) -> None:
        """Everything that nobody has planned gets its place, seen before it is taken."""
        from .plan_dialog import open_diff

        screen = self._screen
        title = translate("Calendar", "What is waiting, planned at once")
        open_diff(screen, self._runner, self._acts, screen.times(), title, backlog.plan_waiting)

    def split(self) -> None:
        self._with_block(self._split)

    def _split(self, block: CalendarBlock) -> None:
        """At the pointer when it is over the block, else at the present, else in the middle."""
        board, now = self._screen.board, self._runner.now()
        scale, pointer = board.scale(), board.pointer()
        at = block.start + (block.end - block.start) / 2
        if block.start < now < block.end:
            at = now
        if scale is not None and pointer is not None and board.block_at(pointer) == block:
            at = scale.at(pointer.x())
        self._screen.gestures.split(block, at)

    def why(self) -> None:
        """W: how the date of the current block came about."""
        self._with_block(self._why)

    def _why(self, block: CalendarBlock) -> None:
        what = "promised" if block.promised_at is not None else "forecast"
        self._runner.run("reader", ticket.trace, block.ticket_id, what, on_done=self._show_trace, key="calendar.why")

    def _show_trace(self, trace: Trace) -> None:
        screen = self._screen
        popup = TracePopup(screen, trace, screen.times(), screen.directory())
        block = screen.selected()
        rect = screen.board.rect_of(block.id) if block is not None else QRect()
        anchor = QRect(screen.board.viewport().mapToGlobal(rect.topLeft()), rect.size())
        popup.open_at(anchor if screen.board.isVisible() else global_rect(screen.toolbar.heading))

    def menu(self, _block_id: str, place: QPoint) -> None:
        """The commands of a block, with their keys."""
        menu = QMenu(self._screen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = ["open", "why", "pin", "split", "put_back"]
        block = self._screen.selected()
        if self.two_chosen():
            names.append("swap")
        if block is not None and block.kind == "visit":
            names.append("repeat")
        if block is not None and block.state == "in_progress":
            names.append("overrun")
        for name in names:
            action = self._actions.get(f"calendar.{name}")
            item = menu.addAction(f"{action.words()}\t{action.key}")
            item.triggered.connect(partial(self._from_menu, action.id))
        menu.popup(place)

    def _from_menu(self, action_id: str, _checked: bool = False) -> None:
        self._actions.trigger(action_id, by="menu")
