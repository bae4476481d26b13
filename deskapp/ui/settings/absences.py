"""Who is away, and time that several people spend together."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QGridLayout, QWidget

from ...core.clock import from_ms
from ...desk import setup, standing_in
from ...desk.values import Changes
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import Button
from .page import Rows, SettingsPage, named
from .rows import Column, RowsTable

_SEVERAL = "+"
_ABREAST = 2


class AbsencesPage(SettingsPage):
    id = "absences"
    tables = ("absence", "specialist")

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Absences")

    def build(self) -> None:
        self._rows: Rows = []
        self._kinds = [
            (self.tr("Leave"), "vacation"),
            (self.tr("Illness"), "sick"),
            (self.tr("Training"), "training"),
            (self.tr("Meeting"), "meeting"),
            (self.tr("On the road"), "travel"),
            (self.tr("Other"), "other"),
        ]
        form = self.form(self.section(self.tr("Add an absence")))
        form.choice("person", self.tr("Person"))
        self.several = QWidget()
        self.several.setObjectName("settings.absences.several")
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self.several)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.current().u)
        form.add("several", self.tr("Who takes part"), self.several, width=110)
        form.choice("kind", self.tr("Kind"), self._kinds)
        self.whole = QCheckBox()
        self.whole.setChecked(True)
        form.add("whole", self.tr("Whole days"), self.whole)
        self.start, self.end = QDateTimeEdit(), QDateTimeEdit()
        now = self.screen.runner.now()
        for field in (self.start, self.end):
            field.setCalendarPopup(False)
            field.setDateTime(QDateTime(QDate(now.year, now.month, now.day), QTime(9, 0)))
        form.add("from", self.tr("From"), self.start, width=50)
        form.add("to", self.tr("To, inclusive"), self.end, width=50)
        form.line("name", self.tr("Remark"))
        self.form_ = form
        form.changed = lambda _name, _value: self._several_shown()
        self.whole.toggled.connect(self._formats)
        self._formats()
        add = Button(self.tr("Add the absence"), "plus")
        add.setObjectName("settings.absences.add")
        add.setAccessibleName(add.text())
        add.clicked.connect(self._add)
        self.body.addWidget(add)
        self.table = RowsTable(
            "settings.absences.rows",
            self.tr("Absences"),
            (
                Column("person", self.tr("Person"), "fixed", 36),
                Column("kind", self.tr("Kind"), "choice", 24),
                Column("from", self.tr("From"), "text", 40),
                Column("to", self.tr("To, inclusive"), "text", 40),
                Column("name", self.tr("Remark"), "text", 30),
            ),
            self._edited,
            remove=self.tr("Remove the absence"),
        )
        self.table.model.options["kind"] = self._kinds
        self.table.removed.connect(self._drop)
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def _formats(self, *_args: object) -> None:
        whole = self.whole.isChecked()
        for field in (self.start, self.end):
            field.setDisplayFormat("dd.MM.yyyy" if whole else "dd.MM.yyyy HH:mm")

    def load(self) -> None:
        self.read(setup.specialists, done=self._people)

    def _people(self, rows: Rows) -> None:
        choice: Any = self.form_.fields["person"]
        chosen = choice.currentData()
        choice.blockSignals(True)
        choice.clear()
        for row in rows:
            if row["active"]:
                choice.addItem(named(row), row["id"])
        choice.addItem(self.tr("Several people…"), _SEVERAL)
        choice.blockSignals(False)
        if chosen:
            choice.select(chosen)
        self._names = {row["id"]: named(row) for row in rows}
        self._boxes_for([row["id"] for row in rows if row["active"]])
        self._several_shown()
        self.read(setup.absences, done=self._read)

    _names: dict[str, str] = {}

    def _boxes_for(self, people: list[str]) -> None:
        if list(self._boxes) == people:
            return
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for person in people:
            box = QCheckBox(self._names[person])
            box.setObjectName(f"settings.absences.several.{len(self._boxes) + 1}")
            box.setAccessibleName(box.text())
            self._grid.addWidget(box, *divmod(len(self._boxes), _ABREAST))
            self._boxes[person] = box

    def _several_shown(self) -> None:
        """Meetings and trainings have several people; who takes part is ticked."""
        several = self.form_.value("person") == _SEVERAL
        self.form_.layout.setRowVisible(self.several, several)

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.screen.directory.zone_name if self.screen.directory else "UTC")

    def _read(self, rows: Rows) -> None:
        self._rows = rows
        zone = self._zone()
        shown = []
        for row in rows:
            if row["start_at"] is None or row["end_at"] is None:
                continue
            start, end = from_ms(row["start_at"]).astimezone(zone), from_ms(row["end_at"]).astimezone(zone)
            shown.append(row | {
                "person": self._names.get(row["specialist_id"], ""),
                "from": _written(start, start),
                "to": _written(end, end - timedelta(seconds=1)),
            })  # fmt: skip
        self.table.set_rows(shown)

    def _add(self) -> None:
        person = self.form_.value("person")
        if not person:
            return
        zone = self._zone()
        start, end = (_python(field.dateTime(), zone) for field in (self.start, self.end))
        if self.whole.isChecked():
            start = datetime.combine(start.date(), time(), zone)
            end = datetime.combine(end.date() + timedelta(days=1), time(), zone)
        dates = (_written(start, start), _written(end, end - timedelta(seconds=1)))
        kind, name = self.form_.value("kind"), self.form_.value("name")
        if person == _SEVERAL:
            people = tuple(one for one, box in self._boxes.items() if box.isChecked())
            what = self.tr("%n people, %1 to %2", None, len(people)).replace("%1", dates[0]).replace("%2", dates[1])
            self.save_hours(what, standing_in.save_together, people, start, end, kind, name, done=self._added)
        else:
            what = self.away_words(self._names.get(person, ""), *dates)
            self.save_hours(what, setup.save_absence, person, start, end, kind, name, done=self._added)

    def away_words(self, name: str, first: str, last: str) -> str:
        """What is being entered, over the preview: one day is named once."""
        if first == last:
            return fill(self.tr("%1 is away on %2"), name, first)
        return fill(self.tr("%1 is away %2 to %3"), name, first, last)

    def _added(self, _changes: Changes) -> None:
        self.form_.show({"name": ""})
        for box in self._boxes.values():
            box.setChecked(False)

    def _drop(self, row: dict[str, Any]) -> None:
        what = fill(self.tr("%1 is here %2 to %3 after all"), row["person"], row["from"], row["to"])
        self.save_hours(what, setup.drop_absence, row["id"])

    def _edited(self, row: dict[str, Any], key: str, value: Any) -> None:
        """Another time is shown first with what it does to the plan, as a new absence is."""
        kept = {"kind": row["kind"], "name": row["name"], key: value}
        start, end = from_ms(row["start_at"]), from_ms(row["end_at"])
        if key in ("from", "to"):
            moment = _moment(str(value), self._zone(), inclusive=key == "to")
            if moment is None:
                self.say(
                    fill(self.tr("%1 is no date. Write 05.11.2026 or 05.11.2026 14:00."), words.quoted(value)), True
                )
                self.load()
                return
            start, end = (moment, end) if key == "from" else (start, moment)
            zone = self._zone()
            last = end.astimezone(zone) - timedelta(seconds=1)
            first = start.astimezone(zone)
            what = fill(
                self.tr("%1 is away %2 to %3"),
                row["person"],
                _written(first, first),
                _written(end.astimezone(zone), last),
            )
            self.save_hours(
                what, setup.save_absence, row["specialist_id"], start, end, row["kind"], row["name"], row["id"]
            )
            return
        self.save(setup.save_absence, row["specialist_id"], start, end, kept["kind"], kept["name"], row["id"])


def _moment(text: str, zone: ZoneInfo, inclusive: bool) -> datetime | None:
    """A day, with its time or without; without, the last one is meant as a whole."""
    found = re.fullmatch(r"\s*(\d\d?)[./](\d\d?)[./](\d{4})(?:,?\s+(\d\d?):(\d\d))?\s*", text)
    if found is None:
        return None
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
        if found[4] is None:
            return datetime.combine(day + timedelta(days=inclusive), time(), zone)
        return datetime.combine(day, time(int(found[4]), int(found[5])), zone)
    except (ValueError, OverflowError):
        return None


def _written(at: datetime, day: datetime) -> str:
    """A day, with its time unless that is midnight."""
    text = f"{words.date_short(day.date())}{words.NBSP}{day.year}"
    return text if (at.hour, at.minute) == (0, 0) else f"{text}, {at:%H:%M}"


def _python(value: QDateTime, zone: ZoneInfo) -> datetime:
    day, clock = value.date(), value.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=zone)
