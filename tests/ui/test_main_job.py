"""The main job by keys only, through the real window over a real desk; and with the process killed after every step."""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from deskapp import app
from deskapp.core.clock import FixedClock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import ticket
from deskapp.sync.mail.mailroom import MailRoom
from deskapp.ui.desktop import Desktop, prepare
from deskapp.ui.stage import Stage, play

STEP = Path(__file__).with_name("main_job.py")


def letters_out(profile: Path, number: int) -> list[EmailMessage]:
    """The letters about a ticket that lie in the outbox, oldest first."""
    found = []
    for path in sorted((profile / "mail" / "outbox" / "new").iterdir(), key=lambda one: one.stat().st_mtime_ns):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        if f"[#{number}]" in message["Subject"]:
            found.append(message)
    return found


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def check_letters(profile: Path, number: int) -> None:
    """Acknowledgement, promise with the right date, and the letter of the end; each once, in the right conversation."""
    ack, promise, done = letters_out(profile, number)
    assert ack["Auto-Submitted"] == "auto-replied" and f"№{number}" in text(ack)
    assert "четверга, 5 ноября 2026, 18:00 (МСК)" in text(promise)
    assert "сертификат" in text(done) and "Ответьте «да»" in text(done)
    for message in (promise, done):
        assert message["To"].addresses[0].addr_spec == "o.belkina@hlebozavod3.example"
        assert message["In-Reply-To"] == "<20261103083958.4471@hlebozavod3.example>"
        assert "20261103083958.4471@hlebozavod3.example" in message["References"]
        assert not message["Auto-Submitted"]
    assert len({message["Message-ID"] for message in (ack, promise, done)}) == 3


def test_a_letter_becomes_a_closed_ticket_by_keys_alone(qapp: QApplication, tmp_path: Path) -> None:
    app.make_demo(tmp_path, "ru", "light")
    clock = FixedClock(app.clock_of(Settings(Profile(tmp_path).settings)).now())
    with app.open_desk(tmp_path, clock) as desk:
        desk.mail = MailRoom()
        prepare(qapp, desk)
        desktop = Desktop(desk, app.lanes(desk.replica), ticking=False)
        stage = Stage(desktop, tmp_path)
        ticket_id = play(stage, partial(app._deliver, stage), partial(clock.advance, seconds=60))
        view = ticket.view(desk, ticket_id)
        assert (view.consent_how, view.consent_who) == ("phone", "Ольга Белкина")
        assert view.solution == "Заменён сертификат обмена"
        assert [entry.label for entry in view.entries if entry.kind == "letter_out"] == ["ack", "promise", "done"]
        assert all(entry.state == "sent" for entry in view.entries if entry.kind == "letter_out")
        assert [entry.text for entry in view.entries if entry.kind in ("check", "change", "talk", "measure")]
        assert view.number is not None
        check_letters(tmp_path, view.number)
        desktop.stop()
        desktop.window.close()
        desktop.window.deleteLater()
    assert len(stage.pictures) == 14


@pytest.mark.long
def test_the_job_goes_on_after_a_kill_at_every_step(tmp_path: Path) -> None:
    app.make_demo(tmp_path, "ru", "light")
    steps = ("arrive", "promise", "leave", "draft", "record", "finish", "leave", "agree")
    for minutes, step in enumerate(steps):
        command = [sys.executable, str(STEP), str(tmp_path), step, str(minutes * 2)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert ran.stdout.strip() == "done", f"{step}: {ran.stdout}{ran.stderr[-3000:]}"
    with app.open_desk(tmp_path, FixedClock(app.clock_of(Settings(Profile(tmp_path).settings)).now())) as desk:
        found = ticket.find(desk, 4151)
        assert found is not None
        view = ticket.view(desk, found)
        assert view.status == "closed"
        assert [e.text for e in view.entries if e.kind in ("check", "change")] == ["Проверили сертификат: просрочен"]
        # nothing twice: one ticket of the letter, one promise, each letter once
        assert desk.replica.value("SELECT count(*) FROM ticket WHERE number = 4151") == 1
        assert desk.replica.value("SELECT count(*) FROM promise WHERE ticket_id = ?", (found,)) == 1
    check_letters(tmp_path, 4151)
