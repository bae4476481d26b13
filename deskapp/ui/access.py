"""What a screen reader is told of controls that are painted here: Qt knows the roles of its own ones only.

A class names its role, as in ``QAccessible.Role``, in ``accessible_role``; its description is its value as well.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class _Painted(QAccessibleWidget):
    def role(self) -> QAccessible.Role:
        return QAccessible.Role[getattr(self.object(), "accessible_role", "Client")]

    def text(self, what: QAccessible.Text) -> str:
        return super().text(QAccessible.Text.Description if what == QAccessible.Text.Value else what)


def _told(_class: str, one: QObject) -> _Painted | None:
    return _Painted(one) if isinstance(one, QWidget) and hasattr(one, "accessible_role") else None


def install() -> None:
    """Tell the system of painted controls from now on; once for an application is enough."""
    QAccessible.installFactory(_told)
