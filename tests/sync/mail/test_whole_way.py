"""One way through for each transport: a letter on the server becomes a ticket, its promise a letter on the server in
the right conversation, read back by another client; a wrong password is tried once; the log holds nothing of either."""

from __future__ import annotations

import base64
import logging
import mailbox
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import requests
from requests_ntlm import HttpNtlmAuth

from deskapp.core.errors import WrongPassword
from deskapp.core.paths import Profile
from deskapp.desk import drafts, letters, setup, ticket
from deskapp.desk.desk import Desk
from deskapp.models.schema import Ticket
from deskapp.sync.mail.letter import Letter
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.ews_server import EwsServer, T
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.imap_server import ImapServer
from tests.sync.mail.servers import PASSWORD, USER, Dovecot, Postman, SmtpServer, make_certificate
from tests.sync.mail.test_transports import account, dovecot, letter, options, postman, smtp  # noqa: F401

SECRET = "Счёт 40702810 не печатается, пароль от принтера «ромашка»"
KINDS = ("folder", "imap", "imap in process", "ews", "ews ntlm", "graph")


@dataclass
class Place:
    """A mailbox on a server, as other clients see it."""

    row: dict[str, Any]
    secret: str
    deliver: Callable[[bytes], object]
    sent: Callable[[], list[Letter]]
    refused: Callable[[], int]  # passwords that the server has judged wrong
    filed: Callable[[], int]  # letters that the server shows as taken in
    conversation: Callable[[], bool] = lambda: True  # whether all that was sent lies in that of the first letter
    server: Any = None


def _folder(root: Path) -> Place:
    path = root / "mail"
    path.mkdir()
    inbox = mailbox.Maildir(str(path / "inbox"), create=True)
    return Place(
        {"kind": "folder", "address": USER, "options": {"folder": str(path)}},
        "",
        inbox.add,
        lambda: [parse(bytes(one)) for one in mailbox.Maildir(str(path / "outbox"), create=True)],
        lambda: 0,
        lambda: sum("S" in one.get_flags() for one in mailbox.Maildir(str(path / "inbox"), create=True)),
    )


def _imap(request: pytest.FixtureRequest) -> Place:
    server: Dovecot = request.getfixturevalue("dovecot")
    name: str = request.getfixturevalue("account")
    post: Postman = request.getfixturevalue("postman")
    given: dict[str, Any] = request.getfixturevalue("options")
    other = server.client(name)
    request.addfinalizer(other.shutdown)

    def sent() -> list[Letter]:
        """The copies in Sent, by the standard library's client; each has left by SMTP too."""
        count = int(other.select('"Sent Items"')[1][0] or 0)
        assert count == len(post.letters)
        raws = [other.fetch(str(number + 1), "(RFC822)")[1][0] for number in range(count)]
        return [parse(raw[1]) for raw in raws if isinstance(raw, tuple)]

    def filed() -> int:
        other.select("INBOX")
        return len(other.search(None, "SEEN")[1][0].split())

    return Place(
        {"kind": "imap", "address": name, "options": given},
        PASSWORD,
        lambda raw: other.append("INBOX", "", "", raw),
        sent,
        lambda: server.log().count(f"static({name},127.0.0.1"),
        filed,
    )


def _imap_here(request: pytest.FixtureRequest) -> Place:
    """The server in this process: on machines without Dovecot too."""
    server = ImapServer(USER, PASSWORD)
    server.start()
    request.addfinalizer(server.stop)
    sending: SmtpServer = request.getfixturevalue("smtp")
    post: Postman = request.getfixturevalue("postman")
    given = {"host": "127.0.0.1", "port": server.port, "security": "none", "smtp_port": sending.port, "after": "move"}

    def sent() -> list[Letter]:
        copies = [one.raw for one in server.folders["Sent Items"].letters]
        assert len(copies) == len(post.letters)
        return [parse(raw) for raw in copies]

    return Place(
        {"kind": "imap", "address": USER, "options": given},
        PASSWORD,
        server.deliver,
        sent,
        lambda: server.logins.count(False),
        lambda: len(server.folders["Processed"].letters) if "Processed" in server.folders else 0,
    )


def _ews(request: pytest.FixtureRequest, root: Path, scheme: str = "Basic") -> Place:
    server = EwsServer({USER: PASSWORD}, root, schemes=(scheme,))
    server.start()
    request.addfinalizer(server.stop)

    def sent() -> list[Letter]:
        """By SOAP written by hand, with a login of its own."""
        found = [parse(raw) for raw in soap_letters(server.url, scheme, "sentitems")]
        assert len(found) == len(server.sent)
        return found

    return Place(
        {"kind": "ews", "address": USER, "options": {"server": server.url, "after": "category"}},
        PASSWORD,
        server.deliver,
        sent,
        lambda: server.logins.count(False),
        lambda: sum("deskapp" in item.categories for item in server.store.named("inbox")),
        lambda: len({item.conversation for item in server.store.items.values()}) == 1,
        server,
    )


_SOAP = (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" '
    'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Header>'
    '<t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body>%s</s:Body></s:Envelope>'
)


def soap_letters(url: str, scheme: str, folder: str) -> list[bytes]:
    """The letters of a folder as they lie there, by FindItem and GetItem alone."""
    with requests.Session() as session:
        session.auth = (USER.encode(), PASSWORD.encode()) if scheme == "Basic" else HttpNtlmAuth(USER, PASSWORD)

        def ask(body: str) -> ElementTree.Element:
            answer = session.post(
                url, data=(_SOAP % body).encode(), headers={"Content-Type": "text/xml; charset=utf-8"}, timeout=60
            )
            assert answer.status_code == 200, answer.text
            return ElementTree.fromstring(answer.content)

        found = ask(
            '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
            f'<m:ParentFolderIds><t:DistinguishedFolderId Id="{folder}"/></m:ParentFolderIds></m:FindItem>'
        )
        ids = [str(one.get("Id")) for one in found.iter(f"{T}ItemId")]
        wanted = "".join(f'<t:ItemId Id="{one}"/>' for one in ids)
        items = ask(
            "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>"
            '<t:FieldURI FieldURI="item:MimeContent"/></t:AdditionalProperties></m:ItemShape>'
            f"<m:ItemIds>{wanted}</m:ItemIds></m:GetItem>"
        )
        return [base64.b64decode(one.text or "") for one in items.iter(f"{T}MimeContent")]


def _graph(request: pytest.FixtureRequest, root: Path) -> Place:
    server = GraphServer((USER,), make_certificate(root))
    server.start()
    server.signed_in = USER
    request.addfinalizer(server.stop)

    def sent() -> list[Letter]:
        """By plain HTTP with a token of its own."""
        bearer = {"Authorization": f"Bearer {server.tokens(USER, 'mail')['access_token']}"}
        ca = server.options["ca_file"]
        base = f"{server.url}/v1.0/me"
        listed = requests.get(f"{base}/mailFolders/sentitems/messages", headers=bearer, verify=ca, timeout=60).json()
        raws = [
            requests.get(f"{base}/messages/{one['id']}/$value", headers=bearer, verify=ca, timeout=60).content
            for one in listed["value"]
        ]
        assert len(raws) == len(server.sent)
        return [parse(raw) for raw in raws]

    return Place(
        {"kind": "graph", "address": USER, "options": server.options | {"after": "move"}},
        "",
        server.deliver,
        sent,
        lambda: server.calls.count("token"),
        lambda: len(server.store.named("Processed")),
        lambda: len({item.conversation for item in server.store.items.values()}) == 1,
        server,
    )


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return _folder(tmp_path)
    if request.param == "imap":
        return _imap(request)
    if request.param == "imap in process":
        return _imap_here(request)
    if request.param.startswith("ews"):
        return _ews(request, tmp_path, "NTLM" if "ntlm" in request.param else "Basic")
    return _graph(request, tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile = Profile(tmp_path / "desk")
    world.furnish(profile)
    opened = world.open_world(profile.root, datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1))
    setup.save_mailbox(opened, {"id": "box", "kind": "folder", "address": world.MAILBOX, "active": 0})
    yield opened
    opened.replica.disconnect()


def let_in(desk: Desk, room: MailRoom, place: Place) -> None:
    """Give what the mailbox asks for: a password, or a sign-in by the code."""
    if place.row["kind"] == "graph":
        row = next(row for row in setup.mailboxes(desk) if row["id"] == "desk")
        assert room.step_sign_in(desk, room.begin_sign_in(desk, row)) == USER
    elif place.secret:
        desk.secrets.set("mailbox:desk", place.secret)


def test_letter_ticket_promise_letter(place: Place, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    # "Since when" is set back: what lies there already would be history, and nobody answered.
    setup.save_mailbox(desk, {"id": "desk", "name": "Support", "read_from": 0} | place.row)
    room = MailRoom()
    waits = room.round(desk)
    if place.row["kind"] == "graph":
        assert "Sign in" in waits.problems[0].title
    else:
        assert waits.ask == ((("desk", place.row["address"]),) if place.secret else ())
    let_in(desk, room, place)
    place.deliver(letter(1, SECRET))
    first = room.round(desk)
    assert not first.problems and [one.subject for one in first.arrivals] == ["letter 1"]
    (arrival,) = first.arrivals
    assert place.filed() == 1, "put away on the server once it is on the disk here"
    world.promise_first(desk, arrival.ticket_id)
    world.let_leave(desk)
    room.round(desk)
    room.round(desk)
    letters_out = place.sent()
    promise = letters_out[-1]
    assert promise.ticket_number == arrival.number and promise.in_reply_to == "1@example.ru"
    assert promise.sender.address == place.row["address"] and promise.to[0].address == "ivan@example.ru"
    assert promise.header("x-deskapp-letter") and place.conversation()
    view = ticket.view(desk, arrival.ticket_id)
    assert {entry.state for entry in view.entries if entry.kind == "letter_out"} == {"sent"}
    assert len(letters_out) == len([entry for entry in view.entries if entry.kind == "letter_out"]), "each left once"
    # The customer answers; the answer finds the ticket, and nothing opens another.
    back = f"In-Reply-To: <{promise.message_id}>\r\nMessage-ID:".encode()
    place.deliver(letter(2, "Спасибо!").replace(b"Message-ID:", back, 1))
    answered = room.round(desk)
    assert answered.joined == 1 and not answered.arrivals
    assert room.round(desk).joined == 0 and place.filed() == 2, "once"
    room.close()
    # What the desk's own log takes: nothing below INFO of libraries, nothing of the servers in this process.
    lines = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name != "mail.log" and (record.levelno >= logging.INFO or record.name.startswith("deskapp"))
    )
    assert "left" in lines or place.row["kind"] == "folder"
    for word in ("40702810", "ромашка", "Спасибо", "ivan@example.ru", PASSWORD, "eyJ"):
        assert word not in lines, word


def test_a_wrong_password_is_tried_once_and_then_said(place: Place, desk: Desk) -> None:
    kind = place.row["kind"]
    setup.save_mailbox(desk, {"id": "desk", "name": "Support", "read_from": 0} | place.row)
    room = MailRoom()
    if kind == "folder":
        assert room.round(desk).problems == (), "it has no password"
        return
    desk.secrets.set("mailbox:desk", "wrong")
    rounds = [room.round(desk) for _ in range(3)]
    assert isinstance(rounds[0].problems[0], WrongPassword)
    assert place.refused() == (0 if kind == "graph" else 1)
    if kind == "graph":
        assert all(isinstance(one.problems[0], WrongPassword) for one in rounds)
    else:
        assert rounds[2].ask == (("desk", place.row["address"]),)
    let_in(desk, room, place)
    assert room.round(desk).problems == ()
    room.close()


@pytest.mark.parametrize("late", [0, 1, 3])
@pytest.mark.parametrize("place", ["ews", "graph"], indirect=True)
def test_an_answer_to_the_id_that_the_server_gave_joins_without_a_number(place: Place, desk: Desk, late: int) -> None:
    """Exchange Online writes what it sends down by itself, and its copy may come to the sent letters later."""
    place.server.replaces_ids, place.server.late_copies = True, late
    setup.save_mailbox(desk, {"id": "desk", "name": "Support", "read_from": 0} | place.row)
    room = MailRoom()
    let_in(desk, room, place)
    place.deliver(letter(1, "The printer does not print"))
    (arrival,) = room.round(desk).arrivals
    world.promise_first(desk, arrival.ticket_id)
    world.let_leave(desk)
    for _ in range(2 + late):
        room.round(desk)
    left = place.sent()
    asked = len(place.server.calls)
    ours = {row[0] for row in desk.replica.rows("SELECT message_id FROM message WHERE direction = 'out'")}
    assert len(left) == 2 and not ours & {one.message_id for one in left}, "the server has replaced them"
    told = {row[0] for row in desk.replica.rows("SELECT sent_as FROM outgoing")}
    assert told == {one.message_id for one in left}
    room.round(desk)
    assert not any("FindItem" in call or "filter" in call for call in place.server.calls[asked:]), "asked once"
    room.close()
    again = MailRoom()  # as after a start of the application
    promise = left[-1].message_id
    strangers = letter(2, "And the scanner?").replace(b"ivan@example.ru", b"boss@other.example")
    strangers = strangers.replace(b"Message-ID:", f"In-Reply-To: <{promise}>\r\nMessage-ID:".encode(), 1)
    assert b"[#" not in strangers
    place.deliver(strangers)
    answered = again.round(desk)
    again.close()
    assert (answered.joined, answered.arrivals) == (1, ())
    assert len(ticket.view(desk, arrival.ticket_id).entries) >= 4


def test_what_cannot_be_read_back_makes_no_letter_fail(
    desk: Desk, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = _ews(request, tmp_path)
    setup.save_mailbox(desk, {"id": "desk", "name": "Support", "read_from": 0} | place.row)
    desk.secrets.set("mailbox:desk", PASSWORD)
    room = MailRoom()
    place.deliver(letter(1, "The printer does not print"))
    place.server.fail("FindItem", "ErrorInternalServerError", 5)
    assert not room.round(desk).problems
    world.let_leave(desk)
    assert not room.round(desk).problems
    room.close()
    assert desk.replica.rows("SELECT state, attempt FROM outgoing") == [("sent", 1)]


@pytest.mark.parametrize("why", ["past", "withdrawn", "forecast", ""])
def test_a_dated_letter_is_looked_at_again_when_it_leaves(desk: Desk, tmp_path: Path, why: str) -> None:
    """It may have waited for days until its server came back."""
    place = _folder(tmp_path)
    setup.save_rule(desk, {"acknowledge": False})
    ticket_id = world.arrive(desk).ticket_id
    given = world.promise_first(desk, ticket_id)
    letters.release(desk, everything=True)
    assert desk.replica.value("SELECT state FROM outgoing") == "ready"
    if why == "past":
        world.advance(desk, days=4)
    elif why == "withdrawn":
        with desk.act("") as act:
            act.update(Ticket, ticket_id, promise_id="another")
    elif why == "forecast":
        desk.replica.db.execute_sql("UPDATE queue_row SET forecast_at = forecast_at + 864000000")
    setup.save_mailbox(desk, {"id": "desk", "name": "Support", "read_from": 0} | place.row)
    room = MailRoom()
    done = room.round(desk)
    room.close()
    state, error = desk.replica.row("SELECT state, error FROM outgoing") or ("", "")
    assert given.tx and len(place.sent()) == (not why) == done.sent
    if not why:
        assert state == "sent"
        return
    assert state == "failed" and "no longer holds" in error
    assert drafts.load(desk, ticket_id)["promise"]["letter"]["body"], "its author has it again"
    entry = next(one for one in ticket.view(desk, ticket_id).entries if one.label == "letter_returned")
    assert entry.data["why"] == why
    assert world.row(desk, ticket_id)["needs"] == ("" if why == "withdrawn" else "date")
