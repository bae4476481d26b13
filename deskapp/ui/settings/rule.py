"""The answer rule: what the desk has agreed on about answers, promises and pieces of work."""

from __future__ import annotations

from typing import Any

from ...desk import setup
from ..i18n import translate
from .page import Rows, SettingsPage


class RulePage(SettingsPage):
    id = "rule"
    tables = ("desk_setting", "work_calendar")
    right = "rule"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Answer rule")

    def build(self) -> None:
        desk = self.form(self.section(self.tr("Desk")))
        desk.line("desk_name", self.tr("Name of the desk"), self.tr("Stands under letters"))
        desk.choice("calendar_id", self.tr("Its working hours"), hint=self.tr("The answer clock runs by them"))
        desk.minutes(
            "answer_minutes", self.tr("Answer within"), self.tr("Working time from receipt to a date or a refusal")
        )
        desk.check("question_stops_clock", self.tr("A question stops the answer clock"))
        desk.check("parts_stop_clock", self.tr("Waiting for a part stops contract clocks"))
        desk.check("visit_stops_clock", self.tr("Waiting for a visit stops contract clocks"))
        desk.check(
            "acknowledge", self.tr("Tell the number at once"), self.tr("A short automatic letter to a new ticket")
        )
        desk.check("answer_status", self.tr("Tell the state by letter"), self.tr("To a participant who asks “status”"))
        desk.number(
            "auto_per_hour", self.tr("Automatic letters an hour"), 0, 100, "", self.tr("To one address at most")
        )
        promise = self.form(self.section(self.tr("Promise")))
        promise.minutes("margin", self.tr("Margin"), self.tr("Working time added to the finish before promising"))
        promise.minutes("round_to", self.tr("Rounded up to"))
        promise.number("horizon_days", self.tr("Looked ahead"), 1, 250, self.tr("working days"))
        pieces = self.form(self.section(self.tr("Pieces of work")))
        pieces.minutes(
            "min_piece", self.tr("No piece shorter than"), self.tr("Unless a break cuts it or the whole work is")
        )
        pieces.minutes("min_beside_break", self.tr("Beside a break at least"))
        closing = self.form(self.section(self.tr("Closing")))
        closing.number(
            "reopen_days",
            self.tr("A letter reopens within"),
            0,
            3650,
            self.tr("days"),
            self.tr("A later letter to a closed ticket opens a new one"),
        )
        closing.number(
            "silence_days",
            self.tr("Closed by silence after"),
            0,
            365,
            self.tr("days"),
            self.tr("0: a resolved ticket stays open until the customer agrees; a contract may say otherwise"),
        )
        closing.number(
            "silence_remind_days",
            self.tr("Reminded before, after"),
            1,
            365,
            self.tr("days"),
            self.tr("By itself, where silence closes"),
        )
        closing.number(
            "follow_up_days",
            self.tr("A question is asked again after"),
            0,
            365,
            self.tr("days"),
            self.tr("0: by a person; twice at most"),
        )
        closing.choice(
            "ask_rating",
            self.tr("Asked after consent"),
            [
                (self.tr("Nothing"), ""),
                (self.tr("How satisfied, 1 to 5"), "csat"),
                (self.tr("Would recommend us, 0 to 10"), "nps"),
            ],
            self.tr("A digit in the answer is written down"),
        )
        self._forms = (desk, promise, pieces, closing)
        for form in self._forms:
            form.changed = self._changed
        self.body.addStretch(1)

    def load(self) -> None:
        self.read(setup.calendars, done=self._calendars)

    def _calendars(self, rows: Rows) -> None:
        choice: Any = self._forms[0].fields["calendar_id"]
        chosen = choice.currentData()
        choice.blockSignals(True)
        choice.clear()
        for row in rows:
            choice.addItem(row["name"], row["id"])
        choice.select(chosen)
        choice.blockSignals(False)
        self.read(setup.rule, done=self._show)

    def _show(self, rule: dict[str, Any]) -> None:
        for form in self._forms:
            form.show(rule)

    def _changed(self, name: str, value: Any) -> None:
        self.save(setup.save_rule, {name: 0 if value is None else value})
