"""Rows of files become customers, contacts, articles, parts, tickets and entries of the protocol.

A file is looked at first (``preview``: how its columns are understood and what is wrong with which row), then taken in
(``run``). Up to ``ONE_STEP`` rows are one step of undo; more are taken in pieces after a backup, each piece whole.
What is here already is found again by its natural key, so that the same file twice changes nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from deskapp.core.errors import UserCancelled, UserFacingError
from deskapp.desk import import_rows, import_tickets
from deskapp.desk.desk import Desk
from deskapp.desk.import_fields import KINDS, Field, guess, guess_kind
from deskapp.desk.import_rows import Problem, Reader, Result, Taker, shown
from deskapp.desk.sheets import Table
from deskapp.desk.sheets import read as read_table
from deskapp.desk.values import Changes

#: Rows that one step of undo may hold.
ONE_STEP = 5_000
SHOWN = 50
#: Problems that a result names one by one.
NAMED = 1_000
#: Pages of the database that a large import keeps in memory.
_CACHE_KB = 96_000
#: Field -> column.
Columns = Mapping[str, int]
#: ``progress(done, total)`` says whether to go on.
Progress = Callable[[int, int], bool]


class PreviewRow(NamedTuple):
    row: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Preview:
    """``mapping``: field -> column; ``wrong``: rows that would be left out, ``problems`` of them (not all, where there
    are many); ``one_step``: whether undo takes the import back as one step."""

    table: Table
    kind: str
    mapping: Columns
    missing: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    total: int
    wrong: int
    problems: tuple[Problem, ...]
    one_step: bool


# --- looking -----------------------------------------------------------------------------------------------------


def look(desk: Desk, path: str | Path, kind: str = "", mapping: Columns | None = None, sheet: str = "") -> Preview:
    """How a file would be understood; ``kind`` and ``mapping`` are guessed where they are not given."""
    table = read_table(Path(path), sheet)
    kind = kind or guess_kind(table.heads)
    chosen = dict(guess(kind, table.heads) if mapping is None else mapping)
    return preview(desk, table, kind, chosen)


def preview(desk: Desk, table: Table, kind: str, mapping: Columns) -> Preview:
    """The first rows as they would be read, and what is wrong anywhere."""
    fields = _fields(kind, mapping)
    missing = tuple(each.name for each in KINDS[kind] if each.required and each.name not in mapping)
    reader = Reader(desk, kind)
    kept: list[PreviewRow] = []
    problems: list[Problem] = []
    wrong = total = 0
    for place, cells in enumerate(table.rows(), start=1):
        total += 1
        _values, found = reader.read(place, cells, fields)
        if found:
            wrong += 1
            if len(problems) < NAMED:
                problems.extend(found)
        if place <= SHOWN or (found and len(kept) < 2 * SHOWN):
            texts = tuple(shown(cell) for cell in cells[: len(table.heads)])
            kept.append(PreviewRow(place, texts, tuple(found)))
    return Preview(table, kind, dict(mapping), missing, tuple(kept), total, wrong, tuple(problems), total <= ONE_STEP)


def _fields(kind: str, mapping: Columns) -> list[tuple[Field, int]]:
    unknown = mapping.keys() - {each.name for each in KINDS[kind]}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return [(each, mapping[each.name]) for each in KINDS[kind] if each.name in mapping]


# --- taking in ---------------------------------------------------------------------------------------------------


def run(desk: Desk, seen: Preview, progress: Progress = lambda _done, _total: True) -> Changes:
    """Take in what ``preview`` showed; ``Changes.result`` is a Result. Rows with a problem are left out.

    UserCancelled when ``progress`` says so while it is one step (nothing is kept then); a larger one stops after its
    last whole piece.
    """
    if seen.missing:
        raise UserFacingError(
            "A column is missing", "Say which column holds: %1. Nothing was imported.", ", ".join(seen.missing)
        )
    result = Result()
    if not seen.one_step:
        result.backup = desk.replica.backup("before-import").name
        with _in_pieces(desk):
            return _run(desk, seen, progress, result)
    return _run(desk, seen, progress, result)


@contextmanager
def _in_pieces(desk: Desk) -> Iterator[None]:
    """Pieces wait for the disk together at the end: a backup stands before them, and the file can be taken in again."""
    (kept,) = desk.replica.row("PRAGMA cache_size") or (-32_000,)
    desk.replica.db.execute_sql(f"PRAGMA cache_size = {-_CACHE_KB}")
    try:
        with desk.replica.together():
            yield
    finally:
        desk.replica.db.execute_sql(f"PRAGMA cache_size = {kept}")


def _run(desk: Desk, seen: Preview, progress: Progress, result: Result) -> Changes:
    reader = Reader(desk, seen.kind)
    fields = _fields(seen.kind, seen.mapping)
    total = max(1, seen.total)
    done = 0

    def good() -> Iterator[dict[str, Any]]:
        nonlocal done
        for place, cells in enumerate(seen.table.rows(), start=1):
            done = place
            values, problems = reader.read(place, cells, fields)
            if problems:
                result.wrong += 1
                result.problems.extend(problems[: NAMED - len(result.problems)])
            else:
                yield values

    rows = good()
    changes = Changes()
    tables: dict[str, frozenset[str]] = {}
    taker = _TAKERS[seen.kind](desk, result)
    while True:
        piece = list(islice(rows, ONE_STEP))
        if not piece and done:
            break
        if not progress(min(done, total), total):
            if seen.one_step:
                raise UserCancelled
            result.cancelled = True
            break
        changes = taker.take(piece)
        tables |= changes.tables
        if len(piece) < ONE_STEP:
            break
    progress(total, total)
    if seen.one_step:
        return _with(changes, changes.tx, result)
    return _with(Changes(tables=tables, tickets=frozenset()), "", result)


def _with(changes: Changes, tx: str, result: Result) -> Changes:
    said = ("imported", {"rows": result.made + result.changed})
    return Changes(changes.tables, changes.tickets, tx, said, result=result)


_TAKERS: Mapping[str, Callable[[Desk, Result], Taker]] = {
    "customers": import_rows.Customers,
    "contacts": import_rows.Contacts,
    "articles": import_rows.Articles,
    "parts": import_rows.Parts,
    "tickets": import_tickets.Tickets,
    "history": import_tickets.History,
}
