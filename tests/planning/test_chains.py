"""The search that keeps promises: its question about numbers, and what it may do with a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.absence import hours_changed
from deskapp.planning.chains import Entry, Row, Search, in_time
from deskapp.planning.lane import Lane
from deskapp.planning.ticks import to_ticks
from deskapp.planning.values import Absence, Busy, Person, PlanDiff, Rules, Skill, Span

from .mockup import NOW, at, hours, span
from .test_replan import check_plan, desks

asked = st.tuples(st.integers(0, 12), st.integers(1, 25), st.integers(1, 6))
entries = st.lists(asked, max_size=7).map(
    lambda found: sorted((begin, begin + room, minutes, number) for number, (begin, room, minutes) in enumerate(found))
)


def minute_by_minute(wanted: Sequence[Entry]) -> bool:
    """In each minute that is worked at which the nearest last minute is."""
    left = {number: minutes for _, _, minutes, number in wanted}
    for minute in range(60):
        ready = [(last, number) for first, last, _, number in wanted if first <= minute and left[number]]
        if ready:
            last, number = min(ready)
            if minute >= last:
                return False
            left[number] -= 1
    return not any(left.values())


@settings(max_examples=400)
@given(entries)
def test_whether_all_are_in_time_is_what_the_minutes_say(wanted: list[Entry]) -> None:
    said = in_time(wanted)
    assert said == minute_by_minute(wanted)
    for one in wanted:  # the short way, where it is known that the others are
        others = [other for other in wanted if other is not one]
        if in_time(others):
            assert in_time(wanted, one[0]) == said
        else:
            assert not said  # more work is never in time sooner


@settings(max_examples=80, deadline=None)
@given(desks(), st.integers(0, 40), st.integers(1, 60), st.integers(0, 2), st.sampled_from((30, 90)))
def test_the_search_keeps_every_law_of_a_plan(
    desk: list[Person], begin: int, length: int, whose: int, piece: int
) -> None:
    start = NOW + timedelta(minutes=30 * begin)
    away = Absence(Span(start, start + timedelta(minutes=30 * length)), "sick")
    index = whose % len(desk)
    skilled = [replace(one, skills={"exchange": Skill(1)}) for one in desk]  # so that there is somebody to hand on to
    after = [replace(one, calendar=hours(away)) if at == index else one for at, one in enumerate(skilled)]
    rules = Rules(min_piece=piece, min_beside_break=min(piece, 60))
    plain = hours_changed(skilled, after, NOW, rules, pushed=0, steps=0)
    diff = hours_changed(skilled, after, NOW, rules, pushed=0)
    check_plan(skilled, after, diff, NOW)

    def moved(one: PlanDiff) -> int:
        return len({move.busy.ticket_id for move in one.broken} | set(one.wont_fit))

    assert moved(diff) <= moved(plain)
    assert diff == hours_changed(skilled, after, NOW, rules, pushed=0)
    for one in (*diff.moved, *diff.reassigned, *diff.broken):
        assert not one.busy.pinned and not one.busy.in_progress
        assert one.spans[0].start >= one.busy.span.start
        assert (one.person_to, one.spans) != (one.person_from, (one.busy.span,)), "what stays is no change"
        assert one.person_to == one.person_from or (one.busy.kind == "work" and one.busy.skill in ("", "exchange"))


def block(name: str, clocks: str, promise: str, skill: str = "", day: int = 5) -> Busy:
    return Busy(name, span(day, clocks), f"t-{name}", None, at(day, promise), skill=skill)


def test_one_makes_room_for_another_and_a_third_for_that() -> None:
    """Only B can take what A leaves, only C what B then has too much; and D's stays where it is."""
    a = Person("a", "", hours(), (1,), {"mail": Skill(1)}, (block("lost", "9:00-11:00", "11:00", "mail"),))
    b = Person(
        "b", "", hours(), (1,), {"mail": Skill(1), "web": Skill(1)}, (block("web", "9:00-11:00", "11:00", "web"),)
    )
    c = Person(
        "c", "", hours(), (1,), {"web": Skill(1), "ink": Skill(1)}, (block("ink", "9:00-11:00", "11:00", "ink"),)
    )
    d = Person("d", "", hours(), (1,), {"ink": Skill(1)}, (block("own", "14:00-16:00", "16:00", "ink"),))
    team = [a, b, c, d]
    ill = Absence(Span(at(5, "0:00"), at(6, "0:00")), "sick")
    after = [replace(a, calendar=hours(ill)), b, c, d]
    diff = hours_changed(team, after, NOW)
    assert not diff.broken and not diff.moved and not diff.wont_fit
    assert {one.busy.id: one.person_to for one in diff.reassigned} == {"lost": "b", "web": "c", "ink": "d"}
    assert all(one.finish_after == at(5, "11:00") for one in diff.reassigned)
    pinned = [after[0], replace(b, busy=tuple(replace(one, pinned=True) for one in b.busy)), c, d]
    held = hours_changed([a, *pinned[1:]], pinned, NOW)
    assert [one.busy.id for one in held.broken] == ["lost"] and not held.reassigned[1:]


def test_what_cannot_be_kept_is_not_paid_for_by_others() -> None:
    """The promise is before anybody could be done: nobody moves for it."""
    a = Person("a", "", hours(), (1,), {}, (block("lost", "9:00-11:00", "11:00"),))
    b = Person(
        "b",
        "",
        hours(),
        (1,),
        {},
        (Busy("held", span(5, "9:00-12:00"), "x", pinned=True), block("own", "14:00-16:00", "18:00")),
    )
    ill = Absence(Span(at(5, "0:00"), at(6, "0:00")), "sick")
    diff = hours_changed([a, b], [replace(a, calendar=hours(ill)), b], NOW)
    assert [one.busy.id for one in diff.broken] == ["lost"] and not diff.moved and not diff.reassigned


def test_a_search_ends_after_its_steps() -> None:
    person = Person(
        "a", "", hours(), (1,), {}, tuple(block(str(n), f"{9 + n}:00-{10 + n}:00", "18:00") for n in range(3))
    )
    lane = Lane(person, to_ticks(NOW), to_ticks(at(20, "18:00")), Rules())
    row = Row(lane)
    assert len(row.loose) == 3 and row.until(to_ticks(at(5, "10:00"))) - row.until(to_ticks(at(5, "9:00"))) == 60
    search = Search([row], [], (), steps=0)
    assert search.run() and search.layout(0) == {}
