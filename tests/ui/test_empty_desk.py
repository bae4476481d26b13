"""A desk without tickets, customers, articles, parts or colleagues: screens say what can be done, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from deskapp import app
from deskapp.core.clock import FixedClock
from deskapp.desk import demo, setup
from deskapp.sync.hub.door import HubDoor
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.ui.desktop import Desktop, prepare
from deskapp.ui.firstrun.assistant import FirstRun
from deskapp.ui.queue.welcome import Welcome
from deskapp.ui.stage import Stage
from deskapp.ui.ticket_form import TicketForm
from deskapp.ui.widgets import EmptyState
from tests.desk.demo_desk import open_desk
from tests.ui.demo_window import demo_window
from tests.ui.geometry import wrong

SCREENS = ("queue", "calendar", "knowledge", "customers", "visits", "reports", "sync", "settings")


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    desk = open_desk(tmp_path, request.param, FixedClock(demo.moment()))
    setup.begin(desk)
    desk.mail, desk.hub = MailRoom(), HubDoor()
    prepare(qapp, desk)
    stage = Stage(Desktop(desk, app.lanes(desk.replica), ticking=False))
    stage.open()
    for first in stage.window.findChildren(FirstRun):
        first.reject()
    stage.window.activateWindow()
    stage.settle()
    try:
        yield stage
    finally:
        stage.window.close()
        stage.window.deleteLater()
        desk.replica.disconnect()


@pytest.mark.parametrize("stage", ["ru", "en"], indirect=True)
def test_every_screen_of_an_empty_desk_is_whole(stage: Stage) -> None:
    for size in ((1440, 900), (1024, 680)):
        stage.window.resize(*size)
        stage.settle()
        for name in SCREENS:
            screen = stage.window.open(name)
            stage.settle()
            assert wrong(stage.window) == [], (name, size)
            if name in ("knowledge", "customers", "visits", "sync"):
                shown = [one for one in screen.findChildren(EmptyState) if one.isVisible() and one.label.text()]
                assert shown, f"{name} says nothing of its being empty"
                assert all(one.mark.isVisible() for one in shown), name


@pytest.mark.parametrize("stage", ["en"], indirect=True)
def test_an_empty_queue_leads_to_the_first_ticket(stage: Stage) -> None:
    queue: Any = stage.window.open("queue")
    stage.settle()
    welcome: Welcome = queue.welcome
    assert welcome.isVisible() and "no open tickets" in welcome.label.text()
    ways = {button.text(): button for button in welcome._buttons.values() if button.isVisible()}
    assert set(ways) == {"New ticket", "Phone call", "First steps"}
    ways["New ticket"].click()
    stage.settle()
    (form,) = (one for one in stage.window.findChildren(TicketForm) if one.isVisible())
    form.close()


def test_the_first_ticket_gets_the_room_that_any_other_gets(qapp: QApplication, tmp_path: Path) -> None:
    """What stood in its place before it came takes nothing of it."""
    with demo_window(qapp, tmp_path) as stage:
        queue: Any = stage.window.open("queue")
        stage.settle()
        assert not queue.welcome.isVisible() and queue.pane.composer.current_tab() == "promise"
        above, below = queue.pane.main.split.sizes()
        assert below >= 0.69 * (above + below)
