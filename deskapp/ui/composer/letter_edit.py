"""The text of a letter, in which one part, the promised date, cannot be typed over.

A date that a person could edit in the text would no longer be the one in the calendar; it changes only with the slot.
The guard is twofold: keys, mouse, drops and input methods are stopped before they touch it, and whatever road is left
(undo, an assistive technology) is noticed afterwards and taken back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from .. import theme

_MOVES = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta,
}  # fmt: skip


class LetterEdit(QTextEdit):
    """Plain text with at most one protected part. ``parts()`` gives (before, protected, behind)."""

    edited = Signal()  # a person changed the text
    left = Signal()  # the focus went elsewhere
    refused = Signal()  # somebody tried to write over the protected part
    image_pasted = Signal(QImage)
    files_given = Signal(list)  # of paths

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self._start = self._end = 0
        self._token = ""
        self._setting = False
        self._broken = False
        self._good: tuple[str, str, str] = ("", "", "")
        self.document().contentsChange.connect(self._moved)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._step_out)
        theme.current().changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        """No more than it needs: the letter takes the room that is left, and asks for none."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    # -- content

    def set_parts(self, before: str, token: str, behind: str) -> None:
        """Show a text; the protected part may be empty. The undo history begins anew, so that it cannot bring back an
        earlier date."""
        keep = self.textCursor().position()
        at_end = self.textCursor().atEnd() and not self.document().isEmpty()
        self._setting = True
        self.setPlainText(before + token + behind)
        self._token = token
        self._start, self._end = len(before), len(before) + len(token)
        self._mark()
        self.document().clearUndoRedoStacks()
        self._setting = False
        self._broken = False
        self._good = (before, token, behind)
        cursor = self.textCursor()
        cursor.setPosition(len(before + token + behind) if at_end else min(keep, len(before + token + behind)))
        self.setTextCursor(cursor)

    def set_text(self, text: str) -> None:
        self.set_parts(text, "", "")

    def text(self) -> str:
        return self.toPlainText()

    def parts(self) -> tuple[str, str, str]:
        text = self.toPlainText()
        return text[: self._start], text[self._start : self._end], text[self._end :]

    def token(self) -> str:
        return self._token

    def insert(self, text: str) -> None:
        """At the cursor, as if typed (macros, links to instructions)."""
        if self._may_write():
            self.textCursor().insertText(text)

    def cursor_into_gap(self) -> None:
        """To where a letter waits for its words: the empty lines between greeting and signature."""
        gap = self.toPlainText().find("\n\n\n")
        cursor = self.textCursor()
        cursor.setPosition(gap + 2 if gap >= 0 else 0)
        self.setTextCursor(cursor)

    # -- the guard

    def _mark(self) -> None:
        """Colour the protected part. Not by the text's own format, which typing beside it would inherit and undoing
        would take back."""
        marks = []
        if self._token:
            mark = QTextEdit.ExtraSelection()
            mark.format.setForeground(theme.current().color("accent"))
            mark.format.setBackground(theme.current().color("accent-bg"))
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(self._start)
            mark.cursor.setPosition(self._end, QTextCursor.MoveMode.KeepAnchor)
            marks.append(mark)
        self.setExtraSelections(marks)

    def _dress(self) -> None:
        self.setFont(theme.current().font("body"))
        self._mark()

    def _touches(self, start: int, end: int) -> bool:
        """Whether writing over ``start..end`` would change the protected part."""
        if not self._token:
            return False
        if start == end:
            return self._start < start < self._end
        return start < self._end and end > self._start

    def _may_write(self, extend: Callable[[QTextCursor], None] | None = None) -> bool:
        """Whether the selection (grown by ``extend`` where nothing is selected) may be replaced."""
        cursor = QTextCursor(self.textCursor())
        if extend is not None and not cursor.hasSelection():
            extend(cursor)
        if not self._touches(cursor.selectionStart(), cursor.selectionEnd()):
            return True
        self.refused.emit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._writes(event) and not self._key_allowed(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _writes(self, event: QKeyEvent) -> bool:
        if event.key() in _MOVES and not event.matches(QKeySequence.StandardKey.DeleteStartOfWord):
            return False
        for harmless in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll):
            if event.matches(harmless):
                return False
        for history in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
            if event.matches(history):
                return False
        return True

    def _key_allowed(self, event: QKeyEvent) -> bool:
        move, mode = QTextCursor.MoveOperation, QTextCursor.MoveMode.KeepAnchor
        word = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.DeleteEndOfLine):
            return self._may_write(lambda c: c.movePosition(move.EndOfBlock, mode))
        if event.matches(QKeySequence.StandardKey.DeleteCompleteLine):
            return self._may_write(lambda c: c.select(QTextCursor.SelectionType.BlockUnderCursor))
        if event.key() == Qt.Key.Key_Backspace:
            where = move.PreviousWord if word else move.PreviousCharacter
            return self._may_write(lambda c: c.movePosition(where, mode))
        if event.key() == Qt.Key.Key_Delete:
            where = move.NextWord if word else move.NextCharacter
            return self._may_write(lambda c: c.movePosition(where, mode))
        if event.text() or event.matches(QKeySequence.StandardKey.Paste):
            return self._may_write()
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if (event.commitString() or event.preeditString()) and not self._may_write():
            event.accept()
            return
        super().inputMethodEvent(event)

    def _moved(self, position: int, removed: int, added: int) -> None:
        if self._setting or not self._token:
            return
        if position >= self._end:
            return
        if position + removed <= self._start:
            self._start += added - removed
            self._end += added - removed
        elif removed != added or self.parts()[1] != self._token:
            self._broken = True

    def _changed(self) -> None:
        if self._setting:
            return
        if self._token and (self._broken or self.parts()[1] != self._token):
            self.set_parts(*self._good)
            self.refused.emit()
            return
        self._good = self.parts()
        if self._token:
            self._mark()
        self.edited.emit()

    def _step_out(self) -> None:
        """The cursor rests beside the protected part, never in it."""
        cursor = self.textCursor()
        if self._setting or not self._token:
            return
        if not cursor.hasSelection() and self._start < cursor.position() < self._end:
            middle = (self._start + self._end) / 2
            came_from_left = cursor.position() == self._start + 1
            to_end = came_from_left or (cursor.position() != self._end - 1 and cursor.position() >= middle)
            cursor.setPosition(self._end if to_end else self._start)
            self.setTextCursor(cursor)

    # -- paste and drop

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        paths = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if paths:
            self.files_given.emit(paths)
        elif source.hasImage() and not source.hasText():
            image = source.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.image_pasted.emit(image)
        elif source.hasText() and self._may_write():
            self.textCursor().insertText(source.text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasUrls():
            self.insertFromMimeData(event.mimeData())
            event.acceptProposedAction()
            return
        target = self.cursorForPosition(event.position().toPoint()).position()
        own = event.source() is self or event.source() is self.viewport()
        if self._touches(target, target) or (own and not self._may_write()):
            event.ignore()
            return
        super().dropEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
