"""Macros: several acts in one key, and answers that are written once."""

from __future__ import annotations

from typing import Any

from ...desk import macros, setup
from ...desk.values import Changes
from .. import words
from ..i18n import fill, translate
from .page import Form, Rows, SettingsPage, named
from .rows import RowList

#: Fields that stand for acts, by the macro's act.
_ACTS = ("urgency", "cause", "zone", "line", "owner", "skill", "effort", "wait", "snooze", "follow", "note")


class MacrosPage(SettingsPage):
    id = "macros"
    tables = ("macro", "cause", "fault_zone", "skill", "specialist")

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Macros")

    def build(self) -> None:
        self._rows: Rows = []
        self._fresh = ""
        self.list = RowList("settings.macros", self.tr("Macros"), self.tr("Add a macro"))
        self.list.chosen.connect(lambda _row: self._show())
        self.list.added.connect(self._add)
        self.beside(self.list)
        form = self.form(self.body)
        form.line("name", self.tr("Name"))
        form.line("name_en", self.tr("In English"))
        form.check("own", self.tr("Only for me"))
        form.check("active", self.tr("In use"))
        form.text("text", self.tr("Answer, Russian"), 4, self.tr("Goes into the letter where the cursor stands"))
        form.text("text_en", self.tr("Answer, English"), 4)
        form.changed = self._changed
        self._form = form
        acts = self.form(self.section(self.tr("What it does with the ticket")))
        unchanged = (self.tr("as it is"), "")
        acts.choice("urgency", self.tr("Urgency"), [unchanged, *((words.urgency(n), n) for n in (1, 2, 3, 4))])
        acts.choice("cause", self.tr("Cause"), [unchanged])
        acts.choice("zone", self.tr("Zone of the fault"), [unchanged])
        acts.choice("line", self.tr("Line"), [unchanged, *((fill(self.tr("Line L%1"), n), n) for n in (1, 2, 3))])
        acts.choice("owner", self.tr("Specialist"), [unchanged, (self.tr("whoever uses it"), "me")])
        acts.choice("skill", self.tr("Skill"), [unchanged])
        acts.minutes("effort", self.tr("Effort"))
        waits = [(words.status("waiting", reason), reason) for reason in ("customer", "parts", "visit", "third")]
        acts.choice("wait", self.tr("Waits for"), [unchanged, *waits])
        acts.line("snooze", self.tr("Snooze until"), self.tr("As it is typed: fri 9, in 2 h, until reply"))
        acts.check("follow", self.tr("Follow it"))
        acts.text("note", self.tr("Note for colleagues"), 2)
        acts.changed = lambda _name, _value: self._acts_changed()
        self._acts = acts
        self.body.addStretch(1)

    # -- content

    def load(self) -> None:
        for fn, name in ((setup.causes, "cause"), (setup.zones, "zone"), (setup.skills, "skill")):
            self.read(fn, done=lambda rows, name=name: self._options(name, rows))
        self.read(setup.specialists, done=lambda rows: self._options("owner", rows))
        self.read(macros.rows, done=self._read)

    def _options(self, name: str, rows: Rows) -> None:
        choice: Any = self._acts.fields[name]
        kept = choice.currentData()
        choice.blockSignals(True)
        fixed = 2 if name == "owner" else 1
        while choice.count() > fixed:
            choice.removeItem(fixed)
        for row in rows:
            if row.get("active", 1):
                choice.addItem(named(row), row["id"])
        choice.select(kept)
        choice.blockSignals(False)
        self._show()

    def _read(self, rows: Rows) -> None:
        self._rows = rows
        away, mine = self.tr("%1 (not in use)"), self.tr("%1 (mine)")
        shown = []
        for row in rows:
            name = fill(mine, named(row)) if row["owner_id"] else named(row)
            shown.append((row["id"], name if row["active"] else fill(away, name)))
        self.list.set_rows(shown, self._fresh)
        self._show()
        if self._fresh:
            self._fresh = ""
            self.begin_with("name", self._form)

    def _row(self) -> dict[str, Any] | None:
        return next((row for row in self._rows if row["id"] == self.list.current()), None)

    def _show(self) -> None:
        row = self._row()
        self.open_area(row is not None)
        if row is None:
            return
        self._form.show({**row, "own": bool(row["owner_id"])})
        acts = {str(name): value for name, value in row["acts"] or ()}
        blank: dict[str, Any] = dict.fromkeys(_ACTS, "")
        blank |= {"effort": None, "follow": False}
        self._acts.show(blank | acts | {"follow": "follow" in acts})

    # -- changes

    def _changed(self, name: str, value: Any) -> None:
        row = self._row()
        if row is None:
            return
        if name == "own":
            name, value = "owner_id", self.screen.settings.text("me") if value else ""
        self.save(macros.save, {"id": row["id"], name: value})

    def _acts_changed(self) -> None:
        row = self._row()
        if row is not None:
            self.save(macros.save, {"id": row["id"], "acts": acts_of(self._acts)})

    def refused(self, trouble: BaseException) -> None:
        super().refused(trouble)
        self.load()

    def _add(self) -> None:
        directory = self.screen.directory
        everybody = directory is not None and "letters" in directory.rights
        owner = "" if everybody else self.screen.settings.text("me")
        self.save(macros.save, {"name": self.tr("New macro"), "owner_id": owner}, done=self._added)

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()


def acts_of(form: Form) -> list[list[Any]]:
    """The acts that the fields stand for, in the order in which they are done."""
    found: list[list[Any]] = []
    for name in _ACTS:
        value = form.value(name)
        if value not in ("", None, False):
            found.append([name, "" if name == "follow" else value])
    return found
