"""Two desktops want one time of one person, or answer one customer: what goes back to its author, and what stays."""

from __future__ import annotations

from typing import Any

from deskapp.desk import drafts, letters, promise
from deskapp.desk.desk import Desk
from deskapp.models.schema import Booking
from tests.sync.hub.desks import Office, ticket

HOUR = 3_600_000
NOON = 1_762_075_200_000
#: What a promise sets in its ticket.
TOLD = (
    "promised_at, first_promised_at, promise_id, moved_count, answered_at, answered_by, answer_took, again_took, "
    "status, wait_for, wait_note"
)


def book(desk: Desk, one: str, start: int, hours: int = 1, **more: Any) -> str:
    with desk.act() as act:
        begin = NOON + start * HOUR
        return act.insert(
            Booking, ticket_id=one, specialist_id="anna", start_at=begin, end_at=begin + hours * HOUR, **more
        )


def bookings(desk: Desk) -> dict[str, tuple[int, int]]:
    rows = desk.replica.rows("SELECT id, start_at, end_at FROM booking")
    return {row: ((start - NOON) // HOUR, (end - NOON) // HOUR) for row, start, end in rows}


def told(desk: Desk, one: str) -> tuple[Any, ...]:
    return desk.replica.row(f"SELECT {TOLD} FROM ticket WHERE id = ?", (one,)) or ()


def two(office: Office) -> tuple[Desk, Desk, str, str]:
    """Desktops a and b, and a ticket of each."""
    a, b = office.first("a"), office.join("b")
    made = ticket(a, "First"), ticket(b, "Second")
    office.settle()
    return a, b, *made


def test_times_that_only_touch_are_both_kept(office: Office) -> None:
    a, b, one, other = two(office)
    book(a, one, 1)
    office.sync("a")
    before, after = book(b, other, 0), book(b, other, 2)
    assert office.sync("b").lost_slots == 0
    office.settle()
    office.same()
    assert {before, after} < set(bookings(a))


def test_an_overlap_that_is_wanted_or_over_takes_nothing_away(office: Office) -> None:
    a, b, one, other = two(office)
    book(a, one, 0, state="done")
    book(a, one, 2)
    book(a, one, 4)
    office.sync("a")
    kept = {
        book(b, other, 0),  # what was there is over
        book(b, other, 2, override="the customer insists"),
        book(b, other, 4, state="done"),  # the work was done then, whoever else was to
        *(book(b, other, 6), book(b, other, 6)),  # a person has put both there, and sees it
    }
    assert office.sync("b").lost_slots == 0
    office.settle()
    office.same()
    assert kept < set(bookings(a))


def test_a_booking_that_was_moved_to_a_taken_time_goes_back_to_where_it_was(office: Office) -> None:
    a, b, one, other = two(office)
    moved, removed = book(b, other, 0), book(b, other, 8)
    office.settle()
    taken = book(a, one, 4)
    office.sync("a")
    with b.act() as act:
        act.update(Booking, moved, start_at=NOON + 4 * HOUR, end_at=NOON + 5 * HOUR, specialist_id="anna")
    with b.act() as act:
        act.delete(Booking, removed)
    assert office.sync("b").lost_slots == 1
    office.settle()
    office.same()
    assert bookings(a) == {moved: (0, 1), taken: (4, 5)}
    ((why, lost, by),) = a.replica.rows(
        "SELECT why, json_extract(mine, '$.start_at'), json_extract(theirs, '$.ticket_id') FROM conflict"
    )
    assert (why, lost, by) == ("slot", NOON + 4 * HOUR, one)


def test_a_lost_new_date_leaves_the_ticket_as_it_was_promised_before(office: Office) -> None:
    a, b, one, other = two(office)
    view = promise.propose(b, other, minutes=120)
    promise.give(b, other, view.proposals.slots[0], view.letters[0], minutes=120)
    letters.release(b, everything=True)
    office.settle()
    had, stood = bookings(b), told(b, other)
    view = promise.propose(b, other, minutes=120)
    place = next(n for n, slot in enumerate(view.proposals.slots) if n)
    promise.give(b, other, view.proposals.slots[place], view.letters[place], minutes=120, reason="A part is late")
    letters.release(b, everything=True)
    drafts.save(b, other, "promise", {"text": "typed since"})
    fresh = [
        row for row in b.replica.rows("SELECT id, specialist_id, start_at, end_at FROM booking") if row[0] not in had
    ]
    assert fresh and told(b, other) != stood
    with a.act() as act:
        for _id, person, start, end in fresh:
            act.insert(Booking, ticket_id=one, specialist_id=person, start_at=start, end_at=end)
    office.sync("a")
    assert office.sync("b").lost_slots
    office.settle()
    office.same()
    assert told(a, other) == stood
    assert {row for (row,) in a.replica.rows("SELECT id FROM booking WHERE ticket_id = ?", (other,))} == set(had)
    assert a.replica.value("SELECT count(*) FROM promise WHERE ticket_id = ?", (other,)) == 1
    assert a.replica.value("SELECT count(*) FROM message WHERE kind IN ('promise', 'slip')") == 1
    assert drafts.load(b, other)["promise"] == {"text": "typed since"}


def test_a_first_date_that_was_lost_is_no_answer(office: Office) -> None:
    """The two hours go on: nobody has told the customer anything."""
    a, b, one, other = two(office)
    stood = told(b, other)
    view = promise.propose(b, other, minutes=120)
    promise.give(b, other, view.proposals.slots[0], view.letters[0], minutes=120)
    person, start, end = b.replica.row("SELECT specialist_id, start_at, end_at FROM booking") or ("", 0, 0)
    with a.act() as act:
        act.insert(Booking, ticket_id=one, specialist_id=person, start_at=start, end_at=end)
    office.sync("a")
    assert office.sync("b").lost_slots == 1
    office.settle()
    office.same()
    assert told(a, other) == stood
    assert b.replica.value("SELECT count(*) FROM booking WHERE ticket_id = ?", (other,)) == 0
    assert letters.release(b, everything=True).tables.get("message") is None


def test_a_refusal_after_a_colleagues_promise_does_not_leave(office: Office) -> None:
    a, b, one, _other = two(office)
    view = promise.propose(a, one, minutes=60)
    promise.give(a, one, view.proposals.slots[0], view.letters[0], minutes=60)
    letters.release(a, everything=True)
    office.clock.advance(minutes=1)
    promise.refuse(b, one, "Not ours", letters.draft(b, one, "refusal", reason="not ours", instead="ask the maker"))
    letters.release(b, everything=True)
    assert b.replica.value("SELECT count(*) FROM outgoing WHERE state = 'ready'")
    office.sync("a")
    office.sync("b")
    office.settle()
    office.same()
    assert [kind for (kind,) in a.replica.rows("SELECT kind FROM message WHERE direction = 'out'")] == ["promise"]
    assert "refuse" in drafts.load(b, one)


def test_of_two_promises_only_the_bookings_of_the_first_are_left(office: Office) -> None:
    a, b, one, _other = two(office)
    for desk, slot in ((a, 0), (b, 1)):
        view = promise.propose(desk, one, minutes=120)
        promise.give(desk, one, view.proposals.slots[slot], view.letters[slot], minutes=120)
    first = set(bookings(a))
    office.sync("a")
    office.sync("b")
    office.settle()
    office.same()
    assert set(bookings(b)) == first
