"""An article to read: its four parts, and apart from them what only the desk may know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QFont, QImage, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from ...desk.knowledge import PARTS, ArticleView
from ...desk.values import Directory
from .. import theme, words
from ..i18n import fill, translate
from ..ticket.bar import Bar
from ..widgets import Button, Chip, FlowLayout, Label
from . import texts, versions

_IMAGE = re.compile(r"sha256:([0-9a-f]{64})")


class Page(QTextBrowser):
    """Text of an article. Pictures come from the desk's own files alone, links are never followed by themselves."""

    link_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("knowledge.text")
        self.setAccessibleName(translate("Knowledge", "Text of the article"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.images: dict[str, QImage] = {}
        self.anchorClicked.connect(lambda url: self.link_wanted.emit(url.toString()))

    def loadResource(self, kind: int, name: QUrl) -> object:
        if kind == QTextDocument.ResourceType.ImageResource.value or kind == 2:
            found = _IMAGE.search(name.toString())
            return self.images.get(found.group(1)) if found else None
        return None


class Reading(QWidget):
    """Title, facts and text. ``images`` of the text are given later, when they have been read. A bar says where there
    are two versions of it."""

    compare_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("knowledge.reading")
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 4 * u, 6 * u, 2 * u)
        column.setSpacing(2 * u)
        self.title = Label("", "title")
        self.title.setObjectName("knowledge.title")
        self.title.setWordWrap(True)
        column.addWidget(self.title)
        facts = QWidget()
        self._facts = FlowLayout(facts, 2 * u)
        column.addWidget(facts)
        self.compare = Button(translate("Knowledge", "Compare"), key="V")
        self.compare.setObjectName("knowledge.compare")
        self.compare.clicked.connect(self.compare_wanted)
        self.bar = Bar("knowledge.versions_bar", "crit", (self.compare,))
        column.addWidget(self.bar)
        self.text = Page()
        column.addWidget(self.text, 1)
        self._view: ArticleView | None = None
        theme.current().changed.connect(self._write)

    def images_wanted(self) -> list[str]:
        """Hashes of the pictures that the text shows."""
        if self._view is None:
            return []
        return _IMAGE.findall(" ".join(getattr(self._view, name) for name in (*PARTS, "internal")))

    def set_images(self, images: Mapping[str, QImage]) -> None:
        self.text.images.update(images)
        if images:
            self._write()

    def set_view(self, view: ArticleView, directory: Directory, times: words.Times) -> None:
        self._view = view
        self.title.setText(texts.titled(view.number, view.title))
        self._facts.clear()
        owner = directory.people.get(view.owner_id)
        marked = texts.chip(view)
        if marked is not None:
            self._facts.addWidget(Chip(*marked))
        product = " ".join(part for part in (view.product, view.version) if part)
        facts = [product, directory.cause(view.cause_id)]
        facts.append(fill(translate("Knowledge", "owner: %1"), owner.name if owner else "—"))
        if view.checked_on:
            facts.append(fill(translate("Knowledge", "checked %1"), _day(view.checked_on)))
        if view.check_by and view.state != "retired":
            facts.append(fill(translate("Knowledge", "next check %1"), _day(view.check_by)))
        for text in facts:
            if text:
                self._facts.addWidget(Chip(text, "low"))
        self.bar.setVisible(view.two)
        if view.two:
            self.bar.say(versions.sentence(view, directory, times), "git-fork", "crit")
        self._write()

    def _write(self) -> None:
        """Each part under its head, the internal one on a ground of its own."""
        view = self._view
        if view is None:
            return
        look = theme.current()
        self.text.setFont(look.font("body"))
        document = self.text.document()
        document.clear()
        document.setDocumentMargin(0)
        head = QTextCharFormat()
        head.setFont(look.font("heading"))
        head.setForeground(look.color("text2"))
        cursor = QTextCursor(document)
        first = True
        for name in (*PARTS, "internal"):
            written = getattr(view, name).strip()
            if not written:
                continue
            around = QTextBlockFormat()
            around.setTopMargin(0 if first else 4 * look.u)
            around.setBottomMargin(look.u)
            if first:
                cursor.setBlockFormat(around)
            else:
                cursor.insertBlock(around, head)
            head.setForeground(look.color("high" if name == "internal" else "text2"))
            cursor.insertText(texts.part(name), head)
            below = QTextBlockFormat()
            cursor.insertBlock(below, QTextCharFormat())
            start = cursor.position()
            cursor.insertMarkdown(written)
            self._drop_empty(start)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            self._dress(cursor, start, name == "internal")
            first = False
        if first:
            cursor.insertText(translate("Knowledge", "Nothing is written yet."))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.text.setTextCursor(cursor)

    def _drop_empty(self, start: int) -> None:
        """A list begins a paragraph of its own and leaves an empty one before it."""
        block = self.text.document().findBlock(start)
        if not block.text() and block.next().isValid():
            empty = QTextCursor(block)
            empty.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor)
            empty.removeSelectedText()

    def _dress(self, cursor: QTextCursor, start: int, internal: bool) -> None:
        """The desk's own fonts and colours for what came out of the markdown."""
        look = theme.current()
        walk = QTextCursor(self.text.document())
        walk.setPosition(start)
        walk.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
        dressed = QTextCharFormat()
        dressed.setForeground(look.color("text"))
        if internal:
            dressed.setBackground(look.color("high-bg"))
        walk.mergeCharFormat(dressed)
        block = self.text.document().findBlock(start)
        while block.isValid() and block.position() <= cursor.position():
            part = QTextCursor(block)
            form = block.blockFormat()
            form.setBottomMargin(look.u)
            form.setTopMargin(0)
            part.setBlockFormat(form)
            if form.headingLevel():
                part.select(QTextCursor.SelectionType.BlockUnderCursor)
                strong = QTextCharFormat()
                strong.setFontPointSize(look.font("strong").pointSizeF())
                strong.setFontWeight(QFont.Weight.DemiBold)
                part.mergeCharFormat(strong)
            block = block.next()


def _day(stored: str) -> str:
    return words.date_short(date.fromisoformat(stored)) + words.NBSP + stored[:4]
