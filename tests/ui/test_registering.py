"""Made known to the system and forgotten again: by the command, in Settings, at the first start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from deskapp.core.errors import UserFacingError
from deskapp.core.registration import ENTRY, Copy
from deskapp.ui import registering
from deskapp.ui.instance import SingleInstance
from deskapp.ui.registering import Known
from tests.core.test_registration import commands
from tests.ui.demo_window import demo_window
from tests.ui.firstrun.test_firstrun import dialog_of, first_start
from tests.ui.geometry import wrong

HERE = Copy(("C:\\desk\\deskapp.exe",), "C:\\desk\\deskapp.exe,0", "C:\\desk\\deskapp.exe")
MOVED = Copy(("D:\\desk\\deskapp.exe",), "D:\\desk\\deskapp.exe,0", "D:\\desk\\deskapp.exe")
OTHERS = {
    "Classes/mailto/shell/open/command/.": "thunderbird %1",
    "Classes/.eml/.": "Outlook.File.eml",
    "Classes/.eml/OpenWithProgids/Outlook.File.eml": "",
    "RegisteredApplications/Firefox": "Software\\Clients\\Firefox\\Capabilities",
    "deskapp/window/size": "kept",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's own data, empty."""
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


def contents(store: QSettings) -> dict[str, Any]:
    store.sync()
    return {key: store.value(key) for key in store.allKeys()}


def test_windows_is_told_and_all_of_it_is_taken_back(tmp_path: Path) -> None:
    """QSettings over a file, as over the registry: the same calls."""
    file = str(tmp_path / "registry.ini")
    store = QSettings(file, QSettings.Format.IniFormat)
    for place, value in OTHERS.items():
        store.setValue(place, value)
    assert registering.known_by_windows(store, HERE) is Known.NOT
    assert "RegisteredApplications" in registering.put_into_windows(store, HERE)
    again = QSettings(file, QSettings.Format.IniFormat)
    assert again.value("Classes/deskapp.mailto/shell/open/command/.") == 'C:\\desk\\deskapp.exe open -- "%1"'
    assert again.contains("Classes/deskapp/URL Protocol") and again.value("Classes/deskapp/URL Protocol") == ""
    assert OTHERS.items() <= contents(again).items(), "what others have stays"
    assert registering.known_by_windows(again, HERE) is Known.HERE
    assert registering.known_by_windows(again, MOVED) is Known.ELSEWHERE
    again.remove("Classes/deskapp.eml/DefaultIcon")
    assert registering.known_by_windows(again, HERE) is Known.ELSEWHERE, "half of it is not known"
    registering.put_into_windows(again, MOVED)
    assert registering.known_by_windows(again, MOVED) is Known.HERE
    registering.take_from_windows(again)
    assert contents(again) == OTHERS
    registering.take_from_windows(again)  # nothing there is no trouble


def test_a_registry_that_refuses_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "folder.ini").mkdir()
    store = QSettings(str(tmp_path / "folder.ini"), QSettings.Format.IniFormat)
    with pytest.raises(UserFacingError):
        registering.put_into_windows(store, HERE)


def test_the_start_menu_gets_a_shortcut_of_the_built_application(tmp_path: Path) -> None:
    program, menu = tmp_path / "deskapp.exe", tmp_path / "menu"
    program.write_bytes(b"")
    menu.mkdir()
    copy = Copy((str(program),), "", str(program))
    (link,) = registering.put_shortcut(menu, copy)
    assert Path(link).resolve() == program and link.endswith(".lnk")
    assert registering.put_shortcut(menu, copy) == [link], "again, in its place"
    assert registering.take_shortcut(menu) == [link] and not list(menu.iterdir())
    assert registering.put_shortcut(menu, Copy(("python", "-m", "deskapp"))) == []


def run(*words: str, cwd: Path) -> list[str]:
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run([sys.executable, "-m", "deskapp", *words], env=os.environ | {"PYTHONPATH": root},
                          cwd=cwd, capture_output=True, text=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="an entry of freedesktop's menus")
def test_a_link_opens_this_desk_by_the_entry_that_the_command_wrote(
    tmp_path: Path, data: Path, qapp: QApplication, qtbot: Any
) -> None:
    profile = tmp_path / "my desk"
    profile.mkdir()
    places = run("register", "--profile", str(profile), cwd=tmp_path)
    assert str(data / ENTRY) in places and all(Path(place).is_file() for place in places)
    assert registering.known(profile) is Known.HERE and registering.known() is Known.ELSEWHERE
    opens, *_actions = commands((data / ENTRY).read_text("utf-8"))
    first = SingleInstance(profile)
    assert first.claim()
    first.listen()
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    try:
        with qtbot.waitSignal(first.asked) as heard:
            started = subprocess.Popen([opens[0], *opens[1:-1], "deskapp:4117"], cwd="/", env=bare)
        assert heard.args == ["ticket:4117"] and started.wait(180) == 0
    finally:
        first.close()
    gone = run("unregister", cwd=tmp_path)
    assert len(gone) == len(places) and not any(Path(place).exists() for place in places)
    assert registering.known(profile) is Known.NOT and run("unregister", cwd=tmp_path) == []


def test_settings_switch_it_and_say_what_it_does(qapp: QApplication, tmp_path: Path, data: Path) -> None:
    with first_start(qapp, tmp_path / "desk") as stage:
        dialog_of(stage).close()
        stage.window.open("settings")
        stage.settle()
        page: Any = stage.window.screen_now().stack.currentWidget()  # type: ignore[union-attr]
        box = page._system.fields["registered"]
        assert box.isEnabled() and not box.isChecked()
        assert "menu" in box.accessibleDescription() and "mail" in box.accessibleDescription()
        box.setFocus()
        box.click()
        stage.settle()
        assert (data / ENTRY).is_file() and box.isChecked() and page.says.text() == "The system knows this copy."
        box.click()
        stage.settle()
        assert not (data / ENTRY).exists() and not box.isChecked()
        assert page.says.text() == "The system has forgotten it."
        run("register", cwd=tmp_path)  # for another profile
        page.load()
        stage.settle()
        assert not box.isChecked() and box.text() == "Another copy is; this takes its place"
        (data / ENTRY).unlink()
        (data / ENTRY).mkdir()  # it cannot be written
        box.click()
        stage.settle()
        assert not box.isChecked() and page.says.text().startswith("The system did not take it. Is a directory")


def test_the_first_start_offers_it_once(qapp: QApplication, tmp_path: Path, data: Path) -> None:
    with first_start(qapp, tmp_path / "desk", size=(1024, 680)) as stage:
        dialog = dialog_of(stage)
        button = stage.find("firstrun.register")
        assert wrong(dialog) == [] and "menu" in dialog.registered.text()
        button.setFocus()
        stage.press("Space")
        assert (data / ENTRY).is_file() and not button.isEnabled()
        assert dialog.registered.text().startswith("Done") and wrong(dialog) == []
    with first_start(qapp, tmp_path / "desk") as stage:
        assert not dialog_of(stage).register.isVisible(), "known already"


def test_sample_data_is_nowhere_to_lead_links_to(qapp: QApplication, tmp_path: Path, data: Path) -> None:
    with demo_window(qapp, tmp_path / "desk") as stage:
        stage.desktop.desk.settings.set("demo_start", "2026-11-03T11:42:00+03:00")
        stage.window.open("settings")
        stage.settle()
        page: Any = stage.window.screen_now().stack.currentWidget()  # type: ignore[union-attr]
        box = page._system.fields["registered"]
        assert not box.isEnabled() and box.text() == "Not with sample data"
