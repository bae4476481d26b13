"""What a second start, a link or the system hands over to the window. It can show and prefill, nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from PySide6.QtCore import QTimer

from .i18n import translate

if TYPE_CHECKING:
    from ..desk.values import Changes
    from .desktop import Desktop

_LONGEST = 100_000
_AGAIN_MS = 300


def hear(desktop: Desktop, word: str) -> None:
    """``call:NUMBER``, ``ticket:N``, ``new:fields``, ``letter:PATH``; anything else only raises the window."""
    what, _colon, rest = word[:_LONGEST].partition(":")
    if what == "call":
        desktop.call(rest)
    elif what == "ticket" and rest.isascii() and rest.isdigit() and len(rest) < 10:
        desktop.open_number(int(rest))
    elif what == "new":
        _new(desktop, rest)
    elif what == "letter" and rest:
        _letter(desktop, rest)


def _new(desktop: Desktop, fields: str) -> None:
    said = {key: values[0] for key, values in parse_qs(fields).items()}
    form: Any = desktop.new_ticket()
    for name, value in (("address", said.get("address", "")), ("subject", said.get("subject", ""))):
        if value:
            getattr(form, name).setText(value)
    if said.get("body"):
        form.text.setPlainText(said["body"])


def _letter(desktop: Desktop, path: str) -> None:
    def taken(changes: Changes) -> None:
        desktop.acts.heard(changes)
        if len(changes.tickets) == 1:
            desktop.show_ticket(next(iter(changes.tickets)))
        else:
            desktop.messages.say(translate("Links", "The letter is among those that are kept: it made no new ticket."))

    if desktop.desk.mail is None:  # the room of mail opens a moment after the first picture
        QTimer.singleShot(_AGAIN_MS, desktop, partial(_letter, desktop, path))
    else:
        desktop.runner.run("writer", _take_in, path, on_done=taken)


def _take_in(desk: Any, path: str) -> Changes:
    from ..desk import mailport

    return mailport.take_in(desk, [path], lambda _done, _total: True)
