"""What a screen owes the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ..desk.values import Changes


class Screen(QWidget):
    """A screen of the window; made when it is first opened, kept afterwards.

    A widget inside may set the property "scope" (such as "composer"): while the focus is in it, the keys of
    that scope are valid before those of `scopes()`.
    """

    title_changed = Signal()

    def title(self) -> str:
        """The words in the top bar."""
        raise NotImplementedError

    def window_title(self) -> str:
        """What is open in it ("#4117 Baltprom"), for the task switcher; "" if nothing."""
        return ""

    def activate(self) -> None:
        """It was opened or opened again: take the focus, read what is stale."""

    def refresh(self, changes: Changes) -> None:
        """Rows changed, here or elsewhere; also called while the screen is not shown."""

    def chapter(self) -> str:
        """What the guide calls the place where the focus is, where that is more than the screen's id."""
        return ""

    def scopes(self) -> Sequence[str]:
        """Scopes of keys that are valid anywhere in it, innermost first."""
        return ()

    def parts(self) -> Sequence[QWidget]:
        """Its parts in reading order, for F6."""
        return (self,)

    def toggle_side(self) -> None:
        """F9."""

    def has_side(self) -> bool:
        return False


class ScreenSpec(NamedTuple):
    """A screen for the rail. `text` is English, marked `QT_TRANSLATE_NOOP("Screens", "...")`.

    `place` is its place in the rail and its number for Ctrl; those at the `bottom` have a `key` of their own.
    """

    id: str
    icon: str
    text: str
    place: int
    factory: Callable[[], Screen]
    bottom: bool = False
    key: str = ""

    def shortcut(self) -> str:
        return self.key or (f"Ctrl+{self.place}" if not self.bottom else "")


#: Every screen that the rail knows a place for: icon, words, place, at the bottom, key of its own.
_PLACES = {
    "queue": ("inbox", QT_TRANSLATE_NOOP("Screens", "Queue"), 1, False, ""),
    "calendar": ("calendar", QT_TRANSLATE_NOOP("Screens", "Calendar"), 2, False, ""),
    "knowledge": ("book-open", QT_TRANSLATE_NOOP("Screens", "Knowledge"), 3, False, ""),
    "customers": ("users", QT_TRANSLATE_NOOP("Screens", "Customers"), 4, False, ""),
    "visits": ("truck", QT_TRANSLATE_NOOP("Screens", "Visits"), 5, False, ""),
    "reports": ("chart-column", QT_TRANSLATE_NOOP("Screens", "Reports"), 6, False, ""),
    "sync": ("refresh-cw", QT_TRANSLATE_NOOP("Screens", "Sync"), 7, True, "Ctrl+J"),
    "settings": ("sliders-horizontal", QT_TRANSLATE_NOOP("Screens", "Settings"), 8, True, "Ctrl+,"),
}


def spec(screen_id: str, factory: Callable[[], Screen]) -> ScreenSpec:
    """A known screen at its place: "queue", "calendar", "settings"... KeyError for any other."""
    icon, text, place, bottom, key = _PLACES[screen_id]
    return ScreenSpec(screen_id, icon, text, place, factory, bottom, key)
