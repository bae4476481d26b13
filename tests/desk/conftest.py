from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.core.paths import Profile
from deskapp.desk.desk import Desk
from tests.desk import world


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished profile to be copied; making one takes longer than most tests."""
    root = tmp_path_factory.mktemp("world") / "desk"
    world.furnish(Profile(root))
    return root


@pytest.fixture
def profile(furnished: Path, tmp_path: Path) -> Path:
    """The folder of a furnished desk that nobody has opened yet."""
    root = tmp_path / "desk"
    shutil.copytree(furnished, root)
    return root


@pytest.fixture
def desk(profile: Path) -> Iterator[Desk]:
    opened = world.open_world(profile)
    yield opened
    opened.replica.disconnect()
