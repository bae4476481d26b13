"""Maintenance that comes back makes its tickets and their work ahead of time, and one of each on two replicas."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from deskapp.core.clock import from_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import recurring, setup, undo, visits
from deskapp.desk.desk import Desk
from deskapp.models.schema import Site
from tests.desk import world


def rule(desk: Desk, **values: object) -> str:
    row = {"name": "Проверка копий", "subject": "Проверка резервных копий", "every": "week", "step": 1, "effort": 60,
           "first_on": "2026-11-05", "ahead_days": 8, "owner_id": "boris"}  # fmt: skip
    return str(recurring.save(desk, {**row, **values}).result)


def tickets(desk: Desk) -> list[tuple[str, str]]:
    return desk.replica.rows("SELECT id, subject FROM ticket WHERE recurring_id <> '' ORDER BY asked_at")


def test_dates() -> None:
    def first(count: int, every: str, step: int, day: date) -> list[date]:
        return list(islice(recurring.dates(every, step, day), count))

    assert first(3, "day", 2, date(2026, 2, 27)) == [date(2026, 2, 27), date(2026, 3, 1), date(2026, 3, 3)]
    assert first(2, "week", 2, date(2026, 12, 28)) == [date(2026, 12, 28), date(2027, 1, 11)]
    ends = first(4, "month", 1, date(2027, 12, 31))
    assert ends == [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]
    assert first(2, "year", 1, date(2028, 2, 29)) == [date(2028, 2, 29), date(2029, 2, 28)]
    assert list(recurring.dates("month", 3, date(2026, 1, 1), date(2026, 7, 1)))[-1] == date(2026, 7, 1)
    with pytest.raises(ValueError):
        next(recurring.dates("hour", 1, date(2026, 1, 1)))


def test_made_ahead_once_booked_and_promised_for_its_day(desk: Desk) -> None:
    rule_id = rule(desk)
    assert recurring.due(desk)
    assert recurring.run(desk).result == 1
    assert not recurring.due(desk) and recurring.run(desk).result == 0
    ((ticket_id, subject),) = tickets(desk)
    row = world.row(desk, ticket_id)
    assert subject == "Проверка резервных копий" and row["owner_id"] == "boris" and row["number"] > 1000
    assert from_ms(row["promised_at"]) == world.moscow(5, 18)
    assert desk.replica.row("SELECT start_at, specialist_id FROM booking WHERE ticket_id = ?", (ticket_id,)) == (
        int(world.moscow(5, 9).timestamp() * 1000),
        "boris",
    )
    assert desk.replica.value("SELECT in_answer FROM queue_row WHERE ticket_id = ?", (ticket_id,)) == 0
    (shown,) = recurring.rules(desk)
    assert (shown.id, shown.following, shown.made) == (rule_id, date(2026, 11, 12), 1)
    world.go_to(desk, world.moscow(4, 10))
    assert recurring.run(desk).result == 1
    assert len(tickets(desk)) == 2


def test_two_replicas_make_the_same_rows(desk: Desk) -> None:
    rule(desk, kind="visit", minute=600)
    changes = recurring.run(desk)
    ids = {table: rows for table, rows in changes.tables.items() if table in ("ticket", "booking", "promise", "visit")}
    assert len(ids["visit"]) == 1 and len(ids["booking"]) >= 3
    start = desk.replica.value("SELECT window_start FROM visit")
    assert from_ms(start) == world.moscow(5, 10)
    desk.replica.db.execute_sql("DELETE FROM change")
    for table in ids:
        desk.replica.db.execute_sql(f"DELETE FROM {table}")
    desk.replica.db.execute_sql("DELETE FROM event")
    desk.replica.db.execute_sql("DELETE FROM change")
    again = recurring.run(desk)
    assert {table: again.tables[table] for table in ids} == ids


def test_a_visit_stands_among_the_visits_with_and_without_a_free_time(desk: Desk) -> None:
    with desk.act() as act:
        near = act.insert(Site, name="Соседний дом", address="Лесная, 1", travel_minutes=0)
    rule(desk, kind="visit", minute=600, site_id=near, text="Почистить")
    recurring.run(desk)
    (planned,) = visits.visits(desk)
    assert planned.start == world.moscow(5, 10) and planned.travel == 0 and planned.window is not None
    assert planned.window[1] >= world.moscow(5, 11) and planned.address == "Лесная, 1" and planned.holds
    assert desk.replica.value("SELECT count(*) FROM booking WHERE kind = 'travel'") == 0, "no way, no travel"
    rule(desk, name="Огромное", kind="visit", effort=60_000, owner_id="anna", site_id=near)
    recurring.run(desk)
    unplanned = visits.visits(desk)[-1]
    assert (unplanned.start, unplanned.window, unplanned.state) == (None, None, "planned")
    assert unplanned.specialist_id == "anna" and visits.view(desk, unplanned.id).task
    option = visits.propose(desk, unplanned.ticket_id, 60, 0)[0]
    visits.plan(desk, unplanned.ticket_id, option, 0, visit_id=unplanned.id)
    assert visits.view(desk, unplanned.id).item.start == option.slot.start and len(visits.visits(desk)) == 2


def test_what_was_taken_back_is_not_made_again_and_a_long_sleep_makes_no_past(desk: Desk) -> None:
    rule(desk)
    changes = recurring.run(desk)
    undo.revert(desk, changes.tx)
    assert tickets(desk) == [] and recurring.run(desk).result == 0
    world.go_to(desk, world.moscow(28, 10))
    recurring.run(desk)
    first = desk.replica.value("SELECT min(asked_at) FROM ticket WHERE recurring_id <> ''")
    assert from_ms(first) >= world.moscow(21)


def test_no_owner_who_can_and_no_room(desk: Desk) -> None:
    rule(desk, owner_id="", cause_id="printer")
    recurring.run(desk)
    ((ticket_id, _subject),) = tickets(desk)
    assert world.row(desk, ticket_id)["owner_id"] == "anna"  # the only one who prints
    rule(desk, name="Огромное", effort=6000, owner_id="anna")
    assert recurring.run(desk).result == 1  # made all the same, to be planned by a person
    with pytest.raises(UserFacingError):
        rule(desk, first_on="когда-нибудь")


def test_a_rule_at_rest_makes_nothing(desk: Desk) -> None:
    rule_id = rule(desk, active=0)
    assert not recurring.due(desk) and recurring.run(desk).result == 0
    (shown,) = recurring.rules(desk)
    assert (shown.id, shown.following) == (rule_id, None)


def test_the_date_promised_is_one_that_can_be_kept(desk: Desk) -> None:
    """The day's end; the end of the day on which there is room; on a holiday that of the next working day."""
    setup.save_absence(desk, "boris", world.moscow(5), world.moscow(6), "sick")
    rule(desk, name="full")
    rule(desk, name="holiday", first_on="2026-11-04", effort=None, owner_id="anna")
    rule(desk, name="today", first_on="2026-11-02", owner_id="anna")
    assert recurring.run(desk).result == 4
    told = dict(
        desk.replica.rows(
            "SELECT r.name, min(t.promised_at) FROM ticket t JOIN recurring r ON r.id = t.recurring_id GROUP BY 1"
        )
    )
    assert {name: from_ms(at) for name, at in told.items()} == {
        "full": world.moscow(6, 18), "holiday": world.moscow(5, 18), "today": world.moscow(2, 18)
    }  # fmt: skip
    assert from_ms(desk.replica.value("SELECT min(start_at) FROM booking")) >= desk.clock.now(), "not in the past"
