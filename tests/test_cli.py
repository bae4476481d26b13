"""The command line as people and scripts use it: real processes, real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskapp import __version__

ROOT = Path(__file__).resolve().parent.parent
KEYS = [
    "file", "outcome", "ticket", "kind", "subject", "from", "from_name", "to", "cc", "date", "text", "reply_text",
    "attachments", "auto_answer", "reason",
]  # fmt: skip


def deskapp(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deskapp", *map(str, arguments)],
        capture_output=True, cwd=ROOT, encoding="utf-8", timeout=120, env={**os.environ, **environment},
    )  # fmt: skip


def done(*arguments: object, **environment: str) -> str:
    ended = deskapp(*arguments, **environment)
    assert ended.returncode == 0, ended.stderr
    assert not ended.stderr
    return ended.stdout


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def eml(
    subject: str, body: str = "Добрый день!", sender: str = "Иван Петров <ivan@romashka.example>", more: str = ""
) -> bytes:
    return (
        f"From: {sender}\r\nTo: help@desk.example\r\nSubject: {subject}\r\nMessage-ID: <{abs(hash(subject))}@test>\r\n"
        f"Date: Mon, 2 Nov 2026 09:00:00 +0300\r\n{more}MIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    ).encode()


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters") / "письма"
    folder.mkdir()
    (folder / "a.eml").write_bytes(
        eml("Не печатает принтер", "Принтер молчит", more="Cc: Ольга <olga@romashka.example>\r\n")
    )
    (folder / "b.eml").write_bytes(eml("Ошибка обмена", "Ошибка 1С", "petr@zarya.example"))
    (folder / "empty.eml").write_bytes(b"")
    (folder / "broken.eml").write_bytes(b"\x00\x01\x02\x03" * 50)
    with open(folder / "huge.eml", "wb") as huge:
        huge.write(eml("Огромное"))
        huge.truncate(100 * 1024 * 1024)  # sparse: no disk is filled
    with zipfile.ZipFile(folder / "more.zip", "w") as packed:
        packed.writestr("inside.eml", eml("Из архива"))
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, letters: Path) -> Path:
    """A profile with two tickets from letters: 1001 and 1002."""
    profile = tmp_path_factory.mktemp("cli") / "профиль"
    done("--profile", profile, "ingest", letters / "a.eml", letters / "b.eml")
    return profile


def test_version() -> None:
    assert done("--version") == f"deskapp {__version__}\n"


def test_help_names_every_command() -> None:
    told = done("--help")
    for command in ("demo", "ingest", "new", "list", "show", "plan", "note", "search", "doctor"):
        assert command in told


def test_wrong_usage_is_2(tmp_path: Path) -> None:
    for wrong in (("show",), ("show", "x"), ("nonsense",), ("ingest",), ("new",)):
        assert deskapp("--profile", tmp_path / "p", *wrong).returncode == 2
    assert not (tmp_path / "p").exists()


def test_profile_before_and_after_the_command(desk: Path, tmp_path: Path) -> None:
    before = done("--profile", desk, "list", "--json")
    assert before == done("list", "--json", "--profile", desk) == done("list", f"--profile={desk}", "--json")
    assert len(lines(before)) == 2
    # the later one counts
    assert done("--profile", tmp_path / "unused", "list", "--json", "--profile", desk) == before
    assert not (tmp_path / "unused").exists()


def test_ingest_says_what_it_found(tmp_path: Path, letters: Path) -> None:
    ended = deskapp("ingest", letters, "--json", "--profile", tmp_path / "p")
    assert ended.returncode == 1, "some letters could not be taken"
    assert not ended.stderr
    found = {Path(one["file"]).name: one for one in lines(ended.stdout)}
    assert all(list(one) == KEYS for one in found.values())
    assert {name: one["outcome"] for name, one in found.items()} == {
        "a.eml": "created", "b.eml": "created", "empty.eml": "quarantined", "broken.eml": "quarantined",
        "huge.eml": "quarantined", "inside.eml": "created",
    }  # fmt: skip
    one = found["a.eml"]
    assert (one["kind"], one["subject"], one["from"], one["from_name"]) == (
        "new", "Не печатает принтер", "ivan@romashka.example", "Иван Петров",
    )  # fmt: skip
    assert one["to"] == [{"name": "", "address": "help@desk.example"}]
    assert one["cc"] == [{"name": "Ольга", "address": "olga@romashka.example"}]
    assert datetime.fromisoformat(one["date"]) == datetime.fromisoformat("2026-11-02T09:00:00+03:00")
    assert one["text"].strip() == one["reply_text"].strip() == "Принтер молчит"
    assert one["attachments"] == [] and one["auto_answer"] is True and one["ticket"] == 1001
    for name in ("empty.eml", "broken.eml", "huge.eml"):
        assert found[name]["reason"] and found[name]["ticket"] is None, name
    assert "Не печатает" in ended.stdout, "JSON is not escaped"
    # once more: nothing new
    again = lines(deskapp("ingest", letters / "a.eml", "--json", "--profile", tmp_path / "p").stdout)
    assert [(one["outcome"], one["ticket"]) for one in again] == [("ignored", 1001)]


def test_ingest_tells_people_about_each_bad_letter_on_one_line(tmp_path: Path, letters: Path) -> None:
    ended = deskapp("ingest", tmp_path / "nowhere.eml", letters, tmp_path / "no folder", "--profile", tmp_path / "p")
    assert ended.returncode == 1
    problems = ended.stderr.splitlines()
    assert len(problems) == 5, ended.stderr
    assert all(line.strip() and "Traceback" not in line for line in problems)
    assert sum("nowhere.eml" in line for line in problems) == 1
    assert sum("huge.eml" in line for line in problems) == 1
    assert len(ended.stdout.splitlines()) == 3
    assert "#1001 Не печатает принтер" in ended.stdout


def test_a_folder_without_letters_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = deskapp("ingest", tmp_path / "empty", "--profile", tmp_path / "p")
    assert ended.returncode == 1 and "no letter" in ended.stderr.lower()
    as_json = deskapp("ingest", tmp_path / "empty", "--json", "--profile", tmp_path / "p")
    assert as_json.returncode == 1
    assert [one["outcome"] for one in lines(as_json.stdout)] == ["quarantined"]


def test_ingest_answers_nobody(tmp_path: Path, letters: Path) -> None:
    import cysqlite

    done("ingest", letters / "a.eml", "--profile", tmp_path / "p")
    database = cysqlite.connect(str(tmp_path / "p" / "desk.sqlite"))
    assert database.execute("SELECT count(*) FROM outgoing").fetchone()[0] == 0
    database.close()


def test_list(desk: Path) -> None:
    rows = lines(done("list", "--json", "--profile", desk))
    assert {row["number"]: (row["subject"], row["status"]) for row in rows} == {
        1001: ("Не печатает принтер", "new"),
        1002: ("Ошибка обмена", "new"),
    }
    assert {"urgency", "owner", "received", "promised", "forecast", "customer"} <= set(rows[0])
    plain = done("list", "--profile", desk)
    assert "#1001" in plain and "Ошибка обмена" in plain


def test_show(desk: Path) -> None:
    text = done("show", "1001", "--json", "--profile", desk)
    shown = json.loads(text)
    assert text.startswith("{\n  ") and "Принтер молчит" in text
    wanted = {"number", "subject", "status", "requester", "urgency", "cause", "owner", "asked", "received", "promised",
              "forecast", "finished", "entries"}  # fmt: skip
    assert wanted <= set(shown)
    assert shown["requester"]["address"] == "ivan@romashka.example"
    assert [entry["kind"] for entry in shown["entries"]] == ["letter_in", "event"]
    assert datetime.fromisoformat(shown["received"]).tzinfo is not None
    assert shown["promised"] is shown["finished"] is None
    assert "Принтер молчит" in done("show", "1001", "--profile", desk)


@pytest.mark.parametrize("command", [("show", "9999"), ("show", "9" * 30), ("plan", "9999"), ("note", "9999", "x")])
def test_an_unknown_number_is_said(desk: Path, command: tuple[str, ...]) -> None:
    ended = deskapp(*command, "--profile", desk)
    assert ended.returncode == 1 and not ended.stdout
    assert ended.stderr.count("\n") == 1 and f"#{command[1]}" in ended.stderr


def test_a_ticket_by_hand_with_a_note_and_a_plan(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    made = json.loads(
        done("new", "--subject", "Звонок", "--text", "нет гудка", "--name", "Пётр", "--phone", "+7 912 3456789",
             "--customer", "Заря", "--urgency", "2", "--minutes", "90", "--json", "--profile", desk)
    )  # fmt: skip
    number = made["number"]
    done("note", number, "Проверил", "линию", "--kind", "check", "--minutes", "10", "--profile", desk)
    shown = json.loads(done("show", number, "--json", "--profile", desk))
    assert (shown["urgency"], shown["effort"], shown["spent"]) == (2, 90, 10)
    assert shown["requester"]["customer"] == "Заря"
    notes = [(entry["kind"], entry["text"], entry["minutes"]) for entry in shown["entries"] if entry["kind"] != "event"]
    assert notes == [("talk", "нет гудка", 0), ("check", "Проверил линию", 10)]

    plan = json.loads(done("plan", number, "--minutes", "60", "--json", "--profile", desk))
    assert plan["number"] == number and plan["minutes"] == 60 and plan["problem"] is None
    for proposal in plan["proposals"]:
        assert {"specialist", "pieces", "finish", "promise", "reason", "trace"} <= set(proposal)
        finish, promise = (datetime.fromisoformat(proposal[key]) for key in ("finish", "promise"))
        assert finish <= promise
        pieces = [(datetime.fromisoformat(p["start"]), datetime.fromisoformat(p["end"])) for p in proposal["pieces"]]
        assert sum((end - start).total_seconds() for start, end in pieces) == 3600
        assert pieces[-1][1] == finish
        assert proposal["trace"]
    assert plan["proposals"] and plan["proposals"][0]["reason"]
    assert done("plan", number, "--profile", desk).strip()
    assert deskapp("plan", number, "--minutes", "0", "--profile", desk).returncode == 1
    huge = deskapp("plan", number, "--minutes", "1000000", "--json", "--profile", desk)
    assert json.loads(huge.stdout)["problem"]["code"] == "no_fit"


def test_a_plan_by_what_was_agreed(tmp_path: Path) -> None:
    desk = tmp_path / "desk"  # the others' has the tickets that they count
    made = json.loads(done("new", "--subject", "Выезд", "--minutes", "90", "--json", "--profile", desk))
    number, later = made["number"], datetime.now(UTC) + timedelta(days=4)
    said = ("--not-before", f"{later:%Y-%m-%d} 10:00", "--whole", "--travel", "30")
    tried = json.loads(done("plan", number, *said, "--json", "--profile", desk))
    held = datetime.fromisoformat(tried["terms"]["not_before"])
    assert tried["terms"]["whole"] and tried["terms"]["travel"] == 30
    for proposal in tried["proposals"]:
        assert datetime.fromisoformat(proposal["pieces"][0]["start"]) >= held
        assert len(proposal["ways"]) >= 2 and "not_before" in {reason["code"] for reason in proposal["reason"]}
    untouched = json.loads(done("plan", number, "--json", "--profile", desk))["terms"]
    assert untouched["not_before"] is None and untouched["travel"] is None
    done("plan", number, *said, "--keep", "--profile", desk)
    assert json.loads(done("plan", number, "--json", "--profile", desk))["terms"] == tried["terms"]
    off = json.loads(done("plan", number, "--not-before", "-", "--travel", "-", "--json", "--profile", desk))["terms"]
    assert off["not_before"] is None and off["travel"] is None and off["whole"]
    for wrong in (("--not-before", "some day"), ("--travel", "far"), ("--piece", "3")):
        ended = deskapp("plan", number, *wrong, "--profile", desk)
        assert ended.returncode == 1 and ended.stderr


def test_a_plan_without_effort_says_so(desk: Path) -> None:
    plan = json.loads(deskapp("plan", "1002", "--json", "--profile", desk).stdout)
    assert plan["problem"]["code"] == "no_estimate" and plan["proposals"] == []
    ended = deskapp("plan", "1002", "--profile", desk)
    assert ended.returncode == 1 and "--minutes" in ended.stderr


def test_search(desk: Path) -> None:
    (hit,) = lines(done("search", "принтеры", "--json", "--profile", desk))
    assert (hit["number"], hit["subject"]) == (1001, "Не печатает принтер")
    assert "#1001" in done("search", "1001", "--profile", desk)
    nothing = deskapp("search", "ничегонетакого", "--profile", desk)
    assert (nothing.returncode, nothing.stdout) == (1, "") and "Nothing was found" in nothing.stderr


def test_a_desk_of_its_own_never_becomes_a_demo(tmp_path: Path) -> None:
    """A refused demo left its moment behind, and the next start ran a real desk by the clock of the sample data."""
    done("new", "--subject", "Real work", "--profile", tmp_path)
    before = (tmp_path / "settings.toml").read_bytes()
    for _turn in range(2):
        ended = deskapp("demo", "--lang", "ru", "--theme", "dark", "--profile", tmp_path, QT_QPA_PLATFORM="offscreen")
        assert ended.returncode == 1 and "This desk is not empty" in ended.stderr
    assert (tmp_path / "settings.toml").read_bytes() == before


def test_nothing_to_tell_is_told(desk: Path) -> None:
    for words, said in (
        (("caller", "nobody at all"), "deskapp: Nobody was found."),
        (("mailbox", "find"), "deskapp mailbox find ADDRESS"),
    ):
        ended = deskapp(*words, "--profile", desk)
        assert ended.returncode == 1 and said in ended.stderr and not ended.stdout
    ended = deskapp("mailbox", "list", "--profile", desk)
    assert ended.returncode == 0 and not ended.stdout and "There is no mailbox yet" in ended.stderr


def test_empty_words_are_no_error(desk: Path) -> None:
    assert deskapp("note", "1001", " ", "--profile", desk).returncode == 1
    assert deskapp("new", "--subject", " ", "--profile", desk).returncode == 1


def test_doctor(desk: Path) -> None:
    ended = deskapp("doctor", "--profile", desk)
    assert ended.returncode == 1 and "System keyring" in ended.stdout, "tests have no keyring"
    assert "Database" in ended.stdout and not ended.stderr


def test_commands_end_well_where_there_is_no_console(desk: Path) -> None:
    """As in the application of Windows, which a link or a letter's file starts: Python has no streams there."""
    script = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None; from deskapp.cli import main\n"
        "code = main(sys.argv[1:]); assert not sys.stdin.isatty(); sys.exit(code)"
    )
    for words, code in ((("list",), 0), (("note", "999999", "x"), 1), (("open", "deskapp:close/1"), 1)):
        command = [sys.executable, "-c", script, *words, "--profile", str(desk)]
        ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
        assert (ended.returncode, ended.stdout, ended.stderr) == (code, "", "")


def test_output_is_utf_8_whatever_the_locale(desk: Path) -> None:
    assert "Не печатает" in done("list", "--profile", desk, LANG="C", LC_ALL="POSIX", PYTHONIOENCODING="ascii")


def test_a_damaged_desk_is_explained(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"rubbish" * 1000)
    ended = deskapp("list", "--profile", tmp_path)
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert "deskapp backup list" in ended.stderr


def test_a_profile_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    ended = deskapp("list", "--profile", tmp_path / "file")
    assert ended.returncode == 1 and "Traceback" not in ended.stderr and str(tmp_path / "file") in ended.stderr


def test_a_closed_pipe_is_no_crash(desk: Path) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-m", "deskapp", "show", "1001", "--profile", str(desk)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=os.environ,
    )  # fmt: skip
    assert reader.stdout is not None and reader.stderr is not None
    reader.stdout.close()
    problems = reader.stderr.read()
    reader.wait(180)
    reader.stderr.close()
    assert b"Traceback" not in problems and b"Exception" not in problems


def test_the_command_line_pays_for_no_window() -> None:
    code = "import sys; from deskapp import cli\ntry: cli.main(['--version'])\nexcept SystemExit: pass\n"
    code += (
        "print(sorted(m for m in ('PySide6', 'peewee', 'jinja2', 'holidays', 'keyring', 'nh3') if m in sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, timeout=180
    )
    assert ended.stdout.splitlines()[-1] == "[]"
