"""Run benchmarks and print one table: ``python -m benchmarks [names] [--whole] [--json FILE] [--tickets N]``.

Without names all that have a line in the table run, some ten minutes. Each is a module with ``run(tickets) ->
list[Row]``; its docstring says what is measured, against which floor, and how. Those that make long tables of their own
(``LONG``) run when they are named, or after the others with ``--whole``. On a machine that others use, ``--processor``
counts processor time; what waits for a disk then looks faster than it is.
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
#: These take a minute or more each, or want a PostgreSQL.
SLOW = ("calendar_drag", "importing", "hub_folder", "hub_replica", "hub_postgres")
#: Run when named, or with ``--whole``; they print their own tables.
LONG = ("plan_quality", "promise_quality", "ews_intake", "gestures")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, each beside its floor")
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"{', '.join((*QUICK, *SLOW))}; long: {', '.join(LONG)}"
    )
    parser.add_argument("--whole", action="store_true", help="the long ones after the others")
    parser.add_argument("--json", metavar="FILE", help="write the rows there as well")
    parser.add_argument("--tickets", type=int, default=TICKETS, help="size of the desk")
    parser.add_argument("--processor", action="store_true", help="count processor time instead of time")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - {*QUICK, *SLOW, *LONG}
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if chosen.processor:
        measure.clock = time.thread_time
    rows: list[measure.Row] = []
    names = chosen.names or (*QUICK, *SLOW, *(LONG if chosen.whole else ()))
    for name in names:
        if name in LONG:
            continue
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            rows += import_module(f"benchmarks.{name}").run(chosen.tickets)
        except SystemExit as missing:
            print(f"{name} is left out: {missing}", file=sys.stderr)
    if rows:
        print(measure.table(rows))
    kept = all(row.met is not False for row in rows)
    if chosen.json:
        Path(chosen.json).write_text(measure.as_json(rows), "utf-8")
    for name in names:
        if name in LONG:
            print(f"\n{name} ...", file=sys.stderr, flush=True)
            kept = not os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", f"benchmarks.{name}"]) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
