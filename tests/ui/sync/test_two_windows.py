"""Two windows on two profiles of one hub: what is done in one appears in the other, and nobody presses a key for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp import app
from deskapp.core.paths import Profile
from deskapp.desk import intake, triage
from deskapp.sync.hub import commands
from deskapp.sync.hub.door import HubDoor
from deskapp.ui import syncwatch
from deskapp.ui.desktop import Desktop, prepare
from tests.servers import PostgresCluster
from tests.sync.hub.postgres_office import url


@contextmanager
def two(qapp: QApplication, tmp_path: Path, where: str) -> Iterator[tuple[Desktop, Desktop]]:
    """Two people at two windows; their rounds go by themselves."""
    with app.open_desk(tmp_path / "one") as first:
        first.settings.set("language", "en")
        commands.init(first, where).close()
        commands.join(Profile(tmp_path / "two"), commands.invite(first), None, where)
        with app.open_desk(tmp_path / "two") as second:
            second.settings.set("language", "en")
            second.settings.set("me", first.me)
            commands.begin(second)
            made = []
            for desk in (first, second):
                desk.hub = HubDoor()
                prepare(qapp, desk)
                desktop = Desktop(desk, app.lanes(desk.replica))
                desktop.start()
                desktop.window.show()
                made.append(desktop)
            try:
                yield made[0], made[1]
            finally:
                for desktop in made:
                    desktop.stop()
                    desktop.window.close()
                    desktop.window.deleteLater()
                    desktop.desk.hub.close()  # type: ignore[union-attr]


def _fresh(desktop: Desktop) -> bool:
    last = desktop.sync_watch.last()
    return last is not None and last.kind == "fresh"


def _answers(desktop: Desktop) -> int:
    queue: Any = desktop.window.built("queue")
    return int(queue.tabs.counts().get("answer") or 0)


def _ping_pong(one: Desktop, other: Desktop, qtbot: QtBot) -> None:
    """A ticket from one to the other, and its urgency back."""
    made: list[str] = []
    one.acts.act(intake.by_hand, "Made in the first window", on_done=lambda changes: made.append(str(changes.result)))
    qtbot.waitUntil(lambda: _answers(other) == 1)
    other.acts.act(triage.set_urgency, made[0], 1)
    queue: Any = one.window.built("queue")
    qtbot.waitUntil(lambda: (queue.list.rows.item(made[0]) or (None,) * 6)[5] == 1)


def test_in_a_folder(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with two(qapp, tmp_path, str(share)) as (one, other):
        qtbot.waitUntil(lambda: _fresh(one) and _fresh(other))
        _ping_pong(one, other, qtbot)
    assert syncwatch.EVERY_MS <= 3_000


def test_in_postgresql_the_call_of_the_server_is_enough(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    postgres_cluster: PostgresCluster,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(syncwatch, "EVERY_MS", 600_000)  # nobody looks by themselves while this runs
    database = postgres_cluster.create_database()
    with two(qapp, tmp_path, url(postgres_cluster, database)) as (one, other):
        qtbot.waitUntil(lambda: _fresh(one) and _fresh(other))
        _ping_pong(one, other, qtbot)
    postgres_cluster.drop_database(database)
