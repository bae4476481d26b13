"""Working time: facts held by others, a minute-by-minute oracle, and the laws that tie its walks together."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.ticks import from_ticks
from deskapp.planning.values import Absence, DayRule, Span
from deskapp.planning.worktime import (
    BadCalendar,
    NoWorkingTime,
    WorkCalendar,
    office_week,
    round_up_wall,
)

from .worktime_facts import CALENDARS, END_AFTER, HOLIDAYS, WORK_BETWEEN

OFFICE = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
MINUTE = timedelta(minutes=1)


def fact_calendar(name: str) -> WorkCalendar:
    zone, hours, weekdays, with_holidays = CALENDARS[name]
    days = {
        date(year, month, day): DayRule(()) for year in range(2012, 2019) for month, day in HOLIDAYS if with_holidays
    }
    return WorkCalendar(zone, office_week(hours, weekdays), days)


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_the_tables_hold_sixty_facts() -> None:
    assert len(END_AFTER) + len(WORK_BETWEEN) == 60


@pytest.mark.parametrize("start, zone, calendar, seconds, end", END_AFTER)
def test_the_end_that_another_desk_computes(start: str, zone: str, calendar: str, seconds: int, end: str) -> None:
    hours = fact_calendar(calendar)
    assert hours.add_work(at(start, zone), timedelta(seconds=seconds)) == at(end, zone).astimezone(UTC)
    assert hours.work_between(at(start, zone), at(end, zone)) == timedelta(seconds=seconds)


@pytest.mark.parametrize("start, zone, calendar, seconds, end", WORK_BETWEEN)
def test_the_working_time_that_another_desk_counts(
    start: str, zone: str, calendar: str, seconds: int, end: str
) -> None:
    assert fact_calendar(calendar).work_between(at(start, zone), at(end, zone)) == timedelta(seconds=seconds)


# -- oracle and laws ----------------------------------------------------------------

#: Zones with their clock changes: none; the usual; half an hour; at midnight, both ways.
CHANGES = (
    ("Europe/Moscow", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 4, 5, 3, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2026, 3, 28, 22, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2026, 10, 24, 21, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),  # a date that never was
)


def intervals() -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    one = st.tuples(st.integers(0, 1439), st.integers(1, 900)).map(lambda pair: (pair[0], min(2880, pair[0] + pair[1])))
    return st.lists(one, max_size=3).map(tuple)


@st.composite
def situations(draw: st.DrawFn) -> tuple[WorkCalendar, datetime]:
    zone, change = draw(st.sampled_from(CHANGES))
    week = tuple(draw(intervals()) for _ in range(7))
    near = change.astimezone(ZoneInfo(zone)).date()
    days = {
        near + timedelta(days=day): DayRule(draw(intervals())) for day in draw(st.sets(st.integers(-3, 3), max_size=2))
    }
    absences = tuple(
        Absence(Span(change + begin * MINUTE, change + (begin + length) * MINUTE))
        for begin, length in draw(st.lists(st.tuples(st.integers(-3000, 3000), st.integers(1, 900)), max_size=2))
    )
    return WorkCalendar(zone, week, days, absences), change  # type: ignore[arg-type]


def oracle_minutes(calendar: WorkCalendar, start: datetime, end: datetime) -> list[datetime]:
    """The working minutes of a span, found by reading the wall clock at each of them."""
    found = []
    moment = start
    while moment < end:
        wall = moment.astimezone(ZoneInfo(calendar.zone))
        working = False
        for back in (0, 1):
            day = wall.date() - timedelta(days=back)
            minute = wall.hour * 60 + wall.minute + back * 1440
            rule = calendar.days.get(day)
            hours = calendar.week[day.weekday()] if rule is None else rule.intervals
            working |= any(begin <= minute < stop for begin, stop in hours)
        away = any(absence.span.start <= moment < absence.span.end for absence in calendar.absences)
        if working and not away:
            found.append(moment)
        moment += MINUTE
    return found


@settings(max_examples=60)
@given(situations(), st.integers(-2500, 0), st.integers(0, 2500))
def test_counting_agrees_with_reading_the_clock_every_minute(
    situation: tuple[WorkCalendar, datetime], before: int, after: int
) -> None:
    calendar, change = situation
    start, end = change + before * MINUTE, change + after * MINUTE
    minutes = oracle_minutes(calendar, start, end)
    assert calendar.work_between(start, end) == len(minutes) * MINUTE
    spans = calendar.spans(start, end)
    assert sum(span.minutes for span in spans) == len(minutes)
    assert all(a.end < b.start for a, b in pairwise(spans))
    for probe in (start, change, end, change + 17 * MINUTE):
        assert calendar.is_working(probe) == bool(oracle_minutes(calendar, probe, probe + MINUTE))
    if minutes:
        third = minutes[len(minutes) // 3]
        assert calendar.add_work(start, len(minutes) // 3 + 1) == third + MINUTE
        assert calendar.subtract_work(end, len(minutes) - len(minutes) // 3) == third
        assert calendar.next_working(start) == minutes[0]


@given(situations(), st.integers(-300_000, 300_000), st.integers(0, 90 * 3600))
def test_adding_counting_and_walking_back_are_inverse(
    situation: tuple[WorkCalendar, datetime], offset: int, seconds: int
) -> None:
    calendar, change = situation
    start, work = change + timedelta(seconds=offset), timedelta(seconds=seconds)
    try:
        end = calendar.add_work(start, work)
    except NoWorkingTime:
        assert not any(calendar.week) or seconds > 0
        return
    assert calendar.work_between(start, end) == work
    if work:
        # The earliest such end: a moment sooner something is missing.
        assert calendar.work_between(start, end - timedelta(milliseconds=1)) < work
        back = calendar.subtract_work(end, work)
        assert back >= start
        assert calendar.work_between(back, end) == work
        assert calendar.add_work(calendar.next_working(start), work) == end
    half = calendar.add_work(start, work / 2)
    assert calendar.add_work(half, work - work / 2) == end


@given(situations(), st.integers(-5000, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_working_time_adds_up(situation: tuple[WorkCalendar, datetime], offset: int, first: int, second: int) -> None:
    calendar, change = situation
    a = change + offset * MINUTE
    b, c = a + first * MINUTE, a + (first + second) * MINUTE
    whole = calendar.work_between(a, c)
    assert whole == calendar.work_between(a, b) + calendar.work_between(b, c)
    assert calendar.signed_work(c, a) == -whole
    assert calendar.work_between(c, a) in (timedelta(0), whole if a == c else timedelta(0))


@given(situations(), st.lists(st.tuples(st.integers(-2000, 2000), st.integers(-10, 600)), max_size=6))
def test_free_and_taken_make_up_the_working_time(
    situation: tuple[WorkCalendar, datetime], taken: list[tuple[int, int]]
) -> None:
    calendar, change = situation
    start, end = change - 1500 * MINUTE, change + 1500 * MINUTE
    busy = [Span(change + a * MINUTE, change + (a + n) * MINUTE) for a, n in taken]
    free = calendar.free_pieces(busy, start, end)
    expected = [
        minute
        for minute in oracle_minutes(calendar, start, end)
        if not any(span.start <= minute < span.end for span in busy)
    ]
    assert [m for piece in free for m in oracle_minutes(calendar, piece.start, piece.end)] == expected
    assert sum(piece.minutes for piece in free) == len(expected)


# -- what a desk meets ----------------------------------------------------------------


def moscow(**days: tuple[str, tuple[tuple[int, int], ...], str]) -> WorkCalendar:
    rules = {date.fromisoformat(day[1:].replace("_", "-")): DayRule(h, n, k) for day, (n, h, k) in days.items()}
    return WorkCalendar("Europe/Moscow", office_week(OFFICE), rules)


def msk(text: str) -> datetime:
    return at(text, "Europe/Moscow")


def test_a_closure_over_new_year_a_short_day_and_a_working_saturday() -> None:
    closed = {date(2026, 12, 31) + timedelta(days=n): DayRule((), "Новогодние каникулы") for n in range(9)}
    closed[date(2026, 12, 30)] = DayRule(((540, 780), (840, 1020)), "", "short")
    closed[date(2027, 1, 9)] = DayRule(OFFICE, "", "working")
    calendar = WorkCalendar("Europe/Moscow", office_week(OFFICE), closed)
    assert calendar.add_work(msk("2026-12-30 16:00"), 60) == msk("2026-12-30 17:00")
    assert calendar.add_work(msk("2026-12-30 16:00"), 90) == msk("2027-01-09 09:30")
    assert calendar.subtract_work(msk("2027-01-09 09:30"), 90) == msk("2026-12-30 16:00")
    assert calendar.next_working(msk("2027-01-09 18:00")) == msk("2027-01-11 09:00")


def test_a_night_shift_belongs_to_the_date_on_which_it_begins() -> None:
    nights = WorkCalendar(
        "Europe/Berlin",
        office_week(((22 * 60, 30 * 60),)),
        {date(2026, 11, 3): DayRule((), "closed")},
    )

    def berlin(text: str) -> datetime:
        return at(text, "Europe/Berlin")

    assert nights.add_work(berlin("2026-11-02 23:00"), 8 * 60) == berlin("2026-11-04 23:00")
    assert nights.is_working(berlin("2026-11-03 05:59"))
    assert not nights.is_working(berlin("2026-11-03 23:00"))
    # The night in which the clock goes back has an hour more, that in which it goes forward one less.
    fri_to_sun = WorkCalendar("Europe/Berlin", office_week(((22 * 60, 30 * 60),), range(7)))
    assert fri_to_sun.work_between(berlin("2026-10-24 22:00"), berlin("2026-10-25 06:00")) == timedelta(hours=9)
    assert fri_to_sun.work_between(berlin("2026-03-28 22:00"), berlin("2026-03-29 06:00")) == timedelta(hours=7)


def test_day_rows_give_what_the_screen_shades() -> None:
    calendar = moscow(
        d2026_11_03=("", ((540, 780), (840, 1020)), "short"),
        d2026_11_04=("День народного единства", (), "holiday"),
    )
    short = calendar.day_rows(date(2026, 11, 3))
    assert (short.kind, short.minutes) == ("short", 420)
    assert short.breaks == (Span(msk("2026-11-03 13:00"), msk("2026-11-03 14:00")),)
    holiday = calendar.day_rows(date(2026, 11, 4))
    assert (holiday.kind, holiday.label, holiday.spans) == ("holiday", "День народного единства", ())
    assert calendar.day_rows(date(2026, 11, 7)).kind == "weekend"
    away = Absence(Span(msk("2026-11-05 10:00"), msk("2026-11-05 12:00")), "training", "")
    person = WorkCalendar(calendar.zone, calendar.week, calendar.days, (away,))
    rows = person.day_rows(date(2026, 11, 5))
    assert (rows.minutes, rows.absences, len(rows.breaks)) == (360, (away,), 1)


def test_midnight_that_the_clock_skips_begins_the_date_later() -> None:
    round_clock = WorkCalendar("America/Santiago", office_week(((0, 1440),), range(7)))
    day = round_clock.day_rows(date(2026, 9, 6))
    assert day.minutes == 23 * 60
    assert from_ticks(round_clock.day_start(date(2026, 9, 6))) == datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert round_clock.day_rows(date(2026, 4, 4)).minutes == 25 * 60


def test_the_horizon_counts_dates_with_hours() -> None:
    calendar = moscow(d2026_11_04=("", (), "holiday"))
    assert calendar.working_days(msk("2026-11-03 11:42"), 10) == msk("2026-11-18 00:00")
    assert calendar.working_days(msk("2026-11-03 18:00"), 1) == msk("2026-11-06 00:00")


def test_a_promise_is_rounded_on_the_wall_clock() -> None:
    def rounded(moment: datetime, zone: str, minutes: int) -> datetime:
        return from_ticks(round_up_wall(zone, int(moment.timestamp() * 1000), minutes))

    assert rounded(msk("2026-11-05 16:40"), "Europe/Moscow", 30) == msk("2026-11-05 17:00")
    assert rounded(msk("2026-11-05 17:00"), "Europe/Moscow", 30) == msk("2026-11-05 17:00")
    kathmandu = at("2026-11-05 16:40", "Asia/Kathmandu")
    assert rounded(kathmandu, "Asia/Kathmandu", 60) == at("2026-11-05 17:00", "Asia/Kathmandu")
    skipped = datetime(2026, 3, 29, 0, 50, tzinfo=UTC)  # 01:50; the next full hour reads 03:00
    assert rounded(skipped, "Europe/Berlin", 60) == datetime(2026, 3, 29, 1, tzinfo=UTC)


# -- what cannot be worked with ----------------------------------------------------------------


@pytest.mark.parametrize(
    "calendar, error",
    [
        (WorkCalendar("Europe/Moscow", office_week(())), NoWorkingTime),
        (WorkCalendar("Mars/Olympus", office_week(OFFICE)), BadCalendar),
        (WorkCalendar("UTC", office_week(((600, 600),))), BadCalendar),
        (WorkCalendar("UTC", office_week(((1440, 1500),))), BadCalendar),
        (WorkCalendar("UTC", office_week(OFFICE), {date(2026, 1, 1): DayRule(((0, 3000),))}), BadCalendar),
    ],
)
def test_a_calendar_that_cannot_be_worked_with_is_refused(calendar: WorkCalendar, error: type[Exception]) -> None:
    with pytest.raises(error):
        calendar.validate()


def test_no_calendar_makes_a_walk_endless() -> None:
    began = time.process_time()
    now = msk("2026-11-03 11:42")
    gone = Absence(Span(now, datetime(9999, 12, 31, tzinfo=UTC)))
    empty = WorkCalendar("Europe/Moscow", office_week(()))
    left = WorkCalendar("Europe/Moscow", office_week(OFFICE), {}, (gone,))
    only_past = WorkCalendar("UTC", office_week(()), {date(2020, 1, 1): DayRule(OFFICE)})
    for calendar in (empty, left, only_past):
        with pytest.raises(NoWorkingTime):
            calendar.add_work(now, 1)
        with pytest.raises(NoWorkingTime):
            calendar.next_working(now)
    for calendar in (empty, only_past):
        with pytest.raises(NoWorkingTime):
            calendar.subtract_work(now, 481)
        assert calendar.work_between(now, now + timedelta(days=1000)) == timedelta(0)
    busy = WorkCalendar("UTC", office_week(((0, 1),), (0,)))
    with pytest.raises(NoWorkingTime):
        busy.add_work(now, 100_000)
    with pytest.raises(NoWorkingTime):
        busy.work_between(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC))
    for edge in (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)):
        with pytest.raises(NoWorkingTime):
            empty.add_work(edge, 1)
    assert time.process_time() - began < 5
    with pytest.raises(ValueError):
        busy.add_work(now, -1)
    with pytest.raises(ValueError):
        busy.add_work(datetime(2026, 1, 1), 1)  # noqa: DTZ001 - a moment without a zone is what is refused


def test_thousands_of_walks_a_second() -> None:
    calendar = moscow()
    start = msk("2026-11-03 11:42")
    calendar.add_work(start, 60)
    began = time.process_time()
    for minutes in range(5000):
        calendar.add_work(start, minutes)
    assert time.process_time() - began < 1
