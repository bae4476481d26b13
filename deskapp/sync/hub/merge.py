"""The rules by which two versions of a row become one. Pure: rows in, a plan out.

1. A column (or group of columns that mean something only together) changed on one side is taken.
2. Changed to the same on both sides: nothing to do.
3. Changed differently: ours is put on top of the hub's, and a clash keeps both with their authors. It is in force until
   a person chooses. Values that nobody would want to be asked about are joined silently in the same way.
4. What was told to a customer, what stands in a calendar and which ticket was merged into which is decided by the hub:
   the first to arrive there stands, the other goes back to its author.
5. Deleted against edited: the edited row stays (rule 4 aside).
6. Rows of tables that only grow are the same fact if they have the same id: the hub's stands.
7. A row that both made (ids of the same fact are the same) is compared column by column; a default gives way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from deskapp.models.tables import defaults, models
from deskapp.sync.hub.changes import Net, Row

#: Tables and columns where the hub's version stands (rule 4), and where nobody is asked (rule 3).
_STANDS = frozenset({"promise", "booking", "outgoing", "lease", "number_block", "conflict"})
_STANDING = {
    "ticket": frozenset({
        "number", "promised_at", "first_promised_at", "promise_id", "moved_count", "set_aside", "merged_into",
        "answered_at", "answered_by", "answer_took", "again_took",
    }),
}  # fmt: skip
_QUIET = {
    "ticket": frozenset({
        "needs", "started_at", "received_at", "clock_from", "looks_like", "snoozed_until", "snoozed_for_reply",
        "language", "contact_id", "customer_id", "channel",
    }),
    "contact": frozenset({"name", "language", "customer_id", "undeliverable"}),
    "customer": frozenset({"language"}),
    "article": frozenset({
        "number", "language", "ticket_id", "made_at", "made_by", "changed_at", "checked_on", "check_by",
    }),
}  # fmt: skip
_QUIET_TABLES = frozenset({"follower", "message_move", "number_alias", "calendar_day"})


@dataclass(frozen=True)
class Rules:
    """How a table is merged. ``units``: columns that are one value; ``usual``: the default of each column."""

    units: tuple[tuple[str, ...], ...]
    usual: Mapping[str, Any]
    only_grows: bool = False
    stands: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()


@cache
def rules_of(table: str) -> Rules:
    """The rules of a shared table."""
    model = models()[table]
    columns = tuple(defaults(table))
    grouped = {column for group in model.groups for column in group}
    return Rules(
        units=(*model.groups, *((column,) for column in columns if column not in grouped)),
        usual=defaults(table),
        only_grows=model.insert_only,
        stands=frozenset(columns) if table in _STANDS else _STANDING.get(table, frozenset()),
        quiet=frozenset(columns) if table in _QUIET_TABLES else _QUIET.get(table, frozenset()),
    )


@dataclass(frozen=True)
class Clash:
    """Two values for one thing. ``why``: both, deleted, told; ``stands``: mine or theirs; ``ask``: a person chooses."""

    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    why: str
    stands: str
    ask: bool


@dataclass(frozen=True)
class Plan:
    """``row``: what the row becomes, None for none; ``op`` and ``cols``: what of ours is still to be sent, on top of
    the hub's version; op is empty for nothing."""

    row: Row | None
    op: str = ""
    cols: Mapping[str, tuple[Any, Any]] = ()  # type: ignore[assignment]  # an empty mapping
    clashes: tuple[Clash, ...] = ()


def base_of(rules: Rules, local: Row | None, ours: Net | None) -> Row | None:
    """The row as the hub knew it before, from the row as it is here and what of it is not sent yet."""
    if ours is None:
        return local
    if ours.op == "I":
        return None
    if ours.op == "D":
        return {**dict.fromkeys(rules.usual), **ours.old}
    return None if local is None else {**local, **ours.old}


def after_of(rules: Rules, base: Row | None, op: str, cols: Mapping[str, Any]) -> Row | None:
    """The row as the hub knows it after a change of it. ``cols``: {column: [old, new]}, known columns only."""
    if op == "D":
        return None
    new = {column: pair[1] for column, pair in cols.items()}
    if op == "I":
        return {**rules.usual, **new}
    return None if base is None else {**base, **new}


def join(rules: Rules, base: Row | None, local: Row | None, ours: Net | None, after: Row | None) -> Plan:
    """What becomes of a row that is ``local`` here, was ``base`` in the hub and is ``after`` there now."""
    if ours is None:
        return Plan(after)
    if after is None:
        return _deleted_there(rules, base, local)
    if local is None:
        return _deleted_here(base, after)
    if rules.only_grows and base is None:
        return Plan(after)
    before = base if base is not None else rules.usual
    row: Row = {}
    clashes = []
    for unit in rules.units:
        mine, theirs, was = (tuple(version[c] for c in unit) for version in (local, after, before))
        taken = theirs
        if mine != theirs and mine != was:
            taken = mine
            if theirs != was:
                stands = not rules.stands.isdisjoint(unit)
                taken = theirs if stands else mine
                clashes.append(
                    Clash(
                        dict(zip(unit, mine, strict=True)),
                        dict(zip(unit, theirs, strict=True)),
                        "told" if stands else "both",
                        "theirs" if stands else "mine",
                        ask=not stands and not rules.quiet.issuperset(unit),
                    )
                )
        row.update(zip(unit, taken, strict=True))
    differ = {c: (after[c], row[c]) for c in row if row[c] != after[c]}
    return Plan(row, "U" if differ else "", differ, tuple(clashes))


def _deleted_there(rules: Rules, base: Row | None, local: Row | None) -> Plan:
    if local is None:
        return Plan(None)
    if base is None:  # made here, never there
        return Plan(local, "I", _made(local))
    mine = _differences(local, base)
    if rules.stands.issuperset(local):
        return Plan(None, clashes=(Clash(mine, {}, "deleted", "theirs", ask=False),))
    return Plan(local, "I", _made(local), (Clash(mine, {}, "deleted", "mine", ask=False),))


def _deleted_here(base: Row | None, after: Row) -> Plan:
    if base == after:  # a change that brought nothing
        return Plan(None, "D", {c: (v, None) for c, v in after.items() if v is not None})
    return Plan(after, clashes=(Clash({}, _differences(after, base or {}), "deleted", "theirs", ask=False),))


def _differences(row: Row, other: Row) -> Row:
    return {c: v for c, v in row.items() if other.get(c) != v}


def _made(row: Row) -> dict[str, tuple[Any, Any]]:
    return {c: (None, v) for c, v in row.items() if v is not None}
