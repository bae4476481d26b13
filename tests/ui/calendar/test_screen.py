"""The calendar over a real desk: by keys and by mouse, with preview, undo, tray, table and refresh."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from deskapp.desk import duty, planboard, terms, triage
from deskapp.ui import theme
from deskapp.ui.calendar.placing import Stage
from deskapp.ui.popups import ChoicePopup, TypedPopup
from deskapp.ui.trace import TracePopup

from . import week
from .conftest import Bench
from .hands import ALT, CTRL, LEFT, SHIFT, Key, drag, drag_block, drag_card, point, press, quiet, select, title

# -- reading


def test_the_week_is_shown(bench: Bench) -> None:
    screen = bench.screen
    assert title(bench) == "2–8 November 2026"
    assert screen.toolbar.hours.text().startswith("31")
    assert "short Tuesday" in screen.toolbar.hours.text()
    board = screen.board.board()
    assert board is not None
    assert [row.person.short for row in board.rows][:3] == ["Ковалёва", "Белов", "Соколова"]
    assert len(screen.tray.model.items()) == 6
    assert screen.tray.total.text() == "10\u00a0h\u00a030\u00a0min"
    assert quiet(bench)


def test_spans_by_keys(bench: Bench) -> None:
    press(Key.Key_1, ALT)
    assert title(bench) == "Tuesday, 3 November 2026"
    press(Key.Key_3, ALT)
    assert title(bench) == "2–15 November 2026"
    press(Key.Key_2, ALT)
    press(Key.Key_PageDown)
    assert title(bench) == "9–15 November 2026"
    press(Key.Key_T)
    assert title(bench) == "2–8 November 2026"


def test_letters_work_on_a_russian_layout(bench: Bench) -> None:
    press(Key.Key_PageDown)
    press(Qt.Key(ord("Е")))  # the key of T
    assert title(bench) == "2–8 November 2026"


def test_going_to_a_date_in_words(bench: Bench) -> None:
    press(Key.Key_G)
    popup = bench.window.findChild(TypedPopup)
    assert popup is not None
    line = popup.findChild(QLineEdit, "popup.line")
    assert line is not None
    QTest.keyClicks(line, "25.12")
    press(Key.Key_Return)
    assert title(bench) == "21–27 December 2026"
    assert QApplication.focusWidget() is bench.screen.board


def test_arrows_go_from_block_to_block(bench: Bench) -> None:
    select(bench, 4104)
    press(Key.Key_Right)
    assert bench.screen.selected() == bench.block(4098)
    press(Key.Key_Down)
    assert bench.screen.selected() == bench.block(4107)
    press(Key.Key_Up)
    press(Key.Key_Left)
    assert bench.screen.selected() == bench.block(4104)
    name = bench.screen.board.accessibleDescription()
    assert "Орлов" in name and "#4104" in name and "09:00 to 13:00" in name and "slack 3" in name


def test_the_first_arrow_chooses_my_block_of_now(bench: Bench) -> None:
    bench.screen.board.select("")
    press(Key.Key_Right)
    assert bench.screen.selected() == bench.block(4117)


def test_next_tight_block(bench: Bench) -> None:
    assert bench.screen.selected() == bench.block(4117)  # mine, of now
    bench.screen.board.select("")
    press(Key.Key_L, CTRL)
    assert bench.screen.selected() == bench.block(4093)
    press(Key.Key_L, CTRL)
    assert bench.screen.selected() == bench.block(4102)


def test_enter_and_double_click_open_the_ticket(bench: Bench) -> None:
    opened: list[str] = []
    bench.screen.open_ticket.connect(opened.append)
    block = select(bench, 4104)
    press(Key.Key_Return)
    QTest.mouseDClick(bench.screen.board.viewport(), LEFT, pos=bench.screen.board.rect_of(block.id).center())
    assert opened == [block.ticket_id, block.ticket_id]


def test_zoom_keeps_the_time_under_the_pointer(bench: Bench) -> None:
    board = bench.screen.board
    scale = board.scale()
    assert scale is not None
    middle = board.viewport().width() / 2
    before = scale.at(middle)
    press(Key.Key_Equal, CTRL)
    after = board.scale()
    assert after is not None
    assert after.hour > scale.hour
    assert abs(after.x(before) - board.horizontalScrollBar().value() - middle) < 2
    press(Key.Key_Minus, CTRL)
    assert board.zoom() == 1.0


def test_people_filtered_by_skill(bench: Bench) -> None:
    press(Key.Key_F, CTRL)
    popup = bench.window.findChild(ChoicePopup)
    assert popup is not None
    QTest.keyClick(popup.list, "2")
    board = bench.screen.board.board()
    assert board is not None
    assert [row.person.id for row in board.rows] == ["p4"]
    assert bench.screen.toolbar.filter.text() == "СУБД"


def test_why_shows_the_trace(bench: Bench) -> None:
    select(bench, 4104)
    press(Key.Key_W)
    assert bench.window.findChild(TracePopup) is not None
    assert quiet(bench)


# -- placing by mouse


def test_a_card_dropped_where_nobody_minds_is_planned_at_once(bench: Bench) -> None:
    drag_card(bench, 4146, "p0", 6, 14)
    (block,) = bench.booked(4146)
    assert (block.person_id, block.start, block.end) == ("p0", week.at(6, 14), week.at(6, 15))
    assert not bench.screen.bar.isVisible()
    assert [item.number for item in bench.screen.tray.model.items()] == [4129, 4142, 4143, 4144, 4145]
    assert bench.undo.can_undo()
    bench.undo.undo()
    assert bench.booked(4146) == []
    assert len(bench.screen.tray.model.items()) == 6


def test_the_ghost_follows_the_pointer_and_tells_whom_it_pushes(bench: Bench) -> None:
    drag_card(bench, 4129, "p3", 5, 9, drop=False)
    picture = bench.screen.board.picture()
    assert [(person, span.start) for person, span in picture.ghosts] == [("p3", week.at(5, 9))]
    assert {outline.number for outline in picture.outlines} == {4132, 4133}
    assert not bench.screen.bar.isVisible()
    assert bench.booked(4129) == []


def test_what_touches_others_asks_first(bench: Bench) -> None:
    drag_card(bench, 4129, "p3", 5, 9)
    assert bench.screen.placing.stage is Stage.OPEN
    assert bench.screen.bar.isVisible()
    assert bench.screen.bar.heading.text() == "Preview: #4129 → Орлов"
    assert bench.screen.bar.when.text() == "Thu\u00a05\u00a0Nov, 09:00–11:30"
    assert bench.screen.bar.texts() == ["Assigned 1", "Moved 2 within slack"]
    assert bench.booked(4129) == []
    assert QApplication.focusWidget() is bench.screen.board
    press(Key.Key_Return)
    assert [b.start for b in bench.booked(4129)] == [week.at(5, 9)]
    assert bench.block(4132).start == week.at(5, 11.5)
    assert not bench.screen.bar.isVisible()
    bench.undo.undo()
    assert bench.booked(4129) == []
    assert bench.block(4132).start == week.at(5, 9)


def test_a_broken_promise_is_named_with_its_lateness(bench: Bench) -> None:
    drag_card(bench, 4145, "p3", 5, 9)
    broken = [text for text in bench.screen.bar.texts() if text.startswith("Promises broken")]
    assert len(broken) == 1
    assert "#4133 by" in broken[0]
    press(Key.Key_Escape)
    assert bench.screen.placing.stage is Stage.IDLE
    assert not bench.screen.bar.isVisible()
    assert bench.booked(4145) == []


def test_find_without_breaks(bench: Bench) -> None:
    drag_card(bench, 4145, "p3", 5, 9)
    press(Key.Key_Space)
    diff = bench.screen.placing.diff
    assert diff is not None and diff.assigned and not diff.broken
    assert bench.screen.bar.isVisible()
    press(Key.Key_Return)
    assert len(bench.booked(4145)) >= 1


def test_a_block_is_dragged_to_another_person(bench: Bench) -> None:
    drag_block(bench, 4141, "p0", 6, 14)
    moved = bench.block(4141)
    assert (moved.person_id, moved.start, moved.end) == ("p0", week.at(6, 14), week.at(6, 16))
    bench.undo.undo()
    assert bench.block(4141).person_id == "p3"


def test_a_block_is_dropped_on_the_tray(bench: Bench) -> None:
    block = bench.block(4141)
    board = bench.screen.board
    start = board.rect_of(block.id).topLeft() + QPoint(8, 20)
    end = board.viewport().mapFromGlobal(bench.screen.tray.mapToGlobal(QPoint(60, 400)))
    drag(board.viewport(), start, end, drop=False)
    assert bench.screen.tray.property("target") is True
    QTest.mouseRelease(board.viewport(), LEFT, pos=end)
    assert bench.booked(4141) == []
    assert 4141 in [item.number for item in bench.screen.tray.model.items()]


def test_the_end_of_a_block_is_pulled(bench: Bench) -> None:
    block = bench.block(4141)
    board = bench.screen.board
    rect = board.rect_of(block.id)
    drag(board.viewport(), QPoint(rect.right(), rect.center().y()), point(bench, "p3", 6, 17))
    assert bench.block(4141).end == week.at(6, 17)


def test_control_drag_splits_at_the_pointer(bench: Bench) -> None:
    block = bench.block(4140)
    start = point(bench, "p3", 6, 11.5)
    drag(bench.screen.board.viewport(), start, start + QPoint(60, 0), modifiers=CTRL)
    first, second = bench.booked(4140)
    assert (first.start, first.end, second.start, second.end) == (
        block.start,
        week.at(6, 11.5),
        week.at(6, 11.5),
        block.end,
    )


def test_work_in_progress_is_not_dragged(bench: Bench) -> None:
    before = bench.block(4117)
    drag_block(bench, 4117, "p2", 5, 12)
    assert bench.block(4117).start == before.start
    assert bench.recorder.said == ["Work in progress can be stretched, not moved."]


def test_escape_ends_a_drag(bench: Bench) -> None:
    drag_block(bench, 4141, "p0", 6, 14, drop=False)
    assert bench.screen.placing.stage is Stage.AIMING
    press(Key.Key_Escape)
    QTest.mouseRelease(bench.screen.board.viewport(), LEFT, pos=point(bench, "p0", 6, 14))
    assert bench.block(4141).person_id == "p3"
    assert bench.screen.board.picture().ghosts == ()


def test_a_card_without_an_estimate_asks_for_one(bench: Bench) -> None:
    drag_card(bench, 4143, "p0", 6, 14)
    popup = bench.window.findChild(TypedPopup)
    assert popup is not None
    line = popup.findChild(QLineEdit, "popup.line")
    assert line is not None
    QTest.keyClicks(line, "1h30")
    press(Key.Key_Return)
    held = bench.screen.placing.held
    assert held is not None and held.number == 4143 and held.minutes == 90
    press(Key.Key_Escape)
    item = next(i for i in bench.screen.tray.model.items() if i.number == 4143)
    assert item.effort == 90


def test_work_may_lie_over_other_work_for_a_reason(bench: Bench) -> None:
    drag_block(bench, 4141, "p1", 6, 10)  # on vacation: nothing fits there
    assert bench.screen.placing.stage is Stage.OPEN
    button = bench.screen.bar.findChild(QPushButton, "preview.anyway")
    assert button is not None and button.isVisible()
    button.click()
    popup = bench.window.findChild(TypedPopup)
    assert popup is not None
    line = popup.findChild(QLineEdit, "popup.line")
    assert line is not None
    QTest.keyClicks(line, "She agreed")
    press(Key.Key_Return)
    assert bench.screen.placing.reason == "She agreed"
    press(Key.Key_Return)
    assert bench.block(4141).person_id == "p1"


def test_a_drag_at_the_edge_scrolls_and_keeps_the_length(bench: Bench, qtbot: QtBot) -> None:
    board = bench.screen.board
    board.set_zoom(3.0)
    board.select(bench.block(4104).id)
    select(bench, 4098)
    block = bench.block(4098)
    start = board.rect_of(block.id).topLeft() + QPoint(8, 20)
    edge = QPoint(board.viewport().width() - 4, start.y())
    before = board.horizontalScrollBar().value()
    drag(board.viewport(), start, edge, drop=False)
    qtbot.waitUntil(lambda: board.horizontalScrollBar().value() > before + 100)
    ghosts = bench.screen.board.picture().ghosts
    assert sum(span.minutes for _, span in ghosts) == 180
    press(Key.Key_Escape)


# -- by keys


def test_a_card_is_placed_by_keys_alone(bench: Bench) -> None:
    bench.screen.tray.list.setFocus()
    bench.screen.tray.select(5)
    press(Key.Key_Insert)
    assert bench.screen.placing.stage is Stage.AIMING
    assert bench.screen.bar.isVisible()
    assert QApplication.focusWidget() is bench.screen.board
    first = bench.screen.placing.pieces[0].start
    press(Key.Key_Right)
    press(Key.Key_Right)
    assert bench.screen.placing.pieces[0].start > first
    press(Key.Key_Down)
    assert bench.screen.placing.person_id == "p3"
    press(Key.Key_Return)
    assert [b.person_id for b in bench.booked(4146)] == ["p3"]
    assert bench.screen.selected() == bench.block(4146)


def test_a_block_is_moved_by_keys(bench: Bench) -> None:
    select(bench, 4141)
    press(Key.Key_Right, CTRL)
    press(Key.Key_Right, CTRL)
    press(Key.Key_Return)
    assert bench.block(4141).start == week.at(6, 15)
    press(Key.Key_Up, CTRL)
    press(Key.Key_Return)
    assert bench.block(4141).person_id == "p2"
    bench.undo.undo()
    bench.undo.undo()
    assert (bench.block(4141).person_id, bench.block(4141).start) == ("p3", week.at(6, 14))


def test_a_block_steps_over_the_night(bench: Bench) -> None:
    select(bench, 4128)  # Anna, Tuesday 14 to 16
    press(Key.Key_Right, CTRL)
    press(Key.Key_Right, CTRL)
    assert bench.screen.placing.pieces[0].start == week.at(3, 15)
    press(Key.Key_Right, CTRL)  # too late for two hours on the short day
    assert bench.screen.placing.pieces[0].start == week.at(5, 9)
    press(Key.Key_Left, CTRL)
    assert bench.screen.placing.pieces[0].start == week.at(3, 15)
    press(Key.Key_Escape)
    assert bench.block(4128).start == week.at(3, 14)


def test_a_block_is_stretched_by_keys(bench: Bench) -> None:
    select(bench, 4141)
    press(Key.Key_Right, SHIFT)
    press(Key.Key_Return)
    assert bench.block(4141).end == week.at(6, 16.5)
    press(Key.Key_Minus)
    press(Key.Key_Return)
    assert bench.block(4141).end == week.at(6, 16.25)


def test_pin_split_and_put_back(bench: Bench) -> None:
    select(bench, 4140)
    press(Key.Key_P)
    assert bench.block(4140).pinned
    drag_block(bench, 4140, "p0", 6, 14)
    assert bench.block(4140).person_id == "p3"
    press(Key.Key_P)
    assert not bench.block(4140).pinned
    press(Key.Key_Slash)
    assert [b.parts for b in bench.booked(4140)] == [2, 2]
    press(Key.Key_Delete)
    assert bench.booked(4140) == []
    bench.undo.undo()
    assert len(bench.booked(4140)) == 2


def test_effort_of_a_card_by_quarters_of_an_hour(bench: Bench) -> None:
    bench.screen.tray.list.setFocus()
    bench.screen.tray.select(5)
    press(Key.Key_Plus)
    assert bench.screen.tray.model.items()[5].effort == 75
    press(Key.Key_Minus)
    press(Key.Key_Minus)
    assert bench.screen.tray.model.items()[5].effort == 45


def test_acts_without_a_block_say_so(bench: Bench) -> None:
    bench.screen.board.select("")
    press(Key.Key_Right, CTRL)
    assert bench.recorder.said == ["Choose a block first: arrows move from one to the next."]


def test_the_menu_of_a_block(bench: Bench) -> None:
    block = select(bench, 4140)
    bench.screen.blocks.menu(block.id, QPoint(10, 10))
    menu = bench.screen.findChild(QMenu)
    assert menu is not None
    assert len(menu.actions()) == 5
    pin = next(item for item in menu.actions() if item.text().startswith("Pin"))
    pin.trigger()
    menu.close()
    assert bench.block(4140).pinned


# -- others change the plan


def test_a_change_elsewhere_is_shown_and_the_selection_kept(bench: Bench) -> None:
    block = select(bench, 4141)
    bench.screen.board.verticalScrollBar().setValue(20)
    changes = planboard.pin(bench.desk, bench.block(4140).id, True)
    bench.window.acts.heard(changes)
    board = bench.screen.board.board()
    assert board is not None
    assert board.by_block[bench.block(4140).id].pinned
    assert bench.screen.selected() is not None
    assert bench.screen.selected().id == block.id  # type: ignore[union-attr]


def test_a_hidden_calendar_reads_when_it_is_opened_again(bench: Bench) -> None:
    bench.screen.hide()
    bench.window.acts.heard(triage.set_effort(bench.desk, "t4146", 120))
    assert bench.screen.tray.model.items()[5].effort == 60
    bench.screen.show()
    bench.screen.activate()
    assert bench.screen.tray.model.items()[5].effort == 120


def test_an_open_preview_is_counted_anew(bench: Bench) -> None:
    drag_card(bench, 4129, "p3", 5, 9)
    base = bench.screen.placing.diff.base  # type: ignore[union-attr]
    bench.window.acts.heard(planboard.unplan(bench.desk, (bench.block(4132).id,)))
    assert bench.screen.placing.stage is Stage.OPEN
    assert bench.screen.placing.diff is not None
    assert bench.screen.placing.diff.base != base
    happened = "Recomputed: #4132 was put back: Thu 5 Nov, 09:00–10:30 is free, Орлов (by Соколова)"
    chips = [text.replace("\u00a0", " ") for text in bench.screen.bar.texts()]
    assert chips == ["Assigned 1", "Moved 1 within slack", happened]
    assert [text.replace("\u00a0", " ") for text in bench.recorder.said] == [happened]
    assert bench.screen.board._ghost_text[1].replace("\u00a0", " ") == happened  # the ghost says it, too


def test_a_preview_that_lapsed_is_never_applied_blindly(bench: Bench) -> None:
    """The desk changed behind the window's back: Enter does not write the old plan, it asks again."""
    drag_card(bench, 4129, "p3", 5, 9)
    planboard.unplan(bench.desk, (bench.block(4132).id,))
    press(Key.Key_Return)
    assert bench.booked(4129) == []
    assert bench.screen.placing.stage is Stage.OPEN
    assert "#4132 was put back" in bench.screen.bar.texts()[-1]
    press(Key.Key_Return)
    assert len(bench.booked(4129)) == 1


def test_a_ticket_that_may_not_begin_yet_says_why_it_lies_later(bench: Bench) -> None:
    terms.set_not_before(bench.desk, "t4129", week.at(6, 10))
    drag_card(bench, 4129, "p3", 5, 9)
    placing = bench.screen.placing
    assert placing.diff is not None and placing.pieces[0].start >= week.at(6, 10)
    said = [text.replace("\u00a0", " ") for text in bench.screen.bar.texts()]
    assert said[-1] == "Not before Fri 6 Nov, 10:00"
    assert bench.screen.board._ghost_text[1].replace("\u00a0", " ") == said[-1]
    assert bench.booked(4129) == []  # elsewhere than it was dropped: it asks first


def test_a_block_that_vanishes_ends_its_move(bench: Bench) -> None:
    select(bench, 4141)
    press(Key.Key_Right, CTRL)
    bench.window.acts.heard(planboard.unplan(bench.desk, (bench.block(4141).id,)))
    assert bench.screen.placing.stage is Stage.IDLE


def test_a_ticket_in_hand_from_the_composer(bench: Bench) -> None:
    bench.screen.hold("t4129", 150)
    held = bench.screen.placing.held
    assert held is not None and held.number == 4129
    assert bench.screen.bar.isVisible()
    bench.screen.hold("t4143", 90)
    held = bench.screen.placing.held
    assert held is not None and (held.number, held.minutes) == (4143, 90)


def test_a_ticket_is_shown_where_it_is_planned(bench: Bench) -> None:
    bench.screen.show_ticket("t4141")
    assert bench.screen.selected() == bench.block(4141)
    bench.screen.step(3)
    bench.screen.show_ticket("t4104")
    assert title(bench) == "2–8 November 2026"
    assert bench.screen.selected() == bench.block(4104)


def test_opening_the_screen_gives_the_board_the_focus(bench: Bench) -> None:
    bench.window.setFocus()
    bench.window.open("calendar")
    assert QApplication.focusWidget() is bench.screen.board


# -- table twin


def test_the_table_is_the_same_plan(bench: Bench) -> None:
    select(bench, 4141)
    press(Key.Key_T, CTRL)
    table = bench.screen.table
    assert table.isVisible()
    assert QApplication.focusWidget() is table
    row = table.currentIndex().row()
    texts = [table.plan.index(row, column).data() for column in range(9)]
    assert texts[0] == "Дмитрий Орлов"
    assert texts[2:5] == ["14:00", "16:00", "#4141"]
    assert "slack 2" in texts[8]
    spoken = table.plan.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "#4141" in spoken and "14:00 to 16:00" in spoken
    assert table.plan.index(row, 7).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Promise: ")


def test_who_is_on_duty_is_seen_above_the_row_and_read_in_the_table(bench: Bench) -> None:
    shift = {"specialist_id": "p0", "start": week.at(3, 9), "end": week.at(4, 9), "note": "by phone"}
    board = bench.screen.board

    def band() -> str:
        """What stands at the top of the first row on Tuesday at 15:00."""
        scale = board.scale()
        assert scale is not None
        return board.viewport().grab().toImage().pixelColor(int(scale.x(week.at(3, 15))), 1).name()

    accent = theme.current().color("accent").name()
    assert band() != accent
    bench.window.acts.heard(duty.save_shift(bench.desk, shift))
    assert band() == accent
    assert "On duty today, 09:00 to tomorrow, 09:00: by phone" in board.people.accessibleDescription()
    board.people.grab()
    assert "L1 · on duty" in {label.text for label in board.people.labels.painted}
    select(bench, 4124)
    press(Key.Key_T, CTRL)
    table = bench.screen.table
    (row,) = [row for row in range(table.plan.rowCount()) if table.plan.index(row, 6).data() == "On duty"]
    texts = [table.plan.index(row, column).data() for column in range(9)]
    assert texts[0] == "Анна Ковалёва" and texts[2:] == ["09:00", "Wed\xa009:00", "", "by phone", "On duty", "", ""]
    assert "by phone" in table.plan.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    table.setCurrentIndex(table.plan.index(row, 0))
    before = bench.view().base
    press(Key.Key_Delete)
    press(Key.Key_Return)
    assert bench.view().base == before, "a shift takes no commands of the plan"


def test_commands_work_on_the_rows_of_the_table(bench: Bench) -> None:
    select(bench, 4140)
    press(Key.Key_T, CTRL)
    press(Key.Key_Down)
    assert bench.screen.selected() == bench.block(4141)
    press(Key.Key_P)
    assert bench.block(4141).pinned
    press(Key.Key_P)
    press(Key.Key_Right, CTRL)
    assert bench.screen.bar.isVisible()
    QApplication.processEvents()
    table = bench.screen.table
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center()), "not below the bar"
    press(Key.Key_Return)
    assert bench.block(4141).start == week.at(6, 14.5)
    opened: list[str] = []
    bench.screen.open_ticket.connect(opened.append)
    press(Key.Key_Return)
    assert opened == ["t4141"]
    press(Key.Key_T, CTRL)
    assert bench.screen.board.isVisible()
    assert bench.screen.selected() == bench.block(4141)


@pytest.mark.parametrize("which", ["tray", "table"])
def test_the_models_keep_the_rules(bench: Bench, qtmodeltester: ModelTester, which: str) -> None:
    model: QAbstractItemModel = bench.screen.tray.model if which == "tray" else bench.screen.table.plan
    qtmodeltester.check(model, force_py=True)


# -- size


def test_the_tray_gives_way_on_a_narrow_window(bench: Bench) -> None:
    bench.window.resize(1100, 700)
    QApplication.processEvents()
    assert not bench.screen.tray.isVisible()
    assert bench.screen.toolbar.tray.isVisible()
    assert bench.screen.toolbar.tray.text() == "Unplanned 6"
    press(Key.Key_F9)
    assert bench.screen.tray.isVisible()
    press(Key.Key_F9)
    assert not bench.screen.tray.isVisible()


def test_every_control_has_a_name(bench: Bench) -> None:
    controls = [
        w
        for w in bench.screen.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(bench.screen)
    ]
    assert controls
    assert [w.objectName() or type(w).__name__ for w in controls if not w.accessibleName()] == []
