"""Damaged and random letters: nothing but `BrokenLetter` comes out, quickly and without much memory."""

from __future__ import annotations

import random
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.sync.mail import inside
from deskapp.sync.mail.letter import BrokenLetter
from deskapp.sync.mail.parse import parse
from tests.sync.mail.build_letters import letter, multipart, part
from tests.sync.mail.russian_daily import DAILY
from tests.sync.mail.russian_hard import HARD
from tests.sync.mail.russian_html import HTML
from tests.sync.mail.russian_letters import REPLIES
from tests.sync.mail.russian_more import MORE
from tests.sync.mail.test_feared import ENTITY, sealed, streamed
from tests.sync.mail.test_inside import INVITATION, outlook_msg, winmail
from tests.sync.mail.test_rich import HTML as DISGUISED
from tests.sync.mail.test_rich import RUSSIAN, rich_winmail, saved, unpacked
from tests.sync.mail.test_seals import HEAD, WORDS, content, pgp_inline, pgp_mime, plain

SEEDS = (
    [reply.raw() for reply in REPLIES + HARD + MORE + HTML]
    + [one.raw for one in DAILY]
    + [
        saved(unpacked(DISGUISED)),
        multipart("mixed", part(rich_winmail(unpacked(RUSSIAN)), "application/ms-tnef; name=winmail.dat")),
        letter(*HEAD, body=pgp_inline(WORDS)),
        plain(pgp_mime(content())),
        sealed(streamed(ENTITY)),
        multipart(
            "mixed", part("x"), part(winmail(("a.txt", b"data"), text="x"), "application/ms-tnef; name=winmail.dat")
        ),
        multipart("mixed", part("x"), part(outlook_msg(), "application/octet-stream; name=a.msg")),
        multipart("mixed", part("x"), part(INVITATION, "text/calendar; charset=utf-8")),
        multipart(
            "mixed",
            part("Текст"),
            part("<p>Вид</p>", "text/html; charset=utf-8"),
            part(b"AAAA", "application/pdf; name*=koi8-r''%F3.pdf", "Content-Transfer-Encoding: base64"),
            part(letter("Subject: =?utf-8?B?0JLQvdGD0YLRgNC4?="), "message/rfc822"),
        ),
        multipart(
            "report",
            part("no such user gone@example.ru"),
            part(
                "Final-Recipient: rfc822; gone@example.ru\r\nAction: failed\r\nStatus: 5.1.1", "message/delivery-status"
            ),
            headers=("From: MAILER-DAEMON@x", "Subject: Undelivered"),
            parameters="; report-type=delivery-status",
        ),
    ]
)
PIECES = [
    b"\r\n", b"\n\n", b"--", b"=?utf-8?B?", b"?=", b"\0", b'"', b";", b"boundary=", b"\xff\xfe", b"<", b">", b"(",
    b"\xd0",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", b"From: ", b":", b"=", b"begin 644 a\n", b"\r",
]  # fmt: skip


def damaged(dice: random.Random) -> bytes:
    raw = bytearray(dice.choice(SEEDS))
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(raw) + 1)
        how = dice.random()
        if how < 0.3 and at < len(raw):
            raw[at] = dice.randrange(256)
        elif how < 0.5:
            del raw[at : at + dice.randrange(200)]
        elif how < 0.7:
            raw[at:at] = raw[at : at + dice.randrange(400)] * dice.randint(1, 5)
        elif how < 0.85:
            other = dice.choice(SEEDS)
            start = dice.randrange(len(other))
            raw[at:at] = other[start : start + dice.randrange(500)]
        else:
            raw[at:at] = dice.choice(PIECES)
    return bytes(raw)


def read(raw: bytes) -> None:
    before = time.process_time()
    try:
        found = parse(raw)
        opened = inside.look(found, "ru")
    except BrokenLetter:
        return
    finally:
        assert time.process_time() - before < 2, raw
    assert "\0" not in found.text + found.subject + found.html
    for text in (
        found.text,
        found.subject,
        found.sender.name,
        found.html,
        opened.text,
        *(file.name for file in opened.files),
    ):
        text.encode("utf-8")
    assert all(file.name and "/" not in file.name and "\\" not in file.name for file in opened.files)


@given(st.binary(max_size=2000))
def test_random_bytes(raw: bytes) -> None:
    read(raw)
    read(b"From: a@b\r\n" + raw)
    read(b"From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + raw)


@given(st.lists(st.sampled_from([*PIECES, b"a", "я".encode("koi8-r"), b" "]), max_size=60).map(b"".join))
def test_pieces_of_letters_in_any_order(raw: bytes) -> None:
    read(b"From: a@b\r\n" + raw)
    read(raw)


def test_damaged_letters() -> None:
    dice = random.Random(1974)
    for _ in range(1500):
        read(damaged(dice))


@pytest.mark.long
def test_twenty_thousand_damaged_letters() -> None:
    dice = random.Random(20_000)
    for turn in range(20_000):
        raw = damaged(dice)
        if turn % 20:
            read(raw)
            continue
        tracemalloc.start()  # which makes everything five times slower
        try:
            read(raw)
            assert tracemalloc.get_traced_memory()[1] < 8_000_000 + 50 * len(raw), raw
        finally:
            tracemalloc.stop()
