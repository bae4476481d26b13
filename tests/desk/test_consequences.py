"""What an absence, other hours, a leaving person and work that overruns do to the plan, before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from deskapp.core.clock import FixedClock, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import consequences, demo, drafts, meanwhile, planboard, replanning, setup, terms, undo
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.planning.values import Span

from .demo_desk import at, copied, found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = copied(tmp_path)
    yield desk
    desk.replica.disconnect()


def state(desk: Desk) -> list[object]:
    return [
        desk.replica.rows(f"SELECT * FROM {table} ORDER BY id")
        for table in ("booking", "absence", "specialist", "calendar_day", "work_calendar")
    ]


def sick(desk: Desk) -> Changes:
    return setup.save_absence(desk, demo.person("orlov"), at(5, 0), at(7, 0), "sick")


def test_a_preview_leaves_no_trace(desk: Desk) -> None:
    before, seq = state(desk), desk.replica.value("SELECT max(seq) FROM change")
    view = consequences.preview(desk, sick)
    assert {effect.number for effect in view.effects} >= {4132, 4133, 4139, 4140, 4141}
    assert state(desk) == before and desk.replica.value("SELECT max(seq) FROM change") == seq
    assert desk.schedule.of(demo.person("orlov")).is_working(at(5, 10))


def test_saving_and_replanning_are_one_step(desk: Desk) -> None:
    before = state(desk)
    view = consequences.preview(desk, sick)
    late = [notice.ticket_id for notice in view.notices]
    changes = consequences.apply(desk, view, dict.fromkeys(late, ("ru", "")), sick)
    assert changes.said[0] == "replanned"
    for block in planboard.view(desk, at(5, 0).date(), 2).blocks:
        assert block.person_id != demo.person("orlov")
    for ticket in late:
        assert "отсутствует" in drafts.load(desk, ticket)["slip"]["reason"]
    undo.revert(desk, changes.tx)
    assert state(desk) == before


def test_who_leaves_keeps_nothing_planned(desk: Desk) -> None:
    leave = partial(setup.save_specialist, row={"id": demo.person("sokolova"), "active": 0})
    view = consequences.preview(desk, leave)
    moved = {move.busy.number for move in (*view.diff.moved, *view.diff.reassigned, *view.diff.broken)}
    assert {4102, 4121, 4109, 4126, 4115, 4103} <= moved | {effect.number for effect in view.effects}
    assert 4117 in {effect.number for effect in view.effects if effect.change == "unplanned"}  # in progress: by hand
    assert all(move.person_to != demo.person("sokolova") for move in (*view.diff.moved, *view.diff.reassigned))
    consequences.apply(desk, view, save=leave)
    left = [b for b in planboard.view(desk, at(5, 0).date(), 9).blocks if b.person_id == demo.person("sokolova")]
    assert not [block.number for block in left if block.state == "planned" and block.number in moved]


def test_a_shorter_day_moves_what_lies_in_its_evening(desk: Desk) -> None:
    calendar = desk.replica.value("SELECT id FROM work_calendar")
    row = {"calendar_id": calendar, "day": "2026-11-05", "kind": "short", "name": "Short", "intervals": [[540, 780]]}
    view = consequences.preview(desk, partial(setup.save_day, row=row))
    assert {effect.number for effect in view.effects} >= {4137, 4115, 4139}
    assert 4132 not in {effect.number for effect in view.effects}


def test_nothing_to_ask_where_nothing_is_planned(desk: Desk) -> None:
    view = consequences.preview(
        desk, lambda d: setup.save_absence(d, demo.person("kim"), at(24, 0, month=12), at(26, 0, month=12), "vacation")
    )
    assert view.effects == () and view.diff.harmless


def test_a_plan_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    view = consequences.preview(desk, sick)
    block = next(b for b in planboard.view(desk, at(6, 0).date(), 1).blocks if b.number == 4103)
    planboard.pin(desk, block.id, True)
    with pytest.raises(Lapsed):
        consequences.apply(desk, view, save=sick)
    assert desk.replica.value("SELECT count(*) FROM absence WHERE kind = 'sick'") == 0


def test_what_became_of_the_plan_meanwhile_is_told_with_who_and_when(desk: Desk) -> None:
    view = consequences.preview(desk, sick)
    blocks = {b.number: b for b in planboard.view(desk, at(2, 0).date(), 8).blocks if b.kind == "work"}
    assert meanwhile.since(desk, view.diff.seen) == ()
    moved, freed = blocks[4103], blocks[4139]
    target = demo.person("kim")
    planboard.apply(desk, replanning.preview_move(desk, moved.id, target, at(9, 10)))
    planboard.unplan(desk, (freed.id,))
    terms.set_not_before(desk, blocks[4115].ticket_id, at(20, 0))
    sick(desk)
    told = {(one.code, one.number): one for one in meanwhile.since(desk, view.diff.seen)}
    gone = told["freed", 4139]
    assert (gone.person_id, gone.span) == (freed.person_id, Span(freed.start, freed.end)) and gone.by == desk.me
    went = told["moved", 4103]
    assert (went.person_before, went.person_id) == (moved.person_id, target)
    assert went.before == Span(moved.start, moved.end) and went.span is not None and went.span.start >= at(9, 10)
    assert ("terms", 4115) in told and ("hours", None) in told


def test_work_that_overruns_pushes_what_is_behind_it(desk: Desk) -> None:
    with pytest.raises(UserFacingError, match="fits"):
        consequences.overrun(desk, found(desk, 4117))
    assert isinstance(desk.clock, FixedClock)
    desk.replica.db.execute_sql("UPDATE ticket SET effort = 300 WHERE number = 4117")
    view = consequences.overrun(desk, found(desk, 4117))
    assert {effect.number for effect in view.effects} >= {4102, 4121}
    assert all(move.busy.number != 4104 for move in (*view.diff.moved, *view.diff.broken))


def test_what_nobody_else_can_do_goes_back_to_the_tray_and_is_no_kept_promise(desk: Desk) -> None:
    before = state(desk)
    leaver = demo.person("zhukov")
    leave = partial(setup.save_specialist, row={"id": leaver, "active": 0})
    view = consequences.preview(desk, leave)
    lost = {effect.number: effect for effect in view.effects if effect.change == "unplanned"}
    assert {4094, 4107, 4096, 4130, 4134} <= set(lost) and view.leaving
    assert len(view.diff.wont_fit) == len(set(view.diff.wont_fit)) == len(lost), "two pieces are one ticket"
    assert lost[4096].finish_before == at(5, 18) and lost[4096].promised is not None
    assert "СУБД" in view.lacking
    assert 4094 not in view.working, "what is under way is touched as well"
    row = next(row for row in view.rows if row.person_id == leaver)
    assert {strip.number for strip in row.before} >= {4094, 4096} and not [s for s in row.after if s.number == 4096]
    changes = consequences.apply(desk, view, save=leave)
    tray = {item.number: item for item in planboard.waiting(desk)}
    assert set(lost) <= set(tray) and tray[4096].promised_at == lost[4096].promised
    assert not desk.replica.rows("SELECT id FROM booking WHERE specialist_id = ? AND state <> 'done'", (leaver,))
    ended = desk.replica.rows(
        "SELECT state, end_at FROM booking WHERE ticket_id = ? AND specialist_id = ?", (found(desk, 4094), leaver)
    )
    assert ("done", to_ms(desk.clock.now())) in ended, "the work that was done stays seen"
    undo.revert(desk, changes.tx)
    assert state(desk) == before


def test_who_leaves_lets_go_without_a_new_plan_too(desk: Desk) -> None:
    setup.save_specialist(desk, {"id": demo.person("zhukov"), "active": 0})
    assert {4107, 4096, 4130, 4134} <= {item.number for item in planboard.waiting(desk)}
    assert 4092 not in {item.number for item in planboard.waiting(desk)}, "what is done stays done"
    setup.save_specialist(desk, {"id": demo.person("orlov"), "phone": "+7 495 000-00-00"})
    assert 4132 not in {item.number for item in planboard.waiting(desk)}


def test_work_whose_estimate_is_used_up_asks_for_a_new_one(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at(3, 12, 50))  # its block ended at 12:30, nothing is left of two hours
    with pytest.raises(UserFacingError, match="used up"):
        consequences.overrun(desk, found(desk, 4117))
    desk.replica.db.execute_sql("UPDATE ticket SET effort = 300 WHERE number = 4117")
    view = consequences.overrun(desk, found(desk, 4117))
    assert 4102 in {effect.number for effect in view.effects} and not view.diff.wont_fit


def test_who_is_on_the_road_when_the_hours_change_breaks_a_promise_and_says_so(desk: Desk) -> None:
    night = [[[1320, 1800]] if day < 5 else [] for day in range(7)]
    calendar = setup.save_calendar(desk, {"name": "Night", "zone": "Europe/Moscow", "week": night}).result
    row = {"id": demo.person("gareev"), "calendar_id": calendar}
    view = consequences.preview(desk, partial(setup.save_specialist, row=row))
    effect = next(effect for effect in view.effects if effect.number == 4087)  # on the way there now
    assert effect.change == "late" and effect.notice is not None, "the customer can be told a new date"
    assert not view.diff.wont_fit
