"""Notifications where there is no tray: over a real bus of a session, to a service that counts what it is told."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import ClassInfo, QDeadlineTimer, QEventLoop, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from deskapp.ui.notices import Notice
from tests.ui.demo_window import DemoStage, demo_window
from tests.ui.test_mailwatch import letter, nobody_on_duty, round_

#: The platform of the tests has no tray, which an icon on it remarks.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


@ClassInfo({"D-Bus Interface": NAME})
class Service(QObject):
    """What GNOME's shell does with notifications, without drawing them. Types of the bus are exact."""

    ActionInvoked = Signal("uint", str)
    ActivationToken = Signal("uint", str)
    NotificationClosed = Signal("uint", "uint")
    heard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told: list[dict[str, Any]] = []

    @Slot(result="QStringList")
    def GetCapabilities(self) -> list[str]:
        return ["actions", "body", "body-markup"]

    @Slot(str, "uint", str, str, str, "QStringList", "QVariantMap", int, result="uint")
    def Notify(self, app, replaces, icon, title, body, actions, hints, shown) -> int:  # type: ignore[no-untyped-def]
        given = {"app": app, "icon": icon, "title": title, "body": body, "actions": actions, "hints": hints}
        self.told.append(given)
        self.heard.emit()
        return 70 + len(self.told)

    def wait(self, count: int) -> dict[str, Any]:
        """Until so many were told; the last of them."""
        if len(self.told) < count:
            loop = QEventLoop()
            self.heard.connect(lambda: len(self.told) >= count and loop.quit())
            QTimer.singleShot(60_000, loop.quit)
            loop.exec()
        assert len(self.told) == count, self.told
        return self.told[-1]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a bus of its own."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("dbus-daemon is not installed (apt-get install dbus)")
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert daemon.stdout is not None
    try:
        address = daemon.stdout.readline().decode().strip()
        assert address
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
        yield address
    finally:
        daemon.kill()
        daemon.wait(10)
        daemon.stdout.close()


@pytest.fixture
def service(bus: str, qapp: QApplication) -> Iterator[Service]:
    found = Service()
    connection = QDBusConnection.connectToBus(bus, "notes")
    assert connection.registerObject(PATH, found, QDBusConnection.RegisterOption.ExportAllContents)
    assert connection.registerService(NAME)
    yield found
    QDBusConnection.disconnectFromBus("notes")


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[DemoStage]:
    with demo_window(qapp, tmp_path) as stage:
        yield stage


def until(stage: DemoStage, met: Any) -> None:
    """Let the bus carry what is on its way."""
    patience = QDeadlineTimer(60_000)
    while not patience.hasExpired():
        stage.settle()
        if met():
            return
        loop = QEventLoop()
        QTimer.singleShot(5, loop.quit)
        loop.exec()
    raise AssertionError("it never came")


def shown(stage: DemoStage) -> int | None:
    screen: Any = stage.window.screen_now()
    return screen.pane.view().number if screen.pane.view() is not None else None


def test_without_a_tray_the_session_tells_of_a_letter_and_a_click_opens_it(service: Service, stage: DemoStage) -> None:
    assert not stage.desktop.tray.visible()
    nobody_on_duty(stage)
    letter(stage, "one", "Printer is silent")
    round_(stage)
    first = service.wait(1)
    assert first["title"] == "deskapp" and first["body"].startswith("New: #4151")
    assert first["actions"] == ["default", "Open"] and first["hints"]["desktop-entry"] == "deskapp"
    assert first["icon"].startswith("file:///") and first["icon"].endswith("deskapp.png")

    notes = stage.desktop.tray._notes
    assert notes is not None
    stage.desktop.notices.tell([Notice("slip", "Lira & <b>sons</b>", "", None)])
    assert service.wait(2)["body"] == "Lira &amp; &lt;b&gt;sons&lt;/b&gt;", "what others wrote is no markup"
    until(stage, lambda: len(notes._told) == 2)

    stage.window.open("calendar")
    stage.settle()
    stage.window.showMinimized()
    service.ActivationToken.emit(71, "token-1")
    service.ActionInvoked.emit(999, "default")  # of another program
    service.ActionInvoked.emit(71, "default")  # the older of two: an icon could not tell them apart
    until(stage, lambda: not stage.window.isMinimized() and stage.window.screen_now().objectName() == "queue")
    until(stage, lambda: shown(stage) == 4151)
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token-1"
    service.NotificationClosed.emit(71, 2)
    service.NotificationClosed.emit(72, 1)
    until(stage, lambda: not notes._told)


def test_a_bus_without_a_service_or_that_ends_leaves_it_to_the_icon(
    bus: str, stage: DemoStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    stage.desktop.tray.follow()
    icon: Any = stage.desktop.tray._icon
    by_icon: list[str] = []
    monkeypatch.setattr(icon, "showMessage", lambda _title, text, *_rest: by_icon.append(text))
    for text in ("one", "two"):
        stage.desktop.notices.tell([Notice("slip", text, "", None)])
    until(stage, lambda: by_icon == ["one", "two"])
    stage.desktop.notices.tell([Notice("slip", "three", "", None)])
    until(stage, lambda: by_icon == ["one", "two", "three"])


def test_a_service_that_goes_away_loses_nothing(
    service: Service, stage: DemoStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    stage.desktop.tray.follow()
    icon: Any = stage.desktop.tray._icon
    by_icon: list[str] = []
    monkeypatch.setattr(icon, "showMessage", lambda _title, text, *_rest: by_icon.append(text))
    stage.desktop.notices.tell([Notice("slip", "one", "", None)])
    service.wait(1)
    assert not by_icon, "told once"
    QDBusConnection("notes").unregisterService(NAME)
    stage.desktop.notices.tell([Notice("slip", "two", "", None)])
    until(stage, lambda: by_icon == ["two"])


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "tcp:host=localhost", "disabled:", "nonsense"])
def test_an_address_that_leads_nowhere_is_no_trouble(
    address: str, stage: DemoStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    stage.desktop.notices.tell([Notice("slip", "one", "", None)])
    until(stage, lambda: stage.desktop.tray._notes is not None and stage.desktop.tray._notes._broken)
    assert stage.line() == "one"
