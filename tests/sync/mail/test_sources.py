"""Letters out of files, folders, mailboxes and archives; broken ones are told, the others go on."""

from __future__ import annotations

import io
import mailbox
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from deskapp.sync.mail import sources
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.sources import Source, letters
from tests.sync.mail.build_letters import letter


def numbered(number: int, body: str = "text") -> bytes:
    return letter(f"Subject: letter {number}", body=body)


def subjects(path: Path) -> list[str]:
    return [parse(one.raw).subject if one.raw is not None else one.error for one in letters(path)]


def mbox(count: int) -> bytes:
    return b"".join(
        b"From ivan@example.ru Tue Nov  3 11:42:00 2026\n"
        + numbered(n).replace(b"\r\n", b"\n")
        + b"\n>From here on\n\n"
        for n in range(count)
    )


def test_one_file(tmp_path: Path) -> None:
    path = tmp_path / "письмо.eml"
    path.write_bytes(numbered(1))
    assert list(letters(path)) == [Source(str(path), numbered(1))]


def test_what_cannot_be_read_is_said_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"")
    (tmp_path / "b.eml").write_bytes(numbered(2))
    (tmp_path / "c.eml").write_bytes(b"x" * 5000)
    (tmp_path / "d.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "e.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99)
    (tmp_path / "notes.txt").write_text("just notes")
    found = list(letters(tmp_path, limit=1000))
    assert [one.name for one in found] == [
        f"{tmp_path.name}/{name}" for name in ("a.eml", "b.eml", "c.eml", "d.zip", "e.msg")
    ]
    assert [bool(one.error) for one in found] == [True, False, True, True, True]
    for one, said in zip(found, ("empty", "", "too large", "broken", ".msg"), strict=True):
        assert said in one.error
    assert [one.error for one in letters(tmp_path / "nowhere")] == ["There is no such file or folder"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    (tmp_path / "rest.eml").write_bytes(numbered(1))
    found = list(letters(tmp_path))
    assert [bool(one.error) for one in found] == [True, False]


def test_folders_in_order_and_without_loops(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "2.eml").write_bytes(numbered(2))
    (tmp_path / "a.eml").write_bytes(numbered(1))
    (tmp_path / "export").write_bytes(numbered(3))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    if os.name == "posix":
        (tmp_path / "b" / "up").symlink_to(tmp_path)
    assert subjects(tmp_path) == ["letter 1", "letter 2", "letter 3"]


def test_mbox(tmp_path: Path) -> None:
    path = tmp_path / "inbox.mbox"
    path.write_bytes(mbox(3))
    found = list(letters(path))
    assert [parse(one.raw).subject for one in found if one.raw] == ["letter 0", "letter 1", "letter 2"]
    assert found[0].name.endswith("inbox.mbox#1")
    assert found[0].raw is not None and b"\nFrom here on\n" in found[0].raw
    path.write_bytes(mbox(3).replace(b"\n", b"\r\n"))
    assert subjects(path) == ["letter 0", "letter 1", "letter 2"]
    path.write_bytes(b"")
    assert [one.error for one in letters(path)] == ["The file is empty"]


def test_a_letter_of_the_library_s_own_mbox(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "x.mbox")
    for number in range(3):
        box.add(numbered(number, "From the start\r\nFrom Monday 11:42 on\r\n"))
    box.close()
    assert subjects(tmp_path / "x.mbox") == ["letter 0", "letter 1", "letter 2"]


def test_a_large_letter_in_an_mbox_is_stepped_over(tmp_path: Path) -> None:
    path = tmp_path / "x.mbox"
    path.write_bytes(mbox(1) + b"From a@b Tue Nov  3 11:42:00 2026\n" + numbered(9, "x" * 9000) + b"\n\n" + mbox(1))
    found = list(letters(path, limit=4000))
    assert [bool(one.error) for one in found] == [False, True, False]


def test_a_single_letter_with_its_mbox_line_is_one_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"From ivan@x Tue Nov  3 11:42:00 2026\n" + numbered(1, "a\n\nFrom Monday on it fails\n"))
    assert subjects(path) == ["letter 1"]


def test_maildir(tmp_path: Path) -> None:
    box = mailbox.Maildir(str(tmp_path / "mail"))
    box.add(numbered(1))
    seen = mailbox.MaildirMessage(numbered(2))
    seen.set_subdir("cur")
    box.add(seen)
    box.add_folder("Archive").add(numbered(3))
    assert subjects(tmp_path / "mail") == ["letter 2", "letter 1", "letter 3"]


def test_zip(tmp_path: Path) -> None:
    path = tmp_path / "letters.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.eml", numbered(1))
        archive.writestr("папка/box.mbox", mbox(2))
        archive.writestr("picture.png", b"\x89PNG")
        archive.writestr("__MACOSX/._a.eml", b"junk")
        archive.writestr("bomb.eml", b"Subject: x\n\n" + b"0" * 30_000_000)
        archive.writestr("inner.zip", b"PK\x03\x04" + b"x" * 50)
        archive.writestr("empty.eml", b"")
        archive.writestr("last.eml", numbered(4))
    found = list(letters(path))
    assert [one.name.removeprefix(str(path) + "/") for one in found] == [
        "outside.eml", "папка/box.mbox#1", "папка/box.mbox#2", "bomb.eml", "inner.zip", "empty.eml", "last.eml"
    ]  # fmt: skip
    assert [bool(one.error) for one in found] == [False, False, False, True, True, True, False]
    assert not (tmp_path.parent / "outside.eml").exists()


def test_a_damaged_member_does_not_stop_the_archive(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.eml", numbered(1))
        archive.writestr("b.eml", numbered(2))
    raw = data.getvalue().replace(b"letter 1", b"lexxer 1", 1)
    (tmp_path / "x.zip").write_bytes(raw)
    found = list(letters(tmp_path / "x.zip"))
    assert [bool(one.error) for one in found] == [True, False]


def test_utf16_and_apple_mail(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(numbered(1).decode().encode("utf-16"))
    raw = numbered(2)
    (tmp_path / "b.emlx").write_bytes(f"{len(raw)}\n".encode() + raw + b"<?xml version='1.0'?><plist/>")
    assert subjects(tmp_path) == ["letter 1", "letter 2"]
    assert [parse(one.raw).text for one in letters(tmp_path) if one.raw] == ["text", "text"]


def test_memory_does_not_grow_with_the_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    one = mbox(1).replace(b"text", b"text " * 4000)
    with path.open("wb") as file:
        for _ in range(1000):
            file.write(one)
    tracemalloc.start()
    count = sum(1 for _ in letters(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1000
    assert peak < 1_000_000 < path.stat().st_size


def test_the_limit_is_a_setting_of_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(numbered(1))
    size = path.stat().st_size
    assert next(iter(letters(path, limit=size))).raw is not None
    assert "too large" in next(iter(letters(path, limit=size - 1))).error
    assert sources.MAX_LETTER < 100 * 1024 * 1024
