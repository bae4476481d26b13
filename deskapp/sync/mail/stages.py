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
from deskapp.core.errors import EnvironmentTrouble
from deskapp.core.text import clean_text
from deskapp.desk import files, intake
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import Incoming, IncomingFile, Outcome
from deskapp.desk.values import Changes
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


def keep(desk: Desk, raw: bytes, source: str, remote_id: str = "") -> tuple[str, str]:
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
        key, _stage = keep(desk, raw, source, remote_id)
    except OSError as error:
        raise EnvironmentTrouble(
            "The letter could not be kept", "%1. It stays where it was; free some space and try again.", error
        ) from error
    return _read(desk, key, raw, source, received_at, mailbox_id, quiet)


def _read(
    desk: Desk, key: str, raw: bytes, source: str, received_at: datetime | None, mailbox_id: str, quiet: bool
) -> Taken:
    letter = None
    try:
        letter = parse(raw)
        changes = intake.accept(desk, incoming(desk, letter, key, received_at, mailbox_id), quiet)
    except BrokenLetter as error:
        return _quarantine(desk, key, source, str(error), None)
    except Exception as error:  # whatever breaks on one letter must not stop the others
        log.exception("a letter was quarantined: %s", key)
        return _quarantine(desk, key, source, f"{type(error).__name__}: {error}", letter)
    outcome: Outcome = changes.result
    with desk.replica.writing("", desk.clock.now()) as writing:
        writing.update(
            Journal,
            key,
            stage="done",
            outcome=outcome.outcome,
            ticket_id=outcome.ticket_id,
            message_id=outcome.message_id,
            subject=letter.subject,
            sender=letter.sender.address,
            error="",
        )
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
            subject=letter.subject if letter else "",
            sender=letter.sender.address if letter else "",
        )
    return Taken(source, "quarantined", letter=letter, reason=reason, key=key)


def resume(desk: Desk, quiet: bool = False) -> list[Taken]:
    """Go on with letters that were kept when the process ended."""
    rows = desk.replica.rows(
        "SELECT key, source, fetched_at FROM journal WHERE stage = 'kept' ORDER BY fetched_at, key"
    )
    found = []
    for key, source, fetched in rows:
        raw = files.read(desk, key)
        found.append(_read(desk, key, raw, source, from_ms(fetched), "", quiet))
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
