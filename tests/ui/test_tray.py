"""What is told outside of the window: one source, each kind by choice, silent in quiet time; the icon in the tray."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QSystemTrayIcon

from deskapp.desk import reminders, ticket
from deskapp.ui import theme
from deskapp.ui.notices import KINDS, Notice
from deskapp.ui.tray import badged
from tests.ui.demo_window import DemoStage, demo_window
from tests.ui.places import dialog
from tests.ui.test_mailwatch import letter, nobody_on_duty, round_

#: The platform of the tests has no tray, which an icon on it remarks.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
Told = list[tuple[str, Notice]]


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoStage]:
    """A system that has a tray."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    with demo_window(qapp, tmp_path) as stage:
        yield stage
    qapp.setQuitOnLastWindowClosed(True)


@pytest.fixture
def told(stage: DemoStage) -> Told:
    """What the system was asked to show."""
    found: Told = []
    stage.desktop.notices.aloud.connect(lambda text, notice: found.append((text, notice)))
    return found


def item(stage: DemoStage, text: str) -> Any:
    menu = stage.desktop.tray._menu
    assert menu is not None
    menu.aboutToShow.emit()
    return next(action for action in menu.actions() if action.text() == text)


def test_a_letter_is_told_in_the_line_and_by_the_system_and_a_click_opens_it(stage: DemoStage, told: Told) -> None:
    nobody_on_duty(stage)
    letter(stage, "one", "Printer is silent")
    round_(stage)
    ((text, notice),) = told
    assert text == "New: #4151, Lira" == stage.line() or text.startswith("New: #4151")
    assert stage.line() == text, "one source for both"
    stage.window.showMinimized()
    tray = stage.desktop.tray
    assert tray._icon is not None
    tray._icon.messageClicked.emit()
    stage.settle()
    assert not stage.window.isMinimized()
    assert stage.window.screen_now().pane.view().number == notice.number == 4151  # type: ignore[union-attr]


def test_nothing_of_a_letter_is_told_where_that_is_wanted(stage: DemoStage, told: Told) -> None:
    nobody_on_duty(stage)
    stage.desktop.desk.settings.set("notify_hide", True)
    letter(stage, "one", "Secret merger")
    round_(stage)
    found = stage.ask(ticket.find, 4117)
    at = stage.clock.now() + timedelta(minutes=1)
    stage.desktop.acts.act(reminders.put, found, reminders.Remind(at, "Secret call"))
    stage.settle()
    stage.clock.advance(minutes=2)
    stage.desktop.call_watch.look()
    stage.settle()
    assert [text for text, _notice in told] == ["A new letter waits: #4151", "Reminder: #4117"]


def test_each_kind_is_chosen_and_quiet_time_is_silent(stage: DemoStage, told: Told) -> None:
    settings = stage.desktop.desk.settings
    notices = stage.desktop.notices

    def tell(kind: str) -> int:
        before = len(told)
        notices.tell([Notice(kind, "x", "", 1)])
        stage.settle()
        assert stage.line() == "x", "the window tells it in any case"
        stage.desktop.messages.say("")
        return len(told) - before

    notices.tell([Notice("due", "One is late.", "", 1), Notice("due", "Two is late.", "", 2)])
    assert stage.line() == "One is late; Two is late.", "a line of sentences has one stop"
    stage.desktop.messages.say("")
    stage.settle()
    for kind in KINDS:
        assert tell(kind) == 1
        settings.set(f"notify_{kind}", False)
        assert tell(kind) == 0
        settings.set(f"notify_{kind}", True)
    settings.set("notify", False)
    assert tell("slip") == 0
    settings.set("notify", True)
    item(stage, "Do not disturb").trigger()
    assert settings.text("quiet") == "always" and tell("slip") == 0
    item(stage, "Do not disturb").trigger()
    assert tell("slip") == 1
    stage.clock.advance(hours=10)  # in the evening
    assert tell("slip") == 0
    settings.set("quiet", "never")
    assert tell("slip") == 1


def test_settings_name_every_kind_and_take_effect(stage: DemoStage) -> None:
    stage.press("Ctrl+,")
    page: Any = stage.window.screen_now().stack.currentWidget()  # type: ignore[union-attr]
    fields = page._notify.fields
    assert {f"notify_{kind}" for kind in KINDS} | {"notify", "notify_hide", "quiet", "tray", "close_to_tray"} == set(
        fields
    )
    box: QCheckBox = fields["notify_slip"]
    box.setFocus()
    box.click()
    stage.settle()
    assert stage.desktop.desk.settings.flag("notify_slip") is False
    quiet: QComboBox = fields["quiet"]
    quiet.setFocus()
    stage.press("Down")
    assert stage.desktop.desk.settings.text("quiet") == "never"
    fields["tray"].setFocus()
    fields["tray"].click()
    stage.settle()
    assert not stage.desktop.tray.visible()
    fields["tray"].click()
    stage.settle()
    assert stage.desktop.tray.visible()


def test_the_icon_counts_the_answers_and_its_menu_works(stage: DemoStage) -> None:
    tray = stage.desktop.tray
    owed = stage.window.rail.button("queue").count()
    assert owed and tray._icon is not None and tray._icon.toolTip() == f"deskapp: {owed} answers due"
    stage.window.set_language("ru")
    stage.settle()
    assert tray._icon.toolTip().startswith(f"deskapp: {owed}") and "due" not in tray._icon.toolTip()
    stage.window.set_language("en")
    stage.settle()
    for text, name in (("New ticket", "new_ticket"), ("Phone call", "call")):
        item(stage, text).trigger()
        stage.settle()
        form = dialog(name)
        form.reject()
        stage.settle()
    running = stage.window.top.timer._since is not None
    item(stage, "Timer start, stop").trigger()
    stage.settle()
    assert (stage.window.top.timer._since is not None) is not running


def picture(count: int) -> QImage:
    return badged(count).pixmap(32, 32).toImage()


def test_the_badge_is_painted_in_the_colours_of_the_theme(stage: DemoStage) -> None:
    looks = {}
    for mode in ("light", "dark"):
        theme.current().set_mode(mode)  # type: ignore[arg-type]
        stage.settle()
        assert picture(0) != picture(3) != picture(12)
        wanted = theme.current().color("crit").name()
        drawn = picture(12)
        found = {drawn.pixelColor(x, y).name() for x in range(32) for y in range(32)}
        assert wanted in found
        looks[mode] = drawn
    theme.current().set_mode("light")
    assert looks["light"] != looks["dark"]


def test_closing_leaves_the_icon_where_that_is_wanted_and_quitting_ends(stage: DemoStage, qapp: QApplication) -> None:
    ended: list[bool] = []
    stage.desktop.windows.ended.connect(lambda: ended.append(True))
    stage.desktop.desk.settings.set("close_to_tray", True)
    stage.desktop.setting_switched("close_to_tray")
    assert not qapp.quitOnLastWindowClosed()
    stage.press("Ctrl+Shift+N")
    other = stage.desktop.window
    assert other is not stage.window
    other.close()
    stage.settle()
    assert len(stage.desktop.windows.all()) == 1, "one of two goes as ever"
    stage.window.close()
    stage.settle()
    assert not stage.window.isVisible() and not ended
    letter(stage, "meanwhile")
    round_(stage)
    stage.desktop.tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)  # type: ignore[union-attr]
    stage.settle()
    assert stage.window.isVisible() and stage.ask(ticket.find, 4151)
    stage.window.close()
    item(stage, "Quit").trigger()
    assert ended == [True] and not stage.desktop.tray.visible()


def test_without_a_tray_nothing_is_missing(qapp: QApplication, tmp_path: Path) -> None:
    """The tests' system has none."""
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    with demo_window(qapp, tmp_path) as stage:
        stage.desktop.desk.settings.set("close_to_tray", True)
        stage.desktop.setting_switched("close_to_tray")
        assert not stage.desktop.tray.visible() and qapp.quitOnLastWindowClosed()
        nobody_on_duty(stage)
        letter(stage, "one")
        round_(stage)
        assert stage.line().startswith("New: #4151")
        ended: list[bool] = []
        stage.desktop.windows.ended.connect(lambda: ended.append(True))
        stage.window.close()
        assert ended == [True], "no window may hide where nothing brings it back"
