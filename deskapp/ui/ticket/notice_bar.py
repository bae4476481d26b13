"""The line in a ticket that waits for whoever reads it: handed over, a reminder, what a letter suggests, a double, the
customer's consent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ...desk.values import Directory, Hint, TicketView
from .. import words
from ..i18n import fill, translate
from ..widgets import Button
from ..words import Times
from .bar import Bar

_ICONS = {
    "handed": "arrow-up", "given": "arrow-up", "reminder": "bell", "hint": "mail", "twin": "merge", "waits": "check"
}  # fmt: skip
_TOKENS = {"handed": "esc", "given": "esc", "reminder": "norm", "hint": "norm", "twin": "norm", "waits": "ok"}


class NoticeBar(Bar):
    """One thing at a time, by importance. ``pressed`` carries what is wanted: accept, return, done, hint, merge..."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.first = Button("", key="Y")
        self.second = Button("", key="Shift+Y")
        super().__init__("ticket.notice", "esc", (self.first, self.second), parent)
        self.kind = ""
        self.first.clicked.connect(lambda: self.pressed.emit(self._wanted[0]))
        self.second.clicked.connect(lambda: self.pressed.emit(self._wanted[1]))
        self.first.setObjectName("ticket.notice.first")
        self.second.setObjectName("ticket.notice.second")
        self._wanted = ("", "")

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
        elif self.kind == "waits":
            text = translate("Ticket", "Open until the customer agrees")
            first = (translate("Ticket", "Consent received"), "S", "consent")
            second = (translate("Ticket", "Not fixed"), "Shift+S", "disagree")
        else:
            number = view.twin[1] if view.twin else None
            text = fill(translate("Ticket", "Looks like %1. Merge?"), words.number(number))
            first = (translate("Ticket", "Merge"), "Shift+M", "merge")
            second = (translate("Ticket", "Open it"), "", "open")
        self._wanted = (first[2], second[2])
        for button, (label, key, _wanted) in ((self.first, first), (self.second, second)):
            button.setText(label)
            button.setAccessibleName(label)
            button.set_key(key)
            button.setVisible(bool(label))
        self.say(text, _ICONS[self.kind], _TOKENS[self.kind])


def _kind(view: TicketView, times: Times) -> str:
    if view.handed is not None:
        return "handed" if view.handed.mine else "given"
    if view.reminders and view.reminders[0] <= times.now:
        return "reminder"
    if view.hints:
        return "hint"
    if view.twin is not None:
        return "twin"
    return "waits" if view.status == "resolved" else ""


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
