"""Mailboxes from the command line: the parser and the commands as they are, a real server at the other end."""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.commands import care, mailboxes
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile
from deskapp.desk import setup
from deskapp.desk.desk import Desk
from deskapp.desk.mailport import Checked
from tests.desk import world
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.servers import USER, make_certificate

LETTERS = "letters@desk.example"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GraphServer]:
    found = GraphServer((USER,), make_certificate(tmp_path))
    found.start()
    yield found
    found.stop()


@pytest.fixture
def desk(tmp_path: Path, server: GraphServer) -> Iterator[Desk]:
    profile = Profile(tmp_path / "desk")
    world.furnish(profile)
    found = world.open_world(profile.root)
    folder = {"folder": str(tmp_path / "letters")}
    setup.save_mailbox(found, {"id": "box", "kind": "folder", "address": LETTERS, "options": folder})
    setup.save_mailbox(found, {"id": "online", "kind": "graph", "address": USER, "options": server.options})
    yield found
    found.replica.disconnect()


def run(desk: Desk, what: str, address: str = "") -> int:
    return mailboxes._run(desk, argparse.Namespace(what=what, address=address))


def test_a_sign_in_with_no_window(desk: Desk, server: GraphServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(desk, "test") == 1
    told = capsys.readouterr().out
    assert f"{USER}\tgraph\tin use\tSign in to the mailbox again" in told and f"{LETTERS}\tfolder" in told
    entered = threading.Timer(0.5, lambda: setattr(server, "signed_in", USER))
    entered.start()
    assert run(desk, "sign-in", USER.upper()) == 0
    entered.join()
    told = capsys.readouterr().out
    assert "https://microsoft.com/devicelogin" in told and "ABCD1234" in told and f"Signed in as {USER}" in told
    assert run(desk, "test", USER) == 0
    assert capsys.readouterr().out == f"{USER}\tgraph\tin use\tworks\n"


def test_the_doctor_says_in_words_how_each_mailbox_is(desk: Desk, tmp_path: Path, server: GraphServer) -> None:
    found = {finding.what: finding for finding in care._outside(desk)}
    assert not found[f"Mailbox {USER}"].ok and "Sign in to the mailbox again" in found[f"Mailbox {USER}"].advice
    folder = found[f"Mailbox {LETTERS}"]
    root = tmp_path / "letters"
    assert folder.ok and folder.advice == f"Letters are read from {root / 'inbox'} and put into {root / 'outbox'}"
    codes = {"works": True, "folder": True, "read_only": False, "no_mail": False}
    for code, works in codes.items():
        said = mailboxes.in_words(Checked(works, code, ("here", "there")))
        assert " " in said and "%" not in said and said != code


def test_what_is_found_and_what_is_refused(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(desk, "find", "ivan@yandex.ru") == 0
    assert json.loads(capsys.readouterr().out)["options"]["host"] == "imap.yandex.ru"
    assert run(desk, "list") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    for what, address, words in (
        ("sign-in", "", "Which mailbox"),
        ("sign-in", LETTERS, "has a password"),
        ("test", "nobody@desk.example", "no mailbox nobody@"),
    ):
        with pytest.raises(UserFacingError, match=words):
            run(desk, what, address)
