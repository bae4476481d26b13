"""Contacts and customers: found by address, made where they are unknown."""

from __future__ import annotations

import re
from typing import NamedTuple

from deskapp.core.ids import natural_id, new_id
from deskapp.desk.desk import Act, Desk
from deskapp.models.schema import Contact, Customer
from deskapp.models.search import fold, swapped_layout

#: Mail providers for everybody: their domain names no customer.
PUBLIC_DOMAINS = frozenset(
    "gmail.com googlemail.com mail.ru inbox.ru list.ru bk.ru internet.ru yandex.ru ya.ru yandex.com rambler.ru "
    "outlook.com "
    "hotmail.com live.com msn.com yahoo.com icloud.com me.com proton.me protonmail.com gmx.de gmx.net web.de aol.com "
    "vk.com tutanota.com zoho.com fastmail.com".split()
)


#: Contacts looked at closer; more are not read through on a list anyway.
_CANDIDATES = 60
#: So many digits of a phone tell somebody apart; country codes are written in many ways.
_TAIL = 10
_LEAST_DIGITS = 3


class FoundContact(NamedTuple):
    contact_id: str
    name: str
    address: str
    phone: str
    customer: str
    post: str
    customer_id: str
    vip: int


def normal(address: str) -> str:
    """An address as a key: case and surrounding space do not matter."""
    return address.strip().strip("<>").lower()


def domain(address: str) -> str:
    return normal(address).rpartition("@")[2] if "@" in address else ""


def contact(act: Act, name: str, address: str, language: str = "", phone: str = "") -> tuple[str, str]:
    """(contact, customer) ids of a person; made where unknown, the customer by the domain.

    Who gives no address is known again by name and phone together.
    """
    key = normal(address)
    if not key:
        if not name.strip():
            return "", ""
        known = _by_phone(act, name, phone)
        return known or (act.insert(Contact, name=name.strip(), phone=phone.strip(), language=language), "")
    found = act.writing.execute(
        "SELECT id, customer_id, name, phone FROM contact WHERE address = ? ORDER BY id LIMIT 1", (key,)
    ).fetchone()
    if found:
        missing = {
            column: said.strip()
            for column, said, known in (("name", name, found[2]), ("phone", phone, found[3]))
            if said.strip() and not known
        }
        if missing:
            act.update(Contact, found[0], **missing)
        return found[0], found[1]
    customer_id = customer_by_domain(act, domain(key))
    contact_id = natural_id("contact", key)
    act.put(
        Contact,
        id=contact_id,
        customer_id=customer_id,
        name=name.strip(),
        address=key,
        phone=phone.strip(),
        language=language,
    )
    return contact_id, customer_id


def _digits(phone: str) -> str:
    return "".join(ch for ch in phone if ch.isdigit())


def _by_phone(act: Act, name: str, phone: str) -> tuple[str, str] | None:
    """A contact of this name and phone; the last ten digits tell, country codes are written in many ways."""
    wanted = _digits(phone)[-_TAIL:]
    if len(wanted) < 5:
        return None
    rows = act.writing.execute(
        "SELECT id, customer_id, name, phone FROM contact WHERE phone <> '' ORDER BY id"
    ).fetchall()
    for contact_id, customer_id, known, number in rows:
        if _digits(number)[-_TAIL:] == wanted and known.casefold() == name.strip().casefold():
            return contact_id, customer_id
    return None


def customer_by_domain_known(act: Act, host: str) -> str:
    """The customer of a mail domain if there is one; none for a public provider's."""
    if not host or host in PUBLIC_DOMAINS:
        return ""
    found = act.writing.execute("SELECT id FROM customer WHERE domain = ? ORDER BY id LIMIT 1", (host,)).fetchone()
    return str(found[0]) if found else ""


def customer_by_domain(act: Act, host: str) -> str:
    """The customer of a mail domain, made where there is none; none for a public provider's."""
    known = customer_by_domain_known(act, host)
    if known or not host or host in PUBLIC_DOMAINS:
        return known
    return act.put(Customer, id=natural_id("customer", host), name=host, domain=host, active=1)


def customer_by_name(act: Act, name: str) -> str:
    """The customer of that name; made where there is none."""
    wanted = name.strip()
    if not wanted:
        return ""
    rows = act.writing.execute("SELECT id, name FROM customer ORDER BY id").fetchall()
    found = next((row[0] for row in rows if row[1].casefold() == wanted.casefold()), None)
    return str(found) if found else act.insert(Customer, id=new_id(), name=wanted)


def file_under(act: Act, contact_id: str, customer_id: str) -> None:
    act.update(Contact, contact_id, customer_id=customer_id)


_CONTACT = (
    "SELECT c.id, c.name, c.address, c.phone, coalesce(u.name, ''), c.post, c.customer_id, coalesce(u.vip, 0) "
    "FROM contact c LEFT JOIN customer u ON u.id = c.customer_id WHERE c.active = 1"
)
_BARE = "replace(replace(replace(replace(replace({0}, ' ', ''), '-', ''), '(', ''), ')', ''), '+', '')"


def _is_phone(typed: str) -> bool:
    """Whether digits are typed, and enough of them to look for a phone."""
    return len(_digits(typed)) >= _LEAST_DIGITS and not re.search(r"[^\W\d_]", typed)


def find_contacts(desk: Desk, typed: str, limit: int = 12) -> tuple[FoundContact, ...]:
    """Contacts by digits of their phone, else by parts of name, customer and address; who wrote or called last first.

    Text typed in the other keyboard layout is found too.
    """
    found = _of_phone(desk, typed) if _is_phone(typed) else _of_name(desk, typed)
    if len(found) > 1:
        marks = ",".join("?" * len(found))
        last: dict[str, int] = dict(
            desk.replica.rows(
                f"SELECT contact_id, max(received_at) FROM ticket WHERE contact_id IN ({marks}) GROUP BY 1",
                [one.contact_id for one in found],
            )
        )
        found.sort(key=lambda one: -(last.get(one.contact_id) or 0))
    return tuple(found[:limit])


def _of_phone(desk: Desk, typed: str) -> list[FoundContact]:
    """Contacts with these digits, whichever way the country code is written; the customer's own phone counts too."""
    digits = _digits(typed)[-_TAIL:]
    rows = desk.replica.rows(
        f"{_CONTACT} AND ((c.phone <> '' AND {_BARE.format('c.phone')} LIKE ?1) "
        f"OR (u.phone <> '' AND {_BARE.format('u.phone')} LIKE ?1)) LIMIT ?2",
        (f"%{digits}%", _CANDIDATES),
    )
    return [FoundContact(*row) for row in rows]


def _of_name(desk: Desk, typed: str) -> list[FoundContact]:
    if len(typed.strip()) < 2:
        return []
    rows = desk.replica.rows(
        "SELECT c.id, c.name || ' ' || coalesce(u.name, '') || ' ' || c.address FROM contact c "
        "LEFT JOIN customer u ON u.id = c.customer_id WHERE c.active = 1"
    )
    # at every key and of everybody: folded as one text, in which no name has what parts them
    texts = fold("\0".join([row[1] for row in rows])).split("\0") if rows else []
    for words in (fold(typed).split(), fold(swapped_layout(typed)).split()):
        found = [row[0] for row, text in zip(rows, texts, strict=True) if all(word in text for word in words)]
        if words and found:
            found = found[:_CANDIDATES]
            marks = ",".join("?" * len(found))
            return [FoundContact(*row) for row in desk.replica.rows(f"{_CONTACT} AND c.id IN ({marks})", found)]
    return []


def is_ours(act: Act, address: str) -> bool:
    """Whether it is the address of a specialist or of one of our mailboxes."""
    key = normal(address)
    return bool(key) and bool(
        act.writing.execute(
            "SELECT 1 FROM specialist WHERE lower(email) = ?1 "
            "UNION ALL SELECT 1 FROM mailbox WHERE lower(address) = ?1 LIMIT 1",
            (key,),
        ).fetchone()
    )


def team_addresses(act: Act) -> set[str]:
    """Addresses of specialists and of our own mailboxes."""
    rows = act.writing.execute(
        "SELECT email FROM specialist WHERE email <> '' UNION SELECT address FROM mailbox WHERE address <> ''"
    ).fetchall()
    return {normal(row[0]) for row in rows}
