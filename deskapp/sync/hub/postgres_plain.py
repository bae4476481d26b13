"""The plain tables of a PostgreSQL hub: what they are, from the desk's own models, and their rows, from a snapshot.

They are the shared tables column by column (times in UTC milliseconds, lists as JSON text). The views of ``report``
show the same with timestamps and jsonb.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import peewee
from playhouse.cysqlite_ext import CySqliteDatabase

from deskapp.models.fields import Json, Ms
from deskapp.models.schema import Shared
from deskapp.models.tables import defaults, models
from deskapp.sync.hub.postgres_sql import quoted

_FETCH = 2_000


def statements(existing: dict[str, list[str]]) -> Iterator[str]:
    """Make what is missing. ``existing``: table -> its columns in their order."""
    for table, model in models().items():
        columns = existing.get(table)
        if columns is None:
            listed = ", ".join(_definition(field) for field in model._meta.sorted_fields)
            yield f"CREATE TABLE desk.{quoted(table)} ({listed})"
        else:
            for field in model._meta.sorted_fields:
                if field.column_name not in columns:
                    yield f"ALTER TABLE desk.{quoted(table)} ADD COLUMN {_definition(field)}"
        for field in model._meta.sorted_fields:
            if field.index:
                name = quoted(f"{table}_{field.column_name}")
                yield f"CREATE INDEX IF NOT EXISTS {name} ON desk.{quoted(table)} ({quoted(field.column_name)})"
        yield f"CREATE OR REPLACE VIEW report.{quoted(table)} AS {_view(model, columns or [])}"


def _definition(field: peewee.Field) -> str:
    kind = "bigint" if isinstance(field, peewee.IntegerField) else "text"
    if field.primary_key:
        return f"{quoted(field.column_name)} {kind} PRIMARY KEY"
    value = defaults(field.model._meta.table_name)[field.column_name]
    if value is None:
        return f"{quoted(field.column_name)} {kind}"
    text = str(value).replace("'", "''")
    return f"{quoted(field.column_name)} {kind} DEFAULT '{text}'"


def _view(model: type[Shared], existing: Sequence[str]) -> str:
    # a view can be replaced only by one that begins with the same columns
    fields = {field.column_name: field for field in model._meta.sorted_fields}
    order = [c for c in existing if c in fields] + [c for c in fields if c not in existing]
    listed = ", ".join(f"{_shown(fields[c])} AS {quoted(c)}" for c in order)
    return f"SELECT {listed} FROM desk.{quoted(model._meta.table_name)}"


def _shown(field: peewee.Field) -> str:
    column = quoted(field.column_name)
    if isinstance(field, Ms):
        return f"to_timestamp({column} / 1000.0)"
    return f"nullif({column}, '')::jsonb" if isinstance(field, Json) else column


def usual() -> list[tuple[str, str]]:
    """(table, JSON of the default of each column): what an insert leaves out."""
    return [(table, json.dumps(dict(defaults(table)))) for table in models()]


def rows(snapshot: Path) -> Iterator[tuple[str, list[str], Iterator[Sequence[Any]]]]:
    """(table, columns, rows) of each shared table that a snapshot has, the columns that this application knows."""
    db = CySqliteDatabase(str(snapshot), rank_functions=False)
    db.connect()
    try:
        there = {name for (name,) in db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
        for table in models():
            if table in there:
                known = {"id", *defaults(table)}
                found = db.execute_sql(f"PRAGMA table_info({quoted(table)})").fetchall()
                columns = [str(row[1]) for row in found if row[1] in known]
                yield table, columns, _rows(db, table, columns)
    finally:
        db.close()


def _rows(db: CySqliteDatabase, table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    cursor = db.execute_sql(f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table)}")
    while some := cursor.fetchmany(_FETCH):
        for row in some:
            # no server can hold U+0000 in a text
            yield [value.replace("\0", "") if isinstance(value, str) else value for value in row]


def parked(snapshot: Path) -> bytes:
    """What the maker of a snapshot had no columns for and this application has, as the body of a batch; empty if there
    is nothing of the kind."""
    db = CySqliteDatabase(str(snapshot), rank_functions=False)
    db.connect()
    found: dict[tuple[str, str], dict[str, Any]] = {}
    try:
        there = db.table_exists("parked")
        rows = db.execute_sql("SELECT tbl, row, col, value FROM parked").fetchall() if there else []
        for table, row, column, value in rows:
            if table in models() and (column == "id" or column in defaults(table)):
                found.setdefault((table, row), {})[column] = json.loads(value)
    finally:
        db.close()
    lines = ["{}"]
    for (table, row), values in found.items():
        op = "I" if values.pop("id", None) else "U"
        cols = {column: [None, value] for column, value in values.items()}
        lines.append(json.dumps([table, row, op, cols, "", 0], ensure_ascii=False))
    return "\n".join(lines).encode() if found else b""
