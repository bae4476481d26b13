"""HTTPS for mail: Graph, token servers, detection. The only file that knows requests."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from deskapp.core.errors import EnvironmentTrouble
from deskapp.sync.mail.tls import UNTRUSTED, UNTRUSTED_WHY, tls_context

TIMEOUT = 60.0
_PIECE = 64 * 1024
_KEPT = "%1: %2. Letters stay in the mailbox; it is tried again."


class Lost(EnvironmentTrouble):
    """There was no answer. ``left``: the request may have arrived; ``broke``: the connection ended, it was not slow."""

    def __init__(self, title: str, message: str, *args_: object, left: bool = False, broke: bool = False) -> None:
        super().__init__(title, message, *args_)
        self.left = left
        self.broke = broke


@dataclass(frozen=True)
class Answer:
    """What a server said. ``size`` is more than the length of ``body`` where that was cut off."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    size: int = 0

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The body as an object; {} for anything else."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers.items() if key.lower() == name), "")

    def retry_after(self) -> float | None:
        """Seconds that the server wants us to stay away, told as such or as a date (RFC 9110, 10.2.3)."""
        told = self.header("retry-after").strip()
        try:
            return max(0.0, float(told)) if told.replace(".", "", 1).isdecimal() else _seconds_until(told)
        except (ValueError, TypeError, OverflowError):
            return None


def _seconds_until(date: str) -> float:
    at = parsedate_to_datetime(date)
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - time.time())


class Web:
    """A session with its connections. ``options``: ca_file, a company's own authority. Never follows a redirect."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        # Its debug lines name addresses with what was searched for.
        logging.getLogger("urllib3").setLevel(logging.WARNING)
        import requests
        from requests.adapters import HTTPAdapter

        context = tls_context(options, web=True)

        class Adapter(HTTPAdapter):
            def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
                super().init_poolmanager(*args, **kwargs, ssl_context=context)

            def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
                if verify is True:  # the context knows the system's authorities; a bundle of the library's would
                    conn.cert_reqs = "CERT_REQUIRED"  # be read for each connection
                else:
                    super().cert_verify(conn, url, verify, cert)

            def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
                return super().proxy_manager_for(*args, **kwargs, ssl_context=context)

        self.session = requests.Session()
        self.session.mount("https://", Adapter())
        self._errors = requests.exceptions

    def ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        data: bytes | Mapping[str, str] | None = None,
        bearer: str = "",
        most: int | None = None,
        timeout: float = TIMEOUT,
    ) -> Answer:
        """One request. Of an answer longer than ``most`` bytes only so many are read. Lost where there is no answer."""

        def sign(request: Any) -> Any:  # given as a function, so that no .netrc puts its own in its place
            if bearer:
                request.headers["Authorization"] = f"Bearer {bearer}"
            return request

        try:
            with self.session.request(
                method,
                url,
                headers=dict(headers or {}),
                json=json,
                data=data,
                auth=sign,
                timeout=timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                body, size = _read(response.iter_content(_PIECE), most)
                told = int(response.headers.get("Content-Length") or 0)
                return Answer(response.status_code, dict(response.headers), body, max(size, told))
        except (self._errors.RequestException, OSError) as error:
            raise self._lost(error, url) from error

    def get(self, url: str, **more: Any) -> Any:
        """For a library that brings its own requests: the answer is the session's own, trouble is Lost."""
        return self._for_library("GET", url, more)

    def post(self, url: str, **more: Any) -> Any:
        return self._for_library("POST", url, more)

    def _for_library(self, method: str, url: str, more: dict[str, Any]) -> Any:
        try:
            return self.session.request(method, url, **({"timeout": TIMEOUT} | more))
        except (self._errors.RequestException, OSError) as error:
            raise self._lost(error, url) from error

    def close(self) -> None:
        self.session.close()

    def _lost(self, error: Exception, url: str) -> Lost:
        host = url.split("/")[2] if "//" in url else url
        kinds = [type(one).__name__ for one in _chain(error)]
        words = _words(error)
        if "SSLCertVerificationError" in kinds or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return Lost(UNTRUSTED, UNTRUSTED_WHY, host, words)
        if "NameResolutionError" in kinds or "gaierror" in kinds:
            return Lost("The mail server cannot be found", _KEPT, host, words)
        left = not {"NewConnectionError", "ConnectTimeoutError", "ConnectTimeout", "SSLError"} & set(kinds)
        slow = bool({"ReadTimeout", "ReadTimeoutError", "TimeoutError"} & set(kinds))
        return Lost("The mail server cannot be reached", _KEPT, host, words, left=left, broke=left and not slow)


def _read(pieces: Iterable[bytes], most: int | None) -> tuple[bytes, int]:
    body = bytearray()
    for piece in pieces:
        body += piece
        if most is not None and len(body) > most:
            return bytes(body[:most]), len(body)
    return bytes(body), len(body)


def _chain(error: BaseException) -> list[BaseException]:
    """An error and those that it came from, also where the network library keeps them in arguments."""
    waiting: list[Any] = [error]
    found: list[BaseException] = []
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [one.__context__, one.__cause__, getattr(one, "reason", None), *one.args]
    return found


def _words(error: BaseException) -> str:
    """The words of the system where it has some, else the innermost kind: the library's own name whole addresses."""
    chain = _chain(error)
    for one in chain:
        told = getattr(one, "verify_message", "") or (one.strerror if isinstance(one, OSError) else "")
        if told:
            return str(told)
    return type(chain[-1]).__name__
