"""A working day without a mouse, on both keyboard layouts: no dead end, no question to be answered yes or no."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from deskapp import app
from deskapp.desk import ticket
from deskapp.ui.keys import RUSSIAN
from tests.ui.demo_window import DemoStage, demo_window


def press(stage: DemoStage, layout: str, *keys: str) -> None:
    """Press keys as a keyboard of that layout sends them."""
    for key in keys:
        head, plus, last = key.rpartition("+")
        if layout == "ru" and last in RUSSIAN:
            key = f"{head}{plus}{RUSSIAN[last]}"
        stage.press(key)
        assert not [box for box in stage.window.findChildren(QMessageBox) if box.isVisible()], key
        assert QApplication.focusWidget() is not None, f"after {key} no key goes anywhere"


@pytest.mark.parametrize("layout", ["en", "ru"])
def test_the_script(qapp: QApplication, tmp_path: Path, layout: str) -> None:
    with demo_window(qapp, tmp_path, layout) as stage:
        keys = partial(press, stage, layout)
        queue: Any = stage.window.screen_now()

        # a letter arrives in the tab of answers, estimate, first slot, send
        found = app._deliver(stage)
        stage.settle()
        for _row in range(20):
            if queue.pane.ticket_id() == found:
                break
            keys("J")
        assert queue.pane.ticket_id() == found, "the new letter is reached by going down the list"
        keys("U", "2", "C", "3", "R", "Ctrl+A")
        stage.type("2:30")
        keys("Tab", "Alt+1", "Ctrl+Return")
        promised = stage.expect(found, status="promised", urgency=2, effort=150).promised_at
        assert promised is not None

        # undo puts everything back, the letter into its form; the same keys send it again
        keys("Ctrl+Z")
        assert stage.expect(found, status="new", promised_at=None).drafts["promise"]
        keys("R", "Ctrl+Return")
        stage.expect(found, status="promised", promised_at=promised)
        stage.letters_leave(partial(stage.clock.advance, seconds=60))

        # plan another ticket by keys
        keys("Ctrl+2")
        calendar: Any = stage.window.screen_now()
        waiting = {item.ticket_id for item in calendar.tray.model.items()}
        keys("Insert", "Right", "Right", "Return")
        if calendar.bar.isVisible():
            keys("Space", "Return")
        placed = waiting - {item.ticket_id for item in calendar.tray.model.items()}
        assert len(placed) == 1
        keys("Ctrl+Z")
        assert waiting == {item.ticket_id for item in calendar.tray.model.items()}

        # two lines of protocol, the end, consent
        keys("Ctrl+1")
        if queue.pane.ticket_id() != found:
            number = stage.view(found).number
            keys("Ctrl+K")
            stage.type(str(number))
            keys("Return")
        for line in ("Checked the certificate: expired", "Renewed it"):
            keys("L")
            stage.type(line)
            keys("Ctrl+Return")
        keys("F")
        stage.type("The certificate was renewed")
        keys("Tab")
        stage.type("Watch its date")
        keys("Ctrl+Return")
        stage.expect(found, status="resolved")
        stage.letters_leave(partial(stage.clock.advance, seconds=60))
        keys("S", "Return")
        view = stage.expect(found, status="closed")
        assert view.consent_who
        notes = [entry.text for entry in view.entries if entry.kind == "check"]
        assert notes == ["Checked the certificate: expired", "Renewed it"]
        assert [entry.label for entry in view.entries if entry.kind == "letter_out"] == ["ack", "promise", "done"]
        assert not [box for box in stage.window.findChildren(QDialog) if box.isVisible()]
        assert stage.ask(ticket.find, view.number) == found


def test_f6_and_tab_reach_every_part_and_come_back(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.go_to(4117)
        for screen in ("Ctrl+1", "Ctrl+2", "Ctrl+,"):
            stage.press(screen)
            parts = stage.window.screen_now().parts()
            reached = set()
            for _step in range(len(parts) + 4):
                stage.press("F6")
                focus = QApplication.focusWidget()
                assert focus is not None
                reached |= {part for part in parts if part is focus or part.isAncestorOf(focus)}
            missed = [part.objectName() for part in parts if part.isVisible() and part not in reached]
            assert missed == [], screen
