"""Clocks of contracts through the desk: which contract speaks, what moves the due times, what is history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from deskapp.core.clock import FixedClock
from deskapp.core.errors import UserFacingError
from deskapp.desk import (
    closing,
    contracts,
    customers,
    letters,
    promise,
    queue,
    setup,
    sla,
    stock,
    ticket,
    triage,
    undo,
    work,
)
from deskapp.desk.desk import Desk
from deskapp.models.schema import Contract, Customer, Ticket
from tests.desk import world
from tests.desk.world import arrive, moscow

TARGETS = {
    1: {"reaction": 60, "solution": 240, "hours": "24×7"},
    2: {"reaction": 60, "solution": 480},
    3: {"reaction": 120, "solution": 960, "replacement": 2400},
}


def to(desk: Desk, day: int, hour: int = 0, minute: int = 0) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(moscow(day, hour, minute))


@pytest.fixture
def contract(desk: Desk) -> str:
    """A contract of romashka.example in office hours, outages round the clock."""
    with desk.act("made") as act:
        act.put(Customer, id="romashka", name="Ромашка", domain="romashka.example")
    return str(
        contracts.save(
            desk,
            {"customer_id": "romashka", "number": "C-1", "since": "2026-01-01", "until": "2026-12-31",
             "targets": TARGETS},
        ).result
    )  # fmt: skip


def came(desk: Desk) -> str:
    """A letter that came now, promised so that work on it may go on."""
    ticket_id = arrive(desk).ticket_id
    triage.set_owner(desk, ticket_id, "anna")
    return ticket_id


def clock(desk: Desk, ticket_id: str, name: str = "solution") -> Any:
    found = ticket.view(desk, ticket_id).contract
    assert found is not None
    return next(target for target in found.targets if target.name == name)


def due(desk: Desk, ticket_id: str, name: str = "solution") -> datetime | None:
    return clock(desk, ticket_id, name).due


def row(desk: Desk, ticket_id: str) -> Any:
    return next(item for item in queue.page(desk, "all").items if item.ticket_id == ticket_id)


def test_the_customers_contract_speaks_and_says_why(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)  # on Monday 2 November at 09:20
    found = ticket.view(desk, ticket_id).contract
    assert found is not None
    assert (found.number, found.how, found.hours, found.urgency) == ("C-1", "customer", "8×5", 3)
    assert due(desk, ticket_id, "reaction") == moscow(2, 11, 20)
    assert due(desk, ticket_id) == moscow(5, 9, 20)  # 4 November is a holiday
    assert row(desk, ticket_id).solution_due == int(moscow(5, 9, 20).timestamp() * 1000)
    rows = ticket.trace(desk, ticket_id, "solution").rows
    assert (rows[0].code, rows[0].args["contract"], rows[-1].code) == ("sla_rule", "C-1", "sla_due")
    assert sum(int(str(each.args["minutes"])) for each in rows if each.code == "sla_runs") == 960


def test_of_several_the_one_that_began_last_decides_and_a_named_one_before_all(desk: Desk, contract: str) -> None:
    later = contracts.save(
        desk, {"customer_id": "romashka", "number": "C-2", "since": "2026-10-01", "targets": {3: {"solution": 60}}}
    ).result
    ended = contracts.save(
        desk, {"customer_id": "romashka", "number": "C-0", "since": "2026-10-15", "until": "2026-10-31"}
    ).result
    ticket_id = came(desk)
    assert ticket.view(desk, ticket_id).contract.number == "C-2"  # type: ignore[union-attr]
    assert due(desk, ticket_id) == moscow(2, 10, 20)
    contracts.choose(desk, ticket_id, ended)
    found = ticket.view(desk, ticket_id).contract
    assert found is not None and (found.number, found.how, found.expired) == ("C-0", "ticket", True)
    contracts.choose(desk, ticket_id, "")
    contracts.end(desk, later)
    assert ticket.view(desk, ticket_id).contract.number == "C-1"  # type: ignore[union-attr]


def test_no_contract_no_clock(desk: Desk) -> None:
    ticket_id = came(desk)
    assert ticket.view(desk, ticket_id).contract is None
    assert row(desk, ticket_id).solution_due is None


def test_waiting_stops_the_clock_and_the_lists_say_why(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    work.start(desk, ticket_id)
    to(desk, 2, 10, 20)
    work.wait(desk, ticket_id, "customer")
    to(desk, 30)
    found = clock(desk, ticket_id)
    assert (found.state, found.why, found.used, found.left, found.due) == ("paused", "customer", 60, 900, None)
    item = row(desk, ticket_id)
    assert (item.solution_due, item.clock_paused, item.clock_left) == (None, "customer", 900)
    to(desk, 30, 10)
    work.resume(desk, ticket_id)
    assert clock(desk, ticket_id).state == "running"
    assert due(desk, ticket_id) == moscow(1, 18, month=12)  # 900 minutes after 30 Nov 10:00


def test_a_part_stops_it_only_by_the_desks_rule(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    work.start(desk, ticket_id)
    work.wait(desk, ticket_id, "parts")
    assert clock(desk, ticket_id).state == "running"
    setup.save_rule(desk, {"parts_stop_clock": True})
    assert clock(desk, ticket_id).state == "paused"


def test_a_third_party_and_a_visit_stop_it_as_the_desk_says(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    work.start(desk, ticket_id)
    work.wait(desk, ticket_id, "third")
    assert (clock(desk, ticket_id).state, clock(desk, ticket_id).why) == ("paused", "third")
    work.wait(desk, ticket_id, "visit")
    assert clock(desk, ticket_id).state == "running"
    setup.save_rule(desk, {"visit_stops_clock": True})
    assert clock(desk, ticket_id).state == "paused"


def test_a_reaction_is_what_a_person_does(desk: Desk, contract: str) -> None:
    """No machine's letter is one: neither the acknowledgement nor the answer about the state."""
    setup.save_rule(desk, {"acknowledge": True, "answer_status": True})
    ticket_id = came(desk)
    to(desk, 2, 9, 30)
    world.answer(desk, ticket_id, "статус")
    assert desk.replica.value("SELECT count(*) FROM message WHERE direction = 'out' AND automatic = 1") == 2
    assert clock(desk, ticket_id, "reaction").state == "running"
    to(desk, 2, 10)
    letters.send(desk, ticket_id, "question", world.our_letter("Какая модель?"))
    world.let_leave(desk)
    to(desk, 2, 17)
    assert (clock(desk, ticket_id, "reaction").state, clock(desk, ticket_id, "reaction").used) == ("kept", 40)


def test_the_replacement_is_counted_from_the_first_part_wanted_to_the_last_one_put_in(
    desk: Desk, contract: str
) -> None:
    """Waiting for the parts is what it measures: that never stops it."""
    setup.save_rule(desk, {"parts_stop_clock": True})
    ticket_id = came(desk)
    assert [one.name for one in ticket.view(desk, ticket_id).contract.targets] == ["reaction", "solution"]  # type: ignore[union-attr]
    to(desk, 2, 10)
    board, fan = (stock.save_part(desk, {"code": code, "name": code}).result for code in ("BRD", "FAN"))
    store = stock.save_place(desk, {"name": "Склад"}).result
    for part in (board, fan):
        stock.reserve(desk, ticket_id, part)
    work.start(desk, ticket_id)
    work.wait(desk, ticket_id, "parts")
    to(desk, 2, 12)
    assert clock(desk, ticket_id).state == "paused"
    assert (clock(desk, ticket_id, "replacement").state, clock(desk, ticket_id, "replacement").used) == ("running", 120)
    stock.use(desk, board, store, 1, ticket_id)
    to(desk, 2, 15)
    found = clock(desk, ticket_id, "replacement")
    assert (found.state, found.used) == ("running", 240), "the fan is still wanted"
    stock.use(desk, fan, store, 1, ticket_id)
    to(desk, 20)
    found = clock(desk, ticket_id, "replacement")
    assert (found.state, found.used) == ("kept", 240)


def test_a_contract_holds_to_the_end_of_its_last_day_where_its_hours_are(desk: Desk, contract: str) -> None:
    contracts.save(desk, {"id": contract, "until": "2026-11-02"})
    for day, hour, holds in ((2, 23, True), (3, 0, False)):  # in London it is the same day still
        to(desk, day, hour, 30)
        assert (ticket.view(desk, came(desk)).contract is not None) == holds


def test_round_the_clock_is_told_by_the_customers_days(desk: Desk, contract: str) -> None:
    """Office hours are the desk's; what is agreed round the clock holds where the customer is."""
    contracts.save(desk, {"id": contract, "hours": "24×7", "since": "2026-11-03"})
    customers.save(desk, {"id": "romashka", "zone": "Asia/Vladivostok"})
    for hour, holds in ((16, False), (17, True)):  # half past midnight of the third there
        to(desk, 2, hour, 30)
        assert (ticket.view(desk, came(desk)).contract is not None) == holds


def test_the_beginning_of_work_on_an_outage_is_its_reaction_where_no_other_is_agreed(desk: Desk) -> None:
    with desk.act("made") as act:
        act.put(Customer, id="romashka", name="Ромашка", domain="romashka.example")
    made = contracts.save(desk, {"customer_id": "romashka", "number": "C-1", "start_minutes": 30}).result
    ticket_id = came(desk)
    assert ticket.view(desk, ticket_id).contract.targets == ()  # type: ignore[union-attr]
    triage.set_urgency(desk, ticket_id, 1)
    assert due(desk, ticket_id, "reaction") == moscow(2, 9, 50)
    contracts.save(desk, {"id": made, "targets": {1: {"reaction": 60}}})
    assert due(desk, ticket_id, "reaction") == moscow(2, 10, 20)


def test_the_answer_is_owed_by_the_contracts_minutes(desk: Desk, contract: str) -> None:
    assert ticket.view(desk, came(desk)).answer_due == moscow(2, 11, 20)
    contracts.save(desk, {"id": contract, "answer_minutes": 30})
    ticket_id = came(desk)
    assert ticket.view(desk, ticket_id).answer_due == moscow(2, 9, 50)


def test_an_answer_to_a_refusal_is_owed_and_counted_from_that_letter(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    promise.refuse(desk, ticket_id, "не наше", world.our_letter())
    world.let_leave(desk)
    to(desk, 5, 10)
    world.arrive(desk, subject="Re: принтер", text="Это по договору", kind="reply", in_reply_to=desk.replica.value(
        "SELECT message_id FROM message WHERE ticket_id = ? ORDER BY received_at DESC", (ticket_id,)))  # fmt: skip
    assert ticket.view(desk, ticket_id).answer_due == moscow(5, 12)
    assert due(desk, ticket_id, "reaction") == moscow(5, 12), "what was answered before answers nothing now"
    to(desk, 5, 11)
    world.promise_first(desk, ticket_id)
    assert ticket.view(desk, ticket_id).answer_minutes == 60


def test_more_urgent_counts_by_the_hours_of_that_urgency_from_then(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    to(desk, 2, 17, 20)  # 7 hours less lunch: 420 minutes used
    triage.set_urgency(desk, ticket_id, 1)
    assert due(desk, ticket_id) == moscow(2, 21, 20)
    changed = triage.set_urgency(desk, ticket_id, 3)
    assert due(desk, ticket_id) == moscow(5, 9, 20)
    undo.revert(desk, changed.tx)
    assert due(desk, ticket_id) == moscow(2, 21, 20)


def test_undone_waiting_never_was(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    work.start(desk, ticket_id)
    before = due(desk, ticket_id)
    changes = work.wait(desk, ticket_id, "customer")
    to(desk, 2, 12)
    undone = undo.revert(desk, changes.tx)
    assert due(desk, ticket_id) == before
    undo.revert(desk, undone.tx)
    assert clock(desk, ticket_id).state == "paused" and clock(desk, ticket_id).used == 0


def test_reaction_ends_with_the_first_work_and_the_solution_with_the_finish(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    to(desk, 2, 9, 50)
    work.start(desk, ticket_id)
    assert clock(desk, ticket_id, "reaction").state == "kept" and clock(desk, ticket_id, "reaction").used == 30
    to(desk, 5, 9, 30)
    closing.finish(desk, ticket_id, "Fixed", told_how="phone", told_who="Иван")
    found = clock(desk, ticket_id)
    assert (found.state, found.used, found.due) == ("broken", 970, moscow(5, 9, 20))
    to(desk, 20)
    contracts.save(desk, {"id": contract, "targets": {3: {"solution": 6000}}})
    assert clock(desk, ticket_id).state == "broken"  # history stays


def test_reopened_it_goes_on_with_the_least_and_remembers(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    to(desk, 5, 9, 30)
    closing.finish(desk, ticket_id, "Fixed", told_how="phone", told_who="Иван")
    to(desk, 6, 10)
    closing.disagree(desk, ticket_id, "phone", "Иван")
    found = clock(desk, ticket_id)
    assert (found.state, found.broken_before, found.due) == ("running", True, moscow(6, 12))  # two hours: the reaction


def test_an_edit_is_previewed_and_moves_open_tickets_only(desk: Desk, contract: str) -> None:
    open_one, done = came(desk), came(desk)
    closing.finish(desk, done, "Fixed", told_how="phone", told_who="Иван")
    to(desk, 2, 12)
    edit = {"id": contract, "targets": {3: {"solution": 120}}}
    shown = sla.preview(desk, contracts.save, edit)
    assert [(each.ticket_id, each.what, each.before, each.after, each.breaks) for each in shown.moved] == [
        (open_one, "solution", moscow(5, 9, 20), moscow(2, 11, 20), True)
    ]
    assert shown.breaking == 1
    spam, reacted = came(desk), came(desk)
    triage.set_aside(desk, spam, "spam")
    to(desk, 2, 14, 30)
    work.start(desk, reacted)  # after an hour and a half, lunch aside
    later = sla.preview(desk, contracts.save, {"id": contract, "targets": {3: {"reaction": 60}}})
    assert [(each.ticket_id, each.what) for each in later.moved] == [(open_one, "reaction")], (
        "what was in time stays in time"
    )
    assert due(desk, open_one) == moscow(5, 9, 20)  # nothing was changed
    contracts.save(desk, edit)
    assert due(desk, open_one) == moscow(2, 11, 20)
    assert clock(desk, done).granted == 960


def test_another_calendar_moves_due_times_too(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    hours = [[540, 780]]
    edit = {"id": "office", "week": [hours] * 5 + [[], []]}
    shown = sla.preview(desk, setup.save_calendar, edit)
    assert {each.what for each in shown.moved} == {"solution"} and not shown.breaking  # 11:20 stays
    setup.save_calendar(desk, edit)
    assert due(desk, ticket_id) == shown.moved[0].after == moscow(9, 9, 20)


def test_minutes_of_an_answer_and_a_solution_that_were_given_are_history(desk: Desk, contract: str) -> None:
    """Counted by the hours of the day: edited hours, another urgency or contract, a rebuilt replica change nothing."""
    answered, solved, asked = came(desk), came(desk), came(desk)
    to(desk, 2, 11, 20)
    promised = world.promise_first(desk, answered)
    closing.finish(desk, solved, "Заменён картридж", "", 30, "phone", "Иван")

    def took(ticket_id: str) -> tuple[Any, Any, Any]:
        return (
            ticket.view(desk, ticket_id).answer_minutes,
            *desk.replica.rows(
                "SELECT answer_minutes, resolve_minutes FROM ticket_fact WHERE ticket_id = ?", (ticket_id,)
            )[0],
        )

    assert (took(answered), took(solved), took(asked)) == (
        (120, 120, None),
        (120, 120, 120),
        (None, None, None),
    )
    setup.save_calendar(desk, {"id": "office", "week": [[[600, 1080]]] * 5 + [[], []]})
    triage.set_urgency(desk, [answered, solved, asked], 1)  # round the clock, by the contract
    with desk.act() as act:  # what lists and figures keep can be made anew at any time, also on another machine
        for table in ("queue_row", "ticket_fact"):
            act.writing.execute(f"DELETE FROM {table}")
        act.extra |= {answered, solved, asked}
    assert (took(answered), took(solved)) == ((120, 120, None), (120, 120, 120))
    closing.disagree(desk, solved, "phone", "Иван")
    assert took(solved)[2] is None
    to(desk, 2, 12, 20)
    closing.finish(desk, solved, "Заменён ещё раз", "", 30, "phone", "Иван")
    assert took(solved)[2] == 180, "another solution is counted by the hours of its own day"
    back = undo.revert(desk, promised.tx)
    assert back is not None and took(answered) == (None, None, None)


def test_minutes_of_an_answer_after_a_reopening_are_history_too(desk: Desk, contract: str) -> None:
    ticket_id = came(desk)
    to(desk, 2, 10)
    closing.finish(desk, ticket_id, "Заменён картридж", "", 30, "phone", "Иван")

    def counted() -> tuple[int | None, int | None]:
        with desk.act() as act:  # made anew at any time, also on another machine
            act.writing.execute("DELETE FROM ticket_fact")
            act.extra.add(ticket_id)
        return desk.replica.rows("SELECT answer_minutes, resolve_minutes FROM ticket_fact")[0]

    first = counted()
    to(desk, 2, 10, 30)
    closing.disagree(desk, ticket_id, "phone", "Иван")
    assert counted() == (None, None), "an answer is owed anew"
    to(desk, 2, 12)
    again = world.promise_first(desk, ticket_id)
    assert counted() == (90, None)
    setup.save_calendar(desk, {"id": "office", "week": [[[660, 1080]]] * 5 + [[], []]})
    triage.set_urgency(desk, ticket_id, 1)  # round the clock, by the contract
    assert counted() == (90, None), "edited hours and another urgency leave it as it was"
    undo.revert(desk, again.tx)
    assert counted() == (None, None)
    to(desk, 2, 14)
    closing.finish(desk, ticket_id, "Заменён ещё раз", "", 30, "phone", "Иван")
    assert counted()[0] == 210, "another answer is counted by the hours of its own day"
    setup.save_calendar(desk, {"id": "office", "week": [[[720, 1080]]] * 5 + [[], []]})
    assert counted()[0] == 210
    to(desk, 2, 15)
    closing.disagree(desk, ticket_id, "phone", "Иван")
    assert counted() == (None, None) != first
    with desk.act() as act:  # a desk of before this was kept
        act.writing.execute("UPDATE ticket SET again_took = NULL")
    to(desk, 2, 15, 30)
    closing.finish(desk, ticket_id, "И ещё раз", "", 30, "phone", "Иван")
    assert counted()[0] == 30


def test_a_desk_of_before_keeps_what_it_had_counted(desk: Desk) -> None:
    ticket_id = came(desk)
    to(desk, 2, 11, 20)
    closing.finish(desk, ticket_id, "Заменён картридж", "", 30, "phone", "Иван")
    with desk.act() as act:  # such rows came without
        act.writing.execute("UPDATE ticket SET answer_took = NULL, solve_took = NULL")
    setup.save_calendar(desk, {"id": "office", "week": [[[600, 1080]]] * 5 + [[], []]})
    triage.set_urgency(desk, ticket_id, 2)
    assert ticket.view(desk, ticket_id).answer_minutes == 120
    assert desk.replica.value("SELECT resolve_minutes FROM ticket_fact") == 120


def test_a_contract_without_sense_is_refused(desk: Desk, contract: str) -> None:
    for wrong in ({"since": "2027-05-01"}, {"until": "soon"}, {"targets": {3: {"solution": 0}}}):
        with pytest.raises(UserFacingError):
            contracts.save(desk, {"id": contract, **wrong})
    assert desk.replica.record(Contract, contract)["since"] == "2026-01-01"  # type: ignore[index]


def test_a_ticket_that_is_inserted_whole_keeps_when_it_was_done(desk: Desk, contract: str) -> None:
    with desk.act("made") as act:
        ticket_id = act.insert(
            Ticket, number=77, subject="Old", customer_id="romashka", status="resolved", urgency=3,
            received_at=int(moscow(2, 9).timestamp() * 1000), finished_at=int(moscow(2, 11).timestamp() * 1000),
        )  # fmt: skip
    assert (clock(desk, ticket_id).state, clock(desk, ticket_id).used) == ("kept", 120)
