"""The words of visits and parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ...desk.stock import PartItem, Reserved
from ...desk.visits import VisitItem
from .. import words
from ..i18n import fill, translate


def state(code: str) -> tuple[str, str]:
    """The state of a visit and its colour family."""
    return {
        "planned": (translate("Visits", "Planned"), "norm"),
        "on_way": (translate("Visits", "On the way"), "visit"),
        "on_site": (translate("Visits", "On site"), "ok"),
        "done": (translate("Visits", "Done"), "low"),
        "cancelled": (translate("Visits", "Cancelled"), "low"),
    }[code]


def window(item: VisitItem, times: words.Times) -> str:
    """When: as told to the customer, else as booked."""
    span = item.window or ((item.start, item.end) if item.start and item.end else None)
    return times.span(*span) if span else translate("Visits", "no time yet")


def day(item: VisitItem, times: words.Times) -> str:
    start = item.window[0] if item.window else item.start
    return times.day(times.local(start).date()) if start else translate("Visits", "Without a time")


def parts(item: VisitItem) -> str:
    if not item.parts:
        return ""
    if item.missing:
        return fill(translate("Visits", "%1, missing %2"), item.parts, item.missing)
    return str(item.parts)


def reserved(one: Reserved) -> str:
    """A part kept for a ticket, and when it is here."""
    name = fill(translate("Visits", "%1 × %2"), one.quantity, " ".join(filter(None, [one.code, one.name])))
    if one.here >= one.quantity:
        return f"{name}, {one.place}" if one.place else fill(translate("Visits", "%1, in stock"), name)
    if one.expected:
        when = words.date_short(date.fromisoformat(one.expected))
        text = translate("Visits", "%1, on order for %2") if one.ordered else translate("Visits", "%1, usually by %2")
        return fill(text, name, when)
    return fill(translate("Visits", "%1, not ordered"), name)


def stock(code: str) -> str:
    return {
        "emergency": translate("Visits", "emergency"),
        "routine": translate("Visits", "routine"),
    }.get(code, code)


def expected(item: PartItem) -> str:
    if not item.on_order:
        return ""
    if not item.expected:
        return str(item.on_order)
    return fill(translate("Visits", "%1 on %2"), item.on_order, words.date_short(date.fromisoformat(item.expected)))


def movement(kind: str) -> str:
    return {
        "receipt": translate("Visits", "came"),
        "use": translate("Visits", "used"),
        "return": translate("Visits", "returned"),
        "move": translate("Visits", "moved"),
        "count": translate("Visits", "counted"),
    }.get(kind, kind)


def signed(quantity: int) -> str:
    return f"+{quantity}" if quantity > 0 else f"{words.MINUS}{-quantity}"


def with_breaks(when: str, pieces: Sequence[tuple[datetime, datetime]], times: words.Times) -> str:
    """When, and the parts of the work where a break cuts it."""
    if len(pieces) < 2:
        return when
    parts = ", ".join(times.span(start, end) for start, end in pieces)
    return fill(translate("Visits", "%1 (with a break: %2)"), when, parts)
