"""Placing work: what is held, where it would go, what the planner says of it, and doing it.

The place under the pointer is known at once (`aim` is given it); the planner's answer comes from the reader lane and
replaces it. Nothing is written before `apply`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QObject, Signal

from ...core.errors import Lapsed, UserFacingError
from ...desk import meanwhile, planboard, replanning
from ...desk.meanwhile import Happening
from ...desk.values import CalendarBlock, CalendarView, Changes
from ...planning.values import PlanDiff, Span
from ..acts import Acts
from ..messages import error_words
from ..runner import TaskRunner
from .preview import Held, Picture, harmless, local_picture, picture
from .texts import what_changed

_KEY = "calendar.preview"
_WHY = "calendar.meanwhile"


class Stage(Enum):
    IDLE = 0
    AIMING = 1  # held by the pointer or by keys
    DROPPED = 2  # let go, the planner still counts
    OPEN = 3  # the bar waits for a decision


class Placing(QObject):
    """One placing at a time. `changed` after anything that the board, the tray or the bar shows."""

    changed = Signal()
    applied = Signal(str)  # the ticket that was placed
    recomputed = Signal(object)  # what has happened meanwhile: `Happening`s, or words where the planner was not asked

    def __init__(self, runner: TaskRunner, acts: Acts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._acts = acts
        self._view: CalendarView | None = None
        self._clear()

    def _clear(self) -> None:
        self.stage = Stage.IDLE
        self.held: Held | None = None
        self.mode = "place"  # place | move | start | end | copy | swap
        self.other = ""  # the block to change places with
        self.person_id = ""
        self.at: datetime | None = None
        self.wanted: datetime | None = None  # where the pointer is, working time or not
        self._room = False  # whether the board sees room there
        self.pieces: tuple[Span, ...] = ()
        self.diff: PlanDiff | None = None
        self.picture = Picture()
        self.trouble = ""
        self.reason = ""  # why it may lie over other work
        self.happened: tuple[Happening, ...] = ()  # to the plan since the preview that was shown first
        self._found = False  # the diff is one that was searched for, not the place under the pointer
        self._ask_first = False

    # -- what is held

    def active(self) -> bool:
        return self.stage is not Stage.IDLE

    def set_view(self, view: CalendarView) -> None:
        """Other bookings: an open preview is counted anew."""
        before, self._view = self._view, view
        if self.held is None or before is None or before.base == view.base:
            return
        if not self.held.ids <= {block.id for block in view.blocks}:
            self.cancel()
            return
        self._recount(what_changed(before, view))

    def _recount(self, why: str) -> None:
        """The plan is another: count anew, and say what has happened since the answer that was shown."""
        if self.stage in (Stage.OPEN, Stage.DROPPED):
            self.stage = Stage.DROPPED
            self._ask_first = True
        seen = self.diff.seen if self.diff is not None else ()
        if seen:
            self._runner.run("reader", meanwhile.since, seen, on_done=self._told, on_error=self._failed, key=_WHY)
        else:
            self.recomputed.emit(why)
        self.diff = None
        if self._found:
            self.find()
        else:
            self._ask()

    def _told(self, found: tuple[Happening, ...]) -> None:
        if self.held is None or not found:
            return
        self.happened = found
        self.recomputed.emit(found)
        self.changed.emit()

    def hold(self, held: Held, mode: str = "place") -> None:
        """Take a ticket ("place") or a block in hand: to "move" it, to stretch its "start" or "end", to place the same
        visit once more ("copy"), to let it change places with another ("swap")."""
        self.cancel()
        self.held, self.mode, self.stage = held, mode, Stage.AIMING
        self.changed.emit()

    def aim(self, person_id: str, at: datetime, pieces: tuple[Span, ...], wanted: datetime) -> None:
        """It would go to ``at`` of that person, the first working time at or after ``wanted``.

        ``pieces`` is the place as the board sees it, empty when it sees none.
        """
        if self.held is None or (person_id, at, wanted) == (self.person_id, self.at, self.wanted):
            return
        same = (
            (person_id, at) == (self.person_id, self.at) and self.mode in ("place", "move", "copy") and not self._found
        )
        self.person_id, self.at, self.wanted = person_id, at, wanted
        if same:  # the pointer moved within time off: the place is the same
            return
        self.pieces, self._room = pieces, bool(pieces)
        self._found, self.reason, self.happened = False, "", ()
        if self.stage is Stage.OPEN:
            self.stage = Stage.AIMING
        # The diff of the place before says nothing about this one.
        self.diff, self.trouble = None, ""
        self.picture = local_picture(self.held, person_id, pieces)
        self.changed.emit()
        self._ask()

    def aim_swap(self, block: CalendarBlock | None) -> None:
        """It would change places with this block; None: with nothing yet."""
        if self.held is None or block is None or block.id == self.held.booking_id:
            if self.other:
                self.other, self.diff, self.trouble = "", None, ""
                self.aim_off()
            return
        if block.id == self.other:
            return
        self.other, self.person_id, self.at, self._room = block.id, block.person_id, block.start, True
        self.held = replace(self.held, more=(block,))
        self.diff, self.trouble = None, ""
        self.pieces = (Span(block.start, block.end),)
        self.picture = local_picture(self.held, block.person_id, self.pieces)
        self.changed.emit()
        self._ask()

    def aim_off(self) -> None:
        """The pointer is over no row."""
        if self.held is None or not self.person_id:
            return
        self._runner.cancel(_KEY)
        self.person_id, self.at, self.wanted, self.pieces, self.diff = "", None, None, (), None
        self.picture = local_picture(self.held, "", ())
        self.changed.emit()

    # -- asking the planner

    def _ask(self) -> None:
        if self.held is None or self.at is None or not self.person_id:
            return
        over = bool(self.reason)
        if self.mode == "place":
            self._count(replanning.preview_place, self.held.ticket_id, self.person_id, self.at, over)
        elif self.mode == "swap":
            self._count(replanning.preview_swap, self.held.booking_id, self.other)
        elif self.mode == "copy":
            self._count(replanning.preview_repeat, self.held.booking_id, self.person_id, self.at)
        elif self.mode == "move" and self.held.more:
            along = tuple(block.id for block in self.held.more)
            self._count(replanning.preview_several, self.held.booking_id, along, self.person_id, self.at)
        elif self.mode == "move":
            self._count(replanning.preview_move, self.held.booking_id, self.person_id, self.at, over)
        elif self.pieces:
            self._count(replanning.preview_resize, self.held.booking_id, self.pieces[0].start, self.pieces[-1].end)

    def can_find(self) -> bool:
        """A place is looked for for one ticket or block, not for several together."""
        return self.held is not None and not self.held.more and self.mode in ("place", "move", "start", "end")

    def find(self) -> None:
        """The earliest place that breaks nothing."""
        if self.held is None or not self.can_find():
            return
        self._found = True
        self._count(replanning.find_without_breaks, self.held.ticket_id, "", self.held.booking_id)

    def _count(self, reading, *args) -> None:  # type: ignore[no-untyped-def]
        self._runner.run("reader", reading, *args, on_done=self._counted, on_error=self._failed, key=_KEY)

    def _counted(self, diff: PlanDiff) -> None:
        if self.held is None or self._view is None:
            return
        self.diff, self.trouble = diff, ""
        self.picture = picture(diff, self.held, self._view)
        if self.picture.ghosts:
            self.person_id = self.picture.ghosts[0][0]
            self.pieces = tuple(span for _, span in self.picture.ghosts)
            if self._found:
                self.at = self.pieces[0].start
        if self.stage is Stage.DROPPED:
            self._settle()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserFacingError):
            raise error
        self.diff = None
        title, message = error_words(error)
        self.trouble = ". ".join(part.rstrip(".") for part in (title, message) if part)
        if self.stage is Stage.DROPPED:
            self.stage = Stage.OPEN
        self.changed.emit()

    def elsewhere(self) -> bool:
        """Whether the planner found no place, or another one than it was dropped at."""
        if self.diff is None or self._found or self.reason or not self.can_find() or self.mode not in ("place", "move"):
            return False
        return not self.picture.ghosts or self.picture.ghosts[0][1].start != self.wanted

    def place_anyway(self, reason: str) -> None:
        """Over whatever is there, exactly where it was dropped; the reason is kept with the block."""
        if self.can_find() and self.wanted is not None and self.mode in ("place", "move"):
            self.reason, self.at = reason, self.wanted
            self.stage, self._ask_first = Stage.DROPPED, True
            self._ask()

    # -- deciding

    def drop(self) -> None:
        """Let go: done at once when nobody else is touched, else the bar asks."""
        if self.stage is not Stage.AIMING:
            return
        if self.held is None or self.at is None:
            self.cancel()
            return
        # A place that the board does not show is never taken unseen.
        self._ask_first = not self._room
        self.stage = Stage.DROPPED
        if self.trouble:
            self.stage = Stage.OPEN
        elif self.diff is not None:
            self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        assert self.diff is not None and self.held is not None
        if not self._found and not self._ask_first and harmless(self.diff, self.held):
            self.apply()
        else:
            self.stage = Stage.OPEN

    def apply(self) -> None:
        """Write the plan as it is shown. Without an answer of the planner it waits for it."""
        if self.held is None or self.stage is Stage.IDLE:
            return
        if self.diff is None:
            if not self.trouble:
                self.stage = Stage.DROPPED
            return
        diff = self.diff
        if not (diff.assigned or diff.moved or diff.reassigned or diff.broken or diff.copies):
            return
        self._acts.act(planboard.apply, diff, self.reason, on_done=self._applied, on_error=self._refused)

    def _applied(self, _changes: Changes) -> None:
        ticket_id = self.held.ticket_id if self.held is not None else ""
        self._clear()
        self.changed.emit()
        self.applied.emit(ticket_id)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Lapsed) and self.held is not None:
            self.stage = Stage.DROPPED
            self._recount("")
            return
        self._failed(error)

    def cancel(self) -> None:
        """Put everything back as it is."""
        if self.stage is Stage.IDLE:
            return
        self._runner.cancel(_KEY)
        self._runner.cancel(_WHY)
        self._clear()
        self.changed.emit()
