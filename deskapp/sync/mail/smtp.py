"""Sending by SMTP so that it is always known whether a letter left."""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.sync.mail.compose import envelope_address
from deskapp.sync.mail.tls import tls_context, untrusted
from deskapp.sync.mail.tokens import SignInNeeded, TokenSource
from deskapp.sync.mail.transports import LetterRefused, Undecided

TIMEOUT = 60.0
_DEFAULT_PORTS = {"tls": 465, "starttls": 587, "none": 25}
_BARE_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")
_NOT_SENT = "%1. The letter was not sent and is kept; it is tried again."


def security_of(options: Mapping[str, Any], key: str) -> str:
    """``tls``, ``starttls`` or ``none``. UserFacingError for anything else: a typing error must not end in
    plain text."""
    security = str(options.get(key) or options.get("security") or "tls").lower()
    if security not in _DEFAULT_PORTS:
        raise UserFacingError(
            "The mailbox is not set up rightly", "“%1” is no kind of security: tls, starttls or none.", security
        )
    return security


class SmtpSender:
    """``options``: smtp_host, smtp_port, smtp_security (tls | starttls | none), smtp_login, ca_file; what is
    not given is that of reading. A server that asks for no password gets none. With ``tokens`` XOAUTH2 takes the
    password's place."""

    def __init__(
        self, options: Mapping[str, Any], address: str, password: str, tokens: TokenSource | None = None
    ) -> None:
        self._options = dict(options)
        self._host = str(options.get("smtp_host") or options.get("host") or "")
        self._security = security_of(options, "smtp_security")
        self._port = int(options.get("smtp_port") or _DEFAULT_PORTS[self._security])
        self._user = str(options.get("smtp_login") or options.get("login") or address)
        self._password = password
        self._address = address
        self._tokens = tokens
        self._refused = False
        self._server: smtplib.SMTP | None = None
        if not self._host:
            raise UserFacingError("The mail server for sending is not set", "Enter it in the settings of the mailbox.")

    def check(self) -> None:
        """Connect and log in. Raises what `send` raises before a letter leaves."""
        self._connected()

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        """To all or to nobody; see `Transport.send`."""
        envelope = [envelope_address(one) for one in dict.fromkeys(recipients)]
        server = self._connected()
        with _before_data(self):
            code, answer = server.mail(
                envelope_address(sender), [f"size={len(raw)}"] if server.has_extn("size") else []
            )
            self._judge(code, answer, "sender")
            for address in envelope:
                code, answer = server.rcpt(address)
                # One refused address stops the letter before a byte of it leaves: half a letter sent helps
                # nobody.
                self._judge(code, answer, "recipient", address)
            code, answer = server.docmd("DATA")
            self._judge(code, answer, "letter", good=354)
            body = _LEADING_DOT.sub(b"..", _BARE_LINE_END.sub(b"\r\n", raw))
            server.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        try:
            server.send(b".\r\n")
            code, answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Undecided(
                "It is not known whether the letter left",
                "The connection broke after it had gone out: %1. Look into the sent letters before sending it again.",
                _words(error),
            ) from error
        self._judge(code, answer, "letter")

    def close(self) -> None:
        """Say goodbye if there is anybody to say it to."""
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                if self._server.noop()[0] == 250:
                    return self._server
            self.close()
        if self._refused:
            raise self._wrong_password("")
        with _before_data(self):
            if self._security == "tls":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    self._host, self._port, timeout=TIMEOUT, context=tls_context(self._options)
                )
            else:
                server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
            self._server = server
            if self._security == "starttls":
                server.starttls(context=tls_context(self._options))
            server.ehlo_or_helo_if_needed()
            if self._tokens is not None:
                self._show_token(server, self._tokens)
            elif self._password and server.has_extn("auth"):
                self._log_in(server)
        return server

    def _log_in(self, server: smtplib.SMTP) -> None:
        """By one mechanism: smtplib's own ``login`` tries a wrong password with each that it knows, and accounts get
        locked. PLAIN is UTF-8 by its definition (RFC 4616); the others take ASCII only."""
        offered = str(server.esmtp_features.get("auth", "")).upper().split()
        if "PLAIN" in offered or not offered:
            secret = base64.b64encode(f"\0{self._user}\0{self._password}".encode()).decode("ascii")
            code, answer = server.docmd("AUTH", f"PLAIN {secret}")
        else:
            server.user, server.password = self._user, self._password
            try:
                if "LOGIN" in offered:
                    code, answer = server.auth("LOGIN", server.auth_login, initial_response_ok=False)
                else:
                    code, answer = server.auth("CRAM-MD5", server.auth_cram_md5)
            except UnicodeEncodeError as error:
                raise smtplib.SMTPNotSupportedError("The server takes only passwords of ASCII letters") from error
        if code not in (235, 503):
            raise smtplib.SMTPAuthenticationError(code, answer)

    def _show_token(self, server: smtplib.SMTP, tokens: TokenSource) -> None:
        """A token may have been withdrawn before its time: a refused one is renewed once."""
        for fresh in (False, True):
            secret = base64.b64encode(f"user={self._user}\1auth=Bearer {tokens.token(fresh)}\1\1".encode())
            code, answer = server.docmd("AUTH", "XOAUTH2")  # tokens are longer than many servers take in a command
            if code == 334:
                code, answer = server.docmd(secret.decode("ascii"))
            if code == 334:  # the refusal, told as JSON: the empty answer is due
                code, answer = server.docmd("")
            if code in (235, 503):
                return
            if code in (502, 504):
                raise smtplib.SMTPNotSupportedError("The server does not take XOAUTH2")
            if 400 <= code < 500 and code != 435:
                break
        raise smtplib.SMTPAuthenticationError(code, answer)

    def _judge(self, code: int, answer: bytes, what: str, address: str = "", good: int = 250) -> None:
        if code == good or (good == 250 and code == 251):
            return
        words = f"{code} {answer.decode('utf-8', 'replace')}".replace("\n", " ")
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if self._server is not None:
                self._server.rset()
        if 400 <= code < 500:
            raise EnvironmentTrouble(
                "The server does not take letters from this address just now"
                if what == "sender"
                else ("The server does not take a recipient just now" if what == "recipient" else "The server is busy"),
                _NOT_SENT,
                f"{address} {words}".strip(),
            )
        raise LetterRefused(
            "The server does not take letters from this address"
            if what == "sender"
            else ("The server refuses a recipient" if what == "recipient" else "The server refuses the letter"),
            "%1. Nobody got the letter.",
            f"{address} {words}".strip(),
        )

    def _wrong_password(self, words: str) -> WrongPassword:
        if self._tokens is not None:
            return SignInNeeded(self._address)
        return WrongPassword(
            "The mail server for sending refuses the password",
            "%1 does not accept the name “%2” with this password. Letters are kept; enter the password again. %3",
            self._host,
            self._user,
            words,
        )


@contextlib.contextmanager
def _before_data(sender: SmtpSender) -> Iterator[None]:
    """Until the closing dot nothing has left, whatever happens: all trouble is worth another try, but a
    password."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        sender.close()
        if 400 <= error.smtp_code < 500 and error.smtp_code != 435:
            raise EnvironmentTrouble("The mail server is busy", _NOT_SENT, _words(error)) from error
        sender._refused = True
        raise sender._wrong_password(_words(error)) from error
    except smtplib.SMTPNotSupportedError as error:
        sender.close()
        raise UserFacingError(
            "The mail server cannot do what the settings ask for", "%1: %2.", sender._host, _words(error)
        ) from error
    except ssl.SSLCertVerificationError as error:
        sender.close()
        raise untrusted(sender._host, error.verify_message) from error
    except (OSError, smtplib.SMTPException) as error:
        sender.close()
        raise EnvironmentTrouble(
            "The mail server cannot be found"
            if isinstance(error, socket.gaierror)
            else "The mail server cannot be reached",
            _NOT_SENT,
            f"{sender._host}: {_words(error)}",
        ) from error


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        return f"{error.smtp_code} {text}".replace("\n", " ")
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
