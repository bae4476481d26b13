"""Values that two desktops set differently: both are kept, one is in force until a person chooses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import SHARED, Event
from deskapp.models.schema import Conflict as ConflictRow

_MODELS = {model._meta.table_name: model for model in SHARED}


@dataclass(frozen=True)
class Conflict:
    """``mine`` was set on the desktop that joined later, ``theirs`` was shared first; {column: stored value}.

    ``why``: both, deleted, told (a promise), slot (a booking), number. ``stands``: mine or theirs. ``now``: the values
    in force; empty if the row is gone. ``was``: the values before both, as far as this replica knows them.
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
    was: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lost_promise(self) -> bool:
        """Whether it is a promise that a colleague overtook: its author has a letter to decide about."""
        return self.why in ("told", "slot") and bool(self.mine.get("promised_at"))


#: What waits for a person: two values for one field; and a promise of this person that a colleague overtook, until
#: somebody has decided what becomes of it.
_OPEN = "state = 'open'"
_LOST = (
    "state = 'joined' AND author_mine = :me AND json_extract(mine, '$.promised_at') IS NOT NULL AND (why = 'slot' OR "
    "(why = 'told' AND tbl = 'ticket')) AND EXISTS (SELECT 1 FROM ticket t WHERE t.id = conflict.ticket_id "
    "AND t.status NOT IN ('closed', 'resolved', 'refused', 'merged') AND t.set_aside = '') "
    "AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.ticket_id = conflict.ticket_id AND p.made_at >= conflict.made_at)"
)


def count(desk: Desk) -> int:
    """How many choices wait for the person at this machine."""
    return int(desk.replica.value(f"SELECT count(*) FROM conflict WHERE {_OPEN} OR ({_asked(desk)})"))


def tickets(desk: Desk) -> frozenset[str]:
    """The tickets in which something is to be chosen."""
    rows = desk.replica.rows(f"SELECT DISTINCT ticket_id FROM conflict WHERE {_OPEN} OR ({_asked(desk)})")
    return frozenset(ticket for (ticket,) in rows if ticket)


def _asked(desk: Desk) -> str:
    me = desk.me.replace("'", "''")
    return _LOST.replace(":me", f"'{me}'")


def waiting(desk: Desk) -> tuple[Conflict, ...]:
    """What the person at this machine is to choose: letters that were held first, then the oldest."""
    first = "CASE why WHEN 'slot' THEN 0 WHEN 'told' THEN 1 ELSE 2 END"
    return _read(desk, f"{_OPEN} OR ({_asked(desk)}) ORDER BY {first}, made_at, id", ())


def joined(desk: Desk, limit: int = 50) -> tuple[Conflict, ...]:
    """What was settled by rule, the newest first."""
    return _read(desk, f"state = 'joined' AND NOT ({_asked(desk)}) ORDER BY made_at DESC, id LIMIT ?", (limit,))


def of_ticket(desk: Desk, ticket_id: str) -> tuple[Conflict, ...]:
    """What is to be chosen in a ticket."""
    return _read(desk, f"ticket_id = ? AND ({_OPEN} OR ({_asked(desk)})) ORDER BY made_at, id", (ticket_id,))


def of_article(desk: Desk, article_id: str) -> tuple[Conflict, ...]:
    """The parts of an article that two people wrote differently, each with both texts."""
    return _read(desk, f"tbl = 'article' AND row_id = ? AND {_OPEN} ORDER BY made_at, id", (article_id,))


def articles(desk: Desk) -> frozenset[str]:
    """The articles of which there are two versions."""
    rows = desk.replica.rows(f"SELECT DISTINCT row_id FROM conflict WHERE tbl = 'article' AND {_OPEN}")
    return frozenset(row[0] for row in rows)


def keep_both(act: Act, table: str, row: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Somebody saves over what a colleague saved meanwhile: ``mine`` will be in force, both stay to be chosen from."""
    last = act.writing.execute(
        "SELECT author, made_at FROM change WHERE tbl = ? AND row = ? AND json_type(cols, ?) IS NOT NULL "
        "ORDER BY seq DESC LIMIT 1",
        (table, row, f'$."{next(iter(theirs))}"'),
    ).fetchone() or ("", None)
    act.insert(
        ConflictRow,
        tbl=table,
        row_id=row,
        mine=dict(mine),
        theirs=dict(theirs),
        author_mine=act.writing.author,
        author_theirs=last[0],
        at_mine=act.now,
        at_theirs=last[1],
        made_at=act.now,
    )


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
                was=_before(desk, table, row_id, values[0], values[1]),
            )
        )
    return tuple(found)


def _before(desk: Desk, table: str, row: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """What each column held before the two changes, from the captured ones; a column nobody knows of is left out."""
    found: dict[str, Any] = {}
    for column in mine:
        for (cols,) in desk.replica.rows(
            "SELECT cols FROM change WHERE tbl = ? AND row = ? AND op = 'U' AND json_type(cols, ?) IS NOT NULL "
            "ORDER BY seq DESC LIMIT 20",
            (table, row, f'$."{column}"'),
        ):
            old, new = json.loads(cols)[column]
            pair = (mine[column], theirs.get(column))  # whichever came first here, the other one replaced it
            if new in pair and old not in pair:
                found[column] = old
    return found


def _now(desk: Desk, table: str, row: str, columns: list[str]) -> dict[str, Any]:
    known = [c for c in dict.fromkeys(columns) if table in _MODELS and c in _MODELS[table]._meta.columns]
    if not known:
        return {}
    values = desk.replica.row(f'SELECT {",".join(known)} FROM "{table}" WHERE id = ?', (row,))
    return dict(zip(known, values, strict=True)) if values else {}


def choose(desk: Desk, conflict_id: str, which: str) -> Changes:
    """Let ``mine`` or ``theirs`` be in force. Lapsed if somebody chose before, or the row is gone.

    For a promise that a colleague overtook only ``theirs`` can be chosen here: a letter tells the customer otherwise
    (``promise.give``, ``promise.slip``).
    """
    if which not in ("mine", "theirs"):
        raise ValueError(which)
    with desk.act("conflict_chosen") as act:
        _choose(act, conflict_id, which)
        number = act.writing.execute(
            "SELECT t.number FROM conflict c JOIN ticket t ON t.id = c.ticket_id WHERE c.id = ?", (conflict_id,)
        ).fetchone()
        act.say("conflict_chosen", number=number[0] if number else None)
    return act.changes


def choose_version(desk: Desk, article_id: str, which: str) -> Changes:
    """One version of an article whole: every part that two people wrote differently. Lapsed if there is one version."""
    if which not in ("mine", "theirs"):
        raise ValueError(which)
    with desk.act("version_chosen") as act:
        found = of_article(desk, article_id)
        if not found:
            raise Lapsed("This was chosen already", "A colleague was faster; what they chose is in force.")
        for conflict in found:
            _choose(act, conflict.id, which)
        number = act.writing.execute("SELECT number FROM article WHERE id = ?", (article_id,)).fetchone()
        act.say("version_chosen", article=number[0] if number else None)
    return act.changes


def _same_question(act: Act, table: str, row: str, values: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """(id, the values of either side) of what else is asked about these columns: three who set a field make three
    pairs, and one answer settles them."""
    found = act.writing.execute(
        f"SELECT id, mine, theirs FROM conflict WHERE tbl = ? AND row_id = ? AND why = 'both' AND {_OPEN} ORDER BY id",
        (table, row),
    ).fetchall()
    asked = [(id_, {"mine": json.loads(mine), "theirs": json.loads(theirs)}) for id_, mine, theirs in found]
    return [(id_, sides) for id_, sides in asked if sides["mine"].keys() == values.keys()]


def _choose(act: Act, conflict_id: str, which: str) -> None:
    found = act.writing.execute(
        "SELECT tbl, row_id, mine, theirs, state, why, ticket_id FROM conflict WHERE id = ?", (conflict_id,)
    ).fetchone()
    lost = found is not None and found[4] == "joined" and found[5] in ("told", "slot") and which == "theirs"
    if found is None or not (found[4] == "open" or lost):
        raise Lapsed("This was chosen already", "A colleague was faster; what they chose is in force.")
    table, row, mine, theirs, _state, why, ticket_id = found
    values = json.loads(mine if which == "mine" else theirs)
    there = _now(act.desk, table, row, list(values))
    if not lost:
        if not there:
            raise Lapsed("The row is gone", "It was deleted meanwhile; there is nothing to choose any more.")
        sets = ",".join(f'"{column}" = ?' for column in there)
        act.writing.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', [*(values[c] for c in there), row])
    chosen = {"state": "chosen", "chosen_by": act.writing.author, "chosen_at": act.now}
    act.update(ConflictRow, conflict_id, chosen=which, **chosen)
    if why == "both" and table != "article":  # of an article whole versions are chosen, part by part
        for other, sides in _same_question(act, table, row, values):
            act.update(
                ConflictRow, other, chosen=next((s for s, told in sides.items() if told == values), ""), **chosen
            )
    if ticket_id:
        data = {"table": table, "columns": sorted(json.loads(mine)), "which": which, "why": why}
        act.insert(
            Event, ticket_id=ticket_id, made_at=act.now, author_id=act.writing.author, kind="conflict_chosen", data=data
        )
