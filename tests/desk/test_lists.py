"""Queues: counts, groups, order, pages; search as people type."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import (
    intake,
    letters,
    people,
    planboard,
    promise,
    queue,
    search,
    setup,
    ticket,
    triage,
    undo,
    watch,
    work,
)
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.models.schema import Customer, NumberAlias, QueueRow
from tests.desk import world
from tests.desk.world import OLGA, advance, answer, arrive, go_to, moscow, our_letter, promise_first, row

TABS = ("slipping", "waiting", "confirm", "all", "aside")


def everything(desk: Desk, tab: str, limit: int) -> list[queue.QueueItem]:
    """All rows of a tab, read page by page."""
    found: list[queue.QueueItem] = []
    while True:
        page = queue.page(desk, tab, limit=limit, after=len(found))
        assert len(page.items) <= limit
        found += page.items
        if not page.more:
            return found


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "owner_id": st.sampled_from(("anna", "boris", "")),
            "in_answer": st.integers(0, 1),
            "in_slipping": st.integers(0, 1),
            "in_mine": st.sampled_from(("", "now", "needs", "next", "next", "silent")),
            "in_waiting": st.integers(0, 1),
            "in_confirm": st.integers(0, 1),
            "is_open": st.integers(0, 1),
            "set_aside": st.sampled_from(("", "", "spam", "not_request")),
            "slack": st.none() | st.integers(-50, 50),
            # many of equal time: the order must not hang on chance
            "touched_at": st.integers(1, 4),
            "waiting_since": st.none() | st.integers(1, 3),
            "answer_due": st.integers(1, 3).map(lambda hour: to_ms(moscow(2, 9 + hour))),
            "planned_start": st.integers(0, 5).map(lambda day: to_ms(moscow(2 + day, 12))),
            "remaining": st.none() | st.integers(0, 300),
            "status": st.sampled_from(("new", "promised", "in_progress", "waiting", "resolved")),
        }
    ),
    max_size=30,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, limit=st.integers(1, 9))
def test_counts_are_what_the_pages_hold(desk: Desk, rows: list[dict[str, object]], limit: int) -> None:
    with desk.replica.writing("", desk.clock.now()) as writing:
        writing.execute("DELETE FROM queue_row")
        for number, values in enumerate(rows):
            writing.insert(QueueRow, ticket_id=f"t{number:03}", number=number, **values)
    counts = queue.counts(desk)
    for tab in TABS:
        found = everything(desk, tab, limit)
        assert counts[tab] == len(found)
        assert len({item.ticket_id for item in found}) == len(found)
        assert found == everything(desk, tab, 1000), "pages are stable"
    for tab, uncounted in (("answer", {"answered"}), ("mine", set())):
        found = everything(desk, tab, limit)
        assert found == everything(desk, tab, 1000)
        assert counts[tab] == len([item for item in found if item.group not in uncounted])
        groups = queue.page(desk, tab).groups
        assert sum(count for _code, count, _minutes in groups) == len(found)
        order = [item.group for item in found]
        assert order == sorted(order, key=[code for code, _n, _m in groups].index), "groups are not interleaved"


def test_mine_today_in_its_groups(desk: Desk) -> None:
    names = {name: arrive(desk, subject=name).ticket_id for name in ("now", "needs", "silent", "next")}
    for name in ("now", "needs"):
        promise_first(desk, names[name], minutes=60)
    for name in ("silent", "next"):
        promise.give_other(desk, names[name], moscow(20, 12), "просили", our_letter(), specialist="anna", minutes=60)
    planboard.apply(desk, planboard.preview_place(desk, names["next"], "anna", moscow(6, 14)))
    world.let_leave(desk)
    triage.set_owner(desk, list(names.values()), "anna")
    (begin,) = desk.replica.row("SELECT start_at FROM booking WHERE ticket_id = ?", (names["now"],)) or (0,)
    go_to(desk, from_ms(begin))
    work.start(desk, names["now"])
    letters.send(desk, names["silent"], "question", our_letter(), wait=True)
    world.let_leave(desk)
    answer(desk, names["needs"], "Ещё вопрос")

    def groups() -> dict[str, str]:
        watch.tick(desk)
        page = queue.page(desk, "mine")
        assert queue.counts(desk)["mine"] == len(page.items)
        return {item.subject: item.group for item in page.items}

    assert groups() == {"now": "now", "needs": "needs", "next": "next"}
    assert queue.counts(desk)["waiting"] == 1
    go_to(desk, moscow(5, 10))
    assert groups()["silent"] == "silent"


def test_unanswered_letters_by_what_is_left(desk: Desk) -> None:
    first = arrive(desk, subject="first").ticket_id
    advance(desk, minutes=70)
    arrive(desk, subject="second")
    page = queue.page(desk, "answer")
    assert [(item.subject, item.group) for item in page.items] == [("first", "hour"), ("second", "two_hours")]
    advance(desk, minutes=60)
    assert [item.group for item in queue.page(desk, "answer").items] == ["overdue", "hour"]
    promise_first(desk, first)
    page = queue.page(desk, "answer")
    assert [(item.subject, item.group) for item in page.items] == [("second", "hour"), ("first", "answered")]
    assert {code: n for code, n, _m in page.groups} == {"hour": 1, "answered": 1}
    assert queue.counts(desk)["answer"] == 1


def test_set_aside_is_out_of_the_queues_and_findable(desk: Desk) -> None:
    ticket_id = arrive(desk, subject="Купите слона").ticket_id
    changes = triage.set_aside(desk, ticket_id, "spam")
    counts = queue.counts(desk)
    assert (counts["all"], counts["answer"], counts["aside"]) == (0, 0, 1)
    assert [item.ticket_id for item in queue.page(desk, "aside").items] == [ticket_id]
    assert [hit.ticket_id for hit in search.find(desk, "слон")] == [ticket_id]
    undo.revert(desk, changes.tx)
    assert queue.counts(desk)["all"] == 1


def test_unread_until_seen(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    assert world.unread_letters(desk) == 1
    triage.mark_read(desk, ticket_id)
    assert world.unread_letters(desk) == 0
    answer(desk, ticket_id, "Ещё")
    assert world.unread_letters(desk) == 1
    advance(desk, minutes=1)
    triage.mark_read(desk, [ticket_id])
    triage.mark_read(desk, ticket_id, read=False)
    assert world.unread_letters(desk) == 1


def test_time_moves_forecasts_without_anybody_acting(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id, minutes=60)
    triage.set_owner(desk, ticket_id, "anna")
    before = desk.replica.row("SELECT forecast_at, slack FROM queue_row") or ()
    go_to(desk, moscow(3, 16))
    watch.tick(desk)
    after = desk.replica.row("SELECT forecast_at, slack FROM queue_row") or ()
    assert after[0] > before[0] and after[1] < before[1]
    kept = world.queue_rows(desk)
    world.rebuild(desk)
    assert world.queue_rows(desk) == kept


# --- search ------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(desk: Desk) -> dict[str, str]:
    made = {
        "printer": arrive(desk, subject="Не печатают принтеры", text="Лазерные устройства молчат").ticket_id,
        "invoice": arrive(
            desk, subject="Invoices were lost", text="The printing of invoices fails", sender=OLGA
        ).ticket_id,
    }
    made["call"] = intake.by_hand(
        desk,
        "Звонок про телефонию",
        "нет гудка",
        contact_name="Пётр Волков",
        phone="+7 (912) 345-67-89",
        customer="Заря",
    ).result
    work.note(desk, made["printer"], "check", "Проверил картридж и кабель")
    return made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("принтер", "printer"),
        ("лазерное устройство", "printer"),
        ("картриджи", "printer"),
        ("print invoice", "invoice"),
        ("1002", "invoice"),
        ("№1003", "call"),
        ("#1001", "printer"),
        ("345-67-89", "call"),
        ("9123456789", "call"),
        ("Заря", "call"),
        ("ghbynth", "printer"),
        ("olga@romashka.example", "invoice"),
        ("сидорова", "invoice"),
        ("телефон", "call"),
    ],
)
def test_tickets_are_found(desk: Desk, filled: dict[str, str], words: str, found: str) -> None:
    assert [hit.ticket_id for hit in search.find(desk, words)][:1] == [filled[found]]


def test_a_part_of_a_number_finds_all_with_the_exact_one_first(desk: Desk, filled: dict[str, str]) -> None:
    assert [hit.number for hit in search.find(desk, "100")] == [1003, 1002, 1001]
    with desk.act("alias") as act:
        act.insert(NumberAlias, number=100, ticket_id=filled["printer"])
    assert [hit.number for hit in search.find(desk, "100")] == [1001, 1003, 1002]
    assert ticket.find(desk, 100) == filled["printer"]


@pytest.mark.parametrize("words", ["", "   ", "9" * 40, "№", '"', "AND", "'; DROP TABLE ticket --", "\x00", "%", "_"])
def test_odd_words_find_nothing_and_break_nothing(desk: Desk, filled: dict[str, str], words: str) -> None:
    assert search.find(desk, words) == ()
    queue.page(desk, "all", words=words)


def test_a_snippet_shows_the_word_in_its_place(desk: Desk, filled: dict[str, str]) -> None:
    long = arrive(desk, text="начало " * 200 + "иголка " + "конец " * 200)
    (hit,) = search.find(desk, "иголки")
    assert hit.ticket_id == long.ticket_id and "иголка" in hit.snippet and len(hit.snippet) < 130


def test_a_new_name_is_found_at_once(desk: Desk, filled: dict[str, str]) -> None:
    triage.set_customer(desk, filled["printer"], "Ромашка")
    assert filled["printer"] in [hit.ticket_id for hit in search.find(desk, "ромашки")]
    with desk.act("renamed") as act:
        act.update(Customer, row(desk, filled["call"])["customer_id"], name="Восход")
    assert [hit.ticket_id for hit in search.find(desk, "восход")] == [filled["call"]]
    assert search.find(desk, "Заря ") == ()
    assert desk.replica.value("SELECT customer FROM queue_row WHERE ticket_id = ?", (filled["call"],)) == "Восход"


def test_files_of_letters_and_notes_are_found_by_name(desk: Desk, filled: dict[str, str]) -> None:
    work.note(desk, filled["call"], "check", "см. файл", files=(IncomingFile("схема_этажа.pdf", "x", 1, "ab" * 32),))
    assert [hit.ticket_id for hit in search.find(desk, "схема_этажа.pdf")] == [filled["call"]]


def test_people_are_found_by_part_of_anything(desk: Desk, filled: dict[str, str]) -> None:
    for words in ("волк", "ВОЛКОВ", "заря", "345 67"):
        assert [one.name for one in people.find_contacts(desk, words)] == ["Пётр Волков"]
    assert {one.address for one in people.find_contacts(desk, "romashka")} == {"ivan@romashka.example", OLGA[1]}
    assert people.find_contacts(desk, "%") == ()


# --- settings ----------------------------------------------------------------------------------------------------


def test_a_calendar_without_working_time_is_refused(desk: Desk) -> None:
    before = world.shared_rows(desk)
    for wrong in (
        {"id": "office", "week": [[]] * 7},
        {"id": "office", "week": [[[600, 540]]] + [[]] * 6},
        {"id": "office", "week": [[[540, 700], [600, 800]]] + [[]] * 6},
        {"id": "office", "week": [[[540, 600]]] * 3},
        {"id": "office", "zone": "Europe/Nowhere"},
        {"id": "office", "name": " "},
    ):
        with pytest.raises(UserFacingError):
            setup.save_calendar(desk, wrong)
    assert world.shared_rows(desk) == before


def test_holidays_are_filled_with_moved_days(desk: Desk) -> None:
    days = {day["day"]: day for day in setup.calendars(desk)[0]["days"]}
    assert days["2026-11-04"]["kind"] == "holiday" and days["2026-11-04"]["name_en"] == "Unity Day"
    assert "единства" in days["2026-11-04"]["name"]
    assert days["2026-01-09"]["kind"] == "holiday", "moved from Saturday the third"
    assert all(day[:4] in ("2026", "2027") for day in days)
    changes = setup.save_day(
        desk,
        {"calendar_id": "office", "day": "2026-11-03", "kind": "short", "name": "Канун", "intervals": [[540, 780]]},
    )
    setup.fill_holidays(desk, "office", "RU", 2026, 2027)
    days = {day["day"]: day for day in setup.calendars(desk)[0]["days"]}
    assert days["2026-11-03"]["kind"] == "short", "what people entered stays"
    assert changes.touches("calendar_day")


def test_moved_working_days_are_working(desk: Desk) -> None:
    """In 2024 Saturday 27 April was worked instead of Monday 29."""
    setup.fill_holidays(desk, "office", "RU", 2024, 2024)
    days = {day["day"]: day for day in setup.calendars(desk)[0]["days"]}
    assert days["2024-04-29"]["kind"] == "holiday"
    assert (days["2024-04-27"]["kind"], days["2024-04-27"]["intervals"]) == ("working", world.HOURS)


def test_an_edited_calendar_moves_open_tickets_at_once(desk: Desk) -> None:
    ticket_id = arrive(desk, at=moscow(3, 17)).ticket_id
    due = ticket.view(desk, ticket_id).answer_due
    assert due == moscow(5, 10), "the holiday of the fourth lies between"
    changes = setup.save_day(desk, {"calendar_id": "office", "day": "2026-11-05", "kind": "holiday", "intervals": []})
    assert ticket.view(desk, ticket_id).answer_due == moscow(6, 10)
    assert desk.replica.value("SELECT answer_due FROM queue_row") == to_ms(moscow(6, 10))
    assert ticket_id in changes.tickets
    undo.revert(desk, changes.tx)
    assert desk.replica.value("SELECT answer_due FROM queue_row") == to_ms(due)


def test_history_is_not_rewritten_by_a_new_rule(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    promise_first(desk, ticket_id)
    before = row(desk, ticket_id)
    setup.save_rule(desk, {"answer_minutes": 30, "margin": 0})
    assert row(desk, ticket_id) == before


def test_a_rule_out_of_bounds_is_refused(desk: Desk) -> None:
    for wrong in ({"answer_minutes": 0}, {"margin": -1}, {"round_to": 1000}):
        with pytest.raises(UserFacingError):
            setup.save_rule(desk, wrong)
    with pytest.raises(KeyError):
        setup.save_rule(desk, {"unheard_of": 1})
    assert setup.rule(desk)["answer_minutes"] == 120


def test_who_refuses_or_promises_is_seen_by_all_lanes(desk: Desk) -> None:
    """Schedules are read again when people change, also in another desk object of the same profile."""
    other = world.open_world(desk.profile.root)
    try:
        assert other.schedule.rule["answer_minutes"] == 120
        setup.save_rule(desk, {"answer_minutes": 60})
        assert other.schedule.rule["answer_minutes"] == 60
        with pytest.raises(RuntimeError), desk.act("settings") as act:
            setup._set_rule(act, {"answer_minutes": 5})
            act.finish()
            assert desk.schedule.rule["answer_minutes"] == 5
            raise RuntimeError
        assert desk.schedule.rule["answer_minutes"] == 60, "what was rolled back is not remembered"
    finally:
        other.replica.disconnect()


def test_a_new_promise_of_a_day_off_counts_no_holiday(desk: Desk) -> None:
    ticket_id = arrive(desk, at=moscow(3, 16)).ticket_id
    go_to(desk, moscow(3, 16))
    view = promise.propose(desk, ticket_id, minutes=180, skill_id="print")
    slot = view.proposals.slots[0]
    assert slot.finish.astimezone(world.MOSCOW).date() == moscow(5).date()
    assert "ноября" in view.letters[0].body
    assert timedelta(hours=3) == sum((piece.end - piece.start for piece in slot.pieces), timedelta())
