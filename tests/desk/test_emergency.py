"""An outage on the demo desk: the ways to begin at once, their price, and one step that does and undoes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskapp.core.clock import FixedClock, from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import demo, drafts, emergency, intake, planboard, promise, setup, triage, undo
from deskapp.desk.desk import Desk

from .demo_desk import at, copied, found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = copied(tmp_path)
    yield desk
    desk.replica.disconnect()


@pytest.fixture
def outage(desk: Desk) -> str:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at(3, 11, 38))
    changes = intake.by_hand(
        desk,
        "12 SIP-каналов не отвечают",
        contact_name="Ильдар Хасанов",
        address="i.hasanov@teleset-plus.example",
        channel="phone",
        urgency=1,
        effort=180,
    )
    triage.set_skill(desk, changes.result, demo.named("skill", "telephony"))
    desk.clock.set(at(3, 11, 42))
    return str(changes.result)


def test_the_way_of_the_design(desk: Desk, outage: str) -> None:
    view = emergency.view(desk, outage)
    assert (view.number, view.minutes, view.assumed) == (4151, 180, False)
    assert (view.clause.minutes, view.clause.hours, view.clause.until) == (60, "24×7", at(3, 12, 38))
    first = view.ways[0]
    assert first.option.person_id == demo.person("gareev")
    assert (first.option.start, first.option.finish) == (at(3, 11, 45), at(3, 15, 45))
    assert first.option.contract_met and first.option.breaks == 1
    late = [effect for effect in first.view.effects if effect.change == "late"]
    assert [effect.number for effect in late] == [4087]
    assert late[0].promised == at(3, 17) and (late[0].slack_after or 0) < 0
    notice = late[0].notice
    assert notice is not None and notice.date >= late[0].finish_after  # type: ignore[operator]
    assert "авария" in notice.letters["ru"].body and "outage" in notice.letters["en"].body
    assert notice.letters["ru"].to == (("Олег Петров", "o.petrov@bakery3.example"),)
    others = [way.option for way in view.ways[1:]]
    assert others and all(option.starts_late == 82 for option in others) and others[0].breaks == 0
    assert {4104, 4117, 4124, 4125, 4090, 4094} <= set(first.view.working)


def test_before_and_after_are_drawn_for_those_who_are_touched(desk: Desk, outage: str) -> None:
    view = emergency.view(desk, outage).ways[0].view
    rows = {row.person_id: row for row in view.rows}
    own = rows[demo.person("gareev")]
    assert 4087 in {strip.number for strip in own.before if strip.mark == "gone"}
    assert {(strip.number, strip.mark) for strip in own.after} >= {(4151, "new"), (4087, "late")}
    assert view.days[0].day.day == 3 and len(view.days) <= 4
    assert view.untouched > 10 and view.people == 7


def test_applying_is_one_step_and_prepares_letters(desk: Desk, outage: str) -> None:
    def plan() -> list[tuple[object, ...]]:
        return desk.replica.rows("SELECT id, specialist_id, start_at, end_at, state FROM booking ORDER BY id")

    before = plan()
    way = emergency.view(desk, outage).ways[0]
    changes = emergency.apply(desk, outage, way, {found(desk, 4087): ("ru", "")})
    assert changes.said[0] == "replanned" and changes.said[1]["number"] == 4151
    row = desk.replica.row("SELECT owner_id, urgency FROM ticket WHERE id = ?", (outage,))
    assert row == (demo.person("gareev"), 1)
    draft = drafts.load(desk, found(desk, 4087))["slip"]
    assert draft["date"].startswith(("05.11.2026", "06.11.2026", "09.11.2026")) and "авария" in draft["reason"]
    assert desk.replica.value("SELECT count(*) FROM held_letter WHERE kind = 'slip'") == 0
    travel = [b for b in planboard.view(desk, at(3, 0).date(), 1).blocks if b.number == 4087 and b.kind == "travel"]
    assert [(b.end, b.state) for b in travel] == [(at(3, 11, 42), "done")]
    undo.revert(desk, changes.tx)
    assert plan() == before
    assert "slip" not in drafts.load(desk, found(desk, 4087))


def test_who_is_left_out_gets_no_letter_prepared(desk: Desk, outage: str) -> None:
    way = emergency.view(desk, outage).ways[0]
    assert [notice.number for notice in way.view.notices] == [4087]
    emergency.apply(desk, outage, way)
    assert "slip" not in drafts.load(desk, found(desk, 4087))


def test_a_letter_that_somebody_works_on_stays_after_undo(desk: Desk, outage: str) -> None:
    way = emergency.view(desk, outage).ways[0]
    changes = emergency.apply(desk, outage, way, {found(desk, 4087): ("en", "")})
    drafts.save(desk, found(desk, 4087), "slip", {"date": "05.11.2026 17:00", "reason": "Own words"})
    undo.revert(desk, changes.tx)
    assert drafts.load(desk, found(desk, 4087))["slip"]["reason"] == "Own words"


def test_a_plan_that_has_changed_is_not_overwritten(desk: Desk, outage: str) -> None:
    way = emergency.view(desk, outage).ways[0]
    block = next(b for b in planboard.view(desk, at(5, 0).date(), 1).blocks if b.number == 4132)
    planboard.unplan(desk, [block.id])
    with pytest.raises(Lapsed):
        emergency.apply(desk, outage, way)


def test_laying_down_work_names_the_ticket_and_asks_for_a_handover(desk: Desk, outage: str) -> None:
    view = emergency.view(desk, outage, skill_id=demo.named("skill", "accounting"))
    way = view.interrupting
    assert way is not None and way.option.interrupts is not None
    laid_down = way.option.interrupts
    assert way.option.start == at(3, 11, 45) and laid_down.in_progress
    with pytest.raises(UserFacingError, match="handover"):
        emergency.apply(desk, outage, way)
    emergency.apply(desk, outage, way, handover="Проведены 3 из 7 накладных")
    assert desk.replica.value(
        "SELECT text FROM note WHERE ticket_id = ? ORDER BY made_at DESC LIMIT 1", (laid_down.ticket_id,)
    ) == ("Проведены 3 из 7 накладных")
    states = desk.replica.rows(
        "SELECT state FROM booking WHERE ticket_id = ? ORDER BY start_at", (laid_down.ticket_id,)
    )
    assert states[0] == ("done",) and ("planned",) in states


def test_the_answer_to_an_emergency_is_its_plan(desk: Desk, outage: str) -> None:
    way = emergency.view(desk, outage).ways[0]
    emergency.apply(desk, outage, way, {found(desk, 4087): ("en", "")})
    planned = [span for _ticket, _person, spans in way.option.diff.assigned for span in spans]
    view = promise.propose(desk, outage)
    first = view.proposals.slots[0]
    assert (first.person_id, list(first.pieces)) == (way.option.person_id, planned)
    assert first.reasons[0].code == "as_planned" and first.promise > planned[-1].end
    assert view.letters[0].body and len(view.proposals.slots) <= 3
    promise.give(desk, outage, first, view.letters[0])
    stands = desk.replica.rows(
        "SELECT start_at, end_at FROM booking WHERE ticket_id = ? AND kind = 'work' ORDER BY start_at", (outage,)
    )
    assert [(from_ms(start), from_ms(end)) for start, end in stands] == [(span.start, span.end) for span in planned]
    longer = promise.propose(desk, outage, minutes=600)  # another effort is planned anew
    assert all(slot.reasons[0].code != "as_planned" for slot in longer.proposals.slots)


def test_without_an_estimate_or_a_clause(desk: Desk) -> None:
    lost = emergency.view(desk, found(desk, 4143))
    assert (lost.problem, lost.ways, lost.clause.minutes) == ("no_estimate", (), None)
    tried = emergency.view(desk, found(desk, 4143), minutes=60)
    assert tried.ways and tried.minutes == 60 and all(way.option.contract_met for way in tried.ways)
    emergency.apply(desk, found(desk, 4143), tried.ways[0], minutes=60)
    row = desk.replica.row("SELECT effort, urgency, owner_id FROM ticket WHERE number = 4143")
    assert row == (60, 1, tried.ways[0].option.person_id)


def test_office_hours_of_a_contract_are_counted_as_such(desk: Desk) -> None:
    contract = desk.replica.value("SELECT id FROM contract WHERE number = 'ТП-092'")
    from deskapp.models.schema import Contract

    with desk.act("settings") as act:
        act.update(Contract, contract, start_minutes=240)
    until = emergency.clause(desk, found(desk, 4129)).until
    assert until == desk.schedule.desk_calendar.add_work(at(3, 10, 20), timedelta(minutes=240))
    assert setup.rule(desk)["margin"] == 30
