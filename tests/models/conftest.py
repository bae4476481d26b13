from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.models.database import Replica


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    """A new, empty replica, connected in this thread."""
    made = Replica(tmp_path / "desk.sqlite").open()
    yield made
    made.disconnect()
