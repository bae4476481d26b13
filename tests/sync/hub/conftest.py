from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.hub.desks import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Desks that share a folder; closed at the end."""
    made = Office(tmp_path)
    yield made
    made.close()
