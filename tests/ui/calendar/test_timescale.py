"""Time to pixels and back: monotone, invertible, and nothing planned is ever hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.ui.calendar.timescale import (
    BREAK_WIDTH,
    NAMED_WIDTH,
    PAST_WIDTH,
    WEEKEND_WIDTH,
    DayHours,
    TimeScale,
    build,
    merged,
    snapped,
    wall,
)

from . import week

FULL = ((540, 780), (840, 1080))


def hours(day: date, intervals: tuple[tuple[int, int], ...], zone: ZoneInfo = week.ZONE, name: str = "") -> DayHours:
    return DayHours(day, tuple(merged((wall(day, a, zone), wall(day, b, zone)) for a, b in intervals)), name)


def ordinary_week(viewport: float = 984.0, zoom: float = 1.0) -> TimeScale:
    """2 to 8 November: Wednesday is a holiday, Monday is past."""
    days = []
    for n in range(7):
        day = week.START + timedelta(days=n)
        free = n == 2 or n > 4
        days.append(hours(day, () if free else FULL, name="Unity Day" if n == 2 else ""))
    return build(days, [], week.ZONE, date(2026, 11, 3), viewport, zoom)


@st.composite
def scales(draw: st.DrawFn) -> TimeScale:
    zone = ZoneInfo(
        draw(st.sampled_from(["Europe/Moscow", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe"]))
    )
    first = draw(st.dates(date(2024, 1, 1), date(2027, 12, 1)))
    count = draw(st.sampled_from([1, 7, 14]))
    days = []
    for n in range(count):
        ends = sorted(draw(st.lists(st.integers(0, 2000), min_size=0, max_size=6, unique=True)))
        pairs = tuple(zip(ends[::2], ends[1::2], strict=False))
        days.append(hours(first + timedelta(days=n), pairs, zone, draw(st.sampled_from(["", "Holiday"]))))
    start = wall(first, 0, zone)
    busy = draw(st.lists(st.tuples(st.integers(0, count * 24 - 1), st.integers(1, 12)), max_size=4))
    stretches = [(start + begin * 3600, start + (begin + length) * 3600) for begin, length in busy]
    today = first + timedelta(days=draw(st.integers(-1, count)))
    return build(days, stretches, zone, today, draw(st.integers(200, 3000)), draw(st.sampled_from([1.0, 1.5, 4.0])))


@given(scales(), st.data())
def test_later_is_never_further_left(scale: TimeScale, data: st.DataObject) -> None:
    seconds = st.floats(scale.start.timestamp(), scale.end.timestamp())
    one, other = sorted((data.draw(seconds), data.draw(seconds)))
    assert scale.x_of(one) <= scale.x_of(other)
    assert 0 <= scale.x_of(one) <= scale.width


@given(scales(), st.data())
def test_back_and_forth_stays_within_a_pixel(scale: TimeScale, data: st.DataObject) -> None:
    x = data.draw(st.floats(0, scale.width))
    assert abs(scale.x(scale.at(x)) - x) < 1


@given(scales())
def test_segments_join_and_every_day_has_its_place(scale: TimeScale) -> None:
    for before, after in zip(scale.segments, scale.segments[1:], strict=False):
        assert before.end == after.start
        assert before.x1 == after.x0
    assert scale.days[0].x0 == 0
    assert scale.days[-1].x1 == scale.width
    for segment in scale.segments:
        if segment.kind == "work" and segment.end - segment.start >= 3600:
            assert segment.x1 > segment.x0


def test_widths_follow_the_table() -> None:
    scale = ordinary_week()
    monday, tuesday, wednesday, thursday, _friday, saturday, sunday = scale.days
    assert wednesday.x1 - wednesday.x0 == NAMED_WIDTH
    assert sunday.x1 - saturday.x0 == WEEKEND_WIDTH
    assert monday.past
    assert monday.x1 - monday.x0 == pytest.approx(PAST_WIDTH + BREAK_WIDTH, abs=1)
    assert tuesday.x1 - tuesday.x0 == pytest.approx(thursday.x1 - thursday.x0, abs=1)
    assert monday.x1 - monday.x0 <= (tuesday.x1 - tuesday.x0) / 2 + BREAK_WIDTH
    lunch = scale.x(week.at(5, 14)) - scale.x(week.at(5, 13))
    assert lunch == pytest.approx(BREAK_WIDTH, abs=1)
    assert scale.width == pytest.approx(984, abs=1)


def test_work_at_night_opens_the_strip() -> None:
    """A block on a Saturday night is as wide as any other hour."""
    days = [hours(week.START + timedelta(days=n), FULL if n < 5 else ()) for n in range(7)]
    start, end = week.at(7, 22).timestamp(), week.at(7, 24).timestamp()
    plain = build(days, [], week.ZONE, week.START, 1000)
    opened = build(days, [(start, end)], week.ZONE, week.START, 1000)
    assert plain.x_of(end) - plain.x_of(start) < 3
    assert opened.x_of(end) - opened.x_of(start) == pytest.approx(2 * opened.hour, abs=1.5)


def test_a_past_week_shares_the_whole_width() -> None:
    days = [hours(week.START + timedelta(days=n), FULL) for n in range(5)]
    scale = build(days, [], week.ZONE, date(2026, 12, 1), 1000)
    assert scale.width == pytest.approx(1000, abs=1)
    assert len({round(band.x1 - band.x0) for band in scale.days}) <= 2


def test_zoom_widens_hours_and_not_breaks() -> None:
    one, two = ordinary_week(), ordinary_week(zoom=2.0)
    assert two.hour == pytest.approx(2 * one.hour)
    assert two.x(week.at(5, 14)) - two.x(week.at(5, 13)) == pytest.approx(BREAK_WIDTH, abs=1)
    assert two.width > one.width


def test_hours_keep_a_least_width() -> None:
    assert ordinary_week(viewport=120).hour == 8.0
    assert ordinary_week(viewport=120).width > 120


def test_no_days_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        build([], [], week.ZONE, week.START, 800)


def test_the_night_of_the_clock_change_is_an_hour_longer() -> None:
    """25 October 2026 in Berlin: a shift across the change has its real length."""
    berlin = ZoneInfo("Europe/Berlin")
    day = date(2026, 10, 25)
    scale = build([hours(day, ((60, 300),), berlin)], [], berlin, day, 1000)
    work = next(segment for segment in scale.segments if segment.kind == "work")
    assert work.end - work.start == 5 * 3600


@given(st.integers(0, 365 * 86_400), st.sampled_from([5, 15, 30, 60]))
def test_snapping_goes_to_the_grid_of_the_wall_clock(second: int, grid: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    local = snapped(at, grid, week.ZONE).astimezone(week.ZONE)
    assert (local.hour * 60 + local.minute) % grid == 0
    assert local.second == 0
    assert abs((local - at).total_seconds()) <= grid * 30 + 1
