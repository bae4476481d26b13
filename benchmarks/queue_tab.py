"""Switching to a tab of the queue: all that its screen shows, read in the reader's lane.

Floor: the same facts by plain SQL on the same connection, in one transaction, nothing made of them: the first rows of
the tab in its order with all columns that a row shows (of "to answer" those answered today as well, of "slipping" with
nothing in it the one that is nearest to it), how many tickets each tab holds, how many of mine are planned for today,
what was handed over and not answered, reminders that are due, mentions that nobody looked at, and saved searches. Every
one of them is a statement of its own, whose index is there; none is there to make a list out of another's rows. What
the floor leaves out: whether people's hours have changed, and the working minutes left of each answer, which no SQL
tells. Every tab is read again and again in turn.
"""

from __future__ import annotations

from datetime import timedelta

from benchmarks.big_desk import NOW, TICKETS, folder, opened
from benchmarks.measure import Row, against, bare, in_turn, used
from deskapp.core.clock import to_ms
from deskapp.desk import look, queue
from deskapp.desk.values import QueueItem

_ORDERS = {
    "answer": ("in_answer = 1", "answer_due"),
    "slipping": ("in_slipping = 1", "slack, ticket_id"),
    "mine": ("owner_id = ?1 AND in_mine <> ''", "in_mine, planned_start"),
    "waiting": ("in_waiting = 1", "waiting_since, ticket_id"),
    "confirm": ("in_confirm = 1", "waiting_since, ticket_id"),
    "all": ("is_open = 1", "touched_at DESC, ticket_id"),
}
_COLUMNS = ", ".join(name for name in QueueItem._fields if name != "group")
#: What only one tab shows beside its rows. ?1: me, ?2: the day's beginning.
_MORE = {
    "answer": f"SELECT {_COLUMNS} FROM queue_row WHERE answered_at >= ?2 AND set_aside = '' AND status <> 'merged' "
    "ORDER BY answered_at DESC",
    "slipping": "SELECT number, slack FROM queue_row WHERE is_open = 1 AND promised_at IS NOT NULL "
    "AND slack IS NOT NULL ORDER BY slack LIMIT 1",
}
#: What the tabs say whichever of them is open. ?1: me, ?2: now, ?3: a month ago, ?4: the day's end.
_AROUND = (
    queue._COUNTS,
    "SELECT in_mine, count(*), sum(planned_start < ?4) FROM queue_row WHERE owner_id = ?1 AND in_mine <> '' GROUP BY 1",
    "SELECT ticket_id, from_id, to_id, to_line FROM escalation WHERE state = 'given' ORDER BY made_at",
    "SELECT ticket_id, text FROM reminder WHERE specialist_id = ?1 AND done_at IS NULL AND at <= ?2 ORDER BY at",
    "SELECT m.ticket_id, max(m.made_at) FROM mention m WHERE m.specialist_id = ?1 AND m.author_id <> m.specialist_id "
    "AND m.made_at > ?3 AND m.made_at > coalesce((SELECT read_at FROM read_mark r WHERE r.ticket_id = m.ticket_id), 0) "
    "GROUP BY 1 ORDER BY 2 DESC",
    "SELECT id, name, words, owner_id FROM saved_search WHERE active = 1 AND owner_id IN ('', ?1) "
    "ORDER BY position, id",
)


def run(tickets: int = TICKETS, rounds: int = 40) -> list[Row]:
    with opened(folder(tickets)) as desk:
        rows = bare(desk.replica)
        midnight = NOW.replace(hour=0, minute=0)
        here = (desk.me, to_ms(NOW), to_ms(NOW - timedelta(days=30)), to_ms(midnight + timedelta(days=1)))
        around = [(sql, used(sql, here)) for sql in _AROUND]
        statements = {}
        for tab, (where, order) in _ORDERS.items():
            sql = f"SELECT {_COLUMNS} FROM queue_row WHERE {where} ORDER BY {order} LIMIT 201"
            statements[tab] = [(sql, used(sql, here)), *around]
        empty = not desk.replica.value("SELECT 1 FROM queue_row WHERE in_slipping = 1 LIMIT 1")
        for tab, sql in _MORE.items():
            if tab != "slipping" or empty:
                statements[tab].append((sql, used(sql, (desk.me, to_ms(midnight)))))

        def floor(tab: str) -> None:
            rows("BEGIN")
            for sql, params in statements[tab]:
                rows(sql, params)
            rows("COMMIT")

        for tab in _ORDERS:
            floor(tab)
            look.at_queue(desk, tab)
        found = in_turn(list(_ORDERS) * rounds, floor, lambda tab: look.at_queue(desk, tab))
    return [against("queue tab, first page and counts", *found, most=16, ratio=1.5)]
