"""Letters between real desks and real mail folders: each journey ends in exactly one place."""

from __future__ import annotations

import mailbox
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.core.paths import Profile
from deskapp.desk import letters, promise, setup, ticket
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.build_letters import letter, multipart, part
from tests.sync.mail.test_stages import kept


class Office:
    """A desk with mailboxes that are folders, and somebody who carries letters."""

    def __init__(self, root: Path, *addresses: str) -> None:
        self.root = root
        world.furnish(Profile(root / "desk"))
        self.desk = world.open_world(root / "desk")
        for place, address in enumerate(addresses):
            setup.save_mailbox(
                self.desk,
                {"id": "box" if place == 0 else f"box{place}", "name": address.partition("@")[0], "address": address,
                 "kind": "folder", "options": {"folder": str(root / address)}},
            )  # fmt: skip
        self.room = MailRoom()

    def deliver(self, address: str, raw: bytes) -> None:
        (self.root / address).mkdir(exist_ok=True)
        mailbox.Maildir(str(self.root / address / "inbox"), create=True).add(raw)

    def round(self) -> None:
        done = self.room.round(self.desk)
        assert not done.problems, done.problems

    def left(self, address: str) -> list[bytes]:
        """Letters that left by a mailbox since this was asked before."""
        box = mailbox.Maildir(str(self.root / address / "outbox"), create=True)
        found = [box.get_bytes(key) for key in sorted(box.keys())]
        box.clear()
        return found

    def count(self, table: str, where: str = "1") -> int:
        return int(self.desk.replica.value(f"SELECT count(*) FROM {table} WHERE {where}"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = Office(tmp_path / "one", "help@desk.example", "sales@desk.example")
    yield found
    found.room.close()
    found.desk.replica.disconnect()


def request(number: int = 1, *more: str, **parts: str) -> bytes:
    return letter(
        "From: Ivan <ivan@romashka.example>", "To: help@desk.example", f"Subject: Printer {number}",
        f"Message-ID: <{number}@romashka.example>", *more, **parts,
    )  # fmt: skip


def test_the_same_letter_in_two_mailboxes_and_two_folders_is_one_entry(office: Office) -> None:
    office.deliver("help@desk.example", request())
    office.deliver("sales@desk.example", b"Delivered-To: sales@desk.example\r\nReceived: from a by b\r\n" + request())
    office.round()
    office.deliver("help@desk.example", request())  # a person copied it back into the inbox
    office.round()
    assert (office.count("ticket"), office.count("message", "direction = 'in'")) == (1, 1)
    assert office.count("message", "kind = 'ack'") == 1


def test_the_first_round_takes_up_what_an_earlier_version_kept(office: Office) -> None:
    kept(office.desk, request(), "mailbox")
    office.round()
    assert (office.count("ticket"), office.count("message", "direction = 'in'")) == (1, 1)


@pytest.mark.parametrize(("ahead", "expected"), [(3_600, 0), (-3_600, -3_600)])
def test_a_servers_clock_that_is_fast_gives_nobody_more_time(office: Office, ahead: int, expected: int) -> None:
    """The two hours to an answer begin at receipt, and nothing was received in the future."""
    now = office.desk.clock.now().timestamp()
    office.deliver("help@desk.example", request())
    (letter_there,) = (office.root / "help@desk.example" / "inbox" / "new").iterdir()
    os.utime(letter_there, (now + ahead, now + ahead))
    office.round()
    assert office.desk.replica.value("SELECT received_at FROM ticket") == round((now + expected) * 1000)


def test_the_timeline_knows_of_pictures_that_were_held_back(office: Office) -> None:
    for number, picture in enumerate(("https://spy.example/1.gif", "cid:logo", ""), 1):
        html = "<p>Принтер не печатает.</p>" + (f'<img src="{picture}">' if picture else "")
        headers = (f"Message-ID: <{number}@romashka.example>", f"Subject: Printer {number}")
        office.deliver("help@desk.example", letter(*headers, "Content-Type: text/html; charset=utf-8", body=html))
    office.round()
    told = {}
    for (ticket_id,) in office.desk.replica.rows("SELECT id FROM ticket"):
        view = ticket.view(office.desk, ticket_id)
        told[view.subject] = [one.data["pictures_held"] for one in view.entries if one.kind == "letter_in"]
    assert told == {"Printer 1": [True], "Printer 2": [False], "Printer 3": [False]}


def test_a_letter_moved_by_a_person_meanwhile_does_no_harm(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2, 3):
        office.deliver("help@desk.example", request(number))
    inbox = office.root / "help@desk.example" / "inbox"
    from deskapp.sync.mail import folder

    read = folder.FolderTransport.read
    moved: list[Path] = []

    def meanwhile(transport: folder.FolderTransport, remote_id: str) -> object:
        """Somebody sorts the mail by hand while we are at it: one letter before we read it, one just after."""
        if not moved:
            moved.append((inbox / remote_id).rename(inbox.parent / "before.eml"))
            return read(transport, remote_id)
        found = read(transport, remote_id)
        if len(moved) == 1:
            moved.append((inbox / remote_id).rename(inbox.parent / "after.eml"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(folder.FolderTransport, "read", meanwhile)
        office.round()
    assert office.count("ticket") == 2, "what was there is in, the round went on"
    for path in moved:
        office.deliver("help@desk.example", path.read_bytes())
    office.round()
    assert (office.count("ticket"), office.count("message", "direction = 'in'")) == (3, 3)


def test_each_mailbox_answers_by_its_own_address_in_the_right_conversation(office: Office) -> None:
    for place, address in enumerate(("help@desk.example", "sales@desk.example"), 1):
        office.deliver(address, request(place, "Cc: Olga <olga@romashka.example>"))
    office.round()
    for place, address in enumerate(("help@desk.example", "sales@desk.example"), 1):
        (acknowledged,) = [parse(raw) for raw in office.left(address)]
        assert acknowledged.sender.address == address
        assert acknowledged.header("auto-submitted") == "auto-replied"
        ticket_id = office.desk.replica.value("SELECT id FROM ticket WHERE subject = ?", (f"Printer {place}",))
        letters.send(office.desk, ticket_id, "reply", letters.draft(office.desk, ticket_id, "reply", text="Да."))
        world.let_leave(office.desk)
        office.round()
        (answer,) = [parse(raw) for raw in office.left(address)]
        assert (answer.sender.address, answer.in_reply_to) == (address, f"{place}@romashka.example")
        assert answer.references[-1] == f"{place}@romashka.example" and not answer.header("auto-submitted")
        assert answer.ticket_number == 1000 + place
        # the answer to our answer comes to the other mailbox and finds its ticket
        other = "sales@desk.example" if place == 1 else "help@desk.example"
        office.deliver(
            other,
            letter(
                "From: Olga <olga@romashka.example>", f"To: {other}", "Subject: thanks", f"Message-ID: <a{place}@x>",
                f"In-Reply-To: <{answer.message_id}>",
            ),
        )  # fmt: skip
        office.round()
        assert office.desk.replica.value("SELECT ticket_id FROM message WHERE message_id = ?", (f"a{place}@x",)) == (
            ticket_id
        )


def test_followers_get_copies_of_what_is_promised_refused_and_done(office: Office) -> None:
    office.deliver("help@desk.example", request(1, "Cc: Olga <olga@romashka.example>, help@desk.example"))
    office.round()
    office.left("help@desk.example")
    desk = office.desk
    ticket_id = desk.replica.value("SELECT id FROM ticket")
    desk.replica.db.execute_sql("UPDATE contact SET zone = 'Asia/Vladivostok'")
    view = promise.propose(desk, ticket_id, minutes=60)
    promise.give(desk, ticket_id, view.proposals.slots[0], view.letters[0], minutes=60)
    world.let_leave(desk)
    office.round()
    (told,) = [parse(raw) for raw in office.left("help@desk.example")]
    assert [one.address for one in told.cc] == ["olga@romashka.example"]
    assert "VLAT" in told.text or "Владивосток" in told.text or "МСК+7" in told.text, "in the customer's zone"
    for kind in ("refusal", "done", "slip", "reminder", "reply"):
        cc = letters.draft(desk, ticket_id, kind).cc if kind != "reply" else letters.reply_all(desk, ticket_id)
        assert [address for _name, address in cc] == ["olga@romashka.example"], kind


def test_the_sender_of_a_forwarded_letter_is_known(office: Office) -> None:
    inside = letter("From: =?utf-8?b?0J7Qu9GM0LPQsA==?= <olga@romashka.example>", "Subject: x", body="Не печатает")
    outlook = (
        "Коллеги, посмотрите\n\n-----Исходное сообщение-----\nОт: Ольга [mailto:olga@romashka.example]\n"
        "Отправлено: 2 ноября 2026 г. 10:00\nКому: ivan@romashka.example\nТема: x\n\nНет"
    )
    mail_ru = (
        "-------- Пересылаемое сообщение --------\nОт кого: Ольга <olga@romashka.example>\n"
        "Кому: Иван <ivan@romashka.example>\nДата: 2 ноября 2026\nТема: x\n\nНе печатает"
    )
    gmail = (
        "---------- Forwarded message ---------\nОт: Ольга <olga@romashka.example>\nDate: пн, 2 нояб. 2026 г.\n"
        "Subject: x\nTo: <ivan@romashka.example>\n\nНе печатает"
    )
    texts = {
        "attached": multipart("mixed", part("см."), part(inside, "message/rfc822"), headers=("Subject: Fwd: x",)),
        "outlook": letter("Subject: FW: x", body=outlook),
        "mail.ru": letter("Subject: Fwd: x", body=mail_ru),
        "gmail": letter("Subject: Fwd: x", body=gmail),
    }
    for name, raw in texts.items():
        found = parse(b"Subject: Fwd: x\r\n" + raw.replace(b"Subject: Hello\r\n", b""))
        assert (found.kind, found.asker.name, found.asker.address) == ("forward", "Ольга", "olga@romashka.example"), (
            name
        )


def test_two_desks_that_face_each_other_stop_after_a_few_letters(tmp_path: Path) -> None:
    first = Office(tmp_path / "one", "help@one.example")
    second = Office(tmp_path / "two", "support@two.example")
    try:
        first.deliver(
            "help@one.example",
            letter("From: support@two.example", "To: help@one.example", "Subject: status", body="status"),
        )
        # the worst of worlds: a gateway between them takes away every header by which machines know each other
        carried = 0
        for _round in range(25):
            for here, there, sender, recipient in (
                (first, second, "help@one.example", "support@two.example"),
                (second, first, "support@two.example", "help@one.example"),
            ):
                here.round()
                for raw in here.left(sender):
                    head, _, body = raw.partition(b"\r\n\r\n")
                    kept = [
                        line for line in head.split(b"\r\n")
                        if not line.lower().startswith((b"auto-submitted", b"x-auto-response", b"x-deskapp"))
                    ]  # fmt: skip
                    there.deliver(recipient, b"\r\n".join(kept) + b"\r\n\r\n" + body)
                    carried += 1
                world.advance(here.desk, minutes=1)
        cap = int(first.desk.schedule.rule["auto_per_hour"])
        assert 1 <= carried <= 2 * cap
        assert first.count("ticket") + second.count("ticket") <= carried + 1
    finally:
        for one in (first, second):
            one.room.close()
            one.desk.replica.disconnect()


def test_two_desks_with_their_headers_exchange_one_letter(tmp_path: Path) -> None:
    first = Office(tmp_path / "one", "help@one.example")
    second = Office(tmp_path / "two", "support@two.example")
    try:
        first.deliver("help@one.example", letter("From: support@two.example", "To: help@one.example", "Subject: Hello"))
        for _round in range(4):
            first.round()
            for raw in first.left("help@one.example"):
                second.deliver("support@two.example", raw)
            second.round()
            assert second.left("support@two.example") == []
    finally:
        for one in (first, second):
            one.room.close()
            one.desk.replica.disconnect()
