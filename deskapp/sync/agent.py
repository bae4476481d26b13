"""The desk at work with no window: rounds with the hub, mail, and the watch over promises, until it is told to stop.

One agent a profile, beside the window or without it. What both could do at once (a round, the mail) is kept apart by
locks that the system lets go of when a process dies, so an agent that was killed goes on where it was: everything that
it does is resumed from the tables. How each kind of work went last is one small file, which ``health`` reads.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from deskapp import __version__
from deskapp.core import crash, moving
from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import new_id
from deskapp.core.locks import FileLock
from deskapp.desk import backups, hubport, letters, mailport, slipping, watch
from deskapp.desk.desk import Desk
from deskapp.sync.hub import blobs, commands
from deskapp.sync.hub.rounds import Rounds

log = logging.getLogger(__name__)

#: Seconds between two rounds with the hub, two of mail, two looks at what time has moved, and at the backups.
HUB, MAIL, WATCH, CARE = 2.0, 30.0, 60.0, 3_600.0
#: After trouble the next try waits this much longer each time, up to the last.
_BACK_OFF = (1.0, 2.0, 4.0, 8.0, 15.0)
#: A file of the desk is fetched in small portions, so that rounds are not held up.
_FILES = 20
#: Seconds until all of them are looked through again: where some are missing, and where none is.
_FILES_SOON, _FILES_EVERY = 5.0, 600.0
#: A kind of work that has not ended well for this many of its periods, and at least this long, is not well.
_MISSED, _GRACE = 6, 120.0


class Agent:
    """What one process does for a desk. ``run`` returns after ``stop``, which any thread or signal may call."""

    def __init__(
        self, desk: Desk, hub: float = HUB, mail: float = MAIL, watch: float = WATCH, care: float = CARE
    ) -> None:
        self._desk = desk
        self._stopping = threading.Event()
        self._health = Health(desk)
        self._missing = 0
        self._look_at_files = 0.0
        self._work = (
            Work("hub", hub, self._go_round),
            Work("mail", mail, self._go_mail),
            Work("watch", watch, self._look),
            Work("care", care, self._care),
        )

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """Work until ``stop``. UserFacingError if another agent works on this profile."""
        lock = FileLock(_lock(self._desk.profile.root))
        if not _taken(lock):
            raise UserFacingError(
                "An agent works on this profile already",
                "One is enough. Look how it does with: deskapp agent --health.",
            )
        try:
            self._health.begin({work.name: work.every for work in self._work})
            log.info("agent begins", extra={"facts": {"pid": os.getpid(), "app": __version__}})
            threads = [
                threading.Thread(target=self._repeat, args=(work,), name=f"agent-{work.name}", daemon=True)
                for work in self._work
            ]
            for thread in threads:
                thread.start()
            while not self._stopping.wait(1.0):  # a wait without end would not let a signal through on Windows
                pass
            for thread in threads:
                thread.join(_LAST_WORK)
            self._resign()
            self._health.end()
            log.info("agent ends", extra={"facts": {"pid": os.getpid()}})
        finally:
            lock.release()

    # --- each kind of work in a thread of its own, with a connection of its own ----------------------------------

    def _repeat(self, work: Work) -> None:
        replica = self._desk.replica
        replica.connect()
        try:
            failures = 0
            while not self._stopping.is_set():
                failures = 0 if self._once(work) else failures + 1
                slower = _BACK_OFF[min(failures, len(_BACK_OFF)) - 1] if failures else 1.0
                self._stopping.wait(work.every * slower)
        finally:
            replica.disconnect()

    def _once(self, work: Work) -> bool:
        """One turn; trouble is written down and never ends the agent."""
        try:
            facts = work.run()
        except Exception as error:  # a bug in one kind of work must not stop the others
            facts = {"problem": crash.describe(error) if not isinstance(error, UserFacingError) else error.title}
            if not isinstance(error, UserFacingError):
                found = crash.report(error, f"agent {work.name}")
                crash.first_time(self._desk.profile.root / "crashes", found)
                log.error("a bug in %s, report %s", work.name, found.key, exc_info=error)
        self._health.tell(work.name, self._desk.clock.now(), facts)
        return "problem" not in facts

    def _go_round(self) -> dict[str, Any]:
        found = hubport.round_(self._desk)
        if found.problem is not None:
            log.warning("round: %s", found.problem.title, extra={"facts": {"kind": found.kind}})
            return {"kind": found.kind, "waiting": found.waiting, "problem": found.problem.title}
        merged = len(found.changes)
        if merged:
            log.info("round", extra={"facts": {"merged": merged, "waiting": found.waiting}})
        if found.kind != "alone" and (merged or time.monotonic() >= self._look_at_files):
            self._missing = self._keep_files()
            # all of a large desk are looked through: not with each round
            self._look_at_files = time.monotonic() + (_FILES_SOON if self._missing else _FILES_EVERY)
        counts = {"waiting": found.waiting, "conflicts": found.conflicts, "files_missing": self._missing}
        return {"kind": found.kind, **counts}

    def _keep_files(self) -> int:
        """The agent keeps every file of the desk; how many are still missing."""
        hub = self._desk.hub
        missing = blobs.missing(self._desk, everything=True)
        fetched = 0
        for sha256 in missing[:_FILES]:
            if hub is None or self._stopping.is_set():
                break
            fetched += hub.fetch_file(self._desk, sha256)
        if fetched:
            log.info("files", extra={"facts": {"fetched": fetched, "missing": len(missing) - fetched}})
        return len(missing) - fetched

    def _go_mail(self) -> dict[str, Any]:
        letters.release(self._desk)  # nobody may be at the window to see their time of undo pass
        rounds = [found := mailport.round_(self._desk)]
        until = time.monotonic() + _AT_A_STRETCH
        while found.behind and not (found.paused or found.problems or self._stopping.is_set()):
            if time.monotonic() > until:
                break  # the rest with the next turn, so that it is seen that the agent lives
            letters.release(self._desk)
            rounds.append(found := mailport.round_(self._desk))
        facts: dict[str, Any] = {
            "mailboxes": found.mailboxes, "sent": sum(one.sent for one in rounds), "waiting": found.waiting,
            "behind": found.behind, "busy": found.busy,
            "ours": hubport.may(self._desk, hubport.MAIL),
        }  # fmt: skip
        counts = {
            "tickets": sum(len(one.arrivals) for one in rounds),
            "joined": sum(one.joined for one in rounds),
            "quarantined": sum(one.quarantined for one in rounds),
            "sent": sum(one.sent for one in rounds),
        }
        if any(counts.values()):
            log.info("mail", extra={"facts": counts})
        if found.problems:
            facts["problem"] = found.problems[0].title
            log.warning("mail: %s", found.problems[0].title)
        elif found.ask:
            facts["problem"] = "A mailbox's password is not known here"
        return facts

    def _look(self) -> dict[str, Any]:
        """What the passing of time has moved, and the promises that will not hold."""
        watch.tick(self._desk)
        slips = slipping.look(self._desk)
        if slips.fresh:
            log.info("slips", extra={"facts": {"fresh": len(slips.fresh)}})
        return {"slips": len(slips.fresh), "ours": hubport.may(self._desk, hubport.SLIPS)}

    def _care(self) -> dict[str, Any]:
        made = backups.keep(self._desk)
        if made is not None:
            log.info("backup", extra={"facts": {"name": made.name}})
        return {"backups": len(backups.listed(self._desk.profile))}

    def _resign(self) -> None:
        """Others take over at once instead of waiting for our term; the window of this profile claims them again."""
        if self._desk.hub is None or not self._desk.hub.shared(self._desk):
            return
        try:
            hub = commands.hub_of(self._desk)
            try:
                Rounds(self._desk, hub).resign()
            finally:
                hub.close()
        except UserFacingError as error:
            log.info("the leases expire by themselves: %s", error.title)


#: Seconds that one turn of mail goes on while more letters lie in the mailboxes.
_AT_A_STRETCH = 60.0

#: How long a stop waits for what is under way, seconds.
_LAST_WORK = 20.0


@dataclass(frozen=True)
class Work:
    """Something that is done again and again, each ``every`` seconds; tells how it went."""

    name: str
    every: float
    run: Callable[[], dict[str, Any]]


# --- how it does -------------------------------------------------------------------------------------------------


class Health:
    """The file that says when each kind of work was done last and what failed; replaced as a whole."""

    def __init__(self, desk: Desk) -> None:
        self._path = _file(desk.profile.root)
        self._clock = desk.clock
        self._lock = threading.Lock()
        self._told: dict[str, Any] = {}

    def begin(self, every: dict[str, float]) -> None:
        before = _read(self._path)
        with self._lock:
            self._told = {
                "pid": os.getpid(), "app": __version__, "since": self._clock.now().isoformat(), "ended": None,
                "killed_before": bool(before and not before.get("ended")),
                "work": {name: {"every": seconds, "at": None, "well": None} for name, seconds in every.items()},
            }  # fmt: skip
            self._write()

    def tell(self, name: str, at: datetime, facts: dict[str, Any]) -> None:
        with self._lock:
            known = self._told["work"][name]
            well = known["well"] if "problem" in facts else at.isoformat()
            self._told["work"][name] = {"every": known["every"], "at": at.isoformat(), "well": well, **facts}
            self._write()

    def end(self) -> None:
        with self._lock:
            self._told["ended"] = self._clock.now().isoformat()
            self._write()

    def _write(self) -> None:
        fresh = self._path.with_name(f"agent.{new_id()[-12:]}")
        try:
            fresh.write_text(json.dumps(self._told, ensure_ascii=False), encoding="utf-8")
            moving.replace(fresh, self._path)
        except OSError as error:  # a full disk is told by the work itself
            log.warning("the state of the agent could not be written: %s", error.strerror)
            fresh.unlink(missing_ok=True)


def health(root: Path, now: datetime) -> tuple[bool, dict[str, Any]]:
    """(whether all is well, what is known) of the agent of a profile. ``problems``: one sentence each."""
    told = _read(_file(root)) or {"work": {}}
    running = _running(root)
    problems = []
    if not running:
        problems.append(
            "No agent works on this profile." if told.get("ended") or not told["work"] else "It was killed."
        )
    for name, work in told["work"].items():
        if "problem" in work:
            problems.append(f"{name}: {work['problem']}")
        elif running:
            last = work["well"] or told["since"]
            silent = (to_ms(now) - to_ms(datetime.fromisoformat(last))) / 1000
            if silent > max(_GRACE, work["every"] * _MISSED):
                problems.append(f"{name}: nothing for {silent:.0f} seconds")
    return not problems, {"running": running, "problems": problems, **told}


def _running(root: Path) -> bool:
    if not _lock(root).exists():
        return False
    lock = FileLock(_lock(root))
    free = lock.take()
    lock.release()
    return not free


def _taken(lock: FileLock) -> bool:
    """Take the lock; whoever only looked whether an agent runs has let go of it within a moment."""
    for _turn in range(5):
        if lock.take():
            return True
        time.sleep(0.1)
    return False


def _lock(root: Path) -> Path:
    return root / "agent.lock"


def _file(root: Path) -> Path:
    return root / "agent.json"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return None
