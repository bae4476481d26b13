"""A small real desk of the mock-ups' morning, and the composer over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.core.clock import FixedClock, to_ms
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import directory, intake, setup, ticket, undo
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes, TicketView
from deskapp.models.database import Replica
from deskapp.models.schema import Booking, Ticket
from deskapp.ui.actions import ActionRegistry
from deskapp.ui.composer import Composer
from deskapp.ui.keys import KeyRouter
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.runner import Lane, TaskRunner

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 3, 11, 42, tzinfo=MOSCOW)


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW)


@dataclass
class Shop:
    """The desk, its people by surname, its tickets by number."""

    desk: Desk
    people: dict[str, str]
    causes: dict[str, str]
    skills: dict[str, str]
    clock: FixedClock

    def view(self, ticket_id: str) -> TicketView:
        return ticket.view(self.desk, ticket_id)

    def row(self, ticket_id: str) -> dict[str, Any]:
        found = self.desk.replica.record(Ticket, ticket_id)
        assert found is not None
        return found

    def rows(self, sql: str, *params: Any) -> list[Any]:
        return self.desk.replica.rows(sql, params)

    def new(self, subject: str = "Загрузка УПД из ЭДО: ошибка 1045", **more: Any) -> str:
        values = {
            "contact_name": "Руслан Галеев",
            "address": "r.galeev@volga-agro.example",
            "customer": "Волга-Агро",
            "urgency": 2,
            "cause_id": self.causes["Обмен данными"],
        } | more
        return intake.by_hand(self.desk, subject, "С утра не загружаются входящие УПД.", **values).result

    def book(self, ticket_id: str, person: str, start: datetime, end: datetime) -> None:
        with self.desk.act("planned") as act:
            act.insert(
                Booking,
                ticket_id=ticket_id,
                specialist_id=self.people[person],
                start_at=to_ms(start),
                end_at=to_ms(end),
            )


def open_desk(folder: Path) -> tuple[Desk, FixedClock]:
    profile = Profile(folder).make()
    clock = FixedClock(NOW.astimezone(UTC))
    return Desk(profile, Replica(profile.database).open(), Settings(profile.settings), clock), clock


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Shop]:
    """A desk with its hours, causes and people, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("composer") / "profile"
    desk, clock = open_desk(folder)
    desk.settings.set("language", "ru")
    week = [[[540, 780], [840, 1080]]] * 5 + [[], []]
    calendar = setup.save_calendar(desk, {"name": "Офис", "zone": "Europe/Moscow", "week": week}).result
    setup.save_rule(desk, {"calendar_id": calendar, "desk_name": "служба поддержки"})
    for day, kind, name, english, hours in (
        ("2026-11-03", "short", "Короткий день", "Short day", [[540, 780], [840, 1020]]),
        ("2026-11-04", "holiday", "День народного единства", "National Unity Day", []),
    ):
        row = {"calendar_id": calendar, "day": day, "kind": kind, "name": name, "name_en": english}
        setup.save_day(desk, row | {"intervals": hours})
    skills = {name: setup.save_skill(desk, {"name": name, "name_en": english}).result
              for name, english in (("Обмены", "Exchange"), ("СУБД", "Databases"))}  # fmt: skip
    causes = {
        "Обмен данными": setup.save_cause(
            desk,
            {"name": "Обмен данными", "name_en": "Data exchange", "usual_minutes": 90, "skill_id": skills["Обмены"]},
        ).result,
        "Оборудование": setup.save_cause(desk, {"name": "Оборудование", "name_en": "Equipment"}).result,
    }
    people = {}
    for name, english, known in (
        ("Марина Соколова", "Marina Sokolova", {skills["Обмены"]: {"seen": 1, "pace": 120}}),
        ("Дмитрий Орлов", "Dmitry Orlov", {skills["Обмены"]: {"seen": 9, "pace": 100}}),
        ("Павел Жуков", "Pavel Zhukov", {skills["СУБД"]: {"seen": 4, "pace": 100}}),
    ):
        row = {"name": name, "name_en": english, "lines": [1, 2], "calendar_id": calendar, "skills": known}
        people[name.split()[1]] = setup.save_specialist(desk, row).result
    desk.settings.set("me", people["Соколова"])
    desk.replica.disconnect()
    return folder, Shop(desk, people, causes, skills, clock)


@pytest.fixture
def shop(tmp_path: Path, begun: tuple[Path, Shop]) -> Iterator[Shop]:
    folder, made = begun
    shutil.copytree(folder, tmp_path / "profile")
    desk, clock = open_desk(tmp_path / "profile")
    yield replace(made, desk=desk, clock=clock)
    desk.replica.disconnect()


@dataclass
class Bench:
    """The composer in a window, over real lanes."""

    qtbot: Any
    shop: Shop
    window: QWidget
    composer: Composer
    runner: TaskRunner
    recorder: Recorder
    router: KeyRouter
    changes: list[Changes] = field(default_factory=list)
    others: list[Bench] = field(default_factory=list)

    def another(self) -> Bench:
        """The same desk opened anew."""
        other = make_bench(self.qtbot, self.shop)
        self.others.append(other)
        return other

    def page(self, name: str) -> Any:
        return self.composer._pages[name]

    def show(self, ticket_id: str) -> None:
        self.composer.set_ticket(self.shop.view(ticket_id), directory.read(self.shop.desk))
        self.settle()

    def settle(self) -> None:
        self.runner.drain()
        assert not self.recorder.crashes, self.recorder.crashes

    def find(self, name: str, kind: type[QWidget] = QWidget) -> Any:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def undo(self, changes: Changes) -> Changes:
        reverted = undo.revert(self.shop.desk, changes.tx)
        self.composer.heard(reverted)
        self.settle()
        return reverted


def make_bench(qtbot, shop: Shop) -> Bench:
    messages = Messages()
    recorder = Recorder(messages)
    replica = shop.desk.replica
    lanes = {
        "writer": Lane(replica.connect, replica.disconnect),
        "reader": Lane(lambda: replica.connect(readonly=True), replica.disconnect),
    }
    runner = TaskRunner(shop.desk, messages, lanes)
    registry = ActionRegistry()
    window = QWidget()
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    router = KeyRouter(window, registry)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    composer = Composer(runner, registry)
    column.addWidget(composer)
    window.resize(660, 560)
    qtbot.addWidget(window)
    registry.set_active_scopes(("composer", "ticket"))
    bench = Bench(qtbot, shop, window, composer, runner, recorder, router)
    composer.changed.connect(bench.changes.append)
    with qtbot.waitActive(window):
        window.show()
    return bench


@pytest.fixture
def bench(qtbot, shop: Shop) -> Iterator[Bench]:
    bench = make_bench(qtbot, shop)
    yield bench
    for each in (bench, *bench.others):
        each.runner.drain()
        each.runner.close()
