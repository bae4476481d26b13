"""One step of the main job in a process of its own, which then dies at once: run by test_main_job.

``python main_job.py PROFILE STEP MINUTES``: opens the desk at its moment plus MINUTES, does STEP by keys, prints
"done" and kills itself with nothing closed, saved or flushed.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from deskapp import app
from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import ticket
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.ui.desktop import Desktop, prepare
from deskapp.ui.stage import Stage

NUMBER = 4151


def perform(stage: Stage, step: str, clock: FixedClock) -> None:
    """Do one step; every step finds the ticket by its number, as a person would after a restart."""
    pass_time = partial(clock.advance, seconds=60)
    if step == "arrive":
        app._deliver(stage)
    elif step == "promise":
        stage.promise(NUMBER, "1:30")
        stage.press("Ctrl+Return")
        stage.expect(stage.ask(ticket.find, NUMBER), status="promised")
    elif step == "leave":
        stage.letters_leave(pass_time)
    elif step == "draft":
        stage.go_to(NUMBER)
        stage.press("L")
        stage.type("Проверили сертификат: просро")
    elif step == "record":
        stage.go_to(NUMBER)
        stage.press("L", "Ctrl+End")
        stage.type("чен")
        stage.press("Ctrl+Return")
    elif step == "finish":
        stage.go_to(NUMBER)
        stage.finish("Заменён сертификат", "Следить за сроком")
        stage.press("Ctrl+Return")
        stage.expect(stage.ask(ticket.find, NUMBER), status="resolved")
    elif step == "agree":
        stage.go_to(NUMBER)
        stage.agree()
        stage.expect(stage.ask(ticket.find, NUMBER), status="closed")


def main(profile: Path, step: str, minutes: int) -> None:
    application = QApplication([])
    start = app.clock_of(Settings(Profile(profile).settings)).now()
    clock = FixedClock(start.replace(microsecond=0) + timedelta(minutes=minutes))
    with app.open_desk(profile, clock) as desk:
        desk.mail = MailRoom()
        prepare(application, desk)
        desktop = Desktop(desk, app.lanes(desk.replica), ticking=False)
        stage = Stage(desktop)
        stage.open()
        perform(stage, step, clock)
        print("done", flush=True)
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
