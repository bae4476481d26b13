"""Causes with their usual effort, zones of the fault, and skills."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...desk import setup
from ...desk.values import Changes
from ..i18n import language, translate
from .asking import Asking
from .page import Rows, SettingsPage, named
from .rows import Column, RowsTable


class CausesPage(SettingsPage):
    id = "causes"
    tables = ("cause", "fault_zone", "skill", "cause_question")
    right = "lists"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Causes, zones and skills")

    def build(self) -> None:
        name = Column("name", self.tr("Name"), "text", 44)
        english = Column("name_en", self.tr("In English"), "text", 36)
        active = Column("active", self.tr("In use"), "check", 20)
        usual = Column("usual_minutes", self.tr("Usual effort"), "effort", 27)
        skill = Column("skill_id", self.tr("Skill"), "choice", 28)
        self._tables: dict[str, RowsTable] = {}
        for key, title, add, columns in (
            ("cause", self.tr("Causes"), self.tr("Add a cause"), (name, english, usual, skill, active)),
            ("zone", self.tr("Zones of the fault"), self.tr("Add a zone"), (name, english, active)),
            ("skill", self.tr("Skills"), self.tr("Add a skill"), (name, english)),
        ):
            column = self.section(title)
            table = RowsTable(f"settings.causes.{key}", title, columns, partial(self._edited, key), add)
            table.added.connect(partial(self._add, key))
            column.addWidget(table)
            self._tables[key] = table
        self._fresh = ("", "")
        self.asking = Asking(self)
        self.section(self.tr("Questions of the preliminary analysis")).addWidget(self.asking)
        self.body.addStretch(1)

    def load(self) -> None:
        self.read(setup.skills, done=self._skills)
        self.read(setup.causes, done=partial(self._show, "cause"))
        self.read(setup.zones, done=partial(self._show, "zone"))

    def _skills(self, rows: Rows) -> None:
        options = [(self.tr("any"), "")]
        options += [(named(row), row["id"]) for row in rows]
        self._tables["cause"].model.options["skill_id"] = options
        self._show("skill", rows)

    def _show(self, key: str, rows: Rows) -> None:
        self._tables[key].set_rows(rows)
        if key == "cause":
            self.asking.set_causes(rows, language() == "en")
        elif key == "zone":
            self.asking.set_zones(rows, language() == "en")
        if self._fresh[0] == key and any(row["id"] == self._fresh[1] for row in rows):
            fresh, self._fresh = self._fresh[1], ("", "")
            self._tables[key].edit(fresh)

    def _edited(self, key: str, row: dict[str, Any], name: str, value: Any) -> None:
        save = {"cause": setup.save_cause, "zone": setup.save_zone, "skill": setup.save_skill}[key]
        self.save(save, {"id": row["id"], name: value})

    def _add(self, key: str) -> None:
        save, text = {
            "cause": (setup.save_cause, self.tr("New cause")),
            "zone": (setup.save_zone, self.tr("New zone")),
            "skill": (setup.save_skill, self.tr("New skill")),
        }[key]
        place = len(self._tables[key].model.rows)
        self.save(save, {"name": text, "position": place}, done=partial(self._added, key))

    def refused(self, trouble: BaseException) -> None:
        super().refused(trouble)
        self.load()  # the cell shows what is in force

    def _added(self, key: str, changes: Changes) -> None:
        self._fresh = (key, str(changes.result))
        self.load()
