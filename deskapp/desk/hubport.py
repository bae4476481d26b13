"""What the window, the mail room and the command line need of a shared desk; the composition root fills it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from deskapp.core.errors import UserFacingError
from deskapp.desk.values import Changes

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

#: The leases of what only one desktop does for the whole desk: mail, the watch over promises.
MAIL = "mail"
SLIPS = "slips"


@dataclass(frozen=True)
class Here:
    """A colleague at another desktop: the tickets that they look at and write in, what they write (``tab``, ``draft``:
    the beginning of it). ``ahead``: minutes by which their clock is ahead of this machine's, None while unknown."""

    replica: str
    who: str
    view: str = ""
    write: str = ""
    tab: str = ""
    draft: str = ""
    ahead: int | None = None


#: Clocks that differ by fewer minutes agree: dates are told to the half hour.
CLOCKS_AGREE = 5


def fast(others: Sequence[Here]) -> int:
    """Minutes by which this machine's clock is ahead of most colleagues', negative if behind; 0 where it agrees with
    at least half of them, or nobody's is known."""
    known = sorted((one.ahead for one in others if one.ahead is not None), key=abs)
    middle = known[(len(known) - 1) // 2] if known else 0
    return -middle if abs(middle) >= CLOCKS_AGREE else 0


@dataclass(frozen=True)
class SyncRound:
    """How a round went. ``kind``: alone, fresh, offline, conflict or error; ``waiting``: changes not in the hub yet;
    ``since``: the first of the rounds in a row that did not reach the hub."""

    kind: str
    at: datetime
    waiting: int = 0
    conflicts: int = 0
    changes: tuple[Changes, ...] = ()
    problem: UserFacingError | None = None
    since: datetime | None = None
    others: tuple[Here, ...] = ()
    moved_to: str = ""  # where the others have taken the shared desk
    full: bool = False  # offline because there is no room, though the store is there


@dataclass(frozen=True)
class PlaceCheck:
    """One thing that a shared store rests on. ``code``: safe (no synchronising program), writable, exclusive, delay,
    clock, version, account, rights, encrypted, careful (the server keeps what it acknowledged), free (no other desk
    there), same (this copy equals the others), unshared (not compared: changes wait here), numbers, other; ``value`` is
    a name or a figure with its unit; ``advice`` is a sentence of the desk, in English."""

    code: str
    ok: bool
    value: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Invitation:
    """What an invitation says. ``where`` holds neither a user's name nor a password."""

    where: str
    name: str
    needs_password: bool


@dataclass(frozen=True)
class Sharing:
    """Where the desk is shared. ``where`` without a password; ``moved_to``: the others have gone to another store."""

    where: str = ""
    kind: str = ""  # folder | postgres | "" for a desk that is alone
    name: str = ""
    replicas: int = 0
    reachable: bool = False
    problem: str = ""
    waiting: int = 0
    mail_by: str = ""  # the specialist whose machine fetches the mail
    moved_to: str = ""
    has_password: bool = False


#: Called with what is done and all of it, in bytes or steps; any thread.
Progress = Callable[[int, int], None]


#: So much of what somebody writes is shown to the others.
DRAFT_SHOWN = 1_500


class HubPort(Protocol):
    def shared(self, desk: Desk) -> bool:
        """Whether the desk has a hub at all."""
        ...

    def round(self, desk: Desk) -> SyncRound:
        """One round; a hub that cannot be reached is a kind of outcome, not an error."""
        ...

    def fetch_file(self, desk: Desk, sha256: str) -> bool:
        """Bring a file of the desk to this machine; whether it is here now."""
        ...

    def holds(self, lease: str) -> bool:
        """Whether this process may do what the lease is for: fetch and send mail."""
        ...

    def present(self, view: str, write: str, tab: str = "", draft: str = "") -> None:
        """Tell the others with the next round which ticket is looked at and which is written in; any thread."""
        ...

    def wait(self, seconds: float) -> bool:
        """Wait for a sign that a colleague has shared something; False after ``seconds``, and at once where the hub
        cannot give one. Any thread, while rounds go on."""
        ...

    def sharing(self, desk: Desk) -> Sharing:
        """Where the desk stands; never raises for a store that cannot be reached."""
        ...

    def try_place(self, desk: Desk, where: str, password: str | None) -> tuple[PlaceCheck, ...]:
        """Whether a folder or a database could hold this desk; what is not ok must be mended first. Leaves nothing
        behind. UserFacingError if nothing can be tried at all (no server, wrong password)."""
        ...

    def share(self, desk: Desk, where: str, password: str | None, progress: Progress | None = None) -> str:
        """Move this lone desk into a shared store, or the shared one to another store; the invitation's line."""
        ...

    def invite(self, desk: Desk) -> str:
        """The line by which a colleague joins; holds neither a user's name nor a password."""
        ...

    def read_invitation(self, text: str) -> Invitation:
        """UserFacingError if the text is no invitation."""
        ...

    def with_user(self, where: str, user: str) -> str:
        """The address of a database as this user's; a folder stays as it is."""
        ...

    def join(
        self, desk: Desk, invitation: str, password: str | None, where: str, progress: Progress | None = None
    ) -> Changes:
        """Fill this empty desk from a shared store. ``where``: the store as it is called on this machine, a user's name
        included. UserFacingError, and nothing is changed, if there is work in this desk already."""
        ...

    def follow(self, desk: Desk, password: str | None, where: str = "") -> SyncRound:
        """Go where the others have moved the store to."""
        ...

    def compare(self, desk: Desk) -> tuple[PlaceCheck, ...]:
        """Whether the store is safe and this copy is what the others are."""
        ...

    def rebuild(self, desk: Desk) -> SyncRound:
        """Make this copy anew from the store; what is not shared yet is kept."""
        ...

    def leave(self, desk: Desk) -> None:
        """Be alone again, with everything that is here."""
        ...

    def give_password(self, desk: Desk, password: str) -> None:
        """Keep the store's password in the keyring; NoKeyring is raised after it was kept for this run."""
        ...

    def resign(self, desk: Desk) -> None:
        """Give the leases of this process back, so that others take over at once. UserFacingError if nobody hears."""
        ...


def round_(desk: Desk) -> SyncRound:
    """One round; runs in the lane of the hub."""
    return desk.hub.round(desk) if desk.hub is not None else SyncRound("alone", desk.clock.now())


def may(desk: Desk, lease: str) -> bool:
    """Whether this process may act for the whole desk: always where it is alone."""
    return desk.hub is None or not desk.hub.shared(desk) or desk.hub.holds(lease)


# --- for the window: each runs in the lane of the hub --------------------------------------------------------------


def _port(desk: Desk) -> HubPort:
    if desk.hub is None:
        raise UserFacingError("Sharing does not run in this process", "Open the window anew, then try again.")
    return desk.hub


def sharing(desk: Desk) -> Sharing:
    return _port(desk).sharing(desk)


def try_place(desk: Desk, where: str, password: str | None) -> tuple[PlaceCheck, ...]:
    return _port(desk).try_place(desk, where, password)


def share(desk: Desk, where: str, password: str | None, progress: Progress | None = None) -> str:
    return _port(desk).share(desk, where, password, progress)


def invite(desk: Desk) -> str:
    return _port(desk).invite(desk)


def read_invitation(desk: Desk, text: str) -> Invitation:
    return _port(desk).read_invitation(text)


def with_user(desk: Desk, where: str, user: str) -> str:
    return _port(desk).with_user(where, user)


def join(desk: Desk, invitation: str, password: str | None, where: str, progress: Progress | None = None) -> Changes:
    return _port(desk).join(desk, invitation, password, where, progress)


def follow(desk: Desk, password: str | None, where: str = "") -> SyncRound:
    return _port(desk).follow(desk, password, where)


def compare(desk: Desk) -> tuple[PlaceCheck, ...]:
    return _port(desk).compare(desk)


def rebuild(desk: Desk) -> SyncRound:
    return _port(desk).rebuild(desk)


def leave(desk: Desk) -> None:
    _port(desk).leave(desk)


def give_password(desk: Desk, password: str) -> None:
    """NoKeyring is raised after the password was kept for this run."""
    _port(desk).give_password(desk, password)
