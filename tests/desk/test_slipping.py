"""Slips are told once, their letters prepared, and taken back when the promise holds again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.core.clock import FixedClock
from deskapp.desk import closing, demo, drafts, planboard, promise, slipping, ticket, timer, watch
from deskapp.desk.desk import Desk

from .demo_desk import at, copied, found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = copied(tmp_path)
    yield desk
    desk.replica.disconnect()


def test_a_slip_is_told_once_to_its_owner(desk: Desk) -> None:
    found_now = slipping.look(desk)
    assert [(slip.number, slip.late) for slip in found_now.fresh] == [(4102, 70)]
    assert slipping.look(desk).fresh == ()
    assert {found(desk, 4102), found(desk, 4093)} <= found_now.changes.tickets


def test_the_letter_is_prepared_with_a_date_of_the_planner(desk: Desk) -> None:
    slipping.look(desk)
    view = ticket.view(desk, found(desk, 4102))
    draft = drafts.load(desk, found(desk, 4102))["slip"]
    assert view.forecast_at == at(3, 15, 10)
    assert draft["date"] == "03.11.2026 16:00"  # the forecast, half an hour, rounded up
    assert draft["reason"]
    notice = slipping.notice_for(desk, found(desk, 4102), demo.person("sokolova"), view.forecast_at, None)
    assert notice is not None and "вторника, 3 ноября, 14:00" in notice.letters["ru"].body


def test_what_somebody_typed_stays_and_an_untouched_letter_follows_the_forecast(desk: Desk) -> None:
    slipping.look(desk)
    drafts.save(desk, found(desk, 4102), "slip", {"date": "06.11.2026 12:00", "reason": "Own"})
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at(3, 16))
    watch.tick(desk)
    before = drafts.load(desk, found(desk, 4093))["slip"]["date"]
    slipping.look(desk)
    assert drafts.load(desk, found(desk, 4102))["slip"]["reason"] == "Own"
    assert drafts.load(desk, found(desk, 4093))["slip"]["date"] >= before


def test_a_promise_that_holds_again_needs_no_letter(desk: Desk) -> None:
    slipping.look(desk)
    block = next(b for b in planboard.view(desk, at(5, 0).date(), 1).blocks if b.number == 4091)
    planboard.unplan(desk, [block.id])
    view = next(b for b in planboard.view(desk, at(5, 0).date(), 1).blocks if b.number == 4093)
    from deskapp.desk import replanning

    planboard.apply(desk, replanning.preview_move(desk, view.id, demo.person("kim"), at(5, 9)))
    assert (ticket.view(desk, found(desk, 4093)).slack or 0) >= 0
    changed = slipping.look(desk)
    assert "slip" not in drafts.load(desk, found(desk, 4093)) and found(desk, 4093) in changed.changes.tickets


def test_telling_the_new_date_ends_the_slip_and_a_new_one_is_told_again(desk: Desk) -> None:
    slipping.look(desk)
    ticket_id = found(desk, 4102)
    notice = slipping.notice_for(desk, ticket_id, demo.person("sokolova"), at(3, 16), None)
    assert notice is not None
    promise.slip(desk, ticket_id, notice.date, notice.reason["ru"], notice.letters["ru"])
    view = ticket.view(desk, ticket_id)
    assert view.moved_count == 1 and view.promised_at == at(3, 16) and (view.slack or 0) > 0
    assert slipping.look(desk).fresh == ()
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at(3, 16, 30))
    watch.tick(desk)
    assert 4102 in [slip.number for slip in slipping.look(desk).fresh]


def test_a_promise_that_slips_again_is_told_again(desk: Desk) -> None:
    assert [slip.number for slip in slipping.look(desk).fresh] == [4102]
    for slack, fresh in ((20, []), (-10, [4102]), (-30, [])):
        desk.replica.db.execute_sql("UPDATE queue_row SET slack = ? WHERE number = 4102", (slack,))
        assert [slip.number for slip in slipping.look(desk).fresh] == fresh


def test_what_was_done_in_time_and_opened_again_later_does_not_slip(desk: Desk) -> None:
    ticket_id = found(desk, 4102)
    desk.replica.db.execute_sql("UPDATE ticket SET effort = 300 WHERE id = ?", (ticket_id,))
    closing.finish(desk, ticket_id, "Сделано", told_how="phone", told_who="Ольга")
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at(3, 15))
    closing.disagree(desk, ticket_id, "phone", "Ольга", "опять")
    watch.tick(desk)
    view = ticket.view(desk, ticket_id)
    assert view.slack is not None and view.slack < 0
    assert 4102 not in [slip.number for slip in slipping.look(desk).fresh]
    assert "slip" not in drafts.load(desk, ticket_id)


def test_timing_a_promised_ticket_begins_its_work(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at(3, 15, 15))
    timer.start(desk, found(desk, 4121))
    view = ticket.view(desk, found(desk, 4121))
    assert view.status == "in_progress" and view.started_at == at(3, 15, 15)
    blocks = [b for b in planboard.view(desk, at(3, 0).date(), 1).blocks if b.number == 4121]
    assert [block.state for block in blocks] == ["in_progress"]
    assert [block.state for block in planboard.view(desk, at(3, 0).date(), 1).blocks if block.number == 4117]


def test_another_place_is_seen_before_it_is_taken(desk: Desk) -> None:
    view = slipping.another_view(desk, found(desk, 4093))
    assert view.diff.assigned and not view.diff.broken
