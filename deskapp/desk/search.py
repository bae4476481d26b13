"""Finding tickets by words in any form, a part of a number, a phone, a customer; and by the wrong keyboard layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.desk.desk import Desk
from deskapp.desk.values import SearchHit
from deskapp.models import search as index

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
    """The first page of what ``words`` find, with a few words around the match."""
    hits = []
    matches = _matches(desk, words, limit)
    tickets = {
        row[0]: row[1:]
        for row in _each(
            desk, "SELECT ticket_id, number, subject, customer, status, received_at FROM queue_row WHERE ticket_id IN",
            [match[0] for match in matches],
        )
    }  # fmt: skip
    texts: dict[str, str] = {}
    for table, column in (("message", "reply_text"), ("note", "text")):
        rows = [row for _ticket, kind, row in matches if kind == table]
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
