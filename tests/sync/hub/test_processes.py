"""Real processes on a real folder, one of which is killed again and again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deskapp.sync.hub import commands
from tests.sync.hub.desks import Office, ticket

ROOT = Path(__file__).resolve().parents[3]


def work_and_kill(folder: Path, clients: int, seconds: float, every: float) -> tuple[set[str], set[str], Office]:
    """(acknowledged notes and tickets, the office afterwards). One client is killed each ``every`` seconds."""
    office = Office(folder)
    first = office.first("p0")
    for n in range(3):
        ticket(first, f"Заявка {n}")
    office.sync("p0")
    names = ["p0"]
    for n in range(1, clients):
        office.join(f"p{n}", by="p0")
        names.append(f"p{n}")
    office.close()
    stop = folder / "stop"
    running: dict[str, subprocess.Popen[bytes]] = {}
    chance = random.Random(7)

    def start(name: str) -> None:
        ledger = folder / f"{name}.ledger"
        with open(folder / f"{name}.err", "ab") as errors:
            running[name] = subprocess.Popen(
                [sys.executable, "-m", "tests.sync.hub.worker", str(folder / name), str(ledger), str(stop)],
                cwd=ROOT,
                stderr=errors,
            )

    killed = 0
    try:
        for name in names:
            start(name)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            victim = chance.choice(names)
            try:
                running[victim].wait(every)  # none ends by itself: this is the pause between two kills
                raise AssertionError((folder / f"{victim}.err").read_text())
            except subprocess.TimeoutExpired:
                os.kill(running[victim].pid, signal.SIGKILL)
                running[victim].wait()
                killed += 1
                start(victim)
        stop.touch()
        for name, process in running.items():
            assert process.wait(180) == 0, (folder / f"{name}.err").read_text()
    finally:
        for process in running.values():
            process.kill()
            process.wait()
    for name in names:
        office.restart(name)
    office.settle()
    told: dict[str, set[str]] = {"note": set(), "ticket": set()}
    for name in names:
        for line in (folder / f"{name}.ledger").read_text().splitlines():
            kind, row = line.split()
            told[kind].add(row)
    print(f"{killed} kills, {len(told['note'])} notes, {len(told['ticket'])} tickets")
    return told["note"], told["ticket"], office


def check(notes: set[str], tickets: set[str], office: Office) -> None:
    office.same()
    for desk in office.desks.values():
        there = [row[0] for row in desk.replica.rows("SELECT id FROM note")]
        assert notes <= set(there) and len(there) == len(set(there))
        texts = [row[0] for row in desk.replica.rows("SELECT text FROM note")]
        assert len(texts) == len(set(texts))
        numbers = [row[0] for row in desk.replica.rows("SELECT number FROM ticket")]
        assert None not in numbers and len(numbers) == len(set(numbers))
        assert tickets <= {row[0] for row in desk.replica.rows("SELECT id FROM ticket")}
        assert desk.replica.value("PRAGMA integrity_check") == "ok"
        assert all(finding.ok for finding in commands.check(desk) if not finding.what.startswith("Delay"))
    office.close()


def test_killed_processes_lose_nothing(tmp_path: Path) -> None:
    check(*work_and_kill(tmp_path, clients=3, seconds=5, every=0.8))


@pytest.mark.long
def test_eight_processes_killed_for_two_minutes_lose_nothing(tmp_path: Path) -> None:
    check(*work_and_kill(tmp_path, clients=8, seconds=120, every=1.0))
