"""Handing a ticket up: the briefing, accepting and returning, climbing by itself, and what the first line solves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import (
    closing,
    escalation,
    figures,
    mentions,
    merging,
    queue,
    reports,
    setup,
    ticket,
    triage,
    undo,
    watch,
    work,
)
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import IncomingFile
from tests.desk import world

WORDS = {"asked": "После чего началось: после обновления", "hypothesis": "сброшен параметр", "wanted": "доступ к базе"}


def sitting(desk: Desk, person: str) -> None:
    desk.settings.set("me", person)


def hand(desk: Desk, ticket_id: str, to_line: int = 3, to: str = "", **more: str) -> str:
    return str(escalation.give(desk, ticket_id, to_line, to, **{"tried": "1. перезапуск", **WORDS, **more}).result)


def test_the_briefing_is_filled_from_the_protocol_and_must_be_whole(desk: Desk) -> None:
    picture = IncomingFile("error.png", "image/png", 3, "a" * 64)
    ticket_id = world.arrive(desk, files=(picture,)).ticket_id
    work.note(desk, ticket_id, "check", "Очередь печати пуста")
    work.note(desk, ticket_id, "change", "Переставил драйвер: без разницы", 15)
    work.note(desk, ticket_id, "talk", "Спросил: второй принтер печатает")
    work.note(desk, ticket_id, "note", "Клиент нервный")
    brief = escalation.prefill(desk, ticket_id)
    assert brief.tried == "1. Очередь печати пуста\n2. Переставил драйвер: без разницы"
    assert "Принтер не печатает счета" in brief.asked and "второй принтер" in brief.asked
    assert "нервный" not in brief.asked + brief.tried
    assert [file.name for file in brief.files] == ["error.png"] and brief.to_line == 2
    for lacking in ("asked", "tried", "hypothesis", "wanted"):
        with pytest.raises(UserFacingError, match="briefing"):
            hand(desk, ticket_id, **{lacking: " "})
    assert world.row(desk, ticket_id)["line"] == 1


def test_a_briefing_tells_what_was_corrected_and_not_what_was_wrong(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    for kind, wrong, right in (("talk", "Второй печатает", "Второй не печатает"), ("check", "Порт 1", "Порт 2")):
        work.correct(desk, work.note(desk, ticket_id, kind, wrong).result, right)
    brief = escalation.prefill(desk, ticket_id)
    assert "Второй не печатает" in brief.asked and "Второй печатает" not in brief.asked
    assert brief.tried == "1. Порт 2"


def test_a_person_accepts_and_the_giver_goes_on_following(desk: Desk) -> None:
    ticket_id = world.arrive(desk, files=(IncomingFile("log.txt", "text/plain", 3, "b" * 64),)).ticket_id
    (log,) = escalation.prefill(desk, ticket_id).files
    changes = escalation.give(desk, ticket_id, 3, "clara", tried="1. всё", carry=(log.id,), **WORDS)
    assert changes.said[0] == "escalated"
    view = ticket.view(desk, ticket_id)
    assert (view.line, view.owner_id, view.follows) == (3, "clara", True)
    assert view.handed is not None and not view.handed.mine
    (entry,) = [entry for entry in view.entries if entry.kind == "escalation"]
    assert [file.name for file in entry.files] == ["log.txt"] and entry.state == "given"
    assert entry.data["asked"] == WORDS["asked"] and entry.data["from_line"] == 1
    sitting(desk, "clara")
    view = ticket.view(desk, ticket_id)
    assert view.handed is not None and view.handed.mine and escalation.for_me(desk) == [ticket_id]
    world.advance(desk, minutes=7)
    taken = escalation.accept(desk, view.handed.id)
    assert escalation.for_me(desk) == [] and ticket.view(desk, ticket_id).handed is None
    with pytest.raises(Lapsed):
        escalation.accept(desk, view.handed.id)
    undo.revert(desk, taken.tx)
    assert escalation.for_me(desk) == [ticket_id]


def test_a_line_gets_it_and_one_of_them_returns_it_with_a_reason(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    triage.set_owner(desk, ticket_id, "anna")
    handed = hand(desk, ticket_id, 2)
    assert world.row(desk, ticket_id)["owner_id"] == ""
    assert escalation.for_me(desk) == []  # anna is of line 2 too, but it was she who gave it
    sitting(desk, "clara")
    assert escalation.for_me(desk) == [], "she is of the third line"
    assert not ticket.view(desk, ticket_id).handed.mine  # type: ignore[union-attr]
    sitting(desk, "boris")
    assert escalation.for_me(desk) == [ticket_id]
    with pytest.raises(UserFacingError, match="reason"):
        escalation.give_back(desk, handed, "  ")
    escalation.give_back(desk, handed, "Нет журнала обмена")
    row = world.row(desk, ticket_id)
    assert (row["line"], row["owner_id"]) == (1, "anna")
    (entry,) = [entry for entry in ticket.view(desk, ticket_id).entries if entry.kind == "escalation"]
    assert entry.state == "returned" and entry.data["reason"] == "Нет журнала обмена"
    assert entry.data["answered_by"] == "Серов"
    sitting(desk, "anna")
    hand(desk, ticket_id, 3)
    hand(desk, ticket_id, 3, "clara")  # a second one answers the first, which nobody took
    assert len(desk.replica.rows("SELECT 1 FROM escalation WHERE state = 'given'")) == 1
    with pytest.raises(UserFacingError, match="your own"):
        hand(desk, ticket_id, 2, "anna")


def test_what_is_done_waits_for_nobody_to_take_it_over(desk: Desk) -> None:
    """Solved by the giver after all, or merged: it asks nobody any more; opened again, it asks again."""
    solved, double = (world.arrive(desk, subject=text).ticket_id for text in ("Принтер", "Сканер"))
    for ticket_id in (solved, double):
        hand(desk, ticket_id, 3, "clara")
    closing.finish(desk, solved, "Исправлено", told_how="phone", told_who="Иван")
    merging.merge(desk, double, world.arrive(desk, subject="Опять сканер").ticket_id)
    sitting(desk, "clara")
    assert escalation.for_me(desk) == [] and ticket.view(desk, solved).handed is None
    for ticket_id in (solved, double):
        triage.mark_read(desk, ticket_id)
    assert queue.page(desk, "mine").items == ()
    closing.disagree(desk, solved, "phone", "Иван")
    assert escalation.for_me(desk) == [solved]


def test_urgent_work_that_nobody_takes_climbs_in_working_time_once(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id
    triage.set_urgency(desk, ticket_id, 1)
    ordinary = world.arrive(desk, subject="Мелочь").ticket_id
    world.advance(desk, hours=2)
    watch.tick(desk)
    assert world.row(desk, ticket_id)["line"] == 1  # no rule, no climbing
    setup.save_rule(desk, {"climb_minutes": 90})
    world.go_to(desk, world.NOW + timedelta(minutes=89))
    watch.tick(desk)
    assert world.row(desk, ticket_id)["line"] == 1
    world.go_to(desk, world.NOW + timedelta(minutes=91))
    assert escalation.climb(desk) is not None
    assert escalation.climb(desk) is None, "it has just gone up: the clock begins anew"
    assert (world.row(desk, ticket_id)["line"], world.row(desk, ordinary)["line"]) == (2, 1)
    (entry,) = [entry for entry in ticket.view(desk, ticket_id).entries if entry.kind == "escalation"]
    assert entry.data["automatic"] and entry.author == ""
    world.go_to(desk, world.moscow(2, 13, 30))  # at lunch: no working time passes
    assert escalation.climb(desk) is not None
    assert world.row(desk, ticket_id)["line"] == 3
    world.go_to(desk, world.moscow(5, 17))
    assert escalation.climb(desk) is None, "there is no higher line"


def test_what_climbs_is_a_request_and_goes_where_somebody_is(desk: Desk) -> None:
    """Past a line that nobody is of; what was set aside stays; a hand-over that nobody took is answered by the climb,
    and waits from when it was given."""
    setup.save_rule(desk, {"climb_minutes": 60})
    spam, urgent = world.arrive(desk, subject="Реклама").ticket_id, world.arrive(desk).ticket_id
    for ticket_id in (spam, urgent):
        triage.set_urgency(desk, ticket_id, 1)
    triage.set_aside(desk, spam, "spam")
    world.advance(desk, minutes=50)
    hand(desk, urgent, 2)
    world.advance(desk, minutes=59)
    assert escalation.climb(desk) is None, "line 2 has had it for less than an hour"
    world.advance(desk, minutes=2)
    assert escalation.climb(desk) is not None
    assert (world.row(desk, urgent)["line"], world.row(desk, spam)["line"]) == (3, 1)
    assert desk.replica.value("SELECT count(*) FROM escalation WHERE state = 'given'") == 1
    for person in ("anna", "boris"):
        setup.save_specialist(desk, {"id": person, "lines": [1]})
    alone = world.arrive(desk, subject="Сервер").ticket_id
    triage.set_urgency(desk, alone, 1)
    world.advance(desk, minutes=140)  # over lunch
    assert escalation.climb(desk) is not None
    assert world.row(desk, alone)["line"] == 3, "nobody is of the second line"


def test_work_that_has_begun_does_not_climb(desk: Desk) -> None:
    setup.save_rule(desk, {"climb_minutes": 30})
    begun, taken = world.arrive(desk).ticket_id, world.arrive(desk, subject="Второе").ticket_id
    for ticket_id in (begun, taken):
        triage.set_urgency(desk, ticket_id, 1)
    work.start(desk, begun)
    handed = hand(desk, taken, 2)
    sitting(desk, "boris")
    escalation.accept(desk, handed)
    work.start(desk, taken)
    world.advance(desk, hours=3)
    assert escalation.climb(desk) is None


def test_the_first_line_is_counted_by_what_it_solved_alone(desk: Desk) -> None:
    """The share that the desk aims at: seven in ten, read from one report; what was returned stays the first line's."""
    alone, handed, returned, open_ = (world.arrive(desk, subject=f"Тема {n}").ticket_id for n in range(4))
    hand(desk, handed, 2, "boris")
    back = hand(desk, returned, 2)
    sitting(desk, "boris")
    escalation.give_back(desk, back, "Это к первой линии")
    sitting(desk, "anna")
    for ticket_id in (alone, handed, returned):
        closing.finish(desk, ticket_id, "Исправлено", "", 10, told_how="phone", told_who="Иван")
    today = desk.clock.now().date()
    (row,) = reports.read(desk, "first_line", figures.Period(today, today)).rows
    assert row[1:3] == (3, 2) and row[3] == pytest.approx(2 / 3)
    assert mentions.follows(desk, handed) and open_


def test_a_briefing_tells_what_was_merged_too(desk: Desk) -> None:
    kept, double = world.arrive(desk).ticket_id, world.arrive(desk, subject="То же", text="Ещё и сканер").ticket_id
    work.note(desk, kept, "check", "Проверил кабель")
    work.note(desk, double, "change", "Сменил драйвер")
    work.note(desk, double, "talk", "С утра после обновления")
    merging.merge(desk, double, kept)
    brief = escalation.prefill(desk, kept)
    assert brief.tried == "1. Проверил кабель\n2. Сменил драйвер" and "после обновления" in brief.asked
