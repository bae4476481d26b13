"""Sorting by keys: the popups that set a field of one ticket or of several, beside a row or a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from ...desk import closing, effort, triage, when
from ...desk.values import Directory, Terms
from .. import words
from ..acts import Acts
from ..i18n import fill, translate
from ..popups import ChoicePopup, Option, Popup, TypedPopup, WordPopup
from ..widgets import urgency_icon
from . import term_popups

#: Efforts offered below the line, minutes.
USUAL_EFFORTS = (15, 30, 60, 120, 240, 480)


@dataclass(frozen=True)
class Target:
    """What a popup is for: tickets, and the values that they have now (None: they differ or are unknown)."""

    ids: tuple[str, ...]
    urgency: int | None = None
    cause_id: str | None = None
    owner_id: str | None = None
    effort: int | None = None
    line: int | None = None
    zone_id: str | None = None
    product: str = ""
    subject: str = ""
    requester: str = ""
    usual: int | None = None  # effort of similar tickets, minutes
    how: str = "mail"  # how the requester spoke last
    terms: Terms = field(default_factory=Terms)


class Triage(QObject):
    """Opens one popup at a time. `opened` and `closed` freeze the list meanwhile; `go_on` asks for the next ticket."""

    opened = Signal()
    closed = Signal()
    go_on = Signal()
    acted = Signal(object)  # Changes

    def __init__(self, acts: Acts, host: QWidget) -> None:
        super().__init__(host)
        self._acts = acts
        self._host = host
        self._directory: Directory | None = None
        self._now: Callable[[], datetime] | None = None
        self._zone = ZoneInfo("UTC")
        self.popup: Popup | None = None

    def set_directory(self, directory: Directory, now: Callable[[], datetime]) -> None:
        self._directory = directory
        self._now = now
        self._zone = ZoneInfo(directory.zone_name)

    def times(self) -> words.Times:
        assert self._now is not None
        return words.Times(self._zone, self._now())

    # -- the popups

    def urgency(self, target: Target, anchor: QRect) -> None:
        options = [Option(level, words.urgency(level), *urgency_icon(level)) for level in (1, 2, 3, 4)]
        self._choose(translate("Triage", "Urgency"), options, target.urgency, "U", anchor, triage.set_urgency, target)

    def cause(self, target: Target, anchor: QRect) -> None:
        directory = self._known()
        options = [
            Option(cause.id, cause.name, note=words.duration(cause.minutes) if cause.minutes else "")
            for cause in directory.causes
        ]
        self._choose(translate("Triage", "Cause"), options, target.cause_id, "C", anchor, triage.set_cause, target)

    def owner(self, target: Target, anchor: QRect) -> None:
        directory = self._known()
        people = [person for person in directory.people.values() if person.active]
        me = directory.me
        if me is not None:
            people.sort(key=lambda person: person.id != me.id)
        options = [
            Option(
                person.id,
                person.name,
                note=", ".join(fill(translate("Triage", "L%1"), line) for line in person.lines),
                person=(person.initials, person.id),
            )
            for person in people
        ]
        options.append(Option("", translate("Triage", "Nobody"), "user"))
        self._choose(translate("Triage", "Specialist"), options, target.owner_id, "A", anchor, triage.set_owner, target)

    def line(self, target: Target, anchor: QRect) -> None:
        options = [Option(line, fill(translate("Triage", "Line L%1"), line)) for line in (1, 2, 3)]
        self._choose(translate("Triage", "Line"), options, target.line, "", anchor, triage.set_line, target)

    def zone(self, target: Target, anchor: QRect) -> None:
        options = [Option(zone.id, zone.name) for zone in self._known().zones]
        options.append(Option("", translate("Triage", "Not known")))
        self._choose(
            translate("Triage", "Zone of the fault"), options, target.zone_id, "", anchor, triage.set_zone, target
        )

    def effort(self, target: Target, anchor: QRect) -> None:
        suggestions = [Option(minutes, words.duration(minutes)) for minutes in USUAL_EFFORTS]
        if target.usual:
            note = translate("Triage", "usual for such tickets")
            suggestions.insert(0, Option(target.usual, words.duration(target.usual), note=note))
        popup = TypedPopup(
            self._host,
            translate("Triage", "Effort"),
            effort.parse,
            words.duration,
            translate("Triage", "2h30, 2:30, 150, 2.5h"),
            suggestions,
            words.duration(target.effort).replace(words.NBSP, " ") if target.effort else "",
            "M",
        )
        self._typed(popup, "triage.effort", anchor, lambda value: (triage.set_effort, list(target.ids), value))

    def snooze(self, target: Target, anchor: QRect) -> None:
        times = self.times()

        def parse(text: str) -> when.When | None:
            return when.parse(text, times.now, self._zone)

        def show(value: when.When) -> str:
            if value.for_reply or value.until is None:
                return translate("Triage", "until they reply")
            return times.moment(value.until)

        texts = (
            (translate("Triage", "in 2 h"), "in 2 h"),
            (translate("Triage", "tomorrow morning"), "tomorrow"),
            (translate("Triage", "Monday morning"), "mon"),
            (translate("Triage", "until they reply"), "until reply"),
        )
        suggestions = [Option(value, text, note=show(value)) for text, typed in texts if (value := parse(typed))]
        popup = TypedPopup(
            self._host,
            translate("Triage", "Snooze until"),
            parse,
            show,
            translate("Triage", "tomorrow 15:00, in 2 h, fri 9, until reply"),
            suggestions,
            "",
            "H",
        )
        self._typed(
            popup,
            "triage.snooze",
            anchor,
            lambda value: (triage.snooze, list(target.ids), value.until, value.for_reply),
        )

    def terms(self, target: Target, anchor: QRect) -> None:
        """What was agreed on the time: which of it to set."""
        popup = term_popups.menu(self._host, target, self.times())
        popup.chosen.connect(lambda name, _go_on: self._term(name, target, anchor))
        self._open(popup, "triage.terms", anchor)

    def not_before(self, target: Target, anchor: QRect) -> None:
        self._term("not_before", target, anchor)

    def wanted(self, target: Target, anchor: QRect) -> None:
        self._term("wanted", target, anchor)

    def pieces(self, target: Target, anchor: QRect) -> None:
        self._term("pieces", target, anchor)

    def travel(self, target: Target, anchor: QRect) -> None:
        self._term("travel", target, anchor)

    def _term(self, name: str, target: Target, anchor: QRect) -> None:
        popup, call = term_popups.made(name, self._host, target, self.times())
        self._typed(popup, f"triage.{name}", anchor, call)

    def product(self, target: Target, anchor: QRect) -> None:
        self._text(translate("Triage", "Product"), target.product, anchor, target, triage.set_product)

    def subject(self, target: Target, anchor: QRect) -> None:
        self._text(translate("Triage", "Subject"), target.subject, anchor, target, triage.set_subject)

    def set_aside(self, target: Target, kind: str) -> None:
        """At once, without a popup: it is one undo step, and "Set aside" keeps it to look back."""
        if target.ids:
            self._acts.act(triage.set_aside, list(target.ids), kind, on_done=self.acted.emit)

    def consent(self, target: Target, anchor: QRect) -> None:
        popup = WordPopup(
            self._host,
            translate("Triage", "Consent received"),
            translate("Triage", "Close the ticket"),
            target.requester,
            target.how,
            key="S",
        )
        popup.recorded.connect(lambda how, who, _text: self._act(closing.agree, target.ids[0], how, who))
        self._open(popup, "triage.consent", anchor)

    def disagree(self, target: Target, anchor: QRect) -> None:
        popup = WordPopup(
            self._host,
            translate("Triage", "Not fixed"),
            translate("Triage", "Back to work"),
            target.requester,
            target.how,
            with_text=True,
            key="Shift+S",
        )
        popup.recorded.connect(lambda how, who, text: self._act(closing.disagree, target.ids[0], how, who, text))
        self._open(popup, "triage.disagree", anchor)

    # -- how they open

    def _known(self) -> Directory:
        assert self._directory is not None
        return self._directory

    def _act(self, intention: Callable[..., Any], *args: Any) -> None:
        self._acts.act(intention, *args, on_done=self.acted.emit)

    def _choose(
        self,
        title: str,
        options: Sequence[Option],
        current: Any,
        key: str,
        anchor: QRect,
        intention: Callable[..., Any],
        target: Target,
    ) -> None:
        popup = ChoicePopup(self._host, title, options, current, key)

        def chosen(value: Any, go_on: bool) -> None:
            self._act(intention, list(target.ids), value)
            if go_on:
                self.go_on.emit()

        popup.chosen.connect(chosen)
        self._open(popup, "triage.choice", anchor)

    def _typed(
        self, popup: TypedPopup | ChoicePopup, name: str, anchor: QRect, call: Callable[[Any], tuple[Any, ...]]
    ) -> None:
        def chosen(value: Any, go_on: bool) -> None:
            intention, *args = call(value)
            self._act(intention, *args)
            if go_on:
                self.go_on.emit()

        popup.chosen.connect(chosen)
        self._open(popup, name, anchor)

    def _text(self, title: str, text: str, anchor: QRect, target: Target, intention: Callable[..., Any]) -> None:
        def parse(typed: str) -> str | None:
            return typed.strip() or None

        popup = TypedPopup(self._host, title, parse, lambda value: value, text=text)
        popup.understood.hide()
        popup.chosen.connect(lambda value, _go_on: self._act(intention, list(target.ids), value))
        self._open(popup, "triage.text", anchor)

    def _open(self, popup: Popup, name: str, anchor: QRect) -> None:
        if self.popup is not None:
            self.popup.dismiss()
        popup.setObjectName(name)
        popup.closed.connect(self._closed)
        self.popup = popup
        self.opened.emit()
        popup.open_at(anchor)

    def _closed(self) -> None:
        self.popup = None
        self.closed.emit()
