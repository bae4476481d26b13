"""Before a mailbox is read for the first time: what lies there, from which date on, and that nothing is done before."""

from __future__ import annotations

import mailbox
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from deskapp.core.clock import FixedClock
from deskapp.core.errors import UserFacingError
from deskapp.core.secrets import KeyringSecrets, NoKeyring
from deskapp.desk import mailport, rights, setup
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.ui.desktop import Desktop
from deskapp.ui.settings.first_letters import FirstLettersDialog
from tests.desk.demo_desk import at, copied
from tests.sync.mail.build_letters import letter
from tests.ui.demo_window import plain_desktop

NOW = at(3, 11, 42)


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    desk = copied(tmp_path / "desk", "en", FixedClock(NOW))
    desk.mail = MailRoom()
    root = tmp_path / "mail"
    root.mkdir()
    inbox = mailbox.Maildir(str(root / "inbox"), create=True)
    for day in range(12):
        key = inbox.add(letter(f"Subject: Letter {day}", f"Message-ID: <first.{day}@x>", sender=f"ivan{day}@x.example"))
        came = (NOW - timedelta(days=4 * day, hours=1)).timestamp()
        os.utime(root / "inbox" / "new" / key, (came, came))
    setup.save_mailbox(
        desk, {"name": "Second", "address": "second@desk.example", "kind": "folder", "active": 0,
               "options": {"folder": str(root)}},
    )  # fmt: skip
    with plain_desktop(qtbot, desk) as shown:
        yield shown


def test_what_lies_there_is_seen_and_begun_from_a_date(desktop: Desktop) -> None:
    desk = desktop.desk
    desktop.window.open("settings")
    screen: Any = desktop.window.screen_now()
    screen.open_page("mail")
    page = screen.stack.currentWidget()
    wanted = next(row["id"] for row in setup.mailboxes(desk) if row["name"] == "Second")
    page.list.set_rows([(row["id"], row["name"]) for row in setup.mailboxes(desk)], wanted)
    page._show()
    before = desk.replica.value("SELECT max(seq) FROM change")
    page.first.click()
    dialog = desktop.window.findChild(FirstLettersDialog)
    assert dialog is not None
    assert dialog.total.text().startswith("12 letters lie there, the oldest of")
    assert dialog.counts.text() == "12 new tickets, 0 answers in them, 0 automatic ones without a ticket"
    assert dialog.list.count() == 12 and "Letter 0" in dialog.list.item(0).text()
    assert desk.replica.value("SELECT max(seq) FROM change") == before
    dialog.preset.setCurrentIndex(dialog.preset.findData(7))
    assert dialog.counts.text().startswith("2 new tickets")
    dialog.preset.setCurrentIndex(dialog.preset.findData(-1))
    dialog.day.setText("nonsense")
    assert not dialog.go.isEnabled()
    dialog.day.setText("20.10.2026")
    assert dialog.counts.text().startswith("4 new tickets") and dialog.go.isEnabled()
    for child in dialog.findChildren(QWidget):
        if child.isVisible() and child.parentWidget() is dialog:
            assert dialog.rect().contains(child.mapTo(dialog, QPoint(0, 0))), child.objectName()
    dialog.go.click()
    row = next(row for row in setup.mailboxes(desk) if row["id"] == wanted)
    assert row["active"] == 1
    done = desk.mail.round(desk) if desk.mail is not None else None
    assert done is not None and sum(one.subject.startswith("Letter") for one in done.arrivals) == 4
    assert desk.replica.value("SELECT count(*) FROM message WHERE kind = 'ack' AND recipients LIKE '%x.example%'") == 0


def first_look(desktop: Desktop) -> FirstLettersDialog:
    """The dialog of the mailbox that is not read yet, opened from its page."""
    desktop.window.open("settings")
    screen: Any = desktop.window.screen_now()
    screen.open_page("mail")
    page = screen.stack.currentWidget()
    rows = setup.mailboxes(desktop.desk)
    page.list.set_rows([(row["id"], row["name"]) for row in rows], next(r["id"] for r in rows if r["name"] == "Second"))
    page._show()
    page.first.click()
    dialog = desktop.window.findChild(FirstLettersDialog)
    assert dialog is not None
    return dialog


def test_a_reading_begins_also_where_passwords_cannot_be_kept(desktop: Desktop) -> None:
    desk = desktop.desk
    desk.secrets = KeyringSecrets()  # there is none in tests, as on a machine with no desktop environment
    wanted = next(row["id"] for row in setup.mailboxes(desk) if row["name"] == "Second")
    with pytest.raises(NoKeyring):
        mailport.give_password(desk, wanted, "s3cret")
    dialog = first_look(desktop)
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    dialog.go.click()
    assert ended == [QDialog.DialogCode.Accepted], dialog.says.text()


def test_what_keeps_a_reading_from_beginning_is_said_in_its_dialog(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = first_look(desktop)

    def not_yours(_desk: object, what: str) -> None:
        raise UserFacingError("This is for administrators", "Nothing was changed: %1.", what)

    monkeypatch.setattr(rights, "demand", not_yours)
    dialog.go.click()
    assert "Nothing was changed: mail." in dialog.says.text() and dialog.go.isEnabled()
