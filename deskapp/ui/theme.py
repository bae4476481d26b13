"""Colours, sizes and type of the window, light and dark.

Widgets name roles ("crit-bg", "heading"), never hex values or point sizes, and ask for them when they paint,
so that a switch of the theme needs no restart.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette

Mode = Literal["system", "light", "dark"]

#: role -> (light, dark). The contrast of the pairs that people read is checked by a test.
TOKENS: dict[str, tuple[str, str]] = {
    "bg-window": ("#F4F5F7", "#191C21"),
    "bg-base": ("#FFFFFF", "#1F2329"),
    "bg-alt": ("#F8F9FB", "#242930"),
    "bg-rail": ("#E9ECF1", "#14171B"),
    "bg-hover": ("#EDF0F5", "#2A3038"),
    "bg-sel": ("#E2E8FB", "#2B3459"),
    "off": ("#EEF0F4", "#1B1F25"),
    "hatch": ("#D5DAE2", "#353C47"),
    "line": ("#DCE0E7", "#333A44"),
    "line-ctl": ("#7F8896", "#737E8E"),
    "text": ("#1B2028", "#E7EAEF"),
    "text2": ("#4E5766", "#B3BBC7"),
    "text3": ("#5C6473", "#98A2B0"),
    "accent": ("#3A52C4", "#9DACF8"),
    "accent-fill": ("#3A52C4", "#4E63D6"),
    "on-accent": ("#FFFFFF", "#FFFFFF"),
    "accent-bg": ("#E9EDFC", "#262E52"),
    "crit": ("#B3261E", "#FF9A90"),
    "crit-bg": ("#FBE4E2", "#4A2220"),
    "crit-bar": ("#C8332A", "#F0675C"),
    "high": ("#854700", "#F5B95F"),
    "high-bg": ("#FCEBD2", "#43310F"),
    "high-bar": ("#C67408", "#E19A2E"),
    "norm": ("#2A527E", "#A3C8EF"),
    "norm-bg": ("#E4EEF8", "#1F3449"),
    "norm-bar": ("#4F84BA", "#5C95CF"),
    "low": ("#545D6B", "#B4BCC8"),
    "low-bg": ("#EBEEF2", "#2D333C"),
    "low-bar": ("#848D9B", "#7D8796"),
    "ok": ("#226638", "#84CF97"),
    "ok-bg": ("#DFF1E4", "#1B3826"),
    "ok-bar": ("#3A8F56", "#4FA76B"),
    "visit": ("#0A606C", "#7FD3DD"),
    "visit-bg": ("#DAF0F2", "#123A40"),
    "visit-bar": ("#1A8C99", "#2FA5B2"),
    "esc": ("#663C9B", "#CBAEF2"),
    "esc-bg": ("#EFE8F9", "#35284A"),
    "esc-bar": ("#8A63BF", "#9A77CC"),
    # Share of a day that is taken, from free to overfull.
    "l0": ("#F1F5F9", "#222A33"),
    "l1": ("#D9E7F4", "#24394E"),
    "l2": ("#B4D0EA", "#2B5075"),
    "l3": ("#8DB6DD", "#336695"),
    "l4": ("#F5CF86", "#7A5A12"),
    "l5": ("#EFA196", "#8F362E"),
}

#: role -> (ratio to the base size, weight)
_TYPE: dict[str, tuple[float, QFont.Weight]] = {
    "display": (1.75, QFont.Weight.DemiBold),
    "title": (1.28, QFont.Weight.DemiBold),
    "heading": (1.08, QFont.Weight.DemiBold),
    "body": (1.0, QFont.Weight.Normal),
    "strong": (1.0, QFont.Weight.DemiBold),
    "small": (0.92, QFont.Weight.Normal),
    "caption": (0.85, QFont.Weight.Normal),
}
_SMALLEST_POINTS = 7.5

_STATUS_TOKENS = {
    "new": "accent",
    "promised": "norm",
    "in_progress": "ok",
    "waiting": "low",
    "resolved": "high",
    "closed": "low",
    "refused": "low",
    "merged": "low",
}
URGENCY_TOKENS = ("crit", "high", "norm", "low")
_PERSON_TOKENS = ("esc", "norm", "accent", "ok", "high", "crit", "visit")


def heat_token(share: float) -> str:
    """The heat role of a day of which ``share`` (1.0 = all of it) is taken."""
    percent = round(share * 100)
    for limit, token in ((25, "l0"), (60, "l1"), (85, "l2"), (94, "l3"), (100, "l4")):
        if percent <= limit:
            return token
    return "l5"


def status_token(status: str, reason: str = "") -> str:
    """The colour family of a ticket's status; waiting for a part or a visit looks like a visit."""
    if status == "waiting" and reason in ("part", "parts", "visit"):
        return "visit"
    return _STATUS_TOKENS.get(status, "low")


def person_token(person_id: str) -> str:
    """One of seven colour families by person; it tells people apart and means nothing."""
    return _PERSON_TOKENS[sum(person_id.encode()) % len(_PERSON_TOKENS)]


class Theme(QObject):
    """What the window looks like now. ``changed`` comes after palette, sizes and fonts are in force."""

    changed = Signal()

    def __init__(self, base_font: QFont | None = None) -> None:
        super().__init__()
        self.mode: Mode = "system"
        self.dark = False
        self.high_contrast = False
        self._base = base_font or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._system_palette = QGuiApplication.palette()
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._palette: QPalette | None = None
        self.u = 4
        self._measure()
        self._mix()

    def color(self, token: str) -> QColor:
        """A copy of the colour of a role. Unknown roles are an error: KeyError."""
        return QColor(self._colors[token])

    def font(self, role: str = "body") -> QFont:
        """A copy of the font of a type role, with figures of equal width where the font has them."""
        return QFont(self._fonts[role])

    def fitting_font(self, text: str, width: int, *roles: str) -> QFont:
        """The first of the roles in which the text fits, in the weight of the first; the last one if none does."""
        weight = self._fonts[roles[0]].weight()
        for role in roles:
            font = self.font(role)
            font.setWeight(weight)
            if QFontMetrics(font).horizontalAdvance(text) < width:  # whole pixels: the last one may be a part
                break
        return font

    def fixed_font(self) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self._base.pointSizeF())
        return font

    def palette(self) -> QPalette:
        """A copy of the palette; every label asks for one, so it is mixed once."""
        if self._palette is None:
            self._palette = QPalette(self._system_palette) if self.high_contrast else self._mixed_palette()
        return QPalette(self._palette)

    def _mixed_palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for target, token in (
            (role.Window, "bg-window"),
            (role.WindowText, "text"),
            (role.Base, "bg-base"),
            (role.AlternateBase, "bg-alt"),
            (role.Text, "text"),
            (role.Button, "bg-base"),
            (role.ButtonText, "text"),
            (role.BrightText, "crit"),
            (role.PlaceholderText, "text3"),
            (role.ToolTipBase, "bg-base"),
            (role.ToolTipText, "text"),
            (role.Highlight, "bg-sel"),
            (role.HighlightedText, "text"),
            (role.Accent, "accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "esc"),
            (role.Light, "bg-base"),
            (role.Midlight, "bg-hover"),
            (role.Mid, "line"),
            (role.Dark, "line-ctl"),
            (role.Shadow, "line-ctl"),
        ):
            palette.setColor(target, self.color(token))
        for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("line-ctl"))
        return palette

    def set_mode(self, mode: Mode) -> None:
        """Light, dark, or what the system says."""
        self.mode = mode
        hints = QGuiApplication.styleHints()
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(mode, Qt.ColorScheme.Unknown)
        hints.setColorScheme(wanted)
        self.refresh()

    def refresh(self) -> None:
        """Take over the system's scheme, contrast and font."""
        hints = QGuiApplication.styleHints()
        self.dark = self.mode == "dark" or (self.mode == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        accessibility = hints.accessibility()
        self.high_contrast = accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
        self._measure()
        self._mix()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.setFont(self.font("body"))
            app.setPalette(self.palette())
        self.changed.emit()

    def set_base_font(self, font: QFont) -> None:
        """Another base size or family: everything is measured again."""
        self._base = QFont(font)
        self.refresh()

    def _mix(self) -> None:
        column = 1 if self.dark else 0
        self._palette = None
        self._colors = {token: QColor(pair[column]) for token, pair in TOKENS.items()}
        if self.high_contrast:
            self._colors = {token: self._system_color(token) for token in TOKENS}

    def _system_color(self, token: str) -> QColor:
        """Under high contrast own colours give way: fills vanish, borders, glyphs and words stay."""
        role = QPalette.ColorRole
        if token == "bg-sel" or token == "accent-fill":
            return self._system_palette.color(role.Highlight)
        if token == "on-accent":
            return self._system_palette.color(role.HighlightedText)
        if token.startswith("bg-") or token.endswith("-bg") or token in ("off", "l0", "l1", "l2", "l3", "l4", "l5"):
            return self._system_palette.color(role.Base if token != "bg-window" else role.Window)
        return self._system_palette.color(role.Text)

    def _measure(self) -> None:
        base = max(self._base.pointSizeF(), 6.0)
        self.u = max(4, round(QFontMetrics(self._base).height() / 4))
        figures = QFont.Tag.fromString("tnum")
        fonts = {}
        for role, (ratio, weight) in _TYPE.items():
            font = QFont(self._base)
            size = round(base * ratio * 2) / 2
            font.setPointSizeF(max(size, _SMALLEST_POINTS) if role == "caption" else size)
            font.setWeight(weight)
            if figures is not None:
                font.setFeature(figures, 1)
            fonts[role] = font
        self._fonts = fonts


_theme: Theme | None = None


def current() -> Theme:
    """The theme in force; the system's look until `apply` was called."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def apply(app: QGuiApplication, mode: Mode = "system") -> Theme:
    """Dress the application: style, palette and font; from now on the system's switches are followed."""
    from .style import DeskStyle

    theme = current()
    if app.property("deskapp.dressed") is None:
        app.setProperty("deskapp.dressed", True)
        app.setStyle(DeskStyle())  # type: ignore[attr-defined]
        app.styleHints().colorSchemeChanged.connect(theme.refresh)
    theme.set_mode(mode)
    return theme
