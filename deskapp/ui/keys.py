"""Keys of the window: one router turns the registry's keys into shortcuts of the window.

Qt's own shortcut map does the matching, for two reasons: a text field claims what it types before any
shortcut sees it, and an event filter on the application would run Python for every event of every widget.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from .actions import Action, ActionRegistry

#: Latin key -> what the same physical key gives on a Russian layout.
RUSSIAN = dict(
    zip(
        "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`",
        "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
        strict=True,
    )
)
_LATIN = {russian: latin for latin, russian in RUSSIAN.items()}

#: Keys that a focused button, list box or switch uses for itself.
_ACTIVATING = frozenset({"Space", "Return", "Enter", "Left", "Right", "Up", "Down", "Home", "End", "+", "-"})


def russian_twin(key: str) -> str | None:
    """The same physical keys on a Russian layout: "Ctrl+K" -> "Ctrl+Л"; None where nothing differs."""
    head, plus, last = key.rpartition("+") if not key.endswith("+") else ("", "", key)
    twin = RUSSIAN.get(last.upper())
    return f"{head}{plus}{twin}" if twin else None


def bind(owner: QWidget, key: str, run: Callable[[], object]) -> QShortcut:
    """A shortcut of a window that answers to the same physical keys on a Russian layout too."""
    shortcut = QShortcut(owner)
    shortcut.setKeys([QKeySequence(each) for each in (key, russian_twin(key)) if each])
    shortcut.activated.connect(run)
    # On some layouts both spellings match the same press, which Qt reports as ambiguous.
    shortcut.activatedAmbiguously.connect(run)
    return shortcut


def other_layout(text: str) -> str:
    """Text typed on the wrong layout, either way round: "rfktylfhm" -> "календарь", "гтвщ" -> "undo"."""
    result = []
    for letter in text:
        upper = letter.upper()
        swapped = RUSSIAN.get(upper) or _LATIN.get(upper) or letter
        result.append(swapped if letter == upper and letter.isalpha() else swapped.lower())
    return "".join(result)


def takes_text(widget: QWidget | None) -> bool:
    """Whether typing letters there means writing (or choosing from a list) and not commanding."""
    if widget is None:
        return False
    # by name: no start waits for the classes themselves
    if any(map(widget.inherits, ("QLineEdit", "QPlainTextEdit", "QTextEdit"))):
        return widget.property("readOnly") is False
    return any(map(widget.inherits, ("QComboBox", "QAbstractSpinBox"))) or widget.property("takesText") is True


def is_single(key: str) -> bool:
    """A bare letter, digit or sign (with or without Shift), which typing could mean as well."""
    last = key[-1] if key.endswith("+") else key.rpartition("+")[2]
    modified = any(name in key for name in ("Ctrl+", "Alt+", "Meta+"))
    return not modified and (len(last) == 1 or last == "Space")


class KeyRouter(QObject):
    """Keeps exactly those shortcuts alive that are valid where the focus is.

    Inner scopes win over outer ones. Bare letters are off while the focus widget takes text, and can be
    switched off altogether. A widget with the property "ownKeys" keeps activating keys (Space, Enter, arrows)
    to itself.
    """

    def __init__(self, window: QWidget, actions: ActionRegistry) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._single_letters = True
        self._shortcuts: dict[str, list[tuple[str, QShortcut]]] = {}
        self._declared: dict[str, Action] = {}
        actions.changed.connect(self.refresh)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.refresh()

    def set_single_letters(self, on: bool) -> None:
        self._single_letters = on
        self._enable()

    def refresh(self) -> None:
        """Take over what was declared or withdrawn."""
        wanted = {action.id: action for action in self._actions.all() if action.keys() and not action.by_view}
        for action_id in [known for known, action in self._declared.items() if wanted.get(known) is not action]:
            for _key, shortcut in self._shortcuts.pop(action_id):
                shortcut.setEnabled(False)
                shortcut.deleteLater()
            del self._declared[action_id]
        for action_id, action in wanted.items():
            if action_id not in self._declared:
                self._declared[action_id] = action
                self._shortcuts[action_id] = [(key, self._make(key)) for key in action.keys()]
        self._enable()

    def _make(self, key: str) -> QShortcut:
        shortcut = bind(self._window, key, partial(self._press, key))
        shortcut.setAutoRepeat(not is_single(key) or key in ("J", "K"))
        return shortcut

    def _press(self, key: str) -> None:
        """Run the innermost command of that key which is valid now."""
        for scope in self._actions.active_scopes():
            for action in self._actions.in_scope(scope):
                if key in action.keys() and not action.by_view and self._actions.trigger(action.id, by="key"):
                    return

    def _focus_moved(self, _old: QWidget | None, _now: QWidget | None) -> None:
        self._enable()

    def _enable(self) -> None:
        focus = QApplication.focusWidget()
        typing = takes_text(focus)
        activating = typing or isinstance(focus, QAbstractButton)
        activating = activating or (focus is not None and focus.property("ownKeys") is True)
        taken: set[str] = set()
        for scope in self._actions.active_scopes():
            for action in self._actions.in_scope(scope):
                for key, shortcut in self._shortcuts.get(action.id, ()):
                    off = key in taken
                    off = off or (is_single(key) and (typing or not self._single_letters))
                    off = off or (activating and key in _ACTIVATING)
                    shortcut.setEnabled(not off)
                    if not off:
                        taken.add(key)
        active = set(self._actions.active_scopes())
        for action_id, shortcuts in self._shortcuts.items():
            if self._declared[action_id].scope not in active:
                for _key, shortcut in shortcuts:
                    shortcut.setEnabled(False)
