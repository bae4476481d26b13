"""What may have gone wrong inside a desk on this machine, and how it is mended: each trouble by its code.

Nothing is changed by looking. What is mended is either derived (made again from what it derives from) or in the way
(left over by processes that died); what people wrote is never touched. A copy of the desk is made before the first
repair, where there is room for it.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from deskapp.core import crash
from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import new_id, oldest_id
from deskapp.core.paths import Profile
from deskapp.desk import backups, derive, erase
from deskapp.desk.desk import Desk
from deskapp.desk.doctor import FREE_MEGABYTES, Finding, space
from deskapp.models import capture, copies
from deskapp.models.schema import SHARED

log = logging.getLogger(__name__)

#: A clock that is this far behind what was written already is wrong, or was then.
_AHEAD = timedelta(hours=1)
#: A desk without a younger copy than this is told so.
_OLD_COPY = timedelta(days=3)
#: Columns that a row of the lists shows of its ticket just as they are.
_SHOWN = ("number", "subject", "status", "urgency", "owner_id", "cause_id", "promised_at", "set_aside")
_INDEXED = (
    ("message", "SELECT id FROM message WHERE ticket_id <> ''"),
    ("note", "SELECT id FROM note"),
    ("ticket", "SELECT id FROM ticket"),
    ("article", "SELECT id FROM article"),
)
_CHUNK = 500


def look(desk: Desk) -> Iterator[Finding]:
    """Everything that is looked at, good or bad; ``code`` of what ``mend`` can mend."""
    yield _content(desk)
    yield _capture(desk)
    yield _lists(desk)
    yield _search(desk)
    yield _clock(desk)
    yield _copies(desk)
    yield _erasing(desk)
    yield _litter(desk.profile)
    yield _private(desk.profile)
    yield _settings(desk.profile)
    yield _log(desk.profile)
    yield _crashes(desk.profile)


def mend(desk: Desk, code: str) -> None:
    """Mend what a finding of this code tells. UserFacingError where it cannot be; nothing is worse afterwards."""
    _MENDS[code](desk)
    log.info("mended: %s", code)


def free(profile: Profile) -> int:
    """Make room on a full disk: copies that no day, week or month needs, and what dead processes left; bytes freed."""
    before = shutil.disk_usage(profile.root).free
    own = [one for one in backups.listed(profile) if one.kind == backups.AUTOMATIC]
    for one in backups.needless(own):
        one.path.unlink(missing_ok=True)
    for path in litter(profile):
        path.unlink(missing_ok=True)
    return max(0, shutil.disk_usage(profile.root).free - before)


def litter(profile: Profile) -> list[Path]:
    """What processes that died a day ago left in the profile: half snapshots and copies. Their names tell their age."""
    yesterday = oldest_id(24)
    found = [
        path
        for kind in ("snapshot-", "joining-", "restoring-")
        for path in profile.root.glob(f"{kind}*.sqlite*")
        if path.name.removeprefix(kind) < yesterday
    ]
    return [*found, *profile.backups.glob("*.making*")]


# --- what is looked at -------------------------------------------------------------------------------------------


def _content(desk: Desk) -> Finding:
    """The pages of the database and its b-tree indexes."""
    said = [str(row[0]) for row in desk.replica.rows("PRAGMA integrity_check(20)")]
    if said == ["ok"]:
        return Finding("Database: whole", True, code="database")
    only_indexes = all(" index " in line for line in said)
    if only_indexes:
        return Finding(
            f"An index of the database is broken ({said[0]})",
            False,
            "What people wrote is whole; the index is made anew.",
            code="index",
            args=(said[0],),
            mends=True,
        )
    return Finding(
        f"The database is damaged ({said[0]})",
        False,
        "Put a copy back: deskapp backup list, deskapp backup restore NAME. A shared desk takes the rest from its hub.",
        code="damaged",
        args=(said[0],),
    )


def _capture(desk: Desk) -> Finding:
    there: dict[str, str] = dict(desk.replica.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    wanted = {name: sql.strip() for model in SHARED for name, sql in capture.triggers(model).items()}
    wrong = [name for name, sql in wanted.items() if there.get(name) != sql]
    return Finding(
        "Changes are recorded" if not wrong else f"Changes are not recorded in {len(wrong)} places",
        not wrong,
        "Colleagues would not get them: what records them is made anew.",
        code="capture",
        args=(len(wrong),),
        mends=bool(wrong),
    )


def _wrong_rows(desk: Desk) -> set[str]:
    """Tickets whose row in the lists is missing, left over, or tells something else."""
    differ = " OR ".join(f"q.{column} IS NOT t.{column}" for column in _SHOWN)
    rows = desk.replica.rows(
        f"SELECT t.id FROM ticket t LEFT JOIN queue_row q ON q.ticket_id = t.id WHERE q.ticket_id IS NULL OR {differ} "
        "UNION SELECT q.ticket_id FROM queue_row q LEFT JOIN ticket t ON t.id = q.ticket_id WHERE t.id IS NULL"
    )
    return {row for (row,) in rows}


def _lists(desk: Desk) -> Finding:
    wrong = len(_wrong_rows(desk))
    return Finding(
        "Lists and counts agree with the tickets" if not wrong else f"{wrong} tickets are shown wrongly in the lists",
        not wrong,
        "Their rows are made anew from the tickets.",
        code="lists",
        args=(wrong,),
        mends=bool(wrong),
    )


def _search(desk: Desk) -> Finding:
    missing = 0
    for kind, query in _INDEXED:
        missing += desk.replica.value(
            f"SELECT count(*) FROM ({query}) r LEFT JOIN search_doc d ON d.kind = '{kind}' AND d.row = r.id "
            "WHERE d.id IS NULL"
        )
    whole = copies.search_is_whole(desk.replica)
    wrong = missing or not whole
    return Finding(
        "Search knows everything" if not wrong else f"Search is broken or lacks {missing} texts",
        not wrong,
        "Its index is made anew from letters, notes, tickets and articles.",
        code="search",
        args=(missing,),
        mends=bool(wrong),
    )


def _clock(desk: Desk) -> Finding:
    newest = desk.replica.value("SELECT max(made_at) FROM change")
    ahead = 0 if newest is None else max(0, int(newest) - to_ms(desk.clock.now())) // 60_000
    wrong = ahead > _AHEAD.total_seconds() / 60
    return Finding(
        "Clock: agrees with what was written" if not wrong else f"Clock: {ahead} minutes behind what was written",
        not wrong,
        "Set the clock of this machine (or of the colleague's whose changes lie ahead): promises are told by it.",
        code="clock",
        args=(ahead,),
    )


def _copies(desk: Desk) -> Finding:
    known = backups.listed(desk.profile)
    old = not known or desk.clock.now() - known[0].made_at > _OLD_COPY
    empty = not desk.replica.value("SELECT 1 FROM ticket LIMIT 1")
    return Finding(
        f"Copies of the desk: {len(known)}" if not old else "There is no copy of the desk of the last days",
        not old or empty,
        "One is made each day while the window or the agent runs.",
        code="copies",
        args=(len(known),),
        mends=old and not empty,
    )


def _erasing(desk: Desk) -> Finding:
    left = bool(desk.replica.state("erase_left"))
    return Finding(
        "Nothing is left of what was erased" if not left else "Something that was erased is still in free places",
        not left,
        "The database is rewritten; close other windows on this desk meanwhile.",
        code="erasing",
        mends=left,
    )


def _litter(profile: Profile) -> Finding:
    found = litter(profile)
    size = sum(path.stat().st_size for path in found) // 1_000_000
    return Finding(
        "No files of dead processes" if not found else f"Files of dead processes: {len(found)}, {size} MB",
        not found,
        "They are nobody's and are removed.",
        code="litter",
        args=(len(found), size),
        mends=bool(found),
    )


def _private(profile: Profile) -> Finding:
    open_ = os.name == "posix" and bool(profile.root.stat().st_mode & 0o077)
    return Finding(
        "The folder of the desk is its owner's alone" if not open_ else "Others of this machine can read the desk",
        not open_,
        "The folder is closed to them.",
        code="private",
        mends=open_,
    )


def _settings(profile: Profile) -> Finding:
    aside = profile.settings.with_suffix(".broken").exists()
    return Finding(
        "Settings of this machine: readable" if not aside else "The settings of this machine were broken",
        not aside,
        "What could be read of them is kept: look through Settings, Me. The old file is then removed.",
        code="settings",
        mends=aside,
    )


def _unwritable(profile: Profile) -> list[Path]:
    """What stands in the way of the log."""
    if not os.access(profile.log, os.W_OK | os.X_OK):
        return [profile.log]
    return [path for path in profile.log.glob("*.log") if path.is_dir() or not os.access(path, os.W_OK)]


def _log(profile: Profile) -> Finding:
    wrong = bool(_unwritable(profile))
    return Finding(
        "The log can be written" if not wrong else f"The log in {profile.log} cannot be written",
        not wrong,
        "The desk works, but what happens is not written down. It is made writable, or what is in the way is renamed.",
        code="log",
        args=(str(profile.log),),
        mends=wrong,
    )


def _crashes(profile: Profile) -> Finding:
    found = len(list((profile.root / "crashes").glob("crash-*.txt")))
    return Finding(
        "No crash reports" if not found else f"Crash reports: {found}",
        not found,
        f"They lie in {profile.root / 'crashes'}: send them to the makers, then delete them.",
        code="crashes",
        args=(found,),
    )


# --- how it is mended --------------------------------------------------------------------------------------------


def _mend_index(desk: Desk) -> None:
    copies.rebuild_indexes(desk.replica)


def _mend_capture(desk: Desk) -> None:
    with desk.replica.db.atomic("IMMEDIATE"):
        capture.make(desk.replica.db)


def _mend_lists(desk: Desk) -> None:
    wrong = sorted(_wrong_rows(desk))
    for start in range(0, len(wrong), _CHUNK):
        with desk.act("", author="") as act:
            some = wrong[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            act.writing.execute(
                f"DELETE FROM queue_row WHERE ticket_id IN ({marks}) AND ticket_id NOT IN (SELECT id FROM ticket)", some
            )
            there = act.writing.execute(f"SELECT id FROM ticket WHERE id IN ({marks})", some).fetchall()
            act.extra.update(row for (row,) in there)


def _mend_search(desk: Desk) -> None:
    with desk.act("", author="") as act:
        copies.empty_search(act.writing.execute)
    for kind, query in _INDEXED:
        rows = [row for (row,) in desk.replica.rows(f"{query} ORDER BY id")]
        for start in range(0, len(rows), _CHUNK):
            with desk.act("", author="") as act:
                derive.reindex(act.writing, kind, rows[start : start + _CHUNK])


def _mend_copies(desk: Desk) -> None:
    backups.make(desk, backups.AUTOMATIC)


def _mend_erasing(desk: Desk) -> None:
    if not erase.finish(desk):
        raise UserFacingError(
            "The desk is open elsewhere", "Close other windows and the agent of this desk, then try again."
        )


def _mend_litter(desk: Desk) -> None:
    for path in litter(desk.profile):
        path.unlink(missing_ok=True)


def _mend_private(desk: Desk) -> None:
    desk.profile.root.chmod(0o700)


def _mend_settings(desk: Desk) -> None:
    desk.profile.settings.with_suffix(".broken").unlink(missing_ok=True)


def _mend_log(desk: Desk) -> None:
    try:
        for path in _unwritable(desk.profile):
            if path == desk.profile.log:
                path.chmod(0o700)
        for path in _unwritable(desk.profile):
            path.rename(path.with_name(f"{path.name}.{new_id()[-4:]}.aside"))
    except OSError as error:
        raise UserFacingError(
            "The log stays closed", "%1: %2. Make its folder yours and writable.", desk.profile.log, error.strerror
        ) from error


def _mend_space(desk: Desk) -> None:
    free(desk.profile)
    left = shutil.disk_usage(desk.profile.root).free // 1_000_000
    if left < FREE_MEGABYTES:
        raise UserFacingError("The disk is still nearly full", "%1 MB are free. Delete something large.", left)


_MENDS: dict[str, Callable[[Desk], None]] = {
    "index": _mend_index, "capture": _mend_capture, "lists": _mend_lists, "search": _mend_search,
    "copies": _mend_copies, "erasing": _mend_erasing, "litter": _mend_litter, "private": _mend_private,
    "space": _mend_space, "settings": _mend_settings, "log": _mend_log,
}  # fmt: skip


def keep_report(desk: Desk, found: crash.Report) -> bool:
    """Keep the report of a crash in the profile; whether this crash is a new one, to be shown."""
    return crash.first_time(desk.profile.root / "crashes", found)


def all_findings(desk: Desk) -> tuple[Finding, ...]:
    """What the settings show: the room on the disk, and everything of the desk."""
    return (space(desk.profile.root), *look(desk))
