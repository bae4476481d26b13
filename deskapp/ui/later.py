"""What arrives for a widget that may be gone by then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def while_there(owner: QObject, run: Callable[..., Any]) -> Callable[..., None]:
    """``run`` as long as its owner lives; afterwards nothing happens."""

    def arrived(*args: Any) -> None:
        if isValid(owner):
            run(*args)

    return arrived
