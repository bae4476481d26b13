"""What a promise adds to the finish, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskapp.core.clock import to_ms
from deskapp.desk import demo, margins, promise
from deskapp.desk.desk import Desk
from deskapp.models.schema import Promise, Ticket, TimeEntry

from .demo_desk import at, copied, found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = copied(tmp_path)
    yield desk
    desk.replica.disconnect()


def finish(desk: Desk, count: int, estimate: int, spent: int, cause: str = "exchange", owner: str = "orlov") -> None:
    """Tickets done in October, a quarter of an hour apart."""
    with desk.act("imported") as act:
        for place in range(count):
            done = at(5, 9, month=10) + timedelta(minutes=15 * place)
            ticket = act.insert(
                Ticket,
                number=9000 + place,
                subject="Done",
                status="closed",
                cause_id=demo.named("cause", cause),
                owner_id=demo.person(owner),
                effort=estimate,
                received_at=to_ms(done),
                finished_at=to_ms(done),
            )
            act.insert(TimeEntry, ticket_id=ticket, author_id=demo.person(owner), start_at=to_ms(done), minutes=spent)


def test_few_finished_tickets_leave_the_rule_as_the_least(desk: Desk) -> None:
    view = promise.propose(desk, found(desk, 4129), with_letters=False)
    assert (view.margin, view.margin_base.code, view.margin_base.n) == (30, "few", 14)
    assert {slot.margin for slot in view.proposals.slots} == {30}


def test_experience_of_a_cause_makes_the_margin_its_own(desk: Desk) -> None:
    finish(desk, 40, 100, 160)
    view = promise.propose(desk, found(desk, 4129), with_letters=False)
    assert (view.margin_base.code, view.margin_base.n) == ("learnt", 54)
    assert 60 <= view.margin <= 110
    other = promise.propose(desk, found(desk, 4129), cause_id=demo.named("cause", "equipment"), with_letters=False)
    assert other.margin_base.code == "few"


def test_reliable_work_needs_less_than_the_rule(desk: Desk) -> None:
    with desk.act("forgotten") as act:
        act.writing.execute(
            "DELETE FROM time_entry WHERE ticket_id IN (SELECT id FROM ticket WHERE finished_at IS NOT NULL)"
        )
    finish(desk, 40, 100, 100)
    view = promise.propose(desk, found(desk, 4129), with_letters=False)
    assert (view.margin_base.code, view.margin) == ("learnt", 15)


def test_who_takes_longer_promises_later(desk: Desk) -> None:
    finish(desk, 30, 100, 100)
    finish(desk, 30, 100, 190, owner="sokolova")
    view = promise.propose(desk, found(desk, 4129), with_letters=False)
    by_person = {slot.person_id: slot.margin / slot.minutes for slot in view.proposals.slots}
    assert by_person[demo.person("sokolova")] >= by_person[demo.person("orlov")]


def test_a_chosen_margin_stands(desk: Desk) -> None:
    finish(desk, 40, 100, 160)
    view = promise.propose(desk, found(desk, 4129), margin=15, with_letters=False)
    assert (view.margin, view.margin_base.code) == (15, "given")


def test_a_desk_that_has_finished_little_keeps_its_rule(desk: Desk) -> None:
    with desk.act("forgotten") as act:
        act.writing.execute("DELETE FROM time_entry")
    view = promise.propose(desk, found(desk, 4129), with_letters=False)
    assert (view.margin, view.margin_base.code) == (30, "rule")


def test_the_estimate_is_that_of_the_first_promise(desk: Desk) -> None:
    finish(desk, 1, 600, 120)
    ticket = desk.replica.value("SELECT id FROM ticket WHERE number = 9000")
    with desk.act("imported") as act:
        act.insert(Promise, ticket_id=ticket, ordinal=1, effort=100, date_at=act.now)
    known = margins.finished(desk, desk.replica.db.execute_sql, demo.named("cause", "exchange"))
    assert (100, 120) in {(one.estimate, one.spent) for one in known}
    assert all(one.estimate != 600 for one in known)


def test_what_is_learnt_from_each_finished_ticket(desk: Desk) -> None:
    """In order of finishing; what was merged counts where it went; late for other reasons than its own effort."""
    with desk.act("forgotten") as act:
        act.writing.execute("DELETE FROM time_entry")
    cause = demo.named("cause", "exchange")
    finish(desk, 3, 100, 130)
    tickets = [row[0] for row in desk.replica.rows("SELECT id FROM ticket WHERE number >= 9000 ORDER BY number")]
    with desk.act("imported") as act:
        for ordinal, effort in ((1, 90), (2, 500)):  # the second promise knew better, too late
            act.insert(
                Promise, ticket_id=tickets[0], ordinal=ordinal, effort=effort, date_at=act.now,
                finish_at=to_ms(at(2, 17, month=10)) if ordinal == 1 else act.now,
            )  # fmt: skip
        act.update(Ticket, tickets[1], merged_into=tickets[2])
        act.update(Ticket, tickets[2], finished_at=to_ms(at(1, 9, month=10)))
    known = margins.finished(desk, desk.replica.db.execute_sql, cause)
    assert [(one.estimate, one.spent) for one in known] == [(100, 260), (90, 130)]
    assert known[0].delay is None
    # done on Monday at nine, planned for Friday at five: an hour of work late, of which forty minutes are its own
    assert known[1].delay == 60 - 40
