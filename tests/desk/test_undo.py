"""Undo and redo: every intention can be taken back exactly, or says why not."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import closing, drafts, intake, letters, people, planboard, promise, setup, triage, undo, watch, work
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from tests.desk import world
from tests.desk.world import advance, arrive, our_letter, promise_first, row, shared_rows, status


def test_undo_and_redo_of_a_promise(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    before = shared_rows(desk)
    given = promise_first(desk, ticket_id)
    after = shared_rows(desk)
    assert given.leaves_at is not None and letters.due(desk) == given.leaves_at

    undone = undo.revert(desk, given.tx)
    assert undone.said == ("undone", {"tx": given.tx})
    assert shared_rows(desk) == before
    assert letters.due(desk) is None
    kept = drafts.load(desk, ticket_id)["promise"]["letter"]
    assert kept["body"] and kept["to"] == [list(world.IVAN)]

    advance(desk, minutes=1)
    redone = undo.revert(desk, undone.tx)
    assert shared_rows(desk) == after
    assert redone.leaves_at == desk.clock.now() + timedelta(seconds=15) == letters.due(desk)
    assert "promise" not in drafts.load(desk, ticket_id)

    undo.revert(desk, redone.tx)
    assert shared_rows(desk) == before
    assert letters.due(desk) is None


def test_a_redone_letter_leaves_once(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    given = promise_first(desk, ticket_id)
    undone = undo.revert(desk, given.tx)
    world.let_leave(desk)
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 0
    undo.revert(desk, undone.tx)
    world.let_leave(desk)
    world.let_leave(desk)
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 1


def test_what_was_typed_since_is_not_overwritten_by_a_letter_taken_back(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    sent = letters.send(desk, ticket_id, "reply", our_letter("one"))
    drafts.save(desk, ticket_id, "reply", {"letter": {"body": "another"}})
    undo.revert(desk, sent.tx)
    assert drafts.load(desk, ticket_id)["reply"] == {"letter": {"body": "another"}}


def test_a_letter_that_has_left_cannot_be_called_back(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    given = promise_first(desk, ticket_id)
    world.let_leave(desk)
    before = shared_rows(desk)
    with pytest.raises(Lapsed, match="letter has left"):
        undo.revert(desk, given.tx)
    assert shared_rows(desk) == before


@pytest.mark.parametrize("state", ["ready", "claimed", "sent"])
def test_only_a_letter_that_did_not_leave_is_tried_again(desk: Desk, state: str) -> None:
    """A second click, or a colleague's, sends nothing twice."""
    ticket_id = arrive(desk).ticket_id
    letters.send(desk, ticket_id, "reply", our_letter())
    world.let_leave(desk)
    letter = desk.replica.value("SELECT id FROM message WHERE kind = 'reply' AND direction = 'out'")

    def fate() -> object:
        return desk.replica.value("SELECT state FROM outgoing WHERE id = ?", (letter,))

    desk.replica.db.execute_sql("UPDATE outgoing SET state = ?", (state,))
    with pytest.raises(Lapsed, match="second try"):
        letters.retry(desk, letter)
    assert fate() == state
    desk.replica.db.execute_sql("UPDATE outgoing SET state = 'failed'")
    letters.retry(desk, letter)
    assert fate() == "ready"


def test_taking_a_letter_back_takes_its_step_back(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    before = shared_rows(desk)
    promise_first(desk, ticket_id)
    held = desk.replica.value("SELECT id FROM held_letter")
    letters.cancel(desk, held)
    assert shared_rows(desk) == before
    assert status(desk, ticket_id) == "new"
    with pytest.raises(Lapsed):
        letters.cancel(desk, held)


def test_undo_lapses_when_the_same_columns_were_changed_since(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    first = triage.set_urgency(desk, ticket_id, 1)
    triage.set_urgency(desk, ticket_id, 2)
    before = shared_rows(desk)
    with pytest.raises(Lapsed, match="changed again"):
        undo.revert(desk, first.tx)
    assert shared_rows(desk) == before


def test_changes_of_other_columns_do_not_matter(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    first = triage.set_urgency(desk, ticket_id, 1)
    triage.set_owner(desk, ticket_id, "boris")
    undo.revert(desk, first.tx)
    assert (row(desk, ticket_id)["urgency"], row(desk, ticket_id)["owner_id"]) == (3, "boris")


def test_undo_is_possible_again_when_the_later_change_was_undone(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    before = shared_rows(desk)
    first = triage.set_urgency(desk, ticket_id, 1)
    second = triage.set_urgency(desk, ticket_id, 2)
    undo.revert(desk, second.tx)
    undo.revert(desk, first.tx)
    assert shared_rows(desk) == before


def test_undo_survives_a_delete_that_was_undone(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id)
    booking = desk.replica.value("SELECT id FROM booking")
    before = shared_rows(desk)
    pinned = planboard.pin(desk, booking, True)
    assert pinned.said == ("pinned", {"number": 1001})
    gone = planboard.unplan(desk, [booking])
    with pytest.raises(Lapsed):
        undo.revert(desk, pinned.tx)
    undo.revert(desk, gone.tx)
    undo.revert(desk, pinned.tx)
    assert shared_rows(desk) == before


def test_a_ticket_that_others_worked_on_is_not_undone(desk: Desk) -> None:
    made = intake.by_hand(desk, "Телефон молчит", contact_name="Пётр")
    note = work.note(desk, made.result, "check", "проверил линию", 5)
    before = shared_rows(desk)
    with pytest.raises(Lapsed):
        undo.revert(desk, made.tx)
    assert shared_rows(desk) == before
    undo.revert(desk, note.tx)
    undo.revert(desk, made.tx)
    assert desk.replica.value("SELECT count(*) FROM ticket") == 0


def test_a_contact_made_on_the_way_stays_when_others_need_it(desk: Desk) -> None:
    first = intake.by_hand(desk, "Первая", contact_name="Пётр", address="petr@new.example")
    second = intake.by_hand(desk, "Вторая", address="petr@new.example")
    undo.revert(desk, first.tx)
    contact = row(desk, second.result)["contact_id"]
    assert desk.replica.value("SELECT name FROM contact WHERE id = ?", (contact,)) == "Пётр"
    assert desk.replica.value("SELECT count(*) FROM ticket") == 1


def test_nothing_to_undo(desk: Desk) -> None:
    with pytest.raises(Lapsed, match="Nothing to undo"):
        undo.revert(desk, "no such step")


def test_settings_of_a_person_are_one_step(desk: Desk) -> None:
    before = shared_rows(desk)
    saved = setup.save_specialist(desk, {"id": "anna", "focus": "принтеры", "skills": ["database"]})
    assert {skill["id"]: skill["skills"] for skill in setup.specialists(desk)}["anna"].keys() == {"database"}
    undo.revert(desk, saved.tx)
    assert shared_rows(desk) == before


# --- any sequence ------------------------------------------------------------------------------------------------

TICKETS = st.integers(0, 3)


def _promise(desk: Desk, ticket_id: str, minutes: int) -> Changes:
    return promise_first(desk, ticket_id, 15 + minutes)


def _later(desk: Desk, number: int) -> datetime:
    return desk.clock.now() + timedelta(days=1 + number % 5)


def _note(desk: Desk, ticket_id: str, minutes: int) -> Changes:
    return work.note(desk, ticket_id, "measure", f"слово{minutes}", minutes)


STEPS: dict[str, Callable[[Desk, str, int], Changes]] = {
    "urgency": lambda desk, t, n: triage.set_urgency(desk, t, 1 + n % 4),
    "cause": lambda desk, t, n: triage.set_cause(desk, t, ("printer", "exchange", "odd", "")[n % 4]),
    "owner": lambda desk, t, n: triage.set_owner(desk, t, ("anna", "boris", "")[n % 3]),
    "effort": lambda desk, t, n: triage.set_effort(desk, t, 15 + n),
    "subject": lambda desk, t, n: triage.set_subject(desk, t, f"Предмет {n}"),
    "aside": lambda desk, t, n: triage.set_aside(desk, t, ("spam", "")[n % 2]),
    "customer": lambda desk, t, n: triage.set_customer(desk, t, f"Завод {n % 3}"),
    "requester": lambda desk, t, n: triage.set_requester(desk, t, "Пётр", f"petr{n % 3}@new{n % 2}.example"),
    "promise": _promise,
    "other": lambda desk, t, n: promise.give_other(
        desk, t, _later(desk, n), "просили", our_letter(), specialist="boris", minutes=15 + n
    ),
    "slip": lambda desk, t, n: promise.slip(desk, t, _later(desk, n), "ждём", our_letter()),
    "refuse": lambda desk, t, n: promise.refuse(desk, t, "не наше", our_letter()),
    "question": lambda desk, t, n: letters.send(desk, t, "question", our_letter(), wait=bool(n % 2)),
    "note": _note,
    "start": lambda desk, t, n: work.start(desk, t),
    "wait": lambda desk, t, n: work.wait(desk, t, work.WAITS[n % 4], "потому"),
    "resume": lambda desk, t, n: work.resume(desk, t),
    "finish": lambda desk, t, n: closing.finish(desk, t, "починили", "беречь", n, told_how="phone", told_who="Иван"),
    "agree": lambda desk, t, n: closing.agree(desk, t, "phone", "Иван"),
    "disagree": lambda desk, t, n: closing.disagree(desk, t, "mail", "Иван", "не работает"),
    "reopen": lambda desk, t, n: closing.reopen(desk, t),
    "unplan": lambda desk, t, n: planboard.unplan(desk, ticket_id=t),
    "hand": lambda desk, t, n: intake.by_hand(desk, f"Звонок {n}", "да", address=f"petr{n % 3}@new{n % 2}.example"),
    "letter": lambda desk, t, n: intake.accept(
        desk,
        world.letter(
            subject="Re", text=("ещё вопрос", "спасибо, всё работает")[n % 2], kind="reply", at=desk.clock.now(),
            in_reply_to=desk.replica.value("SELECT message_id FROM message WHERE ticket_id = ?", (t,)) or "",
        ),
    ),
    "calendar": lambda desk, t, n: setup.save_day(
        desk, {"calendar_id": "office", "day": f"2026-11-{3 + n % 20:02}", "kind": "holiday", "intervals": []}
    ),
}  # fmt: skip


class Life(RuleBasedStateMachine):
    """Any steps on a few tickets; undo takes the last ones back in turn, each exactly."""

    root = ""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(Life.root, self.folder / "desk")
        self.desk = world.open_world(self.folder / "desk")
        for number in range(3):
            arrive(self.desk, sender=(f"Иван {number}", f"ivan{number}@firm{number}.example"))
        intake.by_hand(self.desk, "Звонок", "сказали", contact_name="Пётр")
        self.tickets = [found[0] for found in self.desk.replica.rows("SELECT id FROM ticket ORDER BY number")]
        self.steps: list[tuple[str, dict[str, list[tuple[object, ...]]]]] = []

    @rule(which=TICKETS, step=st.sampled_from(sorted(STEPS)), number=st.integers(0, 300))
    def act(self, which: int, step: str, number: int) -> None:
        before = shared_rows(self.desk)
        try:
            changes = STEPS[step](self.desk, self.tickets[which], number)
        except UserFacingError:
            assert shared_rows(self.desk) == before, f"{step} was refused and changed something"
            return
        if shared_rows(self.desk) != before:
            self.steps.append((changes.tx, before))

    @precondition(lambda self: self.steps)
    @rule()
    def take_back(self) -> None:
        tx, before = self.steps.pop()
        after = shared_rows(self.desk)
        undone = undo.revert(self.desk, tx)
        assert shared_rows(self.desk) == before
        redone = undo.revert(self.desk, undone.tx)
        assert shared_rows(self.desk) == after
        undo.revert(self.desk, redone.tx)
        assert shared_rows(self.desk) == before

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        advance(self.desk, minutes=minutes)
        watch.tick(self.desk)

    @rule()
    def derived_rows_are_those_made_from_nothing(self) -> None:
        kept, terms = world.queue_rows(self.desk), world.index_terms(self.desk)
        world.rebuild(self.desk)
        fresh = world.queue_rows(self.desk)
        assert kept == fresh, _difference(self.desk, kept, fresh)
        assert terms == world.index_terms(self.desk)

    def teardown(self) -> None:
        self.derived_rows_are_those_made_from_nothing()
        self.desk.replica.disconnect()
        shutil.rmtree(self.folder)


def _difference(desk: Desk, kept: dict[str, tuple[object, ...]], fresh: dict[str, tuple[object, ...]]) -> str:
    names = [found[1] for found in desk.replica.rows("PRAGMA table_info(queue_row)")]
    told = []
    for ticket_id in kept.keys() | fresh.keys():
        one, two = kept.get(ticket_id), fresh.get(ticket_id)
        if one is None or two is None:
            told.append(f"{ticket_id}: {one} {two}")
        else:
            told += [f"{name}: kept {a}, fresh {b}" for name, a, b in zip(names, one, two, strict=True) if a != b]
    return "; ".join(told)


@pytest.mark.parametrize("examples", [12, pytest.param(150, marks=pytest.mark.long)])
def test_any_sequence_can_be_taken_back(furnished: object, examples: int) -> None:
    Life.root = str(furnished)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=examples, stateful_step_count=18, deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )  # fmt: skip


def test_people_find_their_contact_again(desk: Desk) -> None:
    """A caller is known by name and phone together, however the phone is written."""
    one = intake.by_hand(desk, "Первый звонок", contact_name="Пётр Волков", phone="+7 (912) 345-67-89")
    advance(desk, minutes=5)
    two = intake.by_hand(desk, "Второй звонок", contact_name="пётр волков", phone="8 912 345 67 89")
    advance(desk, minutes=5)
    three = intake.by_hand(desk, "Третий звонок", contact_name="Анна Волкова", phone="8 912 345 67 89")
    contacts = [row(desk, made.result)["contact_id"] for made in (one, two, three)]
    assert contacts[0] == contacts[1] != contacts[2]
    assert [found.name for found in people.find_contacts(desk, "345 67 89")] == ["Анна Волкова", "Пётр Волков"]
