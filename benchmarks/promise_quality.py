"""How good promises are: a simulated year of a desk, with effort that nobody knows beforehand.

Six specialists, office hours with lunch and public holidays, some 15 tickets a working day (about two thirds of the
team's time), one in seven written at night or at the weekend. Each has one of six causes and an estimate; its true
effort is the estimate times a noise that differs by cause (lognormal, some causes biased) and by person (up to a tenth
either way), and that the planner is never told: it learns from what is finished. Whoever answers needs time for it
(lognormal around 25 working minutes, two hours at most); then the first card of ``propose`` that moves nobody is
promised with the margin of ``margin_for_promise``. People work through their bookings in order, five minutes at a
time; what overruns pushes all behind it. Every five minutes the forecasts are made anew, from estimates and time
spent alone: where one passes the promise while that still lies ahead, a slip letter is written with the forecast and a
margin as the new date, and no sooner than half a working hour after the last one. One customer in fifty disagrees
with the solution.

*Kept*: resolved by its first promise, and the customer agreed. *Told in time*: of the tickets that missed a date, how
many had heard of a new one before that date passed; each date that was told counts. *False alarm*: a letter to a
ticket that was then resolved by its first promise all the same.

Beside it, on the same year (bookings do not depend on margins): *constant margin*, the one margin for all tickets that
keeps the same share, and *constant SLA*, the one number of working hours from receipt that does. Their margin is the
mean working time between planned finish and promise.

    python -m benchmarks.promise_quality [--seed 1] [--days 365] [--rate 15]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from statistics import fmean
from zoneinfo import ZoneInfo

from deskapp.planning.forecast import forecasts
from deskapp.planning.lane import Lane
from deskapp.planning.margin import Finished, margin_for_promise
from deskapp.planning.slots import propose
from deskapp.planning.ticks import DAY, from_ticks, to_ticks
from deskapp.planning.values import Busy, DayRule, Job, Person, Rules, Skill, Slot, Span
from deskapp.planning.worktime import WorkCalendar, office_week

MOSCOW = ZoneInfo("Europe/Moscow")
OFFICE = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
OFF = [date(2026, 1, day) for day in range(1, 10)] + [
    date(2026, month, day) for month, day in ((2, 23), (3, 9), (5, 1), (5, 11), (6, 12), (11, 4))
]
CALENDAR = WorkCalendar("Europe/Moscow", office_week(OFFICE), {day: DayRule((), "holiday") for day in OFF})
RULE = 30
STEP = 5
LEAST_LEFT = 15  # what is expected of work that has used up its estimate
AGAIN = 30  # working minutes between two letters of a ticket


@dataclass(frozen=True)
class Cause:
    name: str
    share: float
    estimates: tuple[int, ...]
    bias: float
    spread: float


CAUSES = (
    Cause("configuration", 0.25, (30, 60, 90), 0.0, 0.20),
    Cause("user action", 0.20, (15, 30, 45), 0.0, 0.15),
    Cause("data exchange", 0.20, (60, 90, 150, 180), 0.05, 0.30),
    Cause("software fault", 0.15, (120, 180, 240, 300), 0.10, 0.45),
    Cause("equipment", 0.10, (90, 180), 0.0, 0.25),
    Cause("line", 0.10, (60, 120, 180), 0.0, 0.35),
)


@dataclass
class Ticket:
    id: str
    cause: Cause
    estimate: int
    received: datetime
    answered: datetime
    luck: float
    agrees: bool
    person: str = ""
    planned: int = 0  # minutes for this person
    effort: float = 0.0
    slot: Slot | None = None
    promise: datetime | None = None  # the last one told
    spent: float = 0.0
    done: datetime | None = None
    letters: list[datetime] = field(default_factory=list)
    untold: int = 0  # dates that passed without a letter before

    @property
    def first(self) -> datetime:
        assert self.slot is not None
        return self.slot.promise

    @property
    def kept(self) -> bool:
        return self.done is not None and self.done <= self.first and self.agrees


@dataclass
class Piece:
    span: Span
    ticket: Ticket
    last: bool
    used: float = 0.0


class Year:
    def __init__(self, seed: int, days: int, rate: float) -> None:
        self.rng = random.Random(seed)
        self.start = datetime(2026, 1, 1, tzinfo=MOSCOW).astimezone(UTC)
        self.end = self.start + timedelta(days=days)
        known = [cause.name for cause in CAUSES]
        self.people = [
            Person(f"p{n}", "", CALENDAR, (1,), {name: Skill(5) for i, name in enumerate(known) if (i + n) % 3})
            for n in range(6)
        ]
        self.pace = {person.id: self.rng.uniform(0.9, 1.1) for person in self.people}
        self.queues: dict[str, list[Piece]] = {person.id: [] for person in self.people}
        self.finished: dict[str, list[Finished]] = defaultdict(list)
        self.tickets = self._arrivals(rate)
        self.spent = 0.0

    def _arrivals(self, rate: float) -> list[Ticket]:
        rng, found = self.rng, []
        day = self.start.astimezone(MOSCOW).date()
        while day < self.end.astimezone(MOSCOW).date():
            rows = CALENDAR.day_rows(day)
            for _ in range(_poisson(rng, rate if rows.spans else rate / 15)):
                hour = rng.uniform(0, 24) if not rows.spans or rng.random() < 0.12 else rng.uniform(8.5, 18)
                at = datetime.combine(day, datetime.min.time(), MOSCOW) + timedelta(hours=hour)
                reaction = min(115.0, rng.lognormvariate(3.2, 0.6))
                found.append(self._ticket(len(found), at.astimezone(UTC), reaction))
            day += timedelta(days=1)
        return sorted(found, key=lambda one: one.answered)

    def _ticket(self, number: int, received: datetime, reaction: float) -> Ticket:
        rng = self.rng
        cause = rng.choices(CAUSES, [one.share for one in CAUSES])[0]
        answered = CALENDAR.add_work(received, ceil(reaction))
        luck = rng.lognormvariate(cause.bias, cause.spread)
        return Ticket(f"t{number}", cause, rng.choice(cause.estimates), received, answered, luck, rng.random() > 0.02)

    # -- the desk

    def run(self) -> None:
        coming = iter(self.tickets)
        following = next(coming, None)
        now = CALENDAR.next_working(self.start)
        last = self.end + timedelta(days=21)  # what was promised at the end is still worked on
        while now < last:
            while following is not None and following.answered <= now:
                if following.answered < self.end:
                    self.answer(following, now)
                following = next(coming, None)
            self.work(now)
            now += timedelta(minutes=STEP)
            if not CALENDAR.is_working(now):
                self.watch(now)
                now = CALENDAR.next_working(now)
            self.watch(now)

    def known(self, cause: str) -> list[Finished]:
        """As the desk reads it: the newest of the cause, a few of each other."""
        found = [one for name, rows in self.finished.items() for one in rows[-(200 if name == cause else 40) :]]
        return found

    def outlook(self, person: Person, now: datetime) -> tuple[Person, dict[str, datetime]]:
        """The person's bookings as the forecast lays them, and when each ticket will end."""
        queue = self.queues[person.id]
        if not queue:
            return person, {}
        busy, left = [], {}
        for place, piece in enumerate(queue):
            ticket = piece.ticket
            running = place == 0 and piece.used > 0
            busy.append(Busy(f"{ticket.id}/{place}", piece.span, ticket.id, in_progress=running))
            left[ticket.id] = max(LEAST_LEFT, round(ticket.planned - ticket.spent))
        seen = forecasts(replace(person, busy=tuple(busy)), left, now)
        laid = tuple(
            Busy(f"{name}/{index}", span, name, pinned=True)
            for name, outlook in seen.items()
            for index, span in enumerate(outlook.pieces)
        )
        return replace(person, busy=laid), {name: outlook.forecast for name, outlook in seen.items()}

    def answer(self, ticket: Ticket, now: datetime) -> None:
        began = time.perf_counter()
        people = [self.outlook(person, now)[0] for person in self.people]
        known = self.known(ticket.cause.name)
        margins = {
            person.id: margin_for_promise(known, ticket.cause.name, person.id, ticket.estimate, RULE).minutes
            for person in self.people
            if ticket.cause.name in person.skills
        }
        rules = Rules(margin=RULE, margins=margins, calendar=CALENDAR)
        job = Job(ticket.id, ticket.estimate, skill=ticket.cause.name, urgency=3)
        slots = propose(job, people, now, rules).slots
        self.spent += time.perf_counter() - began
        slot = next((one for one in slots if not one.diff.moved and not one.diff.broken), None)
        if slot is None:
            return  # no room within the horizon: refused or talked over, never promised
        ticket.person, ticket.planned, ticket.slot, ticket.promise = slot.person_id, slot.minutes, slot, slot.promise
        ticket.effort = max(STEP, slot.minutes * ticket.luck * self.pace[slot.person_id])
        queue = self.queues[slot.person_id]
        queue += [Piece(span, ticket, index == len(slot.pieces) - 1) for index, span in enumerate(slot.pieces)]
        # Work behind an overrun is where the forecast laid it; its order stays.
        queue.sort(key=lambda piece: (piece.used == 0, piece.span.start))

    def work(self, now: datetime) -> None:
        for queue in self.queues.values():
            left = float(STEP)
            while queue and left > 0:
                piece = queue[0]
                if piece.span.start > now + timedelta(minutes=STEP - left):
                    break
                ticket = piece.ticket
                share = min(left, ticket.effort - ticket.spent)
                if not piece.last:
                    share = min(share, piece.span.minutes - piece.used)
                ticket.spent += share
                piece.used += share
                left -= share
                if ticket.effort - ticket.spent < 1e-6:
                    ticket.done = now + timedelta(minutes=STEP - left)
                    queue[:] = [one for one in queue if one.ticket is not ticket]
                    spent = max(1, round(ticket.spent))
                    self.finished[ticket.cause.name].append(
                        Finished(ticket.cause.name, ticket.person, ticket.planned, spent, delay_of(ticket))
                    )
                elif not piece.last and piece.span.minutes - piece.used < 1e-6:
                    queue.pop(0)

    def watch(self, now: datetime) -> None:
        """Dates that have passed, and letters where a forecast passes a date that still lies ahead."""
        for person in self.people:
            queue = self.queues[person.id]
            if not queue:
                continue
            _person, ends = self.outlook(person, now)
            for ticket in {piece.ticket.id: piece.ticket for piece in queue}.values():
                promise = ticket.promise
                if promise is None:
                    continue
                if promise < now:
                    ticket.untold += 1
                    ticket.promise = None
                elif ends[ticket.id] > promise:
                    if ticket.letters and CALENDAR.work_between(ticket.letters[-1], now) < timedelta(minutes=AGAIN):
                        if promise > now + timedelta(minutes=2 * STEP):
                            continue
                    ticket.letters.append(now)
                    margin = max(RULE, ticket.slot.margin if ticket.slot else RULE)
                    ticket.promise = promise_at(ends[ticket.id], margin)


def delay_of(ticket: Ticket) -> int:
    """Working minutes past the planned finish that are no fault of its own effort."""
    assert ticket.slot is not None and ticket.done is not None
    late = CALENDAR.signed_work(ticket.slot.finish, ticket.done) / timedelta(minutes=1)
    return round(late - (ticket.spent - ticket.planned))


def promise_at(finish: datetime, margin: int) -> datetime:
    """Finish and margin, rounded and in working time as every promise is."""
    return from_ticks(_LANE.promise(to_ticks(finish), margin))


_FROM = to_ticks(datetime(2026, 1, 12, tzinfo=UTC))
_LANE = Lane(Person("", "", CALENDAR), _FROM, _FROM + DAY, Rules())


def _poisson(rng: random.Random, mean: float) -> int:
    count, total = 0, rng.expovariate(1.0)
    while total < mean:
        count, total = count + 1, total + rng.expovariate(1.0)
    return count


# -- the tables


def least(wanted: float, share: Callable[[int], float], step: int, most: int) -> int | None:
    """The smallest value, in steps, whose share reaches the wanted one."""
    low, high = 0, most // step
    if share(most) < wanted:
        return None
    while low < high:
        middle = (low + high) // 2
        if share(middle * step) >= wanted:
            high = middle
        else:
            low = middle + 1
    return low * step


def margin_of(ticket: Ticket, promise: datetime) -> float:
    assert ticket.slot is not None
    return CALENDAR.signed_work(ticket.slot.finish, promise) / timedelta(minutes=1)


def constant(tickets: Sequence[Ticket], wanted: float) -> tuple[int | None, float]:
    """(the one margin that keeps as many, its mean as it turns out after rounding)."""

    def told(ticket: Ticket, margin: int) -> datetime:
        assert ticket.slot is not None
        return promise_at(ticket.slot.finish, margin)

    def share(margin: int) -> float:
        return fmean(t.agrees and t.done is not None and t.done <= told(t, margin) for t in tickets)

    found = least(wanted, share, 5, 3000)
    return found, 0.0 if found is None else fmean(margin_of(t, told(t, found)) for t in tickets)


def sla(tickets: Sequence[Ticket], wanted: float) -> tuple[int | None, float]:
    """(working minutes from receipt that keep as many, the mean margin that this is)."""

    def told(ticket: Ticket, minutes: int) -> datetime:
        return CALENDAR.add_work(ticket.received, minutes)

    def share(minutes: int) -> float:
        return fmean(t.agrees and t.done is not None and t.done <= told(t, minutes) for t in tickets)

    found = least(wanted, share, 30, 30_000)
    return found, 0.0 if found is None else fmean(margin_of(t, told(t, found)) for t in tickets)


def report(year: Year, tickets: Sequence[Ticket], title: str) -> None:
    kept = fmean(t.kept for t in tickets)
    margin = fmean(margin_of(t, t.first) for t in tickets)
    flat, flat_mean = constant(tickets, kept)
    hours, hours_mean = sla(tickets, kept)
    print(f"\n{title}: {len(tickets)} tickets promised")
    print(f"{'':24}{'n':>6}{'kept':>8}{'margin':>9}{'constant margin':>18}")
    for cause in CAUSES:
        own = [t for t in tickets if t.cause is cause]
        if own:
            one, two = fmean(t.kept for t in own), fmean(margin_of(t, t.first) for t in own)
            _flat, same = constant(own, one)
            print(f"{cause.name:24}{len(own):>6}{one:>8.1%}{two:>9.0f}{same:>18.0f}")
    print(f"{'all, learnt margin':24}{len(tickets):>6}{kept:>8.1%}{margin:>9.0f}")
    for label, mean, note in (
        ("all, constant margin", flat_mean, f"{flat} min before rounding"),
        ("all, constant SLA", hours_mean, f"{(hours or 0) / 60:.1f} h from receipt"),
    ):
        print(f"{label:24}{len(tickets):>6}{kept:>8.1%}{mean:>9.0f}   ({note})")
    late = [t for t in tickets if t.done is None or t.done > t.first]
    alarms = [t for t in tickets if t.letters and t.done is not None and t.done <= t.first]
    letters = sum(len(t.letters) for t in tickets)
    untold = sum(t.untold for t in tickets)
    in_time = 1.0 if not late else 1 - sum(1 for t in late if t.untold) / len(late)
    print(
        f"slips {len(late)}, told before the old date {in_time:.1%} (dates that passed untold: {untold}); "
        f"letters a ticket {letters / len(tickets):.3f}, tickets with a false alarm {len(alarms) / len(tickets):.1%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Promises of a simulated year")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--rate", type=float, default=15.0)
    chosen = parser.parse_args()
    began = time.perf_counter()
    year = Year(chosen.seed, chosen.days, chosen.rate)
    year.run()
    promised = [t for t in year.tickets if t.slot is not None]
    work = sum(t.spent for t in promised) / 60
    hours = CALENDAR.work_between(year.start, year.end) / timedelta(hours=1) * len(year.people)
    print(
        f"seed {chosen.seed}, {chosen.days} days: {work:.0f} h of work in {hours:.0f} h ({work / hours:.0%}), ", end=""
    )
    refused = sum(t.slot is None and t.answered < year.end for t in year.tickets)
    print(f"{refused} without room; {year.spent / max(1, len(promised)) * 1000:.1f} ms a proposal, ", end="")
    print(f"{time.perf_counter() - began:.0f} s in all. Margins in working minutes.")
    report(year, promised, "The whole year")
    warm = year.start + timedelta(days=60)
    settled = [t for t in promised if t.received > warm]
    if settled:
        report(year, settled, "After two months")


if __name__ == "__main__":
    main()
