"""What a team does with a ticket beside answering it, by keys in the window: merging and taking apart, letters that
become tickets, reminders, waiting, the questions of a cause, one fault with many tickets, who gets what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from deskapp.desk import assignment, families, stock, ticket, work
from deskapp.desk.values import Changes
from tests.ui.demo_window import DemoStage, awake, demo_window, show


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path / "desk") as opened:
        yield opened


def act(stage: DemoStage, *wanted: Any) -> Changes:
    found: list[Changes] = []
    stage.desktop.acts.act(*wanted, on_done=found.append)
    stage.settle()
    return found[0]


def test_merged_read_as_one_and_taken_apart_again(stage: DemoStage) -> None:
    kept, double = show(stage, 4142), show(stage, 4143)
    act(stage, work.note, double, "check", "The same fault", 25)
    before = stage.view(kept).spent
    stage.press("Shift+M")
    stage.type("4142")
    stage.press("Return")
    awake(stage)
    queue: Any = stage.window.screen_now()
    assert queue.pane.ticket_id() == kept, "one goes on in the ticket that is left"
    view = stage.view(kept)
    assert 4143 in view.aliases and view.spent == before + 25
    assert any(entry.text == "The same fault" for entry in view.entries)
    stage.press("Ctrl+Z")
    assert stage.view(double).status == "new" and stage.view(kept).spent == before
    show(stage, 4143)
    stage.press("Shift+M")
    stage.type("4142")
    stage.press("Return")
    awake(stage)
    stage.desktop.show_ticket(double)
    awake(stage)
    assert stage.window.registry.trigger("ticket.unmerge")
    stage.settle()
    assert stage.view(double).merged_into == "" and stage.view(kept).aliases == ()


def test_a_reminder_waiting_and_the_questions_of_a_cause(stage: DemoStage) -> None:
    ticket_id = show(stage, 4144)
    stage.press("Shift+H")
    stage.type("in 2 h call them")
    stage.press("Return")
    awake(stage)
    assert len(stage.view(ticket_id).reminders) == 1
    stage.press("Shift+Q")
    asked = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "ticket.questions" and w.isVisible())
    stage.settle()
    field: Any = asked.list.fields()[0]
    said = field.itemText(1)
    field.setCurrentIndex(1)
    field.activated.emit(1)
    stage.press("Ctrl+Return")
    awake(stage)
    assert any(said in entry.text for entry in stage.view(ticket_id).entries if entry.kind == "check")
    ticket_id = show(stage, 4117)
    before = stage.view(ticket_id).status
    stage.press("D")
    form: Any = stage.find("ticket.wait")
    form.fields["wait_for"].select("third")
    form.fields["why"].setFocus()
    stage.type("the carrier")
    form.fields["until"].setFocus()
    stage.type("sometime")
    stage.press("Return")
    assert form.isVisible() and form.says.text().startswith("This is no time"), "what is typed is not thrown away"
    form.fields["until"].selectAll()
    stage.type("fri 9")
    stage.press("Return")
    awake(stage)
    view = stage.view(ticket_id)
    assert (view.status, view.wait_for, view.wait_note) == ("waiting", "third", "the carrier")
    assert len(view.reminders) == 1 and before == "in_progress"
    stage.press("D")
    assert stage.view(ticket_id).status == before


def test_one_fault_many_tickets_one_letter_to_all(stage: DemoStage) -> None:
    parent, child = str(stage.ask(ticket.find, 4117)), show(stage, 4142)
    stage.press("Shift+P")
    stage.type("4117")
    stage.press("Return")
    awake(stage)
    assert [one.ticket_id for one in stage.ask(families.of, parent).children] == [child]
    show(stage, 4117)
    stage.press("F")
    stage.type("Repaired the lock")
    stage.press("Tab")
    stage.type("Close the period later")
    page: Any = stage.find("composer.finish")
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert any("#4142" in text for text in texts), "who is told as well stands beside the letter"
    stage.press("Ctrl+Return")
    awake(stage)
    assert [stage.view(one).status for one in (parent, child)] == ["resolved", "resolved"]
    told = [[entry.data for entry in stage.view(one).entries if entry.kind == "letter_out"] for one in (parent, child)]
    assert told[0] and told[1], "each requester has a letter of their own"
    stage.press("Ctrl+Z")
    assert [stage.view(one).status for one in (parent, child)] == ["in_progress", "new"]


def test_who_gets_what_is_seen_before_it_happens(stage: DemoStage) -> None:
    settings: Any = stage.window.open("settings")
    settings.open_page("assignment")
    stage.settle()
    page = settings.stack.currentWidget()
    page.list.added.emit()
    stage.settle()
    words, owner = page._rule.fields["words"], page._rule.fields["owner"]
    words.setFocus()
    stage.press("Ctrl+A")
    stage.type("УПД")
    stage.press("Tab")
    place = owner.findText("Dmitry Orlov")
    owner.setCurrentIndex(place)
    owner.activated.emit(place)
    stage.settle()
    orlov = owner.currentData()
    chosen = {one.number: one.chosen for one in stage.ask(assignment.preview)}
    assert chosen[4129] is not None and chosen[4129].person_id == orlov
    shown = [[page.table.model().index(row, column).data() for column in range(page.table.model().columnCount())]
             for row in range(page.table.model().rowCount())]  # fmt: skip
    assert any("#4129" in row and any("Orlov" in str(cell) for cell in row) for row in shown)
    assert stage.view(stage.ask(ticket.find, 4129)).owner_id != orlov, "looking changes nothing"


def test_an_order_is_put_off_and_a_wrong_day_is_said(stage: DemoStage) -> None:
    screen: Any = stage.window.open("visits")
    screen.tabs.choose(2)
    stage.settle()
    item = next(row for row in screen.parts_list.rows() if row.on_order)
    screen.show_part(item.id)
    stage.settle()
    stage.press("O")
    form: Any = stage.find("stock.order")
    form.fields["expected"].setFocus()
    stage.type("soon")
    stage.press("Return")
    assert form.isVisible() and form.says.text().startswith("Write a date")
    form.fields["expected"].selectAll()
    stage.type("20.11")
    stage.press("Return")
    awake(stage)
    view = stage.ask(stock.part, item.id)
    assert "2026-11-20" in [order.expected for order in view.orders]
    order = next(order for order in view.orders if order.expected == "2026-11-20")
    screen._act_part("postpone", order.id)
    stage.settle()
    stage.type("25.11")
    stage.press("Return")
    awake(stage)
    assert "2026-11-25" in [one.expected for one in stage.ask(stock.part, item.id).orders]
