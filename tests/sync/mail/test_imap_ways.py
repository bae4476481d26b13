"""IMAP and SMTP by other ways in than a password, and waiting for letters: real Dovecot, real tokens."""

from __future__ import annotations

import imaplib
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.sealed import SealedFile
from deskapp.desk.mailport import Checked
from deskapp.sync.mail import imap_idle
from deskapp.sync.mail.imap_idle import ImapIdle
from deskapp.sync.mail.imap_smtp import ImapSmtpTransport
from deskapp.sync.mail.tokens import MicrosoftTokens, RefreshTokens, SignInNeeded
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.servers import PASSWORD, Dovecot, Postman, make_certificate
from tests.sync.mail.test_transports import (  # noqa: F401
    account,
    dovecot,
    letter,
    options,
    ours,
    postman,
    smtp,
)


@pytest.fixture
def authority(tmp_path: Path, account: str) -> Iterator[GraphServer]:  # noqa: F811
    found = GraphServer((account,), make_certificate(tmp_path))
    found.start()
    yield found
    found.stop()


# --- tokens --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["microsoft", "another"])
def test_letters_come_and_go_with_a_token(
    dovecot: Dovecot,  # noqa: F811
    account: str,  # noqa: F811
    options: dict[str, Any],  # noqa: F811
    postman: Postman,  # noqa: F811
    authority: GraphServer,
    tmp_path: Path,
    provider: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens: MicrosoftTokens | RefreshTokens
    if provider == "microsoft":
        tokens = MicrosoftTokens(authority.options, account, SealedFile(tmp_path / "sealed", "key"), "imap")
        flow = tokens.begin()
        authority.signed_in = account
        tokens.step(flow)
    else:
        refresh = str(authority.tokens(account, "mail")["refresh_token"])
        there = {"token_url": f"{authority.url}/firm.example/oauth2/v2.0/token"}
        tokens = RefreshTokens(authority.options | there, account, refresh, SealedFile(tmp_path / "kept", refresh))
    first = tokens.token()
    postman.tokens = authority.access
    transport = ImapSmtpTransport(options | {"smtp_login": account}, account, "", tokens)
    other = dovecot.client(account)
    other.append("INBOX", "", "", letter(1))
    checked = transport.check()
    assert checked == Checked(True, "works"), checked.error.__cause__
    (remote_id,) = transport.listing("", 10).remote_ids
    assert transport.read(remote_id) is not None
    transport.send(ours(), account, ["ivan@example.ru"])
    assert len(postman.letters) == 1 and postman.logins == [True]
    transport.close()
    # A token withdrawn before its time is renewed once, for sending too.
    authority.access.clear()
    transport.send(ours("second"), account, ["ivan@example.ru"])
    assert len(postman.letters) == 2 and postman.logins == [True, False, True]
    assert tokens.token() != first
    transport.close()
    # And when even a fresh one is refused, a person is asked, once.
    postman.tokens = {}
    for _ in range(2):
        with pytest.raises(SignInNeeded):
            transport.send(ours("third"), account, ["ivan@example.ru"])
    assert postman.logins == [True, False, True, False, False]
    for secret in (first, *authority.access, *authority.refresh):
        assert secret not in caplog.text
    other.logout()
    transport.close()
    tokens.close()


def test_a_token_of_somebody_else_is_refused_and_asked_for_once(
    dovecot: Dovecot,  # noqa: F811
    account: str,  # noqa: F811
    options: dict[str, Any],  # noqa: F811
) -> None:
    asked: list[bool] = []

    class Forged:
        def token(self, fresh: bool = False) -> str:
            asked.append(fresh)
            return "eyJhbGciOiJIUzI1NiJ9.e30.forged"

    transport = ImapSmtpTransport(options, account, "", Forged())
    for _ in range(3):
        with pytest.raises(SignInNeeded):
            transport.listing("", 10)
    assert asked == [False, True]
    transport.close()


# --- waiting -------------------------------------------------------------------------------------------------------


class Bell:
    """Counts how often it was rung, and lets a test wait for it."""

    def __init__(self) -> None:
        self.rung = threading.Semaphore(0)

    def __call__(self) -> None:
        self.rung.release()

    def heard(self, seconds: float = 60.0) -> bool:
        return self.rung.acquire(timeout=seconds)


@pytest.fixture
def waiting(
    account: str,  # noqa: F811
    options: dict[str, Any],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., tuple[Any, Bell]]]:
    """A waker of a fresh mailbox, once it has begun to wait."""
    made: list[ImapIdle] = []
    began = threading.Semaphore(0)
    real = imap_idle.ImapIdle._wait

    def wait(self: ImapIdle, box: Any) -> None:
        began.release()
        real(self, box)

    monkeypatch.setattr(imap_idle.ImapIdle, "_wait", wait)
    monkeypatch.setattr(imap_idle, "FIRST_PAUSE", 0.05)

    def make(password: str = PASSWORD, **more: Any) -> tuple[Any, Bell]:
        bell = Bell()
        waker = ImapSmtpTransport(options | more, account, password).waker(bell)
        if waker is not None:
            assert isinstance(waker, ImapIdle)
            made.append(waker)
        return waker, bell

    make.began = lambda: began.acquire(timeout=60)  # type: ignore[attr-defined]
    yield make
    for waker in made:
        waker.stop()
        assert not waker.alive


def test_a_letter_wakes(dovecot: Dovecot, account: str, waiting: Any) -> None:  # noqa: F811
    waker, bell = waiting()
    assert waiting.began()
    other = dovecot.client(account)
    for number in range(2):
        other.append("INBOX", "", "", letter(number))
        assert bell.heard(), "twice, since it begins to wait again"
    other.logout()
    waker.stop()
    assert not waker.alive
    waker.stop()


def test_a_lost_connection_is_opened_again(dovecot: Dovecot, account: str, waiting: Any) -> None:  # noqa: F811
    waker, bell = waiting()
    assert waiting.began()
    dovecot.kick(account)
    assert waiting.began()
    other = dovecot.client(account)
    other.append("INBOX", "", "", letter(1))
    assert bell.heard() and waker.alive
    other.logout()


def test_waiting_is_begun_anew_before_the_server_ends_it(
    dovecot: Dovecot,  # noqa: F811
    account: str,  # noqa: F811
    waiting: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert imap_idle.RENEWAL < 29 * 60
    monkeypatch.setattr(imap_idle, "RENEWAL", 0.05)
    _waker, bell = waiting()
    assert all(waiting.began() for _ in range(3))
    monkeypatch.setattr(imap_idle, "RENEWAL", 60.0)
    other = dovecot.client(account)
    other.append("INBOX", "", "", letter(1))
    assert bell.heard()
    other.logout()


def test_a_refused_password_is_not_tried_again(dovecot: Dovecot, account: str, waiting: Any) -> None:  # noqa: F811
    waker, _bell = waiting("wrong")
    waker._thread.join(15)
    assert not waker.alive
    assert dovecot.log().count(f"static({account},127.0.0.1") == 1


def test_a_server_without_it_is_left_alone(waiting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert waiting(idle=False)[0] is None
    monkeypatch.setattr(imaplib.IMAP4, "capability", lambda self: ("OK", [b"IMAP4rev1 STARTTLS"]))
    waker, _bell = waiting()
    waker._thread.join(15)
    assert not waker.alive


def test_a_server_that_is_away_is_tried_again(waiting: Any) -> None:
    waker, _bell = waiting(port=1)
    waker._thread.join(0.3)
    assert waker.alive
    waker.stop()
    assert not waker.alive
