"""Who does what, so that the fewest promises move: chains of "this goes there, if that makes room".

A row is a person's working time, in minutes that no fixed booking holds, and the bookings that lie in it. Each has the
minute before which it does not begin (where it stood), and the one by which it must be done (its promise). Whether a
row can hold a set of bookings is then a question about numbers: if the nearest promise is always worked on first, and
laid down for one that is nearer still, all are in time whenever that is possible at all. What the numbers allow is laid
into the calendar by the slicing rules before it is believed.

What lost its place is put where it is in time. Where nothing is free, something else makes room: it goes later in its
own row, within its promise, else to another row that holds it, or does so if something goes on from there in turn. What
stays late is then forced in, what it drives out is placed again, and this is kept if no more promises move, or one more
now and then. The search ends after a fixed number of steps, so that the same plan always gives the same answer.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush, heapreplace
from random import Random

from .fit import Free, Piece, earliest, without
from .lane import WORK_ONLY, Item, Lane
from .ticks import MINUTE
from .values import Person

#: Steps of a search at most; some ten million a second. A booking that is looked at counts one when it is only asked
#: whether a row has too much to do, `ASKED` when it is worked off in numbers, `LAID` when it is laid into the calendar.
STEPS = 2_500_000
ASKED, LAID = 4, 250
#: Steps after which the search begins again where it began, by other ways.
ROUND = 3_000_000
#: How many bookings give way one for another in the first search.
LINKS = (1,)
#: How often those who are still late are tried again after one was forced in and no promise was won.
AGAIN = 0.1
#: How often a plan that moves one promise more is followed, and how many more than in the best plan it may move.
WANDER, ASTRAY = 0.1, 2
#: How often a booking that came too late in a row is tried before all others.
FIRST_TRIES = 3
_NEVER = 1 << 40

#: The first minute, the last minute (of the row's free working time), the length, the booking's number.
Entry = tuple[int, int, int, int]
Layout = Mapping[int, list[Piece]]


@dataclass(frozen=True, slots=True)
class Task:
    """A booking of the search. ``home`` is the row that it stands in, -1 if it lost its place; ``able`` are the rows
    that may have it, the first to be asked first."""

    owner: Person
    item: Item
    minutes: int
    home: int
    able: tuple[int, ...]

    @property
    def limit(self) -> int | None:
        """The tick after which the booking breaks its promise; what is late already must not get later."""
        promise = self.item.promise
        return None if promise is None else promise if self.item.end <= promise else self.item.end


class Row:
    """One person's time."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._measure(_loose(lane))
        if not in_time(sorted(self.entry(item, lane.work_minutes(item), item.end, 0) for item in self.loose)):
            self._measure([])  # bookings lie where the minutes cannot explain it: nothing of this row gives way

    def _measure(self, loose: list[Item]) -> None:
        self.loose = loose
        self.free = self.lane.free_from(self.lane.now, loose)
        self._begins = [start for start, _, _ in self.free]
        self._done = [0]
        for start, end, _ in self.free:
            self._done.append(self._done[-1] + (end - start) // MINUTE)

    def until(self, ticks: int) -> int:
        """Free minutes of the row before a moment."""
        at = bisect_right(self._begins, ticks) - 1
        if at < 0:
            return 0
        return min(self._done[at + 1], self._done[at] + (ticks - self._begins[at]) // MINUTE)

    def entry(self, item: Item, minutes: int, limit: int | None, number: int) -> Entry:
        return self.until(item.least), _NEVER if limit is None else self.until(limit), minutes, number


def _loose(lane: Lane) -> list[Item]:
    """Work that may give way: all in working time, with nothing over it, begun by nobody."""
    found = []
    front = 0
    items = lane.items
    for place, item in enumerate(items):
        alone = item.start >= front and (place + 1 == len(items) or items[place + 1].start >= item.end)
        front = max(front, item.end)
        if item.fixed or item.start < lane.now or item.busy.kind not in WORK_ONLY or not alone:
            continue
        work = lane.track.worked_until(item.end) - lane.track.worked_until(item.start)
        if item.end <= lane.horizon and work == lane.work_minutes(item) * MINUTE and item.least == item.start:
            found.append(item)
    return found


def in_time(entries: Sequence[Entry], added: int = _NEVER) -> bool:
    """Whether all are done by their last minute when at each moment the nearest last minute is worked on; in order of
    the first minute. ``added``: the first minute of the only one without which it is known that they are."""
    waiting: list[tuple[int, int]] = []
    clock = at = 0
    count = len(entries)
    while at < count or waiting:
        if not waiting:
            begin = entries[at][0]
            if begin > added:
                return True  # nothing is left over that could delay those still to come
            if clock < begin:
                clock = begin
        while at < count and entries[at][0] <= clock:
            _, last, minutes, _ = entries[at]
            heappush(waiting, (last, minutes))
            at += 1
        last, minutes = waiting[0]
        end = clock + minutes
        if end > last:
            return False
        if at < count and entries[at][0] < end:
            clock = entries[at][0]
            heapreplace(waiting, (last, end - clock))
        else:
            clock = end
            heappop(waiting)
    return True


@dataclass(frozen=True, order=True, slots=True)
class _Cost:
    """Promises that move; of these, those of bookings that had their place; minutes of work behind them."""

    promises: int
    others: int
    minutes: int


@dataclass(slots=True)
class _State:
    rows: list[list[Entry]]
    ends: list[list[Entry]]
    where: list[int]
    cost: _Cost


class Search:
    """Finds rows for what lost its place. ``where`` tells the row of each task afterwards, -1: it is late.

    ``told`` are tickets that have lost their promise whatever is done.
    """

    def __init__(self, rows: Sequence[Row], tasks: Sequence[Task], told: Iterable[str], steps: int) -> None:
        self.rows = rows
        self.tasks = tasks
        self.left = steps
        self.where = [task.home for task in tasks]
        self._out = {number for number, task in enumerate(tasks) if task.home < 0}
        self._entries: list[list[Entry | None]] = [[None] * len(rows) for _ in tasks]
        self._laid: dict[tuple[int, frozenset[int]], Layout | None] = {}
        self._held: list[list[Entry]] = [[] for _ in rows]
        self._ends: list[list[Entry]] = [[] for _ in rows]  # the same, but the last minute before the first
        for number, task in enumerate(tasks):
            if task.home >= 0:
                self._put(number, task.home)
        self._lost = [number for number, task in enumerate(tasks) if task.home < 0]
        self._hopeless = set(told)
        for number in self._lost:
            if not any(in_time([self._entry(number, row)]) for row in tasks[number].able):
                self._hopeless.add(tasks[number].item.ticket)
        self._rng = Random(len(self._lost))
        self._forcing = False  # a plan is laid into the calendar when it is complete
        self._misled = False  # the numbers once allowed what the calendar does not: each step is laid from then on

    def run(self) -> bool:
        """Whether a plan was found; then ``where`` and `layout` tell it."""
        self._first()
        first = state = self._state()
        best = state if self._laid_down() else None
        least = state.cost.promises
        self._forcing = True
        again = self.left - ROUND
        while least and self.left > 0:
            if self.left < again:
                again -= ROUND
                state = first
                self._back(first)
            self._force()
            promises = len(self._late())
            astray = state.cost.promises < promises <= min(state.cost.promises + 1, least + ASTRAY)
            wanted = promises <= state.cost.promises or (astray and self._rng.random() < WANDER)
            other = self._state() if wanted else state
            better = wanted and (best is None or other.cost < best.cost)
            if wanted and (not (better or self._misled) or self._laid_down()):
                state = other
                if better:
                    best = other
                    least = other.cost.promises
            else:
                self._back(state)
        if best is None:
            return False
        self._back(best)
        self._homeward()
        return True

    def layout(self, row: int) -> Layout:
        """New places of the tasks of a row that do not stay where they stood; as many as can do stay, those with the
        least slack first."""
        laid = self._lay(row)
        if not laid:
            return {}
        staying = {entry[3] for entry in self._held[row]} - laid.keys()
        for entry in self._by_slack(row):
            if entry[3] in staying:
                continue
            tried = self._cut(row, self._held[row], staying | {entry[3]})
            if tried is not None:
                laid = tried
                staying.add(entry[3])
        return laid

    # -- the search

    def _first(self) -> None:
        order = sorted(self._lost, key=lambda one: (self.tasks[one].limit or 0, self.tasks[one].item.start, one))
        for number in order:
            if self.tasks[number].item.ticket not in self._hopeless and not self._gap(number):
                self._place(number, 0)
        self._let_go()
        for links in LINKS:
            self._improve(links)

    def _gap(self, number: int) -> bool:
        """Put it where nothing else moves."""
        for row in self.tasks[number].able:
            entries = [self._still(entry, row) for entry in self._held[row]]
            entries.append(self._entry(number, row))
            if self._ask(sorted(entries)):
                self._put(number, row)
                if self._lay(row) is not None:
                    return True
                self._take(number)
        return False

    def _improve(self, links: int) -> None:
        late = self._late()
        for ticket in sorted(late, key=lambda one: (sum(self.tasks[number].minutes for number in late[one]), one)):
            before = self._state() if len(late[ticket]) > 1 else None
            for number in late[ticket]:
                if not self._place(number, links):
                    if before is not None:
                        self._back(before)
                    break

    def _place(self, number: int, links: int, path: tuple[int, ...] = (), gone: frozenset[int] = frozenset()) -> bool:
        """Put it into a row, and what gives way for it into another, over so many links; False: nothing is changed."""
        able = self.tasks[number].able
        for row in able:
            if self._fits(number, row):
                self._put(number, row)
                if self._forcing or all(self._lay(one) is not None for one in {*path, row}):
                    return True
                self._take(number)
        if not links:
            return False
        for row in able:
            for entry in self._yielding(number, row):
                other = entry[3]
                if self.left <= 0:
                    return False
                if other in gone or not self._fits(number, row, entry):
                    continue
                self._take(other)
                self._put(number, row)
                if self._place(other, links - 1, (*path, row), gone | {number}):
                    return True
                self._take(number)
                self._put(other, row)
        return False

    def _yielding(self, number: int, row: int) -> Iterator[Entry]:
        """What could go elsewhere and would help: it has a promise behind the first minute of what comes."""
        first = self._entry(number, row)[0]
        for entry in tuple(self._held[row]):
            if first < entry[1] < _NEVER and len(self.tasks[entry[3]].able) > 1:
                yield entry

    def _force(self) -> None:
        """Put something late where it could be, drive out what is in its way, and find other places for that."""
        self.left -= LAID
        late = self._late()
        promises = len(late)
        ticket = self._rng.choice(sorted(late))
        driven: list[int] = []
        for number in late[ticket]:
            rows = [row for row in self.tasks[number].able if in_time([self._entry(number, row)])]
            row = self._rng.choice(rows)
            own = [entry[3] for entry in self._held[row] if entry[3] not in late[ticket] and entry[1] < _NEVER]
            out: list[int] = []
            while not self._fits(number, row):
                if not own:
                    break  # two blocks of one ticket in each other's way
                out.append(own.pop(int(self._rng.random() * len(own))))
                self._take(out[-1])
            else:
                self._put(number, row)
            for other in reversed(out):
                if self._fits(other, row):
                    self._put(other, row)
                else:
                    driven.append(other)
        for number in sorted(driven, key=lambda one: (-self.tasks[one].minutes, one)):
            self._place(number, 0)
        self._let_go()
        if len(self._late()) < promises or self._rng.random() < AGAIN:
            self._improve(1)

    def _let_go(self) -> None:
        """A ticket that is late with one block may be late with all that lost their place: they leave the room to
        others."""
        late = self._late()
        for number in self._lost:
            if self.where[number] >= 0 and self.tasks[number].item.ticket in late:
                self._take(number)

    def _homeward(self) -> None:
        """What went to a colleague and need not have goes home."""
        moved = True
        while moved:
            moved = False
            for number, task in enumerate(self.tasks):
                row = self.where[number]
                if task.home < 0 or row in (-1, task.home) or not self._fits(number, task.home):
                    continue
                self._take(number)
                self._put(number, task.home)
                if self._lay(row) is not None and self._lay(task.home) is not None:
                    moved = True
                else:
                    self._take(number)
                    self._put(number, row)

    # -- what is where

    def _late(self) -> dict[str, list[int]]:
        """The tasks without a row, by ticket, where something can be done about it."""
        found: dict[str, list[int]] = {}
        for number in sorted(self._out):
            if self.tasks[number].item.ticket not in self._hopeless:
                found.setdefault(self.tasks[number].item.ticket, []).append(number)
        return found

    def _state(self) -> _State:
        late = self._late()
        others = sum(any(self.tasks[one].home >= 0 for one in numbers) for numbers in late.values())
        minutes = sum(self.tasks[one].minutes for numbers in late.values() for one in numbers)
        rows, ends = [list(row) for row in self._held], [list(row) for row in self._ends]
        return _State(rows, ends, list(self.where), _Cost(len(late), others, minutes))

    def _laid_down(self) -> bool:
        return all(self._lay(row) is not None for row in range(len(self.rows)))

    def _back(self, state: _State) -> None:
        self._held = [list(row) for row in state.rows]
        self._ends = [list(row) for row in state.ends]
        self.where = list(state.where)
        self._out = {number for number, row in enumerate(self.where) if row < 0}

    def _put(self, number: int, row: int) -> None:
        first, last, minutes, _ = entry = self._entry(number, row)
        insort(self._held[row], entry)
        insort(self._ends[row], (last, first, minutes, number))
        self.where[number] = row
        self._out.discard(number)

    def _take(self, number: int) -> None:
        row = self.where[number]
        first, last, minutes, _ = entry = self._entry(number, row)
        self._held[row].remove(entry)
        self._ends[row].remove((last, first, minutes, number))
        self.where[number] = -1
        self._out.add(number)

    def _fits(self, number: int, row: int, instead: Entry | None = None) -> bool:
        entry = self._entries[number][row] or self._entry(number, row)
        if self._too_much(entry, row, -1 if instead is None else instead[3]):
            return False
        entries = self._held[row].copy()
        if instead is not None:
            entries.remove(instead)
        insort(entries, entry)
        self.left -= ASKED * len(entries)
        return in_time(entries, entry[0])

    def _too_much(self, entry: Entry, row: int, without: int) -> bool:
        """Whether until one of the last minutes there is more to do than time: of all, or of what begins no earlier
        than this. The quick part of the question, which says no to most."""
        first, last, minutes, _ = entry
        self.left -= len(self._ends[row])
        done = late = 0
        added = False
        for end, begin, length, number in self._ends[row]:
            if end > last and not added:
                done += minutes
                late += minutes
                added = True
                if late > last - first or done > last:
                    return True
            if number != without:
                done += length
                if begin >= first:
                    late += length
                if added and (late > end - first or done > end):
                    return True
        return not added and (late + minutes > last - first or done + minutes > last)

    def _ask(self, entries: Sequence[Entry]) -> bool:
        self.left -= ASKED * len(entries)
        return in_time(entries)

    def _entry(self, number: int, row: int) -> Entry:
        entry = self._entries[number][row]
        if entry is None:
            task = self.tasks[number]
            entry = self._entries[number][row] = self.rows[row].entry(task.item, task.minutes, task.limit, number)
        return entry

    def _still(self, entry: Entry, row: int) -> Entry:
        """The same booking, if it has to stay where it stood."""
        task = self.tasks[entry[3]]
        return entry if task.home != row else (entry[0], self.rows[row].until(task.item.end), entry[2], entry[3])

    # -- into the calendar

    def _lay(self, row: int) -> Layout | None:
        held = self._held[row]
        key = row, frozenset(entry[3] for entry in held)
        if key not in self._laid:
            self._laid[key] = self._laid_out(row, held)
            self._misled = self._misled or self._laid[key] is None
        return self._laid[key]

    def _laid_out(self, row: int, held: Sequence[Entry]) -> Layout | None:
        """Places in the calendar, all in time. None where the slicing rules do not allow what the minutes would."""
        entries = sorted(self._still(entry, row) for entry in held)
        staying = {entry[3] for entry in held if self.tasks[entry[3]].home == row}
        if len(staying) < len(held) and not self._ask(entries):
            entries = list(held)
            for entry in self._by_slack(row):
                tried = [one for one in entries if one is not entry]
                insort(tried, self._still(entry, row))
                if self._ask(tried):
                    entries = tried
                else:
                    staying.discard(entry[3])
        layout = self._cut(row, held, staying)
        return layout if layout is not None or not staying else self._cut(row, held, frozenset())

    def _by_slack(self, row: int) -> list[Entry]:
        """What stood in the row, those with the least slack first."""
        home = [entry for entry in self._held[row] if self.tasks[entry[3]].home == row]
        return sorted(home, key=lambda one: (one[1] - one[0] - one[2], one))

    def _cut(self, row: int, held: Sequence[Entry], staying: Collection[int]) -> Layout | None:
        lane = self.rows[row].lane
        there = {id(self.tasks[number].item) for number in staying}
        free = lane.free_from(lane.now, [item for item in self.rows[row].loose if id(item) not in there])
        order = [entry[3] for entry in sorted(held, key=lambda one: (one[1], one)) if entry[3] not in staying]
        for _ in range(FIRST_TRIES):
            places, late = self._in_order(lane, free, order)
            if late is None:
                return places
            order.remove(late)
            order.insert(0, late)
        return None

    def _in_order(self, lane: Lane, free: list[Free], order: Sequence[int]) -> tuple[Layout, int | None]:
        """Places of the tasks one after another, and the first that is not in time."""
        places: dict[int, list[Piece]] = {}
        self.left -= LAID * len(order)
        for number in order:
            task = self.tasks[number]
            busy, limit = task.item.busy, task.limit
            start = max(task.item.least, lane.origin)
            pieces = earliest(free, task.minutes, lane.rules, start, busy.splits, busy.min_piece)
            if pieces is None or (limit is not None and pieces[-1][1] > limit):
                return places, number
            places[number] = pieces
            free = without(free, pieces)
        return places, None
