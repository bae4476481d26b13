"""Somebody who may write where we read: a snapshot, signs of life and pipes on a share, links in a mail folder, a
server that a colleague's change names. Each test attacks one wall of docs/security.md, as ``test_attacks`` does.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id
from deskapp.core.paths import Profile
from deskapp.core.plainfile import NoPlainFile, open_plain
from deskapp.core.secrets import MemorySecrets
from deskapp.desk import letters, mailkeys, mailport, queue, setup, templates, ticket
from deskapp.models import shape
from deskapp.models.database import Replica, UnknownName
from deskapp.models.schema import Mailbox, Template
from deskapp.sync.hub.hub import Corrupt
from deskapp.sync.mail import sources
from deskapp.sync.mail.folder import FolderTransport
from deskapp.sync.mail.mailroom import MailRoom
from tests.sync.hub.desks import Office
from tests.sync.hub.desks import ticket as shared_ticket

pipes = pytest.mark.skipif(os.name != "posix", reason="pipes have no names in folders on Windows")


def published(office: Office, name: str = "a") -> Path:
    """The newest snapshot on the share."""
    from deskapp.sync.hub import upkeep

    upkeep.publish(office.desks[name], office.rounds[name].hub)
    return max((path for path in office.share.glob("snapshots-*/*.sqlite")), key=lambda path: path.name)


def replaced(path: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """Write a changed snapshot in place of the one that is there, with words and a checksum that fit."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    with sqlite3.connect(path, isolation_level=None) as evil:
        change(evil)
    evil.close()
    signed(path)


def signed(path: Path) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    about = path.with_suffix(".json")
    told = json.loads(about.read_text())
    told |= {"sha256": digest, "size": path.stat().st_size}
    about.unlink()
    stem = f"{path.stem.partition('-')[0]}-{digest[:16]}"
    path.rename(path.with_name(f"{stem}.sqlite"))
    path.with_name(f"{stem}.json").write_text(json.dumps(told))


def _sql(*statements: str) -> Callable[[sqlite3.Connection], object]:
    return lambda evil: [evil.execute(statement) for statement in statements]


def _rewritten(old: str, new: str) -> Callable[[sqlite3.Connection], object]:
    return _sql(
        "PRAGMA writable_schema = 1",
        f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = 'ticket'",
        "PRAGMA writable_schema = 0",
    )


SHAPES = {
    "trigger": _sql("CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM customer; END"),
    "view for a table": _sql("ALTER TABLE note RENAME TO n2", "CREATE VIEW note AS SELECT * FROM n2"),
    "another table": _sql("CREATE TABLE more (x)"),
    "virtual table": _sql("CREATE VIRTUAL TABLE v USING fts5(a)"),
    "index that computes": _sql("CREATE INDEX i ON ticket (abs(number))"),
    "condition": _rewritten('"subject" TEXT NOT NULL', '"subject" TEXT NOT NULL CHECK (load_extension(1))'),
    "a column less": _sql("ALTER TABLE note DROP COLUMN text"),
    "newer than we": _sql("PRAGMA user_version = 99"),
    "older than any": _sql("PRAGMA user_version = 0"),
    "no history": _sql("DROP TABLE schema_migration"),
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A right snapshot."""
    office = Office(tmp_path_factory.mktemp("snap"))
    office.first("a")
    shared_ticket(office.desks["a"])
    office.settle()
    found = published(office)
    office.close()
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_a_snapshot_of_another_shape_is_no_desk(whole: Path, tmp_path: Path, name: str) -> None:
    evil = tmp_path / "evil.sqlite"
    evil.write_bytes(whole.read_bytes())
    assert shape.is_desk(evil)
    with sqlite3.connect(evil, isolation_level=None) as file:
        SHAPES[name](file)
    file.close()
    assert not shape.is_desk(evil)


def test_a_desk_trusts_no_words_of_its_own_file(whole: Path, tmp_path: Path) -> None:
    """Also a copy that was put back by hand: what stands in its schema may call nothing that acts."""
    profile = Profile(tmp_path / "desk").make()
    profile.database.write_bytes(whole.read_bytes())
    replica = Replica(profile.database)
    replica.connect()
    try:
        assert replica.value("PRAGMA trusted_schema") == 0
        replica.db.execute_sql("CREATE TEMP VIEW v AS SELECT load_extension('evil')")
        with pytest.raises(UnknownName):
            replica.rows("SELECT * FROM v")
    finally:
        replica.disconnect()


def test_a_broken_snapshot_is_no_desk(whole: Path, tmp_path: Path) -> None:
    """Cut off anywhere, bits turned in any page, or no database at all: said, never a crash, never taken."""
    content = whole.read_bytes()
    file = tmp_path / "broken.sqlite"
    for cut in (0, 1, 15, 16, 99, 4095, 4096, len(content) // 2):
        file.write_bytes(content[:cut])
        assert not shape.is_desk(file), cut
    for place in (0, 18, 19, 100, 103, 105, 4096, 4099):  # header, then the heads of pages
        file.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        assert not shape.is_desk(file), place
    file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 8000)
    assert not shape.is_desk(file)


def test_a_poisoned_snapshot_makes_no_desk(tmp_path: Path) -> None:
    """Whoever joins by it is told, and gets nothing of it; the desks that are there go on."""
    office = Office(tmp_path)
    try:
        office.first("a")
        office.settle()
        replaced(published(office), SHAPES["trigger"])
        with pytest.raises(Corrupt):
            office.join("b")
        assert not (tmp_path / "b" / "deskapp.sqlite").exists()
        shared_ticket(office.desks["a"])
        office.sync("a")
    finally:
        office.close()


def test_a_snapshot_brings_neither_letters_nor_values_of_another_kind(tmp_path: Path) -> None:
    """Rows of one machine alone (a letter that is to leave in somebody's name, where the hub is) are not taken over;
    values that would stop every reading become the defaults."""
    office = Office(tmp_path)
    try:
        a = office.first("a")
        one = shared_ticket(a)
        office.settle()
        letter = json.dumps({"to": [["x", "x@y.example"]], "cc": [], "subject": "s", "body": "pay", "author": "",
                             "about": "", "files": []})  # fmt: skip
        replaced(
            published(office),
            lambda evil: [
                evil.execute(
                    "INSERT INTO held_letter (id, ticket_id, kind, body, tx, leaves_at, made_at, taken_back) "
                    "VALUES ('h', ?, 'reply', ?, 't', 0, 0, '')",
                    (one, letter),
                ),
                evil.execute("INSERT INTO local_state (key, value) VALUES ('people_version', 'evil')"),
                evil.execute("UPDATE ticket SET subject = x'00ff', received_at = 'soon' WHERE id = ?", (one,)),
                evil.execute("UPDATE specialist SET lines = '[[[['"),
                evil.execute("UPDATE work_calendar SET zone = 'Mars/Base', week = '7'"),
                evil.execute("UPDATE queue_row SET subject = x'00ff'"),
            ],
        )
        b = office.join("b")
        assert b.replica.value("SELECT count(*) FROM held_letter") == 0
        assert b.replica.state("people_version") != "evil"
        assert letters.due(b) is None
        setup.specialists(b), setup.calendars(b), b.schedule
        assert ticket.view(b, one).subject == ""
        queue.page(b, "all"), queue.counts(b)
        assert b.replica.value("PRAGMA integrity_check") == "ok"
    finally:
        office.close()


# --- what else lies on a share


SIGNS = (b"[" * 100_000, b"[1]", b"7", b"", b"\xff\xfe", b'{"at": "soon", "seq": [1], "stuck": "x", "who": {}}',
         b'{"digest": 3}',
         b'{"digest": {"head": 1, "tables": []}, "view": 5}')  # fmt: skip


def test_signs_of_life_that_are_none_stop_no_round(tmp_path: Path) -> None:
    office = Office(tmp_path)
    try:
        a = office.first("a")
        b = office.join("b")
        for place, sign in enumerate(SIGNS):
            (office.share / "beats" / f"evil-{place}.json").write_bytes(sign)
        snapshots = next(office.share.glob("snapshots-*"))
        for place, about in enumerate((b"[" * 100_000, b"{}", b'{"head": [1, "x", 3], "schema": "x"}', b"[]")):
            (snapshots / f"99999999999{place}-evil.json").write_bytes(about)
        one = shared_ticket(a)
        office.settle()
        for name in ("a", "b"):
            office.rounds[name].present({"view": "x"})
            office.sync(name)
            assert office.rounds[name].others.here()
        assert ticket.view(b, one).subject
        office.rounds["a"].hub.snapshot()
    finally:
        office.close()


@pipes
def test_pipes_and_endless_files_on_a_share_hold_up_nobody(tmp_path: Path) -> None:
    office = Office(tmp_path)
    try:
        a = office.first("a")
        office.join("b")
        office.settle()
        log = next(office.share.glob("log-*"))
        os.mkfifo(log / f"{max(int(path.name) for path in log.iterdir()) + 1:012}")
        os.mkfifo(office.share / "beats" / "evil.json")
        blob = "ab" * 32
        (office.share / "blobs" / "ab").mkdir(parents=True, exist_ok=True)
        os.mkfifo(office.share / "blobs" / "ab" / blob)
        (office.share / "blobs" / "ab" / ("ab" * 31 + "cd")).symlink_to("/dev/zero")
        hub = office.rounds["b"].hub
        assert hub.get_blob(blob) is None
        assert hub.get_blob("ab" * 31 + "cd") is None
        hub.beats()
        shared_ticket(a)
        with pytest.raises(Corrupt):
            office.sync("b")
    finally:
        office.close()


# --- a mail folder, an unpacked archive


@pipes
def test_links_and_pipes_in_a_mail_folder_are_no_letters(tmp_path: Path) -> None:
    """A link to a key of this person would put it into everybody's tickets."""
    key = tmp_path / "id_rsa"
    key.write_text("From: a@b.example\nSubject: key\n\nsecret key")
    transport = FolderTransport({"folder": str(tmp_path / "mail")})
    transport.check()
    fresh = tmp_path / "mail" / "inbox" / "new"
    (fresh / "good").write_bytes(b"From: a@b.example\r\nSubject: good\r\n\r\nx")
    (fresh / "link").symlink_to(key)
    (fresh / "gone").symlink_to(tmp_path / "nothing")
    (fresh / "loop").symlink_to(fresh / "loop")
    (fresh / "zero").symlink_to("/dev/zero")
    (fresh / "folder.eml").mkdir()
    os.mkfifo(fresh / "pipe")
    os.mkfifo(tmp_path / "mail" / "inbox" / "pipe.eml")
    assert transport.listing("", 50).remote_ids == ("new/good",)
    for name in ("link", "pipe", "zero", "gone"):
        assert transport.read(f"new/{name}") is None
    os.mkfifo(tmp_path / "mail" / "sent" / "cur" / "pipe")
    assert not transport.find_sent("x")


@pipes
def test_links_and_pipes_among_letters_to_import_are_told(tmp_path: Path) -> None:
    key = tmp_path / "id_rsa"
    key.write_text("From: a@b.example\nSubject: key\n\nsecret key")
    for folder in ("plain", "maildir/cur", "maildir/new"):
        (tmp_path / "given" / folder).mkdir(parents=True)
        (tmp_path / "given" / folder / "l.eml").symlink_to(key)
        os.mkfifo(tmp_path / "given" / folder / "p.eml")
    (tmp_path / "given" / "up").symlink_to(tmp_path)
    found = list(sources.letters(tmp_path / "given"))
    assert found and all(source.raw is None for source in found)
    assert sum("link" in source.error for source in found) == 3


@pipes
@pytest.mark.parametrize("kind", ["pipe", "link", "device", "folder"])
def test_only_files_are_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    (tmp_path / "real").write_bytes(b"content")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "real" if kind == "link" else "/dev/zero")
    with pytest.raises(NoPlainFile):
        open_plain(path)
    if kind == "link":
        with open_plain(path, links=True) as file:
            assert file.read() == b"content"


# --- a colleague's change that would lead a password away


def test_a_password_goes_to_no_server_that_somebody_else_named(tmp_path: Path) -> None:
    """A poisoned share names another server for the mailbox: no machine logs in there with what it has."""
    office = Office(tmp_path)
    try:
        a = office.first("a")
        a.secrets = MemorySecrets()
        a.mail = MailRoom()
        options = {"host": "mail.desk.example", "port": 993, "smtp_host": "smtp.desk.example"}
        row = {"name": "Desk", "address": "help@desk.example", "kind": "imap", "options": options}
        box = str(setup.save_mailbox(a, row, "Zauberwort-7781").result)
        stored = a.replica.record(Mailbox, box)
        assert stored is not None and mailkeys.secret(a, stored) == "Zauberwort-7781"
        for change in ({"host": "127.0.0.1"}, {"smtp_host": "127.0.0.1"}, {"port": 1}, {"security": "none"},
                       {"auth": "refresh", "token_url": "https://evil.example"}, {"ca_file": "/tmp/ca"}):  # fmt: skip
            with a.act("", author="evil") as act:
                act.update(Mailbox, box, options=options | change)
            poisoned = a.replica.record(Mailbox, box)
            assert poisoned is not None and not mailkeys.knows(a, poisoned)
            told = mailport.round_(a)
            assert [type(problem) for problem in told.problems] == [mailkeys.OtherServer]
            assert isinstance(mailport.check(a, poisoned).error, mailkeys.OtherServer)
            with pytest.raises(mailkeys.OtherServer):
                mailport.preview(a, poisoned)
        with a.act("", author="other") as act:
            act.update(Mailbox, box, options=options | {"folder": "Support", "processed": "move"})
        harmless = a.replica.record(Mailbox, box)
        assert harmless is not None and mailkeys.knows(a, harmless)
        setup.save_mailbox(a, {"id": box, "address": "help@desk.example", "options": options | {"host": "new.example"}})
        moved = a.replica.record(Mailbox, box)
        assert moved is not None and mailkeys.secret(a, moved) == "Zauberwort-7781", "who sits here means it"
        mailport.give_password(a, box, "other")
        assert mailkeys.secret(a, moved) == "other"
        setup.drop_mailbox(a, box)
        assert mailkeys.secret(a, moved) is None
    finally:
        office.close()


# --- a template that no window checked


ENDLESS = (
    "{{ number.__class__.__mro__ }}", "{% for x in range(10**9) %}a{% endfor %}", "{{ 'a' * 10**10 }}", "{{ 9**9**9 }}",
    "{% set a = 'x' * 9999 %}{{ a }}", "{{ ''.join(['a'] * 10**9) }}", "{{ text|replace('', text) }}",
    "{{ lipsum(n=10**6) }}", "{{ namespace() }}", "{{ '%9999999999d' % 1 }}", "{{ text|center(10**10) }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{{ dict(a=1) }}", "{{ joiner() }}", "{{ self }}",
    "{" * 20_000, "{{" + "(" * 9_000 + "}}", "{{ text }}" * 2_000, "{% if 1 %}" * 1_900,
)  # fmt: skip


def test_a_template_that_came_by_the_hub_is_bounded_in_time_and_memory(tmp_path: Path) -> None:
    """It passed no check of a form: what is no letter is refused with words where the letter would be written."""
    office = Office(tmp_path)
    try:
        a = office.first("a")
        one = shared_ticket(a)
        for body in ENDLESS:
            with a.act("") as act:  # past save_template, as a merge writes it
                for language in templates.LANGUAGES:
                    row = {"kind": "reply", "language": language, "subject": "", "body": body}
                    act.put(Template, id=natural_id("template", "reply", language), **row)
            began = time.process_time()
            tracemalloc.start()
            try:
                drafted = letters.draft(a, one, "reply", text="y" * 2_000)
                assert len(drafted.body) <= 201_000, body[:40]
            except UserFacingError as error:
                assert error.args_
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert time.process_time() - began < 3 and peak < 60_000_000, body[:40]
    finally:
        office.close()
