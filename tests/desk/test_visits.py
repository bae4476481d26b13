"""Visits: found with the way there and back, told, confirmed, done on site with its parts."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.clock import to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import closing, planboard, promise, setup, stock, undo, visits, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Contract, ContractTarget, Site, WorkCalendar
from deskapp.planning.values import Busy, Person, Rules, Span
from deskapp.planning.visits import visit_slots
from deskapp.planning.worktime import WorkCalendar as Hours
from deskapp.planning.worktime import office_week
from tests.desk import world


def new(desk: Desk, **more: object) -> str:
    return world.arrive(desk, subject="Заменить коммутатор", **more).ticket_id


def planned(desk: Desk, ticket_id: str, **more: object) -> str:
    option = visits.propose(desk, ticket_id, 120, 60)[0]
    return str(visits.plan(desk, ticket_id, option, 60, address="Заводская, 3", **more).result)  # type: ignore[arg-type]


def bookings(desk: Desk, visit_id: str) -> list[tuple[str, str, int]]:
    rows = desk.replica.rows(
        "SELECT kind, state, (end_at - start_at) / 60000 FROM booking WHERE visit_id = ? ORDER BY start_at", (visit_id,)
    )
    return [(kind, state, minutes) for kind, state, minutes in rows]


def test_the_way_there_the_work_the_way_back_on_one_day(desk: Desk) -> None:
    ticket_id = new(desk)
    options = visits.propose(desk, ticket_id, 180, 60)
    first = options[0].slot
    assert (first.start, first.end) == (world.moscow(2, 14), world.moscow(2, 17))  # lunch lies before the work
    assert [span.minutes for span in (*first.way, *first.work, *first.back)] == [60, 180, 60]
    assert all(len(option.slot.work) == 1 for option in options)
    long = visits.propose(desk, ticket_id, 300, 60)[0].slot  # no half of a day holds it
    assert [span.minutes for span in (*long.way, *long.work, *long.back)] == [60, 150, 150, 60]
    assert options[0].meets is None and options[0].window == (first.start, first.end)
    days = {(option.slot.person_id, option.slot.start.date()) for option in options}
    assert len(days) == len(options)
    with pytest.raises(UserFacingError):
        visits.propose(desk, ticket_id, 0, 60)


def test_planned_told_confirmed_and_taken_back_as_one_step(desk: Desk) -> None:
    ticket_id = new(desk)
    world.promise_first(desk, ticket_id, minutes=60)
    option = visits.propose(desk, ticket_id, 120, 60)[0]
    letter = visits.letter(desk, ticket_id, option.window, option.slot.person_id, "Заводская, 3", "Замена", "Пропуск")
    assert "11:00–13:00 (МСК)" in letter.body and "Заводская, 3" in letter.body
    changes = visits.plan(desk, ticket_id, option, 60, address="Заводская, 3", task="Замена", letter=letter)
    visit_id = changes.result
    assert bookings(desk, visit_id) == [("travel", "planned", 60), ("visit", "planned", 120), ("travel", "planned", 60)]
    assert desk.replica.value("SELECT count(*) FROM booking WHERE ticket_id = ?", (ticket_id,)) == 3
    (item,) = visits.visits(desk)
    assert (item.id, item.state, item.confirmed_at, item.holds) == (visit_id, "planned", None, True)
    confirmed = visits.confirm(desk, visit_id, "mail", "Иван Петров")
    view = visits.view(desk, visit_id)
    assert (view.confirmed_how, view.confirmed_who, view.contact) == ("mail", "Иван Петров", "Иван Петров")
    with pytest.raises(UserFacingError):
        visits.confirm(desk, visit_id, "phone", " ")
    undo.revert(desk, confirmed.tx)
    undo.revert(desk, changes.tx)
    assert visits.visits(desk) == ()
    assert desk.replica.value("SELECT kind FROM booking WHERE ticket_id = ?", (ticket_id,)) == "work"
    assert desk.replica.value("SELECT count(*) FROM held_letter WHERE taken_back = ''") == 1  # the promise's


def test_told_by_phone_is_confirmed_at_once(desk: Desk) -> None:
    visit_id = planned(desk, new(desk), told_who="Ольга")
    view = visits.view(desk, visit_id)
    assert view.item.confirmed_at is not None and view.confirmed_how == "phone"


def test_a_taken_time_lapses_and_another_time_replaces_it(desk: Desk) -> None:
    first, second = new(desk), new(desk)
    option = visits.propose(desk, first, 120, 60)[0]
    same = visits.propose(desk, second, 120, 60)[0]
    visit_id = visits.plan(desk, first, option, 60).result
    with pytest.raises(Lapsed):
        visits.plan(desk, second, same, 60)
    other = next(one for one in visits.propose(desk, first, 120, 60, limit=12) if one.slot.start > option.slot.start)
    visits.plan(desk, first, other, 60, visit_id=visit_id)
    (item,) = visits.of_ticket(desk, first)
    assert item.start == other.slot.start and len(bookings(desk, visit_id)) >= 3
    visits.cancel(desk, visit_id, "починили сами")
    assert bookings(desk, visit_id) == [] and visits.visits(desk) == ()
    assert [one.state for one in visits.visits(desk, past=True)] == ["cancelled"]


def test_working_time_that_is_gone_meanwhile_lapses(desk: Desk) -> None:
    ticket_id = new(desk)
    option = visits.propose(desk, ticket_id, 120, 60)[0]
    back = option.slot.back[-1].end  # only the way back lies in it
    setup.save_absence(desk, option.slot.person_id, back - timedelta(minutes=30), back + timedelta(days=2), "sick")
    with pytest.raises(Lapsed, match="taken"):
        visits.plan(desk, ticket_id, option, 60)
    assert visits.visits(desk) == ()


def test_a_window_that_the_plan_has_left_is_said(desk: Desk) -> None:
    visit_id = planned(desk, new(desk))
    (booking,) = desk.replica.rows("SELECT id FROM booking WHERE visit_id = ? AND kind = 'visit'", (visit_id,))
    late = world.moscow(3, 15)
    desk.replica.db.execute_sql(
        "UPDATE booking SET start_at = ?, end_at = ? WHERE id = ?",
        (to_ms(late), to_ms(late + timedelta(hours=2)), booking[0]),
    )
    assert not visits.view(desk, visit_id).item.holds


def test_on_the_way_on_site_done_with_parts(desk: Desk) -> None:
    store = stock.save_place(desk, {"name": "Склад"}).result
    switch = stock.save_part(desk, {"code": "SW-8", "name": "Коммутатор"}).result
    stock.receive(desk, switch, store, 3, "остаток")
    ticket_id = new(desk)
    world.promise_first(desk, ticket_id, minutes=120)
    stock.reserve(desk, ticket_id, switch)
    visit_id = planned(desk, ticket_id)
    assert visits.view(desk, visit_id).item.parts == 1 and visits.view(desk, visit_id).item.missing == 0
    world.advance(desk, minutes=15)
    visits.set_off(desk, visit_id)
    assert bookings(desk, visit_id)[0][1] == "in_progress"
    world.advance(desk, minutes=70)
    visits.arrive(desk, visit_id)
    assert world.status(desk, ticket_id) == "in_progress"
    assert [state for _kind, state, _m in bookings(desk, visit_id)][:3] == ["done", "in_progress", "planned"]
    with pytest.raises(UserFacingError):
        visits.done(desk, visit_id, "Заменили", " ")
    world.advance(desk, minutes=100)
    changes = visits.done(
        desk, visit_id, "Заменили коммутатор", "Пётр, начальник цеха", 100, {(switch, store): 2}, {(switch, store): 1}
    )
    view = visits.view(desk, visit_id)
    assert (view.item.state, view.accepted_by) == ("done", "Пётр, начальник цеха")
    assert stock.part(desk, switch).item.count == 2 and stock.for_ticket(desk, ticket_id) == ()
    spent = desk.replica.row("SELECT minutes, channel FROM time_entry WHERE ticket_id = ?", (ticket_id,))
    assert spent == (100, "visit")
    assert world.status(desk, ticket_id) == "in_progress"  # finishing tells the customer
    with pytest.raises(Lapsed):
        visits.set_off(desk, visit_id)
    undo.revert(desk, changes.tx)
    assert visits.view(desk, visit_id).item.state == "on_site" and stock.part(desk, switch).item.count == 3


def test_the_calendar_shows_how_long_the_way_and_the_work_took(desk: Desk) -> None:
    ticket_id = new(desk)
    visit_id = planned(desk, ticket_id)  # way 10:00-11:00, work 11:00-13:00, way back 14:00-15:00
    world.go_to(desk, world.moscow(2, 10))
    visits.set_off(desk, visit_id)
    world.advance(desk, minutes=35)
    visits.arrive(desk, visit_id)
    assert bookings(desk, visit_id)[0] == ("travel", "done", 35)
    work.wait(desk, ticket_id, "visit")
    world.go_to(desk, world.moscow(2, 12, 30))
    option = visits.propose(desk, ticket_id, 60, 60)[0]
    with pytest.raises(Lapsed, match="begun"):
        visits.plan(desk, ticket_id, option, 60, visit_id=visit_id)
    visits.done(desk, visit_id, "Заменили", "Пётр", 90)
    assert bookings(desk, visit_id) == [("travel", "done", 35), ("visit", "done", 90), ("travel", "planned", 60)]
    assert world.status(desk, ticket_id) == "in_progress", "it is not waited for any more"
    assert visits.form(desk, ticket_id).minutes == 30, "something is always left"
    closing.finish(desk, ticket_id, "Заменили", told_how="phone", told_who="Иван")
    assert visits.view(desk, visit_id).item.state == "done", "what was done is not taken back"


def test_a_visit_does_not_answer_a_question_to_the_customer(desk: Desk) -> None:
    ticket_id = new(desk)
    world.promise_first(desk, ticket_id)
    visit_id = planned(desk, ticket_id)
    work.wait(desk, ticket_id, "customer", "какой порт")
    visits.done(desk, visit_id, "Посмотрели", "Пётр")
    assert world.status(desk, ticket_id) == "waiting"


def test_a_time_that_has_passed_is_not_planned_and_a_short_visit_tells_half_an_hour(desk: Desk) -> None:
    ticket_id = new(desk)
    option = visits.propose(desk, ticket_id, 15, 60)[0]
    assert option.window == (option.slot.start, option.slot.start + timedelta(minutes=30))
    world.go_to(desk, option.slot.start)
    with pytest.raises(Lapsed, match="passed"):
        visits.plan(desk, ticket_id, option, 60)


def test_what_was_finished_from_afar_needs_no_visit(desk: Desk) -> None:
    ticket_id = new(desk)
    visit_id = planned(desk, ticket_id)
    changes = closing.finish(desk, ticket_id, "Помог перезапуск", told_how="phone", told_who="Иван")
    assert visits.view(desk, visit_id).item.state == "cancelled" and bookings(desk, visit_id) == []
    undo.revert(desk, changes.tx)
    assert visits.view(desk, visit_id).item.state == "planned" and bookings(desk, visit_id)


def test_the_form_knows_site_contract_and_parts(desk: Desk) -> None:
    ticket_id = new(desk)
    customer = world.row(desk, ticket_id)["customer_id"]
    with desk.act("") as act:
        act.insert(WorkCalendar, id="morning", zone="Europe/Moscow", week=[[[600, 720]]] * 5 + [[], []])
        act.insert(Contract, id="c", customer_id=customer, number="ТП-1", hours="8×5", calendar_id="morning",
                   until="2027-01-01", onsite="по Москве", travel_minutes=45)  # fmt: skip
        act.insert(ContractTarget, contract_id="c", urgency=3, reaction=150)
        act.insert(Site, customer_id=customer, name="Цех", address="Заводская, 3", travel_minutes=30, access="Пропуск")
    world.advance(desk, minutes=60)  # the contract counts from the letter
    form = visits.form(desk, ticket_id)
    assert (form.travel, form.address, form.access, form.onsite) == (30, "Заводская, 3", "Пропуск", "по Москве")
    assert form.due == world.moscow(3, 10, 30)  # 120 minutes of Monday's two hours, 30 of Tuesday's
    options = visits.propose(desk, ticket_id, 60, 30, limit=4)
    assert all(10 <= one.slot.start.astimezone(world.MOSCOW).hour < 12 for one in options)
    assert [one.meets for one in options] == sorted([one.meets for one in options], reverse=True)
    switch = stock.save_part(desk, {"code": "SW-8", "name": "Коммутатор"}).result
    stock.reserve(desk, ticket_id, switch)
    stock.order(desk, switch, 1, "2026-11-05", ticket_id=ticket_id)
    assert visits.form(desk, ticket_id).parts_from == world.moscow(5)
    assert visits.propose(desk, ticket_id, 60, 30)[0].slot.start == world.moscow(5, 10)


def test_a_visit_moves_nobody_and_a_promise_does_not_move_it(desk: Desk) -> None:
    visit_id = planned(desk, new(desk))
    before = bookings(desk, visit_id)
    other = world.arrive(desk, key="other").ticket_id
    slots = promise.propose(desk, other, minutes=60).proposals.slots
    promise.give(desk, other, slots[0], world.our_letter("Решим до {}".format("завтра")))
    assert bookings(desk, visit_id) == before
    assert planboard.view(desk, world.moscow(2).date(), 1).blocks


def test_a_visit_that_a_break_cuts_has_enough_on_each_side_and_ends_while_people_are_let_in() -> None:
    office = Hours("Europe/Moscow", office_week(((540, 780), (840, 1080))))
    person, now = Person("p", "", office), world.moscow(3, 9)
    first = visit_slots([person], 200, 60, now)[0]
    assert [span.minutes for span in first.work] == [135, 65], "twenty minutes after lunch are no work"
    for closes, found in ((16, 1), (15, 0)):
        let_in = Hours("Europe/Moscow", office_week(((540, closes * 60),)))
        slots = visit_slots([person], 300, 60, now, Rules(horizon_days=1), let_in)
        assert len(slots) == found
    assert [span.minutes for span in visit_slots([person], 300, 60, now)[0].work] == [180, 120]


@given(
    busy=st.lists(st.tuples(st.integers(0, 2000), st.integers(15, 300)), max_size=8),
    minutes=st.integers(15, 360),
    travel=st.integers(0, 120),
)
def test_slots_are_free_whole_and_in_order(busy: list[tuple[int, int]], minutes: int, travel: int) -> None:
    start = world.moscow(2, 9)
    calendar = Hours("Europe/Moscow", office_week(((540, 780), (840, 1080))))
    taken = tuple(
        Busy(str(place), Span(start + timedelta(minutes=at), start + timedelta(minutes=at + length)), "t")
        for place, (at, length) in enumerate(busy)
    )
    slots = visit_slots([Person("p", "", calendar, busy=taken)], minutes, travel, start, Rules(horizon_days=5))
    for slot in slots:
        spans = (*slot.way, *slot.work, *slot.back)
        assert sum(span.minutes for span in slot.work) == minutes
        assert sum(span.minutes for span in slot.way) == sum(span.minutes for span in slot.back) == travel
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert len({span.start.astimezone(world.MOSCOW).date() for span in spans}) == 1
        for span in spans:
            assert calendar.work_between(span.start, span.end) == span.end - span.start
            assert all(one.span.end <= span.start or one.span.start >= span.end for one in taken)
