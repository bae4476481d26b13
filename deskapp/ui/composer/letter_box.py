"""A letter being written: to whom, the text, what is attached, and from which template it came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ...desk.values import LetterDraft
from .. import theme, words
from ..i18n import fill
from ..widgets import ElidedLabel, Label, LinkButton, ToolButton
from .attachments import Attached, Attachments
from .letter_edit import LetterEdit
from .merge import merge_letter

Addresses = tuple[tuple[str, str], ...]


_PARTS = re.compile(r'(?:"[^"]*"|<[^>]*>|[^,;"<])+')
_ADDRESS = r"[^@\s<>,;\"]+@[^@\s<>,;\"]+"
_ONE = re.compile(rf'(?:"?(?P<name>[^"<>]*)"?\s*<\s*(?P<inside>{_ADDRESS})\s*>|(?P<bare>{_ADDRESS}))')


def written(people: Addresses) -> str:
    """As the field shows them: the bare address of one, names and addresses of several."""
    if len(people) == 1:
        return people[0][1]
    return ", ".join(_one(name, address) for name, address in people)


def _one(name: str, address: str) -> str:
    name = name.replace('"', "").strip()
    if not name:
        return address
    return f'"{name}" <{address}>' if any(sign in name for sign in ",;()<>@") else f"{name} <{address}>"


def read(text: str, known: Mapping[str, str]) -> tuple[Addresses, tuple[str, ...]]:
    """Addresses out of a field, and what in it is none. Names known from the ticket come back to their addresses."""
    people: list[tuple[str, str]] = []
    wrong: list[str] = []
    for part in _PARTS.findall(text):
        piece = part.strip()
        if not piece:
            continue
        found = _ONE.fullmatch(piece)
        if found is None:
            wrong.append(piece)
        else:
            address = found["inside"] or found["bare"]
            people.append(((found["name"] or "").strip() or known.get(address.lower(), ""), address))
    return tuple(dict.fromkeys(people)), tuple(wrong)


class _Field(QLineEdit):
    """A line without a frame inside the letter's."""

    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def focusOutEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().focusOutEvent(event)
        self.left.emit()


class LetterBox(QFrame):
    """The frame around To, Cc, text and files.

    ``set_draft`` takes a letter drafted anew; what was typed meanwhile stays. ``draft()`` gives the letter as it would
    leave, ``state()``/``restore()`` what a stored draft keeps.
    """

    edited = Signal()
    left = Signal()
    file_failed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("control", True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        u = theme.current().u
        self._letter: LetterDraft | None = None
        self._base = ("", "", "")
        self._base_to = self._base_cc = ""
        self._names: dict[str, str] = {}

        column = QVBoxLayout(self)
        column.setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u)
        column.setSpacing(u)
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        self._to_label = Label(self.tr("To:"), "small", "text2")
        self.to = _Field(self.tr("To"))
        self.to.setObjectName(f"{name}.to")
        self._cc_link = LinkButton(self.tr("Cc"), "small")
        self._cc_link.setObjectName(f"{name}.add_cc")
        self._cc_link.setAccessibleName(self.tr("Add a copy to"))
        self._cc_link.clicked.connect(self._open_cc)
        self._template = ElidedLabel("", "small", "text2", Qt.TextElideMode.ElideRight)
        self._template.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._template.setMaximumWidth(50 * u)
        self._template.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clip = ToolButton("paperclip", self.tr("Attach files"), "Ctrl+Shift+A")
        self.clip.setObjectName(f"{name}.attach")
        head.addWidget(self._to_label)
        head.addWidget(self.to, 1)
        head.addWidget(self._cc_link)
        head.addWidget(self._template)
        head.addWidget(self.clip)
        column.addLayout(head)

        self._cc_row = QWidget()
        cc = QHBoxLayout(self._cc_row)
        cc.setContentsMargins(0, 0, 0, 0)
        cc.setSpacing(2 * u)
        self.cc = _Field(self.tr("Copy to"))
        self.cc.setObjectName(f"{name}.cc")
        cc.addWidget(Label(self.tr("Cc:"), "small", "text2"))
        cc.addWidget(self.cc, 1)
        self._cc_row.hide()
        column.addWidget(self._cc_row)

        self.edit = LetterEdit()
        self.edit.setObjectName(f"{name}.text")
        self.edit.setAccessibleName(self.tr("Text of the letter"))
        self.edit.setMinimumHeight(16 * u)
        column.addWidget(self.edit, 1)
        self.attachments = Attachments()
        column.addWidget(self.attachments)

        for field in (self.to, self.cc):
            field.textEdited.connect(self.edited)
            field.left.connect(self.left)
        self.edit.edited.connect(self.edited)
        self.edit.left.connect(self.left)
        self.edit.image_pasted.connect(self.attachments.add_image)
        self.edit.files_given.connect(self.attachments.add_paths)
        self.attachments.changed.connect(self.edited)
        self.attachments.failed.connect(self.file_failed)
        self.clip.clicked.connect(self.attachments.ask)
        theme.current().changed.connect(self._dress)
        self._dress()

    # -- the letter

    def set_draft(self, letter: LetterDraft, name: str = "") -> None:
        """Show a drafted letter. What was changed by hand in the earlier one stays. ``name``: the template's."""
        fresh = split(letter)
        if self.edit.text() == "".join(self._base):
            parts = fresh
        else:
            mine, base = self.edit.parts(), self._base
            if mine[1] and base[1] and fresh[1]:
                before, behind = merge_letter((base[0], base[2]), (mine[0], mine[2]), (fresh[0], fresh[2]))
                parts = (before, fresh[1], behind)
            else:
                parts = _with_token("".join(mine), mine, fresh)
        if parts != self.edit.parts() or self.edit.token() != parts[1]:
            self.edit.set_parts(*parts)
        self._base = fresh
        self._names.update({address.lower(): who for who, address in (*letter.to, *letter.cc) if who})
        to, cc = written(letter.to), written(letter.cc)
        if self.to.text() in ("", self._base_to):
            self.to.setText(to)
            self.to.setCursorPosition(0)
        if self.cc.text() in ("", self._base_cc):
            self.cc.setText(cc)
            self.cc.setCursorPosition(0)
        self._base_to, self._base_cc = to, cc
        if self.cc.text():
            self._show_cc()
        self._letter = letter
        shown = name or letter.template
        self._template.setText(fill(self.tr("Template %1"), words.quoted(shown)) if shown else "")

    def clear(self) -> None:
        """Forget letter, typed text and files."""
        self._letter = None
        self._base = ("", "", "")
        self._base_to = self._base_cc = ""
        self.to.clear()
        self.cc.clear()
        self._cc_row.hide()
        self._cc_link.show()
        self._template.setText("")
        self.edit.set_text("")
        self.attachments.set_files(())

    def drafted(self) -> LetterDraft | None:
        """The letter as the desk drafted it, without what was typed."""
        return self._letter

    def touched(self) -> bool:
        """Whether a person changed anything."""
        return (
            self.edit.text() != "".join(self._base)
            or self.to.text() != self._base_to
            or self.cc.text() != self._base_cc
            or bool(self.attachments.files())
        )

    def draft(self) -> LetterDraft | None:
        """The letter as it stands; None before one was drafted."""
        if self._letter is None:
            return None
        return LetterDraft(
            to=read(self.to.text(), self._names)[0],
            cc=read(self.cc.text(), self._names)[0],
            subject=self._letter.subject,
            body=self.edit.text(),
            template=self._letter.template,
            language=self._letter.language,
            date_token=self.edit.token(),
        )

    def files(self) -> tuple[Attached, ...]:
        return self.attachments.files()

    def problem(self) -> str:
        """Why it cannot leave as it stands, in words; empty when it can."""
        to, wrong = read(self.to.text(), self._names)
        _cc, wrong_cc = read(self.cc.text(), self._names)
        if wrong or wrong_cc:
            return fill(self.tr("%1 is no e-mail address."), words.quoted((*wrong, *wrong_cc)[0]))
        if not to:
            return self.tr("Say to whom the letter goes.")
        if not self.edit.text().strip():
            return self.tr("The letter has no text yet.")
        return ""

    def first_wrong(self) -> QWidget:
        """The field that ``problem`` speaks of."""
        to, wrong = read(self.to.text(), self._names)
        if wrong or not to:
            return self.to
        if read(self.cc.text(), self._names)[1]:
            return self.cc
        return self.edit

    # -- drafts

    def state(self) -> dict[str, Any]:
        return {
            "to": self.to.text(),
            "cc": self.cc.text(),
            "parts": list(self.edit.parts()),
            "base": list(self._base),
            "base_to": self._base_to,
            "base_cc": self._base_cc,
            "files": self.attachments.stored(),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Put back what a stored draft kept; a letter drafted afterwards is merged with it."""
        parts = kept.get("parts")
        if not parts and kept.get("body"):
            # a letter that was taken back from the outbox
            parts = (str(kept["body"]), "", "")
            kept = {
                "base": ("", "", ""),
                "to": written(tuple((str(name), str(address)) for name, address in kept.get("to", ()))),
                "cc": written(tuple((str(name), str(address)) for name, address in kept.get("cc", ()))),
            }
        if not parts:
            return
        self.edit.set_parts(*(str(part) for part in parts))
        self._base = tuple(str(part) for part in kept.get("base", ("", "", "")))  # type: ignore[assignment]
        self._base_to, self._base_cc = str(kept.get("base_to", "")), str(kept.get("base_cc", ""))
        self.to.setText(str(kept.get("to", "")))
        self.cc.setText(str(kept.get("cc", "")))
        if self.cc.text():
            self._show_cc()
        self.attachments.restore(kept.get("files", ()))

    # -- looks

    def _open_cc(self) -> None:
        self._show_cc()
        self.cc.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_cc(self) -> None:
        self._cc_row.show()
        self._cc_link.hide()

    def _dress(self) -> None:
        for field in (self.to, self.cc):
            field.setFont(theme.current().font("small"))


def split(letter: LetterDraft) -> tuple[str, str, str]:
    """The text as (before, date, behind); without a date all of it is before."""
    if letter.date_token and letter.date_token in letter.body:
        before, token, behind = letter.body.partition(letter.date_token)
        return before, token, behind
    return letter.body, "", ""


def _with_token(typed: str, mine: tuple[str, str, str], fresh: tuple[str, str, str]) -> tuple[str, str, str]:
    """A text that gains or loses its date as a whole: the typed words stay, the date comes with the drafted ones."""
    if fresh[1] and not mine[1]:
        return fresh[0], fresh[1], fresh[2] + ("\n\n" + typed if typed.strip() else "")
    if mine[1] and not fresh[1]:
        return typed, "", ""
    return typed, "", ""
