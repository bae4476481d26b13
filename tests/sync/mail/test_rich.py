"""Letters whose only text is Outlook's compressed rich text: in saved letters and in winmail.dat."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import compressed_rtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.core.paths import Profile
from deskapp.desk.desk import Desk
from deskapp.sync.mail import inside, msg, rtf, stages
from deskapp.sync.mail.html_text import html_to_text
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.build_letters import multipart, part
from tests.sync.mail.test_inside import attribute, property_, saved_letter, winmail

#: The first example of MS-OXRTFCP, section 3.
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)

RUSSIAN = rb"""{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fswiss\fcharset204 Arial;}{\f1\fswiss\fcharset0 Calibri;}
{\f2\fswiss\fcharset161 Greek;}}{\colortbl ;\red0\green0\blue255;}{\*\generator Riched20 5.50;}
\pard\f0\fs20 \'c4\'ee\'e1\'f0\'fb\'e9 \'e4\'e5\'ed\'fc!\par
\'ca\'e0\'f1\'f1\'e0 \{1\} \'ed\'e5 \'ef\'e5\'f7\'e0\'f2\'e0\'e5\'f2 \emdash  \f1
\u1086?\u1095?\u1077?\u1085?\u1100? \u-10179?\u-8704? \f2\'e1\f0\par
{\field{\*\fldinst{HYPERLINK "https://kassa.example/7"}}{\fldrslt{\ul\cf1 \'f4\'ee\'f2\'ee}}}\par
{\pict\wmetafile8\bin4 }}}}}\v \'f2\'e0\'e9\'ed\'e0\v0\par
\'ce\'eb\'fc\'e3\'e0\cell 12\row}} after"""
SHOWN = "Добрый день!\nКасса {1} не печатает — очень 😀 α\nфото <https://kassa.example/7>\n\nОльга\t12"

HTML = rb"""{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f4\fswiss\fcharset204 Arial;}
{\f5\fswiss\fcharset161 Arial;}}
{\*\htmltag19 <html>}{\*\htmltag34 <head>}{\*\htmltag241 <style>}{\*\htmltag249 p \{color:red\}}{\*\htmltag249 </style>}
{\*\htmltag41 </head>}{\*\htmltag50 <body>}\htmlrtf {\f4 \htmlrtf0 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0
\'cf\'f0\'e8\'e2\'e5\'f2, \u1084?\u1080?\u1088?{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0
{\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0
{\f5 \'e1}\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag0 <ul>}
{\*\htmltag0 <li>}\htmlrtf {\pntext -}\htmlrtf0 \'ee\'e4\'e8\'ed{\*\htmltag0 </li>}{\*\htmltag0 </ul>}
{\*\mhtmltag0 <img src="cid:x">}{\*\htmltag84 <a href="https://kassa.example">}
\htmlrtf {\field{\*\fldinst{HYPERLINK "https://kassa.example"}}
{\fldrslt\cf1\ul \htmlrtf0 \'f2\'f3\'f2\htmlrtf }\htmlrtf0 \htmlrtf }\htmlrtf0
{\*\htmltag92 </a>}
{\*\htmltag58 </body>}\htmlrtf }\htmlrtf0 {\*\htmltag27 </html>}}"""


def unpacked(rich: bytes) -> bytes:
    """As Outlook keeps what does not get smaller by packing."""
    return struct.pack("<II4sI", len(rich) + 12, len(rich), b"MELA", 0) + rich


def rich_msg(packed: bytes) -> bytes:
    return saved_letter(
        {
            "__properties_version1.0": b"\0" * 32,
            "__substg1.0_0037001F": "Касса".encode("utf-16-le"),
            "__substg1.0_10090102": packed,
        }
    )


def rich_winmail(packed: bytes) -> bytes:
    props = struct.pack("<I", 1) + property_(0x1009, 0x102, packed)
    return winmail() + attribute(1, 0x9003, 6, props)


def saved(packed: bytes, own: str = "Посмотрите") -> bytes:
    name = "Content-Disposition: attachment; filename=a.msg"
    return multipart("mixed", part(own), part(rich_msg(packed), "application/vnd.ms-outlook", name))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    world.furnish(Profile(tmp_path / "desk"))
    opened = world.open_world(tmp_path / "desk")
    yield opened
    opened.replica.disconnect()


def stored(desk: Desk) -> tuple[str, str]:
    ((text, reply),) = desk.replica.rows("SELECT text, reply_text FROM message WHERE direction = 'in'")
    return text, reply


def test_rich_text_is_read_as_it_is_shown() -> None:
    assert rtf.read(HELLO) == rtf.Body("hello world")
    assert rtf.body(RUSSIAN) == rtf.Body(SHOWN)
    assert rtf.read(compressed_rtf.compress(RUSSIAN[:400] + b"}")) == rtf.body(RUSSIAN[:400] + b"}")
    undeclared = RUSSIAN.replace(rb"\ansicpg1251", b"").replace(rb"\fcharset204", b"")
    assert rtf.body(undeclared).text.startswith("Добрый день!")


def test_html_in_the_guise_of_rich_text_is_html_again() -> None:
    found = rtf.body(HTML)
    assert not found.text and '<a href="https://kassa.example">тут</a>' in found.html and "cid:x" not in found.html
    assert html_to_text(found.html) == "Привет, мир <α\n\n- один\n\nтут <https://kassa.example>"


@pytest.mark.parametrize(("rich", "expected"), [(RUSSIAN, SHOWN), (HTML, "Привет, мир <α\n\n- один")])
def test_a_saved_letter_of_nothing_else_shows_its_text(desk: Desk, rich: bytes, expected: str) -> None:
    kept = msg.read(rich_msg(unpacked(rich)))
    assert kept is not None and not kept.text and not kept.html and kept.rich
    stages.take(desk, saved(unpacked(rich)), "one")
    text, reply = stored(desk)
    assert expected in text and reply == "Посмотрите"


def test_winmail_of_nothing_else_is_the_letter_itself(desk: Desk) -> None:
    rich = (
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'d1\'f0\'ee\'f7\'ed\'ee: "
        rb"\'ea\'e0\'f1\'f1\'e0 \'f1\'f2\'ee\'e8\'f2\par\par -----Original Message-----\par From: Desk\par "
        rb"Sent: Monday, November 2, 2026 10:00\par To: Olga\par Subject: Re\par\par quoted\par}"
    )
    raw = multipart("mixed", part(rich_winmail(compressed_rtf.compress(rich)), "application/ms-tnef; name=winmail.dat"))
    found = parse(raw)
    assert found.reply_text == "Срочно: касса стоит" and "quoted" in found.text and found.language == "ru"
    stages.take(desk, raw, "one")
    text, reply = stored(desk)
    assert reply == "Срочно: касса стоит" and text == found.text, "once, and without a word about files: there are none"


def test_what_stands_in_the_letter_already_is_not_told_twice() -> None:
    packed = part(rich_winmail(unpacked(RUSSIAN)), "application/ms-tnef; name=winmail.dat")
    same = multipart("mixed", part(SHOWN.replace(" не ", "\r\nне ")), packed)
    assert inside.look(parse(same), "ru").text == ""
    other = multipart("mixed", part("Высылаю письмо"), packed)
    assert inside.look(parse(other), "ru").text == SHOWN


def test_what_cannot_be_read_is_said_in_words() -> None:
    torn, foreign = HELLO[:30] + b"\xff" + HELLO[31:], unpacked(b"no rich text at all")
    large = unpacked(RUSSIAN + b" " * rtf.MAX_PACKED)
    for packed in (torn, foreign, large, b"\0" * 16 + b"x"):
        assert rtf.read(packed) is None
        for language, words in (("ru", "прочитать его не удалось"), ("en", "could not be read")):
            told = inside.look(parse(saved(packed)), language)
            assert words in told.text and [file.name for file in told.files] == ["a.msg"]


def test_one_letter_costs_no_more_than_two_large_ones() -> None:
    def numbered(number: int) -> bytes:
        rich = rb"{\rtf1 number %d{\pict " % number + b"ab" * 450_000 + b"}}"
        return part(rich_msg(unpacked(rich)), "application/vnd.ms-outlook")

    told = inside.look(parse(multipart("mixed", part("три"), *map(numbered, (1, 2, 3)))), "en").text
    assert "number 1" in told and "number 2" in told and "number 3" not in told and "could not be read" in told


@pytest.mark.parametrize(
    "piece",
    [b"{", b"}", b"{}", b"\\", rb"\'e9", rb"\u-10179?", rb"\a", rb"{\field{\*\fldinst{HYPERLINK " + b'"',
     rb'{\field{\*\fldinst{HYPERLINK "a"}}{\fldrslt b}}', rb"{\fonttbl{\f1\fcharset204 x;}}", rb"\bin9999999 ",
     rb"\uc9\u1 "],
)  # fmt: skip
def test_hostile_repetitions_are_read_to_their_end(piece: bytes) -> None:
    for head in (rb"{\rtf1 ", rb"{\rtf1\fromhtml1 ", rb"{\rtf1\fromhtml1 {\*\htmltag0 "):
        found = rtf.body(head + piece * 5_000)
        assert len(found.text) + len(found.html) <= 30_000


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from((RUSSIAN, HTML)),
    st.lists(st.tuples(st.integers(0, 1_500), st.integers(0, 30), st.binary(max_size=12)), max_size=12),
)
def test_mutated_rich_text_never_raises(rich: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    for at, length, junk in changes:
        rich = rich[:at] + junk + rich[at + length :]
    found = rtf.body(rich)
    assert not (found.text and found.html)
    assert inside.look(parse(saved(unpacked(rich))), "en").files


_PACKED = compressed_rtf.compress(RUSSIAN[:300] + b"}")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(_PACKED)), st.integers(0, 20), st.binary(max_size=20))
def test_mutated_packing_never_raises(at: int, length: int, junk: bytes) -> None:
    packed = bytearray(_PACKED[:at] + junk + _PACKED[at + length :])
    rtf.read(bytes(packed))
    if len(packed) > 16:  # past the check sum, the bytes themselves
        struct.pack_into("<I", packed, 12, compressed_rtf.compressed_rtf.crc32(bytes(packed[16:])))
        found = rtf.read(bytes(packed))
        assert found is None or len(found.text) < 20 * len(packed)


def test_three_words_for_a_broken_one() -> None:
    assert rtf.first_of("", "", b"") == "" and rtf.first_of(" ", "", b"x") is None
    assert rtf.first_of("", "<p>a</p>", HELLO) == "a" and rtf.first_of("", "", HELLO) == "hello world"
