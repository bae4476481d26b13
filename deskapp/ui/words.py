"""How times, durations, numbers and names of states are written, by language and in the reader's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP

from . import i18n
from .i18n import fill, translate

if TYPE_CHECKING:
    from ..desk.values import Clockwork

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
#: Minutes in a working day where working time is counted in days.
WORKING_DAY = 8 * 60

URGENCIES = ("critical", "high", "normal", "low")


def number(value: int | None) -> str:
    """№4117 or #4117; without a number, what it waits for."""
    if value is None:
        return translate("Words", "number after sync")
    return fill(translate("Words", "#%1"), value)


def _join(*parts: object) -> str:
    return NBSP.join(str(part) for part in parts)


def _hours_minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(_join(hours, translate("Words", "h")))
    if rest or not hours:
        parts.append(_join(f"{rest:02}" if hours else rest, translate("Words", "min")))
    return NBSP.join(parts)


def duration(minutes: int) -> str:
    """Effort or clock time in hours and minutes: "1 h 30 min". Negative ones get a real minus."""
    sign = MINUS if minutes < 0 else ""
    return sign + _hours_minutes(abs(minutes))


def working_duration(minutes: int) -> str:
    """Slack and lateness: from a working day of 8 hours on in days, "1 d 2 h"; beside days no minutes."""
    sign = MINUS if minutes < 0 else ""
    days, rest = divmod(abs(minutes), WORKING_DAY)
    if not days:
        return sign + _hours_minutes(rest)
    text = _join(days, translate("Words", "d"))
    if rest // 60:
        text = _join(text, rest // 60, translate("Words", "h"))
    return sign + text


def short_duration(minutes: int) -> str:
    """For narrow places: "20 m", "1.5 h", "2 d"."""
    sign = MINUS if minutes < 0 else ""
    size = abs(minutes)
    if size < 60:
        return sign + _join(size, translate("Words", "m"))
    if size >= 2 * WORKING_DAY:
        return sign + _join(_decimal(size, WORKING_DAY, whole=True), translate("Words", "d"))
    return sign + _join(_decimal(size, 60), translate("Words", "h"))


def hours(minutes: int) -> str:
    """Hours with one place behind the point, without unit: "20.5"."""
    return _decimal(minutes, 60)


def _decimal(value: float, of: int | str, whole: bool = False) -> str:
    from decimal import ROUND_HALF_UP, Decimal  # the first window tells no such number

    rounded = (Decimal(str(value)) / Decimal(of)).quantize(
        Decimal("1") if whole else Decimal("0.1"), rounding=ROUND_HALF_UP
    )
    text = f"{rounded.normalize():f}"
    return text.replace(".", "," if i18n.language() == "ru" else ".")


def percent(share: float) -> str:
    text = _decimal(share, "0.01", whole=True)
    return _join(text, "%") if i18n.language() == "ru" else f"{text}%"


def size(bytes_: int) -> str:
    """Size of a file: "184 KB", "2.5 MB", "1.3 GB"."""
    kilo, mega = translate("Words", "KB"), translate("Words", "MB")
    if bytes_ < 1024 * 1024:
        return _join(max(1, round(bytes_ / 1024)), kilo)
    if bytes_ < 1000 * 1024 * 1024:
        return _join(_decimal(bytes_, 1024 * 1024), mega)
    return _join(_decimal(bytes_, 1024 * 1024 * 1024), translate("Words", "GB"))


#: Names of days and months; each is looked up when it is wanted.
_WEEKDAYS_SHORT = (
    lambda: translate("Words", "Mon"),
    lambda: translate("Words", "Tue"),
    lambda: translate("Words", "Wed"),
    lambda: translate("Words", "Thu"),
    lambda: translate("Words", "Fri"),
    lambda: translate("Words", "Sat"),
    lambda: translate("Words", "Sun"),
)


def weekday_short(day: date) -> str:
    return _WEEKDAYS_SHORT[day.weekday()]()


_WEEKDAYS = (
    lambda: translate("Words", "Monday"),
    lambda: translate("Words", "Tuesday"),
    lambda: translate("Words", "Wednesday"),
    lambda: translate("Words", "Thursday"),
    lambda: translate("Words", "Friday"),
    lambda: translate("Words", "Saturday"),
    lambda: translate("Words", "Sunday"),
)


def weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]()


_MONTHS_SHORT = (
    lambda: translate("Words", "Jan"),
    lambda: translate("Words", "Feb"),
    lambda: translate("Words", "Mar"),
    lambda: translate("Words", "Apr"),
    lambda: translate("Words", "May", "short"),
    lambda: translate("Words", "Jun"),
    lambda: translate("Words", "Jul"),
    lambda: translate("Words", "Aug"),
    lambda: translate("Words", "Sep"),
    lambda: translate("Words", "Oct"),
    lambda: translate("Words", "Nov"),
    lambda: translate("Words", "Dec"),
)


def month_short(day: date) -> str:
    return _MONTHS_SHORT[day.month - 1]()


_MONTHS_OF_DATE = (
    lambda: translate("Words", "January", "of"),
    lambda: translate("Words", "February", "of"),
    lambda: translate("Words", "March", "of"),
    lambda: translate("Words", "April", "of"),
    lambda: translate("Words", "May", "of"),
    lambda: translate("Words", "June", "of"),
    lambda: translate("Words", "July", "of"),
    lambda: translate("Words", "August", "of"),
    lambda: translate("Words", "September", "of"),
    lambda: translate("Words", "October", "of"),
    lambda: translate("Words", "November", "of"),
    lambda: translate("Words", "December", "of"),
)


def month_of_date(day: date) -> str:
    """The month as it stands behind a day: "3 November", "3 ноября"."""
    return _MONTHS_OF_DATE[day.month - 1]()


def month(day: date) -> str:
    """The month alone with its year: "November 2026", "Ноябрь 2026"."""
    name = (
        translate("Words", "January"),
        translate("Words", "February"),
        translate("Words", "March"),
        translate("Words", "April"),
        translate("Words", "May"),
        translate("Words", "June"),
        translate("Words", "July"),
        translate("Words", "August"),
        translate("Words", "September"),
        translate("Words", "October"),
        translate("Words", "November"),
        translate("Words", "December"),
    )[day.month - 1]
    return _join(name, day.year)


def date_short(day: date) -> str:
    """ "Thu 5 Nov"."""
    return _join(weekday_short(day), day.day, month_short(day))


def date_long(day: date) -> str:
    """ "Monday, 2 November": the separator between days of a timeline."""
    return fill(translate("Words", "%1, %2", "weekday, date"), weekday(day), _join(day.day, month_of_date(day)))


def zone_name(at: datetime) -> str:
    """The zone's usual letters (MSK), else its offset (UTC+5)."""
    name = at.tzname() or ""
    if name == "MSK":
        return translate("Words", "MSK")
    if name[:1] in "+-":
        offset = at.utcoffset() or timedelta()
        hours_, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
        sign = MINUS if offset < timedelta() else "+"
        return f"UTC{sign}{hours_}" + (f":{minutes:02}" if minutes else "")
    return name


class Times(NamedTuple):
    """Instants as words for one reader. `now` is an aware instant, given anew as time goes on."""

    zone: ZoneInfo
    now: datetime

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def today(self) -> date:
        return self.local(self.now).date()

    def time(self, at: datetime) -> str:
        """ "15:00"."""
        return f"{self.local(at):%H:%M}"

    def span(self, start: datetime, end: datetime) -> str:
        """ "10:30–12:30"."""
        return f"{self.time(start)}{EN_DASH}{self.time(end)}"

    def day(self, day: date) -> str:
        """today, tomorrow, yesterday, else weekday and date; another year is named."""
        away = (day - self.today()).days
        if away == 0:
            return translate("Words", "today")
        if away == 1:
            return translate("Words", "tomorrow")
        if away == -1:
            return translate("Words", "yesterday")
        text = date_short(day)
        return text if day.year == self.today().year else _join(text, day.year)

    def moment(self, at: datetime) -> str:
        """ "today, 15:00" or "Thu 5 Nov, 17:00"."""
        local = self.local(at)
        return fill(translate("Words", "%1, %2", "day, time"), self.day(local.date()), self.time(at))

    def moment_brief(self, at: datetime) -> str:
        """For rows: "15:00" today, "Thu 09:00" within the next six days, else the date alone."""
        day = self.local(at).date()
        away = (day - self.today()).days
        if away == 0:
            return self.time(at)
        if 0 < away < 7:
            return _join(weekday_short(day), self.time(at))
        return self.day(day)

    def moment_full(self, at: datetime, zone: ZoneInfo | None = None) -> str:
        """ "Thursday 5 November 2026, 17:00 (MSK)", in the reader's zone or in another."""
        local = at.astimezone(zone or self.zone)
        text = translate("Words", "%1 %2 %3 %4, %5 (%6)", "weekday day month year, time (zone)")
        return fill(
            text,
            weekday(local.date()),
            local.day,
            month_of_date(local.date()),
            local.year,
            f"{local:%H:%M}",
            zone_name(local),
        )

    def clock(self) -> str:
        """The status bar's clock: "Tue 3 Nov, 11:42 MSK"."""
        local = self.local(self.now)
        date_and_time = fill(translate("Words", "%1, %2", "day, time"), date_short(local.date()), f"{local:%H:%M}")
        return _join(date_and_time, zone_name(local))

    def ago(self, at: datetime) -> str:
        """How long since: "5 s", "40 s", "3 min", "2 h", "3 days"; steps of 5 s below a minute."""
        seconds = max(0, int((self.now - at).total_seconds()))
        if seconds < 60:
            return _join(max(5, seconds // 5 * 5), translate("Words", "s"))
        if seconds < 3600:
            return _join(seconds // 60, translate("Words", "min"))
        if seconds < 86_400:
            return _join(seconds // 3600, translate("Words", "h"))
        return days(seconds // 86_400)


def days(count: int) -> str:
    """Calendar days: "1 day", "3 days"."""
    return translate("Words", "%n day(s)", None, count).replace(" ", NBSP)


_STATUSES = {
    "new": QT_TRANSLATE_NOOP("Words", "New"),
    "promised": QT_TRANSLATE_NOOP("Words", "Promised"),
    "in_progress": QT_TRANSLATE_NOOP("Words", "In progress"),
    "resolved": QT_TRANSLATE_NOOP("Words", "Resolved, waiting for consent"),
    "closed": QT_TRANSLATE_NOOP("Words", "Closed"),
    "refused": QT_TRANSLATE_NOOP("Words", "Refused"),
    "merged": QT_TRANSLATE_NOOP("Words", "Merged"),
}


def status(name: str, reason: str = "") -> str:
    """The word for a ticket's status; waiting has a reason: customer, part, visit, third_party."""
    if name == "waiting":
        if reason in ("part", "parts", "visit"):
            return translate("Words", "Waiting for parts or visit")
        if reason in ("third", "third_party"):
            return translate("Words", "Waiting for a third party")
        return translate("Words", "Waiting for customer")
    return translate("Words", _STATUSES[name]) if name in _STATUSES else name


def act(name: str) -> str:
    """The word for an act of the table of states, for sentences that say it does not fit."""
    return {
        "promise": translate("Acts", "promise"),
        "refuse": translate("Acts", "refuse"),
        "question": translate("Acts", "question"),
        "reply": translate("Acts", "reply"),
        "start": translate("Acts", "start"),
        "wait": translate("Acts", "wait"),
        "resume": translate("Acts", "resume"),
        "finish": translate("Acts", "finish"),
        "remind": translate("Acts", "remind"),
        "agree": translate("Acts", "agree"),
        "disagree": translate("Acts", "disagree"),
        "reopen": translate("Acts", "reopen"),
        "letter": translate("Acts", "letter"),
        "plan": translate("Acts", "plan"),
        "merge": translate("Acts", "merge"),
    }.get(name, name)


def urgency_name(level: int | str) -> str:
    """`critical`, `high`, `normal`, `low` of a level 1 to 4 or of the name itself."""
    if isinstance(level, str):
        return level if level in URGENCIES else "normal"
    return URGENCIES[min(max(level, 1), 4) - 1]


_URGENCIES = {
    "critical": QT_TRANSLATE_NOOP("Words", "Critical"),
    "high": QT_TRANSLATE_NOOP("Words", "High"),
    "normal": QT_TRANSLATE_NOOP("Words", "Normal"),
    "low": QT_TRANSLATE_NOOP("Words", "Low"),
}


def urgency(level: int | str) -> str:
    return translate("Words", _URGENCIES[urgency_name(level)])


def note_kind(kind: str) -> str:
    """The kind of a protocol entry."""
    return {
        "check": translate("Words", "Check"),
        "change": translate("Words", "Change"),
        "talk": translate("Words", "Talk"),
        "measure": translate("Words", "Measure"),
        "note": translate("Words", "Note"),
        "visit": translate("Words", "Visit"),
        "part": translate("Words", "Part"),
    }.get(kind, kind)


def slack(minutes: int) -> str:
    """ "slack 1 h 30 min", and below zero "late by 4 h"."""
    if minutes < 0:
        return fill(translate("Words", "late by %1"), working_duration(-minutes))
    return fill(translate("Words", "slack %1"), working_duration(minutes))


def risk(kind: str) -> str:
    """What a file can do when it is opened; empty for one that can do nothing."""
    return {
        "program": translate("Words", "This file is a program: it can do anything when opened"),
        "script": translate("Words", "This file is a script: it can do anything when opened"),
        "shortcut": translate("Words", "This file is a shortcut: it can start programs or send passwords elsewhere"),
        "macros": translate("Words", "This file can hold macros: open it only if you know who sent it"),
        "disk": translate("Words", "This file is a disk image: programs inside it start without a warning"),
        "page": translate("Words", "This file is a page: it can load things from the network when opened"),
    }.get(kind, "")


def quoted(text: str) -> str:
    return f"«{text}»" if i18n.language() == "ru" else f"“{text}”"


def working_day(day: Clockwork, times: Times) -> str:
    """What the status bar says of today: "Short day until 17:00, 4 h 18 min left"."""
    if day.kind == "open" and day.until is not None:
        pattern = (
            translate("Words", "Short day until %1, %2 left")
            if day.short
            else translate("Words", "Working until %1, %2 left")
        )
        return fill(pattern, times.time(day.until), duration(day.left))
    if day.kind == "off" and day.name:
        return day.name
    if day.until is not None:
        return fill(translate("Words", "Working time from %1"), times.moment_brief(day.until))
    return translate("Words", "Outside working time")
