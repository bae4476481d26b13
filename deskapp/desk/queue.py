"""The queues: saved filters with an order, read as pages of plain tuples from one indexed table."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import repeat
from typing import NamedTuple

from deskapp.core.clock import to_ms
from deskapp.desk import escalation, mentions, queries, reminders, saved, search
from deskapp.desk.desk import Desk
from deskapp.desk.values import QueueItem, QueuePage
from deskapp.models.database import Row

TABS = ("answer", "slipping", "mine", "waiting", "confirm", "all")

_LAST = QueueItem._fields.index("group")
_COLUMNS = ", ".join(QueueItem._fields[:_LAST])
_MORE = ", ".join(QueueItem._fields[_LAST + 1 :])
#: Each is counted in the partial index of its tab.
_COUNTED = {
    "answer": "in_answer = 1", "slipping": "in_slipping = 1", "waiting": "in_waiting = 1", "confirm": "in_confirm = 1",
    "all": "is_open = 1", "aside": "set_aside <> ''",
}  # fmt: skip
_COUNTS = "SELECT " + ", ".join(f"(SELECT count(*) FROM queue_row WHERE {one})" for one in _COUNTED.values())
#: Ticket -> (group, a few words); see ``calling``.
Called = dict[str, tuple[str, str]]
#: "Next in plan" shows what is planned for today, but at least this many.
NEXT_AT_LEAST = 3


def _day_end(desk: Desk) -> int:
    local = desk.clock.now().astimezone(desk.zone)
    midnight = datetime(local.year, local.month, local.day, tzinfo=local.tzinfo)
    return to_ms((midnight + timedelta(days=1)).replace(tzinfo=local.tzinfo))


def _day_start(desk: Desk) -> int:
    local = desk.clock.now().astimezone(desk.zone)
    return to_ms(datetime(local.year, local.month, local.day, tzinfo=local.tzinfo))


def counts(desk: Desk, called: Called | None = None) -> dict[str, int]:
    """How many tickets each tab holds, and ``aside``: letters that were no request. ``called``: see ``calling``."""
    replica = desk.replica
    found = dict(zip(_COUNTED, replica.row(_COUNTS) or (), strict=True))
    called = calling(desk) if called is None else called
    marks = ",".join("?" * len(called))
    today = following = 0
    mine = (
        replica.value(f"SELECT count(*) FROM queue_row WHERE ticket_id IN ({marks}) AND status <> 'merged'", [*called])
        if called
        else 0
    )
    for group, count, before in replica.rows(
        "SELECT in_mine, count(*), sum(planned_start < ?) FROM queue_row WHERE owner_id = ? AND in_mine <> '' "
        f"AND ticket_id NOT IN ({marks}) GROUP BY 1",
        (_day_end(desk), desk.me, *called),
    ):
        if group == "next":
            today, following = before or 0, count
        else:
            mine += count
    found["mine"] = mine + max(today, min(NEXT_AT_LEAST, following))
    return found


def page(
    desk: Desk,
    tab: str,
    limit: int = 200,
    after: int = 0,
    words: str = "",
    owner: str = "",
    cause: str = "",
    called: Called | None = None,
) -> QueuePage:
    """``limit`` rows of a tab from position ``after``, grouped and in its order; ``words`` search within the tab.

    ``words`` may hold operators (see ``queries``). The tab of a saved search is called ``saved:`` and its id.
    ``called``: see ``calling``; read where it is not given and wanted.
    """
    clauses: list[str] = []
    params: list[object] = []
    if owner:
        clauses.append("owner_id = ?")
        params.append(owner)
    if cause:
        clauses.append("cause_id = ?")
        params.append(cause)
    among = tab
    if tab.startswith(saved.PREFIX):
        words, among = f"{saved.words_of(desk, tab)} {words}", "all"
    query = queries.parse(words)
    if query.words.strip():
        ids = search.tickets(desk, query.words, 500)
        clauses.append(f"ticket_id IN ({','.join('?' * len(ids))})")
        params.extend(ids)
    filters, values = queries.where(desk, query)
    narrowed = "".join(f" AND {clause}" for clause in clauses) + filters
    params += values
    if tab in ("answer", "mine"):
        if tab == "answer":
            items, groups = _answer(desk, narrowed, params)
        else:
            items, groups = _mine(desk, calling(desk) if called is None else called, narrowed, params)
        return QueuePage(tab, tuple(items[after : after + limit]), groups, len(items) > after + limit)
    # a filter over everything finds closed tickets too: what was asked for by name should be found
    where, order = {
        "slipping": ("in_slipping = 1", "slack"),
        "waiting": ("in_waiting = 1", "waiting_since"),
        "confirm": ("in_confirm = 1", "waiting_since"),
        "all": ("1" if words.strip() else "is_open = 1", "touched_at DESC"),
        "aside": ("set_aside <> ''", "touched_at DESC"),
    }[among]
    rows = desk.replica.rows(
        f"SELECT {_COLUMNS}, '', {_MORE} FROM queue_row WHERE {where}{narrowed} ORDER BY {order}, ticket_id LIMIT ? "
        "OFFSET ?",
        [*params, limit + 1, after],
    )
    return QueuePage(tab, tuple(_items(rows[:limit])), (), len(rows) > limit)


def _items(rows: list[Row]) -> list[QueueItem]:
    """The rows of statements that read as many columns as an item has: not counted once more for each of them."""
    return list(map(tuple.__new__, repeat(QueueItem), rows))


_Grouped = tuple[list[QueueItem], tuple[tuple[str, int, int], ...]]


def _grouped(items: list[QueueItem], order: tuple[str, ...]) -> _Grouped:
    items.sort(key=lambda item: order.index(item.group))
    groups = []
    for code in order:
        within = [item for item in items if item.group == code]
        if not within:
            continue
        if code == "answered":  # the mean time that the answers took
            figure = sum(item.answer_minutes or 0 for item in within) // len(within)
        else:
            figure = sum(item.remaining or 0 for item in within)
        groups.append((code, len(within), figure))
    return items, tuple(groups)


def _answer(desk: Desk, narrowed: str, params: list[object]) -> _Grouped:
    """Unanswered by what is left of their two hours, then what was answered today."""
    now = desk.clock.now()
    calendar = desk.schedule.desk_calendar
    hour = to_ms(calendar.add_work(now, 60))
    rows = desk.replica.rows(
        f"SELECT {_COLUMNS}, CASE WHEN answer_due < ? THEN 'overdue' WHEN answer_due <= ? THEN 'hour' ELSE "
        "'two_hours' END, "
        f"{_MORE} FROM queue_row WHERE in_answer = 1{narrowed} ORDER BY answer_due",
        [to_ms(now), hour, *params],
    )
    rows += desk.replica.rows(
        f"SELECT {_COLUMNS}, 'answered', {_MORE} FROM queue_row WHERE answered_at >= ? AND set_aside = '' "
        f"AND status <> 'merged'{narrowed} ORDER BY answered_at DESC",
        [_day_start(desk), *params],
    )
    return _grouped(_items(rows), ("overdue", "hour", "two_hours", "answered"))


def calling(desk: Desk) -> Called:
    """Tickets that ask for me whoever has them -> (group, a few words): handed to me, due reminders, mentions."""
    found: Called = dict.fromkeys(escalation.for_me(desk), ("given", ""))
    for ticket_id, text in reminders.due(desk):
        found.setdefault(ticket_id, ("reminder", text))
    for ticket_id in mentions.unseen(desk):
        found.setdefault(ticket_id, ("mention", ""))
    return found


def _called(desk: Desk, called: Called, narrowed: str, params: list[object]) -> list[QueueItem]:
    if not called:
        return []
    rows = desk.replica.rows(
        f"SELECT {_COLUMNS}, '', {_MORE} FROM queue_row WHERE ticket_id IN ({','.join('?' * len(called))}) "
        f"AND status <> 'merged'{narrowed}",
        [*called, *params],
    )
    items = {item.ticket_id: item for item in _items(rows)}
    return [
        items[ticket_id]._replace(group=group, why=group, hint=hint)
        for ticket_id, (group, hint) in called.items()
        if ticket_id in items
    ]


def _mine(desk: Desk, called: Called, narrowed: str, params: list[object]) -> _Grouped:
    rows = desk.replica.rows(
        f"SELECT {_COLUMNS}, in_mine, {_MORE} FROM queue_row WHERE owner_id = ? AND in_mine <> ''{narrowed} "
        "ORDER BY CASE WHEN in_mine = 'silent' THEN waiting_since END, "
        "coalesce(CASE WHEN in_mine = 'needs' THEN slack END, planned_start, touched_at)",
        [desk.me, *params],
    )
    day_end = _day_end(desk)
    items = _called(desk, called, narrowed, params)
    following = 0
    for item in _items(rows):
        if item.ticket_id in called:
            continue
        if item.group == "next":
            if following >= NEXT_AT_LEAST and (item.planned_start or 0) >= day_end:
                continue
            following += 1
        items.append(item)
    return _grouped(items, ("now", "given", "reminder", "mention", "needs", "next", "silent"))


class Calls(NamedTuple):
    """A ticket that asks for whoever works here. ``group``: given, reminder, mention."""

    ticket_id: str
    number: int | None
    subject: str
    group: str
    hint: str


def calls(desk: Desk) -> tuple[Calls, ...]:
    """The same as ``calling``, told: for a notification."""
    called = calling(desk)
    marks = ",".join("?" * len(called))
    rows = desk.replica.rows(
        f"SELECT ticket_id, number, subject FROM queue_row WHERE ticket_id IN ({marks})", [*called]
    )
    return tuple(Calls(ticket_id, number, subject, *called[ticket_id]) for ticket_id, number, subject in rows)
