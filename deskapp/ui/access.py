"""Screen readers are told of controls that are painted here by ``access_painted``, from the first of them that one asks
for: where none listens, nothing of it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface
    from PySide6.QtWidgets import QWidget


def _told(_class: str, one: QObject) -> QAccessibleInterface | None:
    from .access_painted import told

    return told(one)


def say(widget: QWidget, text: str) -> None:
    """Let a reader speak of what changed where the focus is not; nothing where none listens."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def went_to(view: QWidget, part: str) -> None:
    """The cursor of a painted control went to one of its parts (see ``access_parts``): a reader follows it there."""
    if QAccessible.isActive():
        from .access_parts import Parted

        face = QAccessible.queryAccessibleInterface(view)
        parts = view.accessible_parts()  # type: ignore[attr-defined]
        if isinstance(face, Parted) and part in parts:
            event = QAccessibleEvent(view, QAccessible.Event.Focus)
            event.setChild(face.childCount() - len(parts) + parts.index(part))
            QAccessible.updateAccessibility(event)


def install() -> None:
    """Tell the system of painted controls from now on; once for an application is enough."""
    QAccessible.installFactory(_told)
