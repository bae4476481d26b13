"""What a letter suggests stands above the ticket, and one key accepts it; in the real window over the demo desk."""

from __future__ import annotations

from deskapp.desk import closing, ratings, ticket
from deskapp.models.schema import Contact
from deskapp.ui.desktop import Desktop
from deskapp.ui.popups import TypedPopup, WordPopup
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


def test_an_address_that_works_again_is_said_at_the_ticket(desktop: Desktop) -> None:
    desk, ticket_id = desktop.desk, found(desktop.desk, 4121)
    contact = ticket.view(desk, ticket_id).requester.contact_id
    with desk.act("") as act:
        act.update(Contact, contact, undeliverable=act.now)
    desktop.show_ticket(ticket_id)
    facts = desktop.window.screen_now().pane.facts  # type: ignore[union-attr]
    assert facts.undeliverable.isVisible() and facts.works_again.isVisible()
    facts.works_again.click()
    assert not ticket.view(desk, ticket_id).requester.undeliverable
    assert not facts.undeliverable.isVisible() and not facts.works_again.isVisible()
    desktop.undo.undo()
    assert ticket.view(desk, ticket_id).requester.undeliverable


def test_a_resolved_ticket_offers_consent_to_mouse_and_keys(desktop: Desktop) -> None:
    desk, ticket_id = desktop.desk, found(desktop.desk, 4121)
    closing.finish(desk, ticket_id, "Пересчитано", told_how="phone", told_who="Иванов")
    desktop.show_ticket(ticket_id)
    pane = desktop.window.screen_now().pane  # type: ignore[union-attr]
    bar = pane.main.notice
    assert bar.isVisible() and bar.text.text() == "Open until the customer agrees"
    assert [button.text() for button in (bar.first, bar.second)] == ["Consent received", "Not fixed"]
    bar.second.click()
    asked = desktop.window.findChild(WordPopup, "triage.disagree")
    assert asked is not None and asked.isVisible()
    asked.close()
    bar.first.click()
    popup = desktop.window.findChild(WordPopup, "triage.consent")
    assert popup is not None and popup.isVisible()
    popup.recorded.emit("phone", "Иванов", "")
    assert ticket.view(desk, ticket_id).status == "closed" and not bar.isVisible()
