"""The figures against an independent count over the raw rows of the desk, and against small stories told by hand."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median_low
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from deskapp.core.clock import FixedClock, from_ms
from deskapp.core.errors import UserFacingError
from deskapp.desk import (
    closing,
    facts,
    figures,
    keyfigures,
    promise,
    ratings,
    report_files,
    reports,
    setup,
    timespent,
    triage,
    undo,
)
from deskapp.desk.desk import Desk
from deskapp.desk.figures import Narrow, Period
from deskapp.desk.report_files import Sheet
from tests.desk import world
from tests.desk.demo_desk import copied, found
from tests.desk.world import MOSCOW

TEN = "ten_weeks"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = copied(tmp_path_factory.mktemp("figures"))
    yield desk
    desk.replica.disconnect()


def day(ms: int | None) -> date | None:
    return None if ms is None else from_ms(ms).astimezone(MOSCOW).date()


def tickets(desk: Desk) -> list[dict[str, object]]:
    names = ("id", "status", "set_aside", "received_at", "answered_at", "answered_by", "first_promised_at",
             "finished_at", "owner_id", "customer_id", "cause_id", "effort", "reopened")  # fmt: skip
    rows = desk.replica.rows(f"SELECT {', '.join(names)} FROM ticket")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [row for row in found if row["status"] != "merged" and not row["set_aside"]]


def test_the_first_page_equals_a_count_over_the_raw_rows(demo: Desk) -> None:
    period = figures.standing(demo, TEN)
    shown = figures.read(demo, period)
    now = demo.clock.now()
    rows = tickets(demo)

    def inside(ms: object) -> bool:
        on = day(ms)  # type: ignore[arg-type]
        return on is not None and period.first <= on <= period.last

    due = [row for row in rows if inside(row["first_promised_at"])]
    kept = [r for r in due if r["finished_at"] and r["finished_at"] <= r["first_promised_at"] and not r["reopened"]]  # type: ignore[operator]
    known = [r for r in due if r["finished_at"] or r["reopened"] or from_ms(r["first_promised_at"]) < now]  # type: ignore[arg-type]
    tile = {one.code: one for one in shown.tiles}
    assert len(kept) > 40 and len(kept) < len(known)
    assert (tile["kept"].of, tile["kept"].missed) == (len(known), len(known) - len(kept))
    assert tile["kept"].value == pytest.approx(len(kept) / len(known))
    assert sum(b.kept for b in shown.promises) == len(kept)
    assert sum(b.open for b in shown.promises) == len(due) - len(known)
    calendar = demo.schedule.desk_calendar
    took = [
        round(calendar.work_between(from_ms(r["received_at"]), from_ms(r["answered_at"])) / timedelta(minutes=1))  # type: ignore[arg-type]
        for r in rows
        if inside(r["answered_at"])
    ]
    assert shown.answers_total == len(took) and shown.answers_median == median_low(took)
    assert tile["answer"].value == median_low(took)
    assert shown.answers[0] == sum(m <= 15 for m in took) and sum(shown.answers) == len(took)
    assert tile["within"].of - tile["within"].missed == sum(m <= demo.schedule.answer_minutes for m in took)
    received = [r for r in rows if inside(r["received_at"])]
    assert shown.received == len(received) == sum(count for _id, _name, count in shown.causes)
    worked = [r for r in rows if inside(r["finished_at"]) and r["effort"]]
    assert {ticket for _effort, _spent, ticket in shown.points} == {r["id"] for r in worked}
    solved: dict[object, int] = {}
    for row in rows:
        if inside(row["finished_at"]) and row["status"] != "refused":
            solved[row["owner_id"]] = solved.get(row["owner_id"], 0) + 1
    assert {row.person_id: row.resolved for row in shown.people if row.resolved} == solved
    asked = demo.replica.rows("SELECT value FROM rating WHERE kind = 'csat'")
    answers = [value for (value,) in asked if value is not None]
    assert tile["rating"].value == pytest.approx(sum(answers) / len(answers))
    assert (tile["rating"].of, tile["rating"].missed) == (len(answers), len(asked))


def test_the_tickets_behind_a_mark_are_those_that_it_counts(demo: Desk) -> None:
    period = figures.standing(demo, TEN)
    shown = figures.read(demo, period)
    for bucket in shown.promises:
        week = Period(bucket.start, min(period.last, bucket.start + timedelta(days=6)))
        for what, count in (("kept", bucket.kept), ("moved", bucket.moved), ("broken", bucket.broken)):
            assert len(figures.tickets(demo, what, week)) == count
    for place, count in enumerate(shown.answers):
        assert len(figures.tickets(demo, "answers", period, value=str(place))) == count
    for cause, _name, count in shown.causes:
        assert len(figures.tickets(demo, "cause", period, value=cause)) == count
    for row in shown.people:
        assert len(figures.tickets(demo, "person", period, value=row.person_id)) == row.resolved
    assert len(figures.tickets(demo, "received", period)) == shown.received


def test_narrowed_figures_add_up_to_the_whole(demo: Desk) -> None:
    period = figures.standing(demo, TEN)
    whole = figures.read(demo, period)
    owners = [row[0] for row in demo.replica.rows("SELECT DISTINCT owner_id FROM ticket_fact WHERE owner_id <> ''")]
    parts = [figures.read(demo, period, Narrow(owner_id=owner)) for owner in owners]
    assert (
        sum(part.answers_total for part in parts)
        + len([t for t in figures.tickets(demo, "received", period) if not _owner(demo, t.ticket_id)])
        >= whole.answers_total
    )
    assert sum(sum(b.kept for b in part.promises) for part in parts) == sum(b.kept for b in whole.promises)
    customers = [key for key, _name in figures.customers(demo)]
    each = [figures.read(demo, period, Narrow(customer_id=key)).received for key in customers]
    assert sum(each) <= whole.received and max(each) < whole.received


def _owner(desk: Desk, ticket_id: str) -> str:
    return str(desk.replica.value("SELECT owner_id FROM ticket WHERE id = ?", (ticket_id,)))


def test_facts_made_at_once_equal_facts_that_followed(demo: Desk) -> None:
    before = demo.replica.rows("SELECT * FROM ticket_fact ORDER BY ticket_id")
    with demo.act() as act:
        act.writing.execute("DELETE FROM ticket_fact")
    demo.replica.set_state("facts_version", "0")
    facts.ensure(demo)
    assert demo.replica.rows("SELECT * FROM ticket_fact ORDER BY ticket_id") == before and before
    assert not facts.ensure(demo).tables


def test_a_promise_that_is_moved_disagreed_with_or_passed(tmp_path: Path) -> None:
    """One ticket after another through every fate of a promise; undo takes the figure back."""
    desk = copied(tmp_path)
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    try:
        today = clock.now().astimezone(MOSCOW).date()
        day_ = Period(today, today + timedelta(days=400), 401)

        def counts() -> tuple[int, int, int, int]:
            (bucket,) = figures.read(desk, day_).promises
            return bucket.kept, bucket.moved, bucket.broken, bucket.open

        kept, moved, broken, waiting = counts()
        ticket_id = found(desk, 4117)
        changes = closing.finish(desk, ticket_id, "done", told_how="phone", told_who="Анна")
        assert counts() == (kept + 1, moved, broken, waiting - 1)
        undo.revert(desk, changes.tx)
        assert counts() == (kept, moved, broken, waiting)
        closing.finish(desk, ticket_id, "done", told_how="phone", told_who="Анна")
        closing.disagree(desk, ticket_id, "phone", "Анна")
        assert counts() == (kept, moved, broken + 1, waiting - 1), "disagreed with: the promise was not kept"
        clock.advance(days=300)
        assert counts()[3] == 0, "every date has passed: nothing is open any more"
    finally:
        desk.replica.disconnect()


def test_what_is_done_to_the_minute_is_in_time(desk: Desk) -> None:
    """An answer after two hours of two, a solution at the promised minute, a move told as the old date passes."""
    today = desk.clock.now().astimezone(MOSCOW).date()
    period = Period(today, today, 1)

    def tile(code: str) -> tuple[int, int]:
        one = next(tile for tile in figures.tiles(desk, period) if tile.code == code)
        return one.of, one.missed

    on_time, moved, other = (world.arrive(desk, subject=text).ticket_id for text in ("Принтер", "Сканер", "Факс"))
    world.go_to(desk, world.moscow(2, 11, 20))
    for ticket_id in (on_time, moved):
        world.promise_first(desk, ticket_id)
    assert tile("within") == (2, 0)
    world.advance(desk, minutes=1)
    promise.refuse(desk, other, "не наше", world.our_letter())
    assert tile("within") == (3, 1)
    for ticket_id in (on_time, moved):
        world.go_to(desk, from_ms(world.row(desk, ticket_id)["promised_at"]))
        if ticket_id == moved:
            promise.slip(desk, ticket_id, world.moscow(6, 15), "нет детали", world.our_letter())
        else:
            closing.finish(desk, ticket_id, "Заменён", told_how="phone", told_who="Иван")
    assert (tile("kept"), tile("told")) == ((1, 0), (1, 0))
    closing.disagree(desk, on_time, "phone", "Иван")
    promise.give_other(desk, on_time, world.moscow(9, 15), "доделаем", world.our_letter())
    assert (tile("kept"), tile("told")) == ((1, 1), (1, 0)), "a date owed anew moves none"
    triage.set_owner(desk, [moved, other], "anna")
    triage.set_line(desk, moved, 2)
    closing.finish(desk, moved, "Заменён", told_how="phone", told_who="Иван")
    (person,) = figures.read(desk, period).people
    assert (person.person_id, person.resolved) == ("anna", 1), "a refusal resolves nothing"
    assert desk.replica.value("SELECT first_line FROM ticket_fact WHERE ticket_id = ?", (moved,)) == 0
    assert figures.median(Counter((10, 30))) == 10 and figures.median(Counter((10, 20, 30))) == 20
    ended = Period(today - timedelta(days=1), today, 1)
    assert [bucket.finished for bucket in figures.read(desk, ended).promises] == [True, False]


def test_recommendation_is_asked_answered_and_told(tmp_path: Path) -> None:
    """Answers by phone and by letter: 9 and 10 for, 0 to 6 against, and how many of those asked said anything."""
    desk = copied(tmp_path)
    try:
        today = desk.clock.now().astimezone(MOSCOW).date()
        period = Period(today, today, 1)

        def nps() -> figures.Tile:
            return next(tile for tile in figures.read(desk, period).tiles if tile.code == "nps")

        assert (nps().value, nps().of, nps().missed) == (None, 0, 0)
        setup.save_rule(desk, {"ask_rating": "nps"})
        resolved = [row[0] for row in desk.replica.rows("SELECT id FROM ticket WHERE status = 'resolved' ORDER BY id")]
        assert len(resolved) >= 2
        for ticket_id in resolved:
            closing.agree(desk, ticket_id, "phone", "Анна")  # the letter asks
        asked = len(resolved)
        assert nps().missed == asked and nps().value is None
        for ticket_id, value in zip(resolved, (10, 3), strict=False):
            ratings.record(desk, ticket_id, value)
        closed = [
            row[0]
            for row in desk.replica.rows(
                "SELECT id FROM ticket WHERE status = 'closed' AND id NOT IN (SELECT ticket_id FROM rating "
                "WHERE kind = 'nps') AND id IN (SELECT ticket_id FROM ticket_fact) ORDER BY id LIMIT 4"
            )
        ]
        for ticket_id, value in zip(closed, (9, 7, 0), strict=False):
            ratings.record(desk, ticket_id, value, kind="nps")
        shown = keyfigures.read(desk, period)
        assert (shown["nps"].value, shown["nps"].behind) == (0.0, 5)  # two for, two against, of five
        ratings.record(desk, closed[3], 10, kind="nps")
        shown = keyfigures.read(desk, period)
        assert shown["nps"].value == pytest.approx(100 / 6) and nps().of == 6
        assert shown["nps_answered"].value == 6 / (asked + 4) and shown["nps_answered"].behind == asked + 4
        codes = [row[0] for row in reports.read(desk, "key_figures", period).rows]
        assert "nps" in codes and set(codes) <= set(keyfigures.UNITS)
    finally:
        desk.replica.disconnect()


def test_an_opened_again_request_waits_for_its_answer_anew(tmp_path: Path) -> None:
    desk = copied(tmp_path)
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    try:
        ticket_id = found(desk, 4117)
        closing.finish(desk, ticket_id, "done", told_how="phone", told_who="Анна")

        def fact() -> tuple[object, ...]:
            row = desk.replica.row(
                "SELECT answered_day, answer_minutes, answered_by, reopened FROM ticket_fact WHERE ticket_id = ?",
                (ticket_id,),
            )
            assert row
            return row

        first = fact()
        assert first[0] is not None and first[1] is not None
        disagreed = closing.disagree(desk, ticket_id, "phone", "Анна")
        assert fact() == (None, None, "", 1)
        clock.advance(minutes=30)
        slip = promise.give_other(
            desk,
            ticket_id,
            clock.now() + timedelta(days=2),
            "x",
            promise.propose(desk, ticket_id, minutes=60).letters[0],
        )
        assert fact() == (clock.now().astimezone(MOSCOW).date().toordinal(), 30, desk.me, 1)
        undo.revert(desk, slip.tx)
        assert fact() == (None, None, "", 1)
        undo.revert(desk, disagreed.tx)
        assert fact() == first
    finally:
        desk.replica.disconnect()


def test_every_report_has_its_rows_and_kinds(demo: Desk) -> None:
    period = figures.standing(demo, TEN)
    for code, (columns, _run) in reports.REPORTS.items():
        table = reports.read(demo, code, period)
        assert table.columns == columns
        assert all(len(row) == len(columns) for row in table.rows), code
        for row in table.rows:
            for value, (_column, kind) in zip(row, columns, strict=True):
                assert value is None or isinstance(value, _TYPES[kind]), (code, kind, value)
    everything = reports.read(demo, "tickets", period)
    assert len(everything.rows) == figures.read(demo, period).received
    low, high = figures.span_of(demo, period)
    used: dict[str, list[str]] = {}
    for title, ticket_id in demo.replica.rows(
        "SELECT a.title, u.ticket_id FROM article_use u JOIN article a ON a.id = u.article_id "
        "WHERE u.made_at >= ? AND u.made_at < ?",
        (low, high),
    ):
        used.setdefault(title, []).append(ticket_id)
    assert used
    for title, _number, uses, tickets, minutes in reports.read(demo, "knowledge", period).rows:
        helped = set(used.get(title, ()))
        took = sum(timespent.minutes(demo.replica.execute, one) for one in helped)
        assert (uses, tickets, minutes) == (len(used.get(title, ())), len(helped), took), title
    spent = reports.read(demo, "channels", period)
    assert sum(row[2] for row in spent.rows) == sum(row[5] for row in reports.read(demo, "people_time", period).rows)


_TYPES = {
    "figure": str, "measure": keyfigures.Measure, "definition": str,
    "text": str, "status": str, "channel": str, "visit": str, "count": int, "minutes": (int, float),
    "share": (int, float), "number": (int, float), "at": datetime,
}  # fmt: skip

SHEET = Sheet(
    'Заявки [1]: "все"', ("Тема", "Минут", "Доля", "Когда"), ("text", "minutes", "share", "at"),
    (
        ("=HYPERLINK(\"http://evil\")", 90, 0.5, datetime(2026, 11, 3, 9, 0, tzinfo=UTC)),
        ("+7 900 000-00-00", None, None, None),
        ("@sum", 1, 0.0, None),
        ("обычный, с запятой", 2, 1.0, None),
    ),
)  # fmt: skip


def test_csv_holds_no_formula_and_loses_no_row() -> None:
    data = report_files.as_csv(SHEET, ZoneInfo("Europe/Moscow"))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["Тема", "Минут", "Доля", "Когда"]
    assert rows[1] == ['\'=HYPERLINK("http://evil")', "90", "0.5", "2026-11-03 12:00"]
    assert [row[0] for row in rows[2:]] == ["'+7 900 000-00-00", "'@sum", "обычный, с запятой"]


def test_a_workbook_has_figures_as_figures_and_no_formula() -> None:
    data = report_files.as_xlsx([SHEET, SHEET], ZoneInfo("Europe/Moscow"))
    with ZipFile(io.BytesIO(data)) as book:
        names = book.namelist()
        first = book.read("xl/worksheets/sheet1.xml").decode()
        shared = book.read("xl/sharedStrings.xml").decode()
        titles = book.read("xl/workbook.xml").decode()
    assert "xl/worksheets/sheet2.xml" in names
    assert "<f>" not in first and "HYPERLINK" in shared
    assert "<v>90</v>" in first and "<v>0.5</v>" in first
    assert "Заявки 1" in titles


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "there.csv"
    target.mkdir()
    (target / "inside").touch()
    with pytest.raises(UserFacingError):
        report_files.save(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]


def test_periods_are_whole_and_lie_side_by_side(demo: Desk) -> None:
    for kind in ("week", "month", TEN, "year"):
        period = figures.standing(demo, kind)
        assert period.last == demo.clock.now().astimezone(MOSCOW).date()
        earlier = period.before()
        assert earlier.last + timedelta(days=1) == period.first and earlier.days == period.days
        assert period.starts()[0] == period.first
        assert sum(b.kept + b.moved + b.broken + b.open for b in figures.read(demo, period).promises) == len(
            [t for t in tickets(demo) if (on := day(t["first_promised_at"])) and period.first <= on <= period.last]  # type: ignore[arg-type]
        )
