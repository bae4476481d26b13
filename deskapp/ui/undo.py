"""Undo: the steps of this session, newest last, and the line in the status bar that offers the last one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from ..core.errors import Lapsed
from .i18n import fill, translate
from .messages import Messages, error_words
from .runner import TaskRunner
from .sayings import saying

if TYPE_CHECKING:
    from ..desk.values import Changes

DEPTH = 20

Rows = frozenset[tuple[str, str]]


class Step(NamedTuple):
    """One act that can be taken back: its sentence, its transaction, the rows it touched, when its letter
    leaves.
    """

    text: str
    tx: str
    rows: Rows
    leaves_at: datetime | None = None
    number: object = None


class Line(NamedTuple):
    """What the status bar shows: words, the words of the link, and what the link does (undo, redo, correct or
    "").
    """

    text: str = ""
    link: str = ""
    act: str = ""


def rows_of(changes: Changes) -> Rows:
    return frozenset((table, row) for table, rows in changes.tables.items() for row in rows)


class UndoStack(QObject):
    """Twenty steps back. `line_changed` carries a `Line`, `reverted` the `Changes` of an undo or redo.

    A step lapses when its letter has left or when somebody else changed a row of it; the line then says so.
    """

    line_changed = Signal(object)
    reverted = Signal(object)
    correction_wanted = Signal(object)  # number of the ticket whose letter has left

    def __init__(
        self,
        runner: TaskRunner,
        messages: Messages,
        revert: Callable[[Any, str], Changes],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._messages = messages
        self._revert = revert
        self._now = now
        self._done: deque[Step] = deque(maxlen=DEPTH)
        self._undone: deque[Step] = deque(maxlen=DEPTH)
        self._line = Line()
        self._news = ""  # what was said since the last act
        self._busy = False
        self._left_number: object = None
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)

    # -- what the window asks

    def line(self) -> Line:
        return self._line

    def can_undo(self) -> bool:
        return bool(self._done) and not self._busy

    def can_redo(self) -> bool:
        return bool(self._undone) and not self._busy

    def steps(self) -> list[Step]:
        return list(self._done)

    # -- what happens

    def push(self, changes: Changes) -> None:
        """Remember an act. Without a transaction or rows there is nothing to take back."""
        if not changes.tx:
            return
        self._undone.clear()
        self._done.append(self._step(changes))
        self._news = ""
        self._show()

    def heard(self, changes: Changes) -> None:
        """Somebody else changed rows: steps that touched the same ones can no longer be taken back."""
        rows = rows_of(changes)
        for steps in (self._done, self._undone):
            stale = [step for step in steps if step.rows & rows]
            for step in stale:
                steps.remove(step)
                if self._line.act == "undo" and steps is self._done:
                    self._say(Line(fill(translate("Undo", "%1 Changed again since."), step.text)))

    def undo(self) -> None:
        self._drop_left()
        if not self.can_undo():
            return
        self._go(self._done, self._undone, tell=True)

    def redo(self) -> None:
        if not self.can_redo():
            return
        self._go(self._undone, self._done, tell=False)

    def follow_link(self) -> None:
        """What the link of the line stands for."""
        act = self._line.act
        if act == "undo":
            self.undo()
        elif act == "redo":
            self.redo()
        elif act == "correct":
            self.correction_wanted.emit(self._left_number)

    def say(self, text: str) -> None:
        """A plain sentence in the line, until the next act; what can be taken back is offered after it."""
        if self._line.act == "undo" and text:
            self._news = text
            self._show()
        else:
            self._say(Line(text))

    def retell(self) -> None:
        """The language changed: the offer of the last step is written again."""
        if self._line.act == "undo":
            self._show()

    def tick(self) -> None:
        """Count down; called every second while a letter waits."""
        self._drop_left()
        if self._done and self._done[-1].leaves_at is not None and self._line.act == "undo":
            self._show()
        if not any(step.leaves_at for step in self._done):
            self._second.stop()

    # -- inside

    def _step(self, changes: Changes) -> Step:
        code, args = changes.said
        return Step(
            saying(code, args, self._messages.time_words),
            changes.tx,
            rows_of(changes),
            changes.leaves_at,
            args.get("number"),
        )

    def _go(self, source: deque[Step], target: deque[Step], tell: bool) -> None:
        step = source.pop()
        self._busy, self._news = True, ""

        def done(changes: Changes) -> None:
            self._busy = False
            target.append(Step(step.text, changes.tx, step.rows | rows_of(changes), changes.leaves_at, step.number))
            if tell:
                undone = fill(translate("Undo", "Undone: %1"), step.text)
                self._say(Line(undone, translate("Undo", "Redo"), "redo"))
            else:
                self._show()
            self.reverted.emit(changes)

        def failed(trouble: BaseException) -> None:
            self._busy = False
            if isinstance(trouble, Lapsed):
                title, message = error_words(trouble, self._messages.time_words)
                self._say(Line(f"{title}. {message}" if message else title))
            else:
                source.append(step)
                self._messages.error(trouble)

        self._runner.run("writer", self._revert, step.tx, on_done=done, on_error=failed)

    def _drop_left(self) -> None:
        """A letter that has left cannot be called back: its step goes, and the line offers the nearest true
        act.
        """
        now = self._now()
        for step in [step for step in self._done if step.leaves_at is not None and step.leaves_at <= now]:
            newest = step is self._done[-1]
            self._done.remove(step)
            if newest and step.leaves_at is not None:
                self._left_number = step.number
                text = fill(translate("Undo", "The letter left at %1."), self._messages.time_words(step.leaves_at))
                self._say(Line(text, translate("Undo", "Write a correction"), "correct"))

    def _show(self) -> None:
        if not self._done:
            self._say(Line())
            return
        step = self._done[-1]
        text = step.text
        if step.leaves_at is not None:
            seconds = max(0, ceil((step.leaves_at - self._now()).total_seconds()))
            if step.number is not None:
                text = fill(
                    translate("Undo", "Letter for %1 leaves in %2 s."),
                    fill(translate("Words", "#%1"), step.number),
                    seconds,
                )
            else:
                text = fill(translate("Undo", "The letter leaves in %1 s."), seconds)
            self._second.start()
        if self._news:
            text = f"{self._news.rstrip('.')}. {text}"
        self._say(Line(text, translate("Undo", "Undo"), "undo"))

    def _say(self, line: Line) -> None:
        if line != self._line:
            self._line = line
            self.line_changed.emit(line)
