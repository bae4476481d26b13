"""Ctrl+M: a macro acts upon the ticket, and its answer goes where the cursor stands; or the reply becomes another of
the desk's letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from ...desk import macros, templates
from ...desk.macros import Canned
from ...desk.values import Changes
from .. import letterwords, words
from ..i18n import translate
from ..popups import ChoicePopup, Option
from .letter_edit import LetterEdit

if TYPE_CHECKING:
    from .composer import Composer


class MacroPicker(QObject):
    """The list of macros over the form; what is written there stays."""

    def __init__(self, composer: Composer) -> None:
        super().__init__(composer)
        self._composer = composer
        self._editor: QWidget | None = None

    def open(self) -> None:
        """Read what is offered; the editor that has the focus gets the text."""
        self._editor = self._at_hand()
        self._composer.runner.run("reader", macros.offered, on_done=self._offer, key="composer.macros")

    def _at_hand(self) -> QWidget | None:
        focus = QApplication.focusWidget()
        if isinstance(focus, LetterEdit | QPlainTextEdit) and self._composer.isAncestorOf(focus):
            return focus
        page = self._composer.stack.currentWidget()
        found: QWidget | None = page.findChild(LetterEdit) if page is not None else None
        return found or (page.findChild(QPlainTextEdit) if page is not None else None)

    def _offer(self, found: tuple[Canned, ...]) -> None:
        composer = self._composer
        if not composer.ticket_id():
            return
        options = [Option(one.id, one.name, "zap", note=_what(one)) for one in found]
        if "reply" in composer.tabs.names():
            letter = translate("Composer", "letter")
            options += [Option(kind, letterwords.title(kind), "mail", note=letter) for kind in templates.BY_HAND]
        if not options:
            options = [Option("", translate("Composer", "No macros yet: they are made in Settings, Macros"), "info")]
        popup = ChoicePopup(composer, translate("Composer", "Macros"), options, None, "Ctrl+M")
        popup.setObjectName("composer.macros")
        popup.chosen.connect(lambda macro, _go_on: self._use(str(macro)))
        editor = self._editor or composer
        popup.open_at(QRect(editor.mapToGlobal(QPoint(0, 0)), editor.size()))

    def _use(self, macro_id: str) -> None:
        if macro_id in templates.BY_HAND:
            self._composer.write(macro_id)
        elif macro_id:
            ticket_id = self._composer.ticket_id()
            self._composer.act(macros.use, macro_id, ticket_id, done=partial(self._used, ticket_id))

    def _used(self, ticket_id: str, changes: Changes) -> None:
        text, editor = str(changes.result or ""), self._editor
        if not text or editor is None or self._composer.ticket_id() != ticket_id:
            return
        if isinstance(editor, LetterEdit):
            editor.insert(text)
        elif isinstance(editor, QPlainTextEdit):
            editor.insertPlainText(text)
        editor.setFocus()


def _what(macro: Canned) -> str:
    """Whether it writes, acts, or both."""
    parts = [translate("Composer", "answer")] if macro.text.strip() else []
    parts += [translate("Composer", "%n act(s)", None, len(macro.acts))] if macro.acts else []
    return words.NBSP.join([", ".join(parts)])
