"""Letters that a parser fears: sealed, packed in one another, endless, without anything in them."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.paths import Profile
from deskapp.desk import letters
from deskapp.desk.desk import Desk
from deskapp.sync.mail import inside, smime, stages
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.build_letters import letter, multipart, part
from tests.sync.mail.test_inside import INVITATION, saved_letter, winmail, with_letter_attached


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = Path(tmp_path_factory.mktemp("feared") / "desk")
    world.furnish(Profile(root))
    opened = world.open_world(root)
    yield opened
    opened.replica.disconnect()


def taken(desk: Desk, raw: bytes) -> tuple[str, str, str, int]:
    """(subject of the ticket, text, reply text, files) of a letter that was taken in."""
    found = stages.take(desk, raw, "one")
    assert found.outcome == "created", found.reason
    row = desk.replica.row(
        "SELECT t.subject, m.text, m.reply_text, (SELECT count(*) FROM attachment a WHERE a.message_id = m.id) "
        "FROM message m JOIN ticket t ON t.id = m.ticket_id WHERE m.ticket_id = ? AND m.direction = 'in'",
        (found.ticket_id,),
    )
    assert row is not None
    return row[0], row[1], row[2], row[3]


# --- S/MIME ------------------------------------------------------------------------------------------------------

ENTITY = multipart(
    "mixed",
    part("Не открывается отчёт."),
    part(b"%PDF", "application/pdf", "Content-Disposition: attachment; filename=a.pdf"),
).partition(b"\r\n")[2]


def signed_data(entity: bytes) -> bytes:
    """Opaque signed data as OpenSSL and Outlook write it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Иван Петров")])
    now = datetime(2026, 11, 2, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=9)).sign(key, hashes.SHA256())
    )  # fmt: skip
    builder = pkcs7.PKCS7SignatureBuilder().set_data(entity).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def streamed(entity: bytes) -> bytes:
    """The same with lengths that are not said beforehand and the content in pieces, as a program writes a stream."""

    def open_(tag: int, *inner: bytes) -> bytes:
        return bytes((tag, 0x80)) + b"".join(inner) + b"\0\0"

    def octets(piece: bytes) -> bytes:
        return b"\x04\x82" + len(piece).to_bytes(2, "big") + piece

    data_oid, signed_oid = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")
    pieces = open_(0x24, *(octets(entity[at : at + 100]) for at in range(0, len(entity), 100)))
    inner = open_(0x30, b"\x02\x01\x01", b"\x31\x00", open_(0x30, data_oid, open_(0xA0, pieces)), b"\x31\x00")
    return open_(0x30, signed_oid, open_(0xA0, inner))


def sealed(data: bytes, kind: str = "signed-data") -> bytes:
    return letter(
        "Subject: signed", f"Content-Type: application/pkcs7-mime; smime-type={kind}; name=smime.p7m",
        "Content-Transfer-Encoding: base64", 'Content-Disposition: attachment; filename="smime.p7m"',
        body=base64.encodebytes(data),
    )  # fmt: skip


@pytest.mark.parametrize("form", [signed_data, streamed])
def test_an_opaque_signature_is_opened(desk: Desk, form: object) -> None:
    raw = sealed(form(ENTITY))  # type: ignore[operator]
    found = parse(raw)
    assert found.text == found.reply_text == "Не открывается отчёт."
    assert [one.name for one in found.attachments] == ["a.pdf"]
    assert found.signed and not found.encrypted
    _subject, text, reply, files = taken(desk, raw.replace(b"Subject: signed", f"Subject: {form!r}"[:40].encode()))
    assert text.startswith("Не открывается отчёт.") and "не проверяется" in text and files == 1
    assert reply == "Не открывается отчёт."


def test_signatures_in_signatures_and_below_a_list_are_opened() -> None:
    twice = parse(sealed(signed_data(sealed(streamed(ENTITY)))))
    assert twice.text == "Не открывается отчёт." and twice.signed
    listed = parse(multipart("mixed", sealed(signed_data(ENTITY)).partition(b"\r\n")[2], part("-- \r\nРассылка")))
    assert listed.text.startswith("Не открывается отчёт.")


def test_what_is_no_signed_letter_stays_a_file() -> None:
    document = parse(
        multipart("mixed", part("Договор"), part(base64.b64encode(signed_data(ENTITY)),
                  "application/pkcs7-mime; name=contract.pdf.p7m", "Content-Transfer-Encoding: base64"))
    )  # fmt: skip
    assert document.text == "Договор" and [one.name for one in document.attachments] == ["contract.pdf.p7m"]
    secret = parse(sealed(bytes.fromhex("300b06092a864886f70d010703"), "enveloped-data"))
    assert secret.encrypted and not secret.text
    assert smime.content(signed_data(b"%PDF-1.7 no letter")) is None


@given(st.integers(0, 400), st.binary(max_size=6))
def test_a_broken_signature_never_raises(at: int, junk: bytes) -> None:
    for whole in _WHOLE:
        smime.content(whole[:at] + junk + whole[at + len(junk) :])
        smime.content(whole[:at])
    smime.content(b"\x30\x80" * 4000)
    smime.content(b"\x30\x84\xff\xff\xff\xff" + junk)


_WHOLE = (signed_data(b"Content-Type: text/plain\r\n\r\nx"), streamed(b"Content-Type: text/plain\r\n\r\nx"))


def test_many_empty_pieces_cost_no_more_than_their_length() -> None:
    before = time.process_time()
    smime.content(b"\x30\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02\xa0\x80\x30\x80" + b"\x04\x00" * 1_000_000)
    assert time.process_time() - before < 8


# --- one in another ----------------------------------------------------------------------------------------------


def test_winmail_inside_a_letter_inside_a_saved_letter() -> None:
    packed = winmail(("акт.pdf", b"%PDF"), text="Документы внутри")
    eml = multipart(
        "mixed", part("Пересылаю"), part(packed, "application/ms-tnef; name=winmail.dat"), headers=("Subject: inner",)
    ).replace(b"=-=cut-here", b"=-=inner")
    at = "__attach_version1.0_#00000000"
    saved = saved_letter(
        {
            "__properties_version1.0": b"\0" * 32,
            "__substg1.0_0037001F": "Внешнее".encode("utf-16-le"),
            "__substg1.0_1000001F": "Сохранённое письмо".encode("utf-16-le"),
            f"{at}/__substg1.0_3707001F": "inner.eml".encode("utf-16-le"),
            f"{at}/__substg1.0_37010102": eml,
        }
    )
    found = inside.look(
        parse(multipart("mixed", part("см."), part(saved, "application/vnd.ms-outlook; name=a.msg"))), "ru"
    )
    for words in ("Сохранённое письмо", "Пересылаю", "Документы внутри"):
        assert words in found.text, words
    assert [one.name for one in found.files] == ["a.msg", "inner.eml", "акт.pdf"]


def test_a_letter_attached_to_a_saved_letter_is_told() -> None:
    wide = "utf-16-le"
    saved = with_letter_attached(
        {
            "__properties_version1.0": b"\0" * 24,
            "__substg1.0_0037001F": "Касса не печатает".encode(wide),
            "__substg1.0_0C1A001F": "Ольга Сидорова".encode(wide),
            "__substg1.0_1000001F": "На чеке пусто.".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": "чек.png".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_37010102": b"PNG" * 2000,
        }
    )
    found = inside.look(
        parse(multipart("mixed", part("см."), part(saved, "application/vnd.ms-outlook; name=a.msg"))), "ru"
    )
    for words in ("См. вложенное письмо.", "Касса не печатает", "Ольга Сидорова", "На чеке пусто."):
        assert words in found.text, words
    assert [one.name for one in found.files] == ["a.msg", "чек.png"]


def test_a_letter_inside_winmail_is_opened() -> None:
    packed = winmail(("Без имени", winmail(("отчёт.xls", b"XLS"), text="Внутреннее письмо")), text="Внешнее")
    found = inside.look(
        parse(multipart("mixed", part("см."), part(packed, "application/ms-tnef; name=winmail.dat"))), "ru"
    )
    assert "Внутреннее письмо" in found.text and [one.name for one in found.files] == ["отчёт.xls"]


# --- too much, and nothing ---------------------------------------------------------------------------------------


def test_a_circular_makes_nobody_a_follower_and_is_answered_to_its_sender(desk: Desk) -> None:
    people = ",\r\n ".join(f"Person {number} <p{number}@firm{number % 40}.ru>" for number in range(3000))
    before = desk.replica.value("SELECT count(*) FROM contact")
    found = stages.take(desk, letter("Subject: circular", "To: help@desk.example", f"Cc: {people}", body="x"), "one")
    assert found.outcome == "created"
    assert desk.replica.value("SELECT count(*) FROM follower WHERE ticket_id = ?", (found.ticket_id,)) == 0
    assert desk.replica.value("SELECT count(*) FROM contact") <= before + 1
    assert letters.reply_all(desk, found.ticket_id) == ()
    few = stages.take(
        desk, letter("Subject: few", "To: help@desk.example", "Cc: a@firm.ru, b@firm.ru", body="x"), "one"
    )
    assert desk.replica.value("SELECT count(*) FROM follower WHERE ticket_id = ?", (few.ticket_id,)) == 2


def test_two_hundred_files_are_kept_and_more_than_are_shown_are_said(desk: Desk) -> None:
    def many(count: int) -> bytes:
        files = (
            part(
                b"data %d" % number, "application/octet-stream", f"Content-Disposition: attachment; filename=f{number}"
            )
            for number in range(count)
        )
        return multipart("mixed", part("Файлы"), *files, headers=(f"Subject: {count} files",))

    assert taken(desk, many(200))[3] == 200
    found = inside.look(parse(many(400)), "ru")
    assert len(found.files) == 300 and "остальные 100" in found.text


def test_a_paragraph_on_one_line_is_text_or_quotation() -> None:
    text = "слово " * 100_000
    assert parse(letter(body=text)).text == text.strip("\n")
    quoted = parse(
        letter("Subject: Re: x", body=f"Да.\r\n\r\nOn Tue, Nov 3, 2026 at 10:15 AM X <x@y.z> wrote:\r\n> {text}")
    )
    assert quoted.reply_text == "Да."


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (multipart("mixed", part(b"PNG", "image/png; name=screen.png", "Content-Disposition: attachment")),
         "screen.png"),
        (letter("Content-Type: application/pdf; name=scan.pdf", "Content-Transfer-Encoding: base64", body="JVBERi0="),
         "scan.pdf"),
        (letter("Subject: printer", body=""), "printer"),
        (letter("Subject: " + "x" * 100_000, body=""), "x" * 500),
        (letter("Message-ID: <nothing@x>", body=""), "Без темы"),
        (letter("Message-ID: <words@x>", body="Не печатает\r\nпринтер"), "Не печатает принтер"),
    ],
)  # fmt: skip
def test_no_ticket_is_without_a_name(desk: Desk, raw: bytes, subject: str) -> None:
    assert taken(desk, raw)[0] == subject


# --- calendars and receipts --------------------------------------------------------------------------------------


def test_changes_of_a_meeting_are_told() -> None:
    def words(text: str) -> str:
        return inside.look(parse(multipart("mixed", part(""), part(text, "text/calendar"))), "ru").text

    changed = INVITATION.replace("SUMMARY", "SEQUENCE:2\nSUMMARY")
    assert words(changed).startswith("Приглашение изменено: Обследование")
    assert words(changed.replace("REQUEST", "CANCEL")).startswith("Встреча отменена")
    assert words(INVITATION.replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY")).startswith("Встреча отменена")
    assert words(INVITATION).startswith("Приглашение: ")


def test_an_answer_to_an_invitation_is_never_answered_by_a_machine() -> None:
    def answered(state: str, words: str = "") -> str:
        item = INVITATION.replace("REQUEST", "REPLY").replace(
            "LOCATION", f"ATTENDEE;PARTSTAT={state}:mailto:x@y\nLOCATION"
        )
        found = parse(multipart("alternative", part(words), part(item, "text/calendar; method=REPLY")))
        assert found.automatic
        return found.kind

    assert answered("ACCEPTED") == "auto", "it asks for nothing: it joins its ticket, and opens none"
    assert answered("DECLINED") == answered("TENTATIVE") == answered("ACCEPTED", "Ключ у охраны") == "new"
    assert not parse(multipart("alternative", part(""), part(INVITATION, "text/calendar; method=REQUEST"))).automatic


@pytest.mark.parametrize(
    ("report", "status", "kind"),
    [
        ("disposition-notification", "Final-Recipient: rfc822; no@no.example\r\nDisposition: manual-action/"
         "MDN-sent-manually; displayed", "auto"),
        ("disposition-notification", "Final-Recipient: rfc822; no@no.example\r\nDisposition: automatic-action/"
         "MDN-sent-automatically; deleted", "auto"),
        ("delivery-status", "Final-Recipient: rfc822; no@no.example\r\nAction: delivered\r\nStatus: 2.0.0", "auto"),
        ("delivery-status", "Final-Recipient: rfc822; no@no.example\r\nAction: relayed\r\nStatus: 2.1.5", "auto"),
        ("delivery-status", "Final-Recipient: rfc822; no@no.example\r\nAction: failed\r\nStatus: 5.1.1", "bounce"),
    ],
)  # fmt: skip
def test_receipts_join_nothing_new(desk: Desk, report: str, status: str, kind: str) -> None:
    before = desk.replica.value("SELECT count(*) FROM ticket")
    raw = multipart(
        "report", part("Ваше сообщение было прочитано."), part(status, f"message/{report}"),
        headers=("Subject: Re: x", f"Message-ID: <{len(status)}@r>"), parameters=f"; report-type={report}",
    )  # fmt: skip
    assert parse(raw).kind == kind
    assert stages.take(desk, raw, "one").outcome == "ignored"
    assert desk.replica.value("SELECT count(*) FROM ticket") == before


# --- what comes back ---------------------------------------------------------------------------------------------


def _asked(desk: Desk, number: int) -> tuple[str, str, str]:
    """(ticket, address, id of the letter that told its number) of a requester."""
    address = f"gone{number}@romashka.example"
    found = stages.take(
        desk, letter(f"From: Ivan <{address}>", f"Subject: Request {number}", "To: help@desk.example"), "one"
    )
    told = desk.replica.value(
        "SELECT message_id FROM message WHERE ticket_id = ? AND direction = 'out'", (found.ticket_id,)
    )
    assert told
    return found.ticket_id, address, str(told)


def _postfix(address: str, told: str) -> bytes:
    return multipart(
        "report", part("This is the mail system at host mx.example."),
        part(f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1", "message/delivery-status"),
        part(f"Subject: x\r\nMessage-ID: <{told}>", "text/rfc822-headers"),
        headers=("From: MAILER-DAEMON@mx.example", "Subject: Undelivered Mail Returned to Sender"),
        parameters="; report-type=delivery-status",
    )  # fmt: skip


def _exchange(address: str, told: str) -> bytes:
    inner = letter("Subject: x", f"Message-ID: <{told}>", "To: " + address)
    return multipart(
        "report", part("Не удалось доставить"),
        part(f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.10", "message/delivery-status"),
        part(inner, "message/rfc822"), headers=("From: postmaster@example.ru", "Subject: Undeliverable: x"),
        parameters="; report-type=delivery-status",
    )  # fmt: skip


def _qmail(address: str, told: str) -> bytes:
    text = f"Hi. This is the qmail-send program.\r\n\r\n<{address}>:\r\nSorry, no mailbox here. (#5.1.1)\r\n\r\n"
    text += f"--- Below this line is a copy of the message.\r\n\r\nSubject: x\r\nMessage-ID: <{told}>\r\n\r\nbody"
    return letter("From: MAILER-DAEMON@mx.example", "Subject: failure notice", body=text)


def _words(address: str, _told: str) -> bytes:
    return letter(
        "From: mailer-daemon@mx.example", "Subject: failure notice", f"Message-ID: <{address}>",
        body=f"Could not be delivered to:\r\n{address}\r\n550 user unknown",
    )  # fmt: skip


@pytest.mark.parametrize("report", [_postfix, _exchange, _qmail, _words])
def test_a_letter_that_came_back_is_told_in_its_ticket(desk: Desk, report: Callable[[str, str], bytes]) -> None:
    """Few servers say in their own header which letter it was."""
    number = (_postfix, _exchange, _qmail, _words).index(report)
    ticket, address, told = _asked(desk, number)
    found = stages.take(desk, report(address, told), "report")
    assert (found.outcome, found.ticket_id) == ("joined", ticket)
    rows = desk.replica.rows("SELECT kind, about FROM message WHERE ticket_id = ? AND kind = 'bounce'", (ticket,))
    assert rows == [("bounce", address)]
    assert desk.replica.value("SELECT undeliverable FROM contact WHERE address = ?", (address,)) is not None


def test_a_report_about_no_letter_of_ours_silences_nobody(desk: Desk) -> None:
    """A stranger's word is not enough to stop the letters to a customer."""
    stages.take(desk, letter("From: Vera <vera@quiet.example>", "Subject: hello", "Precedence: bulk"), "one")
    forged = _words("vera@quiet.example", "")
    assert parse(forged).permanent
    assert stages.take(desk, forged, "forged").outcome == "ignored"
    assert desk.replica.value("SELECT undeliverable FROM contact WHERE address = 'vera@quiet.example'") is None


def test_a_read_receipt_joins_the_letter_that_it_names(desk: Desk) -> None:
    ticket, address, told = _asked(desk, 9)
    raw = multipart(
        "report", part("Прочитано"),
        part(f"Final-Recipient: rfc822; {address}\r\nOriginal-Message-ID: <{told}>\r\nDisposition: manual-action/"
             "MDN-sent-manually; displayed", "message/disposition-notification"),
        headers=(f"From: {address}", "Subject: Read"), parameters="; report-type=disposition-notification",
    )  # fmt: skip
    found = stages.take(desk, raw, "receipt")
    assert (found.outcome, found.ticket_id) == ("joined", ticket)
    assert desk.replica.value("SELECT status FROM ticket WHERE id = ?", (ticket,)) == "new"
