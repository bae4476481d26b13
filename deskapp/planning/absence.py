"""When people are suddenly not there, or work other hours: everything that lost its place gets another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from random import Random

from .chains import STEPS, Row, Search, Task
from .crew import Crew, can, collected, length, turn_of
from .fit import Piece
from .lane import Item, Shift, fingerprint, items_of, joined, to_move, way_of
from .ticks import to_ticks
from .values import Move, Person, PlanDiff, Rules
from .worktime import NoWorkingTime

#: Orders in which bookings that lost their place choose new ones, moving nobody else.
ORDERS = 4
#: Orders, the best of the first ones, that are tried with others pushed within their slack, where no search helps.
PUSHED = 4

Lost = tuple[Person, Item]
#: Promises moved, minutes late, hand-overs and pushes: what is to be kept small, in this order.
Price = tuple[int, int, int]


def hours_changed(
    before: Sequence[Person],
    after: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
    tries: int = ORDERS,
    pushed: int = PUSHED,
    steps: int = STEPS,
) -> PlanDiff:
    """What an absence, other hours or a leaving person does to the plan.

    Bookings that lost working time get a new place: with the same person if that keeps the promise, else with who
    stands in for them or another colleague who can do them, else where they are least late. A visit keeps its ways
    beside it. What would be late waits until all others have their place: it takes no time that keeps a promise. In
    which order they choose decides how many promises move: of ``tries`` orders the one that moves the fewest is taken,
    then the one that is least late. Where promises would still move, it is searched who could do what (`chains`), with
    so many ``steps`` at most: others make room within their slack, or go to a colleague, too. Where that finds
    nothing better, ``pushed`` orders are tried in which what would be late pushes others. What is pinned or in progress
    stays and is listed as not fitting, for a person to decide.
    """
    rules = rules or Rules()
    old = {person.id: person for person in before}
    lost, stuck = lost_places(old, after, to_ticks(now))
    crew = Crew(after, now, rules)
    crew.lift(part.busy.id for _, item in lost for part in item.parts or (item,))
    base = fingerprint(after)
    least = len(set(stuck))
    found: list[tuple[Price, int, Sequence[Lost], PlanDiff]] = []
    for place, chosen in enumerate(_orders(lost, tries)):
        price, diff = _settled(crew, chosen, old, stuck, base, pushing=False)
        found.append((price, place, chosen, diff))
        if price[0] == least:
            return diff
    found.sort(key=lambda one: one[:2])
    best, _, _, diff = found[0]
    searched = _searched(crew, lost, old, stuck, base, steps) if steps else None
    if searched is not None and searched[0] < best:
        return searched[1]
    rng = Random(len(lost))
    for turn in range(pushed if len(lost) > 1 else min(1, pushed)):
        order = found[turn][2] if turn < len(found) else rng.sample(lost, len(lost))
        price, other = _settled(crew, order, old, stuck, base, pushing=True)
        if price < best:
            best, diff = price, other
        if best[0] == least:
            break
    return diff


def lost_places(old: Mapping[str, Person], after: Sequence[Person], now: int) -> tuple[list[Lost], list[str]]:
    """The bookings that lost working time, the nearest promise first, each visit with its ways; and the tickets of
    those that nothing moves."""
    lost: list[Lost] = []
    stuck: list[str] = []
    for person in after:
        was = old.get(person.id)
        if was is None:
            continue
        taken: set[str] = set()
        items = items_of(person)
        for item in sorted(items, key=lambda one: one.busy.kind != "visit"):
            if item.end <= now or item.busy.id in taken:
                continue
            # a way from one visit to the next goes along with the first of them
            ways = () if item.fixed else way_of(items, was.calendar, item)
            parts = [part for part in ways if part.busy.id not in taken] or [item]
            if any(part.start < now for part in parts):
                parts = [item]  # on the road already: only what is still to come can move
            if not any(_shorter(part, person, was, now) for part in parts):
                continue
            if item.fixed:
                stuck.append(item.ticket)
                continue
            taken |= {part.busy.id for part in parts}
            lost.append((person, joined(item, parts)))
    lost.sort(key=lambda pair: (pair[1].promise is None, pair[1].promise or 0, pair[1].start))
    return lost, stuck


def _settled(
    crew: Crew, order: Sequence[Lost], old: Mapping[str, Person], stuck: Sequence[str], base: str, pushing: bool
) -> tuple[Price, PlanDiff]:
    """The plan when bookings choose new places in this order."""
    crew.reset()
    moves: list[tuple[Move, bool]] = []
    late: list[Lost] = []
    for one in order:
        new = crew.settle(one[0], one[1], old[one[0].id], keeping_promises=True, pushing=pushing)
        if new is None:
            late.append(one)
        moves += new or ()
    return _ended(crew, moves, late, old, stuck, base)


def _ended(
    crew: Crew,
    moves: list[tuple[Move, bool]],
    late: Sequence[Lost],
    old: Mapping[str, Person],
    stuck: Sequence[str],
    base: str,
) -> tuple[Price, PlanDiff]:
    """What found no place in time chooses last."""
    wont_fit = list(stuck)
    for person, item in late:
        was = old.get(person.id) if item.busy.id in crew.ignoring else None  # the others lost no time
        new = crew.settle(person, item, was)
        if new is None:
            wont_fit.append(item.ticket)
        moves += new or ()
    diff = collected(moves, (), tuple(dict.fromkeys(wont_fit)), base)
    told = {move.busy.ticket_id for move in diff.broken} | set(wont_fit)
    return (len(told), sum(move.late for move in diff.broken), len(diff.reassigned) + len(diff.moved)), diff


def _searched(
    crew: Crew, lost: Sequence[Lost], old: Mapping[str, Person], stuck: Sequence[str], base: str, steps: int
) -> tuple[Price, PlanDiff] | None:
    """The plan of the search for rows; visits and what nobody was promised choose by themselves, these before it, those
    after."""
    crew.reset()
    moves: list[tuple[Move, bool]] = []
    late: list[Lost] = []
    wanted: list[Lost] = []
    for person, item in lost:
        if item.busy.kind == "work":
            (late if item.promise is None else wanted).append((person, item))
            continue
        new = crew.settle(person, item, old[person.id], keeping_promises=True)
        if new is None:
            late.append((person, item))
        moves += new or ()
    people, rows = [], []
    for person in crew.people:
        try:
            rows.append(Row(crew.standing(person)))
            people.append(person)
        except NoWorkingTime:
            continue
    tasks = []
    for home, (person, row) in enumerate(zip(people, rows, strict=True)):
        for item in row.loose:
            others = [at for at, one in enumerate(people) if at != home and can(one, item.busy)]
            tasks.append(Task(person, item, row.lane.work_minutes(item), home, (home, *others)))
    for person, item in wanted:
        turns = ((turn_of(one, person, item.busy), at) for at, one in enumerate(people))
        able = tuple(at for _, at in sorted((turn, at) for turn, at in turns if turn is not None))
        tasks.append(Task(person, item, length(item, old[person.id]), -1, able))
    search = Search(rows, tasks, {*stuck, *(item.ticket for _, item in late if item.promise is not None)}, steps)
    if not search.run():
        return None
    late += [(task.owner, task.item) for task, row in zip(tasks, search.where, strict=True) if row < 0]
    moves += _arranged(crew, people, search)
    return _ended(crew, moves, late, old, stuck, base)


def _arranged(crew: Crew, people: Sequence[Person], search: Search) -> list[tuple[Move, bool]]:
    """The moves of what the search gave a new place; the places are then taken."""
    moves = []
    went = [task for task, row in zip(search.tasks, search.where, strict=True) if -1 != task.home != row]
    lifted = {task.item.busy.id for task in went}
    placed: list[tuple[Person, Item, list[Piece]]] = []
    for at, (person, row) in enumerate(zip(people, search.rows, strict=True)):
        lane = row.lane
        layout = [(search.tasks[number], pieces) for number, pieces in sorted(search.layout(at).items())]
        lifted |= {task.item.busy.id for task, _ in layout if task.home == at}
        for task, pieces in layout:
            item = task.item
            shift = crew.shift(lane, item, pieces[-1][1])
            if task.home == at:
                ends = [own[-1][1] for other, own in layout if other.home == at and other.item.ticket == item.ticket]
                ends += [one.end for one in lane.items if one.ticket == item.ticket and one.busy.id not in lifted]
                before, finish = lane.last_end.get(item.ticket, item.end), max(ends)
                late = lane.lateness(finish, item.promise)
                shift = Shift(item, pieces, before, finish, late, lane.lateness(before, item.promise))
            shift.pieces = pieces
            moves.append((to_move(shift, task.owner.id, person.id), shift.breaks))
            placed.append((person, item, pieces))
    crew.arrange(lifted, placed)
    return moves


def _shorter(item: Item, person: Person, was: Person, now: int) -> bool:
    start = max(item.start, now)
    return start < item.end and person.calendar.work_ticks(start, item.end) < was.calendar.work_ticks(start, item.end)


def _orders(lost: list[Lost], tries: int) -> Iterable[list[Lost]]:
    """The nearest promise first, then the longest first, then others; always the same ones."""
    yield lost
    if len(lost) > 1 and tries > 1:
        yield sorted(lost, key=lambda pair: pair[1].start - pair[1].end)
        rng = Random(len(lost))
        for _ in range(tries - 2):
            yield rng.sample(lost, len(lost))
