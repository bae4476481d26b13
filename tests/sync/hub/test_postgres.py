"""A hub in a real PostgreSQL: the suite that all hubs pass, and what only a server has."""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deskapp.core.ids import new_id
from deskapp.sync.hub import postgres, postgres_content, postgres_setup
from deskapp.sync.hub.hub import Batch, Change, Head, Hub, HubRefused, HubUnreachable, UpdateToSync
from deskapp.sync.hub.postgres import PostgresHub, without_password
from deskapp.sync.hub.postgres_sql import Roles
from tests.servers import PostgresCluster
from tests.sync.hub import test_hubs
from tests.sync.hub.postgres_office import sql, url
from tests.sync.hub.test_hubs import *  # noqa: F403  the shared suite, with the fixture below
from tests.sync.hub.test_hubs import Make, batch, snapshot_at


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


def changing(*changes: Change) -> Batch:
    return Batch(new_id(), "r1", 1, "0.1.0", 1, changes)


# --- the plain tables ------------------------------------------------------------------------------------------------


def test_every_kind_of_change_reaches_the_plain_tables(make: Make) -> None:
    hub = make()
    where = hub.where
    head = hub.append(hub.head(), changing(Change("skill", "s1", "I", {"name": [None, "Сети"]}, "a", 1)))
    assert sql(where, "SELECT id, name, name_en, position FROM desk.skill") == [("s1", "Сети", "", 0)]
    head = hub.append(
        head,
        changing(
            Change("skill", "s1", "U", {"position": [0, 7], "unknown": [1, 2]}, "a", 1),
            Change("skill", "s2", "I", {"name": [None, "Печать"]}, "a", 1),
            Change("skill", "s2", "U", {"name": ["Печать", "Принтеры"]}, "a", 1),
            Change("skill", "never made", "U", {"name": ["a", "b"]}, "a", 1),
            Change("table of a newer application", "x", "I", {"name": [None, "b"]}, "a", 1),
        ),
    )
    assert sql(where, "SELECT id, name, position FROM desk.skill ORDER BY id") == [
        ("s1", "Сети", 7),
        ("s2", "Принтеры", 0),
    ]
    head = hub.append(
        head,
        changing(
            Change("skill", "s1", "D", {"name": ["Сети", None]}, "a", 1),
            # made by two desktops: the last one stands whole, as it does in a replica
            Change("skill", "s2", "I", {"name_en": [None, "Printers"]}, "a", 1),
        ),
    )
    assert sql(where, "SELECT id, name, name_en FROM desk.skill") == [("s2", "", "Printers")]
    assert sql(where, "SELECT * FROM deskapp.trouble") == []


def test_text_that_no_server_can_hold_stops_nothing(make: Make) -> None:
    hub = make()
    sent = changing(
        Change("skill", "s1", "I", {"name": [None, "a\0b\0\0"], "name_en": [None, "\\u0000 \\\0 \\\\u0000"]}, "a", 1)
    )
    head = hub.append(hub.head(), sent)
    assert [entry.batch for entry in make().read(Head.origin("e1"))] == [sent]
    assert sql(hub.where, "SELECT name, name_en FROM desk.skill") == [("ab", "\\u0000 \\ \\\\u0000")]
    assert hub.head() == head


def test_a_row_that_does_not_fit_is_noted_and_the_others_are_entered(make: Make) -> None:
    hub = make()
    sent = changing(
        Change("skill", "s1", "I", {"position": [None, "not a number"]}, "a", 1),
        Change("skill", "s2", "I", {"position": [None, 2]}, "a", 1),
    )
    head = hub.append(hub.head(), sent)
    assert sql(hub.where, "SELECT id FROM desk.skill") == [("s2",)]
    assert sql(hub.where, "SELECT seq, tbl, row FROM deskapp.trouble") == [(1, "skill", "s1")]
    assert hub.append(head, batch()).seq == 2


def test_a_table_that_somebody_holds_locked_does_not_hold_the_desk(make: Make) -> None:
    hub = make()
    with psycopg.connect(hub.where) as report:
        report.execute("LOCK TABLE desk.skill")
        head = hub.append(hub.head(), changing(Change("skill", "s1", "I", {}, "a", 1)))
        report.rollback()
    assert head.seq == 1 and sql(hub.where, "SELECT tbl FROM deskapp.trouble") == [("skill",)]


# --- accounts --------------------------------------------------------------------------------------------------------


@pytest.fixture
def accounts(make: Make) -> Iterator[dict[str, str]]:
    """Role -> the address for an account that has it; one account has none."""
    with database(make()) as c:
        name = c.info.dbname
        roles = Roles.of(name)
        addresses = {}
        for kind in ("reader", "member", "lead", "stranger"):
            account = f"{name}_{kind}_anna"
            c.execute(f'CREATE ROLE "{account}" LOGIN')
            if kind != "stranger":
                c.execute(f'GRANT "{getattr(roles, kind)}" TO "{account}"')
            addresses[kind] = f"postgresql://{account}@127.0.0.1:{c.info.port}/{name}"
        yield addresses


def test_a_reader_reads_and_writes_nothing(make: Make, accounts: dict[str, str]) -> None:
    head = make().append(Head.origin("e1"), batch())
    hub = PostgresHub(accounts["reader"])
    assert hub.head() == head and len(hub.read(Head.origin("e1"))) == 1 and hub.snapshot() is not None
    for act in (
        lambda: hub.append(head, batch()),
        lambda: hub.beat("r", {}),
        lambda: hub.put_blob(hashlib.sha256(b"x").hexdigest(), b"x"),
        lambda: hub.compact(head),
        hub.refill,
    ):
        with pytest.raises(HubRefused):
            act()
    assert [finding.ok for finding in hub.check() if finding.what == "Account: reader"] == [False]
    assert hub.head() == head
    hub.close()


_FORBIDDEN = (
    "INSERT INTO deskapp.log (seq, chain, batch, replica, body) VALUES (99, '', '', '', '')",
    "UPDATE deskapp.log SET body = ''",
    "DELETE FROM deskapp.log",
    "TRUNCATE deskapp.log",
    "UPDATE deskapp.meta SET seq = 0",
    "DELETE FROM deskapp.part",
    "DELETE FROM deskapp.beat",
    "INSERT INTO desk.skill (id) VALUES ('x')",
    "UPDATE desk.skill SET name = 'x'",
    "DELETE FROM desk.skill",
    "DELETE FROM report.skill",
    "ALTER TABLE desk.skill ADD COLUMN x int",
    "DROP TABLE desk.skill",
    "CREATE TABLE desk.mine (id int)",
    "CREATE TABLE deskapp.mine (id int)",
    "SELECT deskapp.desk_enter(1, '')",
)


@pytest.mark.parametrize("role", ["reader", "member", "lead"])
def test_nobody_touches_log_and_tables_by_hand(make: Make, accounts: dict[str, str], role: str) -> None:
    make().append(Head.origin("e1"), changing(Change("skill", "s1", "I", {}, "a", 1)))
    with psycopg.connect(accounts[role], autocommit=True) as connection:
        for statement in _FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        assert connection.execute("SELECT count(*) FROM report.skill").fetchone() == (1,)
        if role != "lead":
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f'SET ROLE "{connection.info.dbname}_owner"')


def test_a_member_does_everything_that_a_desktop_does(make: Make, accounts: dict[str, str], tmp_path: Path) -> None:
    hub = PostgresHub(accounts["member"])
    head = hub.append(hub.head(), changing(Change("skill", "s1", "I", {}, "a", 1)))
    hub.put_blob(hashlib.sha256(b"x").hexdigest(), b"x")
    hub.beat("r", {"n": 1})
    source, snapshot = snapshot_at(head, tmp_path)
    hub.publish_snapshot(source, snapshot)
    hub.fetch_snapshot(snapshot, tmp_path / "fetched")
    hub.compact(head)
    assert make().head() == head and sql(hub.where, "SELECT id FROM desk.skill") == [("s1",)]
    assert "Account: member" in [finding.what for finding in hub.check()]
    with pytest.raises(HubRefused, match="Only a lead"):
        hub.refill()
    hub.close()


def test_who_wrote_is_the_account_and_nobody_else(make: Make, accounts: dict[str, str]) -> None:
    hub = PostgresHub(accounts["member"])
    hub.append(hub.head(), batch())
    ((account,),) = sql(hub.where, "SELECT account FROM deskapp.log")
    assert str(account).endswith("_member_anna")
    hub.close()


def test_a_stranger_is_refused_with_words(accounts: dict[str, str]) -> None:
    with pytest.raises(HubRefused, match="does not allow this") as told:
        PostgresHub(accounts["stranger"])
    said = str(told.value)
    assert "“member”" in said and "kept here" in said and "\n" not in said and "SELECT" not in said


def test_a_lead_lets_others_in(accounts: dict[str, str]) -> None:
    name = accounts["stranger"].rpartition("/")[2]
    sql(accounts["lead"], f'GRANT "{name}_member" TO "{name}_stranger_anna"')
    hub = PostgresHub(accounts["stranger"])
    assert hub.append(hub.head(), batch()).seq == 1
    hub.close()


def test_what_the_administrator_has_to_run_is_said_and_enough(
    postgres_cluster: PostgresCluster, postgres_dsn: str, tmp_path: Path
) -> None:
    name = postgres_dsn.rpartition("dbname=")[2]
    sql(postgres_dsn, f'CREATE ROLE "{name}_plain" LOGIN')
    mine = url(postgres_cluster, name, f"{name}_plain")
    source, snapshot = snapshot_at(Head.origin("e1"), tmp_path, b"")
    with pytest.raises(HubRefused, match="administrator") as caught:
        PostgresHub.found(mine, source, snapshot)
    sql(postgres_dsn, str(caught.value.args_[1]))
    hub = PostgresHub.found(mine, source, snapshot)
    assert hub.append(hub.head(), batch()).seq == 1
    hub.close()


def test_names_of_roles_fit_and_differ() -> None:
    long = Roles.of("база" * 15), Roles.of("база" * 14)
    names = {name for roles in long for name in (roles.owner, roles.reader, roles.member, roles.lead)}
    assert len(names) == 8 and all(len(name.encode()) <= 63 for name in names)


# --- versions --------------------------------------------------------------------------------------------------------


def test_only_a_lead_migrates(make: Make, accounts: dict[str, str]) -> None:
    old = make()
    where = old.where
    sql(where, "DROP VIEW report.skill")
    sql(where, "ALTER TABLE desk.skill DROP COLUMN position")
    sql(where, "UPDATE deskapp.meta SET format = 0, schema = 0")
    member = PostgresHub(accounts["member"])
    change = Change("skill", "s1", "I", {"name": [None, "Сети"], "position": [None, 5]}, "a", 1)
    head = member.append(member.head(), changing(change))
    assert sql(where, "SELECT format FROM deskapp.meta") == [(0,)]
    assert sql(where, "SELECT count(*) FROM desk.skill") == [(1,)]
    lead = PostgresHub(accounts["lead"])
    assert sql(where, "SELECT format > 0 AND schema > 0 FROM deskapp.meta") == [(True,)]
    # what came while there was no such column is there too
    assert sql(member.where, "SELECT name, position FROM report.skill") == [("Сети", 5)]
    assert lead.head() == head == member.head()
    for hub in (member, lead):
        hub.close()


def test_a_database_that_was_renamed_is_migrated_all_the_same(
    postgres_cluster: PostgresCluster, tmp_path: Path
) -> None:
    name = postgres_cluster.create_database()
    source, snapshot = snapshot_at(Head.origin("e1"), tmp_path, b"")
    PostgresHub.found(url(postgres_cluster, name), source, snapshot).close()
    sql(url(postgres_cluster, name), "UPDATE deskapp.meta SET format = 0")
    sql(url(postgres_cluster, "postgres"), f'ALTER DATABASE "{name}" RENAME TO "{name}x"')
    hub = PostgresHub(url(postgres_cluster, f"{name}x"))
    assert sql(hub.where, "SELECT format > 0 FROM deskapp.meta") == [(True,)]
    assert hub.append(hub.head(), batch()).seq == 1
    hub.close()
    postgres_cluster.drop_database(f"{name}x")


@pytest.mark.parametrize("change", ["format = 99", "min_app = '99.1'"])
def test_a_newer_desk_says_update_to_sync(make: Make, change: str) -> None:
    kept = make()
    kept.head()
    sql(kept.where, f"UPDATE deskapp.meta SET {change}")
    with pytest.raises(UpdateToSync):
        make()
    # who was connected finds out at the next connection
    sql(kept.where, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'deskapp'")
    with pytest.raises(UpdateToSync):
        kept.head()


# --- who cannot come in -------------------------------------------------------------------------------------------


def test_an_empty_database_is_not_the_end_of_the_desk(postgres_dsn: str) -> None:
    with pytest.raises(HubUnreachable, match="no shared desk"):
        PostgresHub(postgres_dsn)


def test_a_server_that_is_not_there(postgres_cluster: PostgresCluster) -> None:
    with pytest.raises(HubUnreachable, match="cannot be reached"):
        PostgresHub("postgresql://postgres@127.0.0.1:1/desk")
    with pytest.raises(HubRefused, match="does not exist"):
        PostgresHub(url(postgres_cluster, "no_such_database"))
    with pytest.raises(HubRefused, match="no address"):
        PostgresHub("postgresql://postgres@127.0.0.1/desk?no_such_option=1")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgresql://anna:s%40crt@a,b:5433/desk?sslmode=require", "postgresql://anna@a,b:5433/desk?sslmode=require"),
        (
            "postgresql://anna@a/desk?password=secret&sslrootcert=/etc/our%20ca.pem",
            "postgresql://anna@a/desk?sslrootcert=/etc/our%20ca.pem",
        ),
        ("host=a password=secret dbname=desk", "dbname=desk host=a"),
    ],
)
def test_an_address_is_shown_without_its_password(given: str, shown: str) -> None:
    assert without_password(given) == shown


# --- waking up -----------------------------------------------------------------------------------------------------


def test_what_others_append_wakes_up(make: Make) -> None:
    one, other = make(), make()
    assert other.wait(0)  # the first time, nobody knows what was before
    assert not other.wait(0)
    heard: list[bool] = []
    waiting = threading.Thread(target=lambda: heard.append(other.wait(30)))
    waiting.start()
    head = one.append(one.head(), batch())
    waiting.join(60)
    assert heard == [True]
    other.read(Head.origin("e1"))
    other.append(head, batch())
    assert not other.wait(0.2)  # one's own is no news


def test_a_broken_line_is_made_again_and_wakes_up(make: Make) -> None:
    hub = make()
    hub.wait(0)
    assert not hub.wait(0)
    sql(hub.where, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'deskapp'")
    assert hub.wait(30)
    assert not hub.wait(0)


def test_whoever_waits_longer_than_closing_does_leaves_nothing_open(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A waiting thread that a busy machine does not let on: its ends are closed all the same, by itself."""
    hub, within, let_on = make(), threading.Event(), threading.Event()
    assert isinstance(hub, PostgresHub)

    def held_up(_hub: PostgresHub, _connection: object, _deadline: float) -> bool:
        within.set()
        return let_on.wait(20)

    monkeypatch.setattr(PostgresHub, "_heard", held_up)
    waiting = threading.Thread(target=hub.wait, args=(0,))
    waiting.start()
    assert within.wait(20)
    hub.close()
    assert hub._ringing.fileno() >= 0, "who waits may still look at it"
    let_on.set()
    waiting.join(60)
    assert hub._ringing.fileno() < 0 and hub._bell.fileno() < 0 and hub._listener._connection is None


def test_closing_wakes_who_waits(make: Make) -> None:
    hub = make()
    hub.wait(0)
    heard: list[bool] = []
    waiting = threading.Thread(target=lambda: heard.append(hub.wait(60)))
    waiting.start()
    hub.close()
    waiting.join(60)
    assert heard == [False]
    assert sql(make().where, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'deskapp'") == [(1,)]


# --- more than one part ----------------------------------------------------------------------------------------------


def test_a_big_file_and_a_big_snapshot_come_in_parts(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_content, "PART", 1000)
    hub, data = make(), bytes(range(256)) * 40
    sha256 = hashlib.sha256(data).hexdigest()
    hub.put_blob(sha256, data)
    assert hub.get_blob(sha256) == data
    source, snapshot = snapshot_at(hub.head(), tmp_path)
    hub.publish_snapshot(source, snapshot)
    told: list[tuple[int, int]] = []
    hub.fetch_snapshot(snapshot, tmp_path / "fetched", lambda done, of: told.append((done, of)))
    assert (tmp_path / "fetched").read_bytes() == source.read_bytes()
    assert len(told) == -(-snapshot.size // 1000) and told[-1] == (snapshot.size, snapshot.size)


def test_nobody_adds_to_a_file_that_is_whole(make: Make) -> None:
    hub, data = make(), b"a contract"
    sha256 = hashlib.sha256(data).hexdigest()
    hub.put_blob(sha256, data)
    assert isinstance(hub, PostgresHub)
    with pytest.raises(HubRefused):
        hub._line.run(lambda c: c.execute("SELECT deskapp.desk_part(%s, 1, %b)", (sha256, b" with a tail")))
    assert make().get_blob(sha256) == data


def test_a_file_that_is_not_what_its_hash_says_is_refused(make: Make) -> None:
    hub = make()
    parts = sql(hub.where, "SELECT count(*) FROM deskapp.part")
    sha256 = hashlib.sha256(b"right").hexdigest()
    with pytest.raises(HubRefused):
        hub.put_blob(sha256, b"wrong")
    assert not hub.has_blob(sha256) and sql(hub.where, "SELECT count(*) FROM deskapp.part") == parts


def test_large_batches_are_read_a_few_at_a_time(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_READ", 3000)
    hub = make()
    place = start = hub.head()
    for _number in range(5):
        place = hub.append(place, batch("x" * 2000))
    first = hub.read(start)
    assert 0 < len(first) < 5 and hub.read(first[-1].head)


def test_set_up_again_is_harmless(make: Make) -> None:
    hub = make()
    head = hub.append(hub.head(), changing(Change("skill", "s1", "I", {}, "a", 1)))
    with database(hub) as connection, connection.transaction():
        postgres_setup.be_owner(connection)
        postgres_setup.migrate(connection)
    assert hub.head() == head and sql(hub.where, "SELECT id FROM report.skill") == [("s1",)]
