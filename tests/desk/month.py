"""A month of a desk of seven, lived through its services: letters as they come from the post, calls, visits,
hand-overs, absences, two outages, waiting, opening again, merging, spam, parts, opinions.

Chance is seeded: the same seed is the same month. Every act happens at its own minute, by a person who sits there.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from pathlib import Path

from deskapp.core.clock import FixedClock, from_ms
from deskapp.core.errors import Lapsed
from deskapp.core.paths import Profile
from deskapp.desk import (
    calls,
    closing,
    contracts,
    emergency,
    escalation,
    letters,
    merging,
    promise,
    ratings,
    setup,
    stock,
    triage,
    visits,
    work,
)
from deskapp.desk.calls import Call
from deskapp.desk.desk import Desk
from deskapp.models.schema import Contact, Customer
from deskapp.sync.mail import stages
from tests.desk import world

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 30)
TEAM = ("anna", "boris", "clara", "dmitry", "elena", "fyodor", "galina")
#: Who answers the mail.
FRONT = ("anna", "boris", "dmitry", "elena")
COMPANIES = {
    "romashka": "Ромашка", "zarya": "Заря", "tulip": "Тюльпан", "kolos": "Колос", "sever": "Север", "volna": "Волна",
}  # fmt: skip
CAUSES = ("printer", "exchange", "odd")
TARGETS = {1: {"reaction": 60, "solution": 240, "hours": "24×7"}, 2: {"reaction": 120, "solution": 960}}


def furnish(root: Path) -> Desk:
    """Seven people in two zones and two calendars; six customers, four of them with contracts."""
    profile = Profile(root)
    world.furnish(profile)
    desk = world.open_world(root)
    early = [[480, 720], [780, 1020]]
    setup.save_calendar(
        desk, {"id": "early", "name": "Early", "zone": "Asia/Yekaterinburg", "week": [early] * 5 + [[[600, 840]], []]}
    )
    setup.fill_holidays(desk, "early", "RU", 2026, 2026)
    for place, (person, name, lines, calendar) in enumerate(
        (
            ("dmitry", "Дмитрий Орлов", [1, 2], "office"),
            ("elena", "Елена Котова", [1], "early"),
            ("fyodor", "Фёдор Лис", [2, 3], "office"),
            ("galina", "Галина Мороз", [3], "early"),
        )
    ):
        setup.save_specialist(
            desk, {"id": person, "name": name, "lines": lines, "calendar_id": calendar, "position": 3 + place,
                   "email": f"{person}@desk.example",
                   "skills": {"print": {"seen": 5}, "exchange": {"seen": 5}}},
        )  # fmt: skip
    with desk.act("made") as act:
        for domain, name in COMPANIES.items():
            zone = "Asia/Novosibirsk" if domain == "zarya" else ""
            act.put(Customer, id=domain, name=name, domain=f"{domain}.example", zone=zone)
            for who in range(3):
                address = f"p{who}@{domain}.example"
                act.insert(Contact, name=f"Человек {who}", address=address, customer_id=domain, phone=f"+7 900 {who}")
    for domain, more in (
        ("romashka", {"hours": "8×5", "targets": TARGETS}),
        ("zarya", {"hours": "24×7"}),
        ("tulip", {"hours": "8×5", "calendar_id": "early"}),
        ("sever", {"hours": "24×7", "until": "2026-11-15"}),  # ends within the month
    ):
        contracts.save(desk, {"customer_id": domain, "number": f"C-{domain}", "since": "2026-01-01", **more})
    setup.save_rule(desk, {"ask_rating": "csat"})
    return desk


class Month:
    """``done``: how often what happened."""

    def __init__(self, desk: Desk, seed: int = 1, a_day: int = 9) -> None:
        self.desk = desk
        self.rng = random.Random(seed)
        self.a_day = a_day
        self.done: Counter[str] = Counter()
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._letters = itertools.count(1)
        self._last: dict[str, str] = {}
        clock = desk.clock
        assert isinstance(clock, FixedClock)
        self.clock = clock

    # --- time

    def at(self, when: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._events, (when.astimezone(UTC), next(self._order), act))

    def later(self, act: Callable[[], None], low: float, high: float, person: str = "") -> None:
        """After so many hours; of a person's working time where one is named."""
        hours = self.rng.uniform(low, high)
        now = self.clock.now()
        when = self.desk.schedule.of(person).add_work(now, max(1, round(hours * 60))) if person else None
        self.at((when or now + timedelta(hours=hours)) + timedelta(seconds=self.rng.randrange(60)), act)

    def live(self) -> None:
        """The whole month, then the moment at which somebody looks at the figures."""
        self._people()
        day = FIRST
        while day <= LAST:
            busy = self.a_day if day.weekday() < 5 else 2
            for _letter in range(self.rng.randint(busy - 2, busy + 2)):
                minute = self.rng.randrange(480, 1140) if self.rng.random() < 0.85 else self.rng.randrange(1440)
                self.at(world.moscow(day.day) + timedelta(minutes=minute, seconds=self.rng.randrange(60)), self._comes)
            day += timedelta(days=1)
        for day_of_outage in (11, 24):
            self.at(world.moscow(day_of_outage, 11, 5), self._outage)
        self.at(world.moscow(16, 8), lambda: self._said(setup.save_rule, {"ask_rating": "nps"}))
        end = world.moscow(30, 19)
        while self._events and self._events[0][0] <= end:
            when, _order, act = heapq.heappop(self._events)
            self.clock.set(max(when, self.clock.now()))
            letters.release(self.desk)
            act()
        self.clock.set(end)
        letters.release(self.desk)
        self.sit("anna")

    def _said(self, intention: Callable[..., object], *args: object, **more: object) -> object:
        return intention(self.desk, *args, **more)

    def _people(self) -> None:
        for person, first, last, kind in (
            ("boris", (9, 0), (16, 0), "vacation"), ("elena", (18, 12), (20, 0), "sick"), ("clara", (12, 10), (12, 14),
            "training"), ("clara", (12, 13), (12, 16), "meeting"),
        ):  # fmt: skip
            setup.save_absence(self.desk, person, world.moscow(*first), world.moscow(*last), kind)
            self.done["absence"] += 1
        self.place = str(stock.save_place(self.desk, {"name": "Склад"}).result)
        self.part = str(stock.save_part(self.desk, {"code": "R-1", "name": "Ролик", "minimum": 2}).result)
        stock.receive(self.desk, self.part, self.place, 3, "начальный остаток")

    # --- who and what

    def sit(self, person: str) -> None:
        if self.desk.me != person:
            self.desk.settings.set("me", person)

    def status(self, ticket_id: str) -> str:
        return world.status(self.desk, ticket_id)

    def owner(self, ticket_id: str) -> str:
        return str(world.row(self.desk, ticket_id)["owner_id"]) or "anna"

    def post(self, sender: tuple[str, str], subject: str, text: str, reply_to: str = "") -> stages.Taken:
        """A letter as it comes from the post, now."""
        now = self.clock.now()
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"] = formataddr(sender), world.MAILBOX
        letter["Subject"], letter["Date"] = subject, format_datetime(now - timedelta(seconds=20))
        letter["Message-ID"] = f"<m{next(self._letters)}@{sender[1].partition('@')[2]}>"
        if reply_to:
            letter["In-Reply-To"] = f"<{reply_to}>"
        letter.set_content(text)
        self.done["letter"] += 1
        return stages.take(self.desk, letter.as_bytes(), f"inbox {next(self._order)}", now, "box")

    def answer(self, ticket_id: str, text: str) -> None:
        """The requester answers our last letter, or their own where we wrote none."""
        address, name = self.desk.replica.row(
            "SELECT c.address, c.name FROM ticket t JOIN contact c ON c.id = t.contact_id WHERE t.id = ?", (ticket_id,)
        ) or ("", "")
        (message_id,) = self.desk.replica.row(
            "SELECT message_id FROM message WHERE ticket_id = ? AND message_id <> '' ORDER BY direction = 'out' DESC, "
            "received_at DESC LIMIT 1",
            (ticket_id,),
        ) or ("",)
        if message_id:
            taken = self.post((name, address), "Re: заявка", text, message_id)
            assert taken.ticket_id == ticket_id, (taken.outcome, text)

    def _comes(self) -> None:
        domain = self.rng.choice(list(COMPANIES))
        sender = (f"Человек {self.rng.randrange(3)}", f"p{self.rng.randrange(3)}@{domain}.example")
        person = self.rng.choice(FRONT)
        cause = self.rng.choice(CAUSES)
        subject = self.rng.choice(("Не печатает", "Обмен остановился", "Вопрос по отчёту", "Медленно"))
        subject += f" {next(self._order)}"
        if self.rng.random() < 0.3:
            self.sit(person)
            seconds = self.rng.randrange(60, 900)
            call = Call(name=sender[0], address=sender[1], subject=subject, text="Рассказали по телефону",
                        urgency=self.rng.choice((2, 3, 3, 4)), cause_id=cause, seconds=seconds)  # fmt: skip
            ticket_id = str(calls.record(self.desk, call).result)
            self.done["call"] += 1
        else:
            taken = self.post(sender, subject, "Добрый день! Помогите, пожалуйста.")
            ticket_id = taken.ticket_id
            if self.rng.random() < 0.04:
                self.later(lambda: self._spam(ticket_id, person), 0.1, 1, person)
                return
            again = self._last.get(sender[1], "")
            if again and self.rng.random() < 0.25:
                self.later(lambda: self._merge(ticket_id, again, person), 0.1, 1, person)
                return
            self._last[sender[1]] = ticket_id
        self.later(lambda: self._triage(ticket_id, person, cause), 0.05, 2.6, person)

    def _spam(self, ticket_id: str, person: str) -> None:
        self.sit(person)
        work.note(self.desk, ticket_id, "note", "Реклама", 5)  # time that no figure counts
        triage.set_aside(self.desk, ticket_id, "spam")
        self.done["spam"] += 1

    def _merge(self, ticket_id: str, into: str, person: str) -> None:
        if self.status(into) in ("new", "promised", "in_progress", "waiting") and self.status(ticket_id) == "new":
            self.sit(person)
            work.note(self.desk, ticket_id, "note", "То же самое", 10)
            merging.merge(self.desk, ticket_id, into)
            self.done["merged"] += 1
        else:
            self._triage(ticket_id, person, "odd")

    # --- the answer

    def _triage(self, ticket_id: str, person: str, cause: str) -> None:
        if self.status(ticket_id) != "new":
            return
        self.sit(person)
        triage.set_owner(self.desk, ticket_id, person)
        triage.set_cause(self.desk, ticket_id, cause)
        if self.rng.random() < 0.3:
            triage.set_urgency(self.desk, ticket_id, self.rng.choice((1, 2, 4)))
        chance = self.rng.random()
        if chance < 0.15:
            self._finish(ticket_id, "at_once")
        elif chance < 0.21:
            draft = letters.draft(
                self.desk, ticket_id, "refusal", reason="не наше", instead="Обратитесь к оператору связи"
            )
            promise.refuse(self.desk, ticket_id, "не наше", draft)
            self.done["refused"] += 1
            if self.rng.random() < 0.5:
                self.later(lambda: self._insists(ticket_id, person), 1, 30)
        else:
            self._promise(ticket_id, person)

    def _insists(self, ticket_id: str, person: str) -> None:
        self.answer(ticket_id, "Нет, это ваше. Посмотрите ещё раз.")
        assert self.status(ticket_id) == "new"
        self.done["insisted"] += 1
        self.later(lambda: self._again(ticket_id, person), 0.2, 3, person)

    def _again(self, ticket_id: str, person: str) -> None:
        if self.status(ticket_id) == "new":
            self._promise(ticket_id, person)

    def _promise(self, ticket_id: str, person: str) -> None:
        self.sit(person)
        minutes = self.rng.choice((30, 60, 120, 240))
        view = promise.propose(self.desk, ticket_id, minutes=minutes, skill_id="")
        slots = view.proposals.slots
        assert slots, view.proposals.problem
        slot = slots[0]
        promise.give(self.desk, ticket_id, slot, view.letters[0], minutes=minutes, skill_id="")
        self.done["promised"] += 1
        worker = slot.person_id
        begin = slot.pieces[0].start
        self.at(begin + timedelta(minutes=1), lambda: self._work(ticket_id, worker, minutes))
        if self.rng.random() < 0.25:
            hours = self.rng.uniform(-8, 3)
            self.at(max(slot.promise + timedelta(hours=hours), self.clock.now() + timedelta(minutes=20)),
                    lambda: self._slip(ticket_id, worker))  # fmt: skip

    def _slip(self, ticket_id: str, person: str) -> None:
        if self.status(ticket_id) not in ("promised", "in_progress", "waiting"):
            return
        self.sit(person)
        date_ = self.desk.schedule.of(person).add_work(self.clock.now(), self.rng.randrange(300, 1500))
        draft = letters.draft(
            self.desk,
            ticket_id,
            "slip",
            date=date_,
            reason="ждём",
            old_date=from_ms(world.row(self.desk, ticket_id)["promised_at"]),
            specialist=letters.person_name(self.desk, person, "ru"),
        )
        promise.slip(self.desk, ticket_id, date_, "ждём", draft)
        self.done["slipped"] += 1

    # --- the work

    def _work(self, ticket_id: str, person: str, minutes: int) -> None:
        if self.status(ticket_id) not in ("promised", "in_progress"):
            return
        self.sit(person)
        work.start(self.desk, ticket_id)
        work.note(self.desk, ticket_id, "check", "Проверил", self.rng.randrange(5, minutes + 20))
        chance = self.rng.random()
        if chance < 0.18:
            self._hand_up(ticket_id, person, minutes)
        elif chance < 0.30:
            draft = letters.draft(self.desk, ticket_id, "question", question="Какая версия?")
            letters.send(self.desk, ticket_id, "question", draft, wait=True)
            self.done["asked"] += 1
            self.later(lambda: self._told_us(ticket_id, person), 2, 40)
        elif chance < 0.40:
            self._visit(ticket_id, person)
        elif chance < 0.48:
            self._part(ticket_id, person)
        else:
            self.later(lambda: self._finish(ticket_id, person), 0.2, 0.6 + minutes / 60, person)

    def _told_us(self, ticket_id: str, person: str) -> None:
        if self.status(ticket_id) == "waiting":
            self.answer(ticket_id, "Версия 8.3, вот она.")
            assert self.status(ticket_id) in ("in_progress", "promised")
            self.later(lambda: self._finish(ticket_id, person), 0.3, 3, person)

    def _hand_up(self, ticket_id: str, person: str, minutes: int) -> None:
        experts = [one for one in ("clara", "fyodor", "galina") if one != person]
        given = escalation.give(
            self.desk, ticket_id, 3, self.rng.choice(experts), asked="что изменилось: ничего",
            tried="1. перезапуск", hypothesis="база", wanted="смотреть журнал",
        ).result  # fmt: skip
        expert = self.owner(ticket_id)
        self.done["handed"] += 1

        def take() -> None:
            self.sit(expert)
            if self.status(ticket_id) not in ("promised", "in_progress"):
                return
            if self.rng.random() < 0.3:
                escalation.give_back(self.desk, str(given), "Нет журнала")
                self.done["returned"] += 1
                self.later(lambda: self._finish(ticket_id, person), 1, 5, person)
                return
            escalation.accept(self.desk, str(given))
            work.note(self.desk, ticket_id, "change", "Поправил базу", self.rng.randrange(10, minutes + 60))
            self.later(lambda: self._finish(ticket_id, expert), 0.5, 6, expert)

        self.later(take, 0.3, 3, expert)

    def _visit(self, ticket_id: str, person: str) -> None:
        options = visits.propose(self.desk, ticket_id, 60, 30)
        if not options:
            self.later(lambda: self._finish(ticket_id, person), 1, 3, person)
            return
        option = options[0]
        visit_id = str(visits.plan(self.desk, ticket_id, option, 30, address="Заводская, 3", told_who="Ольга").result)
        goer, start = option.slot.person_id, option.slot.start
        work.wait(self.desk, ticket_id, "visit")
        self.done["visit"] += 1

        def there() -> None:
            if self.status(ticket_id) in ("resolved", "closed", "merged", "refused"):
                return
            self.sit(goer)
            visits.set_off(self.desk, visit_id)
            visits.arrive(self.desk, visit_id)
            visits.done(self.desk, visit_id, "Заменили кабель", "Ольга", self.rng.randrange(20, 90))
            self.later(lambda: self._finish(ticket_id, goer), 0.1, 2, goer)

        self.at(start + timedelta(minutes=45), there)

    def _part(self, ticket_id: str, person: str) -> None:
        stock.reserve(self.desk, ticket_id, self.part, anyway=True)
        come = self.clock.now().astimezone(world.MOSCOW).date() + timedelta(days=2)
        order = str(stock.order(self.desk, self.part, 1, come.isoformat(), ticket_id).result)
        work.wait(self.desk, ticket_id, "parts")
        self.done["part"] += 1

        def came() -> None:
            self.sit(person)
            stock.order_came(self.desk, order, self.place)
            if self.status(ticket_id) != "waiting":
                return
            stock.use(self.desk, self.part, self.place, 1, ticket_id)
            work.resume(self.desk, ticket_id)
            self.later(lambda: self._finish(ticket_id, person), 0.2, 2, person)

        self.at(datetime(come.year, come.month, come.day, 10, tzinfo=world.MOSCOW), came)

    # --- the end

    def _finish(self, ticket_id: str, person: str) -> None:
        if self.status(ticket_id) not in ("new", "promised", "in_progress", "waiting"):
            return
        if self.rng.random() < 0.03:  # nobody thinks of it again, and its date passes
            self.done["left lying"] += 1
            return
        if person != "at_once":
            self.sit(person)
        spent = int(self.desk.replica.value(
            "SELECT coalesce(sum(minutes), 0) FROM time_entry WHERE ticket_id = ?", (ticket_id,)))  # fmt: skip
        if self.rng.random() < 0.5:
            closing.finish(self.desk, ticket_id, "Исправили", "", spent + self.rng.randrange(1, 40), "phone", "Ольга")
        else:
            draft = letters.draft(self.desk, ticket_id, "done", solution="Исправили", prevention="")
            closing.finish(self.desk, ticket_id, "Исправили", "", spent + self.rng.randrange(1, 40), letter=draft)
        self.done["finished"] += 1
        chance = self.rng.random()
        if chance < 0.1:
            self.later(lambda: self._disagrees(ticket_id), 1, 40)
        elif chance < 0.85:
            self.later(lambda: self._agrees(ticket_id), 1, 60)

    def _disagrees(self, ticket_id: str) -> None:
        if self.status(ticket_id) != "resolved":
            return
        person = self.owner(ticket_id)
        self.sit(person)
        closing.disagree(self.desk, ticket_id, "phone", "Ольга", "Опять то же")
        self.done["disagreed"] += 1
        self.later(lambda: self._new_date(ticket_id, person), 0.2, 5, person)

    def _new_date(self, ticket_id: str, person: str) -> None:
        if self.status(ticket_id) != "in_progress":
            return
        self.sit(person)
        date_ = self.desk.schedule.of(person).add_work(self.clock.now(), self.rng.randrange(120, 900))
        draft = promise.promise_letter(self.desk, ticket_id, person, date_)
        promise.give_other(self.desk, ticket_id, date_, "клиент не согласен", draft, specialist=person)
        self.later(lambda: self._finish(ticket_id, person), 0.5, 9, person)

    def _agrees(self, ticket_id: str) -> None:
        if self.status(ticket_id) != "resolved":
            return
        self.sit(self.owner(ticket_id))
        closing.agree(self.desk, ticket_id, self.rng.choice(("mail", "phone")), "Ольга")
        self.done["agreed"] += 1
        chance = self.rng.random()
        if chance < 0.45:
            self.later(lambda: self._rates(ticket_id, by_phone=chance < 0.12), 0.5, 50)
        elif chance < 0.5:
            self.later(lambda: self._complains(ticket_id), 5, 60)

    def _rates(self, ticket_id: str, by_phone: bool) -> None:
        asked = ratings.of_ticket(self.desk, ticket_id)
        if asked is None or self.status(ticket_id) != "closed":
            return
        mark = self.rng.choice((5, 5, 5, 4, 3, 1) if asked.kind == "csat" else (10, 10, 9, 9, 8, 7, 6, 2))
        if by_phone:
            ratings.record(self.desk, ticket_id, mark)
        else:
            self.answer(ticket_id, f"{mark}\n")
        found = ratings.of_ticket(self.desk, ticket_id)
        assert found is not None and found.value == mark, "what the customer said was not written down"
        self.done[f"rated {asked.kind}"] += 1

    def _complains(self, ticket_id: str) -> None:
        """A letter to a closed ticket opens it again."""
        if self.status(ticket_id) != "closed":
            return
        self.answer(ticket_id, "Снова не печатает, посмотрите пожалуйста.")
        assert self.status(ticket_id) == "in_progress"
        self.done["written again"] += 1
        person = self.owner(ticket_id)
        self.later(lambda: self._new_date(ticket_id, person), 0.2, 5, person)

    def _outage(self) -> None:
        self.sit("anna")
        call = Call(name="Человек 0", address="p0@romashka.example", subject="Всё стоит", text="Никто не работает",
                    urgency=1, cause_id="exchange", effort=120, seconds=120)  # fmt: skip
        ticket_id = str(calls.record(self.desk, call).result)
        found = emergency.view(self.desk, ticket_id, 120, "")
        assert found.ways, found.problem
        way = found.ways[0]
        notices = {effect.ticket_id: ("ru", "") for effect in way.view.effects if effect.notice is not None}
        try:
            emergency.apply(self.desk, ticket_id, way, notices, "дошёл до середины", 120, "")
        except Lapsed:
            return
        self.done["outage"] += 1
        person = way.option.person_id
        self.at(way.option.start + timedelta(minutes=2), lambda: self._begin_outage(ticket_id, person))

    def _begin_outage(self, ticket_id: str, person: str) -> None:
        self.sit(person)
        if self.status(ticket_id) in ("new", "promised"):
            work.start(self.desk, ticket_id)
            work.note(self.desk, ticket_id, "change", "Перезапустили службу", 90)
            self.later(lambda: self._finish(ticket_id, person), 1, 2, person)
