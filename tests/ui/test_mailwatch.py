"""Mail as the window shows it: what is needed of a person, what could not be read, who hears of a new letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog

from deskapp.core.secrets import MemorySecrets, NoKeyring
from deskapp.desk import duty, setup
from tests.ui.demo_window import DemoStage, demo_window


class NowhereToKeep(MemorySecrets):
    """A machine without a keyring: kept for this run, and said."""

    def set(self, name: str, secret: str) -> None:
        super().set(name, secret)
        raise NoKeyring


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path):  # type: ignore[no-untyped-def]
    with demo_window(qapp, tmp_path) as stage:
        yield stage


def letter(stage: DemoStage, name: str, subject: str = "Printer is silent") -> None:
    head = f"From: Vera Zimina <v.zimina@lira.example>\r\nTo: help@opora.example\r\nSubject: {subject}\r\n"
    head += f"Message-ID: <{name}@lira.example>\r\nDate: Tue, 03 Nov 2026 11:41:00 +0300\r\n"
    (stage.inbox / name).write_bytes(f"{head}\r\nIt prints nothing.\r\n".encode())


def round_(stage: DemoStage) -> None:
    stage.desktop.mail()
    stage.settle()


def banner(stage: DemoStage) -> str:
    found = stage.desktop.messages.banner()
    return found.text if found is not None else ""


def nobody_on_duty(stage: DemoStage) -> None:
    """Neither by the roster nor by a mark: news reach everybody."""
    desk = stage.desktop.desk
    for shift in duty.shifts(desk):
        stage.desktop.acts.heard(duty.drop_shift(desk, shift.id))
    for row in setup.specialists(desk):
        stage.desktop.acts.heard(setup.save_specialist(desk, {"id": row["id"], "on_duty": False}))
    stage.settle()


def imap(stage: DemoStage) -> str:
    """A second mailbox, on a server that is not there."""
    options = {"imap_host": "127.0.0.1", "imap_port": 1, "smtp_host": "127.0.0.1", "smtp_port": 1, "user": "desk"}
    row = {"name": "Second", "address": "second@opora.example", "kind": "imap", "active": True, "options": options}
    return str(setup.save_mailbox(stage.desktop.desk, row).result)


def test_a_round_is_told_in_the_status_bar_in_the_words_of_now(stage: DemoStage) -> None:
    assert stage.window.status.mail.text() == ""
    round_(stage)
    assert stage.window.status.mail.text() == "Mail checked at 11:42"
    stage.window.set_language("ru")
    stage.settle()
    assert stage.window.status.mail.text() == "Почта проверена в 11:42"
    for row in setup.mailboxes(stage.desktop.desk):
        setup.drop_mailbox(stage.desktop.desk, row["id"])
    round_(stage)
    assert stage.window.status.mail.text() == "Ящика пока нет"


def test_a_missing_password_is_asked_for_and_kept_for_this_run(stage: DemoStage) -> None:
    stage.desktop.desk.secrets = NowhereToKeep()
    mailbox = imap(stage)
    letter(stage, "meanwhile")
    round_(stage)
    assert "second@opora.example" in banner(stage) and stage.window.banner.isVisible()
    assert stage.window.status.mail.text() == "Mail waits"
    newest = "SELECT subject FROM ticket ORDER BY number DESC"
    assert "Printer is silent" in stage.ask(lambda desk: desk.replica.value(newest))

    ((_words, enter),) = stage.desktop.messages.banner().actions
    enter()
    dialog = stage.window.findChild(QInputDialog, "mail.password")
    dialog.setTextValue("secret")
    dialog.accept()
    stage.settle()
    assert stage.desktop.desk.secrets.get(f"mailbox:{mailbox}") == "secret"
    assert "keyring" in banner(stage)  # said, and with it the server was tried
    stage.desktop.messages.take_banner("failure")
    assert "Password" not in banner(stage) and banner(stage)

    stage.desktop.messages.take_banner("mail")  # waved away: the same trouble is not told again every minute
    round_(stage)
    assert banner(stage) == ""
    setup.drop_mailbox(stage.desktop.desk, mailbox)
    round_(stage)
    assert stage.window.status.mail.text() == "Mail checked at 11:42"


def test_letters_that_cannot_be_read_are_shown_with_their_raw_text(stage: DemoStage) -> None:
    (stage.inbox / "rubbish").write_bytes(b"\xff\xfe\xfd" * 1000)
    letter(stage, "good")
    round_(stage)
    assert banner(stage) == "1 letter could not be read: kept as received, the others went on."
    ((_words, show),) = stage.desktop.messages.banner().actions
    show()
    stage.settle()
    (dialog,) = [child for child in stage.window.findChildren(QDialog) if child.isVisible()]
    assert "rubbish" in dialog.details.toPlainText()
    assert banner(stage) == ""
    dialog.close()


@pytest.mark.parametrize(
    ("on_duty", "hears"),
    [({"Анна Ковалёва"}, False), ({"Анна Ковалёва", "Марина Соколова"}, True), (set(), True)],
)
def test_a_new_letter_reaches_those_on_duty(stage: DemoStage, on_duty: set[str], hears: bool) -> None:
    nobody_on_duty(stage)
    for row in setup.specialists(stage.desktop.desk):
        changes = setup.save_specialist(stage.desktop.desk, {"id": row["id"], "on_duty": row["name"] in on_duty})
        stage.desktop.acts.heard(changes)
    stage.settle()
    said: list[str] = []
    stage.desktop.messages.said.connect(said.append)
    letter(stage, "one")
    round_(stage)
    assert ([text.split(",")[0] for text in said] == ["New: #4151"]) is hears
    for number in range(4):
        letter(stage, f"many-{number}")
    round_(stage)
    assert ("4 new tickets" in said) is hears


def test_a_round_asked_for_while_one_runs_follows_it(stage: DemoStage) -> None:
    said: list[str] = []
    stage.desktop.messages.said.connect(said.append)
    nobody_on_duty(stage)
    letter(stage, "one")
    stage.desktop.mail()
    stage.desktop.mail()
    stage.settle()
    assert len(said) == 1 and said[0].startswith("New: ")


def test_many_letters_are_read_without_a_wait_between_and_can_be_paused(
    stage: DemoStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.sync.mail.mailroom.BATCH", 3)
    monkeypatch.setattr("deskapp.ui.mailwatch._BACKLOG", 4)
    for number in range(13):
        letter(stage, f"old-{number}", f"Old letter {number}")
    told: list[str] = []

    def hear(_banner: object) -> None:
        """Pressed as soon as it is there, in the middle of the reading."""
        now = stage.desktop.messages.banner()
        if now is not None and now.id == "backlog" and not told:
            told.extend((now.text, stage.window.status.mail.text()))
            ((_words, pause),) = now.actions
            pause()

    def taken() -> int:
        return int(stage.ask(lambda desk: desk.replica.value("SELECT count(*) FROM ticket WHERE subject LIKE 'Old %'")))

    stage.desktop.messages.banner_changed.connect(hear)
    round_(stage)
    stage.desktop.messages.banner_changed.disconnect(hear)
    assert told == [
        "The letters in the mailbox are being read. You can work meanwhile.", "10 letters to read",
    ]  # fmt: skip
    stopped = taken()
    assert stopped in (3, 6)  # one more round was under way at most
    assert banner(stage).startswith("Reading letters is paused")
    round_(stage)
    assert taken() == stopped
    ((_words, go_on),) = stage.desktop.messages.banner().actions
    go_on()
    stage.settle()
    assert taken() == 13 and banner(stage) == ""
    assert stage.window.status.mail.text() == "Mail checked at 11:42"
