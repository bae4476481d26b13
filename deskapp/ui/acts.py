"""Intentions of the desk, started from a gesture: the writer lane runs them, their changes reach every
screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from .runner import Callback, TaskRunner
from .undo import UndoStack

if TYPE_CHECKING:
    from ..desk.values import Changes, Intention


class Acts(QObject):
    """The one road of a change to the screen. `changed` carries `Changes`, own ones and those from elsewhere."""

    changed = Signal(object)

    def __init__(self, runner: TaskRunner, undo: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._undo = undo
        undo.reverted.connect(self.changed)

    def act(
        self,
        intention: Intention,
        *args: Any,
        on_done: Callback | None = None,
        on_error: Callback | None = None,
        undoable: bool = True,
    ) -> None:
        """Run `intention(desk, *args)`. Its step goes to the undo line, its changes to the screens, then
        `on_done`.

        Named arguments are bound by `functools.partial`. Without `on_error` trouble goes to the message seam.
        """

        def done(changes: Changes) -> None:
            if undoable:
                self._undo.push(changes)
            self.changed.emit(changes)
            if on_done is not None:
                on_done(changes)

        self._runner.run("writer", intention, *args, on_done=done, on_error=on_error)

    def heard(self, changes: Changes) -> None:
        """Changes that somebody else made (mail, a colleague, another process)."""
        self._undo.heard(changes)
        self.changed.emit(changes)
