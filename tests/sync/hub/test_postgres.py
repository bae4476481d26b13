"""A hub in a real PostgreSQL: the suite that all hubs pass, and what only a server has."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deskapp.sync.hub.hub import Head, Hub
from deskapp.sync.hub.postgres import PostgresHub
from tests.sync.hub import test_hubs
from tests.sync.hub.test_hubs import *  # noqa: F403  the shared suite, with the fixture below
from tests.sync.hub.test_hubs import Make, snapshot_at


def database(hub: Hub) -> psycopg.Connection:
    return psycopg.connect(hub.where, autocommit=True)


def damage(hub: Hub, old: bytes, new: bytes) -> None:
    """Change bytes somewhere in the hub behind its back."""
    with database(hub) as connection:
        for column, table in (("body", "log"), ("data", "part")):
            for ctid, data in connection.execute(f"SELECT ctid::text, {column} FROM deskapp.{table}").fetchall():
                packed = data[:1] == b"\x78"
                plain = zlib.decompress(data) if packed else data
                if old in plain:
                    plain = plain.replace(old, new)
                    fresh = zlib.compress(plain, 1) if packed else plain
                    connection.execute(f"UPDATE deskapp.{table} SET {column} = %b WHERE ctid = %s::tid", (fresh, ctid))


@pytest.fixture
def make(postgres_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    source, snapshot = snapshot_at(Head.origin("e1"), tmp_path, b"")
    monkeypatch.setattr(test_hubs, "damage", damage)
    hubs = [PostgresHub.found(postgres_dsn, source, snapshot)]
    hubs.pop().close()

    def make() -> Hub:
        hubs.append(PostgresHub(postgres_dsn))
        return hubs[-1]

    yield make
    for hub in hubs:
        hub.close()


def test_a_good_place_passes_its_check(make: Make) -> None:
    found = {finding.what: finding.ok for finding in make().check()}
    # the server of the tests is one that may lose what it acknowledged, and that is said
    assert not found.pop("The server keeps what it acknowledged")
    assert all(found.values()), found
    assert "Account: lead" in found
