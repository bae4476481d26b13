"""The search index of this replica: one way from a text to its stems, for what is kept and for what is asked.

Tokens are words (ё as е), stemmed by the Russian or English Snowball algorithm by their script; addresses, hosts, item
codes and numbers are kept whole beside their parts. The stems live in a contentless FTS5 table, whose rows are named by
``search_doc``; newer rows have higher numbers, so "newest first" costs nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from deskapp.models.database import Replica, Writing

_TOKEN = re.compile(r"[\w]+(?:[@._\-/+:][\w]+)*", re.UNICODE)
_PART = re.compile(r"[\w]+", re.UNICODE)
_CYRILLIC = re.compile("[а-я]")
_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SWAP = str.maketrans(_LATIN_KEYS + _CYRILLIC_KEYS, _CYRILLIC_KEYS + _LATIN_KEYS)
#: A letter of a megabyte is searched by its beginning; what follows is quotation or machine output.
_LONGEST = 60_000


@lru_cache(maxsize=1)
def _stemmers() -> tuple[Any, Any]:
    import Stemmer

    return Stemmer.Stemmer("russian"), Stemmer.Stemmer("english")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    russian, english = _stemmers()
    return str((russian if _CYRILLIC.search(word) else english).stemWord(word))


def fold(text: str) -> str:
    return text.lower().replace("ё", "е")


def tokens(text: str) -> Iterable[str]:
    """The stems of ``text``, with compound tokens (addresses, codes) whole as well."""
    for match in _TOKEN.finditer(fold(text[:_LONGEST])):
        token = match.group()
        if token.isalnum():  # nearly all are plain words
            yield _stem(token)
            continue
        parts = _PART.findall(token)
        if len(parts) > 1:
            yield token
        for part in parts:
            yield _stem(part)


def index_text(text: str) -> str:
    """What the index keeps of ``text``: its tokens, joined by spaces."""
    return " ".join(tokens(text))


def swapped_layout(text: str) -> str:
    """``text`` as it would read had the other keyboard layout been on: "rfktylfhm" -> "календарь"."""
    return text.lower().translate(_SWAP)


def match_query(words: str) -> str:
    """An FTS5 query for what somebody is typing: every word must be there, the last one may be unfinished.

    Empty if there is nothing to look for. Quotation marks, operators and other FTS5 syntax in ``words`` mean nothing.
    """
    found = _TOKEN.findall(fold(words))
    terms = []
    for place, token in enumerate(found):
        parts = _PART.findall(token)
        stems = [token] if len(parts) > 1 else [_stem(token)]
        if place == len(found) - 1 and not words[-1:].isspace():
            stems += [token] if token not in stems else []
            terms.append("(" + " OR ".join(f'"{stem}"*' for stem in stems) + ")")
        else:
            terms.append(f'"{stems[0]}"')
    return " AND ".join(terms)


def put(writing: Writing, kind: str, row: str, ticket_id: str, at: int, text: str) -> None:
    """Index ``text`` under (kind, row), in place of what was there."""
    known = writing.execute("SELECT id FROM search_doc WHERE kind = ? AND row = ?", (kind, row)).fetchone()
    if known:
        writing.execute("DELETE FROM search_text WHERE rowid = ?", (known[0],))
        writing.execute("UPDATE search_doc SET ticket_id = ?, at = ? WHERE id = ?", (ticket_id, at, known[0]))
        doc = known[0]
    else:
        doc = writing.execute(
            "INSERT INTO search_doc (kind, row, ticket_id, at) VALUES (?, ?, ?, ?) RETURNING id",
            (kind, row, ticket_id, at),
        ).fetchone()[0]
    writing.execute("INSERT INTO search_text (rowid, body) VALUES (?, ?)", (doc, index_text(text)))


def drop(writing: Writing, kind: str, row: str) -> None:
    known = writing.execute("SELECT id FROM search_doc WHERE kind = ? AND row = ?", (kind, row)).fetchone()
    if known:
        writing.execute("DELETE FROM search_text WHERE rowid = ?", (known[0],))
        writing.execute("DELETE FROM search_doc WHERE id = ?", (known[0],))


def find(replica: Replica, words: str, limit: int) -> list[tuple[str, str, str]]:
    """(ticket_id, kind, row) of the newest matches, each ticket once."""
    query = match_query(words)
    if not query:
        return []
    # several rows of one ticket may match; read on until enough different tickets are found
    cursor = replica.db.execute_sql(
        "SELECT d.ticket_id, d.kind, d.row FROM search_text t JOIN search_doc d ON d.id = t.rowid "
        "WHERE t.body MATCH ? ORDER BY t.rowid DESC LIMIT ?",
        (query, limit * 8),
    )
    found: dict[str, tuple[str, str, str]] = {}
    for ticket_id, kind, row in cursor:
        if ticket_id and ticket_id not in found:
            found[ticket_id] = (ticket_id, kind, row)
            if len(found) >= limit:
                break
    return list(found.values())


def find_numbers(replica: Replica, digits: str, limit: int) -> list[str]:
    """Tickets whose number or alias contains ``digits``, the exact one first, then the newest."""
    if len(digits) > 18:  # no number is that long, and SQLite could not compare it
        return []
    wanted = int(digits)
    exact = replica.rows(
        "SELECT id FROM ticket WHERE number = ?1 UNION ALL SELECT ticket_id FROM number_alias WHERE number = ?1",
        (wanted,),
    )
    if len(digits) <= _COMMON:  # so many numbers contain them that the newest are found at once
        rows = replica.rows(
            "SELECT id, number FROM ticket WHERE instr(number, ?) ORDER BY number DESC LIMIT ?",
            (digits, limit),
        )
    else:
        highest = replica.value("SELECT max(number) FROM ticket") or 0
        rows = replica.rows(
            "SELECT id, number FROM ticket WHERE number IN (SELECT value FROM json_each(?)) "
            "ORDER BY number DESC LIMIT ?",
            (json.dumps(_containing(digits, highest)), limit),
        )
    rows += replica.rows("SELECT ticket_id, number FROM number_alias WHERE instr(number, ?) LIMIT ?", (digits, limit))
    rows.sort(key=lambda row: -row[1])
    return list(dict.fromkeys(row[0] for row in (*exact, *rows)))[:limit]


#: Digits up to which reading the numbers from the newest on is quicker than making those that contain them.
_COMMON = 3


def _containing(digits: str, highest: int) -> list[int]:
    """Every number up to ``highest`` that contains ``digits``."""
    size = 10 ** len(digits)
    found: set[int] = set()
    after = 1
    while after <= highest and int(digits) * after <= highest:
        first = 1 if digits.startswith("0") else 0
        for before in range(first, highest // (size * after) + 1):
            low = (before * size + int(digits)) * after
            found.update(range(low, min(low + after, highest + 1)))
        after *= 10
    return sorted(found)


def find_phones(replica: Replica, digits: str, limit: int) -> list[str]:
    """The newest tickets of contacts whose phone contains ``digits``."""
    rows = replica.rows(
        # CROSS JOIN keeps the order: few contacts first, then their tickets
        "SELECT t.id FROM contact c CROSS JOIN ticket t ON t.contact_id = c.id WHERE c.phone <> '' AND "
        "replace(replace(replace(replace(replace(c.phone, ' ', ''), '-', ''), '(', ''), ')', ''), '+', '') LIKE ? "
        "ORDER BY t.received_at DESC LIMIT ?",
        (f"%{digits}%", limit),
    )
    return [row[0] for row in rows]
