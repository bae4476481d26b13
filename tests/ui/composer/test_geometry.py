"""No text of the composer, of the settings or of the new-ticket form is cut, in either language."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.desk import directory, undo
from deskapp.ui import i18n
from deskapp.ui.actions import ActionRegistry
from deskapp.ui.acts import Acts
from deskapp.ui.composer import Composer
from deskapp.ui.messages import Messages
from deskapp.ui.new_ticket import NewTicketDialog
from deskapp.ui.runner import TaskRunner
from deskapp.ui.settings.screen import PAGES, SettingsScreen
from deskapp.ui.undo import UndoStack
from tests.ui.geometry import cut

from .conftest import Shop


@pytest.fixture(params=["en", "ru"])
def language(request, shop: Shop) -> str:
    i18n.install(request.param)
    shop.desk.settings.set("language", request.param)
    return request.param


def settle(widget: QWidget) -> None:
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("size", [(520, 430), (680, 520)])
def test_composer(qtbot, shop: Shop, language: str, size: tuple[int, int]) -> None:
    runner = TaskRunner(shop.desk, Messages(), synchronous=True)
    composer = Composer(runner, ActionRegistry())
    qtbot.addWidget(composer)
    composer.set_ticket(shop.view(shop.new()), directory.read(shop.desk))
    composer.resize(*size)
    composer.show()
    for name in composer.tabs.names():
        composer.open_tab(name)
        if name == "promise":
            composer._pages[name].open_other()
        settle(composer)
        assert list(cut(composer)) == [], name
        assert composer.tabs.tabRect(composer.tabs.count() - 1).right() <= composer.tabs.width(), "tabs"
    bare = shop.new(cause_id=shop.causes["Оборудование"])
    composer.set_ticket(shop.view(bare), directory.read(shop.desk))
    composer.open_tab("promise")
    settle(composer)
    assert list(cut(composer)) == []


def test_side_panel(qtbot, shop: Shop, language: str) -> None:
    runner = TaskRunner(shop.desk, Messages(), synchronous=True)
    composer = Composer(runner, ActionRegistry())
    qtbot.addWidget(composer)
    composer.set_ticket(shop.view(shop.new()), directory.read(shop.desk))
    side = composer.side_panel()
    assert side is not None
    side.resize(260, 700)
    side.show()
    settle(side)
    assert list(cut(side)) == []
    side.hide()


def test_settings(qtbot, shop: Shop, language: str) -> None:
    runner = TaskRunner(shop.desk, Messages(), synchronous=True)
    acts = Acts(runner, UndoStack(runner, Messages(), undo.revert, shop.clock.now))
    screen = SettingsScreen(runner, acts, ActionRegistry(), None, shop.desk.settings)
    qtbot.addWidget(screen)
    screen.resize(950, 600)
    screen.show()
    screen.activate()
    for kind in PAGES:
        screen.open_page(kind.id)
        settle(screen)
        assert list(cut(screen)) == [], kind.id


def test_new_ticket(qtbot, shop: Shop, language: str) -> None:
    runner = TaskRunner(shop.desk, Messages(), synchronous=True)
    acts = Acts(runner, UndoStack(runner, Messages(), undo.revert, shop.clock.now))
    form = NewTicketDialog(runner, acts)
    qtbot.addWidget(form)
    form.show()
    settle(form)
    assert list(cut(form)) == []
