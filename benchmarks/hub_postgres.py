"""What sharing through a PostgreSQL server costs: the return of a desktop that worked alone, and how soon others see.

    round    10,000 captured changes (notes of the work protocol, made offline) in one round, bar 2 s
    seen     from the round of one desktop that adds a note to the note standing in the other's replica, which waits
             for NOTIFY: 95th percentile of 60, bar 300 ms
    quiet    a round with nothing to do

The floors are the same rows copied into one table of the same server in one transaction, and a bare NOTIFY from one
connection to another. The server is one of our own in a temporary folder, with fsync on.

    python -m benchmarks.hub_postgres [--changes 10000]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from benchmarks.big_desk import TICKETS
from benchmarks.measure import Row, Times, table
from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import intake, setup, work
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.models.schema import Note
from deskapp.sync.hub import commands
from deskapp.sync.hub.postgres import PostgresHub
from deskapp.sync.hub.rounds import Rounds
from tests.servers import PostgresCluster, postgres_binaries

NOW = datetime(2026, 11, 3, 8, 42, tzinfo=UTC)
ROUND_BAR, SEEN_BAR = 2.0, 0.3


@contextmanager
def server() -> Iterator[str]:
    """The address of a database on a fresh server that keeps what it acknowledged."""
    binaries = postgres_binaries()
    if binaries is None:
        sys.exit("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="deskapp-pg-"))
    cluster = PostgresCluster(binaries, folder)
    try:
        cluster.start()
        with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = on")
            connection.execute("SELECT pg_reload_conf()")
        yield f"postgresql://postgres@127.0.0.1:{cluster.port}/{cluster.create_database()}"
        cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def open_desk(folder: Path) -> Desk:
    profile = Profile(folder).make()
    return Desk(profile, Replica(profile.database).open(), Settings(profile.settings), FixedClock(NOW))


def offline(desk: Desk, count: int) -> str:
    """Make ``count`` captured changes, spread over a hundred intentions; the id of their ticket."""
    ticket = str(intake.by_hand(desk, "Не печатает", contact_name="Ольга", address="olga@firm.example").result)
    each = count // 100
    for turn in range(100):
        with desk.act("note") as act:
            for number in range(each):
                text = f"Проверено: узел {turn}-{number}, замечаний нет"
                act.insert(Note, ticket_id=ticket, author_id="", made_at=act.now, kind="note", text=text)
    return ticket


def copied(where: str, rows: list[tuple[object, ...]]) -> float:
    """Seconds to put the same rows into one table."""
    with psycopg.connect(where) as connection:
        connection.execute("CREATE TEMP TABLE floor (id text PRIMARY KEY, ticket text, text text)")
        started = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy("COPY floor FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
        return time.perf_counter() - started


def notified(where: str, times: int) -> list[float]:
    """Seconds of a bare NOTIFY to another connection."""
    took = []
    with psycopg.connect(where, autocommit=True) as one, psycopg.connect(where, autocommit=True) as other:
        other.execute("LISTEN floor")
        for _turn in range(times):
            started = time.perf_counter()
            one.execute("NOTIFY floor")
            next(other.notifies(timeout=10, stop_after=1))
            took.append(time.perf_counter() - started)
    return took


def seen(one: Desk, other: Desk, where: str, ticket: str, times: int) -> list[float]:
    """Seconds from the beginning of one's round to the change in the other's replica."""
    arrived = threading.Semaphore(0)
    ready = threading.Event()
    hub = PostgresHub(where)

    def listen() -> None:
        other.replica.connect()
        rounds = Rounds(other, hub)
        hub.wait(0)
        rounds.run()
        ready.set()
        count = 0
        while count < times:
            if hub.wait(10) and (read := rounds.run().read):
                count += read
                arrived.release()
        other.replica.disconnect()

    listener = threading.Thread(target=listen)
    listener.start()
    ready.wait(30)
    mine = PostgresHub(where)
    rounds = Rounds(one, mine)
    took = []
    for number in range(times):
        work.note(one, ticket, "note", f"Ещё раз {number}")
        started = time.perf_counter()
        rounds.run()
        arrived.acquire(timeout=10)
        took.append(time.perf_counter() - started)
    listener.join()
    for each in (hub, mine):
        each.close()
    return took


def run(tickets: int = TICKETS, changes: int = 10_000, times: int = 60, quiet: int = 50) -> list[Row]:
    folder = Path(tempfile.mkdtemp(prefix="deskapp-bench-"))
    with server() as where:
        one = open_desk(folder / "one")
        setup.begin(one)
        commands.init(one, where).close()
        commands.join(Profile(folder / "other"), commands.invite(one), where=where)
        other = open_desk(folder / "other")
        commands.begin(other)
        hub = PostgresHub(where)
        rounds = Rounds(one, hub)
        ticket = offline(one, changes)
        started = time.perf_counter()
        result = rounds.run()
        sent = time.perf_counter() - started
        assert not result.waiting and result.sent
        started = time.perf_counter()
        received = commands.sync_once(other).read
        merged = time.perf_counter() - started
        rows = one.replica.rows("SELECT id, ticket_id, text FROM note")
        floor = copied(where, rows)
        idle = []
        for _turn in range(quiet):
            started = time.perf_counter()
            rounds.run()
            idle.append((time.perf_counter() - started) * 1000)
        delays = Times(tuple(1000 * took for took in seen(one, other, where, ticket, times)))
        bare = Times(tuple(1000 * took for took in notified(where, times)))
        other.replica.disconnect()
        hub.close()
        one.replica.disconnect()
    shutil.rmtree(folder, ignore_errors=True)
    return [
        Row(f"round of {changes} changes, PostgreSQL", floor, sent, "s", f"≤ {ROUND_BAR:g} s", sent <= ROUND_BAR,
            f"{result.sent} batches; received in {merged:.2f} s, {received} batches"),
        Row("seen by another, PostgreSQL", bare.median, delays.median, "ms", f"p95 ≤ {SEEN_BAR * 1000:g} ms",
            delays.p95 <= SEEN_BAR * 1000, f"p95 {delays.p95:.0f}"),
        Row("round with nothing to do, PostgreSQL", None, Times(tuple(idle)).median, "ms", "", None),
    ]  # fmt: skip


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--changes", type=int, default=10_000)
    arguments.add_argument("--times", type=int, default=60)
    given = arguments.parse_args()
    rows = run(changes=given.changes, times=given.times)
    print(table(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
