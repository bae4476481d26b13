"""When something must be done at once, and when people are suddenly not there: options, each with its whole price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from random import Random

from .fit import Free, Piece, earliest, without
from .lane import (
    NO_BREAK,
    WORK_AND_VISITS,
    WORK_ONLY,
    Item,
    Lane,
    Placement,
    Room,
    Shift,
    fingerprint,
    first_start,
    horizon,
    items_of,
    joined,
    named,
    on_site,
    shared_out,
    to_move,
    trip_of,
    way_of,
)
from .replan import HORIZONS, lifted
from .slots import TRIES, minutes_for
from .ticks import MINUTE, from_ticks, round_up, to_span, to_ticks
from .values import Busy, Job, Move, Person, PlanDiff, Reason, Rules, Span
from .worktime import NoWorkingTime

OPTIONS = 3
#: Orders in which bookings that lost their place choose new ones, moving nobody else.
ORDERS = 4
#: Orders that are tried with others pushed within their slack, where promises would move otherwise.
PUSHED = 16
#: What is left of a day, in minutes, if an emergency is to begin on it and go on in the morning.
BEFORE_EVENING = 30
#: Of these, how many begin with the best of the first ones; after them a booking that stayed late goes first.
BEGUN, FRONTED = 2, 6


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
    crew = _Crew(people, now, rules)
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


def hours_changed(
    before: Sequence[Person],
    after: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
    tries: int = ORDERS,
    pushed: int = PUSHED,
) -> PlanDiff:
    """What an absence, other hours or a leaving person does to the plan.

    Bookings that lost working time get a new place: with the same person if that keeps the promise, else with who
    stands in for them or another colleague who can do them, else where they are least late. A visit keeps its ways
    beside it. What would be late waits until all others have their place: it takes no time that keeps a promise. In
    which order they choose decides how many promises move: of ``tries`` orders the one that moves the fewest is taken,
    then the one that is least late. Where promises would still move, ``pushed`` orders are tried in which what would be
    late pushes others within their slack. What is pinned or in progress stays and is listed as not fitting, for a
    person to decide.
    """
    rules = rules or Rules()
    old = {person.id: person for person in before}
    lost: list[tuple[Person, Item]] = []
    stuck: list[str] = []
    for person in after:
        was = old.get(person.id)
        if was is None:
            continue
        taken: set[str] = set()
        items = items_of(person)
        for item in sorted(items, key=lambda one: one.busy.kind != "visit"):
            if item.end <= to_ticks(now) or item.busy.id in taken:
                continue
            parts = [item] if item.fixed else way_of(items, was.calendar, item)
            if any(part.start < to_ticks(now) for part in parts):
                parts = [item]  # on the road already: only what is still to come can move
            if not any(_shorter(part, person, was, to_ticks(now)) for part in parts):
                continue
            if item.fixed:
                stuck.append(item.ticket)
                continue
            taken |= {part.busy.id for part in parts}
            lost.append((person, joined(item, parts)))
    lost.sort(key=lambda pair: (pair[1].promise is None, pair[1].promise or 0, pair[1].start))
    crew = _Crew(after, now, rules)
    crew.lift(part.busy.id for _, item in lost for part in item.parts or (item,))
    base = fingerprint(after)
    found = []
    for place, order in enumerate(_orders(lost, tries)):
        price, diff, _ = _settled(crew, order, old, stuck, base, pushing=False)
        found.append((price, place, order, diff))
        if price[0] == len(set(stuck)):
            return diff
    found.sort(key=lambda one: one[:2])
    best, diff = found[0][0], found[0][3]
    rng = Random(len(lost))
    order = found[0][2]
    late: list[tuple[Person, Item]] = []
    for turn in range(pushed if len(lost) > 1 else min(1, pushed)):
        if turn < BEGUN:
            order = found[min(turn, len(found) - 1)][2]
        elif turn < FRONTED and late:
            first = rng.choice(late)
            order = [first, *(one for one in order if one is not first)]
        else:
            order = rng.sample(lost, len(lost))
        price, other, late = _settled(crew, order, old, stuck, base, pushing=True)
        if price < best:
            best, diff = price, other
        if price[0] == len(set(stuck)):
            break
    return diff


def _settled(
    crew: _Crew,
    order: Sequence[tuple[Person, Item]],
    old: Mapping[str, Person],
    stuck: Sequence[str],
    base: str,
    pushing: bool,
) -> tuple[tuple[int, int, int], PlanDiff, list[tuple[Person, Item]]]:
    """The plan when bookings choose new places in this order, its price (promises moved, minutes late, hand-overs and
    pushes), and the bookings that found no place in time and chose last."""
    crew.reset()
    moves: list[tuple[Move, bool]] = []
    wont_fit = list(stuck)
    late: list[tuple[Person, Item]] = []
    for one in order:
        new = crew.settle(one[0], one[1], old[one[0].id], keeping_promises=True, pushing=pushing)
        if new is None:
            late.append(one)
        moves += new or ()
    for person, item in late:
        new = crew.settle(person, item, old[person.id])
        if new is None:
            wont_fit.append(item.ticket)
        moves += new or ()
    diff = _collected(moves, (), tuple(dict.fromkeys(wont_fit)), base)
    told = {move.busy.ticket_id for move in diff.broken} | set(wont_fit)
    return (len(told), sum(move.late for move in diff.broken), len(diff.reassigned) + len(diff.moved)), diff, late


def _shorter(item: Item, person: Person, was: Person, now: int) -> bool:
    start = max(item.start, now)
    return start < item.end and person.calendar.work_ticks(start, item.end) < was.calendar.work_ticks(start, item.end)


def _orders(lost: list[tuple[Person, Item]], tries: int) -> Iterable[list[tuple[Person, Item]]]:
    """The nearest promise first, then the longest first, then others; always the same ones."""
    yield lost
    if len(lost) > 1 and tries > 1:
        yield sorted(lost, key=lambda pair: pair[1].start - pair[1].end)
        rng = Random(len(lost))
        for _ in range(tries - 2):
            yield rng.sample(lost, len(lost))


class _Crew:
    """Everybody's lanes, in which displaced bookings look for a place one after another."""

    def __init__(self, people: Sequence[Person], now: datetime, rules: Rules) -> None:
        self.people = people
        self.now = to_ticks(now)
        self.rules = rules
        self.ignoring: frozenset[str] = frozenset()
        self._lanes: dict[str, Lane] = {}
        self._free: dict[str, list[Free]] = {}  # what is left of a lane's free time when others took places in it
        self._placed: dict[str, list[Busy]] = {}  # what has found its place, by person; it stays there
        self._shifted: set[str] = set()  # bookings that had to make room
        self._standings: dict[str, Lane] = {}

    def others(self, person_id: str) -> _Crew:
        """Everybody else with nothing taken yet; their lanes are the same."""
        crew = _Crew([one for one in self.people if one.id != person_id], from_ticks(self.now), self.rules)
        crew.ignoring, crew._lanes = self.ignoring, self._lanes
        return crew

    def reset(self) -> None:
        """Nobody has taken a place yet."""
        self._free.clear()
        self._placed.clear()
        self._shifted.clear()
        self._standings.clear()

    def lift(self, booking_ids: Iterable[str]) -> None:
        self.ignoring |= frozenset(booking_ids)
        self._lanes.clear()
        self._free.clear()

    def lane(self, person: Person) -> Lane:
        lane = self._lanes.get(person.id)
        if lane is None:
            end = horizon(person, self.rules, self.now, self.rules.horizon_days * HORIZONS)
            lane = Lane(person, self.now, end, self.rules, self.ignoring)
            self._lanes[person.id] = lane
        return lane

    def _fit(self, lane: Lane, item: Item, sizes: Sequence[int]) -> list[Piece] | None:
        free = self._free.get(lane.person.id, lane.free)
        busy = item.busy
        start, trip = max(item.least, lane.origin), trip_of(item, sizes)
        return earliest(free, sum(sizes), lane.rules, start, busy.splits, busy.min_piece, trip)

    def settle(
        self,
        owner: Person,
        item: Item,
        was: Person | None = None,
        keeping_promises: bool = False,
        pushing: bool = False,
    ) -> list[tuple[Move, bool]] | None:
        """The moves that give the booking, and the ways beside it, a new place, and whether each breaks a promise; the
        place is then taken. ``was`` is the owner with the hours that the booking was planned by. With ``pushing`` what
        would be late pushes others within their slack."""
        sizes = [(part, _length(part, was or owner)) for part in item.parts or (item,)]
        minutes = sum(size for _, size in sizes)
        best: tuple[tuple[int, bool, int, int], Person, list[tuple[Item, list[Piece]]]] | None = None
        for person in self.people:
            rank = _rank(person, owner, item.busy)
            if rank is None:
                continue
            try:
                lane = self.lane(person)
                pieces = self._fit(lane, item, [size for _, size in sizes])
                if pieces is None:
                    continue
                shares = shared_out(sizes, pieces)
                finish = max(own[-1][1] for part, own in shares if part.busy.kind != "travel" or not item.parts)
                shift = self._shift(lane, item, finish)
            except NoWorkingTime:
                continue
            cost = (max(0, shift.late - shift.late_before), person.id != owner.id, rank, pieces[-1][1])
            if best is None or cost < best[0]:
                best = cost, person, shares
        if pushing and item.busy.kind == "work" and (best is None or best[0][0]):
            moves = self._push(owner, item, minutes)
            if moves is not None:
                return moves
        if best is None or (keeping_promises and best[0][0]):
            return None
        _, person, shares = best
        lane = self.lane(person)
        pieces = [piece for _, own in shares for piece in own]
        self._free[person.id] = without(self._free.get(person.id, lane.free), pieces)
        finish = max(own[-1][1] for part, own in shares if part.busy.kind != "travel" or not item.parts)
        moves = []
        for part, own in shares:
            way = part.busy.kind == "travel"
            shift = replace(self._shift(lane, part, own[-1][1] if way else finish), pieces=own)
            moves.append((to_move(shift, owner.id, person.id), shift.breaks))
            self._place(person, _pinned(part, own))
        return moves

    def _push(self, owner: Person, item: Item, minutes: int) -> list[tuple[Move, bool]] | None:
        """A place in time that others make room for without breaking a promise; the fewest of them."""
        best: tuple[tuple[int, int, int], Person, Placement] | None = None
        for person in self.people:
            rank = _rank(person, owner, item.busy)
            if rank is None:
                continue
            try:
                lane = self._standing(person)
                for pieces, room in islice(self._insertions(lane, item, minutes), TRIES):
                    if lane.lateness(pieces[-1][1], item.promise):
                        break
                    placement = room.make(pieces, NO_BREAK)
                    if placement is None:
                        continue
                    cost = (len(placement.shifts), rank, placement.finish)
                    if best is None or cost < best[0]:
                        best = cost, person, placement
            except NoWorkingTime:
                continue
        if best is None:
            return None
        _, person, placement = best
        own = replace(self._shift(self.lane(person), item, placement.finish), pieces=placement.pieces)
        moves = [(to_move(own, owner.id, person.id), own.breaks)]
        taken = _pinned(item, placement.pieces)
        for shift in placement.shifts:
            moves.append((to_move(shift, person.id), shift.breaks))
            self._shifted.add(shift.item.busy.id)
            taken += _pinned(shift.item, shift.pieces)
        self._place(person, taken)
        self._free[person.id] = self._standing(person).free
        return moves

    def _insertions(self, lane: Lane, item: Item, minutes: int) -> Iterable[tuple[list[Piece], Room]]:
        return lane.insertions(minutes, item.least, WORK_ONLY, item.busy.splits, item.busy.min_piece)

    def _place(self, person: Person, taken: Sequence[Busy]) -> None:
        self._placed.setdefault(person.id, []).extend(taken)
        self._standings.pop(person.id, None)

    def _standing(self, person: Person) -> Lane:
        """The person's lane as it is by now: what has been lifted is gone, what has found its place stays there."""
        lane = self._standings.get(person.id)
        if lane is None:
            gone = self.ignoring | self._shifted
            busy = tuple(one for one in person.busy if one.id not in gone)
            now = replace(person, busy=(*busy, *self._placed.get(person.id, ())))
            lane = self._standings[person.id] = Lane(now, self.now, self.lane(person).horizon, self.rules)
        return lane

    def _shift(self, lane: Lane, item: Item, finish: int) -> Shift:
        promise = None if item.busy.kind == "travel" else item.promise  # no work is done on the road
        return Shift(item, [], item.end, finish, lane.lateness(finish, promise), lane.lateness(item.end, promise))


def _pinned(item: Item, pieces: Sequence[Piece]) -> list[Busy]:
    """The booking at its new place, where it stays."""
    return [
        replace(item.busy, id=f"{item.busy.id}/{n}", span=to_span(*one), pinned=True) for n, one in enumerate(pieces)
    ]


def _length(item: Item, owner: Person) -> int:
    return max(1, owner.calendar.work_ticks(item.start, item.end) // MINUTE)


def _rank(person: Person, owner: Person, busy: Busy) -> int | None:
    """Who is asked first: the owner, those who stand in for them in their order, then whoever can do it; None: nobody
    asks this one."""
    if person.id == owner.id:
        return 0
    if owner.id in person.substitute_for:
        return 1 + owner.substitutes.index(person.id) if person.id in owner.substitutes else 1
    return 1000 if _can(person, busy) else None


def _can(person: Person, busy: Busy) -> bool:
    if busy.skill is None or busy.kind != "work":
        return False
    return not busy.skill or busy.skill in person.skills


def _option(
    job: Job,
    person: Person,
    crew: _Crew,
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
            _collected(moves, ((job.ticket_id, person.id, spans),), (), base),
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
    placement: Placement, moves: list[tuple[Move, bool]], person: Person, crew: _Crew
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


def _collected(
    moves: Sequence[tuple[Move, bool]],
    assigned: tuple[tuple[str, str, tuple[Span, ...]], ...],
    wont_fit: tuple[str, ...],
    base: str,
) -> PlanDiff:
    return PlanDiff(
        assigned=assigned,
        moved=tuple(move for move, breaks in moves if not breaks and move.person_from == move.person_to),
        reassigned=tuple(move for move, breaks in moves if not breaks and move.person_from != move.person_to),
        broken=tuple(move for move, breaks in moves if breaks),
        wont_fit=wont_fit,
        base=base,
    )


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
