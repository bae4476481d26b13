"""What a contract grants and what of it is used: clocks that walk the contract's hours, stand still while the desk
waits, and survive changes of urgency, of contract and reopenings.

A clock is told by its steps: from when on which target held, by which hours it was counted, and why it stood still.
The rules, each of which is a test:

* Used time is the working time of the steps in which the clock ran, each by the hours of its own step.
* A stricter target counts from the change, since nobody could know before, but never grants more than was left:
  granted = max(target, min(granted before, used + target)). A looser one counts from the beginning. To and fro leaves
  what was there at first.
* Where there was no target before, a new one grants all of itself from then on.
* A clock that stands still uses nothing, has no due time and cannot be broken; it goes on with what was left.
* A reopened ticket goes on with what was left, but with no less than its ``least``: no clock is broken by a reopening
  itself. A round that was broken stays told (``broken_before``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from .ticks import MINUTE, from_ticks, to_span, to_ticks
from .values import TraceRow
from .worktime import NoWorkingTime, WorkCalendar

#: A step with this reason ends the clock: what was granted was kept or not.
DONE = "done"


class Step(NamedTuple):
    """What holds from ``at`` on. ``minutes``: the target (None: there is none), ``stopped``: why the clock stands
    still ("" while it runs, `DONE` when it is over), ``least``: a reopening, after which so many minutes are left at
    least (None: no reopening), ``rule``: what the trace says of it."""

    at: datetime
    minutes: int | None
    hours: WorkCalendar
    stopped: str = ""
    least: int | None = None
    rule: tuple[tuple[str, object], ...] = ()


class Reading(NamedTuple):
    """A clock as of a moment, whole minutes of working time.

    ``state``: running, paused, over (running, and nothing is left), kept, broken. ``due`` is when what is granted ends:
    None while it stands still, and where the hours hold no such time. ``left`` is negative by what it is over.
    """

    state: str
    granted: int
    used: int
    left: int
    due: datetime | None
    broken_at: datetime | None = None
    broken_before: bool = False
    why: str = ""
    trace: tuple[TraceRow, ...] = ()

    @property
    def share(self) -> float:
        """Used part of what is granted."""
        return self.used / self.granted if self.granted else 1.0


def read(steps: Iterable[Step], now: datetime, traced: bool = True) -> Reading | None:
    """The clock at ``now``; None without a target. Steps may come in any order, those of the future do not count.

    ``traced``: say also how it came to that, stretch by stretch, which takes longer than all the rest.
    """
    moment = to_ticks(now)
    begun = [(start, step) for start, step in ((to_ticks(step.at), step) for step in steps) if start <= moment]
    if not begun:
        return None
    begun.sort(key=lambda one: one[0])
    clock = _Clock(traced)
    for place, (start, step) in enumerate(begun, 1):
        clock.take(step, start)
        clock.run(step, start, begun[place][0] if place < len(begun) else moment)
    return clock.reading(begun[-1][1], moment)


class _Clock:
    """The walk through the steps; everything in ticks."""

    def __init__(self, traced: bool) -> None:
        self.traced = traced
        self.granted: int | None = None
        self.target: int | None = None
        self.used = 0
        self.broken_at: int | None = None
        self.broken_before = False
        self.begun = False
        self.last_start = 0  # of the step that runs now, and what was used before it
        self.last_used = 0
        self.rows: list[TraceRow] = []

    def take(self, step: Step, at: int) -> None:
        """What a step changes in what is granted."""
        target = None if step.minutes is None else step.minutes * MINUTE
        if target is None:
            self.granted = self.broken_at = None
        elif not self.begun:
            self.granted = target
        elif self.granted is None:
            self.granted = self.used + target
        elif target != self.target:
            self.granted = max(target, min(self.granted, self.used + target))
            if self.used <= self.granted:
                self.broken_at = None  # what counts is the target that holds now
        if self.traced and step.rule and target is not None and (target != self.target or not self.begun):
            assert self.granted is not None
            args: dict[str, object] = {**dict(step.rule), "target": step.minutes, "granted": self.granted // MINUTE}
            self.rows.append(TraceRow(to_span(at, at), "sla_rule", args))
        self.target, self.begun = target, True
        if step.least is not None and self.granted is not None:
            if self.broken_at is not None:
                self.broken_before, self.broken_at = True, None
            self.granted = max(self.granted, self.used + min(step.least, step.minutes or 0) * MINUTE)
            left = (self.granted - self.used) // MINUTE
            self.rows.append(TraceRow(to_span(at, at), "sla_reopened", {"left": left}))

    def run(self, step: Step, start: int, end: int) -> None:
        """The time of a step goes by."""
        if step.stopped:
            if step.stopped != DONE and end > start:
                self.rows.append(TraceRow(to_span(start, end), "sla_paused", {"why": step.stopped}))
            return
        self.last_start, self.last_used = start, self.used
        self._tell_runs(step.hours, start, end)
        self.used += step.hours.work_ticks(start, end)
        if self.granted is not None and self.used > self.granted and self.broken_at is None:
            left = self.granted - self.last_used
            self.broken_at = step.hours.after(start, left) if left > 0 else start

    def _tell_runs(self, hours: WorkCalendar, start: int, end: int) -> None:
        if self.traced:
            for begin, stop in hours.stretches(start, end):
                self.rows.append(TraceRow(to_span(begin, stop), "sla_runs", {"minutes": (stop - begin) // MINUTE}))

    def reading(self, last: Step, now: int) -> Reading | None:
        if self.granted is None:
            return None
        left = self.granted - self.used
        due: int | None = None
        if self.broken_at is not None:
            due = self.broken_at
        elif not last.stopped:
            due = self._ahead(last, now)
        if last.stopped == DONE:
            state = "broken" if self.broken_at is not None else "kept"
        elif last.stopped:
            state = "paused"
        else:
            state = "over" if self.broken_at is not None else "running"
        shown = due if state != "paused" else None
        rows = list(self.rows) if self.traced else []
        if shown is not None and self.traced:
            rows.append(TraceRow(to_span(shown, shown), "sla_due", {"state": state}))
        return Reading(
            state=state,
            granted=self.granted // MINUTE,
            used=self.used // MINUTE,
            left=-(-left // MINUTE) if left < 0 else left // MINUTE,
            due=None if shown is None else from_ticks(shown),
            broken_at=None if self.broken_at is None else from_ticks(self.broken_at),
            broken_before=self.broken_before,
            why=last.stopped if state == "paused" else "",
            trace=joined(rows) if rows else (),
        )

    def _ahead(self, last: Step, now: int) -> int | None:
        """When what is left will be used, counted from where the clock began to run, so that it stays the same."""
        assert self.granted is not None
        try:
            due = last.hours.after(self.last_start, max(0, self.granted - self.last_used))
            self._tell_runs(last.hours, now, due)
        except NoWorkingTime:
            return None
        return due


def later_than(before: Reading | None, after: Reading | None) -> bool:
    """Whether a due time moved, appeared or went between two readings."""
    return (before.due if before else None) != (after.due if after else None)


def joined(rows: Sequence[TraceRow]) -> tuple[TraceRow, ...]:
    """Neighbouring stretches of the running clock that only the present parts, told as one."""
    found: list[TraceRow] = []
    for row in rows:
        last = found[-1] if found else None
        if last is not None and last.code == row.code == "sla_runs" and last.span.end == row.span.start:
            span = to_span(to_ticks(last.span.start), to_ticks(row.span.end))
            found[-1] = TraceRow(span, "sla_runs", {"minutes": span.minutes})
        else:
            found.append(row)
    return tuple(found)
