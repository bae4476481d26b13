"""Who gets new tickets, and what goes up a line by itself; with a preview of what the rules would have done."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ...desk import assignment, setup
from ...desk.assignment import Previewed
from ...desk.values import Changes
from .. import theme, words
from ..i18n import fill, translate
from ..readtable import ReadTable
from ..widgets import Button
from .page import Rows, SettingsPage, named
from .rows import RowList

_CONDITIONS = ("words", "domain", "cause", "urgency", "line", "vip")
_ACTS = ("owner", "load", "to_line", "skill")


class AssignmentPage(SettingsPage):
    id = "assignment"
    tables = ("assignment_rule", "desk_setting", "cause", "skill", "specialist")
    right = "rule"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Assignment and escalation")

    def build(self) -> None:
        u = theme.current().u
        self._rows: Rows = []
        self._fresh = ""
        self.list = RowList("settings.assignment", self.tr("Rules, the first that fits decides"), self.tr("Add a rule"))
        self.list.chosen.connect(lambda _row: self._show())
        self.list.added.connect(self._add)
        self.beside(self.list)
        desk = self.form(self.section(self.tr("New tickets")))
        desk.choice(
            "assign",
            self.tr("Who gets them"),
            [
                (self.tr("a person says"), ""),
                (self.tr("the rules say"), "rules"),
                (self.tr("the rules, else who has most free time"), "load"),
            ],
            width=90,
        )
        desk.changed = self._desk_changed
        climb = self.form(self.section(self.tr("Going up a line")))
        climb.minutes(
            "climb_minutes",
            self.tr("After"),
            self.tr("Working time in which nobody took it; empty: nothing goes up by itself"),
        )
        climb.choice(
            "climb_urgency", self.tr("From urgency"), [(words.urgency(level), level) for level in (1, 2, 3, 4)]
        )
        climb.changed = self._desk_changed
        self._desk_forms = (desk, climb)
        rule = self.form(self.section(self.tr("The rule")))
        any_ = (self.tr("any"), "")
        rule.line("name", self.tr("Name"))
        rule.check("active", self.tr("In use"))
        rule.line("words", self.tr("Words of the subject"), self.tr("Any of them"))
        rule.line("domain", self.tr("Mail domain"))
        rule.choice("cause", self.tr("Cause"), [any_])
        rule.choice("urgency", self.tr("This urgent or more"), [any_, *((words.urgency(n), n) for n in (1, 2, 3, 4))])
        rule.choice("line", self.tr("On the line"), [any_, *((f"L{n}", n) for n in (1, 2, 3))])
        rule.check("vip", self.tr("VIP alone"))
        rule.choice("owner", self.tr("Goes to"), [(self.tr("whoever the load says"), "")])
        rule.check("load", self.tr("By load"), self.tr("To who has most free time in the week ahead"))
        rule.choice("to_line", self.tr("To the line"), [(self.tr("as it is"), ""), *((f"L{n}", n) for n in (1, 2, 3))])
        rule.choice("skill", self.tr("Skill needed"), [(self.tr("as it is"), "")])
        rule.changed = lambda name, _value: self._rule_changed(name)
        self._rule = rule
        row = QHBoxLayout()
        self.up = Button(self.tr("Earlier"), "arrow-up")
        self.up.setObjectName("settings.assignment.up")
        self.up.clicked.connect(self._earlier)
        row.addWidget(self.up)
        row.addStretch(1)
        self.body.addLayout(row)
        preview = self.section(self.tr("What the last 50 tickets would get"))
        self.table = ReadTable(
            "settings.assignment.preview",
            self.tr("What the last 50 tickets would get"),
            [
                (self.tr("Ticket"), 20),
                (self.tr("Subject"), 64),
                (self.tr("Has it"), 34),
                (self.tr("Would get it"), 34),
                (self.tr("By"), -34),
            ],
        )
        self.table.setMinimumHeight(60 * u)
        preview.addWidget(self.table)

    # -- content

    def load(self) -> None:
        self.read(setup.causes, done=lambda rows: self._options("cause", rows))
        self.read(setup.skills, done=lambda rows: self._options("skill", rows))
        self.read(setup.specialists, done=lambda rows: self._options("owner", rows))
        self.read(setup.rule, done=self._desk_read)
        self.read(assignment.rows, done=self._read)
        self.read(assignment.preview, done=self._previewed)

    def _options(self, name: str, rows: Rows) -> None:
        choice: Any = self._rule.fields[name]
        kept = choice.currentData()
        choice.blockSignals(True)
        while choice.count() > 1:
            choice.removeItem(1)
        for row in rows:
            if row.get("active", 1):
                choice.addItem(named(row), row["id"])
        choice.select(kept)
        choice.blockSignals(False)
        self._show()

    def _desk_read(self, rule: dict[str, Any]) -> None:
        for form in self._desk_forms:
            form.show(rule)

    def _read(self, rows: Rows) -> None:
        self._rows = rows
        away = self.tr("%1 (not in use)")
        self.list.set_rows(
            [(row["id"], row["name"] if row["active"] else fill(away, row["name"])) for row in rows], self._fresh
        )
        self._show()
        if self._fresh:
            self._fresh = ""
            self.begin_with("name", self._rule)

    def _previewed(self, found: tuple[Previewed, ...]) -> None:
        directory = self.screen.directory
        names = {row["id"]: row["name"] for row in self._rows}
        people = {person.id: person.short for person in directory.people.values()} if directory else {}
        load, nobody = self.tr("free time"), self.tr("nobody")
        self.table.set_cells(
            [
                (
                    words.number(one.number),
                    one.subject,
                    people.get(one.owner_id, ""),
                    people.get(one.chosen.person_id, "") if one.chosen else nobody,
                    names.get(one.chosen.rule_id, load) if one.chosen else "",
                )
                for one in found
            ]
        )

    def _row(self) -> dict[str, Any] | None:
        return next((row for row in self._rows if row["id"] == self.list.current()), None)

    def _show(self) -> None:
        row = self._row()
        for field in self._rule.fields.values():
            field.setEnabled(row is not None)
        self.up.setEnabled(row is not None and bool(self._rows) and row is not self._rows[0])
        if row is None:
            return
        conditions, acts = dict(row["conditions"] or ()), dict(row["acts"] or ())
        shown: dict[str, Any] = {"name": row["name"], "active": bool(row["active"])}
        shown |= {name: conditions.get(name, "") for name in _CONDITIONS} | {"vip": bool(conditions.get("vip"))}
        shown |= {"owner": acts.get("owner", ""), "load": "load" in acts, "to_line": acts.get("line", "")}
        self._rule.show(shown | {"skill": acts.get("skill", "")})

    # -- changes

    def _desk_changed(self, name: str, value: Any) -> None:
        self.save(setup.save_rule, {name: 0 if value is None else value})

    def _rule_changed(self, name: str) -> None:
        row, form = self._row(), self._rule
        if row is None:
            return
        if name in ("name", "active"):
            self.save(assignment.save, {"id": row["id"], name: form.value(name)})
            return
        conditions = [[what, form.value(what)] for what in _CONDITIONS if form.value(what) not in ("", None, False)]
        acts = [
            ["line" if what == "to_line" else what, "" if what == "load" else form.value(what)]
            for what in _ACTS
            if form.value(what) not in ("", None, False)
        ]
        self.save(assignment.save, {"id": row["id"], "conditions": conditions, "acts": acts})

    def _earlier(self) -> None:
        ids = [row["id"] for row in self._rows]
        place = ids.index(self.list.current()) if self.list.current() in ids else 0
        if place:
            ids[place - 1], ids[place] = ids[place], ids[place - 1]
            self.save(assignment.order, ids)

    def _add(self) -> None:
        self.save(assignment.save, {"name": self.tr("New rule"), "acts": [["load", ""]]}, done=self._added)

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()
