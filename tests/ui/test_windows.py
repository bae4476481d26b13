"""Two windows over one desk: each with its own screens and places, one truth and one way back behind both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from deskapp.desk import ticket, triage
from deskapp.ui import places
from deskapp.ui.main_window import MainWindow
from tests.ui.demo_window import DemoStage, demo_window


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path):  # type: ignore[no-untyped-def]
    with demo_window(qapp, tmp_path) as stage:
        yield stage


def second(stage: DemoStage) -> MainWindow:
    """Open the other window; the stage's own stays that of the start."""
    stage.press("Ctrl+Shift+N")
    stage.settle()
    _first, other = stage.desktop.windows.all()
    return other.window


def shown(window: MainWindow) -> int:
    screen: Any = window.screen_now()
    return int(screen.pane.view().number)


def come(stage: DemoStage, window: MainWindow) -> None:
    window.activateWindow()
    stage.settle()
    assert stage.desktop.window is window


def test_each_window_has_its_own_screen_and_place(stage: DemoStage) -> None:
    stage.go_to(4117)
    other = second(stage)
    assert other.isVisible() and stage.desktop.window is other
    assert other.screen_id() == "queue" and stage.window.screen_id() == "queue"
    assert other.screen_now() is not stage.window.screen_now()
    assert other.top.me.accessibleName() == stage.window.top.me.accessibleName() != ""
    assert other.rail.button("queue").count() == stage.window.rail.button("queue").count() > 0

    stage.go_to(4087)  # the keys go to the window that is active
    assert (shown(stage.window), shown(other)) == (4117, 4087)
    stage.press("Ctrl+2")
    assert (other.screen_id(), stage.window.screen_id()) == ("calendar", "queue")
    come(stage, stage.window)
    stage.press("Ctrl+K")
    stage.type("4129")
    stage.press("Ctrl+Return")  # the palette's "in the second window"
    assert (shown(stage.window), shown(other)) == (4117, 4129)
    come(stage, stage.window)
    stage.press("Ctrl+Shift+Return")
    assert shown(other) == 4117 and len(stage.desktop.windows.all()) == 2


def test_a_change_in_one_is_in_the_other_and_is_taken_back_from_either(stage: DemoStage) -> None:
    stage.go_to(4117)
    other = second(stage)
    stage.go_to(4117)
    before = stage.view(stage.ask(ticket.find, 4117)).urgency
    stage.press("U", "1")
    assert before != 1
    for window in (stage.window, other):
        screen: Any = window.screen_now()
        assert screen.pane.view().urgency == 1, "both have read again"
        assert window.status.undo.text.text() == stage.line() != ""
    come(stage, stage.window)
    stage.press("Ctrl+Z")
    for window in (stage.window, other):
        screen = window.screen_now()
        assert screen.pane.view().urgency == before
        assert "Undone" in window.status.undo.text.text()


def test_reads_of_one_window_supersede_none_of_the_other(stage: DemoStage) -> None:
    """The same screen asks under the same key in both; a change makes both ask at once."""
    stage.go_to(4117)
    other = second(stage)
    stage.go_to(4087)
    wanted = stage.ask(ticket.find, 4117)
    for level in (1, 2, 3, 4):
        stage.desktop.acts.act(triage.set_urgency, wanted, level)
        stage.settle()
        for window in (stage.window, other):
            screen: Any = window.screen_now()
            items = (screen.list.rows.ticket_at(row) for row in range(screen.list.rows.rowCount()))
            assert [one.urgency for one in items if one and one.number == 4117] in ([level], [])
        first: Any = stage.window.screen_now()
        assert first.pane.view().urgency == level


def test_each_closes_alone_and_the_desk_ends_with_the_last(stage: DemoStage, qapp: QApplication) -> None:
    ended: list[bool] = []
    stage.desktop.windows.ended.connect(lambda: ended.append(True))
    other = second(stage)
    stage.press("Ctrl+2")
    stage.desktop.call("")
    form = stage.desktop._call
    assert form is not None and form.window() is form
    other.close()
    stage.settle()
    assert stage.desktop._call is None, "what stood over it goes with it"
    QCoreApplication.sendPostedEvents(None, 52)
    assert not isValid(other) and not ended
    assert stage.desktop.window is stage.window
    come(stage, stage.window)  # as the system does
    stage.go_to(4117)
    stage.press("U", "1")
    assert stage.view(stage.ask(ticket.find, 4117)).urgency == 1, "the lanes go on"
    third = second(stage)  # and it can be opened again
    assert third.isVisible()
    stage.window.close()  # the one of the start goes first
    stage.settle()
    assert not ended and stage.desktop.window is third
    stage.desktop.messages.say("still here")
    assert third.status.undo.text.text() == "still here. #4117: urgency critical", "the offer to undo stays behind it"
    third.close()
    assert ended == [True]
    stage.desktop.stop()


def test_both_come_back_as_they_were(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        other = second(stage)
        stage.press("Ctrl+2")
        other.resize(1024, 702)  # no larger than the screen of the tests
        stage.window.resize(1024, 741)
        stage.settle()
        stage.press("Ctrl+Q")
        assert not other.isVisible() and not stage.window.isVisible()
    with demo_window(qapp, tmp_path, fresh=False) as stage:
        first, other_place = stage.desktop.windows.all()
        stage.settle()
        assert (first.number, other_place.number) == (1, 2)
        assert other_place.window.screen_id() == "calendar" and first.window.screen_id() == "queue"
        assert other_place.window.size().toTuple() == (1024, 702)
        assert first.window.restore_size() and first.window.size().toTuple() == (1024, 741)
        other_place.window.close()  # alone: the next start has one
        stage.settle()
        assert places.store(stage.profile).value("windows/open") in (["1 queue"], "1 queue")
    with demo_window(qapp, tmp_path, fresh=False) as stage:
        assert len(stage.desktop.windows.all()) == 1
        assert second(stage).size().toTuple() == (1024, 702)


def test_two_desks_of_one_person_keep_their_windows_apart(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "one") as stage:
        other = second(stage)
        stage.press("Ctrl+2")
        other.resize(1024, 702)
        stage.window.resize(1024, 741)
        stage.settle()
        stage.press("Ctrl+Q")
    with demo_window(qapp, tmp_path / "two") as stage:
        assert len(stage.desktop.windows.all()) == 1, "nobody has opened a second one here"
        assert not stage.window.restore_size()
        other = second(stage)
        other.resize(1100, 720)
        stage.settle()
        other.close()
    with demo_window(qapp, tmp_path / "one", fresh=False) as stage:
        _first, again = stage.desktop.windows.all()
        assert again.window.size().toTuple() == (1024, 702) and again.window.screen_id() == "calendar"
