"""An account row as what fetches and sends: which transport, with which password or tokens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.core.sealed import SealedFile, new_key
from deskapp.desk import mailkeys
from deskapp.desk.desk import Desk
from deskapp.desk.mailport import SignIn
from deskapp.sync.mail.tokens import MicrosoftTokens, RefreshTokens, TokenSource, lives
from deskapp.sync.mail.transports import Transport

if TYPE_CHECKING:
    from deskapp.sync.mail.calendar import CalendarLine


def options_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The options of an account row, whether they come parsed or as text."""
    options = row.get("options") or {}
    return dict(json.loads(options) if isinstance(options, str) else options)


def signs_in(row: Mapping[str, Any]) -> bool:
    """Whether a person signs in at Microsoft, in place of a password."""
    return row["kind"] == "graph" or (row["kind"] == "imap" and options_of(row).get("auth") == "microsoft")


def needs_password(row: Mapping[str, Any]) -> bool:
    """Whether nothing goes without a secret in the keyring: a password, or the key of what is kept of a sign-in."""
    return row["kind"] in ("imap", "ews", "graph")


def transport_for(desk: Desk, row: Mapping[str, Any], password: str | None) -> Transport:
    """The transport of an account row (``kind``, ``address``, ``options``). UserFacingError for an unknown kind."""
    options, address = options_of(row), str(row["address"])
    if row["kind"] == "folder":
        from deskapp.sync.mail.folder import FolderTransport

        return FolderTransport(options)
    if row["kind"] == "imap":
        from deskapp.sync.mail.imap_smtp import ImapSmtpTransport

        return ImapSmtpTransport(options, address, password or "", tokens_for(desk, row, password))
    if row["kind"] == "ews":
        from deskapp.sync.mail.ews import EwsTransport

        return EwsTransport(options, address, password or "")
    if row["kind"] == "graph":
        from deskapp.sync.mail.graph import GraphTransport

        tokens = tokens_for(desk, row, password)
        assert tokens is not None
        return GraphTransport(options, address, tokens)
    raise UserFacingError("This kind of mailbox is not known", "“%1”. Choose IMAP, Exchange or a folder.", row["kind"])


def calendar_of(desk: Desk, row: Mapping[str, Any], whose: str) -> CalendarLine:
    """The calendar of a person, by an account that may write to it."""
    options, address = options_of(row), str(row["address"])
    secret = mailkeys.secret(desk, row) or ""
    if row["kind"] == "graph":
        from deskapp.sync.mail.graph_calendar import GraphCalendar

        tokens = tokens_for(desk, row, secret)
        assert tokens is not None
        return GraphCalendar(options, address, whose, tokens)
    from deskapp.sync.mail.ews_calendar import EwsCalendar

    return EwsCalendar(options, address, secret, whose)


def tokens_for(desk: Desk, row: Mapping[str, Any], secret: str | None) -> TokenSource | None:
    """Where the access tokens of an account come from; None for one with a plain password."""
    options, address = options_of(row), str(row["address"])
    if signs_in(row):
        return microsoft(desk, row, secret or "")
    if row["kind"] == "imap" and options.get("auth") == "refresh":
        return RefreshTokens(options, address, secret or "", sealed(desk, row, secret or ""))
    return None


def microsoft(desk: Desk, row: Mapping[str, Any], key: str) -> MicrosoftTokens:
    """The sign-in of an account; ``key`` opens what is kept of it."""
    purpose = "graph" if row["kind"] == "graph" else "imap"
    return MicrosoftTokens(options_of(row), str(row["address"]), sealed(desk, row, key), purpose)


class SignIns:
    """Sign-ins that were begun, by mailbox. What an older one left stays good until the new one is done."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[str, MicrosoftTokens, Mapping[str, Any]]] = {}

    def begin(self, desk: Desk, row: Mapping[str, Any]) -> SignIn:
        if not signs_in(row):
            raise UserFacingError("This mailbox has a password", "Nobody signs in to it. Nothing was changed.")
        mailbox = str(row["id"])
        self._end(mailbox)
        key = new_key()
        tokens = microsoft(desk, row, key)
        flow = tokens.begin()
        self._begun[mailbox] = (key, tokens, dict(row))
        every = float(flow.get("interval") or 5)
        return SignIn(mailbox, str(flow["user_code"]), str(flow["verification_uri"]), lives(flow), every, flow)

    def step(self, desk: Desk, sign_in: SignIn) -> str | None:
        """NoKeyring is raised when all is done, but the key is kept for this run alone."""
        if sign_in.mailbox_id not in self._begun:
            return None
        key, tokens, row = self._begun[sign_in.mailbox_id]
        try:
            name = tokens.step(dict(sign_in.flow))
        except EnvironmentTrouble:
            return None  # the next question may get through
        except UserFacingError:
            self._end(sign_in.mailbox_id)
            raise
        if name is not None:
            self._end(sign_in.mailbox_id)
            mailkeys.keep(desk, row, key)
        return name

    def _end(self, mailbox: str) -> None:
        begun = self._begun.pop(mailbox, None)
        if begun is not None:
            begun[1].close()


def sealed(desk: Desk, row: Mapping[str, Any], key: str) -> SealedFile:
    return SealedFile(place(desk, str(row.get("id") or "")), key)


def place(desk: Desk, mailbox_id: str) -> Path:
    """The file with what is kept of a sign-in on this machine."""
    name = "".join(sign for sign in mailbox_id if sign.isalnum() or sign in "-_") or "new"
    return desk.profile.root / "sealed" / name
