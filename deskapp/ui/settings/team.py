"""Team: who works at the desk, on which lines, what they know, and by which calendar."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from ...desk import setup, standing_in
from ...desk.values import Changes
from .. import theme
from ..i18n import fill, translate
from ..widgets import Label
from .page import Rows, SettingsPage, Spin, named
from .rows import RowList

LINES = (1, 2, 3)
_STANDS_IN = ("stands_in_1", "stands_in_2", "stands_in_3")


class TeamPage(SettingsPage):
    id = "team"
    tables = ("specialist", "specialist_skill", "skill", "work_calendar", "substitute")
    right = "team"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Team")

    def build(self) -> None:
        u = theme.current().u
        self._people: Rows = []
        self._known: Rows = []
        self._hours: Rows = []
        self._stand_in: dict[str, tuple[str, ...]] = {}
        self.list = RowList("settings.team", self.tr("People"), self.tr("Add a person"))
        self.list.chosen.connect(self._chosen)
        self.list.added.connect(self._add)
        self.beside(self.list)
        right = self.body
        form = self.form(right)
        form.line("name", self.tr("Name"))
        form.line("name_en", self.tr("Name, English"))
        form.line("email", self.tr("E-mail"))
        form.line("phone", self.tr("Phone"))
        form.line("focus", self.tr("Mostly does"), self.tr("One or two words, shown in the calendar"))
        form.choice(
            "role",
            self.tr("Role"),
            [
                (self.tr("Specialist"), "specialist"),
                (self.tr("Lead"), "lead"),
                (self.tr("Administrator"), "administrator"),
            ],
        )
        form.line("login", self.tr("System user"), self.tr("Who is logged in by this name works here as this person"))
        form.line(
            "hub_login",
            self.tr("User of the shared database"),
            self.tr("A lead's is granted the role lead, others' member"),
        )
        form.choice("calendar_id", self.tr("Working hours"))
        form.number(
            "reserve", self.tr("Kept free of plans"), 0, 90, "%", self.tr("Share of a day for what comes unplanned")
        )
        for place, text in enumerate(
            (self.tr("Stands in, first"), self.tr("Stands in, second"), self.tr("Stands in, third"))
        ):
            hint = self.tr("Is asked while this person is away; their skills count as theirs") if not place else ""
            form.choice(_STANDS_IN[place], text, hint=hint)
        form.check("on_duty", self.tr("On duty"), self.tr("Is told of new letters that nobody owns"))
        form.check(
            "active", self.tr("Works here"), self.tr("Switched off, nothing is planned for them; the past stays")
        )
        form.changed = self._changed
        self.form_ = form

        lines = QHBoxLayout()
        lines.setSpacing(4 * u)
        title = Label(self.tr("Lines"), "body", "text2")
        title.setMinimumWidth(40 * u)
        lines.addWidget(title)
        self._lines: dict[int, QCheckBox] = {}
        for line in LINES:
            box = QCheckBox(f"L{line}")
            box.setObjectName(f"settings.team.line.{line}")
            box.setAccessibleName(fill(self.tr("Line %1"), line))
            box.toggled.connect(self._lines_changed)
            self._lines[line] = box
            lines.addWidget(box)
        lines.addStretch(1)
        right.addLayout(lines)
        right.addWidget(Label(self.tr("Skills"), "strong", "text2"))
        hint = Label(
            self.tr("Pace: effort as a share of the usual one; finished tickets teach it further."), "small", "text3"
        )
        hint.setWordWrap(True)
        right.addWidget(hint)
        self._skills_box = QWidget()
        self._skills = QGridLayout(self._skills_box)
        self._skills.setContentsMargins(0, 0, 0, 0)
        self._skills.setHorizontalSpacing(4 * u)
        self._skills.setColumnStretch(2, 1)
        right.addWidget(self._skills_box)
        right.addStretch(1)
        self._skill_fields: dict[str, tuple[QCheckBox, Spin]] = {}

    # -- content

    def load(self) -> None:
        self.read(setup.skills, done=self._skills_read)
        self.read(setup.calendars, done=self._calendars_read)
        self.read(standing_in.substitutes, done=self._substitutes_read)
        self.read(setup.specialists, done=self._people_read)

    def _substitutes_read(self, found: dict[str, tuple[str, ...]]) -> None:
        self._stand_in = found
        self._show()

    def _skills_read(self, rows: Rows) -> None:
        if [(row["id"], named(row)) for row in rows] == [(row["id"], named(row)) for row in self._known]:
            return
        self._known = rows
        while (item := self._skills.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._skill_fields.clear()
        for place, row in enumerate(rows):
            box = QCheckBox(named(row))
            box.setObjectName(f"settings.team.skill.{place + 1}")
            box.setAccessibleName(named(row))
            pace = Spin()
            pace.setRange(25, 400)
            pace.setSuffix("\u00a0%")
            pace.setValue(100)
            pace.setAccessibleName(fill(self.tr("Pace in %1"), named(row)))
            pace.lineEdit().setAccessibleName(pace.accessibleName())
            pace.setMinimumHeight(6 * theme.current().u)
            pace.setFixedWidth(26 * theme.current().u)
            self._skills.addWidget(box, place, 0)
            self._skills.addWidget(pace, place, 1)
            box.toggled.connect(pace.setEnabled)
            box.toggled.connect(self._skills_changed)
            pace.editingFinished.connect(self._skills_changed)
            self._skill_fields[row["id"]] = (box, pace)
        self._show()

    def _calendars_read(self, rows: Rows) -> None:
        self._hours = rows
        choice: Any = self.form_.fields["calendar_id"]
        chosen = choice.currentData()
        choice.blockSignals(True)
        choice.clear()
        for row in rows:
            choice.addItem(row["name"], row["id"])
        choice.select(chosen)
        choice.blockSignals(False)
        self._show()

    def _people_read(self, rows: Rows) -> None:
        self._people = rows
        away = self.tr("%1 (left)")
        self.list.set_rows(
            [(row["id"], named(row) if row["active"] else fill(away, named(row))) for row in rows], self._fresh
        )
        self._show()
        if self._fresh:
            self._fresh = ""
            self.begin_with("name", self.form_)

    _fresh = ""

    def _person(self) -> dict[str, Any] | None:
        return next((row for row in self._people if row["id"] == self.list.current()), None)

    def _chosen(self, _person: str) -> None:
        self.say("")
        self._show()

    def _show(self) -> None:
        person = self._person()
        if person is None:
            return
        self._offer_colleagues(person["id"])
        others = (*self._stand_in.get(person["id"], ()), "", "", "")
        self.form_.show(person | dict(zip(_STANDS_IN, others, strict=False)))
        for line, box in self._lines.items():
            box.blockSignals(True)
            box.setChecked(line in (person["lines"] or ()))
            box.blockSignals(False)
        for skill, (box, pace) in self._skill_fields.items():
            evidence = person["skills"].get(skill)
            for field in (box, pace):
                field.blockSignals(True)
            box.setChecked(evidence is not None)
            pace.setEnabled(evidence is not None)
            pace.setValue(int(evidence["pace"]) if evidence else 100)
            for field in (box, pace):
                field.blockSignals(False)

    def _offer_colleagues(self, person: str) -> None:
        """Everybody else who works here, and nobody."""
        others = [("", "\u2013"), *((row["id"], named(row)) for row in self._people if row["active"])]
        others = [(one, name) for one, name in others if one != person]
        for field in _STANDS_IN:
            choice: Any = self.form_.fields[field]
            if [choice.itemData(index) for index in range(choice.count())] == [one for one, _ in others]:
                continue
            choice.blockSignals(True)
            choice.clear()
            for one, name in others:
                choice.addItem(name, one)
            choice.blockSignals(False)

    # -- changes

    def _changed(self, name: str, value: Any) -> None:
        person = self._person()
        if person is None:
            return
        if name in _STANDS_IN:
            others = [str(self.form_.value(field) or "") for field in _STANDS_IN]
            self.save(standing_in.save_substitutes, person["id"], others)
            return
        row = {"id": person["id"], name: value}
        if name in ("active", "calendar_id", "zone"):  # the plan rests on it
            what = {"active": self.tr("%1 leaves the team")}.get(name, self.tr("Other hours: %1"))
            self.save_hours(fill(what, named(person)), setup.save_specialist, row)
        else:
            self.save(setup.save_specialist, row)

    def _lines_changed(self) -> None:
        person = self._person()
        chosen = [line for line, box in self._lines.items() if box.isChecked()]
        if person is None:
            return
        if not chosen:
            self.say(self.tr("A person works on one line at least; the last one was kept."), trouble=True)
            self._show()
            return
        self.save(setup.save_specialist, {"id": person["id"], "lines": chosen})

    def _skills_changed(self, *_args: object) -> None:
        person = self._person()
        if person is None:
            return
        skills = {skill: {"pace": pace.value()} for skill, (box, pace) in self._skill_fields.items() if box.isChecked()}
        before = {skill: {"pace": evidence["pace"]} for skill, evidence in person["skills"].items()}
        if skills != before:
            self.save(setup.save_specialist, {"id": person["id"], "skills": skills})

    def _add(self) -> None:
        hours = self._hours[0]["id"] if self._hours else ""
        row = {
            "name": self.tr("New colleague"),
            "lines": [1],
            "calendar_id": hours,
            "position": len(self._people),
        }
        self.save(setup.save_specialist, row, done=partial(self._added))

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()
