"""Letters a second, from the bytes that a server hands over to the committed ticket: kept as a file, parsed, threaded,
numbered, indexed, shown in the lists. On a new desk and on the big one. Nobody is answered, as always when letters are
taken in from files; what an acknowledgement to each new ticket costs besides is shown in a line of its own.

The letters are those of ``mail_mix``, half of them Russian. Each is a transaction of its own; as in the mail room,
twenty wait for the disk together before they are filed away.
Floor: the standard library's parser with its default policy, the same letters: ``message_from_bytes``, a walk over the
parts and the content of each, nothing kept. Both go in turn, a hundred letters at a time, over the whole run.

    python -m benchmarks.intake [--letters 5000]     the whole of it; with 20,000 the memory too
"""

from __future__ import annotations

import argparse
import email
import itertools
import sys
import tempfile
from collections.abc import Iterator
from email.policy import default
from pathlib import Path

from benchmarks.big_desk import TICKETS, copied, folder, make
from benchmarks.mail_mix import letters
from benchmarks.measure import Row, once, table
from deskapp.desk.desk import Desk
from deskapp.sync.mail import stages

_ROUND = 100


def _floor(part: list[bytes]) -> None:
    for raw in part:
        for piece in email.message_from_bytes(raw, policy=default).walk():
            if not piece.is_multipart():
                piece.get_content()


def _ours(desk: Desk, part: list[bytes], first: int, quiet: bool = True) -> None:
    for start in range(0, len(part), stages.TOGETHER):
        with stages.together(desk) as later:
            for place, raw in enumerate(part[start : start + stages.TOGETHER], first + start):
                taken = stages.take(desk, raw, f"letter-{place}", quiet=quiet, later=later)
                assert taken.outcome in ("created", "joined"), taken


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


def _measured(desk: Desk, count: int) -> tuple[float, float, float, float]:
    """Milliseconds a letter of the floor and of ours, MB in memory after a tenth of them and at the end."""
    _ours(desk, list(letters(20, seed=3)), -20)  # imports, templates, calendars
    floor = ours = early = 0.0
    done = 0
    for part in _parts(count):
        floor += once(lambda part=part: _floor(part))  # type: ignore[misc]
        ours += once(lambda part=part, done=done: _ours(desk, part, done))  # type: ignore[misc]
        done += len(part)
        if not early and done >= count / 10:
            early = _resident()
    return floor / done, ours / done, early, _resident()


def _answered(desk: Desk, count: int) -> Row:
    made = [*letters(count, seed=11)]
    floor, ours = once(lambda: _floor(made)), once(lambda: _ours(desk, made, 10**6, quiet=False))
    return Row("the same, acknowledged", 1000 * count / floor, 1000 * count / ours, "/s", "", None)


def _rows(work: str, measured: tuple[float, float, float, float], count: int) -> list[Row]:
    floor, ours, early, late = measured
    rows = [Row(work, 1000 / floor, 1000 / ours, "/s", "≥ 0.5 of the parser alone", ours <= 2 * floor)]
    if count >= 20_000:
        grown = late - early
        rows.append(Row(f"{work}: memory", early, late, "MB", "flat: < 50 MB more", grown < 50, f"{grown:+.0f} MB"))
    return rows


def run(tickets: int = TICKETS, count: int = 500) -> list[Row]:
    found = []
    with tempfile.TemporaryDirectory(prefix="deskapp-benchmark-", ignore_cleanup_errors=True) as scratch:
        make(Path(scratch) / "new", tickets=50)
        with copied(Path(scratch) / "new") as desk:
            found += _rows("intake, a new desk", _measured(desk, count), count)
            found.append(_answered(desk, min(count, 300)))
    with copied(folder(tickets)) as desk:
        found += _rows(f"intake, {tickets:,} tickets", _measured(desk, count), count)
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
