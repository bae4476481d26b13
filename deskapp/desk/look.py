"""What the queue's screen shows, in one reading: a tab's page, all counts, what is left of the answer clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from deskapp.core.clock import from_ms
from deskapp.desk import queue
from deskapp.desk.desk import Desk
from deskapp.desk.values import QueuePage


@dataclass(frozen=True)
class QueueLook:
    """``left``: ticket id -> working minutes until its answer is due (negative: over), of those still owed one."""

    page: QueuePage
    counts: Mapping[str, int]
    left: Mapping[str, int]
    now: datetime
    zone: tzinfo


def at_queue(
    desk: Desk, tab: str, limit: int = 200, after: int = 0, words: str = "", owner: str = "", cause: str = ""
) -> QueueLook:
    """Rows ``after`` .. ``after + limit`` of a tab; see ``queue.page``."""
    now = desk.clock.now()
    page = queue.page(desk, tab, limit, after, words, owner, cause)
    calendar = desk.schedule.desk_calendar
    left = {}
    for item in page.items:
        if item.answer_due is None:
            continue
        due = from_ms(item.answer_due)
        span = calendar.work_between(now, due) if due >= now else -calendar.work_between(due, now)
        left[item.ticket_id] = round(span.total_seconds() / 60)
    return QueueLook(page, queue.counts(desk), left, now, desk.zone)
