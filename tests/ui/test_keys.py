from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.ui.actions import Action, ActionRegistry, DuplicateKey, shown_keys
from deskapp.ui.keys import KeyRouter, is_single, other_layout, russian_twin
from deskapp.ui.widgets import Button, LinkButton, ToolButton, key_text


class Stage:
    def __init__(self) -> None:
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.list, self.line, self.text = QListWidget(), QLineEdit(), QPlainTextEdit()
        self.list.addItems(["rose", "kiwi"])
        self.combo, self.button = QComboBox(), QPushButton("button")
        self.combo.addItems(["ab", "rx"])
        for widget in (self.list, self.line, self.text, self.combo, self.button):
            column.addWidget(widget)
        self.ran: list[str] = []
        self.actions = ActionRegistry()
        self.allowed = True
        self.actions.add(
            self.action("palette", "Ctrl+K"),
            self.action("undo", "Ctrl+Z", more_keys=("Ctrl+Alt+Z",)),
            self.action("settings", "Ctrl+,"),
            self.action("keys", "?"),
            self.action("answer", "R", "ticket"),
            self.action("merge", "Shift+M", "ticket"),
            self.action("filter", "/", "ticket"),
            self.action("mark", "Space", "ticket"),
            self.action("pin", "P", "calendar"),
            self.action("part", "P", "ticket"),
            self.action("send", "Ctrl+Return", "composer"),
            Action(
                "guarded", "guarded", self.note("guarded"), key="G", scope="ticket", enabled_when=lambda: self.allowed
            ),
        )
        self.router = KeyRouter(self.window, self.actions)

    def note(self, word: str) -> Any:
        return lambda: self.ran.append(word)

    def action(self, word: str, key: str, scope: str = "everywhere", **more: Any) -> Action:
        return Action(word, word, self.note(word), key=key, scope=scope, **more)

    def press(self, widget: QWidget, keys: str) -> list[str]:
        widget.setFocus()
        QApplication.processEvents()
        self.ran.clear()
        QTest.keySequence(widget, QKeySequence(keys))
        return list(self.ran)


@pytest.fixture
def stage(qtbot: Any) -> Stage:
    stage = Stage()
    qtbot.addWidget(stage.window)
    stage.window.show()
    stage.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is stage.window)
    stage.actions.set_active_scopes(["ticket"])
    return stage


@pytest.mark.parametrize(
    ("pressed", "command"),
    [
        ("R", "answer"),
        ("К", "answer"),
        ("Shift+M", "merge"),
        ("Shift+Ь", "merge"),
        ("Ctrl+K", "palette"),
        ("Ctrl+Л", "palette"),
        ("Ctrl+Б", "settings"),
        ("Ctrl+Я", "undo"),
        ("?", "keys"),
        ("Space", "mark"),
    ],
)
def test_keys_work_on_both_layouts(stage: Stage, pressed: str, command: str) -> None:
    assert stage.press(stage.list, pressed) == [command]


@pytest.mark.parametrize("field", ["line", "text", "combo"])
@pytest.mark.parametrize("pressed", ["R", "К", "Shift+M", "/", "?", "Space"])
def test_letters_belong_to_the_field_that_takes_text(stage: Stage, field: str, pressed: str) -> None:
    assert stage.press(getattr(stage, field), pressed) == []


@pytest.mark.parametrize("field", ["line", "text"])
def test_combinations_work_from_an_editor(stage: Stage, field: str) -> None:
    stage.actions.set_active_scopes(["composer", "ticket"])
    widget = getattr(stage, field)
    assert stage.press(widget, "Ctrl+K") == ["palette"]
    assert stage.press(widget, "Ctrl+Л") == ["palette"]
    assert stage.press(widget, "Ctrl+Return") == ["send"]
    assert stage.press(widget, "Ctrl+Z") == []  # the editor's own undo
    assert stage.press(widget, "Ctrl+Alt+Z") == ["undo"]


def test_a_read_only_text_takes_no_text(stage: Stage) -> None:
    stage.text.setReadOnly(True)
    assert stage.press(stage.text, "R") == ["answer"]


def test_space_presses_a_focused_button(stage: Stage) -> None:
    clicked: list[bool] = []
    stage.button.clicked.connect(lambda: clicked.append(True))
    assert stage.press(stage.button, "Space") == []
    assert len(clicked) == 1
    assert stage.press(stage.button, "R") == ["answer"]


def test_scopes_decide(stage: Stage) -> None:
    assert stage.press(stage.list, "P") == ["part"]
    stage.actions.set_active_scopes(["calendar"])
    assert stage.press(stage.list, "P") == ["pin"]
    assert stage.press(stage.list, "R") == []
    stage.actions.set_active_scopes(["calendar", "ticket"])
    assert stage.press(stage.list, "P") == ["pin"]


def test_what_is_not_possible_now_does_not_run(stage: Stage) -> None:
    assert stage.press(stage.list, "G") == ["guarded"]
    stage.allowed = False
    assert stage.press(stage.list, "G") == []


def test_single_letters_can_be_switched_off(stage: Stage) -> None:
    stage.router.set_single_letters(False)
    assert stage.press(stage.list, "R") == []
    assert stage.press(stage.list, "Ctrl+K") == ["palette"]
    stage.router.set_single_letters(True)
    assert stage.press(stage.list, "R") == ["answer"]


def test_commands_come_and_go(stage: Stage) -> None:
    stage.actions.add(stage.action("late", "Y", "ticket"))
    assert stage.press(stage.list, "Y") == ["late"]
    stage.actions.remove("late")
    assert stage.press(stage.list, "Y") == []


def test_duplicate_keys_are_refused(stage: Stage) -> None:
    with pytest.raises(DuplicateKey):
        stage.actions.add(stage.action("other", "r", "ticket"))
    with pytest.raises(DuplicateKey):
        stage.actions.add(stage.action("other", "Ctrl+K", "calendar"))
    with pytest.raises(ValueError, match="twice"):
        stage.actions.add(stage.action("answer", "Y", "ticket"))
    with pytest.raises(ValueError, match="unknown key"):
        stage.actions.add(stage.action("other", "Hyper+Q", "ticket"))


def test_a_key_is_taught_after_the_third_click(stage: Stage) -> None:
    hints: list[tuple[str, str]] = []
    stage.actions.key_hint.connect(lambda text, key: hints.append((text, key)))
    for _ in range(5):
        stage.actions.trigger("answer", by="mouse")
    assert hints == [("answer", "R")]


def test_keys_as_they_are_drawn() -> None:
    assert [key_text(key) for key in ("+", "-", "Ctrl++", "Ctrl+Shift+E", "Ctrl+Return", "F4")] == [
        "+", "-", "Ctrl +", "Ctrl Shift E", "Ctrl ↵", "F4"
    ]  # fmt: skip
    action = Action("a", "a", list, key="Ctrl+Shift+Tab", more_keys=("Ctrl+Shift+Backtab", "Ctrl+Alt+Z"))
    assert shown_keys(action) == ["Ctrl+Shift+Tab", "Ctrl+Alt+Z"]


def test_twins_and_layouts() -> None:
    assert russian_twin("Ctrl+K") == "Ctrl+Л"
    assert russian_twin("F4") is None
    assert russian_twin("Ctrl++") is None
    assert other_layout("rfktylfhm") == "календарь"
    assert other_layout("гтвщ") == "undo"
    assert [is_single(key) for key in ("R", "Shift+M", "?", "+", "Ctrl+K", "F4", "Space", "Ctrl++")] == [
        True, True, True, True, False, False, True, False
    ]  # fmt: skip


@pytest.mark.parametrize("make", [partial(Button, "Do"), partial(LinkButton, "Do"), partial(ToolButton, "plus", "Do")])
def test_enter_presses_the_button_once_and_ctrl_enter_goes_on_to_the_form(
    qtbot: Any, make: Callable[[], QAbstractButton]
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    button = make()
    column.addWidget(button)
    pressed: list[str] = []
    button.clicked.connect(partial(pressed.append, "button"))
    QShortcut(QKeySequence("Ctrl+Return"), dialog, partial(pressed.append, "form"))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["button"] and dialog.isVisible()
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["button", "form"]
