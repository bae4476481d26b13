"""Run benchmarks and print one table: ``python -m benchmarks [names] [--json FILE] [--tickets N]``.

Without names the quick ones run. Each is a module with ``run(tickets) -> list[Row]``; its docstring says what is
measured, against which floor, and how. The long ones (``LONG``) have a command line and tables of their own and run
only when named. On a machine that others use, ``--processor`` counts processor time; what waits for a disk then looks
faster than it is.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks import measure
from benchmarks.big_desk import TICKETS

QUICK = ("queue_tab", "ticket_open", "search_typing", "proposal", "act", "intake", "memory", "first_window", "reports",
         "hub_capture", "similar")  # fmt: skip
#: Run when named; they print their own tables.
LONG = ("plan_quality", "promise_quality", "calendar_drag", "ews_intake", "hub_postgres", "hub_folder", "hub_replica",
        "importing", "gestures")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, each beside its floor")
    parser.add_argument("names", nargs="*", metavar="name", help=f"{', '.join(QUICK)}; long: {', '.join(LONG)}")
    parser.add_argument("--json", metavar="FILE", help="write the rows there as well")
    parser.add_argument("--tickets", type=int, default=TICKETS, help="size of the desk")
    parser.add_argument("--processor", action="store_true", help="count processor time instead of time")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - {*QUICK, *LONG}
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if chosen.processor:
        measure.clock = time.thread_time
    rows: list[measure.Row] = []
    for name in chosen.names or QUICK:
        module = import_module(f"benchmarks.{name}")
        if name in LONG:
            os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", f"benchmarks.{name}"])
            continue
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows += module.run(chosen.tickets)
    if rows:
        print(measure.table(rows))
    if chosen.json:
        Path(chosen.json).write_text(measure.as_json(rows), "utf-8")
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
