"""What a screen reader is told of the parts of a painted control: each block of a calendar, one after the other.

The control tells of its parts: ``accessible_parts()`` their names of its own, in order; ``accessible_has(name)``;
``accessible_part(name)`` the words, the place in the viewport and whether the cursor is on it; ``accessible_at(point)``
which is there; ``go_to_part(name)``. A part is pressed by going there and pressing Enter.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from .access_painted import Painted

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

_PRESS = QAccessibleActionInterface.pressAction
_GO = QAccessibleActionInterface.setFocusAction


class Parted(Painted):
    """A control whose parts are painted: they follow those of its children that are widgets."""

    def __init__(self, view: Any) -> None:
        super().__init__(view)
        self._faces: dict[str, Part] = {}
        view.destroyed.connect(partial(_end, self._faces))

    def childCount(self) -> int:
        return super().childCount() + len(self._parts())

    def child(self, index: int) -> QAccessibleInterface | None:
        own, parts = super().childCount(), self._parts()
        if index < own:
            return super().child(index)
        return self._face(parts[index - own]) if index - own < len(parts) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if isinstance(child, Part):
            parts = self._parts()
            return super().childCount() + parts.index(child.name) if child.name in parts else -1
        return super().indexOfChild(child)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        view: Any = self.widget()
        name = view.accessible_at(QPoint(x, y))
        return self._face(name) if name else super().childAt(x, y)

    def focusChild(self) -> QAccessibleInterface | None:
        view: Any = self.widget()
        current = next((name for name in self._parts() if view.accessible_part(name)[2]), "")
        return self._face(current) if current and view.hasFocus() else super().focusChild()

    def _parts(self) -> list[str]:
        view: Any = self.widget()
        return view.accessible_parts()

    def _face(self, name: str) -> Part:
        if name not in self._faces:
            self._faces[name] = Part(self.widget(), name)
        return self._faces[name]


class Part(QAccessibleWidget):
    """One part. It is no object: whatever Qt would ask of the control is answered for the part."""

    def __init__(self, view: Any, name: str) -> None:
        super().__init__(view)
        self._view, self.name = view, name
        #: Qt's own list of those that a reader knows holds it from now on, and is told when it ends.
        self.known_as = QAccessible.registerAccessibleInterface(self)

    def isValid(self) -> bool:
        return isValid(self._view) and self._view.accessible_has(self.name)

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow | None:
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._view)

    def relations(self, _wanted: QAccessible.RelationFlag) -> list[Any]:
        return []

    def childCount(self) -> int:
        return 0

    def child(self, _index: int) -> None:
        return None

    def childAt(self, _x: int, _y: int) -> None:
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def focusChild(self) -> None:
        return None

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def text(self, what: QAccessible.Text) -> str:
        return self._view.accessible_part(self.name)[0] if what == QAccessible.Text.Name and self.isValid() else ""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        place: QRect = self._view.accessible_part(self.name)[1]
        return QRect(self._view.viewport().mapToGlobal(place.topLeft()), place.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        _words, place, current = self._view.accessible_part(self.name)
        state.focusable = state.selectable = True
        state.selected = current
        state.focused = current and self._view.hasFocus()
        state.offscreen = not place.intersects(self._view.viewport().rect())
        state.disabled = not self._view.isEnabled()
        return state

    def actionNames(self) -> list[str]:
        return [_PRESS(), _GO()] if self.isValid() and self._view.isEnabled() else []

    def doAction(self, name: str) -> None:
        if not self.isValid() or name not in (_PRESS(), _GO()):
            return
        self._view.setFocus()
        self._view.go_to_part(self.name)
        if name == _PRESS():
            parent: Any = self.parent()
            parent.doAction(name)


def _end(faces: dict[str, Part]) -> None:
    """The parts end with their control, also for Qt."""
    gone = list(faces.values())
    faces.clear()
    for face in gone:
        if isValid(face):
            QAccessible.deleteAccessibleInterface(face.known_as)
