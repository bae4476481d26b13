"""The letter of a lost slot: the author's words stay, the date in them is the new one."""

from __future__ import annotations

import pytest

from deskapp.desk.nextslot import _with_date
from deskapp.desk.values import LetterDraft


def _letter(date: str) -> LetterDraft:
    return LetterDraft(
        (("Olga", "olga@firm.example"),), (), "[#4142]", f"We will do it by {date}.", "promise", "en", date
    )


OLD, FRESH = _letter("Thursday 5 November, 18:00"), _letter("Thursday 5 November, 16:00")


@pytest.mark.parametrize(
    ("kept", "body"),
    [
        ({}, FRESH.body),
        ({"body": "  "}, FRESH.body),
        ({"body": f"Dear Olga, by {OLD.date_token}. Anna"}, f"Dear Olga, by {FRESH.date_token}. Anna"),
        ({"parts": ["Dear Olga, by ", OLD.date_token, ". Anna"]}, f"Dear Olga, by {FRESH.date_token}. Anna"),
        ({"body": "Dear Olga, some day. Anna"}, FRESH.body),  # a date that is not told must not be lost
    ],
)
def test_the_authors_words_stay(kept: dict[str, object], body: str) -> None:
    found = _with_date(kept, OLD, FRESH)
    assert found.body == body and found.date_token == FRESH.date_token and found.to == FRESH.to


def test_the_authors_addresses_stay() -> None:
    kept = {"body": OLD.body, "to": [["Anna", "anna@firm.example"]], "cc": [["", "boss@firm.example"]]}
    found = _with_date(kept, OLD, FRESH)
    assert found.body == FRESH.body
    assert found.to == (("Anna", "anna@firm.example"),) and found.cc == (("", "boss@firm.example"),)
