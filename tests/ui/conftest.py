"""The window under test: offscreen, its own settings folder, Russian or English as asked, nothing left behind."""

from __future__ import annotations

import gc
import itertools
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from deskapp.core.clock import FixedClock
from deskapp.ui import i18n, theme

MOSCOW = ZoneInfo("Europe/Moscow")
#: The moment that the demo desk and all pictures share.
MOMENT = datetime(2026, 11, 3, 11, 42, tzinfo=MOSCOW)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["deskapp"]


_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def garbage_of_the_main_thread(qapp: QApplication) -> Iterator[None]:
    """As in the window: a lane's thread that collected a cycle with widgets in it would end the process."""
    gc.disable()
    yield
    if next(_tests) % 6 == 0:
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


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
