"""A working day in some minutes: letters come, tickets are opened, written in, searched, planned; nothing piles up."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from deskapp.desk import search, triage, work
from tests import measure_process
from tests.measure_process import needs_proc
from tests.ui.demo_window import DemoStage, demo_window

_SCREENS = ("calendar", "queue", "settings", "queue")


def letter(number: int) -> bytes:
    return (
        f"From: Olga <olga{number % 7}@firm{number % 3}.example>\r\nTo: help@desk.example\r\n"
        f"Subject: Printer {number} does not print\r\nMessage-ID: <soak-{number}@firm.example>\r\n"
        f"Date: Tue, 03 Nov 2026 09:00:00 +0300\r\n\r\nPage {number} comes out black.\r\n"
    ).encode()


def hour(stage: DemoStage, first: int, turns: int) -> None:
    desktop = stage.desktop
    for number in range(first, first + turns):
        (stage.inbox / f"soak{number}").write_bytes(letter(number))
        desktop.mail()
        stage.settle()
        newest, ticket = stage.ask(
            lambda desk: desk.replica.row("SELECT number, id FROM ticket ORDER BY number DESC LIMIT 1")
        )
        stage.go_to(newest)
        desktop.acts.act(work.note, ticket, "check", f"Looked at it, turn {number}")
        desktop.acts.act(triage.set_urgency, [ticket], 1 + number % 4)
        stage.settle()
        stage.ask(search.find, f"printer {number}")
        desktop.window.open(_SCREENS[number % len(_SCREENS)])
        stage.settle()
        stage.clock.advance(minutes=2)
        desktop._watch()
        stage.settle()


def held() -> tuple[float, int, int]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return measure_process.megabytes(), measure_process.handles(), measure_process.threads()


@needs_proc
@pytest.mark.long
def test_a_working_day_leaves_memory_and_handles_flat(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk") as stage:
        hour(stage, 0, 20)
        memory, handles, threads = held()
        widgets = len(qapp.allWidgets())
        hour(stage, 20, 60)
        later: Any = held()
        print(
            f"after 20 turns {memory:.0f} MB, {handles} handles, {widgets} widgets; "
            f"after 80 {later[0]:.0f} MB, {later[1]} handles, {len(qapp.allWidgets())} widgets"
        )
        # tickets of the day are shown in lists and kept by caches: a few kilobytes each
        assert later[0] - memory < 25
        assert later[1] - handles <= 4 and later[2] <= threads
        assert len(qapp.allWidgets()) - widgets < 200
