"""Bookings written for a ticket: work at the desk, or a visit with its ways, which is a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from deskapp.core.clock import to_ms
from deskapp.core.errors import Lapsed
from deskapp.desk.crew import Execute
from deskapp.desk.desk import Act
from deskapp.models.schema import Booking, Event, Visit
from deskapp.planning.values import PlanDiff, Span

#: What the customer is told beside the start: nobody arrives to the minute.
SPARE = timedelta(minutes=30)
#: What a repeated visit takes over from the one that it repeats.
_SAME = "ticket_id, site_id, address, task, access, safety, travel_minutes"


def window(work: Sequence[Span]) -> tuple[int, int]:
    """What a customer is told of a visit: from the start of the work to its end, half an hour at least; UTC ms."""
    return to_ms(work[0].start), to_ms(max(work[-1].end, work[0].start + SPARE))


def book(
    act: Act, ticket_id: str, person_id: str, pieces: Sequence[Span], ways: Sequence[Span] = (), override: str = ""
) -> None:
    """The ticket's work lies in these pieces, in place of its planned blocks; on site, with the ways beside them.

    A visit of the ticket that is planned already goes along: what its customer was told stays, and shows.
    """
    (travel,) = act.writing.execute("SELECT travel_minutes FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    visit_id = "" if travel is None else _visit(act, ticket_id, person_id, pieces, travel)
    act.writing.execute("DELETE FROM booking WHERE ticket_id = ? AND state = 'planned'", (ticket_id,))
    _insert(act, ticket_id, person_id, "visit" if visit_id else "work", pieces, visit_id, override)
    _insert(act, ticket_id, person_id, "travel", ways, visit_id, override)


def at_the_desk(execute: Execute, ticket_id: str) -> list[tuple[str, int, int, str]]:
    """The planned blocks of work at the desk in order: person, start, end (UTC ms), and why it lies where it may not
    ("" where it may)."""
    return [
        (person, start, end, why)
        for person, start, end, why in execute(
            "SELECT specialist_id, start_at, end_at, override FROM booking WHERE ticket_id = ? AND state = 'planned' "
            "AND kind = 'work' ORDER BY start_at",
            (ticket_id,),
        ).fetchall()
    ]


def stands(act: Act, ticket_id: str, person_id: str, pieces: Sequence[Span]) -> bool:
    """Whether this is what is planned for the ticket already, all of it, and at the desk."""
    if act.writing.execute(
        "SELECT 1 FROM ticket WHERE id = ?1 AND travel_minutes IS NOT NULL UNION ALL "
        "SELECT 1 FROM booking WHERE ticket_id = ?1 AND state = 'planned' AND kind <> 'work' LIMIT 1",
        (ticket_id,),
    ).fetchone():
        return False
    there = [row[:3] for row in at_the_desk(act.writing.execute, ticket_id)]
    return there == [(person_id, to_ms(piece.start), to_ms(piece.end)) for piece in pieces]


def write_copies(act: Act, diff: PlanDiff) -> str:
    """Book what is repeated: the same kind of work for the same ticket, a visit as a visit of its own that nobody has
    confirmed; returns the ticket."""
    found: list[tuple[str, str, str, str, tuple[Span, ...]]] = []
    for booking_id, person, spans in diff.copies:
        row = act.writing.execute(
            "SELECT ticket_id, kind, visit_id FROM booking WHERE id = ?", (booking_id,)
        ).fetchone()
        if row is None:
            raise Lapsed("The block is gone", "A colleague moved or removed it.")
        found.append((*row, person, spans))
    again: dict[str, str] = {}
    for ticket_id, kind, visit_id, person, spans in found:
        if kind == "visit":
            again[visit_id] = _again(act, visit_id, person, spans) or _new_visit(act, ticket_id, person, spans, 0)
    ticket = ""
    for ticket_id, kind, visit_id, person, spans in found:
        own = next(iter(again.values()), "") if kind == "travel" else again.get(visit_id, "") if kind == "visit" else ""
        _insert(act, ticket_id, person, kind, spans, own)
        if kind != "travel":
            ticket = ticket_id
            data = {"from": None, "to": to_ms(spans[-1].end), "person": person}
            act.insert(
                Event, ticket_id=ticket_id, made_at=act.now, author_id=act.writing.author, kind="planned", data=data
            )
    return ticket


def release(act: Act, person_id: str) -> None:
    """Who leaves keeps nothing planned: open work goes back to the tray, what is under way ends now."""
    rows = act.writing.execute(
        "SELECT b.id, b.ticket_id, b.state, b.start_at FROM booking b LEFT JOIN ticket t ON t.id = b.ticket_id "
        "WHERE b.specialist_id = ? AND b.state <> 'done' "
        "AND coalesce(t.status, 'new') NOT IN ('resolved', 'closed', 'refused')",
        (person_id,),
    ).fetchall()
    for booking_id, _ticket, state, start in rows:
        if state == "in_progress" and start < act.now:
            act.update(Booking, booking_id, specialist_id=person_id, start_at=start, end_at=act.now, state="done")
        else:
            act.writing.execute("DELETE FROM booking WHERE id = ?", (booking_id,))
    for ticket_id in dict.fromkeys(row[1] for row in rows if row[1]):
        act.insert(Event, ticket_id=ticket_id, made_at=act.now, author_id=act.writing.author, kind="unplanned")


def _insert(
    act: Act, ticket_id: str, person_id: str, kind: str, spans: Sequence[Span], visit_id: str, override: str = ""
) -> None:
    for span in spans:
        act.insert(
            Booking,
            ticket_id=ticket_id,
            specialist_id=person_id,
            start_at=to_ms(span.start),
            end_at=to_ms(span.end),
            kind=kind,
            override=override,
            visit_id=visit_id,
        )


def _visit(act: Act, ticket_id: str, person_id: str, work: Sequence[Span], travel: int) -> str:
    """The visit that the ticket's work on site belongs to: the one that is planned, else a new one."""
    row = act.writing.execute(
        "SELECT id FROM visit WHERE ticket_id = ? AND state = 'planned' ORDER BY made_at DESC, id LIMIT 1", (ticket_id,)
    ).fetchone()
    if row is None:
        return _new_visit(act, ticket_id, person_id, work, travel)
    act.update(Visit, row[0], specialist_id=person_id, travel_minutes=travel)
    return str(row[0])


def _new_visit(act: Act, ticket_id: str, person_id: str, work: Sequence[Span], travel: int) -> str:
    """A visit where the ticket says: its site, else the customer's only one, else the customer's address."""
    ticket = act.writing.execute(
        "SELECT t.subject, t.site_id, t.customer_id, coalesce(u.address, '') FROM ticket t "
        "LEFT JOIN customer u ON u.id = t.customer_id WHERE t.id = ?",
        (ticket_id,),
    ).fetchone()
    subject, site_id, customer_id, address = ticket
    sites = act.writing.execute(
        "SELECT id, address, access, safety FROM site WHERE id = ?1 OR (?1 = '' AND customer_id = ?2 AND ?2 <> '' "
        "AND active = 1) LIMIT 2",
        (site_id, customer_id),
    ).fetchall()
    site = sites[0] if len(sites) == 1 else ("", "", "", "")
    low, high = window(work)
    return act.insert(
        Visit,
        ticket_id=ticket_id,
        site_id=site[0],
        specialist_id=person_id,
        address=site[1] or address,
        task=subject,
        access=site[2],
        safety=site[3],
        travel_minutes=travel,
        window_start=low,
        window_end=high,
        made_at=act.now,
        made_by=act.writing.author,
    )


def _again(act: Act, visit_id: str, person_id: str, work: Sequence[Span]) -> str:
    """The same visit once more, still to be told; "" where there is no row to repeat."""
    row = act.writing.execute(f"SELECT {_SAME} FROM visit WHERE id = ?", (visit_id,)).fetchone()
    if row is None:
        return ""
    low, high = window(work)
    same: dict[str, Any] = dict(zip(_SAME.split(", "), row, strict=True))
    return act.insert(
        Visit,
        **same,
        specialist_id=person_id,
        window_start=low,
        window_end=high,
        made_at=act.now,
        made_by=act.writing.author,
    )
