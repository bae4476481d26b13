"""Every figure of the desk, counted in one place; ``ui.reports.words.definition`` says in words what it counts.

Read in the lane of reports, over the local rows of ``facts``; a period is whole days of the desk's calendar. Figures
of people and customers are the same figures narrowed. Nothing here writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from deskapp.core.clock import to_ms
from deskapp.desk import directory
from deskapp.desk.desk import Desk
from deskapp.desk.facts import day_of

#: Fewer answers than this are told as their number, not as a mean.
FEWEST_RATINGS = 5
#: Width of a column of the first answers, working minutes.
ANSWER_STEP = 15
#: A point of the estimates is marked when the work took this many times the estimate.
FAR_OVER = 1.5
MOST_POINTS = 500
#: A list behind a mark is for looking at; the report of all tickets has every row.
MOST_BEHIND = 1_000


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included. ``buckets``: what a chart over it is divided into, as days each."""

    first: date
    last: date
    step: int = 7

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """As many days, right before."""
        return replace(self, first=self.first - timedelta(days=self.days), last=self.first - timedelta(days=1))

    def starts(self) -> list[date]:
        """The first day of each bucket."""
        return [self.first + timedelta(days=offset) for offset in range(0, self.days, self.step)]


@dataclass(frozen=True)
class Narrow:
    """Whose tickets: of one owner, of one customer; empty for all."""

    owner_id: str = ""
    customer_id: str = ""

    def sql(self) -> tuple[str, list[Any]]:
        clauses, params = "", []
        for column, value in (("owner_id", self.owner_id), ("customer_id", self.customer_id)):
            if value:
                clauses += f" AND {column} = ?"
                params.append(value)
        return clauses, params


@dataclass(frozen=True)
class Tile:
    """``value`` in its own unit (share 0..1, minutes, marks, points); None with too little to say. ``of``: how many
    stand behind it, ``missed`` how many of those did not (of opinions: how many were asked), ``spark``: the same per
    bucket, None where there was nothing. ``asked_before``: of opinions, what share answered in the period before."""

    code: str
    value: float | None
    before: float | None
    of: int
    missed: int = 0
    spark: tuple[float | None, ...] = ()
    asked_before: float | None = None


@dataclass(frozen=True)
class Bucket:
    """Promises due in a bucket. ``open`` ones may still be kept: their bucket is unfinished."""

    start: date
    kept: int
    moved: int
    broken: int
    open: int
    finished: bool


@dataclass(frozen=True)
class PersonRow:
    person_id: str
    name: str
    resolved: int
    kept: float | None
    answer: int | None
    ratio: float | None


@dataclass(frozen=True)
class Figures:
    """What the first page of the reports shows."""

    period: Period
    rule_minutes: int
    tiles: tuple[Tile, ...]
    promises: tuple[Bucket, ...]
    answers: tuple[int, ...]  # tickets per ANSWER_STEP minutes, the last with all that took longer
    answers_total: int
    answers_median: int | None
    causes: tuple[tuple[str, str, int], ...]  # (id, name, tickets)
    points: tuple[tuple[int, int, str], ...]  # (estimated, spent, ticket id)
    people: tuple[PersonRow, ...]
    received: int


def standing(desk: Desk, kind: str) -> Period:
    """The period of a button: ``week``, ``month``, ``ten_weeks``, ``year``; all end today."""
    today = desk.clock.now().astimezone(desk.schedule.desk_calendar.tz).date()
    monday = today - timedelta(days=today.weekday())
    if kind == "week":
        return Period(monday, today, 1)
    if kind == "month":
        return Period(today.replace(day=1), today, 7)
    if kind == "year":
        return Period(monday - timedelta(weeks=51), today, 28)
    return Period(monday - timedelta(weeks=9), today, 7)


def span_of(desk: Desk, period: Period) -> tuple[int, int]:
    """The instants (ms) at which the period begins and ends."""
    zone = desk.schedule.desk_calendar.tz
    first, after = period.first, period.last + timedelta(days=1)
    return (
        to_ms(datetime(first.year, first.month, first.day, tzinfo=zone)),
        to_ms(datetime(after.year, after.month, after.day, tzinfo=zone)),
    )


def tiles(desk: Desk, period: Period, narrow: Narrow | None = None) -> tuple[Tile, ...]:
    """What is told at the top of the first page, each beside its value of the period before."""
    own = _Counted(desk, narrow or Narrow(), to_ms(desk.clock.now()), desk.schedule.answer_minutes)
    earlier = period.before()
    return own.tiles(period, own.promises(period), own.answered(period), own.answered(earlier))


def read(desk: Desk, period: Period, narrow: Narrow | None = None) -> Figures:
    """All figures of the first page."""
    rule = desk.schedule.answer_minutes
    own = _Counted(desk, narrow or Narrow(), to_ms(desk.clock.now()), rule)
    promises = own.promises(period)
    answered, answered_before = own.answered(period), own.answered(period.before())
    took = _together(answered)
    return Figures(
        period=period,
        rule_minutes=rule,
        tiles=own.tiles(period, promises, answered, answered_before),
        promises=promises,
        answers=own.answers(took),
        answers_total=took.total(),
        answers_median=median(took),
        causes=own.causes(period),
        points=own.points(period),
        people=own.people(period),
        received=own.count("received_day", period),
    )


def _share(good: int, total: int) -> float | None:
    return good / total if total else None


def _mean(marks: Sequence[int]) -> float:
    return sum(marks) / len(marks)


def _recommended(marks: Sequence[int]) -> float:
    """The Net Promoter Score, -100 to 100: per cent of 9 and 10 less per cent of 0 to 6."""
    return 100 * (sum(mark >= 9 for mark in marks) - sum(mark <= 6 for mark in marks)) / len(marks)


def _together(parts: Sequence[Counter[int]]) -> Counter[int]:
    whole: Counter[int] = Counter()
    for part in parts:
        whole.update(part)
    return whole


def median(took: Counter[int]) -> int | None:
    """The lower of the two in the middle where there is no middle one."""
    middle = (took.total() + 1) // 2
    for minutes in sorted(took):
        middle -= took[minutes]
        if middle <= 0:
            return minutes
    return None


def answer_columns(rule_minutes: int) -> int:
    """How many columns of a quarter of an hour show the first answers: half as many again as the rule has."""
    return max(1, 3 * rule_minutes // (2 * ANSWER_STEP))


#: A promise whose date has passed with the work undone is not kept, whatever comes; the one parameter is now.
STATE = "CASE WHEN kept IS NOT NULL THEN kept WHEN due_at < ? THEN 0 END"


class _Counted:
    """The statements, for one narrowing at one moment."""

    def __init__(self, desk: Desk, narrow: Narrow, now: int, rule: int) -> None:
        self._desk = desk
        self._rows = desk.replica.rows
        self._and, self._params = narrow.sql()
        self._narrow = narrow
        self._now = now
        self._rule = rule
        self._today = day_of(now, desk.schedule.desk_calendar.tz) or 0

    def tiles(
        self,
        period: Period,
        promises: Sequence[Bucket],
        answered: Sequence[Counter[int]],
        answered_before: Sequence[Counter[int]],
    ) -> tuple[Tile, ...]:
        earlier, starts = period.before(), period.starts()
        buckets = [Period(start, min(period.last, start + timedelta(days=period.step - 1))) for start in starts]
        return (
            self.kept(period, earlier, promises),
            self.told(period, earlier),
            self.within(answered, answered_before),
            self.answer(answered, answered_before),
            self.opinion("rating", period, earlier, buckets),
            self.opinion("nps", period, earlier, buckets),
        )

    def _within(self, column: str, period: Period) -> tuple[str, list[Any]]:
        params = [period.first.toordinal(), period.last.toordinal(), *self._params]
        return f"{column} BETWEEN ? AND ?{self._and}", params

    def count(self, column: str, period: Period) -> int:
        where, params = self._within(column, period)
        return int(self._desk.replica.value(f"SELECT count(*) FROM ticket_fact WHERE {where}", params))

    def promises(self, period: Period) -> tuple[Bucket, ...]:
        where, params = self._within("due_day", period)
        rows = self._rows(
            f"SELECT (due_day - ?) / ?, {STATE} AS state, told_before > 0 AND told_late = 0, count(*) "
            f"FROM ticket_fact WHERE {where} GROUP BY 1, 2, 3",
            [period.first.toordinal(), period.step, self._now, *params],
        )
        found: dict[int, dict[str, int]] = {}
        for place, state, told, count in rows:
            one = found.setdefault(place, {"kept": 0, "moved": 0, "broken": 0, "open": 0})
            one["kept" if state == 1 else "open" if state is None else "moved" if told else "broken"] += count
        none = {"kept": 0, "moved": 0, "broken": 0, "open": 0}
        return tuple(
            Bucket(start, **found.get(place, none), finished=start.toordinal() + period.step <= self._today)
            for place, start in enumerate(period.starts())
        )

    def kept(self, period: Period, earlier: Period, buckets: Sequence[Bucket]) -> Tile:
        def told(these: Sequence[Bucket]) -> tuple[float | None, int, int]:
            good = sum(one.kept for one in these)
            missed = sum(one.moved + one.broken for one in these)
            return _share(good, good + missed), good + missed, missed

        value, total, missed = told(buckets)
        spark = tuple(told([one])[0] for one in buckets)
        return Tile("kept", value, told(self.promises(earlier))[0], total, missed, spark)

    def _moved(self, period: Period) -> list[tuple[int, int]]:
        """(told before, told late) of each bucket."""
        where, params = self._within("due_day", period)
        rows = self._rows(
            f"SELECT (due_day - ?) / ?, sum(told_before), sum(told_late) FROM ticket_fact WHERE {where} GROUP BY 1",
            [period.first.toordinal(), period.step, *params],
        )
        found = {place: (before, late) for place, before, late in rows}
        return [found.get(place, (0, 0)) for place in range(len(period.starts()))]

    def told(self, period: Period, earlier: Period) -> Tile:
        buckets, was = self._moved(period), self._moved(earlier)
        before, late = (sum(one[part] for one in buckets) for part in (0, 1))
        earlier_before, earlier_late = (sum(one[part] for one in was) for part in (0, 1))
        spark = tuple(_share(one[0], sum(one)) for one in buckets)
        then = _share(earlier_before, earlier_before + earlier_late)
        return Tile("told", _share(before, before + late), then, before + late, late, spark)

    def answered(self, period: Period) -> list[Counter[int]]:
        """Working minutes that first answers took, of each bucket, with how many took so long."""
        where, params = self._within("answered_day", period)
        found: list[Counter[int]] = [Counter() for _start in period.starts()]
        for place, minutes, count in self._rows(
            f"SELECT (answered_day - ?) / ?, answer_minutes, count(*) FROM ticket_fact WHERE {where} "
            "AND answer_minutes IS NOT NULL GROUP BY 1, 2",
            [period.first.toordinal(), period.step, *params],
        ):
            found[place][minutes] += count
        return found

    def within(self, buckets: Sequence[Counter[int]], earlier: Sequence[Counter[int]]) -> Tile:
        def told(took: Counter[int]) -> tuple[float | None, int, int]:
            total = took.total()
            good = sum(count for minutes, count in took.items() if minutes <= self._rule)
            return _share(good, total), total, total - good

        value, total, late = told(_together(buckets))
        spark = tuple(told(one)[0] for one in buckets)
        return Tile("within", value, told(_together(earlier))[0], total, late, spark)

    def answer(self, buckets: Sequence[Counter[int]], earlier: Sequence[Counter[int]]) -> Tile:
        took = _together(buckets)
        spark = tuple(median(one) for one in buckets)
        return Tile("answer", median(took), median(_together(earlier)), took.total(), 0, spark)

    def answers(self, took: Counter[int]) -> tuple[int, ...]:
        """Twelve columns of a quarter of an hour for a rule of two hours; the last holds all that took longer."""
        found = [0] * answer_columns(self._rule)
        for minutes, count in took.items():
            found[min(max(minutes - 1, 0) // ANSWER_STEP, len(found) - 1)] += count
        return tuple(found)

    def _ratings(self, kind: str) -> list[tuple[int | None, int]]:
        """(the answer, the day of asking) of every question that was asked."""
        zone = self._desk.schedule.desk_calendar.tz
        rows = self._rows(
            "SELECT r.value, r.asked_at FROM rating r JOIN ticket_fact f ON f.ticket_id = r.ticket_id "
            f"WHERE r.kind = ? AND r.asked_at IS NOT NULL{self._and.replace(' AND ', ' AND f.')}",
            [kind, *self._params],
        )
        return [(value, day_of(at, zone) or 0) for value, at in rows]

    def opinion(self, code: str, period: Period, earlier: Period, buckets: Sequence[Period]) -> Tile:
        """What customers said of those who were asked in the period: ``rating`` (mean mark) or ``nps`` (points)."""
        kind, of_values = ("nps", _recommended) if code == "nps" else ("csat", _mean)
        every = self._ratings(kind)

        def of(one: Period) -> tuple[list[int], int]:
            """(the answers, how many were asked)."""
            asked = [value for value, day in every if one.first.toordinal() <= day <= one.last.toordinal()]
            return [value for value in asked if value is not None], len(asked)

        def told(values: list[int], fewest: int) -> float | None:
            return of_values(values) if len(values) >= fewest else None

        answers, asked = of(period)
        spark = tuple(told(of(bucket)[0], 1) for bucket in buckets)
        said, asked_then = of(earlier)
        before, share = told(said, FEWEST_RATINGS), _share(len(said), asked_then)
        return Tile(code, told(answers, FEWEST_RATINGS), before, len(answers), asked, spark, share)

    def causes(self, period: Period) -> tuple[tuple[str, str, int], ...]:
        where, params = self._within("received_day", period)
        known = directory.read(self._desk)
        rows = self._rows(
            f"SELECT cause_id, count(*) FROM ticket_fact WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1", params
        )
        return tuple((cause, known.cause(cause) if cause else "", count) for cause, count in rows)

    def points(self, period: Period) -> tuple[tuple[int, int, str], ...]:
        where, params = self._within("finished_day", period)
        rows = self._rows(
            f"SELECT effort, spent, ticket_id FROM ticket_fact WHERE {where} AND effort > 0 AND spent > 0 "
            "ORDER BY finished_day DESC, ticket_id LIMIT ?",
            [*params, MOST_POINTS],
        )
        return tuple((int(effort), int(spent), str(ticket)) for effort, spent, ticket in rows)

    def people(self, period: Period) -> tuple[PersonRow, ...]:
        names = directory.people(self._desk)
        where, params = self._within("finished_day", period)
        done = {
            owner: (count, spent / effort if effort else None)
            for owner, count, spent, effort in self._rows(
                "SELECT owner_id, count(*), sum(CASE WHEN effort > 0 AND spent > 0 THEN spent END), "
                f"sum(CASE WHEN effort > 0 AND spent > 0 THEN effort END) FROM ticket_fact WHERE {where} "
                "AND refused = 0 GROUP BY 1",
                params,
            )
        }
        where, params = self._within("due_day", period)
        promised = {
            owner: _share(good, total)
            for owner, good, total in self._rows(
                f"SELECT owner_id, sum({STATE} = 1), count({STATE}) FROM ticket_fact WHERE {where} GROUP BY 1",
                [self._now, self._now, *params],
            )
        }
        where, params = self._within("answered_day", period)
        answers: dict[str, Counter[int]] = {}
        for person, minutes, count in self._rows(
            f"SELECT answered_by, answer_minutes, count(*) FROM ticket_fact WHERE {where} "
            "AND answer_minutes IS NOT NULL GROUP BY 1, 2",
            params,
        ):
            answers.setdefault(person, Counter())[minutes] += count
        rows = []
        for person in {*done, *answers} & set(names):
            count, ratio = done.get(person, (0, None))
            middle = median(answers.get(person, Counter()))
            rows.append(PersonRow(person, names[person].name, count, promised.get(person), middle, ratio))
        return tuple(sorted(rows, key=lambda row: (-row.resolved, row.name)))


@dataclass(frozen=True)
class Behind:
    """A ticket that a mark counts."""

    ticket_id: str
    number: int | None
    subject: str
    customer: str
    status: str
    promised_at: int | None
    finished: date | None


def tickets(desk: Desk, what: str, period: Period, narrow: Narrow | None = None, value: str = "") -> tuple[Behind, ...]:
    """The tickets behind a mark: ``kept``, ``moved``, ``broken`` (due in the period), ``answers`` (``value``: place of
    the column), ``late`` answers, ``cause`` (``value``: its id), ``person`` (resolved by), ``received``.
    Newest first.
    """
    narrow = narrow or Narrow()
    own, params = narrow.sql()
    low, high = period.first.toordinal(), period.last.toordinal()
    column = {"cause": "received_day", "received": "received_day", "answers": "answered_day", "late": "answered_day",
              "person": "finished_day"}.get(what, "due_day")  # fmt: skip
    rule = desk.schedule.answer_minutes
    if what in ("kept", "moved", "broken"):
        now = to_ms(desk.clock.now())
        extra = f" AND {STATE} = ?"
        more: list[Any] = [now, int(what == "kept")]
        if what != "kept":
            extra += " AND (told_before > 0 AND told_late = 0) = ?"
            more.append(int(what == "moved"))
    elif what == "answers":
        last = answer_columns(rule) - 1
        extra, more = f" AND min(max(answer_minutes - 1, 0) / {ANSWER_STEP}, {last}) = ?", [int(value)]
    elif what == "late":
        extra, more = " AND answer_minutes > ?", [rule]
    elif what in ("cause", "person"):
        extra, more = f" AND {'cause_id' if what == 'cause' else 'owner_id'} = ?", [value]
    else:
        extra, more = "", []
    rows = desk.replica.rows(
        "SELECT f.ticket_id, q.number, q.subject, q.customer, q.status, f.due_at, f.finished_day FROM "
        f"(SELECT * FROM ticket_fact WHERE {column} BETWEEN ? AND ?{own}{extra} ORDER BY {column} DESC, ticket_id DESC "
        f"LIMIT {MOST_BEHIND}) f JOIN queue_row q ON q.ticket_id = f.ticket_id ORDER BY f.{column} DESC, q.number DESC",
        [low, high, *params, *more],
    )
    return tuple(
        Behind(ticket, number, subject, customer, status, due, date.fromordinal(day) if day else None)
        for ticket, number, subject, customer, status, due, day in rows
    )


def customers(desk: Desk) -> list[tuple[str, str]]:
    """(id, name) of every customer with requests, by name."""
    rows = desk.replica.rows(
        "SELECT id, name FROM customer WHERE id IN (SELECT customer_id FROM ticket_fact) ORDER BY 2"
    )
    return [(str(row), str(name)) for row, name in rows]
