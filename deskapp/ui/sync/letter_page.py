"""The main part of the Sync screen for a letter that failed, and for what waits or has joined."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from ...desk.syncboard import FailedLetter, TicketName
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import Button, ElidedLabel, Label, Panel, PrimaryButton
from . import values


def kind_words(kind: str) -> str:
    return {
        "failed": translate("Sync", "The letter was not accepted"),
        "unknown": translate("Sync", "It is not known whether the letter left"),
        "bounced": translate("Sync", "Letters to this address come back"),
        "quarantined": translate("Sync", "A letter could not be read"),
    }[kind]


def _told(error: str) -> str:
    """Why it did not leave: our own words in the reader's language, a server's as they are."""
    ours = {
        "The application ended while this letter was leaving.": translate(
            "Sync", "The application ended while this letter was leaving."
        ),
        "The date in this letter no longer holds. It was not sent; promise a new one.": translate(
            "Sync", "The date in this letter no longer holds. It was not sent; promise a new one."
        ),
    }
    return ours.get(error, error)


class LetterPage(Panel):
    """What happened to a letter, its source, and what can be done. ``done`` carries: again, settled, deliverable,
    open."""

    done = Signal(str)

    def __init__(self) -> None:
        super().__init__("bg-window", "")
        self.setObjectName("sync.letter")
        u = theme.current().u
        self.letter: FailedLetter | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(5 * u, 3 * u, 5 * u, 3 * u)
        inner.setSpacing(2 * u)
        self.title = Label("", "title")
        self.title.setWordWrap(True)
        self.who = ElidedLabel("", "body", "text2")
        self.error = Label("", "body", "crit")
        self.error.setObjectName("sync.letter.error")
        self.error.setWordWrap(True)
        self.advice = Label("", "body")
        self.advice.setWordWrap(True)
        self.source = QPlainTextEdit()
        self.source.setObjectName("sync.letter.source")
        self.source.setReadOnly(True)
        self.source.setTabChangesFocus(True)
        for widget in (self.title, self.who, self.error, self.advice):
            inner.addWidget(widget)
        inner.addWidget(self.source, 1)
        column.addLayout(inner, 1)
        foot = Panel("bg-base", "t")
        row = QHBoxLayout(foot)
        row.setContentsMargins(5 * u, 3 * u, 5 * u, 3 * u)
        row.setSpacing(2 * u)
        self.open = Button("")
        self.open.setObjectName("sync.letter.open")
        self.open.clicked.connect(lambda: self.done.emit("open"))
        self.first = PrimaryButton("", key="1")
        self.first.setObjectName("sync.letter.first")
        self.first.clicked.connect(lambda: self.press(0))
        self.second = Button("", key="2")
        self.second.setObjectName("sync.letter.second")
        self.second.clicked.connect(lambda: self.press(1))
        row.addWidget(self.open)
        row.addStretch(1)
        row.addWidget(self.second)
        row.addWidget(self.first)
        column.addWidget(foot)

    def show_letter(self, letter: FailedLetter, times: words.Times) -> None:
        fresh = self.letter is None or self.letter.id != letter.id
        self.letter = letter
        self.title.setText(kind_words(letter.kind))
        about = (
            f"{values.ticket(letter.ticket)} \u00b7 {letter.subject}" if letter.ticket is not None else letter.subject
        )
        parts = (times.moment(letter.at), letter.who, about)
        self.who.setText(" \u00b7 ".join(part for part in parts if part))
        self.error.setText(_told(letter.error))
        self.error.setVisible(bool(letter.error))
        self.advice.setText(
            {
                "failed": translate("Sync", "Nothing was lost. Mend what the server says, then send it again."),
                "unknown": translate(
                    "Sync",
                    "The connection broke while it was sent. Look among the sent letters of the mailbox: was it there? "
                    "It is never sent again by itself.",
                ),
                "bounced": translate("Sync", "The customer did not get it. Find another address, or ring them up."),
                "quarantined": translate("Sync", "It is kept as it came; the others went on. Below is its source."),
            }[letter.kind]
        )
        buttons = {
            "failed": (translate("Sync", "Send again"), translate("Sync", "It was sent")),
            "unknown": (translate("Sync", "Send again"), translate("Sync", "It was sent")),
            "bounced": (translate("Sync", "The address works again"), ""),
            "quarantined": ("", ""),
        }[letter.kind]
        for button, text in zip((self.first, self.second), buttons, strict=True):
            button.setText(text)
            button.setVisible(bool(text))
        self.open.setText(translate("Sync", "Open the ticket"))
        self.open.setVisible(letter.ticket is not None)
        self.source.setAccessibleName(translate("Sync", "Source of the letter"))
        self.source.setFont(theme.current().fixed_font())
        if fresh:
            self.source.setPlainText("")

    def set_source(self, text: str) -> None:
        if text != self.source.toPlainText():
            self.source.setPlainText(text)

    def press(self, place: int) -> None:
        """1 or 2."""
        letter = self.letter
        if letter is None:
            return
        acts = {"failed": ("again", "settled"), "unknown": ("again", "settled"), "bounced": ("deliverable",)}
        ways = acts.get(letter.kind, ())
        if place < len(ways):
            self.done.emit(ways[place])


class PlainPage(Panel):
    """What waits or has joined: nothing is to be done, the ticket can be opened."""

    open_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("bg-window", "")
        self.setObjectName("sync.plain")
        u = theme.current().u
        self._ticket: TicketName | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * u, 3 * u, 5 * u, 3 * u)
        column.setSpacing(2 * u)
        self.title = ElidedLabel("", "title")
        self.about = Label("", "body", "text2")
        self.about.setWordWrap(True)
        self.text = Label("", "body")
        self.text.setObjectName("sync.plain.text")
        self.text.setWordWrap(True)
        self.open = Button("", key="Return")
        self.open.setObjectName("sync.plain.open")
        self.open.clicked.connect(self.press)
        for widget in (self.title, self.about, self.text, self.open):
            column.addWidget(widget)
        column.addStretch(1)

    def show_line(self, title: str, about: str, text: str, ticket: TicketName | None) -> None:
        self._ticket = ticket
        self.title.setText(title)
        self.about.setText(about)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.open.setText(fill(translate("Sync", "Open %1"), words.number(ticket.number)) if ticket is not None else "")
        self.open.setVisible(ticket is not None)

    def press(self) -> None:
        if self._ticket is not None:
            self.open_wanted.emit(self._ticket.id)
