from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from deskapp.core import paths
from deskapp.ui import icons, theme


def luminance(color: QColor) -> float:
    """WCAG 2.2 relative luminance."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT_PAIRS = [
    *(("text", field) for field in ("bg-window", "bg-base", "bg-alt", "bg-rail", "bg-hover", "bg-sel", "accent-bg")),
    *(("text", heat) for heat in ("l0", "l1", "l2", "l3", "l4", "l5")),
    *(("text2", field) for field in ("bg-window", "bg-base", "bg-alt", "bg-rail", "bg-hover", "bg-sel")),
    *(("text3", field) for field in ("bg-window", "bg-base", "bg-alt")),
    *(("accent", field) for field in ("bg-window", "bg-base", "bg-sel", "accent-bg")),
    *((family, f"{family}-bg") for family in ("crit", "high", "norm", "low", "ok", "visit", "esc")),
    *((family, "bg-base") for family in ("crit", "high", "norm", "low", "ok", "visit", "esc")),
    *((family, "bg-sel") for family in ("crit", "high", "ok")),
    ("on-accent", "accent-fill"),
]
GRAPHIC_PAIRS = [
    ("line-ctl", "bg-base"),
    ("line-ctl", "bg-window"),
    ("accent", "bg-window"),
    *((f"{family}-bar", "bg-base") for family in ("crit", "high", "norm", "low", "ok", "visit", "esc")),
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_can_be_read(front: str, back: str, dark: bool) -> None:
    assert contrast(QColor(theme.TOKENS[front][dark]), QColor(theme.TOKENS[back][dark])) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), GRAPHIC_PAIRS)
def test_graphics_can_be_seen(front: str, back: str, dark: bool) -> None:
    assert contrast(QColor(theme.TOKENS[front][dark]), QColor(theme.TOKENS[back][dark])) >= 3.0


def test_the_theme_switches_while_running(qapp: QApplication) -> None:
    look = theme.current()
    heard: list[bool] = []
    look.changed.connect(lambda: heard.append(look.dark))
    look.set_mode("dark")
    assert heard == [True]
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#1F2329")
    look.set_mode("light")
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#FFFFFF")


def test_a_color_handed_out_is_a_copy() -> None:
    theme.current().color("accent").setAlpha(3)
    assert theme.current().color("accent").alpha() == 255


def test_unknown_role_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme.current().color("pink")


def test_larger_system_font_grows_everything(qapp: QApplication) -> None:
    look = theme.current()
    base = look.font("body")
    unit = look.u
    try:
        larger = look.font("body")
        larger.setPointSizeF(16)
        look.set_base_font(larger)
        assert look.u > unit
        assert look.font("title").pointSizeF() == pytest.approx(20.5)
        assert look.font("caption").pointSizeF() >= 7.5
        assert QFontMetrics(look.font("title")).height() > QFontMetrics(look.font("body")).height()
    finally:
        look.set_base_font(base)


@pytest.mark.parametrize(
    ("share", "token"),
    [
        (0, "l0"),
        (0.25, "l0"),
        (0.26, "l1"),
        (0.6, "l1"),
        (0.85, "l2"),
        (0.9, "l3"),
        (0.95, "l4"),
        (1, "l4"),
        (1.2, "l5"),
    ],
)
def test_heat_by_share_of_the_day(share: float, token: str) -> None:
    assert theme.heat_token(share) == token


def test_every_icon_can_be_drawn_in_any_role() -> None:
    names = sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg"))
    assert len(names) > 60
    for name in names:
        image = icons.pixmap(name, "crit", 16, 2.0).toImage()
        assert (image.width(), image.height()) == (32, 32)
        wanted = theme.current().color("crit")
        solid = [image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255]
        assert solid, name
        for pixel in solid:
            off = (pixel.red() - wanted.red(), pixel.green() - wanted.green(), pixel.blue() - wanted.blue())
            assert max(map(abs, off)) <= 3, name  # blending rounds


def test_the_licence_of_the_icons_is_there() -> None:
    assert "ISC" in (paths.resources() / "icons" / "LICENSE").read_text("utf-8")


def test_a_missing_icon_is_noticed() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")
