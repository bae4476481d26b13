"""What was agreed on the time of a ticket's work: not before a moment, wanted by, in how many pieces, on site or not.

The planner keeps all of it in proposals, drops, re-plans and forecasts; a person may know better and place work outside
of it by hand, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import contracts, triage, waits
from deskapp.desk.values import Changes, Terms
from deskapp.models.schema import Ticket
from deskapp.planning.ticks import from_ticks

if TYPE_CHECKING:
    from deskapp.desk.crew import Execute
    from deskapp.desk.desk import Desk

#: What a smallest piece may be, minutes.
PIECES = (15, 480)
#: The longest way to a customer, minutes: a visit and its ways lie within one day.
LONGEST_WAY = 480


def of(ticket: Mapping[str, Any]) -> Terms:
    """The terms of a ticket's row."""
    return Terms(
        not_before=_at(ticket["not_before_at"]),
        wanted=_at(ticket["asked_at"]),
        wanted_is_day=bool(ticket["asked_is_day"]),
        whole=bool(ticket["keep_whole"]),
        piece=ticket["piece_minutes"],
        travel=ticket["travel_minutes"],
    )


def columns(terms: Terms) -> dict[str, Any]:
    """The columns of a ticket that hold them. Raises UserFacingError for what cannot be planned by."""
    if terms.piece is not None and not PIECES[0] <= terms.piece <= PIECES[1]:
        raise UserFacingError("This is no smallest piece", "A piece is between a quarter of an hour and a day.")
    if terms.travel is not None and not 0 <= terms.travel <= LONGEST_WAY:
        raise UserFacingError("This is no way there", "A way is between nothing and eight hours.")
    return {
        "not_before_at": to_ms(terms.not_before) if terms.not_before else None,
        "asked_at": to_ms(terms.wanted) if terms.wanted else None,
        "asked_is_day": int(terms.wanted_is_day and terms.wanted is not None),
        "keep_whole": int(terms.whole),
        "piece_minutes": None if terms.whole else terms.piece,
        "travel_minutes": terms.travel,
    }


def planned_by(desk: Desk, execute: Execute, ticket: Mapping[str, Any], terms: Terms, now: datetime) -> dict[str, Any]:
    """The fields of a `Job` that the terms fill; a part that is missing holds it back as well, and as long."""
    wait = waits.of(desk, execute, [ticket["id"]], now).get(ticket["id"])
    until, held_by = held(terms.not_before, wait.until if wait is not None else None)
    chosen = contracts.of_ticket(desk, ticket["id"]) if terms.travel is not None else None
    return {
        "not_before": until,
        "held_by": held_by,
        "splittable": not terms.whole,
        "min_piece": terms.piece,
        "travel": terms.travel,
        "site_hours": chosen.agreement.granted(ticket["urgency"]).hours if chosen is not None else None,
    }


def held(asked: datetime | None, part: datetime | None) -> tuple[datetime | None, str]:
    """Until when nothing begins, and what it waits for: the later of what was agreed and of a missing part."""
    if part is not None and (asked is None or part > asked):
        return part, "part"
    return asked, "asked"


def deadline(desk: Desk, terms: Terms) -> datetime | None:
    """By when the requester wants it: a date without a time is kept until its end."""
    if terms.wanted is None or not terms.wanted_is_day:
        return terms.wanted
    calendar = desk.schedule.desk_calendar
    day = terms.wanted.astimezone(calendar.tz).date()
    return from_ticks(calendar.day_start(day + timedelta(days=1)))


def read(desk: Desk, ticket_id: str) -> Terms:
    """The terms of a ticket; Lapsed if it is gone."""
    ticket = desk.replica.record(Ticket, ticket_id)
    if ticket is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    return of(ticket)


# --- intentions ----------------------------------------------------------------------------------------------------


def put(desk: Desk, tickets: triage.Tickets, terms: Terms) -> Changes:
    """All of them at once."""
    return triage.put(desk, "terms", tickets, **columns(terms))


def set_not_before(desk: Desk, tickets: triage.Tickets, at: datetime | None) -> Changes:
    """No work on it before this moment; None takes it away."""
    return triage.put(desk, "not_before", tickets, not_before_at=to_ms(at) if at else None)


def set_pieces(desk: Desk, tickets: triage.Tickets, whole: bool, piece: int | None = None) -> Changes:
    """In one piece, or in pieces of at least so many minutes (None: the desk's rule)."""
    fields = columns(Terms(whole=whole, piece=piece))
    return triage.put(desk, "pieces", tickets, keep_whole=fields["keep_whole"], piece_minutes=fields["piece_minutes"])


def set_travel(desk: Desk, tickets: triage.Tickets, minutes: int | None) -> Changes:
    """On site, with a way of so many minutes (0: next door); None: at the desk."""
    return triage.put(desk, "travel", tickets, travel_minutes=columns(Terms(travel=minutes))["travel_minutes"])


def _at(ms: int | None) -> datetime | None:
    return from_ms(ms) if ms else None
