"""Ways out of overload: of different kinds, never at the cost of a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from deskapp.planning.load import day_loads
from deskapp.planning.relief import ways_out
from deskapp.planning.replan import applied
from deskapp.planning.values import Busy, Person, Skill

from .mockup import NOW, ORLOV, at, booked, hours, person

DAY = date(2026, 11, 12)


def busy(number: int, clocks: str, **more: object) -> Busy:
    return replace(booked(number, 12, clocks, **more), skill="exchange")  # type: ignore[arg-type]


def full_day(*more: Busy) -> Person:
    return replace(
        ORLOV,
        busy=(
            busy(4061, "9:00-13:00", promise=at(12, "18:00")),
            busy(4074, "14:00-16:30", promise=at(20, "18:00")),
            busy(4081, "15:00-17:00", promise=at(19, "18:00")),
            busy(4148, "16:30-18:00"),
            *more,
        ),
    )


HELPER = person("helper", "Helper", 2, {"exchange": Skill(3)})


def test_three_ways_of_different_kinds_that_break_nothing() -> None:
    people = (full_day(), HELPER)
    (load,) = day_loads(people[0], DAY, DAY)
    assert load.booked - load.working == 120
    ways = ways_out("orlov", DAY, people, NOW)
    assert [way.code for way in ways] == ["move", "give", "split"]
    for way in ways:
        assert not way.diff.broken and way.diff.harmless
        after = applied(people, way.diff)
        orlov = next(one for one in after if one.id == "orlov")
        (left,) = day_loads(orlov, DAY, DAY)
        assert left.booked < load.booked
        assert way.slack_after is None or way.slack_after >= 0
    assert ways[1].person_id == "helper" and ways[1].free == 480


def test_a_ticket_at_its_last_chance_stays() -> None:
    ways = ways_out("orlov", DAY, (full_day(),), NOW)
    assert ways and all(way.busy.number != 4061 for way in ways)


def test_pinned_work_stays_and_a_day_that_is_not_full_needs_no_way() -> None:
    pinned = replace(ORLOV, busy=tuple(replace(one, pinned=True) for one in full_day().busy))
    assert ways_out("orlov", DAY, (pinned, HELPER), NOW) == ()
    assert ways_out("orlov", date(2026, 11, 13), (full_day(), HELPER), NOW) == ()


def test_nobody_is_given_what_they_do_not_know() -> None:
    stranger = person("stranger", "Stranger", 2, {"telephony": Skill(3)})
    assert "give" not in {way.code for way in ways_out("orlov", DAY, (full_day(), stranger), NOW)}
    assert hours().is_working(at(12, "10:00"))


def overfull(busy_: Busy, *more: Busy) -> Person:
    """An hour too much, of which only one block may go."""
    fixed = tuple(replace(busy(n, clocks), pinned=True) for n, clocks in ((1, "9:00-13:00"), (2, "14:00-18:00")))
    return replace(ORLOV, busy=(*fixed, busy_, *more))


def test_no_way_moves_what_would_be_late_a_visit_or_what_should_have_begun() -> None:
    loose = busy(3, "15:00-17:00")
    assert {way.code for way in ways_out("orlov", DAY, (overfull(loose), HELPER), NOW)} >= {"move", "give"}
    due = replace(loose, promise=at(12, "18:00"))
    assert ways_out("orlov", DAY, (overfull(due),), NOW) == ()
    assert {way.code for way in ways_out("orlov", DAY, (overfull(due), HELPER), NOW)} == {"give"}
    for other in (replace(loose, kind="visit"), replace(loose, pinned=True)):
        assert ways_out("orlov", DAY, (overfull(other), HELPER), NOW) == ()
    assert ways_out("orlov", DAY, (overfull(loose), HELPER), at(12, "15:30")) == ()
    held = replace(loose, not_before=at(16, "9:00"))
    alone = ways_out("orlov", DAY, (overfull(held),), NOW)
    assert alone and all(way.start >= at(16, "9:00") for way in alone)


def test_work_is_given_only_to_who_can_do_it_and_has_room_that_day() -> None:
    loose = busy(3, "15:00-17:00")
    crumbs = [booked(n, 12, clocks) for n, clocks in enumerate(("10:00-13:00", "15:00-18:00"), 10)]
    full = [booked(20, 12, "9:00-13:00"), booked(21, 12, "14:00-18:00")]

    def codes(helper: Person, one: Busy = loose) -> set[str]:
        return {way.code for way in ways_out("orlov", DAY, (overfull(one), helper), NOW)}

    assert "give" in codes(HELPER)
    assert "give" not in codes(HELPER, replace(loose, skill=None)), "nobody knows what it takes"
    assert "give" not in codes(replace(HELPER, busy=tuple(full)))
    assert "give" not in codes(replace(HELPER, busy=tuple(crumbs))), "two hours in pieces of one are no room"
