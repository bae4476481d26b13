from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskapp.desk.values import Clockwork
from deskapp.ui import i18n, words
from deskapp.ui.words import NBSP, Times

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 3, 11, 42, tzinfo=MOSCOW)


@pytest.fixture
def times() -> Times:
    return Times(MOSCOW, NOW)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("minutes", "ru", "en"),
    [
        (0, "0 мин", "0 min"),
        (45, "45 мин", "45 min"),
        (90, "1 ч 30 мин", "1 h 30 min"),
        (120, "2 ч", "2 h"),
        (600, "10 ч", "10 h"),
        (-30, "\u221230 мин", "\u221230 min"),
    ],
)
def test_durations(minutes: int, ru: str, en: str) -> None:
    assert plain(words.duration(minutes)) == en
    i18n.install("ru")
    assert plain(words.duration(minutes)) == ru


@pytest.mark.parametrize(
    ("minutes", "en"), [(479, "7 h 59 min"), (480, "1 d"), (600, "1 d 2 h"), (630, "1 d 2 h"), (-960, "\u22122 d")]
)
def test_a_day_of_slack_has_eight_hours(minutes: int, en: str) -> None:
    assert plain(words.working_duration(minutes)) == en


@pytest.mark.parametrize(
    ("minutes", "ru", "en"),
    [
        (20, "20 м", "20 m"),
        (90, "1,5 ч", "1.5 h"),
        (120, "2 ч", "2 h"),
        (960, "2 дн", "2 d"),
        (-30, "\u221230 м", "\u221230 m"),
        (600, "10 ч", "10 h"),
    ],
)
def test_short_durations(minutes: int, ru: str, en: str) -> None:
    assert plain(words.short_duration(minutes)) == en
    i18n.install("ru")
    assert plain(words.short_duration(minutes)) == ru


def test_units_never_part_from_their_number() -> None:
    i18n.install("ru")
    assert " " not in words.duration(150) + words.working_duration(700) + words.short_duration(90) + words.size(2000)


def test_moments(times: Times) -> None:
    at = datetime(2026, 11, 3, 15, 0, tzinfo=MOSCOW)
    thursday = datetime(2026, 11, 5, 17, 0, tzinfo=MOSCOW)
    assert plain(times.moment(at)) == "today, 15:00"
    assert plain(times.moment(at + timedelta(days=1))) == "tomorrow, 15:00"
    assert plain(times.moment(thursday)) == "Thu 5 Nov, 17:00"
    assert plain(times.moment_full(thursday)) == "Thursday 5 November 2026, 17:00 (MSK)"
    assert plain(times.clock()) == "Tue 3 Nov, 11:42 MSK"
    assert plain(times.moment_brief(at)) == "15:00"
    assert plain(times.moment_brief(thursday)) == "Thu 17:00"
    assert plain(times.moment_brief(at - timedelta(days=1))) == "yesterday"
    i18n.install("ru")
    assert plain(times.moment(at)) == "сегодня, 15:00"
    assert plain(times.moment(thursday)) == "чт 5 ноя, 17:00"
    assert plain(times.clock()) == "вт 3 ноя, 11:42 МСК"


def test_another_year_is_named(times: Times) -> None:
    assert plain(times.day(date(2027, 1, 11))) == "Mon 11 Jan 2027"


def test_the_reader_sees_his_own_zone() -> None:
    there = Times(ZoneInfo("Asia/Yekaterinburg"), NOW)
    at = datetime(2026, 11, 3, 22, 30, tzinfo=MOSCOW)
    assert plain(there.moment(at)) == "tomorrow, 00:30"
    assert plain(there.clock()).endswith("13:42 UTC+5")


def test_a_zone_without_letters_shows_its_offset() -> None:
    assert words.zone_name(NOW.astimezone(ZoneInfo("Asia/Kathmandu"))) == "UTC+5:45"
    assert words.zone_name(NOW.astimezone(ZoneInfo("America/Sao_Paulo"))) == "UTC\u22123"


def test_how_long_ago(times: Times) -> None:
    ago = [times.ago(NOW - timedelta(seconds=seconds)) for seconds in (0, 7, 59, 60, 3599, 7200, 3 * 86_400)]
    assert [plain(text) for text in ago] == ["5 s", "5 s", "55 s", "1 min", "59 min", "2 h", "3 days"]
    i18n.install("ru")
    assert [plain(words.days(count)) for count in (1, 2, 5, 11, 21)] == [
        "1 день",
        "2 дня",
        "5 дней",
        "11 дней",
        "21 день",
    ]


def test_numbers_of_tickets() -> None:
    assert (words.number(4117), words.number(None)) == ("#4117", "number after sync")
    i18n.install("ru")
    assert (words.number(4117), words.number(None)) == ("№4117", "номер после связи")


def test_waiting_always_says_for_what() -> None:
    assert words.status("waiting", "customer") == "Waiting for customer"
    assert words.status("waiting", "visit") == words.status("waiting", "part") == "Waiting for parts or visit"


def test_slack_and_lateness() -> None:
    assert plain(words.slack(90)) == "slack 1 h 30 min"
    assert plain(words.slack(-70)) == "late by 1 h 10 min"
    i18n.install("ru")
    assert plain(words.slack(-70)) == "срыв 1 ч 10 мин"


def test_the_working_day_in_the_status_bar(times: Times) -> None:
    until = datetime(2026, 11, 3, 17, 0, tzinfo=MOSCOW)
    short = Clockwork(NOW, "Europe/Moscow", "open", until, 258, True, "")
    i18n.install("ru")
    assert plain(words.working_day(short, times)) == "Короткий день до 17:00, осталось 4 ч 18 мин"
    holiday = Clockwork(NOW, "Europe/Moscow", "off", None, 0, False, "День народного единства")
    assert words.working_day(holiday, times) == "День народного единства"


def test_arguments_are_filled_once() -> None:
    assert i18n.fill("%1 and %2, 100%", "%2", "b") == "%2 and b, 100%"


def test_sizes_are_told_in_the_unit_that_leaves_few_figures() -> None:
    told = [words.size(count).replace(words.NBSP, " ") for count in (900, 2_600_000, 1_284_600_000, 3 * 1024**3)]
    assert told == ["1 KB", "2.5 MB", "1.2 GB", "3 GB"]


def test_large_counts_stand_in_groups() -> None:
    said = [i18n.translate("Sync", "%n ticket(s)", None, count) for count in (1500, 48_906, 1_000_000)]
    assert said == ["1500 tickets", "48,906 tickets", "1,000,000 tickets"]
    i18n.install("ru")
    assert i18n.translate("Sync", "%n ticket(s)", None, 48_906) == "48\u00a0906 заявок"
