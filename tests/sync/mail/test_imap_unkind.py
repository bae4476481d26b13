"""IMAP where servers differ and fail: a server in this process, so that it can be as poor and as unkind as
real ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.core.paths import Profile
from deskapp.sync.mail import preview
from deskapp.sync.mail.imap_smtp import ImapSmtpTransport
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.tokens import SignInNeeded
from tests.desk import world
from tests.sync.mail.imap_server import ImapServer
from tests.sync.mail.rounds import subjects
from tests.sync.mail.servers import PASSWORD, USER, make_certificate
from tests.sync.mail.test_imap_ways import Bell
from tests.sync.mail.test_transports import letter

Open = Callable[..., ImapSmtpTransport]


@pytest.fixture
def server() -> Iterator[ImapServer]:
    found = ImapServer(USER, PASSWORD)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def opened(server: ImapServer) -> Iterator[Open]:
    made: list[ImapSmtpTransport] = []

    def make(password: str = PASSWORD, tokens: Any = None, **options: Any) -> ImapSmtpTransport:
        given = {"host": "127.0.0.1", "port": server.port, "security": "none"} | options
        made.append(ImapSmtpTransport(given, USER, password, tokens))
        return made[-1]

    yield make
    for transport in made:
        transport.close()


def read_all(transport: ImapSmtpTransport, state: str = "") -> tuple[list[str], str]:
    listing = transport.listing(state, 100)
    found = []
    for remote_id in listing.remote_ids:
        fetched = transport.read(remote_id)
        if fetched is not None:
            found.append(parse(fetched.raw).subject)
            transport.file_away(remote_id)
    return found, listing.state


@pytest.mark.parametrize("able", ["AUTH=PLAIN", "UIDPLUS AUTH=PLAIN", "UIDPLUS MOVE AUTH=PLAIN"])
def test_letters_are_moved_with_what_the_server_can_do(server: ImapServer, opened: Open, able: str) -> None:
    server.able = able
    kept = server.deliver(letter(0))
    kept.flags.add(r"\Deleted")  # a person means to delete it; that is theirs to do
    server.deliver(letter(1))
    assert read_all(opened(after="move", processed="Done"))[0] == ["letter 1"]
    assert [parse(one.raw).subject for one in server.folders["Done"].letters] == ["letter 1"]
    left = [one for one in server.folders["INBOX"].letters if one is not kept]
    assert kept in server.folders["INBOX"].letters
    assert all(r"\Deleted" in one.flags for one in left) and (not left or "UIDPLUS" not in able)


def test_a_flag_can_be_set(server: ImapServer, opened: Open) -> None:
    one = server.deliver(letter(1))
    read_all(opened(after="flag"))
    assert one.flags == {r"\Seen", r"\Flagged"}


@pytest.mark.parametrize("how", ["hangup", "NO [SERVERBUG] trouble", "BAD what"])
@pytest.mark.parametrize("command", ["SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "UID MOVE", "LOGIN"])
def test_trouble_loses_nothing(server: ImapServer, opened: Open, command: str, how: str) -> None:
    server.password = "plain"
    server.deliver(letter(1))
    server.deliver(letter(2))
    server.fail[command] = [how]
    found: list[str] = []
    transport = opened("plain", after="move", processed="Done")
    for _ in range(3):
        try:
            found += read_all(transport)[0]
        except EnvironmentTrouble:
            transport.close()
        except WrongPassword:
            assert command == "LOGIN" and how.startswith("BAD")
            return
    assert set(found) == {"letter 1", "letter 2"}
    assert len(server.folders["Done"].letters) == 2 and not server.folders["INBOX"].letters


def test_a_busy_server_is_not_a_wrong_password(server: ImapServer, opened: Open) -> None:
    server.fail["AUTHENTICATE"] = ["NO [UNAVAILABLE] later"]
    transport = opened()
    with pytest.raises(EnvironmentTrouble, match="busy"):
        transport.listing("", 10)
    assert transport.listing("", 10).remote_ids == ()
    wrong = opened("wrong")
    for _ in range(3):
        with pytest.raises(WrongPassword):
            wrong.listing("", 10)
    assert server.logins == [True, False]


def test_renumbered_letters_come_again_and_old_numbers_name_nothing(server: ImapServer, opened: Open) -> None:
    for number in (1, 2, 3):
        server.deliver(letter(number))
    transport = opened()
    first = transport.listing("", 10)
    del server.folders["INBOX"].letters[0]
    server.renumber()
    second = transport.listing(first.state, 10)
    assert len(second.remote_ids) == 2 and not set(second.remote_ids) & set(first.remote_ids)
    assert [transport.read(one) for one in first.remote_ids] == [None] * 3, "the same number is another letter now"
    transport.file_away(first.remote_ids[0])
    assert not any(one.flags for one in server.folders["INBOX"].letters)
    found = [transport.read(one) for one in second.remote_ids]
    assert subjects([one.raw for one in found if one is not None]) == ["letter 2", "letter 3"]
    assert json.loads(second.state) == {"uidvalidity": 2, "uid": 2}
    assert transport.listing("no state at all", 10).remote_ids == second.remote_ids


def test_starttls_with_a_companys_own_authority(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    server = ImapServer(USER, PASSWORD, certificate=certificate)
    server.start()
    try:
        options = {"host": "127.0.0.1", "port": server.port, "security": "starttls"}
        with pytest.raises(EnvironmentTrouble, match=r"cannot be checked: .*self-signed"):
            ImapSmtpTransport(options, USER, PASSWORD).listing("", 10)
        assert server.logins == [], "no password goes where nobody vouches for the server"
        transport = ImapSmtpTransport(options | {"ca_file": str(certificate)}, USER, PASSWORD)
        assert transport.listing("", 10).remote_ids == ()
        transport.close()
        with pytest.raises(UserFacingError, match="certificate file"):
            ImapSmtpTransport(options | {"ca_file": str(tmp_path / "none.pem")}, USER, PASSWORD).listing("", 10)
    finally:
        server.stop()


def test_a_token_is_renewed_once(server: ImapServer, opened: Open) -> None:
    given: list[bool] = []

    class Tokens:
        def token(self, fresh: bool = False) -> str:
            given.append(fresh)
            return "fresh" if fresh else "stale"

    server.tokens = {"fresh": USER}
    assert opened("", Tokens()).listing("", 10).remote_ids == ()
    assert given == [False, True] and server.logins == [False, True]
    server.tokens = {}
    other = opened("", Tokens())
    for _ in range(2):
        with pytest.raises(SignInNeeded):
            other.listing("", 10)
    assert server.logins == [False, True, False, False]


def test_idle_wakes_and_ends(server: ImapServer, opened: Open) -> None:
    bell = Bell()
    waker = opened().waker(bell)
    assert waker is not None
    for number in range(50):
        server.deliver(letter(number))
        if bell.heard(0.3):
            break
    else:
        pytest.fail("nobody was woken")
    waker.stop()
    assert not waker.alive
    server.able = "AUTH=PLAIN"
    poor = opened().waker(bell)
    assert poor is not None
    poor._thread.join(60)  # type: ignore[attr-defined]
    assert not poor.alive, "a server that cannot do it is asked from time to time"


def test_a_mailbox_of_many_years_is_listed_and_its_newest_letters_are_previewed(
    server: ImapServer, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """150,000 letters: the server names them all on one line. Of the last 30,000 the newest are what is shown."""
    monkeypatch.setattr(preview, "READ", 20)
    inbox = server.folders["INBOX"]
    inbox.next_uid = 2_000_000
    for number in range(150_000):
        inbox.put(letter(number))
    listing = opened().listing("", 10)
    assert [one.partition("/")[2] for one in listing.remote_ids] == [str(2_000_000 + place) for place in range(10)]
    del inbox.letters[:-30_000]
    world.furnish(Profile(tmp_path / "desk"))
    desk = world.open_world(tmp_path / "desk")
    try:
        seen = preview.look(desk, opened())
    finally:
        desk.replica.disconnect()
    assert seen.total == 30_000 and len(seen.letters) == 20
    assert (seen.letters[0].subject, seen.letters[-1].subject) == ("letter 149980", "letter 149999")
