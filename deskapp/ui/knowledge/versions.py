"""Two versions of an article side by side: who wrote which, what differs, and which of them holds from now on."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ...desk.conflicts import Conflict
from ...desk.knowledge import PARTS, ArticleView
from ...desk.values import Directory
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import Button, Label, PrimaryButton
from . import texts

WHICH = ("theirs", "mine")
_SHOWN = ("title", *PARTS, "internal")


def sentence(view: ArticleView, directory: Directory, times: words.Times) -> str:
    """Who wrote the two versions, for the bar above the article."""
    last = view.versions[-1]
    text = translate("Knowledge", "Two versions: %1 and %2. The second is in force until somebody chooses.")
    return fill(text, *(_by(last, which, directory, times) for which in WHICH))


def _by(conflict: Conflict, which: str, directory: Directory, times: words.Times) -> str:
    """ "Orlov, today, 10:30"."""
    author = conflict.author_mine if which == "mine" else conflict.author_theirs
    at = conflict.at_mine if which == "mine" else conflict.at_theirs
    person = directory.people.get(author)
    if directory.me is not None and directory.me.id == author:
        name = translate("Knowledge", "yours")
    else:
        name = person.short if person is not None else translate("Knowledge", "somebody’s")
    return f"{name}, {times.moment(at)}" if at is not None else name


def parts(view: ArticleView, which: str) -> list[tuple[str, str]]:
    """The parts in question, each as that version has it."""
    found: dict[str, str] = {}
    for conflict in view.versions:
        for name, text in (conflict.mine if which == "mine" else conflict.theirs).items():
            found[name] = str(text or "")
    return [(name, found[name]) for name in (*_SHOWN, *(n for n in found if n not in _SHOWN)) if name in found]


class _Version(QTextBrowser):
    """One version: heads of the parts, and on a ground of their own the lines that the other does not have."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setOpenLinks(False)

    def write(self, own: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]], directory: Directory) -> None:
        look = theme.current()
        self.setFont(look.font("body"))
        document = self.document()
        document.clear()
        document.setDocumentMargin(2 * look.u)
        head, plain, fresh = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        head.setFont(look.font("heading"))
        head.setForeground(look.color("text2"))
        plain.setForeground(look.color("text"))
        fresh.setForeground(look.color("text"))
        fresh.setBackground(look.color("high-bg"))
        around = QTextBlockFormat()
        around.setBottomMargin(look.u)
        cursor = QTextCursor(document)
        rival = dict(other)
        for place, (name, text) in enumerate(own):
            if place:
                cursor.insertBlock(around)
            cursor.setBlockFormat(around)
            cursor.insertText(_head(name), head)
            for line, differs in _lines(_said(name, text, directory), _said(name, rival.get(name, ""), directory)):
                cursor.insertBlock(around)
                cursor.insertText(line, fresh if differs else plain)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)


def _head(name: str) -> str:
    if name in (*PARTS, "internal"):
        return texts.part(name)
    return {
        "title": translate("Knowledge", "Title"),
        "product": translate("Knowledge", "Product"),
        "version": translate("Knowledge", "Version"),
        "cause_id": translate("Knowledge", "Cause of the tickets"),
        "owner_id": translate("Knowledge", "Owner"),
        "state": translate("Knowledge", "State"),
    }.get(name, name)


def _said(name: str, text: str, directory: Directory) -> str:
    if name == "owner_id":
        person = directory.people.get(text)
        return person.name if person is not None else "—"
    if name == "cause_id":
        return directory.cause(text) or "—"
    if name == "state":
        return texts.state(text)
    return text


def _lines(own: str, other: str) -> list[tuple[str, bool]]:
    """The lines of a text, and whether the other one lacks them."""
    mine = [line for line in own.splitlines() if line.strip()] or [translate("Knowledge", "nothing")]
    theirs = [line for line in other.splitlines() if line.strip()]
    same = {at for block in SequenceMatcher(None, theirs, mine, False).get_matching_blocks()
            for at in range(block.b, block.b + block.size)}  # fmt: skip
    return [(line, at not in same) for at, line in enumerate(mine)]


class VersionsDialog(QDialog):
    """``chosen`` carries theirs or mine. Keys: 1 and 2 choose, Enter keeps that one, Esc leaves it for later."""

    chosen = Signal(str)

    def __init__(self, view: ArticleView, directory: Directory, times: words.Times, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("knowledge.versions")
        self.setWindowTitle(fill(translate("Knowledge", "Two versions of %1"), texts.number(view.number)))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 5 * u)
        column.setSpacing(3 * u)
        column.addWidget(Label(texts.titled(view.number, view.title), "heading"))
        said = translate("Knowledge", "Lines that only one of them has are marked. The other one stays in the history.")
        note = Label(said, "small", "text2")
        note.setWordWrap(True)
        column.addWidget(note)
        both = QHBoxLayout()
        both.setSpacing(3 * u)
        group = QButtonGroup(self)
        last = view.versions[-1]
        self.choices: list[QRadioButton] = []
        self.texts: list[_Version] = []
        for place, which in enumerate(WHICH):
            by = _by(last, which, directory, times)
            title = f"{place + 1}. {by}"
            if last.stands == which:
                title = fill(translate("Knowledge", "%1 (in force now)"), title)
            choice = QRadioButton(title)
            choice.setObjectName(f"knowledge.versions.{which}")
            group.addButton(choice)
            self.choices.append(choice)
            text = _Version(f"knowledge.versions.{which}.text", title)
            text.write(parts(view, which), parts(view, WHICH[1 - place]), directory)
            self.texts.append(text)
            side = QVBoxLayout()
            side.setSpacing(u)
            side.addWidget(choice)
            side.addWidget(text, 1)
            both.addLayout(side, 1)
            QShortcut(QKeySequence(str(place + 1)), self).activated.connect(choice.click)
        self.choices[1 if last.stands == "mine" else 0].setChecked(True)
        column.addLayout(both, 1)
        foot = QHBoxLayout()
        foot.setSpacing(3 * u)
        foot.addStretch(1)
        self.later = Button(translate("Knowledge", "Decide later"), key="Esc")
        self.later.clicked.connect(self.reject)
        self.keep = PrimaryButton(translate("Knowledge", "Keep this version"), "check", "Return")
        self.keep.setObjectName("knowledge.versions.keep")
        self.keep.clicked.connect(self.accept)
        for button in (self.later, self.keep):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            foot.addWidget(button)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.accept)
        column.addLayout(foot)
        self.resize(min(230 * u, parent.window().width()), min(150 * u, parent.window().height()))
        self.choices[1 if last.stands == "mine" else 0].setFocus()

    def accept(self) -> None:
        self.chosen.emit(WHICH[1 if self.choices[1].isChecked() else 0])
        super().accept()
