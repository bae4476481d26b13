"""How few promises a re-plan can move at all: a bound that no plan beats.

A plan gives each booking a person and is late with some. For each person, and for each pair of a first moment and a
last one, what stood no earlier than the first and is promised by the last must not be more than the working time
between them: no plan, however it interrupts work, gets round that. Which bookings go to whom, so that the fewest
tickets are late, is then an integer programme (scipy, HiGHS); what it proves within its seconds is the bound. Handing
on is free to anybody who has the skill, and any ticket may be the late one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from benchmarks.plan_instances import NOW, RULES
from deskapp.planning.absence import lost_places
from deskapp.planning.crew import Crew, can, length, turn_of
from deskapp.planning.fit import Free
from deskapp.planning.lane import WORK_ONLY
from deskapp.planning.ticks import MINUTE, to_ticks
from deskapp.planning.values import Person


@dataclass(frozen=True)
class _Block:
    ticket: str
    minutes: int
    begin: int
    last: int
    able: tuple[int, ...]


def fewest(before: Sequence[Person], after: Sequence[Person], seconds: float = 20.0) -> int:
    """Every plan of the re-plan moves at least so many promises."""
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    blocks, rows = _asked(before, after)
    columns = [(number, row) for number, block in enumerate(blocks) for row in block.able]
    tickets = {ticket: len(columns) + at for at, ticket in enumerate(dict.fromkeys(block.ticket for block in blocks))}
    wide = len(columns) + len(tickets)
    entries: list[tuple[int, int, int]] = []
    low: list[float] = []
    high: list[float] = []
    for number, block in enumerate(blocks):
        own = [at for at, (one, _) in enumerate(columns) if one == number]
        entries += [(len(low), at, 1) for at in (*own, tickets[block.ticket])]
        low.append(1)
        high.append(numpy.inf)
    for row, free in enumerate(rows):
        mine = [(at, blocks[number]) for at, (number, one) in enumerate(columns) if one == row]
        begins = {block.begin: _until(free, block.begin) for _, block in mine}
        lasts = {block.last: _until(free, block.last) for _, block in mine}
        for begin, before_it in begins.items():
            for last, until_it in lasts.items():
                inside = [(at, block) for at, block in mine if block.begin >= begin and block.last <= last]
                room = max(0, until_it - before_it)
                if sum(block.minutes for _, block in inside) > room:
                    entries += [(len(low), at, block.minutes) for at, block in inside]
                    low.append(-numpy.inf)
                    high.append(room)
    places, ats, values = zip(*entries, strict=True)
    matrix = csr_matrix((values, (places, ats)), shape=(len(low), wide))
    cost = numpy.zeros(wide)
    cost[len(columns) :] = 1
    solved = milp(
        cost,
        constraints=LinearConstraint(matrix, low, high),
        bounds=Bounds(0, 1),
        integrality=numpy.ones(wide),
        options={"time_limit": seconds},
    )
    # What is proven is told, not what was found; a hair below a whole number is that number.
    proven = solved.mip_dual_bound
    return 0 if proven is None or not numpy.isfinite(proven) else max(0, ceil(proven - 1e-6))


def _asked(before: Sequence[Person], after: Sequence[Person]) -> tuple[list[_Block], list[list[Free]]]:
    """What is promised, of those who lost their place and of those who have it, and everybody's time without it."""
    old = {person.id: person for person in before}
    lost, _ = lost_places(old, after, to_ticks(NOW))
    crew = Crew(after, NOW, RULES)
    crew.lift(item.busy.id for _, item in lost)
    blocks = []
    rows = []
    for home, person in enumerate(after):
        lane = crew.lane(person)
        loose = lane.movable(WORK_ONLY)
        rows.append(lane.free_from(lane.now, loose))
        for item in loose:
            assert item.promise is not None
            able = tuple(at for at, one in enumerate(after) if at == home or can(one, item.busy))
            blocks.append(_Block(item.ticket, lane.work_minutes(item), item.least, item.promise, able))
    for person, item in lost:
        assert item.promise is not None and item.busy.kind == "work"
        able = tuple(at for at, one in enumerate(after) if turn_of(one, person, item.busy) is not None)
        blocks.append(_Block(item.ticket, length(item, old[person.id]), item.least, item.promise, able))
    return blocks, rows


def _until(free: Sequence[Free], ticks: int) -> int:
    return sum(max(0, min(end, ticks) - start) for start, end, _ in free) // MINUTE
