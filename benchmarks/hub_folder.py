"""Sharing through a folder: how soon a change is seen on another desktop, and what a round costs.

seen     from a note written on one desktop to the same note in the other's replica, each with the window's own
         pauses between rounds (sooner after a change of one's own): 95th percentile, bar 3 s
round    10,000 captured changes (notes made offline) in one round
quiet    a round with nothing to do; its floor is one stat of the next batch's name

python -m benchmarks.hub_folder
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.big_desk import TICKETS
from benchmarks.hub_postgres import offline, open_desk
from benchmarks.measure import Row, Times, table
from deskapp.core.paths import Profile
from deskapp.desk import setup, work
from deskapp.desk.desk import Desk
from deskapp.sync.hub import commands
from deskapp.sync.hub.rounds import Rounds

BAR = 3.0
#: The window's pauses (ui/syncwatch.py): between two rounds, and after a change of our own, seconds.
EVERY, SOON = 2.0, 0.15


def seen(one: Desk, other: Desk, ticket: str, times: int) -> list[float]:
    """Seconds from a note here to the note there."""
    arrived = threading.Semaphore(0)
    stop = threading.Event()

    def listen() -> None:
        other.replica.connect()
        rounds = Rounds(other, commands.hub_of(other))
        while not stop.wait(EVERY):
            for _batch in range(rounds.run().read):
                arrived.release()
        other.replica.disconnect()

    listener = threading.Thread(target=listen)
    listener.start()
    rounds = Rounds(one, commands.hub_of(one))
    took = []
    for number in range(times):
        began = time.perf_counter()
        work.note(one, ticket, "note", f"Ещё раз {number}")
        stop.wait(SOON)
        rounds.run()
        assert arrived.acquire(timeout=30)
        took.append(time.perf_counter() - began)
        stop.wait(0.37 * (number % 5))  # not always right after the other's round
    stop.set()
    listener.join()
    return took


def run(tickets: int = TICKETS, changes: int = 10_000, times: int = 10, quiet: int = 50) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="deskapp-bench-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        share = folder / "share"
        share.mkdir()
        one = open_desk(folder / "one")
        setup.begin(one)
        commands.init(one, str(share)).close()
        commands.join(Profile(folder / "other"), commands.invite(one))
        other = open_desk(folder / "other")
        commands.begin(other)
        rounds = Rounds(one, commands.hub_of(one))
        ticket = offline(one, changes)
        began = time.perf_counter()
        rounds.run()
        sent = time.perf_counter() - began
        began = time.perf_counter()
        commands.sync_once(other)
        merged = time.perf_counter() - began
        idle, stats = [], []
        for _turn in range(quiet):
            began = time.perf_counter()
            rounds.run()
            idle.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            (share / "000000000001").exists()
            stats.append((time.perf_counter() - began) * 1000)
        delays = Times(tuple(seen(one, other, ticket, times)))
        other.replica.disconnect()
        one.replica.disconnect()
    return [
        Row("seen by another, folder", None, delays.median, "s", f"p95 ≤ {BAR:g} s", delays.p95 <= BAR,
            f"p95 {delays.p95:.2f}"),
        Row(f"round of {changes} changes, folder", None, sent, "s", "", None, f"received in {merged:.2f} s"),
        Row("round with nothing to do, folder", Times(tuple(stats)).median, Times(tuple(idle)).median, "ms", "", None),
    ]  # fmt: skip


def main() -> int:
    rows = run()
    print(table(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
