"""Forecasts, slack, the slipping rule, the answer clock and the load of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.planning.forecast import (
    answer_due,
    answer_left,
    forecasts,
    is_slipping,
    slack,
    virtual_places,
)
from deskapp.planning.load import day_loads, free_minutes
from deskapp.planning.values import Absence, Job, Span

from .mockup import BELOV, KIM, NOW, ORLOV, SOKOLOVA, at, booked, hours, span

CALENDAR = hours()


def test_the_dates_of_the_mock_up() -> None:
    seen = forecasts(SOKOLOVA, {"t4117": 48, "t4102": 70, "t4121": 90}, NOW)
    assert seen["t4117"].forecast == at(3, "12:30")
    assert slack(seen["t4117"].forecast, at(3, "15:00"), CALENDAR) == 90
    assert slack(seen["t4102"].forecast, at(3, "14:00"), CALENDAR) == -70
    assert slack(seen["t4121"].forecast, at(3, "17:00"), CALENDAR) == 20
    assert slack(at(5, "13:00"), at(3, "17:00"), CALENDAR) == -240
    assert slack(at(5, "16:00"), at(6, "18:00"), CALENDAR) == 10 * 60


def test_the_answer_is_due_in_two_working_hours() -> None:
    assert answer_due(at(3, "10:20"), CALENDAR) == at(3, "12:20")
    assert answer_left(NOW, at(3, "12:20"), CALENDAR) == 38
    due = answer_due(at(3, "11:30"), CALENDAR)
    assert due == at(3, "14:30")
    assert answer_left(NOW, due, CALENDAR) == 108
    # In the evening before the holiday, and at night.
    assert answer_due(at(3, "16:30"), CALENDAR) == at(5, "10:30")
    assert answer_due(at(4, "3:00"), CALENDAR) == at(5, "11:00")
    assert answer_left(at(5, "11:30"), at(5, "11:00"), CALENDAR) == -30


def test_a_pause_counts_in_working_time() -> None:
    over_lunch = Span(at(3, "11:00"), at(3, "14:30"))
    assert answer_due(at(3, "10:20"), CALENDAR, paused=[over_lunch]) == at(3, "15:50")
    assert answer_due(at(3, "10:20"), CALENDAR, paused=[Span(at(3, "13:00"), at(3, "14:00"))]) == at(3, "12:20")
    behind = Span(at(3, "14:30"), at(3, "15:30"))  # comes into reach only by the pause before it
    assert answer_due(at(3, "10:20"), CALENDAR, paused=[behind, over_lunch]) == at(3, "16:50")
    before = Span(at(3, "9:00"), at(3, "10:00"))
    assert answer_due(at(3, "10:20"), CALENDAR, paused=[Span(at(3, "9:30"), at(3, "10:30"))]) == at(3, "12:30")
    assert answer_due(at(3, "10:20"), CALENDAR, paused=[Span(at(3, "12:30"), at(3, "15:00"))]) == at(3, "12:20")
    assert answer_due(at(3, "10:20"), CALENDAR, paused=[before]) == at(3, "12:20")


def test_work_that_overruns_moves_what_is_behind_it() -> None:
    seen = forecasts(SOKOLOVA, {"t4117": 90, "t4102": 70, "t4121": 90}, NOW)
    assert seen["t4117"].forecast == at(3, "14:12")
    assert seen["t4102"].forecast == at(3, "15:22")
    assert seen["t4121"].forecast == at(3, "16:52")
    assert seen["t4109"].forecast == at(5, "10:30")


def test_work_that_should_have_ended_is_expected_from_now() -> None:
    late = replace(SOKOLOVA, busy=(booked(1, 3, "9:00-10:00", in_progress=True), booked(2, 3, "10:00-11:00")))
    seen = forecasts(late, {"t1": 30, "t2": 60}, NOW)
    assert seen["t1"].forecast == at(3, "12:12")
    assert seen["t2"].forecast == at(3, "14:12")
    assert "t2" not in forecasts(late, {"t1": 30, "t2": 0}, NOW)


def test_the_last_booking_takes_all_that_is_left() -> None:
    two = replace(SOKOLOVA, busy=(booked(1, 5, "9:00-10:00"), booked(1, 5, "14:00-15:00")))
    assert forecasts(two, {"t1": 150}, NOW)["t1"].forecast == at(5, "15:30")
    assert forecasts(two, {"t1": 90}, NOW)["t1"].forecast == at(5, "14:30")
    assert forecasts(two, {}, NOW)["t1"].forecast == at(5, "15:00")
    outlook = forecasts(two, {"t1": 150}, NOW)["t1"]
    assert outlook.pieces == (span(5, "9:00-10:00"), span(5, "14:00-15:30")) and not outlook.virtual


def test_work_that_was_begun_early_ends_early_and_what_nobody_estimated_is_still_there() -> None:
    early = replace(SOKOLOVA, busy=(booked(1, 3, "14:00-15:00", in_progress=True), booked(2, 3, "15:00-16:00")))
    seen = forecasts(early, {"t1": 30, "t2": 60}, NOW)
    assert (seen["t1"].forecast, seen["t2"].forecast) == (at(3, "12:12"), at(3, "16:00"))
    over = replace(SOKOLOVA, busy=(booked(1, 3, "9:00-10:00", in_progress=True),))
    assert forecasts(over, {"t1": None}, NOW)["t1"].forecast == NOW, "it should have ended, and has not"


def test_work_that_needs_fewer_blocks_than_are_booked_ends_before_the_last() -> None:
    two = replace(SOKOLOVA, busy=(booked(1, 5, "9:00-10:00"), booked(2, 5, "10:00-11:00"), booked(1, 5, "14:00-15:00")))
    seen = forecasts(two, {"t1": 30}, NOW)
    assert (seen["t1"].forecast, seen["t1"].pieces) == (at(5, "9:30"), (span(5, "9:00-9:30"),))
    assert seen["t2"].forecast == at(5, "11:00")
    assert forecasts(two, {"t1": 60}, NOW)["t1"].forecast == at(5, "10:00")
    assert forecasts(two, {"t1": 61}, NOW)["t1"].forecast == at(5, "14:01")


def test_work_in_the_evening_is_done_in_the_evening() -> None:
    evening = replace(SOKOLOVA, busy=(booked(1, 3, "19:00-21:00"), booked(2, 5, "9:00-10:00")))
    for left, end in ((None, at(3, "21:00")), (120, at(3, "21:00")), (60, at(3, "20:00")), (150, at(5, "9:30"))):
        seen = forecasts(evening, {"t1": left}, NOW)
        assert seen["t1"].forecast == end
        assert sum(piece.minutes for piece in seen["t1"].pieces) == (left or 120)
        assert seen["t2"].forecast == (at(5, "10:00") if left != 150 else at(5, "10:30"))
    half = forecasts(evening, {"t1": 120}, at(3, "20:00"))["t1"]  # an hour of it was lost
    assert half.forecast == at(5, "10:00")


def test_what_waits_lets_others_go_first_until_it_comes() -> None:
    left = {"t4117": 48, "t4102": 70, "t4121": 90}
    seen = forecasts(SOKOLOVA, left, NOW, {"t4117": at(5, "14:00")})  # it was in progress, a part is missing
    assert seen["t4117"].forecast > at(5, "14:00") and seen["t4102"].forecast == at(3, "15:10")
    assert forecasts(SOKOLOVA, left, NOW, {"t4117": NOW - timedelta(days=1)}) == forecasts(SOKOLOVA, left, NOW)


def test_a_promise_without_a_booking_gets_a_virtual_place() -> None:
    sooner = Job("sooner", 60, deadline=at(5, "16:00"))
    later = Job("later", 90, deadline=at(9, "16:00"))
    unknown = Job("unknown", None, deadline=at(5, "12:00"))
    seen = virtual_places([(later, ORLOV), (unknown, ORLOV), (sooner, ORLOV)], NOW)
    assert seen["sooner"].pieces == (span(5, "14:00-15:00"),) and seen["sooner"].virtual
    assert seen["later"].pieces == (span(5, "15:00-16:30"),)
    assert "unknown" not in seen
    held = virtual_places([(replace(sooner, not_before=at(6, "9:00")), ORLOV)], NOW)["sooner"]
    assert held.pieces[0].start >= at(6, "9:00")
    gone = replace(BELOV, calendar=hours(Absence(Span(NOW, at(30, "0:00") + timedelta(days=400)))))
    assert virtual_places([(sooner, gone)], NOW) == {}


@pytest.mark.parametrize(
    "left, remaining, slips",
    [(-1, 0, True), (29, None, True), (30, 60, False), (59, 240, True), (60, 240, False), (None, 60, False)],
)
def test_what_slips(left: int | None, remaining: int | None, slips: bool) -> None:
    assert is_slipping(left, remaining) is slips


@given(st.integers(0, 600), st.integers(0, 300))
def test_more_work_is_never_expected_sooner(minutes: int, extra: int) -> None:
    less = forecasts(SOKOLOVA, {"t4117": minutes}, NOW)
    more = forecasts(SOKOLOVA, {"t4117": minutes + extra}, NOW)
    assert all(less[ticket].forecast <= more[ticket].forecast for ticket in less)


def test_the_load_of_days() -> None:
    loads = {load.day.day: load for load in day_loads(ORLOV, date(2026, 11, 3), date(2026, 11, 6))}
    assert (loads[3].working, loads[3].booked) == (420, 420)
    assert (loads[4].working, loads[4].booked, loads[4].label != "") == (0, 0, True)
    assert (loads[5].working, loads[5].booked) == (480, 300)
    (training,) = day_loads(KIM, date(2026, 11, 3), date(2026, 11, 3))
    assert (training.working, training.booked) == (420, 360)
    overtime = replace(ORLOV, busy=(booked(1, 4, "10:00-12:00"), booked(2, 5, "9:00-15:00")))
    assert [load.booked for load in day_loads(overtime, date(2026, 11, 4), date(2026, 11, 5))] == [120, 300]
    assert free_minutes(ORLOV, at(5, "0:00"), at(6, "0:00")) == 180
