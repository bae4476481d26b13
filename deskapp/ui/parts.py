"""The focus goes round the parts of a window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def cycle(parts: Sequence[QWidget], step: int) -> None:
    """Focus the next part that can take it, or with -1 the one before."""
    focus = QApplication.focusWidget()
    inside = [part for part in parts if focus is not None and (part is focus or part.isAncestorOf(focus))]
    here = parts.index(inside[-1]) if inside else -1 if step > 0 else 0
    for away in range(1, len(parts) + 1):
        target = _focusable(parts[(here + step * away) % len(parts)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _focusable(part: QWidget) -> QWidget | None:
    """Where the focus goes in a part: where it was last, else the part itself or its first field."""
    last = part.focusWidget()
    if last is not None and last.isVisible() and last.isEnabled() and part.isAncestorOf(last):
        return last
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
        return part
    for child in part.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled():
            return child
    return None
