"""Promises that will not hold: told to their owner once, with a letter prepared before the old date passes.

A prepared letter follows the forecast as long as nobody has touched it, and goes when the promise holds again. Nothing
is sent by itself but for a contract that allows it: then shortly before the old date passes, where nobody has written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import consequences, contracts, diffs, drafts, hubport, promise, replanning
from deskapp.desk.crew import crew
from deskapp.desk.desk import Act, Desk
from deskapp.desk.diffs import DiffView, SlipNotice
from deskapp.desk.values import Changes
from deskapp.models.schema import Event
from deskapp.planning.values import Person

#: The mark of a draft that the desk has written and may write anew.
OWN = "slip"
_ANNOUNCED = "slips_announced"
#: Working minutes before a date passes when the desk tells the new one by itself: until then a person may do it better.
AHEAD = 60


@dataclass(frozen=True)
class Slip:
    """A promise whose forecast lies behind it by ``late`` working minutes."""

    ticket_id: str
    number: int | None
    customer: str
    promised: datetime
    forecast: datetime
    late: int


@dataclass(frozen=True)
class Watched:
    """``fresh``: slips of this person that were not told yet; ``changes``: tickets whose prepared letter changed."""

    fresh: tuple[Slip, ...]
    changes: Changes


def look(desk: Desk) -> Watched:
    """Find what slips now, prepare its letters, take back those that are not needed any more.

    Work that was opened again after its date owes a new one; it does not slip, and that date is not told as moved.
    """
    rows = desk.replica.rows(
        "SELECT q.ticket_id, q.number, q.customer, q.promised_at, q.forecast_at, q.slack, t.promise_id, q.owner_id "
        "FROM queue_row q JOIN ticket t ON t.id = q.ticket_id WHERE q.is_open = 1 AND q.slack < 0 "
        "AND q.promised_at IS NOT NULL AND q.forecast_at IS NOT NULL AND q.status <> 'resolved' "
        "AND NOT (t.reopened > 0 AND EXISTS (SELECT 1 FROM event e WHERE e.ticket_id = t.id "
        "AND e.kind IN ('disagreed', 'reopened') AND e.made_at >= q.promised_at)) ORDER BY q.slack"
    )
    late = {row[0] for row in rows}
    prepared = {
        row[0]: json.loads(row[1]) for row in desk.replica.rows("SELECT ticket_id, body FROM draft WHERE tab = 'slip'")
    }
    told = json.loads(desk.replica.state(_ANNOUNCED) or "{}")
    fresh = []
    with desk.act("", author="") as act:
        people = {one.id: one for one in crew(desk, act.writing.execute)} if rows else {}
        for ticket_id, number, customer, promised, forecast, slack, promise_id, owner in rows:
            _prepare(act, ticket_id, owner, from_ms(forecast), prepared.get(ticket_id), people)
            if told.get(ticket_id) != promise_id:
                told[ticket_id] = promise_id
                if owner == desk.me:
                    fresh.append(Slip(ticket_id, number, customer, from_ms(promised), from_ms(forecast), -slack))
        for ticket_id, body in prepared.items():
            if ticket_id not in late and body.get("tx") == OWN:
                drafts.drop(desk, ticket_id, "slip")
                act.extra.add(ticket_id)
        desk.replica.set_state(_ANNOUNCED, json.dumps({one: told[one] for one in told if one in late}))
    return Watched(tuple(fresh), act.changes)


def tell(desk: Desk) -> Changes:
    """Tell new dates by itself where a contract allows it, before the old ones pass; of many machines one does."""
    with desk.act("", author="") as act:
        if hubport.may(desk, hubport.SLIPS) and desk.schedule.desk_calendar.is_working(act.at):
            _tell(act)
    return act.changes


def _tell(act: Act) -> None:
    desk = act.desk
    last = to_ms(desk.schedule.desk_calendar.add_work(act.at, AHEAD))
    rows = act.writing.execute(
        "SELECT q.ticket_id, q.owner_id, q.promised_at, q.forecast_at FROM queue_row q WHERE q.is_open = 1 "
        "AND q.slack < 0 AND q.promised_at > ? AND q.promised_at <= ? AND q.forecast_at IS NOT NULL "
        "AND q.status IN ('promised', 'in_progress') ORDER BY q.promised_at, q.ticket_id",
        (act.now, last),
    ).fetchall()
    allowed = [row for row in rows if _auto(desk, row[0])]
    people = {one.id: one for one in crew(desk, act.writing.execute)} if allowed else {}
    for ticket_id, owner, promised, forecast in allowed:
        notice = notice_for(desk, ticket_id, owner, from_ms(forecast), people.get(owner))
        if notice is None or to_ms(notice.date) <= max(promised, act.now):
            continue
        if promise.slip_by_itself(act, ticket_id, notice.date, notice.reason[notice.language]):
            data = {"promised": promised, "date": to_ms(notice.date)}
            act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="told_by_itself", data=data)


def _auto(desk: Desk, ticket_id: str) -> bool:
    chosen = contracts.of_ticket(desk, ticket_id)
    return chosen is not None and chosen.agreement.auto_slip


def _prepare(
    act: Act, ticket_id: str, owner: str, forecast: datetime, known: dict[str, object] | None, people: dict[str, Person]
) -> None:
    if known is not None and known.get("tx") != OWN:
        return  # what somebody has typed is theirs
    notice = notice_for(act.desk, ticket_id, owner, forecast, people.get(owner))
    if notice is None:
        return
    local = f"{notice.date.astimezone(act.desk.zone):%d.%m.%Y %H:%M}"
    if known is not None and known.get("date") == local:
        return
    body = {"date": local, "reason": notice.reason[notice.language], "tx": OWN}
    drafts.save(act.desk, ticket_id, "slip", body)
    act.extra.add(ticket_id)


def notice_for(desk: Desk, ticket_id: str, owner: str, forecast: datetime, person: Person | None) -> SlipNotice | None:
    """The letter that a slip asks for: the forecast with its margin, in the requester's language."""
    date = diffs.new_date(desk, person, forecast) if person is not None else forecast
    return diffs.slip_notice(desk, ticket_id, date, owner, "overrun")


def another_view(desk: Desk, ticket_id: str) -> DiffView:
    """The earliest place of the ticket's work that breaks no promise, as the large preview shows it."""
    return consequences.explained(desk, replanning.find_without_breaks(desk, ticket_id))
