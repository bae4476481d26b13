"""The stages of a letter on its way in, each restartable: kept -> read -> handed to the desk -> filed away.

The raw letter and its journal row are on the disk before anything looks into it. A letter that breaks a stage stays in
the journal as quarantined, raw, with the reason; the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.core.text import clean_text
from deskapp.desk import files, intake
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import Incoming, IncomingFile, Outcome
from deskapp.desk.values import Changes
from deskapp.models.database import is_full_or_busy
from deskapp.models.schema import Journal
from deskapp.sync.mail import sources
from deskapp.sync.mail.letter import Address, BrokenLetter, Letter
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.sanitise import safe_html

log = logging.getLogger(__name__)


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


def keep(
    desk: Desk,
    raw: bytes,
    source: str,
    received_at: datetime | None = None,
    mailbox_id: str = "",
    quiet: bool = False,
    remote_id: str = "",
) -> tuple[str, str]:
    """Stage one: the raw letter and its journal row. Returns (journal key, stage); a known letter keeps its stage."""
    sha256 = files.put(desk, raw)
    with desk.replica.writing("", desk.clock.now()) as writing:
        known = writing.execute("SELECT stage FROM journal WHERE key = ?", (sha256,)).fetchone()
        if known:
            return sha256, known[0]
        writing.insert(
            Journal,
            key=sha256,
            source=clean_text(source),
            remote_id=clean_text(remote_id),
            raw_sha256=sha256,
            size=len(raw),
            fetched_at=writing.now,
            received_at=to_ms(received_at) if received_at else None,
            mailbox_id=mailbox_id,
            quiet=int(quiet),
            stage="kept",
        )
    return sha256, "kept"


def take(
    desk: Desk,
    raw: bytes,
    source: str,
    received_at: datetime | None = None,
    mailbox_id: str = "",
    quiet: bool = False,
    remote_id: str = "",
) -> Taken:
    """Bring one letter through all stages. Raises only EnvironmentTrouble (a full disk); then it can be taken again."""
    try:
        key, _stage = keep(desk, raw, source, received_at, mailbox_id, quiet, remote_id)
    except Exception as error:
        if isinstance(error, OSError) or is_full_or_busy(error):
            raise _not_now(error) from error
        raise
    return _read(desk, key, raw, source, received_at, mailbox_id, quiet)


def _not_now(error: Exception) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        "The letter could not be kept", "%1. It stays where it was; free some space and try again.", error
    )


def _read(
    desk: Desk, key: str, raw: bytes, source: str, received_at: datetime | None, mailbox_id: str, quiet: bool
) -> Taken:
    try:
        letter = parse(raw)
    except BrokenLetter as error:
        return _quarantine(desk, key, source, str(error), None)
    except Exception as error:  # whatever breaks on one letter must not stop the others
        log.exception("a letter was quarantined: %s", key)
        return _quarantine(desk, key, source, f"{type(error).__name__}: {error}", None)
    try:
        whole = incoming(desk, letter, key, received_at, mailbox_id)
        # the journal says "done" in the transaction that made the ticket, or neither is there
        with desk.replica.writing("", desk.clock.now()) as writing:
            changes = intake.accept(desk, whole, quiet)
            outcome: Outcome = changes.result
            known = writing.execute("SELECT stage FROM journal WHERE key = ?", (key,)).fetchone()
            if known[0] != "done":
                writing.update(
                    Journal,
                    key,
                    stage="done",
                    outcome=outcome.outcome,
                    ticket_id=outcome.ticket_id,
                    message_id=outcome.message_id,
                    subject=clean_text(letter.subject),
                    sender=clean_text(letter.sender.address),
                    error="",
                )
    except Exception as error:
        if isinstance(error, OSError) or is_full_or_busy(error):
            raise _not_now(error) from error
        log.exception("a letter was quarantined: %s", key)
        return _quarantine(desk, key, source, f"{type(error).__name__}: {error}", letter)
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


def _quarantine(desk: Desk, key: str, source: str, reason: str, letter: Letter | None) -> Taken:
    with desk.replica.writing("", desk.clock.now()) as writing:
        writing.update(
            Journal,
            key,
            stage="quarantined",
            outcome="quarantined",
            error=clean_text(reason),
            subject=clean_text(letter.subject) if letter else "",
            sender=clean_text(letter.sender.address) if letter else "",
        )
    return Taken(source, "quarantined", letter=letter, reason=reason, key=key)


def resume(desk: Desk) -> list[Taken]:
    """Go on with letters that were kept when the process ended, as they would have been taken then."""
    rows = desk.replica.rows(
        "SELECT key, source, fetched_at, received_at, mailbox_id, quiet FROM journal WHERE stage = 'kept' "
        "ORDER BY fetched_at, key"
    )
    found = []
    for key, source, fetched, received, mailbox_id, quiet in rows:
        try:
            raw = files.read(desk, key)
        except UserFacingError as error:  # not there any more: a person is told, the others go on
            found.append(_quarantine(desk, key, source, error.heading(), None))
            continue
        at = from_ms(fetched if received is None else received)
        found.append(_read(desk, key, raw, source, at, mailbox_id, bool(quiet)))
    return found


def incoming(desk: Desk, letter: Letter, raw_sha256: str, received_at: datetime | None, mailbox_id: str) -> Incoming:
    """A parsed letter as the desk takes it; its files are kept under their hashes first."""
    now = desk.clock.now()
    kept = tuple(
        IncomingFile(a.name, a.content_type, a.size, files.put(desk, a.data), a.content_id, a.inline)
        for a in letter.attachments
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
        text=letter.text,
        reply_text=letter.reply_text,
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
        raw_sha256=raw_sha256,
        own_letter=letter.header("x-deskapp-letter").strip(),
        mailbox_id=mailbox_id,
    )


def _received(letter: Letter, now: datetime) -> datetime:
    """When our server got a letter that comes as a file: its topmost Received header, never the future, else now."""
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
        empty = True
        for source in sources.letters(path):
            empty = False
            if source.raw is None:
                yield Taken(source.name, "quarantined", reason=source.error)
            else:
                yield take(desk, source.raw, source.name, quiet=quiet)
        if empty:
            yield Taken(str(path), "quarantined", reason="There is no letter in it")
