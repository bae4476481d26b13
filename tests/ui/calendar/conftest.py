"""A real desk with the week of `week.py` in it, and the calendar screen in a real window over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QT_TRANSLATE_NOOP
from pytestqt.qtbot import QtBot

from deskapp.app import lanes
from deskapp.core.clock import FixedClock, to_ms
from deskapp.core.ids import natural_id
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import planboard, undo
from deskapp.desk.desk import Desk
from deskapp.desk.values import CalendarBlock, CalendarView, Changes
from deskapp.models.database import Replica
from deskapp.models.schema import (
    Absence,
    Booking,
    CalendarDay,
    Customer,
    DeskSetting,
    Skill,
    Specialist,
    SpecialistSkill,
    Ticket,
    TimeEntry,
    WorkCalendar,
)
from deskapp.planning.values import DayRule
from deskapp.planning.worktime import WorkCalendar as Hours
from deskapp.planning.worktime import office_week
from deskapp.ui.acts import Acts
from deskapp.ui.calendar.screen import CalendarScreen
from deskapp.ui.main_window import MainWindow
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.runner import Lane, TaskRunner
from deskapp.ui.screen import ScreenSpec
from deskapp.ui.undo import UndoStack

from . import week

HOURS = Hours(
    "Europe/Moscow",
    office_week(week.FULL),
    {
        date(2026, 11, 3): DayRule(week.SHORT, "Короткий день", "short"),
        date(2026, 11, 4): DayRule((), "День народного единства", "holiday"),
    },
)


def fill(desk: Desk) -> None:
    """The people, hours, absences, tickets and bookings of the week."""
    with desk.act("begun") as act:
        calendar = natural_id("calendar", "desk")
        days = [[[540, 780], [840, 1080]] if day < 5 else [] for day in range(7)]
        act.insert(WorkCalendar, id=calendar, name="Office", zone="Europe/Moscow", week=days)
        act.insert(DeskSetting, id="rule", value={"calendar_id": calendar, "desk_name": "Desk"})
        for day, kind, name, name_en, intervals in (
            ("2026-11-03", "short", "Короткий день", "Short day", [[540, 780], [840, 1020]]),
            ("2026-11-04", "holiday", "День народного единства", "National Unity Day", []),
        ):
            act.insert(
                CalendarDay,
                id=natural_id("day", calendar, day),
                calendar_id=calendar,
                day=day,
                kind=kind,
                name=name,
                name_en=name_en,
                intervals=intervals,
            )
        act.insert(Skill, id="s-db", name="СУБД", name_en="Databases")
        for place, who in enumerate(week.PEOPLE):
            act.insert(
                Specialist,
                id=who.id,
                name=who.name,
                lines=list(who.lines),
                focus=who.focus,
                calendar_id=calendar,
                position=place,
                zone="Europe/Moscow",
            )
        act.insert(SpecialistSkill, id="s-db-p4", specialist_id="p4", skill_id="s-db")
        for who, start, end, kind in (
            ("p1", week.at(5, 0), week.at(14, 0), "vacation"),
            ("p5", week.at(3, 14), week.at(3, 17), "training"),
        ):
            act.insert(Absence, specialist_id=who, start_at=to_ms(start), end_at=to_ms(end), kind=kind)
        known: set[str] = set()

        def ticket(ticket_id: str, number: int | None, subject: str, customer: str, **values: object) -> None:
            if ticket_id in known:
                return
            known.add(ticket_id)
            customer_id = natural_id("customer", customer)
            act.put(Customer, id=customer_id, name=customer)
            act.insert(
                Ticket,
                id=ticket_id,
                number=number,
                subject=subject,
                customer_id=customer_id,
                line=1,
                **{"received_at": to_ms(week.at(2, 9)), **values},
            )

        for block in week.view().blocks:
            status = {"in_progress": "in_progress", "done": "closed"}.get(block.state, "promised")
            promised = None
            if block.slack is not None:
                last = max(b.end for b in week.view().blocks if b.ticket_id == block.ticket_id)
                early = HOURS.subtract_work(last, max(0, -block.slack))
                promised = to_ms(HOURS.add_work(early, max(0, block.slack)))
            length = int((block.end - block.start).total_seconds() // 60) * block.parts
            ticket(
                block.ticket_id,
                block.number,
                block.subject or "Travel",
                block.customer or "Own",
                status=status,
                urgency=block.urgency,
                effort=length,
                owner_id=block.person_id,
                promised_at=promised,
            )
            act.insert(
                Booking,
                id=block.id,
                ticket_id=block.ticket_id,
                specialist_id=block.person_id,
                start_at=to_ms(block.start),
                end_at=to_ms(block.end),
                kind=block.kind,
                state=block.state,
                pinned=int(block.pinned),
            )
            if block.state == "in_progress":
                minutes = int((week.NOW - block.start).total_seconds() // 60)
                act.insert(
                    TimeEntry,
                    ticket_id=block.ticket_id,
                    author_id=block.person_id,
                    start_at=to_ms(block.start),
                    minutes=minutes,
                )
        for item in week.view().tray:
            ticket(
                item.ticket_id,
                item.number,
                item.subject,
                item.customer,
                status="new",
                urgency=item.urgency,
                effort=item.effort,
                received_at=to_ms(HOURS.subtract_work(item.answer_due, 120) if item.answer_due else week.at(3, 9)),
                answered_at=None if item.answer_due else to_ms(week.at(3, 10)),
            )
    desk.settings.set("me", week.ME)


def open_desk(folder: Path, clock: FixedClock) -> Desk:
    profile = Profile(folder).make()
    settings = Settings(profile.settings)
    return Desk(profile, Replica(profile.database).open(), settings, clock)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with the week in it, filled once and copied for each test."""
    folder = tmp_path_factory.mktemp("week")
    desk = open_desk(folder, FixedClock(week.NOW))
    desk.settings.set("language", "ru")
    fill(desk)
    desk.replica.disconnect()
    return folder


@pytest.fixture
def desk(tmp_path: Path, filled: Path, clock: FixedClock) -> Iterator[Desk]:
    shutil.copytree(filled, tmp_path / "desk")
    desk = open_desk(tmp_path / "desk", clock)
    yield desk
    desk.replica.disconnect()


@dataclass
class Bench:
    """The window with the calendar in it, and what it said."""

    window: MainWindow
    screen: CalendarScreen
    desk: Desk
    undo: UndoStack
    recorder: Recorder
    heard: list[Changes]

    def view(self) -> CalendarView:
        return planboard.view(self.desk, date(2026, 11, 2), 7)

    def block(self, number: int, part: int = 1) -> CalendarBlock:
        return next(b for b in self.view().blocks if b.number == number and b.part == part)

    def booked(self, number: int) -> list[CalendarBlock]:
        return [b for b in self.view().blocks if b.number == number]


def make_bench(qtbot: QtBot, desk: Desk, clock: FixedClock, lanes: dict[str, Lane] | None = None) -> Bench:
    """The calendar at 1440x900, open, with the week of the moment; with `lanes` its work runs in threads."""
    messages = Messages()
    recorder = Recorder(messages)
    runner = TaskRunner(desk, messages, lanes, synchronous=lanes is None)
    steps = UndoStack(runner, messages, undo.revert, clock.now)
    acts = Acts(runner, steps)
    window = MainWindow(runner, messages, acts, steps, desk.settings, clock.now, week.ZONE, planboard.day_clock)
    window.register(
        ScreenSpec(
            "calendar",
            "calendar",
            QT_TRANSLATE_NOOP("Screens", "Calendar"),
            2,
            lambda: CalendarScreen(runner, acts, window.registry, messages),
        )
    )
    heard: list[Changes] = []
    acts.changed.connect(heard.append)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitSignal(window.painted):  # keys answer from then on
        window.show()
    window.activateWindow()
    screen = window.open("calendar")
    assert isinstance(screen, CalendarScreen)
    qtbot.waitUntil(lambda: screen.board.geometry_of() is not None)
    screen.board.setFocus()
    return Bench(window, screen, desk, steps, recorder, heard)


@pytest.fixture
def bench(qtbot: QtBot, desk: Desk, clock: FixedClock) -> Iterator[Bench]:
    made = make_bench(qtbot, desk, clock)
    yield made
    made.window.runner.close()


@pytest.fixture
def threads(qtbot: QtBot, desk: Desk, clock: FixedClock) -> Iterator[Bench]:
    """The same with the lanes of the real application."""
    made = make_bench(qtbot, desk, clock, lanes(desk.replica))
    yield made
    made.window.runner.drain()
    made.window.runner.close()
