"""What may leave the desk: a letter only after everything that it speaks of is in the hub."""

from __future__ import annotations

from deskapp.desk.desk import Desk
from deskapp.sync.hub.state import HubState


def in_hub(desk: Desk, letter_id: str) -> bool:
    """Whether the letter, its place in the outbox and the promise that it tells are shared; alone always.

    Where this is False the letter waits: a colleague may have promised something else to the same customer.
    """
    if not HubState(desk.replica).where:
        return True
    row = desk.replica.row("SELECT ticket_id, about FROM message WHERE id = ?", (letter_id,))
    if row is None:
        return False
    ticket_id, about = row
    return not desk.replica.value(
        "SELECT 1 FROM change WHERE sent = 0 AND ((tbl IN ('message', 'outgoing') AND row = ?1) "
        "OR (tbl = 'promise' AND row = ?2) OR (tbl = 'ticket' AND row = ?3) "
        "OR (tbl = 'attachment' AND row IN (SELECT id FROM attachment WHERE message_id = ?1))) LIMIT 1",
        (letter_id, about, ticket_id),
    )
