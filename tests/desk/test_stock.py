"""Spare parts: the sum of movements, what is kept for whom, and forecasts that wait for what is not here yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import closing, letters, promise, stock, undo, waits, watch
from deskapp.desk.desk import Desk
from tests.desk import world


@pytest.fixture
def store(desk: Desk) -> str:
    stock.save_place(desk, {"id": "", "name": "Машина Анны", "kind": "car", "specialist_id": "anna", "position": 1})
    return str(stock.save_place(desk, {"name": "Склад"}).result)


@pytest.fixture
def gateway(desk: Desk, store: str) -> str:
    made = stock.save_part(desk, {"code": "SG-16", "name": "Шлюз", "name_en": "Gateway", "minimum": 1}).result
    stock.receive(desk, made, store, 2, "начальный остаток")
    return str(made)


def item(desk: Desk, part_id: str) -> stock.PartItem:
    return next(one for one in stock.parts(desk, everything=True) if one.id == part_id)


def forecast(desk: Desk, ticket_id: str) -> tuple[object, int | None, int]:
    row = desk.replica.row("SELECT forecast_at, slack, in_slipping FROM queue_row WHERE ticket_id = ?", (ticket_id,))
    assert row is not None
    return (from_ms(row[0]) if row[0] else None), row[1], row[2]


def test_movements_add_up_by_place_and_below_zero_is_shown(desk: Desk, store: str, gateway: str) -> None:
    (car,) = [place for place in stock.places(desk) if place.kind == "car"]
    ticket_id = world.arrive(desk).ticket_id
    stock.move(desk, gateway, store, car.id, 1, ticket_id=ticket_id)
    assert (item(desk, gateway).count, item(desk, gateway).cars) == (2, 1)
    changes = stock.use(desk, gateway, car.id, 1, ticket_id)
    stock.use(desk, gateway, store, 2, ticket_id)
    view = stock.part(desk, gateway)
    assert (view.item.count, view.item.below) == (-1, True)
    assert {place.name: place.count for place in view.places} == {"Склад": -1, "Машина Анны": 0}
    assert [line.kind for line in view.movements] == ["use", "use", "move", "move", "receipt"]
    stock.count(desk, store, {gateway: 3}, "инвентаризация")
    assert stock.part(desk, gateway).movements[0].quantity == 4
    undo.revert(desk, changes.tx)
    assert item(desk, gateway).count == 4


def test_every_movement_says_what_for(desk: Desk, store: str, gateway: str) -> None:
    with pytest.raises(UserFacingError):
        stock.receive(desk, gateway, store, 1, " ")
    with pytest.raises(UserFacingError):
        stock.move(desk, gateway, store, "elsewhere", 1)
    with pytest.raises(UserFacingError):
        stock.receive(desk, gateway, store, 0, "нашли")
    rows = desk.replica.rows("SELECT ticket_id, order_id, reason FROM stock_movement")
    assert rows and all(any(row) for row in rows)


def test_reserved_is_kept_and_use_ends_it(desk: Desk, store: str, gateway: str) -> None:
    first, second = world.arrive(desk).ticket_id, world.arrive(desk, subject="Сканер").ticket_id
    stock.reserve(desk, first, gateway, 2)
    stock.reserve(desk, second, gateway)
    assert (item(desk, gateway).reserved, item(desk, gateway).free, item(desk, gateway).below) == (3, -1, True)
    assert [one.here for one in stock.part(desk, gateway).reserved] == [2, 0]
    stock.use(desk, gateway, store, 2, first)
    assert stock.for_ticket(desk, first) == ()
    (left,) = stock.for_ticket(desk, second)
    assert (left.here, left.expected) == (0, "")
    stock.release(desk, left.id)
    with pytest.raises(UserFacingError):
        stock.release(desk, left.id)
    assert item(desk, gateway).reserved == 0


def test_use_takes_from_what_was_reserved_first_and_no_more_than_was_used(desk: Desk, store: str, gateway: str) -> None:
    ticket_id = world.arrive(desk).ticket_id
    for quantity in (1, 3):
        stock.reserve(desk, ticket_id, gateway, quantity)
        world.advance(desk, minutes=1)
    stock.use(desk, gateway, store, 2, ticket_id)
    assert [one.quantity for one in stock.for_ticket(desk, ticket_id)] == [2]
    stock.use(desk, gateway, store, 5, ticket_id)
    assert stock.for_ticket(desk, ticket_id) == () and item(desk, gateway).reserved == 0


def test_a_count_is_of_one_place_and_nothing_moves_backwards(desk: Desk, store: str, gateway: str) -> None:
    (car,) = [place for place in stock.places(desk) if place.kind == "car"]
    stock.move(desk, gateway, store, car.id, 1, reason="в машину")
    assert stock.count(desk, store, {gateway: 1}).result == 0, "the other one lies in the car"
    with pytest.raises(UserFacingError):
        stock.move(desk, gateway, store, car.id, -1, reason="назад")
    assert {place.name: place.count for place in stock.part(desk, gateway).places} == {"Склад": 1, "Машина Анны": 1}


def test_an_order_comes_once_on_a_day_that_is_one(desk: Desk, store: str, gateway: str) -> None:
    with pytest.raises(UserFacingError, match="expected"):
        stock.order(desk, gateway, 1, "скоро")
    ordered = stock.order(desk, gateway, 3, "2026-11-06").result
    stock.order_came(desk, ordered, store)
    for again in (
        lambda: stock.order_came(desk, ordered, store),
        lambda: stock.cancel_order(desk, ordered),
        lambda: stock.postpone(desk, ordered, "2026-11-09"),
    ):
        with pytest.raises(Lapsed):
            again()
    assert (item(desk, gateway).count, item(desk, gateway).on_order) == (5, 0)


def test_a_reservation_gets_what_is_here_then_what_is_ordered_each_piece_once(
    desk: Desk, store: str, gateway: str
) -> None:
    first, second = world.arrive(desk).ticket_id, world.arrive(desk, subject="Сканер").ticket_id
    stock.use(desk, gateway, store, 3, first)  # one more than was there: nobody has it to give
    stock.reserve(desk, second, gateway, 1)
    came = stock.order(desk, gateway, 1, "2026-11-05").result

    def gets() -> tuple[int, str, bool]:
        (one,) = stock.for_ticket(desk, second)
        return one.here, one.expected, one.ordered

    assert gets() == (0, "2026-11-05", True)
    stock.order_came(desk, came, store)  # it fills the gap, and is on its way no more
    assert gets() == (0, "", False)
    stock.receive(desk, gateway, store, 1, "нашли")
    stock.reserve(desk, second, gateway, 2)
    stock.order(desk, gateway, 1, "2026-11-09", ticket_id=second)
    stock.order(desk, gateway, 1, "2026-11-05")
    assert [one.expected for one in stock.for_ticket(desk, second)] == ["", "2026-11-09"], "the last of two pieces"


def test_a_ticket_waits_for_the_last_of_its_parts(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    made = []
    for code, day in (("A", "2026-11-05"), ("B", "2026-11-09"), ("C", "2026-11-06")):
        part = stock.save_part(desk, {"code": code, "name": code}).result
        stock.reserve(desk, ticket_id, part)
        made.append((part, stock.order(desk, part, 1, day).result))

    def waits_for() -> tuple[str, object]:
        found = waits.of(desk, desk.replica.db.execute_sql, [ticket_id], desk.clock.now())[ticket_id]
        return found.code, found.until

    assert waits_for() == ("B", world.moscow(9))
    world.go_to(desk, world.moscow(12, 11))
    assert waits_for()[1] == world.moscow(12), "what should have come may come today"
    stock.cancel_order(desk, made[0][1])
    assert waits_for() == ("A", None), "nobody knows when"


def test_the_forecast_waits_for_the_part(desk: Desk, store: str) -> None:
    switch = stock.save_part(desk, {"code": "SW-8", "name": "Коммутатор"}).result
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id, minutes=60)
    other = world.arrive(desk, subject="Сканер", key="other").ticket_id
    world.promise_first(desk, other, minutes=60)
    before, slack, _ = forecast(desk, ticket_id)
    behind = forecast(desk, other)
    assert slack is not None and slack >= 0
    stock.reserve(desk, ticket_id, switch)
    assert forecast(desk, ticket_id) == (before, slack, 1)  # nobody knows when: somebody has to look
    ordered = stock.order(desk, switch, 1, "2026-11-06", ticket_id=ticket_id).result
    late, negative, slipping = forecast(desk, ticket_id)
    assert late == world.moscow(6, 10) and negative is not None and negative < 0 and slipping == 1
    assert forecast(desk, other)[0] == behind[0]  # the person does not idle meanwhile
    stock.postpone(desk, ordered, "2026-11-09")
    assert forecast(desk, ticket_id)[0] == world.moscow(9, 10)
    stock.order_came(desk, ordered, store)
    assert forecast(desk, ticket_id) == (before, slack, 0)
    assert item(desk, switch).on_order == 0


def test_an_order_for_one_ticket_serves_that_ticket_first(desk: Desk) -> None:
    switch = stock.save_part(desk, {"code": "SW-8", "name": "Коммутатор", "lead_days": 5}).result
    first, second = world.arrive(desk).ticket_id, world.arrive(desk, subject="Сканер").ticket_id
    stock.reserve(desk, first, switch)
    world.advance(desk, minutes=1)
    stock.reserve(desk, second, switch)
    stock.order(desk, switch, 1, "2026-11-05", ticket_id=second)
    (one,), (other,) = stock.for_ticket(desk, first), stock.for_ticket(desk, second)
    assert (other.expected, other.ordered) == ("2026-11-05", True)
    assert (one.expected, one.ordered) == ("2026-11-07", False)  # by the usual time of delivery
    assert stock.order(desk, switch, 1, "").result and stock.part(desk, switch).orders[-1].expected == "2026-11-07"


def test_an_overdue_order_never_makes_a_forecast_of_the_past(desk: Desk) -> None:
    switch = stock.save_part(desk, {"code": "SW-8", "name": "Коммутатор"}).result
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id, minutes=60)
    stock.reserve(desk, ticket_id, switch)
    stock.order(desk, switch, 1, "2026-11-03", ticket_id=ticket_id)
    world.go_to(desk, world.moscow(5, 12))
    watch.tick(desk)
    found, _slack, _ = forecast(desk, ticket_id)
    assert found == world.moscow(5, 13)


def test_the_emergency_stock_is_for_emergencies(desk: Desk, store: str) -> None:
    spare = stock.save_part(desk, {"code": "SG", "name": "Шлюз", "stock": "emergency"}).result
    stock.receive(desk, spare, store, 1, "запас")
    ticket_id = world.arrive(desk).ticket_id
    with pytest.raises(UserFacingError):
        stock.reserve(desk, ticket_id, spare)
    stock.reserve(desk, ticket_id, spare, anyway=True)
    desk.replica.db.execute_sql("UPDATE ticket SET urgency = 2")
    stock.reserve(desk, ticket_id, spare)


def test_replacement_time_follows_the_urgency(desk: Desk, gateway: str) -> None:
    ticket_id = world.arrive(desk).ticket_id
    customer = world.row(desk, ticket_id)["customer_id"]
    execute = desk.replica.db.execute_sql
    execute(
        "INSERT INTO contract (id, customer_id, number, hours, calendar_id, until, vip, note) "
        "VALUES ('c', ?, 'N', '', 'office', '2027-01-01', 0, '')",
        (customer,),
    )
    with desk.act("") as act:
        from deskapp.models.schema import ContractTarget

        for urgency, minutes in ((1, 240), (3, 960)):
            act.insert(ContractTarget, contract_id="c", urgency=urgency, replacement=minutes)
    received = from_ms(world.row(desk, ticket_id)["received_at"])
    wanted = desk.schedule.desk_calendar.add_work(received, 960)
    assert stock.replacement_due(desk, ticket_id) == wanted
    execute("UPDATE ticket SET urgency = 1")
    stock.reserve(desk, ticket_id, gateway)
    (kept,) = stock.for_ticket(desk, ticket_id)
    assert kept.due is not None and kept.due < wanted - timedelta(hours=1)
    assert to_ms(kept.due) > to_ms(received)


def test_a_closed_ticket_keeps_no_parts_and_an_outage_finds_its_spares(desk: Desk, store: str, gateway: str) -> None:
    ticket_id = world.arrive(desk, subject="Не отвечает шлюз в цехе").ticket_id
    stock.save_part(desk, {"id": gateway, "stock": "emergency"})
    (spare,) = stock.spares_for(desk, ticket_id)
    assert (spare.id, spare.free) == (gateway, 2)
    stock.reserve(desk, ticket_id, gateway, 2, anyway=True)
    assert stock.spares_for(desk, ticket_id) == ()
    closing.finish(desk, ticket_id, "Перезапущен", told_how="phone", told_who="Иван")
    assert item(desk, gateway).reserved == 2  # the customer has not agreed yet
    closing.agree(desk, ticket_id, "phone", "Иван")
    assert item(desk, gateway).reserved == 0


def test_a_refused_ticket_keeps_no_parts(desk: Desk, store: str, gateway: str) -> None:
    ticket_id = world.arrive(desk).ticket_id
    stock.reserve(desk, ticket_id, gateway, 1)
    assert item(desk, gateway).reserved == 1
    letter = letters.draft(desk, ticket_id, "refusal", reason="не наш", instead="обратитесь к поставщику")
    changes = promise.refuse(desk, ticket_id, "не наш шлюз", letter)
    assert item(desk, gateway).reserved == 0
    undo.revert(desk, changes.tx)
    assert item(desk, gateway).reserved == 1
