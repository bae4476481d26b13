"""A new desktop joins a desk of 100,000 tickets: the snapshot fetched with progress, adopted, the first round gone;
bar 30 s. Through a folder on this disk and, where there are its binaries, through a PostgreSQL server of our own.

The floor is the copying of the snapshot's bytes on the same disk. Founding the hub (a snapshot written and published)
is shown for orientation.

    python -m benchmarks.hub_replica [--tickets 100000]
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.big_desk import NOW, TICKETS, copied, folder
from benchmarks.measure import Row, table
from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.sync.hub import commands
from tests.servers import postgres_binaries

BAR = 30.0


@contextlib.contextmanager
def places(share: Path) -> Iterator[list[tuple[str, str]]]:
    """(name, where) of the hubs to measure."""
    share.mkdir()
    if postgres_binaries() is None:
        yield [("folder", str(share))]
        return
    from benchmarks.hub_postgres import server

    with server() as where:
        yield [("folder", str(share)), ("PostgreSQL", where)]


def joined(one: Desk, profile: Profile) -> tuple[float, int]:
    """(seconds until the new replica is at the hub's head, how often progress was told)."""
    told: list[int] = []
    began = time.perf_counter()
    commands.join(
        profile, commands.invite(one), where=one.replica.state("hub"), progress=lambda done, _all: told.append(done)
    )
    replica = Replica(profile.database).open()
    desk = Desk(profile, replica, Settings(profile.settings), FixedClock(NOW))
    commands.begin(desk)
    took = time.perf_counter() - began
    assert desk.replica.value("SELECT count(*) FROM ticket") == one.replica.value("SELECT count(*) FROM ticket")
    replica.disconnect()
    return took, len(told)


def run(tickets: int = TICKETS) -> list[Row]:
    rows = []
    scratch = Path(tempfile.mkdtemp(prefix="deskapp-bench-"))
    try:
        with places(scratch / "share") as found:
            for name, where in found:
                with copied(folder(tickets)) as one:
                    began = time.perf_counter()
                    commands.init(one, where).close()
                    founded = time.perf_counter() - began
                    took, told = joined(one, Profile(scratch / name))
                began = time.perf_counter()
                shutil.copyfile(scratch / name / "desk.sqlite", scratch / "copy")
                floor = time.perf_counter() - began
                note = f"progress told {told} times; the hub founded in {founded:.1f} s"
                rows.append(
                    Row(f"new replica, {tickets} tickets, {name}", floor, took, "s", f"≤ {BAR:g} s", took <= BAR, note)
                )
                shutil.rmtree(scratch / name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return rows


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--tickets", type=int, default=TICKETS)
    rows = run(given.parse_args().tickets)
    print(table(rows))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
