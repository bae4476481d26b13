"""Opening a ticket: everything that its screen shows, read in the reader's lane.

Floor: the same facts as plain SQL on the same connection, one statement each, nothing made of them: the ticket, its
letters, notes, events, escalations and files, requester, customer, contract, followers, numbers, drafts, the people,
what is booked with its specialist from now on and that day, and what was spent on its cause. What looks like it is a
reading of its own (``similar``). Tickets are drawn at random, open ones and closed ones apart; each is opened once.
"""

from __future__ import annotations

import random
from typing import Any

from benchmarks.big_desk import NOW, TICKETS, folder, opened
from benchmarks.measure import Row, against, bare, in_turn
from deskapp.core.clock import to_ms
from deskapp.desk import ticket

_DAY = 24 * 3_600_000
#: Each with the ticket's id as ?1, its owner as ?2, its contact as ?3, its customer as ?4, its cause as ?5, now as ?6.
_STATEMENTS = (
    "SELECT * FROM ticket WHERE id = ?1",
    "SELECT m.*, o.state, o.error FROM message m LEFT JOIN outgoing o ON o.id = m.id WHERE m.ticket_id = ?1 "
    "ORDER BY m.received_at DESC LIMIT 41",
    "SELECT * FROM note WHERE ticket_id = ?1 ORDER BY made_at DESC LIMIT 41",
    "SELECT * FROM event WHERE ticket_id = ?1",
    "SELECT * FROM escalation WHERE ticket_id = ?1",
    "SELECT * FROM attachment WHERE ticket_id = ?1",
    "SELECT * FROM contact WHERE id = ?3",
    "SELECT * FROM customer WHERE id = ?4",
    "SELECT * FROM contract WHERE customer_id = ?4",
    "SELECT * FROM follower WHERE ticket_id = ?1",
    "SELECT number FROM number_alias WHERE ticket_id = ?1",
    "SELECT * FROM draft WHERE ticket_id = ?1",
    "SELECT * FROM held_letter WHERE ticket_id = ?1",
    "SELECT * FROM specialist",
    "SELECT b.*, t.promised_at, t.effort FROM booking b JOIN ticket t ON t.id = b.ticket_id "
    "WHERE b.specialist_id = ?2 AND b.state <> 'done'",
    "SELECT b.*, q.number, q.subject, q.customer, q.slack FROM booking b JOIN queue_row q ON q.ticket_id = b.ticket_id "
    f"WHERE b.specialist_id = ?2 AND b.end_at BETWEEN ?6 - {_DAY} AND ?6 + {_DAY}",
    "SELECT sum(e.minutes) FROM (SELECT id FROM ticket WHERE cause_id = ?5 ORDER BY finished_at DESC LIMIT 50) t "
    "JOIN time_entry e ON e.ticket_id = t.id GROUP BY t.id",
)


def run(tickets: int = TICKETS, rounds: int = 200) -> list[Row]:
    found = []
    with opened(folder(tickets)) as desk:
        rows = bare(desk.replica)

        def floor(case: tuple[Any, ...]) -> None:
            ticket_id, owner, contact, customer, cause = case
            params = (ticket_id, owner, contact, customer, cause, to_ms(NOW))
            for statement in _STATEMENTS:
                used = max(number for number in range(1, 7) if f"?{number}" in statement) if "?" in statement else 0
                rows(statement, params[:used])

        for kind, where in (("open", "is_open = 1"), ("closed", "is_open = 0")):
            drawn = rows(
                "SELECT t.id, t.owner_id, t.contact_id, t.customer_id, t.cause_id FROM queue_row q "
                f"JOIN ticket t ON t.id = q.ticket_id WHERE q.{where} ORDER BY t.id",
                (),
            )
            cases = random.Random(1).sample(drawn, min(rounds, len(drawn)))
            ticket.view(desk, cases[0][0])
            times = in_turn(cases, floor, lambda case: ticket.view(desk, case[0]))
            found.append(against(f"ticket open, an {kind} one" if kind == "open" else f"ticket open, a {kind} one",
                                 *times, most=16, ratio=1.5))  # fmt: skip
    return found
