"""What is written of a change of plan: blocks, who has them, and why they lie where they may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import planboard, replanning, terms, triage, visits, work
from deskapp.desk.desk import Desk
from tests.desk import world
from tests.desk.world import arrive, moscow


def blocks(desk: Desk, ticket_id: str) -> list[dict[str, Any]]:
    names = ("id", "specialist_id", "start_at", "end_at", "kind", "state", "pinned", "override", "visit_id")
    rows = desk.replica.rows(
        f"SELECT {', '.join(names)} FROM booking WHERE ticket_id = ? ORDER BY start_at", (ticket_id,)
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def times(desk: Desk, ticket_id: str) -> list[tuple[Any, Any]]:
    return [(from_ms(one["start_at"]), from_ms(one["end_at"])) for one in blocks(desk, ticket_id)]


def placed(desk: Desk, minutes: int, at: Any, person: str = "anna") -> str:
    ticket_id = arrive(desk).ticket_id
    triage.set_effort(desk, ticket_id, minutes)
    planboard.apply(desk, planboard.preview_place(desk, ticket_id, person, at))
    return str(ticket_id)


def test_a_block_that_is_moved_anyway_keeps_its_reason_until_it_lies_where_it_may(desk: Desk) -> None:
    ticket_id, other = placed(desk, 60, moscow(3, 9)), placed(desk, 60, moscow(3, 11))
    (block,) = blocks(desk, ticket_id)
    diff = planboard.preview_move(desk, block["id"], "anna", moscow(3, 11), override=True)
    planboard.apply(desk, diff, "клиент просил")
    (there,) = blocks(desk, ticket_id)
    assert times(desk, ticket_id) == times(desk, other) and there["override"] == "клиент просил"
    assert blocks(desk, other)[0]["override"] == ""
    longer = planboard.preview_move(desk, block["id"], "anna", moscow(3, 19), override=True)
    planboard.apply(desk, longer, "вечером пусто")
    planboard.apply(desk, planboard.preview_resize(desk, block["id"], moscow(3, 19), moscow(3, 21)))
    assert [(one["override"], one["end_at"] - one["start_at"]) for one in blocks(desk, ticket_id)] == [
        ("вечером пусто", 7_200_000)
    ]
    planboard.split(desk, block["id"], moscow(3, 20))
    assert [one["override"] for one in blocks(desk, ticket_id)] == ["вечером пусто"] * 2
    planboard.apply(desk, planboard.preview_move(desk, block["id"], "anna", moscow(5, 9)))
    assert [one["override"] for one in blocks(desk, ticket_id)] == ["вечером пусто", ""], (
        "the other half is still there"
    )


def test_a_visit_that_is_moved_anyway_takes_its_ways_along(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    option = visits.propose(desk, ticket_id, 60, 30)[0]
    visit_id = visits.plan(desk, ticket_id, option, 30).result
    visit = next(one for one in blocks(desk, ticket_id) if one["kind"] == "visit")
    diff = planboard.preview_move(desk, visit["id"], "boris", moscow(3, 19), override=True)
    assert set(diff.subject) == {one["id"] for one in blocks(desk, ticket_id)} and diff.harmless
    planboard.apply(desk, diff, "только вечером")
    half = timedelta(minutes=30)
    start = moscow(3, 19)
    assert times(desk, ticket_id) == [
        (start - half, start), (start, start + 2 * half), (start + 2 * half, start + 3 * half)
    ]  # fmt: skip
    assert {(one["specialist_id"], one["visit_id"], one["override"]) for one in blocks(desk, ticket_id)} == {
        ("boris", visit_id, "только вечером")
    }
    assert world.row(desk, ticket_id)["owner_id"] == "boris"


def test_a_short_visit_leaves_half_an_hour_to_arrive_in(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    triage.set_effort(desk, ticket_id, 15)
    terms.set_travel(desk, ticket_id, 30)
    planboard.apply(desk, planboard.preview_place(desk, ticket_id, "anna", moscow(3, 10)))
    (visit,) = visits.of_ticket(desk, ticket_id)
    assert visit.window == (moscow(3, 10), moscow(3, 10, 30)) and visit.holds


def test_a_pinned_block_that_a_break_cuts_is_pinned_on_both_sides(desk: Desk) -> None:
    ticket_id = placed(desk, 120, moscow(3, 9))
    (block,) = blocks(desk, ticket_id)
    planboard.pin(desk, block["id"], True)
    planboard.apply(desk, planboard.preview_move(desk, block["id"], "anna", moscow(3, 12)))
    assert times(desk, ticket_id) == [(moscow(3, 12), moscow(3, 13)), (moscow(3, 14), moscow(3, 15))]
    assert [one["pinned"] for one in blocks(desk, ticket_id)] == [1, 1]
    planboard.split(desk, block["id"], moscow(3, 12, 30))
    assert [one["pinned"] for one in blocks(desk, ticket_id)] == [1, 1, 1]


def test_what_is_under_way_is_neither_cut_nor_put_back(desk: Desk) -> None:
    ticket_id = placed(desk, 120, moscow(2, 9, 30))
    world.go_to(desk, moscow(2, 9, 40))
    work.start(desk, ticket_id)
    (block,) = blocks(desk, ticket_id)
    assert block["state"] == "in_progress"
    with pytest.raises(UserFacingError, match="cannot be split"):
        planboard.split(desk, block["id"], moscow(2, 10))
    planboard.unplan(desk, (block["id"],))
    assert blocks(desk, ticket_id) == [block]


def test_a_block_that_went_elsewhere_meanwhile_is_not_moved(desk: Desk) -> None:
    ticket_id = placed(desk, 60, moscow(3, 9))
    (block,) = blocks(desk, ticket_id)
    diff = planboard.preview_move(desk, block["id"], "anna", moscow(3, 11))
    planboard.apply(desk, planboard.preview_move(desk, block["id"], "anna", moscow(3, 15)))
    with pytest.raises(Lapsed), desk.act("moved") as act:  # also where nobody compares the plans first
        planboard.write_diff(act, diff)
    assert times(desk, ticket_id) == [(moscow(3, 15), moscow(3, 16))]
    back = planboard.preview_move(desk, block["id"], "anna", moscow(3, 11))
    desk.replica.db.execute_sql("UPDATE booking SET state = 'done'")
    with pytest.raises(Lapsed), desk.act("moved") as act:
        planboard.write_diff(act, back)


def test_who_gets_the_work_owns_the_ticket_and_what_is_done_of_it_counts(desk: Desk) -> None:
    ticket_id = placed(desk, 120, moscow(3, 9), "boris")
    assert world.row(desk, ticket_id)["owner_id"] == "boris"
    work.note(desk, ticket_id, "check", "половина", minutes=60)
    assert replanning.job_of(desk, ticket_id).minutes == 60
    planboard.apply(desk, planboard.preview_place(desk, ticket_id, "anna", moscow(3, 9)))
    assert times(desk, ticket_id) == [(moscow(3, 9), moscow(3, 10))]
    assert world.row(desk, ticket_id)["owner_id"] == "anna"


def test_every_piece_of_a_visit_belongs_to_it(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    option = visits.propose(desk, ticket_id, 120, 0)[0]
    visit_id = visits.plan(desk, ticket_id, option, 0).result
    (visit,) = blocks(desk, ticket_id)
    planboard.apply(desk, planboard.preview_move(desk, visit["id"], "anna", moscow(3, 11)))
    planboard.apply(desk, planboard.preview_resize(desk, visit["id"], moscow(3, 11), moscow(3, 15)))
    planboard.split(desk, visit["id"], moscow(3, 12))
    assert [(one["kind"], one["visit_id"]) for one in blocks(desk, ticket_id)] == [("visit", visit_id)] * 3
