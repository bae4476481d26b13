from __future__ import annotations

import pytest

from deskapp.core.errors import Lapsed
from deskapp.desk import (
    conflicts,
    knowledge,
    letters,
    merging,
    promise,
    queue,
    setup,
    syncboard,
    triage,
    undo,
    work,
)
from deskapp.desk import ticket as tickets
from deskapp.desk.desk import Desk
from deskapp.models.schema import Attachment
from deskapp.sync.hub.gate import in_hub
from tests.sync.hub.desks import PEOPLE, Office, ticket


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
    for desk in (a, b, c):  # all see what it was before, and nobody is told that only one of them changed it
        (one_,) = conflicts.of_ticket(desk, one)
        assert dict(one_.was) == {"urgency": 3}
        assert [j.columns for j in syncboard.view(desk).joined if j.kind == "fields" and "urgency" in j.columns] == []
    changes = conflicts.choose(c, found.id, "theirs")
    told = c.replica.value("SELECT number FROM ticket WHERE id = ?", (found.ticket_id,))
    assert changes.said == ("conflict_chosen", {"number": told}) and told
    assert one in changes.tickets
    office.settle()
    office.same()
    assert a.replica.value("SELECT urgency FROM ticket WHERE id = ?", (one,)) == 1
    assert conflicts.waiting(a) == ()
    with pytest.raises(Lapsed):
        conflicts.choose(a, found.id, "mine")


def test_three_who_set_a_field_are_asked_once(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.settle()
    for desk, urgency in ((a, 1), (b, 2), (c, 4)):
        triage.set_urgency(desk, [one], urgency)
    triage.set_subject(b, one, "Another subject")
    triage.set_subject(c, one, "A third subject")
    office.settle()
    asked = conflicts.of_ticket(a, one)
    assert len([found for found in asked if "urgency" in found.mine]) > 1
    first = next(found for found in asked if found.theirs.get("urgency") == 1)
    conflicts.choose(b, first.id, "theirs")
    office.settle()
    office.same()
    for desk in (a, b, c):
        assert {tuple(found.mine) for found in conflicts.of_ticket(desk, one)} == {("subject",)}
        assert desk.replica.value("SELECT urgency FROM ticket WHERE id = ?", (one,)) == 1
    assert a.replica.value("SELECT count(*) FROM event WHERE kind = 'conflict_chosen'") == 1


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
    triage.set_urgency(a, [ticket(a, "Another one")], 1)  # what it does not speak of does not hold it up
    assert in_hub(a, letter)
    office.sync("a")
    for table in ("message", "outgoing", "promise", "ticket"):  # each of them alone is reason enough to wait
        a.replica.db.execute_sql("UPDATE change SET sent = 0 WHERE tbl = ?", (table,))
        assert not in_hub(a, letter), table
        a.replica.db.execute_sql("UPDATE change SET sent = 1 WHERE tbl = ?", (table,))
    with a.act() as act:
        act.insert(Attachment, ticket_id=one, message_id=letter, name="plan.pdf", size=1, sha256="0" * 64)
    assert not in_hub(a, letter)


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


def _sits(desk: Desk) -> None:
    """The other of the two people sits there."""
    desk.settings.set("me", next(row["id"] for row in setup.specialists(desk) if row["name"] == PEOPLE[1]))


def test_two_versions_of_an_article_are_kept_until_one_is_chosen(office: Office) -> None:
    """Written apart by two people: parts that one of them touched join, the others are two versions on every desk."""
    a, b, c = office.three()
    _sits(b)
    made = knowledge.create(a, title="Замок базы", symptoms="Висит", fix="Перезапустить")
    article = str(made.result)
    office.settle()
    office.clock.advance(minutes=5)
    knowledge.save(a, article, {"fix": "Снять замок", "symptoms": "Висит у всех", "internal": "Пароль у Анны"})
    office.clock.advance(minutes=5)
    knowledge.save(
        b, article, {"fix": "Закрыть сеансы", "prevention": "Не держать открытым", "internal": "Пароль у Анны"}
    )
    office.settle()
    office.same()
    assert conflicts.count(a) == 1, "the moment of the change is no choice, nor what only one of them wrote"
    view = knowledge.view(c, article)
    (fix,) = view.versions
    assert (fix.mine, fix.theirs) == ({"fix": "Закрыть сеансы"}, {"fix": "Снять замок"})
    assert (fix.author_mine, fix.author_theirs, fix.ticket_id) == (b.me, a.me, "")
    assert (view.fix, view.symptoms, view.prevention) == ("Закрыть сеансы", "Висит у всех", "Не держать открытым")
    assert [item.two for item in knowledge.articles(c, "drafts")] == [True]
    (choice,) = syncboard.view(c).choices
    assert choice.article == (view.number, "Замок базы") and choice.ticket is None
    chosen = conflicts.choose_version(c, article, "theirs")
    office.settle()
    office.same()
    for desk in (a, b, c):
        view = knowledge.view(desk, article)
        assert (view.fix, view.symptoms, view.versions) == ("Снять замок", "Висит у всех", ())
    with pytest.raises(Lapsed):
        conflicts.choose_version(a, article, "mine")
    undo.revert(c, chosen.tx)
    assert knowledge.view(c, article).two and knowledge.view(c, article).fix == "Закрыть сеансы"


def test_an_article_saved_over_a_colleagues_words_keeps_both(office: Office) -> None:
    """What came while somebody was writing is not lost under what they save."""
    a, b, _c = office.three()
    _sits(b)
    article = str(knowledge.create(a, title="Замок базы", fix="Перезапустить", why="Сеансы").result)
    office.settle()
    begun = {"fix": "Перезапустить", "why": "Сеансы"}
    knowledge.save(b, article, {"fix": "Снять замок"})
    office.settle()
    knowledge.save(a, article, {"why": "Незакрытые сеансы"}, was=begun)
    assert not knowledge.view(a, article).two
    knowledge.save(a, article, {"fix": "Закрыть сеансы"}, was=begun)
    view = knowledge.view(a, article)
    (both,) = view.versions
    assert view.fix == "Закрыть сеансы" and (both.author_mine, both.author_theirs) == (a.me, b.me)
    office.settle()
    assert knowledge.view(b, article).versions[0].theirs == {"fix": "Снять замок"}
    conflicts.choose_version(b, article, "theirs")
    office.settle()
    office.same()
    assert knowledge.view(a, article).fix == "Снять замок"


def test_two_tickets_merged_both_ways_do_not_both_vanish(office: Office) -> None:
    """Each of two people made one of two, the other way round: the first in the hub stands."""
    a, b, c = office.three()
    one, two = ticket(a, "Не печатает"), ticket(a, "Принтер не печатает")
    office.settle()
    merging.merge(a, one, two)
    merging.merge(b, two, one)
    work.note(b, one, "check", "Проверен кабель")
    office.sync("a")
    office.sync("b")
    office.settle()
    office.same()
    for desk in (a, b, c):
        rows = desk.replica.rows(
            "SELECT status, merged_into FROM ticket WHERE id IN (?, ?) ORDER BY id = ?", (one, two, two)
        )
        assert rows == [("merged", two), ("new", "")]
        assert [item.ticket_id for item in queue.page(desk, "all").items] == [two]
        assert desk.replica.rows("SELECT ticket_id FROM number_alias") == [(two,)]
    view = tickets.view(c, two)
    assert "Проверен кабель" in [entry.text for entry in view.entries], "what was written on the other one is read here"
    assert "unmerged" in [entry.label for entry in view.entries], "whoever merged it otherwise sees what became of that"


def test_a_ring_of_three_merges_opens_where_the_last_one_closed_it(office: Office) -> None:
    a, b, c = office.three()
    ring = [ticket(a, f"Сбой {place}") for place in range(3)]
    office.settle()
    for desk, place in ((a, 0), (b, 1), (c, 2)):
        merging.merge(desk, ring[place], ring[(place + 1) % 3])
    for name in "abc":
        office.sync(name)
    office.settle()
    office.same()
    for desk in (a, b, c):
        left = desk.replica.rows("SELECT id FROM ticket WHERE merged_into = ''")
        assert left == [(ring[2],)] and set(merging.family(desk, ring[2])) == set(ring)
