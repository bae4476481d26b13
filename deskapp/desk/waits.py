"""What a ticket waits for: parts that are reserved for it and not here yet.

Parts go to reservations in the order in which these were made, first from the stock, then from orders by their dates;
an order made for one ticket serves that ticket first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskapp.planning.ticks import from_ticks

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk
    from deskapp.models.database import Writing

Execute = Callable[..., Any]


@dataclass(frozen=True)
class Wait:
    """A part that is missing. ``until``: the beginning of the day it comes, None where nobody knows; ``ordered``:
    whether that rests on an order, not on the usual time of delivery."""

    part_id: str
    code: str
    name: str
    until: datetime | None
    ordered: bool


@dataclass(frozen=True)
class Share:
    """What one reservation gets. ``here``: how many lie in stock for it; ``expected``: the day of the last one that is
    on its way ("" if none is or if all are here)."""

    here: int
    expected: str
    ordered: bool


def shares(execute: Execute, part_id: str, today: date) -> dict[str, Share]:
    """Reservation -> what it gets, of all open ones of a part."""
    stock = execute("SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE part_id = ?", (part_id,)).fetchone()[0]
    (lead,) = execute("SELECT lead_days FROM part WHERE id = ?", (part_id,)).fetchone() or (None,)
    orders = [
        [ticket_id, quantity, expected]
        for ticket_id, quantity, expected in execute(
            "SELECT ticket_id, quantity, expected_on FROM part_order WHERE part_id = ? AND state = 'ordered' "
            "ORDER BY expected_on = '', expected_on, id",
            (part_id,),
        ).fetchall()
    ]
    rows = execute(
        "SELECT id, ticket_id, quantity FROM part_reservation WHERE part_id = ? AND state = 'open' "
        "ORDER BY made_at, id",
        (part_id,),
    ).fetchall()
    left = max(0, stock)
    missing: dict[str, int] = {}
    here: dict[str, int] = {}
    for reservation, _ticket, quantity in rows:
        here[reservation] = min(left, quantity)
        left -= here[reservation]
        missing[reservation] = quantity - here[reservation]
    expected: dict[str, str] = {}
    for own in (True, False):
        for reservation, ticket_id, _quantity in rows:
            for order in orders:
                if missing[reservation] and order[1] and (not own or order[0] == ticket_id):
                    taken = min(missing[reservation], order[1])
                    order[1] -= taken
                    missing[reservation] -= taken
                    expected[reservation] = max(expected.get(reservation, ""), order[2] or "")
    found = {}
    for reservation, _ticket, _quantity in rows:
        if missing[reservation]:
            usual = (today + timedelta(days=lead)).isoformat() if lead else ""
            found[reservation] = Share(here[reservation], usual, False)
        else:
            found[reservation] = Share(here[reservation], expected.get(reservation, ""), True)
    return found


def of(desk: Desk, execute: Execute, tickets: Iterable[str], now: datetime) -> dict[str, Wait]:
    """Ticket -> the part that keeps it longest, of those that lack one."""
    wanted = set(tickets)
    rows = [
        row
        for row in execute(
            "SELECT r.id, r.ticket_id, r.quantity, r.part_id, p.code, p.name, p.name_en FROM part_reservation r "
            "JOIN part p ON p.id = r.part_id WHERE r.state = 'open'"
        ).fetchall()
        if row[1] in wanted
    ]
    if not rows:
        return {}
    calendar = desk.schedule.desk_calendar
    today = now.astimezone(calendar.tz).date()
    known: dict[str, dict[str, Share]] = {}
    found: dict[str, Wait] = {}
    for reservation, ticket_id, quantity, part_id, code, name, name_en in rows:
        if part_id not in known:
            known[part_id] = shares(execute, part_id, today)
        share = known[part_id][reservation]
        if share.here >= quantity:
            continue
        day = date.fromisoformat(share.expected) if share.expected else None
        # what should have come and has not may come any day: tomorrow at the earliest
        day = max(day, today if share.ordered else today + timedelta(days=1)) if day else None
        until = from_ticks(calendar.day_start(day)) if day else None
        shown = (name_en or name) if desk.language == "en" else name
        wait = Wait(part_id, code, shown, until, share.ordered)
        other = found.get(ticket_id)
        if other is None or until is None or (other.until is not None and until > other.until):
            found[ticket_id] = wait
    return found


def touched(writing: Writing, tables: Mapping[str, frozenset[str]]) -> set[str]:
    """Open tickets that wait for parts of which something came, went or was ordered in this transaction."""
    parts: set[str] = set()
    for table in ("stock_movement", "part_order", "part_reservation", "part"):
        ids = tables.get(table)
        if ids:
            column = "id" if table == "part" else "part_id"
            marks = ",".join("?" * len(ids))
            parts.update(
                row[0] for row in writing.execute(f"SELECT {column} FROM {table} WHERE id IN ({marks})", [*ids])
            )
            parts.update(
                row[0]
                for row in writing.execute(
                    "SELECT json_extract(cols, '$.part_id[0]') FROM change WHERE seq > ? AND +tbl = ? AND op = 'D'",
                    (writing.first_seq, table),
                )
                if row[0]
            )
    if not parts:
        return set()
    marks = ",".join("?" * len(parts))
    return {
        row[0]
        for row in writing.execute(
            f"SELECT DISTINCT ticket_id FROM part_reservation WHERE state = 'open' AND part_id IN ({marks})", [*parts]
        )
    }
