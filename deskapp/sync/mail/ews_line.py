"""The connection to an Exchange Server: how the library is used, and what its errors mean to us.

The library does the SOAP; what it does to a desk is kept out: it would repeat a wrong password for an hour and lock the
account, sleep where nobody can wake it, parse answers byte by byte, and write letters into its log.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC
from functools import cache
from types import SimpleNamespace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.sync.mail.compose import LETTER_HEADER
from deskapp.sync.mail.tls import tls_context, untrusted
from deskapp.sync.mail.transports import LetterRefused, Undecided

R = TypeVar("R")

TIMEOUT = 60.0
#: Seconds of back-off that are waited for here; a longer one ends the round and comes with the error.
PATIENCE = 5.0
_PATH = "/EWS/Exchange.asmx"
_DEFAULT_BACK_OFF = 10.0
_KEPT = "%1. Letters stay in the mailbox; it is tried again."
_AUTH = {"basic": "basic", "ntlm": "NTLM"}
_ONLINE = ("office365.com", "outlook.com", "office.com", "office365.us", "outlook.cn", "microsoftonline.com")
#: How each server lets people in, found out once a run.
_detected: dict[str, str] = {}
_making = threading.Lock()


class EwsLine:
    """One mailbox, opened with the rights that the login has on it (delegation). For ``options`` see `EwsTransport`.

    A wrong password is tried once.
    """

    def __init__(self, options: Mapping[str, Any], address: str, password: str) -> None:
        self._options = dict(options)
        self._url = endpoint(str(options.get("server") or ""))
        self._host = urlsplit(self._url).hostname or ""
        self._address = str(options.get("mailbox") or address)
        self._login = str(options.get("login") or address)
        self._password = password
        auth = str(options.get("auth") or "").lower()
        if auth and auth not in _AUTH:
            raise UserFacingError("The mailbox is not set up rightly", "“%1” is no kind of login: basic or ntlm.", auth)
        self._auth = _AUTH.get(auth, "")
        self._remembered = ""  # how the server let people in before, where it was not asked this time
        self._refused = False
        self._worked = False  # since the last login
        self._last = 0.0  # when the server answered last
        self._account: Any = None
        self._stop = threading.Event()
        self._answering: list[Any] = []  # the answer that is being read, of a stream
        self.folders: dict[str, Any] = {}  # found on this connection

    def another(self) -> EwsLine:
        """One more connection to the same mailbox."""
        return EwsLine(self._options, self._address, self._password)

    @property
    def open(self) -> bool:
        return self._account is not None

    def of_another(self, address: str) -> bool:
        """Whether an address is not the one that logs in."""
        return address.strip().lower() != self._login.lower()

    def idle(self) -> float:
        """Seconds since the server answered last."""
        return time.monotonic() - self._last

    def wake(self) -> None:
        """End the waiting for a busy server, from any thread."""
        self._stop.set()

    def call(self, work: Callable[[Any], R], sending: bool = False, once: bool = False) -> R:
        """Do ``work`` with the open mailbox. What a busy server asks to wait is waited for if it is short; a broken
        connection is tried again at once, but never while a letter leaves, and nothing is with ``once``. Vendor errors
        are turned into ours."""
        library = vendor()
        for tries in range(2 if once else 0, 3):
            try:
                found = work(self._opened())
            except (library.errors.EWSError, OSError) as error:
                if tries < 2 and self._again(error, tries, sending):
                    continue
                if tries < 2 and isinstance(error, library.errors.UnauthorizedError) and self._asks_otherwise():
                    self.drop()
                    continue
                trouble = self._judged(error) if sending else self.ours(error)
                self.drop()
                raise trouble from error
            self._worked, self._last = True, time.monotonic()
            return found
        raise AssertionError  # the last try returns or raises

    def _again(self, error: BaseException, tries: int, sending: bool) -> bool:
        if is_busy(error) and not _closed(error):
            wait = _back_off(error)
            return wait <= PATIENCE and not self._stop.wait(wait)
        return not sending and tries == 0 and _broke(error) and not self._stop.is_set()

    def _opened(self) -> Any:
        if self._refused:
            raise self._wrong_password("")
        if not self._password:
            raise UserFacingError(
                "The password of the mailbox is not known", "Enter it in the settings of the mailbox %1.", self._address
            )
        if self._account is None:
            self._stop.clear()
            self._worked = False
            self._account = self._made()
        return self._account

    def _asks_otherwise(self) -> bool:
        """Whether the server lets people in another way than it did when it was asked: a password that it refused then
        was never looked at. The password goes out a second time only if so."""
        if not self._remembered:
            return False
        before, self._remembered = self._remembered, ""
        _detected.pop(self._url, None)
        with _making, contextlib.suppress(vendor().errors.EWSError, OSError):
            _detected[self._url] = self._asked()
        return _detected.get(self._url, before) != before

    def _asked(self) -> str:
        """How the server lets people in."""
        library = vendor()
        return str(library.apart(self._kind(), self._config(None, None)).auth_type)

    def _kind(self) -> Any:
        """The library's protocol with what this mailbox needs of its connection."""
        library = vendor()

        class Line(library.Protocol):  # type: ignore[name-defined]
            HTTP_ADAPTER_CLS = library.adapter(
                tls_context(self._options, web=True) if self._url.startswith("https:") else None, self._answering
            )
            TIMEOUT = TIMEOUT

        return Line

    def _config(self, auth: str | None, credentials: Any) -> Any:
        library = vendor()
        return library.Configuration(
            credentials=credentials,
            service_endpoint=self._url,
            auth_type=auth,
            version=library.Version(build=library.EXCHANGE_2016),
            retry_policy=library.FailFast(),
            max_connections=1,
        )

    def _made(self) -> Any:
        """An account of the library with its own connection. All that is sent is the question how to log in."""
        library = vendor()
        # The library keeps one protocol for each server and password; here each mailbox has its own, so that closing
        # one never closes another's.
        with _making:
            self._remembered = "" if self._auth else _detected.get(self._url, "")
            auth = self._auth or self._remembered or self._asked()
            if not self._auth:
                _detected[self._url] = auth
            credentials = library.Credentials(self._login, self._password)
            if auth == "basic":  # as bytes: requests would write text as Latin-1 and fail on a Russian password
                credentials.username, credentials.password = self._login.encode(), self._password.encode()
            whole = self._config(auth, credentials)
            line = self._kind()(config=whole)
            try:
                return library.Account(
                    primary_smtp_address=self._address,
                    config=whole,
                    access_type=library.DELEGATE,
                    autodiscover=False,
                    locale="en_US",
                    default_timezone=library.UTC,
                )
            finally:
                library.take_out(line)

    def cut(self) -> None:
        """End the answer that another thread is reading."""
        for answer in self._answering[-1:]:
            with contextlib.suppress(AttributeError, OSError):
                answer._connection.sock.shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        account, self._account = self._account, None
        self.folders.clear()
        if account is not None:
            account.protocol.close()

    # --- errors --------------------------------------------------------------------------------------------------

    def ours(self, error: BaseException) -> UserFacingError:
        """A vendor's error as one of ours, when no letter was leaving."""
        errors = vendor().errors
        words = _words(error)
        if isinstance(error, errors.UnauthorizedError):
            _detected.pop(self._url, None)
            if self._worked and "locked out" not in words:
                # A busy server says so too. The next round tries once more, and then it is the password.
                return EnvironmentTrouble("The mail server does not let us in just now", _KEPT, self._host)
            self._refused = True
            return self._wrong_password("" if "Invalid credentials" in words else words)
        if is_busy(error):
            return EnvironmentTrouble(
                "The mail server is busy", _KEPT, f"{self._host}: {words}", retry_after=_back_off(error)
            )
        if "CERTIFICATE_VERIFY_FAILED" in words:
            return untrusted(self._host, _reason(error))
        if isinstance(error, (errors.RedirectError, errors.ErrorInvalidServerVersion)):
            return UserFacingError(
                "This is no Exchange server", "%1 sends us elsewhere. Check the server in the settings.", self._url
            )
        if isinstance(
            error,
            (
                errors.ErrorAccessDenied,
                errors.ErrorFolderNotFound,
                errors.ErrorItemNotFound,
                errors.ErrorNonExistentMailbox,
                errors.ErrorImpersonateUserDenied,
            ),
        ):
            return UserFacingError(
                "The mailbox cannot be opened",
                "%1: %2. Check its address and folders, and that “%3” has the right to open it.",
                self._address,
                words,
                self._login,
            )
        if _broke(error) or _never_left(error):
            if "NameResolutionError" in _kinds(error):
                return EnvironmentTrouble("The mail server cannot be found", _KEPT, self._host)
            return EnvironmentTrouble("The mail server cannot be reached", _KEPT, f"{self._host}: {_reason(error)}")
        if "auth type" in words:
            return EnvironmentTrouble(
                "The mail server offers no login that is known here",
                "%1 has to offer NTLM or Basic for EWS. Letters stay in the mailbox.",
                self._host,
            )
        return EnvironmentTrouble("The mailbox cannot be read", _KEPT, f"{self._host}: {words}")

    def _judged(self, error: BaseException) -> UserFacingError:
        """A vendor's error while a letter was leaving: whether it left, did not, or nobody knows."""
        errors = vendor().errors
        words = _words(error)
        if isinstance(error, errors.UnauthorizedError) or _never_left(error) or "CERTIFICATE_VERIFY_FAILED" in words:
            return self.ours(error)
        if is_busy(error) and not _closed(error):
            return self.ours(error)
        told = isinstance(error, errors.ResponseMessageError) and not isinstance(
            error, (errors.ErrorTimeoutExpired, errors.ErrorInternalServerError, errors.ErrorServerBusy)
        )
        if told and isinstance(error, (errors.ErrorQuotaExceeded, errors.ErrorSubmissionQuotaExceeded)):
            return EnvironmentTrouble("The mailbox is full", "%1. The letter was not sent and is kept.", words)
        if told:
            return LetterRefused("The server refuses the letter", "%1. Nobody got the letter.", words)
        return Undecided(
            "It is not known whether the letter left",
            "The connection broke after it had gone out: %1. Look into the sent letters before sending it again.",
            words,
        )

    def _wrong_password(self, words: str) -> WrongPassword:
        return WrongPassword(
            "The mail server refuses the password",
            "%1 does not accept the name “%2” with this password. Letters stay in the mailbox; enter it again. %3",
            self._host,
            self._login,
            words,
        )


def endpoint(server: str) -> str:
    """The address of EWS on a server that was given by name or by address.

    UserFacingError for none, for Exchange Online and for plain http to another machine.
    """
    server = server.strip().rstrip("/")
    if not server:
        raise UserFacingError("The mail server is not set", "Enter it in the settings of the mailbox.")
    parts = urlsplit(server if "://" in server else f"https://{server}")
    host = (parts.hostname or "").lower()
    if any(host == name or host.endswith(f".{name}") for name in _ONLINE):
        raise UserFacingError(
            "Exchange Online cannot be reached by EWS",
            "EWS there is blocked since 1 October 2026 and ends on 1 April 2027. Choose “Exchange Online” as the kind "
            "of the mailbox: it signs in by Microsoft Graph.",
        )
    local = host in ("localhost", "::1") or host.startswith("127.")
    if parts.scheme not in ("https", "http") or not host or (parts.scheme == "http" and not local):
        raise UserFacingError(
            "The address of the mail server cannot be used", "“%1”: a name or an https address is needed.", server
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path or _PATH}"


# --- what went wrong ---------------------------------------------------------------------------------------------


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came from, also where the network library keeps them in arguments."""
    waiting: list[Any] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__context__, one.__cause__, getattr(one, "reason", None), *one.args]


def _kinds(error: BaseException) -> list[str]:
    return [type(one).__name__ for one in _chain(error)]


def _never_left(error: BaseException) -> bool:
    """No connection was made, so nothing was sent over it."""
    return bool({"NewConnectionError", "ConnectTimeoutError", "NameResolutionError"} & set(_kinds(error)))


def _broke(error: BaseException) -> bool:
    """The connection broke before there was an answer; not: it took too long."""
    kinds = _kinds(error)
    lost = any("Connection" in kind or "ChunkedEncoding" in kind or "RemoteDisconnected" in kind for kind in kinds[1:])
    return isinstance(error, vendor().errors.ErrorTimeoutExpired) and lost and not _never_left(error)


def is_busy(error: BaseException) -> bool:
    errors = vendor().errors
    return isinstance(
        error,
        (
            errors.ErrorServerBusy,
            errors.ErrorInternalServerTransientError,
            errors.ErrorTooManyObjectsOpened,
            errors.ErrorExceededConnectionCount,
            errors.ErrorMailboxStoreUnavailable,
            errors.ErrorMailboxMoveInProgress,
            errors.ErrorMailboxFailover,
            errors.ErrorConnectionFailed,
            errors.ErrorInsufficientResources,
        ),
    )


def _closed(error: BaseException) -> bool:
    """Called busy by the library, but only because some answer closed the connection."""
    return "closed connection" in str(error)


def _back_off(error: BaseException) -> float:
    return float(getattr(error, "back_off", None) or _DEFAULT_BACK_OFF)


def _reason(error: BaseException) -> str:
    """The words of the system where it has some, else the innermost kind."""
    chain = list(_chain(error))
    said = (str(one.strerror) for one in chain if isinstance(one, OSError) and one.strerror)
    return next(said, type(chain[-1]).__name__)


def _words(error: BaseException) -> str:
    """One line, without what the library appends: whole answers, which may hold letters."""
    return " ".join(str(error).split())[:200].rstrip(". ") or type(error).__name__


# --- the library -------------------------------------------------------------------------------------------------


@cache
def vendor() -> Any:
    """exchangelib with what this file adds to it; imported here since it takes a third of a second."""
    # In an error it logs the whole request, and that may be a letter.
    logging.getLogger("exchangelib").setLevel(logging.CRITICAL + 1)
    import exchangelib
    from exchangelib import errors, items, version
    from exchangelib.folders import Messages
    from exchangelib.protocol import BaseProtocol, Protocol
    from exchangelib.services import CreateFolder, GetItem, SyncFolderItems

    class LetterHeader(exchangelib.ExtendedProperty):
        distinguished_property_set_id = "InternetHeaders"
        property_name = LETTER_HEADER
        property_type = "String"

    class BookingMark(exchangelib.ExtendedProperty):
        """The booking of a calendar item, by which own ones are recognised."""

        distinguished_property_set_id = "PublicStrings"
        property_name = "deskapp-booking"
        property_type = "String"

    class GetEachItem(GetItem):
        # Else one letter that the server cannot write down would take those beside it along.
        ERRORS_TO_CATCH_IN_RESPONSE = (errors.ResponseMessageError,)

    exchangelib.Message.register("deskapp_letter", LetterHeader)
    exchangelib.CalendarItem.register("deskapp_booking", BookingMark)
    plain_adapter = BaseProtocol.HTTP_ADAPTER_CLS

    def in_chunks(response: Any) -> Any:
        """The library asks for an answer byte by byte (9 ms of work a letter); a loaded one is given in 64 KiB. A
        streamed one keeps its pace, else notifications would wait for 64 KiB of them."""
        kind = type(response)
        if kind not in kinds:

            class Loaded(kind):  # type: ignore[valid-type,misc]
                def iter_content(self, chunk_size: int | None = 1, decode_unicode: bool = False) -> Iterable[Any]:
                    if chunk_size == 1 and isinstance(self._content, bytes):
                        chunk_size = 64 * 1024
                    return super().iter_content(chunk_size, decode_unicode)  # type: ignore[no-any-return]

            kinds[kind] = Loaded
        response.__class__ = kinds[kind]
        return response

    kinds: dict[type, type] = {}

    def adapter(context: Any, answering: list[Any]) -> type:
        class Adapter(plain_adapter):  # type: ignore[valid-type,misc]
            def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:
                return super().init_poolmanager(*args, **kwargs, **({"ssl_context": context} if context else {}))

            def build_response(self, request: Any, response: Any) -> Any:
                answering[:] = [response]
                return in_chunks(super().build_response(request, response))

        return Adapter

    def take_out(line: Any) -> Any:
        with contextlib.suppress(KeyError):
            del Protocol[line.config]
        return line

    def apart(kind: Any, config: Any) -> Any:
        """A protocol that is not kept for others."""
        return take_out(kind(config=config))

    return SimpleNamespace(
        errors=errors,
        Account=exchangelib.Account,
        CalendarItem=exchangelib.CalendarItem,
        moment=lambda at: exchangelib.EWSDateTime.from_datetime(at.astimezone(UTC)),
        Configuration=exchangelib.Configuration,
        Credentials=exchangelib.Credentials,
        DELEGATE=exchangelib.DELEGATE,
        FailFast=exchangelib.FailFast,
        Mailbox=exchangelib.Mailbox,
        Message=exchangelib.Message,
        Messages=Messages,
        Protocol=Protocol,
        CreateFolder=CreateFolder,
        GetEachItem=GetEachItem,
        SyncFolderItems=SyncFolderItems,
        UTC=exchangelib.UTC,
        Version=exchangelib.Version,
        EXCHANGE_2016=version.EXCHANGE_2016,
        ID_ONLY=items.ID_ONLY,
        ALWAYS_OVERWRITE=items.ALWAYS_OVERWRITE,
        CREATED=SyncFolderItems.CREATE,
        DELETED=SyncFolderItems.DELETE,
        adapter=adapter,
        take_out=take_out,
        apart=apart,
    )
