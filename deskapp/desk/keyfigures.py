"""All figures that a desk is judged by, on one page: the period beside the one before.

What each counts, ``ui.reports.words.definition`` says in words. The tiles of the first page are among them and are
taken from there, so that no figure has two values.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def rows(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    """(figure, value, value of the period before, how many stand behind it, figure again for its definition)."""
    now, then = read(desk, period, narrow), read(desk, period.before(), narrow)
    for code, unit in UNITS.items():
        value, behind = now[code]
        if code.startswith(("rating", "nps")) and not behind and not then[code][1]:
            continue  # a question that nobody was asked
        yield code, Measure(unit, value), Measure(unit, then[code][0]), behind, code


def read(desk: Desk, period: Period, narrow: Narrow | None = None) -> dict[str, tuple[float | None, int]]:
    """Figure -> (its value, how many tickets, answers or specialists stand behind it)."""
    narrow = narrow or Narrow()
    page = figures.read(desk, period, narrow)
    found: dict[str, tuple[float | None, int]] = {"received": (page.received, page.received)}
    for tile in page.tiles:
        found[tile.code] = tile.value, tile.of
        if tile.code in ("rating", "nps"):
            found[f"{tile.code}_answered"] = (tile.of / tile.missed if tile.missed else None), tile.missed
    own, params = narrow.sql()
    solved = desk.replica.rows(
        "SELECT resolve_minutes, first_line, reopened > 0 FROM ticket_fact WHERE finished_day BETWEEN ? AND ? "
        f"AND refused = 0{own} ORDER BY resolve_minutes",
        [period.first.toordinal(), period.last.toordinal(), *params],
    )
    count = len(solved)
    found["resolved"] = count, count
    found["solution"] = (solved[(count - 1) // 2][0] if count else None), count
    found["first_line"] = (sum(row[1] for row in solved) / count if count else None), count
    found["reopened"] = (sum(row[2] for row in solved) / count if count else None), count
    found["load"] = load(desk, period, narrow)
    return found


def load(desk: Desk, period: Period, narrow: Narrow) -> tuple[float | None, int]:
    """(time worked on tickets as a share of the team's working time so far, how many specialists)."""
    low, high = span_of(desk, period)
    begin, end = from_ms(low), min(from_ms(high), desk.clock.now())
    people = [one.id for one in directory.people(desk).values() if one.active and narrow.owner_id in ("", one.id)]
    minutes = 0.0
    if end > begin:
        minutes = sum(desk.schedule.of(one).work_between(begin, end).total_seconds() / 60 for one in people)
    own = [narrow.customer_id] if narrow.customer_id else []
    spent = desk.replica.value(
        f"{timespent.GONE} SELECT coalesce(sum(e.minutes), 0) FROM time_entry e {timespent.COUNTED} "
        f"WHERE e.start_at >= ? AND e.start_at < ? AND e.author_id IN ({','.join('?' * len(people))})"
        + (" AND f.customer_id = ?" if own else ""),
        [low, high, *people, *own],
    )
    return (spent / minutes if minutes else None), len(people)
