"""What a screen owes the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

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


@dataclass(frozen=True)
class ScreenSpec:
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
