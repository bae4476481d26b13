"""How good a planned backlog is, measured against a bound and not against taste.

Instances: 10 specialists with up to two of five skills each, eight hours a day with lunch, one to three meetings in
the week; 100 or 200 tickets of half an hour to four hours in half hours, each of one skill, with an urgency (weight 8,
4, 2, 1) and a deadline between now and the end of a fairly shared load. Margins are off. Cost = weighted working
minutes past the deadlines. All tickets are there at the start (backlog).

    score = (append - plan) / (append - bound)

*append* hangs each ticket at the end of the first free fitting queue; *dispatch* is the ATC rule that the search
starts from. *bound* is the linear relaxation of the problem in half hours of free time: each ticket begins at exactly
one (person, half hour), each half hour holds at most one ticket. A schedule that interrupts work cannot beat it: on
one person's free time, finishing in the same order without interruption is never later. Where the bound is over 90 %
of append, only the costs are printed.

    python -m benchmarks.plan_quality [--tickets 100 200] [--seeds 1000-1019] [--seconds 2]

The bound needs scipy (HiGHS); without it only the costs are printed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import fmean

from deskapp.planning.planner import WEIGHTS, append_backlog, plan_backlog
from deskapp.planning.ticks import MINUTE, to_ticks
from deskapp.planning.values import Absence, Job, Person, Rules, Skill, Span
from deskapp.planning.worktime import WorkCalendar, office_week

NOW = datetime(2026, 11, 9, 6, tzinfo=UTC)  # a Monday, nine in the morning in Moscow
OFFICE = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
SLOT = 30
# The bound knows no smallest piece, so that the plan is measured without it too.
RULES = Rules(margin=0, min_piece=30, min_beside_break=30, horizon_days=20)


def instance(seed: int, tickets: int) -> tuple[list[Job], list[Person]]:
    rng = random.Random(seed)
    skills = ["exchange", "accounting", "databases", "telephony", "code"]
    people = []
    for number in range(10):
        meetings = []
        for _ in range(rng.randint(1, 3)):
            start = NOW + timedelta(days=rng.randint(0, 4), minutes=30 * rng.choice((0, 2, 4, 10, 12, 14)))
            meetings.append(Absence(Span(start, start + timedelta(minutes=60)), "meeting"))
        calendar = WorkCalendar("Europe/Moscow", office_week(OFFICE), {}, tuple(meetings))
        known = {skills[number % 5], rng.choice(skills)}
        people.append(Person(f"p{number}", "", calendar, (1,), {skill: Skill(5) for skill in sorted(known)}))
    lengths = [SLOT * rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8)) for _ in range(tickets)]
    share = sum(lengths) / len(people)
    jobs = []
    for number, length in enumerate(lengths):
        due = people[0].calendar.add_work(NOW, round(rng.uniform(0.1, 0.9) * share / SLOT) * SLOT)
        urgency = rng.choice((1, 2, 2, 3, 3, 3, 4, 4))
        jobs.append(Job(f"t{number}", length, number, rng.choice(skills), 0, urgency, deadline=due))
    return jobs, people


def bound(jobs: list[Job], people: list[Person]) -> float:
    """The value of the linear relaxation; no plan of this instance costs less."""
    import numpy
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    now = to_ticks(NOW)
    able = [[who for who, p in enumerate(people) if job.skill in p.skills] for job in jobs]
    work = sum(job.minutes or 0 for job in jobs) // SLOT
    deep = round(work / len(people) * 2.2) + 8
    ends: list[list[int]] = []  # person -> after the n-th half hour: working minutes since now
    for person in people:
        table = []
        for start, end in person.calendar.stretches(now, now + 60 * 24 * 60 * MINUTE):
            for at in range(start + SLOT * MINUTE, end + 1, SLOT * MINUTE):
                table.append(person.calendar.work_ticks(now, at) // MINUTE)
        ends.append(table[:deep])
    costs: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    for index, job in enumerate(jobs):
        length = (job.minutes or 0) // SLOT
        assert job.deadline is not None
        for who in able[index]:
            due = people[who].calendar.work_ticks(now, to_ticks(job.deadline)) // MINUTE
            for begin in range(len(ends[who]) - length + 1):
                column = len(costs)
                costs.append(WEIGHTS[job.urgency] * max(0, ends[who][begin + length - 1] - due))
                rows.append(index)
                columns.append(column)
                for slot in range(begin, begin + length):
                    rows.append(len(jobs) + who * deep + slot)
                    columns.append(column)
    shape = (len(jobs) + len(people) * deep, len(costs))
    matrix = csr_matrix((numpy.ones(len(rows)), (rows, columns)), shape=shape)
    once, capacity = matrix[: len(jobs)], matrix[len(jobs) :]
    solved = linprog(
        costs, capacity, numpy.ones(capacity.shape[0]), once, numpy.ones(len(jobs)), (0, None), method="highs-ipm"
    )
    if solved.status != 0:
        raise RuntimeError(solved.message)
    # An interior point's value may lie a hair above the optimum; the bound must not.
    return float(solved.fun) * (1 - 1e-6)


def stopwatch(seconds: float) -> Callable[[], float]:
    """Share of the allowed time that is used."""
    began = time.perf_counter()
    return lambda: (time.perf_counter() - began) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="Plan quality against append and the linear bound")
    parser.add_argument("--tickets", type=int, nargs="+", default=[100, 200])
    parser.add_argument("--seeds", default="1000-1019")
    parser.add_argument("--seconds", type=float, default=2.0)
    chosen = parser.parse_args()
    first, _, last = chosen.seeds.partition("-")
    try:
        import scipy  # noqa: F401
    except ImportError:
        bounded = False
        print("scipy is missing: costs without the bound")
    else:
        bounded = True
    for tickets in chosen.tickets:
        scores: list[float] = []
        rules: list[float] = []
        print(f"\n{tickets} tickets   append  dispatch     plan    bound   dispatch score   plan score   bound s")
        for seed in range(int(first), int(last or first) + 1):
            jobs, people = instance(seed, tickets)
            append = append_backlog(jobs, people, NOW, RULES)
            rule = plan_backlog(jobs, people, NOW, RULES, rounds=0)
            plan = plan_backlog(jobs, people, NOW, RULES, stopwatch(chosen.seconds), seed=seed)
            assert not plan.diff.wont_fit
            line = f"seed {seed:>6} {append.cost:>9.0f} {rule.cost:>9.0f} {plan.cost:>8.0f}"
            if not bounded:
                print(line)
                continue
            began = time.perf_counter()
            low = bound(jobs, people)
            spent = time.perf_counter() - began
            line += f" {low:>8.0f}"
            if low > 0.9 * append.cost:
                print(line + "   light load")
                continue
            rules.append((append.cost - rule.cost) / (append.cost - low))
            scores.append((append.cost - plan.cost) / (append.cost - low))
            print(line + f" {rules[-1]:>16.3f} {scores[-1]:>12.3f} {spent:>9.1f}", flush=True)
        if scores:
            print(f"mean{'':>56}{fmean(rules):.3f}        {fmean(scores):.3f}   worst {min(scores):.3f}")


if __name__ == "__main__":
    main()
