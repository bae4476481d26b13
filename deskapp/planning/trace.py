"""Why this date: from now to the promise, each stretch of working time and what fills it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from .fit import Piece
from .lane import Lane, Shift
from .ticks import DAY, MINUTE, to_span, to_ticks
from .values import TraceRow
from .worktime import BREAK_MINUTES

_NOTHING: dict[str, object] = {}


def trace(
    lane: Lane,
    pieces: Sequence[Piece],
    promise: int,
    shifts: Sequence[Shift] = (),
    ways: Sequence[Piece] = (),
    held: tuple[int, str] | None = None,
) -> tuple[TraceRow, ...]:
    """Rows in order. Lunch is told where it parts two rows of work or bookings; after a gap that is too
    short it is what made the gap short, and is left out. Nights are left out; dates without work are one
    row. ``ways``: the way to a customer and back; ``held``: until when nothing may begin, and what it waits for."""
    calendar, finish = lane.calendar, pieces[-1][1]
    low = lane.now
    rows: list[TraceRow] = []
    marks = _marks(lane, pieces, finish, shifts, ways)
    planned = lane.track.planned
    index = _first_ending_after(planned, low)
    reached = low
    while index < len(planned) and planned[index][0] < promise:
        start, end = max(low, planned[index][0]), planned[index][1]
        gap = start - reached
        if gap > 0:
            if reached == low:
                rows.append(TraceRow(to_span(reached, start), "off", _NOTHING))
            elif 0 < gap <= BREAK_MINUTES * MINUTE and index and planned[index - 1][1] == reached:
                rows.append(TraceRow(to_span(reached, start), "lunch", {"break": True}))
            if gap > DAY // 2:
                rows.extend(_empty_dates(lane, reached, start))
        while marks and marks[0][1] <= start:
            marks.pop(0)
        rows.extend(_filled(start, min(end, max(finish, start)), marks, held))
        for begin, stop in calendar.stretches(max(start, finish), min(end, promise)):
            rows.append(TraceRow(to_span(begin, stop), "margin", {"minutes": (stop - begin) // MINUTE}))
        reached = end
        index += 1
    if calendar.next_ticks(max(low, promise - 1)) >= promise and reached < promise:
        rows.extend(_empty_dates(lane, reached, promise))
    rows.append(TraceRow(to_span(promise, promise), "promise", _NOTHING))
    return tuple(_joined(rows))


def _first_ending_after(planned: Sequence[Piece], ticks: int) -> int:
    at = max(0, bisect_right(planned, (ticks, ticks)) - 1)
    while at < len(planned) and planned[at][1] <= ticks:
        at += 1
    return at


def _marks(
    lane: Lane, pieces: Sequence[Piece], finish: int, shifts: Sequence[Shift], ways: Sequence[Piece]
) -> list[tuple[int, int, str, dict[str, object]]]:
    """What can fill working time, sorted; the job's own pieces first where two begin together.

    Bookings that the job pushes are told at their new places.
    """
    marks: list[tuple[int, int, str, dict[str, object]]] = [
        (start, end, "work", {"minutes": (end - start) // MINUTE}) for start, end in pieces
    ]
    marks += [(start, end, "travel", {"minutes": (end - start) // MINUTE}) for start, end in ways if start < finish]
    pushed = {id(shift.item) for shift in shifts}
    busy = [(item.start, item.end, item.busy) for item in lane.items if id(item) not in pushed]
    busy += [(start, end, shift.item.busy) for shift in shifts for start, end in shift.pieces]
    for start, end, booking in busy:
        if start < finish:
            args: dict[str, object] = {"number": booking.number, "ticket_id": booking.ticket_id}
            marks.append((start, end, "busy", args))
    for start, end in lane.kept:
        if start < finish:
            marks.append((start, end, "reserve", {"share": lane.person.reserve}))
    for absence in lane.calendar.absences:
        start, end = to_ticks(absence.span.start), to_ticks(absence.span.end)
        if start < finish and end > lane.now:
            code = "training" if absence.kind == "training" else "absence"
            marks.append((start, end, code, {"kind": absence.kind, "name": absence.name}))
    marks.sort(key=lambda mark: (mark[0], mark[2] not in ("work", "travel")))
    return marks


def _filled(
    start: int,
    end: int,
    marks: list[tuple[int, int, str, dict[str, object]]],
    held: tuple[int, str] | None,
) -> list[TraceRow]:
    rows: list[TraceRow] = []
    for begin, stop, code, args in marks:
        if begin >= end:
            break
        if stop <= start:
            continue
        if begin > start:
            rows += _unused(start, begin, held)
            start = begin
        rows.append(TraceRow(to_span(start, min(stop, end)), code, args))
        start = min(stop, end)
    if start < end:
        rows += _unused(start, end, held)
    return rows


def _unused(start: int, end: int, held: tuple[int, str] | None) -> list[TraceRow]:
    """Free time that the job does not take: too early, or too short."""
    rows = []
    if held is not None and start < held[0]:
        until = min(end, held[0])
        rows.append(TraceRow(to_span(start, until), "not_before", {"by": held[1]}))
        start = until
    if start < end:
        rows.append(TraceRow(to_span(start, end), "short_gap", {"minutes": -(-(end - start) // MINUTE)}))
    return rows


def _empty_dates(lane: Lane, low: int, high: int) -> list[TraceRow]:
    """Whole dates without working hours between two stretches; equal neighbours become one row."""
    calendar = lane.calendar
    zone = calendar.tz
    day: date = datetime.fromtimestamp(low // 1000, zone).date() + timedelta(days=1)
    last: date = datetime.fromtimestamp(high // 1000, zone).date()
    rows: list[TraceRow] = []
    while day < last:
        rule = calendar.days.get(day)
        middle = calendar.day_start(day) + DAY // 2
        if any(start <= middle < end for start, end in lane.away):
            pass  # the row of the absence tells it
        elif rule is not None and not rule.intervals:
            args: dict[str, object] = {"name": rule.name, "kind": rule.kind}
            rows.append(_date(lane, day, "holiday" if rule.kind == "holiday" else "off", args))
        elif rule is None and not calendar.week[day.weekday()]:
            rows.append(_date(lane, day, "weekend" if day.weekday() >= 5 else "off", _NOTHING))
        day += timedelta(days=1)
    return rows


def _date(lane: Lane, day: date, code: str, args: Mapping[str, object]) -> TraceRow:
    start, end = lane.calendar.day_start(day), lane.calendar.day_start(day + timedelta(days=1))
    return TraceRow(to_span(start, end), code, args)


def _joined(rows: list[TraceRow]) -> list[TraceRow]:
    """Neighbours that tell the same become one row; a lunch that explains nothing goes."""
    joined: list[TraceRow] = []
    for index, row in enumerate(rows):
        if row.code == "lunch":
            sides = {rows[at].code if 0 <= at < len(rows) else "" for at in (index - 1, index + 1)}
            if "short_gap" in sides or sides & {"absence", "training", "off"} or len(joined) == 0:
                continue
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.code == row.code
            and row.code in ("busy", "absence", "training", "weekend", "holiday", "off", "not_before")
            and last.args == row.args
            and (row.code not in ("busy", "not_before") or last.span.end == row.span.start)
        ):
            joined[-1] = TraceRow(type(row.span)(last.span.start, row.span.end), row.code, row.args)
            continue
        joined.append(row)
    return joined
