"""What is as it was chosen already is no step: nothing is said, nothing recorded, nothing offered to be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deskapp.desk import families, macros, mentions, queue, triage, work
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Event
from tests.desk import world

Chosen = Callable[[Desk, str], Changes]

SAME: dict[str, Chosen] = {
    "urgency": lambda desk, ticket: triage.set_urgency(desk, ticket, 2),
    "cause": lambda desk, ticket: triage.set_cause(desk, ticket, "printer"),
    "zone": lambda desk, ticket: triage.set_zone(desk, ticket, "somewhere"),
    "line": lambda desk, ticket: triage.set_line(desk, ticket, 2),
    "owner": lambda desk, ticket: triage.set_owner(desk, ticket, "boris"),
    "effort": lambda desk, ticket: triage.set_effort(desk, ticket, 90),
    "skill": lambda desk, ticket: triage.set_skill(desk, ticket, "print"),
    "product": lambda desk, ticket: triage.set_product(desk, ticket, "LaserJet"),
    "subject": lambda desk, ticket: triage.set_subject(desk, ticket, "Принтер"),
    "asked": lambda desk, ticket: triage.set_asked(desk, ticket, world.moscow(9), True),
    "set aside": lambda desk, ticket: triage.set_aside(desk, ticket, "spam"),
    "snoozed": lambda desk, ticket: triage.snooze(desk, ticket, world.moscow(5, 9)),
    "requester": lambda desk, ticket: triage.set_requester(desk, ticket, *world.OLGA),
    "customer": lambda desk, ticket: triage.set_customer(desk, ticket, "Ромашка"),
    "started": lambda desk, ticket: work.start(desk, ticket),
    "followed": lambda desk, ticket: mentions.follow(desk, ticket, True, "boris"),
}


def recorded(desk: Desk) -> tuple[Any, ...]:
    """What the desk remembers of the steps done in it."""
    return tuple(desk.replica.value(f'SELECT count(*) FROM "{name}"') for name in ("change", "event", "act_start"))


@pytest.mark.parametrize("what", SAME)
def test_the_same_chosen_again_is_no_step(desk: Desk, what: str) -> None:
    ticket = world.arrive(desk).ticket_id
    first = SAME[what](desk, ticket)
    assert first.tx and first.said[0] and first.tables
    before = recorded(desk)
    world.advance(desk, minutes=1)
    again = SAME[what](desk, ticket)
    assert recorded(desk) == before
    assert (again.tx, again.said, again.tables, again.tickets) == ("", ("", {}), {}, frozenset())


def test_of_several_one_that_changes_is_a_step(desk: Desk) -> None:
    one, other = world.arrive(desk).ticket_id, world.arrive(desk, subject="Другое").ticket_id
    triage.set_urgency(desk, one, 1)
    both = triage.set_urgency(desk, (one, other), 1)
    assert both.tables["ticket"] == frozenset({other}) and both.tx
    assert not triage.set_urgency(desk, (one, other), 1).tx


def test_the_timeline_says_once_what_a_ticket_waits_for(desk: Desk) -> None:
    ticket = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket)
    macro = macros.save(desk, {"name": "Ждём деталь", "acts": [["wait", "parts"]], "owner_id": desk.me}).result

    def told() -> list[str]:
        rows = desk.replica.rows("SELECT data FROM event WHERE kind = 'waiting' ORDER BY made_at, id")
        return [row[0] for row in rows]

    assert work.wait(desk, ticket, "parts").tx and len(told()) == 1
    assert not work.wait(desk, ticket, "parts").tx and len(told()) == 1
    assert not macros.use(desk, macro, ticket).tx and len(told()) == 1
    assert work.wait(desk, ticket, "parts", "склад обещал к среде").tx and len(told()) == 2
    assert work.wait(desk, ticket, "customer").tx and len(told()) == 3
    work.resume(desk, ticket)
    assert work.wait(desk, ticket, "customer").tx and len(told()) == 4


def test_a_ticket_linked_again_where_it_is_stays_silent(desk: Desk) -> None:
    parent, child = world.arrive(desk).ticket_id, world.arrive(desk, subject="И у нас").ticket_id
    assert families.link(desk, child, parent).tx
    before = recorded(desk)
    again = families.link(desk, child, parent)
    assert (again.tx, again.said[0]) == ("", "") and recorded(desk) == before
    assert desk.replica.value(f"SELECT count(*) FROM {Event._meta.table_name} WHERE kind = 'linked'") == 1


def test_what_only_this_machine_knows_is_still_told(desk: Desk) -> None:
    ticket = world.arrive(desk).ticket_id
    assert ticket in triage.mark_read(desk, ticket).tickets
    assert queue.counts(desk)["all"] == 1
