"""One suite for all transports, and what only servers can do wrong."""

from __future__ import annotations

import mailbox
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.core.paths import Profile
from deskapp.core.sealed import SealedFile
from deskapp.sync.mail import ews as ews_module
from deskapp.sync.mail import folder as folder_module
from deskapp.sync.mail import graph as graph_module
from deskapp.sync.mail import imap_smtp, stages
from deskapp.sync.mail.compose import Outbound, build
from deskapp.sync.mail.ews import EwsTransport
from deskapp.sync.mail.folder import FolderTransport
from deskapp.sync.mail.graph import GraphTransport
from deskapp.sync.mail.imap_smtp import ImapSmtpTransport
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.reading import Waiting
from deskapp.sync.mail.smtp import SmtpSender
from deskapp.sync.mail.tokens import MicrosoftTokens
from deskapp.sync.mail.transports import LetterRefused, Transport, Undecided
from tests.desk import world
from tests.sync.mail.ews_server import EwsServer
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.imap_server import ImapServer
from tests.sync.mail.servers import PASSWORD, USER, Dovecot, Postman, SmtpServer, dovecot_binary, make_certificate

_serial = count(1)


@dataclass
class Post:
    """A transport and its surroundings as somebody else sees them."""

    transport: Transport
    deliver: Callable[[bytes], None]
    left: Callable[[], list[bytes]]
    take_away: Callable[[], None]
    exact: bool = True  # letters leave byte for byte as they were given


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    if dovecot_binary() is None:
        pytest.skip("Dovecot is not installed")
    server = Dovecot()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def smtp(postman: Postman) -> Iterator[SmtpServer]:
    server = SmtpServer(postman)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def account(dovecot: Dovecot) -> str:
    """A fresh mailbox on the server."""
    return f"help-{next(_serial)}@desk.example"


@pytest.fixture
def options(request: pytest.FixtureRequest) -> dict[str, Any]:
    server: Dovecot = request.getfixturevalue("dovecot")
    sending: SmtpServer = request.getfixturevalue("smtp")
    return {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "smtp_host": "127.0.0.1",
        "smtp_port": sending.port,
        "smtp_login": USER,
    }


def _folder_post(root: Path) -> Post:
    transport = FolderTransport({"folder": str(root)})
    transport.check()
    inbox = mailbox.Maildir(str(root / "inbox"), create=True)

    def take_away() -> None:
        for path in (root / "inbox" / "new").iterdir():
            path.unlink()

    def left() -> list[bytes]:
        outbox = mailbox.Maildir(str(root / "outbox"), create=True)
        return [outbox.get_bytes(key) for key in outbox.keys()]

    return Post(transport, lambda raw: str(inbox.add(raw)) and None, left, take_away)


def _ews_post(root: Path, scheme: str) -> Iterator[Post]:
    server = EwsServer({USER: PASSWORD}, root, (scheme,))
    server.start()
    transport = EwsTransport({"server": server.url}, USER, PASSWORD)

    def take_away() -> None:
        for item in server.store.named("inbox"):
            server.store.remove(item.id)

    yield Post(
        transport,
        lambda raw: server.deliver(raw) and None,
        lambda: [mime for _people, mime in server.sent],
        take_away,
    )
    transport.close()
    server.stop()


def signed_in(server: GraphServer, path: Path, key: str = "key", **options: Any) -> MicrosoftTokens:
    """Tokens of whoever entered the code, by the real library."""
    tokens = MicrosoftTokens(server.options | options, USER, SealedFile(path / "sealed", key))
    server.signed_in = ""
    flow = tokens.begin()
    assert tokens.step(flow) is None
    server.signed_in = server.user
    assert tokens.step(flow) == server.user
    return tokens


def _graph_post(root: Path) -> Iterator[Post]:
    server = GraphServer((USER,), make_certificate(root))
    server.start()
    tokens = signed_in(server, root)
    transport = GraphTransport(server.options, USER, tokens)

    def take_away() -> None:
        for item in server.store.named("inbox"):
            server.store.remove(item)

    yield Post(
        transport,
        lambda raw: server.deliver(raw) and None,
        lambda: [mime for _people, mime in server.sent],
        take_away,
        exact=False,
    )
    transport.close()
    tokens.close()
    server.stop()


def _imap_post(request: pytest.FixtureRequest) -> Iterator[Post]:
    """The server in this process: on machines without Dovecot too."""
    server = ImapServer(USER, PASSWORD)
    server.start()
    postman: Postman = request.getfixturevalue("postman")
    sending: SmtpServer = request.getfixturevalue("smtp")
    options = {"host": "127.0.0.1", "port": server.port, "security": "none", "smtp_port": sending.port}
    transport = ImapSmtpTransport(options, USER, PASSWORD)

    def take_away() -> None:
        server.folders["INBOX"].letters.clear()

    left: Callable[[], list[bytes]] = lambda: [content for _, _, content in postman.letters]  # noqa: E731
    yield Post(transport, lambda raw: server.deliver(raw) and None, left, take_away)
    transport.close()
    server.stop()


@pytest.fixture(params=["folder", "imap", "imap in process", "ews Basic", "ews NTLM", "graph"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    if request.param == "folder":
        yield _folder_post(tmp_path / "mail")
        return
    if request.param.startswith("ews"):
        yield from _ews_post(tmp_path, request.param.split()[1])
        return
    if request.param == "imap in process":
        yield from _imap_post(request)
        return
    if request.param == "graph":
        yield from _graph_post(tmp_path)
        return
    server: Dovecot = request.getfixturevalue("dovecot")
    user: str = request.getfixturevalue("account")
    postman: Postman = request.getfixturevalue("postman")
    transport = ImapSmtpTransport(request.getfixturevalue("options"), user, PASSWORD)
    other = server.client(user)

    def take_away() -> None:
        other.select("INBOX")
        other.store("1:*", "+FLAGS.SILENT", r"(\Deleted)")
        other.expunge()

    yield Post(
        transport,
        lambda raw: other.append("INBOX", "", "", raw) and None,
        lambda: [content for _, _, content in postman.letters],
        take_away,
    )
    transport.close()
    other.logout()


def letter(number: int, body: str = "Не печатает.") -> bytes:
    return (
        f"From: ivan@example.ru\r\nTo: {USER}\r\nSubject: letter {number}\r\nMessage-ID: <{number}@example.ru>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + body.encode() + b"\r\n"  # fmt: skip


def ours(letter_id: str = "01890000-0000-7000-8000-000000000001") -> bytes:
    return build(
        Outbound(
            letter_id,
            f"{letter_id}@desk.example",
            ("Служба поддержки", USER),
            (("Иван Петров", "ivan@example.ru"),),
            "Принтер",
            ".точка в начале строки\n..две\nОтвет",
            datetime(2026, 11, 3, 8, 42, tzinfo=UTC),
            number=4117,
        )
    )


def told(raw: bytes) -> tuple[object, ...]:
    """What a letter says, however it was written down."""
    found = parse(raw)
    return (
        found.sender,
        found.to,
        found.subject,
        found.text.strip(),
        found.message_id,
        found.header("x-deskapp-letter"),
    )


def same(left: bytes, right: bytes) -> bool:
    return left.replace(b"\r\n", b"\n").rstrip() == right.replace(b"\r\n", b"\n").rstrip()


def test_check_says_that_it_works(post: Post) -> None:
    checked = post.transport.check()
    assert checked.works and checked.code and checked.error is None, checked.error


def test_letters_come_whole_and_oldest_first(post: Post) -> None:
    for number in range(3):
        post.deliver(letter(number))
    listing = post.transport.listing("", 10)
    read = [post.transport.read(remote_id) for remote_id in listing.remote_ids]
    assert [parse(one.raw).subject for one in read if one] == ["letter 0", "letter 1", "letter 2"]
    assert all(one is not None and same(one.raw, letter(number)) for number, one in enumerate(read))
    for one in read:
        assert one is not None and one.received_at is not None and one.received_at.tzinfo is not None
        assert abs((datetime.now(UTC) - one.received_at).total_seconds()) < 600


def test_reading_does_not_mark_a_letter(post: Post) -> None:
    post.deliver(letter(1))
    first = post.transport.listing("", 10)
    post.transport.read(first.remote_ids[0])
    assert post.transport.listing("", 10).remote_ids == first.remote_ids


def test_more_letters_than_asked_for_come_in_the_next_listing(post: Post) -> None:
    for number in range(5):
        post.deliver(letter(number))
    seen: list[str] = []
    state = ""
    for _ in range(3):
        listing = post.transport.listing(state, 2)
        for remote_id in listing.remote_ids:
            fetched = post.transport.read(remote_id)
            assert fetched is not None
            seen.append(parse(fetched.raw).subject)
            post.transport.file_away(remote_id)
        state = listing.state
    assert seen == [f"letter {number}" for number in range(5)]
    assert post.transport.listing(state, 2).remote_ids == ()


def test_a_letter_that_somebody_took_away_is_none(post: Post) -> None:
    post.deliver(letter(1))
    listing = post.transport.listing("", 10)
    post.take_away()
    assert post.transport.read(listing.remote_ids[0]) is None
    post.transport.file_away(listing.remote_ids[0])


def test_a_person_who_tidies_up_in_the_middle_of_intake_loses_and_doubles_nothing(post: Post, tmp_path: Path) -> None:
    """Half the letters are read when a person takes all away and one more comes; later the person puts them back."""
    world.furnish(Profile(tmp_path / "desk"))
    desk = world.open_world(tmp_path / "desk")
    try:
        for number in range(6):
            post.deliver(letter(number))
        seen = 0
        state = ""

        def waiting(ids: tuple[str, ...]) -> Iterator[Waiting]:
            nonlocal seen
            for remote_id in ids:
                fetched = post.transport.read(remote_id)
                if fetched is None:
                    continue
                seen += 1
                if seen == 3:
                    post.take_away()
                    post.deliver(letter(6))
                yield Waiting(fetched.raw, remote_id, fetched.received_at, remote_id=remote_id)

        def intake() -> None:
            nonlocal state
            listing = post.transport.listing(state, 10)
            for batch in stages.take_many(desk, waiting(listing.remote_ids)):
                for taken in batch:
                    post.transport.file_away(taken.remote_id)
            state = listing.state

        intake()
        intake()
        subjects = {row[0] for row in desk.replica.rows("SELECT subject FROM ticket")}
        assert {"letter 0", "letter 1", "letter 2", "letter 6"} <= subjects
        for number in range(6):
            post.deliver(letter(number))
        intake()
        rows = desk.replica.rows("SELECT subject, count(*) FROM ticket GROUP BY 1 ORDER BY 1")
        assert rows == [(f"letter {number}", 1) for number in range(7)]
        assert desk.replica.value("SELECT count(*) FROM journal WHERE stage <> 'done'") == 0
    finally:
        desk.replica.disconnect()


def test_filing_away_twice_is_harmless(post: Post) -> None:
    post.deliver(letter(1))
    listing = post.transport.listing("", 10)
    post.transport.file_away(listing.remote_ids[0])
    post.transport.file_away(listing.remote_ids[0])
    assert post.transport.listing(listing.state, 10).remote_ids == ()


def test_a_letter_leaves_as_it_is_and_is_found_among_the_sent(post: Post) -> None:
    raw = ours()
    assert not post.transport.find_sent("01890000-0000-7000-8000-000000000001")
    post.transport.send(raw, USER, ["ivan@example.ru"])
    (left,) = post.left()
    assert same(left, raw) or not post.exact
    assert told(left) == told(raw)
    assert post.transport.find_sent("01890000-0000-7000-8000-000000000001")
    assert not post.transport.find_sent("01890000-0000-7000-8000-000000000002")


def test_of_an_oversize_letter_only_the_beginning_is_read(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (folder_module, imap_smtp, ews_module, graph_module):
        monkeypatch.setattr(module, "MAX_LETTER", 2000)
        monkeypatch.setattr(module, "_BEGINNING", 1000)
    post.deliver(letter(1, "я" * 5000))
    fetched = post.transport.read(post.transport.listing("", 10).remote_ids[0])
    assert fetched is not None and len(fetched.raw) < 1100
    read = parse(fetched.raw)
    assert read.subject == "letter 1"
    assert any("too large" in problem for problem in read.problems)


def test_closing_is_no_end(post: Post) -> None:
    post.deliver(letter(1))
    post.transport.close()
    assert len(post.transport.listing("", 10).remote_ids) == 1
    post.transport.close()
    post.transport.close()


# --- the folder ----------------------------------------------------------------------------------------------


def test_files_dropped_into_the_inbox_are_read(tmp_path: Path) -> None:
    post = _folder_post(tmp_path / "mail")
    (tmp_path / "mail" / "inbox" / "письмо.eml").write_bytes(letter(7))
    listing = post.transport.listing("", 10)
    assert listing.remote_ids == ("письмо.eml",)
    post.transport.file_away("письмо.eml")
    assert post.transport.listing("", 10).remote_ids == ()


def test_a_file_that_is_still_being_copied_comes_again(tmp_path: Path) -> None:
    post = _folder_post(tmp_path / "mail")
    path = tmp_path / "mail" / "inbox" / "slow.eml"
    path.write_bytes(letter(7)[:100])
    assert post.transport.read("slow.eml") is not None
    path.write_bytes(letter(7))
    post.transport.file_away("slow.eml")
    fetched = post.transport.read(post.transport.listing("", 10).remote_ids[0])
    assert fetched is not None and fetched.raw == letter(7)


def test_a_folder_that_cannot_be_made_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentTrouble):
        FolderTransport({"folder": str(tmp_path / "file" / "mail")}).listing("", 10)


# --- IMAP ----------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_tried_once(dovecot: Dovecot, account: str, options: dict[str, Any]) -> None:
    transport = ImapSmtpTransport(options, account, "wrong")
    for _ in range(3):
        with pytest.raises(WrongPassword):
            transport.listing("", 10)
    assert dovecot.log().count(f"static({account},127.0.0.1") == 1
    checked = transport.check()
    assert not checked.works and "password" in str(checked.error) and "wrong" not in str(checked.error)


def test_renumbered_letters_are_listed_again(dovecot: Dovecot, account: str, options: dict[str, Any]) -> None:
    transport = ImapSmtpTransport(options, account, PASSWORD)
    other = dovecot.client(account)
    other.append("INBOX", "", "", letter(1))
    first = transport.listing("", 10)
    transport.close()
    other.logout()
    dovecot.renumber(account)
    second = transport.listing(first.state, 10)
    assert len(second.remote_ids) == 1 and second.remote_ids != first.remote_ids
    assert transport.read(first.remote_ids[0]) is None
    transport.file_away(first.remote_ids[0])
    assert transport.read(second.remote_ids[0]) is not None
    transport.close()


def test_letters_are_moved_to_a_folder_with_a_russian_name(
    dovecot: Dovecot, account: str, options: dict[str, Any]
) -> None:
    transport = ImapSmtpTransport(options | {"after": "move", "processed": "Принятые & готовые"}, account, PASSWORD)
    other = dovecot.client(account)
    other.append("INBOX", "", "", letter(1))
    listing = transport.listing("", 10)
    transport.file_away(listing.remote_ids[0])
    transport.file_away(listing.remote_ids[0])
    assert int(other.select("INBOX")[1][0] or 0) == 0
    assert int(other.select('"&BB8EQAQ4BD0ETwRCBEsENQ- &- &BDMEPgRCBD4EMgRLBDU-"')[1][0] or 0) == 1
    transport.close()
    other.logout()


def test_the_copy_goes_where_the_server_keeps_sent_letters(
    dovecot: Dovecot, account: str, options: dict[str, Any]
) -> None:
    transport = ImapSmtpTransport(options, account, PASSWORD)
    transport.send(ours(), USER, ["ivan@example.ru"])
    other = dovecot.client(account)
    assert int(other.select('"Sent Items"')[1][0] or 0) == 1
    transport.close()
    other.logout()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_encrypted_connections_need_a_trusted_certificate(
    dovecot: Dovecot, account: str, options: dict[str, Any], security: str
) -> None:
    encrypted = options | {
        "security": security,
        "port": dovecot.tls_port if security == "tls" else dovecot.port,
        "smtp_security": "none",
    }
    with pytest.raises(EnvironmentTrouble, match="certificate"):
        ImapSmtpTransport(encrypted, account, PASSWORD).listing("", 10)
    transport = ImapSmtpTransport(encrypted | {"ca_file": str(dovecot.certificate)}, account, PASSWORD)
    assert transport.listing("", 10).remote_ids == ()
    transport.close()


def test_a_connection_that_the_server_ended_is_opened_again(
    dovecot: Dovecot, account: str, options: dict[str, Any]
) -> None:
    transport = ImapSmtpTransport(options, account, PASSWORD)
    transport.listing("", 10)
    assert transport._box is not None
    line = transport._box.client.sock
    dovecot.kick(account)
    while line.recv(4096):  # the server ends it a moment after it was told to, with words
        pass
    assert transport.listing("", 10).remote_ids == ()
    transport.close()


def test_a_server_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    from tests.sync.mail.servers import free_port

    transport = ImapSmtpTransport({"host": "127.0.0.1", "port": free_port(), "security": "none"}, USER, PASSWORD)
    with pytest.raises(EnvironmentTrouble):
        transport.listing("", 10)
    assert not transport.check().works


def test_a_mistyped_security_is_refused() -> None:
    with pytest.raises(UserFacingError, match="ssl3"):
        ImapSmtpTransport({"host": "127.0.0.1", "security": "ssl3"}, USER, PASSWORD)


# --- SMTP ----------------------------------------------------------------------------------------------------


@pytest.fixture
def sender(smtp: SmtpServer) -> Iterator[SmtpSender]:
    found = SmtpSender({"smtp_host": "127.0.0.1", "smtp_port": smtp.port, "smtp_security": "none"}, USER, PASSWORD)
    yield found
    found.close()


def test_several_letters_go_over_one_login(sender: SmtpSender, postman: Postman) -> None:
    for number in range(3):
        sender.send(ours(f"letter-{number}"), USER, ["ivan@example.ru", "anna@пример.рф", "ivan@example.ru"])
    assert [found[1] for found in postman.letters] == [["ivan@example.ru", "anna@xn--e1afmkfd.xn--p1ai"]] * 3
    assert postman.logins == [True]


def test_one_refused_recipient_stops_the_letter_for_all(sender: SmtpSender, postman: Postman) -> None:
    postman.refuse["gone@example.ru"] = "550 5.1.1 No such user"
    with pytest.raises(LetterRefused, match=r"gone@example\.ru 550"):
        sender.send(ours(), USER, ["ivan@example.ru", "gone@example.ru"])
    assert postman.letters == []
    sender.send(ours(), USER, ["ivan@example.ru"])
    assert len(postman.letters) == 1


def test_a_busy_server_is_trouble_and_nothing_left(sender: SmtpSender, postman: Postman) -> None:
    postman.refuse["ivan@example.ru"] = "451 4.7.1 Try again later"
    with pytest.raises(EnvironmentTrouble):
        sender.send(ours(), USER, ["ivan@example.ru"])
    postman.refuse.clear()
    postman.answer_to_data = "452 4.3.1 Mail system full"
    with pytest.raises(EnvironmentTrouble):
        sender.send(ours(), USER, ["ivan@example.ru"])
    postman.answer_to_data = "554 5.7.1 Spam"
    with pytest.raises(LetterRefused):
        sender.send(ours(), USER, ["ivan@example.ru"])
    assert postman.letters == []


def test_a_connection_lost_after_the_last_line_is_undecided(sender: SmtpSender, postman: Postman) -> None:
    postman.hang_up_before_answer = True
    with pytest.raises(Undecided):
        sender.send(ours(), USER, ["ivan@example.ru"])
    postman.hang_up_before_answer = False
    sender.send(ours("second"), USER, ["ivan@example.ru"])
    assert len(postman.letters) == 2


def test_a_wrong_password_for_sending_is_tried_once(smtp: SmtpServer, postman: Postman) -> None:
    sender = SmtpSender({"smtp_host": "127.0.0.1", "smtp_port": smtp.port, "smtp_security": "none"}, USER, "wrong")
    for _ in range(3):
        with pytest.raises(WrongPassword):
            sender.send(ours(), USER, ["ivan@example.ru"])
    assert postman.logins == [False]


def test_starttls_for_sending(postman: Postman, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    server = SmtpServer(postman, certificate)
    server.start()
    try:
        options = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": "starttls"}
        with pytest.raises(EnvironmentTrouble, match="certificate"):
            SmtpSender(options, USER, PASSWORD).send(ours(), USER, ["ivan@example.ru"])
        sender = SmtpSender(options | {"ca_file": str(certificate)}, USER, PASSWORD)
        sender.send(ours(), USER, ["ivan@example.ru"])
        sender.close()
    finally:
        server.stop()
    assert len(postman.letters) == 1 and postman.logins == [True]


def test_a_copy_that_cannot_be_kept_unsends_no_letter(tmp_path: Path) -> None:
    """Else it would wait, be put into the folder again, and leave twice."""
    transport = FolderTransport({"folder": str(tmp_path)})
    assert transport.check().works
    for part in ("tmp", "new", "cur"):
        (tmp_path / "sent" / part).rmdir()
    (tmp_path / "sent" / "tmp").write_text("no folder")
    transport.send(ours(), USER, ["ivan@example.ru"])
    assert len(list((tmp_path / "outbox" / "new").iterdir())) == 1 and transport.find_sent(
        "01890000-0000-7000-8000-000000000001"
    )


def test_a_letter_that_was_being_put_into_the_folder_has_not_left(tmp_path: Path) -> None:
    """Killed between writing and naming it: nobody takes what lies among the unfinished."""
    transport = FolderTransport({"folder": str(tmp_path)})
    transport.send(ours("whole"), USER, ["ivan@example.ru"])
    (tmp_path / "outbox" / "tmp" / "1.half").write_bytes(ours("half"))
    assert transport.find_sent("whole") and not transport.find_sent("half")
