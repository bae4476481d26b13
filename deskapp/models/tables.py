"""The shared tables by their names, and what a column of them holds when nobody has said anything."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from deskapp.models.schema import SHARED, Shared


@cache
def models() -> dict[str, type[Shared]]:
    return {model._meta.table_name: model for model in SHARED}


@cache
def defaults(table: str) -> Mapping[str, Any]:
    """Column -> its stored default, of all columns but id: what an insert leaves out."""
    found = {}
    for field in models()[table]._meta.sorted_fields:
        if field.name != "id":
            value = field.default() if callable(field.default) else field.default
            found[field.column_name] = None if value is None else field.db_value(value)
    return found
