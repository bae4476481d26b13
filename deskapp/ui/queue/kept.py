"""Searches that are kept as tabs: naming one, showing them, taking one away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QPoint, QRect

from ...desk import saved
from ...desk.values import Changes
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..i18n import translate
from ..popups import Option, TypedPopup

if TYPE_CHECKING:
    from .screen import QueueScreen


class KeptSearches(QObject):
    def __init__(self, screen: QueueScreen, acts: Acts, actions: ActionRegistry) -> None:
        super().__init__(screen)
        self._screen, self._acts = screen, acts
        self._wanted = ""  # the tab of a search that is being kept
        screen.filter.keep_wanted.connect(self.keep)
        actions.add(
            Action(
                "queue.keep_search",
                QT_TRANSLATE_NOOP("Actions", "Keep this search as a tab"),
                self.keep,
                "star",
                "Ctrl+Shift+S",
                "queue",
            ),
            Action(
                "queue.drop_search",
                QT_TRANSLATE_NOOP("Actions", "Take this tab away"),
                self.drop,
                "x",
                scope="queue",
                enabled_when=self._at_kept,
            ),
        )

    def show(self, kept: Sequence[saved.Saved]) -> None:
        tabs = self._screen.tabs
        tabs.set_kept({one.tab: one.name for one in kept})
        if self._wanted in tabs.kept():
            wanted, self._wanted = self._wanted, ""
            tabs.choose(wanted)

    def keep(self, anchor: QRect | None = None) -> None:
        """The search that is typed becomes a tab, for me or for everybody."""
        screen = self._screen
        found = screen.filter.text()
        if not found:
            screen.focus_filter()
            return
        at = anchor or QRect(screen.filter.mapToGlobal(QPoint(0, 0)), screen.filter.size())
        may = screen.pane.directory()
        everybody = [Option((found, True), translate("Queue", "For everybody"), "users")]
        popup = TypedPopup(
            screen,
            translate("Queue", "Keep this search as a tab"),
            lambda typed: (typed.strip(), False) if typed.strip() else None,
            lambda value: value[0],
            translate("Queue", "Name of the tab"),
            everybody if may is not None and "lists" in may.rights else (),
            found,
        )
        popup.setObjectName("queue.keep_popup")

        def chosen(value: tuple[str, bool], _go_on: bool) -> None:
            name = popup.line.text().strip() or value[0]
            self._acts.act(saved.keep, name, found, value[1], on_done=self._kept)

        popup.chosen.connect(chosen)
        popup.open_at(at)

    def _kept(self, changes: Changes) -> None:
        self._wanted = str(changes.result)
        self._screen.read_now()

    def drop(self) -> None:
        """The tab at hand is taken away."""
        if self._at_kept():
            self._acts.act(saved.drop, self._screen.tabs.tab())

    def _at_kept(self) -> bool:
        return self._screen.tabs.tab() in self._screen.tabs.kept()
