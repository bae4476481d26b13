"""What other help desks got wrong and nothing else here tries; docs/edge_cases.md says which test holds which case."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskapp.core.clock import to_ms
from deskapp.desk import closing, contracts, drafts, promise, queue, setup, slipping, ticket, triage, watch, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Customer
from deskapp.planning.worktime import WorkCalendar
from tests.desk import world
from tests.desk.world import arrive

ROOT = Path(__file__).resolve().parents[2]


def test_each_case_of_the_page_names_tests_that_are_there() -> None:
    page = (ROOT / "docs" / "edge_cases.md").read_text("utf-8")
    there: dict[str, str] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        there[path.relative_to(ROOT / "tests").as_posix()] = path.read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith(("| case", "| ---"))]
    assert len(rows) >= 40
    for row in rows:
        named = re.findall(r"`([a-z_/]+\.py)::([a-z0-9_]+)`", row)
        assert named, f"no test is named: {row}"
        for path, name in named:
            assert f"def {name}(" in there.get(path, ""), f"{path}::{name}"


def test_a_ticket_of_the_night_belongs_to_the_desks_day(desk: Desk) -> None:
    """Half past midnight in Moscow is yesterday by UTC."""
    at = datetime(2026, 11, 2, 21, 30, tzinfo=UTC)
    ticket_id = arrive(desk, at=at, key="night").ticket_id
    world.go_to(desk, world.moscow(3, 9))
    day = desk.replica.value("SELECT received_day FROM ticket_fact WHERE ticket_id = ?", (ticket_id,))
    assert day == world.moscow(3).date().toordinal()


def test_opened_again_after_its_date_nothing_is_told_as_late(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    world.promise_first(desk, ticket_id)
    closing.finish(desk, ticket_id, "Заменён картридж", "", 30, "phone", "Иван")
    world.go_to(desk, world.moscow(12, 11))
    closing.disagree(desk, ticket_id, "phone", "Иван")
    watch.tick(desk)
    assert desk.replica.value("SELECT slack < 0 FROM queue_row"), "its work lies behind that date"
    found = slipping.look(desk)
    assert not found.fresh and "slip" not in drafts.load(desk, ticket_id)
    assert world.row(desk, ticket_id)["needs"] == "date", "a new date is owed instead"
    world.advance(desk, minutes=1)
    again = world.promise_first(desk, ticket_id)
    assert again.result and world.row(desk, ticket_id)["needs"] == ""
    world.go_to(desk, world.moscow(19, 17))
    watch.tick(desk)
    assert [slip.ticket_id for slip in slipping.look(desk).fresh] == [ticket_id], "the new date is watched as any"


def test_resolved_stops_every_clock_and_a_late_ticket_can_still_be_edited(desk: Desk) -> None:
    with desk.act() as act:
        act.put(Customer, id="romashka", name="Ромашка", domain="romashka.example")
    targets = {3: {"reaction": 60, "solution": 120}}
    contracts.save(desk, {"customer_id": "romashka", "number": "C-1", "since": "2026-01-01", "targets": targets})
    late = arrive(desk).ticket_id
    world.go_to(desk, world.moscow(10, 11))
    triage.set_urgency(desk, late, 2)
    triage.set_effort(desk, late, 30)
    work.note(desk, late, "check", "after the date")
    assert ticket.view(desk, late).urgency == 2
    assert queue.page(desk, "answer").items
    closing.finish(desk, late, "Заменён картридж", "", 30, "phone", "Иван")
    shown = desk.replica.rows(
        "SELECT answer_due, reaction_due, solution_due, forecast_at, slack, in_slipping, in_answer FROM queue_row "
        "WHERE ticket_id = ?",
        (late,),
    )[0]
    assert shown == (None, None, None, None, None, 0, 0)
    world.go_to(desk, world.moscow(30, 11))
    assert not slipping.look(desk).fresh and ticket.view(desk, late).answer_left is None


def test_a_hand_over_to_other_hours_moves_the_forecast_and_no_clock_of_the_contract(desk: Desk) -> None:
    """Whose hours count: the customer's contract, else the desk's, for what is due; the person's for the work."""
    setup.save_calendar(
        desk,
        {"id": "late", "name": "Late", "zone": "Europe/Moscow", "week": [[[840, 1320]]] * 5 + [[], []]},
    )
    setup.save_specialist(desk, {"id": "boris", "name": "Борис Серов", "calendar_id": "late"})
    ticket_id = arrive(desk).ticket_id
    triage.set_effort(desk, ticket_id, 60)
    due = ticket.view(desk, ticket_id).answer_due
    triage.set_owner(desk, ticket_id, "boris")
    assert ticket.view(desk, ticket_id).answer_due == due == world.moscow(2, 11, 20)
    calendar: WorkCalendar = desk.schedule.of("boris")
    assert not calendar.is_working(world.moscow(2, 10)) and calendar.is_working(world.moscow(2, 21))
    boris = [one for one in promise.propose(desk, ticket_id, minutes=60).proposals.slots if one.person_id == "boris"]
    assert boris and all(calendar.is_working(piece.start) for one in boris for piece in one.pieces)


def test_work_of_nobody_keeps_nobody_busy(desk: Desk) -> None:
    """A promise that no person was named for books nothing, and no slot of anybody gives way to it."""
    first = arrive(desk).ticket_id
    before = promise.propose(desk, first, minutes=60)
    nobody = arrive(desk, key="nobody").ticket_id
    promise.give_other(desk, nobody, world.moscow(3, 12), "agreed by phone", world.our_letter("Сделаем."))
    assert world.row(desk, nobody)["owner_id"] == ""
    assert desk.replica.value("SELECT count(*) FROM booking WHERE ticket_id = ?", (nobody,)) == 0
    after = promise.propose(desk, first, minutes=60)
    assert [(s.person_id, s.pieces) for s in after.proposals.slots] == [
        (s.person_id, s.pieces) for s in before.proposals.slots
    ]


def test_the_index_of_a_thread_is_no_id_and_the_nearest_letter_decides(desk: Desk) -> None:
    """Outlook gives one Thread-Index to all that begins alike; a long References names other tickets too."""
    one, two = arrive(desk, key="one").ticket_id, arrive(desk, key="two").ticket_id
    both = arrive(desk, key="r1", kind="reply", references=("one@test", "two@test"))
    assert both.ticket_id == two, "the last one named"
    nearest = arrive(desk, key="r2", kind="reply", in_reply_to="one@test", references=("one@test", "two@test"))
    assert nearest.ticket_id == one, "what it answers goes first"
    middle = arrive(desk, key="r3", kind="reply", references=("one@test", "lost@elsewhere"))
    assert middle.ticket_id == one, "an id that nobody knows hides none behind it"


def test_an_emptied_day_of_the_zone_is_in_its_own_zone(desk: Desk) -> None:
    """A holiday filled for a calendar is that date in the calendar's zone, not the day before."""
    setup.save_calendar(
        desk, {"id": "east", "name": "East", "zone": "Asia/Vladivostok", "week": [world.HOURS] * 5 + [[], []]}
    )
    setup.fill_holidays(desk, "east", "RU", 2026, 2026)
    calendar = desk.schedule.calendars["east"]
    holiday = datetime(2026, 11, 4, 12, tzinfo=calendar.tz)
    assert not calendar.is_working(holiday)
    assert calendar.is_working(holiday - timedelta(days=1) - timedelta(hours=1))
    assert to_ms(calendar.next_working(holiday)) == to_ms(datetime(2026, 11, 5, 9, tzinfo=calendar.tz))
