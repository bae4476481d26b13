"""Changing the plan by hand: what a drop, a move, a longer block or a cut would do, before it is done.

Every function returns a `PlanDiff` and changes nothing. What people have in work or have pinned never moves; what is
pushed goes later, within its slack where possible, and what would break a promise is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, count

from .fit import Piece, Trip, earliest
from .lane import (
    WORK_AND_VISITS,
    Item,
    Lane,
    Placement,
    Shift,
    fingerprint,
    horizon,
    items_of,
    on_site,
    shared_out,
    to_move,
    trip_of,
    way_of,
)
from .slots import propose
from .ticks import MINUTE, from_ticks, round_up, to_span, to_ticks
from .values import Busy, Job, Person, PlanDiff, Reason, Rules, Span

#: Horizons ahead in which a pushed booking finds its new place.
HORIZONS = 3


def place(
    job: Job,
    person_id: str,
    at: datetime,
    people: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
    override: bool = False,
) -> PlanDiff:
    """Drop a ticket on a person's row at an instant.

    It takes the first working time at or after the pointer, cut at breaks (on site only what is too long to lie
    between two); over the first half of a block it goes
    before it, over the second half behind it. Other planned bookings of the ticket are taken out. What may not begin
    before a moment lies behind it, and the diff says why; a visit is dropped by its work and takes its ways along. With
    ``override`` it lies exactly where it is dropped, over whatever is there. A job without an estimate does not fit
    anywhere.
    """
    rules = rules or Rules()
    base = fingerprint(people)
    if not job.minutes:
        return PlanDiff(wont_fit=(job.ticket_id,), base=base)
    people = lifted(people, job.ticket_id)
    person = _named(people, person_id)
    if override:
        start = to_ticks(at)
        span = to_span(start, start + job.minutes * MINUTE)
        return PlanDiff(assigned=((job.ticket_id, person_id, (span,)),), base=base, ways=_beside(job, span))
    pointer, why = _held(at, job)
    lane = _lane(person, now, from_ticks(pointer), rules)
    floor = _floor(job)
    if job.travel:  # dropped by its work; the way leads there
        pointer, floor = (person.calendar.before(one, job.travel * MINUTE) if one else 0 for one in (pointer, floor))
    trip = job.trip(job.minutes)
    placement = _dropped(lane, job.minutes + job.ways, pointer, floor, job.splits, job.min_piece, trip)
    if placement is None:
        return PlanDiff(wont_fit=(job.ticket_id,), base=base, reasons=why)
    work, ways = on_site(placement.pieces, job.minutes, job.travel)
    pieces = tuple(to_span(*piece) for piece in work)
    diff = _diff(lane, placement, base, assigned=((job.ticket_id, person_id, pieces),))
    return replace(diff, ways=tuple(to_span(*way) for way in ways), reasons=why)


def move(
    booking_id: str,
    person_id: str,
    at: datetime,
    people: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
    override: bool = False,
) -> PlanDiff:
    """Drag a block to another time or person. Work in progress cannot be moved: it comes back as not fitting.

    A block whose ticket may not begin before a moment stays behind it, and the diff says why; `override` knows better.
    """
    rules = rules or Rules()
    base = fingerprint(people)
    owner, item = booking_of(people, booking_id)
    if item.busy.in_progress:
        return PlanDiff(wont_fit=(item.ticket,), base=base, subject=(booking_id,))
    target = _named(people, person_id)
    parts = [(part, minutes_of(owner, part)) for part in way_of(items_of(owner), owner.calendar, item)]
    if override:
        return _put(owner, target, item, parts, to_ticks(at), base)
    wanted, why = _held(at, item.busy)
    lane = _lane(target, now, from_ticks(wanted), rules, frozenset(part.busy.id for part, _ in parts))
    pointer, floor = max(wanted, lane.origin), _floor(item.busy)
    for part, minutes in parts:
        if part is item:
            break  # the block is dropped, the way leads there
        pointer, floor = (target.calendar.before(one, minutes * MINUTE) if one else 0 for one in (pointer, floor))
    busy = item.busy
    whole = sum(minutes for _, minutes in parts)
    trip = trip_of(item, [minutes for _, minutes in parts])
    placement = _dropped(lane, whole, pointer, floor, busy.splits, busy.min_piece, trip)
    if placement is None:
        return PlanDiff(wont_fit=(item.ticket,), base=base, subject=(booking_id,), reasons=why)
    if len(parts) == 1:
        return replace(_own(owner, target, item, placement, base, lane), reasons=why)
    shared = {part.busy.id: own for part, own in shared_out(parts, placement.pieces)}
    diff = _own(owner, target, item, Placement(shared[item.busy.id], placement.shifts), base, lane)
    ways = [(part, shared[part.busy.id]) for part, _ in parts if part is not item]
    return replace(_with_ways(diff, owner, target, ways, base, lane), reasons=why)


def resize(
    booking_id: str, start: datetime, end: datetime, people: Sequence[Person], now: datetime, rules: Rules | None = None
) -> PlanDiff:
    """Pull a block's edge. Work in progress keeps its start. Over a break the block becomes two."""
    rules = rules or Rules()
    base = fingerprint(people)
    owner, item = booking_of(people, booking_id)
    begin, why = (item.start, ()) if item.busy.in_progress else _held(start, item.busy)
    stop = to_ticks(end)
    refused = PlanDiff(wont_fit=(item.ticket,), base=base, subject=(booking_id,), reasons=why)
    if stop <= begin or (item.busy.in_progress and stop <= to_ticks(now)):
        return refused
    lane = _lane(owner, now, end, rules, frozenset({booking_id}))
    pieces = owner.calendar.stretches(begin, stop) or [(begin, stop)]
    room = lane.room(min(begin, to_ticks(now)), WORK_AND_VISITS)
    pushed = set(map(id, room.movable))
    if any(i.start < b and a < i.end for i in lane.items if id(i) not in pushed for a, b in pieces):
        return refused
    placement = room.make(pieces)
    return refused if placement is None else replace(_own(owner, owner, item, placement, base, lane), reasons=why)


def split(booking_id: str, at: datetime, people: Sequence[Person]) -> PlanDiff:
    """Cut a planned block in two at an instant. Nothing moves; work in progress and a cut outside come back refused."""
    base = fingerprint(people)
    owner, item = booking_of(people, booking_id)
    cut = to_ticks(at)
    if item.busy.in_progress or not item.start < cut < item.end:
        return PlanDiff(wont_fit=(item.ticket,), base=base, subject=(booking_id,))
    placement = Placement([(item.start, cut), (cut, item.end)])
    return _own(owner, owner, item, placement, base, None)


def find_without_breaks(
    job: Job,
    people: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
    person_id: str = "",
    booking_id: str = "",
) -> PlanDiff:
    """The earliest place that moves nobody, else one that moves the fewest and breaks no promise.

    At ``person_id`` if given, and not before `Job.not_before`. For a block that is being moved, give its
    ``booking_id``: the job then stands for the block.
    """
    base = fingerprint(people)
    if booking_id:
        owner, item = booking_of(people, booking_id)
        # a visit that stands keeps its ways; only its work is placed here
        job = replace(job, minutes=minutes_of(owner, item), splittable=item.busy.splits, travel=None)
        free = [replace(p, busy=tuple(b for b in p.busy if b.id != booking_id)) for p in people]
    else:
        free = lifted(people, job.ticket_id)
    wanted = [person for person in free if person_id in ("", person.id)]
    proposals = propose(job, wanted, now, rules)
    kept = [slot for slot in (*proposals.slots, *proposals.more) if not slot.diff.broken]
    if not kept:
        return PlanDiff(wont_fit=(job.ticket_id,), base=base)
    best = min(kept, key=lambda slot: (len(slot.diff.moved), slot.promise))
    if not booking_id:
        return replace(best.diff, base=base)
    pieces = [(to_ticks(piece.start), to_ticks(piece.end)) for piece in best.pieces]
    own = _own(owner, _named(people, best.person_id), item, Placement(pieces), base, None)
    return replace(own, moved=own.moved + best.diff.moved)


def unchanged(diff: PlanDiff, people: Sequence[Person]) -> bool:
    """Whether the diff still stands on the bookings that it was computed from; if not, compute it again."""
    return diff.base == fingerprint(people)


def differences(before: Sequence[Person], after: Sequence[Person]) -> tuple[tuple[str, str, Busy], ...]:
    """What happened meanwhile, to be named when a diff is computed again: (took | freed | moved, person id,
    booking).
    """
    old = {busy.id: (person.id, busy) for person in before for busy in person.busy}
    new = {busy.id: (person.id, busy) for person in after for busy in person.busy}
    found = []
    for id_, (person_id, busy) in new.items():
        if id_ not in old:
            found.append(("took", person_id, busy))
        elif (old[id_][0], old[id_][1].span) != (person_id, busy.span):
            found.append(("moved", person_id, busy))
    found += [("freed", person_id, busy) for id_, (person_id, busy) in old.items() if id_ not in new]
    return tuple(found)


def applied(people: Sequence[Person], diff: PlanDiff, promises: Mapping[str, datetime] | None = None) -> list[Person]:
    """The people as they are after the diff; ``promises`` are those of newly assigned tickets, by id."""
    busy = {person.id: list(person.busy) for person in people}
    for ticket_id, person_id, spans in diff.assigned:
        for person in people:
            busy[person.id] = [b for b in busy[person.id] if b.ticket_id != ticket_id or b.in_progress or b.pinned]
        promise = (promises or {}).get(ticket_id)
        busy[person_id] += [
            Busy(f"{ticket_id}/{index}", span, ticket_id, promise=promise) for index, span in enumerate(spans)
        ]
    known = {one.id for lane in busy.values() for one in lane}
    for change in (*diff.moved, *diff.reassigned, *diff.broken):
        busy[change.person_from] = [b for b in busy[change.person_from] if b.id != change.busy.id]
        # what was cut before may be cut again: its other pieces keep their names
        names = (name for n in count(1) if (name := f"{change.busy.id}/{n}") not in known)
        for id_, span in zip(chain((change.busy.id,), names), change.spans, strict=False):
            known.add(id_)
            busy[change.person_to].append(replace(change.busy, id=id_, span=span))
    return [replace(person, busy=tuple(busy[person.id])) for person in people]


def lifted(people: Iterable[Person], ticket_id: str) -> list[Person]:
    """The people without the ticket's bookings that are neither in progress nor pinned."""
    return [
        replace(p, busy=tuple(b for b in p.busy if b.ticket_id != ticket_id or b.in_progress or b.pinned))
        if any(b.ticket_id == ticket_id for b in p.busy)
        else p
        for p in people
    ]


# -- inside -------------------------------------------------------------------------------------------------


def _named(people: Sequence[Person], person_id: str) -> Person:
    for person in people:
        if person.id == person_id:
            return person
    raise KeyError(person_id)


def booking_of(people: Sequence[Person], booking_id: str) -> tuple[Person, Item]:
    """Whose booking it is, and the booking; KeyError when there is none."""
    for person in people:
        for item in items_of(person):
            if item.busy.id == booking_id:
                return person, item
    raise KeyError(booking_id)


def minutes_of(owner: Person, item: Item) -> int:
    """Working minutes in a booking; all of it where it lies outside working hours."""
    return max(1, (owner.calendar.work_ticks(item.start, item.end) or item.end - item.start) // MINUTE)


def _lane(person: Person, now: datetime, at: datetime, rules: Rules, ignoring: frozenset[str] = frozenset()) -> Lane:
    end = horizon(person, rules, to_ticks(max(now, at)), rules.horizon_days * HORIZONS)
    return Lane(person, to_ticks(now), end, rules, ignoring)


def _held(at: datetime, what: Job | Busy) -> tuple[int, tuple[Reason, ...]]:
    """Where a drop begins to look, in ticks, and why that is later than it was dropped."""
    if what.not_before is None or what.not_before <= at:
        return to_ticks(at), ()
    args = {"until": what.not_before, "by": what.held_by, "number": what.number}
    return to_ticks(what.not_before), (Reason("not_before", args),)


def _floor(what: Job | Busy) -> int:
    """Before which no part of it lies, in ticks; 0: no such moment."""
    return 0 if what.not_before is None else to_ticks(what.not_before)


def _beside(job: Job, span: Span) -> tuple[Span, ...]:
    """The ways to and from work that lies where it was put, whatever the hours are there."""
    if not job.travel:
        return ()
    start, end, way = to_ticks(span.start), to_ticks(span.end), job.travel * MINUTE
    return to_span(start - way, start), to_span(end, end + way)


def _dropped(
    lane: Lane,
    minutes: int,
    pointer: int,
    floor: int,
    splittable: bool,
    min_piece: int | None = None,
    trip: Trip = (),
) -> Placement | None:
    """``floor``: nothing may begin before it, not even to go before a block."""
    at = max(pointer, lane.origin)
    movable = [part for item in lane.movable(WORK_AND_VISITS) for part in item.parts or (item,)]
    under = next((item for item in movable if item.start <= at < item.end), None)
    if under is not None:
        before = at < (under.start + under.end) // 2 and under.start >= max(floor, lane.origin)
        at = under.start if before else under.end
    room = lane.room(at, WORK_AND_VISITS)
    pieces = earliest(room.free, minutes, lane.rules, round_up(at, MINUTE), splittable, min_piece, trip)
    return None if pieces is None else room.make(pieces)


def _put(
    owner: Person, target: Person, item: Item, parts: Sequence[tuple[Item, int]], start: int, base: str
) -> PlanDiff:
    """A block exactly where it was put, with the ways that lie beside it, whatever the hours are there."""
    before = sum(minutes for part, minutes in parts if part.start < item.start)
    at, laid = start - before * MINUTE, {}
    for part, minutes in parts:
        laid[part.busy.id] = [(at, at + minutes * MINUTE)]
        at += minutes * MINUTE
    diff = _own(owner, target, item, Placement(laid[item.busy.id]), base, None)
    ways = [(part, laid[part.busy.id]) for part, _ in parts if part is not item]
    return _with_ways(diff, owner, target, ways, base, None)


def _with_ways(
    diff: PlanDiff,
    owner: Person,
    target: Person,
    ways: Iterable[tuple[Item, list[Piece]]],
    base: str,
    lane: Lane | None,
) -> PlanDiff:
    """The move of a visit, and those of the ways beside it."""
    for part, pieces in ways:
        way = _own(owner, target, part, Placement(pieces), base, lane)
        diff = replace(
            diff,
            moved=(*diff.moved, *way.moved),
            reassigned=(*diff.reassigned, *way.reassigned),
            subject=(*diff.subject, part.busy.id),
        )
    return diff


def _diff(
    lane: Lane,
    placement: Placement,
    base: str,
    assigned: tuple[tuple[str, str, tuple[Span, ...]], ...] = (),
    subject: tuple[str, ...] = (),
) -> PlanDiff:
    person_id = lane.person.id
    return PlanDiff(
        assigned=assigned,
        moved=tuple(to_move(shift, person_id) for shift in placement.shifts if not shift.breaks),
        broken=tuple(to_move(shift, person_id) for shift in placement.shifts if shift.breaks),
        base=base,
        subject=subject,
    )


def _own(owner: Person, target: Person, item: Item, placement: Placement, base: str, lane: Lane | None) -> PlanDiff:
    """A block's own move, and what it pushes."""
    moment = Lane(target, item.start, item.end, Rules()) if lane is None else lane
    others = [
        i.end
        for i in items_of(owner)
        if i.ticket == item.ticket and i.busy.id != item.busy.id and i.busy.kind != "travel"
    ]
    promise = item.promise
    if item.busy.kind == "travel":  # no work is done on the road
        others, promise = [], None
    before, finish = max([item.end, *others]), max([placement.finish, *others])
    shift = Shift(
        item,
        placement.pieces,
        before,
        finish,
        moment.lateness(finish, promise),
        moment.lateness(before, promise),
    )
    change = to_move(shift, owner.id, target.id)
    diff = _diff(moment, placement, base, subject=(item.busy.id,))
    if shift.breaks:
        return replace(diff, broken=(change, *diff.broken))
    if target.id != owner.id:
        return replace(diff, reassigned=(change, *diff.reassigned))
    return replace(diff, moved=(change, *diff.moved))
