"""The calendar with its work in threads: the ghost is there at once, the planner's answer comes when it comes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from deskapp.desk import replanning
from deskapp.ui.calendar.placing import Stage

from . import week
from .conftest import Bench
from .hands import drag_card, point, press


def test_the_ghost_does_not_wait_for_the_planner(threads: Bench, qtbot: QtBot) -> None:
    threads.window.runner.drain()
    screen = threads.screen
    tray = screen.tray.list
    index = screen.tray.model.index(screen.tray.model.row_of("t4129"))
    viewport = tray.viewport()
    start = tray.visualRect(index).center()
    end = viewport.mapFromGlobal(screen.board.viewport().mapToGlobal(point(threads, "p3", 5, 9)))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, end)
    # No event of the loop has run since the move: the reader's answer cannot have come.
    assert [(person, span.start) for person, span in screen.board.picture().ghosts] == [("p3", week.at(5, 9))]
    assert screen.placing.diff is None
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert screen.placing.stage is Stage.DROPPED
    assert not screen.bar.apply.isEnabled()
    qtbot.waitUntil(lambda: screen.placing.stage is Stage.OPEN)
    assert screen.bar.texts() == ["Assigned 1", "Moved 2 within slack"]
    screen.board.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.placing.stage is Stage.IDLE)
    qtbot.waitUntil(lambda: screen.selected() is not None and screen.selected().number == 4129)
    assert [item.number for item in screen.tray.model.items()] == [4142, 4143, 4144, 4145, 4146]


def test_a_harmless_drop_is_done_when_the_answer_comes(threads: Bench, qtbot: QtBot) -> None:
    threads.window.runner.drain()
    with qtbot.waitSignal(threads.screen.placing.applied):
        drag_card(threads, 4146, "p0", 6, 14)
    threads.window.runner.drain()
    assert len(threads.booked(4146)) == 1
    assert threads.undo.can_undo()


def test_only_the_last_of_many_moves_counts(threads: Bench, qtbot: QtBot) -> None:
    threads.window.runner.drain()
    screen = threads.screen
    item = next(i for i in screen.tray.model.items() if i.number == 4146)
    screen.gestures.take(item, "p0")
    for _ in range(12):
        screen.gestures.nudge(1)
    threads.window.runner.drain()
    assert screen.placing.at is not None
    assert screen.placing.diff == replanning.preview_place(threads.desk, "t4146", "p0", screen.placing.at)
    assert not threads.recorder.failures and not threads.recorder.crashes
