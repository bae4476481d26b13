"""Processes of our own beside the program."""

from __future__ import annotations

from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess


def end(process: SpawnProcess | None, line: Connection | None) -> None:
    """End a process, whatever it is at, and the line to it."""
    if line is not None:
        line.close()
    if process is not None:
        process.kill()
        process.join()
        process.close()
