"""Letters of a shared desk: they leave after what they speak of, after their claim, and by one desktop alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskapp.desk import drafts, letters, promise, undo
from deskapp.desk.desk import Desk
from deskapp.sync.hub.door import HubDoor
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.mail import outbox
from deskapp.sync.mail.folder import FolderTransport
from tests.sync.hub.desks import Office, ticket

ROW = {"id": "box", "name": "Support", "address": "help@desk.example"}


class Watched(FolderTransport):
    """A mail folder at which somebody looks just before a letter leaves."""

    def __init__(self, root: Path, before: Callable[[], object] = lambda: None) -> None:
        super().__init__({"folder": str(root)})
        self._before = before

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        self._before()
        super().send(raw, sender, recipients)

    def left(self) -> int:
        return len(list(self.root.glob("outbox/new/*")))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = Office(tmp_path)
    found.first("a")
    found.join("b")
    found.settle()
    for name, desk in found.desks.items():
        files = found.files[name]
        desk.hub = HubDoor(lambda _desk, files=files: FolderHub(found.share, files, pause=lambda _seconds: None))
    yield found
    found.close()


def promised(desk: Desk) -> str:
    """A promise whose letter waits to leave; the letter's id."""
    one = ticket(desk)
    view = promise.propose(desk, one, minutes=60)
    promise.give(desk, one, view.proposals.slots[0], view.letters[0], minutes=60)
    letters.release(desk, everything=True)
    found = desk.replica.value("SELECT id FROM message WHERE kind = 'promise' AND ticket_id = ?", (one,))
    assert isinstance(found, str)
    return found


def state(desk: Desk, letter: str) -> tuple[Any, ...]:
    return desk.replica.row("SELECT state, replica FROM outgoing WHERE id = ?", (letter,)) or ()


def test_a_letter_leaves_after_what_it_speaks_of_and_after_its_claim(office: Office, tmp_path: Path) -> None:
    a, b = office.desks["a"], office.desks["b"]
    letter = promised(a)
    seen: list[tuple[Any, ...]] = []

    def elsewhere() -> None:
        office.sync("b")
        seen.append(state(b, letter))

    mail = Watched(tmp_path / "mail", elsewhere)
    assert outbox.send_ready(a, ROW, mail) == ([], 0) and mail.left() == 0, "nobody else knows of the promise yet"
    assert state(a, letter)[0] == "ready"
    office.sync("a")
    _changes, sent = outbox.send_ready(a, ROW, mail)
    assert (sent, mail.left()) == (1, 1)
    assert seen == [("claimed", a.replica.state("replica"))], "before the first byte the others knew whose it is"
    office.settle()
    assert state(b, letter)[0] == "sent" and outbox.send_ready(b, ROW, mail)[1] == 0 and mail.left() == 1


def test_a_claim_that_nobody_hears_of_sends_nothing(office: Office, tmp_path: Path) -> None:
    a = office.desks["a"]
    letter = promised(a)
    office.sync("a")
    mail = Watched(tmp_path / "mail")
    away = office.share.rename(tmp_path / "away")
    for _round in range(2):
        assert outbox.send_ready(a, ROW, mail)[1] == 0
        assert mail.left() == 0 and state(a, letter)[0] == "ready", "it waits for the share"
    away.rename(office.share)
    office.sync("a")
    assert outbox.send_ready(a, ROW, mail)[1] == 1 and mail.left() == 1
    office.settle()
    assert state(office.desks["b"], letter)[0] == "sent"


@pytest.mark.parametrize("heard", [True, False])
def test_of_two_desktops_that_would_send_one_does(office: Office, tmp_path: Path, heard: bool) -> None:
    """The lease has moved on while the first was claiming; whether the other has heard of that claim or not yet, what
    came to the hub first stands, and the other leaves the letter alone."""
    a, b = office.desks["a"], office.desks["b"]
    letter = promised(a)
    office.settle()
    assert state(b, letter)[0] == "ready"
    mail = Watched(tmp_path / "mail")

    def the_other() -> None:
        if heard:
            office.sync("b")
        assert outbox.send_ready(b, ROW, mail)[1] == 0
        assert state(b, letter) == ("claimed", a.replica.state("replica"))

    assert outbox.send_ready(a, ROW, Watched(mail.root, the_other))[1] == 1
    assert mail.left() == 1
    office.settle()
    office.same()
    assert state(b, letter) == ("sent", a.replica.state("replica"))


def test_what_others_sent_meanwhile_is_not_sent_again(office: Office, tmp_path: Path) -> None:
    """A long row of letters, and half of it is sent elsewhere while the first ones leave here."""
    a, b = office.desks["a"], office.desks["b"]
    ours = [promised(a) for _time in range(4)]
    office.settle()
    mail = Watched(tmp_path / "mail")
    others: list[int] = []

    def the_other() -> None:
        if not others:
            office.sync("b")
            others.append(0)
            others.append(outbox.send_ready(b, ROW, mail)[1])

    sent = outbox.send_ready(a, ROW, Watched(mail.root, the_other))[1]
    assert (sent, others) == (1, [0, 3])
    assert mail.left() == 4, "each once"
    office.settle()
    office.same()
    assert [state(a, one)[0] for one in ours] == ["sent"] * 4


def test_a_letter_of_a_promise_that_was_taken_back_elsewhere_returns_to_its_author(office: Office) -> None:
    """The promise is in the hub, its letter is about to leave from a copy of the profile; the author takes it back."""
    author = office.desks["a"]
    one = ticket(author)
    view = promise.propose(author, one, minutes=60)
    given = promise.give(author, one, view.proposals.slots[0], view.letters[0], minutes=60)
    office.sync("a")
    copy = office.copy("a", "c")
    office.settle("a", "c")
    letters.release(copy, everything=True)
    assert copy.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 1
    undo.revert(author, given.tx)
    office.settle("a", "c")
    assert copy.replica.value("SELECT count(*) FROM promise") == 0
    assert copy.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 0
    assert copy.replica.value("SELECT count(*) FROM outgoing") == 0
    assert "promise" in drafts.load(copy, one)
