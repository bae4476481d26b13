"""When something must be done at once: options, each with its whole price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .crew import Crew, collected
from .fit import Piece, earliest
from .lane import (
    WORK_AND_VISITS,
    Lane,
    Placement,
    fingerprint,
    first_start,
    horizon,
    items_of,
    named,
    on_site,
    to_move,
)
from .replan import HORIZONS, lifted
from .slots import minutes_for
from .ticks import MINUTE, from_ticks, round_up, to_span, to_ticks
from .values import Busy, Job, Move, Person, PlanDiff, Reason, Rules, Span
from .worktime import NoWorkingTime

OPTIONS = 3
#: What is left of a day, in minutes, if an emergency is to begin on it and go on in the morning.
BEFORE_EVENING = 30


@dataclass(frozen=True, slots=True)
class EmergencyOption:
    """Who, from when until when, and what it costs.

    ``starts_late`` are minutes of elapsed time past the moment by which the contract wants a start (0: met, or no such
    clause). ``slack_used`` are the working minutes of slack that the moved tickets lose together. ``interrupts`` is
    the work in progress that would have to be laid down, with a handover line.
    """

    person_id: str
    minutes: int
    start: datetime
    finish: datetime
    pieces: tuple[Span, ...]
    starts_late: int
    slack_used: int
    reasons: tuple[Reason, ...]
    diff: PlanDiff
    interrupts: Busy | None = None

    @property
    def contract_met(self) -> bool:
        return self.starts_late == 0

    @property
    def breaks(self) -> int:
        return len(self.diff.broken) + len(self.diff.wont_fit)


def emergency(
    job: Job,
    people: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
    reaction_until: datetime | None = None,
    interrupting: bool = False,
) -> tuple[EmergencyOption, ...]:
    """Up to three options, of different people. The first meets the contract if any does; among equals come those with
    the skill, then the fewest broken promises, then the earliest end.

    A job without an estimate gets no option. With ``interrupting`` work in progress may be laid down, too.
    """
    rules = rules or Rules()
    if not job.minutes:
        return ()
    base = fingerprint(people)
    people = lifted(people, job.ticket_id)
    crew = Crew(people, now, rules)
    found: list[tuple[tuple[object, ...], EmergencyOption]] = []
    for person in people:
        if not person.calendar.week or (job.line and job.line not in person.lines and job.skill not in person.skills):
            continue
        try:
            option = _option(job, person, crew, rules, reaction_until, interrupting, base)
        except NoWorkingTime:
            continue
        if option is not None:
            skill = person.skills.get(job.skill)
            lacking = bool(job.skill) and skill is None
            key = (
                not option.contract_met,
                lacking,
                option.breaks,
                option.finish,
                -(skill.seen if skill else 0),
                person.id,
            )
            found.append((key, option))
    found.sort(key=lambda pair: pair[0])
    return tuple(option for _, option in found[:OPTIONS])


def _option(
    job: Job,
    person: Person,
    crew: Crew,
    rules: Rules,
    reaction_until: datetime | None,
    interrupting: bool,
    base: str,
) -> EmergencyOption | None:
    end = horizon(person, rules, crew.now, rules.horizon_days * HORIZONS)
    minutes = minutes_for(job, person, (), rules.step)
    # Who is on the way to a visit can turn round, if the visit then waits.
    soonest = first_start(person.calendar.zone, crew.now, rules.step)
    roads = [
        busy
        for busy in person.busy
        if busy.kind == "travel" and busy.in_progress and not busy.pinned and to_ticks(busy.span.end) > soonest
    ]
    lane = Lane(person, crew.now, end, rules, frozenset(busy.id for busy in roads), interrupting)
    placement = _placed_at_once(job, lane, minutes)
    if placement is not None and roads:
        moved = {shift.item.ticket for shift in placement.shifts}
        if any(busy.ticket_id not in moved for busy in roads):
            roads, lane = [], Lane(person, crew.now, end, rules, interrupting=interrupting)
            placement = _placed_at_once(job, lane, minutes)
    if placement is None:
        return None
    moves = [(to_move(shift, person.id), shift.breaks) for shift in placement.shifts]
    moves = _handed_on(placement, moves, person, crew)
    laid_down = next((s.item.busy for s in placement.shifts if s.item.busy.in_progress), None)
    if laid_down is not None:
        worked = Span(laid_down.span.start, from_ticks(round_up(crew.now, MINUTE)))
        moves = [
            (replace(move, spans=(worked, *move.spans)), breaks) if move.busy.id == laid_down.id else (move, breaks)
            for move, breaks in moves
        ]
    moves += [(_turned(busy, person.id, crew.now), False) for busy in roads]
    work, ways = on_site(placement.pieces, minutes, job.travel)
    begin = work[0][0]
    late = 0 if reaction_until is None else max(0, -(-(begin - to_ticks(reaction_until)) // MINUTE))
    spans = tuple(to_span(*piece) for piece in work)
    used = sum(
        lane.calendar.work_ticks(to_ticks(move.finish_before), to_ticks(move.finish_after))
        for move, breaks in moves
        if not breaks and move.busy.promise is not None and move.finish_after > move.finish_before
    )
    return EmergencyOption(
        person_id=person.id,
        minutes=minutes,
        start=from_ticks(begin),
        finish=from_ticks(work[-1][1]),
        pieces=spans,
        starts_late=late,
        slack_used=used // MINUTE,
        reasons=tuple(_reasons(job, person, lane, placement)),
        diff=replace(
            collected(moves, ((job.ticket_id, person.id, spans),), (), base),
            ways=tuple(to_span(*way) for way in ways),
        ),
        interrupts=laid_down,
    )


def _placed_at_once(job: Job, lane: Lane, minutes: int) -> Placement | None:
    """The job and its ways as early as can be, in one piece if possible, with what it displaces.

    Nothing but the evening may cut it for the sake of an earlier start: an outage of Friday afternoon is begun then.
    """
    minutes += job.ways
    start = lane.origin if job.not_before is None else max(lane.origin, to_ticks(job.not_before))
    room = lane.room(start, WORK_AND_VISITS)
    pieces = earliest(room.free, minutes, lane.rules, start, splittable=False)
    if pieces is None:
        pieces = earliest(room.free, minutes, lane.rules, start, job.splits, job.min_piece)
    if job.splits and job.min_piece is None:
        sooner = earliest(room.free, minutes, lane.rules, start, min_piece=BEFORE_EVENING)
        if sooner is not None and (pieces is None or sooner[0][0] < pieces[0][0]) and _to_the_evening(lane, sooner):
            pieces = sooner
    return None if pieces is None else room.make(pieces)


def _to_the_evening(lane: Lane, pieces: Sequence[Piece]) -> bool:
    """Whether the first day of the work is worked to its very end."""
    calendar = replace(lane.person.calendar, absences=())
    day = from_ticks(pieces[0][0]).astimezone(calendar.tz).date()
    spans = calendar.day_rows(day).spans
    return bool(spans) and any(stop == to_ticks(spans[-1].end) for _, stop in pieces)


def _turned(busy: Busy, person_id: str, now: int) -> Move:
    """A journey that ends here and now."""
    here = from_ticks(round_up(now, MINUTE))
    return Move(busy, person_id, person_id, (Span(busy.span.start, here),), busy.span.end, here)


def _handed_on(
    placement: Placement, moves: list[tuple[Move, bool]], person: Person, crew: Crew
) -> list[tuple[Move, bool]]:
    """Bookings that would break a promise go to a colleague who can keep it, where there is one."""
    if not any(breaks for _, breaks in moves):
        return moves
    others = crew.others(person.id)
    handed: list[tuple[Move, bool]] = []
    for shift, (move, breaks) in zip(placement.shifts, moves, strict=True):
        if breaks and not shift.item.busy.in_progress:
            taken = others.settle(person, shift.item, keeping_promises=True)
            if taken is not None:
                handed += taken
                continue
        handed.append((move, breaks))
    return handed


def _reasons(job: Job, person: Person, lane: Lane, placement: Placement) -> Iterable[Reason]:
    """Codes: similar(n), needs_briefing(skill), on_the_road(ticket_id, number), busy_until(number, ticket_id, until),
    moves(numbers, ticket_ids)."""
    skill = person.skills.get(job.skill)
    if skill is not None and skill.seen:
        yield Reason("similar", {"n": skill.seen})
    elif job.skill and skill is None:
        yield Reason("needs_briefing", {"skill": job.skill})
    current = [item for item in items_of(lane.person) if item.start <= lane.now < item.end]
    pushed = set(map(id, (shift.item for shift in placement.shifts)))
    for item in current:
        args: Mapping[str, object] = {
            "number": item.busy.number,
            "ticket_id": item.busy.ticket_id,
            "until": item.busy.span.end,
        }
        if item.busy.kind == "travel":
            yield Reason("on_the_road", args)
        elif id(item) not in pushed:
            yield Reason("busy_until", args)
    if placement.shifts:
        yield Reason("moves", named(placement.shifts))
