"""From the start of the process to the first painted window, with the big desk in the replica.

Floor: a process that imports PySide6 and paints an empty QMainWindow of the same size; both offscreen, in turn, after
one unmeasured run of each (files in the system's cache, byte code compiled). ``list``: until the queue's rows are
painted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.big_desk import TICKETS, copied, folder
from benchmarks.measure import Row


def process(*arguments: str) -> dict[str, Any]:
    """Start ``benchmarks.windows`` and return what it says, with ``ms`` from its start to that."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a start that compiles everything anew is nobody's
    began = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.windows", *arguments],
        cwd=Path(__file__).resolve().parents[1], env=environment, stdout=subprocess.PIPE, timeout=120, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(said.stdout)
    return {**found, "ms": (found["at"] - began) * 1000}


def run(tickets: int = TICKETS, rounds: int = 9) -> list[Row]:
    with copied(folder(tickets)) as desk:
        profile = str(desk.profile.root)
        arguments = (("empty",), ("ours", profile, "painted"), ("ours", profile, "list"))
        for one in arguments:
            process(*one)
        times: list[list[dict[str, Any]]] = [[], [], []]
        for _round in range(rounds):
            for place, one in enumerate(arguments):
                times[place].append(process(*one))
    floor, frame, rows = (median(run["ms"] for run in found) for found in times)
    spent = [median(run["cpu"] for run in found) * 1000 for found in times]
    return [
        Row("first window painted", floor, frame, "ms", "≤ 2 ×", frame <= 2 * floor,
            f"processor {spent[1]:.0f} ms, of the floor {spent[0]:.0f}"),
        Row("start until the queue is there", floor, rows, "ms", "≤ 1500 ms", rows <= 1500,
            f"processor {spent[2]:.0f} ms"),
    ]  # fmt: skip
