"""F1: the guide at the chapter of where one is, in the language of the window, fetching nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QShortcut, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from deskapp.core import paths
from deskapp.desk import ticket
from deskapp.ui import guide
from deskapp.ui.banner import DetailsDialog
from deskapp.ui.screen import _PLACES
from deskapp.ui.sync import password
from tests.ui.demo_window import DemoStage, demo_window
from tests.ui.places import dialog

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


def test_f1_in_a_form_opens_its_chapter_and_the_form_goes_on(qapp: QApplication, tmp_path: Path) -> None:
    """A form is a window of its own, and the one behind it takes no click: the guide belongs to the form."""
    with demo_window(qapp, tmp_path / "desk") as stage:
        stage.press("Ctrl+2")

        def told(form: QWidget) -> str:
            form.activateWindow()
            stage.settle()
            (key,) = form.findChildren(QShortcut, "help.here")
            stage.press("F1")
            (shown,) = form.findChildren(guide.GuideWindow)
            assert shown.isVisible() and shown.parent() is form
            title = shown.list.currentItem().text()
            QTest.keyClick(shown, Qt.Key.Key_Escape)
            stage.settle()
            assert not shown.isVisible() and form.isVisible(), "Esc closes the guide first"
            form.activateWindow()
            stage.settle()
            assert key.isEnabled()
            QTest.keyClick(QApplication.focusWidget() or form, Qt.Key.Key_Escape)
            stage.settle()
            assert not isValid(form) or not form.isVisible(), "and the form by its own Esc"
            stage.window.activateWindow()
            stage.settle()
            return title

        stage.press("Ctrl+N")
        stage.type("x")  # the field takes letters as ever
        assert told(dialog("new_ticket")) == "The ticket"
        stage.press("F4")
        assert told(dialog("call")) == "The ticket"
        stage.desktop.emergency(stage.ask(ticket.find, 4129))
        stage.settle()
        assert told(dialog("emergency")) == "The calendar and re-planning"
        stage.desktop.first_steps()
        stage.settle()
        assert told(dialog("firstrun")) == "First run"
        stage.desktop.messages.fail("Something failed", "It did", "details")
        stage.window._show_details(stage.desktop.messages.banner())
        stage.settle()
        (form,) = [one for one in stage.window.findChildren(DetailsDialog) if one.isVisible()]
        assert told(form) == "The calendar and re-planning", "what tells of nothing: the screen behind it"
        password.ask(stage.window, stage.desktop.runner, stage.desktop.messages, lambda: None)
        stage.settle()
        assert told(dialog("sync.password")) == "A shared desk"


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
