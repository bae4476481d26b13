"""What comes in, as plain values: a letter and its files, ready for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class IncomingFile:
    """An attachment whose content is already kept under its hash."""

    name: str
    type: str
    size: int
    sha256: str
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Incoming:
    """A letter as intake needs it. ``key`` is the same for the same letter, however often it comes."""

    key: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    sender: tuple[str, str]  # (name, address); of a Reply-To where there is one
    to: tuple[tuple[str, str], ...]
    cc: tuple[tuple[str, str], ...]
    sent_at: datetime | None  # the Date: header, only shown
    received_at: datetime
    text: str
    reply_text: str
    html: str  # sanitised
    kind: str  # new | reply | auto | bounce | forward
    automatic: bool
    automatic_reason: str
    bounced_address: str
    permanent: bool
    language: str
    ticket_number: int | None
    files: tuple[IncomingFile, ...]
    urgency_hint: int | None = None
    hint_words: tuple[str, ...] = ()
    cause_hint: str = ""
    asker: tuple[str, str] = ("", "")  # (name, address) of who wrote the letter that this one forwards
    raw_sha256: str = ""
    own_letter: str = ""  # the id in X-Deskapp-Letter
    mailbox_id: str = ""
    pictures_held: bool = False  # it wanted pictures from elsewhere, which nobody fetches


@dataclass(frozen=True)
class Outcome:
    """``outcome``: created, joined or ignored; ``auto_answer``: an acknowledgement is due to such a letter."""

    outcome: str
    ticket_id: str = ""
    number: int | None = None
    auto_answer: bool = False
    reason: str = ""
    message_id: str = ""
