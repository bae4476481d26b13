"""Rows a second of files of 100,000 tickets: looked at, then taken in, each row a ticket in the lists, in the figures,
in the search index and in the log of changes. Progress is told all the while.

The list has number, subject, state, urgency, customer, address, specialist and two dates; the full file also has a
description and the time spent, which become an entry of the protocol, indexed too, and a time entry: three rows of the
desk each. As on a grown desk, 15 tickets in a thousand are open. Floor: the standard library's csv, the same file,
nothing kept.

    python -m benchmarks.importing [--tickets 100000]
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks import words
from benchmarks.big_desk import TICKETS, make, opened
from benchmarks.measure import Row, once, table
from deskapp.desk import importing

_BAR = 5_000
#: Tickets that the desk has before.
_THERE = 240


def write(path: Path, tickets: int, full: bool, seed: int = 1) -> None:
    """A file as another help desk would write it."""
    rng = random.Random(seed)
    text = words.Texts(rng, 3_000)
    begun = datetime(2024, 1, 1, 9)  # noqa: DTZ001  a cell of a file has no zone
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        heads = ["Номер", "Тема", "Статус", "Приоритет", "Организация", "Email", "Исполнитель", "Создана", "Закрыта"]
        out.writerow([*heads, "Описание", "Затрачено"] if full else heads)
        for place in range(tickets):
            person = rng.randrange(1500)
            company = person % 400
            received = begun + timedelta(minutes=10 * place)
            closed = place < tickets * 985 // 1000
            row = [
                100_000 + place, text.subject(True), "Закрыта" if closed else "Новая",
                rng.choice(("Высокий", "Обычный", "Низкий")), f"Клиент {company}",
                f"person{person}@client{company}.example", words.person(rng.randrange(20)),
                f"{received:%d.%m.%Y %H:%M}",
                f"{received + timedelta(hours=rng.randrange(1, 60)):%d.%m.%Y %H:%M}" if closed else "",
            ]  # fmt: skip
            if full:
                row += [" ".join(text.letter(rng, True, "Имя")[:3]), f"{rng.randrange(1, 5)}ч" if closed else ""]
            out.writerow(row)


def _measured(tickets: int, full: bool) -> tuple[float, float, float, int]:
    """Rows a second of the floor, of looking and of taking in, and how often progress was told."""
    with tempfile.TemporaryDirectory(prefix="deskapp-benchmark-", ignore_cleanup_errors=True) as scratch:
        path = Path(scratch) / "tickets.csv"
        write(path, tickets, full)

        def plain() -> None:
            with open(path, encoding="utf-8", newline="") as file:
                for _row in csv.reader(file, delimiter=";"):
                    pass

        floor = once(plain)
        make(Path(scratch) / "desk", _THERE)
        with opened(Path(scratch) / "desk") as desk:
            seen: list[importing.Preview] = []
            looked = once(lambda: seen.append(importing.look(desk, path)))
            told: list[int] = []

            def progress(done: int, _total: int) -> bool:
                told.append(done)
                return True

            taken = once(lambda: importing.run(desk, seen[0], progress))
            count = desk.replica.value("SELECT count(*) FROM queue_row") - _THERE
            assert count == tickets and not seen[0].wrong, (count, seen[0].problems[:3])
    return tickets / floor * 1000, tickets / looked * 1000, tickets / taken * 1000, len(told)


def run(tickets: int = TICKETS) -> list[Row]:
    floor, looked, taken, told = _measured(tickets, full=False)
    note = f"progress told {told} times"
    rows = [
        Row("a list of tickets, looked at", floor, looked, "rows/s", "shown", None),
        Row("the same, taken in", floor, taken, "rows/s", f"≥ {_BAR}", taken >= _BAR, note),
    ]
    floor, _looked, taken, _told = _measured(tickets, full=True)
    return [*rows, Row("with texts and times, taken in", floor, taken, "rows/s", "shown", None)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tickets", type=int, default=TICKETS)
    rows = run(parser.parse_args().tickets)
    print(table(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
