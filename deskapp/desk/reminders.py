"""Something to think of at a time: on a ticket, for a person; in "mine today" and as a notification when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed
from deskapp.desk import when
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.database import Row
from deskapp.models.schema import Reminder


@dataclass(frozen=True)
class Remind:
    """When, and what to think of."""

    at: datetime
    text: str = ""


@dataclass(frozen=True)
class Due:
    id: str
    ticket_id: str
    number: int | None
    subject: str
    at: datetime
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


_OPEN = (
    "SELECT r.id, r.ticket_id, t.number, t.subject, r.at, r.text FROM reminder r JOIN ticket t ON t.id = r.ticket_id "
    "WHERE r.specialist_id = ? AND r.done_at IS NULL AND r.at <= ?{} ORDER BY r.at"
)


def due(desk: Desk, since: datetime | None = None) -> tuple[Due, ...]:
    """What is to be thought of now; ``since``: only what became due after it."""
    now = to_ms(desk.clock.now())
    sql, params = _OPEN.format(""), [desk.me, now]
    if since is not None:
        sql, params = _OPEN.format(" AND r.at > ?"), [*params, to_ms(since)]
    return tuple(_due(row) for row in desk.replica.rows(sql, params))


def of_ticket(desk: Desk, ticket_id: str) -> tuple[Due, ...]:
    """My reminders of a ticket that are still open, due or not."""
    rows = desk.replica.rows(
        "SELECT r.id, r.ticket_id, t.number, t.subject, r.at, r.text FROM reminder r JOIN ticket t "
        "ON t.id = r.ticket_id WHERE r.ticket_id = ? AND r.specialist_id = ? AND r.done_at IS NULL ORDER BY r.at",
        (ticket_id, desk.me),
    )
    return tuple(_due(row) for row in rows)


def _due(row: Row) -> Due:
    row_id, ticket_id, number, subject, at, text = row
    return Due(row_id, ticket_id, number, subject, from_ms(at), text)
