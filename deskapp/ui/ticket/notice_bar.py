"""The line in a ticket that waits for whoever reads it: handed over, a reminder, what a letter suggests, a double."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ...desk.values import Directory, Hint, TicketView
from .. import icons, theme, words
from ..i18n import fill, translate
from ..widgets import Button, Label, Panel
from ..words import Times

#: The sentence beside the buttons is at least so wide, in units of the theme.
_SENTENCE = 50
_ICONS = {"handed": "arrow-up", "given": "arrow-up", "reminder": "bell", "hint": "mail", "twin": "merge"}
_TOKENS = {"handed": "esc", "given": "esc", "reminder": "norm", "hint": "norm", "twin": "norm"}


class NoticeBar(Panel):
    """One thing at a time, by importance. ``pressed`` carries what is wanted: accept, return, done, hint, merge...

    The keys belong to the ticket's commands and are only drawn here.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("esc-bg", "b", parent)
        self.setObjectName("ticket.notice")
        u = theme.current().u
        self.kind = ""
        self.text = Label("", "small", "esc")
        self.text.setWordWrap(True)
        self.text.setObjectName("ticket.notice.text")
        self.first = Button("", key="Y")
        self.second = Button("", key="Shift+Y")
        self.first.clicked.connect(lambda: self.pressed.emit(self._wanted[0]))
        self.second.clicked.connect(lambda: self.pressed.emit(self._wanted[1]))
        self.first.setObjectName("ticket.notice.first")
        self.second.setObjectName("ticket.notice.second")
        self._wanted = ("", "")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(9 * u, u + 2, 4 * u, u + 2)
        self._row.setSpacing(2 * u)
        self._row.addWidget(self.text, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * u)
        for button in (self.first, self.second):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._row.addLayout(self._buttons)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the sentence would become a column, the buttons go below it."""
        margins = self._row.contentsMargins()
        left = self.width() - margins.left() - margins.right() - self._buttons.sizeHint().width()
        beside = left >= _SENTENCE * theme.current().u
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    def show_view(self, view: TicketView | None, directory: Directory | None, times: Times) -> None:
        self.kind = "" if view is None else _kind(view, times)
        if view is not None and directory is not None and self.kind:
            self._say(view, directory, times)
        self.setVisible(bool(self.kind))

    def _say(self, view: TicketView, directory: Directory, times: Times) -> None:
        first = second = ("", "", "")
        if self.kind in ("handed", "given") and view.handed is not None:
            text = _handed(view, directory, times)
            if self.kind == "handed":
                first = (translate("Ticket", "Accept"), "Y", "accept")
                second = (translate("Ticket", "Return with a reason"), "Shift+Y", "return")
        elif self.kind == "reminder":
            text = fill(translate("Ticket", "You wanted to be reminded: %1"), times.moment(view.reminders[0]))
            first = (translate("Ticket", "Done"), "Y", "done")
            second = (translate("Ticket", "Remind again"), "Shift+H", "again")
        elif self.kind == "hint":
            text, act = _hinted(view.hints[0], directory)
            first = (act, "Y", "hint")
        else:
            number = view.twin[1] if view.twin else None
            text = fill(translate("Ticket", "Looks like %1. Merge?"), words.number(number))
            first = (translate("Ticket", "Merge"), "Shift+M", "merge")
            second = (translate("Ticket", "Open it"), "", "open")
        token = _TOKENS[self.kind]
        self.set_token(f"{token}-bg")
        self.text.set_token(token)
        self.text.setText(text)
        self._wanted = (first[2], second[2])
        for button, (label, key, _wanted) in ((self.first, first), (self.second, second)):
            button.setText(label)
            button.setAccessibleName(label)
            button.set_key(key)
            button.setVisible(bool(label))
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.kind:
            u = theme.current().u
            icons.paint(QPainter(self), QRect(4 * u, 0, 4 * u, self.height()), _ICONS[self.kind], _TOKENS[self.kind])


def _kind(view: TicketView, times: Times) -> str:
    if view.handed is not None:
        return "handed" if view.handed.mine else "given"
    if view.reminders and view.reminders[0] <= times.now:
        return "reminder"
    if view.hints:
        return "hint"
    return "twin" if view.twin is not None else ""


def _hinted(hint: Hint, directory: Directory) -> tuple[str, str]:
    """What a letter suggests, and what the button does about it."""
    if hint.kind == "agree":
        said = fill(translate("Ticket", "The letter of %1 sounds like consent: “%2”"), hint.who, hint.words)
        return said, translate("Ticket", "Consent received")
    if hint.kind == "disagree":
        said = fill(translate("Ticket", "The letter of %1 sounds like “not fixed”: “%2”"), hint.who, hint.words)
        return said, translate("Ticket", "Not fixed")
    if hint.kind == "requester":
        said = fill(translate("Ticket", "A forwarded letter. Written by %1, %2"), hint.who or hint.value, hint.value)
        return said, translate("Ticket", "Make them the requester")
    if hint.kind == "urgency":
        level = words.urgency(int(hint.value)).lower()
        said = fill(translate("Ticket", "The requester asks for urgency “%1”: %2"), level, hint.words)
        return said, translate("Ticket", "Set this urgency")
    said = fill(translate("Ticket", "The requester names the cause: %1"), directory.cause(hint.value))
    return said, translate("Ticket", "Set this cause")


def _handed(view: TicketView, directory: Directory, times: Times) -> str:
    handed = view.handed
    assert handed is not None
    at, way = times.moment(handed.made_at), f"L{handed.from_line} → L{handed.to_line}"
    giver, taker = directory.people.get(handed.from_id), directory.people.get(handed.to_id)
    if handed.automatic:
        return fill(translate("Ticket", "%1, %2: nobody took it in time, it went up a line"), way, at)
    if handed.mine:
        text = translate("Ticket", "%1, %2: %3 hands this over to you")
        return fill(text, way, at, giver.name if giver else "")
    if taker is not None:
        return fill(translate("Ticket", "%1, %2: handed to %3, not accepted yet"), way, at, taker.name)
    return fill(translate("Ticket", "%1, %2: handed to the line, nobody has accepted it yet"), way, at)
