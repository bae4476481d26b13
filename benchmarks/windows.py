"""Windows in processes of their own, for ``first_window`` and ``memory``: started as ``python -m benchmarks.windows``.

``empty``: a QMainWindow with nothing in it. ``ours PROFILE UNTIL``: the application as its users start it, on that
profile. Either prints one line of JSON and ends hard. UNTIL: ``painted`` (the frame's first picture), ``list`` (the
queue's rows are painted), ``worked`` (five tabs, some thirty tickets and a search later).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WORKED = 5


def resident_mb() -> float:
    """Resident memory of this process in MB; 0 where the system does not say."""
    try:
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _report(**more: Any) -> None:
    said = {"at": time.monotonic(), "cpu": time.process_time(), "mb": resident_mb(), **more}
    print(json.dumps(said), flush=True)
    os._exit(0)


def empty() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, _event: object) -> None:  # noqa: N802
            QTimer.singleShot(0, lambda: _report(modules=sorted(sys.modules)))

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1440, 900)
    window.show()
    app.exec()


def ours(profile: str, until: str) -> None:
    # the window's own sign that it was painted; nothing else is looked at before
    import deskapp.app as root
    from deskapp import cli

    lanes = root.lanes

    def watched(replica: Any) -> Any:
        from deskapp.ui.main_window import MainWindow

        begin = MainWindow._begin

        def begun(window: Any) -> None:
            if until == "painted":
                _report(modules=sorted(sys.modules))
            begin(window)
            _follow(window, until)

        MainWindow._begin = begun
        return lanes(replica)

    root.lanes = watched
    cli.main(["--profile", profile])


def _follow(window: Any, until: str) -> None:
    """Look again and again whether the rows are there; then work a little if asked to."""
    from PySide6.QtCore import QTimer

    timer = QTimer(window)
    steps: list[Iterator[bool]] = []

    def look() -> None:
        screen = window.built("queue")
        if screen is None or not window.runner.idle() or screen.waits():
            return
        if not steps:
            if not screen.list.rows.loaded():
                return
            steps.append(_work(window) if until == "worked" else iter(()))
        if next(steps[0], None) is None:
            window.repaint()
            _report()

    timer.timeout.connect(look)
    timer.start(2)


def _work(window: Any) -> Iterator[bool]:
    """Steps of somebody at work; each is followed until nothing runs any more."""
    screen = window.built("queue")
    for _tab in range(WORKED):
        screen.tabs.step(1)
        yield True
        for _ticket in range(WORKED):
            screen.list.step(1)
            yield True
    for words in ("при", "принтер"):
        window.palette_box.open()
        window.top.omnibox.setText(words)
        yield True


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        empty()
    else:
        ours(sys.argv[2], sys.argv[3])
