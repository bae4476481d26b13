"""What a team does with a ticket: takes it over, returns it, follows, reminds, merges, takes apart, looks back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QRect

from ...desk import escalation, hints, mentions, merging, ratings, reminders
from ...desk.values import Changes, Entry
from .. import words
from ..actions import ActionRegistry
from ..actions import of_ticket as ticket
from ..acts import Acts
from ..i18n import fill, translate
from ..popups import Option, TypedPopup
from ..runner import TaskRunner

if TYPE_CHECKING:
    from .pane import TicketPane


class Teamwork(QObject):
    """The commands, and the small panels that they open. One a ticket pane."""

    def __init__(self, pane: TicketPane, runner: TaskRunner, acts: Acts, actions: ActionRegistry) -> None:
        super().__init__(pane)
        self._pane, self._runner, self._acts = pane, runner, acts
        self._declare(actions)

    def _declare(self, actions: ActionRegistry) -> None:
        if "ticket.accept" in actions:
            return

        actions.add(
            ticket("accept", QT_TRANSLATE_NOOP("Actions", "Accept what the bar offers"), "Y", self.accept, "check",
                   self._may_accept),
            ticket("return", QT_TRANSLATE_NOOP("Actions", "Return with a reason"), "Shift+Y", self.give_back, "reply",
                   self._handed_to_me),
            ticket("follow", QT_TRANSLATE_NOOP("Actions", "Follow, or stop following"), "Shift+W", self.follow, "eye",
                   self._any),
            ticket("remind", QT_TRANSLATE_NOOP("Actions", "Remind me"), "Shift+H", self.remind, "bell", self._any),
            ticket("merge", QT_TRANSLATE_NOOP("Actions", "Merge with another ticket"), "Shift+M", self.merge, "merge",
                   self._may_merge),
            ticket("unmerge", QT_TRANSLATE_NOOP("Actions", "Take apart what was merged"), "", self.unmerge, "split",
                   self._merged),
            ticket("split_letter", QT_TRANSLATE_NOOP("Actions", "A ticket of its own from this letter"), "Shift+L",
                   self.split, "scissors", self._letter_at_hand),
            ticket("history", QT_TRANSLATE_NOOP("Actions", "Every change of the ticket"), "Shift+A", self.history,
                   "history", self._any),
            ticket("rate", QT_TRANSLATE_NOOP("Actions", "Mark of satisfaction, told by phone"), "", self.rate, "star",
                   self._done),
            ticket("questions", QT_TRANSLATE_NOOP("Actions", "Questions of the cause"), "Shift+Q", self.questions,
                   "circle-question-mark", self._has_cause),
        )  # fmt: skip

    # -- when

    def _any(self) -> bool:
        return self._pane.view() is not None

    def _handed_to_me(self) -> bool:
        view = self._pane.view()
        return view is not None and view.handed is not None and view.handed.mine

    def _reminded(self) -> bool:
        view = self._pane.view()
        return view is not None and bool(view.reminders) and view.reminders[0] <= self._pane.times().now

    def _may_accept(self) -> bool:
        return self._handed_to_me() or self._reminded() or self._hinted()

    def _hinted(self) -> bool:
        view = self._pane.view()
        return view is not None and bool(view.hints)

    def _may_merge(self) -> bool:
        view = self._pane.view()
        return view is not None and "merge" in view.acts

    def _merged(self) -> bool:
        view = self._pane.view()
        return view is not None and bool(view.merged_into)

    def _has_cause(self) -> bool:
        view = self._pane.view()
        return view is not None and bool(view.cause_id)

    def _done(self) -> bool:
        view = self._pane.view()
        return view is not None and view.status in ("resolved", "closed")

    def _letter_at_hand(self) -> bool:
        return self._letter() is not None

    def _letter(self) -> Entry | None:
        """The letter in which the focus is, else the newest one, where it is not the only one."""
        view = self._pane.view()
        if view is None:
            return None
        at_hand = self._pane.main.timeline.stream.entry_in_focus()
        letters = [entry for entry in view.entries if entry.kind == "letter_in"]
        if at_hand is not None and at_hand.kind == "letter_in":
            return at_hand if len(letters) > 1 else None
        return letters[-1] if len(letters) > 1 else None

    # -- acts

    def press(self, wanted: str) -> None:
        """A button of the notice bar."""
        {
            "accept": self.accept,
            "return": self.give_back,
            "done": self.accept,
            "hint": self.accept,
            "again": self.remind,
            "merge": self.merge_twin,
            "open": self._open_twin,
            "consent": lambda: self._pane.triage.consent(self._pane.target(), self._anchor()),
            "disagree": lambda: self._pane.triage.disagree(self._pane.target(), self._anchor()),
        }[wanted]()

    def accept(self) -> None:
        view = self._pane.view()
        if view is not None and view.handed is not None and view.handed.mine:
            self._acts.act(escalation.accept, view.handed.id)
        elif view is not None and self._reminded():
            self._acts.act(reminders.done, view.id)
        elif view is not None and view.hints:
            self._acts.act(hints.accept, view.id, view.hints[0])

    def rate(self) -> None:
        """A mark that the customer gave on the phone; an empty one takes back what is written."""
        view = self._pane.view()
        if view is None:
            return
        target = view.id

        def parse(typed: str) -> str | None:
            return typed.strip() if typed.strip().isdecimal() or not typed.strip() else None

        popup = TypedPopup(
            self._pane.main,
            translate("Ticket", "How satisfied is the customer?"),
            parse,
            lambda value: value,
            translate("Ticket", "A number of the scale; empty takes it back"),
        )
        popup.setObjectName("ticket.rate")
        popup.chosen.connect(
            lambda value, _go_on: self._acts.act(ratings.record, target, int(value) if value else None)
        )
        popup.open_at(self._anchor())

    def give_back(self) -> None:
        view = self._pane.view()
        if view is None or view.handed is None or not view.handed.mine:
            return
        handed = view.handed.id
        popup = TypedPopup(
            self._pane.main,
            translate("Ticket", "Why does it go back?"),
            lambda typed: typed.strip() or None,
            lambda value: value,
            translate("Ticket", "What is missing, or why it belongs elsewhere"),
            key="Shift+Y",
        )
        popup.setObjectName("ticket.return")
        popup.chosen.connect(lambda reason, _go_on: self._acts.act(escalation.give_back, handed, reason))
        popup.open_at(self._anchor())

    def follow(self) -> None:
        view = self._pane.view()
        if view is not None:
            self._acts.act(mentions.follow, view.id, not view.follows)

    def remind(self) -> None:
        view = self._pane.view()
        if view is None:
            return
        times, ticket_id = self._pane.times(), view.id
        zone = times.zone if isinstance(times.zone, ZoneInfo) else ZoneInfo("UTC")

        def parse(text: str) -> reminders.Remind | None:
            return reminders.parse(text, times.now, zone)

        def show(value: reminders.Remind) -> str:
            return ", ".join(part for part in (times.moment(value.at), value.text) if part)

        texts = (
            (translate("Ticket", "in 2 h"), "in 2 h"),
            (translate("Ticket", "tomorrow morning"), "tomorrow"),
            (translate("Ticket", "Monday morning"), "mon"),
        )
        usual = [Option(value, text, note=times.moment(value.at)) for text, typed in texts if (value := parse(typed))]
        popup = TypedPopup(
            self._pane.main,
            translate("Ticket", "Remind me"),
            parse,
            show,
            translate("Ticket", "fri 9 call them, in 2 h, tomorrow 15:00"),
            usual,
            key="Shift+H",
        )
        popup.setObjectName("ticket.remind")
        popup.chosen.connect(lambda value, _go_on: self._reminded_at(ticket_id, value))
        popup.open_at(self._anchor())

    def _reminded_at(self, ticket_id: str, value: reminders.Remind) -> None:
        if self._reminded():
            self._acts.act(reminders.done, ticket_id)
        self._acts.act(reminders.put, ticket_id, value)

    # -- merging

    def merge_twin(self) -> None:
        view = self._pane.view()
        if view is not None and view.twin is not None:
            self._acts.act(merging.merge, view.id, view.twin[0], on_done=self._went)

    def _open_twin(self) -> None:
        view = self._pane.view()
        if view is not None and view.twin is not None:
            self._pane.opened.emit(view.twin[0])

    def merge(self) -> None:
        """Into which: a number, or one of those that may be meant."""
        view = self._pane.view()
        if view is not None and "merge" in view.acts:
            self._runner.run(
                "reader", merging.twins, view.id, on_done=partial(self._choose, view.id), key="ticket.twins"
            )

    def _choose(self, ticket_id: str, found: tuple[merging.Twin, ...]) -> None:
        if self._pane.ticket_id() != ticket_id:
            return

        def parse(typed: str) -> int | None:
            digits = typed.strip().lstrip("№# ")
            return int(digits) if digits.isdecimal() and len(digits) < 10 else None

        usual = [
            Option(twin.number, f"{words.number(twin.number)}  {twin.subject}", note=words.status(twin.status))
            for twin in found
            if twin.number is not None
        ]
        popup = TypedPopup(
            self._pane.main,
            translate("Ticket", "Merge into"),
            parse,
            words.number,
            translate("Ticket", "The number of the ticket that stays"),
            usual,
            key="Shift+M",
        )
        popup.setObjectName("ticket.merge")
        popup.chosen.connect(
            lambda number, _go_on: self._acts.act(merging.merge_number, ticket_id, number, on_done=self._went)
        )
        popup.open_at(self._anchor())

    def unmerge(self) -> None:
        view = self._pane.view()
        if view is not None and view.merged_into:
            self._acts.act(merging.unmerge, view.id)

    def split(self) -> None:
        letter = self._letter()
        if letter is not None:
            self._acts.act(merging.split, letter.id, on_done=self._went)

    def _went(self, changes: Changes) -> None:
        self._pane.opened.emit(str(changes.result))

    # -- looking back, asking

    def history(self) -> None:
        from .history import HistoryDialog

        view = self._pane.view()
        directory = self._pane.directory()
        if view is not None and directory is not None:
            title = fill(translate("Ticket", "Every change of %1"), words.number(view.number))
            HistoryDialog(self._pane.main, self._runner, view.id, title, directory, self._pane.times()).show()

    def questions(self) -> None:
        from .questions import QuestionsDialog

        view = self._pane.view()
        if view is not None and view.cause_id:
            QuestionsDialog(self._pane.main, self._runner, self._acts, view.id, view.cause_id).open()

    def menu(self) -> list[tuple[str, str, Callable[[], Any]]]:
        """What the ticket's menu offers of it: words, key, act."""
        view = self._pane.view()
        if view is None:
            return []
        watch = translate("Ticket", "Stop following") if view.follows else translate("Ticket", "Follow")
        entries: list[tuple[str, str, Callable[[], Any]]] = [
            (watch, "Shift+W", self.follow),
            (translate("Ticket", "Remind me"), "Shift+H", self.remind),
            (translate("Ticket", "Every change of the ticket"), "Shift+A", self.history),
        ]
        if view.cause_id:
            entries.append((translate("Ticket", "Questions of the cause"), "Shift+Q", self.questions))
        if "merge" in view.acts:
            entries.append((translate("Ticket", "Merge with another ticket"), "Shift+M", self.merge))
        if self._letter_at_hand():
            entries.append((translate("Ticket", "A ticket of its own from this letter"), "Shift+L", self.split))
        if view.merged_into:
            entries.append((translate("Ticket", "Take apart what was merged"), "", self.unmerge))
        return entries

    def _anchor(self) -> QRect:
        return self._pane.main.header.anchor("status")
