"""Values that two desktops set differently: both are kept, one is in force until a person chooses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import SHARED
from deskapp.models.schema import Conflict as ConflictRow

_MODELS = {model._meta.table_name: model for model in SHARED}


@dataclass(frozen=True)
class Conflict:
    """``mine`` was set on the desktop that joined later, ``theirs`` was shared first; {column: stored value}.

    ``why``: both, deleted, told (a promise), slot (a booking), number. ``stands``: mine or theirs. ``now``: the values
    in force; empty if the row is gone.
    """

    id: str
    ticket_id: str
    table: str
    row: str
    why: str
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    now: Mapping[str, Any]
    author_mine: str
    author_theirs: str
    at_mine: datetime | None
    at_theirs: datetime | None
    stands: str
    state: str


def waiting(desk: Desk) -> tuple[Conflict, ...]:
    """What a person is to choose, the oldest first."""
    return _read(desk, "state = 'open' ORDER BY made_at, id", ())


def joined(desk: Desk, limit: int = 50) -> tuple[Conflict, ...]:
    """What was settled by rule, the newest first."""
    return _read(desk, "state = 'joined' ORDER BY made_at DESC, id LIMIT ?", (limit,))


def of_ticket(desk: Desk, ticket_id: str) -> tuple[Conflict, ...]:
    """What is to be chosen in a ticket."""
    return _read(desk, "ticket_id = ? AND state = 'open' ORDER BY made_at, id", (ticket_id,))


def _read(desk: Desk, where: str, params: tuple[Any, ...]) -> tuple[Conflict, ...]:
    found = []
    for row in desk.replica.rows(
        "SELECT id, ticket_id, tbl, row_id, why, mine, theirs, author_mine, author_theirs, at_mine, at_theirs, stands, "
        f"state FROM conflict WHERE {where}",
        params,
    ):
        (conflict_id, ticket_id, table, row_id, why, mine, theirs, author_mine, author_theirs, at_mine, at_theirs,
         stands, state) = row  # fmt: skip
        values = json.loads(mine), json.loads(theirs)
        found.append(
            Conflict(
                id=conflict_id,
                ticket_id=ticket_id,
                table=table,
                row=row_id,
                why=why,
                mine=values[0],
                theirs=values[1],
                now=_now(desk, table, row_id, [*values[0], *values[1]]),
                author_mine=author_mine,
                author_theirs=author_theirs,
                at_mine=from_ms(at_mine) if at_mine is not None else None,
                at_theirs=from_ms(at_theirs) if at_theirs is not None else None,
                stands=stands,
                state=state,
            )
        )
    return tuple(found)


def _now(desk: Desk, table: str, row: str, columns: list[str]) -> dict[str, Any]:
    known = [c for c in dict.fromkeys(columns) if table in _MODELS and c in _MODELS[table]._meta.columns]
    if not known:
        return {}
    values = desk.replica.row(f'SELECT {",".join(known)} FROM "{table}" WHERE id = ?', (row,))
    return dict(zip(known, values, strict=True)) if values else {}


def choose(desk: Desk, conflict_id: str, which: str) -> Changes:
    """Let ``mine`` or ``theirs`` be in force. Lapsed if somebody chose before, or the row is gone."""
    if which not in ("mine", "theirs"):
        raise ValueError(which)
    with desk.act("conflict_chosen") as act:
        found = act.writing.execute(
            "SELECT tbl, row_id, mine, theirs, state FROM conflict WHERE id = ?", (conflict_id,)
        ).fetchone()
        if found is None or found[4] != "open":
            raise Lapsed("This was chosen already", "A colleague was faster; what they chose is in force.")
        table, row, mine, theirs, _state = found
        values = json.loads(mine if which == "mine" else theirs)
        there = _now(desk, table, row, list(values))
        if not there:
            raise Lapsed("The row is gone", "It was deleted meanwhile; there is nothing to choose any more.")
        sets = ",".join(f'"{column}" = ?' for column in there)
        act.writing.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', [*(values[c] for c in there), row])
        act.update(
            ConflictRow, conflict_id, state="chosen", chosen=which, chosen_by=act.writing.author, chosen_at=act.now
        )
    return act.changes
