"""Passwords of mailboxes, each kept together with the servers that it was given for.

The row of a mailbox is shared. Whoever writes it on another machine, or into a poisoned share, could name a server of
their own, to which every machine would then hand its password. So a password goes only where it was meant for; for
another place a person types it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from deskapp.core.errors import UserFacingError
from deskapp.core.secrets import NoKeyring
from deskapp.desk.desk import Desk

#: Options that do not say where to, as whom or how safely: folders, marks, what is asked for.
_HARMLESS = frozenset(
    {
        "after",
        "calendar",
        "category",
        "folder",
        "idle",
        "keep_sent",
        "mailbox",
        "processed",
        "sent_folder",
        "since",
        "stream",
    }
)


class OtherServer(UserFacingError):
    """The mailbox names other servers than those that the password was given for."""

    def __init__(self, address: str) -> None:
        super().__init__(
            "The password of %1 was given for another server",
            "The mailbox names other servers now, here or by a colleague. The password was not sent there. If they are "
            "right, type it once more in Settings, Mail.",
            address,
        )


def keep(desk: Desk, row: Mapping[str, Any], secret: str) -> None:
    """Keep the secret of a mailbox for the servers of ``row``; NoKeyring is raised after it was kept for this run."""
    try:
        desk.secrets.set(_bound(row), _where(row))
    finally:
        desk.secrets.set(f"mailbox:{row['id']}", secret)


def secret(desk: Desk, row: Mapping[str, Any]) -> str | None:
    """The secret of a mailbox, None where this machine has none; OtherServer where it is meant for another place."""
    found = desk.secrets.get(f"mailbox:{row.get('id', '')}")
    if found is None:
        return None
    bound, now = desk.secrets.get(_bound(row)), _where(row)
    if bound is None:  # a key ring of somebody else's making: bound from here on
        with suppress(NoKeyring):
            desk.secrets.set(_bound(row), now)
    elif bound != now:
        raise OtherServer(str(row.get("address", "")))
    return found


def knows(desk: Desk, row: Mapping[str, Any]) -> bool:
    """Whether there is a secret that may be used."""
    try:
        return secret(desk, row) is not None
    except OtherServer:
        return False


def forget(desk: Desk, mailbox_id: str) -> None:
    desk.secrets.delete(f"mailbox:{mailbox_id}")
    desk.secrets.delete(_bound({"id": mailbox_id}))


def _bound(row: Mapping[str, Any]) -> str:
    return f"mailbox:{row.get('id', '')}:for"


def _where(row: Mapping[str, Any]) -> str:
    options = row.get("options") or {}
    if isinstance(options, str):
        options = json.loads(options)
    told = {name: value for name, value in options.items() if name not in _HARMLESS and value not in ("", None)}
    whole = [row.get("kind"), str(row.get("address", "")).strip().lower(), told]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
