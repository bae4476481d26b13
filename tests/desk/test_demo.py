"""The demo desk is the acceptance fixture of planner, queues and intake: what the design shows of this moment comes
out of the desk's own functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskapp.core.clock import FixedClock, from_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile, resources
from deskapp.core.settings import Settings
from deskapp.desk import (
    demo,
    directory,
    files,
    intake,
    letters,
    planboard,
    promise,
    queue,
    replanning,
    search,
    setup,
    ticket,
    timer,
)
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.sync.mail import stages

MOSCOW = ZoneInfo("Europe/Moscow")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW)


def made(folder: Path, language: str = "ru") -> Desk:
    profile = Profile(folder).make()
    settings = Settings(profile.settings)
    settings.set("language", language)
    desk = Desk(profile, Replica(profile.database).open(), settings, FixedClock(demo.moment()))
    setup.begin(desk)
    demo.fill(desk, stages.take)
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Only read by the tests of this file."""
    desk = made(tmp_path_factory.mktemp("demo"))
    yield desk
    desk.replica.disconnect()


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = made(tmp_path)
    yield desk
    desk.replica.disconnect()


def found(desk: Desk, number: int) -> str:
    ticket_id = ticket.find(desk, number)
    assert ticket_id, number
    return ticket_id


def numbers(desk: Desk, tab: str, group: str = "") -> list[int | None]:
    return [item.number for item in queue.page(desk, tab).items if not group or item.group == group]


# --- the moment ---


def test_it_is_the_morning_of_a_short_day(desk: Desk) -> None:
    clock = planboard.day_clock(desk)
    assert demo.moment() == at(3, 11, 42)
    assert (clock.kind, clock.short, clock.until, clock.left) == ("open", True, at(3, 17), 4 * 60 + 18)
    assert desk.me == demo.person("sokolova")
    assert desk.zone == MOSCOW


def test_queues_hold_what_the_tabs_say(desk: Desk) -> None:
    assert queue.counts(desk) == {
        "answer": 4,
        "slipping": 3,
        "mine": 8,
        "waiting": 11,
        "confirm": 3,
        "all": 64,
        "aside": 2,
    }
    assert set(numbers(desk, "slipping")) == {4102, 4093, 4121}
    assert set(numbers(desk, "confirm")) == {4088, 4131, 4120}
    for tab in queue.TABS:
        page = queue.page(desk, tab)
        shown = [item for item in page.items if item.group != "answered"]
        assert len(shown) == queue.counts(desk)[tab]


def test_answers_are_due_in_two_working_hours(desk: Desk) -> None:
    assert numbers(desk, "answer", "hour") == [4129]
    assert numbers(desk, "answer", "two_hours") == [4142, 4143, 4144]
    due = {item.number: from_ms(item.answer_due) for item in queue.page(desk, "answer").items if item.answer_due}
    assert due == {4129: at(3, 12, 20), 4142: at(3, 13), 4143: at(3, 14, 30), 4144: at(3, 14, 40)}
    left = {number: ticket.view(desk, found(desk, number)).answer_left for number in due}
    assert left == {4129: 38, 4142: 78, 4143: 108, 4144: 118}
    trace = ticket.trace(desk, found(desk, 4143), "answer")
    assert [(row.span.start, row.span.end) for row in trace.rows] == [
        (at(3, 11, 30), at(3, 13)),
        (at(3, 14), at(3, 14, 30)),
    ]


def test_what_was_answered_today_took_so_long(desk: Desk) -> None:
    page = queue.page(desk, "answer")
    took = [(item.number, item.answer_minutes) for item in page.items if item.group == "answered"]
    assert took == [(4145, 22), (4146, 35), (4137, 51), (4132, 64), (4133, 44)]
    assert ("answered", 5, 43) in page.groups


def test_mine_today_in_its_groups(desk: Desk) -> None:
    assert queue.page(desk, "mine").groups == (("now", 1, 48), ("needs", 3, 70), ("next", 3, 270), ("silent", 1, 60))
    assert numbers(desk, "mine", "now") == [4117]
    assert set(numbers(desk, "mine", "needs")) == {4102, 4131, 4088}
    assert numbers(desk, "mine", "next") == [4121, 4109, 4126]
    assert numbers(desk, "mine", "silent") == [4095]
    rows = {item.number: item for item in queue.page(desk, "mine").items}
    assert rows[4102].slack == -70 and rows[4102].why == "late"
    assert rows[4088].why == "thanks" and rows[4131].why == "answer_to_done"
    assert {number for number, item in rows.items() if item.unread} == {4102, 4131}


def test_open_mine_and_others(desk: Desk) -> None:
    """Spam and thanks stay findable and open nothing."""
    assert set(numbers(desk, "aside")) == {4149, 4150}
    assert not {4149, 4150} & set(numbers(desk, "all"))


# --- the planner's dates ---


def test_the_three_slots_for_4129(desk: Desk) -> None:
    view = promise.propose(desk, found(desk, 4129))
    assert (view.minutes, view.margin, view.usual) == (150, 30, (14, 130, 185))
    first, second, third = view.proposals.slots
    assert (first.person_id, first.minutes, first.promise) == (demo.person("orlov"), 150, at(5, 17))
    assert [(piece.start, piece.end) for piece in first.pieces] == [(at(5, 14), at(5, 16, 30))]
    assert first.diff.harmless
    assert (second.person_id, second.minutes, second.promise) == (demo.person("sokolova"), 180, at(6, 16))
    assert [(piece.start, piece.end) for piece in second.pieces] == [
        (at(5, 16, 30), at(5, 18)),
        (at(6, 14), at(6, 15, 30)),
    ]
    assert second.diff.harmless
    assert (third.person_id, third.promise) == (demo.person("orlov"), at(5, 12))
    assert [(piece.start, piece.end) for piece in third.pieces] == [(at(5, 9), at(5, 11, 30))]
    assert [(move.busy.number, move.late) for move in third.diff.broken] == [(4133, 30)]
    assert [move.busy.number for move in third.diff.moved] == [4132]
    reasons = {reason.code: dict(reason.args) for reason in first.reasons}
    assert reasons["similar"] == {"n": 9} and reasons["free_after"]["number"] == 4133
    refused = {one.person_id: one.reason for one in view.proposals.not_offered}
    assert refused[demo.person("zhukov")].code == "no_gap_until"
    assert refused[demo.person("zhukov")].args["until"] == at(18, 14)
    assert refused[demo.person("belov")].code == "absent_until"
    assert refused[demo.person("belov")].args["until"] == at(14, 0)
    assert refused[demo.person("kim")].code == "other_line"


def test_why_thursday_at_five(desk: Desk) -> None:
    first = promise.propose(desk, found(desk, 4129)).proposals.slots[0]
    told = [
        (row.span.start.astimezone(MOSCOW).strftime("%d %H:%M"), row.code, row.args.get("number"))
        for row in first.trace
    ]
    assert told == [
        ("03 11:42", "busy", 4104),
        ("03 13:00", "lunch", None),
        ("03 14:00", "busy", 4098),
        ("04 00:00", "holiday", None),
        ("05 09:00", "busy", 4132),
        ("05 10:30", "busy", 4133),
        ("05 12:30", "short_gap", None),
        ("05 14:00", "work", None),
        ("05 16:30", "margin", None),
        ("05 17:00", "promise", None),
    ]


def test_the_letter_for_the_first_slot(desk: Desk) -> None:
    letter = promise.propose(desk, found(desk, 4129)).letters[0]
    assert letter.to == (("Руслан Галеев", "r.galeev@volga-agro.example"),)
    assert letter.subject == "[#4129] Загрузка УПД из ЭДО: ошибка 1045"
    assert letter.date_token == "четверга, 5 ноября 2026, 17:00 (МСК)"
    assert letter.body == (
        "Руслан, здравствуйте.\n\n"
        "Заявка №4129 принята. Срочность: высокая. Причина по первой оценке: обмен данными.\n\n"
        "Решим до четверга, 5 ноября 2026, 17:00 (МСК). Специалист: Дмитрий Орлов.\n"
        "Если срок изменится, напишем заранее. 4 ноября праздничный день, не работаем.\n\n"
        "Марина Соколова, служба поддержки\n"
    )


#: Slack in working minutes, as the blocks of the week show it (4137: as the date in the queue says).
SLACK = {
    4124: 300, 4128: 180, 4125: 180, 4147: 60, 4117: 90, 4102: -70, 4121: 20, 4104: 180, 4098: 60,
    4094: 60, 4107: 300, 4090: 120, 4127: 480, 4123: 240, 4109: 90, 4126: 120, 4115: 360, 4132: 270,
    4133: 120, 4139: 480, 4096: 60, 4091: 240, 4093: -60, 4111: 780, 4122: 1080, 4105: 960, 4103: 1440,
    4140: 960, 4141: 960, 4130: 360, 4134: 480, 4136: 1440, 4138: 480, 4135: 1920, 4087: 60, 4137: 540,
}  # fmt: skip


def test_slack_of_every_block_of_the_week(desk: Desk) -> None:
    view = planboard.view(desk, date(2026, 11, 2), 7)
    shown = {block.number: block.slack for block in view.blocks if block.state != "done"}
    assert shown == SLACK


def test_load_of_the_week(desk: Desk) -> None:
    """20,5 из 31 ч and so on; Kim's training fills three of her hours."""
    view = planboard.view(desk, date(2026, 11, 2), 7)
    load = {row.person.short: (round(row.booked / 60, 1), row.working / 60) for row in view.rows}
    assert load == {
        "Ковалёва": (20.5, 31),
        "Белов": (12.5, 15),
        "Соколова": (19.9, 31),
        "Орлов": (25.0, 31),
        "Жуков": (27.0, 31),
        "Ким": (23.0, 31),
        "Гареев": (23.0, 31),
    }
    assert view.team_minutes == 31 * 60
    assert [(kind, name) for kind, name, _minutes in view.day_labels[1:3]] == [
        ("short", "Предпраздничный день"),
        ("holiday", "День народного единства"),
    ]


def test_tray(desk: Desk) -> None:
    view = planboard.view(desk, date(2026, 11, 2), 7)
    assert [(item.number, item.effort) for item in view.tray] == [
        (4129, 150),
        (4142, 90),
        (4143, None),
        (4144, 120),
        (4145, 210),
        (4146, 60),
    ]
    assert view.tray_minutes == 10 * 60 + 30
    assert [item.number for item in view.tray if item.visit] == [4144]


def test_dropping_4129_on_thursday_morning_breaks_one_promise(desk: Desk) -> None:
    diff = replanning.preview_place(desk, found(desk, 4129), demo.person("orlov"), at(5, 9))
    assert [(s.start, s.end) for _t, _p, spans in diff.assigned for s in spans] == [(at(5, 9), at(5, 11, 30))]
    assert [(move.busy.number, move.finish_after) for move in diff.moved] == [(4132, at(5, 13))]
    assert [(move.busy.number, move.finish_after, move.late) for move in diff.broken] == [(4133, at(5, 16), 30)]


def test_moving_the_visit_to_thursday_makes_it_four_hours_late(desk: Desk) -> None:
    view = planboard.view(desk, date(2026, 11, 3), 1)
    visit = next(block for block in view.blocks if block.number == 4087 and block.kind == "visit")
    diff = replanning.preview_move(desk, visit.id, demo.person("gareev"), at(5, 10))
    broken = next(move for move in diff.broken if move.busy.number == 4087)
    assert (broken.finish_before, broken.finish_after, broken.late) == (at(3, 17), at(5, 13), 240)


# --- one ticket ---


def test_the_ticket_in_work(desk: Desk) -> None:
    view = ticket.view(desk, found(desk, 4117))
    assert (view.received_at, view.answer_minutes) == (at(2, 9, 14), 41)
    assert (view.promised_at, view.forecast_at, view.slack) == (at(3, 15), at(3, 12, 30), 90)
    assert (view.spent, view.effort, view.remaining, view.moved_count) == (72, 120, 48, 0)
    assert view.usual is not None and view.usual[1] == 100
    assert view.requester.name == "Елена Рудакова" and view.requester.phone == "+7 812 555-01-43"
    assert view.requester.contract.startswith("ТП-118, 8×5")
    assert view.followers == ("Анна Ковалёва",)
    assert {(one.number, one.minutes) for one in ticket.similar(desk, view.id)} == {(3980, 80), (4120, 90)}
    kinds = [entry.kind for entry in view.entries if entry.kind != "event"]
    assert kinds == [
        *("letter_in", "letter_out", "check", "escalation"),
        *("check", "note", "change", "letter_in"),
    ]
    state = timer.state(desk)
    assert state is not None and (state.number, state.seconds, state.running) == (4117, 4360, True)


def test_similar_tickets_of_the_new_letter(desk: Desk) -> None:
    similar = ticket.similar(desk, found(desk, 4129))
    assert {(one.number, one.minutes) for one in similar} == {(3704, 110), (3911, 125)}


def test_a_letter_is_within_its_undo(desk: Desk) -> None:
    leaves = letters.due(desk)
    assert leaves is not None and (leaves - demo.moment()).total_seconds() == 12
    held = [entry for entry in ticket.view(desk, found(desk, 4088)).entries if entry.kind == "held"]
    assert [(entry.label, entry.author) for entry in held] == [("reminder", "Марина Соколова")]


# --- letters ---


def test_open_letters_came_through_the_intake(desk: Desk) -> None:
    folder = Path(resources() / "demo" / "letters")
    taken = desk.replica.rows("SELECT source, stage, outcome FROM journal ORDER BY source")
    assert [row[0] for row in taken] == sorted(path.name for path in folder.iterdir())
    assert {row[1] for row in taken} == {"done"}
    assert {row[0] for row in taken if row[2] == "joined"} == {f"{n}-2.eml" for n in (4088, 4102, 4117, 4131)}
    for entry in ticket.view(desk, found(desk, 4129)).entries:
        for file in entry.files:
            assert len(files.read(desk, file.sha256)) == file.size
    names = [file.name for entry in ticket.view(desk, found(desk, 4129)).entries for file in entry.files]
    assert names == ["edo_log_0311.txt", "upd_5521.xml"]
    ack = next(entry for entry in ticket.view(desk, found(desk, 4129)).entries if entry.label == "ack")
    assert ack.at == at(3, 10, 20) and "До 12:20 сообщим" in ack.text


def test_no_old_letter_waits_to_be_sent(desk: Desk) -> None:
    assert desk.replica.value("SELECT count(*) FROM outgoing WHERE state <> 'sent'") == 0
    assert (
        desk.replica.value("SELECT count(*) FROM message WHERE received_at > ?", (demo.moment().timestamp() * 1000,))
        == 0
    )


def test_letters_are_found_by_word_forms(desk: Desk) -> None:
    assert found(desk, 4117) in {hit.ticket_id for hit in search.find(desk, "накладная")}
    assert found(desk, 4129) in {hit.ticket_id for hit in search.find(desk, "справочники ОКЕИ")}


def test_the_english_customer_is_written_to_in_english(desk: Desk) -> None:
    entries = ticket.view(desk, found(desk, 4075)).entries
    told = next(entry for entry in entries if entry.label == "promise")
    assert "Hello, Emily." in told.text and "Specialist: Dmitry Orlov" in told.text
    assert "by Tuesday 10 November 2026, 12:00 (GMT)" in told.text


# --- the data ---


def test_bookings_neither_overlap_nor_leave_working_time(desk: Desk) -> None:
    rows = desk.replica.rows("SELECT specialist_id, start_at, end_at FROM booking ORDER BY specialist_id, start_at")
    for person, start, end in rows:
        inside = desk.schedule.of(person).work_between(from_ms(start), from_ms(end))
        assert inside.total_seconds() * 1000 == end - start, (person, from_ms(start))
    for (one, _start, end), (other, start, _end) in pairwise(rows):
        assert one != other or end <= start, from_ms(start)


def test_things_happened_in_order(desk: Desk) -> None:
    rows = desk.replica.rows(
        "SELECT number, received_at, answered_at, promised_at, finished_at, consent_at FROM ticket ORDER BY number"
    )
    calendar = desk.schedule.desk_calendar
    now = demo.moment().timestamp() * 1000
    assert len({row[0] for row in rows}) == len(rows)
    for number, received, answered, promised, finished, agreed in rows:
        times = [moment for moment in (received, answered, finished, agreed) if moment is not None]
        assert times == sorted(times) and times[-1] <= now, number
        if answered is not None:
            took = calendar.work_between(from_ms(received), from_ms(answered))
            assert took.total_seconds() <= 120 * 60, number
            assert promised > answered, number
            # at the end of a stretch of work, or within it: nobody is promised a night
            around = calendar.work_between(from_ms(promised - 60_000), from_ms(promised + 60_000))
            assert around.total_seconds() > 0, number


def test_the_same_ids_every_time(desk: Desk, own_desk: Desk) -> None:
    for table in ("ticket", "message", "booking", "specialist", "contact", "promise", "attachment", "note"):
        both = [one.replica.rows(f"SELECT id FROM {table} ORDER BY id") for one in (desk, own_desk)]
        assert both[0] == both[1] and both[0], table


def test_the_next_ticket_follows(own_desk: Desk) -> None:
    changes = intake.by_hand(own_desk, "12 SIP-каналов не отвечают", customer="Телесеть-Плюс", urgency=1)
    assert ticket.view(own_desk, changes.result).number == 4151
    assert queue.counts(own_desk)["answer"] == 5


def test_a_desk_with_tickets_is_left_alone(own_desk: Desk) -> None:
    before = own_desk.replica.value("SELECT max(seq) FROM change")
    with pytest.raises(UserFacingError, match="not empty"):
        demo.fill(own_desk, stages.take)
    assert own_desk.replica.value("SELECT max(seq) FROM change") == before


@pytest.fixture
def english(tmp_path: Path) -> Iterator[Desk]:
    desk = made(tmp_path, "en")
    yield desk
    desk.replica.disconnect()


def test_in_english_people_and_causes_have_english_names(english: Desk) -> None:
    desk = english
    names = directory.read(desk)
    assert [one.name for one in names.people.values()] == [
        *("Anna Kovaleva", "Igor Belov", "Marina Sokolova", "Dmitry Orlov"),
        *("Pavel Zhukov", "Svetlana Kim", "Timur Gareev"),
    ]
    assert [cause.name for cause in names.causes][2] == "Data exchange"
    assert planboard.day_clock(desk).name == "Eve of a public holiday"
    absences = planboard.view(desk, date(2026, 11, 5), 1).rows[1].days[0].absences
    assert [one.name for one in absences] == ["Vacation"]


def test_outside_working_time_it_says_when_work_begins_again(desk: Desk) -> None:
    kept = desk.clock
    expected = {
        at(3, 7): ("before", at(3, 9)),
        at(3, 18): ("after", at(5, 9)),  # the next day is a holiday
        at(4, 12): ("off", at(5, 9)),
        at(7, 12): ("off", at(9, 9)),
    }
    try:
        for now, (kind, until) in expected.items():
            desk.clock = FixedClock(now)
            found = planboard.day_clock(desk)
            assert (found.kind, found.until) == (kind, until), now
    finally:
        desk.clock = kept


@pytest.mark.parametrize(("language", "name"), [("ru", "Рабочие часы"), ("en", "Office hours")])
def test_a_new_desk_names_its_hours_in_its_language(tmp_path: Path, language: str, name: str) -> None:
    profile = Profile(tmp_path).make()
    replica = Replica(profile.database).open()
    try:
        settings = Settings(profile.settings)
        settings.set("language", language)
        desk = Desk(profile, replica, settings, FixedClock(demo.moment()))
        setup.begin(desk)
        assert [row["name"] for row in setup.calendars(desk)] == [name]
    finally:
        replica.disconnect()
