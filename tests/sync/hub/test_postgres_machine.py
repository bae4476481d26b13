"""The trials of the folder hub on a PostgreSQL hub: any interleaving of what happens, and processes that are killed."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from deskapp.sync.hub import commands, upkeep
from deskapp.sync.hub.hub import HubRefused, HubUnreachable
from deskapp.sync.hub.postgres import PostgresHub
from deskapp.sync.hub.rounds import Rounds
from tests.servers import PostgresCluster
from tests.sync.hub import test_machine, test_processes
from tests.sync.hub.desks import _no_pause
from tests.sync.hub.faults import Faults
from tests.sync.hub.postgres_office import PostgresOffice, cluster_at, sql, url

_T = TypeVar("_T")
_WHO = st.integers(0, 4)
#: A round has few statements; the errors of a share do not count here.
_FAULT = st.tuples(st.sampled_from(["error before", "error after", "kill before", "kill after"]), st.integers(0, 6))
_FAULTS = st.none() | _FAULT | _FAULT


class FaultyHub(PostgresHub):
    """A hub between whose statements the network or the process ends."""

    def __init__(self, where: str, faults: Faults) -> None:
        super().__init__(where)
        kept = self._line.run

        def run(work: object) -> object:
            try:
                return faults.at("statement", lambda: kept(work))  # type: ignore[arg-type]
            except OSError as error:
                raise HubUnreachable("The server does not answer", "%1", error) from error

        self._line.run = run  # type: ignore[assignment,method-assign]


class FaultyOffice(PostgresOffice):
    def _attach(self, name: str) -> None:
        self.hubs.append(FaultyHub(self.at, self.faults[name]))
        self.rounds[name] = Rounds(self.desks[name], self.hubs[-1], pause=_no_pause)


class Desktops(test_machine.Desktops):
    """The world with a database; a backup of the server is a copy of that, a restored one takes its place."""

    at: str  # the hub of all examples

    @initialize(desktops=st.integers(2, 3))
    def begin(self, desktops: int) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.template, self.place)
        copy(self.at, "template", "")
        self.office = FaultyOffice(self.place, self.at)
        for name in ("a", "b", "c")[:desktops]:
            self.office.open(name)
            self.office._attach(name)

    @rule(who=_WHO, fault=_FAULTS)
    def go_round(self, who: int, fault: tuple[str, int] | None) -> None:
        super().go_round(who, fault, errno.EIO)

    @rule()
    def back_up_share(self) -> None:
        copy(self.at, "", "backup")
        self.backup = self.place

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore_share(self) -> None:
        copy(self.at, "backup", "")

    @rule(who=_WHO)
    def lose_hub(self, who: int) -> None:
        """The database is made anew from what one desktop has; who has not seen that a colleague did so is refused."""
        try:
            commands.rebuild(self.desk(who), hub_too=True)
        except HubRefused:
            self.office.sync(self.name(who))

    @rule(who=_WHO, compact=st.booleans())
    def snapshot(self, who: int, compact: bool) -> None:
        self.office.sync(self.name(who))
        hub = PostgresHub(self.at)
        made = upkeep.publish(self.desk(who), hub)
        if made is not None and compact:
            hub.compact(made.head)
        hub.close()

    def end(self) -> None:
        super().end()
        assert isinstance(self.office, FaultyOffice)
        one = next(iter(self.office.desks.values())).replica
        for table in ("note", "ticket", "booking", "skill"):
            rows = {row for (row,) in one.rows(f"SELECT id FROM {table}")}
            assert {row for (row,) in sql(self.at, f"SELECT id FROM desk.{table}")} == rows, table
        assert sql(self.at, "SELECT * FROM deskapp.trouble") == []


def copy(where: str, source: str, target: str) -> None:
    """Make the database ``target`` anew as a copy of ``source``; both are endings of the hub's name."""
    server, _slash, name = where.rpartition("/")
    root = f"{server}/postgres"
    sql(root, f'DROP DATABASE IF EXISTS "{name}{target}" WITH (FORCE)')
    sql(root, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", name + source)
    sql(root, f'CREATE DATABASE "{name}{target}" TEMPLATE "{name}{source}"')


@pytest.fixture(scope="module")
def world(postgres_cluster: PostgresCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Desktops]]:
    """Three desktops of one desk, lying where each example will lie."""
    where = url(postgres_cluster, postgres_cluster.create_database())
    place = tmp_path_factory.mktemp("machine") / "office"
    place.mkdir()
    office = FaultyOffice(place, where)
    office.three()
    office.close()
    template = place.with_name("template")
    shutil.copytree(place, template)
    copy(where, "", "template")
    yield type("Machine", (Desktops,), {"template": template, "place": place, "at": where})


def run(world: type[Desktops], examples: int, steps: int) -> None:
    run_state_machine_as_test(world, settings=test_machine.trial(examples, steps))


def test_desktops_end_equal_whatever_happens(world: type[Desktops]) -> None:
    run(world, 6, 25)


@pytest.mark.long
@pytest.mark.parametrize("part", range(2))
def test_desktops_end_equal_whatever_happens_for_long(world: type[Desktops], part: int) -> None:
    run(world, 10, 40)


# --- processes that are killed -------------------------------------------------------------------------------------


@pytest.fixture
def careful(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database on a server that keeps what it acknowledged, for offices of processes."""
    folder = Path(tempfile.mkdtemp(prefix="deskapp-pg-"))
    cluster = cluster_at(folder)
    try:
        cluster.start()
        try:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                sql(cluster.dsn(), f"ALTER SYSTEM SET {setting} = on")
            sql(cluster.dsn(), "SELECT pg_reload_conf()")
            where = url(cluster, cluster.create_database())
            monkeypatch.setattr(test_processes, "Office", lambda folder: PostgresOffice(folder, where))
            yield where
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_killed_processes_lose_nothing(careful: str, tmp_path: Path) -> None:
    test_processes.check(*test_processes.work_and_kill(tmp_path, clients=3, seconds=5, every=0.8))


@pytest.mark.long
def test_eight_processes_killed_for_two_minutes_lose_nothing(careful: str, tmp_path: Path) -> None:
    test_processes.check(*test_processes.work_and_kill(tmp_path, clients=8, seconds=120, every=1.0))
