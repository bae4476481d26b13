"""Working hours by week, the dates that differ, and who is away."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QLocale, Qt, QTimeZone
from PySide6.QtWidgets import QCompleter, QDateEdit, QFileDialog, QWidget

from ...desk import prodcal, setup
from ...desk.values import Changes
from .. import theme, words
from ..fields import Choice, LineField
from ..i18n import fill, language, translate
from ..widgets import Button, FlowLayout, Label
from . import hours
from .absences import AbsencesPage
from .page import Rows, SettingsPage, Spin, named
from .rows import Column, RowList, RowsTable


class CalendarsPage(SettingsPage):
    id = "calendars"
    tables = ("work_calendar", "calendar_day")
    right = "hours"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Calendars")

    def build(self) -> None:
        self._rows: Rows = []
        self._fresh = ""
        self.list = RowList("settings.calendars", self.tr("Calendars"), self.tr("Add a calendar"))
        self.list.chosen.connect(lambda _id: self._show())
        self.list.added.connect(self._add)
        self.beside(self.list)
        right = self.body
        form = self.form(right)
        form.line("name", self.tr("Name"))
        zone = form.line("zone", self.tr("Time zone"), self.tr("Europe/Moscow, Asia/Yekaterinburg"))
        completer = QCompleter(sorted(available_timezones()), zone)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        zone.setCompleter(completer)
        form.changed = self._changed
        self.form_ = form
        right.addWidget(Label(self.tr("Hours of the week"), "strong", "text2"))
        hint = Label(self.tr("Several intervals a day: 9–13, 14–18. Empty: a day off."), "small", "text3")
        hint.setWordWrap(True)
        right.addWidget(hint)
        week = self.form(right)
        monday = date(2024, 1, 1)
        for day in range(7):
            week.line(f"day{day}", words.weekday(monday + timedelta(days=day)).capitalize())
        week.changed = self._week_changed
        self._week = week
        right.addWidget(Label(self.tr("Dates that differ"), "strong", "text2"))
        right.addWidget(self._fill_row())
        self.days = RowsTable(
            "settings.calendars.days",
            self.tr("Dates that differ"),
            (
                Column("day_words", self.tr("Date"), "fixed", 32),
                Column("kind", self.tr("Kind"), "choice", 26),
                Column("named", self.tr("Name"), "text", 36),
                Column("hours", self.tr("Hours"), "text", 40),
            ),
            self._day_edited,
            remove=self.tr("Remove the date"),
        )
        self.days.model.options["kind"] = [
            (self.tr("Holiday"), "holiday"),
            (self.tr("Shortened"), "short"),
            (self.tr("Working day"), "working"),
        ]
        self.days.removed.connect(self._drop_day)
        right.addWidget(self.days)
        right.addWidget(self._day_row())

    def _fill_row(self) -> QWidget:
        """Holidays of a country for whole years."""
        u = theme.current().u
        box = QWidget()
        row = FlowLayout(box, 2 * u)
        self.country = Choice()
        self.country.setObjectName("settings.calendars.country")
        self.country.setAccessibleName(self.tr("Country"))
        self.country.setFixedWidth(50 * u)
        this_year = self.screen.runner.now().year
        self.first, self.last = Spin(), Spin()
        for spin, name, year in (
            (self.first, self.tr("From year"), this_year),
            (self.last, self.tr("To year"), this_year + 1),
        ):
            spin.setRange(2000, 2100)
            spin.setValue(year)
            spin.setAccessibleName(name)
            spin.lineEdit().setAccessibleName(name)
            spin.setFixedWidth(22 * u)
        fill_in = Button(self.tr("Fill in holidays"), "calendar-days")
        fill_in.setObjectName("settings.calendars.fill")
        fill_in.setAccessibleName(fill_in.text())
        fill_in.clicked.connect(self._fill)
        read = Button(self.tr("Read a production calendar…"), "download")
        read.setObjectName("settings.calendars.read")
        read.setAccessibleName(read.text())
        read.setToolTip(self.tr("XML of xmlcalendar.ru or CSV; shortened days come along"))
        read.clicked.connect(self._ask_file)
        for widget in (self.country, self.first, self.last, fill_in, read):
            widget.setMinimumHeight(7 * u)
            row.addWidget(widget)
        return box

    def _day_row(self) -> QWidget:
        """A single date by hand."""
        u = theme.current().u
        box = QWidget()
        row = FlowLayout(box, 2 * u)
        self.new_day = QDateEdit()
        self.new_day.setObjectName("settings.calendars.new_day")
        self.new_day.setAccessibleName(self.tr("Date to add"))
        self.new_day.lineEdit().setAccessibleName(self.tr("Date to add"))
        self.new_day.setDisplayFormat("dd.MM.yyyy")
        self.new_kind = Choice()
        self.new_kind.setObjectName("settings.calendars.new_kind")
        self.new_kind.setAccessibleName(self.tr("Kind of the date"))
        for text, kind in self.days.model.options["kind"]:
            self.new_kind.addItem(text, kind)
        self.new_kind.setFixedWidth(36 * u)
        self.new_hours = LineField(self.tr("Hours of the date"), self.tr("9–13, 14–17"))
        self.new_hours.setObjectName("settings.calendars.new_hours")
        self.new_hours.setFixedWidth(40 * u)
        add = Button(self.tr("Add the date"), "plus")
        add.setObjectName("settings.calendars.add_day")
        add.setAccessibleName(add.text())
        add.clicked.connect(self._add_day)
        for widget in (self.new_day, self.new_kind, self.new_hours, add):
            widget.setMinimumHeight(7 * u)
            row.addWidget(widget)
        now = self.screen.runner.now()
        self.new_day.setDate(QDate(now.year, now.month, now.day))
        return box

    # -- content

    def load(self) -> None:
        if not self.country.count():
            self.read(_countries, done=self._countries_read)
        self.read(setup.calendars, done=self._read)

    def _countries_read(self, codes: tuple[str, ...]) -> None:
        self.country.clear()
        for code in codes:
            territory = QLocale.codeToTerritory(code)
            place = QLocale(QLocale.Language.AnyLanguage, territory)
            # of a territory that nobody's language is known of, Qt gives the name of another
            known = territory != QLocale.Country.AnyTerritory and place.territory() == territory
            name = place.nativeTerritoryName() if known else ""
            self.country.addItem(f"{code}\u2002{name}" if name else code, code)
        self._show()

    def _read(self, rows: Rows) -> None:
        self._rows = rows
        self.list.set_rows([(row["id"], row["name"]) for row in rows], self._fresh)
        self._show()
        if self._fresh:
            self._fresh = ""
            self.begin_with("name", self.form_)

    def _calendar(self) -> dict[str, Any] | None:
        return next((row for row in self._rows if row["id"] == self.list.current()), None)

    def _show(self) -> None:
        calendar = self._calendar()
        if calendar is None:
            return
        self.form_.show(calendar)
        self._week.show({f"day{day}": hours.write(calendar["week"][day]) for day in range(7)})
        default = calendar["country"] or _country_of(calendar["zone"])
        if default:
            self.country.select(default)
        shown = []
        for row in calendar["days"]:
            day = date.fromisoformat(row["day"])
            shown_day = f"{words.date_short(day)}{words.NBSP}{day.year}"
            shown.append(
                row | {"day_words": shown_day, "named": named(row), "hours": hours.write(row["intervals"] or ())}
            )
        self.days.set_rows(shown)

    # -- changes

    def _changed(self, name: str, value: Any) -> None:
        calendar = self._calendar()
        if calendar is not None:
            self.save(setup.save_calendar, {"id": calendar["id"], name: value})

    def _week_changed(self, _name: str, _value: Any) -> None:
        calendar = self._calendar()
        if calendar is None:
            return
        week = []
        for day in range(7):
            text = self._week.value(f"day{day}")
            found = hours.parse(text)
            if found is None:
                self.say(
                    fill(self.tr("%1 are no hours. Write 9–13, 14–18. The old ones were kept."), words.quoted(text)),
                    True,
                )
                return
            week.append(found)
        if week == calendar["week"]:
            self.say("")
            self._show()
        else:
            what = fill(self.tr("Other hours: %1"), calendar["name"])
            self.save_hours(what, setup.save_calendar, {"id": calendar["id"], "week": week})

    def _day_edited(self, row: dict[str, Any], key: str, value: Any) -> None:
        changed = {name: row[name] for name in ("calendar_id", "day", "kind", "name", "name_en", "intervals")}
        if key == "hours":
            found = hours.parse(str(value))
            if found is None:
                self.say(
                    fill(self.tr("%1 are no hours. Write 9–13, 14–18. The old ones were kept."), words.quoted(value)),
                    True,
                )
                self.load()
                return
            changed["intervals"] = found
        elif key == "named":
            changed["name_en" if language() == "en" and row["name_en"] else "name"] = value
        else:
            changed[key] = value
        self._save_day(changed)

    def _drop_day(self, row: dict[str, Any]) -> None:
        day = words.date_long(date.fromisoformat(row["day"]))
        self.save_hours(fill(self.tr("Other hours on %1"), day), setup.drop_day, row["id"])

    def _save_day(self, row: dict[str, Any]) -> None:
        if row["kind"] == "holiday":
            row["intervals"] = []
        elif not row["intervals"]:
            self.say(self.tr("A shortened or working day needs its hours."), trouble=True)
            self.load()
            return
        day = words.date_long(date.fromisoformat(row["day"]))
        self.save_hours(fill(self.tr("Other hours on %1"), day), setup.save_day, row)

    def _add_day(self) -> None:
        calendar = self._calendar()
        found = hours.parse(self.new_hours.text())
        if calendar is None:
            return
        if found is None:
            text = self.tr("%1 are no hours. Write 9–13, 14–18. The old ones were kept.")
            self.say(fill(text, words.quoted(self.new_hours.text())), True)
            return
        day = self.new_day.date()
        self._save_day(
            {
                "calendar_id": calendar["id"],
                "day": date(day.year(), day.month(), day.day()).isoformat(),
                "kind": self.new_kind.currentData(),
                "name": self.new_kind.currentText(),
                "intervals": found,
            }
        )

    def _fill(self) -> None:
        calendar = self._calendar()
        if calendar is None or not self.country.currentData():
            return
        first, last = sorted((self.first.value(), self.last.value()))
        what = fill(self.tr("Holidays of %1 to %2: %3"), first, last, calendar["name"])
        country = self.country.currentData()
        self.save_hours(what, setup.fill_holidays, calendar["id"], country, first, last, done=self._filled)

    def _filled(self, _changes: Changes) -> None:
        self.say(self.tr("Filled in. Shortened days are added by hand or read from a production calendar."))

    def _ask_file(self) -> None:
        title = self.tr("Read a production calendar")
        kinds = self.tr("Production calendars (%1)").replace("%1", "*.xml *.csv")
        path, _kind = QFileDialog.getOpenFileName(self.window(), title, "", kinds)
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path) -> None:
        """Fill the calendar from a file; what that does to the plan is shown first."""
        calendar = self._calendar()
        if calendar is None:
            return
        try:
            data = path.read_bytes()
        except OSError:
            self.say(fill(self.tr("%1 cannot be read."), words.quoted(path.name)), trouble=True)
            return
        what = fill(self.tr("Production calendar %1: %2"), words.quoted(path.name), calendar["name"])
        self.save_hours(what, prodcal.fill, calendar["id"], data, done=self._file_read)

    def _file_read(self, changes: Changes) -> None:
        self.say(self.tr("%n date(s) read.", None, int(changes.result or 0)))

    def _add(self) -> None:
        week = [[[540, 780], [840, 1080]]] * 5 + [[], []]
        zone = self.screen.directory.zone_name if self.screen.directory else "UTC"
        row = {"name": self.tr("New calendar"), "zone": zone, "week": week}
        self.save(setup.save_calendar, row, done=self._added)

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()


def _countries(_desk: Any) -> tuple[str, ...]:
    return setup.countries()


def _country_of(zone: str) -> str:
    """The code of the country whose zone it is; of a zone that is nobody's, that of the system."""
    territory = QTimeZone(zone.encode()).territory()
    if territory == QLocale.Country.AnyTerritory:
        territory = QLocale.system().territory()
    return QLocale.territoryToCode(territory)


__all__ = ["AbsencesPage", "CalendarsPage"]
