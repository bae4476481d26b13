"""The stages of a letter on its way in, each restartable: kept -> read -> handed to the desk -> filed away.

The raw letter is a file before anything looks into it; its journal row comes with its ticket. A letter that breaks a
stage stays in the journal as quarantined, raw, with the reason; the others go on.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.core.text import clean_text
from deskapp.desk import files, intake
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import Incoming, IncomingFile, Outcome
from deskapp.desk.values import Changes
from deskapp.models.database import is_full_or_busy
from deskapp.models.schema import Journal
from deskapp.sync.mail import inside, sources
from deskapp.sync.mail.letter import Address, BrokenLetter, Letter
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.sanitise import safe_html

log = logging.getLogger(__name__)

#: Letters that wait for the disk together before they are told or filed away.
TOGETHER = 20


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
    try:
        sha256 = files.put(desk, raw, later)
    except OSError as error:
        raise _not_now(error) from error
    line = {
        "source": clean_text(source),
        "remote_id": clean_text(remote_id),
        "raw_sha256": sha256,
        "size": len(raw),
        "fetched_at": to_ms(desk.clock.now()),
        "received_at": to_ms(received_at) if received_at else None,
        "mailbox_id": mailbox_id,
        "quiet": int(quiet),
    }
    return _read(desk, sha256, raw, line, received_at, later)


def _not_now(error: Exception) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        "The letter could not be kept", "%1. It stays where it was; free some space and try again.", error
    )


def _read(
    desk: Desk,
    key: str,
    raw: bytes,
    line: dict[str, Any],
    received_at: datetime | None,
    later: list[Path] | None = None,
) -> Taken:
    """``line``: what the journal says of where the letter came from."""
    source = str(line["source"])
    try:
        letter = parse(raw)
    except BrokenLetter as error:
        return _quarantine(desk, key, line, str(error), None)
    except Exception as error:  # whatever breaks on one letter must not stop the others
        log.exception("a letter was quarantined: %s", key)
        return _quarantine(desk, key, line, f"{type(error).__name__}: {error}", None)

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
        whole = incoming(desk, letter, key, received_at, line["mailbox_id"], later)
        changes = intake.accept(desk, whole, bool(line["quiet"]), journal)
    except Exception as error:
        if isinstance(error, OSError) or is_full_or_busy(error):
            raise _not_now(error) from error
        log.exception("a letter was quarantined: %s", key)
        return _quarantine(desk, key, line, f"{type(error).__name__}: {error}", letter)
    outcome: Outcome = changes.result
    return Taken(
        source,
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
    except Exception as error:
        if is_full_or_busy(error):
            raise _not_now(error) from error
        raise
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
        found.append(_read(desk, key, raw, line, from_ms(fetched if received is None else received)))
    return found


def incoming(
    desk: Desk,
    letter: Letter,
    raw_sha256: str,
    received_at: datetime | None,
    mailbox_id: str,
    later: list[Path] | None = None,
) -> Incoming:
    """A parsed letter as the desk takes it; its files are kept under their hashes first."""
    now = desk.clock.now()
    found = inside.look(letter, desk.language, desk.schedule.desk_calendar.zone)
    kept = tuple(
        IncomingFile(a.name, a.content_type, a.size, files.put(desk, a.data, later), a.content_id, a.inline)
        for a in found.files
    )
    answers_to = letter.reply_to[0] if letter.reply_to and letter.reply_to[0].address else letter.sender
    sender = (
        answers_to if answers_to.name or not letter.sender.name else Address(letter.sender.name, answers_to.address)
    )
    pictures = {a.content_id: f"deskapp-file:{a.sha256}" for a in letter.attachments if a.content_id}
    return Incoming(
        key=letter.key,
        message_id=letter.message_id,
        in_reply_to=letter.in_reply_to,
        references=letter.references,
        subject=letter.subject,
        sender=(sender.name, sender.address),
        to=tuple((a.name, a.address) for a in letter.to),
        cc=tuple((a.name, a.address) for a in letter.cc),
        sent_at=letter.date,
        received_at=received_at or _received(letter, now),
        text="\n\n".join(filter(None, [letter.text, found.text])),
        reply_text=letter.reply_text or found.text,
        html=safe_html(letter.html, pictures) if letter.html else "",
        kind=letter.kind,
        automatic=letter.automatic,
        automatic_reason=letter.automatic_reason,
        bounced_address=letter.bounced_address,
        permanent=letter.permanent,
        language=letter.language,
        ticket_number=letter.ticket_number,
        files=kept,
        urgency_hint=letter.hints.urgency,
        hint_words=letter.hints.words,
        cause_hint=letter.hints.cause,
        asker=(letter.asker.name, letter.asker.address),
        raw_sha256=raw_sha256,
        own_letter=letter.header("x-deskapp-letter").strip(),
        mailbox_id=mailbox_id,
    )


def _received(letter: Letter, now: datetime) -> datetime:
    """When our server got a letter that comes as a file: its topmost Received header, else its Date where no server
    wrote anything; never the future, else now."""
    if "received" not in letter.headers and letter.date is not None:
        if timedelta() <= now - letter.date < timedelta(days=36_500):
            return from_ms(to_ms(letter.date))
        return now
    for value in letter.headers.get("received", ())[:1]:
        try:
            at = parsedate_to_datetime(value.rpartition(";")[2].strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if at.tzinfo is not None and timedelta() <= now - at < timedelta(days=36_500):
            return from_ms(to_ms(at))
    return now


def take_paths(desk: Desk, paths: Iterable[str | Path], quiet: bool = True) -> Iterator[Taken]:
    """Letters of files, folders, mbox, Maildir and zip; what cannot be read is reported in its place."""
    for path in paths:
        found = iter(sources.letters(path))
        empty = True
        while True:
            taken = []
            with together(desk) as later:
                for source in itertools.islice(found, TOGETHER):
                    if source.raw is None:
                        taken.append(Taken(source.name, "quarantined", reason=source.error))
                    else:
                        taken.append(take(desk, source.raw, source.name, quiet=quiet, later=later))
            if not taken:
                break
            empty = False
            yield from taken  # they are on the disk now
        if empty:
            yield Taken(str(path), "quarantined", reason="There is no letter in it")
