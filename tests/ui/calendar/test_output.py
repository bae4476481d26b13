"""The plan outside the window: text, PDF, iCalendar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from PySide6.QtGui import QGuiApplication

from deskapp.core.errors import UserFacingError
from deskapp.desk import demo, ical, planboard, setup
from deskapp.desk.desk import Desk
from deskapp.ui.calendar import output
from deskapp.ui.words import Times
from tests.desk.demo_desk import MOSCOW, at, copied

from .conftest import Bench


@pytest.fixture
def demo_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = copied(tmp_path / "demo", "en")
    yield desk
    desk.replica.disconnect()


TIMES = Times(MOSCOW, at(3, 11, 42))


def test_the_week_as_text(demo_desk: Desk) -> None:
    text = output.as_text(planboard.view(demo_desk, at(2, 0).date(), 7), TIMES)
    lines = text.splitlines()
    assert lines[0] == "2–8 November 2026"
    assert "Dmitry Orlov, 25 of 31 h" in lines
    assert any(line.startswith("    09:00–10:30 #4132 Лира: ") and "slack" in line for line in lines)
    assert lines.count("    Vacation until 13 November") == 2, "on the days that are worked"
    assert any("Travel, Лира" in line for line in lines)
    assert all("\u00a0" not in line for line in lines)


def test_the_command_puts_it_on_the_clipboard(bench: Bench) -> None:
    bench.screen.output.copy()
    assert QGuiApplication.clipboard().text().startswith("2–8 November 2026")


def test_a_pdf_of_the_week(demo_desk: Desk, tmp_path: Path) -> None:
    view = planboard.view(demo_desk, at(2, 0).date(), 7)
    path = tmp_path / "week.pdf"
    output.save_pdf(path, view, TIMES)
    assert path.read_bytes().startswith(b"%PDF") and path.stat().st_size > 5_000
    assert "#4132" in output.as_html(view, TIMES) and "<script" not in output.as_html(view, TIMES)
    with pytest.raises(UserFacingError):
        output.save_pdf(tmp_path / "missing" / "week.pdf", view, TIMES)


def test_a_plan_for_other_calendars(demo_desk: Desk) -> None:
    data = ical.plan(demo_desk, demo.person("orlov"), at(2, 0).date(), 14)
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    by_summary = {str(event["summary"]): event for event in events}
    lira = next(event for summary, event in by_summary.items() if summary.startswith("#4132 Лира"))
    assert lira.decoded("dtstart") == at(5, 9) and lira.decoded("dtend") == at(5, 10, 30)
    assert len({str(event["uid"]) for event in events}) == len(events)
    again = ical.plan(demo_desk, demo.person("orlov"), at(2, 0).date(), 14)
    assert [str(e["uid"]) for e in icalendar.Calendar.from_ical(again).walk("VEVENT")] == [
        str(e["uid"]) for e in events
    ]
    assert str(lira["description"]) == "Promised: 05.11.2026 16:00"
    field = icalendar.Calendar.from_ical(ical.plan(demo_desk, demo.person("gareev"), at(2, 0).date(), 14))
    summaries = [str(event["summary"]) for event in field.walk("VEVENT")]
    for start in ("Travel, #4111 Лира", "Visit, #4111 Лира"):
        assert any(text.startswith(start) for text in summaries), "the way is told from the work"
    demo_desk.settings.set("language", "ru")
    russian = ical.plan(demo_desk, demo.person("gareev"), at(2, 0).date(), 14).decode()
    assert "SUMMARY:Выезд\\, №4111" in russian and "Обещано: " in russian
    demo_desk.settings.set("language", "en")
    away = icalendar.Calendar.from_ical(ical.plan(demo_desk, demo.person("kim"), at(2, 0).date(), 28)).walk("VEVENT")
    setup.save_absence(demo_desk, demo.person("kim"), at(5, 9), at(5, 11), "meeting")
    more = icalendar.Calendar.from_ical(ical.plan(demo_desk, demo.person("kim"), at(2, 0).date(), 28)).walk("VEVENT")
    assert {str(e["uid"]) for e in away} < {str(e["uid"]) for e in more}, "one more absence renames no other"
    belov = icalendar.Calendar.from_ical(ical.plan(demo_desk, demo.person("belov"), at(2, 0).date(), 14))
    assert "Vacation" in {str(event["summary"]) for event in belov.walk("VEVENT")}


def test_export_writes_the_file(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    bench.screen.output.export(bench.view().rows[0].person.id, path)
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
    bench.screen.output.export(bench.view().rows[0].person.id, tmp_path / "missing" / "plan.ics")
    assert bench.recorder.failures
