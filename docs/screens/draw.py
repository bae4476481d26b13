"""Draws the contact sheets of this folder: every screen of the demo desk, one picture per theme and language.

``python docs/screens/draw.py [folder]``, without a display; a minute.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt  # noqa: E402
from PySide6.QtGui import QImage, QPainter, QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from deskapp.ui import theme  # noqa: E402
from tests.ui import places  # noqa: E402
from tests.ui.demo_window import demo_window  # noqa: E402

COLUMNS = 4
CELL = QSize(576, 360)
GAP, TITLE = 16, 26
#: Of the walk's tickets one of each kind is enough.
TICKETS = ("ticket 4129, promise", "ticket 4117, protocol", "ticket 4087, finish")


def shown(name: str) -> bool:
    return not name.startswith("ticket") or name in TICKETS


def sheet(app: QApplication, language: str, mode: str) -> QImage:
    """All places in a grid, each with its name over it."""
    drawn: list[tuple[str, QPixmap]] = []
    with tempfile.TemporaryDirectory() as folder, demo_window(app, Path(folder), language, theme=mode) as stage:
        for walk in (*places.FIRST, *places.LATER):
            for name, root in walk(stage):
                if not shown(name):
                    continue
                shot = root.grab()
                if shot.width() > CELL.width() or shot.height() > CELL.height():
                    shot = shot.scaled(
                        CELL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                    )
                drawn.append((name, shot))
        look = theme.current()
        rows = -(-len(drawn) // COLUMNS)
        step = CELL + QSize(GAP, GAP + TITLE)
        image = QImage(COLUMNS * step.width() + GAP, rows * step.height() + GAP, QImage.Format.Format_RGB32)
        image.fill(look.color("bg-window"))
        painter = QPainter(image)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        for at, (name, shot) in enumerate(drawn):
            corner = QPoint(GAP + at % COLUMNS * step.width(), GAP + at // COLUMNS * step.height())
            painter.drawText(QRect(corner, QSize(CELL.width(), TITLE)), Qt.AlignmentFlag.AlignVCenter, name)
            painter.drawPixmap(corner + QPoint(0, TITLE), shot)
        painter.end()
    return image


def main(folder: Path) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as kept:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, kept)
        for language in ("ru", "en"):
            for mode in ("light", "dark"):
                sheet(app, language, mode).save(str(folder / f"{language}-{mode}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE)
