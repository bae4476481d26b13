"""Production calendars, substitutes and shared time: what the settings write and what the plan makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.clock import FixedClock, from_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import (
    consequences,
    demo,
    intake,
    planboard,
    prodcal,
    promise,
    setup,
    standing_in,
    stock,
    triage,
    undo,
)
from deskapp.desk.crew import crew
from deskapp.desk.desk import Desk
from tests.desk.demo_desk import at, copied, found

XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2027" lang="ru" date="2026.10.01" country="ru">
  <holidays><holiday id="1" title="Новогодние каникулы"/><holiday id="3" title="День защитника Отечества"/></holidays>
  <days><day d="01.01" t="1" h="1"/><day d="01.04" t="1" h="1"/><day d="02.20" t="3"/><day d="02.22" t="1" f="02.20"/>
  <day d="02.23" t="1" h="3"/><day d="04.30" t="2"/></days>
</calendar>"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = copied(tmp_path / "desk", "en", FixedClock(at(3, 11, 42)))
    yield made
    made.replica.disconnect()


def office(desk: Desk) -> str:
    return str(setup.rule(desk)["calendar_id"])


def test_the_common_xml_is_read() -> None:
    days = {one.day: one for one in prodcal.parse(XML.encode())}
    assert {day: one.kind for day, one in days.items()} == {
        date(2027, 1, 1): "holiday",
        date(2027, 1, 4): "holiday",
        date(2027, 2, 20): "working",
        date(2027, 2, 22): "holiday",
        date(2027, 2, 23): "holiday",
        date(2027, 4, 30): "short",
    }
    assert days[date(2027, 2, 23)].name == "День защитника Отечества"
    assert days[date(2027, 4, 30)].name_en == "Shortened day"


def test_both_forms_of_csv_are_read() -> None:
    lines = "date;kind;name;hours\n2027-04-30;short;Before May;9-13, 14-17\n01.05.2027;выходной;1 Мая\n"
    first, second = prodcal.parse(lines.encode("cp1251"))
    assert (first.day, first.kind, first.intervals) == (date(2027, 4, 30), "short", ((540, 780), (840, 1020)))
    assert (second.day, second.kind, second.name) == (date(2027, 5, 1), "holiday", "1 Мая")
    weekends = [
        ",".join(
            str(day) for day in range(1, 32) if _exists(2027, month, day) and date(2027, month, day).weekday() >= 5
        )
        for month in range(1, 13)
    ]
    weekends[1] = "6,7,13,14,21,22+,23,27,28,19*"  # Saturday the 20th is worked
    table = "Год/Месяц," + ",".join(str(n) for n in range(12)) + "\n2027," + ",".join(f'"{w}"' for w in weekends)
    kinds = {one.day: one.kind for one in prodcal.parse(table.encode())}
    assert kinds[date(2027, 2, 20)] == "working" and kinds[date(2027, 2, 19)] == "short"
    assert kinds[date(2027, 2, 22)] == "holiday"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\xff\xfe", b"<html></html>", b"<calendar year='x'/>", b"a;b;c",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><calendar/>",
        b"<calendar year='2027'><days><day d='13.45' t='1'/></days></calendar>", b"2027-02-30;off", b"2027-03-01;odd",
        b"2027-03-01;short;x;25-99",
    ],
)  # fmt: skip
def test_another_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UserFacingError, match="no production calendar"):
        prodcal.parse(data)


@given(st.binary(max_size=200))
def test_no_file_is_too_odd(data: bytes) -> None:
    try:
        prodcal.parse(data)
    except UserFacingError:
        pass


def test_the_calendar_is_filled_and_hands_stay(desk: Desk) -> None:
    calendar = office(desk)
    setup.save_day(
        desk,
        {"calendar_id": calendar, "day": "2027-04-30", "kind": "short", "name": "Our own", "intervals": [[540, 720]]},
    )
    before = setup.calendars(desk)[0]["days"]
    changes = prodcal.fill(desk, calendar, XML.encode())
    rows = {row["day"]: row for row in setup.calendars(desk)[0]["days"] if row["day"].startswith("2027")}
    assert rows["2027-04-30"]["name"] == "Our own" and rows["2027-04-30"]["intervals"] == [[540, 720]]
    assert rows["2027-02-20"]["intervals"] == [[540, 780], [840, 1080]]
    assert rows["2027-02-22"]["kind"] == "holiday" and not rows["2027-02-22"]["intervals"]
    undo.revert(desk, changes.tx)
    assert setup.calendars(desk)[0]["days"] == before
    assert prodcal.shortened([[540, 780], [840, 1080]]) == [[540, 780], [840, 1020]]
    assert prodcal.shortened([[540, 600]]) == []


def test_filling_is_previewed_like_every_change_of_hours(desk: Desk) -> None:
    day = b"<calendar year='2026'><holidays/><days><day d='11.05' t='1'/></days></calendar>"
    view = consequences.preview(desk, lambda one: prodcal.fill(one, office(desk), day))
    assert {effect.number for effect in view.effects} >= {4132, 4133}
    assert not [row for row in setup.calendars(desk)[0]["days"] if row["day"] == "2026-11-05"]


def test_a_longer_absence_a_shorter_one_and_none(desk: Desk) -> None:
    orlov = demo.person("orlov")
    setup.save_absence(desk, orlov, at(9, 0), at(10, 0), "vacation")
    row = next(one for one in setup.absences(desk) if one["specialist_id"] == orlov and one["kind"] == "vacation")
    longer = consequences.preview(
        desk, lambda one: setup.save_absence(one, orlov, at(5, 0), at(10, 0), "vacation", "", row["id"])
    )
    assert {effect.number for effect in longer.effects} >= {4132, 4133}
    removed = consequences.preview(desk, lambda one: setup.drop_absence(one, row["id"]))
    assert not removed.effects


def test_who_stands_in_is_offered_when_the_other_is_away(desk: Desk) -> None:
    orlov, gareev = demo.person("orlov"), demo.person("gareev")
    ticket = found(desk, 4129)
    setup.save_absence(desk, orlov, at(3, 0), at(20, 0), "sick")
    before = {slot.person_id for slot in promise.propose(desk, ticket, with_letters=False).proposals.slots}
    assert gareev not in before
    changes = standing_in.save_substitutes(desk, orlov, (gareev, demo.person("zhukov")))
    assert standing_in.substitutes(desk)[orlov] == (gareev, demo.person("zhukov"))
    people = {person.id: person for person in crew(desk, desk.replica.db.execute_sql)}
    assert people[orlov].substitutes[0] == gareev and people[gareev].substitute_for == (orlov,)
    proposals = promise.propose(desk, ticket, with_letters=False).proposals
    offered = {slot.person_id for slot in (*proposals.slots, *proposals.more)}
    assert gareev in offered
    standing_in.save_substitutes(desk, orlov, (demo.person("zhukov"),))
    assert standing_in.substitutes(desk)[orlov] == (demo.person("zhukov"),)
    with pytest.raises(UserFacingError):
        standing_in.save_substitutes(desk, orlov, (orlov,))
    assert changes.tx


def test_a_meeting_of_several_is_one_step_and_counts_as_load(desk: Desk) -> None:
    people = (demo.person("orlov"), demo.person("zhukov"))
    changes = standing_in.save_together(desk, people, at(6, 16), at(6, 17), "meeting", "Weekly")
    rows = [one for one in setup.absences(desk) if one["name"] == "Weekly"]
    assert {row["specialist_id"] for row in rows} == set(people)
    view = planboard.view(desk, date(2026, 11, 6), 1)
    for row in view.rows:
        if row.person.id in people:
            assert row.days[0].booked >= 60 and row.days[0].working == 480
    undo.revert(desk, changes.tx)
    assert not [one for one in setup.absences(desk) if one["name"] == "Weekly"]
    with pytest.raises(UserFacingError):
        standing_in.save_together(desk, (), at(6, 16), at(6, 17), "meeting")


def test_the_reserve_of_a_person_moves_the_date(desk: Desk) -> None:
    ticket = found(desk, 4129)
    triage.set_effort(desk, ticket, 150)
    first = promise.propose(desk, ticket, with_letters=False).proposals.slots[0]
    setup.save_specialist(desk, {"id": first.person_id, "reserve": 50})
    later = promise.propose(desk, ticket, with_letters=False).proposals
    same = next(s for s in (*later.slots, *later.more) if s.person_id == first.person_id)
    assert same.promise > first.promise


def test_a_plan_is_applied_over_a_change_of_the_clock(tmp_path: Path) -> None:
    evening = datetime(2026, 10, 24, 17, tzinfo=UTC)  # Saturday in Berlin; the clock goes back at three
    desk = copied(tmp_path / "desk", "en", FixedClock(evening))
    nights = [[[180, 360], [1320, 1560]] for _ in range(7)]  # 22:00 to 2:00 and 3:00 to 6:00
    setup.save_calendar(desk, {"id": office(desk), "zone": "Europe/Berlin", "week": nights})
    orlov = demo.person("orlov")
    setup.save_specialist(desk, {"id": orlov, "zone": "Europe/Berlin"})
    ticket = intake.by_hand(desk, "Over the night", "Text", effort=420).result
    diff = planboard.preview_place(desk, ticket, orlov, datetime(2026, 10, 24, 20, tzinfo=UTC))
    changes = planboard.apply(desk, diff)
    rows = desk.replica.rows("SELECT start_at, end_at FROM booking WHERE ticket_id = ? ORDER BY start_at", (ticket,))
    spans = [(from_ms(start), from_ms(end)) for start, end in rows]
    # Four hours until two, then three from three on; the hour between comes twice that night.
    assert spans == [
        (datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, tzinfo=UTC), datetime(2026, 10, 25, 5, tzinfo=UTC)),
    ]
    booking = desk.replica.value("SELECT id FROM booking WHERE ticket_id = ? ORDER BY start_at", (ticket,))
    later = planboard.preview_move(desk, booking, orlov, datetime(2026, 10, 25, 21, tzinfo=UTC))
    planboard.apply(desk, later)
    moved = desk.replica.value("SELECT start_at FROM booking WHERE id = ?", (booking,))
    assert from_ms(moved) == datetime(2026, 10, 25, 21, tzinfo=UTC)
    assert changes.tx
    desk.replica.disconnect()


def test_no_date_is_offered_before_the_part_is_there(desk: Desk) -> None:
    ticket = found(desk, 4129)
    before = promise.propose(desk, ticket, minutes=60, with_letters=False).proposals.slots[0]
    part = stock.save_part(desk, {"code": "SW-8", "name": "Switch"}).result
    stock.reserve(desk, ticket, part)
    stock.order(desk, part, 1, "2026-11-09", ticket_id=ticket)
    after = promise.propose(desk, ticket, minutes=60, with_letters=False).proposals.slots
    assert before.pieces[0].start < at(9, 0)
    assert after and all(slot.pieces[0].start >= at(9, 9) for slot in after)
    diff = planboard.find_without_breaks(desk, ticket)
    assert diff.assigned[0][2][0].start >= at(9, 9)
