"""Finding by words in any form, a part of a number, a phone, a customer; and by the wrong keyboard layout.

Operators narrow what is found (see ``queries``). Customers and their people, articles and colleagues are found beside
tickets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.desk import people, queries
from deskapp.desk.desk import Desk
from deskapp.desk.values import SearchHit
from deskapp.models import search as index

#: So many customers, contacts, articles and people are found beside the tickets.
_OF_OTHERS = 5
#: Matches of words among which operators choose.
_SEARCHED = 500
_BESIDE = {
    "customer": "SELECT id, name, domain FROM customer WHERE active = 1 AND name <> '' ORDER BY name",
    "article": "SELECT id, title, product, symptoms, coalesce('KB-' || number || ' БЗ-' || number, '') FROM article "
    "WHERE state = 'published' ORDER BY changed_at DESC",
    "person": "SELECT id, name, name_en FROM specialist WHERE active = 1 ORDER BY position, name",
}
_DIGITS = re.compile(r"[№#]?\s*(\d[\d\s\-()+]*)")


def tickets(desk: Desk, words: str, limit: int) -> list[str]:
    """Ids of the tickets that ``words`` mean: numbers first, then the newest matches."""
    return [ticket_id for ticket_id, _kind, _row in _matches(desk, words, limit)]


def _matches(desk: Desk, words: str, limit: int) -> list[tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    digits = _DIGITS.fullmatch(words.strip())
    if digits:
        number = re.sub(r"\D", "", digits.group(1))
        for ticket_id in index.find_numbers(desk.replica, number, limit):
            found.setdefault(ticket_id, (ticket_id, "ticket", ticket_id))
        if len(number) >= 5:
            for ticket_id in index.find_phones(desk.replica, number, limit):
                found.setdefault(ticket_id, (ticket_id, "ticket", ticket_id))
    texts = index.find(desk.replica, words, limit)
    if not texts and not found:
        texts = index.find(desk.replica, index.swapped_layout(words), limit)
    for ticket_id, kind, row in texts:
        found.setdefault(ticket_id, (ticket_id, kind, row))
    return list(found.values())[:limit]


def find(desk: Desk, words: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """The first page of the tickets that ``words`` find, with a few words around the match."""
    hits = []
    query = queries.parse(words)
    words = query.words
    matches = _narrowed(desk, query, limit) if query.filters else _matches(desk, words, limit)
    tickets = {
        row[0]: row[1:]
        for row in _each(
            desk, "SELECT ticket_id, number, subject, customer, status, received_at FROM queue_row WHERE ticket_id IN",
            [match[0] for match in matches],
        )
    }  # fmt: skip
    texts: dict[str, str] = {}
    for table, column, of_kind in (
        ("message", "reply_text", "message"),
        ("note", "text", "note"),
        ("attachment", "name", "file"),
    ):
        rows = [row for _ticket, kind, row in matches if kind == of_kind]
        texts.update(_each(desk, f"SELECT id, substr({column}, 1, 4000) FROM {table} WHERE id IN", rows))
    for ticket_id, _kind, row in matches:
        if ticket_id not in tickets:
            continue
        number, subject, customer, status, received = tickets[ticket_id]
        hits.append(
            SearchHit(
                kind="ticket",
                ticket_id=ticket_id,
                number=number,
                subject=subject,
                customer=customer,
                status=status,
                snippet=_around(texts.get(row, ""), words),
                at=from_ms(received) if received else None,
            )
        )
    return tuple(hits)


def everything(desk: Desk, words: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """The same, and for words without operators also customers, their people, articles and colleagues; ``ticket_id`` is
    their id then. Digits find people by their phone."""
    hits = find(desk, words, limit)
    plain = words.strip()
    if queries.parse(words).filters or len(plain) < 2:
        return hits
    contacts = [
        SearchHit(
            "contact", one.contact_id, None, one.name or one.address or one.phone,
            "   ".join(filter(None, (one.customer, one.phone, one.address if one.name else ""))), "", "", None,
            one.customer_id,
        )
        for one in people.find_contacts(desk, plain, _OF_OTHERS)
    ]  # fmt: skip
    if _DIGITS.fullmatch(plain):
        return (*hits, *contacts)
    return (*hits, *_others(desk, words, _OF_OTHERS), *contacts)


def _narrowed(desk: Desk, query: queries.Query, limit: int) -> list[tuple[str, str, str]]:
    """Tickets that fit the operators, in the order of the words, the newest first without any."""
    clauses, params = queries.where(desk, query)
    if not query.words.strip():
        rows = desk.replica.rows(
            f"SELECT ticket_id FROM queue_row WHERE 1{clauses} ORDER BY received_at DESC LIMIT ?", [*params, limit]
        )
        return [(row[0], "ticket", row[0]) for row in rows]
    found = _matches(desk, query.words, _SEARCHED)
    ids = [match[0] for match in found]
    fit = {
        row[0]
        for row in desk.replica.rows(
            f"SELECT ticket_id FROM queue_row WHERE ticket_id IN ({','.join('?' * len(ids))}){clauses}", [*ids, *params]
        )
    }
    return [match for match in found if match[0] in fit][:limit]


def _others(desk: Desk, words: str, limit: int) -> list[SearchHit]:
    """Customers, articles and people whose names have all the words, in either layout; ``ticket_id`` is their id."""
    english = desk.language == "en"
    found: list[SearchHit] = []
    for kind, sql in _BESIDE.items():
        rows = desk.replica.rows(sql)
        for typed in (words, index.swapped_layout(words)):
            wanted = index.fold(typed).split()
            fit = [row for row in rows if all(word in index.fold(" ".join(map(str, row[1:]))) for word in wanted)]
            if fit:
                break
        for row_id, name, other, *_more in fit[:limit]:
            title = (other or name) if english and kind == "person" else name
            detail = "" if kind == "person" else other
            found.append(SearchHit(kind, row_id, None, title, detail, "", "", None))
    return found


def _each(desk: Desk, select: str, ids: Sequence[str]) -> list[Any]:
    """``select`` for these ids, in any order."""
    return desk.replica.rows(f"{select} ({','.join('?' * len(ids))})", ids) if ids else []


def _around(text: str, words: str, width: int = 100) -> str:
    """About ``width`` characters of ``text`` around the first of the words."""
    flat = " ".join(text.split())
    wanted = set(index.tokens(words))
    for match in re.finditer(r"\w+", flat):
        if wanted.intersection(index.tokens(match.group())):
            start = max(0, match.start() - width // 3)
            return ("…" if start else "") + flat[start : start + width] + ("…" if start + width < len(flat) else "")
    return flat[:width] + ("…" if len(flat) > width else "")
