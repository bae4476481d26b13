"""What we can promise: the earliest good slots across people, each with its reason, trace and what it would
push.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from .fit import Piece
from .lane import NO_BREAK, WORK_ONLY, Lane, Placement, Shift, fingerprint, horizon, named, to_move
from .ticks import DAY, MINUTE, from_ticks, round_up, to_span, to_ticks
from .trace import trace
from .values import (
    Absence,
    Job,
    NotOffered,
    Person,
    PlanDiff,
    Proposals,
    Reason,
    Rules,
    Skill,
    Slot,
    Span,
)
from .visits import visits_in
from .worktime import BREAK_MINUTES, NoWorkingTime

CARDS = 3
MORE = 12
#: Bookings before which a job is tried on when it is wanted sooner: of one person, and of everybody together.
TRIES = 6
TRIES_OF_ALL = 24
#: A proposal that breaks this many promises is none.
BREAKS_AT_MOST = (2, 0)
#: How many horizons ahead is looked for the first gap of a person who has none within the first.
LOOK_AHEAD = 3
_NOBODY = 1 << 20
#: Order in which people who were not offered are named: the most telling reason first.
_TELLING = ("no_gap_until", "full_until", "absent_until", "other_line", "no_calendar", "no_skill")


@dataclass(slots=True)
class _Option:
    """A slot before it is put into values."""

    lane: Lane
    minutes: int
    margin: int
    placement: Placement
    promise: int
    skill: Skill | None
    ways: Sequence[Piece] = ()
    substitutes: str = ""
    familiar: int = 0
    standing: int = 0
    base: str = ""

    @property
    def order(self) -> tuple[int, int, int, int, int, str]:
        """Earliest promise first; then who knows the customer, has done it more often, stands in for who is away,
        finishes sooner."""
        seen = self.skill.seen if self.skill else 0
        return self.promise, -self.familiar, -seen, self.standing, self.placement.finish, self.lane.person.id


def propose(job: Job, people: Sequence[Person], now: datetime, rules: Rules | None = None) -> Proposals:
    """Slots for the job, best first, at most `CARDS`; further ones in ``more``; everybody else in
    ``not_offered``, also those whom an absence keeps off the cards.

    The cards: the earliest slot of each person that moves nobody; after them one that pushes others within
    their slack, if it is earlier than all of these; last, at most one that would break a promise, if it is
    earlier still. A visit (``job.travel``) lies within one day with its ways, and moves nobody.
    """
    rules = rules or Rules()
    if job.minutes is None or job.minutes <= 0:
        return Proposals(problem=Reason("no_estimate"))
    if not people:
        return Proposals(problem=Reason("no_people"))
    moment = to_ticks(now)
    clean: list[_Option] = []
    refused: list[NotOffered] = []
    for person in people:
        try:
            reason = unfit(job, person, people, moment)
            if reason is None:
                found = _clean_slot(job, person, people, moment, rules)
                if found is not None:
                    clean.append(found)
                    continue
                reason = _no_room(job, person, people, moment, rules)
        except NoWorkingTime:
            reason = Reason("no_calendar")
        refused.append(NotOffered(person.id, reason))
    clean.sort(key=lambda option: option.order)
    wanted = -(-(CARDS + MORE - len(clean)) // max(1, len(clean)))
    later = [option for first in clean for option in _later_slots(job, first, people, moment, wanted)]
    later.sort(key=lambda option: option.order)
    pushing, breaking = _sooner(job, clean, refused, people, moment, rules)
    chosen = _cards(job, clean, later, pushing, breaking)
    taken = set(map(id, chosen))
    rest = [option for option in (*clean, *later) if id(option) not in taken]
    rest.sort(key=lambda option: option.order)
    rest += [option for option in (pushing, breaking) if option is not None and id(option) not in taken]
    refused += _away(chosen, clean)
    refused.sort(key=lambda one: _TELLING.index(one.reason.code))
    base = fingerprint(people)
    for option in (*chosen, *rest[:MORE]):
        option.base = base
    slots = tuple(_slot(job, option, explained=True) for option in chosen)
    problem = None if slots else _problem(job, people, refused, moment, rules)
    return Proposals(
        slots, tuple(_slot(job, option, explained=False) for option in rest[:MORE]), tuple(refused), problem
    )


def earliest(job: Job, people: Sequence[Person], now: datetime, rules: Rules) -> tuple[str, datetime] | None:
    """Who could promise the earliest date without moving anybody, and which: of the cards that `propose` shows the
    first that moves nobody."""
    moment = to_ticks(now)
    clean = []
    for person in people:
        try:
            if unfit(job, person, people, moment) is None:
                clean.append(_clean_slot(job, person, people, moment, rules))
        except NoWorkingTime:
            continue
    first = min((option for option in clean if option is not None), key=lambda option: option.order, default=None)
    return None if first is None else (first.lane.person.id, from_ticks(first.promise))


def minutes_for(job: Job, person: Person, people: Iterable[Person] = (), step: int = 15) -> int:
    """The job's effort at this person's pace, rounded up to the grid."""
    minutes = job.minutes or 0
    skill = _skill_of(job, person, people, None)[0]
    if skill is None or skill.pace == 1.0:
        return minutes
    return max(step, round_up(round(minutes * skill.pace), step))


# -- who can do it ------------------------------------------------------------------------------------------


def _skill_of(job: Job, person: Person, people: Iterable[Person], moment: int | None) -> tuple[Skill | None, str]:
    """The person's skill for the job, and the absent colleague whom they stand in for, if it is that
    one's.
    """
    own = person.skills.get(job.skill)
    if own is not None or not person.substitute_for:
        return own, ""
    for colleague in people:
        if colleague.id in person.substitute_for and job.skill in colleague.skills:
            if moment is None or _long_absence(colleague, moment, moment + DAY) is not None:
                return Skill(0, 1.0), colleague.id
    return None, ""


def _standing(person: Person, people: Iterable[Person], moment: int) -> int:
    """How near a person stands to colleagues who are absent: 0 the first to be asked for one of them, high for nobody.

    Of two who can promise the same, the one whom the absent chose takes the work.
    """
    places = [
        colleague.substitutes.index(person.id)
        for colleague in people
        if person.id in colleague.substitutes and _long_absence(colleague, moment, moment + DAY) is not None
    ]
    return min(places, default=_NOBODY)


def unfit(job: Job, person: Person, people: Sequence[Person], moment: int) -> Reason | None:
    skill, _ = _skill_of(job, person, people, moment)
    if job.skill and skill is None:
        return Reason("no_skill", {"skill": job.skill})
    wrong_line = bool(job.line) and job.line not in person.lines
    if person.works_from_line and job.line <= person.works_from_line:
        wrong_line = True
    if not wrong_line:
        return None
    absence = _long_absence(person, moment, moment + 5 * DAY)
    if absence is not None:
        return _absent(absence)
    return Reason("other_line", {"line": min(person.lines, default=0), "from_line": person.works_from_line})


def _long_absence(person: Person, low: int, high: int) -> Absence | None:
    """The absence of a day or more that touches the stretch, the first if there are several."""
    found = [
        absence
        for absence in person.calendar.absences
        if to_ticks(absence.span.start) < high
        and to_ticks(absence.span.end) > low
        and to_ticks(absence.span.end) - to_ticks(absence.span.start) >= DAY
    ]
    return min(found, key=lambda absence: absence.span.start, default=None)


def _absent(absence: Absence) -> Reason:
    return Reason("absent_until", {"until": absence.span.end, "kind": absence.kind, "name": absence.name})


def _no_room(job: Job, person: Person, people: Sequence[Person], moment: int, rules: Rules) -> Reason:
    """Why a person who could do it has no slot in the horizon."""
    end = horizon(person, rules, moment, rules.horizon_days)
    absence = _long_absence(person, moment, end)
    if absence is not None:
        return _absent(absence)
    far = horizon(person, rules, end, rules.horizon_days * (LOOK_AHEAD - 1))
    lane = Lane(person, moment, far, rules, reserving=True)
    found = next(_places(job, lane, minutes_for(job, person, people, rules.step), _not_before(job, moment)), None)
    if found is None:
        return Reason("full_until", {"until": from_ticks(far)})
    return Reason("no_gap_until", {"until": from_ticks(found[0][0][0])})


def _away(chosen: Sequence[_Option], clean: Sequence[_Option]) -> Iterable[NotOffered]:
    """Who is on no card because of an absence: their slots behind it are in the table all the same."""
    shown = {option.lane.person.id for option in chosen}
    for option in clean:
        if option.lane.person.id not in shown:
            absence = _long_absence(option.lane.person, option.lane.now, option.placement.pieces[0][0])
            if absence is not None:
                yield NotOffered(option.lane.person.id, _absent(absence))


def _not_before(job: Job, moment: int) -> int:
    return moment if job.not_before is None else max(moment, to_ticks(job.not_before))


# -- slots --------------------------------------------------------------------------------------------------


def _places(
    job: Job, lane: Lane, minutes: int, start: int, first: list[Piece] | None = None
) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Places that move nobody, in order of time: the work, and the ways beside it. Each after the first (known where it
    is given) begins with a later free stretch, or day, so that the table shows choices and not quarters of an hour."""
    if job.travel is not None:
        free = [(begin, end) for begin, end, _ in lane.free]
        least = from_ticks(max(start, lane.origin))
        for slot in visits_in(free, lane.person, minutes, job.travel, lane.rules, job.site_hours, least):
            way, work, back = (
                [(to_ticks(s.start), to_ticks(s.end)) for s in part] for part in (slot.way, slot.work, slot.back)
            )
            yield work, [*way, *back]
        return
    pieces = first or lane.fit(minutes, start, job.splittable, job.min_piece)
    while pieces is not None:
        yield pieces, []
        following = next((low for low, _, _ in lane.free if low > pieces[0][0]), None)
        pieces = None if following is None else lane.fit(minutes, following, job.splittable, job.min_piece)


def _clean_slot(job: Job, person: Person, people: Sequence[Person], moment: int, rules: Rules) -> _Option | None:
    """The person's earliest slot that moves nobody."""
    start = _not_before(job, moment)
    lane = Lane(person, moment, horizon(person, rules, start, rules.horizon_days), rules, reserving=True)
    minutes = minutes_for(job, person, people, rules.step)
    found = next(_places(job, lane, minutes, start), None)
    return None if found is None else _option(job, lane, Placement(found[0]), people, minutes, moment, found[1])


def _later_slots(job: Job, first: _Option, people: Sequence[Person], moment: int, count: int) -> Iterable[_Option]:
    """Further slots of the same person."""
    places = _places(job, first.lane, first.minutes, _not_before(job, moment), first.placement.pieces)
    for pieces, ways in islice(places, 1, 1 + count):
        yield _option(job, first.lane, Placement(pieces), people, first.minutes, moment, ways)


def explained(slot: Slot, person: Person, now: datetime, rules: Rules | None = None) -> Slot:
    """The slot with its trace, for one that came without."""
    lane = Lane(person, to_ticks(now), to_ticks(slot.promise) + DAY, rules or Rules(), reserving=True)
    pieces = [(to_ticks(piece.start), to_ticks(piece.end)) for piece in slot.pieces]
    moved = {move.busy.id: move for move in (*slot.diff.moved, *slot.diff.broken)}
    shifts = [
        Shift(item, [(to_ticks(s.start), to_ticks(s.end)) for s in moved[item.busy.id].spans], 0, 0, 0, 0)
        for item in lane.items
        if item.busy.id in moved
    ]
    ways = [(to_ticks(way.start), to_ticks(way.end)) for way in slot.ways]
    held = next((_held(one) for one in slot.reasons if one.code == "not_before"), None)
    return replace(slot, trace=trace(lane, pieces, to_ticks(slot.promise), shifts, ways, held))


def _held(reason: Reason) -> tuple[int, str] | None:
    until = reason.args.get("until")
    return (to_ticks(until), str(reason.args.get("by"))) if isinstance(until, datetime) else None


def as_planned(
    job: Job, person: Person, people: Sequence[Person], pieces: Sequence[Span], now: datetime, rules: Rules
) -> Slot:
    """What is in the person's plan for the job already, as a slot that moves nobody."""
    laid = [(to_ticks(piece.start), to_ticks(piece.end)) for piece in pieces]
    moment = to_ticks(now)
    lane = Lane(person, moment, laid[-1][1] + DAY, rules, reserving=False)
    minutes = sum(end - start for start, end in laid) // MINUTE
    option = _option(job, lane, Placement(laid), people, minutes, moment)
    option.base = fingerprint(people)
    slot = _slot(job, option, explained=True)
    known = (one for one in slot.reasons if one.code in ("similar", "knows_customer"))
    return replace(slot, reasons=(Reason("as_planned"), *known))


def _option(
    job: Job,
    lane: Lane,
    placement: Placement,
    people: Sequence[Person],
    minutes: int,
    moment: int,
    ways: Sequence[Piece] = (),
) -> _Option:
    skill, substitutes = _skill_of(job, lane.person, people, moment)
    margin = lane.rules.margin_of(lane.person.id)
    promise = lane.promise(placement.finish, margin)
    familiar = lane.person.customers.get(job.customer_id, 0)
    standing = _standing(lane.person, people, moment) if lane.person.substitute_for else _NOBODY
    return _Option(lane, minutes, margin, placement, promise, skill, ways, substitutes, familiar, standing)


def _sooner(
    job: Job,
    clean: Sequence[_Option],
    refused: Sequence[NotOffered],
    people: Sequence[Person],
    moment: int,
    rules: Rules,
) -> tuple[_Option | None, _Option | None]:
    """The best slot earlier than every clean one that pushes others within slack, and the best that breaks
    a promise.

    Few and small breaks come before an early date; of the harmless ones the earliest is best.
    """
    if job.travel is not None:
        return None, None
    limit = clean[0].promise if clean else 1 << 62
    lanes = [option.lane for option in clean]
    full = {one.person_id for one in refused if one.reason.code in ("no_gap_until", "full_until")}
    for person in people:
        if person.id in full:
            start = _not_before(job, moment)
            lanes.append(Lane(person, moment, horizon(person, rules, start, rules.horizon_days), rules, reserving=True))
    pushing: _Option | None = None
    breaking: _Option | None = None
    # Where no card could show it, a break is not looked for: the table has nearer rows than it can hold.
    least = BREAKS_AT_MOST if job.urgency <= 2 or len(clean) < CARDS else NO_BREAK
    tries = max(1, min(TRIES, TRIES_OF_ALL // max(1, len(lanes))))
    for lane in lanes:
        minutes = minutes_for(job, lane.person, people, rules.step)
        begin = _not_before(job, moment)
        places = lane.insertions(minutes, begin, WORK_ONLY, job.splittable, job.min_piece)
        for pieces, room in islice(places, tries):
            promise = lane.promise(pieces[-1][1], rules.margin_of(lane.person.id))
            # What comes later than the best harmless one is of no use to anybody.
            if promise >= limit or (pushing is not None and promise > pushing.promise):
                break
            placement = room.make(pieces, least)
            if placement is None or not placement.shifts:
                continue
            option = _option(job, lane, placement, people, minutes, moment)
            broken, late, _ = placement.cost
            if not broken:
                if pushing is None or option.order < pushing.order:
                    pushing = option
                break
            if breaking is None or (broken, late) < least:
                breaking, least = option, (broken, late)
    if pushing is not None and breaking is not None and breaking.promise >= pushing.promise:
        breaking = None
    return pushing, breaking


def _cards(
    job: Job,
    clean: Sequence[_Option],
    later: Sequence[_Option],
    pushing: _Option | None,
    breaking: _Option | None,
) -> list[_Option]:
    places = CARDS - (pushing is not None)
    # An urgent ticket always shows what it would cost to be sooner; others only where there is room for it.
    if breaking is not None and (job.urgency <= 2 or len(clean) < places):
        places -= 1
    else:
        breaking = None
    chosen = list(clean[:places])
    for option in later:
        if len(chosen) >= places:
            break
        if all(
            option.placement.finish != other.placement.finish or option.lane.person.id != other.lane.person.id
            for other in chosen
        ):
            chosen.append(option)
    return [*chosen, *(option for option in (pushing, breaking) if option is not None)]


def _slot(job: Job, option: _Option, explained: bool) -> Slot:
    lane, placement = option.lane, option.placement
    person = lane.person
    pieces = tuple(to_span(*piece) for piece in placement.pieces)
    ways = tuple(to_span(*way) for way in option.ways)
    reasons = tuple(_reasons(job, option))
    held = next((_held(one) for one in reasons if one.code == "not_before"), None)
    return Slot(
        person_id=person.id,
        minutes=option.minutes,
        pieces=pieces,
        finish=from_ticks(placement.finish),
        margin=option.margin,
        promise=from_ticks(option.promise),
        reasons=reasons,
        trace=trace(lane, placement.pieces, option.promise, placement.shifts, option.ways, held) if explained else (),
        diff=PlanDiff(
            assigned=((job.ticket_id, person.id, pieces),),
            moved=tuple(to_move(shift, person.id) for shift in placement.shifts if not shift.breaks),
            broken=tuple(to_move(shift, person.id) for shift in placement.shifts if shift.breaks),
            base=option.base,
            ways=ways,
        ),
        ways=ways,
    )


# -- reasons ------------------------------------------------------------------------------------------------


def _reasons(job: Job, option: _Option) -> Iterable[Reason]:
    """Codes: similar(n), little_experience(minutes, usual), substitutes(person_id), knows_customer(n),
    not_before(until, by), free_now, free_after(number, ticket_id), after_lunch, after_absence(kind),
    moves(numbers, ticket_ids),
    breaks(number, ticket_id, minutes), after_deadline(deadline)."""
    skill, usual = option.skill, job.minutes or 0
    if skill is not None and skill.seen > 0 and option.minutes <= usual:
        yield Reason("similar", {"n": skill.seen})
    if option.familiar:
        yield Reason("knows_customer", {"n": option.familiar})
    if option.substitutes:
        yield Reason("substitutes", {"person_id": option.substitutes})
    shifts = option.placement.shifts
    held = None if job.not_before is None else to_ticks(job.not_before)
    if held is not None and held > option.lane.now:
        yield Reason("not_before", {"until": job.not_before, "by": job.held_by})
        if option.placement.pieces[0][0] <= option.lane.calendar.next_ticks(held):
            held = -1  # that says when it begins
    if not shifts and held != -1:
        yield from _why_then(option.lane, option.placement.pieces)
    if skill is not None and option.minutes > usual:
        yield Reason("little_experience", {"minutes": option.minutes, "usual": usual})
    if shifts:
        yield Reason("moves", named(shifts))
        for shift in sorted(shifts, key=_how_late, reverse=True):
            if shift.breaks:
                late = round_up(shift.late, MINUTE) // MINUTE
                busy = shift.item.busy
                yield Reason("breaks", {"number": busy.number, "ticket_id": busy.ticket_id, "minutes": late})
    if job.deadline is not None and option.promise > to_ticks(job.deadline):
        yield Reason("after_deadline", {"deadline": job.deadline})


def _how_late(shift: Shift) -> int:
    return shift.late - shift.late_before


def _why_then(lane: Lane, pieces: Sequence[Piece]) -> Iterable[Reason]:
    start = pieces[0][0]
    if start == max(lane.origin, lane.calendar.next_ticks(lane.origin)):
        yield Reason("free_now")
        return
    absences = [absence for absence in lane.calendar.absences if to_ticks(absence.span.end) <= start]
    back = max(absences, key=lambda absence: absence.span.end, default=None)
    before = max((item for item in lane.items if item.end <= start), key=lambda item: item.end, default=None)
    if back is not None and to_ticks(back.span.end) > max(lane.now, before.end if before else 0):
        yield Reason("after_absence", {"kind": back.kind, "name": back.name})
    elif before is not None:
        yield Reason("free_after", {"number": before.busy.number, "ticket_id": before.busy.ticket_id})
    day = lane.calendar.stretches(start - BREAK_MINUTES * MINUTE - 1, start)
    if day and 0 < start - day[-1][1] <= BREAK_MINUTES * MINUTE:
        yield Reason("after_lunch")


# -- no slots -----------------------------------------------------------------------------------------------


def _problem(job: Job, people: Sequence[Person], refused: Sequence[NotOffered], moment: int, rules: Rules) -> Reason:
    """No fit, with the overload named: how full those who could do it are until the horizon, in per cent."""
    unable = ("no_skill", "other_line", "no_calendar")
    able = {one.person_id for one in refused if one.reason.code not in unable}
    if not able:
        return Reason("no_people", {"skill": job.skill, "line": job.line})
    working = taken = 0
    until = moment
    for person in people:
        if person.id not in able:
            continue
        last = horizon(person, rules, moment, rules.horizon_days)
        lane = Lane(person, moment, last, rules, reserving=True)
        free = sum(end - start for start, end, _ in lane.free)
        own = lane.track.worked_until(last) - lane.track.worked_until(moment)
        working, taken, until = working + own, taken + own - free, max(until, last)
    load = 100 if not working else round(100 * taken / working)
    return Reason(
        "no_fit",
        {"minutes": job.minutes, "skill": job.skill, "until": from_ticks(until), "load": load},
    )
