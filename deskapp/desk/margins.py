"""The margin of a promise, learnt from what the desk has finished: spent effort against the estimate.

Until a cause has ``ENOUGH`` finished tickets the desk's own rule is the least: nine in ten cannot be read from fewer
than about twenty. From then on the experience stands alone, be it more or less than the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from deskapp.core.clock import to_ms
from deskapp.desk.crew import Execute
from deskapp.desk.values import MarginBase
from deskapp.planning.margin import Finished, learnt_margin, spread_of
from deskapp.planning.values import Rules

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

#: Finished tickets of a cause from which its experience stands alone.
ENOUGH = 20
#: Finished tickets of the whole desk below which there is no experience at all, only the rule.
ANYTHING = 10
_YEAR = 366 * 24 * 3_600_000
#: Newest tickets that are looked at: of the cause asked about, of each other cause.
_SAMPLE, _ELSEWHERE = 200, 40


def finished(execute: Execute, cause_id: str, now: datetime) -> list[Finished]:
    """Finished tickets of the last year that have an estimate and time spent, in order of finishing.

    The estimate is that of the first promise: what was learnt later could not help the date that was told.
    """
    rows = []
    for (cause,) in execute("SELECT id FROM cause UNION SELECT ''").fetchall():
        rows += execute(
            "SELECT t.finished_at, t.cause_id, t.owner_id, coalesce((SELECT p.effort FROM promise p "
            "WHERE p.ticket_id = t.id AND p.effort > 0 ORDER BY p.ordinal LIMIT 1), t.effort), sum(e.minutes) "
            "FROM (SELECT id, finished_at, cause_id, owner_id, effort FROM ticket WHERE cause_id = ? "
            "AND finished_at > ? ORDER BY finished_at DESC LIMIT ?) t "
            "JOIN time_entry e ON e.ticket_id = t.id GROUP BY t.id",
            (cause, to_ms(now) - _YEAR, _SAMPLE if cause == cause_id else _ELSEWHERE),
        ).fetchall()
    return [
        Finished(cause, owner, estimate, spent)
        for _at, cause, owner, estimate, spent in sorted(rows, key=lambda row: row[0])
        if (estimate or 0) > 0 and (spent or 0) > 0
    ]


def margins(
    desk: Desk, execute: Execute, cause_id: str, efforts: Mapping[str, int]
) -> tuple[MarginBase, Mapping[str, int]]:
    """What the margin rests on, and each person's margin for their ``efforts`` (person -> minutes) on this cause."""
    least = desk.schedule.rules.margin
    known = finished(execute, cause_id, desk.clock.now())
    own = sum(one.cause_id == cause_id for one in known) if cause_id else 0
    if len(known) < ANYTHING:
        return MarginBase("rule", own), dict.fromkeys(efforts, least)
    found: dict[str, int] = {}
    drift = 0.0
    for person, minutes in efforts.items():
        learnt = learnt_margin(known, cause_id, person, minutes, spread=spread_of(least, minutes))
        found[person] = learnt.minutes if own >= ENOUGH else max(least, learnt.minutes)
        drift = learnt.drift
    return MarginBase("learnt" if own >= ENOUGH else "few", own, drift), found


def least(rules: Rules) -> int:
    """One margin to show where no slot has its own."""
    return min(rules.margins.values(), default=rules.margin)
