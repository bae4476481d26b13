"""One fault, many tickets: one act, a letter for each requester, and each agrees for themselves."""

from __future__ import annotations

import pytest

from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import closing, families, letters, merging, undo
from deskapp.desk.desk import Desk
from tests.desk import world


@pytest.fixture
def outage(desk: Desk) -> tuple[str, str, str]:
    """A parent and two children, all promised, of three requesters."""
    found = []
    for place, sender in enumerate((world.IVAN, world.OLGA, world.STRANGER)):
        ticket_id = world.arrive(desk, subject=f"Нет связи {place}", sender=sender).ticket_id
        world.promise_first(desk, ticket_id, minutes=30)
        found.append(ticket_id)
    parent, *children = found
    families.link(desk, children, parent)
    world.let_leave(desk)
    return parent, children[0], children[1]


def held(desk: Desk) -> list[tuple[str, str]]:
    return desk.replica.rows(
        "SELECT ticket_id, kind FROM held_letter WHERE released_at IS NULL AND taken_back = '' ORDER BY id"
    )


def test_children_are_found_by_their_index(desk: Desk) -> None:
    plan = " ".join(row[3] for row in desk.replica.rows(f"EXPLAIN QUERY PLAN {families.CHILDREN}", ("x",)))
    assert "ticket_parent" in plan and "SCAN" not in plan


def test_linked_seen_from_both_sides_and_unlinked(desk: Desk, outage: tuple[str, str, str]) -> None:
    parent, child, other = outage
    assert {one.ticket_id for one in families.of(desk, parent).children} == {child, other}
    seen = families.of(desk, child)
    assert seen.parent is not None and seen.parent.ticket_id == parent and seen.children == ()
    with pytest.raises(UserFacingError):
        families.link(desk, parent, parent)
    families.unlink(desk, other)
    assert families.of(desk, other) == families.Family()


def test_a_family_has_two_generations(desk: Desk, outage: tuple[str, str, str]) -> None:
    parent, child, _other = outage
    newcomer = world.arrive(desk, subject="И у нас").ticket_id
    families.link(desk, newcomer, child)  # under a child means under its parent
    assert families.of(desk, newcomer).parent.ticket_id == parent  # type: ignore[union-attr]
    elder = world.arrive(desk, subject="Авария у оператора").ticket_id
    changes = families.link(desk, parent, elder)
    assert len(families.of(desk, elder).children) == 4 and families.of(desk, parent).children == ()
    undo.revert(desk, changes.tx)
    assert len(families.of(desk, parent).children) == 3


def test_the_fault_merged_into_one_of_its_tickets_leaves_it_the_others(
    desk: Desk, outage: tuple[str, str, str]
) -> None:
    parent, child, other = outage
    merging.merge(desk, parent, child)
    assert [one.ticket_id for one in families.of(desk, child).children] == [other]
    assert families.of(desk, child).parent is None
    merging.unmerge(desk, parent)
    assert {one.ticket_id for one in families.of(desk, parent).children} == {child, other}
    elsewhere = world.arrive(desk, subject="Нет связи у всех", sender=world.OLGA).ticket_id
    world.promise_first(desk, elsewhere, minutes=30)
    merging.merge(desk, parent, elsewhere)
    assert {one.ticket_id for one in families.of(desk, elsewhere).children} == {child, other}


def test_one_slip_a_letter_for_each_one_step_of_undo(desk: Desk, outage: tuple[str, str, str]) -> None:
    parent, child, other = outage
    closing.finish(desk, other, "Заработало само", told_how="phone", told_who="Иван")
    date = world.moscow(6, 15)
    letter = letters.draft(desk, parent, "slip", date=date, reason="авария", old_date=world.NOW, specialist="Анна")
    changes = families.slip(desk, parent, date, "авария у оператора", letter)
    assert {ticket_id for ticket_id, _kind in held(desk)} == {parent, child}  # who has no open promise is not troubled
    assert world.row(desk, child)["moved_count"] == world.row(desk, parent)["moved_count"] == 1
    body = desk.replica.value("SELECT body FROM held_letter WHERE ticket_id = ? AND kind = 'slip'", (child,))
    assert "Ольга" in body and "авария у оператора" in body and "6 ноября 2026, 15:00" in body
    undo.revert(desk, changes.tx)
    assert held(desk) == [] and world.row(desk, child)["moved_count"] == 0


def test_finished_once_agreed_by_each(desk: Desk, outage: tuple[str, str, str]) -> None:
    parent, child, other = outage
    letter = letters.draft(desk, parent, "done", solution="Оператор починил", prevention="")
    families.finish(desk, parent, "Оператор починил", "", 40, letter=letter)
    assert {world.status(desk, one) for one in outage} == {"resolved"}
    assert sorted(held(desk)) == sorted((one, "done") for one in outage)
    closing.agree(desk, child, "mail", "Ольга")
    assert [world.status(desk, one) for one in (parent, child, other)] == ["resolved", "closed", "resolved"]
    closing.agree(desk, other, "phone", "Somebody")
    assert world.status(desk, parent) == "resolved", "its own requester has not agreed"
    closing.disagree(desk, other, "phone", "Somebody")
    assert world.status(desk, other) == "in_progress" and world.status(desk, parent) == "resolved"


def test_a_parent_without_a_requester_closes_with_its_last_child(desk: Desk) -> None:
    parent, *children = (world.arrive(desk, subject=text).ticket_id for text in ("Авария", "Нет связи", "И у нас"))
    early = world.arrive(desk, subject="Раньше всех").ticket_id
    desk.replica.db.execute_sql("UPDATE ticket SET contact_id = '' WHERE id = ?", (parent,))
    families.link(desk, [*children, early], parent)
    closing.finish(desk, early, "Само заработало", told_how="phone", told_who="Пётр")
    families.unlink(desk, children)
    closing.agree(desk, early, "phone", "Пётр")
    assert world.status(desk, parent) == "new", "the fault itself is not mended"
    families.link(desk, children, parent)
    families.finish(desk, parent, "Починили", told_how="phone", told_who="оператор")
    closing.agree(desk, children[0], "phone", "Ольга")
    assert world.status(desk, parent) == "resolved", "one of them has not said anything yet"
    closing.agree(desk, children[1], "phone", "Иван")
    assert world.status(desk, parent) == "closed" and world.row(desk, parent)["consent_who"] == "Иван"


def test_who_was_promised_nothing_hears_of_no_other_date(desk: Desk, outage: tuple[str, str, str]) -> None:
    parent, child, other = outage
    fresh, double = (world.arrive(desk, subject=text).ticket_id for text in ("И у нас", "И у нас тоже"))
    families.link(desk, fresh, parent)
    assert {one.ticket_id for one in families.told(desk, parent, "slip")} == {child, other}
    assert {one.ticket_id for one in families.told(desk, parent, "finish")} == {child, other, fresh}
    merging.merge(desk, double, fresh)
    with pytest.raises(Lapsed):
        families.link(desk, double, parent)
