"""What the figures count of each ticket: one local row, made anew with the ticket's queue row.

The first answer is a promise, a refusal or the solution, by a person; a ticket that is opened again waits for its
answer anew, and its row tells the answer of the last round. Working time is that of the ticket's contract, else of the
desk. A promise counts as kept when the ticket was resolved by its *first* promise and the customer did not disagree;
until that is known its row says nothing of it. Days are those of the desk's calendar, counted as ordinals, so that
weeks are a matter of division and not of clock changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from itertools import pairwise
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.desk import sla, timespent
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.database import Writing
from deskapp.models.schema import TicketFact

#: Raised when a fact is derived otherwise; a replica whose rows are older makes them anew before it reports.
VERSION = 3
_STATE = "facts_version"
_FROM_TICKET = (
    "t.status, t.set_aside, t.received_at, t.clock_from, t.answered_at, t.answered_by, t.first_promised_at, "
    "t.finished_at, t.line, t.owner_id, t.customer_id, t.cause_id, t.zone_id, t.channel, t.urgency, t.effort, "
    "t.reopened, t.contract_id, t.solve_took, t.again_took, q.answer_minutes"
)
_NAMES = [name.strip().partition(".")[2] for name in _FROM_TICKET.split(",")]


def day_of(ms: int | None, zone: tzinfo) -> int | None:
    """The ordinal of an instant's date."""
    return None if ms is None else from_ms(ms).astimezone(zone).date().toordinal()


def refresh(desk: Desk, writing: Writing, tickets: Iterable[str]) -> None:
    """Make the rows of ``tickets`` anew; one that was merged, or was no request, has none."""
    calendar = desk.schedule.desk_calendar
    zone = calendar.tz
    for ticket_id in tickets:
        found = writing.execute(
            f"SELECT {_FROM_TICKET} FROM ticket t LEFT JOIN queue_row q ON q.ticket_id = t.id WHERE t.id = ?",
            (ticket_id,),
        ).fetchone()
        ticket = dict(zip(_NAMES, found, strict=True)) if found else {}
        if not ticket or ticket["status"] == "merged" or ticket["set_aside"]:
            writing.execute("DELETE FROM ticket_fact WHERE ticket_id = ?", (ticket_id,))
            continue
        finished, due = ticket["finished_at"], ticket["first_promised_at"]
        row: dict[str, Any] = {
            name: ticket[name]
            for name in ("answer_minutes", "answered_by", "owner_id", "customer_id", "cause_id", "zone_id", "channel",
                         "urgency", "effort", "reopened")
        }  # fmt: skip
        row["received_day"] = day_of(ticket["received_at"], zone)
        answered = ticket["answered_at"]
        again, answer = sla.answered_again(writing.execute, ticket_id, answered)
        if again is not None:
            answered, row["answered_by"] = answer or (None, "")
            took = ticket["again_took"] if answered is not None else None
            if answered is not None and took is None:
                took = sla.worked(desk, ticket, again, answered)
            row["answer_minutes"] = took
        row["answered_day"] = day_of(answered, zone)
        row["due_at"], row["due_day"] = due, day_of(due, zone)
        row["finished_day"] = day_of(finished, zone)
        row["refused"] = int(ticket["status"] == "refused")
        row["told_before"], row["told_late"] = _moves(writing, ticket_id) if due else (0, 0)
        row["spent"] = timespent.minutes(writing.execute, ticket_id)
        row["kept"] = _kept(ticket) if due else None
        row["resolve_minutes"] = None
        row["first_line"] = 0
        if finished is not None:
            took = ticket["solve_took"]
            row["resolve_minutes"] = (
                sla.worked(desk, ticket, ticket["received_at"] or finished, finished) if took is None else took
            )
            handed = writing.execute(
                "SELECT 1 FROM escalation WHERE ticket_id = ? AND state <> 'returned' AND to_line > 1", (ticket_id,)
            ).fetchone()
            row["first_line"] = int(ticket["line"] == 1 and not handed)
        writing.put(TicketFact, ticket_id=ticket_id, **row)


def _kept(ticket: dict[str, Any]) -> int | None:
    """Whether the first promise was kept; None while the work goes on, since a passed date is seen by the clock."""
    if ticket["reopened"]:
        return 0
    if ticket["finished_at"] is None:
        return None
    return int(ticket["finished_at"] <= ticket["first_promised_at"])


def _moves(writing: Writing, ticket_id: str) -> tuple[int, int]:
    """How many promises were moved before they passed, and after; a new date after the solution was not agreed to moves
    none: the old one had been met."""
    before = late = 0
    told = writing.execute(
        "SELECT date_at, made_at FROM promise WHERE ticket_id = ? ORDER BY ordinal", (ticket_id,)
    ).fetchall()
    again = [
        row[0]
        for row in writing.execute(
            "SELECT made_at FROM event WHERE ticket_id = ? AND kind IN ('disagreed', 'reopened')", (ticket_id,)
        ).fetchall()
    ]
    for (date_at, since), (_next, made_at) in pairwise(told):
        if any(since <= at <= made_at for at in again):
            continue
        before, late = (before + 1, late) if made_at <= date_at else (before, late + 1)
    return before, late


def ensure(desk: Desk) -> Changes:
    """Make all rows if those that are here are of an older kind, or of a desk that had none. Else one read."""
    if desk.replica.state(_STATE) == str(VERSION):
        return Changes()
    with desk.act() as act:
        everything = [row[0] for row in act.writing.execute("SELECT id FROM ticket ORDER BY id").fetchall()]
        refresh(desk, act.writing, everything)
        desk.replica.set_state(_STATE, str(VERSION))
    return act.changes
