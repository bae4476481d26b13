"""What happens when nobody answers: nothing, unless the desk or the contract wants it; and never twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import closing, families, letters, setup, silence, stock, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Contract, PartReservation
from tests.desk import world


def resolved(desk: Desk) -> str:
    ticket_id = world.arrive(desk).ticket_id
    letter = letters.draft(desk, ticket_id, "done", solution="Заменён картридж", prevention="")
    closing.finish(desk, ticket_id, "Заменён картридж", letter=letter)
    world.let_leave(desk)
    return ticket_id


def mail_leaves(desk: Desk) -> None:
    """The outbox sends what is ready."""
    desk.replica.db.execute_sql(
        "UPDATE outgoing SET state = 'sent', changed_at = ? WHERE state = 'ready'", (to_ms(desk.clock.now()),)
    )


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
    mail_leaves(desk)
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
    mail_leaves(desk)
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


def test_a_reminder_that_nobody_got_closes_nothing(desk: Desk) -> None:
    setup.save_rule(desk, {"silence_days": 10})
    ticket_id = resolved(desk)
    world.go_to(desk, world.moscow(5, 10, 30))
    silence.watch(desk)
    assert sent(desk, ticket_id, "reminder") == 1
    execute = desk.replica.db.execute_sql
    for state in ("ready", "claimed", "unknown", "failed"):
        execute("UPDATE outgoing SET state = ?", (state,))
        world.go_to(desk, world.moscow(16, 11))
        silence.watch(desk)
        assert world.status(desk, ticket_id) == "resolved" and silence.next_step(desk, ticket_id) is None, state
    execute("UPDATE outgoing SET state = 'ready'")
    mail_leaves(desk)  # the mail server was away for ten days
    silence.watch(desk)
    assert world.status(desk, ticket_id) == "resolved", "it has just left"
    assert silence.next_step(desk, ticket_id) == ("close", world.moscow(18, 11))
    execute("UPDATE contact SET undeliverable = 1")  # and came back
    world.go_to(desk, world.moscow(19, 11))
    silence.watch(desk)
    assert world.status(desk, ticket_id) == "resolved" and silence.next_step(desk, ticket_id) is None
    execute("UPDATE contact SET undeliverable = NULL")
    silence.watch(desk)
    assert world.status(desk, ticket_id) == "closed"


def test_only_a_letter_of_a_person_about_the_solution_breaks_the_silence(desk: Desk) -> None:
    """What was written before the solution, and an absence note, answer nothing; the parts that were kept are free."""
    setup.save_rule(desk, {"silence_days": 10})
    ticket_id = world.arrive(desk).ticket_id
    world.answer(desk, ticket_id, "И сканер тоже")
    world.advance(desk, minutes=1)
    letter = letters.draft(desk, ticket_id, "done", solution="Заменён картридж", prevention="")
    closing.finish(desk, ticket_id, "Заменён картридж", letter=letter)
    world.let_leave(desk)
    part = stock.save_part(desk, {"code": "P-1", "name": "Картридж"}).result
    with desk.act("") as act:
        act.insert(PartReservation, part_id=part, ticket_id=ticket_id, quantity=1)
    world.answer(desk, ticket_id, "Я в отпуске", kind="auto", automatic=True)
    world.go_to(desk, world.moscow(5, 10, 30))
    silence.watch(desk)
    assert sent(desk, ticket_id, "reminder") == 1
    mail_leaves(desk)
    world.go_to(desk, world.moscow(12, 11))
    silence.watch(desk)
    assert world.status(desk, ticket_id) == "closed" and stock.for_ticket(desk, ticket_id) == ()


def test_the_fault_is_closed_with_its_last_child_whose_requester_is_silent(desk: Desk) -> None:
    setup.save_rule(desk, {"silence_days": 10})
    parent, child = (world.arrive(desk, subject=text).ticket_id for text in ("Авария", "Нет связи"))
    desk.replica.db.execute_sql("UPDATE ticket SET contact_id = '' WHERE id = ?", (parent,))
    families.link(desk, child, parent)
    families.finish(desk, parent, "Починили", told_how="phone", told_who="оператор")
    world.let_leave(desk)
    for day in (5, 12):
        world.go_to(desk, world.moscow(day, 11))
        silence.watch(desk)
        mail_leaves(desk)
    assert [world.status(desk, one) for one in (child, parent)] == ["closed", "closed"]
    assert world.row(desk, parent)["consent_how"] == "silence"


def test_a_question_is_asked_again_twice_at_most(desk: Desk) -> None:
    setup.save_rule(desk, {"follow_up_days": 2})
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id)
    letters.send(desk, ticket_id, "question", world.our_letter("Какая модель?"), wait=True)
    world.let_leave(desk)
    world.answer(desk, ticket_id, "Я в отпуске", kind="auto", automatic=True)
    asked_again = []
    for day in range(3, 20):
        world.go_to(desk, world.moscow(day, 11))
        silence.watch(desk)
        asked_again.append(sent(desk, ticket_id, "followup"))
    assert asked_again[:7] == [0, 0, 1, 1, 1, 1, 2], "on Thursday and, two working days later, on Monday; not sooner"
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


def test_a_promise_of_the_night_that_holds_or_passes_at_work_needs_no_letter(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id)
    contract(desk, ticket_id, night_letter=1, hours="24×7")

    def watched(promised: datetime, forecast: datetime, at: datetime) -> int:
        with desk.act("") as act:
            act.writing.execute("UPDATE ticket SET promised_at = ? WHERE id = ?", (to_ms(promised), ticket_id))
            act.extra.add(ticket_id)
        desk.replica.db.execute_sql("UPDATE queue_row SET forecast_at = ?", (to_ms(forecast),))
        world.go_to(desk, at)
        silence.watch(desk)
        return sent(desk, ticket_id, "holding")

    night, late = world.moscow(2, 23), world.moscow(3, 15)
    assert watched(night, night, world.moscow(2, 22, 50)) == 0, "the forecast holds it"
    assert watched(world.moscow(3, 9, 10), late, world.moscow(3, 8, 50)) == 0, "somebody is at work before it passes"
    assert watched(world.moscow(3, 8, 58), late, world.moscow(3, 8, 50)) == 1


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
