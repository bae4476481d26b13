"""Resident memory of the application with the big desk: with the queue painted, and after some work (thirty tickets
opened over all tabs, a search). Floor: an empty PySide6 window. Linux only; elsewhere the line is left out.
"""

from __future__ import annotations

from benchmarks.big_desk import TICKETS, copied, folder
from benchmarks.first_window import process
from benchmarks.measure import Row


def run(tickets: int = TICKETS) -> list[Row]:
    floor = process("empty")["mb"]
    if not floor:
        return []
    with copied(folder(tickets)) as desk:
        found = [process("ours", str(desk.profile.root), until)["mb"] for until in ("list", "worked")]
    return [
        Row("memory, queue painted", floor, found[0], "MB", "≤ 250 MB", found[0] <= 250),
        Row("memory, after thirty tickets and a search", floor, found[1], "MB", "≤ 250 MB", found[1] <= 250),
    ]
