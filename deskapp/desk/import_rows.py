"""Rows of a file on their way into the desk: what is wrong with them, and what becomes of customers, people, articles
and parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from deskapp.core.ids import natural_id
from deskapp.desk import numbers, people
from deskapp.desk.desk import Act, Desk
from deskapp.desk.import_fields import BadCell, Cells, Field, folded
from deskapp.desk.values import Changes
from deskapp.models.schema import Article, Contact, Contract, Customer, Part, StockMovement, StockPlace


class Problem(NamedTuple):
    """What is wrong with a row (1 is the first after the heads). ``code``: missing, not_number, not_date, not_effort,
    not_flag, not_language, not_hours, not_address, not_urgency, not_status, not_stock, not_note, no_ticket,
    unknown_specialist, unknown_cause, dates_turned; ``field``: of which field; ``cell``: what stands there."""

    row: int
    code: str
    field: str
    cell: str


@dataclass
class Result:
    """``known``: rows that were here already and changed nothing; ``renumbered``: tickets whose number was taken."""

    made: int = 0
    changed: int = 0
    known: int = 0
    renumbered: int = 0
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)
    backup: str = ""
    cancelled: bool = False


def shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())[:120]


class Reader:
    """Cells of a row to values of its fields, with what is wrong."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self.cells = Cells(desk.zone)
        self.kind = kind
        self.tickets: dict[int, str] = {}
        if kind == "history":
            self.tickets = dict(desk.replica.rows("SELECT number, ticket_id FROM number_alias"))
            self.tickets |= dict(desk.replica.rows("SELECT number, id FROM ticket WHERE number IS NOT NULL"))

    def read(
        self, row: int, cells: Sequence[Any], fields: Iterable[tuple[Field, int]]
    ) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        width = len(cells)
        for each, column in fields:
            cell = cells[column] if column < width else None
            try:
                value = self.cells.read(each.kind, cell)
            except BadCell as error:
                problems.append(Problem(row, str(error), each.name, shown(cell)))
                continue
            if value is not None:
                values[each.name] = value
            elif each.required:
                problems.append(Problem(row, "missing", each.name, ""))
        if not problems:
            received = values.get("received", 0)
            if self.kind == "history" and "ticket" in values and values["ticket"] not in self.tickets:
                problems.append(Problem(row, "no_ticket", "ticket", str(values["ticket"])))
            elif self.kind == "contacts" and not (values.get("name") or values.get("address")):
                problems.append(Problem(row, "missing", "name", ""))
            elif self.kind == "tickets" and values.get("finished", received) < received:
                problems.append(Problem(row, "dates_turned", "finished", ""))
        return values, problems


class Taker:
    """Takes pieces of one kind, each in a transaction of its own."""

    def __init__(self, desk: Desk, result: Result) -> None:
        self.desk, self.result = desk, result
        self.begin()

    def begin(self) -> None:
        """Read what rows may refer to."""

    def take(self, piece: Sequence[Mapping[str, Any]]) -> Changes:
        with self.desk.act("imported") as act:
            for values in piece:
                self.one(act, dict(values))
        return act.changes

    def one(self, act: Act, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def keep(self, act: Act, model: Any, row_id: str, values: Mapping[str, Any]) -> str:
        """Insert a row, or change what differs in the one that is here."""
        known = self.desk.replica.record(model, row_id)
        if known is None:
            act.insert(model, id=row_id, **values)
            self.result.made += 1
            return row_id
        different = {name: value for name, value in values.items() if known[name] != value}
        if different:
            act.update(model, row_id, **different)
            self.result.changed += 1
        else:
            self.result.known += 1
        return row_id


class People(Taker):
    """Customers by name or domain, contacts by address or by name and phone."""

    def begin(self) -> None:
        self.customers: dict[str, str] = {}
        self.contacts: dict[str, str] = {}
        replica = self.desk.replica
        for row_id, name, domain in replica.rows("SELECT id, name, domain FROM customer WHERE active = 1"):
            for key in (folded(name), domain):
                if key:
                    self.customers.setdefault(key, row_id)
        for row_id, address, name, phone, customer in replica.rows(
            "SELECT id, address, name, phone, customer_id FROM contact WHERE active = 1"
        ):
            self.contacts.setdefault(address or person_key(name, phone, customer), row_id)

    def customer(self, act: Any, name: str, domain: str = "") -> str:
        """The customer of a name or domain, made where there is none; "" for neither."""
        if domain in people.PUBLIC_DOMAINS:
            domain = ""
        for key in (folded(name), domain):
            if key and key in self.customers:
                return self.customers[key]
        if not name and not domain:
            return ""
        row_id = (
            natural_id("customer", domain) if domain and not name else natural_id("imported_customer", folded(name))
        )
        act.insert(Customer, id=row_id, name=name or domain, domain=domain)
        for key in (folded(name), domain):
            if key:
                self.customers[key] = row_id
        return row_id

    def contact(self, act: Any, name: str, address: str, phone: str, customer: str) -> str:
        if not name and not address:
            return ""
        key = address or person_key(name, phone, customer)
        if key not in self.contacts:
            row_id = natural_id("contact", address) if address else natural_id("imported_contact", key)
            act.insert(Contact, id=row_id, name=name, address=address, phone=phone, customer_id=customer)
            self.contacts[key] = row_id
        return self.contacts[key]


def person_key(name: str, phone: str, customer: str) -> str:
    return f"{folded(name)}|{''.join(ch for ch in phone if ch.isdigit())[-10:]}|{customer}"


_CONTRACT = ("contract", "hours", "since", "until")


class Customers(People):
    def one(self, act: Act, values: dict[str, Any]) -> None:
        agreed = {name: values.pop(name) for name in _CONTRACT if name in values}
        values["domain"] = values.get("domain", "").lower().removeprefix("@")
        row_id = self.customers.get(folded(values["name"])) or self.customers.get(values["domain"])
        if not values["domain"]:
            del values["domain"]
        row_id = row_id or natural_id("imported_customer", folded(values["name"]))
        values["vip"] = int(values["vip"]) if "vip" in values else None
        self.keep(act, Customer, row_id, {name: value for name, value in values.items() if value is not None})
        for key in (folded(values["name"]), values.get("domain", "")):
            if key:
                self.customers[key] = row_id
        if agreed:
            self._contract(act, row_id, agreed)

    def _contract(self, act: Act, customer: str, agreed: dict[str, Any]) -> None:
        number = str(agreed.pop("contract", ""))
        known = act.writing.execute(
            "SELECT id FROM contract WHERE customer_id = ? AND (number = ? OR ? = '') ORDER BY id LIMIT 1",
            (customer, number, number),
        ).fetchone()
        values = {"customer_id": customer, **agreed}
        if number:
            values["number"] = number
        if known:
            act.update(Contract, known[0], **values)
        else:
            act.insert(Contract, id=natural_id("imported_contract", customer, number), **values)


class Contacts(People):
    def one(self, act: Act, values: dict[str, Any]) -> None:
        address = values.get("address", "")
        customer = self.customer(act, values.pop("customer", ""), people.domain(address))
        if customer:
            values["customer_id"] = customer
        if "may_agree" in values:
            values["may_agree"] = int(values["may_agree"])
        key = address or person_key(values.get("name", ""), values.get("phone", ""), customer)
        row_id = self.contacts.get(key) or (
            natural_id("contact", address) if address else natural_id("imported_contact", key)
        )
        self.keep(act, Contact, row_id, values)
        self.contacts[key] = row_id


class Articles(Taker):
    def one(self, act: Act, values: dict[str, Any]) -> None:
        number = values.get("number")
        row_id = natural_id("imported_article", str(number or ""), folded(values["title"]))
        if number is not None and self._taken(act, number, row_id):
            del values["number"]
        if self.desk.replica.record(Article, row_id) is None:
            values.setdefault("number", numbers.take(act))
            values |= {"state": "published", "made_at": act.now, "changed_at": act.now, "made_by": act.writing.author}
            values |= {"owner_id": act.writing.author}
            values.setdefault("language", self.desk.language)
        self.keep(act, Article, row_id, values)

    def _taken(self, act: Act, number: int, row_id: str) -> bool:
        found = act.writing.execute(
            "SELECT 1 FROM article WHERE number = ?1 AND id <> ?2 UNION ALL SELECT 1 FROM ticket WHERE number = ?1 "
            "LIMIT 1",
            (number, row_id),
        ).fetchone()
        return found is not None


class Parts(Taker):
    def one(self, act: Act, values: dict[str, Any]) -> None:
        quantity = values.pop("quantity", None)
        known = act.writing.execute(
            "SELECT id FROM part WHERE code = ? ORDER BY id LIMIT 1", (values["code"],)
        ).fetchone()
        values.setdefault("name", values["code"])
        row_id = self.keep(act, Part, known[0] if known else natural_id("imported_part", values["code"]), values)
        if quantity is None:
            return
        place = act.writing.execute("SELECT id FROM stock_place WHERE kind = 'store' ORDER BY position, id").fetchone()
        place_id = (
            place[0] if place else act.insert(StockPlace, name="Склад" if self.desk.language == "ru" else "Store")
        )
        here = act.writing.execute(
            "SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE part_id = ? AND place_id = ?",
            (row_id, place_id),
        ).fetchone()[0]
        if quantity != here:
            act.insert(
                StockMovement, part_id=row_id, place_id=place_id, quantity=quantity - here, kind="count",
                reason="import", author_id=act.writing.author, made_at=act.now,
            )  # fmt: skip
