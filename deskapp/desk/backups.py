"""Copies of the desk on this machine: made each day, kept by age, looked at and put back.

A copy is an ordinary SQLite file in the profile's folder ``backups``; files of letters are not in it, they lie beside
under their hashes. What is put back into a shared desk is brought up to date by the next round: the hub has the rest.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from deskapp.core import moving
from deskapp.core.clock import Clock, SystemClock, from_ms, to_ms
from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.core.ids import new_id
from deskapp.core.locks import FileLock
from deskapp.core.paths import Profile
from deskapp.core.settings import Settings
from deskapp.desk import letters, watch
from deskapp.desk.desk import Desk
from deskapp.models import copies
from deskapp.models.copies import Damaged, Foreign
from deskapp.models.database import SCHEMA, Replica

#: Copies made by themselves that are kept: the newest of so many days, weeks and months.
DAILY, WEEKLY, MONTHLY = 7, 4, 6
#: A new one is made when the last is older than this: once a day, also where the machine is off at night.
AGE = timedelta(hours=20)
#: A copy needs its size and some air; a disk that is nearly full is not filled with copies.
_AIR = 200_000_000
AUTOMATIC = "daily"

_NAME = re.compile(r"(\d{8}-\d{6})(?:-([a-z0-9-]+?))?-[0-9a-f]{4}\.sqlite\Z")
#: (which day, week or month a date belongs to, how many of them keep a copy).
_SPANS: tuple[tuple[Callable[[date], object], int], ...] = (
    (lambda day: day, DAILY),
    (lambda day: day.isocalendar()[:2], WEEKLY),
    (lambda day: (day.year, day.month), MONTHLY),
)
_COUNTED = ("ticket", "message", "note", "promise", "customer")


@dataclass(frozen=True)
class Backup:
    """A copy. ``kind``: daily, before-schema-N, before-restore, before-repair or empty for one that a person made."""

    name: str
    path: Path
    made_at: datetime
    size: int
    kind: str


@dataclass(frozen=True)
class Preview:
    """What a copy holds, beside what the desk holds now. ``counts``: table -> (in the copy, now); ``newest``: the last
    change in the copy; ``shared``: the next round brings back what the hub knows; ``waiting``: changes since the copy
    that nobody else has."""

    backup: Backup
    schema: int
    counts: tuple[tuple[str, int, int], ...]
    newest: datetime | None
    shared: bool
    waiting: int


def listed(profile: Profile) -> tuple[Backup, ...]:
    """All copies, the newest first."""
    found = []
    for path in profile.backups.glob("*.sqlite"):
        matched = _NAME.match(path.name)
        if matched:
            made = datetime.strptime(matched.group(1), "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
            status = path.stat()
            backup = Backup(path.name, path, made, status.st_size, matched.group(2) or "")
            found.append((made, status.st_mtime_ns, backup))  # two of one second stand as they were written
    return tuple(one for *_, one in sorted(found, key=lambda each: each[:2], reverse=True))


def make(desk: Desk, kind: str = "") -> Backup:
    """A copy of the desk as it is now. EnvironmentTrouble where there is no room for one."""
    _must_fit(desk.profile, desk.replica.path)
    path = desk.replica.backup(kind, desk.clock.now())
    return next(one for one in listed(desk.profile) if one.path == path)


def keep(desk: Desk) -> Backup | None:
    """Make the day's copy if it is time, and let go of those that age has made needless; the new one, if any."""
    lock = FileLock(desk.profile.root / "backup.lock")
    if not lock.take():  # another process is at it
        return None
    try:
        own = [one for one in listed(desk.profile) if one.kind == AUTOMATIC]
        made = None
        # a clock that was set back leaves copies "of the future": they do not count
        fresh = any(timedelta(0) <= desk.clock.now() - one.made_at < AGE for one in own)
        if not fresh:
            made = make(desk, AUTOMATIC)
            own.insert(0, made)
        gone = [one.path for one in needless(own)]
        # half of one is of a process that was killed: nobody else is at it now
        for path in (*gone, *desk.profile.backups.glob("*.making*")):
            with contextlib.suppress(OSError):  # somebody looks into it: it goes another day
                moving.remove(path)
        return made
    finally:
        lock.release()


def needless(copies_: Iterable[Backup]) -> list[Backup]:
    """Of copies made by themselves, those that no day, week or month needs: the newest of each is kept."""
    newest_first = sorted(copies_, key=lambda one: one.made_at, reverse=True)
    kept: set[str] = set()
    for part_of, count in _SPANS:
        first_of: dict[object, str] = {}
        for one in newest_first:
            first_of.setdefault(part_of(one.made_at.date()), one.name)
        kept.update(list(first_of.values())[:count])
    return [one for one in newest_first if one.name not in kept]


def named(profile: Profile, name: str) -> Backup:
    """The copy of this name. UserFacingError if there is none; a name never leads out of the folder."""
    for one in listed(profile):
        if one.name == name:
            return one
    raise UserFacingError("There is no such copy", "%1 is not in %2. Nothing was changed.", name, profile.backups)


def checked(profile: Profile, name: str) -> Backup:
    """The copy of this name, found whole. UserFacingError if there is none or it is damaged."""
    backup = named(profile, name)
    _looked(backup, ["PRAGMA user_version"])
    return backup


def preview(desk: Desk, name: str) -> Preview:
    """Look into a copy, all of it checked. UserFacingError if it is damaged, of a newer application or of another."""
    backup = named(desk.profile, name)
    queries = [f'SELECT count(*) FROM "{table}"' for table in _COUNTED]
    found = _looked(
        backup,
        [*queries, "SELECT max(seq) FROM change", "SELECT max(made_at) FROM change", "PRAGMA user_version"],
    )
    now = [int(desk.replica.value(query)) for query in queries]
    shared, seq = bool(desk.replica.state("hub")), int(found[-3] or 0)
    return Preview(
        backup=backup,
        schema=int(found[-1]),
        counts=tuple(zip(_COUNTED, (int(value or 0) for value in found), now, strict=False)),
        newest=from_ms(int(found[-2])) if found[-2] else None,
        shared=shared,
        waiting=int(
            desk.replica.value("SELECT count(*) FROM change WHERE seq > ? AND (sent = 0 OR ?)", (seq, not shared))
        ),
    )


def restore(desk: Desk, name: str) -> Backup:
    """Make the desk what the copy is; a copy of the present one is made first and returned. UserFacingError as above.

    A running window or agent goes on with the restored desk. A shared desk becomes a replica of its own and takes from
    the hub what came later; what was only here since then is in the returned copy alone. A letter that was about to
    leave when the copy was made does not leave by itself (``letters.doubt``).
    """
    backup = preview(desk, name).backup
    _must_fit(desk.profile, desk.replica.path, backup.path, backup.path)
    with _unpacked(desk.profile, backup, desk.clock) as fresh:
        before = make(desk, "before-restore")
        copies.put_back(desk.replica, fresh)
    desk.forget()
    return before


def revive(profile: Profile, name: str) -> Path:
    """The same where the present database cannot be opened at all: it is put aside, the copy takes its place. The path
    of what was put aside. UserFacingError while another process works on the profile."""
    backup = checked(profile, name)
    lock = FileLock(profile.root / "agent.lock")
    if not lock.take():
        raise UserFacingError("Another process works on this desk", "Close the window and the agent, then try again.")
    try:
        _must_fit(profile, backup.path)
        with _unpacked(profile, backup, SystemClock()) as fresh:
            aside = profile.backups / f"damaged-{new_id()}"
            aside.mkdir(parents=True)
            for end in ("-wal", "-shm", ""):  # the database last: half of it put aside is still found by the next try
                path = Path(f"{profile.database}{end}")
                if path.exists():
                    shutil.move(path, aside / path.name)
            moving.replace(fresh, profile.database)
        return aside
    finally:
        lock.release()


@contextmanager
def _unpacked(profile: Profile, backup: Backup, clock: Clock) -> Iterator[Path]:
    """A copy as the desk that it becomes, in a file of its own: what is wrong with it shows before anything is touched.

    UserFacingError as ``preview``; EnvironmentTrouble where the disk does not take it.
    """
    fresh = profile.root / f"restoring-{new_id()}.sqlite"
    replica = Replica(fresh)
    try:
        with _in_words(backup):
            copies.unpack(backup.path, fresh, to_ms(clock.now()))
            replica.connect()
            try:
                desk = Desk(profile, replica, Settings(profile.settings), clock)
                letters.doubt(desk)
                replica.set_state(watch.PUT_BACK, new_id())
                # whoever keeps something read from the old tables must not find the same mark in the restored ones
                replica.set_state("people_version", new_id())
            finally:
                replica.disconnect()
            copies.fold_journal(fresh)
        yield fresh
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            moving.remove(Path(f"{fresh}{end}"))


def _looked(backup: Backup, queries: list[str]) -> list[int]:
    with _in_words(backup):
        found = copies.look_into(backup.path, [*queries, "PRAGMA user_version"], whole=True)
    if found[-1] > SCHEMA:
        raise UserFacingError(
            "This copy is of a newer version",
            "%1 has schema %2, this application knows up to %3. Nothing was changed.",
            backup.name,
            found[-1],
            SCHEMA,
        )
    return found[:-1]


@contextmanager
def _in_words(backup: Backup) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentTrouble(
            "The copy could not be unpacked", "%1: %2. Nothing was changed.", backup.name, error.strerror or error
        ) from error
    except (Damaged, ValueError, LookupError, TypeError, RecursionError) as error:
        raise UserFacingError(
            "This copy is damaged", "%1: %2. Nothing was changed; take another one.", backup.name, error
        ) from error
    except Foreign as error:
        raise UserFacingError(
            "This is no copy of a desk",
            "%1 holds tables, views or triggers that no version of this application makes. Nothing was changed.",
            backup.name,
        ) from error


def _must_fit(profile: Profile, *sources: Path) -> None:
    needed = sum(source.stat().st_size for source in sources) + _AIR
    free = shutil.disk_usage(profile.root).free
    if free < needed:
        raise EnvironmentTrouble(
            "There is no room for a copy of the desk",
            "%1 MB are free in %2, %3 MB are needed. The desk itself is safe; free some space.",
            free // 1_000_000,
            profile.backups,
            needed // 1_000_000,
        )
