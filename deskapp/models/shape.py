"""What of a file can be a whole desk: snapshots of a share, copies that somebody made elsewhere.

Whoever can hand over a SQLite file can hand over one with triggers that go on acting in every desktop made of it, with
tables that are views, or with values of another kind. Its shape must be exactly what our migrations make; its rows pass
the same gate as single changes (``sound``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from playhouse.cysqlite_ext import CySqliteDatabase
from playhouse.migrations import Runner

from deskapp.models import capture, sound
from deskapp.models.database import MIGRATIONS, SCHEMA, FileTrouble, open_file
from deskapp.models.fields import Day, Flag, Json
from deskapp.models.schema import SHARED, QueueRow, SearchDoc, SearchDue
from deskapp.models.tables import defaults

log = logging.getLogger(__name__)

_SHAPE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
#: What a table of a library's own has no need of: values that are computed, conditions.
_ACTS = re.compile(r"(?i)\b(check|generated|as|default|collate|trigger|view|where)\b")
_PEOPLE = {("message", "recipients"), ("message", "cc")}


def is_desk(path: Path) -> bool:
    """Whether a file is a whole desk of this or an older schema, and nothing besides: no capture either."""
    try:
        if not ours_to_write(path):
            return False
        with closing(open_file(path)) as copy:
            return shaped_as_desk(copy) and bool(copy.execute_scalar("PRAGMA quick_check(1)") == "ok")
    except (FileTrouble, UnicodeDecodeError, ValueError, TypeError):
        return False


def ours_to_write(path: Path) -> bool:
    """False for a file of a later SQLite: nobody here could write to it."""
    with open(path, "rb") as file:
        return set(file.read(20)[18:]) <= {1, 2}


def shaped_as_desk(copy: Any, at_work: bool = False) -> bool:
    """Whether an open file has exactly what our migrations make of its schema. ``at_work``: triggers of the names that
    capture uses are let pass; they are to be made anew. Raises FileTrouble, ValueError, TypeError."""
    copy.execute("PRAGMA trusted_schema = 0")
    copy.execute("PRAGMA cell_size_check = 1")
    version = copy.execute_scalar("PRAGMA user_version")
    if not 1 <= version <= SCHEMA:
        return False
    rows = [row for row in copy.execute(_SHAPE) if not (at_work and row[0] == "trigger" and capture.is_own(row[1]))]
    found, right = _told(rows), _shape(version)
    if found != right:
        log.warning("a file has another shape than a desk: %s objects differ", len(found ^ right))
    return found == right


def _told(rows: Any) -> frozenset[tuple[str, ...]]:
    """Statements alike but for blanks and quotes; what a library makes by itself may be worded as its version does."""
    found = set()
    for kind, name, table, sql in rows:
        made = table.startswith(("search_text_", "schema_migration")) and not _ACTS.search(sql)
        found.add((kind, name, table, "" if made else re.sub(r'[\s"]+', " ", sql).strip()))
    return frozenset(found)


@cache
def _shape(version: int) -> frozenset[tuple[str, ...]]:
    db = CySqliteDatabase(":memory:", rank_functions=False)
    db.connect()
    try:
        names = sorted(path.stem for path in MIGRATIONS.glob("0*.py"))
        Runner(db, str(MIGRATIONS)).up(names[version - 1])
        return _told(db.execute_sql(_SHAPE).fetchall())
    finally:
        db.close()


def mend_rows(path: Path, at: int) -> None:
    """Put the defaults where a value is of another kind than its column's, as ``sound`` would have left it out. The
    file has today's schema; ``at``: when it was made, UTC ms."""
    with closing(open_file(path)) as copy:
        copy.execute("BEGIN")
        for model in SHARED:
            table = model._meta.table_name
            for _place, row in list(odd(copy, model)):
                _mend(copy, table, row, at)
        for local in (QueueRow, SearchDoc, SearchDue):  # made anew by whoever misses one
            kinds = [f"({_kind('', field)})" for field in local._meta.sorted_fields]
            copy.execute(f'DELETE FROM "{local._meta.table_name}" WHERE ({" AND ".join(kinds)}) IS NOT 1')
        copy.execute("COMMIT")


def odd(copy: Any, model: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """(rowid, all columns) of the rows with values that may not fit; what does fit may be among them."""
    table = model._meta.table_name
    names = ["id", *defaults(table)]
    tests = ["typeof(id) <> 'text' OR length(id) NOT BETWEEN 1 AND 200"]
    values: list[Any] = []
    for field in model._meta.sorted_fields:
        name = field.column_name
        if name == "zone":
            all_ = copy.execute(f'SELECT DISTINCT zone FROM "{table}"')
            known = [zone for (zone,) in all_ if sound.fits(table, name, zone)]
            tests.append(f"zone NOT IN ({','.join('?' * len(known))})")
            values += known
        elif name != "id":
            tests.append(f"({_kind(table, field)}) IS NOT 1")
    listed = ",".join(f'"{name}"' for name in names)
    for place, *row in copy.execute(f'SELECT rowid,{listed} FROM "{table}" WHERE {" OR ".join(tests)}', values):
        yield place, dict(zip(names, row, strict=True))


def _kind(table: str, field: Any) -> str:
    """A condition that holds for nearly every right value of a column, and for no wrong one."""
    name = f'"{field.column_name}"'
    text = f"typeof({name}) = 'text' AND instr({name}, char(0)) = 0"
    if isinstance(field, Json):
        if (table, field.column_name) in _PEOPLE:
            return (
                f"{text} AND ({name} = '[]' OR CASE WHEN json_valid({name}) THEN json_type({name}) = 'array' AND NOT "
                f"EXISTS (SELECT 1 FROM json_each({name}) WHERE type <> 'array' OR json_array_length(value) <> 2 "
                "OR json_type(value, '$[0]') <> 'text' OR json_type(value, '$[1]') <> 'text') END)"
            )
        if sound.has_shape(table, field.column_name):
            return f"{name} = '[]'"
        nested = f"length({name}) - length(replace(replace({name}, '[', ''), '{{', ''))"
        return f"{text} AND ({name} IN ('[]', '{{}}') OR (json_valid({name}) AND {nested} < {sound.DEEPEST}))"
    if isinstance(field, Day):
        return f"{text} AND ({name} = '' OR date({name}) IS {name})"
    if isinstance(field, Flag):
        return f"typeof({name}) = 'integer' AND {name} IN (0, 1)"
    if field.field_type in ("INT", "BIGINT", "INTEGER", "AUTO"):
        least = 0 if table else -sound.USUAL  # what is late has less than nothing left, in rows of this machine
        whole = f"typeof({name}) = 'integer' AND {name} BETWEEN {least} AND {sound.USUAL}"
        return f"{name} IS NULL OR ({whole})" if field.null and field.column_name not in sound.MOMENTS else whole
    return text


def _mend(copy: Any, table: str, row: dict[str, Any], at: int) -> None:
    row_id = row.pop("id")
    if not sound.is_id(row_id):
        copy.execute(f'DELETE FROM "{table}" WHERE id IS ?', (row_id,))
        return
    usual, fits = defaults(table), sound.checks(table)
    good = {name: value if fits[name](value) else usual[name] for name, value in row.items()}
    good |= {name: at for name in sound.MOMENTS & good.keys() if good[name] is None}
    wrong = {name: value for name, value in good.items() if value != row[name] or type(value) is not type(row[name])}
    if wrong:
        log.warning("a file has values of another kind in %s: %s", table, ", ".join(sorted(wrong)))
        marks = ",".join(f'"{name}" = ?' for name in wrong)
        copy.execute(f'UPDATE "{table}" SET {marks} WHERE id = ?', (*wrong.values(), row_id))
