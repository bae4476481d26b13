"""The promise: effort and urgency give three earliest slots, a card is chosen, the letter tells its date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import promise
from ...desk.values import LetterDraft, PromiseView
from ...planning.values import Slot
from .. import icons, letterwords, reasons, theme, words
from ..fields import Body, Captioned, Choice, EffortEdit, in_order
from ..i18n import fill
from ..messages import error_words
from ..timers import pause
from ..widgets import Label, LinkButton, urgency_icon
from .letter_box import LetterBox
from .other_date import OtherDate
from .page import OwnFields, Page
from .side import PromiseSide
from .slots import CARDS, MoreSlots, NoSlots, SlotCard
from .terms import TermsRow

_MARGINS = (0, 15, 30, 60, 120, 240)
_TYPING_PAUSE = 150  # ms after a key in the effort, before slots are computed


class PromisePage(Page):
    """See ui.md 5.3. Slots are computed off the main thread at every change of a field; old cards stay meanwhile."""

    name = "promise"

    def __init__(self, composer) -> None:  # type: ignore[no-untyped-def]
        super().__init__(composer)
        self._proposal: PromiseView | None = None
        self._slot: Slot | None = None
        self._picked: Slot | None = None  # of the table: stands in the last card
        self._wanted: tuple[str, str] | None = None  # person and promise of the slot that a draft had chosen
        self._compact = False
        self._touched = self._skill_by_hand = self._margin_by_hand = False  # a field was changed by hand
        self._own = OwnFields()
        self.side = PromiseSide()
        u = theme.current().u

        area = Body(24 * theme.current().u)
        body = area.column
        self.column.addWidget(area, 1)
        fields = QHBoxLayout()
        fields.setSpacing(2 * u)
        self.urgency = Choice()
        self.cause = Choice()
        self.effort = EffortEdit(self.tr("Effort"))
        self.skill = Choice()
        self.margin = Choice()
        for name, caption, control, least, most in (
            ("urgency", self.tr("Urgency"), self.urgency, 26, 34),
            ("cause", self.tr("Cause"), self.cause, 27, 42),
            ("effort", self.tr("Effort"), self.effort, 20, 26),
            ("skill", self.tr("Skill"), self.skill, 21, 30),
            ("margin", self.tr("Margin"), self.margin, 20, 26),
        ):
            control.setObjectName(f"composer.promise.{name}")
            control.setAccessibleName(caption)
            control.setMinimumWidth(least * u)
            control.setMaximumWidth(most * u)
            control.setMinimumHeight(7 * u)
            fields.addWidget(Captioned(caption, control), most)
        fields.addStretch(1)
        body.addLayout(fields)
        self.terms = TermsRow()
        self.terms.hide()
        body.addWidget(self.terms)

        self.base = Label("", "small", "text2")
        self.base.setObjectName("composer.promise.base")
        self.base.setWordWrap(True)
        body.addWidget(self.base)

        self._cards_box = QWidget()
        cards = QHBoxLayout(self._cards_box)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(2 * u)
        self.cards = [SlotCard(number) for number in range(1, CARDS + 1)]
        for index, card in enumerate(self.cards):
            card.clicked.connect(partial(self.choose, index))
            cards.addWidget(card, 1)
        body.addWidget(self._cards_box)
        self.none = NoSlots()
        self.none.hide()
        body.addWidget(self.none)
        ways = QHBoxLayout()
        ways.setSpacing(4 * u)
        self._more_link = LinkButton(self.tr("More slots"), "small")
        self._more_link.setObjectName("composer.promise.more_link")
        self._more_link.setToolTip("Ctrl ↓")
        self._calendar_link = LinkButton(self.tr("Pick in calendar"), "small")
        self._calendar_link.setObjectName("composer.promise.pick")
        self._other_link = LinkButton(self.tr("Other date"), "small")
        self._other_link.setObjectName("composer.promise.other")
        self._terms_link = LinkButton(self.tr("Terms"), "small")
        self._terms_link.setToolTip(self.tr("Not before, deadline, pieces, on site"))
        self._terms_link.setObjectName("composer.promise.terms")
        for link, act in (
            (self._more_link, self.open_more),
            (self._calendar_link, self._pick),
            (self._other_link, self.open_other),
            (self._terms_link, self.terms.open),
        ):
            link.setAccessibleName(link.text())
            link.clicked.connect(act)
            ways.addWidget(link)
        ways.addStretch(1)
        body.addLayout(ways)

        self.other = OtherDate()
        self.other.hide()
        body.addWidget(self.other)
        self.more = MoreSlots()
        self.more.hide()
        self.more.taken.connect(self._take)
        self.more.closed.connect(self.close_more)
        body.addWidget(self.more, 1)
        self.letter = LetterBox("composer.promise.letter")
        body.addWidget(self.letter, 1)
        self.make_foot(self.tr("Send and wait"))
        self._undo = Label(self.undo_hint(), "small", "text2")
        self.foot.row.insertWidget(1, self._undo)

        in_order(
            *(self.urgency, self.cause, self.effort, self.skill, self.margin),
            *self.terms.controls(),
            *self.cards,
            *(self._more_link, self._calendar_link, self._other_link, self._terms_link),
            *(self.other.words, self.other.reason, self.more.view),
            *(self.letter.to, self.letter.cc, self.letter.edit, self.letter.clip, self.button),
        )

        self._pause = pause(self, _TYPING_PAUSE, self.compute)
        self.effort.minutes_changed.connect(self._effort_typed)
        for control in (self.urgency, self.cause, self.skill, self.margin):
            control.activated.connect(self._field_chosen)
        self.cause.activated.connect(self._cause_chosen)
        self.skill.activated.connect(self._skill_chosen)
        self.margin.activated.connect(self._margin_chosen)
        self.letter.edited.connect(self.edited)
        self.letter.file_failed.connect(self._file_failed)
        self.other.typed.connect(self._other_typed)
        self.other.edited.connect(self.edited)
        self.terms.changed.connect(self.compute)
        self.terms.edited.connect(self._terms_edited)
        for source in (self.letter, self.effort, self.other, self.terms):
            source.left.connect(self.left)
        theme.current().changed.connect(self._fill_urgency)

    # -- the page

    def first_focus(self) -> QWidget:
        return self.effort

    def attach(self) -> None:
        self.letter.attachments.ask()

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        view = self.view
        assert view is not None
        self._proposal = self._slot = self._picked = None
        self._fill_urgency()
        self._fill(self.cause, self.tr("not set"), self.directory.causes)
        self._fill(self.skill, self.tr("any"), self.directory.skills)
        fields = dict(draft.get("fields") or {})
        self._touched = bool(fields)
        fields |= self._own.begin(view, fields)
        self._skill_by_hand, self._margin_by_hand = "skill" in fields, "margin" in fields
        self.urgency.select(int(fields.get("urgency", view.urgency)))
        self.cause.select(str(fields.get("cause", view.cause_id)))
        self.skill.select(str(fields.get("skill", view.skill_id)))
        self._show_margin(int(fields.get("margin", 30)))
        minutes = fields.get("effort", view.effort)
        self.effort.set_minutes(int(minutes) if minutes else None)
        self._wanted = tuple(draft["slot"]) if draft.get("slot") else None  # type: ignore[assignment]
        self.letter.clear()
        self.letter.restore(draft.get("letter") or {})
        self.other.restore(draft)
        self.terms.set_terms(view.terms, self.times)
        self.terms.restore(draft)
        self._read_other()
        self.close_more()
        self._show_slots()
        self.side.set_ticket(view)
        self.compute()

    def refresh_view(self) -> None:
        """The ticket or the plan changed: compute again; what was set here stays until the ticket gets another."""
        view = self.view
        assert view is not None
        if not self.terms.touched:
            self.terms.set_terms(view.terms, self.times)
        shown = self._own.newer(view, self._typed() if self._touched else {})
        if "urgency" in shown:
            self.urgency.select(view.urgency)
        if "cause" in shown:
            self.cause.select(view.cause_id)
        if "effort" in shown and not self.effort.hasFocus():
            self.effort.set_minutes(view.effort)
        self.side.set_ticket(view)
        self.compute()

    def _typed(self) -> dict[str, Any]:
        values = self.urgency.currentData(), self.cause.currentData(), self.effort.minutes() or 0
        return dict(zip(("urgency", "cause", "effort"), values, strict=True))

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = {}
        if self._touched:
            state["fields"] = self._typed() | {"of": self._own.kept}
            if self._skill_by_hand:
                state["fields"]["skill"] = self.skill.currentData()
            if self._margin_by_hand:
                state["fields"]["margin"] = self.margin.currentData()
        if self._letter_touched():
            state["letter"] = self.letter.state()
        state |= self.other.state() | self.terms.state()
        if state and self._slot is not None:
            state["slot"] = [self._slot.person_id, self._slot.promise.isoformat()]
        return state

    def _letter_touched(self) -> bool:
        return self.letter.touched() and bool(self.letter.edit.text().strip())

    def wipe(self) -> None:
        self._touched = self._skill_by_hand = self._margin_by_hand = False
        self._wanted = None
        self.terms.touched = False
        self.other.close_()
        self.letter.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the letter is worth more than what the cards rest on."""
        super().resizeEvent(event)
        u = theme.current().u
        compact = event.size().height() < 105 * u
        for card in self.cards:
            card.set_lines(0 if compact else 2 if event.size().height() < 112 * u else 3)
        if compact != self._compact:
            self._compact = compact
            self.base.setVisible(bool(self.base.text()) and not compact)

    # -- fields

    def _fill_urgency(self) -> None:
        level = self.urgency.currentData()
        self.urgency.blockSignals(True)
        self.urgency.clear()
        for each in (1, 2, 3, 4):
            self.urgency.addItem(icons.icon(*urgency_icon(each)), words.urgency(each), each)
        self.urgency.blockSignals(False)
        if level:
            self.urgency.select(level)

    def _fill(self, field: Choice, none: str, entries: Any) -> None:
        field.blockSignals(True)
        field.clear()
        field.addItem(none, "")
        for entry in entries:
            field.addItem(entry.name, entry.id)
        field.blockSignals(False)

    def _show_margin(self, minutes: int) -> None:
        self.margin.blockSignals(True)
        self.margin.clear()
        for each in sorted({*_MARGINS, minutes}):
            self.margin.addItem(words.duration(each), each)
        self.margin.blockSignals(False)
        self.margin.select(minutes)

    def _effort_typed(self, _minutes: int | None) -> None:
        self._touched = True
        self._stale()
        self._pause.start()
        self.edited.emit()

    def _terms_edited(self) -> None:
        self._stale()
        self.edited.emit()

    def _field_chosen(self, _index: int) -> None:
        self._touched = True
        self.edited.emit()
        self.compute()

    def _cause_chosen(self, _index: int) -> None:
        if not self._skill_by_hand:
            self.skill.select("")
            self.compute()

    def _skill_chosen(self, _index: int) -> None:
        self._skill_by_hand = True
        self.compute()

    def _margin_chosen(self, _index: int) -> None:
        self._margin_by_hand = True
        self.compute()

    # -- slots

    def compute(self) -> None:
        """Ask the planner; later questions supersede earlier ones."""
        view = self.view
        if view is None:
            return
        self._pause.stop()
        self._stale()
        self.composer.runner.run(
            "reader",
            promise.propose,
            view.id,
            self.effort.minutes(),
            self.skill.currentData() if self._skill_by_hand else None,
            self.margin.currentData() if self._margin_by_hand else None,
            self.urgency.currentData(),
            self.cause.currentData(),
            True,
            self.terms.terms(),
            on_done=self._proposed,
            on_error=self._not_computed,
            key="composer.propose",
        )

    def _stale(self) -> None:
        for card in self.cards:
            card.set_stale(card.slot is not None)

    def _proposed(self, proposal: PromiseView) -> None:
        view = self.view
        if view is None or proposal.ticket_id != view.id:
            return
        self._proposal = proposal
        if not self._skill_by_hand:
            self.skill.select(proposal.skill_id)
        if not self._margin_by_hand:
            self._show_margin(proposal.margin)
        if proposal.minutes and self.effort.minutes() is None and not self.effort.hasFocus():
            self.effort.setPlaceholderText(words.duration(proposal.minutes))
        self._show_base(proposal)
        self._keep_choice(proposal)
        self._show_slots()
        self._show_letter()
        self._show_side()

    def _not_computed(self, trouble: BaseException) -> None:
        for card in self.cards:
            card.set_stale(False)
        if not isinstance(trouble, UserFacingError):
            raise trouble
        title, message = error_words(trouble)
        self._show_problem(title, message)

    def _show_base(self, proposal: PromiseView) -> None:
        cause = self.directory.cause(str(self.cause.currentData() or ""))
        said = reasons.base(proposal, cause)
        self.base.setText(reasons.base(proposal, cause, brief=True))
        self.base.setToolTip(said)
        self.base.setVisible(bool(said) and not self._compact)
        self.effort.setToolTip(said or self.effort.accessibleName())

    def _keep_choice(self, proposal: PromiseView) -> None:
        """The chosen slot if it is still offered; else the first that breaks no promise."""
        found = proposal.proposals
        everything = (*found.slots, *found.more)
        wanted = self._wanted
        if wanted is None and self._slot is not None:
            wanted = (self._slot.person_id, self._slot.promise.isoformat())
        same = next((s for s in everything if wanted and (s.person_id, s.promise.isoformat()) == wanted), None)
        self._picked = same if same is not None and same in found.more else None
        harmless = next((s for s in found.slots if not s.diff.broken), None)
        self._slot = same or harmless
        self._wanted = None if self._slot is not None else self._wanted

    def _shown(self) -> list[Slot]:
        """The slots on the cards, a further one from the table in the last place."""
        slots = list(self._proposal.proposals.slots[:CARDS]) if self._proposal else []
        if self._picked is not None:
            slots = [*slots[: CARDS - 1], self._picked]
        return slots

    def _show_slots(self) -> None:
        slots = self._shown()
        for card, slot in zip(self.cards, [*slots, *([None] * CARDS)], strict=False):
            card.setAutoExclusive(False)
            if slot is None:
                card.slot = None
                card.hide()
            else:
                card.set_slot(slot, self.directory, self.times)
                card.setChecked(slot is self._slot and self.other.date is None)
                card.show()
            card.setAutoExclusive(True)
        self._cards_box.setVisible(bool(slots))
        proposal = self._proposal
        found = proposal.proposals if proposal else None
        self._more_link.setVisible(bool(found and found.more))
        if found is not None and not slots:
            self._explain(found.problem)
        else:
            self.none.hide()
        self.tell_hint()

    def _explain(self, problem: Any) -> None:
        """No slots: say why and what can be done."""
        code = problem.code if problem is not None else "no_fit"
        if code == "no_estimate":
            cause = str(self.cause.currentData() or "")
            usual = next((c.minutes for c in self.directory.causes if c.id == cause), None)
            ways = [(words.duration(each), "", partial(self._assume, each)) for each in (60, 120, 240)]
            if usual:
                ways = [(words.duration(usual), "", partial(self._assume, usual))]
            self._show_problem(self.tr("An estimate is needed."), self.tr("How long will the work take?"), ways)
            return
        text = reasons.no_fit(problem, self.directory, self.times) if problem is not None else ""
        more = reasons.load(problem) if problem is not None else ""
        ways = [
            (self.tr("Pick in calendar, in parts"), "", self._pick),
            (self.tr("Another skill"), "", self.skill.setFocus),
            (self.tr("Later date with a reason"), "", self.open_other),
        ]
        self._show_problem(text or self.tr("No slot fits."), more, ways)

    def _show_problem(self, text: str, more: str = "", ways: Any = ()) -> None:
        self._cards_box.hide()
        self.none.set(text, more, ways)
        self.none.show()

    def _assume(self, minutes: int) -> None:
        self.effort.set_minutes(minutes)
        self._touched = True
        self.edited.emit()
        self.compute()

    def choose(self, index: int, *_checked: object) -> None:
        """Take the card of this place (0, 1, 2); nothing where there is none."""
        slots = self._shown()
        if not 0 <= index < len(slots):
            return
        self._slot = slots[index]
        self.other.close_()
        self._show_slots()
        self._show_letter()
        self._show_side()
        if self.state():
            self.edited.emit()

    def open_more(self) -> None:
        """The further slots as a table, in the place of the letter."""
        if self._proposal is None or not self._proposal.proposals.more:
            return
        self.more.set_slots(self._proposal.proposals.more, self.directory, self.times)
        self.letter.hide()
        self.more.show()
        self.more.view.setFocus()

    def close_more(self) -> None:
        if self.more.isHidden():
            return
        had_focus = self.more.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.more.hide()
        self.letter.show()
        if had_focus:
            self.letter.edit.setFocus()

    def step_back(self) -> bool:
        if not self.more.isHidden():
            self.close_more()
            self.letter.edit.setFocus()
            return True
        return False

    def _take(self, slot: Slot) -> None:
        self._picked = self._slot = slot
        self.other.close_()
        self.close_more()
        self._show_slots()
        self._show_letter()
        self._show_side()

    def _pick(self) -> None:
        if self.view is not None:
            minutes = self.effort.minutes() or (self._proposal.minutes if self._proposal else None) or 0
            self.composer.pick_in_calendar.emit(self.view.id, minutes)

    # -- another date

    def open_other(self) -> None:
        self.other.open()
        self._read_other()

    def _other_typed(self) -> None:
        self._read_other()
        self._show_slots()
        self._show_letter()

    def _read_other(self) -> None:
        self.other.read(self.times, self._slot.promise if self._slot is not None else None)

    # -- letter and side

    def _show_letter(self) -> None:
        proposal, view = self._proposal, self.view
        if proposal is None or view is None:
            return
        if self.other.date is not None:
            self._ask_letter(view.owner_id or (self._slot.person_id if self._slot else ""), self.other.date)
        elif self._slot is not None:
            slots = proposal.proposals.slots
            place = slots.index(self._slot) if self._slot in slots else -1
            if 0 <= place < len(proposal.letters):
                self._set_letter(proposal.letters[place])
            else:
                self._ask_letter(self._slot.person_id, self._slot.promise)

    def _ask_letter(self, person: str, date: datetime) -> None:
        assert self.view is not None
        self.composer.runner.run(
            "reader",
            promise.promise_letter,
            self.view.id,
            person,
            date,
            self.urgency.currentData(),
            self.cause.currentData(),
            on_done=self._set_letter,
            key="composer.promise.letter",
        )

    def _set_letter(self, letter: LetterDraft) -> None:
        self.letter.set_draft(letter, letterwords.title(letter.template))

    def _show_side(self) -> None:
        number = self.view.number if self.view else None
        self.side.set_slot(self._slot, self._proposal, number, self.directory, self.times)

    def tell_hint(self) -> None:
        self._undo.setText(self.undo_hint())
        if self.other.date is not None:
            self.foot.set_hint(self.tr("This date takes no place in the calendar"))
            return
        person = self.directory.people.get(self._slot.person_id) if self._slot else None
        if self.composer.offline:
            self.foot.set_hint(self.tr("The slot is confirmed when the connection is back"))
        elif person is not None:
            self.foot.set_hint(fill(self.tr("The slot is taken in the calendar at once: %1"), person.short))
        else:
            self.foot.set_hint("")

    def _file_failed(self, path: str) -> None:
        self.complain(fill(self.tr("%1 cannot be read."), words.quoted(path)))

    # -- sending

    def send(self) -> None:
        assert self.view is not None
        if self.effort.wrong():
            text = self.tr("%1 is no effort. Write 2h30, 2:30, 150 or 2.5h.")
            self.complain(fill(text, words.quoted(self.effort.text())), self.effort)
            return
        if self.other.given():
            if self.other.date is None:
                self.complain(self.tr("Write a date that lies ahead, or choose a card."), self.other.words)
                return
            if not self.other.reason.text().strip():
                self.complain(self.tr("A date beside the calendar needs a reason."), self.other.reason)
                return
        if self._pause.isActive() or any(card.stale for card in self.cards):
            self.compute()
            self.complain(self.tr("The slots are being computed again. Look at them, then send."))
            return
        if self.other.date is None and self._slot is None:
            self.complain(self.tr("Choose a slot first."), self.effort)
            return
        if (line := self.terms.wrong()) is not None:
            self.complain(self.tr("Write a moment that lies ahead, or leave the line empty."), line)
            return
        letter = self.finished(self.letter)
        if letter is None:
            return
        minutes = self.effort.minutes() or (self._proposal.minutes if self._proposal else None)
        if self.other.date is not None:
            person = self.view.owner_id or (self._slot.person_id if self._slot else "")
            self.act(
                promise.give_other,
                self.view.id,
                self.other.date,
                self.other.reason.text().strip(),
                letter,
                specialist=person,
                minutes=minutes,
                agreed=self.terms.terms(),
                attached=self.letter.files(),
            )
        else:
            self.act(
                promise.give,
                self.view.id,
                self._slot,
                letter,
                minutes=minutes,
                skill_id=self.skill.currentData(),
                urgency=self.urgency.currentData(),
                cause_id=self.cause.currentData(),
                agreed=self.terms.terms(),
                attached=self.letter.files(),
            )
