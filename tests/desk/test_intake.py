"""Letters find their ticket; strangers, machines and thanks do no harm; the number is told once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from deskapp.core.clock import to_ms
from deskapp.desk import closing, intake, letters, promise, setup, ticket, triage, work
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.models.schema import Ticket
from tests.desk.world import (
    IVAN,
    MAILBOX,
    OLGA,
    STRANGER,
    advance,
    answer,
    arrive,
    let_leave,
    letter,
    our_letter,
    promise_first,
    row,
    shared_rows,
    status,
)


def outgoing(desk: Desk, kind: str = "ack") -> list[str]:
    """Recipients of our letters of a kind."""
    return [
        json.loads(found[0])[0][1]
        for found in desk.replica.rows(
            "SELECT recipients FROM message WHERE direction = 'out' AND kind = ? ORDER BY received_at, id", (kind,)
        )
    ]


def events(desk: Desk, ticket_id: str) -> list[str]:
    return [
        found[0] for found in desk.replica.rows("SELECT kind FROM event WHERE ticket_id = ? ORDER BY id", (ticket_id,))
    ]


def finished(desk: Desk) -> str:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id)
    closing.finish(desk, ticket_id, "починили", told_how="phone", told_who="Иван")
    return ticket_id


def closed(desk: Desk) -> str:
    ticket_id = finished(desk)
    closing.agree(desk, ticket_id, "phone", "Иван")
    return ticket_id


# --- a new ticket ------------------------------------------------------------------------------------------------


def test_a_letter_becomes_a_ticket_with_its_sender_and_customer(desk: Desk) -> None:
    file = IncomingFile("фото.png", "image/png", 3, "ab" * 32)
    outcome = arrive(desk, files=(file,), cc=(OLGA, ("", MAILBOX), ("Анна", "Anna@desk.example")))
    assert (outcome.outcome, outcome.number, outcome.auto_answer) == ("created", 1001, True)
    view = ticket.view(desk, outcome.ticket_id)
    assert (view.subject, view.status, view.requester.name) == ("Не печатает принтер", "new", "Иван Петров")
    assert (view.requester.customer, view.requester.known) == ("romashka.example", False)
    assert [one.name for entry in view.entries for one in entry.files] == ["фото.png"]
    assert view.followers == ("Ольга Сидорова",), "neither our mailbox nor a colleague follows as a customer"
    assert view.received_at == desk.clock.now()
    assert outgoing(desk) == [IVAN[1]]


def test_the_second_letter_of_a_firm_finds_its_customer(desk: Desk) -> None:
    first, second = arrive(desk), arrive(desk, sender=OLGA)
    assert second.number == 1002
    assert row(desk, first.ticket_id)["customer_id"] == row(desk, second.ticket_id)["customer_id"] != ""


def test_a_public_provider_is_no_customer(desk: Desk) -> None:
    assert row(desk, arrive(desk, sender=("", "ivan@mail.ru")).ticket_id)["customer_id"] == ""


def test_a_letter_without_a_sender_is_a_ticket_too(desk: Desk) -> None:
    outcome = arrive(desk, sender=("", ""))
    assert (outcome.outcome, outcome.auto_answer) == ("created", False)
    assert ticket.view(desk, outcome.ticket_id).requester.contact_id == ""


def test_the_same_letter_twice_changes_nothing(desk: Desk) -> None:
    again = letter()
    first = intake.accept(desk, again).result
    before = shared_rows(desk)
    second = intake.accept(desk, again).result
    assert (second.outcome, second.ticket_id) == ("ignored", first.ticket_id)
    assert shared_rows(desk) == before


def test_our_own_letter_that_comes_back_is_ignored(desk: Desk) -> None:
    arrive(desk)
    own = desk.replica.value("SELECT id FROM message WHERE direction = 'out'")
    before = shared_rows(desk)
    assert arrive(desk, sender=("Поддержка", MAILBOX), own_letter=own).outcome == "ignored"
    assert shared_rows(desk) == before


# --- the acknowledgement -----------------------------------------------------------------------------------------


def test_an_acknowledgement_tells_the_number_and_is_sent_once(desk: Desk) -> None:
    outcome = arrive(desk)
    answer(desk, outcome.ticket_id, "И ещё вот что")
    assert outgoing(desk) == [IVAN[1]]
    subject, body, automatic = desk.replica.row("SELECT subject, text, automatic FROM message WHERE kind = 'ack'") or ()
    assert "[#1001]" in subject and "1001" in body and automatic == 1
    assert desk.replica.value("SELECT state FROM outgoing") == "ready"
    assert row(desk, outcome.ticket_id)["answered_at"] is None, "a machine's letter is no answer"


def test_acknowledgements_are_capped_by_address_and_hour(desk: Desk) -> None:
    outcomes = [arrive(desk, subject=f"Письмо {number}") for number in range(9)]
    assert len(outgoing(desk)) == 5
    assert all(one.outcome == "created" for one in outcomes), "tickets are opened all the same"
    assert outcomes[-1].reason
    arrive(desk, sender=OLGA)
    assert len(outgoing(desk)) == 6
    advance(desk, hours=1, minutes=1)
    arrive(desk)
    assert len(outgoing(desk)) == 7


@pytest.mark.parametrize(
    "letters_values",
    [
        {"automatic": True, "automatic_reason": "Auto-Submitted", "kind": "new"},
        {"sender": ("Анна", "anna@desk.example")},
        {"sender": ("Поддержка", MAILBOX)},
        {"sender": ("", "")},
    ],
)
def test_who_never_gets_an_automatic_letter(desk: Desk, letters_values: dict[str, object]) -> None:
    outcome = arrive(desk, **letters_values)
    assert (outcome.outcome, outcome.auto_answer) == ("created", False)
    assert outgoing(desk) == []


def test_imports_answer_nobody_but_say_what_would_be(desk: Desk) -> None:
    outcome = intake.accept(desk, letter(), quiet=True).result
    assert (outcome.outcome, outcome.auto_answer) == ("created", True)
    assert outgoing(desk) == []


def test_a_desk_that_does_not_acknowledge(desk: Desk) -> None:
    setup.save_rule(desk, {"acknowledge": False})
    assert not arrive(desk).auto_answer
    assert outgoing(desk) == []


def test_a_full_mailbox_is_no_dead_address(desk: Desk) -> None:
    first = arrive(desk)
    answer(
        desk, first.ticket_id, "452 mailbox full", sender=("", "mailer-daemon@mx.example"), kind="bounce",
        automatic=True, bounced_address=IVAN[1], permanent=False,
    )  # fmt: skip
    assert desk.replica.value("SELECT undeliverable FROM contact WHERE address = ?", (IVAN[1],)) is None


def test_a_report_without_a_letter_is_of_what_left_lately(desk: Desk) -> None:
    """Servers give up within days: what names only an address that we wrote to a week ago is about something else."""
    first = arrive(desk)
    letters.send(desk, first.ticket_id, "reply", our_letter())
    let_leave(desk)
    report = {"sender": ("", "mailer-daemon@mx.example"), "kind": "bounce", "automatic": True, "permanent": True,
              "bounced_address": IVAN[1], "subject": "Undelivered mail"}  # fmt: skip
    advance(desk, days=6)
    assert arrive(desk, **report).ticket_id == first.ticket_id
    desk.replica.db.execute_sql("UPDATE contact SET undeliverable = NULL")
    advance(desk, days=2)
    assert arrive(desk, **report).outcome == "ignored"
    assert desk.replica.value("SELECT undeliverable FROM contact WHERE address = ?", (IVAN[1],)) is None


def test_of_letters_with_one_id_ours_then_the_newest_is_meant(desk: Desk) -> None:
    """Devices use an id again for another letter: an answer belongs to the later one."""
    old = arrive(desk, message_id="same@scanner", subject="Скан 1")
    advance(desk, days=1)
    new = arrive(desk, message_id="same@scanner", subject="Скан 2")
    assert old.ticket_id != new.ticket_id
    advance(desk, minutes=1)
    assert arrive(desk, subject="Re: Скан", in_reply_to="same@scanner", kind="reply").ticket_id == new.ticket_id


def test_who_follows_from_an_address_that_does_not_work_gets_no_copies(desk: Desk) -> None:
    ticket_id = arrive(desk, cc=(OLGA, STRANGER)).ticket_id
    assert {address for _name, address in letters.followers(desk, ticket_id)} == {OLGA[1], STRANGER[1]}
    desk.replica.db.execute_sql("UPDATE contact SET undeliverable = 1 WHERE address = ?", (OLGA[1],))
    assert [address for _name, address in letters.followers(desk, ticket_id)] == [STRANGER[1]]


def test_an_absence_note_about_what_was_closed_long_ago_lies_with_it(desk: Desk) -> None:
    ticket_id = closed(desk)
    advance(desk, days=40)
    noted = answer(desk, ticket_id, "Я в отпуске", kind="auto", automatic=True)
    assert (noted.outcome, noted.ticket_id, status(desk, ticket_id)) == ("joined", ticket_id, "closed")


def test_an_address_that_bounced_for_good_is_left_alone(desk: Desk) -> None:
    first = arrive(desk)
    bounce = answer(
        desk, first.ticket_id, "550 no such user", sender=("", "mailer-daemon@mx.example"), kind="bounce",
        automatic=True, bounced_address="Ivan@Romashka.example", permanent=True,
    )  # fmt: skip
    assert bounce.outcome == "joined"
    view = ticket.view(desk, first.ticket_id)
    assert view.requester.undeliverable and view.status == "new"
    assert view.entries[-1].kind == "auto"
    assert desk.replica.value("SELECT count(*) FROM contact WHERE address LIKE 'mailer-daemon%'") == 0
    arrive(desk)
    assert len(outgoing(desk)) == 1
    letters.mark_deliverable(desk, view.requester.contact_id)
    arrive(desk)
    assert len(outgoing(desk)) == 2


# --- joining -----------------------------------------------------------------------------------------------------


def test_an_answer_joins_by_its_references(desk: Desk) -> None:
    first = arrive(desk)
    by_reply = answer(desk, first.ticket_id, "Вот номер")
    ours = desk.replica.value("SELECT message_id FROM message WHERE direction = 'out'")
    by_references = arrive(desk, subject="Совсем другая тема", references=("unknown@x", ours, "newer@x"), kind="reply")
    assert {by_reply.ticket_id, by_references.ticket_id} == {first.ticket_id}
    assert by_reply.outcome == by_references.outcome == "joined"


def test_a_known_participant_joins_by_the_number(desk: Desk) -> None:
    first = arrive(desk, cc=(("Пётр", "petr@partner.example"),))
    for sender in (IVAN, OLGA, ("Пётр", "petr@partner.example"), ("Анна", "anna@desk.example")):
        joined = arrive(desk, subject="О другом [#1001]", sender=sender, ticket_number=1001)
        assert (joined.outcome, joined.ticket_id) == ("joined", first.ticket_id), sender


def test_a_stranger_with_a_number_does_not_get_in(desk: Desk) -> None:
    first = arrive(desk)
    stranger = arrive(desk, subject="Re: [#1001]", sender=STRANGER, ticket_number=1001)
    assert stranger.outcome == "created" and stranger.ticket_id != first.ticket_id
    assert ticket.view(desk, stranger.ticket_id).looks_like == (first.ticket_id, 1001)
    assert len(ticket.view(desk, first.ticket_id).entries) == 3  # letter, number, acknowledgement


def test_a_forwarded_letter_opens_a_new_ticket(desk: Desk) -> None:
    first = arrive(desk)
    forwarded = answer(desk, first.ticket_id, "см. ниже", kind="forward", ticket_number=1001)
    assert forwarded.outcome == "created"
    assert ticket.view(desk, forwarded.ticket_id).looks_like == (first.ticket_id, 1001)


def test_what_was_forwarded_is_shown_with_the_letter(desk: Desk) -> None:
    whole = "См. ниже.\n\n-------- Пересылаемое сообщение --------\nОт: Нина <n@x.example>\n\nНе открывается отчёт"
    forwarded = arrive(desk, text=whole, reply_text="См. ниже.", kind="forward")
    (entry,) = [entry for entry in ticket.view(desk, forwarded.ticket_id).entries if entry.kind == "letter_in"]
    assert entry.text == whole and entry.full_text == ""


def test_mail_to_a_merged_ticket_goes_to_its_target(desk: Desk) -> None:
    first, second = arrive(desk), arrive(desk)
    with desk.act("merged") as act:
        act.update(Ticket, second.ticket_id, status="merged", merged_into=first.ticket_id)
    assert answer(desk, second.ticket_id, "Дополнение").ticket_id == first.ticket_id


def test_merged_in_a_circle_ends(desk: Desk) -> None:
    first, second = arrive(desk), arrive(desk)
    with desk.act("merged") as act:
        act.update(Ticket, first.ticket_id, merged_into=second.ticket_id)
        act.update(Ticket, second.ticket_id, merged_into=first.ticket_id)
    assert answer(desk, second.ticket_id, "Дополнение").outcome == "joined"


def test_a_colleague_answers_straight_from_the_mail_program(desk: Desk) -> None:
    first = arrive(desk)
    joined = answer(desk, first.ticket_id, "Уже смотрю", sender=("Борис", "Boris@Desk.example"), cc=(IVAN,))
    entry = ticket.view(desk, first.ticket_id).entries[-1]
    assert (joined.outcome, entry.kind, entry.author, entry.label) == ("joined", "letter_out", "Борис Серов", "reply")
    assert desk.replica.value("SELECT count(*) FROM contact WHERE address = 'boris@desk.example'") == 0
    assert row(desk, first.ticket_id)["answered_at"] is None
    back = answer(desk, first.ticket_id, "Спасибо, ждём", in_reply_to=desk.replica.value(
        "SELECT message_id FROM message WHERE author_id = 'boris'"))  # fmt: skip
    assert back.ticket_id == first.ticket_id


def test_a_colleagues_absence_note_is_no_answer_of_ours(desk: Desk) -> None:
    first = arrive(desk)
    answer(desk, first.ticket_id, "Я в отпуске", sender=("Борис", "boris@desk.example"), kind="auto", automatic=True)
    assert ticket.view(desk, first.ticket_id).entries[-1].kind == "auto"


@pytest.mark.parametrize("make", [finished, closed])
def test_out_of_office_joins_without_moving_anything(desk: Desk, make: object) -> None:
    ticket_id = make(desk)  # type: ignore[operator]
    triage.mark_read(desk, ticket_id)
    before = row(desk, ticket_id)
    joined = answer(desk, ticket_id, "Я в отпуске до 9 ноября", kind="auto", automatic=True)
    assert joined.outcome == "joined" and row(desk, ticket_id) == before
    assert ticket.view(desk, ticket_id).entries[-1].kind == "auto"
    assert desk.replica.value("SELECT unread FROM queue_row WHERE ticket_id = ?", (ticket_id,)) == 0


def test_an_automatic_letter_about_nothing_of_ours_is_no_ticket(desk: Desk) -> None:
    outcome = arrive(desk, kind="auto", automatic=True, automatic_reason="out of office")
    assert outcome.outcome == "ignored" and outcome.reason
    assert desk.replica.value("SELECT count(*) FROM ticket") == 0
    assert desk.replica.value("SELECT count(*) FROM contact") == 0


# --- what a letter does to a state ------------------------------------------------------------------------------


def test_a_question_keeps_the_clock(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    due = ticket.view(desk, ticket_id).answer_due
    letters.send(desk, ticket_id, "question", our_letter(), wait=True)
    let_leave(desk)
    advance(desk, minutes=20)
    view = ticket.view(desk, ticket_id)
    assert (view.status, view.answer_due, view.answered_at) == ("new", due, None)
    answer(desk, ticket_id, "Номер 5")
    view = ticket.view(desk, ticket_id)
    assert view.answer_due == due
    assert desk.replica.value("SELECT answer_due FROM queue_row WHERE ticket_id = ?", (ticket_id,)) == to_ms(due)


def test_a_question_stops_the_clock_where_the_desk_says_so(desk: Desk) -> None:
    setup.save_rule(desk, {"question_stops_clock": True})
    ticket_id = arrive(desk).ticket_id
    due = ticket.view(desk, ticket_id).answer_due
    assert due is not None
    advance(desk, minutes=10)
    letters.send(desk, ticket_id, "question", our_letter())
    advance(desk, minutes=1)
    letters.release(desk)
    advance(desk, minutes=9)
    letters.send(desk, ticket_id, "question", our_letter())  # once more: it stands since the first
    advance(desk, minutes=1)
    letters.release(desk)
    advance(desk, minutes=19)
    assert ticket.view(desk, ticket_id).answer_due == due + timedelta(minutes=30), "it stands while we wait"
    answer(desk, ticket_id, "Номер 5")
    advance(desk, minutes=20)
    assert ticket.view(desk, ticket_id).answer_due == due + timedelta(minutes=31), "and runs on from the answer"
    stored = desk.replica.value("SELECT answer_due FROM queue_row WHERE ticket_id = ?", (ticket_id,))
    assert stored == to_ms(due + timedelta(minutes=31))


def test_waiting_for_the_customer_ends_with_the_answer(desk: Desk) -> None:
    for begun, after in ((False, "promised"), (True, "in_progress")):
        ticket_id = arrive(desk).ticket_id
        promise_first(desk, ticket_id)
        if begun:
            work.start(desk, ticket_id)
        letters.send(desk, ticket_id, "question", our_letter(), wait=True)
        assert (status(desk, ticket_id), row(desk, ticket_id)["wait_for"]) == ("waiting", "customer")
        answer(desk, ticket_id, "Номер 5")
        assert (status(desk, ticket_id), row(desk, ticket_id)["wait_for"]) == (after, "")


def test_waiting_for_a_part_does_not_end_with_a_letter(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id)
    work.wait(desk, ticket_id, "parts")
    answer(desk, ticket_id, "Ну как?")
    assert status(desk, ticket_id) == "waiting"


def test_an_answer_to_a_refusal_is_new_again_with_a_new_clock(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    received = row(desk, ticket_id)["received_at"]
    promise.refuse(desk, ticket_id, "не наше", our_letter())
    assert ticket.view(desk, ticket_id).answer_due is None
    advance(desk, days=1)
    answer(desk, ticket_id, "А по договору ваше")
    view = ticket.view(desk, ticket_id)
    assert (view.status, view.answered_at, row(desk, ticket_id)["received_at"]) == ("new", None, received)
    assert view.answer_due == desk.clock.now() + timedelta(hours=2), "two working hours from the new letter"
    assert "reopened" in events(desk, ticket_id)
    assert ticket.trace(desk, ticket_id, "answer").date == view.answer_due


def test_thanks_for_a_refusal_leave_it_refused(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise.refuse(desk, ticket_id, "не наше", our_letter())
    answer(desk, ticket_id, "Понятно, спасибо!")
    assert status(desk, ticket_id) == "refused"


def test_a_young_closed_ticket_is_reopened_by_a_letter(desk: Desk) -> None:
    ticket_id = closed(desk)
    advance(desk, days=13)
    joined = answer(desk, ticket_id, "Опять не печатает")
    now = row(desk, ticket_id)
    assert joined.outcome == "joined"
    assert (now["status"], now["needs"], now["finished_at"]) == ("in_progress", "date", None)
    assert (now["consent_how"], now["consent_who"], now["consent_at"]) == ("", "", None)
    assert now["reopened"] == 1 and desk.replica.value("SELECT reopened FROM ticket_fact") == 1
    assert "reopened" in events(desk, ticket_id)


def test_an_old_closed_ticket_splits_off_a_new_one_with_a_hint(desk: Desk) -> None:
    ticket_id = closed(desk)
    number = row(desk, ticket_id)["number"]
    advance(desk, days=15)
    split = answer(desk, ticket_id, "Опять не печатает")
    assert split.outcome == "created" and split.ticket_id != ticket_id
    assert ticket.view(desk, split.ticket_id).looks_like == (ticket_id, number)
    assert status(desk, ticket_id) == "closed"


@pytest.mark.parametrize("days", [1, 400])
@pytest.mark.parametrize("text", ["Спасибо, всё работает!", "Thank you!", "Благодарим за помощь"])
def test_thanks_neither_reopen_nor_split(desk: Desk, days: int, text: str) -> None:
    ticket_id = closed(desk)
    advance(desk, days=days)
    joined = answer(desk, ticket_id, text)
    assert (joined.outcome, joined.ticket_id, status(desk, ticket_id)) == ("joined", ticket_id, "closed")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Спасибо, всё работает", "thanks"),
        ("Спасибо, но всё ещё не работает", "answer_to_done"),
        ("Нет", "answer_to_done"),
    ],
)
def test_an_answer_to_a_finished_ticket_is_for_a_person_to_judge(desk: Desk, text: str, why: str) -> None:
    ticket_id = finished(desk)
    advance(desk, minutes=5)
    answer(desk, ticket_id, text)
    assert status(desk, ticket_id) == "resolved", "consent and disagreement are recorded by people"
    assert desk.replica.value("SELECT why FROM queue_row WHERE ticket_id = ?", (ticket_id,)) == why


def test_who_writes_again_is_looked_at_again(desk: Desk) -> None:
    first, second = arrive(desk), arrive(desk)
    triage.set_aside(desk, first.ticket_id, "not_request")
    triage.set_aside(desk, second.ticket_id, "spam")
    answer(desk, first.ticket_id, "Это всё-таки заявка")
    answer(desk, second.ticket_id, "Купите слона")
    assert row(desk, first.ticket_id)["set_aside"] == ""
    assert row(desk, second.ticket_id)["set_aside"] == "spam"


def test_a_reply_ends_the_snooze_that_waited_for_it(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.snooze(desk, ticket_id, desk.clock.now() + timedelta(days=2), for_reply=True)
    answer(desk, ticket_id, "Вот")
    assert (row(desk, ticket_id)["snoozed_until"], row(desk, ticket_id)["snoozed_for_reply"]) == (None, 0)


# --- numbers -----------------------------------------------------------------------------------------------------


def test_numbers_are_never_given_twice(desk: Desk) -> None:
    from deskapp.desk import undo

    made = intake.by_hand(desk, "Раз")
    undo.revert(desk, made.tx)
    again = intake.by_hand(desk, "Два")
    assert row(desk, again.result)["number"] == 1002
