"""Words in a few rows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from deskapp.ui import theme, wrapping


def metrics() -> QFontMetrics:
    return QFontMetrics(theme.current().font("body"))


def test_one_row_where_there_is_room(qapp: QApplication) -> None:
    assert wrapping.rows("TP-118, 8x5", metrics(), 1000) == ["TP-118, 8x5"]
    assert wrapping.rows("", metrics(), 1000) == [""]


def test_breaks_between_words_and_after_the_sign_of_an_address(qapp: QApplication) -> None:
    wide = metrics().horizontalAdvance("TP-118, until")
    assert wrapping.rows("TP-118, until 31.03.2027", metrics(), wide) == ["TP-118, until", "31.03.2027"]
    wide = metrics().horizontalAdvance("baltpromsnab.example")
    assert wrapping.rows("e.rudakova@baltpromsnab.example", metrics(), wide) == ["e.rudakova@", "baltpromsnab.example"]


def test_what_has_no_room_in_the_last_row_ends_in_an_ellipsis(qapp: QApplication) -> None:
    shown = wrapping.rows("one two three four five six", metrics(), metrics().horizontalAdvance("one two "))
    assert len(shown) == 2 and shown[-1].endswith("\u2026")
    unbreakable = wrapping.rows("u" * 80, metrics(), metrics().horizontalAdvance("uuuu"), 3)
    assert len(unbreakable) == 1 and unbreakable[0].endswith("\u2026")


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="abc @/", max_size=60), width=st.integers(30, 300), most=st.integers(1, 4))
def test_never_wider_nor_more(qapp: QApplication, text: str, width: int, most: int) -> None:
    shown = wrapping.rows(text, metrics(), width, most)
    assert 1 <= len(shown) <= most
    assert all(metrics().horizontalAdvance(row) <= width for row in shown if row.strip())
