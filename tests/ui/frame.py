"""A window with screens that stand in for the real ones, for tests of the frame alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from deskapp.core.clock import FixedClock
from deskapp.core.settings import Settings
from deskapp.desk.values import Changes, Clockwork
from deskapp.ui.actions import Action
from deskapp.ui.acts import Acts
from deskapp.ui.main_window import MainWindow
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.panes import Panes
from deskapp.ui.runner import TaskRunner
from deskapp.ui.screen import Screen, spec
from deskapp.ui.undo import UndoStack

MOSCOW = ZoneInfo("Europe/Moscow")


class Bench(Screen):
    """A list, an editor and a side panel."""

    def __init__(self, name: str, scopes: Sequence[str] = ()) -> None:
        super().__init__()
        self.name, self._scopes = name, scopes
        self.activated = 0
        self.heard: list[Changes] = []
        self.list = QListWidget()
        self.list.setObjectName(f"{name}.list")
        self.list.addItems([f"row {n}" for n in range(20)])
        self.editor = QPlainTextEdit()
        self.editor.setObjectName(f"{name}.editor")
        self.editor.setProperty("scope", "composer")
        self.editor.setProperty("control", True)
        main = QWidget()
        column = QVBoxLayout(main)
        column.addWidget(self.editor)
        side = QWidget()
        column = QVBoxLayout(side)
        self.field = QLineEdit()
        self.field.setWhatsThis("The person who asked.")
        column.addWidget(self.field)
        column.addStretch(1)
        self.panes = Panes(name, self.list, main, side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.panes)

    def title(self) -> str:
        return self.tr("Queue") if self.name == "queue" else self.tr("Calendar")

    def window_title(self) -> str:
        return "#4117 Baltprom" if self.name == "queue" else ""

    def activate(self) -> None:
        self.activated += 1
        self.list.setFocus()

    def refresh(self, changes: Changes) -> None:
        self.heard.append(changes)

    def scopes(self) -> Sequence[str]:
        return self._scopes

    def parts(self) -> Sequence[QWidget]:
        return (self.list, self.panes.main, self.panes.side) if self.panes.side else (self.list,)

    def toggle_side(self) -> None:
        self.panes.toggle_side()

    def has_side(self) -> bool:
        return True


@dataclass
class Frame:
    window: MainWindow
    runner: TaskRunner
    messages: Messages
    recorder: Recorder
    acts: Acts
    undo: UndoStack
    settings: Settings
    clock: FixedClock
    ran: list[str] = field(default_factory=list)

    def screen(self) -> Bench:
        screen = self.window.screen_now()
        assert isinstance(screen, Bench)
        return screen


def revert(desk: Any, tx: str) -> Changes:
    desk.append(f"revert {tx}")
    return Changes({"ticket": frozenset({"t1"})}, tx=f"{tx}-undone")


def day_clock(_desk: Any) -> Clockwork:
    until = datetime(2026, 11, 3, 17, 0, tzinfo=MOSCOW)
    return Clockwork(until, "Europe/Moscow", "open", until, 258, True, "")


def make_frame(clock: FixedClock, settings_path: Path | None = None, synchronous: bool = True) -> Frame:
    messages = Messages()
    recorder = Recorder(messages)
    runner = TaskRunner([], messages, synchronous=synchronous)
    undo = UndoStack(runner, messages, revert, clock.now)
    acts = Acts(runner, undo)
    settings = Settings(settings_path)
    window = MainWindow(runner, messages, acts, undo, settings, clock.now, MOSCOW, day_clock)
    frame = Frame(window, runner, messages, recorder, acts, undo, settings, clock)
    ran = frame.ran

    def note(word: str) -> Any:
        return lambda: ran.append(word)

    window.registry.add(
        Action("ticket.new", QT_TRANSLATE_NOOP("Actions", "New ticket"), note("new"), "plus", "Ctrl+N"),
        Action("call.new", QT_TRANSLATE_NOOP("Actions", "Phone call"), note("call"), "phone", "F4"),
        Action("timer.toggle", QT_TRANSLATE_NOOP("Actions", "Timer"), note("timer"), "timer", "F8"),
        Action(
            "ticket.answer", QT_TRANSLATE_NOOP("Actions", "Answer or promise"), note("answer"), "reply", "R", "ticket"
        ),
        Action("ticket.merge", QT_TRANSLATE_NOOP("Actions", "Merge"), note("merge"), "merge", "Shift+M", "queue"),
        Action("calendar.today", QT_TRANSLATE_NOOP("Actions", "Today"), note("today"), "calendar", "T", "calendar"),
        Action("composer.send", QT_TRANSLATE_NOOP("Actions", "Send"), note("send"), "send", "Ctrl+Return", "composer"),
    )
    window.register(
        spec("queue", lambda: Bench("queue", ("ticket", "queue"))),
        spec("calendar", lambda: Bench("calendar", ("calendar",))),
        spec("settings", lambda: Bench("settings")),
    )
    window.set_person("МС", "p-3", "Марина Соколова")
    return frame
