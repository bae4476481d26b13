"""Plans over the nights in which the clock is put forward or back, also where nights are worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.absence import hours_changed
from deskapp.planning.emergency import emergency
from deskapp.planning.replan import applied, move, place
from deskapp.planning.several import move_several
from deskapp.planning.slots import propose
from deskapp.planning.values import Absence, Busy, Job, Person, Rules, Skill, Span
from deskapp.planning.worktime import WorkCalendar, office_week

#: Zone and the evening before the clock changes: an hour back, an hour forward, half an hour back.
TURNS = (
    ("Europe/Berlin", datetime(2026, 10, 24, 16, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 3, 13, 18, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2027, 4, 3, 4, tzinfo=UTC)),
)
NIGHT = ((3 * 60, 6 * 60), (22 * 60, 26 * 60))  # 22:00 to 2:00 and 3:00 to 6:00
DAY = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))


@st.composite
def desks(draw: st.DrawFn) -> tuple[list[Person], datetime]:
    zone, evening = draw(st.sampled_from(TURNS))
    now = evening + timedelta(minutes=5 * draw(st.integers(0, 100)))
    people = []
    for number, hours in enumerate((NIGHT, DAY)):
        calendar = WorkCalendar(zone, office_week(hours, range(7)))
        lane, cursor = [], now - timedelta(hours=1)
        for index in range(draw(st.integers(0, 6))):
            start = calendar.next_working(cursor + timedelta(minutes=15 * draw(st.integers(0, 8))))
            end = calendar.add_work(start, 15 * draw(st.integers(1, 12)))
            promise = calendar.add_work(end, 15 * draw(st.integers(0, 40)))
            lane.append(
                Busy(f"p{number}b{index}", Span(start, end), f"p{number}t{index}", index, promise, skill="exchange")
            )
            cursor = end
        people.append(Person(f"p{number}", "", calendar, (1,), {"exchange": Skill(3)}, tuple(lane)))
    return people, now


def sound(people: list[Person], now: datetime, planned: set[str]) -> None:
    """What was placed anew lies in working time and over nothing else."""
    for person in people:
        lane = sorted((busy for busy in person.busy if busy.span.end > now), key=lambda busy: busy.span.start)
        for busy in lane:
            if busy.id.split("/")[0] in planned:
                inside = person.calendar.work_between(busy.span.start, busy.span.end)
                assert inside.total_seconds() == busy.span.end.timestamp() - busy.span.start.timestamp()
        for one, two in pairwise(lane):
            if {one.id.split("/")[0], two.id.split("/")[0]} & planned:
                assert one.span.end <= two.span.start


@settings(max_examples=60)
@given(desks(), st.integers(1, 40), st.integers(0, 60))
def test_plans_hold_over_a_change_of_the_clock(desk: tuple[list[Person], datetime], quarters: int, later: int) -> None:
    people, now = desk
    job = Job("new", 15 * quarters, skill="exchange", line=1)
    for slot in propose(job, people, now, Rules(margin=45)).slots:
        assert sum(piece.minutes for piece in slot.pieces) == 15 * quarters
        assert slot.promise >= slot.finish
        assert sum(row.span.minutes for row in slot.trace if row.code == "work") == 15 * quarters
        person = next(one for one in people if one.id == slot.person_id)
        margin = person.calendar.work_between(slot.finish, slot.promise)
        assert margin >= timedelta(minutes=45)  # working time that really passes
    at = now + timedelta(minutes=30 * later)
    diff = place(job, "p0", at, people, now)
    moved = {change.busy.id for change in (*diff.moved, *diff.broken)}
    sound(applied(people, diff), now, {"new", *moved})
    blocks = [busy for person in people for busy in person.busy if busy.span.start >= now]
    if blocks:
        single = move(blocks[0].id, "p1", at, people, now)
        changed = (*single.moved, *single.reassigned, *single.broken)
        sound(applied(people, single), now, {change.busy.id for change in changed})
        together = move_several(blocks[0].id, [blocks[-1].id], "p0", at, people, now)
        changed = (*together.moved, *together.reassigned, *together.broken)
        sound(applied(people, together), now, {change.busy.id for change in changed})
    for option in emergency(job, people, now):
        assert sum(piece.minutes for piece in option.pieces) == 15 * quarters
    away = Absence(Span(now, now + timedelta(hours=20)), "sick")
    after = [replace(people[0], calendar=replace(people[0].calendar, absences=(away,))), people[1]]
    lost = hours_changed(people, after, now)
    changed = (*lost.moved, *lost.reassigned, *lost.broken)
    sound(applied(after, lost), now, {change.busy.id for change in changed})


def test_the_repeated_hour_is_worked_twice() -> None:
    zone = ZoneInfo("Europe/Berlin")
    worker = Person("p", "", WorkCalendar("Europe/Berlin", office_week(NIGHT, range(7))), (1,), {"exchange": Skill(1)})
    evening = datetime(2026, 10, 24, 22, tzinfo=zone)
    slot = propose(Job("t", 8 * 60, skill="exchange"), (worker,), evening, Rules(margin=0)).slots[0]
    # 22:00 to 2:00 is four hours, then 3:00 to 6:00; the hour from 2 to 3, a break, comes twice.
    assert slot.pieces[0] == Span(evening.astimezone(UTC), datetime(2026, 10, 25, 0, tzinfo=UTC))
    assert slot.pieces[1].start == datetime(2026, 10, 25, 2, tzinfo=UTC)


@settings(max_examples=60)
@given(desks(), st.integers(1, 30), st.integers(0, 5))
def test_a_slot_never_ends_sooner_when_the_load_grows(
    desk: tuple[list[Person], datetime], quarters: int, share: int
) -> None:
    people, now = desk
    job = Job("new", 15 * quarters, skill="exchange", line=1)
    for person in people:
        full = replace(person, reserve=10 * share)
        less = replace(full, busy=full.busy[:-1])

        def first(one: Person) -> datetime | None:
            found = [slot for slot in propose(job, (one,), now).slots if not slot.diff.moved and not slot.diff.broken]
            return min((slot.finish for slot in found), default=None)

        before, after = first(less), first(full)
        assert after is None or (before is not None and before <= after)
