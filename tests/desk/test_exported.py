"""Exported desks that somebody has worked on: what no desk holds is refused with its place, and nothing is taken."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.cli import main
from deskapp.core.errors import UserCancelled, UserFacingError
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import backups, customers, exporting, files, letters, queue, setup, ticket, work
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.models.database import Replica
from tests.desk import world
from tests.desk.world import arrive, shared_rows


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export with a ticket in most states, a promise, a file and a letter that is about to leave."""
    root = tmp_path_factory.mktemp("exported")
    world.furnish(Profile(root / "from"))
    desk = world.open_world(root / "from")
    one, two = arrive(desk).ticket_id, arrive(desk, key="second").ticket_id
    world.promise_first(desk, one)
    data = b"what the printer said"
    sha256 = files.put(desk, data)
    work.note(
        desk, two, "note", "two\nlines", minutes=5, files=[IncomingFile("log.txt", "text/plain", len(data), sha256)]
    )
    letters.release(desk, everything=True)
    exporting.write(desk, root / "desk")
    desk.replica.disconnect()
    return root / "desk"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Desk]:
    profile = Profile(tmp_path / "new").make()
    replica = Replica(profile.database).open()
    desk = Desk(profile, replica, Settings(profile.settings), world.FixedClock(world.NOW))
    setup.begin(desk)
    yield desk
    replica.disconnect()


def changed(exported: Path, to: Path, table: str, *cells: tuple[int, str, str], again: int = 0) -> Path:
    """A copy of the export with other cells (row as a spreadsheet counts, column, value), and a row twice."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(exported, to)
    path = to / "tables" / f"{table}.csv"
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for place, column, value in cells:
        rows[place - 1][rows[0].index(column)] = value
    if again:
        rows.append(rows[again - 1])
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return to


WRONG = [
    ("work_calendar", "zone", "Mars/Olympus", "no time zone"),
    ("work_calendar", "zone", "", "no time zone"),
    ("specialist", "zone", "Europe/Leningrad-2", "no time zone"),
    ("customer", "zone", "../../etc/passwd", "no time zone"),
    ("work_calendar", "week", "[[[540, 99999]]]", "cannot stand"),
    ("work_calendar", "week", "[" * 5_000, "cannot stand"),
    ("ticket", "status", "nearly", "cannot stand"),
    ("ticket", "urgency", "9", "cannot stand"),
    ("ticket", "urgency", "0", "cannot stand"),
    ("ticket", "urgency", "high", "cannot stand"),
    ("ticket", "urgency", "\\N", "cannot stand"),
    ("ticket", "urgency", "9" * 40, "cannot stand"),
    ("ticket", "subject", "\\N", "cannot stand"),
    ("ticket", "effort", "-5", "cannot stand"),
    ("ticket", "received_at", "1793600400", "in seconds"),
    ("ticket", "received_at", "2026-11-02", "cannot stand"),
    ("ticket", "received_at", str(10**17), "cannot stand"),
    ("ticket", "asked_is_day", "7", "cannot stand"),
    ("ticket", "number", "-3", "cannot stand"),
    ("ticket", "id", "", "cannot stand"),
    ("ticket", "id", "x" * 999, "cannot stand"),
    ("note", "minutes", "-1", "cannot stand"),
    ("booking", "state", "maybe", "cannot stand"),
    ("booking", "start_at", "1793600400", "in seconds"),
    ("message", "recipients", '{"to": 1}', "cannot stand"),
    ("message", "direction", "sideways", "cannot stand"),
    ("specialist", "role", "emperor", "cannot stand"),
    ("specialist", "reserve", "400", "cannot stand"),
    ("calendar_day", "day", "31.12.2026", "cannot stand"),
]


def test_what_no_desk_holds_is_refused_with_its_place(exported: Path, empty: Desk, tmp_path: Path) -> None:
    before = shared_rows(empty)
    for table, column, value, why in WRONG:
        rows = (exported / "tables" / f"{table}.csv").read_text("utf-8-sig").count("\n") - 1
        if not rows:
            continue
        made = changed(exported, tmp_path / "made", table, (2, column, value))
        with pytest.raises(UserFacingError) as refused:
            exporting.read(empty, made)
        said = refused.value.filled()
        assert f"{table}.csv, row 2, {column}:" in said and why in said and "Nothing was imported" in said, said
        assert len(said) < 300, "a cell is named, not told whole"
    assert shared_rows(empty) == before
    assert not [path for path in empty.profile.blobs.rglob("*") if path.is_file()], "no file of it is left behind"
    assert not backups.listed(empty.profile)


def test_every_wrong_value_was_tried(exported: Path) -> None:
    tables = {table for table, *_rest in WRONG}
    empty = {t for t in tables if (exported / "tables" / f"{t}.csv").read_text("utf-8-sig").count("\n") < 2}
    assert empty <= {"customer"}


def test_rows_that_stand_twice_or_are_cut_short_are_named(exported: Path, empty: Desk, tmp_path: Path) -> None:
    made = changed(exported, tmp_path / "twice", "ticket", again=2)
    with pytest.raises(UserFacingError, match=r"ticket.csv, row 4: the id .+ is that of row 2 already"):
        exporting.read(empty, made)
    made = changed(exported, tmp_path / "twice", "specialist")
    path = made / "tables" / "specialist.csv"
    whole = path.read_text("utf-8-sig").splitlines()
    for cut, told in (
        ([*whole[:2], "anna,Анна"], "specialist.csv, row 3: 2 cells"),
        (["name,name", *whole[1:]], "its heads are not"),
        (["name", "Анна"], "its heads are not"),
        ([], "its heads are not"),
    ):
        path.write_text("\n".join(cut), "utf-8-sig")
        with pytest.raises(UserFacingError) as refused:
            exporting.read(empty, made)
        assert told in refused.value.filled()
    path.write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(UserFacingError, match="damaged"):
        exporting.read(empty, made)
    assert empty.replica.value("SELECT count(*) FROM ticket") == 0


@pytest.mark.parametrize(
    "told", ["[]", "7", '{"format": "new"}', '{"format": [1]}', '{"tables": {"ticket": "many"}}', '{"tables": 5}', ""]
)
def test_a_card_that_is_none_is_refused(exported: Path, empty: Desk, tmp_path: Path, told: str) -> None:
    made = tmp_path / "made"
    shutil.copytree(exported, made)
    (made / "desk.json").write_text(told)
    with pytest.raises(UserFacingError, match="no exported desk"):
        exporting.read(empty, made)


def test_an_archive_that_nobody_can_open_is_refused(exported: Path, empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "desk.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for file in sorted(exported.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(exported).as_posix())
    whole = path.read_bytes()
    spot = whole.index(b"tables/ticket.csv") + 60
    path.write_bytes(whole[:spot] + b"\x00" * 40 + whole[spot + 40 :])
    with pytest.raises(UserFacingError):
        exporting.read(empty, path)
    locked = bytearray(whole)
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):  # said to be encrypted
        at = locked.find(sign)
        while at >= 0:
            locked[at + (6 if sign[2] == 3 else 8)] |= 1
            at = locked.find(sign, at + 4)
    path.write_bytes(bytes(locked))
    with pytest.raises(UserFacingError):
        exporting.read(empty, path)
    assert empty.replica.value("SELECT count(*) FROM ticket") == 0


def test_unknown_languages_and_loose_ends_are_told_and_stop_no_reading(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = changed(exported, tmp_path / "made", "ticket", (2, "language", "tlh"), (2, "owner_id", "nobody"))
    made = changed(made, tmp_path / "again", "specialist", (2, "calendar_id", "no-such"), (3, "language", "xx"))
    made = changed(made, tmp_path / "third", "note", (2, "ticket_id", "gone"))
    root = tmp_path / "new"
    assert main(["import-desk", str(made), "--profile", str(root)]) == 0
    said = capsys.readouterr().err
    for told in (
        "ticket.language: 1 unknown", "specialist.language: 1 unknown", "ticket.owner_id: 1 lead to no row",
        "specialist.calendar_id: 1 lead", "note.ticket_id: 1 lead",
    ):  # fmt: skip
        assert told in said
    desk = world.open_world(root)
    try:
        assert {row for (row,) in desk.replica.rows("SELECT language FROM specialist")} <= {"ru", "en", ""}
        for (ticket_id,) in desk.replica.rows("SELECT id FROM ticket"):
            view = ticket.view(desk, ticket_id)
            assert letters.draft(desk, ticket_id, "reply").language in ("ru", "en")
            assert view.id == ticket_id
        assert queue.counts(desk)["all"] == 2
    finally:
        desk.replica.disconnect()


def test_letters_of_the_exported_desk_leave_only_from_there(exported: Path, empty: Desk) -> None:
    rows = (exported / "tables" / "outgoing.csv").read_text("utf-8-sig")
    assert ",ready," in rows
    exporting.read(empty, exported)
    assert {row for (row,) in empty.replica.rows("SELECT state FROM outgoing")} == {"claimed"}
    own = empty.replica.state("replica")
    assert {row for (row,) in empty.replica.rows("SELECT replica FROM outgoing")} == {own}


def test_what_was_entered_before_is_in_a_copy(exported: Path, empty: Desk) -> None:
    customers.save(empty, {"name": "Entered by hand"})
    with pytest.raises(UserCancelled):
        exporting.read(empty, exported, lambda _done, _total: False)
    assert [row for (row,) in empty.replica.rows("SELECT name FROM customer")] == ["Entered by hand"]
    assert not [path for path in empty.profile.blobs.rglob("*") if path.is_file()]
    changes = exporting.read(empty, exported)
    assert json.loads((exported / "desk.json").read_bytes())["tables"] == changes.result
    made = backups.named(empty.profile, str(changes.said[1]["backup"]))
    assert {table: there for table, there, _now in backups.preview(empty, made.name).counts}["customer"] == 1
    assert [path for path in empty.profile.blobs.rglob("*") if path.is_file()]
