"""Customers with their people, sites and equipment: lists, cards, unknown senders, doubles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id, new_id
from deskapp.desk import contracts, directory, people
from deskapp.desk.called import Called
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models import search as index
from deskapp.models.schema import (
    Contact,
    Contract,
    Customer,
    Equipment,
    Follower,
    Recurring,
    Shared,
    Site,
    Template,
    Ticket,
)

Row = Mapping[str, Any]
#: A contract that ends within so many days is marked.
EXPIRING_DAYS = 30
_YEAR = timedelta(days=365)


class CustomerItem(NamedTuple):
    """A row of the list. ``kept``: share of promises kept in the last year, None without any; ``expires``: days until
    the contract ends where that is soon, negative when it has ended."""

    id: str
    name: str
    domain: str
    vip: bool
    contract: str
    expires: int | None
    open: int
    kept: float | None
    promises: int
    active: bool


class TicketItem(NamedTuple):
    id: str
    number: int | None
    subject: str
    status: str
    wait_for: str
    urgency: int
    received_at: datetime | None
    promised_at: datetime | None
    finished_at: datetime | None


class HistoryItem(NamedTuple):
    """A change of the customer or of what is theirs. ``columns``: (column, before, after); references are names."""

    at: datetime
    author: str
    table: str
    name: str
    act: str  # I | U | D
    columns: tuple[tuple[str, Any, Any], ...]


class Unknown(NamedTuple):
    """A sender of no customer, with up to three guesses: (customer, name)."""

    contact_id: str
    name: str
    address: str
    phone: str
    tickets: int
    guesses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """All of a customer. Rows are plain mappings with the column names of the tables."""

    customer: Row
    contacts: tuple[Row, ...]
    contracts: tuple[Row, ...]
    sites: tuple[Row, ...]
    equipment: tuple[Row, ...]
    tickets: tuple[TicketItem, ...]
    more_tickets: int
    letters: Mapping[tuple[str, str], Row]
    history: tuple[HistoryItem, ...]
    doubles: tuple[tuple[str, str], ...]  # customers that may be the same


# --- reading -----------------------------------------------------------------------------------------------------


def page(desk: Desk, words: str = "") -> tuple[CustomerItem, ...]:
    """Customers by name; ``words`` are found in name, domain, phone, contract number and people, in any layout."""
    now = desk.clock.now()
    today = now.astimezone(desk.zone).date()
    opened: dict[str, int] = dict(
        desk.replica.rows("SELECT customer_id, count(*) FROM queue_row WHERE is_open = 1 GROUP BY customer_id")
    )
    kept = _kept(desk, now)
    agreed = contracts.agreements(desk)
    found = []
    wanted = _matching(desk, words)
    for row_id, name, domain, vip, active in desk.replica.rows(
        "SELECT id, name, domain, vip, active FROM customer WHERE active = 1 OR ? ORDER BY active DESC, name",
        (bool(words.strip()),),
    ):
        if wanted is not None and row_id not in wanted:
            continue
        own = agreed.by_customer.get(row_id, ())
        chosen = agreed.of("", row_id, now)
        shown = chosen.agreement if chosen else _latest(own)
        good, all_ = kept.get(row_id, (0, 0))
        found.append(
            CustomerItem(
                row_id,
                name or domain,
                domain,
                bool(vip or (shown and shown.vip)),
                shown.line if shown else "",
                _expires(shown.until if shown else None, today),
                opened.get(row_id, 0),
                good / all_ if all_ else None,
                all_,
                bool(active),
            )
        )
    found.sort(key=lambda item: (not item.active, item.name.casefold()))
    return tuple(found)


def _latest(own: Sequence[contracts.Agreement]) -> contracts.Agreement | None:
    active = [one for one in own if one.active]
    return max(active, key=lambda one: (one.until or date.max, one.number), default=None)


def _expires(until: date | None, today: date) -> int | None:
    if until is None or (until - today).days > EXPIRING_DAYS:
        return None
    return (until - today).days


def _kept(desk: Desk, now: datetime) -> dict[str, tuple[int, int]]:
    """Customer -> (promises kept, all) of tickets finished in the last year.

    Kept: resolved by the first promise, and the customer did not disagree.
    """
    rows = desk.replica.rows(
        "SELECT customer_id, sum(finished_at <= first_promised_at AND reopened = 0), count(*) FROM ticket "
        "WHERE finished_at > ? AND first_promised_at IS NOT NULL AND customer_id <> '' GROUP BY customer_id",
        (to_ms(now - _YEAR),),
    )
    return {row[0]: (row[1] or 0, row[2]) for row in rows}


def _matching(desk: Desk, words: str) -> set[str] | None:
    """Customers whose name or people hold all the words, also typed in the wrong layout; None for no words."""
    if not words.strip():
        return None
    texts: dict[str, list[str]] = {}
    for row in desk.replica.rows("SELECT id, name, domain, phone, address FROM customer"):
        texts.setdefault(row[0], []).extend(row[1:])
    for table, columns in (
        ("contact", "name, address, phone"),
        ("contract", "number"),
        ("site", "name, address"),
        ("equipment", "name, serial"),
    ):
        for row in desk.replica.rows(f"SELECT customer_id, {columns} FROM {table} WHERE customer_id <> ''"):
            texts.setdefault(row[0], []).extend(row[1:])
    folded = {row_id: _folded(" ".join(parts)) for row_id, parts in texts.items()}
    for typed in (words, index.swapped_layout(words)):
        parts = _folded(typed).split()
        digits = "".join(ch for ch in typed if ch.isdigit())
        found = {
            row_id
            for row_id, text in folded.items()
            if all(part in text for part in parts)
            or (len(digits) >= 4 and digits in "".join(ch for ch in text if ch.isdigit()))
        }
        if found:
            return found
    return set()


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def card(desk: Desk, customer_id: str, tickets: int = 100) -> Card:
    """Everything of one customer; UserFacingError where there is none."""
    customer = desk.replica.record(Customer, customer_id)
    if customer is None:
        raise UserFacingError("There is no such customer", "It may have been merged with another.")

    def own(model: type[Shared], *order: Any) -> tuple[Row, ...]:
        rows = desk.replica.records(model, model.customer_id == customer_id, model.active == 1, order=order)  # type: ignore[attr-defined]
        return tuple(rows)

    rows = desk.replica.rows(
        "SELECT id, number, subject, status, wait_for, urgency, received_at, promised_at, finished_at FROM ticket "
        "WHERE customer_id = ? AND status <> 'merged' AND set_aside = '' ORDER BY received_at DESC LIMIT ?",
        (customer_id, tickets + 1),
    )
    shown = tuple(TicketItem(*row[:6], *(_at(ms) for ms in row[6:])) for row in rows[:tickets])
    total = len(rows)
    if total > tickets:
        total = int(
            desk.replica.value(
                "SELECT count(*) FROM ticket WHERE customer_id = ? AND status <> 'merged' AND set_aside = ''",
                (customer_id,),
            )
        )
    return Card(
        customer=customer,
        contacts=own(Contact, Contact.name, Contact.address),
        contracts=tuple(contracts.rows_of(desk, customer_id)),
        sites=own(Site, Site.name),
        equipment=own(Equipment, Equipment.name, Equipment.serial),
        tickets=shown,
        more_tickets=max(0, total - len(shown)),
        letters={
            (row["kind"], row["language"]): row
            for row in desk.replica.records(Template, Template.customer_id == customer_id)
            if row["body"]
        },
        history=_history(desk, customer_id),
        doubles=doubles(desk, customer_id),
    )


def _at(ms: int | None) -> datetime | None:
    return from_ms(ms) if ms is not None else None


_PARTS = ("contact", "contract", "site", "equipment")


def _history(desk: Desk, customer_id: str, limit: int = 100) -> tuple[HistoryItem, ...]:
    """What was changed here of the customer and of what is theirs, the newest first."""
    parts = " UNION ALL ".join(f"SELECT '{table}', id FROM {table} WHERE customer_id = ?1" for table in _PARTS)
    rows = desk.replica.rows(
        "SELECT c.made_at, c.author, c.tbl, c.row, c.op, c.cols FROM change c WHERE (c.tbl, c.row) IN "
        f"(VALUES ('customer', ?1) UNION ALL {parts}) ORDER BY c.seq DESC LIMIT ?2",
        (customer_id, limit),
    )
    names = directory.people(desk)
    called = Called(desk)
    found = []
    for made_at, author, table, row, op, cols in rows:
        columns = tuple(
            (name, called(name, before), called(name, after))
            for name, (before, after) in json.loads(cols).items()
            if op == "U" or after
        )
        known = names.get(author)
        found.append(
            HistoryItem(from_ms(made_at), known.name if known else "", table, _name(desk, table, row), op, columns)
        )
    return tuple(found)


def _name(desk: Desk, table: str, row: str) -> str:
    column = {"contact": "coalesce(nullif(name, ''), address)", "contract": "number"}.get(table, "name")
    return str(desk.replica.value(f"SELECT {column} FROM {table} WHERE id = ?", (row,)) or "")


def doubles(desk: Desk, customer_id: str, limit: int = 3) -> tuple[tuple[str, str], ...]:
    """(customer, name) of others that may be the same: alike in name or in domain."""
    rows = desk.replica.rows("SELECT id, name, domain FROM customer WHERE active = 1")
    own = next((row for row in rows if row[0] == customer_id), None)
    if own is None:
        return ()
    wanted = _alike(own[1], own[2])
    found = [
        (-len(wanted & _alike(name, domain)), name or domain, row_id)
        for row_id, name, domain in rows
        if row_id != customer_id and wanted & _alike(name, domain)
    ]
    return tuple((row_id, name) for _score, name, row_id in sorted(found)[:limit])


#: Words of names that say what kind of company it is, and parts of domains that say nothing.
_KINDS = frozenset("ооо оао зао пао ао ип гк тд нпо llc ltd inc gmbh ag co corp company the and".split())
_EVERYWHERE = frozenset("www mail com net org ru рф su example co uk de info biz by kz".split())


def _alike(name: str, domain: str) -> frozenset[str]:
    words = {word for word in index.tokens(name) if word not in _KINDS and len(word) > 2}
    parts = {part for label in domain.lower().split(".") for part in label.split("-")}
    return frozenset(words | {part for part in parts if part not in _EVERYWHERE and len(part) > 3})


def unknown(desk: Desk, limit: int = 200) -> tuple[Unknown, ...]:
    """Senders of no customer, or of one that is but a domain yet; those with the newest tickets first."""
    rows = desk.replica.rows(
        "SELECT c.id, c.name, c.address, c.phone, count(t.id), max(t.received_at) FROM contact c "
        "JOIN ticket t ON t.contact_id = c.id AND t.set_aside = '' LEFT JOIN customer u ON u.id = c.customer_id "
        "WHERE (u.id IS NULL OR u.name = u.domain) AND c.active = 1 "
        "GROUP BY c.id ORDER BY 6 DESC LIMIT ?",
        (limit,),
    )
    guessed = _Guesses(desk) if rows else None
    return tuple(
        Unknown(row_id, name, address, phone, count, guessed.of(name, address, phone) if guessed else ())
        for row_id, name, address, phone, count, _last in rows
    )


def guesses(desk: Desk, contact_id: str) -> tuple[tuple[str, str], ...]:
    """(customer, name) of up to three customers whom a sender may belong to, by domain first."""
    row = desk.replica.row("SELECT name, address, phone FROM contact WHERE id = ?", (contact_id,))
    return _Guesses(desk).of(*row) if row else ()


class _Guesses:
    """Whom an address may belong to: by its domain, a part of it, a phone of the same exchange."""

    def __init__(self, desk: Desk) -> None:
        self._customers = desk.replica.rows(
            "SELECT id, name, domain FROM customer WHERE active = 1 AND name <> domain ORDER BY name"
        )
        self._hosts: dict[str, dict[str, int]] = {}
        self._phones: dict[str, str] = {}
        for customer, address, phone in desk.replica.rows(
            "SELECT customer_id, address, phone FROM contact WHERE customer_id <> '' AND active = 1"
        ):
            host = people.domain(address)
            if host and host not in people.PUBLIC_DOMAINS:
                counts = self._hosts.setdefault(host, {})
                counts[customer] = counts.get(customer, 0) + 1
            digits = "".join(ch for ch in phone if ch.isdigit())
            if len(digits) >= 10:
                self._phones.setdefault(digits[-10:-3], customer)

    def of(self, name: str, address: str, phone: str, limit: int = 3) -> tuple[tuple[str, str], ...]:
        host = people.domain(address)
        digits = "".join(ch for ch in phone if ch.isdigit())
        parts = _alike("", host) if host not in people.PUBLIC_DOMAINS else frozenset()
        # a private address often begins with the company: "romashka.sklad@mail.ru"
        parts |= frozenset(part for part in index.tokens(address.partition("@")[0].replace(".", " ")) if len(part) > 3)
        scored = []
        for row_id, shown, domain in self._customers:
            score = 0
            if domain and host and (host == domain or host.endswith(f".{domain}") or domain.endswith(f".{host}")):
                score += 100
            score += 50 * bool(self._hosts.get(host, {}).get(row_id))
            score += 10 * len(parts & (_alike(shown, domain) | _latin(shown)))
            score += 5 * bool(digits and self._phones.get(digits[-10:-3]) == row_id)
            if score:
                scored.append((-score, shown or domain, row_id))
        return tuple((row_id, shown) for _score, shown, row_id in sorted(scored)[:limit])


_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch  y  e yu ya".split(" "),
        strict=True,
    )
)


def _latin(name: str) -> frozenset[str]:
    """A Russian name as addresses write it."""
    written = "".join(_LETTERS.get(ch, ch) for ch in name.lower())
    return frozenset(word for word in index.tokens(written.replace("-", " ")) if len(word) > 3)


# --- intentions --------------------------------------------------------------------------------------------------


def save(desk: Desk, row: Row) -> Changes:
    """Change a customer or make one; ``Changes.result`` is the id."""
    if "name" in row and not str(row["name"]).strip():
        raise UserFacingError("A name is missing", "Give the customer a name; the old one was kept.")
    values = dict(row)
    if "domain" in values:
        values["domain"] = str(values["domain"]).strip().lower().removeprefix("@")
    return _save(desk, Customer, values)


def save_contact(desk: Desk, row: Row) -> Changes:
    """Change a person or make one; a new one with an address that is known already is that one."""
    values = dict(row)
    if "address" in values:
        values["address"] = people.normal(str(values["address"]))
        if values["address"] and "@" not in values["address"]:
            raise UserFacingError("This is no address", "“%1” has no @. The old one was kept.", values["address"])
    if not values.get("id") and values.get("address"):
        known = desk.replica.value("SELECT id FROM contact WHERE address = ? LIMIT 1", (values["address"],))
        values["id"] = known or natural_id("contact", values["address"])
        values["active"] = 1
    return _save(desk, Contact, values)


def save_site(desk: Desk, row: Row) -> Changes:
    return _save(desk, Site, row)


def save_equipment(desk: Desk, row: Row) -> Changes:
    if row.get("installed"):
        try:
            date.fromisoformat(str(row["installed"]))
        except ValueError:
            raise UserFacingError(
                "This is no date", "“%1” was not understood. The old one was kept.", str(row["installed"])
            ) from None
    return _save(desk, Equipment, row)


def put_away(desk: Desk, kind: str, row_id: str, active: bool = False) -> Changes:
    """Take a customer, contact, site or piece of equipment out of the lists; what refers to it stays."""
    models: dict[str, type[Shared]] = {"customer": Customer, "contact": Contact, "site": Site, "equipment": Equipment}
    with desk.act("customer_row") as act:
        act.update(models[kind], row_id, active=int(active))
    return act.changes


def _save(desk: Desk, model: type[Shared], row: Row) -> Changes:
    values = {name: value for name, value in row.items() if name in model._meta.fields and name != "id"}
    with desk.act("customer_row") as act:
        row_id = str(row.get("id") or new_id())
        if act.writing.execute(f'SELECT 1 FROM "{model._meta.table_name}" WHERE id = ?', (row_id,)).fetchone():
            if values:
                act.update(model, row_id, **values)
        else:
            act.insert(model, id=row_id, **values)
        act.result = row_id
    return act.changes


def add_sender(desk: Desk, contact_id: str, customer_id: str) -> Changes:
    """File an unknown sender, with the tickets that belong to nobody, under a customer."""
    with desk.act("sender_added") as act:
        tickets = act.writing.execute(
            "SELECT t.id FROM ticket t LEFT JOIN customer u ON u.id = t.customer_id WHERE t.contact_id = ? "
            "AND (u.id IS NULL OR u.name = u.domain)",
            (contact_id,),
        ).fetchall()
        (before,) = act.writing.execute("SELECT customer_id FROM contact WHERE id = ?", (contact_id,)).fetchone() or (
            "",
        )
        people.file_under(act, contact_id, customer_id)
        for (ticket_id,) in tickets:
            act.update(Ticket, ticket_id, customer_id=customer_id)
        if before and not act.writing.execute("SELECT 1 FROM contact WHERE customer_id = ?", (before,)).fetchone():
            _hand_domain(act, before, customer_id)
    return act.changes


def _hand_domain(act: Act, made: str, customer_id: str) -> None:
    """A customer that was but a domain, and has nobody left, gives the domain to one that has none."""
    row = act.writing.execute("SELECT domain FROM customer WHERE id = ? AND name = domain", (made,)).fetchone()
    own = act.writing.execute("SELECT domain FROM customer WHERE id = ?", (customer_id,)).fetchone()
    if row and own and not own[0]:
        act.update(Customer, made, active=0, domain="")
        act.update(Customer, customer_id, domain=row[0])


#: What names a customer, and what names a contact.
_OF_CUSTOMER: tuple[type[Shared], ...] = (Contact, Contract, Site, Equipment, Ticket, Recurring, Template)
_OF_CONTACT: tuple[type[Shared], ...] = (Ticket, Follower, Recurring)


def merge(desk: Desk, keep: str, double: str) -> Changes:
    """All that is the double's becomes the kept one's; blanks of the kept one are filled. One step of undo."""
    _different(keep, double)
    with desk.act("customers_merged") as act:
        _fill_blanks(act, Customer, keep, double, ("domain", "zone", "language", "note", "phone", "address",
                                                   "specialist_id"))  # fmt: skip
        if desk.replica.value("SELECT vip FROM customer WHERE id = ?", (double,)):
            act.update(Customer, keep, vip=1)
        for model in _OF_CUSTOMER:
            _point(act, model, "customer_id", double, keep)
        act.update(Customer, double, active=0, domain="")
        act.result = keep
    return act.changes


def merge_contacts(desk: Desk, keep: str, double: str) -> Changes:
    """Two entries for one person: tickets and following go over; letters name the address that they came from."""
    _different(keep, double)
    with desk.act("contacts_merged") as act:
        _fill_blanks(act, Contact, keep, double, ("name", "address", "phone", "post", "language", "zone", "note",
                                                  "customer_id"))  # fmt: skip
        for model in _OF_CONTACT:
            _point(act, model, "contact_id", double, keep)
        act.update(Contact, double, active=0)
        act.result = keep
    return act.changes


def _different(keep: str, double: str) -> None:
    if keep == double:
        raise UserFacingError("These are the same", "Choose another one to merge with. Nothing was changed.")


def _fill_blanks(act: Act, model: type[Shared], keep: str, double: str, names: Sequence[str]) -> None:
    one, other = act.desk.replica.record(model, keep), act.desk.replica.record(model, double)
    if one is None or other is None:
        raise UserFacingError("One of them is gone", "It may have been merged already. Nothing was changed.")
    blanks = {name: other[name] for name in names if not one[name] and other[name]}
    if blanks:
        act.update(model, keep, **blanks)


def _point(act: Act, model: type[Shared], column: str, old: str, new: str) -> None:
    table = model._meta.table_name
    act.writing.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (new, old))
