"""One person's calendar, opened for planning: what is free, and what happens when a job is put in between.

A lane is computed once per question and asked many times; it works in ticks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import blake2b
from typing import TypeVar

from .fit import Free, Piece, Trip, earliest, free_stretches, without
from .ticks import DAY, MINUTE, SECOND, from_ticks, round_up, to_span, to_ticks
from .values import Busy, Move, Person, Rules
from .worktime import Track, WorkCalendar, round_up_wall

#: Kinds of bookings that an ordinary change of plan may push; a visit is agreed with the customer.
WORK_ONLY = frozenset({"work"})
WORK_AND_VISITS = frozenset({"work", "visit"})

_Part = TypeVar("_Part")
#: Promises broken, and ticks of lateness.
Cost = tuple[int, int]
NO_LIMIT: Cost = (1 << 30, 0)
NO_BREAK: Cost = (1, 0)


@dataclass(slots=True)
class Item:
    """A booking in ticks."""

    start: int
    end: int
    busy: Busy
    promise: int | None
    ticket: str
    fixed: bool
    parts: tuple[Item, ...] = ()  # of a visit: the way there, the visit, the way back; they move together

    @property
    def least(self) -> int:
        """Nothing of it begins earlier when it must give way: where it is, and not before what was agreed."""
        held = self.busy.not_before
        return self.start if held is None else max(self.start, to_ticks(held))


@dataclass(slots=True)
class Shift:
    """An item that gets another place. ``late`` and ``late_before`` are ticks past its promise."""

    item: Item
    pieces: list[Piece]
    finish_before: int
    finish: int
    late: int
    late_before: int

    @property
    def breaks(self) -> bool:
        return self.late > 0 and self.late > self.late_before


@dataclass(slots=True)
class Placement:
    """A job put somewhere, with what it pushes."""

    pieces: list[Piece]
    shifts: list[Shift] = field(default_factory=list)

    @property
    def finish(self) -> int:
        return self.pieces[-1][1]

    @property
    def cost(self) -> tuple[int, int, int]:
        """Promises broken, by how much, and bookings moved: what is to be kept small, in this order."""
        broken = [shift for shift in self.shifts if shift.breaks]
        return len(broken), sum(shift.late - shift.late_before for shift in broken), len(self.shifts)


def horizon(person: Person, rules: Rules, start: int, days: int) -> int:
    """The end of so many working days from ``start`` on: the desk's, so that who works less is not asked further ahead.

    Raises NoWorkingTime where there are none.
    """
    own = person.calendar.working_days(from_ticks(start), days if rules.calendar is None else 1)
    return to_ticks(own if rules.calendar is None else rules.calendar.working_days(from_ticks(start), days))


class Lane:
    """A person's time from ``origin`` to ``horizon`` (ticks)."""

    def __init__(
        self,
        person: Person,
        now: int,
        horizon: int,
        rules: Rules,
        ignoring: frozenset[str] = frozenset(),
        interrupting: bool = False,
        reserving: bool = False,
    ) -> None:
        """``ignoring`` are ids of bookings that count as lifted out. ``interrupting`` makes work in progress movable
        from now on: what is left of it can be pushed like any other booking. ``reserving`` keeps the person's reserve
        free: for plans, not for what nobody could foresee."""
        self.person = person
        self.calendar = person.calendar
        self.rules = rules
        self.now = now
        self.horizon = horizon
        self.origin = first_start(person.calendar.zone, now, rules.step)
        self.track: Track = person.calendar.track(now - DAY, horizon + DAY)
        items = [item for item in items_of(person) if item.end > now and item.busy.id not in ignoring]
        if interrupting:
            items = sorted((_from_now(item, now) for item in items), key=_by_start)
        self.last_end: dict[str, int] = {}
        for item in items:
            if item.busy.kind != "travel":  # no work is done on the road
                self.last_end[item.ticket] = max(item.end, self.last_end.get(item.ticket, item.end))
        self.items = _with_their_ways(items, person.calendar, now)
        self.away = sorted(
            (to_ticks(absence.span.start), to_ticks(absence.span.end))
            for absence in self.calendar.absences
            if to_ticks(absence.span.end) - to_ticks(absence.span.start) >= DAY
        )
        #: What of the free time is kept for the unforeseen; no plan takes it.
        self.kept: list[Piece] = []
        self.free = self._free([(item.start, item.end) for item in self.items])
        if reserving and person.reserve:
            self.kept = kept_free(self.track, self.free, self.calendar, person.reserve, now)
            self.free = without(self.free, self.kept)

    def _free(self, taken: Sequence[Piece]) -> list[Free]:
        if self.kept:
            taken = sorted([*taken, *self.kept])
        return free_stretches(self.track, self.now, self.horizon, taken, self.away)

    def free_from(self, low: int, lifted: Sequence[Item], high: int = 0) -> list[Free]:
        """What is free from ``low`` on (until ``high``) when some bookings are lifted out; nothing is said of the time
        before."""
        loose = set(map(id, lifted))
        taken = [(item.start, item.end) for item in self.items if item.end > low and id(item) not in loose]
        if self.kept:
            taken = sorted([*taken, *(piece for piece in self.kept if piece[1] > low)])
        return free_stretches(self.track, max(low, self.now), high or self.horizon, taken, self.away)

    def fit(
        self, minutes: int, not_before: int, splittable: bool = True, min_piece: int | None = None, trip: Trip = ()
    ) -> list[Piece] | None:
        """The earliest place that disturbs nobody."""
        return earliest(self.free, minutes, self.rules, max(not_before, self.origin), splittable, min_piece, trip)

    def movable(self, kinds: frozenset[str]) -> list[Item]:
        return [item for item in self.items if not item.fixed and item.start >= self.now and item.busy.kind in kinds]

    def insertions(
        self,
        minutes: int,
        not_before: int,
        kinds: frozenset[str],
        splittable: bool = True,
        min_piece: int | None = None,
    ) -> Iterator[tuple[list[Piece], Room]]:
        """Places where the job could begin by pushing a booking aside: before each of them, in order of
        time.
        """
        movable = self.movable(kinds)
        room = Room(self, movable, self._free_of(movable))
        for index, item in enumerate(movable):
            if item.end > not_before:
                at = max(item.start, not_before, self.origin)
                pieces = earliest(room.free, minutes, self.rules, at, splittable, min_piece)
                if pieces is None:
                    return
                yield pieces, room
            room = Room(self, movable[index + 1 :], without(room.free, [(item.start, item.end)]))

    def room(self, at: int, kinds: frozenset[str]) -> Room:
        """What can be pushed by a job that begins at ``at``, and the time that is free without it."""
        movable = [item for item in self.movable(kinds) if item.end > at]
        return Room(self, movable, self._free_of(movable))

    def _free_of(self, movable: list[Item]) -> list[Free]:
        loose = set(map(id, movable))
        return self._free([(item.start, item.end) for item in self.items if id(item) not in loose])

    def work_minutes(self, item: Item) -> int:
        """The working time in a booking's span; all of it, where it lies outside working hours."""
        if item.parts:
            return sum(self.work_minutes(part) for part in item.parts)
        work = self.track.worked_until(item.end) - self.track.worked_until(item.start)
        return (work or item.end - item.start) // MINUTE

    def late_before(self, item: Item) -> int:
        return self.lateness(self.last_end.get(item.ticket, item.end), item.promise)

    def lateness(self, finish: int, promise: int | None) -> int:
        if promise is None or finish <= promise:
            return 0
        return max(MINUTE, self._clock().work_ticks(promise, finish))

    def _clock(self) -> WorkCalendar:
        """Whose working time lateness is counted in: the desk's, else the person's without absences. To a customer the
        vacation of a specialist is time that passes."""
        if self.rules.calendar is not None:
            return self.rules.calendar
        kept = self.person.kept.get("clock")
        if not isinstance(kept, WorkCalendar):
            kept = replace(self.calendar, absences=()) if self.calendar.absences else self.calendar
            self.person.kept["clock"] = kept
        return kept

    def must_break(self, item: Item, pieces: Sequence[Piece]) -> bool:
        """Whether a booking in time is surely late once these pieces are taken: until its promise there is not even
        working time for both. False says nothing."""
        promise = item.promise
        if promise is None or item.parts or item.busy.kind == "travel" or self.last_end[item.ticket] > promise:
            return False
        taken = sum(min(end, promise) - min(start, promise) for start, end in pieces if start >= item.start)
        return self.calendar.work_ticks(item.start, promise) < self.work_minutes(item) * MINUTE + taken

    def promise(self, finish: int, margin: int) -> int:
        """Finish plus margin, rounded up on the wall clock, moved to the next working time if outside."""
        zone, step = self.calendar.zone, self.rules.round_to
        told = round_up_wall(zone, self.calendar.after(finish, margin * MINUTE), step)
        # The last moment of a working day is still inside it.
        if self.calendar.next_ticks(told - SECOND) < told:
            return told
        return round_up_wall(zone, self.calendar.next_ticks(told), step)


def kept_free(track: Track, free: Sequence[Free], calendar: WorkCalendar, share: int, now: int) -> list[Piece]:
    """The last free minutes of each date, as many as ``share`` per cent of its working time from now on.

    Less is kept where less is free: what was planned already, or has come in between, stands. More load never makes
    more time free, since the last minutes of what is left are never earlier than those of what was.
    """
    kept: list[Piece] = []
    at = len(free) - 1
    end = free[at][1] if free else 0
    while at >= 0 and end > now:
        day = from_ticks(end - 1).astimezone(calendar.tz).date()
        low, high = max(now, calendar.day_start(day)), calendar.day_start(day + timedelta(days=1))
        wanted = (track.worked_until(high) - track.worked_until(low)) * share // 100 // MINUTE * MINUTE
        while at >= 0 and end > low:
            start = max(low, free[at][0])
            if wanted > 0:
                kept.append((max(start, end - wanted), end))
                wanted -= end - kept[-1][0]
            if free[at][0] < low:  # a night shift: the rest of it belongs to the day before
                end = low
                break
            at -= 1
            end = free[at][1] if at >= 0 else 0
    kept.reverse()
    return kept


def items_of(person: Person) -> list[Item]:
    """The person's bookings in order of time; kept with the person, who never changes."""
    kept = person.kept.get("items")
    if isinstance(kept, list):
        return kept
    items = []
    for busy in person.busy:
        start, end = to_ticks(busy.span.start), to_ticks(busy.span.end)
        if start < end:
            promise = None if busy.promise is None else to_ticks(busy.promise)
            fixed = busy.in_progress or busy.pinned
            items.append(Item(start, end, busy, promise, busy.ticket_id or busy.id, fixed))
    items.sort(key=_by_start)
    person.kept["items"] = items
    return items


def fingerprint(people: Iterable[Person]) -> str:
    """A mark of the bookings that a plan was computed from; another mark means that they changed
    meanwhile.
    """
    mark = blake2b(digest_size=8)
    for person in sorted(people, key=lambda one: one.id):
        own = person.kept.get("fingerprint")
        if not isinstance(own, str):
            told = [_told(item) for item in items_of(person)]
            own = "\n".join([person.id, *told])
            person.kept["fingerprint"] = own
        mark.update(own.encode())
    return mark.hexdigest()


class Room:
    """What can be pushed (in order of time), and the time that is free when it is lifted out."""

    def __init__(self, lane: Lane, movable: list[Item], free: list[Free]) -> None:
        self.lane = lane
        self.movable = movable
        self.free = free

    def make(self, pieces: list[Piece], limit: Cost = NO_LIMIT) -> Placement | None:
        """Give the pieces to the job and find another place for what they displace.

        What is displaced takes the next gap that is long enough; if that would break a promise, everything
        behind is pushed on in order instead, when that breaks less. None when something does not fit in the
        horizon, or when promises broken and ticks of lateness reach the limit.
        """
        end = pieces[-1][1]
        displaced = []
        for item in self.movable:
            if item.start >= end:
                break
            if _touches(item, pieces):
                displaced.append(item)
        if not displaced:
            return Placement(pieces)
        sure = sum(self.lane.must_break(item, pieces) for item in displaced)
        if sure and (sure, 0) >= limit:
            return None
        hopped = self._hop(pieces, displaced, limit)
        if hopped is not None and not hopped.cost[0]:
            return hopped
        pushed = self._push(pieces, limit if hopped is None else hopped.cost[:2])
        return pushed or hopped

    def _hop(self, pieces: list[Piece], displaced: list[Item], limit: Cost) -> Placement | None:
        high = 0
        if limit <= NO_BREAK:  # behind its promise no place is of use
            high = max(
                self.lane.horizon if one.promise is None or self.lane.late_before(one) else one.promise
                for one in displaced
            )
        free = without(self.lane.free_from(displaced[0].start, displaced, high), pieces)
        places = _Places(self.lane, limit)
        for item in displaced:
            place = places.add(item, free)
            if place is None:
                return None
            free = without(free, place)
        return Placement(pieces, places.shifts())

    def _push(self, pieces: list[Piece], limit: Cost) -> Placement | None:
        free = without(self.free, pieces)
        placed = list(pieces)
        front = pieces[-1][1]
        places = _Places(self.lane, limit)
        for item in self.movable:
            if item.start >= front:
                break
            if not _touches(item, placed):
                free = without(free, [(item.start, item.end)])
                continue
            place = places.add(item, free)
            if place is None:
                return None
            placed.extend(place)
            free = without(free, place)
            front = max(front, place[-1][1])
        return Placement(pieces, places.shifts())


class _Places:
    """New places of displaced bookings, given up as soon as they cost as much as the limit."""

    def __init__(self, lane: Lane, limit: Cost) -> None:
        self.lane = lane
        self.limit = limit
        self.found: list[tuple[Item, list[Piece]]] = []
        self.cost: Cost = (0, 0)

    def add(self, item: Item, free: list[Free]) -> list[Piece] | None:
        lane = self.lane
        busy = item.busy
        sizes = [lane.work_minutes(part) for part in item.parts or (item,)]
        trip = trip_of(item, sizes)
        place = earliest(free, sum(sizes), lane.rules, item.least, busy.splits, busy.min_piece, trip)
        if place is None:
            return None
        late = lane.lateness(ends_with(lane, item, place), item.promise)
        if late:
            worse = late - lane.late_before(item)
            if worse > 0:
                self.cost = (self.cost[0] + 1, self.cost[1] + worse)
                if self.cost >= self.limit:
                    return None
        self.found.append((item, place))
        return place

    def shifts(self) -> list[Shift]:
        lane = self.lane
        moved = {id(item) for item, _ in self.found}
        ends: dict[str, int] = {}
        for item, pieces in self.found:
            ends[item.ticket] = max(ends.get(item.ticket, 0), ends_with(lane, item, pieces))
        for item in lane.items:
            if item.ticket in ends and id(item) not in moved:
                ends[item.ticket] = max(ends[item.ticket], item.end)
        shifts = []
        for item, pieces in self.found:
            before, finish = lane.last_end.get(item.ticket, item.end), ends[item.ticket]
            late = lane.lateness(finish, item.promise)
            for part, own in divided(lane, item, pieces):
                if part.busy.kind == "travel":
                    shifts.append(Shift(part, own, part.end, own[-1][1], 0, 0))
                else:
                    shifts.append(Shift(part, own, before, finish, late, lane.lateness(before, item.promise)))
        return shifts


def first_start(zone: str, now: int, step: int) -> int:
    """Nothing new begins before this: now, on the grid."""
    return round_up_wall(zone, round_up(now, MINUTE), step)


def to_move(shift: Shift, person_id: str, person_to: str | None = None) -> Move:
    return Move(
        shift.item.busy,
        person_id,
        person_to or person_id,
        tuple(to_span(*piece) for piece in shift.pieces),
        from_ticks(shift.finish_before),
        from_ticks(shift.finish),
        round_up(shift.late, MINUTE) // MINUTE,
    )


def named(shifts: Sequence[Shift]) -> Mapping[str, object]:
    """Arguments of a reason that speaks of other tickets."""
    return {
        "numbers": tuple(shift.item.busy.number for shift in shifts),
        "ticket_ids": tuple(shift.item.busy.ticket_id for shift in shifts),
    }


def _told(item: Item) -> str:
    mark = f"{item.busy.id} {item.start} {item.end} {item.promise} {item.fixed:d}"
    busy = item.busy
    if busy.not_before is None and busy.splittable and busy.min_piece is None:
        return mark
    return f"{mark} {item.least} {busy.splittable:d} {busy.min_piece}"


def _by_start(item: Item) -> tuple[int, int, str]:
    return item.start, item.end, item.busy.id


def _from_now(item: Item, now: int) -> Item:
    if item.busy.in_progress and not item.busy.pinned and item.start <= now:
        return Item(round_up(now, MINUTE), item.end, item.busy, item.promise, item.ticket, False)
    return item


def way_of(items: Sequence[Item], calendar: WorkCalendar, item: Item) -> tuple[Item, ...]:
    """A visit with the travel right before and after it, in order; the visit alone if there is none that can move."""
    if item.busy.kind != "visit":
        return (item,)
    found = [item]
    for other in items:
        if other.ticket != item.ticket or other.busy.kind != "travel" or other.fixed:
            continue
        if other.end <= item.start and not calendar.work_ticks(other.end, item.start):
            found.insert(0, other)
        elif other.start >= item.end and not calendar.work_ticks(item.end, other.start):
            found.append(other)
    return tuple(found)


def joined(item: Item, parts: Sequence[Item]) -> Item:
    """A visit and the ways beside it as one item; the item itself where there are none."""
    if len(parts) < 2:
        return item
    return Item(parts[0].start, parts[-1].end, item.busy, item.promise, item.ticket, item.fixed, tuple(parts))


def _with_their_ways(items: list[Item], calendar: WorkCalendar, now: int) -> list[Item]:
    """Visits joined with their travel, where all of it is still to come and may move."""
    whole: dict[int, Item] = {}
    gone: set[int] = set()
    for item in items:
        if item.busy.kind != "visit" or item.fixed:
            continue
        parts = tuple(part for part in way_of(items, calendar, item) if id(part) not in gone)
        if len(parts) > 1 and parts[0].start >= now:
            whole[id(item)] = joined(item, parts)
            gone.update(id(part) for part in parts if part is not item)
    if not whole:
        return items
    return sorted((whole.get(id(item), item) for item in items if id(item) not in gone), key=_by_start)


def trip_of(item: Item, sizes: Sequence[int]) -> Trip:
    """What a visit and its ways take, of so many minutes each; empty for other bookings."""
    return tuple(sizes) if item.busy.kind == "visit" else ()


def divided(lane: Lane, item: Item, pieces: Sequence[Piece]) -> list[tuple[Item, list[Piece]]]:
    """Which of the pieces is the way there, the visit, the way back; an item without parts has them all."""
    if not item.parts:
        return [(item, list(pieces))]
    return shared_out([(part, lane.work_minutes(part)) for part in item.parts], pieces)


def shared_out(parts: Sequence[tuple[_Part, int]], pieces: Sequence[Piece]) -> list[tuple[_Part, list[Piece]]]:
    """Pieces cut into the minutes of each part in turn; the last part has whatever is left."""
    left = list(pieces)
    found: list[tuple[_Part, list[Piece]]] = []
    for place, (part, minutes) in enumerate(parts):
        own: list[Piece] = []
        wanted = minutes * MINUTE
        while left and (wanted > 0 or place == len(parts) - 1):
            start, end = left.pop(0)
            if place < len(parts) - 1 and end - start > wanted:
                left.insert(0, (start + wanted, end))
                end = start + wanted
            own.append((start, end))
            wanted -= end - start
        found.append((part, own))
    return found


def on_site(pieces: Sequence[Piece], minutes: int, travel: int | None) -> tuple[list[Piece], list[Piece]]:
    """Work at the customer's and the ways to and from there, of pieces that hold all of it; work alone at the desk."""
    if not travel:
        return list(pieces), []
    (_, way), (_, work), (_, back) = shared_out([("way", travel), ("work", minutes), ("back", travel)], pieces)
    return work, [*way, *back]


def ends_with(lane: Lane, item: Item, pieces: Sequence[Piece]) -> int:
    """When the work of an item is over in these pieces: the way back is no work."""
    return max(own[-1][1] for part, own in divided(lane, item, pieces) if part.busy.kind != "travel" or not item.parts)


def _touches(item: Item, pieces: Sequence[Piece]) -> bool:
    return any(start < item.end and item.start < end for start, end in pieces)
