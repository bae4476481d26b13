"""Columns of the desk: text passes one gate, times are UTC milliseconds, lists are JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import peewee

from deskapp.core.text import clean_text


class Text(peewee.TextField):
    """Text from anywhere; what no shared database can hold is removed here and nowhere else. Never NULL."""

    def __init__(self, default: str | None = "", **kwargs: Any) -> None:
        super().__init__(default=default, **kwargs)

    def db_value(self, value: Any) -> Any:
        return clean_text(value) if isinstance(value, str) else value


class Ref(Text):
    """The id of another row; empty for none. No foreign key: replicas may receive rows in any order."""


class Ms(peewee.BigIntegerField):
    """An instant in UTC milliseconds, or NULL."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(null=True, **kwargs)


class Day(Text):
    """A date without a time, ISO 8601; empty for none."""


class Number(peewee.IntegerField):
    def __init__(self, default: int | None = 0, **kwargs: Any) -> None:
        super().__init__(default=default, null=default is None, **kwargs)


class Flag(peewee.IntegerField):
    """0 or 1."""

    def __init__(self, default: int = 0, **kwargs: Any) -> None:
        super().__init__(default=default, **kwargs)

    def db_value(self, value: Any) -> Any:
        return int(bool(value))


def _cleaned(value: Any) -> Any:
    """``value`` with every string in it cleaned: escaped as \\u0000, the gate for text would not see it any more."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {clean_text(str(key)): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value


class Json(peewee.TextField):
    """A small list or mapping, kept as JSON text with sorted keys so that equal values are equal text."""

    def __init__(self, default: Any = list, **kwargs: Any) -> None:
        super().__init__(default=default, **kwargs)

    def db_value(self, value: Any) -> Any:
        return json.dumps(_cleaned(value), ensure_ascii=False, sort_keys=True)

    def python_value(self, value: Any) -> Any:
        return json.loads(value) if value else None
