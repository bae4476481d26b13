"""The user guide in a window of its own: the chapter about where one is, and all the others beside it.

The text is the guide of ``docs``, shipped with the application. A chapter begins at a heading of the second level; a
line ``<!-- queue ticket -->`` before it names the screens, pages and parts of the window that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument, QTextFrame, QTextTable
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from ..core import paths
from . import i18n, theme
from .settings.rows import TallRows
from .widgets import Button

_HEADING = re.compile(r"^(?:<!-- (?P<about>[a-z ]+) -->\n)?## (?P<title>.+)$", re.MULTILINE)
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """``about``: ids of screens ("queue"), pages of the settings ("mail") and scopes of keys ("composer")."""

    title: str
    text: str
    about: tuple[str, ...] = ()


def read(language: str) -> tuple[Chapter, ...]:
    """The chapters in their order; none where the guide was not installed. Pictures are left out: the window itself is
    beside it.
    """
    try:
        whole = paths.guide(language).read_text("utf-8")
    except OSError:
        return ()
    whole = _PICTURE.sub("", whole)
    found = list(_HEADING.finditer(whole))
    ends = [one.start() for one in found[1:]] + [len(whole)]
    return tuple(
        Chapter(
            one["title"],
            whole[one.start("title") : end].partition("\n")[2].strip(),
            tuple((one["about"] or "").split()),
        )
        for one, end in zip(found, ends, strict=True)
    )


class _Text(QTextBrowser):
    """Reads what it is given and fetches nothing, whatever a link or a picture names."""

    def loadResource(self, _kind: int, _url: QUrl) -> None:
        return None


class GuideWindow(QDialog):
    """Read-only; it stays open beside the window and follows its language."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        u = theme.current().u
        self.resize(230 * u, 184 * u)
        self.list = QListWidget()
        self.list.setObjectName("guide.chapters")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFixedWidth(64 * u)
        self.list.setItemDelegate(TallRows(self.list))
        self.text = _Text()
        self.text.setObjectName("guide.text")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(4 * u)
        self.close_button = Button("", "x")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(3 * u)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addLayout(foot)
        self._chapters: tuple[Chapter, ...] = ()
        self.list.currentRowChanged.connect(self._show)
        theme.current().changed.connect(self._redress)
        self._read()

    def open_at(self, about: Iterable[str]) -> None:
        """Show the chapter of the first of these places that has one, else the first chapter."""
        rows = {place: row for row, chapter in reversed([*enumerate(self._chapters)]) for place in chapter.about}
        self.list.setCurrentRow(next((rows[place] for place in about if place in rows), 0))
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def _read(self) -> None:
        row = max(0, self.list.currentRow())
        self.setWindowTitle(self.tr("User guide"))
        self.list.setAccessibleName(self.tr("Chapters"))
        self.text.setAccessibleName(self.tr("User guide"))
        self.close_button.setText(self.tr("Close"))
        self._chapters = read(i18n.language())
        self.list.clear()
        self.list.addItems([chapter.title for chapter in self._chapters])
        self.list.setCurrentRow(row)
        if not self._chapters:
            self.text.setPlainText(self.tr("The guide is missing here. Install the application again."))

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._chapters):
            return
        look = theme.current()
        chapter = self._chapters[row]
        document = self.text.document()
        document.setDefaultFont(look.font("body"))
        document.setMarkdown(
            f"# {chapter.title}\n\n{chapter.text}", QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        )
        _spaced_lines(document)
        for frame in document.rootFrame().childFrames():
            _spaced(frame)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _redress(self) -> None:
        self._show(self.list.currentRow())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._read()
        super().changeEvent(event)


def _spaced_lines(document: QTextDocument) -> None:
    """Lines and paragraphs with air, for reading."""
    u = theme.current().u
    cursor = QTextCursor(document)
    while True:
        shape = cursor.blockFormat()
        shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.currentTable() is None:
            shape.setTopMargin(u)
            shape.setBottomMargin(2 * u)
        cursor.setBlockFormat(shape)
        if not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
            return


def _spaced(frame: QTextFrame) -> None:
    """A table with lines between its cells, and room in them."""
    if isinstance(frame, QTextTable):
        look = theme.current()
        shape = frame.format().toTableFormat()
        shape.setCellPadding(look.u)
        shape.setCellSpacing(0)
        shape.setBorder(1)
        shape.setBorderCollapse(True)
        shape.setBorderBrush(look.color("line"))
        frame.setFormat(shape)
