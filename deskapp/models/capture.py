"""Change capture: triggers, generated from the models, that write each change in the transaction that makes it.

A row of ``change`` holds {column: [old, new]} for the columns that really changed. No code path can forget one, since
no code takes part. ``REPLACE`` is banned (it would be captured as an insert that forgets); ``ON CONFLICT DO UPDATE`` is
captured rightly.
"""

from __future__ import annotations

from typing import Any

import peewee

from deskapp.models.schema import SHARED, Shared


def _quoted(side: str, column: str, usual: Any) -> str:
    """A value as JSON. Most columns of a new row are empty: finding that out costs less than quoting them."""
    value = f'{side}."{column}"'
    if usual == "":
        return f"iif({value} IS '', '\"\"', json_quote({value}))"
    return f"json_quote({value})"


def _whole(model: type[Shared], side: str) -> str:
    """{column: [old, new]} of a row that is made (``NEW``) or deleted (``OLD``): all columns that are not NULL."""
    known, perhaps = [], []
    for name, field in model._meta.columns.items():
        if name == "id":
            continue
        value = _quoted(side, name, None if field.null else field.default)
        pair = f"[null,', {value}, ']" if side == "NEW" else f"[', {value}, ',null]"
        if field.null:
            perhaps.append(f"""iif({side}."{name}" IS NULL, NULL, concat(',"{name}":{pair}'))""")
        else:
            known.append(f'"{name}":{pair}')
    if known:
        return "concat('{" + ",".join(known) + "', " + "".join(f"{part}, " for part in perhaps) + "'}')"
    return "concat('{', substr(concat(" + ", ".join(perhaps) + "), 2), '}')"


def _log(table: str, row: str, op: str, cols: str, also: str = "", where: str = "") -> str:
    return (
        "INSERT INTO change (tx, tbl, row, op, cols, author, made_at, sent) "
        f"SELECT tx, '{table}', {row}.id, '{op}', {cols}, author, made_at, 0 FROM capture_context{also} "
        f"WHERE id = 1{where};"
    )


def triggers(model: type[Shared]) -> dict[str, str]:
    """The three capture triggers of one table: name -> statement.

    They cost half of what a write costs, so each value is looked at once: ``concat`` leaves out what is NULL.
    """
    table = model._meta.table_name
    columns = [column for column in model._meta.columns if column != "id"]
    active = "(SELECT active FROM capture_context WHERE id = 1)"
    changed = ", ".join(
        f'iif(OLD."{c}" IS NEW."{c}", NULL, '
        f"""concat(',"{c}":[', json_quote(OLD."{c}"), ',', json_quote(NEW."{c}"), ']'))"""
        for c in columns
    )
    # with a LIMIT the pairs are made once; without, SQLite makes them for each place that names them
    updated = _log(
        table,
        "NEW",
        "U",
        "concat('{', substr(pairs, 2), '}')",
        f", (SELECT concat({changed}) AS pairs LIMIT 1)",
        " AND pairs <> ''",
    )
    return {
        f"capture_{table}_i": f'CREATE TRIGGER "capture_{table}_i" AFTER INSERT ON "{table}" WHEN {active} '
        f"BEGIN {_log(table, 'NEW', 'I', _whole(model, 'NEW'))} END",
        f"capture_{table}_u": f'CREATE TRIGGER "capture_{table}_u" AFTER UPDATE ON "{table}" WHEN {active} '
        f"BEGIN {updated} END",
        f"capture_{table}_d": f'CREATE TRIGGER "capture_{table}_d" AFTER DELETE ON "{table}" WHEN {active} '
        f"BEGIN {_log(table, 'OLD', 'D', _whole(model, 'OLD'))} END",
    }


def is_own(trigger: str) -> bool:
    """Whether a trigger is called as those of capture are: ``drop`` takes it away."""
    return trigger.startswith("capture_")


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
