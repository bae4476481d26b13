"""A promise is one transaction: fields, bookings, promise and letter, or nothing; and its letter tells the truth."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import closing, drafts, intake, letters, planboard, promise, setup, ticket, triage, undo, work
from deskapp.desk.desk import Desk
from deskapp.desk.values import LetterDraft, Terms
from deskapp.models.schema import Booking, Ticket
from tests.desk import world
from tests.desk.world import IVAN, advance, arrive, go_to, moscow, our_letter, promise_first, row, shared_rows, status

ROOT = Path(__file__).resolve().parents[2]


def bookings(desk: Desk, ticket_id: str) -> list[tuple[str, object, object]]:
    return [
        (person, from_ms(start), from_ms(end))
        for person, start, end in desk.replica.rows(
            "SELECT specialist_id, start_at, end_at FROM booking WHERE ticket_id = ? ORDER BY start_at", (ticket_id,)
        )
    ]


def test_a_promise_books_tells_and_records(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.set_cause(desk, ticket_id, "printer")
    view = promise.propose(desk, ticket_id)
    assert (view.minutes, view.assumed, view.skill_id) == (60, True, "print")
    slot, letter = view.proposals.slots[0], view.letters[0]
    assert slot.person_id == "anna"
    given = promise.give(desk, ticket_id, slot, letter, minutes=60, urgency=2)
    now = row(desk, ticket_id)
    assert (now["status"], now["owner_id"], now["effort"], now["urgency"]) == ("promised", "anna", 60, 2)
    assert from_ms(now["promised_at"]) == slot.promise == from_ms(now["first_promised_at"])
    assert now["answered_at"] == to_ms(desk.clock.now()) and now["answered_by"] == "anna"
    assert bookings(desk, ticket_id) == [("anna", piece.start, piece.end) for piece in slot.pieces]
    assert given.said[0] == "promised" and given.leaves_at == desk.clock.now() + timedelta(seconds=15)
    trace = ticket.trace(desk, ticket_id, "promised")
    assert trace.date == slot.promise and trace.rows
    world.let_leave(desk)
    _kind, body, about = desk.replica.row("SELECT kind, text, about FROM message WHERE kind = 'promise'") or ()
    assert letter.date_token in body and letter.date_token
    assert about == now["promise_id"]


def test_the_letter_shows_the_date_in_the_customers_zone(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    desk.replica.db.execute_sql("UPDATE contact SET zone = 'Asia/Vladivostok'")
    view = promise.propose(desk, ticket_id, minutes=60)
    here, there = view.proposals.slots[0].promise.astimezone(world.MOSCOW), view.letters[0].date_token
    assert f"{here + timedelta(hours=7):%H:%M}" in there, there


def test_asking_again_gives_the_same_date(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    first = promise.propose(desk, ticket_id, minutes=90)
    assert promise.propose(desk, ticket_id, minutes=90) == first


def test_without_effort_or_history_nothing_is_invented(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.set_cause(desk, ticket_id, "odd")
    view = promise.propose(desk, ticket_id)
    assert view.proposals.problem is not None and view.proposals.problem.code == "no_estimate"
    assert not view.proposals.slots and view.minutes is None


def test_a_slot_that_was_taken_meanwhile_lapses_and_changes_nothing(desk: Desk) -> None:
    first, second = arrive(desk).ticket_id, arrive(desk).ticket_id
    mine = promise.propose(desk, first, minutes=60, skill_id="print")
    promise_first(desk, second, minutes=60)
    advance(desk, seconds=1)
    with desk.act("by hand") as act:
        slot = mine.proposals.slots[0]
        act.insert(
            Booking, ticket_id=second, specialist_id=slot.person_id, start_at=to_ms(slot.pieces[0].start),
            end_at=to_ms(slot.pieces[0].end),
        )  # fmt: skip
    before = shared_rows(desk)
    with pytest.raises(Lapsed, match="taken"):
        promise.give(desk, first, mine.proposals.slots[0], mine.letters[0], minutes=60)
    assert shared_rows(desk) == before
    assert letters.due(desk) is not None, "the other ticket's letter is still held"
    assert desk.replica.value("SELECT count(*) FROM held_letter WHERE ticket_id = ?", (first,)) == 0


def test_working_time_that_is_gone_meanwhile_lapses(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    view = promise.propose(desk, ticket_id, minutes=60, skill_id="print")
    setup.save_absence(desk, "anna", moscow(2, 9), moscow(4, 0), "sick")
    before = shared_rows(desk)
    with pytest.raises(Lapsed, match="taken"):
        promise.give(desk, ticket_id, view.proposals.slots[0], view.letters[0])
    assert shared_rows(desk) == before


def test_what_was_put_there_anyway_is_promised_as_it_lies(desk: Desk) -> None:
    """In the evening, over another block: who put it there had a reason, and keeps it."""
    first = arrive(desk).ticket_id
    promise_first(desk, first, minutes=60)
    ((person, start, _end),) = bookings(desk, first)
    for at in (moscow(3, 19), start):
        ticket_id = arrive(desk).ticket_id
        triage.set_effort(desk, ticket_id, 60)
        diff = planboard.preview_place(desk, ticket_id, person, at, override=True)  # type: ignore[arg-type]
        planboard.apply(desk, diff, "клиент просил")
        view = promise.propose(desk, ticket_id)
        slot = view.proposals.slots[0]
        assert (slot.reasons[0].code, slot.pieces[0].start) == ("as_planned", at)
        before = desk.replica.rows("SELECT id, start_at, override FROM booking WHERE ticket_id = ?", (ticket_id,))
        promise.give(desk, ticket_id, slot, view.letters[0])
        after = desk.replica.rows("SELECT id, start_at, override FROM booking WHERE ticket_id = ?", (ticket_id,))
        assert after == before and after[0][2] == "клиент просил"
        assert from_ms(row(desk, ticket_id)["promised_at"]) == slot.promise
        if at == moscow(3, 19):
            evening = ticket.view(desk, ticket_id)
            assert (evening.forecast_at, evening.slack) == (moscow(3, 20), 30), "it is worked then, margin and all"


def test_a_plan_that_has_lost_its_place_is_not_offered(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.set_effort(desk, ticket_id, 60)
    planboard.apply(desk, planboard.preview_place(desk, ticket_id, "anna", moscow(3, 10)))
    assert promise.propose(desk, ticket_id).proposals.slots[0].reasons[0].code == "as_planned"
    setup.save_absence(desk, "anna", moscow(3, 9), moscow(4, 0), "sick")
    view = promise.propose(desk, ticket_id)
    assert all(one.reasons[0].code != "as_planned" for one in view.proposals.slots)
    promise.give(desk, ticket_id, view.proposals.slots[0], view.letters[0])
    assert [booked[1] for booked in bookings(desk, ticket_id)] == [
        piece.start for piece in view.proposals.slots[0].pieces
    ]


def test_a_block_that_a_colleague_moved_is_not_moved_again(desk: Desk) -> None:
    """An urgent promise pushes another; when that was moved meanwhile the step lapses whole."""
    low = arrive(desk).ticket_id
    triage.set_urgency(desk, low, 4)
    promise_first(desk, low, minutes=120)
    booking, start, end = desk.replica.row("SELECT id, start_at, end_at FROM booking") or ()
    urgent = arrive(desk).ticket_id
    view = promise.propose(desk, urgent, minutes=60, urgency=1, skill_id="print")
    pushing = [slot for slot in view.proposals.slots if slot.diff.moved or slot.diff.broken or slot.diff.reassigned]
    if not pushing:  # a free gap came earlier: push by hand over the calendar instead
        diff = planboard.preview_place(desk, urgent, "anna", from_ms(start))
        assert diff.moved or diff.broken
        with desk.act("moved") as act:
            act.update(Booking, booking, specialist_id="anna", start_at=start + 3_600_000, end_at=end + 3_600_000)
        before = shared_rows(desk)
        with pytest.raises(Lapsed):
            planboard.apply(desk, diff)
    else:
        with desk.act("moved") as act:
            act.update(Booking, booking, specialist_id="anna", start_at=start + 86_400_000, end_at=end + 86_400_000)
        before = shared_rows(desk)
        with pytest.raises(Lapsed):
            promise.give(desk, urgent, pushing[0], view.letters[0])
    assert shared_rows(desk) == before


def test_the_place_of_what_is_pushed_must_still_be_free(desk: Desk) -> None:
    pushed, third, urgent = (arrive(desk).ticket_id for _ in range(3))
    promise_first(desk, pushed, minutes=60)
    ((person, start, _end),) = bookings(desk, pushed)
    with desk.act("by hand") as act:
        act.update(Ticket, pushed, promised_at=to_ms(moscow(9, 18)))
        act.update(Ticket, urgent, urgency=1, skill_id="print", effort=60)
    view = promise.propose(desk, urgent)
    place = next(n for n, slot in enumerate(view.proposals.slots) if slot.diff.moved)
    slot = view.proposals.slots[place]
    assert slot.pieces[0].start == start
    (move,) = slot.diff.moved
    with desk.act("by hand") as act:
        act.insert(
            Booking, ticket_id=third, specialist_id=person, start_at=to_ms(move.spans[0].start),
            end_at=to_ms(move.spans[0].end),
        )  # fmt: skip
    with pytest.raises(Lapsed, match="taken"):
        promise.give(desk, urgent, slot, view.letters[place])


def test_a_date_that_passed_while_the_letter_was_written_lapses(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    view = promise.propose(desk, ticket_id, minutes=60)
    go_to(desk, view.proposals.slots[0].promise)
    with pytest.raises(Lapsed, match="passed"):
        promise.give(desk, ticket_id, view.proposals.slots[0], view.letters[0])
    assert status(desk, ticket_id) == "new"


def test_what_was_worked_already_needs_no_place_again(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.set_effort(desk, ticket_id, 120)
    work.note(desk, ticket_id, "check", "половина сделана", minutes=75)
    view = promise.propose(desk, ticket_id)
    assert view.minutes == 45 and view.proposals.slots[0].minutes == 45
    work.note(desk, ticket_id, "check", "дольше, чем думали", minutes=75)
    assert promise.propose(desk, ticket_id).minutes == 15, "something is always left"
    assert promise.propose(desk, ticket_id, minutes=120).minutes == 120, "who says how long is taken at their word"


def test_a_plan_of_yesterday_two_people_or_another_effort_is_made_anew(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.set_effort(desk, ticket_id, 60)
    planboard.apply(desk, planboard.preview_place(desk, ticket_id, "anna", moscow(2, 10)))
    longer = promise.propose(desk, ticket_id, minutes=90).proposals.slots[0]
    assert longer.pieces[0].start == moscow(2, 9, 30), "its own block is not in its way"
    go_to(desk, moscow(2, 10, 30))
    assert promise.propose(desk, ticket_id).proposals.slots[0].pieces[0].start >= desk.clock.now()
    planboard.unplan(desk, ticket_id=ticket_id)
    planboard.apply(desk, planboard.preview_place(desk, ticket_id, "anna", moscow(3, 10)))
    ((_person, start, end),) = bookings(desk, ticket_id)
    with desk.act("by hand") as act:  # half of it with a colleague
        (own,) = desk.replica.rows("SELECT id FROM booking WHERE ticket_id = ?", (ticket_id,))
        half = (to_ms(start) + to_ms(end)) // 2  # type: ignore[arg-type]
        act.update(Booking, own[0], specialist_id="anna", start_at=to_ms(start), end_at=half)  # type: ignore[arg-type]
        act.insert(Booking, ticket_id=ticket_id, specialist_id="boris", start_at=half, end_at=to_ms(end))  # type: ignore[arg-type]
    assert promise.propose(desk, ticket_id).proposals.slots[0].reasons[0].code != "as_planned"


def test_what_was_handed_up_is_promised_by_the_third_line(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    with desk.act("by hand") as act:
        act.update(Ticket, ticket_id, line=3, skill_id="database")
    slots = promise.propose(desk, ticket_id, minutes=60).proposals.slots
    assert {slot.person_id for slot in slots} == {"clara"}
    with desk.act("by hand") as act:
        act.update(Ticket, ticket_id, line=1)
    street = promise.propose(desk, ticket_id, minutes=60).proposals
    assert not street.slots and {one.person_id: one.reason.code for one in street.not_offered}["clara"] == "other_line"


def test_a_new_date_leaves_the_first_one_and_the_first_answer_as_they_were(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id, minutes=60)
    first = row(desk, ticket_id)
    assert first["moved_count"] == 0
    advance(desk, minutes=20)
    with pytest.raises(UserFacingError, match="passed"):
        promise.slip(desk, ticket_id, desk.clock.now(), "дольше", our_letter())
    promise.slip(desk, ticket_id, moscow(9, 12), "дольше", our_letter())
    advance(desk, minutes=20)
    promise.give_other(
        desk, ticket_id, moscow(10, 12), "ещё дольше", our_letter(), agreed=Terms(whole=True, not_before=moscow(9, 9))
    )
    now = row(desk, ticket_id)
    assert (now["promised_at"], now["moved_count"]) == (to_ms(moscow(10, 12)), 2)
    assert (now["keep_whole"], now["not_before_at"]) == (1, to_ms(moscow(9, 9)))
    told = desk.replica.rows("SELECT ordinal, date_at FROM promise WHERE ticket_id = ? ORDER BY ordinal", (ticket_id,))
    assert told == [(1, first["promised_at"]), (2, to_ms(moscow(9, 12))), (3, to_ms(moscow(10, 12)))]
    advance(desk, minutes=20)
    promise.refuse(desk, ticket_id, "не наше", our_letter())
    for name in ("first_promised_at", "answered_at", "answered_by"):
        assert row(desk, ticket_id)[name] == first[name] is not None


@pytest.mark.parametrize("reason", ["", "  "])
def test_another_date_demands_its_reason(desk: Desk, reason: str) -> None:
    ticket_id = arrive(desk).ticket_id
    later = desk.clock.now() + timedelta(days=3)
    with pytest.raises(UserFacingError, match="Why this date"):
        promise.give_other(desk, ticket_id, later, reason, our_letter())
    with pytest.raises(UserFacingError, match="Why does the date move"):
        promise.slip(desk, ticket_id, later, reason, our_letter())
    with pytest.raises(UserFacingError, match="Give the reason"):
        promise.refuse(desk, ticket_id, reason, our_letter())
    with pytest.raises(UserFacingError, match="passed"):
        promise.give_other(desk, ticket_id, desk.clock.now(), "так", our_letter())
    assert status(desk, ticket_id) == "new"


def test_a_promise_beside_the_calendar_shows_its_load(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise.give_other(desk, ticket_id, moscow(5, 18), "так хочет клиент", our_letter(), specialist="anna", minutes=240)
    view = ticket.view(desk, ticket_id)
    assert bookings(desk, ticket_id) == []
    assert view.forecast_at is not None and view.slack is not None and view.forecast_at < view.promised_at  # type: ignore[operator]


LETTERS = (
    ("no recipient", LetterDraft((), (), "s", "текст", "reply", "ru")),
    ("no mail address", LetterDraft((("", "not an address"),), (), "s", "текст", "reply", "ru")),
    ("no mail address", LetterDraft((IVAN,), (("", "a@b@c"),), "s", "текст", "reply", "ru")),
    ("empty", LetterDraft((IVAN,), (), "s", "  \n", "reply", "ru")),
)


@pytest.mark.parametrize(("problem", "letter"), LETTERS)
def test_a_letter_that_cannot_be_sent_stops_the_whole_step(desk: Desk, problem: str, letter: LetterDraft) -> None:
    ticket_id = arrive(desk).ticket_id
    view = promise.propose(desk, ticket_id, minutes=60)
    before = shared_rows(desk)
    for act in (
        lambda: promise.give(desk, ticket_id, view.proposals.slots[0], letter),
        lambda: promise.refuse(desk, ticket_id, "не наше", letter),
        lambda: letters.send(desk, ticket_id, "reply", letter),
        lambda: closing.finish(desk, ticket_id, "сделано", letter=letter),
    ):
        with pytest.raises(UserFacingError, match=problem):
            act()
    assert shared_rows(desk) == before


def test_solving_at_once_stops_the_clock_and_awaits_consent(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    advance(desk, minutes=30)
    closing.finish(desk, ticket_id, "перезапустили", "не выключать", 20, letter=our_letter())
    view = ticket.view(desk, ticket_id)
    assert (view.status, view.answer_minutes, view.answer_due, view.spent) == ("resolved", 30, None, 20)
    assert (view.solution, view.prevention, view.owner_id) == ("перезапустили", "не выключать", "anna")
    assert row(desk, ticket_id)["told_how"] == "mail"
    closing.agree(desk, ticket_id, "mail", "Иван")
    closed = ticket.view(desk, ticket_id)
    assert (closed.consent_how, closed.consent_who, closed.consent_at) == ("mail", "Иван", desk.clock.now())


def test_told_by_phone_needs_a_name_and_consent_too(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    with pytest.raises(UserFacingError, match="Who was told"):
        closing.finish(desk, ticket_id, "сделано", told_how="phone")
    with pytest.raises(UserFacingError, match="letter is missing"):
        closing.finish(desk, ticket_id, "сделано")
    with pytest.raises(UserFacingError, match="what was fixed"):
        closing.finish(desk, ticket_id, " ", told_how="phone", told_who="Иван")
    closing.finish(desk, ticket_id, "сделано", told_how="phone", told_who="Иван")
    with pytest.raises(UserFacingError, match="Who agreed"):
        closing.agree(desk, ticket_id, "phone", " ")
    assert status(desk, ticket_id) == "resolved"


def test_disagreement_owes_a_new_date_and_keeps_the_old_promise(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id)
    told = row(desk, ticket_id)["promised_at"]
    closing.finish(desk, ticket_id, "сделано", told_how="phone", told_who="Иван")
    closing.disagree(desk, ticket_id, "phone", "Иван", "опять")
    now = row(desk, ticket_id)
    assert (now["status"], now["needs"], now["promised_at"], now["finished_at"]) == ("in_progress", "date", told, None)
    promise_first(desk, ticket_id)
    assert row(desk, ticket_id)["needs"] == ""


def test_the_end_of_the_work_frees_the_calendar(desk: Desk) -> None:
    for end in ("finish", "refuse"):
        ticket_id = arrive(desk).ticket_id
        promise_first(desk, ticket_id, minutes=120)
        (_person, start, _end), *_rest = bookings(desk, ticket_id)
        go_to(desk, start + timedelta(minutes=30))  # type: ignore[operator]
        work.start(desk, ticket_id)
        if end == "finish":
            closing.finish(desk, ticket_id, "сделано", told_how="phone", told_who="Иван")
        else:
            promise.refuse(desk, ticket_id, "не наше", our_letter())
        assert bookings(desk, ticket_id) == [("anna", start, desk.clock.now())]
        assert desk.replica.value("SELECT count(*) FROM booking WHERE state <> 'done'") == 0


# --- held letters ------------------------------------------------------------------------------------------------


def test_held_letters_survive_a_restart_and_leave_once(profile: Path) -> None:
    desk = world.open_world(profile)
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id)
    at = desk.clock.now()
    desk.replica.disconnect()
    for _ in range(2):
        desk = world.open_world(profile, at + timedelta(seconds=20))
        letters.release(desk)
        assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 1
        assert (
            desk.replica.value("SELECT state FROM outgoing o JOIN message m ON m.id = o.id WHERE m.kind = 'promise'")
            == "ready"
        )
        assert letters.due(desk) is None
        desk.replica.disconnect()


def test_within_its_time_a_letter_stays_unless_everything_must_go(desk: Desk) -> None:
    letters.send(desk, arrive(desk).ticket_id, "reply", our_letter())
    letters.release(desk)
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'reply'") == 0
    letters.release(desk, everything=True)
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'reply'") == 1


def test_a_letter_whose_date_has_passed_goes_back_to_its_author(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    given = promise_first(desk, ticket_id)
    advance(desk, days=3)
    letters.release(desk)
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 0
    assert drafts.load(desk, ticket_id)["promise"]["letter"]["body"]
    entry = ticket.view(desk, ticket_id).entries[-1]
    assert (entry.label, entry.data["why"]) == ("letter_returned", "past")
    assert row(desk, ticket_id)["needs"] == "date", "nobody was told: a date is owed"
    assert letters.due(desk) is None
    assert given.tx


def test_a_letter_whose_promise_was_replaced_goes_back_too(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id)
    promise.slip(desk, ticket_id, moscow(9, 12), "просили позже", our_letter())
    world.let_leave(desk)
    kinds = [
        found[0] for found in desk.replica.rows("SELECT kind FROM message WHERE direction = 'out' AND kind <> 'ack'")
    ]
    assert kinds == ["slip"]
    assert row(desk, ticket_id)["needs"] == ""


def test_a_returned_letter_did_not_leave(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    given = promise.give_other(desk, ticket_id, desk.clock.now() + timedelta(seconds=5), "так", our_letter())
    world.let_leave(desk)
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 0
    undo.revert(desk, given.tx)
    assert (status(desk, ticket_id), row(desk, ticket_id)["promised_at"]) == ("new", None)


def test_our_letters_carry_the_thread(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    theirs = desk.replica.value("SELECT message_id FROM message WHERE direction = 'in'")
    letters.send(desk, ticket_id, "reply", our_letter())
    world.let_leave(desk)
    answers, refs, sender, mailbox, contact = desk.replica.row(
        "SELECT in_reply_to, refs, sender, mailbox_id, contact_id FROM message WHERE kind = 'reply'"
    ) or ()  # fmt: skip
    assert (answers, sender, mailbox) == (theirs, world.MAILBOX, "box")
    assert theirs in refs and contact == row(desk, ticket_id)["contact_id"]


# --- killed in the middle ----------------------------------------------------------------------------------------

PROMISING = """
    import sys
    from pathlib import Path
    from tests.desk import world
    from deskapp.desk import promise
    desk = world.open_world(Path(sys.argv[1]))
    tickets = sys.argv[2:]
    print("ready", flush=True)
    for ticket_id in tickets:
        view = promise.propose(desk, ticket_id, minutes=60)
        promise.give(desk, ticket_id, view.proposals.slots[0], view.letters[0], minutes=60)
        print(ticket_id, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("rounds", [4, pytest.param(60, marks=pytest.mark.long)])
def test_a_promise_is_all_or_nothing_also_when_killed(profile: Path, rounds: int) -> None:
    dice = random.Random(20261102)
    cut = 0
    for _ in range(rounds):
        desk = world.open_world(profile)
        tickets = [intake.by_hand(desk, f"Заявка {n}", address="ivan@romashka.example").result for n in range(12)]
        desk.replica.disconnect()
        worker = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(PROMISING), str(profile), *tickets],
            stdout=subprocess.PIPE, cwd=ROOT, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        said = [worker.stdout.readline().strip() for _ in range(dice.randint(0, 4))]
        moment = dice.random() * 0.03
        try:
            worker.wait(moment)
        except subprocess.TimeoutExpired:
            os.kill(worker.pid, signal.SIGKILL)
        said += worker.stdout.read().split()
        worker.wait(180)
        worker.stdout.close()
        desk = world.open_world(profile)
        try:
            assert desk.replica.value("PRAGMA integrity_check") == "ok"
            for ticket_id in tickets:
                now = row(desk, ticket_id)
                parts = {
                    "status": now["status"] == "promised",
                    "date": now["promised_at"] is not None,
                    "answered": now["answered_at"] is not None,
                    "promise": bool(
                        desk.replica.value("SELECT count(*) FROM promise WHERE ticket_id = ?", (ticket_id,))
                    ),
                    "booking": bool(
                        desk.replica.value("SELECT count(*) FROM booking WHERE ticket_id = ?", (ticket_id,))
                    ),
                    "letter": bool(
                        desk.replica.value("SELECT count(*) FROM held_letter WHERE ticket_id = ?", (ticket_id,))
                    ),
                    "list": desk.replica.value("SELECT status FROM queue_row WHERE ticket_id = ?", (ticket_id,))
                    == "promised",
                }
                assert len(set(parts.values())) == 1, parts
                assert parts["status"] or ticket_id not in said, "what was confirmed is there"
                cut += not parts["status"]
        finally:
            desk.replica.disconnect()
    assert cut, "the process was never killed in time; the trial shows nothing"


def test_a_date_that_a_person_gave_regardless_of_the_plan_leaves_with_its_letter(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id, minutes=2400)
    world.let_leave(desk)
    forecast = desk.replica.value("SELECT forecast_at FROM queue_row WHERE ticket_id = ?", (ticket_id,))
    promise.give_other(desk, ticket_id, world.moscow(3, 12), "успеем вдвоём", world.our_letter())
    assert forecast > to_ms(world.moscow(3, 12))
    world.let_leave(desk)
    assert world.row(desk, ticket_id)["needs"] == ""
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind IN ('promise', 'slip')") == 2
