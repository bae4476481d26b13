"""What the window says when sharing is in trouble: the truth, in words of the reader, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.core.clock import FixedClock
from deskapp.core.errors import UserFacingError
from deskapp.desk import work
from deskapp.desk.desk import Desk
from deskapp.sync.hub import commands
from deskapp.sync.hub.digest import digest
from deskapp.sync.hub.door import HubDoor
from deskapp.sync.hub.files import Files
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import AnotherDesk, Hub, UpdateToSync
from deskapp.ui import i18n
from tests.desk.demo_desk import found
from tests.ui.demo_window import DemoStage
from tests.ui.geometry import wrong
from tests.ui.sync.shared_demo import SharedDemo, window


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedDemo]:
    made = SharedDemo(tmp_path, "ru")
    yield made
    made.close()
    i18n.install("en")


class FailingFiles(Files):
    """A share that takes no more bytes; ``error`` says why."""

    def __init__(self) -> None:
        super().__init__()
        self.error = 0

    def write(self, path: Path, data: bytes) -> None:
        if self.error:
            raise OSError(self.error, "no")
        super().write(path, data)


def goes_round(stage: DemoStage) -> tuple[str, str, str]:
    """After a round: the chip's kind, the banner, what the side of the Sync screen says."""
    stage.desktop.sync_watch.round()
    stage.settle()
    screen: Any = stage.window.open("sync")
    stage.settle()
    banner = stage.desktop.messages.banner()
    said = " ".join(label.text() for label in (screen.side.state, screen.side.since, screen.side.advice))
    kind = stage.window.status.sync.state().kind
    return kind, banner.text if banner is not None else "", said.replace("\u00a0", " ")


def chip(stage: DemoStage) -> str:
    return stage.window.status.sync.text().replace("\u00a0", " ")


def english(text: str, *allowed: str) -> list[str]:
    """Words of another language than the window's."""
    for one in allowed:
        text = text.replace(one, "")
    return [word for word in text.split() if word.isascii() and word.isalpha()]


def test_a_share_that_takes_nothing_is_told_as_what_it_is(shared: SharedDemo, qapp: QApplication) -> None:
    files = FailingFiles()

    def connect(desk: Desk) -> Hub:
        return FolderHub(Path(desk.replica.state("hub")), files)

    with window(qapp, shared.mine, shared.clock, size=(1024, 680)) as stage:
        shared.mine.hub = HubDoor(connect)
        assert goes_round(stage)[0] == "fresh"
        work.note(shared.mine, found(shared.mine, 4142), "note", "Много слов")
        files.error = errno.ENOSPC
        kind, banner, said = goes_round(stage)
        assert kind == "offline" and "нет места" in banner and "Ждёт 1 изменение" in banner and "связи" not in banner
        assert "переполнена" in said and "сохранено здесь" in said
        assert english(banner + said, str(shared.share)) == [] and wrong(stage.window) == []
        files.error = errno.EROFS
        kind, banner, said = goes_round(stage)
        assert kind == "error" and "нельзя писать" in banner and "всё сохранено здесь" in banner
        assert str(shared.share) not in banner, "an address is longer than the line"
        details = stage.desktop.messages.banner().details  # type: ignore[union-attr]
        assert "нельзя писать. " in said and english(banner + details + said, str(shared.share)) == []
        assert all("право записи" in told and str(shared.share) in told for told in (details, said))
        assert wrong(stage.window) == []
        files.error = 0
        kind, banner, said = goes_round(stage)
        assert kind == "fresh" and "есть" in said
        # gone altogether: no connection, and why
        shared.gone()
        shared.mine.hub.close()
        kind, banner, said = goes_round(stage)
        assert kind == "offline" and "Нет связи" in banner and "нет общей базы" in said
        assert english(banner + said, str(shared.share)) == []
        shared.back()


def test_the_place_is_told_anew_where_the_folder_has_got_another_address(
    shared: SharedDemo, qapp: QApplication, tmp_path: Path
) -> None:
    with window(qapp, shared.mine, shared.clock, size=(1024, 680)) as stage:
        goes_round(stage)
        work.note(shared.mine, found(shared.mine, 4142), "note", "Пока папку переносили")
        shared.gone()
        shared.mine.hub.close()  # type: ignore[union-attr]
        assert goes_round(stage)[0] == "offline"
        stage.desktop.screens.show_sharing()
        stage.settle()
        screen: Any = stage.window.screen_now()
        panel = screen.stack.currentWidget().panel
        panel.found_link.click()
        stage.settle()
        assert panel.where.text() == str(shared.share) and not panel.check.isVisible() and wrong(stage.window) == []
        panel.cancel.click()
        assert panel.shared.isVisible() and not panel.place.isVisible()
        panel.found_link.click()
        panel.where.setText(str(tmp_path / "nowhere"))
        panel.go.click()
        stage.settle()
        assert "нет общей базы" in panel.says.text() and panel.place.isVisible()
        assert shared.mine.replica.state("hub") == str(shared.share)
        away = shared.share.with_name("away")
        panel.where.setText(str(away))
        panel.go.click()
        stage.settle()
        assert panel.shared.isVisible() and str(away) in panel.intro.text(), panel.says.text()
        assert goes_round(stage)[0] == "fresh"
    commands.follow(shared.theirs, None, str(away))
    shared.both()
    assert digest(shared.mine.replica) == digest(shared.theirs.replica) is not None


def test_a_banner_that_was_closed_comes_back_only_for_something_else(shared: SharedDemo, qapp: QApplication) -> None:
    with window(qapp, shared.mine, shared.clock) as stage:
        assert goes_round(stage)[0] == "fresh"
        put: list[object] = []
        stage.desktop.messages.banner_changed.connect(put.append)
        shared.gone()
        shared.mine.hub.close()  # type: ignore[union-attr]
        assert "Нет связи" in goes_round(stage)[1] and len(put) == 1
        assert "Нет связи" in goes_round(stage)[1] and len(put) == 1, "nothing is new, and the focus may be in it"
        work.note(shared.mine, found(shared.mine, 4142), "note", "Раз")
        assert "Ждёт 1 изменение" in goes_round(stage)[1]
        stage.desktop.messages.take_banner("hub")  # what its cross does
        work.note(shared.mine, found(shared.mine, 4142), "note", "Два")
        kind, banner, _said = goes_round(stage)
        assert (kind, banner) == ("offline", "") and "2" in chip(stage)
        shared.back()
        assert goes_round(stage)[:2] == ("fresh", "")
        shared.gone()
        shared.mine.hub.close()  # type: ignore[union-attr]
        assert "Нет связи" in goes_round(stage)[1]
        shared.back()


def test_a_clock_that_is_wrong_is_told_where_it_is_and_to_the_others(shared: SharedDemo, qapp: QApplication) -> None:
    shared.theirs.clock = FixedClock(shared.clock.now())
    ticket = found(shared.mine, 4142)

    def there_and_back(stage: DemoStage) -> tuple[str, str, str]:
        for turn in range(4):
            work.note(shared.theirs, ticket, "note", f"Запись {turn}")
            commands.sync_once(shared.theirs)
            told = goes_round(stage)
        return told

    with window(qapp, shared.mine, shared.clock, size=(1024, 680)) as stage:
        assert there_and_back(stage)[0] == "fresh"
        shared.theirs.clock.advance(minutes=-120)
        kind, _banner, said = there_and_back(stage)
        assert (kind, chip(stage)) == ("clock", "Часы спешат на 2 ч")
        assert "спешат на 2 ч" in said and "Проверьте" in said and wrong(stage.window) == []
        clock = stage.desktop.messages._banners["clock"]
        assert "спешат на 2 ч" in clock.text.replace("\u00a0", " ") and english(clock.text) == []
        shared.theirs.clock.advance(minutes=240)
        assert there_and_back(stage)[0] == "clock" and chip(stage) == "Часы отстают на 2 ч"
        shared.theirs.clock.advance(minutes=-120)
        assert there_and_back(stage)[0] == "fresh" and "clock" not in stage.desktop.messages._banners


def test_reasons_are_told_in_the_language_of_the_window(shared: SharedDemo, qapp: QApplication) -> None:
    trouble: list[Callable[[], UserFacingError]] = [
        lambda: AnotherDesk("/mnt/desk"),
        lambda: UpdateToSync("9.0"),
    ]

    def connect(_desk: Desk) -> Hub:
        raise trouble[0]()

    with window(qapp, shared.mine, shared.clock) as stage:
        while trouble:
            shared.mine.hub = HubDoor(connect)
            kind, banner, said = goes_round(stage)
            assert kind == "error" and english(banner + said) == [], banner
            trouble.pop(0)
