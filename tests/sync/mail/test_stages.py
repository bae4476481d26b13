"""Each stage of a letter can be taken up again; nothing is lost, nothing comes twice, no letter stops the others."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskapp.core.errors import EnvironmentTrouble
from deskapp.core.paths import Profile
from deskapp.desk import files, intake
from deskapp.desk.desk import Desk
from deskapp.models.schema import Journal
from deskapp.sync.mail import stages
from tests.desk import world
from tests.sync.mail.build_letters import letter, multipart, part

ROOT = Path(__file__).resolve().parents[3]
RECEIVED = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile = Profile(tmp_path / "desk")
    world.furnish(profile)
    opened = world.open_world(profile.root)
    yield opened
    opened.replica.disconnect()


def raw(number: int = 1, *headers: str, **more: str) -> bytes:
    return letter(f"Subject: Letter {number}", f"Message-ID: <{number}@test>", *headers, **more)


def journal(desk: Desk) -> list[tuple[str, str]]:
    return [
        (stage, outcome)
        for stage, outcome in desk.replica.rows("SELECT stage, outcome FROM journal ORDER BY fetched_at, key")
    ]


def test_a_letter_goes_through_all_stages(desk: Desk) -> None:
    data = raw()
    taken = stages.take(desk, data, "inbox 1", RECEIVED, "box")
    assert (taken.outcome, taken.number, taken.auto_answer) == ("created", 1001, True)
    assert files.read(desk, taken.key) == data, "the original is kept"
    row = desk.replica.row("SELECT stage, outcome, ticket_id, subject, size, mailbox_id FROM journal")
    assert row == ("done", "created", taken.ticket_id, "Letter 1", len(data), "box")
    assert desk.replica.value("SELECT raw_sha256 FROM message WHERE direction = 'in'") == taken.key
    assert world.row(desk, taken.ticket_id)["received_at"] == int(RECEIVED.timestamp() * 1000)


def test_the_same_letter_from_another_mailbox_or_with_other_transport_headers_is_the_same(desk: Desk) -> None:
    stages.take(desk, raw(), "one")
    again = stages.take(desk, b"Received: from mx2 by mx1; Mon, 2 Nov 2026 05:00:00 +0000\r\n" + raw(), "two")
    assert (again.outcome, again.number) == ("ignored", 1001)
    stages.take(desk, raw(), "one")
    assert sorted(journal(desk)) == [("done", "created"), ("done", "ignored")], "what became of it first stays written"
    assert desk.replica.value("SELECT count(*) FROM ticket") == 1


def test_the_same_id_with_another_text_is_another_letter(desk: Desk) -> None:
    stages.take(desk, raw(1), "one")
    other = stages.take(desk, raw(1).replace(b"Letter 1", b"Letter one"), "two")
    assert other.outcome == "created"


def test_attachments_are_kept_by_hash(desk: Desk) -> None:
    body = multipart(
        "mixed",
        part("text"),
        part(b"PNG", "image/png", "Content-Disposition: attachment; filename=a.png"),
    )
    taken = stages.take(desk, body, "one")
    name, sha256 = desk.replica.row("SELECT name, sha256 FROM attachment WHERE ticket_id = ?", (taken.ticket_id,)) or ()
    assert name == "a.png" and files.read(desk, sha256) == b"PNG"


@pytest.mark.parametrize("rubbish", [b"", b"\x00" * 100, b"\xff\xfe\xfd" * 1000])
def test_what_is_no_letter_is_kept_raw_with_its_reason(desk: Desk, rubbish: bytes) -> None:
    taken = stages.take(desk, rubbish, "rubbish")
    assert taken.outcome == "quarantined" and taken.reason
    assert journal(desk) == [("quarantined", "quarantined")]
    assert files.read(desk, taken.key) == rubbish
    assert desk.replica.value("SELECT error FROM journal") == taken.reason
    assert stages.take(desk, raw(), "next").outcome == "created"


def test_a_letter_that_breaks_a_stage_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(intake, "accept", _break)
        taken = stages.take(desk, raw(1), "one")
    assert taken.outcome == "quarantined" and "KeyError" in taken.reason and taken.letter is not None
    assert desk.replica.value("SELECT count(*) FROM ticket") == 0
    assert stages.take(desk, raw(1), "one").outcome == "created", "once mended it is taken"
    assert journal(desk) == [("done", "created")]


def _break(desk: Desk, letter: object, quiet: bool = False, beside: object = None) -> None:
    with desk.act("letter_in") as act:
        from deskapp.models.schema import Ticket

        act.insert(Ticket, subject="half")
        raise KeyError("a bug")


def test_a_full_disk_is_no_fault_of_the_letter(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, data: bytes, later: list[Path] | None = None) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "keep", full)
        with pytest.raises(EnvironmentTrouble, match="No space left"):
            stages.take(desk, raw(), "one")
    assert journal(desk) == []
    assert stages.take(desk, raw(), "one").outcome == "created"


def test_a_database_that_cannot_grow_is_no_fault_of_the_letter(desk: Desk) -> None:
    """A full disk ends the transaction by itself; what the driver says then is that there is none to take back."""
    pages = int(desk.replica.value("PRAGMA page_count"))
    desk.replica.db.execute_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(EnvironmentTrouble, match="The disk is full"):
        for number in range(100):
            stages.take(desk, raw(number), "one")
    assert set(journal(desk)) <= {("done", "created")}
    desk.replica.db.execute_sql("PRAGMA max_page_count = 1000000")
    assert stages.take(desk, raw(number), "one").outcome == "created"


def test_a_locked_database_is_no_fault_of_the_letter(desk: Desk) -> None:
    desk.replica.db.connection().set_busy_handler(0.05)
    import cysqlite

    other = cysqlite.connect(str(desk.profile.database))
    other.execute("BEGIN IMMEDIATE")
    try:
        for data in (raw(), b""):
            with pytest.raises(EnvironmentTrouble):
                stages.take(desk, data, "one")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert journal(desk) == []
    assert stages.take(desk, raw(), "one").outcome == "created"


def kept(desk: Desk, data: bytes, source: str, minute: int = 0, quiet: bool = False) -> str:
    """As versions before 0.2 kept a letter that they had not read yet."""
    sha256 = files.put(desk, data)
    at = int(RECEIVED.timestamp() * 1000) + minute * 60_000
    with desk.replica.writing("", desk.clock.now()) as writing:
        writing.insert(
            Journal, key=sha256, source=source, raw_sha256=sha256, size=len(data), fetched_at=writing.now + minute,
            received_at=at, mailbox_id="box", quiet=int(quiet), stage="kept",
        )  # fmt: skip
    return sha256


def test_a_kept_letter_is_taken_up_as_it_would_have_been(desk: Desk) -> None:
    kept(desk, raw(1), "imported", quiet=True)
    kept(desk, raw(2), "mailbox", minute=1)
    world.advance(desk, hours=5)
    first, second = stages.resume(desk)
    assert {first.outcome, second.outcome} == {"created"}
    assert stages.resume(desk) == []
    acknowledged = desk.replica.rows("SELECT subject FROM message WHERE kind = 'ack'")
    assert len(acknowledged) == 1, "an import answers nobody, also when it is taken up again"
    received = desk.replica.rows("SELECT received_at, mailbox_id FROM message WHERE direction = 'in' ORDER BY 1")
    assert received == [(int(RECEIVED.timestamp() * 1000), "box"), (int(RECEIVED.timestamp() * 1000) + 60_000, "box")]


def test_a_kept_letter_whose_file_is_gone_is_said_and_passed_over(desk: Desk) -> None:
    lost = kept(desk, raw(1), "one")
    kept(desk, raw(2), "two")
    (desk.profile.blobs / lost[:2] / lost).unlink()
    outcomes = sorted((taken.outcome, bool(taken.reason)) for taken in stages.resume(desk))
    assert outcomes == [("created", False), ("quarantined", True)]


def test_letters_taken_together_are_on_the_disk_when_the_block_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    with stages.together(desk) as later:
        for number in range(5):
            assert stages.take(desk, raw(number), "one", later=later).outcome == "created"
        assert desk.replica.value("PRAGMA synchronous") == 1 and len(later) == 5 and not waited
        assert desk.replica.value("SELECT count(*) FROM ticket") == 5, "each is committed by itself"
    assert desk.replica.value("PRAGMA synchronous") == 2 and not later and len(waited) == 5
    with pytest.raises(KeyError), stages.together(desk) as later:
        stages.take(desk, raw(9), "one", later=later)
        raise KeyError("the server went away")
    assert desk.replica.value("PRAGMA synchronous") == 2 and not later and len(waited) == 6
    assert desk.replica.value("SELECT count(*) FROM ticket") == 6


def test_a_letter_whose_file_was_lost_with_the_power_comes_once_more(desk: Desk) -> None:
    taken = stages.take(desk, raw(), "one")
    place = desk.profile.blobs / taken.key[:2] / taken.key
    place.write_bytes(b"")  # what a file system leaves of a file that never reached the disk
    assert stages.take(desk, raw(), "one").outcome == "ignored"
    assert files.read(desk, taken.key) == raw()


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("from a by b; Mon, 2 Nov 2026 05:00:00 +0000", datetime(2026, 11, 2, 5, tzinfo=UTC)),
        ("from a by b; Mon, 2 Nov 2026 08:00:00 +0300", datetime(2026, 11, 2, 5, tzinfo=UTC)),
        ("from a by b; Tue, 3 Nov 2099 05:00:00 +0000", None),
        ("from a by b; Mon, 2 Nov 2026 05:00:00 -0000", None),
        ("from a by b; Mon, 2 Nov 99999 05:00:00 +0000", None),
        ("rubbish", None),
        ("", None),
    ],
)
def test_receipt_is_the_servers_and_never_the_future(desk: Desk, received: str, expected: datetime | None) -> None:
    taken = stages.take(desk, raw(1, f"Received: {received}", "Date: Fri, 1 Jan 1999 00:00:00 +0000"), "one")
    at = datetime.fromtimestamp(world.row(desk, taken.ticket_id)["received_at"] / 1000, UTC)
    assert at == (expected or desk.clock.now())


KILLED = """
    import sys
    from pathlib import Path
    from tests.desk import world
    from tests.sync.mail.test_stages import RECEIVED, raw
    from deskapp.sync.mail import stages
    desk = world.open_world(Path(sys.argv[1]))
    print("ready", flush=True)
    with stages.together(desk) as later:
        for number in range(int(sys.argv[2]), int(sys.argv[3])):
            stages.take(desk, raw(number), f"letter {number}", RECEIVED, "box", later=later)
            print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("rounds", [3, pytest.param(40, marks=pytest.mark.long)])
def test_no_letter_is_lost_or_doubled_by_a_kill(desk: Desk, rounds: int) -> None:
    root = desk.profile.root
    desk.replica.disconnect()
    for turn in range(rounds):
        first = turn * 10
        worker = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED), str(root), str(first), str(first + 10)],
            stdout=subprocess.PIPE, cwd=ROOT, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert worker.stdout is not None and worker.stdout.readline() == "ready\n"
        for _ in range(turn % 5):
            worker.stdout.readline()
        try:
            worker.wait(0.003 * (turn % 7))
        except subprocess.TimeoutExpired:
            os.kill(worker.pid, signal.SIGKILL)
        worker.stdout.read()
        worker.wait(60)
        worker.stdout.close()
        # the mailbox still has all ten: they come once more
        again = world.open_world(root)
        stages.resume(again)
        for number in range(first, first + 10):
            stages.take(again, raw(number), f"letter {number}", RECEIVED, "box")
        again.replica.disconnect()
    final = world.open_world(root)
    try:
        assert final.replica.value("SELECT count(*) FROM ticket") == rounds * 10
        assert final.replica.value("SELECT count(DISTINCT number) FROM ticket") == rounds * 10
        assert final.replica.value("SELECT count(*) FROM message WHERE direction = 'in'") == rounds * 10
        assert final.replica.value("SELECT count(*) FROM journal WHERE stage = 'done'") == rounds * 10
        assert final.replica.value("PRAGMA integrity_check") == "ok"
    finally:
        final.replica.disconnect()
