"""A report that cannot be counted: it says so, nothing waits for it, and it is tried again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.core.errors import UserFacingError
from tests.ui.demo_window import demo_window
from tests.ui.geometry import wrong


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_report_that_fails_says_so_and_is_tried_again(qapp: QApplication, tmp_path: Path, language: str) -> None:
    """What failed, what is safe, what to do; nothing goes on saying that it is being counted."""
    with demo_window(qapp, tmp_path, language, (1024, 680)) as stage:
        replica = stage.desktop.desk.replica
        screen: Any = stage.window.open("reports")
        stage.settle()
        shown = screen.span.text()
        assert shown and screen.trouble.isHidden()
        for card in (screen.promises, screen.estimates):
            assert card.legend.width() >= card.legend.sizeHint().width(), (
                "each colour has its word in a small window too"
            )
        told: list[BaseException] = []
        stage.desktop.messages.crashed.disconnect()
        stage.desktop.messages.crashed.connect(told.append)

        replica.db.execute_sql("ALTER TABLE ticket_fact RENAME TO out_of_reach")
        screen.periods.set_index(3)
        screen.read()
        screen._say_slow()  # it took its time
        stage.settle()
        assert screen.span.text() == shown and not screen._slow.isActive()
        assert screen.trouble.isVisible() and len(told) == 1
        text = screen.trouble.text.text()
        assert screen.which.currentText() in text
        said = ("is safe", "Try again", "of before") if language == "en" else ("в сохранности", "ещё раз", "прежние")
        assert all(part in text for part in said)
        assert not wrong(stage.window)

        button = stage.find("reports.again")
        button.setFocus()
        stage.press("Return")  # it still fails: the words come again
        stage.settle()
        assert screen.trouble.isVisible() and len(told) == 2
        replica.db.execute_sql("ALTER TABLE out_of_reach RENAME TO ticket_fact")
        button.setFocus()
        stage.press("Return")
        stage.settle()
        assert screen.trouble.isHidden() and screen.span.text() != shown

        trouble = UserFacingError("Disk full", "Free some space on %1.", "D:")  # one that has words is told by them
        screen._not_counted(trouble)
        assert "Disk full. Free some space on D:." in screen.trouble.text.text() and len(told) == 2
        stage.window.open("queue")
        stage.window.open("reports")  # the next visit tries again
        stage.settle()
        assert screen.trouble.isHidden()
