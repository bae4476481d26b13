"""What letters hold inside: opened where it can be, said in words where it cannot."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.paths import Profile
from deskapp.desk import files
from deskapp.desk.desk import Desk
from deskapp.sync.mail import inside, msg, stages, tnef
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.build_letters import letter, multipart, part


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    world.furnish(Profile(tmp_path / "desk"))
    opened = world.open_world(tmp_path / "desk")
    yield opened
    opened.replica.disconnect()


# --- as Outlook writes them ------------------------------------------------------------------------------------------


def attribute(level: int, name: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(value)) + value + struct.pack("<H", sum(value) % 65536)


def property_(tag: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<HHII", kind, tag, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def winmail(*attached: tuple[str, bytes], text: str = "") -> bytes:
    found = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x9006, 8, b"\0\0\1\0")
    if text:
        found += attribute(
            1, 0x9003, 6, struct.pack("<I", 1) + property_(0x1000, 0x1F, (text + "\0").encode("utf-16-le"))
        )
    for name, data in attached:
        found += attribute(2, 0x9002, 6, b"\1\0" + b"\0" * 12)
        found += attribute(2, 0x8010, 1, b"SHORT~1.DOC\0")
        found += attribute(2, 0x800F, 6, data)
        props = property_(0x3707, 0x1F, (name + "\0").encode("utf-16-le")) + property_(0x370E, 0x1E, b"Text/Plain\0")
        found += attribute(2, 0x9005, 6, struct.pack("<I", 2) + props)
    return found


def saved_letter(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, 512-byte sectors, every stream in sectors of its own) with these streams; "a/b" lies in
    the storage "a"."""
    entries: list[tuple[str, int, bytes]] = [("Root Entry", 5, b"")]
    folders = sorted({path[:at] for path in streams for at, sign in enumerate(path) if sign == "/"})
    children: dict[str, list[int]] = {"": []}
    for folder in folders:
        above, _, name = folder.rpartition("/")
        children[above].append(len(entries))
        children[folder] = []
        entries.append((name, 1, b""))
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        children[folder].append(len(entries))
        entries.append((name, 2, data + b"\0" * max(0, 4096 - len(data))))
    sizes = {path: max(len(data), 4096) for path, data in streams.items()}
    assert len(sizes) == len(streams)
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        first = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)] or [b"\0" * 512]
        for place, piece in enumerate(pieces):
            sectors.append(piece)
            fat.append(len(sectors) if place < len(pieces) - 1 else 0xFFFFFFFE)
        return first

    starts = [store(data) if kind == 2 else 0xFFFFFFFE for _name, kind, data in entries]
    nil = 0xFFFFFFFF
    right: dict[int, int] = {}
    child: dict[int, int] = {}
    for folder, members in children.items():
        owner = 0 if not folder else 1 + folders.index(folder)
        ordered = sorted(members, key=lambda one: (len(entries[one][0]), entries[one][0].upper()))
        if ordered:
            child[owner] = ordered[0]
            right.update(pairwise(ordered))
    directory = b""
    for place, (name, kind, data) in enumerate(entries):
        encoded = (name + "\0").encode("utf-16-le")
        directory += encoded.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(encoded), kind, 1, nil, right.get(place, nil), child.get(place, nil), b"", 0, 0, 0,
            starts[place], len(data),
        )  # fmt: skip
    directory_at = store(directory)
    needed = (len(sectors) + 1 + 127) // 128
    fat_at = list(range(len(sectors), len(sectors) + needed))
    fat += [0xFFFFFFFD] * needed
    fat += [0xFFFFFFFF] * (needed * 128 - len(fat))
    table = struct.pack(f"<{len(fat)}I", *fat)
    head = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + b"\0" * 16
        + struct.pack(
            "<HHHHH6sIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            b"",
            0,
            needed,
            directory_at,
            0,
            4096,
            0xFFFFFFFE,
            0,
            0xFFFFFFFE,
            0,
        )
    )
    head += struct.pack("<109I", *(fat_at + [0xFFFFFFFF] * (109 - needed)))
    return head + b"".join(sectors) + table


def outlook_msg() -> bytes:
    wide = "utf-16-le"
    ticks = int((datetime(2026, 11, 2, 7, 0, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    fixed = b"\0" * 32 + struct.pack("<IIQ", 0x0039_0040, 6, ticks)
    return saved_letter(
        {
            "__properties_version1.0": fixed,
            "__substg1.0_0037001F": "Касса не печатает".encode(wide),
            "__substg1.0_0C1A001F": "Ольга Сидорова".encode(wide),
            "__substg1.0_5D01001F": "olga@romashka.example".encode(wide),
            "__substg1.0_1000001F": "На чеке пусто.".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": "чек.png".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_37010102": b"PNG" * 2000,
        }
    )


def with_letter_attached(inner: dict[str, bytes]) -> bytes:
    """A .msg that has another letter attached, as Outlook keeps it: a storage, not a file."""
    wide = "utf-16-le"
    at = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    return saved_letter(
        {
            "__properties_version1.0": b"\0" * 32,
            "__substg1.0_0037001F": "FW: Касса".encode(wide),
            "__substg1.0_1000001F": "См. вложенное письмо.".encode(wide),
            **{f"{at}/{name}": data for name, data in inner.items()},
        }
    )


INVITATION = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Samara
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Обследование серверной\\, этаж 2
DTSTART;TZID=Europe/Samara:20261105T110000
DTEND;TZID=Europe/Samara:20261105T123000
LOCATION:ул. Ленина\\, 5
ORGANIZER;CN="Ольга
 Сидорова":mailto:olga@romashka.example
END:VEVENT
END:VCALENDAR
""".replace("\n ", "\n  ")


def test_winmail_is_unpacked(desk: Desk) -> None:
    data = winmail(("договор поставки.docx", b"PK" * 50), ("акт.pdf", b"%PDF"), text="Высылаю документы")
    raw = multipart("mixed", part("см. вложение"), part(data, "application/ms-tnef; name=winmail.dat"))
    taken = stages.take(desk, raw, "one")
    rows = desk.replica.rows(
        "SELECT name, sha256 FROM attachment WHERE ticket_id = ? ORDER BY position", (taken.ticket_id,)
    )
    assert [name for name, _sha in rows] == ["договор поставки.docx", "акт.pdf"]
    assert files.read(desk, rows[0][1]) == b"PK" * 50
    text = desk.replica.value("SELECT text FROM message WHERE direction = 'in'")
    assert text.startswith("см. вложение") and "winmail.dat" in text and "Высылаю документы" in text
    broken = multipart("mixed", part("x"), part(b"junk", "application/ms-tnef; name=winmail.dat"))
    found = inside.look(parse(broken), "ru")
    assert "не удалось прочитать" in found.text and [one.name for one in found.files] == ["winmail.dat"]


def test_letters_attached_as_eml_and_msg_are_opened(desk: Desk) -> None:
    inner = multipart(
        "mixed", part("Не печатает второй день"),
        part(b"PNG", "image/png", "Content-Disposition: attachment; filename=a.png"),
        headers=("From: Olga <olga@romashka.example>", "Subject: Printer", "Date: Mon, 2 Nov 2026 10:00:00 +0300"),
    ).replace(b"=-=cut-here", b"=-=inner")  # fmt: skip
    raw = multipart(
        "mixed",
        part("Посмотрите, пожалуйста"),
        part(inner, "message/rfc822"),
        part(
            outlook_msg(),
            "application/vnd.ms-outlook; name=saved.msg",
            "Content-Disposition: attachment; filename=saved.msg",
        ),
    )
    taken = stages.take(desk, raw, "one")
    text = desk.replica.value("SELECT text FROM message WHERE direction = 'in'")
    for expected in ("Не печатает второй день", "Olga <olga@romashka.example>", "02.11.2026 10:00", "Касса не печатает",
                     "Ольга Сидорова <olga@romashka.example>", "На чеке пусто."):  # fmt: skip
        assert expected in text, expected
    names = [row[0] for row in desk.replica.rows("SELECT name FROM attachment WHERE ticket_id = ?", (taken.ticket_id,))]
    assert sorted(names) == ["Printer.eml", "a.png", "saved.msg", "чек.png"]
    assert parse(raw).reply_text == "Посмотрите, пожалуйста"


def test_a_saved_letter_is_read_whole() -> None:
    found = msg.read(outlook_msg())
    assert found is not None
    assert (found.subject, found.date) == ("Касса не печатает", datetime(2026, 11, 2, 7, 0, tzinfo=UTC))
    assert found.files[0][:2] == ("чек.png", "") and found.files[0][2] == b"PNG" * 2000
    assert msg.read(b"no letter") is None and msg.read(outlook_msg()[:700]) is None


def test_invitations_are_told_in_words(desk: Desk) -> None:
    raw = multipart("alternative", part(""), part(INVITATION, "text/calendar; charset=utf-8; method=REQUEST"))
    stages.take(desk, raw, "one")
    text = desk.replica.value("SELECT text FROM message WHERE direction = 'in'")
    assert "Приглашение: Обследование серверной, этаж 2" in text
    assert "05.11.2026 10:00–11:30 (MSK)" in text and "ул. Ленина, 5" in text
    assert "Ольга Сидорова <olga@romashka.example>" in text
    declined = INVITATION.replace("REQUEST", "REPLY").replace(
        "LOCATION", "ATTENDEE;PARTSTAT=DECLINED:mailto:x@y\nLOCATION"
    )
    words = inside.look(parse(multipart("mixed", part(""), part(declined, "text/calendar"))), "en").text
    assert "Answer to an invitation" in words and "(declined)" in words
    outlook_zone = INVITATION.replace("TZID=Europe/Samara", 'TZID="Russian Standard Time"').replace("REQUEST", "CANCEL")
    words = inside.look(
        parse(multipart("mixed", part(""), part(outlook_zone, "text/calendar"))), "en", "Europe/Moscow"
    ).text
    assert "Meeting cancelled" in words and "11:00" in words


def test_sealed_letters_are_explained(desk: Desk) -> None:
    smime = letter(
        "Subject: secret", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
        "Content-Transfer-Encoding: base64", body="MIAGCSqGSIb3DQ==",
    )  # fmt: skip
    pgp = letter("Subject: pgp", body="-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----")
    signed = letter(
        "Subject: signed", "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
        "Content-Transfer-Encoding: base64", body="MIAGCSqGSIb3DQ==",
    )  # fmt: skip
    for raw, words in ((smime, "зашифровано (S/MIME)"), (pgp, "зашифровано (PGP)"), (signed, "внутри подписи S/MIME")):
        taken = stages.take(desk, raw, "one")
        text, shown = desk.replica.row(
            "SELECT text, reply_text FROM message WHERE direction = 'in' AND ticket_id = ?", (taken.ticket_id,)
        ) or ("", "")
        assert taken.outcome == "created" and words in text and words in (shown if raw is not pgp else text)
        assert files.read(desk, taken.key) == raw


def test_letters_in_letters_end(desk: Desk) -> None:
    raw = letter("Subject: 0", body="deep")
    for depth in range(1, 12):
        raw = multipart("mixed", part(f"level {depth}"), part(raw, "message/rfc822"), headers=(f"Subject: {depth}",))
        raw = raw.replace(b"=-=cut-here", f"=-={depth}-".encode())
    found = inside.look(parse(raw), "ru")
    assert found.text.count("Вложенное письмо:") == 3 and len(found.files) == 4
    assert stages.take(desk, raw, "one").outcome == "created"


@given(st.integers(0, 2000), st.binary(max_size=12))
def test_broken_containers_never_raise(at: int, junk: bytes) -> None:
    for whole in (winmail(("a.txt", b"data"), text="x"), _MSG):
        hurt = whole[:at] + junk + whole[at + len(junk) :]
        tnef.unpack(hurt)
        tnef.unpack(whole[:at])
        msg.read(hurt)
    inside.invitation((INVITATION[: at % len(INVITATION)]).encode() + junk, inside._WORDS["en"], "UTC")


_MSG = outlook_msg()


def test_a_letter_with_only_a_date_is_received_then_but_never_later_than_now(desk: Desk) -> None:
    for header, expected in (
        ("Date: Fri, 30 Oct 2026 09:00:00 +0300", datetime(2026, 10, 30, 6, tzinfo=UTC)),
        ("Date: Fri, 30 Oct 2099 09:00:00 +0300", desk.clock.now()),
        ("Date: nonsense", desk.clock.now()),
    ):
        taken = stages.take(desk, letter(header, f"Subject: {header}"), "file.eml")
        assert world.row(desk, taken.ticket_id)["received_at"] == int(expected.timestamp() * 1000), header
