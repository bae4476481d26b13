"""No text of the composer, of the settings or of the new-ticket form is cut, in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

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
from deskapp.ui.widgets import ElidedLabel, Segmented

from .conftest import Shop


def cut(root: QWidget) -> Iterator[str]:
    """Labels and buttons that have less room than their words need."""
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, ElidedLabel):
            continue
        metrics = label.fontMetrics()
        if label.wordWrap():
            need = metrics.boundingRect(0, 0, max(label.width(), 1), 10_000, 0x1000, label.text()).height()
            if need > label.height() + 2:
                yield f"{label.text()!r} is {label.height()} high, needs {need}"
        elif metrics.horizontalAdvance(label.text()) > label.width() + 2 or metrics.height() > label.height() + 2:
            yield f"{label.text()!r} has {label.width()}x{label.height()}"
    for field in root.findChildren(Segmented):
        if field.isVisible() and field.width() < field.sizeHint().width():
            yield f"{field.options()} has {field.width()}, needs {field.sizeHint().width()}"
    for field in root.findChildren(QLineEdit):
        within = field.parentWidget()
        if (
            field.isVisible()
            and within is not None
            and not within.rect().adjusted(-1, -1, 1, 1).contains(field.geometry())
        ):
            yield f"{field.objectName()} leaves its place"
    for button in root.findChildren(QAbstractButton):
        fixed = button.isVisible() and button.text() and not button.property("gives_way")
        if fixed and button.minimumSizeHint().width() > button.width() + 2:
            yield f"button {button.text()!r} has {button.width()}, needs {button.minimumSizeHint().width()}"


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
