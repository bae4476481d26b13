"""Access tokens instead of passwords: Microsoft's by device code, other providers' by a refresh token.

The only file that knows msal. What is kept lies in a sealed file; its key is the mailbox's secret in the keyring.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any, Protocol

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.core.sealed import SealedFile
from deskapp.sync.mail.web import Web

log = logging.getLogger(__name__)

AUTHORITY = "https://login.microsoftonline.com"
GRAPH = "https://graph.microsoft.com"
#: Where the large providers give a new access token for a refresh token.
TOKEN_URLS = {
    "gmail.com": "https://oauth2.googleapis.com/token",
    "googlemail.com": "https://oauth2.googleapis.com/token",
    "yandex.ru": "https://oauth.yandex.ru/token",
    "yandex.com": "https://oauth.yandex.ru/token",
    "mail.ru": "https://o2.mail.ru/token",
}
_IMAP_SCOPES = ("https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send")
#: What a token server answers when a person has to sign in again (RFC 6749, OpenID Connect core).
_SIGN_IN_AGAIN = ("invalid_grant", "interaction_required", "login_required", "consent_required")
_EARLY = 300.0  # seconds before its end a token is no longer used


class SignInNeeded(WrongPassword):
    """The tokens are gone, spent or withdrawn: a person signs in again."""

    def __init__(self, address: str) -> None:
        super().__init__(
            "Sign in to the mailbox again",
            "The provider of %1 asks for it. Letters stay in the mailbox; sign in under Settings, Mail.",
            address,
        )


class TokenSource(Protocol):
    """Gives access tokens for one account. Raises SignInNeeded, EnvironmentTrouble."""

    def token(self, fresh: bool = False) -> str:
        """A token that is good for some minutes; ``fresh``: another one than before, since that was refused."""
        ...


class MicrosoftTokens:
    """``options``: client_id (of the application that the company registered), tenant, authority, graph, mailbox,
    calendar. ``purpose``: graph or imap."""

    def __init__(self, options: Mapping[str, Any], address: str, kept: SealedFile, purpose: str = "graph") -> None:
        self._client_id = str(options.get("client_id") or "").strip()
        tenant = str(options.get("tenant") or "organizations").strip()
        self._authority = f"{str(options.get('authority') or AUTHORITY).rstrip('/')}/{tenant}"
        self._known = "authority" not in options
        self._address = address
        self._kept = kept
        self._scopes = list(_IMAP_SCOPES if purpose == "imap" else graph_scopes(options, address))
        self._web = Web(options)
        self._lock = threading.RLock()
        self._app: Any = None
        self._cache: Any = None
        if not self._client_id:
            raise UserFacingError(
                "The application id is not set",
                "Microsoft lets in only registered applications. The administrator of %1 registers one and gives its "
                "id; enter it in the settings of the mailbox.",
                address.rpartition("@")[2] or address,
            )

    def token(self, fresh: bool = False) -> str:
        """From the cache, renewed silently; see TokenSource."""
        with self._lock:
            app = self._opened()
            accounts = app.get_accounts()
            if not accounts:
                raise SignInNeeded(self._address)
            found = self._talk(
                lambda: app.acquire_token_silent_with_error(self._scopes, accounts[0], force_refresh=fresh)
            )
            if not found:
                raise SignInNeeded(self._address)
            if "access_token" not in found:
                raise self._refused(found)
            return str(found["access_token"])

    def begin(self) -> dict[str, Any]:
        """Start a sign-in: user_code, verification_uri, expires_at and what `step` needs."""
        with self._lock:
            app = self._opened()
            flow: dict[str, Any] = self._talk(lambda: app.initiate_device_flow(self._scopes))
            if "user_code" not in flow:
                raise self._refused(flow)
            return flow

    def step(self, flow: dict[str, Any]) -> str | None:
        """Ask once whether the person has signed in: None while not, then the account's name. The tokens are kept.

        UserFacingError when the sign-in was declined or took too long.
        """
        with self._lock:
            app = self._opened()
            found = self._talk(lambda: app.acquire_token_by_device_flow(flow, exit_condition=lambda _flow: True))
            if "access_token" in found:
                accounts = app.get_accounts()
                return str(accounts[0].get("username") if accounts else "") or self._address
            error = str(found.get("error") or "")
            if error in ("authorization_pending", "slow_down"):
                return None
            if error in ("expired_token", "code_expired"):
                raise UserFacingError("The code is too old", "Nobody entered it in time. Begin the sign-in again.")
            if error in ("authorization_declined", "access_denied"):
                raise UserFacingError("The sign-in was declined", "Nothing was changed. Begin again when it is right.")
            raise self._refused(found)

    def close(self) -> None:
        self._web.close()

    def _opened(self) -> Any:
        if self._app is None:
            import msal

            for name in ("msal", "msal.application", "msal.telemetry", "msal.token_cache"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # its debug lines hold answers with tokens
            self._cache = msal.SerializableTokenCache()
            kept = self._kept.read()
            if kept:
                try:
                    self._cache.deserialize(kept)
                except ValueError:
                    log.warning("the kept sign-in of a mailbox could not be read")

            self._app = self._talk(
                lambda: msal.PublicClientApplication(
                    self._client_id,
                    authority=self._authority,
                    token_cache=self._cache,
                    http_client=self._web,
                    # Only the public cloud is asked whether an authority exists; others are as the settings say.
                    instance_discovery=None if self._known else False,
                )
            )
        return self._app

    def _talk(self, work: Any) -> Any:
        """Speak with the token server; what the cache learnt is kept at once, since old refresh tokens may die."""
        from msal.exceptions import MsalError

        try:
            found = work()
        except (OSError, ValueError, MsalError) as error:  # a page instead of an answer, a 5xx, an unknown tenant
            words = " ".join(str(error).split())[:200]
            raise EnvironmentTrouble(
                "The sign-in server cannot be used", "%1: %2. It is tried again.", self._authority, words
            ) from error
        if self._cache is not None and self._cache.has_state_changed:
            try:
                self._kept.write(self._cache.serialize())
                self._cache.has_state_changed = False
            except OSError as error:
                log.warning("the sign-in of a mailbox could not be kept: %s", type(error).__name__)
        return found

    def _refused(self, found: Mapping[str, Any]) -> UserFacingError:
        error = str(found.get("error") or "")
        if error in _SIGN_IN_AGAIN:
            return SignInNeeded(self._address)
        if error in ("temporarily_unavailable", "server_error", "service_unavailable") or not error:
            return EnvironmentTrouble("The sign-in server is busy", "%1. It is tried again.", error or self._authority)
        # Its first line names what is wrong with the registration; the rest are traces.
        words = str(found.get("error_description") or error).splitlines()[0][:300]
        return UserFacingError(
            "The sign-in server refuses the application", "%1. Check the application id and the tenant.", words
        )


class RefreshTokens:
    """``options``: token_url, client_id, client_secret. The password of the mailbox is a refresh token; a newer one
    that the provider gives is kept sealed under it."""

    def __init__(self, options: Mapping[str, Any], address: str, refresh: str, kept: SealedFile) -> None:
        domain = address.rpartition("@")[2].lower()
        self._url = str(options.get("token_url") or TOKEN_URLS.get(domain) or "")
        self._client = {
            key: str(options[key]) for key in ("client_id", "client_secret") if str(options.get(key) or "").strip()
        }
        self._address = address
        self._refresh = refresh
        self._kept = kept
        self._web = Web(options)
        self._lock = threading.Lock()
        self._dead = False
        if not self._url.startswith("https://"):
            raise UserFacingError(
                "The token server is not set", "Enter its https address in the settings of the mailbox %1.", address
            )

    def token(self, fresh: bool = False) -> str:
        with self._lock:
            known = self._known()
            if not fresh and known.get("access") and float(known.get("until") or 0) > time.time() + _EARLY:
                return str(known["access"])
            if self._dead:
                raise SignInNeeded(self._address)
            refresh = str(known.get("refresh") or self._refresh)
            asked = {"grant_type": "refresh_token", "refresh_token": refresh} | self._client
            answer = self._web.ask("POST", self._url, data=asked, headers={"Accept": "application/json"})
            found = answer.json()
            if answer.status in (400, 401, 403) and str(found.get("error") or "invalid_grant") in _SIGN_IN_AGAIN:
                self._dead = True
                raise SignInNeeded(self._address)
            if not answer.good or not found.get("access_token"):
                words = str(found.get("error") or answer.status)
                raise EnvironmentTrouble(
                    "The sign-in server cannot be used",
                    "%1: %2. It is tried again.",
                    self._url,
                    words,
                    retry_after=answer.retry_after(),
                )
            until = time.time() + float(found.get("expires_in") or 3600)
            fresh_one = str(found.get("refresh_token") or refresh)
            kept = {"access": str(found["access_token"]), "until": until, "refresh": fresh_one}
            try:
                self._kept.write(json.dumps(kept))
            except OSError as error:
                log.warning("the token of a mailbox could not be kept: %s", type(error).__name__)
            self._memory = kept
            return str(found["access_token"])

    _memory: dict[str, Any] | None = None

    def _known(self) -> dict[str, Any]:
        if self._memory is None:
            try:
                self._memory = json.loads(self._kept.read() or "{}")
            except ValueError:
                self._memory = {}
        return self._memory or {}

    def close(self) -> None:
        self._web.close()


def graph_scopes(options: Mapping[str, Any], address: str) -> list[str]:
    """No more than what is used: letters of the own mailbox, those of a shared one, the calendar where asked for."""
    base = str(options.get("graph") or GRAPH).rstrip("/")
    shared = ".Shared" if is_shared(options, address) else ""
    names = [f"Mail.ReadWrite{shared}", f"Mail.Send{shared}"]
    if options.get("calendar"):
        names.append("Calendars.ReadWrite" + (".Shared" if options["calendar"] == "people" else ""))
    return [f"{base}/{name}" for name in names]


def is_shared(options: Mapping[str, Any], address: str) -> bool:
    """Whether the mailbox is another than that of whoever signs in."""
    login = str(options.get("login") or address).lower()
    return login != str(options.get("mailbox") or address).lower()


def lives(flow: Mapping[str, Any]) -> float:
    """Seconds for which the code of a started sign-in works."""
    return float(flow.get("expires_in") or 900)
