"""An outage: who can begin at once, what the contract says of it, and what it costs everybody else.

Applying is one transaction and one step of undo. Letters that broken promises ask for become drafts in their tickets;
nothing is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import diffs, planboard, replanning
from deskapp.desk.crew import crew
from deskapp.desk.desk import Act, Desk
from deskapp.desk.diffs import DiffView
from deskapp.desk.values import Changes
from deskapp.models.schema import Booking, Note, Ticket
from deskapp.planning.emergency import EmergencyOption, emergency
from deskapp.planning.values import PlanDiff

#: Contracts whose hours are all hours.
ALWAYS = ("24×7", "24x7", "24х7", "24/7")


@dataclass(frozen=True)
class Clause:
    """What the contract demands: a start within so many minutes (None: it says nothing), in its hours."""

    contract: str
    hours: str
    minutes: int | None
    until: datetime | None


@dataclass(frozen=True)
class Way:
    """One option with its whole price."""

    option: EmergencyOption
    view: DiffView


@dataclass(frozen=True)
class EmergencyView:
    """What the dialog shows. ``problem``: no_estimate or no_people, where there are no ways. ``interrupting``: the
    best way that lays down work in progress, if there is one."""

    ticket_id: str
    number: int | None
    subject: str
    customer: str
    channel: str
    reported_at: datetime
    reported_by: str
    owner_id: str
    minutes: int | None
    assumed: bool
    skill_id: str
    clause: Clause
    ways: tuple[Way, ...]
    interrupting: Way | None = None
    problem: str = ""


def clause(desk: Desk, ticket_id: str) -> Clause:
    """What the newest contract of the ticket's customer says of outages."""
    row = desk.replica.row(
        "SELECT k.number, k.hours, k.start_minutes, k.calendar_id, t.received_at FROM ticket t "
        "JOIN contract k ON k.customer_id = t.customer_id WHERE t.id = ? AND t.customer_id <> '' "
        "ORDER BY k.until DESC LIMIT 1",
        (ticket_id,),
    )
    if row is None:
        return Clause("", "", None, None)
    number, hours, minutes, calendar_id, received = row
    if not minutes:
        return Clause(number, hours, None, None)
    if hours in ALWAYS:
        return Clause(number, hours, minutes, from_ms(received) + timedelta(minutes=minutes))
    calendar = desk.schedule.calendars.get(calendar_id, desk.schedule.desk_calendar)
    return Clause(number, hours, minutes, calendar.add_work(from_ms(received), minutes))


def view(desk: Desk, ticket_id: str, minutes: int | None = None, skill_id: str | None = None) -> EmergencyView:
    """The ways to begin at once; ``minutes`` and ``skill_id`` are tried on without being saved."""
    ticket = desk.replica.record(Ticket, ticket_id)
    if ticket is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    job = replanning.job_of(desk, ticket_id, minutes, skill_id)
    wanted = clause(desk, ticket_id)
    people = crew(desk, desk.replica.db.execute_sql, ticket["cause_id"], ticket["customer_id"])
    now, rules = desk.clock.now(), desk.schedule.rules
    found = emergency(job, people, now, rules, wanted.until)
    ways = tuple(Way(option, diffs.explain(desk, option.diff, people, why="emergency")) for option in found)
    interrupting = None
    if job.minutes:
        sooner = emergency(job, people, now, rules, wanted.until, interrupting=True)
        best = next((one for one in sooner if one.interrupts is not None), None)
        if best is not None:
            interrupting = Way(best, diffs.explain(desk, best.diff, people, why="emergency"))
    name, customer = desk.replica.row(
        "SELECT coalesce(c.name, ''), coalesce(nullif(u.name, ''), c.name, '') FROM ticket t "
        "LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN customer u ON u.id = t.customer_id WHERE t.id = ?",
        (ticket_id,),
    ) or ("", "")
    return EmergencyView(
        ticket_id=ticket_id,
        number=ticket["number"],
        subject=ticket["subject"],
        customer=customer,
        channel=ticket["channel"],
        reported_at=from_ms(ticket["received_at"]),
        reported_by=name,
        owner_id=ticket["owner_id"],
        minutes=job.minutes,
        assumed=minutes is None and ticket["effort"] is None,
        skill_id=job.skill,
        clause=wanted,
        ways=ways,
        interrupting=interrupting,
        problem="" if ways else "no_estimate" if not job.minutes else "no_people",
    )


def apply(
    desk: Desk,
    ticket_id: str,
    way: Way,
    notices: Mapping[str, tuple[str, str]] | None = None,
    handover: str = "",
    minutes: int | None = None,
    skill_id: str | None = None,
) -> Changes:
    """Re-plan as shown. ``notices``: ticket id -> (language, text) of the letter to prepare, an empty text for the
    drafted one; a ticket that is left out gets none.

    Laying down work in progress demands a handover line. Lapsed if the plan has changed meanwhile.
    """
    laid_down = way.option.interrupts
    if laid_down is not None and not handover.strip():
        raise UserFacingError(
            "Write a handover line", "Whoever goes on with #%1 must know how far it is.", laid_down.number
        )
    with desk.act("replanned") as act:
        planboard.check_base(act, way.option.diff)
        planboard.write_diff(act, way.option.diff)
        planboard.write_assigned(act, way.option.diff)
        _end_what_stopped(act, way.option.diff)
        fields = {"urgency": 1}
        if minutes is not None:
            fields["effort"] = minutes
        act.update(Ticket, ticket_id, **fields, **({"skill_id": skill_id} if skill_id is not None else {}))
        if laid_down is not None:
            act.insert(
                Note,
                ticket_id=laid_down.ticket_id,
                author_id=act.writing.author,
                made_at=act.now,
                kind="note",
                text=handover.strip(),
            )
        for notice in way.view.notices:
            if notice.ticket_id in (notices or {}):
                diffs.keep_notice(act, notice, *(notices or {})[notice.ticket_id])
        diff = way.option.diff
        moved = {move.busy.ticket_id for move in (*diff.moved, *diff.reassigned, *diff.broken)}
        act.say("replanned", number=planboard.work_number(act, ticket_id), moved=len(moved))
        act.result = ticket_id
    return act.changes


def _end_what_stopped(act: Act, diff: PlanDiff) -> None:
    """Work and journeys that were under way and end here: what was done of them is done."""
    for move in (*diff.moved, *diff.reassigned, *diff.broken):
        first = move.spans[0]
        if move.busy.in_progress and first.start == move.busy.span.start and first.end < move.busy.span.end:
            act.update(Booking, move.busy.id, state="done", end_at=to_ms(first.end))
