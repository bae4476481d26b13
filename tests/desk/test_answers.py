"""What short letters say, and what the desk does by itself because of it: little."""

from __future__ import annotations

import json

import pytest

from deskapp.desk import answers, closing, hints, ratings, setup, triage
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import IncomingFile
from tests.desk.world import (
    IVAN,
    OLGA,
    STRANGER,
    advance,
    answer,
    arrive,
    promise_first,
    row,
    status,
)  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("статус", "", True),
        ("Re: [#1001] Принтер", "статус", True),
        ("Re: [#1001] Принтер", "Добрый день! Подскажите, пожалуйста, статус заявки. Спасибо", True),
        ("Принтер", "Какой статус по нашей заявке №1001?", True),
        ("x", "status", True),
        ("x", "Hello, what is the status of ticket #1001?", True),
        ("x", "status please", True),
        ("Статус 1001", "", True),
        ("Статус заявки изменился, а принтер не печатает", "", False),
        ("x", "В программе статус заказа не меняется", False),
        ("статус", "Принтер так и не печатает, сколько ждать?", False),
        ("x", "", False),
    ],
)
def test_a_question_about_the_state_is_known(subject: str, text: str, expected: bool) -> None:
    assert answers.asks_status(subject, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Да", "agree"), ("да, всё работает, спасибо!", "agree"), ("Подтверждаю, можно закрывать", "agree"),
        ("ок", "agree"), ("Yes, it works now. Thank you", "agree"), ("Проблем больше нет, благодарю", "agree"),
        ("Спасибо, снова работает", "agree"), ("Please close it", "agree"), ("+", "agree"),
        ("Больше не зависает", "agree"), ("No more errors, thanks", "agree"),
        ("Нет", "disagree"), ("Спасибо, но опять не печатает", "disagree"), ("не работает", "disagree"),
        ("Да, но ошибка осталась", "disagree"), ("Still broken", "disagree"), ("It does not print", "disagree"),
        ("Не закрывайте пока, проверим завтра", "disagree"), ("no", "disagree"),
        ("Высылаю договор, посмотрите", ""), ("", ""), ("Когда приедет мастер?", ""), ("да " * 300, ""),
    ],
)  # fmt: skip
def test_consent_and_doubt_are_told_apart(text: str, expected: str) -> None:
    assert answers.consent(text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("csat", "5", (5, "")), ("csat", "Оценка: 4\nДолго ждали", (4, "Долго ждали")), ("csat", "5!", (5, "")),
        ("csat", "5 баллов", (5, "")), ("csat", "4/5", (4, "")), ("csat", "0", None), ("csat", "6", None),
        ("nps", "0", (0, "")), ("nps", "10 из 10", (10, "")), ("nps", "11", None),
        ("csat", "5 принтеров не печатают", None), ("csat", "", None), ("csat", "Спасибо", None),
        ("csat", "4129", None),
    ],
)  # fmt: skip
def test_a_mark_stands_alone_in_its_line(kind: str, text: str, expected: tuple[int, str] | None) -> None:
    assert answers.mark(kind, text) == expected


def sent(desk: Desk, kind: str) -> list[tuple[str, str]]:
    """(recipient, text) of our letters of a kind."""
    return [
        (json.loads(to)[0][1], text)
        for to, text in desk.replica.rows(
            "SELECT recipients, text FROM message WHERE direction = 'out' AND kind = ? ORDER BY received_at, id",
            (kind,),
        )
    ]


# --- the state, told by itself -----------------------------------------------------------------------------------


def test_a_participant_is_told_the_state_and_nothing_else_happens(desk: Desk) -> None:
    ticket_id = arrive(desk, cc=(OLGA,)).ticket_id
    promise_first(desk, ticket_id)
    before = row(desk, ticket_id)
    (_to, told), *_more = sent(desk, "ack")
    assert "одним словом «статус»" in told, "how to ask is told with the number"
    first = answer(desk, ticket_id, "Статус")
    advance(desk, minutes=1)
    by_number = arrive(desk, subject="статус 1001", text="", sender=OLGA)
    assert (first.outcome, by_number.outcome) == ("joined", "joined")
    assert first.ticket_id == by_number.ticket_id == ticket_id
    assert row(desk, ticket_id) == before
    assert [to for to, _text in sent(desk, "status")] == [IVAN[1], OLGA[1]], "whoever asked is answered"
    text = sent(desk, "status")[0][1]
    assert "№1001" in text and "Анна Белова" in text and "ноября 2026" in text
    automatic, answers_to = desk.replica.row(
        "SELECT automatic, in_reply_to FROM message WHERE kind = 'status' ORDER BY received_at LIMIT 1"
    ) or (0, "")
    assert automatic == 1 and answers_to


def test_the_pictures_of_a_signature_are_no_files_and_files_are_for_a_person(desk: Desk) -> None:
    """Outlook puts the firm's logo into every letter."""
    ticket_id = arrive(desk).ticket_id
    logo = IncomingFile("image001.png", "image/png", 900, "a" * 64, "image001.png@01DA", inline=True)
    photo = IncomingFile("IMG_1.jpeg", "image/jpeg", 900, "b" * 64, inline=True)
    act = IncomingFile("акт.pdf", "application/pdf", 900, "c" * 64)
    for files, told in (((logo, logo), 1), ((logo, act), 1), ((photo,), 1), ((act,), 1), ((logo,), 2)):
        found = answer(desk, ticket_id, "Статус?", files=files)
        assert found.ticket_id == ticket_id and len(sent(desk, "status")) == told


def test_strangers_machines_and_the_impatient_are_not_told(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    stranger = arrive(desk, subject="статус 1001", text="", sender=STRANGER)
    assert stranger.ticket_id != ticket_id, "a number alone opens nothing"
    machine = answer(desk, ticket_id, "статус", automatic=True, automatic_reason="Precedence: bulk")
    assert machine.ticket_id == ticket_id and sent(desk, "status") == []
    overheard = answer(desk, ticket_id, "статус", sender=("", "spy@other.example"))
    assert overheard.ticket_id == ticket_id and sent(desk, "status") == [], "an id of a letter is no proof"
    for _time in range(9):
        answer(desk, ticket_id, "статус")
    assert len(sent(desk, "status")) + 1 == desk.schedule.rule["auto_per_hour"], "with the acknowledgement"
    advance(desk, hours=1.1)
    answer(desk, ticket_id, "статус")
    assert len(sent(desk, "status")) == desk.schedule.rule["auto_per_hour"]
    setup.save_rule(desk, {"answer_status": False})
    advance(desk, hours=2)
    answer(desk, ticket_id, "статус")
    assert len(sent(desk, "status")) == desk.schedule.rule["auto_per_hour"]


# --- hints for a person --------------------------------------------------------------------------------------------


def finished(desk: Desk, **more: object) -> str:
    ticket_id = arrive(desk, **more).ticket_id
    promise_first(desk, ticket_id)
    closing.finish(desk, ticket_id, "починили", told_how="phone", told_who="Иван")
    return ticket_id


def test_consent_by_letter_is_a_hint_that_a_person_accepts(desk: Desk) -> None:
    ticket_id = finished(desk)
    assert hints.of_ticket(desk, ticket_id) == ()
    answer(desk, ticket_id, "Да, всё работает, спасибо")
    assert status(desk, ticket_id) == "resolved", "a letter closes nothing"
    (hint,) = hints.of_ticket(desk, ticket_id)
    assert (hint.kind, hint.who) == ("agree", IVAN[0])
    hints.accept(desk, ticket_id, hint)
    closed = row(desk, ticket_id)
    assert (closed["status"], closed["consent_how"], closed["consent_who"]) == ("closed", "mail", IVAN[0])
    assert hints.of_ticket(desk, ticket_id) == ()
    with pytest.raises(Exception, match="no longer fits"):
        hints.accept(desk, ticket_id, hint)


def test_not_fixed_by_letter_is_a_hint_and_the_newest_letter_counts(desk: Desk) -> None:
    ticket_id = finished(desk)
    answer(desk, ticket_id, "Спасибо, работает")
    answer(desk, ticket_id, "Нет, опять не печатает")
    (hint,) = hints.of_ticket(desk, ticket_id)
    assert (hint.kind, status(desk, ticket_id)) == ("disagree", "resolved")
    hints.accept(desk, ticket_id, hint)
    assert (status(desk, ticket_id), row(desk, ticket_id)["needs"]) == ("in_progress", "date")


def test_what_the_requester_says_of_urgency_and_cause_is_left_to_the_specialist(desk: Desk) -> None:
    setup.save_cause(desk, {"id": "net", "name": "Сеть и интернет"})
    ticket_id = arrive(desk, urgency_hint=1, hint_words=("Срочно!",), cause_hint="сеть и интернет").ticket_id
    assert (row(desk, ticket_id)["urgency"], row(desk, ticket_id)["cause_id"]) == (3, "")
    urgent, cause = hints.of_ticket(desk, ticket_id)
    assert (urgent.kind, urgent.value, urgent.words, cause.kind, cause.value) == (
        "urgency", "1", "Срочно!", "cause", "net",
    )  # fmt: skip
    hints.accept(desk, ticket_id, urgent)
    hints.accept(desk, ticket_id, cause)
    assert (row(desk, ticket_id)["urgency"], row(desk, ticket_id)["cause_id"]) == (1, "net")
    other = arrive(desk, urgency_hint=1, hint_words=("Срочно!",)).ticket_id
    triage.set_urgency(desk, other, 2)
    assert hints.of_ticket(desk, other) == (), "decided"


def test_the_sender_of_a_forwarded_letter_is_offered_as_the_requester(desk: Desk) -> None:
    ticket_id = arrive(desk, kind="forward", asker=OLGA).ticket_id
    (hint,) = hints.of_ticket(desk, ticket_id)
    assert (hint.kind, hint.value) == ("requester", OLGA[1])
    hints.accept(desk, ticket_id, hint)
    address = desk.replica.value("SELECT c.address FROM ticket t JOIN contact c ON c.id = t.contact_id")
    assert address == OLGA[1] and hints.of_ticket(desk, ticket_id) == ()
    ours = arrive(desk, kind="forward", asker=("Анна", "anna@desk.example")).ticket_id
    assert hints.of_ticket(desk, ours) == (), "none of us asks"


# --- satisfaction --------------------------------------------------------------------------------------------------


def test_a_digit_by_letter_is_written_down_and_may_be_corrected_by_phone(desk: Desk) -> None:
    setup.save_rule(desk, {"ask_rating": "csat"})
    ticket_id = finished(desk)
    closing.agree(desk, ticket_id, "phone", "Иван")
    assert [to for to, _text in sent(desk, "rating")] == [IVAN[1]]
    asked = ratings.of_ticket(desk, ticket_id)
    assert asked is not None and (asked.kind, asked.value) == ("csat", None)
    before = row(desk, ticket_id)
    answer(desk, ticket_id, "4\nМастер вежливый, но ждали долго")
    told = ratings.of_ticket(desk, ticket_id)
    assert told is not None and (told.value, told.how, told.text) == (4, "mail", "Мастер вежливый, но ждали долго")
    assert row(desk, ticket_id) == before, "an opinion opens nothing again"
    ratings.record(desk, ticket_id, 5, "передумал")
    changed = ratings.of_ticket(desk, ticket_id)
    assert changed is not None and (changed.id, changed.value, changed.how) == (told.id, 5, "phone")
    answer(desk, ticket_id, "2")
    kept = ratings.of_ticket(desk, ticket_id)
    assert kept is not None and kept.value == 5, "what a person wrote down stands"
    with pytest.raises(Exception, match="not on the scale"):
        ratings.record(desk, ticket_id, 6)


def test_a_digit_nobody_asked_for_is_a_letter_like_any_other(desk: Desk) -> None:
    ticket_id = finished(desk)
    closing.agree(desk, ticket_id, "phone", "Иван")
    assert sent(desk, "rating") == [] and ratings.of_ticket(desk, ticket_id) is None
    answer(desk, ticket_id, "5")
    assert ratings.of_ticket(desk, ticket_id) is None


def test_a_digit_of_long_after_is_no_mark(desk: Desk) -> None:
    setup.save_rule(desk, {"ask_rating": "csat", "reopen_days": 90})
    ticket_id = finished(desk)
    closing.agree(desk, ticket_id, "phone", "Иван")
    advance(desk, days=31)
    answer(desk, ticket_id, "3")
    told = ratings.of_ticket(desk, ticket_id)
    assert told is not None and told.value is None


def test_a_bad_mark_with_a_complaint_opens_the_ticket_again(desk: Desk) -> None:
    setup.save_rule(desk, {"ask_rating": "nps"})
    ticket_id = finished(desk)
    closing.agree(desk, ticket_id, "phone", "Иван")
    answer(desk, ticket_id, "1\nОпять не печатает")
    told = ratings.of_ticket(desk, ticket_id)
    assert told is not None and told.value == 1
    assert status(desk, ticket_id) == "in_progress"
