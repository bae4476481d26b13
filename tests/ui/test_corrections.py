"""An entry of the protocol put right by keys: at once in its place, later beside it, kept half-written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.core.errors import UserFacingError
from deskapp.desk import ticket, work
from deskapp.ui.ticket.corrections import with_corrections
from tests.ui.demo_window import DemoStage, demo_window

NUMBER = 4117


def texts(stage: DemoStage) -> list[str]:
    """The newest entries as the window shows them."""
    stream = stage.window.screen_now().pane.main.timeline.stream
    return [row.text.toPlainText() for row in stream.entry_rows() if row.entry.kind in ("check", "note")]


def record(stage: DemoStage, text: str) -> None:
    stage.press("L")
    stage.type(text)
    stage.press("Ctrl+Return")


def test_a_fresh_entry_is_put_right_in_its_place(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.go_to(NUMBER)
        record(stage, "Certificate is of Mai")
        before = texts(stage)
        stage.clock.advance(minutes=4)
        stage.press("F2", "Backspace")
        stage.type("y")
        stage.press("Ctrl+Return")
        after = texts(stage)
        assert len(after) == len(before)
        assert "Certificate is of May" in after[-1] and "corrected" in after[-1]
        assert "correct" not in stage.window.screen_now().pane.composer.tabs.names()
        assert stage.within("ticket.timeline")
        stage.press("Ctrl+Z")
        assert texts(stage) == before
        entries = ticket.view(stage.desktop.desk, stage.ask(ticket.find, NUMBER)).entries
        assert sum(one.minutes for one in entries if one.text.startswith("Certificate")) == entries[-1].minutes


def test_a_later_correction_stands_beside_the_entry_and_names_it(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.go_to(NUMBER)
        record(stage, "Store 2 is locked")
        stage.clock.advance(minutes=6)
        row = stage.window.screen_now().pane.main.timeline.stream.entry_rows()[-1]
        row.menu(row.text).actions()[1].trigger()
        stage.settle()
        stage.press("Ctrl+A")
        assert "stays" in stage.window.screen_now().pane.composer._pages["correct"].foot.label.text()
        stage.type("Stores 2 and 4 are locked")
        stage.press("Ctrl+Return")
        entry, correction = texts(stage)[-2:]
        assert "Store 2 is locked" in entry
        assert "Correction to today, 11:42: Stores 2 and 4 are locked" in correction


def test_a_half_written_correction_survives_and_an_untouched_one_goes(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "one") as stage:
        stage.go_to(NUMBER)
        record(stage, "Store 2")
        composer = stage.window.screen_now().pane.composer
        stage.press("F2", "Esc")
        assert "correct" not in composer.tabs.names()
        stage.press("F2")
        stage.type(" and 4")
        stage.press("Esc")
        assert "correct" in composer.tabs.names()
        stage.press("J", "K")
        stage.go_to(NUMBER)
        stage.press("F2", "Ctrl+Return")
        assert any("Store 2 and 4" in text for text in texts(stage))


def test_corrections_of_corrections(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        desk, clock = stage.desktop.desk, stage.clock
        found = ticket.find(desk, NUMBER)
        first = work.note(desk, found, "check", "one", minutes=5).result
        clock.advance(minutes=2)
        second = work.correct(desk, first, "two").result
        clock.advance(minutes=2)
        third = work.correct(desk, second, "three").result
        clock.advance(minutes=2)
        late = work.correct(desk, third, "four").result
        shown = with_corrections(ticket.view(desk, found).entries)[-2:]
        assert [(one.id, one.text, one.minutes) for one in shown] == [(third, "three", 5), (late, "four", 0)]
        with pytest.raises(UserFacingError):
            work.correct(desk, first, "  ")
