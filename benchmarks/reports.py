"""Reports over the whole desk: the page of figures for ten weeks and for a year, and three tables, as read on screen.

Floor: the plainest statements that hold the same figures, in one pass each over the local facts of the period: how
many promises were kept, how long the answers took (sorted for their median), tickets by cause and by specialist, for
the period and the one before.
"""

from __future__ import annotations

from benchmarks.big_desk import TICKETS, folder, opened
from benchmarks.measure import Row, against, bare, in_turn
from deskapp.desk import figures, reports
from deskapp.desk.figures import Period

_STATEMENTS = (
    "SELECT kept, told_before, count(*) FROM ticket_fact WHERE due_day BETWEEN ? AND ? GROUP BY 1, 2",
    "SELECT answer_minutes FROM ticket_fact WHERE answered_day BETWEEN ? AND ? ORDER BY 1",
    "SELECT cause_id, count(*) FROM ticket_fact WHERE received_day BETWEEN ? AND ? GROUP BY 1",
    "SELECT owner_id, count(*), sum(effort), sum(spent) FROM ticket_fact WHERE finished_day BETWEEN ? AND ? GROUP BY 1",
)


def run(tickets: int = TICKETS, rounds: int = 10) -> list[Row]:
    found = []
    with opened(folder(tickets)) as desk:
        rows = bare(desk.replica)

        def floor(period: Period) -> None:
            for one in (period, period.before()):
                for statement in _STATEMENTS:
                    rows(statement, (one.first.toordinal(), one.last.toordinal()))

        for kind in ("ten_weeks", "year"):
            period = figures.standing(desk, kind)
            figures.read(desk, period)
            times = in_turn([period] * rounds, floor, lambda one: figures.read(desk, one))
            words = "ten weeks" if kind == "ten_weeks" else "a year"
            found.append(against(f"figures of {words}, {tickets:,} tickets", *times, most=300))
        period = figures.standing(desk, "year")
        for code in ("key_figures", "customers", "people_time"):
            times = in_turn([period] * rounds, floor, lambda one, code=code: reports.read(desk, code, one))
            found.append(against(f"report of a year: {code}", *times, most=300))
    return found
