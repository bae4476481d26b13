from __future__ import annotations

import pytest

from deskapp.core.errors import Lapsed
from deskapp.desk import conflicts, letters, promise, triage
from deskapp.sync.hub.gate import in_hub
from tests.sync.hub.desks import Office, ticket


def test_a_choice_is_in_force_everywhere(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.settle()
    triage.set_urgency(a, [one], 1)
    triage.set_urgency(b, [one], 2)
    office.sync("a")
    office.settle()
    (found,) = conflicts.of_ticket(c, one)
    assert (found.mine, found.theirs, found.now) == ({"urgency": 2}, {"urgency": 1}, {"urgency": 2})
    assert found.author_theirs == a.me and found.author_mine == b.me
    changes = conflicts.choose(c, found.id, "theirs")
    assert one in changes.tickets
    office.settle()
    office.same()
    assert a.replica.value("SELECT urgency FROM ticket WHERE id = ?", (one,)) == 1
    assert conflicts.waiting(a) == ()
    with pytest.raises(Lapsed):
        conflicts.choose(a, found.id, "mine")


def test_two_choices_at_once_are_one(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.settle()
    triage.set_urgency(a, [one], 1)
    triage.set_urgency(b, [one], 2)
    office.sync("a")
    office.settle()
    (found,) = conflicts.waiting(a)
    conflicts.choose(a, found.id, "mine")
    conflicts.choose(c, found.id, "theirs")
    office.sync("a")
    office.sync("c")
    office.settle()
    office.same()
    assert conflicts.waiting(b) == ()
    assert b.replica.value("SELECT chosen FROM conflict WHERE id = ?", (found.id,)) == "mine"


def test_a_letter_waits_until_what_it_says_is_shared(office: Office) -> None:
    a, _b, _c = office.three()
    one = ticket(a)
    view = promise.propose(a, one, minutes=120)
    promise.give(a, one, view.proposals.slots[0], view.letters[0], minutes=120)
    letters.release(a, everything=True)
    letter = a.replica.value("SELECT id FROM message WHERE kind = 'promise'")
    assert not in_hub(a, letter)
    office.sync("a")
    assert in_hub(a, letter)
    assert not in_hub(a, "unknown")


def test_a_letter_held_in_a_copied_profile_leaves_once(office: Office) -> None:
    a, b, _c = office.three()
    one = ticket(b)
    office.settle()
    view = promise.propose(b, one, minutes=120)
    promise.give(b, one, view.proposals.slots[0], view.letters[0], minutes=120)
    copy = office.copy("b", "b2")
    letters.release(b, everything=True)
    office.settle()
    letters.release(copy, everything=True)
    office.settle()
    office.same()
    assert a.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 1
    assert a.replica.value("SELECT count(*) FROM outgoing") == 1
