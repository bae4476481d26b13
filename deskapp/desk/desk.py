"""The desk: what every intention is given, and the transaction that each one is."""

from __future__ import annotations

import locale
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from deskapp.core.clock import Clock, SystemClock
from deskapp.core.paths import Profile
from deskapp.core.secrets import MemorySecrets, SecretStore
from deskapp.core.settings import Settings

if TYPE_CHECKING:
    from deskapp.desk.hubport import HubPort
    from deskapp.desk.mailport import MailPort
    from deskapp.desk.schedule import Schedule
    from deskapp.desk.values import Changes
    from deskapp.models.database import Replica, Writing

_T = TypeVar("_T")

#: Tables whose rows shape every working time: a change there touches all open tickets.
_PEOPLE = (
    "work_calendar", "calendar_day", "specialist", "specialist_skill", "absence", "desk_setting", "contract",
    "contract_target",
)  # fmt: skip
_WITH_TICKET = (
    "reminder", "mention", "message_move",
    "promise", "booking", "note", "time_entry", "escalation", "event", "follower", "message", "outgoing", "attachment",
    "number_alias", "conflict", "visit", "part_reservation",
)  # fmt: skip


def _read_schedule(desk: Desk) -> Schedule:
    from deskapp.desk.schedule import Schedule  # no first window waits for planning

    return Schedule.read(desk)


class _Pinned(threading.local):
    """What this thread knows within its transaction: nobody else changes it meanwhile."""

    version = ""


class Desk:
    """One person's way into a desk: its replica, clock, settings and secrets."""

    def __init__(
        self,
        profile: Profile,
        replica: Replica,
        settings: Settings,
        clock: Clock | None = None,
        secrets: SecretStore | None = None,
    ) -> None:
        self.profile = profile
        self.replica = replica
        self.settings = settings
        self.clock = clock or SystemClock()
        self.secrets = secrets or MemorySecrets()
        self.opened = True  # False while there is only a window, and nothing may be read yet
        self.hub: HubPort | None = None  # likewise, where the desk may be shared
        self.mail: MailPort | None = None  # set by the composition root where mail runs
        self._kept: dict[str, tuple[str, Any]] = {}
        self.pinned = _Pinned()

    @property
    def me(self) -> str:
        """The specialist who works here; empty while nobody has said."""
        return self.settings.text("me")

    @property
    def begun(self) -> bool:
        """Whether somebody works here and it is known who sits at this machine; see ``setup.begin``."""
        return bool(self.me) and self.replica.value("SELECT 1 FROM specialist LIMIT 1") is not None

    @property
    def language(self) -> str:
        """``ru`` or ``en``: the chosen one, else the system's."""
        chosen = self.settings.text("language")
        return chosen or ("ru" if (locale.getlocale()[0] or "").lower().startswith(("ru", "russian")) else "en")

    @property
    def schedule(self) -> Schedule:
        """Everybody's working time and the desk's rules, read again only when they have changed."""
        return self.kept("schedule", _read_schedule)

    def kept(self, what: str, read: Callable[[Desk], _T]) -> _T:
        """What ``read`` makes of people, hours and rules alone, read again only when any of them has changed.

        The same object comes again: nobody changes it.
        """
        version = self.pinned.version or self._version()
        known = self._kept.get(what)
        if known is None or known[0] != version:
            known = self._kept[what] = (version, read(self))
        value: _T = known[1]
        return value

    def _version(self) -> str:
        return f"{self.replica.state('people_version')} {self.language}"

    def forget(self) -> None:
        """Whatever was kept is read again."""
        self._kept.clear()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read in the block is of one moment, and whether people have changed is asked once."""
        with self.replica.reading():
            outer = self.pinned.version
            self.pinned.version = outer or self._version()
            try:
                yield
            finally:
                self.pinned.version = outer

    @property
    def zone(self) -> tzinfo:
        """The reader's zone: of the specialist at work here, else the desk's."""
        return self.kept(f"zone {self.me}", Desk._zone)

    def _zone(self) -> tzinfo:
        # asked for before the first window, which does not wait for everybody's calendars
        own = self.replica.value(
            "SELECT coalesce(nullif(s.zone, ''), c.zone) FROM specialist s JOIN work_calendar c "
            "ON c.id = s.calendar_id WHERE s.id = ?",
            (self.me,),
        )
        return ZoneInfo(own or self.schedule.zone_of(self.me))

    @contextmanager
    def act(self, said: str = "", at: datetime | None = None, author: str | None = None, **args: Any) -> Iterator[Act]:
        """One intention: one transaction, its derived rows and its index included.

        ``said`` and ``args`` make the sentence of the undo line. After the block ``act.changes`` holds what changed.
        """
        with self.replica.writing(self.me if author is None else author, at or self.clock.now()) as writing:
            act = Act(self, writing, said, args)
            outer = self.pinned.version
            self.pinned.version = outer or self._version()
            try:
                yield act
                act.finish()
            finally:
                self.pinned.version = outer


class Act:
    """A transaction of the desk; writing goes straight to ``Writing``."""

    def __init__(self, desk: Desk, writing: Writing, said: str, args: dict[str, Any]) -> None:
        self.desk = desk
        self.writing = writing
        self.insert = writing.insert
        self.insert_new = writing.insert_new
        self.put = writing.put
        self.update = writing.update
        self.delete = writing.delete
        self.now = writing.now
        self.at = writing.at
        self.said: tuple[str, dict[str, Any]] = (said, args)
        self.leaves_at: datetime | None = None
        self.result: Any = None
        self.extra: set[str] = set()  # tickets that only local rows of changed (held letters, read marks)
        self.changes: Changes

    def say(self, code: str, **args: Any) -> None:
        self.said = (code, args)

    def finish(self) -> None:
        """Bring the derived rows and the index up to date and gather what changed."""
        from deskapp.desk import derive, sla  # they read the desk: the import is mutual
        from deskapp.desk.values import Changes  # all values of the desk: no start waits for them

        tables = self.writing.changed()
        if tables.get("ticket") and self.said[0] not in ("undone", "restored"):  # these bring their own states
            sla.keep_took(self, tables["ticket"])
            sla.note_states(self, tables["ticket"])
            tables = self.writing.changed()
        tickets = set(tables.get("ticket", ())) | self.extra
        for table in _WITH_TICKET:
            ids = tables.get(table)
            if ids:
                marks = ",".join("?" * len(ids))
                # a row deleted here has no ticket any more: its captured columns still have
                tickets.update(
                    row[0]
                    for row in self.writing.execute(f'SELECT ticket_id FROM "{table}" WHERE id IN ({marks})', [*ids])
                )
                if "D" in self.writing.done[table]:
                    tickets.update(
                        row[0]
                        for row in self.writing.execute(
                            "SELECT json_extract(cols, '$.ticket_id[0]') FROM change "
                            "WHERE seq > ? AND +tbl = ? AND op = 'D'",
                            (self.writing.first_seq, table),
                        )
                    )
        if any(tables.get(table) for table in _PEOPLE):
            from deskapp.core.ids import new_id

            # never a number that a transaction undone at the last moment has shown already
            self.desk.replica.set_state("people_version", new_id())
            self.desk.pinned.version = ""
            tickets.update(derive.open_tickets(self.writing))
        tickets -= {"", None}
        tickets = derive.refresh(self.desk, self.writing, tickets, tables)
        # what is as it was asked for is no step: nothing is said of it, and there is nothing to take back
        something = bool(tables or self.extra) or self.leaves_at is not None
        self.changes = Changes(
            tables=tables,
            tickets=frozenset(tickets),
            tx=self.writing.tx if something else "",
            said=self.said if something else ("", {}),
            leaves_at=self.leaves_at,
            result=self.result,
        )
