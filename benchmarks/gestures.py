"""What each gesture in the window costs on the big desk: processor time from the key until all lanes and pauses rest.

    python -m benchmarks gestures [--tickets N]

The whole application works on a copy of the desk, offscreen. A gesture is done ``ROUNDS`` times, the first one apart:
it builds a screen that then stays. Counted is what the process spends in all its lanes, painting included, less what
the watching for rest costs; on a machine of several cores a person waits for less. With ``--profile NAME`` one gesture
is profiled in the window's thread. There is no floor: ui.md's budgets from gesture to paint stand beside.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from benchmarks.big_desk import TICKETS, copied, folder

ROUNDS = 5
#: Milliseconds from gesture to paint that were promised, by the first word of the gesture.
_BUDGETS = {"tab": 50, "ticket": 80, "search": 100, "report": 300, "promise": 100, "emergency": 200, "theme": 200}


@contextmanager
def _stage(tickets: int) -> Iterator[Any]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from deskapp import app
    from deskapp.sync.mail.mailroom import MailRoom
    from deskapp.ui.desktop import Desktop, prepare
    from deskapp.ui.stage import Stage

    class Watched(Stage):
        """``watching``: seconds of processor time that the looking for rest took."""

        watching = 0.0

        def _busy(self) -> bool:
            began = time.thread_time()
            busy = super()._busy()
            self.watching += time.thread_time() - began
            return busy

    with tempfile.TemporaryDirectory() as kept, copied(folder(tickets)) as desk:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, kept)
        qt = QApplication.instance() or QApplication([])
        assert isinstance(qt, QApplication)
        desk.mail = MailRoom()
        prepare(qt, desk)
        stage = Watched(Desktop(desk, app.lanes(desk.replica), ticking=False))
        stage.open()
        yield stage
        stage.desktop.window.close()


def _gestures(stage: Any) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """(name, the gesture, what brings the window back to where it was)."""

    def nothing() -> None:
        pass

    window = stage.window
    queue = window.open("queue")

    def tab(name: str) -> Callable[[], object]:
        def choose() -> None:
            queue.tabs.choose(name)
            stage.settle()

        return choose

    for name in ("answer", "slipping", "mine", "waiting", "confirm", "all"):
        other = "all" if name != "all" else "mine"
        yield f"tab, {name}", tab(name), tab(other)
    tab("answer")()
    yield "ticket, the next one (J)", lambda: stage.press("J"), nothing
    yield (
        "promise, composer with its slots (R)",
        lambda: stage.press("R"),
        lambda: stage.press("Esc", "J"),
    )
    yield "urgency set (U, 2)", lambda: stage.press("U", "2"), lambda: stage.press("U", "3")
    yield "undo (Ctrl+Z)", lambda: stage.press("Ctrl+Z"), lambda: stage.press("U", "2")
    tab("mine")()
    yield "protocol line recorded", lambda: stage.protocol("Checked"), lambda: stage.press("Esc")
    yield "palette opened (Ctrl+K)", lambda: stage.press("Ctrl+K"), lambda: stage.press("Esc")

    def search() -> None:
        stage.press("Ctrl+K")
        stage.type("принтер")

    yield "search, seven letters", search, lambda: stage.press("Esc", "Esc")
    yield "calendar, opened (Ctrl+2)", lambda: stage.press("Ctrl+2"), lambda: stage.press("Ctrl+1")
    stage.press("Ctrl+2")
    yield "calendar, day", lambda: stage.press("Alt+1"), lambda: stage.press("Alt+2")
    yield "calendar, two weeks", lambda: stage.press("Alt+3"), lambda: stage.press("Alt+2")
    yield "calendar, month", lambda: stage.press("Alt+4"), lambda: stage.press("Alt+2")
    yield "calendar, table (Ctrl+T)", lambda: stage.press("Ctrl+T"), lambda: stage.press("Ctrl+T")
    for key, name in (("3", "knowledge"), ("4", "customers"), ("5", "visits"), ("6", "reports")):
        yield f"{name}, opened (Ctrl+{key})", lambda key=key: stage.press(f"Ctrl+{key}"), lambda: stage.press("Ctrl+1")
    screen = window.open("customers")
    stage.settle()

    def customer(step: int) -> Callable[[], object]:
        def show() -> None:
            screen.show_customer(screen._items[step].id)
            stage.settle()

        return show

    yield "customer, another one", customer(3), customer(4)
    reports = window.open("reports")
    stage.settle()

    def period(place: int) -> Callable[[], object]:
        def choose() -> None:
            reports.periods.set_index(place)
            reports.periods.chosen.emit(place)
            stage.settle()

        return choose

    yield "report, ten weeks to a year", period(3), period(2)
    stage.press("Ctrl+1")
    tab("answer")()
    yield "emergency (Ctrl+Shift+E)", lambda: stage.press("Ctrl+Shift+E"), lambda: stage.press("Esc")
    yield "theme, light to dark", lambda: _theme(stage, "dark"), lambda: _theme(stage, "light")
    yield "settings, opened (Ctrl+,)", lambda: stage.press("Ctrl+,"), lambda: stage.press("Ctrl+1")


def _theme(stage: Any, mode: str) -> None:
    stage.window.set_theme(mode)
    stage.settle()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gestures")
    parser.add_argument("--tickets", type=int, default=TICKETS)
    parser.add_argument("--profile", default="", metavar="NAME", help="the beginning of a gesture's name")
    chosen = parser.parse_args()
    found = []
    with _stage(chosen.tickets) as stage:
        for name, do, back in _gestures(stage):
            if chosen.profile and not name.startswith(chosen.profile):
                continue
            spent = []
            profile = cProfile.Profile()
            for turn in range(ROUNDS):
                began, watched = time.process_time(), stage.watching
                if chosen.profile and turn:
                    profile.enable()
                do()
                profile.disable()
                spent.append((time.process_time() - began - stage.watching + watched) * 1000)
                back()
            found.append((median(spent[1:]), spent[0], name))
            if chosen.profile:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
                break
    print(f"{'gesture':44}{'first':>10}{'then':>10}   budget")
    for then, first, name in sorted(found, reverse=True):
        budget = _BUDGETS.get(name.split(",")[0].split(" ")[0])
        print(f"{name:44}{first:7.0f} ms{then:7.0f} ms   {f'{budget} ms' if budget else ''}")


if __name__ == "__main__":
    main()
