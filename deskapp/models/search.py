"""The search index of this replica: one way from a text to its stems, for what is kept and for what is asked.

Tokens are words (ё as е), stemmed by the Russian or English Snowball algorithm by their script; addresses, hosts, item
codes and numbers are kept whole beside their parts; of a ticket's number every end is kept. The stems live in a
contentless FTS5 table, whose rows are named by ``search_doc``; newer rows have higher numbers, so "newest first" costs
nothing.
"""

from __future__ import annotations

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
#: The longest beginning of a word that the text index has ready; also in the table's definition.
_PREFIX = 4


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


@lru_cache(maxsize=5_000)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of a short text such as a subject, those of compound tokens too."""
    return frozenset(map(_stem, _PART.findall(fold(text))))


def index_text(text: str) -> str:
    """What the index keeps of ``text``: its tokens, joined by spaces."""
    found = _TOKEN.findall(fold(text[:_LONGEST]))
    # nearly all are plain words; an import of a hundred thousand tickets waits for this
    return " ".join([_stem(token) if token.isalnum() else " ".join(tokens(token)) for token in found])


def swapped_layout(text: str) -> str:
    """``text`` as it would read had the other keyboard layout been on: "rfktylfhm" -> "календарь"."""
    return text.lower().translate(_SWAP)


def match_query(words: str, finished: bool = False) -> str:
    """An FTS5 query for what somebody is typing: every word must be there, the last one may be unfinished.

    Empty if there is nothing to look for. Quotation marks, operators and other FTS5 syntax in ``words`` mean nothing.
    """
    found = _TOKEN.findall(fold(words))
    terms = []
    for token in found:
        stem = token if len(_PART.findall(token)) > 1 else _stem(token)
        terms.append(f'"{stem}"')
    if terms and not finished and not words[-1:].isspace():
        terms[-1] = f'({terms[-1]} OR "{found[-1]}"*)'
    return " AND ".join(terms)


def number_parts(number: int) -> str:
    """What the index keeps of a number, so that any part of it is the beginning of something: #4129 #129 #29 #9."""
    digits = str(number)
    return " ".join(f"#{digits[place:]}" for place in range(len(digits)))


def put(writing: Writing, kind: str, row: str, ticket_id: str, at: int, text: str, numbers: Iterable[int] = ()) -> None:
    """Index ``text`` under (kind, row), and the ``numbers`` that lead to it, in place of what was there."""
    known = writing.execute("SELECT id FROM search_doc WHERE kind = ? AND row = ?", (kind, row)).fetchone()
    if known:
        writing.execute("DELETE FROM search_text WHERE rowid = ?", (known[0],))
        writing.execute("UPDATE search_doc SET ticket_id = ?, at = ? WHERE id = ?", (ticket_id, at, known[0]))
        doc = known[0]
    else:
        # no RETURNING: a statement that SQLite may have to take back makes the text index write all that it gathered,
        # and so hundreds of texts one by one
        writing.execute(
            "INSERT INTO search_doc (kind, row, ticket_id, at) VALUES (?, ?, ?, ?)", (kind, row, ticket_id, at)
        )
        doc = writing.execute("SELECT last_insert_rowid()").fetchone()[0]
    body = " ".join([index_text(text), *map(number_parts, numbers)])
    writing.execute("INSERT INTO search_text (rowid, body) VALUES (?, ?)", (doc, body))


def later(writing: Writing, texts: Iterable[tuple[str, str]]) -> None:
    """Keep in mind that these (kind, row) are to be entered. Entering one text or hundreds changes about as many pages,
    which for a letter alone is a good part of what it costs."""
    writing.executemany("INSERT INTO search_due (kind, row) VALUES (?, ?)", list(texts))


def due(replica: Replica, limit: int) -> list[tuple[int, str, str]]:
    """(place, kind, row) of the first texts that are not entered yet, at most ``limit``; one may be there twice."""
    return replica.rows("SELECT id, kind, row FROM search_due ORDER BY id LIMIT ?", (limit,))


def entered(writing: Writing, last: int) -> None:
    """What is due up to this place is due no more."""
    writing.execute("DELETE FROM search_due WHERE id <= ?", (last,))


def drop(writing: Writing, kind: str, row: str) -> None:
    known = writing.execute("SELECT id FROM search_doc WHERE kind = ? AND row = ?", (kind, row)).fetchone()
    if known:
        writing.execute("DELETE FROM search_text WHERE rowid = ?", (known[0],))
        writing.execute("DELETE FROM search_doc WHERE id = ?", (known[0],))


def find(replica: Replica, words: str, limit: int) -> list[tuple[str, str, str]]:
    """(ticket_id, kind, row) of the newest matches, each ticket once; whole words before unfinished ones."""
    found: dict[str, tuple[str, str, str]] = {}
    finished, typed = match_query(words, finished=True), match_query(words)
    # The beginning of a word is read from an index of its own up to _PREFIX letters; a longer one has all its words
    # merged first, which takes long where they are frequent, so that it waits until whole words are too few.
    last = _TOKEN.findall(words)
    for query in dict.fromkeys((finished, typed) if last and len(last[-1]) > _PREFIX else (typed,)):
        if query and len(found) < limit:
            _newest(replica, query, limit, found)
    return list(found.values())


def _newest(replica: Replica, query: str, limit: int, found: dict[str, tuple[str, str, str]]) -> None:
    """Add the newest matches of an FTS5 query to ``found`` until there are ``limit`` tickets."""
    # several rows of one ticket may match; read on until enough different tickets are found
    cursor = replica.db.execute_sql(
        "SELECT d.ticket_id, d.kind, d.row FROM search_text t JOIN search_doc d ON d.id = t.rowid "
        "WHERE t.body MATCH ? ORDER BY t.rowid DESC LIMIT ?",
        (query, limit * 8),
    )
    for ticket_id, kind, row in cursor:
        if ticket_id and ticket_id not in found:
            found[ticket_id] = (ticket_id, kind, row)
            if len(found) >= limit:
                break


def find_alike(replica: Replica, words: Iterable[str], limit: int) -> list[tuple[str, int | None, str, str]]:
    """(id, number, subject, status) of the newest numbered tickets whose own text has one of these stems."""
    either = " OR ".join(f'"{word}"' for word in words)
    # only the entries of tickets have a number among their terms: "#"* leaves out letters and notes unread
    return replica.rows(
        "SELECT q.ticket_id, q.number, q.subject, q.status FROM search_text t "
        "CROSS JOIN search_doc d ON d.id = t.rowid CROSS JOIN queue_row q ON q.ticket_id = d.ticket_id "
        "WHERE t.body MATCH ? AND q.set_aside = '' ORDER BY t.rowid DESC LIMIT ?",
        (f'"#"* AND ({either})', limit),
    )


#: Before every term of an article: its words are terms of their own, so that no letter is read when articles are
#: looked for, and no article when letters are.
_ARTICLE = ":"


def put_article(writing: Writing, row: str, at: int, text: str) -> None:
    """Index an article; it belongs to no ticket."""
    put(writing, "article", row, "", at, "")
    doc = writing.execute("SELECT id FROM search_doc WHERE kind = 'article' AND row = ?", (row,)).fetchone()[0]
    body = " ".join(f"{_ARTICLE}{token}" for token in tokens(text))
    writing.execute("DELETE FROM search_text WHERE rowid = ?", (doc,))
    writing.execute("INSERT INTO search_text (rowid, body) VALUES (?, ?)", (doc, body))


def find_articles(replica: Replica, words: str, limit: int) -> list[str]:
    """Ids of the articles that have all the words, the last one perhaps unfinished; the newest first."""
    found = _TOKEN.findall(fold(words))
    terms = [f'"{_ARTICLE}{token if len(_PART.findall(token)) > 1 else _stem(token)}"' for token in found]
    if terms and not words[-1:].isspace():
        terms[-1] = f'({terms[-1]} OR "{_ARTICLE}{found[-1]}"*)'
    return _articles(replica, " AND ".join(terms), limit) if terms else []


def article_docs(replica: Replica, stem: str, limit: int) -> list[int]:
    """Entries of the index, at most ``limit``, of articles that have this stem; see ``articles_of``."""
    query = f'"{_ARTICLE}{stem}"'
    rows = replica.rows("SELECT rowid FROM search_text WHERE body MATCH ? ORDER BY rowid DESC LIMIT ?", (query, limit))
    return [row[0] for row in rows]


def articles_of(replica: Replica, docs: Iterable[int]) -> dict[int, str]:
    """Entry of the index -> id of its article."""
    ids = list(docs)
    marks = ",".join("?" * len(ids))
    return dict(replica.rows(f"SELECT id, row FROM search_doc WHERE id IN ({marks}) AND kind = 'article'", ids))


def _articles(replica: Replica, query: str, limit: int) -> list[str]:
    rows = replica.rows(
        "SELECT d.row FROM search_text t CROSS JOIN search_doc d ON d.id = t.rowid WHERE t.body MATCH ? "
        "ORDER BY t.rowid DESC LIMIT ?",
        (query, limit),
    )
    return [row[0] for row in rows]


def find_numbers(replica: Replica, digits: str, limit: int) -> list[str]:
    """Tickets whose number or alias contains ``digits``, the exact one first, then the newest."""
    if len(digits) > 18:  # no number is that long, and SQLite could not compare it
        return []
    exact = replica.rows(
        "SELECT id FROM ticket WHERE number = ?1 UNION SELECT ticket_id FROM number_alias WHERE number = ?1",
        (int(digits),),
    )
    parts = replica.rows(
        "SELECT d.ticket_id FROM search_text t JOIN search_doc d ON d.id = t.rowid "
        "WHERE t.body MATCH ? ORDER BY t.rowid DESC LIMIT ?",
        (f'"#{digits}"*', limit),
    )
    return list(dict.fromkeys(row[0] for row in exact + parts))[:limit]


def find_phones(replica: Replica, digits: str, limit: int) -> list[str]:
    """The newest tickets of contacts whose phone contains ``digits``."""
    rows = replica.rows(
        # CROSS: the few contacts first, then their tickets
        "SELECT t.id FROM contact c CROSS JOIN ticket t ON t.contact_id = c.id WHERE c.phone <> '' AND "
        "replace(replace(replace(replace(replace(c.phone, ' ', ''), '-', ''), '(', ''), ')', ''), '+', '') LIKE ? "
        "ORDER BY t.received_at DESC LIMIT ?",
        (f"%{digits}%", limit),
    )
    return [row[0] for row in rows]
