from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from deskapp.core.clock import FixedClock
from deskapp.core.errors import UserFacingError
from deskapp.desk.values import Changes
from deskapp.ui import i18n, theme
from deskapp.ui.messages import Banner, Level
from deskapp.ui.palette_box import Hit
from deskapp.ui.status_bar import SyncState
from tests.ui.frame import Frame, make_frame

NBSP = "\u00a0"


@pytest.fixture
def frame(qtbot: Any, clock: FixedClock, tmp_path: Path) -> Iterator[Frame]:
    frame = make_frame(clock, tmp_path / "settings.toml")
    qtbot.addWidget(frame.window)
    frame.window.resize(1440, 900)
    frame.window.show()
    frame.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is frame.window)
    frame.window.open("queue")
    yield frame
    frame.window.close()


def press(keys: str, widget: QWidget | None = None) -> None:
    target = widget or QApplication.focusWidget()
    assert target is not None
    QTest.keySequence(target, QKeySequence(keys))


def speak(language: str) -> None:
    i18n.install(language)
    QApplication.processEvents()  # Qt tells the windows by a posted event


def type_text(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def focus_in(part: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))


def test_screens_are_made_when_opened_and_kept(frame: Frame) -> None:
    assert frame.window.built("calendar") is None
    press("Ctrl+2")
    calendar = frame.screen()
    assert (calendar.name, calendar.activated) == ("calendar", 1)
    press("Ctrl+1")
    press("Ctrl+2")
    assert frame.screen() is calendar
    assert calendar.activated == 2
    press("Ctrl+,")
    assert frame.screen().name == "settings"


def test_titles_begin_with_the_ticket(frame: Frame) -> None:
    assert frame.window.windowTitle() == "#4117 Baltprom, Queue, deskapp"
    press("Ctrl+2")
    assert frame.window.windowTitle() == "Calendar, deskapp"
    assert frame.window.top.title.text() == "Calendar"


def test_the_rail_shows_only_what_exists_in_order(frame: Frame) -> None:
    assert [button.text() for button in frame.window.rail.buttons()] == ["Queue", "Calendar", "Settings"]
    frame.window.set_count("queue", 4)
    frame.window.set_count("sync", 2)  # not there, not an error
    assert frame.window.rail.button("queue").accessibleName() == "Queue, 4"


def test_keys_follow_screen_and_focus(frame: Frame) -> None:
    press("R")
    press("T")
    assert frame.ran == ["answer"]
    frame.screen().editor.setFocus()
    type_text("r")
    press("Ctrl+Return")
    assert frame.ran == ["answer", "send"]
    assert frame.screen().editor.toPlainText() == "r"
    press("Ctrl+2")
    press("T")
    press("R")
    assert frame.ran == ["answer", "send", "today"]


def test_f6_goes_round_all_parts_and_back(frame: Frame) -> None:
    window, screen = frame.window, frame.screen()
    order: list[QWidget] = [screen.panes.main, screen.panes.side, window.status, window.rail, window.top, screen.list]  # type: ignore[list-item]
    screen.list.setFocus()
    for part in order:
        press("F6")
        assert focus_in(part), part.objectName()
    for part in [window.top, window.rail, window.status]:
        press("Shift+F6")
        assert focus_in(part)


def test_f9_hides_the_side_panel_or_opens_a_drawer(frame: Frame) -> None:
    panes = frame.screen().panes
    assert panes.side is not None
    press("F9")
    assert not panes.side.isVisible()
    press("F9")
    assert panes.side.isVisible()
    frame.window.resize(1100, 700)
    assert panes.is_drawer()
    assert not panes.side.isVisible()
    width = panes.main.width()
    press("F9")
    assert panes.side.isVisible()
    assert panes.main.width() == width  # over the main part, not beside it
    assert panes.close_drawer()
    frame.window.resize(1440, 900)
    assert panes.side.isVisible()


def test_the_window_is_never_smaller_than_its_minimum(frame: Frame) -> None:
    frame.window.resize(300, 200)
    assert (frame.window.width(), frame.window.height()) == (1024, 680)


def test_palette_finds_commands_in_either_layout(frame: Frame) -> None:
    origin = QApplication.focusWidget()
    press("Ctrl+K")
    box = frame.window.palette_box
    assert box.isVisible()
    assert QApplication.focusWidget() is frame.window.top.omnibox
    for typed in ("calendar", "сфдутвфк"):
        frame.window.top.omnibox.setText("")
        frame.window.top.omnibox.textEdited.emit(typed)
        assert any(row.text == "Calendar" and row.kind == "command" for row in box.rows()), typed
    press("Esc")
    assert not box.isVisible()
    assert QApplication.focusWidget() is origin
    assert frame.window.top.omnibox.text() == ""


def test_palette_in_russian_takes_a_latin_keyboard(frame: Frame) -> None:
    speak("ru")
    frame.window.palette_box.open()
    for typed in ("rfktylfhm", "календ", "calendar"):
        frame.window.top.omnibox.textEdited.emit(typed)
        assert any(row.text == "Календарь" for row in frame.window.palette_box.rows()), typed
    frame.window.top.omnibox.textEdited.emit("гтвщ")
    assert any(row.text == "Отменить" for row in frame.window.palette_box.rows())


def test_palette_runs_the_chosen_command(frame: Frame) -> None:
    press("Ctrl+K")
    type_text("new tick")
    press("Return")
    assert frame.ran == ["new"]
    assert frame.window.top.omnibox.text() == ""


def test_palette_does_not_run_what_is_not_valid_here(frame: Frame) -> None:
    press("Ctrl+K")
    type_text("today")
    press("Return")
    assert frame.ran == []


def test_palette_drops_late_answers_and_opens_hits(frame: Frame) -> None:
    asked: list[tuple[str, Callable[[Any], None]]] = []
    opened: list[tuple[object, bool]] = []
    box = frame.window.palette_box
    box.set_search(lambda text, deliver: asked.append((text, deliver)))
    box.open_hit.connect(lambda hit, second: opened.append((hit.payload, second)))
    press("Ctrl+K")
    type_text("zq")
    (first, late), (second, fresh) = asked
    assert (first, second) == ("z", "zq")
    fresh([Hit("ticket", "#4117 Period is closed", "Baltprom", payload="t1"), Hit("customer", "Baltprom")])
    late([Hit("ticket", "stale")])
    assert [row.text for row in box.rows()] == ["Tickets", "#4117 Period is closed", "Customers", "Baltprom"]
    press("Ctrl+Return")
    assert opened == [("t1", True)]


def test_a_number_jumps_to_the_ticket(frame: Frame) -> None:
    numbers: list[int] = []
    frame.window.palette_box.open_number.connect(lambda number, _second: numbers.append(number))
    press("Ctrl+K")
    type_text("#4117")
    press("Return")
    assert numbers == [4117]


def test_empty_palette_shows_recent_and_likely(frame: Frame) -> None:
    box = frame.window.palette_box
    box.set_search(lambda _text, _deliver: None, lambda: [Hit("ticket", "#4088")])
    press("R")
    press("Ctrl+K")
    rows = box.rows()
    assert rows[1].text == "#4088"
    commands = [row.text for row in rows if row.kind == "command"]
    assert len(commands) == 6
    assert commands[0] == "Answer or promise"  # used before
    assert "Search and commands" not in commands, "used just now, but it is what is open"


def test_overlay_of_keys(frame: Frame, tmp_path: Path) -> None:
    origin = QApplication.focusWidget()
    press("?")
    overlay = frame.window.shortcuts
    assert overlay.isVisible()
    valid = {text: valid for text, action, valid in overlay.table.lines() if action is not None}
    assert valid["Answer or promise"]
    assert not valid["Today"]
    type_text("merge")
    assert [text for text, action, _valid in overlay.table.lines() if action is not None] == ["Merge"]
    overlay.filter.clear()
    assert sum(len(column) for column in overlay.table.columns()) == len(overlay.table.lines())
    overlay.save_pdf(tmp_path / "keys.pdf")
    pdf = (tmp_path / "keys.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1
    press("Esc")
    assert not overlay.isVisible()
    assert QApplication.focusWidget() is origin


def test_f1_explains_the_field_first(frame: Frame, qtbot: Any) -> None:
    frame.screen().field.setFocus()
    press("F1")
    assert "guide" not in vars(frame.window)


def test_undo_line_and_its_key(frame: Frame) -> None:
    changes = Changes({"ticket": frozenset({"t1"})}, tx="x1", said=("urgency", {"number": 4117}))
    frame.acts.act(lambda _desk: changes)
    status = frame.window.status.undo
    assert (status.text.text(), status.link.text()) == ("#4117: urgency set", "Undo")
    assert frame.screen().heard == [changes]
    press("Ctrl+Z")
    assert status.text.text() == "Undone: #4117: urgency set"
    assert [heard.tx for heard in frame.screen().heard] == ["x1", "x1-undone"]
    press("Ctrl+Y")
    frame.screen().editor.setFocus()
    press("Ctrl+Z")  # the editor's own undo
    press("Ctrl+Alt+Z")
    assert [heard.tx for heard in frame.screen().heard][-1] == "x1-undone-undone-undone"


def test_changes_reach_only_screens_that_exist(frame: Frame) -> None:
    frame.acts.heard(Changes({"ticket": frozenset({"t"})}))
    assert frame.window.built("calendar") is None
    assert len(frame.screen().heard) == 1


def test_banner_shows_the_most_important(frame: Frame, qtbot: Any) -> None:
    acted: list[str] = []
    messages, bar = frame.messages, frame.window.banner
    messages.put_banner(Banner("offline", "No connection since 11:05.", Level.OFFLINE))
    messages.put_banner(Banner("slip", "One ticket slips.", Level.INFO, (("Show", lambda: acted.append("show")),)))
    assert bar.isVisible()
    assert bar.text.text() == "No connection since 11:05."
    messages.take_banner("offline")
    assert bar.text.text() == "One ticket slips."
    link = next(button for button in bar.findChildren(QPushButton) if button.text() == "Show")
    link.click()
    assert acted == ["show"]
    messages.take_banner("slip")
    assert not bar.isVisible()


def test_trouble_becomes_a_banner_with_details(frame: Frame) -> None:
    try:
        try:
            raise OSError("socket closed")
        except OSError as cause:
            raise UserFacingError("The mail server refused the password", "Tickets are safe.") from cause
    except UserFacingError as trouble:
        frame.messages.error(trouble)
    banner = frame.messages.banner()
    assert banner is not None
    assert banner.text == "The mail server refused the password. Tickets are safe."
    assert "socket closed" in banner.details
    frame.messages.error(ZeroDivisionError("x"))
    banner = frame.messages.banner()
    assert banner is not None
    assert "ZeroDivisionError" in banner.details


def test_status_bar_words(frame: Frame, clock: FixedClock) -> None:
    status = frame.window.status
    assert status.sync.text() == "All saved here"
    assert status.day.text().replace(NBSP, " ") == "Short day until 17:00, 4 h 18 min left"
    assert status.clock.text().replace(NBSP, " ") == "Tue 3 Nov, 11:42 MSK"
    frame.window.set_sync(SyncState("fresh", clock.now() - timedelta(seconds=5)))
    width = status.sync.sizeHint().width()
    for seconds in (10, 35, 59):
        frame.window.set_sync(SyncState("fresh", clock.now() - timedelta(seconds=seconds)))
        assert status.sync.sizeHint().width() == width
    speak("ru")
    assert status.clock.text().replace(NBSP, " ") == "вт 3 ноя, 11:42 МСК"
    frame.window.set_sync(SyncState("offline", count=3))
    assert status.sync.text().replace(NBSP, " ") == "Офлайн, 3 записи ждут"


def test_language_and_theme_switch_from_the_palette(frame: Frame) -> None:
    press("Ctrl+K")
    type_text("russian")
    press("Return")
    QApplication.processEvents()
    assert frame.settings.get("language") == "ru"
    assert [button.text() for button in frame.window.rail.buttons()] == ["Очередь", "Календарь", "Настройки"]
    assert frame.window.top.new.text() == "Новая заявка"
    press("Ctrl+K")
    type_text("dark theme")
    press("Return")
    assert frame.settings.get("theme") == "dark"
    assert theme.current().dark


def test_menu_bar_holds_every_command(frame: Frame) -> None:
    bar = frame.window.menuBar()
    assert not bar.isVisible()
    press("F10")
    assert bar.isVisible()
    items = [item.text().partition("\t")[0] for menu in bar.actions() for item in menu.menu().actions()]
    assert {action.words() for action in frame.window.registry.all() if not action.hidden} == set(items)
    press("Esc")
    assert not bar.isVisible()
    assert QApplication.focusWidget() is frame.screen().list
    QTest.keyClick(frame.screen().list, Qt.Key.Key_Alt)
    assert bar.isVisible()
    QTest.keyClick(bar, Qt.Key.Key_Alt)
    assert not bar.isVisible()


def test_timer_chip_counts_and_stops(frame: Frame) -> None:
    chip = frame.window.top.timer
    assert not chip.isVisible()
    chip.set_state(4117, 4360, running=False)
    assert chip.text() == "#4117  1:12:40"
    chip.click()
    assert frame.ran == ["timer"]


def test_buttons_appear_with_their_commands(frame: Frame) -> None:
    assert frame.window.top.new.isVisible()
    frame.window.registry.remove("ticket.new")
    assert not frame.window.top.new.isVisible()


def test_every_focusable_widget_has_a_name(frame: Frame) -> None:
    frame.messages.put_banner(Banner("x", "x", details="x"))
    own = [frame.window.rail, frame.window.top, frame.window.banner, frame.window.status, frame.window.shortcuts]
    for part in own:
        for widget in part.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.isHidden():
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_a_click_leaves_the_focus_in_the_editor(frame: Frame) -> None:
    editor = frame.screen().editor
    editor.setFocus()
    QTest.mouseClick(frame.window.top.new, Qt.MouseButton.LeftButton)
    assert frame.ran == ["new"]
    assert QApplication.focusWidget() is editor


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("points", [9, 11, 16])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 680)], ids=["wide", "small"])
def test_no_text_of_the_frame_is_cut(frame: Frame, language: str, points: int, size: tuple[int, int]) -> None:
    base = theme.current().font("body")
    larger = theme.current().font("body")
    larger.setPointSizeF(points)
    try:
        theme.current().set_base_font(larger)
        speak(language)
        frame.window.resize(*size)
        frame.window.top.timer.set_state(4117, 4360, running=False)
        for _ in range(5):  # a bar that gives up words asks for its layout again
            QApplication.processEvents()
        bars = [frame.window.top, frame.window.status]
        for bar in bars:
            shown = [child for child in bar.findChildren(QWidget) if child.isVisible() and child.parent() is bar]
            for child in shown:
                assert bar.rect().contains(child.geometry()), child
                if isinstance(child, QLabel | QPushButton) and points < 16:
                    assert child.width() >= child.sizeHint().width(), getattr(child, "text", str)()
            ordered = sorted(shown, key=lambda child: child.x())
            for left, right in pairwise(ordered):
                assert left.geometry().right() < right.x(), (left, right)
    finally:
        theme.current().set_base_font(base)


def test_size_is_remembered(frame: Frame, clock: FixedClock, qtbot: Any) -> None:
    frame.window.resize(1200, 800)
    frame.window.close()
    other = make_frame(clock)
    qtbot.addWidget(other.window)
    other.window.restore_size()
    # The screen of the offscreen platform is small; what does not fit is shrunk to it, but it is not the default size.
    assert (other.window.width(), other.window.height()) != (1440, 900)
