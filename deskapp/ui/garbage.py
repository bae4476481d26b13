"""Garbage is collected on the main thread alone.

Python collects wherever it happens to allocate. Cycles hold widgets and timers, and a lane's thread that collected one
of those would destroy it outside the thread it lives in, which ends the process now and then.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2_000


class MainThreadGarbage(QObject):
    """Switches automatic collection off for as long as it lives and looks by itself every so often."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
