"""What Windows does otherwise, told to the parts that have to bear it; the system is stood in for, none of ours.

Sources: Python's documentation of os, datetime and subprocess, sqlite.org/uri.html, Microsoft's of LockFileEx, of
alternate data streams and of the Task Scheduler's schema.
"""

from __future__ import annotations

import ast
import errno
import faulthandler
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import types
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import cysqlite
import pytest
from cysqlite._cysqlite import Connection
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deskapp.app import open_desk
from deskapp.core import crash, moving
from deskapp.core.clock import from_seconds
from deskapp.core.locks import FileLock, held
from deskapp.core.paths import Profile, path_of, resources
from deskapp.core.plainfile import NoPlainFile, open_plain
from deskapp.core.settings import Settings
from deskapp.desk import backups, doctor, files, rights, setup
from deskapp.desk.desk import Desk
from deskapp.models.database import _only_read

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there the system itself is the test")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk") as opened:
        yield opened


# --- files that somebody has open --------------------------------------------------------------------------------


class Refusing:
    """``os.replace`` or ``os.unlink`` of a system on which somebody has the file open for the first ``times``."""

    def __init__(self, real: Callable[..., None], times: int) -> None:
        self.real, self.left = real, times

    def __call__(self, *paths: object, **more: object) -> None:
        if self.left:
            self.left -= 1
            raise PermissionError(errno.EACCES, "in use")
        self.real(*paths, **more)


def test_a_file_that_is_in_use_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_PAUSES", (0.0, 0.0, 0.0))
    settings = Settings(tmp_path / "settings.toml")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", Refusing(os.replace, 3))
        settings.set("theme", "dark")
        assert Settings(tmp_path / "settings.toml").text("theme") == "dark"
        patch.setattr(os, "replace", Refusing(os.replace, 4))
        with pytest.raises(PermissionError):  # for longer than a moment
            settings.set("theme", "light")
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", Refusing(os.unlink, 2))
        moving.remove(tmp_path / "settings.toml")
    assert not (tmp_path / "settings.toml").exists()
    moving.remove(tmp_path / "settings.toml")


def test_a_copy_that_somebody_looks_into_hinders_no_new_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backups.keep(desk) is not None
    half = desk.profile.backups / "20261103-000000-0000.making"
    half.write_bytes(b"")
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", Refusing(os.unlink, 1))
        backups.keep(desk)
        assert half.exists()
    backups.keep(desk)
    assert not half.exists()


def test_copies_are_put_back_with_none_of_their_files_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows renames and removes no file that this process has open itself."""
    looked: list[str] = []

    def closed(real: Callable[..., None]) -> Callable[..., None]:
        def run(*paths: object, **more: object) -> None:
            if not more:  # shutil's own walk goes by folders
                known = {os.path.realpath(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd")}
                ours = {os.path.realpath(os.fspath(path)) for path in paths}  # type: ignore[call-overload]
                assert not ours & known
                looked.extend(ours)
            real(*paths, **more)

        return run

    for name in ("unlink", "replace", "rename"):
        monkeypatch.setattr(os, name, closed(getattr(os, name)))
    made = backups.make(desk, "daily")
    backups.restore(desk, made.name)
    desk.replica.disconnect()
    backups.revive(desk.profile, made.name)
    assert str(desk.profile.database) in looked and any("restoring-" in one for one in looked)


# --- locks -------------------------------------------------------------------------------------------------------


def test_a_lock_is_let_go_of_before_its_file_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LockFileEx: what a closed file held is unlocked later, "depending on available system resources"."""
    import fcntl

    done: list[int] = []

    def locking(handle: int, mode: int, count: int) -> None:
        assert (os.lseek(handle, 0, os.SEEK_CUR), count) == (0, 1)  # every process means the same byte
        fcntl.flock(handle, {0: fcntl.LOCK_UN, 1: fcntl.LOCK_EX, 2: fcntl.LOCK_EX | fcntl.LOCK_NB}[mode])
        done.append(mode)

    system = types.SimpleNamespace(LK_UNLCK=0, LK_LOCK=1, LK_NBLCK=2, locking=locking)
    monkeypatch.setitem(sys.modules, "msvcrt", system)  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "platform", "win32")
    first, second = FileLock(tmp_path / "one.lock"), FileLock(tmp_path / "one.lock")
    assert first.take() and not second.take()
    first.release()
    assert second.take()
    second.release()
    with held(tmp_path / "one.lock"):
        assert not first.take()
    assert done == [2, 0, 2, 0, 1, 0]


# --- names, addresses, times -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (PurePosixPath("/home/ivan/desk.sqlite"), "file:///home/ivan/desk.sqlite?mode=ro"),
        (PureWindowsPath(r"C:\Users\Ivan P\a#b%?.sqlite"), "file:///C:/Users/Ivan%20P/a%23b%25%3F.sqlite?mode=ro"),
        (PureWindowsPath(r"\\server\desk\desk.sqlite"), "file:////server/desk/desk.sqlite?mode=ro"),
    ],
)
def test_sqlite_understands_the_address_of_a_database(place: PurePath, address: str) -> None:
    assert _only_read(place) == address


def test_sqlite_takes_a_share_with_four_strokes_and_no_server(tmp_path: Path) -> None:
    path = tmp_path / "Иван Петров" / "desk.sqlite"
    path.parent.mkdir()
    with closing(Connection(str(path))) as made:
        made.execute("CREATE TABLE t (a)")
    for address in (_only_read(path), _only_read(path).replace("file:///", "file:////")):
        with closing(Connection(address, uri=True)) as found:
            assert found.execute_scalar("SELECT count(*) FROM sqlite_master") == 1
    with pytest.raises(cysqlite.OperationalError):
        Connection(_only_read(path).replace("file:///", "file://server/"), uri=True).execute("SELECT 1")


@pytest.mark.parametrize(
    ("told", "windows", "path"),
    [
        (r"\\server\desk", True, r"\\server\desk"),
        (r"Z:\desk", True, r"Z:\desk"),
        ("file:///Z:/%D0%9E%D1%82%D0%B4%D0%B5%D0%BB", True, "Z:/Отдел"),
        ("FILE://localhost/Z:/desk", True, "Z:/desk"),
        ("file://server/desk/a%20b", True, "//server/desk/a b"),
        ("file:///mnt/desk", False, "/mnt/desk"),
        ("file:///Z:/desk", False, "/Z:/desk"),
        ("/mnt/100% desk", False, "/mnt/100% desk"),
    ],
)
def test_places_are_paths_or_addresses(told: str, windows: bool, path: str) -> None:
    assert path_of(told, windows) == path


def test_moments_that_windows_has_no_clock_for() -> None:
    assert from_seconds(datetime(4501, 1, 1, tzinfo=UTC).timestamp()) == datetime(4501, 1, 1, tzinfo=UTC)
    assert from_seconds(-11_644_473_600) == datetime(1601, 1, 1, tzinfo=UTC)
    assert from_seconds(1_793_695_320.25) == datetime.fromtimestamp(1_793_695_320.25, UTC)


def test_a_folder_that_windows_calls_closed_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "000000000001").mkdir()
    (tmp_path / "file").write_bytes(b"1")

    def refused(path: object, _flags: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(NoPlainFile):
        open_plain(tmp_path / "000000000001")
    with pytest.raises(PermissionError):
        open_plain(tmp_path / "file")


def test_a_drive_that_is_not_connected_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux the root is always there; the root of a drive is not."""

    def gone(path: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "The system cannot find the path specified", str(path))

    monkeypatch.setattr(shutil, "disk_usage", gone)
    assert not doctor.space(tmp_path / "no" / "drive").ok


def test_a_crash_is_watched_for_in_its_own_thread_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the interpreter's watch is called for exceptions too that are dealt with, while other threads go on."""
    told: list[bool] = []
    monkeypatch.setattr(faulthandler, "enable", lambda _file, all_threads: told.append(all_threads))
    monkeypatch.setattr(faulthandler, "disable", lambda: None)
    for platform in ("linux", "win32"):
        monkeypatch.setattr(sys, "platform", platform)
        crash.watch_faults(tmp_path)
        crash.end_faults()
    assert told == [True, False]


def test_a_user_without_a_name_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "pwd", None)
    assert rights.system_user() == "" and setup._user_name() == "Me"


# --- what came from outside --------------------------------------------------------------------------------------


def test_a_saved_file_is_marked_where_the_disk_can(tmp_path: Path) -> None:
    files.mark_foreign(tmp_path / "invoice.docm")
    assert (tmp_path / "invoice.docm:Zone.Identifier").read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"
    files.mark_foreign(tmp_path / "no stream here" / "invoice.docm")  # FAT: the file is saved all the same


# --- what comes with it ------------------------------------------------------------------------------------------


def test_the_task_is_one_that_an_ordinary_user_may_register() -> None:
    path = resources() / "service" / "deskapp-agent.xml"
    content = path.read_bytes()
    assert content.isascii() and b"encoding=" not in content  # read as a string it must not say that it is UTF-8
    task = ET.fromstring(content)
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    for trigger in task.findall("t:Triggers/t:LogonTrigger", space):
        assert trigger.findtext("t:UserId", namespaces=space)  # else it is everybody's logon
    assert 1 <= int(task.findtext("t:Settings/t:RestartOnFailure/t:Count", "0", space)) <= 255  # unsignedByte


def test_what_only_windows_installs_is_pinned_too() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = {(one := Requirement(line)).name: one for line in lines if line and not line.startswith("#")}
    known = {canonicalize_name(name) for name in pinned}
    there = {
        "sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "python_version": "3.11",
        "python_full_version": "3.11.9", "extra": "",
    }  # fmt: skip
    missing = set()
    for name, one in pinned.items():
        if one.marker is not None and not one.marker.evaluate():
            continue  # not on this system: its own needs cannot be asked
        for line in importlib.metadata.requires(name) or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate(there):
                missing |= {canonicalize_name(needed.name)} - known
    assert not missing


def test_texts_and_tables_are_read_with_a_charset_that_is_named() -> None:
    """Without one it is the ANSI code page of whoever sits there."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--preview", "--select", "PLW1514", "--no-cache"]
    done = subprocess.run([*command, "deskapp", "run.py", "build.spec"], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")
    for path in (*ROOT.joinpath("deskapp").rglob("*.py"), ROOT / "run.py"):
        text = path.read_text("utf-8")
        for call in ast.walk(ast.parse(text)) if "subprocess" in text else ():
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("subprocess."):
                words = {word.arg for word in call.keywords}
                assert "text" not in words or words & {"encoding", "errors"}, f"{path}:{call.lineno}"


def test_the_set_up_bears_what_qt_says_in_another_charset(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("run_of_deskapp", ROOT / "run.py")
    assert spec is not None and spec.loader is not None
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(
        run, "QT_PROBE", r"import os; os.write(2, b'no plugin: \xcd\xe5\xf2 \x98\n'); raise SystemExit(3)"
    )
    assert run.start_qt().startswith("no plugin: ")


def test_the_profile_is_named_by_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from deskapp.core.paths import default_profile

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Иван Петров" / "AppData" / "Local"))
    assert default_profile() == tmp_path / "Иван Петров" / "AppData" / "Local" / "deskapp"
    assert Profile(default_profile()).make().database.parent.is_dir()
