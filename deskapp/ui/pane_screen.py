"""A screen that lists things of the desk and shows the chosen one beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from ..desk import directory
from ..desk.values import Directory
from . import words
from .actions import ActionRegistry
from .acts import Acts
from .panes import Panes
from .runner import TaskRunner
from .screen import Screen
from .timers import pause


class PaneScreen(Screen):
    """The people and the time of the desk, the pane at the side, and the words in another language."""

    panes: Panes

    def __init__(
        self,
        name: str,
        runner: TaskRunner,
        acts: Acts,
        actions: ActionRegistry,
        now: Callable[[], datetime],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._name = name
        self._runner, self._acts, self._actions, self._now = runner, acts, actions, now
        self._directory: Directory | None = None
        self._language = pause(self, 0, self._retranslate)

    def scopes(self) -> Sequence[str]:
        return (self._name,)

    def toggle_side(self) -> None:
        self.panes.toggle_side()

    def has_side(self) -> bool:
        return True

    def times(self) -> words.Times:
        zone = ZoneInfo(self._directory.zone_name) if self._directory else ZoneInfo("UTC")
        return words.Times(zone, self._now())

    def _read_directory(self) -> None:
        self._runner.run("reader", directory.read, on_done=self._directory_read, key=f"{self._name}.directory")

    def _directory_read(self, found: Directory) -> None:
        self._directory = found

    def _retranslate(self) -> None:
        """Say everything again in the language of now."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._language.start()
