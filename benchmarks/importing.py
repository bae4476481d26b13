"""Rows a second of a file of 100,000 tickets: looked at, then taken in, each row a ticket in the lists, in the search
index and in the log of changes. Progress is told all the while.

Four columns out of five of a usual file: number, subject, description, state, urgency, customer, address, specialist,
two dates, time spent; nine tickets in ten are closed. Floor: the standard library's csv, the same file, nothing kept.

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


def write(path: Path, tickets: int, seed: int = 1) -> None:
    """A file as another help desk would write it."""
    rng = random.Random(seed)
    text = words.Texts(rng, 3_000)
    begun = datetime(2024, 1, 1, 9)  # noqa: DTZ001  a cell of a file has no zone
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(["Номер", "Тема", "Описание", "Статус", "Приоритет", "Организация", "Email", "Исполнитель",
                      "Создана", "Закрыта", "Затрачено"])  # fmt: skip
        for place in range(tickets):
            company = rng.randrange(400)
            received = begun + timedelta(minutes=10 * place)
            closed = place < tickets * 9 // 10
            out.writerow(
                [
                    100_000 + place, text.subject(True), " ".join(text.letter(rng, True, "Имя")[:3]),
                    "Закрыта" if closed else "Новая", rng.choice(("Высокий", "Обычный", "Низкий")), f"Клиент {company}",
                    f"person{place % 1500}@client{company}.example", words.person(rng.randrange(20)),
                    f"{received:%d.%m.%Y %H:%M}",
                    f"{received + timedelta(hours=rng.randrange(1, 60)):%d.%m.%Y %H:%M}" if closed else "",
                    f"{rng.randrange(1, 5)}ч" if closed else "",
                ]
            )  # fmt: skip


def run(tickets: int = TICKETS) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="deskapp-benchmark-", ignore_cleanup_errors=True) as scratch:
        path = Path(scratch) / "tickets.csv"
        write(path, tickets)

        def plain() -> None:
            with open(path, encoding="utf-8", newline="") as file:
                for _row in csv.reader(file, delimiter=";"):
                    pass

        floor = once(plain)
        make(Path(scratch) / "desk", 1)
        with opened(Path(scratch) / "desk") as desk:
            seen: list[importing.Preview] = []
            looked = once(lambda: seen.append(importing.look(desk, path)))
            told: list[int] = []

            def progress(done: int, _total: int) -> bool:
                told.append(done)
                return True

            taken = once(lambda: importing.run(desk, seen[0], progress))
            count = desk.replica.value("SELECT count(*) FROM queue_row") - 1
            assert count == tickets and not seen[0].wrong, (count, seen[0].problems[:3])
    rate = tickets / (taken / 1000)
    return [
        Row("a file of tickets, looked at", tickets / floor * 1000, tickets / looked * 1000, "rows/s", "shown", None),
        Row(
            "the same, taken in", tickets / floor * 1000, rate, "rows/s", f"≥ {_BAR}", rate >= _BAR,
            f"progress told {len(told)} times",
        ),
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tickets", type=int, default=TICKETS)
    rows = run(parser.parse_args().tickets)
    print(table(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
