"""A team at its window, by keys: handing over and answering, calls, searches as tabs, what a role may not change."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from deskapp.desk import directory, macros, mentions, questions, reminders, rights, search, ticket
from deskapp.desk.values import Changes
from deskapp.ui.instance import SingleInstance
from deskapp.ui.messages import Recorder
from tests.ui.demo_window import DemoStage, awake, demo_window, show


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path / "desk") as opened:
        yield opened


def become(stage: DemoStage, line: int) -> str:
    """Somebody of a line sits down."""
    people = stage.ask(directory.people).values()
    me = next(person.id for person in people if line in person.lines and person.id != stage.desktop.desk.me)
    stage.desktop.desk.settings.set("me", me)
    stage.desktop.person_switched()
    stage.settle()
    return me


def form(name: str) -> Any:
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible())


def test_a_ticket_is_handed_up_returned_and_taken_by_keys(stage: DemoStage) -> None:
    ticket_id = show(stage, 4117)
    giver = stage.desktop.desk.me
    stage.press("E")
    assert stage.focus().objectName() == "composer.escalation.hypothesis"
    stage.press("Ctrl+Return")
    assert ticket_line(stage, ticket_id) == 2, "the briefing is not complete"
    page: Any = stage.find("composer.escalation")
    page.parts["hypothesis"].setFocus()
    stage.type("the lock was reset")
    stage.press("Tab")
    stage.type("access to the database")
    assert "1. " in page.parts["tried"].text() and page.parts["asked"].text()
    stage.press("Ctrl+Return")
    view = stage.view(ticket_id)
    assert (view.line, view.owner_id) == (3, "") and view.follows
    (entry,) = [one for one in view.entries if one.kind == "escalation" and one.state == "given"]
    assert [file.name for file in entry.files] == ["error_0914.png", "rn_000871.xml"]
    taker = become(stage, 3)
    show(stage, 4117)
    assert stage.find("ticket.notice").isVisible()
    stage.press("Shift+Y")
    awake(stage)
    stage.type("no log")
    stage.press("Return")
    awake(stage)
    assert (stage.view(ticket_id).line, stage.view(ticket_id).owner_id) == (2, giver)
    stage.press("Ctrl+Z")
    assert stage.view(ticket_id).line == 3
    show(stage, 4117)
    stage.press("Y")
    view = stage.view(ticket_id)
    assert view.owner_id == taker and view.handed is None
    stage.press("Shift+W")
    assert stage.ask(mentions.follows, ticket_id)
    stage.press("Shift+A")
    history = form("ticket.history")
    stage.settle()
    assert any("Specialist" in row[2] for row in history.table.words.rows())
    history.line.setText("no such thing at all")
    assert history.table.model().rowCount() == 0
    history.close()
    stage.settle()


def ticket_line(stage: DemoStage, ticket_id: str) -> int:
    return stage.view(ticket_id).line


def test_a_call_finds_its_caller_keeps_its_words_and_becomes_a_ticket(stage: DemoStage) -> None:
    desk = stage.desktop.desk
    cause = next(one for one in stage.ask(directory.read).causes if one.name == "Line")
    asked = stage.ask(questions.of_cause, cause.id)[0]
    said, carrier = asked.answers[-1]
    zone = next(one for one in stage.ask(directory.read).zones if one.id == carrier)
    stage.press("F4")
    call = form("call")
    call.activateWindow()
    stage.settle()
    assert stage.focus().objectName() == "call.who"
    call.call_from("+7 843 555-04-40")
    stage.settle()
    assert call.customer.text() and call.ticket.count() >= 1
    call.subject.setText("Noise on port 14")
    call.subject.textEdited.emit("Noise on port 14")
    call.cause.setCurrentIndex(call.cause.findData(cause.id))
    call.cause.activated.emit(call.cause.currentIndex())
    stage.settle()
    assert call.slot.text().startswith("Nearest: "), "the date is there before there is a ticket"
    choice = call.questions.fields()[0]
    choice.setCurrentIndex(choice.findData(said))
    choice.activated.emit(choice.currentIndex())
    assert zone.name in call.questions.says.text()
    call.reject()
    stage.settle()
    stage.clock.advance(minutes=4)
    awake(stage)
    stage.press("F4")
    call = form("call")
    stage.settle()
    assert call.subject.text() == "Noise on port 14" and call.seconds() >= 240, "words and beginning are kept"
    call.record()
    stage.settle()
    found = stage.window.built("queue").pane.view()  # type: ignore[union-attr]
    assert found.subject == "Noise on port 14" and found.zone_id == zone.id and found.channel == "phone"
    spent = stage.ask(_spent, found.id)
    assert spent == [("phone", 4)]
    awake(stage)
    stage.press("Ctrl+Z")
    assert stage.ask(ticket.find, found.number) is None
    awake(stage)
    stage.press("F4")
    call = form("call")
    call.who.setText("#4117")
    call._search()
    stage.settle()
    assert call.status.text().startswith("#4117, in progress, specialist")
    assert call.known.isChecked() and call.button.text() == "Record"
    call.text.set_text("Asked how far we are")
    call.record()
    stage.settle()
    assert any(entry.text == "Asked how far we are" for entry in stage.view(stage.ask(ticket.find, 4117)).entries)
    assert desk.me


def test_a_call_by_keys_that_leaves_only_a_note(stage: DemoStage) -> None:
    """Digits find who calls, one key records what was asked on their ticket: none is made, the call's time counts."""
    stage.press("F4")
    call = form("call")
    call.activateWindow()
    stage.settle()
    tickets = stage.ask(_tickets)
    stage.type("Nobody at all")
    stage.press("Alt+Т")  # the same key on a Russian layout
    assert call.says.text().startswith("A note goes to a ticket") and stage.ask(_tickets) == tickets
    call.who.setFocus()
    call.who.selectAll()
    stage.type("5550440")
    call._search_pause.stop()
    call._search()
    stage.settle()
    popup = call._completer.popup()
    assert popup.isVisible() and popup.model().rowCount() == 1
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    stage.settle()
    assert stage.focus() is call.subject and call.ticket.count()
    chosen = str(call.ticket.currentData())
    before = stage.view(chosen).spent
    stage.type("Asks when")
    stage.clock.advance(minutes=6)
    stage.press("Alt+N")
    awake(stage)
    assert stage.ask(_tickets) == tickets, "no ticket is made"
    assert stage.desktop._call is None and stage.view(chosen).spent == before + 6
    assert [entry.text for entry in stage.view(chosen).entries if entry.kind == "talk"][-1] == "Asks when"
    stage.press("Ctrl+Z")
    assert stage.view(chosen).spent == before
    stage.press("F4")
    assert form("call").who.text() == "", "what was recorded is no draft any more"


def _tickets(desk: Any) -> int:
    return int(desk.replica.value("SELECT count(*) FROM ticket"))


def _spent(desk: Any, ticket_id: str) -> list[tuple[str, int]]:
    return [
        tuple(row)
        for row in desk.replica.rows("SELECT channel, minutes FROM time_entry WHERE ticket_id = ?", (ticket_id,))
    ]


def test_a_softphone_speaks_to_the_window_that_runs(stage: DemoStage, tmp_path: Path, qtbot: Any) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    first = SingleInstance(profile)
    assert first.claim()
    first.listen()
    first.asked.connect(stage.desktop.hear)
    for arguments in (("call", "+7 843 555-04-40"), ("--call",)):
        command = [sys.executable, "-m", "deskapp", "--profile", str(profile), *arguments]
        with qtbot.waitSignal(first.asked):
            softphone = subprocess.Popen(command, cwd=Path(__file__).parents[2])
        assert softphone.wait(120) == 0
        stage.settle()
        assert form("call").phone.text() == "+7 843 555-04-40"
    form("call").close()
    first.close()
    stage.settle()


def test_what_calls_for_somebody_is_told_once_and_files_are_read_meanwhile(stage: DemoStage) -> None:
    ticket_id = show(stage, 4117)
    told = Recorder(stage.desktop.messages)
    watch = stage.desktop.call_watch
    watch.look()
    stage.settle()
    at = stage.clock.now() + timedelta(minutes=5)
    stage.desktop.acts.act(reminders.put, ticket_id, reminders.Remind(at, "call them"))
    stage.settle()
    assert not any("call them" in text for text in told.said)
    stage.clock.advance(minutes=6)
    for _minute in range(2):
        watch.minute()
        stage.settle()
    assert [text for text in told.said if "call them" in text] == ["Reminder, #4117: call them"]
    show(stage, 4117)
    stage.desktop.acts.changed.emit(Changes(tickets=frozenset({ticket_id}), tables={"reminder": frozenset({"x"})}))
    stage.settle()
    assert stage.find("ticket.notice").isVisible()
    awake(stage)
    stage.press("Y")
    assert not stage.view(ticket_id).reminders
    hits = stage.ask(search.find, "РН-000871")
    assert any(hit.ticket_id == ticket_id for hit in hits)
    assert stage.ask(_files_read) > 0


def _files_read(desk: Any) -> int:
    return int(desk.replica.value("SELECT count(*) FROM search_doc WHERE kind = 'file'"))


def test_duty_and_leads_hear_of_an_answer_before_it_is_late(stage: DemoStage) -> None:
    """At thirty and at ten minutes, each once, whoever is on duty by the roster and every lead; nobody else."""
    told = Recorder(stage.desktop.messages)
    watch = stage.desktop.duty_watch
    roles = dict(stage.ask(_of_team, "name", "role"))
    people = {name.split()[-1]: person for person, name in stage.ask(_of_team, "id", "name")}
    lead, duty_person, other = people["Соколова"], people["Ковалёва"], people["Орлов"]
    assert roles["Марина Соколова"] == "lead" and watch._timer.interval() <= 60_000

    def hear(person: str) -> list[str]:
        """What somebody who sits down now is told within two minutes."""
        stage.desktop.desk.settings.set("me", person)
        stage.desktop.person_switched()
        stage.settle()
        stage.desktop.desk.replica.set_state("answers_warned", "{}")  # a machine of their own
        told.said.clear()
        for _minute in range(2):
            watch.look()
            stage.settle()
        return [text for text in told.said if "answer is due" in text]

    assert hear(lead) == hear(duty_person) == [], "38 minutes are left of the nearest answer"
    stage.clock.advance(minutes=10)
    (first,) = hear(lead)
    assert first.startswith("#4129 ") and first.endswith("28\xa0min")
    assert hear(duty_person) == [first] and hear(other) == []
    stage.desktop.desk.settings.set("me", lead)
    stage.clock.advance(minutes=20)
    told.said.clear()
    watch.look()
    stage.settle()
    assert next(text for text in told.said if "#4129" in text).endswith("8\xa0min")
    assert hear(other) == []


def _of_team(desk: Any, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in desk.replica.rows(f"SELECT {','.join(columns)} FROM specialist")]


def test_operators_are_chips_and_a_search_becomes_a_tab(stage: DemoStage) -> None:
    queue: Any = stage.window.open("queue")
    queue.tabs.choose("all")
    awake(stage)
    stage.press("/")
    stage.type("customer:балт ")
    stage.type("status:progress ")
    assert [one.value for one in queue.filter.chips.shown()] == ["балт", "progress"] and queue.filter.line.text() == ""
    assert [item.number for item in queue_items(queue)] == [4117]
    stage.press("Ctrl+Shift+S")
    awake(stage)
    stage.type("Baltprom")
    stage.press("Return")
    awake(stage)
    assert queue.tabs.kept()[queue.tabs.tab()] == "Baltprom"
    assert [item.number for item in queue_items(queue)] == [4117]
    queue.searches.drop()
    stage.settle()
    assert queue.tabs.tab() == "all" and "Baltprom" not in queue.tabs.kept().values()
    stage.press("Ctrl+K")
    stage.type("cus")
    stage.press("Tab")
    assert stage.focus().text() == "customer:"  # type: ignore[attr-defined]
    stage.type("балт")
    assert [one.value for one in stage.window.palette_box.chips.shown()] == ["балт"]
    stage.press("Esc", "Ctrl+K")
    stage.type("балтпром")
    kinds = [row.payload.kind for row in stage.window.palette_box.rows() if row.kind == "hit"]
    assert "ticket" in kinds and "customer" in kinds


def queue_items(queue: Any) -> list[Any]:
    return list(queue.list.rows.items())


def test_macros_and_names_in_the_composer(stage: DemoStage) -> None:
    stage.desktop.acts.act(macros.save, {"name": "Urgent", "text": "x", "acts": [["urgency", 1]]})
    ticket_id = show(stage, 4117)
    stage.press("N")
    stage.type("@koval")
    field: Any = stage.find("composer.note.text")
    assert len(field.offered()) == 1
    field.take(field.offered()[0])
    field.completer.popup().hide()
    awake(stage)
    field.setFocus()
    stage.type("look")
    stage.press("Ctrl+Return")
    assert [one for one in stage.view(ticket_id).entries if one.kind == "note"][-1].text.startswith("@")
    assert stage.ask(_mentions) == 1
    awake(stage)
    stage.press("R", "Ctrl+M")
    awake(stage)
    stage.press("3")  # behind the two of the demo desk
    awake(stage)
    assert stage.view(ticket_id).urgency == 1


def _mentions(desk: Any) -> int:
    return int(desk.replica.value("SELECT count(*) FROM mention"))


def test_a_specialist_reads_what_only_others_may_change(stage: DemoStage) -> None:
    people = stage.ask(directory.people)
    boss = next(person for person in people if person != stage.desktop.desk.me)
    stage.desktop.acts.act(_roles, boss)
    stage.settle()
    settings: Any = stage.window.open("settings")
    for page_id, open_ in (("me", True), ("rule", False), ("team", False), ("assignment", False), ("macros", True),
                           ("duty", False), ("maintenance", False)):  # fmt: skip
        settings.open_page(page_id)
        stage.settle()
        page: QWidget = settings.stack.currentWidget()
        assert page_id == "macros" or page.area.isEnabled() is open_, page_id  # type: ignore[attr-defined]
        if not open_:
            assert "can change this" in page.reason.text()  # type: ignore[attr-defined]
            assert not any(
                add.isEnabled() for add in page.findChildren(QPushButton) if add.objectName().endswith(".add")
            )
    assert stage.ask(rights.mine) == frozenset()
    visits: Any = stage.window.open("visits")
    visits.tabs.choose(2)
    stage.settle()
    assert visits.parts_list.rows() and not visits.add_part.isEnabled() and not visits.add_place.isEnabled()
    assert not any(
        button.text() == "Edit" for button in visits.part_card.findChildren(QPushButton) if button.isVisible()
    )
    stage.press("Ins", "F2")
    assert QApplication.activePopupWidget() is None
    show(stage, 4117)
    queue: Any = stage.window.screen_now()
    texts = [action.text() for action in queue.pane.build_menu().actions()]
    assert texts and not any("Erase" in text for text in texts)


def _roles(desk: Any, boss: str) -> Any:
    """One administrator; whoever sits here is a specialist."""
    with desk.act("settings") as act:
        act.writing.execute(
            "UPDATE specialist SET role = CASE id WHEN ? THEN 'administrator' ELSE 'specialist' END", (boss,)
        )
    return act.changes


def test_files_of_a_briefing_are_reached_by_tab_between_its_text_and_the_button(stage: DemoStage) -> None:
    stage.go_to(4117)
    stage.press("E")
    stage.find("composer.escalation.wanted").setFocus()
    seen = []
    for _step in range(4):
        stage.press("Tab")
        seen.append(stage.focus().objectName())
    files = "composer.escalation.file"
    assert seen == [files, files, "composer.escalation.send", seen[-1]], seen
