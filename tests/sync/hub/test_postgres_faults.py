"""A PostgreSQL hub whose connections break, whose answers are lost, whose passwords are wrong and whose server dies."""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deskapp.core.errors import WrongPassword
from deskapp.desk import work
from deskapp.sync.hub.hub import Behind, Head, Hub, HubRefused, HubUnreachable, Rewound
from deskapp.sync.hub.postgres import PostgresHub
from deskapp.sync.hub.postgres_sql import LOCK
from tests.servers import PostgresCluster, is_root
from tests.sync.hub.desks import ticket
from tests.sync.hub.postgres_office import PostgresOffice, Standby, Wire, cluster_at, sql, standby_at, url
from tests.sync.hub.test_hubs import batch, snapshot_at


@pytest.fixture
def where(postgres_cluster: PostgresCluster, postgres_dsn: str, tmp_path: Path) -> str:
    """The address of a hub."""
    address = url(postgres_cluster, postgres_dsn.rpartition("dbname=")[2])
    begin(address, tmp_path)
    return address


def begin(address: str, folder: Path) -> None:
    source, snapshot = snapshot_at(Head.origin("e1"), folder, b"")
    PostgresHub.found(address, source, snapshot).close()


# --- connections -----------------------------------------------------------------------------------------------------


def test_a_connection_killed_in_the_middle_of_an_append(where: str) -> None:
    hub = PostgresHub(where)
    start, sent, done = hub.head(), batch(), []
    with psycopg.connect(where) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        appending = threading.Thread(target=lambda: done.append(hub.append(start, sent)))
        appending.start()
        waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        while not (found := sql(where, waiting)):
            pass
        sql(where, "SELECT pg_terminate_backend(%s)", found[0][0])
    appending.join(120)
    assert done == [start.after(sent.body)]
    assert [entry.batch for entry in hub.read(start)] == [sent]
    hub.close()


def test_an_append_whose_answer_is_lost_is_recognised(where: str, postgres_cluster: PostgresCluster) -> None:
    wire = Wire(postgres_cluster.port)
    try:
        hub = PostgresHub(where.replace(str(postgres_cluster.port), str(wire.port)))
        place = start = hub.head()
        sent = [batch(str(number)) for number in range(5)]
        for each in sent:
            wire.lose_answer_to(b"desk_append")
            place = hub.append(place, each)
        assert wire.lost == 5
        assert [entry.batch for entry in hub.read(start)] == sent
        hub.close()
    finally:
        wire.close()


def test_a_publication_that_breaks_leaves_nothing_half(
    where: str, postgres_cluster: PostgresCluster, tmp_path: Path
) -> None:
    wire = Wire(postgres_cluster.port)
    try:
        hub = PostgresHub(where.replace(str(postgres_cluster.port), str(wire.port)))
        source, snapshot = snapshot_at(hub.head(), tmp_path, b"desk" * 1000)
        wire.lose_answer_to(b"desk_snapshot")
        hub.publish_snapshot(source, snapshot)
        hub.fetch_snapshot(snapshot, tmp_path / "fetched")
        orphans = "SELECT count(*) FROM deskapp.part p WHERE NOT EXISTS (SELECT FROM deskapp.content WHERE key = p.key)"
        assert wire.lost == 1 and sql(where, orphans) == [(0,)]
        hub.close()
    finally:
        wire.close()


class Writer(threading.Thread):
    """One desktop that appends its batches, as a round does: reads what is new, recognises its own, tries again."""

    def __init__(self, address: str, name: str, count: int, told: Callable[[], object] = lambda: None) -> None:
        super().__init__(daemon=True)
        self.address, self.count, self.told = address, count, told
        self.batches = [batch(f"{name} {number}", name) for number in range(count)]
        self.acknowledged: list[str] = []
        self.broken = 0
        self.trouble: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._run()
        except BaseException as error:
            self.trouble = error

    def _run(self) -> None:
        hub: PostgresHub | None = None
        place = Head.origin("e1")
        known: set[str] = set()
        waiting = list(self.batches)
        while waiting:
            try:
                hub = hub or PostgresHub(self.address)
                while entries := hub.read(place):
                    known.update(entry.batch.id for entry in entries)
                    place = entries[-1].head
                if waiting[0].id not in known:
                    place = hub.append(place, waiting[0])
            except Behind:
                continue
            except HubUnreachable:
                self.broken += 1
                continue
            self.acknowledged.append(waiting.pop(0).id)
            self.told()
        assert hub is not None
        hub.close()


def all_there_once(hub: Hub, writers: list[Writer]) -> None:
    for writer in writers:
        writer.join(120)
        assert writer.trouble is None, writer.trouble
        assert not writer.is_alive() and len(writer.acknowledged) == writer.count
    place, found = Head.origin("e1"), []
    while entries := hub.read(place):
        found += [entry.batch.id for entry in entries]
        place = entries[-1].head
    assert len(found) == len(set(found))
    assert set(found) == {each for writer in writers for each in writer.acknowledged}
    for writer in writers:  # each one's in its own order
        assert [each for each in found if each in set(writer.acknowledged)] == writer.acknowledged


def test_four_writers_lose_and_double_nothing(where: str) -> None:
    writers = [Writer(where, f"r{number}", 25) for number in range(4)]
    hub = PostgresHub(where)
    all_there_once(hub, writers)
    assert hub.head().seq == 100
    assert sql(where, "SELECT count(*) FROM desk.note") == [(100,)]
    hub.close()


def test_four_writers_whose_connections_are_killed_all_the_time(where: str) -> None:
    writers = [Writer(where, f"r{number}", 12) for number in range(4)]
    killed = 0
    while any(writer.is_alive() for writer in writers):
        query = (
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity "
            "WHERE application_name = 'deskapp' AND datname = current_database() ORDER BY random() LIMIT 1) AS one"
        )
        killed += int(str(sql(where, query)[0][0]))
    hub = PostgresHub(where)
    all_there_once(hub, writers)
    assert killed > 3
    hub.close()


# --- passwords and certificates --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict() -> Iterator[PostgresCluster]:
    """A server with TLS that wants a password of all but its superuser; its certificate is in ``socket_folder``."""
    folder = Path(tempfile.mkdtemp(prefix="deskapp-pg-"))
    cluster = cluster_at(folder)
    try:
        cluster.start()
        try:
            certificate(folder / "data")
            shutil.copy(folder / "data" / "server.crt", folder / "server.crt")
            hba = folder / "data" / "pg_hba.conf"
            rules = (
                "hostssl all tls_only 127.0.0.1/32 scram-sha-256\nhost all tls_only 127.0.0.1/32 reject\n"
                "host all anna 127.0.0.1/32 scram-sha-256\n"
            )
            hba.write_text(rules + hba.read_text())
            root = cluster.dsn()
            for statement in (
                "ALTER SYSTEM SET ssl = on",
                "SELECT pg_reload_conf()",
                "CREATE ROLE anna LOGIN SUPERUSER PASSWORD 'right'",
                "CREATE ROLE tls_only LOGIN SUPERUSER PASSWORD 'right'",
            ):
                sql(root, statement)
            while sql(root, "SHOW ssl") != [("on",)]:
                pass
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def certificate(folder: Path, until: int = 2120) -> None:
    """A certificate for 127.0.0.1 that signs itself and holds from 2020 on."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk.example")])
    begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins.replace(year=until))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "server.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = folder / "server.key"
    private.touch(mode=0o600)
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    if is_root():
        for path in (private, folder / "server.crt"):
            shutil.chown(path, "postgres")


@pytest.mark.skipif(os.name != "posix", reason="the rights of a key file are set the POSIX way here")
class TestStrict:
    def test_a_wrong_and_a_missing_password(self, strict: PostgresCluster, tmp_path: Path) -> None:
        address = url(strict, strict.create_database(), "anna")
        for password, words in (("wrong", "not right"), (None, "not known here")):
            with pytest.raises(WrongPassword, match=words):
                PostgresHub(address, password)
        source, snapshot = snapshot_at(Head.origin("e1"), tmp_path, b"")
        with pytest.raises(WrongPassword):
            PostgresHub.found(address, source, snapshot, "wrong")
        hub = PostgresHub.found(address, source, snapshot, "right")
        assert "right" not in hub.where
        hub.close()
        hub = PostgresHub(address.replace("anna@", "anna:right@"))
        assert hub.where == address
        hub.close()

    def test_a_password_that_was_changed_meanwhile(self, strict: PostgresCluster, tmp_path: Path) -> None:
        address = url(strict, strict.create_database(), "tls_only")
        source, snapshot = snapshot_at(Head.origin("e1"), tmp_path, b"")
        hub = PostgresHub.found(address, source, snapshot, "right")
        root = url(strict, address.rpartition("/")[2])
        sql(root, "ALTER ROLE tls_only PASSWORD 'other'")
        try:
            assert hub.append(hub.head(), batch()).seq == 1  # a connection that stands goes on
            sql(root, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tls_only'")
            with pytest.raises(WrongPassword):
                hub.head()
        finally:
            sql(root, "ALTER ROLE tls_only PASSWORD 'right'")
        assert hub.head().seq == 1
        hub.close()

    def test_modes_of_tls(self, strict: PostgresCluster, tmp_path: Path) -> None:
        address = url(strict, strict.create_database(), "tls_only")
        begin(url(strict, address.rpartition("/")[2]), tmp_path)
        trusted = strict.socket_folder / "server.crt"
        for mode in ("require", f"verify-full&sslrootcert={trusted}", f"verify-ca&sslrootcert={trusted}"):
            hub = PostgresHub(f"{address}?sslmode={mode}", "right")
            assert "Encrypted connection" in [finding.what for finding in hub.check()]
            hub.close()
        certificate(tmp_path)  # of somebody else
        for mode, words in (
            (f"verify-full&sslrootcert={tmp_path / 'server.crt'}", "cannot be trusted"),
            (f"verify-full&sslrootcert={tmp_path / 'none.crt'}", "cannot be trusted"),
            ("disable", "does not let us in"),
        ):
            with pytest.raises(HubRefused, match=words):
                PostgresHub(f"{address}?sslmode={mode}", "right")

    def test_a_certificate_that_has_expired(self, strict: PostgresCluster, tmp_path: Path) -> None:
        root = url(strict, strict.create_database())
        data = strict.socket_folder / "data"
        begin(root, tmp_path)
        good = [(path, path.read_bytes()) for path in (data / "server.crt", data / "server.key")]
        certificate(data, until=2021)
        trusted = tmp_path / "expired.crt"
        shutil.copy(data / "server.crt", trusted)
        address = f"{root.replace('postgres@', 'tls_only@')}?sslmode=verify-full&sslrootcert={trusted}"
        try:
            sql(root, "SELECT pg_reload_conf()")
            # the server takes it when it comes to it; until then the old one is not the one that is trusted here
            with pytest.raises(HubRefused, match="cannot be trusted") as told:
                PostgresHub(address, "right")
            assert "\n" not in str(told.value) and "kept here" in str(told.value)
        finally:
            for path, content in good:
                path.write_bytes(content)
            sql(root, "SELECT pg_reload_conf()")

    def test_a_server_without_tls_where_it_is_asked_for(self, where: str) -> None:
        with pytest.raises(HubRefused, match="cannot be trusted"):
            PostgresHub(f"{where}?sslmode=require")


# --- fail-over -------------------------------------------------------------------------------------------------------


@pytest.fixture
def pair() -> Iterator[tuple[PostgresCluster, Standby]]:
    """A server and its standby, streaming."""
    folders = [Path(tempfile.mkdtemp(prefix="deskapp-pg-")) for _each in range(2)]
    primary, standby = cluster_at(folders[0]), standby_at(folders[1])
    try:
        primary.start()
        standby.follow(primary)
        until(primary, "SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'")
        yield primary, standby
    finally:
        for cluster in (primary, standby):
            try:
                cluster.stop()
            except RuntimeError:
                continue  # stopped by the test
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def until(cluster: PostgresCluster, query: str) -> None:
    while sql(cluster.dsn(), query) != [(True,)]:
        sql(cluster.dsn(), "SELECT pg_sleep(0.02)")


def both(primary: PostgresCluster, standby: Standby, database: str) -> str:
    hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
    return f"postgresql://postgres@{hosts}/{database}?target_session_attrs=read-write"


@pytest.mark.long
def test_a_promoted_standby_has_everything_that_was_acknowledged(
    pair: tuple[PostgresCluster, Standby], tmp_path: Path
) -> None:
    primary, standby = pair
    sql(primary.dsn(), "ALTER SYSTEM SET synchronous_standby_names = '*'")
    sql(primary.dsn(), "SELECT pg_reload_conf()")
    until(primary, "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
    address = both(primary, standby, primary.create_database())
    begin(address, tmp_path)
    under_way = threading.Semaphore(0)
    writers = [Writer(address, f"r{number}", 60, under_way.release) for number in range(4)]
    for _each in range(60):
        assert under_way.acquire(timeout=120)
    primary.stop()
    standby.promote()
    hub = PostgresHub(address)
    all_there_once(hub, writers)
    assert any(writer.broken for writer in writers)
    assert sql(standby.dsn(address.rpartition("/")[2].partition("?")[0]), "SELECT count(*) FROM desk.note") == [(240,)]
    hub.close()


@pytest.mark.long
def test_a_promoted_standby_that_lacks_the_last_commits_gets_them_again(
    pair: tuple[PostgresCluster, Standby], tmp_path: Path
) -> None:
    primary, standby = pair
    office = PostgresOffice(tmp_path, both(primary, standby, primary.create_database()))
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    until(primary, "SELECT bool_and(replay_lsn = pg_current_wal_lsn()) FROM pg_stat_replication")
    standby.stop()
    work.note(a, one, "note", "acknowledged, and nobody else saw it")
    assert office.sync("a").sent == 1
    work.note(b, one, "note", "merged with it")
    assert office.sync("b").sent == 1
    lost = office.rounds["a"].hub.head()
    primary.stop()
    standby.start_again()
    standby.promote()
    with pytest.raises(Rewound):
        office.rounds["a"].hub.read(lost)
    work.note(b, one, "note", "after the fail-over")
    office.settle()
    office.same()
    for desk in office.desks.values():
        texts = sorted(text for (text,) in desk.replica.rows("SELECT text FROM note"))
        assert texts == ["acknowledged, and nobody else saw it", "after the fail-over", "merged with it"]
    office.close()
