"""A shared desk in the window: what a colleague does appears by itself, a lost hub stops nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp import app
from deskapp.desk import intake
from deskapp.sync.hub import commands
from deskapp.sync.hub.door import HubDoor
from deskapp.ui.desktop import Desktop, prepare

ROOT = Path(__file__).resolve().parents[2]


def elsewhere(profile: Path, *words: str) -> str:
    """A colleague's desktop: another process on another profile."""
    command = [sys.executable, "-m", "deskapp", *words, "--profile", str(profile)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    elsewhere(tmp_path / "colleague", "new", "--subject", "First of all")
    invitation = elsewhere(tmp_path / "colleague", "hub", "init", str(folder)).splitlines()[-1]
    elsewhere(tmp_path / "here", "hub", "join", invitation)
    return folder


@pytest.fixture
def desktop(qapp: QApplication, qtbot: QtBot, tmp_path: Path, share: Path) -> Iterator[Desktop]:
    with app.open_desk(tmp_path / "here") as desk:
        desk.hub = HubDoor()
        desk.settings.set("language", "en")
        desk.settings.set("me", desk.replica.value("SELECT id FROM specialist"))
        prepare(qapp, desk)
        window = Desktop(desk, app.lanes(desk.replica))
        window.start()
        window.window.show()
        yield window
        window.stop()
        window.window.close()
        window.window.deleteLater()


def chip(desktop: Desktop) -> str:
    return desktop.window.status.sync.state().kind


def test_a_colleagues_ticket_appears_without_a_refresh_key(desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> None:
    queue = desktop.window.built("queue")
    assert queue is not None
    qtbot.waitUntil(lambda: chip(desktop) == "fresh")
    qtbot.waitUntil(lambda: queue.tabs.counts().get("answer") == 1)  # type: ignore[attr-defined]
    elsewhere(tmp_path / "colleague", "new", "--subject", "The second one")
    elsewhere(tmp_path / "colleague", "sync")
    qtbot.waitUntil(lambda: queue.tabs.counts().get("answer") == 2)  # type: ignore[attr-defined]


def test_what_is_done_here_reaches_the_colleague(desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: chip(desktop) == "fresh")
    desktop.acts.act(intake.by_hand, "Made in the window")

    def arrived() -> bool:
        elsewhere(tmp_path / "colleague", "sync")
        return "Made in the window" in elsewhere(tmp_path / "colleague", "list")

    qtbot.waitUntil(arrived)


def test_a_lost_share_is_said_and_work_goes_on(desktop: Desktop, qtbot: QtBot, share: Path) -> None:
    qtbot.waitUntil(lambda: chip(desktop) == "fresh")
    share.rename(share.with_name("gone"))
    desktop.acts.act(intake.by_hand, "Offline")
    qtbot.waitUntil(lambda: chip(desktop) == "offline")
    banner = desktop.messages.banner()
    assert banner is not None and "You can keep working" in banner.text
    qtbot.waitUntil(lambda: desktop.window.status.sync.state().count > 0)
    share.with_name("gone").rename(share)
    qtbot.waitUntil(lambda: chip(desktop) == "fresh")
    desktop.runner.drain()
    assert commands.status(desktop.desk).waiting == 0
    assert desktop.messages.banner() is None
