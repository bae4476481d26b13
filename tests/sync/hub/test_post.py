"""What a bad post does to a round, one trick at a time, on both hubs; the machines mix them with everything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.desk import triage, work
from deskapp.sync.hub import commands
from deskapp.sync.hub.hub import HubUnreachable, following
from tests.servers import PostgresCluster
from tests.sync.hub.desks import Office, ticket
from tests.sync.hub.post import APPENDS, READS, Kept, Post
from tests.sync.hub.postgres_office import PostgresOffice, url


@pytest.fixture(params=["folder", "postgresql"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Two desks with a ticket in common."""
    if request.param == "folder":
        office = Office(tmp_path)
    else:
        cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
        office = PostgresOffice(tmp_path, url(cluster, cluster.create_database()))
    ticket(office.first("a"))
    office.sync("a")
    office.join("b")
    office.settle()
    yield office
    office.close()


def by_post(office: Office, name: str, kept: Kept, reading: str = "", appending: str = "") -> list[str]:
    """One round by a bad post; what went wrong on the way."""
    rounds = office.rounds[name]
    straight = rounds.hub
    rounds.hub = post = Post(straight, kept, reading, appending)  # type: ignore[assignment]
    try:
        office.sync(name)
    except HubUnreachable:
        assert appending == "answer lost"
    finally:
        rounds.hub = straight
    return post.went_wrong


def edits(office: Office, times: int) -> list[str]:
    """Batches of the first desk that say different things about one field, with a note each; the notes."""
    desk = office.desks["a"]
    (one,) = desk.replica.row("SELECT id FROM ticket") or ("",)
    notes = []
    for number in range(times):
        triage.set_urgency(desk, [one], 1 + number % 4)
        notes.append(work.note(desk, one, "note", f"note {number}").result)
        office.sync("a")
    return notes


def test_no_delivery_tells_another_story(two: Office) -> None:
    kept = Kept()
    notes: list[str] = []
    for reading in READS:
        notes += edits(two, 3)
        assert by_post(two, "b", kept, reading) == [reading]
        assert by_post(two, "b", kept, "with older ones") in ([], ["with older ones"])
        two.settle()
        two.same()
    for desk in two.desks.values():
        assert sorted(row for (row,) in desk.replica.rows("SELECT id FROM note")) == sorted(notes)
        assert desk.replica.value("SELECT urgency FROM ticket") == 3
        assert desk.replica.value("SELECT count(*) FROM conflict") == 0


@pytest.mark.parametrize("reading", READS)
def test_batches_of_a_log_that_was_left_are_not_followed(two: Office, reading: str) -> None:
    """The hub is made anew; whoever is brought to it is given batches of the log before."""
    kept = Kept()
    notes = edits(two, 2)
    by_post(two, "b", kept)
    commands.rebuild(two.desks["a"], hub_too=True)
    notes += edits(two, 4)
    by_post(two, "b", kept, reading)
    two.settle()
    two.same()
    assert sorted(row for (row,) in two.desks["b"].replica.rows("SELECT id FROM note")) == sorted(notes)


def test_what_is_appended_again_is_in_the_log_once(two: Office) -> None:
    kept = Kept()
    b = two.desks["b"]
    (one,) = b.replica.row("SELECT id FROM ticket") or ("",)
    by_post(two, "b", kept)
    notes = []
    for appending in APPENDS:
        notes.append(work.note(b, one, "note", appending).result)
        assert by_post(two, "b", kept, appending=appending) == [appending]
        notes += edits(two, 1)
        two.settle()
        two.same()
    for desk in two.desks.values():
        assert sorted(row for (row,) in desk.replica.rows("SELECT id FROM note")) == sorted(notes)


def test_only_what_continues_the_chain_follows(two: Office) -> None:
    hub = two.rounds["b"].hub
    start = hub.head()
    edits(two, 4)
    one, other, third, last = entries = hub.read(start)
    assert following(start, entries[::-1] + entries) == entries
    assert following(start, [other, third]) == []
    assert following(other.head, entries) == [third, last]
    strange = other._replace(batch=last.batch)
    assert following(start, [one, strange, third]) == [one]
