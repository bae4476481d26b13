"""Work with no hub at hand: everything goes on, waits, and joins when the share is back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.core.clock import to_ms
from deskapp.desk import conflicts, intake, planboard, promise, replanning, timer, triage, visits, work
from deskapp.desk.desk import Desk
from deskapp.sync.hub import commands
from deskapp.sync.hub.digest import digest
from deskapp.sync.hub.door import HubDoor
from deskapp.sync.hub.hub import Head, Hub
from deskapp.ui import syncwatch
from tests.desk.demo_desk import at, found
from tests.ui.demo_window import DemoStage
from tests.ui.sync.shared_demo import SharedDemo, window


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedDemo]:
    made = SharedDemo(tmp_path)
    yield made
    made.close()


def rows(desk: Desk, sql: str, *values: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in desk.replica.rows(sql, values)]


def test_tickets_notes_time_planning_and_visits_join_without_a_question(shared: SharedDemo) -> None:
    mine, theirs = shared.mine, shared.theirs
    shared.gone()
    # here: a ticket with its number, a protocol entry, timed work, a plan, a visit that is confirmed
    before = {number for (number,) in mine.replica.rows("SELECT number FROM ticket")}
    made = str(intake.by_hand(mine, "Made on the train").result)
    number = mine.replica.value("SELECT number FROM ticket WHERE id = ?", (made,))
    assert number is not None and number not in before
    note = work.note(mine, found(mine, 4121), "check", "The cable is whole", minutes=15).result
    timer.start(mine, found(mine, 4117))
    shared.clock.advance(minutes=20)
    timer.stop(mine)
    diff = replanning.preview_place(mine, found(mine, 4129), mine.me, at(6, 9))
    planboard.apply(mine, diff)
    option = visits.propose(mine, made, 60, 30)[0]
    visit = visits.plan(mine, made, option, 30, address="Zavodskaya 3", told_who="Olga").result
    # there, at the same time: another ticket, a note in the same one, a pin, another urgency
    other = str(intake.by_hand(theirs, "Made in the cellar").result)
    answer = work.note(theirs, found(theirs, 4121), "note", "And the switch is new").result
    triage.set_urgency(theirs, [found(theirs, 4121)], 1)
    booking = theirs.replica.value("SELECT id FROM booking WHERE state = 'planned' AND pinned = 0 ORDER BY id")
    planboard.pin(theirs, booking, True)
    waiting = commands.status(mine).waiting
    assert waiting > 10 and commands.status(theirs).waiting > 3
    timed = rows(mine, "SELECT id, minutes FROM time_entry WHERE ticket_id = ?", found(mine, 4117))
    plan = rows(mine, "SELECT id, start_at, end_at FROM booking WHERE ticket_id = ? ORDER BY id", found(mine, 4129))
    assert to_ms(at(6, 9)) in {start for _id, start, _end in plan}

    shared.back()
    shared.both()
    assert commands.status(mine).waiting == commands.status(theirs).waiting == 0
    assert digest(mine.replica) == digest(theirs.replica) is not None
    for desk in (mine, theirs):
        assert conflicts.waiting(desk) == ()
        assert {row for (row,) in desk.replica.rows("SELECT id FROM note")} >= {note, answer}
        assert desk.replica.value("SELECT number FROM ticket WHERE id = ?", (made,)) == number
        told = rows(desk, "SELECT number FROM ticket WHERE id IN (?, ?)", made, other)
        assert len({one for (one,) in told if one is not None}) == 2
        assert rows(desk, "SELECT id, minutes FROM time_entry WHERE ticket_id = ?", found(desk, 4117)) == timed
        there = "SELECT id, start_at, end_at FROM booking WHERE ticket_id = ? ORDER BY id"
        assert rows(desk, there, found(desk, 4129)) == plan
        assert desk.replica.value("SELECT pinned FROM booking WHERE id = ?", (booking,)) == 1
        assert desk.replica.value("SELECT urgency FROM ticket WHERE number = 4121") == 1
        (item,) = visits.of_ticket(desk, made)
        assert (item.id, item.start, item.state) == (visit, option.slot.start, "planned")
        assert item.confirmed_at is not None


def left(stage: DemoStage, number: int) -> int:
    """How many letters about a ticket have left; the demo sends others by itself."""
    subjects = (message_from_bytes(path.read_bytes(), policy=default)["Subject"] for path in stage.outbox)
    return sum(f"#{number}]" in subject for subject in subjects)


def goes_round(shared: SharedDemo, stage: DemoStage) -> None:
    """The time of undo passes, and rounds of hub and mail take turns as they do by themselves."""
    for _turn in range(2):
        stage.letters_leave(lambda: shared.clock.advance(seconds=60))
        stage.desktop.sync_watch.round()
        stage.settle()


def test_a_promise_made_offline_keeps_its_letter_until_its_slot_is_shared(
    shared: SharedDemo, qapp: QApplication
) -> None:
    mine, theirs = shared.mine, shared.theirs
    lost, taken = found(mine, 4142), found(mine, 4143)
    with window(qapp, mine, shared.clock) as stage:
        stage.desktop.sync_watch.round()
        stage.settle()
        assert stage.window.status.sync.state().kind == "fresh"
        # a colleague promises a slot that is offered here too, and this desktop does not hear of it
        view = promise.propose(theirs, taken, minutes=90)
        slot = view.proposals.slots[0]
        promise.give(theirs, taken, slot, view.letters[0], minutes=90)
        offered = promise.propose(mine, lost, minutes=90).proposals.slots[0]
        assert (offered.person_id, offered.pieces) == (slot.person_id, slot.pieces)
        commands.sync_once(theirs)
        shared.gone()
        stage.promise(4142, "1:30")
        stage.press("Ctrl+Return")
        stage.expect(lost, status="promised", effort=90)
        stage.desktop.sync_watch.round()
        stage.settle()
        state = stage.window.status.sync.state()
        assert state.kind == "offline" and state.count > 0
        # the time of undo has passed, the mail goes round: the letter stays
        goes_round(shared, stage)
        assert left(stage, 4142) == 0
        assert stage.view(lost).promised_at is not None
        # other work is not held up by it
        stage.protocol("Asked for the model")
        assert stage.view(lost).entries[-1].text == "Asked for the model"

        shared.back()
        goes_round(shared, stage)
        assert left(stage, 4142) == 0, "a letter about a slot that went to somebody else"
        view_ = stage.view(lost)
        assert view_.promised_at is None
        assert stage.view(taken).promised_at == slot.promise
        stage.go_to(4142)
        bar = stage.window.screen_now().pane.main.choice
        assert bar.isVisible() and "#4143" in bar.text.text() and bar.slot.text().startswith("Promise ")
        stage.press("Alt+Return")
        again = stage.expect(lost, status="promised", effort=90)
        assert again.promised_at is not None and again.promised_at != offered.promise
        # the next slot is shared, now the letter leaves: once, with that date
        goes_round(shared, stage)
        assert left(stage, 4142) == 1
        goes_round(shared, stage)
        assert left(stage, 4142) == 1
    shared.both()
    assert digest(mine.replica) == digest(theirs.replica) is not None
    assert theirs.replica.value("SELECT promised_at FROM ticket WHERE number = 4142") == to_ms(again.promised_at)


class Hanging:
    """A hub on a share that does not answer, until it is let go."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.asked, self.answers = threading.Event(), threading.Event()
        self.answers.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hub, name)

    def news(self, after: Head) -> bool:
        self.asked.set()
        assert self.answers.wait(60)
        return self._hub.news(after)


def test_a_share_that_does_not_answer_holds_up_nothing(
    shared: SharedDemo, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncwatch, "OVERDUE_MS", 300)
    made: list[Hanging] = []

    def connect(desk: Desk) -> Any:
        made.append(Hanging(commands.hub_of(desk)))
        return made[-1]

    with window(qapp, shared.mine, shared.clock) as stage:
        shared.mine.hub = HubDoor(connect)
        watch = stage.desktop.sync_watch
        watch.round()
        stage.settle()
        chip = stage.window.status.sync
        assert chip.state().kind == "fresh"
        made[0].asked.clear()
        made[0].answers.clear()
        watch.round()
        qtbot.waitUntil(made[0].asked.is_set)
        try:
            ticket_id = found(shared.mine, 4142)
            done: list[object] = []
            stage.desktop.acts.act(work.note, ticket_id, "note", "While it hangs", on_done=done.append)
            stage.desktop.acts.act(triage.set_urgency, ticket_id, 1, on_done=done.append)
            qtbot.waitUntil(lambda: len(done) == 2)
            queue: Any = stage.window.built("queue")
            qtbot.waitUntil(lambda: (queue.list.rows.item(ticket_id) or (None,) * 6)[5] == 1)
            qtbot.waitUntil(lambda: chip.state().kind == "stale")
        finally:
            made[0].answers.set()
        stage.settle()
        watch.round()
        stage.settle()
        assert chip.state().kind == "fresh" and commands.status(shared.mine).waiting == 0
