"""Every screen of the window over the demo desk, in both languages, wide and at its smallest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deskapp.ui.messages import Banner, Level
from deskapp.ui.settings.screen import PAGES
from tests.ui.demo_window import DemoStage, awake, demo_window
from tests.ui.geometry import wrong

Check = Callable[..., None]

#: Tickets of every state that a composer knows: new, promised, in work, waiting, resolved.
TICKETS = (4129, 4117, 4087, 4121, 4143)


@pytest.fixture(params=[("en", (1440, 900)), ("ru", (1440, 900)), ("en", (1024, 680)), ("ru", (1024, 680))])
def stage(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    language, size = request.param
    with demo_window(qapp, tmp_path, language, size) as stage:
        yield stage


@pytest.fixture
def check(stage: DemoStage) -> Iterator[Check]:
    """`check(where)`: gathers what is wrong there; told together at the end."""
    found: list[str] = []

    def look(where: str, root: QWidget | None = None) -> None:
        stage.settle()
        found.extend(f"{where}: {trouble}" for trouble in wrong(root or stage.window))

    yield look
    assert found == [], "\n" + "\n".join(dict.fromkeys(found))


def queue_and_tickets(stage: DemoStage, check: Check) -> None:
    queue = stage.window.screen_now()
    for tab in ("answer", "slipping", "mine", "waiting", "confirm", "all", "aside"):
        queue.tabs.choose(tab)
        check(f"tab {tab}")
    for number in TICKETS:
        stage.go_to(number)
        check(f"ticket {number}")
        for name in queue.pane.composer.tabs.names():
            queue.pane.composer.open_tab(name)
            check(f"ticket {number}, composer {name}")
        stage.press("Esc", "F9")
        check(f"ticket {number}, side panel")
        stage.press("F9")


def popups(stage: DemoStage, check: Check) -> None:
    stage.go_to(4129)
    for key in ("C", "U", "M", "A", "H", "W"):
        stage.press(key)
        check(f"popup {key}")
        stage.press("Esc")
    queue = stage.window.screen_now()
    queue.tabs.choose("confirm")
    stage.settle()
    stage.press("Esc", "S")
    check("consent")
    stage.press("Esc", "Shift+S")
    check("not fixed")
    stage.press("Esc")


def palette_overlay_and_new_ticket(stage: DemoStage, check: Check) -> None:
    for text in ("", "4117", "обмен", ">", "zzzz"):
        stage.press("Ctrl+K")
        stage.type(text)
        check(f"palette {text!r}")
        stage.press("Esc", "Esc")
    stage.press("?")
    check("keys")
    stage.press("Esc", "Ctrl+N")
    (form,) = [child for child in stage.window.findChildren(QDialog) if child.isVisible()]
    check("new ticket", form)
    form.close()


def calendar(stage: DemoStage, check: Check) -> None:
    stage.press("Ctrl+2")
    assert stage.window.screen_now() is stage.window.built("calendar")
    for key in ("Alt+1", "Alt+2", "Alt+3", "Alt+4"):
        stage.press(key)
        check(f"calendar {key}")
    stage.press("Alt+2", "Insert")
    check("calendar, a card in hand")
    stage.press("Esc", "Ctrl+T")
    check("calendar, table")


def settings(stage: DemoStage, check: Check) -> None:
    stage.press("Ctrl+,")
    for kind in PAGES:
        stage.window.screen_now().open_page(kind.id)
        check(f"settings {kind.id}")


def banner(stage: DemoStage, check: Check) -> None:
    long = "The password of support@a-very-long-name.example is needed: letters neither come nor go until then. " * 2
    stage.desktop.messages.put_banner(Banner("mail", long, Level.ERROR, (("Enter the password", lambda: None),), "x"))
    check("banner")


#: In the order of a walk through one window; the banner stays, and comes last.
WALKS = (queue_and_tickets, popups, palette_overlay_and_new_ticket, calendar, settings, banner)


def test_nothing_is_wrong_anywhere(stage: DemoStage, check: Check) -> None:
    for walk in WALKS:
        awake(stage)
        stage.press("Ctrl+1")
        assert stage.window.screen_now() is stage.window.built("queue")
        walk(stage, check)
