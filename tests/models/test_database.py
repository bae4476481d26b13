"""Opening, migrating, backing up and interrupting a replica."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import cysqlite
import pytest

from deskapp.core.errors import EnvironmentTrouble, NewerSchema, UserFacingError
from deskapp.desk import timespent
from deskapp.models import database, schema
from deskapp.models.database import SCHEMA, Replica
from deskapp.models.fields import Number, Ref, Text
from deskapp.models.schema import Customer, Ticket
from deskapp.models.shared import Shared
from tests.models.fixtures.missing import missing

NOW = datetime(2026, 11, 2, 6, 20, tzinfo=UTC)


def add_customer(replica: Replica, name: str) -> str:
    with replica.writing("me", NOW) as writing:
        return writing.insert(Customer, name=name)


#: A column that was added to a table with rows has a default for them; a model's own defaults are Python's.
_ADDED = re.compile(r" DEFAULT ('[^']*'|\d+)")


def columns(replica: Replica, table: str) -> list[tuple[object, ...]]:
    return [row[:4] + row[5:] for row in replica.rows(f'PRAGMA table_info("{table}")')]


def shape(replica: Replica) -> dict[str, str]:
    """Every object of the database but what migrations and triggers add: name -> statement."""
    rows = replica.rows(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE 'schema_migration%' AND name NOT LIKE 'search_text_%'"
    )
    return {name: _ADDED.sub("", " ".join(sql.replace('"', "").split())) for name, sql in rows}


def test_the_migrated_database_equals_the_models(replica: Replica, tmp_path: Path) -> None:
    fresh = Replica(tmp_path / "models.sqlite")
    fresh.connect()
    try:
        for model in schema.SHARED + schema.LOCAL:
            with model.bind_ctx(fresh.db):
                model.create_table(safe=False)
        for statement in schema.EXTRA:
            fresh.db.execute_sql(statement)
        assert shape(replica) == shape(fresh)
        for model in schema.SHARED + schema.LOCAL:
            table = model._meta.table_name
            assert columns(replica, table) == columns(fresh, table)
    finally:
        fresh.disconnect()


def test_what_a_migration_still_lacks_is_told() -> None:
    class Greeting(Shared):
        contact_id = Ref(index=True)
        text = Text()

    class Grown(Customer):
        seen = Number(default=None)
        mood = Text()

        class Meta:
            table_name = "customer"

    assert missing() == []
    others = [one for one in (*schema.SHARED, *schema.LOCAL) if one is not Customer]
    greeting, index, *grown = missing([Greeting, Grown, *others])
    assert greeting.startswith('CREATE TABLE "greeting" ("id" TEXT NOT NULL PRIMARY KEY')
    assert index == 'CREATE INDEX "greeting_contact_id" ON "greeting" ("contact_id");'
    assert grown == [
        'ALTER TABLE "customer" ADD COLUMN "seen" INTEGER;',
        'ALTER TABLE "customer" ADD COLUMN "mood" TEXT NOT NULL DEFAULT \'\';',
    ]


def test_a_second_opening_changes_nothing(replica: Replica) -> None:
    add_customer(replica, "one")
    before = replica.rows("SELECT name, sql FROM sqlite_master ORDER BY 1"), replica.state("replica")
    again = Replica(replica.path).open()
    try:
        assert (again.rows("SELECT name, sql FROM sqlite_master ORDER BY 1"), again.state("replica")) == before
        assert again.value("SELECT name FROM customer") == "one"
    finally:
        again.disconnect()


def test_it_is_known_where_the_changes_of_each_intention_begin(replica: Replica) -> None:
    at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    with replica.writing("anna", at) as outer:
        outer.insert(schema.Customer, name="one")
        with replica.writing("boris", at) as inner:
            inner.insert(schema.Customer, name="two")
    with replica.writing("anna", at, tx=outer.tx) as again:
        again.insert(schema.Customer, name="three")
    with replica.writing("anna", at) as idle:
        assert idle.tx != outer.tx
    with pytest.raises(ValueError), replica.writing("anna", at) as failed:
        failed.insert(schema.Customer, name="four")
        raise ValueError
    begun = dict(replica.rows("SELECT tx, min(seq) FROM change GROUP BY tx"))
    assert dict(replica.rows("SELECT tx, seq FROM act_start")) == begun and set(begun) == {outer.tx}


@pytest.mark.parametrize("wal", [True, False])
def test_a_newer_schema_is_refused_with_words_and_left_alone(replica: Replica, wal: bool) -> None:
    replica.db.execute_sql(f"PRAGMA user_version = {SCHEMA + 1}")
    if not wal:
        replica.db.execute_sql("PRAGMA journal_mode = delete")
    replica.disconnect()
    before = replica.path.read_bytes()
    with pytest.raises(NewerSchema) as caught:
        Replica(replica.path).open()
    assert str(SCHEMA + 1) in caught.value.filled()
    assert replica.path.read_bytes() == before


def test_a_full_disk_is_said_and_nothing_of_the_step_is_kept(replica: Replica) -> None:
    add_customer(replica, "before")
    pages = int(replica.value("PRAGMA page_count"))
    replica.db.execute_sql(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(EnvironmentTrouble, match=r"The disk is full.*stored before is safe"):
        with replica.writing("me", NOW) as outer:
            outer.insert(Customer, name="outer")
            with replica.writing("me", NOW) as writing:
                for _turn in range(200):
                    writing.insert(Customer, name="x" * 1000)
    replica.db.execute_sql("PRAGMA max_page_count = 1000000")
    assert replica.rows("SELECT name FROM customer") == [("before",)]
    add_customer(replica, "after")
    with pytest.raises(cysqlite.OperationalError, match="no such table"), replica.writing("me", NOW) as writing:
        writing.execute("SELECT 1 FROM no_such")  # a bug stays a bug


def test_what_another_program_holds_is_told_as_busy(replica: Replica) -> None:
    replica.db.connection().set_busy_handler(0.05)
    other = cysqlite.connect(str(replica.path))
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(EnvironmentTrouble, match="The desk is busy"):
            add_customer(replica, "one")
    finally:
        other.execute("ROLLBACK")
        other.close()
    add_customer(replica, "one")


@pytest.mark.skipif(os.name != "posix", reason="there is no limit of a file's size here")
@pytest.mark.parametrize(("free", "title"), [(0, "The disk is full"), (10**9, "The disk reports an error")])
def test_a_desk_that_cannot_be_opened_for_its_surroundings_is_not_called_damaged(
    replica: Replica, monkeypatch: pytest.MonkeyPatch, free: int, title: str
) -> None:
    import resource

    add_customer(replica, "one")
    replica.disconnect()
    for end in ("-wal", "-shm"):
        Path(f"{replica.path}{end}").unlink(missing_ok=True)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # no file grows, as on a full disk
    try:
        with pytest.raises(EnvironmentTrouble) as caught:
            Replica(replica.path).open()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.title == title and "damaged" not in str(caught.value)
    replica.open()
    assert replica.value("SELECT count(*) FROM customer") == 1


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a database\n" * 100, b"SQLite format 3\x00" + b"\x7f" * 5000]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.sqlite"
    path.write_bytes(content)
    with pytest.raises(UserFacingError) as caught:
        Replica(path).open()
    assert str(path) in caught.value.filled()
    assert path.read_bytes() == content


def test_a_database_of_another_application_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    other = cysqlite.connect(str(path))
    other.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(UserFacingError, match="not a desk"):
        Replica(path).open()
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_desk(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.touch()
    replica = Replica(path).open()
    assert replica._version() == SCHEMA
    replica.disconnect()


KILLED = """
    import os, sys
    from pathlib import Path
    from deskapp.models import capture, database
    step, path = sys.argv[1], Path(sys.argv[2])
    replica = database.Replica(path)
    if step == "before triggers":
        capture.make = lambda db: os._exit(9)
    elif step == "after triggers":
        make = capture.make
        capture.make = lambda db: (make(db), os._exit(9))
    else:
        database.new_id = lambda: os._exit(9)
    replica.open()
    os._exit(0)
"""


@pytest.mark.parametrize("step", ["before triggers", "after triggers", "at the end"])
def test_a_migration_whose_process_died_is_done_again(tmp_path: Path, step: str) -> None:
    path = tmp_path / "desk.sqlite"
    died = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), step, str(path)], check=False, timeout=120)
    assert died.returncode == 9
    replica = Replica(path).open()
    try:
        add_customer(replica, "one")
        assert replica.value("SELECT count(*) FROM change") == 1
        assert replica._version() == SCHEMA
    finally:
        replica.disconnect()


def test_a_migration_of_a_filled_database_is_backed_up_and_captures_again(
    replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The road of the second migration: pending changes stay, the new column is captured as soon as a model has it."""
    add_customer(replica, "one")
    pending = replica.rows("SELECT * FROM change")
    replica.disconnect()
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in database.MIGRATIONS.glob("0*.py"):
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (folder / "0002_more.py").write_text(
        "def up(migrator, db):\n"
        "    db.execute_sql(\"ALTER TABLE customer ADD COLUMN mood TEXT NOT NULL DEFAULT ''\")\n",
        "utf-8",
    )
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    monkeypatch.setattr(database, "SCHEMA", SCHEMA + 1)
    newer = Replica(replica.path).open()
    try:
        assert newer.rows("SELECT name, mood FROM customer") == [("one", "")]
        assert newer.rows("SELECT * FROM change") == pending
        add_customer(newer, "two")
        assert newer.value("SELECT count(*) FROM change") == 2
        (backup,) = (replica.path.parent / "backups").glob("*.sqlite")
        copy = cysqlite.connect(str(backup))
        assert [tuple(row) for row in copy.execute("SELECT name FROM customer")] == [("one",)]
        copy.close()
    finally:
        newer.disconnect()


def test_a_migration_that_fails_leaves_the_old_schema_with_its_triggers(
    replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica.disconnect()
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in database.MIGRATIONS.glob("0*.py"):
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (folder / "0002_bad.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (a)')\n"
        "    db.execute_sql('CREATE TABLE customer (a)')\n",
        "utf-8",
    )
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", folder)
        patch.setattr(database, "SCHEMA", SCHEMA + 1)
        broken = Replica(replica.path)
        with pytest.raises(Exception, match="customer"):
            broken.open()
        broken.disconnect()
    old = Replica(replica.path).open()
    try:
        assert old.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0
        add_customer(old, "one")
        assert old.value("SELECT count(*) FROM change") == 1
    finally:
        old.disconnect()


def test_a_backup_holds_rows_that_are_still_in_the_wal(replica: Replica) -> None:
    replica.db.execute_sql("PRAGMA wal_autocheckpoint = 0")
    add_customer(replica, "only in the log")
    assert b"only in the log" not in replica.path.read_bytes()
    target = replica.backup("test")
    copy = cysqlite.connect(str(target))
    assert copy.execute("SELECT name FROM customer").fetchone()[0] == "only in the log"
    assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    copy.close()


OPENING = """
    import sys
    from pathlib import Path
    from deskapp.app import open_desk
    sys.stdin.readline()
    with open_desk(Path(sys.argv[1])) as desk:
        print(desk.replica.state("replica"), desk.me, flush=True)
"""


def test_two_processes_may_open_a_new_desk_at_the_same_time(tmp_path: Path) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(OPENING), str(tmp_path / "desk")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = []
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        out, problems = racer.communicate(timeout=120)
        assert racer.returncode == 0, problems
        said.append(out.split())
    assert len({tuple(one) for one in said}) == 1
    replica = Replica(tmp_path / "desk" / "desk.sqlite").open()
    try:
        assert replica.value("SELECT count(*) FROM specialist") == 1
        assert replica.value("SELECT id FROM specialist") == said[0][1]
    finally:
        replica.disconnect()


def test_a_transaction_is_all_or_nothing(replica: Replica) -> None:
    with pytest.raises(RuntimeError, match="stop"), replica.writing("me", NOW) as writing:
        writing.insert(Customer, name="half")
        raise RuntimeError("stop")
    assert replica.value("SELECT count(*) FROM customer") == 0
    assert replica.value("SELECT count(*) FROM change") == 0


def test_a_nested_transaction_is_part_of_the_outer_one(replica: Replica) -> None:
    with replica.writing("outer", NOW) as outer:
        outer.insert(Customer, name="a")
        with replica.writing("inner", NOW) as inner:
            inner.insert(Customer, name="b")
        outer.insert(Customer, name="c")
        with pytest.raises(RuntimeError), replica.writing("inner", NOW) as inner:
            inner.insert(Customer, name="never")
            raise RuntimeError
        outer.insert(Customer, name="d")
    rows = replica.rows("SELECT tx, author, json_extract(cols, '$.name[1]') FROM change ORDER BY seq")
    assert [row[1:] for row in rows] == [("outer", "a"), ("inner", "b"), ("outer", "c"), ("outer", "d")]
    assert {row[0] for row in rows} == {outer.tx}


def test_an_unknown_column_is_an_error_at_once(replica: Replica) -> None:
    with replica.writing("me", NOW) as writing:
        row = writing.insert(Ticket, subject="x")
        for act in (
            lambda: writing.insert(Ticket, subjekt="x"),
            lambda: writing.update(Ticket, row, subjekt="x"),
            lambda: writing.put(Ticket, id=row, subjekt="x"),
        ):
            with pytest.raises(AttributeError, match="subjekt"):
                act()


def test_put_changes_what_it_names_and_nothing_else(replica: Replica) -> None:
    with replica.writing("me", NOW) as writing:
        row = writing.insert(Ticket, subject="old", urgency=1)
        writing.put(Ticket, id=row, subject="new")
        assert not writing.insert_new(Ticket, id=row, subject="newest", urgency=4)
        assert writing.insert_new(Ticket, id="another", subject="other")
    assert replica.rows("SELECT subject, urgency FROM ticket ORDER BY subject") == [("new", 1), ("other", 3)]


def test_a_reading_lane_cannot_write_and_can_be_interrupted(replica: Replica) -> None:
    told: dict[str, object] = {}
    running = threading.Event()

    def read() -> None:
        told["thread"] = threading.get_ident()
        replica.connect(readonly=True)
        try:
            try:
                replica.db.execute_sql("INSERT INTO local_state (key, value) VALUES ('a', 'b')")
            except Exception as error:
                told["write"] = error
            running.set()
            endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            try:
                replica.value(endless)
            except Exception as error:
                told["read"] = error
            told["after"] = replica.value("SELECT 1")
        finally:
            replica.disconnect()

    reader = threading.Thread(target=read)
    reader.start()
    assert running.wait(120)
    while reader.is_alive() and "read" not in told:
        replica.interrupt(int(str(told["thread"])))
        reader.join(0.01)
    reader.join(120)
    assert not reader.is_alive()
    assert "readonly" in str(told["write"])
    assert "interrupt" in str(told["read"])
    assert told["after"] == 1
    replica.interrupt(int(str(told["thread"])))  # a lane that is gone is no matter


def test_what_is_read_together_is_of_one_moment(replica: Replica) -> None:
    add_customer(replica, "first")

    def count() -> int:
        return int(replica.value("SELECT count(*) FROM customer"))

    with replica.reading():
        assert count() == 1
        other = threading.Thread(target=_write_elsewhere, args=(replica.path,))
        other.start()
        other.join(120)
        with replica.reading():  # a part of the same moment
            assert count() == 1
        assert count() == 1
    assert count() == 2
    with pytest.raises(cysqlite.OperationalError), replica.reading():
        replica.rows("SELECT * FROM no_such_table")
    add_customer(replica, "third")  # a reading that failed left nothing open
    assert count() == 3


def _write_elsewhere(path: Path) -> None:
    other = Replica(path).open()
    add_customer(other, "second")
    other.disconnect()


def test_minutes_of_a_ticket_read_only_its_own_entries(replica: Replica) -> None:
    """Where the ticket is a parameter, everybody's entries must not be read to find its own."""
    plan = [row[3] for row in replica.rows(f"EXPLAIN QUERY PLAN SELECT {timespent.MINUTES.format('?')}", ("x",))]
    assert not [step for step in plan if step.startswith("SCAN w")] and any(
        "time_entry_ticket_id" in one for one in plan
    )


def test_other_processes_are_noticed(replica: Replica) -> None:
    before = replica.data_version()
    add_customer(replica, "mine")
    assert replica.data_version() == before
    code = (
        "import sys; from pathlib import Path; from deskapp.models.database import Replica\n"
        "r = Replica(Path(sys.argv[1])); r.open(); r.set_state('a', 'b'); r.disconnect()"
    )
    subprocess.run([sys.executable, "-c", code, str(replica.path)], check=True, timeout=180)
    assert replica.data_version() != before
    assert replica.state("a") == "b"


@pytest.mark.parametrize("model", schema.SHARED, ids=lambda model: model._meta.table_name)
def test_a_row_is_read_by_its_key_as_the_models_read_it(replica: Replica, model: type[schema.Shared]) -> None:
    with replica.writing("me", NOW) as writing:
        row = writing.insert(model)
    assert replica.record(model, row) == replica.records(model, model.id == row)[0]
    assert replica.record(model, "no such row") is None
