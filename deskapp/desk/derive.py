"""What follows from the shared tables: queue rows and the search index. Made again in the transaction of each change.

Nothing here is captured: every replica computes it for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import facts, forecasting, sla, timespent, waits
from deskapp.desk.states import OPEN, UNANSWERED
from deskapp.models import search
from deskapp.models.database import Writing
from deskapp.models.schema import QueueRow
from deskapp.planning.forecast import answer_due
from deskapp.planning.values import Span
from deskapp.planning.worktime import WorkCalendar

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

_TICKET = (
    "number, subject, status, wait_for, urgency, customer_id, contact_id, cause_id, owner_id, line, effort, "
    "received_at, clock_from, answered_at, promised_at, started_at, finished_at, snoozed_until, snoozed_for_reply, "
    "set_aside, needs, merged_into, contract_id, answer_took"
)
_NAMES = [name.strip() for name in _TICKET.split(",")]
#: A requester's short thanks: proposes consent, never closes and never reopens.
_THANKS = re.compile(
    r"\b(спасибо|благодар\w+|thank(s| you)|всё работает|все работает|works? (fine|now|again)|заработало)\b",
    re.IGNORECASE,
)
_STILL_WRONG = re.compile(
    r"\b(не|нет|no|not|still|but|но|опять|снова|again not|doesn'?t|ошибк\w*|error)\b", re.IGNORECASE
)
SILENT_DAYS = 2


def is_thanks(text: str) -> bool:
    """Whether a short letter says that all is well and nothing else."""
    short = text.strip()
    return len(short) < 300 and bool(_THANKS.search(short)) and not _STILL_WRONG.search(short)


def open_tickets(writing: Writing) -> list[str]:
    """Tickets whose derived values move with time and plans."""
    return [
        row[0] for row in writing.execute("SELECT id FROM ticket WHERE status NOT IN ('closed', 'merged', 'refused')")
    ]


def _renamed(writing: Writing, tables: Mapping[str, frozenset[str]]) -> set[str]:
    """Tickets that show, or are found by, what changed of their customer or contact."""
    found: set[str] = set()
    for table, shown in (("customer", ("name",)), ("contact", ("name", "address", "phone"))):
        if "U" not in writing.done.get(table, ()):
            continue
        touched = " OR ".join(f"json_type(cols, '$.{column}') IS NOT NULL" for column in shown)
        rows = writing.execute(
            f"SELECT DISTINCT row FROM change WHERE seq > ? AND +tbl = ? AND op = 'U' AND ({touched})",
            (writing.first_seq, table),
        ).fetchall()
        for (row,) in rows:
            found.update(r[0] for r in writing.execute(f"SELECT id FROM ticket WHERE {table}_id = ?", (row,)))
    return found


def refresh(desk: Desk, writing: Writing, tickets: Iterable[str], tables: Mapping[str, frozenset[str]]) -> set[str]:
    """Make the queue rows of ``tickets`` anew, and of those whose forecast their work moves; index changed texts.

    Returns every ticket whose row was made.
    """
    renamed = _renamed(writing, tables)
    wanted = set(tickets) | renamed | waits.touched(writing, tables)
    wanted |= timespent.homes(writing.execute, wanted)  # what is done to a part counts for the whole
    people = forecasting.people_of(writing.execute, wanted) | _left_people(writing, tables)
    found = forecasting.outlooks(desk, writing.execute, people, writing.at, wanted)
    wanted |= forecasting.changed_since(known_forecasts(writing, found), found)
    for ticket_id in sorted(wanted):
        _queue_row(desk, writing, ticket_id, found.get(ticket_id, forecasting.Outlook()))
    facts.refresh(desk, writing, sorted(wanted))
    _index(writing, tables, renamed.union(tables.get("ticket", ()), _renumbered(writing, tables)))
    return wanted


def _renumbered(writing: Writing, tables: Mapping[str, frozenset[str]]) -> set[str]:
    """Tickets that gained or lost a number which leads to them."""
    if not tables.get("number_alias"):
        return set()
    rows = writing.execute(
        "SELECT json_extract(cols, '$.ticket_id[0]'), json_extract(cols, '$.ticket_id[1]'), a.ticket_id "
        "FROM change c LEFT JOIN number_alias a ON a.id = c.row WHERE c.seq > ? AND +c.tbl = 'number_alias'",
        (writing.first_seq,),
    ).fetchall()
    return {ticket_id for row in rows for ticket_id in row if ticket_id}


def _left_people(writing: Writing, tables: Mapping[str, frozenset[str]]) -> set[str]:
    """Whose calendars lost a booking in this transaction: the work behind it may come sooner."""
    if not tables.get("booking"):
        return set()
    return {
        row[0]
        for row in writing.execute(
            "SELECT json_extract(cols, '$.specialist_id[0]') FROM change WHERE seq > ? AND +tbl = 'booking' "
            "AND json_extract(cols, '$.specialist_id[0]') IS NOT NULL",
            (writing.first_seq,),
        )
    }


def known_forecasts(writing: Writing, tickets: Iterable[str]) -> dict[str, tuple[int | None, int | None]]:
    params = list(tickets)
    marks = ",".join("?" * len(params))
    return {
        row[0]: (row[1], row[2])
        for row in writing.execute(
            f"SELECT ticket_id, forecast_at, slack FROM queue_row WHERE ticket_id IN ({marks})", params
        )
    }


def reindex(writing: Writing, kind: str, rows: Iterable[str]) -> None:
    """Enter texts into the search index anew. ``kind``: ticket, message, note or article."""
    if kind == "ticket":
        _index(writing, {}, rows)
    else:
        _index(writing, {kind: frozenset(rows)}, ())


def _index(writing: Writing, tables: Mapping[str, frozenset[str]], tickets: Iterable[str]) -> None:
    texts = [("ticket", row) for row in sorted(tickets)]
    texts += [(kind, row) for kind in ("message", "note", "article") for row in sorted(tables.get(kind, ()))]
    if writing.in_bulk:
        search.later(writing, texts)
        return
    for kind, row in texts:
        _ENTER[kind](writing, row)


def catch_up(desk: Desk) -> None:
    """Enter what very many letters have left for later, some hundred texts in one transaction."""
    left = True
    while left:
        with desk.replica.writing("", desk.clock.now()) as writing:  # another process may be at it as well
            texts = search.due(desk.replica, _TOGETHER)
            for kind, row in dict.fromkeys(text[1:] for text in texts):
                if kind in _ENTER:  # a copy from a share may name anything
                    _ENTER[kind](writing, row)
            if texts:
                search.entered(writing, texts[-1][0])
            left = len(texts) == _TOGETHER


def _enter_ticket(writing: Writing, row: str) -> None:
    found = writing.execute(
        "SELECT t.number, t.subject, t.received_at, t.product, t.solution, c.name, c.address, c.phone, u.name "
        "FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN customer u ON u.id = t.customer_id "
        "WHERE t.id = ?",
        (row,),
    ).fetchone()
    if not found:
        search.drop(writing, "ticket", row)
        return
    number, subject, received, *rest = found
    numbers = [] if number is None else [number]
    numbers += [alias[0] for alias in writing.execute("SELECT number FROM number_alias WHERE ticket_id = ?", (row,))]
    text = " ".join(filter(None, [subject, *rest]))
    search.put(writing, "ticket", row, row, received or 0, text, dict.fromkeys(numbers))


def _enter_message(writing: Writing, row: str) -> None:
    found = writing.execute("SELECT ticket_id, received_at, subject, text FROM message WHERE id = ?", (row,)).fetchone()
    if not found or not found[0]:
        search.drop(writing, "message", row)
        return
    names = writing.execute("SELECT name FROM attachment WHERE message_id = ?", (row,)).fetchall()
    text = " ".join([found[2], found[3], *(name[0] for name in names)])
    search.put(writing, "message", row, found[0], found[1] or 0, text)


def _enter_note(writing: Writing, row: str) -> None:
    found = writing.execute("SELECT ticket_id, made_at, text FROM note WHERE id = ?", (row,)).fetchone()
    if not found:
        search.drop(writing, "note", row)
        return
    names = writing.execute(
        "SELECT name FROM attachment WHERE ticket_id = ? AND note_id = ?", (found[0], row)
    ).fetchall()
    text = " ".join([found[2], *(name[0] for name in names)])
    search.put(writing, "note", row, found[0], found[1] or 0, text)


def _enter_article(writing: Writing, row: str) -> None:
    found = writing.execute(
        "SELECT changed_at, number, title, product, version, symptoms, why, fix, prevention, internal "
        "FROM article WHERE id = ?",
        (row,),
    ).fetchone()
    if not found:
        search.drop(writing, "article", row)
        return
    named = f"kb-{found[1]} бз-{found[1]}" if found[1] is not None else ""
    search.put_article(writing, row, found[0] or 0, " ".join(filter(None, [named, *found[2:]])))


_ENTER: Mapping[str, Callable[[Writing, str], None]] = {
    "ticket": _enter_ticket,
    "message": _enter_message,
    "note": _enter_note,
    "article": _enter_article,
}
#: Texts that are entered in one transaction when very many are due.
_TOGETHER = 400


def answer_clock(desk: Desk, execute: Callable[..., Any], ticket_id: str, since: int) -> datetime:
    """When a ticket whose clock runs ``since`` then must have its answer, by its contract's hours, else the desk's.

    A question to the requester stops the clock only where the desk's rule says so: until the answer comes.
    """
    paused = _pauses(desk, execute, ticket_id) if desk.schedule.rule["question_stops_clock"] else ()
    hours, minutes = answer_rule(desk, execute, ticket_id)
    return answer_due(from_ms(since), hours, minutes, paused)


def answer_rule(desk: Desk, execute: Callable[..., Any], ticket_id: str) -> tuple[WorkCalendar, int]:
    """The hours and minutes of a ticket's answer clock: its contract's, else the desk's."""
    row = execute(
        "SELECT contract_id, customer_id, received_at, urgency FROM ticket WHERE id = ?", (ticket_id,)
    ).fetchone()
    names = ("contract_id", "customer_id", "received_at", "urgency")
    return sla.answer_rule(desk, dict(zip(names, row or ("", "", None, 3), strict=True)))


def _pauses(desk: Desk, execute: Callable[..., Any], ticket_id: str) -> list[Span]:
    """From each question to the requester's next letter, or to now."""
    asked: int | None = None
    found = []
    for direction, at in execute(
        "SELECT direction, received_at FROM message WHERE ticket_id = ? AND automatic = 0 "
        "AND (direction = 'in' OR kind = 'question') ORDER BY received_at",
        (ticket_id,),
    ).fetchall():
        if direction == "out":
            asked = at if asked is None else asked
        elif asked is not None:
            found.append(Span(from_ms(asked), from_ms(at)))
            asked = None
    if asked is not None:
        found.append(Span(from_ms(asked), max(from_ms(asked), desk.clock.now())))
    return found


def _queue_row(desk: Desk, writing: Writing, ticket_id: str, view: forecasting.Outlook) -> None:
    found = writing.execute(f"SELECT {_TICKET} FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if found is None:
        writing.execute("DELETE FROM queue_row WHERE ticket_id = ?", (ticket_id,))
        return
    ticket = dict(zip(_NAMES, found, strict=True))
    customer = writing.execute(
        "SELECT coalesce(nullif(u.name, ''), nullif(c.name, ''), c.address, '') FROM ticket t "
        "LEFT JOIN customer u ON u.id = t.customer_id LEFT JOIN contact c ON c.id = t.contact_id WHERE t.id = ?",
        (ticket_id,),
    ).fetchone()[0]
    row: dict[str, Any] = {
        "number": ticket["number"],
        "subject": ticket["subject"],
        "status": ticket["status"],
        "wait_for": ticket["wait_for"],
        "urgency": ticket["urgency"],
        "customer": customer,
        "customer_id": ticket["customer_id"],
        "cause_id": ticket["cause_id"],
        "owner_id": ticket["owner_id"],
        "line": ticket["line"],
        "effort": ticket["effort"],
        "received_at": ticket["received_at"],
        "answered_at": ticket["answered_at"],
        "promised_at": ticket["promised_at"],
        "set_aside": ticket["set_aside"],
    }
    letters_in, letters_out, question_at = writing.execute(
        "SELECT max(CASE WHEN direction = 'in' AND automatic = 0 THEN received_at END), "
        "max(CASE WHEN direction = 'out' AND kind <> 'ack' THEN received_at END), "
        "max(CASE WHEN direction = 'out' AND kind IN ('question', 'reminder') THEN received_at END) "
        "FROM message m WHERE ticket_id = ?1 AND NOT EXISTS (SELECT 1 FROM message_move v WHERE v.message_id = m.id "
        "AND v.ticket_id <> ?1)",
        (ticket_id,),
    ).fetchone()
    if letters_in is None and letters_out is None:  # one that was split off lives on a letter that came elsewhere
        letters_in = writing.execute(
            "SELECT max(m.received_at) FROM message_move v JOIN message m ON m.id = v.message_id "
            "WHERE v.ticket_id = ? AND m.automatic = 0",
            (ticket_id,),
        ).fetchone()[0]
    read_at = (writing.execute("SELECT read_at FROM read_mark WHERE ticket_id = ?", (ticket_id,)).fetchone() or (0,))[0]
    touched = writing.execute(
        "SELECT max(at) FROM (SELECT ?2 AS at UNION ALL SELECT max(received_at) FROM message WHERE ticket_id = ?1 "
        "UNION ALL SELECT max(made_at) FROM note WHERE ticket_id = ?1 "
        "UNION ALL SELECT max(made_at) FROM event WHERE ticket_id = ?1)",
        (ticket_id, ticket["received_at"] or 0),
    ).fetchone()[0]
    row["touched_at"] = touched
    row["letter_in_at"], row["letter_out_at"] = letters_in, letters_out
    shown = ticket["status"] in OPEN and not ticket["set_aside"]
    row["is_open"] = int(shown)
    row["unread"] = int(bool(letters_in) and letters_in > read_at and shown)
    clock_from = ticket["clock_from"] or ticket["received_at"]
    if ticket["answered_at"] and clock_from:
        took = ticket["answer_took"]
        row["answer_minutes"] = sla.worked(desk, ticket, clock_from, ticket["answered_at"]) if took is None else took
    unanswered = shown and not ticket["answered_at"] and ticket["status"] in UNANSWERED
    if unanswered and clock_from:
        row["answer_due"] = to_ms(answer_clock(desk, writing.execute, ticket_id, clock_from))
    row["in_answer"] = int(unanswered)
    if ticket["status"] in ("promised", "in_progress", "waiting", "new"):
        row["forecast_at"] = to_ms(view.forecast) if view.forecast else None
        row["slack"] = view.slack
        row["remaining"] = view.remaining
        row["planned_start"] = to_ms(view.next.start) if view.next else None
        row["planned_end"] = to_ms(view.next.end) if view.next else None
        row["in_slipping"] = int(shown and view.slipping)
    silent_since = max(question_at or 0, letters_out or 0) if ticket["status"] == "waiting" else letters_out
    row["in_waiting"] = int(shown and ticket["status"] == "waiting" and ticket["wait_for"] == "customer")
    row["in_confirm"] = int(shown and ticket["status"] == "resolved")
    row["waiting_since"] = silent_since or ticket["finished_at"] or ticket["received_at"]
    if shown:
        row |= sla.columns(desk, writing.execute, {**ticket, "id": ticket_id}, writing.at)
    row["why"], row["hint"] = _why(writing, ticket_id, ticket, row)
    row["in_mine"] = _mine(ticket, row, to_ms(writing.at)) if shown else ""
    if ticket["snoozed_until"] and ticket["snoozed_until"] > to_ms(writing.at):
        row["in_mine"] = ""
    writing.put(QueueRow, ticket_id=ticket_id, **{**_BLANK, **row})


#: Columns that a status may leave without a value; a row made again must not keep the old ones.
_BLANK: dict[str, Any] = {
    "answer_due": None, "answer_minutes": None, "forecast_at": None, "slack": None, "planned_start": None,
    "planned_end": None, "remaining": None, "in_slipping": 0, "why": "", "hint": "", "reaction_due": None,
    "solution_due": None, "clock_paused": "", "clock_left": None,
}  # fmt: skip


def _why(writing: Writing, ticket_id: str, ticket: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[str, str]:
    """The one sentence that explains why a row is where it is, as a code and a few words of a letter."""
    if ticket["needs"] == "date":
        return "new_date_owed", ""
    if row.get("slack") is not None and row["slack"] < 0 and ticket["promised_at"]:
        return "late", ""
    if row["letter_in_at"] and row["letter_in_at"] > (row["letter_out_at"] or 0):
        text = writing.execute(
            "SELECT reply_text FROM message WHERE ticket_id = ? AND direction = 'in' AND automatic = 0 "
            "ORDER BY received_at DESC LIMIT 1",
            (ticket_id,),
        ).fetchone()
        text = text[0] if text else ""  # that of one which was split off lies elsewhere
        # what came before the solution answers none, however that was told
        if ticket["status"] in ("resolved", "closed") and row["letter_in_at"] > (ticket["finished_at"] or 0):
            return ("thanks" if is_thanks(text) else "answer_to_done"), " ".join(text.split())[:120]
        if row["unread"] and ticket["answered_at"]:
            return "letter", ""
    if row["in_waiting"]:
        return "question_open", ""
    if row["in_answer"] and not ticket["owner_id"]:
        return "no_owner", ""
    if row.get("in_slipping"):
        return "short_slack", ""
    return "", ""


def _mine(ticket: Mapping[str, Any], row: Mapping[str, Any], now: int) -> str:
    """The group of "mine today": now, needs, next, silent; empty if it asks nothing of its owner."""
    start, end = row.get("planned_start"), row.get("planned_end")
    if ticket["status"] == "in_progress" and start is not None and start <= now:
        return "now"
    if row["why"] in ("new_date_owed", "late", "letter", "thanks", "answer_to_done"):
        return "needs"
    if ticket["status"] == "waiting" and ticket["wait_for"] == "customer":
        silent = now - (row["waiting_since"] or now) > SILENT_DAYS * 24 * 3_600_000
        return "silent" if silent else ""
    if end is not None and end > now and ticket["status"] in ("promised", "in_progress"):
        return "next"
    if ticket["status"] == "in_progress":
        return "now"
    return ""
