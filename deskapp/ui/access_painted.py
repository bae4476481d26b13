"""What a screen reader is told of controls that are painted here, and what it can do with them.

Qt knows the roles of its own controls only. A class names its role, as in ``QAccessible.Role``, in ``accessible_role``;
its description is its value as well. What is pressed or turned by keys is pressed and turned by a reader's actions:
they arrive as those keys. In lists, where Qt lets a reader only mark a row, that row is gone to and opened as by Enter.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QAccessibleWidget, QApplication, QWidget

_PRESS, _MORE, _LESS = (
    QAccessibleActionInterface.pressAction,
    QAccessibleActionInterface.increaseAction,
    QAccessibleActionInterface.decreaseAction,
)
_NEXT, _BEFORE = QAccessibleActionInterface.nextPageAction, QAccessibleActionInterface.previousPageAction
_KEY = Qt.Key
#: What a reader can do with a painted control of a role, and the key by which a person does it.
_ACTIONS = {
    "Button": {_PRESS: _KEY.Key_Return},
    "ComboBox": {_MORE: _KEY.Key_Right, _LESS: _KEY.Key_Left},
    "PageTabList": {_NEXT: _KEY.Key_Right, _BEFORE: _KEY.Key_Left},
    "Chart": {_PRESS: _KEY.Key_Return, _NEXT: _KEY.Key_Right, _BEFORE: _KEY.Key_Left},
    "Canvas": {_PRESS: _KEY.Key_Return, _NEXT: _KEY.Key_Right, _BEFORE: _KEY.Key_Left},
}


class Painted(QAccessibleWidget):
    """A painted control as one thing."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role[getattr(self.object(), "accessible_role", "Client")]

    def text(self, what: QAccessible.Text) -> str:
        return super().text(QAccessible.Text.Description if what == QAccessible.Text.Value else what)

    def actionNames(self) -> list[str]:
        own = [action() for action in self._actions()] if self.widget().isEnabled() else []
        return [*own, *super().actionNames()]

    def doAction(self, name: str) -> None:
        key = next((key for action, key in self._actions().items() if action() == name), None)
        if key is None:
            super().doAction(name)
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.widget(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))

    def _actions(self):  # type: ignore[no-untyped-def]
        return _ACTIONS.get(getattr(self.object(), "accessible_role", ""), {})


def told(one: QObject) -> QAccessibleWidget | None:
    """How a reader is told of an object; None: as Qt does it."""
    if isinstance(one, QAbstractItemView):
        _Follow(one)
    if hasattr(one, "accessible_parts"):
        from .access_parts import Parted

        return Parted(one)
    return Painted(one) if isinstance(one, QWidget) and hasattr(one, "accessible_role") else None


class _Follow(QObject):
    """Made when a reader first asks of a list, and once for each."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        marks = view.selectionModel()
        if view.property("followed") is None and marks is not None:
            view.setProperty("followed", True)
            marks.selectionChanged.connect(self._marked)

    def _marked(self) -> None:
        # a person's own move marks first and goes there then
        QTimer.singleShot(0, self, self._go)

    def _go(self) -> None:
        rows: list[QModelIndex] = self._view.selectionModel().selectedIndexes()
        here = self._view.currentIndex()
        if rows and all(row.row() != here.row() for row in rows):
            self._view.setCurrentIndex(rows[0])
            self._view.activated.emit(rows[0])
