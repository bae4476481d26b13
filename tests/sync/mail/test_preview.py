"""A first reading: seen before it is done, from a date that a person chose, and nobody is answered."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskapp.desk import mailport, setup
from deskapp.sync.mail.ews import EwsTransport
from deskapp.sync.mail.imap_smtp import ImapSmtpTransport
from deskapp.sync.mail.transports import Fetched
from tests.sync.mail.build_letters import letter, multipart, part
from tests.sync.mail.ews_server import EwsServer
from tests.sync.mail.imap_server import ImapServer
from tests.sync.mail.servers import PASSWORD, USER
from tests.sync.mail.test_journeys import Office

ADDRESS = "help@desk.example"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = Office(tmp_path / "one", ADDRESS)
    found.desk.mail = found.room
    row = setup.mailboxes(found.desk)[0]
    setup.drop_mailbox(found.desk, "box")
    setup.save_mailbox(found.desk, {key: value for key, value in row.items() if key not in ("id", "read_from")})
    yield found
    found.room.close()
    found.desk.replica.disconnect()


def lies_there(office: Office, number: int, day: int, *headers: str) -> None:
    """A letter that came on a day of October, with a file."""
    head = (
        f"From: Ivan {number} <ivan{number % 3}@romashka.example>", f"Message-ID: <{number}@romashka.example>",
        *([] if any(one.startswith("Subject") for one in headers) else [f"Subject: Letter {number}"]), *headers,
    )  # fmt: skip
    file = part(f"%PDF {number}", "application/pdf", "Content-Disposition: attachment; filename=a.pdf")
    raw = multipart("mixed", part(f"Not printing {number}"), file, headers=head)
    office.deliver(ADDRESS, raw)
    at = datetime(2026, 10, day, 9, tzinfo=UTC).timestamp()
    newest = max((office.root / ADDRESS / "inbox" / "new").iterdir(), key=lambda path: path.stat().st_ctime_ns)
    os.utime(newest, (at, at))


def everything(office: Office) -> list[object]:
    return [
        office.desk.replica.rows(f"SELECT * FROM {table}")
        for table in ("ticket", "message", "contact", "journal", "change", "local_state", "outgoing", "queue_row")
    ]


def test_a_preview_tells_what_would_become_of_the_letters_and_does_nothing(office: Office) -> None:
    lies_there(office, 1, 1)
    lies_there(office, 2, 12, "In-Reply-To: <1@romashka.example>")
    lies_there(office, 3, 13, "Auto-Submitted: auto-generated")
    lies_there(office, 4, 14, "Subject: Out of office", "X-Auto-Response-Suppress: All")
    lies_there(office, 5, 20)
    row = setup.mailboxes(office.desk)[0]
    before = everything(office)
    seen = mailport.preview(office.desk, row)
    assert everything(office) == before
    assert len(list((office.root / ADDRESS / "inbox" / "new").iterdir())) == 5, "nothing is marked"
    assert (seen.total, seen.oldest) == (5, datetime(2026, 10, 1, 9, tzinfo=UTC))
    assert [(one.subject, one.outcome) for one in seen.letters] == [
        ("Letter 1", "created"), ("Letter 2", "joined"), ("Letter 3", "created"), ("Out of office", "ignored"),
        ("Letter 5", "created"),
    ]  # fmt: skip
    assert seen.since(None) == {"created": 3, "joined": 1, "ignored": 1, "known": 0, "broken": 0}
    assert seen.since(datetime(2026, 10, 13, tzinfo=UTC))["created"] == 2
    assert not any((office.desk.profile.blobs).glob("*/*")), "and no file is kept"


def test_reading_begins_at_the_chosen_date_and_answers_nobody(office: Office) -> None:
    for number in range(1, 8):
        lies_there(office, number, number)
    mailport.begin_reading(office.desk, setup.mailboxes(office.desk)[0]["id"], datetime(2026, 10, 5, tzinfo=UTC))
    for _round in range(2):
        office.round()
    assert office.count("ticket") == 3 and office.left(ADDRESS) == [], "the mailbox was added after they came"
    assert len(list((office.root / ADDRESS / "inbox" / "new").iterdir())) == 4, "older ones stay as they are"
    seen = mailport.preview(office.desk, setup.mailboxes(office.desk)[0])
    assert seen.total == 4
    mailport.begin_reading(office.desk, setup.mailboxes(office.desk)[0]["id"], None)
    office.round()
    assert office.count("ticket") == 7 and office.left(ADDRESS) == []
    office.deliver(ADDRESS, letter("Subject: now"))
    fresh = next(iter((office.root / ADDRESS / "inbox" / "new").iterdir()))
    at = office.desk.clock.now().timestamp()
    os.utime(fresh, (at, at))
    office.round()
    assert len(office.left(ADDRESS)) == 1, "what comes from now on is answered"


def test_more_old_letters_than_a_round_takes_do_not_stop_the_new_ones(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.sync.mail.mailroom.BATCH", 3)
    for number in range(1, 9):
        lies_there(office, number, 1)
    lies_there(office, 9, 20)
    mailport.begin_reading(office.desk, setup.mailboxes(office.desk)[0]["id"], datetime(2026, 10, 10, tzinfo=UTC))
    for _round in range(4):
        office.round()
    assert office.count("ticket") == 1


@pytest.mark.parametrize("kind", ["imap", "ews"])
def test_reading_from_a_date_passes_over_no_letter_of_a_server_that_counts(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Where each listing goes on behind the one before: many old letters, new ones among and behind them."""
    monkeypatch.setattr("deskapp.sync.mail.mailroom.BATCH", 3)
    old, new = datetime(2026, 10, 2, 9, tzinfo=UTC), datetime(2026, 10, 20, 9, tzinfo=UTC)
    server: Any = ImapServer(USER, PASSWORD) if kind == "imap" else EwsServer({USER: PASSWORD}, tmp_path, ("Basic",))
    server.start()
    try:
        for number in range(40):
            item = server.deliver(letter(f"Subject: Letter {number}", f"Message-ID: <{number}@x>"))
            at = (new if number > 10 and number % 4 == 0 else old) + timedelta(seconds=number)
            setattr(item, "at" if kind == "imap" else "received", at)
        for row in setup.mailboxes(office.desk):
            setup.drop_mailbox(office.desk, row["id"])
        options = {"host": "127.0.0.1", "port": server.port, "security": "none", "smtp_port": 1}
        options = options if kind == "imap" else {"server": server.url}
        row = {"id": "far", "name": "help", "address": USER, "kind": kind, "options": options}
        setup.save_mailbox(office.desk, row)
        mailport.give_password(office.desk, "far", PASSWORD)
        mailport.begin_reading(office.desk, "far", datetime(2026, 10, 10, tzinfo=UTC))
        fetched: list[str] = []
        transport: Any = ImapSmtpTransport if kind == "imap" else EwsTransport
        read = transport.read

        def counted(self: Any, remote_id: str) -> Fetched | None:
            fetched.append(remote_id)
            found: Fetched | None = read(self, remote_id)
            return found

        monkeypatch.setattr(transport, "read", counted)
        for _round in range(15):
            office.room.round(office.desk)
        assert len(fetched) == 7, "what is too old is not even asked for"
        found = {row[0] for row in office.desk.replica.rows("SELECT subject FROM ticket")}
        assert found == {f"Letter {number}" for number in range(12, 40, 4)}
        server.deliver(letter("Subject: Now", "Message-ID: <now@x>"))
        office.room.round(office.desk)
        assert office.count("ticket", "subject = 'Now'") == 1
        mailport.begin_reading(office.desk, "far", None)
        for _round in range(15):
            office.room.round(office.desk)
        assert office.count("ticket") == 41, "and the older ones after all, each once"
    finally:
        server.stop()
