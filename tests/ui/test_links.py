"""What the system hands over: links, addresses, letters' files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from deskapp.commands.opening import word
from deskapp.core.errors import UserFacingError
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
