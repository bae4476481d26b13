"""Raw letters to values: structure, files, odd and hostile input."""

from __future__ import annotations

import base64
import hashlib
import time
from datetime import UTC, datetime

import pytest

from deskapp.sync.mail import mime
from deskapp.sync.mail.letter import Address, BrokenLetter, Letter
from deskapp.sync.mail.parse import parse
from tests.sync.mail.build_letters import letter, multipart, part


def names(found: Letter) -> list[str]:
    return [file.name for file in found.attachments]


def test_a_plain_russian_letter() -> None:
    found = parse(
        letter(
            "Subject: =?utf-8?B?0J3QtSDQv9C10YfQsNGC0LDQtdGC?= [#4117]",
            "To: help@desk.example, =?utf-8?B?0JDQvdC90LA=?= <anna@desk.example>",
            "Cc: boss@example.ru",
            "Reply-To: other@example.ru",
            "Date: Tue, 3 Nov 2026 11:42:00 +0300",
            "Message-ID: <1@example.ru>",
            sender="=?koi8-r?B?6dfBzg==?= <ivan@example.ru>",
        )
    )
    assert found.subject == "Не печатает [#4117]" and found.ticket_number == 4117
    assert found.sender == Address("Иван", "ivan@example.ru") and found.sender.domain == "example.ru"
    assert found.to == (Address("", "help@desk.example"), Address("Анна", "anna@desk.example"))
    assert found.cc == (Address("", "boss@example.ru"),) and found.reply_to == (Address("", "other@example.ru"),)
    assert found.date == datetime(2026, 11, 3, 8, 42, tzinfo=UTC)
    assert found.message_id == "1@example.ru"
    assert found.text == found.reply_text == "Не печатает принтер."
    assert (found.kind, found.automatic, found.language, found.html) == ("new", False, "ru", "")
    assert found.problems == () and found.header("CC") == "boss@example.ru"


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n", b"\0\0\0\0", b"hello", b"Foo: bar\r\n\r\nbaz", b"\x89PNG\r\n\x1a\n" * 9]
)
def test_what_is_no_letter_is_said(raw: bytes) -> None:
    with pytest.raises(BrokenLetter):
        parse(raw)


def test_undeclared_russian_in_headers_and_text() -> None:
    for codec in ("cp1251", "koi8-r", "utf-8"):
        raw = letter(
            "Subject: Не открывается отчёт",
            "Content-Type: text/plain",
            body="Добрый день, отчёт не открывается.",
            charset=codec,
            sender="x@y",
        )
        found = parse(raw.replace(b"From: x@y", "From: Иван Петров <ivan@example.ru>".encode(codec)))
        assert found.subject == "Не открывается отчёт", codec
        assert found.sender.name == "Иван Петров", codec
        assert found.text == "Добрый день, отчёт не открывается.", codec


def test_of_two_forms_the_text_is_read_and_the_html_kept() -> None:
    found = parse(multipart("alternative", part("Текст"), part("<p>Вид</p>", "text/html; charset=utf-8")))
    assert (found.text, found.html, found.attachments) == ("Текст", "<p>Вид</p>", ())


def test_html_alone_is_made_readable() -> None:
    found = parse(
        letter("Content-Type: text/html; charset=utf-8", body="<p>Не&nbsp;печатает</p><ul><li>раз<li>два</ul>")
    )
    assert found.text == "Не печатает\n\n- раз\n- два"


def test_an_empty_text_beside_html_is_not_believed() -> None:
    found = parse(multipart("alternative", part(" \r\n"), part("<p>Вид</p>", "text/html; charset=utf-8")))
    assert found.text == "Вид"


def test_the_charset_of_html_may_stand_inside() -> None:
    body = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>да</p>'
    assert parse(letter("Content-Type: text/html", body=body, charset="koi8-r")).text == "да"


def test_files_and_pictures() -> None:
    found = parse(
        multipart(
            "mixed",
            part("См. вложение"),
            part(
                base64.b64encode(b"%PDF"),
                "application/pdf; name*=koi8-r''%F3%DE%A3%D4.pdf",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment",
            ),
            part(
                b"\x89PNG",
                'image/png; name="=?utf-8?B?0LrQsNGA0YLQuNC90LrQsA==?=\r\n =?utf-8?B?LnBuZw==?="',
                "Content-ID: <p1@x>",
                "Content-Disposition: inline",
            ),
            part(b"x", "application/octet-stream", "Content-Disposition: attachment; filename=../../etc/passwd"),
            part(b"a", "application/vnd.ms-excel", "Content-Disposition: attachment; filename*0*=utf-8''%D0%BE;",
                 " filename*1*=%D1%82; filename*2=\"chet.xls\""),
            part(b"b", "image/jpeg", "Content-Disposition: attachment"),
            part(b"exe", "application/x", 'Content-Disposition: attachment; filename="a\u202etxt.exe"'),
        )
    )  # fmt: skip
    assert found.text == "См. вложение"
    assert names(found) == [
        "Счёт.pdf",
        "картинка.png",
        ".._.._etc_passwd",
        "отchet.xls",
        "image-5.jpg",
        "atxt.exe",
    ]
    picture = found.attachments[1]
    assert (picture.inline, picture.content_id, picture.data, picture.size) == (True, "p1@x", b"\x89PNG", 4)
    assert found.attachments[0].data == b"%PDF" and not found.attachments[0].inline
    assert [file.named for file in found.attachments] == [True, True, True, True, False, True]
    assert found.attachments[0].sha256 == hashlib.sha256(b"%PDF").hexdigest()


def test_a_forwarded_letter_stays_byte_for_byte() -> None:
    inner = letter("Subject: =?utf-8?B?0JLQvdGD0YLRgNC4?=", body="x\r\n  \r\ny") + b"\r\nlast  "
    found = parse(multipart("mixed", part("Смотрите"), part(inner, "message/rfc822")))
    assert found.attachments[0].data == inner
    assert found.attachments[0].name == "Внутри.eml"
    assert found.kind == "forward"


def test_an_attached_file_with_text_is_a_file() -> None:
    found = parse(multipart("mixed", part("Журнал"), part("line 1", "text/plain; name=app.log")))
    assert (found.text, names(found)) == ("Журнал", ["app.log"])


def test_uuencoded_files_leave_the_text() -> None:
    body = "До\r\nbegin 644 a.bin\r\n#86)C\r\n`\r\nend\r\nПосле"
    found = parse(letter(body=body))
    assert [(file.name, file.data) for file in found.attachments] == [("a.bin", b"abc")]
    assert "begin" not in found.text and found.text.split() == ["До", "После"]


def test_soft_line_breaks_are_joined() -> None:
    body = "Не печатает \r\nпринтер.\r\n> цитата \r\n> дальше\r\n-- \r\nИван"
    found = parse(letter("Content-Type: text/plain; charset=utf-8; format=flowed", body=body))
    assert found.text == "Не печатает принтер.\n> цитата дальше\n-- \nИван"
    assert found.reply_text == "Не печатает принтер."


@pytest.mark.parametrize(
    "raw",
    [
        letter("Content-Type: multipart/mixed\r\n\tboundary=b", body="--b\r\n\r\nТекст\r\n--b--"),
        letter("Content-Type: multipart/mixed; boundary=x", body="--y\r\nContent-Type: text/plain\r\n\r\nТекст\r\n--y"),
        letter("Content-Type: multipart/mixed; boundary=b", body="--b\r\n\r\nТекст"),
        letter("Content-Type: multipart/mixed; boundary=b", body="--b\r\n\r\nТекст--b--"),
        letter("Content-Type: multipart/mixed", body="Текст"),
        letter("Content-Type: text", body="Текст"),
        letter("Content-Type: text/plain; charset", body="Текст"),
        letter("junk line", "Subject: y", body="Текст"),
        b"\r\n\r\n" + letter(body="Текст"),
        b"From ivan@x Tue Nov  3 11:42:00 2026\r\n" + letter(body="Текст"),
        b"\xef\xbb\xbf" + letter(body="Текст"),
        letter(body="Текст").replace(b"\r\n", b"\n"),
        letter(body="Текст").replace(b"\r\n", b"\r"),
        letter(body="Текст").decode().encode("utf-16"),
        letter("Content-Transfer-Encoding: base64", body=base64.b64encode("Текст".encode()).rstrip(b"=")),
        letter("Content-Transfer-Encoding: base64", body=b"0KLQtdC6\r\n>0YHRgg==\r\n"),
        letter("Content-Transfer-Encoding: base64", body="Текст"),
        letter("Content-Transfer-Encoding: x-odd", body="Текст"),
        letter(body="Те\0кст"),
    ],
)  # fmt: skip
def test_broken_letters_still_say_their_text(raw: bytes) -> None:
    assert parse(raw).text == "Текст"


def test_boundaries_that_programs_got_wrong() -> None:
    """An inner boundary behind an outer one, a lost line between two headers, a boundary that looks like the end."""
    inner = "--out\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n\r\nодин\r\n"
    late = letter(
        "Content-Type: multipart/mixed; boundary=out",
        body=inner
        + "--out\r\n\r\nдва\r\n--in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nтри\r\n--in--\r\n--out--",
    )
    assert parse(late).text == "один\n\nдва\n\nтри"
    lost = letter(
        "Content-Type: multipart/mixed; boundary=out",
        body="--out\r\nContent-Type: multipart/alternative; boundary=in\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nТекст\r\n"
        "--in\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Вид</p>\r\n--in--\r\n--out--",
    )
    assert (parse(lost).text, parse(lost).html) == ("Текст", "<p>Вид</p>")
    dashes = letter(
        'Content-Type: multipart/mixed; boundary="a"',
        body='--a\r\nContent-Type: multipart/mixed; boundary="a--"\r\n\r\n--a--\r\n\r\nТекст\r\n--a----\r\n--a--',
    )
    assert parse(dashes).text == "Текст"


def test_a_quoted_source_keeps_its_boundary_lines() -> None:
    """Boundary lines that are nothing but text: of a letter that the sender pasted, and of no multipart of this one."""
    source = "Исходник письма:\r\n--other\r\nContent-Type: text/plain\r\n\r\nпривет\r\n--other--"
    found = parse(multipart("mixed", multipart("alternative", part("a")).partition(b"\r\n")[2], part(source)))
    assert "--other\nContent-Type: text/plain" in found.text


def test_words_declared_as_base64_are_words() -> None:
    head = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64")
    assert parse(letter(*head, body="?garbage")).text == "?garbage"
    koi8 = base64.encodebytes("Не печатает принтер в бухгалтерии, помогите".encode("koi8-r"))
    assert "принтер" in parse(letter(*head, body=b"!" + koi8)).text


def test_protected_letters_are_told() -> None:
    encrypted = parse(
        letter("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", body=b"x")
    )
    assert encrypted.encrypted and not encrypted.signed and names(encrypted) == ["smime.p7m"]
    signed = parse(multipart("signed", part("Текст"), part(b"x", "application/pkcs7-signature; name=smime.p7s")))
    assert signed.signed and not signed.encrypted and signed.text == "Текст"
    assert parse(letter(body="-----BEGIN PGP MESSAGE-----\r\nxx")).encrypted


def test_what_a_person_must_be_told() -> None:
    for content, word in (
        (part(b"x", "application/ms-tnef; name=winmail.dat"), "winmail.dat"),
        (part("BEGIN:VCALENDAR", "text/calendar; method=REQUEST"), "invitation"),
        (part("", "message/external-body; access-type=anon-ftp"), "elsewhere"),
    ):
        found = parse(multipart("mixed", part("Текст"), content))
        assert any(word in problem for problem in found.problems), word
        assert len(found.attachments) == 1


def test_the_key_knows_the_letter_by_id_and_content() -> None:
    base = letter("Message-ID: <1@x>", "Subject: s", "Date: Tue, 3 Nov 2026 11:42:00 +0300", body="Текст")
    on_the_way = b"Received: from a by b; Tue, 3 Nov 2026 11:42:01 +0300\r\nX-Spam: no\r\n" + base.replace(
        b"\r\n", b"\n"
    )
    recoded = base.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1).replace(
        "Текст".encode(), base64.b64encode("Текст".encode())
    )
    assert parse(base).key == parse(on_the_way).key == parse(recoded).key
    # Devices reuse ids: the same id with other content is another letter.
    assert parse(base).key != parse(base.replace("Текст".encode(), "Другой".encode())).key
    assert parse(base).key != parse(base.replace(b"<1@x>", b"<2@x>")).key


def _nested(depth: int) -> bytes:
    lines = [b"From: a@b\nSubject: x\n"]
    for level in range(depth):
        lines.append(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level))
    return b"".join(lines) + b"\nx"


HEAD = b"From: a@b\nSubject: x\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"


@pytest.mark.parametrize(
    "raw",
    [
        _nested(3000),
        MIXED + b"--b\n\nx\n" * 100_000,
        MIXED + b"--b--\n" * 200_000,
        b"From: a@b\nSubject: " + b"=?utf-8?B?" * 100_000 + b"\n\nx",
        b"From: a@b\nSubject: " + b"=?a?q?x?= " * 50_000 + b"\n\nx",
        b"From: a@b\nTo: " + b"(" * 250_000 + b"\n\nx",
        b"From: a@b\nTo: " + b"a@b," * 60_000 + b"\n\nx",
        b"From: a@b\nContent-Type: text/plain;" + b" " * 250_000 + b"\n\nx",
        b"From: a@b\nContent-Type: text/plain;" + b" a" * 120_000 + b"\n\nx",
        HEAD + b"X-A: b\n" * 200_000 + b"\n\nx",
        HEAD + b"\n" + b">\n" * 500_000,
        MIXED
        + b"".join(b"--b\nContent-Type: multipart/mixed; boundary=c%d\n\n" % n for n in range(400))
        + b"--b\n\n"
        + b"--c399\n" * 200_000,
        HEAD + b"\n" + b"begin 644 a\n" * 50_000 + b"end\n",
        HEAD + b"\n" + b"\xd0\xcf" * 1_000_000,
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=A" * 500_000,
        HEAD + b"Content-Type: text/html\n\n" + b"<table><tr><td>a" * 20_000,
        HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 100_000,
        HEAD + b"Content-Type: text/html\n\n" + b"<a href=http://x>" * 50_000,
        b"From: MAILER-DAEMON\nSubject: Undelivered Mail\n\n" + b"a@" + b"a." * 300_000,
    ],
    ids=range(19),
)
def test_hostile_letters_are_read_in_bounded_time(raw: bytes) -> None:
    before = time.process_time()
    found = parse(raw)
    assert time.process_time() - before < 8
    assert len(found.attachments) <= mime.MAX_PARTS + 1
