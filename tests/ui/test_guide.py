"""F1: the guide at the chapter of where one is, in the language of the window, fetching nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from deskapp.core import paths
from deskapp.ui import guide
from deskapp.ui.screen import _PLACES
from tests.ui.demo_window import DemoStage, demo_window

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _title(stage: DemoStage) -> str:
    """The chapter that is shown; the window goes away again."""
    shown = stage.window.guide
    assert shown.isVisible()
    chosen = shown.list.currentItem().text()
    assert shown.text.toPlainText().startswith(chosen)
    shown.close()
    stage.window.activateWindow()
    stage.settle()
    return chosen


def test_f1_opens_the_chapter_of_the_screen_in_both_languages(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path / "desk") as stage:
        for keys, wanted in (
            (("Ctrl+2",), "The calendar and re-planning"),
            (("Ctrl+5",), "Visits and parts"),
            (("Ctrl+J",), "A shared desk"),
            (("Ctrl+1",), "The queue"),
            (("R",), "A promise"),
        ):
            stage.press(*keys, "F1")
            assert _title(stage) == wanted
        stage.window.open("settings").open_page("mail")
        stage.settle()
        stage.window.set_language("ru")
        stage.settle()
        assert stage.window.registry.trigger("help.guide", "palette")
        assert _title(stage) == "Почта"
        text = stage.window.guide.text
        assert text.isReadOnly()
        assert (
            text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl("https://deskapp.example/x.png")) is None
        )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_screen_has_a_chapter_and_every_picture_is_there(language: str) -> None:
    chapters = guide.read(language)
    about = {place for chapter in chapters for place in chapter.about}
    assert {*_PLACES, "composer", "ticket", "mail", "sharing", "exchange", "data"} <= about
    assert all(chapter.text and "![" not in chapter.text and "<!--" not in chapter.text for chapter in chapters)
    assert [chapter.about for chapter in chapters] == [chapter.about for chapter in guide.read("en")]
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", paths.guide(language).read_text("utf-8"))
    assert len(pictures) == 6
    assert all((DOCS / picture).is_file() for picture in pictures)
