"""Icons: line drawings (Lucide) and our own urgency glyphs, painted in the colours of the theme."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from ..core import paths
from . import theme

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _stroke(size: int) -> float:
    """Width of the line in units of the 24 unit grid: about 1.5 px at 16, finer when large, stronger when
    small.
    """
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


def icon(name: str, token: str = "text2", size: int = 16) -> QIcon:
    """An icon in the colours of now. Raises FileNotFoundError for a name that has no drawing.

    It is made of pixels for each of the screens' ratios: an icon engine written in Python would follow the
    theme by itself, but Qt destroys it behind the interpreter's back. What keeps an icon says `bind` instead.
    """
    result = QIcon()
    ratios = {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    for dpr in sorted(ratios):
        result.addPixmap(pixmap(name, token, size, dpr))
        result.addPixmap(pixmap(name, "line-ctl", size, dpr), QIcon.Mode.Disabled)
    return result


class _TakesIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


class _Bindings(QObject):
    """Gives buttons and actions their icons again when the theme changes."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: WeakKeyDictionary[_TakesIcon, tuple[str, str, int]] = WeakKeyDictionary()
        theme.current().changed.connect(self.renew)

    def add(self, target: _TakesIcon, look: tuple[str, str, int]) -> None:
        self._targets[target] = look
        target.setIcon(icon(*look))

    def renew(self) -> None:
        for target, look in list(self._targets.items()):
            if isValid(target):
                target.setIcon(icon(*look))


_bindings: _Bindings | None = None


def bind(target: _TakesIcon, name: str, token: str = "text2", size: int = 16) -> None:
    """Give a button or an action an icon, now and after each switch of the theme."""
    global _bindings
    if _bindings is None:
        _bindings = _Bindings()
    _bindings.add(target, (name, token, size))
