"""What a letter suggests stands above the ticket, and one key accepts it; in the real window over the demo desk."""

from __future__ import annotations

from deskapp.desk import ratings, ticket
from deskapp.ui.desktop import Desktop
from deskapp.ui.popups import TypedPopup
from tests.desk.demo_desk import found


def test_consent_and_doubt_by_letter_wait_for_one_key(desktop: Desktop) -> None:
    desk = desktop.desk
    thanked, doubted = found(desk, 4088), found(desk, 4131)
    desktop.show_ticket(thanked)
    pane = desktop.window.screen_now().pane  # type: ignore[union-attr]
    bar = pane.main.notice
    assert bar.isVisible() and bar.first.text() == "Consent received" and "sounds like consent" in bar.text.text()
    assert ticket.view(desk, thanked).status == "resolved", "a letter closes nothing"
    pane.team.accept()  # Y
    view = ticket.view(desk, thanked)
    assert (view.status, view.consent_how) == ("closed", "mail") and not bar.isVisible()
    desktop.show_ticket(doubted)
    assert bar.isVisible() and bar.first.text() == "Not fixed"
    bar.first.click()
    assert ticket.view(desk, doubted).status == "in_progress"
    # a mark told by phone stands in the timeline
    desktop.show_ticket(thanked)
    pane.team.rate()
    popup = desktop.window.findChild(TypedPopup, "ticket.rate")
    assert popup is not None
    popup.chosen.emit("5", False)
    told = ratings.of_ticket(desk, thanked)
    assert told is not None and (told.value, told.how) == (5, "phone")
    desktop.show_ticket(found(desk, 4121))
    assert not bar.isVisible()
