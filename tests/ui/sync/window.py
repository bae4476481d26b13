"""The window of one profile in a process of its own, as ``deskapp --profile`` opens it, with a person before it.

    python -m tests.ui.sync.window PROFILE

Orders come as lines of JSON on the input, each is answered by one line: ``{"press": ["U", "1"]}`` presses keys,
``{"see": "words", "within": 30}`` waits until a row of the queue says all of these words (nothing is pressed for it),
``{"chip": "fresh"}`` until the chip in the corner stands so. The end of the input closes the window.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from deskapp import cli
from deskapp.ui.main_window import MainWindow
from deskapp.ui.stage import Stage

_LOOK_MS = 20


class Person(QObject):
    """Reads orders in a thread, does them in the window's."""

    ordered = Signal(str)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ordered.connect(self._do)
        self.ended.connect(self._leave)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.ordered.emit(line)
        self.ended.emit()

    def _window(self) -> MainWindow | None:
        shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
        return next(shown, None)

    def _leave(self) -> None:
        window = self._window()
        if window is not None:
            window.close()
        QApplication.quit()

    def _do(self, line: str) -> None:
        order = json.loads(line)
        if "press" in order:
            window = self._window()
            assert window is not None
            Stage(window.acts.parent()).press(*order["press"])  # type: ignore[arg-type]
            self._answer(True)
        else:
            passed = QElapsedTimer()
            passed.start()
            self._look(order, passed)

    def _look(self, order: dict[str, Any], passed: QElapsedTimer) -> None:
        if self._sees(order):
            self._answer(True)
        elif passed.elapsed() > 1000 * order.get("within", 120):
            self._answer(False)
        else:
            QTimer.singleShot(_LOOK_MS, lambda: self._look(order, passed))

    def _sees(self, order: dict[str, Any]) -> bool:
        window = self._window()
        if window is None:
            return False
        if "chip" in order:
            return bool(window.status.sync.state().kind == order["chip"])
        return any(all(part in row for part in order["see"].split("; ")) for row in self._rows(window))

    def _rows(self, window: MainWindow) -> list[str]:
        queue: Any = window.built("queue")
        model = queue.list.model() if queue is not None else None
        if model is None:
            return []
        said = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.data(model.index(row, 0), said)) for row in range(model.rowCount())]

    def _answer(self, done: bool) -> None:
        window = self._window()
        seen = [] if done or window is None else [window.status.sync.state().kind, *self._rows(window)]
        print(json.dumps({"done": done, "seen": seen}), flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    person = Person()
    sys.exit(cli.main(["--profile", sys.argv[1]]))
