"""Settings, Mail: signing in with a code, finding servers by the address; with the real mail room and a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from deskapp.core.secrets import MemorySecrets, NoKeyring
from deskapp.desk import mailport, setup
from deskapp.sync.mail.mailroom import MailRoom
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.servers import USER, make_certificate
from tests.ui.composer.conftest import begun, shop  # noqa: F401
from tests.ui.settings.test_settings import Bench, bench  # noqa: F401


class NoRing(MemorySecrets):
    """A machine without a keyring: what is set serves this run alone."""

    def set(self, name: str, secret: str) -> None:
        super().set(name, secret)
        raise NoKeyring


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GraphServer]:
    found = GraphServer((USER,), make_certificate(tmp_path))
    found.start()
    yield found
    found.stop()


@pytest.fixture
def page(bench: Bench, server: GraphServer) -> Iterator[Any]:  # noqa: F811
    """The page with a mailbox in Exchange Online, not signed in to."""
    room = MailRoom()
    bench.shop.desk.mail = room
    setup.save_mailbox(
        bench.shop.desk, {"id": "box", "kind": "graph", "address": USER, "active": 0, "options": server.options}
    )
    yield bench.open("mail")
    room.close()  # before its server ends


def test_a_sign_in_from_the_code_to_the_first_trial(
    bench: Bench,  # noqa: F811
    page: Any,
    server: GraphServer,
    qtbot: Any,
) -> None:
    find = bench.find
    assert find("settings.mail.signin").isVisibleTo(page) and not find("settings.mail.password").isVisibleTo(page)
    assert find("settings.mail.client_id").text() == server.options["client_id"]
    find("settings.mail.test").click()
    bench.settle()
    assert "Sign in to the mailbox again" in page.result.text()
    find("settings.mail.signin").click()
    bench.settle()
    assert find("settings.mail.code").text() == "ABCD1234" and not find("settings.mail.signin").isEnabled()
    assert find("settings.mail.page").text() == "https://microsoft.com/devicelogin"
    assert "15 minutes left" in find("settings.mail.left").text()
    find("settings.mail.copy").click()
    assert QGuiApplication.clipboard().text() == "ABCD1234"
    find("settings.mail.signin.cancel").click()
    assert not page.box.isVisibleTo(page) and find("settings.mail.signin").isEnabled()
    find("settings.mail.signin").click()
    bench.settle()
    with qtbot.waitSignal(page.box.signed, timeout=15_000):
        server.signed_in = USER
    bench.settle()
    assert page.result.text() == f"Signed in as {USER}. Test the mailbox now."
    assert bench.shop.desk.secrets.get("mailbox:box")
    find("settings.mail.test").click()
    bench.settle()
    assert page.result.text() == "The mailbox can be read and the server takes letters."
    assert "box" in {path.name for path in (bench.shop.desk.profile.root / "sealed").iterdir()}


def test_a_declined_sign_in_is_told_and_no_keyring_too(
    bench: Bench,  # noqa: F811
    page: Any,
    server: GraphServer,
    qtbot: Any,
) -> None:
    bench.find("settings.mail.signin").click()
    bench.settle()
    with qtbot.waitSignal(page.box.failed, timeout=15_000):
        server.signed_in = "!"
    assert "declined" in page.says.text() and bench.find("settings.mail.signin").isEnabled()
    bench.shop.desk.secrets = NoRing()
    server.signed_in = USER
    bench.find("settings.mail.signin").click()
    with qtbot.waitSignal(page.box.signed, timeout=15_000):
        bench.settle()
    assert "until the application ends" in page.result.text()
    assert mailport.check(bench.shop.desk, setup.mailboxes(bench.shop.desk)[0]).works


def test_an_address_fills_in_its_servers(bench: Bench, page: Any) -> None:  # noqa: F811
    bench.type("settings.mail.address", "help@yandex.ru")
    bench.find("settings.mail.detect").click()
    bench.settle()
    (row,) = setup.mailboxes(bench.shop.desk)
    assert row["kind"] == "imap" and row["options"]["host"] == "imap.yandex.ru"
    assert row["options"]["smtp_port"] == 465 and "tenant" not in row["options"]
    assert bench.find("settings.mail.host").text() == "imap.yandex.ru"
    assert "Яндекс takes only a password made for applications" in page.result.text()
    assert bench.find("settings.mail.password").isVisibleTo(page)
    auth = bench.find("settings.mail.auth")
    assert not bench.find("settings.mail.token_url").isVisibleTo(page)
    auth.select("refresh")
    auth.activated.emit(2)
    bench.settle()
    assert bench.find("settings.mail.token_url").isVisibleTo(page)
    assert not bench.find("settings.mail.tenant").isVisibleTo(page)
    bench.type("settings.mail.address", "nobody")
    bench.find("settings.mail.detect").click()
    bench.settle()
    assert "no mail address" in page.says.text()


def test_without_a_mailbox_there_are_no_servers_to_fill_in(bench: Bench, page: Any) -> None:  # noqa: F811
    below = bench.find("settings.mail.detect").mapTo(page, QPoint()).y()
    assert bench.find("settings.mail.address").mapTo(page, QPoint()).y() < below
    assert below < bench.find("settings.mail.host").mapTo(page, QPoint()).y()
    bench.find("settings.mail.remove").click()
    bench.settle()
    assert not setup.mailboxes(bench.shop.desk)
    assert not bench.find("settings.mail.host").isVisibleTo(page)
    assert not bench.find("settings.mail.after").isVisibleTo(page)
    assert not bench.find("settings.mail.address").isEnabled()
