"""What was agreed on the time of a ticket: not before a moment, in one piece, its smallest piece, at the customer's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.absence import hours_changed
from deskapp.planning.emergency import emergency
from deskapp.planning.planner import plan_backlog
from deskapp.planning.relief import ways_out
from deskapp.planning.replan import applied, find_without_breaks, move, place, resize
from deskapp.planning.several import move_several
from deskapp.planning.slots import explained, propose
from deskapp.planning.values import Absence, Busy, Job, Person, PlanDiff, Reason, Rules, Span
from deskapp.planning.worktime import WorkCalendar, office_week

from .mockup import NOW, PEOPLE, VOLGA_AGRO, at, booked, hours, person, span

FRIDAY = at(6, "10:00")
HELD = replace(VOLGA_AGRO, not_before=FRIDAY)


def said(diff: PlanDiff) -> Reason:
    (reason,) = diff.reasons
    return reason


def of_ticket(diff: PlanDiff) -> list[Span]:
    return [span for _, _, spans in diff.assigned for span in spans]


def test_a_proposal_begins_when_the_requester_allows_it_and_says_so() -> None:
    found = propose(HELD, PEOPLE, NOW)
    assert found.slots
    for slot in (*found.slots, *found.more):
        assert slot.pieces[0].start >= FRIDAY
        reason = slot.reasons[[one.code for one in slot.reasons].index("not_before")]
        assert reason.args == {"until": FRIDAY, "by": "asked"}
    orlov = next(slot for slot in (*found.slots, *found.more) if slot.person_id == "orlov")
    rows = explained(orlov, next(one for one in PEOPLE if one.id == "orlov"), NOW).trace
    early = [row for row in rows if row.code == "not_before"]
    assert early and all(row.span.end <= FRIDAY and row.args["by"] == "asked" for row in early)
    assert not [row for row in rows if row.code == "short_gap" and row.span.end <= FRIDAY]
    assert not any(one.code == "not_before" for slot in propose(VOLGA_AGRO, PEOPLE, NOW).slots for one in slot.reasons)


def test_a_drop_before_that_moment_lies_behind_it_and_the_preview_says_why() -> None:
    diff = place(HELD, "sokolova", at(5, "9:00"), PEOPLE, NOW)
    assert of_ticket(diff)[0].start >= FRIDAY
    assert said(diff) == Reason("not_before", {"until": FRIDAY, "by": "asked", "number": 4129})
    solo = [person("a", "A", 1, {}, booked(1, 6, "9:30-11:00"))]
    behind = place(HELD, "a", at(6, "10:05"), solo, NOW)  # on the first half of a block that begins too early
    assert of_ticket(behind)[0].start == at(6, "11:30")  # behind it, an hour on each side of lunch
    late = place(HELD, "sokolova", at(6, "14:00"), PEOPLE, NOW)
    assert not late.reasons and of_ticket(late)[0].start >= at(6, "14:00")
    (forced,) = of_ticket(place(HELD, "sokolova", at(5, "9:00"), PEOPLE, NOW, override=True))
    assert forced.start == at(5, "9:00")  # a person may know better
    assert of_ticket(find_without_breaks(HELD, PEOPLE, NOW))[0].start >= FRIDAY


def held(busy: Busy, until: datetime = FRIDAY) -> Busy:
    return replace(busy, not_before=until)


def test_a_block_stays_behind_it_when_it_is_moved_stretched_or_moved_along() -> None:
    own = held(booked(1, 6, "14:00-16:00"))
    other = booked(2, 5, "11:00-12:00")
    team = [person("a", "A", 1, {}, own, other), person("b", "B", 1, {})]
    for diff in (move(own.id, "b", at(5, "9:00"), team, NOW), move(own.id, "a", at(5, "9:00"), team, NOW)):
        (block,) = [one for one in (*diff.moved, *diff.reassigned) if one.busy.id == own.id]
        assert block.spans[0].start == FRIDAY and said(diff).args["number"] == 1
    stretched = resize(own.id, at(6, "9:00"), at(6, "16:00"), team, NOW)
    assert stretched.moved[0].spans[0].start == FRIDAY and said(stretched).code == "not_before"
    along = move_several(other.id, [own.id], "a", at(3, "14:00"), team, NOW)
    (block,) = [one for one in along.moved if one.busy.id == own.id]
    assert block.spans[0].start >= FRIDAY and said(along).args["until"] == FRIDAY


def test_a_replan_keeps_the_terms_of_every_block_that_it_moves() -> None:
    """Ill on Friday: the one waits for its moment, the other is not cut."""
    ill = Absence(Span(at(6, "0:00"), at(7, "0:00")), "sick")
    one = held(replace(booked(1, 6, "9:00-11:00"), skill=""), at(6, "12:00"))
    whole = replace(booked(2, 6, "14:00-18:00"), skill="", splittable=False)
    gaps = [booked(10 + n, 9, clocks) for n, clocks in enumerate(("11:00-12:00", "16:00-17:00"))]
    team = [
        person("a", "A", 1, {}, one, whole, *gaps),
        person("b", "B", 1, {}, *[replace(g, id=f"x{g.id}") for g in gaps]),
    ]
    after = [replace(team[0], calendar=hours(ill)), team[1]]
    diff = hours_changed(team, after, NOW)
    moves = {move.busy.id: move for move in (*diff.moved, *diff.reassigned)}
    assert moves[one.id].spans[0].start >= at(6, "12:00")
    spans = moves[whole.id].spans
    assert sum(one.minutes for one in spans) == 240
    calendar = hours()
    for first, second in pairwise(spans):
        assert not calendar.work_between(first.end, second.start)  # only a break lies between

    outage = Job("out", 240, 99, urgency=1)
    pushed = emergency(outage, [person("a", "A", 1, {}, held(booked(1, 3, "14:00-16:00"), at(5, "15:00")))], NOW)
    assert pushed[0].diff.moved[0].spans[0].start >= at(5, "15:00")


def test_ways_out_of_a_full_day_keep_the_terms() -> None:
    day = at(5, "0:00").date()
    meetings = (Absence(span(5, "9:00-13:00"), "meeting"),)
    full = [replace(booked(n, 5, clocks), skill="") for n, clocks in ((1, "14:00-16:00"), (2, "16:00-18:00"))]
    later = [held(replace(one, splittable=False), at(9, "9:00")) for one in full]
    crowded = person("a", "A", 1, {}, *later, booked(3, 5, "9:00-13:00", pinned=True), absences=meetings)
    for way in ways_out("a", day, [crowded, person("b", "B", 1, {})], NOW):
        assert way.code != "split"
        assert all(span.start >= at(9, "9:00") for move in way.diff.moved for span in move.spans)


def test_in_one_piece_and_the_smallest_piece() -> None:
    busy = [booked(n, 5, clocks) for n, clocks in enumerate(("10:30-12:00", "14:30-15:30", "17:00-18:00"))]
    solo = person("a", "A", 1, {}, *busy, booked(7, 3, "9:00-17:00"))
    job = Job("t", 180, 1)
    cut = propose(job, [solo], NOW).slots[0]
    assert [one.start for one in cut.pieces] == [at(5, "9:00"), at(5, "15:30")]  # 90 minutes each
    whole = propose(replace(job, splittable=False), [solo], NOW).slots[0]
    assert whole.pieces == (span(6, "9:00-12:00"),)
    small = propose(replace(job, min_piece=30), [solo], NOW).slots[0]
    assert small.finish < cut.finish and min(one.minutes for one in small.pieces) >= 30
    large = propose(replace(job, min_piece=120), [solo], NOW).slots[0]
    assert large.finish > cut.finish and all(one.minutes >= 90 for one in large.pieces)
    ((_, _, spans),) = plan_backlog([replace(job, splittable=False)], [solo], NOW, rounds=0).diff.assigned
    assert spans == whole.pieces


def test_a_visit_lies_within_a_day_with_its_ways_and_moves_nobody() -> None:
    job = Job("t", 120, 1, travel=45)
    solo = person("a", "A", 1, {}, booked(7, 3, "9:00-17:00"), booked(2, 5, "9:00-11:00"))
    found = propose(job, [solo], NOW)
    slot = found.slots[0]
    assert slot.pieces == (span(5, "14:00-16:00"),)  # lunch before the work, not within
    assert slot.ways == (span(5, "12:15-13:00"), span(5, "16:00-16:45")) == slot.diff.ways
    assert slot.promise == at(5, "16:30")  # the work and the margin; the way back is no work for the customer
    assert [row.args["minutes"] for row in slot.trace if row.code == "travel"] == [45]
    assert not slot.diff.moved and all(not one.diff.moved for one in (*found.slots, *found.more))
    assert {one.pieces[0].start.date() for one in (*found.slots, *found.more)} >= {at(6, "9:00").date()}

    open_late = WorkCalendar("Europe/Moscow", office_week(((14 * 60, 18 * 60),)))
    assert propose(replace(job, site_hours=open_late), [solo], NOW).slots[0].pieces[0].start == at(5, "14:00")
    assert propose(replace(job, not_before=at(6, "15:00")), [solo], NOW).slots[0].pieces == (span(6, "15:00-17:00"),)
    assert propose(replace(job, travel=0), [solo], NOW).slots[0].ways == ()

    dropped = place(job, "a", at(6, "10:00"), [solo], NOW)
    assert of_ticket(dropped) == [span(6, "10:00-12:00")]
    assert dropped.ways == (span(6, "9:15-10:00"), span(6, "12:00-12:45"))
    forced = place(job, "a", at(7, "10:00"), [solo], NOW, override=True)
    assert forced.ways == (span(7, "9:15-10:00"), span(7, "12:00-12:45"))
    option = emergency(replace(job, urgency=1), [solo], NOW)[0]
    assert option.start == option.pieces[0].start == option.diff.ways[0].end


def test_only_a_visit_that_is_longer_than_half_a_day_is_cut_by_lunch() -> None:
    solo = person("a", "A", 1, {})
    half, long = Job("t", 195, 1, travel=45), Job("t", 300, 1, travel=45)
    dropped = place(half, "a", at(5, "11:00"), [solo], NOW)
    assert of_ticket(dropped) == [span(5, "14:00-17:15")]
    assert dropped.ways == (span(5, "12:15-13:00"), span(5, "17:15-18:00"))
    assert all(len(one.pieces) == 1 for one in propose(half, [solo], NOW).slots)
    cut = propose(long, [solo], NOW).slots[0]
    assert [one.minutes for one in cut.pieces] == [195, 105] and cut.ways[0].minutes == 45

    over = person("a", "A", 1, {}, booked(1, 5, "10:00-12:00", kind="visit"))
    (block,) = over.busy
    moved = move(block.id, "a", at(5, "12:00"), [over], NOW)
    assert moved.moved[0].spans == (span(5, "14:00-16:00"),)
    pushed = place(Job("n", 120, 2), "a", at(5, "10:00"), [over], NOW)
    assert [one.spans for one in pushed.moved] == [(span(5, "14:00-16:00"),)]


@settings(max_examples=60, deadline=None)
@given(
    minutes=st.integers(1, 24).map(lambda n: n * 15),
    ahead=st.integers(0, 120),
    least=st.one_of(st.none(), st.sampled_from((15, 30, 60, 120, 240))),
    whole=st.booleans(),
    travel=st.one_of(st.none(), st.sampled_from((0, 30, 60))),
    who=st.sampled_from([one.id for one in PEOPLE]),
    drop=st.integers(0, 100),
)
def test_no_slot_and_no_drop_ever_leaves_the_terms(
    minutes: int, ahead: int, least: int | None, whole: bool, travel: int | None, who: str, drop: int
) -> None:
    until = NOW + timedelta(hours=ahead)
    job = Job("new", minutes, 1, not_before=until, splittable=not whole, min_piece=least, travel=travel)
    team: list[Person] = list(PEOPLE)
    slots = propose(job, team, NOW)
    places = [(slot.person_id, slot.pieces, slot.ways) for slot in (*slots.slots, *slots.more)]
    dropped = place(job, who, NOW + timedelta(hours=drop), team, NOW)
    places += [(person_id, spans, dropped.ways) for _, person_id, spans in dropped.assigned]
    for person_id, spans, ways in places:
        owner = next(one for one in team if one.id == person_id)
        assert spans[0].start >= until
        assert sum(one.minutes for one in ways) == job.ways
        rows = sorted((*spans, *ways), key=lambda one: one.start)
        gaps = [owner.calendar.work_between(a.end, b.start) for a, b in pairwise(rows)]
        if not job.splits:
            assert not any(gaps)
        if travel is not None and minutes + travel <= 240:  # half a day holds it
            assert len(spans) == 1 and len(ways) <= 2
        joined = [rows[0].minutes]
        for gap, row in zip(gaps, rows[1:], strict=True):
            if gap:
                joined.append(row.minutes)
            else:
                joined[-1] += row.minutes
        assert min(joined) >= min(minutes + job.ways, Rules().min_piece if least is None else least)
    after = applied(team, dropped)
    assert sum(len(one.busy) for one in after) >= sum(len(one.busy) for one in team)
