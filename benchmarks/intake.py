"""Letters a second, from the bytes that a server hands over to the committed ticket: kept as a file, parsed, threaded,
numbered, indexed, shown in the lists. On a new desk and on the big one. Nobody is answered, as always when letters are
taken in from files; what an acknowledgement to each new ticket costs besides is shown in a line of its own.

The letters are those of ``mail_mix``, half of them Russian. Each is a transaction of its own; as in the mail room,
twenty wait for the disk together before they are filed away.
Floor: the standard library's parser with its default policy, the same letters: ``message_from_bytes``, a walk over the
parts and the content of each, nothing kept. Both go in turn, a thousand letters at a time, over the whole run; a turn
ends when its last letter is committed and nothing of it is under way.

The bar is a rate: letters by the clock on the wall. Where many wait, the desk reads them in a second process while the
first one writes, so that a machine with one core, or a busy one, does not reach it; the start of that process counts.
The processor time of both processes together is printed beside it.

    python -m benchmarks.intake [--letters 5000]     the whole of it; with 20,000 the memory too
"""

from __future__ import annotations

import argparse
import email
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.policy import default
from pathlib import Path

from benchmarks.big_desk import TICKETS, copied, folder, make
from benchmarks.mail_mix import letters
from benchmarks.measure import Row, table
from deskapp.desk.desk import Desk
from deskapp.sync.mail import stages
from deskapp.sync.mail.ahead import Ahead
from deskapp.sync.mail.reading import Waiting

_ROUND = 1_000


def _floor(part: list[bytes]) -> None:
    for raw in part:
        for piece in email.message_from_bytes(raw, policy=default).walk():
            if not piece.is_multipart():
                piece.get_content()


def _ours(desk: Desk, part: list[bytes], first: int, ahead: Ahead | None = None, quiet: bool = True) -> None:
    waiting = (Waiting(raw, f"letter-{place}", quiet=quiet) for place, raw in enumerate(part, first))
    for batch in stages.take_many(desk, waiting, ahead):
        for taken in batch:
            assert taken.outcome in ("created", "joined"), taken


@dataclass
class _Spent:
    """Seconds of one side, by the wall and on the processor."""

    wall: float = 0.0
    processor: float = 0.0

    def on(self, work: Callable[[], object]) -> None:
        wall, processor = time.perf_counter(), _processor()
        work()
        self.wall += time.perf_counter() - wall
        self.processor += _processor() - processor


def _processor() -> float:
    """Of this process and of its children that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _parts(count: int) -> Iterator[list[bytes]]:
    made = letters(count)
    while part := list(itertools.islice(made, _ROUND)):
        yield part


def _resident() -> float:
    """MB of this process in memory; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6


@dataclass(frozen=True)
class _Measured:
    floor: _Spent
    ours: _Spent
    count: int
    early: float  # MB in memory after a tenth of the letters, and at the end
    late: float


def _measured(desk: Desk, count: int) -> _Measured:
    _ours(desk, list(letters(20, seed=3)), -20)  # imports, templates, calendars
    floor, ours = _Spent(), _Spent()
    early = 0.0
    done = 0
    ahead = Ahead()
    for part in _parts(count):
        floor.on(lambda part=part: _floor(part))  # type: ignore[misc]
        ours.on(lambda part=part, done=done: _ours(desk, part, done, ahead))  # type: ignore[misc]
        done += len(part)
        if not early and done >= count / 10:
            early = _resident()
    ours.on(ahead.close)
    return _Measured(floor, ours, done, early, _resident())


def _answered(desk: Desk, count: int) -> Row:
    made = [*letters(count, seed=11)]
    floor, ours = _Spent(), _Spent()
    floor.on(lambda: _floor(made))
    ours.on(lambda: _ours(desk, made, 10**6, quiet=False))
    return Row("the same one by one, acknowledged", count / floor.wall, count / ours.wall, "/s", "", None)


def _rows(work: str, found: _Measured) -> list[Row]:
    floor, ours, count = found.floor, found.ours, found.count
    met = ours.wall <= 2 * floor.wall
    processor = f"on the processor {1000 * ours.processor / count:.2f} ms, floor {1000 * floor.processor / count:.2f}"
    rows = [
        Row(work, count / floor.wall, count / ours.wall, "/s", "≥ 0.5 of the parser alone", met, processor),
    ]
    if count >= 20_000:
        grown = found.late - found.early
        flat = "flat: < 50 MB more"
        rows.append(Row(f"{work}: memory", found.early, found.late, "MB", flat, grown < 50, f"{grown:+.0f} MB"))
    return rows


def run(tickets: int = TICKETS, count: int = 2_000) -> list[Row]:
    found = []
    with tempfile.TemporaryDirectory(prefix="deskapp-benchmark-", ignore_cleanup_errors=True) as scratch:
        make(Path(scratch) / "new", tickets=50)
        with copied(Path(scratch) / "new") as desk:
            found += _rows("intake, a new desk", _measured(desk, count))
            found.append(_answered(desk, min(count, 300)))
    with copied(folder(tickets)) as desk:
        found += _rows(f"intake, {tickets:,} tickets", _measured(desk, count))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--letters", type=int, default=5_000)
    parser.add_argument("--tickets", type=int, default=TICKETS)
    given = parser.parse_args()
    rows = run(given.tickets, given.letters)
    print(table(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
