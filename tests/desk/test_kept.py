"""What must not be lost: words being typed, files, the running timer, secrets; and what must never be written."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.core.secrets import KeyringSecrets, NoKeyring
from deskapp.desk import closing, doctor, drafts, files, setup, ticket, timer, work
from deskapp.desk.desk import Desk
from tests.desk import world
from tests.desk.world import advance, arrive

ROOT = Path(__file__).resolve().parents[2]

TYPING = """
    import itertools, sys
    from pathlib import Path
    from tests.desk import world
    from deskapp.desk import drafts
    desk = world.open_world(Path(sys.argv[1]))
    for n in itertools.count(1):
        text = "слово " * n
        drafts.save(desk, "t1", "reply", {"letter": {"body": text}, "count": n})
        print(n, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("words", [1, 7, 40])
def test_a_sentence_survives_a_kill_in_its_middle(profile: Path, words: int) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(TYPING), str(profile)],
        stdout=subprocess.PIPE, cwd=ROOT, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert writer.stdout is not None
    for _ in range(words):
        last = int(writer.stdout.readline())
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.stdout.read().split()
    writer.wait(180)
    writer.stdout.close()
    last = int(rest[-1]) if rest else last
    desk = world.open_world(profile)
    try:
        kept = drafts.load(desk, "t1")["reply"]
        assert kept["count"] >= last, "what was confirmed is on the disk"
        assert kept["letter"]["body"] == "слово " * kept["count"]
    finally:
        desk.replica.disconnect()


def test_drafts_of_each_tab_are_kept_apart_and_shown_with_the_ticket(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    drafts.save(desk, ticket_id, "reply", {"body": "а\ud800б"})
    drafts.save(desk, ticket_id, "note", {"text": "заметка"})
    assert ticket.view(desk, ticket_id).drafts == {"reply": {"body": "аб"}, "note": {"text": "заметка"}}
    drafts.drop(desk, ticket_id, "reply")
    assert set(drafts.load(desk, ticket_id)) == {"note"}
    work.note(desk, ticket_id, "note", "заметка")
    assert drafts.load(desk, ticket_id) == {}
    assert desk.replica.value("SELECT count(*) FROM change WHERE tbl = 'draft'") == 0


# --- files -------------------------------------------------------------------------------------------------------


def test_a_file_is_kept_once_under_its_hash(desk: Desk, tmp_path: Path) -> None:
    data = os.urandom(5_000)
    sha256 = files.put(desk, data)
    assert files.put(desk, data) == sha256
    assert files.read(desk, sha256) == data
    assert len([path for path in desk.profile.blobs.rglob("*") if path.is_file()]) == 1
    saved = Path(files.save_as(desk, sha256, str(tmp_path / "копия.exe")))
    assert saved.read_bytes() == data
    if os.name == "posix":
        assert not os.access(saved, os.X_OK) or os.geteuid() == 0
        assert saved.stat().st_mode & 0o111 == 0


def test_a_damaged_file_is_detected_and_mended_by_the_next_copy(desk: Desk) -> None:
    data = b"the original letter"
    sha256 = files.put(desk, data)
    (place,) = (path for path in desk.profile.blobs.rglob("*") if path.is_file())
    place.write_bytes(b"The original letter")
    with pytest.raises(UserFacingError, match="damaged"):
        files.read(desk, sha256)
    place.write_bytes(data[:5])
    with pytest.raises(UserFacingError, match="damaged"):
        files.read(desk, sha256)
    files.put(desk, data)
    assert files.read(desk, sha256) == data


def test_a_file_that_is_not_here_is_said_in_words(desk: Desk, tmp_path: Path) -> None:
    for name in ("ab" * 32, "", "../../settings.toml"):
        with pytest.raises(UserFacingError):
            files.read(desk, name)
    sha256 = files.put(desk, b"x")
    with pytest.raises(UserFacingError, match="could not be saved"):
        files.save_as(desk, sha256, str(tmp_path / "no" / "such" / "folder" / "x"))


# --- timer -------------------------------------------------------------------------------------------------------


def test_the_timer_survives_a_restart(profile: Path) -> None:
    desk = world.open_world(profile)
    ticket_id = arrive(desk).ticket_id
    timer.start(desk, ticket_id)
    at = desk.clock.now()
    desk.replica.disconnect()
    desk = world.open_world(profile, at + timedelta(minutes=25))
    try:
        running = timer.state(desk)
        assert running is not None
        assert (running.ticket_id, running.number, running.seconds, running.running) == (ticket_id, 1001, 1500, True)
        timer.pause(desk)
        advance(desk, hours=3)
        timer.start(desk, ticket_id)
        advance(desk, minutes=5)
        assert ticket.view(desk, ticket_id).spent == 30
        timer.stop(desk)
        assert timer.state(desk) is None
        assert ticket.view(desk, ticket_id).spent == 30
    finally:
        desk.replica.disconnect()


def test_a_timer_that_goes_over_is_recorded_on_its_own_ticket(desk: Desk) -> None:
    first, second = arrive(desk).ticket_id, arrive(desk).ticket_id
    timer.start(desk, first)
    advance(desk, minutes=10)
    timer.start(desk, second)
    advance(desk, minutes=3)
    timer.stop(desk)
    assert [ticket.view(desk, one).spent for one in (first, second)] == [10, 3]


def test_a_night_on_the_timer_is_no_work_of_a_night(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    timer.start(desk, ticket_id)
    advance(desk, days=3)
    timer.stop(desk)
    assert ticket.view(desk, ticket_id).spent == timer.LONGEST


@pytest.mark.parametrize(("told", "spent"), [(None, 12), (40, 40), (5, 5)])
def test_finishing_stops_the_timer_and_loses_no_time(desk: Desk, told: int | None, spent: int) -> None:
    ticket_id = arrive(desk).ticket_id
    timer.start(desk, ticket_id)
    advance(desk, minutes=12)
    closing.finish(desk, ticket_id, "сделано", minutes=told, told_how="phone", told_who="Иван")
    assert timer.state(desk) is None
    assert ticket.view(desk, ticket_id).spent == spent


# --- secrets -----------------------------------------------------------------------------------------------------


def test_a_password_is_in_no_file(desk: Desk) -> None:
    secret = "correct horse battery staple"
    desk.secrets = KeyringSecrets()
    with pytest.raises(NoKeyring):
        setup.save_mailbox(desk, {"id": "box2", "address": "two@desk.example", "name": "Two"}, password=secret)
    assert {row["id"] for row in setup.mailboxes(desk)} == {"box", "box2"}, "everything else was saved"
    assert desk.secrets.get("mailbox:box2") == secret
    desk.replica.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    found = [path for path in desk.profile.root.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    assert found == []


# --- doctor ------------------------------------------------------------------------------------------------------


def test_the_doctor_says_what_is_missing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    code = doctor.report(desk.profile.root)
    told = capsys.readouterr().out
    assert code == 1 and "missing  System keyring" in told, "there is no keyring in tests"
    assert "ok       Time zones" in told and "ok       PySide6" in told
    assert f"ok       Database {desk.profile.database}" in told


def test_the_doctor_names_what_a_window_under_x11_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt ends the process where the system lacks one of them; run.py brings them, an installation by pip does not."""

    def missing(path: str) -> object:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file")

    plugins = tmp_path / "PySide6" / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (plugins / "libqxcb.so").touch()
    spec = SimpleNamespace(submodule_search_locations=[str(tmp_path / "PySide6")])
    with monkeypatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", lambda name: spec)
        patch.setattr(ctypes, "CDLL", missing)
        found = doctor._x11()
    assert not found.ok and "libxcb-cursor.so.0" in found.advice and "apt-get install libxcb-cursor0" in found.advice
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    for display, told in (("", 0), (":0", 1)):  # an agent needs no window
        monkeypatch.setenv("DISPLAY", display)
        assert len([one for one in doctor.findings(tmp_path) if "X11" in one.what]) == told


def test_the_doctor_looks_at_a_broken_database_without_touching_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "desk.sqlite"
    path.write_bytes(b"no database" * 1000)
    assert doctor.report(tmp_path) == 1
    assert "missing  Database" in capsys.readouterr().out
    assert path.read_bytes() == b"no database" * 1000


def test_the_doctor_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doctor.report(tmp_path / "not" / "yet")
    assert "none yet" in capsys.readouterr().out
    assert not (tmp_path / "not").exists()
