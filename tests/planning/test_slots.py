"""Proposals: the dates of the mock-ups, and what must hold for any desk."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from deskapp.planning.slots import earliest, explained, minutes_for, propose
from deskapp.planning.values import Absence, Busy, Job, Person, Proposals, Rules, Skill, Slot, Span
from deskapp.planning.worktime import WorkCalendar, office_week

from .mockup import (
    BELOV,
    DAYS,
    GAREEV,
    NOW,
    OFFICE,
    ORLOV,
    PEOPLE,
    SOKOLOVA,
    VOLGA_AGRO,
    at,
    booked,
    hours,
    person,
    span,
)  # fmt: skip


def codes(slot: Slot) -> dict[str, dict[str, object]]:
    return {reason.code: dict(reason.args) for reason in slot.reasons}


def test_the_three_cards_of_the_mock_up() -> None:
    cards = propose(VOLGA_AGRO, PEOPLE, NOW).slots
    assert [card.person_id for card in cards] == ["orlov", "sokolova", "orlov"]

    first, second, third = cards
    assert first.pieces == (span(5, "14:00-16:30"),)
    assert (first.finish, first.promise, first.margin) == (at(5, "16:30"), at(5, "17:00"), 30)
    assert codes(first) == {
        "similar": {"n": 9},
        "free_after": {"number": 4133, "ticket_id": "t4133"},
        "after_lunch": {},
    }
    assert first.diff.harmless and first.diff.assigned == (("t4129", "orlov", first.pieces),)

    assert second.minutes == 180
    assert second.pieces == (span(5, "16:30-18:00"), span(6, "14:00-15:30"))
    assert second.promise == at(6, "16:00")
    assert codes(second) == {
        "free_after": {"number": 4115, "ticket_id": "t4115"},
        "little_experience": {"minutes": 180, "usual": 150},
    } | {"after_deadline": {"deadline": at(5, "18:00")}}

    assert third.pieces == (span(5, "9:00-11:30"),)
    assert third.promise == at(5, "12:00")
    (moved,), (broken,) = third.diff.moved, third.diff.broken
    assert (moved.busy.number, moved.spans, moved.late) == (4132, (span(5, "11:30-13:00"),), 0)
    assert (broken.busy.number, broken.spans, broken.late) == (4133, (span(5, "14:00-16:00"),), 30)
    assert codes(third)["moves"]["numbers"] == (4132, 4133)
    assert codes(third)["breaks"] == {"number": 4133, "ticket_id": "t4133", "minutes": 30}


def test_why_this_date_reads_as_in_the_mock_up() -> None:
    rows = propose(VOLGA_AGRO, PEOPLE, NOW).slots[0].trace
    shown = [
        (row.span, row.code, row.args.get("number") or row.args.get("minutes") or row.args.get("name")) for row in rows
    ]
    assert shown == [
        (span(3, "11:42-13:00"), "busy", 4104),
        (span(3, "13:00-14:00"), "lunch", None),
        (span(3, "14:00-17:00"), "busy", 4098),
        (Span(at(4, "0:00"), at(5, "0:00")), "holiday", DAYS[at(4, "0:00").date()].name),
        (span(5, "9:00-10:30"), "busy", 4132),
        (span(5, "10:30-12:30"), "busy", 4133),
        (span(5, "12:30-13:00"), "short_gap", 30),
        (span(5, "14:00-16:30"), "work", 150),
        (span(5, "16:30-17:00"), "margin", 30),
        (span(5, "17:00-17:00"), "promise", None),
    ]


def test_people_who_are_not_offered_have_their_reason() -> None:
    reasons = {one.person_id: one.reason for one in propose(VOLGA_AGRO, PEOPLE, NOW).not_offered}
    assert list(reasons)[:3] == ["zhukov", "belov", "kim"]
    assert (reasons["zhukov"].code, reasons["zhukov"].args["until"]) == ("no_gap_until", at(18, "15:00"))
    assert (reasons["belov"].code, reasons["belov"].args["until"]) == ("absent_until", at(13, "18:00"))
    assert (reasons["kim"].code, dict(reasons["kim"].args)) == ("other_line", {"line": 3, "from_line": 2})
    assert reasons["gareev"].code == "no_skill"


def test_whom_an_absence_keeps_off_the_cards_is_named_but_stays_in_the_table() -> None:
    away = replace(BELOV, lines=(1, 2))
    found = propose(VOLGA_AGRO, [away if one is BELOV else one for one in PEOPLE], NOW)
    assert "belov" not in {slot.person_id for slot in found.slots}
    assert "belov" in {slot.person_id for slot in found.more}
    assert [one.reason.code for one in found.not_offered if one.person_id == "belov"] == ["absent_until"]


def test_the_horizon_counts_the_desks_working_days() -> None:
    """Who works on Mondays only is not asked for ten Mondays ahead."""
    monday = WorkCalendar("Europe/Moscow", office_week(OFFICE, (0,)))
    lone = replace(ORLOV, calendar=monday, busy=(booked(1, 9, "9:00-18:00"), booked(2, 16, "9:00-18:00")))
    assert propose(VOLGA_AGRO, (lone,), NOW).slots[0].pieces[0].start == at(23, "9:00")
    found = propose(VOLGA_AGRO, (lone,), NOW, Rules(calendar=hours()))
    assert found.slots == () and found.not_offered[0].reason.code == "no_gap_until"
    never = replace(lone, calendar=WorkCalendar("Europe/Moscow", office_week(OFFICE, ())))
    refused = propose(VOLGA_AGRO, (never,), NOW, Rules(calendar=hours())).not_offered
    assert refused[0].reason.code == "no_calendar"


def test_nothing_is_invented_without_an_estimate_or_people() -> None:
    unknown = replace(VOLGA_AGRO, minutes=None)
    assert propose(unknown, PEOPLE, NOW).problem.code == "no_estimate"  # type: ignore[union-attr]
    assert propose(unknown, PEOPLE, NOW).slots == ()
    assert propose(VOLGA_AGRO, (), NOW).problem.code == "no_people"  # type: ignore[union-attr]
    strange = propose(replace(VOLGA_AGRO, skill="welding"), PEOPLE, NOW)
    assert strange.problem.code == "no_people"  # type: ignore[union-attr]
    assert {one.reason.code for one in strange.not_offered} == {"no_skill"}


def test_what_does_not_fit_is_said_with_the_overload() -> None:
    long = propose(replace(VOLGA_AGRO, minutes=90 * 60), PEOPLE, NOW)
    assert long.slots == ()
    problem = long.problem
    assert problem is not None and problem.code == "no_fit"
    assert problem.args["skill"] == "exchange" and problem.args["until"] == at(18, "0:00")
    assert 0 < problem.args["load"] <= 100  # type: ignore[operator]


def test_a_single_person_is_offered_later_slots_too() -> None:
    lone = replace(ORLOV, busy=())
    slots = propose(VOLGA_AGRO, (lone,), NOW).slots
    assert [slot.pieces[0].start for slot in slots] == [at(3, "11:45"), at(3, "14:00"), at(5, "9:00")]
    assert slots[0].pieces == (span(3, "11:45-13:00"), span(3, "14:00-15:15"))
    assert codes(slots[0]) == {"similar": {"n": 9}, "free_now": {}}


def test_a_slot_that_pushes_within_slack_comes_after_those_that_push_nobody() -> None:
    roomy = person(
        "roomy",
        "",
        2,
        {"exchange": Skill(3)},
        booked(1, 3, "14:00-17:00", at(12, "18:00")),
    )
    slots = propose(replace(VOLGA_AGRO, urgency=3), (roomy, SOKOLOVA), NOW).slots
    assert [len(slot.diff.moved) for slot in slots] == [0, 0, 1]
    assert slots[0].promise == at(5, "12:00")
    assert (slots[2].promise, slots[2].diff.broken) == (at(3, "17:00"), ())


def test_pieces_are_cut_by_lunch_only_with_an_hour_on_each_side() -> None:
    free_from = person("p", "", 2, {"exchange": Skill(1)}, booked(1, 5, "9:00-12:00"))
    monday = at(5, "9:00")

    def pieces(minutes: int, busy: str) -> tuple[Span, ...]:
        one = replace(free_from, busy=(booked(1, 5, busy),))
        return propose(replace(VOLGA_AGRO, minutes=minutes), (one,), monday).slots[0].pieces

    assert pieces(120, "9:00-12:00") == (span(5, "12:00-13:00"), span(5, "14:00-15:00"))
    assert pieces(150, "9:00-12:30") == (span(5, "14:00-16:30"),)
    assert pieces(90, "9:00-12:00") == (span(5, "14:00-15:30"),)
    # 2 h 15 min from 10:15: half an hour after lunch would be too short, so it begins later.
    assert pieces(195, "9:00-10:15") == (span(5, "10:45-13:00"), span(5, "14:00-15:00"))
    # Five minutes are work, too.
    assert pieces(5, "9:00-12:50") == (span(5, "12:50-12:55"),)


def test_a_job_is_not_spread_over_a_vacation() -> None:
    away = Absence(Span(at(5, "0:00"), at(11, "0:00")), "vacation")
    one = replace(ORLOV, busy=(booked(1, 3, "9:00-15:00"),), calendar=hours(away))
    slot = propose(replace(VOLGA_AGRO, minutes=240), (one,), NOW).slots[0]
    assert slot.pieces == (span(11, "9:00-13:00"),)
    assert codes(slot)["after_absence"] == {"kind": "vacation", "name": ""}
    told = [row.code for row in slot.trace]
    assert told[-6:] == ["holiday", "absence", "work", "lunch", "margin", "promise"]


def test_a_colleague_stands_in_for_someone_who_is_absent() -> None:
    away = replace(ORLOV, calendar=hours(Absence(Span(NOW, at(30, "0:00")), "sick")))
    stand_in = replace(GAREEV, substitute_for=("orlov",), busy=())
    slots = propose(VOLGA_AGRO, (away, stand_in), NOW).slots
    assert {slot.person_id for slot in slots} == {"gareev"}
    assert codes(slots[0])["substitutes"] == {"person_id": "orlov"}
    assert {s.person_id for s in propose(VOLGA_AGRO, (ORLOV, stand_in), NOW).slots} == {"orlov"}


def test_nobody_stands_in_for_an_absence_that_is_still_to_come() -> None:
    later = replace(ORLOV, calendar=hours(Absence(Span(at(20, "0:00"), at(30, "0:00")), "sick")))
    stand_in = replace(GAREEV, substitute_for=("orlov",), busy=())
    assert {slot.person_id for slot in propose(VOLGA_AGRO, (later, stand_in), NOW).slots} == {"orlov"}


def test_who_knows_the_customer_comes_first_among_equals() -> None:
    known = {"volga": 3}
    two = [replace(ORLOV, id=name, busy=(), customers=known if name == "b" else {}) for name in "abc"]
    slots = propose(replace(VOLGA_AGRO, customer_id="volga"), two, NOW).slots
    assert [slot.person_id for slot in slots] == ["b", "a", "c"]
    assert codes(slots[0])["knows_customer"] == {"n": 3}


def test_the_wish_is_held_against_the_promise_and_not_against_the_end_of_the_work() -> None:
    wish = replace(VOLGA_AGRO, deadline=at(5, "16:45"))  # the work ends at 16:30, 17:00 is told
    assert "after_deadline" in codes(propose(wish, (ORLOV,), NOW).slots[0])
    on_time = propose(replace(wish, deadline=at(5, "17:00")), (ORLOV,), NOW).slots[0]
    assert "after_deadline" not in codes(on_time)


def test_each_person_promises_with_their_own_margin() -> None:
    slot = propose(VOLGA_AGRO, (ORLOV,), NOW, Rules(margins={"orlov": 90})).slots[0]
    assert (slot.finish, slot.margin, slot.promise) == (at(5, "16:30"), 90, at(5, "18:00"))


def test_a_moment_that_has_passed_holds_nothing_back() -> None:
    asked = replace(VOLGA_AGRO, not_before=NOW - timedelta(days=30))
    found, usual = propose(asked, PEOPLE, NOW), propose(VOLGA_AGRO, PEOPLE, NOW)
    assert (found.slots, found.more) == (usual.slots, usual.more)


def test_a_slower_persons_effort_is_rounded_up_to_the_grid() -> None:
    def of(minutes: int, pace: float) -> int:
        one = replace(ORLOV, skills={"exchange": Skill(3, pace)})
        return minutes_for(replace(VOLGA_AGRO, minutes=minutes), one)

    assert [of(55, 1.3), of(60, 1.25), of(10, 0.5), of(50, 1.0)] == [75, 75, 15, 50]


def test_a_short_absence_parts_a_job_and_does_not_hold_it_up() -> None:
    meeting = Absence(span(5, "11:00-13:00"), "meeting")
    one = replace(ORLOV, busy=(), calendar=hours(meeting))
    slot = propose(replace(VOLGA_AGRO, minutes=240), (one,), at(5, "9:00")).slots[0]
    assert slot.pieces == (span(5, "9:00-11:00"), span(5, "14:00-16:00"))


def test_seconds_of_a_booking_are_never_booked_twice() -> None:
    """Work that was ended by a click ends in the middle of a minute."""
    odd = Busy("odd", Span(at(5, "9:00"), at(5, "10:00") + timedelta(seconds=20)), "t1", 1)
    behind = Busy("behind", Span(at(5, "11:00") + timedelta(seconds=20), at(5, "13:00")), "t2", 2)
    one = replace(ORLOV, busy=(odd, behind))
    slot = propose(replace(VOLGA_AGRO, minutes=59), (one,), at(5, "9:00")).slots[0]
    assert slot.pieces == (Span(at(5, "10:01"), at(5, "11:00")),)
    longer = propose(replace(VOLGA_AGRO, minutes=60), (one,), at(5, "9:00")).slots[0]
    assert longer.pieces == (span(5, "14:00-15:00"),)


def test_a_jobs_own_smallest_piece_holds_beside_a_break_too() -> None:
    one = replace(ORLOV, busy=(booked(1, 5, "9:00-12:30"),))
    small = replace(VOLGA_AGRO, minutes=60, min_piece=30)
    assert propose(small, (one,), at(5, "9:00")).slots[0].pieces == (span(5, "12:30-13:00"), span(5, "14:00-14:30"))


def test_a_promise_outside_working_hours_moves_to_the_next_working_time() -> None:
    one = replace(ORLOV, busy=())
    slot = propose(replace(VOLGA_AGRO, minutes=160), (one,), at(3, "14:00")).slots[0]
    assert slot.pieces == (span(3, "14:00-16:40"),)
    # 20 minutes of the margin are left for Thursday: 9:10, rounded up.
    assert slot.promise == at(5, "9:30")
    sharp = propose(replace(VOLGA_AGRO, minutes=170), (one,), at(3, "14:00"), Rules(margin=5)).slots[0]
    assert sharp.promise == at(3, "17:00")


def busy_desk(people: int, bookings: int, seed: int) -> tuple[Person, ...]:
    rng = random.Random(seed)
    desk = []
    for number in range(people):
        lane = []
        day, minute = at(3, "9:00").astimezone(UTC), 0
        for index in range(bookings // people):
            length = rng.choice((15, 30, 45, 60, 75, 90))
            start = day + timedelta(minutes=minute)
            end = start + timedelta(minutes=length)
            promise = end + timedelta(hours=rng.randint(-4, 60))
            lane.append(Busy(f"{number}-{index}", Span(start, end), f"t{number}-{index}", index, promise))
            minute += length + rng.choice((0, 0, 0, 15, 30, 60))
            if minute > 8 * 60:
                day, minute = day + timedelta(days=1), 0
        desk.append(Person(f"p{number}", "", hours(), (2,), {"exchange": Skill(number)}, tuple(lane)))
    return tuple(desk)


def overlaps(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def check(proposals: Proposals, job: Job, desk: tuple[Person, ...], now: datetime) -> None:
    by_id = {one.id: one for one in desk}
    for told in (*proposals.slots, *proposals.more):
        one = by_id[told.person_id]
        slot = explained(told, one, now)
        assert told.trace in ((), slot.trace)
        moves = {move.busy.id: move for move in (*slot.diff.moved, *slot.diff.broken)}
        assert sum(piece.minutes for piece in slot.pieces) == slot.minutes
        assert slot.pieces[0].start >= now and slot.finish == slot.pieces[-1].end <= slot.promise
        occupied = [*slot.pieces, *(part for move in moves.values() for part in move.spans)]
        for piece in occupied:
            assert one.calendar.work_between(piece.start, piece.end) == piece.end - piece.start
        occupied += [b.span for b in one.busy if b.id not in moves and b.span.end > now]
        occupied.sort(key=lambda one: one.start)
        assert not any(overlaps(a, b) for a, b in pairwise(occupied))
        for move in moves.values():
            assert not move.busy.in_progress and not move.busy.pinned and move.busy.kind == "work"
            assert sum(part.minutes for part in move.spans) == int(
                one.calendar.work_between(move.busy.span.start, move.busy.span.end) / timedelta(minutes=1)
            ) or not one.calendar.is_working(move.busy.span.start)
            assert move.spans[0].start >= move.busy.span.start
        assert slot.trace[-1].span.start == slot.promise
        assert sum(row.span.minutes for row in slot.trace if row.code == "work") == slot.minutes


def test_the_earliest_date_alone_is_that_of_the_first_card_that_moves_nobody() -> None:
    found = set()
    for seed in range(12):
        desk = busy_desk(4, 120, seed)
        for minutes in (30, 150, 480, 2400):
            job = replace(VOLGA_AGRO, minutes=minutes, urgency=1 + seed % 4)
            slots = propose(job, desk, NOW, Rules()).slots
            clean = next((slot for slot in slots if not (slot.diff.moved or slot.diff.broken)), None)
            alone = earliest(job, desk, NOW, Rules())
            assert alone == (None if clean is None else (clean.person_id, clean.promise))
            found.add(alone is None)
    assert False in found


def test_every_slot_of_a_busy_desk_is_sound() -> None:
    for seed in range(12):
        desk = busy_desk(4, 120, seed)
        for minutes in (30, 90, 150, 400):
            job = replace(VOLGA_AGRO, minutes=minutes, urgency=1 + seed % 4)
            check(propose(job, desk, NOW), job, desk, NOW)
