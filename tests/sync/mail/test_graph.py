"""Exchange Online by Microsoft Graph: signing in, and what only Graph does, rightly and wrongly. What all transports do
is in test_transports.py."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.core.sealed import SealedFile
from deskapp.sync.mail import graph, web
from deskapp.sync.mail.compose import Outbound, OutboundFile, build
from deskapp.sync.mail.graph import GraphTransport
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.tokens import MicrosoftTokens, RefreshTokens, SignInNeeded
from deskapp.sync.mail.transports import LetterRefused, Undecided
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.rounds import gives_up, read_all, subjects
from tests.sync.mail.servers import USER, make_certificate
from tests.sync.mail.test_transports import letter, ours, same, signed_in

LETTER_ID = "01890000-0000-7000-8000-000000000001"
ANNA = "anna@desk.example"
Open = Callable[..., GraphTransport]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(certificate: Path) -> Iterator[GraphServer]:
    found = GraphServer((USER, ANNA), certificate)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def tokens(server: GraphServer, tmp_path: Path) -> Iterator[MicrosoftTokens]:
    found = signed_in(server, tmp_path)
    server.calls.clear()
    yield found
    found.close()


@pytest.fixture
def opened(server: GraphServer, tokens: MicrosoftTokens) -> Iterator[Open]:
    made: list[GraphTransport] = []

    def make(**options: Any) -> GraphTransport:
        made.append(GraphTransport(server.options | options, USER, tokens))
        return made[-1]

    yield make
    for transport in made:
        transport.close()


def answer(
    letter_id: str = LETTER_ID, in_reply_to: str = "1@example.ru", files: tuple[OutboundFile, ...] = ()
) -> bytes:
    return build(
        Outbound(
            letter_id,
            f"{letter_id}@desk.example",
            ("Служба поддержки", USER),
            (("Иван Петров", "ivan@example.ru"),),
            "Принтер",
            "Будет готово 5 ноября.",
            datetime(2026, 11, 3, 8, 42, tzinfo=UTC),
            number=4117,
            in_reply_to=in_reply_to,
            automatic=True,
            files=files,
        )
    )


# --- signing in --------------------------------------------------------------------------------------------------


def test_a_sign_in_is_kept_sealed_and_serves_the_next_start(server: GraphServer, tmp_path: Path) -> None:
    tokens = MicrosoftTokens(server.options, USER, SealedFile(tmp_path / "sealed", "key"))
    with pytest.raises(SignInNeeded):
        tokens.token()
    flow = tokens.begin()
    assert flow["user_code"] == "ABCD1234" and flow["verification_uri"].startswith("https://microsoft.com/")
    assert tokens.step(flow) is None and tokens.step(flow) is None
    server.signed_in = USER
    assert tokens.step(flow) == USER
    first = tokens.token()
    assert tokens.token() == first, "it is good for an hour"
    tokens.close()
    assert first.encode() not in (tmp_path / "sealed").read_bytes()
    again = MicrosoftTokens(server.options, USER, SealedFile(tmp_path / "sealed", "key"))
    assert again.token() == first
    fresh = again.token(fresh=True)
    assert fresh != first
    again.close()
    third = MicrosoftTokens(server.options, USER, SealedFile(tmp_path / "sealed", "key"))
    assert third.token() == fresh, "what was renewed is kept too"
    third.close()
    with pytest.raises(SignInNeeded):
        MicrosoftTokens(server.options, USER, SealedFile(tmp_path / "sealed", "another key")).token()


def test_a_declined_sign_in_and_a_late_one_are_told(server: GraphServer, tmp_path: Path) -> None:
    tokens = MicrosoftTokens(server.options, USER, SealedFile(tmp_path / "sealed", "key"))
    flow = tokens.begin()
    server.signed_in = "!"
    with pytest.raises(UserFacingError, match="declined"):
        tokens.step(flow)
    flow = tokens.begin()
    for code in server.codes.values():
        code["until"] = 0
    with pytest.raises(UserFacingError, match="too old"):
        tokens.step(flow)
    tokens.close()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"client_id": "unknown"}, "AADSTS700016: no such application"),
        ({"client_id": ""}, "registers one"),
        ({"tenant": "elsewhere"}, "sign-in server cannot be used"),
        ({"ca_file": ""}, "certificate"),
    ],
)
def test_a_wrong_registration_is_told(server: GraphServer, tmp_path: Path, options: dict[str, str], words: str) -> None:
    with pytest.raises(UserFacingError, match=words):
        MicrosoftTokens(server.options | options, USER, SealedFile(tmp_path / "sealed", "key")).begin()


def test_tokens_are_renewed_silently(server: GraphServer, tmp_path: Path) -> None:
    server.lifetime = 60  # too short to be used twice
    tokens = signed_in(server, tmp_path / "short")
    transport = GraphTransport(server.options, USER, tokens)
    server.deliver(letter(1))
    server.calls.clear()
    assert subjects(read_all(transport)[0]) == ["letter 1"]
    assert server.calls.count("token") == len(server.calls) - server.calls.count("token")
    transport.close()
    tokens.close()


def test_a_withdrawn_token_is_renewed_once_and_then_a_person_is_asked(server: GraphServer, opened: Open) -> None:
    transport = opened()
    transport.listing("", 10)
    server.access.clear()
    assert transport.listing("", 10).remote_ids == ()
    assert server.calls.count("token") == 1
    server.access.clear()
    server.refresh.clear()
    for _ in range(3):
        with pytest.raises(SignInNeeded) as caught:
            transport.listing("", 10)
    assert isinstance(caught.value, WrongPassword) and USER in str(caught.value)
    assert server.calls.count("token") == 2, "asked once, then it rests"
    assert not transport.check().works


def test_a_mailbox_that_refuses_even_a_new_token_is_left_alone(server: GraphServer, opened: Open) -> None:
    """A rule of the company that shuts somebody out: asking on and on would look like an attack."""
    transport = opened()
    transport.listing("", 10)
    server.calls.clear()
    server.fail("delta", "status:401", times=99)
    for _ in range(3):
        with pytest.raises(SignInNeeded):
            transport.listing("", 10)
    assert (server.calls.count("delta"), server.calls.count("token")) == (2, 1), "once more with a new token, then none"


def test_trouble_of_the_token_server_is_no_lost_sign_in(server: GraphServer, opened: Open) -> None:
    transport = opened()
    transport.listing("", 10)
    server.access.clear()
    server.fail("token", "hangup")
    with pytest.raises(EnvironmentTrouble, match="reached"):
        transport.listing("", 10)
    assert transport.listing("", 10).remote_ids == ()
    server.access.clear()
    server.fail("token", "status:503")
    with pytest.raises(EnvironmentTrouble, match="sign-in server"):
        transport.listing("", 10)


def test_another_providers_refresh_token(server: GraphServer, tmp_path: Path) -> None:
    (refresh,) = [server.tokens(USER, "mail")["refresh_token"]]
    options = server.options | {"token_url": f"{server.url}/firm.example/oauth2/v2.0/token"}
    tokens = RefreshTokens(options, USER, refresh, SealedFile(tmp_path / "kept", refresh))
    first = tokens.token()
    assert tokens.token() == first and server.calls.count("token") == 1
    assert tokens.token(fresh=True) != first, "the provider gave another refresh token, and that one was used"
    again = RefreshTokens(options, USER, refresh, SealedFile(tmp_path / "kept", refresh))
    again.token()
    again.token(fresh=True)
    server.refresh.clear()
    calls = server.calls.count("token")
    for _ in range(2):
        with pytest.raises(SignInNeeded):
            again.token(fresh=True)
    assert server.calls.count("token") == calls + 1
    for one in (tokens, again):
        one.close()
    with pytest.raises(UserFacingError, match="token server"):
        RefreshTokens({}, USER, refresh, SealedFile(tmp_path / "kept", refresh))


# --- letters in --------------------------------------------------------------------------------------------------


def test_a_shared_mailbox_is_opened_with_the_rights_of_whoever_signed_in(server: GraphServer, tmp_path: Path) -> None:
    server.user, delegate = ANNA, server.options | {"login": ANNA}
    tokens = signed_in(server, tmp_path)
    transport = GraphTransport(delegate, USER, tokens)
    with pytest.raises(UserFacingError, match="right to open it"):
        transport.listing("", 10)
    server.rights[ANNA].add(USER)
    server.deliver(letter(1), USER)
    assert subjects(read_all(transport)[0]) == ["letter 1"]
    transport.send(answer(), USER, ["ivan@example.ru"])
    (kept,) = server.stores[USER].named("sentitems")
    assert parse(kept.mime).sender.address == USER and not server.stores[ANNA].items
    transport.close()
    tokens.close()


@pytest.mark.parametrize("duplicates", [False, True])
def test_pages_come_in_order_and_each_letter_once(
    server: GraphServer, opened: Open, monkeypatch: pytest.MonkeyPatch, duplicates: bool
) -> None:
    monkeypatch.setattr(graph, "_PAGE", 7)
    server.duplicates = duplicates
    for number in range(30):
        server.deliver(letter(number))
    transport = opened(after="category")
    state, found = "", []
    for _ in range(5):
        some, state = read_all(transport, state, 8)
        found += some
        transport.close()  # the state alone says where to go on
    assert subjects(found) == [f"letter {number}" for number in range(30)]
    server.deliver(letter(30))
    assert subjects(read_all(transport, state)[0]) == ["letter 30"]


def test_letters_are_filed_away_in_each_way(server: GraphServer, opened: Open) -> None:
    def around(**options: Any) -> Any:
        item = server.deliver(letter(1))
        item.categories = ["Важное"]
        read_all(opened(**options))
        return item

    assert around(after="seen").is_read
    flagged = around(after="flag")
    assert flagged.flag == "flagged" and flagged.is_read
    assert around(after="category", category="Заявки").categories == ["Важное", "Заявки"]
    left = around(after="leave")
    assert not left.is_read and server.store.folders[left.folder].name == "Inbox"
    moved = around(after="move", processed="Принято/Сегодня")
    folder = server.store.folders[moved.folder]
    assert folder.name == "Сегодня" and server.store.folders[folder.parent].name == "Принято"
    server.calls.clear()
    assert around(after="move", processed="принято/сегодня").folder == folder.id
    assert len([one for one in server.store.folders.values() if one.name == "Сегодня"]) == 1


def test_a_folder_that_a_person_deleted_is_made_again(server: GraphServer, opened: Open) -> None:
    transport = opened(after="move", processed="Принято")
    server.deliver(letter(1))
    _found, state = read_all(transport)
    (gone,) = [one.id for one in server.store.folders.values() if one.name == "Принято"]
    del server.store.folders[gone]
    for number in (2, 3):
        server.deliver(letter(number))
    found, _state = read_all(transport, state)
    assert subjects(found) == ["letter 2", "letter 3"]
    assert "letter 3" in [parse(one.mime).subject for one in server.store.named("Принято")]


def test_ids_stay_when_a_person_moves_a_letter(server: GraphServer, opened: Open) -> None:
    item = server.deliver(letter(1))
    transport = opened()
    listing = transport.listing("", 10)
    server.store.move(item, "deleteditems")
    fetched = transport.read(listing.remote_ids[0])
    assert fetched is not None and same(fetched.raw, letter(1))
    transport.file_away(listing.remote_ids[0])
    assert item.folder == "deleteditems" and item.is_read
    assert item.id != item.volatile, "without the wish for immutable ids it would be another now"


def test_another_folder_is_read(server: GraphServer, opened: Open) -> None:
    transport = opened(folder="Support")
    with pytest.raises(UserFacingError, match="Support"):
        transport.listing("", 10)
    from tests.sync.mail.graph_server import Folder

    server.store.folders["f"] = Folder("f", "Support", "inbox")
    server.store.put("f", letter(1))
    server.deliver(letter(2))
    assert subjects(read_all(transport)[0]) == ["letter 1"]


def test_an_expired_state_lists_all_again(server: GraphServer, opened: Open) -> None:
    server.deliver(letter(1))
    transport = opened()
    _found, state = read_all(transport)
    server.store.epoch += 1
    server.deliver(letter(2))
    assert subjects(read_all(transport, state)[0]) == ["letter 1", "letter 2"]
    _found, state = read_all(transport)
    server.fail("delta", "error:400:SyncStateNotFound")
    assert subjects(read_all(transport, state)[0]) == ["letter 1", "letter 2"]
    for odd in ("no state at all", '{"link": "https://elsewhere.example/v1.0/me"}', "[1]"):
        assert len(read_all(transport, odd)[0]) == 2, "our token goes to nobody else"


def test_a_letter_without_mime_is_told_in_words(server: GraphServer, opened: Open) -> None:
    for number in range(3):
        server.deliver(letter(number, "Не печатает совсем."))
    server.store.named("inbox")[1].damaged = True
    found, _state = read_all(opened())
    assert subjects(found) == ["letter 0", "letter 1", "letter 2"]
    assert "Не печатает совсем." in parse(found[1]).text


# --- an unkind server --------------------------------------------------------------------------------------------


def test_a_short_wait_is_waited_for_and_a_long_one_is_told(server: GraphServer, opened: Open) -> None:
    transport = opened()
    server.deliver(letter(1))
    server.fail("delta", "busy:0.4", times=2)
    began = time.monotonic()
    assert len(transport.listing("", 10).remote_ids) == 1
    assert time.monotonic() - began >= 0.8, "as long as the server asked, each time"
    server.fail("delta", "busy:297")
    with pytest.raises(EnvironmentTrouble, match="busy") as caught:
        transport.listing("", 10)
    assert caught.value.retry_after == 297
    server.fail("delta", "status:503")
    with pytest.raises(EnvironmentTrouble, match="busy"):
        transport.listing("", 10)


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        ("297", 297, 297), ("1.5", 1.5, 1.5), ("0", 0, 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 2e9, 4e9), ("soon", None, None), ("-5", None, None), ("", None, None),
        ("nan", None, None), ("31 Dec 99999", None, None),
    ],
)  # fmt: skip
def test_how_long_to_stay_away_is_told_in_seconds_or_as_a_date(
    told: str, least: float | None, most: float | None
) -> None:
    """The second by proxies on the way; without it a server that wants minutes was asked again after ten seconds."""
    found = web.Answer(503, {"Retry-After": told}, b"").retry_after()
    assert found is least if least is None or most is None else found is not None and least <= found <= most


def test_closing_ends_the_waiting(server: GraphServer, opened: Open) -> None:
    transport = opened()
    transport.listing("", 10)
    server.fail("delta", "busy:4", times=9)
    assert gives_up(transport, transport.line.wake)


@pytest.mark.parametrize("how", ["hangup", "deaf", "status:502", "status:500", "status:503"])
@pytest.mark.parametrize("operation", ["delta", "$value", "PATCH message", "move"])
def test_trouble_while_reading_loses_nothing(server: GraphServer, opened: Open, operation: str, how: str) -> None:
    for number in range(3):
        server.deliver(letter(number))
    transport = opened(after="move")
    server.fail(operation, how)
    found: list[bytes] = []
    for _ in range(2):
        try:
            found += read_all(transport)[0]
        except UserFacingError:
            transport.close()
    left = [item.mime for item in server.store.named("inbox")]
    assert {parse(raw).subject for raw in [*found, *left]} >= {"letter 1", "letter 2"}
    assert len(server.store.items) == 3
    assert subjects(read_all(transport)[0]) == subjects(left)


def test_a_slow_answer_ends_as_trouble(server: GraphServer, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = opened()
    transport.check()
    server.fail("delta", "slow")
    monkeypatch.setattr(transport.line._web, "ask", _hurried(transport.line._web))
    server.calls.clear()
    with pytest.raises(EnvironmentTrouble):
        transport.listing("", 10)
    assert server.calls.count("delta") == 1, "a slow server is not asked twice"


def _hurried(line: web.Web) -> Callable[..., web.Answer]:
    real = line.ask
    return lambda *args, **more: real(*args, **more, timeout=1.0)


# --- letters out -------------------------------------------------------------------------------------------------


def test_an_answer_stays_in_the_conversation_with_our_id_and_mark(server: GraphServer, opened: Open) -> None:
    asked = server.deliver(letter(1))
    transport = opened()
    transport.send(answer(), USER, ["ivan@example.ru", "boss@example.ru"])
    (kept,) = server.store.named("sentitems")
    assert kept.conversation == asked.conversation
    (people, raw) = server.sent[0]
    left = parse(raw)
    assert sorted(people) == ["boss@example.ru", "ivan@example.ru"], "who is not named gets it too"
    assert left.in_reply_to == "1@example.ru" and left.message_id == f"{LETTER_ID}@desk.example"
    assert left.subject == "[#4117] Принтер" and left.text.strip() == "Будет готово 5 ноября."
    assert left.header("x-deskapp-letter") == LETTER_ID and left.header("x-auto-response-suppress") == "All"
    assert left.sender.name == "Служба поддержки" and "boss" not in raw.decode()
    assert transport.find_sent(LETTER_ID) and not transport.find_sent("o'ther")


def test_an_answer_to_what_is_not_there_leaves_as_a_letter_of_its_own(server: GraphServer, opened: Open) -> None:
    opened().send(answer(in_reply_to="gone@example.ru"), USER, ["ivan@example.ru"])
    assert len(server.sent) == 1 and "createReply" not in server.calls


def test_files_go_with_it_and_large_ones_in_pieces(server: GraphServer, opened: Open) -> None:
    large = bytes(range(256)) * 4 * 1024 * 9  # nine megabytes
    files = (
        OutboundFile("снимок.png", "image/png", b"\x89PNG small", "pic", True),
        OutboundFile("журнал.bin", "application/octet-stream", large),
    )
    server.fail("upload", "hangup")
    server.fail("upload", "deaf")
    server.fail("upload", "busy:0")
    opened().send(answer(files=files), USER, ["ivan@example.ru"])
    read = parse(server.sent[0][1])
    assert {one.name: one.data for one in read.attachments} == {"снимок.png": b"\x89PNG small", "журнал.bin": large}
    assert 'src="cid:pic"' in read.html


def test_an_upload_that_never_ends_well_leaves_no_draft(server: GraphServer, opened: Open) -> None:
    server.fail("upload", "status:503", times=99)
    files = (OutboundFile("журнал.bin", "application/octet-stream", b"x" * (4 * 1024 * 1024)),)
    with pytest.raises(EnvironmentTrouble):
        opened().send(answer(files=files), USER, ["ivan@example.ru"])
    assert server.sent == [] and server.store.named("drafts") == []


@pytest.mark.parametrize("operation", ["createReply", "PATCH message", "send"])
def test_a_refused_letter_leaves_no_draft(server: GraphServer, opened: Open, operation: str) -> None:
    server.deliver(letter(1))
    server.fail(operation, "error:403:ErrorSendAsDenied")
    with pytest.raises(LetterRefused, match="ErrorSendAsDenied"):
        opened().send(answer(), USER, ["ivan@example.ru"])
    assert server.sent == [] and server.store.named("drafts") == []


def test_a_refused_recipient_refuses_the_letter(server: GraphServer, opened: Open) -> None:
    server.refused.add("ivan@example.ru")
    with pytest.raises(LetterRefused, match="ErrorInvalidRecipients"):
        opened().send(ours(), USER, ["ivan@example.ru"])
    assert server.sent == []


def test_a_letter_whose_answer_was_lost_is_looked_up(server: GraphServer, opened: Open) -> None:
    server.fail("send", "deaf")
    opened().send(ours(), USER, ["ivan@example.ru"])
    assert len(server.sent) == 1 and server.calls.count("send") == 1


@pytest.mark.parametrize("how", ["hangup", "status:504", "status:500"])
def test_a_letter_of_which_nobody_knows_is_undecided(server: GraphServer, opened: Open, how: str) -> None:
    server.fail("send", how)
    with pytest.raises(Undecided):
        opened().send(ours(), USER, ["ivan@example.ru"])
    assert server.calls.count("send") == 1 and server.sent == []


@pytest.mark.parametrize("how", ["busy:60", "status:503"])
def test_a_letter_that_surely_did_not_leave_waits(server: GraphServer, opened: Open, how: str) -> None:
    transport = opened()
    server.fail("send", how)
    with pytest.raises(EnvironmentTrouble):
        transport.send(ours(), USER, ["ivan@example.ru"])
    transport.send(ours(), USER, ["ivan@example.ru"])
    assert len(server.sent) == 1 and server.store.named("drafts") == []


def test_nothing_of_a_letter_or_a_token_is_logged(
    server: GraphServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = signed_in(server, tmp_path)
    transport = GraphTransport(server.options, USER, tokens)
    server.deliver(letter(1, "Секрет клиента"))
    read_all(transport)
    for how in ("hangup", "status:500", "busy:60", "error:400:Бывает"):
        server.fail("send", how)
        with pytest.raises(UserFacingError):
            transport.send(answer(), USER, ["ivan@example.ru"])
    server.access.clear()
    transport.listing("", 10)
    assert "Секрет" not in caplog.text and "ivan@example.ru" not in caplog.text
    for secret in [*server.access, *server.refresh, "refresh-1", "eyJ"]:
        assert secret not in caplog.text
    transport.close()
    tokens.close()
