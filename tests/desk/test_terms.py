"""What was agreed on the time of a ticket: kept with it, planned by everywhere, taken back as one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import emergency, forecasting, planboard, promise, replanning, terms, ticket, triage, undo, visits
from deskapp.desk.crew import crew
from deskapp.desk.desk import Desk
from deskapp.desk.values import Terms
from deskapp.models.schema import Site
from deskapp.planning.values import Span
from tests.desk import world

THURSDAY = world.moscow(5, 10)


def new(desk: Desk, **more: object) -> str:
    ticket_id = world.arrive(desk, subject="Обновить программу", **more).ticket_id
    triage.set_effort(desk, ticket_id, 120)
    return ticket_id


def booked(desk: Desk, ticket_id: str) -> list[tuple[str, Span, str]]:
    return [
        (kind, Span(from_ms(start), from_ms(end)), visit)
        for kind, start, end, visit in desk.replica.rows(
            "SELECT kind, start_at, end_at, visit_id FROM booking WHERE ticket_id = ? ORDER BY start_at", (ticket_id,)
        )
    ]


def first_start(desk: Desk, ticket_id: str, **more: object) -> datetime:
    found = promise.propose(desk, ticket_id, with_letters=False, **more)  # type: ignore[arg-type]
    return min(slot.pieces[0].start for slot in (*found.proposals.slots, *found.proposals.more))


def test_not_before_is_kept_and_every_plan_keeps_it(desk: Desk) -> None:
    ticket_id = new(desk)
    assert first_start(desk, ticket_id) < THURSDAY
    changes = terms.set_not_before(desk, ticket_id, THURSDAY)
    assert ticket.view(desk, ticket_id).terms == Terms(not_before=THURSDAY)
    assert first_start(desk, ticket_id) >= THURSDAY
    dropped = replanning.preview_place(desk, ticket_id, "anna", world.moscow(3, 9))
    assert dropped.assigned[0][2][0].start == THURSDAY
    assert dict(dropped.reasons[0].args) == {"until": THURSDAY, "by": "asked", "number": changes.said[1]["number"]}
    assert all(way.option.start >= THURSDAY for way in emergency.view(desk, ticket_id).ways)

    planboard.apply(desk, dropped)
    block = desk.replica.value("SELECT id FROM booking WHERE ticket_id = ?", (ticket_id,))
    moved = replanning.preview_move(desk, block, "boris", world.moscow(3, 9))
    assert moved.reassigned[0].spans[0].start == THURSDAY and moved.reasons[0].code == "not_before"
    trace = ticket.trace(desk, ticket_id, "forecast")
    assert trace.rows[0].code == "not_before" and trace.rows[0].span.end == THURSDAY

    undo.revert(desk, changes.tx)
    assert first_start(desk, ticket_id) < THURSDAY
    moved = replanning.preview_move(desk, block, "boris", world.moscow(3, 9))
    assert moved.reassigned[0].spans[0].start == world.moscow(3, 9) and not moved.reasons


def test_a_block_that_stands_too_early_is_forecast_behind_the_moment(desk: Desk) -> None:
    ticket_id = new(desk)
    world.promise_first(desk, ticket_id)
    before = forecasting.read(desk, desk.replica.db.execute_sql, ticket_id, desk.clock.now()).forecast
    assert before is not None and before < THURSDAY
    terms.set_not_before(desk, ticket_id, THURSDAY)
    outlook = forecasting.read(desk, desk.replica.db.execute_sql, ticket_id, desk.clock.now())
    assert outlook.forecast == THURSDAY + timedelta(hours=1) and outlook.slipping
    assert desk.replica.value("SELECT in_slipping FROM queue_row WHERE ticket_id = ?", (ticket_id,))


def test_a_preview_lapses_when_the_terms_change(desk: Desk) -> None:
    ticket_id, other = new(desk), new(desk)
    world.promise_first(desk, other)
    diff = replanning.preview_place(desk, ticket_id, "anna", world.moscow(3, 9))
    terms.set_not_before(desk, other, THURSDAY)
    with pytest.raises(Exception, match="plan has changed"):
        planboard.apply(desk, diff)


def test_pieces_are_the_tickets_own(desk: Desk) -> None:
    ticket_id = new(desk)
    triage.set_effort(desk, ticket_id, 465)
    found = promise.propose(desk, ticket_id, with_letters=False).proposals.slots[0]
    assert len({piece.start.date() for piece in found.pieces}) == 2
    terms.set_pieces(desk, ticket_id, whole=True)
    whole = promise.propose(desk, ticket_id, with_letters=False).proposals.slots[0]
    assert {piece.start.date() for piece in whole.pieces} == {world.moscow(3).date()}  # a day that holds all of it
    assert terms.of(world.row(desk, ticket_id)) == Terms(whole=True)
    terms.set_pieces(desk, ticket_id, whole=False, piece=30)
    job = replanning.job_of(desk, ticket_id)
    assert (job.splittable, job.min_piece) == (True, 30)
    for wrong in (10, 600):
        with pytest.raises(UserFacingError, match="smallest piece"):
            terms.set_pieces(desk, ticket_id, False, wrong)
    triage.set_asked(desk, ticket_id, world.moscow(2, 11))
    late = promise.propose(desk, ticket_id, with_letters=False).proposals.slots[0]
    assert "after_deadline" in {reason.code for reason in late.reasons}


def test_a_wish_for_a_day_is_kept_until_its_end(desk: Desk) -> None:
    day = Terms(wanted=world.moscow(5), wanted_is_day=True)
    assert terms.deadline(desk, day) == world.moscow(6)
    assert terms.deadline(desk, Terms(wanted=world.moscow(5, 12))) == world.moscow(5, 12)
    assert terms.columns(Terms(whole=True, piece=60))["piece_minutes"] is None


def test_a_block_gives_way_by_the_terms_of_its_ticket(desk: Desk) -> None:
    ticket_id = new(desk)
    world.promise_first(desk, ticket_id)
    terms.put(desk, ticket_id, Terms(not_before=THURSDAY, whole=True))
    people = crew(desk, desk.replica.db.execute_sql)
    (busy,) = (one for person in people for one in person.busy if one.ticket_id == ticket_id)
    assert (busy.splittable, busy.not_before) == (False, THURSDAY)
    terms.put(desk, ticket_id, Terms(piece=30))
    people = crew(desk, desk.replica.db.execute_sql)
    (busy,) = (one for person in people for one in person.busy if one.ticket_id == ticket_id)
    assert (busy.splittable, busy.min_piece, busy.not_before) == (True, 30, None)


def test_terms_given_with_a_promise_are_kept_with_it(desk: Desk) -> None:
    ticket_id = new(desk)
    wanted = Terms(not_before=THURSDAY, wanted=world.moscow(9, 12), whole=True)
    view = promise.propose(desk, ticket_id, agreed=wanted)
    assert view.terms == wanted and terms.of(world.row(desk, ticket_id)) == Terms()  # tried on only
    changes = promise.give(desk, ticket_id, view.proposals.slots[0], view.letters[0], agreed=wanted)
    assert terms.of(world.row(desk, ticket_id)) == wanted
    rows = ticket.trace(desk, ticket_id, "promised").rows
    assert "not_before" in {row.code for row in rows}
    undo.revert(desk, changes.tx)
    assert terms.of(world.row(desk, ticket_id)) == Terms()


def test_a_promise_on_site_books_the_ways_and_makes_the_visit(desk: Desk) -> None:
    ticket_id = new(desk)
    customer = world.row(desk, ticket_id)["customer_id"]
    with desk.act("site") as act:
        act.insert(
            Site, id="hall", customer_id=customer, name="Цех", address="Заводская, 3", access="Пропуск", active=1
        )
    on_site = Terms(travel=45)
    view = promise.propose(desk, ticket_id, agreed=on_site)
    slot = view.proposals.slots[0]
    assert sum(way.minutes for way in slot.ways) == 90
    changes = promise.give(desk, ticket_id, slot, view.letters[0], agreed=on_site)
    (visit,) = visits.of_ticket(desk, ticket_id)
    assert (visit.address, visit.travel, visit.state) == ("Заводская, 3", 45, "planned")
    assert visit.start == slot.pieces[0].start and visit.confirmed_at is None
    kinds = [kind for kind, _span, visit_id in booked(desk, ticket_id) if visit_id == visit.id]
    assert kinds == ["travel", "visit", "travel"]
    undo.revert(desk, changes.tx)
    assert not visits.of_ticket(desk, ticket_id) and not booked(desk, ticket_id)


def test_a_ticket_on_site_is_dropped_with_its_ways_and_stays_one_visit(desk: Desk) -> None:
    ticket_id = new(desk)
    terms.set_travel(desk, ticket_id, 30)
    planboard.apply(desk, replanning.preview_place(desk, ticket_id, "anna", world.moscow(3, 10)))
    (visit,) = visits.of_ticket(desk, ticket_id)
    assert [(kind, span.minutes) for kind, span, _ in booked(desk, ticket_id)] == [
        ("travel", 30),
        ("visit", 120),
        ("travel", 30),
    ]
    planboard.apply(desk, replanning.preview_place(desk, ticket_id, "boris", world.moscow(5, 10)))
    (again,) = visits.of_ticket(desk, ticket_id)
    assert again.id == visit.id and again.specialist_id == "boris" and not again.holds  # told another time
    block = desk.replica.value("SELECT id FROM booking WHERE ticket_id = ? AND kind = 'visit'", (ticket_id,))
    planboard.apply(desk, replanning.preview_move(desk, block, "boris", world.moscow(5, 12)))  # over lunch
    assert {visit_id for _kind, _span, visit_id in booked(desk, ticket_id)} == {visit.id}
    assert [kind for kind, _span, _ in booked(desk, ticket_id)] == ["travel", "visit", "travel"], "before it and after"


def test_repeating_a_visit_makes_a_visit_that_nobody_has_confirmed(desk: Desk) -> None:
    ticket_id = new(desk)
    option = visits.propose(desk, ticket_id, 120, 60)[0]
    visits.plan(desk, ticket_id, option, 60, address="Заводская, 3", task="Осмотр", told_who="Иван Петров")
    block = desk.replica.value("SELECT id FROM booking WHERE ticket_id = ? AND kind = 'visit'", (ticket_id,))
    diff = replanning.preview_repeat(desk, block, "boris", world.moscow(9, 10))
    changes = planboard.apply(desk, diff)
    assert changes.said[1]["number"] == world.row(desk, ticket_id)["number"]
    newest, first = sorted(visits.of_ticket(desk, ticket_id), key=lambda one: one.start or THURSDAY, reverse=True)
    assert first.confirmed_at is not None and newest.confirmed_at is None
    assert (newest.address, newest.travel, newest.specialist_id) == ("Заводская, 3", 60, "boris")
    assert newest.start == world.moscow(9, 10) and newest.window == (newest.start, newest.end) and newest.holds
    assert visits.view(desk, newest.id).task == "Осмотр"
    own = [kind for kind, _span, visit_id in booked(desk, ticket_id) if visit_id == newest.id]
    assert own == ["travel", "visit", "travel"]
    undo.revert(desk, changes.tx)
    assert [one.id for one in visits.of_ticket(desk, ticket_id)] == [first.id]


def test_a_visit_is_not_offered_before_the_moment(desk: Desk) -> None:
    ticket_id = new(desk)
    terms.set_not_before(desk, ticket_id, THURSDAY)
    assert all(option.slot.start >= THURSDAY for option in visits.propose(desk, ticket_id, 60, 30))
    terms.set_travel(desk, ticket_id, 25)
    assert visits.form(desk, ticket_id).travel == 25


def test_a_part_that_comes_later_holds_longer_than_what_was_agreed() -> None:
    assert terms.held(THURSDAY, THURSDAY + timedelta(days=1)) == (THURSDAY + timedelta(days=1), "part")
    assert terms.held(THURSDAY, THURSDAY - timedelta(days=1)) == (THURSDAY, "asked")
    assert terms.held(None, THURSDAY) == (THURSDAY, "part")
    assert terms.columns(replace(Terms(), not_before=THURSDAY))["not_before_at"] == to_ms(THURSDAY)
