"""Something to think of at a time: on a ticket, for a person; in "mine today" and as a notification when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed
from deskapp.desk import when
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Reminder


@dataclass(frozen=True)
class Remind:
    """When, and what to think of."""

    at: datetime
    text: str = ""


class Due(NamedTuple):
    ticket_id: str
    text: str


def parse(typed: str, now: datetime, zone: ZoneInfo) -> Remind | None:
    """ "пт 9 позвонить Хасанову", "in 2 h call them": the longest beginning that is a moment, then what to do."""
    words = typed.split()
    for count in range(len(words), 0, -1):
        moment = when.parse(" ".join(words[:count]), now, zone)
        if moment is not None and moment.until is not None and moment.until > now:
            return Remind(moment.until, " ".join(words[count:]))
    return None


def put(desk: Desk, ticket_id: str, remind: Remind, person: str = "") -> Changes:
    """Remind ``person`` (me) of a ticket."""
    with desk.act("reminder") as act:
        row = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        if row is None:
            raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
        act.result = act.insert(
            Reminder,
            ticket_id=ticket_id,
            specialist_id=person or desk.me,
            at=to_ms(remind.at),
            text=remind.text.strip(),
            author_id=act.writing.author,
        )
        act.say("reminder", number=row[0], date=remind.at)
    return act.changes


def done(desk: Desk, ticket_id: str) -> Changes:
    """Everything of mine that is due on a ticket has been thought of."""
    with desk.act("reminder_done") as act:
        for (row_id,) in act.writing.execute(
            "SELECT id FROM reminder WHERE ticket_id = ? AND specialist_id = ? AND done_at IS NULL AND at <= ?",
            (ticket_id, desk.me, act.now),
        ).fetchall():
            act.update(Reminder, row_id, done_at=act.now)
        row = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        act.say("reminder_done", number=row[0] if row else None)
    return act.changes


def due(desk: Desk) -> tuple[Due, ...]:
    """What I am to think of now, the oldest first."""
    rows = desk.replica.rows(
        "SELECT ticket_id, text FROM reminder WHERE specialist_id = ? AND done_at IS NULL AND at <= ? ORDER BY at",
        (desk.me, to_ms(desk.clock.now())),
    )
    return tuple(map(Due._make, rows))


def of_ticket(desk: Desk, ticket_id: str) -> tuple[datetime, ...]:
    """When I am to be reminded of a ticket, due or not."""
    rows = desk.replica.rows(
        "SELECT at FROM reminder WHERE ticket_id = ? AND specialist_id = ? AND done_at IS NULL ORDER BY at",
        (ticket_id, desk.me),
    )
    return tuple(from_ms(row[0]) for row in rows)
