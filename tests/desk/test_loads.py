"""The month of the demo desk: shares, answers, overload and its ways out, balance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskapp.core.clock import FixedClock, to_ms
from deskapp.desk import demo, loads, planboard, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Booking

from .demo_desk import at, copied, found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = copied(tmp_path)
    yield desk
    desk.replica.disconnect()


def test_shares_of_the_days_as_the_design_shows_them(desk: Desk) -> None:
    view = loads.month(desk, date(2026, 11, 17))
    assert (view.first, len(view.days), view.working_days, view.minutes) == (date(2026, 11, 1), 30, 20, 159 * 60)
    shares = {
        row.person.short: [round(100 * one.booked / one.working) for one in row.loads[1:6] if one.working]
        for row in view.rows
    }
    assert shares["Ковалёва"] == [88, 79, 75, 25] and shares["Ким"] == [62, 86, 100, 50]
    assert shares["Орлов"][:2] == [100, 100] and shares["Гареев"] == [75, 100, 62, 62]
    away = {row.person.short: [(one.first.day, one.last.day) for one in row.away] for row in view.rows if row.away}
    assert away == {"Белов": [(5, 13)], "Ким": [(16, 20)]}
    belov = next(row for row in view.rows if row.person.short == "Белов")
    assert [one.day.day for one in belov.loads[4:13] if one.working] == []
    assert {kind for kind, _name, minutes in view.kinds if not minutes} == {"weekend", "holiday"}


def test_what_could_be_promised_today(desk: Desk) -> None:
    view = loads.month(desk, date(2026, 11, 3))
    answers = {one.skill.name: one for one in view.answers}
    accounting = answers["Учёт"]
    assert accounting.dates[0][0] is not None and not accounting.dates[0][1]
    assert [when for when, _far in accounting.dates] == sorted(when for when, _far in accounting.dates if when)
    databases = answers["СУБД"].dates
    assert all(far for _when, far in databases)  # nobody but Zhukov, who is full
    assert all(when is not None and when > at(17, 0) for when, _far in databases)  # a date all the same
    assert answers["Код"].person_id == demo.person("kim")


def overload(desk: Desk) -> None:
    """Two hours more on Thursday 5 November than Orlov has."""
    with desk.act("planned") as act:
        for number, start in ((4145, at(5, 9)), (4146, at(5, 11))):
            act.insert(
                Booking,
                ticket_id=found(desk, number),
                specialist_id=demo.person("orlov"),
                start_at=to_ms(start),
                end_at=to_ms(at(5, 13) if number == 4146 else at(5, 12, 30)),
                override="Test",
            )


def test_an_overloaded_day_and_its_ways_out(desk: Desk) -> None:
    overload(desk)
    view = loads.month(desk, date(2026, 11, 3))
    assert view.overloaded == ((demo.person("orlov"), date(2026, 11, 5), 150),)
    detail = loads.day(desk, demo.person("orlov"), date(2026, 11, 5))
    assert {item.number for item in detail.items} == {4132, 4133, 4139, 4145, 4146}
    assert detail.load.booked > detail.load.working and detail.ways
    way = detail.ways[0]
    shown = loads.relief_view(desk, way)
    assert not shown.diff.broken
    planboard.apply(desk, way.diff)
    after = loads.day(desk, demo.person("orlov"), date(2026, 11, 5))
    assert after.load.booked < detail.load.booked


def test_balance_of_backlog_and_free_hours(desk: Desk) -> None:
    view = loads.balance(desk)
    rows = {(row.kind, row.name): row for row in view.rows}
    assert rows["skill", "СУБД"].work > rows["skill", "СУБД"].free
    assert rows["line", "1"].people == 3
    assert view.until == at(18, 0) and view.suggestions == ()
    overload(desk)
    assert loads.balance(desk).suggestions


def test_the_past_is_neither_free_nor_overloaded(desk: Desk) -> None:
    overload(desk)
    before = {row.person.id: row.free for row in loads.month(desk, date(2026, 11, 3)).rows}
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at(6, 13))
    view = loads.month(desk, date(2026, 11, 3))
    assert view.overloaded == ()
    after = {row.person.id: row.free for row in view.rows}
    assert all(after[person] <= before[person] for person in before) and sum(after.values()) < sum(before.values())
    desk.clock.set(at(1, 12, month=12))
    assert {row.free for row in loads.month(desk, date(2026, 11, 3)).rows} == {0}


def test_the_backlog_is_what_is_left_and_unplanned_what_stands_nowhere(desk: Desk) -> None:
    def line(number: str) -> loads.BalanceRow:
        return next(row for row in loads.balance(desk).rows if (row.kind, row.name) == ("line", number))

    before = line("2")
    ticket_id = found(desk, 4133)
    work.note(desk, ticket_id, "check", "Половина", minutes=60)
    assert (line("2").work, line("2").unplanned) == (before.work - 60, before.unplanned)
    desk.replica.db.execute_sql("UPDATE booking SET state = 'done' WHERE ticket_id = ?", (ticket_id,))
    assert line("2").unplanned == before.unplanned + 60
