"""Everybody's time, in which bookings that lost their place look for a new one, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from .fit import Free, Piece, earliest, without
from .lane import (
    NO_BREAK,
    WORK_ONLY,
    Item,
    Lane,
    Placement,
    Room,
    Shift,
    horizon,
    shared_out,
    to_move,
    trip_of,
)
from .replan import HORIZONS
from .slots import TRIES
from .ticks import MINUTE, from_ticks, to_span, to_ticks
from .values import Busy, Move, Person, PlanDiff, Rules, Span
from .worktime import NoWorkingTime


class Crew:
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

    def others(self, person_id: str) -> Crew:
        """Everybody else with nothing taken yet; their lanes are the same."""
        crew = Crew([one for one in self.people if one.id != person_id], from_ticks(self.now), self.rules)
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
        sizes = [(part, length(part, was or owner)) for part in item.parts or (item,)]
        minutes = sum(size for _, size in sizes)
        best: tuple[tuple[int, bool, int, int], Person, list[tuple[Item, list[Piece]]]] | None = None
        for person in self.people:
            rank = turn_of(person, owner, item.busy)
            if rank is None:
                continue
            try:
                lane = self.lane(person)
                pieces = self._fit(lane, item, [size for _, size in sizes])
                if pieces is None:
                    continue
                shares = shared_out(sizes, pieces)
                finish = max(own[-1][1] for part, own in shares if part.busy.kind != "travel" or not item.parts)
                shift = self.shift(lane, item, finish)
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
            shift = replace(self.shift(lane, part, own[-1][1] if way else finish), pieces=own)
            moves.append((to_move(shift, owner.id, person.id), shift.breaks))
            self._place(person, _pinned(part, own))
        return moves

    def _push(self, owner: Person, item: Item, minutes: int) -> list[tuple[Move, bool]] | None:
        """A place in time that others make room for without breaking a promise; the fewest of them."""
        best: tuple[tuple[int, int, int], Person, Placement] | None = None
        for person in self.people:
            rank = turn_of(person, owner, item.busy)
            if rank is None:
                continue
            try:
                lane = self.standing(person)
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
        own = replace(self.shift(self.lane(person), item, placement.finish), pieces=placement.pieces)
        moves = [(to_move(own, owner.id, person.id), own.breaks)]
        taken = _pinned(item, placement.pieces)
        for shift in placement.shifts:
            moves.append((to_move(shift, person.id), shift.breaks))
            self._shifted.add(shift.item.busy.id)
            taken += _pinned(shift.item, shift.pieces)
        self._place(person, taken)
        self._free[person.id] = self.standing(person).free
        return moves

    def _insertions(self, lane: Lane, item: Item, minutes: int) -> Iterable[tuple[list[Piece], Room]]:
        return lane.insertions(minutes, item.least, WORK_ONLY, item.busy.splits, item.busy.min_piece)

    def arrange(self, lifted: Iterable[str], placed: Sequence[tuple[Person, Item, list[Piece]]]) -> None:
        """Bookings leave the places where they stood, by id, and others are where they are to be; they stay there."""
        self._shifted.update(lifted)
        for person, item, pieces in placed:
            self._placed.setdefault(person.id, []).extend(_pinned(item, pieces))
        self._standings.clear()
        for person in self.people:
            try:
                self._free[person.id] = self.standing(person).free
            except NoWorkingTime:
                continue

    def _place(self, person: Person, taken: Sequence[Busy]) -> None:
        self._placed.setdefault(person.id, []).extend(taken)
        self._standings.pop(person.id, None)

    def standing(self, person: Person) -> Lane:
        """The person's lane as it is by now: what has been lifted is gone, what has found its place stays there."""
        lane = self._standings.get(person.id)
        if lane is None:
            gone = self.ignoring | self._shifted
            busy = tuple(one for one in person.busy if one.id not in gone)
            now = replace(person, busy=(*busy, *self._placed.get(person.id, ())))
            lane = self._standings[person.id] = Lane(now, self.now, self.lane(person).horizon, self.rules)
        return lane

    def shift(self, lane: Lane, item: Item, finish: int) -> Shift:
        promise = None if item.busy.kind == "travel" else item.promise  # no work is done on the road
        return Shift(item, [], item.end, finish, lane.lateness(finish, promise), lane.lateness(item.end, promise))


def _pinned(item: Item, pieces: Sequence[Piece]) -> list[Busy]:
    """The booking at its new place, where it stays."""
    return [
        replace(item.busy, id=f"{item.busy.id}/{n}", span=to_span(*one), pinned=True) for n, one in enumerate(pieces)
    ]


def length(item: Item, owner: Person) -> int:
    return max(1, owner.calendar.work_ticks(item.start, item.end) // MINUTE)


def turn_of(person: Person, owner: Person, busy: Busy) -> int | None:
    """Who is asked first: the owner, those who stand in for them in their order, then whoever can do it; None: nobody
    asks this one."""
    if person.id == owner.id:
        return 0
    if owner.id in person.substitute_for:
        return 1 + owner.substitutes.index(person.id) if person.id in owner.substitutes else 1
    return 1000 if can(person, busy) else None


def can(person: Person, busy: Busy) -> bool:
    if busy.skill is None or busy.kind != "work":
        return False
    return not busy.skill or busy.skill in person.skills


def collected(
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
