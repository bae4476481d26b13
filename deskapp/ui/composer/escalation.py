"""Handing the ticket up: whom to, and a briefing that lets the next one go on from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from ...desk import escalation
from .. import theme, words
from ..fields import Body, Captioned, Choice, TextField, in_order
from ..i18n import fill, translate
from ..widgets import FlowLayout, Label
from .attachments import Attachments
from .page import Page

#: Parts of the briefing, in the order in which they are read.
PARTS = ("asked", "tried", "hypothesis", "wanted")
LINES = (1, 2, 3)


def part_name(part: str) -> str:
    return {
        "asked": translate("Composer", "Asked, and what they said"),
        "tried": translate("Composer", "Tried, with results"),
        "hypothesis": translate("Composer", "Hypothesis"),
        "wanted": translate("Composer", "Wanted"),
    }[part]


class EscalationPage(Page):
    """The protocol fills in what was asked and tried; nothing is handed over before all four parts are there."""

    name = "escalation"

    def __init__(self, composer) -> None:  # type: ignore[no-untyped-def]
        super().__init__(composer)
        u = theme.current().u
        self._known: dict[str, str] = {}  # what the protocol tells
        self._of = ""  # whose receivers are offered
        area = Body(16 * u)
        self.column.addWidget(area, 1)
        self.to = Choice()
        self.to.setObjectName("composer.escalation.to")
        self.to.setMinimumHeight(7 * u)
        self.watch = QCheckBox(self.tr("I keep watching"))
        self.watch.setObjectName("composer.escalation.watch")
        self.watch.setChecked(True)
        head = QHBoxLayout()
        head.setSpacing(4 * u)
        label = Label(self.tr("To"), "body", "text2")
        label.setBuddy(self.to)
        self.to.setAccessibleName(self.tr("To a line or a person"))
        self.to.setMaximumWidth(90 * u)
        head.addWidget(label)
        head.addWidget(self.to, 1)
        head.addWidget(self.watch)
        head.addStretch(1)
        area.column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(2 * u)
        self.parts: dict[str, TextField] = {}
        for place, part in enumerate(PARTS):
            field = TextField(part_name(part), 2)
            field.setObjectName(f"composer.escalation.{part}")
            field.textChanged.connect(self.edited)
            field.left.connect(self.left)
            self.parts[part] = field
            grid.addWidget(Captioned(part_name(part), field), place // 2, place % 2)
        for place in range(2):
            grid.setColumnStretch(place, 1)
            grid.setRowStretch(place, 1)
        area.column.addLayout(grid, 1)
        self._carry = QWidget()
        self._flow = FlowLayout(self._carry, 3 * u)
        self._boxes: dict[str, QCheckBox] = {}
        self._dropped: set[str] = set()
        area.column.addWidget(self._carry)
        self.attachments = Attachments()
        self.attachments.changed.connect(self.edited)
        area.column.addWidget(self.attachments)
        self.make_foot(self.tr("Hand over"), self.tr("The customer does not see this."), icon="arrow-up")
        self.to.activated.connect(lambda _index: self.edited.emit())
        self.watch.toggled.connect(self.edited)
        in_order(self.to, self.watch, *self.parts.values(), self.button)

    def first_focus(self) -> QWidget:
        """The protocol tells what was asked and tried: what a person adds comes first."""
        own = [self.parts[part] for part in ("hypothesis", "wanted")]
        return next((field for field in own if not field.text().strip()), own[-1])

    def attach(self) -> None:
        self.attachments.ask()

    # -- content

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        assert self.view is not None
        self._offer()
        self._known = {}
        for part in PARTS:
            self._put(part, str(draft.get(part, "")))
        self.watch.setChecked(bool(draft.get("watch", True)))
        if "to" in draft:
            self.to.select(str(draft["to"]))
        self._dropped = set(draft.get("dropped", ()))
        self.attachments.restore(draft.get("files", ()))
        self._ask_protocol()

    def refresh_view(self) -> None:
        self._ask_protocol()

    def _put(self, part: str, text: str) -> None:
        field = self.parts[part]
        blocked = field.blockSignals(True)
        field.set_text(text)
        field.blockSignals(blocked)

    def _offer(self) -> None:
        """Lines first, the next one chosen; then everybody, those of the next line before the others."""
        assert self.view is not None
        chosen = "" if self.view.id != self._of else self.to.currentData()
        self._of = self.view.id
        self.to.clear()
        known = [person for person in self.directory.people.values() if person.active]
        for line in LINES:
            if line != self.view.line and any(line in person.lines for person in known):
                self.to.addItem(fill(self.tr("Line L%1"), line), f"{line}:")
        following = min(3, self.view.line + 1)
        me = self.directory.me
        people = [person for person in known if me is None or person.id != me.id]
        for person in sorted(people, key=lambda one: following not in one.lines):
            line = following if following in person.lines else max(person.lines, default=following)
            self.to.addItem(fill(self.tr("%1, L%2"), person.name, line), f"{line}:{person.id}")
        self.to.select(chosen if chosen and self.to.findData(chosen) >= 0 else f"{following}:")

    def _ask_protocol(self) -> None:
        assert self.view is not None
        self.composer.runner.run(
            "reader", escalation.prefill, self.view.id, on_done=self._told, key="composer.escalation"
        )

    def _told(self, brief: escalation.Briefing) -> None:
        """What the protocol says goes into the fields that nobody has written in."""
        for part in ("asked", "tried"):
            fresh = getattr(brief, part)
            if self.parts[part].text() in ("", self._known.get(part, "")):
                self._put(part, fresh)
            self._known[part] = fresh
        self._flow.clear()
        self._boxes = {}
        for file in brief.files:
            box = QCheckBox(f"{file.name}, {words.size(file.size)}")
            box.setObjectName("composer.escalation.file")
            box.setAccessibleName(fill(self.tr("Give %1 along"), file.name))
            box.setChecked(file.id not in self._dropped)
            box.toggled.connect(self._files_chosen)
            self._boxes[file.id] = box
            self._flow.addWidget(box)
        in_order(self.parts[PARTS[-1]], *self._boxes.values(), self.button)
        self._carry.setVisible(bool(self._boxes))

    def _files_chosen(self) -> None:
        self._dropped = {file for file, box in self._boxes.items() if not box.isChecked()}
        self.edited.emit()

    def state(self) -> dict[str, Any]:
        typed = {part: field.text() for part, field in self.parts.items()}
        own = any(typed[part].strip() and typed[part] != self._known.get(part, "") for part in PARTS)
        if not own and not self.attachments.files():
            return {}
        return typed | {
            "to": self.to.currentData() or "",
            "watch": self.watch.isChecked(),
            "dropped": sorted(self._dropped),
            "files": self.attachments.stored(),
        }

    # -- handing over

    def send(self) -> None:
        assert self.view is not None
        typed = {part: field.text().strip() for part, field in self.parts.items()}
        lacking = escalation.missing(**typed)
        if lacking:
            text = fill(self.tr("Still missing: %1."), ", ".join(part_name(part).lower() for part in lacking))
            self.complain(text, self.parts[lacking[0]])
            return
        chosen = self.to.currentData()
        if not chosen:
            self.complain(self.tr("There is nobody to hand it to: add lines in Settings, Team."), self.to)
            return
        line, _colon, person = str(chosen).partition(":")
        self.act(
            escalation.give,
            self.view.id,
            int(line),
            person,
            **typed,
            carry=[file for file, box in self._boxes.items() if box.isChecked()],
            watch=self.watch.isChecked(),
            attached=self.attachments.files(),
        )

    def wipe(self) -> None:
        self._known = {}
        for part in PARTS:
            self._put(part, "")
        self._dropped = set()
        self.attachments.set_files(())
