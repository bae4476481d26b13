"""The letter of a lost slot: the author's words stay, the date in them is the new one."""

from __future__ import annotations

import pytest

from deskapp.core.clock import to_ms
from deskapp.desk import nextslot, promise, setup, triage
from deskapp.desk.desk import Desk
from deskapp.desk.nextslot import _with_date
from deskapp.desk.values import LetterDraft
from deskapp.models.schema import Booking, Conflict, Ticket
from tests.desk.world import arrive, moscow


def _letter(date: str) -> LetterDraft:
    return LetterDraft(
        (("Olga", "olga@firm.example"),), (), "[#4142]", f"We will do it by {date}.", "promise", "en", date
    )


OLD, FRESH = _letter("Thursday 5 November, 18:00"), _letter("Thursday 5 November, 16:00")


@pytest.mark.parametrize(
    ("kept", "body"),
    [
        ({}, FRESH.body),
        ({"body": "  "}, FRESH.body),
        ({"body": f"Dear Olga, by {OLD.date_token}. Anna"}, f"Dear Olga, by {FRESH.date_token}. Anna"),
        ({"parts": ["Dear Olga, by ", OLD.date_token, ". Anna"]}, f"Dear Olga, by {FRESH.date_token}. Anna"),
        ({"body": "Dear Olga, some day. Anna"}, FRESH.body),  # a date that is not told must not be lost
    ],
)
def test_the_authors_words_stay(kept: dict[str, object], body: str) -> None:
    found = _with_date(kept, OLD, FRESH)
    assert found.body == body and found.date_token == FRESH.date_token and found.to == FRESH.to


def test_the_authors_addresses_stay() -> None:
    kept = {"body": OLD.body, "to": [["Anna", "anna@firm.example"]], "cc": [["", "boss@firm.example"]]}
    found = _with_date(kept, OLD, FRESH)
    assert found.body == FRESH.body
    assert found.to == (("Anna", "anna@firm.example"),) and found.cc == (("", "boss@firm.example"),)


def lost(desk: Desk, ticket_id: str, other: str) -> str:
    """The ticket's promise went to another ticket in the hub."""
    with desk.act("merged") as act:
        mine = {"promised_at": to_ms(moscow(2, 12)), "specialist_id": "anna"}
        return act.insert(
            Conflict, ticket_id=ticket_id, tbl="booking", row_id="gone", why="slot", state="joined", mine=mine,
            theirs={"ticket_id": other}, author_mine=desk.me, made_at=act.now,
        )  # fmt: skip


def test_the_next_slot_is_offered_with_its_letter_and_given_in_one_act(desk: Desk) -> None:
    ticket_id, other = arrive(desk).ticket_id, arrive(desk).ticket_id
    triage.set_cause(desk, ticket_id, "printer")
    offered = nextslot.offer(desk, lost(desk, ticket_id, other))
    assert offered is not None and offered.slot is not None and offered.letter is not None
    assert offered.lost == moscow(2, 12) and offered.letter.date_token in offered.letter.body
    nextslot.give(desk, offered)
    stands = desk.replica.value("SELECT promised_at FROM ticket WHERE id = ?", (ticket_id,))
    assert stands == to_ms(offered.slot.promise)
    assert nextslot.offer(desk, offered.conflict_id) is None, "it was decided"


def test_no_slot_that_breaks_a_promise_is_offered_in_one_act(desk: Desk) -> None:
    setup.save_rule(desk, {"horizon_days": 1})
    ticket_id, other, rest = (arrive(desk).ticket_id for _ in range(3))
    with desk.act("by hand") as act:
        act.update(Ticket, ticket_id, effort=90, skill_id="print", urgency=1)
        act.update(Ticket, other, promised_at=to_ms(moscow(2, 11, 30)), status="promised")
        for whose, start, end, pinned in (
            (rest, moscow(2, 9), moscow(2, 10), 1),
            (other, moscow(2, 10), moscow(2, 11), 0),
            (rest, moscow(2, 11, 30), moscow(2, 13), 1),
            (rest, moscow(2, 14), moscow(2, 17), 1),
        ):
            act.insert(
                Booking, ticket_id=whose, specialist_id="anna", start_at=to_ms(start), end_at=to_ms(end), pinned=pinned
            )  # fmt: skip
    slots = promise.propose(desk, ticket_id).proposals.slots
    assert slots and all(slot.diff.broken for slot in slots)
    offered = nextslot.offer(desk, lost(desk, ticket_id, other))
    assert offered is not None and offered.slot is None and offered.letter is None
