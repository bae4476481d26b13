"""Bookings in the Exchange calendar, by EWS and by Graph: kept equal, own items recognised, the plan never waiting."""

from __future__ import annotations

import mailbox
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskapp.core.clock import FixedClock
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile
from deskapp.core.sealed import SealedFile
from deskapp.desk import planboard, promise, setup
from deskapp.desk.desk import Desk
from deskapp.sync.mail import accounts, calendar, outbox
from deskapp.sync.mail.calendar import AHEAD, Entry, entries
from deskapp.sync.mail.mailroom import MailRoom
from tests.desk import world
from tests.sync.mail.build_letters import letter
from tests.sync.mail.ews_server import EwsServer
from tests.sync.mail.graph_server import GraphServer
from tests.sync.mail.servers import make_certificate
from tests.sync.mail.test_transports import signed_in

ANNA, BORIS = "anna@desk.example", "boris@desk.example"


@dataclass
class Office:
    """A desk whose mailbox publishes, and the calendars as somebody else sees them."""

    desk: Desk
    room: MailRoom
    kind: str
    server: Any
    told: Callable[[str], list[tuple[str, datetime, datetime]]]

    @property
    def row(self) -> dict[str, Any]:
        return next(row for row in setup.mailboxes(self.desk) if row["id"] == "office")

    def go_round(self) -> Any:
        return self.room.round(self.desk)

    def plan(self, person: str = "anna") -> list[tuple[str, datetime, datetime]]:
        now = self.desk.clock.now()
        return sorted((one.subject, one.start, one.end) for one in entries(self.desk, person, now, now + AHEAD))

    def later(self, **delta: float) -> None:
        assert isinstance(self.desk.clock, FixedClock)
        self.desk.clock.advance(**delta)

    def publish(self, whose: str) -> None:
        setup.save_mailbox(self.desk, self.row | {"options": self.row["options"] | {"calendar": whose}})


@pytest.fixture(params=["ews", "graph"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    profile = tmp_path / "desk"
    world.furnish(Profile(profile))
    desk = world.open_world(profile)
    setup.save_mailbox(desk, {"id": "box", "kind": "folder", "address": world.MAILBOX, "active": 0})
    server: EwsServer | GraphServer
    if request.param == "ews":
        server = EwsServer({ANNA: "Anna-1", BORIS: "Boris-1"}, tmp_path)
        options: dict[str, Any] = {"server": server.url}

        def told(address: str) -> list[tuple[str, datetime, datetime]]:
            return sorted(
                (one["Subject"], datetime.fromisoformat(one["Start"]), datetime.fromisoformat(one["End"]))
                for one in server.stores[address].events.values()
            )

    else:
        server = GraphServer((ANNA, BORIS), make_certificate(tmp_path))
        options = server.options

        def told(address: str) -> list[tuple[str, datetime, datetime]]:
            return sorted(
                (
                    one["subject"],
                    *(datetime.fromisoformat(one[end]["dateTime"]).replace(tzinfo=UTC) for end in ("start", "end")),
                )
                for one in server.stores[address].events.values()
            )

    server.start()
    row = {"id": "office", "kind": request.param, "address": ANNA, "options": options | {"calendar": "me"}}
    setup.save_mailbox(desk, row)
    desk.secrets.set("mailbox:office", "Anna-1")
    if request.param == "graph":
        assert isinstance(server, GraphServer)
        sealed = accounts.place(desk, "office")
        sealed.parent.mkdir()
        tokens = signed_in(server, tmp_path, calendar="people")
        tokens.close()
        kept = SealedFile(tmp_path / "sealed", "key").read()
        assert kept is not None
        SealedFile(sealed, "Anna-1").write(kept)
    found = Office(desk, MailRoom(), request.param, server, told)
    yield found
    found.room.close()
    desk.replica.disconnect()
    server.stop()


def book(office: Office, minutes: int = 60) -> str:
    """An hour of Anna's, who alone knows printers."""
    came = world.arrive(office.desk)
    view = promise.propose(office.desk, came.ticket_id, minutes=minutes, skill_id="print")
    assert view.proposals.slots[0].person_id == "anna"
    promise.give(office.desk, came.ticket_id, view.proposals.slots[0], view.letters[0], minutes=minutes)
    return came.ticket_id


def test_bookings_are_published_and_kept_equal(office: Office) -> None:
    first, second = book(office), book(office, 240)
    assert office.go_round().problems == ()
    assert office.told(ANNA) == office.plan() and len(office.plan()) >= 2
    assert office.plan()[0][0].startswith("#") and "принтер" in office.plan()[0][0]
    calls = len(office.server.calls)
    office.go_round()
    quiet = office.server.calls[calls:]
    assert not any("event" in call or call in ("CreateItem", "FindItem") for call in quiet), "nothing was changed"
    planboard.unplan(office.desk, ticket_id=first)
    third = book(office, 30)
    office.go_round()
    assert office.told(ANNA) == office.plan()
    planboard.unplan(office.desk, ticket_id=second)
    planboard.unplan(office.desk, ticket_id=third)
    office.go_round()
    assert office.told(ANNA) == office.plan() == []


def test_what_a_person_changed_in_outlook_is_set_right_and_other_items_are_left_alone(office: Office) -> None:
    book(office)
    office.go_round()
    events = office.server.stores[ANNA].events
    (key,) = events
    if office.kind == "ews":
        events["mine"] = {"Subject": "Обед", "Start": "2026-11-03T09:00:00Z", "End": "2026-11-03T10:00:00Z"}
        events["copy"] = dict(events[key])
        events[key]["Start"] = "2026-11-04T09:00:00Z"
        events[key]["End"] = "2026-11-04T10:00:00Z"
    else:
        point = {"timeZone": "UTC"}
        events["mine"] = {
            "id": "mine",
            "subject": "Обед",
            "start": point | {"dateTime": "2026-11-03T09:00:00"},
            "end": point | {"dateTime": "2026-11-03T10:00:00"},
        }
        events["copy"] = dict(events[key]) | {"id": "copy"}
        events[key] |= {
            "start": point | {"dateTime": "2026-11-04T09:00:00"},
            "end": point | {"dateTime": "2026-11-04T10:00:00"},
        }
    office.room.close()
    again = MailRoom()  # as after a restart; a copy is what a crash between making and remembering leaves
    office.later(minutes=1)
    again.round(office.desk)
    again.close()
    told = office.told(ANNA)
    assert "mine" in events and [one for one in told if one[0] != "Обед"] == office.plan()


def test_an_item_that_was_deleted_comes_again_and_what_is_over_stays(office: Office) -> None:
    book(office)
    office.go_round()
    before = office.told(ANNA)
    office.server.stores[ANNA].events.clear()
    office.later(hours=1.5)
    office.go_round()
    assert office.told(ANNA) == office.plan() or office.plan() == []
    book(office)
    office.go_round()
    count = len(office.told(ANNA))
    office.later(days=20)
    office.go_round()
    assert len(office.told(ANNA)) == count and before, "history is no business of the plan"


def test_everybodys_calendar_by_delegation(office: Office) -> None:
    office.publish("people")
    came = world.arrive(office.desk)
    view = promise.propose(office.desk, came.ticket_id, minutes=60)
    slot = next(one for one in view.proposals.slots if one.person_id == "boris")
    promise.give(office.desk, came.ticket_id, slot, view.letters[0], minutes=60)
    problems = office.go_round().problems
    assert any("right to open it" in str(one) for one in problems) and office.told(BORIS) == []
    office.server.rights[ANNA].add(BORIS)
    office.later(minutes=11)
    problems = office.go_round().problems
    assert office.told(BORIS) == office.plan("boris") and len(office.told(BORIS)) == 1
    assert all("clara" in str(one) for one in problems), "one without a calendar there is named, the others go on"


def test_a_calendar_in_trouble_rests_and_keeps_nobody_waiting(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    book(office)
    what = "FindItem" if office.kind == "ews" else "GET event"
    office.server.fail(what, "status:503", times=9)
    monkeypatch.setattr(outbox, "look_back", lambda *_: [])  # which searches the sent letters
    began = time.monotonic()
    went = office.go_round()
    assert went.problems == () and time.monotonic() - began < 10
    calls = len(office.server.calls)
    office.go_round()
    assert what not in office.server.calls[calls:], "it is left alone for some minutes"
    assert office.told(ANNA) == [] and office.plan(), "the plan is there all the time"
    office.server._faults.clear()
    office.later(minutes=11)
    office.go_round()
    assert office.told(ANNA) == office.plan()
    monkeypatch.setattr(calendar, "MOST", 1)
    book(office)
    book(office)
    office.go_round()
    assert len(office.told(ANNA)) == len(office.plan()) - 1
    office.go_round()
    assert office.told(ANNA) == office.plan()


def test_letters_of_all_mailboxes_come_before_any_calendar(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(office)
    for name in ("a first", "z last"):
        (tmp_path / name).mkdir()
        mailbox.Maildir(str(tmp_path / name / "inbox"), create=True).add(letter(f"Subject: {name}"))
        row = {"id": name, "name": name, "kind": "folder", "address": f"{name[0]}@desk.example"}
        setup.save_mailbox(office.desk, row | {"options": {"folder": str(tmp_path / name)}})
    before = office.desk.replica.value("SELECT count(*) FROM ticket")
    taken: list[int] = []
    publish = office.room._publish

    def watched(desk: Desk, row: Mapping[str, Any]) -> list[UserFacingError]:
        taken.append(desk.replica.value("SELECT count(*) FROM ticket") - before)
        return publish(desk, row)

    monkeypatch.setattr(office.room, "_publish", watched)
    assert office.go_round().problems == ()
    assert taken == [2, 2, 2] and office.told(ANNA) == office.plan()


def test_a_refused_login_is_tried_once(office: Office) -> None:
    book(office)
    if office.kind == "ews":
        office.desk.secrets.set("mailbox:office", "wrong")
    else:
        office.server.refresh.clear()
        office.server.access.clear()
        office.server.calls.clear()
    for _ in range(3):
        office.room._publish(office.desk, office.row)
        office.later(minutes=20)
    if office.kind == "ews":
        assert office.server.logins == [False]
    else:
        assert office.server.calls.count("token") == 1


def test_an_entry_tells_nothing_of_letters(office: Office) -> None:
    book(office)
    office.go_round()
    assert "счета" not in str(office.server.stores[ANNA].events)
    now = office.desk.clock.now()
    one = Entry("b", "x", now, now + timedelta(hours=1))
    assert one.digest != Entry("b", "y", one.start, one.end).digest
