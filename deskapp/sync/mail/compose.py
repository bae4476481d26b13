"""One of our letters as bytes. Headers are set through the library, which refuses line breaks: nothing can be injected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from deskapp.core.errors import UserFacingError

#: Seven bits on the wire: not every server on the way takes eight.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=78)


@dataclass(frozen=True)
class OutboundFile:
    name: str
    type: str
    data: bytes = field(repr=False)
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Outbound:
    """A letter of ours. ``message_id`` and the ids it answers are without angle brackets."""

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


def _flat(text: str) -> str:
    return " ".join(text.split())


def _address(name: str, address: str) -> Address:
    user, at, domain = address.strip().rpartition("@")
    if not at or not user or not domain:
        raise UserFacingError("“%1” is no mail address", "The letter was not sent. Correct the address.", address)
    try:
        return Address(_flat(name), username=user, domain=domain)
    except ValueError as error:
        raise UserFacingError("“%1” is no mail address", "The letter was not sent. Correct it.", address) from error


def build(letter: Outbound) -> bytes:
    """The letter with its headers, ready for any transport. UserFacingError for an address that cannot be."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(*letter.sender)
    message["To"] = [_address(name, address) for name, address in letter.to]
    if letter.cc:
        message["Cc"] = [_address(name, address) for name, address in letter.cc]
    subject = _flat(letter.subject)
    if letter.number is not None and f"[#{letter.number}]" not in subject:
        subject = f"[#{letter.number}] {subject}"
    message["Subject"] = subject
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = f"<{_flat(letter.message_id)}>"
    if letter.in_reply_to:
        message["In-Reply-To"] = f"<{_flat(letter.in_reply_to)}>"
    if letter.references:
        message["References"] = " ".join(f"<{_flat(one)}>" for one in letter.references)
    message["X-Deskapp-Letter"] = letter.letter_id
    if letter.automatic:
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        message["Precedence"] = "auto_reply"
    message.set_content(letter.text if letter.text.endswith("\n") else letter.text + "\n", charset="utf-8")
    for file in letter.files:
        main, _, sub = (file.type if "/" in file.type else "application/octet-stream").partition("/")
        if main in ("message", "multipart"):  # the library wants those parsed; a file is a file
            main, sub = "application", "octet-stream"
        message.add_attachment(
            file.data,
            maintype=main,
            subtype=sub,
            filename=_flat(file.name),
            disposition="inline" if file.inline else "attachment",
            cid=f"<{file.content_id}>" if file.content_id else None,
        )
    return message.as_bytes()
