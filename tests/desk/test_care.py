"""Copies of the desk kept by age and put back; a doctor that finds what was broken here and mends it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.cli import main
from deskapp.core.clock import FixedClock
from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import backups, checkup, search, setup, watch, work
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from tests.sync.hub.desks import ticket as make_ticket

NOW = datetime(2026, 11, 3, 8, 42, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile = Profile(tmp_path / "desk").make()
    replica = Replica(profile.database).open()
    made = Desk(profile, replica, Settings(profile.settings), FixedClock(NOW))
    setup.begin(made)
    yield made
    replica.disconnect()


def copy_of(days: float) -> backups.Backup:
    at = NOW - timedelta(days=days)
    return backups.Backup(f"{at:%Y%m%d-%H%M%S}-daily-0000.sqlite", Path(), at, 1, backups.AUTOMATIC)


def test_copies_are_kept_by_age() -> None:
    """A copy each day for a year: of seven days, four weeks and six months one is left."""
    every = [copy_of(day) for day in range(365)]
    gone = {one.name for one in backups.needless(every)}
    left = sorted((NOW - one.made_at).days for one in every if one.name not in gone)
    assert left[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(left) <= 7 + 4 + 6 and left[-1] >= 120
    weeks = {(NOW - timedelta(days=day)).isocalendar()[:2] for day in left}
    months = {(NOW - timedelta(days=day)).strftime("%Y-%m") for day in left}
    assert len(weeks) >= 4 and len(months) == 6


@given(st.lists(st.integers(0, 400 * 1440), max_size=40, unique=True))
def test_the_newest_copy_is_never_needless(minutes: list[int]) -> None:
    # no two copies of a folder have one name
    every = [copy_of(minute / 1440) for minute in minutes]
    gone = backups.needless(every)
    assert len(every) - len(gone) <= 17 or not every
    if every:
        newest = max(one.made_at for one in every)
        assert any(one.made_at == newest and one not in gone for one in every)
    # thinning day by day and at once leave the same
    assert {one.name for one in backups.needless([one for one in every if one not in gone])} == set()


def test_a_copy_a_day_and_back_again(desk: Desk) -> None:
    one = make_ticket(desk, "Before the copy")
    work.note(desk, one, "note", "kept")
    made = backups.keep(desk)
    assert made is not None and backups.keep(desk) is None, "one a day is enough"
    desk.clock.advance(hours=21)  # type: ignore[attr-defined]
    assert backups.keep(desk) is not None
    make_ticket(desk, "After the copy")
    work.note(desk, one, "note", "lost with the restore")
    found = backups.preview(desk, made.name)
    assert {table: (there, now) for table, there, now in found.counts}["note"] == (1, 2)
    assert not found.shared and found.waiting
    assert backups.preview(desk, backups.make(desk).name).waiting == 0
    before = backups.restore(desk, made.name)
    assert [row for (row,) in desk.replica.rows("SELECT subject FROM ticket")] == ["Before the copy"]
    assert desk.replica.value("SELECT count(*) FROM note") == 1
    assert desk.replica.value("PRAGMA journal_mode") == "wal"
    make_ticket(desk, "Life goes on")
    backups.restore(desk, before.name)
    assert desk.replica.value("SELECT count(*) FROM note") == 2
    kinds = [one.kind for one in backups.listed(desk.profile)]
    assert kinds.count("before-restore") == 2 and kinds.count("daily") == 2
    for name in ("no-such.sqlite", "../desk.sqlite", ""):
        with pytest.raises(UserFacingError):
            backups.restore(desk, name)


def test_a_copy_of_the_future_is_none_of_today(desk: Desk) -> None:
    """The clock was wrong for a while: copies go on as soon as it is right again."""
    assert backups.keep(desk) is not None
    desk.clock.advance(days=-3)  # type: ignore[attr-defined]
    assert backups.keep(desk) is not None and backups.keep(desk) is None


def test_copies_of_one_second_stand_as_they_were_made(desk: Desk) -> None:
    made = [backups.make(desk).name for _ in range(6)]
    assert [one.name for one in backups.listed(desk.profile)] == made[::-1]


def test_a_copy_put_back_by_another_process_is_noticed(desk: Desk) -> None:
    one = make_ticket(desk, "Before the copy")
    made = backups.make(desk)
    work.note(desk, one, "note", "after it")
    seen = watch.look(desk, None)
    other = Replica(desk.replica.path).open()
    backups.restore(Desk(desk.profile, other, desk.settings, desk.clock), made.name)
    other.disconnect()
    found = watch.look(desk, seen)
    (changes,) = found.changes.values()
    assert found.seq < seen.seq and changes.tickets == {one}
    assert not watch.look(desk, found).changes
    work.note(desk, one, "note", "life goes on")


def test_damaged_newer_and_unaffordable_copies_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one = make_ticket(desk, "Stays")
    made = backups.make(desk)
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserFacingError, match="damaged"):
        backups.restore(desk, made.name)
    made.path.write_bytes(b"no database at all")
    with pytest.raises(UserFacingError, match="damaged"):
        backups.preview(desk, made.name)
    # the header's user_version: bytes 60 to 63
    made.path.write_bytes(whole[:60] + (99).to_bytes(4, "big") + whole[64:])
    with pytest.raises(UserFacingError, match="newer version"):
        backups.restore(desk, made.name)
    assert desk.replica.value("SELECT id FROM ticket") == one
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    with pytest.raises(EnvironmentTrouble, match="no room"):
        backups.keep(desk)
    assert not list(desk.profile.backups.glob("*.making*"))


def wrong(desk: Desk) -> dict[str, Any]:
    return {found.code: found for found in checkup.look(desk) if not found.ok}


def test_what_is_broken_is_found_and_mended(desk: Desk) -> None:
    one = make_ticket(desk, "Принтер не печатает")
    work.note(desk, one, "note", "Проверен картридж")
    backups.make(desk)
    assert wrong(desk) == {}
    execute = desk.replica.db.execute_sql
    execute("UPDATE queue_row SET subject = 'another', status = 'closed'")
    execute("DELETE FROM search_text")
    execute("DELETE FROM search_doc WHERE kind = 'note'")
    execute('DROP TRIGGER "capture_note_i"')
    (desk.profile.root / "snapshot-00000000-0000-7000-8000-000000000000.sqlite").write_bytes(b"half")
    desk.profile.root.chmod(0o755)
    desk.profile.settings.with_suffix(".broken").write_text('me = "an', "utf-8")
    (desk.profile.log / "window.log").mkdir()
    desk.replica.set_state("erase_left", json.dumps({"files": [], "scour": True}))
    found = wrong(desk)
    assert set(found) == {"lists", "search", "capture", "litter", "private", "erasing", "settings", "log"}
    assert all(one.mends and one.advice for one in found.values())
    for code in found:
        checkup.mend(desk, code)
    assert wrong(desk) == {}
    assert [hit.ticket_id for hit in search.find(desk, "картридж")] == [one]
    assert desk.replica.value("SELECT subject FROM queue_row") == "Принтер не печатает"
    before = desk.replica.value("SELECT count(*) FROM change")
    work.note(desk, one, "note", "recorded again")
    assert desk.replica.value("SELECT count(*) FROM change") > before


def test_a_broken_index_is_made_anew(desk: Desk) -> None:
    make_ticket(desk, "Stays")
    execute = desk.replica.db.execute_sql
    # an index that does not know its rows: what a torn page or a bad disk leaves
    execute("PRAGMA writable_schema = ON")
    execute("UPDATE sqlite_master SET sql = replace(sql, '(number)', '(urgency)') WHERE name = 'ticket_number'")
    execute("PRAGMA writable_schema = RESET")
    desk.replica.disconnect()
    desk.replica.connect()
    found = wrong(desk)
    assert "index" in found and found["index"].mends
    checkup.mend(desk, "index")
    assert "index" not in wrong(desk)


def test_a_full_disk_is_said_and_what_is_needless_goes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    make_ticket(desk, "Stays")
    for _turn in range(3):
        backups.make(desk, backups.AUTOMATIC)
        desk.clock.advance(minutes=5)  # type: ignore[attr-defined]
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10_000_000))
    (found,) = [one for one in checkup.all_findings(desk) if one.code == "space"]
    assert not found.ok and found.mends and found.args[1] == 10
    with pytest.raises(UserFacingError, match="still nearly full"):
        checkup.mend(desk, "space")
    assert len(backups.listed(desk.profile)) == 1, "one of the day is enough"


def test_room_is_made_before_a_desk_on_a_full_disk_is_opened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for _turn in range(3):
        backups.make(desk, backups.AUTOMATIC)
        desk.clock.advance(minutes=5)  # type: ignore[attr-defined]
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=500_000))

    def full(_replica: Replica) -> Replica:
        raise EnvironmentTrouble("The disk is full", "It is.")

    monkeypatch.setattr(Replica, "open", full)
    assert main(["doctor", "--profile", str(desk.profile.root)]) == 1
    assert len(backups.listed(desk.profile)) == 3
    assert main(["doctor", "--repair", "--profile", str(desk.profile.root)]) == 1
    told = capsys.readouterr().out
    assert "MB freed" in told and "The disk is full" in told and "Traceback" not in told
    assert len(backups.listed(desk.profile)) == 1, "one of the day is enough"


def test_a_closed_or_read_only_desk_is_told_and_no_crash(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    allowed = os.access
    for closed, said in ((desk.profile.root, "see nothing"), (desk.profile.database, "is read-only")):
        with monkeypatch.context() as patch:
            patch.setattr(os, "access", lambda path, mode, shut=closed: Path(path) != shut and allowed(path, mode))
            assert main(["doctor", "--offline", "--profile", str(desk.profile.root)]) == 1
        assert said in capsys.readouterr().out


def test_a_clock_that_was_set_back_is_said(desk: Desk) -> None:
    make_ticket(desk, "From the future")
    desk.clock.advance(hours=-5)  # type: ignore[attr-defined]
    assert wrong(desk)["clock"].args == (300,)


def test_the_command_line_mends_and_restores(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(desk.profile.root)
    make_ticket(desk, "Before")

    def run(*words: str) -> tuple[int, str]:
        code = main([*words, "--profile", root])
        told = capsys.readouterr()
        return code, told.out + told.err

    _code, name = run("backup", "make")
    name = name.strip()
    make_ticket(desk, "After")
    assert json.loads(run("backup", "list", "--json")[1].splitlines()[0])["name"] == name
    shown = run("backup", "restore", name)[1]
    assert "1 in the copy" in shown and "--yes" in shown
    assert "Changes that came after it: " in shown and "hub" not in shown, "it is shared with nobody"
    assert desk.replica.value("SELECT count(*) FROM ticket") == 2
    assert run("backup", "restore", name, "--yes")[0] == 0
    assert desk.replica.value("SELECT count(*) FROM ticket") == 1
    desk.replica.db.execute_sql("DELETE FROM search_doc")
    _code, told = run("doctor", "--offline")
    assert "missing  Search is broken" in told and "doctor --repair" in told
    _code, told = run("doctor", "--offline", "--repair")
    assert "copy made: " in told and "mended   Search is broken" in told
    assert "Search knows everything" in run("doctor", "--offline")[1]
    # a database that cannot be opened at all
    desk.replica.disconnect()
    for end in ("", "-wal", "-shm"):
        path = Path(f"{desk.profile.database}{end}")
        if path.exists():
            path.write_bytes(b"not a database any more")
    told = run("doctor", "--offline", "--repair")[1]
    assert "cannot be opened" in told and "deskapp backup list" in told
    assert name in run("backup", "list")[1], "the copies are told although the desk is damaged"
    code, told = run("backup", "restore", name)
    assert code == 0 and f"{name} of {name[:4]}-" in told and "--yes" in told
    assert desk.profile.database.read_bytes() == b"not a database any more"
    code, told = run("backup", "restore", name, "--yes")
    assert code == 0 and "could not be opened lies in" in told
    desk.replica.open()
    assert desk.replica.value("SELECT count(*) FROM ticket") == 1
