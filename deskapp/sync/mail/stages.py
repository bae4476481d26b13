"""The stages of a letter on its way in, each restartable: kept -> read -> handed to the desk -> filed away.

The raw letter is a file before anything looks into it; its journal row comes with its ticket. A letter that breaks a
stage stays in the journal as quarantined, raw, with the reason; the others go on.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.core.text import clean_text
from deskapp.desk import derive, files, intake
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import Outcome
from deskapp.desk.values import Changes
from deskapp.models.database import of_surroundings
from deskapp.models.schema import Journal
from deskapp.sync.mail import reading, sources
from deskapp.sync.mail.ahead import MANY, Ahead
from deskapp.sync.mail.letter import Letter
from deskapp.sync.mail.reading import Read, Waiting, surroundings

log = logging.getLogger(__name__)

#: Letters that wait for the disk together before they are told or filed away.
TOGETHER = 40
#: Letters after which the search index is told of those that came meanwhile, while very many come.
_KNOWN_AFTER = 200
_TOGETHER_BYTES = 16_000_000


@dataclass(frozen=True)
class Taken:
    """What became of one letter. ``outcome``: created, joined, ignored or quarantined."""

    source: str
    outcome: str
    ticket_id: str = ""
    number: int | None = None
    letter: Letter | None = None
    auto_answer: bool = False
    reason: str = ""
    changes: Changes | None = None
    key: str = ""
    remote_id: str = ""


@contextmanager
def together(desk: Desk) -> Iterator[list[Path]]:
    """Letters taken in this block wait for the disk together, at its end: only then they may be filed away.

    Each is still a transaction of its own, which a killed process does not undo. A machine that loses power may forget
    the last ones; then the source still has them, and they come once more.
    """
    later: list[Path] = []
    with desk.replica.together():
        try:
            yield later
        finally:
            files.settle(later)


def take(
    desk: Desk,
    raw: bytes,
    source: str,
    received_at: datetime | None = None,
    mailbox_id: str = "",
    quiet: bool = False,
    remote_id: str = "",
    later: list[Path] | None = None,
) -> Taken:
    """Bring one letter through all stages: its raw bytes first, then journal and ticket in one transaction.

    ``later``: of ``together``, inside which it is not on the disk yet when this returns. Raises only
    EnvironmentTrouble (a full disk); then the letter can be taken again.
    """
    return _take(desk, Waiting(raw, source, received_at, mailbox_id, quiet, remote_id), None, later)


def take_many(desk: Desk, letters: Iterable[Waiting], ahead: Ahead | None = None) -> Iterator[list[Taken]]:
    """Take in letters as they come, some at a time: those that are given are on the disk.

    ``ahead`` reads the next ones meanwhile. What the source of the letters raises comes after those it gave before.
    """
    batches = _batches(letters)
    reads = ((batch, None) for batch in batches) if ahead is None else ahead.read(lambda: surroundings(desk), batches)
    with ExitStack() as stack:
        seen = unknown = 0
        for batch, known in reads:
            if seen <= MANY < seen + len(batch):
                stack.enter_context(desk.replica.roomy())
                stack.callback(derive.catch_up, desk)
            seen += len(batch)
            with together(desk) as later:
                taken = [
                    _take(desk, one, known[place] if known is not None else None, later)
                    for place, one in enumerate(batch)
                ]
            unknown += len(batch)
            if unknown >= _KNOWN_AFTER:
                derive.catch_up(desk)
                unknown = 0
            yield taken


def _batches(letters: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    """As many as wait for the disk together, fewer where they are large."""
    source = iter(letters)
    batch: list[Waiting] = []
    size = 0
    while True:
        try:
            one = next(source)
        except StopIteration:
            break
        except Exception:
            if batch:
                yield batch
            raise
        batch.append(one)
        size += len(one.raw)
        if len(batch) >= TOGETHER or size > _TOGETHER_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _take(desk: Desk, waiting: Waiting, known: Read | None, later: list[Path] | None) -> Taken:
    """``known``: what another process has read of it."""
    try:
        found = reading.read(surroundings(desk), waiting, later) if known is None else known
    except OSError as error:
        raise _not_now(error) from error
    line = {
        "source": clean_text(waiting.source),
        "remote_id": clean_text(waiting.remote_id),
        "raw_sha256": found.key,
        "size": found.size,
        "fetched_at": to_ms(desk.clock.now()),
        "received_at": to_ms(waiting.received_at) if waiting.received_at else None,
        "mailbox_id": waiting.mailbox_id,
        "quiet": int(waiting.quiet),
    }
    return replace(_hand_over(desk, found, line), remote_id=waiting.remote_id)


def _not_now(error: Exception) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        "The letter could not be kept",
        "%1. It stays where it was; free some space and try again.",
        error.heading() if isinstance(error, EnvironmentTrouble) else error,
    )


def _hand_over(desk: Desk, found: Read, line: dict[str, Any]) -> Taken:
    """``line``: what the journal says of where the letter came from."""
    key, letter = found.key, found.letter
    if found.trace:
        log.error("a letter was quarantined: %s\n%s", key, found.trace)
    if letter is None or found.whole is None:
        return _quarantine(desk, key, line, found.reason, letter)

    def journal(act: Act, outcome: Outcome) -> None:
        # the journal says "done" in the transaction that made the ticket, or neither is there
        known = act.writing.execute("SELECT stage FROM journal WHERE key = ?", (key,)).fetchone()
        if known is None or known[0] != "done":
            act.put(
                Journal,
                key=key,
                **line,
                stage="done",
                outcome=outcome.outcome,
                ticket_id=outcome.ticket_id,
                message_id=outcome.message_id,
                subject=clean_text(letter.subject),
                sender=clean_text(letter.sender.address),
                error="",
            )

    try:
        changes = intake.accept(desk, found.whole, bool(line["quiet"]), journal)
    except Exception as error:
        if isinstance(error, OSError | EnvironmentTrouble) or of_surroundings(error, desk.replica.path):
            raise _not_now(error) from error
        log.error("a letter was quarantined: %s\n%s", key, "".join(traceback.format_tb(error.__traceback__)))
        return _quarantine(desk, key, line, f"{type(error).__name__}: {error}", letter)
    outcome: Outcome = changes.result
    return Taken(
        str(line["source"]),
        outcome.outcome,
        outcome.ticket_id,
        outcome.number,
        letter,
        outcome.auto_answer,
        outcome.reason,
        changes,
        key,
    )


def _quarantine(desk: Desk, key: str, line: dict[str, Any], reason: str, letter: Letter | None) -> Taken:
    try:
        with desk.replica.writing("", desk.clock.now()) as writing:
            writing.put(
                Journal,
                key=key,
                **line,
                stage="quarantined",
                outcome="quarantined",
                error=clean_text(reason),
                subject=clean_text(letter.subject) if letter else "",
                sender=clean_text(letter.sender.address) if letter else "",
            )
    except EnvironmentTrouble as error:
        raise _not_now(error) from error
    return Taken(str(line["source"]), "quarantined", letter=letter, reason=reason, key=key)


def resume(desk: Desk) -> list[Taken]:
    """Go on with letters that an earlier version kept and did not finish, as they would have been taken then."""
    rows = desk.replica.rows(
        "SELECT key, source, remote_id, size, fetched_at, received_at, mailbox_id, quiet FROM journal "
        "WHERE stage = 'kept' ORDER BY fetched_at, key"
    )
    found = []
    for key, source, remote_id, size, fetched, received, mailbox_id, quiet in rows:
        line = {
            "source": source,
            "remote_id": remote_id,
            "raw_sha256": key,
            "size": size,
            "fetched_at": fetched,
            "received_at": received,
            "mailbox_id": mailbox_id,
            "quiet": quiet,
        }
        try:
            raw = files.read(desk, key)
        except UserFacingError as error:  # not there any more: a person is told, the others go on
            found.append(_quarantine(desk, key, line, error.heading(), None))
            continue
        at = from_ms(fetched if received is None else received)
        try:
            read = reading.read(surroundings(desk), Waiting(raw, source, at, mailbox_id))
        except OSError as error:
            raise _not_now(error) from error
        found.append(_hand_over(desk, read, line))
    return found


def take_paths(desk: Desk, paths: Iterable[str | Path], quiet: bool = True) -> Iterator[Taken]:
    """Letters of files, folders, mbox, Maildir and zip; what cannot be read is reported in its place."""
    ahead = Ahead()
    try:
        for path in paths:
            empty = True
            broken: list[Taken] = []
            for taken in take_many(desk, _letters_of(path, quiet, broken), ahead):
                yield from taken
                yield from broken
                broken.clear()
                empty = False
            yield from broken
            if empty and not broken:
                yield Taken(str(path), "quarantined", reason="There is no letter in it")
    finally:
        ahead.close()


def _letters_of(path: str | Path, quiet: bool, broken: list[Taken]) -> Iterator[Waiting]:
    for source in sources.letters(path):
        if source.raw is None:
            broken.append(Taken(source.name, "quarantined", reason=source.error))
        else:
            yield Waiting(source.raw, source.name, quiet=quiet)
