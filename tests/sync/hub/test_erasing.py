"""What is erased is found in no file of any replica or hub, whatever was kept of it before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.desk import backups, drafts, erase, files, search, triage, undo, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Attachment, Message
from deskapp.sync.hub import commands, upkeep
from tests.servers import PostgresCluster
from tests.sync.hub.desks import Office, ticket
from tests.sync.hub.postgres_office import PostgresOffice, sql, url

SECRET = "hunter2-Zauberwort-7781"
BYTES = SECRET.encode()


def holding(*folders: Path) -> list[str]:
    """Files with the secret, in plain or as the search index writes it."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and any(word in path.read_bytes().lower() for word in (BYTES.lower(), b"zauberwort")):
                found.append(str(path.relative_to(folder)))
    return found


def letter(desk: Desk, one: str) -> str:
    """A letter with a secret in its text and in a file, its raw form kept."""
    raw = files.put(desk, f"From: a@b.example\n\nThe password is {SECRET}\n".encode())
    name = files.put(desk, f"the same in a file: {SECRET}".encode())
    with desk.act("") as act:
        row = act.insert(
            Message, ticket_id=one, subject=f"Password {SECRET}", text=f"Hello,\nThe password is {SECRET}\n",
            reply_text=f"The password is {SECRET}", html=f"<p>{SECRET}</p>", raw_sha256=raw, sender="olga@firm.example",
        )  # fmt: skip
        act.insert(Attachment, ticket_id=one, message_id=row, name=f"{SECRET}.txt", size=40, sha256=name)
    return row


def world(office: Office) -> tuple[str, str]:
    """(ticket, letter): a secret that is in the hub, its snapshot, all replicas, copies, drafts, conflicts."""
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    row = letter(a, one)
    work.note(a, one, "note", f"He wrote: The password is {SECRET}")
    office.settle()
    for desk in (a, b):
        drafts.save(desk, one, "reply", {"text": f"> The password is {SECRET}"})
        drafts.save(desk, one, "note", {"text": "nothing of it"})
        backups.make(desk)
        files.put(desk, f"the same in a file: {SECRET}".encode())
    triage.set_subject(a, [one], f"Secret {SECRET} of a")
    triage.set_subject(b, [one], f"Secret {SECRET} of b")
    office.settle()
    assert upkeep.publish(a, office.rounds["a"].hub) is not None
    return one, row


def pieces(desk: Desk, one: str, row: str) -> list[tuple[str, str]]:
    found = erase.preview(desk, [("message", row), ("ticket", one)])
    assert {piece.table for piece in found.pieces} == {"message", "attachment", "ticket"}
    assert [piece.table for piece in found.quoting] == ["note"]
    assert len(found.files) == 2 and not found.kept_files and found.drafts == 1
    assert found.backups and found.shared
    return [("message", row), ("ticket", one), *((piece.table, piece.row) for piece in found.quoting)]


def erased(desk: Desk, one: str, row: str) -> None:
    assert desk.replica.row("SELECT text, subject, html, raw_sha256 FROM message WHERE id = ?", (row,)) == (
        "[…]", "[…]", "", "",
    )  # fmt: skip
    assert desk.replica.value("SELECT subject FROM ticket WHERE id = ?", (one,)) == "[…]"
    assert desk.replica.rows("SELECT tab FROM draft WHERE ticket_id = ?", (one,)) in ([("note",)], [])
    assert not search.find(desk, "Zauberwort")
    assert {table for table, _row in erase.marks(desk, one)} == {"message", "attachment", "ticket", "note"}


def test_nothing_is_left_in_any_replica_or_folder(office: Office) -> None:
    one, row = world(office)
    a, b, c = office.desks.values()
    before = holding(office.folder)
    assert {path.split("/")[0] for path in before} == {"a", "b", "c", "share"} and any("backups" in p for p in before)
    # one colleague is away and has changed the same letter's ticket meanwhile
    triage.set_subject(c, [one], f"{SECRET} once more")
    changes = erase.erase(a, pieces(a, one, row), why="a password")
    with pytest.raises(UserFacingError):
        undo.revert(a, changes.tx)
    with pytest.raises(UserFacingError, match="nothing to erase"):
        erase.preview(a, [("message", row)])
    assert holding(office.folder / "a") == []
    office.sync("a")
    office.sync("b")
    assert holding(office.folder / "a", office.folder / "b") == []
    upkeep.keep_small(a, office.rounds["a"].hub, False)
    assert holding(office.share) != [], "a colleague at work is waited for"
    office.clock.advance(minutes=20)
    upkeep.keep_small(a, office.rounds["a"].hub, False)
    assert holding(office.share) == []
    office.settle()
    for desk in (a, b, c):
        erased(desk, one, row)
    office.same()
    assert holding(office.folder) == []
    # a desktop that joins now, and a life after it
    d = office.join("d")
    triage.set_subject(d, [one], "Printer")
    work.note(d, one, "note", "goes on")
    office.settle()
    office.same()
    assert a.replica.value("SELECT subject FROM ticket WHERE id = ?", (one,)) == "Printer"
    assert all(finding.ok for finding in commands.check(a) if not finding.what.startswith("Delay"))


def test_a_desk_that_is_alone_erases_too_and_goes_on(tmp_path: Path) -> None:
    office = Office(tmp_path)
    desk = office.open("alone")
    from deskapp.desk import setup

    setup.begin(desk)
    one = ticket(desk)
    row = letter(desk, one)
    again = files.put(desk, b"a file of two letters")
    with desk.act("") as act:
        for owner in (row, "another"):
            act.insert(Attachment, ticket_id=one, message_id=owner, name="two.txt", size=21, sha256=again)
    assert erase.preview(desk, [("message", row)]).kept_files == ("two.txt",)
    # what a newer application said of the letter, kept for after an update
    desk.replica.db.execute_sql("INSERT INTO parked VALUES ('message', ?, 'later', ?)", (row, json.dumps(SECRET)))
    backups.make(desk)
    erase.erase(desk, [("message", row)])
    assert files.has(desk, again) and holding(tmp_path) == [], "the other letter has its file still"
    erase.erase(desk, erase.whole_ticket(desk, one))
    erased_rows = desk.replica.rows("SELECT tbl FROM erasure ORDER BY tbl")
    assert {table for (table,) in erased_rows} == {"attachment", "message", "ticket"}
    assert holding(tmp_path) == [] and not files.has(desk, again)
    (copy,) = backups.listed(desk.profile)
    backups.restore(desk, copy.name)
    assert holding(tmp_path) == []
    office.close()


def test_a_rebuilt_replica_and_a_lost_hub_bring_nothing_back(office: Office) -> None:
    one, row = world(office)
    a, b, _c = office.desks.values()
    erase.erase(a, pieces(a, one, row))
    office.sync("a")
    commands.rebuild(b)  # from a snapshot and a log that still hold it
    assert holding(office.folder / "b") == []
    erased(b, one, row)
    commands.rebuild(a, hub_too=True)
    office.settle()
    office.clock.advance(minutes=20)
    upkeep.keep_small(a, office.rounds["a"].hub, True)
    office.settle()
    office.same()
    assert holding(office.folder) == []


@pytest.fixture
def postgres(postgres_cluster: PostgresCluster, postgres_dsn: str, tmp_path: Path) -> Iterator[PostgresOffice]:
    made = PostgresOffice(tmp_path, url(postgres_cluster, postgres_dsn.rpartition("dbname=")[2]))
    yield made
    made.close()


def base_files(office: PostgresOffice) -> list[str]:
    """Files of the hub's database that hold the secret; the server's own log of writes is its administrator's."""
    sql(office.at, "CHECKPOINT")
    ((folder,),) = sql(office.at, "SHOW data_directory")
    ((number,),) = sql(office.at, "SELECT oid FROM pg_database WHERE datname = current_database()")
    found = holding(Path(folder) / "base" / str(number))
    names = dict(sql(office.at, "SELECT relfilenode::text, oid::regclass::text FROM pg_class"))
    return [names.get(name.partition(".")[0], name) for name in found]


def test_nothing_is_left_in_a_database(postgres: PostgresOffice) -> None:
    one, row = world(postgres)
    a, b, c = postgres.desks.values()
    assert base_files(postgres)
    erase.erase(a, pieces(a, one, row))
    postgres.sync("a")
    assert sql(postgres.at, "SELECT * FROM deskapp.trouble") == []
    assert not [text for (text,) in sql(postgres.at, "SELECT text FROM desk.message") if SECRET in text]
    assert not [t for (t,) in sql(postgres.at, "SELECT mine || theirs FROM desk.conflict") if SECRET in t]
    postgres.settle()
    upkeep.keep_small(a, postgres.rounds["a"].hub, False)
    postgres.settle()
    for desk in (a, b, c):
        erased(desk, one, row)
    postgres.same()
    assert holding(postgres.folder) == []
    assert base_files(postgres) == []
    assert sql(postgres.at, "SELECT * FROM deskapp.trouble") == []
    raw = json.loads(a.replica.value("SELECT files FROM erasure WHERE tbl = 'message'"))
    assert not postgres.rounds["a"].hub.has_blob(raw[0])


def test_only_a_file_that_was_erased_can_be_dropped(postgres: PostgresOffice) -> None:
    a = postgres.first()
    one = ticket(a)
    letter(a, one)
    postgres.sync("a")
    hub = postgres.rounds["a"].hub
    (sha256,) = a.replica.row("SELECT sha256 FROM attachment") or ("",)
    hub.drop_blob(sha256)
    assert hub.has_blob(sha256)
