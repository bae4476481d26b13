"""Why a date is what it is: trace rows as they are kept with a promise, and those of the running clocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.planning.values import Span, TraceRow


def stored(rows: Iterable[TraceRow]) -> list[list[Any]]:
    """Trace rows as JSON: [start ms, end ms, code, args]."""
    return [[to_ms(row.span.start), to_ms(row.span.end), row.code, dict(row.args)] for row in rows]


def read(rows: Iterable[Iterable[Any]]) -> tuple[TraceRow, ...]:
    return tuple(TraceRow(Span(from_ms(start), from_ms(end)), code, args) for start, end, code, args in rows)
