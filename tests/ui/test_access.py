"""The window as a screen reader uses it: through Qt's tree of accessibility alone, pressing what it finds there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.ui.ticket.header import ChipButton
from deskapp.ui.undo import Line
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
        names.add(face.text(QAccessible.Text.Value))
    assert len(names) > 1, "each block is told as one comes to it"


def test_what_is_switched_off_offers_nothing(stage: DemoStage) -> None:
    stage.go_to(4129)
    chip = next(one for one in stage.window.findChildren(ChipButton) if one.isVisible())
    chip.setEnabled(False)
    actions = QAccessible.queryAccessibleInterface(chip).actionInterface()
    assert PRESS not in actions.actionNames()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[QAccessibleEvent]]:
    """What the system is told while a reader listens; words of an event are read at once, as a reader does."""
    heard: list[QAccessibleEvent] = []
    tell = QAccessible.updateAccessibility

    def hear(event: QAccessibleEvent) -> None:
        heard.append((event.type(), event.accessibleInterface().text(QAccessible.Text.Name), event))
        tell(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    QAccessible.setActive(True)
    yield heard
    QAccessible.setActive(False)


def test_each_block_of_the_calendar_is_a_thing_of_its_own(stage: DemoStage, told: Any) -> None:
    calendar: Any = stage.window.open("calendar")
    stage.settle()
    board = calendar.board
    face = QAccessible.queryAccessibleInterface(board)
    own = face.childCount() - len(board.accessible_parts())
    parts = [face.child(at) for at in range(own, face.childCount())]
    assert len(parts) > 10 and len(parts) == len(board.board().by_block)
    for at, part in enumerate(parts):
        words = part.text(QAccessible.Text.Name)
        assert part.isValid() and part.role() == QAccessible.Role.ListItem and part.object() is None
        assert part.parent().object() is board and face.indexOfChild(part) == own + at and not part.childCount()
        block = board.board().by_block[board.accessible_parts()[at]]
        assert words.count(", ") >= 3 and f"#{block.number}" in words
        assert part.rect().size() == board.rect_of(block.id).size()
        assert part.state().focusable and part.state().focused == (block is board.selection() and board.hasFocus())
    here = next(part for part in parts if not part.state().offscreen)
    middle = here.rect().center()
    assert face.childAt(middle.x(), middle.y()) is here

    board.setFocus()
    stage.settle()
    told.clear()
    seen = []
    for _step in range(3):
        stage.press("Right")
        kind, words, _event = told[-1]
        assert kind == QAccessible.Event.Focus and words == board.accessibleDescription()
        assert face.focusChild().text(QAccessible.Text.Name) == words and face.focusChild().state().focused
        seen.append(words)
    assert len(set(seen)) == 3, "the reader follows the cursor from block to block"

    last = next(part for part in parts if part.text(QAccessible.Text.Name) == seen[-1])
    actions = parts[0].actionInterface()
    actions.doAction(QAccessibleActionInterface.setFocusAction())
    stage.settle()
    assert parts[0].state().focused and not last.state().focused
    opened: list[str] = []
    board.opened.connect(opened.append)
    number = board.board().by_block[board.accessible_parts()[1]].number
    parts[1].actionInterface().doAction(PRESS)
    stage.settle()
    queue: Any = stage.window.screen_now()
    assert queue.objectName() == "queue" and queue.pane.view().number == number


def test_a_block_that_is_moved_by_keys_is_told_where_it_goes(stage: DemoStage, told: Any) -> None:
    calendar: Any = stage.window.open("calendar")
    stage.settle()
    board = calendar.board
    board.setFocus()
    stage.settle()
    blocks = board.board().by_block.values()
    movable = next(one for one in blocks if not calendar.gestures.refusal(one, "move"))
    board.select(movable.id)
    stage.settle()
    told.clear()
    stage.press("Ctrl+Right")
    said = [event.message() for kind, _words, event in told if kind == QAccessible.Event.Announcement]
    assert said and f"#{movable.number}" in said[-1] and ":" in said[-1], "which one, and from when"
    stage.press("Ctrl+Right")
    assert told[-1][2].message() not in ("", said[-1])


def test_parts_end_with_their_block_and_with_their_calendar(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        calendar: Any = stage.window.open("calendar")
        stage.settle()
        board = calendar.board
        face = QAccessible.queryAccessibleInterface(board)
        part: Any = face.child(face.childCount() - 1)
        known = part.known_as
        assert part.isValid() and QAccessible.accessibleInterface(known) is part
        board.set_board(replace(board.board(), rows=(), by_block={}), calendar.times(), "", False)
        assert not part.isValid() and part.state().invalid and part.text(QAccessible.Text.Name) == ""
        assert part.rect().isEmpty() and part.actionInterface().actionNames() == []
        stage.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QAccessible.accessibleInterface(known) is None, "nobody asks a block of a calendar that is gone"


def test_the_line_below_is_read_out_and_a_letter_that_waits_is_not_counted_down(stage: DemoStage, told: Any) -> None:
    def announced() -> list[str]:
        return [event.message() for kind, _words, event in told if kind == QAccessible.Event.Announcement]

    stage.desktop.messages.say("Nothing to take back.")
    stage.settle()
    assert announced() == ["Nothing to take back."]
    for seconds in (15, 14, 13):
        stage.window.status.show_line(Line(f"The letter leaves in {seconds} s.", "Undo", "undo"))
        stage.window.status.show_line(Line(f"Письмо уйдёт через {seconds} с", "Отменить", "undo"))
    assert len(announced()) == 7
    for seconds in (12, 11, 10):
        stage.window.status.show_line(Line(f"Письмо уйдёт через {seconds} с", "Отменить", "undo"))
    assert len(announced()) == 7
