"""The composer by keys only, over a real desk."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from deskapp.desk import closing, drafts, letters, promise, templates, triage, watch, work
from deskapp.ui.composer import tabs_for

from .conftest import MOSCOW, Bench, moscow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def write(text: str) -> None:
    """Type; letters that have no key on a Latin layout are put in as an input method would."""
    widget = QApplication.focusWidget()
    assert widget is not None
    if text.isascii():
        QTest.keyClicks(widget, text)
    elif isinstance(widget, QLineEdit):
        widget.insert(text)
        widget.textEdited.emit(widget.text())
    else:
        widget.textCursor().insertText(text)


def held(bench: Bench) -> list[dict]:
    return [json.loads(body) for (body,) in bench.shop.rows("SELECT body FROM held_letter ORDER BY made_at, id")]


def open_promise(bench: Bench, effort: str = "2:30") -> str:
    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_R)
    write(effort)
    bench.page("promise").compute()
    bench.settle()
    return ticket


def press_tab(bench: Bench, key: Qt.Key) -> None:
    bench.window.setFocus()
    QTest.keyClick(bench.window, key)
    bench.settle()


# -- the promise


def test_promise_by_keys(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    assert QApplication.focusWidget() is page.effort
    assert bench.find("composer.promise.slot.1").isChecked()
    first = page.letter.edit.token()
    press(KEY.Key_2, ALT)
    bench.settle()
    assert bench.find("composer.promise.slot.2").isChecked()
    assert page.letter.edit.token() != first or page._slot.promise == page._shown()[0].promise
    promised = page._slot.promise
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert page.foot.trouble() == ""
    row = bench.shop.row(ticket)
    assert row["status"] == "promised"
    assert row["promised_at"] == int(promised.timestamp() * 1000)
    assert row["effort"] == 150
    assert [changes.said[0] for changes in bench.changes] == ["promised"]
    assert drafts.load(bench.shop.desk, ticket) == {}
    (letter,) = held(bench)
    assert letter["to"] == [["Руслан Галеев", "r.galeev@volga-agro.example"]]
    assert f"{promised.astimezone(MOSCOW):%H:%M}" in letter["body"]


def test_the_morning_of_the_mock_up(bench: Bench) -> None:
    shop = bench.shop
    for number, start, end in (
        (4104, moscow(3, 11, 30), moscow(3, 13)),
        (4098, moscow(3, 14), moscow(3, 17)),
        (4132, moscow(5, 9), moscow(5, 10, 30)),
        (4133, moscow(5, 10, 30), moscow(5, 12, 30)),
        (4139, moscow(5, 16, 30), moscow(5, 18)),
    ):
        taken = shop.new(f"занято {number}", urgency=3)
        shop.book(taken, "Орлов", start, end)
    open_promise(bench)
    page = bench.page("promise")
    orlov = next(slot for slot in page._proposal.proposals.slots if slot.person_id == shop.people["Орлов"])
    assert orlov.promise == moscow(5, 17)
    card = next(card for card in page.cards if card.slot is orlov)
    card.click()
    bench.settle()
    assert page.letter.edit.token() == "четверга, 5 ноября 2026, 17:00 (МСК)"
    assert "Дмитрий Орлов" in page.letter.edit.text()
    assert "4 ноября" in page.letter.edit.text()
    side = bench.composer.side_panel()
    assert side.title.text() == "Why Thu 5 Nov, 17:00".replace("Thu 5 Nov", "Thu\u00a05\u00a0Nov")
    assert "14:00–16:30" in side.trace.as_text()


def test_the_date_in_the_letter_changes_only_with_the_card(bench: Bench) -> None:
    open_promise(bench)
    page = bench.page("promise")
    edit = page.letter.edit
    before = edit.token()
    edit.setFocus()
    edit.selectAll()
    press(KEY.Key_Delete)
    assert edit.token() == before
    assert before in edit.text()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    write("Our words.")
    other = next(i for i, slot in enumerate(page._shown()) if slot.promise != page._slot.promise)
    press([KEY.Key_1, KEY.Key_2, KEY.Key_3][other], ALT)
    bench.settle()
    assert edit.token() != before
    assert before not in edit.text()
    assert edit.text().endswith("Our words.")


def test_typing_an_effort_asks_the_planner_anew_and_old_cards_stay(bench: Bench) -> None:
    open_promise(bench, "60")
    page = bench.page("promise")
    bench.find("composer.promise.effort").setFocus()
    press(KEY.Key_A, CTRL)
    write("3h")
    assert page.effort.minutes() == 180
    assert all(card.stale and not card.isHidden() for card in page.cards if card.slot is not None)
    press(KEY.Key_Return, CTRL)  # not with slots that belong to another effort
    bench.settle()
    assert bench.changes == []
    assert {slot.minutes for slot in page._shown()} & {180}
    assert not any(card.stale for card in page.cards)


def test_wrong_effort_is_refused_with_words(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    page.effort.setFocus()
    press(KEY.Key_A, CTRL)
    write("soon")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert "soon" in page.foot.trouble()
    assert bench.shop.row(ticket)["status"] == "new"


def test_no_estimate_and_no_history_asks_and_invents_nothing(bench: Bench) -> None:
    ticket = bench.shop.new(cause_id=bench.shop.causes["Оборудование"])
    bench.show(ticket)
    page = bench.page("promise")
    assert page._shown() == []
    assert not page.none.isHidden()
    bench.find("composer.promise.way.1").click()
    bench.settle()
    assert page.effort.minutes() == 60
    assert page._shown()


def test_the_usual_effort_is_shown_as_assumed(bench: Bench) -> None:
    bench.show(bench.shop.new())
    page = bench.page("promise")
    assert "Assumed from the default for “Обмен данными”" in page.base.text()
    assert page._proposal.minutes == 90
    assert page._shown()


def test_more_slots_as_a_table(bench: Bench) -> None:
    open_promise(bench)
    page = bench.page("promise")
    more = page._proposal.proposals.more
    assert more
    press(KEY.Key_Down, CTRL)
    assert QApplication.focusWidget() is page.more.view
    press(KEY.Key_Escape)
    assert page.more.isHidden()
    press(KEY.Key_Down, CTRL)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    bench.settle()
    chosen = more[min(1, len(more) - 1)]
    assert page._slot == chosen
    assert page.cards[2].slot == chosen and page.cards[2].isChecked()
    assert f"{chosen.promise.astimezone(MOSCOW):%H:%M}" in page.letter.edit.token()
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert [changes.said[0] for changes in bench.changes] == ["promised"]


def test_another_date_demands_a_reason(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    bench.find("composer.promise.other").click()
    write("12.11.2026 15:00")
    bench.settle()
    assert "12 ноября 2026, 15:00" in page.letter.edit.token()
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert bench.shop.row(ticket)["status"] == "new"
    assert page.foot.trouble()
    assert QApplication.focusWidget() is bench.find("composer.promise.other.reason")
    write("agreed by phone")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert bench.shop.row(ticket)["promised_at"] == int(moscow(12, 15).timestamp() * 1000)
    assert bench.shop.rows("SELECT reason FROM promise") == [("agreed by phone",)]
    assert bench.shop.rows("SELECT count(*) FROM booking") == [(0,)]


def test_a_slot_that_was_taken_keeps_the_form(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    page.letter.edit.setFocus()
    page.letter.edit.moveCursor(QTextCursor.MoveOperation.End)
    write("Our words.")
    slot = page._slot
    thief = bench.shop.new("чужая")
    name = next(name for name, person in bench.shop.people.items() if person == slot.person_id)
    bench.shop.book(thief, name, slot.pieces[0].start, slot.pieces[0].end)
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert "taken" in page.foot.trouble()
    assert page.letter.edit.text().endswith("Our words.")
    assert bench.shop.row(ticket)["status"] == "new"
    bench.show(ticket)
    assert page._slot is not None and page._slot != slot
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert bench.shop.row(ticket)["status"] == "promised"


def test_pick_in_calendar_hands_over_ticket_and_minutes(bench: Bench, qtbot) -> None:
    ticket = open_promise(bench)
    with qtbot.waitSignal(bench.composer.pick_in_calendar) as signal:
        bench.find("composer.promise.pick").click()
    assert signal.args == [ticket, 150]


# -- letters


def test_solved_at_once(bench: Bench) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    assert bench.composer.tabs.tabText(bench.composer.tabs.names().index("finish")) == "Solved at once"
    press_tab(bench, KEY.Key_F)
    write("cleared the cache")
    press(KEY.Key_Tab)
    write("do not fill it")
    press(KEY.Key_Tab)
    write("0:40")
    press(KEY.Key_Return, CTRL)  # the letter still takes the fields over: it leaves complete all the same
    bench.settle()
    row = bench.shop.row(ticket)
    assert row["status"] == "resolved"
    assert (row["solution"], row["prevention"]) == ("cleared the cache", "do not fill it")
    assert bench.shop.view(ticket).spent == 40
    (letter,) = held(bench)
    assert "leared the cache" in letter["body"]
    assert "o not fill it" in letter["body"]


def test_finish_by_phone_asks_who(bench: Bench) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_F)
    write("replaced the cable")
    how, who = bench.find("composer.finish.how"), bench.find("composer.finish.who")
    how.setFocus()
    press(KEY.Key_Right)
    who.setFocus()
    who.clear()
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert bench.shop.row(ticket)["status"] == "new"
    assert bench.page("finish").foot.trouble()
    write("Ruslan")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    row = bench.shop.row(ticket)
    assert (row["status"], row["told_how"], row["told_who"]) == ("resolved", "phone", "Ruslan")
    assert held(bench) == []


def test_refusal_needs_its_reason(bench: Bench) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_X)
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert bench.page("refuse").foot.trouble() == "Give the reason: the customer will read it"
    write("почтовый сервер принадлежит вашему оператору")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    row = bench.shop.row(ticket)
    assert row["status"] == "refused"
    (letter,) = held(bench)
    assert "очтовый сервер принадлежит вашему оператору" in letter["body"]


def test_a_question_to_a_new_ticket_keeps_the_clock(bench: Bench) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_Q)
    page = bench.page("question")
    assert page.wait.isHidden()
    assert page.foot.label.text() == "A question does not stop the answer clock"
    write("which document?")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert bench.shop.row(ticket)["status"] == "new"
    assert bench.shop.view(ticket).answer_due is not None
    assert "which document?" in held(bench)[0]["body"].lower()


def promised(bench: Bench) -> str:
    ticket = bench.shop.new()
    proposal = promise.propose(bench.shop.desk, ticket, 60)
    promise.give(bench.shop.desk, ticket, proposal.proposals.slots[0], proposal.letters[0], minutes=60)
    letters.release(bench.shop.desk, everything=True)
    return ticket


def test_a_question_to_a_promised_ticket_waits_for_the_customer(bench: Bench) -> None:
    ticket = promised(bench)
    bench.show(ticket)
    press_tab(bench, KEY.Key_Q)
    write("which document?")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    row = bench.shop.row(ticket)
    assert (row["status"], row["wait_for"]) == ("waiting", "customer")


def test_reply_with_copy_and_files(bench: Bench, tmp_path) -> None:
    ticket = promised(bench)
    bench.show(ticket)
    press_tab(bench, KEY.Key_R)
    page = bench.page("reply")
    assert QApplication.focusWidget() is page.letter.edit
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert page.foot.trouble() == "The letter says nothing yet."
    write("It works now.")
    log = tmp_path / "log.txt"
    log.write_text("x" * 2000)
    page.letter.attachments.add_paths([str(log)])
    shot = QImage(8, 8, QImage.Format.Format_RGB32)
    shot.fill(0)
    page.letter.attachments.add_image(shot)
    bench.find("composer.reply.letter.add_cc").click()
    write("second@volga-agro.example, no address")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert "no address" in page.foot.trouble()
    assert QApplication.focusWidget() is page.letter.cc
    press(KEY.Key_A, CTRL)
    write("Second <second@volga-agro.example>")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    letter = held(bench)[-1]
    assert letter["cc"] == [["Second", "second@volga-agro.example"]]
    assert [name for name, *_ in letter["files"]] == ["log.txt", "screenshot-1.png"]
    assert "It works now." in letter["body"]
    assert letter["body"].index("It works now.") < letter["body"].index("Марина Соколова")


def test_a_reply_becomes_another_letter_of_the_desk(bench: Bench) -> None:
    """Ctrl+M offers the letters that a person may choose; what was written is never replaced by one."""
    ticket = promised(bench)
    bench.show(ticket)
    press_tab(bench, KEY.Key_R)
    page = bench.page("reply")
    bench.composer.macros.open()
    bench.settle()
    QTest.keyClick(bench.find("composer.macros").list, KEY.Key_1)
    bench.settle()
    text = page.letter.edit.text()
    assert "Заявка №" in text and "Обещанный срок: " in text and page.letter.edit.token()
    assert not templates.unfilled(text)
    bench.composer.flush()
    bench.settle()
    again = bench.another()
    again.show(ticket)
    press_tab(again, KEY.Key_R)
    assert again.page("reply").kind == "status", "a restart keeps the choice"
    assert again.page("reply").letter.edit.text() == text
    page.submit()
    bench.settle()
    assert text in [letter["body"] for letter in held(bench)]
    assert ("status",) in bench.shop.rows("SELECT kind FROM held_letter")
    assert page.kind == "reply" and not bench.shop.view(ticket).drafts.get("reply")
    bench.undo(bench.changes[-1])
    bench.show(ticket)
    assert page.kind == "status" and page.letter.edit.text() == text
    page.letter.edit.insert("More.")
    bench.composer.write("status")
    assert "holds words already" in page.foot.trouble() and "More." in page.letter.edit.text()


def test_a_file_that_is_gone_keeps_the_letter(bench: Bench, tmp_path) -> None:
    ticket = promised(bench)
    bench.show(ticket)
    press_tab(bench, KEY.Key_R)
    page = bench.page("reply")
    write("See the log.")
    log = tmp_path / "log.txt"
    log.write_text("x")
    page.letter.attachments.add_paths([str(log)])
    log.unlink()
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert "log.txt" in page.foot.trouble()
    assert "See the log." in page.letter.edit.text()


def test_a_new_date_is_told_with_its_reason(bench: Bench) -> None:
    ticket = promised(bench)
    first = bench.shop.row(ticket)["promised_at"]
    bench.show(ticket)
    press_tab(bench, KEY.Key_I)
    page = bench.page("slip")
    assert QApplication.focusWidget() is page.date
    press(KEY.Key_Return, CTRL)
    assert page.foot.trouble() == "Write a date that lies ahead."
    write("12.11.2026 15:00")
    assert "Thursday" in page.meant.text()
    press(KEY.Key_Return, CTRL)
    assert "why" in page.foot.trouble()
    write("выездной инженер занят аварией")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    row = bench.shop.row(ticket)
    assert page.foot.trouble() == ""
    assert row["promised_at"] == int(moscow(12, 15).timestamp() * 1000)
    assert (row["first_promised_at"], row["moved_count"]) == (first, 1)
    letter = held(bench)[-1]
    assert "12 ноября" in letter["body"] and "выездной инженер занят аварией" in letter["body"]


def test_the_forecast_is_proposed_where_it_is_later_than_what_was_told(bench: Bench) -> None:
    ticket = promised(bench)
    bench.shop.clock.advance(days=3)
    watch.tick(bench.shop.desk)
    view = bench.shop.view(ticket)
    assert view.forecast_at is not None and view.promised_at is not None and view.forecast_at > view.promised_at
    bench.show(ticket)
    bench.composer.open_tab("slip")
    until = bench.page("slip").until()
    assert until is not None and until >= view.forecast_at
    assert (until - view.forecast_at).total_seconds() < 1800
    assert bench.page("slip").state() == {}


# -- protocol and notes


def test_protocol_entry_with_its_time(bench: Bench) -> None:
    ticket = bench.shop.new()
    work.start(bench.shop.desk, ticket)
    bench.shop.clock.advance(minutes=10)
    bench.show(ticket)
    press_tab(bench, KEY.Key_L)
    assert bench.find("composer.protocol.since").text() == "11:42"
    write("lifted the lock")
    press(KEY.Key_Tab)
    press(KEY.Key_Right)
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert bench.shop.rows("SELECT kind, text, minutes FROM note WHERE minutes > 0") == [
        ("change", "lifted the lock", 10)
    ]
    assert bench.page("protocol").text.text() == ""


def test_since_when_sets_the_minutes(bench: Bench) -> None:
    bench.show(bench.shop.new())
    press_tab(bench, KEY.Key_L)
    bench.find("composer.protocol.since").setFocus()
    press(KEY.Key_A, CTRL)
    write("11:20")
    assert bench.find("composer.protocol.minutes").minutes() == 22


def test_note_is_never_mailed(bench: Bench) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_N)
    write("call back at noon")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert ("call back at noon",) in bench.shop.rows("SELECT text FROM note WHERE ticket_id = ?", ticket)
    assert held(bench) == []


# -- drafts


def test_typed_text_is_stored_after_a_pause_and_comes_back(bench: Bench, qtbot) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_N)
    write("half a sent")
    qtbot.waitUntil(lambda: "note" in drafts.load(bench.shop.desk, ticket))
    other = bench.shop.new("другая")
    bench.show(other)
    assert bench.page("note").text.text() == ""
    bench.show(ticket)
    bench.composer.open_tab("note")
    assert bench.page("note").text.text() == "half a sent"


def test_going_to_another_ticket_stores_at_once(bench: Bench) -> None:
    ticket, other = bench.shop.new(), bench.shop.new("другая")
    bench.show(ticket)
    press_tab(bench, KEY.Key_X)
    write("because of")
    bench.show(other)
    assert drafts.load(bench.shop.desk, ticket)["refuse"]["reason"] == "because of"


def test_refresh_of_the_same_ticket_touches_nothing_typed(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    page.letter.edit.setFocus()
    page.letter.edit.moveCursor(QTextCursor.MoveOperation.End)
    write("Our words.")
    place = page.letter.edit.textCursor().position()
    bench.show(ticket)
    assert page.letter.edit.text().endswith("Our words.")
    assert page.letter.edit.textCursor().position() == place
    assert page.effort.minutes() == 150


@pytest.mark.parametrize("tab", ["note", "protocol"])
def test_a_draft_goes_on_where_it_was_left(bench: Bench, tab: str) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    bench.composer.open_tab(tab)
    bench.page(tab).text.setFocus()
    write("half")
    bench.composer.flush()
    bench.settle()
    again = bench.another()
    again.show(ticket)
    again.composer.open_tab(tab)
    again.page(tab).text.setFocus()
    write(" and the rest")
    assert again.page(tab).text.text() == "half and the rest"


def test_a_promise_draft_survives_a_restart(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    press(KEY.Key_2, ALT)
    page.letter.edit.setFocus()
    page.letter.edit.moveCursor(QTextCursor.MoveOperation.End)
    write("Our words.")
    chosen = page._slot
    bench.composer.flush()
    bench.settle()
    again = bench.another()
    again.show(ticket)
    fresh = again.page("promise")
    assert fresh.effort.minutes() == 150
    assert fresh._slot == chosen
    assert fresh.letter.edit.text().endswith("Our words.")
    assert fresh.letter.edit.token() == page.letter.edit.token()


def test_what_the_ticket_gets_later_is_newer_than_the_draft(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    assert page.urgency.currentData() == 2 and page.effort.minutes() == 150
    triage.set_urgency(bench.shop.desk, ticket, 1)
    bench.show(ticket)
    assert page.urgency.currentData() == 1 and page.effort.minutes() == 150
    assert "критическая" in page.letter.edit.text()
    bench.composer.flush()
    bench.settle()
    triage.set_urgency(bench.shop.desk, ticket, 4)  # while it is not on the screen
    again = bench.another()
    again.show(ticket)
    fresh = again.page("promise")
    assert fresh.urgency.currentData() == 4 and fresh.effort.minutes() == 150


def test_undo_puts_the_letter_back_into_its_form(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    page.letter.edit.setFocus()
    page.letter.edit.moveCursor(QTextCursor.MoveOperation.End)
    write("Our words.")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    bench.show(ticket)
    assert bench.composer.current_tab() == "reply"
    bench.undo(bench.changes[-1])
    bench.show(ticket)
    assert bench.composer.current_tab() == "promise"
    assert bench.page("promise").letter.edit.text().endswith("Our words.")
    assert bench.page("promise").effort.minutes() == 150


def test_escape_leaves_and_the_draft_stays(bench: Bench, qtbot) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_N)
    write("half")
    with qtbot.waitSignal(bench.composer.escaped):
        press(KEY.Key_Escape)
    bench.settle()
    assert drafts.load(bench.shop.desk, ticket)["note"]["text"] == "half"
    assert bench.page("note").text.text() == "half"


def test_another_language_keeps_what_is_typed(bench: Bench) -> None:
    from deskapp.ui import i18n

    ticket = bench.shop.new()
    bench.show(ticket)
    press_tab(bench, KEY.Key_N)
    write("half")
    page, side = bench.page("note"), bench.page("promise").side
    i18n.install("ru")
    bench.qtbot.waitUntil(lambda: bench.page("note") is not page)
    bench.settle()
    assert bench.composer.current_tab() == "note"
    assert bench.page("note").text.text() == "half"
    bench.qtbot.waitUntil(lambda: not isValid(side))  # what stands beside the ticket is made anew too


# -- which tabs


@pytest.mark.parametrize(
    ("path", "tabs"),
    [
        ("new", ["promise", "finish", "refuse", "question", "protocol", "note", "escalation"]),
        ("promised", ["reply", "protocol", "note", "escalation", "question", "slip", "finish", "refuse"]),
        ("resolved", ["reply", "remind", "protocol", "note", "question"]),
        ("disagreed", ["promise", "finish", "refuse", "question", "protocol", "note", "escalation"]),
    ],
)
def test_tabs_follow_the_status(bench: Bench, path: str, tabs: list[str]) -> None:
    desk = bench.shop.desk
    ticket = bench.shop.new() if path == "new" else promised(bench)
    if path in ("resolved", "disagreed"):
        closing.finish(desk, ticket, "done", told_how="phone", told_who="R")
    if path == "disagreed":
        closing.disagree(desk, ticket, "phone", "R")
    assert tabs_for(bench.shop.view(ticket)) == tabs


def test_letters_are_the_same_keys_on_a_russian_layout(bench: Bench) -> None:
    bench.show(bench.shop.new())
    bench.window.setFocus()
    QTest.keySequence(bench.window, QKeySequence("Т"))  # the key of N
    assert bench.composer.current_tab() == "note"
