"""Words in a few rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from deskapp.planning.values import Span, TraceRow
from deskapp.ui import theme, trace, words, wrapping


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


def test_a_trace_names_what_takes_time(qapp: QApplication) -> None:
    noon = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    later = noon + timedelta(minutes=30)
    rows = [
        TraceRow(Span(noon, later), "busy", {"number": 4104}),
        TraceRow(Span(later, later), "busy", {"number": 4105}),
        TraceRow(Span(later, later), "rounded", {}),
    ]
    shown = trace.lines(rows, words.Times(ZoneInfo("UTC"), noon))
    assert [line.text for line in shown] == ["busy: #4104", "rounded up"], "two tickets at one time are one stretch"


def test_a_long_name_in_a_trace_takes_a_second_row(qapp: QApplication) -> None:
    noon = datetime(2026, 11, 4, 0, 0, tzinfo=UTC)
    rows = [TraceRow(Span(noon, noon + timedelta(days=1)), "holiday", {"name": "Day of the unity of all the people"})]
    table = trace.TraceTable(rows, words.Times(ZoneInfo("UTC"), noon), noon, "Promise")
    table.resize(4000, 10)
    assert len(table.shown_texts()) == 1
    wide, narrow = table.heightForWidth(4000), table.heightForWidth(240)
    table.resize(240, narrow)
    assert narrow > wide and " ".join(table.shown_texts()) == "holiday: Day of the unity of all the people"
