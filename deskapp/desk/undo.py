"""Undo: the captured changes of one transaction, applied backwards as a new one."""

from __future__ import annotations

import json

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import SHARED, HeldLetter

_MODELS = {model._meta.table_name: model for model in SHARED}


def revert(desk: Desk, tx: str) -> Changes:
    """Undo one intention; undoing what this returns is redo.

    Raises Lapsed when a later change touched the same rows, or when a letter of it has left. Letters still held are taken
    back; those undone can be sent again from their draft.
    """
    with desk.act("undone", tx=tx) as act:
        rows = act.writing.execute(
            "SELECT seq, tbl, row, op, cols FROM change WHERE tx = ? ORDER BY seq DESC", (tx,)
        ).fetchall()
        held = act.writing.execute("SELECT id, ticket_id, released_at FROM held_letter WHERE tx = ?", (tx,)).fetchall()
        if not rows and not held:
            raise Lapsed("Nothing to undo", "This step is no longer known here.")
        for _id, _ticket, released in held:
            if released is not None:
                raise Lapsed(
                    "The letter has left",
                    "It left at %1 and cannot be called back. Write a correction?",
                    from_ms(released),
                )
        for seq, table, row, op, cols in rows:
            later = act.writing.execute(
                "SELECT op, cols FROM change WHERE tbl = ? AND row = ? AND seq > ? AND tx NOT IN (?, ?)",
                (table, row, seq, tx, act.writing.tx),
            ).fetchall()
            mine = json.loads(cols)
            _refuse_if_built_upon(later, mine, op)
            model = _MODELS[table]
            if op == "I":
                act.delete(model, row)
            elif op == "D":
                names = ["id", *mine]
                marks = ",".join("?" * len(names))
                act.writing.execute(
                    f'INSERT INTO "{table}" ({",".join(chr(34) + n + chr(34) for n in names)}) VALUES ({marks})',
                    [row, *(pair[0] for pair in mine.values())],
                )
            else:
                sets = ",".join(f'"{column}" = ?' for column in mine)
                act.writing.execute(
                    f'UPDATE "{table}" SET {sets} WHERE id = ?', [*(pair[0] for pair in mine.values()), row]
                )
        for held_id, ticket_id, _released in held:
            act.delete(HeldLetter, held_id)
            act.extra.add(ticket_id)
    return act.changes


def _refuse_if_built_upon(later: list[tuple[str, str]], mine: dict[str, list[object]], op: str) -> None:
    """Raise Lapsed if a later change touched the same columns, unless it was itself undone since."""
    for column, (_old, new) in mine.items():
        value = new
        for later_op, cols in later:
            if later_op == "D" and op != "D":
                raise Lapsed("This was changed again since", "Undo the later change first, or set the value by hand.")
            pair = json.loads(cols).get(column)
            if pair is not None:
                value = pair[1]
        if value != new:
            raise Lapsed("This was changed again since", "Undo the later change first, or set the value by hand.")
