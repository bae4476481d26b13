"""When a ticket's work will end by the bookings of its people, what is spent and what is left.

A person works through the bookings in order, so one that overruns moves all behind it: an act on one ticket may
change the
outlook of others. Reading and bookkeeping are here, the arithmetic is ``planning.forecast``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import timespent, waits
from deskapp.planning import forecast as planning
from deskapp.planning.values import Busy, Job, Person, Span

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

Execute = Callable[..., Any]


@dataclass(frozen=True)
class Outlook:
    """``slack``: working minutes between forecast and promise, negative when late; ``next``: the piece at or after
    now.
    """

    forecast: datetime | None = None
    slack: int | None = None
    remaining: int | None = None
    spent: int = 0
    next: Span | None = None
    slipping: bool = False
    virtual: bool = False
    pieces: tuple[Span, ...] = ()
    waits: waits.Wait | None = None  # for a part


def _marks(values: Iterable[Any]) -> tuple[str, list[Any]]:
    params = list(values)
    return ",".join("?" * len(params)), params


_TIMERS = "SELECT ticket_id, started_at, seconds FROM timer"


def spent_on(execute: Execute, ticket_id: str, now: datetime) -> int:
    """Minutes recorded on a ticket and what was merged into it, those of the running timer included."""
    if execute(_TIMERS).fetchone() is None:
        return timespent.minutes(execute, ticket_id)
    return spent(execute, [ticket_id], now).get(ticket_id, 0)


def spent(execute: Execute, tickets: Iterable[str], now: datetime) -> dict[str, int]:
    """The same of each of several tickets."""
    wanted = set(tickets)
    found = timespent.by_ticket(execute, wanted)
    running = execute(_TIMERS).fetchall()
    homes = timespent.parts(execute, wanted) if running else {}
    for ticket_id, started, seconds in running:
        home = homes.get(ticket_id)
        if home is not None:
            ran = max(0, to_ms(now) - started) // 1000 if started is not None else 0
            found[home] = found.get(home, 0) + (seconds + ran) // 60
    return found


def people_of(execute: Execute, tickets: Iterable[str]) -> set[str]:
    """Who has open work of these tickets in the calendar."""
    marks, params = _marks(tickets)
    return {
        row[0]
        for row in execute(
            f"SELECT DISTINCT specialist_id FROM booking WHERE ticket_id IN ({marks}) AND state <> 'done'", params
        ).fetchall()
    }


#: Travel fills a calendar, but no work of the ticket is done on the road.
_OPEN = (
    "b.state <> 'done' AND b.kind <> 'travel' AND t.status IN ('new', 'promised', 'in_progress', 'waiting') "
    "AND b.end_at > b.start_at"
)


def outlooks(
    desk: Desk, execute: Execute, people: Iterable[str], now: datetime, tickets: Iterable[str] = (), only: str = ""
) -> dict[str, Outlook]:
    """The outlook of every open ticket booked with ``people``, and of ``tickets`` promised without a booking.

    ``only``: of this one alone; what is planned after its last booking does not matter then.
    """
    rows = _read(execute, people)
    if only:
        last = {person: start for _id, person, start, _end, ticket_id, *_rest in rows if ticket_id == only}
        rows = [row for row in rows if row[2] <= last.get(row[1], -1) or row[6] == "in_progress"]
    efforts: dict[str, tuple[int | None, int | None]] = {}  # ticket -> (effort, promise)
    busy: dict[str, list[Busy]] = {}
    for booking, person, start, end, ticket_id, promised, state, effort in rows:
        efforts[ticket_id] = (effort, promised)
        busy.setdefault(person, []).append(
            Busy(booking, Span(from_ms(start), from_ms(end)), ticket_id, in_progress=state == "in_progress")
        )
    worked = spent(execute, {*efforts, *tickets}, now)
    remaining = {
        ticket: None if effort is None else max(0, effort - worked.get(ticket, 0))
        for ticket, (effort, _p) in efforts.items()
    }
    found: dict[str, Outlook] = {}
    parts = waits.of(desk, execute, {*efforts, *tickets}, now)
    later = {ticket_id: wait.until for ticket_id, wait in parts.items() if wait.until is not None}
    for ticket_id, until in _held(execute, {*efforts, *tickets}, now):
        later[ticket_id] = max(until, later.get(ticket_id, until))
    for person, bookings in busy.items():
        calendar = desk.schedule.of(person)
        for ticket_id, seen in planning.forecasts(
            Person(person, "", calendar, busy=tuple(bookings)), remaining, now, later
        ).items():
            if only and ticket_id != only:
                continue
            before = found.get(ticket_id)
            if before is not None and before.forecast is not None and before.forecast >= seen.forecast:
                continue  # several people: the ticket ends with the last of them
            promise = efforts[ticket_id][1]
            ahead = [b.span for b in bookings if b.ticket_id == ticket_id and b.span.end > now]
            found[ticket_id] = _outlook(
                seen.forecast,
                planning.slack(seen.forecast, from_ms(promise), calendar) if promise else None,
                remaining[ticket_id],
                worked.get(ticket_id, 0),
                ahead[0] if ahead else None,
                seen.pieces,
            )
    for ticket_id in tickets:
        if ticket_id not in found:
            found[ticket_id] = _unbooked(desk, execute, ticket_id, worked.get(ticket_id, 0), now, later.get(ticket_id))
    for ticket_id, wait in parts.items():
        # a part that nobody can date keeps no promise: somebody has to order it
        undated = wait.until is None and bool(found[ticket_id].forecast)
        found[ticket_id] = replace(found[ticket_id], waits=wait, slipping=found[ticket_id].slipping or undated)
    return found


def _held(execute: Execute, tickets: Iterable[str], now: datetime) -> Iterable[tuple[str, datetime]]:
    """Tickets on which nobody may begin yet, and until when."""
    marks, params = _marks(tickets)
    for ticket_id, until in execute(
        f"SELECT id, not_before_at FROM ticket WHERE not_before_at > ? AND id IN ({marks})", [to_ms(now), *params]
    ).fetchall():
        yield ticket_id, from_ms(until)


def _read(execute: Execute, people: Iterable[str]) -> list[Any]:
    marks, params = _marks(people)
    if not params:
        return []
    return list(
        execute(
            "SELECT b.id, b.specialist_id, b.start_at, b.end_at, b.ticket_id, t.promised_at, b.state, t.effort "
            f"FROM booking b JOIN ticket t ON t.id = b.ticket_id WHERE b.specialist_id IN ({marks}) AND {_OPEN} "
            "ORDER BY b.start_at, b.id",
            params,
        ).fetchall()
    )


def _outlook(
    forecast: datetime | None,
    slack: int | None,
    remaining: int | None,
    worked: int,
    following: Span | None,
    pieces: tuple[Span, ...],
    virtual: bool = False,
) -> Outlook:
    return Outlook(
        forecast, slack, remaining, worked, following, planning.is_slipping(slack, remaining), virtual, pieces
    )


def _unbooked(
    desk: Desk, execute: Execute, ticket_id: str, worked: int, now: datetime, later: datetime | None = None
) -> Outlook:
    """A promise without a booking gets the earliest free time of its owner: its load is not hidden."""
    row = execute(
        "SELECT owner_id, effort, promised_at, status, keep_whole, piece_minutes, travel_minutes FROM ticket "
        "WHERE id = ?",
        (ticket_id,),
    ).fetchone()
    if row is None:
        return Outlook()
    owner, effort, promised, status, whole, piece, travel = row
    remaining = None if effort is None else max(0, effort - worked)
    if not promised or not remaining or status not in ("promised", "in_progress", "waiting"):
        return Outlook(remaining=remaining, spent=worked)
    from deskapp.desk.crew import crew  # the crew reads forecasts' neighbours; only needed here

    promise = from_ms(promised)
    person = next(iter(crew(desk, execute, only=owner)), None) if owner else None
    person = person or Person("", "", desk.schedule.desk_calendar)
    job = Job(
        ticket_id, remaining, deadline=promise, not_before=later, splittable=not whole, min_piece=piece, travel=travel
    )
    place = planning.virtual_places([(job, person)], now, desk.schedule.rules)
    seen = place.get(ticket_id)
    if seen is None:
        return Outlook(remaining=remaining, spent=worked)
    slack = planning.slack(seen.forecast, promise, person.calendar)
    return _outlook(seen.forecast, slack, remaining, worked, None, seen.pieces, virtual=True)


def read(desk: Desk, execute: Execute, ticket_id: str, now: datetime) -> Outlook:
    """The outlook of one ticket."""
    return outlooks(desk, execute, people_of(execute, [ticket_id]), now, [ticket_id], ticket_id)[ticket_id]


def changed_since(known: Mapping[str, tuple[int | None, int | None]], found: Mapping[str, Outlook]) -> set[str]:
    """Tickets whose (forecast ms, slack) are no longer what the lists show."""
    return {
        ticket
        for ticket, outlook in found.items()
        if known.get(ticket) != (to_ms(outlook.forecast) if outlook.forecast else None, outlook.slack)
    }
