"""The Sync screen over two desks that were apart: choices, a lost slot, letters that failed, by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.core.clock import to_ms
from deskapp.desk import conflicts, promise, triage, work
from deskapp.models.schema import Contact, Message, Outgoing
from deskapp.sync.hub import commands
from tests.desk.demo_desk import found
from tests.ui.demo_window import DemoStage
from tests.ui.geometry import wrong
from tests.ui.sync.shared_demo import SharedDemo, window


def _promise(shared: SharedDemo, mine: bool, number: int, person: str = "", last: bool = False) -> str:
    """Promise the first (or the last offered) slot of 90 minutes; who it is."""
    desk = shared.mine if mine else shared.theirs
    view = promise.propose(desk, found(desk, number), minutes=90)
    slots = view.proposals.slots
    slot = slots[-1] if last else next((one for one in slots if one.person_id == person), slots[0])
    promise.give(desk, found(desk, number), slot, view.letters[slots.index(slot)], minutes=90)
    return slot.person_id


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[SharedDemo]:
    """Both have worked without the other: a field, one ticket promised by both, one slot taken by both."""
    shared = SharedDemo(tmp_path)
    mine, theirs = shared.mine, shared.theirs
    causes = [row[0] for row in theirs.replica.rows("SELECT id FROM cause WHERE id <> "
              "(SELECT cause_id FROM ticket WHERE number = 4121) ORDER BY name")]  # fmt: skip
    triage.set_cause(theirs, found(theirs, 4121), causes[0])
    who = _promise(shared, False, 4129)
    _promise(shared, False, 4143)
    shared.clock.advance(seconds=120)
    triage.set_cause(mine, found(mine, 4121), causes[1])
    _promise(shared, True, 4142, who)
    _promise(shared, True, 4143, last=True)
    commands.sync_once(theirs)
    commands.sync_once(mine)
    yield shared
    shared.close()


def _lines(stage: DemoStage) -> list[str]:
    screen = stage.window.built("sync")
    return [f"{line.title} | {line.detail}" for line in screen.list.model_.lines]  # type: ignore[attr-defined]


def test_choices_are_made_by_keys(apart: SharedDemo, qapp: QApplication) -> None:
    mine = apart.mine
    with window(qapp, mine, apart.clock) as stage:
        stage.desktop.sync_watch.round()
        stage.settle()
        assert stage.window.status.sync.state().kind == "conflict"
        assert stage.window.status.sync.state().count == 3
        assert stage.window.rail.button("sync").count() == 3
        stage.press("Ctrl+J")
        screen = stage.window.screen_now()
        assert wrong(stage.window) == []
        # the lost slot: who took it, and the next one by Enter
        case = screen.choice.case()
        assert case is not None and case.number == "#4142"
        assert re.search("#41(29|43)", case.sentence) and case.cards[0].ready
        assert stage.view(found(mine, 4142)).promised_at is None
        stage.press("Return")
        view = stage.expect(found(mine, 4142), status="promised", effort=90)
        assert view.promised_at is not None
        assert [entry.state for entry in view.entries if entry.label == "promise"] == ["held"]
        # promised by both: the shared date stands, ours can become a slip notice; put off for now
        case = screen.choice.case()
        assert case is not None and case.number == "#4143" and case.proposed == 0
        assert case.cards[0].chip[0] == "told to the customer" and case.cards[1].chip[0] == "not sent"
        stage.press("J")
        # a field: the later one is proposed and in force; 1 and Enter take the shared one
        case = screen.choice.case()
        assert case is not None and case.number == "#4121" and case.proposed == 1 and "in force" in case.reason
        hot = [row for row in case.rows if row.hot]
        assert [row.name for row in hot] == ["Cause"] and hot[0].was != hot[0].mine != hot[0].shared
        assert screen.choice.chosen() == 1
        stage.press("1")
        assert screen.choice.chosen() == 0
        assert screen.choice.table.texts()[0][-1] == hot[0].shared
        stage.press("Return")
        chosen = "SELECT chosen FROM conflict WHERE state = 'chosen' AND tbl = 'ticket'"
        assert stage.ask(lambda desk: desk.replica.value(chosen)) == "theirs"
        assert "conflict_chosen" in [entry.label for entry in stage.view(found(mine, 4121)).entries]
        # what was put off is still there
        assert [one.ticket_id for one in stage.ask(conflicts.waiting)] == [found(mine, 4143)]
        assert screen.choice.case().number == "#4143"
        stage.press("Return")
        assert stage.ask(conflicts.waiting) == ()
        stage.desktop.sync_watch.round()
        stage.settle()
        assert stage.window.rail.button("sync").count() == 0
    commands.sync_once(apart.theirs)
    assert conflicts.waiting(apart.theirs) == ()


def test_a_lost_slot_is_told_in_the_ticket_and_made_good_by_one_key(apart: SharedDemo, qapp: QApplication) -> None:
    with window(qapp, apart.mine, apart.clock, (1024, 680)) as stage:
        stage.desktop.sync_watch.round()
        stage.settle()
        stage.go_to(4121)
        pane = stage.window.screen_now().pane
        bar = pane.main.choice
        assert bar.isVisible() and not bar.slot.isVisible()
        assert wrong(stage.window) == []
        stage.go_to(4142)
        assert bar.isVisible() and re.search("#41(29|43)", bar.text.text()) and "has not left" in bar.text.text()
        assert bar.slot.isVisible() and bar.slot.text().startswith("Promise ")
        assert wrong(stage.window) == []
        stage.press("Alt+Return")
        stage.expect(found(apart.mine, 4142), status="promised", effort=90)
        assert not bar.isVisible()
        stage.go_to(4121)
        bar.resolve.click()
        stage.settle()
        screen = stage.window.screen_now()
        assert screen.title() == "Sync" and screen.choice.case().number == "#4121"
        # a ticket in which nothing is to be chosen says nothing
        stage.go_to(4117)
        assert not bar.isVisible()


def test_what_waits_joins_and_fails_is_listed(apart: SharedDemo, qapp: QApplication) -> None:
    mine = apart.mine
    ticket = found(mine, 4117)
    work.note(apart.theirs, ticket, "note", "From the other side")
    commands.sync_once(apart.theirs)
    commands.sync_once(mine)
    apart.gone()
    work.note(mine, ticket, "note", "Without a connection")
    with mine.act() as act:
        for letter, state in (("01-failed", "failed"), ("02-unknown", "unknown")):
            act.insert(Message, id=letter, ticket_id=ticket, direction="out", kind="reply", subject=letter,
                       to=[["Olga", "olga@firm.example"]], text="Hello", received_at=act.now)  # fmt: skip
            act.insert(Outgoing, id=letter, ticket_id=ticket, state=state, changed_at=act.now, error="552 too large")
        act.insert(Contact, id="back", name="Olga", address="gone@firm.example", undeliverable=to_ms(apart.clock.now()))
        act.insert(Message, id="03-bounce", ticket_id=ticket, direction="in", kind="bounce", subject="Undelivered",
                   about="gone@firm.example", text="550 no such user", received_at=act.now)  # fmt: skip
    with window(qapp, mine, apart.clock, (1024, 680)) as stage:
        stage.desktop.sync_watch.round()
        stage.settle()
        assert stage.window.status.sync.state().kind == "offline"
        stage.press("Ctrl+J")
        assert wrong(stage.window) == []
        lines = "\n".join(_lines(stage))
        assert "Waiting for connection" in lines and "Without a connection" in lines
        assert "Joined without questions" in lines and "From the other side" in lines
        assert "01-failed" in lines and "It is not known whether the letter left" in lines and "Undelivered" in lines
        screen = stage.window.screen_now()
        screen.list.choose("letter:unknown:02-unknown")
        stage.settle()
        assert "olga@firm.example" in screen.letter.source.toPlainText()
        assert wrong(stage.window) == []
        stage.press("2")  # it was sent
        screen.list.choose("letter:failed:01-failed")
        stage.press("1")  # again
        states = stage.ask(
            lambda desk: desk.replica.rows("SELECT id, state FROM outgoing WHERE id LIKE '0_-%' ORDER BY id")
        )
        assert states == [("01-failed", "ready"), ("02-unknown", "sent")]
        screen.list.choose("letter:bounced:03-bounce")
        stage.press("1")
        assert stage.ask(lambda desk: desk.replica.value("SELECT undeliverable FROM contact WHERE id = 'back'")) is None
        assert "Letters that failed" not in "\n".join(_lines(stage))
