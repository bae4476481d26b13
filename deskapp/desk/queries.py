"""What is typed into a search: words, and operators that narrow ("клиент:ромашка has:file после:01.11").

Operators are known in Russian and English; a value with spaces stands in quotation marks. A value that names nothing
finds nothing: a mistake must not widen a search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from deskapp.core.clock import to_ms
from deskapp.desk.desk import Desk
from deskapp.models.search import fold, swapped_layout

#: Operator -> its names, the first of each language being the one that is offered.
OPERATORS: Mapping[str, tuple[str, ...]] = {
    "customer": ("клиент", "customer", "заказчик", "client"),
    "cause": ("причина", "cause"),
    "from": ("от", "from", "заявитель"),
    "owner": ("владелец", "owner", "исполнитель", "specialist"),
    "status": ("статус", "status", "is"),
    "after": ("после", "after", "since", "с"),
    "before": ("до", "before", "until"),
    "has": ("есть", "has"),
    "urgency": ("срочность", "urgency"),
    "line": ("линия", "line"),
    "mentions": ("упоминания", "mentions"),
}
_KEYS = {name: key for key, names in OPERATORS.items() for name in names}
_OPERATOR = re.compile(r"(?<!\S)([^\W\d_]+):(\"[^\"]*\"?|«[^»]*»?|\S*)")

_OPEN = ("new", "promised", "in_progress", "waiting", "resolved")
#: Words for statuses, folded; the beginning of one is enough.
_STATUSES: Mapping[str, tuple[str, ...]] = {
    "новая": ("new",), "new": ("new",),
    "открыта": _OPEN, "open": _OPEN,
    "срок назван": ("promised",), "promised": ("promised",), "обещана": ("promised",),
    "в работе": ("in_progress",), "работа": ("in_progress",), "in progress": ("in_progress",), "work": ("in_progress",),
    "ждем": ("waiting",), "ожидание": ("waiting",), "waiting": ("waiting",),
    "решена": ("resolved",), "resolved": ("resolved",), "done": ("resolved", "closed"),
    "закрыта": ("closed",), "closed": ("closed",),
    "отказ": ("refused",), "refused": ("refused",),
    "объединена": ("merged",), "merged": ("merged",),
}  # fmt: skip
_URGENCIES: Mapping[str, int] = {
    "критическая": 1, "critical": 1, "высокая": 2, "high": 2, "обычная": 3, "normal": 3, "низкая": 4, "low": 4,
}  # fmt: skip
_ME = {"я", "me", "мои", "мне", "mine"}
_NOBODY = {"никто", "nobody", "нет", "none", "-"}


@dataclass(frozen=True)
class Filter:
    """An operator with its value; ``typed`` is how it stood in the text."""

    key: str
    value: str
    typed: str


@dataclass(frozen=True)
class Query:
    words: str
    filters: tuple[Filter, ...] = ()

    def without(self, one: Filter) -> str:
        """The text of the query with a filter taken off."""
        return " ".join([*(f.typed for f in self.filters if f is not one), self.words]).strip()


def parse(text: str) -> Query:
    """Operators and the words around them. An operator whose value is not typed yet narrows nothing."""
    found = []
    rest = text
    for match in _OPERATOR.finditer(text):
        name = fold(match[1])
        key = _KEYS.get(name) or _KEYS.get(swapped_layout(name))
        value = match[2].strip('"«» ')
        if key and not match[2].startswith("//"):
            rest = rest.replace(match[0], " ", 1)
            if value:
                found.append(Filter(key, value, match[0]))
    return Query(" ".join(rest.split()) + (" " if rest[-1:].isspace() and rest.strip() else ""), tuple(found))


def complete(text: str) -> str:
    """``text`` with the operator finished that its last word begins, as Tab does it; unchanged where none does."""
    head, _space, last = text.rpartition(" ")
    begun = fold(last)
    if not begun or ":" in begun:
        return text
    for spelled in (begun, swapped_layout(begun)):
        for name in _KEYS:
            if len(name) > 1 and name.startswith(spelled):
                return f"{head} {name}:".lstrip()
    return text


def where(desk: Desk, query: Query) -> tuple[str, list[Any]]:
    """The filters as conditions on ``queue_row`` (" AND ..." each) with their parameters."""
    clauses, params = [], []
    for one in query.filters:
        clause, values = _CLAUSES[one.key](desk, fold(one.value))
        clauses.append(f" AND {clause}")
        params += values
    return "".join(clauses), params


_Clause = tuple[str, list[Any]]
_NOTHING: _Clause = ("0", [])


def _among(column: str, ids: list[str]) -> _Clause:
    return (f"{column} IN ({','.join('?' * len(ids))})", list(ids)) if ids else _NOTHING


def _named(desk: Desk, sql: str, value: str) -> list[str]:
    """Ids of rows (id, texts...) one of whose texts contains the value, in either layout."""
    rows = desk.replica.rows(sql)
    for wanted in (value, fold(swapped_layout(value))):
        found = [row[0] for row in rows if any(wanted in fold(text or "") for text in row[1:])]
        if found:
            return found
    return []


def _customer(desk: Desk, value: str) -> _Clause:
    return _among("customer_id", _named(desk, "SELECT id, name, domain FROM customer", value)[:500])


def _cause(desk: Desk, value: str) -> _Clause:
    return _among("cause_id", _named(desk, "SELECT id, name, name_en FROM cause", value))


def _from(desk: Desk, value: str) -> _Clause:
    ids = _named(desk, "SELECT id, name, address FROM contact", value)[:500]
    inner, params = _among("t.contact_id", ids)
    return f"ticket_id IN (SELECT t.id FROM ticket t WHERE {inner})", params


def _owner(desk: Desk, value: str) -> _Clause:
    if value in _ME:
        return "owner_id = ?", [desk.me]
    if value in _NOBODY:
        return "owner_id = ''", []
    return _among("owner_id", _named(desk, "SELECT id, name, name_en FROM specialist", value))


def _status(_desk: Desk, value: str) -> _Clause:
    wanted = {
        status
        for word, statuses in _STATUSES.items()
        if any(part.startswith(value) for part in (fold(word), *fold(word).split()))
        for status in statuses
    }
    return _among("status", sorted(wanted))


def _after(desk: Desk, value: str) -> _Clause:
    day = day_of(desk, value)
    return ("received_at >= ?", [_start(desk, day)]) if day else _NOTHING


def _before(desk: Desk, value: str) -> _Clause:
    """Up to the end of that day."""
    day = day_of(desk, value)
    return ("received_at < ?", [_start(desk, day + timedelta(days=1))]) if day else _NOTHING


def _start(desk: Desk, day: date) -> int:
    return to_ms(datetime(day.year, day.month, day.day, tzinfo=desk.zone))


_AGO = {"сегодня": 0, "today": 0, "вчера": 1, "yesterday": 1, "позавчера": 2, "неделя": 7, "week": 7}


def day_of(desk: Desk, value: str) -> date | None:
    """A day as people type it: 2026-11-03, 03.11.2026, 3.11 (the latest one), вчера, week."""
    today = desk.clock.now().astimezone(desk.zone).date()
    if value in _AGO:
        return today - timedelta(days=_AGO[value])
    iso = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", value)
    dotted = re.fullmatch(r"(\d\d?)[./](\d\d?)(?:[./](\d{4}|\d\d))?\.?", value)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if dotted:
            year = int(dotted[3]) if dotted[3] else today.year
            found = date(year + (2000 if dotted[3] and year < 100 else 0), int(dotted[2]), int(dotted[1]))
            return found if dotted[3] or found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None
    return None


def _has(_desk: Desk, value: str) -> _Clause:
    if value in ("file", "files", "файл", "файлы", "вложение", "вложения", "attachment"):
        return "EXISTS (SELECT 1 FROM attachment a WHERE a.ticket_id = queue_row.ticket_id AND a.inline = 0)", []
    if value in ("promise", "срок", "обещание"):
        return "promised_at IS NOT NULL", []
    return _NOTHING


def _urgency(_desk: Desk, value: str) -> _Clause:
    if value in ("1", "2", "3", "4"):
        return "urgency = ?", [int(value)]
    wanted = sorted({level for word, level in _URGENCIES.items() if fold(word).startswith(value)})
    return (f"urgency IN ({','.join('?' * len(wanted))})", list(wanted)) if wanted else _NOTHING


def _line(_desk: Desk, value: str) -> _Clause:
    digit = value.lstrip("lл")
    return ("line = ?", [int(digit)]) if digit in ("1", "2", "3") else _NOTHING


def _mentions(desk: Desk, value: str) -> _Clause:
    people = [desk.me] if value in _ME else _named(desk, "SELECT id, name, name_en FROM specialist", value)
    inner, params = _among("m.specialist_id", people)
    return f"ticket_id IN (SELECT m.ticket_id FROM mention m WHERE {inner})", params


_CLAUSES = {
    "customer": _customer, "cause": _cause, "from": _from, "owner": _owner, "status": _status, "after": _after,
    "before": _before, "has": _has, "urgency": _urgency, "line": _line, "mentions": _mentions,
}  # fmt: skip
