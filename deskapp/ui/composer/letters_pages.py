"""Letters to the requester: reply, reminder, question, refusal, and a new date; the last one has a page of its own
(`finish_page`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ...desk import closing, families, letters, promise, templates, when
from ...desk.values import LetterDraft
from .. import letterwords, theme, words
from ..fields import Body, Captioned, LineField, TextField, in_order
from ..i18n import fill, translate
from ..widgets import Label
from . import calls
from .letter_box import LetterBox
from .page import Page

if TYPE_CHECKING:
    from ...desk.families import Member


def open_hint() -> str:
    return translate("Composer", "Open until the customer agrees")


def family_hint(children: Sequence[Member], what: str) -> str:
    """Who else is told: the requesters of the tickets of the same fault that are still open."""
    told = [child for child in children if child.status not in ("resolved", "closed", "refused")]
    if what == "slip":
        told = [child for child in told if child.status != "new"]
    numbers = ", ".join(words.number(child.number) for child in told)
    return fill(translate("Composer", "Told as well, by letters of their own: %1"), numbers) if told else ""


_REDRAFT_PAUSE = 250  # ms after the last key, before the letter takes a field over


class LetterPage(Page):
    """A tab with a letter that its template writes from the fields above it."""

    kind = ""  # of the template

    def __init__(self, composer) -> None:  # type: ignore[no-untyped-def]
        super().__init__(composer)
        self._awaited = False  # a letter is being drafted
        self._send_then = False  # and is to be sent at once
        area = Body(24 * theme.current().u)
        self.body = area.column
        self.column.addWidget(area, 1)
        self.letter = LetterBox(f"composer.{self.name}.letter")
        self.letter.edited.connect(self.edited)
        self.letter.left.connect(self.left)
        self.letter.file_failed.connect(self._file_failed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_REDRAFT_PAUSE)
        self._pause.timeout.connect(self.redraft)
        self.build()
        self.body.addWidget(self.letter, 1)
        in_order(*self.typed(), self.letter.to, self.letter.cc, self.letter.edit, self.letter.clip, *self.last())

    def build(self) -> None:
        """Fields above the letter, and the foot."""
        raise NotImplementedError

    def typed(self) -> tuple[QWidget, ...]:
        """The fields above the letter in their order."""
        return ()

    def last(self) -> tuple[QWidget, ...]:
        """What stands in the foot."""
        return (self.button,)

    def values(self) -> dict[str, Any]:
        """What the fields give to the template."""
        return {}

    def fields(self) -> dict[str, Any]:
        """What a draft keeps besides the letter; empty when nothing was typed."""
        return {}

    def set_fields(self, draft: Mapping[str, Any]) -> None:
        """Show what a draft kept, or nothing."""

    # -- common to all

    def attach(self) -> None:
        self.letter.attachments.ask()

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        self.letter.clear()
        self.set_fields(draft)
        self.letter.restore(draft.get("letter") or draft)
        self.redraft()

    def redraft(self) -> None:
        """Ask for the letter anew; what was typed into it stays."""
        if self.view is None:
            return
        self._awaited = True
        self.composer.runner.run(
            "reader",
            calls.draft_letter,
            self.view.id,
            self.kind,
            self.values(),
            on_done=self._drafted,
            key=f"composer.{self.name}.letter",
        )

    def field_edited(self) -> None:
        self._send_then = False
        self._pause.start()
        self.edited.emit()

    def _drafted(self, letter: LetterDraft) -> None:
        if self.view is None:
            return
        self._awaited = False
        self.letter.set_draft(letter, letterwords.title(letter.template))
        if self._send_then:
            self._send_then = False
            self.submit()

    def _file_failed(self, path: str) -> None:
        self.complain(fill(self.tr("%1 cannot be read."), words.quoted(path)))

    def state(self) -> dict[str, Any]:
        kept = self.fields()
        if self.letter.touched() and self.letter.edit.text().strip():
            kept["letter"] = self.letter.state()
        return kept

    def ready(self) -> LetterDraft | None:
        """The letter, or None after saying what it lacks. While the last words of a field are on their way into the
        letter, None too: it is sent when they have arrived."""
        if self._pause.isActive() or self._awaited:
            if self._pause.isActive():
                self._pause.stop()
                self.redraft()
            self._send_then = self._awaited
        if self._send_then:
            return None
        return self.finished(self.letter)

    def wipe(self) -> None:
        self.letter.clear()
        self.set_fields({})
        self.redraft()


class ReplyPage(LetterPage):
    """Free text to everybody who got the letter that it answers, or one of the letters ``BY_HAND``."""

    name = "reply"
    kind = "reply"

    def build(self) -> None:
        self.make_foot(self.tr("Send"), self.undo_hint())

    def first_focus(self) -> QWidget:
        return self.letter.edit

    def choose(self, kind: str) -> None:
        """Write the letter from another template, unless something was typed already."""
        text = self.letter.edit.text().strip()
        if text and not self._as_drafted():
            self.complain(self.tr("The letter holds words already. Clear it, then choose another one."))
            return
        self.kind = kind
        self.redraft()
        self.edited.emit()

    def _as_drafted(self) -> bool:
        drafted = self.letter.drafted()
        return drafted is not None and self.letter.edit.text().strip() == drafted.body.strip()

    def fields(self) -> dict[str, Any]:
        return {"kind": self.kind} if self.kind != "reply" else {}

    def set_fields(self, draft: Mapping[str, Any]) -> None:
        self.kind = str(draft["kind"]) if draft.get("kind") in templates.BY_HAND else "reply"

    def _drafted(self, letter: LetterDraft) -> None:
        fresh = self.letter.drafted() is None and not self.letter.touched()
        super()._drafted(letter)
        if fresh:
            self.letter.edit.cursor_into_gap()

    def send(self) -> None:
        assert self.view is not None
        if self.kind == "reply" and self._as_drafted():
            self.complain(self.tr("The letter says nothing yet."), self.letter.edit)
            return
        letter = self.ready()
        if letter is not None:
            self.act(letters.send, self.view.id, self.kind, letter, attached=self.letter.files())


class RemindPage(LetterPage):
    """Asks once more whether everything works; silence never closes a ticket by itself."""

    name = "remind"
    kind = "reminder"

    def build(self) -> None:
        self.make_foot(self.tr("Send the reminder"), self.undo_hint())

    def first_focus(self) -> QWidget:
        return self.letter.edit

    def values(self) -> dict[str, Any]:
        assert self.view is not None
        return {"solution": self.view.solution, "prevention": self.view.prevention}

    def send(self) -> None:
        assert self.view is not None
        letter = self.ready()
        if letter is not None:
            self.act(closing.remind, self.view.id, letter, attached=self.letter.files())


class QuestionPage(LetterPage):
    """What exactly is asked of the requester, and the letter around it."""

    name = "question"
    kind = "question"

    def build(self) -> None:
        self.question = TextField(self.tr("What exactly do you need to know?"), 2, 3)
        self.question.setObjectName("composer.question.text")
        self.question.setPlaceholderText(self.tr("What exactly do you need to know?"))
        self.question.textChanged.connect(self.field_edited)
        self.question.left.connect(self.left)
        self.body.addWidget(self.question)
        self.make_foot(self.tr("Send and wait"), self.undo_hint())
        self.wait = QCheckBox(self.tr("Wait for the customer"))
        self.wait.setObjectName("composer.question.wait")
        self.wait.setChecked(True)
        self.foot.row.insertWidget(1, self.wait)

    def first_focus(self) -> QWidget:
        return self.question

    def typed(self) -> tuple[QWidget, ...]:
        return (self.question,)

    def last(self) -> tuple[QWidget, ...]:
        return (self.wait, self.button)

    def values(self) -> dict[str, Any]:
        typed = self.question.text().strip()
        return {"question": typed} if typed else {}

    def fields(self) -> dict[str, Any]:
        return {"question": self.question.text()} if self.question.text().strip() else {}

    def set_fields(self, draft: Mapping[str, Any]) -> None:
        self.question.blockSignals(True)
        self.question.set_text(str(draft.get("question", "")))
        self.question.blockSignals(False)
        self.refresh_view()

    def refresh_view(self) -> None:
        """A question does not stop the two-hour clock, so a new ticket cannot wait by it."""
        if self.view is None:
            return
        running = self.view.answer_due is not None
        self.wait.setVisible("wait" in self.view.acts and not running)
        self.foot.set_hint(self.tr("A question does not stop the answer clock") if running else self.undo_hint())

    def send(self) -> None:
        assert self.view is not None
        if not self.question.text().strip() and not self.letter.touched():
            self.complain(self.tr("Write what you need to know."), self.question)
            return
        letter = self.ready()
        if letter is not None:
            wait = not self.wait.isHidden() and self.wait.isChecked()
            self.act(letters.send, self.view.id, "question", letter, wait=wait, attached=self.letter.files())


class RefusePage(LetterPage):
    """A reasoned refusal: why, and what the requester can do instead."""

    name = "refuse"
    kind = "refusal"

    def build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(3 * theme.current().u)
        self.reason = TextField(self.tr("Reason"), 2, 3)
        self.reason.setObjectName("composer.refuse.reason")
        self.reason.setPlaceholderText(self.tr("The customer will read it"))
        self.instead = TextField(self.tr("What to do instead"), 2, 3)
        self.instead.setObjectName("composer.refuse.instead")
        for field, caption in ((self.reason, self.tr("Reason")), (self.instead, self.tr("What to do instead"))):
            field.textChanged.connect(self.field_edited)
            field.left.connect(self.left)
            row.addWidget(Captioned(caption, field), 1)
        self.body.addLayout(row)
        self.make_foot(self.tr("Send refusal"), self.undo_hint())

    def first_focus(self) -> QWidget:
        return self.reason

    def typed(self) -> tuple[QWidget, ...]:
        return (self.reason, self.instead)

    def values(self) -> dict[str, Any]:
        reason = self.reason.text().strip()
        return {"instead": self.instead.text().strip()} | ({"reason": reason} if reason else {})

    def fields(self) -> dict[str, Any]:
        if not self.reason.text().strip() and not self.instead.text().strip():
            return {}
        return {"reason": self.reason.text(), "instead": self.instead.text()}

    def set_fields(self, draft: Mapping[str, Any]) -> None:
        for field, key in ((self.reason, "reason"), (self.instead, "instead")):
            field.blockSignals(True)
            field.set_text(str(draft.get(key, "")))
            field.blockSignals(False)

    def send(self) -> None:
        assert self.view is not None
        reason = self.reason.text().strip()
        if not reason:
            self.complain(translate("Composer", "Give the reason: the customer will read it"), self.reason)
            return
        letter = self.ready()
        if letter is not None:
            self.act(promise.refuse, self.view.id, reason, letter, attached=self.letter.files())


class SlipPage(LetterPage):
    """A promise that will not hold: the new date, and why, told before the old one passes."""

    name = "slip"
    kind = "slip"

    def build(self) -> None:
        u = theme.current().u
        self.known = Label("", "small", "text2")
        self.known.setObjectName("composer.slip.known")
        self.known.setWordWrap(True)
        self.body.addWidget(self.known)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.date = LineField(self.tr("New date"), self.tr("fri 17:00, 12.11 15:00"))
        self.date.setObjectName("composer.slip.date")
        self.date.setMinimumWidth(44 * u)
        self.reason = LineField(self.tr("Why it moves"), self.tr("The customer will read it"))
        self.reason.setObjectName("composer.slip.reason")
        for field, caption, stretch in (
            (self.date, self.tr("New date"), 2),
            (self.reason, self.tr("Why it moves"), 3),
        ):
            field.setMinimumHeight(7 * u)
            field.textEdited.connect(self._typed)
            field.left.connect(self.left)
            row.addWidget(Captioned(caption, field), stretch)
        self.body.addLayout(row)
        self.meant = Label("", "small", "text2")
        self.meant.setObjectName("composer.slip.meant")
        self.body.addWidget(self.meant)
        self.make_foot(self.tr("Send the new date"), self.undo_hint())

    def typed(self) -> tuple[QWidget, ...]:
        return (self.date, self.reason)

    def first_focus(self) -> QWidget:
        return self.date

    def until(self) -> datetime | None:
        """The date that is written, if it lies ahead."""
        text = self.date.text().strip()
        found = when.parse(text, self.times.now, self.times.zone) if text else None
        return found.until if found else None

    def values(self) -> dict[str, Any]:
        assert self.view is not None
        values: dict[str, Any] = {"old_date": self.view.promised_at, "date": self.until()}
        reason = self.reason.text().strip()
        return values | ({"reason": reason} if reason else {})

    def fields(self) -> dict[str, Any]:
        if not self.reason.text().strip() and self.date.text() == self._proposed():
            return {}
        return {"date": self.date.text(), "reason": self.reason.text()}

    def set_fields(self, draft: Mapping[str, Any]) -> None:
        self.date.setText(str(draft.get("date", self._proposed())))
        self.reason.setText(str(draft.get("reason", "")))
        self.reason.setCursorPosition(0)  # a long one is read from its beginning
        self._say_date()
        self.refresh_view()

    def refresh_view(self) -> None:
        view = self.view
        if view is None or view.promised_at is None:
            return
        said = [fill(self.tr("Promised: %1"), self.times.moment(view.promised_at))]
        if view.forecast_at is not None:
            said.append(fill(self.tr("Forecast: %1"), self.times.moment(view.forecast_at)))
        if view.slack is not None:
            said.append(words.slack(view.slack))
        told = family_hint(self.composer.children_told, "slip")
        self.known.setText(" \u00b7 ".join([*said, *([told] if told else [])]))
        self.known.set_token("crit" if view.slack is not None and view.slack < 0 else "text2")

    def _proposed(self) -> str:
        """The forecast on the next half hour, where it is later than what was told."""
        view = self.view
        if view is None or view.forecast_at is None or view.promised_at is None or view.forecast_at <= view.promised_at:
            return ""
        local = self.times.local(view.forecast_at)
        late = (local.minute % 30 or 30) if (local.minute % 30 or local.second) else 30
        return f"{local + timedelta(minutes=30 - late):%d.%m.%Y %H:%M}"

    def _typed(self, _text: str) -> None:
        self._say_date()
        self.field_edited()

    def _say_date(self) -> None:
        until = self.until()
        if not self.date.text().strip():
            self.meant.setText("")
        elif until is None:
            self.meant.setText(self.tr("This is no date ahead."))
        else:
            self.meant.setText(self.times.moment_full(until))

    def send(self) -> None:
        assert self.view is not None
        until = self.until()
        if until is None:
            self.complain(self.tr("Write a date that lies ahead."), self.date)
            return
        reason = self.reason.text().strip()
        if not reason:
            self.complain(self.tr("Say why the date moves: the customer will read it"), self.reason)
            return
        letter = self.ready()
        if letter is None:
            return
        if self.composer.children_told:
            self.act(families.slip, self.view.id, until, reason, letter, attached=self.letter.files())
        else:
            self.act(promise.slip, self.view.id, until, reason, letter, attached=self.letter.files())
