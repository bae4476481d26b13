"""When work will really end: the forecast, its slack to the promise, and the clock of the first answer.

A forecast moves by itself: work that overruns, starts late or ends early moves everything behind it. A
promise never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .fit import Piece, without
from .lane import Item, Lane, horizon, items_of, on_site
from .ticks import MINUTE, from_ticks, to_span, to_ticks
from .values import Job, Person, Rules, Span
from .worktime import NoWorkingTime, WorkCalendar

#: A ticket slips when its slack is under this many minutes, or under a quarter of the remaining effort
#: (ui.md 5.1).
SLIPPING_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be expected of a ticket. ``virtual``: nothing is booked, the place is only assumed."""

    forecast: datetime
    pieces: tuple[Span, ...]
    virtual: bool = False


def forecasts(
    person: Person,
    remaining: Mapping[str, int | None],
    now: datetime,
    not_before: Mapping[str, datetime] | None = None,
) -> dict[str, Outlook]:
    """The outlook of each ticket booked with the person.

    ``remaining`` are minutes of work left by ticket id (None or absent: what is booked ahead of now). The person works
    through the bookings in order, one at a time; a booking begins when planned, or when the work before it ends. The
    last booking of a ticket takes all that is left of it; where nothing is left for it the ticket ends before.
    ``not_before``: what a ticket waits for, a part say, comes then; until it does the person does what is planned
    behind. A block that lies outside the working hours was put there on purpose: its own time counts.
    """
    calendar, moment = person.calendar, to_ticks(now)
    waits = {ticket: ticks for ticket, at in (not_before or {}).items() if (ticks := to_ticks(at)) > moment}
    items = [item for item in items_of(person) if item.end > moment or _open(item, remaining)]

    def running(item: Item) -> bool:
        return item.busy.in_progress and item.ticket not in waits

    def wanted(item: Item) -> int:
        return max(item.start, waits.get(item.ticket, item.start))

    # What is being worked on now goes first, whenever it was planned.
    items.sort(key=lambda item: (not running(item), wanted(item), item.end, item.busy.id))
    last = {item.ticket: index for index, item in enumerate(items)}
    left: dict[str, int] = {}
    found: dict[str, Outlook] = {}
    cursor = moment
    for index, item in enumerate(items):
        begin = max(cursor, moment if running(item) else wanted(item))
        ahead = max(moment, item.start)
        booked = calendar.work_ticks(ahead, item.end) if item.end > ahead else 0
        on_purpose = item.end > ahead and not calendar.work_ticks(item.start, item.end)
        if on_purpose:  # somebody works then all the same
            booked = item.end - ahead
        known = remaining.get(item.ticket)
        if known is None:
            duration = booked
        else:
            rest = left.setdefault(item.ticket, known * MINUTE)
            duration = rest if last[item.ticket] == index else min(rest, booked)
            left[item.ticket] = rest - duration
            if known and not duration and item.ticket in found:
                continue  # done before this one is needed
        inside = min(duration, max(0, item.end - begin)) if on_purpose else 0
        own = [(begin, begin + inside)] if inside else []
        begin += inside
        duration -= inside
        try:
            finish = calendar.after(begin, duration) if duration or inside else max(begin, min(item.end, moment))
        except NoWorkingTime:
            continue
        pieces = found[item.ticket].pieces if item.ticket in found else ()
        pieces += tuple(to_span(*piece) for piece in (*own, *calendar.stretches(begin, finish)))
        found[item.ticket] = Outlook(from_ticks(finish), pieces)
        cursor = finish
    return found


def _open(item: Item, remaining: Mapping[str, int | None]) -> bool:
    """A booking whose time has passed still counts while its ticket has work left."""
    return item.busy.in_progress or bool(remaining.get(item.ticket))


def virtual_places(
    waiting: Iterable[tuple[Job, Person]], now: datetime, rules: Rules | None = None
) -> dict[str, Outlook]:
    """Places for tickets that have a promise but no booking, so that their load is not hidden.

    Each takes the earliest free time of its person, the nearest deadline first (`Job.deadline` is the
    promise here). Tickets without an estimate, or without room within three horizons, get none.
    """
    rules = rules or Rules()
    moment = to_ticks(now)
    lanes: dict[str, Lane] = {}
    found: dict[str, Outlook] = {}
    far = 1 << 62
    ordered = sorted(waiting, key=lambda pair: to_ticks(pair[0].deadline) if pair[0].deadline is not None else far)
    for job, person in ordered:
        if not job.minutes:
            continue
        try:
            lane = lanes.get(person.id)
            if lane is None:
                end = horizon(person, rules, moment, rules.horizon_days * 3)
                lane = lanes[person.id] = Lane(person, moment, end, rules)
            start = moment if job.not_before is None else to_ticks(job.not_before)
            pieces: list[Piece] | None = lane.fit(
                job.minutes + job.ways, start, job.splits, job.min_piece, job.trip(job.minutes)
            )
        except NoWorkingTime:
            continue
        if pieces is not None:
            lane.free = without(lane.free, pieces)
            spans = tuple(to_span(*piece) for piece in on_site(pieces, job.minutes, job.travel)[0])
            found[job.ticket_id] = Outlook(spans[-1].end, spans, virtual=True)
    return found


def slack(forecast: datetime, promise: datetime, calendar: WorkCalendar) -> int:
    """Working minutes between forecast and promise; negative when it will be late."""
    return calendar.signed_work(forecast, promise) // timedelta(minutes=1)


def is_slipping(slack_minutes: int | None, remaining: int | None) -> bool:
    """Late, or slack under the larger of half an hour and a quarter of the remaining effort."""
    return slack_minutes is not None and slack_minutes < max(SLIPPING_MINUTES, (remaining or 0) / 4)


def answer_due(received: datetime, calendar: WorkCalendar, minutes: int = 120, paused: Sequence[Span] = ()) -> datetime:
    """Until when a letter is to be answered: so many working minutes after it came, pauses not counted.

    ``paused`` is empty unless the desk lets a question to the requester stop the clock.
    """
    due = calendar.add_work(received, minutes)
    for pause in sorted(paused, key=lambda span: span.start):
        begin = max(pause.start, received)
        if begin < due and pause.end > begin:
            due = calendar.add_work(due, calendar.work_between(begin, pause.end))
    return due


def answer_left(now: datetime, due: datetime, calendar: WorkCalendar) -> int:
    """Working minutes until the answer is due; negative when it is overdue."""
    return calendar.signed_work(now, due) // timedelta(minutes=1)
