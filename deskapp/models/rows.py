"""Statements for one row, written once a table: building a query anew costs ten times what SQLite takes to run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import peewee

from deskapp.models.fields import Json


@cache
def _columns(model: type[peewee.Model]) -> dict[str, tuple[str, Any]]:
    """Attribute -> (column, what turns a value into its stored form)."""
    return {name: (field.column_name, _storing(field)) for name, field in model._meta.fields.items()}


def _storing(field: Any) -> Callable[[Any], Any]:
    """The field's own conversion, past the layers of peewee that lead there."""
    if isinstance(field, peewee.IntegerField) and type(field).db_value is peewee.Field.db_value:
        return _number
    return field.db_value  # type: ignore[no-any-return]


def _number(value: Any) -> Any:
    return value if value is None or type(value) is int else int(value)


def key_of(model: type[peewee.Model]) -> Any:
    """The primary key's field."""
    return model._meta.primary_key


@cache
def _blank(model: type[peewee.Model]) -> dict[str, Any]:
    """Attribute -> what a column holds when nothing is said, as stored; numbers that SQLite gives are left out."""
    found = {}
    for name, field in model._meta.fields.items():
        if not isinstance(field, peewee.AutoField):
            default = field.default() if callable(field.default) else field.default
            found[name] = None if default is None else field.db_value(default)
    return found


def _check(model: type[peewee.Model], values: Mapping[str, Any]) -> None:
    unknown = values.keys() - _columns(model).keys()
    if unknown:
        raise AttributeError(f"{model.__name__} has no {', '.join(sorted(unknown))}")


def _stored(model: type[peewee.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    columns = _columns(model)
    return {name: columns[name][1](value) for name, value in values.items()}


@cache
def _insert_sql(model: type[peewee.Model], names: tuple[str, ...]) -> str:
    columns = [f'"{_columns(model)[name][0]}"' for name in names]
    marks = ",".join("?" * len(names))
    return f'INSERT INTO "{model._meta.table_name}" ({",".join(columns)}) VALUES ({marks})'


@cache
def _conflict_sql(model: type[peewee.Model], names: tuple[str, ...]) -> str:
    key = key_of(model)
    rest = [f'"{_columns(model)[name][0]}"' for name in names if name != key.name]
    sets = ",".join(f"{column} = excluded.{column}" for column in rest)
    return f' ON CONFLICT ("{key.column_name}") ' + (f"DO UPDATE SET {sets}" if rest else "DO NOTHING")


@cache
def _update_sql(model: type[peewee.Model], names: tuple[str, ...]) -> str:
    sets = ",".join(f'"{_columns(model)[name][0]}" = ?' for name in names)
    return f'UPDATE "{model._meta.table_name}" SET {sets} WHERE "{key_of(model).column_name}" = ?'


def names(model: type[peewee.Model]) -> tuple[str, ...]:
    """The columns' attributes in the order of the parameters that ``insert`` gives for no values."""
    return tuple(_blank(model))


@cache
def _plan(model: type[peewee.Model]) -> tuple[dict[str, tuple[str, Any]], dict[str, Any], str]:
    """Columns, their values where nothing is said, and the statement that inserts all of them."""
    blank = _blank(model)
    return _columns(model), blank, _insert_sql(model, tuple(blank))


def insert(model: type[peewee.Model], values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Statement and parameters that insert a row; columns not given get their defaults."""
    columns, blank, whole = _plan(model)
    full = blank.copy()
    try:
        for name, value in values.items():
            full[name] = columns[name][1](value)
    except KeyError:
        _check(model, values)
        raise
    if len(full) == len(blank):  # nearly always: the same columns in the same order
        return whole, [*full.values()]
    return _insert_sql(model, tuple(full)), [*full.values()]


def insert_new(model: type[peewee.Model], values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The same, doing nothing where a row of that key is."""
    sql, params = insert(model, values)
    return f"{sql} ON CONFLICT DO NOTHING", params


def put(model: type[peewee.Model], values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Insert, or change the given columns of the row of that key."""
    sql, params = insert(model, values)
    return sql + _conflict_sql(model, tuple(values)), params


def update(model: type[peewee.Model], key: str, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    _check(model, values)
    return _update_sql(model, tuple(values)), [*_stored(model, values).values(), key]


@cache
def by_key(
    model: type[peewee.Model], more: str = "", joins: str = ""
) -> tuple[str, Callable[[tuple[Any, ...]], dict[str, Any]], int]:
    """The statement that reads one row (its table is ``t``), what turns its columns into {attribute: value}, JSON read,
    and how many they are; behind them come the columns ``more`` of what ``joins`` adds."""
    names = list(_columns(model))
    columns = ",".join(f't."{column}"' for column, _store in _columns(model).values())
    columns += more and f", {more}"
    sql = f'SELECT {columns} FROM "{model._meta.table_name}" t {joins} WHERE t."{key_of(model).column_name}" = ?'
    stored_as_json = [
        (name, field.python_value) for name, field in model._meta.fields.items() if isinstance(field, Json)
    ]

    def read(row: tuple[Any, ...]) -> dict[str, Any]:
        found = dict(zip(names, row, strict=False))
        for name, load in stored_as_json:
            found[name] = load(found[name])
        return found

    return sql, read, len(names)
