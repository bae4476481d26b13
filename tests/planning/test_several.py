"""Several blocks at once: together, changed for each other, repeated; and what must never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.replan import applied
from deskapp.planning.several import move_several, repeat, swap
from deskapp.planning.values import Person

from .mockup import NOW, ORLOV, PEOPLE, ZHUKOV, at, booked, span
from .test_replan import check_plan, desks, numbers, times, trip


def spans(diff: object) -> dict[str, tuple[object, ...]]:
    moves = (*diff.moved, *diff.reassigned, *diff.broken)  # type: ignore[attr-defined]
    return {move.busy.id: move.spans for move in moves}


def test_blocks_move_together_by_as_much_working_time() -> None:
    one, two = booked(1, 5, "9:00-10:00"), booked(2, 5, "11:00-13:00")
    orlov = replace(ORLOV, busy=(one, two))
    diff = move_several(one.id, (two.id,), "orlov", at(5, "10:00"), (orlov,), NOW)
    # An hour later each; the second is cut by lunch.
    assert spans(diff) == {
        one.id: (span(5, "10:00-11:00"),),
        two.id: (span(5, "12:00-13:00"), span(5, "14:00-15:00")),
    }
    assert diff.harmless and set(diff.subject) == {one.id, two.id}
    (person,) = applied([orlov], diff)
    assert len(person.busy) == 3
    away = move_several(one.id, (two.id,), "zhukov", at(5, "9:00"), (orlov, replace(ZHUKOV, busy=())), NOW)
    assert {change.person_to for change in away.reassigned} == {"zhukov"} and numbers(away.reassigned) == [1, 2]


def test_blocks_move_together_to_sooner_as_well() -> None:
    one, two = booked(1, 5, "11:00-12:00"), booked(2, 5, "14:00-15:00")
    diff = move_several(one.id, (two.id,), "orlov", at(5, "10:00"), (replace(ORLOV, busy=(one, two)),), NOW)
    assert spans(diff) == {one.id: (span(5, "10:00-11:00"),), two.id: (span(5, "12:00-13:00"),)}


def test_what_stays_keeps_all_of_them() -> None:
    one = booked(1, 5, "9:00-10:00")
    pinned = replace(booked(2, 5, "11:00-13:00"), pinned=True)
    diff = move_several(one.id, (pinned.id,), "orlov", at(5, "10:00"), (replace(ORLOV, busy=(one, pinned)),), NOW)
    assert diff.wont_fit == ("t2",) and not diff.moved


def test_two_blocks_change_places() -> None:
    one, two = booked(1, 5, "9:00-10:00"), booked(2, 5, "10:00-12:00", at(5, "12:00"))
    beside = swap(one.id, two.id, (replace(ORLOV, busy=(one, two)),), NOW)
    assert spans(beside) == {one.id: (span(5, "11:00-12:00"),), two.id: (span(5, "9:00-11:00"),)}
    assert beside.harmless
    other_way = swap(two.id, one.id, (replace(ORLOV, busy=(one, two)),), NOW)
    assert spans(other_way) == spans(beside)
    far, third = booked(3, 6, "9:00-10:30"), booked(4, 5, "12:00-13:00", at(5, "13:00"))
    apart = swap(far.id, one.id, (replace(ORLOV, busy=(one, two, third)), replace(ZHUKOV, busy=(far,))), NOW)
    # The longer one needs half an hour more than the place that it gets: what is behind it goes later.
    assert spans(apart)[far.id] == (span(5, "9:00-10:30"),) and spans(apart)[one.id] == (span(6, "9:00-10:00"),)
    assert 2 in numbers(apart.broken) and not apart.harmless
    fixed = replace(two, pinned=True)
    assert swap(one.id, two.id, (replace(ORLOV, busy=(one, fixed)),), NOW).wont_fit == ("t2",)


def test_a_visit_is_repeated_with_its_ways() -> None:
    road = replace(ORLOV, busy=trip(5, "9:00-10:00", "10:00-12:00", "12:00-13:00"))
    diff = repeat("b50-5-10:00-12:00", "orlov", at(6, "10:00"), (road,), NOW)
    assert [pieces for _, _, pieces in diff.copies] == [
        (span(6, "9:00-10:00"),),
        (span(6, "10:00-12:00"),),
        (span(6, "12:00-13:00"),),
    ]
    assert diff.harmless and not diff.moved


@settings(max_examples=80)
@given(desks(), times, st.lists(st.integers(0, 100), min_size=2, max_size=4), st.integers(0, 2))
def test_several_never_harm_the_calendar(desk: list[Person], when: datetime, which: list[int], whose: int) -> None:
    blocks = [b for p in desk for b in p.busy if not b.pinned and b.span.start >= NOW and b.kind != "travel"]
    chosen = list(dict.fromkeys(blocks[index % len(blocks)].id for index in which)) if blocks else []
    if len(chosen) < 2:
        return
    check_plan(desk, desk, move_several(chosen[0], chosen[1:], desk[whose % len(desk)].id, when, desk, NOW), NOW)
    check_plan(desk, desk, swap(chosen[0], chosen[1], desk, NOW), NOW)
    again = repeat(chosen[0], desk[whose % len(desk)].id, when, desk, NOW)
    check_plan(desk, desk, again, NOW)
    for _, _, pieces in again.copies:
        assert all(piece.start >= NOW for piece in pieces)


def test_the_mock_up_can_be_swapped() -> None:
    diff = swap("b4132-5-9:00-10:30", "b4133-5-10:30-12:30", PEOPLE, NOW)
    assert set(numbers((*diff.moved, *diff.broken))) == {4132, 4133}
