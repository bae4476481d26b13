"""The commands that belong to the window itself, and the menus that list all commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from . import icons
from .actions import EVERYWHERE, Action, ActionRegistry, scope_words

if TYPE_CHECKING:
    from .desktop import Desktop
    from .main_window import MainWindow
    from .windows import Place

_ME = ("view.light", "view.dark", "view.system", "view.russian", "view.english", "app.quit")


def declare(window: MainWindow) -> None:
    """Give the window's registry its own commands."""
    undo = window.undo
    theme_words = (
        ("light", QT_TRANSLATE_NOOP("Actions", "Light theme"), "sun"),
        ("dark", QT_TRANSLATE_NOOP("Actions", "Dark theme"), "moon"),
        ("system", QT_TRANSLATE_NOOP("Actions", "Theme of the system"), "moon"),
    )
    window.registry.add(
        Action(
            "palette.open",
            QT_TRANSLATE_NOOP("Actions", "Search and commands"),
            window.open_palette,
            "search",
            "Ctrl+K",
        ),
        Action(
            "edit.undo",
            QT_TRANSLATE_NOOP("Actions", "Undo"),
            undo.undo,
            "undo-2",
            "Ctrl+Z",
            more_keys=("Ctrl+Alt+Z",),
            enabled_when=undo.can_undo,
        ),
        Action(
            "edit.redo",
            QT_TRANSLATE_NOOP("Actions", "Redo"),
            undo.redo,
            "redo-2",
            "Ctrl+Y",
            more_keys=("Ctrl+Shift+Z",),
            enabled_when=undo.can_redo,
        ),
        Action(
            "view.side",
            QT_TRANSLATE_NOOP("Actions", "Side panel"),
            window.toggle_side,
            "panel-right",
            "F9",
            enabled_when=window.has_side,
        ),
        Action(
            "view.next_part",
            QT_TRANSLATE_NOOP("Actions", "Next part of the window"),
            partial(window.cycle, 1),
            "layout-grid",
            "F6",
        ),
        Action(
            "view.previous_part",
            QT_TRANSLATE_NOOP("Actions", "Previous part of the window"),
            partial(window.cycle, -1),
            "layout-grid",
            "Shift+F6",
        ),
        Action("help.keys", QT_TRANSLATE_NOOP("Actions", "Keys"), window.open_keys, "keyboard", "?"),
        Action(
            "help.here",
            QT_TRANSLATE_NOOP("Actions", "Help on where you are"),
            window.help,
            "circle-question-mark",
            "F1",
        ),
        Action("help.guide", QT_TRANSLATE_NOOP("Actions", "User guide"), window.open_guide, "book-open"),
        Action("view.menu", QT_TRANSLATE_NOOP("Actions", "Menu bar"), window.toggle_menu, "list", "F10"),
        *(Action(f"view.{mode}", text, partial(window.set_theme, mode), icon) for mode, text, icon in theme_words),
        Action(
            "view.russian",
            QT_TRANSLATE_NOOP("Actions", "Russian language"),
            partial(window.set_language, "ru"),
            "languages",
        ),
        Action(
            "view.english",
            QT_TRANSLATE_NOOP("Actions", "English language"),
            partial(window.set_language, "en"),
            "languages",
        ),
        Action("app.quit", QT_TRANSLATE_NOOP("Actions", "Quit"), window.quit, "x", "Ctrl+Q"),
    )


def declare_desk(desktop: Desktop, place: Place) -> None:
    """Give a window the commands of the desk behind it."""

    def here(run: Callable[[], object]) -> Callable[[], object]:
        """Whatever window was used last: this one is meant."""
        return lambda: (desktop.windows.use(place), run())

    place.window.registry.add(
        Action("ticket.new", QT_TRANSLATE_NOOP("Actions", "New ticket"), here(desktop.new_ticket), "plus", "Ctrl+N"),
        Action("call.new", QT_TRANSLATE_NOOP("Actions", "Phone call"), here(desktop.call), "phone", "F4"),
        Action(
            "timer.toggle",
            QT_TRANSLATE_NOOP("Actions", "Timer start, stop"),
            here(desktop.toggle_timer),
            "clock",
            "F8",
        ),
        Action(
            "window.new",
            QT_TRANSLATE_NOOP("Actions", "Second window"),
            here(desktop.windows.open),
            "layout-grid",
            "Ctrl+Shift+N",
        ),
        Action(
            "window.beside",
            QT_TRANSLATE_NOOP("Actions", "Open in the second window"),
            here(desktop.open_beside),
            "external-link",
            "Ctrl+Shift+Return",
        ),
        Action(
            "calendar.emergency",
            QT_TRANSLATE_NOOP("Actions", "Emergency re-plan"),
            here(desktop.ask_emergency),
            "zap",
            "Ctrl+Shift+E",
        ),
        Action(
            "sharing.open",
            QT_TRANSLATE_NOOP("Actions", "Share this desk, invite, join"),
            place.screens.show_sharing,
            "users",
            keywords=QT_TRANSLATE_NOOP("Actions", "hub folder PostgreSQL invitation colleague"),
        ),
        Action("help.first_steps", QT_TRANSLATE_NOOP("Actions", "First steps"), here(desktop.first_steps), "flag"),
        Action("mail.now", QT_TRANSLATE_NOOP("Actions", "Fetch and send mail now"), desktop.mail, "mail"),
    )


class CommandBar(QMenuBar):
    """The menu bar: every command by its words. Hidden until asked for, and gone again after one use."""

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._came_from: QWidget | None = None
        self.hide()

    def toggle(self) -> None:
        """Show it, filled with what the registry holds now, or hide it and give the focus back."""
        if self.isVisible():
            self.put_away()
            return
        self._came_from = QApplication.focusWidget()
        self.clear()
        for scope in self._actions.scopes():
            menu = self.addMenu("deskapp" if scope == EVERYWHERE else scope_words(scope))
            for action in self._actions.in_scope(scope):
                if not action.hidden:
                    _add_item(menu, self._actions, action, self)
        self.show()
        self.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.setActiveAction(self.actions()[0])

    def put_away(self) -> None:
        self.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.MenuBarFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Alt, Qt.Key.Key_F10):
            self.put_away()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.hide()


def me_menu(parent: QWidget, actions: ActionRegistry) -> QMenu:
    """The menu behind the initials: look, language, quit."""
    menu = QMenu(parent)
    menu.aboutToShow.connect(partial(_fill, menu, actions))
    return menu


def _fill(menu: QMenu, actions: ActionRegistry) -> None:
    menu.clear()
    for action_id in _ME:
        _add_item(menu, actions, actions.get(action_id), None)


def _add_item(menu: QMenu, actions: ActionRegistry, action: Action, bar: CommandBar | None) -> None:
    item = menu.addAction(action.words().replace("&", "&&") + (f"\t{action.key}" if action.key else ""))
    if action.icon:
        icons.bind(item, action.icon)
    item.setEnabled(actions.valid(action))
    item.triggered.connect(partial(_run, actions, action.id, bar))


def _run(actions: ActionRegistry, action_id: str, bar: CommandBar | None, _checked: bool = False) -> None:
    if bar is not None:
        bar.put_away()
    actions.trigger(action_id, by="menu")
