"""A small desk for tests: Monday 2 November 2026, 09:20 in Moscow; three specialists, causes, Russian holidays."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.secrets import MemorySecrets
from deskapp.core.settings import Settings
from deskapp.desk import intake, letters, promise, setup
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import Incoming, Outcome
from deskapp.desk.values import Changes, LetterDraft
from deskapp.models.database import Replica
from deskapp.models.schema import SHARED, Ticket

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 2, 9, 20, tzinfo=MOSCOW)
HOURS = [[540, 780], [840, 1080]]
MAILBOX = "help@desk.example"
IVAN = ("Иван Петров", "ivan@romashka.example")
OLGA = ("Ольга Сидорова", "olga@romashka.example")
STRANGER = ("Somebody", "somebody@elsewhere.example")

_keys = itertools.count(1)


def moscow(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


def furnish(profile: Profile) -> None:
    """Fill a new profile with people, causes, holidays and a mailbox."""
    profile.make()
    replica = Replica(profile.database).open()
    desk = Desk(profile, replica, Settings(profile.settings), FixedClock(NOW), MemorySecrets())
    try:
        setup.save_calendar(
            desk, {"id": "office", "name": "Office", "zone": "Europe/Moscow", "week": [HOURS] * 5 + [[], []]}
        )
        setup.fill_holidays(desk, "office", "RU", 2026, 2027)
        setup.save_rule(desk, {"calendar_id": "office", "desk_name": "Поддержка"})
        for skill in ("print", "exchange", "database"):
            setup.save_skill(desk, {"id": skill, "name": skill})
        for position, (person, name, lines, known) in enumerate(
            (
                ("anna", "Анна Белова", [1, 2], ["print", "exchange"]),
                ("boris", "Борис Серов", [1, 2], ["exchange"]),
                ("clara", "Клара Чёрная", [3], ["database"]),
            )
        ):
            setup.save_specialist(
                desk,
                {"id": person, "name": name, "lines": lines, "calendar_id": "office", "email": f"{person}@desk.example",
                 "position": position, "skills": {skill: {"seen": 5} for skill in known}},
            )  # fmt: skip
        for cause, minutes, skill in (("printer", 60, "print"), ("exchange", 120, "exchange"), ("odd", None, "")):
            setup.save_cause(desk, {"id": cause, "name": cause, "usual_minutes": minutes, "skill_id": skill})
        setup.save_mailbox(desk, {"id": "box", "name": "Support", "address": MAILBOX, "kind": "folder"})
        desk.settings.set("me", "anna")
        desk.settings.set("language", "ru")
    finally:
        replica.disconnect()


def open_world(root: Path, at: datetime = NOW) -> Desk:
    """The desk of a furnished profile; whoever opens it disconnects it."""
    profile = Profile(root)
    return Desk(profile, Replica(profile.database).open(), Settings(profile.settings), FixedClock(at), MemorySecrets())


def letter(
    subject: str = "Не печатает принтер",
    text: str = "Добрый день! Принтер не печатает счета.",
    sender: tuple[str, str] = IVAN,
    at: datetime = NOW,
    **more: Any,
) -> Incoming:
    """A letter as the mail room hands it over; its Message-ID is ``<its key>@test``."""
    key = more.pop("key", None) or f"key-{next(_keys)}"
    values: dict[str, Any] = {
        "key": key, "message_id": f"{key}@test", "in_reply_to": "", "references": (), "subject": subject,
        "sender": sender, "to": (("", MAILBOX),), "cc": (), "sent_at": at, "received_at": at,
        "text": text, "reply_text": text, "html": "", "kind": "new", "automatic": False,
        "automatic_reason": "", "bounced_address": "",
        "permanent": False, "language": "ru", "ticket_number": None, "files": (), "mailbox_id": "box",
    }  # fmt: skip
    return Incoming(**{**values, **more})


def arrive(desk: Desk, **more: Any) -> Outcome:
    """A letter comes in now."""
    more.setdefault("at", desk.clock.now())
    outcome = intake.accept(desk, letter(**more)).result
    assert isinstance(outcome, Outcome)
    return outcome


def answer(desk: Desk, ticket_id: str, text: str, **more: Any) -> Outcome:
    """A minute later the requester answers our last letter (or the own one, where we have not written)."""
    advance(desk, minutes=1)
    (message_id,) = desk.replica.row(
        "SELECT message_id FROM message WHERE ticket_id = ? AND message_id <> '' ORDER BY direction = 'out' DESC, "
        "received_at DESC LIMIT 1",
        (ticket_id,),
    ) or ("",)
    return arrive(desk, subject="Re: принтер", text=text, **{"kind": "reply", "in_reply_to": message_id, **more})


def row(desk: Desk, ticket_id: str) -> dict[str, Any]:
    found = desk.replica.record(Ticket, ticket_id)
    assert found is not None
    return found


def status(desk: Desk, ticket_id: str) -> str:
    return str(row(desk, ticket_id)["status"])


def our_letter(body: str = "Здравствуйте, мы этим занимаемся.", to: tuple[str, str] = IVAN) -> LetterDraft:
    return LetterDraft((to,), (), "Ответ", body, "reply", "ru")


def promise_first(desk: Desk, ticket_id: str, minutes: int = 60) -> Changes:
    """Promise the earliest slot."""
    view = promise.propose(desk, ticket_id, minutes=minutes)
    assert view.proposals.slots, view.proposals.problem
    return promise.give(desk, ticket_id, view.proposals.slots[0], view.letters[0], minutes=minutes)


def let_leave(desk: Desk) -> None:
    """The time of undo passes and what was held goes to the outbox."""
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(seconds=desk.settings.number("undo_seconds") + 1)
    letters.release(desk)


def advance(desk: Desk, **delta: float) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(**delta)


def go_to(desk: Desk, at: datetime) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set(at.astimezone(UTC))


def shared_rows(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """All that replicas would share, as it stands."""
    return {
        model._meta.table_name: desk.replica.rows(f'SELECT * FROM "{model._meta.table_name}" ORDER BY id')
        for model in SHARED
    }


def queue_rows(desk: Desk) -> dict[str, tuple[Any, ...]]:
    return {found[0]: found for found in desk.replica.rows("SELECT * FROM queue_row ORDER BY ticket_id")}


def index_terms(desk: Desk) -> dict[tuple[str, str, str], tuple[tuple[Any, ...], ...]]:
    """What the search index holds of each text: (kind, row, ticket) -> its terms in order."""
    replica = desk.replica
    replica.db.execute_sql("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, search_text, instance)")
    found: dict[tuple[str, str, str], list[tuple[Any, ...]]] = {
        (kind, name, ticket_id): []
        for kind, name, ticket_id in replica.rows("SELECT kind, row, ticket_id FROM search_doc")
    }
    for kind, name, ticket_id, place, term in replica.rows(
        "SELECT d.kind, d.row, d.ticket_id, t.offset, t.term FROM terms t LEFT JOIN search_doc d ON d.id = t.doc"
    ):
        found.setdefault((kind, name, ticket_id), []).append((place, term))
    return {key: tuple(sorted(terms)) for key, terms in found.items()}


def rebuild(desk: Desk) -> None:
    """Make everything derived from nothing: what incremental upkeep must agree with."""
    with desk.act() as act:
        act.writing.execute("DELETE FROM queue_row")
        act.writing.execute("DELETE FROM search_text")
        act.writing.execute("DELETE FROM search_doc")
        act.extra |= {found[0] for found in act.writing.execute("SELECT id FROM ticket")}
        from deskapp.desk import derive

        tables = {
            table: frozenset(found[0] for found in act.writing.execute(f'SELECT id FROM "{table}"'))
            for table in ("ticket", "message", "note")
        }
        derive.refresh(desk, act.writing, act.extra, tables)


def unread_letters(desk: Desk) -> int:
    return int(desk.replica.value("SELECT count(*) FROM queue_row WHERE unread = 1"))
