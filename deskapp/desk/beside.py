"""What stands beside a ticket besides its own facts: its visits, the parts kept for it, and the fault it is part of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from deskapp.desk import families, silence, stock, visits
from deskapp.desk.desk import Desk
from deskapp.desk.families import Family
from deskapp.desk.stock import Reserved
from deskapp.desk.visits import VisitItem


@dataclass(frozen=True)
class Beside:
    """``visits``: the newest first; ``next_step``: what is done by itself about a silent resolved ticket, and when."""

    ticket_id: str
    visits: tuple[VisitItem, ...] = ()
    parts: tuple[Reserved, ...] = ()
    family: Family = field(default_factory=Family)
    next_step: tuple[str, datetime] | None = None


def of(desk: Desk, ticket_id: str) -> Beside:
    return Beside(
        ticket_id,
        visits.of_ticket(desk, ticket_id),
        stock.for_ticket(desk, ticket_id),
        families.of(desk, ticket_id),
        silence.next_step(desk, ticket_id),
    )
