"""Search as a person meets it: the palette over the demo desk, the filter of a tab, recent tickets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.desk import ticket
from tests.ui.demo_window import DemoStage, demo_window


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path) as stage:
        yield stage


def found(stage: DemoStage, words: str) -> list[str]:
    """Numbers of the tickets that the palette lists."""
    stage.press("Ctrl+K")
    stage.type(words)
    rows = stage.window.palette_box.rows()
    numbers = [row.text.split()[0].lstrip("#№") for row in rows if row.kind == "hit"]
    stage.press("Esc", "Esc")
    return numbers


#: What is typed, and the ticket that the palette must list.
_SOUGHT = (
    ("накладная", "4117"),  # written "накладные"
    ("НАКЛАДНЫМИ", "4117"),
    ("yfrkflyfz", "4117"),  # on the wrong layout
    ("Балтпромснаб", "4117"),
    ("Рудаковой", "4117"),
    ("4129", "4129"),
    ("№4129", "4129"),
    ("143", "4143"),  # a part of a number
    ("555-01-43", "4117"),
    ("+7 (812) 555-01-43", "4117"),
)


def test_the_palette_finds(stage: DemoStage) -> None:
    for words, number in _SOUGHT:
        assert number in found(stage, words), words


def test_english_word_forms(stage: DemoStage) -> None:
    (stage.inbox / "one").write_bytes(
        b"From: Emily Carter <e.carter@harbour-parts.example>\r\nTo: help@opora.example\r\n"
        b"Subject: Printers stopped\r\nMessage-ID: <p1@harbour-parts.example>\r\n"
        b"Date: Tue, 03 Nov 2026 11:40:00 +0300\r\n\r\nThe label printers are not printing invoices.\r\n"
    )
    stage.desktop.mail()
    stage.settle()
    for words in ("printer", "printed invoice", "harbour"):
        assert "4151" in found(stage, words), words


def test_a_note_is_found_as_soon_as_it_is_written(stage: DemoStage) -> None:
    stage.go_to(4117)
    stage.press("L")
    stage.type("Сбросили регламентное задание")
    stage.press("Ctrl+Return")
    assert found(stage, "регламентных заданий") == ["4117"]


def test_enter_opens_what_was_found_and_esc_goes_back(stage: DemoStage) -> None:
    stage.press("Ctrl+K")
    stage.type("рудаковой")
    stage.press("Return")
    assert stage.window.screen_now().pane.view().requester.name == "Елена Рудакова"


def test_the_empty_palette_offers_what_was_looked_at(stage: DemoStage) -> None:
    pane = stage.window.screen_now().pane
    for number in (4117, 4087):
        stage.go_to(number)
        pane._mark_read()  # it stood before the eye for a while
        stage.settle()
    assert found(stage, "")[:2] == ["4087", "4117"]


def test_spam_is_looked_back_at_and_brought_back(stage: DemoStage) -> None:
    queue = stage.window.screen_now()
    first = queue.list.current_ticket()
    stage.press("Shift+Z")
    assert queue.list.rows.row_of(first) < 0
    stage.press("Ctrl+K")
    stage.type("set aside")
    stage.press("Return")
    assert queue.tabs.tab() == "aside" and queue.list.rows.row_of(first) >= 0
    queue.list.select(first)
    stage.press("Z")
    assert queue.list.rows.row_of(first) < 0
    assert not stage.view(first).set_aside
    assert stage.ask(ticket.find, stage.view(first).number) == first


def test_an_answer_goes_to_all_who_were_written_to(stage: DemoStage) -> None:
    head = "From: Emily Carter <e.carter@harbour-parts.example>\r\n"
    head += "To: help@opora.example, Sam <s.hill@harbour-parts.example>\r\nCc: boss@harbour-parts.example\r\n"
    head += "Subject: Labels\r\nMessage-ID: <p2@harbour-parts.example>\r\nDate: Tue, 03 Nov 2026 11:40:00 +0300\r\n"
    (stage.inbox / "one").write_bytes(f"{head}\r\nNo labels.\r\n".encode())
    stage.desktop.mail()
    stage.settle()
    stage.promise(4151, "1:00")
    stage.press("Ctrl+Return", "R")
    page = stage.window.screen_now().pane.composer._pages["reply"]
    assert "s.hill@harbour-parts.example" in page.letter.cc.text() and "boss@" in page.letter.cc.text()
    assert "help@opora" not in page.letter.cc.text()
    page.letter.edit.setFocus()
    stage.type("Sent to you all")
    stage.press("Ctrl+Return")
    letter = stage.view(stage.ask(ticket.find, 4151)).entries[-1]
    assert letter.kind == "held" and "Sent to you all" in letter.text
    assert {address for _name, address in letter.cc} == {"s.hill@harbour-parts.example", "boss@harbour-parts.example"}
