"""Header values as programs really write them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.sync.mail import headers
from deskapp.sync.mail.compose import Outbound, build
from deskapp.sync.mail.letter import Address
from deskapp.sync.mail.parse import parse


def encoded(data: bytes, charset: str) -> bytes:
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(data) + b"?="


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "windows-1251"])
@pytest.mark.parametrize("cut", [1, 3, 7, 11])
def test_words_cut_in_mid_character(charset: str, cut: int) -> None:
    text = "Не работает 1С: ошибка проведения"
    data = text.encode(charset)
    value = b"\r\n ".join(encoded(data[start : start + cut], charset) for start in range(0, len(data), cut))
    assert headers.decoded(value.replace(b"\r\n", b"")) == text


def test_base64_cut_anywhere() -> None:
    whole = base64.b64encode("Отчёт не открывается".encode())
    value = b"=?utf-8?B?" + whole[:9] + b"?= =?utf-8?B?" + whole[9:] + b"?="
    assert headers.decoded(value) == "Отчёт не открывается"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?utf-8?Q?=D0=94=D0=B0?= and =?koi8-r?Q?=CE=C5=D4?=", "Да and нет"),
        (b"=?utf-8?Q?two_words?=", "two words"),
        (b"=?utf-8?Q?with blanks inside?=", "with blanks inside"),
        (b"=?windows-1251?Q?=CF=F0=E8=E2=E5=F2", "Привет"),
        (b"=?nonsense?Q?abc?=", "abc"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"=?utf-8?B?0J/RgNC40LLQtdGC?==?utf-8?B?IQ==?=", "Привет!"),
        ("Привет".encode("koi8-r"), "Привет"),
        ("Привет".encode(), "Привет"),
        (b"=?utf-8?Q?a=0D=0ABcc:_x=40y?=", "a Bcc: x@y"),
        (b"=?utf-8?Q?a=00b=ED=A0=80?=", "ab\ufffd\ufffd\ufffd"),
    ],
)
def test_broken_words(value: bytes, text: str) -> None:
    assert headers.decoded(value) == text


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("ivan@x.ru", [("", "ivan@x.ru")]),
        ("Иван Петров <ivan@x.ru>", [("Иван Петров", "ivan@x.ru")]),
        ('"Петров, Иван" <ivan@x.ru>, b@x.ru', [("Петров, Иван", "ivan@x.ru"), ("", "b@x.ru")]),
        ("Петров, Иван <ivan@x.ru>", [("Петров, Иван", "ivan@x.ru")]),
        ("=?utf-8?B?0JjQstCw0L0sINCf0ZHRgtGA?= <ivan@x.ru>", [("Иван, Пётр", "ivan@x.ru")]),
        ('"=?utf-8?B?0JjQstCw0L0=?=" <ivan@x.ru>; p@q.ru', [("Иван", "ivan@x.ru"), ("", "p@q.ru")]),
        ("undisclosed-recipients:;", []),
        ("Отдел: a@b.c, Д <d@e.f>;", [("", "a@b.c"), ("Д", "d@e.f")]),
        ("a@b.c (Ann)", [("Ann", "a@b.c")]),
        ("MAILER-DAEMON", [("MAILER-DAEMON", "")]),
        ("<>", []),
        ("'Ann' <a@b.c>", [("Ann", "a@b.c")]),
        ("<@hop,@hop2:u@h.x>", [("", "u@h.x")]),
        ("=?utf-8?B?0JjQstCw0L0gPGl2YW5AeC5ydT4=?=", [("Иван", "ivan@x.ru")]),
        ('"a\\"b" <a@b.c>', [('a"b', "a@b.c")]),
    ],
)
def test_addresses(value: str, people: list[tuple[str, str]]) -> None:
    assert headers.addresses(value.encode()) == tuple(Address(name, address) for name, address in people)


def test_ids_and_dates() -> None:
    assert headers.message_ids(b"<a@b>\t<c@d> <a@b>") == ("a@b", "c@d")
    assert headers.message_ids(b"lost@brackets") == ("lost@brackets",)
    assert headers.message_ids(b"<a b@c>") == ("ab@c",)
    moscow = headers.date(b"Tue, 3 Nov 2026 11:42:00 +0300 (MSK)")
    assert moscow == datetime(2026, 11, 3, 8, 42, tzinfo=UTC) and moscow.utcoffset() == timedelta(hours=3)
    assert headers.date(b"2026-11-03T11:42:00Z") == datetime(2026, 11, 3, 11, 42, tzinfo=UTC)
    for broken in (
        b"",
        b"yesterday",
        b"Tue, 35 Nov 2026 11:42:00 +0300",
        b"\xff\xfe" * 50,
    ):
        assert headers.date(broken) is None


@given(st.binary(max_size=300))
def test_no_value_raises(value: bytes) -> None:
    headers.decoded(value)
    headers.addresses(value)
    headers.message_ids(value)
    headers.date(value)


NAMES = st.text(max_size=60).filter(lambda name: "\x00" not in name)


@given(name=NAMES, subject=st.text(max_size=200), text=st.text(max_size=300))
def test_what_we_write_we_read(name: str, subject: str, text: str) -> None:
    raw = build(
        Outbound(
            "id", "m@d", ("", "help@d.example"), ((name, "i@x.ru"),), subject, text, datetime(2026, 11, 3, tzinfo=UTC)
        )
    )
    read = parse(raw)
    assert read.sender.address == "help@d.example"
    assert [one.address for one in read.to] == ["i@x.ru"]
    assert set(read.headers) == set(
        "from to subject date message-id x-deskapp-letter content-type content-transfer-encoding mime-version".split()
    ) - ({"subject"} if not read.subject else set())
