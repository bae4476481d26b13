"""The first start: six steps by keys alone, closed and come back to, and a colleague who joins a shared desk by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from deskapp import app
from deskapp.desk import setup
from deskapp.sync.hub.door import HubDoor
from deskapp.ui import i18n, theme
from deskapp.ui.desktop import Desktop, prepare
from deskapp.ui.firstrun import sample
from deskapp.ui.firstrun.assistant import STEPS, FirstRun
from deskapp.ui.firstrun.story import Story
from deskapp.ui.widgets import Chip, Label
from tests.ui.demo_window import DemoStage
from tests.ui.geometry import wrong
from tests.ui.sync.shared_demo import SharedDemo


@contextmanager
def first_start(
    qapp: QApplication, folder: Path, language: str = "en", size: tuple[int, int] = (1440, 900), new: bool = True
) -> Iterator[DemoStage]:
    """The window as a start on this profile makes it; ``new``: there was nothing."""
    with app.open_desk(folder) as desk:
        if new:
            desk.settings.set("first_run", 1)
            desk.settings.set("language", language)
        desk.hub = HubDoor()
        prepare(qapp, desk)
        desktop = Desktop(desk, app.lanes(desk.replica), ticking=False)
        stage = DemoStage(desktop)
        desktop.window.resize(*size)
        desktop.window.show()
        desktop.window.activateWindow()
        desktop.start()
        stage.settle()
        try:
            yield stage
        finally:
            desktop.window.close()
            desktop.window.deleteLater()
            theme.current().set_mode("light")
            i18n.install("en")


def dialog_of(stage: DemoStage) -> Any:
    return stage.window.findChild(FirstRun)


def words_of(dialog: Any) -> str:
    """What is told beside the choices of a step."""
    (story,) = [one for one in dialog.findChildren(Story) if one.isVisible()]
    parts = [*story.findChildren(Label), *story.findChildren(Chip)]
    return " ".join(part.text() for part in parts if part.isVisible())


def test_the_first_steps_stay_before_the_window_that_comes_to_the_front(qapp: QApplication, tmp_path: Path) -> None:
    """Every start calls its own window to the front; not every desktop keeps a dialog before its window by itself."""
    with first_start(qapp, tmp_path) as stage:
        stage.desktop.hear("raise")
        stage.settle()
        assert qapp.activeWindow() is dialog_of(stage)


def test_six_steps_by_keys_language_and_theme_live(qapp: QApplication, tmp_path: Path) -> None:
    with first_start(qapp, tmp_path) as stage:
        dialog = dialog_of(stage)
        assert dialog is not None and dialog.count.value() == (1, 6)
        assert dialog.title.text() == "Language and look" and wrong(dialog) == []
        assert "The customer agrees" in words_of(dialog) and dialog.place.text() == "Step 1 of 6"
        dialog.languages.setFocus()
        stage.press("Left")
        dialog = dialog_of(stage)
        assert i18n.language() == "ru" and dialog.title.text() == "Язык и вид" and dialog.step() == "look"
        assert wrong(dialog) == []
        dialog.languages.setFocus()
        stage.press("Right")
        dialog.themes.setFocus()
        stage.press("Right", "Right")
        assert theme.current().dark
        seen = [dialog.step()]
        for _step in STEPS[1:]:
            stage.press("Ctrl+Return")
            seen.append(dialog.step())
            assert wrong(dialog) == [], dialog.step()
            if dialog.step() == "store":
                assert not dialog.panel.isVisible()
                told = [words_of(dialog)]
                for way in (1, 2, 0):
                    dialog.stores.set_index(way)
                    dialog.stores.chosen.emit(way)
                    stage.settle()
                    told.append(words_of(dialog))
                    assert wrong(dialog) == []
                assert told[0] == told[3] and len(set(told)) == 3, "each way of keeping data says what comes of it"
            if dialog.step() == "promise":
                assert "17:00" in words_of(dialog)
            if dialog.step() in ("team", "calendar", "mail"):
                page = {"calendar": "calendars"}.get(dialog.step(), dialog.step())
                assert stage.find(f"settings.{page}").isVisible()
            if dialog.step() == "team":
                assert dialog.me is not None and dialog.me.currentText()
            if dialog.step() == "calendar":
                days = dialog.weeks.days()
                assert len(days) == 28 and sum(1 for _kind, _name, minutes in days if minutes) == 20
                calendar = stage.ask(setup.calendars)[0]
                day = stage.desktop.desk.clock.now().astimezone(stage.desktop.desk.zone).date()
                row = {
                    "calendar_id": calendar["id"],
                    "day": day,
                    "intervals": [],
                    "name": "Founding day",
                    "kind": "holiday",
                }
                stage.desktop.acts.act(setup.save_day, row)
                stage.settle()
                assert "Founding day" in dialog.weeks.accessibleName()
        assert tuple(seen) == STEPS
        assert not dialog.real.isVisible()
        dialog.made_up.click()
        stage.settle()
        assert stage.desktop.desk.settings.number("first_run") == 0
        queue: Any = stage.window.screen_now()
        view = queue.pane.view()
        assert view is not None and view.subject == "Labels do not print in the store"
        assert queue.pane.composer.current_tab() == "promise"


def test_it_comes_back_where_it_was_left_and_only_until_it_is_done(qapp: QApplication, tmp_path: Path) -> None:
    with first_start(qapp, tmp_path, size=(1024, 680)) as stage:
        dialog = dialog_of(stage)
        opened: list[bool] = []
        dialog.sample_wanted.connect(partial(opened.append, True))
        stage.find("firstrun.skip").setFocus()
        stage.press("Ctrl+Return")
        assert dialog.step() == "store"  # a button with the focus does not take "next" for its own press
        dialog.back.click()
        stage.find("firstrun.sample").setFocus()
        stage.press("Ctrl+Return", "Ctrl+Return")
        assert not opened
        assert dialog.step() == "team" and wrong(dialog) == []
        stage.press("Esc")
        assert dialog_of(stage) is None
    with first_start(qapp, tmp_path, new=False) as stage:
        dialog = dialog_of(stage)
        assert dialog.step() == "team" and dialog.count.value() == (3, 6)
        dialog.back.click()
        assert dialog.step() == "store"
        for _step in range(5):
            dialog.next.click()
            stage.settle()
        assert stage.desktop.desk.settings.number("first_run") == 0
    with first_start(qapp, tmp_path, new=False) as stage:
        assert dialog_of(stage) is None


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedDemo]:
    shared = SharedDemo(tmp_path / "office")
    yield shared
    shared.close()


def test_a_colleague_joins_in_four_steps(qapp: QApplication, tmp_path: Path, shared: SharedDemo) -> None:
    door = HubDoor()
    with first_start(qapp, tmp_path / "new") as stage:
        dialog = dialog_of(stage)
        steps = 1
        stage.press("Ctrl+Return")
        steps += 1
        dialog.stores.setFocus()
        stage.press("Right")
        assert dialog.panel.isVisible() and dialog.panel.invited.isVisible() and wrong(dialog) == []
        dialog.panel.line.setPlainText(door.invite(shared.mine))
        stage.settle()
        dialog.panel.go.click()
        stage.settle()
        assert dialog.panel.shared.isVisible(), dialog.panel.says.text()
        stage.press("Ctrl+Return")
        steps += 1
        assert dialog.step() == "team" and dialog.count.value() == (3, 4)
        names = [dialog.me.itemText(place) for place in range(dialog.me.count())]
        assert any("Sokolova" in name for name in names) and not stage.desktop.desk.me
        place = next(place for place, name in enumerate(names) if "Orlov" in name)
        dialog.me.setCurrentIndex(place)
        dialog.me.activated.emit(place)
        stage.settle()
        assert stage.desktop.desk.me == dialog.me.currentData() and "Orlov" in dialog.me.currentText()
        stage.press("Ctrl+Return")
        steps += 1
        assert dialog.step() == "promise" and dialog.real.isVisible()  # letters that wait for an answer are there
        stage.press("Ctrl+Return")
        assert dialog_of(stage) is None and steps == 4
        assert stage.ask(lambda desk: desk.replica.value("SELECT count(*) FROM ticket WHERE number = 4117")) == 1
    door.close()


def test_sample_data_is_another_window() -> None:
    program, arguments = sample.command("ru", "dark")
    assert program and arguments[-5:] == ["demo", "--lang", "ru", "--theme", "dark"]
    assert "--theme" not in sample.command("en", "system")[1]
