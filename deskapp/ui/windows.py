"""The windows of one desk: one or two, each with its own screens; what they show comes from the same lanes.

The desk ends with its last window. Which were open, and what each showed, is remembered for the next start.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal

from . import places
from .main_window import MainWindow
from .runner import TaskRunner
from .screens import Screens

if TYPE_CHECKING:
    from .desktop import Desktop

#: As many as one looks at side by side; a further one would only hide another.
MOST = 2
_OPEN = "windows/open"


class Place:
    """A window with its screens. ``number``: 1 or 2, under which its size is remembered."""

    def __init__(self, number: int, window: MainWindow, screens: Screens) -> None:
        self.number, self.window, self.screens = number, window, screens


class Windows(QObject):
    """``now`` is the one that was used last. ``made``: a new one, before it is shown; ``switched``: another is used;
    ``closing``: one of several goes; ``ended``: the last one was closed.
    """

    made = Signal(object)
    switched = Signal()
    closing = Signal(object)
    ended = Signal()
    screen_opened = Signal(str)

    def __init__(self, make: Callable[[TaskRunner, int], Place], runner: TaskRunner, parent: Desktop) -> None:
        super().__init__(parent)
        self._make, self._runner = make, runner
        self._store = partial(places.store, parent.desk.profile.root)
        self._places: list[Place] = []
        self._now: Place | None = None
        self._standing: dict[str, Callable[[MainWindow], object]] = {}
        self._going: list[Place] = []
        self._left = _remembered(self._store().value(_OPEN))
        self.quitting = False
        #: Asked when the last window is to be closed; where it says yes, that window is only hidden.
        self.stays: Callable[[], bool] = lambda: False
        runner.busy_changed.connect(self._bury, Qt.ConnectionType.QueuedConnection)

    # -- which there are

    def all(self) -> tuple[Place, ...]:
        return tuple(self._places)

    def now(self) -> Place:
        assert self._now is not None
        return self._now

    def use(self, place: Place) -> None:
        """What follows is meant for this one."""
        if place is not self._now and place in self._places:
            self._now = place
            self.switched.emit()

    def every(self, about: str, act: Callable[[MainWindow], object]) -> None:
        """Do the same with each window, and with one that is opened later: the last of ``about`` holds."""
        self._standing[about] = act
        for place in self._places:
            act(place.window)

    # -- coming

    def first(self) -> Place:
        """The window of the start, under the number of the one that was left."""
        return self._new(self._left[0][0])

    def again(self) -> None:
        """Open what else was open when the desk was quit."""
        for number, screen_id in self._left[1:]:
            place = self._new(number)
            self._show(place)
            self._open(place, screen_id)
        self._remember()

    def open(self) -> Place:
        """Another window with the screen of this one; where both are open, the one that is not used now."""
        shown = self.now().window.screen_id()
        return self.other(shown)

    def other(self, screen_id: str = "") -> Place:
        """The window beside this one, opened if need be, and brought to the front."""
        place = next((one for one in self._places if one is not self._now), None)
        if place is None:
            before = self.now().window
            place = self._new(next(number for number in range(1, MOST + 1) if number != self.now().number))
            self._show(place, before)
            self._open(place, screen_id)
            self._remember()
        self.use(place)
        self.raise_()
        return place

    def raise_(self) -> None:
        """Bring the window that is used to the front, from wherever it was put."""
        window = self.now().window
        if window.isMinimized() or not window.isVisible():
            window.showNormal()
        window.raise_()
        window.activateWindow()

    def _new(self, number: int) -> Place:
        place = self._make(self._runner.seat(f"window {number} "), number)
        window = place.window
        window.place = f"window{number}" if number > 1 else "window"
        window.store = self._store
        self._places.append(place)
        if self._now is None:
            self._now = place
        window.came_forward.connect(lambda: self.use(place))
        window.closing.connect(lambda: self._closed(place))
        window.quit_wanted.connect(self.quit)
        window.screen_opened.connect(self.screen_opened)
        window.screen_opened.connect(self._remember)
        window.stays = lambda: len(self._places) == 1 and not self.quitting and self.stays()
        self.made.emit(place)
        for act in self._standing.values():
            act(window)
        return place

    def _show(self, place: Place, beside: MainWindow | None = None) -> None:
        window = place.window
        if not window.restore_size() and beside is not None:
            window.resize(beside.size())
            window.move(beside.pos() + QPoint(32, 32))
        window.show()

    def _open(self, place: Place, screen_id: str) -> None:
        place.window.open("queue")
        if screen_id not in ("", "queue") and place.window.knows(screen_id):
            place.window.open(screen_id)

    # -- going

    def quit(self) -> None:
        """Close them all; the next start opens them again."""
        self._remember()
        self.quitting = True
        for place in self.all():
            place.window.close()

    def _closed(self, place: Place) -> None:
        if place not in self._places:
            return
        if len(self._places) == 1:
            if not self.quitting:
                self._remember()
            self.ended.emit()  # it stays the window of the desk to the end
            return
        self._places.remove(place)
        if self._now is place:
            self._now = self._places[-1]
            self.switched.emit()
        self.closing.emit(place)
        if self.quitting:
            return
        self._remember()
        place.window.retire()
        for timer in place.window.findChildren(QTimer):
            timer.stop()
        self._going.append(place)
        self._bury()

    def _bury(self) -> None:
        """Delete windows that were closed, when nothing any more is on its way to them."""
        if not self._runner.idle():
            return
        while self._going:
            self._going.pop().window.deleteLater()

    # -- remembering

    def _remember(self) -> None:
        if not self.quitting:
            open_ = [f"{place.number} {place.window.screen_id()}" for place in self._places]
            self._store().setValue(_OPEN, open_)


def _remembered(found: Any) -> list[tuple[int, str]]:
    """Numbers and screens of the windows that the last run left open, never none."""
    left: dict[int, str] = {}
    for one in [found] if isinstance(found, str) else found or ():
        number, _space, screen_id = str(one).partition(" ")
        if number.isdigit() and 1 <= int(number) <= MOST:
            left.setdefault(int(number), screen_id)
    return list(left.items()) or [(1, "")]
