"""Older and newer applications on one hub: nothing is lost, whoever is updated first.

The older application is the real one: what this project was before the second schema, taken from its history.
"""

from __future__ import annotations

import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.core.paths import Profile
from deskapp.desk import erase, intake, work
from deskapp.models.database import SCHEMA
from deskapp.models.schema import Site, Ticket
from deskapp.sync.hub import commands
from deskapp.sync.hub.digest import digest
from deskapp.sync.hub.hub import UpdateToSync
from tests.servers import PostgresCluster
from tests.sync.hub.desks import Office, open_desk
from tests.sync.hub.postgres_office import sql, url

ROOT = Path(__file__).resolve().parents[3]
FIXTURE = ROOT / "tests" / "models" / "fixtures" / "schema-1.sqlite.xz"
SECOND = "deskapp/models/migrations/0002_whole_desk.py"


def git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """The command line of the application before the second schema: (profile, words) -> what it printed."""
    try:
        added = git("log", "--diff-filter=A", "--format=%H", "--", SECOND).split()[-1].decode()
        packed = git("archive", f"{added}~1", "deskapp", "resources")
    except (OSError, subprocess.CalledProcessError, IndexError):
        pytest.skip("the history of the project is not here")
    folder = tmp_path_factory.mktemp("older")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")

    def run(profile: Path, *words: str, code: int = 0) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "deskapp", *words, "--profile", str(profile)], cwd=folder, capture_output=True,
            text=True, encoding="utf-8", timeout=120, env={**os.environ, "PYTHONPATH": str(folder)},
        )  # fmt: skip
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout if code == 0 else ran.stderr

    return run


@pytest.fixture(params=["folder", pytest.param("postgres", marks=pytest.mark.long)])
def hub_at(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        (tmp_path / "share").mkdir()
        return str(tmp_path / "share")
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    return url(cluster, cluster.create_database())


def subjects(told: str) -> set[str]:
    return {json.loads(line)["subject"] for line in told.splitlines()}


def test_an_older_and_a_newer_application_share_a_desk(older: Callable[..., str], hub_at: str, tmp_path: Path) -> None:
    a, b, c = (tmp_path / name for name in "abc")
    older(a, "new", "--subject", "Before everything")
    invitation = older(a, "hub", "init", hub_at).splitlines()[-1]
    older(b, "hub", "join", invitation)
    # a is updated while something of it waits
    older(a, "new", "--subject", "Waits for the update")
    desk_a = open_desk(a)
    assert desk_a.replica.value("SELECT count(*) FROM change WHERE sent = 0")
    one = intake.by_hand(desk_a, "After the update").result
    with desk_a.act("") as act:
        site = act.insert(Site, name="Цех 2", address="ул. Заводская, 1", travel_minutes=40)
        act.update(Ticket, one, site_id=site, reopened=3)
    commands.sync_once(desk_a)
    # the older one goes on: takes what it knows, keeps the rest, is told nothing alarming
    assert json.loads(older(b, "sync", "--json"))["waiting"] == 0
    assert subjects(older(b, "list", "--json")) == {"Before everything", "Waits for the update", "After the update"}
    older(b, "note", "1001", "by", "the", "older", "one")
    older(b, "sync")
    if hub_at.startswith("postgresql"):
        assert sql(hub_at, "SELECT s.name, t.reopened FROM desk.ticket t JOIN desk.site s ON s.id = t.site_id") == [
            ("Цех 2", 3)
        ]
    else:
        assert (Path(hub_at) / f"schema-{SCHEMA:04}.json").exists()
    # one joins anew, from a snapshot of the older application
    commands.join(Profile(c), commands.invite(desk_a), where=hub_at)
    desk_c = open_desk(c)
    commands.begin(desk_c)
    # b is updated at last: what was parked comes back
    desk_b = open_desk(b)
    assert desk_b.replica.value("SELECT count(*) FROM parked")
    commands.sync_once(desk_b)
    for desk in (desk_a, desk_c, desk_b, desk_a):
        commands.sync_once(desk)
    assert desk_b.replica.rows(
        "SELECT s.name, s.travel_minutes, t.reopened FROM ticket t JOIN site s ON s.id = t.site_id"
    ) == [("Цех 2", 40, 3)]
    assert not desk_b.replica.value("SELECT count(*) FROM parked")
    assert digest(desk_a.replica) == digest(desk_b.replica) == digest(desk_c.replica) is not None
    assert desk_c.replica.value("SELECT count(*) FROM note WHERE text = 'by the older one'") == 1
    for desk in (desk_a, desk_b, desk_c):
        desk.replica.disconnect()


def test_an_application_that_cannot_erase_waits_until_it_is_updated(
    older: Callable[..., str], hub_at: str, tmp_path: Path
) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    older(a, "new", "--subject", "The password is hunter2")
    older(b, "hub", "join", older(a, "hub", "init", hub_at).splitlines()[-1])
    desk = open_desk(a)
    (ticket,) = desk.replica.row("SELECT id FROM ticket") or ("",)
    erase.erase(desk, [("ticket", ticket)])
    commands.sync_once(desk)
    older(b, "new", "--subject", "Goes on locally")
    assert "Update to sync" in older(b, "sync", code=1)
    assert "Goes on locally" in subjects(older(b, "list", "--json"))
    updated = open_desk(b)
    commands.sync_once(updated)
    commands.sync_once(desk)
    for one in (desk, updated):
        rows = {row for (row,) in one.replica.rows("SELECT subject FROM ticket")}
        assert rows == {"[…]", "Goes on locally"}
        one.replica.disconnect()


def test_a_desk_of_the_first_schema_is_shared_with_all_that_waited(hub_at: str, tmp_path: Path) -> None:
    """The fixture is a desk of before with changes that nobody had yet."""
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "desk.sqlite").write_bytes(lzma.decompress(FIXTURE.read_bytes()))
    first = open_desk(tmp_path / "first")
    kept = {
        table: first.replica.rows(f'SELECT * FROM "{table}" ORDER BY id') for table in ("ticket", "note", "message")
    }
    assert kept["ticket"] and first.replica.value("SELECT count(*) FROM change WHERE sent = 0")
    commands.init(first, hub_at).close()
    commands.join(Profile(tmp_path / "second"), commands.invite(first), where=hub_at)
    second = open_desk(tmp_path / "second")
    commands.begin(second)
    work.note(second, kept["ticket"][0][0], "note", "from the second")
    commands.sync_once(second)
    commands.sync_once(first)
    for table, rows in kept.items():
        there = {row[0]: row for row in second.replica.rows(f'SELECT * FROM "{table}"')}
        assert {row[0] for row in rows} <= set(there), table
    assert digest(first.replica) == digest(second.replica) is not None
    for desk in (first, second):
        desk.replica.disconnect()


def test_a_folder_of_a_newer_application_says_update_to_sync(office: Office) -> None:
    a, _b, _c = office.three()
    (office.share / "schema-0099.json").write_text(json.dumps({"schema": 99, "min_app": "99.0", "app": "99.1"}))
    with pytest.raises(UpdateToSync, match=r"99\.0"):
        commands.sync_once(a)
    work.note(a, intake.by_hand(a, "Goes on").result, "note", "here")
    # a newer one that older ones can live with is no reason to stop
    (office.share / "schema-0099.json").write_text(json.dumps({"schema": 99, "min_app": "0.1.0", "app": "99.1"}))
    assert commands.sync_once(a).sent
