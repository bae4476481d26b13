"""Clocks of contracts: the table of cases, and what holds for every story."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.sla import DONE, Reading, Step, read
from deskapp.planning.values import DayRule
from deskapp.planning.worktime import WorkCalendar, office_week

from .sla_cases import CASES, DAYS, HOURS, Case


def _calendar(name: str) -> WorkCalendar:
    zone, hours, weekdays = HOURS[name]
    days = {date.fromisoformat(day): DayRule(spans) for day, spans in DAYS.items()} if name == "office" else {}
    return WorkCalendar(zone, office_week(hours, weekdays), days)


CALENDARS = {name: _calendar(name) for name in HOURS}


def _at(written: str, zone: str) -> datetime:
    day, clock = written.split(" ")
    day = {2: f"2026-11-{day}", 5: f"2026-{day}", 10: day}[len(day)]
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZoneInfo(zone))


def told(case: Case) -> tuple[list[Step], datetime]:
    """The steps of a story, and its present."""
    _name, hours, begun, minutes, story, now, *_ = case
    zone = HOURS[hours][0]
    calendar, stopped = CALENDARS[hours], ""
    steps = [Step(_at(begun, zone), minutes, calendar)]
    for line in story:
        day, clock, act, *rest = line.split(" ")
        least = None
        if act == "pause":
            stopped = rest[0]
        elif act == "target":
            minutes = None if rest[0] == "none" else int(rest[0])
        elif act == "hours":
            calendar = CALENDARS[rest[0]]
        elif act == "reopen":
            stopped, least = "", int(rest[0])
        else:
            stopped = {"run": "", "done": DONE}[act]
        steps.append(Step(_at(f"{day} {clock}", zone), minutes, calendar, stopped, least))
    return steps, _at(now, zone)


def test_there_are_enough_cases() -> None:
    assert len({case[0] for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_case(case: Case) -> None:
    steps, now = told(case)
    zone = HOURS[case[1]][0]
    state, due, used = case[6:]
    found = read(steps, now)
    if state == "none":
        assert found is None
        return
    assert found is not None
    # a clock that ended in time has the moment at which it would have run out no more
    shown = "" if found.due is None else found.due.astimezone(ZoneInfo(zone)).isoformat()
    wanted = _at(due, zone).isoformat() if due else ""
    assert (found.state, shown, found.used) == (state, wanted, used)
    assert found.left == found.granted - found.used


def test_a_broken_round_stays_told() -> None:
    case = next(case for case in CASES if case[0].startswith("after a broken round"))
    found = read(*told(case))
    assert found is not None and found.broken_before and found.broken_at is None


def test_the_trace_tells_what_ran_what_waited_and_which_rule_held() -> None:
    start = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Moscow"))
    office = CALENDARS["office"]
    rule = (("contract", "C-1"), ("urgency", 3))
    steps = [
        Step(start, 480, office, rule=rule),
        Step(start + timedelta(hours=1), 480, office, "customer", rule=rule),
        Step(start + timedelta(hours=2), 240, office, rule=(("contract", "C-1"), ("urgency", 2))),
    ]
    found = read(steps, start + timedelta(hours=2, minutes=30))
    assert found is not None
    codes = [(row.code, dict(row.args)) for row in found.trace]
    assert codes == [
        ("sla_rule", {"contract": "C-1", "urgency": 3, "target": 480, "granted": 480}),
        ("sla_runs", {"minutes": 60}),
        ("sla_paused", {"why": "customer"}),
        ("sla_rule", {"contract": "C-1", "urgency": 2, "target": 240, "granted": 300}),
        ("sla_runs", {"minutes": 120}),
        ("sla_runs", {"minutes": 120}),
        ("sla_due", {"state": "running"}),
    ]
    assert sum(int(str(row.args["minutes"])) for row in found.trace if row.code == "sla_runs") == found.granted


def test_hours_without_time_give_no_due_time() -> None:
    never = WorkCalendar("UTC", office_week((), ()))
    start = datetime(2026, 11, 2, 9, tzinfo=UTC)
    found = read([Step(start, 60, never)], start + timedelta(days=3))
    assert found is not None and (found.state, found.due, found.used) == ("running", None, 0)


# -- every story ------------------------------------------------------------------------------------------------------

_BEGUN = datetime(2026, 10, 19, tzinfo=UTC)
_STORY = st.lists(
    st.tuples(
        st.integers(0, 30 * 24 * 60),
        st.sampled_from(["", "customer", "third", "parts", DONE]),
        st.one_of(st.none(), st.integers(1, 3000)),
        st.sampled_from(sorted(HOURS)),
        st.one_of(st.none(), st.integers(0, 600)),
    ),
    max_size=8,
)


def _steps(story: list[tuple[int, str, int | None, str, int | None]]) -> list[Step]:
    first = Step(_BEGUN, 480, CALENDARS["office"])
    return [
        first,
        *(
            Step(_BEGUN + timedelta(minutes=at), minutes, CALENDARS[hours], stopped, least)
            for at, stopped, minutes, hours, least in sorted(story, key=lambda row: row[0])
        ),
    ]


def _over(found: Reading | None) -> bool:
    return found is not None and found.state == "over"


@settings(max_examples=150, deadline=None)
@given(_STORY, st.integers(0, 40 * 24 * 60))
def test_a_clock_that_stands_still_is_never_over_and_has_no_due_time(story, minutes) -> None:  # type: ignore[no-untyped-def]
    steps, now = _steps(story), _BEGUN + timedelta(minutes=minutes)
    found = read(steps, now)
    last = [step for step in steps if step.at <= now][-1]
    if found is not None and last.stopped:
        assert found.state in ("paused", "kept", "broken")
        later = read(steps[: steps.index(last) + 1], now + timedelta(days=9))
        assert later is not None and later.used == found.used
    if found is not None and found.state == "paused":
        assert found.due is None


@settings(max_examples=150, deadline=None)
@given(_STORY, st.integers(0, 40 * 24 * 60), st.integers(0, 5 * 24 * 60))
def test_used_time_only_grows_and_an_untouched_due_time_stays(story, minutes, more) -> None:  # type: ignore[no-untyped-def]
    steps, now = _steps(story), _BEGUN + timedelta(minutes=minutes)
    later = now + timedelta(minutes=more)
    before, after = read(steps, now), read(steps, later)
    if before is None or after is None:
        return
    assert after.used >= before.used
    if not any(now < step.at <= later for step in steps):
        assert after.due == before.due
        if before.state == "running" and before.due is not None:
            assert _over(after) == (after.used * 60 > before.granted * 60) or later <= before.due
    assert before.used >= 0 and before.granted >= 0


@settings(max_examples=150, deadline=None)
@given(st.integers(30, 3000), st.integers(0, 4000), st.integers(0, 4000), st.sampled_from(sorted(HOURS)), st.booleans())
def test_a_pause_never_makes_it_due_earlier_and_going_on_breaks_nothing(granted, begins, lasts, hours, change) -> None:  # type: ignore[no-untyped-def]
    calendar = CALENDARS[hours]
    first = Step(_BEGUN, granted, calendar)
    pause = Step(_BEGUN + timedelta(minutes=begins), granted, calendar, "customer")
    target = granted // 2 + 1 if change else granted
    again = Step(pause.at + timedelta(minutes=lasts), target, calendar)
    without = read([first], pause.at)
    going_on = read([first, pause, again], again.at)
    assert without is not None and going_on is not None
    if without.state != "over":
        assert going_on.state == "running"
        if not change:
            assert without.due is not None and going_on.due is not None and going_on.due >= without.due
        assert going_on.due is not None and (going_on.left == 0 or going_on.due >= again.at)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 3000), st.integers(0, 6000), st.integers(1, 3000), st.sampled_from(sorted(HOURS)))
def test_no_change_of_target_breaks_at_once_and_none_grants_beyond_the_larger(first, at, second, hours) -> None:  # type: ignore[no-untyped-def]
    calendar = CALENDARS[hours]
    begun = Step(_BEGUN, first, calendar)
    changed = Step(_BEGUN + timedelta(minutes=at), second, calendar)
    before, after = read([begun], changed.at), read([begun, changed], changed.at)
    assert before is not None and after is not None
    if before.state != "over":
        assert after.state == "running"
    assert second <= after.granted <= max(first, second)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3000), st.integers(0, 6000), st.integers(0, 6000), st.integers(1, 300))
def test_a_reopening_breaks_nothing(granted, solved, later, least) -> None:  # type: ignore[no-untyped-def]
    office = CALENDARS["office"]
    done = Step(_BEGUN + timedelta(minutes=solved), granted, office, DONE)
    again = Step(done.at + timedelta(minutes=later), granted, office, least=least)
    found = read([Step(_BEGUN, granted, office), done, again], again.at)
    assert found is not None and found.state == "running" and found.left >= min(granted, least)
