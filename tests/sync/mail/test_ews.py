"""Exchange Server by EWS: what only Exchange does, and what it does wrong. What all transports do is in
test_transports.py."""

from __future__ import annotations

import email
import email.policy
import logging
import queue
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.clock import FixedClock
from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.core.paths import Profile
from deskapp.desk import setup, ticket
from deskapp.desk.desk import Desk
from deskapp.desk.mailport import Checked
from deskapp.sync.mail import ews, ews_line
from deskapp.sync.mail.ews import EwsTransport
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.transports import LetterRefused, Undecided
from tests.desk import world
from tests.sync.mail.ews_server import EwsServer
from tests.sync.mail.rounds import gives_up, read_all, subjects
from tests.sync.mail.servers import PASSWORD, USER, free_port, make_certificate
from tests.sync.mail.test_transports import letter, ours, same

LETTER_ID = "01890000-0000-7000-8000-000000000001"
Open = Callable[..., EwsTransport]


@pytest.fixture(params=["Basic", "NTLM"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EwsServer]:
    found = EwsServer({USER: PASSWORD, "anna@desk.example": "Anna-1"}, tmp_path)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def opened(server: EwsServer) -> Iterator[Open]:
    made: list[EwsTransport] = []

    def make(password: str = PASSWORD, address: str = USER, **options: Any) -> EwsTransport:
        made.append(EwsTransport({"server": server.url} | options, address, password))
        return made[-1]

    yield make
    for transport in made:
        transport.close()


# --- letting in --------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_tried_once(server: EwsServer, opened: Open, scheme: str) -> None:
    server.schemes = (scheme,)
    transport = opened("wrong")
    for _ in range(3):
        with pytest.raises(WrongPassword, match=r"127\.0\.0\.1"):
            transport.listing("", 10)
    with pytest.raises(WrongPassword):
        transport.send(ours(), USER, ["ivan@example.ru"])
    checked = transport.check()
    assert not checked.works and "password" in str(checked.error) and "wrong" not in str(checked.error)
    assert server.logins == [False]


def test_a_right_password_logs_in_once_for_many_requests(server: EwsServer, opened: Open, scheme: str) -> None:
    server.schemes = (scheme,)
    transport = opened()
    server.deliver(letter(1))
    read_all(transport)
    transport.send(ours(), USER, ["ivan@example.ru"])
    assert server.logins == [True]
    assert PASSWORD not in repr(vars(transport._line)["_account"])


def test_a_login_that_worked_is_tried_once_more_before_the_password_is_blamed(server: EwsServer, opened: Open) -> None:
    transport = opened()
    transport.listing("", 10)
    server.fail("SyncFolderItems", "status:401")
    with pytest.raises(EnvironmentTrouble, match="just now"):
        transport.listing("", 10)
    assert transport.listing("", 10).remote_ids == ()
    server.fail("SyncFolderItems", "status:401")
    with pytest.raises(EnvironmentTrouble):
        transport.listing("", 10)
    server.users[USER] = "changed"
    for _ in range(3):
        with pytest.raises(WrongPassword):
            transport.listing("", 10)
    assert server.logins.count(False) == 1


def test_ntlm_is_taken_where_both_are_offered(server: EwsServer, opened: Open) -> None:
    server.schemes = ("NTLM", "Basic")
    assert opened().check().works
    assert ews_line._detected[server.url] == "NTLM"


def test_a_server_with_no_login_of_ours_says_so(server: EwsServer, opened: Open) -> None:
    server.schemes = ("Negotiate",)
    with pytest.raises(EnvironmentTrouble, match="no login that is known"):
        opened().listing("", 10)


def test_a_shared_mailbox_is_opened_with_the_rights_of_the_login(server: EwsServer, opened: Open) -> None:
    transport = opened("Anna-1", login="anna@desk.example")
    with pytest.raises(UserFacingError, match="right to open it"):
        transport.listing("", 10)
    server.rights["anna@desk.example"].add(USER)
    server.deliver(letter(1))
    assert subjects(read_all(transport)[0]) == ["letter 1"]
    transport.send(ours(), USER, ["ivan@example.ru"])
    assert len(server.store.named("sentitems")) == 1, "the copy lies in the shared mailbox"
    assert not server.stores["anna@desk.example"].items


@pytest.mark.parametrize(("right", "signed"), [("as", ""), ("behalf", "anna@desk.example"), ("no", None)])
def test_a_delegates_letter_comes_from_the_shared_mailbox(
    server: EwsServer, opened: Open, scheme: str, right: str, signed: str | None
) -> None:
    """Send-as leaves no trace of who sent it, on-behalf names them beside; without a right nobody gets the letter."""
    server.schemes = (scheme,)
    server.rights["anna@desk.example"].add(USER)
    server.delegates["anna@desk.example"] = right
    transport = opened("Anna-1", login="anna@desk.example")
    if signed is None:
        with pytest.raises(LetterRefused, match="ErrorSendAsDenied"):
            transport.send(ours(), USER, ["ivan@example.ru"])
        assert not server.sent and not server.store.named("sentitems")
        return
    transport.send(ours(), USER, ["ivan@example.ru"])
    ((people, raw),) = server.sent
    left = parse(raw)
    assert people == ["ivan@example.ru"], "the sender is no recipient"
    assert left.sender.address == USER and left.header("sender") == signed
    assert transport.find_sent(left.header("x-deskapp-letter")), "the copy lies in the shared mailbox"


def test_a_server_that_lets_people_in_otherwise_now_is_asked_again(server: EwsServer, opened: Open) -> None:
    """Basic was switched off meanwhile, or another server has the address: the password is not to blame."""
    assert opened().check().works and ews_line._detected[server.url] == "basic"
    server.schemes = ("NTLM",)
    server.logins.clear()
    assert opened().check().works and ews_line._detected[server.url] == "NTLM"
    assert server.logins == [True]
    server.schemes = ("Basic",)
    server.logins.clear()
    wrong = opened("wrong")
    for _ in range(2):
        with pytest.raises(WrongPassword):
            wrong.listing("", 10)
    assert server.logins == [False], "and a wrong one is tried once all the same"
    with pytest.raises(WrongPassword):
        opened("wrong too").listing("", 10)
    assert server.logins == [False, False]


def test_two_servers_of_ntlm_know_their_own_people(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    servers = [EwsServer({USER: f"Word-{place}"}, folder, ("NTLM",)) for place, folder in enumerate(folders)]
    for server in servers:
        server.start()
    try:
        for place in (0, 1, 0):
            transport = EwsTransport({"server": servers[place].url}, USER, f"Word-{place}")
            assert transport.check() == Checked(True, "works")
            transport.close()
    finally:
        for server in servers:
            server.stop()


# --- waking ------------------------------------------------------------------------------------------------------


def _streaming(server: EwsServer, count: int = 1) -> None:
    with server.news:
        assert server.news.wait_for(lambda: server.streams == count, timeout=60), server.calls


def test_a_letter_wakes_at_once(server: EwsServer, opened: Open, scheme: str) -> None:
    server.schemes = (scheme,)
    woken: queue.SimpleQueue[str] = queue.SimpleQueue()
    waker = opened().waker(lambda: woken.put("a letter"))
    assert waker is not None and waker.alive
    _streaming(server)
    assert woken.empty()
    for number in range(2):
        server.deliver(letter(number))
        assert woken.get(timeout=60) == "a letter"
    waker.stop()
    assert not waker.alive and not waker.lost
    _streaming(server, 0)
    assert server.calls.count("Subscribe") == 1 and opened(stream=False).waker(lambda: None) is None


def test_a_stream_that_breaks_is_begun_anew_only_after_the_mailbox_has_worked(server: EwsServer, desk: Desk) -> None:
    setup.save_mailbox(
        desk,
        {"id": "desk", "name": "Support", "address": USER, "kind": "ews", "options": {"server": server.url}},
    )
    desk.secrets.set("mailbox:desk", PASSWORD)
    room = MailRoom()
    woken: queue.SimpleQueue[str] = queue.SimpleQueue()
    room.woken = lambda: woken.put("a letter")
    try:
        room.round(desk)
        _streaming(server)
        first = room._wakers["desk"]
        logins = len(server.logins)
        with server.news:
            server.cut += 1
            server.news.notify_all()
        first._thread.join(60)  # type: ignore[attr-defined]
        assert not first.alive and first.lost and len(server.logins) == logins, "no login of its own accord"
        room.round(desk)
        _streaming(server)
        assert room._wakers["desk"] is not first
        server.deliver(letter(1))
        assert woken.get(timeout=60) == "a letter"
    finally:
        room.close()
    _streaming(server, 0)


@pytest.mark.parametrize("code", ["ErrorExceededSubscriptionCount", "ErrorAccessDenied"])
def test_a_server_that_wants_no_streams_is_left_alone(server: EwsServer, opened: Open, code: str) -> None:
    server.fail("Subscribe", f"error:{code}", 9)
    waker = opened().waker(lambda: None)
    assert waker is not None
    waker._thread.join(60)  # type: ignore[attr-defined]
    assert not waker.alive and not waker.lost and server.calls.count("Subscribe") == 1


def test_a_companys_own_authority_is_trusted_by_its_file_alone(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    for scheme in ("Basic", "NTLM"):
        server = EwsServer({USER: PASSWORD}, tmp_path, (scheme,), certificate)
        server.start()
        try:
            with pytest.raises(EnvironmentTrouble, match="certificate"):
                EwsTransport({"server": server.url}, USER, PASSWORD).listing("", 10)
            transport = EwsTransport({"server": server.url, "ca_file": str(certificate)}, USER, PASSWORD)
            assert transport.check() == Checked(True, "works")
            transport.close()
        finally:
            server.stop()


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("mail.firm.ru", "https://mail.firm.ru/EWS/Exchange.asmx"),
        (" mail.firm.ru:444/ ", "https://mail.firm.ru:444/EWS/Exchange.asmx"),
        ("https://mail.firm.ru/ews/exchange.asmx", "https://mail.firm.ru/ews/exchange.asmx"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/EWS/Exchange.asmx"),
    ],
)
def test_a_server_is_given_by_name_or_by_address(given: str, url: str) -> None:
    assert ews_line.endpoint(given) == url


@pytest.mark.parametrize("given", ["", "http://mail.firm.ru", "ftp://mail.firm.ru", "https:///EWS"])
def test_other_addresses_are_refused(given: str) -> None:
    with pytest.raises(UserFacingError):
        ews_line.endpoint(given)


@pytest.mark.parametrize("given", ["outlook.office365.com", "https://outlook.office.com/EWS/Exchange.asmx"])
def test_exchange_online_is_refused_with_the_reason(given: str) -> None:
    with pytest.raises(UserFacingError, match=r"1 April 2027\. Choose “Exchange Online”"):
        EwsTransport({"server": given}, USER, PASSWORD)


def test_a_server_that_is_not_there_is_trouble() -> None:
    transport = EwsTransport({"server": f"http://127.0.0.1:{free_port()}"}, USER, PASSWORD)
    with pytest.raises(EnvironmentTrouble):
        transport.listing("", 10)
    with pytest.raises(EnvironmentTrouble):
        transport.send(ours(), USER, ["ivan@example.ru"])
    assert not transport.check().works


# --- letters in --------------------------------------------------------------------------------------------------


def test_letters_are_fetched_in_chunks_and_marked_in_chunks(server: EwsServer, opened: Open) -> None:
    for number in range(45):
        server.deliver(letter(number))
    transport = opened(after="move", processed="Обработано")
    found, state = read_all(transport)
    assert subjects(found) == [f"letter {number}" for number in range(45)]
    assert server.calls.count("GetItem") == server.calls.count("MoveItem") == server.calls.count("UpdateItem") == 3
    assert server.calls.count("CreateFolder") == 1
    assert server.store.named("inbox") == [] and len(server.store.named("обработано")) == 45
    assert all(item.is_read for item in server.store.named("обработано"))
    assert read_all(transport, state) == ([], transport.listing(state, 10).state)
    other = opened(after="move", processed="обработано")
    server.deliver(letter(50))
    assert subjects(read_all(other, state)[0]) == ["letter 50"]
    assert server.calls.count("CreateFolder") == 1, "the folder is found again, in whatever case it was written"


def test_a_category_is_added_to_those_that_people_gave(server: EwsServer, opened: Open) -> None:
    server.deliver(letter(1)).categories = ["Важное"]
    read_all(opened(after="category"))
    (item,) = server.store.named("inbox")
    assert item.categories == ["Важное", "deskapp"] and item.is_read


def test_a_letter_can_be_left_as_it_was(server: EwsServer, opened: Open) -> None:
    server.deliver(letter(1))
    read_all(opened(after="leave"))
    assert not server.store.named("inbox")[0].is_read and "UpdateItem" not in server.calls


def test_another_folder_is_read(server: EwsServer, opened: Open) -> None:
    transport = opened(folder="Support")
    with pytest.raises(UserFacingError, match="Support"):
        transport.listing("", 10)
    from tests.sync.mail.ews_server import Folder

    server.store.folders["f"] = Folder("f", "Support", "msgfolderroot")
    server.store.put("f", letter(1))
    server.deliver(letter(2))
    assert subjects(read_all(transport)[0]) == ["letter 1"]


def test_duplicates_and_our_own_marks_bring_no_letter_again(server: EwsServer, opened: Open) -> None:
    server.duplicates = True
    transport = opened(after="category")
    for number in range(3):
        server.deliver(letter(number))
    found, state = read_all(transport)
    assert len(found) == 3
    assert read_all(transport, state)[0] == []


def test_a_letter_that_a_person_moved_meanwhile_is_left_to_the_next_listing(server: EwsServer, opened: Open) -> None:
    for number in range(3):
        server.deliver(letter(number))
    transport = opened(after="move")
    listing = transport.listing("", 10)
    moved = server.store.move(server.store.named("inbox")[1].id, "deleteditems")
    found = [transport.read(remote_id) for remote_id in listing.remote_ids]
    assert [one is None for one in found] == [False, True, False]
    for remote_id in listing.remote_ids:
        transport.file_away(remote_id)
    assert moved.id in server.store.items and not server.store.named("inbox")
    server.store.move(moved.id, "inbox")
    assert subjects(read_all(transport, listing.state)[0]) == ["letter 1"]


def test_more_letters_than_a_page_come_in_order(
    server: EwsServer, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ews, "_PAGE", 7)
    for number in range(30):
        server.deliver(letter(number))
    transport = opened()
    state, found = "", []
    for _ in range(5):
        some, state = read_all(transport, state, 8)
        found += some
        transport.close()  # the state alone says where to go on
    assert subjects(found) == [f"letter {number}" for number in range(30)]


def test_an_expired_sync_state_lists_all_again(server: EwsServer, opened: Open) -> None:
    server.deliver(letter(1))
    transport = opened()
    _found, state = read_all(transport)
    server.store.epoch += 1
    server.deliver(letter(2))
    assert subjects(read_all(transport, state)[0]) == ["letter 1", "letter 2"]
    assert subjects(read_all(transport, "no state at all")[0]) == ["letter 1", "letter 2"]


def test_a_letter_that_the_server_cannot_write_down_does_not_stop_the_others(server: EwsServer, opened: Open) -> None:
    for number in range(3):
        server.deliver(letter(number, "Не печатает совсем."))
    server.store.named("inbox")[1].damaged = True
    found, _state = read_all(opened())
    assert subjects(found) == ["letter 0", "letter 1", "letter 2"]
    assert "Не печатает совсем." in parse(found[1]).text


def test_a_letter_that_the_server_cannot_give_at_all_is_kept_for_a_person(server: EwsServer, desk: Desk) -> None:
    for number in range(3):
        server.deliver(letter(number))
    server.store.named("inbox")[1].lost = True
    setup.save_mailbox(desk, {"id": "box", "kind": "ews", "address": USER, "options": {"server": server.url}})
    desk.secrets.set("mailbox:box", PASSWORD)
    room = MailRoom()
    went = room.round(desk)
    assert (len(went.arrivals), went.quarantined, went.problems) == (2, 1, ())
    assert room.round(desk).quarantined == 0
    room.close()


def test_one_oversize_letter_among_others(server: EwsServer, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ews, "MAX_LETTER", 2000)
    for number in range(3):
        server.deliver(letter(number, "я" * (5000 if number == 1 else 10)))
    found, _state = read_all(opened())
    assert subjects(found) == ["letter 0", "letter 1", "letter 2"]
    assert same(found[2], letter(2, "я" * 10)), "what follows is whole"


def test_a_folder_that_may_not_be_written_to_stops_no_letter(server: EwsServer, opened: Open) -> None:
    for number in range(30):
        server.deliver(letter(number))
    transport = opened(after="move")
    server.fail("CreateFolder", "error:ErrorAccessDenied")
    listing = transport.listing("", 100)
    for remote_id in listing.remote_ids[:-1]:
        assert transport.read(remote_id) is not None
        transport.file_away(remote_id)
    assert transport.read(listing.remote_ids[-1]) is not None
    with pytest.raises(UserFacingError, match="right to open it"):
        transport.file_away(listing.remote_ids[-1])
    assert len(read_all(transport)[0]) == 30


# --- an unkind server --------------------------------------------------------------------------------------------


def test_a_short_back_off_is_waited_for_and_a_long_one_is_told(server: EwsServer, opened: Open) -> None:
    transport = opened()
    server.deliver(letter(1))
    transport.check()
    server.fail("SyncFolderItems", "busy:400", times=2)
    began = time.monotonic()
    assert len(transport.listing("", 10).remote_ids) == 1
    assert time.monotonic() - began >= 0.8, "as long as the server asked, each time"
    server.fail("SyncFolderItems", "busy:297749")
    with pytest.raises(EnvironmentTrouble, match="busy") as caught:
        transport.listing("", 10)
    assert caught.value.retry_after == pytest.approx(297.749)
    assert server.calls.count("SyncFolderItems") == 4


def test_closing_ends_the_waiting(server: EwsServer, opened: Open) -> None:
    transport = opened()
    transport.listing("", 10)
    server.fail("SyncFolderItems", "busy:4500", times=9)
    assert gives_up(transport, transport._line.wake)


@pytest.mark.parametrize("how", ["status:503", "status:500", "status:302", "error:ErrorInternalServerError"])
@pytest.mark.parametrize("operation", ["SyncFolderItems", "GetItem", "UpdateItem"])
def test_trouble_while_reading_loses_nothing(server: EwsServer, opened: Open, operation: str, how: str) -> None:
    for number in range(3):
        server.deliver(letter(number))
    transport = opened()
    server.fail(operation, how)
    try:
        read_all(transport)
    except UserFacingError:
        transport.close()
    assert all(same(raw, letter(number)) for number, raw in enumerate(read_all(transport)[0]))


def test_trouble_with_one_answer_takes_nothing_from_a_letter(server: EwsServer, opened: Open) -> None:
    server.deliver(letter(1))
    server.fail("GetItem", "error:ErrorInternalServerError")
    assert same(read_all(opened())[0][0], letter(1))


@pytest.mark.parametrize("how", ["hangup", "deaf"])
@pytest.mark.parametrize("operation", ["GetFolder", "SyncFolderItems", "GetItem", "UpdateItem"])
def test_a_broken_connection_is_opened_again(server: EwsServer, opened: Open, operation: str, how: str) -> None:
    server.deliver(letter(1))
    server.fail(operation, how)
    assert subjects(read_all(opened())[0]) == ["letter 1"]
    assert server.store.named("inbox")[0].is_read


def test_a_slow_answer_ends_as_trouble(server: EwsServer, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ews_line, "TIMEOUT", 1.5)
    transport = opened()
    server.fail("SyncFolderItems", "slow")
    with pytest.raises(EnvironmentTrouble):
        transport.listing("", 10)
    assert server.calls.count("SyncFolderItems") == 1, "a slow server is not asked twice"


# --- letters out -------------------------------------------------------------------------------------------------


def test_ids_and_our_own_header_survive_in_the_right_conversation(server: EwsServer, opened: Open) -> None:
    asked = server.deliver(letter(1))
    raw = ours().replace(b"X-Deskapp-Letter", b"In-Reply-To: <1@example.ru>\r\nX-Deskapp-Letter", 1)
    opened().send(raw, USER, ["ivan@example.ru"])
    (kept,) = server.store.named("sentitems")
    assert kept.message_id == f"<{LETTER_ID}@desk.example>", "Exchange makes its own id unless it is named"
    assert kept.conversation == asked.conversation
    assert server.sent == [(["ivan@example.ru"], raw)]


def test_who_is_not_named_in_the_letter_gets_it_too(server: EwsServer, opened: Open) -> None:
    opened().send(ours(), USER, ["Ivan@example.ru", "boss@example.ru"])
    assert sorted(server.sent[0][0]) == ["boss@example.ru", "ivan@example.ru"]


def test_a_refused_recipient_refuses_the_letter(server: EwsServer, opened: Open) -> None:
    server.refused.add("ivan@example.ru")
    with pytest.raises(LetterRefused, match="ErrorInvalidRecipients"):
        opened().send(ours(), USER, ["ivan@example.ru"])
    assert server.sent == []


def test_a_letter_whose_answer_was_lost_is_looked_up(server: EwsServer, opened: Open) -> None:
    transport = opened()
    server.fail("CreateItem", "deaf")
    transport.send(ours(), USER, ["ivan@example.ru"])
    assert len(server.sent) == 1, "it left once, and that is known"


@pytest.mark.parametrize("how", ["hangup", "status:504", "status:500", "error:ErrorInternalServerError"])
def test_a_letter_of_which_nobody_knows_is_undecided(server: EwsServer, opened: Open, how: str) -> None:
    server.fail("CreateItem", how)
    with pytest.raises(Undecided):
        opened().send(ours(), USER, ["ivan@example.ru"])
    assert server.calls.count("CreateItem") == 1 and server.sent == []


@pytest.mark.parametrize("how", ["busy:60000", "status:503", "status:401", "fault:ErrorMailboxMoveInProgress"])
def test_a_letter_that_surely_did_not_leave_waits(server: EwsServer, opened: Open, how: str) -> None:
    transport = opened()
    transport.check()
    server.fail("CreateItem", how)
    with pytest.raises(EnvironmentTrouble):
        transport.send(ours(), USER, ["ivan@example.ru"])
    transport.send(ours(), USER, ["ivan@example.ru"])
    assert len(server.sent) == 1


def test_a_connection_that_died_while_idle_costs_no_letter(
    server: EwsServer, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ews, "_IDLE", 0.0)
    transport = opened()
    transport.check()
    server.fail("*", "hangup")  # whatever goes over the dead connection first
    transport.send(ours(), USER, ["ivan@example.ru"])
    assert len(server.sent) == 1 and server.calls.count("CreateItem") == 1


def test_nothing_of_a_letter_or_password_is_logged(
    server: EwsServer, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    transport = opened()
    server.deliver(letter(1, "Секрет клиента"))
    read_all(transport)
    for how in ("hangup", "status:500", "busy:60000"):
        server.fail("CreateItem", how)
        with pytest.raises(UserFacingError):
            transport.send(ours(), USER, ["ivan@example.ru"])
    assert "Секрет" not in caplog.text and "MimeContent" not in caplog.text and PASSWORD not in caplog.text


def test_a_draft_of_another_client_is_sent_by_the_server_too(server: EwsServer, opened: Open) -> None:
    """The test server itself, by the library alone."""
    transport = opened()
    transport.check()
    account = transport._line._opened()
    draft = ews_line.vendor().Message(account=account, folder=account.drafts, mime_content=ours())
    draft.save()
    assert len(server.store.named("drafts")) == 1 and server.sent == []
    draft.send()
    assert server.store.named("drafts") == [] and len(server.store.named("sentitems")) == 1
    assert server.sent == [(["ivan@example.ru"], ours())]


# --- the whole way -----------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile = Profile(tmp_path / "desk")
    world.furnish(profile)
    opened = world.open_world(profile.root, datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1))
    yield opened
    opened.replica.disconnect()


def out(server: EwsServer) -> list[EmailMessage]:
    found = [
        email.message_from_bytes(item.mime, policy=email.policy.default) for item in server.store.named("sentitems")
    ]
    return [one for one in found if isinstance(one, EmailMessage)]


def test_a_letter_becomes_a_ticket_and_its_promise_a_letter_in_the_same_conversation(
    server: EwsServer, desk: Desk, scheme: str
) -> None:
    server.schemes = (scheme,)
    options = {"server": server.url, "after": "move", "processed": "Принято", "login": USER}
    setup.save_mailbox(
        desk, {"id": "box", "kind": "ews", "address": USER, "name": "Support", "options": options, "read_from": 0}
    )
    room = MailRoom()
    asked = room.round(desk)
    assert asked.ask == (("box", USER),), "without its password a mailbox is asked for"
    desk.secrets.set("mailbox:box", PASSWORD)
    came = server.deliver(letter(1, "Принтер не печатает счета."))
    first = room.round(desk)
    assert not first.problems and [one.subject for one in first.arrivals] == ["letter 1"]
    (arrival,) = first.arrivals
    world.promise_first(desk, arrival.ticket_id)
    world.let_leave(desk)
    room.round(desk)
    room.round(desk)
    room.close()
    letters = out(server)
    promise = letters[-1]
    assert f"[#{arrival.number}]" in promise["Subject"] and promise["In-Reply-To"] == "<1@example.ru>"
    assert {item.conversation for item in server.store.named("sentitems")} == {came.conversation}
    assert [len(people) for people, _raw in server.sent] == [1] * len(letters), "each left once"
    assert server.store.named("inbox") == [] and len(server.store.named("Принято")) == 1
    view = ticket.view(desk, arrival.ticket_id)
    assert {entry.state for entry in view.entries if entry.kind == "letter_out"} == {"sent"}
    # The customer answers; the answer finds the ticket.
    answer = letter(2, "Спасибо!").replace(
        b"Message-ID:", f"In-Reply-To: {promise['Message-ID']}\r\nMessage-ID:".encode(), 1
    )
    server.deliver(answer)
    assert room.round(desk).joined == 1
    room.close()
    assert server.logins.count(False) == 0


def test_a_busy_server_is_left_alone_as_long_as_it_asks(server: EwsServer, desk: Desk) -> None:
    setup.save_mailbox(desk, {"id": "box", "kind": "ews", "address": USER, "options": {"server": server.url}})
    desk.secrets.set("mailbox:box", PASSWORD)
    room = MailRoom()
    server.fail("SyncFolderItems", "busy:120000")
    assert "busy" in room.round(desk).problems[0].title
    calls = len(server.calls)
    assert "busy" in room.round(desk).problems[0].title, "it stays on the screen"
    assert len(server.calls) == calls
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(seconds=121)
    assert room.round(desk).problems == ()
    room.close()


def test_a_wrong_password_is_tried_once_in_all_rounds(server: EwsServer, desk: Desk, scheme: str) -> None:
    server.schemes = (scheme,)
    setup.save_mailbox(desk, {"id": "box", "kind": "ews", "address": USER, "options": {"server": server.url}})
    desk.secrets.set("mailbox:box", "wrong")
    room = MailRoom()
    rounds = [room.round(desk) for _ in range(3)]
    assert isinstance(rounds[0].problems[0], WrongPassword)
    assert rounds[2].ask == (("box", USER),) and server.logins == [False]
    desk.secrets.set("mailbox:box", PASSWORD)
    assert room.round(desk).problems == () and server.logins == [False, True]
    room.close()
