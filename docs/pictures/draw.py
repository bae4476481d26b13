"""The pictures of the guide, drawn by the application itself: python docs/pictures/draw.py [NAME...]

Opens the window offscreen over a fresh demo desk, once a language, and writes NAME.LANG.png beside this file,
1440 x 900. Run it after what the screens show has changed; without names it draws all of them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from deskapp.app import clock_of, lanes, make_demo, open_desk
from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.ui.desktop import Desktop, prepare
from deskapp.ui.stage import Stage

#: The new ticket of the demo desk that waits for its date.
NUMBER = 4129


def _promise(stage: Stage) -> None:
    stage.press("Ctrl+1")
    stage.go_to(NUMBER)
    stage.press("R")
    stage.settle()


def _screen(key: str) -> Callable[[Stage], None]:
    return lambda stage: stage.press(key)


PICTURES: dict[str, Callable[[Stage], None]] = {
    "queue": _screen("Ctrl+1"),
    "customers": _screen("Ctrl+4"),
    "visits": _screen("Ctrl+5"),
    "reports": _screen("Ctrl+6"),
    "calendar": _screen("Ctrl+2"),
    "promise": _promise,
}


def draw(app: QApplication, language: str, names: list[str], folder: Path) -> None:
    make_demo(folder, language, "light")
    clock = FixedClock(clock_of(Settings(Profile(folder).settings)).now())
    with open_desk(folder, clock) as desk:
        prepare(app, desk)
        desktop = Desktop(desk, lanes(desk.replica), ticking=False)
        stage = Stage(desktop)
        stage.open()
        stage.window.resize(1440, 900)
        for name in names:
            PICTURES[name](stage)
            stage.settle()
            picture = stage.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            path = HERE / f"{name}.{language}.png"
            picture.save(str(path), "PNG", 0)  # 0: the smallest file
            print(path.name, path.stat().st_size // 1024, "KB")
        stage.window.close()


def main() -> None:
    names = sys.argv[1:] or list(PICTURES)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        for language in ("en", "ru"):
            draw(app, language, [name for name in PICTURES if name in names], Path(folder) / language)


if __name__ == "__main__":
    main()
