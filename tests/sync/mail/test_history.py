"""Mail of before: an mbox of a support mailbox becomes tickets with their threads, and nobody is answered."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from deskapp.core.paths import Profile
from deskapp.desk import mailport, search, ticket
from deskapp.desk.desk import Desk
from deskapp.sync.mail.mailroom import MailRoom
from tests.desk import world

SUBJECT = "Накладные не печатаются"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile = Profile(tmp_path / "desk")
    world.furnish(profile)
    opened = world.open_world(profile.root)
    opened.mail = MailRoom()
    yield opened
    opened.replica.disconnect()


def history(path: Path) -> Path:
    """A question, our answer from the mail program, thanks with a file; another question years ago."""
    box = mailbox.mbox(path)
    for key, sender, to, subject, day, text, reply in (
        ("q1", "Иван <ivan@romashka.example>", world.MAILBOX, SUBJECT, "02 Mar 2024", "Помогите.", ""),
        ("a1", "Анна <anna@desk.example>", "ivan@romashka.example", f"Re: {SUBJECT}", "03 Mar 2024",
         "Поставили драйвер 17.", "q1"),
        ("q2", "Иван <ivan@romashka.example>", world.MAILBOX, f"Re: {SUBJECT}", "04 Mar 2024", "Да, работает.",
         "a1"),
        ("old", "Olga <olga@zarya.example>", world.MAILBOX, "Printer", "11 Jan 2022", "It is broken.", ""),
    ):  # fmt: skip
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = sender, to, subject
        letter["Date"], letter["Message-ID"] = f"{day} 10:00:00 +0300", f"<{key}@test>"
        if reply:
            letter["In-Reply-To"] = f"<{reply}@test>"
        letter.set_content(text)
        if key == "q2":
            letter.add_attachment(b"log", maintype="application", subtype="octet-stream", filename="журнал.bin")
        box.add(letter)
    box.flush()
    box.close()
    return path


def _go_on(_done: int, _total: int) -> bool:
    return True


def test_an_mbox_becomes_tickets_with_their_threads(desk: Desk, tmp_path: Path) -> None:
    path = history(tmp_path / "support.mbox")
    assert mailport.take_in(desk, [str(path)], _go_on).result == (2, 2, 0)
    rows = desk.replica.rows("SELECT id, subject FROM ticket ORDER BY received_at")
    assert [subject for _id, subject in rows] == ["Printer", SUBJECT]
    view = ticket.view(desk, rows[1][0])
    assert [(entry.kind, entry.text) for entry in view.entries if entry.kind.startswith("letter")] == [
        ("letter_in", "Помогите."), ("letter_out", "Поставили драйвер 17."), ("letter_in", "Да, работает."),
    ]  # fmt: skip
    assert view.received_at.astimezone(world.MOSCOW).strftime("%d.%m.%Y %H:%M") == "02.03.2024 10:00"
    assert [file.name for entry in view.entries for file in entry.files] == ["журнал.bin"]
    assert [hit.subject for hit in search.find(desk, "накладная")] == [SUBJECT]
    assert desk.replica.value("SELECT count(*) FROM held_letter") == 0
    assert desk.replica.value("SELECT count(*) FROM outgoing") == 0
    # the same file again changes nothing
    assert mailport.take_in(desk, [str(path)], _go_on).result == (0, 0, 0)
    assert desk.replica.value("SELECT count(*) FROM message") == 4
