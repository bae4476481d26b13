"""What the system hands over: links, addresses, letters' files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from deskapp.commands.opening import word
from deskapp.core.errors import UserFacingError
from deskapp.ui.instance import SingleInstance
from tests.ui.demo_window import demo_window


def test_links_become_words(tmp_path: Path) -> None:
    letter = tmp_path / "письмо 1.eml"
    letter.write_bytes(b"From: a@b.example\r\nSubject: x\r\n\r\nhello\r\n")
    assert word("") == "raise"
    assert word("deskapp:4117") == word("deskapp:ticket/4117") == word("DESKAPP://4117/") == "ticket:4117"
    assert word("deskapp:new") == "new:"
    assert word("deskapp:call/+7%20843%20555-04-40") == "call:+78435550440"
    assert word("mailto:anna@firm.example?subject=No%20print&body=a%26b&x=1") == (
        "new:address=anna%40firm.example&subject=No%20print&body=a%26b"
    )
    assert word(str(letter)) == word(letter.as_uri()) == f"letter:{letter}"


@pytest.mark.parametrize(
    "link", ["deskapp:close/4117", "deskapp:", "deskapp:ticket/x", "deskapp:٤", "/no/such/file.eml"]
)
def test_a_link_that_means_nothing_says_so(link: str) -> None:
    with pytest.raises(UserFacingError):
        word(link)


def test_the_window_hears_them(qapp: QApplication, tmp_path: Path) -> None:
    letter = tmp_path / "one.eml"
    letter.write_bytes(
        b"From: Olga <olga@firm.example>\r\nTo: help@desk.example\r\nSubject: No paper\r\nMessage-ID: <p@x>\r\n"
        b"Date: Tue, 03 Nov 2026 08:00:00 +0000\r\n\r\nThe printer has no paper.\r\n"
    )
    with demo_window(qapp, tmp_path / "desk") as stage:
        stage.desktop.hear(word("deskapp:4117"))
        stage.settle()
        assert stage.window.screen_now().pane.view().number == 4117
        stage.desktop.hear(word("mailto:anna@firm.example?subject=No%20print&body=Please%20help"))
        stage.settle()
        (form,) = [child for child in stage.window.findChildren(QDialog) if child.isVisible()]
        assert (form.address.text(), form.subject.text()) == ("anna@firm.example", "No print")
        assert form.text.toPlainText() == "Please help"
        form.close()
        before = stage.outbox
        stage.desktop.hear(word(str(letter)))
        stage.settle()
        assert stage.window.screen_now().pane.view().subject == "No paper"
        assert stage.outbox == before, "nobody is answered for a letter that was opened as a file"
        stage.desktop.hear("close:4117")
        stage.desktop.hear("ticket:99999999")
        stage.settle()


ROOT = Path(__file__).resolve().parents[2]


def deskapp(profile: Path, *words: str) -> subprocess.Popen[str]:
    """A process of its own, as the system starts one for a link or a file."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "deskapp", *words, "--profile", str(profile)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def said(process: subprocess.Popen[str]) -> str:
    out, trouble = process.communicate(timeout=120)
    assert process.returncode == 0, trouble
    return out


def test_a_running_desk_takes_links_and_files_from_other_processes(tmp_path: Path, qtbot: Any) -> None:
    """One process holds the desk; each later one hands its word over and ends."""
    profile, letter = tmp_path / "desk", tmp_path / "письмо.eml"
    letter.write_bytes(
        b"From: Olga <olga@firm.example>\r\nTo: help@desk.example\r\nSubject: No paper\r\nMessage-ID: <p@x>\r\n"
        b"Date: Tue, 03 Nov 2026 08:00:00 +0000\r\n\r\nThe printer has no paper.\r\n"
    )
    profile.mkdir()
    first = deskapp(profile)
    try:
        caller = SingleInstance(profile)
        qtbot.waitUntil(lambda: first.poll() is not None or caller.call("raise"), timeout=120_000)
        assert first.poll() is None, "it ended"
        said(deskapp(profile, "open", letter.as_uri()))

        def taken() -> bool:
            rows = said(deskapp(profile, "list", "--json")).splitlines()
            return [json.loads(row)["subject"] for row in rows] == ["No paper"]

        qtbot.waitUntil(taken, timeout=120_000)
        for link in (
            "deskapp:1001",
            "mailto:anna@firm.example?subject=No%20print",
            "deskapp:call/5550440",
            str(letter),
        ):
            said(deskapp(profile, "open", link))
            assert first.poll() is None, link
        wrong = deskapp(profile, "open", "deskapp:close/1001")
        assert "means nothing" in wrong.communicate(timeout=120)[1] and wrong.returncode == 1
        assert taken(), "the same file twice is one letter"
    finally:
        first.terminate()
        first.communicate(timeout=180)
