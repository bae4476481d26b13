"""Duty roster, and maintenance that comes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from ...desk import duty, recurring
from ...desk.values import Changes
from .. import typed_days, words
from ..i18n import fill, translate
from ..widgets import Label
from . import hours
from .page import SettingsPage
from .rows import Column, RowList, RowsTable

#: Rules, customers (id, name), sites (id, customer, name).
_Found = tuple[tuple[recurring.Rule, ...], list[tuple[str, str]], list[tuple[str, str, str]]]
_FORM = "%d.%m.%Y %H:%M"


class DutyPage(SettingsPage):
    """Who answers for the desk, when. Times are typed as "05.11.2026 09:00"."""

    id = "duty"
    tables = ("duty_shift", "specialist")
    right = "hours"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Duty")

    def build(self) -> None:
        hint = self.tr(
            "Who is on duty, and the leads, are told 30 and 10 working minutes before an answer is due. "
            "Where the roster is silent, those marked on duty in the team are."
        )
        self.note(hint)
        columns = (
            Column("specialist_id", self.tr("Who"), "choice", 44),
            Column("from", self.tr("From"), "text", 38),
            Column("to", self.tr("To"), "text", 38),
            Column("note", self.tr("Note"), "text", 44),
        )
        self.table = RowsTable(
            "settings.duty.shifts", self.tr("Shifts"), columns, self._edited, self.tr("Add a shift"),
            self.tr("Remove"),
        )  # fmt: skip
        self.table.added.connect(self._add)
        self.table.removed.connect(lambda row: self.save(duty.drop_shift, row["id"], done=self._again))
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self._fresh = ""
        self._last: dict[str, Any] = {}

    def note(self, text: str) -> None:
        label = Label(text, "small", "text2")
        label.setWordWrap(True)
        self.body.addWidget(label)

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.screen.directory.zone_name if self.screen.directory else "UTC")

    def load(self) -> None:
        people = self.screen.directory.people.values() if self.screen.directory else ()
        self.table.model.options["specialist_id"] = [(one.name, one.id) for one in people if one.active]
        self.read(_shifts, done=self._show)

    def _show(self, shifts: tuple[duty.Shift, ...]) -> None:
        zone = self.zone()
        rows = [
            {
                "id": one.id,
                "specialist_id": one.specialist_id,
                "from": f"{one.start.astimezone(zone):{_FORM}}",
                "to": f"{one.end.astimezone(zone):{_FORM}}",
                "note": one.note,
            }
            for one in shifts
        ]
        self._last = rows[-1] if rows else {}
        self.table.set_rows(rows)
        if self._fresh:
            fresh, self._fresh = self._fresh, ""
            self.table.edit(fresh)

    def _edited(self, row: dict[str, Any], _key: str, _value: Any) -> None:
        try:
            start, end = (
                datetime.strptime(str(row[name]).strip(), _FORM).replace(tzinfo=self.zone()) for name in ("from", "to")
            )
        except ValueError:
            self.say(self.tr("Write times as 05.11.2026 09:00; the old one was kept."), trouble=True)
            self.load()
            return
        values = {"id": row["id"], "specialist_id": row["specialist_id"], "start": start, "end": end}
        self.save(duty.save_shift, {**values, "note": row["note"]}, done=self._again)

    def _again(self, _changes: Changes) -> None:
        self.load()

    def refused(self, trouble: BaseException) -> None:
        super().refused(trouble)
        self.load()

    def _add(self) -> None:
        """The next day, as long as the last shift, or today's working day; the next person."""
        zone = self.zone()
        options = [value for _text, value in self.table.model.options["specialist_id"]]
        if not options:
            return
        if self._last:
            start = datetime.strptime(self._last["to"], _FORM).replace(tzinfo=zone)
            before = datetime.strptime(self._last["from"], _FORM).replace(tzinfo=zone)
            end = start + min(start - before, timedelta(days=7))
            place = options.index(self._last["specialist_id"]) if self._last["specialist_id"] in options else -1
            person = options[(place + 1) % len(options)]
        else:
            start = self.screen.runner.now().astimezone(zone).replace(hour=9, minute=0, second=0, microsecond=0)
            end, person = start + timedelta(hours=9), options[0]
        self.save(duty.save_shift, {"specialist_id": person, "start": start, "end": end}, done=self._added)

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()


def _shifts(desk: Any) -> tuple[duty.Shift, ...]:
    return duty.shifts(desk, desk.clock.now() - timedelta(days=2))


class MaintenancePage(SettingsPage):
    """Rules that make tickets and book their work."""

    id = "maintenance"
    tables = ("recurring", "ticket", "site", "customer")
    right = "contracts"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Maintenance")

    def build(self) -> None:
        self._rules: tuple[recurring.Rule, ...] = ()
        self._fresh = ""
        self.list = RowList("settings.maintenance", self.tr("Rules"), self.tr("Add a rule"))
        self.list.chosen.connect(lambda _rule: self._show())
        self.list.added.connect(self._add)
        self.beside(self.list)
        form = self.form()
        form.line("name", self.tr("Name"))
        form.line("subject", self.tr("Subject of the tickets"))
        form.text("text", self.tr("What is done"))
        form.choice("customer_id", self.tr("Customer"))
        form.choice("kind", self.tr("Where"), [(self.tr("At the desk"), "work"), (self.tr("Visit"), "visit")])
        form.choice("site_id", self.tr("Site"))
        form.choice(
            "every",
            self.tr("Every"),
            [
                (self.tr("day"), "day"),
                (self.tr("week"), "week"),
                (self.tr("month"), "month"),
                (self.tr("year"), "year"),
            ],
        )
        form.number("step", self.tr("Each how many"), 1, 100)
        form.line("first_on", self.tr("First on"), self.tr("01.12.2026; later dates follow from it"), 40)
        form.line("until", self.tr("Last on"), self.tr("empty: for ever"), 40)
        form.minutes("effort", self.tr("Effort"))
        form.line("minute", self.tr("Begins at"), self.tr("10:00; empty: whenever there is room"), 40)
        form.choice("owner_id", self.tr("Specialist"))
        form.choice("cause_id", self.tr("Cause"))
        form.number("ahead_days", self.tr("Made ahead"), 0, 365, self.tr("days"))
        form.check("active", self.tr("In use"))
        form.changed = self._changed
        self.form_ = form
        self.body.addStretch(1)

    def load(self) -> None:
        directory = self.screen.directory
        people = [(self.tr("whoever can"), "")]
        causes = [(self.tr("none"), "")]
        if directory is not None:
            people += [(one.name, one.id) for one in directory.people.values() if one.active]
            causes += [(one.name, one.id) for one in directory.causes]
        self._fill("owner_id", people)
        self._fill("cause_id", causes)
        self.read(_rules, done=self._read)

    def _fill(self, name: str, options: list[tuple[str, str]]) -> None:
        choice: Any = self.form_.fields[name]
        chosen = choice.currentData()
        choice.blockSignals(True)
        choice.clear()
        for text, value in options:
            choice.addItem(text, value)
        choice.select(chosen)
        choice.blockSignals(False)

    def _read(self, found: _Found) -> None:
        self._rules, customers, self._sites = found
        self._fill("customer_id", [(self.tr("the desk itself"), ""), *((name, key) for key, name in customers)])
        paused = self.tr("%1 (not in use)")
        names = []
        for one in self._rules:
            name = str(one.row["name"])
            names.append((one.id, name if one.row["active"] else fill(paused, name)))
        fresh, self._fresh = self._fresh, ""
        self.list.set_rows(names, fresh)
        self._show()
        if fresh:
            self.begin_with("name", self.form_)

    def _rule(self) -> recurring.Rule | None:
        return next((one for one in self._rules if one.id == self.list.current()), None)

    def _show(self) -> None:
        rule = self._rule()
        self.open_area(rule is not None)
        if rule is None:
            return
        customer = rule.row["customer_id"]
        sites = [(name, key) for key, owner, name in self._sites if owner == customer]
        self._fill("site_id", [(self.tr("none"), ""), *sites])
        begins = rule.row["minute"]
        days = {name: typed_days.written(rule.row[name] or "") for name in ("first_on", "until")}
        self.form_.show({**rule.row, **days, "minute": hours.clock(begins) if begins else ""})
        said = self.tr("%n ticket(s) made", None, rule.made)
        if rule.following is not None:
            said = f"{said}, {fill(self.tr('next on %1'), words.date_short(rule.following))}"
        self.say(said)

    def _changed(self, name: str, value: Any) -> None:
        rule = self._rule()
        if rule is None:
            return
        if name in ("first_on", "until"):
            value = typed_days.iso(str(value), self.screen.runner.now().year)
        if name == "minute" and value:
            value = hours.moment(str(value))
            if value is None:
                self.say(self.tr("Write a time as 10:00, or nothing."), trouble=True)
                return
        self.save(recurring.save, {"id": rule.id, name: value or None if name == "minute" else value})

    def _add(self) -> None:
        day = self.screen.runner.now().date() + timedelta(days=1)
        row = {"name": self.tr("New rule"), "first_on": day.isoformat(), "every": "month", "active": 0, "effort": 60}
        self.save(recurring.save, row, done=partial(self._added))

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()


def _rules(desk: Any) -> _Found:
    return recurring.rules(desk), recurring.customers(desk), recurring.sites(desk)
