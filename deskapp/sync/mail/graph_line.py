"""The connection to Exchange Online: what Microsoft Graph's answers mean to us."""

from __future__ import annotations

import json as json_
import threading
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.sync.mail.tokens import GRAPH, SignInNeeded, TokenSource, is_shared
from deskapp.sync.mail.transports import LetterRefused, Undecided
from deskapp.sync.mail.web import Answer, Lost, Web

#: Seconds that a busy server is waited for here; a longer time ends the round and comes with the error.
PATIENCE = 5.0
_DEFAULT_BACK_OFF = 10.0
_TRIES = 4
#: Ids that stay when a letter is moved, by us or by a person.
_PREFER = 'IdType="ImmutableId"'
_KEPT = "%1. Letters stay in the mailbox; it is tried again."


class GraphLine:
    """``options``: mailbox (where it is another than that of whoever signs in), login, graph, ca_file."""

    def __init__(self, options: Mapping[str, Any], address: str, tokens: TokenSource) -> None:
        self._base = f"{str(options.get('graph') or GRAPH).rstrip('/')}/v1.0"
        self._host = self._base.split("/")[2]
        self.mailbox = str(options.get("mailbox") or address)
        self._root = f"/users/{quote(self.mailbox)}" if is_shared(options, address) else "/me"
        self._address = address
        self._tokens = tokens
        self._web = Web(options)
        self._stop = threading.Event()
        self._refused = False

    def ask(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        sending: bool = False,
        prefer: str = "",
        most: int | None = None,
    ) -> Answer:
        """A request below the mailbox, or to a whole address that Graph itself gave. Answers of success, and "no such
        thing" (404, 410), come back; all others are raised as ours.

        What a busy server asks to wait is waited for if it is short; a broken connection is tried again at once, but
        never while a letter leaves (``sending``).
        """
        if self._refused:
            raise SignInNeeded(self._address)
        url = path if path.startswith("https://") else f"{self._base}{self._root}{path}"
        headers = {"Prefer": ", ".join([_PREFER, *([prefer] if prefer else [])])}
        fresh = broke = False
        for tries in range(_TRIES):
            bearer = self._token(fresh)
            try:
                answer = self._web.ask(method, url, headers, json, bearer=bearer, most=most)
            except Lost as lost:
                if sending and lost.left:
                    raise _undecided(lost.args_[-1]) from lost
                if lost.broke and not broke and not sending:
                    broke = True
                    continue
                raise
            if answer.good or answer.status in (404, 410):
                return answer
            if answer.status == 401 and not fresh:
                fresh = True
                continue
            if answer.status == 401:
                self._refused = True
                raise SignInNeeded(self._address)
            wait = self._back_off(answer, sending)
            if wait is None:
                raise self.trouble(answer, sending)
            if wait > PATIENCE or tries == _TRIES - 1 or self._stop.wait(wait):
                raise EnvironmentTrouble("The mail server is busy", _KEPT, self._host, retry_after=wait)
        raise EnvironmentTrouble("The mail server is busy", _KEPT, self._host)

    def pages(self, path: str, prefer: str = "") -> Iterator[dict[str, Any]]:
        """All things of a collection."""
        while path:
            found = self.need(self.ask("GET", path, prefer=prefer)).json()
            yield from found.get("value") or ()
            path = str(found.get("@odata.nextLink") or "")

    def need(self, answer: Answer) -> Answer:
        """An answer that has to be there."""
        if not answer.good:
            raise self.trouble(answer, False)
        return answer

    def upload(self, url: str, piece: bytes, start: int, total: int) -> Answer:
        """A piece of a file to the address of an upload session, which carries its own permission."""
        headers = {
            "Content-Range": f"bytes {start}-{start + len(piece) - 1}/{total}",
            "Content-Type": "application/octet-stream",
        }
        return self._web.ask("PUT", url, headers, data=piece)

    def uploaded(self, url: str) -> Answer:
        return self._web.ask("GET", url)

    def ours(self, link: str) -> bool:
        """Whether an address that was kept leads to the same server: our token goes nowhere else."""
        return link.startswith(f"{self._base}/")

    def wake(self) -> None:
        """End the waiting for a busy server, from any thread."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait for a busy server; whether it was worth it."""
        return seconds <= PATIENCE and not self._stop.wait(seconds)

    def close(self) -> None:
        self._web.close()
        self._stop.clear()

    def _token(self, fresh: bool) -> str:
        try:
            return self._tokens.token(fresh)
        except SignInNeeded:
            self._refused = True
            raise

    @staticmethod
    def _back_off(answer: Answer, sending: bool) -> float | None:
        """Seconds to stay away, where the answer says that nothing was done and that it may be asked again."""
        if answer.status in (429, 503) or (answer.status in (500, 502, 504) and answer.retry_after() and not sending):
            after = answer.retry_after()
            return _DEFAULT_BACK_OFF if after is None else after
        return None

    def trouble(self, answer: Answer, sending: bool) -> UserFacingError:
        """A failed answer as an error of ours."""
        code, words = error_of(answer)
        told = f"{code}: {words}" if words else code
        if sending and answer.status in (500, 502, 504, 408):
            return _undecided(told)
        if answer.status in (500, 502, 504, 408):
            return EnvironmentTrouble(
                "The mail server cannot be used just now",
                _KEPT,
                f"{self._host}: {told}",
                retry_after=answer.retry_after(),
            )
        if "Quota" in code:
            return EnvironmentTrouble("The mailbox is full", "%1. The letter was not sent and is kept.", told)
        if sending or code in ("ErrorSendAsDenied", "ErrorInvalidRecipients", "ErrorMessageSizeExceeded"):
            return LetterRefused("The server refuses the letter", "%1. Nobody got the letter.", told)
        if answer.status in (403, 404):
            return UserFacingError(
                "The mailbox cannot be opened",
                "%1: %2. Check its address and folders, and that “%3” has the right to open it.",
                self.mailbox,
                told,
                self._address,
            )
        return EnvironmentTrouble("The mailbox cannot be read", _KEPT, f"{self._host}: {told}")


def error_of(answer: Answer) -> tuple[str, str]:
    """Code and words of a failed answer; Graph names both, a proxy on the way neither."""
    error = answer.json().get("error")
    if not isinstance(error, dict):
        return str(answer.status), ""
    return str(error.get("code") or answer.status), " ".join(str(error.get("message") or "").split())[:200].rstrip(". ")


def quoted(text: str) -> str:
    """A text in an OData filter, within an address."""
    return quote("'" + text.replace("'", "''") + "'", safe="")


def state_of(state: str) -> dict[str, Any]:
    """What a listing kept; {} for anything else."""
    try:
        found = json_.loads(state) if state else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _undecided(words: object) -> Undecided:
    return Undecided(
        "It is not known whether the letter left",
        "The connection broke after it had gone out: %1. Look into the sent letters before sending it again.",
        words,
    )
