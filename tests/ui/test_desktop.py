"""The desktop as a whole: held letters over restarts and quitting, other processes, one instance, live settings."""

from __future__ import annotations

import email.parser
import email.policy
import gc
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QMessageBox

from deskapp import app
from deskapp.app import LateReplica, lanes
from deskapp.core.errors import UserFacingError
from deskapp.desk import setup, ticket, work
from deskapp.ui import theme
from deskapp.ui.instance import SingleInstance
from deskapp.ui.messages import tell_no_start
from tests.ui.demo_window import DemoStage, demo_window

ROOT = Path(__file__).resolve().parents[2]


def deskapp(*words: str) -> subprocess.Popen[str]:
    """Another process of the same program."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "deskapp", *words]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)


def left(stage: DemoStage, words: str) -> int:
    """How many letters have left that say these words."""
    parser = email.parser.BytesParser(policy=email.policy.default)
    letters = [parser.parsebytes(path.read_bytes()) for path in stage.outbox]
    return sum(words in str(letter.get_body(("plain",)).get_content()) for letter in letters)


def command(*words: str) -> None:
    """Run the command line in a process of its own."""
    process = deskapp(*words)
    said, _nothing = process.communicate(timeout=180)
    assert process.returncode == 0, said


def answer(stage: DemoStage, text: str) -> None:
    """A letter to the requester of the ticket at hand; it is held."""
    stage.press("R")
    edit: Any = stage.window.screen_now().pane.composer._pages["reply"].letter.edit
    edit.setFocus()
    stage.type(text)
    stage.press("Ctrl+Return")


# --- letters that are held ---------------------------------------------------------------------------------------


def test_a_held_letter_leaves_after_a_restart(qapp: QApplication, tmp_path: Path, qtbot: Any) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.go_to(4117)
        answer(stage, "The lock is off")
        assert "leaves in" in stage.line()
        # as a kill leaves it: nothing released, nothing flushed
        stage.desktop.window.closing.disconnect()
        stage.desktop.runner.close()
    with demo_window(qapp, tmp_path, ticking=True, fresh=False, later=20) as stage:
        stage.settle()
        assert left(stage, "The lock is off") == 1
        shown = [entry for entry in stage.view(stage.ask(ticket.find, 4117)).entries if entry.kind == "letter_out"]
        assert shown[-1].state == "sent" and "The lock is off" in shown[-1].text


def test_a_held_letter_counts_down_over_a_restart(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.go_to(4117)
        answer(stage, "The lock is off")
        stage.desktop.window.closing.disconnect()
        stage.desktop.runner.close()
    with demo_window(qapp, tmp_path, fresh=False, later=5) as stage:
        stage.go_to(4117)
        row = stage.window.screen_now().pane.main.timeline.stream.entry_rows()[-1]
        assert row.state.text().replace("\u00a0", " ") == "leaves in 10 s"
        row.act.click()
        stage.settle()
        assert left(stage, "The lock is off") == 0
        assert "The lock is off" in str(stage.view(stage.ask(ticket.find, 4117)).drafts["reply"])


def test_quitting_lets_held_letters_leave(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.desktop.mail()
        stage.go_to(4117)
        answer(stage, "Good night")
        assert left(stage, "Good night") == 0
        stage.window.close()
        assert left(stage, "Good night") == 1


# --- others on the same profile ----------------------------------------------------------------------------------


def test_what_another_process_does_reaches_the_open_window(qapp: QApplication, tmp_path: Path, qtbot: Any) -> None:
    with demo_window(qapp, tmp_path, ticking=True) as stage:
        stage.go_to(4117)
        stream = stage.window.screen_now().pane.main.timeline.stream
        stage.press("U", "1")
        mine = stage.line()
        command("note", "4129", "A note from elsewhere", "--profile", str(tmp_path))
        command("note", "4117", "Seen from the terminal", "--profile", str(tmp_path))

        def shown() -> None:
            assert any("Seen from the terminal" in row.entry.text for row in stream.entry_rows())

        qtbot.waitUntil(shown)
        stage.settle()
        assert stage.line() == mine, "what others wrote elsewhere takes nothing from my undo"
        stage.press("Ctrl+Z")
        assert stage.view(stage.ask(ticket.find, 4117)).urgency == 2


def test_a_second_start_raises_the_first_window(qapp: QApplication, tmp_path: Path, qtbot: Any) -> None:
    with demo_window(qapp, tmp_path) as stage:
        first = SingleInstance(tmp_path)
        assert first.claim()
        first.listen()
        first.raised.connect(stage.desktop.raise_window)
        stage.window.showMinimized()
        with qtbot.waitSignal(first.raised):
            second = deskapp("--profile", str(tmp_path))
        said, _nothing = second.communicate(timeout=180)
        assert second.returncode == 0, said
        assert not stage.window.isMinimized() and stage.window.isVisible()
        first.close()


def test_a_profile_whose_owner_was_killed_opens_again(tmp_path: Path, qapp: QApplication) -> None:
    script = (
        "import sys, os; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from deskapp.ui.instance import SingleInstance; app = QCoreApplication([]);"
        "one = SingleInstance(Path(sys.argv[1])); print(one.claim()); sys.stdout.flush(); os._exit(9)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(tmp_path)]
    died = subprocess.run(command, text=True, capture_output=True, env=environment)
    assert died.stdout.strip() == "True"
    again = SingleInstance(tmp_path)
    assert again.claim()
    third = SingleInstance(tmp_path)
    assert not third.claim()
    again.close()


def test_a_lock_that_a_power_cut_emptied_keeps_nobody_out(tmp_path: Path, qapp: QApplication) -> None:
    for content in (b"", b"\0" * 40, f"{os.getppid()}\npython3\n\n\n".encode()):
        (tmp_path / "instance.lock").write_bytes(content)
        owner, other = SingleInstance(tmp_path), SingleInstance(tmp_path)
        assert owner.claim() and not other.claim()
        (tmp_path / "instance.lock").write_bytes(b"")
        assert not other.claim(), "its owner lives"
        owner.close()


# --- settings at work --------------------------------------------------------------------------------------------


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path):  # type: ignore[no-untyped-def]
    with demo_window(qapp, tmp_path) as stage:
        yield stage


def field(stage: DemoStage, name: str) -> Any:
    form: Any = stage.window.screen_now().stack.currentWidget()
    return next(form_.fields[name] for form_ in (form._who, form._look, form._keys) if name in form_.fields)


def test_another_person_sees_a_queue_of_their_own_at_once(stage: DemoStage) -> None:
    queue = stage.window.screen_now()
    stage.press("Ctrl+Tab", "Ctrl+Tab")
    before = stage.desktop.desk.me
    mine = {item.number for row in range(queue.list.rows.rowCount()) if (item := queue.list.rows.ticket_at(row))}
    assert 4117 in mine
    stage.press("Ctrl+,")
    person: QComboBox = field(stage, "me")
    person.setFocus()
    stage.press("Up")
    assert stage.desktop.desk.me != before
    stage.settle()
    assert person.currentText() == stage.window.top.me.accessibleName() == "Igor Belov"
    stage.press("Ctrl+1")
    mine = {item.number for row in range(queue.list.rows.rowCount()) if (item := queue.list.rows.ticket_at(row))}
    assert 4117 not in mine


def test_settings_take_effect_at_once(stage: DemoStage) -> None:
    queue = stage.window.screen_now()
    stage.press("Ctrl+,")
    light = theme.current().color("bg-base").name()
    for name, value in (("theme", "dark"), ("language", "ru"), ("density", "compact")):
        box: QComboBox = field(stage, name)
        box.setFocus()
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
        stage.settle()
    assert theme.current().color("bg-base").name() != light
    assert stage.window.top.title.text() == "Настройки" and stage.window.rail.button("queue").accessibleName()
    assert queue.list.look.compact
    single: QCheckBox = field(stage, "single_keys")
    single.setFocus()
    single.click()
    stage.settle()
    stage.press("Ctrl+1")
    before = queue.list.current_ticket()
    stage.press("J")
    assert queue.list.current_ticket() == before, "single letters are off"
    stage.press("Down")
    assert queue.list.current_ticket() != before


# --- where keys go -----------------------------------------------------------------------------------------------


def test_single_keys_work_right_after_a_letter_and_an_entry(stage: DemoStage) -> None:
    stage.go_to(4117)
    stage.press("L")
    stage.type("checked")
    assert stage.within("composer")
    stage.press("Ctrl+Return")
    assert stage.within("ticket.timeline")
    stage.press("N")
    stage.type("for us")
    stage.press("Ctrl+Return")
    answer(stage, "Done")
    assert stage.within("ticket.timeline") and "leaves in" in stage.line()
    stage.press("Ctrl+Z")
    assert left(stage, "Done") == 0 and "Undone" in stage.line()


def test_a_refused_form_keeps_the_cursor(stage: DemoStage) -> None:
    stage.go_to(4117)
    stage.press("L", "Ctrl+Return")
    assert stage.within("composer.protocol.text")


def test_single_keys_are_for_the_ticket_that_is_shown(stage: DemoStage) -> None:
    """Opened by its number it may stand in no row of this tab: the row that is marked there is not meant."""
    row = stage.window.screen_now().list.current_ticket()
    before = stage.view(row).urgency
    stage.go_to(4117)
    stage.press("U", "1")
    assert stage.view(row).urgency == before
    assert stage.view(stage.ask(ticket.find, 4117)).urgency == 1


def test_a_note_by_another_process_while_one_types_keeps_the_text(stage: DemoStage) -> None:
    stage.go_to(4117)
    stage.press("L")
    stage.type("half a sen")
    found = stage.ask(ticket.find, 4117)
    stage.desktop.acts.heard(work.note(stage.desktop.desk, found, "note", "meanwhile"))
    stage.settle()
    stage.type("tence")
    assert stage.within("composer.protocol.text")
    page: Any = stage.window.screen_now().pane.composer._pages["protocol"]
    assert page.text.text() == "half a sentence"
    assert stage.window.windowState() & Qt.WindowState.WindowMinimized == Qt.WindowState.WindowNoState


# --- the first picture comes before the desk is opened -------------------------------------------------------------


def test_lanes_wait_until_the_desk_is_open_and_fail_if_it_never_is(tmp_path: Path) -> None:
    late = LateReplica(tmp_path / "desk.sqlite")
    waiting = lanes(late)["reader"]
    got: list[object] = []

    def read() -> None:
        assert waiting.start is not None and waiting.finish is not None
        waiting.start()
        got.append(replica.value("SELECT count(*) FROM ticket"))
        waiting.finish()

    thread = threading.Thread(target=read)
    thread.start()
    assert not got
    replica = late.open()
    thread.join(120)
    replica.disconnect()
    assert got == [0]

    (tmp_path / "broken.sqlite").write_bytes(b"no database" * 500)
    broken = LateReplica(tmp_path / "broken.sqlite")
    with pytest.raises(UserFacingError):
        broken.open()
    start = lanes(broken)["reader"].start
    assert start is not None
    with pytest.raises(RuntimeError):
        start()


def test_the_window_of_a_damaged_desk_closes_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"no database" * 500)
    process = deskapp("--profile", str(tmp_path))
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 1 and "cannot be opened" in said and "Traceback" not in said
    assert (tmp_path / "desk.sqlite").read_bytes() == b"no database" * 500


def test_why_no_window_opens_is_said_without_a_terminal(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a menu nobody reads what a process writes; where nobody looks at all, nothing waits to be read."""
    (tmp_path / "file").write_text("no folder", "utf-8")
    shown: list[str] = []

    def read(box: QMessageBox) -> int:
        shown.append(f"{box.text()} {box.informativeText()} {box.detailedText()}")
        return 0

    monkeypatch.setattr(QMessageBox, "exec", read)
    monkeypatch.setenv("DISPLAY", ":0")  # as where there is one; the application here runs already
    try:
        for platform, told in (("offscreen", 0), ("xcb", 1)):
            monkeypatch.setattr(QGuiApplication, "platformName", lambda name=platform: name)
            with pytest.raises(UserFacingError):
                app.run(tmp_path / "file")
            assert len(shown) == told
    finally:
        gc.enable()
    assert "The folder of the desk cannot be used" in shown[0] and "Choose another folder" in shown[0]
    tell_no_start(ValueError("a letter's words"))
    assert "could not start" in shown[1] and "ValueError" in shown[1] and "letter's" not in shown[1]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_it_is_said_and_nothing_dies(tmp_path: Path) -> None:
    blind = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DISPLAY", "WAYLAND", "QT_QPA", "XDG_SESSION"))
    }
    for words in ([], ["open"]):
        process = subprocess.run(
            [sys.executable, "-m", "deskapp", *words, "--profile", str(tmp_path)],
            capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60, env=blind,
        )  # fmt: skip
        assert process.returncode == 1 and process.stderr.startswith("deskapp: There is no display here."), process


def test_another_zone_is_told_everywhere_at_once(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.go_to(4117)
        assert "15:00" in stage.find("ticket.dates.promised").accessibleName()
        stage.desktop.acts.act(setup.save_specialist, {"id": stage.desktop.desk.me, "zone": ""})  # that of the hours
        stage.settle()
        (calendar,) = stage.ask(setup.calendars)
        stage.desktop.acts.act(setup.save_calendar, {"id": calendar["id"], "zone": "Asia/Yekaterinburg"})
        stage.settle()
        assert "17:00" in stage.find("ticket.dates.promised").accessibleName()


def test_work_that_fits_its_place_is_an_answer_and_no_trouble(qapp: QApplication, tmp_path: Path) -> None:
    with demo_window(qapp, tmp_path) as stage:
        stage.press("Ctrl+2", "Right", "O")
        assert "This work fits its place. Nothing has to move." in stage.line()
        assert not stage.window.banner.isVisible()
