"""Changes of plan, seen before they are made: dropping, moving, stretching, and finding a place that breaks nothing.

Each preview returns a ``PlanDiff``; ``planboard.apply`` makes it true as one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed
from deskapp.desk import terms, timespent
from deskapp.desk.crew import crew, usual
from deskapp.desk.desk import Desk
from deskapp.models.schema import Booking, Ticket
from deskapp.planning import replan, several
from deskapp.planning.values import Job, Person, PlanDiff


def _crew(desk: Desk) -> list[Person]:
    return crew(desk, desk.replica.db.execute_sql)


def job_of(desk: Desk, ticket_id: str, minutes: int | None = None, skill_id: str | None = None) -> Job:
    """The work that is left of a ticket; without an estimate the cause's usual one. ``minutes`` and ``skill_id``
    instead of the ticket's own."""
    ticket = desk.replica.record(Ticket, ticket_id)
    if ticket is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    execute = desk.replica.db.execute_sql
    effort = minutes or ticket["effort"]
    skill = ticket["skill_id"] if skill_id is None else skill_id
    if not skill and ticket["cause_id"]:
        skill = desk.replica.value("SELECT skill_id FROM cause WHERE id = ?", (ticket["cause_id"],)) or ""
    if effort is None:
        base = usual(execute, ticket["cause_id"], desk.clock.now())
        effort = desk.replica.value("SELECT usual_minutes FROM cause WHERE id = ?", (ticket["cause_id"],))
        effort = effort or (base[1] if base else None)
    elif minutes is None:
        effort = max(15, effort - timespent.minutes(execute, ticket_id))
    agreed = terms.of(ticket)
    return Job(
        ticket_id=ticket_id,
        minutes=effort,
        number=ticket["number"],
        skill=skill,
        line=0 if skill and ticket["line"] < 3 else ticket["line"],
        urgency=ticket["urgency"],
        deadline=from_ms(ticket["promised_at"]) if ticket["promised_at"] else terms.deadline(desk, agreed),
        customer_id=ticket["customer_id"],
        cause_id=ticket["cause_id"],
        **terms.planned_by(desk, execute, ticket, agreed, desk.clock.now()),
    )


def preview_place(desk: Desk, ticket_id: str, person_id: str, at: datetime, override: bool = False) -> PlanDiff:
    """What dropping a ticket on a person's row at an instant would do."""
    people, job = _crew(desk), job_of(desk, ticket_id)
    return _of(people, replan.place(job, person_id, at, people, desk.clock.now(), desk.schedule.rules, override))


def preview_move(desk: Desk, booking_id: str, person_id: str, at: datetime, override: bool = False) -> PlanDiff:
    """What moving a block would do."""
    _exists(desk, booking_id)
    people = _crew(desk)
    return _of(people, replan.move(booking_id, person_id, at, people, desk.clock.now(), desk.schedule.rules, override))


def preview_resize(desk: Desk, booking_id: str, start: datetime, end: datetime) -> PlanDiff:
    """What pulling a block's edge would do."""
    _exists(desk, booking_id)
    people = _crew(desk)
    return _of(people, replan.resize(booking_id, start, end, people, desk.clock.now(), desk.schedule.rules))


def preview_several(desk: Desk, booking_id: str, others: Sequence[str], person_id: str, at: datetime) -> PlanDiff:
    """What moving a block and others along with it would do."""
    for one in (booking_id, *others):
        _exists(desk, one)
    people, now, rules = _crew(desk), desk.clock.now(), desk.schedule.rules
    return _of(people, several.move_several(booking_id, others, person_id, at, people, now, rules))


def preview_swap(desk: Desk, first_id: str, second_id: str) -> PlanDiff:
    """What letting two blocks change places would do."""
    for one in (first_id, second_id):
        _exists(desk, one)
    people = _crew(desk)
    return _of(people, several.swap(first_id, second_id, people, desk.clock.now(), desk.schedule.rules))


def preview_repeat(desk: Desk, booking_id: str, person_id: str, at: datetime) -> PlanDiff:
    """What the same visit once more would do."""
    _exists(desk, booking_id)
    people = _crew(desk)
    return _of(people, several.repeat(booking_id, person_id, at, people, desk.clock.now(), desk.schedule.rules))


def find_without_breaks(desk: Desk, ticket_id: str, person_id: str = "", booking_id: str = "") -> PlanDiff:
    """The earliest place of a ticket (or of one of its blocks) that breaks no promise."""
    people, job, now, rules = _crew(desk), job_of(desk, ticket_id), desk.clock.now(), desk.schedule.rules
    return _of(people, replan.find_without_breaks(job, people, now, rules, person_id, booking_id))


def _of(people: Sequence[Person], diff: PlanDiff) -> PlanDiff:
    """The diff with what it was computed from: where that changes, the difference can be told."""
    return replace(diff, seen=tuple(people))


def _exists(desk: Desk, booking_id: str) -> None:
    if desk.replica.record(Booking, booking_id) is None:
        raise Lapsed("The block is gone", "A colleague moved or removed it.")
