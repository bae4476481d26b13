"""A desk goes out as open files and comes back the same."""

from __future__ import annotations

import csv
import email
import json
import zipfile
from collections.abc import Iterator
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.clock import FixedClock
from deskapp.core.errors import UserCancelled, UserFacingError
from deskapp.core.paths import Profile
from deskapp.core.secrets import MemorySecrets
from deskapp.core.settings import Settings
from deskapp.desk import exporting, queue, setup, ticket, work
from deskapp.desk.desk import Desk
from deskapp.models.database import Replica
from deskapp.models.fields import Day, Flag, Json, Ms, Number
from deskapp.models.schema import SHARED, Shared
from tests.desk.demo_desk import copied, found
from tests.desk.world import index_terms, queue_rows, shared_rows

#: What a spreadsheet would run, what looks like our own marks, and what a line of text may hold.
NASTY = ("=1+1", "+7 495", "-5", "@sum", "'quoted", "\\N", "\\\\", "\tTab", "a\r\nb", 'c"d', ";,|", "", "Ёж", "0123")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = copied(tmp_path_factory.mktemp("demo") / "desk")
    for text in NASTY:
        if text.strip():
            work.note(desk, found(desk, 4117), "note", text)
    yield desk
    desk.replica.disconnect()


def fresh(root: Path, like: Desk) -> Desk:
    profile = Profile(root)
    profile.make()
    replica = Replica(profile.database).open()
    desk = Desk(profile, replica, Settings(profile.settings), FixedClock(like.clock.now()), MemorySecrets())
    setup.begin(desk)
    desk.settings.set("language", "ru")
    return desk


@pytest.fixture(scope="module")
def bare(demo: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = fresh(tmp_path_factory.mktemp("bare") / "desk", demo)
    yield desk
    desk.replica.disconnect()


def _terms(desk: Desk) -> dict[tuple[str, str, str], list[str]]:
    """What each text is found by; names of files stand in no order of their own."""
    return {key: sorted(term for _place, term in terms) for key, terms in index_terms(desk).items()}


@pytest.mark.parametrize("name", ["desk.zip", "desk"])
def test_a_round_trip_loses_nothing(demo: Desk, tmp_path: Path, name: str) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    counts = exporting.write(demo, tmp_path / name, progress)
    assert counts["ticket"] > 80 and set(counts) == {model._meta.table_name for model in exporting.TABLES}
    desk = fresh(tmp_path / "new", demo)
    try:
        changes = exporting.read(desk, tmp_path / name)
        assert changes.result == counts
        left_out = {model._meta.table_name for model in exporting.LEFT_OUT}
        before, after = shared_rows(demo), shared_rows(desk)
        assert len(before) == len(SHARED)
        for table in before.keys() - left_out:
            assert after[table] == before[table], table
        assert desk.me == demo.me
        assert _terms(desk) == _terms(demo)
        shown = queue_rows(demo)
        for ticket_id, row in queue_rows(desk).items():
            assert row[:12] == shown[ticket_id][:12]  # who has read what stays with each person
        here, there = queue.counts(desk), queue.counts(demo)
        for tab in ("answer", "waiting", "confirm", "all"):  # a timer runs on one machine alone
            assert here[tab] == there[tab]
        one = found(desk, 4117)
        assert [entry.text for entry in ticket.view(desk, one).entries] == [
            entry.text for entry in ticket.view(demo, one).entries if entry.state != "held"
        ]
        for entry in ticket.view(desk, one).entries:
            for file in entry.files:
                assert Path(desk.profile.blobs, file.sha256[:2], file.sha256).is_file()
        with pytest.raises(UserFacingError):
            exporting.read(desk, tmp_path / name)  # two desks are not mixed
    finally:
        desk.replica.disconnect()


def _filled(model: type[Shared]) -> list[Any]:
    """A row with something in every column, nasty texts above all."""
    row: list[Any] = []
    for place, field in enumerate(model._meta.sorted_fields):
        if isinstance(field, Json):
            row.append('{"a": ["=1", null, 1.5, "Ёж"]}')
        elif isinstance(field, Flag | Ms | Number):
            row.append(1 if isinstance(field, Flag) else -7 * place - 1)
        elif isinstance(field, Day):
            row.append("2026-11-03")
        else:
            row.append(f"{NASTY[place % len(NASTY)]}{model._meta.table_name}")
    return row


@pytest.mark.parametrize("model", exporting.TABLES, ids=lambda model: model._meta.table_name)
def test_every_column_of_every_table_comes_back(bare: Desk, model: type[Shared], tmp_path: Path) -> None:
    """Also of tables that no demo fills, and of columns that nothing there has set."""
    columns = ", ".join(f'"{field.column_name}"' for field in model._meta.sorted_fields)
    marks = ", ".join("?" * len(model._meta.sorted_fields))
    name = model._meta.table_name
    kept = bare.replica.rows(f'SELECT {columns} FROM "{name}"')
    row = _filled(model)
    with bare.replica.writing("anna", bare.clock.now()) as writing:
        writing.execute(f'DELETE FROM "{name}"')
        writing.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', row)
    try:
        folder = exporting._Folder(tmp_path)
        exporting._table(bare, folder, model, exporting._Step(lambda _done, _total: True, 1))
        with bare.replica.writing("anna", bare.clock.now()) as writing:
            writing.execute(f'DELETE FROM "{name}"')
            source = exporting._Source(tmp_path)
            assert exporting._read_table(writing, source, model, exporting._Step(lambda _d, _t: True, 1)) == 1
        assert bare.replica.rows(f'SELECT {columns} FROM "{name}"') == [tuple(row)]
        assert all(value not in (None, "") for value in row)
    finally:
        with bare.replica.writing("anna", bare.clock.now()) as writing:
            writing.execute(f'DELETE FROM "{name}"')
            for old in kept:
                writing.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', old)


def test_letters_are_letters_and_tables_are_safe_to_open(demo: Desk, tmp_path: Path) -> None:
    exporting.write(demo, tmp_path / "desk")
    letters = sorted((tmp_path / "desk" / "letters").iterdir())
    assert len(letters) == demo.replica.value("SELECT count(*) FROM message")
    subjects = {email.message_from_bytes(path.read_bytes(), policy=default)["subject"] for path in letters}
    known = {row[0] for row in demo.replica.rows("SELECT subject FROM message")}
    assert len(subjects & known) > 10
    for path in (tmp_path / "desk" / "tables").iterdir():
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r")), (path.name, cell)
                    assert not cell.startswith("-") or cell[1:].isdigit()


def test_a_folder_in_use_and_a_broken_export_are_refused(demo: Desk, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(UserFacingError):
        exporting.write(demo, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    with pytest.raises(UserFacingError):
        exporting.about(tmp_path / "full")
    exporting.write(demo, tmp_path / "good.zip")
    desk = fresh(tmp_path / "new", demo)
    try:
        with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
            for name in good.namelist():
                data = good.read(name)
                bad.writestr(name, data.replace(b"promised", b"promised,x") if name.endswith("/ticket.csv") else data)
        before = shared_rows(desk)
        with pytest.raises(UserFacingError):
            exporting.read(desk, tmp_path / "bad.zip")
        assert shared_rows(desk) == before
        with zipfile.ZipFile(tmp_path / "later.zip", "w") as later:
            later.writestr("desk.json", json.dumps({"format": exporting.FORMAT + 1}))
        with pytest.raises(UserFacingError, match="newer"):
            exporting.read(desk, tmp_path / "later.zip")
    finally:
        desk.replica.disconnect()


def test_cancelled_nothing_is_left(demo: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserCancelled):
        exporting.write(demo, tmp_path / "desk.zip", lambda _done, _total: False)
    assert list(tmp_path.iterdir()) == []


@given(st.one_of(st.none(), st.text(), st.sampled_from(NASTY)))
def test_any_text_reads_back_as_it_was(text: str | None) -> None:
    written = exporting.cell(text)
    assert exporting.value(written) == text
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
