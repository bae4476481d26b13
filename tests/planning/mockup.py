"""The desk of the mock-ups: Tuesday 3 November 2026, 11:42 in Moscow, a short day before a holiday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from deskapp.planning.values import Absence, Busy, DayRule, Job, Person, Skill, Span
from deskapp.planning.worktime import WorkCalendar, office_week

MOSCOW = ZoneInfo("Europe/Moscow")
OFFICE = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
SHORT = ((9 * 60, 13 * 60), (14 * 60, 17 * 60))
UNITY_DAY = "День народного единства"
DAYS = {date(2026, 11, 3): DayRule(SHORT, "", "short"), date(2026, 11, 4): DayRule((), UNITY_DAY, "holiday")}


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=MOSCOW)


NOW = at(3, "11:42")


def span(day: int, hours: str) -> Span:
    start, end = hours.split("-")
    return Span(at(day, start), at(day, end))


def booked(
    number: int,
    day: int,
    clocks: str,
    promise: datetime | None = None,
    kind: str = "work",
    in_progress: bool = False,
    pinned: bool = False,
) -> Busy:
    id_ = f"b{number}-{day}-{clocks}"
    return Busy(id_, span(day, clocks), f"t{number}", number, promise, in_progress, pinned, kind)


def hours(*absences: Absence) -> WorkCalendar:
    return WorkCalendar("Europe/Moscow", office_week(OFFICE), DAYS, absences)


def person(
    id_: str,
    name: str,
    line: int,
    skills: Mapping[str, Skill],
    *busy: Busy,
    absences: tuple[Absence, ...] = (),
    works_from_line: int = 0,
) -> Person:
    return Person(id_, name, hours(*absences), (line,), skills, busy, works_from_line)


KOVALEVA = person(
    "kovaleva",
    "Анна Ковалёва",
    1,
    {"setup": Skill(40)},
    booked(4124, 3, "10:30-12:30", at(3, "18:00"), in_progress=True),
    booked(4128, 3, "14:00-16:00", at(5, "11:00")),
    booked(4127, 5, "9:00-11:00", at(6, "11:00")),
    booked(4123, 5, "11:00-13:00", at(5, "18:00")),
    booked(4137, 5, "14:00-16:00", at(6, "17:00")),
    booked(4105, 6, "10:00-12:00", at(10, "12:00")),
)
BELOV = person(
    "belov",
    "Игорь Белов",
    1,
    {"exchange": Skill(5)},
    booked(4125, 3, "11:00-13:00", at(3, "17:00"), in_progress=True),
    booked(4147, 3, "14:00-15:30", at(3, "16:30")),
    absences=(Absence(Span(at(5, "9:00"), at(13, "18:00")), "vacation"),),
)
SOKOLOVA = person(
    "sokolova",
    "Марина Соколова",
    2,
    {"exchange": Skill(2, 1.2), "accounting": Skill(30)},
    booked(4117, 3, "10:30-12:30", at(3, "15:00"), in_progress=True),
    booked(4102, 3, "14:00-15:10", at(3, "14:00")),
    booked(4121, 3, "15:10-16:40", at(3, "17:00")),
    booked(4109, 5, "9:00-10:30", at(5, "12:00")),
    booked(4126, 5, "10:30-12:00", at(5, "15:00")),
    booked(4115, 5, "14:00-16:30", at(6, "14:30")),
    booked(4103, 6, "9:00-12:00", at(11, "12:00")),
)
ORLOV = person(
    "orlov",
    "Дмитрий Орлов",
    2,
    {"exchange": Skill(9), "telephony": Skill(2)},
    booked(4104, 3, "9:00-13:00", at(3, "17:00"), in_progress=True),
    booked(4098, 3, "14:00-17:00", at(5, "10:00")),
    booked(4132, 5, "9:00-10:30", at(5, "16:00")),
    booked(4133, 5, "10:30-12:30", at(5, "15:30")),
    booked(4139, 5, "16:30-18:00", at(6, "18:00")),
    booked(4140, 6, "10:00-13:00", at(10, "13:00")),
    booked(4141, 6, "14:00-16:00", at(10, "16:00")),
)
ZHUKOV = person(
    "zhukov",
    "Павел Жуков",
    2,
    {"exchange": Skill(3), "databases": Skill(25)},
    booked(4094, 3, "9:00-13:00", at(3, "15:00"), in_progress=True, pinned=True),
    booked(4107, 3, "14:00-16:00", at(5, "13:00")),
    booked(4096, 5, "9:00-13:00", at(6, "10:00")),
    booked(4096, 5, "14:00-18:00", at(6, "10:00")),
    booked(4130, 6, "9:00-12:00", at(6, "18:00")),
    booked(4134, 6, "14:00-17:00", at(9, "17:00")),
    *(
        booked(4060 + day * 2 + half, day, part, at(day, "18:00"))
        for day in (9, 10, 11, 12, 13, 16, 17)
        for half, part in enumerate(("9:00-13:00", "14:00-18:00"))
    ),
    booked(4061, 18, "9:00-15:00", at(19, "18:00")),
)
KIM = person(
    "kim",
    "Светлана Ким",
    3,
    {"exchange": Skill(12), "code": Skill(30)},
    booked(4090, 3, "9:00-12:00", at(3, "15:00"), in_progress=True),
    booked(4091, 5, "9:00-13:00", at(5, "18:00")),
    booked(4093, 5, "14:00-18:00", at(5, "17:00")),
    booked(4136, 6, "9:00-11:00", at(10, "18:00")),
    booked(4138, 6, "11:00-13:00", at(9, "13:00")),
    absences=(Absence(span(3, "14:00-17:00"), "training"),),
    works_from_line=2,
)
GAREEV = person(
    "gareev",
    "Тимур Гареев",
    2,
    {"telephony": Skill(11)},
    booked(4087, 3, "11:00-11:45", kind="travel", in_progress=True),
    booked(4087, 3, "14:00-17:00", at(3, "17:00"), "visit"),
    booked(4111, 5, "9:00-10:00", kind="travel", pinned=True),
    booked(4111, 5, "10:00-12:00", at(6, "18:00"), "visit"),
    booked(4122, 5, "14:00-16:00", at(9, "18:00")),
    booked(4135, 6, "10:00-13:00", at(12, "13:00"), "visit"),
)
PEOPLE = (KOVALEVA, BELOV, SOKOLOVA, ORLOV, ZHUKOV, KIM, GAREEV)

#: The letter of Volga-Agro: loading of documents fails, 2 h 30 min, exchange, second line.
VOLGA_AGRO = Job("t4129", 150, 4129, "exchange", 2, 2, deadline=at(5, "18:00"))
