"""Places that could hold a shared desk: whether they can, and where this desk stands; in codes that a window words."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path

from deskapp.core.errors import UserFacingError
from deskapp.core.paths import path_of
from deskapp.desk.desk import Desk
from deskapp.desk.doctor import Finding
from deskapp.desk.hubport import MAIL, PlaceCheck, Sharing
from deskapp.sync.hub import commands, share
from deskapp.sync.hub.files import Files
from deskapp.sync.hub.state import HubState

#: How a finding begins -> its code.
_CODES = (
    ("No synchronising program", "safe"),
    ("Writable", "writable"),
    ("Exclusive publishing", "exclusive"),
    ("Delay", "delay"),
    ("Clock", "clock"),
    ("PostgreSQL", "version"),
    ("Account", "account"),
    ("Rights", "rights"),
    ("Encrypted connection", "encrypted"),
    ("Connection on this machine", "encrypted"),
    ("Open connection", "encrypted"),
    ("The server keeps what", "careful"),
    ("This replica", "same"),
    ("Not compared", "unshared"),
    ("Ticket numbers given twice", "numbers"),
)


class Moved(UserFacingError):
    """The others have taken the shared desk to another store; this replica has not followed yet."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "The shared desk has moved",
            "It is at %1 now. Everything that you do here is kept and goes along once you follow.",
            where,
        )


def told(findings: Iterable[Finding]) -> tuple[PlaceCheck, ...]:
    """Findings by their codes; one of no known code is told as it is."""
    found = []
    for one in findings:
        code = next((code for beginning, code in _CODES if one.what.startswith(beginning)), "other")
        value = one.what.partition(":")[2].strip() if ":" in one.what else ""
        if code == "version":
            value = one.what.removeprefix("PostgreSQL").strip()
        if code == "safe" and not one.ok:
            value = one.advice.partition(" copies this folder")[0]
        if code == "other":
            value = one.what
        found.append(PlaceCheck(code, one.ok, value, "" if one.ok else one.advice))
    return tuple(found)


def try_place(where: str, password: str | None) -> tuple[PlaceCheck, ...]:
    """Whether a folder or a database could hold a desk that is not there yet."""
    if not where.strip():
        raise UserFacingError("Say where", "Choose a folder of a network share, or give the address of a database.")
    if "://" in where and not where.startswith("file://"):
        if not where.startswith(("postgres://", "postgresql://")):
            raise UserFacingError(
                "This is no address of a shared store", "It begins with postgresql:// or is a folder: %1.", where
            )
        findings = importlib.import_module("deskapp.sync.hub.postgres_try").findings(where, password)
        return (*told(findings[:-1]), PlaceCheck("free", findings[-1].ok, "", findings[-1].advice))
    folder = Path(path_of(where)).expanduser().absolute()
    if not folder.is_dir():
        raise UserFacingError("There is no such folder", "%1 cannot be reached from this machine.", folder)
    program = share.synchronised_by(folder)
    if program:  # nothing is written there
        return (PlaceCheck("safe", False, program),)
    taken = any(path.name.startswith("hub-") and path.suffix == ".json" for path in folder.iterdir())
    return (*told(share.check(folder, Files())), PlaceCheck("free", not taken))


def sharing(desk: Desk) -> Sharing:
    """Where the desk stands; a store that cannot be reached is told as a problem."""
    state = HubState(desk.replica)
    name = str(desk.schedule.rule.get("desk_name") or "")
    if not state.where:
        return Sharing(name=name)
    status = commands.status(desk)
    holder = next((replica for lease, replica, _token in status.leases if lease == MAIL), "")
    beat = (status.replicas or {}).get(holder, {})
    return Sharing(
        where=state.where,
        kind="postgres" if "://" in state.where else "folder",
        name=name,
        replicas=len(commands.taking_part(desk, status.replicas or {})),
        reachable=status.reachable,
        problem=status.problem,
        waiting=status.waiting,
        mail_by=str(beat.get("who") or ""),
        moved_to=commands.moved_to(desk),
        has_password=desk.secrets.get(commands.SECRET) is not None,
    )
