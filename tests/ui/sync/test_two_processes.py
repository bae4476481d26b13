"""Two people, two profiles, two processes: what one does appears in the other's window by itself."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deskapp import app
from deskapp.core.paths import Profile
from deskapp.desk import intake
from deskapp.sync.hub import commands
from tests.servers import PostgresCluster
from tests.sync.hub.postgres_office import url

ROOT = Path(__file__).resolve().parents[3]


class Window:
    """A window in another process, and the person before it."""

    def __init__(self, profile: Path) -> None:
        self._errors = profile.with_suffix(".err")
        with open(self._errors, "wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.ui.sync.window", str(profile)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def order(self, **order: Any) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, self._errors.read_text(encoding="utf-8")
        answer = json.loads(line)
        assert answer["done"], (order, answer["seen"], self._errors.read_text(encoding="utf-8"))

    def close(self) -> int:
        """Close the window; the code with which its process ended."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            return self._process.wait(120)
        finally:
            self.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()


def shared(tmp_path: Path, where: str) -> tuple[Path, Path]:
    """Two profiles of one desk that has a ticket; one person each."""
    one, other = tmp_path / "one", tmp_path / "two"
    with app.open_desk(one) as first:
        first.settings.set("language", "en")
        intake.by_hand(first, "The printer is silent")
        commands.init(first, where).close()
        commands.join(Profile(other), commands.invite(first), None, where)
        with app.open_desk(other) as second:
            second.settings.set("language", "en")
            second.settings.set("me", first.me)
            commands.begin(second)
    return one, other


@contextmanager
def windows(tmp_path: Path, where: str) -> Iterator[tuple[Window, Window]]:
    one, other = (Window(profile) for profile in shared(tmp_path, where))
    try:
        yield one, other
    except BaseException:
        for window in (one, other):
            window.close()
        raise
    assert (one.close(), other.close()) == (0, 0)


def there_and_back(one: Window, other: Window) -> float:
    """An edit here is seen there, one from there here; how long the slower one took, in seconds."""
    assert one.pid != other.pid
    for window in (one, other):
        window.order(see="The printer is silent; urgency normal")
        window.order(chip="fresh")
    took = []
    for here, there, key, said in ((one, other, "1", "urgency critical"), (other, one, "4", "urgency low")):
        here.order(press=["U", key])
        began = time.monotonic()
        here.order(see=f"The printer is silent; {said}")
        there.order(see=f"The printer is silent; {said}")
        took.append(time.monotonic() - began)
    return max(took)


def test_in_a_folder(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with windows(tmp_path, str(share)) as (one, other):
        print(f"{there_and_back(one, other):.2f} s")


def test_in_postgresql(tmp_path: Path, postgres_cluster: PostgresCluster) -> None:
    database = postgres_cluster.create_database()
    with windows(tmp_path, url(postgres_cluster, database)) as (one, other):
        print(f"{there_and_back(one, other):.2f} s")
    postgres_cluster.drop_database(database)


@pytest.mark.long
def test_a_window_that_is_killed_finds_what_was_done_meanwhile(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    profiles = shared(tmp_path, str(share))
    one, other = (Window(profile) for profile in profiles)
    there_and_back(one, other)
    other.kill()
    one.order(press=["U", "2"])
    assert one.close() == 0
    again = Window(profiles[1])
    again.order(see="The printer is silent; urgency high")
    assert again.close() == 0
