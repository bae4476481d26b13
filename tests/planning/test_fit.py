"""The slicing rules, against a search that tries every piece."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.planning.fit import JOINED, earliest, free_stretches, uncut, without
from deskapp.planning.ticks import MINUTE, to_ticks
from deskapp.planning.values import Rules
from deskapp.planning.worktime import WorkCalendar, office_week

#: Two breaks a day, one of them within an hour of the evening.
CALENDAR = WorkCalendar("UTC", office_week(((540, 720), (780, 1020), (1050, 1110)), range(6)))
START = datetime(2026, 11, 2, tzinfo=UTC)  # a Monday
LOW, HIGH = to_ticks(START), to_ticks(START + timedelta(days=5))
CELL = 15 * MINUTE
RULES = Rules()

taken_cells = st.lists(
    st.tuples(st.integers(36, 460), st.integers(1, 20)).map(lambda c: (LOW + c[0] * CELL, c[1] * CELL)),
    max_size=12,
)


def busy_of(cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted((start, start + length) for start, length in cells)


def tried(busy: list[tuple[int, int]], cells: int, splittable: bool) -> int | None:
    """The earliest finish, found by trying every piece of quarter hours. What is laid down goes on behind something
    else or on another day: free time that only breaks part holds one piece."""
    grid: list[tuple[int, bool]] = []
    runs: list[int] = []  # cells of the same run are parted by breaks only
    for start, end in CALENDAR.stretches(LOW, HIGH):
        for at in range(start, end, CELL):
            free = not any(a < at + CELL and at < b for a, b in busy)
            goes_on = bool(grid) and grid[-1][1] and free and at - grid[-1][0] <= 4 * 60 * MINUTE
            runs.append(runs[-1] if goes_on else len(grid))
            grid.append((at, free))
    least = min(RULES.min_piece // 15, cells) if splittable else cells
    beside = RULES.min_beside_break // 15

    @cache
    def finish(index: int, left: int) -> int | None:
        if left == 0:
            return 0
        best: int | None = None
        for begin in range(index, len(grid)):
            if best is not None and grid[begin][0] >= best:
                break
            breaks: list[int] = []
            for length in range(1, left + 1):
                last = begin + length - 1
                if last >= len(grid) or not grid[last][1]:
                    break
                if length > 1 and grid[last][0] != grid[last - 1][0] + CELL:
                    if grid[last][0] - grid[last - 1][0] > 4 * 60 * MINUTE:
                        break
                    breaks.append(length - 1)
                if length < least or any(at < beside or length - at < beside for at in breaks):
                    continue
                rest = finish(
                    next((n for n in range(last, len(grid)) if runs[n] != runs[last]), len(grid)), left - length
                )
                if rest is not None:
                    whole = rest or grid[last][0] + CELL
                    best = whole if best is None else min(best, whole)
        return best

    return finish(0, cells)


@settings(max_examples=150)
@given(taken_cells, st.integers(1, 30), st.booleans())
def test_the_finish_is_the_earliest_that_the_rules_allow(
    cells: list[tuple[int, int]], quarters: int, splittable: bool
) -> None:
    busy = busy_of(cells)
    free = free_stretches(CALENDAR.track(LOW, HIGH), LOW, HIGH, busy)
    pieces = earliest(free, quarters * 15, RULES, LOW, splittable)
    assert (pieces[-1][1] if pieces else None) == tried(busy, quarters, splittable)
    if pieces:
        assert sum(end - start for start, end in pieces) == quarters * 15 * MINUTE
        for start, end in pieces:
            assert CALENDAR.work_ticks(start, end) == end - start
            assert not any(a < end and start < b for a, b in busy)


@given(taken_cells, st.tuples(st.integers(36, 460), st.integers(1, 20)), st.integers(1, 600))
def test_the_finish_is_never_earlier_when_the_load_grows(
    cells: list[tuple[int, int]], extra: tuple[int, int], minutes: int
) -> None:
    track = CALENDAR.track(LOW, HIGH)
    more = busy_of([*cells, (LOW + extra[0] * CELL, extra[1] * CELL)])
    before = earliest(free_stretches(track, LOW, HIGH, busy_of(cells)), minutes, RULES, LOW)
    after = earliest(free_stretches(track, LOW, HIGH, more), minutes, RULES, LOW)
    assert after is None or (before is not None and before[-1][1] <= after[-1][1])


@given(taken_cells, taken_cells)
def test_taking_pieces_out_of_free_time_is_the_same_as_having_them_booked(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    track = CALENDAR.track(LOW, HIGH)
    away = [(LOW + 200 * CELL, LOW + 300 * CELL)]
    both = free_stretches(track, LOW, HIGH, busy_of([*first, *second]), away)
    assert without(free_stretches(track, LOW, HIGH, busy_of(first), away), busy_of(second)) == both


@settings(max_examples=80, deadline=None)
@given(
    cells=taken_cells,
    trip=st.lists(st.integers(0, 20).map(lambda n: n * 15), min_size=1, max_size=3).filter(any),
    begin=st.integers(36, 200),
)
def test_a_trip_lies_at_the_first_place_where_no_part_of_it_is_cut(
    cells: list[tuple[int, int]], trip: list[int], begin: int
) -> None:
    """Against a search that tries every quarter of an hour."""
    free = free_stretches(CALENDAR.track(LOW, HIGH), LOW, HIGH, busy_of(cells))
    behind = {before[1]: after[0] for before, after in pairwise(free) if after[2] == JOINED}

    def begins(part: int, at: int) -> int | None:
        """Where a part that is to follow at this moment begins: there, or behind the break."""
        for here in (at, behind.get(at)):
            if here is not None and any(low <= here and here + part * MINUTE <= high for low, high, _ in free):
                return here
        return None

    def first(at: int) -> int | None:
        starts = []
        for part in filter(None, trip):
            here = begins(part, at)
            if here is None:
                return None
            starts.append(here)
            at = here + part * MINUTE
        return starts[0]

    start = LOW + begin * CELL
    expected = next((at for at in range(start, HIGH, CELL) if first(at) == at), None)
    found = uncut(free, tuple(trip), start)
    assert (found[0][0] if found else None) == expected
    if found:
        assert sum(high - low for low, high in found) == sum(trip) * MINUTE
