"""PySide6 6.12.0 on Python 3.11 aborts the process after some 600 emits of a signal; the pin avoids it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    happened = Signal(bool)

seen = []
sender = Sender()
sender.happened.connect(seen.append)
for _ in range(5000):
    sender.happened.emit(True)
print(len(seen))
"""


def test_five_thousand_emits_leave_the_process_alive() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, "5000"), done.stderr
