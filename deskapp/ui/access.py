"""Screen readers are told of controls that are painted here by ``access_painted``, from the first of them that one asks
for: where none listens, nothing of it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface


def _told(_class: str, one: QObject) -> QAccessibleInterface | None:
    from .access_painted import told

    return told(one)


def install() -> None:
    """Tell the system of painted controls from now on; once for an application is enough."""
    QAccessible.installFactory(_told)
