"""Undo: the captured changes of one transaction, applied backwards as a new one."""

from __future__ import annotations

import json
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed
from deskapp.desk import letters
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import SHARED

_MODELS = {model._meta.table_name: model for model in SHARED}
_TICKET_PARTS = tuple(table for table, model in _MODELS.items() if "ticket_id" in model._meta.fields)
#: Rows that outlive the act that made them as soon as others refer to them: (table, the column that refers).
_SHARED_BY_OTHERS = {
    "contact": (("ticket", "contact_id"), ("message", "contact_id"), ("follower", "contact_id")),
    "customer": (("ticket", "customer_id"), ("contact", "customer_id"), ("contract", "customer_id")),
}


def revert(desk: Desk, tx: str) -> Changes:
    """Undo one intention; undoing what this returns is redo.

    Raises Lapsed when a later change touched the same columns or built upon a ticket made then, or when a letter of it
    has left. Letters still held go back into their drafts; redo holds them again.
    """
    with desk.act("undone", tx=tx) as act:
        execute = act.writing.execute
        rows = execute(
            "SELECT seq, tbl, row, op, cols FROM change "
            "WHERE seq >= coalesce((SELECT seq FROM act_start WHERE tx = ?1), 0) AND tx = ?1 ORDER BY seq DESC",
            (tx,),
        ).fetchall()
        held = execute("SELECT id, released_at, taken_back FROM held_letter WHERE tx = ?", (tx,)).fetchall()
        taken = execute("SELECT id FROM held_letter WHERE taken_back = ?", (tx,)).fetchall()
        if not rows and not held and not taken:
            raise Lapsed("Nothing to undo", "This step is no longer known here.")
        if any(table == "erasure" for _seq, table, *_rest in rows):
            raise Lapsed("What was erased is gone", "It is kept nowhere, so that nothing can bring it back.")
        for _id, released, back in held:
            if released is not None and not back:
                raise Lapsed(
                    "The letter has left",
                    "It left at %1 and cannot be called back. Write a correction?",
                    from_ms(released),
                )
        for table, row in dict.fromkeys((table, row) for _seq, table, row, _op, _cols in rows):
            _refuse_if_built_upon(act, tx, table, row)
        for _seq, table, row, op, cols in rows:
            _turn_back(act, table, row, op, json.loads(cols))
        for held_id, _released, back in held:
            if not back:
                letters.take_back(act, held_id)
        for (held_id,) in taken:
            letters.hold_again(act, held_id)
        # letters that the step prepared and nobody has touched since
        execute("DELETE FROM draft WHERE json_extract(body, '$.tx') = ?", (tx,))
    return act.changes


def _turn_back(act: Act, table: str, row: str, op: str, cols: dict[str, list[Any]]) -> None:
    if op == "I":
        if not _needed_by_others(act, table, row):
            act.delete(_MODELS[table], row)
        return
    names = list(cols)
    values = [pair[0] for pair in cols.values()]
    if op == "D":
        names, values = ["id", *names], [row, *values]
        columns = ",".join(f'"{name}"' for name in names)
        act.writing.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({",".join("?" * len(names))})', values)
    else:
        sets = ",".join(f'"{name}" = ?' for name in names)
        act.writing.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', [*values, row])


def _needed_by_others(act: Act, table: str, row: str) -> bool:
    """Whether a contact or customer, made on the way, has become part of something else."""
    return any(
        act.writing.execute(f'SELECT 1 FROM "{other}" WHERE "{column}" = ? LIMIT 1', (row,)).fetchone()
        for other, column in _SHARED_BY_OTHERS.get(table, ())
    )


def _refuse_if_built_upon(act: Act, tx: str, table: str, row: str) -> None:
    """Raise Lapsed if a later change touched the same columns, unless it was itself undone since."""
    left: dict[str, Any] = {}  # what the transaction left in the columns that it touched
    now: dict[str, Any] = {}
    made = there = there_now = False
    for own, op, cols in act.writing.execute(
        "SELECT tx = ?1, op, cols FROM change WHERE tbl = ?2 AND row = ?3 "
        "AND seq >= (SELECT min(seq) FROM change WHERE tx = ?1 AND tbl = ?2 AND row = ?3) ORDER BY seq",
        (tx, table, row),
    ).fetchall():
        after = {column: pair[1] for column, pair in json.loads(cols).items()}
        there_now = op != "D"
        if own:
            made = made or op == "I"
            there = there_now
            left.update(after)
            now.update(after)
        else:
            # of a row that was made then, every column counts: it would be deleted with all that it has got since
            now.update({column: value for column, value in after.items() if made or column in left})
    changed = any(value != left.get(column) for column, value in now.items())
    if changed or there != there_now or (table == "ticket" and made and there and _has_parts_of_others(act, tx, row)):
        raise Lapsed("This was changed again since", "Undo the later change first, or set the value by hand.")


def _has_parts_of_others(act: Act, tx: str, ticket_id: str) -> bool:
    """Whether later steps left letters, notes or bookings on a ticket that this one made."""
    for table in _TICKET_PARTS:
        for (row,) in act.writing.execute(f'SELECT id FROM "{table}" WHERE ticket_id = ?', (ticket_id,)).fetchall():
            made = act.writing.execute(
                "SELECT tx FROM change WHERE tbl = ? AND row = ? AND op = 'I' ORDER BY seq DESC LIMIT 1", (table, row)
            ).fetchone()
            if made is None or made[0] != tx:
                return True
    return False
