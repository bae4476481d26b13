"""Rows: who overlaps whom, where work lands, how a block stretches, what moves and what does not."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta

import pytest

from deskapp.desk.values import CalendarBlock, TrayItem
from deskapp.planning.values import Busy, Move, PlanDiff, Span
from deskapp.ui.calendar import texts
from deskapp.ui.calendar.dates import first_day, parse_date
from deskapp.ui.calendar.preview import Held, harmless, local_picture, picture
from deskapp.ui.calendar.rows import (
    Row,
    movable,
    nearest_block,
    next_block,
    overlap_lanes,
    place,
    prepare,
    stretched,
    tight_blocks,
    worked_minutes,
)

from . import week

BOARD = prepare(week.view(), week.ZONE)


def row(person: str) -> Row:
    return BOARD.rows[BOARD.row_of[person]]


def block(number: int, part: int = 1) -> CalendarBlock:
    return next(b for b in BOARD.view.blocks if b.number == number and b.part == part)


def spans(*hours: tuple[int, float, float]) -> tuple[Span, ...]:
    return tuple(Span(week.at(day, start), week.at(day, end)) for day, start, end in hours)


def test_work_is_hours_without_absences() -> None:
    assert worked_minutes(row("p5"), week.at(3, 9), week.at(3, 17)) == 420
    free = [(a, b) for a, b in row("p5").work if week.at(3, 0).timestamp() <= a < week.at(4, 0).timestamp()]
    assert free == [(week.at(3, 9).timestamp(), week.at(3, 13).timestamp())]


def test_a_drop_is_cut_at_lunch() -> None:
    assert place(row("p3"), week.at(6, 11.5).timestamp(), 150) == spans((6, 11.5, 13), (6, 14, 15))


def test_a_drop_in_the_evening_goes_to_the_next_working_day() -> None:
    assert place(row("p0"), week.at(3, 20).timestamp(), 60) == spans((5, 9, 10))


def test_a_drop_does_not_lie_over_pinned_or_running_work() -> None:
    assert place(row("p4"), week.at(3, 10).timestamp(), 60) == spans((3, 14, 15))


def test_no_room_is_no_place() -> None:
    assert place(row("p1"), week.at(5, 9).timestamp(), 60) == ()


def test_overlapping_blocks_share_the_height() -> None:
    one = block(4132)
    other = dataclasses.replace(block(4133), id="x", start=one.start + timedelta(minutes=30))
    third = dataclasses.replace(block(4139), id="y")
    lanes = overlap_lanes([one, other, third])
    assert lanes == {one.id: (0, 2), "x": (1, 2), "y": (0, 1)}


def test_a_block_is_stretched_over_lunch_and_back() -> None:
    source = block(4103)  # Friday 9 to 12
    longer = stretched(row("p2"), source.start, source.end, 90)
    assert longer == week.at(6, 14.5)
    assert stretched(row("p2"), source.start, longer, -90) == week.at(6, 12)


def test_what_runs_is_done_or_pinned_stays() -> None:
    assert movable(block(4132))
    assert not movable(block(4117))
    assert not movable(block(4120))
    assert not movable(dataclasses.replace(block(4132), pinned=True))


def test_neighbours() -> None:
    assert next_block(row("p3"), block(4104), 1) == block(4098)
    assert next_block(row("p3"), block(4141), 1) is None
    assert nearest_block(row("p4"), week.at(5, 13.4)) == block(4096, 1)


def test_tight_blocks_come_worst_first() -> None:
    numbers = [b.number for b in tight_blocks(BOARD)]
    assert numbers[:2] == [4093, 4102]
    assert 4104 not in numbers


def test_people_can_be_filtered() -> None:
    board = prepare(week.view(), week.ZONE, ["p4"])
    assert [r.person.id for r in board.rows] == ["p4"]


def test_the_missing_end_of_a_short_day_is_shown() -> None:
    tuesday = BOARD.days[1]
    assert tuesday.work[-1][1] == week.at(3, 18).timestamp()
    assert max(end for _, end in row("p3").hours if end < week.at(4, 0).timestamp()) == week.at(3, 17).timestamp()


def test_hours_are_those_of_where_people_work() -> None:
    view = week.view()
    rows = (dataclasses.replace(view.rows[0], zone="Asia/Yekaterinburg"), *view.rows[1:])
    board = prepare(dataclasses.replace(view, rows=rows), week.ZONE)
    first = next(start for start, _ in board.rows[0].hours if start > week.at(5, 0).timestamp())
    assert first == week.at(5, 7).timestamp()


HELD = Held("t4129", 4129, "Волга-Агро", 150)


def move(number: int, late: int = 0, to: tuple[int, float, float] = (5, 14, 16)) -> Move:
    source = block(number)
    busy = Busy(source.id, Span(source.start, source.end), source.ticket_id, number)
    target = spans(to)
    return Move(busy, source.person_id, "p3", target, source.end, target[-1].end, late)


def test_only_touching_others_needs_a_word() -> None:
    assigned = (("t4129", "p3", spans((6, 16, 18))),)
    assert harmless(PlanDiff(assigned=assigned), HELD)
    assert not harmless(PlanDiff(assigned=assigned, moved=(move(4133),)), HELD)
    assert not harmless(PlanDiff(assigned=assigned, broken=(move(4133, 30),)), HELD)
    assert not harmless(PlanDiff(wont_fit=("t4129",)), HELD)
    own = Held("t4133", 4133, "Исток", 120, block(4133))
    assert harmless(PlanDiff(moved=(move(4133),)), own)
    assert not harmless(PlanDiff(broken=(move(4133, 30),)), own)


def test_the_picture_of_a_change() -> None:
    diff = PlanDiff(
        assigned=(("t4129", "p3", spans((5, 9, 11.5))),),
        moved=(move(4132, to=(5, 11.5, 13)),),
        broken=(move(4133, 30),),
    )
    shown = picture(diff, HELD, BOARD.view)
    assert shown.ghosts == (("p3", spans((5, 9, 11.5))[0]),)
    assert [o.number for o in shown.outlines] == [4132, 4133]
    assert [(s.block.number, s.late) for s in shown.shifted] == [(4132, 0), (4133, 30)]
    assert shown.hidden == {block(4132).id, block(4133).id}
    assert shown.people() == {"p3"}


def test_a_moved_block_leaves_its_outline_and_is_the_ghost() -> None:
    own = Held("t4133", 4133, "Исток", 120, block(4133))
    shown = picture(PlanDiff(moved=(move(4133),)), own, BOARD.view)
    assert shown.ghosts == (("p3", spans((5, 14, 16))[0]),)
    assert shown.shifted == ()
    assert shown.hidden == {block(4133).id}
    assert local_picture(own, "p3", spans((5, 14, 16))) == shown


def test_blocks_that_are_placed_together_keep_their_own_names() -> None:
    pair = Held("t4133", 4133, "Исток", 120, block(4133), (block(4132),))
    other = dataclasses.replace(move(4132), spans=spans((5, 14, 16)), person_to="p2")
    shown = picture(PlanDiff(moved=(move(4133),), reassigned=(other,)), pair, BOARD.view)
    assert shown.ghosts == (("p3", spans((5, 14, 16))[0]), ("p2", spans((5, 14, 16))[0])), "at the same time, both seen"
    assert shown.others == ((1, 4132, block(4132).customer),)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5.11", date(2026, 11, 5)),
        ("26.10", date(2026, 10, 26)),
        ("3/1", date(2027, 1, 3)),
        ("2025-12-31", date(2025, 12, 31)),
        ("5.11.24", date(2024, 11, 5)),
        ("сегодня", date(2026, 11, 3)),
        ("tomorrow", date(2026, 11, 4)),
        ("fri", date(2026, 11, 6)),
        ("6 ноября", date(2026, 11, 6)),
        ("31.2", None),
        ("soon", None),
    ],
)
def test_dates_as_people_type_them(text: str, day: date | None) -> None:
    assert parse_date(text, week.NOW, week.ZONE) == day


def test_a_week_begins_on_monday() -> None:
    assert first_day(date(2026, 11, 8), 7) == date(2026, 11, 2)
    assert first_day(date(2026, 11, 8), 14) == date(2026, 11, 2)
    assert first_day(date(2026, 11, 8), 1) == date(2026, 11, 8)


def test_a_promise_that_lost_its_place_shows_its_date_in_the_tray() -> None:
    item = TrayItem("t", 4107, "", "", 3, 60, False, False, None, week.at(3, 15), "")

    def told(promised: datetime | None, due: datetime | None = None) -> tuple[str, str]:
        return texts.tray_deadline(dataclasses.replace(item, promised_at=promised, answer_due=due), week.TIMES)

    assert told(None) == ("answered", "ok")
    assert told(week.at(3, 15)) == ("promised 15:00", "crit")
    assert told(week.at(3, 18)) == ("promised 18:00", "high")
    assert told(week.at(6, 10)) == ("promised Fri\u00a010:00", "text2")
    assert told(week.at(3, 9)) == ("promise is past", "crit")
    assert told(week.at(3, 15), week.at(3, 14)) == ("by 14:00", "text2"), "an answer that is owed comes first"


def test_another_clock_is_told_by_how_far_it_is() -> None:
    day = date(2026, 11, 3)
    told = [
        texts.zone_note(zone, week.ZONE, day) for zone in ("", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Kolkata")
    ]
    assert told == ["", "", "+2\u00a0h", "+2\u00a0h\u00a030\u00a0min"]
    berlin = [texts.zone_note("Europe/Berlin", week.ZONE, date(2027, 3, day)) for day in (22, 29)]
    assert berlin == ["\u22122\u00a0h", "\u22121\u00a0h"], "before and after the clocks change there"
