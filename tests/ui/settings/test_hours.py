"""Hours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.ui.settings.hours import clock, moment, parse, write


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("9-13, 14-18", [[540, 780], [840, 1080]]),
        ("09:00–13:00; 14.30 – 18.00", [[540, 780], [870, 1080]]),
        ("14-18, 9-13", [[540, 780], [840, 1080]]),
        ("22-6", [[1320, 1800]]),
        ("0-24", [[0, 1440]]),
    ],
)
def test_understood(text: str, found: list[list[int]]) -> None:
    assert parse(text) == found


@pytest.mark.parametrize("text", ["nine to five", "9", "9-", "25-26", "9:70-10", "9-13, 12-18", "9-9", "9—13—14"])
def test_not_understood(text: str) -> None:
    assert parse(text) is None


@given(st.lists(st.integers(0, 1439), min_size=2, max_size=8, unique=True).map(sorted))
def test_written_and_read_again(ends: list[int]) -> None:
    hours = [[start, end] for start, end in zip(ends[::2], ends[1::2], strict=False)]
    assert parse(write(hours)) == hours


def test_a_time_of_the_day() -> None:
    for text, minute in (("10", 600), (" 8.30 ", 510), ("23:59", 1439), ("24", None), ("8:61", None), ("ten", None)):
        assert moment(text) == minute
    assert clock(510) == "08:30" and moment(clock(0)) == 0
