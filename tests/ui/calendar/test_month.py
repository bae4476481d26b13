"""The month over the demo desk: by keys, its ways out, its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from deskapp.core.clock import FixedClock, to_ms
from deskapp.desk import demo, directory, loads, planboard
from deskapp.models.schema import Booking
from deskapp.ui import theme
from deskapp.ui.calendar.balance import BalanceDialog
from deskapp.ui.calendar.month import MonthPage, WayButton
from deskapp.ui.calendar.plan_dialog import ConsequencesDialog
from deskapp.ui.calendar.screen import CalendarScreen
from deskapp.ui.desktop import Desktop
from deskapp.ui.words import Times
from tests.desk.demo_desk import MOSCOW, at, copied, found

from .hands import press


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    desk = copied(tmp_path / "desk", "en", FixedClock(at(3, 11, 42)))
    with desk.act("planned") as act:
        for number, start, end in ((4145, at(5, 9), at(5, 12, 30)), (4146, at(5, 11), at(5, 13))):
            act.insert(
                Booking,
                ticket_id=found(desk, number),
                specialist_id=demo.person("orlov"),
                start_at=to_ms(start),
                end_at=to_ms(end),
                override="Test",
            )
    desktop = Desktop(desk, synchronous=True, ticking=False)
    qtbot.addWidget(desktop.window)
    desktop.window.resize(1440, 900)
    desktop.window.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desktop.window)
    desktop.start()
    yield desktop
    desktop.runner.close()
    desk.replica.disconnect()


def open_month(desktop: Desktop, qtbot: QtBot) -> tuple[CalendarScreen, MonthPage]:
    screen = desktop.window.open("calendar")
    assert isinstance(screen, CalendarScreen)
    desktop.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desktop.window)
    screen.board.setFocus()
    press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert screen.months.on
    return screen, screen.months.page


def test_alt_4_shows_the_month_and_alt_2_the_week_again(desktop: Desktop, qtbot: QtBot) -> None:
    screen, page = open_month(desktop, qtbot)
    assert screen.stack.currentWidget() is page and not screen.tray.isVisible()
    assert screen.toolbar.heading.text() == "November\u00a02026"
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    screen.step(1)
    assert screen.toolbar.heading.text().startswith(("December", "January"))
    screen.go_today()
    assert screen.toolbar.heading.text() == "November\u00a02026"
    screen.show_span(1)
    assert screen.stack.currentWidget() is screen.board and screen.tray.isVisible()
    assert "2–8" in screen.toolbar.heading.text()


def test_cells_say_what_they_show(desktop: Desktop, qtbot: QtBot) -> None:
    _screen, page = open_month(desktop, qtbot)
    cells = page.grid.cells
    QAbstractItemModelTester(cells, QAbstractItemModelTester.FailureReportingMode.Fatal)
    kovaleva = [cells.text(0, column) for column in range(1, 8)]
    assert kovaleva == ["", "88", "79", "", "75", "25", ""]
    assert (
        cells.sentence(3, 5)
        == "Dmitry Orlov, Thursday, 5\u00a0November: 10.5\u00a0of\u00a08\u00a0h. Over by 2\u00a0h\u00a030\u00a0min"
    )
    assert "Vacation until 13\u00a0November" in cells.sentence(1, 5)
    page.figures.choose(1)
    assert cells.text(0, 6) == "6" and cells.text(3, 5) == "0"


def test_the_overloaded_day_is_chosen_and_its_ways_open_a_preview(desktop: Desktop, qtbot: QtBot) -> None:
    _screen, page = open_month(desktop, qtbot)
    assert page.side.name.text() == "Dmitry Orlov"
    assert page.side.over.text() == "over by 2.5\u00a0h"
    assert page.side.ways
    before = desktop.desk.replica.value("SELECT max(seq) FROM change")
    QTest.keyClick(page.grid, Qt.Key.Key_1)
    dialog = desktop.window.findChild(ConsequencesDialog)
    assert dialog is not None and dialog.isVisible()
    assert desktop.desk.replica.value("SELECT max(seq) FROM change") == before
    dialog.do_apply()
    day = planboard.view(desktop.desk, at(5, 0).date(), 1)
    row = next(one for one in day.rows if one.person.id == demo.person("orlov"))
    assert row.days[0].booked < 630
    desktop.undo.undo()
    day = planboard.view(desktop.desk, at(5, 0).date(), 1)
    assert next(one for one in day.rows if one.person.id == demo.person("orlov")).days[0].booked == 630


def test_arrows_pass_over_days_off_and_enter_opens_the_day(desktop: Desktop, qtbot: QtBot) -> None:
    screen, page = open_month(desktop, qtbot)
    page.go_to_cell(demo.person("kovaleva"), at(3, 0).date())
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.grid.cells.day_of(page.grid.currentIndex().column()) == at(5, 0).date()
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.cells.row_of(page.grid.currentIndex().row()).person.short == "Belov"  # type: ignore[union-attr]
    QTest.keyClick(page.grid, Qt.Key.Key_Right)  # a vacation is one step
    assert page.grid.cells.day_of(page.grid.currentIndex().column()) == at(16, 0).date()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert not screen.months.on and "16" in screen.toolbar.heading.text()


def test_what_could_be_promised(desktop: Desktop, qtbot: QtBot) -> None:
    _screen, page = open_month(desktop, qtbot)
    said = [label.text() for label in page.answers.findChildren(QLabel) if not label.isHidden()]
    assert "Exchange" in said and "Dmitry Orlov" in said and "Fri\u00a06\u00a0Nov, 17:00" in said
    assert page.answers.note.text() == "earliest finish with a margin of 30\u00a0min, nobody is pushed"


def test_it_fits_a_small_window(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.window.resize(1024, 680)
    screen, page = open_month(desktop, qtbot)
    assert not page.side.isVisible()
    head = page.grid.horizontalHeader()
    assert head.length() <= page.grid.viewport().width() + 1
    spans = screen.toolbar.spans
    assert spans.width() >= spans.sizeHint().width()


def test_the_answers_get_the_room_that_they_need(desktop: Desktop, qtbot: QtBot) -> None:
    _screen, page = open_month(desktop, qtbot)
    view = loads.month(desktop.desk, at(3, 12).date())
    people = directory.read(desktop.desk)
    page.answers.show_view(replace(view, answers=view.answers[:1]), people, Times(MOSCOW, at(3, 11, 42)))
    qtbot.waitUntil(lambda: page.answers.height() <= page.answers.minimumSizeHint().height())
    page.answers.show_view(view, people, Times(MOSCOW, at(3, 11, 42)))
    rows = 2 * len(view.answers) + 1
    qtbot.waitUntil(lambda: page.answers.height() >= rows * 10)
    assert page.answers.height() >= page.answers.sizeHint().height()


def test_a_way_out_is_read_whole(desktop: Desktop, qtbot: QtBot) -> None:
    _screen, page = open_month(desktop, qtbot)
    for key, title in (("1", "Перенести №4129 на ср 18 ноя"), ("2", "Отдать №4129: Марина Соколова")):
        button = WayButton(key, title, "обещания нет", page.side)
        button.resize(page.side.width() - 6 * theme.current().u, button.sizeHint().height())
        shown = button._lines(button.width())
        font = QFontMetrics(theme.current().font("small"))
        assert " ".join(shown) == title and button.sizeHint().height() >= (len(shown) + 1) * font.height()
        assert all(font.horizontalAdvance(line) <= button.width() for line in shown)


def test_the_balance_for_the_lead(desktop: Desktop, qtbot: QtBot) -> None:
    screen, _page = open_month(desktop, qtbot)
    screen.months.show_balance()
    dialog = screen.findChild(BalanceDialog)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Databases" in said and "Line 2" in said
    assert dialog.values is not None and dialog.values.suggestions
    body = dialog._body
    qtbot.waitUntil(lambda: body.height() - body.widget().sizeHint().height() < 20)  # no empty half
    last = max(dialog.findChildren(QLabel), key=lambda label: label.mapTo(dialog, label.rect().bottomLeft()).y())
    assert last.isVisible() and body.verticalScrollBar().maximum() == 0 and dialog.height() > 40 * theme.current().u
    dialog.take(0)
    preview = screen.findChild(ConsequencesDialog)
    assert preview is not None and preview.isVisible()
