"""The values that planning takes and gives.

All instants are aware datetimes; all efforts and margins are whole minutes of working time. Nothing here is
a text for people: reasons and trace rows carry a code and its arguments, which the window and the letters
put into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time, ``start <= t < end``; both ends aware."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes of elapsed time; two ends in one zone are not subtracted by their wall clocks."""
        return int((self.end.timestamp() - self.start.timestamp()) // 60)


#: A working interval within a day, in minutes after local midnight; ``end`` may pass 1440 for a night shift.
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DayRule:
    """What a single date is instead of its weekday: a holiday (no intervals), a shortened or an added
    working day.
    """

    intervals: tuple[Interval, ...]
    name: str = ""
    kind: str = "holiday"  # holiday | short | working | personal


@dataclass(frozen=True, slots=True)
class Absence:
    """Time in which a person does not work though the calendar says so."""

    span: Span
    kind: str = "absence"  # vacation | sick | training | meeting | travel | other
    name: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """A booking in a person's calendar."""

    id: str
    span: Span
    ticket_id: str = ""
    number: int | None = None
    promise: datetime | None = None  # of the ticket, if one was told
    in_progress: bool = False
    pinned: bool = False
    kind: str = "work"  # work | visit | travel
    skill: str | None = (
        None  # what the ticket needs, "" for nothing special; None: unknown, so nobody else is offered it
    )
    not_before: datetime | None = None  # of the ticket: no part of it begins earlier
    held_by: str = "asked"  # what that comes from: asked (the requester), part (one that is missing)
    splittable: bool = True  # False: the ticket is done in one piece; only breaks may cut it
    min_piece: int | None = None  # of the ticket, where it is not the desk's

    @property
    def splits(self) -> bool:
        """Whether a new place may lie in several pieces: a visit and a way never do."""
        return self.kind == "work" and self.splittable


@dataclass(frozen=True, slots=True)
class Skill:
    """How well a person knows a field: ``seen`` finished tickets, ``pace`` their effort as a share of the
    usual (1.0).
    """

    seen: int = 0
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Person:
    """A specialist, as the planner sees one: hours, what they know, and what is booked already."""

    id: str
    name: str
    calendar: WorkCalendar
    lines: tuple[int, ...] = (1,)
    skills: Mapping[str, Skill] = field(default_factory=dict)
    busy: tuple[Busy, ...] = ()
    works_from_line: int = 0  # takes only what comes from this line by escalation; 0: takes new work too
    substitute_for: tuple[str, ...] = ()  # ids of people whose skills count as theirs while those are absent
    substitutes: tuple[str, ...] = ()  # ids of those who stand in for this person, the first to be asked first
    reserve: int = 0  # per cent of each working day that is kept free of plans, for what nobody can foresee
    customers: Mapping[str, int] = field(default_factory=dict)  # customer_id -> finished tickets
    # Bookings in the planner's own form, made when first asked for: the same people are asked many times.
    kept: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work to place. ``minutes`` is None while nobody has estimated it: then nothing is
    proposed.
    """

    ticket_id: str
    minutes: int | None
    number: int | None = None
    skill: str = ""
    line: int = 0  # 0: any line
    urgency: int = 3  # 1 critical .. 4 low
    not_before: datetime | None = None
    deadline: datetime | None = None  # what the requester asked for, or the contract demands
    customer_id: str = ""
    cause_id: str = ""
    splittable: bool = True  # False: in one piece, which only breaks may cut; a visit always is
    min_piece: int | None = None  # minutes; None: the desk's
    travel: int | None = None  # on site: minutes of the way there, and as many back; None: done at the desk
    site_hours: WorkCalendar | None = None  # when the customer lets people in; None: always
    held_by: str = "asked"  # what ``not_before`` comes from: asked (the requester), part (one that is missing)

    @property
    def splits(self) -> bool:
        return self.splittable and self.travel is None

    @property
    def ways(self) -> int:
        """Minutes on the road, there and back."""
        return 2 * (self.travel or 0)

    def trip(self, minutes: int) -> tuple[int, ...]:
        """The way there, so many minutes of work, the way back; empty at the desk."""
        return () if self.travel is None else (self.travel, minutes, self.travel)


@dataclass(frozen=True, slots=True)
class Rules:
    """How the desk slices and rounds (ui.md 5.3, point 9). Minutes of working time unless said otherwise."""

    margin: int = 30  # added to the finish before promising
    round_to: int = 30  # a promise is rounded up to this, wall-clock minutes
    min_piece: int = 90  # no piece is shorter, unless a break cuts it or the whole effort is
    min_beside_break: int = 60  # a break may cut a piece only if this much lies on each side
    horizon_days: int = 10  # working days looked at
    step: int = 15  # a piece begins on this grid, wall-clock minutes, or at the end of what is before it
    margins: Mapping[str, int] = field(default_factory=dict)  # by person id, where it is not ``margin``
    calendar: WorkCalendar | None = None  # whose working days the horizon counts; None: each person's own

    def margin_of(self, person_id: str) -> int:
        return self.margins.get(person_id, self.margin)


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One row of "why this date". ``code`` is one of: work, margin, busy, lunch, holiday, weekend, off,
    absence, training, reserve, short_gap, not_before, travel, done_day, promise. ``args`` names what fills it: number,
    ticket_id, name, minutes, by."""

    span: Span
    code: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a slot is offered, or a person is not; a code with arguments."""

    code: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A booking that changes its place or its person. ``late`` is working minutes past the ticket's
    promise, 0 if kept.
    """

    busy: Busy
    person_from: str
    person_to: str
    spans: tuple[Span, ...]
    finish_before: datetime
    finish_after: datetime
    late: int = 0


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """What a change of plan does, before it is done; drawn as ghost, bar or dialog, and applied as one step.

    ``moved`` keeps every promise, ``reassigned`` goes to another person, ``broken`` makes somebody late; a
    booking is in exactly one of the three.
    """

    assigned: tuple[tuple[str, str, tuple[Span, ...]], ...] = ()  # (ticket_id, person_id, pieces)
    moved: tuple[Move, ...] = ()
    reassigned: tuple[Move, ...] = ()
    broken: tuple[Move, ...] = ()
    wont_fit: tuple[str, ...] = ()  # ticket ids
    base: str = ""  # fingerprint of the bookings of all the people it was computed from
    subject: tuple[str, ...] = ()  # ids of the bookings that a person moves on purpose
    copies: tuple[tuple[str, str, tuple[Span, ...]], ...] = ()  # (booking that is repeated, person_id, pieces)
    ways: tuple[Span, ...] = ()  # the ways to and from a visit that is assigned
    reasons: tuple[Reason, ...] = ()  # not_before(until, by, number): why it lies later than it was dropped
    seen: tuple[Person, ...] = field(default=(), compare=False, repr=False)  # the people it was computed from

    @property
    def harmless(self) -> bool:
        """Nothing but what the person wanted happens: it may be applied without asking."""
        pushed = [move for move in (*self.moved, *self.reassigned) if move.busy.id not in self.subject]
        return not (pushed or self.broken or self.wont_fit)


@dataclass(frozen=True, slots=True)
class Slot:
    """One proposal: who, when, until when, and what it rests on."""

    person_id: str
    minutes: int  # effort for this person
    pieces: tuple[Span, ...]
    finish: datetime
    margin: int
    promise: datetime
    reasons: tuple[Reason, ...]
    trace: tuple[TraceRow, ...]
    diff: PlanDiff
    ways: tuple[Span, ...] = ()  # of a visit: the way there and the way back


@dataclass(frozen=True, slots=True)
class NotOffered:
    person_id: str
    reason: Reason  # absent_until, no_skill, other_line, no_gap_until, no_calendar, full_until, slower


@dataclass(frozen=True, slots=True)
class Proposals:
    """``problem`` says why there are no slots: no_estimate, no_people, no_fit (args: minutes, skill, until,
    load).
    """

    slots: tuple[Slot, ...] = ()
    more: tuple[Slot, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class DayLoad:
    """Minutes of a person's day: what the calendar gives, what is booked, and the day's name if it is not
    ordinary.
    """

    day: date
    working: int
    booked: int
    label: str = ""
    reserve: int = 0  # of the working minutes, kept free of plans
