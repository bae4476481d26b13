"""What is kept free for the unforeseen, and who takes the work of those who are away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.fit import free_stretches, without
from deskapp.planning.lane import kept_free
from deskapp.planning.load import day_loads, free_minutes
from deskapp.planning.slots import propose
from deskapp.planning.ticks import DAY, MINUTE, to_span, to_ticks
from deskapp.planning.values import Absence, Rules, Skill, Span
from deskapp.planning.worktime import WorkCalendar, office_week

from .mockup import GAREEV, NOW, ORLOV, VOLGA_AGRO, ZHUKOV, at, booked, hours, span
from .test_fit import CALENDAR, CELL, HIGH, LOW, busy_of, taken_cells


def test_the_reserve_of_a_day_is_kept_free_and_told() -> None:
    careful = replace(ORLOV, busy=(), reserve=25)
    slot = propose(replace(VOLGA_AGRO, minutes=480, splittable=True), (careful,), at(5, "9:00")).slots[0]
    # A quarter of eight hours: the last two of each date stay free.
    assert slot.pieces == (span(5, "9:00-13:00"), span(5, "14:00-16:00"), span(6, "9:00-11:00"))
    kept = [row for row in slot.trace if row.code == "reserve"]
    assert [(row.span, row.args["share"]) for row in kept] == [(span(5, "16:00-18:00"), 25)]
    (load,) = day_loads(careful, date(2026, 11, 5), date(2026, 11, 5))
    assert (load.working, load.reserve) == (480, 120)
    assert free_minutes(careful, at(5, "0:00"), at(7, "0:00")) == 2 * 360
    # What came in between has taken of it: nothing more is kept than is free.
    full = replace(careful, busy=(booked(1, 5, "9:00-13:00"), booked(2, 5, "14:00-17:00")))
    assert free_minutes(full, at(5, "0:00"), at(6, "0:00")) == 0


def test_the_reserve_of_a_night_shift_lies_on_either_side_of_midnight() -> None:
    """Two hours before midnight and two behind it: a quarter of each date's working time is kept at its end."""
    night = WorkCalendar("Europe/Moscow", office_week(((22 * 60, 26 * 60),), range(7)))
    watcher = replace(ORLOV, calendar=night, busy=(), reserve=25)
    # Friday has two hours of Thursday's shift and two of its own: an hour of its own is kept.
    for busy, first in (((), span(6, "0:00-1:00")), ((booked(1, 6, "0:00-2:00"),), span(6, "22:00-23:00"))):
        one = replace(watcher, busy=busy)
        assert propose(replace(VOLGA_AGRO, minutes=60), (one,), at(6, "0:00")).slots[0].pieces == (first,)
    now, end = to_ticks(at(6, "0:00")), to_ticks(at(8, "0:00"))
    one_night = [(to_ticks(at(6, "22:00")), to_ticks(at(7, "2:00")), 0)]
    kept = kept_free(night.track(now, end), one_night, night, 25, now)
    assert [to_span(*piece) for piece in kept] == [Span(at(6, "23:00"), at(7, "0:00")), span(7, "1:00-2:00")]


def test_nobody_is_pushed_into_the_reserve() -> None:
    blocks = [
        booked(n, 5, clocks, at(20, "18:00")) for n, clocks in enumerate(("9:00-11:00", "11:00-13:00", "14:00-16:00"))
    ]
    full = replace(ORLOV, busy=tuple(blocks), reserve=25)
    job, one_day = replace(VOLGA_AGRO, minutes=120, urgency=1), Rules(horizon_days=1)
    assert propose(job, (full,), at(5, "9:00"), one_day).slots == ()
    assert propose(job, (replace(full, reserve=0),), at(5, "9:00"), one_day).slots


@settings(max_examples=150)
@given(taken_cells, taken_cells, st.integers(0, 90), st.integers(0, 300))
def test_a_reserve_never_gives_time_back_when_the_load_grows(
    first: list[tuple[int, int]], more: list[tuple[int, int]], share: int, cells: int
) -> None:
    track, low = CALENDAR.track(LOW, HIGH), LOW + cells * CELL

    def open_time(taken: list[tuple[int, int]]) -> set[int]:
        free = free_stretches(track, low, HIGH, busy_of(taken))
        kept = kept_free(track, free, CALENDAR, share, low)
        return {at for start, end, _ in without(free, kept) for at in range(start, end, 5 * MINUTE)}

    assert open_time([*first, *more]) <= open_time(first)
    for day in range(5):  # as much as was wanted, or all that was free
        begin, end = max(low, LOW + day * DAY), LOW + (day + 1) * DAY
        free = [(max(begin, a), min(end, b)) for a, b, _ in free_stretches(track, low, HIGH, busy_of(first))]
        there = sum(b - a for a, b in free if a < b)
        kept = kept_free(track, free_stretches(track, low, HIGH, busy_of(first)), CALENDAR, share, low)
        taken = sum(min(end, b) - max(begin, a) for a, b in kept if a < end and b > begin)
        worked = track.worked_until(end) - track.worked_until(begin) if begin < end else 0
        assert taken == min(there, worked * share // 100 // MINUTE * MINUTE)


def test_who_stands_in_comes_first_among_equals() -> None:
    away = replace(ORLOV, calendar=hours(Absence(Span(NOW, at(30, "0:00")), "sick")), substitutes=("zhukov", "gareev"))
    first = replace(ZHUKOV, skills={"exchange": Skill(3)}, substitute_for=("orlov",), busy=())
    second = replace(GAREEV, skills={"exchange": Skill(3)}, substitute_for=("orlov",), busy=())
    other = replace(GAREEV, id="a", skills={"exchange": Skill(3)}, busy=())
    slots = propose(replace(VOLGA_AGRO, line=0), (other, second, first, away), NOW).slots
    assert [slot.person_id for slot in slots] == ["zhukov", "gareev", "a"]
