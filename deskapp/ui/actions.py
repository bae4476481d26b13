"""Every command of the window, declared once: menus, palette, overlay, tooltips and keys all read this list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal
from PySide6.QtGui import QKeySequence

from .i18n import translate

EVERYWHERE = "everywhere"
#: Order in which the overlay and the menu show them.
SCOPES = (EVERYWHERE, "queue", "ticket", "calendar", "customers", "composer", "sync")

_SCOPE_WORDS = {
    EVERYWHERE: QT_TRANSLATE_NOOP("Actions", "Everywhere"),
    "queue": QT_TRANSLATE_NOOP("Actions", "Queue"),
    "ticket": QT_TRANSLATE_NOOP("Actions", "Ticket"),
    "calendar": QT_TRANSLATE_NOOP("Actions", "Calendar"),
    "customers": QT_TRANSLATE_NOOP("Actions", "Customers"),
    "composer": QT_TRANSLATE_NOOP("Actions", "Composer"),
    "sync": QT_TRANSLATE_NOOP("Actions", "Sync"),
}


class DuplicateKey(ValueError):
    """Two commands want the same key where both are valid."""


def _always() -> bool:
    return True


class Action(NamedTuple):
    """One command.

    `text` is the English source, marked `QT_TRANSLATE_NOOP("Actions", "...")` where it is declared. `key` is
    portable ("Ctrl+K", "R", "?"); `more_keys` do the same. With `by_view` the focused view handles the key
    itself (arrows, Enter in a list) and it is only shown here. `keywords` are further English words that find
    it in the palette, also in context "Actions". `hidden` keeps it out of palette and menu (one of a family,
    such as Alt+1..3).
    """

    id: str
    text: str
    run: Callable[[], object]
    icon: str = ""
    key: str = ""
    scope: str = EVERYWHERE
    enabled_when: Callable[[], bool] = _always
    more_keys: tuple[str, ...] = ()
    by_view: bool = False
    keywords: str = ""
    hidden: bool = False
    text_context: str = "Actions"

    def words(self) -> str:
        return translate(self.text_context, self.text)

    def search_words(self) -> tuple[str, ...]:
        """What finds it: its words in both languages, keywords, and its id."""
        found = [self.words(), self.text, self.id.replace(".", " ").replace("_", " ")]
        if self.keywords:
            found += [translate("Actions", self.keywords), self.keywords]
        return tuple(found)

    def keys(self) -> tuple[str, ...]:
        return (self.key, *self.more_keys) if self.key else self.more_keys


#: Other spellings of a key that has been named already: what Shift+Tab sends, and the plus without Shift.
_SPELLINGS = ("Backtab", "Enter", "=")


def shown_keys(action: Action) -> list[str]:
    """The keys worth showing: the first, and those that are not just another spelling of it."""
    return [key for place, key in enumerate(action.keys()) if not place or not key.endswith(_SPELLINGS)]


def portable(key: str) -> str:
    """One spelling for a key sequence: "ctrl+k" and "Ctrl+K" are the same. ValueError if Qt does not know it."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    if not text:
        raise ValueError(f"unknown key {key!r}")
    return text


def of_ticket(name: str, text: str, key: str, run: Callable[[], object], icon: str, when: Callable[[], bool]) -> Action:
    """A command of the ticket that is open, where ``when`` admits it."""
    return Action(f"ticket.{name}", text, run, icon, key, "ticket", enabled_when=when)


class ActionRegistry(QObject):
    """The list. `changed` after commands came or went, `used` after one ran, `key_hint` to teach a key once."""

    changed = Signal()
    used = Signal(str)
    key_hint = Signal(str, str)  # words, key

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, Action] = {}
        self._active: tuple[str, ...] = (EVERYWHERE,)
        self._used: Counter[str] = Counter()
        self._by_mouse: Counter[str] = Counter()

    # -- declaring

    def add(self, *actions: Action) -> None:
        """Declare commands. ValueError for a known id or an unknown key, DuplicateKey for a key that is
        taken.
        """
        for action in actions:
            if action.id in self._actions:
                raise ValueError(f"{action.id} is declared twice")
            keys = tuple(portable(key) for key in action.keys())
            self._refuse_taken(action, keys)
            self._actions[action.id] = action._replace(key=keys[0] if keys else "", more_keys=keys[1:])
        self.changed.emit()

    def remove(self, *ids: str) -> None:
        for action_id in ids:
            self._actions.pop(action_id, None)
        self.changed.emit()

    def _refuse_taken(self, action: Action, keys: tuple[str, ...]) -> None:
        for other in self._actions.values():
            meet = other.scope == action.scope or EVERYWHERE in (other.scope, action.scope)
            both = set(keys) & set(other.keys())
            # A view's own key (Enter in a list) may well be something else where another part has the focus.
            if meet and both and not (action.by_view or other.by_view):
                raise DuplicateKey(f"{', '.join(sorted(both))}: {other.id} and {action.id}")

    # -- asking

    def get(self, action_id: str) -> Action:
        return self._actions[action_id]

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._actions

    def all(self) -> list[Action]:
        return list(self._actions.values())

    def in_scope(self, scope: str) -> list[Action]:
        return [action for action in self._actions.values() if action.scope == scope]

    def scopes(self) -> list[str]:
        """Scopes that have commands, the known ones first."""
        found = list(dict.fromkeys(action.scope for action in self._actions.values()))
        known = [scope for scope in SCOPES if scope in found]
        return known + [scope for scope in found if scope not in SCOPES]

    def active_scopes(self) -> tuple[str, ...]:
        """Innermost first; "everywhere" is always the last."""
        return self._active

    def set_active_scopes(self, scopes: Iterable[str]) -> None:
        """Say where the focus is: ("ticket", "queue") for a ticket beside the queue."""
        active = (*(scope for scope in dict.fromkeys(scopes) if scope != EVERYWHERE), EVERYWHERE)
        if active != self._active:
            self._active = active
            self.changed.emit()

    def valid(self, action: Action) -> bool:
        """Whether it makes sense here and now."""
        return action.scope in self._active and action.enabled_when()

    def key_text(self, action_id: str) -> str:
        """The key as menus write it, "" if there is none or no such command."""
        action = self._actions.get(action_id)
        return action.key if action else ""

    def tooltip(self, action_id: str) -> str:
        """Words and key, for a button that does the same."""
        action = self._actions[action_id]
        return f"{action.words()}  {action.key.replace('+', ' ')}" if action.key else action.words()

    def likely(self, count: int = 6) -> list[Action]:
        """The commands that are most likely wanted here: most used first, then as declared, inner scopes
        first.
        """
        here = [action for action in self._actions.values() if not action.hidden and self.valid(action)]
        order = {action.id: place for place, action in enumerate(here)}
        return sorted(
            here,
            key=lambda action: (-self._used[action.id], self._active.index(action.scope), order[action.id]),
        )[:count]

    # -- running

    def trigger(self, action_id: str, by: str = "key") -> bool:
        """Run a command if it is valid here; says whether it ran. `by`: key, mouse, palette, menu."""
        action = self._actions.get(action_id)
        if action is None or not self.valid(action):
            return False
        self._used[action_id] += 1
        if by == "mouse" and action.key:
            self._by_mouse[action_id] += 1
            if self._by_mouse[action_id] == 3:
                self.key_hint.emit(action.words(), action.key)
        action.run()
        self.used.emit(action_id)
        return True


def scope_words(scope: str) -> str:
    return translate("Actions", _SCOPE_WORDS[scope]) if scope in _SCOPE_WORDS else scope
