"""Articles: made of a solved ticket, found by the words of the next one, put into letters without what is internal."""

from __future__ import annotations

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.desk import closing, knowledge, search, undo, work
from deskapp.desk.desk import Desk
from tests.desk import world


def solved(desk: Desk, subject: str = "После обновления не проводятся накладные") -> str:
    ticket_id = world.arrive(desk, subject=subject, text="Пишет: период закрыт. Склад 2 стоит.").ticket_id
    work.note(desk, ticket_id, "check", "Сброшен запрет по складу")
    work.note(desk, ticket_id, "note", "Клиент нервничает")
    closing.finish(desk, ticket_id, "Снят запрет периода", "Сохранить запреты до обновления", 40, "phone", "Иван")
    return ticket_id


def published(desk: Desk, title: str, **values: str) -> str:
    made = knowledge.create(desk, title=title, fix=values.pop("fix", "Сделать так"), **values).result
    knowledge.set_state(desk, made, "published")
    return str(made)


def test_a_solved_ticket_becomes_an_article_once_and_with_its_words(desk: Desk) -> None:
    ticket_id = solved(desk)
    number = world.row(desk, ticket_id)["number"]
    changes = knowledge.from_ticket(desk, ticket_id)
    view = knowledge.view(desk, changes.result)
    assert view.title == "После обновления не проводятся накладные" and view.state == "draft"
    assert view.number == number + 1  # of the tickets' own line
    assert "период закрыт" in view.symptoms
    assert (view.fix, view.prevention) == ("Снят запрет периода", "Сохранить запреты до обновления")
    assert view.internal == "- Сброшен запрет по складу"  # a note for colleagues is no step of the work
    assert (view.ticket_number, view.uses, view.owner_id) == (number, 1, "anna")
    assert knowledge.from_ticket(desk, ticket_id).result == changes.result
    undo.revert(desk, changes.tx)
    assert knowledge.articles(desk) == ()
    assert world.row(desk, world.arrive(desk).ticket_id)["number"] > number + 1  # no number twice, not even then


def test_found_as_typed_in_any_form_by_number_and_on_the_other_layout(desk: Desk) -> None:
    first = published(desk, "Закрытый период после обновления", symptoms="накладные не проводятся")
    second = published(desk, "Принтер печатает кракозябры")
    number = knowledge.view(desk, first).number
    for words in ("закрытого периода", "накладн", f"БЗ-{number}", f"kb {number}", str(number), "gthbjl"):
        assert [item.id for item in knowledge.articles(desk, words=words)] == [first], words
    assert {item.id for item in knowledge.articles(desk)} == {first, second}
    assert knowledge.articles(desk, words="ничего такого") == ()
    knowledge.save(desk, first, {"title": "Совсем о другом", "symptoms": ""})
    assert knowledge.articles(desk, words="накладные") == ()
    # a search for tickets is not led to an article, by words or by number
    assert search.find(desk, "кракозябры") == () and search.find(desk, str(number)) == ()


def test_tabs_and_the_check_date(desk: Desk) -> None:
    made = published(desk, "Мой")
    draft = knowledge.create(desk, title="Черновик", owner_id="boris").result
    assert knowledge.counts(desk) == {"all": 2, "mine": 1, "drafts": 1, "old": 0}
    assert [item.id for item in knowledge.articles(desk, "drafts")] == [draft]
    world.advance(desk, days=200)
    assert {item.id for item in knowledge.articles(desk, "old") if item.overdue} == {made, draft}
    knowledge.checked(desk, made)
    assert [item.id for item in knowledge.articles(desk, "old")] == [draft]
    knowledge.set_state(desk, draft, "retired")
    assert knowledge.counts(desk) == {"all": 1, "mine": 1, "drafts": 0, "old": 1}
    assert not knowledge.view(desk, draft).overdue
    history = [line.what for line in knowledge.view(desk, draft).history]
    assert history == [("state",), ("made",)]


def test_suggested_by_the_words_of_a_ticket_and_never_as_a_draft(desk: Desk) -> None:
    for place in range(12):
        published(desk, f"Статья номер {place} о принтере", symptoms="Добрый день")
    wanted = published(desk, "Закрытый период на складе", symptoms="накладные: период закрыт")
    knowledge.create(desk, title="Период закрыт, накладные: черновик")
    before = solved(desk)
    after = world.arrive(desk, subject="Опять не проводятся накладные", text="Период закрыт!").ticket_id
    found = knowledge.suggest(desk, after)
    assert [item.id for item in found.articles] == [wanted]
    assert [one.ticket_id for one in found.tickets] == [before] and found.tickets[0].minutes == 40
    assert knowledge.suggest(desk, words="период накладные").articles[0].id == wanted
    assert knowledge.suggest(desk, words="совершенно другое дело").articles == ()


def test_a_letter_carries_text_without_the_internal_part_and_the_use_is_counted(desk: Desk) -> None:
    made = published(
        desk,
        "Период",
        fix="## Шаги\n1. Открыть **Запреты**\n2. Снять\n\n![снимок](sha256:" + "a" * 64 + ")",
        prevention="Сохранять [порядок](https://desk.example/x)",
        internal="пароль у Анны",
    )
    text = knowledge.for_letter(desk, made)
    assert text == "Шаги\n1. Открыть Запреты\n2. Снять\n\nКак предупредить: Сохранять порядок (https://desk.example/x)"
    ticket_id = world.arrive(desk).ticket_id
    for _twice in range(2):
        knowledge.use(desk, made, ticket_id)
    view = knowledge.view(desk, made)
    assert knowledge.articles(desk)[0].uses == view.uses == 1 and view.last is not None and view.last[0] == ticket_id


def test_saved_time_is_what_is_usual_less_what_was_spent(desk: Desk) -> None:
    made = published(desk, "Картридж")
    ticket_id = world.arrive(desk).ticket_id
    desk.replica.db.execute_sql("UPDATE ticket SET cause_id = 'printer' WHERE id = ?", (ticket_id,))
    knowledge.use(desk, made, ticket_id)
    assert knowledge.view(desk, made).saved == 0  # not finished yet
    closing.finish(desk, ticket_id, "Заменён", "", 20, "phone", "Иван")
    assert knowledge.view(desk, made).saved == 40
    longer = world.arrive(desk).ticket_id
    desk.replica.db.execute_sql("UPDATE ticket SET cause_id = 'printer' WHERE id = ?", (longer,))
    knowledge.use(desk, made, longer)
    closing.finish(desk, longer, "Заменён", "", 90, "phone", "Иван")
    assert knowledge.view(desk, made).saved == 40, "what took longer than usual takes nothing away"
    assert knowledge.view(desk, knowledge.from_ticket(desk, ticket_id).result).saved == 0, "it taught the article"


def test_an_article_is_due_after_its_day_and_tells_no_entry_that_was_corrected(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    wrong = work.note(desk, ticket_id, "check", "Порт 1").result
    work.correct(desk, wrong, "Порт 2")
    closing.finish(desk, ticket_id, "Переключён", told_how="phone", told_who="Иван")
    made = knowledge.from_ticket(desk, ticket_id).result
    assert knowledge.view(desk, made).internal == "- Порт 2"
    for day, overdue in (("2026-11-02", False), ("2026-11-01", True)):
        knowledge.save(desk, made, {"check_by": day})
        (item,) = knowledge.articles(desk)
        assert item.overdue == knowledge.view(desk, made).overdue == overdue


def test_pictures_are_kept_with_the_article(desk: Desk) -> None:
    made = published(desk, "Со снимком")
    changes = knowledge.add_image(desk, made, b"\x89PNG...", "shot.png")
    (file,) = knowledge.view(desk, made).files
    assert changes.result == f"![shot.png](sha256:{file.sha256})"


def test_what_is_refused(desk: Desk) -> None:
    made = knowledge.create(desk, title="Пустая").result
    with pytest.raises(UserFacingError):
        knowledge.set_state(desk, made, "published")
    with pytest.raises(UserFacingError):
        knowledge.save(desk, made, {"title": "  "})
    with pytest.raises(UserFacingError, match="no date"):
        knowledge.save(desk, made, {"check_by": "some day"})
    assert knowledge.view(desk, made).check_by.startswith("20"), "a day that is none would be read by nobody again"
    with pytest.raises(ValueError):
        knowledge.save(desk, made, {"number": 1})
