"""Ways out of overload: what of a full day could go to another day, a colleague, or in part to later; nobody breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from .fit import earliest
from .forecast import slack
from .lane import Lane, fingerprint, horizon, items_of
from .load import day_loads, free_minutes
from .replan import HORIZONS, move
from .ticks import MINUTE, from_ticks, to_span, to_ticks
from .values import Busy, Move, Person, PlanDiff, Rules
from .worktime import NoWorkingTime

WAYS = 3
#: A part that is split off, or left, is at least this long.
LEAST_PART = 30


@dataclass(frozen=True, slots=True)
class Relief:
    """``code``: move (to another day), give (to a colleague), split (a part goes to later). ``minutes`` that the day
    gets back; slack in working minutes of the ticket before and after (None without a promise); ``free``: what the
    colleague has free that day."""

    code: str
    busy: Busy
    person_id: str
    diff: PlanDiff
    minutes: int
    start: datetime
    slack_before: int | None
    slack_after: int | None
    free: int = 0


def ways_out(
    person_id: str, day: date, people: Sequence[Person], now: datetime, rules: Rules | None = None
) -> tuple[Relief, ...]:
    """Up to three ways, of different kinds first, that take work off a person's day and break no promise.

    Work in progress, pinned blocks and visits stay. Nothing comes back for a day that is not overloaded.
    """
    rules = rules or Rules()
    person = next(one for one in people if one.id == person_id)
    (load,) = day_loads(person, day, day)
    over = load.booked - load.working
    if over <= 0:
        return ()
    calendar = person.calendar
    low, high = from_ticks(calendar.day_start(day)), from_ticks(calendar.day_start(day + timedelta(days=1)))
    loose = [
        item.busy
        for item in items_of(person)
        if not item.fixed
        and item.busy.kind == "work"
        and low <= item.busy.span.start < high
        and item.busy.span.start >= now
    ]
    loose.sort(key=lambda busy: -(_slack(person, busy, busy.span.end) or 1 << 30))
    kinds = [
        [way for busy in loose if (way := _later(busy, person, people, high, now, rules)) is not None],
        [way for busy in loose for way in _given(busy, person, people, low, high, now, rules)],
        [way for busy in loose if (way := _split(busy, person, people, over, high, now, rules)) is not None],
    ]
    enough = [[way for way in kind if way.minutes >= over] or kind for kind in kinds]
    chosen = [kind[0] for kind in enough if kind]
    rest = [way for kind in enough for way in kind[1:]]
    return tuple([*chosen, *rest][:WAYS])


def _slack(person: Person, busy: Busy, finish: datetime) -> int | None:
    return None if busy.promise is None else slack(finish, busy.promise, person.calendar)


def _kept(diff: PlanDiff, busy: Busy) -> Move | None:
    """The block's own move if nothing else moves and nothing breaks."""
    if diff.broken or diff.wont_fit or not diff.harmless:
        return None
    return next((one for one in (*diff.moved, *diff.reassigned) if one.busy.id == busy.id), None)


def _relief(
    code: str, person: Person, target: Person, own: Move, diff: PlanDiff, minutes: int, free: int = 0
) -> Relief:
    return Relief(
        code=code,
        busy=own.busy,
        person_id=target.id,
        diff=diff,
        minutes=minutes,
        start=own.spans[-1].start if code == "split" else own.spans[0].start,
        slack_before=_slack(person, own.busy, own.finish_before),
        slack_after=_slack(target, own.busy, own.finish_after),
        free=free,
    )


def _later(
    busy: Busy, person: Person, people: Sequence[Person], after: datetime, now: datetime, rules: Rules
) -> Relief | None:
    """The whole block in the first free time of another day."""
    others = replace(person, busy=tuple(one for one in person.busy if one.id != busy.id))
    try:
        end = horizon(person, rules, to_ticks(after), rules.horizon_days * HORIZONS)
        lane = Lane(others, to_ticks(now), end, rules)
    except NoWorkingTime:
        return None
    minutes = _minutes(person, busy)
    trip = (minutes,) if busy.kind == "visit" else ()
    pieces = lane.fit(minutes, _not_before(busy, after), busy.splits, busy.min_piece, trip)
    if pieces is None:
        return None
    diff = move(busy.id, person.id, from_ticks(pieces[0][0]), people, now, rules)
    own = _kept(diff, busy)
    return None if own is None else _relief("move", person, person, own, diff, _minutes(person, busy))


def _given(
    busy: Busy, person: Person, people: Sequence[Person], low: datetime, high: datetime, now: datetime, rules: Rules
) -> Iterable[Relief]:
    """The block with a colleague who can do it and has room that day; who has most room comes first."""
    able = [one for one in people if one.id != person.id and busy.skill is not None]
    able = [one for one in able if not busy.skill or busy.skill in one.skills]
    able = [one for one in able if set(one.lines) & set(person.lines) or busy.skill]
    room = sorted(
        ((free_minutes(one, max(low, now), high), one) for one in able), key=lambda pair: (-pair[0], pair[1].id)
    )
    for free, colleague in room:
        if free < _minutes(person, busy):
            break
        try:
            diff = move(busy.id, colleague.id, max(low, now), people, now, rules)
        except NoWorkingTime:
            continue
        own = _kept(diff, busy)
        if own is not None and own.spans[-1].end <= high:
            yield _relief("give", person, colleague, own, diff, _minutes(person, busy), free)


def _split(
    busy: Busy, person: Person, people: Sequence[Person], over: int, after: datetime, now: datetime, rules: Rules
) -> Relief | None:
    """As much of the block goes to later as the day is too full."""
    minutes = _minutes(person, busy)
    least = max(LEAST_PART, busy.min_piece or 0)
    part = max(least, over)
    if not busy.splits or minutes - part < least:
        return None
    calendar = person.calendar
    kept_end = calendar.after(to_ticks(busy.span.start), (minutes - part) * MINUTE)
    try:
        end = horizon(person, rules, to_ticks(after), rules.horizon_days * HORIZONS)
        lane = Lane(person, to_ticks(now), end, rules)
    except NoWorkingTime:
        return None
    pieces = earliest(lane.free, part, rules, to_ticks(after), True, busy.min_piece)
    if pieces is None:
        return None
    spans = (to_span(to_ticks(busy.span.start), kept_end), *(to_span(*piece) for piece in pieces))
    others = [i.end for i in items_of(person) if i.ticket == busy.ticket_id and i.busy.id != busy.id]
    finish = max([pieces[-1][1], *others])
    if busy.promise is not None and finish > to_ticks(busy.promise):
        return None
    before = from_ticks(max([to_ticks(busy.span.end), *others]))
    own = Move(busy, person.id, person.id, spans, before, from_ticks(finish))
    diff = PlanDiff(moved=(own,), base=fingerprint(people), subject=(busy.id,))
    return _relief("split", person, person, own, diff, part)


def _not_before(busy: Busy, after: datetime) -> int:
    return to_ticks(after if busy.not_before is None else max(after, busy.not_before))


def _minutes(person: Person, busy: Busy) -> int:
    work = person.calendar.work_between(busy.span.start, busy.span.end)
    return max(1, int(work.total_seconds() // 60) or busy.span.minutes)
