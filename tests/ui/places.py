"""Every place of the window that a person gets to, in the order of a walk: screens, their parts, dialogs over them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deskapp.desk.reports import REPORTS
from deskapp.sync.hub.door import HubDoor
from deskapp.ui.customers.screen import TABS
from deskapp.ui.firstrun.assistant import STEPS
from deskapp.ui.settings.screen import PAGES
from deskapp.ui.stage import Stage

Place = tuple[str, QWidget]

#: New, promised, in work, waiting, resolved: every state that a composer knows.
TICKETS = (4129, 4117, 4087, 4121, 4143)


def dialog(name: str) -> Any:
    return next(one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible())


def knowledge(stage: Stage) -> Iterator[Place]:
    screen: Any = stage.window.open("knowledge")
    stage.settle()
    for at in range(len(screen.tabs.options())):
        screen.tabs.set_index(at)
        screen.read()
        stage.settle()
        yield f"knowledge, tab {at}", stage.window
    screen.tabs.set_index(0)
    screen.read()
    stage.settle()
    screen.edit()
    stage.settle()
    yield "knowledge, editing", stage.window
    screen.leave()
    stage.settle()


def customers(stage: Stage) -> Iterator[Place]:
    screen: Any = stage.window.open("customers")
    stage.settle()
    screen.show_customer(screen._items[-1].id)
    stage.settle()
    for at, kind in enumerate(TABS):
        screen.show_tab(at)
        stage.settle()
        yield f"customers, {kind.id}", stage.window


def visits(stage: Stage) -> Iterator[Place]:
    screen: Any = stage.window.open("visits")
    for at, name in enumerate(("ahead", "past", "parts")):
        screen.tabs.set_index(at)
        screen.tabs.chosen.emit(at)
        stage.settle()
        yield f"visits, {name}", stage.window


def reports(stage: Stage) -> Iterator[Place]:
    screen: Any = stage.window.open("reports")
    stage.settle()
    yield "reports", stage.window
    for at, code in enumerate(list(REPORTS)[:2], 1):
        screen.which.setCurrentIndex(at)
        screen.read()
        stage.settle()
        yield f"reports, {code}", stage.window
    screen.which.setCurrentIndex(0)
    screen.read()
    stage.settle()


def sharing(stage: Stage) -> Iterator[Place]:
    stage.desktop.desk.hub = HubDoor()
    stage.window.open("sync")
    stage.settle()
    yield "sync, alone", stage.window
    stage.desktop.screens.show_sharing()
    stage.settle()
    screen: Any = stage.window.screen_now()
    panel = screen.stack.currentWidget().panel
    for joining in (False, True):
        panel.offer(joining=joining)
        stage.settle()
        yield f"sharing, {'join' if joining else 'share'}", stage.window


def dialogs(stage: Stage) -> Iterator[Place]:
    """What stands over the screens."""
    stage.desktop.new_ticket()
    stage.settle()
    (form,) = [child for child in stage.window.findChildren(QDialog) if child.isVisible()]
    yield "new ticket", form
    form.close()
    stage.desktop.call("")
    stage.settle()
    form = stage.desktop._call
    assert form is not None
    yield "call", form
    form.reject()
    stage.settle()
    for number in (4129, 4087):
        stage.desktop.open_number(number)
        stage.settle()
        queue: Any = stage.window.screen_now()
        if number == 4129:
            stage.desktop.emergency(queue.pane.ticket_id())
            stage.settle()
            form = dialog("emergency")
            yield "emergency", form
        else:
            queue.pane._erase()
            stage.settle()
            form = dialog("erase")
            form.list.item(0).setCheckState(form.list.item(0).checkState().Checked)
            stage.settle()
            yield "erase", form
        form.reject()
        stage.settle()


def first_steps(stage: Stage) -> Iterator[Place]:
    stage.desktop.first_steps()
    stage.settle()
    form = dialog("firstrun")
    for step in STEPS:
        form.show_step(step)
        stage.settle()
        yield f"first start, {step}", form
    form.reject()
    stage.settle()


def queue(stage: Stage) -> Iterator[Place]:
    screen: Any = stage.window.open("queue")
    screen.tabs.choose("answer")
    stage.settle()
    yield "queue", stage.window
    for number in TICKETS:
        stage.desktop.open_number(number)
        stage.settle()
        for name in screen.pane.composer.tabs.names():
            screen.pane.composer.open_tab(name)
            stage.settle()
            yield f"ticket {number}, {name}", stage.window


def calendar(stage: Stage) -> Iterator[Place]:
    stage.window.open("calendar")
    stage.settle()
    for key, name in (("Alt+1", "day"), ("Alt+2", "week"), ("Alt+3", "two weeks"), ("Alt+4", "month")):
        stage.press(key)
        yield f"calendar, {name}", stage.window
    stage.press("Alt+2", "Ctrl+T")
    yield "calendar, table", stage.window
    stage.press("Ctrl+T")


def settings(stage: Stage) -> Iterator[Place]:
    screen: Any = stage.window.open("settings")
    for kind in PAGES:
        screen.open_page(kind.id)
        stage.settle()
        yield f"settings, {kind.id}", stage.window


#: Those of the window's first days, and those that came later.
FIRST = (queue, calendar, settings)
LATER = (knowledge, customers, visits, reports, sharing, dialogs, first_steps)
