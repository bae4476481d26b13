"""The end of a ticket: told how, agreed by whom, reopened by disagreement, made into an article."""

from __future__ import annotations

from deskapp.core.clock import to_ms
from deskapp.desk import closing, knowledge, promise, queue, ticket, timer, triage, undo, work
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


def test_what_was_not_fixed_owes_a_new_date_and_a_reopened_refusal_an_answer(desk: Desk) -> None:
    ticket_id = solved(desk)
    closing.disagree(desk, ticket_id, "mail", "Иван", "не печатает")
    row = world.row(desk, ticket_id)
    assert (row["needs"], row["finished_at"], row["consent_at"]) == ("date", None, None)
    refused = world.arrive(desk).ticket_id
    promise.refuse(desk, refused, "не наше", world.our_letter())
    world.go_to(desk, world.moscow(3, 10))
    closing.reopen(desk, refused)
    view = ticket.view(desk, refused)
    assert (view.status, view.answered_at, view.answer_due) == ("new", None, world.moscow(3, 12))


def test_minutes_told_at_the_end_are_all_of_them(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    work.note(desk, ticket_id, "check", "Посмотрел", 15)
    closing.finish(desk, ticket_id, "Заменён картридж", "", 40, "phone", "Иван")
    assert ticket.view(desk, ticket_id).spent == 40
    timed = world.arrive(desk).ticket_id
    work.note(desk, timed, "check", "Посмотрел", 15)
    timer.start(desk, timed)
    world.advance(desk, minutes=25)
    closing.finish(desk, timed, "Заменён картридж", told_how="phone", told_who="Иван")
    assert ticket.view(desk, timed).spent == 40 and timer.state(desk) is None


def test_what_is_solved_sooner_frees_the_time_that_was_kept_for_it(desk: Desk) -> None:
    """What was worked stays as it was worked; what was still ahead is offered to others."""
    ticket_id = world.arrive(desk).ticket_id
    world.promise_first(desk, ticket_id, minutes=600)  # today and tomorrow
    world.go_to(desk, world.moscow(2, 12))
    work.start(desk, ticket_id)
    world.go_to(desk, world.moscow(2, 12, 30))
    closing.finish(desk, ticket_id, "Заменён картридж", told_how="phone", told_who="Иван")
    rows = desk.replica.rows("SELECT state, end_at FROM booking WHERE ticket_id = ?", (ticket_id,))
    assert rows == [("done", to_ms(world.moscow(2, 12, 30)))]


def test_only_what_comes_after_the_solution_answers_it(desk: Desk) -> None:
    """Told by phone there is no letter of ours: the request itself is none that answers it."""
    ticket_id = solved(desk)
    triage.mark_read(desk, ticket_id)
    assert queue.page(desk, "mine").items == ()
    world.answer(desk, ticket_id, "Опять не печатает")
    (item,) = queue.page(desk, "mine").items
    assert (item.why, item.hint) == ("answer_to_done", "Опять не печатает")


def test_thanks_neither_closes_nor_reopens(desk: Desk) -> None:
    ticket_id = solved(desk)
    world.answer(desk, ticket_id, "Спасибо!")
    assert world.status(desk, ticket_id) == "resolved"
    closing.agree(desk, ticket_id, "mail", "Иван")
    world.answer(desk, ticket_id, "Спасибо!")
    assert world.status(desk, ticket_id) == "closed" and world.unread_letters(desk) == 0
    world.answer(desk, ticket_id, "Спасибо! " + "Теперь мы хотели бы печатать с обеих сторон листа. " * 8)
    assert world.status(desk, ticket_id) == "in_progress", "who writes that much says more than thanks"


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
