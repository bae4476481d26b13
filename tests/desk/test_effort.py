from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.desk import effort


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2ч30", 150),
        ("2ч 30", 150),
        ("2 ч 30 мин", 150),
        ("2\u00a0ч\u00a030\u00a0мин", 150),
        ("2:30", 150),
        ("150", 150),
        ("2.5h", 150),
        ("2,5 ч", 150),
        ("2,5", 150),
        ("2h30m", 150),
        ("2 h 30", 150),
        ("2H", 120),
        ("90 мин.", 90),
        ("45m", 45),
        ("1 час", 60),
        ("3 часа", 180),
        ("1д", 480),
        ("1 дн 2 ч", 600),
        ("1d 2h 5", 605),
        ("0,5 дня", 240),
        ("0:45", 45),
        (" 15 ", 15),
    ],
)
def test_what_people_type(text: str, minutes: int) -> None:
    assert effort.parse(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "0:00",
        "-30",
        "2:75",
        "ч",
        "2 x",
        "2ч30ч",
        "30м 2ч",
        "2ч 90",
        "hours",
        "2 чая",
        "1e5",
        "999999",
    ],
)
def test_what_is_no_effort(text: str) -> None:
    assert effort.parse(text) is None


@given(st.integers(1, effort.LONGEST))
def test_every_way_to_write_it_means_the_same(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    assert effort.parse(str(minutes)) == minutes
    assert effort.parse(f"{hours}:{rest:02}") == (minutes if minutes else None)
    assert effort.parse(f"{hours}ч{rest:02}") == minutes
    assert effort.parse(f"{hours} h {rest} min") == minutes


@given(st.text(max_size=20))
def test_no_text_is_too_odd(text: str) -> None:
    found = effort.parse(text)
    assert found is None or 0 < found <= effort.LONGEST
