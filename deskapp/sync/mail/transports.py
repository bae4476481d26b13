"""How letters come and go: one interface, whatever the server. Vendor errors are turned into ours at this
edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from deskapp.core.errors import UserFacingError
from deskapp.desk.mailport import Checked

#: Bytes of a letter that are fetched; of a larger one only the beginning is.
MAX_LETTER = 50 * 1024 * 1024
# : A transport that fetches only the beginning of an oversize letter puts this header first, with the full
# size as value.
TRUNCATED_HEADER = "X-Deskapp-Truncated"


class LetterRefused(UserFacingError):
    """The server will not take this letter, now or later: an unknown recipient, too large, a policy."""


class Undecided(UserFacingError):
    """The connection broke after the letter had left: nobody knows whether it was taken."""


@dataclass(frozen=True)
class Fetched:
    """A letter as the server holds it. ``received_at`` is the server's own date of receipt, if it tells."""

    remote_id: str
    raw: bytes = field(repr=False)
    received_at: datetime | None = None


@dataclass(frozen=True)
class Listing:
    """Letters not read yet, oldest first, and the state to go on from once they are stored."""

    remote_ids: tuple[str, ...]
    state: str
    waiting: int = 0
    """How many more are known to lie there behind these."""
    received: Mapping[str, datetime] = field(default_factory=dict)
    """When they came, where that is known before they are read."""


class Waker(Protocol):
    """Says that something came, sooner than asking would; never instead of it."""

    lost: bool
    """It ended though it could go on: to be made anew once the mailbox has worked."""

    @property
    def alive(self) -> bool: ...

    def stop(self) -> None:
        """End it and its connection."""
        ...


class Transport(Protocol):
    """One account. Raises WrongPassword, EnvironmentTrouble, LetterRefused, Undecided; nothing of a
    vendor's."""

    def check(self) -> Checked:
        """Try to read and to send without doing either."""
        ...

    def listing(self, state: str, limit: int) -> Listing:
        """What has come since ``state`` (what an earlier listing gave, "" at first), at most ``limit``."""
        ...

    def read(self, remote_id: str) -> Fetched | None:
        """The letter; None if somebody took it away meanwhile."""
        ...

    def file_away(self, remote_id: str) -> None:
        """The letter is safe with us: mark or move it as the account says. Repeating is harmless."""
        ...

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        """Hand a letter over, to all recipients or to nobody, and keep a copy where the account keeps sent
        ones.

        LetterRefused: nobody got it. Undecided: nobody knows. Any other error: nothing left.
        """
        ...

    def find_sent(self, letter_id: str) -> bool:
        """Whether a letter with this X-Deskapp-Letter header lies among the sent ones."""
        ...

    def sent_as(self, letter_id: str) -> str | None:
        """The Message-ID of our letter among the sent ones, without brackets: servers that write letters down by
        themselves may give their own. "" while it is not there; None where letters leave as they are."""
        ...

    def waker(self, woken: Callable[[], None]) -> Waker | None:
        """Call ``woken``, from a thread, when a letter comes; None where only asking tells."""
        ...

    def close(self) -> None:
        """Let go of connections; the next call opens them again."""
        ...
