"""Desks of every released schema open in this version, with what waited in them still waiting."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import cysqlite
import pytest

from deskapp.models import capture
from deskapp.models.database import SCHEMA, Replica
from deskapp.models.schema import SHARED

FIXTURES = Path(__file__).with_name("fixtures")
RELEASED = sorted(FIXTURES.glob("schema-*.sqlite.xz"))


def unpacked(fixture: Path, folder: Path) -> Path:
    target = folder / "desk.sqlite"
    target.write_bytes(lzma.decompress(fixture.read_bytes()))
    return target


def test_each_older_schema_has_a_desk_here() -> None:
    wanted = [f"schema-{number}.sqlite.xz" for number in range(1, SCHEMA)]
    assert [fixture.name for fixture in RELEASED] == wanted, "python tests/models/fixtures/pack.py, before the change"


@pytest.mark.parametrize("fixture", RELEASED, ids=lambda path: path.name)
def test_an_older_desk_is_brought_up_and_loses_nothing(fixture: Path, tmp_path: Path) -> None:
    path = unpacked(fixture, tmp_path)
    old = cysqlite.connect(str(path))
    tables = [row[0] for row in old.execute("SELECT DISTINCT tbl FROM change")]
    before = {table: old.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall() for table in tables}
    waiting = old.execute("SELECT seq, tx, tbl, row, op, cols FROM change WHERE sent = 0 ORDER BY seq").fetchall()
    names = {table: [row[1] for row in old.execute(f'PRAGMA table_info("{table}")')] for table in tables}
    old.close()
    assert waiting and all(before.values())
    replica = Replica(path).open()
    try:
        assert replica.value("PRAGMA user_version") == SCHEMA
        for table, rows in before.items():
            columns = ", ".join(f'"{column}"' for column in names[table])
            assert [tuple(row) for row in rows] == replica.rows(f'SELECT {columns} FROM "{table}" ORDER BY id')
        assert replica.rows("SELECT seq, tx, tbl, row, op, cols FROM change ORDER BY seq") == waiting
        assert list((tmp_path / "backups").glob("*before-schema*.sqlite"))
        begun = {tx: min(row[0] for row in waiting if row[1] == tx) for tx in {row[1] for row in waiting}}
        assert dict(replica.rows("SELECT tx, seq FROM act_start")) == begun
        for model in SHARED:
            table = model._meta.table_name
            for name, statement in capture.triggers(model).items():
                (found,) = replica.row("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) or ("",)
                assert found == statement.strip(), table
        assert replica.value("PRAGMA integrity_check") == "ok"
    finally:
        replica.disconnect()


@pytest.mark.parametrize("fixture", RELEASED, ids=lambda path: path.name)
def test_what_an_older_desk_wrote_names_columns_that_are_still_there(fixture: Path, tmp_path: Path) -> None:
    """The shared schema only grows: a change that waited has a place in this version."""
    replica = Replica(unpacked(fixture, tmp_path)).open()
    try:
        there = {model._meta.table_name: set(model._meta.columns) for model in SHARED}
        for table, cols in replica.rows("SELECT tbl, cols FROM change"):
            assert set(json.loads(cols)) <= there[table]
    finally:
        replica.disconnect()
