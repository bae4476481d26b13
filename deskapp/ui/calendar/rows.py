"""What the rows of the calendar hold, prepared for drawing, snapping and moving about by keys. No Qt here.

Times within are seconds of the epoch: a drag asks for them at every move of the pointer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ...desk.values import CalendarBlock, CalendarRow, CalendarView, Person, Shift
from ...planning.values import Absence, Interval, Span
from .timescale import DayHours, Stretch, local_midnight, merged, wall

#: A placed piece may not be shorter than this unless the whole work is, so that no crumbs are made at a break.
_CRUMB = 15 * 60


def subtracted(base: Iterable[Stretch], holes: Iterable[Stretch]) -> list[Stretch]:
    """``base`` without ``holes``; both sorted and free of overlaps within themselves."""
    result: list[Stretch] = []
    taken = list(holes)
    for start, end in base:
        cursor = start
        for hole_start, hole_end in taken:
            if hole_end <= cursor or hole_start >= end:
                continue
            if hole_start > cursor:
                result.append((cursor, hole_start))
            cursor = max(cursor, hole_end)
        if cursor < end:
            result.append((cursor, end))
    return result


def movable(block: CalendarBlock) -> bool:
    """Whether a person may drag it: what runs can only be stretched, what is done is past."""
    return block.state == "planned" and not block.pinned and block.kind != "travel"


@dataclass(frozen=True, slots=True)
class Row:
    """One person's line. ``work``: working time without absences; ``lanes``: place of overlapping blocks in the row."""

    index: int
    source: CalendarRow
    blocks: tuple[CalendarBlock, ...]
    hours: tuple[Stretch, ...]
    work: tuple[Stretch, ...]
    absences: tuple[Absence, ...]
    lanes: dict[str, tuple[int, int]]  # block id -> (lane, lanes of its cluster)

    @property
    def person(self) -> Person:
        return self.source.person

    def duty_on(self, day: date, zone: ZoneInfo) -> tuple[Shift, ...]:
        """The shifts that touch a date of the reader."""
        start, end = local_midnight(day, zone), local_midnight(day + timedelta(days=1), zone)
        return tuple(
            shift for shift in self.source.duty if shift.start.timestamp() < end and shift.end.timestamp() > start
        )


@dataclass(frozen=True, slots=True)
class Board:
    """A calendar view with everything that drawing and snapping look up."""

    view: CalendarView
    zone: ZoneInfo
    rows: tuple[Row, ...]
    days: tuple[DayHours, ...]
    by_block: dict[str, CalendarBlock] = field(default_factory=dict)
    row_of: dict[str, int] = field(default_factory=dict)  # person id -> row

    def block_row(self, block: CalendarBlock) -> Row | None:
        index = self.row_of.get(block.person_id)
        return None if index is None else self.rows[index]

    def busy(self) -> list[Stretch]:
        """Everything planned, as stretches that must be seen."""
        return [(block.start.timestamp(), block.end.timestamp()) for block in self.view.blocks]


def overlap_lanes(blocks: Sequence[CalendarBlock]) -> dict[str, tuple[int, int]]:
    """For each block its lane and how many lanes its cluster of overlapping blocks needs. ``blocks`` by start."""
    result: dict[str, tuple[int, int]] = {}
    cluster: list[tuple[str, int]] = []
    ends: list[datetime] = []

    def close() -> None:
        for block_id, lane in cluster:
            result[block_id] = (lane, len(ends))
        cluster.clear()
        ends.clear()

    for block in blocks:
        if ends and all(end <= block.start for end in ends):
            close()
        lane = next((index for index, end in enumerate(ends) if end <= block.start), len(ends))
        if lane == len(ends):
            ends.append(block.end)
        else:
            ends[lane] = block.end
        cluster.append((block.id, lane))
    close()
    return result


def usual_intervals(row: CalendarRow) -> tuple[Interval, ...]:
    """The hours this person most often has in the span, to show how much a shortened day lacks."""
    seen = Counter(day.intervals for day in row.days if day.intervals and day.kind != "short")
    return seen.most_common(1)[0][0] if seen else ()


def prepare(view: CalendarView, zone: ZoneInfo, lines: Sequence[str] | None = None) -> Board:
    """Sort the view into rows. ``lines``: ids of the people to show, in the view's order; None for all."""
    rows: list[Row] = []
    open_time: dict[date, list[Stretch]] = {day: [] for day in view.days}
    blocks_by_person: dict[str, list[CalendarBlock]] = {}
    for block in view.blocks:
        blocks_by_person.setdefault(block.person_id, []).append(block)
    shown = [row for row in view.rows if lines is None or row.person.id in lines]
    for index, row in enumerate(shown):
        hours: list[Stretch] = []
        usual = usual_intervals(row)
        home = ZoneInfo(row.zone) if row.zone else zone  # a person's hours are those of where they work
        for day in row.days:
            own = [(wall(day.day, start, home), wall(day.day, end, home)) for start, end in day.intervals]
            hours += own
            open_time[day.day] += own
            if day.kind == "short" and own and usual:
                # The missing end of a shortened day is drawn, hatched, as long as it usually is.
                last = wall(day.day, usual[-1][1], home)
                if last > own[-1][1]:
                    open_time[day.day].append((own[-1][1], last))
        absences = tuple(dict.fromkeys(absence for day in row.days for absence in day.absences))
        away = merged((a.span.start.timestamp(), a.span.end.timestamp()) for a in absences)
        all_hours = merged(hours)
        blocks = tuple(sorted(blocks_by_person.get(row.person.id, ()), key=lambda b: (b.start, b.end, b.id)))
        rows.append(
            Row(
                index,
                row,
                blocks,
                tuple(all_hours),
                tuple(subtracted(all_hours, away)),
                absences,
                overlap_lanes(blocks),
            )
        )
    labels = dict(zip(view.days, view.day_labels, strict=True))
    days = tuple(
        DayHours(day, tuple(merged(open_time[day])), labels[day][1] if labels[day][0] == "holiday" else "")
        for day in view.days
    )
    return Board(
        view,
        zone,
        tuple(rows),
        days,
        {block.id: block for block in view.blocks},
        {row.person.id: row.index for row in rows},
    )


def fixed_stretches(row: Row, without: str = "") -> list[Stretch]:
    """What cannot give way in a row: work that runs, that is done, or that is pinned; not the block ``without``."""
    return merged(
        (block.start.timestamp(), block.end.timestamp())
        for block in row.blocks
        if block.id != without and not movable(block)
    )


def place(row: Row, at: float, minutes: int, without: str = "") -> tuple[Span, ...]:
    """Working time of ``row`` at or after ``at`` (epoch seconds) for ``minutes`` of work, cut at breaks.

    What gives way (planned blocks) is not in the way here: the planner pushes it. Empty when the row has no room.
    """
    left = minutes * 60.0
    pieces: list[Span] = []
    for start, end in subtracted(row.work, fixed_stretches(row, without)):
        start = max(start, at)
        room = end - start
        if room <= 0 or (room < _CRUMB and room < left):
            continue
        length = min(room, left)
        pieces.append(_span(start, start + length))
        left -= length
        if left <= 0:
            return tuple(pieces)
    return ()


def _span(start: float, end: float) -> Span:
    return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


def worked_minutes(row: Row, start: datetime, end: datetime) -> int:
    """Minutes of the row's working time between two instants."""
    first, last = start.timestamp(), end.timestamp()
    return int(sum(max(0.0, min(b, last) - max(a, first)) for a, b in row.hours) // 60)


def stretched(row: Row, start: datetime, end: datetime, minutes: int) -> datetime:
    """The end moved by ``minutes`` of working time, over breaks; outside working hours by the clock."""
    end_s = end.timestamp()
    if minutes >= 0:
        left = minutes * 60.0
        for first, last in row.hours:
            begin = max(first, end_s)
            if last <= begin:
                continue
            if last - begin >= left:
                return datetime.fromtimestamp(begin + left, UTC)
            left -= last - begin
        return end + timedelta(minutes=minutes)
    left = -minutes * 60.0
    floor = start.timestamp()
    for first, last in reversed(row.hours):
        finish = min(last, end_s)
        begin = max(first, floor)
        if finish <= begin:
            continue
        if finish - begin > left:
            return datetime.fromtimestamp(finish - left, UTC)
        left -= finish - begin
    return end


def next_block(row: Row, block: CalendarBlock, step: int) -> CalendarBlock | None:
    """The neighbour in time in the same row; None at its end."""
    index = next((i for i, other in enumerate(row.blocks) if other.id == block.id), -1) + step
    return row.blocks[index] if 0 <= index < len(row.blocks) else None


def nearest_block(row: Row, at: datetime) -> CalendarBlock | None:
    """The block of the row nearest to an instant."""
    if not row.blocks:
        return None
    starts = [block.start for block in row.blocks]
    index = bisect_left(starts, at)
    around = row.blocks[max(0, index - 1) : index + 1] or row.blocks[-1:]
    return min(around, key=lambda block: max(block.start - at, at - block.end, timedelta()))


def tight_blocks(board: Board) -> list[CalendarBlock]:
    """Blocks with under two working hours of slack, or late, still to be done: worst first."""
    tight = [
        block
        for row in board.rows
        for block in row.blocks
        if block.state != "done" and block.slack is not None and block.slack < 120
    ]
    return sorted(tight, key=lambda block: (block.slack, block.start))
