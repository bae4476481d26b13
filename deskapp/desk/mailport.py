"""What the window needs of the mail: a test of an account, a round of fetching and sending, and how it went.

The desk knows no mail server; the composition root puts the mail room into ``Desk.mail``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.locks import FileLock
from deskapp.desk import mailkeys
from deskapp.desk.values import Changes
from deskapp.models.schema import Mailbox

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

_PAUSED = "mail_paused"


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
    behind: int = 0  # letters that are known to lie on the servers still: the next round is due at once
    paused: bool = False  # a person has stopped the reading
    busy: bool = False  # another process of this profile was at it: nothing was done here


@dataclass(frozen=True)
class Checked:
    """How the trial of an account ended: a ``code`` with ``args`` for the window to word, or the ``error``."""

    works: bool
    code: str = ""  # works | folder | read_only | no_mail
    args: tuple[str, ...] = ()
    error: UserFacingError | None = None


@dataclass(frozen=True)
class SignIn:
    """A sign-in that was begun: the person opens ``page`` on any device and enters ``code`` within ``seconds``."""

    mailbox_id: str
    code: str
    page: str
    seconds: float
    every: float  # seconds between questions whether it is done
    flow: Mapping[str, Any] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class Detected:
    """What an address tells of its mailbox: ``kind`` and ``options`` as an account row has them, and whose it is.

    ``code``: known (a provider by name) | exchange | online | records (the domain tells) | guess | nothing.
    """

    code: str
    kind: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    app_password: bool = False  # the provider takes only a password made for applications


@dataclass(frozen=True)
class PreviewLetter:
    """A letter that lies in a mailbox. ``outcome``: created, joined, ignored, known (taken in before) or broken."""

    at: datetime
    sender: str
    subject: str
    outcome: str
    automatic: bool = False


@dataclass(frozen=True)
class MailPreview:
    """What a first reading would bring: ``total`` letters, of which the newest were read, oldest first."""

    total: int
    oldest: datetime | None
    letters: tuple[PreviewLetter, ...]

    def since(self, at: datetime | None) -> dict[str, int]:
        """How many of the letters read would become what, from a moment on: {outcome: letters}."""
        found = dict.fromkeys(("created", "joined", "ignored", "known", "broken"), 0)
        for letter in self.letters:
            if at is None or letter.at >= at:
                found[letter.outcome] += 1
        return found


class MailPort(Protocol):
    #: Called from any thread when a server says that a letter came; a round is due then.
    woken: Callable[[], None] | None

    def check(self, desk: Desk, row: Mapping[str, Any], password: str | None) -> Checked:
        """Try an account as it is written in a form."""
        ...

    def preview(self, desk: Desk, row: Mapping[str, Any], password: str | None) -> MailPreview:
        """Look at what lies in a mailbox; nothing is taken in, marked or answered."""
        ...

    def round(self, desk: Desk) -> MailRound:
        """Fetch from and send by every active mailbox once."""
        ...

    def take_in(self, desk: Desk, paths: Sequence[str], progress: Callable[[int, int], bool]) -> Changes:
        """Make tickets of letters in files, folders, mbox and zip; nobody is answered. ``Changes.result``: how many
        were made, joined a ticket, and could not be read."""
        ...

    def close(self) -> None:
        """Let go of all connections and of whoever waits at one."""
        ...

    def detect(self, desk: Desk, address: str) -> Detected:
        """Find out where the mailbox of an address is; no password leaves."""
        ...

    def begin_sign_in(self, desk: Desk, row: Mapping[str, Any]) -> SignIn:
        """Begin a sign-in at the provider of an account."""
        ...

    def step_sign_in(self, desk: Desk, sign_in: SignIn) -> str | None:
        """Ask once whether it is done: the name that signed in, or None."""
        ...


def check(desk: Desk, row: Mapping[str, Any], password: str | None = None) -> Checked:
    """Try an account as it stands in the form; runs in the net lane."""
    if desk.mail is None:
        return Checked(False, "no_mail")
    return desk.mail.check(desk, row, password)


def preview(desk: Desk, row: Mapping[str, Any], password: str | None = None) -> MailPreview:
    """What lies in the mailbox of a form, and what it would become; runs in the net lane."""
    return desk.mail.preview(desk, row, password) if desk.mail is not None else MailPreview(0, None, ())


def begin_reading(desk: Desk, mailbox_id: str, at: datetime | None) -> Changes:
    """Take a mailbox into use. Letters that came before ``at`` stay there unread (None: all are read); those that came
    before the mailbox was added are answered by nobody either way."""
    from deskapp.core.clock import to_ms
    from deskapp.desk import setup

    row = next(row for row in setup.mailboxes(desk) if row["id"] == mailbox_id)
    options = {key: value for key, value in row["options"].items() if key != "since"}
    before = row["options"].get("since")
    if before is not None and (at is None or to_ms(at) < before):
        # the servers' own count has passed over the older ones: all are listed once more, and known ones recognised
        desk.replica.set_state(f"mail_state:{mailbox_id}", "")
    if at is not None:
        options["since"] = to_ms(at)
    return setup.save_mailbox(desk, {**row, "active": 1, "options": options})


def pause_reading(desk: Desk, paused: bool) -> None:
    """Take no more letters in, or go on; they wait on their servers, ours leave all the same. Kept over restarts."""
    desk.replica.set_state(_PAUSED, "1" if paused else "")


def reading_paused(desk: Desk) -> bool:
    return bool(desk.replica.state(_PAUSED))


def round_(desk: Desk, woken: Callable[[], None] | None = None) -> MailRound:
    """One round of mail; runs in the net lane. ``woken`` is called, from any thread, when a server says that a letter
    came. Window, agent and command line of a profile never do it at once: a
    letter that one of them is sending would look to the other like one whose sender died."""
    if desk.mail is None:
        return MailRound(desk.clock.now())
    desk.mail.woken = woken
    lock = FileLock(desk.profile.root / "mail.lock")
    if not lock.take():
        return MailRound(desk.clock.now(), busy=True)
    try:
        return desk.mail.round(desk)
    finally:
        lock.release()


def take_in(desk: Desk, paths: Sequence[str], progress: Callable[[int, int], bool]) -> Changes:
    """Letters of before become tickets; each is a step of its own, so that stopping keeps what was read. Writer's
    lane; ``progress(done, total)`` says whether to go on, the total growing as letters are found."""
    return Changes(result=(0, 0, 0)) if desk.mail is None else desk.mail.take_in(desk, paths, progress)


def detect(desk: Desk, address: str) -> Detected:
    """Where the mailbox of an address is; runs in the net lane, some seconds at most."""
    return desk.mail.detect(desk, address) if desk.mail is not None else Detected("nothing")


def begin_sign_in(desk: Desk, row: Mapping[str, Any]) -> SignIn:
    """Begin a sign-in; runs in the net lane. UserFacingError where the provider does not know the application."""
    if desk.mail is None:
        raise UserFacingError("Mail does not run in this process", "Nothing was changed.")
    return desk.mail.begin_sign_in(desk, row)


def step_sign_in(desk: Desk, sign_in: SignIn) -> str | None:
    """Ask once whether a sign-in is done, in the net lane: the name that signed in, or None.

    NoKeyring is raised after it was kept for this run; UserFacingError when it was declined or is too late.
    """
    return desk.mail.step_sign_in(desk, sign_in) if desk.mail is not None else None


def give_password(desk: Desk, mailbox_id: str, password: str) -> None:
    """Keep a mailbox's password in the keyring; NoKeyring is raised after it was kept for this run."""
    row = desk.replica.record(Mailbox, mailbox_id)
    if row is None:
        raise Lapsed("This mailbox is gone", "Somebody has taken it away. Nothing was changed.")
    mailkeys.keep(desk, row, password)
