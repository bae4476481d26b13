"""What the window needs of the mail: a test of an account, a round of fetching and sending, and how it went.

The desk knows no mail server; the composition root puts the mail room into ``Desk.mail``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from deskapp.core.errors import UserFacingError
from deskapp.core.locks import FileLock
from deskapp.desk.values import Changes

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk


@dataclass(frozen=True)
class Arrival:
    """A letter that opened a ticket in this round."""

    ticket_id: str
    number: int | None
    subject: str
    customer: str


@dataclass(frozen=True)
class MailRound:
    """How a round went. ``problems``: one error a mailbox; ``ask``: mailboxes whose password is not known here."""

    at: datetime
    mailboxes: int = 0
    arrivals: tuple[Arrival, ...] = ()
    joined: int = 0
    quarantined: int = 0
    sent: int = 0
    waiting: int = 0  # letters that are ready and have not left
    changes: tuple[Changes, ...] = ()
    problems: tuple[UserFacingError, ...] = ()
    ask: tuple[tuple[str, str], ...] = ()  # (mailbox id, address)
    busy: bool = False  # another process of this profile was at it: nothing was done here


@dataclass(frozen=True)
class Checked:
    """How the trial of an account ended: a ``code`` with ``args`` for the window to word, or the ``error``."""

    works: bool
    code: str = ""  # works | folder | read_only | no_mail
    args: tuple[str, ...] = ()
    error: UserFacingError | None = None


class MailPort(Protocol):
    def check(self, desk: Desk, row: Mapping[str, Any], password: str | None) -> Checked:
        """Try an account as it is written in a form."""
        ...

    def round(self, desk: Desk) -> MailRound:
        """Fetch from and send by every active mailbox once."""
        ...


def check(desk: Desk, row: Mapping[str, Any], password: str | None = None) -> Checked:
    """Try an account as it stands in the form; runs in the net lane."""
    if desk.mail is None:
        return Checked(False, "no_mail")
    return desk.mail.check(desk, row, password)


def round_(desk: Desk) -> MailRound:
    """One round of mail; runs in the net lane. Window, agent and command line of a profile never do it at once: a
    letter that one of them is sending would look to the other like one whose sender died."""
    if desk.mail is None:
        return MailRound(desk.clock.now())
    lock = FileLock(desk.profile.root / "mail.lock")
    if not lock.take():
        return MailRound(desk.clock.now(), busy=True)
    try:
        return desk.mail.round(desk)
    finally:
        lock.release()


def give_password(desk: Desk, mailbox_id: str, password: str) -> None:
    """Keep a mailbox's password in the keyring; NoKeyring is raised after it was kept for this run."""
    desk.secrets.set(f"mailbox:{mailbox_id}", password)
