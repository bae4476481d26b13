"""The reports by keys: from a figure to what it counts, to its tickets, and out as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.desk.reports import REPORTS
from deskapp.ui import i18n
from deskapp.ui.reports.charts import Dots, nice_top
from tests.ui.demo_window import DemoStage, demo_window
from tests.ui.geometry import wrong


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path_factory.mktemp("reports")) as stage:
        yield stage


@pytest.fixture
def screen(stage: DemoStage) -> Any:
    found: Any = stage.window.open("reports")
    stage.settle()
    found.back()
    found.which.select("")
    found.periods.set_index(2)
    found.read()
    stage.settle()
    return found


def test_the_page_says_its_figures_and_nothing_is_cut_off(stage: DemoStage, screen: Any) -> None:
    assert screen.span.text().replace("\u00a0", " ") == "31 August – 3 November 2026"
    assert screen.tiles["kept"].accessibleName().startswith("Promises kept: 9")
    assert not wrong(stage.window)
    for card in (screen.promises, screen.answers, screen.causes, screen.estimates):
        assert card.canvas.marks(), card.objectName()
        assert card.canvas.accessibleName()
        area = card.canvas.rect().adjusted(-1, -1, 1, 1)
        assert all(area.contains(mark.rect.toAlignedRect()) for mark in card.canvas.marks()), card.objectName()


def test_a_column_is_chosen_by_arrows_and_opens_its_tickets(stage: DemoStage, screen: Any) -> None:
    canvas: QWidget = screen.promises.canvas
    canvas.setFocus()
    stage.press("Right", "Return")
    stage.settle()
    assert screen.pages.currentIndex() == 2
    rows = screen.behind.words.rows()
    assert rows and screen.behind_title.text().endswith(("ticket", "tickets"))
    assert stage.within("reports.behind")
    stage.press("Esc")
    assert screen.pages.currentIndex() == 0
    canvas.setFocus()
    stage.press("Return")
    stage.settle()
    stage.press("Return")
    stage.settle()
    assert stage.window.screen_now().objectName() == "queue"
    number = stage.window.screen_now().pane.view().number
    assert f"#{number}" in rows[0]


def test_the_twin_says_the_same_and_is_copied_as_cells(stage: DemoStage, screen: Any) -> None:
    screen.promises.twin.setChecked(True)
    table = screen.promises.table
    assert len(table.words.rows()) == len(screen.shown_figures().promises)
    kept = sum(int(row[1]) for row in table.words.rows())
    assert kept == sum(bucket.kept for bucket in screen.shown_figures().promises)
    table.setFocus()
    stage.press("Ctrl+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == len(table.words.rows()) + 1 and lines[0].split("\t")[1] == "kept"
    screen.promises.twin.setChecked(False)


def test_a_figure_explains_itself(stage: DemoStage, screen: Any) -> None:
    screen.tiles["within"].setFocus()
    stage.press("W")
    popup = stage.find("reports.definition")
    assert "acknowledgements" in popup.accessibleDescription()
    stage.press("Esc")
    assert not stage.window.findChildren(QWidget, "reports.definition")


def test_every_report_is_shown_whole(stage: DemoStage, screen: Any) -> None:
    for code in REPORTS:
        screen.which.select(code)
        screen.read()
        stage.settle()
        assert screen.pages.currentIndex() == 1
        assert len(screen.table.words.rows()) == len(screen.shown_table().rows)
        assert not wrong(stage.window), code


def test_a_long_table_is_put_into_words_as_far_as_it_is_seen(stage: DemoStage, screen: Any) -> None:
    screen.which.select("tickets")
    screen.read()
    stage.settle()
    rows = screen.table.words.rows()
    assert len(rows) > 100 and len(rows.said()) < len(rows), "a year of tickets is not formatted before it is shown"
    assert screen.table.as_cells().count("\n") == len(rows), "copied it is whole"


def test_columns_of_one_report_keep_nothing_of_another(stage: DemoStage, screen: Any) -> None:
    widths = {}
    for code in ("customers", "key_figures", "customers"):
        screen.which.select(code)
        screen.read()
        stage.settle()
        found = [screen.table.columnWidth(place) for place in range(screen.table.words.columnCount())]
        assert widths.setdefault(code, found) == found


def test_files(stage: DemoStage, screen: Any, tmp_path: Path) -> None:
    screen.output.save_pdf(tmp_path / "figures.pdf")
    screen.which.select("customers")
    screen.read()
    stage.settle()
    screen.output.save_csv(tmp_path / "customers.csv")
    screen.output.save_pdf(tmp_path / "customers.pdf")
    screen.output.save_xlsx(tmp_path / "book.xlsx")
    stage.settle()
    assert (tmp_path / "customers.csv").read_text("utf-8-sig").splitlines()[0].startswith("Customer,Received")
    assert (tmp_path / "book.xlsx").read_bytes().startswith(b"PK")
    for name in ("figures.pdf", "customers.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF") and (tmp_path / name).stat().st_size > 5_000


def test_a_finished_ticket_moves_the_figures_without_asking(stage: DemoStage, screen: Any) -> None:
    from deskapp.desk import closing

    before = screen.shown_figures()
    kept = next(tile for tile in before.tiles if tile.code == "kept")
    ticket_id = stage.ask(_find, 4117)
    stage.desktop.acts.act(closing.finish, ticket_id, "fixed", "", None, "phone", "Anna")
    stage.settle()
    after = next(tile for tile in screen.shown_figures().tiles if tile.code == "kept")
    assert after.of == kept.of + 1


def _find(desk: Any, number: int) -> str | None:
    from deskapp.desk import ticket

    return ticket.find(desk, number)


@pytest.mark.parametrize("value", [0.4, 1, 3, 7, 9, 10, 11, 23, 38, 96, 100, 101, 457, 99_999])
def test_an_axis_holds_its_values_in_two_to_five_steps(value: float) -> None:
    top, step = nice_top(value)
    assert value <= top <= 2.6 * value or top == step
    assert abs(top / step - round(top / step)) < 1e-9 and 1 <= top / step <= 5


def test_half_hours_have_the_comma_of_the_language(qapp: QApplication) -> None:
    chart = Dots()
    chart.set_points([(2.5, 1.25, "#1", "", False)], ["", "", ""], "%1 h")
    try:
        i18n.install("ru")
        assert chart.table()[1] == [["#1", "2,50", "1,25"]]
        i18n.install("en")
        assert chart.table()[1] == [["#1", "2.50", "1.25"]]
    finally:
        i18n.install("en")
        chart.deleteLater()
