"""What each gesture in the window costs on the big desk: processor time from the key until the screen shows its result.

    python -m benchmarks gestures [--tickets N] [--profile NAME]

The whole application works on a copy of the desk, offscreen, 1440 x 900. A gesture is done ``ROUNDS`` times, the first
one apart: it builds a screen that then stays. Of the others the medians are shown:

    window    what the window's thread spends from the key on until the picture with the result is painted
    lanes     what all other threads spend in the same time: reading and writing of the desk
    in all    both until everything rests: what is read after the result, since nobody waits for it, is in it as well

A result is shown when its condition holds after a painting (the ticket that was gone to is there, the slots stand on
the cards); where no condition is said, by the last painting before everything rests. A gesture whose condition never
comes true is an error. What the looking for rest itself costs is taken off. On a machine of several cores, lanes and
window work at the same time, so that a person waits for less than the sum. There is no floor: ui.md's budgets from
gesture to paint stand beside. With ``--profile NAME`` one gesture is profiled in the window's thread, by its own
processor time.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.big_desk import TICKETS, copied, folder

ROUNDS = 7

Do = Callable[[], object]


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Gesture:
    """``ready`` and ``back`` stand before and after it and are not counted; ``shown`` is its condition, none: the last
    painting. ``budget``: milliseconds that were promised."""

    name: str
    do: Do
    shown: Callable[[], bool] | None = None
    budget: int | None = None
    ready: Do = _nothing
    back: Do = _nothing


@dataclass(frozen=True)
class Spent:
    """Milliseconds of processor time."""

    window: float
    lanes: float
    whole: float

    @property
    def shown(self) -> float:
        return self.window + self.lanes


@contextmanager
def _stage(tickets: int) -> Iterator[Any]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QObject, QSettings
    from PySide6.QtWidgets import QApplication

    from deskapp import app
    from deskapp.sync.mail.mailroom import MailRoom
    from deskapp.ui.desktop import Desktop, prepare
    from deskapp.ui.stage import Stage

    class Eyes(QObject):
        """Sees when a window has been painted; ``at``: (window's thread, process) when the result first stood there."""

        def __init__(self) -> None:
            super().__init__()
            self.watching = 0.0  # seconds that looking for rest took
            self.shown: Callable[[], bool] | None = None
            self.at: tuple[float, float] | None = None
            self._known: set[QObject] = set()

        def now(self) -> tuple[float, float]:
            return time.thread_time() - self.watching, time.process_time() - self.watching

        def look_round(self) -> None:
            for widget in QApplication.topLevelWidgets():
                if widget.isVisible() and widget not in self._known:
                    self._known.add(widget)
                    widget.installEventFilter(self)
                    self.painted()  # it came with a picture

        def painted(self) -> None:
            if self.shown is None or (self.at is None and self.shown()):
                self.at = self.now()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() != QEvent.Type.UpdateRequest:
                return False
            watched.event(event)
            self.painted()
            return True

    class Watched(Stage):
        eyes: Eyes

        def _busy(self) -> bool:
            began = time.thread_time()
            self.eyes.look_round()
            busy = super()._busy()
            self.eyes.watching += time.thread_time() - began
            return busy

    with tempfile.TemporaryDirectory() as kept, copied(folder(tickets)) as desk:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, kept)
        qt = QApplication.instance() or QApplication([])
        assert isinstance(qt, QApplication)
        desk.mail = MailRoom()
        prepare(qt, desk)
        stage = Watched(Desktop(desk, app.lanes(desk.replica), ticking=False))
        stage.eyes = Eyes()
        stage.open()
        yield stage
        stage.desktop.window.close()


def _press(stage: Any, *keys: str) -> Do:
    return lambda: stage.press(*keys)


def _queue(stage: Any) -> Iterator[Gesture]:
    queue = stage.window.open("queue")
    pane = queue.pane

    def tab(name: str) -> Do:
        def choose() -> None:
            queue.tabs.choose(name)
            stage.settle()

        return choose

    def ticket() -> bool:
        """The ticket of the chosen row is there."""
        return (pane.view().id if pane.view() else "") == queue.list.current_ticket()

    def slots() -> bool:
        page = pane.composer._pages.get("promise")
        found = page._proposal if page is not None else None
        return found is not None and found.ticket_id == queue.list.current_ticket()

    def urgency(level: int) -> Callable[[], bool]:
        def shown() -> bool:
            item = queue.list.rows.item(pane.view().id)
            return bool(pane.view().urgency == level and item and item.urgency == level)

        return shown

    for name in ("answer", "slipping", "mine", "waiting", "confirm", "all"):

        def there(name: str = name) -> bool:
            return queue.list.rows.tab() == name and ticket()

        yield Gesture(f"tab, {name}", tab(name), there, 50, tab("all" if name != "all" else "mine"))
    yield Gesture("tab, its rows alone", tab("mine"), lambda: queue.list.rows.tab() == "mine", 50, tab("all"))
    tab("mine")()
    yield Gesture("ticket, the next one (J)", _press(stage, "J"), ticket, 80)
    tab("answer")()
    yield Gesture("ticket without an answer (J)", _press(stage, "J"), ticket, 80)
    yield Gesture("slots of a promise, after J", _press(stage, "J"), slots, 100)
    tab("all")()
    yield Gesture("popup of the urgency (U)", _press(stage, "U"), back=_press(stage, "Esc"))
    yield Gesture(
        "urgency set (2)", _press(stage, "2"), urgency(2), ready=_press(stage, "U"), back=_press(stage, "U", "3")
    )
    yield Gesture("undo (Ctrl+Z)", _press(stage, "Ctrl+Z"), urgency(3), ready=_press(stage, "U", "2"))

    lines = [0]

    def more() -> bool:
        return len(pane.view().entries) > lines[0]

    def written() -> None:
        stage.press("L")
        stage.type("Checked")
        lines[0] = len(pane.view().entries)

    yield Gesture(
        "protocol line recorded",
        _press(stage, "Ctrl+Return"),
        lambda: len(pane.view().entries) > lines[0],
        ready=written,
    )
    stage.press("Esc")


def _palette(stage: Any) -> Iterator[Gesture]:
    yield Gesture("palette opened (Ctrl+K)", _press(stage, "Ctrl+K"), back=_press(stage, "Esc"))
    yield Gesture(
        "search, seven letters", lambda: stage.type("принтер"), None, 100, _press(stage, "Ctrl+K"),
        _press(stage, "Esc", "Esc"),
    )  # fmt: skip


def _calendar(stage: Any) -> Iterator[Gesture]:
    yield Gesture("calendar, opened (Ctrl+2)", _press(stage, "Ctrl+2"), back=_press(stage, "Ctrl+1"))
    stage.press("Ctrl+2")
    for key, name in (("1", "day"), ("3", "two weeks"), ("4", "month")):
        yield Gesture(f"calendar, {name} (Alt+{key})", _press(stage, f"Alt+{key}"), back=_press(stage, "Alt+2"))
    yield Gesture("calendar, table (Ctrl+T)", _press(stage, "Ctrl+T"), back=_press(stage, "Ctrl+T"))
    yield from _drag(stage)


def _drag(stage: Any) -> Iterator[Gesture]:
    """A block of the week is taken by the mouse and moved about: the picture under it, and what it would push."""
    from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    calendar = stage.window.open("calendar")
    board, view = calendar.board, calendar.board.viewport()
    inside = view.rect().adjusted(40, 20, -40, -20)
    movable = (one for one in board.board().by_block.values() if one.kind == "work" and one.state == "planned")
    places = [QPoint(board.rect_of(one.id).center()) for one in movable if not one.pinned]
    at = next(place for place in places if inside.contains(place))

    def mouse(kind: QEvent.Type, place: QPoint, button: Qt.MouseButton) -> None:
        held = button if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
        pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        where = QPointF(view.mapToGlobal(place))
        event = QMouseEvent(kind, QPointF(place), where, pressed, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)

    left = Qt.MouseButton.LeftButton
    mouse(QEvent.Type.MouseButtonPress, at, left)
    mouse(QEvent.Type.MouseMove, at + QPoint(24, 0), left)
    stage.settle()
    assert calendar.placing.held is not None, "nothing was taken"
    turns = [0]

    def move() -> None:
        turns[0] += 1
        mouse(QEvent.Type.MouseMove, at + QPoint(30 + turns[0] * 14, 80 * (turns[0] % 2)), left)
        stage.settle()

    yield Gesture("drag of a block, a frame", move, lambda: True, 16)
    yield Gesture("drag of a block, what it would push", move)
    stage.press("Esc")
    mouse(QEvent.Type.MouseButtonRelease, at, left)
    stage.press("Esc")


def _screens(stage: Any) -> Iterator[Gesture]:
    for key, name in (("3", "knowledge"), ("4", "customers"), ("5", "visits"), ("6", "reports")):
        opened = _press(stage, f"Ctrl+{key}")
        yield Gesture(f"{name}, opened (Ctrl+{key})", opened, back=_press(stage, "Ctrl+1"))
    screen = stage.window.open("customers")
    stage.settle()

    def customer(step: int) -> Do:
        def show() -> None:
            screen.show_customer(screen._items[step].id)
            stage.settle()

        return show

    yield Gesture("customer, another one", customer(3), back=customer(4))
    reports = stage.window.open("reports")
    stage.settle()

    def period(place: int) -> Do:
        def choose() -> None:
            reports.periods.choose(place)
            stage.settle()

        return choose

    yield Gesture("report, ten weeks to a year", period(3), None, 300, back=period(2))
    stage.press("Ctrl+1")


def _rest(stage: Any) -> Iterator[Gesture]:
    from deskapp.ui.calendar.emergency import EmergencyDialog

    def ways() -> bool:
        return any(one.isVisible() and one._view is not None for one in stage.window.findChildren(EmergencyDialog))

    def home() -> None:
        stage.press("Esc")
        stage.window.activateWindow()
        stage.press("Ctrl+1")

    yield Gesture("emergency, its ways (Ctrl+Shift+E)", _press(stage, "Ctrl+Shift+E"), ways, 200, back=home)

    def theme(mode: str) -> Do:
        def choose() -> None:
            stage.window.set_theme(mode)
            stage.settle()

        return choose

    yield Gesture("theme, light to dark", theme("dark"), None, 200, back=theme("light"))
    settings = _press(stage, "Ctrl+,")
    yield Gesture(
        "settings, opened (Ctrl+,)", settings, lambda: stage.window.screen_now().objectName() == "settings", back=home
    )


def _gestures(stage: Any) -> Iterator[Gesture]:
    for part in (_queue, _palette, _calendar, _screens, _rest):
        yield from part(stage)


def _measured(stage: Any, gesture: Gesture, profile: cProfile.Profile | None = None) -> Spent:
    eyes = stage.eyes
    gesture.ready()
    eyes.shown, eyes.at = gesture.shown, None
    thread, process = eyes.now()
    if profile is not None:
        profile.enable()
    gesture.do()
    if profile is not None:
        profile.disable()
    _rest_thread, whole = eyes.now()
    if eyes.at is None:
        raise SystemExit(f"{gesture.name}: what was waited for was never painted")
    window, all_ = eyes.at[0] - thread, eyes.at[1] - process
    gesture.back()
    return Spent(window * 1000, (all_ - window) * 1000, (whole - process) * 1000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gestures")
    parser.add_argument("--tickets", type=int, default=TICKETS)
    parser.add_argument("--profile", default="", metavar="NAME", help="the beginning of a gesture's name")
    chosen = parser.parse_args()
    found = []
    with _stage(chosen.tickets) as stage:
        for gesture in _gestures(stage):
            if not gesture.name.startswith(chosen.profile):
                continue
            first = _measured(stage, gesture)
            profile = cProfile.Profile(time.thread_time) if chosen.profile else None
            found.append((gesture, first, [_measured(stage, gesture, profile) for _turn in range(ROUNDS - 1)]))
            if profile is not None:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
                break
    kept = True
    print(f"{'gesture':38}{'first':>7}{'shown':>9}{'window':>9}{'lanes':>8}{'in all':>9}   budget")
    for gesture, first, others in sorted(found, key=lambda one: -median(spent.shown for spent in one[2])):
        shown, window, lanes, whole = (
            median(getattr(spent, name) for spent in others) for name in ("shown", "window", "lanes", "whole")
        )
        line = f"{gesture.name:38}{first.shown:7.0f}{shown:6.0f} ms{window:9.0f}{lanes:8.0f}{whole:9.0f}"
        if gesture.budget is not None:
            kept = kept and shown <= gesture.budget
            line += f"   {gesture.budget} ms {'yes' if shown <= gesture.budget else 'NO'}"
        print(line)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
