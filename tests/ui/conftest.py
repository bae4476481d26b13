"""The window under test: offscreen, its own settings folder, Russian or English as asked, nothing left behind."""

from __future__ import annotations

import gc
import itertools
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskapp.core.clock import FixedClock
from deskapp.ui import i18n, theme

MOSCOW = ZoneInfo("Europe/Moscow")
#: The moment that the demo desk and all pictures share.
MOMENT = datetime(2026, 11, 3, 11, 42, tzinfo=MOSCOW)


#: What a test waits for comes at once, or on a busy machine some seconds later; only what never comes takes this long.
PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits with patience unless a test says otherwise."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitActive(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["deskapp"]


_tests = itertools.count(1)
#: Tests after which what was imported is hardly growing any more.
_GROWING = 60


@pytest.fixture(autouse=True)
def garbage_of_the_main_thread(qapp: QApplication) -> Iterator[None]:
    """As in the window: a lane's thread that collected a cycle with widgets in it would end the process."""
    gc.disable()
    yield
    # Windows of this test, which closed them, are not dressed and translated anew for each that follows.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    number = next(_tests)
    if number % 6 == 0:
        gc.collect()
        if number <= _GROWING:
            gc.freeze()  # modules stay: looking through them each time costs more than most tests


@pytest.fixture(autouse=True)
def look(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    """Light, English, and settings in a folder of the test's own."""
    QCoreApplication.setOrganizationName("deskapp")
    QCoreApplication.setApplicationName("deskapp-tests")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    theme.apply(qapp, "light")
    i18n.install("en")
    yield


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MOMENT)
