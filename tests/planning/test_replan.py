"""Changing the plan: what a drop does, the emergency of the mock-ups, absences, and what must never happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.absence import hours_changed
from deskapp.planning.emergency import emergency
from deskapp.planning.replan import (
    applied,
    differences,
    find_without_breaks,
    move,
    place,
    resize,
    split,
    unchanged,
)
from deskapp.planning.several import move_several
from deskapp.planning.slots import propose
from deskapp.planning.values import Absence, Busy, Job, Move, Person, PlanDiff, Rules, Skill, Span

from .mockup import (
    GAREEV,
    NOW,
    ORLOV,
    PEOPLE,
    VOLGA_AGRO,
    ZHUKOV,
    at,
    booked,
    hours,
    span,
)

TELESET = Job("t4151", 180, 4151, "telephony", 0, 1)


def numbers(moves: Sequence[Move]) -> list[int | None]:
    return [change.busy.number for change in moves]


def test_dropping_the_ticket_of_the_mock_up() -> None:
    diff = place(VOLGA_AGRO, "orlov", at(5, "9:00"), PEOPLE, NOW)
    assert diff.assigned == (("t4129", "orlov", (span(5, "9:00-11:30"),)),)
    assert (numbers(diff.moved), numbers(diff.broken)) == ([4132], [4133])
    assert diff.broken[0].late == 30 and diff.broken[0].spans == (span(5, "14:00-16:00"),)
    assert (diff.broken[0].finish_before, diff.broken[0].finish_after) == (at(5, "12:30"), at(5, "16:00"))
    assert not diff.harmless and unchanged(diff, PEOPLE)

    found = find_without_breaks(VOLGA_AGRO, PEOPLE, NOW, person_id="orlov")
    assert found.assigned == (("t4129", "orlov", (span(5, "14:00-16:30"),)),)
    assert found.harmless


def test_a_drop_snaps_to_working_time_and_to_the_edge_of_a_block() -> None:
    half_hour = replace(VOLGA_AGRO, minutes=30)

    def dropped(day: int, clock: str) -> Span:
        return place(half_hour, "orlov", at(day, clock), PEOPLE, NOW).assigned[0][2][0]

    assert dropped(4, "12:00") == span(5, "9:00-9:30")  # the holiday
    assert dropped(5, "10:10") == span(5, "10:30-11:00")  # the second half of 4132
    assert dropped(5, "9:40") == span(5, "9:00-9:30")  # its first half
    assert dropped(5, "10:40") == span(5, "10:30-11:00")  # the first half of 4133
    assert dropped(3, "9:00") == span(3, "14:00-14:30")  # the past; 4104 is in progress until lunch
    assert dropped(5, "13:20") == span(5, "14:00-14:30")
    assert dropped(5, "20:00") == span(6, "9:00-9:30")


def test_what_is_in_progress_or_pinned_stays() -> None:
    diff = place(VOLGA_AGRO, "zhukov", at(3, "12:00"), PEOPLE, NOW)
    assert diff.assigned[0][2][0].start >= at(3, "14:00")
    assert move("b4104-3-9:00-13:00", "orlov", at(5, "9:00"), PEOPLE, NOW).wont_fit == ("t4104",)


def test_place_anyway_lies_exactly_where_it_is_dropped() -> None:
    diff = place(VOLGA_AGRO, "orlov", at(4, "20:10"), PEOPLE, NOW, override=True)
    assert diff.assigned == (("t4129", "orlov", (span(4, "20:10-22:40"),)),)
    assert diff.harmless


def test_moving_a_block_shows_its_own_promise_and_what_it_pushes() -> None:
    own = move("b4133-5-10:30-12:30", "orlov", at(6, "16:00"), PEOPLE, NOW)
    assert numbers(own.broken) == [4133] and own.subject == ("b4133-5-10:30-12:30",)
    assert own.broken[0].late == 150 + 480
    assert not own.harmless
    free = move("b4141-6-14:00-16:00", "orlov", at(6, "15:00"), PEOPLE, NOW)
    assert free.moved[0].spans == (span(6, "15:00-17:00"),) and free.harmless
    other = move("b4141-6-14:00-16:00", "kovaleva", at(6, "9:00"), PEOPLE, NOW)
    assert (numbers(other.reassigned), other.reassigned[0].person_to) == ([4141], "kovaleva")
    # Two hours at nine do not fit before 4105 at ten, so that one goes to where it fits.
    assert numbers(other.moved) == [4105]


def trip(day: int, there: str, visit: str, back: str, promise: datetime | None = None) -> tuple[Busy, ...]:
    return (
        booked(50, day, there, promise, "travel"),
        booked(50, day, visit, promise, "visit"),
        booked(50, day, back, promise, "travel"),
    )


def test_travel_moves_with_its_visit() -> None:
    road = replace(ORLOV, busy=trip(5, "9:00-10:00", "10:00-12:00", "12:00-13:00", at(6, "12:00")))
    diff = move("b50-5-10:00-12:00", "orlov", at(6, "10:00"), (road,), NOW)
    assert [(change.busy.kind, *change.spans) for change in diff.moved] == [
        ("visit", span(6, "10:00-12:00")),
        ("travel", span(6, "9:00-10:00")),
        ("travel", span(6, "12:00-13:00")),
    ]
    assert diff.harmless and diff.moved[0].finish_after == at(6, "12:00")
    to_other = move("b50-5-10:00-12:00", "zhukov", at(6, "10:00"), (road, replace(ZHUKOV, busy=())), NOW)
    assert {change.person_to for change in to_other.reassigned} == {"zhukov"} and len(to_other.reassigned) == 3


def test_a_pushed_visit_takes_its_travel_along() -> None:
    road = replace(ORLOV, busy=trip(5, "9:00-10:00", "10:00-12:00", "12:00-13:00", at(5, "17:00")))
    diff = place(replace(VOLGA_AGRO, minutes=180), "orlov", at(5, "9:00"), (road,), NOW)
    assert diff.assigned[0][2] == (span(5, "9:00-12:00"),)
    spans = {change.busy.id: change.spans for change in (*diff.moved, *diff.broken)}
    assert spans == {
        "b50-5-9:00-10:00": (span(5, "12:00-13:00"),),
        "b50-5-10:00-12:00": (span(5, "14:00-16:00"),),
        "b50-5-12:00-13:00": (span(5, "16:00-17:00"),),
    }
    assert not diff.broken


def test_resizing_pushes_and_refuses() -> None:
    longer = resize("b4132-5-9:00-10:30", at(5, "9:00"), at(5, "11:00"), PEOPLE, NOW)
    assert numbers(longer.moved) == [4132, 4133] or numbers(longer.broken) == [4133]
    over_lunch = resize("b4139-5-16:30-18:00", at(5, "12:30"), at(5, "18:00"), PEOPLE, NOW)
    assert over_lunch.moved[0].spans == (span(5, "12:30-13:00"), span(5, "14:00-18:00"))
    stretched = resize("b4104-3-9:00-13:00", at(3, "10:00"), at(3, "14:30"), PEOPLE, NOW)
    assert stretched.moved[0].spans[0].start == at(3, "9:00")
    assert stretched.moved[0].spans[-1] == span(3, "14:00-14:30")
    assert 4098 in numbers((*stretched.moved, *stretched.broken))
    backwards = resize("b4132-5-9:00-10:30", at(5, "9:00"), at(5, "9:00"), PEOPLE, NOW)
    assert backwards.wont_fit == ("t4132",)
    into_pinned = resize("b4111-5-10:00-12:00", at(5, "9:30"), at(5, "12:00"), PEOPLE, NOW)
    assert into_pinned.wont_fit == ("t4111",)


def test_work_in_progress_is_neither_cut_nor_ended_in_the_past_nor_placed_over() -> None:
    running = "b4104-3-9:00-13:00"
    assert resize(running, at(3, "9:00"), at(3, "11:00"), PEOPLE, NOW).wont_fit == ("t4104",)
    assert resize(running, at(3, "9:00"), at(3, "12:30"), PEOPLE, NOW).harmless
    assert split(running, at(3, "12:00"), PEOPLE).wont_fit == ("t4104",)
    more = place(Job("t4104", 60, 4104), "orlov", at(3, "11:45"), PEOPLE, NOW)
    assert more.assigned[0][2][0].start >= at(3, "14:00"), "the rest of it lies behind what is under way"


def test_a_ticket_that_is_placed_again_leaves_its_old_place() -> None:
    again = place(Job("t4132", 90, 4132), "orlov", at(5, "9:00"), PEOPLE, NOW)
    assert again.harmless and again.assigned[0][2] == (span(5, "9:00-10:30"),)
    (ticket,) = {busy.ticket_id for busy in applied(PEOPLE, again)[3].busy if busy.span == span(5, "9:00-10:30")}
    assert ticket == "t4132"


def test_one_of_two_blocks_moves_and_the_ticket_ends_with_the_other() -> None:
    first, last = booked(1, 5, "9:00-10:00", at(6, "12:00")), booked(1, 6, "9:00-10:00", at(6, "12:00"))
    orlov = replace(ORLOV, busy=(first, last))
    for diff in (
        move(first.id, "orlov", at(5, "15:00"), (orlov,), NOW),
        move_several(first.id, (), "orlov", at(5, "15:00"), (orlov,), NOW),
    ):
        (change,) = diff.moved
        assert (change.finish_before, change.finish_after) == (at(6, "10:00"), at(6, "10:00"))
    (later,) = move(first.id, "orlov", at(6, "14:00"), (orlov,), NOW).broken
    assert (later.finish_after, later.late) == (at(6, "15:00"), 120)


def test_a_block_that_is_cut_twice_loses_no_piece() -> None:
    whole = booked(1, 5, "9:00-13:00")
    cut = PlanDiff(moved=(Move(whole, "orlov", "orlov", (span(5, "11:00-13:00"), span(5, "14:00-16:00")), NOW, NOW),))
    people = applied([replace(ORLOV, busy=(whole,))], cut)
    first = next(busy for busy in people[0].busy if busy.id == whole.id)
    again = PlanDiff(moved=(Move(first, "orlov", "orlov", (span(5, "12:00-13:00"), span(5, "16:00-17:00")), NOW, NOW),))
    (person,) = applied(people, again)
    assert len({busy.id for busy in person.busy}) == 3 and sum(busy.span.minutes for busy in person.busy) == 240


def test_only_what_a_person_moves_on_purpose_is_done_without_asking() -> None:
    block = booked(1, 5, "9:00-10:00")
    other = Move(block, "orlov", "zhukov", (span(5, "9:00-10:00"),), at(5, "10:00"), at(5, "10:00"))
    assert not PlanDiff(reassigned=(other,)).harmless and not PlanDiff(moved=(other,)).harmless
    assert PlanDiff(reassigned=(other,), subject=(block.id,)).harmless
    assert not PlanDiff(broken=(other,), subject=(block.id,)).harmless
    assert not PlanDiff(wont_fit=("t1",), subject=(block.id,)).harmless


def test_splitting_leaves_everything_where_it_is() -> None:
    diff = split("b4140-6-10:00-13:00", at(6, "11:00"), PEOPLE)
    assert diff.moved[0].spans == (span(6, "10:00-11:00"), span(6, "11:00-13:00")) and diff.harmless
    assert split("b4140-6-10:00-13:00", at(6, "13:00"), PEOPLE).wont_fit == ("t4140",)


def test_a_diff_knows_that_the_plan_has_changed() -> None:
    diff = place(VOLGA_AGRO, "orlov", at(5, "9:00"), PEOPLE, NOW)
    grown = replace(ORLOV, busy=(*ORLOV.busy, booked(4150, 9, "9:00-10:00")))
    after = [grown if person.id == "orlov" else person for person in PEOPLE]
    assert not unchanged(diff, after)
    ((what, who, busy),) = differences(PEOPLE, after)
    assert (what, who, busy.number) == ("took", "orlov", 4150)
    assert differences(after, PEOPLE)[0][0] == "freed"
    block = ORLOV.busy[-1]
    gone, has = replace(ORLOV, busy=ORLOV.busy[:-1]), replace(ZHUKOV, busy=(*ZHUKOV.busy, block))
    handed = [gone if one is ORLOV else has if one is ZHUKOV else one for one in PEOPLE]
    assert [found[:2] for found in differences(PEOPLE, handed)] == [("moved", "zhukov")], "at the same time"


def test_another_promise_a_pin_or_other_terms_are_another_plan() -> None:
    block = next(busy for busy in ORLOV.busy if busy.number == 4133)
    diff = place(VOLGA_AGRO, "orlov", at(5, "9:00"), PEOPLE, NOW)
    for change in (
        {"promise": at(5, "17:30")},
        {"promise": None},
        {"pinned": True},
        {"in_progress": True},
        {"not_before": at(5, "12:00")},
        {"splittable": False},
        {"min_piece": 30},
    ):
        other = replace(block, **change)  # type: ignore[arg-type]
        orlov = replace(ORLOV, busy=tuple(other if busy is block else busy for busy in ORLOV.busy))
        assert not unchanged(diff, [orlov if one is ORLOV else one for one in PEOPLE]), change
    assert unchanged(diff, [replace(one) for one in PEOPLE])


def test_a_block_that_should_have_begun_is_not_pushed() -> None:
    orlov = replace(ORLOV, busy=(booked(1, 3, "11:00-13:00", at(9, "18:00")),))
    diff = place(VOLGA_AGRO, "orlov", NOW, (orlov,), NOW)
    assert diff.harmless and diff.assigned[0][2] == (span(3, "14:00-16:30"),)
    (option,) = emergency(replace(TELESET, minutes=60), (orlov,), NOW)
    assert option.start == at(3, "14:00") and option.diff.harmless


def test_a_ticket_ends_with_its_last_block_also_when_another_one_is_pushed() -> None:
    orlov = replace(
        ORLOV, busy=(booked(1, 5, "9:00-11:00", at(9, "12:00")), booked(1, 6, "9:00-11:00", at(9, "12:00")))
    )
    diff = place(VOLGA_AGRO, "orlov", at(5, "9:00"), (orlov,), NOW)
    (pushed,) = diff.moved
    assert (pushed.finish_before, pushed.finish_after) == (at(6, "11:00"), at(6, "11:00"))


def test_the_way_back_is_no_work_of_the_ticket() -> None:
    """A visit that would end behind its promise is late, though its way back lay behind that before."""
    road = replace(ORLOV, busy=trip(5, "14:00-15:00", "15:00-16:00", "16:00-17:00", at(5, "16:15")))
    diff = place(replace(VOLGA_AGRO, minutes=30), "orlov", at(5, "14:00"), (road,), NOW)
    assert [(change.busy.kind, change.late) for change in diff.broken] == [("visit", 15)]


def test_who_is_on_the_road_goes_on_when_the_visit_waits() -> None:
    way, visit = booked(50, 3, "11:00-13:00", None, "travel"), booked(50, 3, "14:00-15:00", None, "visit")
    diff = place(replace(VOLGA_AGRO, minutes=60), "orlov", at(3, "14:00"), (replace(ORLOV, busy=(way, visit)),), NOW)
    assert [(change.busy.kind, change.spans) for change in diff.moved] == [("visit", (span(3, "15:00-16:00"),))]


def test_finding_a_place_for_a_block_without_breaks() -> None:
    job = Job("t4133", 1, 4133, "exchange", 2)
    diff = find_without_breaks(job, PEOPLE, NOW, booking_id="b4133-5-10:30-12:30")
    # 150 min need not be found: the block keeps its two hours.
    assert diff.moved[0].spans == (span(5, "10:30-12:30"),) and not diff.broken
    nobody = replace(job, skill="welding")
    assert find_without_breaks(nobody, PEOPLE, NOW).wont_fit == ("t4133",)
    blocks = [
        booked(1, 5, "9:00-10:00", pinned=True),
        booked(2, 5, "10:00-11:00", at(5, "11:30")),
        booked(3, 5, "11:30-13:00", pinned=True),
        booked(4, 5, "14:00-17:00", pinned=True),
    ]
    full = replace(ORLOV, busy=tuple(blocks))
    urgent, today = replace(VOLGA_AGRO, minutes=90, urgency=1), Rules(horizon_days=1)
    (slot,) = propose(urgent, (full,), at(5, "9:00"), today).slots
    assert numbers(slot.diff.broken) == [2]
    assert find_without_breaks(urgent, (full,), at(5, "9:00"), today).wont_fit == ("t4129",)


def away(person: Person, *absences: Absence) -> list[Person]:
    return [replace(person, calendar=hours(*absences))]


def test_an_absence_of_this_morning_moves_nothing_of_the_afternoon() -> None:
    orlov = replace(ORLOV, busy=(booked(1, 3, "9:00-13:00", at(3, "15:00")),))
    diff = hours_changed([orlov], away(orlov, Absence(span(3, "9:00-10:00"), "sick")), NOW)
    assert diff.harmless and not diff.moved
    noon = hours_changed([orlov], away(orlov, Absence(span(3, "12:00-13:00"), "sick")), NOW)
    assert numbers((*noon.moved, *noon.broken)) == [1]


def test_an_absence_leaves_the_way_that_was_gone_already() -> None:
    way, visit = booked(50, 3, "11:00-13:00", None, "travel"), booked(50, 3, "14:00-15:00", None, "visit")
    orlov = replace(ORLOV, busy=(way, visit))
    diff = hours_changed([orlov], away(orlov, Absence(span(3, "14:00-15:00"), "sick")), NOW)
    assert [(change.busy.kind, change.spans) for change in diff.moved] == [("visit", (span(3, "15:00-16:00"),))]


def test_a_way_from_one_visit_to_the_next_moves_once() -> None:
    """One ticket, two places, one way between them."""
    first, way, second = (
        replace(busy, id=name)
        for name, busy in (
            ("first", booked(50, 5, "9:00-10:00", kind="visit")),
            ("way", booked(50, 5, "10:00-10:30", kind="travel")),
            ("second", booked(50, 5, "10:30-12:00", kind="visit")),
        )
    )
    orlov = replace(ORLOV, busy=(first, way, second))
    ill = hours_changed([orlov], away(orlov, Absence(Span(at(5, "0:00"), at(6, "0:00")), "sick")), NOW)
    pushed = place(replace(VOLGA_AGRO, minutes=120), "orlov", at(5, "9:00"), (orlov,), NOW)
    together = move_several("first", ("second",), "orlov", at(6, "9:00"), (orlov,), NOW)
    for diff in (ill, pushed, together):
        assert sorted(change.busy.id for change in diff.moved) == ["first", "second", "way"]
        assert not diff.broken and not diff.wont_fit
        (person,) = applied([orlov], diff)
        laid = sorted((busy.span.start, busy.span.end) for busy in person.busy if busy.ticket_id == "t50")
        assert all(one[1] <= two[0] for one, two in pairwise(laid))
        assert sum((end - start for start, end in laid), timedelta()) == timedelta(minutes=180)


def test_a_visit_waits_for_its_own_specialist() -> None:
    """The customer was told who comes, and the visit is theirs."""
    orlov = replace(
        ORLOV,
        busy=tuple(
            replace(one, skill="exchange")
            for one in trip(5, "9:00-10:00", "10:00-12:00", "12:00-13:00", at(5, "18:00"))
        ),
    )
    ill = away(orlov, Absence(Span(at(5, "0:00"), at(6, "0:00")), "sick"))
    able = replace(ZHUKOV, busy=(), skills={"exchange": Skill(5)})
    diff = hours_changed([orlov, able], [*ill, able], NOW)
    assert not diff.reassigned and {change.person_to for change in (*diff.moved, *diff.broken)} == {"orlov"}
    assert {change.spans[0].start.day for change in (*diff.moved, *diff.broken)} == {6}


def test_an_absence_gives_its_bookings_to_others_or_later() -> None:
    ill = Absence(Span(at(5, "0:00"), at(6, "0:00")), "sick")
    before = [
        replace(p, busy=tuple(replace(b, skill="exchange" if p is ORLOV else None) for b in p.busy)) for p in PEOPLE
    ]
    after = [replace(p, calendar=hours(ill)) if p.id == "orlov" else p for p in before]
    diff = hours_changed(before, after, NOW)
    done = {c.busy.number: c for c in (*diff.moved, *diff.reassigned, *diff.broken)}
    assert set(done) == {4115, 4132, 4133, 4139}
    assert done[4115] in diff.moved  # it makes room within its slack, so that no promise has to
    (late,) = diff.broken  # there is room for one of two that were promised for that afternoon
    assert late.busy.number in (4132, 4133) and late.late == 450 and not diff.wont_fit
    assert hours_changed(before, before, NOW).harmless and unchanged(diff, after)
    check_plan(before, after, diff, NOW)
    gone = Absence(Span(at(4, "0:00"), at(28, "0:00") + timedelta(days=9000)), "left")
    left = [replace(p, calendar=hours(gone)) if p.id == "gareev" else p for p in PEOPLE]
    assert set(hours_changed(PEOPLE, left, NOW).wont_fit) == {"t4111", "t4122", "t4135"}


def test_an_absence_keeps_the_ways_beside_their_visit() -> None:
    road = replace(ORLOV, busy=trip(5, "9:00-10:00", "10:00-12:00", "12:00-13:00", at(5, "17:00")))
    ill = Absence(Span(at(5, "11:00"), at(5, "13:00")), "meeting")  # only the visit's second half and the way back
    after = [replace(road, calendar=hours(ill))]
    diff = hours_changed([road], after, NOW)
    spans = {change.busy.id: change.spans for change in (*diff.moved, *diff.broken)}
    assert spans == {
        "b50-5-9:00-10:00": (span(5, "14:00-15:00"),),
        "b50-5-10:00-12:00": (span(5, "15:00-17:00"),),
        "b50-5-12:00-13:00": (span(5, "17:00-18:00"),),
    }
    assert not diff.broken and not diff.wont_fit


def test_who_stands_in_takes_the_work_of_the_absent_first() -> None:
    gone = Absence(Span(at(5, "0:00"), at(28, "0:00")), "vacation")
    work = booked(60, 5, "9:00-11:00", at(5, "18:00"))
    visit = trip(5, "14:00-14:30", "14:30-16:00", "16:00-16:30", at(5, "18:00"))
    away = replace(ORLOV, busy=(work, *visit), substitutes=("zhukov", "gareev"))
    others = [replace(one, busy=(), skills={}, substitute_for=("orlov",), calendar=hours()) for one in (GAREEV, ZHUKOV)]
    after = [replace(away, calendar=hours(gone)), *others]
    diff = hours_changed([away, *others], after, NOW)
    # Nobody else is offered what needs a skill that nobody has told; those who stand in are.
    assert {change.person_to for change in diff.reassigned} == {"zhukov"} and len(diff.reassigned) == 4
    assert {change.busy.kind: change.spans for change in diff.reassigned if change.busy.kind != "travel"} == {
        "work": (span(5, "9:00-11:00"),),
        "visit": (span(5, "14:30-16:00"),),
    }


# -- what must never happen -----------------------------------------------------------------------------------


def check_plan(
    before: Sequence[Person], people: Sequence[Person], diff: PlanDiff, now: datetime, turning: bool = False
) -> None:
    """``people`` are those that the diff was computed for; ``before`` may have had other hours. With ``turning``
    journeys under way may end now."""
    if turning:
        turned = {move.busy.id for move in diff.moved if move.busy.kind == "travel" and move.busy.in_progress}
        for move_ in diff.moved:
            if move_.busy.id in turned:
                assert move_.spans == (Span(move_.busy.span.start, move_.finish_after),) and move_.finish_after >= now
        diff = replace(diff, moved=tuple(move for move in diff.moved if move.busy.id not in turned))
        people = [replace(p, busy=tuple(b for b in p.busy if b.id not in turned)) for p in people]
    after = {person.id: person for person in applied(people, diff)}
    own = {person.id: person for person in before}
    for person in people:
        old = {busy.id: busy for busy in person.busy}
        for busy in person.busy:
            if busy.in_progress or busy.pinned:
                assert busy in after[person.id].busy
        lane = sorted((b for b in after[person.id].busy if b.span.end > now), key=lambda b: b.span.start)
        for one, two in pairwise(lane):
            assert one.span.end <= two.span.start or (one.id in old and two.id in old and one in person.busy)
        for busy in lane:
            if busy not in person.busy:
                assert person.calendar.work_between(busy.span.start, busy.span.end) == busy.span.end - busy.span.start
                assert busy.span.start >= now
    everything = (*diff.moved, *diff.reassigned, *diff.broken)
    assert len({change.busy.id for change in everything}) == len(everything)
    for change in everything:
        calendar = own[change.person_from].calendar
        work = calendar.work_between(change.busy.span.start, change.busy.span.end) or (
            change.busy.span.end - change.busy.span.start
        )
        assert sum(piece.minutes for piece in change.spans) == work // timedelta(minutes=1)
        late = change.busy.promise is not None and change.finish_after > change.busy.promise
        assert (change.late > 0) == (late and change.busy.kind != "travel")  # no work is done on the road
    assert all(change.late > 0 for change in diff.broken)


@st.composite
def desks(draw: st.DrawFn) -> list[Person]:
    people = []
    for number in range(draw(st.integers(1, 3))):
        lane = []
        cursor = at(3, "9:00")
        for index in range(draw(st.integers(0, 9))):
            start = hours().next_working(cursor + timedelta(minutes=15 * draw(st.integers(0, 6))))
            end = start + timedelta(minutes=15 * draw(st.integers(1, 14)))
            ahead = draw(st.none() | st.integers(-2, 60))
            promise = None if ahead is None else end + timedelta(hours=ahead)
            running = start <= NOW < end
            kind = draw(st.sampled_from(("work", "work", "work", "visit", "visit", "travel")))
            ticket = draw(st.integers(0, 12)) if kind == "work" else draw(st.integers(20, 21))
            lane.append(
                Busy(
                    f"p{number}b{index}",
                    Span(start, end),
                    f"p{number}t{ticket}",
                    index,
                    promise,
                    in_progress=running,
                    pinned=draw(st.integers(0, 5)) == 0,
                    kind=kind,
                    skill=draw(st.sampled_from((None, "", "exchange"))),
                )
            )
            cursor = end
        skills = {"exchange": Skill(number)} if draw(st.booleans()) else {}
        people.append(Person(f"p{number}", "", hours(), (2,), skills, tuple(lane)))
    return people


times = st.integers(-10, 500).map(lambda n: NOW + timedelta(minutes=15 * n))


@settings(max_examples=80)
@given(desks(), times, st.integers(1, 40), st.integers(0, 2), st.booleans())
def test_dropping_a_ticket_never_harms_the_calendar(
    desk: list[Person], when: datetime, quarters: int, whose: int, splittable: bool
) -> None:
    job = Job("new", quarters * 15, skill="exchange", line=2, splittable=splittable)
    person = desk[whose % len(desk)]
    diff = place(job, person.id, when, desk, NOW)
    check_plan(desk, desk, diff, NOW)
    for _, owner, spans in diff.assigned:
        assert owner == person.id and sum(piece.minutes for piece in spans) == quarters * 15
    assert bool(diff.assigned) != bool(diff.wont_fit)
    found = find_without_breaks(job, desk, NOW)
    check_plan(desk, desk, found, NOW)
    assert not found.broken


@settings(max_examples=80)
@given(desks(), times, st.integers(0, 100), st.integers(0, 2), st.integers(1, 30))
def test_moving_and_stretching_never_harm_the_calendar(
    desk: list[Person], when: datetime, which: int, whose: int, quarters: int
) -> None:
    blocks = [busy for person in desk for busy in person.busy if not busy.pinned and busy.span.start >= NOW]
    if not blocks:
        return
    block = blocks[which % len(blocks)]
    check_plan(desk, desk, move(block.id, desk[whose % len(desk)].id, when, desk, NOW), NOW)
    start = max(when, NOW)
    longer = resize(block.id, start, start + timedelta(minutes=15 * quarters), desk, NOW)
    own = [c for c in (*longer.moved, *longer.broken) if c.busy.id == block.id]
    rest = replace(
        longer,
        moved=tuple(c for c in longer.moved if c.busy.id != block.id),
        broken=tuple(c for c in longer.broken if c.busy.id != block.id),
    )
    without = [replace(p, busy=tuple(b for b in p.busy if b.id != block.id)) for p in desk]
    check_plan(without, without, rest, NOW)
    assert bool(own) != bool(longer.wont_fit)


@settings(max_examples=80)
@given(desks(), st.integers(1, 40), st.booleans())
def test_an_emergency_never_harms_the_calendar(desk: list[Person], quarters: int, interrupting: bool) -> None:
    job = Job("new", quarters * 15, skill="exchange", urgency=1)
    for option in emergency(job, desk, NOW, interrupting=interrupting):
        assert sum(piece.minutes for piece in option.pieces) == option.minutes == quarters * 15
        if option.interrupts is None:
            check_plan(desk, desk, option.diff, NOW, turning=True)


@settings(max_examples=80)
@given(desks(), st.integers(0, 100), st.integers(1, 300), st.integers(0, 2))
def test_an_absence_never_harms_the_calendar(desk: list[Person], begin: int, length: int, whose: int) -> None:
    start = NOW + timedelta(minutes=30 * begin)
    away = Absence(Span(start, start + timedelta(minutes=30 * length)), "sick")
    index = whose % len(desk)
    after = [replace(p, calendar=hours(away)) if n == index else p for n, p in enumerate(desk)]
    diff = hours_changed(desk, after, NOW)
    check_plan(desk, after, diff, NOW)
    settled = {change.busy.id for change in (*diff.moved, *diff.reassigned, *diff.broken)}
    for busy in desk[index].busy:
        if busy.id not in settled and busy.ticket_id not in diff.wont_fit and busy.span.end > NOW:
            low = max(busy.span.start, NOW)
            assert hours(away).work_between(low, busy.span.end) == hours().work_between(low, busy.span.end)
