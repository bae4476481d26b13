"""Tables edited in place: their columns share the width there is, and words are cut only where none is left."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.ui.customers.tab import FittedTable
from deskapp.ui.settings.rows import Column, RowsTable, shared_widths

SIZES = st.lists(st.tuples(st.integers(1, 90), st.integers(20, 200), st.integers(0, 900)), min_size=1, max_size=8)


@given(SIZES, st.integers(1, 3000))
def test_no_column_has_less_than_its_least_nor_is_cut_without_need(
    columns: list[tuple[int, int, int]], room: int
) -> None:
    asked = [ask for ask, _few, _more in columns]
    least = [few for _ask, few, _more in columns]
    needed = [few + more for _ask, few, more in columns]
    widths = shared_widths(asked, least, needed, room)
    assert all(width >= few for width, few in zip(widths, least, strict=True))
    assert sum(widths) <= max(room, sum(least))
    if sum(needed) <= room:
        assert all(width >= need for width, need in zip(widths, needed, strict=True))
    if room >= sum(least):
        assert room - sum(widths) < len(columns), "all of the room is used"


def table(qtbot: QtBot, kind: type[RowsTable], width: int) -> RowsTable:
    columns = [Column("date", "Date", width=30), Column("name", "A long enough name", width=20),
               Column("note", "Note", width=60)]  # fmt: skip
    made = kind("table", "Days", columns, lambda *_edited: None)
    qtbot.addWidget(made)
    made.resize(width, 300)
    made.show()
    rows: list[dict[str, Any]] = [{"id": "a", "date": "4 Nov 2026", "name": "Day of national unity", "note": ""}]
    made.set_rows(rows)
    return made


@pytest.mark.parametrize("kind", [RowsTable, FittedTable])
def test_words_are_not_cut_beside_an_empty_column(qtbot: QtBot, kind: type[RowsTable]) -> None:
    made = table(qtbot, kind, 700)
    view, head = made.view, made.view.horizontalHeader()
    for place in range(3):
        assert view.columnWidth(place) >= max(view.sizeHintForColumn(place), head.sectionSizeHint(place))
    assert view.horizontalScrollBar().maximum() == 0


def test_a_table_of_a_page_is_never_wider_than_it(qtbot: QtBot) -> None:
    made = table(qtbot, FittedTable, 235)
    view = made.view
    assert sum(view.columnWidth(place) for place in range(3)) <= view.viewport().width()
    assert view.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_an_edge_that_somebody_moved_stays(qtbot: QtBot) -> None:
    made = table(qtbot, RowsTable, 700)
    made.view.horizontalHeader().resizeSection(1, 77)  # as a hand does it
    made.set_rows([{"id": "b", "date": "", "name": "x" * 60, "note": ""}])
    made.resize(640, 300)
    assert made.view.columnWidth(1) == 77


def test_a_day_is_shown_and_typed_as_people_write_it(qtbot: QtBot) -> None:
    told: list[tuple[str, object]] = []
    made = RowsTable("table", "Days", [Column("on", "On", "day")], lambda _row, key, value: told.append((key, value)))
    qtbot.addWidget(made)
    made.set_rows([{"id": "a", "on": "2026-12-01"}])
    cell = made.model.index(0, 0)
    assert cell.data() == cell.data(Qt.ItemDataRole.EditRole) == "01.12.2026"
    made.model.setData(cell, "01.12.2026")
    assert told == [], "what stands there was not changed"
    made.model.setData(cell, "2.12.2026")
    assert told == [("on", "2026-12-02")] and cell.data() == "02.12.2026"
