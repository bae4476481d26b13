"""Letters that leave without a person: so many an hour to one address, of whatever kind, and none to a dead one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp.core.clock import to_ms
from deskapp.desk import closing, letters, setup, silence, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Contact, Contract
from tests.desk import world

CAP = 3
MANY = 7


def sent(desk: Desk, kind: str) -> int:
    return int(desk.replica.value("SELECT count(*) FROM message WHERE kind = ? AND automatic = 1", (kind,)))


def acknowledgements(desk: Desk) -> None:
    setup.save_rule(desk, {"acknowledge": True})
    for number in range(MANY):
        world.arrive(desk, subject=f"Printer {number}")


def states(desk: Desk) -> None:
    tickets = _tickets(desk)
    for ticket_id in tickets:
        world.answer(desk, ticket_id, "статус")


def reminders(desk: Desk) -> None:
    setup.save_rule(desk, {"silence_days": 10})
    for ticket_id in _tickets(desk):
        letter = letters.draft(desk, ticket_id, "done", solution="Заменён картридж", prevention="")
        closing.finish(desk, ticket_id, "Заменён картридж", letter=letter)
    world.let_leave(desk)
    world.go_to(desk, world.moscow(6, 10, 30))
    silence.watch(desk)


def follow_ups(desk: Desk) -> None:
    setup.save_rule(desk, {"follow_up_days": 2})
    for ticket_id in _tickets(desk):
        world.promise_first(desk, ticket_id)
        letters.send(desk, ticket_id, "question", world.our_letter("Какой картридж?"))
        work.wait(desk, ticket_id, "customer", "Какой картридж?")
    world.let_leave(desk)
    world.go_to(desk, world.moscow(6, 10, 30))
    silence.watch(desk)


def ratings(desk: Desk) -> None:
    setup.save_rule(desk, {"ask_rating": "csat"})
    for ticket_id in _tickets(desk):
        closing.finish(desk, ticket_id, "Заменён картридж", told_how="phone", told_who="Иван")
        closing.agree(desk, ticket_id, "phone", "Иван")


def night_letters(desk: Desk) -> None:
    tickets = _tickets(desk)
    with desk.act("") as act:
        customer = world.row(desk, tickets[0])["customer_id"]
        act.insert(Contract, customer_id=customer, number="ТП-1", night_letter=1, hours="24×7")
    for ticket_id in tickets:
        world.promise_first(desk, ticket_id)
    world.let_leave(desk)
    night = to_ms(world.moscow(3, 23))
    world.go_to(desk, world.moscow(3, 22, 40))
    with desk.act("") as act:
        for ticket_id in tickets:
            act.writing.execute("UPDATE ticket SET promised_at = ? WHERE id = ?", (night, ticket_id))
    desk.replica.db.execute_sql("UPDATE queue_row SET forecast_at = ?", (night + 1,))
    silence.watch(desk)


def _tickets(desk: Desk) -> list[str]:
    setup.save_rule(desk, {"acknowledge": False})
    return [world.arrive(desk, subject=f"Printer {number}").ticket_id for number in range(MANY)]


KINDS: dict[str, Callable[[Desk], None]] = {
    "ack": acknowledgements, "status": states, "reminder": reminders, "followup": follow_ups, "rating": ratings,
    "holding": night_letters,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_gets_so_many_automatic_letters_an_hour(desk: Desk, kind: str) -> None:
    setup.save_rule(desk, {"auto_per_hour": CAP})
    KINDS[kind](desk)
    assert sent(desk, kind) == CAP


def test_what_had_to_wait_leaves_in_the_next_hour(desk: Desk) -> None:
    setup.save_rule(desk, {"auto_per_hour": CAP})
    reminders(desk)
    for expected in (2 * CAP, MANY, MANY):
        world.advance(desk, hours=1.1)
        silence.watch(desk)
        assert sent(desk, "reminder") == expected


def test_kinds_are_counted_together_and_addresses_apart(desk: Desk) -> None:
    setup.save_rule(desk, {"auto_per_hour": CAP})
    world.arrive(desk)
    reached = world.arrive(desk, subject="Another").ticket_id
    for _time in range(4):
        world.answer(desk, reached, "статус")
    assert (sent(desk, "ack"), sent(desk, "status")) == (2, CAP - 2)
    world.arrive(desk, subject="Somebody else", sender=("Пётр", "petr@other.example"))
    assert sent(desk, "ack") == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_dead_address_gets_none(desk: Desk, kind: str) -> None:
    world.arrive(desk)
    before = sent(desk, kind)
    with desk.act("") as act:
        row = act.writing.execute("SELECT id FROM contact WHERE address = ?", (world.IVAN[1],)).fetchone()
        act.update(Contact, row[0], undeliverable=act.now)
    KINDS[kind](desk)
    assert sent(desk, kind) == before


def test_letters_of_people_do_not_use_up_what_machines_may_send(desk: Desk) -> None:
    setup.save_rule(desk, {"acknowledge": True, "auto_per_hour": CAP})
    ticket_id = world.arrive(desk, subject="Printer").ticket_id
    for _each in range(MANY):
        letters.send(desk, ticket_id, "reply", world.our_letter())
    world.let_leave(desk)
    world.arrive(desk, subject="Scanner")
    assert sent(desk, "ack") == 2
