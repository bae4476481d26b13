"""Leases by a clock that the test holds: who may go on, who may take over, and after what."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk.desk import Desk
from deskapp.sync.hub.hub import Head
from deskapp.sync.hub.leases import TERM, Leases
from tests.sync.hub.desks import open_desk

ORIGIN = Head.origin("e1")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = open_desk(tmp_path / "me")
    found.replica.set_state("replica", "me")
    return found


def holds(desk: Desk, name: str, replica: str, token: int = 3) -> None:
    desk.replica.db.execute_sql(
        "INSERT INTO lease (id, replica, token, term) VALUES (?, ?, ?, ?)", (name, replica, token, TERM)
    )


class Steady:
    """Seconds that go on when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_holder_stops_long_before_another_may_begin(desk: Desk) -> None:
    steady = Steady()
    leases = Leases(desk, steady)
    holds(desk, "mail", "me")
    holds(desk, "slips", "other")
    assert leases.token("mail") is None  # nobody has seen a sign of life of ours yet
    leases.alive()
    assert (leases.token("mail"), leases.token("slips")) == (3, None)
    steady.now += TERM / 2 - 1
    assert leases.token("mail") == 3
    steady.now += 1
    assert leases.token("mail") is None
    leases.alive()
    assert leases.token("mail") == 3


def test_silence_counts_only_as_far_as_somebody_looked(desk: Desk) -> None:
    """Who was away for an hour knows nothing of that hour: the holder may have worked all the time."""
    steady = Steady()
    leases = Leases(desk, steady)
    holds(desk, "mail", "other")
    leases.observe({"other": {"sign": "1"}})
    steady.now += 3600
    assert leases.claims(["mail"], ORIGIN) == []
    leases.observe({"other": {"sign": "2"}})
    assert leases.claims(["mail"], ORIGIN) == []
    steady.now += TERM
    leases.observe({"other": {"sign": "2"}})
    assert leases.claims(["mail"], ORIGIN) == []
    steady.now += 1
    leases.observe({"other": {"sign": "2"}})
    (claim,) = leases.claims(["mail"], ORIGIN)
    assert claim.cols["replica"] == ["other", "me"] and claim.cols["token"] == [3, 1]


def test_a_holder_of_whom_no_sign_is_left_is_followed_too(desk: Desk) -> None:
    """A hub that was made anew knows the signs of those alone who have been there since."""
    steady = Steady()
    leases = Leases(desk, steady)
    holds(desk, "mail", "lost machine")
    leases.observe({})
    assert leases.claims(["mail"], ORIGIN) == []
    steady.now += TERM + 1
    leases.observe({})
    assert [claim.row for claim in leases.claims(["mail"], ORIGIN)] == ["mail"]


def test_only_what_is_ours_is_given_back(desk: Desk) -> None:
    leases = Leases(desk, Steady())
    holds(desk, "mail", "other")
    holds(desk, "slips", "me")
    assert [(one.row, one.cols["replica"]) for one in leases.give_back()] == [("slips", ["me", ""])]
