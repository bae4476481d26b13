"""What change capture costs a write: 5,000 rows of the work protocol inserted and changed with its triggers, and the
same with the triggers dropped, bar 2 × (architecture, section 5).

Both are one transaction each on the same small desk, several times in turn, each first in half of the turns, so that
the disk takes part once a turn as it does in the desk. The floor is the write without capture.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.big_desk import NOW, TICKETS
from benchmarks.measure import Row, Times, once
from deskapp.core.clock import FixedClock
from deskapp.core.ids import new_id
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import intake, setup
from deskapp.desk.desk import Desk
from deskapp.models import capture
from deskapp.models.database import Replica
from deskapp.models.schema import Note, Ticket

BAR = 2.0


def write(desk: Desk, ticket: str, count: int) -> None:
    """One transaction of ``count`` rows, as every intention writes them."""
    with desk.replica.writing("", desk.clock.now()) as writing:
        for number in range(count):
            text = f"Проверено: узел {number}, замечаний нет"
            writing.insert(Note, id=new_id(), ticket_id=ticket, made_at=writing.now, kind="note", text=text)
            if not number % 4:
                writing.update(Ticket, ticket, urgency=1 + number // 4 % 4)


def run(tickets: int = TICKETS, rounds: int = 6, count: int = 5_000) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="deskapp-bench-") as folder:
        profile = Profile(Path(folder)).make()
        replica = Replica(profile.database).open()
        desk = Desk(profile, replica, Settings(profile.settings), FixedClock(NOW))
        setup.begin(desk)
        ticket = intake.by_hand(desk, "Не печатает").result
        low, high = [], []
        for turn in range(rounds):
            for captured in (False, True) if turn % 2 else (True, False):
                (capture.make if captured else capture.drop)(replica.db)
                (high if captured else low).append(once(lambda: write(desk, ticket, count)))
        replica.disconnect()
    floor, ours = Times(tuple(low)), Times(tuple(high))
    met = ours.median <= BAR * floor.median
    return [Row(f"{count} local writes, captured", floor.median, ours.median, "ms", f"≤ {BAR:g} ×", met)]
