"""A real desk of the mock-ups' morning, made by its own intentions, and the queue's screen in the real window."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import closing, files, intake, letters, promise, setup, triage, undo, work
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import Incoming, IncomingFile
from deskapp.desk.values import Changes
from deskapp.models.database import Replica
from deskapp.ui.acts import Acts
from deskapp.ui.main_window import MainWindow
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.queue.screen import QueueScreen
from deskapp.ui.runner import Lane, TaskRunner
from deskapp.ui.screen import ScreenSpec
from deskapp.ui.undo import UndoStack

MOSCOW = ZoneInfo("Europe/Moscow")


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW)


NOW = moscow(3, 11, 42)

_CAUSES = (
    ("Настройка", "Configuration", 100),
    ("Ошибка программы", "Software fault", 120),
    ("Обмен данными", "Data exchange", 90),
    ("Работа пользователя", "User action", 30),
    ("Оборудование", "Equipment", 180),
    ("Линия связи", "Line", 120),
)
_PEOPLE = (
    ("Анна Ковалёва", "Anna Kovaleva", [1]),
    ("Марина Соколова", "Marina Sokolova", [1, 2]),
    ("Дмитрий Орлов", "Dmitry Orlov", [2]),
    ("Игорь Белов", "Igor Belov", [1, 2]),
)


@dataclass
class Shop:
    """The desk; people by surname, causes by name, tickets by a word of their own."""

    desk: Desk
    clock: FixedClock
    people: dict[str, str] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    tickets: dict[str, str] = field(default_factory=dict)
    _letters: int = 0

    def letter(
        self,
        at: datetime,
        subject: str,
        sender: tuple[str, str],
        text: str,
        number: int | None = None,
        attached: tuple[IncomingFile, ...] = (),
        quoted: str = "",
        reply_to: str = "",
    ) -> str:
        self._letters += 1
        key = f"letter-{self._letters}@example"
        letter = Incoming(
            key=key,
            message_id=key,
            in_reply_to=reply_to,
            references=(reply_to,) if reply_to else (),
            subject=subject,
            sender=sender,
            to=(("", "support@desk.example"),),
            cc=(),
            sent_at=at,
            received_at=at,
            text=f"{text}\n\n{quoted}" if quoted else text,
            reply_text=text,
            html="",
            kind="reply" if number else "new",
            automatic=False,
            automatic_reason="",
            bounced_address="",
            permanent=False,
            language="ru",
            ticket_number=number,
            files=attached,
            raw_sha256=files.put(self.desk, f"Subject: {subject}\n\n{text}".encode()),
        )
        self.clock.set(at)
        return intake.accept(self.desk, letter, quiet=True).result.ticket_id

    def promise(self, ticket_id: str, minutes: int, person: str = "", slot: int = 0) -> Changes:
        found = promise.propose(self.desk, ticket_id, minutes=minutes)
        slots = [s for s in found.proposals.slots if not person or s.person_id == self.people[person]]
        slots += [s for s in found.proposals.more if not person or s.person_id == self.people[person]]
        letter = letters.draft(
            self.desk, ticket_id, "promise", date=slots[slot].promise, specialist=person or "Соколова"
        )
        return promise.give(self.desk, ticket_id, slots[slot], letter, minutes=minutes)

    def send_all(self) -> None:
        letters.release(self.desk, everything=True)

    def number(self, ticket_id: str) -> int:
        return int(self.desk.replica.value("SELECT number FROM ticket WHERE id = ?", (ticket_id,)))

    def value(self, ticket_id: str, column: str) -> Any:
        return self.desk.replica.value(f"SELECT {column} FROM ticket WHERE id = ?", (ticket_id,))


def png(width: int = 640, height: int = 200) -> bytes:
    """A picture as mail clients put into letters."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#d0e0f0"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def open_shop(folder: Path, language: str = "en") -> Shop:
    """People, calendar and causes, without tickets."""
    profile = Profile(folder / "profile").make()
    clock = FixedClock(NOW.astimezone(UTC))
    replica = Replica(profile.database).open()
    settings = Settings(profile.settings)
    settings.set("language", language)
    shop = Shop(Desk(profile, replica, settings, clock), clock)
    desk = shop.desk
    week = [[[540, 780], [840, 1080]]] * 5 + [[], []]
    calendar = setup.save_calendar(desk, {"name": "Офис", "zone": "Europe/Moscow", "week": week}).result
    setup.save_rule(desk, {"calendar_id": calendar, "desk_name": "служба поддержки"})
    short = {"day": "2026-11-03", "kind": "short", "name": "Короткий день", "intervals": [[540, 780], [840, 1020]]}
    off = {"day": "2026-11-04", "kind": "holiday", "name": "День народного единства", "intervals": []}
    for day in (short, off):
        setup.save_day(desk, {"calendar_id": calendar, **day})
    for name, english, minutes in _CAUSES:
        row = {"name": name, "name_en": english, "usual_minutes": minutes}
        shop.causes[name] = setup.save_cause(desk, row).result
    for name, english, lines in _PEOPLE:
        row = {"name": name, "name_en": english, "lines": lines, "calendar_id": calendar, "skills": {}}
        shop.people[name.split()[1]] = setup.save_specialist(desk, row).result
    settings.set("me", shop.people["Соколова"])
    return shop


_ASKED = (
    ("volga", 10, 20, "Загрузка УПД из ЭДО: ошибка 1045", ("Руслан Галеев", "r.galeev@volga-agro.example"), 2),
    ("grand", 11, 0, "Резервы не снимаются, склад 7", ("Олег Титов", "titov@grand-auto.example"), 3),
    ("lira", 11, 30, "Не приходит счёт на почту покупателя", ("Ирина Лис", "lis@lira.example"), 3),
)


def fill_shop(shop: Shop) -> Shop:
    """Tickets in every state that the queue shows."""
    desk, clock = shop.desk, shop.clock
    picture = files.put(desk, png())
    pictures = (
        IncomingFile("error_0914.png", "image/png", 188_416, picture, "image1", inline=True),
        IncomingFile("rn_000871.xml", "text/xml", 12_288, files.put(desk, b"<rn/>")),
    )
    main = shop.letter(
        moscow(2, 9, 14),
        "После 5.4.2 не проводятся накладные: «Период закрыт»",
        ("Елена Рудакова", "rudakova@baltprom.example"),
        "Добрый день! После обновления до 5.4.2 не проводятся расходные накладные: «Период закрыт». "
        "На рампе 14 паллет. Думаем, дело в дате запрета.",
        attached=pictures,
    )
    shop.tickets["main"] = main
    clock.set(moscow(2, 9, 55))
    triage.set_cause(desk, main, shop.causes["Настройка"])
    triage.set_urgency(desk, main, 2)
    triage.set_customer(desk, main, "Балтпромснаб")
    shop.promise(main, 120, "Соколова")
    shop.send_all()
    clock.set(moscow(2, 10, 20))
    work.start(desk, main)
    work.note(desk, main, "check", "Запрет 31.10.2026, роль «Кладовщик». Новый сеанс не помог.", 12)
    clock.set(moscow(3, 11, 20))
    work.note(desk, main, "change", "Сняла запрет для складов 2 и 4, провела РН-000871. Ошибки нет.", 60)
    work.note(desk, main, "note", "Клиенту про обновление не обещали.")
    shop.letter(
        moscow(3, 11, 31),
        f"Re: [#{shop.number(main)}] После 5.4.2",
        ("Елена Рудакова", "rudakova@baltprom.example"),
        "Склад 2 пошёл, спасибо! Склад 4 проверим после 12:00.",
        number=shop.number(main),
        quoted="> Заявка принята.\n> Решим до вторника.",
    )
    for word, subject, who, minutes in (
        ("bread", "Себестоимость октября не сходится на 184 210 ₽", ("Пётр Хлебов", "hleb@zavod3.example"), 90),
        ("vertical", "Двоится номенклатура после обмена с сайтом", ("Яна Вертова", "v@vertical.example"), 60),
    ):
        found = shop.letter(moscow(2, 15, 0), subject, who, "Помогите разобраться.")
        triage.set_cause(desk, found, shop.causes["Обмен данными"])
        shop.promise(found, minutes, "Соколова")
        shop.send_all()
        shop.tickets[word] = found
    done = shop.letter(
        moscow(2, 12, 0), "Права на закрытие месяца у кладовщика", ("Аркадий", "a@arcada.example"), "Нет прав."
    )
    shop.tickets["done"] = done
    clock.set(moscow(2, 16, 0))
    closing.finish(desk, done, "Права выданы.", "Проверять роли.", 20, "phone", "Аркадий")
    silent = shop.letter(
        moscow(2, 9, 30), "Нужна выгрузка остатков", ("Полина", "p@polimer.example"), "Пришлите остатки."
    )
    shop.tickets["silent"] = silent
    shop.promise(silent, 60, "Соколова")
    letters.send(
        desk, silent, "question", letters.draft(desk, silent, "question", question="За какой день?"), wait=True
    )
    shop.send_all()
    for word, hour, minute, subject, who, urgency in _ASKED:
        found = shop.letter(moscow(3, hour, minute), subject, who, "Здравствуйте. Нужна помощь.")
        triage.set_urgency(desk, found, urgency)
        shop.tickets[word] = found
    clock.set(NOW)
    return shop


@cache
def _filled(language: str) -> tuple[Path, Shop]:
    """The filled desk, made once a session; tests work on copies of its folder."""
    folder = Path(tempfile.mkdtemp(prefix="deskapp-queue-"))
    atexit.register(shutil.rmtree, folder, True)
    shop = fill_shop(open_shop(folder, language))
    shop.desk.replica.disconnect()
    return folder, shop


def copy_shop(folder: Path, language: str = "en") -> Shop:
    """A filled desk of the test's own."""
    source, made = _filled(language)
    shutil.copytree(source / "profile", folder / "profile")
    profile = Profile(folder / "profile").make()
    clock = FixedClock(NOW.astimezone(UTC))
    replica = Replica(profile.database).open()
    desk = Desk(profile, replica, Settings(profile.settings), clock)
    return Shop(desk, clock, made.people, made.causes, made.tickets, made._letters)


@dataclass
class Window:
    """The queue in the window, over real lanes."""

    shop: Shop
    frame: MainWindow
    screen: QueueScreen
    runner: TaskRunner
    recorder: Recorder
    heard: list[Changes] = field(default_factory=list)

    def settle(self) -> None:
        """Until nothing is read, written, or about to be."""
        for _ in range(6):
            self.runner.drain()
            if self.screen.waits():
                self.screen.read_now()
        self.runner.drain()
        assert not self.recorder.crashes, self.recorder.crashes
        assert not self.recorder.failures, self.recorder.failures

    def find(self, name: str, kind: type[QWidget] = QWidget) -> Any:
        found = [w for w in self.frame.findChildren(kind, name) if w.isVisibleTo(self.frame)]
        assert found, name
        return found[-1]

    def close(self) -> None:
        self.runner.drain()
        self.runner.close()
        self.shop.desk.replica.disconnect()


def open_window(shop: Shop, size: tuple[int, int] = (1440, 900)) -> Window:
    messages = Messages()
    recorder = Recorder(messages)
    replica = shop.desk.replica
    lanes = {
        "writer": Lane(replica.connect, replica.disconnect),
        "reader": Lane(lambda: replica.connect(readonly=True), replica.disconnect),
    }
    runner = TaskRunner(shop.desk, messages, lanes)
    stack = UndoStack(runner, messages, undo.revert, shop.clock.now)
    acts = Acts(runner, stack)
    settings = shop.desk.settings
    frame = MainWindow(runner, messages, acts, stack, settings, shop.clock.now, MOSCOW)
    made: list[QueueScreen] = []

    def factory() -> QueueScreen:
        made.append(QueueScreen(runner, acts, frame.registry, shop.clock.now, settings))
        return made[0]

    frame.register(ScreenSpec("queue", "inbox", QT_TRANSLATE_NOOP("Screens", "Queue"), 1, factory))
    frame.resize(*size)
    frame.show()
    frame.open("queue")
    window = Window(shop, frame, made[0], runner, recorder)
    acts.changed.connect(window.heard.append)
    window.settle()
    return window
