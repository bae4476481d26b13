"""What the first schema must hold for sharing to be possible later: capture by column, ids, groups, clean text."""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import peewee
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.models import capture
from deskapp.models.database import Replica
from deskapp.models.fields import Flag, Json
from deskapp.models.schema import LOCAL, SHARED, Customer, DeskSetting, Note, Shared, Ticket

NOW = datetime(2026, 11, 2, 6, 20, tzinfo=UTC)
PACKAGE = Path(__file__).resolve().parents[2] / "deskapp"
COLUMNS = [
    pytest.param(model, field, id=f"{model._meta.table_name}.{field.column_name}")
    for model in SHARED
    for field in model._meta.sorted_fields
    if field.name != "id"
]
TEXTS = [
    (model, field) for model in SHARED for field in model._meta.sorted_fields if isinstance(field, peewee.TextField)
]


def values_of(field: peewee.Field) -> tuple[object, object]:
    """Two values of a column that differ from each other and from the default."""
    if isinstance(field, Flag):
        return int(not field.default), int(bool(field.default))
    if isinstance(field, Json):
        return ["Ёж", 1], ["Уж", 2]
    if isinstance(field, peewee.IntegerField):
        return 41, 42
    return 'one "quoted" Ёж', "two\nlines"


def stored(field: peewee.Field, value: object) -> object:
    return field.db_value(value)


def log(replica: Replica) -> list[tuple[str, str, str, dict[str, list[object]], str, str]]:
    return [
        (table, row, op, json.loads(cols), author, tx)
        for table, row, op, cols, author, tx in replica.rows(
            "SELECT tbl, row, op, cols, author, tx FROM change ORDER BY seq"
        )
    ]


@pytest.mark.parametrize(("model", "field"), COLUMNS)
def test_every_column_is_captured(replica: Replica, model: type[Shared], field: peewee.Field) -> None:
    first, second = values_of(field)
    table, column = model._meta.table_name, field.column_name
    with replica.writing("anna", NOW) as writing:
        row = writing.insert(model, **{field.name: first})
    with replica.writing("boris", NOW) as writing:
        writing.update(model, row, **{field.name: second})
    with replica.writing("clara", NOW) as writing:
        writing.delete(model, row)
    inserted, updated, deleted = log(replica)
    one, two = stored(field, first), stored(field, second)
    assert inserted[:3] == (table, row, "I") and inserted[3][column] == [None, one]
    assert updated[:4] == (table, row, "U", {column: [one, two]})
    assert deleted[:3] == (table, row, "D") and deleted[3][column] == [two, None]
    assert [change[4] for change in (inserted, updated, deleted)] == ["anna", "boris", "clara"]
    assert len({change[5] for change in (inserted, updated, deleted)}) == 3


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.table_name)
def test_triggers_name_every_column_of_the_real_table(replica: Replica, model: type[Shared]) -> None:
    """A column that came by a migration alone would be seen here, as would one that a model lost."""
    table = model._meta.table_name
    columns = [row[1] for row in replica.rows(f'PRAGMA table_info("{table}")')]
    assert columns == [field.column_name for field in model._meta.sorted_fields], (
        f"{table}: the class and the migrations differ; a column stands at the end of its class in models/, and a "
        "migration adds it (CONTRIBUTING.md, a field of a ticket)"
    )
    for suffix in ("i", "u", "d"):
        (sql,) = replica.row("SELECT sql FROM sqlite_master WHERE name = ?", (f"capture_{table}_{suffix}",)) or ("",)
        assert sql == capture.triggers(model)[f"capture_{table}_{suffix}"].strip()
        assert all(f'."{column}"' in sql for column in columns if column != "id")


def test_an_update_that_changes_nothing_is_no_change(replica: Replica) -> None:
    with replica.writing("me", NOW) as writing:
        row = writing.insert(Customer, name="Ромашка")
        writing.update(Customer, row, name="Ромашка")
        writing.put(Customer, id=row, name="Ромашка")
    assert [change[2] for change in log(replica)] == ["I"]


def test_changes_of_others_are_merged_uncaptured(replica: Replica) -> None:
    with replica.writing("me", NOW) as writing:
        writing.execute("UPDATE capture_context SET active = 0 WHERE id = 1")
        writing.insert(Customer, name="from the hub")
    assert log(replica) == []
    with replica.writing("me", NOW) as writing:
        writing.insert(Customer, name="mine")
    assert len(log(replica)) == 1


def test_local_tables_are_never_captured(replica: Replica) -> None:
    names = {row[0] for row in replica.rows("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
    assert names == {model._meta.table_name for model in SHARED}
    assert not names & {model._meta.table_name for model in LOCAL}


def test_an_upsert_is_captured_as_what_it_was(replica: Replica) -> None:
    with replica.writing("me", NOW) as writing:
        writing.put(Customer, id="one", name="a")
        writing.put(Customer, id="one", name="b")
    assert [(change[2], change[3].get("name")) for change in log(replica)] == [("I", [None, "a"]), ("U", ["a", "b"])]


def test_even_a_replace_would_be_seen(replica: Replica) -> None:
    """REPLACE is banned; should one slip in, recursive triggers at least show the row that it deletes."""
    with replica.writing("me", NOW) as writing:
        writing.put(DeskSetting, id="one", value={"a": 1})
        writing.execute("REPLACE INTO desk_setting (id, value) VALUES ('one', '{}')")
    assert [change[2] for change in log(replica)] == ["I", "D", "I"]


def test_replace_is_nowhere_in_the_code() -> None:
    guilty = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            words = " ".join(text.upper().split())
            if "INSERT OR REPLACE" in words or words.startswith("REPLACE INTO"):
                guilty.append(path.name)
            if isinstance(node, ast.Attribute) and node.attr in ("replace_many", "on_conflict_replace"):
                guilty.append(path.name)
    assert not guilty


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.table_name)
def test_nothing_is_unique_but_the_id(replica: Replica, model: type[Shared]) -> None:
    table = model._meta.table_name
    unique = [row for row in replica.rows(f'PRAGMA index_list("{table}")') if row[2]]
    assert [row[3] for row in unique] == ["pk"]
    key = [(row[1], row[2].upper()) for row in replica.rows(f'PRAGMA table_info("{table}")') if row[5]]
    assert key == [("id", "TEXT")]
    assert not replica.rows(f'PRAGMA foreign_key_list("{table}")')


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.table_name)
def test_groups_name_columns_each_once(model: type[Shared]) -> None:
    named = [column for group in model.groups for column in group]
    assert set(named) <= {field.column_name for field in model._meta.sorted_fields}
    assert len(named) == len(set(named))
    assert not (model.insert_only and model.groups)


def test_what_means_something_only_together_is_one_value() -> None:
    def together(model: type[Shared], *columns: str) -> bool:
        return any(set(columns) <= set(group) for group in model.groups)

    by_name = {model._meta.table_name: model for model in SHARED}
    assert together(by_name["booking"], "specialist_id", "start_at", "end_at")
    assert together(Ticket, "status", "consent_how", "consent_who", "consent_at")
    assert together(Ticket, "promised_at", "promise_id")
    assert all(by_name[name].insert_only for name in ("note", "message", "time_entry", "event", "attachment"))


@pytest.mark.parametrize(
    ("model", "field"), [pytest.param(m, f, id=f"{m._meta.table_name}.{f.column_name}") for m, f in TEXTS]
)
def test_no_text_column_takes_what_a_shared_database_cannot_hold(
    replica: Replica, model: type[Shared], field: peewee.Field
) -> None:
    bad = "a\x00b\ud800c"
    value: object = {"k\x00": [bad, {"x": bad}]} if isinstance(field, Json) else bad
    with replica.writing("me", NOW) as writing:
        row = writing.insert(model, **{field.name: value})
        wanted = row if field.name == "id" else ""
        got = writing.execute(
            f'SELECT "{field.column_name}" FROM "{model._meta.table_name}"' + (" WHERE id = ?" if not wanted else ""),
            () if wanted else (row,),
        ).fetchone()[0]
        if field.name != "id":
            writing.update(model, row, **{field.name: value})
    if isinstance(field, Json):
        assert json.loads(got) == {"k": ["abc", {"x": "abc"}]}
    else:
        assert got == "abc"
    for (cols,) in replica.rows("SELECT cols FROM change"):
        assert "\\u0000" not in cols and "\\ud800" not in cols


_DB: list[Replica] = []


@settings(max_examples=60)
@given(text=st.text(st.characters(codec=None)))
def test_captured_text_is_the_text(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not _DB:
        _DB.append(Replica(tmp_path_factory.mktemp("replica") / "desk.sqlite").open())
    replica = _DB[0]
    with replica.writing("me", NOW) as writing:
        row = writing.insert(Note, text=text)
        kept = writing.execute("SELECT text FROM note WHERE id = ?", (row,)).fetchone()[0]
        (cols,) = writing.execute("SELECT cols FROM change WHERE row = ?", (row,)).fetchone()
    assert json.loads(cols)["text"] == [None, kept]


def test_json_of_equal_values_is_equal_text() -> None:
    field = Json()
    assert (
        field.db_value({"b": 1, "a": [1, "Ё"]}) == field.db_value({"a": (1, "Ё"), "b": 1}) == '{"a": [1, "Ё"], "b": 1}'
    )
    assert field.python_value(field.db_value("text")) == "text"
