"""A note in which @ offers the colleagues: whoever is named there is told, and follows the ticket."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter

from ...desk.values import Person
from ..fields import TextField
from ..keys import other_layout

_BEGUN = re.compile(r"(?<![\w.])@([\w\-]*(?: [\w\-]*)?)$")


class MentionField(TextField):
    """Arrows choose, Enter or Tab takes the name, Esc goes on without."""

    def __init__(self, name: str, lines: int = 2) -> None:
        super().__init__(name, lines)
        self._people: list[str] = []
        self._names = QStringListModel(self)
        self.completer = QCompleter(self)
        self.completer.setModel(self._names)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setWidget(self)
        self.completer.activated.connect(self.take)

    def set_people(self, people: Iterable[Person]) -> None:
        self._people = [person.name for person in people if person.active]

    def begun(self) -> str | None:
        """What is typed behind the @ before the cursor; None where there is none."""
        cursor = self.textCursor()
        found = _BEGUN.search(cursor.block().text()[: cursor.positionInBlock()])
        return found[1] if found else None

    def offered(self) -> list[str]:
        """Colleagues whose name has a word that begins so, in either layout."""
        typed = self.begun()
        if typed is None:
            return []
        spelled = {typed.casefold(), other_layout(typed).casefold()}
        return [
            name
            for name in self._people
            if any(part.startswith(one) for one in spelled for part in (name.casefold(), *name.casefold().split()))
            and typed.casefold().strip() != name.casefold()
        ]

    def take(self, name: str) -> None:
        """Put the whole name in place of what was typed."""
        typed = self.begun()
        if typed is not None:
            cursor = self.textCursor()
            for _letter in typed:
                cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(f"{name} ")
            self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.completer.popup()
        if popup.isVisible() and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Escape,
            Qt.Key.Key_Tab,
        ):
            event.ignore()  # the list's own
            return
        super().keyPressEvent(event)
        if event.text() or event.key() == Qt.Key.Key_Backspace:
            self._offer()

    def _offer(self) -> None:
        names = self.offered()
        if not names:
            self.completer.popup().hide()
            return
        self._names.setStringList(names)
        place = self.cursorRect()
        place.setWidth(self.completer.popup().sizeHintForColumn(0) + 24)
        self.completer.complete(place)
        self.completer.popup().setCurrentIndex(self.completer.completionModel().index(0, 0))
