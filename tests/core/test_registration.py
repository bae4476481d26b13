"""What a system is told of this copy: rows of Windows' registry, and an entry of freedesktop's menus."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp import cli
from deskapp.core.paths import default_profile, resources
from deskapp.core.registration import (
    ENTRY,
    WINDOWS_KEYS,
    WINDOWS_VALUES,
    Copy,
    desktop_entry,
    linux_files,
    this_copy,
    windows_rows,
)

PROGRAM = r"C:\Program Files\deskapp\deskapp.exe"
COPY = Copy((PROGRAM,), f"{PROGRAM},0", PROGRAM)


def rows(copy: Copy = COPY) -> dict[tuple[str, str], str]:
    found = windows_rows(copy)
    assert len({(row.key.lower(), row.name.lower()) for row in found}) == len(found)
    return {(row.key, row.name): row.value for row in found}


def test_links_and_letters_lead_to_the_program_and_nothing_becomes_a_default() -> None:
    found = rows()
    opens = r'"C:\Program Files\deskapp\deskapp.exe" open -- "%1"'
    for kind in ("deskapp", "deskapp.mailto", "deskapp.eml"):
        assert found[rf"Classes\{kind}\shell\open\command", ""] == opens
        assert found[rf"Classes\{kind}\DefaultIcon", ""] == rf"{PROGRAM},0"
    for kind in ("deskapp", "deskapp.mailto"):
        assert found[rf"Classes\{kind}", "URL Protocol"] == "", "without it the shell knows no link"
    assert found[r"Classes\.eml\OpenWithProgids", "deskapp.eml"] == ""
    capabilities = found["RegisteredApplications", "deskapp"].removeprefix("Software\\")
    assert found[rf"{capabilities}\URLAssociations", "mailto"] == "deskapp.mailto"
    assert found[rf"{capabilities}\FileAssociations", ".eml"] == "deskapp.eml"
    assert found[capabilities, "ApplicationName"] and found[capabilities, "ApplicationDescription"]
    for key, name in found:
        assert not key.lower().startswith((r"classes\mailto", "clients")), "what others have stays theirs"
        assert (key, name) != (r"Classes\.eml", "")


def test_every_value_is_taken_back() -> None:
    for key, name in rows():
        inside = [one for one in WINDOWS_KEYS if key == one or key.startswith(one + "\\")]
        assert inside or (key, name) in WINDOWS_VALUES, (key, name)


@pytest.mark.parametrize(
    "outside", ['deskapp:1" --profile \\\\evil\\share "', 'deskapp:1" selftest', 'x.eml" --profile=C:\\other']
)
def test_nothing_in_a_link_can_become_an_option(outside: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A shell puts a link into the command as it is; quotes in it would end ours."""
    command = rows()[r"Classes\deskapp\shell\open\command", ""].replace("%1", outside)
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)][1:]
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2 and "unrecognized arguments" in capsys.readouterr().err


def test_a_profile_is_named_only_where_it_is_not_the_usual_one(tmp_path: Path) -> None:
    assert "--profile" not in this_copy(default_profile()).command
    copy = this_copy(tmp_path)
    assert copy.command[-2:] == ("--profile", str(tmp_path)) and not copy.program


def test_a_frozen_copy_is_started_by_its_window_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "deskapp-cli.exe"))
    program = str(tmp_path / "deskapp.exe")
    assert this_copy() == Copy((program,), f"{program},0", program)


def commands(entry: str) -> list[list[str]]:
    """The commands of an entry, read as a desktop does it: a key's value, then its words."""
    values = [line.removeprefix("Exec=") for line in entry.splitlines() if line.startswith("Exec=")]
    read = [re.sub(r"\\(.)", r"\1", value) for value in values]
    words = [re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value) for value in read]
    return [[re.sub(r'\\(["`$\\])', r"\1", quoted) if quoted else plain for quoted, plain in line] for line in words]


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Z"), include_characters=" "), min_size=1)))
def test_any_command_is_read_back_from_the_entry(more: list[str]) -> None:
    text = (resources() / "desktop" / "deskapp.desktop").read_text("utf-8")
    command = ["/opt/desk app/deskapp", *more]
    found = commands(desktop_entry(text, command))
    assert len(found) == 3
    for words in found:
        assert [word.replace("%%", "%") for word in words[: len(command)]] == command
        assert words[len(command)] == "open"
    assert found[0][-1] == "%u"


def test_the_entry_and_its_index_are_what_desktops_read(tmp_path: Path) -> None:
    """Judged by the tools of freedesktop.org."""
    validate, index = shutil.which("desktop-file-validate"), shutil.which("update-desktop-database")
    if validate is None or index is None:
        pytest.skip("desktop-file-utils is not installed (apt-get install desktop-file-utils)")
    for place, content in linux_files(Copy(("/opt/desk app/deskapp", "--profile", "/home/a $b/x"))).items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    told = subprocess.run([validate, str(tmp_path / ENTRY)], capture_output=True, text=True, timeout=180)
    assert told.returncode == 0 and not told.stdout, told.stdout
    subprocess.run([index, str(tmp_path / "applications")], check=True, timeout=180)
    known = (tmp_path / "applications" / "mimeinfo.cache").read_text("utf-8")
    for kind in ("x-scheme-handler/deskapp", "x-scheme-handler/mailto", "message/rfc822"):
        assert f"{kind}=deskapp.desktop;" in known
