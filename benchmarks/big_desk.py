"""A big desk to measure on: 100,000 tickets of two years, 300,000 letters, 1,500 tickets open, 20 specialists.

Rows are made in bulk with capture off, then the derived rows and the search index, all from one seed. Rows of open
tickets are made by the desk itself, those of closed ones here; ``tests/test_benchmarks.py`` checks on a small desk that
both agree with what the desk would have made. What a grown replica has besides is its log of changes (``change``),
which is left empty.

A made desk is kept in the system's folder for temporary files, under a key of the schema, the code that derives and
this module. Readers open it as it is, writers get a copy of their own.

    python -m benchmarks.big_desk [--tickets 100000]
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import peewee

from benchmarks import words
from deskapp.core.clock import FixedClock, from_ms, to_ms
from deskapp.core.locks import held
from deskapp.core.paths import Profile
from deskapp.core.secrets import MemorySecrets
from deskapp.core.settings import Settings
from deskapp.desk import derive, facts, setup
from deskapp.desk.desk import Desk
from deskapp.models import schema, search
from deskapp.models.database import Replica

NOW = datetime(2026, 11, 3, 11, 42, tzinfo=ZoneInfo("Europe/Moscow"))
TICKETS = 100_000
FIRST_NUMBER = 1001
PEOPLE = 20
_SPAN = timedelta(days=730)
_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_MADE_OF = (
    "benchmarks/big_desk.py", "benchmarks/words.py", "deskapp/models/migrations/0001_first_desk.py",
    "deskapp/models/schema.py", "deskapp/models/search.py", "deskapp/desk/derive.py", "deskapp/desk/facts.py",
    "deskapp/models/migrations/0002_whole_desk.py",
)  # fmt: skip
#: Letters of a ticket: how many, and how often.
_THREADS = ((1, 10), (2, 30), (3, 34), (4, 13), (5, 8), (8, 4), (24, 0.9), (90, 0.1))


def key(tickets: int) -> str:
    """What a kept desk is named by; another as soon as anything that it is made of changes."""
    root = Path(__file__).resolve().parents[1]
    made_of = hashlib.sha256(b"".join((root / name).read_bytes() for name in _MADE_OF))
    return f"{tickets}-{made_of.hexdigest()[:12]}"


def folder(tickets: int = TICKETS) -> Path:
    """The profile of a big desk, made where there is none yet. To be read only; for writing take ``copied``."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    shelf = Path(tempfile.gettempdir()) / f"deskapp-benchmarks-{user}"
    shelf.mkdir(mode=0o700, exist_ok=True)
    kept = shelf / key(tickets)
    with held(shelf / f"{tickets}.lock"):  # two benchmarks started at once make one desk
        if not kept.exists():
            for stale in shelf.glob(f"{tickets}-*"):
                shutil.rmtree(stale, ignore_errors=True)
            fresh = shelf / f"{tickets}-unfinished"
            make(fresh, tickets)
            fresh.rename(kept)
    return kept


@contextmanager
def opened(root: Path) -> Iterator[Desk]:
    """The desk of a profile, at its moment, connected until the block ends."""
    profile = Profile(root)
    replica = Replica(profile.database).open()
    try:
        yield Desk(profile, replica, Settings(profile.settings), FixedClock(NOW), MemorySecrets())
    finally:
        replica.disconnect()


@contextmanager
def copied(root: Path) -> Iterator[Desk]:
    """A copy of the desk for a benchmark that writes, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="deskapp-benchmark-", ignore_cleanup_errors=True) as scratch:
        own = Path(scratch) / "desk"
        shutil.copytree(root, own)
        with opened(own) as desk:
            yield desk


def make(root: Path, tickets: int = TICKETS, seed: int = 1) -> None:
    """Fill a new profile."""
    Settings(Profile(root).make().settings).set("language", "ru")
    with opened(root) as desk:
        _furnish(desk)
        desk.settings.set("me", _person(0))
        desk.settings.set("demo_start", NOW.isoformat())
        desk.replica.db.execute_sql("PRAGMA journal_mode = off")  # nobody misses a half-made desk
        desk.replica.db.execute_sql("PRAGMA synchronous = off")
        desk.replica.db.execute_sql("PRAGMA cache_size = -400000")
        # the index is written in large pieces and then merged as its own rules want it
        desk.replica.db.execute_sql("INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 64000000)")
        with desk.replica.db.atomic(), _without_indexes(desk.replica):
            desk.replica.db.execute_sql("UPDATE capture_context SET active = 0 WHERE id = 1")
            made = _Maker(desk, tickets, random.Random(seed))
            made.run()
        desk.replica.db.execute_sql("INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 1048576)")
        _derive(desk, made)
        facts.ensure(desk)
        # one that grew letter by letter has been merged all along; the first letters here would pay for two years
        desk.replica.db.execute_sql("INSERT INTO search_text (search_text) VALUES ('optimize')")
        desk.replica.set_state("next_number", str(FIRST_NUMBER + tickets))
        desk.replica.db.execute_sql("UPDATE capture_context SET active = 1 WHERE id = 1")
        desk.replica.db.execute_sql("PRAGMA journal_mode = wal")


# --- people, customers, causes ---------------------------------------------------------------------------------------


def _person(place: int) -> str:
    return f"person-{place:02}"


def _furnish(desk: Desk) -> None:
    hours = [[540, 780], [840, 1080]]
    setup.save_calendar(
        desk, {"id": "office", "name": "Office", "zone": "Europe/Moscow", "week": [hours] * 5 + [[], []]}
    )
    setup.fill_holidays(desk, "office", "RU", 2024, 2027)
    setup.save_rule(desk, {"calendar_id": "office", "desk_name": "Поддержка"})
    skills = [f"skill-{place}" for place in range(6)]
    for place, skill in enumerate(skills):
        setup.save_skill(desk, {"id": skill, "name": words.SKILLS[place]})
    for place in range(PEOPLE):
        setup.save_specialist(
            desk,
            {
                "id": _person(place), "name": words.person(place), "email": f"person{place}@desk.example",
                "lines": [1, 2] if place % 5 else [3], "calendar_id": "office", "position": place, "on_duty": place < 3,
                "skills": {skills[place % 6]: {"seen": 9}, skills[(place + 1) % 6]: {"seen": 4}},
            },
        )  # fmt: skip
    for place, name in enumerate(words.CAUSES):
        setup.save_cause(
            desk,
            {"id": f"cause-{place}", "name": name, "usual_minutes": 30 + 15 * place, "skill_id": skills[place % 6]},
        )
    setup.save_mailbox(desk, {"id": "box", "name": "Support", "address": "help@desk.example", "kind": "folder"})


@dataclass(frozen=True)
class _Contact:
    id: str
    customer: str
    customer_name: str
    name: str
    address: str
    phone: str
    russian: bool


# --- rows --------------------------------------------------------------------------------------------------------


class _Table:
    """Rows of one table on their way into it; columns that are not named get their defaults."""

    def __init__(self, model: type[peewee.Model], *names: str) -> None:
        fields = model._meta.fields
        rest = {
            name: column
            for name, column in fields.items()
            if name not in names and column.default is not None and not isinstance(column, peewee.AutoField)
        }
        defaults = [column.default() if callable(column.default) else column.default for column in rest.values()]
        self._tail = tuple(column.db_value(value) for column, value in zip(rest.values(), defaults, strict=True))
        columns = ",".join(f'"{fields[name].column_name}"' for name in (*names, *rest))
        marks = ",".join("?" * (len(names) + len(rest)))
        self._sql = f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({marks})'
        self._rows: list[tuple[Any, ...]] = []
        self.count = 0

    def add(self, *values: Any) -> None:
        self._rows.append(values + self._tail)

    def flush(self, replica: Replica) -> None:
        replica.db.connection().executemany(self._sql, self._rows)
        self.count += len(self._rows)
        self._rows.clear()


@contextmanager
def _without_indexes(replica: Replica) -> Iterator[None]:
    """Build the indexes once, at the end."""
    indexes = replica.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    for name, _sql in indexes:
        replica.db.execute_sql(f'DROP INDEX "{name}"')
    yield
    for _name, sql in indexes:
        replica.db.execute_sql(sql)


@dataclass
class _Life:
    """One ticket while its rows are made."""

    id: str
    number: int
    status: str
    received: int
    owner: str
    contact: _Contact
    subject: str
    urgency: int
    cause: int
    effort: int
    aside: str = ""
    merged_into: str = ""
    wait_for: str = ""
    answered: int | None = None
    promised: int | None = None
    started: int | None = None
    finished: int | None = None
    letter_in: int | None = None
    letter_out: int | None = None
    last_in: str = ""
    touched: int = 0
    solution: str = ""
    work: list[int] = field(default_factory=list)  # spans of open bookings: start, end, start, end


class _Maker:
    """Makes the rows of one desk, oldest ticket first."""

    def __init__(self, desk: Desk, tickets: int, rng: random.Random) -> None:
        self.desk = desk
        self.tickets = tickets
        self.rng = rng
        self.text = words.Texts(rng, min(24_000, max(400, tickets // 4)))
        self.now = to_ms(NOW)
        self.open: list[str] = []
        self.tables = {
            schema.Ticket: _Table(
                schema.Ticket, "id", "number", "subject", "status", "wait_for", "channel", "contact_id", "customer_id",
                "language", "urgency", "cause_id", "line", "owner_id", "skill_id", "effort", "received_at",
                "answered_at", "answered_by", "promised_at", "first_promised_at", "promise_id", "started_at",
                "finished_at", "solution", "told_how", "told_at", "consent_how", "consent_at", "set_aside",
                "merged_into",
            ),
            schema.Message: _Table(
                schema.Message, "id", "ticket_id", "direction", "kind", "message_id", "in_reply_to", "sender",
                "sender_name", "to", "contact_id", "author_id", "subject", "sent_at", "received_at", "text",
                "reply_text", "mailbox_id",
            ),
            schema.Outgoing: _Table(schema.Outgoing, "id", "ticket_id", "state", "changed_at"),
            schema.Note: _Table(schema.Note, "id", "ticket_id", "author_id", "made_at", "kind", "text", "minutes"),
            schema.TimeEntry: _Table(
                schema.TimeEntry, "id", "ticket_id", "author_id", "start_at", "minutes", "note_id"
            ),
            schema.Promise: _Table(
                schema.Promise, "id", "ticket_id", "date_at", "made_at", "made_by", "specialist_id", "finish_at",
                "margin", "effort",
            ),
            schema.Booking: _Table(
                schema.Booking, "id", "ticket_id", "specialist_id", "start_at", "end_at", "state"
            ),
            schema.Event: _Table(schema.Event, "id", "ticket_id", "made_at", "author_id", "kind", "data"),
            schema.Follower: _Table(schema.Follower, "id", "ticket_id", "contact_id"),
            schema.Attachment: _Table(
                schema.Attachment, "id", "ticket_id", "message_id", "name", "type", "size", "sha256"
            ),
            schema.ReadMark: _Table(schema.ReadMark, "ticket_id", "read_at"),
            schema.QueueRow: _Table(
                schema.QueueRow, "ticket_id", "number", "subject", "status", "urgency", "customer", "customer_id",
                "cause_id", "owner_id", "line", "effort", "received_at", "answered_at", "answer_minutes",
                "promised_at", "touched_at", "letter_in_at", "letter_out_at", "waiting_since", "why", "hint",
                "set_aside",
            ),
        }  # fmt: skip
        self.docs: list[tuple[str, str, str, int]] = []
        self.bodies: list[tuple[int, str]] = []
        self._doc = itertools.count(1)
        self.contacts = self._customers()
        self.regulars = [contact for contact in self.contacts for _ in range(1 + int(1 / (rng.random() + 0.02)))]
        self._spans = self._open_spans()

    # -- what tickets need

    def _id(self) -> str:
        bits = f"{self.rng.getrandbits(128):032x}"
        return f"{bits[:8]}-{bits[8:12]}-5{bits[13:16]}-a{bits[17:20]}-{bits[20:]}"

    def _customers(self) -> list[_Contact]:
        customers = _Table(schema.Customer, "id", "name", "domain", "vip")
        contracts = _Table(schema.Contract, "id", "customer_id", "number", "until", "vip")
        people = _Table(schema.Contact, "id", "customer_id", "name", "address", "phone", "post", "language")
        found = []
        for place in range(max(4, self.tickets // 200)):
            customer, name = self._id(), words.company(self.rng, place)
            customers.add(customer, name, f"firm{place}.example", int(place % 40 == 0))
            contracts.add(self._id(), customer, f"С-{place:04}", "2027-12-31", int(place % 40 == 0))
            for number in range(1 + place % 15):
                russian = self.rng.random() < 0.75
                person, address = words.person(self.rng.randrange(10**6), russian), f"user{number}@firm{place}.example"
                phone = f"+7 (4{self.rng.randrange(10, 99)}) {self.rng.randrange(10**6, 10**7 - 1)}"
                contact = _Contact(self._id(), customer, name, person, address, phone, russian)
                people.add(contact.id, customer, person, address, phone, "", "ru" if russian else "en")
                found.append(contact)
        for table in (customers, contracts, people):
            table.flush(self.desk.replica)
        return found

    def _open_spans(self) -> Iterator[tuple[str, int, int]]:
        """The next free hours of everybody's calendar, person after person; two of three are booked."""
        hours = []
        for place in range(PEOPLE):
            calendar = self.desk.schedule.of(_person(place))
            for span in calendar.spans(NOW, NOW + timedelta(days=17)):
                at = to_ms(span.start)
                while at + _HOUR <= to_ms(span.end):
                    hours.append((at, _person(place)))
                    at += _HOUR
        hours.sort()
        return ((person, at, at + _HOUR) for index, (at, person) in enumerate(hours) if index % 3)

    def _statuses(self) -> list[str]:
        """Status of each ticket, oldest first: the newest are new, most of the rest is closed."""
        rng, count = self.rng, self.tickets
        opened = max(12, count * 15 // 1000)
        found = ["refused" if rng.random() < 0.03 else "closed" for _ in range(count)]
        new = max(4, opened * 4 // 100)
        found[count - new :] = ["new"] * new
        recent = range(max(0, count - new - 6 * opened), count - new)
        rest = rng.sample(recent, opened - new)
        kinds = ["resolved"] * (len(rest) // 5) + ["waiting"] * (len(rest) // 8)
        kinds += ["in_progress"] * min(PEOPLE, len(rest) // 8)
        kinds += ["promised"] * (len(rest) - len(kinds))
        for place, kind in zip(rest, kinds, strict=True):
            found[place] = kind
        for place in range(0, count - new, 50):
            if found[place] == "closed":
                found[place] = "aside" if place % 100 else "merged"
        return found

    # -- tickets

    def run(self) -> None:
        statuses = self._statuses()
        step = _SPAN / max(1, self.tickets)
        before = ""
        for place, status in enumerate(statuses):
            late = (
                (self.tickets - place - 1) * step if status != "new" else timedelta(minutes=2 * (self.tickets - place))
            )
            received = to_ms(NOW - late) - self.rng.randrange(_MINUTE)
            before = self._ticket(place, status, received, before)
            if place % 5000 == 4999:
                self._flush()
        self._flush()

    def _flush(self) -> None:
        replica = self.desk.replica
        for table in self.tables.values():
            table.flush(replica)
        connection = replica.db.connection()
        connection.executemany("INSERT INTO search_doc (kind, row, ticket_id, at) VALUES (?, ?, ?, ?)", self.docs)
        connection.executemany("INSERT INTO search_text (rowid, body) VALUES (?, ?)", self.bodies)
        self.docs.clear()
        self.bodies.clear()

    def _index(self, kind: str, row: str, life: _Life, at: int, pieces: Iterable[str]) -> None:
        self.docs.append((kind, row, life.id, at))
        number = search.number_parts(life.number) if kind == "ticket" else ""
        self.bodies.append((next(self._doc), " ".join(filter(None, [*map(self.text.indexed, pieces), number]))))

    def _ticket(self, place: int, status: str, received: int, before: str) -> str:
        rng = self.rng
        contact = rng.choice(self.regulars)
        russian = contact.russian
        life = _Life(
            self._id(),
            FIRST_NUMBER + place,
            "new" if status == "aside" else status,
            received,
            "" if status in ("new", "aside") and rng.random() < 0.8 else _person(rng.randrange(PEOPLE)),
            contact,
            self.text.subject(russian),
            rng.choice((1, 2, 2, 3, 3, 3, 3, 4)),
            rng.randrange(len(words.CAUSES)),
            rng.choice((30, 60, 60, 90, 120, 180)),
            aside=rng.choice(("spam", "not_request")) if status == "aside" else "",
            merged_into=before if status == "merged" else "",
            wait_for="customer" if status == "waiting" else "",
        )
        self._dates(life)
        self._letters(life)
        self._protocol(life)
        self._write(life)
        return life.id

    def _dates(self, life: _Life) -> None:
        rng, now = self.rng, self.now
        if life.status == "new" or life.aside:
            return
        life.answered = min(now - _MINUTE, life.received + rng.randrange(10, 150) * _MINUTE)
        if life.status in ("refused", "merged"):
            return
        life.promised = life.received + rng.randrange(20, 90) * _HOUR
        if life.status in ("closed", "resolved"):
            life.started = min(now - 2 * _MINUTE, life.promised - 5 * _HOUR)
            life.finished = min(now - _MINUTE, life.promised - rng.randrange(1, 4) * _HOUR)
            return
        life.promised = now + rng.randrange(-8, 160) * _HOUR
        if life.status == "in_progress":
            life.started = now - 30 * _MINUTE
        booked = next(self._spans, None) if life.status != "waiting" and rng.random() < 0.97 else None
        if booked is not None:
            life.owner, start, end = booked
            life.work += [start, end]

    def _letters(self, life: _Life) -> None:
        rng, contact = self.rng, life.contact
        if rng.random() < 0.08:  # asked by phone
            return
        sizes, weights = zip(*_THREADS, strict=True)
        count = 1 if life.status == "new" or life.aside else rng.choices(sizes, weights)[0]
        at, last = life.received, life.finished or self.now
        step = max(1, (last - at) // (count + 1))
        previous = ""
        messages, outgoing = self.tables[schema.Message], self.tables[schema.Outgoing]
        to_us, to_them = (
            '[["", "help@desk.example"]]',
            json.dumps([[contact.name, contact.address]], ensure_ascii=False),
        )
        for number in range(count):
            inbound = number % 2 == 0
            row, header = self._id(), f"{life.number}.{number}@mail.example"
            pieces = self.text.letter(rng, contact.russian, contact.name if inbound else words.DESK_SIGNATURE)
            body = "\n".join(pieces)
            kind = "new" if number == 0 else "reply"
            if not inbound:
                kind = "promise" if number == 1 else "done" if number == count - 1 else "reply"
            subject = life.subject if number == 0 else f"Re: [#{life.number}] {life.subject}"
            person = life.owner or _person(0)
            messages.add(
                row, life.id, "in" if inbound else "out", kind, header, previous,
                contact.address if inbound else "help@desk.example", contact.name if inbound else "",
                to_us if inbound else to_them, contact.id if inbound else "", "" if inbound else person,
                subject, at, at, body, body, "box",
            )  # fmt: skip
            names = []
            if inbound and rng.random() < 0.08:
                names = [f"screen-{life.number}-{number}.png"]
                self.tables[schema.Attachment].add(
                    self._id(), life.id, row, names[0], "image/png", 40_000, hashlib.sha256(row.encode()).hexdigest()
                )
            about = [life.subject] if number == 0 else ["Re:", f"[#{life.number}]", life.subject]
            self._index("message", row, life, at, [*about, *pieces, *names])
            if inbound:
                life.letter_in, life.last_in = at, body
            else:
                life.letter_out = at
                outgoing.add(row, life.id, "sent", at)
            life.touched = max(life.touched, at)
            previous = header
            at += step
        if rng.random() < 0.1:
            self.tables[schema.Follower].add(self._id(), life.id, rng.choice(self.contacts).id)

    def _protocol(self, life: _Life) -> None:
        rng = self.rng
        events = self.tables[schema.Event]
        events.add(self._id(), life.id, life.received, "", "numbered", f'{{"number": {life.number}}}')
        life.touched = max(life.touched, life.received)
        if life.answered is None or life.aside:
            return
        if life.promised is not None:
            self.tables[schema.Promise].add(
                life.id, life.id, life.promised, life.answered, life.owner, life.owner, life.promised - _HOUR, 30,
                life.effort,
            )  # fmt: skip
            events.add(self._id(), life.id, life.answered, life.owner, "planned", "{}")
            life.touched = max(life.touched, life.answered)
        if life.started is None:
            life.touched = max(life.touched, life.received)
        for number in range(rng.choice((0, 1, 1, 2)) if life.started is not None else 0):
            assert life.started is not None
            made = life.started + number * 20 * _MINUTE
            made = min(made, (life.finished or self.now) - 1)
            text = self.text.sentence(rng, life.contact.russian)
            row = self._id()
            self.tables[schema.Note].add(row, life.id, life.owner, made, "check", text, 20)
            self._index("note", row, life, made, [text])
            life.touched = max(life.touched, made)
        if life.finished is not None and life.started is not None:
            spent = max(10, round(life.effort * rng.uniform(0.5, 1.5)))
            self.tables[schema.TimeEntry].add(self._id(), life.id, life.owner, life.started, spent, "")
            self.tables[schema.Booking].add(
                self._id(), life.id, life.owner, life.started, life.started + life.effort * _MINUTE, "done"
            )
            life.solution = self.text.sentence(rng, life.contact.russian)
        for start, end in zip(life.work[::2], life.work[1::2], strict=True):
            state = "in_progress" if life.status == "in_progress" else "planned"
            self.tables[schema.Booking].add(self._id(), life.id, life.owner, start, end, state)

    def _write(self, life: _Life) -> None:
        contact = life.contact
        closed = life.status == "closed"
        told = life.finished is not None
        self.tables[schema.Ticket].add(
            life.id, life.number, life.subject, life.status, life.wait_for, "mail" if life.letter_in else "phone",
            contact.id, contact.customer, "ru" if contact.russian else "en", life.urgency, f"cause-{life.cause}",
            1 + life.number % 2, life.owner, f"skill-{life.cause % 6}", life.effort, life.received, life.answered,
            life.owner if life.answered else "", life.promised, life.promised, life.id if life.promised else "",
            life.started, life.finished, life.solution, "mail" if told else "", life.finished,
            "mail" if closed else "", life.finished if closed else None, life.aside, life.merged_into,
        )  # fmt: skip
        about = [life.subject, life.solution, contact.name, contact.address, contact.phone, contact.customer_name]
        self._index("ticket", life.id, life, life.received, about)
        if life.status not in ("closed", "refused", "merged") or life.aside:
            self.open.append(life.id)
            if self.rng.random() < 0.5:
                self.tables[schema.ReadMark].add(life.id, self.now)
            return
        self._closed_row(life)

    def _closed_row(self, life: _Life) -> None:
        """What the lists would show of a ticket that nothing moves any more."""
        assert life.answered is not None
        calendar = self.desk.schedule.desk_calendar
        took = calendar.work_between(from_ms(life.received), from_ms(life.answered))
        why = hint = ""
        last = max(life.letter_out or 0, life.finished or 0)
        if life.status == "closed" and life.letter_in and life.letter_in > last:
            why = "thanks" if derive.is_thanks(life.last_in) else "answer_to_done"
            hint = " ".join(life.last_in.split())[:120]
        self.tables[schema.QueueRow].add(
            life.id, life.number, life.subject, life.status, life.urgency, life.contact.customer_name,
            life.contact.customer, f"cause-{life.cause}", life.owner, 1 + life.number % 2, life.effort, life.received,
            life.answered, round(took.total_seconds() / 60), life.promised, life.touched, life.letter_in,
            life.letter_out, life.letter_out or life.finished or life.received, why, hint, "",
        )  # fmt: skip


def _derive(desk: Desk, made: _Maker) -> None:
    """Rows of the open tickets, as the desk makes them."""
    with desk.replica.writing("", NOW) as writing:
        writing.execute("UPDATE capture_context SET active = 0 WHERE id = 1")
        derive.refresh(desk, writing, made.open, {})


def sizes(root: Path) -> dict[str, int]:
    """Rows of the tables that benchmarks speak of."""
    with opened(root) as desk:
        return {
            table: int(desk.replica.value(f"SELECT count(*) FROM {table}"))
            for table in ("ticket", "message", "note", "booking", "contact", "search_doc")
        } | {
            "open": int(desk.replica.value("SELECT count(*) FROM queue_row WHERE is_open = 1")),
            "booked": int(desk.replica.value("SELECT count(*) FROM booking WHERE state <> 'done'")),
            "answer": int(desk.replica.value("SELECT count(*) FROM queue_row WHERE in_answer = 1")),
        }


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make the desk that benchmarks measure on")
    parser.add_argument("--tickets", type=int, default=TICKETS)
    tickets = parser.parse_args(argv).tickets
    began = time.perf_counter()
    root = folder(tickets)
    print(f"{root} in {time.perf_counter() - began:.1f} s, {(root / 'desk.sqlite').stat().st_size / 1e6:.0f} MB")
    print(sizes(root))


if __name__ == "__main__":
    main()
