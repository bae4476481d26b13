"""Who views, who writes: told by signs of life, shown in rows, header and composer, gone after a minute of silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.desk import hubport, work
from deskapp.desk.hubport import Here
from deskapp.sync.hub.door import HubDoor
from deskapp.sync.hub.presence import UNKNOWN, Presence
from deskapp.ui.marks import Marks
from tests.desk.demo_desk import found
from tests.ui.geometry import wrong
from tests.ui.sync.shared_demo import SharedDemo, window


def test_a_sign_that_stays_the_same_is_forgotten() -> None:
    now = 0.0
    presence = Presence(lambda: now)
    beat = {"sign": "1", "at": 0, "who": "b", "view": "t"}
    presence.observe({"me": {"sign": "m", "at": 0}, "b": beat}, "me", 10_000_000)
    assert presence.here() == ()  # a sign of long ago, never seen to change: somebody may be there or not
    presence.observe({"b": {**beat, "sign": "2"}}, "me", 10_000_000)
    assert presence.here() == (Here("b", "b", "t"),)
    now = UNKNOWN
    assert presence.here() != ()
    now = UNKNOWN + 1
    presence.observe({"b": {**beat, "sign": "2"}}, "me", 10_000_000)
    assert presence.here() == ()
    presence.observe({"b": {**beat, "sign": "3", "at": 10_000_000, "write": "t"}}, "me", 10_000_000)
    assert [one.write for one in presence.here()] == ["t"]
    presence.observe({}, "me", 0)
    assert presence.here() == ()


def test_a_clock_is_measured_by_two_fresh_signs_that_agree() -> None:
    steady, wall, sign = 0.0, 1_000_000_000, 0
    presence = Presence(lambda: steady)

    def later(seconds: float, slept: float = 0.0, ahead: int = 7) -> int | None:
        """``seconds`` by the steady clock; the wall's has gone on by ``slept`` more."""
        nonlocal steady, wall, sign
        steady, wall, sign = steady + seconds, wall + int((seconds + slept) * 1000), sign + 1
        presence.observe({"b": {"sign": str(sign), "at": wall + ahead * 60_000, "who": "b"}}, "me", wall)
        (one,) = presence.here() or (Here("b", "b"),)
        return one.ahead

    assert [later(15), later(15), later(15)] == [None, None, 7]
    # after a long sleep the sign may be as old as that: it measures nothing, the next ones do
    assert later(15, slept=3600, ahead=-60) == 7
    assert [later(15, ahead=0), later(15, ahead=0)] == [None, 0]
    assert [later(100, ahead=50), later(15, ahead=0)] == [0, 0]  # nor does one after a long silence


def test_whose_clock_is_wrong_is_said_by_most() -> None:
    def fast(*ahead: int | None) -> int:
        return hubport.fast([Here(str(n), str(n), ahead=one) for n, one in enumerate(ahead)])

    assert fast() == fast(None) == fast(4) == fast(0, 120) == fast(0, None, 0, -120) == 0
    assert fast(-120) == fast(-120, -120) == fast(-120, None) == fast(0, -120, -121) == 120
    assert fast(7) == -7


def test_marks_name_others_and_not_me() -> None:
    others = (Here("1", "b", view="t"), Here("2", "c", view="t", write="u", draft="Dear"), Here("3", "me", view="t"))
    marks = Marks.of(frozenset({"v"}), others, {"b": "Belov", "c": "Orlov", "me": "Sokolova"}, "me")
    assert marks.of_ticket("t").viewers == ("Belov",) and marks.of_ticket("t").icon() == "eye"
    assert marks.of_ticket("u").sentence() == "Orlov is writing a reply" and marks.of_ticket("u").draft == "Dear"
    assert marks.of_ticket("v").choice and not marks.of_ticket("v").icon()
    assert not marks.of_ticket("w").choice


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedDemo]:
    shared = SharedDemo(tmp_path)
    yield shared
    shared.close()


def test_a_colleague_is_seen_in_row_header_and_composer(shared: SharedDemo, qapp: QApplication) -> None:
    ticket = found(shared.mine, 4117)
    door = HubDoor()
    with window(qapp, shared.mine, shared.clock) as stage:
        watch = stage.desktop.sync_watch

        def round_() -> None:
            assert door.round(shared.theirs).kind == "fresh"
            watch.round()
            stage.settle()

        stage.go_to(4117)
        round_()
        pane = stage.window.screen_now().pane
        assert not pane.main.header.presence.isVisible()
        door.present(ticket, "")
        assert door.round(shared.theirs).kind == "fresh"
        stage.clock.advance(seconds=16)
        stage.desktop.desk.hub._rounds._beaten = None  # a quarter of a minute passes
        watch.round()
        stage.settle()
        assert pane.main.header.presence.isVisible() and pane.main.header.presence.text() == "Orlov"
        assert not pane.main.presence.isVisible()
        door.present(ticket, ticket, "reply", "Dear colleague, the register")
        assert door.round(shared.theirs).kind == "fresh"
        stage.desktop.desk.hub._rounds._beaten = None
        watch.round()
        stage.settle()
        assert pane.main.presence.isVisible() and pane.main.presence.text.text() == "Orlov is writing a reply"
        assert pane.main.presence.draft.isVisible()
        assert wrong(stage.window) == []
        queue = stage.window.screen_now()
        queue.tabs.choose("all")
        stage.settle()
        row = queue.list.rows.row_of(ticket)
        assert "Orlov is writing a reply" in queue.list.rows.index(row).data(11)  # what a screen reader hears
        # what I do reaches them: the ticket that I have open, and the letter that I write
        stage.press("Esc")
        stage.go_to(4117)
        stage.press("R")
        stage.type("Good day")
        watch.round()
        stage.settle()
        door._rounds._beaten = None  # type: ignore[union-attr]
        (me,) = door.round(shared.theirs).others
        assert me.view == ticket and me.write == ticket and "Good day" in me.draft
        # without a connection nobody is known to be there
        shared.gone()
        stage.desktop.acts.act(work.note, ticket, "note", "Alone")
        stage.settle()
        watch.round()
        stage.settle()
        assert not pane.main.header.presence.isVisible()
        stage.go_to(4129)
        assert "when the connection is back" in pane.composer.stack.currentWidget().foot.label.text()
        shared.back()
    door.close()
