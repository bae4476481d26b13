"""What the desk gives to a window about visits: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deskapp.desk import stock
from deskapp.planning.visits import VisitSlot


@dataclass(frozen=True)
class VisitItem:
    """A line of the list. ``start`` and ``end`` of the work as booked, None while it has no place; ``holds`` is False
    where the bookings have left the window that the customer was told."""

    id: str
    ticket_id: str
    number: int | None
    subject: str
    customer: str
    site: str
    address: str
    zone: str
    specialist_id: str
    travel: int
    start: datetime | None
    end: datetime | None
    window: tuple[datetime, datetime] | None
    confirmed_at: datetime | None
    state: str
    parts: int
    missing: int
    urgency: int
    holds: bool


@dataclass(frozen=True)
class VisitView:
    """A visit as its screen and its sheet show it; more than one piece of work: a break cuts it."""

    item: VisitItem
    contact: str
    phone: str
    mail: str
    task: str
    access: str
    safety: str
    confirmed_how: str
    confirmed_who: str
    fixed: str
    accepted_by: str
    left_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    parts: tuple[stock.Reserved, ...]
    contract: str
    equipment: str
    pieces: tuple[tuple[datetime, datetime], ...] = ()  # of the work, as booked


@dataclass(frozen=True)
class Site:
    id: str
    name: str
    address: str
    travel: int | None
    access: str
    safety: str


@dataclass(frozen=True)
class Form:
    """What a visit of a ticket begins with. ``onsite``: the contract's word about visits; ``due``: when work must begin
    by the contract; ``parts_from``: when the last of its parts is here, None if they are."""

    ticket_id: str
    number: int | None
    customer: str
    sites: tuple[Site, ...]
    site_id: str
    address: str
    task: str
    access: str
    safety: str
    travel: int
    minutes: int
    contract: str
    onsite: str
    due: datetime | None
    parts: tuple[stock.Reserved, ...]
    parts_from: datetime | None


@dataclass(frozen=True)
class Option:
    """A possible visit. ``window`` is what the customer would be told, ``meets`` whether it begins as the contract
    wants (None if that says nothing)."""

    slot: VisitSlot
    window: tuple[datetime, datetime]
    meets: bool | None
