"""What is written for the desk and not mailed: the work protocol, and notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...desk import work
from ...desk.values import TicketView
from .. import theme, words
from ..fields import EffortEdit, LineField, TextField, in_order
from ..i18n import fill
from ..ticket.corrections import EDIT, with_corrections
from ..widgets import Label, Segmented
from .attachments import Attachments
from .mention import MentionField
from .page import Page

KINDS = ("check", "change", "talk", "measure")
#: Work that is longer ago than this was not "just now": no time is proposed then.
_JUST_NOW = timedelta(hours=4)


def last_entry(view: TicketView, me: str, now: datetime) -> datetime | None:
    """When I last wrote something into this ticket, if that was a short while ago: where the new entry begins."""
    kinds = (*KINDS, "note", "visit", "part", "letter_out", "held")
    mine = [entry.at for entry in view.entries if entry.kind in kinds and entry.author_id == me]
    begun = max([*mine, *([view.started_at] if view.started_at else [])], default=None)
    return begun if begun is not None and timedelta() <= now - begun <= _JUST_NOW else None


def earlier_today(text: str, times: words.Times) -> datetime | None:
    """The instant of "11:32" or "1132" of today, None for anything else or what is still ahead."""
    found = re.fullmatch(r"\s*(\d{1,2})[:.]?(\d\d)\s*", text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    at = times.local(times.now).replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    return at if at <= times.now else None


class ProtocolPage(Page):
    """One entry of the work protocol: kind, words, and the time it took."""

    name = "protocol"

    def __init__(self, composer) -> None:  # type: ignore[no-untyped-def]
        super().__init__(composer)
        u = theme.current().u
        self.text = TextField(self.tr("What was checked, changed, said or measured"), 1)
        self.text.setObjectName("composer.protocol.text")
        self.text.setPlaceholderText(self.tr("What was checked, changed, said or measured"))
        self.column.addWidget(self.text, 1)
        self.attachments = Attachments()
        self.column.addWidget(self.attachments)
        self.make_foot(self.tr("Record"), icon=None)
        self.kind = Segmented([words.note_kind(kind) for kind in KINDS], wraps=True)
        self.kind.setObjectName("composer.protocol.kind")
        self.kind.setAccessibleName(self.tr("Kind of the entry"))
        self.since = LineField(self.tr("Since when"))
        self.since.setObjectName("composer.protocol.since")
        self.since.setPlaceholderText(self.tr("hh:mm"))
        self.since.setFixedWidth(14 * u)
        self.spent = EffortEdit(self.tr("Time it took"))
        self.spent.setObjectName("composer.protocol.minutes")
        self.spent.setPlaceholderText(self.tr("minutes"))
        self.spent.setFixedWidth(21 * u)
        for control in (self.since, self.spent):
            control.setFixedHeight(7 * u)
        self._time = QWidget()
        times = QHBoxLayout(self._time)
        times.setContentsMargins(0, 0, 0, 0)
        times.setSpacing(2 * u)
        for widget in (Label(self.tr("since"), "small", "text2"), self.since, self.spent):
            times.addWidget(widget)
        times.addStretch(1)
        self._narrow = False
        row = self.foot.row
        row.insertWidget(0, self.kind)
        row.insertWidget(1, self._time, 1)
        self.foot.shrink()
        in_order(self.text, self.kind, self.since, self.spent, self.button)
        self._by_hand = False
        self.text.textChanged.connect(self.edited)
        self.text.left.connect(self.left)
        self.kind.chosen.connect(self.edited)
        self.since.textEdited.connect(self._since_typed)
        self.since.left.connect(self.left)
        self.spent.minutes_changed.connect(self._minutes_typed)
        self.spent.left.connect(self.left)
        self.attachments.changed.connect(self.edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where kind, time and button do not fit side by side, the kind has a row of its own, above the time: it has
        the more words, and would take two rows beside the button."""
        super().resizeEvent(event)
        parts = (self.kind, self._time, self.button)
        need = sum(part.sizeHint().width() for part in parts) + 2 * self.foot.row.spacing()
        margins = self.column.contentsMargins()
        narrow = need > event.size().width() - margins.left() - margins.right()
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self.column.insertWidget(self.column.indexOf(self.foot), self.kind)
            else:
                self.foot.row.insertWidget(0, self.kind)
            self.composer.updateGeometry()

    def first_focus(self) -> QWidget:
        return self.text

    def attach(self) -> None:
        self.attachments.ask()

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        self.text.blockSignals(True)
        self.text.go_on_with(str(draft.get("text", "")))
        self.text.blockSignals(False)
        kind = str(draft.get("kind", KINDS[0]))
        self.kind.set_index(KINDS.index(kind) if kind in KINDS else 0)
        self.attachments.restore(draft.get("files", ()))
        self._by_hand = "minutes" in draft
        if self._by_hand:
            minutes = draft["minutes"]
            self.spent.set_minutes(int(minutes) if minutes else None)
            self.since.setText(str(draft.get("since", "")))
        else:
            self._propose_time()

    def refresh_view(self) -> None:
        if not self._by_hand:
            self._propose_time()

    def _propose_time(self) -> None:
        """From my last entry here until now."""
        if self.view is None:
            return
        now = self.runner_now()
        me = self.directory.me
        begun = last_entry(self.view, me.id if me else "", now)
        minutes = int((now - begun).total_seconds() // 60) if begun else 0
        self.since.setText(self.times.time(begun) if begun and minutes else "")
        self.spent.set_minutes(minutes or None)

    def runner_now(self) -> datetime:
        return self.composer.runner.now()

    def _since_typed(self, text: str) -> None:
        self._by_hand = True
        found = earlier_today(text, self.times)
        if found is not None:
            self.spent.set_minutes(int((self.runner_now() - found).total_seconds() // 60) or None)
        self.edited.emit()

    def _minutes_typed(self, minutes: int | None) -> None:
        self._by_hand = True
        if minutes:
            begun = self.runner_now() - timedelta(minutes=minutes)
            same_day = self.times.local(begun).date() == self.times.today()
            self.since.setText(self.times.time(begun) if same_day else "")
        else:
            self.since.clear()
        self.edited.emit()

    def state(self) -> dict[str, Any]:
        if not self.text.text().strip() and not self.attachments.files():
            return {}
        state: dict[str, Any] = {
            "text": self.text.text(),
            "kind": KINDS[self.kind.index()],
            "files": self.attachments.stored(),
        }
        if self._by_hand:
            state |= {"minutes": self.spent.minutes() or 0, "since": self.since.text()}
        return state

    def send(self) -> None:
        assert self.view is not None
        if not self.text.text().strip():
            self.complain(self.tr("Write what was done."), self.text)
            return
        if self.spent.wrong():
            self.complain(
                fill(self.tr("%1 is no time. Write 1h30, 1:30 or 90."), words.quoted(self.spent.text())), self.spent
            )
            return
        self.act(
            work.note,
            self.view.id,
            KINDS[self.kind.index()],
            self.text.text().strip(),
            minutes=self.spent.minutes() or 0,
            attached=self.attachments.files(),
        )

    def wipe(self) -> None:
        self._by_hand = False
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.attachments.set_files(())
        self.spent.set_minutes(None)
        self.since.clear()


class NotePage(Page):
    """A note for colleagues; it is never mailed."""

    name = "note"

    def __init__(self, composer) -> None:  # type: ignore[no-untyped-def]
        super().__init__(composer)
        self.text = MentionField(self.tr("Note for colleagues"), 2)
        self.text.setObjectName("composer.note.text")
        self.text.setPlaceholderText(self.tr("Note for colleagues; @ names one of them"))
        self.column.addWidget(self.text, 1)
        self.attachments = Attachments()
        self.column.addWidget(self.attachments)
        self.make_foot(self.tr("Save note"), self.tr("The customer never sees a note."), icon=None)
        self.text.textChanged.connect(self.edited)
        self.text.left.connect(self.left)
        self.attachments.changed.connect(self.edited)

    def first_focus(self) -> QWidget:
        return self.text

    def attach(self) -> None:
        self.attachments.ask()

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        self.text.set_people(self.directory.people.values())
        self.text.blockSignals(True)
        self.text.go_on_with(str(draft.get("text", "")))
        self.text.blockSignals(False)
        self.attachments.restore(draft.get("files", ()))

    def state(self) -> dict[str, Any]:
        if not self.text.text().strip() and not self.attachments.files():
            return {}
        return {"text": self.text.text(), "files": self.attachments.stored()}

    def send(self) -> None:
        assert self.view is not None
        if not self.text.text().strip():
            self.complain(self.tr("The note has no text yet."), self.text)
            return
        self.act(work.note, self.view.id, "note", self.text.text().strip(), attached=self.attachments.files())

    def wipe(self) -> None:
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.attachments.set_files(())


class CorrectPage(Page):
    """An entry of the protocol put right: within a few minutes in its place, later beside it."""

    name = "correct"

    def __init__(self, composer) -> None:  # type: ignore[no-untyped-def]
        super().__init__(composer)
        self._note = ""
        self._was = ""
        self.text = TextField(self.tr("The entry, corrected"), 2)
        self.text.setObjectName("composer.correct.text")
        self.column.addWidget(self.text, 1)
        self.make_foot(self.tr("Correct"), icon=None)
        self.text.textChanged.connect(self.edited)
        self.text.left.connect(self.left)

    def first_focus(self) -> QWidget:
        return self.text

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        """``draft``: the entry's id, its text, and what has been made of it."""
        self._note, self._was = str(draft.get("note", "")), str(draft.get("was", ""))
        self.text.blockSignals(True)
        self.text.go_on_with(str(draft.get("text", self._was)))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.blockSignals(False)
        self._tell()

    def refresh_view(self) -> None:
        self._tell()

    def _tell(self) -> None:
        entries = with_corrections(self.view.entries) if self.view else ()
        entry = next((one for one in entries if one.id == self._note), None)
        me = self.directory.me
        mine = entry is not None and me is not None and entry.author_id == me.id
        if entry is None:
            self.foot.set_hint("")
        elif mine and self.composer.runner.now() - entry.at <= EDIT:
            self.foot.set_hint(self.tr("Replaces the entry: it is only minutes old."))
        else:
            at = self.times.moment(entry.at)
            self.foot.set_hint(fill(self.tr("The entry of %1 stays, the correction is put beside it."), at))

    def state(self) -> dict[str, Any]:
        text = self.text.text()
        if not self._note or not text.strip() or text.strip() == self._was.strip():
            return {}
        return {"note": self._note, "was": self._was, "text": text}

    def send(self) -> None:
        if not self.text.text().strip():
            self.complain(self.tr("An entry cannot be emptied."), self.text)
        elif not self.state():
            self.complain(self.tr("Nothing is corrected yet."), self.text)
        else:
            self.act(work.correct, self._note, self.text.text().strip())

    def wipe(self) -> None:
        self._note = self._was = ""
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
