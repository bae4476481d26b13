"""The sender is killed at every step: each letter is sent once or shown as unknown, none twice. The server counts."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.paths import Profile
from deskapp.desk import letters, setup
from deskapp.desk.desk import Desk
from deskapp.sync.mail import ews_line, mailroom
from deskapp.sync.mail.compose import LETTER_HEADER
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.ews_server import EwsServer
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.servers import PASSWORD, USER, Dovecot, Postman, SmtpServer, dovecot_binary, make_certificate

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork")


@dataclass
class Mail:
    """Where letters go: the account's row, and what was taken, whole letters in order."""

    kind: str
    options: dict[str, Any]
    taken: Callable[[], list[bytes]]
    secret: Callable[[Desk], str] = lambda _desk: PASSWORD
    #: What has left is at once among the letters that we search; over SMTP the copy is laid there by ourselves.
    searchable: bool = True


def signed_in(desk: Desk) -> str:
    """The key of a mailbox that was let in by a code."""
    room = mailroom.MailRoom()
    (row,) = setup.mailboxes(desk)
    assert room.step_sign_in(desk, room.begin_sign_in(desk, row)) == USER
    room.close()
    return desk.secrets.get("mailbox:box") or ""


@pytest.fixture(params=["folder", "smtp", "ews Basic", "ews NTLM", "graph"])
def mail(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Mail]:
    if request.param.startswith("ews"):
        ews_line.vendor()  # once here, and not in each of the many processes
        exchange = EwsServer({USER: PASSWORD}, tmp_path, schemes=(request.param.partition(" ")[2],))
        exchange.start()
        yield Mail("ews", {"server": exchange.url}, lambda: [raw for _people, raw in exchange.sent])
        exchange.stop()
        return
    if request.param == "graph":
        online = GraphServer((USER,), make_certificate(tmp_path))
        online.start()
        online.signed_in = USER
        yield Mail("graph", online.options, lambda: [raw for _people, raw in online.sent], signed_in)
        online.stop()
        return
    if request.param == "folder":
        root = tmp_path / "mail"
        yield Mail("folder", {"folder": str(root)}, lambda: [path.read_bytes() for path in root.glob("outbox/new/*")])
        return
    if dovecot_binary() is None:
        pytest.skip("Dovecot is not installed")
    server, postman = Dovecot(), Postman()
    sending = SmtpServer(postman)
    server.start()
    sending.start()
    yield Mail(
        "imap",
        {"host": "127.0.0.1", "port": server.port, "security": "none", "smtp_host": "127.0.0.1",
         "smtp_port": sending.port, "smtp_login": USER},
        lambda: [content for _sender, _recipients, content in postman.letters],
        searchable=False,
    )  # fmt: skip
    sending.stop()
    server.stop()


def open_desk(root: Path, secret: str) -> Desk:
    desk = world.open_world(root)
    desk.secrets.set("mailbox:box", secret)
    return desk


def one_ready(root: Path) -> str:
    """A letter of ours that waits to leave; its id."""
    desk = open_desk(root, "")
    try:
        ticket_id = desk.replica.value("SELECT id FROM ticket LIMIT 1") or world.arrive(desk).ticket_id
        held: str = letters.send(desk, ticket_id, "reply", world.our_letter()).result
        world.let_leave(desk)
        return held
    finally:
        desk.replica.disconnect()


def state_of(root: Path, letter_id: str) -> str:
    """Where a letter of ours stands, as the killed process left it."""
    desk = open_desk(root, "")
    try:
        return str(desk.replica.value("SELECT state FROM outgoing WHERE id = ?", (letter_id,)))
    finally:
        desk.replica.disconnect()


def marks(mail: Mail) -> list[str]:
    """Our ids of the letters that the server has taken."""
    return [parse(raw).header(LETTER_HEADER.lower()) for raw in mail.taken()]


def forked_round(root: Path, secret: str, step: int) -> int:
    """A round of mail in a process of its own, killed at its ``step``-th call; how many there were if it lived."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        calls = 0

        def count(_frame: object, event: str, _what: object) -> None:
            nonlocal calls
            if event in ("call", "c_call"):
                calls += 1
                if calls == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            desk = open_desk(root, secret)
            room = mailroom.MailRoom()
            sys.setprofile(count)
            done = room.round(desk)
            sys.setprofile(None)
            room.close()
            assert not done.problems, done.problems
            os.write(write, str(calls).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        answer = told.read()
    os.waitpid(child, 0)
    return int(answer or 0)


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.long)])
def test_a_killed_sender_sends_no_letter_twice(tmp_path: Path, mail: Mail, kills: int) -> None:
    root = tmp_path / "desk"
    world.furnish(Profile(root))
    desk = open_desk(root, PASSWORD)
    setup.save_mailbox(
        desk, {"id": "box", "name": "Support", "address": USER, "kind": mail.kind, "options": mail.options}
    )
    setup.save_rule(desk, {"acknowledge": False})
    secret = mail.secret(desk)
    desk.replica.disconnect()
    whole = [one_ready(root)]
    steps = forked_round(root, secret, 0)
    assert steps > 200
    killed = 0
    doubtful = set()  # claimed, and the server has no copy of it: nobody can tell whether it left
    for turn in range(kills):
        whole.append(one_ready(root))
        killed += not forked_round(root, secret, 1 + (turn * steps // kills))
        if state_of(root, whole[-1]) == "claimed" and (not mail.searchable or whole[-1] not in marks(mail)):
            doubtful.add(whole[-1])
        for _round in range(2):  # the application starts again, and goes round
            forked_round(root, secret, 0)
    assert killed > kills * 0.9
    taken = Counter(marks(mail))
    desk = open_desk(root, secret)
    try:
        states = dict(desk.replica.rows("SELECT id, state FROM outgoing"))
        assert set(states) == set(whole) and set(states.values()) <= {"sent", "unknown"}
        assert max(taken.values()) == 1, "none twice"
        assert all(taken[one] == 1 for one in whole if states[one] == "sent"), "what is shown as sent has left"
        unknown = [one for one in whole if states[one] == "unknown"]
        assert set(unknown) <= doubtful, "a person is asked only where nobody can know"
        if unknown:
            letters.settle(desk, unknown[0])
            assert desk.replica.value("SELECT state FROM outgoing WHERE id = ?", (unknown[0],)) == "sent"
    finally:
        desk.replica.disconnect()
