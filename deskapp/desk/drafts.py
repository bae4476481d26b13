"""What somebody is typing, kept at every pause; local, never shared, gone only when it was sent or dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from deskapp.core.clock import to_ms
from deskapp.core.text import clean_text
from deskapp.desk.desk import Desk


def save(desk: Desk, ticket_id: str, tab: str, body: Mapping[str, Any]) -> None:
    desk.replica.db.execute_sql(
        "INSERT INTO draft (id, ticket_id, tab, body, changed_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        (
            f"{ticket_id}:{tab}",
            ticket_id,
            tab,
            clean_text(json.dumps(body, ensure_ascii=False)),
            to_ms(desk.clock.now()),
        ),
    )


def load(desk: Desk, ticket_id: str) -> dict[str, dict[str, Any]]:
    """Tab -> what was typed there."""
    rows = desk.replica.rows("SELECT tab, body FROM draft WHERE ticket_id = ?", (ticket_id,))
    return {tab: json.loads(body) for tab, body in rows}


def drop(desk: Desk, ticket_id: str, tab: str) -> None:
    desk.replica.db.execute_sql("DELETE FROM draft WHERE id = ?", (f"{ticket_id}:{tab}",))
