"""Many letters are read by a second process: with the same result, whatever becomes of that process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.mail_mix import letters
from deskapp.app import open_desk
from deskapp.core.errors import EnvironmentTrouble
from deskapp.core.paths import Profile
from deskapp.desk import checkup, files
from deskapp.desk.desk import Desk
from deskapp.models import search
from deskapp.sync.mail import ahead, reading, stages
from deskapp.sync.mail.ahead import Ahead
from deskapp.sync.mail.reading import Waiting
from tests.desk import world

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def mixed() -> list[bytes]:
    """What a desk gets, and what nobody can read, in places of their own."""
    made = list(letters(170))
    made[30], made[100], made[101] = b"", b"\xff\xfe no letter", made[99]
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = furnished(tmp_path / "desk")
    yield opened
    opened.replica.disconnect()


def furnished(root: Path) -> Desk:
    world.furnish(Profile(root))
    return world.open_world(root)


def waiting(raw: list[bytes]) -> list[Waiting]:
    return [Waiting(one, f"letter {place}", quiet=True) for place, one in enumerate(raw)]


def content(desk: Desk) -> list[object]:
    tables = ("ticket", "message", "attachment", "contact", "customer", "follower", "queue_row")
    local = {"at", "read_at", "touched_at"}
    found: list[object] = []
    for table in tables:
        names = [row[1] for row in desk.replica.rows(f'PRAGMA table_info("{table}")') if row[1] not in local]
        columns = ",".join(f'"{name}"' for name in names)
        found.append((table, names, sorted(desk.replica.rows(f'SELECT {columns} FROM "{table}"'), key=repr)))
    found.append(desk.replica.rows("SELECT key, source, stage, outcome, ticket_id, error FROM journal ORDER BY key"))
    return found


def taken(desk: Desk, raw: list[bytes], reader: Ahead) -> list[stages.Taken]:
    return [one for batch in stages.take_many(desk, waiting(raw), reader) for one in batch]


def wait_until_ready(reader: Ahead) -> None:
    """A started process reads at once only where it has come up: the trials want it to."""
    assert reader._line is not None and reader._line.poll(60)


class Prompt(Ahead):
    """Waits for its process to come up, so that all batches but the first go through it."""

    through = 0

    def _start(self) -> None:
        before = self.process
        super()._start()
        if before is None and self.process is not None:
            wait_until_ready(self)

    def _answer(self) -> list[reading.Read] | None:
        found = super()._answer()
        self.through += len(found or ())
        return found


def test_read_by_two_processes_or_one_everything_is_the_same(desk: Desk, tmp_path: Path, mixed: list[bytes]) -> None:
    reader = Prompt()
    both = taken(desk, mixed, reader)
    assert reader.process is not None and reader.through > 100
    reader.close()
    assert reader.process is None
    alone = furnished(tmp_path / "alone")
    try:
        one = [stages.take(alone, raw, f"letter {place}", quiet=True) for place, raw in enumerate(mixed)]
        assert [(t.source, t.outcome, t.ticket_id, t.number, t.reason) for t in both] == [
            (t.source, t.outcome, t.ticket_id, t.number, t.reason) for t in one
        ]
        assert [t.letter for t in both] == [t.letter for t in one], "a letter travels whole"
        assert content(desk) == content(alone)
        kept = [
            sorted((path.name, path.read_bytes()) for path in each.profile.blobs.rglob("*") if path.is_file())
            for each in (desk, alone)
        ]
        assert kept[0] == kept[1]
    finally:
        alone.replica.disconnect()
    assert [t.outcome for t in (both[30], both[100], both[101])] == ["quarantined", "quarantined", "ignored"]


def test_for_a_few_letters_no_process_is_started(desk: Desk, mixed: list[bytes]) -> None:
    reader = Ahead()
    assert len(taken(desk, mixed[: ahead.MANY], reader)) == ahead.MANY and reader.process is None


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("at", [1, 2])
def test_a_reader_that_dies_loses_nothing(desk: Desk, mixed: list[bytes], at: int) -> None:
    reader = Prompt()
    found: list[stages.Taken] = []
    for place, batch in enumerate(stages.take_many(desk, waiting(mixed), reader)):
        found += batch
        if place == at:
            assert reader.process is not None
            os.kill(reader.process, signal.SIGKILL)
    assert [one.source for one in found] == [f"letter {place}" for place in range(len(mixed))]
    assert [one.outcome for one in found].count("quarantined") == 2 and reader.process is None
    assert desk.replica.value("SELECT count(*) FROM journal") == len(mixed) - 1, "one came twice"


def test_what_the_source_raises_comes_after_all_that_it_gave(desk: Desk, mixed: list[bytes]) -> None:
    def breaking() -> Iterator[Waiting]:
        yield from waiting(mixed[:127])
        raise EnvironmentTrouble("The server went away", "")

    for reader in (Prompt(), None):
        found = []
        with pytest.raises(EnvironmentTrouble):
            for batch in stages.take_many(desk, breaking(), reader):
                found += batch
        assert len(found) == 127
        if reader is not None:
            reader.close()


def test_who_stops_in_the_middle_ends_the_reader(desk: Desk, mixed: list[bytes]) -> None:
    reader = Prompt()
    batches = stages.take_many(desk, waiting(mixed), reader)
    for _ in range(4):
        next(batches)
    number = reader.process
    assert number is not None
    batches.close()
    assert reader.process is None
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_a_full_disk_found_by_the_reader_is_said_here(
    desk: Desk, mixed: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, data: bytes, later: list[Path] | None = None) -> str:
        raise OSError("No space left on device")

    around = reading.surroundings(desk)
    monkeypatch.setattr(files, "keep", full)
    assert ahead._read(around, waiting(mixed[:3])) is None
    with pytest.raises(EnvironmentTrouble, match="No space left"):
        stages.take(desk, mixed[0], "one")


ORPHANED = """
    import sys, time
    from deskapp.sync.mail.ahead import Ahead
    if __name__ == "__main__":
        reader = Ahead()
        reader._start()
        reader._line.poll(60)
        print(reader.process, flush=True)
        time.sleep(300)
"""


def test_a_reader_ends_with_whoever_started_it(tmp_path: Path) -> None:
    program = tmp_path / "desk.py"
    program.write_text(textwrap.dedent(ORPHANED), "utf-8")
    parent = subprocess.Popen(
        [sys.executable, program], stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert parent.stdout is not None and int(parent.stdout.readline())
    parent.kill()
    # the reader has the same output: it ends only when both have ended
    assert parent.communicate(timeout=180)[0] == ""


def test_many_letters_get_more_room_and_give_it_back(desk: Desk, mixed: list[bytes]) -> None:
    usual = [desk.replica.value(f"PRAGMA {name}") for name in ("cache_size", "wal_autocheckpoint", "synchronous")]
    seen = []
    for _batch in stages.take_many(desk, waiting(mixed)):
        seen.append(desk.replica.value("PRAGMA cache_size"))
    assert seen[0] == usual[0] and seen[-1] < usual[0]
    assert usual == [
        desk.replica.value(f"PRAGMA {name}") for name in ("cache_size", "wal_autocheckpoint", "synchronous")
    ]


def entries(desk: Desk) -> list[object]:
    """What the search index names, and what it answers."""
    named = desk.replica.rows("SELECT kind, row, ticket_id FROM search_doc ORDER BY kind, row")
    return [named, *(search.find(desk.replica, words, 200) for words in ("принтер", "error", "письм", "4"))]


def test_the_index_knows_all_of_many_letters_in_the_end(desk: Desk, tmp_path: Path, mixed: list[bytes]) -> None:
    behind = []
    for _batch in stages.take_many(desk, waiting(mixed)):
        behind.append(desk.replica.value("SELECT count(*) FROM search_due"))
    assert max(behind) > 100 and desk.replica.value("SELECT count(*) FROM search_due") == 0
    alone = furnished(tmp_path / "alone")
    try:
        for place, raw in enumerate(mixed):
            stages.take(alone, raw, f"letter {place}", quiet=True)
        assert [sorted(one, key=repr) for one in entries(desk)] == [sorted(one, key=repr) for one in entries(alone)]
        assert len(entries(desk)[1]) > 5
    finally:
        alone.replica.disconnect()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_intake_of_many_leaves_no_letter_unknown_to_search(tmp_path: Path, mixed: list[bytes]) -> None:
    root = tmp_path / "desk"
    furnished(root).replica.disconnect()
    child = os.fork()
    if not child:
        there = world.open_world(root)
        for place, _batch in enumerate(stages.take_many(there, waiting(mixed))):
            if place == 3:
                os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    left = world.open_world(root)
    missing = (
        "SELECT count(*) FROM message m LEFT JOIN search_doc d ON d.kind = 'message' AND d.row = m.id "
        "WHERE d.id IS NULL AND m.ticket_id <> ''"
    )
    assert left.replica.value(missing) > 50
    left.replica.disconnect()
    with open_desk(root) as desk:
        assert desk.replica.value(missing) == 0 and desk.replica.value("SELECT count(*) FROM search_due") == 0
        assert [one.ok for one in checkup.look(desk) if one.code == "search"] == [True]
