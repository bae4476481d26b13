"""One box for tickets, customers, colleagues, articles and names of files, on either layout: by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.desk import files, intake_values
from deskapp.desk.desk import Desk
from tests.ui.demo_window import DemoStage, demo_window


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path_factory.mktemp("search") / "desk") as stage:
        yield stage


def rows(stage: DemoStage, words: str) -> list[str]:
    stage.press("Ctrl+K")
    stage.type(words)
    found = [row.text for row in stage.window.palette_box.rows() if row.kind == "hit"]
    stage.press("Esc", "Esc")
    return found


def _with_file(desk: Desk) -> None:
    data = b"nothing in it"
    sha256 = files.put(desk, data)
    file = intake_values.IncomingFile("спецификация-4711.bin", "application/octet-stream", len(data), sha256)
    from deskapp.desk import ticket, work

    work.note(desk, str(ticket.find(desk, 4117)), "note", "см. файл", files=(file,))


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("Хлебозавод", "Хлебозавод № 3"),  # a customer
        ("[kt,jpfdjl", "Хлебозавод № 3"),  # on the wrong layout
        ("Гареев", "Gareev"),  # a colleague, in the language of the window
        ("Хасанов", "4135"),  # a ticket by its requester
        ("спецификация-4711", "4117"),  # the name of a file
    ],
)
def test_one_box_finds_all_kinds(stage: DemoStage, words: str, part: str) -> None:
    if not stage.ask(lambda desk: desk.replica.value("SELECT 1 FROM attachment WHERE name LIKE 'спецификация%'")):
        stage.desktop.runner.run("writer", _with_file)
        stage.settle()
    found = rows(stage, words)
    assert any(part in text for text in found), found


def test_articles_are_found_in_the_same_box(stage: DemoStage) -> None:
    title = stage.ask(lambda desk: desk.replica.value("SELECT title FROM article WHERE state = 'published' LIMIT 1"))
    assert any(title in text for text in rows(stage, title))
    number = stage.ask(lambda desk: desk.replica.value("SELECT number FROM article WHERE title = ?", (title,)))
    assert rows(stage, f"kb-{number}") == [title]


def test_an_operator_is_completed_by_tab_and_shown_as_a_chip_in_the_box(stage: DemoStage) -> None:
    stage.press("Ctrl+K")
    box = stage.window.palette_box
    stage.type("сроч")
    stage.press("Tab")
    stage.type("высокая")
    assert [one.typed for one in box.chips.shown()] == ["срочность:высокая"] and box.chips.isVisible()
    assert [row for row in box.rows() if row.kind == "hit"]
    stage.press("Esc", "Esc")
