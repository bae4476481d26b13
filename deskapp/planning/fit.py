"""Where a piece of work fits first: the slicing rules (ui.md 5.3, point 9) over a person's free time.

The earliest finish is exact, not greedy: whatever is booked in addition can only move it later. All times
are ticks, all lengths whole minutes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from .ticks import MINUTE
from .values import Rules
from .worktime import Track

#: How a free stretch hangs on the one before it: not at all; parted from it by a break only; parted by an
#: absence of a day or more, over which no work is spread.
SEPARATE, JOINED, AWAY = 0, 1, 2

Free = tuple[int, int, int]
Piece = tuple[int, int]
#: Minutes of the way there, the work at the customer's, the way back; empty for what is done at the desk.
Trip = tuple[int, ...]
_FAR = 1 << 62


def free_stretches(track: Track, low: int, high: int, taken: Sequence[Piece], away: Sequence[Piece] = ()) -> list[Free]:
    """What sorted ``taken`` leaves of the working time in ``low..high``, in whole minutes."""
    found: list[Free] = []
    starts, ends, joined = track.starts, track.ends, track.joined
    at, count = 0, len(taken)
    away_at = 0
    covered = low
    for index in range(bisect_right(ends, low), len(starts)):
        start, end = starts[index], ends[index]
        if start >= high:
            break
        if end > high:
            end = high
        link = JOINED if joined[index] and found and found[-1][1] == ends[index - 1] else SEPARATE
        while away_at < len(away) and away[away_at][0] < start:
            link = AWAY
            away_at += 1
        if start < covered:
            start = covered
        while start < end:
            while at < count and taken[at][1] <= start:
                at += 1
            if at == count or taken[at][0] >= end:
                found.append((start, end, link))
                break
            begin, stop = taken[at]
            begin -= begin % MINUTE
            if begin > start:
                found.append((start, begin, link))
                link = SEPARATE
            elif link == JOINED:
                link = SEPARATE
            start = covered = stop + -stop % MINUTE
            at += 1
        else:
            if link == AWAY:
                away_at -= 1  # nothing was free right after the absence: the next stretch inherits the mark
    return found


def without(free: list[Free], pieces: Iterable[Piece]) -> list[Free]:
    """The free time that is left when pieces are placed in it."""
    left = list(free)
    for begin, stop in pieces:
        at = max(0, bisect_right(left, (begin, _FAR, _FAR)) - 1)
        while at < len(left) and left[at][0] < stop:
            start, end, link = left[at]
            if end <= begin:
                at += 1
                continue
            rest: list[Free] = []
            if start < begin:
                rest.append((start, begin, link))
                link = SEPARATE
            if stop < end:
                rest.append((stop, end, AWAY if link == AWAY else SEPARATE))
            elif at + 1 < len(left):
                after = left[at + 1]
                heir = AWAY if link == AWAY or after[2] == AWAY else SEPARATE
                left[at + 1] = (after[0], after[1], heir)
            left[at : at + 1] = rest
            at += len(rest)
    return left


def earliest(
    free: list[Free],
    minutes: int,
    rules: Rules,
    not_before: int,
    splittable: bool = True,
    min_piece: int | None = None,
    trip: Trip = (),
) -> list[Piece] | None:
    """The pieces with the earliest finish at or after ``not_before``, or None when the free time does not
    hold them. ``min_piece``: the job's own, in place of the rules'; breaks then may leave as little beside them.
    ``trip``: what the minutes are made of on site; breaks lie between these parts, and within one only where no free
    time holds it otherwise.

    Free time between breaks is a run; each run gets at most one piece, which its breaks may cut. ``sums``
    has bit s set when runs so far can take s minutes in pieces that are long enough; the first run that
    completes the effort ends the search, since every later one ends later.
    """
    if minutes <= 0:
        return []
    if trip:
        whole_trip = uncut(free, trip, not_before)
        if whole_trip is not None:
            return whole_trip
    shortest = min(rules.min_piece if min_piece is None else min_piece, minutes) if splittable else minutes
    beside = rules.min_beside_break if min_piece is None else min(rules.min_beside_break, min_piece)
    whole = (1 << (minutes + 1)) - 1
    sums = 1
    passed: list[tuple[list[Piece], list[tuple[int, int]], int]] = []
    for parts, away in _runs(free, not_before):
        if away:
            sums, passed = 1, []
        lengths = [(end - start) // MINUTE for start, end in parts]
        ranges = _piece_lengths(lengths, shortest, minutes, beside)
        if not ranges:
            continue
        last = _last_piece(lengths, ranges, minutes, sums, beside)
        if last is not None:
            length, offset = last
            chosen = [_laid(parts, lengths, offset, length)]
            missing = minutes - length
            for earlier, allowed, before in reversed(passed):
                if not missing:
                    break
                taken = _largest(allowed, missing, before)
                if taken:
                    lens = [(end - start) // MINUTE for start, end in earlier]
                    begin = _offset_of(lens, taken, beside)
                    assert begin is not None
                    chosen.append(_laid(earlier, lens, begin, taken))
                    missing -= taken
            return [piece for pieces in reversed(chosen) for piece in pieces]
        if splittable:
            passed.append((parts, ranges, sums))
            grown = sums
            for low, high in ranges:
                grown |= _shifted(sums, low, high)
            sums = grown & whole
    return None


def uncut(free: list[Free], trip: Trip, not_before: int) -> list[Piece] | None:
    """The earliest place of the parts one after another, nothing but a break between two of them, none of them cut."""
    minutes = sum(trip)
    for parts, _away in _runs(free, not_before):
        lengths = [(end - start) // MINUTE for start, end in parts]
        offset = 0
        while offset + minutes <= sum(lengths):
            further = _cut_at(lengths, offset, trip)
            if further is None:
                return _laid(parts, lengths, offset, minutes)
            offset += further
    return None


def _cut_at(lengths: list[int], offset: int, trip: Trip) -> int | None:
    """How much later the first part that a break of the run cuts must begin to lie behind it; None: none is cut."""
    start = offset
    for part in trip:
        behind = 0
        for length in lengths:
            behind += length
            if start < behind < start + part:
                return behind - start
        start += part
    return None


def _runs(free: list[Free], not_before: int) -> Iterable[tuple[list[Piece], bool]]:
    """Free stretches that only breaks part, and whether a long absence lies before them."""
    parts: list[Piece] = []
    after_absence = False
    at = max(0, bisect_right(free, (not_before, _FAR, _FAR)) - 1)
    for start, end, link in free[at:]:
        if end - max(start, not_before) < MINUTE:
            continue
        if parts and link != JOINED:
            yield parts, after_absence
            parts, after_absence = [], link == AWAY
        parts.append((max(start, not_before), end))
    if parts:
        yield parts, after_absence


def _piece_lengths(lengths: list[int], low: int, high: int, beside: int) -> list[tuple[int, int]]:
    """Ranges of lengths, within ``low..high``, that one piece in this run may have."""
    ranges = []
    for first, head in enumerate(lengths):
        if head >= low:
            ranges.append((low, min(high, head)))
        middle = 0
        for last in range(first + 1, len(lengths)):
            tail = lengths[last]
            if head >= beside and tail >= beside:
                shortest, longest = max(low, 2 * beside + middle), min(high, head + middle + tail)
                if shortest <= longest:
                    ranges.append((shortest, longest))
            middle += tail
    return ranges


def _offset_of(lengths: list[int], length: int, beside: int) -> int | None:
    """The earliest place in a run, in working minutes from its start, at which no break cuts the piece too
    near its end."""
    breaks = []
    total = 0
    for part in lengths:
        total += part
        breaks.append(total)
    breaks.pop()
    offset = 0
    settled = False
    while not settled:
        settled = True
        for at in breaks:
            if offset < at < offset + length:
                if at - offset < beside:
                    offset, settled = at, False
                elif offset + length - at < beside:
                    offset, settled = at + beside - length, False
    return offset if offset + length <= total else None


def _last_piece(
    lengths: list[int], ranges: list[tuple[int, int]], minutes: int, sums: int, beside: int
) -> tuple[int, int] | None:
    """Length and offset of the piece that completes the effort in this run at the earliest moment."""
    best: tuple[int, int, int] | None = None
    for low, high in ranges:
        ceiling = minutes - low
        while ceiling >= minutes - high:
            done = (sums & ((2 << ceiling) - 1)).bit_length() - 1
            length = minutes - done
            if done < 0 or length > high or (best is not None and length >= best[0]):
                break
            offset = _offset_of(lengths, length, beside)
            if offset is not None and (best is None or offset + length < best[0]):
                best = (offset + length, length, offset)
            if offset == 0:
                break
            ceiling = done - 1
    return None if best is None else (best[1], best[2])


def _largest(ranges: list[tuple[int, int]], missing: int, before: int) -> int:
    """The longest piece of a run after which the rest of ``missing`` can still be made of earlier runs; 0:
    none.
    """
    best = 0
    for low, high in ranges:
        for length in range(min(high, missing), max(low, best + 1) - 1, -1):
            if before >> (missing - length) & 1:
                best = length
                break
    return best


def _shifted(sums: int, low: int, high: int) -> int:
    """All of ``sums`` with anything from low to high added."""
    width, have, result = high - low + 1, 1, sums
    while have < width:
        step = min(have, width - have)
        result |= result << step
        have += step
    return result << low


def _laid(parts: list[Piece], lengths: list[int], offset: int, length: int) -> list[Piece]:
    pieces = []
    for (start, _), part in zip(parts, lengths, strict=True):
        if offset >= part:
            offset -= part
            continue
        here = min(length, part - offset)
        begin = start + offset * MINUTE
        pieces.append((begin, begin + here * MINUTE))
        length -= here
        offset = 0
        if not length:
            break
    return pieces
