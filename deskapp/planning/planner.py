"""A whole backlog planned at once: who does what in which order, so that the least is late by the least.

What is booked already stays. The order of everybody's queue is searched (simulated annealing over moves of one
ticket and swaps of two, from a dispatch rule's plan), then each queue is laid into free time by the slicing rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, log
from random import Random

from .fit import earliest, without
from .lane import Lane, fingerprint, horizon
from .slots import minutes_for, unfit
from .ticks import MINUTE, to_span, to_ticks
from .values import Job, Person, PlanDiff, Rules
from .worktime import NoWorkingTime, Track, WorkCalendar

#: What a working minute of lateness weighs, by urgency (1 critical .. 4 low).
WEIGHTS: Mapping[int, int] = {1: 8, 2: 4, 3: 2, 4: 1}
#: Among plans that are equally late, the one that ends sooner is better by this share.
SOONER = 0.001
#: Horizons ahead that a backlog may fill.
HORIZONS = 3
_NEVER = 1 << 40


@dataclass(frozen=True, slots=True)
class Plan:
    """``cost``: weighted working minutes of lateness. ``queues``: ticket ids by person, in order."""

    diff: PlanDiff
    cost: float
    queues: Mapping[str, tuple[str, ...]]


def plan_backlog(
    jobs: Sequence[Job],
    people: Sequence[Person],
    now: datetime,
    rules: Rules | None = None,
    spent: Callable[[], float] | None = None,
    rounds: int = 20_000,
    seed: int = 0,
) -> Plan:
    """Place all jobs. Those without an estimate, without anybody who can do them or without room come back as not
    fitting.

    ``spent`` tells which share of the allowed time is used (0 to 1) and stops the search; the plan then depends on the
    machine. Without it the search takes ``rounds`` steps (some 20,000 a second), 0 for the dispatch rule alone, and the
    same arguments always give the same plan.
    """
    rules = rules or Rules()
    board = Board(jobs, people, now, rules)
    queues = board.dispatch()
    if board.todo and (spent is not None or rounds > 0):
        queues = _anneal(board, queues, spent, rounds, Random(seed))
    return board.laid(queues)


def append_backlog(jobs: Sequence[Job], people: Sequence[Person], now: datetime, rules: Rules | None = None) -> Plan:
    """The plan without planning: each ticket in turn goes to the end of the fitting queue that is free first."""
    board = Board(jobs, people, now, rules or Rules())
    return board.laid(board.appended())


class Board:
    """The jobs and lanes as numbers: a queue's work is minutes of free time, and a table tells when each is over."""

    def __init__(self, jobs: Sequence[Job], people: Sequence[Person], now: datetime, rules: Rules) -> None:
        self.jobs, self.people, self.rules = jobs, people, rules
        self.base = fingerprint(people)
        moment = to_ticks(now)
        self.lanes: list[Lane | None] = []
        self.ends: list[list[int]] = []  # person -> after so many minutes of free time: the clock's working minutes
        for person in people:
            try:
                end = horizon(person, rules, moment, rules.horizon_days * HORIZONS)
                lane = Lane(person, moment, end, rules, reserving=True)
            except NoWorkingTime:
                self.lanes.append(None)
                self.ends.append([0])
                continue
            self.lanes.append(lane)
            table = [0]
            track = lane.track if rules.calendar is None else rules.calendar.track(moment, lane.horizon)
            start_of_all = track.worked_until(moment)
            for start, end, _ in lane.free:
                begin = max(start, lane.origin)
                table.extend(_minutes_of(track, begin, end, start_of_all))
            self.ends.append(table)
        self.minutes: list[dict[int, int]] = []  # job -> person -> minutes; who can do it
        self.due: list[dict[int, int]] = []
        self.release: list[dict[int, int]] = []
        self.weight = [WEIGHTS.get(job.urgency, 1) for job in jobs]
        self.todo: list[int] = []
        for index, job in enumerate(jobs):
            able: dict[int, int] = {}
            due: dict[int, int] = {}
            release: dict[int, int] = {}
            for who, person in enumerate(people):
                lane_of = self.lanes[who]
                if lane_of is None or not job.minutes or unfit(job, person, people, moment) is not None:
                    continue
                able[who] = minutes_for(job, person, people, rules.step)
                due[who] = _NEVER
                if job.deadline is not None:
                    due[who] = self._clock(person).work_ticks(moment, to_ticks(job.deadline)) // MINUTE
                if job.not_before is not None:
                    release[who] = self._free_before(lane_of, to_ticks(job.not_before))
            self.minutes.append(able)
            self.due.append(due)
            self.release.append(release)
            if able:
                self.todo.append(index)

    def _clock(self, person: Person) -> WorkCalendar:
        """Whose working time lateness is counted in: the desk's, to which a vacation is time; else the person's."""
        return self.rules.calendar or person.calendar

    def _free_before(self, lane: Lane, ticks: int) -> int:
        return sum(max(0, min(end, ticks) - max(start, lane.origin)) for start, end, _ in lane.free) // MINUTE

    def cost(self, who: int, queue: Sequence[int]) -> float:
        """Weighted lateness of one person's queue."""
        ends, last = self.ends[who], len(self.ends[who]) - 1
        at, late, sooner = 0, 0, 0
        minutes, due, weight, release = self.minutes, self.due, self.weight, self.release
        for job in queue:
            if release[job]:
                at = max(at, release[job][who])
            at += minutes[job][who]
            # Past the horizon each minute counts as one more.
            end = ends[at] if at <= last else ends[last] + at - last
            over = end - due[job][who]
            if over > 0:
                late += over * weight[job]
            sooner += end * weight[job]
        return late + SOONER * sooner

    def appended(self) -> list[list[int]]:
        queues: list[list[int]] = [[] for _ in self.people]
        load = [0] * len(self.people)
        for job in self.todo:
            who = min(self.minutes[job], key=lambda one: (self.end(one, load[one]), one))
            queues[who].append(job)
            load[who] += self.minutes[job][who]
        return queues

    def end(self, who: int, at: int) -> int:
        """Working minutes since now after which a person has done so many minutes of free time."""
        ends = self.ends[who]
        return ends[at] if at < len(ends) else ends[-1] + at - len(ends) + 1

    def dispatch(self) -> list[list[int]]:
        """Apparent tardiness cost: whoever is free first takes the ticket that can least wait, by weight, length and
        slack."""
        queues: list[list[int]] = [[] for _ in self.people]
        load = [0] * len(self.people)
        left = list(self.todo)
        usual = max(1.0, sum(min(self.minutes[job].values()) for job in left) / max(1, len(left)))
        while left:
            able = {who for job in left for who in self.minutes[job]}
            who = min(able, key=lambda one: (self.end(one, load[one]), one))
            clock = self.end(who, load[who])

            def pressing(job: int, who: int = who, clock: int = clock) -> float:
                length = self.minutes[job][who]
                spare = max(0, min(self.due[job][who], clock + 100_000) - clock - length)
                choice = len(self.minutes[job])
                return float(self.weight[job] / length * exp(-spare / (2 * usual)) / choice**0.2)

            chosen = max((job for job in left if who in self.minutes[job]), key=lambda job: (pressing(job), -job))
            left.remove(chosen)
            queues[who].append(chosen)
            load[who] += self.minutes[chosen][who]
        return queues

    def laid(self, queues: Sequence[Sequence[int]]) -> Plan:
        assigned = []
        wont_fit = [self.jobs[job].ticket_id for job in range(len(self.jobs)) if not self.minutes[job]]
        total = 0.0
        names: dict[str, tuple[str, ...]] = {}
        for who, queue in enumerate(queues):
            lane = self.lanes[who]
            if lane is None:
                continue
            person = self.people[who]
            free = lane.free
            laid = []
            for index in queue:
                job = self.jobs[index]
                before = 0 if job.not_before is None else to_ticks(job.not_before)
                start = max(before, lane.origin)
                minutes = self.minutes[index][who]
                pieces = earliest(free, minutes, self.rules, start, job.splittable, job.min_piece)
                if pieces is None:
                    wont_fit.append(job.ticket_id)
                    continue
                free = without(free, pieces)
                laid.append(job.ticket_id)
                assigned.append((job.ticket_id, person.id, tuple(to_span(*piece) for piece in pieces)))
                if job.deadline is not None:
                    late = self._clock(person).work_ticks(to_ticks(job.deadline), pieces[-1][1])
                    total += self.weight[index] * max(0, late) / MINUTE
            names[person.id] = tuple(laid)
        return Plan(PlanDiff(tuple(assigned), wont_fit=tuple(wont_fit), base=self.base), total, names)


def _minutes_of(track: Track, begin: int, end: int, origin: int) -> Iterable[int]:
    """For each minute of a free stretch, the working minutes of the clock that have passed at its end."""
    count = max(0, (end - begin) // MINUTE)
    first, last = track.worked_until(begin) - origin, track.worked_until(begin + count * MINUTE) - origin
    if last - first == count * MINUTE:
        return range(first // MINUTE + 1, first // MINUTE + 1 + count)
    return [(track.worked_until(begin + n * MINUTE) - origin) // MINUTE for n in range(1, count + 1)]


def _anneal(
    board: Board, queues: list[list[int]], spent: Callable[[], float] | None, rounds: int, rng: Random
) -> list[list[int]]:
    costs = [board.cost(who, queue) for who, queue in enumerate(queues)]
    total = sum(costs)
    best, best_total = [list(queue) for queue in queues], total
    where = {job: who for who, queue in enumerate(queues) for job in queue}
    todo, able = board.todo, [list(board.minutes[job]) for job in range(len(board.jobs))]
    hot = max(1.0, total / max(1, len(todo)) / 4)
    cool = hot / 2000
    heat, tries = hot, 0
    random, cost = rng.random, board.cost
    while True:
        if not tries & 63:
            share = tries / rounds if spent is None else spent()
            if share >= 1:
                return best
            heat = hot * (cool / hot) ** share
        tries += 1
        job = todo[int(random() * len(todo))]
        source = where[job]
        choice = able[job]
        target = choice[int(random() * len(choice))]
        one = queues[source]
        at = one.index(job)
        if target == source:
            if len(one) < 2:
                continue
            place = int(random() * len(one))
            if place == at:
                continue
            fresh = one[:at] + one[at + 1 :]
            fresh.insert(place, job)
            new = cost(source, fresh)
            delta = new - costs[source]
            if delta <= 0 or delta < -heat * log(random() or 1e-300):
                queues[source], costs[source] = fresh, new
                total += delta
            else:
                continue
        else:
            two = queues[target]
            place = int(random() * (len(two) + 1))
            first, second = one[:at] + one[at + 1 :], [*two[:place], job, *two[place:]]
            swapped = -1
            if place < len(two) and random() < 0.5 and source in board.minutes[two[place]]:
                swapped = two[place]
                first.insert(at, swapped)
                del second[place + 1]
            new_one, new_two = cost(source, first), cost(target, second)
            delta = new_one + new_two - costs[source] - costs[target]
            if delta <= 0 or delta < -heat * log(random() or 1e-300):
                queues[source], queues[target] = first, second
                costs[source], costs[target] = new_one, new_two
                where[job] = target
                if swapped >= 0:
                    where[swapped] = source
                total += delta
            else:
                continue
        if total < best_total - 1e-9:
            best, best_total = [list(queue) for queue in queues], total
