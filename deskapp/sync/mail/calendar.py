"""A person's bookings in the Exchange calendar, kept equal; the plan itself never waits for it.

Each item carries the booking's id in a property of ours, so that own items are recognised, also after a crash between
making one and remembering it. What is remembered here only saves questions: the calendar is looked at again from time
to time, and what a person moved or deleted there is set right.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from deskapp.core.clock import to_ms
from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.desk import directory, planboard
from deskapp.desk.desk import Desk
from deskapp.models.schema import PublishedBooking
from deskapp.sync.mail.accounts import options_of

log = logging.getLogger(__name__)

#: How far ahead the plan is published.
AHEAD = timedelta(days=28)
#: What one round may cost: seconds, and items changed. The rest comes with the next.
BUDGET = 20.0
MOST = 60
#: How often a calendar is looked at again, and how long one that failed is left alone.
LOOK = timedelta(hours=1)
REST = timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """A booking as a calendar is told it: ticket, customer and subject, nothing of the letters."""

    booking: str
    subject: str
    start: datetime
    end: datetime

    @property
    def digest(self) -> str:
        told = f"{self.subject}|{to_ms(self.start)}|{to_ms(self.end)}"
        return hashlib.sha256(told.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Found:
    """An item of ours that lies in a calendar."""

    remote_id: str
    booking: str
    subject: str
    start: datetime
    end: datetime


class CalendarLine(Protocol):
    """The calendar of one person. Raises what transports raise."""

    def own(self, low: datetime, high: datetime) -> list[Found]:
        """Items of ours between two instants."""
        ...

    def add(self, entry: Entry) -> str:
        """Make an item; its id."""
        ...

    def change(self, remote_id: str, entry: Entry) -> bool:
        """Make an item say what the entry says; False when it is not there any more."""
        ...

    def remove(self, remote_id: str) -> None:
        """Take an item away; one that is gone is no trouble."""
        ...

    def close(self) -> None: ...


class Publisher:
    """Keeps what a round needs from the one before: when each calendar was looked at, and which one rests."""

    def __init__(self) -> None:
        self._looked: dict[str, datetime] = {}
        self._resting: dict[str, datetime] = {}

    def round(self, desk: Desk, row: Mapping[str, Any], line_of: Any) -> list[UserFacingError]:
        """Bring the calendars of an account up to date, within a budget. Trouble is returned, never raised.

        ``line_of(address)`` opens the calendar of a person.
        """
        whose = str(options_of(row).get("calendar") or "")
        problems: list[UserFacingError] = []
        end = time.monotonic() + BUDGET
        left = MOST
        for person in directory.people(desk).values():
            mine = person.id == desk.me
            if not person.email or not person.active or not (mine if whose == "me" else whose == "people"):
                continue
            key = f"{row['id']}|{person.id}"
            if desk.clock.now() < self._resting.get(key, desk.clock.now()):
                continue
            line: CalendarLine | None = None
            try:
                line = line_of(person.email)
                assert line is not None
                left -= self._person(desk, key, person.id, line, left, end)
            except UserFacingError as error:
                self._resting[key] = desk.clock.now() + REST
                self._looked.pop(key, None)
                log.warning("a calendar could not be brought up to date: %s", error.title)
                if not isinstance(error, EnvironmentTrouble):
                    problems.append(error)
                if isinstance(error, WrongPassword):
                    break  # it is the same for everybody's calendar
            finally:
                if line is not None:
                    line.close()
            if left <= 0 or time.monotonic() > end:
                break
        return problems

    def _person(self, desk: Desk, key: str, person: str, line: CalendarLine, most: int, end: float) -> int:
        """Bring one calendar up to date; how many items were changed."""
        now = desk.clock.now()
        wanted = {entry.booking: entry for entry in entries(desk, person, now, now + AHEAD)}
        if now - self._looked.get(key, now - 2 * LOOK) >= LOOK:
            self._look(desk, key, line, wanted, now)
            self._looked[key] = now
        known = {
            str(row[0]).rpartition("|")[2]: (str(row[1]), str(row[2]), int(row[3]))
            for row in desk.replica.rows(
                "SELECT id, remote_id, digest, end_at FROM published_booking WHERE id LIKE ? || '|%'", (key,)
            )
        }
        done = 0
        for booking, (remote_id, _digest, end_at) in known.items():
            if booking in wanted:
                continue
            if done >= most or time.monotonic() > end:
                return done
            if end_at > to_ms(now):  # what is over stays in the calendar as it was
                line.remove(remote_id)
                done += 1
            self._forget(desk, key, booking)
        for booking, entry in wanted.items():
            remote_id, digest, _end = known.get(booking, ("", "", 0))
            if digest == entry.digest:
                continue
            if done >= most or time.monotonic() > end:
                return done
            if not remote_id or not line.change(remote_id, entry):
                remote_id = line.add(entry)
            self._remember(desk, key, entry, remote_id, entry.digest)
            done += 1
        return done

    def _look(self, desk: Desk, key: str, line: CalendarLine, wanted: dict[str, Entry], now: datetime) -> None:
        """Learn what lies in the calendar: strays and doubles are taken away, the rest is compared with the plan."""
        there: dict[str, Found] = {}
        for found in line.own(now, now + AHEAD):
            if found.booking in there or found.booking not in wanted:
                line.remove(found.remote_id)
            else:
                there[found.booking] = found
        with desk.replica.writing("", now) as writing:
            writing.execute("DELETE FROM published_booking WHERE id LIKE ? || '|%'", (key,))
        for found in there.values():
            told = Entry(found.booking, found.subject, found.start, found.end)
            self._remember(desk, key, told, found.remote_id, told.digest)

    @staticmethod
    def _remember(desk: Desk, key: str, entry: Entry, remote_id: str, digest: str) -> None:
        with desk.replica.writing("", desk.clock.now()) as writing:
            writing.put(
                PublishedBooking,
                id=f"{key}|{entry.booking}",
                remote_id=remote_id,
                digest=digest,
                end_at=to_ms(entry.end),
            )

    @staticmethod
    def _forget(desk: Desk, key: str, booking: str) -> None:
        with desk.replica.writing("", desk.clock.now()) as writing:
            writing.delete(PublishedBooking, f"{key}|{booking}")


def entries(desk: Desk, person: str, low: datetime, high: datetime) -> list[Entry]:
    """What a person's calendar should hold between two instants: bookings that are not done."""
    found = []
    for block in planboard.blocks_of(desk, low, high, person):
        if block.state == "done":
            continue
        number = f"#{block.number} " if block.number is not None else ""
        about = ": ".join(part for part in (block.customer, block.subject) if part)
        found.append(Entry(block.id, " ".join(f"{number}{about}".split())[:250] or "—", block.start, block.end))
    return found
