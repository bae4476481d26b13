"""Several blocks at once, two that change places, a visit once more, how an applied plan moves: by keys and mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractAnimation, QPoint, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from deskapp.desk import planboard, triage
from deskapp.ui.calendar.glide import MILLISECONDS
from deskapp.ui.calendar.placing import Stage
from deskapp.ui.calendar.plan_dialog import ConsequencesDialog

from . import week
from .conftest import Bench
from .hands import CTRL, LEFT, SHIFT, Key, drag, drag_block, point, press, select


def centre(bench: Bench, number: int) -> QPoint:
    return bench.screen.board.rect_of(bench.block(number).id).center()


def numbers(bench: Bench) -> list[int | None]:
    return [block.number for block in bench.screen.board.chosen()]


def test_blocks_are_marked_by_keys_and_act_as_one(bench: Bench) -> None:
    select(bench, 4132)
    press(Key.Key_Space)
    press(Key.Key_Right)
    assert numbers(bench) == [4132]  # the current block moved on, the mark stayed
    press(Key.Key_Space)
    assert numbers(bench) == [4132, 4133]
    assert bench.screen.board.accessibleDescription().endswith("1 more chosen")
    press(Key.Key_P)
    assert bench.block(4132).pinned and bench.block(4133).pinned
    bench.undo.undo()
    assert not bench.block(4132).pinned and not bench.block(4133).pinned
    press(Key.Key_Delete)
    assert bench.booked(4132) == [] and bench.booked(4133) == []
    bench.undo.undo()
    assert bench.booked(4132) and bench.booked(4133)
    press(Key.Key_Escape)
    assert bench.screen.board.marks == frozenset()


def test_several_move_together_as_one_diff_and_one_step(bench: Bench) -> None:
    before = bench.block(4132).start, bench.block(4133).start
    select(bench, 4132)
    press(Key.Key_Right, CTRL | SHIFT)
    assert numbers(bench) == [4132, 4133]
    press(Key.Key_Right, CTRL)
    assert bench.screen.placing.held is not None and len(bench.screen.placing.held.ids) == 2
    diff = bench.screen.placing.diff
    assert diff is not None and {move.busy.number for move in (*diff.moved, *diff.broken)} >= {4132, 4133}
    assert "2 blocks" in bench.screen.bar.heading.text()
    bench.window.grab()
    ghosts = [label.text for label in bench.screen.board.labels() if label.owner == "ghost"]
    assert {"4132", "4133"} <= set(ghosts), "each has its own number where it will be"
    assert not bench.screen.bar.find.isVisible()
    press(Key.Key_Return)
    assert bench.block(4132).start > before[0] and bench.block(4133).start > before[1]
    bench.undo.undo()
    assert (bench.block(4132).start, bench.block(4133).start) == before


def test_rows_are_marked_on_the_way(bench: Bench) -> None:
    select(bench, 4141)
    press(Key.Key_Up, SHIFT)
    chosen = bench.screen.board.chosen()
    assert len(chosen) == 2 and {block.person_id for block in chosen} == {"p3", "p2"}


def test_a_band_and_control_click_mark(bench: Bench) -> None:
    board = bench.screen.board
    rects = [board.rect_of(bench.block(number).id) for number in (4132, 4133)]
    start = QPoint(rects[0].left() - 3, rects[0].top() - 4)
    assert board.block_at(start.toPointF()) is None
    drag(board.viewport(), start, rects[1].center())
    assert numbers(bench) == [4132, 4133] and board.band is None
    QTest.mouseClick(board.viewport(), LEFT, CTRL, centre(bench, 4133))
    assert numbers(bench) == [4132]
    QTest.mouseClick(board.viewport(), LEFT, CTRL, centre(bench, 4141))
    assert numbers(bench) == [4132, 4141]
    QTest.mouseClick(board.viewport(), LEFT, pos=centre(bench, 4133))
    assert numbers(bench) == [4133]


def test_marked_blocks_are_dragged_together(bench: Bench) -> None:
    board = bench.screen.board
    select(bench, 4140)
    press(Key.Key_Right, CTRL | SHIFT)
    marked = bench.screen.board.chosen()
    assert [block.number for block in marked] == [4140, 4141]
    drag_block(bench, 4140, "p0", 6, 10)
    if bench.screen.placing.stage is Stage.OPEN:
        press(Key.Key_Return)
    assert {bench.block(number).person_id for number in (4140, 4141)} == {"p0"}
    assert board.marks == frozenset()
    bench.undo.undo()
    assert {bench.block(number).person_id for number in (4140, 4141)} == {"p3"}


def test_two_blocks_are_swapped_by_keys(bench: Bench) -> None:
    one, two = bench.block(4132), bench.block(4133)
    press(Key.Key_X)
    assert bench.screen.placing.stage is Stage.IDLE
    select(bench, 4132)
    press(Key.Key_Right, CTRL | SHIFT)
    press(Key.Key_X)
    if bench.screen.placing.stage is Stage.OPEN:
        assert bench.screen.bar.heading.text() == "Preview: #4132 ↔ #4133"
        press(Key.Key_Return)
    assert bench.block(4133).start == one.start
    assert bench.block(4132).end == two.end
    bench.undo.undo()
    assert (bench.block(4132).start, bench.block(4133).start) == (one.start, two.start)


def test_two_blocks_are_swapped_by_the_mouse(bench: Bench) -> None:
    one, two = bench.block(4140), bench.block(4141)
    board = bench.screen.board
    drag(board.viewport(), centre(bench, 4140), centre(bench, 4141), modifiers=CTRL | SHIFT)
    if bench.screen.placing.stage is Stage.OPEN:
        press(Key.Key_Return)
    assert bench.block(4141).start == one.start
    assert (bench.block(4140).start, bench.block(4140, 2).end) == (week.at(6, 12), two.end)  # cut by lunch
    bench.undo.undo()
    assert (bench.block(4140).start, bench.block(4141).start) == (one.start, two.start)


def test_a_visit_is_repeated_by_shift_and_drag(bench: Bench) -> None:
    visit = next(block for block in bench.view().blocks if block.kind == "visit" and block.state == "planned")
    before = [block for block in bench.view().blocks if block.ticket_id == visit.ticket_id]
    board = bench.screen.board
    drag(board.viewport(), centre(bench, visit.number or 0), point(bench, "p3", 6, 16.5), modifiers=SHIFT)
    if bench.screen.placing.stage is Stage.OPEN:
        press(Key.Key_Return)
    after = [block for block in bench.view().blocks if block.ticket_id == visit.ticket_id]
    assert len(after) > len(before) and visit.id in {block.id for block in after}
    assert {block.kind for block in after} == {block.kind for block in before}
    bench.undo.undo()
    assert len([block for block in bench.view().blocks if block.ticket_id == visit.ticket_id]) == len(before)
    drag(board.viewport(), centre(bench, 4141), point(bench, "p0", 6, 14), modifiers=SHIFT)
    assert bench.recorder.said[-1] == "Only a visit can be repeated."


def test_an_applied_plan_moves_once_and_back(bench: Bench, qtbot: QtBot) -> None:
    glide = bench.screen.board.glide
    assert glide.on
    board = bench.screen.board
    before = board.rect_of(bench.block(4141).id)
    drag_block(bench, 4141, "p0", 6, 14)
    assert glide.running() and glide.moves(bench.block(4141).id)
    assert glide._animation.duration() == MILLISECONDS == 160
    board.grab()  # a frame on the way
    qtbot.waitUntil(lambda: not glide.running())
    assert board.rect_of(bench.block(4141).id) != before
    bench.undo.undo()
    assert glide.running()
    qtbot.waitUntil(lambda: glide._animation.state() is QAbstractAnimation.State.Stopped)
    bench.window.settings.set("motion", False)
    bench.screen.activate()
    drag_block(bench, 4141, "p0", 6, 14)
    assert not glide.running() and bench.block(4141).person_id == "p0"


def test_work_that_takes_longer_makes_room(bench: Bench) -> None:
    before = bench.block(4117)
    select(bench, 4132)
    press(Key.Key_O)
    assert bench.screen.findChild(ConsequencesDialog) is None  # nothing of it is in progress: that is said
    triage.set_effort(bench.desk, before.ticket_id, 600)
    bench.screen.reload()
    select(bench, 4117)
    press(Key.Key_O)
    dialog = bench.screen.findChild(ConsequencesDialog)
    assert isinstance(dialog, ConsequencesDialog) and "#4117 takes longer" in dialog.heading.text()
    assert bench.block(4117).end == before.end
    dialog.do_apply()
    assert max(block.end for block in bench.booked(4117)) > before.end
    assert bench.block(4117).start == before.start
    bench.undo.undo()
    assert bench.block(4117).end == before.end


def test_a_preview_that_lapsed_is_counted_anew_and_says_so(bench: Bench) -> None:
    bench.screen.blocks.plan_waiting()
    dialog = bench.screen.findChild(ConsequencesDialog)
    assert isinstance(dialog, ConsequencesDialog)
    planboard.unplan(bench.desk, (bench.block(4141).id,))  # a colleague was faster
    dialog.do_apply()
    assert dialog.hint.text().startswith("Recomputed: #4141 was put back") and bench.booked(4146) == []
    dialog.do_apply()
    assert bench.booked(4146)


def test_all_that_waits_is_planned_at_once(bench: Bench) -> None:
    waiting = [item.number for item in bench.screen.tray.model.items() if item.effort]
    bench.screen.tray.plan.click()
    dialog = bench.screen.findChild(ConsequencesDialog)
    assert isinstance(dialog, ConsequencesDialog)
    assert bench.booked(waiting[0] or 0) == []
    effects = dialog.panel.table.effects
    shown = {effects.effect(row).number: effects.data(effects.index(row, 2)) for row in range(effects.rowCount())}
    assert shown == {4143: "No estimate"}, "what cannot be planned is named"
    dialog.do_apply()
    assert not [item for item in bench.screen.tray.model.items() if item.effort]
    bench.undo.undo()
    assert [item.number for item in bench.screen.tray.model.items() if item.effort] == waiting


def test_the_menu_offers_what_fits(bench: Bench) -> None:
    select(bench, 4132)
    bench.screen.blocks.menu("", QPoint(100, 100))
    menu = bench.screen.findChild(QMenu)
    assert menu is not None
    assert not [action for action in menu.actions() if "Swap" in action.text()]
    menu.close()


def test_the_plan_is_printed(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    seen: list[QPrintDialog] = []

    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QPrintDialog)
        seen.append(dialog)
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(path))
        dialog.done(QPrintDialog.DialogCode.Accepted)

    QTimer.singleShot(0, bench.screen, accept)
    bench.screen.output.print()
    assert seen and path.read_bytes().startswith(b"%PDF")


def test_a_cancelled_print_makes_nothing(bench: Bench) -> None:
    QTimer.singleShot(0, bench.screen, lambda: QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape))
    bench.screen.output.print()
    assert not bench.recorder.failures
    assert week.ME
