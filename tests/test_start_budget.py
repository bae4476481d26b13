"""What is imported before the first window is painted: counted in modules, not in seconds."""

from __future__ import annotations

from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from benchmarks import big_desk
from benchmarks.first_window import process

#: Qt alone. (setuptools puts itself into every process of an environment that has it.)
VENDORS = {"PySide6_Essentials", "shiboken6"}
EVERYWHERE = {"setuptools"}
#: Rooms of which the frame needs nothing, or only what is named.
LATER = ("deskapp.planning", "deskapp.sync", "deskapp.models", "deskapp.desk", "deskapp.ui.queue", "deskapp.ui.ticket",
         "deskapp.ui.composer", "deskapp.ui.calendar", "deskapp.ui.settings")  # fmt: skip
NEEDED = {"deskapp.desk", "deskapp.desk.desk"}
#: Modules of ours; a frame that needs many more is no frame.
MOST = 45
#: Of Python's own, those that cost milliseconds and that a picture does not need.
HEAVY = {"argparse", "hashlib", "uuid", "sqlite3", "xml.etree.ElementTree", "email", "html", "socket", "subprocess"}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the modules that are there when the frame has been painted for the first time."""
    root: Path = tmp_path_factory.mktemp("start") / "desk"
    big_desk.make(root, tickets=12)
    return set(process("ours", str(root), "painted")["modules"])


def test_only_qt_comes_from_vendors(before: set[str]) -> None:
    homes = packages_distributions()
    found = {home for name in {module.split(".")[0] for module in before} for home in homes.get(name, ())}
    assert {home.replace("-", "_") for home in found} - EVERYWHERE == VENDORS


def test_the_frame_waits_for_nothing_heavy_of_pythons_own(before: set[str]) -> None:
    bare = set(process("empty")["modules"])
    assert not (before - bare) & HEAVY


def test_the_frame_waits_for_no_table_screen_plan_mail_or_hub(before: set[str]) -> None:
    early = {module for module in before if module.startswith(LATER)} - NEEDED
    assert not early


def test_the_frame_is_made_of_few_modules(before: set[str]) -> None:
    own = sorted(module for module in before if module.startswith("deskapp"))
    assert "deskapp.ui.main_window" in own
    assert len(own) <= MOST, own
