"""The queue's filled desk in a window, for the tests of the list and of the ticket beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskapp.ui import i18n
from tests.ui.queue_desk import Window, copy_shop, open_window


@pytest.fixture
def opened(qtbot, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """`opened(language, size)`: the filled desk in a window."""
    windows: list[Window] = []

    def make(language: str = "en", size: tuple[int, int] = (1440, 900)) -> Window:
        i18n.install(language)
        window = open_window(copy_shop(tmp_path / str(len(windows)), language), size)
        qtbot.addWidget(window.frame)
        qtbot.waitExposed(window.frame)
        window.frame.activateWindow()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def desk_window(opened: Callable[..., Window]) -> Window:
    return opened()
