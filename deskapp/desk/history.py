"""Every change of a ticket with its author and time, as the change log has kept it: the audit trail."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.desk.called import Called
from deskapp.desk.desk import Desk

#: Tables whose rows belong to a ticket by ``ticket_id``.
_PARTS = (
    "promise", "booking", "note", "time_entry", "escalation", "follower", "message", "outgoing", "attachment",
    "reminder", "visit", "part_reservation", "stock_movement", "rating", "erasure",
)  # fmt: skip
#: Columns that say nothing to a person: they name rows, or repeat what another column says.
_SILENT = frozenset(
    "id ticket_id message_id note_id mailbox_id raw_sha256 html refs in_reply_to content_id position trace "
    "letter_id promise_id answered_at answered_by clock_from made_at author_id replica attempt changed_at reply_text "
    "answer_took solve_took again_took first_promised_at ordinal made_by finish_at pinned direction size "
    "content_type consent_at told_at received_at sent_at sha256 visit_id move_id order_id inline automatic "
    "pictures_held asked_is_day sent_as corrects mentions files sender_name about tbl row_id "
    "article_id".split()
)
_PEOPLE = ("owner_id", "specialist_id")
_LONGEST = 300


@dataclass(frozen=True)
class Changed:
    """One column of one row that was changed. ``table`` names what it belongs to; ``op``: I made, U changed, D taken
    away. ``before`` and ``after`` are values as stored (times in UTC ms), long texts cut; a reference is told by the
    name of what it refers to, but people by their ids."""

    at: datetime
    author_id: str
    table: str
    op: str
    column: str
    before: Any
    after: Any
    tx: str


def read(desk: Desk, ticket_id: str, limit: int = 2000) -> tuple[Changed, ...]:
    """What was changed of a ticket and of what belongs to it, the newest first."""
    parts = " UNION ALL ".join(f"SELECT '{table}', id FROM {table} WHERE ticket_id = ?1" for table in _PARTS)
    rows = desk.replica.rows(
        "SELECT c.made_at, c.author, c.tbl, c.op, c.cols, c.tx FROM (SELECT 'ticket' AS tbl, ?1 AS id UNION ALL "
        f"{parts}) p CROSS JOIN change c ON c.tbl = p.tbl AND c.row = p.id ORDER BY c.seq DESC LIMIT ?2",
        (ticket_id, limit),
    )
    called = Called(desk)
    found: list[Changed] = []
    for made, author, table, op, cols, tx in rows:
        found.extend(_columns(from_ms(made), author, table, op, json.loads(cols), tx, called))
    return tuple(found)


def _columns(
    at: datetime, author: str, table: str, op: str, cols: dict[str, list[Any]], tx: str, called: Called
) -> list[Changed]:
    found = []
    for column, (before, after) in cols.items():
        if column in _SILENT or before == after or (_blank(before) and _blank(after)):
            continue
        if op == "I" and after == 0 and column != "value":
            continue  # what is made begins with its switches off and its counts at none
        if column not in _PEOPLE:
            before, after = called(column, before), called(column, after)
        found.append(Changed(at, author, table, op, column, _short(before), _short(after), tx))
    if op == "D" and not found:
        found.append(Changed(at, author, table, op, "", None, None, tx))
    return found


def _blank(value: Any) -> bool:
    return value in (None, "", "[]", "{}")


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    return value
