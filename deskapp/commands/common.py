"""What all commands of the line share: saying values, finding a ticket by its number."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk


Run = Callable[[Path, argparse.Namespace], int]


def on_desk(run: Callable[[Desk, argparse.Namespace], int]) -> Run:
    """A command that works on the opened desk of the profile."""

    def opened(profile: Path, arguments: argparse.Namespace) -> int:
        from deskapp.app import open_desk

        with open_desk(profile) as desk:
            return run(desk, arguments)

    return opened


class Add(Protocol):
    """Adds a command with its help; ``--profile`` is among its options already."""

    def __call__(self, name: str, help_: str) -> argparse.ArgumentParser: ...


def print_json(value: Any, indent: int | None = None) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def ticket_id(desk: Desk, number: int) -> str:
    from deskapp.desk import ticket

    found = ticket.find(desk, number)
    if found is None:
        raise UserFacingError("There is no ticket #%1", "Look it up with: deskapp search WORDS.", number)
    return found
