"""What was found of a place, in words: one line a thing, what to do where something is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...desk.hubport import PlaceCheck
from .. import theme, words
from ..i18n import fill, translate
from .choice_page import Fact

#: Without these no desk is put there; the others are only said.
_BLOCKING = frozenset({"safe", "writable", "exclusive", "version", "rights", "account", "free"})


def may_share(found: Sequence[PlaceCheck]) -> bool:
    return bool(found) and all(one.ok for one in found if one.code in _BLOCKING)


def sentence(one: PlaceCheck) -> str:
    good = {
        "safe": translate("Sharing", "No program copies this folder behind your back"),
        "writable": translate("Sharing", "It can be written to"),
        "exclusive": translate("Sharing", "A name is given to one file only"),
        "delay": translate("Sharing", "Fast enough: %1"),
        "clock": translate("Sharing", "The clocks agree: %1"),
        "version": translate("Sharing", "PostgreSQL %1"),
        "account": translate("Sharing", "Account: %1"),
        "rights": translate("Sharing", "%1 may create the desk there"),
        "encrypted": translate("Sharing", "The connection is encrypted, or does not leave this machine"),
        "careful": translate("Sharing", "The server keeps what it has acknowledged"),
        "free": translate("Sharing", "No other desk is there"),
        "same": translate("Sharing", "This copy equals the others"),
        "numbers": translate("Sharing", "No ticket number is given twice"),
    }
    wrong = {
        "safe": translate(
            "Sharing",
            "%1 copies this folder later and lets two desktops overwrite each other: letters and promises would be "
            "lost. Choose a folder on a network share, or PostgreSQL.",
        ),
        "writable": translate("Sharing", "It cannot be written to. Ask for the right to write and to delete there."),
        "exclusive": translate(
            "Sharing",
            "This share gives one name to two files: two desktops would overwrite each other. Use another one.",
        ),
        "delay": translate("Sharing", "Slow: %1. It works, but changes of colleagues appear late."),
        "clock": translate("Sharing", "The clocks differ: %1. Set them, or dates will look wrong."),
        "version": translate("Sharing", "PostgreSQL %1 is too old: 13 or newer is needed."),
        "account": translate("Sharing", "This account can only read (%1). Ask for the role “member”."),
        "rights": translate("Sharing", "%1 may not create anything there. Ask the administrator of the database."),
        "encrypted": translate("Sharing", "Letters would travel readable: add sslmode=verify-full to the address."),
        "careful": translate("Sharing", "The server may lose what it acknowledged: fsync or full_page_writes is off."),
        "free": translate("Sharing", "A shared desk is there already. Join it by an invitation instead."),
        "same": translate("Sharing", "This copy differs from the others. Make it anew: what is not shared is kept."),
        "unshared": translate("Sharing", "Not compared: changes wait here that nobody else has yet. Share them first."),
        "numbers": translate("Sharing", "Some ticket numbers are given twice: %1. Merge those tickets."),
    }
    text = (good if one.ok else wrong).get(one.code, one.value)
    return fill(text, _figure(one))


def _figure(one: PlaceCheck) -> str:
    """The value of a measured thing with its unit, in the language of the window."""
    figure, unit, _rest = f"{one.value}  ".split(" ", 2)
    if one.code not in ("delay", "clock") or not figure.isdecimal():
        return one.value
    number = int(figure)
    if unit == "ms":
        return translate("Sharing", "%n ms", None, number)
    return words.duration(number // 60) if number >= 60 else translate("Sharing", "%n s", None, number)


class Checks(QWidget):
    """The lines of what was found; empty until something was."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sharing.checks")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().u)

    def show_checks(self, found: Sequence[PlaceCheck]) -> None:
        while self._column.count():
            widget = self._column.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            blocks = one.code in _BLOCKING
            icon, token = ("check", "ok") if one.ok else ("x", "crit") if blocks else ("triangle-alert", "high")
            self._column.addWidget(Fact(icon, sentence(one), token, "text" if one.ok else token))
        self.setVisible(bool(found))

    def texts(self) -> list[str]:
        return [fact.label.text() for fact in self.findChildren(Fact) if not fact.isHidden()]
