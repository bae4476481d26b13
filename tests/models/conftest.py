from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.models.database import Replica


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, to be copied: a migration for each test costs more than the tests."""
    path = tmp_path_factory.mktemp("models") / "desk.sqlite"
    Replica(path).open().disconnect()
    return path


@pytest.fixture
def replica(tmp_path: Path, empty_database: Path) -> Iterator[Replica]:
    """A new, empty replica, connected in this thread."""
    path = tmp_path / "desk.sqlite"
    shutil.copy(empty_database, path)
    made = Replica(path).open()
    yield made
    made.disconnect()
