"""Benchmarks keep working, and the desk that they measure on is one that the desk itself could have made."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import big_desk, measure
from benchmarks.__main__ import LONG, QUICK, SLOW
from deskapp.desk import derive, forecasting
from deskapp.desk.desk import Desk
from tests.desk import world

TICKETS = 240
#: How often each is repeated here; the figures mean nothing.
FEW = {
    "reports": {"rounds": 1},
    "queue_tab": {"rounds": 1}, "ticket_open": {"rounds": 3}, "search_typing": {"rounds": 1}, "proposal": {"rounds": 2},
    "act": {"rounds": 2}, "intake": {"count": 4}, "first_window": {"rounds": 1}, "memory": {},
    "hub_capture": {"rounds": 1, "count": 20}, "similar": {"rounds": 4},
}  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for temporary files of these tests alone, so that no kept desk is taken or left behind."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("shelf"))
    yield Path(tempfile.tempdir)
    tempfile.tempdir = before


@pytest.fixture
def desk(shelf: Path) -> Iterator[Desk]:
    with big_desk.copied(big_desk.folder(TICKETS)) as copied:
        yield copied


def test_the_big_desk_is_kept_and_made_anew_when_what_makes_it_changes(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = big_desk.folder(12)
    stamp = (first / "desk.sqlite").stat().st_mtime_ns
    assert big_desk.folder(12) == first
    assert (first / "desk.sqlite").stat().st_mtime_ns == stamp
    monkeypatch.setattr(big_desk, "key", lambda tickets: f"{tickets}-other")
    assert big_desk.folder(12) != first
    assert not first.exists()
    shutil.rmtree(big_desk.folder(12))


def test_its_lists_are_those_that_the_desk_makes(desk: Desk) -> None:
    made = world.queue_rows(desk)
    assert len(made) == TICKETS
    with desk.replica.writing("", desk.clock.now()) as writing:
        derive.refresh(desk, writing, list(made), {})
    assert world.queue_rows(desk) == made


def test_its_index_is_the_one_that_the_desk_makes(desk: Desk) -> None:
    made = world.index_terms(desk)
    world.rebuild(desk)
    again = world.index_terms(desk)
    assert again.keys() == made.keys()
    assert again == made


def test_it_has_every_kind_of_ticket(desk: Desk) -> None:
    statuses = {row[0] for row in desk.replica.rows("SELECT DISTINCT status FROM ticket")}
    assert statuses == {"new", "promised", "in_progress", "waiting", "resolved", "closed", "refused", "merged"}
    assert desk.replica.value("SELECT count(*) FROM message") > 2 * TICKETS
    assert desk.replica.value("SELECT count(*) FROM booking WHERE state <> 'done'") > 0
    assert desk.replica.value("SELECT count(*) FROM change WHERE tbl = 'ticket'") == 0


def test_one_outlook_is_the_same_alone_and_among_all(desk: Desk) -> None:
    execute, now = desk.replica.db.execute_sql, desk.clock.now()
    tickets = [row[0] for row in desk.replica.rows("SELECT ticket_id FROM queue_row WHERE is_open = 1")]
    people = forecasting.people_of(execute, tickets)
    among = forecasting.outlooks(desk, execute, people, now, tickets)
    assert {ticket: forecasting.read(desk, execute, ticket, now) for ticket in tickets} == {
        ticket: among[ticket] for ticket in tickets
    }


@pytest.mark.parametrize("name", QUICK)
def test_each_benchmark_runs(name: str, shelf: Path) -> None:
    if name == "memory" and sys.platform != "linux":
        return  # it says itself that it leaves the line out
    rows = import_module(f"benchmarks.{name}").run(TICKETS, **FEW[name])
    assert rows
    assert all(row.ours > 0 and (row.floor is None or row.floor > 0) for row in rows)
    assert len(measure.table(rows).splitlines()) == len(rows) + 1
    assert [row["work"] for row in json.loads(measure.as_json(rows))] == [row.work for row in rows]


def test_the_long_ones_are_there() -> None:
    for name in (*SLOW, *LONG):
        assert (Path(big_desk.__file__).parent / f"{name}.py").exists()
