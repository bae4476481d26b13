"""What a round costs, counted and not timed: one question where nothing happened, and no more on an old desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskapp.desk import work
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.rounds import Rounds
from tests.servers import PostgresCluster
from tests.sync.hub.desks import Office, _no_pause, ticket
from tests.sync.hub.faults import FaultyFiles
from tests.sync.hub.postgres_office import PostgresOffice, url


def no_time() -> float:
    """No sign of life is due: those are counted apart."""
    return 0.0


def test_a_quiet_round_of_a_folder_is_one_stat(office: Office) -> None:
    a, _b, _c = office.three()
    faults = office.faults["a"]
    rounds = Rounds(a, FolderHub(office.share, FaultyFiles(faults)), steady=no_time)
    rounds.run()
    for _turn in range(6):
        faults.log.clear()
        rounds.run()
        asked = [name for name in faults.log if name.split()[0] in ("read", "size", "list", "write", "publish")]
        assert len(asked) == 1 and asked[0].startswith("size 0000"), asked


@pytest.fixture
def postgres(postgres_cluster: PostgresCluster, postgres_dsn: str, tmp_path: Path) -> Iterator[PostgresOffice]:
    made = PostgresOffice(tmp_path, url(postgres_cluster, postgres_dsn.rpartition("dbname=")[2]))
    yield made
    made.close()


def statements(hub: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the server from now on."""
    asked: list[str] = []
    connection = hub._line._connection
    execute = connection.execute

    def counted(query: Any, *given: Any, **named: Any) -> Any:
        asked.append(str(query))
        return execute(query, *given, **named)

    monkeypatch.setattr(connection, "execute", counted)
    return asked


def test_a_quiet_round_of_a_server_is_one_query(postgres: PostgresOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    a = postgres.first()
    rounds = Rounds(a, postgres.hub(), steady=no_time)
    rounds.run()
    asked = statements(rounds.hub, monkeypatch)
    rounds.run()
    assert asked == ["SELECT epoch, seq, chain FROM deskapp.meta"]


def history(office: Office, batches: int) -> None:
    """Batches in the log, as months of work leave them."""
    a = office.desks["a"]
    (one,) = a.replica.row("SELECT id FROM ticket") or ("",)
    for number in range(batches):
        work.note(a, one, "note", f"note {number} of {batches}")
        office.sync("a")


def cost(office: Office, log: Callable[[], list[str]]) -> tuple[list[str], int]:
    """(what is asked of the hub in a round with one note, statements on the replica)."""
    a = office.desks["a"]
    (one,) = a.replica.row("SELECT id FROM ticket") or ("",)
    work.note(a, one, "note", f"one more after {a.replica.value('SELECT count(*) FROM note')}")
    before = a.replica.db.connection().total_changes()
    log().clear()
    office.sync("a")
    return [name.split()[0] for name in log()], a.replica.db.connection().total_changes() - before


def test_a_round_costs_the_same_on_an_old_desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    a = office.first()
    ticket(a)
    office.sync("a")
    office.rounds["a"] = Rounds(a, FolderHub(office.share, FaultyFiles(office.faults["a"])), pause=_no_pause)
    monkeypatch.setattr(office.rounds["a"], "_steady", no_time)
    office.sync("a")
    listed: list[int] = []
    real = FaultyFiles.list

    def seen(self: FaultyFiles, path: Path) -> list[str]:
        found = real(self, path)
        listed.append(len(found))
        return found

    monkeypatch.setattr(FaultyFiles, "list", seen)
    first = cost(office, lambda: office.faults["a"].log)
    young = max(listed)
    history(office, 60)
    listed.clear()
    assert cost(office, lambda: office.faults["a"].log) == first
    assert max(listed) <= young + 2, "a listing that grows with the log"
