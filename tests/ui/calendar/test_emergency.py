"""The emergency dialog over the demo desk, driven by keys; the same panel for absences and overload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskapp.core.clock import FixedClock
from deskapp.core.errors import UserFacingError
from deskapp.desk import demo, drafts, emergency, intake, planboard, setup, triage, undo
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.ui.acts import Acts
from deskapp.ui.calendar.diff_panel import chips
from deskapp.ui.calendar.emergency import EmergencyDialog
from deskapp.ui.calendar.plan_dialog import ConsequencesDialog, save_with_consequences
from deskapp.ui.messages import Messages
from deskapp.ui.runner import TaskRunner
from deskapp.ui.undo import UndoStack
from deskapp.ui.words import Times
from tests.desk.demo_desk import MOSCOW, at, copied, found


@dataclass
class Room:
    desk: Desk
    runner: TaskRunner
    acts: Acts
    steps: UndoStack
    window: QWidget
    times: Times
    qtbot: QtBot
    heard: list[Changes] = field(default_factory=list)

    def dialog(self, ticket_id: str) -> EmergencyDialog:
        dialog = EmergencyDialog(self.runner, self.acts, self.times, ticket_id, self.window)
        dialog.open()
        dialog.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    desk = copied(tmp_path / "desk", "en", FixedClock(at(3, 11, 42)))
    messages = Messages()
    runner = TaskRunner(desk, messages, synchronous=True)
    steps = UndoStack(runner, messages, undo.revert, desk.clock.now)
    acts = Acts(runner, steps)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    room = Room(desk, runner, acts, steps, window, Times(MOSCOW, at(3, 11, 42)), qtbot)
    acts.changed.connect(room.heard.append)
    yield room
    runner.close()
    desk.replica.disconnect()


@pytest.fixture
def outage(room: Room) -> str:
    assert isinstance(room.desk.clock, FixedClock)
    room.desk.clock.set(at(3, 11, 38))
    changes = intake.by_hand(
        room.desk,
        "12 SIP trunks down",
        contact_name="Ильдар Хасанов",
        address="i.hasanov@teleset-plus.example",
        channel="phone",
        urgency=1,
        effort=180,
    )
    triage.set_skill(room.desk, changes.result, demo.named("skill", "telephony"))
    room.desk.clock.set(at(3, 11, 42))
    return str(changes.result)


def test_it_says_what_the_design_says(room: Room, outage: str) -> None:
    dialog = room.dialog(outage)
    assert dialog.heading.text().startswith("#4151 Телесеть-Плюс: 12 SIP trunks down")
    reported = "Reported by phone at 11:38 by Ильдар Хасанов. Effort 3\u00a0h."
    assert dialog.reported.text().startswith(reported) and not dialog.reported.text().endswith("..")
    assert dialog.clause.text() == "Contract: start within 1\u00a0h, 24×7"
    first = dialog.cards[0].accessibleName()
    assert first.startswith("Timur Gareev. Start 11:45, done 15:45. Telephony, 11 similar.")
    assert "Contract met. Promises broken: 1" in first
    assert "Starts 1\u00a0h\u00a022\u00a0min late. Promises broken: 0" in dialog.cards[1].accessibleName()
    effects = dialog.panel.table.effects
    shown = [[str(effects.data(effects.index(row, column))) for column in range(8)] for row in range(3)]
    assert shown[0][0] == "#4087" and shown[0][6].startswith("late by") and shown[0][7] == "Slip notice, review"
    assert [row[7] for row in shown[1:]] == ["not needed", "not needed"]
    assert "#4104" in dialog.panel.untouched.text()


def test_ways_by_keys_and_apply_as_one_step(room: Room, outage: str) -> None:
    def plan() -> list[tuple[object, ...]]:
        return room.desk.replica.rows("SELECT id, specialist_id, start_at, end_at, state FROM booking ORDER BY id")

    before = plan()
    dialog = room.dialog(outage)
    QTest.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert dialog.cards[1].isChecked() and not dialog.panel.notice.isVisibleTo(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert dialog.cards[0].isChecked() and dialog.panel.notice.isVisibleTo(dialog)
    assert "1 slip notice" in dialog.hint.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert room.desk.replica.value("SELECT owner_id FROM ticket WHERE id = ?", (outage,)) == demo.person("gareev")
    assert "slip" in drafts.load(room.desk, found(room.desk, 4087))
    room.steps.undo()
    assert plan() == before and "slip" not in drafts.load(room.desk, found(room.desk, 4087))


def test_a_letter_can_be_left_out_put_into_another_language_and_edited(room: Room, outage: str) -> None:
    dialog = room.dialog(outage)
    notice = dialog.panel.notice
    assert "Новый срок" in notice.text.text()
    notice.languages.choose(0)
    assert "New date" in notice.text.text()
    notice.text.set_text("Dear Oleg, Thursday it is.")
    notice.languages.choose(1)
    assert "Новый срок" in notice.text.text()
    notice.languages.choose(0)
    assert notice.text.text() == "Dear Oleg, Thursday it is."
    table = dialog.panel.table
    table.setCurrentIndex(table.effects.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert dialog.panel.notices() == {} and "notice" not in dialog.hint.text()
    QTest.keyClick(table, Qt.Key.Key_Space)
    dialog.do_apply()
    draft = drafts.load(room.desk, found(room.desk, 4087))["slip"]
    assert draft["letter"]["body"] == "Dear Oleg, Thursday it is."


def test_escape_changes_nothing(room: Room, outage: str) -> None:
    dialog = room.dialog(outage)
    before = room.desk.replica.value("SELECT max(seq) FROM change")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and room.desk.replica.value("SELECT max(seq) FROM change") == before


def test_a_changed_plan_is_computed_anew_and_said(room: Room, outage: str) -> None:
    dialog = room.dialog(outage)
    block = next(b for b in planboard.view(room.desk, at(5, 0).date(), 1).blocks if b.number == 4132)
    planboard.unplan(room.desk, [block.id])
    dialog.do_apply()
    assert dialog.isVisible() and dialog.apply.isEnabled()
    assert room.desk.replica.value("SELECT owner_id FROM ticket WHERE id = ?", (outage,)) == ""
    dialog.do_apply()
    assert not dialog.isVisible()


def test_laying_work_down_asks_for_a_handover(room: Room, outage: str) -> None:
    dialog = room.dialog(outage)
    assert "Lay down" in dialog.interrupt.text() and not dialog.handover.isVisibleTo(dialog)
    dialog.interrupt.setChecked(True)
    assert dialog.handover.isVisibleTo(dialog)
    dialog.do_apply()
    assert dialog.isVisible() and "handover" in dialog.hint.text().lower()
    QTest.keyClicks(dialog.handover, "Half of it is done")
    dialog.do_apply()
    assert not dialog.isVisible()
    notes = room.desk.replica.rows("SELECT text FROM note WHERE text = 'Half of it is done'")
    assert len(notes) == 1


def test_without_an_estimate_it_asks_for_one(room: Room) -> None:
    dialog = room.dialog(found(room.desk, 4143))
    assert dialog.problem.isVisibleTo(dialog) and not dialog.apply.isEnabled()
    dialog.effort.setFocus()
    QTest.keyClicks(dialog.effort, "1h")
    dialog.ask()
    assert dialog.cards[0].isVisibleTo(dialog) and dialog.apply.isEnabled()
    dialog.do_apply()
    assert room.desk.replica.value("SELECT effort FROM ticket WHERE number = 4143") == 60


def test_refining_hands_the_place_on(room: Room, outage: str, qtbot: QtBot) -> None:
    dialog = room.dialog(outage)
    with qtbot.waitSignal(dialog.refine_wanted) as signal:
        dialog.refine.click()
    assert signal.args is not None
    assert signal.args[:3] == [outage, 180, demo.person("gareev")] and signal.args[3] == at(3, 11, 45)


def test_nothing_is_cut_or_overlaps(room: Room, outage: str) -> None:
    room.window.resize(1024, 680)
    dialog = room.dialog(outage)
    assert dialog.width() <= 1024 and dialog.height() <= 680
    dialog.panel.rows.grab()
    painted = dialog.panel.rows.labels.painted
    assert painted
    for label in painted:
        assert label.inside.adjusted(-1, -3, 1, 3).contains(label.rect), label.text
    rows = dialog.panel.table
    assert sum(rows.columnWidth(column) for column in range(8)) <= rows.viewport().width() + 1
    corner = dialog.panel.table.mapTo(dialog, QPoint(0, 0))
    assert corner.x() >= 0


def test_an_absence_shows_first_what_it_does(room: Room) -> None:
    saved: list[Changes] = []
    save_with_consequences(
        room.window, room.runner, room.acts, room.times, "Sick leave of Dmitry Orlov", setup.save_absence,
        demo.person("orlov"), at(5, 0), at(7, 0), "sick", on_done=saved.append,
    )  # fmt: skip
    dialog = room.window.findChild(ConsequencesDialog)
    assert isinstance(dialog, ConsequencesDialog) and not saved
    assert room.desk.replica.value("SELECT count(*) FROM absence WHERE kind = 'sick'") == 0
    numbers = {dialog.panel.table.effects.effect(row).number for row in range(dialog.panel.table.effects.rowCount())}
    assert {4132, 4133} <= numbers
    dialog.do_apply()
    assert len(saved) == 1
    assert room.desk.replica.value("SELECT count(*) FROM absence WHERE kind = 'sick'") == 1
    left = planboard.view(room.desk, at(5, 0).date(), 2).blocks
    assert not [block.number for block in left if block.person_id == demo.person("orlov")]
    room.steps.undo()
    assert room.desk.replica.value("SELECT count(*) FROM absence WHERE kind = 'sick'") == 0
    assert {4132, 4133} <= {
        b.number for b in planboard.view(room.desk, at(5, 0).date(), 2).blocks if b.person_id == demo.person("orlov")
    }


def test_a_harmless_absence_is_saved_at_once(room: Room) -> None:
    saved: list[Changes] = []
    save_with_consequences(
        room.window, room.runner, room.acts, room.times, "Vacation", setup.save_absence,
        demo.person("orlov"), at(24, 0, month=12), at(31, 0, month=12), "vacation", on_done=saved.append,
    )  # fmt: skip
    assert len(saved) == 1 and room.window.findChild(ConsequencesDialog) is None


def test_a_refused_save_says_so(room: Room) -> None:
    errors: list[BaseException] = []
    save_with_consequences(
        room.window, room.runner, room.acts, room.times, "Vacation", setup.save_absence,
        demo.person("orlov"), at(7, 0), at(5, 0), "vacation", on_error=errors.append,
    )  # fmt: skip
    assert len(errors) == 1 and isinstance(errors[0], UserFacingError)


def test_the_way_is_the_one_that_is_shown(room: Room, outage: str) -> None:
    dialog = room.dialog(outage)
    ways = emergency.view(room.desk, outage).ways
    for index, way in enumerate(ways):
        dialog.choose(index)
        rows = {row.person_id for row in way.view.rows}
        shown = dialog.panel.rows._view
        assert shown is not None and {row.person_id for row in shown.rows} == rows


def test_who_leaves_breaks_no_promise_in_silence(room: Room) -> None:
    save_with_consequences(
        room.window, room.runner, room.acts, room.times, "Pavel leaves", setup.save_specialist,
        {"id": demo.person("zhukov"), "active": 0},
    )  # fmt: skip
    dialog = room.window.findChild(ConsequencesDialog)
    assert isinstance(dialog, ConsequencesDialog)
    said = [text for text, _, _ in chips(dialog._view.diff)]
    table, effects = dialog.panel.table, dialog.panel.table.effects
    assert said[-1] == f"Won't fit {effects.rowCount()}" and not any("No promise" in text for text in said)
    shown = {effects.effect(row).number: [str(effects.data(effects.index(row, c))) for c in range(8)]
             for row in range(effects.rowCount())}  # fmt: skip
    assert len(shown) == effects.rowCount(), "a ticket in two pieces is one row"
    assert shown[4096][2] == "Back to the tray" and shown[4096][6] == "at risk" and shown[4096][4] != "–"
    assert dialog.panel.untouched.text().startswith("Nobody else has the skill “Databases”.")
    assert "#4094" not in dialog.panel.untouched.text()
    assert dialog.refine.text() == "Save, all back to the tray"
    rows = sum(table.rowHeight(row) for row in range(min(6, effects.rowCount())))
    assert table.viewport().height() >= rows, "no row is cut"
    dialog.do_apply()
    assert {4096, 4107} <= {item.number for item in planboard.waiting(room.desk)}


def test_the_letter_of_a_slip_is_seen_whole(room: Room) -> None:
    save_with_consequences(
        room.window, room.runner, room.acts, room.times, "Leave", setup.save_absence,
        demo.person("kim"), at(5, 0), at(7, 0), "vacation",
    )  # fmt: skip
    dialog = room.window.findChild(ConsequencesDialog)
    assert isinstance(dialog, ConsequencesDialog) and dialog.panel.notice.isVisibleTo(dialog)
    text = dialog.panel.notice.text
    assert text.document().blockCount() > 6 and text.verticalScrollBar().maximum() == 0
