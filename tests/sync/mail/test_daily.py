"""Whole letters of a desk's day are read as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.core.paths import Profile
from deskapp.desk.desk import Desk
from deskapp.sync.mail import stages
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.build_letters import letter
from tests.sync.mail.russian_daily import DAILY, OLGA, Daily


@pytest.mark.parametrize("one", DAILY, ids=lambda one: one.name)
def test_a_letter_of_the_day(one: Daily) -> None:
    found = parse(one.raw)
    assert found.reply_text == one.reply
    assert (found.kind, found.automatic) == (one.kind, one.automatic), found.automatic_reason
    assert tuple(file.name for file in found.attachments) == one.files
    assert (found.ticket_number, found.asker.address) == (one.ticket, one.forwarded)
    assert found.language == "ru"
    assert found.hints.urgency == one.urgency
    assert all(words in found.text for words in one.holds)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = Path(tmp_path_factory.mktemp("daily") / "desk")
    world.furnish(Profile(root))
    opened = world.open_world(root)
    yield opened
    opened.replica.disconnect()


def test_what_becomes_of_letters_without_words(desk: Desk) -> None:
    """A picture names its ticket; that somebody will come opens none, and that somebody will not does."""
    by_name = {one.name: one for one in DAILY}
    became = {}
    for name in ("nothing-but-a-picture", "nothing-but-a-scan", "accepted", "accepted-in-google", "declined",
                 "accepted-with-words", "read-receipt-outlook"):  # fmt: skip
        found = stages.take(desk, by_name[name].raw, name)
        became[name] = found.outcome, desk.replica.value("SELECT subject FROM ticket WHERE id = ?", (found.ticket_id,))
    assert became == {
        "nothing-but-a-picture": ("created", "IMG_2041.jpeg"),
        "nothing-but-a-scan": ("created", "Акт.pdf"),
        "accepted": ("ignored", None),
        "accepted-in-google": ("ignored", None),
        "declined": ("created", "Отклонено: Обследование серверной"),
        "accepted-with-words": ("created", "Принято: Обследование серверной"),
        "read-receipt-outlook": ("ignored", None),
    }


def test_an_acceptance_joins_its_ticket_and_moves_nothing(desk: Desk) -> None:
    asked = stages.take(desk, letter(*OLGA, "Subject: Сервер", "Message-ID: <asked@romashka.example>"), "asked")
    raw = next(one.raw for one in DAILY if one.name == "accepted")
    found = stages.take(
        desk,
        raw.replace(
            b"Subject:",
            b"Message-ID: <yes@romashka.example>\r\n" + b"In-Reply-To: <asked@romashka.example>\r\nSubject:",
            1,
        ),
        "yes",
    )
    assert (found.outcome, found.ticket_id) == ("joined", asked.ticket_id)
    assert desk.replica.value("SELECT status FROM ticket WHERE id = ?", (asked.ticket_id,)) == "new"
    assert "принято" in desk.replica.value(
        "SELECT text FROM message WHERE ticket_id = ? AND kind = 'auto'", (asked.ticket_id,)
    )
