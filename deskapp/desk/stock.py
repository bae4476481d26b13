"""Spare parts: what lies where, what is kept for whom, and what is on its way.

What lies somewhere is the sum of movements, which are only ever added; every one names a ticket, an order or a count.
Two replicas may take the last piece at the same time: the sum then falls below zero, which is shown and never hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.ids import new_id
from deskapp.desk import contracts, rights, waits
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models import search as index
from deskapp.models.schema import Event, Part, PartOrder, PartReservation, StockMovement, StockPlace

#: Parts of the emergency stock are for tickets of at least this urgency (1 critical, 2 high).
EMERGENCY = 2
PART_FIELDS = ("code", "name", "name_en", "stock", "unit", "minimum", "lead_days", "note", "active")
PLACE_FIELDS = ("name", "kind", "specialist_id", "position", "active")


@dataclass(frozen=True)
class PartItem:
    """A line of the table. ``count``: everywhere; ``cars``: of these with engineers; ``free``: not reserved;
    ``expected``: the day of the next order, ISO."""

    id: str
    code: str
    name: str
    stock: str
    unit: str
    count: int
    reserved: int
    cars: int
    minimum: int
    on_order: int
    expected: str
    lead_days: int | None
    active: bool

    @property
    def free(self) -> int:
        return self.count - self.reserved

    @property
    def below(self) -> bool:
        return self.count - self.reserved < self.minimum


@dataclass(frozen=True)
class Place:
    id: str
    name: str
    kind: str
    specialist_id: str
    count: int = 0


@dataclass(frozen=True)
class MovementLine:
    at: datetime
    kind: str
    quantity: int
    place: str
    number: int | None
    ticket_id: str
    reason: str
    author_id: str


@dataclass(frozen=True)
class OrderLine:
    id: str
    quantity: int
    expected: str
    supplier: str
    ticket_id: str
    number: int | None


@dataclass(frozen=True)
class Reserved:
    """A part kept for a ticket. ``here`` of ``quantity`` are in stock; ``expected``: the day the rest comes, by an
    order or else (``ordered`` False) by the usual time of delivery; ``due``: until when the contract wants it replaced.
    """

    id: str
    part_id: str
    code: str
    name: str
    quantity: int
    here: int
    expected: str
    ordered: bool
    place: str
    ticket_id: str
    number: int | None
    due: datetime | None = None


@dataclass(frozen=True)
class PartView:
    item: PartItem
    note: str
    places: tuple[Place, ...]
    reserved: tuple[Reserved, ...]
    orders: tuple[OrderLine, ...]
    movements: tuple[MovementLine, ...]


# --- reading -----------------------------------------------------------------------------------------------------


def parts(desk: Desk, words: str = "", everything: bool = False) -> tuple[PartItem, ...]:
    """The table by code; ``everything`` with what is no longer used."""
    name = "coalesce(nullif(p.name_en, ''), p.name)" if desk.language == "en" else "p.name"
    rows = desk.replica.rows(
        f"SELECT p.id, p.code, {name}, p.stock, p.unit, "
        "(SELECT coalesce(sum(m.quantity), 0) FROM stock_movement m WHERE m.part_id = p.id), "
        "(SELECT coalesce(sum(r.quantity), 0) FROM part_reservation r WHERE r.part_id = p.id AND r.state = 'open'), "
        "(SELECT coalesce(sum(m.quantity), 0) FROM stock_movement m JOIN stock_place l ON l.id = m.place_id "
        "WHERE m.part_id = p.id AND l.kind = 'car'), p.minimum, "
        "(SELECT coalesce(sum(o.quantity), 0) FROM part_order o WHERE o.part_id = p.id AND o.state = 'ordered'), "
        "(SELECT coalesce(min(nullif(o.expected_on, '')), '') FROM part_order o WHERE o.part_id = p.id "
        "AND o.state = 'ordered'), p.lead_days, p.active = 1 "
        "FROM part p ORDER BY p.code, p.id"
    )
    wanted = words.casefold().split()
    found = []
    for row in rows:
        item = PartItem(*row)
        text = f"{item.code} {item.name}".casefold()
        if (item.active or everything) and all(word in text for word in wanted):
            found.append(item)
    return tuple(found)


def places(desk: Desk) -> tuple[Place, ...]:
    rows = desk.replica.rows(
        "SELECT id, name, kind, specialist_id FROM stock_place WHERE active = 1 ORDER BY kind = 'car', position, id"
    )
    return tuple(Place(place_id, name, kind, person) for place_id, name, kind, person in rows)


def part(desk: Desk, part_id: str) -> PartView:
    """Everything about one part; Lapsed if it is gone."""
    item = next((one for one in parts(desk, everything=True) if one.id == part_id), None)
    if item is None:
        raise Lapsed("There is no such part", "It may have been taken back.")
    lying: dict[str, int] = dict(
        desk.replica.rows(
            "SELECT place_id, sum(quantity) FROM stock_movement WHERE part_id = ? GROUP BY place_id", (part_id,)
        )
    )
    movements = desk.replica.rows(
        "SELECT m.made_at, m.kind, m.quantity, coalesce(l.name, ''), t.number, m.ticket_id, m.reason, m.author_id "
        "FROM stock_movement m LEFT JOIN stock_place l ON l.id = m.place_id LEFT JOIN ticket t ON t.id = m.ticket_id "
        "WHERE m.part_id = ? ORDER BY m.made_at DESC, m.id DESC LIMIT 60",
        (part_id,),
    )
    orders = desk.replica.rows(
        "SELECT o.id, o.quantity, o.expected_on, o.supplier, o.ticket_id, t.number FROM part_order o "
        "LEFT JOIN ticket t ON t.id = o.ticket_id WHERE o.part_id = ? AND o.state = 'ordered' ORDER BY o.expected_on",
        (part_id,),
    )
    return PartView(
        item=item,
        note=desk.replica.value("SELECT note FROM part WHERE id = ?", (part_id,)) or "",
        places=tuple(
            Place(one.id, one.name, one.kind, one.specialist_id, lying.get(one.id, 0)) for one in places(desk)
        ),
        reserved=_reserved(desk, "r.part_id = ?", part_id),
        orders=tuple(OrderLine(*row) for row in orders),
        movements=tuple(MovementLine(from_ms(row[0]), *row[1:]) for row in movements),
    )


def for_ticket(desk: Desk, ticket_id: str) -> tuple[Reserved, ...]:
    """The parts kept for a ticket, and until when its contract wants them replaced."""
    due = replacement_due(desk, ticket_id)
    return tuple(Reserved(**{**one.__dict__, "due": due}) for one in _reserved(desk, "r.ticket_id = ?", ticket_id))


def _reserved(desk: Desk, where: str, key: str) -> tuple[Reserved, ...]:
    name = "coalesce(nullif(p.name_en, ''), p.name)" if desk.language == "en" else "p.name"
    rows = desk.replica.rows(
        f"SELECT r.id, r.part_id, p.code, {name}, r.quantity, coalesce(l.name, ''), r.ticket_id, t.number "
        "FROM part_reservation r JOIN part p ON p.id = r.part_id LEFT JOIN stock_place l ON l.id = r.place_id "
        f"LEFT JOIN ticket t ON t.id = r.ticket_id WHERE r.state = 'open' AND {where} ORDER BY r.made_at, r.id",
        (key,),
    )
    today = desk.clock.now().astimezone(desk.schedule.desk_calendar.tz).date()
    shares = {row[1]: waits.shares(desk.replica.db.execute_sql, row[1], today) for row in rows}
    found = []
    for reservation, part_id, code, shown, quantity, place, ticket_id, number in rows:
        share = shares[part_id][reservation]
        found.append(
            Reserved(
                reservation, part_id, code, shown, quantity, share.here, share.expected, share.ordered, place,
                ticket_id, number,
            )
        )  # fmt: skip
    return tuple(found)


def replacement_due(desk: Desk, ticket_id: str) -> datetime | None:
    """Until when the contract wants a broken part replaced for a ticket of this urgency; None if it says nothing."""
    chosen = contracts.of_ticket(desk, ticket_id)
    row = desk.replica.row("SELECT received_at, urgency FROM ticket WHERE id = ?", (ticket_id,))
    if chosen is None or row is None or row[0] is None:
        return None
    granted = chosen.agreement.granted(row[1])
    return granted.hours.add_work(from_ms(row[0]), granted.replacement) if granted.replacement is not None else None


# --- parts and places ----------------------------------------------------------------------------------------------


def save_part(desk: Desk, row: Mapping[str, Any]) -> Changes:
    """Change a part, or make one (no ``id``); its id is the result."""
    rights.demand(desk, "stock")
    values = {name: row[name] for name in PART_FIELDS if name in row}
    if not row.get("id") and not str(values.get("name", "")).strip():
        raise UserFacingError("The part has no name", "Give it a name and, if there is one, a code.")
    with desk.act("part") as act:
        if row.get("id"):
            act.update(Part, row["id"], **values)
            act.result = row["id"]
        else:
            act.result = act.insert(Part, **values)
    return act.changes


def save_place(desk: Desk, row: Mapping[str, Any]) -> Changes:
    rights.demand(desk, "stock")
    values = {name: row[name] for name in PLACE_FIELDS if name in row}
    with desk.act("part") as act:
        if row.get("id"):
            act.update(StockPlace, row["id"], **values)
            act.result = row["id"]
        else:
            act.result = act.insert(StockPlace, **values)
    return act.changes


# --- movements -----------------------------------------------------------------------------------------------------


def _move(act: Act, part_id: str, place_id: str, quantity: int, kind: str, **why: Any) -> None:
    """Add a movement; it must say what for."""
    if not (why.get("ticket_id") or why.get("order_id") or str(why.get("reason", "")).strip()):
        raise UserFacingError("What is it for?", "A movement names a ticket, an order or the reason of a count.")
    if not quantity:
        return
    act.insert(
        StockMovement,
        part_id=part_id,
        place_id=place_id,
        quantity=quantity,
        kind=kind,
        author_id=act.writing.author,
        made_at=act.now,
        **why,
    )


def _positive(quantity: int) -> int:
    if quantity <= 0:
        raise UserFacingError("How many?", "The quantity must be at least one.")
    return quantity


def receive(desk: Desk, part_id: str, place_id: str, quantity: int, reason: str) -> Changes:
    """Parts came without an order; the reason is asked for."""
    with desk.act("stock_in") as act:
        _move(act, part_id, place_id, _positive(quantity), "receipt", reason=reason.strip())
        act.say("stock_in", part=_code(act, part_id), quantity=quantity)
    return act.changes


def use(desk: Desk, part_id: str, place_id: str, quantity: int, ticket_id: str, visit_id: str = "") -> Changes:
    """Parts were put in for a ticket; what was reserved for it is reserved no more."""
    with desk.act("stock_out") as act:
        use_within(act, part_id, place_id, _positive(quantity), ticket_id, visit_id)
        act.say("stock_out", part=_code(act, part_id), quantity=quantity)
    return act.changes


def use_within(act: Act, part_id: str, place_id: str, quantity: int, ticket_id: str, visit_id: str = "") -> None:
    _move(act, part_id, place_id, -quantity, "use", ticket_id=ticket_id, visit_id=visit_id)
    left = quantity
    for reservation, kept in act.writing.execute(
        "SELECT id, quantity FROM part_reservation WHERE part_id = ? AND ticket_id = ? AND state = 'open' "
        "ORDER BY made_at, id",
        (part_id, ticket_id),
    ).fetchall():
        if left <= 0:
            break
        if kept <= left:
            act.update(PartReservation, reservation, state="used", closed_at=act.now)
        else:
            act.update(PartReservation, reservation, quantity=kept - left)
        left -= kept


def return_within(act: Act, part_id: str, place_id: str, quantity: int, ticket_id: str, visit_id: str = "") -> None:
    _move(act, part_id, place_id, quantity, "return", ticket_id=ticket_id, visit_id=visit_id)


def give_back(
    desk: Desk, part_id: str, place_id: str, quantity: int, ticket_id: str, visit_id: str = "", reason: str = ""
) -> Changes:
    """Parts came back unused."""
    with desk.act("stock_in") as act:
        _move(
            act, part_id, place_id, _positive(quantity), "return",
            ticket_id=ticket_id, visit_id=visit_id, reason=reason.strip(),
        )  # fmt: skip
        act.say("stock_in", part=_code(act, part_id), quantity=quantity)
    return act.changes


def move(
    desk: Desk, part_id: str, from_place: str, to_place: str, quantity: int, ticket_id: str = "", reason: str = ""
) -> Changes:
    """From one place to another, say into an engineer's car: two rows of one move."""
    if from_place == to_place:
        raise UserFacingError("These are the same place", "Choose where the parts go.")
    with desk.act("stock_moved") as act:
        move_id = new_id()
        why = {"ticket_id": ticket_id, "reason": reason.strip(), "move_id": move_id}
        _move(act, part_id, from_place, -_positive(quantity), "move", **why)
        _move(act, part_id, to_place, quantity, "move", **why)
        act.say("stock_moved", part=_code(act, part_id), quantity=quantity)
    return act.changes


def count(desk: Desk, place_id: str, counted: Mapping[str, int], reason: str = "") -> Changes:
    """A stock count: what was found at a place, by part; the difference becomes a movement."""
    with desk.act("stock_counted") as act:
        changed = 0
        for part_id, found in sorted(counted.items()):
            known = act.writing.execute(
                "SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE part_id = ? AND place_id = ?",
                (part_id, place_id),
            ).fetchone()[0]
            if found != known:
                _move(act, part_id, place_id, found - known, "count", reason=reason.strip() or "count")
                changed += 1
        act.say("stock_counted", parts=changed)
        act.result = changed
    return act.changes


def _code(act: Act, part_id: str) -> str:
    row = act.writing.execute("SELECT coalesce(nullif(code, ''), name) FROM part WHERE id = ?", (part_id,)).fetchone()
    if row is None:
        raise Lapsed("There is no such part", "It may have been taken back.")
    return str(row[0])


# --- kept for tickets ----------------------------------------------------------------------------------------------


def reserve(
    desk: Desk, ticket_id: str, part_id: str, quantity: int = 1, place_id: str = "", anyway: bool = False
) -> Changes:
    """Keep parts for a ticket, also those that are not here yet: its forecast waits for them.

    UserFacingError where a routine ticket takes from the emergency stock, unless ``anyway``.
    """
    with desk.act("reserved") as act:
        row = act.writing.execute("SELECT number, urgency, status FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        if row is None:
            raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
        number, urgency, _status = row
        code = _code(act, part_id)
        (stock,) = act.writing.execute("SELECT stock FROM part WHERE id = ?", (part_id,)).fetchone()
        if stock == "emergency" and urgency > EMERGENCY and not anyway:
            raise UserFacingError(
                "%1 is kept for emergencies",
                "Order one for this ticket, or raise its urgency. Nothing was reserved.",
                code,
            )
        act.result = act.insert(
            PartReservation,
            part_id=part_id,
            ticket_id=ticket_id,
            place_id=place_id,
            quantity=_positive(quantity),
            author_id=act.writing.author,
            made_at=act.now,
        )
        _event(act, ticket_id, "part_reserved", part=code, quantity=quantity)
        act.say("reserved", number=number, part=code)
    return act.changes


def release(desk: Desk, reservation_id: str) -> Changes:
    """The ticket needs it no more."""
    with desk.act("unreserved") as act:
        row = desk.replica.record(PartReservation, reservation_id)
        if row is None or row["state"] != "open":
            raise Lapsed("This part is not reserved any more", "It was used or released meanwhile.")
        act.update(PartReservation, reservation_id, state="released", closed_at=act.now)
        act.say("unreserved", part=_code(act, row["part_id"]))
    return act.changes


def release_within(act: Act, ticket_id: str) -> None:
    """A ticket is closed: what was kept for it and not used is free."""
    for (reservation,) in act.writing.execute(
        "SELECT id FROM part_reservation WHERE ticket_id = ? AND state = 'open'", (ticket_id,)
    ).fetchall():
        act.update(PartReservation, reservation, state="released", closed_at=act.now)


def spares_for(desk: Desk, ticket_id: str, limit: int = 2) -> tuple[PartItem, ...]:
    """Parts of the emergency stock that the words of a ticket speak of, and are here."""
    row = desk.replica.row("SELECT subject, product FROM ticket WHERE id = ?", (ticket_id,)) or ("", "")
    wanted = index.stems(" ".join(row))
    found = [one for one in parts(desk) if one.stock == "emergency" and one.free > 0]
    names = {
        part_id: f"{name} {english} {note}"
        for part_id, name, english, note in desk.replica.rows("SELECT id, name, name_en, note FROM part")
    }
    alike = [one for one in found if {word for word in index.stems(names[one.id]) & wanted if len(word) > 2}]
    return tuple(alike[:limit])


def order(
    desk: Desk, part_id: str, quantity: int, expected_on: str, ticket_id: str = "", supplier: str = ""
) -> Changes:
    """Parts are on their way. ``expected_on``: ISO date; empty: by the usual time of delivery, if there is one."""
    with desk.act("ordered") as act:
        if not expected_on:
            (lead,) = act.writing.execute("SELECT lead_days FROM part WHERE id = ?", (part_id,)).fetchone() or (None,)
            today = act.at.astimezone(desk.schedule.desk_calendar.tz).date()
            expected_on = (today + timedelta(days=lead)).isoformat() if lead else ""
        else:
            _day(expected_on)
        act.result = act.insert(
            PartOrder,
            part_id=part_id,
            ticket_id=ticket_id,
            quantity=_positive(quantity),
            expected_on=expected_on,
            supplier=supplier.strip(),
            author_id=act.writing.author,
            made_at=act.now,
        )
        if ticket_id:
            _event(act, ticket_id, "part_ordered", part=_code(act, part_id), quantity=quantity, expected=expected_on)
        act.say("ordered", part=_code(act, part_id), quantity=quantity)
    return act.changes


def postpone(desk: Desk, order_id: str, expected_on: str) -> Changes:
    """The supplier named another day."""
    _day(expected_on)
    with desk.act("ordered") as act:
        row = _open_order(act, order_id)
        act.update(PartOrder, order_id, expected_on=expected_on)
        act.say("ordered", part=_code(act, row["part_id"]), quantity=row["quantity"])
    return act.changes


def _day(expected_on: str) -> None:
    try:
        date.fromisoformat(expected_on)
    except ValueError as error:
        raise UserFacingError("When is it expected?", "%1 is no date. Nothing was changed.", expected_on) from error


def order_came(desk: Desk, order_id: str, place_id: str) -> Changes:
    """An order was delivered to a place."""
    with desk.act("stock_in") as act:
        row = _open_order(act, order_id)
        act.update(PartOrder, order_id, state="received", received_at=act.now)
        _move(act, row["part_id"], place_id, row["quantity"], "receipt", order_id=order_id, ticket_id=row["ticket_id"])
        act.say("stock_in", part=_code(act, row["part_id"]), quantity=row["quantity"])
    return act.changes


def cancel_order(desk: Desk, order_id: str) -> Changes:
    with desk.act("order_cancelled") as act:
        row = _open_order(act, order_id)
        act.update(PartOrder, order_id, state="cancelled")
        act.say("order_cancelled", part=_code(act, row["part_id"]))
    return act.changes


def _open_order(act: Act, order_id: str) -> dict[str, Any]:
    row = act.desk.replica.record(PartOrder, order_id)
    if row is None or row["state"] != "ordered":
        raise Lapsed("This order is closed", "It was delivered or cancelled meanwhile.")
    return row


def _event(act: Act, ticket_id: str, kind: str, **data: Any) -> None:
    act.insert(Event, ticket_id=ticket_id, made_at=act.now, author_id=act.writing.author, kind=kind, data=data)
