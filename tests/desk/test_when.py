from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.desk import when

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 3, 11, 42, tzinfo=MOSCOW)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("завтра 15:00", "2026-11-04 15:00"),
        ("Завтра в 15", "2026-11-04 15:00"),
        ("завтра", "2026-11-04 09:00"),
        ("завтра утром", "2026-11-04 09:00"),
        ("завтра, 9.30", "2026-11-04 09:30"),
        ("послезавтра 9", "2026-11-05 09:00"),
        ("сегодня 16:30", "2026-11-03 16:30"),
        ("через 2 ч", "2026-11-03 13:42"),
        ("через 2ч", "2026-11-03 13:42"),
        ("через час", "2026-11-03 12:42"),
        ("через полчаса", "2026-11-03 12:12"),
        ("через 30 мин", "2026-11-03 12:12"),
        ("через 3 дня", "2026-11-06 11:42"),
        ("через неделю", "2026-11-10 11:42"),
        ("2 ч", "2026-11-03 13:42"),
        ("fri 9", "2026-11-06 09:00"),
        ("friday 9:30", "2026-11-06 09:30"),
        ("пт 9", "2026-11-06 09:00"),
        ("в пятницу", "2026-11-06 09:00"),
        ("до пятницы", "2026-11-06 09:00"),
        ("вт", "2026-11-10 09:00"),
        ("вт 15", "2026-11-03 15:00"),
        ("вт 9", "2026-11-10 09:00"),
        ("next tue 15", "2026-11-10 15:00"),
        ("tomorrow 3pm", "2026-11-04 15:00"),
        ("tomorrow at 3 pm", "2026-11-04 15:00"),
        ("today 17:00", "2026-11-03 17:00"),
        ("in 2 hours", "2026-11-03 13:42"),
        ("in an hour", "2026-11-03 12:42"),
        ("in 1.5h", "2026-11-03 13:12"),
        ("in a week", "2026-11-10 11:42"),
        ("30m", "2026-11-03 12:12"),
        ("15:00", "2026-11-03 15:00"),
        ("9:00", "2026-11-04 09:00"),
        ("до 14:00", "2026-11-03 14:00"),
        ("5 ноя", "2026-11-05 09:00"),
        ("5 ноября 10:00", "2026-11-05 10:00"),
        ("5 nov, 17:00", "2026-11-05 17:00"),
        ("nov 5 17:00", "2026-11-05 17:00"),
        ("nov 5", "2026-11-05 09:00"),
        ("9 мая", "2027-05-09 09:00"),
        ("05.11", "2026-11-05 09:00"),
        ("5.11.2026 14:00", "2026-11-05 14:00"),
        ("5.11.26", "2026-11-05 09:00"),
        ("2026-11-05 14:00", "2026-11-05 14:00"),
    ],
)
def test_what_people_type(text: str, expected: str) -> None:
    found = when.parse(text, NOW, MOSCOW)
    assert found is not None and found.until is not None
    assert found.until.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M") == expected
    assert not found.for_reply


@pytest.mark.parametrize("text", ["до ответа", "Until reply", " until a reply "])
def test_until_the_requester_answers(text: str) -> None:
    assert when.parse(text, NOW, MOSCOW) == when.When(None, for_reply=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "вчера",
        "когда-нибудь",
        "завтра 25:00",
        "32.11",
        "30 февраля",
        "сегодня 9",
        "2025-01-01",
        "soon",
        "через",
        "ч",
    ],
)
def test_what_is_no_moment_ahead(text: str) -> None:
    assert when.parse(text, NOW, MOSCOW) is None


def test_days_are_dates_over_the_change_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=berlin)
    found = when.parse("tomorrow 12:00", saturday, berlin)
    assert found is not None and found.until is not None
    assert found.until - saturday.astimezone(UTC) == timedelta(hours=25)


def test_a_skipped_time_becomes_a_real_one() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    found = when.parse("tomorrow 2:30", datetime(2026, 3, 28, 12, tzinfo=berlin), berlin)
    assert found is not None and found.until is not None
    assert found.until.astimezone(berlin).strftime("%d %H:%M") == "29 03:30"


def test_the_reader_zone_counts() -> None:
    late = datetime(2026, 11, 3, 22, 0, tzinfo=UTC)  # already the 4th in Moscow
    found = when.parse("завтра 9", late, MOSCOW)
    assert found is not None and found.until == datetime(2026, 11, 5, 6, 0, tzinfo=UTC)


@given(st.text(max_size=25))
def test_no_text_is_too_odd(text: str) -> None:
    found = when.parse(text, NOW, MOSCOW)
    assert found is None or found.for_reply or (found.until is not None and found.until > NOW)
