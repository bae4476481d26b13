"""Sharing as the assistant does it: places are tried, invitations name nobody, an open desk joins, a store moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.desk import intake, setup
from deskapp.sync.hub import commands
from deskapp.sync.hub.door import HubDoor
from tests.servers import PostgresCluster
from tests.sync.hub.desks import Office, open_desk, ticket
from tests.sync.hub.postgres_office import url


def codes(door: HubDoor, desk: object, where: str, password: str | None = None) -> dict[str, bool]:
    return {one.code: one.ok for one in door.try_place(desk, where, password)}  # type: ignore[arg-type]


def test_a_folder_is_tried_and_what_is_unsafe_is_said(tmp_path: Path) -> None:
    office, door = Office(tmp_path), HubDoor()
    desk = office.first()
    good = tmp_path / "other"
    good.mkdir()
    assert all(codes(door, desk, str(good)).values())
    assert {path.name for path in good.iterdir()} <= {"tmp"}
    assert codes(door, desk, str(office.share))["free"] is False
    synchronised = tmp_path / "OneDrive - Firm" / "desk"
    synchronised.mkdir(parents=True)
    (found,) = door.try_place(desk, str(synchronised), None)
    assert (found.code, found.ok, found.value) == ("safe", False, "OneDrive")
    assert list(synchronised.iterdir()) == []
    for nowhere in ("", str(tmp_path / "nowhere"), "https://firm.example/desk"):
        with pytest.raises(UserFacingError):
            door.try_place(desk, nowhere, None)
    office.close()


def test_an_invitation_names_no_user_and_no_secret() -> None:
    where = "postgresql://anna:s3cret@db.firm.example:5433,second/desk?sslmode=verify-full&user=anna&passfile=/home/a/p"
    assert commands.nameless(where) == "postgresql://db.firm.example:5433,second/desk?sslmode=verify-full"
    assert commands.nameless("/mnt/share/desk") == "/mnt/share/desk"
    assert commands.with_user(commands.nameless(where), "b@x").startswith(
        "postgresql://b%40x@db.firm.example:5433,second/"
    )


def test_an_open_empty_desk_becomes_a_replica(tmp_path: Path) -> None:
    office, door = Office(tmp_path), HubDoor()
    first = office.first()
    number = ticket(first, "Long known")
    office.sync("a")
    desk = office.open("b")
    setup.begin(desk)  # as every first start does
    other = open_desk(tmp_path / "b", office.clock)  # another lane of the same window
    steps: list[tuple[int, int]] = []
    door.join(desk, commands.invite(first), None, "", lambda done, all_: steps.append((done, all_)))
    assert steps and steps[-1][0] == steps[-1][1] > 0
    assert other.replica.value("SELECT subject FROM ticket WHERE id = ?", (number,)) == "Long known"
    assert desk.me == "" and door.shared(desk)
    assert desk.replica.state("replica") != first.replica.state("replica")
    assert len(list((tmp_path / "b" / "backups").iterdir())) == 1
    made = str(intake.by_hand(desk, "Made here").result)
    assert door.round(desk).kind == "fresh"
    office.sync("a")
    assert first.replica.value("SELECT number FROM ticket WHERE id = ?", (made,)) is not None
    with pytest.raises(UserFacingError):
        door.join(desk, commands.invite(first), None, "")
    other.replica.disconnect()
    door.leave(desk)
    assert not door.shared(desk) and desk.replica.value("SELECT count(*) FROM ticket") == 2
    door.close()
    office.close()


def test_a_folder_moves_to_postgresql_and_all_follow(tmp_path: Path, postgres_cluster: PostgresCluster) -> None:
    office, door, theirs = Office(tmp_path), HubDoor(), HubDoor()
    a, b, _c = office.three()
    database = postgres_cluster.create_database()
    where = url(postgres_cluster, database)
    tried = codes(door, a, where)
    assert tried.pop("careful") is False  # the server of the tests does not wait for its disk
    assert all(tried.values()) and {"version", "rights", "delay", "clock", "free"} <= tried.keys()
    known = ticket(a, "Before")
    assert theirs.round(b).kind == "fresh"
    late = ticket(b, "Not shared when the store moved")
    line = door.share(a, where, None)
    assert "postgres@" not in str(commands.read_invitation(line))
    assert codes(door, a, where)["free"] is False
    told = theirs.round(b)  # reads that the others have gone; nothing is lost by being late
    told = theirs.round(b)
    assert told.kind == "error" and told.problem is not None and "moved" in told.problem.title
    assert theirs.sharing(b).moved_to == commands.nameless(where)
    theirs.follow(b, None, where)
    assert theirs.round(b).kind == "fresh" and theirs.sharing(b).kind == "postgres"
    assert door.round(a).kind == "fresh"
    for desk in (a, b):
        assert {row[0] for row in desk.replica.rows("SELECT id FROM ticket")} >= {known, late}
    assert not theirs.wait(0.0) or theirs.round(b).kind == "fresh"
    door.close()
    theirs.close()
    office.close()
    postgres_cluster.drop_database(database)
