"""An outage: who begins at once, what it costs, and what it never touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from deskapp.planning.emergency import emergency
from deskapp.planning.values import Busy, Person, Skill, Span

from .mockup import GAREEV, NOW, ORLOV, PEOPLE, ZHUKOV, at, booked, hours, span
from .test_replan import TELESET, numbers


def test_the_emergency_of_the_mock_up() -> None:
    options = emergency(TELESET, PEOPLE, NOW, reaction_until=at(3, "12:38"))
    first, second, third = options
    assert (first.person_id, first.start, first.finish) == ("gareev", at(3, "11:45"), at(3, "15:45"))
    assert first.pieces == (span(3, "11:45-13:00"), span(3, "14:00-15:45"))
    assert (first.contract_met, first.breaks) == (True, 1)
    (late,) = first.diff.broken
    assert (late.busy.number, late.spans, late.late) == (4087, (span(5, "10:00-13:00"),), 240)
    changes = {change.busy.number: change for change in (*first.diff.moved, *first.diff.reassigned)}
    assert changes[4111].finish_after == at(5, "16:00")
    assert changes[4122].finish_after == at(5, "18:00")
    assert [reason.code for reason in first.reasons] == ["similar", "on_the_road", "moves"]
    kept = [change for change in changes.values() if change.busy.promise is not None]
    lost = [hours().work_between(change.finish_before, change.finish_after) for change in kept]
    assert first.slack_used == sum(lost, timedelta()) // timedelta(minutes=1) > 0

    assert (second.person_id, second.start, second.finish) == ("orlov", at(3, "14:00"), at(3, "17:00"))
    assert second.starts_late == 82 and not second.contract_met
    assert {reason.code for reason in second.reasons} >= {"similar", "busy_until"}
    assert third.starts_late == 82
    assert "needs_briefing" in {reason.code for reason in third.reasons}
    for option in options:
        assert not any(change.busy.in_progress for change in (*option.diff.moved, *option.diff.broken))


def test_the_contract_comes_before_promises_and_skill_before_an_early_end() -> None:
    outage = replace(TELESET, minutes=60)
    known = {"telephony": Skill(3)}
    at_once = replace(ORLOV, id="at_once", skills=known, busy=(booked(1, 3, "11:45-13:00", at(3, "13:00")),))
    after_lunch = replace(ORLOV, id="after_lunch", skills=known, busy=(booked(2, 3, "11:00-13:00", in_progress=True),))

    def order(*people: Person, until: datetime | None = None) -> list[tuple[str, int]]:
        return [(one.person_id, one.breaks) for one in emergency(outage, people, NOW, reaction_until=until)]

    assert order(at_once, after_lunch) == [("after_lunch", 0), ("at_once", 1)]
    assert order(at_once, after_lunch, until=at(3, "12:38")) == [("at_once", 1), ("after_lunch", 0)]
    stranger = replace(ORLOV, id="stranger", lines=(1,), skills={}, busy=())
    assert order(after_lunch, stranger) == [("after_lunch", 0), ("stranger", 0)]
    free = replace(after_lunch, id="free", busy=())
    assert order(after_lunch, free) == [("free", 0), ("after_lunch", 0)]
    (late,) = emergency(outage, (free,), NOW, reaction_until=at(3, "11:45") - timedelta(seconds=20))
    assert (late.starts_late, late.contract_met) == (1, False), "a part of a minute is late, too"


def test_who_knows_the_work_is_asked_whatever_the_line() -> None:
    third = replace(ORLOV, id="third", lines=(3,), skills={"telephony": Skill(3)}, busy=())
    nobody = replace(third, id="nobody", skills={})
    assert [one.person_id for one in emergency(replace(TELESET, line=1), (third, nobody), NOW)] == ["third"]


def test_an_outage_that_nobody_may_begin_yet_waits() -> None:
    (held,) = emergency(replace(TELESET, minutes=60, not_before=at(3, "15:00")), (replace(GAREEV, busy=()),), NOW)
    assert (held.start, held.finish) == (at(3, "15:00"), at(3, "16:00"))


def test_who_is_on_the_road_turns_round_only_if_the_visit_then_waits() -> None:
    way = booked(50, 3, "11:30-12:30", kind="travel", in_progress=True)
    outage = replace(TELESET, minutes=60)

    def option(visit: str, pinned: bool = False) -> tuple[datetime, list[str]]:
        busy = (replace(way, pinned=pinned), booked(50, 3, visit, kind="visit"))
        (found,) = emergency(outage, (replace(GAREEV, busy=busy),), NOW)
        return found.start, [change.busy.kind for change in found.diff.moved]

    assert option("12:30-13:00") == (at(3, "11:45"), ["visit", "travel"])
    start, moved = option("14:00-15:00")  # an hour for the outage would be left before it
    assert start >= at(3, "12:30") and "travel" not in moved
    start, moved = option("12:30-13:00", pinned=True)
    assert start >= at(3, "12:30") and "travel" not in moved


def test_work_that_is_laid_down_stays_with_who_has_begun_it() -> None:
    begun = replace(booked(1, 3, "11:00-13:00", at(3, "13:00"), in_progress=True), skill="")
    one, other = replace(GAREEV, id="one", busy=(begun,)), replace(GAREEV, id="other", busy=())
    options = emergency(TELESET, (one, other), NOW, interrupting=True)
    option = next(found for found in options if found.person_id == "one")
    assert option.interrupts is not None and option.interrupts.id == begun.id
    (late,) = option.diff.broken
    assert late.person_to == "one" and not option.diff.reassigned
    assert late.spans[0] == span(3, "11:00-11:42"), "what was done of it stays seen"


def test_interrupting_is_an_option_of_its_own_that_names_the_ticket() -> None:
    plain = emergency(TELESET, (ORLOV,), NOW)
    (option,) = emergency(TELESET, (ORLOV,), NOW, interrupting=True)
    assert plain[0].interrupts is None and plain[0].start == at(3, "14:00")
    assert option.start == at(3, "11:45")
    assert option.interrupts is not None and option.interrupts.number == 4104
    changes = [c for c in (*option.diff.moved, *option.diff.broken) if c.busy.number == 4104]
    assert changes[0].spans[0] == Span(at(3, "9:00"), NOW)
    assert sum(piece.minutes for piece in changes[0].spans[1:]) == 78
    pinned = replace(ZHUKOV, skills={"telephony": Skill(1)})
    assert emergency(TELESET, (pinned,), NOW, interrupting=True)[0].interrupts is None


def test_what_breaks_down_on_friday_afternoon_is_begun_on_friday_afternoon() -> None:
    friday = at(6, "16:40")
    free = replace(ORLOV, busy=())
    (option,) = emergency(TELESET, (free,), friday, reaction_until=at(6, "17:40"))
    assert option.pieces == (span(6, "16:45-18:00"), span(9, "9:00-10:45")) and option.contract_met
    (option,) = emergency(TELESET, (free,), at(6, "17:35"), reaction_until=at(6, "18:35"))
    assert option.pieces == (span(9, "9:00-12:00"),), "a quarter of an hour is no beginning"
    whole = replace(TELESET, splittable=False)
    assert emergency(whole, (free,), friday)[0].start == at(9, "9:00"), "what was agreed on its time is kept"
    visit = replace(TELESET, travel=30)
    assert emergency(visit, (free,), friday)[0].start >= at(9, "9:00"), "nobody goes home from a customer's and back"
    meeting = Busy("m", span(6, "17:30-18:00"), "m", pinned=True)
    (option,) = emergency(TELESET, (replace(free, busy=(meeting,)),), friday)
    assert option.start == at(9, "9:00"), "what lies before a fixed block is no evening"


def test_a_promise_that_would_break_goes_to_a_colleague_who_can_keep_it() -> None:
    visible = replace(
        ORLOV,
        busy=tuple(replace(b, skill="exchange") for b in ORLOV.busy),
        skills={**ORLOV.skills},
    )
    helper = Person("helper", "", hours(), (2,), {"exchange": Skill(1)})
    options = emergency(TELESET, (visible, helper), NOW)
    assert options[0].person_id == "orlov"
    assert numbers(options[0].diff.reassigned) == [4098]
    assert options[0].breaks == 0
    assert options[0].diff.reassigned[0].person_to == "helper"
