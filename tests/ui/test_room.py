"""What the screens do with a small window and with a large one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.sync.hub.door import HubDoor
from deskapp.ui import theme
from deskapp.ui.widgets import Button, EvenLayout
from tests.ui import places
from tests.ui.demo_window import DemoStage, demo_window
from tests.ui.geometry import wrong


def sized(stage: DemoStage, width: int, height: int) -> None:
    stage.window.resize(width, height)
    stage.settle()


def test_month_and_week_fill_the_window_and_are_not_cut_in_a_small_one(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path, "ru", (1024, 680)) as stage:
        stage.press("Ctrl+2", "Alt+4")
        screen: Any = stage.window.screen_now()
        grid, answers = stage.find("month.grid"), stage.find("month.answers")
        assert grid.verticalScrollBar().maximum() == 0, "people and team are seen at once"
        assert answers._body.verticalScrollBar().maximum() == 0, "and what could be promised"
        small = grid.rowHeight(0)
        sized(stage, 2560, 1440)
        assert grid.rowHeight(0) > 2 * small
        assert grid.geometry().bottom() < answers.mapTo(grid.parentWidget(), answers.rect().topLeft()).y()
        stage.press("Alt+2")
        geometry = screen.board.geometry_of()
        assert geometry.content_height() > 0.8 * screen.board.viewport().height()
        sized(stage, 1440, 900)
        assert screen.board.verticalScrollBar().maximum() == 0


def test_a_wide_window_gives_list_and_side_panel_of_its_room_until_an_edge_is_moved(
    qapp: QApplication, tmp_path: Path
) -> None:
    with demo_window(qapp, tmp_path, "ru") as stage:
        panes = stage.window.screen_now().panes
        stage.go_to(4117)
        usual = panes.splitter.sizes()
        sized(stage, 2560, 1440)
        wide = panes.splitter.sizes()
        assert wide[0] > usual[0] + 40 and wide[2] > usual[2] + 40 and wide[1] > 1600
        sized(stage, 1024, 680)
        assert panes.splitter.sizes()[0] < usual[0] - 30, "a small window keeps more for the ticket"
        sized(stage, 2560, 1440)
        assert panes.splitter.sizes() == wide
        panes.splitter.setSizes([320, 1600, 300])
        panes.splitter.splitterMoved.emit(320, 1)  # as a hand does it
        stage.settle()
        moved = panes.splitter.sizes()
        sized(stage, 2400, 1300)
        assert (panes.splitter.sizes()[0], panes.splitter.sizes()[2]) == (moved[0], moved[2])


def test_buttons_under_each_other_stand_in_line(qapp: QApplication) -> None:
    box = QWidget()
    flow = EvenLayout(box, 8)
    buttons = [Button(text) for text in ("Move", "A good deal longer", "Count")]
    for button in buttons:
        flow.addWidget(button)
    widest = buttons[1].sizeHint().width()
    for width, columns in ((widest, 1), (2 * widest + 8, 2), (2 * widest + 7, 1), (9 * widest, 3)):
        box.resize(width, flow.heightForWidth(width))
        flow.setGeometry(box.rect())
        assert {one.width() for one in buttons} == {(width - (columns - 1) * 8) // columns}
        assert len({one.x() for one in buttons}) == columns
        assert max(one.geometry().bottom() for one in buttons) < box.height()


LARGE = 16.0  # points; ui.md section 9 asks for it


def test_a_large_font_has_room_in_a_usual_window(qapp: QApplication, tmp_path: Path) -> None:
    look = theme.current()
    usual = look.font("body")
    large = look.font("body")
    large.setPointSizeF(LARGE)
    found = []
    look.set_base_font(large)
    try:
        with demo_window(qapp, tmp_path, "ru") as stage:
            for number in (4129, 4117, 4143):
                stage.desktop.open_number(number)
                stage.settle()
                queue: Any = stage.window.screen_now()
                for name in queue.pane.composer.tabs.names():
                    queue.pane.composer.open_tab(name)
                    stage.settle()
                    found += [f"{number}, {name}: {trouble}" for trouble in wrong(stage.window)]
            for name, root in (*places.customers(stage), *places.calendar(stage)):
                found += [f"{name}: {trouble}" for trouble in wrong(root)]
            stage.press("Alt+4")
            grid = stage.find("month.grid")
            assert grid.horizontalHeader().length() <= grid.viewport().width() + 1, "the last day of the month is seen"
    finally:
        look.set_base_font(usual)
    assert found == [], "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_very_large_font_has_room_for_what_is_being_written(
    qapp: QApplication, tmp_path: Path, language: str
) -> None:
    """Height is short then: the notes under the dates and the timeline give way, and come back in a higher window."""
    look = theme.current()
    usual = look.font("body")
    large = look.font("body")
    large.setPointSizeF(LARGE + 2)
    found = []
    look.set_base_font(large)
    try:
        with demo_window(qapp, tmp_path, language) as stage:
            for number in (4117, 4143):
                stage.desktop.open_number(number)
                stage.settle()
                queue: Any = stage.window.screen_now()
                for name in queue.pane.composer.tabs.names():
                    queue.pane.composer.open_tab(name)
                    stage.settle()
                    found += [f"{number}, {name}: {trouble}" for trouble in wrong(stage.window)]
            stage.desktop.open_number(4117)
            stage.settle()
            queue.pane.composer.open_tab("protocol")
            stage.settle()
            dates: Any = stage.find("ticket.dates")
            low = dates.height()
            noted = next(cell for cell in dates.cells if cell.cell.note)
            assert dates.left_out() and noted.cell.note in noted.toolTip()
            sized(stage, 1440, 1400)
            assert not dates.left_out() and dates.height() > low and queue.pane.main.timeline.stream.height() > 300
            sized(stage, 1440, 900)
            assert dates.height() == low
    finally:
        look.set_base_font(usual)
    assert found == [], "\n".join(dict.fromkeys(found))


def test_a_desk_that_nobody_shares_shows_no_empty_list(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.desktop.desk.hub = HubDoor()
        screen: Any = stage.window.open("sync")
        stage.settle()
        assert screen.list.isHidden() and screen.empty.isVisible() and screen.empty.button.hasFocus()
        stage.window.open("queue")
        stage.window.open("sync")
        stage.settle()
        assert screen.empty.button.hasFocus() and wrong(stage.window) == []
