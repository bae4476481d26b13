"""The part of intake that needs no tables: the raw letter is kept, read, and put as the desk takes it.

So it can be done in another process, ahead of the one that writes; see ``ahead``.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import files
from deskapp.desk.intake_values import Incoming, IncomingFile
from deskapp.sync.mail import inside
from deskapp.sync.mail.letter import Address, BrokenLetter, Letter
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.sanitise import remote_pictures, safe_html

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk


@dataclass(frozen=True)
class Waiting:
    """A letter that waits to be taken in. ``received_at``: when its server got it, where the server tells."""

    raw: bytes = field(repr=False)
    source: str
    received_at: datetime | None = None
    mailbox_id: str = ""
    quiet: bool = False
    remote_id: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What reading has to know of the desk: where files are kept, its language and zone, and the time."""

    blobs: Path
    language: str
    zone: str
    now: datetime


@dataclass(frozen=True)
class Read:
    """A letter that was kept under ``key`` and read; ``whole`` is None where it broke, for ``reason``."""

    key: str
    size: int
    letter: Letter | None = None
    whole: Incoming | None = None
    reason: str = ""
    trace: str = ""  # where in the code it broke, without a word of the letter


def surroundings(desk: Desk) -> Surroundings:
    return Surroundings(desk.profile.blobs, desk.language, desk.schedule.desk_calendar.zone, desk.clock.now())


def read(around: Surroundings, waiting: Waiting, later: list[Path] | None = None) -> Read:
    """Keep the raw letter, then read it. Whatever breaks on one letter is said of it; OSError: it could not be kept.

    ``later``: files that are not on the disk yet when this returns; see ``files.settle``.
    """
    key = files.keep(around.blobs, waiting.raw, later)
    size = len(waiting.raw)
    letter = None
    try:
        letter = parse(waiting.raw)
        whole = incoming(around, letter, key, waiting.received_at, waiting.mailbox_id, later)
    except BrokenLetter as error:
        return Read(key, size, reason=str(error))
    except OSError:
        raise
    except Exception as error:  # it must not stop the others
        reason = f"{type(error).__name__}: {error}"
        return Read(key, size, letter, reason=reason, trace="".join(traceback.format_tb(error.__traceback__)))
    return Read(key, size, letter, whole)


def incoming(
    around: Surroundings,
    letter: Letter,
    raw_sha256: str,
    received_at: datetime | None,
    mailbox_id: str,
    later: list[Path] | None = None,
) -> Incoming:
    """A parsed letter as the desk takes it; its files are kept under their hashes first."""
    found = inside.look(letter, around.language, around.zone)
    kept = tuple(
        IncomingFile(a.name, a.content_type, a.size, files.keep(around.blobs, a.data, later), a.content_id, a.inline)
        for a in found.files
    )
    answers_to = letter.reply_to[0] if letter.reply_to and letter.reply_to[0].address else letter.sender
    sender = (
        answers_to if answers_to.name or not letter.sender.name else Address(letter.sender.name, answers_to.address)
    )
    pictures: Mapping[str, str] = {a.content_id: f"deskapp-file:{a.sha256}" for a in letter.attachments if a.content_id}
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
        received_at=received_at or _received(letter, around.now),
        text="\n\n".join(filter(None, [letter.text, found.text, found.note])),
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
        pictures_held=bool(letter.html) and remote_pictures(letter.html),
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
