"""Sharing as the assistant does it: places are tried, invitations name nobody, an open desk joins, a store moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.core.errors import UserFacingError, WrongPassword
from deskapp.core.paths import Profile
from deskapp.desk import intake, setup
from deskapp.desk.desk import Desk
from deskapp.sync.hub import changes, commands
from deskapp.sync.hub.door import HubDoor
from deskapp.sync.hub.hub import Hub, HubRefused, HubUnreachable
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


def test_another_desk_in_the_place_of_ours_changes_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    a, b, _c = office.three()
    known = ticket(a)
    stranger = open_desk(tmp_path / "stranger", office.clock)
    setup.begin(stranger)
    setup.save_specialist(stranger, {"name": "Somebody else"})
    theirs = ticket(stranger, "Of other people")
    other = tmp_path / "other"
    other.mkdir()
    commands.init(stranger, str(other)).close()
    with pytest.raises(UserFacingError, match="Another desk"):
        commands.follow(a, None, str(other))
    assert a.replica.state("hub") == str(office.share)
    # the wrong share is mounted where ours was
    away = office.share.rename(tmp_path / "away")
    other.rename(office.share)
    door = HubDoor()
    told = door.round(a)
    assert told.kind == "error" and told.problem is not None and "Another desk" in told.problem.title
    assert a.replica.value("SELECT count(*) FROM ticket WHERE id = ?", (known,)) == 1
    office.share.rename(other)
    # ours stands in another folder now: that one is followed by name
    commands.follow(a, None, str(away))
    assert commands.status(a).waiting == 0 and a.replica.state("hub") == str(away)
    commands.follow(b, None, str(away))
    assert b.replica.value("SELECT count(*) FROM ticket WHERE id = ?", (known,)) == 1
    commands.sync_once(stranger)
    assert [row for (row,) in stranger.replica.rows("SELECT id FROM ticket")] == [theirs]
    stranger.replica.disconnect()
    door.close()
    office.close()


def test_the_new_place_may_be_called_otherwise_here(tmp_path: Path) -> None:
    office, door = Office(tmp_path / "office"), HubDoor()
    a, b, _c = office.three()
    new, alias = tmp_path / "new", tmp_path / "mounted"
    new.mkdir()
    alias.symlink_to(new)
    commands.move(a, str(new)).close()
    commands.sync_once(b)
    assert door.round(b).moved_to == str(new)
    door.follow(b, None, str(alias))
    assert door.round(b).kind == "fresh" and door.sharing(b).moved_to == ""
    # who joins by it has nothing to follow either
    commands.join(Profile(tmp_path / "late"), commands.invite(a), None, str(alias))
    late = open_desk(tmp_path / "late", office.clock)
    commands.begin(late)
    assert commands.moved_to(late) == ""
    # nor has anybody when an administrator moves the folder once more
    moved = tmp_path / "moved"
    new.rename(moved)
    commands.follow(a, None, str(moved))
    assert commands.moved_to(a) == ""
    late.replica.disconnect()
    door.close()
    office.close()


def test_a_refused_password_is_not_tried_again_by_itself(tmp_path: Path) -> None:
    office = Office(tmp_path)
    desk = office.first()
    asked: list[str | None] = []

    def connect(desk: Desk) -> Hub:
        asked.append(desk.secrets.get(commands.SECRET))
        if asked[-1] != "right":
            raise WrongPassword("The password of the shared desk is not right")
        return commands.hub_of(desk)

    door = HubDoor(connect)
    for _round in range(3):
        assert isinstance(door.round(desk).problem, WrongPassword)
        assert not door.fetch_file(desk, "0" * 64)
    assert asked == [None]
    door.give_password(desk, "wrong")
    assert door.round(desk).kind == door.round(desk).kind == "error"
    door.give_password(desk, "wrong")  # given once more, by a person: the account may be open again
    assert door.round(desk).kind == "error"
    desk.secrets.set(commands.SECRET, "right")  # by another process of this profile
    assert door.round(desk).kind == "fresh"
    assert asked == [None, "wrong", "wrong", "right"]
    door.close()
    office.close()


def test_who_is_let_in_no_more_can_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, door = Office(tmp_path), HubDoor()
    desk = office.first()
    made = ticket(desk)

    def refuse(_where: str, _password: str | None = None) -> Hub:
        raise WrongPassword("The password of the shared desk is not right")

    monkeypatch.setattr(commands, "connect", refuse)
    door.leave(desk)
    assert not door.shared(desk) and desk.replica.value("SELECT id FROM ticket") == made
    door.close()
    office.close()


def test_who_left_or_is_silent_for_a_month_takes_part_no_more(tmp_path: Path) -> None:
    office, door = Office(tmp_path), HubDoor()
    a, _b, c = office.three()
    assert door.sharing(a).replicas == 3
    commands.leave(c)
    assert door.sharing(a).replicas == 2
    office.clock.advance(days=31)
    assert door.round(a).kind == "fresh"
    door.resign(a)
    commands.sync_once(a)  # a sign of life of its own
    assert door.sharing(a).replicas == 1
    door.close()
    office.close()


def test_what_waits_is_not_called_equal(tmp_path: Path) -> None:
    office, door = Office(tmp_path), HubDoor()
    a, _b, _c = office.three()
    assert {one.code: one.ok for one in door.compare(a)}["same"]
    ticket(a)
    assert changes.waiting(a.replica) > changes.unshared(a.replica) == 1  # one thing, as a person counts
    found = {one.code: one.ok for one in door.compare(a)}
    assert found["unshared"] is False and "same" not in found
    assert door.round(a).kind == "fresh"
    assert {one.code: one.ok for one in door.compare(a)}["same"]
    door.close()
    office.close()


def test_an_invitation_leads_to_the_desk_that_it_was_for(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    first = office.first()
    line = commands.invite(first)
    commands.rebuild(first, hub_too=True)  # the log that it names was left: nobody knows what stands there now
    with pytest.raises(HubRefused, match="another desk"):
        commands.join(Profile(tmp_path / "late"), line)
    assert not (tmp_path / "late" / "desk.sqlite").exists()
    desk = office.open("b")
    setup.begin(desk)
    made = ticket(desk, "Work of this desk")
    with pytest.raises(HubRefused, match="has a desk"):
        commands.join_here(desk, commands.invite(first))
    assert desk.replica.value("SELECT id FROM ticket") == made
    with pytest.raises(HubRefused, match="shared already"):
        commands.init(first, str(tmp_path))
    office.close()


def test_a_move_that_fails_takes_nobody_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(tmp_path / "office")
    a, b, _c = office.three()
    ticket(b)
    office.sync("b")
    new = tmp_path / "new"
    new.mkdir()

    def fail(*_given: object) -> Hub:
        raise HubUnreachable("The new place is gone")

    with monkeypatch.context() as broken:
        broken.setattr(commands, "_begin", fail)
        with pytest.raises(HubUnreachable):
            commands.move(a, str(new))
    office.settle()
    office.same()
    assert commands.moved_to(a) == commands.moved_to(b) == "" and a.replica.state("hub") == str(office.share)
    office.close()


def test_who_left_goes_on_numbering_behind_the_others_and_is_somebody_else(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    a, b, _c = office.three()
    for desk in (a, b):
        ticket(desk)
    office.settle()
    was = b.replica.state("replica")
    highest = a.replica.value("SELECT max(last) FROM number_block")
    commands.leave(b)
    assert b.replica.state("replica") != was
    made = ticket(b, "Alone")
    assert b.replica.value("SELECT number FROM ticket WHERE id = ?", (made,)) == highest + 1
    office.close()
