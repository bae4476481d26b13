"""The queue by keys, over a real desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from deskapp.ui.popups import ChoicePopup, TypedPopup, WordPopup
from deskapp.ui.trace import TracePopup
from tests.ui.queue_desk import Window

Key = Qt.Key


def write(widget: QWidget, text: str) -> None:
    """Type letters of any script; QTest knows Latin ones only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def press(window: Window, key: str | Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or window.frame
    if isinstance(key, str):
        QTest.keyClicks(target, key, modifier)
    else:
        QTest.keyClick(target, key, modifier)
    window.settle()


def tab(window: Window, name: str) -> None:
    window.screen.tabs.choose(name)
    window.settle()
    window.screen.list.setFocus()


def choose(window: Window, word: str) -> str:
    ticket_id = window.shop.tickets[word]
    assert window.screen.list.select(ticket_id)
    window.settle()
    window.screen.list.setFocus()
    return ticket_id


def test_the_first_tab_opens_with_its_first_ticket(desk_window: Window) -> None:
    screen = desk_window.screen
    assert screen.tabs.tab() == "answer"
    assert screen.list.current_ticket() == desk_window.shop.tickets["volga"]
    assert screen.pane.view().id == desk_window.shop.tickets["volga"]
    assert screen.tabs.counts()["answer"] == 3


def test_time_left_is_working_time(desk_window: Window) -> None:
    """Ui.md section 12: due at 12:20 for 10:20, and 1 h 48 min left over lunch for 11:30."""
    list_ = desk_window.screen.list
    said = {}
    for word in ("volga", "grand", "lira"):
        found = list_.rows.item(desk_window.shop.tickets[word])
        said[word] = list_.rows.words_of(found).right
    plain = {word: (text.replace("\u00a0", " "), token) for word, (text, token) in said.items()}
    assert plain == {"volga": ("38 min", "crit"), "grand": ("1 h 18 min", "high"), "lira": ("1 h 48 min", "text2")}


@pytest.mark.parametrize(("down", "up"), [("j", "k"), (Key(0x41E), Key(0x41B))], ids=["latin", "russian"])
def test_j_and_k_walk_on_both_layouts(desk_window: Window, down: object, up: object) -> None:
    tickets = desk_window.shop.tickets
    choose(desk_window, "volga")
    press(desk_window, down)  # type: ignore[arg-type]
    assert desk_window.screen.list.current_ticket() == tickets["grand"]
    assert desk_window.screen.pane.view().id == tickets["grand"]
    press(desk_window, up)  # type: ignore[arg-type]
    assert desk_window.screen.list.current_ticket() == tickets["volga"]


def test_ctrl_tab_walks_the_tabs(desk_window: Window) -> None:
    press(desk_window, Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert desk_window.screen.tabs.tab() == "slipping"
    press(desk_window, Key.Key_Backtab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk_window.screen.tabs.tab() == "answer"


@pytest.mark.parametrize("key", ["u", Key(0x413)], ids=["latin", "russian"])
def test_urgency_in_two_keys(desk_window: Window, key: object) -> None:
    ticket_id = choose(desk_window, "volga")
    press(desk_window, key)  # type: ignore[arg-type]
    popup = desk_window.find("triage.choice", ChoicePopup)
    assert popup.isAncestorOf(QApplication.focusWidget())
    press(desk_window, "1")
    assert desk_window.shop.value(ticket_id, "urgency") == 1
    assert QApplication.focusWidget() is desk_window.screen.list
    assert desk_window.screen.list.current_ticket() == ticket_id


def test_enter_takes_and_goes_to_the_next_ticket(desk_window: Window) -> None:
    ticket_id = choose(desk_window, "volga")
    press(desk_window, "c")
    press(desk_window, Key.Key_Down)
    press(desk_window, Key.Key_Return)
    assert desk_window.shop.value(ticket_id, "cause_id") in desk_window.shop.causes.values()
    assert desk_window.screen.list.current_ticket() == desk_window.shop.tickets["grand"]


def test_esc_closes_a_popup_and_nothing_else(desk_window: Window) -> None:
    ticket_id = choose(desk_window, "volga")
    before = desk_window.shop.value(ticket_id, "owner_id")
    press(desk_window, "a")
    press(desk_window, Key.Key_Escape)
    assert desk_window.screen.pane.triage.popup is None
    assert QApplication.focusWidget() is desk_window.screen.list
    assert desk_window.shop.value(ticket_id, "owner_id") == before


def test_keys_of_a_popup_do_not_reach_the_window(desk_window: Window) -> None:
    choose(desk_window, "volga")
    press(desk_window, "u")
    popup = desk_window.screen.pane.triage.popup
    press(desk_window, "j")
    assert desk_window.screen.list.current_ticket() == desk_window.shop.tickets["volga"]
    assert desk_window.screen.pane.triage.popup is popup


def test_effort_is_understood_before_enter(desk_window: Window) -> None:
    ticket_id = choose(desk_window, "volga")
    press(desk_window, "m")
    popup = desk_window.find("triage.effort", TypedPopup)
    write(popup.line, "2ч30")
    assert popup.understood.text().replace("\u00a0", " ") == "= 2 h 30 min"
    press(desk_window, Key.Key_Return)
    assert desk_window.shop.value(ticket_id, "effort") == 150


def test_what_is_not_understood_is_said_and_kept(desk_window: Window) -> None:
    choose(desk_window, "volga")
    press(desk_window, "m")
    popup = desk_window.find("triage.effort", TypedPopup)
    QTest.keyClicks(popup.line, "soon")
    assert popup.understood.text() == "Not understood"
    QTest.keyClick(popup.line, Key.Key_Return)
    assert desk_window.screen.pane.triage.popup is popup and popup.line.text() == "soon"


def test_snooze_shows_its_date_before_enter(opened: Callable[..., Window]) -> None:
    window = opened("ru")
    tab(window, "all")
    ticket_id = choose(window, "bread")
    press(window, "h")
    popup = window.find("triage.snooze", TypedPopup)
    write(popup.line, "чт 15:00")
    assert popup.understood.text().replace("\u00a0", " ") == "= чт 5 ноя, 15:00"
    press(window, Key.Key_Return)
    assert window.shop.value(ticket_id, "snoozed_until") is not None
    assert not window.shop.value(ticket_id, "snoozed_for_reply")


def test_space_marks_and_keys_act_on_all(desk_window: Window) -> None:
    choose(desk_window, "volga")
    press(desk_window, Key.Key_Space)
    press(desk_window, Key.Key_Space)
    assert len(desk_window.screen.list.rows.marked()) == 2
    assert desk_window.screen.filter.marks.isVisible()
    press(desk_window, "u")
    press(desk_window, "4")
    urgencies = [desk_window.shop.value(desk_window.shop.tickets[w], "urgency") for w in ("volga", "grand", "lira")]
    assert urgencies == [4, 4, 3]
    press(desk_window, Key.Key_Escape)
    assert desk_window.screen.list.rows.marked() == []


def test_not_a_request_in_one_key_and_back(desk_window: Window) -> None:
    tickets = desk_window.shop.tickets
    ticket_id = choose(desk_window, "volga")
    press(desk_window, "z")
    assert desk_window.shop.value(ticket_id, "set_aside") == "not_request"
    assert desk_window.screen.list.current_ticket() == tickets["grand"]
    assert desk_window.frame.registry.trigger("queue.aside")
    desk_window.settle()
    assert desk_window.screen.list.current_ticket() == ticket_id
    desk_window.screen.list.setFocus()
    press(desk_window, "z")
    assert desk_window.shop.value(ticket_id, "set_aside") == ""


def test_spam_by_shift_z(desk_window: Window) -> None:
    ticket_id = choose(desk_window, "lira")
    press(desk_window, Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    assert desk_window.shop.value(ticket_id, "set_aside") == "spam"


def test_consent_says_how_and_who(desk_window: Window) -> None:
    tab(desk_window, "confirm")
    ticket_id = choose(desk_window, "done")
    press(desk_window, "s")
    popup = desk_window.find("triage.consent", WordPopup)
    assert popup.who.text() == "Аркадий"
    press(desk_window, Key.Key_Right)
    how = popup.how.options()[popup.how.index()]
    press(desk_window, Key.Key_Return)
    assert desk_window.shop.value(ticket_id, "status") == "closed"
    expected = {"By mail": "mail", "By phone": "phone", "On site": "visit"}[how]
    assert desk_window.shop.value(ticket_id, "consent_how") == expected
    assert desk_window.shop.value(ticket_id, "consent_who") == "Аркадий"


def test_not_fixed_goes_back_to_work(desk_window: Window) -> None:
    tab(desk_window, "confirm")
    ticket_id = choose(desk_window, "done")
    press(desk_window, Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    press(desk_window, Key.Key_Return)
    assert desk_window.shop.value(ticket_id, "status") == "in_progress"


def test_consent_is_no_key_where_nothing_is_resolved(desk_window: Window) -> None:
    choose(desk_window, "volga")
    press(desk_window, "s")
    assert desk_window.screen.pane.triage.popup is None


def test_why_opens_the_trace(desk_window: Window) -> None:
    tab(desk_window, "all")
    choose(desk_window, "bread")
    press(desk_window, "w")
    popup = desk_window.find("trace.popup", TracePopup)
    assert "margin" in popup.table.as_text() and "work" in popup.table.as_text()
    QTest.mouseClick(popup.copy, Qt.MouseButton.LeftButton)
    assert "margin" in QGuiApplication.clipboard().text()


def test_slash_filters_inside_the_tab_and_esc_comes_back(desk_window: Window) -> None:
    tab(desk_window, "all")
    desk_window.screen.list.hold()  # as a row that was just read does: what is asked for comes all the same
    press(desk_window, "/")
    line = desk_window.screen.filter.line
    assert QApplication.focusWidget() is line
    write(line, "номенклатура")
    desk_window.settle()
    assert [i.ticket_id for i in desk_window.screen.list.rows.items()] == [desk_window.shop.tickets["vertical"]]
    press(desk_window, Key.Key_Escape)
    assert line.text() == "" and QApplication.focusWidget() is desk_window.screen.list
    assert desk_window.screen.list.rows.loaded() == 8


def test_nothing_found_is_said(desk_window: Window) -> None:
    tab(desk_window, "all")
    press(desk_window, "/")
    press(desk_window, "qqqqq")
    assert desk_window.screen.empty.isVisible()
    assert desk_window.screen.empty.label.text() == "Nothing matches the filter."


def test_filter_by_specialist_shows_a_chip(desk_window: Window) -> None:
    tab(desk_window, "all")
    desk_window.screen.filter_owner(desk_window.shop.people["Соколова"])
    desk_window.settle()
    assert desk_window.screen.filter.owner.text() == "Specialist: me"
    owners = {i.owner_id for i in desk_window.screen.list.rows.items()}
    assert owners == {desk_window.shop.people["Соколова"]}
    desk_window.screen.filter.owner.closed.emit()
    desk_window.settle()
    assert desk_window.screen.list.rows.loaded() == 8


def test_enter_opens_and_esc_goes_back_to_the_list(desk_window: Window) -> None:
    choose(desk_window, "volga")
    press(desk_window, Key.Key_Return)
    assert QApplication.focusWidget() is desk_window.screen.pane.main.timeline.stream
    press(desk_window, Key.Key_Escape)
    assert QApplication.focusWidget() is desk_window.screen.list


def test_letters_of_the_composer_open_its_tabs(desk_window: Window) -> None:
    choose(desk_window, "volga")
    press(desk_window, "n")
    assert desk_window.screen.pane.composer.current_tab() == "note"
    assert desk_window.screen.pane.composer.isAncestorOf(QApplication.focusWidget())
    press(desk_window, "uuu")
    assert desk_window.screen.pane.triage.popup is None, "typing is not commanding"
    press(desk_window, Key.Key_Escape)
    assert QApplication.focusWidget() is desk_window.screen.list


def test_a_change_from_elsewhere_arrives_and_the_choice_stays(desk_window: Window) -> None:
    ticket_id = choose(desk_window, "grand")
    shop = desk_window.shop
    new = shop.letter(shop.clock.now(), "Ещё одна", ("Новый", "new@example.org"), "Срочно")
    from deskapp.desk.values import Changes

    desk_window.screen.refresh(Changes({"ticket": frozenset({new})}, frozenset({new})))
    desk_window.settle()
    assert desk_window.screen.list.rows.row_of(new) >= 0
    assert desk_window.screen.list.current_ticket() == ticket_id
    assert desk_window.screen.tabs.counts()["answer"] == 4


def test_a_stream_of_changes_does_not_hold_the_list_back(desk_window: Window, qtbot) -> None:
    """Each arrives sooner than the list waits for more: it is read all the same."""
    from deskapp.desk.values import Changes

    shop = desk_window.shop
    new = shop.letter(shop.clock.now(), "Ещё одна", ("Новый", "new@example.org"), "Срочно")
    stream = QTimer(desk_window.frame)
    stream.timeout.connect(lambda: desk_window.screen.refresh(Changes({"ticket": frozenset({new})}, frozenset({new}))))
    stream.start(5)
    qtbot.waitUntil(lambda: desk_window.screen.list.rows.row_of(new) >= 0)
    stream.stop()
    desk_window.settle()


def test_a_letter_that_was_looked_at_is_read_and_stays_in_its_place(desk_window: Window, qtbot) -> None:
    pane = desk_window.screen.pane
    pane._reading.setInterval(1)
    ticket_id = choose(desk_window, "lira")
    qtbot.waitUntil(lambda: any(ticket_id in c.tickets for c in desk_window.heard))
    desk_window.settle()
    found = desk_window.screen.list.rows.item(ticket_id)
    assert found is not None and not found.unread
    assert desk_window.screen.list.current_ticket() == ticket_id


def test_undo_takes_triage_back(desk_window: Window) -> None:
    ticket_id = choose(desk_window, "volga")
    press(desk_window, "u")
    press(desk_window, "4")
    press(desk_window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk_window.shop.value(ticket_id, "urgency") == 2


def test_every_control_has_a_name(desk_window: Window) -> None:
    nameless = [
        f"{type(w).__name__} {w.objectName()}"
        for w in desk_window.screen.findChildren(QWidget)
        if w.isVisible()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (w.accessibleName() or getattr(w, "text", str)())
        and not isinstance(w.parent(), QLineEdit)
    ]
    assert not nameless


def test_an_empty_tab_names_the_tightest_promise(desk_window: Window) -> None:
    tab(desk_window, "slipping")
    assert desk_window.screen.empty.isVisible()
    text = desk_window.screen.empty.label.text()
    assert text.startswith("All promises hold. Tightest: #"), text
