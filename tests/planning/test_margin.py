"""The learnt margin: kept nine times in ten, calm with few data, aware of drift."""

from __future__ import annotations

import random

import pytest

from deskapp.planning.margin import Finished, learnt_margin, margin_for_promise


def history(rng: random.Random, count: int, spread: float, bias: float = 0.0, cause: str = "c") -> list[Finished]:
    found = []
    for _ in range(count):
        estimate = rng.choice((30, 60, 90, 150, 240))
        found.append(Finished(cause, "p", estimate, max(1, round(estimate * rng.lognormvariate(bias, spread)))))
    return found


@pytest.mark.parametrize("spread, bias", [(0.1, 0.0), (0.3, 0.0), (0.5, 0.1), (0.25, 0.3)])
def test_nine_in_ten_are_kept_whatever_the_noise(spread: float, bias: float) -> None:
    rng = random.Random(5)
    kept = tried = 0
    for _ in range(40):
        known = history(rng, 80, spread, bias)
        for one in history(rng, 25, spread, bias):
            tried += 1
            kept += one.spent <= one.estimate + learnt_margin(known, "c", "p", one.estimate, least=0, step=1).minutes
    assert 0.87 <= kept / tried <= 0.96


def test_a_desk_without_history_starts_from_a_cautious_guess() -> None:
    margin = learnt_margin([], "c", "p", 120)
    assert (margin.n, margin.usual, margin.nine_in_ten, margin.drift) == (0, None, None, 0.0)
    assert 40 <= margin.minutes <= 160
    assert learnt_margin([], "c", "p", 10).minutes == 15


def test_few_data_and_odd_ones_move_it_little() -> None:
    exact = [Finished("c", "p", 120, 120)] * 6
    calm = learnt_margin(exact, "c", "p", 120).minutes
    odd = learnt_margin([*exact, Finished("c", "p", 60, 6000)], "c", "p", 120).minutes
    assert calm < learnt_margin([], "c", "p", 120).minutes <= 160
    assert odd <= 3 * 120
    assert learnt_margin([*exact * 10, Finished("c", "p", 60, 6000)], "c", "p", 120).minutes <= 30


def test_other_causes_help_until_there_is_own_experience() -> None:
    rng = random.Random(3)
    careless = history(rng, 100, 0.1, bias=0.5, cause="other")
    assert learnt_margin(careless, "c", "p", 100).minutes > learnt_margin([], "c", "p", 100).minutes
    own = history(rng, 60, 0.05)
    assert learnt_margin([*careless, *own], "c", "p", 100).minutes <= 25


def test_drift_is_noticed_and_followed() -> None:
    rng = random.Random(9)
    steady = history(rng, 60, 0.15)
    assert learnt_margin(steady, "c", "p", 100).drift == 0
    drifted = learnt_margin([*steady, *history(rng, 12, 0.15, bias=0.4)], "c", "p", 100)
    assert drifted.drift > 0.2
    assert drifted.minutes > learnt_margin(steady, "c", "p", 100).minutes + 20


def test_it_says_what_it_rests_on() -> None:
    spent = [100, 110, 120, 125, 130, 130, 135, 140, 150, 185]
    margin = learnt_margin([Finished("c", "p", 120, s) for s in spent], "c", "p", 120)
    assert (margin.n, margin.usual, margin.nine_in_ten) == (10, 130, 150)


def test_queues_that_run_late_are_paid_for_by_the_margin() -> None:
    rng = random.Random(4)
    calm = [Finished("c", "p", 100, 100, 0) for _ in range(60)]
    late = [Finished("c", "p", 100, 100, rng.choice((0, 0, 30, 60, 90))) for _ in range(60)]
    assert learnt_margin(calm, "c", "p", 100).minutes <= 30
    assert 70 <= learnt_margin(late, "c", "p", 100).minutes <= 120
    unknown = [Finished("c", "p", 100, 100) for _ in range(60)]
    assert learnt_margin(unknown, "c", "p", 100).minutes <= 30


def test_the_rule_stands_until_there_is_experience() -> None:
    few = [Finished("c", "p", 100, 100)] * 12
    assert margin_for_promise(few[:5], "c", "p", 100, 30).minutes == 30
    assert margin_for_promise(few, "c", "p", 100, 45).minutes == 45
    assert margin_for_promise(few * 4, "c", "p", 100, 45).minutes < 45
