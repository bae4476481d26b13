from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.core.clock import FixedClock
from deskapp.core.errors import Lapsed
from deskapp.desk.values import Changes
from deskapp.ui import i18n
from deskapp.ui.acts import Acts
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.runner import TaskRunner
from deskapp.ui.sayings import saying
from deskapp.ui.undo import DEPTH, UndoStack


class Bench:
    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self.messages = Messages()
        self.recorder = Recorder(self.messages)
        self.reverted: list[str] = []
        self.refuse = False
        self.runner = TaskRunner(None, self.messages, synchronous=True)
        self.undo = UndoStack(self.runner, self.messages, self.revert, clock.now)
        self.acts = Acts(self.runner, self.undo)
        self.heard: list[Changes] = []
        self.acts.changed.connect(self.heard.append)

    def revert(self, _desk: Any, tx: str) -> Changes:
        if self.refuse:
            raise Lapsed("This was changed again since", "Undo the later change first.")
        self.reverted.append(tx)
        return Changes({"ticket": frozenset({"t"})}, tx=f"-{tx}")

    def did(self, tx: str, row: str = "t", **more: Any) -> None:
        changes = Changes({"ticket": frozenset({row})}, tx=tx, said=("urgency", {"number": 4117}), **more)
        self.acts.act(lambda _desk: changes)


@pytest.fixture
def bench(qapp: QApplication, clock: FixedClock) -> Iterator[Bench]:
    yield Bench(clock)


def test_news_do_not_take_the_offer_of_undo_away(bench: Bench) -> None:
    bench.messages.said.connect(bench.undo.say)
    bench.messages.say("There is no ticket #1")
    assert (bench.undo.line().text, bench.undo.line().act) == ("There is no ticket #1", "")
    bench.did("a")
    assert bench.undo.line().text == "#4117: urgency set"
    bench.messages.say("2 new tickets.")
    line = bench.undo.line()
    assert (line.text, line.act) == ("2 new tickets. #4117: urgency set", "undo")
    bench.did("b")
    assert bench.undo.line().text == "#4117: urgency set"  # told until the next act
    bench.messages.say("2 new tickets")
    bench.undo.undo()
    assert bench.undo.line().text == "Undone: #4117: urgency set"


def test_the_last_act_is_offered_and_taken_back(bench: Bench) -> None:
    bench.did("a")
    bench.did("b")
    line = bench.undo.line()
    assert (line.text, line.link, line.act) == ("#4117: urgency set", "Undo", "undo")
    bench.undo.undo()
    assert bench.reverted == ["b"]
    assert bench.undo.line().text == "Undone: #4117: urgency set"
    assert bench.undo.line().act == "redo"
    assert [changes.tx for changes in bench.heard] == ["a", "b", "-b"]


def test_redo_undoes_the_undoing(bench: Bench) -> None:
    bench.did("a")
    bench.undo.undo()
    bench.undo.redo()
    bench.undo.undo()
    assert bench.reverted == ["a", "-a", "--a"]


def test_a_new_act_forgets_what_was_undone(bench: Bench) -> None:
    bench.did("a")
    bench.undo.undo()
    bench.did("b")
    assert not bench.undo.can_redo()


def test_twenty_steps_deep(bench: Bench) -> None:
    for number in range(DEPTH + 5):
        bench.did(str(number))
    for _ in range(DEPTH + 5):
        bench.undo.undo()
    assert len(bench.reverted) == DEPTH
    assert not bench.undo.can_undo()


def test_a_later_change_by_somebody_else_lets_it_lapse(bench: Bench) -> None:
    bench.did("mine", row="t1")
    bench.did("other", row="t2")
    bench.acts.heard(Changes({"ticket": frozenset({"t1"})}, tx="theirs"))
    bench.undo.undo()
    bench.undo.undo()
    assert bench.reverted == ["other"]


def test_a_lapse_found_by_the_desk_is_said_in_the_line(bench: Bench) -> None:
    bench.did("a")
    bench.refuse = True
    bench.undo.undo()
    assert bench.undo.line().text == "This was changed again since. Undo the later change first."
    assert bench.undo.line().link == ""
    assert bench.recorder.failures == []
    assert not bench.undo.can_undo()


def test_a_letter_counts_down_and_then_offers_a_correction(bench: Bench) -> None:
    wanted: list[object] = []
    bench.undo.correction_wanted.connect(wanted.append)
    bench.did("letter", leaves_at=bench.clock.now() + timedelta(seconds=15))
    assert bench.undo.line().text == "Letter for #4117 leaves in 15 s."
    bench.clock.advance(seconds=3)
    bench.undo.tick()
    assert bench.undo.line().text == "Letter for #4117 leaves in 12 s."
    bench.clock.advance(seconds=12)
    bench.undo.tick()
    assert bench.undo.line().act == "correct"
    assert bench.undo.line().text.startswith("The letter left at ")
    bench.undo.undo()
    assert bench.reverted == []
    bench.undo.follow_link()
    assert wanted == [4117]


def test_a_letter_can_be_taken_back_in_its_seconds(bench: Bench) -> None:
    bench.did("letter", leaves_at=bench.clock.now() + timedelta(seconds=15))
    bench.clock.advance(seconds=14)
    bench.undo.follow_link()
    assert bench.reverted == ["letter"]


def test_the_offer_follows_the_language(bench: Bench) -> None:
    bench.did("letter", leaves_at=bench.clock.now() + timedelta(seconds=15))
    i18n.install("ru")
    bench.undo.retell()
    assert bench.undo.line().text == "Письмо по №4117 уйдёт через 15 с"


def test_what_changed_nothing_is_no_step(bench: Bench) -> None:
    bench.acts.act(lambda _desk: Changes())
    assert not bench.undo.can_undo()
    assert bench.undo.line().text == ""


def test_trouble_in_an_act_is_shown_or_handed_over(bench: Bench) -> None:
    def fail(_desk: Any) -> Changes:
        raise Lapsed("Too late")

    handed: list[BaseException] = []
    bench.acts.act(fail)
    bench.acts.act(fail, on_error=handed.append)
    assert [title for title, _message, _details in bench.recorder.failures] == ["Too late"]
    assert len(handed) == 1
    assert bench.heard == []


def test_acts_are_told_with_what_they_set(qapp: QApplication, clock: FixedClock) -> None:
    def tell(code: str, **args: object) -> str:
        return saying(code, args, lambda at: f"{at:%H:%M}")

    assert tell("urgency", number=4117, urgency=2) == "#4117: urgency high"
    assert tell("urgency", count=3, urgency=1) == "3 tickets: urgency critical"
    assert tell("promised", number=4129, date=clock.now().replace(hour=14)) == "#4129: promised 14:42"
    assert tell("settings") == "Setting changed"
    assert tell("something newer", number=7) == "#7 changed"
    i18n.install("ru")
    assert tell("cause", count=2) == "2 заявки: причина изменена"
    assert tell("timer_stopped", number=7) == "№7: таймер остановлен"
    assert tell("moved", count=2, moved=2) == "2 заявки: сдвинуты в плане"
    assert tell("moved", number=7, moved=1) == "№7: сдвинута в плане"
    assert tell("unplanned", count=5) == "5 заявок: убраны из плана"


def test_a_choice_is_told_by_its_ticket() -> None:
    assert saying("conflict_chosen", {"number": 4121}, str) == "#4121: choice made"


def test_an_act_that_changed_nothing_is_no_step(bench: Bench) -> None:
    bench.did("a")
    bench.acts.act(lambda _desk: Changes())  # as an intention says that all was so already
    assert [step.tx for step in bench.undo.steps()] == ["a"]
    assert (bench.undo.line().text, bench.undo.line().act) == ("#4117: urgency set", "undo")
    bench.undo.undo()
    bench.acts.act(lambda _desk: Changes())
    assert bench.undo.can_redo()  # nothing was done that a redo would contradict
