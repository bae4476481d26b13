"""Moments as people type them, Russian and English: "завтра 15:00", "через 2 ч", "fri 9", "до ответа"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(9)
_AFTERNOON = time(14)
_NOON = time(12)
_EVENING = time(17)


@dataclass(frozen=True)
class When:
    """Until a moment (aware, UTC), or until the requester answers."""

    until: datetime | None
    for_reply: bool = False


_REPLY = {
    *("до ответа", "до письма", "ответ", "ответа", "пока не ответит", "пока не ответят"),
    *("until reply", "until a reply", "till reply", "reply", "until they reply", "until answered"),
}
_DAYS = {
    "сегодня": 0,
    "завтра": 1,
    "послезавтра": 2,
    "today": 0,
    "tomorrow": 1,
    "tmr": 1,
    "tmrw": 1,
    "day after tomorrow": 2,
}
_WEEKDAYS = {
    word: index
    for index, words in enumerate(
        (
            "пн|понедельник|понедельника|mon|monday",
            "вт|вторник|вторника|tue|tues|tuesday",
            "ср|среда|среду|среды|wed|wednesday",
            "чт|четверг|четверга|thu|thur|thurs|thursday",
            "пт|пятница|пятницу|пятницы|fri|friday",
            "сб|суббота|субботу|субботы|sat|saturday",
            "вс|воскресенье|воскресенья|sun|sunday",
        )
    )
    for word in words.split("|")
}
_MONTHS = {
    word: index
    for index, words in enumerate(
        (
            "янв|января|январь|jan|january",
            "фев|февраля|февраль|feb|february",
            "мар|марта|март|mar|march",
            "апр|апреля|апрель|apr|april",
            "мая|май|may",
            "июн|июня|июнь|jun|june",
            "июл|июля|июль|jul|july",
            "авг|августа|август|aug|august",
            "сен|сент|сентября|сентябрь|sep|sept|september",
            "окт|октября|октябрь|oct|october",
            "ноя|нояб|ноября|ноябрь|nov|november",
            "дек|декабря|декабрь|dec|december",
        ),
        1,
    )
    for word in words.split("|")
}
_TIMES = {
    "утром": MORNING,
    "утра": MORNING,
    "morning": MORNING,
    "полдень": _NOON,
    "noon": _NOON,
    "днём": _AFTERNOON,
    "днем": _AFTERNOON,
    "после обеда": _AFTERNOON,
    "afternoon": _AFTERNOON,
    "вечером": _EVENING,
    "evening": _EVENING,
}


def _either(words: dict[str, int] | dict[str, time]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_AMOUNT = r"(?P<amount>\d{1,4}(?:[.,]\d+)?|пол|half an|an?)?\s*"
_SPAN = re.compile(
    rf"(?P<in>через|in)?\s*{_AMOUNT}"
    r"(?:(?P<m>минуту|минуты|минут|мин|м|minutes|minute|mins|min|m)"
    r"|(?P<h>часов|часа|час|ч|hours|hour|hrs|hr|h)"
    r"|(?P<d>дней|дня|день|дн|д|days|day|d)"
    r"|(?P<w>неделю|недели|недель|нед|weeks|week|w))\.?"
)
_CLOCK = re.compile(
    rf"(?:в|к|с|до|at|by|till|until|в\s)?\s*(?:(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?"
    rf"\s*(?P<half>am|pm|ч|час|часов|утра|вечера|дня)?|(?P<word>{_either(_TIMES)}))"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_DOTTED = re.compile(r"(?P<day>\d\d?)[./](?P<month>\d\d?)(?:[./](?P<year>\d{4}|\d\d))?")
_NAMED = re.compile(rf"(?P<day>\d\d?)\.?\s+(?P<name>{_either(_MONTHS)})\b\.?(?:\s+(?P<year>\d{{4}}))?")
_NAMED_FIRST = re.compile(rf"(?P<name>{_either(_MONTHS)})\.?\s+(?P<day>\d\d?)(?![:\d])(?:,?\s+(?P<year>\d{{4}}))?")
_RELATIVE = re.compile(rf"(?P<word>{_either(_DAYS)})\b")
_WEEKDAY = re.compile(
    rf"(?:в|во|до|on|until|till|by)?\s*(?P<next>следующий|следующую|следующее|след\.?|next)?\s*"
    rf"(?P<word>{_either(_WEEKDAYS)})\b\.?"
)


def parse(text: str, now: datetime, zone: ZoneInfo, morning: time = MORNING) -> When | None:
    """The moment that the text means to someone in ``zone`` at ``now`` (aware); None when it means none.

    A date without a time is its ``morning``; a time without a date the next time the clock shows it; a
    weekday the next such day, today only with a time still ahead. A moment that has passed is None, so
    nothing is put off to yesterday. A wall-clock time that daylight saving skips moves
    on by the skipped hour.
    """
    words = " ".join(text.lower().split()).strip(" ,")
    if words in _REPLY:
        return When(None, for_reply=True)
    until = _span(words, now, zone) or _moment(words, now.astimezone(zone), zone, morning)
    if until is None or until <= now:
        return None
    return When(until.astimezone(UTC))


def moment(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, bool] | None:
    """A moment ahead, and whether it is a date without a time: then that date's beginning in ``zone``."""
    found = parse(text, now, zone)
    if found is None or found.until is None:
        return None
    late = parse(text, now, zone, morning=time(23, 59))
    if late is None or late.until == found.until:
        return found.until, False
    day = found.until.astimezone(zone).date()
    return _wall(day, time(), zone).astimezone(UTC), True


def _wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    # Through UTC and back: a time inside a gap becomes a real one.
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _span(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = _SPAN.fullmatch(words)
    if found is None or not (found["in"] or found["amount"]):
        return None
    written = found["amount"] or "1"
    half = written in ("пол", "half an")
    amount = 0.5 if half else 1.0 if written in ("a", "an") else float(written.replace(",", "."))
    if found["m"]:
        return now + timedelta(minutes=amount)
    if found["h"]:
        return now + timedelta(hours=amount)
    days = amount * (7 if found["w"] else 1)
    if days != int(days) or days > 3660:
        return None
    # Days are dates: the same wall-clock time, however long the days between are.
    local = now.astimezone(zone)
    return _wall(local.date() + timedelta(days=int(days)), local.time().replace(second=0, microsecond=0), zone)


def _moment(words: str, local: datetime, zone: ZoneInfo, morning: time) -> datetime | None:
    clock_only = _CLOCK.fullmatch(words)
    if clock_only and not _is_date(words):
        clock = _clock(clock_only)
        if clock is None:
            return None
        today = _wall(local.date(), clock, zone)
        return today if today > local else _wall(local.date() + timedelta(days=1), clock, zone)
    relative = _RELATIVE.match(words)
    if relative:
        day: date | None = local.date() + timedelta(days=_DAYS[relative["word"]])
        return _on(day, words[relative.end() :], zone, morning)
    weekday = _WEEKDAY.match(words)
    if weekday:
        return _next_weekday(weekday, words[weekday.end() :], local, zone, morning)
    for pattern in (_ISO, _NAMED, _NAMED_FIRST, _DOTTED):
        dated = pattern.match(words)
        if dated:
            return _dated(dated.groupdict(), words[dated.end() :], local, zone, morning)
    return None


def _is_date(words: str) -> bool:
    """Whether "05.11" is a day and not a time: with two figures for a month that exists, it is a day."""
    dotted = re.fullmatch(r"(\d\d?)\.(\d\d)", words)
    return dotted is not None and 1 <= int(dotted[1]) <= 31 and 1 <= int(dotted[2]) <= 12


def _clock(found: re.Match[str]) -> time | None:
    if found["word"]:
        return _TIMES[found["word"]]
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"]
    if half in ("pm", "вечера", "дня") and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _on(day: date | None, rest: str, zone: ZoneInfo, morning: time) -> datetime | None:
    """That day at the time written in ``rest``, in the morning when nothing is."""
    rest = rest.strip(" ,.")
    if day is None:
        return None
    if not rest:
        return _wall(day, morning, zone)
    found = _CLOCK.fullmatch(rest)
    clock = _clock(found) if found else None
    return _wall(day, clock, zone) if clock is not None else None


def _next_weekday(found: re.Match[str], rest: str, local: datetime, zone: ZoneInfo, morning: time) -> datetime | None:
    ahead = (_WEEKDAYS[found["word"]] - local.weekday()) % 7
    day = local.date() + timedelta(days=ahead)
    until = _on(day, rest, zone, morning)
    if until is not None and (until <= local or (ahead == 0 and (found["next"] or not rest.strip(" ,.")))):
        until = _on(day + timedelta(days=7), rest, zone, morning)
    return until


def _dated(parts: dict[str, str | None], rest: str, local: datetime, zone: ZoneInfo, morning: time) -> datetime | None:
    name = parts.get("name")
    month = _MONTHS[name] if name else int(parts["month"] or 0)
    written = parts.get("year")
    year = local.year if not written else int(written) + (2000 if len(written) == 2 else 0)
    try:
        day = date(year, month, int(parts["day"] or 0))
        if not written and day < local.date():
            day = day.replace(year=year + 1)
    except ValueError:
        return None
    return _on(day, rest, zone, morning)
