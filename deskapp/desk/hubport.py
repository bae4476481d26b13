"""What the window, the mail room and the command line need of a shared desk; the composition root fills it in."""

from __future__ import annotations

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
    the beginning of it)."""

    replica: str
    who: str
    view: str = ""
    write: str = ""
    tab: str = ""
    draft: str = ""


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

    def resign(self, desk: Desk) -> None:
        """Give the leases of this process back, so that others take over at once. UserFacingError if nobody hears."""
        ...


def round_(desk: Desk) -> SyncRound:
    """One round; runs in the lane of the hub."""
    return desk.hub.round(desk) if desk.hub is not None else SyncRound("alone", desk.clock.now())


def may(desk: Desk, lease: str) -> bool:
    """Whether this process may act for the whole desk: always where it is alone."""
    return desk.hub is None or not desk.hub.shared(desk) or desk.hub.holds(lease)
