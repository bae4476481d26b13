from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.core.clock import FixedClock
from deskapp.ui.desktop import Desktop
from tests.desk.demo_desk import at, copied
from tests.ui.demo_window import plain_desktop
from tests.ui.queue_fixtures import desk_window as desk_window
from tests.ui.queue_fixtures import opened as opened


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    """The real window over the demo desk."""
    with plain_desktop(qtbot, copied(tmp_path / "desk", "en", FixedClock(at(3, 11, 42)))) as shown:
        yield shown
