"""List, main and side panel of a screen, with widths that are remembered per screen and per monitor."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QSplitterHandle, QWidget

from . import theme
from .widgets import Line

#: Widths are those of the usual font; a larger one scales them, as everything else.
#: Below this width of the window the side panel is a drawer over the main part.
DRAWER_BELOW = 1280
LIST_WIDTHS = (300, 460)
SIDE_WIDTHS = (260, 360)
#: What list and side panel get of the smallest window, a usual one and one with room to spare, until somebody moves
#: the edges.
WINDOWS = (1024, 1440, 2200)
LIST_SHARE, SIDE_SHARE = (346, 392, 450), (292, 292, 350)


def scaled(pixels: int) -> int:
    """A width given for the usual font, in the font of now."""
    return round(pixels * theme.current().u / 4)


def _share(shares: tuple[int, ...], window: int) -> int:
    """The width that goes with the width of a window, between those that are given."""
    room = window / scaled(1000) * 1000  # in the usual font
    steps = list(zip(WINDOWS, shares, strict=True))
    if room <= WINDOWS[0]:
        return scaled(shares[0])
    for (narrow, less), (wide, more) in pairwise(steps):
        if room <= wide:
            return scaled(round(less + (room - narrow) / (wide - narrow) * (more - less)))
    return scaled(shares[-1])


class _Handle(QSplitterHandle):
    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        middle = self.rect().center().x() if self.orientation() == Qt.Orientation.Horizontal else 0
        painter.fillRect(middle, 0, 1, self.height(), theme.current().color("line"))


class _Splitter(QSplitter):
    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class Panes(QWidget):
    """`left` (or None), `main`, `side` (or None). `name` keys the remembered widths."""

    side_shown = Signal(bool)

    def __init__(
        self,
        name: str,
        left: QWidget | None,
        main: QWidget,
        side: QWidget | None = None,
        side_widths: tuple[int, int] = SIDE_WIDTHS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self.left, self.main, self.side = left, main, side
        self._side_widths = side_widths
        self._wanted = True  # while there is room, F9 hides it
        self._drawer_open = False
        self._drawer = False
        self._restored = False
        self.splitter = _Splitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        if left is not None:
            self.splitter.addWidget(left)
        self.splitter.addWidget(main)
        self.splitter.setStretchFactor(self.splitter.indexOf(main), 1)
        if side is not None:
            side.setAutoFillBackground(True)
            self.splitter.addWidget(side)
        self._measure()
        theme.current().changed.connect(self._measure)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self._edge = Line(vertical=True, parent=self)
        self._edge.hide()
        self._save_soon = QTimer(self)
        self._save_soon.setSingleShot(True)
        self._save_soon.setInterval(500)
        self._save_soon.timeout.connect(self._save)
        self._moved = False
        self.splitter.splitterMoved.connect(self._edge_moved)

    def _measure(self) -> None:
        for widget, widths in ((self.left, LIST_WIDTHS), (self.side, self._side_widths)):
            if widget is not None:
                widget.setMinimumWidth(scaled(widths[0]))
                widget.setMaximumWidth(scaled(widths[1]))

    def side_visible(self) -> bool:
        return self.side is not None and (self._drawer_open if self._drawer else self._wanted)

    def is_drawer(self) -> bool:
        return self._drawer

    def toggle_side(self) -> None:
        """F9: hide or show the side panel, as a column or as a drawer."""
        if self.side is None:
            return
        if self._drawer:
            self._drawer_open = not self._drawer_open
        else:
            self._wanted = not self._wanted
        self._place_side()

    def close_drawer(self) -> bool:
        """Close the drawer if it is open; says whether it was."""
        if self._drawer and self._drawer_open:
            self.toggle_side()
            return True
        return False

    def _place_side(self) -> None:
        side = self.side
        if side is None:
            return
        had_focus = side.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        if self._drawer:
            if side.parent() is not self:
                side.setParent(self)
            width = min(scaled(self._side_widths[1]), self.width() - 120)
            side.setGeometry(self.width() - width, 0, width, self.height())
            side.setVisible(self._drawer_open)
            side.raise_()
            self._edge.setGeometry(self.width() - width - 1, 0, 1, self.height())
            self._edge.raise_()
        else:
            if side.parent() is not self.splitter:
                self.splitter.addWidget(side)
            side.setVisible(self._wanted)
        self._edge.setVisible(self._drawer and self._drawer_open)
        if had_focus and not self.side_visible():
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)
        self.side_shown.emit(self.side_visible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        drawer = self.window().width() < scaled(DRAWER_BELOW)
        if drawer != self._drawer:
            self._drawer = drawer
            self._drawer_open = False
        self._place_side()
        if self._restored and not self._moved and event.size().width() != event.oldSize().width():
            self._share()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._restored:
            self._restored = True
            self._restore()

    def _key(self) -> str:
        screen = self.screen()
        place = f"{screen.name()}-{screen.geometry().width()}" if screen is not None else "none"
        return f"panes/{self._name}/{place}"

    def _edge_moved(self) -> None:
        self._moved = True
        self._save_soon.start()

    def _save(self) -> None:
        QSettings().setValue(self._key(), self.splitter.sizes())

    def _restore(self) -> None:
        stored = QSettings().value(self._key())
        if isinstance(stored, list) and len(stored) == self.splitter.count():
            self._moved = True
            self.splitter.setSizes([int(size) for size in stored])
            return
        self._share()

    def _share(self) -> None:
        """Widths that nobody chose: a wide window gives some of its room to the edges, a small one takes it."""
        sizes = []
        for place in range(self.splitter.count()):
            widget = self.splitter.widget(place)
            shares = LIST_SHARE if widget is self.left else SIDE_SHARE if widget is self.side else None
            sizes.append(self.width() if shares is None else _share(shares, self.window().width()))
        self.splitter.setSizes(sizes)
