"""A backlog planned at once: sound, better than hanging tickets at the end, and quiet towards what is booked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from benchmarks.plan_instances import NOW as START
from benchmarks.plan_instances import RULES, backlog
from deskapp.planning.absence import hours_changed
from deskapp.planning.planner import Plan, append_backlog, plan_backlog
from deskapp.planning.values import Absence, Busy, Job, Person, Rules, Span

from .mockup import NOW, PEOPLE, VOLGA_AGRO, at, booked, hours, span


def check(plan: Plan, jobs: list[Job], people: list[Person] | tuple[Person, ...]) -> None:
    by_id = {person.id: person for person in people}
    placed = {ticket: (who, spans) for ticket, who, spans in plan.diff.assigned}
    assert len(placed) == len(plan.diff.assigned)
    assert set(placed) | set(plan.diff.wont_fit) == {job.ticket_id for job in jobs}
    for job in jobs:
        if job.ticket_id in placed:
            who, spans = placed[job.ticket_id]
            assert job.skill in by_id[who].skills
            assert sum(span.minutes for span in spans) >= (job.minutes or 0)
    for person in people:
        taken: list[Span] = [one for who, spans in placed.values() if who == person.id for one in spans]
        for piece in taken:
            assert person.calendar.work_between(piece.start, piece.end) == piece.end - piece.start
        taken += [busy.span for busy in person.busy]
        taken.sort(key=lambda one: one.start)
        assert all(a.end <= b.start for a, b in pairwise(taken))
    assert not (plan.diff.moved or plan.diff.broken or plan.diff.reassigned)


def test_a_planned_backlog_is_sound_and_later_by_less() -> None:
    for seed in (1, 2):
        instance = backlog(seed, 80)
        jobs, people = list(instance.jobs), instance.people
        append = append_backlog(jobs, people, START, RULES)
        rule = plan_backlog(jobs, people, START, RULES, rounds=0)
        plan = plan_backlog(jobs, people, START, RULES, rounds=4000, seed=seed)
        for one in (append, rule, plan):
            check(one, jobs, people)
        assert plan.cost <= rule.cost < append.cost
        assert plan == plan_backlog(jobs, people, START, RULES, rounds=4000, seed=seed)


def test_a_backlog_goes_around_what_is_booked_and_names_what_does_not_fit() -> None:
    jobs = [
        VOLGA_AGRO,
        replace(VOLGA_AGRO, ticket_id="later", not_before=at(9, "10:00"), minutes=60),
        replace(VOLGA_AGRO, ticket_id="nobody", skill="welding"),
        replace(VOLGA_AGRO, ticket_id="unknown", minutes=None),
        replace(VOLGA_AGRO, ticket_id="endless", minutes=200 * 60),
    ]
    plan = plan_backlog(jobs, PEOPLE, NOW, rounds=500)
    check(plan, jobs, PEOPLE)
    assert {"nobody", "unknown"} <= set(plan.diff.wont_fit)
    later = next(spans for ticket, _, spans in plan.diff.assigned if ticket == "later")
    assert later[0].start >= at(9, "10:00")


def test_a_vacation_is_time_that_passes() -> None:
    away = Absence(Span(at(3, "0:00"), at(16, "0:00")), "vacation")
    gone = Person("gone", "", hours(away), (1,))
    here = Person("here", "", hours(), (1,))
    jobs = [Job(f"t{n}", 240, n, urgency=3) for n in range(6)]
    plan = plan_backlog(jobs, (gone, here), NOW, Rules(calendar=hours()), rounds=2000)
    # Three days of work for one; nobody waits two weeks for the other.
    assert {who for _, who, _ in plan.diff.assigned} == {"here"}
    busy = Busy("b", span(5, "9:00-11:00"), "t", 1, at(5, "12:00"), skill="")
    before = (replace(gone, calendar=hours(), busy=(busy,)), replace(here, busy=(booked(2, 5, "9:00-13:00"),)))
    diff = hours_changed(before, (replace(before[0], calendar=hours(away)), before[1]), NOW, Rules(calendar=hours()))
    (change,) = diff.reassigned
    assert change.person_to == "here" and change.finish_after <= at(5, "12:00")
    assert [one.busy.number for one in diff.moved] == [2]  # it made room, and nobody had promised it


def test_nothing_to_plan() -> None:
    assert plan_backlog([], PEOPLE, NOW).diff.assigned == ()
    assert plan_backlog([VOLGA_AGRO], [], NOW).diff.wont_fit == ("t4129",)
