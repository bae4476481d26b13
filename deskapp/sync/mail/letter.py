"""A letter as the desk reads it: plain values, no file, no server, no table.

Everything in a `Letter` comes from one raw message and from nothing else, so that reading the same bytes
twice gives equal values on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

Kind = Literal["new", "reply", "auto", "bounce", "forward"]
Language = Literal["ru", "en"]
Seal = Literal["", "smime", "pgp", "closed"]


class BrokenLetter(ValueError):
    """The bytes are no letter at all (nothing in them, or neither a header nor text). The text says which."""


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox. ``address`` is as written, without display name; it may be empty when only a name was
    given."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """The part after the last @ in lower case, or an empty string."""
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""

    def __str__(self) -> str:
        if not self.name:
            return self.address
        return f"{self.name} <{self.address}>" if self.address else self.name


@dataclass(frozen=True)
class Attachment:
    """A file that came with a letter. ``name`` is never empty and holds no path."""

    name: str
    content_type: str
    data: bytes = field(repr=False)
    content_id: str = ""
    inline: bool = False
    named: bool = True
    """False when the letter gave no name and one was made up from the type."""
    seal: bool = False
    """The signature of the letter itself: of no use to people, and kept in the raw letter."""

    @property
    def size(self) -> int:
        """Bytes after decoding."""
        return len(self.data)

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal digest of the decoded content: the name under which the file is kept."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the requester said about urgency and cause. Suggestions for a person, never acts."""

    urgency: int | None = None
    """1 critical .. 4 low; None when nothing was said."""
    cause: str = ""
    words: tuple[str, ...] = ()
    """The words of the letter that the hints were taken from."""


@dataclass(frozen=True)
class Letter:
    """One parsed letter.

    ``date`` is the Date: header, aware, only for showing: the desk counts from the moment of receipt.
    ``text`` is the whole readable text, ``reply_text`` the same without quotation and signature, ``html`` the
    raw HTML (never shown without `sanitise.safe_html`). ``headers`` maps lower-case names to decoded values
    in order.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    date: datetime | None
    text: str
    html: str
    reply_text: str
    attachments: tuple[Attachment, ...]
    headers: Mapping[str, tuple[str, ...]]
    size: int
    key: str
    """Digest of the Message-ID and of the content without transport headers: devices reuse ids, servers add
    headers."""
    problems: tuple[str, ...] = ()
    """What was broken or unusual, in words."""
    kind: Kind = "new"
    automatic: bool = False
    """Must never get an automatic answer."""
    automatic_reason: str = ""
    bounced_address: str = ""
    permanent: bool = False
    """A bounce that says the address does not work at all."""
    language: Language = "en"
    ticket_number: int | None = None
    encrypted: bool = False
    signed: bool = False
    signature: Seal = ""
    """What it is signed with; ``closed``: by S/MIME, and the text inside could not be taken out."""
    hints: Hints = Hints()
    asker: Address = Address()
    """Who wrote the letter that this one forwards, where it says so."""

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        values = self.headers.get(name.lower(), ())
        return values[0] if values else ""

    def __getstate__(self) -> dict[str, object]:
        # a view of a dict cannot travel to another process, the dict can
        return {**self.__dict__, "headers": dict(self.headers)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, headers=MappingProxyType(state["headers"]))
