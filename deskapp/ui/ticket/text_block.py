"""Text of a letter or a note: read-only, selectable with mouse and keys, as high as its lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from .. import theme

#: Letters longer than this start folded, so that opening a ticket does not lay out a novel.
LONG_LETTER = 6000

Run = tuple[str, str, str]  # text, type role, colour role


class TextBlock(QTextBrowser):
    """`source` is who wrote it and when: what Ctrl+C puts before the copied text."""

    def __init__(self, source: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._runs: tuple[Run, ...] = ()
        self._height = 0
        self._heights: dict[int, int] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setTabChangesFocus(True)
        theme.current().changed.connect(self._write)

    def loadResource(self, _kind: int, _name: QUrl) -> None:
        """Nothing is fetched for a letter."""
        return None

    def set_runs(self, runs: Sequence[Run]) -> None:
        self._runs = tuple(runs)
        self.setAccessibleName("".join(text for text, _, _ in runs)[:400])
        self._write()

    def _write(self) -> None:
        look = theme.current()
        self.setFont(look.font("body"))
        palette = QPalette(look.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Highlight, look.color("accent-fill"))
        palette.setColor(QPalette.ColorRole.HighlightedText, look.color("on-accent"))
        self.setPalette(palette)
        self.document().clear()
        cursor = QTextCursor(self.document())
        for text, role, token in self._runs:
            form = QTextCharFormat()
            form.setFont(look.font(role))
            form.setForeground(look.color(token))
            cursor.insertText(text, form)
        self._height = 0
        self._heights.clear()
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        # Layouts ask for the same widths again and again; each new one lays the whole text out.
        height = self._heights.get(width)
        if height is None:
            self._lay_out(width)
            height = self._heights[width] = int(self.document().size().height()) + 1
        return height

    def _lay_out(self, width: int) -> None:
        document = self.document()
        if document.textWidth() != width:
            layout = document.documentLayout()
            layout.blockSignals(True)  # bars that are never there need not be set
            document.setTextWidth(width)
            layout.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.viewport().width())  # a layout may have asked for another width last
        super().paintEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 400
        return QSize(width, self.heightForWidth(max(width, 40)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = self.heightForWidth(self.viewport().width())
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the stream scrolls, not the letter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.textCursor().hasSelection():
            self.copy_with_source()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) or (
            event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def copy_with_source(self) -> None:
        """The selection, after a line that says who wrote it and when."""
        chosen = self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        QGuiApplication.clipboard().setText(f"{self.source}\n{chosen}" if self.source else chosen)
