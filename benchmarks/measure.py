"""How things are measured and shown: the floor and ours in turn, in the same process, medians and 95th percentiles."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from deskapp.models.database import Replica


@dataclass(frozen=True)
class Row:
    """One line of the table. ``floor`` and ``ours`` in ``unit``; ``bar`` is the bound in words."""

    work: str
    floor: float | None
    ours: float
    unit: str
    bar: str
    met: bool | None  # None: shown for orientation, nothing was promised
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None


@dataclass(frozen=True)
class Times:
    """Milliseconds of one kind of work, many times."""

    samples: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.samples)

    @property
    def p95(self) -> float:
        ordered = sorted(self.samples)
        return ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]


#: What is counted; ``--processor`` makes it this thread's time on the processor, which other programs disturb less.
clock: Callable[[], float] = time.perf_counter


def once(work: Callable[[], object]) -> float:
    began = clock()
    work()
    return (clock() - began) * 1000


def in_turn(cases: Iterable[Any], floor: Callable[[Any], object], ours: Callable[[Any], object]) -> tuple[Times, Times]:
    """Times of both for each case; they take turns in going first, so that neither always finds the pages warm."""
    low, high = [], []
    for place, case in enumerate(cases):
        if place % 2:
            high.append(once(lambda case=case: ours(case)))  # type: ignore[misc]
            low.append(once(lambda case=case: floor(case)))  # type: ignore[misc]
        else:
            low.append(once(lambda case=case: floor(case)))  # type: ignore[misc]
            high.append(once(lambda case=case: ours(case)))  # type: ignore[misc]
    return Times(tuple(low)), Times(tuple(high))


def against(work: str, floor: Times, ours: Times, most: float, ratio: float | None = None) -> Row:
    """A line for a bar on the 95th percentile and, with ``ratio``, on the medians' ratio."""
    bar = f"p95 ≤ {most:g} ms" + (f", ≤ {ratio:g} ×" if ratio else "")
    met = ours.p95 <= most and (ratio is None or ours.median <= ratio * floor.median)
    return Row(work, floor.median, ours.median, "ms", bar, met, f"p95 {ours.p95:.1f}, of the floor {floor.p95:.1f}")


def bare(replica: Replica) -> Callable[[str, Sequence[Any]], list[Any]]:
    """SQL on this thread's connection with nothing in between."""
    connection = replica.db.connection()

    def rows(sql: str, params: Sequence[Any] = ()) -> list[Any]:
        return list(connection.execute(sql, tuple(params)).fetchall())

    return rows


def used(sql: str, params: Sequence[Any]) -> tuple[Any, ...]:
    """Of the values of ``?1``, ``?2``, ... those up to the last one that a statement names."""
    return tuple(params[: max((place for place in range(1, len(params) + 1) if f"?{place}" in sql), default=0)])


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text."""
    head = ("work", "floor", "ours", "ratio", "bar", "met", "")
    lines = [head]
    for row in rows:
        floor = "" if row.floor is None else f"{_figure(row.floor)} {row.unit}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        met = {True: "yes", False: "NO", None: ""}[row.met]
        lines.append((row.work, floor, f"{_figure(row.ours)} {row.unit}", ratio, row.bar, met, row.note))
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join(line.rstrip() for line in padded)


def _figure(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps([{**asdict(row), "ratio": row.ratio} for row in rows], ensure_ascii=False, indent=2)
