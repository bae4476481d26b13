"""Opening a ticket: everything that its screen shows, read in the reader's lane.

Floor: the same facts by plain SQL on the same connection, in one transaction, one statement for what one statement can
tell, nothing made of the rows: the ticket with what the lists say of it, its letters, notes, events, hand-overs, held
letters and files, what was merged or moved into it, requester, customer and contract, followers, numbers, drafts, time
spent on it and on the last fifty of its cause, its specialist's day, my reminders; for the contract's clocks its
states, the first answer and its parts; of an open one a ticket like it of the same requester, of a finished one the
answer to "does it work?". What the floor leaves out: specialists, working hours and contracts, which are kept until
they change, and all computing (clocks, allowed acts, hints). What looks like it is a reading of its own (``similar``).
Tickets are drawn at random, open ones and closed ones apart; each is opened once.
"""

from __future__ import annotations

import random
from typing import Any

from benchmarks.big_desk import NOW, TICKETS, folder, opened
from benchmarks.measure import Row, against, bare, in_turn, used
from deskapp.core.clock import to_ms
from deskapp.desk import ticket

_DAY = 24 * 3_600_000
#: ?1: the ticket's id, ?2: who works on it, ?3: its contact, ?4: its customer, ?5: its cause, ?6: the day's beginning,
#: ?7: a year ago, ?8: me, ?9: when its answer clock began, ?10: when it was finished.
_ALWAYS = (
    "SELECT t.*, q.in_answer, q.answer_minutes, q.forecast_at, q.slack, q.in_slipping, c.usual_minutes FROM ticket t "
    "LEFT JOIN queue_row q ON q.ticket_id = t.id LEFT JOIN cause c ON c.id = t.cause_id WHERE t.id = ?1",
    "SELECT m.id, m.direction, m.kind, m.received_at, m.sender_name, m.sender, m.author_id, m.reply_text, m.text, "
    "m.html, m.subject, m.recipients, m.cc, m.automatic, m.raw_sha256, m.about, m.sent_at, p.post, o.state, o.error "
    "FROM message m LEFT JOIN contact p ON p.id = m.contact_id LEFT JOIN outgoing o ON o.id = m.id "
    "WHERE m.ticket_id = ?1 ORDER BY m.received_at DESC LIMIT 41",
    "SELECT id, author_id, made_at, kind, text, minutes, corrects FROM note WHERE ticket_id = ?1 "
    "ORDER BY made_at DESC LIMIT 41",
    "SELECT id, author_id, made_at, kind, data FROM event WHERE ticket_id = ?1 ORDER BY made_at DESC LIMIT 41",
    "SELECT * FROM escalation WHERE ticket_id = ?1 ORDER BY made_at DESC LIMIT 41",
    "SELECT id, kind, body, made_at, leaves_at FROM held_letter WHERE ticket_id = ?1 AND released_at IS NULL "
    "AND taken_back = '' ORDER BY made_at DESC LIMIT 41",
    "SELECT message_id, note_id, id, name, content_type, size, sha256, inline, content_id FROM attachment "
    "WHERE ticket_id = ?1 ORDER BY position",
    "SELECT id FROM ticket WHERE merged_into = ?1 AND merged_into <> '' ORDER BY id",
    "SELECT 1 FROM message_move LIMIT 1",
    "SELECT p.name, p.post, p.address, p.phone, p.language, p.zone, p.undeliverable, c.name, c.zone, c.vip, c.domain, "
    "a.number, a.hours, a.until, a.vip FROM (SELECT ?3 AS contact, ?4 AS customer) t LEFT JOIN contact p "
    "ON p.id = t.contact LEFT JOIN customer c ON c.id = t.customer LEFT JOIN contract a ON a.id = "
    "(SELECT id FROM contract WHERE customer_id = t.customer ORDER BY until DESC LIMIT 1)",
    "SELECT f.specialist_id, c.name, c.address FROM follower f LEFT JOIN contact c ON c.id = f.contact_id "
    "WHERE f.ticket_id = ?1 AND f.active = 1 ORDER BY f.id",
    "SELECT number FROM number_alias WHERE ticket_id = ?1",
    "SELECT tab, body FROM draft WHERE ticket_id = ?1",
    "WITH RECURSIVE part (id) AS (SELECT ?1 UNION SELECT m.id FROM part JOIN ticket m ON m.merged_into = part.id "
    "AND m.merged_into <> '') SELECT sum(w.minutes) FROM part CROSS JOIN time_entry w ON w.ticket_id = part.id",
    "SELECT ticket_id, started_at, seconds FROM timer",
    "WITH RECURSIVE part (id, home) AS (SELECT id, id FROM (SELECT id FROM ticket WHERE cause_id = ?5 "
    "AND finished_at > ?7 AND merged_into = '' ORDER BY finished_at DESC LIMIT 50) UNION SELECT m.id, part.home "
    "FROM part CROSS JOIN ticket m ON m.merged_into = part.id AND m.merged_into <> '') SELECT sum(w.minutes) FROM part "
    "CROSS JOIN time_entry w ON w.ticket_id = part.id GROUP BY part.home",
    "SELECT b.start_at, b.end_at, b.ticket_id, b.state, b.kind, q.number, q.urgency, q.status, q.slack FROM booking b "
    "LEFT JOIN queue_row q ON q.ticket_id = b.ticket_id WHERE b.specialist_id = ?2 AND b.end_at > ?6 "
    f"AND b.start_at < ?6 + {_DAY} ORDER BY b.start_at, b.id",
    "SELECT at FROM reminder WHERE ticket_id = ?1 AND specialist_id = ?8 AND done_at IS NULL ORDER BY at",
)
#: Of a ticket with a contract that is still open.
_RUNNING = (
    "SELECT made_at, status, wait_for, urgency, contract_id, customer_id FROM ticket_state WHERE ticket_id = ?1 "
    "ORDER BY made_at, id",
    "SELECT min(received_at) FROM message WHERE ticket_id = ?1 AND direction = 'out' AND automatic = 0 "
    "AND kind <> 'ack' AND received_at >= ?9",
    "SELECT min(made_at), sum(state = 'open'), max(closed_at) FROM part_reservation WHERE ticket_id = ?1",
)
_NEW = (
    "SELECT id, number, subject FROM ticket WHERE contact_id = ?3 AND id <> ?1 AND set_aside = '' AND status IN "
    "('new', 'promised', 'in_progress', 'waiting') ORDER BY received_at DESC LIMIT 20",
)
_FINISHED = (
    "SELECT clock, urgency FROM ticket_state WHERE ticket_id = ?1 AND clock <> '{}' ORDER BY made_at DESC, id DESC "
    "LIMIT 1",
    "SELECT reply_text, sender_name, sender, received_at FROM message WHERE ticket_id = ?1 AND direction = 'in' "
    "AND automatic = 0 AND received_at > ?10 ORDER BY received_at DESC LIMIT 1",
)


def run(tickets: int = TICKETS, rounds: int = 200) -> list[Row]:
    found = []
    with opened(folder(tickets)) as desk:
        rows = bare(desk.replica)
        midnight = to_ms(NOW.replace(hour=0, minute=0))

        def statements(drawn: tuple[Any, ...]) -> list[tuple[str, tuple[Any, ...]]]:
            row, status, owner, contact, customer, cause, begun, finished, agreed = drawn
            params = (row, owner or desk.me, contact, customer, cause, midnight, midnight - 366 * _DAY, desk.me, begun,
                      finished)  # fmt: skip
            over = status in ("resolved", "closed")
            more = _FINISHED if over else (_RUNNING if agreed else ()) + (_NEW if status == "new" else ())
            return [(sql, used(sql, params)) for sql in (*_ALWAYS, *more)]

        def floor(case: tuple[str, list[tuple[str, tuple[Any, ...]]]]) -> None:
            rows("BEGIN")
            for sql, params in case[1]:
                rows(sql, params)
            rows("COMMIT")

        for kind, where in (("open", "is_open = 1"), ("closed", "is_open = 0")):
            drawn = rows(
                "SELECT t.id, t.status, t.owner_id, t.contact_id, t.customer_id, t.cause_id, "
                "coalesce(t.clock_from, t.received_at), coalesce(t.finished_at, 0), EXISTS (SELECT 1 FROM contract c "
                "WHERE c.customer_id = t.customer_id AND t.customer_id <> '') FROM queue_row q "
                f"JOIN ticket t ON t.id = q.ticket_id WHERE q.{where} ORDER BY t.id",
                (),
            )
            chosen = random.Random(1).sample(drawn, min(rounds, len(drawn)))
            cases = [(row[0], statements(row)) for row in chosen]
            floor(cases[0])
            ticket.view(desk, cases[0][0])
            times = in_turn(cases, floor, lambda case: ticket.view(desk, case[0]))
            found.append(against(f"ticket open, an {kind} one" if kind == "open" else f"ticket open, a {kind} one",
                                 *times, most=16, ratio=1.5))  # fmt: skip
    return found
