"""Who takes over for somebody who is away, and time that several people spend together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Absence
from deskapp.models.service_tables import Substitute


def substitutes(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Specialist -> those who stand in for them, the first to be asked first."""
    found: dict[str, list[str]] = {}
    for specialist, other in desk.replica.rows(
        "SELECT specialist_id, substitute_id FROM substitute WHERE active = 1 ORDER BY specialist_id, position, id"
    ):
        found.setdefault(specialist, []).append(other)
    return {specialist: tuple(others) for specialist, others in found.items()}


def save_substitutes(desk: Desk, specialist: str, others: Sequence[str]) -> Changes:
    """Who stands in for a specialist, in this order; nobody stands in for themselves."""
    wanted = [other for other in dict.fromkeys(others) if other]
    if specialist in wanted:
        raise UserFacingError("Nobody stands in for themselves", "Choose a colleague; the others were kept.")
    with desk.act("settings") as act:
        for row_id, other in act.writing.execute(
            "SELECT id, substitute_id FROM substitute WHERE specialist_id = ? AND active = 1", (specialist,)
        ).fetchall():
            if other not in wanted:
                act.update(Substitute, row_id, active=0)
        for position, other in enumerate(wanted):
            act.put(
                Substitute,
                id=natural_id("substitute", specialist, other),
                specialist_id=specialist,
                substitute_id=other,
                position=position,
                active=1,
            )
    return act.changes


def save_together(
    desk: Desk, specialists: Sequence[str], start: datetime, end: datetime, kind: str, name: str = ""
) -> Changes:
    """A meeting or a training of several people: one absence each, one step."""
    people = list(dict.fromkeys(specialists))
    if not people:
        raise UserFacingError("Nobody is chosen", "Choose who takes part; nothing was changed.")
    if end <= start:
        raise UserFacingError("The absence ends before it begins", "Check the dates; nothing was changed.")
    with desk.act("settings") as act:
        for specialist in people:
            act.result = act.insert(
                Absence, specialist_id=specialist, start_at=to_ms(start), end_at=to_ms(end), kind=kind, name=name
            )
    return act.changes
