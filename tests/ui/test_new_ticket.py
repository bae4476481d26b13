"""A ticket by hand, by keys only; what is typed survives closing the form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.desk import drafts, undo
from deskapp.ui.acts import Acts
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.new_ticket import NewTicketDialog
from deskapp.ui.runner import Lane, TaskRunner
from deskapp.ui.undo import UndoStack
from tests.ui.composer.conftest import Shop, begun, shop  # noqa: F401

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def runner(qtbot, shop: Shop) -> Iterator[TaskRunner]:  # noqa: F811
    messages = Messages()
    recorder = Recorder(messages)
    replica = shop.desk.replica
    lanes = {
        "writer": Lane(replica.connect, replica.disconnect),
        "reader": Lane(lambda: replica.connect(readonly=True), replica.disconnect),
    }
    runner = TaskRunner(shop.desk, messages, lanes)
    yield runner
    runner.drain()
    runner.close()
    assert not recorder.crashes


def open_form(qtbot, shop: Shop, runner: TaskRunner) -> NewTicketDialog:  # noqa: F811
    acts = Acts(runner, UndoStack(runner, Messages(), undo.revert, shop.clock.now))
    host = QWidget()
    host.show()
    qtbot.addWidget(host)
    form = NewTicketDialog(runner, acts, host)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    form.kept = (acts, host)  # alive as long as the form
    with qtbot.waitActive(form):
        form.open()
    runner.drain()
    return form


def write(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def test_by_keys(qtbot, shop: Shop, runner: TaskRunner) -> None:  # noqa: F811
    form = open_form(qtbot, shop, runner)
    for text in ("Helen", "Vertical", "h@vertical.example", "+7 812 555", "Printer is silent", "Since the morning."):
        write(text)
        press(KEY.Key_Tab)
    press(KEY.Key_Up)
    with qtbot.waitSignal(form.created) as made:
        press(KEY.Key_Return, CTRL)
    row = shop.row(made.args[0])
    assert (row["subject"], row["urgency"], row["channel"]) == ("Printer is silent", 2, "phone")
    view = shop.view(made.args[0])
    assert (view.requester.name, view.requester.customer) == ("Helen", "Vertical")
    runner.drain()
    assert drafts.load(shop.desk, "") == {}


def test_without_a_subject_it_says_so_and_keeps_the_form(qtbot, shop: Shop, runner: TaskRunner) -> None:  # noqa: F811
    form = open_form(qtbot, shop, runner)
    write("Helen")
    press(KEY.Key_Return, CTRL)
    assert form.says.text() == "Say in a few words what is wrong."
    assert QApplication.focusWidget() is form.subject
    assert form.who.text() == "Helen"


def test_esc_keeps_what_is_typed_for_the_next_time(qtbot, shop: Shop, runner: TaskRunner) -> None:  # noqa: F811
    form = open_form(qtbot, shop, runner)
    write("Helen")
    form.subject.setFocus()
    write("Printer")
    press(KEY.Key_Escape)
    runner.drain()
    again = open_form(qtbot, shop, runner)
    assert (again.who.text(), again.subject.text()) == ("Helen", "Printer")


def test_an_outage_stays_critical_whatever_was_kept(qtbot, shop: Shop, runner: TaskRunner) -> None:  # noqa: F811
    drafts.save(shop.desk, "", "new", {"who": "Helen", "urgency": 4})
    acts = Acts(runner, UndoStack(runner, Messages(), undo.revert, shop.clock.now))
    form = NewTicketDialog(runner, acts)
    qtbot.addWidget(form)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    form.urgency.select(1)
    runner.drain()
    assert (form.who.text(), form.urgency.currentData()) == ("Helen", 1)


def test_a_known_contact_is_found_and_fills_the_fields(qtbot, shop: Shop, runner: TaskRunner) -> None:  # noqa: F811
    shop.new(contact_name="Helen Smith", address="h@vertical.example", customer="Vertical", phone="+7 812 555-01-43")
    form = open_form(qtbot, shop, runner)
    write("55501")
    qtbot.waitUntil(lambda: form._names.rowCount() == 1)
    popup = form._completer.popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    assert form.who.text() == "Helen Smith"
    assert form.customer.text() == "Vertical"
    assert form.address.text() == "h@vertical.example"
    assert QApplication.focusWidget() is form.subject
