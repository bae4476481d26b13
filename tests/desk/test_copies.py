"""Copies of the desk that somebody else made, or that lie about what they are: nothing of them reaches the desk."""

from __future__ import annotations

import lzma
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.desk import backups, checkup, letters, queue, search, ticket, watch, work
from deskapp.desk.desk import Desk
from deskapp.models import capture
from deskapp.models.database import SCHEMA, Replica, open_file
from deskapp.models.schema import SHARED
from tests.desk import world
from tests.desk.world import arrive

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Deed = Callable[[sqlite3.Connection], object]


def _sql(*statements: str) -> Deed:
    return lambda file: [file.execute(statement) for statement in statements]


def _rewritten(old: str, new: str) -> Deed:
    return _sql(
        "PRAGMA writable_schema = 1",
        f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = 'ticket'",
        "PRAGMA writable_schema = 0",
    )


def _foreign(file: sqlite3.Connection) -> None:
    """Another application's file with our table names, a trigger and a view of its own."""
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{name}"')
    for table in ("ticket", "note", "change"):
        file.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
        file.execute(f"CREATE TABLE {table} (id TEXT PRIMARY KEY, text TEXT)")
    file.execute("CREATE VIEW everything AS SELECT * FROM ticket")
    file.execute("CREATE TRIGGER acts AFTER INSERT ON ticket BEGIN DELETE FROM note; END")


SHAPES: dict[str, Deed] = {
    "trigger": _sql("CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM customer; END"),
    "trigger called nearly as ours": _sql(
        "CREATE TRIGGER CAPTURE_x AFTER INSERT ON message BEGIN DELETE FROM customer; END"
    ),
    "view for a table": _sql(
        "PRAGMA legacy_alter_table = 1", "ALTER TABLE note RENAME TO n2", "CREATE VIEW note AS SELECT * FROM n2"
    ),
    "another table": _sql("CREATE TABLE more (x)"),
    "virtual table": _sql("CREATE VIRTUAL TABLE v USING fts5(a)"),
    "index that computes": _sql("CREATE INDEX i ON ticket (abs(number))"),
    "condition": _rewritten('"subject" TEXT NOT NULL', '"subject" TEXT NOT NULL CHECK (length(subject) > 5)'),
    "condition that calls": _rewritten('"subject" TEXT NOT NULL', '"subject" TEXT NOT NULL CHECK (load_extension(1))'),
    "a table less": _sql("DROP TABLE reminder"),
    "older than any": _sql("PRAGMA user_version = 0"),
    "schema of another number": _sql("PRAGMA user_version = 1"),
    "no history of migrations": _sql("DROP TABLE schema_migration"),
    "another application": _foreign,
}


@pytest.fixture
def stays(desk: Desk) -> Iterator[str]:
    """A ticket, and after the test: it is there as it was, and nothing is left lying about."""
    ticket_id = arrive(desk).ticket_id
    yield ticket_id
    assert [row for (row,) in desk.replica.rows("SELECT id FROM ticket")] == [ticket_id]
    assert desk.replica.value("PRAGMA journal_mode") == "wal"
    work.note(desk, ticket_id, "note", "life goes on")
    assert not list(desk.profile.root.glob("restoring-*"))
    assert not list(desk.profile.backups.glob("*.making*"))


def edited(desk: Desk, *deeds: Deed) -> str:
    """The name of a copy that somebody has worked on."""
    made = backups.make(desk)
    file = sqlite3.connect(made.path, isolation_level=None)
    for deed in deeds:
        deed(file)
    file.close()
    return made.name


def files_of(desk: Desk) -> list[str]:
    return sorted(path.name for path in desk.profile.backups.iterdir())


def test_a_copy_of_another_shape_is_refused(desk: Desk, stays: str) -> None:
    for shape, deed in SHAPES.items():
        name = edited(desk, deed)
        there = files_of(desk)
        for act in (lambda: backups.preview(desk, name), lambda: backups.restore(desk, name)):  # noqa: B023
            with pytest.raises(UserFacingError) as refused:
                act()
            unread = shape == "condition that calls"  # SQLite itself does not read such a schema
            assert refused.value.title == ("This copy is damaged" if unread else "This is no copy of a desk"), shape
        assert files_of(desk) == there, "nothing was copied either"


def test_what_is_no_database_half_or_newer_is_refused(desk: Desk, stays: str) -> None:
    whole = backups.make(desk).path.read_bytes()
    broken = {
        "no database": (b"Dear colleague, here is the copy. " * 400, "This copy is damaged"),
        "head alone": (b"SQLite format 3\x00" + b"\xff" * 8_000, "This copy is damaged"),
        "empty": (b"", "This copy is damaged"),
        "half": (whole[: len(whole) // 2], "This copy is damaged"),
        "last page gone": (whole[:-4_096], "This copy is damaged"),
        "newer": (whole[:60] + (SCHEMA + 1).to_bytes(4, "big") + whole[64:], "This copy is of a newer version"),
        "of a later SQLite": (whole[:18] + b"\x03\x03" + whole[20:], ""),
    }
    for what, (content, title) in broken.items():
        made = backups.make(desk)
        made.path.write_bytes(content)
        there = files_of(desk)
        with pytest.raises(UserFacingError) as refused:
            backups.restore(desk, made.name)
        assert title in refused.value.title and "Nothing was changed" in refused.value.message, what
        with pytest.raises(UserFacingError):
            backups.revive(desk.profile, made.name)
        assert files_of(desk) == there and desk.profile.database.exists(), what


def test_triggers_that_bear_the_names_of_ours_are_made_anew(desk: Desk) -> None:
    """They differ from version to version, so a copy brings none of its own."""
    ticket_id = arrive(desk).ticket_id
    name = edited(
        desk,
        _sql(
            "DROP TRIGGER capture_note_i",
            "CREATE TRIGGER capture_note_i AFTER INSERT ON note BEGIN DELETE FROM ticket; END",
            "CREATE TRIGGER capture_more AFTER UPDATE ON ticket BEGIN DELETE FROM specialist; END",
        ),
    )
    backups.restore(desk, name)
    found = dict(desk.replica.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    assert found == {name: statement.strip() for model in SHARED for name, statement in capture.triggers(model).items()}
    work.note(desk, ticket_id, "note", "captured")
    assert desk.replica.value("SELECT count(*) FROM ticket") == 1
    assert desk.replica.value("SELECT count(*) FROM change WHERE tbl = 'note'") == 1


def test_values_of_another_kind_stop_no_reading_of_a_restored_desk(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    made = backups.make(desk)
    with closing(open_file(made.path)) as file:
        for statement in (
            "UPDATE capture_context SET active = 0",
            "UPDATE ticket SET urgency = 'high', received_at = 'soon', asked_is_day = 7",
            "UPDATE message SET recipients = '{\"to\": 1}', cc = 'nobody'",
            "UPDATE work_calendar SET zone = 'Mars/Olympus', week = '[[[0]]]'",
            "UPDATE queue_row SET received_at = 'soon'",
        ):
            file.execute(statement)
    backups.restore(desk, made.name)
    view = ticket.view(desk, ticket_id)
    assert (view.urgency, view.asked_is_day) == (3, False)
    assert desk.schedule.desk_calendar is not None and queue.page(desk, "all") is not None
    work.note(desk, ticket_id, "note", "and it is captured again")
    assert desk.replica.value("SELECT count(*) FROM change WHERE tbl = 'note'") == 1


def test_a_copy_of_an_older_version_is_brought_up_before_it_takes_the_place(desk: Desk) -> None:
    fixture = Path(__file__).resolve().parents[1] / "models" / "fixtures" / "schema-1.sqlite.xz"
    made = backups.make(desk)
    made.path.write_bytes(lzma.decompress(fixture.read_bytes()))
    assert backups.preview(desk, made.name).schema == 1
    before = backups.restore(desk, made.name)
    assert desk.replica.value("PRAGMA user_version") == SCHEMA
    assert desk.replica.value("SELECT count(*) FROM ticket") and desk.replica.value("PRAGMA quick_check") == "ok"
    backups.restore(desk, before.name)
    assert desk.schedule.rule["desk_name"] == "Поддержка"


# --- letters of a copy -------------------------------------------------------------------------------------------


def test_what_was_found_before_is_found_after_a_restore(desk: Desk) -> None:
    """Rows made on one machine are sound like any: none is thrown away, or nobody finds anything any more."""
    ticket_id = arrive(desk).ticket_id
    work.note(desk, ticket_id, "note", "cartridge")
    with desk.act() as act:
        act.writing.execute("UPDATE outgoing SET state = 'sent'")  # what still waits is looked into by a restore
    desk.replica.db.execute_sql("UPDATE queue_row SET slack = -70, clock_left = -452")  # late by both clocks
    local = ("SELECT ticket_id, slack, clock_left FROM queue_row", "SELECT * FROM search_doc")
    before = [set(desk.replica.rows(query)) for query in local]
    assert all(before)
    backups.restore(desk, backups.make(desk).name)
    assert [set(desk.replica.rows(query)) for query in local] == before
    assert [hit.ticket_id for hit in search.find(desk, "cartridge")] == [ticket_id]
    assert all(found.ok for found in checkup.look(desk) if found.code in ("search", "lists"))


def states(desk: Desk) -> dict[str, str]:
    return dict(desk.replica.rows("SELECT id, state FROM outgoing"))


@pytest.mark.parametrize("shared", [False, True])
def test_a_letter_that_left_after_the_copy_never_leaves_twice(desk: Desk, shared: bool) -> None:
    """Alone it is looked up among the sent ones; on a shared desk, where this becomes another replica, a person
    decides."""
    ticket_id = arrive(desk).ticket_id
    letters.send(desk, ticket_id, "reply", letters.draft(desk, ticket_id, "reply"))
    letters.release(desk, everything=True)
    ready = states(desk)
    assert len(ready) == 2 and set(ready.values()) == {"ready"}, "the number was told as well"
    held = letters.send(desk, ticket_id, "reply", letters.draft(desk, ticket_id, "reply")).result
    if shared:
        desk.replica.set_state("hub", "/a/share")
    name = backups.make(desk).name
    letters.release(desk, everything=True)
    with desk.act() as act:
        act.writing.execute("UPDATE outgoing SET state = 'sent'")
    backups.restore(desk, name)
    fate = "unknown" if shared else "claimed"
    assert states(desk) == {**dict.fromkeys(ready, fate), held: fate}
    assert letters.due(desk) is None
    letters.release(desk, everything=True)
    assert "ready" not in states(desk).values(), "nothing leaves by itself"
    assert [entry.state for entry in ticket.view(desk, ticket_id).entries if entry.id == held] == [fate]


# --- others who read on, and disks that are full -------------------------------------------------------------------


def test_a_copy_with_a_longer_history_is_noticed_as_one(desk: Desk) -> None:
    """The place in the log of changes alone does not tell: a colleague's copy may be further than this desk."""
    first = arrive(desk).ticket_id
    name = edited(
        desk,
        _sql("INSERT INTO change SELECT seq + 100000, tx, tbl, row, op, cols, author, made_at, sent FROM change"),
    )
    second = arrive(desk, key="later").ticket_id
    seen = watch.look(desk, watch.look(desk, None))
    other = Replica(desk.replica.path).open()
    backups.restore(Desk(desk.profile, other, desk.settings, desk.clock), name)
    other.disconnect()
    found = watch.look(desk, seen)
    (changes,) = found.changes.values()
    assert changes.tickets == {first} and second not in changes.tickets
    assert not watch.look(desk, found).changes
    work.note(desk, first, "note", "life goes on")
    assert search.find(desk, "принтер")


@contextmanager
def small_files(most: int) -> Iterator[None]:
    """Nothing may grow beyond ``most`` bytes: what a disk that is full does to a large file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(resource is None, reason="limits of files are POSIX's")
def test_a_disk_that_takes_no_copy_is_told_and_nothing_is_lost(desk: Desk, stays: str) -> None:
    name = backups.make(desk).name
    there = files_of(desk)
    for act in (lambda: backups.make(desk), lambda: backups.keep(desk), lambda: backups.restore(desk, name)):
        for most in (1 << 14, 1 << 17):
            with small_files(most), pytest.raises(EnvironmentTrouble) as told:
                act()
            assert told.value.title and told.value.message
            assert files_of(desk) == there
    assert world.row(desk, stays)["subject"]
    backups.restore(desk, name)
