"""Minutes worked on a ticket. What was spent on one that was merged belongs to the ticket it went into: there it is
shown and counted, once; taken apart again, each has its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

Execute = Callable[..., Any]

#: SQL of the minutes of the ticket that ``{0}`` names, None without any entry. CROSS: the parts first, else everybody's
#: entries are read to find them where ``{0}`` is a parameter.
MINUTES = (
    "(WITH RECURSIVE part (id) AS (SELECT {0} UNION SELECT m.id FROM part JOIN ticket m ON m.merged_into = part.id "
    "AND m.merged_into <> '') SELECT sum(w.minutes) FROM part CROSS JOIN time_entry w ON w.ticket_id = part.id)"
)
#: SQL of a table ``gone (id, home)``, to be joined to time entries: whose minutes count for another ticket.
GONE = (
    "WITH RECURSIVE gone (id, home) AS (SELECT id, merged_into FROM ticket WHERE merged_into <> '' UNION "
    "SELECT g.id, m.merged_into FROM gone g JOIN ticket m ON m.id = g.home AND m.merged_into <> '')"
)
#: SQL that joins a time entry ``e``, under ``GONE``, to the facts of the ticket that it counts for.
COUNTED = "LEFT JOIN gone g ON g.id = e.ticket_id JOIN ticket_fact f ON f.ticket_id = coalesce(g.home, e.ticket_id)"


_MINUTES_OF_ONE = f"SELECT {MINUTES.format('?')}"


def each_of(tickets: str) -> str:
    """SQL of the minutes of each ticket that a statement names, those without any left out."""
    return (
        f"WITH RECURSIVE part (id, home) AS (SELECT id, id FROM ({tickets}) UNION SELECT m.id, part.home FROM part "
        "CROSS JOIN ticket m ON m.merged_into = part.id AND m.merged_into <> '') SELECT sum(w.minutes) AS worked "
        "FROM part CROSS JOIN time_entry w ON w.ticket_id = part.id GROUP BY part.home HAVING worked > 0"
    )


def minutes(execute: Execute, ticket_id: str) -> int:
    """Minutes recorded on a ticket and on all that were merged into it."""
    return int(execute(_MINUTES_OF_ONE, (ticket_id,)).fetchone()[0] or 0)


_PARTS = (
    "WITH RECURSIVE part (id, home) AS (SELECT value, value FROM json_each(?) UNION "
    "SELECT m.id, part.home FROM part JOIN ticket m ON m.merged_into = part.id AND m.merged_into <> '') "
)


def parts(execute: Execute, tickets: Iterable[str]) -> dict[str, str]:
    """{ticket: the one of ``tickets`` that it is a part of}: themselves, and what was merged into them."""
    return dict(execute(f"{_PARTS} SELECT id, home FROM part", (json.dumps(sorted(tickets)),)).fetchall())


def by_ticket(execute: Execute, tickets: Iterable[str]) -> dict[str, int]:
    """Minutes recorded on each of ``tickets`` and on what was merged into it; those without any are left out."""
    sql = (
        f"{_PARTS} SELECT part.home, sum(w.minutes) FROM part CROSS JOIN time_entry w ON w.ticket_id = part.id "
        "GROUP BY 1"
    )
    return dict(execute(sql, (json.dumps(sorted(tickets)),)).fetchall())


def homes(execute: Execute, tickets: Iterable[str]) -> set[str]:
    """The tickets that ``tickets`` were merged into, however often."""
    rows = execute(
        "WITH RECURSIVE home (id) AS (SELECT m.merged_into FROM json_each(?) j JOIN ticket m ON m.id = j.value "
        "AND m.merged_into <> '' UNION SELECT m.merged_into FROM home JOIN ticket m ON m.id = home.id "
        "AND m.merged_into <> '') SELECT id FROM home",
        (json.dumps(sorted(tickets)),),
    ).fetchall()
    return {row[0] for row in rows}
