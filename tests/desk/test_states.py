"""act × status -> status, written out once more and independently; what is not here is refused with words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.desk import closing, letters, promise, states, triage, work
from deskapp.desk.desk import Desk
from tests.desk.world import advance, answer, arrive, our_letter, promise_first, row, shared_rows, status

#      act        new           promised       in_progress    waiting        resolved       closed         refused
EXPECTED = {
    "promise":  ("promised",    "promised",    "in_progress", "waiting",     None,          None,          None),
    "refuse":   ("refused",     "refused",     "refused",     "refused",     None,          None,          None),
    "question": ("new",         "promised",    "in_progress", "waiting",     "resolved",    None,          None),
    "reply":    ("new",         "promised",    "in_progress", "waiting",     "resolved",    "closed",      "refused"),
    "start":    ("in_progress", "in_progress", "in_progress", "in_progress", None,          None,          None),
    "wait":     (None,          "waiting",     "waiting",     "waiting",     None,          None,          None),
    "resume":   (None,          None,          None,          "promised",    None,          None,          None),
    "finish":   ("resolved",    "resolved",    "resolved",    "resolved",    None,          None,          None),
    "remind":   (None,          None,          None,          None,          "resolved",    None,          None),
    "agree":    (None,          None,          None,          None,          "closed",      None,          None),
    "disagree": (None,          None,          None,          None,          "in_progress", "in_progress", None),
    "reopen":   (None,          None,          None,          None,          "in_progress", "in_progress", "new"),
    "letter":   ("new",         "promised",    "in_progress", "waiting",     "resolved",    "in_progress", "new"),
    "note":     ("new",         "promised",    "in_progress", "waiting",     "resolved",    "closed",      "refused"),
}  # fmt: skip
STATUSES = ("new", "promised", "in_progress", "waiting", "resolved", "closed", "refused")


def bring_to(desk: Desk, wanted: str) -> str:
    """A ticket in a status, by the acts that lead there."""
    ticket_id = arrive(desk).ticket_id
    if wanted != "new":
        promise_first(desk, ticket_id)
    if wanted == "in_progress":
        work.start(desk, ticket_id)
    if wanted == "waiting":
        work.wait(desk, ticket_id, "parts", "ждём картридж")
    if wanted in ("resolved", "closed"):
        closing.finish(desk, ticket_id, "заменили картридж", told_how="phone", told_who="Иван")
    if wanted == "closed":
        closing.agree(desk, ticket_id, "phone", "Иван")
    if wanted == "refused":
        promise.refuse(desk, ticket_id, "не наше", our_letter())
    assert status(desk, ticket_id) == wanted
    advance(desk, minutes=10)
    return ticket_id


ACTS: dict[str, Callable[[Desk, str], object]] = {
    "promise": lambda desk, t: promise.give_other(desk, t, desk.clock.now() + timedelta(days=3), "так", our_letter()),
    "refuse": lambda desk, t: promise.refuse(desk, t, "не наше", our_letter()),
    "question": lambda desk, t: letters.send(desk, t, "question", our_letter()),
    "reply": lambda desk, t: letters.send(desk, t, "reply", our_letter()),
    "start": work.start,
    "wait": lambda desk, t: work.wait(desk, t, "visit", "ждём выезда"),
    "resume": work.resume,
    "finish": lambda desk, t: closing.finish(desk, t, "сделано", told_how="phone", told_who="Иван"),
    "remind": lambda desk, t: closing.remind(desk, t, our_letter()),
    "agree": lambda desk, t: closing.agree(desk, t, "mail", "Иван"),
    "disagree": lambda desk, t: closing.disagree(desk, t, "phone", "Иван", "опять"),
    "reopen": closing.reopen,
    "letter": lambda desk, t: answer(desk, t, "А что теперь делать?"),
    "note": lambda desk, t: work.note(desk, t, "check", "посмотрел"),
}


@pytest.mark.parametrize("was", STATUSES)
@pytest.mark.parametrize("act", EXPECTED)
def test_every_act_in_every_status(desk: Desk, act: str, was: str) -> None:
    ticket_id = bring_to(desk, was)
    expected = EXPECTED[act][STATUSES.index(was)]
    before = shared_rows(desk)
    if expected is None:
        with pytest.raises(UserFacingError):
            ACTS[act](desk, ticket_id)
        assert shared_rows(desk) == before
        assert status(desk, ticket_id) == was
    else:
        ACTS[act](desk, ticket_id)
        assert status(desk, ticket_id) == expected
        assert shared_rows(desk) != before or act in ("reply", "question", "remind"), "an act leaves a trace"


@pytest.mark.parametrize("act", sorted(set(EXPECTED) - {"note", "letter"}))
def test_the_screen_offers_exactly_what_is_admitted(act: str) -> None:
    for was, expected in zip(STATUSES, EXPECTED[act], strict=True):
        assert (act in states.allowed(was)) == (expected is not None)


def test_work_that_went_on_resumes_as_work(desk: Desk) -> None:
    ticket_id = bring_to(desk, "in_progress")
    work.wait(desk, ticket_id, "third")
    work.resume(desk, ticket_id)
    assert status(desk, ticket_id) == "in_progress"


def test_nothing_happens_to_a_merged_ticket() -> None:
    assert states.allowed("merged") == {"letter"}


# --- the five dates ----------------------------------------------------------------------------------------------

DATES = ("asked_at", "received_at", "promised_at", "first_promised_at", "finished_at")
#: What each act may move; all else stays apart from it.
MAY_MOVE = {
    "promise": {"promised_at", "first_promised_at"},
    "finish": {"finished_at"},
    "disagree": {"finished_at"},
    "reopen": {"finished_at"},
    "letter": {"finished_at"},  # of a closed ticket that it reopens
}


@pytest.mark.parametrize("was", STATUSES)
@pytest.mark.parametrize("act", EXPECTED)
def test_the_five_dates_stay_apart(desk: Desk, act: str, was: str) -> None:
    if EXPECTED[act][STATUSES.index(was)] is None:
        return
    ticket_id = bring_to(desk, was)
    triage.set_asked(desk, ticket_id, desk.clock.now() + timedelta(days=9), is_day=True)
    before = row(desk, ticket_id)
    ACTS[act](desk, ticket_id)
    after = row(desk, ticket_id)
    assert {date for date in DATES if before[date] != after[date]} <= MAY_MOVE.get(act, set())


def test_the_promise_moves_by_a_new_promise_alone_and_every_one_is_kept(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id, minutes=60)
    told = row(desk, ticket_id)["promised_at"]
    triage.set_effort(desk, ticket_id, 600)
    work.note(desk, ticket_id, "measure", "долго", 400)
    work.start(desk, ticket_id)
    triage.set_owner(desk, ticket_id, "boris")
    advance(desk, days=2)
    assert row(desk, ticket_id)["promised_at"] == told
    second = desk.clock.now() + timedelta(days=1)
    promise.slip(desk, ticket_id, second, "ждём деталь", our_letter())
    now = row(desk, ticket_id)
    assert (now["first_promised_at"], now["moved_count"]) == (told, 1)
    kept = desk.replica.rows(
        "SELECT ordinal, date_at, reason FROM promise WHERE ticket_id = ? ORDER BY ordinal", (ticket_id,)
    )
    assert [(ordinal, at) for ordinal, at, _ in kept] == [(1, told), (2, now["promised_at"])]
    assert kept[1][2] == "ждём деталь"
