"""Copies, health, erasing and crashes in the window, over the demo desk."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deskapp.core import crash
from deskapp.desk import backups
from deskapp.ui.crashes import CrashWatch
from deskapp.ui.erasing import EraseDialog
from deskapp.ui.settings.care import CareSection, RestoreDialog
from tests.ui.demo_window import DemoStage, demo_window

SECRET = "Zauberwort"


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path / "desk") as made:
        yield made


def care(stage: DemoStage) -> CareSection:
    stage.window.open("settings")
    stage.settle()
    settings: Any = stage.window.built("settings")
    settings.open_page("data")
    stage.settle()
    found = stage.window.findChild(CareSection)
    assert isinstance(found, CareSection)
    return found


def dialog(stage: DemoStage, kind: type[Any]) -> Any:
    (found,) = [one for one in stage.window.findChildren(kind) if one.isVisible()]
    return found


def test_a_copy_is_made_looked_at_and_put_back(stage: DemoStage) -> None:
    section = care(stage)
    assert section.list.count() == 0 and not section.back.isEnabled()
    section.make.click()
    stage.settle()
    assert section.list.count() == 1 and "by hand" in section.list.item(0).text()
    number = stage.ask(lambda desk: desk.replica.value("SELECT max(number) FROM ticket"))
    ticket = stage.ask(lambda desk: desk.replica.value("SELECT id FROM ticket WHERE number = ?", (number,)))
    from deskapp.desk import triage

    stage.desktop.acts.act(triage.set_subject, [ticket], "Changed after the copy")
    stage.settle()
    section.back.click()
    stage.settle()
    asked = dialog(stage, RestoreDialog)
    asked.restored.click()
    stage.settle()
    assert "was put back" in section.says.text(), section.says.text()
    assert stage.view(ticket).subject != "Changed after the copy"
    assert [one.kind for one in backups.listed(stage.desktop.desk.profile)] == ["before-restore", ""]
    # the other lanes see the desk that was put back, and go on writing in it
    stage.desktop.acts.act(triage.set_subject, [ticket], "After the restore")
    stage.settle()
    assert stage.view(ticket).subject == "After the restore"


def test_the_health_of_the_desk_is_told_and_mended(stage: DemoStage) -> None:
    section = care(stage)

    def breaks(desk: Any) -> None:
        desk.replica.db.execute_sql("UPDATE queue_row SET subject = 'wrong'")

    stage.desktop.runner.run("writer", breaks)
    section.check.click()
    stage.settle()
    told = [section.grid.itemAt(place).widget() for place in range(section.grid.count())]
    assert any("shown wrongly" in one.text() for one in told if hasattr(one, "text"))
    link: Any = stage.find("settings.care.mend.lists")
    link.click()
    stage.settle()
    left = [section.grid.itemAt(place).widget().text() for place in range(section.grid.count())]
    assert not any("shown wrongly" in text for text in left)


def test_what_is_chosen_is_erased_and_not_undone(stage: DemoStage) -> None:
    from deskapp.desk import directory, work

    ticket = stage.ask(lambda desk: desk.replica.value("SELECT id FROM ticket WHERE number = 4127"))
    for text in (f"The code is {SECRET}, written here", f"He said: The code is {SECRET}, written here"):
        stage.desktop.acts.act(work.note, ticket, "note", text)
    stage.settle()
    stage.go_to(4127)
    queue: Any = stage.window.built("queue")
    menu = queue.pane.build_menu()
    (erase,) = [one for one in menu.actions() if one.text() == "Erase for ever…"]
    erase.trigger()
    stage.settle()
    asked = dialog(stage, EraseDialog)
    assert not asked.button.isEnabled()
    items = [asked.list.item(place) for place in range(asked.list.count())]
    me = stage.ask(directory.read).me  # called as everywhere else in the window
    assert me is not None and any(f" · {me.name} · " in one.text() for one in items), [one.text() for one in items]
    (first,) = [one for one in items if one.text().split(" · ")[-1].startswith("The code is")]
    first.setCheckState(Qt.CheckState.Checked)
    stage.settle()
    assert asked.button.isEnabled() and "1 piece" in asked.means.text()
    asked.also.click()
    stage.settle()
    assert len(asked.chosen()) == 2
    asked.button.click()
    stage.settle()
    texts = stage.ask(lambda desk: [row for (row,) in desk.replica.rows("SELECT text FROM note")])
    assert texts.count("[…]") == 2 and not any(SECRET in text for text in texts)
    assert "erase" not in stage.line().lower()
    assert "2 thing" in care(stage).erased.text()


def test_a_crash_is_shown_once_and_without_letters(stage: DemoStage) -> None:
    watch = stage.desktop.crash_watch
    before = sys.excepthook, threading.excepthook
    watch.hook()
    try:
        for turn in range(2):
            try:
                raise ValueError(f"Dear Sirs, {SECRET}")
            except ValueError as error:
                thread = threading.Thread(target=sys.excepthook, args=(type(error), error, error.__traceback__))
            thread.start()
            thread.join()
            QApplication.processEvents()
            stage.settle()
            assert (watch.dialog is not None) == (turn == 0)
            if watch.dialog is not None:
                text = watch.dialog.details.toPlainText()
                assert "ValueError" in text and SECRET not in text and "Dear" not in text
                watch.dialog.close()
                QApplication.sendPostedEvents(None, 52)  # deferred deletion
                stage.settle()
    finally:
        sys.excepthook, threading.excepthook = before
    assert len(list((stage.profile / "crashes").glob("crash-*.txt"))) == 1


def test_the_last_crash_of_the_interpreter_is_told(stage: DemoStage) -> None:
    folder = stage.profile / "log"
    folder.mkdir(exist_ok=True)
    (folder / "window.fault").write_text("Fatal Python error: Segmentation fault\n  File x.py, line 3\n", "utf-8")
    watch: CrashWatch = stage.desktop.crash_watch
    watch.tell_last(crash.watch_faults(folder, "window"))
    try:
        QApplication.processEvents()
        assert watch.dialog is not None and "Segmentation" in watch.dialog.details.toPlainText()
        watch.dialog.close()
    finally:
        crash.end_faults()
    watch.tell_last(crash.watch_faults(folder, "window"))
    crash.end_faults()
