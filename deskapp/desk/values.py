"""What the desk gives to a window or the command line: plain tuples, nothing that still reads from a database.

Instants are aware UTC datetimes (lists keep UTC milliseconds, which are ten times cheaper), durations whole minutes of
working time. Words for people are made by the reader from codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from deskapp.planning.values import Absence, Interval, Proposals, TraceRow


@dataclass(frozen=True)
class Changes:
    """What an intention changed. ``tables``: table -> row ids; ``tickets``: every ticket whose rows or lists changed.

    ``tx`` names the transaction for undo, ``said`` is the code and arguments of the sentence in the undo line,
    ``leaves_at`` when a letter of it leaves, ``result`` what the intention made (an id, a number).
    """

    tables: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tickets: frozenset[str] = frozenset()
    tx: str = ""
    said: tuple[str, Mapping[str, object]] = ("", {})
    leaves_at: datetime | None = None
    result: Any = None

    def touches(self, *tables: str) -> bool:
        return any(self.tables.get(table) for table in tables)


#: An intention of the desk: ``fn(desk, *args) -> Changes``.
Intention = Callable[..., Changes]


class QueueItem(NamedTuple):
    """A row of a queue. Times in UTC ms, durations in working minutes."""

    ticket_id: str
    number: int | None
    subject: str
    status: str
    wait_for: str
    urgency: int
    customer: str
    cause_id: str
    owner_id: str
    line: int
    effort: int | None
    received_at: int | None
    answer_due: int | None
    answered_at: int | None
    answer_minutes: int | None
    promised_at: int | None
    forecast_at: int | None
    slack: int | None
    planned_start: int | None
    planned_end: int | None
    remaining: int | None
    touched_at: int
    letter_in_at: int | None
    letter_out_at: int | None
    waiting_since: int | None
    unread: int
    why: str  # code: letter, late, short_slack, thanks, question_open, disagreed, no_owner, ...
    group: str  # "" or: hour, two_hours, overdue, answered, now, needs, next, silent
    hint: str = ""  # a few words of the letter that ``why`` speaks of
    reaction_due: int | None = None  # by the contract
    solution_due: int | None = None
    clock_paused: str = ""  # why the contract's clock stands still
    clock_left: int | None = None


class QueuePage(NamedTuple):
    """A page of one tab, grouped and ordered. ``groups``: (code, count, minutes of work left) in order."""

    tab: str
    items: tuple[QueueItem, ...]
    groups: tuple[tuple[str, int, int], ...]
    more: bool


class Person(NamedTuple):
    """A specialist as lists and cards show them, in the asked language."""

    id: str
    name: str
    short: str  # surname
    initials: str
    lines: tuple[int, ...]
    focus: str
    active: bool
    on_duty: bool
    email: str


class Choice(NamedTuple):
    """An entry of a small list: cause, zone, skill."""

    id: str
    name: str
    minutes: int | None = None
    skill_id: str = ""


@dataclass(frozen=True)
class Directory:
    """What every screen needs to put ids into words; small, read once and again when it changes."""

    me: Person | None
    people: Mapping[str, Person]
    causes: tuple[Choice, ...]
    zones: tuple[Choice, ...]
    skills: tuple[Choice, ...]
    zone_name: str  # of the reader
    desk_name: str
    answer_minutes: int
    rights: frozenset[str] = frozenset()  # what of ``rights.LEAST`` who works here may do

    def cause(self, cause_id: str) -> str:
        return next((c.name for c in self.causes if c.id == cause_id), "")


@dataclass(frozen=True)
class FileItem:
    id: str
    name: str
    type: str
    size: int
    sha256: str
    inline: bool = False
    content_id: str = ""


# The values of a ticket's screen are made by the hundred, and a frozen one takes five times as long to make. Nobody
# changes them all the same.
@dataclass(slots=True)
class Entry:
    """One entry of a ticket's timeline, oldest first.

    ``kind``: letter_in, letter_out, held (a letter within its undo), check, change, talk, measure, visit, part, note,
    escalation, event, auto (a line: out of office, bounce). ``label`` of a letter: new, reply, promise, refusal...;
    of an event its code, with ``data``.
    """

    id: str
    kind: str
    at: datetime
    author: str  # name to show
    author_id: str = ""
    role: str = ""  # the requester's post
    label: str = ""
    text: str = ""  # what to show first (letters: without quotation)
    full_text: str = ""  # the whole text where it differs
    html: str = ""
    subject: str = ""
    to: tuple[tuple[str, str], ...] = ()  # (name, address)
    cc: tuple[tuple[str, str], ...] = ()
    minutes: int = 0
    files: tuple[FileItem, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""  # of our letters: held, ready, claimed, sent, failed, unknown
    leaves_at: datetime | None = None
    raw_sha256: str = ""


class Requester(NamedTuple):
    contact_id: str
    name: str
    post: str
    address: str
    phone: str
    customer_id: str
    customer: str
    contract: str
    vip: bool
    language: str
    zone: str
    undeliverable: bool
    known: bool = True


@dataclass(frozen=True)
class Similar:
    ticket_id: str
    number: int | None
    subject: str
    status: str
    minutes: int


@dataclass(slots=True)
class DayStripBlock:
    """A piece of today's plan in the side panel."""

    start: datetime
    end: datetime
    ticket_id: str
    number: int | None
    urgency: int
    slack: int | None
    kind: str = "work"


class TargetView(NamedTuple):
    """A clock of the contract. ``name``: reaction, solution, replacement; ``state``: running, paused (``why``), over,
    kept, broken. Minutes of the contract's hours; ``left`` is negative by what it is over. ``due`` is None while the
    clock stands still. ``broken_before``: in a round that ended before the ticket was opened again."""

    name: str
    state: str
    granted: int
    used: int
    left: int
    due: datetime | None
    why: str = ""
    broken_before: bool = False

    @property
    def share(self) -> float:
        return self.used / self.granted if self.granted else 1.0


class ContractView(NamedTuple):
    """The contract that speaks for a ticket. ``how``: ticket (it names it) or customer (that one held at receipt)."""

    id: str
    number: str
    hours: str
    until: date | None
    expired: bool
    vip: bool
    how: str
    urgency: int
    note: str
    paid_phone: bool
    targets: tuple[TargetView, ...]


@dataclass(frozen=True)
class Handed:
    """A hand-over that waits for an answer. ``mine``: it waits for whoever works here."""

    id: str
    ticket_id: str
    from_id: str
    to_id: str
    from_line: int
    to_line: int
    made_at: datetime
    automatic: bool
    mine: bool


@dataclass(frozen=True)
class Hint:
    """What a letter suggests; a person decides. ``kind``: agree, disagree, requester, urgency, cause. ``words``: of the
    letter."""

    kind: str
    words: str
    value: str = ""  # the requester's address, urgency 1 to 4, the cause's id
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Terms:
    """What was agreed on the time of a ticket's work. ``piece``: its smallest piece in minutes, None: the desk's;
    ``travel``: minutes of the way to the customer, None: done at the desk."""

    not_before: datetime | None = None
    wanted: datetime | None = None  # by the requester
    wanted_is_day: bool = False
    whole: bool = False  # in one piece
    piece: int | None = None
    travel: int | None = None


@dataclass(slots=True)
class TicketView:
    """A ticket as its screen shows it."""

    id: str
    number: int | None
    aliases: tuple[int, ...]
    subject: str
    status: str
    wait_for: str
    wait_note: str
    channel: str
    urgency: int
    cause_id: str
    zone_id: str
    line: int
    owner_id: str
    skill_id: str
    product: str
    language: str
    effort: int | None
    effort_assumed: int | None  # the cause's usual one, while nobody has estimated
    usual: tuple[int, int, int] | None  # (finished similar tickets, median minutes, nine in ten under)
    spent: int
    remaining: int | None
    requester: Requester
    asked_at: datetime | None
    asked_is_day: bool
    received_at: datetime
    answer_due: datetime | None  # while the two-hour clock runs
    answer_left: int | None  # working minutes, negative when over
    answered_at: datetime | None
    answer_minutes: int | None
    promised_at: datetime | None
    first_promised_at: datetime | None
    moved_count: int
    forecast_at: datetime | None
    slack: int | None
    slipping: bool
    started_at: datetime | None
    finished_at: datetime | None
    solution: str
    prevention: str
    consent_how: str
    consent_who: str
    consent_at: datetime | None
    refusal: str
    set_aside: str
    merged_into: str
    looks_like: tuple[str, int | None] | None
    snoozed_until: datetime | None
    snoozed_for_reply: bool
    needs: str
    followers: tuple[str, ...]
    day_zone: str
    entries: tuple[Entry, ...]
    earlier: int  # entries not loaded
    today: tuple[DayStripBlock, ...]  # the owner's (or my) plan of today
    today_hours: tuple[Interval, ...]
    drafts: Mapping[str, Mapping[str, Any]]
    acts: frozenset[str]  # which acts the status allows
    handed: Handed | None = None  # a hand-over that nobody has answered
    follows: bool = False  # whether whoever works here follows it
    reminders: tuple[datetime, ...] = ()  # of whoever works here, still to come or due
    twin: tuple[str, int | None] | None = None  # an open ticket that a new one may be a double of
    contract: ContractView | None = None
    hints: tuple[Hint, ...] = ()  # the most important first
    terms: Terms = Terms()


@dataclass(frozen=True)
class LetterDraft:
    """A letter before it leaves. ``date_token`` is the part of ``body`` that shows the promised date."""

    to: tuple[tuple[str, str], ...]
    cc: tuple[tuple[str, str], ...]
    subject: str
    body: str
    template: str
    language: str
    date_token: str = ""


@dataclass(frozen=True)
class MarginBase:
    """What a margin rests on. ``code``: given (somebody chose it), rule (the desk's rule: too little is finished yet),
    few (``n`` finished tickets of the cause, so at least the rule), learnt (from ``n`` of them alone). ``drift``: by
    which share the newest took longer than those before, 0 when that may be chance."""

    code: str
    n: int = 0
    drift: float = 0.0


@dataclass(frozen=True)
class PromiseView:
    """Everything the promise composer shows for one set of fields."""

    ticket_id: str
    minutes: int | None
    assumed: bool
    skill_id: str
    margin: int
    usual: tuple[int, int, int] | None
    proposals: Proposals
    letters: tuple[LetterDraft, ...]  # one a slot, in order
    strips: tuple[tuple[str, tuple[DayStripBlock, ...], tuple[Interval, ...]], ...]  # (person, that day, its hours)
    strip_day: date | None
    margin_base: MarginBase = MarginBase("rule")
    terms: Terms = Terms()


@dataclass(frozen=True)
class CalendarBlock:
    """A booking as the calendar draws it. ``slack`` in working minutes, ``progress`` 0..1."""

    id: str
    ticket_id: str
    number: int | None
    subject: str
    customer: str
    person_id: str
    start: datetime
    end: datetime
    urgency: int
    kind: str
    state: str
    pinned: bool
    promised_at: datetime | None
    forecast_at: datetime | None
    slack: int | None
    progress: float
    part: int  # 1-based piece of its ticket
    parts: int
    override: str = ""


@dataclass(frozen=True)
class CalendarDayView:
    """One day of one person: intervals in minutes after local midnight, what is off, and the load."""

    day: date
    intervals: tuple[Interval, ...]
    label: str  # the holiday's or short day's name
    kind: str  # "" | holiday | short | working
    absences: tuple[Absence, ...]
    working: int
    booked: int


@dataclass(frozen=True)
class Shift:
    """Who answers for the desk, from when to when."""

    id: str
    specialist_id: str
    start: datetime
    end: datetime
    note: str


@dataclass(frozen=True)
class CalendarRow:
    person: Person
    zone: str
    days: tuple[CalendarDayView, ...]
    working: int  # minutes of the span
    booked: int
    reserve: int = 0  # per cent of a day that is kept free of plans
    duty: tuple[Shift, ...] = ()  # shifts of the span, in order
    on_duty: bool = False  # now; where the roster is silent, by the mark in the team


@dataclass(frozen=True)
class TrayItem:
    ticket_id: str
    number: int | None
    subject: str
    customer: str
    urgency: int
    effort: int | None
    assumed: bool
    visit: bool
    answer_due: datetime | None
    promised_at: datetime | None
    needs: str


@dataclass(frozen=True)
class CalendarView:
    """A span of the calendar, every row over the same days of the reader's zone."""

    start: date
    days: tuple[date, ...]
    day_labels: tuple[tuple[str, str, int], ...]  # (kind, name, working minutes) of the desk's calendar
    rows: tuple[CalendarRow, ...]
    blocks: tuple[CalendarBlock, ...]
    tray: tuple[TrayItem, ...]
    tray_minutes: int
    team_minutes: int  # working time of the desk's calendar in the span
    base: str  # fingerprint of the bookings, for PlanDiff


@dataclass(frozen=True)
class Clockwork:
    """What the status bar says of the working day."""

    now: datetime
    zone: str
    kind: str  # open | before | after | off
    until: datetime | None  # open: the end of today's work; else its next beginning
    left: int
    short: bool
    name: str


@dataclass(frozen=True)
class SearchHit:
    kind: str  # ticket | customer | contact | article | person
    ticket_id: str  # the id of another kind
    number: int | None
    subject: str
    customer: str
    status: str
    snippet: str
    at: datetime | None
    customer_id: str = ""  # of a contact


@dataclass(frozen=True)
class Trace:
    """Why a date is what it is."""

    title: str  # code: promised, forecast, answer, finished, received
    person_id: str
    rows: tuple[TraceRow, ...]
    date: datetime | None
