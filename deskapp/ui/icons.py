"""Icons: line drawings (Lucide) and our own urgency glyphs, painted in the colours of the theme."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ..core import paths
from . import theme

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


@lru_cache(maxsize=None)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _stroke(size: int) -> float:
    """Width of the line in units of the 24 unit grid: about 1.5 px at 16, finer when large, stronger when small."""
    pixels = 1.7 if size <= 14 else 1.5 if size <= 18 else 1.25 if size <= 22 else size / 16
    return pixels * 24 / size


def pixmap(name: str, token: str = "text2", size: int = 16, dpr: float = 1.0) -> QPixmap:
    """One icon as pixels. `token` is a role of the theme; `size` is in logical pixels."""
    color = theme.current().color(token).name()
    key = (name, color, size, dpr)
    found = _pixmaps.get(key)
    if found is not None:
        return found
    svg = re.sub(r'stroke-width="2\.25"', f'stroke-width="{_stroke(size):.3f}"', _source(name))
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode()))
    side = round(size * dpr)
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(dpr)
    _pixmaps[key] = result
    return result


def paint(painter: QPainter, rect: QRect | QRectF, name: str, token: str = "text2") -> None:
    """Draw an icon centred in `rect`, as large as its shorter side."""
    area = QRectF(rect)
    size = int(min(area.width(), area.height()))
    image = pixmap(name, token, size, painter.device().devicePixelRatioF())
    left = round(area.x() + (area.width() - size) / 2)
    top = round(area.y() + (area.height() - size) / 2)
    painter.drawPixmap(left, top, image)


class _ThemeIconEngine(QIconEngine):
    """Asks for the colour when it paints, so that icons follow the theme by themselves."""

    def __init__(self, name: str, token: str, size: int) -> None:
        super().__init__()
        self._args = (name, token, size)

    def clone(self) -> QIconEngine:
        return _ThemeIconEngine(*self._args)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def _token(self, mode: QIcon.Mode) -> str:
        return "line-ctl" if mode == QIcon.Mode.Disabled else self._args[1]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        paint(painter, rect, self._args[0], self._token(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        side = max(1, round(min(size.width(), size.height()) / scale))
        return pixmap(self._args[0], self._token(mode), side, scale)


def icon(name: str, token: str = "text2", size: int = 16) -> QIcon:
    """An icon for actions and buttons. Raises FileNotFoundError for a name that has no drawing."""
    _source(name)
    return QIcon(_ThemeIconEngine(name, token, size))
