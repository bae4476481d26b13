"""What a person does to the calendar with keys and mouse, for tests."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.desk.values import CalendarBlock

from . import week
from .conftest import Bench

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """A key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)
    QApplication.processEvents()


def point(bench: Bench, person: str, day: int, hour: float) -> QPoint:
    """The place of a time in a row, in the board's viewport."""
    board = bench.screen.board
    geometry = board.geometry_of()
    assert geometry is not None
    x = geometry.scale.x(week.at(day, hour)) - board.horizontalScrollBar().value()
    y = geometry.row_top(geometry.board.row_of[person]) + 34 - board.verticalScrollBar().value()
    return QPoint(round(x) + 1, y)


def drag(
    source: QWidget, start: QPoint, end: QPoint, drop: bool = True, modifiers=Qt.KeyboardModifier.NoModifier
) -> None:  # type: ignore[no-untyped-def]
    QTest.mousePress(source, LEFT, modifiers, start)
    for step in range(1, 5):
        QTest.mouseMove(source, start + (end - start) * step / 4)
        QApplication.processEvents()
    if drop:
        QTest.mouseRelease(source, LEFT, modifiers, end)
        QApplication.processEvents()


def drag_block(bench: Bench, number: int, person: str, day: int, hour: float, drop: bool = True, part: int = 1) -> None:
    """By its left half, so that the block begins at the time given."""
    block = bench.block(number, part)
    board = bench.screen.board
    start = board.rect_of(block.id).topLeft() + QPoint(8, 20)
    end = point(bench, person, day, hour) + QPoint(8, 0)
    drag(board.viewport(), start, end, drop)


def drag_card(bench: Bench, number: int, person: str, day: int, hour: float, drop: bool = True) -> None:
    tray = bench.screen.tray.list
    viewport = tray.viewport()
    item = next(i for i in bench.screen.tray.model.items() if i.number == number)
    start = tray.visualRect(bench.screen.tray.model.index(bench.screen.tray.model.row_of(item.ticket_id))).center()
    there = bench.screen.board.viewport().mapToGlobal(point(bench, person, day, hour))
    drag(viewport, start, viewport.mapFromGlobal(there), drop)


def select(bench: Bench, number: int, part: int = 1) -> CalendarBlock:
    block = bench.block(number, part)
    bench.screen.select(block)
    bench.screen.board.setFocus()
    return block


def title(bench: Bench) -> str:
    return bench.screen.window_title().replace("\u00a0", " ")


def quiet(bench: Bench) -> bool:
    return not bench.recorder.failures and not bench.recorder.crashes
