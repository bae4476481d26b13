"""The margin that nine promises in ten are kept with, learnt from finished work.

What counts is how far the spent effort went beyond the estimate, as a ratio. Work of the same cause and person says
most, the same cause less, the rest of the desk least; a desk that has finished nothing yet starts from a cautious
guess. So one odd ticket moves the margin little, and forty tickets make it the desk's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, exp, log, sqrt
from statistics import NormalDist, fmean, median, pstdev

#: Share of promises that time shall not break. A promise is kept only if the customer agrees, too, so that nine in ten
#: kept need a little more than nine in ten in time.
AIM = 0.92
#: A ratio beyond these is an accident of recording, not a habit of the work.
LEAST, MOST = 0.25, 4.0
#: Newest tickets count most: the weight halves after so many of the same cause.
HALF_LIFE = 40
HALF_LIFE_DRIFTING = 12
#: What colleagues' tickets of the same cause count, and what all others of the desk count together at most.
COLLEAGUE = 0.5
DESK_WEIGHT = 4.0
#: The cautious guess: spent effort spreads by a third around the estimate, and counts as so many tickets.
GUESS_SPREAD = 0.35
GUESS_WEIGHT = 3.0
#: Finished tickets of a cause from which its experience stands alone: nine in ten cannot be read from fewer.
ENOUGH = 20
#: Finished tickets of the whole desk below which there is no experience at all, only the rule.
ANYTHING = 10
#: Minutes by which few tickets must say more than the rule to be believed.
CLEARLY = 15
#: Newest tickets of the desk that say how late queues run.
DELAYS = 120
#: Newest tickets that are compared with the ones before them.
RECENT = 10


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished ticket: minutes estimated and spent. A sequence of them is in order of finishing.

    ``delay``: working minutes by which it ended later than planned for other reasons than its own effort (what was
    before it in the queue, interruptions), negative when earlier; None where nobody knows.
    """

    cause_id: str
    person_id: str
    estimate: int
    spent: int
    delay: int | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """``minutes`` of working time to add; ``n`` tickets of this cause it rests on, ``usual`` their median effort,
    ``nine_in_ten`` the effort that nine of ten stayed under (None without any). ``drift`` is by how much the newest
    differ from those before, as a share (0.2: a fifth more), 0 when it may be chance."""

    minutes: int
    n: int
    usual: int | None = None
    nine_in_ten: int | None = None
    drift: float = 0.0


def learnt_margin(
    finished: Sequence[Finished],
    cause_id: str,
    person_id: str,
    minutes: int,
    least: int = 15,
    step: int = 5,
    spread: float = GUESS_SPREAD,
) -> Margin:
    """The margin for an effort of ``minutes`` on this cause by this person; at least ``least``, rounded up to
    ``step``. ``spread`` is the guess that experience corrects: the standard deviation of log(spent / estimate).
    """
    same = [one for one in finished if one.cause_id == cause_id and one.estimate > 0 and one.spent > 0]
    others = [one for one in finished if one.cause_id != cause_id and one.estimate > 0 and one.spent > 0]
    ratios = [_ratio(one) for one in same]
    drift = _drift(ratios)
    half = HALF_LIFE_DRIFTING if drift else HALF_LIFE
    weighed = [
        (ratio, 0.5 ** (age / half) * (1.0 if one.person_id == person_id else COLLEAGUE))
        for age, (one, ratio) in enumerate(zip(reversed(same), reversed(ratios), strict=True))
    ]
    own = sum(weight for _, weight in weighed)
    # What is known of this cause drives out what is only known of the desk, and that the guess.
    elsewhere = [_ratio(one) for one in others[-200:]]
    if elsewhere:
        share = DESK_WEIGHT / (1 + own / DESK_WEIGHT) * min(1.0, len(elsewhere) / 20)
        weighed += [(ratio, share / len(elsewhere)) for ratio in elsewhere]
    guess = GUESS_WEIGHT / (1 + own / GUESS_WEIGHT)
    normal = NormalDist(0.0, spread)
    weighed += [(normal.inv_cdf((k + 0.5) / 20), guess / 20) for k in range(20)]
    delays = _delays(finished, person_id)
    if delays:
        own_part = [minutes * (exp(value) - 1) for value in _points(weighed)]
        of_others = _points(delays)
        sums = [(one + two, 1.0) for one in own_part for two in of_others]
        weight = sum(weight for _, weight in weighed)
        over = _quantile([(value, weight / len(sums)) for value, _ in sums], AIM)
    else:
        over = minutes * (exp(_quantile(weighed, AIM)) - 1)
    needed = max(float(least), over)
    spent = sorted(one.spent for one in same)
    return Margin(
        minutes=ceil(needed / step) * step,
        n=len(same),
        usual=round(median(spent)) if spent else None,
        nine_in_ten=spent[min(len(spent) - 1, ceil(len(spent) * 0.9) - 1)] if spent else None,
        drift=round(drift, 2),
    )


def margin_for_promise(finished: Sequence[Finished], cause_id: str, person_id: str, minutes: int, rule: int) -> Margin:
    """The margin that a promise gets.

    ``rule`` while the desk has finished less than `ANYTHING`; while the cause has less than `ENOUGH`, the rule or what
    is clearly more; from then on what experience says alone. The rule is the guess that experience corrects.
    """
    known = sum(one.estimate > 0 and one.spent > 0 for one in finished)
    learnt = learnt_margin(finished, cause_id, person_id, minutes, spread=spread_of(rule, minutes))
    if known < ANYTHING:
        return replace(learnt, minutes=rule)
    if learnt.n >= ENOUGH or learnt.minutes >= rule + CLEARLY:
        return learnt
    return replace(learnt, minutes=rule)


def spread_of(margin: int, minutes: int) -> float:
    """The spread at which a margin keeps nine promises in ten for an effort of ``minutes``."""
    return max(0.05, log(1 + margin / minutes) / NormalDist().inv_cdf(AIM))


def _delays(finished: Sequence[Finished], person_id: str) -> list[tuple[float, float]]:
    """How late work ends without a fault of its own, weighed: the newest of that person most. Empty while too few are
    known."""
    known = [one for one in finished if one.delay is not None][-DELAYS:]
    if len(known) < ENOUGH:
        return []
    return [
        (float(one.delay or 0), 0.5 ** (age / (DELAYS / 2)) * (1.0 if one.person_id == person_id else COLLEAGUE))
        for age, one in enumerate(reversed(known))
    ]


def _points(weighed: Sequence[tuple[float, float]], count: int = 24) -> list[float]:
    """The distribution as so many values of equal weight."""
    ordered = sorted(weighed)
    total = sum(weight for _, weight in ordered)
    found, reached, at = [], 0.0, 0
    for step in range(count):
        wanted = total * (step + 0.5) / count
        while at < len(ordered) - 1 and reached + ordered[at][1] < wanted:
            reached += ordered[at][1]
            at += 1
        found.append(ordered[at][0])
    return found


def _ratio(one: Finished) -> float:
    return log(min(MOST, max(LEAST, one.spent / one.estimate)))


def _drift(ratios: Sequence[float]) -> float:
    """How much the newest tickets differ from those before, when that is hardly chance (two standard errors and a
    half).
    """
    recent, before = ratios[-RECENT:], ratios[-5 * RECENT : -RECENT]
    if len(before) < RECENT:
        return 0.0
    step = fmean(recent) - fmean(before)
    error = sqrt(pstdev(before) ** 2 * (1 / len(recent) + 1 / len(before)))
    return exp(step) - 1 if abs(step) > max(2.5 * error, 0.1) else 0.0


def _quantile(weighed: Iterable[tuple[float, float]], level: float) -> float:
    """The weighted quantile, taken a little higher where it rests on little."""
    ordered = sorted(weighed)
    total = sum(weight for _, weight in ordered)
    wanted = total * (level + (1 - level) / (2 + total))
    reached = 0.0
    for value, weight in ordered:
        reached += weight
        if reached >= wanted - 1e-9:
            return value
    return ordered[-1][0]
