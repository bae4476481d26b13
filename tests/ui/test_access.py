"""The window as a screen reader uses it: through Qt's tree of accessibility alone, pressing what it finds there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.ui.ticket.header import ChipButton
from tests.ui.demo_window import DemoStage, demo_window

PRESS = QAccessibleActionInterface.pressAction()
NEXT = QAccessibleActionInterface.nextPageAction()
BEFORE = QAccessibleActionInterface.previousPageAction()
MORE, LESS = QAccessibleActionInterface.increaseAction(), QAccessibleActionInterface.decreaseAction()
TOGGLE = QAccessibleActionInterface.toggleAction()


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path) as stage:
        yield stage


def do(stage: DemoStage, one: QWidget, action: str, row: int | None = None) -> None:
    """What a reader does with a control, or with a row of it."""
    face = QAccessible.queryAccessibleInterface(one)
    part = face if row is None else face.child(row)
    actions = part.actionInterface()
    assert action in actions.actionNames(), (one.objectName(), actions.actionNames())
    actions.doAction(action)
    stage.settle()


def row_named(one: QWidget, words: str) -> int:
    face = QAccessible.queryAccessibleInterface(one)
    names = [face.child(at).text(QAccessible.Text.Name) for at in range(face.childCount())]
    return next(at for at, name in enumerate(names) if words in name)


def test_a_row_of_the_queue_is_found_by_its_words_and_opened(stage: DemoStage) -> None:
    queue: Any = stage.window.screen_now()
    for number in (4142, 4129):
        do(stage, queue.list, TOGGLE, row_named(queue.list, f"Ticket {number}"))
        assert queue.pane.view().number == number
    before = queue.tabs.tab()
    do(stage, queue.tabs, NEXT)
    assert queue.tabs.tab() != before
    do(stage, queue.tabs, BEFORE)
    assert queue.tabs.tab() == before
    assert QAccessible.queryAccessibleInterface(queue.tabs).text(QAccessible.Text.Value)


def test_painted_chips_switches_tiles_and_blocks_are_pressed(stage: DemoStage) -> None:
    stage.go_to(4129)
    chips = [one for one in stage.window.findChildren(ChipButton) if one.isVisible() and one.isEnabled()]
    pressed: list[str] = []
    for chip in chips:
        chip.clicked.disconnect()
        chip.clicked.connect(lambda: pressed.append("chip"))
        do(stage, chip, PRESS)
    assert chips and len(pressed) == len(chips)

    stage.go_to(4117)
    stage.press("F")
    how = stage.find("composer.finish.how")
    before = how.index()  # type: ignore[attr-defined]
    do(stage, how, MORE)
    assert how.index() == before + 1  # type: ignore[attr-defined]
    assert QAccessible.queryAccessibleInterface(how).text(QAccessible.Text.Value) == how.options()[before + 1]  # type: ignore[attr-defined]
    do(stage, how, LESS)
    assert how.index() == before  # type: ignore[attr-defined]

    stage.window.open("reports")
    stage.settle()
    tile: Any = stage.find("reports.tile.kept")
    told: list[str] = []
    tile.explain.connect(told.append)
    do(stage, tile, PRESS)
    assert told == ["kept"]

    calendar: Any = stage.window.open("calendar")
    stage.settle()
    board = calendar.board
    face = QAccessible.queryAccessibleInterface(board)
    assert face.role() == QAccessible.Role.Canvas
    names = set()
    for _step in range(3):
        do(stage, board, NEXT)
        names.add(face.text(QAccessible.Text.Name))
    assert len(names) > 1, "each block is told as one comes to it"


def test_what_is_switched_off_offers_nothing(stage: DemoStage) -> None:
    stage.go_to(4129)
    chip = next(one for one in stage.window.findChildren(ChipButton) if one.isVisible())
    chip.setEnabled(False)
    actions = QAccessible.queryAccessibleInterface(chip).actionInterface()
    assert PRESS not in actions.actionNames()
