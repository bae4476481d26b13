"""How good plans are, measured against a bound and against rivals, and not against taste.

The instances (``plan_instances``): 10 specialists, 100 or 200 tickets, skills, lunch, meetings, weighted deadlines, in
two families. *Backlog*: all tickets are there at the start and are planned once, within ``--seconds`` of one core
(processor time, so that other load changes no score).
*Arrivals*: they come one after another, nothing is known beforehand, what was begun stays, and at each arrival all the
rest is planned anew within a share of ``--arrival`` seconds. Margins are off. Cost = weighted working minutes past the
deadlines.

    score = (append - plan) / (append - bound)

*append* hangs each ticket at the end of the first free fitting queue. *ATC* is the plain dispatch rule of apparent
tardiness cost (weight / length * exp(-slack / (2 * usual length))): whoever is free first takes the most pressing
ticket. *annealing* is plain simulated annealing over the queues' orders from append's, one move of one ticket at a
time, in the same seconds (at each arrival, for arrivals). *bound* is the linear relaxation of the problem in half
hours of free time: each ticket begins at exactly one (person, half hour), each half hour holds at most one ticket. A
schedule that interrupts work cannot beat it: on one person's free time, finishing in the same order in one go is
never later. For arrivals it knows the future, which no plan does. Where the bound is over 90 % of append, only the
costs are printed.

*Re-plans*: a booked team (the backlog's plan, each finish told as a promise, half an hour to five hours of working
time added) loses a specialist for one or two days. What the planner proposes is judged first by the number of promises
moved, then by minutes late, then by blocks moved. Beside it: what choosing new places one after another gets (*orders*:
the best of ``--tries`` in which nobody is pushed and as many in which others are pushed within their slack, without
the search); the *best found* of all, the planner's own search with ``--longer`` times the steps among them; and the
number of promises that *no plan* stays under (``plan_fewest``, at most ``--proof`` seconds each). Last the first option
for an outage of three hours.

    python -m benchmarks.plan_quality [--tickets 100 200] [--seeds 1000-1019] [--seconds 2] [--families backlog ...]

The bounds need scipy (HiGHS); without it only the costs are printed. The bars: mean over the seeds of backlog >= 0.90
at 100 and >= 0.93 at 200 tickets; re-plans move no more promises than the best found.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp
from statistics import fmean, median

from benchmarks.plan_fewest import fewest
from benchmarks.plan_instances import NOW, RULES, Instance, arrivals, backlog, bound
from deskapp.planning.absence import hours_changed
from deskapp.planning.chains import STEPS
from deskapp.planning.emergency import emergency
from deskapp.planning.lane import Lane, horizon
from deskapp.planning.planner import WEIGHTS, Board, Plan, append_backlog, plan_backlog
from deskapp.planning.ticks import MINUTE, from_ticks, to_ticks
from deskapp.planning.values import Absence, Busy, Job, Person, PlanDiff, Span

BARS = {100: 0.90, 200: 0.93}
FAMILIES = ("backlog", "arrivals", "replans")


def stopwatch(seconds: float) -> Callable[[], float]:
    """Share of the allowed processor time that is used, so that what else the machine does changes no score."""
    began = time.thread_time()
    return lambda: (time.thread_time() - began) / seconds


# -- rivals


def atc(board: Board) -> Plan:
    queues: list[list[int]] = [[] for _ in board.people]
    load = [0] * len(board.people)
    left = list(board.todo)
    usual = fmean(min(board.minutes[job].values()) for job in left)
    while left:
        able = {who for job in left for who in board.minutes[job]}
        who = min(able, key=lambda one: (board.end(one, load[one]), one))
        clock = board.end(who, load[who])

        def pressing(job: int, who: int = who, clock: int = clock) -> float:
            length = board.minutes[job][who]
            spare = max(0, board.due[job][who] - clock - length)
            return board.weight[job] / length * exp(-spare / (2 * usual))

        chosen = max((job for job in left if who in board.minutes[job]), key=lambda job: (pressing(job), -job))
        left.remove(chosen)
        queues[who].append(chosen)
        load[who] += board.minutes[chosen][who]
    return board.laid(queues)


def annealing(board: Board, seconds: float, seed: int) -> Plan:
    rng = random.Random(seed)
    queues = board.appended()
    costs = [board.cost(who, queue) for who, queue in enumerate(queues)]
    where = {job: who for who, queue in enumerate(queues) for job in queue}
    total = sum(costs)
    best, least = [list(queue) for queue in queues], total
    hot = max(1.0, total / len(board.todo))
    used = stopwatch(seconds)
    heat, tries = hot, 0
    while True:
        if not tries % 64:
            share = used()
            if share >= 1:
                return board.laid(best)
            heat = hot * 0.0005**share
        tries += 1
        job = rng.choice(board.todo)
        source, target = where[job], rng.choice(list(board.minutes[job]))
        fresh = {source: [one for one in queues[source] if one != job]}
        queue = fresh.setdefault(target, list(queues[target]))
        queue.insert(rng.randint(0, len(queue)), job)
        changed = {who: board.cost(who, one) for who, one in fresh.items()}
        delta = sum(changed.values()) - sum(costs[who] for who in changed)
        if delta <= 0 or rng.random() < exp(-delta / heat):
            for who, one in fresh.items():
                queues[who], costs[who] = one, changed[who]
            where[job] = target
            total += delta
            if total < least - 1e-9:
                best, least = [list(queue) for queue in queues], total


# -- arrivals


def lateness(job: Job, person: Person, end: datetime) -> float:
    assert job.deadline is not None
    over = person.calendar.work_ticks(to_ticks(job.deadline), to_ticks(end)) / MINUTE
    return WEIGHTS[job.urgency] * max(0.0, over)


def appended(instance: Instance) -> float:
    """Cost of hanging each ticket, as it arrives, at the end of the fitting queue that is free first."""
    lanes = {p.id: Lane(p, to_ticks(NOW), horizon(p, RULES, to_ticks(NOW), 60), RULES) for p in instance.people}
    ends = {person.id: to_ticks(NOW) for person in instance.people}
    total = 0.0
    for job in instance.jobs:
        came = to_ticks(job.not_before or NOW)
        able = [person for person in instance.people if job.skill in person.skills]
        person = min(able, key=lambda one: (lanes[one.id].calendar.next_ticks(max(ends[one.id], came)), one.id))
        pieces = lanes[person.id].fit(job.minutes or 0, max(ends[person.id], came))
        assert pieces is not None
        ends[person.id] = pieces[-1][1]
        total += lateness(job, person, from_ticks(pieces[-1][1]))
    return total


Planner = Callable[[Sequence[Job], Sequence[Person], datetime, int], Plan]


def ours(seconds: float, seed: int, rounds: int = 0) -> Planner:
    """The planner within a share of processor time, or with a number of rounds, which gives the same plan always."""

    def planned(jobs: Sequence[Job], people: Sequence[Person], now: datetime, number: int) -> Plan:
        spent = None if rounds else stopwatch(seconds)
        return plan_backlog(jobs, people, now, RULES, spent, rounds, seed + number)

    return planned


def rule(jobs: Sequence[Job], people: Sequence[Person], now: datetime, _number: int) -> Plan:
    return atc(Board(jobs, people, now, RULES))


def annealed(seconds: float, seed: int) -> Planner:
    return lambda jobs, people, now, number: annealing(Board(jobs, people, now, RULES), seconds, seed + number)


def online(instance: Instance, planned: Planner) -> float:
    """Cost when everything that nobody has begun is planned anew at each arrival."""
    people = {person.id: person for person in instance.people}
    fixed: dict[str, list[Busy]] = {person: [] for person in people}
    waiting: dict[str, Job] = {}
    plan: dict[str, tuple[str, tuple[Span, ...]]] = {}
    total = 0.0

    def begin(until: datetime | None) -> float:
        cost = 0.0
        for ticket, (who, spans) in list(plan.items()):
            if until is None or spans[0].start < until:
                fixed[who] += [Busy(f"{ticket}/{n}", span, ticket, pinned=True) for n, span in enumerate(spans)]
                cost += lateness(waiting.pop(ticket), people[who], spans[-1].end)
                del plan[ticket]
        return cost

    for number, job in enumerate(instance.jobs):
        now = job.not_before or NOW
        total += begin(now)
        waiting[job.ticket_id] = replace(job, not_before=None)
        busy = [replace(person, busy=tuple(fixed[person.id])) for person in people.values()]
        found = planned(list(waiting.values()), busy, now, number)
        assert not found.diff.wont_fit
        plan = {ticket: (who, spans) for ticket, who, spans in found.diff.assigned}
    return total + begin(None)


# -- re-plans


@dataclass(frozen=True, order=True)
class Price:
    """What a re-plan costs, the weightiest first."""

    promises: int
    minutes: int
    blocks: int

    @classmethod
    def of(cls, diff: PlanDiff) -> Price:
        moves = (*diff.moved, *diff.reassigned, *diff.broken)
        tickets = {move.busy.ticket_id for move in diff.broken} | set(diff.wont_fit)
        return cls(len(tickets), sum(move.late for move in diff.broken), len(moves))


def booked(seed: int, tickets: int) -> tuple[Person, ...]:
    """The backlog's plan as bookings, each with a promise."""
    instance = backlog(seed, tickets)
    rng = random.Random(seed)
    plan = plan_backlog(instance.jobs, instance.people, NOW, RULES, rounds=4000, seed=seed)
    skills = {job.ticket_id: job.skill for job in instance.jobs}
    lanes: dict[str, list[Busy]] = {person.id: [] for person in instance.people}
    for ticket, who, spans in plan.diff.assigned:
        calendar = next(p.calendar for p in instance.people if p.id == who)
        promise = calendar.add_work(spans[-1].end, 30 * rng.randint(1, 10))
        number = int(ticket[1:])
        lanes[who] += [
            Busy(f"{ticket}/{n}", span, ticket, number, promise, skill=skills[ticket]) for n, span in enumerate(spans)
        ]
    return tuple(replace(p, busy=tuple(lanes[p.id])) for p in instance.people)


def absence(people: Sequence[Person], seed: int) -> list[Person]:
    rng = random.Random(seed)
    who, days = rng.randrange(len(people)), rng.randint(1, 2)
    away = Absence(Span(NOW - timedelta(hours=6), NOW + timedelta(hours=18 + 24 * (days - 1))), "sick")
    lost = people[who]
    calendar = replace(lost.calendar, absences=(*lost.calendar.absences, away))
    return [replace(lost, calendar=calendar) if person is lost else person for person in people]


def replans(seeds: Sequence[int], tickets: int, tries: int, longer: int = 12, proof: float = 0.0) -> bool:
    print(f"\nRe-plans, {tickets} tickets booked: promises moved, minutes late, blocks moved")
    totals = {"ours": [0, 0, 0], "orders": [0, 0, 0], "best": [0, 0, 0]}
    spent: list[float] = []
    worse = least = 0
    for seed in seeds:
        people = booked(seed, tickets)
        after = absence(people, seed)
        began = time.thread_time()
        ours = Price.of(hours_changed(people, after, NOW, RULES))
        spent.append((time.thread_time() - began) * 1000)
        orders = Price.of(hours_changed(people, after, NOW, RULES, tries=tries, pushed=tries, steps=0))
        best = min(ours, orders)
        if ours.promises:
            best = min(best, Price.of(hours_changed(people, after, NOW, RULES, steps=longer * STEPS)))
        bound = fewest(people, after, proof) if proof and best.promises else 0
        rng = random.Random(seed)
        outage = Job("outage", 180, skill=rng.choice(sorted(people[seed % 10].skills)), urgency=1)
        options = emergency(outage, people, NOW, RULES)
        prices = sorted(Price.of(option.diff) for option in options)
        worse += ours.promises > best.promises
        least += bound
        for name, price in (("ours", ours), ("orders", orders), ("best", best)):
            for place, value in enumerate((price.promises, price.minutes, price.blocks)):
                totals[name][place] += value
        told = "   ".join(
            f"{name} {price.promises:>3} {price.minutes:>6} {price.blocks:>4}"
            for name, price in (("ours", ours), ("orders", orders), ("best", best))
        )
        first = f"{prices[0].promises:>3} {prices[0].minutes:>6} {prices[0].blocks:>4}" if prices else "none"
        print(f"seed {seed:>6}  absence: {told}   no plan under {bound:>2}   outage: {first}", flush=True)
    for name, values in totals.items():
        print(f"all: {name}  promises {values[0]}, minutes {values[1]}, blocks {values[2]}")
    print(f"no plan moves fewer than {least}" if proof else "no proof was asked for")
    print(
        f"re-plan of an absence: median {median(spent):.0f}, worst {max(spent):.0f} ms of the processor; "
        f"more promises than the best found on {worse} seeds"
    )
    return not worse


# -- the tables


def table(family: str, tickets: int, seeds: Sequence[int], seconds: float, arrival: float, bounded: bool) -> bool:
    """One family at one size; whether its bar is kept."""
    backlogged = family == "backlog"
    names = ("append", "ATC", "annealing", "plan")
    print(f"\n{family}, {tickets} tickets".ljust(24) + "".join(f"{name:>11}" for name in (*names, "bound")), end="")
    print("   scores: " + ", ".join(names[1:]))
    scores: dict[str, list[float]] = {name: [] for name in names[1:]}
    for seed in seeds:
        instance = (backlog if backlogged else arrivals)(seed, tickets)
        jobs, people = instance.jobs, instance.people
        if backlogged:
            board = Board(jobs, people, NOW, RULES)
            plan = plan_backlog(jobs, people, NOW, RULES, stopwatch(seconds), seed=seed)
            assert not plan.diff.wont_fit
            costs = [
                append_backlog(jobs, people, NOW, RULES).cost,
                atc(board).cost,
                annealing(board, seconds, seed).cost,
                plan.cost,
            ]
        else:
            rivals = (rule, annealed(arrival, seed), ours(arrival, seed))
            costs = [appended(instance), *(online(instance, one) for one in rivals)]
        line = f"seed {seed:>6}".ljust(23) + "".join(f"{cost:>11.0f}" for cost in costs)
        if bounded:
            low = bound(instance)
            line += f"{low:>11.0f}"
            if low >= 0.9 * costs[0]:
                line += "   light load"
            else:
                own = [(costs[0] - cost) / (costs[0] - low) for cost in costs[1:]]
                line += "   " + "  ".join(f"{value:.3f}" for value in own)
                for name, value in zip(names[1:], own, strict=True):
                    scores[name].append(value)
        print(line, flush=True)
    if not scores["plan"]:
        return True
    means = ", ".join(f"{name} {fmean(values):.3f}" for name, values in scores.items())
    print(f"mean scores: {means}; worst plan {min(scores['plan']):.3f}")
    bar = BARS.get(tickets) if backlogged else None
    if bar is None:
        return True
    kept = fmean(scores["plan"]) >= bar
    print(f"bar: mean >= {bar:.2f}: {'kept' if kept else 'MISSED'}")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description="Plan quality against append, rivals and the linear bound")
    parser.add_argument("--tickets", type=int, nargs="+", default=[100, 200])
    parser.add_argument("--seeds", default="1000-1019")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--arrival", type=float, default=0.03, help="seconds for each re-plan of the arrivals")
    parser.add_argument("--tries", type=int, default=20, help="orders of choosing, for the rival of the re-plans")
    parser.add_argument("--longer", type=int, default=12, help="times the steps of a search, for the best found")
    parser.add_argument("--proof", type=float, default=20.0, help="seconds for the bound of a re-plan; 0: none")
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=FAMILIES)
    chosen = parser.parse_args()
    first, _, last = chosen.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    try:
        import scipy  # noqa: F401
    except ImportError:
        bounded = False
        print("scipy is missing: costs without the bound")
    else:
        bounded = True
    kept = True
    for family in chosen.families:
        for tickets in chosen.tickets:
            if family == "replans":
                kept = replans(seeds, tickets, chosen.tries, chosen.longer, chosen.proof if bounded else 0) and kept
            else:
                kept = table(family, tickets, seeds, chosen.seconds, chosen.arrival, bounded) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
