"""One of our letters as bytes.

The header lines are written here one by one, from values stripped of line breaks, so that no text can add a
header. (The library would encode long ids in References when it folds them, and other programs lose the
thread then.) The library builds the body.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote

from deskapp.core.errors import UserFacingError
from deskapp.core.text import clean_text
from deskapp.sync.mail import classify

LETTER_HEADER = "X-Deskapp-Letter"

#: Seven bits on the wire: not every server on the way takes eight.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=78)
_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,255}")
_PLACE_OF_PICTURE = re.compile(r"\[cid:([^\]\s]{1,200})\]")
_MAX_REFERENCES = 20


@dataclass(frozen=True)
class OutboundFile:
    """A file that goes out. An inline one is shown where ``[cid:<content_id>]`` stands in the text, else
    below it."""

    name: str
    type: str
    data: bytes = field(repr=False)
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Outbound:
    """A letter of ours. Addresses are (name, address), ids come with or without brackets, ``date`` is aware;
    ``number`` is the ticket's and is put into the subject once."""

    letter_id: str
    message_id: str
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    subject: str
    text: str
    date: datetime
    cc: tuple[tuple[str, str], ...] = ()
    number: int | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False
    files: tuple[OutboundFile, ...] = ()


def build(letter: Outbound) -> bytes:
    """The letter as it travels, lines ended by CRLF, ready for any transport. UserFacingError for an address
    that cannot be written to, or for none."""
    if not (*letter.to, *letter.cc):
        raise UserFacingError("The letter has no recipient", "It was not sent. Add an address.")
    lines = [
        ("From", _mailbox(*letter.sender)),
        ("To", _mailboxes(letter.to)),
        ("Cc", _mailboxes(letter.cc)),
        ("Subject", _text(subject_with_number(letter.subject, letter.number), "Subject")),
        ("Date", format_datetime(letter.date)),
        ("Message-ID", _id(letter.message_id)),
        ("In-Reply-To", _id(letter.in_reply_to)),
        ("References", "\r\n ".join(_references(letter))),
        (LETTER_HEADER, _one_line(letter.letter_id)),
    ]
    if letter.automatic:
        # RFC 3834: robots must be able to tell, or two of them answer each other for ever.
        lines.append(("Auto-Submitted", "auto-replied" if letter.in_reply_to else "auto-generated"))
        lines.append(("X-Auto-Response-Suppress", "All"))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines if value)
    return head.encode("ascii", "replace") + _body(letter).as_bytes()


def subject_with_number(subject: str, number: int | None) -> str:
    """The subject with ``[#N]`` exactly once, in front: there it survives a subject that is cut off."""
    subject = _one_line(subject)
    if number is None or classify.ticket_number(subject) == number:
        return subject
    return f"[#{number}] {subject}".strip()


def envelope_address(address: str) -> str:
    """An address as SMTP takes it, the domain in its ASCII form. UserFacingError for what cannot be written
    to."""
    address = _one_line(address)
    try:
        if not _ADDRESS.fullmatch(address):
            raise UnicodeError
        local, _, domain = address.rpartition("@")
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise UserFacingError(
            "“%1” is no mail address", "The letter was not sent. Correct the address “%1”.", address
        ) from None


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", clean_text(text)).strip()


def _text(text: str, name: str) -> str:
    """As it is when short and ASCII, else as encoded words that never split a character."""
    if text.isascii() and len(text) < 900 and "=?" not in text:
        return text
    return Header(text, "utf-8", header_name=name, maxlinelen=76).encode(linesep="\r\n")


def _mailbox(name: str, address: str) -> str:
    written = envelope_address(address)
    name = _one_line(name)
    if not name or name == address:
        return written
    shown = f'"{quote(name)}"' if name.isascii() and len(name) < 200 else _text(name, "From")
    return f"{shown} <{written}>"


def _mailboxes(people: Sequence[tuple[str, str]]) -> str:
    return ",\r\n ".join(_mailbox(name, address) for name, address in people)


def _id(given: str) -> str:
    bare = re.sub(r"[\s<>]+", "", _one_line(given))
    return f"<{bare}>" if bare and bare.isascii() else ""


def _references(letter: Outbound) -> list[str]:
    """The thread's first id and the latest ones: mail programs need no more, and servers refuse endless
    headers."""
    ids = [_id(given) for given in (*letter.references, letter.in_reply_to)]
    ids = list(dict.fromkeys(one for one in ids if one))
    return ids if len(ids) <= _MAX_REFERENCES else [ids[0], *ids[-_MAX_REFERENCES + 1 :]]


def _body(letter: Outbound) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    pictures = [file for file in letter.files if file.inline and file.content_id]
    text = clean_text(letter.text).replace("\r\n", "\n").rstrip("\n") + "\n"
    names = {file.content_id: file.name for file in pictures}
    plain = _PLACE_OF_PICTURE.sub(lambda found: f"[{names.get(found.group(1), found.group(1))}]", text)
    message.set_content(plain, charset="utf-8")
    if pictures:
        message.add_alternative(_html(text, pictures), subtype="html", charset="utf-8")
        shown = list(message.iter_parts())[-1]
        for file in pictures:
            main, sub = _type(file)
            content_id = f"<{_one_line(file.content_id)}>"
            shown.add_related(file.data, main, sub, cid=content_id, filename=_name(file), disposition="inline")
    for file in letter.files:
        if file not in pictures:
            main, sub = _type(file)
            message.add_attachment(file.data, main, sub, filename=_name(file))
    return message


def _html(text: str, pictures: Sequence[OutboundFile]) -> str:
    known = {file.content_id for file in pictures}
    placed: set[str] = set()

    def picture(found: re.Match[str]) -> str:
        content_id = html.unescape(found.group(1))
        if content_id not in known:
            return found.group()
        placed.add(content_id)
        return f'<img src="cid:{html.escape(content_id)}">'

    body = _PLACE_OF_PICTURE.sub(picture, html.escape(text, quote=False)).replace("\n", "<br>\n")
    below = [file.content_id for file in pictures if file.content_id not in placed]
    rest = "".join(f'<p><img src="cid:{html.escape(one)}"></p>' for one in below)
    return f"<!DOCTYPE html><html><body><div>{body}</div>{rest}</body></html>\n"


def _type(file: OutboundFile) -> tuple[str, str]:
    main, _, sub = file.type.lower().partition("/")
    good = re.fullmatch(r"[a-z0-9.+-]+", main) and re.fullmatch(r"[a-z0-9.+_-]+", sub)
    if not good or main in ("message", "multipart"):  # the library wants those parsed; a file is a file
        return "application", "octet-stream"
    return main, sub


def _name(file: OutboundFile) -> str:
    return re.sub(r"[\\/]", "_", _one_line(file.name)) or "attachment"
