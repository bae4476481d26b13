"""A new date is told with nobody at work on it only where the contract allows it, in time, once, and by one machine."""

from __future__ import annotations

import pytest

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import letters, planboard, promise, replanning, slipping, ticket, watch
from deskapp.desk.desk import Desk
from deskapp.models.schema import Contract
from tests.desk import world


def slipping_ticket(desk: Desk, auto_slip: bool = True) -> str:
    """Promised for 13:00 of Monday, planned behind that; its customer's contract says whether dates tell themselves."""
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id)
    world.let_leave(desk)
    with desk.act("") as act:
        act.insert(
            Contract, customer_id=world.row(desk, ticket_id)["customer_id"], number="ТП-1", auto_slip=int(auto_slip)
        )
    day = world.moscow(2, 0).date()
    (block,) = (one for one in planboard.view(desk, day, 1).blocks if one.ticket_id == ticket_id)
    planboard.apply(desk, replanning.preview_move(desk, block.id, block.person_id, world.moscow(2, 15)))
    with desk.act("") as act:
        act.writing.execute("UPDATE ticket SET promised_at = ? WHERE id = ?", (to_ms(world.moscow(2, 13)), ticket_id))
        act.extra.add(ticket_id)
    assert (ticket.view(desk, ticket_id).slack or 0) < 0
    return ticket_id


def told(desk: Desk, ticket_id: str) -> list[tuple[str, int, str]]:
    return desk.replica.rows(
        "SELECT m.text, m.automatic, o.state FROM message m JOIN outgoing o ON o.id = m.id WHERE m.ticket_id = ? "
        "AND m.kind = 'slip' ORDER BY m.received_at",
        (ticket_id,),
    )


def test_the_customer_hears_of_it_before_the_old_date_passes(desk: Desk) -> None:
    ticket_id = slipping_ticket(desk)
    world.go_to(desk, world.moscow(2, 11, 59))
    watch.tick(desk)
    assert told(desk, ticket_id) == [], "a person has the time to do it better"
    world.go_to(desk, world.moscow(2, 12, 1))
    changes = watch.tick(desk)
    ((text, automatic, state),) = told(desk, ticket_id)
    view = ticket.view(desk, ticket_id)
    assert automatic == 1 and state == "ready" and changes.touches("outgoing") and ticket_id in changes.tickets
    assert view.promised_at is not None and view.forecast_at is not None and view.promised_at >= view.forecast_at
    assert "2 ноября, 13:00" in text and f"{view.promised_at.astimezone(desk.zone):%H:%M}" in text
    assert view.moved_count == 1 and (view.slack or 0) >= 0 and not view.slipping
    promises = desk.replica.rows(
        "SELECT ordinal, date_at, made_by, letter_id FROM promise WHERE ticket_id = ? ORDER BY ordinal", (ticket_id,)
    )
    assert [row[0] for row in promises] == [1, 2] and from_ms(promises[1][1]) == view.promised_at
    assert promises[1][2] == "" and letters.stop_stale(desk, promises[1][3]) is None, "its date holds when it leaves"
    assert "told_by_itself" in [entry.label for entry in view.entries if entry.kind == "event"]
    for minute in (2, 10, 50):
        world.go_to(desk, world.moscow(2, 12, minute))
        watch.tick(desk)
    assert len(told(desk, ticket_id)) == 1


def test_an_hour_ahead_is_an_hour_of_work(desk: Desk) -> None:
    """A date right after lunch is told before lunch, while somebody can still answer."""
    ticket_id = slipping_ticket(desk)
    with desk.act("") as act:
        act.writing.execute(
            "UPDATE ticket SET promised_at = ? WHERE id = ?", (to_ms(world.moscow(2, 14, 30)), ticket_id)
        )
        act.extra.add(ticket_id)
    world.go_to(desk, world.moscow(2, 12, 29))
    watch.tick(desk)
    assert told(desk, ticket_id) == []
    world.go_to(desk, world.moscow(2, 12, 31))
    watch.tick(desk)
    assert len(told(desk, ticket_id)) == 1


def test_nobody_is_written_to_at_night(desk: Desk) -> None:
    ticket_id = slipping_ticket(desk)
    day = world.moscow(2, 0).date()
    (block,) = (one for one in planboard.view(desk, day, 1).blocks if one.ticket_id == ticket_id)
    planboard.apply(desk, replanning.preview_move(desk, block.id, block.person_id, world.moscow(3, 15)))
    with desk.act("") as act:
        act.writing.execute(
            "UPDATE ticket SET promised_at = ? WHERE id = ?", (to_ms(world.moscow(3, 9, 30)), ticket_id)
        )
        act.extra.add(ticket_id)
    for hour, letters_told in ((3, 0), (9, 1)):
        world.go_to(desk, world.moscow(3, hour, 1))
        watch.tick(desk)
        assert len(told(desk, ticket_id)) == letters_told


@pytest.mark.parametrize("why", ["contract", "address", "machine", "person", "passed"])
def test_nothing_leaves_by_itself_where_it_must_not(desk: Desk, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket_id = slipping_ticket(desk, auto_slip=why != "contract")
    if why == "address":
        desk.replica.db.execute_sql("UPDATE contact SET undeliverable = 1")
    if why == "machine":  # another one of the desk watches
        monkeypatch.setattr("deskapp.desk.hubport.may", lambda _desk, lease: lease != "slips")
    if why == "person":
        view = ticket.view(desk, ticket_id)
        assert view.forecast_at is not None
        notice = slipping.notice_for(desk, ticket_id, view.owner_id, view.forecast_at, None)
        assert notice is not None
        promise.slip(desk, ticket_id, notice.date, notice.reason["ru"], notice.letters["ru"])
    for minute in (1, 30) if why != "passed" else ():
        world.go_to(desk, world.moscow(2, 12, minute))
        watch.tick(desk)
    if why == "passed":
        world.go_to(desk, world.moscow(2, 14, 1))  # at work again after lunch: a person has to say it now
        watch.tick(desk)
    assert [one for one in told(desk, ticket_id) if one[1]] == []
