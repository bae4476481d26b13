"""When a ticket's work will end by its bookings, what is spent and what is left: reading for the planning room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms
from deskapp.planning.values import Span

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

Execute = Callable[..., Any]


@dataclass(frozen=True)
class Outlook:
    """``slack``: working minutes between forecast and promise, negative when late; ``next``: the piece at or after now."""

    forecast: datetime | None = None
    slack: int | None = None
    remaining: int | None = None
    spent: int = 0
    next: Span | None = None
    slipping: bool = False


def spent(execute: Execute, ticket_id: str) -> int:
    """Minutes recorded on the ticket."""
    return int(
        execute("SELECT coalesce(sum(minutes), 0) FROM time_entry WHERE ticket_id = ?", (ticket_id,)).fetchone()[0]
    )


def read(desk: Desk, execute: Execute, ticket_id: str, ticket: Mapping[str, Any], now: datetime) -> Outlook:
    """The outlook of an open ticket. ``ticket`` needs owner_id, effort, status, promised_at."""
    worked = spent(execute, ticket_id)
    effort = ticket["effort"]
    pieces = [
        (person, Span(from_ms(start), from_ms(end)))
        for person, start, end in execute(
            "SELECT specialist_id, start_at, end_at FROM booking WHERE ticket_id = ? AND state <> 'done' ORDER BY start_at",
            (ticket_id,),
        ).fetchall()
    ]
    ahead = [(person, span) for person, span in pieces if span.end > now]
    person = pieces[-1][0] if pieces else ticket["owner_id"]
    calendar = desk.schedule.of(person)
    remaining = max(0, effort - worked) if effort is not None else None
    promise = from_ms(ticket["promised_at"]) if ticket["promised_at"] else None
    forecast = None
    if pieces or (promise and remaining):
        left = timedelta(minutes=remaining if remaining is not None else sum(s.minutes for _, s in ahead))
        at = now
        for _, span in ahead:
            at = max(now, span.start)
            room = span.end - at
            if left <= room:
                at, left = at + left, timedelta()
                break
            at, left = span.end, left - room
        forecast = calendar.add_work(at, left) if left else at
    slack = None
    if forecast and promise:
        slack = int(calendar.signed_work(forecast, promise) / timedelta(minutes=1))
    threshold = max(30, (remaining or 0) / 4)
    return Outlook(
        forecast=forecast,
        slack=slack,
        remaining=remaining,
        spent=worked,
        next=ahead[0][1] if ahead else None,
        slipping=slack is not None and slack < threshold,
    )
