"""Switching to a tab of the queue: its first page with all counts, as the screen reads it in the reader's lane.

Floor: the two statements that no list could do without, on the same connection: the first rows of the tab in its order,
all columns that a row shows, and how many tickets each tab holds. Every tab is read again and again in turn.
"""

from __future__ import annotations

from benchmarks.big_desk import TICKETS, folder, opened
from benchmarks.measure import Row, against, bare, in_turn
from deskapp.desk import look, queue
from deskapp.desk.values import QueueItem

_ORDERS = {
    "answer": ("in_answer = 1", "answer_due"),
    "slipping": ("in_slipping = 1", "slack, ticket_id"),
    "mine": ("owner_id = ? AND in_mine <> ''", "in_mine, planned_start"),
    "waiting": ("in_waiting = 1", "waiting_since, ticket_id"),
    "confirm": ("in_confirm = 1", "waiting_since, ticket_id"),
    "all": ("is_open = 1", "touched_at DESC, ticket_id"),
}
_COLUMNS = ", ".join(name for name in QueueItem._fields if name != "group")


def run(tickets: int = TICKETS, rounds: int = 40) -> list[Row]:
    with opened(folder(tickets)) as desk:
        rows = bare(desk.replica)

        def floor(tab: str) -> None:
            where, order = _ORDERS[tab]
            params = [desk.me] if "?" in where else []
            rows(f"SELECT {_COLUMNS} FROM queue_row WHERE {where} ORDER BY {order} LIMIT 201", params)
            rows(queue._COUNTS, ())

        for tab in _ORDERS:
            look.at_queue(desk, tab)
        found = in_turn(list(_ORDERS) * rounds, floor, lambda tab: look.at_queue(desk, tab))
    return [against("queue tab, first page and counts", *found, most=16, ratio=1.5)]
