"""The end of a ticket: told how, agreed by whom, reopened by disagreement, made into an article."""

from __future__ import annotations

from deskapp.desk import closing, knowledge, undo
from deskapp.desk.desk import Desk
from tests.desk import world


def solved(desk: Desk, **more: object) -> str:
    ticket_id = world.arrive(desk).ticket_id
    closing.finish(desk, ticket_id, "Заменён картридж", "Менять раз в год", 20, "phone", "Иван", **more)  # type: ignore[arg-type]
    return ticket_id


def test_told_by_phone_is_recorded_and_disagreement_is_counted(desk: Desk) -> None:
    ticket_id = solved(desk)
    row = world.row(desk, ticket_id)
    assert (row["told_how"], row["told_who"], row["status"]) == ("phone", "Иван", "resolved")
    closing.disagree(desk, ticket_id, "phone", "Иван", "не печатает")
    assert (world.status(desk, ticket_id), world.row(desk, ticket_id)["reopened"]) == ("in_progress", 1)
    closing.finish(desk, ticket_id, "Заменён барабан", told_how="phone", told_who="Иван")
    closing.agree(desk, ticket_id, "phone", "Иван")
    changes = closing.reopen(desk, ticket_id)
    assert world.row(desk, ticket_id)["reopened"] == 2
    undo.revert(desk, changes.tx)
    assert world.status(desk, ticket_id) == "closed" and world.row(desk, ticket_id)["reopened"] == 1


def test_thanks_neither_closes_nor_reopens(desk: Desk) -> None:
    ticket_id = solved(desk)
    world.answer(desk, ticket_id, "Спасибо!")
    assert world.status(desk, ticket_id) == "resolved"


def test_who_may_not_agree_is_warned_of(desk: Desk) -> None:
    ticket_id = solved(desk)
    assert closing.consent_warning(desk, ticket_id, "кто угодно") == ""  # nobody has been named
    world.arrive(desk, sender=world.OLGA, key="olga")
    desk.replica.db.execute_sql("UPDATE contact SET may_agree = 0 WHERE address = ?", (world.OLGA[1],))
    assert closing.consent_warning(desk, ticket_id, " ольга  сидорова ") == "may_not"
    assert closing.consent_warning(desk, ticket_id, "Пётр") == "unknown"
    assert closing.consent_warning(desk, ticket_id, world.IVAN[0]) == ""


def test_finished_with_an_article_in_one_step(desk: Desk) -> None:
    ticket_id = solved(desk, article=True)
    (article,) = knowledge.articles(desk, "drafts")
    view = knowledge.view(desk, article.id)
    assert (view.fix, view.ticket_id) == ("Заменён картридж", ticket_id)
