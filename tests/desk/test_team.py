"""Roles, sign-in, mentions, followers, reminders, questions, macros, assignment: how a team works together."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from deskapp.core.clock import from_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import (
    assignment,
    closing,
    contracts,
    directory,
    erase,
    families,
    figures,
    history,
    intake,
    letters,
    macros,
    mentions,
    merging,
    planboard,
    questions,
    queue,
    recurring,
    reminders,
    reports,
    rights,
    saved,
    setup,
    stock,
    ticket,
    triage,
    undo,
    visits,
    watch,
    work,
)
from deskapp.desk.desk import Desk
from deskapp.models.schema import Booking, Specialist, TimeEntry
from tests.desk import world


def sitting(desk: Desk, person: str) -> None:
    desk.settings.set("me", person)


def made(desk: Desk, **more: object) -> str:
    return str(world.arrive(desk, **more).ticket_id)


# --- roles and sign-in -------------------------------------------------------------------------------------------


def test_roles_bind_as_soon_as_there_is_an_administrator(desk: Desk) -> None:
    assert rights.role(desk) == "administrator" and directory.read(desk).rights == rights.EVERYTHING
    setup.save_specialist(desk, {"id": "clara", "role": "lead"})
    setup.save_specialist(desk, {"id": "boris", "role": "administrator"})
    assert directory.read(desk).rights == frozenset()
    ticket_id = made(desk)
    refused = (
        lambda: setup.save_rule(desk, {"margin": 60}),
        lambda: setup.save_cause(desk, {"id": "printer", "name": "x"}),
        lambda: setup.save_specialist(desk, {"id": "boris", "name": "x"}),
        lambda: setup.save_specialist(desk, {"id": "anna", "role": "administrator"}),
        lambda: setup.save_mailbox(desk, {"name": "x", "address": "x@desk.example"}),
        lambda: setup.save_absence(desk, "boris", world.NOW, world.NOW + timedelta(days=1), "vacation"),
        lambda: setup.save_template(desk, "promise", "ru", "", "x"),
        lambda: assignment.save(desk, {"name": "x"}),
        lambda: macros.save(desk, {"name": "x"}),
        lambda: recurring.save(desk, {"name": "x"}),
        lambda: recurring.drop(desk, "x"),
        lambda: questions.save(desk, {"cause_id": "printer", "text": "x"}),
        lambda: contracts.save(desk, {"customer_id": "x", "number": "x"}),
        lambda: contracts.end(desk, "x"),
        lambda: stock.save_part(desk, {"name": "x"}),
        lambda: stock.save_place(desk, {"name": "x"}),
        lambda: saved.keep(desk, "x", "x", everybody=True),
        lambda: setup.save_calendar(desk, {"id": "office", "name": "x"}),
        lambda: erase.erase(desk, [("ticket", ticket_id)]),
    )
    before = world.shared_rows(desk)
    for act in refused:
        with pytest.raises(UserFacingError, match="This is for"):
            act()
    assert world.shared_rows(desk) == before
    setup.save_specialist(desk, {"id": "anna", "signature": "А. Белова"})  # one's own
    setup.save_absence(desk, "anna", world.NOW, world.NOW + timedelta(hours=1), "meeting")
    macros.save(desk, {"name": "Моя", "owner_id": "anna", "text": "Здравствуйте"})
    sitting(desk, "clara")
    assert directory.read(desk).rights == rights.EVERYTHING - {"team", "mail"}
    setup.save_rule(desk, {"margin": 60})
    sitting(desk, "boris")
    setup.save_specialist(desk, {"id": "clara", "role": "specialist"})


def test_every_role_has_its_role_in_the_database_of_a_hub() -> None:
    from deskapp.sync.hub import postgres_sql

    assert set(rights.HUB_ROLES) == set(rights.ROLES)
    assert set(rights.HUB_ROLES.values()) <= set(postgres_sql.MAKE_ROLES)
    assert rights.of("specialist") < rights.of("lead") < rights.of("administrator") == rights.EVERYTHING


def test_the_systems_user_says_who_works_here(desk: Desk) -> None:
    assert rights.sign_in(desk, "abelova") == "anna", "nobody has a login: as it was chosen"
    setup.save_specialist(desk, {"id": "boris", "login": "bserov"})
    assert rights.choices(setup.specialists(desk), "abelova") == {"anna", "clara"}
    assert rights.sign_in(desk, "BSerov") == "boris"
    assert rights.choices(setup.specialists(desk), "bserov") == {"boris"}
    assert rights.sign_in(desk, "abelova") == "", "boris' login is somebody else's"


# --- mentions, followers, reminders ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Серов глянь", ("boris",)),
        ("@Клара Чёрная и @анна", ("clara", "anna")),
        ("@clara, @boris.", ("clara", "boris")),
        ("пишите на help@boris.example и @ Серов", ()),
        ("@Незнакомец @Сидорова", ()),
        ("@Серов @Серов", ("boris",)),
    ],
)
def test_names_behind_the_sign(desk: Desk, text: str, named: tuple[str, ...]) -> None:
    assert mentions.find(text, mentions.handles(desk)) == named


def test_two_of_one_first_name_are_named_in_full(desk: Desk) -> None:
    setup.save_specialist(desk, {"name": "Борис Котов", "email": "kotov@desk.example"})
    known = mentions.handles(desk)
    assert mentions.find("@Борис", known) == ()
    assert mentions.find("@Борис Серов", known) == ("boris",)


def test_a_note_names_a_colleague_who_then_follows(desk: Desk) -> None:
    ticket_id = made(desk)
    written = work.note(desk, ticket_id, "note", "@Серов, посмотри журнал. @анна сама знает")
    assert mentions.unseen(desk) == [], "naming oneself calls nobody"
    sitting(desk, "boris")
    assert mentions.unseen(desk) == [ticket_id] and ticket.view(desk, ticket_id).follows
    world.advance(desk, minutes=1)
    triage.mark_read(desk, ticket_id)
    assert mentions.unseen(desk) == []
    sitting(desk, "anna")
    undo.revert(desk, written.tx)
    sitting(desk, "boris")
    assert not desk.replica.rows("SELECT 1 FROM mention") and not mentions.follows(desk, ticket_id)
    changes = mentions.follow(desk, ticket_id)
    assert changes.said[0] == "followed" and mentions.follows(desk, ticket_id)
    assert mentions.follow(desk, ticket_id).said[0] == "unfollowed"
    assert "Борис Серов" not in ticket.view(desk, ticket_id).followers


def test_reminders_are_due_at_their_time(desk: Desk) -> None:
    ticket_id = made(desk)
    zone = ZoneInfo("Europe/Moscow")
    found = reminders.parse("пт 9 позвонить Хасанову", desk.clock.now(), zone)
    assert found is not None and found.text == "позвонить Хасанову" and found.at == world.moscow(6, 9)
    assert reminders.parse("через 2 ч", desk.clock.now(), zone) == reminders.Remind(world.NOW + timedelta(hours=2))
    assert reminders.parse("позвонить", desk.clock.now(), zone) is None
    reminders.put(desk, ticket_id, found)
    assert reminders.due(desk) == () and ticket.view(desk, ticket_id).reminders == (found.at,)
    world.go_to(desk, world.moscow(6, 9, 1))
    (due,) = reminders.due(desk)
    assert (due.ticket_id, due.text) == (ticket_id, "позвонить Хасанову")
    sitting(desk, "boris")
    assert reminders.due(desk) == ()
    sitting(desk, "anna")
    changes = reminders.done(desk, ticket_id)
    assert reminders.due(desk) == ()
    undo.revert(desk, changes.tx)
    assert len(reminders.due(desk)) == 1


# --- questions ---------------------------------------------------------------------------------------------------


def test_answers_are_the_first_entry_and_name_the_zone(desk: Desk) -> None:
    setup.save_zone(desk, {"id": "driver", "name": "Драйвер"})
    setup.save_zone(desk, {"id": "cable", "name": "Кабель"})
    lamp = {
        "text": "Горит ли лампа?",
        "answers": [{"text": "да", "zone_id": "driver"}, {"text": "нет", "zone_id": "cable"}],
    }
    first = questions.save(desk, {"cause_id": "printer", **lamp}).result
    second = questions.save(
        desk, {"cause_id": "printer", "text": "Что на экране?", "text_en": "What is on screen?"}
    ).result
    asked = questions.of_cause(desk, "printer")
    assert [one.id for one in asked] == [first, second] and asked[0].answers[1] == ("нет", "cable")
    assert questions.zone_of(asked, ((first, "нет"),)) == "cable" and questions.zone_of(asked, ((second, "x"),)) == ""
    changes = intake.by_hand(
        desk, "Принтер", "Просит срочно", cause_id="printer", answers=((first, "нет"), (second, " "))
    )
    view = ticket.view(desk, changes.result)
    assert view.zone_id == "cable"
    assert [entry.text for entry in view.entries if entry.kind in ("check", "talk")] == [
        "Горит ли лампа: нет",
        "Просит срочно",
    ]
    questions.answer(desk, changes.result, ((first, "да"),))
    assert ticket.view(desk, changes.result).zone_id == "cable", "what a person has set stays"
    with pytest.raises(UserFacingError):
        questions.answer(desk, changes.result, ())
    questions.save(desk, {"id": first, "active": 0})
    assert [one.id for one in questions.of_cause(desk, "printer")] == [second]


# --- macros ------------------------------------------------------------------------------------------------------


def test_a_macro_acts_and_answers_in_one_step(desk: Desk) -> None:
    ticket_id = made(desk)
    acts = [
        ["urgency", 2],
        ["cause", "exchange"],
        ["owner", "me"],
        ["effort", 45],
        ["follow", ""],
        ["note", "@Серов, твоё"],
    ]
    macro = macros.save(desk, {"name": "Обмен", "text": "{{ name }}, заявка №{{ number }} у нас.", "acts": acts}).result
    (offered,) = macros.offered(desk)
    assert (offered.name, offered.own) == ("Обмен", False)
    before = world.shared_rows(desk)
    changes = macros.use(desk, macro, ticket_id)
    number = world.row(desk, ticket_id)["number"]
    assert f"заявка №{number} у нас" in changes.result and "Иван" in changes.result
    row = world.row(desk, ticket_id)
    assert (row["urgency"], row["cause_id"], row["skill_id"]) == (2, "exchange", "exchange")
    assert (row["owner_id"], row["effort"]) == ("anna", 45) and mentions.follows(desk, ticket_id, "boris")
    undo.revert(desk, changes.tx)
    assert world.shared_rows(desk) == before
    with pytest.raises(UserFacingError):
        macros.save(desk, {"id": macro, "text": "{{ name"})
    with pytest.raises(ValueError, match="explode"):
        macros.save(desk, {"id": macro, "acts": [["explode", ""]]})


# --- assignment --------------------------------------------------------------------------------------------------


def test_nobody_is_chosen_until_it_is_switched_on(desk: Desk) -> None:
    assignment.save(desk, {"name": "Всё Серову", "acts": [["owner", "boris"]]})
    assert world.row(desk, made(desk))["owner_id"] == ""
    setup.save_rule(desk, {"assign": "rules"})
    ticket_id = made(desk, subject="Второе")
    assert world.row(desk, ticket_id)["owner_id"] == "boris"
    assert any(entry.label == "assigned" for entry in ticket.view(desk, ticket_id).entries)


def test_the_first_fitting_rule_decides_and_a_preview_changes_nothing(desk: Desk) -> None:
    printer = assignment.save(
        desk, {"name": "Печать", "conditions": [["words", "принтер печать"]], "acts": [["owner", "anna"]]}
    )
    assignment.save(
        desk,
        {"name": "Ромашка", "conditions": [["domain", "romashka.example"]], "acts": [["owner", "clara"], ["line", 3]]},
    )
    world_ids = [made(desk), made(desk, subject="Обмен стоит"), made(desk, subject="Третье", sender=world.STRANGER)]
    before = world.shared_rows(desk)
    shown = {one.ticket_id: one for one in assignment.preview(desk, by_load=False)}
    assert world.shared_rows(desk) == before
    chosen = [shown[one].chosen for one in world_ids]
    assert chosen[0] is not None and (chosen[0].person_id, chosen[0].rule_id) == ("anna", printer.result)
    assert chosen[1] is not None and chosen[1].person_id == "clara" and dict(chosen[1].values or {})["line"] == 3
    assert chosen[2] is None
    assignment.order(desk, [rule["id"] for rule in reversed(assignment.rows(desk))])
    shown = {one.ticket_id: one for one in assignment.preview(desk, by_load=False)}
    assert shown[world_ids[0]].chosen.person_id == "clara"  # type: ignore[union-attr]
    for rule in assignment.rows(desk):
        assignment.save(desk, {"id": rule["id"], "active": 0})
    assignment.save(desk, {"name": "Срочное", "conditions": [["urgency", 2]], "acts": [["owner", "boris"]]})
    for ticket_id, urgency in zip(world_ids, (1, 2, 3), strict=True):
        triage.set_urgency(desk, ticket_id, urgency)
    shown = {one.ticket_id: one for one in assignment.preview(desk, by_load=False)}
    told = [one.person_id if (one := shown[ticket_id].chosen) else "" for ticket_id in world_ids]
    assert told == ["boris", "boris", ""], "this or more urgent; a rule that is out of use decides nothing"


def test_the_load_decides_and_who_is_away_gets_nothing(desk: Desk) -> None:
    setup.save_rule(desk, {"assign": "load"})
    busy = made(desk)
    first = world.row(desk, busy)["owner_id"]
    assert first in ("anna", "boris"), "the third line takes nothing from the street"
    world.promise_first(desk, busy, 240)
    worker = desk.replica.value("SELECT specialist_id FROM booking LIMIT 1")
    other = {"anna": "boris", "boris": "anna"}[worker]
    assert world.row(desk, made(desk, subject="Второе"))["owner_id"] == other
    setup.save_absence(desk, other, world.NOW, world.NOW + timedelta(days=14), "vacation")
    assert world.row(desk, made(desk, subject="Третье"))["owner_id"] == worker
    world.go_to(desk, world.moscow(2, 19))
    setup.save_absence(desk, worker, world.moscow(3), world.moscow(16), "vacation")
    assert world.row(desk, made(desk, subject="Ночью"))["owner_id"] == "", "nobody of them works this week"


def test_what_was_put_off_comes_back_at_its_time(desk: Desk) -> None:
    ticket_id = made(desk)
    world.promise_first(desk, ticket_id, 600)
    world.let_leave(desk)
    assert [item.ticket_id for item in queue.page(desk, "mine").items] == [ticket_id]
    triage.snooze(desk, ticket_id, world.moscow(3, 9))
    assert queue.page(desk, "mine").items == ()
    world.go_to(desk, world.moscow(3, 9, 1))
    watch.tick(desk)
    assert [item.ticket_id for item in queue.page(desk, "mine").items] == [ticket_id]


def test_what_was_thought_of_is_done_and_what_is_ahead_is_not(desk: Desk) -> None:
    ticket_id = made(desk)
    for day in (3, 5):
        reminders.put(desk, ticket_id, reminders.Remind(world.moscow(day, 10), f"Позвонить {day}"))
    world.go_to(desk, world.moscow(3, 11))
    assert [one.text for one in reminders.due(desk)] == ["Позвонить 3"]
    reminders.done(desk, ticket_id)
    assert reminders.due(desk) == () and reminders.of_ticket(desk, ticket_id) == (world.moscow(5, 10),)


# --- merging, splitting, history ---------------------------------------------------------------------------------


def test_merged_tickets_are_read_as_one_and_come_apart_again(desk: Desk) -> None:
    kept, double = made(desk), made(desk, subject="Ещё раз: не печатает принтер")
    work.note(desk, double, "check", "Проверил кабель")
    assert ticket.view(desk, double).twin == (kept, world.row(desk, kept)["number"])
    before = world.shared_rows(desk)
    merged = merging.merge(desk, double, kept)
    view = ticket.view(desk, kept)
    assert [e.text for e in view.entries if e.kind == "check"] == ["Проверил кабель"]
    assert len([e for e in view.entries if e.kind == "letter_in"]) == 2
    gone = world.row(desk, double)["number"]
    assert [e.data["number"] for e in view.entries if e.label == "merged"] == [gone]  # told once, by the one that stays
    of_its_own = [e.data["number"] for e in ticket.view(desk, double).entries if e.label == "merged"]
    assert of_its_own == [world.row(desk, kept)["number"]]
    assert ticket.view(desk, double).merged_into == kept and world.status(desk, double) == "merged"
    assert world.row(desk, double)["number"] in view.aliases
    letter = world.answer(desk, double, "И ещё вот что")
    assert letter.ticket_id == kept
    with pytest.raises(UserFacingError, match="itself"):
        merging.merge(desk, kept, double)  # leads to itself by now
    merging.unmerge(desk, double)
    assert world.status(desk, double) == "new" and ticket.view(desk, kept).aliases == ()
    assert ticket.view(desk, double).merged_into == ""
    again = merging.merge(desk, double, kept)
    undo.revert(desk, again.tx)
    assert world.status(desk, double) == "new"
    assert merged.said[0] == "merged" and before["ticket"] != []


def test_what_was_spent_on_a_part_counts_for_the_whole_and_once(desk: Desk) -> None:
    """Shown in the ticket that is left, in every report once, and back with its own ticket when that is one again."""
    kept, double, third = made(desk), made(desk, subject="Ещё раз: принтер"), made(desk, subject="И третий раз")
    for ticket_id, minutes in ((kept, 20), (double, 30), (third, 5)):
        work.note(desk, ticket_id, "check", "Смотрел", minutes=minutes)
    triage.set_effort(desk, kept, 120)

    def counted() -> tuple[int, int, int]:
        """Spent in the ticket that is left, in the report of channels, in the report of people."""
        period = figures.Period(desk.clock.now().date(), desk.clock.now().date())
        channels = reports.read(desk, "channels", period).rows
        people = reports.read(desk, "people_time", period).rows
        return ticket.view(desk, kept).spent, sum(row[2] for row in channels), sum(row[5] for row in people)

    assert counted() == (20, 55, 55)
    merging.merge(desk, third, double)
    merging.merge(desk, double, kept)
    assert counted() == (55, 55, 55) and ticket.view(desk, kept).remaining == 65
    assert ticket.view(desk, double).spent == 35, "its own history stays"
    with desk.act() as act:  # a colleague who had not heard of it yet
        act.insert(TimeEntry, ticket_id=third, author_id="boris", start_at=act.now, minutes=10, channel="work")
    assert counted() == (65, 65, 65)
    assert desk.replica.value("SELECT spent FROM ticket_fact WHERE ticket_id = ?", (kept,)) == 65
    assert desk.replica.value("SELECT remaining FROM queue_row WHERE ticket_id = ?", (kept,)) == 55
    queue = world.queue_rows(desk)
    world.rebuild(desk)
    assert world.queue_rows(desk) == queue
    apart = merging.unmerge(desk, double)
    assert counted() == (20, 65, 65)
    undo.revert(desk, apart.tx)
    assert counted() == (65, 65, 65)
    closing.finish(desk, kept, "Сделано", "", 70, "phone", "Иван")
    assert counted() == (70, 70, 70), "what was spent before is in the sum that the finish asks for"


def test_what_is_planned_and_kept_goes_along_and_comes_back(desk: Desk) -> None:
    kept, double, child = made(desk), made(desk, subject="Ещё раз: принтер"), made(desk, subject="И у нас принтер")
    families.link(desk, [child], double)
    option = visits.propose(desk, double, 60, 30)[0]
    visit = str(visits.plan(desk, double, option, 30, address="Лесная, 1").result)
    store = str(stock.save_place(desk, {"name": "Склад", "kind": "store"}).result)
    part = str(stock.save_part(desk, {"code": "PRN", "name": "Термоблок"}).result)
    stock.receive(desk, part, store, 1, "остаток")
    stock.reserve(desk, double, part, 1, store)
    reminders.put(desk, double, reminders.Remind(world.moscow(3, 9), "перезвонить"))
    before = world.shared_rows(desk)

    def whose(ticket_id: str) -> tuple[int, int, int, int, int]:
        count = "SELECT count(*) FROM {} WHERE ticket_id = ?"
        found = [desk.replica.value(count.format(table), (ticket_id,))
                 for table in ("visit", "booking", "part_reservation", "reminder")]  # fmt: skip
        return (*found, len(families.of(desk, ticket_id).children))  # type: ignore[return-value]

    planned = whose(double)
    assert planned[0] == planned[2] == planned[3] == planned[4] == 1 and planned[1] >= 3
    merged = merging.merge(desk, double, kept)
    assert whose(kept) == planned and whose(double) == (0, 0, 0, 0, 0)
    assert visits.view(desk, visit).item.ticket_id == kept and world.queue_rows(desk)[kept]
    visits.set_off(desk, visit)
    merging.unmerge(desk, double)
    assert whose(double) == planned and whose(kept) == (0, 0, 0, 0, 0)
    again = merging.merge(desk, double, kept)
    undo.revert(desk, again.tx)
    assert whose(double) == planned and merged.said[0] == "merged" and before["visit"]
    closing.finish(desk, kept, "Сделано", "", 10, "phone", "Иван")
    merging.merge(desk, double, kept)
    assert visits.view(desk, visit).item.state == "cancelled", "nobody goes for what is done"
    assert desk.replica.value("SELECT state FROM part_reservation") == "released"


def test_what_the_merge_took_out_of_the_plan_stands_again_where_it_is_free(desk: Desk) -> None:
    kept, double, other = made(desk), made(desk, subject="Ещё раз: принтер"), made(desk, subject="Другое")
    for ticket_id in (kept, double):
        world.promise_first(desk, ticket_id, 60)

    def blocks(ticket_id: str) -> list[tuple[str, int, int]]:
        return desk.replica.rows(
            "SELECT specialist_id, start_at, end_at FROM booking WHERE ticket_id = ? AND state <> 'done' "
            "ORDER BY start_at",
            (ticket_id,),
        )

    planned = blocks(double)
    assert len(planned) == 1
    merging.merge(desk, double, kept)
    assert blocks(double) == [], "one place for the work"
    apart = merging.unmerge(desk, double)
    assert blocks(double) == planned and apart.said == (
        "unmerged",
        {"number": world.row(desk, double)["number"], "lost": 0},
    )
    merging.merge(desk, double, kept)
    with desk.act() as act:  # somebody else has it meanwhile
        act.insert(Booking, ticket_id=other, specialist_id=planned[0][0], start_at=planned[0][1] + 60_000,
                   end_at=planned[0][2])  # fmt: skip
    apart = merging.unmerge(desk, double)
    assert blocks(double) == [] and apart.said[1]["lost"] == 1
    told = [one.data for one in ticket.view(desk, double).entries if one.label == "unmerged"]
    assert sorted(one.get("lost", 0) for one in told) == [0, 1]
    assert double in {card.ticket_id for card in planboard.view(desk, world.NOW.date(), 5).tray}


def test_a_block_under_way_comes_back_with_what_is_left_of_it(desk: Desk) -> None:
    kept, double = made(desk), made(desk, subject="Ещё раз: принтер")
    world.promise_first(desk, double, 60)
    world.promise_first(desk, kept, 60)
    [(person, start, end)] = desk.replica.rows(
        "SELECT specialist_id, start_at, end_at FROM booking WHERE ticket_id = ?", (double,)
    )
    world.go_to(desk, from_ms(start) + timedelta(minutes=20))
    work.start(desk, double)
    merging.merge(desk, double, kept)
    world.advance(desk, minutes=10)
    merging.unmerge(desk, double)
    assert desk.replica.rows(
        "SELECT start_at, end_at, state FROM booking WHERE ticket_id = ? ORDER BY start_at", (double,)
    ) == [(start, start + 20 * 60_000, "done"), (start + 30 * 60_000, end, "planned")]
    merging.merge(desk, double, kept)
    setup.save_absence(desk, person, world.NOW, world.NOW + timedelta(days=2), "sick")
    assert merging.unmerge(desk, double).said[1]["lost"] == 1


def test_whoever_asked_or_followed_hears_of_the_one_that_is_left(desk: Desk) -> None:
    kept = made(desk)
    double = world.arrive(
        desk, subject="И у меня принтер", sender=world.OLGA, cc=(world.STRANGER, world.IVAN), key="olga"
    ).ticket_id
    mentions.follow(desk, double, True, "boris")
    merging.merge(desk, double, kept)
    assert {address for _name, address in letters.followers(desk, kept)} == {world.OLGA[1], world.STRANGER[1]}
    assert mentions.follows(desk, kept, "boris")


def test_a_block_of_somebody_who_left_does_not_come_back(desk: Desk) -> None:
    kept, double = made(desk), made(desk, subject="Ещё раз: принтер")
    world.promise_first(desk, double, 60)
    world.promise_first(desk, kept, 60)
    person = desk.replica.value("SELECT specialist_id FROM booking WHERE ticket_id = ?", (double,))
    merging.merge(desk, double, kept)
    desk.replica.db.execute_sql("UPDATE specialist SET active = 0 WHERE id = ?", (person,))
    assert merging.unmerge(desk, double).said[1]["lost"] == 1
    assert desk.replica.rows("SELECT 1 FROM booking WHERE ticket_id = ? AND state <> 'done'", (double,)) == []


def test_a_letter_of_ours_is_no_request(desk: Desk) -> None:
    ticket_id = made(desk)
    letters.send(desk, ticket_id, "reply", world.our_letter())
    world.let_leave(desk)
    ours = desk.replica.value("SELECT id FROM message WHERE direction = 'out'")
    with pytest.raises(UserFacingError, match="came"):
        merging.split(desk, ours)


def test_a_promise_is_not_merged_away(desk: Desk) -> None:
    promised, fresh = made(desk), made(desk, subject="Другое")
    world.promise_first(desk, promised)
    with pytest.raises(UserFacingError, match="promise"):
        merging.merge(desk, promised, fresh)
    merging.merge(desk, fresh, promised)


def test_a_letter_becomes_a_ticket_of_its_own(desk: Desk) -> None:
    ticket_id = made(desk)
    second = world.answer(desk, ticket_id, "Кстати, не открывается отчёт")
    split = merging.split(desk, second.message_id)
    fresh, old = ticket.view(desk, split.result), ticket.view(desk, ticket_id)
    assert [e.text for e in fresh.entries if e.kind == "letter_in"] == ["Кстати, не открывается отчёт"]
    assert len([e for e in old.entries if e.kind == "letter_in"]) == 1
    assert fresh.number != old.number and fresh.requester.contact_id == old.requester.contact_id
    third = world.arrive(desk, subject="Re: отчёт", text="Ещё", kind="reply", in_reply_to=desk.replica.value(
        "SELECT message_id FROM message WHERE id = ?", (second.message_id,)))  # fmt: skip
    assert third.ticket_id == split.result
    queue = world.queue_rows(desk)
    world.rebuild(desk)
    assert world.queue_rows(desk) == queue
    first = made(desk, subject="Третье")
    letter = world.answer(desk, first, "Отдельно")
    one = merging.split(desk, letter.message_id)
    undo.revert(desk, one.tx)
    assert len([e for e in ticket.view(desk, first).entries if e.kind == "letter_in"]) == 2


def test_the_history_tells_every_change_with_author_and_time(desk: Desk) -> None:
    ticket_id = made(desk)
    world.advance(desk, minutes=3)
    triage.set_urgency(desk, ticket_id, 2)
    sitting(desk, "boris")
    world.advance(desk, minutes=4)
    work.note(desk, ticket_id, "check", "Проверил", 10)
    found = history.read(desk, ticket_id)
    urgency = next(one for one in found if one.column == "urgency" and one.op == "U")
    assert (urgency.before, urgency.after, urgency.author_id) == (3, 2, "anna")
    assert urgency.at == world.NOW + timedelta(minutes=3)
    note = next(one for one in found if one.table == "note" and one.column == "text")
    assert (note.op, note.after, note.author_id) == ("I", "Проверил", "boris")
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    assert "login" in Specialist._meta.fields


def test_what_is_set_at_one_ticket_is_told_by_its_number(desk: Desk) -> None:
    one, other = made(desk), made(desk, subject="Ещё раз: не печатает принтер")
    number = world.row(desk, one)["number"]
    assert triage.set_cause(desk, one, "printer").said == ("cause", {"number": number, "cause_id": "printer"})
    assert triage.set_cause(desk, [one, other], "exchange").said[1]["count"] == 2
