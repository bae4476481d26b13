"""Crash reports name places of the code and nothing that people wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from deskapp.core import crash

LETTER = "Dear Sirs, the password of olga@firm.example is hunter2"


def trouble(kind: type[BaseException], said: str) -> BaseException:
    try:
        password = said
        raise kind(password)
    except BaseException as error:
        return error


def test_a_report_tells_where_and_never_what_people_wrote() -> None:
    for kind in (ValueError, KeyError, RuntimeError, UnicodeError, AssertionError):
        text = crash.report(trouble(kind, LETTER)).text
        assert kind.__name__ in text and "test_crash.py" in text and "in trouble" in text
        for secret in ("Dear", "olga", "hunter2", "firm"):
            assert secret not in text
    try:
        None.missing  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError as error:
        assert "'NoneType' object has no attribute 'missing'" in crash.report(error, "a gesture").text
    try:
        {}["x"].upper()
    except KeyError as error:
        try:
            raise ValueError(LETTER) from error
        except ValueError as outer:
            text = crash.report(outer).text
            assert text.index("ValueError") < text.index("caused by") < text.index("KeyError")
    assert str(Path.home()) not in crash.report(trouble(OSError, "x")).text


def test_the_same_crash_is_shown_once(tmp_path: Path) -> None:
    one, same = (crash.report(trouble(ValueError, said)) for said in ("first", "second"))
    other = crash.report(trouble(KeyError, "first"))
    assert one.key == same.key != other.key
    assert crash.first_time(tmp_path / "crashes", one)
    assert not crash.first_time(tmp_path / "crashes", same)
    assert crash.first_time(tmp_path / "crashes", other)
    assert sorted(path.name for path in (tmp_path / "crashes").iterdir()) == sorted(
        f"crash-{found.key}.txt" for found in (one, other)
    )


def test_a_crash_of_the_interpreter_is_told_at_the_next_start(tmp_path: Path) -> None:
    start = (
        "import sys, faulthandler; from pathlib import Path; from deskapp.core import crash\n"
        "print(crash.watch_faults(Path(sys.argv[1])))\n"
    )
    root = Path(__file__).resolve().parents[2]

    def run(then: str, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", start + then, str(tmp_path), *words], cwd=root, capture_output=True, text=True
        ).stdout.strip()

    assert run("crash.end_faults()") == ""
    assert run("sys.stdout.flush(); faulthandler._sigsegv()") == ""
    told = run("crash.end_faults()")
    assert "Segmentation fault" in told or "Access violation" in told
    assert run("crash.end_faults()") == "", "told once"
    # Windows: the interpreter also writes what Qt and COM settle among themselves
    killed = (
        "import os; os.write(crash._faults.fileno(), (sys.argv[2] + chr(10)).encode()); sys.stdout.flush(); os._exit(1)"
    )
    settled, fatal = "Windows fatal exception: code 0x8001010d", "Windows fatal exception: access violation"
    assert run(killed, settled) == ""
    assert run(killed.replace("os._exit(1)", "crash.end_faults()"), fatal) == "", (
        "ended from outside, it had not crashed"
    )
    assert run(killed, f"{settled}\n{fatal}") == "", "the process had ended well"
    assert run("crash.end_faults()") == f"{settled}\n{fatal}"
