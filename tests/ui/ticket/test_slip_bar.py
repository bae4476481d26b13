"""The line of a slipping ticket, in the real window over the demo desk."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from deskapp.desk import drafts
from deskapp.ui.calendar.plan_dialog import ConsequencesDialog
from deskapp.ui.desktop import Desktop
from tests.desk.demo_desk import found


def test_a_slip_is_said_once_and_its_letter_waits_behind_a_button(desktop: Desktop) -> None:
    said: list[str] = []
    desktop.messages.said.connect(said.append)
    desktop._look_for_slips()
    desktop._look_for_slips()
    assert [text for text in said if "4102" in text] == [
        "#4102 Волга-Агро will be late by 1\u00a0h\u00a010\u00a0min. A letter is prepared."
    ]
    desktop.show_ticket(found(desktop.desk, 4102))
    pane = desktop.window.screen_now().pane  # type: ignore[union-attr]
    bar = pane.main.slip
    assert bar.isVisible()
    assert bar.text.text() == (
        "Forecast today, 15:10 is later than promised today, 14:00 by 1\u00a0h\u00a010\u00a0min. Write to the customer?"
    )
    bar.write.click()
    assert pane.composer.current_tab() == "slip"
    date = pane.composer.findChild(QLineEdit, "composer.slip.date")
    assert date is not None and date.text() == "03.11.2026 16:00"
    assert "slip" in drafts.load(desktop.desk, found(desktop.desk, 4102))


def test_a_ticket_that_holds_its_promise_has_no_such_line(desktop: Desktop) -> None:
    desktop.show_ticket(found(desktop.desk, 4121))
    pane = desktop.window.screen_now().pane  # type: ignore[union-attr]
    assert not pane.main.slip.isVisible()


def test_another_slot_is_shown_before_it_is_taken(desktop: Desktop) -> None:
    desktop.show_ticket(found(desktop.desk, 4102))
    pane = desktop.window.screen_now().pane  # type: ignore[union-attr]
    before = desktop.desk.replica.value("SELECT max(seq) FROM change")
    pane.main.slip.slot.click()
    dialog = desktop.window.findChild(ConsequencesDialog)
    assert dialog is not None and dialog.isVisible()
    assert desktop.desk.replica.value("SELECT max(seq) FROM change") == before
    dialog.reject()
