"""When people are suddenly not there, or work other hours: everything that lost its place gets another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from random import Random

from .crew import Crew, collected
from .lane import Item, fingerprint, items_of, joined, way_of
from .ticks import to_ticks
from .values import Move, Person, PlanDiff, Rules

#: Orders in which bookings that lost their place choose new ones, moving nobody else.
ORDERS = 4
#: Orders that are tried with others pushed within their slack, where promises would move otherwise.
PUSHED = 16
#: Of these, how many begin with the best of the first ones; after them a booking that stayed late goes first.
BEGUN, FRONTED = 2, 6


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
    crew = Crew(after, now, rules)
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
    crew: Crew,
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
    diff = collected(moves, (), tuple(dict.fromkeys(wont_fit)), base)
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
