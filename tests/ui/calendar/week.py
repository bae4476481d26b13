"""The week of 2 to 8 November 2026 as plain values: seven people, a short Tuesday, a holiday, a vacation."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from deskapp.desk.values import CalendarBlock, CalendarDayView, CalendarRow, CalendarView, Person, TrayItem
from deskapp.planning.values import Absence, Span
from deskapp.ui.words import Times

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 3, 11, 42, tzinfo=ZONE).astimezone(UTC)
START = date(2026, 11, 2)
TIMES = Times(ZONE, NOW)
FULL = ((540, 780), (840, 1080))
SHORT = ((540, 780), (840, 1020))

CRIT, HIGH, NORM, LOW = 1, 2, 3, 4
DAY = 480  # a day of slack


def at(day: int, hours: float) -> datetime:
    """A time of November 2026 in Moscow, in UTC."""
    return (datetime(2026, 11, day, tzinfo=ZONE) + timedelta(hours=hours)).astimezone(UTC)


def person(index: int, name: str, line: int, focus: str) -> Person:
    first, last = name.split()
    return Person(f"p{index}", name, last, first[0] + last[0], (line,), focus, True, False, "")


PEOPLE = (
    person(0, "Анна Ковалёва", 1, ""),
    person(1, "Игорь Белов", 1, ""),
    person(2, "Марина Соколова", 2, ""),
    person(3, "Дмитрий Орлов", 2, "обмены"),
    person(4, "Павел Жуков", 2, "СУБД"),
    person(5, "Светлана Ким", 3, "код"),
    person(6, "Тимур Гареев", 1, "выезды"),
)
ME = "p2"

#: person, day, start, end, number, customer, subject, urgency, slack (None: no promise), state, further fields
_BLOCKS: tuple[tuple, ...] = (
    (0, 2, 9, 10, 4112, "Аркада", "Не печатает", LOW, None, "done"),
    (0, 2, 10, 11, 4114, "Сота", "Доступ", LOW, None, "done"),
    (0, 2, 14, 15.5, 4116, "Лира", "Отчёт", LOW, None, "done"),
    (0, 3, 9, 10.5, 4120, "Исток", "Пароль", LOW, None, "done"),
    (0, 3, 10.5, 12.5, 4124, "Гранд-Авто", "Касса", LOW, 300, "in_progress", {"progress": 0.62}),
    (0, 3, 14, 16, 4128, "Исток", "Права", NORM, 180, "planned"),
    (0, 5, 9, 11, 4127, "Норд-Ойл", "Отчёты", LOW, DAY + 20, "planned"),
    (0, 5, 11, 13, 4123, "Сота", "Обновление", NORM, 240, "planned"),
    (0, 5, 14, 16, 4137, "Лира", "Почта", LOW, 2 * DAY, "planned"),
    (0, 6, 10, 12, 4105, "Полимер-Сервис", "Права", LOW, 2 * DAY, "planned"),
    (1, 2, 9, 10, 4110, "Аркада", "Сеть", LOW, None, "done"),
    (1, 2, 10, 11, 4113, "Лира", "Сеть", LOW, None, "done"),
    (1, 2, 14, 15.5, 4108, "Сота", "Касса", LOW, None, "done"),
    (1, 3, 9, 11, 4119, "Аркада", "Печать", LOW, None, "done"),
    (1, 3, 11, 13, 4125, "Волга-Агро", "Ключи", NORM, 180, "in_progress", {"progress": 0.4}),
    (1, 3, 14, 15.5, 4147, "Исток", "Отчёт", NORM, 60, "planned"),
    (2, 2, 10, 11.5, 4101, "Аркада", "НДС", LOW, None, "done"),
    (2, 2, 14, 15.5, 4099, "Лира", "ЭДО", LOW, None, "done"),
    (2, 3, 9, 10.2, 4106, "Сота", "Обмен", LOW, None, "done"),
    (2, 3, 10.5, 12.5, 4117, "Балтпромснаб", "Накладные", HIGH, 90, "in_progress", {"progress": 0.6}),
    (2, 3, 14, 15.1, 4102, "Норд-Ойл", "Касса", HIGH, -30, "planned"),
    (2, 3, 15.2, 16.7, 4121, "Исток", "Отчёт", NORM, 20, "planned"),
    (2, 5, 9, 10.5, 4109, "Сота", "НДС", NORM, 90, "planned"),
    (2, 5, 10.5, 12, 4126, "Норд-Ойл", "Права", LOW, 120, "planned"),
    (2, 5, 14, 16.5, 4115, "Лира", "НДС", NORM, 360, "planned"),
    (2, 6, 9, 12, 4103, "Норд-Ойл", "амортизация", LOW, 3 * DAY, "planned"),
    (3, 2, 9, 11, 4097, "Гранд-Авто", "Обмен", LOW, None, "done"),
    (3, 2, 14, 16, 4100, "Лира", "Обмен", LOW, None, "done"),
    (3, 3, 9, 13, 4104, "Аркада-Трейд", "выгрузка в ЭДО", NORM, 180, "in_progress", {"progress": 0.66}),
    (3, 3, 14, 17, 4098, "Хлебозавод № 3", "весы", NORM, 60, "planned"),
    (3, 5, 9, 10.5, 4132, "Лира", "Обмен", NORM, 330, "planned"),
    (3, 5, 10.5, 12.5, 4133, "Исток", "Обмен с кассой", NORM, 150, "planned"),
    (3, 5, 16.5, 18, 4139, "Сота", "Права", LOW, DAY + 30, "planned"),
    (3, 6, 10, 13, 4140, "Сота", "обмен с 1С", NORM, 2 * DAY, "planned"),
    (3, 6, 14, 16, 4141, "Лира", "Почта", NORM, 2 * DAY, "planned"),
    (4, 2, 9, 11, 4092, "Аркада", "База", LOW, None, "done"),
    (4, 2, 14, 16, 4085, "Норд-Ойл", "База", LOW, None, "done"),
    (4, 3, 9, 13, 4094, "Полимер-Сервис", "блокировки", HIGH, 60, "in_progress", {"progress": 0.66, "pinned": True}),
    (4, 3, 14, 16, 4107, "Исток", "Копии", NORM, 300, "planned"),
    (4, 5, 9, 13, 4096, "Волга-Агро", "перенос базы", HIGH, 60, "planned", {"part": 1, "parts": 2}),
    (4, 5, 14, 18, 4096, "Волга-Агро", "перенос базы", HIGH, 60, "planned", {"part": 2, "parts": 2}),
    (4, 6, 9, 12, 4130, "Аркада", "обновление", NORM, 360, "planned"),
    (4, 6, 14, 17, 4134, "Лира", "репликация", NORM, DAY + 10, "planned"),
    (5, 2, 9.5, 11, 4089, "Сота", "Код", LOW, None, "done"),
    (5, 2, 14, 15, 4083, "Лира", "Код", LOW, None, "done"),
    (5, 3, 9, 12, 4090, "Хлебозавод № 3", "обмен", NORM, 121, "in_progress", {"progress": 0.9}),
    (5, 5, 9, 13, 4091, "Норд-Ойл", "расчёт пени", NORM, 240, "planned"),
    (5, 5, 14, 18, 4093, "Медтехника-Юг", "маркировка", HIGH, -60, "planned"),
    (5, 6, 9, 11, 4136, "Гранд-Авто", "Отчёт", LOW, 3 * DAY, "planned"),
    (5, 6, 11, 13, 4138, "Сота", "Обмен", NORM, DAY + 5, "planned"),
    (6, 2, 9, 9.5, None, "", "", LOW, None, "done", {"kind": "travel"}),
    (6, 2, 9.5, 11, 4086, "Кассы", "Замена", LOW, None, "done"),
    (6, 2, 14, 15, 4084, "Лира", "Замена", LOW, None, "done"),
    (6, 3, 9, 11, 4118, "Кассы", "Замена", LOW, None, "done"),
    (6, 3, 11, 13, None, "", "", NORM, None, "planned", {"kind": "travel"}),
    (6, 3, 14, 17, 4087, "Хлебозавод № 3", "замена", NORM, 100, "planned", {"kind": "visit"}),
    (6, 5, 9, 10, None, "", "", NORM, None, "planned", {"kind": "travel"}),
    (6, 5, 10, 12, 4111, "Лира", "кабель", NORM, DAY + 10, "planned", {"kind": "visit"}),
    (6, 5, 14, 16, 4122, "Норд-Ойл", "Касса", NORM, 2 * DAY, "planned"),
    (6, 6, 9, 10, None, "", "", NORM, None, "planned", {"kind": "travel"}),
    (6, 6, 10, 13, 4135, "Телесеть", "регламент", NORM, 4 * DAY, "planned", {"kind": "visit"}),
    (6, 6, 14, 15, None, "", "", NORM, None, "planned", {"kind": "travel"}),
)

_TRAY = (
    (4129, "Волга-Агро", "Загрузка УПД падает", HIGH, 150, False, at(3, 12 + 1 / 3)),
    (4142, "Гранд-Авто", "Резервы не снимаются", NORM, 90, False, at(3, 13)),
    (4143, "Лира", "Не приходит счёт на почту", NORM, None, False, at(3, 14.5)),
    (4144, "Телесеть", "Шум на линии, порт 12", NORM, 120, True, at(3, 14 + 2 / 3)),
    (4145, "Сота", "Поле в отчёт продаж", LOW, 210, False, None),
    (4146, "Норд-Ойл", "Обучить двух кладовщиков", LOW, 60, False, None),
)


def _block(index: int, row: tuple) -> CalendarBlock:
    who, day, start, end, number, customer, subject, urgency, slack, state = row[:10]
    more = row[10] if len(row) > 10 else {}
    finish = at(day, end)
    promised = None if slack is None else finish + timedelta(minutes=slack)
    block = CalendarBlock(
        id=f"b{index}",
        ticket_id=f"t{number}" if number else f"t-{index}",
        number=number,
        subject=subject,
        customer=customer,
        person_id=f"p{who}",
        start=at(day, start),
        end=finish,
        urgency=urgency,
        kind="work",
        state=state,
        pinned=False,
        promised_at=promised,
        forecast_at=finish,
        slack=slack,
        progress=0.0,
        part=1,
        parts=1,
    )
    return dataclasses.replace(block, **more)


def _label(day: date) -> tuple[str, str, int]:
    if day == date(2026, 11, 3):
        return ("short", "Короткий день", 420)
    if day == date(2026, 11, 4):
        return ("holiday", "День народного единства", 0)
    return ("", "", 0 if day.weekday() >= 5 else 480)


def view(start: date = START, days: int = 7, blocks: tuple[CalendarBlock, ...] | None = None) -> CalendarView:
    """The values of the week, or of any other span around it."""
    span = tuple(start + timedelta(days=n) for n in range(days))
    all_blocks = tuple(_block(i, row) for i, row in enumerate(_BLOCKS)) if blocks is None else blocks
    rows = []
    for index, who in enumerate(PEOPLE):
        absences: tuple[Absence, ...] = ()
        if index == 1:
            absences = (Absence(Span(at(5, 0), at(14, 0)), "vacation"),)
        if index == 5:
            absences = (Absence(Span(at(3, 14), at(3, 17)), "training"),)
        day_views = []
        for day in span:
            kind, name, minutes = _label(day)
            intervals = SHORT if kind == "short" else FULL if minutes else ()
            own = [b for b in all_blocks if b.person_id == who.id and b.start.astimezone(ZONE).date() == day]
            booked = int(sum((b.end - b.start).total_seconds() for b in own) // 60)
            away = tuple(
                a
                for a in absences
                if a.span.start.astimezone(ZONE).date()
                <= day
                <= (a.span.end - timedelta(seconds=1)).astimezone(ZONE).date()
            )
            day_views.append(CalendarDayView(day, intervals, name, kind, away, 0 if away else minutes, booked))
        rows.append(
            CalendarRow(
                who,
                "Europe/Moscow",
                tuple(day_views),
                sum(d.working for d in day_views),
                sum(d.booked for d in day_views),
            )
        )
    tray = tuple(
        TrayItem(f"t{number}", number, subject, customer, urgency, effort, False, visit, due, None, "")
        for number, customer, subject, urgency, effort, visit, due in _TRAY
    )
    return CalendarView(
        start,
        span,
        tuple(_label(day) for day in span),
        tuple(rows),
        all_blocks,
        tray,
        sum(item.effort or 0 for item in tray),
        sum(_label(day)[2] for day in span),
        "base-1",
    )
