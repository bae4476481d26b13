"""Changing several blocks at once: moving them together, letting two change places, repeating a visit.

Each is made of single moves, tried one after another; what comes out is one `PlanDiff` between the plan that stands and
the plan as it would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from .fit import earliest
from .lane import WORK_AND_VISITS, Item, Lane, Shift, fingerprint, horizon, items_of, shared_out, to_move, way_of
from .replan import HORIZONS, applied, booking_of, minutes_of, move
from .ticks import MINUTE, from_ticks, round_up, to_span, to_ticks
from .values import Busy, Move, Person, PlanDiff, Reason, Rules, Span


def move_several(
    booking_id: str,
    others: Sequence[str],
    person_id: str,
    at: datetime,
    people: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
) -> PlanDiff:
    """Move a block to a person and an instant, and others along with it by as much working time.

    Blocks of the same row go to the same person, those of other rows stay with theirs. The blocks do not stand in each
    other's way; whatever else they meet is pushed as by a single move. One that cannot be moved, or finds no place,
    keeps all of them where they are: it comes back as not fitting.
    """
    rules = rules or Rules()
    base = fingerprint(people)
    owner, anchor = booking_of(people, booking_id)
    ids = list(dict.fromkeys((booking_id, *others)))
    chosen = [booking_of(people, one) for one in ids]
    fixed = sorted({item.ticket for _, item in chosen if item.fixed})
    if fixed:
        return PlanDiff(wont_fit=tuple(fixed), base=base, subject=tuple(ids))
    shift = owner.calendar.work_ticks(anchor.start, to_ticks(at))
    wanted = []
    for whose, item in chosen:
        target = person_id if whose.id == owner.id else whose.id
        calendar = next(one.calendar for one in people if one.id == target)
        start = to_ticks(at) if item is anchor else item.start
        if item is not anchor and shift:
            start = calendar.after(start, shift) if shift > 0 else calendar.before(start, -shift)
            start = calendar.next_ticks(start)
        wanted.append((start, whose.id, target, item))
    return _tried(people, sorted(wanted, key=lambda one: one[0]), now, rules, base, tuple(ids))


def swap(
    first_id: str, second_id: str, people: Sequence[Person], now: datetime, rules: Rules | None = None
) -> PlanDiff:
    """Two blocks change places: each begins where the other began, at the other's person.

    What they need beyond the other's place pushes what is behind it.
    """
    base = fingerprint(people)
    (one_owner, one), (two_owner, two) = booking_of(people, first_id), booking_of(people, second_id)
    subject = (first_id, second_id)
    if one.fixed or two.fixed:
        return PlanDiff(wont_fit=tuple(sorted({i.ticket for i in (one, two) if i.fixed})), base=base, subject=subject)
    start = two.start
    if one_owner.id == two_owner.id and one.start < two.start:
        # Side by side in one row they keep the stretch that they fill together.
        between = one_owner.calendar.work_ticks(one.end, two.start)
        if not between:
            start = one_owner.calendar.after(one.start, one_owner.calendar.work_ticks(two.start, two.end))
    elif one_owner.id == two_owner.id:
        return swap(second_id, first_id, people, now, rules)
    wanted = [(one.start, two_owner.id, one_owner.id, two), (start, one_owner.id, two_owner.id, one)]
    return _tried(people, wanted, now, rules or Rules(), base, subject)


def repeat(
    booking_id: str, person_id: str, at: datetime, people: Sequence[Person], now: datetime, rules: Rules | None = None
) -> PlanDiff:
    """The same visit once more, with its ways, at a person and an instant. The visit that there is stays.

    ``copies`` of the diff tell which booking is repeated where.
    """
    rules = rules or Rules()
    base = fingerprint(people)
    owner, item = booking_of(people, booking_id)
    target = next(one for one in people if one.id == person_id)
    parts = [(part, minutes_of(owner, part)) for part in way_of(items_of(owner), owner.calendar, item)]
    start = max(to_ticks(at), to_ticks(now))
    for part, minutes in parts:
        if part is item:
            break
        start = target.calendar.before(start, minutes * MINUTE)
    end = horizon(target, rules, start, rules.horizon_days * HORIZONS)
    lane = Lane(target, to_ticks(now), end, rules)
    room = lane.room(max(start, lane.origin), WORK_AND_VISITS)
    begin = round_up(max(start, lane.origin), MINUTE)
    trip = tuple(minutes for _, minutes in parts)
    pieces = earliest(room.free, sum(trip), rules, begin, item.busy.splits, item.busy.min_piece, trip)
    placement = None if pieces is None else room.make(pieces)
    if placement is None:
        return PlanDiff(wont_fit=(item.ticket,), base=base)
    copies = tuple(
        (part.busy.id, person_id, tuple(to_span(*piece) for piece in own))
        for part, own in shared_out(parts, placement.pieces)
    )
    return PlanDiff(
        moved=tuple(to_move(shift, person_id) for shift in placement.shifts if not shift.breaks),
        broken=tuple(to_move(shift, person_id) for shift in placement.shifts if shift.breaks),
        base=base,
        copies=copies,
    )


# -- inside -------------------------------------------------------------------------------------------------


def _tried(
    people: Sequence[Person],
    wanted: Iterable[tuple[int, str, str, Item]],
    now: datetime,
    rules: Rules,
    base: str,
    subject: tuple[str, ...],
) -> PlanDiff:
    """Moves one after another: (start in ticks, owner, target, block). What is still to be moved stands in nobody's
    way, what has been moved stays."""
    wanted = list(wanted)
    lifted = {item.busy.id for _, _, _, item in wanted}
    ways: dict[str, tuple[Busy, ...]] = {}
    for _, owner_id, _, item in wanted:
        owner = next(one for one in people if one.id == owner_id)
        parts = way_of(items_of(owner), owner.calendar, item)
        # a way from one visit to the next goes along with the first of them
        ways[item.busy.id] = tuple(part.busy for part in parts if part is item or part.busy.id not in lifted)
        lifted |= {busy.id for busy in ways[item.busy.id]}
    trial = [replace(one, busy=tuple(b for b in one.busy if b.id not in lifted)) for one in people]
    reasons: list[Reason] = []
    for start, owner_id, target, item in wanted:
        back = ways[item.busy.id]
        trial = [replace(one, busy=(*one.busy, *back)) if one.id == owner_id else one for one in trial]
        diff = move(item.busy.id, target, from_ticks(start), trial, now, rules)
        if diff.wont_fit:
            return PlanDiff(wont_fit=diff.wont_fit, base=base, subject=subject, reasons=diff.reasons)
        reasons += diff.reasons
        placed = {busy.id for busy in back}
        trial = [
            replace(one, busy=tuple(replace(b, pinned=True) if _root(b.id, placed) else b for b in one.busy))
            for one in applied(trial, diff)
        ]
    diff = between(people, trial, base, (*subject, *sorted(lifted - set(subject))))
    return replace(diff, reasons=tuple(reasons))


def between(before: Sequence[Person], after: Sequence[Person], base: str, subject: tuple[str, ...] = ()) -> PlanDiff:
    """What must be moved to come from one plan to another. A piece of a booking that was cut carries its id and a
    number behind a slash, as `replan.applied` makes it."""
    known = {busy.id: (person, busy) for person in before for busy in person.busy}
    places: dict[str, list[tuple[Person, Span]]] = {}
    for person in after:
        for busy in person.busy:
            root = busy.id
            while root not in known and "/" in root:
                root = root.rpartition("/")[0]
            places.setdefault(root, []).append((person, busy.span))
    finish_before, finish_after = _finishes(before), _finishes(after)
    lanes: dict[str, Lane] = {}
    moved: list[Move] = []
    reassigned: list[Move] = []
    broken: list[Move] = []
    for id_, (owner, busy) in known.items():
        new = sorted(places.get(id_, ()), key=lambda place: place[1].start)
        if not new or (len(new) == 1 and (new[0][0].id, new[0][1]) == (owner.id, busy.span)):
            continue
        target = new[0][0]
        lane = lanes.setdefault(target.id, Lane(target, to_ticks(busy.span.start), to_ticks(busy.span.end), Rules()))
        ticket = busy.ticket_id or busy.id
        item = next(one for one in items_of(owner) if one.busy.id == id_)
        promise = None if busy.kind == "travel" else item.promise
        old, ends = finish_before.get(ticket, item.end), finish_after.get(ticket, to_ticks(new[-1][1].end))
        pieces = [(to_ticks(span.start), to_ticks(span.end)) for _, span in new]
        if busy.kind == "travel":
            old, ends = item.end, pieces[-1][1]
        shift = Shift(item, pieces, old, ends, lane.lateness(ends, promise), lane.lateness(old, promise))
        change = to_move(shift, owner.id, target.id)
        (broken if shift.breaks else moved if target.id == owner.id else reassigned).append(change)
    return PlanDiff((), tuple(moved), tuple(reassigned), tuple(broken), (), base, subject)


def _root(id_: str, ids: set[str]) -> bool:
    """Whether this is one of the bookings or a piece of one."""
    return id_ in ids or any(id_.startswith(f"{one}/") for one in ids)


def _finishes(people: Sequence[Person]) -> dict[str, int]:
    found: dict[str, int] = {}
    for person in people:
        for item in items_of(person):
            if item.busy.kind != "travel":
                found[item.ticket] = max(item.end, found.get(item.ticket, item.end))
    return found
