"""The margin of a promise, learnt from what the desk has finished: spent effort against the estimate.

Until a cause has enough finished tickets the desk's own rule is the least; from then on the experience stands alone, be
it more or less than the rule (``planning.margin``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import timespent
from deskapp.desk.crew import Execute
from deskapp.desk.values import MarginBase
from deskapp.planning.margin import ANYTHING, DELAYS, ENOUGH, Finished, margin_for_promise
from deskapp.planning.values import Rules

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

_YEAR = 366 * 24 * 3_600_000
#: Newest tickets that are looked at: of the cause asked about, of each other cause.
_SAMPLE, _ELSEWHERE = 200, 40


def finished(desk: Desk, execute: Execute, cause_id: str) -> list[Finished]:
    """Finished tickets of the last year that have an estimate and time spent, in order of finishing.

    The estimate is that of the first promise: what was learnt later could not help the date that was told.
    """
    now = desk.clock.now()
    rows = []
    for (cause,) in execute("SELECT id FROM cause UNION SELECT ''").fetchall():
        rows += execute(
            "SELECT t.finished_at, t.cause_id, t.owner_id, coalesce(p.effort, t.effort), "
            f"{timespent.MINUTES.format('t.id')}, p.finish_at "
            "FROM (SELECT id, finished_at, cause_id, owner_id, effort FROM ticket WHERE cause_id = ? "
            "AND finished_at > ? AND merged_into = '' ORDER BY finished_at DESC LIMIT ?) t "
            "LEFT JOIN promise p ON p.ticket_id = t.id AND p.ordinal = 1 GROUP BY t.id",
            (cause, to_ms(now) - _YEAR, _SAMPLE if cause == cause_id else _ELSEWHERE),
        ).fetchall()
    rows = sorted((row for row in rows if (row[3] or 0) > 0 and (row[4] or 0) > 0), key=lambda row: row[0])
    fresh = len(rows) - DELAYS
    found = []
    for place, (at, cause, owner, estimate, spent, planned) in enumerate(rows):
        delay = None
        if planned and place >= fresh:
            late = desk.schedule.of(owner).signed_work(from_ms(planned), from_ms(at)) // timedelta(minutes=1)
            delay = late - (spent - estimate)
        found.append(Finished(cause, owner, estimate, spent, delay))
    return found


def margins(
    desk: Desk, execute: Execute, cause_id: str, efforts: Mapping[str, int]
) -> tuple[MarginBase, Mapping[str, int]]:
    """What the margin rests on, and each person's margin for their ``efforts`` (person -> minutes) on this cause."""
    least = desk.schedule.rules.margin
    known = finished(desk, execute, cause_id)
    found: dict[str, int] = {}
    base = MarginBase("rule")
    for person, minutes in efforts.items():
        learnt = margin_for_promise(known, cause_id, person, minutes, least)
        found[person] = learnt.minutes
        own = learnt.n if cause_id else 0
        code = "rule" if len(known) < ANYTHING else "learnt" if own >= ENOUGH else "few"
        base = MarginBase(code, own, learnt.drift)
    return base, found


def least(rules: Rules) -> int:
    """One margin to show where no slot has its own."""
    return min(rules.margins.values(), default=rules.margin)
