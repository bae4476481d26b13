"""The main job played through the real window by keys: what the demo without a display shows, and what a test checks.

A letter comes in, is opened, promised, worked on, finished, and closed with the customer's consent. Screens are
drawn on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QKeyCombination, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ..core.errors import UserFacingError
from ..desk import letters, mailport, ticket
from ..desk.values import Changes, TicketView
from .desktop import Desktop

SIZE = (1440, 900)
#: The window gathers keys and changes in pauses up to this long, milliseconds; longer timers are clocks.
_GATHERING_MS = 1_000
_STEP_MS = 5
_PATIENCE = 12_000


class Stage:
    """A person at the window: presses keys, types, waits until everything has come to rest, takes pictures."""

    def __init__(self, desktop: Desktop, shots: Path | None = None) -> None:
        self.desktop = desktop
        self.window = desktop.window
        self.shots = shots
        self.pictures: list[Path] = []

    # --- hands -----------------------------------------------------------------------------------------------

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, *keys: str) -> None:
        """Press key combinations as they are written in menus: "Ctrl+Return", "Alt+1", "L"."""
        for key in keys:
            combination: QKeyCombination = QKeySequence(key)[0]
            code, modifiers = combination.key(), combination.keyboardModifiers()
            plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
            text = key[-1].lower() if plain and len(key.rpartition("+")[2]) == 1 else ""
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                text = text.upper()
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus(), QKeyEvent(kind, code, modifiers, text))
            self.settle()

    def type(self, text: str) -> None:
        """Type letters of any alphabet into whatever has the focus."""
        for letter in text:
            target = self.focus()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        self.settle()

    def settle(self) -> None:
        """Wait until the lanes are idle and no pause in which the window gathers keys or changes is still running."""
        quiet = 0
        for _step in range(_PATIENCE):
            loop = QEventLoop()
            QTimer.singleShot(_STEP_MS, loop.quit)
            loop.exec()
            quiet = 0 if self._busy() else quiet + 1
            if quiet == 3:
                return
        raise UserFacingError("The window does not come to rest", "Something goes on asking; look at the log.")

    def _busy(self) -> bool:
        windows = [place.window for place in self.desktop.windows.all()]
        timers = [timer for part in (self.desktop, *windows) for timer in part.findChildren(QTimer)]
        running = [timer for timer in timers if timer.isActive() and timer.isSingleShot()]
        gathering = any(timer.interval() <= _GATHERING_MS for timer in running)
        return gathering or not self.desktop.runner.idle()

    # --- eyes ------------------------------------------------------------------------------------------------

    def shot(self, name: str) -> None:
        """Draw the window into the folder of pictures."""
        self.settle()
        if self.shots is not None:
            path = self.shots / f"{name}.png"
            if not self.window.grab().save(str(path)):
                raise UserFacingError("The picture could not be saved", "%1 cannot be written.", path)
            self.pictures.append(path)

    def ask(self, reading: Callable[..., Any], *args: Any) -> Any:
        """What a reading of the desk gives now, through its lane."""
        found: list[Any] = []
        self.desktop.runner.run("reader", reading, *args, on_done=found.append)
        self.settle()
        return found[0]

    def view(self, ticket_id: str) -> TicketView:
        found = self.ask(ticket.view, ticket_id)
        assert isinstance(found, TicketView)
        return found

    def expect(self, ticket_id: str, **values: object) -> TicketView:
        """The ticket, whose fields must have these values; AssertionError names the first that has not."""
        view = self.view(ticket_id)
        for name, wanted in values.items():
            found = getattr(view, name)
            if found != wanted:
                raise AssertionError(f"{name} is {found!r}, not {wanted!r}")
        return view

    # --- the job ---------------------------------------------------------------------------------------------

    def open(self) -> None:
        self.window.resize(*SIZE)
        self.desktop.start()
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def go_to(self, number: int) -> None:
        """By the palette, as a person who was told a number would."""
        self.press("Ctrl+K")
        self.type(str(number))
        self.press("Return")

    def letters_leave(self, pass_time: Callable[[], object]) -> None:
        """Let the time of undo pass, and the mail go round."""
        pass_time()
        changes: list[Changes] = []
        self.desktop.runner.run("writer", letters.release, on_done=changes.append)
        self.settle()
        self.desktop.acts.heard(changes[0])
        self.desktop.runner.run("net", mailport.round_)
        self.settle()

    def promise(self, number: int, effort: str) -> None:
        """Open a ticket and promise the first slot for an effort."""
        self.go_to(number)
        self.press("R")
        self.press("Ctrl+A")
        self.type(effort)
        self.press("Tab")
        self.press("Alt+1")

    def protocol(self, text: str) -> None:
        self.press("L")
        self.type(text)
        self.press("Ctrl+Return")

    def finish(self, solution: str, prevention: str) -> None:
        self.press("F")
        self.type(solution)
        self.press("Tab")
        self.type(prevention)

    def agree(self) -> None:
        """The customer said yes: one key, and the record of who and how as it is offered."""
        self.press("S")
        self.press("Ctrl+Return")


def play(stage: Stage, arrive: Callable[[], str], pass_time: Callable[[], object]) -> str:
    """The whole loop on the demo desk; ``arrive`` lets a letter in and gives its ticket. Returns the ticket's id."""
    stage.open()
    stage.shot("01-answer")
    stage.press("Ctrl+Tab", "Ctrl+Tab")
    stage.shot("02-mine-today")
    ticket_id = arrive()
    stage.settle()
    number = stage.view(ticket_id).number
    assert number is not None
    stage.promise(number, "1:30")
    stage.shot("03-promise")
    stage.press("Ctrl+Return")
    stage.expect(ticket_id, status="promised")
    stage.shot("04-letter-held")
    stage.letters_leave(pass_time)
    stage.protocol("Проверили настройки обмена: сертификат просрочен")
    stage.shot("05-protocol")
    stage.finish("Заменён сертификат обмена", "Следить за сроком сертификата: напоминание за месяц")
    stage.shot("06-finish")
    stage.press("Ctrl+Return")
    stage.expect(ticket_id, status="resolved")
    stage.letters_leave(pass_time)
    stage.agree()
    stage.expect(ticket_id, status="closed")
    stage.shot("07-closed")
    stage.press("Ctrl+2")
    stage.shot("08-calendar-week")
    stage.press("Alt+1")
    stage.shot("09-calendar-day")
    stage.press("Alt+3")
    stage.shot("10-calendar-two-weeks")
    stage.press("Alt+2", "Ctrl+T")
    stage.shot("11-calendar-table")
    stage.press("Ctrl+T", "Ctrl+K")
    stage.shot("12-palette")
    stage.press("Esc", "Ctrl+1", "?")
    stage.shot("13-keys")
    stage.press("Esc", "Ctrl+,")
    stage.shot("14-settings")
    return ticket_id
