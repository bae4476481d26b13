"""Our letters: read back with the standard library, which did not write them."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.sync.mail.compose import Outbound, OutboundFile, build, envelope_address
from deskapp.sync.mail.parse import parse

LETTER = Outbound(
    letter_id="01890000-0000-7000-8000-000000000001",
    message_id="01890000@desk.example",
    sender=("Служба «Балт»", "help@desk.example"),
    to=(("Иван Петров", "ivan@example.ru"), ("", "anna@example.ru")),
    cc=(('O"Brien, John', "john@example.com"),),
    subject="Не печатает принтер на втором этаже в бухгалтерии, очень нужна помощь до обеда",
    number=4117,
    text="Здравствуйте.\n\nРешим до 3 ноября 2026, 15:00 (МСК).",
    date=datetime(2026, 11, 3, 8, 42, tzinfo=UTC),
    in_reply_to="<first@example.ru>",
    references=("first@example.ru",),
)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_letter_says_what_was_meant() -> None:
    raw = build(LETTER)
    message = read(raw)
    assert message["Subject"] == "[#4117] " + LETTER.subject
    assert [(one.display_name, one.addr_spec) for one in message["From"].addresses] == [LETTER.sender]
    assert [(one.display_name, one.addr_spec) for one in message["To"].addresses] == list(LETTER.to)
    assert [(one.display_name, one.addr_spec) for one in message["Cc"].addresses] == list(LETTER.cc)
    assert message["Message-ID"] == "<01890000@desk.example>"
    assert message["In-Reply-To"] == "<first@example.ru>"
    assert message["References"] == "<first@example.ru>"
    assert message["X-Deskapp-Letter"] == LETTER.letter_id
    assert message["Date"].datetime == LETTER.date
    assert message["Auto-Submitted"] is None
    assert message.get_content().replace("\r\n", "\n").strip() == LETTER.text
    assert raw.isascii() and all(len(line) < 998 for line in raw.split(b"\r\n"))
    assert not message.defects


def test_the_number_stands_in_the_subject_once() -> None:
    for subject in ("Re: Принтер [#4117]", "[№4117] Принтер", "[#4117] Принтер"):
        assert read(build(replace(LETTER, subject=subject)))["Subject"] == subject
    assert read(build(replace(LETTER, subject="Принтер [#12]")))["Subject"] == "[#4117] Принтер [#12]"


def test_an_automatic_letter_says_so() -> None:
    assert read(build(replace(LETTER, automatic=True)))["Auto-Submitted"] == "auto-replied"
    assert parse(build(replace(LETTER, automatic=True))).automatic
    unasked = read(build(replace(LETTER, automatic=True, in_reply_to="")))
    assert unasked["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "bad", ["\r\nBcc: spy@example.com", "\nX: y", "\r\n\r\nbody", "\x0bBcc: spy@x", "\u2028Bcc: x"]
)
def test_no_field_can_add_a_header(bad: str) -> None:
    raw = build(
        replace(
            LETTER,
            sender=("desk" + bad, "help@desk.example"),
            to=(("Иван" + bad, "ivan@example.ru"),),
            subject="a" + bad,
            letter_id="id" + bad,
            message_id="m@d" + bad,
            in_reply_to="r@d" + bad,
            references=("x@y" + bad,),
            files=(OutboundFile("name" + bad, "text/x" + bad, b"data", "cid" + bad, True),),
        )
    )
    message = read(raw)
    for name in ("Bcc", "X"):
        assert all(name not in one for one in message.walk())
    assert message["Subject"] is not None and message["X-Deskapp-Letter"] is not None
    with pytest.raises(UserFacingError):
        build(replace(LETTER, to=(("", "ivan@example.ru" + bad),)))


@pytest.mark.parametrize(
    "address", ["", "ivan", "@x.ru", "a@b@c", "a b@x.ru", "a@x.ru, b@x.ru", "иван@x.ru", "<a@x.ru>"]
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(UserFacingError, match="no mail address"):
        build(replace(LETTER, to=(("", address),)))


def test_a_russian_domain_is_written_as_servers_take_it() -> None:
    assert envelope_address("help@пример.рф") == "help@xn--e1afmkfd.xn--p1ai"


def test_a_letter_to_nobody_is_refused() -> None:
    with pytest.raises(UserFacingError, match="recipient"):
        build(replace(LETTER, to=(), cc=()))


def test_long_threads_keep_their_ids_whole() -> None:
    ids = tuple(f"{'x' * 90}{number}@example.ru" for number in range(60))
    message = read(build(replace(LETTER, references=ids, in_reply_to=ids[-1])))
    found = message["References"].split()
    assert found[0] == f"<{ids[0]}>" and found[-1] == f"<{ids[-1]}>" and len(found) == 20


def test_files_and_pictures() -> None:
    files = (
        OutboundFile("Счёт на оплату №5 от 3 ноября 2026 года.pdf", "application/pdf", b"%PDF-1\x00\xff"),
        OutboundFile("экран.png", "image/png", b"\x89PNG", "pic1@desk", True),
        OutboundFile("forwarded.eml", "message/rfc822", b"From: a@b\r\n\r\nx"),
    )
    raw = build(replace(LETTER, text="До.\n[cid:pic1@desk]\nПосле <b>.", files=files))
    message = read(raw)
    attached = {one.get_filename(): one.get_content() for one in message.iter_attachments()}
    assert attached == {files[0].name: files[0].data, files[2].name: files[2].data}
    letter = parse(raw)
    assert letter.text == "До.\n[экран.png]\nПосле <b>."
    assert '<img src="cid:pic1@desk">' in letter.html and "&lt;b&gt;" in letter.html
    assert {(file.name, file.inline, file.content_id, file.data) for file in letter.attachments} == {
        (files[0].name, False, "", files[0].data),
        (files[1].name, True, "pic1@desk", files[1].data),
        (files[2].name, False, "", files[2].data),
    }
