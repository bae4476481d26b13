"""A desktop as a process of its own: writes notes and numbers tickets, runs rounds, until it is told to stop or killed.

    python -m tests.sync.hub.worker PROFILE LEDGER

Each acknowledged note goes into the ledger right after its transaction, before anything else is done.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from deskapp.core.clock import SystemClock
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import intake, triage, work
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.sync.hub import commands
from deskapp.sync.hub.hub import HubRefused, HubUnreachable
from deskapp.sync.hub.rounds import Rounds


def main(folder: Path, ledger: Path, stop: Path) -> None:
    profile = Profile(folder)
    replica = Replica(profile.database).open()
    desk = Desk(profile, replica, Settings(profile.settings), SystemClock())
    commands.opened(desk)
    rounds = Rounds(desk, commands.hub_of(desk))
    chance = random.Random(os.getpid())
    with open(ledger, "a", encoding="utf-8") as told:
        while not stop.exists():
            step(desk, chance, told)
            try:
                rounds.run()
            except (HubUnreachable, HubRefused) as error:
                print(error, file=sys.stderr, flush=True)
    replica.disconnect()


def step(desk: Desk, chance: random.Random, told: object) -> None:
    if chance.random() < 0.1:
        one = intake.by_hand(desk, "Заявка").result
        print("ticket", one, file=told, flush=True)  # type: ignore[call-overload]
    rows = desk.replica.rows("SELECT id FROM ticket ORDER BY random() LIMIT 1")
    if not rows:
        return
    try:
        note = work.note(desk, rows[0][0], "note", f"{os.getpid()} {chance.random()}").result
        print("note", note, file=told, flush=True)  # type: ignore[call-overload]
        if chance.random() < 0.3:
            triage.set_urgency(desk, [rows[0][0]], chance.randint(1, 4))
    except (Lapsed, UserFacingError) as error:
        print(error, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
