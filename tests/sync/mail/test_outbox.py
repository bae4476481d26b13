"""Where a letter stands after the sender ended in the middle of it: sent, or for a person to decide, never again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.core.paths import Profile
from deskapp.desk import letters
from deskapp.desk.desk import Desk
from deskapp.sync.mail import outbox
from deskapp.sync.mail.folder import FolderTransport
from tests.desk import world

ROW = {"id": "box", "name": "Support", "address": world.MAILBOX}


class Ended(BaseException):
    """The process is gone: nobody catches this."""


class Ending(FolderTransport):
    """Ends the process before or after a letter has left."""

    def __init__(self, root: Path, when: str) -> None:
        super().__init__({"folder": str(root)})
        self._when = when

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        if self._when == "before":
            raise Ended
        super().send(raw, sender, recipients)
        raise Ended


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    world.furnish(Profile(tmp_path / "desk"))
    opened = world.open_world(tmp_path / "desk")
    yield opened
    opened.replica.disconnect()


def ready(desk: Desk) -> str:
    held: str = letters.send(desk, world.arrive(desk).ticket_id, "reply", world.our_letter()).result
    world.let_leave(desk)
    return held


def left(root: Path) -> int:
    return len(list(root.glob("outbox/new/*")))


@pytest.mark.parametrize(("when", "state"), [("after", "sent"), ("before", "unknown")])
def test_a_claim_of_an_ended_process_is_looked_up(desk: Desk, tmp_path: Path, when: str, state: str) -> None:
    root = tmp_path / "mail"
    letter = ready(desk)
    desk.replica.db.execute_sql("UPDATE outgoing SET state = 'sent' WHERE id <> ?", (letter,))  # acknowledgements
    with pytest.raises(Ended):
        outbox.send_ready(desk, ROW, Ending(root, when))
    went = left(root)
    assert went == (when == "after")
    assert desk.replica.row("SELECT state, attempt FROM outgoing WHERE id = ?", (letter,)) == ("claimed", 1)
    again = FolderTransport({"folder": str(root)})
    assert outbox.send_ready(desk, ROW, again)[1] == 0, "what was claimed never leaves by itself"
    outbox.resolve_claims(desk, ROW, again)
    assert desk.replica.value("SELECT state FROM outgoing WHERE id = ?", (letter,)) == state
    assert outbox.send_ready(desk, ROW, again)[1] == 0 and left(root) == went
    if state == "unknown":
        assert desk.replica.value("SELECT error FROM outgoing WHERE id = ?", (letter,)) == letters.ENDED
        letters.retry(desk, letter)  # a person decides
        assert outbox.send_ready(desk, ROW, again)[1] == 1 and left(root) == 1


def test_another_desktops_claim_is_left_to_it(desk: Desk, tmp_path: Path) -> None:
    letter = ready(desk)
    desk.replica.db.execute_sql("UPDATE outgoing SET state = 'claimed', replica = 'another' WHERE id = ?", (letter,))
    outbox.resolve_claims(desk, ROW, FolderTransport({"folder": str(tmp_path / "mail")}))
    assert desk.replica.value("SELECT state FROM outgoing WHERE id = ?", (letter,)) == "claimed"
