"""A gesture that changes something: the urgency of a ticket set, from the call in the writer's lane to its Changes.

That is one transaction on the disk (synchronous = full): the ticket, the captured change, its row in the lists, the
forecasts that it moves, its entry in the search index.
Floor: the same transaction by hand: the ticket's column, one row of the log of changes, one column of the lists.
"""

from __future__ import annotations

from benchmarks.big_desk import TICKETS, copied, folder
from benchmarks.measure import Row, against, bare, in_turn
from deskapp.desk import triage


def run(tickets: int = TICKETS, rounds: int = 150) -> list[Row]:
    with copied(folder(tickets)) as desk:
        rows = bare(desk.replica)
        drawn = rows("SELECT ticket_id FROM queue_row WHERE is_open = 1 ORDER BY ticket_id LIMIT ?", (rounds,))
        cases = [(row[0], 1 + place % 4) for place, row in enumerate(drawn)]

        def floor(case: tuple[str, int]) -> None:
            ticket_id, urgency = case
            rows("BEGIN IMMEDIATE", ())
            rows("UPDATE capture_context SET active = 0 WHERE id = 1", ())
            rows("UPDATE ticket SET urgency = ? WHERE id = ?", (urgency % 4 + 1, ticket_id))
            rows("UPDATE queue_row SET urgency = ? WHERE ticket_id = ?", (urgency % 4 + 1, ticket_id))
            rows(
                "INSERT INTO change (tx, tbl, row, op, cols, author, made_at, sent) "
                "VALUES ('floor', 'ticket', ?, 'U', '{}', '', 0, 0)",
                (ticket_id,),
            )
            rows("COMMIT", ())

        triage.set_urgency(desk, [cases[0][0]], 2)
        times = in_turn(cases, floor, lambda case: triage.set_urgency(desk, [case[0]], case[1]))
    return [against("a gesture: urgency set, committed", *times, most=50)]
