"""What happens when nobody answers: nothing, unless the desk or the contract wants it; and never twice."""

from __future__ import annotations

import pytest

from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import closing, letters, setup, silence, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Contract
from tests.desk import world


def resolved(desk: Desk) -> str:
    ticket_id = world.arrive(desk).ticket_id
    letter = letters.draft(desk, ticket_id, "done", solution="Заменён картридж", prevention="")
    closing.finish(desk, ticket_id, "Заменён картридж", letter=letter)
    world.let_leave(desk)
    return ticket_id


def sent(desk: Desk, ticket_id: str, kind: str) -> int:
    return int(
        desk.replica.value(
            "SELECT count(*) FROM message WHERE ticket_id = ? AND kind = ? AND automatic = 1", (ticket_id, kind)
        )
    )


def contract(desk: Desk, ticket_id: str, **values: object) -> None:
    with desk.act("") as act:
        act.insert(Contract, customer_id=world.row(desk, ticket_id)["customer_id"], number="ТП-1", **values)


def test_without_a_policy_it_stays_open_for_ever(desk: Desk) -> None:
    ticket_id = resolved(desk)
    for day in (9, 16, 23, 30):
        world.go_to(desk, world.moscow(day, 11))
        silence.watch(desk)
    assert world.status(desk, ticket_id) == "resolved" and sent(desk, ticket_id, "reminder") == 0
    assert silence.next_step(desk, ticket_id) is None


def test_reminded_first_then_closed_and_said_as_what_it_is(desk: Desk) -> None:
    setup.save_rule(desk, {"silence_days": 10})
    ticket_id = resolved(desk)
    assert silence.next_step(desk, ticket_id) == ("reminder", world.moscow(5, 9, 20))
    world.go_to(desk, world.moscow(5, 8, 30))
    world.advance(desk, hours=2)
    for _twice in range(2):
        silence.watch(desk)
    assert sent(desk, ticket_id, "reminder") == 1 and world.status(desk, ticket_id) == "resolved"
    world.go_to(desk, world.moscow(11, 11))
    silence.watch(desk)
    assert world.status(desk, ticket_id) == "resolved"
    world.go_to(desk, world.moscow(12, 11))
    silence.watch(desk)
    row = world.row(desk, ticket_id)
    assert (row["status"], row["consent_how"], row["consent_who"]) == ("closed", "silence", "")
    assert desk.replica.value("SELECT count(*) FROM event WHERE kind = 'closed_by_silence'") == 1


def test_a_weekend_and_holidays_are_no_silence(desk: Desk) -> None:
    """A reminder of a Friday's last minutes has a working day to be answered, and so has a question."""
    setup.save_rule(desk, {"silence_days": 3, "silence_remind_days": 1, "follow_up_days": 2})
    world.go_to(desk, world.moscow(5, 17, 50))  # Thursday
    ticket_id = resolved(desk)
    world.go_to(desk, world.moscow(6, 17, 55))
    asked = world.arrive(desk, key="asked").ticket_id
    world.promise_first(desk, asked)
    letters.send(desk, asked, "question", world.our_letter("Какая модель?"), wait=True)
    world.let_leave(desk)
    silence.watch(desk)
    assert sent(desk, ticket_id, "reminder") == 1
    assert silence.next_step(desk, ticket_id) == ("close", world.moscow(10, 9))
    for hour in (9, 17):
        world.go_to(desk, world.moscow(9, hour, 30))
        silence.watch(desk)
        assert world.status(desk, ticket_id) == "resolved", "nobody could have answered before"
        assert sent(desk, asked, "followup") == 0
    world.go_to(desk, world.moscow(10, 9, 30))
    silence.watch(desk)
    assert world.status(desk, ticket_id) == "closed" and sent(desk, asked, "followup") == 1


def test_an_answer_ends_the_silence_and_the_contract_goes_before_the_desk(desk: Desk) -> None:
    setup.save_rule(desk, {"silence_days": 10})
    ticket_id = resolved(desk)
    world.answer(desk, ticket_id, "Проверим завтра")
    world.go_to(desk, world.moscow(20, 11))
    silence.watch(desk)
    assert world.status(desk, ticket_id) == "resolved" and sent(desk, ticket_id, "reminder") == 0
    other = resolved(desk)
    contract(desk, other, silence_days=0)  # agreed: only with consent
    assert silence.days_of(desk, other) is None


def test_a_question_is_asked_again_twice_at_most(desk: Desk) -> None:
    setup.save_rule(desk, {"follow_up_days": 2})
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id)
    letters.send(desk, ticket_id, "question", world.our_letter("Какая модель?"), wait=True)
    world.let_leave(desk)
    for day in range(3, 20):
        world.go_to(desk, world.moscow(day, 11))
        silence.watch(desk)
    assert sent(desk, ticket_id, "followup") == 2
    work.resume(desk, ticket_id)
    silence.watch(desk)
    assert sent(desk, ticket_id, "followup") == 2


@pytest.mark.parametrize(("allowed", "letters_sent"), [(0, 0), (1, 1)])
def test_a_promise_that_passes_at_night_is_held_once_where_the_contract_wants_it(
    desk: Desk, allowed: int, letters_sent: int
) -> None:
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id)
    contract(desk, ticket_id, night_letter=allowed, hours="24×7")
    night = to_ms(world.moscow(2, 23, 0))
    with desk.act("") as act:
        act.writing.execute("UPDATE ticket SET promised_at = ? WHERE id = ?", (night, ticket_id))
        act.extra.add(ticket_id)
    desk.replica.db.execute_sql("UPDATE queue_row SET forecast_at = ?", (night + 1,))
    for minute in (0, 40, 45, 50):
        world.go_to(desk, world.moscow(2, 22, minute))
        silence.watch(desk)
    assert sent(desk, ticket_id, "holding") == letters_sent
    if letters_sent:
        text = desk.replica.value("SELECT text FROM message WHERE kind = 'holding'")
        assert "до понедельника, 2 ноября, 23:00" in text and "3 ноября 2026, 11:00" in text
        assert world.row(desk, ticket_id)["needs"] == "date"


def test_nothing_goes_to_an_address_that_does_not_work(desk: Desk) -> None:
    setup.save_rule(desk, {"silence_days": 10})
    ticket_id = resolved(desk)
    desk.replica.db.execute_sql("UPDATE contact SET undeliverable = 1")
    world.go_to(desk, world.moscow(9, 11))
    silence.watch(desk)
    assert sent(desk, ticket_id, "reminder") == 0


def test_waiting_for_a_third_party_reminds_at_a_date(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id)
    silence.wait(desk, ticket_id, "third", "оператор меняет порт", world.moscow(5, 10))
    row = world.row(desk, ticket_id)
    assert (row["status"], row["wait_for"], row["wait_note"]) == ("waiting", "third", "оператор меняет порт")
    reminder = desk.replica.row("SELECT specialist_id, at, text FROM reminder WHERE ticket_id = ?", (ticket_id,))
    assert reminder == (row["owner_id"], to_ms(world.moscow(5, 10)), "оператор меняет порт")
    with pytest.raises(UserFacingError):
        silence.wait(desk, ticket_id, "third", "", world.moscow(1, 10))
