"""Header, dates, side panel; what the ticket screen says and what its fields open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLayout, QToolButton, QWidget

from deskapp.desk import ticket, triage
from deskapp.desk.values import TicketView
from deskapp.ui import words
from deskapp.ui.popups import ChoicePopup, TypedPopup
from deskapp.ui.ticket.header import answer_words, cells
from deskapp.ui.trace import TracePopup
from deskapp.ui.widgets import Chip, ElidedLabel
from tests.ui.queue_desk import MOSCOW, NOW, Window, moscow

TIMES = words.Times(MOSCOW, NOW)


def plain(text: str) -> str:
    return text.replace(words.NBSP, " ")


def show(window: Window, word: str = "main") -> TicketView:
    window.screen.tabs.choose("all")
    window.settle()
    window.screen.show_ticket(window.shop.tickets[word])
    window.settle()
    view = window.screen.pane.view()
    assert view is not None
    return view


def values(view: TicketView) -> list[tuple[str, str]]:
    return [(plain(cell.value), plain(cell.note)) for cell in cells(view, TIMES)]


def test_the_five_dates_stay_apart(desk_window: Window) -> None:
    view = replace(
        show(desk_window),
        received_at=moscow(2, 9, 14),
        answer_minutes=41,
        promised_at=moscow(3, 15),
        forecast_at=moscow(3, 12, 30),
        slack=90,
        slipping=False,
        spent=72,
        effort=120,
    )
    assert values(view) == [
        ("yesterday, 09:14", "answered in 41 min"),
        ("today, 15:00", "never moved"),
        ("today, 12:30", "slack 1 h 30 min"),
        ("in progress", "spent 1 h 12 min of 2 h"),
    ]
    tokens = [cell.token for cell in cells(view, TIMES)]
    assert tokens == ["text", "text", "ok", "text"]


@pytest.mark.parametrize(("slack", "slipping", "token"), [(90, False, "ok"), (20, True, "high"), (-60, True, "crit")])
def test_the_forecast_has_the_colour_of_its_slack(desk_window: Window, slack: int, slipping: bool, token: str) -> None:
    view = replace(
        show(desk_window), promised_at=moscow(3, 15), forecast_at=moscow(3, 14), slack=slack, slipping=slipping
    )
    assert cells(view, TIMES)[2].token == token


def test_the_date_asked_for_never_fills_the_promise(desk_window: Window) -> None:
    view = replace(show(desk_window, "volga"), asked_at=moscow(5, 12))
    received, promised, *_ = values(view)
    assert received[1] == "asked for Thu 5 Nov, 12:00"
    assert promised == ("no date yet", "")


def test_a_moved_promise_says_so(desk_window: Window) -> None:
    view = replace(show(desk_window), moved_count=2, first_promised_at=moscow(2, 17), promised_at=moscow(5, 13))
    cell = cells(view, TIMES)[1]
    assert cell.note == "moved 2 times" and plain(cell.tooltip) == "First promised: yesterday, 17:00"


@pytest.mark.parametrize(
    ("left", "said", "token"),
    [
        (38, "Answer by 12:20, 38 min left", "crit"),
        (80, "Answer by 12:20, 1 h 20 min left", "high"),
        (-15, "Answer was due 15 min ago", "crit"),
    ],
)
def test_the_answer_clock(desk_window: Window, left: int, said: str, token: str) -> None:
    view = replace(show(desk_window, "volga"), answer_due=moscow(3, 12, 20), answer_left=left)
    text, found = answer_words(view, TIMES)
    assert (plain(text), found) == (said, token)


def test_composing_a_promise_shows_its_clock_and_its_own_side(desk_window: Window) -> None:
    show(desk_window, "volga")
    pane = desk_window.screen.pane
    assert plain(pane.main.header.due.text()) == "Answer by 12:20, 38 min left"
    assert not pane.main.header.dates.isVisible() and not pane.main.timeline.bar.isVisible()
    assert pane.side.currentWidget() is pane.composer.side_panel() is not None
    pane.open_composer("note")
    desk_window.settle()
    assert pane.side.currentWidget() is pane.facts
    assert pane.main.header.dates.isVisible()
    show(desk_window, "main")
    assert pane.side.currentWidget() is pane.facts


@pytest.mark.parametrize("field", ["urgency", "cause", "owner", "line", "zone"])
def test_fields_are_set_in_place(desk_window: Window, field: str) -> None:
    show(desk_window)
    button = desk_window.screen.pane.facts.fields[field]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    popup = desk_window.find("triage.choice", ChoicePopup)
    QTest.keyClick(popup.list, Qt.Key.Key_Escape)
    assert desk_window.screen.pane.triage.popup is None
    assert QApplication.focusWidget() is button


def test_a_chip_opens_the_same_popup(desk_window: Window) -> None:
    view = show(desk_window)
    header = desk_window.screen.pane.main.header
    QTest.mouseClick(header.urgency, Qt.MouseButton.LeftButton)
    popup = desk_window.find("triage.choice", ChoicePopup)
    QTest.keyClick(popup.list, Qt.Key.Key_4)
    desk_window.settle()
    assert desk_window.shop.value(view.id, "urgency") == 4
    assert header.urgency.text() == "Low"
    assert desk_window.screen.pane.facts.fields["urgency"].text() == "Low"


def test_effort_and_product_are_typed(desk_window: Window) -> None:
    view = show(desk_window)
    facts = desk_window.screen.pane.facts
    QTest.mouseClick(facts.usual, Qt.MouseButton.LeftButton)
    popup = desk_window.find("triage.effort", TypedPopup)
    popup.line.setText("3:00")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    desk_window.settle()
    assert desk_window.shop.value(view.id, "effort") == 180
    QTest.mouseClick(facts.fields["product"], Qt.MouseButton.LeftButton)
    popup = desk_window.find("triage.text", TypedPopup)
    popup.line.setText("Учёт 5.4.2")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    desk_window.settle()
    assert facts.fields["product"].text() == "Учёт 5.4.2"


def test_what_was_agreed_on_the_time_is_set_beside_the_ticket(desk_window: Window) -> None:
    view = show(desk_window)
    facts = desk_window.screen.pane.facts
    assert not any(field.isVisible() for field in facts.terms.values())
    QTest.mouseClick(facts.more_terms, Qt.MouseButton.LeftButton)
    menu = desk_window.find("triage.terms", ChoicePopup)
    QTest.keyClick(menu.list, Qt.Key.Key_1)
    line = desk_window.find("triage.not_before", TypedPopup)
    line.line.setText("thu 10:00")
    QTest.keyClick(line.line, Qt.Key.Key_Return)
    desk_window.settle()
    assert ticket.view(desk_window.shop.desk, view.id).terms.not_before == moscow(5, 10)
    show(desk_window)  # Enter goes on to the next ticket
    assert plain(facts.terms["not_before"].text()) == "Thu 5 Nov, 10:00"
    QTest.mouseClick(facts.more_terms, Qt.MouseButton.LeftButton)
    QTest.keyClick(desk_window.find("triage.terms", ChoicePopup).list, Qt.Key.Key_3)
    QTest.keyClick(desk_window.find("triage.pieces", ChoicePopup).list, Qt.Key.Key_2)  # in one piece
    desk_window.settle()
    assert facts.terms["pieces"].text() == "in one piece"
    QTest.mouseClick(facts.terms["not_before"], Qt.MouseButton.LeftButton)
    line = desk_window.find("triage.not_before", TypedPopup)
    assert line.line.text() == "05.11.2026 10:00"
    QTest.keyClick(line.line, Qt.Key.Key_Down)
    QTest.keyClick(line.list, Qt.Key.Key_End)
    QTest.keyClick(line.list, Qt.Key.Key_Return)  # nothing was agreed
    desk_window.settle()
    assert desk_window.shop.value(view.id, "not_before_at") is None
    show(desk_window)
    assert not facts.terms["not_before"].isVisible() and facts.terms["pieces"].isVisible()


def test_a_date_explains_itself(desk_window: Window) -> None:
    show(desk_window)
    header = desk_window.screen.pane.main.header
    QTest.mouseClick(header.dates.cells[1], Qt.MouseButton.LeftButton)
    desk_window.settle()
    popup = desk_window.find("trace.popup", TracePopup)
    assert popup.table.as_text().splitlines()[-1].startswith("Promise\t")
    QTest.keyClick(popup.copy, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_the_menu_holds_what_the_state_allows(desk_window: Window) -> None:
    show(desk_window)
    texts = [action.text().split("\t")[0] for action in desk_window.screen.pane.build_menu().actions()]
    assert "Not a request" in texts and "Consent received" not in texts
    show(desk_window, "done")
    texts = [action.text().split("\t")[0] for action in desk_window.screen.pane.build_menu().actions()]
    assert {"Consent received", "Not fixed", "Open again"} <= set(texts)


def test_only_the_shown_ticket_is_read_again(desk_window: Window) -> None:
    view = show(desk_window)
    other = triage.set_urgency(desk_window.shop.desk, desk_window.shop.tickets["volga"], 4)
    desk_window.screen.pane.refresh(other)
    assert desk_window.runner.idle()
    own = triage.set_subject(desk_window.shop.desk, view.id, "Другая тема")
    desk_window.screen.pane.refresh(own)
    desk_window.settle()
    assert desk_window.screen.pane.main.header.subject.text() == "Другая тема"


def test_a_late_view_of_another_ticket_is_dropped(desk_window: Window) -> None:
    pane = desk_window.screen.pane
    show(desk_window)
    stale = ticket.view(desk_window.shop.desk, desk_window.shop.tickets["bread"])
    pane._read(stale)
    assert pane.view().id == desk_window.shop.tickets["main"]


def test_the_language_switches_while_it_is_open(desk_window: Window) -> None:
    show(desk_window)
    desk_window.frame.set_language("ru")
    QApplication.processEvents()
    desk_window.settle()
    pane = desk_window.screen.pane
    shown = [w.text() for w in desk_window.screen.findChildren(QLabel) if w.isVisible()]
    shown += [w.text() for w in desk_window.screen.findChildren(QAbstractButton) if w.isVisible()]
    shown += [w.text() for w in desk_window.screen.findChildren(Chip) if w.isVisible()]
    assert {"Клиент", "Поля", "Почему эта дата", "Обещание", "В работе", "Изменение"} <= set(shown)
    assert pane.main.timeline.filter.options()[0] == "Всё"
    assert not {"Customer", "Fields", "Why this date", "Promise", "In progress", "Change"} & set(shown)


# -- geometry: nothing clipped, nothing on top of something else


def clipped(root: QWidget) -> Iterator[str]:
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.width() == 0:
            continue
        where = f"{type(widget).__name__} {widget.objectName()!r}"
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
            if not widget.wordWrap() and widget.sizeHint().width() > widget.width():
                yield f"{where}: {widget.text()!r} needs {widget.sizeHint().width()}, has {widget.width()}"
        if isinstance(widget, QToolButton):
            continue  # an icon, at least 24 pixels wide and high
        hint = widget.minimumSizeHint()
        if hint.isValid() and widget.height() < hint.height() and widget.layout() is None:
            yield f"{where}: height {widget.height()} of {hint.height()}"


def overlapping(root: QWidget) -> Iterator[str]:
    for parent in [root, *root.findChildren(QWidget)]:
        layout = parent.layout()
        if layout is None or not parent.isVisibleTo(root) or "Stacked" in type(layout).__name__:
            continue
        shown = [w for w in widgets_of(layout) if w.isVisibleTo(root)]
        for i, one in enumerate(shown):
            for other in shown[i + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > 1 and both.height() > 1:
                    yield f"{one.objectName() or one} and {other.objectName() or other}"


def widgets_of(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None and "Stacked" not in type(item.layout()).__name__:
            yield from widgets_of(item.layout())


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
def test_nothing_is_clipped_or_covered(opened: Callable[..., Window], language: str, size: tuple[int, int]) -> None:
    window = opened(language, size)
    for word in ("main", "done", "silent"):
        show(window, word)
        for _ in range(5):
            QApplication.processEvents()
        for part in (
            window.screen.bar,
            window.screen.filter,
            window.screen.pane.main.header,
            window.screen.pane.main.timeline,
            window.screen.pane.facts,
        ):
            if not part.isVisible():
                continue
            assert not list(clipped(part)), word
            assert not list(overlapping(part)), word
