"""The assistant: a lone desk is shared in a folder and in PostgreSQL, a colleague joins it and leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp import app
from deskapp.core.paths import Profile
from deskapp.desk import work
from deskapp.sync.hub import commands
from deskapp.sync.hub.door import HubDoor
from deskapp.ui.desktop import Desktop, prepare
from tests.desk.demo_desk import found
from tests.servers import PostgresCluster
from tests.sync.hub.postgres_office import sql, url
from tests.ui.demo_window import DemoStage, demo_window, hang_up
from tests.ui.geometry import wrong
from tests.ui.sync.shared_demo import SharedDemo, window


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path / "mine") as stage:
        stage.desktop.desk.hub = HubDoor()
        yield stage


def panel_of(stage: DemoStage) -> Any:
    """The way through the palette."""
    stage.window.activateWindow()
    stage.window.raise_()
    stage.settle()
    stage.press("Ctrl+K")
    stage.type(">share this")
    stage.press("Return")
    screen: Any = stage.window.screen_now()
    return screen.stack.currentWidget().panel


@pytest.fixture
def colleague(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    """An empty desk of another person, its window open."""
    with app.open_desk(tmp_path / "theirs") as desk:
        desk.hub = HubDoor()
        desk.settings.set("language", "en")
        prepare(qapp, desk)
        desktop = Desktop(desk, app.lanes(desk.replica), ticking=False)
        stage = DemoStage(desktop)
        stage.open()
        stage.settle()
        yield stage
        desktop.window.close()
        desktop.window.deleteLater()
        hang_up(desk)


def test_a_desk_is_shared_in_a_folder_and_a_colleague_joins(
    stage: DemoStage, colleague: DemoStage, tmp_path: Path
) -> None:
    panel = panel_of(stage)
    assert wrong(stage.window) == [] and not panel.go.isEnabled()
    bad = tmp_path / "Dropbox" / "desk"
    bad.mkdir(parents=True)
    panel.where.setText(str(bad))
    stage.settle()
    panel.check.click()
    stage.settle()
    (text,) = panel.checks.texts()
    assert "Dropbox" in text and "lost" in text and not panel.go.isEnabled()
    share = tmp_path / "share"
    share.mkdir()
    panel.where.setText(str(share))
    assert panel.checks.texts() == []
    panel.check.click()
    stage.settle()
    assert any(text.startswith("Fast enough") for text in panel.checks.texts())
    assert any(text.startswith("The clocks agree") for text in panel.checks.texts())
    assert panel.go.isEnabled() and wrong(stage.window) == []
    panel.go.click()
    stage.settle()
    line = panel.invitation.text()
    assert line.startswith("deskapp-join:") and panel.shared.isVisible() and wrong(stage.window) == []
    assert stage.window.status.sync.state().kind == "fresh"
    # somebody else, at an empty desk whose window is open
    theirs = panel_of(colleague)
    theirs.way.choose(1)
    theirs.line.setPlainText("no invitation at all")
    colleague.settle()
    assert not theirs.go.isEnabled() and "invitation" in theirs.says.text()
    theirs.line.setPlainText(line)
    colleague.settle()
    assert str(share) in theirs.to.text() and theirs.go.isEnabled() and not theirs.account.isVisible()
    theirs.go.click()
    colleague.settle()
    assert theirs.shared.isVisible(), theirs.says.text()
    assert colleague.ask(lambda desk: desk.replica.value("SELECT count(*) FROM ticket WHERE number = 4117")) == 1
    banner = colleague.desktop.messages.banner()
    assert banner is not None and banner.id == "who"
    theirs.compare.click()
    colleague.settle()
    assert any("equals the others" in text for text in theirs.checks.texts())
    theirs.leave.click()
    assert theirs.sure.isVisible() and wrong(colleague.window) == []
    theirs.really.click()
    colleague.settle()
    assert theirs.way.isVisible() and not commands.status(colleague.desktop.desk).where


def test_a_lone_desk_is_shared_in_postgresql_and_its_password_asked_for(
    stage: DemoStage, tmp_path: Path, postgres_cluster: PostgresCluster
) -> None:
    database = postgres_cluster.create_database()
    where = url(postgres_cluster, database)
    panel = panel_of(stage)
    panel.where.setText(where.replace("postgres@", ""))
    assert panel.account.isVisible()
    panel.user.setText("postgres")
    panel.password.setText("not looked at here")
    panel.check.click()
    stage.settle()
    assert any("may create the desk" in text for text in panel.checks.texts()) and panel.go.isEnabled()
    panel.go.click()
    stage.settle()
    line = panel.invitation.text()
    told = commands.read_invitation(line)
    assert "postgres@" not in told["where"] and "looked" not in line
    assert stage.desktop.desk.secrets.get(commands.SECRET) == "not looked at here"
    assert sql(where, "SELECT count(*) FROM deskapp.meta") == [(1,)]
    assert stage.window.status.sync.state().kind == "fresh"
    profile = Profile(tmp_path / "theirs")
    commands.join(profile, line, None, commands.with_user(told["where"], "postgres"))
    assert profile.database.exists()
    # the dialog that asks for a password gives it to the keyring and goes on
    stage.desktop.ask_hub_password()
    dialog: Any = stage.window.findChild(object, "sync.password")
    dialog.setTextValue("another")
    dialog.accept()
    stage.settle()
    assert stage.desktop.desk.secrets.get(commands.SECRET) == "another"
    stage.desktop.desk.hub.close()
    postgres_cluster.drop_database(database)


def test_words_are_complete(qtbot: QtBot) -> None:
    from deskapp.desk.hubport import PlaceCheck
    from deskapp.ui.sync.checks import _BLOCKING, may_share, sentence

    for code in (*_BLOCKING, "delay", "clock", "encrypted", "careful", "same", "unshared", "numbers"):
        for ok in (True, False):
            assert "%" not in sentence(PlaceCheck(code, ok, "value")).replace("%1", "")
    assert sentence(PlaceCheck("delay", True, "19 ms for what two rounds do")) == "Fast enough: 19 ms"
    assert sentence(PlaceCheck("clock", True, "1 s apart")) == "The clocks agree: 1 s"
    assert sentence(PlaceCheck("clock", False, "7260 s apart")).startswith("The clocks differ: 2\u00a0h")
    assert may_share([PlaceCheck("delay", False)]) and not may_share([PlaceCheck("safe", False)]) and not may_share([])


def test_who_works_on_while_the_store_moves_is_told_and_follows(qapp: QApplication, tmp_path: Path) -> None:
    shared, door = SharedDemo(tmp_path), HubDoor()
    second = tmp_path / "second"
    second.mkdir()
    with window(qapp, shared.theirs, shared.clock) as stage:
        watch = stage.desktop.sync_watch
        ticket = found(shared.theirs, 4117)
        stage.desktop.acts.act(work.note, ticket, "note", "Written while the store moved")
        stage.settle()
        door.share(shared.mine, str(second), None)
        for _turn in range(2):
            watch.round()
            stage.settle()
        banner = stage.desktop.messages.banner()
        assert banner is not None and str(second) in banner.text and banner.actions[0][0] == "Follow"
        banner.actions[0][1]()
        stage.settle()
        screen: Any = stage.window.screen_now()
        panel = screen.stack.currentWidget().panel
        assert panel.go.text() == "Follow" and wrong(stage.window) == []
        panel.go.click()
        stage.settle()
        assert watch.last() is not None and watch.last().kind == "fresh" and panel.shared.isVisible()  # type: ignore[union-attr]
        panel.move_link.click()
        assert panel.cancel.isVisible() and panel.place.isVisible()
        panel.cancel.click()
        assert panel.shared.isVisible() and not panel.place.isVisible()
    assert door.round(shared.mine).kind == "fresh"
    texts = shared.mine.replica.rows("SELECT text FROM note WHERE ticket_id = ?", (ticket,))
    assert ("Written while the store moved",) in texts
    door.close()
    shared.close()
