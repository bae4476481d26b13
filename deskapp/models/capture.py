"""Change capture: triggers, generated from the models, that write each change in the transaction that makes it.

A row of ``change`` holds {column: [old, new]} for the columns that really changed. No code path can forget one, since
no code takes part. ``REPLACE`` is banned (it would be captured as an insert that forgets); ``ON CONFLICT DO UPDATE`` is
captured rightly.
"""

from __future__ import annotations

import peewee

from deskapp.models.schema import SHARED, Shared


def _pair(column: str, old: str, new: str) -> str:
    before = f'json_quote({old}."{column}")' if old else "'null'"
    after = f'json_quote({new}."{column}")' if new else "'null'"
    return f"""',"{column}":[' || {before} || ',' || {after} || ']'"""


def _log(table: str, row: str, op: str, pairs: list[str]) -> str:
    cols = "'{' || substr(" + " || ".join(pairs) + ", 2) || '}'"
    return (
        "INSERT INTO change (tx, tbl, row, op, cols, author, made_at, sent) "
        f"SELECT tx, '{table}', {row}.id, '{op}', {cols}, author, made_at, 0 FROM capture_context WHERE id = 1;"
    )


def triggers(model: type[Shared]) -> dict[str, str]:
    """The three capture triggers of one table: name -> statement."""
    table = model._meta.table_name
    columns = [column for column in model._meta.columns if column != "id"]
    active = "(SELECT active FROM capture_context WHERE id = 1)"
    changed = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)

    def when(test: str, pair: str) -> str:
        return f"CASE WHEN {test} THEN {pair} ELSE '' END"

    inserted = [when(f'NEW."{c}" IS NOT NULL', _pair(c, "", "NEW")) for c in columns]
    deleted = [when(f'OLD."{c}" IS NOT NULL', _pair(c, "OLD", "")) for c in columns]
    updated = [when(f'OLD."{c}" IS NOT NEW."{c}"', _pair(c, "OLD", "NEW")) for c in columns]
    return {
        f"capture_{table}_i": f'CREATE TRIGGER "capture_{table}_i" AFTER INSERT ON "{table}" WHEN {active} '
        f"BEGIN {_log(table, 'NEW', 'I', inserted)} END",
        f"capture_{table}_u": f'CREATE TRIGGER "capture_{table}_u" AFTER UPDATE ON "{table}" '
        f"WHEN {active} AND ({changed}) BEGIN {_log(table, 'NEW', 'U', updated)} END",
        f"capture_{table}_d": f'CREATE TRIGGER "capture_{table}_d" AFTER DELETE ON "{table}" WHEN {active} '
        f"BEGIN {_log(table, 'OLD', 'D', deleted)} END",
    }


def drop(db: peewee.Database) -> None:
    """Drop every capture trigger, as a migration must: DROP COLUMN fails while one names the column."""
    names = db.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture\\_%' ESCAPE '\\'"
    )
    for (name,) in names.fetchall():
        db.execute_sql(f'DROP TRIGGER "{name}"')


def make(db: peewee.Database) -> None:
    """Make the capture triggers of all shared tables anew."""
    drop(db)
    for model in SHARED:
        for statement in triggers(model).values():
            db.execute_sql(statement)
