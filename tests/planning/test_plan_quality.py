"""What plans are judged by: the rivals, the bound, the arrivals and the re-plans of the benchmark, on small desks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import plan_quality
from benchmarks.plan_fewest import fewest
from benchmarks.plan_instances import NOW, RULES, arrivals, backlog, bound
from benchmarks.plan_quality import Price, absence, annealing, appended, atc, booked, online, ours, rule
from deskapp.planning.absence import hours_changed
from deskapp.planning.planner import Board, append_backlog, plan_backlog
from deskapp.planning.values import Absence, Span


def test_the_plan_beats_the_plain_rule_and_no_plan_beats_the_bound() -> None:
    pytest.importorskip("scipy")
    for seed in (1000, 1001):
        instance = backlog(seed, 60)
        board = Board(instance.jobs, instance.people, NOW, RULES)
        append = append_backlog(instance.jobs, instance.people, NOW, RULES).cost
        rule = atc(board).cost
        plan = plan_backlog(instance.jobs, instance.people, NOW, RULES, rounds=4000, seed=seed).cost
        low = bound(instance)
        assert low <= plan <= min(rule, append)
        assert low <= annealing(board, 0.05, seed).cost
        assert atc(board).cost == rule  # a board may be laid more than once


def test_arrivals_are_planned_as_they_come() -> None:
    instance = arrivals(1000, 60)
    cost = online(instance, ours(0, 1000, rounds=200))
    assert cost <= online(instance, rule) and cost <= appended(instance)
    assert cost == online(instance, ours(0, 1000, rounds=200))
    came = [job.not_before or NOW for job in instance.jobs]
    assert came == sorted(came) and all(job.deadline > at for job, at in zip(instance.jobs, came, strict=True))


@settings(max_examples=6, deadline=None)
@given(st.integers(1, 10_000))
def test_the_search_never_moves_more_promises_and_always_the_same_ones(seed: int) -> None:
    people = booked(seed, 40)
    after = absence(people, seed)
    one = Price.of(hours_changed(people, after, NOW, RULES, tries=1, pushed=0, steps=0))
    some = Price.of(hours_changed(people, after, NOW, RULES, steps=0))
    searched = hours_changed(people, after, NOW, RULES)
    assert Price.of(searched).promises <= some.promises <= one.promises
    assert hours_changed(people, after, NOW, RULES) == searched


#: Tickets booked, seed, promises that no plan moves fewer than, and those that orders of choosing move at their best.
FEWEST = (
    (100, 1001, 0, 3),
    (100, 1005, 1, 9),
    (100, 1010, 1, 3),
    (100, 1016, 3, 9),
    (100, 1018, 1, 6),
    (200, 1000, 0, 5),
)


@pytest.mark.parametrize(("tickets", "seed", "least", "orders"), FEWEST)
def test_an_absence_moves_no_more_promises_than_the_best_plan_known(
    tickets: int, seed: int, least: int, orders: int
) -> None:
    people = booked(seed, tickets)
    price = Price.of(hours_changed(people, absence(people, seed), NOW, RULES))
    assert price.promises == least < orders


def test_no_plan_moves_fewer_promises_than_the_bound() -> None:
    pytest.importorskip("scipy")
    people = booked(1016, 40)
    after = absence(people, 1016)
    low = fewest(people, after, 5)
    assert 0 <= low <= Price.of(hours_changed(people, after, NOW, RULES)).promises
    alone = [replace(person, skills={}, busy=()) if at else person for at, person in enumerate(people)]
    alone[0] = replace(alone[0], busy=tuple(replace(one, skill=None) for one in alone[0].busy))
    gone = Absence(Span(NOW, NOW + timedelta(days=60)), "sick")
    left = [replace(alone[0], calendar=replace(alone[0].calendar, absences=(gone,))), *alone[1:]]
    tickets = {one.ticket_id for one in alone[0].busy}
    assert tickets and fewest(alone, left, 5) == len(tickets), "nobody else may have it: all of it is late"


def test_the_table_says_whether_its_bar_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert plan_quality.table("backlog", 20, [1000], 0.02, 0.0, bounded=False)
    assert plan_quality.replans([1000], 20, 2) in (True, False)
    said = capsys.readouterr().out
    assert "append" in said and "ours" in said and "more promises than the best found" in said
