"""Dates, durations and set words as letters write them, in Russian and English. Pure: no tables, no clock.

The window has words of its own, which go through Qt's translation; a letter follows its reader's language,
not the window's. A promise in a letter always carries weekday, day, month, year, time and zone (ui.md 8.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

NBSP = "\u00a0"
MINUS = "\u2212"

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "ru genitive": ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
}
#: Months as they stand behind a day.
_MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "ru": (
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
}
#: Zones whose clocks Russians name by their distance from Moscow.
_RUSSIAN = frozenset(
    "Europe/Moscow Europe/Kirov Europe/Simferopol Europe/Volgograd Europe/Kaliningrad Europe/Astrakhan "
    "Europe/Samara Europe/Saratov Europe/Ulyanovsk Asia/Yekaterinburg Asia/Omsk Asia/Barnaul "
    "Asia/Novokuznetsk Asia/Novosibirsk "
    "Asia/Krasnoyarsk Asia/Tomsk Asia/Irkutsk Asia/Chita Asia/Yakutsk Asia/Khandyga "
    "Asia/Vladivostok Asia/Ust-Nera Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Asia/Kamchatka "
    "Asia/Anadyr".split()
)
_MOSCOW_OFFSET = timedelta(hours=3)

_URGENCIES = {
    "en": ("critical", "high", "normal", "low"),
    "ru": ("критическая", "высокая", "обычная", "низкая"),
}
_STATUSES = {
    "en": {
        "new": "it is being looked at",
        "promised": "the date is set",
        "in_progress": "in progress",
        "waiting/customer": "we wait for your answer",
        "waiting/parts": "we wait for a part",
        "waiting/visit": "we wait for the visit",
        "waiting/third": "we wait for a third party",
        "resolved": "resolved, we wait for your consent to close it",
        "closed": "closed",
        "refused": "refused",
        "merged": "joined with another ticket",
    },
    "ru": {
        "new": "рассматриваем",
        "promised": "срок назван",
        "in_progress": "в работе",
        "waiting/customer": "ждём вашего ответа",
        "waiting/parts": "ждём деталь",
        "waiting/visit": "ждём выезда",
        "waiting/third": "ждём третью сторону",
        "resolved": "решена, ждём вашего согласия закрыть её",
        "closed": "закрыта",
        "refused": "отказано",
        "merged": "объединена с другой заявкой",
    },
}
_PATRONYMIC = re.compile(r"(?:[ое]вич|[ое]вна|[иы]нична|ична|ильич|кузьмич|фомич|лукич)$", re.IGNORECASE)
_NO_PERSON = re.compile(r"[\d@/_]|\b(?:ООО|ОАО|ЗАО|ПАО|АО|ИП|LLC|Ltd|GmbH|Inc)\b", re.IGNORECASE)
_TOKEN = re.compile(r"\[\s*#\s*\d+\s*\]")
_PREFIX = re.compile(r"^\s*(?:re|aw|fw|fwd|wg|на|отв|ответ|пер)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)


def letters_language(language: str) -> str:
    """The language a letter is written in: Russian where asked for, else English."""
    return "ru" if language.lower().startswith("ru") else "en"


def clock_time(at: datetime) -> str:
    return f"{at:%H:%M}"


def weekday(day: date, language: str, *, genitive: bool = False) -> str:
    return _WEEKDAYS["ru genitive" if genitive and language == "ru" else language][day.weekday()]


def day_month(day: date, language: str) -> str:
    """ "5 November", "5 ноября"."""
    return f"{day.day} {_MONTHS[language][day.month - 1]}"


def zone_name(at: datetime, language: str) -> str:
    """What a reader calls the zone of ``at`` (its tzinfo): МСК, МСК+2, MSK, CET; else UTC and a distance."""
    key = getattr(at.tzinfo, "key", "")
    offset = at.utcoffset() or timedelta()
    moscow = "МСК" if language == "ru" else "MSK"
    if key in _RUSSIAN:
        return moscow if offset == _MOSCOW_OFFSET else moscow + _distance(offset - _MOSCOW_OFFSET)
    name = at.tzname() or ""
    if name.isalpha() and (language == "en" or name == "UTC"):
        return name
    return "UTC" + (_distance(offset) if offset else "")


def _distance(offset: timedelta) -> str:
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    return (MINUS if offset < timedelta() else "+") + str(hours) + (f":{minutes:02}" if minutes else "")


def full_date(at: datetime, language: str, *, genitive: bool = False) -> str:
    """The date of a promise, in the zone of ``at``.

    "Thursday 5 November 2026, 17:00 (MSK)"; "четверг, 5 ноября 2026, 17:00 (МСК)" or, behind "до",
    "четверга, 5 ноября 2026, 17:00 (МСК)".
    """
    comma = "," if language == "ru" else ""
    day = f"{weekday(at, language, genitive=genitive)}{comma} {day_month(at, language)} {at.year}"
    return f"{day}, {clock_time(at)} ({zone_name(at, language)})"


def brief_date(at: datetime, language: str, *, genitive: bool = False) -> str:
    """A date that the reader was told before: "Tuesday 3 November, 17:00"; "вторника, 3 ноября, 17:00"."""
    comma = "," if language == "ru" else ""
    return f"{weekday(at, language, genitive=genitive)}{comma} {day_month(at, language)}, {clock_time(at)}"


def near_date(at: datetime, now: datetime, language: str, *, genitive: bool = False) -> str:
    """The time alone on the same day of the reader ("12:20"), else the full date."""
    if at.date() == now.astimezone(at.tzinfo).date():
        return clock_time(at)
    return full_date(at, language, genitive=genitive)


def time_window(start: datetime, end: datetime, language: str) -> str:
    """When somebody comes: "Thursday 5 November 2026, 10:00 to 13:00 (MSK)"; both in the zone of ``start``."""
    comma = "," if language == "ru" else ""
    day = f"{weekday(start, language)}{comma} {day_month(start, language)} {start.year}"
    hours = f"{clock_time(start)} {'–' if language == 'ru' else 'to'} {clock_time(end)}".replace(" – ", "–")
    return f"{day}, {hours} ({zone_name(start, language)})"


#: What is asked after consent, by kind; a digit is the answer.
_RATINGS = {
    ("csat", "ru"): "Насколько вы довольны решением? Оцените от 1 (плохо) до 5 (отлично).",
    ("csat", "en"): "How satisfied are you with the solution? Rate it from 1 (poor) to 5 (excellent).",
    ("nps", "ru"): "Порекомендуете ли вы нас коллегам? Оцените от 0 (ни за что) до 10 (обязательно).",
    ("nps", "en"): "Would you recommend us to a colleague? Rate it from 0 (not at all) to 10 (certainly).",
}


def rating_question(kind: str, language: str) -> str:
    """The one question about satisfaction: ``csat`` from 1 to 5, ``nps`` from 0 to 10."""
    return _RATINGS[kind, letters_language(language)]


def date_in(text: str, at: datetime, language: str) -> str:
    """The part of ``text`` that shows ``at`` as a promised date, in whichever case; empty if none does."""
    for form in (full_date(at, language, genitive=True), full_date(at, language)):
        if form in text:
            return form
    return ""


def duration(minutes: int, language: str) -> str:
    """ "2 h 30 min", "2 ч 30 мин", with no-break spaces between."""
    hour, minute = ("ч", "мин") if language == "ru" else ("h", "min")
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours}{NBSP}{hour}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}{minute}")
    return (MINUS if minutes < 0 else "") + NBSP.join(parts)


def holiday_remark(days: Sequence[date], language: str) -> str:
    """The sentence that says when nobody works: "4 ноября праздничный день, не работаем."; empty for no days.

    Days in a row are told as one stretch: "С 1 по 8 января праздничные дни, не работаем."
    """
    stretches: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if stretches and day - stretches[-1][1] == timedelta(days=1):
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
    if not stretches:
        return ""
    texts = [_stretch(first, last, language) for first, last in stretches]
    several = len(stretches) > 1 or stretches[0][0] != stretches[0][1]
    if language == "ru":
        joined = _listed(texts, " и ")
        what = "праздничные дни, не работаем." if several else "праздничный день, не работаем."
        return f"{joined[:1].upper()}{joined[1:]} {what}"
    what = "are public holidays, we do not work." if several else "is a public holiday, we do not work."
    return f"{_listed(texts, ' and ')} {what}"


def _stretch(first: date, last: date, language: str) -> str:
    if first == last:
        return day_month(first, language)
    same_month = (first.year, first.month) == (last.year, last.month)
    start = str(first.day) if same_month else day_month(first, language)
    if language == "ru":
        return f"{'со' if first.day == 2 else 'с'} {start} по {day_month(last, language)}"
    return f"{start} to {day_month(last, language)}"


def _listed(texts: Sequence[str], last: str) -> str:
    return last.join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else texts[0]


def urgency(level: int, language: str) -> str:
    """Level 1 (critical) to 4 (low) as a word within a sentence."""
    return _URGENCIES[language][min(max(level, 1), 4) - 1]


def status(code: str, wait_for: str, language: str) -> str:
    """Where a ticket stands, as its requester reads it behind "Заявка №4117:"; other codes stay."""
    words = _STATUSES[language]
    if code == "waiting":
        return words.get(f"waiting/{wait_for}", words["waiting/third"])
    return words.get(code, code)


def uncapitalised(name: str) -> str:
    """A name from a list inside a sentence: "Обмен данными" -> "обмен данными"; "ЭДО" stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def sentence(text: str) -> str:
    """``text`` closed by a full stop if nothing closes it yet."""
    text = text.strip()
    return text + "." if text and text[-1] not in ".!?…:;" else text


def greeting_name(name: str) -> str:
    """How to address somebody whose letters are signed ``name``; empty if that is no person's name.

    First name and patronymic where both are there ("Рудакова Елена Павловна" -> "Елена Павловна"); the part
    behind the comma of "Smith, John"; else the first word.
    """
    if _NO_PERSON.search(name):
        return ""
    _, comma, behind = name.partition(",")
    words = (behind if comma and behind.strip() else name).replace(",", " ").split()
    for place, word in enumerate(words):
        if place and _PATRONYMIC.search(word):
            return f"{words[place - 1]} {word}"
    return words[0] if words and words[0][:1].isalpha() else ""


def bare_subject(subject: str) -> str:
    """A subject on one line without ticket tokens and reply prefixes: "Re: [#4129] Fwd: УПД" -> "УПД"."""
    text = _TOKEN.sub(" ", " ".join(subject.split()))
    while (shorter := _PREFIX.sub("", text)) != text:
        text = shorter
    return " ".join(text.split())


def token_subject(subject: str, number: int | None) -> str:
    """``subject`` with the ticket's token in front, exactly once; without a number, without a token."""
    text = " ".join(_TOKEN.sub(" ", subject).split())
    return f"[#{number}] {text}".rstrip() if number is not None else text
