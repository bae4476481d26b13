"""All figures that a desk is judged by, on one page: the period beside the one before.

What each counts, ``ui.reports.words.definition`` says in words. The tiles of the first page are among them and are
taken from there, so that no figure has two values.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from deskapp.core.clock import from_ms
from deskapp.desk import directory, figures, timespent
from deskapp.desk.desk import Desk
from deskapp.desk.figures import Narrow, Period, span_of

#: Figure -> its unit: share (0..1), minutes (working time), marks (1 to 5), points (-100 to 100), count.
UNITS = {
    "received": "count", "resolved": "count", "answer": "minutes", "within": "share", "solution": "minutes",
    "first_line": "share", "reopened": "share", "kept": "share", "told": "share", "load": "share", "rating": "marks",
    "rating_answered": "share", "nps": "points", "nps_answered": "share",
}  # fmt: skip


class Measure(NamedTuple):
    """A value in its unit; None with too little to say."""

    unit: str
    value: float | None


class Told(NamedTuple):
    """A figure of a period and of the one before; ``behind``: how many tickets, answers or specialists it counts."""

    value: float | None
    before: float | None
    behind: int


def rows(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    """(figure, value, value of the period before, how many stand behind it, figure again for its definition)."""
    found = read(desk, period, narrow)
    for code, unit in UNITS.items():
        one = found[code]
        if code.startswith(("rating", "nps")) and not one.behind and one.before is None:
            continue  # a question that nobody was asked
        yield code, Measure(unit, one.value), Measure(unit, one.before), one.behind, code


def read(desk: Desk, period: Period, narrow: Narrow | None = None) -> dict[str, Told]:
    """All figures by their codes."""
    narrow = narrow or Narrow()
    found: dict[str, Told] = {}
    for tile in figures.tiles(desk, period, narrow):
        found[tile.code] = Told(tile.value, tile.before, tile.of)
        if tile.code in ("rating", "nps"):
            share = tile.of / tile.missed if tile.missed else None
            found[f"{tile.code}_answered"] = Told(share, tile.asked_before, tile.missed)
    now, then = (_counts(desk, one, narrow) for one in (period, period.before()))
    found |= {code: Told(value, then[code][0], behind) for code, (value, behind) in now.items()}
    return found


def _counts(desk: Desk, period: Period, narrow: Narrow) -> dict[str, tuple[float | None, int]]:
    """Figure -> (its value, how many stand behind it), of those that are no tile."""
    own, params = narrow.sql()
    span = [period.first.toordinal(), period.last.toordinal(), *params]
    came = int(desk.replica.value(f"SELECT count(*) FROM ticket_fact WHERE received_day BETWEEN ? AND ?{own}", span))
    solved = desk.replica.rows(
        "SELECT resolve_minutes, count(*), sum(first_line), sum(reopened > 0) FROM ticket_fact "
        f"WHERE finished_day BETWEEN ? AND ? AND refused = 0{own} GROUP BY 1",
        span,
    )
    took = Counter({minutes: count for minutes, count, _first, _again in solved})
    total = took.total()
    return {
        "received": (came, came),
        "resolved": (total, total),
        "solution": (figures.median(took), total),
        "first_line": (sum(row[2] for row in solved) / total if total else None, total),
        "reopened": (sum(row[3] for row in solved) / total if total else None, total),
        "load": load(desk, period, narrow),
    }


def load(desk: Desk, period: Period, narrow: Narrow) -> tuple[float | None, int]:
    """(time worked on tickets as a share of the team's working time so far, how many specialists)."""
    low, high = span_of(desk, period)
    begin, end = from_ms(low), min(from_ms(high), desk.clock.now())
    people = [one.id for one in directory.people(desk).values() if one.active and narrow.owner_id in ("", one.id)]
    minutes = 0.0
    if end > begin:
        minutes = sum(desk.schedule.of(one).work_between(begin, end).total_seconds() / 60 for one in people)
    spent = _spent(desk, people, low, high, narrow.customer_id)
    return (spent / minutes if minutes else None), len(people)


def _spent(desk: Desk, people: Sequence[str], low: int, high: int, customer_id: str) -> int:
    """Minutes that these people recorded on requests."""
    mine = f"e.start_at >= ? AND e.start_at < ? AND e.author_id IN ({','.join('?' * len(people))})"
    if customer_id:
        return int(
            desk.replica.value(
                f"{timespent.GONE} SELECT coalesce(sum(e.minutes), 0) FROM time_entry e {timespent.COUNTED} "
                f"WHERE {mine} AND f.customer_id = ?",
                [low, high, *people, customer_id],
            )
        )
    # all of it less the little that was recorded on what is no request: no entry is asked for its ticket
    total = desk.replica.value(
        f"SELECT coalesce(sum(e.minutes), 0) FROM time_entry e WHERE {mine}", [low, high, *people]
    )
    aside = [row[0] for row in desk.replica.rows("SELECT ticket_id FROM queue_row WHERE set_aside <> ''")]
    wasted = desk.replica.value(
        "SELECT coalesce(sum(e.minutes), 0) FROM json_each(?) j JOIN time_entry e ON e.ticket_id = j.value "
        f"WHERE {mine}",
        [json.dumps(list(timespent.parts(desk.replica.db.execute_sql, aside))), low, high, *people],
    )
    return int(total) - int(wasted)
