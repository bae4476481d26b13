"""Generated desks whose planning can be judged, and the bound that no plan of them beats.

Ten specialists with up to two of five skills each, eight hours a day with lunch, one to three meetings in the week;
tickets of half an hour to four hours in half hours, each of one skill, with an urgency (weight 8, 4, 2, 1). Margins are
off. The tickets were received one after another, and each is due some two working days after it was received, ten per
cent more or less: what came first is due first, so that a queue in order of arrival is no fool, and a plan has to know
better. In *backlog* all of them came in before now and nobody has begun: 100 tickets during the last two working days,
200 during three and a half, and are due as long after they came; in *arrivals* they come in from now on, half as many
again as the team can do, and are due one working day later.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from deskapp.planning.planner import WEIGHTS
from deskapp.planning.ticks import MINUTE, to_ticks
from deskapp.planning.values import Absence, Job, Person, Rules, Skill, Span
from deskapp.planning.worktime import WorkCalendar, office_week

NOW = datetime(2026, 11, 9, 6, tzinfo=UTC)  # a Monday, nine in the morning in Moscow
OFFICE = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
DAY = 8 * 60  # working minutes
SLOT = 30
LENGTHS = (1, 1, 2, 2, 3, 3, 4, 5, 6, 8)  # half hours
URGENCIES = (1, 2, 2, 3, 3, 3, 4, 4)
SKILLS = ("exchange", "accounting", "databases", "telephony", "code")
SPREAD = 0.1
#: Tickets that come in a working day; the team does some 50.
ARRIVING_A_DAY = 80
# The bound knows no smallest piece, so that the plan is measured without it too.
RULES = Rules(margin=0, min_piece=30, min_beside_break=30, horizon_days=20)


@dataclass(frozen=True)
class Instance:
    jobs: tuple[Job, ...]  # in order of receipt; ``not_before`` is when it was received, if that is still ahead
    people: tuple[Person, ...]


def team(rng: random.Random) -> tuple[Person, ...]:
    people = []
    for number in range(10):
        meetings = []
        for _ in range(rng.randint(1, 3)):
            start = NOW + timedelta(days=rng.randint(0, 4), minutes=30 * rng.choice((0, 2, 4, 10, 12, 14)))
            meetings.append(Absence(Span(start, start + timedelta(minutes=60)), "meeting"))
        calendar = WorkCalendar("Europe/Moscow", office_week(OFFICE), {}, tuple(meetings))
        known = {SKILLS[number % len(SKILLS)], rng.choice(SKILLS)}
        people.append(Person(f"p{number}", "", calendar, (1,), {skill: Skill(5) for skill in sorted(known)}))
    return tuple(people)


def backlog(seed: int, tickets: int) -> Instance:
    due = max(2 * DAY, round(DAY * (0.5 + 0.015 * tickets)))
    return _instance(seed, [-due * (tickets - number) // tickets for number in range(tickets)], due)


def arrivals(seed: int, tickets: int) -> Instance:
    apart = DAY / ARRIVING_A_DAY
    return _instance(seed, [round(number * apart) for number in range(tickets)], DAY)


def _instance(seed: int, received: Sequence[int], due_in: int) -> Instance:
    """``received``: working minutes after now, negative before; ``due_in``: working minutes from then on."""
    rng = random.Random(seed)
    people = team(rng)
    calendar = WorkCalendar("Europe/Moscow", office_week(OFFICE))
    jobs = []
    for number, at in enumerate(received):
        length = SLOT * rng.choice(LENGTHS)
        urgency = rng.choice(URGENCIES)
        due = at + round(due_in * rng.uniform(1 - SPREAD, 1 + SPREAD))
        due = max(SLOT, round(due / SLOT) * SLOT)
        skill = rng.choice(SKILLS)
        came = calendar.add_work(NOW, at) if at > 0 else None
        deadline = calendar.add_work(NOW, due)
        jobs.append(Job(f"t{number}", length, number, skill, 0, urgency, came, deadline))
    return Instance(tuple(jobs), people)


def bound(instance: Instance) -> float:
    """The value of the linear relaxation; no plan of this instance costs less, not even one that knows the future."""
    import numpy
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    jobs, people = instance.jobs, instance.people
    now = to_ticks(NOW)
    work = sum(job.minutes or 0 for job in jobs) // SLOT
    last = max((to_ticks(job.not_before) for job in jobs if job.not_before is not None), default=now)
    ahead = people[0].calendar.work_ticks(now, last) // MINUTE // SLOT
    deep = round(work / len(people) * 2.2) + 8 + ahead
    slots: list[list[tuple[int, int]]] = []  # person -> (begin in ticks, working minutes since now at its end)
    for person in people:
        table = []
        for start, end in person.calendar.stretches(now, now + 60 * 24 * 60 * MINUTE):
            for at in range(start + SLOT * MINUTE, end + 1, SLOT * MINUTE):
                table.append((at - SLOT * MINUTE, person.calendar.work_ticks(now, at) // MINUTE))
        slots.append(table[:deep])
    costs: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    for index, job in enumerate(jobs):
        length = (job.minutes or 0) // SLOT
        assert job.deadline is not None
        release = now if job.not_before is None else to_ticks(job.not_before)
        for who, person in enumerate(people):
            if job.skill not in person.skills:
                continue
            due = person.calendar.work_ticks(now, to_ticks(job.deadline)) // MINUTE
            table = slots[who]
            for begin in range(len(table) - length + 1):
                # A half hour in which it arrives counts as its own: the bound may only be too kind.
                if table[begin][0] + SLOT * MINUTE <= release:
                    continue
                column = len(costs)
                costs.append(WEIGHTS[job.urgency] * max(0, table[begin + length - 1][1] - due))
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
    return max(0.0, float(solved.fun) * (1 - 1e-6))
