"""Who answers for the desk, when; and who is told before an answer is late."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import rights
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.desk.values import Shift as Shift
from deskapp.models.schema import DutyShift

#: Working minutes before an answer is due at which duty and lead are told.
MARKS = (30, 10)
_TOLD = "answers_warned"


@dataclass(frozen=True)
class Warned:
    """An answer that is due in ``left`` working minutes; ``mark``: which of ``MARKS`` it has passed."""

    ticket_id: str
    number: int | None
    customer: str
    subject: str
    left: int
    mark: int


def shifts(desk: Desk, since: datetime | None = None, until: datetime | None = None) -> tuple[Shift, ...]:
    """The roster in order, from now on or of a span."""
    low = to_ms(since or desk.clock.now())
    high = to_ms(until) if until is not None else 2**62
    rows = desk.replica.rows(
        "SELECT id, specialist_id, start_at, end_at, note FROM duty_shift WHERE end_at > ? AND start_at < ? "
        "ORDER BY start_at, id",
        (low, high),
    )
    return tuple(Shift(row[0], row[1], from_ms(row[2]), from_ms(row[3]), row[4]) for row in rows)


def save_shift(desk: Desk, row: Mapping[str, Any]) -> Changes:
    """Change a shift, or make one (no ``id``). ``start`` and ``end`` are aware instants; its id is the result."""
    rights.demand(desk, "hours")
    start, end = row["start"], row["end"]
    if end <= start:
        raise UserFacingError("The shift ends before it begins", "Nothing was changed. Correct one of the times.")
    if end - start > timedelta(days=31):
        raise UserFacingError("A shift lasts a month at most", "Nothing was changed. Make several.")
    with desk.act("duty") as act:
        values = {
            "specialist_id": row["specialist_id"],
            "start_at": to_ms(start),
            "end_at": to_ms(end),
            "note": str(row.get("note", "")).strip(),
        }
        if row.get("id"):
            act.update(DutyShift, row["id"], **values)
            act.result = row["id"]
        else:
            act.result = act.insert(DutyShift, **values)
    return act.changes


def drop_shift(desk: Desk, shift_id: str) -> Changes:
    rights.demand(desk, "hours")
    with desk.act("duty") as act:
        act.delete(DutyShift, shift_id)
    return act.changes


def on_duty(desk: Desk, at: datetime | None = None) -> tuple[str, ...]:
    """Who is on duty: by the roster; where that is silent, who is marked so in the team. Nobody who is away."""
    moment = to_ms(at or desk.clock.now())
    here = (
        "s.active = 1 AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.specialist_id = s.id AND a.start_at <= ?1 "
        "AND a.end_at > ?1 AND a.kind NOT IN ('training', 'meeting', 'travel'))"
    )
    rows = desk.replica.rows(
        "SELECT DISTINCT d.specialist_id FROM duty_shift d JOIN specialist s ON s.id = d.specialist_id "
        f"WHERE d.start_at <= ?1 AND d.end_at > ?1 AND {here} ORDER BY s.position, s.id",
        (moment,),
    ) or desk.replica.rows(
        f"SELECT s.id FROM specialist s WHERE s.on_duty = 1 AND {here} ORDER BY s.position, s.id", (moment,)
    )
    return tuple(row[0] for row in rows)


def concerned(desk: Desk) -> bool:
    """Whether who works here is told of answers that are nearly late: duty, and leads."""
    lead = desk.replica.value("SELECT 1 FROM specialist WHERE id = ? AND role = 'lead' AND active = 1", (desk.me,))
    return bool(desk.me) and (bool(lead) or desk.me in on_duty(desk))


def look(desk: Desk) -> tuple[Warned, ...]:
    """Answers that have passed a mark since the last look; each mark of a ticket is told once on this machine."""
    if not desk.settings.flag("notify") or not concerned(desk):
        return ()
    calendar = desk.schedule.desk_calendar
    now = desk.clock.now()
    rows = desk.replica.rows(
        "SELECT q.ticket_id, q.number, q.customer, q.subject, q.answer_due FROM queue_row q "
        "WHERE q.in_answer = 1 AND q.answer_due IS NOT NULL "
        # what is late already must not crowd out what can still be answered in time
        "ORDER BY q.answer_due < ?, q.answer_due LIMIT 100",
        (to_ms(now),),
    )
    told: dict[str, int] = json.loads(desk.replica.state(_TOLD) or "{}")
    fresh, still = [], {}
    for ticket_id, number, customer, subject, due in rows:
        left = int(calendar.signed_work(now, from_ms(due)) / timedelta(minutes=1))
        mark = next((mark for mark in sorted(MARKS) if left <= mark), None)
        if mark is None:
            continue
        still[ticket_id] = mark
        if left >= 0 and told.get(ticket_id, 10_000) > mark:
            fresh.append(Warned(ticket_id, number, customer, subject, left, mark))
    if still != told:
        desk.replica.set_state(_TOLD, json.dumps(still))
    return tuple(fresh)
