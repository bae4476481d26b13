"""What the queue's screen shows, in one reading: a tab's page, all counts, and what is left to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from deskapp.desk import queue, saved
from deskapp.desk.desk import Desk
from deskapp.desk.saved import Saved
from deskapp.desk.values import QueuePage
from deskapp.planning.ticks import MINUTE, to_ticks


@dataclass(frozen=True)
class QueueLook:
    """``left``: ticket id -> working minutes until its answer is due (negative: over) where one is owed."""

    page: QueuePage
    counts: Mapping[str, int]
    left: Mapping[str, int]
    now: datetime
    zone: tzinfo
    tightest: tuple[int | None, int] | None = None  # where nothing slips: the number and slack nearest to it
    kept: tuple[Saved, ...] = ()  # searches that are tabs


def at_queue(
    desk: Desk, tab: str, limit: int = 200, after: int = 0, words: str = "", owner: str = "", cause: str = ""
) -> QueueLook:
    """Rows ``after`` .. ``after + limit`` of a tab; see ``queue.page``."""
    with desk.reading():
        now = desk.clock.now()
        called = queue.calling(desk)
        page = queue.page(desk, tab, limit, after, words, owner, cause, called)
        worked, at = desk.schedule.desk_calendar.work_ticks, to_ticks(now)
        left = {
            item.ticket_id: round(worked(at, item.answer_due) / MINUTE)
            for item in page.items
            if item.answer_due is not None
        }
        tightest = _tightest(desk) if tab == "slipping" and not page.items else None
        return QueueLook(page, queue.counts(desk, called), left, now, desk.zone, tightest, saved.read(desk))


def _tightest(desk: Desk) -> tuple[int | None, int] | None:
    row = desk.replica.row(
        "SELECT number, slack FROM queue_row WHERE is_open = 1 AND promised_at IS NOT NULL AND slack IS NOT NULL "
        "ORDER BY slack LIMIT 1"
    )
    return (row[0], int(row[1])) if row else None
