"""The outlook of a ticket: whoever works on it, what is spent, what it waits for; and asked in either way the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import forecasting, promise, stock, terms, timer, triage, visits, work
from deskapp.desk.desk import Desk
from deskapp.desk.values import Terms
from deskapp.models.schema import Booking
from tests.desk import world
from tests.desk.world import arrive, moscow

from .demo_desk import copied


@pytest.fixture(scope="module")
def demo_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = copied(tmp_path_factory.mktemp("demo"))
    yield desk
    desk.replica.disconnect()


def read(desk: Desk, ticket_id: str) -> forecasting.Outlook:
    return forecasting.read(desk, desk.replica.db.execute_sql, ticket_id, desk.clock.now())


def test_a_ticket_alone_has_the_outlook_that_it_has_among_all(demo_desk: Desk) -> None:
    execute, now = demo_desk.replica.db.execute_sql, demo_desk.clock.now()
    everybody = [row[0] for row in demo_desk.replica.rows("SELECT id FROM specialist")]
    for at in (now, now + timedelta(hours=4), now + timedelta(days=6)):
        together = forecasting.outlooks(demo_desk, execute, everybody, at)
        assert len(together) > 20
        for ticket_id, outlook in together.items():
            assert forecasting.read(demo_desk, execute, ticket_id, at) == outlook


def test_a_ticket_ends_with_the_last_of_its_people_and_not_on_the_road(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    with desk.act("by hand") as act:
        for person, start in (("anna", moscow(5, 9)), ("boris", moscow(3, 9))):
            end = start + timedelta(hours=1)
            act.insert(
                Booking, ticket_id=ticket_id, specialist_id=person, start_at=to_ms(start), end_at=to_ms(end)
            )  # fmt: skip
    assert read(desk, ticket_id).forecast == moscow(5, 10)
    other = arrive(desk).ticket_id
    world.promise_first(desk, other)
    option = visits.propose(desk, other, 60, 30)[0]
    visits.plan(desk, other, option, 30)
    assert read(desk, other).forecast == option.slot.end < option.slot.back[-1].end


def test_what_is_spent_shortens_the_outlook_also_while_the_timer_runs(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise.give_other(desk, ticket_id, moscow(5, 18), "так", world.our_letter(), specialist="anna", minutes=240)
    assert read(desk, ticket_id).forecast == moscow(2, 15)  # from half past nine, without lunch
    work.note(desk, ticket_id, "check", "почти", minutes=180)
    outlook = read(desk, ticket_id)
    assert (outlook.spent, outlook.remaining, outlook.virtual) == (180, 60, True)
    assert outlook.forecast == moscow(2, 10, 30)
    timer.start(desk, ticket_id)
    world.advance(desk, minutes=25)
    assert read(desk, ticket_id).remaining == 35


def test_a_promise_without_a_block_keeps_the_terms_of_its_ticket(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    whole = Terms(whole=True)
    promise.give_other(
        desk, ticket_id, moscow(9, 18), "так", world.our_letter(), specialist="anna", minutes=465, agreed=whole
    )
    assert read(desk, ticket_id).forecast == moscow(3, 17, 45), "today does not hold it in one piece"
    terms.set_pieces(desk, ticket_id, whole=False)
    forecast = read(desk, ticket_id).forecast
    assert forecast is not None and forecast < moscow(3, 17, 45)


def test_the_later_of_a_part_and_of_what_was_agreed_holds(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    world.promise_first(desk, ticket_id, minutes=60)
    part = stock.save_part(desk, {"code": "SW-8", "name": "Коммутатор"}).result
    stock.reserve(desk, ticket_id, part)
    stock.order(desk, part, 1, "2026-11-06", ticket_id=ticket_id)
    for agreed, forecast in ((moscow(5), moscow(6, 10)), (moscow(9), moscow(9, 10))):
        terms.set_not_before(desk, ticket_id, agreed)
        assert read(desk, ticket_id).forecast == forecast


def test_what_is_done_has_no_outlook(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.set_effort(desk, ticket_id, 60)
    assert read(desk, ticket_id) == forecasting.Outlook(remaining=60)
    world.promise_first(desk, ticket_id)
    (end,) = desk.replica.rows("SELECT end_at FROM booking WHERE ticket_id = ?", (ticket_id,))
    assert read(desk, ticket_id).forecast == from_ms(end[0])
