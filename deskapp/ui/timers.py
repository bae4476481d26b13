"""Pauses: what waits until somebody has stopped typing, or until the events at hand are through."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def pause(owner: QObject, milliseconds: int, run: Callable[[], object]) -> QTimer:
    """A timer of ``owner`` that runs once after each ``start()``; starting it again begins the wait anew."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(run)
    return timer


def gather(timer: QTimer) -> None:
    """Start it unless it waits already: what comes in a stream is looked at every so often, not only at its end."""
    if not timer.isActive():
        timer.start()
